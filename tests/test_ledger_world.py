"""The world that `make bench-ledger` is made of: what it says to be true is true of its documents; and small runs."""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from pathlib import Path

import pytest

import bench_ledger
import ledger_resolution
import ledger_weights
import pledger
from pledger.data import lexicon
from pledger.documents.echoes import ALIKE, HASHES, WORDS, echoes, signature
from pledger.model import DateValue, EntityKind, Money, Ownership, Party
from synthetic.names import Named
from synthetic.reports import Report, Style, reports
from synthetic.world import KINDS, Fact, World, make_world

SIZE = 200


@pytest.fixture(scope="module")
def world() -> World:
    return make_world(SIZE, seed=3)


@pytest.fixture(scope="module")
def told(world: World) -> list[Report]:
    return list(reports(world))


def test_every_claim_stands_where_it_says(told: list[Report]) -> None:
    for report in told:
        text = report.document.text
        for claim in report.claims:
            assert claim.document == report.document.id
            assert claim.span.of(text) == claim.text
            assert claim.sentence.covers(claim.span)
            for link in claim.attribution:
                assert link.span.of(text).endswith(link.source)
                assert claim.sentence.covers(link.span)
                assert link.content is not None
                assert link.content.covers(claim.span)


def test_each_claim_has_its_truth(told: list[Report]) -> None:
    for report in told:
        assert len(report.truths) == len(report.claims) > 0
        for claim, truth in zip(report.claims, report.truths, strict=True):
            assert (truth.fact is None) == (
                not isinstance(claim.value, Money | DateValue) or claim.subject.kind not in _FACTUAL
            )
            if truth.fact is not None:
                assert truth.fact.name.startswith(truth.entity)


_FACTUAL = (EntityKind.PROGRAMME, EntityKind.PROJECT)


def test_most_of_what_is_said_is_true_at_its_time(told: list[Report]) -> None:
    right = []
    for report in told:
        for claim, truth in zip(report.claims, report.truths, strict=True):
            value = ledger_weights.number_of(claim.value)
            if truth.fact is not None and value is not None:
                day = report.document.reported_on or dt.date.max
                right.append(abs(value / truth.fact.on(day) - 1) < 0.2)
    assert 0.6 < sum(right) / len(right) < 0.95


def test_every_organisation_is_known_under_the_name_that_the_claims_have(told: list[Report]) -> None:
    for report in told:
        names = {n.name: n.house for n in report.names}
        assert len(names) == len(set(names.values())) == len(report.names)
        for claim in report.claims:
            match claim.value:
                case Party(name):
                    assert name in names
                case Ownership(owner, owned):
                    assert {owner, owned} <= names.keys()
            assert claim.subject.sponsor is None or claim.subject.sponsor in names


def test_the_kinds_of_the_world_are_known(world: World) -> None:
    assert set(KINDS) <= lexicon("kinds")["kinds"].keys()
    assert {project.kind for programme in world.programmes for project in programme.projects} <= set(KINDS)


def test_a_name_is_of_its_house(world: World, told: list[Report]) -> None:
    assert len({house.full for house in world.houses}) == len(world.houses)
    alone = {house.short for house in world.houses if house.alone}
    for named in (n for report in told for n in report.names):
        house = world.houses[named.house]
        plain = named.name.casefold().startswith(house.full.casefold()) or named.name.endswith(house.native or "-")
        slip = abs(len(named.name) - len(house.full)) <= 1
        assert plain or slip or named.name in (house.letters, house.short)
        assert named.name != house.short or named.name in alone


def test_letters_are_explained_before_they_are_used(world: World, told: list[Report]) -> None:
    explained: set[int] = set()
    for report in told:
        for named in report.names:
            house = world.houses[named.house]
            assert named.name != house.letters or named.house in explained or report.copies is not None
        explained |= {n.house for n in report.names if n.aliases}


def test_the_same_seed_gives_the_same_world_and_another_another(told: list[Report]) -> None:
    again = list(reports(make_world(SIZE, seed=3)))
    assert again == told
    assert {r.document.id for r in reports(make_world(SIZE, seed=4))}.isdisjoint(r.document.id for r in told)


