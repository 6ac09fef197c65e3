"""Sections of `supply COMMODITY`: what plants change, what a halt of a supplier does, what it does to an economy."""

from __future__ import annotations

import csv
import datetime as dt
import re
import textwrap
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import reduce
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import Group, RenderableType

from pledger.cli.common import err

if TYPE_CHECKING:
    from pledger.cli.supply import Asked
    from pledger.exposure.supply.case import Case, CaseError
    from pledger.exposure.supply.plants import Plant
    from pledger.ledger.distributions import Belief
    from pledger.views.supply import Section
    from pledger.views.web.answers import Sheet

__all__ = ["change_options", "change_section", "economy_options", "economy_section", "halt_options", "halt_section"]

_PATH = click.Path(dir_okay=False, path_type=Path)
_MONTH = click.DateTime(formats=["%Y-%m", "%Y-%m-%d"])
_WIDTH = 680
"""Pixels of a chart in a file."""
_LINE = 112
"""Letters of a line below it."""
_MOST = 200_000
"""Scenarios: all months of all of them are held at once, a kilobyte or two for each."""
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


def change_section(asked: Asked, options: dict[str, Any]) -> Section | None:
    """What each project of the ledger changes; None where none is said to supply the commodity."""
    from pledger.exposure.supply.change import Added, Displaced
    from pledger.exposure.supply.effect import changes
    from pledger.views import supplychange
    from pledger.views.supply import Section
    from pledger.views.supplyshock import grounds, grounds_json

    its = _case(asked, options, needed=False)
    if its is None or not its.plants:
        return None
    found = changes(
        its, options["scenarios"], options["seed"], Displaced(options["displaces"]), Added(options["capacity"])
    )
    name = its.commodity.name
    if options["charts"] is not None:
        for one in found:
            _chart(
                supplychange.chart(one, _WIDTH, "change", name),
                supplychange.sentence(one, name),
                options["charts"],
                f"{its.commodity.key}-{one.table.value}-{_slug(one.plant.name)}",
            )
    parts: list[RenderableType] = [supplychange.change(found, name)]
    if _halted(options) is None:
        parts.append(grounds(its, halted=False))
    data = {"changes": supplychange.change_json(found), "inputs": grounds_json(its)}
    return Section("projects", Group(*parts), data, (supplychange.sheet(found),))


def halt_section(asked: Asked, options: dict[str, Any]) -> Section | None:
    """The months of a halt with and without plants; None where none is asked for."""
    from pledger.exposure.supply.fan import month_of
    from pledger.exposure.supply.halts import compared
    from pledger.exposure.supply.shock import Halt
    from pledger.views import supplyshock
    from pledger.views.supply import Section

    supplier = _halted(options)
    if supplier is None:
        if options["without"] or options["begins"] is not None:
            raise click.UsageError("--without and --from belong to a halt; give --halt or --halve COUNTRY")
        return None
    its = _case(asked, options, needed=True)
    if its is None:
        return None
    begins = options["begins"].date() if options["begins"] is not None else month_of(_day(asked), 1)
    halt = Halt(supplier, options["months"], begins, 1.0 if options["halt"] is not None else 0.5)
    with _usage():
        found = compared(
            its, halt, options["scenarios"], options["seed"], _projects(options["without"], its.plants, "--without")
        )
    name = its.commodity.name
    if options["charts"] is not None:
        said = supplyshock.sentence(found, name)
        _chart(supplyshock.chart(found, _WIDTH, "halt", name), said, options["charts"], f"{its.commodity.key}-halt")
        drawn = supplyshock.months_chart(found, found.runs[-1], _WIDTH, "months", name)
        _chart(drawn, supplyshock.MONTHS, options["charts"], f"{its.commodity.key}-months")
    sheet = supplyshock.sheet(found)
    if options["series"] is not None:
        _series(sheet, options["series"])
    shown = Group(supplyshock.shock(found, name), supplyshock.grounds(its))
    return Section("halt", shown, supplyshock.shock_json(found), (sheet,))


def economy_section(asked: Asked, options: dict[str, Any]) -> Section | None:
    """What the loss of an industry does to all others, by a table of the user's; None where none is asked for."""
    if options["economy"] is None:
        return None
    if options["sector"] is None:
        raise click.UsageError("--economy needs --sector: which industry of the table loses its output")
    from pledger.exposure.supply.economy import Loss, exported, industries, propagate, system
    from pledger.views import supplyeconomy
    from pledger.views.supply import Section

    del asked
    with _usage():
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


