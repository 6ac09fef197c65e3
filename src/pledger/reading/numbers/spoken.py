"""Numbers in words before a scale: half a billion, tens of billions, eine Viertelmilliarde, zwei bis drei Millionen."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers.patterns import alternation
from pledger.reading.numbers.quantity import Quantity, key, scales
from pledger.reading.tails import Tail

__all__ = ["scale_word", "singles", "spoken", "word_value"]

_LOOK_BACK = 72
"""Longest number in words before its scale: "nine hundred and seventy-seven"."""

_NEEDLES = ("illi", "ILLI", "housand", "HOUSAND", "ausend", "crore", "lakh")
"""Letters that no word for a scale is without, where a number in words may stand before it."""

_MORE_AFTER = re.compile(r"[ -]and[ -]a[ -](half|quarter|third)(?![a-z])|(?P<two> or two)(?![a-z])", re.IGNORECASE)
_HUNDRED = Decimal(100)


@cache
def _german() -> dict[str, Decimal]:
    """German numerals to 999 and those with a half: einundzwanzig, hundertfünfzig, zweieinhalb."""
    words = {word: int(value) for word, value in lexicon("numbers")["words"]["de"].items()}
    units = {w: v for w, v in words.items() if 1 < v < 10} | {"ein": 1}
    below = {w: v for w, v in words.items() if v < 100 and w not in ("eine", "einer")}
    below |= {f"{u}und{t}": v + n for u, v in units.items() for t, n in words.items() if n in range(20, 100, 10)}
    found = {w: Decimal(v) for w, v in words.items()} | {w: Decimal(v) for w, v in below.items()}
    found |= {f"{w}einhalb": v + Decimal("0.5") for w, v in found.items() if 1 < v <= 20}
    hundreds = {"hundert": 100} | {f"{u}hundert": 100 * v for u, v in units.items()}
    found |= {w: Decimal(v) for w, v in hundreds.items()}
    return found | {f"{h}{w}": Decimal(n + v) for h, n in hundreds.items() for w, v in below.items()}


@cache
def singles(language: str) -> tuple[str, ...]:
    """All numerals in one word; those of German besides in German texts."""
    words = lexicon("numbers")["words"]
    return (*words["en"], *((*_german(), *words["parts"]) if language == "de" else ()))


@cache
def scale_word(language: str) -> re.Pattern[str]:
    """A word for a scale."""
    return re.compile(alternation(scales(language)) + r"(?![a-z])", re.IGNORECASE)


@cache
def _before(language: str) -> Tail:
    words = lexicon("numbers")["words"]
    single = alternation(singles(language))
    fraction = alternation(lexicon("numbers")["fractions"])
    many = alternation([*words["of"], *(words["of_german"] if language == "de" else ())])
    adjective = alternation(w for side in ("more", "about", "mere") for w in words["adjectives"][side])
    return Tail(
        rf"(?<![a-zäöüß'\-])(?:(?P<part>(?:{single}[ -])?{fraction})(?P<link>[ -]of an? | an? |[ -])"
        rf"|(?P<mixed>{single})[ -]and[ -](?P<mixedpart>an?[ -]{fraction}|{single}[ -]{fraction})[ -]"
        rf"|(?P<many>{many}) (?:of |von )?"
        rf"|(?P<vague>{alternation(words['vague'])}) (?:of )?"
        rf"(?P<times>hundred |hundert |dozen |dutzend |ten |zehn )?(?:of )?"
        rf"|(?P<couple>{alternation(words['couple'])}) (?:of )?(?P<times2>hundred |hundert )?"
        rf"|(?P<adjective>{adjective}) (?P<half>half |halben? )?"
        rf"|(?P<plain>{single}(?:(?:[ -]|(?<=hundred)-and-|(?<=hundred) and ){single}){{0,4}})[ -])$"
    )


@cache
def _compound() -> Tail:
    """What German writes in one word with the scale: Viertelmilliarde, Dreiviertelmilliarde, Halbmillion."""
    parts = lexicon("numbers")["words"]["compounds"]
    return Tail(rf"(?<![a-zäöüß\-])(?:(?:eine|einer|die|der) )?(?P<part>{alternation(parts)})$")


@cache
def _first(language: str) -> Tail:
    """The first number of a range in words, whose scale the second one has: "two to three billion"."""
    lex = lexicon("numbers")
    single = alternation(singles(language))
    fraction = alternation(lex["fractions"])
    link = alternation([*lex["ranges"]["to"], *lex["ranges"]["or"], *lex["ranges"]["and"]])
    return Tail(
        rf"(?<![a-zäöüß'\-])(?P<number>(?:{single}[ -]and[ -](?:an?|{single})[ -]{fraction}|"
        rf"(?:{single}[ -])?{fraction}|"
        rf"{single}(?:[ -]{single}){{0,2}}))"
        rf"(?P<link>(?: |-){link}(?: |-))$"
    )


def spoken(text: str, language: str) -> Iterator[Quantity]:
    """All numbers in words of a normalised text that have a scale."""
    values, word, before = scales(language), scale_word(language), _before(language)
    for needle in _NEEDLES:
        at = text.find(needle)
        while at >= 0:
            start = at
            while start > 0 and at - start < 4 and text[start - 1].isalpha():
                start -= 1
            match = word.match(text, start)
            if match:
                unit = Decimal(values[key(match.group())])
                window = _window(text, start)
                lead = before.search(window) if window[-1:] in " -" else None
                if lead:
                    yield from _in_words(text, lead, match.end(), start - len(window), unit, language)
            elif language == "de" and needle == "illi" and (match := word.match(text, at - 1)):
                unit = Decimal(values[key(match.group())])
                window = _window(text, at - 1)
                lead = _compound().search(window)
                if lead:
                    value = Decimal(lexicon("numbers")["words"]["compounds"][key(lead["part"])]) * unit
                    yield Quantity(at - 1 - len(window) + lead.start(), match.end(), value, value, unit)
            at = text.find(needle, at + 4)


def _window(text: str, start: int) -> str:
    return text[max(0, start - _LOOK_BACK) : start].replace("\n", " ").replace("\u00a0", " ")


def _in_words(
    text: str, lead: re.Match[str], end: int, offset: int, unit: Decimal, language: str
) -> Iterator[Quantity]:
    start = offset + lead.start()
    low = high = Decimal(0)
    more = about = False
    words = lexicon("numbers")["words"]
    if lead["part"]:
        low = high = _fraction(lead["part"])
    elif lead["mixed"]:
        low = high = word_value(lead["mixed"]) + _fraction(lead["mixedpart"])
    elif lead["many"]:
        many = Decimal((words["of"] | words["of_german"])[key(lead["many"])])
        low, high = 2 * many, 10 * many
    elif lead["vague"]:
        times = _times(lead["times"])
        low, high = 2 * times, 10 * times
    elif lead["couple"]:
        times = _times(lead["times2"])
        low, high = 2 * times, 3 * times
    elif lead["adjective"]:
        low = high = Decimal("0.5") if lead["half"] else Decimal(1)
        more = key(lead["adjective"]) in words["adjectives"]["more"]
        about = key(lead["adjective"]) in words["adjectives"]["about"]
    else:
        low = high = word_value(lead["plain"])
        after = _MORE_AFTER.match(text, end)
        if after and after["two"]:
            high = high + 1 if high == 1 and lead["plain"].lower() in ("a", "an") else high
            end = after.end() if high != low else end
        elif after:
            low = high = low + _fraction(after[1])
            end = after.end()
    if not high:
        return
    if low == high:
        first = _first(language).search(_window(text, start))
        if first and (other := _numeral(first["number"])) and other < low:
            at = start - len(first.group())
            yield Quantity(at, start - len(first["link"]), other * unit, other * unit, unit)
    yield Quantity(start, end, low * unit, high * unit, unit, more=more, about=about)


def _times(word: str | None) -> Decimal:
    if not word:
        return Decimal(1)
    return {"d": Decimal(12), "t": Decimal(10), "z": Decimal(10)}.get(word[0].lower(), _HUNDRED)


def _numeral(words: str) -> Decimal:
    """The value of a number or a fraction in words."""
    whole, _, part = key(words).replace("-", " ").partition(" and ")
    if part and part.split()[-1] in lexicon("numbers")["fractions"]:
        return word_value(whole) + _fraction(part)
    last = key(words).replace("-", " ").split()[-1]
    return _fraction(words) if last in lexicon("numbers")["fractions"] else word_value(words)


def _fraction(words: str) -> Decimal:
    """The value of "half", "a third", "three-quarters"."""
    parts = words.lower().replace("-", " ").split()
    over = Decimal(lexicon("numbers")["fractions"][parts[-1]])
    return (word_value(" ".join(parts[:-1])) if len(parts) > 1 else Decimal(1)) / over


def word_value(words: str) -> Decimal:
    """The value of a number in words below a thousand: "one hundred and twenty-five" is 125. Unknown words count 0."""
    table = lexicon("numbers")["words"]
    whole = table["parts"].get(key(words))
    if whole is not None:
        return Decimal(whole)
    total, german = Decimal(0), _german()
    for word in words.lower().replace("-", " ").split():
        value = Decimal(table["en"][word]) if word in table["en"] else german.get(word, Decimal(0))
        total = max(total, Decimal(1)) * 100 if value == 100 and total else total + value
    return total
