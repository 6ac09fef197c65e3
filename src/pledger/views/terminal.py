"""What every print in a terminal is made of: words made safe, standings in their colours, rungs, one form of table.

Words of articles only ever enter as `Text`, cleaned, never as markup: a headline that says `[bold]`, or holds an escape
code, is printed as such or not at all. Colours and widths are the console's to decide: `NO_COLOR`, pipes, 80 columns.
"""

from __future__ import annotations

from rich import box
from rich.table import Table
from rich.text import Text

from pledger.model import Figure, Stage, Standing
from pledger.views.overview import LADDER
from pledger.views.plain import clean
from pledger.views.wording import say_figure, say_stage, say_standing

__all__ = ["ID", "NUMBER", "WIDE", "amount", "heading", "nothing", "plain", "rungs", "standing", "table"]

NUMBER: dict[str, object] = {"justify": "right", "no_wrap": True}
ID: dict[str, object] = {"no_wrap": True, "style": "dim"}
WIDE: dict[str, object] = {"ratio": 1, "overflow": "fold"}
_COLOURS = {
    Standing.AGREED: "green",
    Standing.CONTESTED: "yellow",
    Standing.SINGLE_SOURCE: "cyan",
    Standing.UNSUPPORTED: "red",
}


def plain(words: str, style: str = "") -> Text:
    """Words of an article as printable text without markup."""
    return Text(clean(words), style=style)


def standing(value: Standing) -> Text:
    """A standing in its colour; the word alone says it too."""
    return Text(say_standing(value), style=_COLOURS[value])


def rungs(stage: Stage | None) -> Text:
    """A stage, and under it the ladder with the rungs reached as `##...`: ASCII, so that any terminal shows it."""
    if stage is None:
        return Text("not reported\n.....", style="dim")
    if stage not in LADDER:
        return Text(f"{say_stage(stage)}\nxxxxx", style="red")
    height = LADDER.index(stage) + 1
    marks = ("#" * height, "bold green"), ("." * (len(LADDER) - height), "dim")
    return Text.assemble((say_stage(stage), "bold"), "\n", *marks)


def table(*columns: str | tuple[str, dict[str, object]], title: str | None = None) -> Table:
    """An empty table with these columns, each a name or a name with its options."""
    made = Table(box=box.SIMPLE_HEAD, title=title, title_justify="left", title_style="bold", pad_edge=False)
    for column in columns:
        name, options = column if isinstance(column, tuple) else (column, {})
        made.add_column(name, **options)  # type: ignore[arg-type]
    return made


def amount(figure: Figure | None) -> Text:
    """A figure's value, marked where it is contested; `not reported` where there is none."""
    if figure is None:
        return Text("not reported", style="dim")
    return plain(say_figure(figure), "yellow" if figure.standing is Standing.CONTESTED else "bold")


def nothing(what: str, name: str | None = None) -> Text:
    """What is said where there is nothing to show: at all, or of this name."""
    if name is not None:
        return Text(f"The ledger holds no {what} named “{clean(name)}”. Leave the name out to see all.", style="dim")
    return Text(f"The ledger holds no {what} yet. `pledger read PATH...` reads articles into it.", style="dim")


def heading(words: str) -> Text:
    """A section's heading: `PROGRAMMES`."""
    return Text(words.upper(), style="bold")
