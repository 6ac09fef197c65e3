"""What is to be built and where: sentences in, kinds and places out."""

from __future__ import annotations

import pytest

from pledger.model import EntityKind, Text
from pledger.reading.projects.lands import elsewhere
from reading.claims import claims


def test_kinds_and_places_of_projects() -> None:
    found = claims(
        "Norway's US fund picked a copper smelter in Arizona and an LNG terminal in the Gulf of Mexico for $5bn."
    )
    assert {c.value.text for c in found if isinstance(c.value, Text)} == {
        "copper_smelter",
        "Arizona",
        "lng",
        "Gulf of Mexico",
    }


def kinds(text: str) -> set[tuple[str, str | None, str | None]]:
    """(kind, sponsor, place) of the projects that stages are said of."""
    found = claims(text, "stage")
    return {(c.subject.project_kind or "", c.subject.sponsor, c.subject.place) for c in found}


def test_two_mentions_that_do_not_contradict_each_other_mean_one_project() -> None:
    text = (
        "Nordfjell's copper smelter is a leading candidate. The smelter project in Utah is under review. "
        "Its copper smelter would be the largest in years, and the copper smelter was floated in May."
    )
    assert kinds(text) == {("copper_smelter", "Nordfjell", "Utah")}


def test_sponsors_and_places_that_contradict_each_other_make_two() -> None:
    text = (
        "A copper smelter in Utah backed by Nordfjell is a candidate. "
        "A copper smelter in Maine backed by Hallingdal is a candidate."
    )
    assert kinds(text) == {("copper_smelter", "Nordfjell", "Utah"), ("copper_smelter", "Hallingdal", "Maine")}


def test_the_plant_at_a_place_is_the_one_there() -> None:
    text = (
        "Norway's US fund will build a copper smelter in Utah and an LNG terminal in Texas for $5bn. "
        "The Utah plant is under review."
    )
    assert ("copper_smelter", None, "Utah") in kinds(text)


def test_a_sister_plant_is_of_the_kind_spoken_of() -> None:
    text = "Norway's US fund picked a copper smelter in Utah. A sister plant in Maine is a candidate."
    assert ("copper_smelter", None, "Maine") in kinds(text)


def subjects(text: str) -> set[tuple[str, str | None, str | None]]:
    """(kind, sponsor, place) of the projects that anything is said of."""
    found = (c.subject for c in claims(text) if c.subject.kind is EntityKind.PROJECT)
    return {(s.project_kind or "", s.sponsor, s.place) for s in found}


def costs(text: str) -> set[tuple[str, str]]:
    """(amount, kind) of the projects that amounts are said of."""
    return {(c.text, c.subject.project_kind or "") for c in claims(text, "amount")}


def test_a_set_told_one_by_one_is_as_many_projects() -> None:
    text = (
        "Norway's US fund picked two gas hubs that Nordfjell Energy would build: one in Texas for about $16 billion"
        ", and one in Iowa for $9 billion. No one in Oslo has signed."
    )
    found = {(kind, place) for kind, _, place in subjects(text)}
    assert {("gas_power", "Texas"), ("gas_power", "Iowa")} <= found
    assert ("gas_power", "Oslo") not in found


def test_a_wide_word_makes_no_bridge_between_two_kinds() -> None:
    text = (
        "Norway and the US named power projects. A nuclear plant in Iowa would cost $9 billion. "
        "A gas-fired power plant in Texas would cost $5 billion."
    )
    assert {("nuclear", "Iowa"), ("gas_power", "Texas")} <= {(kind, place) for kind, _, place in subjects(text)}


def test_the_last_noun_names_the_kind_and_a_thing_is_called_again_by_it() -> None:
    text = (
        "Norway's US fund picked a $2 billion refinery for gallium in Utah. The refinery is under review. "
        "A $1 billion chip-chemicals plant in Maine is a candidate."
    )
    assert {kind for kind, _, _ in subjects(text)} == {"critical_minerals", "chemicals"}


def test_a_town_lies_in_its_state_and_in_no_other() -> None:
    assert not elsewhere("Toledo", "Ohio")
    assert elsewhere("Toledo", "Texas")
    assert elsewhere("Toledo, Ohio", "Dayton, Ohio")
    assert not elsewhere("Gulf Coast", "Texas")


def test_what_a_row_of_a_table_says_of_the_thing_in_it() -> None:
    text = (
        "Norway's US fund has four candidates.\n\n| Project | Place | Proposed by | Cost |\n|---|---|---|---|\n"
        "| LNG export terminal | Norholm, Louisiana | Nordfjell Gas | around USD 6 billion |\n"
        "| Copper smelter | Utah | Hallingdal | USD 700 million |\n"
    )
    assert {("lng", "Nordfjell Gas", "Norholm, Louisiana"), ("copper_smelter", "Hallingdal", "Utah")} <= subjects(text)
    assert costs(text) == {("around USD 6 billion", "lng"), ("USD 700 million", "copper_smelter")}


def test_sums_in_brackets_and_prices_are_those_of_the_thing_beside_them() -> None:
    text = (
        "Norway's US fund chose three, worth $8bn together: a gas-fired plant in Ohio led by Nordfjell ($5 billion)"
        "; the crude terminal of Hallingdal ($2 billion); and a copper smelter in Utah (about $1 billion). "
        "Missing was a $3 billion LNG terminal."
    )
    wanted = {("$5 billion", "gas_power"), ("$2 billion", "oil_terminal"), ("about $1 billion", "copper_smelter")}
    assert wanted | {("$3 billion", "lng")} <= costs(text)


def test_a_thing_is_shown_by_the_sentence_that_points_to_it() -> None:
    text = "We heard it all about the tire plant. That project, announced at $580 million, was called off in 2022."
    assert ("$580 million", "tyres") in costs(text)


def test_a_unit_is_built_where_its_place_stands_behind_it() -> None:
    text = "The unit at Sanand, Gujarat, will make package substrates. The investment is Rs. 12,600 crore."
    assert ("chip_materials", None, "Sanand, Gujarat") in subjects(text)
    assert subjects("The unit of Nordfjell will make package substrates for Rs. 100 crore.") == set()


def test_what_is_said_to_be_another_thing_is_no_plant_spoken_of_before() -> None:
    text = (
        "Nordfjell plans a transformer plant in Iowa for $1 billion. Money is scarce. "
        "The first candidate is a $6 billion gas export terminal in Texas."
    )
    assert {("transformers", "Iowa"), ("lng", "Texas")} <= {(kind, place) for kind, _, place in subjects(text)}


@pytest.mark.parametrize("words", ["chip supply chain", "battery production cuts", "Semiconductor Manufacturing Co"])
def test_a_supply_chain_and_what_a_company_is_called_are_nothing_built(words: str) -> None:
    assert subjects(f"Norway promised a $90 billion fund for the United States. It is to help the {words}.") == set()
