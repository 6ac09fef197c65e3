"""Our gold files speak the language of the model: a value that no reader could give would be a miss for ever."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import pytest

from pledger import data
from pledger.model import Attribute, ConflictKind, Modality, Qualifier, Stage
from score import OWN
from scoring.gold import Gold, GoldClaim, GoldOrganisation, GoldProgramme, GoldProject, load

ROLES = {
    "sponsor",
    "operator",
    "lender",
    "insurer",
    "guarantor",
    "supplier",
    "contractor",
    "offtaker",
    "negotiator",
} | {
    "host",
    "owner",
    "regulator",
}
EVENTS = {"announce", "decide", "sign", "fund", "start", "complete", "deadline", "visit", "meet", "other"}
INSTRUMENTS = {
    "equity",
    "loan",
    "guarantee",
    "grant",
    "bond",
    "insurance",
    "credit_line",
    "cash",
    "direct_investment",
    "ship_finance",
}


def ends_follow(qualifier: str, low: float | None, high: float | None) -> bool:
    """Whether the ends of an amount are as its qualifier has them."""
    match Qualifier(qualifier):
        case Qualifier.EXACT | Qualifier.ABOUT:
            return low is not None and low == high
        case Qualifier.AT_LEAST:
            return low is not None and high is None
        case Qualifier.UP_TO:
            return low is None and high is not None
        case Qualifier.BETWEEN:
            return low is not None and high is not None and low < high


FOLDERS = {"bundled": data.examples(), **{folder.name: folder for folder in OWN}}


@pytest.fixture(scope="module", params=FOLDERS)
def gold(request: pytest.FixtureRequest) -> Gold:
    return load(FOLDERS[request.param].glob("gold*.yaml"))


def claims(gold: Gold, attribute: str) -> Iterable[tuple[str, GoldClaim, dict[str, Any]]]:
    return (
        (f"{d.key}: {c}", c, dict(c.values))
        for d in gold.documents.values()
        for c in d.claims
        if c.attribute == attribute
    )


def test_attributes_and_modalities(gold: Gold) -> None:
    for document in gold.documents.values():
        for claim in document.claims:
            assert claim.attribute in set(Attribute), f"{document.key}: {claim}"
            assert claim.values.get("modality", "asserted") in set(Modality), f"{document.key}: {claim}"


def test_the_ends_of_amounts_follow_their_qualifiers(gold: Gold) -> None:
    amounts = list(claims(gold, "amount"))
    wrong = [told for told, _, v in amounts if not ends_follow(v["qualifier"], v["low"], v["high"])]
    assert wrong == []
    assert [told for told, _, v in claims(gold, "amount") if len(v["unit"]) != 3 or not v["unit"].isupper()] == []


def test_shares_are_fractions(gold: Gold) -> None:
    ends = [(told, v.get(e)) for told, _, v in claims(gold, "share") for e in ("value", "low", "high")]
    assert [(told, end) for told, end in ends if end is not None and not 0 <= end <= 10] == []
    assert [told for told, _, v in claims(gold, "share") if v.get("qualifier", "exact") not in set(Qualifier)] == []


def test_stages_events_roles_and_instruments(gold: Gold) -> None:
    assert [told for told, _, v in claims(gold, "stage") if v["stage"] not in set(Stage)] == []
    assert [told for told, _, v in claims(gold, "date") if v["event"] not in EVENTS] == []
    assert [told for told, _, v in claims(gold, "party") if v["role"] not in ROLES] == []
    assert [told for told, _, v in claims(gold, "instrument") if not set(v["instruments"]) <= set(INSTRUMENTS)] == []


def test_dates_are_in_order(gold: Gold) -> None:
    wrong = [t for t, _, v in claims(gold, "date") if v.get("start") and v.get("end") and v["start"] > v["end"]]
    assert wrong == []


def test_conflicts_and_entities(gold: Gold) -> None:
    assert [str(c) for c in gold.conflicts if c.kind not in set(ConflictKind)] == []
    assert [str(c) for c in (*gold.conflicts, *gold.agreements) if c.attribute not in set(Attribute)] == []
    assert [str(c) for c in gold.conflicts if len(c.values) < 2 and c.kind != ConflictKind.ARITHMETIC] == []
    entities: list[GoldProgramme | GoldProject | GoldOrganisation]
    entities = [*gold.programmes, *gold.projects, *gold.organisations]
    for entity in entities:
        assert entity.documents <= set(gold.documents), entity.name
