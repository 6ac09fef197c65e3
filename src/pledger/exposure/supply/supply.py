"""From a ledger and tables to who supplies what, in one call: `pledger.supply(...)`, `pledger.halt(...)`.

its = pledger.supply("pledger.db", "industrial_diamond", group="CN,RU")
its.frame()              # every word on every share
its.changes().frame()    # what each plant of the ledger would change
its.halt("China", begins="2030-01").frame()

The verb `supply` and the pages go through the same functions.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pledger.exposure.opening import opened
from pledger.exposure.supply import asked
from pledger.exposure.supply.case import Case, CaseError, case
from pledger.exposure.supply.change import Added, Displaced
from pledger.exposure.supply.effect import Change, changes
from pledger.exposure.supply.fan import month_of
from pledger.exposure.supply.halts import Compared, compared
from pledger.exposure.supply.picture import Line, Picture, lines, picture
from pledger.exposure.supply.reported import Joined, joined, reports
from pledger.exposure.supply.shock import Halt
from pledger.exposure.supply.supplying import Supplying, supplying
from pledger.exposure.supply.table import commodities as bundled
from pledger.exposure.supply.tabulated import (
    ChangeRow,
    LineRow,
    MeasureRow,
    ShareRow,
    change_rows,
    line_row,
    measure_rows,
    risk_rows,
    share_rows,
)
from pledger.exposure.supply.words import Commodity, Step
from pledger.ledger import Ledger, Rows
from pledger.ledger.distributions import Belief
from pledger.model import Problem
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.words import Exclusion

if TYPE_CHECKING:
    import pandas as pd

__all__ = [
    "MOST_SCENARIOS", "Changes", "Commodities", "Supply", "beside", "commodities", "halt", "last_day", "looked_at",
    "put_together", "supply",
]  # fmt: skip

MOST_SCENARIOS = 200_000
"""All months of all of them are held at once, a kilobyte or two for each."""
Word = TypeVar("Word", Displaced, Added, Step)
_SCENARIOS = 10_000
_MOST_MONTHS = 120


class Commodities(Rows[Line]):
    """Commodities in a line each, the most concentrated surely first."""

    notes: tuple[str, ...] = ()
    """As in `Supply`."""

    def rows(self) -> Rows[LineRow]:
        """The same, flat."""
        return Rows(map(line_row, self))

    def frame(self) -> pd.DataFrame:
        """One row a commodity: the ends of its index, its leader, the group, the reliance of the importing country."""
        return self.rows().frame()


class Changes(Rows[Change]):
    """What plants change, table by table."""

    def rows(self) -> Rows[ChangeRow]:
        """A row for each supplier, and for each measure, of each change."""
        return Rows(change_rows(self))

    def frame(self) -> pd.DataFrame:
        """The rows as a pandas data frame; shares from 0 to 1, percentiles over the scenarios."""
        return self.rows().frame()


@dataclass(frozen=True, slots=True)
class Supply:
    """One commodity for one importing country, and what can be asked of it further."""

    picture: Picture
    """Its markets with every word on each share, measures, levels, risk, conflicts."""
    case: Case | None
    """The importing country's supply put together, with the ledger's plants; None where `lacks` says why not."""
    lacks: str
    left_out: tuple[Exclusion, ...]
    """Projects of its sectors that do not count, each with why and the mend."""
    notes: tuple[str, ...]
    """What was not looked at, in words: no ledger, reported shares without a place in a table."""
    problems: tuple[Problem, ...]
    """Rows of the user's table that could not be used as they stand."""
    day: dt.date
    """Today, as the ledger knows it: see `last_day`."""
    scenarios: int
    seed: int

    def shares(self) -> Rows[ShareRow]:
        """Every word on every share, then levels (reliance, stocks, price)."""
        return Rows(share_rows(self.picture))

    def measures(self) -> Rows[MeasureRow]:
        """Concentration, largest supplier, group and rest of each market by their ends, then GeoPolRisk."""
        return Rows([*measure_rows(self.picture), *risk_rows(self.picture)])

    def frame(self) -> pd.DataFrame:
        """`shares` as a pandas data frame. Raises ImportError, with the mend, where pandas is not installed."""
        return self.shares().frame()

    def changes(self, displaces: str = Displaced.PROPORTION, capacity: str = Added.ON_TOP) -> Changes:
        """What each plant changes on its own, in the country's supply and in the world's production.

        `displaces`: whose imports, `in proportion` or `largest first`. `capacity`: `on top` of what others make, or `in
        place of others`. None where the ledger has no plant.
        """
        how = _among(Displaced, displaces, "displaces"), _among(Added, capacity, "capacity")
        return Changes(changes(self.case, self.scenarios, self.seed, *how) if self.case is not None else ())

    def halt(
        self,
        supplier: str,
        *,
        months: int = 12,
        begins: dt.date | str | None = None,
        cut: float = 1.0,
        without: str | Sequence[str] = (),
    ) -> Compared:
        """The months in which a supplier, by code or name, stops or cuts its exports: with the ledger's plants and
        without.

        `begins`: a day of the first month, or `2030-01`; by default the month after `day`. `cut`: the share of exports
        that stops; 0.5 where they are halved. `without`: the plants that are left out in the comparison, by id or words
        of their names; by default all. Raises CaseError where no table says who supplies the country or the supplier is
        none of those that are named, AskError for words that mean nothing.
        """
        if self.case is None:
            raise CaseError(self.lacks)
        if not 1 <= months <= _MOST_MONTHS:
            raise AskError(f"months: {months} are not followed; write 1 to {_MOST_MONTHS}")
        if not 0 < cut <= 1:
            raise AskError(f"cut: {cut:g} is no share of exports; write 1 for all of them, 0.5 for half")
        first = asked.month(begins) if isinstance(begins, str) else begins or month_of(self.day, 1)
        left = asked.named_plants((without,) if isinstance(without, str) else without, self.case.plants) or None
        its = Halt(asked.one_country(supplier, "halt"), months, first, cut)
        return compared(self.case, its, self.scenarios, self.seed, left)


