"""Amounts of money: text in, amounts out. Tables first, laws at the end."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.reading.money import amounts

Row = tuple[str, float | None, float | None, str, str]


def read(text: str, language: str = "en") -> list[Row]:
    """What was found, as (words, low, high, currency, qualifier)."""
    out: list[Row] = []
    for found in amounts(text, language):
        assert text[found.span.start : found.span.end] == found.text
        money = found.value
        out.append((found.text, money.low, money.high, money.currency, money.qualifier.value))
    return out


SPELLINGS = [
    # dollars
    ("The $240bn plan", "$240bn", 2.4e11, "USD"),
    ("The $240B plan", "$240B", 2.4e11, "USD"),
    ("The $240 Billion Plan", "$240 Billion", 2.4e11, "USD"),
    ("a $240-billion plan", "$240-billion", 2.4e11, "USD"),
    ("the US$ 240\nbillion plan", "US$ 240\nbillion", 2.4e11, "USD"),
    ("the US$240 billion plan", "US$240 billion", 2.4e11, "USD"),
    ("USD 240bn were named", "USD 240bn", 2.4e11, "USD"),
    ("240bn USD were named", "240bn USD", 2.4e11, "USD"),
    ("USD240 million", "USD240 million", 2.4e8, "USD"),
    ("240 billion dollars", "240 billion dollars", 2.4e11, "USD"),
    ("a 240-billion-dollar plan", "240-billion-dollar", 2.4e11, "USD"),
    ("240 billion US dollars", "240 billion US dollars", 2.4e11, "USD"),
    ("240 billion U.S. dollars", "240 billion U.S. dollars", 2.4e11, "USD"),
    ("$1,250,000 was paid", "$1,250,000", 1.25e6, "USD"),
    ("$1,250,000.50 was paid", "$1,250,000.50", 1250000.5, "USD"),
    ("$1.5tn of assets", "$1.5tn", 1.5e12, "USD"),
    ("$1.5 trillion of assets", "$1.5 trillion", 1.5e12, "USD"),
    ("$282.8 billion", "$282.8 billion", 2.828e11, "USD"),
    ("$0.1 billion", "$0.1 billion", 1e8, "USD"),
    ("$.5 billion", "$.5 billion", 5e8, "USD"),
    ("$75K", "$75K", 75e3, "USD"),
    ("$75mn", "$75mn", 75e6, "USD"),
    ("$ 75 million", "$ 75 million", 75e6, "USD"),
    ("＄７５ million", "＄７５ million", 75e6, "USD"),
    ("$75\u00a0million", "$75\u00a0million", 75e6, "USD"),
    ("$75\u202fmillion", "$75\u202fmillion", 75e6, "USD"),
    ("$75\u2011million", "$75\u2011million", 75e6, "USD"),
    ("$1½ billion", "$1½ billion", 1.5e9, "USD"),
    # other currencies
    ("€5m", "€5m", 5e6, "EUR"),
    ("EUR 5.2 billion", "EUR 5.2 billion", 5.2e9, "EUR"),
    ("5 million euros", "5 million euros", 5e6, "EUR"),
    ("£3.5bn", "£3.5bn", 3.5e9, "GBP"),
    ("3 billion pounds", "3 billion pounds", 3e9, "GBP"),
    ("550 million pounds of investment", "550 million pounds", 5.5e8, "GBP"),
    ("¥7.18 trillion", "¥7.18 trillion", 7.18e12, "JPY"),
    ("7.18 trillion yen", "7.18 trillion yen", 7.18e12, "JPY"),
    ("a 500-billion-yen loan", "500-billion-yen", 5e11, "JPY"),
    ("a ¥500 billion yuan bond", "¥500 billion yuan", 5e11, "CNY"),
    ("₩509 trillion", "₩509 trillion", 5.09e14, "KRW"),
    ("509 trillion won", "509 trillion won", 5.09e14, "KRW"),
    ("1,450 won to the dollar", "1,450 won", 1450.0, "KRW"),
    ("A$4 billion", "A$4 billion", 4e9, "AUD"),
    ("C$4 billion", "C$4 billion", 4e9, "CAD"),
    ("HK$4 billion", "HK$4 billion", 4e9, "HKD"),
    ("NT$4 billion", "NT$4 billion", 4e9, "TWD"),
    ("4 billion Canadian dollars", "4 billion Canadian dollars", 4e9, "CAD"),
    ("CHF 20 million", "CHF 20 million", 2e7, "CHF"),
    ("20 million Swiss francs", "20 million Swiss francs", 2e7, "CHF"),
    ("RMB 20 billion", "RMB 20 billion", 2e10, "CNY"),
    ("20 billion yuan", "20 billion yuan", 2e10, "CNY"),
    ("₹5,000 crore", "₹5,000 crore", 5e10, "INR"),
    ("Rs 2 lakh crore", "Rs 2 lakh crore", 2e12, "INR"),
    ("AED 10bn", "AED 10bn", 1e10, "AED"),
    ("10 billion Saudi riyals", "10 billion Saudi riyals", 1e10, "SAR"),
    # words
    ("half a billion dollars", "half a billion dollars", 5e8, "USD"),
    ("three-quarters of a billion dollars", "three-quarters of a billion dollars", 7.5e8, "USD"),
    ("three quarters of a trillion yen", "three quarters of a trillion yen", 7.5e11, "JPY"),
    ("a quarter of a billion euros", "a quarter of a billion euros", 2.5e8, "EUR"),
    ("two and a half billion dollars", "two and a half billion dollars", 2.5e9, "USD"),
    ("a billion and a half dollars", "a billion and a half dollars", 1.5e9, "USD"),
    ("a billion dollars", "a billion dollars", 1e9, "USD"),
    ("twenty-five million euros", "twenty-five million euros", 2.5e7, "EUR"),
    ("one hundred and fifty billion dollars", "one hundred and fifty billion dollars", 1.5e11, "USD"),
    ("Five hundred million won", "Five hundred million won", 5e8, "KRW"),
]


@pytest.mark.parametrize(("text", "words", "value", "currency"), SPELLINGS)
def test_english_spellings(text: str, words: str, value: float, currency: str) -> None:
    assert read(text) == [(words, value, value, currency, "exact")]


OTHER_LANGUAGES = [
    ("ja", "総額2400億ドルの計画", "2400億ドル", 2.4e11, "USD", "exact"),
    ("ja", "２，４００億ドルの計画", "２，４００億ドル", 2.4e11, "USD", "exact"),
    ("ja", "2400億米ドル", "2400億米ドル", 2.4e11, "USD", "exact"),
    ("ja", "約85兆円の投資", "約85兆円", 8.5e13, "JPY", "about"),
    ("ja", "7兆1800億円を融資", "7兆1800億円", 7.18e12, "JPY", "exact"),
    ("ja", "1億2345万6789円", "1億2345万6789円", 123456789.0, "JPY", "exact"),
    ("ja", "最大で5000億円", "最大で5000億円", 5e11, "JPY", "up_to"),
    ("ja", "5000億円以上を投じる", "5000億円以上", 5e11, "JPY", "at_least"),
    ("ja", "5000億円程度", "5000億円程度", 5e11, "JPY", "about"),
    ("ja", "5000億円を超える", "5000億円を超える", 5e11, "JPY", "at_least"),
    ("ja", "少なくとも300億ユーロ", "少なくとも300億ユーロ", 3e10, "EUR", "at_least"),
    ("ja", "一兆円", "一兆円", 1e12, "JPY", "exact"),
    ("ja", "二千億円", "二千億円", 2e11, "JPY", "exact"),
    ("ja", "3500億ウォン", "3500億ウォン", 3.5e11, "KRW", "exact"),
    ("ja", "1万2000ドル", "1万2000ドル", 12000.0, "USD", "exact"),
    ("ja", "1200円", "1200円", 1200.0, "JPY", "exact"),
    ("zh", "承诺投资2400亿美元", "2400亿美元", 2.4e11, "USD", "exact"),
    ("zh", "1.5万亿元", "1.5万亿元", 1.5e12, "CNY", "exact"),
    ("zh", "3万亿日元", "3万亿日元", 3e12, "JPY", "exact"),
    ("zh", "高达2400亿美元", "高达2400亿美元", 2.4e11, "USD", "up_to"),
    ("zh", "超过2400亿美元", "超过2400亿美元", 2.4e11, "USD", "at_least"),
    ("zh", "约2400亿美元", "约2400亿美元", 2.4e11, "USD", "about"),
    ("zh", "2400亿美元左右", "2400亿美元左右", 2.4e11, "USD", "about"),
    ("zh", "100多亿美元", "100多亿美元", 1e10, "USD", "at_least"),
    ("zh", "两千亿欧元", "两千亿欧元", 2e11, "EUR", "exact"),
    ("zh", "￥500亿", "￥500亿", 5e10, "CNY", "exact"),
    ("zh", "500亿元人民币", "500亿元人民币", 5e10, "CNY", "exact"),
    ("ko", "3500억 달러를 투자", "3500억 달러", 3.5e11, "USD", "exact"),
    ("ko", "3천500억달러", "3천500억달러", 3.5e11, "USD", "exact"),
    ("ko", "약 509조 원", "약 509조 원", 5.09e14, "KRW", "about"),
    ("ko", "2조원 규모", "2조원", 2e12, "KRW", "exact"),
    ("ko", "7조1800억원", "7조1800억원", 7.18e12, "KRW", "exact"),
    ("ko", "1조 5천억 원", "1조 5천억 원", 1.5e12, "KRW", "exact"),
    ("ko", "최대 2천억 달러", "최대 2천억 달러", 2e11, "USD", "up_to"),
    ("ko", "200억 달러 이상", "200억 달러 이상", 2e10, "USD", "at_least"),
    ("ko", "3500여억 달러", "3500여억 달러", 3.5e11, "USD", "at_least"),
    ("ko", "3500억여 달러", "3500억여 달러", 3.5e11, "USD", "at_least"),
    ("ko", "50만 원", "50만 원", 5e5, "KRW", "exact"),
    ("ko", "100억 엔", "100억 엔", 1e10, "JPY", "exact"),
    ("de", "550 Milliarden Dollar", "550 Milliarden Dollar", 5.5e11, "USD", "exact"),
    ("de", "550 Mrd. Euro", "550 Mrd. Euro", 5.5e11, "EUR", "exact"),
    ("de", "33,3 Milliarden Euro", "33,3 Milliarden Euro", 3.33e10, "EUR", "exact"),
    ("de", "1,2 Billionen Euro", "1,2 Billionen Euro", 1.2e12, "EUR", "exact"),
    ("de", "eine Billion Dollar", "eine Billion Dollar", 1e12, "USD", "exact"),
    ("de", "1.200.000 Euro", "1.200.000 Euro", 1.2e6, "EUR", "exact"),
    ("de", "1.200 Euro", "1.200 Euro", 1200.0, "EUR", "exact"),
    ("de", "450 Mio. €", "450 Mio. €", 4.5e8, "EUR", "exact"),
    ("de", "bis zu 20 Milliarden Euro", "bis zu 20 Milliarden Euro", 2e10, "EUR", "up_to"),
    ("de", "rund 20 Milliarden Euro", "rund 20 Milliarden Euro", 2e10, "EUR", "about"),
    ("de", "mindestens 20 Milliarden Euro", "mindestens 20 Milliarden Euro", 2e10, "EUR", "at_least"),
    ("de", "über 20 Milliarden Euro", "über 20 Milliarden Euro", 2e10, "EUR", "at_least"),
    ("de", "etwa 5 Mrd Dollar", "etwa 5 Mrd Dollar", 5e9, "USD", "about"),
    ("de", "eine halbe Milliarde Euro", "eine halbe Milliarde Euro", 5e8, "EUR", "exact"),
]


@pytest.mark.parametrize(("language", "text", "words", "value", "currency", "qualifier"), OTHER_LANGUAGES)
def test_other_languages(language: str, text: str, words: str, value: float, currency: str, qualifier: str) -> None:
    low = None if qualifier == "up_to" else value
    high = None if qualifier == "at_least" else value
    assert read(text, language) == [(words, low, high, currency, qualifier)]


QUALIFIERS = [
    ("up to $9 billion", "up to $9 billion", "up_to"),
    ("as much as $9 billion", "as much as $9 billion", "up_to"),
    ("no more than $9 billion", "no more than $9 billion", "up_to"),
    ("a maximum of $9 billion", "a maximum of $9 billion", "up_to"),
    ("less than $9 billion", "less than $9 billion", "up_to"),
    ("capped at $9 billion", "capped at $9 billion", "up_to"),
    ("worth up to $9 billion", "up to $9 billion", "up_to"),
    ("worth $9 billion", "$9 billion", "exact"),
    ("totalling $9 billion", "$9 billion", "exact"),
    ("$9 billion at most", "$9 billion at most", "up_to"),
    ("$9 billion or less", "$9 billion or less", "up_to"),
    ("over $9 billion", "over $9 billion", "at_least"),
    ("more than $9 billion", "more than $9 billion", "at_least"),
    ("More than\n$9 billion", "More than\n$9 billion", "at_least"),
    ("at least $9 billion", "at least $9 billion", "at_least"),
    ("in excess of $9 billion", "in excess of $9 billion", "at_least"),
    ("upwards of $9 billion", "upwards of $9 billion", "at_least"),
    ("no less than $9 billion", "no less than $9 billion", "at_least"),
    ("well over $9 billion", "well over $9 billion", "at_least"),
    ("$9 billion or more", "$9 billion or more", "at_least"),
    ("$9bn-plus", "$9bn-plus", "at_least"),
    ("$9bn+", "$9bn+", "at_least"),
    ("a $9-plus billion plan", "$9-plus billion", "at_least"),
    ("about $9 billion", "about $9 billion", "about"),
    ("a roughly $9 billion plan", "roughly $9 billion", "about"),
    ("nearly $9 billion", "nearly $9 billion", "about"),
    ("almost $9 billion", "almost $9 billion", "about"),
    ("an estimated $9 billion", "an estimated $9 billion", "about"),
    ("~$9 billion", "~$9 billion", "about"),
    ("some $9 billion", "some $9 billion", "about"),
    ("projects approaching $9 billion", "approaching $9 billion", "about"),
    ("close to $9 billion", "close to $9 billion", "about"),
    ("just under $9 billion", "just under $9 billion", "about"),
    ("$9 billion or so", "$9 billion or so", "about"),
    ("up to about $9 billion", "up to about $9 billion", "up_to"),
    ("up to a total of $9 billion", "$9 billion", "exact"),
    ("more than an estimated $9 billion", "more than an estimated $9 billion", "at_least"),
    ("concerns over $9 billion of loans", "$9 billion", "exact"),
    ("the row over $9 billion", "$9 billion", "exact"),
    ("agreed to hand over $9 billion", "$9 billion", "exact"),
    ("questions about $9 billion", "$9 billion", "exact"),
    ("projects promised under $9 billion deal", "$9 billion", "exact"),
    ("$9 billion over the next decade", "$9 billion", "exact"),
    ("$9 billion by 2027", "$9 billion", "exact"),
    ("spread over the $9 billion", "$9 billion", "exact"),
    ("more than the $9 billion", "$9 billion", "exact"),
    ("$9 billion more was spent", "$9 billion", "exact"),
]


@pytest.mark.parametrize(("text", "words", "qualifier"), QUALIFIERS)
def test_bounds_join_the_span(text: str, words: str, qualifier: str) -> None:
    low = None if qualifier == "up_to" else 9e9
    high = None if qualifier == "at_least" else 9e9
    assert read(text) == [(words, low, high, "USD", qualifier)]


RANGES = [
    (
        "in sizes from $35 million to as much as $20 billion",
        "from $35 million to as much as $20 billion",
        3.5e7,
        2e10,
        "USD",
    ),
    ("from $35 million to $20 billion", "from $35 million to $20 billion", 3.5e7, 2e10, "USD"),
    ("$16-17 billion", "$16-17 billion", 1.6e10, 1.7e10, "USD"),
    ("$16–17 billion", "$16–17 billion", 1.6e10, 1.7e10, "USD"),
    ("$16bn to $17bn", "$16bn to $17bn", 1.6e10, 1.7e10, "USD"),
    ("$16 to $17 billion", "$16 to $17 billion", 1.6e10, 1.7e10, "USD"),
    ("$16 billion-$17 billion", "$16 billion-$17 billion", 1.6e10, 1.7e10, "USD"),
    ("$350 million-$100 billion", "$350 million-$100 billion", 3.5e8, 1e11, "USD"),
    ("between $16bn and $17bn", "between $16bn and $17bn", 1.6e10, 1.7e10, "USD"),
    ("between 16 and 17 billion dollars", "between 16 and 17 billion dollars", 1.6e10, 1.7e10, "USD"),
    ("16 to 17 billion dollars", "16 to 17 billion dollars", 1.6e10, 1.7e10, "USD"),
    ("€500-600 million", "€500-600 million", 5e8, 6e8, "EUR"),
    ("$16 or $17 billion", "$16 or $17 billion", 1.6e10, 1.7e10, "USD"),
    ("300億〜400億ドル", "300億〜400億ドル", 3e10, 4e10, "USD"),
    ("300億から400億ドル", "300億から400億ドル", 3e10, 4e10, "USD"),
    ("300亿至400亿美元", "300亿至400亿美元", 3e10, 4e10, "USD"),
    ("160억~170억 달러", "160억~170억 달러", 1.6e10, 1.7e10, "USD"),
    ("tens of billions of dollars", "tens of billions of dollars", 2e10, 1e11, "USD"),
    ("hundreds of millions of euros", "hundreds of millions of euros", 2e8, 1e9, "EUR"),
    ("several billion dollars", "several billion dollars", 2e9, 1e10, "USD"),
    ("수십억 달러", "수십억 달러", 1e9, 1e10, "USD"),
    ("数百亿美元", "数百亿美元", 1e10, 1e11, "USD"),
    ("数千億円", "数千億円", 1e11, 1e12, "JPY"),
    ("a $5 million-to-$10 million job", "$5 million-to-$10 million", 5e6, 1e7, "USD"),
    ("worth $300 million to $2 billion each", "$300 million to $2 billion", 3e8, 2e9, "USD"),
    ("3〜5兆円", "3〜5兆円", 3e12, 5e12, "JPY"),
    ("20~30억 달러", "20~30억 달러", 2e9, 3e9, "USD"),
]


@pytest.mark.parametrize(("text", "words", "low", "high", "currency"), RANGES)
def test_a_range_is_one_amount(text: str, words: str, low: float, high: float, currency: str) -> None:
    assert read(text) == [(words, low, high, currency, "between")]


def test_german_thousands_may_stand_apart() -> None:
    assert read("500 000 Euro", "de") == [("500 000 Euro", 5e5, 5e5, "EUR", "exact")]


def test_german_ranges() -> None:
    assert read("zwischen 16 und 17 Milliarden Euro", "de") == [
        ("zwischen 16 und 17 Milliarden Euro", 1.6e10, 1.7e10, "EUR", "between")
    ]
    assert read("16 bis 17 Mrd. Euro", "de") == [("16 bis 17 Mrd. Euro", 1.6e10, 1.7e10, "EUR", "between")]
    assert read("von 1,5 bis 2 Milliarden Euro", "de") == [
        ("von 1,5 bis 2 Milliarden Euro", 1.5e9, 2e9, "EUR", "between")
    ]


LISTS = [
    ("$16 billion and $17 billion respectively", [1.6e10, 1.7e10]),
    ("investments of $16 and $17 billion, respectively", [1.6e10, 1.7e10]),
    ("$5 billion, $6 billion and $7 billion", [5e9, 6e9, 7e9]),
    ("raised its pledge from $16bn to $17bn", [1.6e10, 1.7e10]),
    ("the loan was cut from $17bn to $16bn", [1.7e10, 1.6e10]),
    ("sales grew by $16bn to $170bn", [1.6e10, 1.7e11]),
    ("$46bn, or 7.18 trillion yen", [4.6e10, 7.18e12]),
    ("the price rose from $5 to $10", [5.0, 10.0]),
    ("gave $5 billion to 3 million people", [5e9]),
    ("sold at $20 to 300 million people", [20.0]),
    ("On March 5, 300 billion yen was sent", [3e11]),
    ("by 10, 16 billion dollars", [1.6e10]),
    ("the US $5 billion pledge", [5e9]),
    ("$5.5 MM and $5.5 M.", [5.5e6, 5.5e6]),
    ("On March 5 300 billion yen", [3e11]),
]


@pytest.mark.parametrize(("text", "values"), LISTS)
def test_a_list_is_several_amounts(text: str, values: list[float]) -> None:
    assert [(r[1], r[2]) for r in read(text)] == [(v, v) for v in values]


NOT_MONEY = [
    "The ministry is in room 550.",
    "Shares of $TSLA and $F fell.",
    "echo $1 > $HOME/out",
    "s/(a)(b)/$2$1/g",
    "awk '{print $1, $2}'",
    "the pattern (\\d+) becomes $5",
    "US$ alone says nothing",
    "tariffs under Section 232",
    "They won 3 seats",
    "Only 12 won.",
    "The 16 million won the lottery",
    "a B2B platform",
    "12M later",
    "the $HOME directory",
    "550 billion people",
    "500 million pounds of copper",
    "a 5-pound bag",
    "won the 2026 election",
    "G7 and G20",
    "in 2025 the dollar fell",
    "Boeing 747",
    "COVID-19",
    "call 1-800-555-0100",
    "F-35",
    "3원칙",
    "国家元首2元首",
    "$5^2$",
    "between 5 and 10 people",
    "5 to 10 million tonnes",
    "Euro 2024",
    "Euro 5 emission limits",
]


@pytest.mark.parametrize("text", NOT_MONEY)
def test_what_is_no_money(text: str) -> None:
    assert read(text) == []


def test_won_before_a_number_is_money_only_in_a_korean_context() -> None:
    assert read("Seoul will spend won 550 billion.") == [("won 550 billion", 5.5e11, 5.5e11, "KRW", "exact")]
    assert read("The team won 550 billion.") == []


RATES = [
    ("$20 billion a year", "year"),
    ("$20 billion per year", "year"),
    ("$20 billion annually", "year"),
    ("annual $20 billion", "year"),
    ("$5 billion per quarter", "quarter"),
    ("$5 million a month", "month"),
    ("$5 million a day", "day"),
    ("$5 million-a-year", "year"),
    ("来年5兆円", None),
    ("5年間で5兆円", None),
    ("3월 200억 달러", None),
    ("年5兆円", "year"),
    ("$20 billion a year ago", None),
    ("$20 billion a year earlier", None),
    ("$20 billion, a quarter of the total", None),
    ("$20 billion this year", None),
    ("年間5兆円", "year"),
    ("每年200亿美元", "year"),
    ("연간 200억 달러", "year"),
]


@pytest.mark.parametrize(("text", "period"), RATES)
def test_rates(text: str, period: str | None) -> None:
    [found] = amounts(text)
    assert found.value.period == period
    assert "year" not in found.text


def test_german_rates() -> None:
    [found] = amounts("20 Milliarden Euro pro Jahr", "de")
    assert found.value.period == "year"


CONVERSIONS = [
    ("a $46bn (7.18 trillion yen) loan", "$46bn"),
    ("a ¥7.18 trillion ($46bn) loan", "¥7.18 trillion"),
    ("7.18 trillion yen (about $46 billion)", "7.18 trillion yen"),
    ("$46bn (£34bn; €39bn)", "$46bn"),
    ("7.18 trillion yen in new loans ($46bn)", "7.18 trillion yen"),
    ("509 trillion won, or about $350 billion,", "509 trillion won"),
    ("460億ドル（約7兆1800億円）", "460億ドル"),
    ("3500억 달러(약 509조 원)", "3500억 달러"),
    ("2400亿美元（约合1.7万亿元人民币）", "2400亿美元"),
]


@pytest.mark.parametrize(("text", "first"), CONVERSIONS)
def test_a_converted_amount_points_to_the_one_it_restates(text: str, first: str) -> None:
    one, *others = amounts(text)
    assert one.text == first
    assert one.value.converts is None
    assert others
    assert all(other.value.converts == one.span for other in others)


def test_two_amounts_in_one_currency_are_no_conversion() -> None:
    assert [f.value.converts for f in amounts("the $46bn plan ($5bn this year)")] == [None, None]
    assert [f.value.converts for f in amounts("$46bn from Tokyo and €5bn from Paris")] == [None, None]


def test_half_of_that_leans_on_the_amount_before() -> None:
    assert [r[:3] for r in read("The plan is worth $80 billion. Half of that is loans.")] == [
        ("$80 billion", 8e10, 8e10),
        ("Half of that", 4e10, 4e10),
    ]
    assert read("Half of that is true.") == []


def test_values_are_exact_decimals() -> None:
    assert [r[1] for r in read("$282.8 billion, $0.07 trillion, $1.1 million")] == [2.828e11, 7e10, 1.1e6]


# Laws.

SCALES = {
    "": 1,
    " thousand": 10**3,
    "m": 10**6,
    " million": 10**6,
    "bn": 10**9,
    " billion": 10**9,
    "tn": 10**12,
    " trillion": 10**12,
}


@given(
    st.integers(1, 999),
    st.integers(0, 99),
    st.sampled_from(sorted(SCALES)),
    st.sampled_from(["$", "€", "£", "US$", "USD "]),
)
@settings(max_examples=150, deadline=None)
def test_an_amount_written_is_read_back(whole: int, cents: int, scale: str, mark: str) -> None:
    text = f"{mark}{whole}.{cents:02d}{scale}"
    [found] = amounts(f"They named {text} in all.")
    assert found.text == text
    assert found.value.low == found.value.high == float(Decimal(f"{whole}.{cents:02d}") * SCALES[scale])


@given(
    st.integers(1, 9999),
    st.integers(1, 9999),
    st.sampled_from([("億", "円", "JPY"), ("亿", "美元", "USD"), ("억 ", "달러", "USD")]),
)
@settings(max_examples=80, deadline=None)
def test_groups_of_four_are_read_back(high: int, low: int, words: tuple[str, str, str]) -> None:
    big = {"億": "兆", "亿": "兆", "억 ": "조 "}[words[0]]
    text = f"{high}{big}{low}{words[0]}{words[1]}"
    [found] = amounts(text)
    assert found.text == text
    assert found.value.low == high * 1e12 + low * 1e8
    assert found.value.currency == words[2]


PIECES = st.lists(
    st.sampled_from(
        [
            "$",
            "5",
            "0",
            ",",
            ".",
            " ",
            "\n",
            "bn",
            "B",
            "billion",
            "-",
            "to ",
            "from ",
            "between ",
            "and ",
            "up to ",
            "about ",
            "€",
            "約",
            "億",
            "兆",
            "円",
            "ドル",
            "万",
            "亿",
            "美元",
            "억",
            "원",
            "조",
            "여",
            "수",
            "(",
            ")",
            "USD",
            "won",
            "half a ",
            "tens of ",
            "％",
            "%",
            "５",
            "\u00a0",
            "\u200b",
            "a year",
            "or more",
            "½",
            "1/2",
            "'",
            "of that",
            "Mrd.",
            "Half ",
            "千",
            "多",
        ]
    ),
    max_size=24,
).map("".join)


@given(st.one_of(PIECES, st.text(max_size=60)), st.sampled_from(["en", "ja", "zh", "ko", "de", "xx"]))
@settings(max_examples=400, deadline=None)
def test_offsets_are_exact_and_nothing_raises(text: str, language: str) -> None:
    last = 0
    for found in amounts(text, language):
        assert text[found.span.start : found.span.end] == found.text
        assert last <= found.span.start < found.span.end
        last = found.span.end
        low, high = found.value.low, found.value.high
        assert low is None or high is None or low <= high
        assert (low, high) != (None, None)


FLOODS = [
    "9" * 10**6,
    "$" * 10**6,
    "１" * 10**5,
    " " * 10**6,
    "$1 " * 20_000,
    "1," * 10**5,
    "1 to " * 20_000,
    "億" * 10**5,
    "1億" * 20_000,
    "about " * 20_000,
    "(" * 10**5,
    "billion " * 20_000,
    "half a " * 20_000,
    "수" * 10**5,
    "\u00a0" * 10**6,
    "$1bn (" * 10**4,
    "1-" * 20_000,
    "¥1" * 10**4,
    "a" * 10**6,
    "1千" * 20_000,
    "illi" * 10**5,
]


@pytest.mark.parametrize("flood", FLOODS, ids=lambda f: repr(f[:8]))
def test_floods_take_linear_time(flood: str) -> None:
    began = time.process_time()
    amounts(flood)
    assert time.process_time() - began < 60  # a hang, not a matter of speed


CEILINGS = [
    ("en", "with a ceiling of $40 billion", "a ceiling of $40 billion", None, 4e10, "up_to"),
    ("en", "It has a cap of $40bn on cash.", "a cap of $40bn", None, 4e10, "up_to"),
    ("en", "They read $40bn as an upper limit.", "$40bn as an upper limit", None, 4e10, "up_to"),
    ("en", "under the $40 billion ceiling", "$40 billion ceiling", None, 4e10, "up_to"),
    ("en", "payments may not exceed $4bn", "may not exceed $4bn", None, 4e9, "up_to"),
    ("en", "Oslo cannot be asked for more than $4 billion", "more than $4 billion", None, 4e9, "up_to"),
    ("en", "nobody must ever pay more than $4 billion", "more than $4 billion", None, 4e9, "up_to"),
    ("en", "It is not clear that it cost more than $4bn", "more than $4bn", 4e9, None, "at_least"),
    ("en", "There is no doubt it cost more than $4bn", "more than $4bn", 4e9, None, "at_least"),
    ("en", "Not only Oslo wants more than $4bn", "more than $4bn", 4e9, None, "at_least"),
    ("en", "That heading adds up to $33 billion.", "$33 billion", 3.3e10, 3.3e10, "exact"),
    ("en", "the discrepancy over $4bn", "$4bn", 4e9, 4e9, "exact"),
    ("de", "ein Rahmenabkommen über 35 Mrd. Euro", "35 Mrd. Euro", 3.5e10, 3.5e10, "exact"),
    ("de", "Der Bau kostet über 35 Mrd. Euro", "über 35 Mrd. Euro", 3.5e10, None, "at_least"),
    ("de", "eine Obergrenze von 35 Mrd. Euro", "eine Obergrenze von 35 Mrd. Euro", None, 3.5e10, "up_to"),
    ("zh", "上限为35亿美元", "上限为35亿美元", None, 3.5e9, "up_to"),
    ("zh", "上限為35億美元", "上限為35億美元", None, 3.5e9, "up_to"),
    ("zh", "至少有35亿美元", "至少有35亿美元", 3.5e9, None, "at_least"),
    ("ja", "上限は35億ドルだ", "上限は35億ドル", None, 3.5e9, "up_to"),
    ("ja", "支払いは35億ドルを超えない", "35億ドルを超えない", None, 3.5e9, "up_to"),
    ("ja", "35億ドルまで増やす", "35億ドル", 3.5e9, 3.5e9, "exact"),
    ("ko", "상한은 35억달러이다", "상한은 35억달러", None, 3.5e9, "up_to"),
    ("ko", "현금은 35억달러까지다", "35억달러까지", None, 3.5e9, "up_to"),
    ("ko", "35억달러를 넘길 수 없다", "35억달러를 넘길 수 없", None, 3.5e9, "up_to"),
    ("ko", "35억달러까지 늘린다", "35억달러", 3.5e9, 3.5e9, "exact"),
]


@pytest.mark.parametrize(("language", "text", "words", "low", "high", "qualifier"), CEILINGS)
def test_ceilings_and_what_only_looks_like_a_bound(
    language: str, text: str, words: str, low: float | None, high: float | None, qualifier: str
) -> None:
    [found] = read(text, language)
    assert (found[0], found[1], found[2], found[4]) == (words, low, high, qualifier)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "no more than $4bn may fall due in one calendar year"),
        ("en", "at most $4 billion in any calendar year"),
        ("en", "Each year Oslo may be asked for $4bn."),
        ("en", "with annual payments of $4bn"),
        ("en", "an annual cap of $4bn"),
        ("en", "under the $4bn yearly limit"),
        ("de", "höchstens 4 Mrd. Dollar pro Kalenderjahr"),
        ("ja", "1暦年の払い込みは40億ドルを超えない"),
        ("ja", "現金を年40億ドルまでに抑えた"),
        ("zh", "每年不超过40亿美元"),
        ("ko", "한 해 납입액은 40억달러다"),
        ("ko", "납입은 연 40억달러까지다"),
    ],
)
def test_a_phrase_close_by_makes_a_rate(language: str, text: str) -> None:
    [found] = amounts(text, language)
    assert found.value.period == "year"


@pytest.mark.parametrize(
    "text",
    [
        "It spent $4bn, and each year it sells 5 ships.",
        "각 40억달러. 매년 발표한다",
        "$4bn fund which every year grows",
    ],
)
def test_another_clause_makes_no_rate(text: str) -> None:
    [found] = amounts(text)
    assert found.value.period is None


def test_won_after_trillions_is_the_currency() -> None:
    assert read("a corporation with 3 trillion won in capital")[0][:2] == ("3 trillion won", 3e12)


def rows(text: str, language: str = "en") -> list[tuple[str, float | None, float | None, str]]:
    """What was found, as (words, low, high, currency)."""
    return [row[:4] for row in read(text, language)]


BARE = [
    ("en", "It cost $4bn, up from 3 billion in 2022.", [("$4bn", 4e9, 4e9, "USD"), ("3 billion", 3e9, 3e9, "USD")]),
    (
        "en",
        'The owners put in €40m. They now speak of "a billion and a half".',
        [("€40m", 4e7, 4e7, "EUR"), ("a billion and a half", 1.5e9, 1.5e9, "EUR")],
    ),
    (
        "en",
        "Of the $600bn, half a trillion, at most, is new.",
        [("$600bn", 6e11, 6e11, "USD"), ("half a trillion", 5e11, 5e11, "USD")],
    ),
    (
        "en",
        "Osaka to lend 40 billion for yard\n\nOsaka will lend 40 billion yen for the yard.",
        [("40 billion", 4e10, 4e10, "JPY"), ("40 billion yen", 4e10, 4e10, "JPY")],
    ),
    (
        "en",
        "The mill was to cost $2.1bn; it is closer to three.",
        [("$2.1bn", 2.1e9, 2.1e9, "USD"), ("closer to three", 3e9, 3e9, "USD")],
    ),
    (
        "de",
        "Die Zusage stieg von 300 Mrd. auf rund 0,5 Bio. Euro.",
        [("300 Mrd.", 3e11, 3e11, "EUR"), ("rund 0,5 Bio. Euro", 5e11, 5e11, "EUR")],
    ),
    ("de", "Das Kursziel steigt von 31 auf 36 Euro.", [("31", 31.0, 31.0, "EUR"), ("36 Euro", 36.0, 36.0, "EUR")]),
    (
        "zh",
        "两千亿承诺进展缓慢\n\n瑞士承诺投资两千亿美元。",
        [("两千亿", 2e11, 2e11, "USD"), ("两千亿美元", 2e11, 2e11, "USD")],
    ),
    ("en", "The $3bn app has 31 million users, from 24 million.", [("$3bn", 3e9, 3e9, "USD")]),
    ("en", "India, with 1.4 billion people, has a $4tn economy.", [("$4tn", 4e12, 4e12, "USD")]),
    ("en", "7 trillion: litres of water a year. It cost $9m.", [("$9m", 9e6, 9e6, "USD")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), BARE)
def test_numbers_that_share_a_currency(
    language: str, text: str, expected: list[tuple[str, float | None, float | None, str]]
) -> None:
    assert rows(text, language) == expected


LEANING = [
    ("en", "The plant costs CHF 80 million ($90 million). Half of that is lent.", ("Half of that", 4e7, 4e7, "CHF")),
    ("en", "Ruiz put in $30m. Her bank added the same again.", ("the same again", 3e7, 3e7, "USD")),
    ("en", "The cap is $20bn; about double that was asked.", ("about double that", 4e10, 4e10, "USD")),
    (
        "en",
        "He pays $60m for the land and $90m for works. A third of that first sum is due.",
        ("A third of that first sum", 2e7, 2e7, "USD"),
    ),
    ("de", "Bonn gibt 70 Millionen Euro, Paris noch einmal so viel.", ("noch einmal so viel", 7e7, 7e7, "EUR")),
    (
        "de",
        "Das Werk kostet 80 Millionen Euro; die Hälfte davon ist verbaut.",
        ("die Hälfte davon", 4e7, 4e7, "EUR"),
    ),
    ("ja", "総額は80億円で、その半分を国が出す", ("その半分", 4e9, 4e9, "JPY")),
    ("zh", "总投资80亿元，其中一半来自贷款", ("其中一半", 4e9, 4e9, "CNY")),
    ("ko", "사업비는 8억 달러이며 그 절반가량이 집행됐다", ("그 절반가량", 4e8, 4e8, "USD")),
]


@pytest.mark.parametrize(("language", "text", "expected"), LEANING)
def test_amounts_that_lean_on_another(
    language: str, text: str, expected: tuple[str, float | None, float | None, str]
) -> None:
    assert rows(text, language)[-1] == expected


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "We found $47bn, or not even a tenth of the sum, so far."),
        ("en", "It costs $10bn, twice that of its rival."),
        ("de", "Das Werk für 3 Mio. Euro braucht doppelt so viel Strom."),
    ],
)
def test_words_that_take_no_part_of_an_amount(language: str, text: str) -> None:
    assert len(read(text, language)) == 1


FOREIGN_BOUNDS = [
    ("de", "gut 3 Milliarden Euro", "at_least"),
    ("de", "reichlich 3 Milliarden Euro", "at_least"),
    ("de", "knapp 3 Milliarden Euro", "about"),
    ("de", "allenfalls 3 Milliarden Euro", "up_to"),
    ("de", "um die 3 Milliarden Euro", "about"),
    ("ja", "30億ユーロ規模", "about"),
    ("ja", "30億ユーロを上限に", "up_to"),
    ("ja", "30億ユーロを下回る", "up_to"),
    ("ja", "せいぜい30億ユーロ", "up_to"),
    ("ja", "30億ユーロ強", "at_least"),
    ("ja", "30億ユーロ弱", "about"),
    ("zh", "约为30亿欧元", "about"),
    ("zh", "逾30亿欧元", "at_least"),
    ("zh", "至多30亿欧元", "up_to"),
    ("zh", "30亿欧元上下", "about"),
    ("zh", "不得超过30亿欧元", "up_to"),
    ("ko", "30억 유로 안팎", "about"),
    ("ko", "30억 유로 수준", "about"),
    ("ko", "30억 유로라는 상한", "up_to"),
    ("ko", "30억 유로 남짓", "at_least"),
    ("ko", "많아야 30억 유로", "up_to"),
    ("en", "nearer €3 billion", "about"),
    ("en", "€3 billion a year or so", "about"),
    ("en", "€3 billion figure as a ceiling", "up_to"),
    ("en", "€3 billion is the most", "up_to"),
    ("en", "a ceiling of €3 billion", "up_to"),
    ("en", "north of €3 billion", "at_least"),
]


@pytest.mark.parametrize(("language", "text", "qualifier"), FOREIGN_BOUNDS)
def test_bounds_of_each_language(language: str, text: str, qualifier: str) -> None:
    low = None if qualifier == "up_to" else 3e9
    high = None if qualifier == "at_least" else 3e9
    assert read(text, language) == [(text, low, high, "EUR", qualifier)]


def test_a_doubt_turns_a_lower_bound() -> None:
    assert read("She doubts that more than $9bn can leave.") == [("more than $9bn", None, 9e9, "USD", "up_to")]


def test_size_stressed_in_chinese_is_no_ceiling() -> None:
    assert read("总投资高达30亿欧元", "zh") == [("30亿欧元", 3e9, 3e9, "EUR", "exact")]


def test_a_price_that_starts_somewhere() -> None:
    assert read("Delivery from $9 a week.") == [("from $9", 9.0, None, "USD", "at_least")]
    assert [row[4] for row in read("The share fell to $12 from $14.")] == ["exact", "exact"]


@pytest.mark.parametrize(
    ("language", "text", "words", "low", "high"),
    [
        ("ja", "8億円台で調整", "8億円台", 8e8, 9e8),
        ("ja", "20億円台の後半", "20億円台", 2e9, 3e9),
        ("ko", "120억 원대의 공사", "120억 원대", 1.2e10, 1.3e10),
    ],
)
def test_round_numbers_reach_to_the_next(language: str, text: str, words: str, low: float, high: float) -> None:
    assert [row[:3] for row in read(text, language)] == [(words, low, high)]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "1ドル＝148円"),
        ("ja", "1ユーロ=160円台まで"),
        ("zh", "1美元兑7.1元人民币"),
        ("ko", "1달러당 1390원"),
        ("ko", "1원도 받지 않았다"),
        ("ja", "1円も払わない"),
        ("zh", "一分钱没付"),
    ],
)
def test_exchange_rates_and_single_coins_are_no_amounts(language: str, text: str) -> None:
    assert read(text, language) == []


def test_a_change_to_a_range_keeps_the_first_value_apart() -> None:
    assert [row[:3] for row in read("総額を15億豪ドルから20億〜22億豪ドルに引き上げた", "ja")] == [
        ("15億豪ドル", 1.5e9, 1.5e9),
        ("20億〜22億豪ドル", 2e9, 2.2e9),
    ]


def test_conversions_in_a_chain_lead_to_the_first() -> None:
    one, two, three = amounts("50億ドル（約7500億円、約7兆ウォン）", "ja")
    assert two.value.converts == three.value.converts == one.span


WRITTEN_OUT = [
    ("en", "It may cost two to three billion euros.", [("two to three billion euros", 2e9, 3e9, "EUR", "between")]),
    (
        "en",
        "half to three-quarters of a billion dollars",
        [("half to three-quarters of a billion dollars", 5e8, 7.5e8, "USD", "between")],
    ),
    (
        "en",
        "between one and a half and two billion euros",
        [("between one and a half and two billion euros", 1.5e9, 2e9, "EUR", "between")],
    ),
    ("en", "two-and-a-half billion euros", [("two-and-a-half billion euros", 2.5e9, 2.5e9, "EUR", "exact")]),
    (
        "en",
        "a couple of hundred million dollars",
        [("a couple of hundred million dollars", 2e8, 3e8, "USD", "between")],
    ),
    ("en", "a few hundred million dollars", [("a few hundred million dollars", 2e8, 1e9, "USD", "between")]),
    ("en", "Entry costs twelve euros.", [("twelve euros", 12.0, 12.0, "EUR", "exact")]),
    ("en", "a two-dollar shop of Two Euro nations", []),
    (
        "de",
        "Der Deich verschlingt eine Viertelmilliarde Euro.",
        [("eine Viertelmilliarde Euro", 2.5e8, 2.5e8, "EUR", "exact")],
    ),
    (
        "de",
        "zwischen einer halben und einer dreiviertel Milliarde Euro",
        [("zwischen einer halben und einer dreiviertel Milliarde Euro", 5e8, 7.5e8, "EUR", "between")],
    ),
    (
        "de",
        "anderthalb bis zwei Milliarden Franken",
        [("anderthalb bis zwei Milliarden Franken", 1.5e9, 2e9, "CHF", "between")],
    ),
    ("de", "eine gute halbe Milliarde Euro", [("eine gute halbe Milliarde Euro", 5e8, None, "EUR", "at_least")]),
    ("de", "eine knappe Milliarde Euro", [("eine knappe Milliarde Euro", 1e9, 1e9, "EUR", "about")]),
    ("de", "fünfundzwanzig Millionen Euro", [("fünfundzwanzig Millionen Euro", 2.5e7, 2.5e7, "EUR", "exact")]),
    ("de", "ein paar hundert Millionen Euro", [("ein paar hundert Millionen Euro", 2e8, 1e9, "EUR", "between")]),
    ("de", "Das Kilo kostet sieben bis neun Euro.", [("sieben bis neun Euro", 7.0, 9.0, "EUR", "between")]),
    ("de", "Drei Euro-Länder zahlen.", []),
    ("ja", "1億半ドルの枠", [("1億半ドル", 1.5e8, 1.5e8, "USD", "exact")]),
    ("ja", "十数億円の赤字", [("十数億円", 1e9, 2e9, "JPY", "between")]),
    ("ja", "2、3億円の黒字", [("2、3億円", 2e8, 3e8, "JPY", "between")]),
    ("ja", "一兆二千億円を投じる", [("一兆二千億円", 1.2e12, 1.2e12, "JPY", "exact")]),
    ("zh", "首期四五十亿元。", [("四五十亿元", 4e9, 5e9, "CNY", "between")]),
    ("zh", "一点二万亿日元的订单", [("一点二万亿日元", 1.2e12, 1.2e12, "JPY", "exact")]),
    ("zh", "五十个亿人民币", [("五十个亿人民币", 5e9, 5e9, "CNY", "exact")]),
    ("ko", "십수억 달러의 손실", [("십수억 달러", 1e9, 2e9, "USD", "between")]),
]


@pytest.mark.parametrize(("language", "text", "expected"), WRITTEN_OUT)
def test_numbers_in_words(language: str, text: str, expected: list[Row]) -> None:
    assert read(text, language) == expected


SHORT_SCALES = [
    ("en", "R$ 85 mi for the pier, R$ 9,5 bi for the line", [8.5e7, 9.5e9]),
    ("en", "EUR 1.3 mld and PLN 4 mlrd, €40 mill, SEK 7 md", [1.3e9, 4e9, 4e7, 7e9]),
    ("en", "He walked 3 mi for $5.", [5.0]),
    ("en", "a fine of 250 000 euros and 1 250 000 dollars", [2.5e5, 1.25e6]),
    ("de", "CHF 2,5 Mia. und 40 Mill. Euro", [2.5e9, 4e7]),
]


@pytest.mark.parametrize(("language", "text", "values"), SHORT_SCALES)
def test_short_scales_of_agencies(language: str, text: str, values: list[float]) -> None:
    assert [row[1] for row in read(text, language)] == values


BOUNDED_AFAR = [
    ("en", "The decree caps state aid at €5bn.", "caps state aid at €5bn", 5e9),
    ("en", "A ceiling on grants of €5bn stands.", "A ceiling on grants of €5bn", 5e9),
    (
        "en",
        "The act limits the city's contribution to $3 billion.",
        "limits the city's contribution to $3 billion",
        3e9,
    ),
    (
        "de",
        "Der Vertrag begrenzt den Zuschuss auf 3 Millionen Euro.",
        "begrenzt den Zuschuss auf 3 Millionen Euro",
        3e6,
    ),
    ("de", "Der Zuschuss darf 3 Millionen Euro nicht übersteigen.", "3 Millionen Euro nicht übersteigen", 3e6),
    ("de", "Übrig blieben keine 3,20 Euro.", "keine 3,20 Euro", 3.2),
    ("ja", "1年に20億ドルを超えて拠出することはできない。", "20億ドルを超えて拠出することはできない", 2e9),
    ("zh", "投资上看90亿元。", "上看90亿元", 9e9),
    ("zh", "补贴不得超过每年3亿元。", "不得超过每年3亿元", 3e8),
    ("ko", "1년에 20억 유로를 넘겨 집행할 수 없다.", "20억 유로를 넘겨 집행할 수 없", 2e9),
]


@pytest.mark.parametrize(("language", "text", "words", "high"), BOUNDED_AFAR)
def test_bounds_apart_from_the_number(language: str, text: str, words: str, high: float) -> None:
    assert [(row[0], row[1], row[2], row[4]) for row in read(text, language)] == [(words, None, high, "up_to")]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Limited partners came to $4bn."),
        ("en", "They restricted themselves and moved to $4bn."),
        ("ja", "株価は2450円まで上昇した。"),
        ("ja", "株は一時980円まで売られた。"),
        ("ko", "주가는 3,200원까지 떨어졌다."),
    ],
)
def test_what_only_looks_like_a_ceiling(language: str, text: str) -> None:
    assert [row[4] for row in read(text, language)] == ["exact"]


BARE_BY_PLACE = [
    ("en", "The auditors had allowed 3.1 billion kroner. They now think nearer 4.4 billion.", ["NOK", "NOK"]),
    ("en", "The firm raised $3 billion. About 5 billion people live there.", ["USD"]),
    ("en", "The fund holds $3bn and serves 2 billion.", ["USD"]),
    ("de", "Geplant waren 2,1 Milliarden Euro. Inzwischen sind es gut 3 Milliarden.", ["EUR", "EUR"]),
    ("de", "Der Bund gibt eine halbe Milliarde, das Land 120 Mio. Euro.", ["EUR", "EUR"]),
    ("ja", "投資額は5000億円から7000億へ拡大する。", ["JPY", "JPY"]),
    ("zh", "投资从120亿元增至180亿。", ["CNY", "CNY"]),
    ("zh", "投入5亿元，惠及者增至8亿人次。", ["CNY"]),
]


@pytest.mark.parametrize(("language", "text", "currencies"), BARE_BY_PLACE)
def test_sums_whose_currency_the_place_tells(language: str, text: str, currencies: list[str]) -> None:
    assert [row[3] for row in read(text, language)] == currencies


def test_a_bracket_restates_in_a_currency_that_nothing_else_tells() -> None:
    found = [(f.text, f.value.currency, f.value.converts is not None) for f in amounts("worth $36bn (R575.7bn) to it")]
    assert found == [("$36bn", "USD", False), ("R575.7bn", "ZAR", True)]
    assert [f.value.currency for f in amounts("worth $36bn (XQ575bn).")] == ["USD"]
