"""Alerts as they are shown: on the terminal, as a line of JSON, as an entry of an Atom feed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.exposure.alerts.words import Alert
from pledger.views import atom
from pledger.views.alertwords import programme_name, said_by
from pledger.views.jsons import line, value_json
from pledger.views.plain import clean, excerpt
from pledger.views.terminal import WIDE, heading, plain, table
from pledger.views.wording import say_attribute, say_count, say_entity, say_name

__all__ = ["alert_json", "alert_line", "shown", "write_feed"]

_LONGEST = 240
"""Characters of a sentence that are shown."""
_BEGINNING = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
"""When a feed without entries was updated."""
_COLOURS = {
    "stage": "green",
    "corroborated": "green",
    "contradicted": "yellow",
    "date": "cyan",
    "range": "magenta",
    "amount": "magenta",
    "new": "cyan",
}


def shown(alerts: Sequence[Alert]) -> RenderableType:
    """Alerts in groups, one a rule, in the order of the rules."""
    groups: dict[str, list[Alert]] = {}
    for alert in alerts:
        groups.setdefault(alert.rule, []).append(alert)
    blocks: list[RenderableType] = [Text(f"{say_count(len(alerts), 'alert')}.", style="bold")]
    for rule, its in groups.items():
        rows = table("Of", ("What, and by which words", WIDE), ("Id", {"style": "dim"}))
        for alert in its:
            lines = [Text(_told(alert), style=f"bold {_COLOURS[alert.condition]}")]
            lines += [Text(f"{said_by(said)}: “{_short(said.sentence)}”", style="dim") for said in alert.evidence[:1]]
            rows.add_row(
                Text("\n").join([plain(say_name(alert.entity.name)), plain(_matter(alert), "dim")]),
                Text("\n").join(lines),
                alert.about,
            )
        blocks += [Text(""), heading(clean(rule)), rows]
    return Group(*blocks)


def alert_json(alert: Alert) -> dict[str, Any]:
    """One alert for programs; its id comes first, by which a file of lines is read back."""
    key = alert.programme
    return {
        "id": alert.id,
        "raised_at": alert.raised_at.strftime("%Y-%m-%dT%H:%M:%SZ") if alert.raised_at else None,
        "rule": alert.rule,
        "condition": alert.condition.value,
        "entity": {"id": alert.entity.id, "kind": alert.entity.kind.value, "name": alert.entity.name},
        "programme": {"key": key, "name": programme_name(key)} if key else None,
        "attribute": alert.attribute.value if alert.attribute else None,
        "qualifier": alert.qualifier,
        "before": value_json(alert.before) if alert.before is not None else None,
        "after": value_json(alert.after) if alert.after is not None else None,
        "said": alert.words,
        "about": alert.about,
        "brought_by_new_claims": alert.brought,
        "claims": list(alert.claims),
        "evidence": [
            {
                "sentence": said.sentence,
                "origin": said.origin,
                "grade": said.grade,
                "publisher": said.publisher,
                "url": said.url,
                "reported_on": said.reported_on.isoformat() if said.reported_on else None,
                "document": said.document,
                "claim": said.claim,
            }
            for said in alert.evidence
        ],
    }


def alert_line(alert: Alert) -> str:
    """The alert as one line of JSON."""
    return line(alert_json(alert))


def write_feed(path: Path, alerts: Sequence[Alert], watch: str, ledger: str) -> None:
    """Write alerts, the newest first, as an Atom feed; whoever reads it meanwhile reads the old one or the new one.

    `ledger`: what tells its feeds from those of others.
    """
    entries = [_entry(alert) for alert in alerts]
    # No feed is older than its newest entry, and none changes without one.
    updated = max((entry.updated for entry in entries), default=_BEGINNING)
    atom.write_feed(path, atom.made(f"alerts/{ledger}/{watch}", f"Pledger: alerts ({watch})", updated, entries))


def _entry(alert: Alert) -> atom.Entry:
    sentences = tuple((_short(said.sentence), said_by(said), said.url) for said in alert.evidence)
    return atom.Entry(
        id=f"alert/{alert.id}",
        title=f"{clean(alert.rule)}: {clean(say_entity(alert.entity))}, {_matter(alert)}: {_told(alert)}",
        updated=alert.raised_at.replace(tzinfo=dt.UTC) if alert.raised_at else _BEGINNING,
        words=_told(alert),
        about=alert.about,
        sentences=sentences,
        labels=(
            ("rule", alert.rule),
            ("condition", alert.condition.value),
            ("programme", programme_name(alert.programme)),
        ),
    )


def _matter(alert: Alert) -> str:
    """What of the entity it is about: `amount`, `date of start`; the entity itself."""
    if alert.attribute is None:
        return str(alert.entity.kind)
    if alert.condition == "contradicted":
        return f"{say_attribute(alert.attribute, '')} ({clean(alert.qualifier)})"
    return say_attribute(alert.attribute, clean(alert.qualifier))


def _told(alert: Alert) -> str:
    """What has happened, without what stands beside it anyway."""
    words = clean(alert.words).replace(" -> ", " → ")
    return words.removeprefix(f"new {alert.entity.kind}: ") if alert.attribute is None else words


def _short(sentence: str) -> str:
    return "".join(excerpt(sentence, 0, len(sentence), _LONGEST))
