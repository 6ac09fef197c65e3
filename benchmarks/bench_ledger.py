"""The ledger at size: how rebuilding and adding grow, who is who beside splink, what is right beside truthdiscovery.

Everything is made of a world with known truth (`synthetic`), from a seed. `make bench-ledger` sets up the peers and
runs all three parts; `--largest` stops the ledgers at a size, `--part` runs one part. Times of the ledger are of the
processor, since others may use the machine; beside splink, which runs on all cores, those of the clock. Each step of
each ledger is a process of its own, whose peak memory is its own.

What profiling found, and what was done about it:

- Names: two slips for one house each found the house and its name in Japanese, which then had two candidates and
  joined nobody. Now the rarer name looks at the more usual ones, and joins those that hang together; and a name is
  found by its consonants but for one. Recall of mentions at 10,000 documents: 0.958 before, 0.991 after.
- What Pledger still misses there are names without their trade ("Jormont" for "Jormont Motors"), which it leaves to a
  judgement, and what it joins wrongly are houses made to differ in one letter.
- One more document cost 160th of a rebuild of 100,000, 1.9 s in the median and 18 s at worst. Half of it was who is
  who: through keys under which names are only compared, thousands of namings hung together, more in larger ledgers, and
  all were resolved again; now only those that fit each other are. Then the amounts of all programmes were read for
  each document, and all figures for each question who owns whom: both are looked up now. A report that some house owns
  another had every programme of either checked; now what both have a part in. And the checks of a region went through
  all of its programme and all projects ever found in conflict: now through the attributes that changed and what looks
  at them, which leaves 0.14 s in the median, 0.3 s on average, 0.6 s for a programme of 1,500 reports. Python's
  collector of garbage took a tenth of a second now and then. What is left for large programmes is finding its projects
  again, and the voices of its whole amount. The first document of a process also loads the gazetteers, 1 to 2 s.
- Offices called "Ministry of Trade and X" are taken for people called "and X", all with one key: the world has others.
- The claims of an outlet that prints another's text without saying so count as the other's. Of the copies in the world
  that is half; finding them is most of what sets Pledger's choice of values apart from the peers', as their marks with
  our origins for sources show. Where nobody copies there is little to gain, and peers that learn how far to trust each
  source from all its claims are as good or better.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import pickle
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any, TypeVar

import sqlalchemy as sa

import ledger_resolution as names
import ledger_weights as weights
from pledger.documents.echoes import signature
from pledger.ledger import schema as db
from pledger.ledger.engine.state import bring_up
from pledger.ledger.store import Store
from pledger.model import Claim, Document
from synthetic.reports import Style, reports
from synthetic.world import make_world

__all__ = ["add", "fill", "main", "rebuild"]

SIZES = (1_000, 10_000, 100_000)
ADDED = 31
"""Documents that are added to a ledger one by one."""
_BATCH = 500
_READ_AT = dt.datetime(2026, 1, 1)  # noqa: DTZ001  the ledger's times are of UTC, and without a zone

Item = tuple[Document, tuple[Claim, ...], bytes]
T = TypeVar("T")


def fill(path: Path, documents: int, tell: Callable[[int], None] = lambda _: None) -> dict[str, float]:
    """Make a ledger of that many documents, not derived yet; some more of the same world are kept beside it."""
    began, count = time.process_time(), 0
    store = Store(str(path))
    items = _items(documents)
    for batch in _parts(islice(items, documents), _BATCH):
        store.add_all(batch, _READ_AT)
        count += len(batch)
        tell(count)
    store.close()
    _beside(path).write_bytes(pickle.dumps(list(items)))
    return {"seconds": time.process_time() - began}


def rebuild(path: Path) -> dict[str, float]:
    """Derive everything in a ledger anew, and count what it holds."""
    store = Store(str(path))
    began, clock = time.process_time(), time.perf_counter()
    with store.writing() as connection:
        bring_up(connection)
    seconds, waited = time.process_time() - began, time.perf_counter() - clock
    with store.reading() as connection:
        tables = (db.documents, db.claims, db.entities, db.figures, db.conflicts)
        held = {t.name: float(connection.scalar(sa.select(sa.func.count()).select_from(t)) or 0) for t in tables}
    store.close()
    return {"seconds": seconds, "waited": waited, "megabytes": _peak(), "file": path.stat().st_size / 1e6, **held}


def add(path: Path) -> dict[str, float]:
    """Add the documents that were kept beside a derived ledger, one by one, each until all answers are up to date."""
    items: list[Item] = pickle.loads(_beside(path).read_bytes())  # noqa: S301  our own file
    store = Store(str(path))
    spent = []
    for item in items:
        began = time.process_time()
        store.add_all([item], _READ_AT)
        with store.writing() as connection:
            bring_up(connection)
        spent.append(time.process_time() - began)
    store.close()
    return {"median": median(spent), "mean": sum(spent) / len(spent), "worst": max(spent), "megabytes": _peak()}


def _items(documents: int) -> Iterator[Item]:
    """The documents of a world of this size, and `ADDED` more."""
    for report in reports(make_world(documents), Style(), documents + ADDED):
        yield report.document, report.claims, signature(report.document.text)


def _beside(path: Path) -> Path:
    return path.with_suffix(".more")


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _parts(items: Iterable[T], size: int) -> Iterator[list[T]]:
    waiting = iter(items)
    while part := list(islice(waiting, size)):
        yield part


# The three parts


def growth(sizes: list[int]) -> None:
    """Ledgers of these sizes: rebuilding each, and adding to the largest."""
    found: dict[int, dict[str, float]] = {}
    added: dict[int, dict[str, float]] = {}
    print("documents     claims  entities   figures  conflicts  rebuild s  us a claim   peak MB   file MB", flush=True)
    with tempfile.TemporaryDirectory() as name:
        for size in sizes:
            path = Path(name, f"{size}.db")
            _alone("fill", path, size)
            its = found[size] = _alone("rebuild", path, size)
            each = 1e6 * its["seconds"] / its["claims"]
            counts = [its[k] for k in ("documents", "claims", "entities", "figures", "conflicts")]
            held = "".join(f"{n:{width},.0f}" for n, width in zip(counts, (9, 11, 10, 10, 11), strict=True))
            print(f"{held} {its['seconds']:10.1f} {each:11.0f} {its['megabytes']:9.0f} {its['file']:9.0f}", flush=True)
            added[size] = _alone("add", path, size)
            path.unlink()
    first, last = found[sizes[0]], found[sizes[-1]]
    ratio = last["seconds"] / last["claims"] / (first["seconds"] / first["claims"])
    print(f"ratio of rebuild time per claim, largest to smallest     {ratio:8.2f}  (aim: below 1.5)")
    for size in sizes:
        its, whole = added[size], found[size]["seconds"]
        spent = ", ".join(f"{k} {1000 * its[k]:,.0f}" for k in ("median", "mean", "worst"))
        print(
            f"one more document on {size:7,}: {spent} ms, peak {its['megabytes']:.0f} MB; "
            f"a rebuild is {whole / its['median']:,.0f} medians, {whole / its['mean']:,.0f} means"
            + ("  (aim: 1,000)" if size == sizes[-1] else "")
        )


def _alone(step: str, path: Path, size: int) -> dict[str, float]:
    """A step in a process of its own, so that its peak memory is its own."""
    command = [sys.executable, __file__, "--step", step, "--ledger", str(path), "--documents", str(size)]
    done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def resolution(documents: int) -> None:
    """Who is who, beside splink."""
    mentions = names.mentions_of(reports(make_world(documents)))
    truth = [named.house for _, named in mentions]
    distinct = len({named.name for _, named in mentions})
    print(f"{len(mentions):,} mentions of {len(set(truth)):,} organisations under {distinct:,} names")
    print("                  seconds of           all mentions            distinct names")
    print("            clock  processor   prec. recall    F1       prec. recall    F1")
    spent = {}
    for who, work in (("Pledger", names.by_pledger), ("splink", names.by_splink)):
        its = work(mentions)
        spent[who] = its
        all_, each = names.marks(its.groups, truth), names.of_names(mentions, its.groups)
        told = "     ".join(f"{m.precision:6.3f} {m.recall:6.3f} {m.f1:6.3f}" for m in (all_, each))
        print(f"{who:9} {its.seconds:7.2f} {its.processor:10.2f}  {told}  {its.note}")
    ours, peer = spent["Pledger"], spent["splink"]
    print(
        f"ratio of time, splink to Pledger: clock {peer.seconds / ours.seconds:.1f}, "
        f"processor {peer.processor / ours.processor:.1f}  (aim: above 1, at no less F1)"
    )


def choice(documents: int, worlds: int) -> None:
    """What is right, beside truthdiscovery."""
    for case in weights.CASES:
        scores, facts = weights.scores(case, documents, range(1, worlds + 1))
        print(f"{case.name}: {facts} facts of {worlds} worlds")
        peers = {s.name: s for s in scores}
        print(f"  {'':18} wrong  log error   given our origins: wrong  log error")
        for score in scores:
            if score.name.endswith(weights.WITH_ORIGINS):
                continue
            other = peers.get(score.name + weights.WITH_ORIGINS)
            more = f"{other.wrong:25.3f} {other.log_error:10.3f}" if other else ""
            print(f"  {score.name:18} {score.wrong:5.3f} {score.log_error:10.3f} {more}")
        ours, rest = scores[0], [s for s in scores[1:] if not s.name.endswith(weights.WITH_ORIGINS)]
        print(
            f"  ratio of errors, best peer to Pledger: wrong {min(s.wrong for s in rest) / ours.wrong:5.2f},"
            f" log error {min(s.log_error for s in rest) / ours.log_error:5.2f}"
            + ("  (aim: above 1)" if case.copying else "")
        )


def _step(step: str, path: Path, documents: int) -> dict[str, Any]:
    began = time.perf_counter()

    def tell(done: int) -> None:
        if done % 5000 == 0:
            print(
                f"\r  {done:,} of {documents:,} documents, {time.perf_counter() - began:.0f} s", end="", file=sys.stderr
            )

    match step:
        case "fill":
            found = fill(path, documents, tell)
            print("\r" + " " * 60 + "\r", end="", file=sys.stderr)
            return found
        case "rebuild":
            return rebuild(path)
        case _:
            return add(path)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--largest", type=int, default=SIZES[-1], help="documents of the largest ledger")
    parser.add_argument("--part", choices=("growth", "names", "weights"), help="only this part")
    parser.add_argument("--names", type=int, default=10_000, help="documents whose organisations are resolved")
    parser.add_argument("--worlds", type=int, default=4, help="worlds of 1,000 documents for the weights")
    parser.add_argument("--step", choices=("fill", "rebuild", "add"), help=argparse.SUPPRESS)
    parser.add_argument("--ledger", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--documents", type=int, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        print(json.dumps(_step(arguments.step, arguments.ledger, arguments.documents)))
        return
    if arguments.part in (None, "names"):
        resolution(arguments.names)
    if arguments.part in (None, "weights"):
        choice(1_000, arguments.worlds)
    if arguments.part in (None, "growth"):
        growth([n for n in SIZES if n < arguments.largest] + [arguments.largest])


if __name__ == "__main__":
    main()
