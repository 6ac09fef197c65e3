"""What `pledger supply` prints: a list of commodities, and all that is known of one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pledger.exposure.supply import lists
from pledger.exposure.supply.measures import Risks
from pledger.exposure.supply.picture import Line, Measured, Picture, Seen
from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.words import ALL, REST, Level, Supplied
from pledger.vehicle.words import Basis, Source
from pledger.views.plain import clean
from pledger.views.supplywords import (
    in_words,
    say_basis,
    say_brief,
    say_factor,
    say_group,
    say_level,
    say_level_name,
    say_market,
    say_points,
    say_score,
    say_source,
    say_span,
    say_supplied,
)
from pledger.views.terminal import NUMBER, heading, plain, table
from pledger.views.web.answers import Sheet
from pledger.views.wording import say_conflict_kind, say_count, say_name

__all__ = ["Section", "commodities", "commodity"]

_TINY = 5e-4
_COLOURS = {Basis.REPORTED: "bold", Basis.ASSUMPTION: "dim italic"}


@dataclass(frozen=True, slots=True)
class Section:
    """What else is told of a commodity, made in a file of its own: what a project changes, a shock."""

    key: str
    """In the JSON."""
    shown: RenderableType
    data: Any
    sheets: tuple[Sheet, ...] = ()


def commodities(lines: Sequence[Line], importer: str, group: Sequence[str] = ()) -> RenderableType:
    """The list: how concentrated the world's production is, who leads, and how far one country relies on imports."""
    columns: list[str | tuple[str, dict[str, object]]] = ["World production of", "HHI", "Largest supplier"]
    if group:
        columns.append(say_group(tuple(group)))
    rows = table(*columns, f"Reliance of {in_words(importer)}")
    for its in lines:
        said = its.measured
        name = Text("\n").join([plain(say_name(its.commodity.name), "bold"), plain(_of(its), "dim")])
        cells: list[Text] = [name, _index(said), _leader(said)]
        if group:
            cells.append(Text(say_span(said.group) if said is not None and said.group is not None else "-"))
        rows.add_row(*cells, _reliance(its.reliance))
    keys = ", ".join(its.commodity.key for its in lines)
    return Group(rows, Text(f"`pledger supply KEY` tells all of one: {keys}.", style="dim"))


def _of(its: Line) -> str:
    said = say_brief(its.market) if its.market is not None else "shares of producers not found"
    return f"{said}; {say_count(its.reported, 'reported share')}" if its.reported else said


def _index(said: Measured | None) -> Text:
    if said is None:
        return Text("not known", style="dim")
    if said.index is None:
        return Text("shares add up to more than the whole", style="red")
    style = "yellow" if said.level == "highly concentrated" else ""
    return Text.assemble((say_points(said.index), "bold"), "\n", (said.level, style or "dim"))


def _leader(said: Measured | None) -> Text:
    if said is None or said.leader is None:
        return Text("not known", style="dim")
    unsure = "" if said.leader.certain else "\nanother may have more"
    return Text.assemble(
        (name_of(said.leader.country), "bold"), f" {say_span(said.leader.share)}", (unsure, "dim")
    )  # fmt: skip


def _reliance(level: Level | None) -> Text:
    if level is None:
        return Text("not found", style="dim")
    when = f"{level.grade}, {level.year}" if level.grade != ALL else str(level.year or "undated")
    return Text.assemble((say_level(level), "bold"), "\n", (clean(when), "dim"))


def commodity(its: Picture, sections: Sequence[Section] = ()) -> RenderableType:
    """All that is known of one commodity: its markets with every word, measures, levels, risk, and further sections."""
    blocks: list[RenderableType] = [heading(clean(its.commodity.name))]
    if its.commodity.about:
        blocks.append(plain(its.commodity.about, "dim"))
    if not its.markets and not its.levels:
        blocks.append(Text("Nothing is known of it: its table has no row that could be used.", style="dim"))
    for seen in its.markets:
        blocks += [Text(""), _market(seen, its.group)]
    if its.conflicts or its.agreements:
        blocks += [Text(""), heading("What reports say beside the tables"), *_differing(its)]
    if its.levels:
        blocks += [Text(""), heading("How far countries rely on imports, what they hold and pay"), _levels(its.levels)]
    if its.risks:
        blocks += [Text(""), heading(f"GeoPolRisk for {in_words(its.importer)}"), _risks(its.risks)]
    for section in sections:
        blocks += [Text(""), section.shown]
    return Group(*blocks)


