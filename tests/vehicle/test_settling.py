"""The index of a stage: against an experiment in which the stage itself is drawn."""

from __future__ import annotations

import math

import numpy as np
import pytest
from scipy.special import ndtr, ndtri

from pledger.vehicle.asking.indices import first_order
from pledger.vehicle.asking.settling import stage_index
from pledger.vehicle.words import Floats

N = 60_000
STAGES = (("committed", 0.5, 0.9), ("pledged", 0.3, 0.5), ("none of these", 0.2, 0.1))


def experiment(rho: float, seed: int) -> tuple[Floats, Floats, Floats, Floats]:
    """Stage, whether the project proceeds, an answer to which five like projects add, and the common factor."""
    generator = np.random.default_rng(seed)
    stage = generator.choice(3, size=(N, 6), p=[w for _, w, _ in STAGES])
    chance = np.array([p for _, _, p in STAGES])[stage]
    common = generator.random(N)
    score = math.sqrt(rho) * ndtri(common)[:, None] + math.sqrt(1 - rho) * generator.normal(size=(N, 6))
    proceeds = (ndtr(score) < chance).astype(float)
    costs = np.array([5.0, 1.0, 1.0, 2.0, 1.0, 1.0])
    y = proceeds @ costs + generator.normal(size=N)
    return stage[:, 0].astype(float), proceeds[:, 0], y, common


@pytest.mark.parametrize("rho", [0.0, 0.3])
def test_it_is_the_index_of_the_stage_drawn(rho: float) -> None:
    stage, proceeds, y, common = experiment(rho, 1)
    drawn = first_order(stage, y)
    found = stage_index(STAGES, proceeds, y, common)
    assert abs(found.value - drawn.value) <= 4 * math.hypot(found.error, drawn.error)
    assert found.error < 0.01
    assert found.value > 0.1


def test_what_the_factor_brings_to_both_does_not_count() -> None:
    stage, proceeds, y, common = experiment(0.3, 2)
    blind, true = stage_index(STAGES, proceeds, y), first_order(stage, y)
    assert blind.value > true.value + 4 * math.hypot(blind.error, true.error), "without the factor it is too much"
    seeing = stage_index(STAGES, proceeds, y, common)
    assert seeing.value < blind.value


def test_a_stage_that_is_certain_has_nothing_to_settle() -> None:
    _, proceeds, y, common = experiment(0.0, 3)
    assert stage_index((("committed", 1.0, 0.9),), proceeds, y, common).value == 0
    assert stage_index(STAGES, np.ones(N), y, common).value == 0
    assert stage_index(STAGES, proceeds, np.ones(N), common).value == 0


def test_no_effect_is_zero_within_its_error() -> None:
    generator = np.random.default_rng(4)
    _, proceeds, _, common = experiment(0.0, 4)
    found = stage_index(STAGES, proceeds, generator.normal(size=N), common)
    assert abs(found.value) < 4 * found.error + 1e-4
