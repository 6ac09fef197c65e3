"""Dates: text in, intervals and events out. Tables first, laws at the end."""

from __future__ import annotations

import datetime as dt
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.reading.dates import dates

ON = dt.date(2026, 2, 12)  # a Thursday
Row = tuple[str, str, str | None, str | None]


def read(text: str, language: str = "en", on: dt.date | None = ON) -> list[Row]:
    """What was found, as (words, event, start, end)."""
    out: list[Row] = []
    for found in dates(text, on, language):
        assert text[found.span.start : found.span.end] == found.text
        interval = found.value.interval
        start, end = (str(d) if d else None for d in (interval.start, interval.end))
        out.append((found.text, found.value.event, start, end))
    return out


CALENDAR = [
    ("on 17 Feb 2026 in", "17 Feb 2026", "2026-02-17", "2026-02-17"),
    ("on 17 February 2026 in", "17 February 2026", "2026-02-17", "2026-02-17"),
    ("on the 17th of February, 2026", "17th of February, 2026", "2026-02-17", "2026-02-17"),
    ("on Feb. 17, 2026, they", "Feb. 17, 2026", "2026-02-17", "2026-02-17"),
    ("on February 17th 2026", "February 17th 2026", "2026-02-17", "2026-02-17"),
    ("FEBRUARY 17, 2026", "FEBRUARY 17, 2026", "2026-02-17", "2026-02-17"),
    ("dated 2026-02-17.", "2026-02-17", "2026-02-17", "2026-02-17"),
    ("dated 17/02/2026.", "17/02/2026", "2026-02-17", "2026-02-17"),
    ("dated 02/17/2026.", "02/17/2026", "2026-02-17", "2026-02-17"),
    ("will meet on March 5", "March 5", "2026-03-05", "2026-03-05"),
    ("met on Jan. 30 and", "Jan. 30", "2026-01-30", "2026-01-30"),
    ("met on December 30", "December 30", "2025-12-30", "2025-12-30"),
    ("talks on March 3-5, 2026", "March 3-5, 2026", "2026-03-03", "2026-03-05"),
    ("talks on 3-5 March 2026", "3-5 March 2026", "2026-03-03", "2026-03-05"),
    ("in March 2026 the", "March 2026", "2026-03-01", "2026-03-31"),
    ("in mid-March 2026", "mid-March 2026", "2026-03-11", "2026-03-20"),
    ("will open in June", "June", "2026-06-01", "2026-06-30"),
    ("will open in January", "January", "2027-01-01", "2027-01-31"),
    ("was opened in June", "June", "2025-06-01", "2025-06-30"),
    ("last October it", "last October", "2025-10-01", "2025-10-31"),
    ("in Q3 2026 the", "Q3 2026", "2026-07-01", "2026-09-30"),
    ("in 3Q 2026", "3Q 2026", "2026-07-01", "2026-09-30"),
    ("in the third quarter of 2026", "third quarter of 2026", "2026-07-01", "2026-09-30"),
    ("in the fourth quarter of next year", "fourth quarter of next year", "2027-10-01", "2027-12-31"),
    ("will begin in the second quarter", "second quarter", "2026-04-01", "2026-06-30"),
    ("in H1 2026", "H1 2026", "2026-01-01", "2026-06-30"),
    ("in the first half of 2027", "first half of 2027", "2027-01-01", "2027-06-30"),
    ("in the second half of this year", "second half of this year", "2026-07-01", "2026-12-31"),
    ("in 2027 the", "2027", "2027-01-01", "2027-12-31"),
    ("in early 2027", "early 2027", "2027-01-01", "2027-04-30"),
    ("in mid-2027", "mid-2027", "2027-05-01", "2027-08-31"),
    ("in late 2027", "late 2027", "2027-09-01", "2027-12-31"),
    ("by 2028 the", "by 2028", None, "2028-12-31"),
    ("through 2028.", "through 2028", None, "2028-12-31"),
    ("until March 2027", "until March 2027", None, "2027-03-31"),
    ("by the end of 2028", "by the end of 2028", None, "2028-12-31"),
    ("by early 2027", "by early 2027", None, "2027-04-30"),
    ("by mid-2027", "by mid-2027", None, "2027-08-31"),
    ("no later than 30 June 2027", "no later than 30 June 2027", "2027-06-30", "2027-06-30"),
    ("before 2027", "before 2027", None, "2026-12-31"),
    ("after 2027", "after 2027", "2028-01-01", None),
    ("since 2021", "since 2021", "2021-01-01", None),
    ("as early as March", "as early as March", "2026-03-01", "2026-03-31"),
    ("as soon as next month", "as soon as next month", "2026-03-01", "2026-03-31"),
    ("as early as January", "as early as January", "2027-01-01", "2027-01-31"),
    ("in spring 2026", "spring 2026", "2026-03-01", "2026-05-31"),
    ("in the spring of 2027", "spring of 2027", "2027-03-01", "2027-05-31"),
    ("to be done by spring.", "by spring", None, "2026-05-31"),
    ("this summer", "this summer", "2026-06-01", "2026-08-31"),
    ("in winter 2026", "winter 2026", "2026-12-01", "2027-02-28"),
    ("in the 2030s", "2030s", "2030-01-01", "2039-12-31"),
    ("in the early 2030s", "early 2030s", "2030-01-01", "2033-04-30"),
    ("Japan's budget for FY2026", "FY2026", "2026-04-01", "2027-03-31"),
    ("the U.S. government in fiscal year 2026", "fiscal year 2026", "2025-10-01", "2026-09-30"),
    ("the firm's sales in FY 2026", "FY 2026", "2026-01-01", "2026-12-31"),
    ("Japan, fiscal year ending March 2027", "fiscal year ending March 2027", "2026-04-01", "2027-03-31"),
    ("from 2025 to 2028", "from 2025 to 2028", "2025-01-01", "2028-12-31"),
    ("in 2025-2028", "2025-2028", "2025-01-01", "2028-12-31"),
    ("in 2025-28", "2025-28", "2025-01-01", "2028-12-31"),
    ("between 2025 and 2028", "between 2025 and 2028", "2025-01-01", "2028-12-31"),
    ("from March to June 2026", "from March to June 2026", "2026-03-01", "2026-06-30"),
    ("between January and March 2026", "between January and March 2026", "2026-01-01", "2026-03-31"),
    ("in September last year", "September last year", "2025-09-01", "2025-09-30"),
    ("in September of last year", "September of last year", "2025-09-01", "2025-09-30"),
    ("next September", "next September", "2026-09-01", "2026-09-30"),
    ("last fall", "last fall", "2025-09-01", "2025-11-30"),
    ("from late 2026 to early 2027", "from late 2026 to early 2027", "2026-09-01", "2027-04-30"),
    ("between April and June", "between April and June", "2026-04-01", "2026-06-30"),
    ("the April-June quarter", "April-June", "2026-04-01", "2026-06-30"),
    ("The first stone will be laid on December 3.", "December 3", "2026-12-03", "2026-12-03"),
    ("The decision will be taken in December.", "December", "2026-12-01", "2026-12-31"),
    ("the January-March period of 2026", "January-March period of 2026", "2026-01-01", "2026-03-31"),
    ("in the first three months of 2026", "first three months of 2026", "2026-01-01", "2026-03-31"),
    ("in the 2028 fiscal year", "2028 fiscal year", "2028-01-01", "2028-12-31"),
    ("by year-end 2027", "by year-end 2027", None, "2027-12-31"),
    ("since Jan. 20", "since Jan. 20", "2026-01-20", None),
    ("a note of Jan. 20", "Jan. 20", "2026-01-20", "2026-01-20"),
    ("On Friday, Feb. 20, the cabinet will decide.", "Friday, Feb. 20", "2026-02-20", "2026-02-20"),
    ("a letter from last year", "last year", "2025-01-01", "2025-12-31"),
    ("Since August it applies", "Since August", "2025-08-01", None),
    ("Until November it had been lower", "Until November", None, "2025-11-30"),
    ("from 2027 on", "from 2027", "2027-01-01", None),
]


