"""Pledger's marks: what it reads and reconciles, held against gold files.

    python benchmarks/score.py                       both sets of gold, as `make score` does
    python benchmarks/score.py --seeds PATH          PATH holds articles; its gold is PATH/../gold/seeds.yaml
    python benchmarks/score.py --corpus --details    the bundled corpus, with every miss
    python benchmarks/score.py --require amounts=1.0 --require extra=2

`--require NAME=VALUE` ends with exit code 1 when a set of gold falls short; `extra` (conflicts reported beyond gold's)
must not exceed its value, every other measure must reach it. How things are compared is written in the modules of
`scoring`.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.console import Console

from pledger import data
from scoring.gold import load
from scoring.reader import Score, read_folder, score
from scoring.report import print_score

BESIDE = Path(__file__).resolve().parents[2] / "shared" / "seeds"


def score_folder(folder: Path, gold: Iterable[Path]) -> Score:
    """The score of one folder of articles, read into a ledger that is thrown away."""
    with tempfile.TemporaryDirectory() as place:
        return score(load(gold), read_folder(folder, str(Path(place) / "score.db")))


def required(text: str) -> tuple[str, float]:
    """A requirement `NAME=VALUE`; argparse turns the errors into a line of usage."""
    name, _, bound = text.partition("=")
    known = Score((), (), 0).measures()
    if name not in known:
        raise argparse.ArgumentTypeError(f"unknown measure {name!r}; known: {', '.join(known)}")
    return name, float(bound)


def shortfalls(result: Score, requirements: Sequence[tuple[str, float]]) -> list[str]:
    """The requirements that a score does not meet, each as a line."""
    measures = result.measures()
    return [
        f"{name}: {measures[name]:.3f}, required {limit:g}"
        for name, limit in requirements
        if ((measures[name] > limit) if name == "extra" else (measures[name] < limit))
    ]


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables; 1 when a requirement is not met, else 0; argparse ends with 2 on wrong usage."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--seeds", type=Path, metavar="PATH", help="folder of articles with ../gold/seeds.yaml")
    parser.add_argument("--corpus", action="store_true", help="the bundled corpus")
    parser.add_argument("--details", action="store_true", help="list every miss")
    parser.add_argument("--require", action="append", default=[], type=required, metavar="NAME=VALUE")
    options = parser.parse_args(arguments)
    both = not options.corpus and options.seeds is None
    seeds = options.seeds or (BESIDE if both and BESIDE.is_dir() else None)

    sets: list[tuple[str, Path, list[Path]]] = []
    if seeds is not None:
        sets.append(("seeds", seeds, [seeds.parent / "gold" / "seeds.yaml"]))
    if both or options.corpus:
        examples = data.examples()
        sets.append(("corpus", examples, sorted(examples.glob("gold*.yaml"))))

    console, code = Console(), 0
    for name, folder, gold in sets:
        result = score_folder(folder, gold)
        print_score(name, result, console, details=options.details)
        failed = shortfalls(result, options.require)
        for line in failed:
            console.print(f"{name} falls short: {line}", style="red")
            code = 1
    return code


if __name__ == "__main__":
    sys.exit(main())
