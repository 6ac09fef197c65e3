"""From a ledger and a plan to a selection in one call."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from pledger.ledger import Ledger
from pledger.model import Stage
from pledger.vehicle.choosing.criteria import Criterion, conditions
from pledger.vehicle.choosing.options import Option, known, named, options
from pledger.vehicle.choosing.posing import Wishes
from pledger.vehicle.choosing.select import Selection, select, stability
from pledger.vehicle.choosing.worth import worth
from pledger.vehicle.montecarlo.simulate import Progress
from pledger.vehicle.words import Plan

__all__ = ["RESOLVED", "SCENARIOS", "selection"]

SCENARIOS = 2000
"""By which candidates are judged, where nothing else is said."""
RESOLVED = 300
"""Of these, those in which the choice is made anew."""
_DECIDED = (Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED)


def selection(
    ledger: Ledger,
    plan: Plan,
    by: Sequence[Criterion],
    wishes: Wishes,
    *,
    given: Mapping[str, Mapping[str, float]] | None = None,
    keep_committed: bool = False,
    scenarios: int = SCENARIOS,
    resolved: int = RESOLVED,
    seed: int = 0,
    interpretation: str | None = None,
    progress: Progress | None = None,
) -> Selection:
    """The choice among a plan's candidates, its frontier and its stability.

    `by`: the criteria with their weights (`criteria.criteria`, `criteria.reweighted`). `given`: values of one's own by
    name of the candidate and criterion. `keep_committed`: whether what is committed or further must stay. `scenarios`
    of the seed judge the candidates; in the first `resolved` of them the choice is made anew. Raises SelectError for
    wishes without sense, PlanError for a plan or an interpretation that cannot be run.
    """
    its = worth(plan, scenarios, seed, interpretation, progress)
    met = conditions(ledger.figures())
    healths = ledger.health()
    bare = options(plan.candidates, known(plan.candidates, healths, met), its.mean(), 0, by)
    own = {bare[named(name, bare)].id: values for name, values in (given or {}).items()}
    facts = known(plan.candidates, healths, met, own)
    among = options(plan.candidates, facts, its.mean(), 0, by)
    if keep_committed:
        wishes = replace(wishes, must=(*wishes.must, *(o.id for o in among if _decided(o))))
    found = select(among, by, wishes, its.first_year)
    if found.choice is None or resolved < 1:
        return found
    # Bounds of the wishes stay; what is chosen from is what each scenario makes of the candidates.
    anew = (options(plan.candidates, facts, its, number, by) for number in range(min(resolved, scenarios)))
    return replace(found, stability=stability(anew, by, wishes, its.first_year, found.choice))


def _decided(option: Option) -> bool:
    return option.stage in {str(stage) for stage in _DECIDED}
