"""The simulation: the same bits whatever the threads, percentiles by bins, and what can be forced and stopped."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from pledger.vehicle.montecarlo import simulate as simulating
from pledger.vehicle.montecarlo.fans import count, empty, merge, percentiles, ranges
from pledger.vehicle.montecarlo.kernel import SERIES
from pledger.vehicle.montecarlo.simulate import BLOCK, simulate
from pledger.vehicle.montecarlo.simulation import Simulation
from pledger.vehicle.montecarlo.tables import PlanError
from vehicle.plans import candidate, plan, point


def identical(a: Simulation, b: Simulation) -> bool:
    assert a.by_project is not None
    assert b.by_project is not None
    return (
        np.array_equal(a.answers, b.answers, equal_nan=True)
        and np.array_equal(a.by_project, b.by_project)
        and repr(a.standings) == repr(b.standings)
        and all(
            np.array_equal(x.mean, y.mean) and np.array_equal(x.percentiles, y.percentiles)
            for x, y in zip(a.fans, b.fans, strict=True)
        )
    )


def test_threads_and_pieces_change_no_bit(monkeypatch: pytest.MonkeyPatch) -> None:
    made = plan(5, quarters=80)
    one = simulate(made, 6 * BLOCK + 7, 3, threads=1, by_project=True)
    assert identical(one, simulate(made, 6 * BLOCK + 7, 3, threads=2, by_project=True))
    monkeypatch.setattr(simulating, "_LOCAL_BLOCKS", 1)
    assert identical(one, simulate(made, 6 * BLOCK + 7, 3, threads=3, by_project=True))
    assert not identical(one, simulate(made, 6 * BLOCK + 7, 4, threads=1, by_project=True))
    fewer = simulate(made, BLOCK, 3)
    assert np.array_equal(fewer.answers, one.answers[:BLOCK], equal_nan=True)


def test_forcing_an_input_leaves_the_others_and_scenarios_as_they_were() -> None:
    made = plan(5, quarters=80)
    free, held = simulate(made, 800), simulate(made, 800, overrides={"p1.cost": 8e9}, by_project=True)
    without = simulate(replace(made, candidates=(made.candidates[0], *made.candidates[2:])), 800)
    assert np.array_equal(free.answer("interpretation"), held.answer("interpretation"))
    assert np.array_equal(free.answer("funded"), held.answer("funded"))
    assert held.by_project is not None
    funded = held.by_project[:, 1, 0] == 1
    assert np.allclose((free.answer("called") - without.answer("called"))[~funded], 0.0)
    assert held.standings[1].called == pytest.approx(held.by_project[funded, 1, 1].mean(), rel=1e-5)
    assert held.standings[1].funded == funded.mean()
    one = simulate(made, 800, interpretation="1")
    assert set(one.answer("interpretation")) == {1.0}
    drew_it = free.answer("interpretation") == 1.0
    assert np.array_equal(one.answers[drew_it], free.answers[drew_it], equal_nan=True)


def test_fans_are_the_percentiles_of_the_scenarios() -> None:
    made = plan(8, quarters=100, ceiling=3e10)
    found = simulate(made, 5000, 1)
    drawn = found.answer("drawn")
    fan = found.fan("drawn")
    assert fan.mean[made.deadline] == pytest.approx(drawn.mean(), rel=1e-7)
    exact = np.percentile(drawn, [5, 25, 50, 75, 95])
    assert np.abs(fan.percentiles[:, made.deadline] - exact).max() < drawn.max() / 1000
    assert fan.percentiles[4, -1] == pytest.approx(3e10, rel=1e-7)  # the ceiling that most scenarios reach
    assert not found.fan("cash").percentiles[:, 0].any()
    assert [one.name for one in found.fans] == list(SERIES)


def test_bins_agree_with_numpy_where_the_pilot_saw_little() -> None:
    generator = np.random.default_rng(1)
    n = 20_000
    rows = np.zeros((n, 6), np.float32)
    rows[:, 0] = generator.normal(3, 1, n)
    rows[:, 1] = np.where(generator.random(n) < 0.4, 0, generator.exponential(5, n))
    rows[:, 2] = np.minimum(generator.exponential(5, n), 7.5)
    rows[:, 3] = 42.25
    rows[:, 4] = generator.standard_cauchy(n)  # most of its range is outside what the pilot saw
    within = ranges(rows[:1024])
    whole, half = empty(6), empty(6)
    count(rows[:9000], within, whole)
    count(rows[9000:], within, half)
    merge(whole, half)
    found, exact = percentiles(within, whole), np.percentile(rows, [5, 25, 50, 75, 95], axis=0)
    spread = rows[:1024].max(axis=0) - rows[:1024].min(axis=0)
    assert (np.abs(found - exact) <= 1.6 * spread / 4096 + 1e-6).all()
    assert found[1, 1] == found[0, 1] == 0.0
    assert found[4, 2] == 7.5
    assert (found[:, 3] == 42.25).all()
    assert not found[:, 5].any()


def test_without_projects_and_with_one_scenario() -> None:
    nothing = simulate(replace(plan(1), candidates=()), 3)
    assert not nothing.answer("called").any()
    assert nothing.standings == ()
    never = simulate(replace(plan(1), candidates=(candidate("x", proceeds=point(0.0)),)), 1)
    assert never.standings[0].funded == 0.0
    assert np.isnan(never.standings[0].back)
    with pytest.raises(PlanError, match="0 scenarios were asked for"):
        simulate(plan(1), 0)
    with pytest.raises(PlanError, match="0 threads were asked for"):
        simulate(plan(1), 1, threads=0)
    with pytest.raises(KeyError, match="no answer 'x'; there are interpretation"):
        nothing.answer("x")


def test_progress_is_told_and_a_stop_is_prompt() -> None:
    told: list[tuple[int, int]] = []
    simulate(plan(2, quarters=40), 10_000, progress=lambda done, of: told.append((done, of)))
    assert told[-1] == (10_000, 10_000)
    assert told == sorted(told)
    done = 0

    def stop(so_far: int, _of: int) -> None:
        nonlocal done
        done = so_far
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        simulate(plan(2, quarters=40), 10_000_000, progress=stop)
    assert done < 10_000
