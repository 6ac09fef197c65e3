"""Bytes become the words that their writer typed; the language is told by script, then by model."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.documents.encoding import decode
from pledger.documents.language import language, language_code
from pledger.model import Problem

JAPANESE = (
    "経済産業省は火曜日、対米投資の第一弾として三つの事業を選んだと発表した。総額は約五兆円になる見込みだという。"
)
CHINESE = "商务部周二公布了首批三个投资项目，总额约三百六十亿美元，由国际协力银行提供贷款。"
KOREAN = "산업부는 화요일 대미 투자 첫 번째 사업 세 개를 발표했다. 총액은 삼백육십억 달러로 예상된다."
GERMAN = "Das Ministerium kündigte am Dienstag drei größere Vorhaben an, für die es Bürgschaften übernähme."
RUSSIAN = "Министерство объявило во вторник о первых трех проектах инвестиционной программы."


@pytest.mark.parametrize(
    ("text", "encoding"),
    [
        (JAPANESE, "cp932"),
        (JAPANESE, "euc_jp"),
        (JAPANESE, "iso2022_jp"),
        (CHINESE, "gb18030"),
        (KOREAN, "cp949"),
        (GERMAN, "cp1252"),
        (RUSSIAN, "cp1251"),
        (GERMAN, "utf-16"),
        (JAPANESE, "utf-8-sig"),
        (GERMAN, "utf-16-le"),
        (GERMAN, "utf-16-be"),
    ],
)
def test_old_encodings_are_recognised(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding), "a.txt") == text


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [(codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_BE, "utf-16-be"), (codecs.BOM_UTF32_LE, "utf-32-le")],
)
def test_the_byte_order_mark_goes_and_nothing_else(mark: bytes, encoding: str) -> None:
    assert decode(mark + "\r\nEin Satz.\r\n".encode(encoding), "a.txt") == "\r\nEin Satz.\r\n"


def test_what_the_file_declares_wins_over_a_guess_but_not_over_valid_utf8() -> None:
    short = "Größe"
    assert decode(short.encode("iso8859_2"), "a", "iso-8859-2") == short
    assert decode(short.encode(), "a", "shift_jis") == short
    assert decode(short.encode(), "a", "no-such-encoding") == short


def test_one_garbled_character_does_not_turn_a_utf8_file_into_another_language() -> None:
    data = (JAPANESE * 3).encode()[:-1] + b"\xff"
    text = decode(data, "a.txt")
    assert isinstance(text, str)
    assert text.startswith(JAPANESE)


@pytest.mark.parametrize(
    "data", [b"\x00\x01\x02\x03" * 50, bytes(range(1, 32)) * 9, b"words\x00and words", b"\xff\xfeabc"]
)
def test_junk_is_a_problem_with_a_mend(data: bytes) -> None:
    problem = decode(data, "junk.txt")
    assert isinstance(problem, Problem)
    assert problem.where == "junk.txt"
    assert problem.mend.endswith(".")


@given(st.binary(max_size=400))
def test_decoding_never_raises(data: bytes) -> None:
    assert isinstance(decode(data, "a"), str | Problem)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (JAPANESE, "ja"),
        (CHINESE, "zh"),
        (KOREAN, "ko"),
        (GERMAN, "de"),
        (RUSSIAN, "ru"),
        ("The ministry named three projects on Tuesday and said that loans would follow within weeks.", "en"),
        ("Le ministère a annoncé mardi trois projets et promis des prêts dans les prochaines semaines.", "fr"),
        ("The minister, Sato (佐藤), met Chairman Wang (王) and discussed the terms of the loans.", "en"),
        ("ソフトバンクのGPUクラスターとAIデータセンター事業", "ja"),
        ("", "en"),
        ("$550bn", "en"),
        ("Hitachi, Toshiba, SoftBank", "en"),
    ],
)
def test_languages(text: str, code: str) -> None:
    assert language(text) == code


@pytest.mark.parametrize(
    ("tag", "code"),
    [("en-GB", "en"), ("zh_Hant_TW", "zh"), ("DE", "de"), ("english", None), ("", None), (None, None), (7, None)],
)
def test_language_tags(tag: object, code: str | None) -> None:
    assert language_code(tag) == code
