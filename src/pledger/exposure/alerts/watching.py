"""What has changed since somebody looked last, and what is to come: `pledger.watch(...)`, `pledger.calendar(...)`.

for alert in pledger.watch("pledger.db", "rules.yaml").alerts:
    ...
pledger.calendar("pledger.db", "japan").frame()

The verbs `watch` and `calendar` go through the same functions, and hand on what they give: to feeds, files, programs.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from pledger.exposure.alerts.dates import Dated, dates
from pledger.exposure.alerts.rules import Rules, default_rules, programme_key, rules_from
from pledger.exposure.alerts.run import Raised, raise_alerts
from pledger.exposure.opening import opened
from pledger.ledger import Ledger, Rows
from pledger.vehicle.asking.wishes import AskError

__all__ = ["calendar", "watch"]


def watch(
    ledger: Ledger | str | Path,
    rules: Rules | str | Path | None = None,
    *,
    today: dt.date | None = None,
    since: dt.date | None = None,
) -> Raised:
    """What has changed since this watch looked last, by the rules of a YAML file, or by those that come along.

    The first look takes the ledger as it is. A watch is known by its name in the rules, in a notebook as in a terminal:
    what is told here once is not told here again, and still reaches the feeds and files of that watch when `pledger
    watch` runs. `today`: the day from which days are counted. `since`: besides, what was reported after this day.

    Raises RulesError with file, line and mend, LedgerError where there is no ledger or it cannot be written.
    """
    its = rules if isinstance(rules, Rules) else default_rules() if rules is None else rules_from(rules)
    with opened(ledger) as held:
        return raise_alerts(held, its, (), today=today, since=since)


def calendar(
    ledger: Ledger | str | Path,
    programme: str | None = None,
    *,
    first: dt.date | None = None,
    notices: bool = True,
    as_of: dt.date | None = None,
    known_on: dt.date | None = None,
) -> Rows[Dated]:
    """Decisions, deadlines, visits, notice periods and completions from the day `first` on, the next first.

    `programme`: its country, key (`JP>US`) or name; else all. `first`: by default the day as of which the ledger
    answers, else today. `notices`: whether the ends of notice periods are among them, which are counted, not reported.

    Raises AskError for a programme that is not known, LedgerError where there is no ledger.
    """
    try:
        key = programme_key(programme) if programme is not None else None
    except ValueError as wrong:
        raise AskError(f"programme: {programme!r}: {wrong}") from None
    with opened(ledger, as_of, known_on) as held:
        day = first or held.moment.as_of or held.moment.known_on or dt.datetime.now(dt.UTC).date()
        return Rows(dates(held, day, key, notices=notices))
