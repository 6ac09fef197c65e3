"""Somebody's own portfolio: a form that takes a file, and which of its holdings take part in reported projects.

The file is read in memory and kept nowhere: what was read of it stays behind a cookie of this browser for an hour. No
token is needed to look at a file of one's own.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.formparsers import MultiPartException, MultiPartParser

from pledger.exposure.portfolio.exposure import expose
from pledger.exposure.portfolio.holdings import HoldingsError, holdings
from pledger.exposure.portfolio.identifiers import knowledge
from pledger.exposure.portfolio.scenarios import named
from pledger.exposure.portfolio.sums import labels
from pledger.exposure.portfolio.words import NOT_ADVICE, Exposure, Matched, Path, Told, Verdict
from pledger.vehicle.asking.scenarios import Scenario, bundled
from pledger.vehicle.asking.wishes import AskError
from pledger.views import charts
from pledger.views.exposure import through, ways
from pledger.views.exposurecharts import bars
from pledger.views.exposurejson import exposure_json
from pledger.views.exposuresheets import sheets
from pledger.views.exposurewords import counts, say_amount, say_touched
from pledger.views.flowcharts import dollars
from pledger.views.web.answers import Answer, Chart, Sheet
from pledger.views.web.portfolios import PORTFOLIO, Held
from pledger.views.web.serving import Room, room_of
from pledger.views.web.state import RequestError, State

__all__ = ["PARAMETERS", "portfolio_page", "router"]

router = APIRouter(include_in_schema=False)
PARAMETERS = {"scenario": "What changes under this scenario, by its name"}
_PAGE = "/portfolio"
_SHOWN = 100
"""Holdings, and rows of each other kind, that the page shows; the files have all."""
_FIELDS = 6
_FIELD_BYTES = 1_000


class _InMemory(MultiPartParser):
    """A form whose file stays in memory, however large: the shield has bounded it before."""

    spool_max_size = 1 << 30


def portfolio_page(room: Room, state: State) -> Answer:
    """The form, and below it what the portfolio of this browser has to do with the ledger's programmes."""
    held = room.portfolios.of(state.holder) if state.holder else None
    known = _scenarios()
    base = {"limits": room.settings, "scenarios": known, "held": held, "about": NOT_ADVICE}
    title = "Your portfolio"
    if held is None:
        columns = knowledge()["columns"]
        told = {
            "about": NOT_ADVICE,
            "portfolio": None,
            "columns": [{"column": column, "names": list(names)} for column, names in columns.items()],
        }
        sheet = Sheet("Columns", ("Column", "Names"), [(c, ", ".join(names)) for c, names in columns.items()])
        return Answer(
            "portfolio.html.j2",
            title,
            told,
            (sheet,),
            base | {"its": None, "columns": columns},
            own=True,
            lasting=False,
        )
    its = _exposure(room, state, held)
    rows = bars(its)
    drawn = _chart(its) if rows else None
    context = base | {
        "its": its,
        "counts": [(str(verdict), count) for verdict, count in counts(its).items() if count],
        "holdings": _holdings(its),
        "others": [p for p in its.exposed.paths if p.kind is not Told.ROLE][:_SHOWN],
        "verdicts": _verdicts(its),
        "unmatched": [its.holdings.at(n) for n in its.matches.unmatched[:_SHOWN]],
        "groups": (
            ("Sector", its.exposed.by_sector),
            ("Country", its.exposed.by_country),
            ("Programme", its.exposed.by_programme),
        ),
        "chart": drawn,
        "amount": say_amount,
        "through": through,
        "touched": say_touched,
        "dollars": dollars,
        "labels": labels(its.matches.found),
        "shown": _SHOWN,
    }
    return Answer(
        "portfolio.html.j2",
        title,
        lambda: exposure_json(its),
        sheets(its),
        context,
        source=f"{NOT_ADVICE}",
        charts=(drawn,) if drawn else (),
        own=True,
        lasting=False,
    )


@router.post(_PAGE)
async def take(request: Request) -> Response:
    """Take the file of the form, and show what it has to do with the ledger."""
    room = room_of(request)
    form = await _form(request)
    try:
        held = await run_in_threadpool(_taken, request, room, form)
    finally:
        await form.close()
    response = RedirectResponse(_PAGE, 303)
    secure = request.url.scheme == "https"
    response.set_cookie(PORTFOLIO, held.key, httponly=True, samesite="strict", secure=secure, path="/")
    return response


