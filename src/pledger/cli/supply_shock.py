"""Sections of `supply COMMODITY`: what plants change, what a halt of a supplier does, what it does to an economy."""

from __future__ import annotations

import csv
import re
import textwrap
from collections.abc import Callable, Sequence
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Group, RenderableType

from pledger.cli.common import err

if TYPE_CHECKING:
    from pledger.exposure.supply.supply import Supply
    from pledger.views.supply import Section
    from pledger.views.web.answers import Sheet

__all__ = [
    "change_options", "change_section", "choices", "economy_options", "economy_section", "halt_options", "halt_section",
]  # fmt: skip

_PATH = click.Path(dir_okay=False, path_type=Path)
_MONTH = click.DateTime(formats=["%Y-%m", "%Y-%m-%d"])
_WIDTH = 680
"""Pixels of a chart in a file."""
_LINE = 112
"""Letters of a line below it."""
_MOST = 200_000
"""Scenarios: `exposure.supply.supply.MOST_SCENARIOS`, said here so that the options load without it."""
_SLUG = 60
_AFTER = 180
"""Days for which an economy is followed after the halt."""

_Decorated = Callable[..., Any]


def _with(function: _Decorated, *options: Callable[[_Decorated], _Decorated]) -> _Decorated:
    """A command with these options, in this order."""
    return reduce(lambda done, option: option(done), reversed(options), function)


def change_options(function: _Decorated) -> _Decorated:
    """Options of what projects change."""
    return _with(
        function,
        click.option(
            "--covers",
            multiple=True,
            metavar="PROJECT=SHARE",
            help="Share of use that it covers; repeatable.",
        ),
        click.option(
            "--displaces",
            type=click.Choice(["in proportion", "largest first"]),
            default="in proportion",
            show_default=True,
            help="Whose imports a new plant displaces.",
        ),
        click.option(
            "--capacity",
            type=click.Choice(["on top", "in place of others"]),
            default="on top",
            show_default=True,
            help="What it does to what others make in the world.",
        ),
        click.option("--grade", metavar="GRADE", help="The part of the commodity that is meant; else the best known."),
        click.option("--step", type=click.Choice(["mined", "refined", "manufactured"]), help="Else the last one."),
        click.option("--assumptions", type=_PATH, metavar="FILE.yaml", help="Stocks, substitution... of your own."),
        click.option("--scenarios", type=click.IntRange(1, _MOST), default=10_000, show_default=True, metavar="N"),
        click.option("--seed", type=click.IntRange(0, 2**64 - 1), default=0, help="Equal seeds, equal answers."),
        click.option(
            "--charts",
            type=click.Path(file_okay=False, path_type=Path),
            metavar="FOLDER",
            help="Write charts as SVG and PNG.",
        ),
    )


def halt_options(function: _Decorated) -> _Decorated:
    """Options of a halt."""
    return _with(
        function,
        click.option("--halt", metavar="COUNTRY", help="What if this supplier stops its exports?"),
        click.option("--halve", metavar="COUNTRY", help="What if this supplier halves its exports?"),
        click.option("--months", type=click.IntRange(1, 120), default=12, show_default=True, help="For how long."),
        click.option("--from", "begins", type=_MONTH, metavar="YYYY-MM", help="Else after the last report's month."),
        click.option("--without", multiple=True, metavar="PROJECT", help="Compare without it; else without any plant."),
        click.option("--series", type=_PATH, metavar="FILE.csv", help="Write the months of the halt (or the economy)."),
    )


def economy_options(function: _Decorated) -> _Decorated:
    """Options of an input-output table."""
    return _with(
        function,
        click.option("--economy", metavar="FOLDER|test", help="A table: OECD ICIO, EXIOBASE, WIOD, Eora26."),
        click.option("--region", metavar="REGION", help="Of that table: whose industry loses; else who halts."),
        click.option("--sector", metavar="SECTOR", help="Of that table: which industry loses."),
        click.option("--share", type=click.FloatRange(0, 1, min_open=True), help="Of its capacity; else its exports."),
    )


def choices(options: dict[str, Any]) -> dict[str, Any]:
    """What the options say of the case, as `exposure.supply.supply` asks for it."""
    wanted = {key: options[key] for key in ("grade", "step", "assumptions", "scenarios", "seed")}
    return wanted | {"covers": dict(_covers(words) for words in options["covers"])}


def change_section(its: Supply, options: dict[str, Any]) -> Section | None:
    """What each project of the ledger changes; None where none is said to supply the commodity."""
    from pledger.views import supplychange
    from pledger.views.supply import Section
    from pledger.views.supplyshock import grounds, grounds_json

    if its.case is None and options["covers"]:
        raise click.UsageError(its.lacks)
    if its.case is None or not its.case.plants:
        return None
    found = its.changes(options["displaces"], options["capacity"])
    commodity = its.picture.commodity
    name = commodity.name
    if options["charts"] is not None:
        for one in found:
            _chart(
                supplychange.chart(one, _WIDTH, "change", name),
                supplychange.sentence(one, name),
                options["charts"],
                f"{commodity.key}-{one.table.value}-{_slug(one.plant.name)}",
            )
    parts: list[RenderableType] = [supplychange.change(found, name)]
    if _halted(options) is None:
        parts.append(grounds(its.case, halted=False))
    data = {"changes": supplychange.change_json(found), "inputs": grounds_json(its.case)}
    return Section("projects", Group(*parts), data, (supplychange.sheet(found),))