def supply(
    ledger: Ledger | str | Path | None,
    commodity: str | Path,
    *,
    importer: str = "US",
    group: str | Sequence[str] = (),
    covers: Mapping[str, str | float] | None = None,
    grade: str | None = None,
    step: str | None = None,
    assumptions: Path | str | None = None,
    scenarios: int = _SCENARIOS,
    seed: int = 0,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
) -> Supply:
    """Who supplies a commodity, by the tables and by what a ledger's reports say beside them.

    `ledger`: an open one, the path or URL of one, or None for the tables alone. `commodity`: its key or name, or a CSV
    of one's own. `importer`, `group`: countries by code or name. `covers`: by project the share of the importer's use
    that it covers (0.8, `over 80 %`), which goes before what reports say. `grade` and `step`: the table that is meant;
    else the best known of the last step. `assumptions`: a YAML file with stocks, substitution and the like.

    Raises AskError for words that mean nothing here, FileError for files that cannot be used, LedgerError where there
    is no ledger; each says the mend. What is wrong with rows of the table is in `problems`.
    """
    meant, problems = asked.commodity(commodity)
    whose, members = asked.one_country(importer, "importer"), asked.countries(group, "group")
    with opened(ledger, as_of, known_on) if ledger is not None else nullcontext() as held:
        (its,) = looked_at(
            held, [meant], whose, members, covers=covers, grade=grade, step=step, assumptions=assumptions,
            scenarios=scenarios, seed=seed,
        )  # fmt: skip
    return replace(its, problems=problems)


def looked_at(
    ledger: Ledger | None,
    known: Sequence[Commodity],
    importer: str,
    group: Sequence[str] = (),
    *,
    covers: Mapping[str, str | float] | None = None,
    grade: str | None = None,
    step: str | None = None,
    assumptions: Path | str | None = None,
    scenarios: int = _SCENARIOS,
    seed: int = 0,
) -> tuple[Supply, ...]:
    """The supply of several commodities, for which the ledger's reports are looked at once; countries by code.

    For the rest see `supply`.
    """
    shares, stage = asked.covers(covers or {}), _among(Step, step, "step") if step is not None else None
    if not 1 <= scenarios <= MOST_SCENARIOS:
        raise AskError(f"scenarios: {scenarios:,} are not run; write 1 to {MOST_SCENARIOS:,}")
    path, day = Path(assumptions) if assumptions is not None else None, last_day(ledger)
    reported, commodities_, notes = beside(ledger, known)
    found = []
    for one in commodities_:
        made, plants = put_together(ledger, one, importer, shares, grade=grade, step=stage, path=path)
        found.append(
            Supply(
                picture=picture(one, importer, group, reported),
                case=made if isinstance(made, Case) else None,
                lacks=str(made) if isinstance(made, CaseError) else "",
                left_out=plants.left_out,
                notes=notes,
                problems=(),
                day=day,
                scenarios=scenarios,
                seed=seed,
            )
        )
    return tuple(found)


