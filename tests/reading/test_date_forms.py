"""Forms of dates: feasts, phrases, dates told from the one before, and the forms of Japanese, Chinese and Korean."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.reading import dates
from pledger.reading.dates.feasts import easter, feast_days, feast_near

ON = dt.date(2026, 5, 20)  # a Wednesday


def spans(text: str, language: str) -> list[str]:
    """The intervals of the dates of a text, as START..END."""
    ends = [found.value.interval for found in dates(text, ON, language)]
    return [f"{end.start or ''}..{end.end or ''}" for end in ends]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("A ruling will come by Easter.", "..2027-03-28"),
        ("The board approved it before Easter.", "..2026-04-04"),
        ("Work starts after Thanksgiving.", "2026-11-27.."),
        ("They will sign by Lunar New Year.", "..2027-02-06"),
        ("Talks resume after Golden Week.", "2027-05-06.."),
        ("A decision is expected at the turn of the year.", "2026-12-15..2027-01-15"),
        ("A decision is expected early in the new year.", "2027-01-01..2027-04-30"),
        ("The minister will decide a week from Monday.", "2026-06-01..2026-06-01"),
        ("Ministers meet on Tuesday of next week.", "2026-05-26..2026-05-26"),
        ("In the three months to June it will invest $2bn.", "2026-04-01..2026-06-30"),
        ("The vote will take place on the 28th.", "2026-05-28..2026-05-28"),
        ("The pact takes effect on the 1st of next month.", "2026-06-01..2026-06-01"),
        ("The deal closes in the week of 8 June.", "2026-06-08..2026-06-14"),
        ("The plant should open by mid-year.", "..2026-08-31"),
        ("It starts in the first quarter of the new financial year in Japan.", "2027-04-01..2027-06-30"),
        ("A selection is due some time between October and the year-end.", "2026-10-01..2026-12-31"),
        ("First ammonia may slip past 2031.", "2032-01-01.."),
        ("First metal is due in 1H27.", "2027-01-01..2027-06-30"),
        ("The fund is to be set up in November at the latest.", "..2026-11-30"),
        ("The cabinet will decide the day after tomorrow.", "2026-05-22..2026-05-22"),
    ],
)
def test_english(text: str, told: str) -> None:
    assert told in spans(text, "en")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Die Mittel wurden vor Ostern freigegeben.", "..2026-04-04"),
        ("Die Anlage soll bis Jahresende fertig sein.", "..2026-12-31"),
        ("In der zweiten Jahreshälfte beginnt der Bau.", "2026-07-01..2026-12-31"),
        ("Im Vorjahr wurde der Vertrag unterzeichnet.", "2025-01-01..2025-12-31"),
        ("Der Rat hat an seiner heutigen Sitzung entschieden.", "2026-05-20..2026-05-20"),
        ("Am kommenden Montag entscheidet der Rat.", "2026-05-25..2026-05-25"),
        ("Der Vertrag wurde am Dienstagabend unterzeichnet.", "2026-05-19..2026-05-19"),
        ("Bis Ende des Jahrzehnts sollen 10 Milliarden investiert werden.", "..2029-12-31"),
    ],
)
def test_german(text: str, told: str) -> None:
    assert told in spans(text, "de")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("2028年前半に着工する。", "2028-01-01..2028-06-30"),
        ("2030年代前半に稼働する。", "2030-01-01..2034-12-31"),
        ("2027年3月期に計上する。", "2026-04-01..2027-03-31"),
        ("週明けに契約を結ぶ。", "2026-05-25..2026-05-25"),
        ("夏までに決定する。", "..2026-08-31"),
        ("クリスマスまでに契約を結ぶ。", "..2026-12-25"),
        ("5月4日に契約を結んだ。翌日、政府が承認した。", "2026-05-05..2026-05-05"),
    ],
)
def test_japanese(text: str, told: str) -> None:
    assert told in spans(text, "ja")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("董事会今（20）日通过投资案。", "2026-05-20..2026-05-20"),
        ("董事會昨（19）日通過投資案。", "2026-05-19..2026-05-19"),
        ("預計明年第一季量產。", "2027-01-01..2027-03-31"),
        ("协议已于2月27日签署，首笔资金将于6月到账。", "2026-02-27..2026-02-27"),
        ("项目将在春节前开工。", "..2027-02-05"),
        ("双方2025年签约，次年开工。", "2026-01-01..2026-12-31"),
        ("明年五月动工。", "2027-05-01..2027-05-31"),
        ("项目将在“十五五”期间建成。", "2026-01-01..2030-12-31"),
    ],
)
def test_chinese(text: str, told: str) -> None:
    assert told in spans(text, "zh")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("올봄 착공했다.", "2026-03-01..2026-05-31"),
        ("이날 양사는 계약을 체결했다.", "2026-05-20..2026-05-20"),
        ("추석 전에 결정한다.", "..2026-09-24"),
        ("2030년대 초 가동한다.", "2030-01-01..2033-04-30"),
        ("2025년 착공해 이듬해 완공했다.", "2026-01-01..2026-12-31"),
        ("올해 안에 착공한다.", "..2026-12-31"),
    ],
)
def test_korean(text: str, told: str) -> None:
    assert told in spans(text, "ko")


def test_a_term_from_another_event_is_open() -> None:
    (found,) = dates("The money is due within 60 days of signing.", ON)
    assert (found.value.event, found.value.interval.start, found.value.interval.end) == ("deadline", None, None)


def test_a_comparison_is_no_date_told_from_the_one_before() -> None:
    assert spans("Es startet im Herbst 2028, ein Jahr später als geplant.", "de") == ["2028-09-01..2028-11-30"]


@pytest.mark.parametrize(
    ("text", "language"),
    [("When will construction begin?\n\nIn the spring of 2028.", "en"), ("いつ着工しますか？\n来年春です。", "ja")],
)
def test_an_answer_dates_what_the_question_asked(text: str, language: str) -> None:
    assert [found.value.event for found in dates(text, ON, language)] == ["start"]


@given(st.integers(1583, 9000))
def test_easter_is_a_sunday_of_spring(year: int) -> None:
    day = easter(year)
    assert day.weekday() == 6
    assert dt.date(year, 3, 22) <= day <= dt.date(year, 4, 25)


@given(st.sampled_from(["12-25", "easter+1", "11-thu-4", "12-29..1-3"]), st.dates(dt.date(1990, 1, 1)))
def test_the_feast_to_come_is_not_over(rule: str, on: dt.date) -> None:
    found = feast_near(rule, on, "ahead")
    assert on.year > 9990 or (found is not None and found.end is not None and found.end >= on)


def test_a_table_that_does_not_reach_tells_nothing() -> None:
    assert feast_days("chuseok+0", 1890) is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("위원회는 9일 전체회의를 열고 안건을 의결했다.", ["9일"]),  # and not nine days ago
        ("양측은 9일 전 서명했다.", ["9일 전"]),
        ("부처는 3일 후속 조치를 발표했다.", ["3일"]),
        ("공장은 30일 내에 착공한다.", ["30일 내"]),
        ("20년 내에 원리금을 회수하지 못하면 비율을 바꾼다.", []),  # a term, and no day
    ],
)
def test_a_korean_word_of_time_ends_where_its_word_ends(text: str, told: list[str]) -> None:
    assert [found.text for found in dates(text, dt.date(2026, 3, 20), "ko")] == told
