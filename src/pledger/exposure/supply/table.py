"""Tables of who supplies what: one CSV for a commodity, bundled or a user's own, read forgivingly and checked.

A table has the columns `country` and `share` (or `low` and `high`), and as far as they are known `commodity`, `step`,
`measure`, `grade`, `importer`, `year`, `source`, `weak`, `basis` and `note`, under these names or their like in five
languages. Lines above it that begin with # tell the commodity's `name`, its `names en` (`de`, `ja`, `ko`, `zh`) by
which reports call it, the `sectors` of `data/sectors.yaml` that supply it, and what else is to be known, `about`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from pledger.exposure.supply.cells import percents
from pledger.exposure.supply.files import Sheet, TableError, problem, read
from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.rows import COUNTED, LEVELS, Read, ends, key_of, understood, word
from pledger.exposure.supply.words import REST, Commodity, Level, Market, Measure, Step
from pledger.model import Problem
from pledger.vehicle.words import Basis

__all__ = ["TableError", "commodities", "load"]

_SEPARATORS = re.compile(r"[,;、，；|]")


@cache
def commodities() -> dict[str, Commodity]:
    """The bundled commodities by key, in the order of their files; their tables have no problems (a test says so)."""
    found: dict[str, Commodity] = {}
    folder = files("pledger.data") / "supply"
    for entry in sorted(folder.iterdir(), key=lambda e: e.name):
        if entry.name.endswith(".csv"):
            with as_file(entry) as path:
                commodity, _ = _loaded(read(path), None)
            found[commodity.key] = commodity
    return found


def load(path: Path | str) -> tuple[Commodity, tuple[Problem, ...]]:
    """The commodity of a user's table, and a problem for each row that could not be used as it stands.

    A table that goes by the key of a bundled commodity and tells no names or sectors has those of that one. A
    `TableError` (file, line, column, mend) where the file holds no table at all.
    """
    return _loaded(read(path), commodities())


def _loaded(sheet: Sheet, known: dict[str, Commodity] | None) -> tuple[Commodity, tuple[Problem, ...]]:
    problems = list(sheet.problems)
    key, name = _identity(sheet, problems)
    like = (known or {}).get(key)
    numbers = {row.line: ends(row) for row in sheet.rows}
    counted = {row.line for row in sheet.rows if word(row, "measure", "measures") in COUNTED}
    shares = [n for line, n in numbers.items() if line not in counted and not isinstance(n, str)]
    above = percents(shares)
    scale = 0.01 if above or sheet.percent else 1.0
    if sheet.percent and not above and any(not n.percent for n in shares):
        why = "no number is above 1: each was taken as a part of a hundred, as the column says"
        mend = "call the column `share`, if 0.6 is to mean 60 %"
        problems.append(problem(sheet.name, None, sheet.percent, why, mend))
    if "step" not in sheet.columns and sheet.rows:
        why = "no column `step`: every row was taken as manufactured"
        problems.append(problem(sheet.name, None, "step", why, "add one: mined, refined or manufactured"))
    found: list[Read] = []
    for row in sheet.rows:
        made = understood(sheet.name, row, key, numbers[row.line], scale, problems)
        if made is not None:
            found.append(made)
    found = _once(sheet.name, found, problems)
    markets = _markets(key, [r for r in found if r.measure not in LEVELS])
    problems += _sums(sheet.name, found)
    remarks = dict(sheet.remarks)
    return Commodity(
        key=key,
        name=remarks.get("name") or (like.name if like else name),
        names=_names(sheet, remarks.get("name") or name) if not like or _tells(sheet) else like.names,
        sectors=tuple(_listed(remarks["sectors"])) if "sectors" in remarks else like.sectors if like else (),
        markets=markets,
        levels=tuple(_level(r) for r in found if r.measure in LEVELS),
        about=remarks.get("about", "") or (like.about if like else ""),
        origin=sheet.name,
    ), tuple(problems)


def _identity(sheet: Sheet, problems: list[Problem]) -> tuple[str, str]:
    """Key and name of the commodity: of the first row that names it, else of the file."""
    told = next((row.of("commodity") for row in sheet.rows if row.of("commodity")), "")
    name = told or Path(sheet.name).stem
    key = key_of(name)
    others: dict[str, int] = {}
    for row in sheet.rows:
        if row.of("commodity") and key_of(row.of("commodity")) != key:
            others.setdefault(row.of("commodity"), row.line)
    for other, line in others.items():
        why = f"rows of {other!r} in the table of {name!r} were not read"
        problems.append(problem(sheet.name, line, "commodity", why, "give each commodity its own file"))
    return key, " ".join(name.replace("_", " ").split())


def _tells(sheet: Sheet) -> bool:
    return any(key.startswith("names") for key, _ in sheet.remarks)


def _names(sheet: Sheet, name: str) -> tuple[str, ...]:
    """All names that the remarks give, the commodity's own first."""
    told = [n for key, said in sheet.remarks if key.startswith("names") for n in _listed(said)]
    return tuple(dict.fromkeys([name, *told]))


