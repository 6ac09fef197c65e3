"""Honest answers: each item a claim at its exact place, with the value that we read there."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from pledger.model import Attribute, DateValue, Document, Money, Qualifier
from pledger.model import EntityKind as Kind
from pledger.reading import read as read_first
from pledger.reading.second import Reason, Tally, read, tally
from reading.second.endpoint import Endpoint
from reading.second.examples import ARTICLE, FIRST, TEXT, amount, item, sound, unsure


def test_an_amount_is_tied_to_the_project_that_the_model_names(endpoint: Endpoint) -> None:
    said = amount("$4.2 billion of the bill", 4.2e9, "a gas power plant", source="a person close\nto it")
    found = sound(read(ARTICLE, endpoint.saying([said]), FIRST))
    [claim] = found.claims
    assert (claim.text, claim.scope) == ("$4.2 billion", "project")
    assert claim.span.start == TEXT.index("$4.2 billion")
    assert claim.value == Money(4.2e9, 4.2e9, "USD", Qualifier.EXACT)
    assert (claim.subject.kind, claim.subject.text, claim.subject.place) == (Kind.PROJECT, "gas power plant", "Ohio")
    assert (found.admitted, found.known, found.refused, found.reader) == (1, 0, (), "llm:m")


def test_a_place_is_named_by_offset_or_by_a_longer_quote(endpoint: Endpoint) -> None:
    second = TEXT.index("€700 million", TEXT.index("Arizona"))
    for place in ({"at": second}, {"within": "A fund carries €700 million"}):
        said = amount("€700 million", 7e8, "copper smelter", "EUR", **place)
        [claim] = sound(read(ARTICLE, endpoint.saying([said]), FIRST)).claims
        assert claim.span.start == second
        assert claim.subject.project_kind == "copper_smelter"


def test_what_the_first_reader_has_adds_nothing(endpoint: Endpoint) -> None:
    said = [
        amount("$15 billion", 1.5e10, "copper smelter"),
        amount("$550 billion", 5.5e11, "Japan's $550 billion investment"),
        item("location", "Ohio", "gas power plant", text="Ohio"),
        item("kind", "copper smelter", "copper smelter", text="copper smelter"),
    ]
    found = sound(read(ARTICLE, endpoint.saying(said), FIRST))
    assert (found.claims, found.admitted, found.known, found.refused) == ((), 4, 4, ())


def test_what_was_the_programmes_by_default_only_can_be_a_projects(endpoint: Endpoint) -> None:
    text = (
        "Japan's $550 billion investment in the United States goes on. "
        "Fjord Energy plans a gas power plant in Ohio.\n\n"
        "Ground is to be broken by spring 2027, with completion in March 2029."
    )
    document = Document("b" * 64, "b.md", text, reported_on=dt.date(2026, 3, 3))
    programme = next(c.subject for c in read_first(document) if c.subject.kind is Kind.PROGRAMME)
    by_default = [replace(c, subject=programme) for c in read_first(document) if c.attribute is Attribute.DATE]
    first = [*(c for c in read_first(document) if c.attribute is not Attribute.DATE), *by_default]
    said = item("date", "March 2029", "gas power plant", start="2029-03-01", end="2029-03-31", event="complete")
    found = read(document, endpoint.saying([said]), first)
    [claim] = found.claims
    assert isinstance(claim.value, DateValue)
    assert (claim.value.event, claim.text, claim.subject.project_kind) == ("complete", "March 2029", "gas_power")


def test_claims_have_the_chain_that_our_own_reader_finds(endpoint: Endpoint) -> None:
    text = (
        "Fjord Energy plans a gas power plant in Ohio. Norbank carries $4.2 billion of the bill, the ministry said. "
        "Reuters was told nothing."
    )
    document = Document("a" * 64, "a.md", text)
    first = unsure(read_first(document), ["$4.2 billion"])
    said = amount("$4.2 billion", 4.2e9, "gas power plant", source="Reuters")
    [claim] = sound(read(document, endpoint.saying([said]), first), text, first).claims
    assert [link.source for link in claim.attribution] == ["ministry"]


def test_a_run_is_counted_together(endpoint: Endpoint) -> None:
    said = [amount("$4.2 billion", 4.2e9), amount("$15 billion", 1.5e10, "copper smelter"), amount("$9 billion", 9e9)]
    run = [read(ARTICLE, endpoint.saying(said), FIRST) for _ in range(2)]
    assert tally(run) == Tally(asked=2, new=2, known=2, dropped=((Reason.QUOTE, 2),))
