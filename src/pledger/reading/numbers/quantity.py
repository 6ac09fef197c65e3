"""A number as written: what the recognisers of numbers hand to those of money."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pledger.data import lexicon

__all__ = ["Quantity", "key", "scales"]


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number as written, in a normalised text; `low` and `high` differ only for vague words ("tens of billions")."""

    start: int
    end: int
    low: Decimal
    high: Decimal
    scale: Decimal | None = None
    """The scale written with the number (10**9 for "billion"), None where there is none."""
    glued: bool = False
    """Directly after a letter or digit, as the 2 in "B2B"; only a currency mark can make it an amount."""
    more: bool = False
    """Words inside the number say that it is a little more: 100多亿, 3500여억, "eine gute Milliarde"."""
    letter: bool = False
    """The scale is a single letter or a short form that only counts beside a currency."""
    about: bool = False
    """Words inside the number say that it is nearly so much: "eine knappe Milliarde"."""

    @property
    def vague(self) -> bool:
        """Whether the words give a spread and no number."""
        return self.low != self.high


@cache
def scales(language: str) -> dict[str, int]:
    """What each word for a scale is worth; where two languages share one ("Billion"), that of `language` counts."""
    tables = lexicon("numbers")["scales"]
    return {**tables["en"], **tables["de"]} if language == "de" else {**tables["de"], **tables["en"]}


def key(words: str) -> str:
    """Words as the lexicon writes them."""
    return " ".join(words.lower().split())
