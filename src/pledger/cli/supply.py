"""The verb `supply`: who supplies what, how concentrated it is, and what a project or a halt would change."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from pledger.cli.common import as_json, asking, err, list_problems, opened, out, when
from pledger.cli.supply_shock import (
    change_options,
    change_section,
    choices,
    economy_options,
    economy_section,
    halt_options,
    halt_section,
)
from pledger.ledger import NOW, Moment
from pledger.model import Problem
from pledger.vehicle.errors import FileError
from pledger.views import jsons

if TYPE_CHECKING:
    from pledger.exposure.supply.picture import Picture
    from pledger.exposure.supply.supply import Supply
    from pledger.exposure.supply.words import Commodity
    from pledger.views.supply import Section
    from pledger.views.web.answers import Sheet

__all__ = ["SECTIONS", "More", "supply"]


@dataclass(frozen=True, slots=True)
class More:
    """A further section of one commodity, with options of its own: one file, and one line in `SECTIONS`."""

    options: Callable[[Callable[..., Any]], Callable[..., Any]]
    """Adds its options to the verb."""
    make: Callable[[Supply, dict[str, Any]], Section | None]
    """From a commodity's supply and the values of all options; None where it has nothing to tell. What is wrong with an
    option is a click.UsageError or an AskError."""


SECTIONS: tuple[More, ...] = (
    More(change_options, change_section),
    More(halt_options, halt_section),
    More(economy_options, economy_section),
)
"""In the order in which they are shown."""


def _further(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of all sections."""
    return reduce(lambda done, more: more.options(done), reversed(SECTIONS), function)


@click.command()
@click.argument("wanted", nargs=-1, metavar="[COMMODITY|FILE.csv]...")
@click.option("--group", multiple=True, metavar="CN,RU", help="What these countries have together; repeatable.")
@click.option("--importer", default="US", show_default=True, metavar="COUNTRY", help="Whose imports are meant.")
@click.option("--csv", "csv_file", type=click.Path(dir_okay=False, allow_dash=True), metavar="FILE.csv|-",
              help="Write the rows, in the form that this verb reads back.")  # fmt: skip
@click.option("--xlsx", "xlsx_file", type=click.Path(dir_okay=False), metavar="FILE.xlsx", help="Write all tables.")
@_further
@when
@as_json
@click.pass_context
def supply(context: click.Context, /, wanted: tuple[str, ...], when: Moment, as_json: bool, **options: Any) -> None:
    """Who supplies what, as reference tables have it and as reports say it: concentration, reliance, supply risk.

    Without COMMODITY, a list of all. A FILE.csv is a table of your own with the columns country and share, and as far
    as known step, measure, grade, importer, year, source, basis and note.

    \b
    Example:
      pledger supply
      pledger supply industrial_diamond --group CN,RU
      pledger supply tungsten.csv --importer DE --xlsx tungsten.xlsx
      pledger supply industrial_diamond --halt CN --months 12 --from 2030-01
      pledger supply industrial_diamond --covers "Element Six=80 %" --charts charts/
    """
    from pledger.exposure.supply.asked import countries, one_country
    from pledger.exposure.supply.supply import commodities, looked_at
    from pledger.views import supply as shown
    from pledger.views import supplyjson

    with asking():
        group, importer = countries(options["group"], "group"), one_country(options["importer"], "importer")
        known, problems = _asked(wanted)
        with _opened(context, when) as ledger:
            if not wanted:
                rows = commodities(ledger, importer=importer, group=group)
                notes: Sequence[str] = rows.notes
                tables: Sequence[Sheet] = (supplyjson.list_sheet(rows),)
                if as_json:
                    click.echo(jsons.dumps([supplyjson.line_json(row) for row in rows]))
                elif options["csv_file"] != "-":
                    out().print(shown.commodities(rows, importer, group))
            else:
                its = looked_at(ledger, known, importer, group, **choices(options))
                told = [_sections(one, options) for one in its]
                pictures = [one.picture for one in its]
                notes = its[0].notes if its else ()
                tables = (*supplyjson.sheets(pictures), *(t for parts in told for part in parts for t in part.sheets))
                if as_json:
                    click.echo(jsons.dumps([_json(*both) for both in zip(pictures, told, strict=True)]))
                elif options["csv_file"] != "-":
                    for one, parts in zip(pictures, told, strict=True):
                        out().print(shown.commodity(one, parts))
    _written(tables, options["csv_file"], options["xlsx_file"])
    for note in notes:
        err().print(note, style="dim", markup=False)
    list_problems(problems)


def _json(its: Picture, parts: Sequence[Section]) -> dict[str, Any]:
    from pledger.views import supplyjson

    return supplyjson.picture_json(its) | {part.key: part.data for part in parts}


def _sections(its: Supply, options: dict[str, Any]) -> list[Section]:
    for left in its.left_out:
        err().print(f"{left.what}: {left.why}; {left.mend}", style="dim", markup=False)
    made = (more.make(its, options) for more in SECTIONS)
    return [section for section in made if section is not None]


def _asked(wanted: Sequence[str]) -> tuple[list[Commodity], list[Problem]]:
    """The commodities that are named, or those of files. A file that holds no table is a problem beside others, and an
    error where it stands alone."""
    from pledger.exposure.supply.asked import commodity, is_file
    from pledger.exposure.supply.table import TableError

    found: dict[str, Commodity] = {}
    problems: list[Problem] = []
    failed: FileError | None = None
    for words in wanted:
        try:
            its, its_problems = commodity(words)
        except TableError as wrong:
            failed = wrong
            problems.append(Problem("Table not read", wrong.file, wrong.what, wrong.mend))
            continue
        if is_file(words) or its.key not in found:
            found[its.key] = its  # a table of one's own in place of a bundled one of its key
        problems += its_problems
    if failed is not None and not found:
        raise failed
    return list(found.values()), problems


def _opened(context: click.Context, when: Moment) -> Any:
    """The ledger; none where there is none and none was asked for by name or by a moment."""
    url: str = context.obj
    parent = context.parent
    default = parent is None or parent.get_parameter_source("url") is ParameterSource.DEFAULT
    if default and when == NOW and "://" not in url and not Path(url).exists():
        return nullcontext()
    return opened(url, when)


def _written(tables: Sequence[Sheet], csv_file: str | None, xlsx_file: str | None) -> None:
    from pledger.views.web.answers import Answer, as_csv, as_xlsx

    answer = Answer("", "Pledger: supply", None, tuple(tables), source="Source: each row names its own.")
    for path, make, ending in ((csv_file, as_csv, ".csv"), (xlsx_file, as_xlsx, ".xlsx")):
        if path is None:
            continue
        if path == "-":
            click.echo(make(answer).decode("utf-8-sig"), nl=False)
            continue
        if Path(path).suffix.lower() != ending:
            raise click.UsageError(f"{path} is to end in {ending}")
        Path(path).write_bytes(make(answer))
