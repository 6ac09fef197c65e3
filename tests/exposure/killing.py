"""Kills watches at every step that they take; run as a process of its own, so that it can fork watches that have all
they need.

    python killing.py CORPUS FOLDER ADDRESS TRIES

CORPUS is a ledger; its documents are put into the ledger at ADDRESS in some portions, and behind each portion watches
are forked that hand on to a feed, a file of lines and a program, all below FOLDER. A tracer counts what a watch does to
the database, to files and by starting programs, and kills it (SIGKILL) at a step that is chosen anew each time; after
so many TRIES one is left alone. Prints one line of JSON: how many watches were killed, in the middle of what, and the
ids of what was raised, in its order.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import random
import signal
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import sqlalchemy as sa

import pledger
from pledger.cli.alerts import Alerting
from pledger.exposure.alerts.rules import rules_from
from pledger.ledger.store import Store
from pledger.model import Claim, Document

HERE = Path(__file__).parent
PORTIONS = 3
STEPS = (12, 40, 90, 160, 400)
"""Steps up to which a watch is killed, in turn: from the look to the last program."""
TODAY = dt.date(2026, 3, 1)
DOCUMENTS = 20


def portions(corpus: str) -> Iterator[list[tuple[Document, list[Claim], bytes]]]:
    """The documents of a ledger with their claims, in portions."""
    store = Store(corpus)
    signatures = {key: signature for key, _, signature in store.signatures()}
    by_document: dict[str, list[Claim]] = {}
    for claim in store.claims():
        by_document.setdefault(claim.document, []).append(claim)
    documents = sorted(store.documents(), key=lambda d: (str(d.reported_on), d.path))
    store.close()
    documents = documents[-DOCUMENTS:]
    size = -(-len(documents) // PORTIONS)
    for n in range(0, len(documents), size):
        yield [(d, by_document.get(d.id, []), signatures[d.id]) for d in documents[n : n + size]]


def alerting(folder: Path) -> Alerting:
    program = ("sh", "-c", 'echo "$PLEDGER_ALERT" >> "$0"', str(folder / "ran.txt"))
    return Alerting(rules_from(HERE / "replay_rules.yaml"), folder / "a.xml", folder / "a.jsonl", program)


class Tracer:
    """Kills this process at the step with this number; counts them where there is none."""

    def __init__(self, at: int | None, file: int) -> None:
        self.at, self.file, self.steps = at, file, 0

    def step(self, where: str) -> None:
        self.steps += 1
        os.pwrite(self.file, f"{self.steps:6d} {where:<40.40}".encode(), 0)
        if self.steps == self.at:
            os.kill(os.getpid(), signal.SIGKILL)


def watched(url: str, folder: Path, at: int | None, file: int) -> None:
    """One run, as `pledger watch` makes it, killed at a step."""
    tracer = Tracer(at, file)
    sys.addaudithook(lambda event, _args: tracer.step(event) if event in EVENTS else None)
    with pledger.open(url) as ledger:
        engine = ledger._store.engine
        sa.event.listen(engine, "commit", lambda _connection: tracer.step("before commit"))
        sa.event.listen(engine, "after_cursor_execute", lambda *args: tracer.step(f"sql {args[2]}"))
        its = alerting(folder)
        its.look(ledger, today=TODAY)
        problems = its.hand_on(ledger)
        if problems:
            raise AssertionError(problems)


EVENTS = ("open", "os.rename", "os.truncate", "os.chmod", "tempfile.mkstemp", "subprocess.Popen")


def main(corpus: str, folder: Path, url: str, tries: int) -> None:
    chance = random.Random(tries)  # noqa: S311  steps, not secrets
    file = os.open(folder / "steps", os.O_RDWR | os.O_CREAT)
    where: Counter[str] = Counter()
    for number, portion in enumerate(portions(corpus)):
        store = Store(url)
        store.add_all(portion, dt.datetime(2026, 6, 1, tzinfo=dt.UTC).replace(tzinfo=None))
        store.close()
        with pledger.open(url) as ledger:
            ledger.counts()  # Taken up now: that it can be killed in the middle of that is the engine's own test.
        for trial in range(tries if number else 0):
            if not ended(forked(url, folder, chance.randint(1, STEPS[trial % len(STEPS)]), file)):
                break
            where[os.pread(file, 46, 0)[7:].decode().strip()[:10]] += 1
        left = [forked(url, folder, None, file) for _ in range(2 if number else 1)]
        if any(map(ended, left)):
            raise AssertionError("a watch that nobody killed was killed")
    with pledger.open(url) as ledger:
        told = [m.id for m in ledger.outbox("replay").last(10_000)]
    print(json.dumps({"killed": sum(where.values()), "where": where, "told": told}))


def forked(url: str, folder: Path, at: int | None, file: int) -> int:
    """A watch in a process of its own, that is killed at this step."""
    child = os.fork()
    if child == 0:
        watched(url, folder, at, file)
        os._exit(0)
    return child


def ended(child: int) -> bool:
    """Whether a watch was killed before it was done."""
    status = os.waitpid(child, 0)[1]
    if not os.WIFSIGNALED(status) and os.waitstatus_to_exitcode(status):
        raise AssertionError(f"a watch failed: {status}")
    return os.WIFSIGNALED(status)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), sys.argv[3], int(sys.argv[4]))
