"""`supply COMMODITY`: what plants change, what a halt of a supplier does, what it does to the whole economy."""

from __future__ import annotations

import csv
import datetime as dt
import textwrap
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click
from rich.console import RenderableType

if TYPE_CHECKING:
    from pledger.exposure.supply.case import Case
    from pledger.exposure.supply.economy import Economy, Propagated
    from pledger.exposure.supply.effect import Change
    from pledger.exposure.supply.halts import Compared
    from pledger.exposure.supply.plants import Plant
    from pledger.exposure.supply.words import Commodity, Step

__all__ = ["Asked", "Found", "find", "found_json", "save", "shock_options", "shown"]

_PATH = click.Path(dir_okay=False, path_type=Path)
_MONTH = click.DateTime(formats=["%Y-%m", "%Y-%m-%d"])
_WIDTH = 680
"""Pixels of a chart in a file."""
_LINE = 112
"""Letters of a line below it."""
_MOST = 200_000
"""Scenarios: all months of all of them are held at once, a kilobyte or two for each."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What the options ask for."""

    halt: str | None
    """Supplier that stops; None where none does."""
    cut: float
    months: int
    begins: dt.date | None
    without: tuple[str, ...]
    scenarios: int
    seed: int
    displaces: str
    capacity: str
    assumptions: Path | None
    economy: str | None
    region: str | None
    sector: str | None
    share: float | None
    charts: Path | None
    csv: Path | None


@dataclass(frozen=True, slots=True)
class Found:
    """What came of it."""

    asked: Asked
    case: Case
    changes: tuple[Change, ...]
    compared: Compared | None
    economy: tuple[Economy, Propagated, float] | None