def halt(
    ledger: Ledger | str | Path | None,
    commodity: str | Path,
    supplier: str,
    *,
    months: int = 12,
    begins: dt.date | str | None = None,
    cut: float = 1.0,
    without: str | Sequence[str] = (),
    importer: str = "US",
    covers: Mapping[str, str | float] | None = None,
    grade: str | None = None,
    step: str | None = None,
    assumptions: Path | str | None = None,
    scenarios: int = _SCENARIOS,
    seed: int = 0,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
) -> Compared:
    """What a halt of a supplier would do, month by month, with the ledger's plants and without: `.frame()` has the
    months.

    See `Supply.halt` for the halt, and `supply` for the rest.
    """
    its = supply(
        ledger, commodity, importer=importer, covers=covers, grade=grade, step=step, assumptions=assumptions,
        scenarios=scenarios, seed=seed, as_of=as_of, known_on=known_on,
    )  # fmt: skip
    return its.halt(supplier, months=months, begins=begins, cut=cut, without=without)


def commodities(
    ledger: Ledger | str | Path | None = None,
    *,
    importer: str = "US",
    group: str | Sequence[str] = (),
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
) -> Commodities:
    """The bundled commodities in a line each: how concentrated the world's production is, who leads, and how far a
    country relies on imports. For the arguments see `supply`."""
    whose, members = asked.one_country(importer, "importer"), asked.countries(group, "group")
    with opened(ledger, as_of, known_on) if ledger is not None else nullcontext() as held:
        _, known, notes = beside(held, list(bundled().values()))
    found = Commodities(lines(known, whose, members))
    found.notes = notes
    return found


def beside(
    ledger: Ledger | None, known: Sequence[Commodity]
) -> tuple[Joined | None, tuple[Commodity, ...], tuple[str, ...]]:
    """The commodities with what the ledger's reports say beside their tables, and what is to be said of that."""
    if ledger is None:
        return None, tuple(known), ("No ledger here: shares are those of the tables alone.",)
    its = joined(reports(ledger), known)
    if not its.unjoined:
        return its, its.commodities, ()
    first = its.unjoined[0]
    many = f"{len(its.unjoined):,} reported shares have" if len(its.unjoined) > 1 else "One reported share has"
    note = f"{many} no place in a table, such as: {first.subject}, of {first.of} ({first.why})."
    return its, its.commodities, (note,)


def put_together(
    ledger: Ledger | None,
    commodity: Commodity,
    importer: str,
    covers: Sequence[tuple[str, Belief]] = (),
    *,
    grade: str | None = None,
    step: Step | None = None,
    path: Path | None = None,
) -> tuple[Case | CaseError, Supplying]:
    """The importing country's supply with the ledger's plants, or why there is none; and which projects count.

    Raises AskError where `covers` names projects that no ledger has, AssumptionsError for a file that cannot be used.
    """
    if ledger is None and covers:
        raise AskError("covers names projects of a ledger, and there is none here: name one")
    found = supplying(ledger, commodity, importer, covers) if ledger is not None else Supplying((), ())
    try:
        return case(commodity, importer, found.plants, grade=grade, step=step, path=path), found
    except CaseError as wrong:
        return wrong, found


def last_day(ledger: Ledger | None) -> dt.date:
    """Today, as a ledger knows it: the day as of which it answers, or that of its last report; else the calendar's."""
    if ledger is not None and ledger.moment.as_of is not None:
        return ledger.moment.as_of
    latest = ledger.articles(limit=1)[0] if ledger is not None else []
    told = latest[0].reported_on if latest else None
    return told or dt.datetime.now().astimezone().date()


def _among(words: type[Word], said: str, what: str) -> Word:
    """The word of a closed list that is meant."""
    found = next((word for word in words if word == said), None)
    if found is None:
        raise AskError(f"{what}: {said!r} is none; write {' or '.join(word.value for word in words)}")
    return found
