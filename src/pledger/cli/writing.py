"""Verbs that write something to look at: `report` and `demo`."""

from __future__ import annotations

from pathlib import Path

import click

from pledger import data
from pledger.cli.common import list_problems, opened, out, when
from pledger.cli.reading import read_paths
from pledger.ledger import Moment
from pledger.views import tables

__all__ = ["demo", "report_"]


@click.command(name="report")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="The file to write.",
)
@when
@click.pass_obj
def report_(url: str, output: Path, when: Moment) -> None:
    """Write the ledger as one self-contained web page: no network, every figure linked to its sentences.

    \b
    Example:
      pledger report -o japan.html
      pledger report -o then.html --as-of 2025-12-31
    """
    from pledger.views import report  # the charts' library takes half a second, which other verbs need not wait

    with opened(url, when) as ledger:
        shown = report.write_report(ledger, output)
    out().print(f"{output}: {len(shown)} figures, each linked to its sentences")


@click.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where to write.",
)
def demo(folder: Path) -> None:
    """Read the bundled corpus into a new ledger, and show what it says.

    \b
    Example:
      pledger demo
    """
    from pledger.views import report, summary

    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "pledger.db"
    for old in (path, path.with_name("pledger.db-wal"), path.with_name("pledger.db-shm")):
        old.unlink(missing_ok=True)
    with opened(str(path), create=True) as ledger:
        result = read_paths(ledger, [str(data.examples())])
        console = out()
        console.print(tables.read_line(result))
        summary.print_summary(ledger, console)
        page = folder / "report.html"
        report.write_report(ledger, page)
        console.print(summary.next_steps(ledger, path, page))
    list_problems(result.problems)
