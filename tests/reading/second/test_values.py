"""Which values of a model are the ones that we read."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pledger.model import (
    DateValue,
    Instruments,
    Interval,
    Money,
    Ownership,
    Party,
    Qualifier,
    Share,
    Stage,
    StageValue,
    Text,
    Value,
)
from pledger.reading.second.answer import Said
from pledger.reading.second.values import agrees

_RANGE = Money(2e9, 3e9, "USD", Qualifier.BETWEEN)
_UP_TO = Money(None, 5e9, "USD", Qualifier.UP_TO)
_SHARE = Share(0.1, 0.1, Qualifier.EXACT, None)
_MARCH = DateValue("start", Interval(dt.date(2027, 3, 1), dt.date(2027, 3, 31)))
_UNTIL = DateValue("deadline", Interval(None, dt.date(2029, 1, 19)))
_LENDER = Party("Norbank", "lender", ("NB",))


@pytest.mark.parametrize(
    ("value", "said", "same"),
    [
        (_RANGE, {"low": 2e9, "high": 3e9, "currency": "USD"}, True),
        (_RANGE, {"low": 3e9, "high": 2e9, "currency": "USD"}, False),
        (_RANGE, {"low": 2e9, "currency": "USD"}, False),
        (_RANGE, {"low": 2e9, "high": 2e9, "currency": "USD"}, False),
        (_UP_TO, {"high": 5e9, "currency": "USD"}, True),
        (_UP_TO, {"low": 0, "high": 5e9, "currency": "USD"}, False),
        (_UP_TO, {"high": 5e9, "currency": "usd"}, False),
        (_SHARE, {"low": 0.1, "high": 0.1}, True),
        (_SHARE, {"low": 10, "high": 10}, False),
        (_SHARE, {}, False),
        (_MARCH, {"start": "2027-03-01", "end": "2027-03-31", "event": "start"}, True),
        (_MARCH, {"start": "2027-03-01", "end": "2027-03-31"}, True),
        (_MARCH, {"start": "2027-03-01", "end": "2027-03-31", "event": "complete"}, False),
        (_MARCH, {"start": "2027-03-01", "end": "2027-03-30"}, False),
        (_MARCH, {"start": "March 2027", "end": "March 2027"}, False),
        (_MARCH, {}, False),
        (_UNTIL, {"end": "2029-01-19"}, True),
        (_UNTIL, {"start": "2026-01-01", "end": "2029-01-19"}, False),
        (StageValue(Stage.COMMITTED), {"stage": "committed"}, True),
        (StageValue(Stage.COMMITTED), {"stage": "completed"}, False),
        (StageValue(Stage.COMMITTED), {}, False),
        (_LENDER, {"name": "the Norbank", "role": "lender"}, True),
        (_LENDER, {"name": "NB", "role": "lender"}, True),
        (_LENDER, {"name": "Norbank", "role": "guarantor"}, False),
        (_LENDER, {"name": "Nordbank", "role": "lender"}, False),
        (Ownership("Fjord", "Norbank"), {"owner": "Fjord", "owned": "Norbank"}, True),
        (Ownership("Fjord", "Norbank"), {"owner": "Norbank", "owned": "Fjord"}, False),
        (Instruments(("loan", "equity")), {"instruments": ["equity", "loan"]}, True),
        (Instruments(("loan", "equity")), {"instruments": ["loan"]}, False),
        (Instruments(()), {"instruments": []}, False),
        (Text("notice period: 45 days"), {"text": "notice period"}, True),
        (Text("notice period: 45 days"), {"text": "approval"}, False),
        (Text("gas_power"), {"text": "Gas plant"}, True),
        (Text("gas_power"), {"text": ""}, False),
        (Text("gas_power"), {}, False),
    ],
)
def test_a_value_agrees_with_ours_or_not(value: Value, said: dict[str, Any], same: bool) -> None:
    assert agrees(Said(**said), value, "gas plant") is same
