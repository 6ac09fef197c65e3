"""The first-order index: against closed forms, against SALib's Sobol analysis, and the ranking of facts."""

from __future__ import annotations

import math
import warnings
from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.vehicle.asking.attention import first_order, rank, ranking, uncertain
from pledger.vehicle.asking.indices import cells
from pledger.vehicle.asking.quantities import quantity
from pledger.vehicle.finance.cash import run
from pledger.vehicle.montecarlo.simulate import simulate
from pledger.vehicle.words import Basis, Case, Floats, Input, Plan, Project
from vehicle.made import candidate, made, plan, point, three, uniform

N = 20_000


def near(found: float, error: float, true: float, of_truth: float = 0.0) -> None:
    assert abs(found - true) <= 4 * math.hypot(error, of_truth) + 1e-3, (found, error, true)


def ishigami(x: Floats) -> Floats:
    found: Floats = np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])
    return found


def sobol_g(x: Floats) -> Floats:
    a = np.array([0.0, 1.0, 4.5, 9.0])
    found: Floats = np.prod((np.abs(4 * x - 2) + a) / (1 + a), axis=1)
    return found


def by_sides(x: Floats) -> Floats:
    """Two words, a whole number and a part that matters only under the first word."""
    word, whole = x[:, 0] < 0.3, np.floor(4 * x[:, 1])
    found: Floats = np.where(word, 5.0, 1.0) + whole**2 / 4 + np.where(word, 2 * x[:, 2], 0.0)
    return found


def sobol_of_salib(
    function: Callable[[Floats], Floats], bounds: tuple[float, float], inputs: int, n: int = 4096
) -> tuple[Floats, Floats]:
    from SALib.analyze import sobol as analyze
    from SALib.sample import sobol as sample

    problem = {"num_vars": inputs, "names": [f"x{n}" for n in range(inputs)], "bounds": [list(bounds)] * inputs}
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        x = sample.sample(problem, n, calc_second_order=False, seed=1)
        found = analyze.analyze(problem, function(x), calc_second_order=False, seed=1)
    return np.asarray(found["S1"]), np.asarray(found["S1_conf"]) / 1.96


@pytest.mark.parametrize(
    ("function", "bounds", "inputs"),
    [(ishigami, (-math.pi, math.pi), 3), (sobol_g, (0.0, 1.0), 4), (by_sides, (0.0, 1.0), 3)],
)
def test_agrees_with_salib(function: Callable[[Floats], Floats], bounds: tuple[float, float], inputs: int) -> None:
    theirs, errors = sobol_of_salib(function, bounds, inputs)
    x = np.random.default_rng(7).uniform(*bounds, (N, inputs))
    y = function(x)
    for n in range(inputs):
        ours = first_order(x[:, n], y)
        near(ours.value, ours.error, float(theirs[n]), float(errors[n]))


def test_ishigami_by_its_closed_form() -> None:
    x = np.random.default_rng(3).uniform(-math.pi, math.pi, (N, 3))
    y = ishigami(x)
    a, b = 7.0, 0.1
    variance = a**2 / 8 + b * math.pi**4 / 5 + b**2 * math.pi**8 / 18 + 0.5
    first = 0.5 * (1 + b * math.pi**4 / 5) ** 2
    for n, true in enumerate((first / variance, a**2 / 8 / variance, 0.0)):
        index = first_order(x[:, n], y)
        near(index.value, index.error, true)
        assert index.error < 0.02
        assert index.scenarios == N


def test_the_error_is_what_estimates_spread_by() -> None:
    generator = np.random.default_rng(11)
    values, errors = [], []
    for _ in range(60):
        x = generator.uniform(-math.pi, math.pi, (1000, 3))
        index = first_order(x[:, 0], ishigami(x))
        values.append(index.value)
        errors.append(index.error)
    assert 0.6 < np.std(values) / np.mean(errors) < 1.4


