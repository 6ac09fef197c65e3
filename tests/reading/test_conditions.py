"""Conditions: the sentence in, topic and value out."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.model import Span
from pledger.reading.conditions import conditions


def read(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(f.text, f.value.text) for f in conditions(text, Span(0, len(text)), language)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        (
            "Money falls due at least 45 business days after notice.",
            "at least 45 business days",
            "notice period: at least 45 business days",
        ),
        ("Oslo has 45 days to transfer the funds.", "45 days", "notice period: 45 days"),
        (
            "Norwegian suppliers are to be given priority.",
            "suppliers are to be given priority",
            "suppliers: those of the investor's country are preferred",
        ),
        (
            "The loan carries the three-month SOFR plus a spread.",
            "the three-month SOFR plus a spread",
            "interest: a market rate and a margin",
        ),
        ("Profits are split net of local taxes.", "net of local taxes", "taxes: returns are shared after taxes"),
        (
            "Nobody says who pays if a project never earns enough to repay the loan.",
            "if a project never earns enough to repay the loan",
            "shortfall: for a project that never earns enough",
        ),
        ("The pact is not legally binding.", "not legally binding", "legal force: not binding"),
        (
            "Cash is shared evenly until principal and interest have been repaid.",
            "until principal and interest have been repaid",
            "equal split ends: principal and interest",
        ),
        (
            "Cash is shared evenly until the principal has been recovered.",
            "until the principal has been recovered",
            "equal split ends: principal",
        ),
        ("The terminal still needs a federal permit.", "needs a federal permit", "approval: open"),
        ("The plant has not yet received an air permit.", "has not yet received an air permit", "approval: open"),
        ("Norway may decline after consultations.", "may decline after consultations", "may decline: may decline"),
        ("The memorandum says nothing about losses.", "says nothing about losses", "losses: not settled"),
    ],
)
def test_english(text: str, words: str, value: str) -> None:
    assert (words, value) in read(text)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("通知から少なくとも45営業日が過ぎてから払い込む。", "ja", "notice period: at least 45 business days"),
        ("收到通知后至少45个工作日内付款。", "zh", "notice period: at least 45 business days"),
        ("통지를 받고 적어도 45영업일이 지난 다음에 낸다.", "ko", "notice period: at least 45 business days"),
        (
            "Gezahlt wird mindestens 45 Geschäftstage nach der Auswahl.",
            "de",
            "notice period: at least 45 business days",
        ),
        ("合意に法的拘束力はない。", "ja", "legal force: not binding"),
        ("実行には保険法の改正が欠かせない。", "ja", "approval: open"),
    ],
)
def test_other_languages(text: str, language: str, value: str) -> None:
    assert value in [v for _, v in read(text, language)]


@pytest.mark.parametrize(
    "text", ["The talks lasted 45 days.", "He was away for 30 days in May.", "The court met for 150 days."]
)
def test_days_that_are_no_notice(text: str) -> None:
    assert read(text) == []


@given(st.text(max_size=200), st.sampled_from(["en", "ja", "zh", "ko", "de"]))
def test_never_raises_and_offsets_are_exact(text: str, language: str) -> None:
    for found in conditions(text, Span(0, len(text)), language):
        assert found.span.of(text) == found.text
