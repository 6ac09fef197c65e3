"""One country's supply of one commodity, put together for what is asked of it: imports, reliance, the world, plants.

Where a table lacks something, the nearest thing that is known stands in for it as an assumption that is listed with the
answer: the world's production for shares of imports, imports alone where no reliance is known.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from pledger.exposure.supply.assumptions import Assumptions, assumptions
from pledger.exposure.supply.change import supply
from pledger.exposure.supply.draws import Shares, belief_of, best, drawn, spread, stream
from pledger.exposure.supply.plants import Plant, covered, opened, output
from pledger.exposure.supply.shock import Facts, Flow, Halt, run
from pledger.exposure.supply.words import REST, Commodity, Level, Market, Measure, Step
from pledger.ledger.distributions import SHARE, Belief, Categories, Part
from pledger.ledger.geography import country_in_words
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.shapes import point
from pledger.vehicle.words import Basis, Floats, Input

__all__ = ["Case", "CaseError", "case", "facts", "halted", "inputs", "supplies", "world", "world_use"]

_ALL = "all"
"""The grade that means the whole commodity."""


class CaseError(AskError):
    """Supply that cannot be put together: one line that says what is missing, and the mend."""


@dataclass(frozen=True, slots=True)
class Case:
    """What is known of one importing country's supply of one commodity."""

    commodity: Commodity
    importer: str
    imports: Market
    """Who it imports from."""
    reliance: Input
    """Net imports as a share of its use."""
    production: Market | None
    """The world's production."""
    use: Input | None
    """The country's use as a share of what the world makes; None where nothing says it."""
    plants: tuple[Plant, ...]
    assumed: Assumptions
    notes: tuple[str, ...]
    """What stands in for what is not known."""


def case(
    commodity: Commodity,
    importer: str,
    plants: Sequence[Plant] = (),
    *,
    grade: str | None = None,
    step: Step | None = None,
    path: Path | None = None,
) -> Case:
    """The supply of `importer`, by the commodity's tables; of one grade and step where they are named.

    `path`: a file of assumptions of the user's. Raises CaseError where no table says who supplies it.
    """
    notes: list[str] = []
    whose = country_in_words(importer)
    at = step or _furthest(commodity, importer)
    production = _market(commodity, Measure.PRODUCTION, None, at, grade)
    imports = _market(commodity, Measure.IMPORTS, importer, at, grade)
    if imports is None and production is None:
        raise CaseError(f"nothing says who supplies {commodity.name} to {whose}; give a table of imports or production")
    if imports is None and production is not None:
        imports = replace(
            production,
            measure=Measure.IMPORTS,
            importer=importer,
            shares=tuple(s for s in production.shares if s.country != importer),
        )
        notes.append(
            f"No table says where {whose} imports from: it is taken to be as the world's production is divided."
        )
    if imports is None or all(s.country in (importer, REST) for s in imports.shares):
        raise CaseError(f"no supplier of {commodity.name} to {whose} is named; give a table that names one")
    reliance = _reliance(commodity, importer, at, imports.grade if grade is None else grade, notes)
    use = _use(commodity, importer, at, grade)
    if use is None and production is not None:
        notes.append(f"Nothing says how much of the world's {commodity.name} {whose} uses: no effect on the world.")
    return Case(
        commodity, importer, imports, reliance, production, use, tuple(plants),
        assumptions(commodity, importer, path), tuple(notes),
    )  # fmt: skip


def inputs(its: Case) -> tuple[Input, ...]:
    """What an answer rests on beside the tables of shares, each with its basis and sources."""
    plants = tuple(
        i for p in its.plants for i in (p.covers, p.candidate.proceeds, p.candidate.start, p.candidate.delay)
    )
    return (its.reliance, *((its.use,) if its.use is not None else ()), *plants, *its.assumed.inputs())


def supplies(its: Case, scenarios: int, seed: int) -> Shares:
    """The country's supply as shares of its use before any new plant: its own production, and imports by country."""
    return supply(its.importer, drawn(its.imports, scenarios, seed), _sample(its.reliance, scenarios, seed))


def world(its: Case, scenarios: int, seed: int) -> Shares | None:
    """The world's production by country; None where no table has it."""
    return drawn(its.production, scenarios, seed) if its.production is not None else None


def world_use(its: Case, scenarios: int, seed: int) -> Floats | None:
    """The country's use as a share of what the world makes (n,); None where nothing says it."""
    return _sample(its.use, scenarios, seed) if its.use is not None else None


