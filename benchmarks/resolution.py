"""Who is who, held against gold: precision, recall and F1 over pairs, for each kind of entity.

    python benchmarks/resolution.py                    our own corpus (bundled digests and tests/corpus)
    python benchmarks/resolution.py --folder PATH      a folder that holds articles and their gold*.yaml
    python benchmarks/resolution.py --pairs FILE       a list of pairs of names: a, b, kind, same
    python benchmarks/resolution.py --details          every pair that is wrong

*Organisations* (and names in two scripts): the items are the names that gold gives in one folder, as far as the ledger
holds them; no pair is of two folders, since each folder is read into a ledger of its own.
A pair is one in gold where gold gives both to one entity, and one in the ledger where one entity holds both.
Names of one entity that fold alike are one item, so that legal forms earn nothing.
*Projects*: the items are the mentions of gold's projects, one for each document that gold names and the ledger
recognises; a pair is one in the ledger where one entity holds both mentions.
*Programmes*: the like, by gold's programmes and documents.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

import yaml
from rich.console import Console
from rich.table import Table

from pledger import data
from pledger.ledger import Ledger, same_name
from pledger.ledger.judged import name_key
from pledger.model import EntityKind
from scoring.countries import investor
from scoring.gold import Gold, load, matched
from scoring.ledgers import Holding, entity_investor, fits_project
from scoring.reader import read_folder

ROOT = Path(__file__).resolve().parents[1]
OWN = [data.examples(), *sorted({path.parent for path in (ROOT / "tests" / "corpus").glob("*/gold*.yaml")})]

Item = tuple[str, str]
"""Where it stands (a folder) and what it is (a name, or a thing and a document)."""


@dataclass(frozen=True)
class Marks:
    """How pairs were judged, of one kind."""

    kind: str
    right: int
    wrong: tuple[str, ...]
    missed: tuple[str, ...]

    @property
    def precision(self) -> float:
        """Share of the pairs put together that belong together."""
        return self.right / (self.right + len(self.wrong)) if self.right + len(self.wrong) else 1.0

    @property
    def recall(self) -> float:
        """Share of the pairs that belong together that were put together."""
        return self.right / (self.right + len(self.missed)) if self.right + len(self.missed) else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of the two."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def pairwise(kind: str, truth: Mapping[Item, str], held: Mapping[Item, str]) -> Marks:
    """Marks over all pairs of the items that both know; by item: the entity in gold, and in the ledger."""
    right = 0
    wrong: list[str] = []
    missed: list[str] = []
    for a, b in combinations(sorted(truth.keys() & held.keys()), 2):
        one, together = truth[a] == truth[b], held[a] == held[b]
        right += one and together
        if one != together:
            (missed if one else wrong).append(f"{a[1]} / {b[1]}")
    return Marks(kind, right, tuple(wrong), tuple(missed))


def organisations(gold: Gold, held: Holding) -> tuple[dict[Item, str], dict[Item, str]]:
    """Gold's names of organisations, and of whoever has a name in two scripts, with whom they are in both."""
    truth: dict[Item, str] = {}
    given = [(o.name, o.aliases) for o in gold.organisations] + [(a, (b,)) for a, b in gold.names.items()]
    for name, aliases in given:
        known = [truth["", key] for n in (name, *aliases) if ("", key := name_key(n, "organisation")) in truth]
        stands_for = known[0] if known else name
        for each in (name, *aliases):
            truth.setdefault(("", name_key(each, "organisation")), stands_for)
    found: dict[Item, str] = {}
    for entity in held.entities:
        if entity.kind in (EntityKind.ORGANISATION, EntityKind.PERSON):
            for name in (entity.name, *entity.aliases):
                found["", name_key(name, entity.kind)] = entity.id
    return truth, found


def projects(folder: str, gold: Gold, held: Holding) -> tuple[dict[Item, str], dict[Item, str]]:
    """Mentions of gold's projects in gold's documents, with which project they are in both."""
    there = {e: held.documents_of(e) for e in held.entities if e.kind is EntityKind.PROJECT}
    truth: dict[Item, str] = {}
    found: dict[Item, str] = {}
    for project in gold.projects:
        near = [e for e in there if any(fits_project(n, e) for n in (project.name, *project.aliases))]
        for document in project.documents:
            truth[folder, f"{project.name} in {document}"] = f"{folder} {project.name}"
            its = [e for e in near if document in there[e]]
            if its:
                found[folder, f"{project.name} in {document}"] = max(its, key=lambda e: (len(there[e]), e.id)).id
    return truth, found


