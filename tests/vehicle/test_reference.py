"""Rates of reference: every row has its source and marks, and what was not found is said to be so."""

from __future__ import annotations

import pytest

from pledger.data import reference as rows
from pledger.ledger.distributions import Belief
from pledger.vehicle.reference import discount_rates, discounts, rate
from pledger.vehicle.words import PARTIES, Basis


@pytest.mark.parametrize("name", ["rates", "overruns", "delays"])
def test_every_row_is_whole(name: str) -> None:
    for row in rows(name):
        assert None not in row
        assert None not in row.values()
        assert row["source"]
        assert row["weak"] in ("yes", "no")
        assert row["url"] == "" or row["url"].startswith("https://")
        # Without an address it is known from a secondary source, an assumption, or it was not found.
        assert row["url"] or row["weak"] == "yes" or row["assumption"] != "no" or not row.get("central")


@pytest.mark.parametrize("investor", ["JP", "KR", "TW"])
def test_every_party_has_a_rate_to_discount_at_and_it_is_an_assumption(investor: str) -> None:
    found = discounts(investor)
    assert [one.name for one in found] == [f"discount.{party}" for party in PARTIES]
    for one, central in zip(found, discount_rates(investor), strict=True):
        assert isinstance(one.belief, Belief)
        assert one.belief.bounds() == (central, central)
        assert one.basis is Basis.ASSUMPTION
        assert one.sources
        assert 0.03 < central < 0.07


def test_japans_public_lender_stands_on_its_own_bond_whose_source_is_weak() -> None:
    [lender, *_] = discounts("JP")
    assert "from 3.29 to 6 %" in lender.label  # 3.295 % to three digits, halves to even
    assert lender.sources[0].weak
    assert lender.sources[0].year == 2026


def test_what_was_not_found_is_none_and_what_is_not_there_is_an_error() -> None:
    assert rate("cirr", "US") is None
    assert rate("sofr_6m", "US") is None
    found = rate("policy", "US")
    assert found is not None
    assert isinstance(found.belief, Belief)
    assert found.belief.bounds() == (0.0375, 0.04)
    assert found.basis is Basis.REFERENCE
    with pytest.raises(ValueError, match="no bond_20y of XX"):
        rate("bond_20y", "XX")
