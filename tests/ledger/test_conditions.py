"""Conditions of one topic: what agrees, what differs, and what came later."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.build import Article, only, picture, project
from pledger.ledger import terms
from pledger.ledger.picture import Picture
from pledger.model import Attribute, ConflictKind, Figure, Standing

MARCH, MAY = dt.date(2026, 3, 3), dt.date(2026, 5, 5)


def notice(publisher: str, value: str, day: dt.date | None = None, by: tuple[str, ...] = ()) -> Article:
    return Article(publisher, day).condition(f"It has {value}.", value, f"notice period: {value}", by=by)


def condition(found: Picture) -> Figure:
    (figure,) = [f for f in found.figures if f.attribute is Attribute.CONDITION]
    return figure


def test_at_least_bounds_a_term_and_does_not_change_it() -> None:
    found = picture(notice("A", "at least 45 business days"), notice("B", "45 business days"))
    assert not found.conflicts
    figure = condition(found)
    assert figure.qualifier == "notice period"
    assert len(figure.sides) == 1
    assert figure.standing is Standing.AGREED


def test_business_days_are_not_calendar_days() -> None:
    told = only(
        picture(notice("A", "at least 45 business days"), notice("B", "45 business days"), notice("C", "45 days")),
        ConflictKind.DISPUTE,
    )
    assert told.attribute is Attribute.CONDITION
    assert set(told.values) == {"at least 45 business days", "45 days"}
    assert told.explanation == (
        "On how much time there is to pay once a project has been notified: A and B say at least 45 business days and "
        "C says 45 days: 45 business days are about nine weeks and 45 calendar days are about six and a half weeks."
    )


@pytest.mark.parametrize(
    ("value", "weeks"),
    [
        ("45 business days", "nine weeks"),
        ("45 days", "six and a half weeks"),
        ("7 days", "one week"),
        ("3 days", "half a week"),
    ],
)
def test_weeks(value: str, weeks: str) -> None:
    told = terms.weeks(value)
    assert told is not None
    assert terms.in_words(told) == weeks


def test_a_report_that_quotes_both_and_adds_nothing_of_its_own() -> None:
    both = Article("C")
    both.condition("A says principal.", "principal", "equal split ends: principal", by=("Fjord Bank",))
    both.condition(
        "B counts interest in.", "interest", "equal split ends: principal and interest", by=("Harbour Bank",)
    )
    told = only(picture(both), ConflictKind.DISPUTE)
    assert "Fjord Bank says principal and Harbour Bank says principal and interest" in told.explanation
    assert "longer the investor keeps half" in told.explanation


def test_one_origin_that_gives_two_terms_does_not_contradict_itself() -> None:
    assert not picture(notice("A", "45 days"), notice("A", "60 days")).conflicts


def test_a_later_word_of_an_office_changes_a_term_and_a_later_retelling_does_not() -> None:
    official = notice("B", "60 days", MAY, ("US Department of Commerce",))
    told = only(picture(notice("A", "45 days", MARCH), official), ConflictKind.UPDATE)
    assert "until 3 March 2026" in told.explanation
    assert "since 5 May 2026" in told.explanation
    retold = picture(notice("A", "45 days", MARCH), notice("B", "60 days", MAY), notice("C", "60 days", MAY))
    assert only(retold, ConflictKind.DISPUTE)


def approval(publisher: str, state: str, day: dt.date | None) -> Article:
    plant = project("lng", "Fjord")
    return Article(publisher, day).condition(f"Approval {state}.", "Approval", f"approval: {state}", plant)


def test_approval_given_later_is_an_update_and_the_older_word_weighs_nothing() -> None:
    found = picture(approval("A", "open", MARCH), approval("B", "met", MAY))
    assert only(found, ConflictKind.UPDATE).explanation == (
        "On whether approval has been given: A had “still to come” until 3 March 2026; B has had “given” since 5 May "
        "2026: the newer replaces the older."
    )
    assert condition(found).standing is Standing.SINGLE_SOURCE


def test_approval_reported_both_ways_at_one_time_is_a_dispute_of_a_project_only() -> None:
    told = only(picture(approval("A", "open", MAY), approval("B", "met", MARCH)), ConflictKind.DISPUTE)
    assert "unless they speak of different approvals" in told.explanation
    of_programme = [
        Article(name, MAY).condition(f"It is {state}.", state, f"approval: {state}")
        for name, state in (("A", "open"), ("B", "met"))
    ]
    assert not picture(*of_programme).conflicts


def test_a_topic_that_the_lexicon_does_not_know_is_compared_by_its_words() -> None:
    def says(publisher: str, value: str) -> Article:
        return Article(publisher).condition(f"Fees are {value}.", value, f"fees: {value}")

    told = only(picture(says("A", "fixed"), says("B", "floating")), ConflictKind.DISPUTE)
    assert told.explanation.startswith("On the fees: ")
    assert set(told.values) == {"fixed", "floating"}
    assert not picture(says("A", "fixed"), says("B", "Fixed")).conflicts


def test_a_condition_without_a_topic_stands_for_itself() -> None:
    bare = [Article(n).condition("Only with a permit.", "permit", w) for n, w in (("A", "a permit"), ("B", "a vote"))]
    found = picture(*bare)
    assert not found.conflicts
    assert len(found.figures) == 2
