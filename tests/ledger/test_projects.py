"""Which mentions are one project: sponsor, place and kind; and never silently where two fit."""

from __future__ import annotations

import itertools
from collections.abc import Iterable

import pytest

from pledger.ledger.projects import Project, projects
from pledger.ledger.routing import routed
from pledger.ledger.sightings import Sighting

P = "JP>US"


def seen(
    document: str,
    kind: str | None = "oil_terminal",
    sponsor: str = "",
    place: str | None = None,
    programme: str | None = P,
    amounts: Iterable[float] = (),
) -> Sighting:
    sponsors = frozenset(filter(None, sponsor.split("+")))
    return Sighting(document, f"{kind} in {document}", programme, kind, sponsors, place, None, frozenset(amounts))


def sets(*sightings: Sighting, relatives: dict[str, frozenset[str]] | None = None) -> set[frozenset[str]]:
    """The documents of each project; the same whatever the order."""
    found = {_documents(_together(order, relatives or {})) for order in itertools.permutations(sightings)}
    assert len(found) == 1
    return set(next(iter(found)))


def _together(sightings: Iterable[Sighting], relatives: dict[str, frozenset[str]]) -> list[Project]:
    moved, _ = routed(sightings, relatives)
    return projects([moved.get(s, s) for s in sightings], relatives)[0]


def _documents(found: list[Project]) -> frozenset[frozenset[str]]:
    return frozenset(frozenset(s.document for s in p.sightings) for p in found)


def groups(*names: str) -> set[frozenset[str]]:
    return {frozenset(n) for n in names}


def test_the_same_sponsor_and_kind_is_one_project_and_another_sponsor_is_not() -> None:
    assert sets(seen("a", sponsor="x"), seen("b", sponsor="x"), seen("c", sponsor="y")) == groups("ab", "c")


def test_other_kinds_of_one_sponsor_are_other_projects() -> None:
    assert sets(seen("a", "oil_terminal", "x"), seen("b", "data_centre", "x")) == groups("a", "b")


def test_kinds_that_exclude_each_other_can_be_one_project_that_reports_describe_differently() -> None:
    assert sets(seen("a", "power_transmission", "x"), seen("b", "power_generation", "x")) == groups("ab")
    found, _ = projects([seen("a", "power_transmission", "x"), seen("b", "power_generation", "x")], {})
    assert found[0].kind == "power"


def test_places_that_cannot_be_one_keep_apart_and_a_town_lies_in_its_state() -> None:
    assert sets(seen("a", "gas_power", "x", "Texas"), seen("b", "gas_power", "x", "Ohio")) == groups("a", "b")
    assert sets(seen("a", "gas_power", "x", "Texas"), seen("b", "gas_power", "x", "Houston, Texas")) == groups("ab")
    assert sets(seen("a", place="Gulf of Mexico"), seen("b", place="Brazoria County, Texas")) == groups("ab")


def test_the_host_country_is_no_place() -> None:
    assert sets(seen("a", "gas_power", "x", "United States"), seen("b", "gas_power", "x", "Ohio")) == groups("ab")


def test_a_bare_mention_joins_the_only_project_and_stays_apart_where_two_fit() -> None:
    assert sets(seen("a", sponsor="x"), seen("b")) == groups("ab")
    two = (seen("a", "gas_power", "x", "Texas"), seen("b", "gas_power", "y", "Ohio"), seen("c", "gas_power"))
    assert sets(*two) == groups("a", "b", "c")
    _, unsure = projects(two, {})
    assert [u.sighting.document for u in unsure] == ["c"]
    assert {c.document for c in unsure[0].candidates} == {"a", "b"}


def test_sponsor_here_and_place_there_are_one_only_for_kinds_of_which_there_are_few() -> None:
    assert sets(seen("a", "oil_terminal", "x"), seen("b", "oil_terminal", place="Texas")) == groups("ab")
    assert sets(seen("a", "data_centre", "x"), seen("b", "data_centre", place="Texas")) == groups("a", "b")


