"""One run of a watch: look at what changed since the last one, raise alerts, hand them on.

What is raised is written together with the mark of what was looked at, in one transaction. Handing on comes after it,
from the outbox. So a run that is killed anywhere leaves either nothing, or alerts that the next run hands on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pledger.exposure.alerts.alerts import alerts
from pledger.exposure.alerts.conditions import Scene
from pledger.exposure.alerts.records import alert_of, body_of
from pledger.exposure.alerts.rules import Rule, Rules
from pledger.exposure.alerts.words import Alert, Condition, Said
from pledger.ledger import Ledger, Look, Message, Outbox, Rows
from pledger.ledger.successors import claims_of
from pledger.ledger.why import Evidence
from pledger.model import Conflict, Figure

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Raised", "raise_alerts"]

_SENTENCES = 2


@dataclass(frozen=True, slots=True)
class Raised:
    """What a look came to."""

    first: bool
    """Whether the watch has begun with it: what was in the ledger before is not told."""
    alerts: tuple[Alert, ...]
    """Those that were never raised before."""

    def frame(self) -> pd.DataFrame:
        """The alerts as a pandas data frame, one row each. Raises ImportError, with the mend, where there is none."""
        return Rows(self.alerts).frame()


def raise_alerts(
    ledger: Ledger,
    rules: Rules,
    outputs: Iterable[str],
    *,
    today: dt.date | None = None,
    since: dt.date | None = None,
    at: dt.datetime | None = None,
) -> Raised:
    """Look at what has changed since this watch looked last, and keep an alert for each of `outputs` of what the rules
    find in that; a watch that begins takes the ledger as it is, but for dates that come near.

    `today`: the day from which days are counted. `since`: besides, what was reported after this day, unless the watch
    has told it before. `at`: when the alerts are raised (UTC), now by default. Raises LedgerError where the ledger
    cannot be written.
    """
    day = today or dt.datetime.now(dt.UTC).date()
    outbox = ledger.outbox(rules.watch)
    with ledger.follow(rules.watch, at) as look:
        outbox.open_to(outputs)
        scene = Scene(look.before, look.after, day, _coming(ledger, rules.rules, day))
        found = _fresh(outbox, alerts(rules, scene, look.judged), scene, Condition.DATE)
        new = _put(ledger, outbox, found, (*look.after[0], *look.after[1], *scene.coming), look)
        if since is not None:
            held = ledger.at(as_of=since)
            past = Scene((held.figures(), held.conflicts()), (ledger.figures(), ledger.conflicts()), day)
            older = _fresh(outbox, alerts(rules, past, look.judged), past)
            new += _put(ledger, outbox, older, (*past.after[0], *past.after[1]), look)
    return Raised(look.first, tuple(alert_of(message) for message in new))


def _coming(ledger: Ledger, rules: Sequence[Rule], today: dt.date) -> tuple[Figure, ...]:
    """The dates on which rules may find something; no others are loaded."""
    days = [rule.days for rule in rules if rule.condition is Condition.DATE]
    return tuple(ledger.dates(today, today + dt.timedelta(days=max(days)))) if days else ()


def _fresh(outbox: Outbox, found: Sequence[Alert], scene: Scene, only: Condition | None = None) -> list[Alert]:
    """Without what this watch has told of the same thing, whatever it was called then: the rule, the fact and a claim
    are the same. `only`: the condition whose alerts are looked at so; the others know themselves by their ids."""
    items: list[Figure | Conflict] = [*scene.after[0], *scene.after[1], *scene.coming]
    behind = {item.id: set(claims_of(item)) for item in items}
    told: dict[tuple[str, str], list[Alert]] = {}
    for rule in {alert.rule for alert in found}:
        for message in outbox.of(rule, (alert.fact for alert in found if alert.rule == rule)):
            told.setdefault((rule, message.fact), []).append(alert_of(message))

    def known(alert: Alert) -> bool:
        its = behind.get(alert.about, set()) | set(alert.claims)
        return any(not its.isdisjoint(old.claims) for old in told.get((alert.rule, alert.fact), ()))

    return [alert for alert in found if (only is not None and alert.condition is not only) or not known(alert)]


def _put(
    ledger: Ledger, outbox: Outbox, found: Sequence[Alert], items: Sequence[Figure | Conflict], look: Look
) -> list[Message]:
    """Keep the alerts, each with the sentences that brought it; those that are new."""
    wanted = {claim for alert in found for claim in alert.claims[:_SENTENCES]}
    told = ledger.sentences(wanted, items)
    made = [replace(alert, evidence=tuple(_said(told, alert.claims[:_SENTENCES]))) for alert in found]
    return outbox.put([Message(0, a.id, a.rule, a.fact, look.at, body_of(a)) for a in made])


def _said(told: dict[str, Evidence], claims: Iterable[str]) -> Iterator[Said]:
    for its in (told[claim] for claim in claims if claim in told):
        document = its.document
        yield Said(
            its.sentence, its.origin.name, its.origin.graded, document.publisher, document.url, document.reported_on,
            document.id, its.claim.id,
        )  # fmt: skip