def test_many_bins_find_nothing_in_noise() -> None:
    """Uncorrected, 200 bins of 10 draws each would claim a tenth of the variance."""
    generator = np.random.default_rng(6)
    found = [first_order(generator.normal(size=2000), generator.normal(size=2000), bins=200) for _ in range(20)]
    assert abs(np.mean([f.value for f in found])) < 0.01
    assert np.mean([f.error for f in found]) < 0.03


def test_words_are_taken_by_side() -> None:
    generator = np.random.default_rng(5)
    word = generator.choice(["half", "all", "none"], size=N, p=[0.2, 0.5, 0.3])
    noise = generator.normal(size=N)
    y = np.select([word == "half", word == "all"], [1.0, 3.0], 0.0) + noise
    true = (0.2 * 1 + 0.5 * 9 - 1.7**2) / (0.2 * 1 + 0.5 * 9 - 1.7**2 + 1)
    index = first_order(word, y)
    assert index.cells == 3
    near(index.value, index.error, true)


def test_a_mixed_input_has_its_points_apart() -> None:
    generator = np.random.default_rng(9)
    x = np.where(generator.random(N) < 0.5, 33.0, generator.uniform(30, 36, N))
    into = cells(x, 20)
    at_the_point = np.unique(into[x == 33.0])
    assert len(at_the_point) == 1
    assert not np.any(into[x != 33.0] == at_the_point[0])
    y = (x == 33.0).astype(float)  # only the point matters: bins alone would blur it
    assert first_order(x, y).value == pytest.approx(1.0, abs=1e-9)


def test_what_is_settled_together_is_counted_together() -> None:
    x = np.random.default_rng(2).uniform(-1, 1, (N, 2))
    y = x[:, 0] * x[:, 1]
    alone = first_order(x[:, 0], y)
    near(alone.value, alone.error, 0.0)
    both = first_order([x[:, 0], x[:, 1]], y)
    assert both.value > 0.95
    same = first_order([x[:, 0], x[:, 0]], y + x[:, 0])
    near(same.value, same.error, (1 / 3) / (1 / 3 + 1 / 9))


def test_scenarios_without_an_answer_are_left_out() -> None:
    x = np.random.default_rng(4).uniform(0, 1, N)
    y = np.where(x < 0.25, np.nan, x)
    index = first_order(x, y)
    assert index.scenarios == int((x >= 0.25).sum())
    assert index.value > 0.99


def test_an_answer_that_does_not_vary_has_nothing_to_narrow() -> None:
    x = np.random.default_rng(4).uniform(0, 1, 1000)
    assert first_order(x, np.full(1000, 3e11)).value == 0.0
    assert first_order(x, np.full(1000, 0.1) * 3).error == 0.0


def test_too_little_is_said_to_be_too_little() -> None:
    with pytest.raises(ValueError, match="too few"):
        first_order(np.zeros(5), np.arange(5.0))
    with pytest.raises(ValueError, match="run 400 or more"):
        first_order(np.arange(50.0), np.arange(50.0), bins=100)
    with pytest.raises(ValueError, match="same length"):
        first_order(np.arange(50.0), np.arange(40.0))


@settings(max_examples=25, deadline=None)
@given(
    st.integers(0, 2**32 - 1),
    st.floats(1e-6, 1e12),
    st.floats(-1e9, 1e9),
    st.integers(200, 2000),
)
def test_an_index_knows_neither_units_nor_order(seed: int, scale: float, shift: float, n: int) -> None:
    generator = np.random.default_rng(seed)
    x, noise = generator.normal(size=(2, n))
    y = x + noise
    index = first_order(x, y)
    # A shift far beyond the spread costs digits of y itself.
    again = first_order(np.exp(x), scale * y + shift * scale)
    assert again.value == pytest.approx(index.value, abs=1e-5)
    assert -0.2 < index.value <= 1


def columns() -> dict[str, Floats]:
    generator = np.random.default_rng(8)
    drawn: dict[str, Floats] = {}
    for one in uncertain(three()):
        if one.name.endswith(".proceeds"):
            drawn[one.name] = (generator.random(N) < one.belief.mean()).astype(float)  # type: ignore[union-attr]
        else:
            drawn[one.name] = one.belief.sample(generator, N)  # type: ignore[assignment]
    return drawn