def test_a_project_of_which_a_report_tells_the_state_is_none_in_another_state_with_such_a_town() -> None:
    told = (seen("a", "gas_power", "x", "Portsmouth, Ohio"), seen("b", "gas_power", "x", "Portsmouth"))
    assert sets(*told, seen("c", None, place="Virginia")) == groups("ab", "c")
    assert sets(*told, seen("c", None, place="Ohio")) == groups("abc")


def test_the_same_cost_joins_what_lacks_sponsor_or_place() -> None:
    here, there = seen("a", "gas_power", "x", amounts=[3.3e10]), seen("b", "gas_power", place="Ohio", amounts=[3.3e10])
    assert sets(here, there) == groups("ab")
    assert sets(here, seen("b", "gas_power", place="Ohio", amounts=[1.6e10])) == groups("a", "b")
    third = seen("c", "gas_power", place="Texas", amounts=[3.3e10])
    assert sets(here, there, third) == groups("a", "b", "c")


def test_an_owner_and_what_it_owns_do_not_contradict_each_other() -> None:
    owned = {"x": frozenset("y"), "y": frozenset("x")}
    assert sets(seen("a", sponsor="x"), seen("b", sponsor="y"), relatives=owned) == groups("ab")
    assert sets(seen("a", sponsor="x"), seen("b", sponsor="y")) == groups("a", "b")


def test_programmes_keep_apart_and_a_mention_without_one_joins_by_what_it_shares() -> None:
    assert sets(seen("a", sponsor="x"), seen("b", sponsor="x", programme="KR>US")) == groups("a", "b")
    assert sets(seen("a", place="Texas"), seen("b", place="Texas", programme=None)) == groups("ab")
    assert sets(seen("a", sponsor="x"), seen("b", kind=None, sponsor="x")) == groups("ab")


@pytest.mark.parametrize("kind", ["data_centre", "power"])
def test_two_bare_mentions_of_one_kind_are_one(kind: str) -> None:
    assert sets(seen("a", kind), seen("b", kind)) == groups("ab")


def test_one_report_among_many_does_not_make_the_others_doubt_which_project_is_meant() -> None:
    many = [seen(d, "gas_power", "x", "Ohio") for d in "abcd"]
    slip, meant = seen("e", "gas_power", "y", "Ohio"), seen("f", "gas_power", place="Ohio")
    assert _documents(projects([*many, slip, meant], {})[0]) == frozenset(groups("abcdf", "e"))
    assert _documents(projects([*many[:2], slip, meant], {})[0]) == frozenset(groups("ab", "e", "f"))


def test_what_says_no_more_than_its_kind_is_the_project_of_most_reports_only_at_its_cost() -> None:
    many = [seen(d, "gas_power", "x", "Ohio", amounts=[33e9]) for d in "abcd"]
    slip = seen("e", "gas_power", "y", "Ohio")
    costed, bare = seen("f", "gas_power", amounts=[33e9]), seen("f", "gas_power", amounts=[7e9])
    assert _documents(projects([*many, slip, costed], {})[0]) == frozenset(groups("abcdf", "e"))
    assert _documents(projects([*many, slip, bare], {})[0]) == frozenset(groups("abcd", "e", "f"))


def test_what_has_neither_programme_nor_sponsor_nor_place_is_of_its_own_report() -> None:
    assert sets(*(seen(d, "power_plant", programme=None) for d in "ab")) == groups("a", "b")


def test_a_word_for_many_kinds_means_the_project_that_stands_there() -> None:
    plant = [seen(d, "synthetic_diamond", "x", "Georgia") for d in "ab"]
    assert sets(*plant, seen("c", "critical_minerals", place="Georgia")) == groups("abc")
    assert sets(*plant, seen("c", "plant", place="Georgia")) == groups("abc")
    assert sets(*plant, seen("c", "critical_minerals", place="Texas")) == groups("ab", "c")
    assert sets(*plant, seen("c", "critical_minerals", "y", "Georgia")) == groups("ab", "c")


def test_a_kind_that_one_report_of_many_gives_does_not_hide_the_kind() -> None:
    many = [seen(d, "gas_power", "x", "Portsmouth, Ohio") for d in "abcd"]
    found = projects([*many, seen("e", "data_campus", "x", "Portsmouth, Ohio")], {})[0][0]
    assert found.kind == "gas_power"
