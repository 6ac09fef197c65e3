"""A run of the vehicle for a page: planned, simulated, asked what to check next, drawn; only what is shown is kept.

A simulation of a million scenarios is some hundred megabytes; what a page shows of it is a few hundred kilobytes.
Where more than `MOST_BESIDE` scenarios run, readings of the terms, tariff relief and facts are computed from so many.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from pledger.ledger import Ledger
from pledger.views.plain import clean, excerpt
from pledger.views.runcharts import FANS, Drawing
from pledger.views.web.assumed import Assumed, changed
from pledger.views.web.runs import Progress, RunError
from pledger.views.wording import chain, say_document

if TYPE_CHECKING:
    from pledger.ledger.why import Evidence
    from pledger.vehicle.asking.answers import Answer, Reading, Relief
    from pledger.vehicle.asking.attention import Attention
    from pledger.vehicle.asking.scenarios import Setting
    from pledger.vehicle.asking.tariff import Tariff
    from pledger.vehicle.clauses import Terms
    from pledger.vehicle.grid import Grid
    from pledger.vehicle.montecarlo.fans import Fan
    from pledger.vehicle.montecarlo.simulation import Simulation
    from pledger.vehicle.words import Case, Plan

__all__ = ["FANS", "PERCENTS", "Drawing", "Fact", "Outcome", "Sentence", "computed", "planned", "runnable", "source"]

Json = dict[str, Any]
Draw = Callable[["Outcome"], Mapping[str, "Drawing"]]

MOST_BESIDE = 100_000
_FACTS = 3
_SENTENCES = 2
_LETTERS = 300
"""Of a sentence."""
PERCENTS = (5, 25, 50, 75, 95)
_ON_PAGE = (
    ("fill the ceiling with --fill", "fill the ceiling with unnamed projects (the box under the assumptions)"),
    ("give --valuation DATE", "give a day as `valuation=2026-03-01` in the address"),
    ("give an earlier --valuation or --as-of", "ask as of an earlier day"),
)
"""Of what a plan says about its options, as they are called here."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words behind a fact."""

    before: str
    words: str
    after: str
    chain: tuple[str, ...]
    publisher: str
    reported_on: dt.date | None
    document: str
    claim: str


