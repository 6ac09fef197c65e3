"""Pledger's marks: what it reads and reconciles, held against gold files.

    python benchmarks/score.py                       both sets of gold, as `make score` does
    python benchmarks/score.py --seeds PATH          PATH holds articles; its gold is PATH/../gold/seeds.yaml
    python benchmarks/score.py --corpus --details    our own corpus (bundled digests and tests/corpus), with every miss
    python benchmarks/score.py --folder PATH         a folder that holds articles and their gold*.yaml
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
from scoring.reader import Score, read_folder, score, together
from scoring.report import print_score

ROOT = Path(__file__).resolve().parents[1]
BESIDE = ROOT.parent / "shared" / "seeds"
OWN = sorted(path.parent for path in (ROOT / "tests" / "corpus").glob("*/gold*.yaml"))
"""Folders of articles in our words that are no part of the demonstration."""


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
    parser.add_argument("--corpus", action="store_true", help="our own corpus")
    parser.add_argument(
        "--folder", type=Path, action="append", default=[], help="a folder with articles and gold*.yaml"
    )
    parser.add_argument("--details", action="store_true", help="list every miss")
    parser.add_argument("--require", action="append", default=[], type=required, metavar="NAME=VALUE")
    options = parser.parse_args(arguments)
    both = not options.corpus and options.seeds is None and not options.folder
    seeds = options.seeds or (BESIDE if both and BESIDE.is_dir() else None)
    own = [data.examples(), *OWN] if both or options.corpus else []

    console, failed = Console(), False
    if seeds is not None:
        failed |= _show("seeds", score_folder(seeds, [seeds.parent / "gold" / "seeds.yaml"]), console, options)
    scores = {folder.name: _scored(folder) for folder in [*own, *options.folder]}
    if len(own) > 1:  # the marks are those of the whole corpus; what was missed stands with its folder
        for name, result in scores.items():
            print_score(name, result, console, details=options.details)
        failed |= _show(
            "own corpus", together(scores.values()), console, argparse.Namespace(**{**vars(options), "details": False})
        )
    else:
        for name, result in scores.items():
            failed |= _show(name, result, console, options)
    return int(failed)


def _scored(folder: Path) -> Score:
    return score_folder(folder, sorted(folder.glob("gold*.yaml")))


def _show(name: str, result: Score, console: Console, options: argparse.Namespace) -> bool:
    """Print a score; whether it falls short of what is required."""
    print_score(name, result, console, details=options.details)
    failed = shortfalls(result, options.require)
    for line in failed:
        console.print(f"{name} falls short: {line}", style="red")
    return bool(failed)


if __name__ == "__main__":
    sys.exit(main())
