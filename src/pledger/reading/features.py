"""What a project can do and what goes through it: capacities ("2 million barrels a day"), products ("LNG only").

The value is `topic: what`, as conditions have it, so that two accounts of one project can be held against each other:
`capacity: 2 million barrels a day`, `products: crude oil and LNG`. Words are in `data/lexicon/features.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import CJK, expand

__all__ = ["Capacity", "Product", "capacities", "products"]

_DIGITS = r"\d{1,4}(?:[.,]\d{1,3}){0,3}"
_SPOKEN = {
    "half a": 0.5, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8,
    "nine": 9, "ten": 10,
}  # fmt: skip
_LEFT = 24
"""Characters before a number in which its period or a word that makes it a part stands."""
_FAR = 60
"""Characters before a number in which "an annual capacity of" stands."""
_UNIT_SCALES = ((1e9, " billion"), (1e6, " million"), (1e3, " thousand"))


@dataclass(frozen=True, slots=True)
class Capacity:
    """How much a project puts out or lets through, in `unit` a `period` (empty for power, which is a rate itself)."""

    span: Span
    amount: float
    unit: str
    period: str

    @property
    def value(self) -> str:
        """`2 million barrels a day`, `9.2 GW`."""
        rate = f" a {self.period}" if self.period else ""
        return f"{_number(self.amount, bool(self.period))} {self.unit}{rate}"


@dataclass(frozen=True, slots=True)
class Product:
    """Words that say that a product goes through a project beside what it is there for, or is all that does."""

    span: Span
    product: str
    alone: bool


@dataclass(frozen=True, slots=True)
class _Unit:
    called: str
    period: str
    pattern: re.Pattern[str]
    before: re.Pattern[str] | None = None
    """What must stand before the number, where the unit tells its period there and not behind it."""


@cache
def _units(language: str) -> tuple[_Unit, ...]:
    out = []
    for entry in lexicon("features")["units"]:
        words = sorted(entry.get(language, entry["en"]), key=len, reverse=True)
        joined = "|".join(map(expand, words))
        edge = "" if language in CJK else r"(?!\w)"
        scales = sorted(_scales(language), key=len, reverse=True)
        scale = "|".join(map(re.escape, scales))
        spoken = "" if language != "en" else "|" + "|".join(sorted(_SPOKEN, key=len, reverse=True))
        pattern = rf"(?<![\w.,])(?P<n>{_DIGITS}{spoken})[ \u00a0-]?(?:(?P<s>{scale})[ \u00a0]?)?(?:{joined}){edge}"
        if language in CJK:
            pattern = pattern.replace(r"(?<![\w.,])", r"(?<![\d.,])", 1)
        out.append(_Unit(entry["called"], entry["a"], re.compile(pattern, re.IGNORECASE)))
        bare = entry.get("bare", {}).get(language)
        if bare:
            alone = pattern.replace(f"(?:{joined})", f"(?:{'|'.join(map(expand, bare))})")
            periods = lexicon("features")["periods_before"][language][entry["a"]]
            before = re.compile("|".join(periods), re.IGNORECASE)
            out.append(_Unit(entry["called"], entry["a"], re.compile(alone, re.IGNORECASE), before))
    return tuple(out)


def _scales(language: str) -> dict[str, float]:
    known = lexicon("features")["scales"]
    found: dict[str, float] = known.get(language, known["en"])
    return found


_UNITS = Trigger(lambda language: [[_units_words(language)]])


def _units_words(language: str) -> str:
    """The units by themselves: what no capacity can do without."""
    entries = lexicon("features")["units"]
    return "|".join(
        expand(word)
        for entry in entries
        for word in (*entry.get(language, entry["en"]), *entry.get("bare", {}).get(language, ()))
    )


@cache
def _before() -> tuple[re.Pattern[str], dict[str, re.Pattern[str]], re.Pattern[str]]:
    entry = lexicon("features")
    parts = "|".join(map(expand, entry["not_whole"]["before"]))
    behind = "|".join(map(expand, entry["not_whole"]["behind"]))
    periods = {name: re.compile("|".join(words)) for name, words in entry["periods"].items()}
    return (
        re.compile(rf"(?:(?<![a-zäöü])|(?<=[^\x00-\x7f]))(?:{parts})\s?$", re.IGNORECASE),
        periods,
        re.compile(rf"\s?(?:{behind})(?!\w)", re.IGNORECASE),
    )


def capacities(page: Page) -> Iterator[tuple[int, Capacity]]:
    """The index of each sentence that gives a capacity, and the capacity; parts and additions are none."""
    parts, periods, behind = _before()
    text = page.text
    for index in page.where(_UNITS):
        sentence = page.sentences[index]
        for unit in _units(page.language):
            for match in unit.pattern.finditer(text, sentence.start, sentence.end):
                left = text[max(sentence.start, match.start() - _LEFT) : match.start()]
                if unit.before is not None and not unit.before.search(
                    text[max(sentence.start, match.start() - _FAR) : match.start()]
                ):
                    continue  # 150,000 tonnes of what is there already
                if parts.search(left) or behind.match(text, match.end(), sentence.end):
                    continue
                if unit.period and page.language in CJK and not periods[unit.period].search(left):
                    continue  # a heap of so many tonnes is no capacity
                amount = _amount(match["n"], match["s"], page.language)
                if amount:
                    yield index, Capacity(Span(*match.span()), amount, unit.called, unit.period)


def _amount(digits: str, scale: str | None, language: str) -> float:
    spoken = _SPOKEN.get(digits.casefold())
    if spoken is None:
        plain = digits.replace(".", "").replace(",", ".") if language == "de" else digits
        if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain):
            plain = plain.replace(",", "")
        try:
            spoken = float(plain.replace(",", "."))
        except ValueError:
            return 0.0
    factors = {key.casefold(): value for key, value in _scales(language).items()}
    return spoken * factors.get((scale or "").casefold(), 1.0)


def _number(amount: float, scaled: bool) -> str:
    for scale, word in _UNIT_SCALES if scaled else ():
        if amount >= scale:
            return f"{amount / scale:.4g}{word}"
    return f"{amount:.6g}"


@cache
def _frames(language: str) -> tuple[tuple[bool, re.Pattern[str]], ...]:
    """Frames of inclusion and of exclusion with any product in them, the product's own word as group `p`."""
    entry = lexicon("features")
    words = sorted((w for listed in entry["products"].values() for w in listed), key=len, reverse=True)
    product = f"(?P<p>{'|'.join(map(expand, words))})"
    out = []
    for table, alone in (("only", True), ("includes", False)):
        for frame in entry[table].get(language, ()):
            pattern = expand(frame).replace("{P}", product)
            bounded = pattern if language in CJK else rf"(?<!\w){pattern}(?!\w)"
            out.append((alone, re.compile(bounded, re.IGNORECASE)))
    return tuple(out)


_PRODUCTS = Trigger(lambda language: [[pattern.pattern for _, pattern in _frames(language)]])


@cache
def _called() -> dict[str, str]:
    return {word.casefold(): name for name, listed in lexicon("features")["products"].items() for word in listed}


def products(page: Page) -> Iterator[tuple[int, Product]]:
    """The index of each sentence that says what goes through a project, and the product; exclusions come first."""
    for index in page.where(_PRODUCTS):
        sentence = page.sentences[index]
        taken: list[Span] = []
        for alone, pattern in _frames(page.language):
            for match in pattern.finditer(page.text, sentence.start, sentence.end):
                span = Span(*match.span())
                if not any(span.overlaps(other) for other in taken):
                    taken.append(span)
                    yield index, Product(span, _called()[" ".join(match["p"].casefold().split())], alone)
