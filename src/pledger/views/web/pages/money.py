"""The page that runs a programme's vehicle: assumptions in, answers and charts out; and what may be taken away."""

from __future__ import annotations

import math
import shlex
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from pledger.ledger import Ledger
from pledger.model import Entity
from pledger.views.cashflows import dollars, percent
from pledger.views.charts import Bar, bars
from pledger.views.plain import clean
from pledger.views.runcharts import drawings
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Chart, Sheet
from pledger.views.web.assumed import AT_ONCE, DEFAULTS, SLIDERS, Assumed, assumed
from pledger.views.web.drawing import WIDTHS
from pledger.views.web.moneytables import Tables, tables
from pledger.views.web.outcome import Outcome, computed, runnable, source
from pledger.views.web.runs import BusyError, Progress, Run, RunState
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State
from pledger.views.wording import say_name

if TYPE_CHECKING:
    from pledger.vehicle.clauses import Terms

__all__ = ["LONG", "PARAMETERS", "assumed_by", "begun", "money_page", "programme_of"]

_PATIENCE, _COLD, LONG = 6.0, 2.5, 0.4
"""Seconds that a page waits for a run: once something has run, before that (code is compiled first), for a long one."""
_COUNTS = (1_000, 10_000, 100_000, 1_000_000)

PARAMETERS = {
    "programme": "Key of the programme: JP>US",
    "interpretation": "Read the terms in this way; else each scenario draws a reading by its weight",
    "scenario": "A scenario that comes with the program, by name",
    "yields": "Cash yields, per cent of what the sectors are taken to earn",
    "overruns": "Cost overruns, per cent of the sectors' factors",
    "delay": "Quarters by which building takes longer",
    "fill": "1: fill what is left of the ceiling with projects that no report has named yet",
    "scenarios": "How many scenarios, 100 to 1,000,000",
    "seed": "Equal seeds, equal answers",
    "valuation": "The day that amounts are worth; else that of as_of or of the last report",
}


def money_page(room: Room, state: State) -> Answer:
    """The vehicle of the programme that the address names, run as the address assumes."""
    ledger = room.at(state)
    lead, its = programme_of(ledger, state)
    if lead is None:
        words, mend = "no report that has been read names a programme", "read more reports, as by `pledger read FOLDER`"
        if gather.counts(ledger).documents:
            return _missing("Money", words, mend, [], {"asked": None})
        return Answer(
            "empty.html.j2", "Nothing has been read yet", {"state": "missing", "problem": words, "mend": mend}
        )
    others = [(key, name) for key, name in gather.named(ledger).items() if key != gather.key_of(lead)]
    title = f"Money: {say_name(clean(lead.name))}"
    others = [(key, name) for key, name in others if key in runnable()]
    if its is None:
        words = f"no vehicle terms are reported for {clean(lead.name)}: who pays, when, and how cash is split"
        mend = "Write them in a YAML file of your own, under terms.vehicle, and run it with `pledger run FILE.yaml`."
        return _missing(title, words, mend, others, {"asked": None})
    asked = assumed_by(state, its)
    run = begun(room, ledger, asked)
    run.wait(LONG if asked.long else _PATIENCE if room.runs.ready else _COLD)
    form = _form(state, its, asked) | {"others": others, "programme": say_name(clean(lead.name))}
    if run.state is RunState.FAILED:
        return _missing(title, clean(run.problem), clean(run.mend), others, form)
    if run.result is None:
        return _watched(title, run, form)
    return _shown(room, state, title, run.result, form)


def _missing(title: str, words: str, mend: str, others: list[tuple[str, str]], form: dict[str, Any]) -> Answer:
    data = {"state": "missing", "problem": words, "mend": mend, "programmes": [key for key, _ in others]}
    context = {"words": words, "mend": mend, "others": others, "outcome": None, "run": None}
    return Answer("money.html.j2", title, data, (), form | context)


def _watched(title: str, run: Run[Tables], form: dict[str, Any]) -> Answer:
    """How far a run is: the page asks again by itself."""
    data = {
        "state": run.state.value, "run": run.id, "stage": run.stage, "done": run.done, "of": run.total,
        "again": "ask for this address again in a few seconds",
    }  # fmt: skip
    sheet = Sheet("Progress", ("State", "Stage", "Done", "Of"), [(run.state.value, run.stage, run.done, run.total)])
    return Answer("money.html.j2", title, data, (sheet,), form | {"outcome": None, "run": run, "words": None})


