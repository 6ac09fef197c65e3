"""What `pledger demo` and `pledger read` print when they are done: the ledger on one screen or two, for a person."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

from rich.cells import cell_len
from rich.console import Console, Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from pledger.model import Figure, Money
from pledger.views import tables
from pledger.views.overview import Overview, Programme, origins, overview
from pledger.views.plain import clean
from pledger.views.terminal import amount, heading, plain, standing
from pledger.views.wording import (
    say,
    say_attribute,
    say_beside,
    say_conflict_kind,
    say_count,
    say_date,
    say_matter,
    say_moment,
    say_name,
    say_weight,
)

if TYPE_CHECKING:
    from pledger.ledger import Ledger

__all__ = ["next_steps", "print_summary"]

_BAR = 9
_NAME = 31
_SIDES = 3
_SHOWN = 12
"""Of contested figures and of conflicts, so many are printed; the rest is counted, with the command that shows them."""


def print_summary(ledger: Ledger, console: Console, as_of: dt.date | None = None) -> None:
    """Print programmes, projects, contested figures and conflicts of `ledger`, as known on `as_of`."""
    view = overview(ledger, as_of)
    if not view.figures:
        console.print(Text("The ledger is empty: no figure has been read into it yet.", style="dim"))
        return
    console.print(_masthead(view))
    for title, body in (
        ("Programmes", _programmes(view) if view.programmes else None),
        ("Projects", tables.projects(view.projects) if view.projects else None),
        ("Contested figures", _contested(view)),
        ("Where the reports disagree", _conflicts(view)),
    ):
        if body is not None:
            console.print(Text(""))
            console.print(heading(title))
            console.print(body)


def _masthead(view: Overview) -> RenderableType:
    copies = sum(1 for d in view.documents if d.echo_of)
    told = f"{copies} of them {'a copy' if copies == 1 else 'copies'}"
    counts = [
        say_count(len(view.documents), "document") + (f" ({told})" if copies else ""),
        say_count(len(view.claims), "claim"),
        say_count(len(view.figures), "figure"),
        say_count(len(origins(view.figures)), "independent origin"),
    ]
    days = [d.reported_on for d in view.documents if d.reported_on]
    reach = f"Reported {say_date(min(days))} to {say_date(max(days))}." if days else ""
    moment = say_moment(view.as_of, view.known_on)
    known = f" {moment[:1].upper()}{moment[1:]}." if moment else ""
    return Group(Text(", ".join(counts), style="bold"), Text(reach + known, style="dim"))


def _programmes(view: Overview) -> RenderableType:
    """Each programme with its ceiling as a bar; bars share one scale, within one currency."""
    largest: dict[str, float] = {}
    for item in view.programmes:
        if money := _money(item):
            largest[money.currency] = max(largest.get(money.currency, 0.0), _size(money))
    names = [say_name(clean(item.entity.name)) for item in view.programmes]
    said = [amount(item.ceiling) for item in view.programmes]
    widths = min(_NAME, max(map(cell_len, names))), min(_NAME, max(text.cell_len for text in said))
    blocks: list[RenderableType] = []
    for item, money_said in zip(view.programmes, said, strict=True):
        money = _money(item)
        length = round(_BAR * _size(money) / largest[money.currency]) if money and largest[money.currency] else 0
        table = Table.grid(padding=(0, 2, 0, 0))
        for width in widths:
            table.add_column(width=width)
        bar = Text("=" * max(length, 1), style="blue") if money else Text("")
        table.add_row(
            plain(say_name(item.entity.name), "bold"), money_said, Text(" ").join([bar, _support(item.ceiling)])
        )
        blocks.append(table)
        if (named := item.rungs[1].amount) is not None:
            committed = item.rungs[3].amount
            told = f"committed: {say(committed) if committed else 'not reported'}"
            words = f"{say(named)} named in {say_count(len(item.projects), 'project')}; {told}"
            blocks.append(Padding(Text(words, style="dim"), (0, 0, 0, 2)))
    return Group(*blocks)


def _money(item: Programme) -> Money | None:
    return item.ceiling.value if item.ceiling and isinstance(item.ceiling.value, Money) else None


def _size(money: Money) -> float:
    return money.high or money.low or 0.0


def _support(figure: Figure | None) -> Text:
    if figure is None:
        return Text("no amount reported", style="dim")
    count = say_count(len(origins([figure], leading=True)), "origin")
    return Text.assemble(standing(figure.standing), f", {count}")


def _contested(view: Overview) -> RenderableType | None:
    """Each contested figure with its heaviest sides, the value that the ledger holds first."""
    if not view.contested:
        return None
    blocks: list[RenderableType] = []
    for figure in view.contested[:_SHOWN]:
        label = say_attribute(figure.attribute, clean(figure.qualifier))
        head = Text.assemble((say_name(clean(figure.entity.name)), "bold"), f", {label}  ", (figure.id, "dim"))
        table = Table.grid(padding=(0, 2, 0, 0))
        for justify in ("left", "right", "left"):
            table.add_column(justify=justify)
        for number, side in enumerate(figure.sides[:_SIDES]):
            said = plain(say_beside(side.value, figure.qualifier), "dim" if number else "yellow")
            table.add_row(said, say_count(len(side.origins), "origin"), Text(say_weight(side.weight), style="dim"))
        blocks += [head, Padding(table, (0, 0, 0, 3))]
        if (rest := len(figure.sides) - _SIDES) > 0:
            blocks.append(Padding(Text(f"and {say_count(rest, 'lighter side')}", style="dim"), (0, 0, 0, 3)))
    return Group(*blocks, *_more(len(view.contested), "pledger show figures"))


def _conflicts(view: Overview) -> RenderableType:
    if not view.conflicts:
        return Text("Nowhere: what was read agrees with itself.", style="green")
    blocks: list[RenderableType] = []
    for number, item in enumerate(view.conflicts[:_SHOWN], 1):
        head = Text.assemble(
            (f"{number}. ", "bold"), (say_name(clean(item.entity.name)), "bold"), f", {clean(say_matter(item))}",
            (f"  {say_conflict_kind(item.kind)}", "yellow"),
        )  # fmt: skip
        blocks += [head, Padding(plain(item.explanation), (0, 0, 0, 3))]
    return Group(*blocks, *_more(len(view.conflicts), "pledger conflicts"))


def _more(count: int, command: str) -> list[RenderableType]:
    return [Text(f"and {count - _SHOWN} more: {command}", style="dim")] if count > _SHOWN else []


def next_steps(ledger: Ledger, path: Path, page: Path, program: str = "pledger") -> RenderableType:
    """Where the report is, and four commands to try on this very ledger.

    `path` is the ledger's file, `program` the words with which this program is called where the reader stands.
    """
    view = overview(ledger)
    ceilings = (p.ceiling for p in view.programmes if p.ceiling)
    asked = next(iter(view.contested), None) or next(ceilings, None) or next(iter(view.figures), None)
    told = f"{program} --ledger {path} "
    commands = [f"{told}serve"] + ([f"{told}why {asked.id}"] if asked else [])
    commands += [f"{told}conflicts", f"{told}show figures"]
    lines = [Text(f"  {command}", style="bold", no_wrap=True, overflow="ignore") for command in commands]
    return Group(Text(f"\nThe report: {page}\n\nNext, try:"), *lines)
