"""Numbers with their scales: 550bn, 5,500億, 7兆1800億, 3500억, 33,3 Milliarden, half a billion, tens of billions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers.cjk import cjk_quantity, cjk_words
from pledger.reading.numbers.patterns import GAP, alternation
from pledger.reading.numbers.plain import NUMBER, literal
from pledger.reading.page import Page, Trigger
from pledger.reading.tails import Tail

__all__ = ["Quantity", "quantities", "word_value"]

_LOOK_BACK = 64
"""Longest number in words before its scale: "nine hundred and seventy-seven"."""

_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
_SCALED = frozenset(" \u00a0\n-+")
"""Besides letters, what may stand between a number and its scale."""
_SPACED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3}){1,5}(?![0-9])")
_WRITTEN_FRACTION = re.compile(r" ([1-9])/([2-9])(?![0-9/])")


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
    """Words inside the number say that it is a little more: 100多亿, 3500여억."""
    letter: bool = False
    """The scale is a single letter, which only counts beside a currency."""

    @property
    def vague(self) -> bool:
        """Whether the words give a spread and no number."""
        return self.low != self.high


@cache
def _scales(language: str) -> dict[str, int]:
    tables = lexicon("numbers")["scales"]
    return {**tables["en"], **tables["de"]} if language == "de" else {**tables["de"], **tables["en"]}


@cache
def _scale_after(language: str) -> re.Pattern[str]:
    letters = alternation(lexicon("numbers")["scales"]["letters"])
    words = alternation(_scales(language))
    return re.compile(
        rf"(?P<plus>-plus|-odd|\+)?(?:{GAP}-?|-)(?P<word>{words})(?![a-z])(?:{GAP}-?(?P<second>{words})(?![a-z]))?"
        rf"|(?P<letter>{letters})(?![a-z0-9])| (?P<spaced>(?-i:MM|[MBT]))(?![a-z0-9]|-[a-z])",
        re.IGNORECASE,
    )


@cache
def _words_before(language: str) -> Tail:
    words = lexicon("numbers")["words"]
    single = alternation({**words["en"], **({**words["de"], **words["parts"]} if language == "de" else {})})
    fraction = alternation(lexicon("numbers")["fractions"])
    return Tail(
        rf"(?<![a-z'\-])(?:(?P<part>(?:{single}[ -])?{fraction})(?P<link>[ -]of an? | an? |-)"
        rf"|(?P<mixed>{single}) and (?P<mixedpart>an? {fraction}|{single}[ -]{fraction}) "
        rf"|(?P<many>{alternation(words['of'])}) (?:of )?"
        rf"|(?P<vague>{alternation(words['vague'])}) "
        rf"|(?P<plain>{single}(?:(?:[ -]|-and-| and ){single}){{0,4}})[ -])$"
    )


_WORD_SCALES = ("illi", "ILLI", "housand", "HOUSAND", "ausend", "crore", "lakh")
_HALF_AFTER = re.compile(r" and a half(?![a-z])", re.IGNORECASE)


@cache
def _scale_word(language: str) -> re.Pattern[str]:
    return re.compile(alternation(_scales(language)) + r"(?![a-z])", re.IGNORECASE)


_SCALE_WORDS = Trigger(lambda language: [[_scale_word(language).pattern]], exact=True)


def quantities(page: Page) -> list[Quantity]:
    """All numbers of a page's normalised text, in order and never overlapping; years, room numbers and all.

    Callers keep those that a currency, a percent sign or the like makes theirs.
    """
    found = _from_digits(page.plain, page.language)
    if page.may(_SCALE_WORDS):
        found.extend(_from_words(page.plain, page.language))
    if page.cjk:
        found.extend(Quantity(*q) for q in cjk_words(page.plain))
    found.sort(key=lambda q: (q.start, -q.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _from_digits(text: str, language: str) -> list[Quantity]:
    out: list[Quantity] = []
    scale_after = _scale_after(language)
    scales = _scales(language)
    letters = lexicon("numbers")["scales"]["letters"]
    german = language == "de"
    if german:  # "500 000 Euro"; in English two numbers may follow each other ("on March 5 300 people")
        text = _SPACED.sub(lambda m: m.group().replace(" ", "\u00a0"), text)
    done = 0
    for match in NUMBER.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        scale: Decimal | None = None
        follow = text[end : end + 1]
        tail = scale_after.match(text, end) if follow in _SCALED or follow.isalpha() else None
        comma = german or (
            tail is not None
            and (tail["word"] or "").lower().startswith(("milliarde", "mrd", "mio.", "millionen", "billionen"))
        )
        number = literal(match.group(), decimal_comma=comma)
        if number is None or (number == 0 and end - start > 1):
            continue
        if start > 1 and text[start - 1] == "." and match.group().isdigit() and (text[start - 2] in "$€£¥₩ \n("):
            number, start = Decimal(f"0.{match.group()}"), start - 1
        glued = start > 0 and text[start - 1].isalnum() and text[start - 1].isascii()
        if end < len(text) and text[end] in _VULGAR:
            number += _VULGAR[text[end]]
            end += 1
            tail = scale_after.match(text, end)
        elif end < len(text) and text[end] == " " and (part := _WRITTEN_FRACTION.match(text, end)):
            number += Decimal(part[1]) / Decimal(part[2])
            end = part.end()
            tail = scale_after.match(text, end)
        if tail is not None:
            end = tail.end()
            if tail["word"]:
                scale = Decimal(scales[_key(tail["word"])])
                if tail["second"]:
                    scale *= scales[_key(tail["second"])]
            else:
                scale = Decimal(letters[(tail["letter"] or tail["spaced"]).lower()])
            done = end
            value = number * scale
            more = (tail["plus"] or "") in ("-plus", "+") and tail["plus"] is not None
            out.append(Quantity(start, end, value, value, scale, glued, more, letter=not tail["word"]))
            continue
        after = text[end : end + 2]
        if after and not after.isascii():
            cjk = cjk_quantity(text, end, number)
            if cjk is not None:
                done = cjk[0]
                out.append(Quantity(start, cjk[0], cjk[1], cjk[1], cjk[2], glued, more=cjk[3]))
                continue
        done = end
        out.append(Quantity(start, end, number, number, None, glued))
    return out


def _key(words: str) -> str:
    """Words as the lexicon writes them."""
    return " ".join(words.lower().split())


def _from_words(text: str, language: str) -> Iterator[Quantity]:
    scales = _scales(language)
    word = _scale_word(language)
    before = _words_before(language)
    for needle in _WORD_SCALES:
        at = text.find(needle)
        while at >= 0:
            start = at
            while start > 0 and at - start < 4 and text[start - 1].isalpha():
                start -= 1
            match = word.match(text, start)
            if match:
                window = text[max(0, start - _LOOK_BACK) : start].replace("\n", " ").replace("\u00a0", " ")
                lead = before.search(window) if window[-1:] in " -" else None
                if lead:
                    yield from _in_words(text, lead, match, start - len(window), Decimal(scales[_key(match.group())]))
            at = text.find(needle, at + 4)


def _in_words(text: str, lead: re.Match[str], scale: re.Match[str], offset: int, unit: Decimal) -> Iterator[Quantity]:
    start, end = offset + lead.start(), scale.end()
    low = high = Decimal(0)
    if lead["part"]:
        low = high = _fraction(lead["part"])
    elif lead["mixed"]:
        low = high = word_value(lead["mixed"]) + _fraction(lead["mixedpart"])
    elif lead["many"]:
        many = Decimal(lexicon("numbers")["words"]["of"][_key(lead["many"])])
        low, high = 2 * many, 10 * many
    elif lead["vague"]:
        low, high = Decimal(2), Decimal(10)
    else:
        low = high = word_value(lead["plain"])
        half = _HALF_AFTER.match(text, end)
        if half:
            low = high = low + Decimal("0.5")
            end = half.end()
    if high:
        yield Quantity(start, end, low * unit, high * unit, unit)


def _fraction(words: str) -> Decimal:
    """The value of "half", "a third", "three-quarters"."""
    parts = words.lower().replace("-", " ").split()
    over = Decimal(lexicon("numbers")["fractions"][parts[-1]])
    return (word_value(" ".join(parts[:-1])) if len(parts) > 1 else Decimal(1)) / over


def word_value(words: str) -> Decimal:
    """The value of a number in words below a thousand: "one hundred and twenty-five" is 125. Unknown words count 0."""
    table = lexicon("numbers")["words"]
    whole = table["parts"].get(words.lower())
    if whole is not None:
        return Decimal(whole)
    total = 0
    for word in words.lower().replace("-", " ").split():
        value = table["en"].get(word, table["de"].get(word, 0))
        total = max(total, 1) * 100 if value == 100 else total + value
    return Decimal(total)
