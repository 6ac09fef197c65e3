"""Names of organisations in German, where every noun has a capital: what stands before and around tells them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code
from pledger.reading.names.brackets import in_brackets
from pledger.reading.names.listed import known_organisations
from pledger.reading.names.name import Name
from pledger.reading.names.words import is_place
from pledger.reading.patterns import plain

__all__ = ["german"]

_UPPER = "A-ZÄÖÜÀ-ÖØ-ÞÅŁŚŠŽČ"
_TOKEN = rf"(?:[{_UPPER}][\w&.’'\-]{{0,40}}(?:/S)?|&|\+)"
_RUN = re.compile(rf"(?<![\w.@#/$]){_TOKEN}(?:[ \u00a0\n]{_TOKEN}){{0,8}}")
_CAPS = re.compile(r"[A-Z][A-Z0-9&\-]{1,8}")
_MIXED = re.compile(r"[A-ZÄÖÜ][a-zA-Z]{0,3}[A-Z]{1,4}")
_CAMEL = re.compile(r"[A-ZÄÖÜ][a-zäöüß]{1,20}[A-ZÄÖÜ][a-zäöüß]\w{0,20}")
_FEMALE = re.compile(r"(?:[dD]ie|[dD]er|[dD]as|[dD]en|[dD]em|vom|beim|zum)[ \u00a0\n]$")
_ALSO = re.compile(r" und (?P<name>[A-ZÄÖÜ][\w&\-]{2,30})(?! [A-ZÄÖÜ])")
_LEFT = 60
"""Characters before a name in which the thing stands that is from there."""
_SHORTEST = 4
"""Characters of a first word that may stand for a whole name."""
_FROM = re.compile(r"[A-ZÄÖÜ][a-zäöüß\-]{2,20}er")


@cache
def _head() -> re.Pattern[str]:
    joined = "|".join(sorted(plain("names_wider", "de", "heads"), key=len, reverse=True))
    return re.compile(rf"(?:[{_UPPER}][\wäöüß\-]{{0,40}})?(?i:{joined})s?")


@cache
def _family() -> re.Pattern[str]:
    """ "Nordbank-Tochter", "Nordbank-Chef": a name, and whose it is or who speaks for it."""
    return re.compile(r"(?P<name>[A-ZÄÖÜ][\w&]{1,30})-(?P<tail>[A-ZÄÖÜ][a-zäöüß]{2,30})")


@cache
def _maker() -> re.Pattern[str]:
    """What stands before whose make or whose loan something is: "Reaktoren von"."""
    return re.compile(rf"\w{{0,40}}(?:{'|'.join(plain('names', 'german_things'))}) von $", re.IGNORECASE)


@cache
def _common() -> re.Pattern[str]:
    return re.compile("|".join(plain("names_wider", "de", "common")))


@cache
def _kinds_of_bank() -> re.Pattern[str]:
    return re.compile(f"(?:{'|'.join(plain('names_wider', 'de', 'kinds_of_bank'))})bank")


@cache
def _legal() -> re.Pattern[str]:
    return re.compile("|".join(plain("names_wider", "en", "legal")))


@cache
def _bodies() -> re.Pattern[str]:
    return re.compile("".join(plain("names_wider", "de", "bodies")))


@cache
def _loose() -> frozenset[str]:
    return frozenset(plain("names_wider", "de", "loose"))


def german(text: str, sentences: Sequence[Span]) -> list[Name]:
    """Organisations in a German text, in order and without overlap."""
    strong: list[Name] = []
    for sentence in sentences:
        strong += [
            _name(text, Span(m.start() + _article(m[0]), m.end())) for m in _bodies().finditer(text, *_ends(sentence))
        ]
        for run in _RUN.finditer(text, *_ends(sentence)):
            strong += _of_run(text, run)
    return _with_short(text, strong)


def _ends(sentence: Span) -> tuple[int, int]:
    return sentence.start, sentence.end


def _article(words: str) -> int:
    first, space, _ = words.partition(" ")
    return len(first) + len(space) if first.lower() in ("der", "dem", "die", "das", "vom", "beim") else 0


def _name(text: str, span: Span) -> Name:
    words = span.of(text)
    return Name(EntityKind.ORGANISATION, span, words, in_brackets(text, words, span.end))


def _of_run(text: str, run: re.Match[str]) -> Iterator[Name]:
    """The names in one run of capitalised words."""
    tokens = [(run.start() + m.start(), run.start() + m.end(), m[0].rstrip(".")) for m in re.finditer(r"\S+", run[0])]
    at, told, many = 0, _maker().search(text, max(0, run.start() - _LEFT), run.start()) is not None, False
    while at < len(tokens):
        word = tokens[at][2]
        family = _family().fullmatch(word)
        if word in _loose():
            at += 1
        elif family and _head().fullmatch(family["tail"]):
            yield _name(text, Span(tokens[at][0], tokens[at][0] + len(family["name"])))
            at, told = at + 1, True
        elif family and at + 1 < len(tokens):
            yield _name(text, Span(tokens[at][0], tokens[at][0] + len(family["name"])))
            return  # who speaks for it is named behind
        elif _head().fullmatch(word) and len(tokens) > at + 1 and not _legal().fullmatch(tokens[at + 1][2]):
            if word.lower().endswith("bank") and not _kinds_of_bank().fullmatch(word):
                break  # "Kreditbank Elbe" is a name as a whole
            many = many or word.endswith("en")
            at, told = at + 1, True
        elif (
            _FROM.fullmatch(word)
            and at + 1 < len(tokens)
            and tokens[at + 1][2] not in ("&", "+")
            and (_FEMALE.search(text, max(0, tokens[at][0] - 6), tokens[at][0]) or _head().fullmatch(tokens[at + 1][2]))
        ):
            at, told = at + 1, told or not _head().fullmatch(tokens[at + 1][2])
        else:
            break
    kept = tokens[at:]
    for number, (_, _, word) in enumerate(kept):
        if _common().fullmatch(word) or (number and word in _loose()):
            kept = kept[:number]
            break
    while kept and kept[-1][2] in ("&", "+"):
        kept = kept[:-1]
    if not kept:
        return
    words = text[kept[0][0] : kept[-1][1]].rstrip(".")
    span = Span(kept[0][0], kept[0][0] + len(words))
    if country_code(words) is not None or is_place(words):
        return
    firm = _legal().fullmatch(kept[-1][2]) is not None and len(kept) > 1
    listed = words in known_organisations()
    plural = len(kept) > 1
    shaped = len(kept) == 1 and (_CAPS.fullmatch(words) or _CAMEL.fullmatch(words) or _MIXED.fullmatch(words))
    told = told or (len(kept) == 1 and _agent(text, run.start(), span))
    if told or firm or listed or shaped or in_brackets(text, words, span.end):
        yield _name(text, span)
        if many and told and (also := _ALSO.match(text, span.end)) and not _common().fullmatch(also["name"]):
            yield _name(text, Span(*also.span("name")))
    elif plural and not _common().fullmatch(kept[0][2]) and kept[0][2] not in _loose():
        yield _name(text, span)


def _agent(text: str, start: int, span: Span) -> bool:
    """Whether a word is by whom something is built, run or paid: "von Nordfjell gebaut"."""
    by = text.endswith(("von ", "durch "), max(0, start - 6), start) and start == span.start
    return by and _done().match(text, span.end) is not None


@cache
def _done() -> re.Pattern[str]:
    return re.compile(rf" (?:[a-zäöüß]{{1,15}} ){{0,3}}(?:{'|'.join(plain('names_wider', 'de', 'done'))})(?!\w)")


def _stands_alone(first: str) -> bool:
    """Whether the first word of a name can stand for it: no noun, no place, no inflected adjective."""
    known = _common().fullmatch(first) or _head().fullmatch(first) or _FROM.fullmatch(first)
    place = country_code(first) is not None or is_place(first)
    return len(first) >= _SHORTEST and not known and not place and not first.endswith(("e", "en", "er", "es"))


def _with_short(text: str, found: list[Name]) -> list[Name]:
    """The names with their other occurrences: in full, and by their first word."""
    forms: set[str] = set()
    for name in found:
        words = name.text.split()
        if len(words) > 1 and name.text[0].isupper() and not name.text.endswith("s Regierung"):
            forms.add(name.text)
            first = words[0]
            if _stands_alone(first):
                forms.add(first)
        elif name.text[:1].isupper():
            forms.add(name.text)
    if forms:
        joined = "|".join(re.escape(form) for form in sorted(forms, key=len, reverse=True))
        again = re.finditer(rf"(?<![\w\-])(?:{joined})(?![\w])(?!-[A-ZÄÖÜ])", text)
        found += [_name(text, Span(*match.span())) for match in again]
    found.sort(key=lambda name: (name.span.start, -name.span.end))
    out: list[Name] = []
    for name in found:
        if name.text and (not out or name.span.start >= out[-1].span.end):
            out.append(name)
    return out
