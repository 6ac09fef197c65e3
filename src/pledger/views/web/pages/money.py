"""The page that runs a programme's vehicle: assumptions in, answers and charts out; and what may be taken away."""

from __future__ import annotations

import logging
import math
import shlex
import tempfile
import threading
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from fastapi import APIRouter, FastAPI, Form, Request, Response
from fastapi.responses import RedirectResponse

from pledger.ledger import Ledger
from pledger.model import Entity
from pledger.views.cashflows import dollars, percent
from pledger.views.charts import Bar, bars
from pledger.views.plain import clean
from pledger.views.runcharts import NAMES, drawings
from pledger.views.svg import png, standalone
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Chart, Sheet
from pledger.views.web.assumed import AT_ONCE, DEFAULTS, SLIDERS, Assumed, assumed
from pledger.views.web.drawing import WIDTHS
from pledger.views.web.moneytables import Tables, tables
from pledger.views.web.once import settle
from pledger.views.web.outcome import Outcome, computed, planned, runnable, source
from pledger.views.web.pages.sources import known_sources
from pledger.views.web.runs import BusyError, Progress, Run, RunError, RunState
from pledger.views.web.serving import PROBLEMS, Room, room_of, state_of
from pledger.views.web.state import RequestError, State
from pledger.views.wording import say_name

if TYPE_CHECKING:
    from pledger.vehicle.clauses import Terms

__all__ = ["PARAMETERS", "begun", "lifespan", "money_page", "router"]

_LOG = logging.getLogger(__name__)
_FIRST = 1.5
"""Seconds without a question after which the server loads what lists need."""
_WARM = 4.0
"""Seconds without a question after which the server loads what runs need."""
_LATEST = 60.0
"""Seconds after which it loads that all the same."""
_PATIENCE, _COLD, _LONG = 6.0, 2.5, 0.4
"""Seconds that a page waits for a run: once something has run, before that (code is compiled first), for a long one."""
_FILES = 60.0
"""Seconds that a picture waits for its run."""
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
router = APIRouter()


def money_page(room: Room, state: State) -> Answer:
    """The vehicle of the programme that the address names, run as the address assumes."""
    ledger = room.at(state)
    lead, its = _programme(ledger, state)
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
    asked = _assumed(state, its)
    run = begun(room, ledger, asked)
    run.wait(_LONG if asked.long else _PATIENCE if room.runs.ready else _COLD)
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


def _programme(ledger: Ledger, state: State) -> tuple[Entity | None, Terms | None]:
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


def _assumed(state: State, its: Terms) -> Assumed:
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


# What may be taken away besides the tables


def _outcome(request: Request) -> Outcome:
    """The finished run that an address asks for; a RequestError where it is not there yet."""
    room, state = room_of(request), state_of(request)
    asked, ledger = _asked(room, state)
    run = begun(room, ledger, asked)
    run.wait(_LONG if asked.long else _FILES)
    if run.state is RunState.FAILED:
        raise RequestError("; ".join(filter(None, (clean(run.problem), clean(run.mend)))), 404)
    if run.result is None:
        raise RequestError("this run is not done yet: look at /money with the same address, then come back", 503)
    return run.result.outcome


def _asked(room: Room, state: State) -> tuple[Assumed, Ledger]:
    ledger = room.at(state)
    with ledger.snapshot():
        lead, its = _programme(ledger, state)
    if lead is None or its is None:
        name = clean(lead.name) if lead is not None else "any programme"
        raise RequestError(f"no vehicle terms are reported for {name}", 404)
    return _assumed(state, its), ledger


def _address(state: State) -> str:
    """The page from which something is taken away."""
    return State("/money", state.asked).here()


_QUERY = [
    {"name": name, "in": "query", "description": words, "schema": {"type": "string", "maxLength": 200}}
    for name, words in {
        "as_of": "As it had been reported by the end of this day (2026-03-01)",
        "known_on": "As far as it had been read by the end of this day",
        **PARAMETERS,
    }.items()
]


def _kept(name: str, form: str) -> dict[str, str]:
    """A picture is taken away as a file: a browser that shows it by itself adds styles that our policy forbids."""
    return {"content-disposition": f'attachment; filename="pledger-{name}.{form}"'}


def _responses(kind: str) -> dict[int | str, dict[str, Any]]:
    return {200: {"description": "The file", "content": {kind: {}}}, **PROBLEMS}


def _picture(name: str) -> None:
    """The routes of one chart."""

    def drawn(request: Request) -> tuple[str, str]:
        outcome = _outcome(request)
        if name not in outcome.drawings:
            raise RequestError("nothing is called in this run, so there is nothing to draw", 404)
        drawing = outcome.drawings[name]
        told = source(outcome, room_of(request).name, _address(state_of(request)))
        return drawing.by_width[WIDTHS["middle"]], f"{drawing.title}\n{told}"

    def svg(request: Request) -> Response:
        return Response(standalone(*drawn(request)), media_type="image/svg+xml", headers=_kept(name, "svg"))

    def picture(request: Request) -> Response:
        return Response(png(*drawn(request)), media_type="image/png", headers=_kept(name, "png"))

    for form, route, kind in (("svg", svg, "image/svg+xml"), ("png", picture, "image/png")):
        router.add_api_route(
            f"/chart/{name}.{form}",
            route,
            methods=["GET"],
            summary=f"The chart of the page on money: {name} ({form.upper()})",
            responses=_responses(kind),
            response_class=Response,
            openapi_extra={"parameters": _QUERY},
            operation_id=f"{form}:chart:{name}",
        )


