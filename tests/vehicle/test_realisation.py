"""Whether a project proceeds: evidence by stage, and the average over what is believed of the stage."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.data import reference
from pledger.ledger.beliefs import NOT_SO
from pledger.ledger.distributions import Categories
from pledger.model import Stage
from pledger.vehicle.planning.realisation import probability, rate
from pledger.vehicle.words import Basis

LADDER = (Stage.CANDIDATE, Stage.PLEDGED, Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED)


def test_the_further_along_the_more_probable() -> None:
    rates = [rate(stage).central for stage in LADDER]
    assert rates == sorted(rates)
    assert rates[0] > 0
    assert rate(Stage.COMPLETED).central == 1
    assert rate(Stage.CANCELLED).central == 0


def test_the_median_of_the_evidence_and_its_range() -> None:
    rows = sorted(float(row["rate"]) for row in reference("realisation") if row["step"] == "committed")
    found = rate(Stage.COMMITTED)
    assert (found.low, found.high) == (rows[0], rows[-1])
    assert found.central == pytest.approx((rows[1] + rows[2]) / 2), "four rows: the mean of the middle two"
    assert len(found.sources) == 4


def test_a_candidate_has_all_the_steps_before_it() -> None:
    alone = 0.333
    assert rate(Stage.CANDIDATE).central == pytest.approx(alone * rate(Stage.PLEDGED).central)
    assert len(rate(Stage.CANDIDATE).sources) == 6, "its own row, one for the pledge, four for the commitment"


def test_every_row_has_its_source_or_says_that_it_is_assumed() -> None:
    for row in reference("realisation"):
        assert row["url"].startswith("https://") or row["source"] == Basis.ASSUMPTION, row
        assert 0 <= float(row["rate"]) <= 1


def test_a_belief_is_averaged_over() -> None:
    half = Categories((("candidate", 0.5), ("committed", 0.5)))
    assert probability(half) == pytest.approx((rate(Stage.CANDIDATE).central + rate(Stage.COMMITTED).central) / 2)
    assert probability(None) == rate(Stage.CANDIDATE).central


def test_doubt_of_a_report_counts_as_a_candidate() -> None:
    sure, doubtful = Categories((("committed", 1.0),)), Categories((("committed", 1.0),), doubt=0.6)
    expected = 0.4 * rate(Stage.COMMITTED).central + 0.6 * rate(Stage.CANDIDATE).central
    assert probability(doubtful) == pytest.approx(expected)
    assert expected < probability(sure)


def test_doubt_of_a_cancellation_does_not_revive() -> None:
    assert probability(Categories((("cancelled", 1.0),), doubt=0.6)) == 0


def test_a_denied_stage_is_a_candidate() -> None:
    assert probability(Categories(((NOT_SO, 1.0),))) == rate(Stage.CANDIDATE).central


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(0.01, 1), min_size=5, max_size=5), st.floats(0, 1))
def test_it_is_a_probability_and_doubt_never_helps(weights: list[float], doubt: float) -> None:
    options = tuple((str(s), w / sum(weights)) for s, w in zip(LADDER, weights, strict=True))
    found = probability(Categories(options, doubt))
    assert 0 <= found <= probability(Categories(options)) + 1e-12 <= 1 + 1e-12
