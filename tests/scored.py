"""A text of our own and claims on it, for the tests of the yardstick."""

from __future__ import annotations

from typing import Any

from pledger.model import (
    Attribute,
    Claim,
    Document,
    EntityKind,
    Mention,
    Money,
    Qualifier,
    Span,
    Value,
)

TEXT = (
    "Borduria will put $80 billion into mines; the $80 billion fund takes loans and equity. Copper sales reach $7bn. "
    "Klow Motors and Zrin AG, a unit of Klow Motors, lead the smelter from Q2 2027, about 4% of output. "
    "No deal is signed."
)
DOCUMENT = Document(id="d1", path="one.txt", text=TEXT)
PROGRAMME = Mention(EntityKind.PROGRAMME, "fund", key="BO>US")
MARKET = Mention(EntityKind.MARKET, "copper sales")


def claim(words: str, value: Value, attribute: Attribute = Attribute.AMOUNT, nth: int = 1, **more: Any) -> Claim:
    """A claim on the nth occurrence of `words` in TEXT."""
    start = -1
    for _ in range(nth):
        start = TEXT.index(words, start + 1)
    span = Span(start, start + len(words))
    return Claim("d1", Span(0, len(TEXT)), span, words, attribute, more.pop("subject", PROGRAMME), value, **more)


def usd(low: float | None, high: float | None = None, qualifier: Qualifier = Qualifier.EXACT) -> Money:
    return Money(low, high if high is not None else low, "USD", qualifier)


RIGHT = [
    claim("$80 billion", usd(8e10)),
    claim("$80 billion", usd(8e10), nth=2),
    claim("$7bn", usd(7e9), subject=MARKET),
]
