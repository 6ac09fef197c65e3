"""What may be taken away from the page on money besides its tables: charts, the workbook, flows; and runs watched."""

from __future__ import annotations

import tempfile
from io import BytesIO
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Form, Request, Response
from fastapi.responses import RedirectResponse

from pledger.ledger import Ledger
from pledger.views.plain import clean
from pledger.views.runcharts import NAMES
from pledger.views.svg import png, standalone
from pledger.views.web.assumed import Assumed
from pledger.views.web.drawing import WIDTHS
from pledger.views.web.outcome import Outcome, planned, runnable, source
from pledger.views.web.pages.money import LONG, PARAMETERS, assumed_by, begun, programme_of
from pledger.views.web.runs import RunError, RunState
from pledger.views.web.serving import PROBLEMS, Room, room_of, state_of
from pledger.views.web.state import RequestError, State

__all__ = ["router"]

_FILES = 60.0
"""Seconds that a picture waits for its run."""
router = APIRouter()


def _outcome(request: Request) -> Outcome:
    """The finished run that an address asks for; a RequestError where it is not there yet."""
    room, state = room_of(request), state_of(request)
    asked, ledger = _asked(room, state)
    run = begun(room, ledger, asked)
    run.wait(LONG if asked.long else _FILES)
    if run.state is RunState.FAILED:
        raise RequestError("; ".join(filter(None, (clean(run.problem), clean(run.mend)))), 404)
    if run.result is None:
        raise RequestError("this run is not done yet: look at /money with the same address, then come back", 503)
    return run.result.outcome


def _asked(room: Room, state: State) -> tuple[Assumed, Ledger]:
    ledger = room.at(state)
    with ledger.snapshot():
        lead, its = programme_of(ledger, state)
    if lead is None or its is None:
        name = clean(lead.name) if lead is not None else "any programme"
        raise RequestError(f"no vehicle terms are reported for {name}", 404)
    return assumed_by(state, its), ledger


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
