"""The score as a person reads it."""

from __future__ import annotations

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scoring.reader import Score
from scoring.tally import Tally

__all__ = ["print_score"]


def print_score(name: str, score: Score, console: Console, *, details: bool = False) -> None:
    """One table per gold file; with `details`, every miss and everything that was read beyond gold."""
    title = f"{name}: {score.documents} documents"
    table = Table(title=title, title_justify="left", box=None, padding=(0, 1, 0, 0), header_style="underline")
    table.add_column("", no_wrap=True)
    for column in ("gold", "found", "missed", "wrong", "invented", "prec.", "recall", "F1"):
        table.add_column(column, justify="right")
    for row in score.rows:
        if row.name == "attribution":
            _add(table, score.others, style="bold")
        if row.gold or row.invented:
            _add(table, row, style="bold" if row.name == "amount" else "")
    console.print(table)
    if score.unread:
        console.print(f"Not among the documents read: {', '.join(score.unread)}")
    if details:
        for row in score.rows:
            _details(row, console)


def _add(table: Table, row: Tally, *, style: str) -> None:
    open_ended = row.precision is None
    table.add_row(
        row.name,
        str(row.gold),
        str(row.found),
        str(len(row.missed) or ""),
        str(len(row.wrong) or ""),
        str(len(row.invented) or ""),
        "" if row.precision is None else f"{row.precision:.3f}",
        f"{row.recall:.3f}",
        "" if open_ended else f"{row.f1:.3f}",
        style=style,
    )


def _details(row: Tally, console: Console) -> None:
    for heading, lines in (("missed", row.missed), ("wrong", row.wrong), ("invented", row.invented)):
        if lines:
            console.print(f"\n{row.name}, {heading}:", style="bold")
            for line in lines:
                console.print(Text(f"  {line}"))