@pytest.mark.parametrize(("text", "words", "start", "end"), CALENDAR)
def test_calendar_dates(text: str, words: str, start: str | None, end: str | None) -> None:
    assert [(w, a, b) for w, _, a, b in read(text)] == [(words, start, end)]


RELATIVE = [
    ("they said today", "today", "2026-02-12", "2026-02-12"),
    ("they said yesterday", "yesterday", "2026-02-11", "2026-02-11"),
    ("will sign tomorrow", "tomorrow", "2026-02-13", "2026-02-13"),
    ("officials said on Tuesday", "Tuesday", "2026-02-10", "2026-02-10"),
    ("On Tuesday, officials said", "Tuesday", "2026-02-10", "2026-02-10"),
    ("a meeting scheduled for Monday", "Monday", "2026-02-16", "2026-02-16"),
    ("they will meet on Tuesday", "Tuesday", "2026-02-17", "2026-02-17"),
    ("said it would sign on Friday", "Friday", "2026-02-13", "2026-02-13"),
    ("next Tuesday", "next Tuesday", "2026-02-17", "2026-02-17"),
    ("last Thursday", "last Thursday", "2026-02-05", "2026-02-05"),
    ("due this week", "this week", "2026-02-09", "2026-02-15"),
    ("next week", "next week", "2026-02-16", "2026-02-22"),
    ("last month", "last month", "2026-01-01", "2026-01-31"),
    ("next month", "next month", "2026-03-01", "2026-03-31"),
    ("this quarter", "this quarter", "2026-01-01", "2026-03-31"),
    ("last year", "last year", "2025-01-01", "2025-12-31"),
    ("later this year", "later this year", "2026-01-01", "2026-12-31"),
    ("by next year", "by next year", None, "2027-12-31"),
    ("by the end of this year", "by the end of this year", None, "2026-12-31"),
    ("early next year", "early next year", "2027-01-01", "2027-04-30"),
    ("late last year", "late last year", "2025-09-01", "2025-12-31"),
    ("could begin within months", "within months", "2026-02-12", "2027-02-12"),
    ("within three months", "within three months", "2026-02-12", "2026-05-12"),
    ("in the coming weeks", "coming weeks", "2026-02-12", "2026-04-13"),
    ("over the next decade", "over the next decade", "2026-02-12", "2036-02-12"),
    ("over the next five years", "over the next five years", "2026-02-12", "2031-02-12"),
    ("over the past two years", "over the past two years", "2024-02-12", "2026-02-12"),
    ("in three years", "in three years", "2029-01-01", "2029-12-31"),
    ("in 10 days", "in 10 days", "2026-02-22", "2026-02-22"),
    ("two weeks ago", "two weeks ago", "2026-01-26", "2026-02-01"),
    ("three years ago", "three years ago", "2023-01-01", "2023-12-31"),
    ("a month ago", "a month ago", "2026-01-01", "2026-01-31"),
    ("The talks were held Monday through Wednesday.", "Monday through Wednesday", "2026-02-09", "2026-02-11"),
    ("by the end of the decade", "by the end of the decade", None, "2029-12-31"),
    ("by month-end", "by month-end", None, "2026-02-28"),
    ("within 45 business days", "within 45 business days", "2026-02-12", "2026-04-16"),
    ("in less than two years", "in less than two years", "2026-02-12", "2028-02-12"),
    ("late next week", "late next week", "2026-02-20", "2026-02-22"),
]


