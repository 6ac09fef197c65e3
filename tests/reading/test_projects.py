"""What is to be built and where: sentences in, kinds and places out."""

from __future__ import annotations

from pledger.model import Text
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
