"""One row of a table of supply, understood or refused: each refusal is a problem with its line, column and mend."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from pledger.exposure.supply import lists
from pledger.exposure.supply.cells import Number, number
from pledger.exposure.supply.files import Row, problem
from pledger.exposure.supply.places import country, nearest
from pledger.exposure.supply.words import REST, Measure, Step, Supplied
from pledger.model import Problem, Qualifier
from pledger.vehicle.words import Basis, Source

__all__ = ["COUNTED", "LEVELS", "Read", "ends", "key_of", "understood", "word"]

LEVELS = (Measure.RELIANCE, Measure.STOCKS, Measure.PRICE)
"""Measures that tell of the importing country alone."""
COUNTED = (Measure.STOCKS, Measure.PRICE)
"""Measures that are no shares: months, dollars."""
_MOST_MONTHS = 1200.0
_YEAR = re.compile(r"(?<!\d)(1[89]\d\d|20\d\d|21\d\d)(?!\d)(?:\s*[-–/]\s*(\d\d)(?!\d))?")
_SHOWN = 60
_NEAREST = 40
"""Problems of a table up to which the nearest name is looked for: it takes milliseconds, and the first rows tell."""

Wrong = Callable[[str, str, str], None]
"""Notes a problem: column, why, mend."""


@dataclass(frozen=True, slots=True)
class Read:
    """One row as it was understood."""

    line: int
    step: Step
    measure: Measure
    grade: str
    importer: str | None
    half: float
    """Half a unit of the last digit of its share."""
    supplied: Supplied


def key_of(name: str) -> str:
    """The key of a commodity that a table calls `name`: `rare_earths`."""
    return re.sub(r"[\W_]+", "_", name.strip().casefold()).strip("_") or "commodity"


def word(row: Row, column: str, chapter: str) -> str | None:
    """What a cell of a closed list says; None where it is empty or not known."""
    return lists.words(chapter).get(lists.folded(row.of(column)))


def ends(row: Row) -> Number | str:
    """The number of a row, from `share` or from `low` and `high`; or what is wrong with it."""
    said = row.of("share")
    thousands = word(row, "measure", "measures") == Measure.PRICE
    if said:
        found = number(said, thousands=thousands)
        if found is None:
            return f"{_short(said)} is no share"
        told = word(row, "qualifier", "qualifiers")
        if told is None and row.of("qualifier"):
            return f"{_short(row.of('qualifier'))} is no qualifier"
        return found if told is None else _qualified(found, Qualifier(told))
    low, high = (number(row.of(c), thousands=thousands) if row.of(c) else None for c in ("low", "high"))
    for column, end in (("low", low), ("high", high)):
        if row.of(column) and end is None:
            return f"{_short(row.of(column))} is no share"
    if low is None and high is None:
        return "no share"
    both = [n for n in (low, high) if n is not None]
    percent, half = any(n.percent for n in both), max(n.half for n in both)
    least = None if low is None else low.low if low.low is not None else low.high
    most = None if high is None else high.high if high.high is not None else high.low
    if least is not None and most is not None and least > most:
        return f"low {least:g} is above high {most:g}"
    told = word(row, "qualifier", "qualifiers")
    if least is None or most is None:
        return Number(least, most, Qualifier.AT_LEAST if most is None else Qualifier.UP_TO, percent, half)
    same = Qualifier.ABOUT if told == Qualifier.ABOUT else Qualifier.EXACT
    return Number(least, most, same if least == most else Qualifier.BETWEEN, percent, half)


def _qualified(found: Number, told: Qualifier) -> Number:
    """A plain number with the qualifier of its own column."""
    end = found.low if found.low is not None else found.high
    match told:
        case Qualifier.AT_LEAST:
            return Number(end, None, told, found.percent, found.half)
        case Qualifier.UP_TO:
            return Number(None, found.high if found.high is not None else end, told, found.percent, found.half)
        case Qualifier.ABOUT if found.low == found.high:
            return Number(found.low, found.high, told, found.percent, found.half)
    return found


def understood(file: str, row: Row, key: str, said: Number | str, scale: float, problems: list[Problem]) -> Read | None:
    """A row as a share of a market or a level; None where it cannot be used, which is then a problem."""

    def wrong(column: str, why: str, mend: str) -> None:
        problems.append(problem(file, row.line, column, why, mend))

    if row.of("commodity") and key_of(row.of("commodity")) != key:
        return None  # said once for all its rows
    step, measure = word(row, "step", "steps"), word(row, "measure", "measures")
    if step is None and row.of("step"):
        wrong("step", f"{_short(row.of('step'))} is no step", "write mined, refined or manufactured")
        return None
    if measure is None and row.of("measure"):
        wrong("measure", f"{_short(row.of('measure'))} is no measure", f"write one of {', '.join(Measure)}")
        return None
    kind = Measure(measure or Measure.PRODUCTION)
    importer = country(row.of("importer")) if row.of("importer") else None
    if row.of("importer") and importer in (None, REST):
        wrong(
            "importer",
            f"{_short(row.of('importer'))} is no country that is known",
            _meant(row.of("importer"), problems),
        )
        return None
    where = country(row.of("country")) if row.of("country") else importer if kind in LEVELS else None
    if where is None:
        why = f"{_short(row.of('country'))} is no country that is known" if row.of("country") else "no country"
        wrong("country", why, _meant(row.of("country"), problems))
        return None
    if kind in LEVELS:
        importer = where if importer is None else importer
    elif kind is Measure.IMPORTS and importer is None:
        wrong("importer", "a share of imports without the country that imports", "name it: US")
        return None
    if isinstance(said, str):
        column = "share" if row.of("share") or not (row.of("low") or row.of("high")) else "low"
        wrong(column, said, "write 77 %, over 60 %, up to 5 % or 40-45 %")
        return None
    told = _scaled(said, 1.0 if kind in COUNTED else 0.01 if said.percent else scale)
    most = max(end for end in (told.low, told.high) if end is not None)
    if kind not in COUNTED and most > 1.0 + 1e-9:
        wrong(
            "share", f"{most * 100:g} % is more than the whole", "a share is at most 100 %: mend the figure or its unit"
        )
        return None
    if kind is Measure.STOCKS and most > _MOST_MONTHS:
        wrong("share", f"stocks of {most:g} months", "stocks are told in months of use")
        return None
    year, coming = _year(row, wrong)
    source, basis = _source(row, year, coming, wrong)
    supplied = Supplied(
        country=where,
        low=told.low,
        high=told.high,
        qualifier=told.qualifier,
        basis=basis,
        year=year,
        sources=source,
        said=row.of("note"),
    )
    return Read(
        row.line, Step(step or Step.MANUFACTURED), kind, row.of("grade") or "all", importer, told.half, supplied
    )


def _meant(words: str, problems: list[Problem]) -> str:
    near = nearest(words) if words and len(problems) < _NEAREST else None
    return f"did you mean {near}?" if near else "write its English name or its ISO code: CN"


def _scaled(n: Number, scale: float) -> Number:
    low, high = (None if end is None else round(end * scale, 12) for end in (n.low, n.high))
    return Number(low, high, n.qualifier, n.percent, n.half * scale)


def _year(row: Row, wrong: Wrong) -> tuple[int | None, bool]:
    """The year of a row (the last of several), and whether it is yet to come."""
    said = row.of("year")
    if not said:
        wrong("year", "no year", "write the year that the share is of, or undated")
        return None, False
    if lists.words("cells").get(lists.folded(said)) == "undated":
        return None, False
    found = _YEAR.findall(said)
    if not found:
        wrong("year", f"{_short(said)} is no year", "write it as 2024, or undated")
        return None, False
    first, last = found[-1]
    year = int(first[:2] + last) if last and int(first[:2] + last) > int(first) else int(first)
    return year, year > dt.datetime.now(dt.UTC).year


def _source(row: Row, year: int | None, coming: bool, wrong: Wrong) -> tuple[tuple[Source, ...], Basis]:
    """Where a row is from, and what it rests on: without a source, or of a year to come, it is an assumption."""
    weak, basis = (lists.words("cells").get(lists.folded(row.of(c))) for c in ("weak", "basis"))
    if row.of("weak") and weak not in ("yes", "no"):
        wrong("weak", f"{_short(row.of('weak'))} is neither yes nor no", "write yes or no; taken as yes")
        weak = "yes"
    if lists.folded(row.of("basis")) == Basis.REPORTED:
        mend = "leave the row out, or say whose figure it is and write the basis `reference`"
        wrong("basis", "what is reported is the ledger's to say: shown as an assumption", mend)
        basis = "assumption"
    elif row.of("basis") and basis not in ("reference", "assumption"):
        wrong("basis", f"{_short(row.of('basis'))} is no basis", "write reference or assumption; taken as assumption")
        basis = "assumption"
    assumed = basis == "assumption"
    if not row.of("source") and not assumed:
        wrong(
            "source", "no source: shown as an assumption", "write where the figure is from, or the basis `assumption`"
        )
    elif coming and not assumed:
        wrong("year", f"{year} has not been: shown as an assumption", "write the basis `assumption`")
    where = row.of("source")
    found = (Source(where, year, weak=weak == "yes"),) if where else ()
    return found, Basis.ASSUMPTION if assumed or coming or not where else Basis.REFERENCE


def _short(words: str) -> str:
    """A cell as a problem shows it."""
    return repr(words if len(words) <= _SHOWN else f"{words[: _SHOWN - 3]}...")
