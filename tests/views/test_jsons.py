"""Contract `pledger/1`: the keys that programs rely on, and their types."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.ledger import Ledger
from pledger.model import Money, Qualifier
from pledger.views import jsons

from .sample import dollars, ledger

FIGURE = {"id", "entity", "attribute", "value", "standing", "origins", "documents", "as_of"}
CONFLICT = {"id", "entity", "attribute", "kind", "sides", "explanation"}
CLAIM = {"path", "document", "reported_on", "language", "sentence", "span", "text", "attribute", "subject", "value", "modality", "attribution"}  # noqa: E501  # fmt: skip


def test_an_amount_is_numbers_with_null_for_an_open_end() -> None:
    assert jsons.value_json(dollars(None, 100e9, Qualifier.UP_TO)) == {
        "low": None, "high": 100_000_000_000, "unit": "USD", "qualifier": "up_to",
    }  # fmt: skip


@given(st.none() | st.floats(), st.none() | st.floats())
def test_whatever_the_number_the_json_is_valid(low: float | None, high: float | None) -> None:
    text = jsons.line(jsons.value_json(Money(low, high, "USD", Qualifier.BETWEEN)))
    assert "NaN" not in text
    assert "Infinity" not in text
    assert json.loads(text)["unit"] == "USD"


@given(st.text())
def test_a_line_is_one_line_for_every_reader(text: str) -> None:
    line = jsons.line({"text": text})
    assert len(line.splitlines()) == 1
    assert json.loads(line) == {"text": text}


@pytest.mark.parametrize("which", ["sample", "corpus"])
def test_figures_conflicts_why_and_claims_hold_the_contract(which: str, corpus_ledger: Ledger) -> None:
    held = ledger() if which == "sample" else corpus_ledger
    claims = {c.id: c for c in held.claims()}
    documents = {d.id: d for d in held.documents()}
    words = jsons.texts(claims.values())
    figures = [jsons.figure_json(f, words) for f in held.figures()]
    assert figures
    for found in figures:
        assert found.keys() >= FIGURE
        assert found["entity"].keys() >= {"id", "kind", "name", "aliases"}
        assert found["origins"] == found["sides"][0]["origins"]
        assert all(o.keys() >= {"name", "grade", "claims"} and o["claims"] for o in found["origins"])
        assert all(len(s["texts"]) == len(s["claims"]) for s in found["sides"])
    for conflict in (jsons.conflict_json(c, words) for c in held.conflicts()):
        assert conflict.keys() >= CONFLICT
        assert conflict["explanation"]
        assert all(s.keys() >= {"value", "origins", "claims"} for s in conflict["sides"])
    for claim in claims.values():
        document = documents[claim.document]
        found = jsons.claim_json(claim, document)
        assert found.keys() >= CLAIM
        assert document.text[found["span"]["start"] : found["span"]["end"]] == found["text"]
    why = held.why(figures[0]["id"])
    assert why is not None
    answer = jsons.why_json(why)
    assert answer["figure"]["id"] == figures[0]["id"]
    for item in answer["claims"]:
        assert item["text"] in item["sentence"]["text"]
        assert item["chain"]
        assert 0 <= item["weight"] <= 1
    json.loads(jsons.dumps([figures, answer]))


@pytest.mark.parametrize("what", ["programmes", "projects", "figures", "organisations", "documents"])
def test_what_is_shown_can_be_narrowed_by_name(what: str, corpus_ledger: Ledger) -> None:
    everything = jsons.shown(corpus_ledger, what)
    assert everything
    json.loads(jsons.dumps(everything))
    if what != "documents":
        assert jsons.shown(corpus_ledger, what, "no such name at all") == []
        entity = everything[0].get("entity", everything[0])
        assert 0 < len(jsons.shown(corpus_ledger, what, entity["name"].upper())) <= len(everything)