def test_facts_are_ranked_and_name_what_is_behind_them() -> None:
    drawn = columns()

    def draw(one: Input) -> Floats:
        return drawn[one.name]

    y = drawn["ohio.proceeds"] * drawn["ohio.cost"] + drawn["reactors.proceeds"] * drawn["reactors.cost"]
    found = ranking(three(), "drawn", y, draw)
    assert [a.inputs[0] for a in found[:2]] == ["reactors.proceeds", "reactors.cost"]
    assert found[1].figure == "amount-reactors"
    assert found[1].claims == ("reactors-1", "reactors-2")
    assert all(a.basis is Basis.REPORTED for a in found)
    assert [a.index.value for a in found] == sorted((a.index.value for a in found), reverse=True)
    names = {name for a in found for name in a.inputs}
    assert "texas.proceeds" not in names, "a certainty is nothing to check"
    assert "terms.interpretation" in names
    shown = {n for a in ranking(three(), "drawn", y, draw, everything=True) for n in a.inputs}
    assert {"ohio.overrun", "ohio.cash_yield"} <= shown


def small() -> Plan:
    """One project whose cost, overrun and yield are open, under two readings of the terms."""
    one = candidate("plant", uniform(20e9, 50e9, "USD"), 1.0, start=point(0.0, "quarters"))
    return plan(replace(one, delay=made("plant.delay", point(0.0, "quarters"))))


def worth(x: Floats) -> Floats:
    """The pledging side's present value by `cash.run`, for rows of four uniform numbers: an engine of its own."""
    base = small()
    [one] = base.candidates
    numbers = [(20e9, 50e9), (0.9, 1.8), (0.05, 0.2)]
    cost, overrun, cash_yield = (low + x[:, n] * (high - low) for n, (low, high) in enumerate(numbers))
    projects = tuple(
        Project(f"{n}", *values, build=one.build, life=one.life, growth=one.growth, ramp_quarters=one.ramp_quarters)
        for n, values in enumerate(zip(cost, overrun, strict=True))
    )
    projects = tuple(replace(p, cash_yield=float(y)) for p, y in zip(projects, cash_yield, strict=True))
    discount = (1 + 0.03) ** (-np.arange(base.quarters) / 4)
    by_reading = []
    for reading in base.interpretations:
        flows = run(Case(projects, reading.rules, replace(base.funding, ceiling=math.inf), base.quarters, 3))
        by_reading.append((flows.receipts - flows.draws) @ discount)
    return np.where(x[:, 3] < 0.4, *by_reading)


def test_agrees_with_salib_on_a_small_vehicle() -> None:
    theirs, errors = sobol_of_salib(worth, (0.0, 1.0), 4, 512)
    simulation = simulate(small(), N, seed=5)
    facts = rank(small(), simulation, quantity("npv"), everything=True)
    ours = {a.inputs[0]: a.index for a in facts}
    assert len(ours) == 4
    names = ("plant.cost", "plant.overrun", "plant.cash_yield", "terms.interpretation")
    for name, true, error in zip(names, theirs, errors, strict=True):
        near(ours[name].value, ours[name].error, float(true), float(error))
    assert facts[0].inputs == ("plant.cash_yield",)


def test_inputs_of_one_figure_are_settled_together() -> None:
    base = three()
    shared = tuple(
        replace(c, cost=replace(c.cost, figure="batch", claims=(*c.cost.claims, "both"))) for c in base.candidates
    )
    drawn = columns()
    y = drawn["ohio.cost"] + drawn["reactors.cost"]
    found = ranking(replace(base, candidates=shared), "costs", y, lambda one: drawn[one.name])
    assert found[0].inputs == ("ohio.cost", "texas.cost", "reactors.cost")
    assert found[0].claims == ("ohio-1", "ohio-2", "both", "texas-1", "texas-2", "reactors-1", "reactors-2")
    assert found[0].index.value > 0.999
