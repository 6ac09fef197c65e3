"""Whatever a file of scenarios may say, a run under it comes to numbers: nobody's file crashes it."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.asking.answers import relieved
from pledger.vehicle.asking.scenarios import Scenario, Setting, applied
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.montecarlo.simulate import simulate
from vehicle.made import three
from vehicle.test_tariff import tariff

share = st.sampled_from([0.0, 1.0]) | st.floats(0, 1)
rate = st.sampled_from([-0.999, 0.0, 2.0]) | st.floats(-0.5, 0.5)
factor = st.sampled_from([0.0, 1.0, 100.0]) | st.floats(0, 3)
years = st.sampled_from([-50.0, 50.0]) | st.floats(-10, 10)
dollars = st.sampled_from([0.0, 1.0, 1e30]) | st.floats(1e6, 1e12)
day = st.dates(dt.date(1900, 1, 1), dt.date(2200, 1, 1))


def some(**fields: st.SearchStrategy[Any]) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries({}, optional=fields)


PROJECT = some(
    projects=st.sampled_from([("largest",), ("ohio",), ("ohio", "texas")]),
    cost=factor,
    overrun=factor,
    cash_yield=factor,
    later_years=years,
    longer_years=years,
    proceeds=share,
    cancelled_on=day,
)
TERMS = some(
    interpretation=st.sampled_from(["principal only", "with interest"]),
    before=share,
    after=share,
    deemed_rate=rate,
    account=st.sampled_from(["principal", "principal and interest", "principal and half the interest"]),
    pool=st.sampled_from(["project", "programme"]),
    recovered=st.sampled_from(["pledging side", "each side"]),
    ceiling=dollars,
    cap_per_year=dollars,
    premium=rate,
    bank_rate=rate,
    public_rate=rate,
    tenor_years=st.floats(0.001, 50),
)
TARIFF = st.builds(lambda on, fields: {"on": on, **fields}, day, some(without=rate, kept=rate).filter(bool))
SCENARIO = some(
    projects=st.lists(PROJECT, max_size=2).map(tuple),
    terms=TERMS,
    tariff=st.lists(TARIFF, max_size=2).map(tuple),
    relief_until=day,
    borne_by_exporters=share,
    declined=day.map(lambda on: {"on": on}),
)


@settings(max_examples=30, deadline=None)
@given(SCENARIO)
def test_every_scenario_comes_to_numbers(fields: dict[str, Any]) -> None:
    scenario = Scenario.model_validate({"name": "any", **fields})
    try:
        setting = applied(scenario, Setting(three(), tariff()))
    except AskError:
        return
    found = simulate(setting.plan, 40, seed=1)
    assert setting.tariff is not None
    relief = relieved(found, setting.tariff)
    assert np.isfinite(relief.worth.mean)
    for name in found.names:
        if name.split(".")[0] not in ("irr", "multiple", "payback", "back"):
            assert np.isfinite(found.answer(name)).all(), name
    assert found.answer("called").max() <= setting.plan.funding.ceiling * (1 + 1e-9)
    assert found.answer("peak").max() <= setting.plan.funding.cap_per_year * (1 + 1e-9)
