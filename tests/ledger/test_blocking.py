"""Locality: who shares no key, through whomever, cannot influence who is who."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import example, given, settings
from hypothesis import strategies as st

from pledger.ledger.blocking import components, keys, marks, person_keys, project_keys
from pledger.ledger.directory import Directory, Naming, directory
from pledger.ledger.judged import Judged, name_key, pair
from pledger.ledger.projects import Project, projects
from pledger.ledger.routing import routed
from pledger.ledger.sightings import Sighting
from pledger.model import Entity

WORDS = (
    "Harbour",
    "Fjord",
    "Westfield",
    "Marlow",
    "Tom",
    "Ada",
    "Kim",
    "Jung-kwan",
    "Hitachi",
    "Global",
    "JBIC",
    "海港",
)
TAILS = ("", "Group", "Electric", "Holdings plc", "Capital Partners", "株式会社", "Construction Machinery", "Bank")
TITLES = ("", "Secretary ", "US Commerce Secretary ")
names = st.builds(
    lambda t, a, b, c: " ".join(f"{t}{a} {b} {c}".split()),
    st.sampled_from(TITLES),
    st.sampled_from(WORDS),
    st.sampled_from(("", *WORDS)),
    st.sampled_from(TAILS),
) | st.text(max_size=8)
namings = st.builds(
    Naming,
    names,
    st.sampled_from(("a", "b", "c")),
    st.booleans(),
    st.lists(names, max_size=2).map(tuple),
    st.booleans(),
)


def together(parts: Sequence[Directory]) -> tuple[dict[str, Entity], frozenset[str]]:
    entities: dict[str, Entity] = {}
    for part in parts:
        assert not entities.keys() & part.entities.keys()
        entities |= part.entities
    return entities, frozenset().union(*(part.involved for part in parts))


def judged_of(found: Sequence[Naming], chosen: Sequence[tuple[int, int, bool]]) -> Judged:
    """Verdicts on pairs of these names, as somebody may have given them."""
    pairs: dict[bool, dict[str, set[tuple[str, str]]]] = {True: {}, False: {}}
    for a, b, same in chosen if found else ():
        for kind in ("organisation", "person"):
            one, other = (name_key(found[n % len(found)].name, kind) for n in (a, b))
            if one != other:
                pairs[same].setdefault(kind, set()).add(pair(one, other))
    return Judged(*({k: frozenset(v) for k, v in pairs[same].items()} for same in (True, False)))


verdicts = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20), st.booleans()), max_size=3)


@settings(deadline=None)
@given(st.lists(namings, max_size=14), verdicts)
@example([Naming("Marlow", "a", True), Naming("Tom Marlow", "b", True), Naming("Ada Marlow", "c", False)], [])
@example([Naming("Harbour", "a", False), Naming("Fjord", "b", False)], [(0, 1, True)])
def test_the_directory_is_the_union_of_those_of_its_components(
    found: list[Naming], chosen: list[tuple[int, int, bool]]
) -> None:
    judged = judged_of(found, chosen)
    whole = directory(found, judged)
    sets = components(found, lambda n: keys(n, judged))
    parts = [directory(its, judged) for its in sets]
    assert together(parts) == (whole.entities, whole.involved)
    for part, its in zip(parts, sets, strict=True):
        assert [part.find(n.name) for n in its] == [whole.find(n.name) for n in its]


sightings = st.builds(
    Sighting,
    st.sampled_from("abcdef"),
    st.just("plant"),
    st.sampled_from((None, "JP>US", "KR>US")),
    st.sampled_from((None, "gas_power", "power", "oil_terminal", "synthetic_diamond", "mill")),
    st.sets(st.sampled_from("xyz"), max_size=2).map(frozenset),
    st.sampled_from((None, "Ohio", "Portsmouth, Ohio", "Texas", "Neverland", "United States")),
    st.sampled_from((None, None, "falcon")),
    st.sets(st.sampled_from((1e9, 3.3e10)), max_size=1).map(frozenset),
    st.sampled_from(("s1", "s2", "s3", "s4", "s5")),
)
anchors = st.lists(st.tuples(st.sampled_from(("s1", "s2", "s3")), st.sampled_from(("s4", "s5"))), max_size=2)
KIN = {"x": frozenset("y"), "y": frozenset("x")}


def sets(found: Sequence[Project]) -> set[Project]:
    return set(found)


@settings(deadline=None)
@given(st.lists(sightings, max_size=16), anchors, anchors)
def test_projects_are_the_union_of_those_of_their_components(
    found: list[Sighting], one: list[tuple[str, str]], two: list[tuple[str, str]]
) -> None:
    judged = Judged({"project": frozenset(one)}, {"project": frozenset(two) - frozenset(one)})
    moved, _ = routed(found, KIN, judged)
    placed = [moved.get(s, s) for s in found]
    whole, unsure = projects(placed, KIN, judged)
    parts = [projects(its, KIN, judged) for its in components(placed, lambda s: project_keys(s, judged))]
    assert sets(whole) == {p for part, _ in parts for p in part}
    assert set(unsure) == {u for _, part in parts for u in part}


@settings(deadline=None)
@given(st.lists(sightings, max_size=16))
def test_a_sighting_is_routed_by_what_shares_a_mark_with_it_and_by_nothing_else(found: list[Sighting]) -> None:
    moved, doubts = routed(found, KIN)
    for sighting in (s for s in found if s.programme is None):
        near = [s for s in found if s.programme is not None and marks(s) & marks(sighting)]
        alone, own = routed([sighting, *near], KIN)
        assert alone.get(sighting) == moved.get(sighting)
        assert own == [d for d in doubts if d.sighting == sighting]


def test_a_name_that_everybody_bears_ties_nobody() -> None:
    assert not person_keys("kim") & person_keys("kim jung kwan")
    assert person_keys("marlow") & person_keys("tom marlow")
    assert not person_keys("tom") & person_keys("tom marlow")
    assert not keys(Naming("Global", "a", False)) & keys(Naming("Global Partners", "b", False))


@given(st.text(max_size=60), st.booleans())
def test_any_text_has_keys(text: str, person: bool) -> None:
    assert keys(Naming(text, "a", person))
