"""Things seen by their heads, names that texts give them, lines of lists, places: texts in, projects and places out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.model import EntityKind, Span, Text
from pledger.reading.placed import Placed
from pledger.reading.projects.listing import Item, items
from pledger.reading.projects.naming import namings
from pledger.reading.projects.places import place_at, place_behind
from pledger.reading.projects.things import things
from reading.claims import claims


def seen(text: str, language: str = "en") -> list[str]:
    """The words of the things of one sentence."""
    return [thing.span.of(text) for thing in things(text, Span(0, len(text)), language)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Rolvsen will build a rope works beside the old salt railway.", ["a rope works", "the old salt railway"]),
        ("The $3.1 billion Anholt crossing lost its builder.", ["The $3.1 billion Anholt crossing"]),
        ("Hallingdal has shelved a hall.", ["a hall"]),
        ("Its lithium and boron deposit lies inland.", ["Its lithium and boron deposit"]),
        ("Der Konzern plant ein Methanolwerk und eine Teststrecke.", ["Methanolwerk", "Teststrecke"]),
    ],
)
def test_things_are_seen_by_their_heads_whatever_stands_before(text: str, words: list[str]) -> None:
    assert seen(text, "de" if text.startswith("Der") else "en") == words


@pytest.mark.parametrize(
    "text",
    [
        "The front line moved.",
        "Plant managers and port operators met.",
        "Nordvik Dock Works won.",
        "The Rural Ports Facility lends.",
    ],
)
def test_what_is_called_so_and_is_nothing_built(text: str) -> None:
    assert seen(text) == []


def test_feuerwerk_is_no_werk() -> None:
    assert seen("Das Feuerwerk und das Netzwerk der Geschäftsleitung.", "de") == []


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a mill near Dothan, Alabama, for", "Dothan, Alabama"),
        ("a mill at Ennore in Tamil Nadu", "Ennore, Tamil Nadu"),
        ("a mill of 300 megawatts north of Bodø", "Bodø"),
        ("a mill in May", None),
        ("a mill in US$", None),
        ("a mill for Hitachi", None),
    ],
)
def test_the_place_behind_a_thing(text: str, place: str | None) -> None:
    found = place_behind(text, len("a mill"), len(text), "en")
    assert (found.text if found else None) == place


def test_a_german_place_with_its_state_in_brackets() -> None:
    found = place_at("Dothan (Alabama) wächst", 0, 23)
    assert found is not None
    assert (found.text, found.span) == ("Dothan, Alabama", Span(0, 16))


def names(text: str) -> list[str]:
    """The names that one sentence gives."""
    sentence = Span(0, len(text))
    return [naming.name for naming in namings(text, sentence, things(text, sentence))]


@pytest.mark.parametrize(
    ("text", "given"),
    [
        ("The mine, known as Silver Creek, opens in May.", ["Silver Creek"]),
        ("Loans go to Eagle Tor, its vanadium mine.", []),
        ("A loan for Eagle Tor, its vanadium mine.", ["Eagle Tor"]),
        ("Ras Nadim, as the site is called, lies on the coast.", ["Ras Nadim"]),
        ("According to Nordlys, a mill is planned.", []),
        ("However, a mill is planned.", []),
        ("The fund, known as Vega Capital, lends.", []),
    ],
)
def test_names_that_a_text_gives(text: str, given: list[str]) -> None:
    assert names(text) == given


LIST = """The largest:

