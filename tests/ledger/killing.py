"""Kills readers at random moments; run as a process of its own, so that it can fork readers that have all they need.

    python killing.py ROUNDS SEED FOLDER ADDRESS...

Each round forks a reader of FOLDER into the ledger at an address and kills it (SIGKILL) after a random part of the time
that the whole takes. Whatever is left must open, and hold each document with all its claims or not at all. A ledger
that was completed must have the digest of one that was read without interruption; then the next address is begun.
Prints one line of JSON: rounds, how many readers were killed in the middle, and how many ledgers were completed.
"""

from __future__ import annotations

import json
import os
import random
import signal
import sys
import time
from collections import Counter

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


def killed(url: str, folder: str, after: float) -> bool:
    """Whether the reader was killed before it was done."""
    child = os.fork()
    if child == 0:
        read(url, folder)
        os._exit(0)
    time.sleep(after)
    os.kill(child, signal.SIGKILL)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def main(rounds: int, seed: int, folder: str, straight: str, addresses: list[str]) -> None:
    chance = random.Random(seed)  # noqa: S311  moments, not secrets
    read(straight, folder)
    wanted, digest = whole(straight)
    waiting = list(addresses)
    started = time.perf_counter()
    read(waiting.pop(0), folder)  # everything that is prepared once was prepared by the first one
    lasts = time.perf_counter() - started
    middle = completed = 0
    url = waiting.pop(0)
    for number in range(rounds):
        in_time = killed(url, folder, chance.uniform(0, lasts))
        middle += in_time
        if not in_time:
            lasts *= 0.6  # the machine had more to do when this was measured, or has read some of it already
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
