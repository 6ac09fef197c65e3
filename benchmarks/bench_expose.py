"""A portfolio of many rows through `pledger expose`, beside `pandas.read_csv` of the same file: times and their ratio.

    python benchmarks/bench_expose.py [--rows 100000]

The ledger is that of the bundled corpus. The file is made: invented company names, valid ISINs, weights, values and
currencies; one row in a thousand is a party of the programmes. Two ratios are printed: of the work alone, in one
process that has both loaded (reading, matching, paths and sums beside reading), and of whole commands as a user starts
them (with the JSON of every row written). Best of several rounds each, taken in turns.
"""

from __future__ import annotations

import argparse
import csv
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import pledger
from pledger import data
from pledger.exposure.portfolio.exposure import expose, load
from pledger.exposure.portfolio.identifiers import isin_holds
from pledger.exposure.portfolio.listed import companies

_ROUNDS = 5
_SOUNDS = ("ka", "ri", "mo", "ten", "lu", "vex", "dor", "shi", "pan", "gel", "bra", "nu", "sol", "tri", "cor", "wen")
_TRADES = ("Energy", "Industries", "Pharma", "Bank", "Foods", "Software", "Steel", "Logistics", "Insurance", "Motors")
_FORMS = ("Inc.", "Ltd.", "AG", "SE", "Corp.", "PLC", "SA", "Co., Ltd.")


def made(path: Path, rows: int) -> None:
    """Write a portfolio of so many rows; the same one each time."""
    chance = random.Random(7)  # noqa: S311  a benchmark, no secret
    parties = [(c.name, c.listings[0].isin, c.listings[0].ticker) for c in companies() if c.party]
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file)
        writer.writerow(("Name", "ISIN", "Ticker", "Weight (%)", "Market value", "Currency"))
        for n in range(rows):
            if n % 1000 == 500:
                name, isin, ticker = parties[chance.randrange(len(parties))]
            else:
                name = "".join(chance.choices(_SOUNDS, k=chance.randint(2, 4))).capitalize()
                name = f"{name} {chance.choice(_TRADES)} {chance.choice(_FORMS)}"
                isin, ticker = _isin(n), "".join(chance.choices("ABCDEFGHJKLMNPQRSTUVWXYZ", k=4))
            worth = round(chance.lognormvariate(12, 1), 2)
            writer.writerow((name, isin, ticker, f"{100 / rows:.8f}", worth, chance.choice(("USD", "EUR", "JPY"))))


def _isin(n: int) -> str:
    stem = f"XX{n:09d}"
    return next(f"{stem}{digit}" for digit in range(10) if isin_holds(f"{stem}{digit}"))


def best(*works: Callable[[], object], rounds: int = _ROUNDS) -> list[float]:
    """The least seconds of each work, all of them in turns."""
    found = [float("inf")] * len(works)
    for _ in range(rounds):
        for n, work in enumerate(works):
            begun = time.perf_counter()
            work()
            found[n] = min(found[n], time.perf_counter() - begun)
    return found


def main() -> None:
    """Print the times and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rows", type=int, default=100_000)
    rows: int = parser.parse_args().rows
    import pandas

    with tempfile.TemporaryDirectory() as folder:
        file, ledger_file = Path(folder, "holdings.csv"), Path(folder, "ledger.db")
        made(file, rows)
        with pledger.open(str(ledger_file)) as ledger:
            ledger.read([data.examples()], workers=1)
            ledger.figures()
            found = expose(ledger, load(file))
            ours, theirs = best(lambda: expose(ledger, load(file)), lambda: pandas.read_csv(file))
        size = file.stat().st_size / 1e6
        matched = len(found.matches.found)
        print(f"{rows:,} rows, {size:.1f} MB; {matched:,} rows matched, {len(found.exposed.paths):,} paths")
        print(f"in one process: expose {ours:.3f} s, pandas.read_csv {theirs:.3f} s: {ours / theirs:.1f} times")
        environment = dict(os.environ, PLEDGER_LEDGER=str(ledger_file))
        verb = [sys.executable, "-m", "pledger", "expose", str(file), "--json"]
        peer = [sys.executable, "-c", f"import pandas; pandas.read_csv({str(file)!r})"]

        def command() -> None:
            quiet = subprocess.DEVNULL
            subprocess.run(verb, env=environment, check=False, stdout=quiet, stderr=quiet)

        ours, theirs = best(command, lambda: subprocess.run(peer, check=True), rounds=3)
        print(f"as commands: expose {ours:.2f} s, pandas.read_csv {theirs:.2f} s: {ours / theirs:.1f} times")


if __name__ == "__main__":
    main()