def programmes(folder: str, gold: Gold, held: Holding) -> tuple[dict[Item, str], dict[Item, str]]:
    """Mentions of gold's programmes in gold's documents, with which programme they are in both."""
    there = [e for e in held.entities if e.kind is EntityKind.PROGRAMME]
    truth: dict[Item, str] = {}
    found: dict[Item, str] = {}
    for programme in gold.programmes:
        mine = [e for e in there if entity_investor(e) == investor(programme.key or programme.name)]
        for document in programme.documents:
            truth[folder, f"{programme.name} in {document}"] = f"{folder} {programme.name}"
            its = [e for e in mine if document in held.documents_of(e)]
            if its:
                found[folder, f"{programme.name} in {document}"] = its[0].id
    return truth, found


def marks_of(folders: Iterable[Path]) -> list[Marks]:
    """The marks over all folders: pairs are counted within each folder, then added up."""
    kinds: dict[str, list[tuple[dict[Item, str], dict[Item, str]]]] = defaultdict(list)
    for folder in folders:
        gold = load(sorted(folder.glob("gold*.yaml")))
        with tempfile.TemporaryDirectory() as place:
            held = _holding(gold, read_folder(folder, str(Path(place) / "resolution.db")))
        told = organisations(gold, held)
        kinds["organisations and people"].append(_in(folder.name, *told))
        kinds["projects"].append(projects(folder.name, gold, held))
        kinds["programmes"].append(programmes(folder.name, gold, held))
    found = []
    for kind, parts in kinds.items():
        each = [pairwise(kind, *part) for part in parts]
        found.append(
            Marks(
                kind,
                sum(m.right for m in each),
                tuple(w for m in each for w in m.wrong),
                tuple(w for m in each for w in m.missed),
            )
        )
    every = (tuple(w for m in found for w in m.wrong), tuple(w for m in found for w in m.missed))
    return [*found, Marks("all", sum(m.right for m in found), *every)]


def _holding(gold: Gold, ledger: Ledger) -> Holding:
    with ledger:
        documents = matched(gold, ledger.documents())
        claims = {c.id: c for c in ledger.claims()}
        return Holding(documents, claims, tuple(ledger.entities()), tuple(ledger.figures()), ())


def _in(folder: str, truth: Mapping[Item, str], held: Mapping[Item, str]) -> tuple[dict[Item, str], dict[Item, str]]:
    return ({(folder, k[1]): f"{folder} {v}" for k, v in truth.items()}, {(folder, k[1]): v for k, v in held.items()})


def marks_of_pairs(path: Path) -> list[Marks]:
    """The marks on a list of pairs, by kind; an unsure pair is one that was not put together."""
    told: dict[str, list[tuple[bool, bool, str]]] = defaultdict(list)
    for pair in yaml.safe_load(path.read_text(encoding="utf-8")):
        match = same_name(pair["a"], pair["b"], pair["kind"])
        line = f"{pair['a']} / {pair['b']}: {match}"
        told[pair["kind"]].append((bool(pair["same"]), match.outcome == "same", line))
    told["all"] = [row for rows in list(told.values()) for row in rows]
    return [
        Marks(
            kind,
            sum(gold and got for gold, got, _ in rows),
            tuple(line for gold, got, line in rows if got and not gold),
            tuple(line for gold, got, line in rows if gold and not got),
        )
        for kind, rows in told.items()
    ]


def show(found: Sequence[Marks], console: Console, *, details: bool) -> None:
    """Print the marks as a table, and with `details` every wrong pair."""
    table = Table("pairs of", "together", "wrongly", "missed", "precision", "recall", "F1")
    for m in found:
        numbers = (m.right + len(m.wrong), len(m.wrong), len(m.missed))
        table.add_row(m.kind, *map(str, numbers), *(f"{x:.3f}" for x in (m.precision, m.recall, m.f1)))
    console.print(table)
    for m in found if details else ():
        if m.kind != "all":
            for word, lines in (("wrongly one", m.wrong), ("missed", m.missed)):
                for line in lines:
                    console.print(f"{m.kind}, {word}: {line}", markup=False, highlight=False)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; 1 where the F1 over all is below what is required."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--folder", type=Path, action="append", default=[])
    parser.add_argument("--pairs", type=Path)
    parser.add_argument("--details", action="store_true", help="list every pair that is wrong")
    parser.add_argument("--require", type=float, default=0.0, metavar="F1", help="least F1 over all pairs")
    options = parser.parse_args(arguments)
    found = marks_of_pairs(options.pairs) if options.pairs else marks_of(options.folder or OWN)
    show(found, Console(width=120), details=options.details)
    return int(next(m.f1 for m in found if m.kind == "all") < options.require)


__all__ = ["Marks", "main", "marks_of", "marks_of_pairs", "pairwise"]

if __name__ == "__main__":
    sys.exit(main())