def _listed(words: str) -> list[str]:
    return [w.strip() for w in _SEPARATORS.split(words) if w.strip()]


def _level(row: Read) -> Level:
    said = row.supplied
    return Level(
        country=said.country,
        measure=row.measure,
        low=said.low,
        high=said.high,
        basis=said.basis,
        year=said.year,
        sources=said.sources,
        note=said.said,
        step=row.step,
        grade=row.grade,
        qualifier=said.qualifier,
    )


def _markets(key: str, rows: Sequence[Read]) -> tuple[Market, ...]:
    """Rows by what they are shares of: production first, what is assumed after what is not, the newest first."""
    groups = _grouped(rows)
    made = [
        Market(key, step, measure, grade, importer, year, tuple(r.supplied for r in group))
        for (step, measure, grade, importer, year), group in groups.items()
    ]
    order = list(groups)

    def place(market: Market) -> tuple[int, int, bool, int, int]:
        first = order.index((market.step, market.measure, market.grade, market.importer, market.year))
        assumed = all(s.basis is Basis.ASSUMPTION for s in market.shares)
        step, newest = -tuple(Step).index(market.step), -(market.year or 0)
        return tuple(Measure).index(market.measure), step, assumed, newest, first

    return tuple(sorted(made, key=place))


def _once(file: str, rows: Iterable[Read], problems: list[Problem]) -> list[Read]:
    """The rows without those that say again what an earlier one says: they tell nothing more, and are problems."""
    first: dict[tuple[object, ...], int] = {}
    kept = []
    for row in rows:
        same = (row.step, row.measure, row.grade, row.importer, row.supplied)
        if (line := first.setdefault(same, row.line)) == row.line:
            kept.append(row)
        else:
            problems.append(problem(file, row.line, "", f"the same as line {line}: counted once", "take one away"))
    return kept


_Of = tuple[Step, Measure, str, str | None, int | None]


def _grouped(rows: Iterable[Read]) -> dict[_Of, list[Read]]:
    groups: dict[_Of, list[Read]] = {}
    for row in rows:
        groups.setdefault((row.step, row.measure, row.grade, row.importer, row.supplied.year), []).append(row)
    return groups


def _sums(file: str, rows: Iterable[Read]) -> list[Problem]:
    """Markets whose certain parts are more than the whole, or with their rest less, beyond what rounding explains.

    Where sources differ on a country, its least share counts: sources that contradict each other are no error.
    """
    found = []
    for (step, measure, grade, importer, year), group in _grouped(r for r in rows if r.measure not in LEVELS).items():
        least: dict[str, float] = {}
        most: dict[str, float] = {}
        room: dict[str, float] = {}
        for row in group:
            where, low, high = row.supplied.country, row.supplied.low or 0.0, row.supplied.high
            least[where] = min(least.get(where, 1.0), low)
            most[where] = max(most.get(where, 0.0), 1.0 if high is None else high)
            room[where] = max(room.get(where, 0.0), row.half)
        what = f"{grade} {step.value}, {measure.value}" + (f" of {name_of(importer)}" if importer else "")
        what += f", {year}" if year else ""
        spare, certain = sum(room.values()) + 1e-9, sum(least.values())
        if certain > 1.0 + spare:
            why = f"the shares of {what} add up to {certain * 100:.4g} %, more than the whole"
            mend = "mend a share, or tell the markets apart by step, grade, importer or year"
            found.append(problem(file, group[0].line, "share", why, mend))
        elif REST in least and sum(most.values()) < 1.0 - spare:
            why = (
                f"the shares of {what} add up to {sum(most.values()) * 100:.4g} % with all others, less than the whole"
            )
            found.append(problem(file, group[0].line, "share", why, "mend a share, or leave the row of all others out"))
    return found