for _name in NAMES:
    _picture(_name)

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@router.get(
    "/workbook.xlsx", summary="The central case as a workbook whose formulas recompute it", responses=_responses(_XLSX),
    response_class=Response, openapi_extra={"parameters": _QUERY},
)  # fmt: skip
def workbook(request: Request) -> Response:
    """The workbook of the central case, by the assumptions of the address."""
    from pledger.vehicle.asking.adjust import grid_of
    from pledger.vehicle.finance.cash import run
    from pledger.vehicle.finance.central import central
    from pledger.views import workbook as books

    asked, ledger = _asked(room_of(request), state_of(request))
    try:
        plan = planned(ledger, asked).plan
        case = central(plan, asked.interpretation)
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "workbook.xlsx"
            books.write(
                path, case, run(case), title=runnable()[asked.programme].name, sources=books.grounds(plan),
                discount=plan.discount, side=plan.discount[0], first_year=grid_of(plan).first_year,
            )  # fmt: skip
            made = path.read_bytes()
    except (RunError, ValueError) as wrong:
        raise RequestError(str(wrong), 404) from wrong
    return Response(made, media_type=_XLSX, headers={"content-disposition": 'attachment; filename="pledger.xlsx"'})


@router.get(
    "/flows.csv", summary="The central case's flows by party and quarter", responses=_responses("text/csv"),
    response_class=Response, openapi_extra={"parameters": _QUERY},
)  # fmt: skip
def flows(request: Request) -> Response:
    """What each party pays and receives each quarter, project by project, in the central case; dollars."""
    import pyarrow.csv as pa_csv

    from pledger.vehicle.asking.adjust import grid_of
    from pledger.vehicle.finance.cash import run
    from pledger.vehicle.finance.central import central
    from pledger.vehicle.finance.flows import party_table

    asked, ledger = _asked(room_of(request), state_of(request))
    try:
        plan = planned(ledger, asked).plan
    except RunError as wrong:
        raise RequestError(str(wrong), 404) from wrong
    written = BytesIO()
    pa_csv.write_csv(party_table(run(central(plan, asked.interpretation)), grid_of(plan)), written)
    headers = {"content-disposition": 'attachment; filename="flows.csv"'}
    return Response(written.getvalue(), media_type="text/csv; charset=utf-8", headers=headers)


# A run that is watched


@router.get("/progress/{id}", summary="How far a long run is", responses=PROBLEMS)
def progress(request: Request, id: str) -> dict[str, Any]:  # noqa: A002  the name that stands in the address
    """State, stage, and scenarios done; asked again and again by the page that watches the run."""
    run = room_of(request).runs.of(id)
    if run is None:
        raise RequestError("there is no such run, or it has been forgotten", 404)
    return {"state": run.state.value, "stage": run.stage, "done": run.done, "of": run.total}


@router.post("/money/run", include_in_schema=False)
def stop(
    request: Request,
    run: Annotated[str, Form(max_length=80)],
    act: Annotated[str, Form(max_length=10)],
    back: Annotated[str, Form(max_length=2_000)] = "",
) -> Response:
    """Cancel a run, or let a cancelled one be asked for again; who knows its id may."""
    runs = room_of(request).runs
    if act == "cancel":
        runs.cancel(run)
    else:
        runs.forget(run)
    return RedirectResponse(f"/money{back[back.find('?') :] if '?' in back else ''}", 303)


# The server's own thread


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Get the compiled code ready in a thread once nobody waits for a page; stop what is under way at its end."""
    room: Room = app.state.room
    ends = threading.Event()
    threading.Thread(target=_ready, args=(room, ends), daemon=True, name="warm").start()
    yield
    ends.set()
    room.runs.close()
    room.later.close()


def _ready(room: Room, ends: threading.Event) -> None:
    """`_warm` when it is quiet: it takes seconds of the processor, which pages would wait for."""
    latest = time.monotonic() + _LATEST
    loaded = False
    while not ends.wait(1.0):
        if not loaded and (room.stir.quiet(_FIRST) or time.monotonic() > latest):
            loaded = True
            _load(room)
        elif room.stir.quiet(_WARM) or time.monotonic() > latest:
            _warm(room)
            return


def _load(room: Room) -> None:
    """What the lists of projects and sources need, which takes a second each."""
    try:
        from pledger.views.places import shape

        shape()
        known_sources(room)
        gather.counts(room.ledger)
        settle()
    except Exception:  # the server serves without it; who asks first pays
        _LOG.exception("what lists need could not be loaded")


def _warm(room: Room) -> None:
    try:
        from pledger.vehicle.montecarlo.warm import warm

        warm()
        room.runs.ready = True
        settle()
    except Exception:  # the server serves without it; the first run pays
        _LOG.exception("the vehicle could not be made ready")
