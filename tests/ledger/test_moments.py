"""The two times: when it was reported, and when we read it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.build import Article, usd
from pledger.ledger import NOW, Ledger, Moment
from pledger.ledger.store import Store
from pledger.model import Figure, Money

MARCH, MAY, JULY = dt.date(2026, 3, 1), dt.date(2026, 5, 1), dt.date(2026, 7, 1)
days = st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2027, 1, 1))
moments = st.datetimes(dt.datetime(2025, 1, 1), dt.datetime(2027, 1, 1))  # noqa: DTZ001  UTC without saying so, as stored


@pytest.fixture
def ledger(url: str) -> Ledger:
    """Reported in March and May, read in the other order: the older one was found later, in July."""
    store = Store(url)
    for article, read in (
        (Article("Harbour Post", MAY).says("It is $60bn.", "$60bn", usd(60e9)), MAY),
        (Article("Fjord Times", MARCH).says("It is $6bn.", "$6bn", usd(6e9)), JULY),
        (Article("Undated Letter").says("It is $60bn.", "$60bn", usd(60e9)), MAY),
    ):
        document, claims = article.done()
        store.add(document, claims, b"", dt.datetime.combine(read, dt.time(23, 59)))
    return Ledger(store)


def amounts(figures: list[Figure]) -> list[float]:
    return [s.value.low for f in figures for s in f.sides if isinstance(s.value, Money) and s.value.low is not None]


def test_what_had_been_reported_and_what_we_had_read(ledger: Ledger) -> None:
    assert sorted(amounts(ledger.figures())) == [6e9, 60e9]
    assert sorted(amounts(ledger.figures(as_of=MARCH))) == [6e9, 60e9]  # the undated one counts always
    assert amounts(ledger.figures(known_on=MAY)) == [60e9]
    assert amounts(ledger.figures(as_of=MARCH, known_on=MAY)) == [60e9]
    assert len(ledger.documents(as_of=MARCH, known_on=MAY)) == 1
    assert amounts(ledger.figures(known_on=MARCH)) == []
    assert [len(ledger.conflicts(known_on=day)) for day in (MAY, JULY)] == [0, 1]


def test_a_ledger_fixed_at_a_moment_answers_everything_as_of_it(ledger: Ledger) -> None:
    then = ledger.at(as_of=MARCH, known_on=MAY)
    assert then.moment == Moment(MARCH, MAY)
    assert len(then.documents()) == len(then.claims()) == len(then.figures()) == 1
    assert then.audit() == []
    assert not then.conflicts()
    [figure] = then.figures()
    answer = then.why(figure.id)
    assert answer is not None
    assert {e.document.publisher for e in answer.evidence} == {"Undated Letter"}
    now = ledger.why(figure.id)
    assert now is not None
    assert len(now.evidence) == 3
    assert ledger.why(figure.id, as_of=MARCH, known_on=MAY) == answer


def test_as_of_the_last_day_is_all_there_is(corpus_ledger: Ledger) -> None:
    last = max(d.reported_on for d in corpus_ledger.documents() if d.reported_on)
    then = corpus_ledger.at(as_of=last)
    assert [replace(f, as_of=None) for f in then.figures()] == corpus_ledger.figures()
    assert then.conflicts() == corpus_ledger.conflicts()
    assert then.entities() == corpus_ledger.entities()
    assert then.documents() == corpus_ledger.documents()
    assert then.claims() == corpus_ledger.claims()


@given(days, days, days, moments)
def test_a_later_moment_holds_what_an_earlier_one_held(
    one: dt.date | None, other: dt.date | None, reported: dt.date | None, read: dt.datetime
) -> None:
    assert NOW.holds(reported, read)
    if one is not None and other is not None:
        early, late = sorted((one, other))
        assert Moment(late, None).holds(reported, read) >= Moment(early, None).holds(reported, read)
        assert Moment(None, late).holds(reported, read) >= Moment(None, early).holds(reported, read)
    both = Moment(one, other).holds(reported, read)
    assert both == (Moment(one, None).holds(reported, read) and Moment(None, other).holds(reported, read))
