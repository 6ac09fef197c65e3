"""Verbs that write something to look at: `report` and `demo`."""

from __future__ import annotations

import shutil
import sys
from contextlib import nullcontext
from pathlib import Path

import click
from rich.console import Console
from rich.text import Text

from pledger import data
from pledger.cli.common import list_problems, opened, out, when
from pledger.cli.reading import read_paths
from pledger.ledger import Ledger, Moment
from pledger.views import tables

__all__ = ["demo", "report_"]

_SCENARIOS = 20_000
"""Of the demo: its percentiles err by less than a hundredth."""


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
        _money(ledger, console, folder / "charts")
        console.print(summary.next_steps(ledger, path, page, _called()))
    list_problems(result.problems)


def _called() -> str:
    """How this program is called from here: by its name where the shell finds it, else as it was called just now."""
    program = Path(sys.argv[0])
    return str(program) if program.name == "pledger" and shutil.which("pledger") is None else "pledger"


def _money(ledger: Ledger, console: Console, folder: Path) -> None:
    """The vehicle of the programme whose terms and projects are known best, on half a screen and in charts."""
    from pledger.vehicle.asking.adjust import grid_of
    from pledger.vehicle.asking.answers import answers, by_interpretation, relieved
    from pledger.vehicle.asking.behind import to_check
    from pledger.vehicle.asking.quantities import quantity
    from pledger.vehicle.asking.reliefs import tariff_of
    from pledger.vehicle.montecarlo.simulate import simulate
    from pledger.vehicle.planning.plan import plan
    from pledger.vehicle.terms import terms, vehicle
    from pledger.views import runcharts
    from pledger.views.outlook import outlook

    its = terms("japan")
    window = vehicle(its).window
    made = plan(ledger, its)
    with console.status("simulating") if console.is_terminal else nullcontext():
        run = simulate(made, _SCENARIOS)
        readings = by_interpretation(made, lambda reading: simulate(made, _SCENARIOS, interpretation=reading))
        tariff = tariff_of(made.programme)
        relief = relieved(run, tariff) if tariff is not None else None
        facts = to_check(ledger, run, quantity("npv"))
    grid, told = grid_of(made), answers(run)
    runcharts.write(
        runcharts.charted(run, told, readings, grid),
        folder,
        f"Source: Pledger, the bundled corpus; {_SCENARIOS:,} scenarios, seed 0",
    )
    console.print(Text(""))
    console.print(outlook(its.name, run, told, readings, relief, facts, grid, window.until if window else None))
    console.print(Text(f"\nThe charts: {folder}"))
