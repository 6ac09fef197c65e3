"""Alerts as they are kept: one line of JSON, and back. What was told stays as it was told."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from pledger.exposure.alerts.words import Alert, Condition, Said
from pledger.ledger import Message
from pledger.ledger.serial import value_of, value_row
from pledger.model import Attribute, Entity, EntityKind, Value

__all__ = ["alert_of", "body_of"]

_COLUMNS = (
    "low", "high", "unit", "qualifier", "period", "share_of", "converts_start", "converts_end", "stage", "outlook",
    "event", "date_start", "date_end", "party_name", "party_role", "party_aliases", "instruments", "owner", "owned",
    "value_text",
)  # fmt: skip


def body_of(alert: Alert) -> str:
    """The alert as one line, without its id, rule, fact and time, which are kept beside it."""
    its = {
        "condition": alert.condition.value,
        "entity": asdict(alert.entity),
        "programme": alert.programme,
        "attribute": alert.attribute,
        "qualifier": alert.qualifier,
        "before": _row(alert.before),
        "after": _row(alert.after),
        "words": alert.words,
        "about": alert.about,
        "claims": alert.claims,
        "brought": alert.brought,
        "evidence": [asdict(said) for said in alert.evidence],
    }
    return json.dumps(its, ensure_ascii=False, default=_day)


def alert_of(message: Message) -> Alert:
    """The inverse of `body_of`."""
    its = json.loads(message.body)
    who = its["entity"]
    identified = tuple((k, v) for k, v in who["attributes"])
    return Alert(
        id=message.id,
        rule=message.rule,
        condition=Condition(its["condition"]),
        entity=Entity(who["id"], EntityKind(who["kind"]), who["name"], tuple(who["aliases"]), identified),
        programme=its["programme"],
        attribute=Attribute(its["attribute"]) if its["attribute"] else None,
        qualifier=its["qualifier"],
        before=_value(its["before"]),
        after=_value(its["after"]),
        words=its["words"],
        about=its["about"],
        fact=message.fact,
        claims=tuple(its["claims"]),
        brought=its["brought"],
        evidence=tuple(_said(said) for said in its["evidence"]),
        raised_at=message.raised_at,
    )


def _row(value: Value | None) -> dict[str, Any] | None:
    return None if value is None else {k: v for k, v in value_row(value).items() if v is not None}


def _value(row: Mapping[str, Any] | None) -> Value | None:
    return None if row is None else value_of({**dict.fromkeys(_COLUMNS), **row})


def _said(its: Mapping[str, Any]) -> Said:
    day = its["reported_on"]
    return Said(**{**its, "reported_on": dt.date.fromisoformat(day) if day else None})


def _day(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(f"no part of an alert: {value!r}")
