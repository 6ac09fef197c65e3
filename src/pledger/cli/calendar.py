"""The verb that writes the days to come for calendar programs: `calendar`."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from pledger.cli.common import DAY, asking, date, opened, out, when
from pledger.exposure.alerts.dates import NOTICE
from pledger.exposure.alerts.rules import programme_key
from pledger.exposure.alerts.watching import calendar
from pledger.ledger import Moment
from pledger.views.atom import write_feed
from pledger.views.calendar import MOST_ALARM
from pledger.views.calendar import calendar as made
from pledger.views.wording import say_count

__all__ = ["calendar_"]


@click.command(name="calendar")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("dates.ics"),
    show_default=True,
    help="The file to write; one that is there is read first, so that events keep their history.",
)
@click.option("--programme", default=None, metavar="KEY", help="Only this programme: its key (JP>US) or its name.")
@click.option("--from", "first", type=DAY, default=None, metavar="DATE", help="From DATE on; otherwise from today on.")
@click.option("--alarm", type=click.IntRange(0, MOST_ALARM), default=None, metavar="DAYS", help="Remind DAYS before.")
@click.option("--no-notices", is_flag=True, help="Without the ends of notice periods, which are counted, not reported.")
@when
@click.pass_obj
def calendar_(
    url: str,
    output: Path,
    programme: str | None,
    first: dt.datetime | None,
    alarm: int | None,
    no_notices: bool,
    when: Moment,
) -> None:
    """Write decisions, deadlines, visits, notice periods and completions as a calendar; what is uncertain in its words.

    \b
    Example:
      pledger calendar -o dates.ics
      pledger calendar -o japan.ics --programme "JP>US" --from 2026-01-01 --alarm 7
    """
    with asking(), opened(url, when) as ledger:
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        start = date(first) or when.as_of or when.known_on or now.date()
        items = calendar(ledger, programme, first=start, notices=not no_notices)
        previous = output.read_bytes() if output.is_file() else None
        name = f"Pledger: {programme_key(programme)}" if programme is not None else "Pledger: days to come"

        written = {item.about for item in items}

        def unknown(event: str) -> bool:
            """Whether nothing stands behind an event any more, or it has become one of those that are written."""
            behind = ledger.why(event.removeprefix(f"{NOTICE}-"))
            return behind is None or behind.figure.id in written

        write_feed(output, made(items, name, now, alarm=alarm, previous=previous, gone=unknown))
    out().print(f"{output}: {say_count(len(items), 'event')} from {start} on", markup=False)