def _shown(room: Room, state: State, title: str, found: Tables, form: dict[str, Any]) -> Answer:
    outcome = found.outcome
    context = {
        "outcome": outcome,
        "run": None,
        "words": None,
        "a": outcome.answers,
        "parties": found.parties,
        "sections": found.sections,
        "drawings": outcome.drawings,
        "widths": WIDTHS,
        "deadline": outcome.grid.label(outcome.plan.deadline),
        "last": outcome.grid.label(outcome.plan.quarters - 1),
        "ceiling": dollars(ceiling) if math.isfinite(ceiling := outcome.plan.funding.ceiling) else "",
        "span": _span(outcome),
        "command": _command(outcome),
        "count": sum(len(section.inputs) for section in found.sections),
        "dollars": dollars,
        "percent": percent,
    }
    told = source(outcome, room.name, state.here())
    verdict = _verdict(outcome)
    charts = (verdict,) if verdict else ()
    return Answer(
        "money.html.j2", title, outcome.json, found.sheets, form | context | {"verdict": verdict}, told, charts
    )


def _verdict(outcome: Outcome) -> Chart | None:
    """In how many of the scenarios the pledge is an investment, an insurance, or neither."""
    if outcome.relief is None:
        return None
    found, title = outcome.relief.verdict, "Insurance or investment?"
    rows = tuple(
        Bar(label, note, percent(share), share, share, None)
        for label, note, share in (
            ("Investment", "the capital alone does not lose", found.investment),
            ("Insurance", "it loses, and the relief is worth more", found.insurance),
            ("Neither", "the pledge costs more than the relief is worth", found.neither),
        )
    )
    told = "; ".join(f"{row.label}: {row.said} of the scenarios" for row in rows)
    return Chart("verdict", title, lambda width, name: bars(rows, width, name, title, told))


def _span(outcome: Outcome) -> tuple[str, str] | None:
    """The least and the greatest chance that the principal returns among the readings that reports weigh."""
    found = [one.back.mean for one in outcome.readings if one.weight and math.isfinite(one.back.mean)]
    return (percent(min(found)), percent(max(found))) if found and outcome.asked.interpretation is None else None


def _command(outcome: Outcome) -> str:
    """What asks for the same in a terminal; empty where sliders are turned or a scenario is chosen."""
    asked = outcome.asked
    turned = asked.scenario is not None or any(getattr(asked, s.name) != s.usual for s in SLIDERS)
    given = {
        "--scenarios": str(asked.scenarios),
        "--seed": str(asked.seed) if asked.seed else "",
        "--interpretation": asked.interpretation or "",
        "--as-of": asked.moment.as_of.isoformat() if asked.moment.as_of else "",
        "--known-on": asked.moment.known_on.isoformat() if asked.moment.known_on else "",
        "--valuation": asked.valuation.isoformat() if asked.valuation else "",
    }
    words = ["pledger", "run", asked.programme]
    words += [word for name, value in given.items() if value for word in (name, value)]
    return "" if turned else shlex.join([*words, *(["--fill"] if asked.fill else [])])


def programme_of(ledger: Ledger, state: State) -> tuple[Entity | None, Terms | None]:
    """The programme that is asked for with its terms; else the one with most documents whose terms can be run."""
    lead = gather.looked_at(ledger, state)
    if lead is not None and state.programme is None and gather.key_of(lead) not in runnable():
        lead = next((e for e in gather.programmes(ledger) if gather.key_of(e) in runnable()), lead)
    return lead, runnable().get(gather.key_of(lead)) if lead is not None else None


@lru_cache(maxsize=1)
def _scenarios() -> dict[str, str]:
    """By name what happens."""
    from pledger.vehicle.asking.scenarios import bundled

    return {one.name: one.label or one.name for one in bundled()}


def _readings(its: Terms) -> dict[str, str]:
    from pledger.vehicle.terms import interpretations

    return {one.name: one.label for one in interpretations(its)}


def assumed_by(state: State, its: Terms) -> Assumed:
    """What an address assumes of a run of these terms."""
    return assumed(state, its.key, tuple(_readings(its)), tuple(_scenarios()))


def begun(room: Room, ledger: Ledger, asked: Assumed) -> Run[Tables]:
    """The run of these assumptions: the one that is there, else a new one. Raises RequestError where too many are."""

    def work(told: Progress) -> Tables:
        return tables(computed(ledger, asked, told, drawings))

    try:
        return room.runs.ask((ledger.version(), asked), work, long=asked.long)
    except BusyError:
        what = "long runs are" if asked.long else "runs are"
        raise RequestError(
            f"too many {what} under way: wait for one of them, or ask for fewer scenarios", 503
        ) from None


def _form(state: State, its: Terms, asked: Assumed) -> dict[str, Any]:
    return {
        "asked": asked,
        "sliders": [(slider, getattr(asked, slider.name)) for slider in SLIDERS],
        "readings_known": _readings(its),
        "scenarios_known": _scenarios(),
        "counts": sorted({*_COUNTS, asked.scenarios}),
        "fewer": state.here(scenarios=None),
        "defaults": DEFAULTS,
        "at_once": AT_ONCE,
    }
