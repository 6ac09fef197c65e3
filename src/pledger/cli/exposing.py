"""The verb `expose`: which holdings of a portfolio take part in reported projects, and what a scenario changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from pledger.cli.common import as_json, asking, list_problems, opened, out, when
from pledger.ledger import Moment
from pledger.views import jsons

if TYPE_CHECKING:
    from pledger.exposure.portfolio.words import Exposure

__all__ = ["expose"]

_FILE = click.Path(dir_okay=False, path_type=Path)
_INDENTED = 5_000
"""Rows up to which JSON is indented for people."""
_WIDE = 900
"""Pixels of the chart as a file."""


@click.command()
@click.argument("portfolio", type=_FILE, metavar="HOLDINGS")
@click.option("--scenario", "name", metavar="NAME", help="What changes under this scenario; a wrong name lists them.")
@click.option("--file", "own", type=_FILE, metavar="FILE.yaml", help="Scenarios of your own, for --scenario.")
@click.option("--normalise", is_flag=True, help="Rescale weights that do not come to 100 %.")
@click.option("--csv", "csv_file", type=_FILE, metavar="FILE.csv", help="Write the paths as CSV.")
@click.option("--xlsx", "xlsx_file", type=_FILE, metavar="FILE.xlsx", help="Write all tables as a workbook.")
@click.option("--chart", "chart_file", type=_FILE, metavar="FILE.svg", help="Write the chart, as SVG or PNG.")
@when
@as_json
@click.pass_obj
def expose(
    url: str,
    portfolio: Path,
    name: str | None,
    own: Path | None,
    normalise: bool,
    csv_file: Path | None,
    xlsx_file: Path | None,
    chart_file: Path | None,
    when: Moment,
    as_json: bool,
) -> None:
    """Which holdings take part in reported projects: through roles, sectors and commodities, with the sentences.

    HOLDINGS is a CSV or XLSX file with columns such as name, ISIN, ticker, weight or value, currency, in many languages
    and spellings. Nothing of it is kept. No price is predicted; this is not investment advice.

    \b
    Example:
      pledger expose holdings.csv
      pledger expose holdings.xlsx --scenario "call declined" --xlsx exposure.xlsx
      pledger expose holdings.csv --json --as-of 2026-03-01
    """
    from pledger.exposure.portfolio.exposure import expose as exposed
    from pledger.exposure.portfolio.holdings import load
    from pledger.exposure.portfolio.scenarios import scenario_of
    from pledger.views.exposure import exposure
    from pledger.views.exposurejson import exposure_json

    for target in (csv_file, xlsx_file, chart_file):
        if target is not None and target.exists() and portfolio.exists() and target.samefile(portfolio):
            raise click.UsageError(f"{target} is the portfolio itself: name another file to write")
    if own is not None and name is None:
        raise click.UsageError("--file has scenarios: name one of them with --scenario")
    with asking():
        scenario = scenario_of(name, own)
        held = load(portfolio, normalise=normalise)
        with opened(url, when) as ledger:
            its = exposed(ledger, held, scenario=scenario)
    _write(its, csv_file, xlsx_file, chart_file)
    if as_json:
        # Indenting a hundred thousand rows takes longer than all that is told of them.
        form = jsons.dumps if len(held) <= _INDENTED else jsons.line
        click.echo(form(exposure_json(its)))
    else:
        out().print(exposure(its))
    list_problems(held.problems)


def _write(its: Exposure, csv_file: Path | None, xlsx_file: Path | None, chart_file: Path | None) -> None:
    from pledger.exposure.portfolio.words import NOT_ADVICE
    from pledger.views import charts
    from pledger.views.exposurecharts import bars
    from pledger.views.exposuresheets import sheets
    from pledger.views.svg import png, standalone
    from pledger.views.web.answers import Answer, as_csv, as_xlsx

    if csv_file is None and xlsx_file is None and chart_file is None:
        return
    source = f"Source: Pledger, {its.holdings.source} as of {its.as_of}\n{NOT_ADVICE}"
    answer = Answer("", "What a portfolio has to do with investment programmes", None, sheets(its), source=source)
    if csv_file is not None:
        csv_file.write_bytes(as_csv(answer))
    if xlsx_file is not None:
        xlsx_file.write_bytes(as_xlsx(answer))
    if chart_file is not None:
        rows = bars(its)
        if not rows:
            raise click.UsageError("no holding takes part in a project: there is nothing to draw")
        title = "Projects that each holding takes part in"
        drawn = charts.bars(rows, _WIDE, "exposure", title, "; ".join(f"{r.label}: {r.said}" for r in rows))
        if chart_file.suffix.casefold() == ".png":
            chart_file.write_bytes(png(drawn, source))
        else:
            chart_file.write_text(standalone(drawn, source), encoding="utf-8")
