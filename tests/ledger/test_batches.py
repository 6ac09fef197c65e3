"""Which batches are one, and what is a dispute about the sum of a batch or the cost of a project."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.build import FIRST, Article, only, picture, project, usd
from pledger.ledger.explain import point
from pledger.ledger.picture import Picture
from pledger.model import Attribute, ConflictKind, DateValue, EntityKind, Interval, Mention, Money, Qualifier

LIST = Mention(EntityKind.TRANCHE, "a list of candidates", programme="JP>US")
SECOND = Mention(EntityKind.TRANCHE, "the second round", programme="JP>US", ordinal=2)
THREE = Mention(EntityKind.TRANCHE, "the three projects", programme="JP>US")
DECIDED = dt.date(2026, 2, 17)


def worth(publisher: str, words: str, value: Money, subject: Mention, day: dt.date | None = None) -> Article:
    return Article(publisher, day).says(f"Together {words}.", words, value, subject, scope=subject.kind.value)


def names(found: Picture) -> list[str]:
    return sorted(e.name for e in found.entities.values() if e.kind is EntityKind.TRANCHE)


# Which is which


def test_a_batch_without_a_number_is_the_numbered_one_with_its_sum() -> None:
    found = picture(
        worth("A", "$36bn", usd(36e9), FIRST),
        worth("B", "$73bn", usd(73e9), SECOND),
        worth("C", "$36bn", usd(36e9), THREE),
    )
    assert len(names(found)) == 2
    assert not found.conflicts


def test_or_with_its_day_of_decision() -> None:
    day = DateValue("decide", Interval(DECIDED, DECIDED))
    first = worth("A", "$36bn", usd(36e9), FIRST).says("Chosen on Tuesday.", "Tuesday", day, FIRST)
    later = Article("C").says("Chosen on 17 February.", "17 February", day, THREE)
    assert len(names(picture(first, worth("B", "$73bn", usd(73e9), SECOND), later))) == 2


def test_or_the_only_numbered_one_unless_its_sum_is_of_another_size() -> None:
    assert len(names(picture(worth("A", "$36bn", usd(36e9), FIRST), worth("C", "$40bn", usd(40e9), THREE)))) == 1
    apart = picture(worth("A", "$36bn", usd(36e9), FIRST), worth("C", "$90bn", usd(90e9), THREE))
    assert len(apart.entities) == 2
    assert not apart.conflicts


def test_batches_of_which_nobody_knows_which_they_are_never_contradict_each_other() -> None:
    found = picture(
        worth("A", "$36bn", usd(36e9), FIRST),
        worth("B", "$73bn", usd(73e9), SECOND),
        worth("C", "$10bn", usd(10e9), THREE),
        worth("D", "$14bn", usd(14e9), THREE),
    )
    assert not found.conflicts


@pytest.mark.parametrize("words", ["the October list", "候補一覧", "项目清单", "Wunschliste", "관심 목록"])
def test_a_list_of_candidates_is_one_in_every_language_and_no_batch(words: str) -> None:
    other = Mention(EntityKind.TRANCHE, words, programme="JP>US")
    found = picture(
        worth("A", "$36bn", usd(36e9), FIRST),
        worth("B", "$400bn", usd(400e9), LIST),
        worth("C", "$400bn", usd(400e9), other),
    )
    assert names(found) == [
        "first projects of the Japan–US investment programme",
        "list of candidate projects of the Japan–US investment programme",
    ]


# Sums that differ


def test_three_sums_of_one_list() -> None:
    more = Money(390e9, None, "USD", Qualifier.AT_LEAST)
    found = picture(
        worth("A", "over $390bn", more, LIST),
        worth("B", "$400bn", usd(400e9), LIST),
        worth("C", "$467bn", usd(467e9), LIST),
    )
    told = only(found, ConflictKind.DISPUTE)
    assert [point(s.value) for s in told.sides] == [400e9, 390e9, 467e9], "each number is shown"
    (figure,) = [f for f in found.figures if f.attribute is Attribute.AMOUNT]
    assert len(figure.sides) == 2, "400 is what 'over 390' means; 467 is not"
    assert told.explanation.endswith("they differ by more than rounding, and no report explains it.")


def test_one_report_that_quotes_two_sources_with_two_sums_reports_a_dispute() -> None:
    both = Article("C").says("A says $467bn.", "$467bn", usd(467e9), LIST, ("Fjord Times",), scope="tranche")
    both.says("B says $400bn.", "$400bn", usd(400e9), LIST, ("Harbour Post",), scope="tranche")
    assert only(picture(both), ConflictKind.DISPUTE)
    one = Article("C").says("It says $467bn.", "$467bn", usd(467e9), LIST, ("Fjord Times",), scope="tranche")
    one.says("And $400bn.", "$400bn", usd(400e9), LIST, ("Fjord Times",), scope="tranche")
    assert not picture(one).conflicts


@pytest.mark.parametrize("late", [None, dt.date(2025, 11, 20)])
def test_a_cost_near_a_bound_is_a_second_account_of_it(late: dt.date | None) -> None:
    reactors, early = project("nuclear", "Fjord"), dt.date(2025, 10, 28) if late else None
    bound = Money(None, 100e9, "USD", Qualifier.UP_TO)
    found = picture(
        worth("A", "up to $100bn", bound, reactors, early),
        worth("B", "some $80bn", usd(80e9, qualifier=Qualifier.ABOUT), reactors, late),
    )
    assert only(found, ConflictKind.DISPUTE)


def test_a_cost_far_under_a_bound_measures_something_else() -> None:
    bound = Money(None, 100e9, "USD", Qualifier.UP_TO)
    reactors = project("nuclear", "Fjord")
    found = picture(worth("A", "up to $100bn", bound, reactors), worth("B", "$30bn", usd(30e9), reactors))
    assert only(found, ConflictKind.DEFINITION)


def test_a_range_before_and_a_figure_outside_of_it_after_the_decision_is_an_update() -> None:
    preview = usd(38e9, 44e9, Qualifier.BETWEEN)
    found = picture(
        worth("A", "$38bn to $44bn", preview, FIRST, dt.date(2026, 2, 12)),
        worth("B", "$36bn", usd(36e9), FIRST, dt.date(2026, 2, 18)),
    )
    assert only(found, ConflictKind.UPDATE).explanation == (
        "A gave $38bn to $44bn on 12 February 2026; B gives $36bn on 18 February 2026: the newer figure replaces the "
        "older."
    )


def test_rounding_is_one_side() -> None:
    plant = project("gas_power", "Fjord", "Ohio")
    found = picture(worth("A", "$33bn", usd(33e9), plant), worth("B", "$33.3bn", usd(33.3e9), plant))
    assert not found.conflicts
    (figure,) = [f for f in found.figures if f.qualifier == "total"]
    assert len(figure.sides) == 1