def facts(its: Case, halt: Halt, scenarios: int, seed: int, plants: Sequence[Plant] | None = None) -> Facts:
    """What a halt needs, drawn; `plants`: those that count, by default all of the case."""
    before = supplies(its, scenarios, seed)
    home = before.of(its.importer)
    abroad = before.values[:, 1:]
    total = abroad.sum(axis=1, keepdims=True)
    # Where nothing is imported shares do not matter; they must sum to 1 all the same.
    even = np.full_like(abroad, 1.0 / abroad.shape[1])
    shares = np.where(total > 0, abroad / np.where(total > 0, total, 1.0), even)
    made = np.zeros((scenarios, halt.horizon + 1))
    for plant in its.plants if plants is None else plants:
        when = opened(plant, halt.begins, scenarios, seed)
        made += covered(plant, scenarios, seed)[:, None] * output(plant, when, -1, halt.horizon + 1)
    own = {i.name.rpartition(".")[2]: _sample(i, scenarios, seed) for i in its.assumed.inputs()}
    return Facts(
        sources=before.suppliers[1:],
        shares=shares,
        home=home,
        exports=own["exports"],
        kept=own["kept"],
        stock=own["stocks"],
        rise=own["rise"],
        rise_months=own["rise_months"],
        saving=own["saving"],
        saving_months=own["saving_months"],
        restock_months=own["restock_months"],
        plant=made[:, 1:],
        plant_before=made[:, 0],
    )


def halted(its: Case, halt: Halt, scenarios: int, seed: int, without: Sequence[str] = ()) -> Flow:
    """The months of a halt in every scenario; `without`: ids of plants that are left out.

    Two runs with the same seed differ in nothing but the plants. Raises CaseError for a supplier that is not named.
    """
    names = [s for s in dict.fromkeys(s.country for s in its.imports.shares) if s not in (REST, its.importer)]
    if halt.supplier not in names:
        raise CaseError(f"{halt.supplier} is no named supplier of {its.importer}; there are {', '.join(sorted(names))}")
    left = [plant for plant in its.plants if plant.id not in without]
    return run(halt, facts(its, halt, scenarios, seed, left))


def _sample(given: Input, scenarios: int, seed: int) -> Floats:
    if isinstance(given.belief, Categories):
        raise TypeError(f"{given.name}: words where a number is needed")
    return given.belief.sample(stream(seed, given.name), scenarios)


def _furthest(commodity: Commodity, importer: str) -> Step | None:
    """The step furthest along the chain at which a table says who supplies the country, or the world."""
    shares = (Measure.IMPORTS, Measure.PRODUCTION)
    there = {m.step for m in commodity.markets if m.measure in shares and m.importer in (importer, None)}
    return next((step for step in reversed(Step) if step in there), None)


def _fit(grade: str, asked: str | None) -> int:
    """How well a grade fits the one that is asked for."""
    return 2 if grade == asked else int(grade == _ALL)


def _market(
    commodity: Commodity, measure: Measure, importer: str | None, step: Step | None, grade: str | None
) -> Market | None:
    """The table that fits best: of the grade that is asked for, else with most countries named, else the newest."""
    found = [m for m in commodity.markets if m.measure is measure and m.importer == importer and m.step is step]
    return max(
        found,
        key=lambda m: (_fit(m.grade, grade) if grade else 0, len({s.country for s in m.shares}), m.year or 0),
        default=None,
    )


def _reliance(commodity: Commodity, importer: str, step: Step | None, grade: str, notes: list[str]) -> Input:
    name = f"supply.{commodity.key}.reliance"
    label = f"{importer}: net imports as a share of use"
    of_country = [
        lev for lev in commodity.levels
        if lev.measure is Measure.RELIANCE and lev.country == importer and lev.step is step
    ]  # fmt: skip
    closest = max((_fit(lev.grade, grade) for lev in of_country), default=0)
    said = [lev for lev in of_country if _fit(lev.grade, grade) == closest]
    if not said:
        whose = country_in_words(importer)
        notes.append(f"No import reliance of {whose} is known: all of its use is taken to be imported.")
        return Input(name, label, SHARE, Basis.ASSUMPTION, point(1.0, SHARE))
    latest = max(lev.year or 0 for lev in best(said))
    # A year's reliance swings with stocks and prices: the last two say what it may be.
    now = [lev for lev in best(said) if (lev.year or 0) >= latest - 1]
    return Input(
        name, f"{label} ({now[0].grade})", SHARE, now[0].basis,
        Belief(SHARE, tuple(_part(lev, 1 / len(now)) for lev in now)),
        tuple(dict.fromkeys(s for lev in now for s in lev.sources)),
    )  # fmt: skip


def _part(level: Level, weight: float) -> Part:
    return spread(level.low, level.high, level.qualifier, weight)


def _use(commodity: Commodity, importer: str, step: Step | None, grade: str | None) -> Input | None:
    market = _market(commodity, Measure.USE, None, step, grade)
    said = [s for s in market.shares if s.country == importer] if market is not None else []
    if not said:
        return None
    return Input(
        f"supply.{commodity.key}.use", f"{importer}: use as a share of the world's", SHARE, said[0].basis,
        belief_of(said), tuple(dict.fromkeys(x for s in said for x in s.sources)), said[0].figure, said[0].claims,
    )  # fmt: skip