@pytest.mark.parametrize(("text", "words", "start", "end"), RELATIVE)
def test_relative_dates(text: str, words: str, start: str | None, end: str | None) -> None:
    assert [(w, a, b) for w, _, a, b in read(text)] == [(words, start, end)]


@pytest.mark.parametrize(("text", "words"), [(t, w) for t, w, _, _ in RELATIVE])
def test_relative_dates_without_a_day_have_no_ends(text: str, words: str) -> None:
    assert [(w, a, b) for w, _, a, b in read(text, on=None)] == [(words, None, None)]


OTHER_LANGUAGES = [
    ("ja", "2026年2月17日に発表", "2026年2月17日", "announce", "2026-02-17", "2026-02-17"),
    ("ja", "令和8年2月17日に署名", "令和8年2月17日", "sign", "2026-02-17", "2026-02-17"),
    ("ja", "２０２６年３月に着工する", "２０２６年３月", "start", "2026-03-01", "2026-03-31"),
    ("ja", "2026年第3四半期に完成", "2026年第3四半期", "complete", "2026-07-01", "2026-09-30"),
    ("ja", "2028年末までに稼働", "2028年末までに", "start", None, "2028-12-31"),
    ("ja", "2026年度の予算", "2026年度", "fund", "2026-04-01", "2027-03-31"),
    ("ja", "来月の首脳会談", "来月", "meet", "2026-03-01", "2026-03-31"),
    ("ja", "来年初めに訪米", "来年初め", "visit", "2027-01-01", "2027-04-30"),
    ("ja", "3月に訪米する", "3月", "visit", "2026-03-01", "2026-03-31"),
    ("ja", "17日に会談する、2027年春に", "2027年春", "meet", "2027-03-01", "2027-05-31"),
    ("ja", "2029年以降", "2029年以降", "other", "2029-01-01", None),
    ("zh", "2026年2月17日宣布", "2026年2月17日", "announce", "2026-02-17", "2026-02-17"),
    ("zh", "2026年上半年开工", "2026年上半年", "start", "2026-01-01", "2026-06-30"),
    ("zh", "2026年第三季度投产", "2026年第三季度", "start", "2026-07-01", "2026-09-30"),
    ("zh", "明年签署协议", "明年", "sign", "2027-01-01", "2027-12-31"),
    ("zh", "下周在华盛顿会谈", "下周", "meet", "2026-02-16", "2026-02-22"),
    ("zh", "2028年底", "2028年底", "other", "2028-12-01", "2028-12-31"),
    ("ko", "2026년 2월 17일 발표했다", "2026년 2월 17일", "announce", "2026-02-17", "2026-02-17"),
    ("ko", "올해 3분기 착공", "올해 3분기", "start", "2026-07-01", "2026-09-30"),
    ("ko", "내년 상반기 완공", "내년 상반기", "complete", "2027-01-01", "2027-06-30"),
    ("ko", "2028년까지 투자", "2028년까지", "deadline", None, "2028-12-31"),
    ("ko", "올해 말까지 서명", "올해 말까지", "sign", None, "2026-12-31"),
    ("ko", "다음 달 방미", "다음 달", "visit", "2026-03-01", "2026-03-31"),
    ("de", "am 17. Februar 2026 unterzeichnet", "17. Februar 2026", "sign", "2026-02-17", "2026-02-17"),
    ("de", "am 17.02.2026", "17.02.2026", "other", "2026-02-17", "2026-02-17"),
    ("de", "bis Ende 2027 fertiggestellt", "bis Ende 2027", "complete", None, "2027-12-31"),
    ("de", "im dritten Quartal 2026", "dritten Quartal 2026", "other", "2026-07-01", "2026-09-30"),
    ("de", "im nächsten Jahr", "nächsten Jahr", "other", "2027-01-01", "2027-12-31"),
    ("de", "Anfang 2027 beginnt der Bau", "Anfang 2027", "start", "2027-01-01", "2027-04-30"),
    ("de", "seit 2021", "seit 2021", "other", "2021-01-01", None),
    ("de", "vor zwei Wochen", "vor zwei Wochen", "other", "2026-01-26", "2026-02-01"),
    ("de", "im Frühjahr 2027", "Frühjahr 2027", "other", "2027-03-01", "2027-05-31"),
    ("ja", "昨年9月に署名、2028年度中に稼働", "2028年度", "start", "2028-04-01", "2029-03-31"),
    ("ja", "政府は10日、発表した", "10日", "announce", "2026-02-10", "2026-02-10"),
    ("ja", "今後5年で投資する", "今後5年", "fund", "2026-02-12", "2031-02-12"),
    ("zh", "2029年1月前完成", "2029年1月前", "complete", None, "2028-12-31"),
    ("zh", "到2028年底完工", "到2028年底", "complete", None, "2028-12-31"),
    ("zh", "两年内开工", "两年内", "start", "2026-02-12", "2028-02-12"),
    ("zh", "未来十年", "未来十年", "other", "2026-02-12", "2036-02-12"),
    ("ko", "지난 10일 발표", "지난 10일", "announce", "2026-02-10", "2026-02-10"),
    ("ko", "향후 10년간 투자", "향후 10년간", "fund", "2026-02-12", "2036-02-12"),
]


