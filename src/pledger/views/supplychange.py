"""What a plant changes in who supplies whom: a sentence, a table for a terminal, a chart, JSON."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.exposure.supply.effect import Table
from pledger.exposure.supply.tabulated import HHI, ChangeRow, change_rows, measured_of, shares_of
from pledger.exposure.supply.words import REST
from pledger.ledger.geography import country_in_words, country_name
from pledger.views.cashflows import percent
from pledger.views.plain import clean
from pledger.views.supplycharts import Part, Stack, stacks
from pledger.views.terminal import NUMBER, plain, table
from pledger.views.web.answers import Sheet

if TYPE_CHECKING:
    from pledger.exposure.supply.change import Range, Side
    from pledger.exposure.supply.effect import Change

__all__ = [
    "Line",
    "assumed",
    "change",
    "change_json",
    "chart",
    "lines",
    "named",
    "range_json",
    "sentence",
    "sheet",
    "span",
]

Json = dict[str, Any]
_SAME = 0.0005


def named(code: str) -> str:
    """A supplier as a row calls it."""
    return "all others" if code == REST else country_name(code)


def whole(its: Range) -> str:
    """A number of points, with nine tenths where the scenarios lie apart: `6,018 (5,400 to 6,118)`."""
    mean, low, high = (f"{round(x):,}" for x in (its.mean, its.low, its.high))
    return mean if low == high else f"{mean} ({low} to {high})"


def span(its: Range) -> str:
    """A mean share, with nine tenths where the scenarios lie apart: `42.0 % (35.0 to 49.0)`."""
    if abs(its.high - its.low) < _SAME:
        return percent(its.mean)
    return f"{percent(its.mean)} ({100 * its.low:.1f} to {100 * its.high:.1f})"


def sentence(its: Change, commodity: str) -> str:
    """What a minister would be told in one breath."""
    name, what = called(its.plant.name), clean(commodity)
    chance = f"the chance that it is built, by its reported stage, is {percent(its.chance)}"
    if its.table is Table.WORLD:
        who = _start(country_in_words(its.before.largest))
        same = its.before.largest == its.after.largest
        then = f"with {name} it would make" if same else f"with {name} the largest share would be"
        return (
            f"{who} makes {between(its.before.largest_share)} of the world’s {what}; {then} "
            f"{between(its.after.largest_share)}; {chance}."
        )
    foreign = next((item for item in its.before.shares if item[0] not in (its.importer, REST)), None)
    from_whom = f", {between(foreign[1])} from {country_in_words(foreign[0])}" if foreign is not None else ""
    before, after, expected = (side.reliance for side in (its.before, its.after, its.expected))
    if before is None or after is None or expected is None:
        raise ValueError("a table of a country's supply has its reliance")
    imported = "nothing" if after.high < _SAME else between(after)
    return (
        f"{_start(country_in_words(its.importer))} imports {between(before)} of the {what} that it uses{from_whom}; "
        f"with {name} it would import {imported}; {chance}, so that {percent(expected.mean)} is to be expected."
    )


def between(its: Range) -> str:
    """Nine tenths of the scenarios as a sentence has them: `35 to 49 %`, or `77 %`."""
    low, high = (f"{100 * x:.3g}" for x in (round(its.low, 3), round(its.high, 3)))
    return f"{low} %" if low == high else f"{low} to {high} %"


def called(name: str) -> str:
    """A project in a sentence: names that end in a common noun have an article."""
    words = clean(name)
    return f"the {words}" if words.split()[-1:] and words.split()[-1][0].islower() else words


def change(changes: Sequence[Change], commodity: str) -> RenderableType:
    """Each change as a table: before, if it is built, as expected; with its sentence and what is assumed."""
    if not changes:
        return Text("No project of the ledger is said to supply it.", style="dim")
    parts: list[RenderableType] = []
    for its in changes:
        whose = "the world’s production" if its.table is Table.WORLD else f"what {country_in_words(its.importer)} uses"
        rows = table(
            "Supplier", ("Before", NUMBER), ("If it is built", NUMBER), ("Expected", NUMBER),
            title=f"{clean(its.plant.name)}: shares of {whose}",
        )  # fmt: skip
        told = lines(its)
        for line, last in zip(told, (None, *told), strict=False):
            if line.measure and last is not None and not last.measure:
                rows.add_section()
            rows.add_row(plain(line.label, "bold" if line.measure else ""), line.before, line.after, line.expected)
        parts += [rows, Text(sentence(its, commodity)), Text(assumed(its), style="dim"), Text("")]
    return Group(*parts[:-1])


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a change, in words."""

    label: str
    before: str
    after: str
    expected: str
    measure: bool
    """Whether it is measured of the shares, and is none of them."""