def halt_section(its: Supply, options: dict[str, Any]) -> Section | None:
    """The months of a halt with and without plants; None where none is asked for."""
    from pledger.views import supplyshock
    from pledger.views.supply import Section

    supplier = _halted(options)
    if supplier is None:
        if options["without"] or options["begins"] is not None:
            raise click.UsageError("--without and --from belong to a halt; give --halt or --halve COUNTRY")
        return None
    found = its.halt(
        supplier,
        months=options["months"],
        begins=options["begins"].date() if options["begins"] is not None else None,
        cut=1.0 if options["halt"] is not None else 0.5,
        without=options["without"],
    )
    key, name = its.picture.commodity.key, its.picture.commodity.name
    if options["charts"] is not None:
        said = supplyshock.sentence(found, name)
        _chart(supplyshock.chart(found, _WIDTH, "halt", name), said, options["charts"], f"{key}-halt")
        drawn = supplyshock.months_chart(found, found.runs[-1], _WIDTH, "months", name)
        _chart(drawn, supplyshock.MONTHS, options["charts"], f"{key}-months")
    sheet = supplyshock.sheet(found)
    if options["series"] is not None:
        _series(sheet, options["series"])
    shown = Group(supplyshock.shock(found, name), supplyshock.grounds(found.case))
    return Section("halt", shown, supplyshock.shock_json(found), (sheet,))


def economy_section(its: Supply, options: dict[str, Any]) -> Section | None:
    """What the loss of an industry does to all others, by a table of the user's; None where none is asked for."""
    if options["economy"] is None:
        return None
    if options["sector"] is None:
        raise click.UsageError("--economy needs --sector: which industry of the table loses its output")
    from pledger.exposure.supply.economy import Loss, exported, industries, propagate, system
    from pledger.views import supplyeconomy
    from pledger.views.supply import Section

    del its
    table = system(options["economy"])
    supplier = _halted(options)
    region = options["region"] or _region(supplier, table.regions)
    if region is None:
        listed = ", ".join(table.regions[:12])
        raise click.UsageError(f"--economy needs --region: whose industry loses; there are {listed}")
    at = industries(table, region, options["sector"])
    abroad = exported(table, *at)
    cut = 0.5 if options["halve"] is not None else 1.0
    share = options["share"] if options["share"] is not None else cut * abroad
    if share <= 0:
        raise click.UsageError(f"{at[1]} of {at[0]} exports nothing in this table; give --share of its capacity")
    days = round(options["months"] * 365 / 12)
    found = propagate(table, Loss(*at, share, days), days + _AFTER)
    sheet = supplyeconomy.sheet(found)
    if options["series"] is not None and supplier is None:
        _series(sheet, options["series"])
    return Section(
        "economy",
        supplyeconomy.economy(table, found, abroad),
        supplyeconomy.economy_json(table, found, abroad),
        (sheet,),
    )


def _covers(words: str) -> tuple[str, str]:
    """`PROJECT=SHARE` as its two halves."""
    name, equals, said = words.rpartition("=")
    if not equals:
        raise click.UsageError(f"--covers {words!r} is no PROJECT=SHARE; write --covers 'Element Six=100 %'")
    return name, said


def _halted(options: dict[str, Any]) -> str | None:
    """The code of the supplier that stops or halves; None where none does."""
    from pledger.exposure.supply.asked import one_country

    if options["halt"] is not None and options["halve"] is not None:
        raise click.UsageError("give --halt or --halve, not both")
    what = "halve" if options["halt"] is None else "halt"
    return None if options[what] is None else one_country(options[what], what)


def _region(country: str | None, regions: Sequence[str]) -> str | None:
    """The region of a table that a country is, by its code of two or three letters."""
    from pledger.exposure.supply.lists import rows

    if country is None:
        return None
    codes = next((row["alpha3"].split("|") for row in rows("countries") if row["code"] == country), [])
    return next((name for name in regions if name.upper() in (country, *codes)), None)


def _slug(name: str) -> str:
    """A name as part of a file's name."""
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")[:_SLUG] or "project"


def _chart(drawn: str, said: str, folder: Path, name: str) -> None:
    """Write a chart with its words below it."""
    from pledger.views.svg import save

    for path in save(drawn, "\n".join(textwrap.wrap(said, _LINE)), folder, name):
        err().print(f"wrote {path}", style="dim", markup=False)


def _series(sheet: Sheet, path: Path) -> None:
    """Write a table as CSV; words that a spreadsheet would run are made harmless."""
    from pledger.views.web.answers import neutral

    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(sheet.columns)
        writer.writerows([neutral(cell) for cell in row] for row in sheet.lines)
    err().print(f"wrote {path}", style="dim", markup=False)