* **Brenner Guss GmbH** (Austria): castings in Dothan, Alabama - $3bn
* Grid: $1bn
- Equity: $2bn
2. Surat, Gujarat: $4bn
"""


def test_lines_of_lists_that_name_projects() -> None:
    found = list(items(LIST, Placed()))
    lines = [line for line in found if isinstance(line, Item)]
    assert [(line.sponsor, line.place.text if line.place else None) for line in lines] == [
        ("Brenner Guss GmbH", "Dothan, Alabama"),
        (None, "Surat, Gujarat"),
    ]
    assert len(found) == 4


def projects(text: str, language: str = "en") -> set[tuple[str | None, str | None, str | None]]:
    """(name, kind, place) of the projects that any claim is about."""
    return {
        (c.subject.key, c.subject.project_kind, c.subject.place)
        for c in claims(text, language=language)
        if c.subject.kind is EntityKind.PROJECT
    }


def test_mentions_by_head_place_and_name_are_one_project() -> None:
    text = (
        "Hallingdal plans a rope works at Rolvsund. The works, known as Long Tom, will cost $2bn. "
        "Banks lend $1bn of it. Rolvsund is also the site of a fair. Long Tom opens in 2029."
    )
    assert projects(text) == {("Long Tom", "rope_works", "Rolvsund")}


def test_things_at_two_places_are_two() -> None:
    text = "Hallingdal plans a rope works in Bergen for $2bn. Nordvik plans a rope works in Tromsø for $3bn."
    assert {place for _, _, place in projects(text)} == {"Bergen", "Tromsø"}


@pytest.mark.parametrize(
    "text",
    [
        "Gas plants cost $2,400 a kilowatt these days.",
        "The company employs 900 people at its mill in Bergen.",
        "Refiners and fertiliser plants pay at most $180 per tonne.",
        "Hallingdal makes cranes for ports. Its order book stands at $4bn.",
    ],
)
def test_what_stands_already_or_anywhere_is_no_project(text: str) -> None:
    owned = {c.subject.kind for c in claims(text, "amount")}
    assert EntityKind.PROJECT not in owned


def test_places_are_claimed_with_their_state() -> None:
    text = "Hallingdal will build a rope works near Dothan, Alabama, for $2bn."
    found = claims(text, "location")
    assert [(c.text, c.value) for c in found] == [("Dothan, Alabama", Text("Dothan, Alabama"))]


def test_a_german_works_for_what_it_makes() -> None:
    text = "Der Konzern Vikhaug baut in Tromsø eine Fabrik für Zahnräder. Sie kostet 900 Mio. Euro."
    assert projects(text, "de") == {(None, "zahnräder_fabrik", "Tromsø")}


@given(st.text(alphabet="aB ,.;:()$%1-\n“”'’", max_size=200))
def test_spans_stand_in_the_text(text: str) -> None:
    for thing in things(text, Span(0, len(text))):
        assert 0 <= thing.span.start < thing.span.end <= len(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Hallingdal brings new $94 million facility to Rolvsund.", ["new $94 million facility"]),
        ("It stands beside one of its facilities in Ohio.", ["its facilities"]),
        ("A popular metro Atlanta diner was sued.", []),
    ],
)
def test_verbs_and_cities_are_no_words_for_things(text: str, expected: list[str]) -> None:
    assert seen(text) == expected


def test_a_name_before_a_thing_is_kept_whole() -> None:
    text = "It halts its Cape Rolvsund liquefied natural gas export terminal."
    assert [thing.name for thing in things(text, Span(0, len(text)))] == ["Cape Rolvsund"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hallingdal will build a refinery in Ohio for $2bn. Zinc will come from its own mines.", "smelter"),
        ("Hallingdal will build a refinery in Ohio for gallium and germanium for $2bn.", "critical_minerals"),
        ("Hallingdal will build a refinery in Ohio for crude oil for $2bn.", "oil_refinery"),
    ],
)
def test_what_a_refinery_is_for_is_told_by_the_text(text: str, kind: str) -> None:
    assert kind in {c.subject.project_kind for c in claims(text)}


@pytest.mark.parametrize(
    "text",
    [
        "Im Einklang mit dem Abkommen plant Nordfjell Energy ein Gaskraftwerk für 3 Milliarden Dollar.",
        "Nordfjell Energy plant ein Gaskraftwerk im Gesamtwert von 3 Milliarden Dollar.",
    ],
)
def test_german_words_of_place_lead_to_known_places_only(text: str) -> None:
    assert claims(text, "location", "de") == []


def test_a_place_behind_a_state_and_a_sum_in_german() -> None:
    text = "Nordfjell Energy baut ein Gaskraftwerk im Wert von 3 Milliarden Dollar im US-Bundesstaat Ohio."
    assert [c.text for c in claims(text, "location", "de")] == ["Ohio"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Holm AG plant in Ohio zwei kleine Reaktoren für 3 Milliarden Dollar.", "smr"),
        ("Holm AG baut in Texas eine Rohölexportanlage für 3 Milliarden Dollar.", "oil_terminal"),
        ("Holm AG baut in Ohio ein Erdgas-Kraftwerk für 3 Milliarden Dollar.", "gas_power"),
    ],
)
def test_german_words_of_kinds(text: str, kind: str) -> None:
    assert kind in {c.subject.project_kind for c in claims(text, "kind", "de")}


def test_german_projects_by_the_dozen_are_a_batch() -> None:
    text = "Norwegen investiert 90 Milliarden Dollar in den USA und finanziert zunächst drei Großprojekte."
    assert not any(c.subject.kind == "project" for c in claims(text, None, "de"))
