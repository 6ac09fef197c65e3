"""Values in the words of the ledger's explanations: short English, the same for the same value everywhere."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from pledger.ledger.kinds import label
from pledger.model import (
    DateValue,
    Instruments,
    Interval,
    Money,
    Outlook,
    Ownership,
    Party,
    Qualifier,
    Share,
    Stage,
    StageValue,
    Text,
    Value,
)

__all__ = ["count", "days", "long_day", "money", "names", "number", "share", "step", "value"]

_LONGEST = 160
"""Characters of free words that are shown."""
_SIGNS = {"USD": "$", "JPY": "¥", "EUR": "€", "GBP": "£", "KRW": "₩"}
_SCALES = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def value(v: Value) -> str:
    """Any value: '$550bn', 'about 10 % of GDP of Japan', 'candidate, next step imminent'."""
    match v:
        case Money():
            return money(v)
        case Share():
            return share(v)
        case StageValue(stage, outlook):
            beside = {Outlook.IMMINENT: ", next step imminent", Outlook.NOT_YET: ", nothing agreed yet"}
            return f"{stage}{beside[outlook] if outlook else ''}"
        case DateValue(event, interval):
            return f"{event}: {days(interval)}"
        case Party(name, role):
            return f"{name} ({role})"
        case Instruments(instruments):
            return names(instruments)
        case Ownership(owner, owned):
            return f"{owner} owns {owned}"
        case Text(text):
            return text[:_LONGEST] if " " in text else label(text[:_LONGEST])


def step(stage: Stage) -> str:
    """A stage as a sentence has it: 'a candidate', 'committed', 'under way'."""
    return {Stage.CANDIDATE: "a candidate", Stage.IMPLEMENTATION: "under way"}.get(stage, str(stage))


def money(m: Money) -> str:
    """'$550bn', 'about $16bn', 'up to $100bn', '$350m to $100bn', '$20bn a year'."""
    rate = f" a {m.period}" if m.period else ""
    if m.qualifier is Qualifier.BETWEEN and m.low is not None and m.high is not None:
        return f"{_amount(m.low, m.currency)} to {_amount(m.high, m.currency)}{rate}"
    end = m.low if m.low is not None else m.high
    return _qualified(m.qualifier, "an amount" if end is None else _amount(end, m.currency)) + rate


def share(s: Share) -> str:
    """'about 10 % of GDP of Japan'."""
    if s.qualifier is Qualifier.BETWEEN and s.low is not None and s.high is not None:
        words = f"{number(100 * s.low)} to {number(100 * s.high)} %"
    else:
        end = s.low if s.low is not None else s.high
        words = _qualified(s.qualifier, "a share" if end is None else f"{number(100 * end)} %")
    return words + (f" of {s.of}" if s.of else "") + (f" a {s.period}" if s.period else "")


def days(interval: Interval) -> str:
    """'1 July to 30 September 2026', 'by 31 May 2026', 'from 1 January 2027', '2028'."""
    start, end = interval.start, interval.end
    if start is not None and end is not None:
        if (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
            return str(start.year) if start.year == end.year else f"{start.year} to {end.year}"
        lead = long_day(start).removesuffix(f" {end.year}")
        return long_day(start) if start == end else f"{lead} to {long_day(end)}"
    return f"by {long_day(end)}" if end else f"from {long_day(start)}" if start else "at some time"


def long_day(day: dt.date) -> str:
    """'18 February 2026', whatever language the machine speaks."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


def names(items: Sequence[str]) -> str:
    """'a', 'a and b', 'a, b and c'; of more than four, how many more there are."""
    shown = list(items) if len(items) <= 4 else [*items[:3], f"{len(items) - 3} more"]
    return " and ".join(filter(None, [", ".join(shown[:-1]), *shown[-1:]]))


def number(x: float) -> str:
    """A number to four digits, without trailing noughts."""
    return f"{x:.4g}" if abs(x) < 1e4 else f"{x:,.0f}"


def count(n: int) -> str:
    """'one', 'two'... 'ten', '11'."""
    return _COUNTS[n] if n < len(_COUNTS) else str(n)


def _qualified(qualifier: Qualifier, words: str) -> str:
    lead = {Qualifier.ABOUT: "about ", Qualifier.AT_LEAST: "at least ", Qualifier.UP_TO: "up to "}
    return lead.get(qualifier, "") + words


def _amount(x: float, currency: str) -> str:
    sign = _SIGNS.get(currency) or f"{currency} "
    for scale, suffix in _SCALES:
        if abs(x) >= scale:
            return f"{sign}{number(x / scale)}{suffix}"
    return f"{sign}{number(x)}"
