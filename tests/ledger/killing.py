"""Kills readers at random moments; run as a process of its own, so that it can fork readers that have all they need.

    python killing.py ROUNDS SEED FOLDER ADDRESS...

Each round forks a reader of FOLDER into the ledger at an address and has it killed (SIGKILL) at a random one of the
steps that the whole takes: what it does to the database. One round the reader kills itself there, between two of them;
the next it goes on and is killed from outside some moments later, wherever it is then. Whatever is left must open, and
hold each document with all its claims or not at all. A ledger that was completed must have the digest of one that was
read without interruption; then the next address is begun.
Prints one line of JSON: rounds, how many readers were killed in the middle, and how many ledgers were completed.
"""

from __future__ import annotations

import itertools
import json
import mmap
import os
import random
import signal
import struct
import sys
import time
from collections import Counter
from collections.abc import Callable

import sqlalchemy as sa

import pledger
from pledger.ledger.store import Store


def read(url: str, folder: str) -> None:
    with pledger.open(url) as ledger:
        ledger.read([folder], workers=1)


def whole(url: str) -> tuple[Counter[str], str]:
    """Claims by document, and the digest."""
    with pledger.open(url) as ledger:
        claims = Counter({d.id: 0 for d in ledger.documents()})
        claims.update(c.document for c in ledger.claims())
        if problems := ledger.audit():
            raise AssertionError(problems[:3])
        return claims, ledger.digest()


def left(url: str) -> Counter[str]:
    """Claims by document, as the killed reader left them: nothing is mended before they are counted."""
    store = Store(url)
    found = Counter({d.id: 0 for d in store.documents()})
    found.update(c.document for c in store.claims())
    store.close()
    return found


def told(step: Callable[[int], None]) -> None:
    """Have this called from now on with the number of each step of this process, before it is committed or done."""
    numbers = itertools.count(1)
    sa.event.listen(sa.Engine, "commit", lambda _: step(next(numbers)))
    sa.event.listen(sa.Engine, "after_cursor_execute", lambda *_: step(next(numbers)))


def killed(url: str, folder: str, at: int, after: float | None) -> tuple[bool, int]:
    """Whether the reader was killed before it was done, and the steps that it took. It is killed at a step; or so many
    seconds `after` it, from outside."""
    heard, says = os.pipe()
    taken = mmap.mmap(-1, 8)
    child = os.fork()
    if child == 0:
        os.close(heard)

        def step(number: int) -> None:
            struct.pack_into("q", taken, 0, number)
            if number == at and after is None:
                os.kill(os.getpid(), signal.SIGKILL)
            if number == at:
                os.write(says, b".")

        told(step)
        read(url, folder)
        os._exit(0)
    os.close(says)
    os.read(heard, 1)  # it has come to the step, or to its end
    os.close(heard)
    if after is not None:
        time.sleep(after)
        os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1]), int(struct.unpack_from("q", taken)[0])


def main(rounds: int, seed: int, folder: str, straight: str, addresses: list[str]) -> None:
    chance = random.Random(seed)  # noqa: S311  moments, not secrets
    read(straight, folder)  # everything that is prepared once is prepared by this one
    wanted, digest = whole(straight)
    waiting = list(addresses)
    _, steps = killed(waiting.pop(0), folder, -1, None)
    middle = completed = 0
    url = waiting.pop(0)
    for number in range(rounds):
        after = chance.uniform(0, 0.01) if number % 2 else None
        middle += killed(url, folder, chance.randint(1, steps), after)[0]
        found = left(url)
        for document, count in found.items():
            if wanted[document] != count:
                raise AssertionError(f"round {number}: {document} has {count} claims of {wanted[document]}")
        if len(found) == len(wanted) or (number % 4 == 3 and waiting):
            read(url, folder)
            if whole(url) != (wanted, digest):
                raise AssertionError(f"round {number}: the completed ledger differs")
            completed += 1
            url = waiting.pop(0) if waiting else url
    read(url, folder)
    if whole(url) != (wanted, digest):
        raise AssertionError("the last ledger differs")
    print(json.dumps({"rounds": rounds, "killed": middle, "completed": completed + 1}))


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4], sys.argv[5:])