def _market(seen: Seen, group: tuple[str, ...]) -> RenderableType:
    notes = _Notes()
    rows = table("Supplier", ("Share", NUMBER), "Basis", "Source")
    for said in sorted(seen.market.shares, key=_largest):
        style = _COLOURS.get(said.basis, "")
        share, basis = Text(say_supplied(said, seen.market), style=style), Text(say_basis(said), style=style)
        rows.add_row(plain(name_of(said.country)), share, basis, notes.of(said.sources, said.said, said.figure))
    told = [_measures("By the tables", seen.reference, group), _measures("By the reports", seen.reported, group)]
    below = (Padding(t, (0, 0, 0, 1)) for t in (notes.listed(), *told) if t is not None)
    return Group(plain(say_name(say_market(seen.market)), "bold"), rows, *below)


def _largest(said: Supplied) -> tuple[bool, float, str]:
    return said.country == REST, -(said.low if said.low is not None else said.high or 0.0), said.country


class _Notes:
    """Sources below a table, each once, by the numbers that stand in its rows."""

    def __init__(self) -> None:
        self._held: dict[tuple[str, ...], int] = {}

    def of(self, sources: Sequence[Source], note: str, figure: str | None = None) -> Text:
        lines = [say_source(s) for s in sources]
        lines += [f"figure {figure}, `pledger why {figure}`"] if figure else []
        lines += [note] if note else []
        if not lines:
            return Text("-", style="dim")
        return Text(f"[{self._held.setdefault(tuple(lines), len(self._held) + 1)}]", style="dim")

    def listed(self) -> RenderableType:
        grid = Table.grid(padding=(0, 1))
        grid.add_column(justify="right", no_wrap=True, style="dim")
        grid.add_column(overflow="fold")
        for lines, number in self._held.items():
            grid.add_row(f"[{number}]".replace("[", "\\["), plain("; ".join(lines), "dim"))
        return grid


def _measures(title: str, its: Measured | None, group: tuple[str, ...]) -> Text | None:
    if its is None:
        return None
    if its.index is None:
        over = f"{100 * (1 + its.over):.4g} %"
        return Text(f"{title}: not measured, the shares add up to {over} at least.", style="red")
    parts = [f"HHI {say_points(its.index)}, {its.level}"]
    if its.leader is not None:
        sure = "" if its.leader.certain else ", though another may have more"
        parts.append(f"largest supplier {name_of(its.leader.country)}, {say_span(its.leader.share)}{sure}")
    if its.group is not None:
        parts.append(f"{say_group(group)} together {say_span(its.group)}")
    if its.rest.high > _TINY:
        parts.append(f"not named {say_span(its.rest, rest=True)}")
    if its.readings > 1:
        parts.append(f"ends over {its.readings} sources that differ")
    return Text.assemble((f"{title}: ", "bold"), "; ".join(parts), ".")


def _differing(its: Picture) -> list[RenderableType]:
    """Where reports disagree, one sentence each, and where they agree."""
    told: list[tuple[Text, str]] = [
        (Text(say_conflict_kind(c.kind).upper(), style="bold yellow"), c.explanation) for c in its.conflicts
    ]
    told += [(Text("AGREED", style="bold green"), a.text) for a in its.agreements]
    grid = Table.grid(padding=(0, 2))
    grid.add_column(no_wrap=True)
    grid.add_column(overflow="fold")
    for kind, words in told:
        grid.add_row(kind, plain(words))
    return [grid]


def _levels(items: Sequence[Level]) -> RenderableType:
    notes = _Notes()
    rows = table("What", "How much", "Basis", "Source")
    for level in items:
        style = _COLOURS.get(level.basis, "")
        rows.add_row(
            plain(say_name(say_level_name(level))),
            Text(say_level(level), style=style),
            Text(say_basis(level), style=style),
            notes.of(level.sources, level.note),
        )
    return Group(rows, Padding(notes.listed(), (0, 0, 0, 1)))


def _risks(items: Sequence[Risks]) -> RenderableType:
    rows = table("By", "Score", "Import risk", "Factor", "Imports of supply")
    for r in items:
        rows.add_row(
            Text("\n").join([plain(say_name(say_market(r.imports))), plain(f"and {say_market(r.production)}", "dim")]),
            Text(say_score(r.score), style="bold"),
            say_score(r.import_risk),
            say_factor(r.factor) if r.factor is not None else "no price known",
            say_span(r.dependence),
        )
    hhi, risk = lists.methods("hhi"), lists.methods("geopolrisk")
    words = (
        f"Score from 0 to 1: HHI times the mean instability of origins (World Bank), as Gemechu et al. (2016); factor "
        f"against copper, as {risk['source']}. HHI above {hhi['high']:,} is highly concentrated: {hhi['source']}."
    )
    return Group(rows, Text(words, style="dim"))
