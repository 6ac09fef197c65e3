"""Random numbers of the simulation: published vectors, and the beliefs that they are drawn from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from pledger.ledger.distributions import Belief, Part, Shape
from pledger.vehicle.montecarlo.columns import draw, forced, sides, under
from pledger.vehicle.montecarlo.draws import normal_below, normal_quantile, philox
from pledger.vehicle.montecarlo.tables import PlanError, tables
from vehicle.plans import candidate, plan, point

SEED, MANY = 20260101, 40_000
FURTHEST = 1.95 / MANY**0.5
"""A sample's distribution lies further than this from the true one with probability 0.001 (Kolmogorov)."""


@pytest.mark.parametrize(
    ("counter", "key", "words"),
    [
        ("00000000 00000000 00000000 00000000", "00000000 00000000", "6627e8d5 e169c58d bc57ac4c 9b00dbd8"),
        ("ffffffff ffffffff ffffffff ffffffff", "ffffffff ffffffff", "408f276d 41c83b0e a20bc7c6 6d5451fd"),
        ("243f6a88 85a308d3 13198a2e 03707344", "a4093822 299f31d0", "d16cfe09 94fdcceb 5001e420 24126ea1"),
    ],
)
def test_philox_gives_the_words_that_its_authors_publish(counter: str, key: str, words: str) -> None:
    given = [np.uint64(int(word, 16)) for word in f"{counter} {key}".split()]
    assert [f"{int(word):08x}" for word in philox(*given)] == words.split()


def test_the_normal_distribution_and_its_quantile() -> None:
    p = np.concatenate([np.linspace(1e-6, 1 - 1e-6, 2001), 10.0 ** -np.arange(5, 16)])
    assert np.allclose([normal_quantile(x) for x in p], ndtri(p), rtol=1e-14, atol=1e-15)
    z = np.linspace(-9, 9, 301)
    assert np.allclose([normal_below(x) for x in z], ndtr(z), rtol=1e-13, atol=0)
    assert [normal_quantile(0.0), normal_quantile(1.0)] == [-np.inf, np.inf]


@pytest.mark.parametrize("name", ["p1.cost", "p1.overrun", "p1.start", "p1.delay", "p1.cash_yield"])
def test_what_is_drawn_follows_its_belief(name: str) -> None:
    made = plan(3)
    belief = getattr(made.candidates[1], name.split(".")[1]).belief
    drawn = np.sort(draw(made, name, SEED, MANY))
    held = np.array([belief.cdf(x) for x in drawn])
    share = np.searchsorted(drawn, drawn, side="right") / MANY  # an atom is passed as a whole
    assert np.abs(share - held).max() < FURTHEST


def test_every_shape_and_side_of_a_belief() -> None:
    parts = (
        Part(1.0, 2.0, Shape.UNIFORM, 0.2), Part(2.0, 4.0, Shape.RISING, 0.3), Part(4.0, 5.0, Shape.FALLING, 0.1),
        Part(7.0, 7.0, Shape.UNIFORM, 0.4),
    )  # fmt: skip
    made = replace(plan(1), candidates=(candidate("x", cost=parts),))
    drawn, side = draw(made, "x.cost", SEED, MANY), sides(made, "x.cost", SEED, MANY)
    assert np.allclose(np.bincount(side) / MANY, [0.2, 0.3, 0.1, 0.4], atol=FURTHEST)
    for number, part in enumerate(parts):
        of_part = np.sort(drawn[side == number])
        assert part.low <= of_part[0] <= of_part[-1] <= part.high
        if part.low < part.high:
            ranks = (np.arange(of_part.size) + 0.5) / of_part.size
            assert np.abs(ranks - [part.below(x) for x in of_part]).max() < 1.95 / of_part.size**0.5
    assert Belief("USD", parts).mean() == pytest.approx(drawn.mean(), rel=0.01)


def test_whether_projects_proceed_is_correlated_and_keeps_each_probability() -> None:
    made = replace(plan(6), rho=0.5)
    columns = np.array([draw(made, f"p{place}.proceeds", SEED, MANY) for place in range(6)])
    assert np.allclose(columns.mean(axis=1), [0.3, 0.6, 0.9] * 2, atol=0.02)
    # two projects with the same probability p proceed together as two normals with correlation rho pass one limit
    both = (columns[1] * columns[4]).mean()
    generator = np.random.default_rng(0)
    common, own = generator.standard_normal(10**6), generator.standard_normal((2, 10**6))
    passed = (np.sqrt(0.5) * (common + own) < ndtri(0.6)).all(axis=0)
    assert both == pytest.approx(passed.mean(), abs=0.01)
    alone = replace(made, rho=0.0)
    a, b = draw(alone, "p1.proceeds", SEED, MANY), draw(alone, "p4.proceeds", SEED, MANY)
    assert (a * b).mean() == pytest.approx(0.36, abs=0.01)
    together = replace(made, rho=1.0)
    assert np.array_equal(draw(together, "p1.proceeds", SEED, MANY), draw(together, "p4.proceeds", SEED, MANY))


def test_draws_of_an_input_do_not_depend_on_anything_else() -> None:
    made = plan(4)
    before = draw(made, "p2.cost", SEED, 500)
    fewer = replace(made, candidates=made.candidates[2:3])
    other = forced(under(made, "1"), {"p1.cost": 1e9, "p2.delay": 4.0})
    assert np.array_equal(draw(fewer, "p2.cost", SEED, 500), before)
    assert np.array_equal(draw(other, "p2.cost", SEED, 500), before)
    assert np.array_equal(draw(made, "p2.cost", SEED, 100, start=400), before[400:])
    assert not np.array_equal(draw(made, "p2.cost", SEED + 1, 500), before)
    assert set(draw(other, "p1.cost", SEED, 9)) == {1e9}
    assert set(draw(other, "terms.interpretation", SEED, 99)) == {1.0}


def test_inputs_are_independent_of_each_other() -> None:
    made = plan(2)
    names = [f"p{p}.{field}" for p in range(2) for field in ("overrun", "start", "delay", "cash_yield")]
    ranks = np.corrcoef([draw(made, name, SEED, MANY) for name in names])
    assert np.abs(ranks - np.eye(len(names))).max() < 4 / MANY**0.5


def test_what_cannot_be_drawn_is_said_in_a_line() -> None:
    made = plan(2)
    with pytest.raises(PlanError, match=r"no input 'p9.cost'; inputs are named as ID.cost"):
        draw(made, "p9.cost", SEED, 1)
    with pytest.raises(PlanError, match="no interpretation 'x'; there are 0, 1"):
        under(made, "x")
    with pytest.raises(PlanError, match="is a choice; give an interpretation"):
        forced(made, {"terms.interpretation": 1.0})
    with pytest.raises(PlanError, match="the seed -1 is outside"):
        tables(made, -1)
    with pytest.raises(PlanError, match="'p0' is empty or given twice"):
        tables(replace(made, candidates=(made.candidates[0], made.candidates[0])), 0)
    with pytest.raises(PlanError, match=r"rho is 1\.5; give a number from 0 to 1"):
        tables(replace(made, rho=1.5), 0)
    with pytest.raises(PlanError, match="build 0, life"):
        tables(replace(made, candidates=(candidate("x", build=0),)), 0)
    with pytest.raises(PlanError, match="give two finite numbers"):
        tables(replace(made, candidates=(candidate("x", cost=point(float("nan"))),)), 0)
