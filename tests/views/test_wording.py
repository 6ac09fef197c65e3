"""How values read: value in, words out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.model import (
    Attribute,
    Attribution,
    DateValue,
    Document,
    Entity,
    EntityKind,
    Instruments,
    Interval,
    Money,
    Outlook,
    Ownership,
    Party,
    Qualifier,
    Share,
    Span,
    Stage,
    StageValue,
    Text,
    Value,
)
from pledger.views.wording import (
    chain,
    say,
    say_attribute,
    say_beside,
    say_chain,
    say_document,
    say_entity,
    say_interval,
    say_origin,
    say_weight,
)

EXACT, ABOUT, LEAST, UP_TO, BETWEEN = Qualifier


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (Money(550e9, 550e9, "USD", EXACT), "$550bn"),
        (Money(None, 100e9, "USD", UP_TO), "up to $100bn"),
        (Money(200e9, None, "USD", LEAST), "at least $200bn"),
        (Money(350e6, 100e9, "USD", BETWEEN), "from $350m to $100bn"),
        (Money(7.18e12, 7.18e12, "JPY", EXACT), "¥7.18tn"),
        (Money(509e12, 509e12, "KRW", ABOUT), "about ₩509tn"),
        (Money(33.3e9, 33.3e9, "USD", EXACT), "$33.3bn"),
        (Money(None, 20e9, "USD", UP_TO, "year"), "up to $20bn a year"),
        (Money(67e9, 67e9, "CHF", EXACT), "CHF 67bn"),
        (Money(999_999_999_999, 999_999_999_999, "USD", EXACT), "$1tn"),
        (Money(12_500, 12_500, "EUR", EXACT), "€12,500"),
        (Money(None, None, "USD", EXACT), "an amount not told"),
        (Share(0.1, 0.1, ABOUT, "GDP of Japan"), "about 10 % of GDP of Japan"),
        (Share(0.6, None, LEAST, None), "at least 60 %"),
        (Share(0.1, 0.1, EXACT, None, "year"), "10 % a year"),
        (StageValue(Stage.CANDIDATE), "candidate"),
        (StageValue(Stage.CANDIDATE, Outlook.IMMINENT), "candidate, decision imminent"),
        (StageValue(Stage.PLEDGED, Outlook.NOT_YET), "pledged, not yet committed"),
        (StageValue(Stage.CANCELLED, Outlook.NOT_YET), "cancelled"),
        (Party("Hitachi", "sponsor"), "Hitachi (sponsor)"),
        (Instruments(("equity", "loan", "guarantee")), "equity, loans and guarantees"),
        (Instruments(("credit_line",)), "credit lines"),
        (Ownership("De Beers Group", "Element Six"), "De Beers Group owns Element Six"),
        (Text("synthetic_diamond"), "synthetic diamond plant"),
        (Text("some_other_kind"), "some other kind"),
        (Text("Brazoria County, Texas"), "Brazoria County, Texas"),
    ],
)
def test_a_value_reads_as_in_the_press(value: Value, words: str) -> None:
    assert say(value) == words


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("2026-07-01", "2026-09-30", "Q3 2026"),
        ("2027-01-01", "2027-04-30", "early 2027"),
        ("2026-05-01", "2026-08-31", "mid-2026"),
        ("2026-03-01", "2026-05-31", "spring 2026"),
        ("2026-12-01", "2027-02-28", "winter 2026/27"),
        ("2026-01-01", "2026-06-30", "first half of 2026"),
        ("2026-01-01", "2026-12-31", "2026"),
        ("2025-01-01", "2028-12-31", "2025 to 2028"),
        ("2026-03-01", "2026-03-31", "March 2026"),
        ("2026-04-01", "2027-03-31", "April 2026 to March 2027"),
        ("2029-01-19", "2029-01-19", "19 January 2029"),
        ("2026-03-02", "2026-03-06", "2 to 6 March 2026"),
        ("2026-02-20", "2026-03-06", "20 February to 6 March 2026"),
        (None, "2028-12-31", "by the end of 2028"),
        (None, "2026-05-31", "by the end of May 2026"),
        (None, "2029-01-19", "by 19 January 2029"),
        ("2026-03-01", None, "from March 2026"),
        (None, None, "a date not told"),
    ],
)
def test_an_interval_reads_by_the_name_that_fits_it(start: str | None, end: str | None, words: str) -> None:
    ends = [dt.date.fromisoformat(day) if day else None for day in (start, end)]
    assert say_interval(Interval(*ends)) == words
    assert say(DateValue("start", Interval(*ends))) == words


@given(st.dates(), st.dates())
def test_every_interval_has_words_that_name_its_years(one: dt.date, other: dt.date) -> None:
    start, end = sorted((one, other))
    words = say_interval(Interval(start, end))
    assert str(end.year) in words or f"/{end.year % 100:02}" in words


@given(st.floats(min_value=1e-3, max_value=1e15))
def test_an_amount_reads_back_to_itself(amount: float) -> None:
    words = say(Money(amount, amount, "USD", EXACT)).removeprefix("$").replace(",", "")
    unit = next((n for name, n in (("tn", 1e12), ("bn", 1e9), ("m", 1e6)) if words.endswith(name)), 1.0)
    read = float(words.rstrip("tnbm")) * unit
    assert read == pytest.approx(amount, rel=1e-4, abs=1e-4)


def test_what_a_figure_is_about() -> None:
    assert say_attribute(Attribute.AMOUNT, "ceiling") == "ceiling"
    assert say_attribute(Attribute.AMOUNT) == "amount"
    assert say_attribute(Attribute.DATE, "complete") == "completion"
    assert say_attribute(Attribute.SHARE, "GDP of Japan") == "share of GDP of Japan"
    assert say_attribute(Attribute.PARTY, "sponsor") == "sponsor"
    assert say_attribute(Attribute.CONDITION, "notice period") == "notice period"
    assert say_beside(Text("notice period: 45 days"), "notice period") == "45 days"
    assert say_beside(Text("may decline: may decline"), "may decline") == "yes"


def test_words_that_name_nothing_are_shown_as_a_quotation() -> None:
    assert say_entity(Entity("e1", EntityKind.PROJECT, "harbour works")) == "Harbour works"
    assert say_entity(Entity("e2", EntityKind.UNKNOWN, "it will cost")) == "subject not told (“it will cost”)"
    assert say_entity(Entity("e3", EntityKind.UNKNOWN, "unstated")) == "subject not told"


def test_an_outlet_that_is_not_named_goes_by_its_article() -> None:
    assert say_origin("unnamed publisher 0123abcd: “Harbour opens”") == "unnamed outlet of “Harbour opens”"
    assert say_origin("unnamed publisher 0123abcd") == "unnamed publisher 0123abcd"
    assert say_origin("Reuters") == "Reuters"


def test_what_weighs_nothing_says_why() -> None:
    assert say_weight(0.5) == "weight 0.50"
    assert say_weight(0.0) == "weight 0, replaced by later words"


def test_a_chain_runs_from_the_outlet_to_the_innermost_source() -> None:
    document = Document("d", "a.txt", "", publisher="Daily Example")
    links = [Attribution("Reuters", False, "said", Span(0, 1)), Attribution("two officials", True, "told", Span(2, 3))]
    assert say_chain(document, links) == "Daily Example <- Reuters <- two officials (unnamed)"
    assert chain(document, [Attribution("two unnamed officials", True, None, Span(0, 1))])[1] == "two unnamed officials"


def test_a_document_without_publisher_goes_by_its_host_or_its_file() -> None:
    assert say_document(Document("d", "x/a.txt", "", url="https://www.example.org/b?c")) == "example.org"
    assert say_document(Document("d", "x/a.txt", "")) == "a.txt"
