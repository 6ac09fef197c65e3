"""The verb `run`: a programme's cash flows by the ledger and the terms, or those of a case of one's own."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pledger.cli.common import DAY, as_json, date, err, opened, out, when
from pledger.cli.filing import Files, files_of, files_options
from pledger.cli.stopping import STOPPED, Stopping
from pledger.ledger import NOW, Moment
from pledger.views import jsons

if TYPE_CHECKING:
    from pledger.vehicle.asking.answers import Reading
    from pledger.vehicle.finance.cases import Own
    from pledger.vehicle.montecarlo.simulation import Simulation
    from pledger.vehicle.words import Plan

__all__ = ["run_"]

_PATH = click.Path(dir_okay=False, path_type=Path)
_MOST = 10_000_000
"""Scenarios of one run: answers of ten million take some 2 GB."""
_EACH_READING = 25_000
"""Scenarios under each reading of the terms: enough for a chance to a third of a per cent."""
_OF_LEDGERS = ("project", "valuation", "interpretation", "fill", "scheduler", "charts")


@click.command(name="run")
@click.argument("programme", required=False)
@click.option("--project", multiple=True, metavar="ID|NAME", help="Only this project; may be given several times.")
@click.option(
    "--valuation",
    type=DAY,
    metavar="DATE",
    help="The day that amounts are worth; else that of --as-of or of the last report.",
)
@click.option("--scenarios", type=click.IntRange(1, _MOST), default=100_000, show_default=True, metavar="N")
@click.option(
    "--seed", type=click.IntRange(0, 2**64 - 1), default=0, show_default=True, help="Equal seeds, equal answers."
)
@click.option(
    "--interpretation", metavar="NAME", help="Read the terms in this way; else each scenario draws one by its weight."
)
@click.option(
    "--fill", is_flag=True, help="Fill what is left of the ceiling with projects that no report has named yet."
)
@click.option(
    "--scheduler",
    metavar="tcp://HOST:PORT",
    help="Simulate on the workers of this Dask scheduler; needs pledger[cluster].",
)
@click.option(
    "--charts",
    type=click.Path(file_okay=False, path_type=Path),
    metavar="FOLDER",
    help="Write the charts as SVG and PNG: drawn, calls, receipts, flows between parties, recovery.",
)
@click.option("--case", "case_file", type=_PATH, metavar="FILE.yaml", help="A case of your own instead of a ledger.")
@files_options
@when
@as_json
@click.pass_obj
def run_(url: str, /, programme: str | None, case_file: Path | None, when: Moment, **options: Any) -> None:
    """Simulate who pays, when, and who gets what back: by the ledger's figures and the reported terms of a PROGRAMME.

    Every input is printed with what it rests on. The files hold the central case, in which every input stands at its
    median: the projects that more probably proceed than not, or those that --project names.

    \b
    Example:
      pledger run japan
      pledger run japan --project Ohio --interpretation principal --xlsx ohio.xlsx --csv ohio.csv
      pledger run japan --charts charts/
      pledger run japan --as-of 2025-12-31 --scenarios 1000000 --json
      pledger run --case case.yaml             check the finance on figures of your own
    """
    files = files_of(options)
    if case_file is not None:
        given = [f"--{name}" for name in _OF_LEDGERS if options[name]]
        if programme is not None or given or when != NOW:
            what = "a programme" if programme is not None else given[0] if given else "--as-of or --known-on"
            raise click.UsageError(f"give --case or {what}, not both: a case has its own terms, projects and dates")
        _own(case_file, files, options)
    elif programme is None:
        raise click.UsageError("name a programme, such as `pledger run japan`, or a case of your own with --case")
    else:
        try:
            _programme(url, programme, when, files, options)
        except KeyboardInterrupt:
            sys.stderr.write(Stopping.line("nothing was kept, the same command begins anew"))
            sys.exit(STOPPED)


def _programme(url: str, asked: str, when: Moment, files: Files, options: dict[str, Any]) -> None:
    from pledger.vehicle.montecarlo.tables import PlanError
    from pledger.vehicle.planning.asked import PlanningError
    from pledger.vehicle.planning.plan import plan
    from pledger.vehicle.terms import TermsError, terms, vehicle

    valuation: dt.date | None = date(options["valuation"])
    try:
        its = terms(asked)
        vehicle(its)
        with opened(url, when) as ledger:
            made = plan(
                ledger,
                its,
                as_of=when.as_of,
                known_on=when.known_on,
                valuation=valuation,
                projects=options["project"] or None,
                fill=options["fill"],
            )
        _simulated(its.name, made, files, options)
    except (TermsError, PlanningError, PlanError) as wrong:
        raise click.ClickException(str(wrong)) from wrong


def _simulated(name: str, plan: Plan, files: Files, options: dict[str, Any]) -> None:
    from pledger.vehicle.asking.adjust import grid_of
    from pledger.vehicle.asking.answers import answers, by_interpretation, relieved
    from pledger.vehicle.asking.reliefs import tariff_of
    from pledger.vehicle.finance.central import central
    from pledger.vehicle.montecarlo.simulate import simulate
    from pledger.views import runcharts, running
    from pledger.views.workbook import grounds

    grid, forced, count = grid_of(plan), options["interpretation"], options["scenarios"]
    every = bool(options["project"])
    if forced is not None and forced not in {one.name for one in plan.interpretations}:
        known = "; ".join(f"`{one.name}`" for one in plan.interpretations)
        raise click.ClickException(f"no reading {forced!r} of these terms; there are: {known}")
    few = min(count, _EACH_READING)
    with _progress(count + few * len(plan.interpretations), options["as_json"]) as told:

        def run(interpretation: str | None, scenarios: int) -> Simulation:
            return simulate(plan, scenarios, options["seed"], interpretation, None, options["scheduler"], told())

        simulation = run(forced, count)
        readings: tuple[Reading, ...] = by_interpretation(plan, lambda reading: run(reading, few))
    tariff = tariff_of(plan.programme)
    relief = relieved(simulation, tariff) if tariff is not None else None
    case = central(plan, forced, every=every)
    files.write(name, case, grid, plan.discount, grounds(plan))
    found = answers(simulation)
    if options["charts"] is not None:
        charted = runcharts.charted(simulation, found, readings, grid)
        said = f"Source: Pledger, {count:,} scenarios from {grid.label(0)}, seed {options['seed']}"
        try:
            runcharts.write(charted, options["charts"], said)
        except OSError as wrong:
            told_as = f"cannot write into {options['charts']} ({wrong.strerror}): name another folder"
            raise click.ClickException(told_as) from wrong
    if options["as_json"]:
        click.echo(jsons.dumps(running.run_json(name, simulation, found, readings, relief, grid)))
    else:
        out().print(running.run(name, simulation, found, readings, relief, grid))


@contextmanager
def _progress(total: int, quiet: bool) -> Iterator[Callable[[], Callable[[int, int], None]]]:
    """A bar on a terminal over several simulations; what it gives makes a listener for the next of them."""
    console = err()
    columns = (
        TextColumn("[bold]simulating"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TextColumn("scenarios"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("", total=total)
        before = 0

        def listener() -> Callable[[int, int], None]:
            begun = before

            def told(done: int, _of: int) -> None:
                nonlocal before
                before = begun + done
                progress.update(task, completed=before)

            return told

        yield listener


def _own(path: Path, files: Files, options: dict[str, Any]) -> None:
    from pledger.vehicle.finance.cases import OwnError, own_case
    from pledger.vehicle.finance.cash import run
    from pledger.vehicle.finance.returns import returns
    from pledger.views import cashflows

    try:
        own: Own = own_case(path)
    except OwnError as wrong:
        raise click.ClickException(str(wrong)) from wrong
    flows = run(own.case)
    found = returns(flows, own.discount, own.discount[0])
    files.write(own.name, own.case, own.grid, own.discount)
    if options["as_json"]:
        click.echo(jsons.dumps(cashflows.case_json(own, flows, found)))
    else:
        out().print(cashflows.case(own, flows, found))
