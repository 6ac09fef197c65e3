"""A value as a person writes it: amounts, shares, stages, kinds, counts."""

from __future__ import annotations

import re
from collections.abc import Iterable

from pledger.data import lexicon
from pledger.model import (
    DateValue,
    Instruments,
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
from pledger.views.days import say_interval

__all__ = [
    "say",
    "say_count",
    "say_instruments",
    "say_kind",
    "say_list",
    "say_money",
    "say_share",
    "say_stage",
]

# Symbols as the financial press prints them; a currency that is not here is written as its code and a space.
_SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "KRW": "₩",
    "INR": "₹",
    "CNY": "CN¥",
    "TWD": "NT$",
    "HKD": "HK$",
    "AUD": "A$",
    "CAD": "C$",
    "NZD": "NZ$",
    "SGD": "S$",
}
_UNITS = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_DECIMALS = 4
_PLURALS = {
    "loan": "loans",
    "guarantee": "guarantees",
    "loan_guarantee": "loan guarantees",
    "grant": "grants",
    "bond": "bonds",
    "credit_line": "credit lines",
}
# What stands between a rung and the next: how an outlook is said.
_NEXT = {
    Stage.CANDIDATE: ("decision imminent", "nothing decided yet"),
    Stage.PLEDGED: ("commitment imminent", "not yet committed"),
    Stage.COMMITTED: ("start imminent", "not yet started"),
    Stage.IMPLEMENTATION: ("completion imminent", "not yet completed"),
}
_KEY = re.compile(r"[a-z0-9]{1,40}(?:_[a-z0-9]{1,40}){1,8}")


def say(value: Value) -> str:
    """The value as a person writes it; see the functions below for each kind of value."""
    match value:
        case Money():
            return say_money(value)
        case Share():
            return say_share(value)
        case StageValue():
            return say_stage(value)
        case DateValue():
            return say_interval(value.interval)
        case Party():
            return f"{value.name} ({say_kind(value.role)})" if value.role else value.name
        case Instruments():
            return say_instruments(value)
        case Ownership():
            return f"{value.owner} owns {value.owned}"
        case Text():
            return say_kind(value.text)


def say_kind(key: str) -> str:
    """A key of a lexicon as words (`smr` → `small modular reactors`); other words are left as they are."""
    known = lexicon("kinds")["kinds"].get(key)
    if known and "label" in known:
        return str(known["label"])
    return key.replace("_", " ") if _KEY.fullmatch(key) else key


def say_list(items: Iterable[str]) -> str:
    """Items joined as in a sentence: `equity, loans and guarantees`."""
    words = list(items)
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def say_count(n: int, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 origin`, `3 origins`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def say_instruments(value: Instruments) -> str:
    """Instruments as nouns: `equity, loans and guarantees`."""
    return say_list(_PLURALS.get(i, say_kind(i)) for i in value.instruments)


def say_money(value: Money) -> str:
    """An amount with its qualifier and rate: `about ¥7.18tn`, `from $350m to $100bn`, `up to $20bn a year`."""
    low, high = (None if n is None else _money(n, value.currency) for n in (value.low, value.high))
    rate = f" a {value.period}" if value.period else ""
    return _bounded(low, high, value.qualifier, "an amount not told") + rate


def say_share(value: Share) -> str:
    """A share in per cent with its whole: `about 10 % of GDP of Japan`, `at least 60 %`."""
    low, high = (None if n is None else f"{_percent(n)} %" for n in (value.low, value.high))
    whole = f" of {value.of}" if value.of else ""
    rate = f" a {value.period}" if value.period else ""
    return _bounded(low, high, value.qualifier, "a share not told") + whole + rate


def _bounded(low: str | None, high: str | None, qualifier: Qualifier, nothing: str) -> str:
    if low is None and high is None:
        return nothing
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    if low != high:
        return f"from {low} to {high}"
    return f"about {low}" if qualifier is Qualifier.ABOUT else low


def _money(amount: float, currency: str) -> str:
    sign = "−" if amount < 0 else ""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    size = abs(amount)
    for unit, name in _UNITS:
        # 999 999 950 rounds to 1,000m: the next unit up says it better.
        if round(size / unit, _DECIMALS) >= 1:
            return f"{sign}{symbol}{_number(size / unit)}{name}"
    return f"{sign}{symbol}{_number(size)}"


def _number(number: float) -> str:
    words = f"{number:,.{_DECIMALS}f}"
    return words.rstrip("0").rstrip(".")


def _percent(share: float) -> str:
    """Two decimals from one per cent on: `66.67` is said of two thirds, never `66.6667`."""
    return _number(round(share * 100, 2) if abs(share) >= 0.01 else share * 100)


def say_stage(value: StageValue | Stage) -> str:
    """A rung and what is said of the next one: `candidate, decision imminent`."""
    if isinstance(value, Stage):
        return _stage(value)
    imminent, not_yet = _NEXT.get(value.stage, (None, None))
    outlook = {Outlook.IMMINENT: imminent, Outlook.NOT_YET: not_yet}.get(value.outlook) if value.outlook else None
    return f"{_stage(value.stage)}, {outlook}" if outlook else _stage(value.stage)


def _stage(stage: Stage) -> str:
    return "under way" if stage is Stage.IMPLEMENTATION else stage.value