def _case(asked: Asked, options: dict[str, Any], *, needed: bool) -> Case | None:
    """The case of what is asked, put together once; where nobody is known to supply the country, None, or an error."""
    from pledger.exposure.supply.case import CaseError

    kept: dict[str, Case | CaseError] = click.get_current_context().meta.setdefault(__name__, {})
    key = asked.picture.commodity.key
    if key not in kept:
        kept[key] = _built(asked, options)
    found = kept[key]
    if isinstance(found, CaseError):
        if needed or options["covers"]:
            raise click.UsageError(str(found))
        return None
    return found


def _built(asked: Asked, options: dict[str, Any]) -> Case | CaseError:
    """The case; the error where the tables do not give one."""
    from pledger.exposure.supply.case import CaseError, case
    from pledger.exposure.supply.supplying import SupplyingError, supplying
    from pledger.exposure.supply.words import Step

    its = asked.picture
    covers = [_share(words) for words in options["covers"]]
    if covers and asked.ledger is None:
        raise click.UsageError("--covers names projects of a ledger; there is none here: name it with --ledger")
    plants: tuple[Plant, ...] = ()
    if asked.ledger is not None:
        try:
            found = supplying(asked.ledger, its.commodity, its.importer, asked.when, covers)
        except SupplyingError as wrong:
            raise click.UsageError(str(wrong)) from wrong
        plants = found.plants
        for left in found.left_out:
            err().print(f"{left.what}: {left.why}; {left.mend}", style="dim", markup=False)
    step = Step(options["step"]) if options["step"] is not None else None
    try:
        return case(its.commodity, its.importer, plants, grade=options["grade"], step=step, path=options["assumptions"])
    except CaseError as wrong:
        return wrong


def _share(words: str) -> tuple[str, Belief]:
    """`PROJECT=SHARE` as its two halves; a share may be a range or have a bound."""
    from pledger.exposure.supply.cells import number
    from pledger.exposure.supply.draws import spread
    from pledger.ledger.distributions import SHARE, Belief

    name, equals, said = words.rpartition("=")
    found = number(said) if equals and name.strip() else None
    if found is None:
        raise click.UsageError(f"--covers {words!r} is no PROJECT=SHARE; write --covers 'Element Six=100 %'")
    low, high = (end / 100 if end is not None and found.percent else end for end in (found.low, found.high))
    if (most := max(low or 0.0, high or 0.0)) > 1:
        bare = not found.percent and most <= 100
        mend = f"write '{name.strip()}={said.strip()} %'" if bare else "write 100 % for all of its use or more"
        raise click.UsageError(f"--covers {words!r} is more than the whole; {mend}")
    return name.strip(), Belief(SHARE, (spread(low, high, found.qualifier),))


def _halted(options: dict[str, Any]) -> str | None:
    """The code of the supplier that stops or halves; None where none does."""
    from pledger.exposure.supply.places import country, nearest

    if options["halt"] is not None and options["halve"] is not None:
        raise click.UsageError("give --halt or --halve, not both")
    words: str | None = options["halt"] or options["halve"]
    found = country(words) if words is not None else None
    if words is not None and found is None:
        near = nearest(words)
        raise click.UsageError(f"no country {words!r}; " + (f"did you mean {near!r}?" if near else "write CN or China"))
    return found


def _projects(asked: Sequence[str], plants: Sequence[Plant], option: str) -> tuple[str, ...] | None:
    """The ids of the plants that are named by id, or by words of their name; None where none is asked for."""
    found = []
    for words in asked:
        fits = [p for p in plants if p.id == words] or [p for p in plants if words.casefold() in p.name.casefold()]
        if len(fits) != 1:
            names = ", ".join(p.name for p in (fits or plants)) or "none"
            what = "fits several projects" if fits else "is no project that is known to supply it"
            raise click.UsageError(f"{option} {words!r} {what}; there are: {names}")
        found.append(fits[0].id)
    return tuple(found) or None


def _day(asked: Asked) -> dt.date:
    """Today, as the ledger knows it: the day asked for, else that of its last report; the calendar's without one."""
    if asked.when.as_of is not None:
        return asked.when.as_of
    days = [d.reported_on for d in asked.ledger.documents() if d.reported_on] if asked.ledger is not None else []
    return max(days, default=dt.datetime.now().astimezone().date())


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


@contextmanager
def _usage() -> Iterator[None]:
    """What is wrong with what was asked, as a usage error."""
    from pledger.exposure.supply.case import CaseError
    from pledger.exposure.supply.economy import EconomyError

    try:
        yield
    except (CaseError, EconomyError) as wrong:
        raise click.UsageError(str(wrong)) from wrong