@pytest.mark.parametrize(("language", "text", "words", "event", "start", "end"), OTHER_LANGUAGES)
def test_other_languages(language: str, text: str, words: str, event: str, start: str | None, end: str | None) -> None:
    assert (words, event, start, end) in read(text, language)


EVENTS = [
    ("The list is set to be announced by summer.", "by summer", "announce"),
    ("The ministry unveiled the plan on Tuesday.", "Tuesday", "announce"),
    ("Ministers expect to approve the loan in April.", "April", "decide"),
    ("The memorandum was signed on 4 September 2025.", "4 September 2025", "sign"),
    ("The bank will inject capital in Q2 2026.", "Q2 2026", "fund"),
    ("The plant might break ground in Q4 2026.", "Q4 2026", "start"),
    ("Construction begins in 2027.", "2027", "start"),
    ("The terminal is to be completed by 2029.", "by 2029", "complete"),
    ("The line should be operational by the end of 2028.", "by the end of 2028", "start"),
    ("By law, the money must be committed by January 19, 2029.", "by January 19, 2029", "deadline"),
    ("The waiver expires on June 30, 2026.", "June 30, 2026", "deadline"),
    ("The premier may visit Washington as early as April.", "as early as April", "visit"),
    ("A trip to Washington is planned for next month.", "next month", "visit"),
    ("The meeting scheduled for Monday in Oslo", "Monday", "meet"),
    ("Talks resume next week.", "next week", "meet"),
    ("Prices went up in 2025.", "2025", "other"),
    ("In March 2026 the two sides signed the accord.", "March 2026", "sign"),
]