@dataclass(frozen=True, slots=True)
class Fact:
    """What to check next."""

    label: str
    index: float
    """Share of the answer's variance that would go if it were settled."""
    error: float
    figure: str | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that the page shows of a run."""

    asked: Assumed
    name: str
    """Of the programme."""
    plan: Plan
    grid: Grid
    case: Case
    """The central one."""
    answers: Mapping[str, Answer]
    readings: tuple[Reading, ...]
    relief: Relief | None
    """Without its columns, which are as long as there are scenarios."""
    facts: tuple[Fact, ...]
    fans: tuple[Fan, ...]
    """Of `FANS`."""
    drawings: Mapping[str, Drawing]
    json: Mapping[str, Any]


def runnable() -> Mapping[str, Terms]:
    """The programmes whose terms say how money flows, by key."""
    from pledger.vehicle.terms import known

    return {its.key: its for its in known() if its.chapter.vehicle is not None}


def planned(ledger: Ledger, asked: Assumed) -> Setting:
    """The plan and the tariff of a programme as they are assumed. Raises RunError, which says what is missing."""
    from pledger.vehicle.asking.reliefs import tariff_of
    from pledger.vehicle.asking.scenarios import Setting, applied, bundled
    from pledger.vehicle.asking.wishes import AskError
    from pledger.vehicle.montecarlo.tables import PlanError
    from pledger.vehicle.planning.asked import PlanningError
    from pledger.vehicle.planning.plan import plan

    try:
        with ledger.snapshot():
            made = plan(ledger, runnable()[asked.programme], valuation=asked.valuation, fill=asked.fill)
        setting = Setting(made, tariff_of(made.programme))
        for scenario in (s for s in bundled() if s.name == asked.scenario):
            setting = applied(scenario, setting)
        return replace(setting, plan=changed(setting.plan, asked))
    except PlanningError as wrong:
        raise RunError(wrong.what, _on_page(wrong.mend)) from wrong
    except (PlanError, AskError) as wrong:
        what, _, mend = str(wrong).rpartition("; ")
        raise RunError(what or mend, _on_page(mend) if what else "") from wrong


def source(outcome: Outcome, ledger: str, address: str) -> str:
    """The lines that go with a chart or table that is taken away."""
    asked, moment = outcome.asked, outcome.asked.moment
    when = f", as reported by {moment.as_of}" if moment.as_of else ""
    changes = f" Assumed: {'; '.join(clean(words) for words in asked.changes)}." if asked.changes else ""
    run = f"{asked.scenarios:,} scenarios from {outcome.grid.label(0)}, seed {asked.seed}"
    return f"{clean(outcome.name)}: {run}.{changes}\nSource: Pledger, ledger {ledger}{when}; {address}"


def _on_page(mend: str) -> str:
    """What would help, in the words of a page instead of those of a terminal."""
    for option, words in _ON_PAGE:
        mend = mend.replace(option, words)
    return mend


def computed(ledger: Ledger, asked: Assumed, told: Progress, draw: Draw) -> Outcome:
    """Run it. `draw` makes the charts of an outcome that has none yet. Raises RunError and `runs.CancelledError`."""
    from pledger.vehicle.asking.adjust import grid_of
    from pledger.vehicle.asking.answers import answers, by_interpretation
    from pledger.vehicle.finance.central import central
    from pledger.vehicle.montecarlo.simulate import simulate
    from pledger.vehicle.montecarlo.tables import PlanError

    told("reading the ledger", 0, 0)
    setting = planned(ledger, asked)
    plan, forced, beside = setting.plan, asked.interpretation, min(asked.scenarios, MOST_BESIDE)
    total, before = asked.scenarios + beside * sum(one.name != forced for one in plan.interpretations), 0

    def run(interpretation: str | None, count: int) -> Simulation:
        nonlocal before
        begun, before = before, before + count

        def heard(done: int, _of: int) -> None:
            told("simulating", begun + done, total)

        heard(0, count)
        return simulate(plan, count, asked.seed, interpretation, progress=heard)

    def under(interpretation: str) -> Simulation:
        return simulation if interpretation == forced else run(interpretation, beside)

    try:
        simulation = run(forced, asked.scenarios)
        found = answers(simulation)
        fans = tuple(simulation.fan(name) for name in FANS)
        simulation = replace(simulation, scenarios=beside, answers=simulation.answers[:beside].copy())
        readings = by_interpretation(plan, under)
    except PlanError as wrong:
        raise RunError(str(wrong)) from wrong
    told("ranking the facts", total, total)
    facts = _facts(ledger, plan, simulation)
    outcome = Outcome(
        asked=asked,
        name=runnable()[asked.programme].name,
        plan=plan,
        grid=grid_of(plan),
        case=central(plan, forced),
        answers={one.name: one for one in found},
        readings=readings,
        relief=_relieved(simulation, setting.tariff),
        facts=tuple(_fact(fact, said) for fact, said in facts),
        fans=fans,
        drawings={},
        json={},
    )
    outcome = replace(outcome, json=_json(outcome, simulation, facts))
    told("drawing", total, total)
    return replace(outcome, drawings=draw(outcome))


def _relieved(simulation: Simulation, tariff: Tariff | None) -> Relief | None:
    """The relief beside the pledge, without what is as long as there are scenarios."""
    from pledger.vehicle.asking.answers import relieved

    if tariff is None:
        return None
    relief = relieved(simulation, tariff)
    import numpy as np

    none = np.zeros(0)
    return replace(relief, verdict=replace(relief.verdict, cost=none, relief=none))


def _facts(ledger: Ledger, plan: Plan, simulation: Simulation) -> list[tuple[Attention, tuple[Evidence, ...]]]:
    """The facts that would narrow the pledging side's present value most, each with sentences behind it."""
    from pledger.vehicle.asking.attention import rank
    from pledger.vehicle.asking.behind import sentences
    from pledger.vehicle.asking.quantities import quantity
    from pledger.vehicle.asking.wishes import AskError

    try:
        ranked = rank(plan, simulation, quantity("npv"))
    except AskError:  # too few scenarios to tell facts apart
        return []
    with ledger.snapshot():
        return [(fact, sentences(ledger, fact, _SENTENCES)) for fact in ranked[:_FACTS] if fact.index.value > 0]


def _fact(fact: Attention, said: Sequence[Evidence]) -> Fact:
    return Fact(
        label=clean(fact.label),
        index=max(0.0, fact.index.value),
        error=fact.index.error,
        figure=fact.figure,
        sentences=tuple(_sentence(one) for one in said),
    )


def _sentence(item: Evidence) -> Sentence:
    start = item.claim.span.start - item.claim.sentence.start
    before, words, after = excerpt(item.sentence, start, start + len(item.claim.text), _LETTERS)
    return Sentence(
        before=before,
        words=words,
        after=after,
        chain=tuple(clean(who) for who in chain(item.document, item.claim.attribution)),
        publisher=clean(say_document(item.document)),
        reported_on=item.document.reported_on,
        document=item.document.id,
        claim=item.claim.id,
    )


def _json(outcome: Outcome, simulation: Simulation, facts: Sequence[tuple[Attention, Sequence[Evidence]]]) -> Json:
    from pledger.vehicle.asking.quantities import quantity
    from pledger.views.attention import attention_json
    from pledger.views.running import run_json

    asked, grid = outcome.asked, outcome.grid
    whole = replace(simulation, scenarios=asked.scenarios)
    found = run_json(outcome.name, whole, list(outcome.answers.values()), outcome.readings, outcome.relief, grid)
    return {
        "state": "done",
        "assumed": {
            "interpretation": asked.interpretation,
            "scenario": asked.scenario,
            "yields": asked.yields,
            "overruns": asked.overruns,
            "delay": asked.delay,
            "fill": asked.fill,
            "valuation": asked.valuation,
        },
        **found,
        "attention": attention_json(quantity("npv"), facts, (), simulation.scenarios, asked.seed),
        "quarters": grid.labels(),
        "fans": {fan.name: _rows(fan) for fan in outcome.fans},
    }


def _rows(fan: Fan) -> Json:
    """Percentiles by quarter, in whole dollars."""
    return {f"p{p}": [round(float(x)) for x in row] for p, row in zip(PERCENTS, fan.percentiles, strict=True)}
