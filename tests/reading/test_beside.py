"""Programmes beside each other, companies on a list, and what is no project: texts in, subjects out."""

from __future__ import annotations

import datetime as dt

import pytest

from pledger.model import EntityKind
from reading.claims import claims

DAY = dt.date(2026, 1, 16)


@pytest.mark.parametrize(
    ("language", "text", "words", "key"),
    [
        (
            "de",
            (
                "Die Schweiz will 200 Mrd. Dollar in den USA investieren. Norwegen geht einen anderen Weg. "
                "Sein Programm umfasst bis zu 90 Mrd. Dollar."
            ),
            "bis zu 90 Mrd. Dollar",
            "NO>US",
        ),
        (
            "en",
            (
                "South Korea pledged to invest $350 billion in the United States. Tokyo has a programme of its own. "
                "Japan's budget for the 2026 fiscal year provides the money."
            ),
            "2026 fiscal year",
            "JP>US",
        ),
        (
            "en",
            (
                "South Korea pledged to invest $350 billion in the United States. The Japan Metals Institute says so. "
                "Nothing binds Seoul until June 2029."
            ),
            "until June 2029",
            "KR>US",
        ),
    ],
)
def test_each_programme_is_told_of_in_turn(language: str, text: str, words: str, key: str) -> None:
    found = [c for c in claims(text, None, language, DAY) if c.text == words]
    assert found
    assert {c.subject.key for c in found} == {key}


def projects(text: str, language: str = "en") -> set[str]:
    return {c.subject.text for c in claims(text, None, language, DAY) if c.subject.kind is EntityKind.PROJECT}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "Norwegen will 90 Mrd. Dollar in den USA anlegen. Ausgewählt werden die Vorhaben in Washington."),
        ("ja", "日本は5500億ドルの対米投資を約束した。米国の事業に1000億円を出資する。"),
        ("zh", "香港新城电台2月18日消息，日本承诺的5500亿美元投资已获签署。"),
        ("en", "Norway's $90bn investment pledge to the United States was signed on Monday, Harbour Radio reported."),
    ],
)
def test_places_of_decision_the_host_and_outlets_are_no_projects(language: str, text: str) -> None:
    assert projects(text, language) == set()


def sums(text: str, language: str) -> list[tuple[str, str | None]]:
    return [(c.text, c.subject.sponsor) for c in claims(text, "amount", language) if c.scope == "project"]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            (
                "Japan pledged to invest $550 billion in the United States. Bechtel and Kiewit could each see up to "
                "$25 billion in work, and Carrier up to $20 billion."
            ),
            [("up to $25 billion", "Bechtel"), ("up to $25 billion", "Kiewit"), ("up to $20 billion", "Carrier")],
        ),
        (
            "de",
            (
                "Japan will 550 Mrd. Dollar in den USA investieren. Fujikura will bis zu 20 Mrd. Dollar in die Hand "
                "nehmen, Murata höchstens 15 Mrd. Dollar."
            ),
            [("bis zu 20 Mrd. Dollar", "Fujikura"), ("höchstens 15 Mrd. Dollar", "Murata")],
        ),
        (
            "ja",
            "日本は5500億ドルの対米投資を約束した。電力設備では東芝が最大250億ドル、三菱電機が最大300億ドルを掲げた。",
            [("最大250億ドル", "東芝"), ("最大300億ドル", "三菱電機")],
        ),
    ],
)
def test_a_company_with_a_sum_of_its_own_is_an_entry(
    language: str, text: str, expected: list[tuple[str, str | None]]
) -> None:
    assert sums(text, language) == expected


def test_a_sum_for_a_thing_is_the_things() -> None:
    text = (
        "Japan pledged to invest $550 billion in the United States. Carrier would put up to $20 billion into a smelter "
        "in Ohio, and Kiewit up to $3 billion into a port in Texas."
    )
    assert {c.subject.text for c in claims(text, "amount")}.isdisjoint({"Carrier", "Kiewit"})


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "Norway pledged $90bn to the United States. Until November its promise had stood at $60bn."),
        ("de", "Norwegen hat den USA 90 Mrd. Dollar zugesagt. Bis November lag die Zusage bei 60 Mrd. Dollar."),
    ],
)
def test_until_when_something_stood_is_no_deadline(language: str, text: str) -> None:
    assert all(getattr(c.value, "event", "") != "deadline" for c in claims(text, "date", language, DAY))