@pytest.mark.parametrize(("text", "words", "event"), EVENTS)
def test_the_nearest_event_of_the_clause(text: str, words: str, event: str) -> None:
    assert (words, event) in [(w, e) for w, e, _, _ in read(text)]


def test_an_event_carries_over_in_an_enumeration() -> None:
    text = (
        "The smelter may break ground in Q2 2026, followed by the port in late 2027, "
        "and the pilot line ongoing through 2029."
    )
    assert [r[:2] for r in read(text)] == [("Q2 2026", "start"), ("late 2027", "start"), ("through 2029", "complete")]


def test_one_date_may_serve_two_events() -> None:
    text = "The smelter may be announced ahead of a visit by the premier to Ottawa as early as April."
    assert [r[:2] for r in read(text)] == [("as early as April", "visit"), ("as early as April", "announce")]


def test_two_events_of_one_sentence_keep_their_dates() -> None:
    text = "The accord was signed in July 2025 and the smelter will be completed by 2029."
    assert [r[:2] for r in read(text)] == [("July 2025", "sign"), ("by 2029", "complete")]


NO_DATES = [
    "Agenda 2030 House",
    "2026 units were sold",
    "page 2026",
    "the Model 2025",
    "in 2025 dollars",
    "A total of 2,026 people",
    "$2026",
    "May be the best",
    "it may rain",
    "They march on",
    "in order",
    "April Jones said so",
    "the second of two",
    "fall in prices",
    "hot springs",
    "3/4/2026",
    "Section 2025",
    "COVID-19",
    "99999-01-01",
    "2026-13-45",
    "a quarter of the loans",
    "day by day",
    "for years",
    "one day",
    "half of the firms",
    "ISO 2022-compliant",
    "the following day",
    "前年比3%",
    "over three years",
    "2年連続",
]


@pytest.mark.parametrize("text", NO_DATES)
def test_what_is_no_date(text: str) -> None:
    assert read(text) == []


