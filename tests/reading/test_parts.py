"""Amounts that are a part of what a project costs, where a town is glossed, and how far a name reaches."""

from __future__ import annotations

import pytest

from pledger.ledger.matching import same_name
from pledger.ledger.names import person
from pledger.model import Attribute, Document, Money
from pledger.reading import read


def scopes(text: str, language: str) -> list[tuple[str, str | None]]:
    claims = read(Document("d", "d.txt", text, language=language))
    return [(c.text, c.scope) for c in claims if c.attribute is Attribute.AMOUNT and isinstance(c.value, Money)]


@pytest.mark.parametrize(
    ("text", "language", "part"),
    [
        (
            "Acme Cable will build a €900 million works at Emden. Two banks are to lend €300 million and €200 million.",
            "en",
            ("€300 million", "€200 million"),
        ),
        (
            "Acme Kabel baut in Emden ein Kabelwerk für 900 Millionen Euro. Das Land gibt 60 Millionen Euro.",
            "de",
            ("60 Millionen Euro",),
        ),
        (
            "海山電材はカトヴィツェ（Katowice）に工場を新設する。総投資額は5億ユーロ。銀行が2億ユーロを融資する。",
            "ja",
            ("2億ユーロ",),
        ),
    ],
)
def test_a_loan_or_a_grant_is_a_part(text: str, language: str, part: tuple[str, ...]) -> None:
    assert tuple(said for said, scope in scopes(text, language) if scope == "part") == part


def test_a_town_that_brackets_gloss_is_a_place_and_no_firm() -> None:
    text = "海山材料10日宣布，将在阿曼杜库姆（Duqm）建设一座炼钢厂，总投资18亿美元。"
    claims = read(Document("d", "d.txt", text, language="zh"))
    assert {c.subject.place for c in claims if c.attribute is Attribute.AMOUNT} == {"Duqm"}


def test_a_quarter_more_is_no_sum_for_each_quarter() -> None:
    text = "Building the anode plant will cost $2.3 billion, a quarter more than was announced."
    claims = read(Document("d", "d.txt", text))
    assert [c.value.period for c in claims if isinstance(c.value, Money)] == [None]


def test_offices_are_no_people_and_sisters_are_two() -> None:
    assert person("Ministry of Trade and Industry") == ("ministry of trade and industry", False)
    assert person("Minister for Industry Ada Doe") == ("ada doe", True)
    assert same_name("Harbor Light Steel", "Harbor Light Semiconductor").outcome == "different"
