"""The verb `supply`: who supplies what, how concentrated it is, and what a project or a halt would change."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from click.core import ParameterSource

from pledger.cli.common import as_json, err, list_problems, opened, out, when
from pledger.cli.supply_shock import (
    change_options,
    change_section,
    economy_options,
    economy_section,
    halt_options,
    halt_section,
)
from pledger.ledger import NOW, Ledger, Moment
from pledger.model import Problem
from pledger.vehicle.errors import FileError
from pledger.views import jsons

if TYPE_CHECKING:
    from pledger.exposure.supply.picture import Picture
    from pledger.exposure.supply.reported import Joined
    from pledger.exposure.supply.words import Commodity
    from pledger.views.supply import Section
    from pledger.views.web.answers import Sheet

__all__ = ["SECTIONS", "Asked", "More", "supply"]

_NEAR = 0.6
_FILES = (".csv", ".tsv", ".txt")


@dataclass(frozen=True, slots=True)
class Asked:
    """What a further section is made from."""

    ledger: Ledger | None
    """None where there is no ledger to read from: the tables alone count."""
    picture: Picture
    when: Moment


@dataclass(frozen=True, slots=True)
class More:
    """A further section of one commodity, with options of its own: one file, and one line in `SECTIONS`."""

    options: Callable[[Callable[..., Any]], Callable[..., Any]]
    """Adds its options to the verb."""
    make: Callable[[Asked, dict[str, Any]], Section | None]
    """From what was asked and the values of all options; None where it has nothing to tell. What is wrong with an
    option is a click.UsageError."""


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
    from pledger.exposure.supply.picture import lines, picture
    from pledger.views import supply as shown
    from pledger.views import supplyjson

    group, importer = _countries(options["group"], "--group"), _countries([options["importer"]], "--importer")
    if len(importer) != 1:
        raise click.UsageError(f"--importer {options['importer']}: name one country")
    asked, problems = _asked(wanted)
    with _opened(context, when) as ledger:
        its, known, notes = _joined(ledger, asked)
        if not wanted:
            rows = lines(known, importer[0], group)
            tables: Sequence[Sheet] = (supplyjson.list_sheet(rows),)
            if as_json:
                click.echo(jsons.dumps([supplyjson.line_json(row) for row in rows]))
            elif options["csv_file"] != "-":
                out().print(shown.commodities(rows, importer[0], group))
        else:
            pictures = [picture(each, importer[0], group, its) for each in known]
            told = [_sections(Asked(ledger, one, when), options) for one in pictures]
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


def _sections(asked: Asked, options: dict[str, Any]) -> list[Section]:
    made = (more.make(asked, options) for more in SECTIONS)
    return [section for section in made if section is not None]


def _countries(given: Sequence[str], option: str) -> list[str]:
    """Countries by code or name, commas between them; a usage error that names the nearest where one is not known."""
    from pledger.exposure.supply.places import country, nearest
    from pledger.exposure.supply.words import REST

    found: list[str] = []
    for words in (w.strip() for one in given for w in one.split(",")):
        code = country(words) if words else None
        if words and code in (None, REST):
            near = nearest(words)
            mend = f"did you mean {near}?" if near else "write a name or an ISO code, such as CN"
            raise click.UsageError(f"{option}: {words!r} is no country that is known; {mend}")
        if code is not None and code not in found:
            found.append(code)
    return found


def _asked(wanted: Sequence[str]) -> tuple[list[Commodity], list[Problem]]:
    """The commodities that are named, or those of files; all that are bundled where none is. A file that holds no table
    is a problem beside others, and an error where it stands alone."""
    from pledger.exposure.supply.table import TableError, commodities, load

    bundled = commodities()
    if not wanted:
        return list(bundled.values()), []
    found: dict[str, Commodity] = {}
    problems: list[Problem] = []
    failed: FileError | None = None
    for words in wanted:
        if Path(words).suffix.lower() in _FILES or "/" in words or "\\" in words:
            try:
                its, its_problems = load(words)
            except TableError as wrong:
                failed = wrong
                problems.append(Problem("Table not read", wrong.file, wrong.what, wrong.mend))
                continue
            found[its.key] = its  # in place of a bundled one of this key
            problems += its_problems
        else:
            its = _named(words, bundled)
            found.setdefault(its.key, its)
    if failed is not None and not found:
        raise failed
    return list(found.values()), problems


def _named(words: str, bundled: dict[str, Commodity]) -> Commodity:
    """The bundled commodity of this key or name; by part of a name where only one has it."""
    from pledger.exposure.supply.lists import folded

    wanted = folded(words)
    exact = [c for c in bundled.values() if wanted in {folded(name) for name in (c.key, c.name, *c.names)}]
    part = exact or [c for c in bundled.values() if wanted and any(wanted in folded(n) for n in (c.key, c.name))]
    if len(part) == 1:
        return part[0]
    if part:
        raise click.UsageError(f"{words!r} may be {' or '.join(c.key for c in part)}: name one")
    near = difflib.get_close_matches(words.casefold().replace(" ", "_"), bundled, 1, _NEAR)
    mend = f"did you mean {near[0]}?" if near else f"name a FILE.csv, or one of {', '.join(bundled)}"
    raise click.UsageError(f"no commodity is called {words!r}; {mend}")


def _opened(context: click.Context, when: Moment) -> Any:
    """The ledger; none where there is none and none was asked for by name or by a moment."""
    url: str = context.obj
    parent = context.parent
    default = parent is None or parent.get_parameter_source("url") is ParameterSource.DEFAULT
    if default and when == NOW and "://" not in url and not Path(url).exists():
        return nullcontext()
    return opened(url, when)


def _joined(ledger: Ledger | None, known: list[Commodity]) -> tuple[Joined | None, list[Commodity], list[str]]:
    """The commodities with what the ledger's reports say beside their tables; and what is to be said of that."""
    from pledger.exposure.supply.reported import joined, reports

    if ledger is None:
        return None, known, ["No ledger here: shares are those of the tables alone."]
    its = joined(reports(ledger), known)
    notes = []
    if its.unjoined:
        first = its.unjoined[0]
        many = f"{len(its.unjoined):,} reported shares have" if len(its.unjoined) > 1 else "One reported share has"
        notes.append(f"{many} no place in a table, such as: {first.subject}, of {first.of} ({first.why}).")
    return its, list(its.commodities), notes


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
