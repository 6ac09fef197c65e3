"""Places: exact, inside the excerpt that the model saw, and never a guess."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from pledger.model import Attribute, Document, Span
from pledger.reading import read as read_first
from pledger.reading.second.admit import Admitted, admit
from pledger.reading.second.answer import Item
from pledger.reading.second.grounding import place_of
from pledger.reading.second.readings import readings
from pledger.reading.second.records import Reason
from reading.second.examples import ARTICLE, FIRST, TEXT, amount, item, unsure

_SEEN = readings(ARTICLE, FIRST)
_SECOND = Span(TEXT.index("Delta Copper"), len(TEXT))
"""An excerpt that does not start with the text."""
_HERE = TEXT.index("€700 million", _SECOND.start)


def _admit(said: dict[str, Any], window: Span = _SECOND) -> Admitted | Reason:
    return admit(_SEEN, window, Item.model_validate(said))


def test_offsets_count_from_the_start_of_the_excerpt() -> None:
    found = _admit(amount("€700 million", 7e8, "copper smelter", "EUR", at=_HERE - _SECOND.start))
    assert isinstance(found, Admitted)
    assert found.claim.span == Span(_HERE, _HERE + 12)


def test_what_stands_twice_in_the_text_and_once_in_the_excerpt_has_its_place() -> None:
    found = _admit(amount("€700 million", 7e8, "copper smelter", "EUR"))
    assert isinstance(found, Admitted)
    assert found.claim.span.start == _HERE


def test_nothing_outside_of_the_excerpt_counts() -> None:
    before = TEXT.index("€700 million") - _SECOND.start
    assert before < 0
    assert _admit(amount("€700 million", 7e8, "copper smelter", "EUR", at=before)) is Reason.PLACE
    assert _admit(amount("$4.2 billion", 4.2e9, "copper smelter")) is Reason.QUOTE
    assert _admit(amount("€700 million", 7e8, "gas power plant", "EUR")) is Reason.SUBJECT
    plant = TEXT.index("gas power plant") - _SECOND.start
    assert _admit(amount("€700 million", 7e8, "gas power plant", "EUR", subject_at=plant)) is Reason.SUBJECT
    assert _admit(amount("€700 million", 7e8, "copper smelter", "EUR", source="officials")) is Reason.SOURCE


def test_a_quote_over_the_excerpts_end_is_none_of_it() -> None:
    said = Item.model_validate(amount("$4.2 billion of the bill", 4.2e9))
    at = TEXT.index("$4.2")
    assert place_of(TEXT, Span(0, at + 24), said) == Span(at, at + 24)
    assert place_of(TEXT, Span(0, at + 23), said) is Reason.QUOTE


def test_a_quote_that_holds_the_value_twice_says_neither() -> None:
    text = "Fjord Energy plans a gas power plant, of which a fund carries $2 billion and a bank carries $2 billion."
    document = Document("c" * 64, "c.md", text)
    seen = readings(document, unsure(read_first(document), ["$2 billion"]))
    said = Item.model_validate(amount("carries $2 billion and a bank carries $2 billion", 2e9))
    assert admit(seen, Span(0, len(text)), said) is Reason.AMBIGUOUS


@pytest.mark.parametrize(("subject", "admitted"), [("gas power plant", True), ("Norbank", False)])
def test_a_date_is_of_what_is_pledged_not_of_an_organisation(subject: str, admitted: bool) -> None:
    text = "Fjord Energy plans a gas power plant in Ohio with Norbank.\n\nConstruction is to start in March 2027."
    document = Document("c" * 64, "c.md", text, reported_on=dt.date(2026, 3, 3))
    first = [claim for claim in read_first(document) if claim.attribute is not Attribute.DATE]
    said = item("date", "March 2027", subject, start="2027-03-01", end="2027-03-31", event="start")
    found = admit(readings(document, first), Span(0, len(text)), Item.model_validate(said))
    assert isinstance(found, Admitted) is admitted
    assert admitted or found is Reason.SUBJECT
