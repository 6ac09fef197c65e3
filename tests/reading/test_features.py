"""Features of projects, tariffs told apart, institutions' funding, corrections: text in, claims out."""

from __future__ import annotations

import datetime as dt
import hashlib

from pledger.model import Attribute, Claim, Document, EntityKind, Modality, Share, Text
from pledger.reading import read

DAY = dt.date(2026, 2, 25)
PLEDGE = "Japan's $550 billion pledge to invest in the United States has brought its first projects. "


def claims(text: str, language: str = "en") -> list[Claim]:
    document = Document(hashlib.sha256(text.encode()).hexdigest(), "a.txt", text, language=language, reported_on=DAY)
    return read(document)


def features(text: str, language: str = "en") -> list[str]:
    found = [
        c.value.text for c in claims(text, language) if c.attribute is Attribute.KIND and isinstance(c.value, Text)
    ]
    return [f for f in found if ": " in f]


def rates(text: str, language: str = "en") -> list[tuple[str | None, float | None, str | None]]:
    found = [c for c in claims(text, language) if isinstance(c.value, Share) and c.value.of == "tariff rate"]
    return [(c.subject.key, c.value.low, c.scope) for c in found if isinstance(c.value, Share)]


def test_capacities() -> None:
    lead = PLEDGE + "Fjord Energy will build a crude oil terminal in Texas. "
    assert features(lead + "The terminal would load 1.5 million barrels a day.") == [
        "capacity: 1.5 million barrels a day"
    ]
    assert features(lead + "The terminal sold 3 million barrels last year.") == []
    assert features(PLEDGE + "Fjord Energy will build a gas-fired power plant of 2.4 gigawatts in Ohio.") == [
        "capacity: 2.4 GW"
    ]
    assert features(PLEDGE + "The first 800 megawatts of the gas-fired power plant in Ohio come in 2028.") == []


def test_layout_and_what_is_not_new() -> None:
    lead = PLEDGE + "Fjord Energy will build a gas-fired power plant in Ohio"
    assert features(lead + ", spread over several sites instead of a single plant.") == ["layout: several sites"]
    assert features("They saw a single plant. It was green.") == []
    assert features(PLEDGE + "Some of that had been announced before.") == ["newness: partly previously announced"]


def test_tariffs_by_law_goods_and_country() -> None:
    fell = "The tariff on South Korean goods fell from 25 to 15 percent."
    assert rates(fell) == [
        ("tariff on goods of South Korea", 0.25, "former"),
        ("tariff on goods of South Korea", 0.15, None),
    ]
    assert rates("A tariff of 10% under Section 122 is in force.") == [("Section 122 tariff", 0.1, None)]
    assert rates("Japan pays a tariff of 15% on cars.") == [("tariff on cars of Japan", 0.15, None)]
    assert not rates("The partner holds 15% of the shares.")


def test_funding_of_an_institution_is_its_own() -> None:
    text = "South Korea pledged $350 billion to the United States. "
    text += "A state corporation with capital of 2 trillion won is founded."
    (capital,) = [c for c in claims(text) if c.scope == "capital"]
    assert (capital.subject.kind, capital.subject.key) == (EntityKind.ORGANISATION, "Korean investment corporation")


def test_what_a_text_takes_back_is_denied() -> None:
    text = PLEDGE + "An earlier version of this article said that 45 business days after notice the money is due."
    (period,) = [c for c in claims(text) if c.attribute is Attribute.CONDITION]
    assert period.modality is Modality.DENIED


def test_chinese_sets_two_sources_against_each_other() -> None:
    text = (
        "日本承诺对美投资5500亿美元。"
        "对于得克萨斯项目，李明部长称其中包含液化天然气，而两国政府的正式文件只提到原油出口。"
    )
    told = {
        c.value.text: c.attribution
        for c in claims(text, "zh")
        if isinstance(c.value, Text) and "products" in c.value.text
    }
    assert set(told) == {"products: crude oil and LNG", "products: crude oil only"}
    assert "文件" in told["products: crude oil only"][-1].source