@router.post(f"{_PAGE}/forget")
async def forget(request: Request) -> Response:
    """Forget the portfolio of this browser at once."""
    room, form = room_of(request), await request.form(max_files=0, max_fields=_FIELDS, max_part_size=_FIELD_BYTES)
    key = request.cookies.get(PORTFOLIO, "")
    if not room.portfolios.may(key, _field(form, "csrf")):
        raise RequestError("only the page that shows a portfolio may have it forgotten", 403)
    room.portfolios.end(key)
    response = RedirectResponse(_PAGE, 303)
    response.delete_cookie(PORTFOLIO, path="/")
    return response


def _exposure(room: Room, state: State, held: Held) -> Exposure:
    scenario = _asked(state.get("scenario"))
    ledger = room.at(state)
    today = dt.datetime.now(dt.UTC).date()
    key = (room.ledger.version(), ledger.version(), state.moment, scenario.name if scenario else None, today)
    try:
        return room.portfolios.answer(held, key, lambda: expose(ledger, held.holdings, scenario=scenario))
    except AskError as wrong:
        raise RequestError(str(wrong)) from wrong


def _scenarios() -> tuple[Scenario, ...]:
    return bundled()


def _asked(name: str) -> Scenario | None:
    if not name:
        return None
    try:
        return named(name, _scenarios())
    except AskError as wrong:
        raise RequestError(str(wrong), 404) from wrong


async def _form(request: Request) -> FormData:
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        raise RequestError("send the portfolio as multipart/form-data, in a field called file")
    try:
        parser = _InMemory(
            request.headers, request.stream(), max_files=1, max_fields=_FIELDS, max_part_size=_FIELD_BYTES
        )
        return await parser.parse()
    except MultiPartException as wrong:
        raise RequestError(f"the form cannot be read: {wrong.message[:200]}") from wrong


def _taken(request: Request, room: Room, form: FormData) -> Held:
    key = request.cookies.get(PORTFOLIO, "")
    if not room.portfolios.may(key, _field(form, "csrf")):
        raise RequestError("only the page that shows a portfolio may put another in its place: load it again", 403)
    file = form.get("file")
    if not isinstance(file, UploadFile) or not (file.filename or file.size):
        raise RequestError("no file came: choose a CSV or XLSX file of your holdings")
    name = (file.filename or "portfolio").replace("\\", "/").rpartition("/")[2][:80] or "portfolio"
    try:
        found = holdings(file.file.read(), name, normalise=bool(_field(form, "normalise")))
    except HoldingsError as wrong:
        raise RequestError(str(wrong)) from wrong
    return room.portfolios.put(found, key)


def _field(form: FormData, name: str) -> str:
    said = form.get(name)
    return said if isinstance(said, str) else ""


def _holdings(its: Exposure) -> list[tuple[Matched, list[list[Path]]]]:
    """Matched holdings with their roles, those that touch most money first."""
    by_row: dict[int, list[list[Path]]] = defaultdict(list)
    for ways_ in ways([path for path in its.exposed.paths if path.kind is Told.ROLE]):
        by_row[ways_[0].row].append(ways_)
    worth = {group.rows[0]: group.touched.high for group in its.exposed.by_holding}
    found = [(m, by_row[m.holding.row]) for m in its.matches.found if m.verdict is Verdict.MATCHED]
    return sorted(found, key=lambda pair: (-worth.get(pair[0].holding.row, 0.0), pair[0].holding.row))[:_SHOWN]


_KINDS = (
    (Verdict.DELISTED, "No longer listed", "They count in no sum."),
    (Verdict.UNSURE, "Unsure", "They count in no sum; an ISIN settles most of them."),
    (Verdict.OTHER, "Other companies", "Their names look like those of parties."),
    (Verdict.NAMED, "Named by reports", "No report gives them a part in anything."),
    (Verdict.KNOWN, "Known, and named by no report", "No report in this ledger gives them a role."),
)


def _verdicts(its: Exposure) -> Sequence[tuple[str, str, Sequence[Matched], int]]:
    made = []
    for verdict, title, says in _KINDS:
        rows = [match for match in its.matches.found if match.verdict is verdict]
        if rows:
            made.append((title, says, rows[:_SHOWN], len(rows)))
    return made


def _chart(its: Exposure) -> Chart:
    rows = bars(its)
    title = "Projects that each holding takes part in"
    told = "; ".join(f"{row.label}: {row.said}" for row in rows)
    return Chart("holdings", title, lambda width, id_: charts.bars(rows, width, id_, title, told))
