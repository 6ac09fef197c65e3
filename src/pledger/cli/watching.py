"""`read --watch`: one line for each feed that was asked."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Any

import click
from rich.text import Text

import pledger
from pledger.cli.common import out
from pledger.cli.second import Second
from pledger.documents.watch import Web, user_agent
from pledger.ledger import Ledger
from pledger.ledger.watching import Polled
from pledger.model import Problem
from pledger.views import jsons
from pledger.views.plain import clean

if TYPE_CHECKING:
    from pledger.cli.alerts import Alerting

__all__ = ["watch_feeds"]


def watch_feeds(
    ledger: Ledger,
    opml: str,
    *,
    once: bool,
    contact: str | None,
    second: Second | None,
    alerts: Alerting | None = None,
    as_json: bool,
) -> list[Problem]:
    """Ask the feeds of a list and say what came of each; the problems of the last answer of each feed.

    `alerts`: the watch that is run whenever something new was read.
    """
    web = Web(user_agent(pledger.__version__, contact))
    problems: dict[str, tuple[Problem, ...]] = {}
    asked = 0
    try:
        for polled in ledger.watch(opml, web, once=once, further=second):
            asked += polled.feed is not None
            problems[polled.feed.url if polled.feed else ""] = polled.problems
            if as_json:
                click.echo(jsons.line(_json(polled)))
            else:
                out().print(_line(polled))
            if alerts is not None and polled.result is not None and polled.result.documents:
                problems["alerts"] = tuple(alerts.after_reading(ledger, as_json=as_json))
    finally:
        web.close()
    if once and not asked and not as_json:
        out().print("No feed may be asked yet; each is asked again in its time.")
    return [problem for found in problems.values() for problem in found]


def _line(polled: Polled) -> Text:
    when = dt.datetime.now().astimezone().strftime("%H:%M")
    if polled.feed is None:
        return Text(f"{when}  {clean(polled.problems[0].what)}: {clean(polled.problems[0].why)}", style="red")
    name = clean(polled.feed.title or polled.feed.url)[:60]
    if polled.result is not None:
        new, claims = polled.result.documents, polled.result.claims
        said = f"{new} new {'document' if new == 1 else 'documents'}, {claims} claims" if new else "nothing new"
        return Text.assemble((f"{when}  ", "dim"), f"{name}: ", (said, "green" if new else "dim"))
    if polled.problems:
        return Text.assemble((f"{when}  ", "dim"), f"{name}: ", (clean(polled.problems[0].why), "red"))
    return Text.assemble((f"{when}  ", "dim"), f"{name}: ", ("nothing new", "dim"))


def _json(polled: Polled) -> dict[str, Any]:
    state = polled.state
    return {
        "feed": polled.feed.url if polled.feed else None,
        "documents": polled.result.documents if polled.result else 0,
        "claims": polled.result.claims if polled.result else 0,
        "next_at": state.next_at.isoformat() if state and state.next_at and not state.gone else None,
        "problems": [jsons.problem_json(p) for p in polled.problems],
    }