def shock_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options of plants, halts and the economy, handed on together as `asked`."""

    @click.option("--halt", metavar="COUNTRY", help="What if this supplier stops its exports?")
    @click.option("--halve", metavar="COUNTRY", help="What if this supplier halves its exports?")
    @click.option("--months", type=click.IntRange(1, 120), default=12, show_default=True, help="For how long.")
    @click.option("--from", "begins", type=_MONTH, metavar="YYYY-MM", help="From when on; else from next month on.")
    @click.option("--without", multiple=True, metavar="PROJECT", help="Compare with this project left out; repeatable.")
    @click.option("--scenarios", type=click.IntRange(1, _MOST), default=10_000, show_default=True, metavar="N")
    @click.option("--seed", type=click.IntRange(0, 2**64 - 1), default=0, help="Equal seeds, equal answers.")
    @click.option(
        "--displaces",
        type=click.Choice(["in proportion", "largest first"]),
        default="in proportion",
        show_default=True,
        help="Whose imports a new plant displaces.",
    )
    @click.option(
        "--capacity",
        type=click.Choice(["on top", "in place of others"]),
        default="on top",
        show_default=True,
        help="What its output does to that of others in the world.",
    )
    @click.option("--assumptions", type=_PATH, metavar="FILE.yaml", help="Stocks, substitution... of your own.")
    @click.option("--economy", metavar="FOLDER|test", help="An input-output table: OECD ICIO, EXIOBASE, WIOD, Eora26.")
    @click.option("--region", metavar="REGION", help="Of that table: whose industry loses; else the halted country.")
    @click.option("--sector", metavar="SECTOR", help="Of that table: which industry loses.")
    @click.option("--share", type=click.FloatRange(0, 1, min_open=True), help="Of its capacity; else what it exports.")
    @click.option(
        "--charts",
        type=click.Path(file_okay=False, path_type=Path),
        metavar="FOLDER",
        help="Write charts as SVG and PNG.",
    )
    @click.option("--csv", "csv_file", type=_PATH, metavar="FILE.csv", help="Write the months, or the economy.")
    @wraps(function)
    def asked(
        *args: Any, halt: str | None, halve: str | None, begins: dt.datetime | None, csv_file: Path | None,
        months: int, without: tuple[str, ...], scenarios: int, seed: int, displaces: str, capacity: str,
        assumptions: Path | None, economy: str | None, region: str | None, sector: str | None, share: float | None,
        charts: Path | None, **options: Any,
    ) -> Any:  # fmt: skip
        if halt is not None and halve is not None:
            raise click.UsageError("give --halt or --halve, not both")
        if economy is not None and sector is None:
            raise click.UsageError("--economy needs --sector: which industry of the table loses its output")
        its = Asked(
            _country(halt or halve), 1.0 if halve is None else 0.5, months, begins.date() if begins else None, without,
            scenarios, seed, displaces, capacity, assumptions, economy, region, sector, share, charts, csv_file,
        )  # fmt: skip
        return function(*args, asked=its, **options)

    return asked


def _country(words: str | None) -> str | None:
    from pledger.exposure.supply.places import country, nearest

    if words is None:
        return None
    found = country(words)
    if found is None:
        near = nearest(words)
        raise click.UsageError(f"no country {words!r}; " + (f"did you mean {near!r}?" if near else "give CN or China"))
    return found


def find(
    asked: Asked,
    commodity: Commodity,
    importer: str,
    plants: Sequence[Plant],
    day: dt.date,
    *,
    grade: str | None = None,
    step: Step | None = None,
) -> Found:
    """Everything that the options ask for; `day`: today, as the ledger knows it. Raises UsageError with the mend."""
    from pledger.exposure.supply.assumptions import AssumptionsError
    from pledger.exposure.supply.case import CaseError, case
    from pledger.exposure.supply.change import Added, Displaced
    from pledger.exposure.supply.economy import EconomyError
    from pledger.exposure.supply.effect import changes
    from pledger.exposure.supply.fan import month_of
    from pledger.exposure.supply.halts import compared
    from pledger.exposure.supply.shock import Halt

    try:
        its = case(commodity, importer, plants, grade=grade, step=step, path=asked.assumptions)
        moved = changes(its, asked.scenarios, asked.seed, Displaced(asked.displaces), Added(asked.capacity))
        without = _projects(asked.without, plants)
        both = None
        if asked.halt is not None:
            halt = Halt(asked.halt, asked.months, asked.begins or month_of(day, 1), asked.cut)
            both = compared(its, halt, asked.scenarios, asked.seed, without)
        return Found(asked, its, moved, both, _economy(asked) if asked.economy is not None else None)
    except (CaseError, AssumptionsError, EconomyError) as wrong:
        raise click.UsageError(str(wrong)) from wrong


def _projects(asked: Sequence[str], plants: Sequence[Plant]) -> tuple[str, ...] | None:
    """The ids of the projects that are named by id, or by words of their name; None where none is asked for."""
    found = []
    for words in asked:
        fits = [p for p in plants if p.id == words] or [p for p in plants if words.casefold() in p.name.casefold()]
        if len(fits) != 1:
            names = ", ".join(p.name for p in (fits or plants)) or "none"
            what = "fits several projects" if fits else "is no project that supplies it"
            raise click.UsageError(f"--without {words!r} {what}; there are: {names}")
        found.append(fits[0].id)
    return tuple(found) or None


def _economy(asked: Asked) -> tuple[Economy, Propagated, float]:
    from pledger.exposure.supply.economy import EconomyError, Loss, exported, industries, propagate, system

    table = system(asked.economy or "")
    region = asked.region or _region(asked.halt, table.regions)
    if region is None:
        raise EconomyError(f"--economy needs --region: whose industry loses; there are {', '.join(table.regions[:12])}")
    at = industries(table, region, asked.sector or "")
    abroad = exported(table, *at)
    share = asked.share if asked.share is not None else asked.cut * abroad
    days = round(asked.months * 365 / 12)
    return table, propagate(table, Loss(*at, share, days), days + 180), abroad


def _region(country: str | None, regions: Sequence[str]) -> str | None:
    """The region of a table that a country is, by its code of two or three letters."""
    from pledger.exposure.supply.lists import rows

    if country is None:
        return None
    codes = next((row["alpha3"].split("|") for row in rows("countries") if row["code"] == country), [])
    return next((name for name in regions if name.upper() in (country, *codes)), None)


def shown(found: Found) -> list[RenderableType]:
    """What a terminal shows of it, part by part."""
    from pledger.views import supplychange, supplyeconomy, supplyshock

    name = found.case.commodity.name
    parts = [supplychange.change(found.changes, name)] if found.changes else []
    if found.compared is not None:
        parts.append(supplyshock.shock(found.compared, name))
    if found.changes or found.compared is not None:
        parts.append(supplyshock.grounds(found.case, halted=found.compared is not None))
    if found.economy is not None:
        parts.append(supplyeconomy.economy(*found.economy))
    return parts


def found_json(found: Found) -> dict[str, Any]:
    """The same for programs."""
    from pledger.views import supplychange, supplyeconomy, supplyshock

    return {
        "changes": supplychange.change_json(found.changes),
        "halt": supplyshock.shock_json(found.compared) if found.compared is not None else None,
        "economy": supplyeconomy.economy_json(*found.economy) if found.economy is not None else None,
        "inputs": supplyshock.grounds_json(found.case),
    }


def save(found: Found) -> list[Path]:
    """Write the files that are asked for; which they are."""
    made: list[Path] = []
    if found.asked.charts is not None:
        made += _charts(found, found.asked.charts)
    if found.asked.csv is not None:
        _table(found, found.asked.csv)
        made.append(found.asked.csv)
    return made


def _charts(found: Found, folder: Path) -> list[Path]:
    from pledger.views import supplychange, supplyshock
    from pledger.views.svg import save as write

    name, key = found.case.commodity.name, found.case.commodity.key
    made: list[Path] = []
    for its in found.changes:
        words = supplychange.sentence(its, name)
        drawn = supplychange.chart(its, _WIDTH, "change", name)
        made += write(drawn, _wrapped(words), folder, f"{key}-{its.table.value}-{its.plant.id}")
    if found.compared is not None:
        words = supplyshock.sentence(found.compared, name)
        drawn = supplyshock.chart(found.compared, _WIDTH, "halt", name)
        made += write(drawn, _wrapped(words), folder, f"{key}-halt")
        drawn = supplyshock.months_chart(found.compared, found.compared.runs[-1], _WIDTH, "months", name)
        made += write(drawn, _wrapped(supplyshock.MONTHS), folder, f"{key}-months")
    return made


def _wrapped(words: str) -> str:
    return "\n".join(textwrap.wrap(words, _LINE))


def _table(found: Found, path: Path) -> None:
    """The months of the halt; without one, production by day of the economy."""
    from pledger.views.supplyshock import COLUMNS, shock_csv
    from pledger.views.web.answers import neutral

    if found.compared is None and found.economy is None:
        raise click.UsageError("--csv writes the months of a halt or the days of an economy; give --halt or --economy")
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        if found.compared is not None:
            writer.writerow(COLUMNS)
            writer.writerows([neutral(cell) for cell in row] for row in shock_csv(found.compared))
        elif found.economy is not None:
            frame = found.economy[1].frame()
            writer.writerow(frame.columns)
            writer.writerows([neutral(cell) for cell in row] for row in frame.itertuples(index=False, name=None))
