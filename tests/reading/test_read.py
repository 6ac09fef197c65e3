"""A document read whole: never an error, always exact words, and time that grows with the length and no faster."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.model import Attribute, Claim, Document
from pledger.reading import read
from reading.claims import claims


def reading(text: str, language: str = "en") -> list[Claim]:
    return read(Document("d" * 64, "x.txt", text, language=language))


@given(st.text(max_size=300), st.sampled_from(["en", "ja", "zh", "ko", "de", "fr"]))
@settings(max_examples=150, deadline=None)
def test_reading_never_raises_and_spans_are_exact(text: str, language: str) -> None:
    found = reading(text, language)
    assert all(c.span.of(text) == c.text for c in found)
    assert found == reading(text, language)


_WORDS = (
    "Japan's $550bn US investment package the copper smelter in Ohio is a leading candidate , and . “ ” Nordfjell "
    "Group said that about 10% of GDP no decision has been made by March 2027 (JBIC) 5500億ドル の 対米投資 \n"
)


@given(st.lists(st.sampled_from(_WORDS.split(" ")), max_size=60), st.sampled_from(["en", "pt"]))
@settings(max_examples=100, deadline=None)
def test_news_like_word_salad_never_raises(words: list[str], language: str) -> None:
    text = " ".join(words)
    assert all(c.span.of(text) == c.text for c in reading(text, language))


def test_a_text_in_a_language_without_words_of_its_own_is_read_as_far_as_it_can_be() -> None:
    """Articles in Portuguese quote English ones: the sums are read, and nothing fails for want of a word list."""
    text = (
        "Japan's $550bn US investment programme picked three projects. Its own budget for them is ¥3tn. Acme could see "
        "up to $25bn, Norholm up to $5bn, and Zrin and Varde up to $2bn each, for a smelter in Ohio. Tokyo has doubts."
    )
    sums = [c.text for c in reading(text, "pt") if c.attribute is Attribute.AMOUNT]
    assert {"$550bn", "¥3tn", "up to $25bn", "up to $5bn", "up to $2bn"} <= set(sums)


def test_a_text_about_no_programme_and_no_project_has_only_what_stands_for_itself() -> None:
    text = "The bakery Kringle, a unit of Smaabrod, was approved in May 2026. It sold bread for $3 million, 4% more."
    found = {c.attribute.value: c.subject.kind.value for c in claims(text)}
    assert set(found) == {"amount", "ownership", "share"}
    assert found["amount"] in {"market", "unknown"}


@pytest.mark.parametrize(
    "flood",
    [
        "A",
        "Abc ",
        "A.",
        "Abc and ",
        "Abc, a unit of ",
        '"',
        "“",
        "(",
        "Abc (",
        "[",
        "\ue000P0\ue001",
        "\u200b",
        "$1 ",
        "$1bn ",
        "Japan ",
        "Japan's $5bn US investment pledge ",
        "a copper smelter is a candidate ",
        "a copper smelter in Ohio and ",
        "the Ohio plant, ",
        "the first projects ",
        "Abc-led a copper smelter, ",
        "a smelter and $1 respectively ",
        "the ministry said ",
        "銅製錬所、",
        "日本の5500億ドルの対米投資",
        "대미 투자 ",
    ],
)
def test_a_flood_on_one_line_is_read_in_time_that_grows_with_its_length(flood: str) -> None:
    language = "ja" if "の" in flood or "、" in flood else "ko" if "대" in flood else "en"
    length = 100_000 if flood not in {"$1 ", "the ministry said "} else 40_000
    start = time.process_time()
    reading((flood * (length // len(flood) + 1))[:length], language)
    # Some seconds at most, also on a slow machine; what grows with the square takes minutes.
    assert time.process_time() - start < 15
