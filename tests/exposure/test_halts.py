"""A country's supply put together: what a plant changes, weighed with its chance, and a halt with and without it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from exposure.supplies import commodity, plant
from pledger.exposure.supply.assumptions import AssumptionsError, assumptions
from pledger.exposure.supply.case import CaseError, case, halted, inputs, supplies
from pledger.exposure.supply.change import Added, Displaced
from pledger.exposure.supply.effect import Table, changes
from pledger.exposure.supply.halts import compared
from pledger.exposure.supply.plants import chance, months, opened, output
from pledger.exposure.supply.shock import UNIT, Halt
from pledger.exposure.supply.words import Step
from pledger.ledger.distributions import Belief
from pledger.vehicle.montecarlo.columns import draw
from pledger.vehicle.words import Basis
from vehicle.plans import known, point

LATER = Halt("CN", 12, dt.date(2030, 1, 1))
MANY = 2000


def middle(given: object) -> float:
    assert isinstance(given, Belief)
    return given.quantile(0.5)


def test_the_tables_of_the_last_step_and_of_one_grade_are_put_together() -> None:
    its = case(commodity(), "US")
    assert (its.imports.grade, its.imports.step) == ("powder", Step.MANUFACTURED)
    assert middle(its.reliance.belief) == 0.6
    assert its.notes == ()
    assert supplies(its, 3, 0).values[0] == pytest.approx([0.4, 0.45, 0.09, 0.06])
    mined = case(commodity(), "US", step=Step.MINED)
    assert (mined.imports.grade, middle(mined.reliance.belief), mined.production) == ("stones", 0.8, None)


def test_what_stands_in_for_what_is_not_known_is_said() -> None:
    its = case(commodity(reliance=None, use=None), "US")
    assert middle(its.reliance.belief) == 1.0
    assert its.reliance.basis is Basis.ASSUMPTION
    assert [note.partition(":")[0] for note in its.notes] == [
        "No import reliance of the United States is known",
        "Nothing says how much of the world's grit the United States uses",
    ]
    german = case(commodity(), "DE")
    assert {s.country for s in german.imports.shares} == {"CN", "US"}
    assert "Germany imports from" in german.notes[0]


def test_nobody_who_supplies_is_an_error() -> None:
    empty = replace(commodity(), markets=())
    with pytest.raises(CaseError, match="nothing says who supplies grit to the United States"):
        case(empty, "US")


def test_a_plant_opens_when_a_run_of_its_programme_would_have_it() -> None:
    its = plant(chance=0.3, opens=8, ramp=4)
    when = opened(its, dt.date(2026, 1, 1), MANY, 5)
    assert set(when.month) == {24}
    assert set(when.full) == {33}
    assert (when.proceeds == (draw(its.plan, "works.proceeds", 5, MANY) > 0)).all()
    assert chance(its) == 0.3
    built = int(when.proceeds.argmax())
    made = output(its, when, 23, 14)[built]
    assert made.tolist() == [0, *[0.25] * 3, *[0.5] * 3, *[0.75] * 3, *[1.0] * 4]
    assert output(its, when, 23, 14)[int((~when.proceeds).argmax())].sum() == 0
    assert months(dt.date(2026, 11, 30), dt.date(2027, 2, 1)) == 3


def test_a_late_plant_opens_later() -> None:
    its = plant(opens=8)
    late = replace(its.candidate, delay=known("works.delay", point(2.4)))
    its = replace(its, plan=replace(its.plan, candidates=(late, *its.plan.candidates[1:])))
    assert set(opened(its, dt.date(2026, 1, 1), 10, 0).month) == {30}


def test_what_a_plant_changes_is_weighed_with_its_chance() -> None:
    supply, world = changes(case(commodity(), "US", [plant(chance=0.25, covers=0.3)]), 500, 0)
    assert (supply.table, world.table) == (Table.SUPPLY, Table.WORLD)
    assert supply.chance == 0.25
    before, after, expected = (side.reliance for side in (supply.before, supply.after, supply.expected))
    assert before is not None
    assert after is not None
    assert expected is not None
    assert [before.middle, after.middle] == pytest.approx([0.6, 0.3])
    assert expected.mean == pytest.approx(0.75 * 0.6 + 0.25 * 0.3)
    assert [expected.low, expected.high] == pytest.approx([0.3, 0.6]), "both may come true"
    assert dict(supply.after.shares)["CN"].middle == pytest.approx(0.225)
    assert supply.expected.hhi.mean == pytest.approx(0.75 * supply.before.hhi.mean + 0.25 * supply.after.hhi.mean)
    for state in (supply.before, supply.after, supply.expected, world.before, world.after, world.expected):
        assert sum(share.mean for _, share in state.shares) == pytest.approx(1)
    # 30 % of a use that is a tenth of the world's: 3 % of its production on top.
    assert dict(world.after.shares)["CN"].middle == pytest.approx(0.9 / 1.03)
    assert world.after.reliance is None
    assert supply.full[1] == dt.date(2028, 1, 1)


def test_other_assumptions_on_who_gives_way() -> None:
    its = case(commodity(), "US", [plant(covers=0.5)])
    first, world = changes(its, 50, 0, Displaced.LARGEST, Added.IN_PLACE)
    assert dict(first.after.shares)["CN"].middle == pytest.approx(0)
    assert dict(first.after.shares)["KR"].middle == pytest.approx(0.04)
    assert dict(world.after.shares)["CN"].middle == pytest.approx(0.9 * (1 - 0.05 / 0.95))


def test_a_halt_with_and_without_a_plant_differs_only_by_the_plant() -> None:
    its = case(commodity(), "US", [plant(chance=0.5, covers=1.0, opens=4)])
    found = compared(its, LATER, MANY, 3)
    assert [run.label for run in found.runs] == ["as reported", "without Grit works"]
    with_it, without = (run.flow for run in found.runs)
    built = draw(its.plants[0].plan, "works.proceeds", 3, MANY) > 0
    assert with_it.shortage[built].sum() == 0
    assert (with_it.shortage[~built] == without.shortage[~built]).all()
    assert found.saved is not None
    assert found.saved.mean == pytest.approx(float(without.shortage[built].sum()) / UNIT / MANY)
    assert (found.openings[0].before, found.openings[0].within) == (built.mean(), built.mean())


def test_a_plant_that_comes_too_late_changes_nothing() -> None:
    its = case(commodity(), "US", [plant(chance=1.0, opens=60)])
    found = compared(its, LATER, 200)
    assert found.saved is not None
    assert found.saved.high == 0


def test_one_of_two_plants_can_be_left_out() -> None:
    its = case(commodity(), "US", [plant(1.0, 0.1, 4), plant(1.0, 0.2, 4, name="forge")])
    found = compared(its, LATER, 100, without=["forge"])
    assert found.runs[1].label == "without Grit forge"
    assert found.runs[1].plants == ("works",)
    assert compared(its, LATER, 100).runs[1].label == "without any new plant"


def test_equal_seeds_give_equal_months_and_more_scenarios_begin_with_the_same() -> None:
    its = case(commodity(), "US", [plant()])
    one, two, other = (halted(its, LATER, 100, seed) for seed in (1, 1, 2))
    assert (one.shortage == two.shortage).all()
    assert (one.shortage != other.shortage).any()
    assert one.opening.shape == (100,)


def test_a_supplier_that_is_not_named() -> None:
    with pytest.raises(CaseError, match="JP is no named supplier of US; there are CN, KR"):
        halted(case(commodity(), "US"), replace(LATER, supplier="JP"), 10, 0)


def test_assumptions_have_basis_and_sources_and_a_level_goes_before_them() -> None:
    ours = assumptions(commodity(), "US")
    assert ours.stocks.basis is Basis.ASSUMPTION
    assert ours.stocks.sources
    assert middle(ours.exports.belief) == 0
    held = assumptions(commodity(stocks=4.0), "US")
    assert (held.stocks.basis, middle(held.stocks.belief)) == (Basis.REFERENCE, 4.0)
    assert {i.name for i in inputs(case(commodity(), "US"))} >= {"supply.grit.rise", "supply.grit.reliance"}
    for given in ours.inputs():
        assert given.sources or given.basis is Basis.ASSUMPTION, given.name


def test_assumptions_of_one_s_own_go_before_all(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "assumptions: {stocks: 9}\ncommodities: {grit@US: {rise: {low: 0, central: 50 %, high: 1}}}\n", "utf-8"
    )
    own = assumptions(commodity(stocks=4.0), "US", path)
    assert middle(own.stocks.belief) == 9
    assert isinstance(own.rise.belief, Belief)
    assert own.rise.belief.mean() == pytest.approx(0.5)
    assert middle(assumptions(commodity(), "DE", path).rise.belief) < 0.2


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("assumptions: {stock: 1}", "wrong.yaml:1: assumptions.stock: is no field"),
        ("assumptions:\n  rise: {low: 1, central: 0.5, high: 2}", "not in order"),
        ("assumptions: {saving: 5}", "5 to 5 is not within 0 to 1; write shares as 0.1 or 10 %"),
        ("assumptions: {stocks: {central: 1, basis: reported, sources: [X]}}", "'X' is no key of sources"),
        ("- 1", "this is no mapping"),
    ],
)
def test_a_file_of_assumptions_that_is_wrong(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "wrong.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(AssumptionsError) as found:
        assumptions(commodity(), "US", path)
    assert says in str(found.value)


def test_shortage_is_the_same_by_hand() -> None:
    """60 % imported, three quarters of it from CN; nothing stored, nobody helps: 45 % of use is missing each month."""
    its = case(commodity(), "US")
    none = {name: known(f"supply.grit.{name}", point(0.0)) for name in ("stocks", "rise", "saving")}
    bare = replace(its, assumed=replace(its.assumed, **none))
    flow = halted(bare, LATER, 20, 0)
    assert np.allclose(flow.shortage[:, :12] / UNIT, 0.45)
