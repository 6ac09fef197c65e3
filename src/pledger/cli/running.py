"""The verb `run`: a programme's cash flows by the ledger and the terms, or those of a case of one's own."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from pledger.cli.common import as_json, out
from pledger.views import jsons

__all__ = ["run_"]

_PATH = click.Path(dir_okay=False, path_type=Path)


@click.command(name="run")
@click.argument("programme", required=False)
@click.option("--case", "case_file", type=_PATH, metavar="FILE.yaml", help="A case of your own instead of a ledger.")
@click.option("--csv", "csv_file", type=_PATH, metavar="FILE", help="Write the flows by party and quarter as CSV.")
@click.option("--parquet", "parquet_file", type=_PATH, metavar="FILE", help="... and as Parquet.")
@as_json
@click.pass_obj
def run_(url: str, /, programme: str | None, case_file: Path | None, **options: Any) -> None:
    """Who pays, when, and who gets what back.

    \b
    Example:
      pledger run --case case.yaml --csv flows.csv     check the finance on figures of your own
    """
    del url
    if case_file is None:
        raise click.UsageError("name a programme or a --case")
    if programme is not None:
        raise click.UsageError("give a programme or --case, not both: a case has its own terms and projects")
    _own(case_file, options)


def _own(path: Path, options: dict[str, Any]) -> None:
    from pledger.vehicle.cases import OwnError, own_case
    from pledger.vehicle.cash import run
    from pledger.vehicle.flows import party_table, save
    from pledger.vehicle.returns import returns
    from pledger.views import cashflows

    try:
        own = own_case(path)
    except OwnError as wrong:
        raise click.UsageError(str(wrong)) from wrong
    flows = run(own.case)
    found = returns(flows, own.discount, own.discount[0])
    for target in (options["csv_file"], options["parquet_file"]):
        if target is not None:
            save(party_table(flows, own.grid), target)
    if options["as_json"]:
        click.echo(jsons.dumps(cashflows.case_json(own, flows, found)))
    else:
        out().print(cashflows.case(own, flows, found))
