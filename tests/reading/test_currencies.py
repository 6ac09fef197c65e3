"""Currencies of the whole world: names in five languages, words that several share, marks that are other things."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.data import lexicon
from pledger.reading.money import amounts

Row = tuple[str, str]


def read(text: str, language: str = "en") -> list[Row]:
    """What was found, as (words, currency)."""
    found = amounts(text, language)
    assert all(text[f.span.start : f.span.end] == f.text for f in found)
    return [(f.text, f.value.currency) for f in found]


SHARED = [
    ("en", "Denmark's parliament set aside 7 billion kroner.", "7 billion kroner", "DKK"),
    ("en", "Oslo set aside 7 billion kroner.", "7 billion kroner", "NOK"),
    ("en", "Prague will add 7 billion crowns.", "7 billion crowns", "CZK"),
    ("en", "Sweden will add 7 billion crowns.", "7 billion crowns", "SEK"),
    ("en", "Islamabad borrows 90 billion rupees.", "90 billion rupees", "PKR"),
    ("en", "The road costs 90 billion rupees.", "90 billion rupees", "INR"),
    ("en", "Chile's copper board plans 3 trillion pesos.", "3 trillion pesos", "CLP"),
    ("en", "Manila plans 3 trillion pesos.", "3 trillion pesos", "PHP"),
    ("en", "Jordan lends 40 million dinars.", "40 million dinars", "JOD"),
    ("en", "Doha lends 40 million riyals.", "40 million riyals", "QAR"),
    ("en", "Cairo needs 40 billion pounds.", "40 billion pounds", "EGP"),
    ("en", "The yard needs 40 million pounds.", "40 million pounds", "GBP"),
    ("en", "Kampala needs Sh300 billion for the line.", "Sh300 billion", "UGX"),
    ("en", "Senegal pays 300 billion francs.", "300 billion francs", "XOF"),
    ("en", "Canada's Prairie Line got a loan of 8 billion dollars.", "8 billion dollars", "USD"),
    ("de", "Kopenhagen, die dänische Hauptstadt, zahlt 4 Milliarden Kronen.", "4 Milliarden Kronen", "DKK"),
    ("de", "Norwegen bürgt für 4 Milliarden Kronen.", "4 Milliarden Kronen", "NOK"),
    ("de", "Das kostet 3 Milliarden isländischer Kronen.", "3 Milliarden isländischer Kronen", "ISK"),
    ("ja", "パキスタン政府は300億ルピーを拠出する", "300億ルピー", "PKR"),
    ("ja", "メキシコの工場に80億ペソ", "80億ペソ", "MXN"),
    ("zh", "丹麦提供80亿克朗担保", "80亿克朗", "DKK"),
    ("zh", "巴基斯坦借款300亿卢比", "300亿卢比", "PKR"),
    ("zh", "台灣經濟部編列300億元", "300億元", "TWD"),
    ("zh", "港府編列300億元", "300億元", "HKD"),
    ("zh", "財政部編列人民幣300億元", "人民幣300億元", "CNY"),
    ("zh", "国家开发银行贷款300亿元", "300亿元", "CNY"),
    ("ko", "덴마크 정부가 80억 크로네를 보증한다", "80억 크로네", "DKK"),
    ("ko", "필리핀이 80억 페소를 낸다", "80억 페소", "PHP"),
    ("ko", "현지 은행이 80억 루피아를 빌려줬다", "80억 루피아", "IDR"),
]


@pytest.mark.parametrize(("language", "text", "words", "currency"), SHARED)
def test_a_shared_word_is_the_currency_of_the_country_named_around(
    language: str, text: str, words: str, currency: str
) -> None:
    assert read(text, language) == [(words, currency)]


MARKS = [
    ("Manila's bridge costs P60-billion", "P60-billion", "PHP"),
    ("South Africa's grid needs R390bn", "R390bn", "ZAR"),
    ("Seoul shares: Mirae at W41,200", "W41,200", "KRW"),
    ("In Egypt the canal earned LE 30 billion", "LE 30 billion", "EGP"),
    ("a KSh 2.4bn road", "KSh 2.4bn", "KES"),
    ("Rs 7,500 cr for the port", "Rs 7,500 cr", "INR"),
    ("GH₵ 3 billion", "GH₵ 3 billion", "GHS"),
    ("KHR 900 billion", "KHR 900 billion", "KHR"),
]


@pytest.mark.parametrize(("text", "words", "currency"), MARKS)
def test_local_marks(text: str, words: str, currency: str) -> None:
    assert read(text) == [(words, currency)]


@pytest.mark.parametrize(
    "text",
    [
        "the R390bn grid",
        "room P60, gate W41 and mask N95 in Seoul",
        "chips by AMD 9950",
        "delegates at COP 29",
        "3 crowns on the coat of arms of Sweden",
        "20 real estate firms in Brazil",
        "동구 101동",
    ],
)
def test_marks_that_are_something_else(text: str) -> None:
    assert read(text) == []


def test_a_text_that_marks_american_dollars_counts_in_its_own() -> None:
    text = "A$5m, A$6m, A$7m and A$8m were spent, US$9m promised. The fund holds $2 billion; shares stood at 84 cents."
    assert [row[1] for row in read(text)] == ["AUD"] * 4 + ["USD", "AUD", "AUD"]
    assert read("C$5m of a $9m plan") == [("C$5m", "CAD"), ("$9m", "USD")]


@pytest.mark.parametrize(
    ("language", "text", "value", "currency"),
    [
        ("en", "at 84 cents", 0.84, "USD"),
        ("en", "it rose 6 cents to C$4.10", 0.06, "CAD"),
        ("en", "sold at 7.1 US cents", 0.071, "USD"),
        ("en", "4 euro cents", 0.04, "EUR"),
        ("de", "20 Cent je Kilowattstunde", 0.2, "EUR"),
        ("ja", "前日比9セント安の2.10豪ドル", 0.09, "AUD"),
        ("zh", "每度3美分", 0.03, "USD"),
    ],
)
def test_hundredths(language: str, text: str, value: float, currency: str) -> None:
    found = amounts(text, language)[0].value
    assert (found.low, found.currency) == (value, currency)


_NAMES = [
    (language, name, code)
    for code, names in lexicon("currencies").items()
    for language in ("en", "ja", "zh", "ko")
    for name in names[language][-1:]
    if not name.startswith(("元", "円"))
]


@given(st.sampled_from(_NAMES), st.integers(1, 999))
def test_every_currency_is_read_by_its_name(named: tuple[str, str, str], number: int) -> None:
    language, name, code = named
    scale, factor = ("billion ", 10**9) if language == "en" else ("억 ", 10**8) if language == "ko" else ("億", 10**8)
    text = f"{number} {scale}{name}" if language == "en" else f"{number}{scale}{name}"
    [found] = amounts(text, language)
    assert (found.text, found.value.low) == (text, float(number * factor))
    assert found.value.currency == code


_SCALES = st.sampled_from([(10**6, "million", "Millionen", "百万"), (10**9, "billion", "Milliarden", "十億")])
_CJK_UNITS = ((10**12, "兆", "万亿", "조"), (10**8, "億", "亿", "억"), (10**4, "万", "万", "만"))


def _grouped(value: int, column: int) -> str:
    out = ""
    for unit, *names in _CJK_UNITS:
        part, value = divmod(value, unit)
        out += f"{part}{names[column]}" if part else ""
    return out + (str(value) if value else "")


@given(st.integers(1, 9999), _SCALES)
def test_one_value_written_in_five_languages_reads_back_equal(number: int, scale: tuple[int, str, str, str]) -> None:
    unit, english, german, _ = scale
    value = number * unit
    written = {
        "en": [f"${number} {english}", f"{number} {english} dollars", f"${value:,}", f"USD {number:,} {english}"],
        "de": [f"{number} {german} Dollar", f"{value:,}".replace(",", ".") + " Dollar"],
        "ja": [f"{_grouped(value, 0)}ドル", f"{_grouped(value, 0)}米ドル"],
        "ko": [f"{_grouped(value, 2)} 달러", f"{_grouped(value, 2)}달러"],
    }
    if value < 10**12:  # 兆 and 万亿 cannot both be groups of one number
        written["zh"] = [f"{_grouped(value, 1)}美元"]
    for language, texts in written.items():
        for text in texts:
            [found] = amounts(f"({text})", language)
            assert (found.text, found.value.low, found.value.currency) == (text, float(value), "USD")


@given(st.decimals(min_value=Decimal("0.1"), max_value=999, places=1), st.sampled_from(["円", "ドル", "ユーロ"]))
def test_offsets_survive_full_width_digits(number: Decimal, currency: str) -> None:
    wide = str(number).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
    text = f"総額は{wide}億{currency}だ"
    [found] = amounts(text, "ja")
    assert found.text == f"{wide}億{currency}"
    assert found.value.low == float(number * 10**8)


LETTERS = [
    ("The Lusaka council owes K1.2bn and pays K15 per kg.", [("K1.2bn", "ZMW"), ("K15", "ZMW")]),
    ("Port Moresby signed for K700 million.", [("K700 million", "PGK")]),
    ("Gaborone put up P3.4 billion; a ride is P4.50.", [("P3.4 billion", "BWP"), ("P4.50", "BWP")]),
    ("Manila needs P3.4 billion.", [("P3.4 billion", "PHP")]),
    ("Tegucigalpa borrows L4.2 billion.", [("L4.2 billion", "HNL")]),
    ("Guatemala approved Q1.9bn in Q3.", [("Q1.9bn", "GTQ")]),
    ("Thai exporters got B500m; B2B firms none.", [("B500m", "THB")]),
    ("Addis Ababa lent Br 4.5 billion.", [("Br 4.5 billion", "ETB")]),
    (
        "Durban lost R8,3-billion, a fine of R250 000 and R31,88 a litre on the R61.",
        [("R8,3-billion", "ZAR"), ("R250 000", "ZAR"), ("R31,88", "ZAR")],
    ),
    ("The weir took R1,125-billion, then R2,4-billion.", [("R1,125-billion", "ZAR"), ("R2,4-billion", "ZAR")]),
    ("The K5m tent, a Q3 2bn chart and the L100 bus.", []),
]


@pytest.mark.parametrize(("text", "expected"), LETTERS)
def test_letters_that_are_signs_where_the_text_is_about_the_country(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(found.text, found.value.currency) for found in amounts(text)] == expected
