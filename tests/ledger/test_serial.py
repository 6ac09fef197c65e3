"""Every claim goes into rows and JSON and comes back the same."""

from __future__ import annotations

from hypothesis import given

from ledger.strategies import claims, values
from pledger.ledger.serial import claim_json, claim_of, claim_row, json_claim, link_of, link_row, value_of, value_row
from pledger.model import Claim, Value


@given(values)
def test_values(value: Value) -> None:
    assert value_of(value_row(value)) == value


@given(claims)
def test_claims(claim: Claim) -> None:
    chain = [link_of(link_row(claim, n)) for n in range(len(claim.attribution))]
    assert claim_of(claim_row(claim, 0), chain) == claim
    assert json_claim(claim_json(claim)) == claim