def test_silent_copies_are_found_and_nothing_else(told: list[Report]) -> None:
    found = echoes((r.document.id, r.document.reported_on, signature(r.document.text)) for r in told)
    first: dict[str, str] = {}
    for report in told:
        first[report.document.id] = first[report.copies] if report.copies else report.document.id
    assert all(first[copy] == first[original] for copy, original in found.items())
    texts = {r.document.id: r.document.text for r in told}
    # A copy of three sentences with one of them written anew has less than half of its runs of words left: by what is
    # called a copy it is none. Near that limit the estimate may go either way, three standard errors above it may not.
    sure = ALIKE + 3 * (ALIKE * (1 - ALIKE) / HASHES) ** 0.5
    silent = [r for r in told if r.copies and shared(r.document.text, texts[r.copies]) > sure]
    assert len(silent) > 3
    assert all(r.document.id in found or r.copies in found for r in silent)


def shared(a: str, b: str) -> float:
    """The share of runs of words that two texts have in common, counted and not estimated."""
    one, other = (
        {tuple(words[i : i + WORDS]) for i in range(len(words) - WORDS + 1)}
        for words in (re.findall(r"[^\W_]+", text.casefold()) for text in (a, b))
    )
    return len(one & other) / len(one | other)


def test_what_copies_comes_from_an_earlier_document(told: list[Report]) -> None:
    seen: set[str] = set()
    for report in told:
        assert report.copies is None or report.copies in seen
        seen.add(report.document.id)


def test_where_nobody_copies_there_are_no_copies(world: World) -> None:
    assert all(r.copies is None for r in reports(world, Style(copying=0.0), 50))


def test_few_programmes_have_most_reports(told: list[Report]) -> None:
    count: dict[str, int] = defaultdict(int)
    for report in told:
        for key in {c.subject.key for c in report.claims if c.subject.kind is EntityKind.PROGRAMME}:
            count[str(key)] += 1
    assert max(count.values()) > 2 * sum(count.values()) / len(count)


def test_marks_of_pairs() -> None:
    marks = ledger_resolution.marks(["x", "x", "x", "y"], [1, 1, 2, 2])
    assert (marks.precision, marks.recall) == (1 / 3, 1 / 2)
    assert marks.f1 == pytest.approx(0.4)
    assert ledger_resolution.marks([1, 2], [1, 2]).f1 == 1


def test_pledger_resolves_the_names_of_a_small_world(told: list[Report]) -> None:
    mentions = ledger_resolution.mentions_of(told)
    mentions.append(("another", Named("Unheard Of Shipyards", 10**6)))
    groups = ledger_resolution.by_pledger(mentions).groups
    marks = ledger_resolution.marks(groups, [n.house for _, n in mentions])
    assert marks.precision > 0.95
    assert marks.f1 > 0.9
    assert groups[-1] not in groups[:-1]


def test_what_pledger_chooses_somebody_said() -> None:
    world = make_world(120, records=False, changing=0.0, per_programme=5)
    told = list(reports(world, Style(0.6, programmes=3, projects=False, plain=True)))
    facts: dict[str, Fact] = ledger_weights.facts_of(told)
    chosen = ledger_weights.chosen_by_us(ledger_weights.picture_of(told), told)
    said = {
        (t.fact.name, ledger_weights.number_of(c.value))
        for r in told
        for c, t in zip(r.claims, r.truths, strict=True)
        if t.fact
    }
    assert facts.keys() <= chosen.keys()
    assert set(chosen.items()) <= said


def test_a_small_ledger_end_to_end(tmp_path: Path) -> None:
    path = tmp_path / "small.db"
    bench_ledger.fill(path, 50)
    held = bench_ledger.rebuild(path)
    assert held["documents"] == 50
    assert held["figures"] > held["entities"] > 10
    bench_ledger.add(path)
    with pledger.open(str(path)) as ledger:
        assert len(ledger.documents()) == 50 + bench_ledger.ADDED
        assert ledger.audit() == []
        claims = {c.id for c in ledger.claims()}
        assert {id_ for f in ledger.figures() for s in f.sides for id_ in s.claims} <= claims
        keys = {c.subject.key for c in ledger.claims() if c.subject.kind is EntityKind.PROGRAMME}
        assert len(keys) == sum(e.kind is EntityKind.PROGRAMME for e in ledger.entities())
