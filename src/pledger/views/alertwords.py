"""What alerts and days to come say of their sources and programmes, on the terminal, in feeds and in calendars."""

from __future__ import annotations

from pledger import data
from pledger.exposure.alerts.words import Said
from pledger.views.plain import clean
from pledger.views.wording import say_date, say_origin

__all__ = ["programme_name", "said_by"]


def said_by(said: Said) -> str:
    """Who says a sentence, how he is graded, and when: `Reuters [B2], 18 February 2026`."""
    day = say_date(said.reported_on) if said.reported_on else "undated"
    return f"{clean(say_origin(said.origin))} [{said.grade}], {day}"


def programme_name(key: str | None) -> str | None:
    """The name of the programme with this key; the key where it is none of ours."""
    known = data.programmes().get(key or "")
    return str(known["name"]) if known else key