SETTLED = [
    ("en", "Norway has until 30 June 2028 to place it.", "until 30 June 2028", "deadline", "2028-06-30", "2028-06-30"),
    ("en", "Investments are to be made by 2030.", "by 2030", "deadline", None, "2030-12-31"),
    ("en", "Firms intend to invest the sum by 2030.", "by 2030", "deadline", None, "2030-12-31"),
    ("en", "Projects are chosen until June 2028.", "until June 2028", "deadline", None, "2028-06-30"),
    ("en", "A decision is expected by May.", "by May", "decide", None, "2026-05-31"),
    ("en", "The window closes in May 2028.", "May 2028", "deadline", "2028-05-01", "2028-05-31"),
    ("en", "The levy has been in force since May.", "since May", "start", "2025-05-01", "2025-05-31"),
    ("en", "The panel has been working since January.", "since January", "start", "2026-01-01", "2026-01-31"),
    ("en", "The duty fell from 25 to 15 percent on 1 February.", "1 February", "start", "2026-02-01", "2026-02-01"),
    ("en", "First power is due in early 2028.", "early 2028", "start", "2028-01-01", "2028-04-30"),
    ("en", "The court struck down the law on Tuesday.", "Tuesday", "decide", "2026-02-10", "2026-02-10"),
    ("en", "They put their names on 14 November to a deal.", "14 November", "sign", "2025-11-14", "2025-11-14"),
    ("en", "The Oslo Post reported on Monday that it failed.", "Monday", "announce", "2026-02-09", "2026-02-09"),
    ("en", "The daily reported in 2025 that it failed.", "2025", "other", "2025-01-01", "2025-12-31"),
    ("en", "The paper showed over the weekend how.", "over the weekend", "announce", "2026-02-07", "2026-02-08"),
    ("en", "November's memorandum set the terms.", "November", "sign", "2025-11-01", "2025-11-30"),
    ("en", "It comes nine days after they signed.", "nine days after", "sign", "2026-02-03", "2026-02-03"),
    ("en", "The law takes force in about three months.", "in about three months", "start", "2026-05-01", "2026-05-31"),
    ("en", "It will pay $90bn over ten years.", "over ten years", "complete", "2026-02-12", "2036-12-31"),
    ("en", "In May Oslo raised its offer to $90bn.", "May", "announce", "2025-05-01", "2025-05-31"),
    ("en", "It would not be used up before 2035.", "before 2035", "complete", "2035-01-01", None),
    ("de", "Über fünf Jahre fließen 9 Mrd. Euro.", "Über fünf Jahre", "complete", "2026-02-12", "2031-12-31"),
    ("de", "Oslo will bis 2030 Geld investieren.", "bis 2030", "deadline", None, "2030-12-31"),
    ("de", "Seit August gilt der Satz.", "Seit August", "start", "2025-08-01", "2025-08-31"),
    ("ja", "企業は28年までに2兆円を投じる", "28年までに", "deadline", None, "2028-12-31"),
    ("ja", "税率は昨年9月、25%から15%に下がっている", "昨年9月", "start", "2025-09-01", "2025-09-30"),
    ("ja", "10年かけて2兆ドルを出す", "10年かけて", "complete", "2026-02-12", "2036-12-31"),
    ("ja", "10日、4事業を選定したと発表した", "10日", "announce", "2026-02-10", "2026-02-10"),
    ("ja", "10日、4事業を選定したと発表した", "10日", "decide", "2026-02-10", "2026-02-10"),
    ("zh", "总统10日宣布首批项目", "10日", "announce", "2026-02-10", "2026-02-10"),
    ("ko", "양국은 10일 양해각서에 서명했다", "10일", "sign", "2026-02-10", "2026-02-10"),
    ("ko", "일본은 11월 17일 3건을 골랐다", "11월 17일", "decide", "2025-11-17", "2025-11-17"),
    ("ko", "국회 표결을 이틀 앞두고", "이틀 앞두고", "decide", "2026-02-14", "2026-02-14"),
    ("ko", "2029년 1월까지 사업을 고른다", "2029년 1월까지", "deadline", None, "2029-01-31"),
]


@pytest.mark.parametrize(("language", "text", "words", "event", "start", "end"), SETTLED)
def test_event_and_interval_tell_of_each_other(
    language: str, text: str, words: str, event: str, start: str | None, end: str | None
) -> None:
    assert (words, event, start, end) in read(text, language)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "It has grown for over ten years."),
        ("en", "It invested $9bn over ten years."),
        ("ja", "過去10年で2兆ドルを出した"),
        ("ja", "28年ぶりの高さ"),
        ("ja", "10年間の計画"),
        ("ko", "45일의 기한"),
    ],
)
def test_lengths_of_time_are_no_dates(language: str, text: str) -> None:
    assert read(text, language) == []


