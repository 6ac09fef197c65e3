"""What the head and the foot of a text say of it: text in, title, publisher and day out."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.documents.dateline import dateline, parse_date

DAY = dt.date(2026, 1, 27)


@pytest.mark.parametrize(
    "words",
    [
        "2026-01-27", "2026-01-27T09:30:00+09:00", "2026-01-27 09:30", "2026/1/27", "2026.01.27.",
        "2026. 1. 27.", "20260127",
        "January 27, 2026", "Jan. 27, 2026", "27 January 2026", "27th January 2026",
        "Tue, 27 Jan 2026 10:00:00 GMT", "27. Januar 2026",
        "27.01.2026", "27.1.2026", "01/27/2026", "27/01/2026",
        "2026年1月27日", "2026 年 1 月 27 日", "2026년 1월 27일",
    ],
)  # fmt: skip
def test_dates_in_the_forms_of_the_press(words: str) -> None:
    assert parse_date(words) == DAY


@pytest.mark.parametrize(
    "words",
    ["", "soon", "2026", "January 2026", "31 February 2026", "02/03/2026", "2026-13-01", "1726-01-27", "the 27th"],
)
def test_no_date_is_better_than_a_wrong_one(words: str) -> None:
    assert parse_date(words) is None


@pytest.mark.parametrize(
    "head",
    [
        "Published: January 27, 2026",
        "Published on 27 January 2026 at 10:15 GMT",
        "Updated 28 January 2026\nPublished 27 January 2026",
        "By Ada Writer | January 27, 2026 | 4 min read",
        "Ada Writer · Tue 27 Jan 2026 10.15 GMT",
        "2026-01-27",
        "Tokyo, 27 January 2026",
        "OSAKA, Jan 27, 2026 (Acme Wire) - The fund lends.",
        "公開日：2026年1月27日 10時30分",
        "2026年1月27日（火）10:30",
        "发布时间：2026-01-27 09:00 来源：某通讯社",
        "입력 2026.01.27. 오전 10:30",
        "(서울=가나통신) 홍길동 기자 = 2026.01.27",
        "Veröffentlicht am 27. Januar 2026, 10:15 Uhr",
        "Stand: 27.01.2026",
    ],
)
def test_the_day_of_publication(head: str) -> None:
    text = f"The port gets its loan after all\n{head}\n\nThe fund met on 3 December 2025 and agreed. It will lend."
    assert dateline(text).reported_on == DAY


@pytest.mark.parametrize(
    "text",
    [
        "The fund met on January 27, 2026, and agreed to lend.",
        "January 27, 2026 was the day on which the fund agreed to lend.",
        "• January 27, 2026: the fund agrees",
        "What happens after January 27, 2026 is anybody's guess\n\nThe fund lends.",
        "OSAKA, Jan 27 (Acme Wire) - The fund lends.",
        "The deal signed 27.01.2026 stands.",
    ],
)
def test_a_date_in_prose_is_an_event(text: str) -> None:
    assert dateline(text).reported_on is None


def test_a_wire_s_dateline_takes_its_year_from_the_copyright() -> None:
    found = dateline("OSAKA, Jan 27 (Acme Wire) - The fund lends.\n\n© 2026 Acme Wire. All rights reserved.")
    assert (found.publisher, found.reported_on) == ("Acme Wire", DAY)


@pytest.mark.parametrize(
    ("text", "publisher"),
    [
        ("Acme Home|WORLD News\nThe port gets its loan\n\nThe fund lends.", "Acme"),
        ("The Acme Post Home > World > Asia\nThe port gets its loan\n\nThe fund lends.", "The Acme Post"),
        ("Publisher: Acme Post\nThe port gets its loan\n\nThe fund lends.", "Acme Post"),
        ("The port gets its loan\n\nThe fund lends.\n\nCopyright 2026 Acme Post. All rights reserved.", "Acme Post"),
        ("The port gets its loan\n\nThe fund lends, the Acme Post reports.", None),
        ("Home|WORLD News\nThe port gets its loan\n\nThe fund lends.", None),
    ],
)
def test_publishers(text: str, publisher: str | None) -> None:
    assert dateline(text).publisher == publisher


def test_one_line_can_say_it_all() -> None:
    found = dateline(
        "Published 27 January 2026 by The Acme Post, https://post.example/a?b=1\nThe port gets its loan\n\nIt does."
    )
    assert (found.publisher, found.url, found.reported_on) == ("The Acme Post", "https://post.example/a?b=1", DAY)
    assert found.title == "The port gets its loan"


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("The port gets its loan\n\nThe fund lends.", "The port gets its loan"),
        (
            "Acme Home|WORLD\nBy Ada Writer\n27 January 2026\n3 min read\nThe port gets its loan\nThe fund lends.",
            "The port gets its loan",
        ),
        (
            "• The fund lends two billion.\n• The port is built.\nThe port gets its loan: why now?\nThe fund",
            "The port gets its loan: why now?",
        ),
        ("The fund lends two billion to the port, it said.\nStrategic material here", None),
        ("基金、港湾の建設に二十億ドルを融資\n\n基金は融資する。", "基金、港湾の建設に二十億ドルを融資"),
        ("Title: A loan\nThe fund lends.", "A loan"),
        ("# The port gets its loan\n\nThe fund lends.", "The port gets its loan"),
        ("", None),
    ],
)
def test_titles(text: str, title: str | None) -> None:
    assert dateline(text).title == title


@given(st.text(max_size=300))
def test_never_raises(text: str) -> None:
    dateline(text)
    parse_date(text)


@given(st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2099, 12, 31)))
def test_every_day_is_read_back(day: dt.date) -> None:
    assert parse_date(day.isoformat()) == day
    assert parse_date(f"{day:%B} {day.day}, {day.year}") == day
    assert parse_date(f"{day.year}年{day.month}月{day.day}日") == day
    assert dateline(f"Some headline of words\n{day.isoformat()}\n\nText.").reported_on == day


@pytest.mark.parametrize(
    ("head", "publisher", "day"),
    [
        ("Lender backs quay\n\nBy Ann Aker\nThe Mole Dispatch\nMay 1, 2026\n\nPORTO - ",
         "The Mole Dispatch", (2026, 5, 1)),
        ("Lender backs quay\n\nHarbour Wire\n30 April 2026\n\nThe lender ", "Harbour Wire", (2026, 4, 30)),
        ("Press release\n\nA new quay for the river\n\nFrom: Office for Ports\nPublished 27 January 2026\n\nUp to ",
         "Office for Ports", (2026, 1, 27)),
        ("THE QUAY TIMES | EVENING NOTE\nMonday, 16 March 2026\n\nGood evening. ", "The Quay Times", (2026, 3, 16)),
        ("Kredit für den Kai\n\nHafen-Kurier\nBremen, 4. Mai 2026\n\nDie Bank ", "Hafen-Kurier", (2026, 5, 4)),
        ("報道発表資料\n令和８年４月２４日\n国土交通省　港湾室\n\n岸壁の整備について\n\n国土交通省は、",
         "国土交通省", (2026, 4, 24)),
        ("岸壁に30億ドル\n\n2026/1/14 18:05\n\n【アブダビ＝北洋通信】政府系ファンドは", "北洋通信", (2026, 1, 14)),
        ("码头融资落地\n2026-04-23 16:20　来源：港湾商报　记者：李明\n\n商务部称", "港湾商报", (2026, 4, 23)),
        ("码头融资落地\n\n2026年05月20日 10:12　港湾经济通讯\n\n双方称", "港湾经济通讯", (2026, 5, 20)),
        ("부두에 6조원 투자\n\n항만경제신문\n입력 2026.02.19 17:42\n\n국부펀드가 ", "항만경제신문", (2026, 2, 19)),
        ("Pier & Partners LLP\n\nCLIENT NOTE | Trade | 11 May 2026\n\nWhat lenders should ask\n\nThe lender ",
         "Pier & Partners LLP", (2026, 5, 11)),
        ("Fund weighs stake\n\nBy M. Tul\n\nNUUK, Greenland, Feb. 24, 2026 (Polar News) — A fund ",
         "Polar News", (2026, 2, 24)),
    ],
)  # fmt: skip
def test_outlet_and_day_of_a_plain_head(head: str, publisher: str, day: tuple[int, int, int]) -> None:
    found = dateline(head + "said on Monday that the works would cost more than planned, and that no date was set.\n")
    assert found.publisher == publisher
    assert found.reported_on == dt.date(*day)


@pytest.mark.parametrize(
    ("head", "title", "day"),
    [
        ("Notice to the press\nMinistry of Ports\nTwo quays approved\nPosted On: 26 AUG 2026 3:42PM, Faro\n\nThe ",
         "Notice to the press", (2026, 8, 26)),
        ("ASSEMBLY OF RUM\nCommittee on Ports\nThe Quay and the Fund\nOrdered to be printed 7 October 2026\n\nA ",
         "The Quay and the Fund", (2026, 10, 7)),
        ("The Mole Courier\nFaro, May 21, 2026\nLOCAL NEWS | SPORTS | BOATS\n\nQuay waits for lender\n\nThe ",
         "Quay waits for lender", (2026, 5, 21)),
        ("Quay waits for its lender\n21 May 2026, Faro\n\nThe ", "Quay waits for its lender", (2026, 5, 21)),
    ],
)  # fmt: skip
def test_offices_and_links_are_no_headlines(head: str, title: str, day: tuple[int, int, int]) -> None:
    found = dateline(head + "lender said on Monday that the works would cost more than planned by anybody.\n")
    assert (found.title, found.reported_on) == (title, dt.date(*day))


@pytest.mark.parametrize(
    "head",
    [
        "Quay Works Begin\n\n30 April 2026\n\nThe lender ",
        "Ann Aker\n30 April 2026\n\nThe lender ",
        "Lender Backs Quay\n30 April 2026\n\nThe lender ",
    ],
)
def test_a_headline_or_a_writer_is_no_outlet(head: str) -> None:
    assert dateline(head + "said on Monday that the works would cost more than planned.\n").publisher is None
