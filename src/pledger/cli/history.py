"""Verbs that look back: `changes`, `health`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pledger.cli.common import DAY, as_json, date, opened, out, when
from pledger.ledger import Moment
from pledger.views import atom, jsons
from pledger.views import changes as shown
from pledger.views import health as records
from pledger.views.wording import say_date

__all__ = ["changes", "health"]


@click.command()
@click.option("--since", type=DAY, required=True, metavar="DATE", help="What came after DATE (YYYY-MM-DD).")
@click.option("--until", type=DAY, default=None, metavar="DATE", help="Up to the end of DATE; otherwise up to now.")
@click.option("--read", is_flag=True, help="By when we read it, not by when it was reported.")
@click.option(
    "--atom",
    "feed",
    type=click.Path(dir_okay=False, path_type=Path),
    default=None,
    metavar="FILE",
    help="Write the changes as an Atom feed too.",
)
@when
@as_json
@click.pass_obj
def changes(
    url: str,
    since: dt.datetime,
    until: dt.datetime | None,
    read: bool,
    feed: Path | None,
    when: Moment,
    as_json: bool,
) -> None:
    """What is new, upgraded, contradicted, replaced or withdrawn since a day, and by which sentence.

    \b
    Example:
      pledger changes --since 2026-03-01
      pledger changes --since 2026-03-01 --until 2026-04-01 --json
      pledger changes --since 2026-03-01 --read --atom changes.xml
    """
    first, last = since.date(), date(until)
    if last is not None and last < first:
        raise click.UsageError(f"--until {last} is before --since {first}: exchange them")
    if last is not None and (when.known_on if read else when.as_of) is not None:
        raise click.UsageError(f"--until and {'--known-on' if read else '--as-of'} say the same: give one of them")
    with opened(url, when) as ledger:
        found = ledger.changes(first, last, read=read)
        end = last or (when.known_on if read else when.as_of)
        if feed is not None:
            to = dt.datetime.combine(end, dt.time(), dt.UTC) if end else dt.datetime.now(dt.UTC)
            title = "Pledger: what has changed in the ledger"
            atom.write_feed(feed, atom.feed(found, ledger.name(), title, to))
        if as_json:
            click.echo(jsons.dumps([shown.change_json(change) for change in found]))
        else:
            stretch = f"since {say_date(first)}" if end is None else f"from {say_date(first)} to {say_date(end)}"
            out().print(shown.changes(found, f"{stretch}, by when it was {'read' if read else 'reported'}"))


@click.command()
@click.argument("project", required=False)
@when
@as_json
@click.pass_obj
def health(url: str, project: str | None, when: Moment, as_json: bool) -> None:
    """How far the record of each programme and project can be leaned on: sources, fields, age; and what is missing.

    \b
    Example:
      pledger health
      pledger health "Element Six" --json
    """
    with opened(url, when) as ledger:
        found = records.healths(ledger.health(), project)
        if as_json:
            click.echo(jsons.dumps([records.health_json(item) for item in found]))
        else:
            out().print(records.health(found, project))