# Laws.


@given(
    st.dates(dt.date(1900, 1, 1), dt.date(2150, 12, 31)),
    st.sampled_from(["%d %B %Y", "%B %d, %Y", "%Y-%m-%d", "%d %b %Y", "%Y年%m月%d日", "%Y년 %m월 %d일"]),
)
@settings(max_examples=150, deadline=None)
def test_a_day_written_is_read_back(day: dt.date, form: str) -> None:
    text = f"on {day.strftime(form)} it"
    [found] = dates(text, ON)
    assert found.value.interval.start == found.value.interval.end == day


PIECES = st.lists(
    st.sampled_from(
        [
            "2026",
            "17",
            "Feb",
            "March",
            "May ",
            ",",
            ".",
            " ",
            "\n",
            "-",
            "/",
            "by ",
            "the end of ",
            "early ",
            "Q3 ",
            "first half of ",
            "spring ",
            "in ",
            "from ",
            "to ",
            "next ",
            "last ",
            "year",
            "month ",
            "months ",
            "two ",
            "ago",
            "Tuesday",
            "today",
            "since ",
            "FY",
            "年",
            "月",
            "日",
            "令和",
            "8",
            "第3四半期",
            "来年",
            "末",
            "までに",
            "내년 ",
            "상반기",
            "까지",
            "年度",
            "0s",
            "announced ",
            "within ",
            "weeks ",
            "over the next ",
            "decade",
            "99",
            "0",
        ]
    ),
    max_size=20,
).map("".join)


@given(
    st.one_of(PIECES, st.text(max_size=60)),
    st.sampled_from(["en", "ja", "zh", "ko", "de", "xx"]),
    st.one_of(st.none(), st.dates(), st.just(dt.date.min), st.just(dt.date.max)),
)
@settings(max_examples=500, deadline=None)
def test_offsets_are_exact_and_nothing_raises(text: str, language: str, on: dt.date | None) -> None:
    last, before = 0, None
    for found in dates(text, on, language):
        assert text[found.span.start : found.span.end] == found.text
        assert found.span == before or last <= found.span.start < found.span.end
        last, before = found.span.end, found.span
        interval = found.value.interval
        assert interval.start is None or interval.end is None or interval.start <= interval.end


FLOODS = [
    "9" * 10**6,
    "$" * 10**6,
    "１" * 10**5,
    " " * 10**6,
    "2026 " * 20_000,
    "in 2026 " * 4_000,
    "March " * 10**4,
    "2026年" * 4_000,
    "by the end of " * 20_000,
    "next year " * 10**4,
    "Tuesday " * 10**4,
    "Q3 " * 10**4,
    "1-" * 20_000,
    "from 2025 to 2026 " * 4_000,
    "announced " * 20_000,
    "in March 2026 " + "announced " * 10**4,
    "month" * 20_000,
    "two months ago " * 10**4,
    "a" * 10**6,
    "年" * 10**5,
    "1月" * 4_000,
    "spring " * 10**4,
    "in spring, " * 10**4,
]


@pytest.mark.parametrize("flood", FLOODS, ids=lambda f: repr(f[:8]))
def test_floods_take_linear_time(flood: str) -> None:
    began = time.process_time()
    dates(flood, ON)
    assert time.process_time() - began < 20  # a hang, not a matter of speed


def test_the_agent_of_a_passive_is_no_limit() -> None:
    [found] = dates("A list released by the trade ministry on Thursday names it.", dt.date(2026, 1, 16))
    assert (found.value.interval.start, found.value.interval.end) == (dt.date(2026, 1, 15), dt.date(2026, 1, 15))


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        # what was once meant lies on the nearer side; a name with stops does not cut the words that look ahead
        ("Seoul is said to have intended to name them by the end of January.", None, "2026-01-31"),
        (
            "It could come when the premier meets U.S. President Hale in Ulsan on February 26.",
            "2026-02-26",
            "2026-02-26",
        ),
    ],
)
def test_days_without_a_year_lie_where_the_words_look(text: str, start: str | None, end: str) -> None:
    assert [row[2:] for row in read(text)] == [(start, end)]
