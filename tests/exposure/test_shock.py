"""A halt of exports: months by hand, and the laws that hold for whatever is drawn."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.exposure.supply.fan import answer, fans, month_of, table
from pledger.exposure.supply.shock import UNIT, Facts, Flow, Halt, run

BEGINS = dt.date(2027, 1, 1)


def certain(halt: Halt, **own: object) -> Facts:
    """One scenario: 40 % made at home, of the imports three quarters from CN, no stock, nobody helps."""
    given_: dict[str, object] = {
        "sources": ("CN", "KR"),
        "shares": [[0.75, 0.25]],
        "home": [0.4],
        "exports": [0.0],
        "kept": [0.0],
        "stock": [0.0],
        "rise": [0.0],
        "rise_months": [1.0],
        "saving": [0.0],
        "saving_months": [1.0],
        "restock_months": [1.0],
        "plant": [[0.0] * halt.horizon],
        "plant_before": [0.0],
    } | own
    sources = given_.pop("sources")
    return Facts(sources=sources, **{k: np.array(v, dtype=float) for k, v in given_.items()})  # type: ignore[arg-type]


def parts(months: list[float]) -> list[int]:
    return [round(m * UNIT) for m in months]


def test_a_halt_without_stocks_or_help_is_short_of_what_the_supplier_delivered() -> None:
    halt = Halt("CN", 2, BEGINS, after=1)
    flow = run(halt, certain(halt))
    assert flow.shortage[0].tolist() == parts([0.45, 0.45, 0])
    assert flow.imports[0].tolist() == [parts([0, 0.15]), parts([0, 0.15]), parts([0.45, 0.15])]
    assert flow.met[0].tolist() == parts([0.55, 0.55, 1])


def test_halving_stops_half() -> None:
    halt = Halt("CN", 1, BEGINS, cut=0.5, after=0)
    assert run(halt, certain(halt)).shortage[0].tolist() == parts([0.225])


def test_stocks_are_drawn_first_and_filled_up_afterwards_from_what_suppliers_can_deliver_more() -> None:
    halt = Halt("CN", 2, BEGINS, after=4)
    flow = run(halt, certain(halt, stock=[0.6], restock_months=[3.0], rise=[0.2]))
    # The first month: 0.45 missing, of which home makes 0.08 more and KR 0.03; the stock gives 0.34, then 0.26.
    assert flow.stock[0].tolist() == parts([0.26, 0.0, 0.2, 0.4, 0.6, 0.6])
    assert flow.shortage[0].tolist() == parts([0, 0.08, 0, 0, 0, 0])
    assert flow.home[0, :2].tolist() == parts([0.48, 0.48])
    assert flow.imports[0, 0].tolist() == parts([0, 0.18])


def test_use_that_can_be_cut_comes_before_stocks_and_grows_by_month() -> None:
    halt = Halt("CN", 2, BEGINS, after=0)
    flow = run(halt, certain(halt, saving=[0.2], saving_months=[2.0], stock=[0.3]))
    assert flow.saved[0].tolist() == parts([0.1, 0.2])
    assert flow.demand[0].tolist() == parts([0.9, 0.8])
    assert flow.stock[0].tolist() == parts([0, 0])
    assert flow.shortage[0].tolist() == parts([0.05, 0.25])


def test_a_plant_that_ran_before_has_displaced_imports_and_its_surplus_goes_abroad() -> None:
    halt = Halt("CN", 2, BEGINS, after=0)
    flow = run(halt, certain(halt, plant=[[1.0, 1.0]], plant_before=[1.0]))
    assert flow.imports.sum() == 0
    assert flow.shortage.sum() == 0
    assert flow.exported[0].tolist() == parts([0.4, 0.4])


def test_a_plant_that_opens_during_the_halt_fills_what_is_missing() -> None:
    halt = Halt("CN", 3, BEGINS, after=0)
    flow = run(halt, certain(halt, plant=[[0.0, 0.2, 0.6]]))
    assert flow.shortage[0].tolist() == parts([0.45, 0.25, 0])
    assert flow.imports[0, 2].tolist() == parts([0, 0])


def test_what_is_exported_goes_on_but_for_what_is_kept() -> None:
    halt = Halt("CN", 1, BEGINS, after=1)
    # 1.2 is needed, 0.8 of it imported: 0.6 from CN. Of 0.2 exported a quarter is kept.
    flow = run(halt, certain(halt, exports=[0.2], kept=[0.25]))
    assert flow.imports[0, 1].tolist() == parts([0.6, 0.2])
    assert flow.exported[0].tolist() == parts([0.15, 0.2])
    assert flow.shortage[0].tolist() == parts([0.55, 0])


def test_a_supplier_that_delivers_nothing_here_is_an_error() -> None:
    halt = Halt("JP", 1, BEGINS)
    with pytest.raises(ValueError, match="JP supplies nothing here; there are CN, KR"):
        run(halt, certain(halt))


def test_months_are_counted_over_years() -> None:
    assert [month_of(dt.date(2026, 11, 20), n) for n in (-1, 0, 2, 14)] == [
        dt.date(2026, 10, 1), dt.date(2026, 11, 1), dt.date(2027, 1, 1), dt.date(2028, 1, 1)
    ]  # fmt: skip


def test_the_answer_and_the_fan_of_one_certain_case() -> None:
    halt = Halt("CN", 2, BEGINS, after=1)
    flow = run(halt, certain(halt, stock=[0.45]))
    told = answer(flow)
    assert told.any_shortage == 1
    assert told.missing.middle == pytest.approx(0.45)
    assert told.missing_share.middle == pytest.approx(0.225)
    assert told.worst.high == pytest.approx(0.45)
    assert told.lasts.middle == 1
    by_name = {fan.name: fan for fan in fans(flow)}
    assert by_name["shortage"].quantiles[2].tolist() == pytest.approx([0, 0.45, 0])
    assert by_name["stock_draw"].mean.tolist() == pytest.approx([0.45, 0, 0])
    assert len(table(BEGINS, fans(flow))) == halt.horizon * len(by_name)


SHARE = st.floats(0, 1)
LARGE = st.floats(0, 1e6, allow_nan=False)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Halt, Facts]:
    """Any halt under any facts, in a handful of scenarios."""
    count, width = draw(st.integers(1, 3)), draw(st.integers(1, 4))
    halt = Halt("S0", draw(st.integers(1, 5)), BEGINS, draw(SHARE), draw(st.integers(0, 4)))

    def column(values: st.SearchStrategy[float]) -> list[float]:
        return draw(st.lists(values, min_size=count, max_size=count))

    weights = np.array([draw(st.lists(SHARE, min_size=width, max_size=width)) for _ in range(count)])
    total = weights.sum(axis=1, keepdims=True)
    shares = np.where(total > 1e-9, weights / np.where(total > 1e-9, total, 1), 1 / width)
    return halt, Facts(
        tuple(f"S{n}" for n in range(width)),
        shares,
        np.array(column(LARGE)),
        np.array(column(LARGE)),
        np.array(column(SHARE)),
        np.array(column(LARGE)),
        np.array(column(LARGE)),
        np.array(column(LARGE)),
        np.array(column(SHARE)),
        np.array(column(LARGE)),
        np.array(column(LARGE)),
        np.array([column(LARGE) for _ in range(halt.horizon)]).T,
        np.array(column(LARGE)),
    )


def conserved(flow: Flow) -> None:
    """Nothing comes from nowhere and nothing is lost, in whole parts."""
    opening = np.hstack([flow.opening[:, None], flow.stock[:, :-1]])
    came = flow.home + flow.plant + flow.imports.sum(axis=2)
    assert (opening + came == flow.met + flow.exported + flow.stock).all()
    assert (flow.met + flow.shortage == flow.demand).all()
    assert (flow.demand + flow.saved == UNIT).all()
    for amount in (flow.home, flow.plant, flow.imports, flow.saved, flow.met, flow.shortage, flow.exported, flow.stock):
        assert (amount >= 0).all()


@settings(deadline=None, max_examples=150)
@given(cases())
def test_material_is_conserved_every_month_in_every_scenario(case: tuple[Halt, Facts]) -> None:
    halt, facts = case
    flow = run(halt, facts)
    conserved(flow)
    assert (flow.stock <= flow.opening[:, None]).all()
    short = flow.shortage > 0
    assert not (short & (flow.stock > 0)).any(), "nothing is missing while something is in stock"
    before = np.rint(np.clip(facts.exports, 0, 1000) * UNIT)
    assert not (short & (flow.exported > before[:, None])).any(), "no surplus goes abroad while something is missing"


@settings(deadline=None, max_examples=60)
@given(cases())
def test_a_supplier_that_stops_nothing_leaves_nothing_missing(case: tuple[Halt, Facts]) -> None:
    halt, facts = case
    steady = np.repeat(facts.plant_before[:, None], halt.horizon, axis=1)
    same = Facts(**{name: getattr(facts, name) for name in Facts.__slots__} | {"plant": steady})
    flow = run(Halt(halt.supplier, halt.months, halt.begins, 0.0, halt.after), same)
    assert flow.shortage.sum() == 0
    assert flow.saved.sum() == 0
    assert (flow.stock == flow.opening[:, None]).all()