def lines(its: Change) -> tuple[Line, ...]:
    """A row for each supplier, then one for each measure."""
    home = its.importer if its.table is Table.SUPPLY else None
    shares = [
        Line(
            f"{named(code)} itself" if code == home else named(code),
            "-" if before is None else span(before),
            "-" if after is None else span(after),
            "-" if expected is None else percent(expected.mean),
            measure=False,
        )
        for code, before, after, expected in shares_of(its)
    ]
    measures = [
        Line(
            label,
            said(before),
            said(after),
            f"{round(expected.mean):,}" if said is whole else percent(expected.mean),
            measure=True,
        )
        for label, before, after, expected in measured_of(its)
        for said in (whole if label == HHI else span,)
        if before is not None and after is not None and expected is not None
    ]
    return (*shares, *measures)


def assumed(its: Change) -> str:
    """How the plant is counted, and when it would be full."""
    low, middle, high = its.full
    when = f"All it can make from {_month(middle)} on (nine in ten of the scenarios: {_month(low)} to {_month(high)})"
    whole = "what the world makes now" if its.table is Table.WORLD else "the country’s use"
    surplus = ""
    if its.exported is not None and its.exported.mean > _SAME:
        surplus = f" What is more than can be displaced, {span(its.exported)} of use, goes abroad."
    return (
        f"It makes {span(its.covers)} of {whole}; {its.how} (an assumption).{surplus} {when}, if it is built. "
        "Before and if built: the mean of the scenarios, with nine tenths of them. Expected: the mean of both, "
        "weighed with the chance. HHI: 0 to 10,000; above 1,800 is called highly concentrated."
    )


def _month(day: dt.date) -> str:
    return f"{day:%B %Y}"


def chart(its: Change, width: int, name: str, commodity: str) -> str:
    """Three bars: before, if it is built, as expected."""
    first = next((code for code, _ in its.before.shares if code not in (its.importer, its.plant.place, REST)), None)
    home = {its.importer} if its.table is Table.SUPPLY else {its.plant.place}

    def parts(side: Side) -> tuple[Part, ...]:
        by_name = {code: share.mean for code, share in side.shares}
        order = [*home, *(c for c, _ in its.before.shares if c not in home and c != REST)]
        order += [c for c in by_name if c not in order and c != REST] + [REST]
        looks = dict.fromkeys(home, "home") | ({first: "first"} if first is not None else {}) | {REST: "rest"}
        if its.plant.place not in home:
            looks[its.plant.place] = "new"
        return tuple(
            Part(
                f"{named(code)} itself" if code in home and its.table is Table.SUPPLY else named(code),
                by_name[code],
                looks.get(code, "second"),
            )
            for code in order if code in by_name
        )  # fmt: skip

    bars = (
        Stack("Before", "", parts(its.before)),
        Stack("If it is built", f"and makes all it can, by about {_month(its.full[1])}", parts(its.after)),
        Stack("Expected", f"weighed with its chance of {percent(its.chance)}", parts(its.expected)),
    )
    title = f"{clean(its.plant.name)}: who supplies {clean(commodity)}"
    return stacks(bars, width, name, title, sentence(its, commodity))


def change_json(changes: Sequence[Change]) -> list[Json]:
    """Changes for programs; shares from 0 to 1."""
    return [
        {
            "table": its.table.value,
            "project": {"id": its.plant.id, "name": its.plant.name, "country": its.plant.place},
            "importer": its.importer,
            "chance": its.chance,
            "covers": range_json(its.covers),
            "before": _side_json(its.before),
            "if_built": _side_json(its.after),
            "expected": _side_json(its.expected),
            "surplus": range_json(its.exported) if its.exported is not None else None,
            "full": {"p5": its.full[0].isoformat(), "p50": its.full[1].isoformat(), "p95": its.full[2].isoformat()},
            "assumed": its.how,
        }
        for its in changes
    ]


def sheet(changes: Sequence[Change]) -> Sheet:
    """A row for each supplier, and for each measure, of each change."""
    return Sheet("projects", tuple(f.name for f in fields(ChangeRow)), [astuple(r) for r in change_rows(changes)])


def range_json(its: Range) -> Json:
    """A range for programs."""
    return {"p5": its.low, "p50": its.middle, "p95": its.high, "mean": its.mean}


def _side_json(side: Side) -> Json:
    return {
        "shares": {code: range_json(share) for code, share in side.shares},
        "hhi": range_json(side.hhi),
        "largest": side.largest,
        "largest_share": range_json(side.largest_share),
        "reliance": range_json(side.reliance) if side.reliance is not None else None,
    }


def _start(words: str) -> str:
    """Words at the start of a sentence."""
    return words[:1].upper() + words[1:]
