"""The audit finds explanations that say what no claim says."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from ledger.build import PROGRAMME, Article, usd
from pledger.ledger.audit import audit
from pledger.ledger.derive import derive
from pledger.model import Claim, Conflict, Document


def told() -> tuple[Conflict, dict[str, Claim], dict[str, Document]]:
    built = [
        Article(name, dt.date(2026, 1, day)).says(f"It is {words}.", words, usd(amount), PROGRAMME).done()
        for name, day, words, amount in (("A", 5, "$36bn", 36e9), ("B", 9, "$47bn", 47e9))
    ]
    documents, claims = [d for d, _ in built], [c for _, its in built for c in its]
    (conflict,) = derive(documents, claims).conflicts
    return conflict, {c.id: c for c in claims}, {d.id: d for d in documents}


def test_a_sound_conflict_has_no_problem() -> None:
    conflict, claims, documents = told()
    assert audit([], [conflict], claims, documents) == []


@pytest.mark.parametrize("word", ["$48bn", "12 %", "60 business days", "6 January 2026", "EUR 36bn"])
def test_a_number_or_day_that_no_claim_gives(word: str) -> None:
    conflict, claims, documents = told()
    (problem,) = audit([], [replace(conflict, explanation=f"A says $36bn, B {word}.")], claims, documents)
    assert word in problem.why
    assert problem.what == "explanation not borne out"


def test_days_of_report_are_borne_out() -> None:
    conflict, claims, documents = told()
    words = "A said $36bn on 5 January 2026."
    assert audit([], [replace(conflict, explanation=words)], claims, documents) == []


def test_a_conflict_whose_sentence_is_gone() -> None:
    conflict, claims, documents = told()
    emptied = {key: replace(d, text=" " * len(d.text)) for key, d in documents.items()}
    assert audit([], [conflict], claims, emptied)[0].what == "evidence is missing"
