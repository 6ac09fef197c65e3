"""Reference figures: every row has its source and marks, amounts come in dollars, what was not found is None."""

from __future__ import annotations

import datetime as dt
import math

import pytest

from pledger.data import reference as rows
from pledger.ledger.distributions import Belief
from pledger.vehicle.reference import borne, discounts, exports, rate, tariffs
from pledger.vehicle.words import PARTIES, Basis, Input


def mean(one: Input) -> float:
    assert isinstance(one.belief, Belief)
    return one.belief.mean()


@pytest.mark.parametrize("name", ["rates", "exports", "tariffs", "overruns"])
def test_every_row_is_whole(name: str) -> None:
    for row in rows(name):
        assert None not in row
        assert None not in row.values()
        assert row["source"]
        assert row["weak"] in ("yes", "no")
        assert row["url"] == "" or row["url"].startswith("https://")
        # Without an address it is an assumption, or it was not found.
        assert row["url"] or row["assumption"] != "no" or not row.get("central")


@pytest.mark.parametrize("investor", ["JP", "KR", "TW"])
def test_every_party_has_a_rate_to_discount_at(investor: str) -> None:
    found = discounts(investor)
    assert [one.name.rpartition(".")[2] for one in found] == [str(party) for party in PARTIES]
    assert all(one.basis is Basis.ASSUMPTION and one.sources and 0.03 < mean(one) < 0.07 for one in found)


def test_japans_public_lender_has_its_own_rate_and_its_source_is_marked_weak() -> None:
    [lender, *_] = discounts("JP")
    assert lender.name == "discount.JP.public_lender"
    assert isinstance(lender.belief, Belief)
    assert lender.belief.bounds() == (0.03295, 0.06)
    assert lender.sources[0].weak


def test_what_was_not_found_is_none_and_what_is_not_asked_for_is_an_error() -> None:
    assert rate("cirr", "US") is None
    assert rate("sofr_6m", "US") is None
    found = rate("bond_20y", "JP")
    assert found is not None
    assert (mean(found), found.basis, found.sources[0].year) == (0.03295, Basis.REFERENCE, 2026)
    with pytest.raises(ValueError, match="no bond_20y of XX"):
        rate("bond_20y", "XX")


def test_exports_come_in_dollars_of_their_year() -> None:
    by_name = {one.name: one for one in exports("JP")}
    assert set(by_name) == {"tariff.autos.exports", "tariff.parts.exports", "tariff.other.exports"}
    other = by_name["tariff.other.exports"]
    assert isinstance(other.belief, Belief)
    assert math.isclose(other.belief.bounds()[1], 14.1e12 / 151.46)
    assert exports("AE") == ()
    assert all(one.basis is Basis.ASSUMPTION for one in exports("KR"))


def test_tariffs_step_by_day_and_the_ruling_leaves_cars_alone() -> None:
    steps = tariffs("JP")
    general = [step for step in steps if step.goods == "other"]
    assert [(step.without, step.kept) for step in general] == [(0.25, 0.15), (0, 0), (0.1, 0.1), (0, 0)]
    days = [step.on for step in general if step.on is not None]
    assert days == sorted(days)
    assert (days[3] - days[2]).days == 150
    [autos] = [step for step in steps if step.goods == "autos"]
    assert (autos.on, autos.without, autos.kept) == (dt.date(2025, 9, 16), 0.275, 0.15)
    assert {step.goods for step in steps} >= {one.name.split(".")[1] for one in exports("JP")}
    assert tariffs("AE") == ()
    assert all(step.on is None for step in tariffs("CH"))


def test_who_bears_a_tariff_is_an_assumption_without_a_source() -> None:
    one = borne()
    assert (one.basis, one.sources) == (Basis.ASSUMPTION, ())
