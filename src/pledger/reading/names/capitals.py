"""Names in scripts with capital letters: which capitalised words of a text are names at all."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code
from pledger.reading.names.listed import known_organisations
from pledger.reading.names.name import Name
from pledger.reading.names.offices import held, offices
from pledger.reading.names.runs import named, runs
from pledger.reading.names.words import known_words
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import plain

__all__ = ["capitals"]

_OPENS = (":", "“", '"', "?", "!", "•", "|")
"""Marks after which a capital letter says no more than at the start of a sentence."""

_SHORTEST = 3
"""Letters of a word that may stand for a longer name."""

_JOINT = 5
"""Characters of " and " with white space around it."""
_LETTER = re.compile(r"\w")
_LONG_WORD = re.compile(r"[^\W\d_]{4,60}")


def capitals(page: Page) -> list[Name]:
    """Names in the sentences of a text, in order and without overlap.

    A capitalised word that opens a sentence counts only where it is written so elsewhere, is listed, or belongs to a
    longer name; headlines in title case only yield names that the body has too.
    """
    sure: list[Name] = []
    unsure: list[Name] = []
    for index in range(len(page.sentences)):
        for name, doubtful in _of_sentence(page, index):
            (unsure if doubtful else sure).append(name)
    text = page.text
    written = {name.text for name in sure} | _short_forms(sure)
    sure += [name for name in unsure if _counts(text, name, written)]
    sure.sort(key=lambda n: (n.span.start, -n.span.end))
    return _joined(text, _sited(text, sure))


_LEADING = re.compile(r"(?<!\w)(?:at|in|near|off|outside|around)[ \n\u00a0]$")
"""Words of place, right before a name."""


def _sited(text: str, found: list[Name]) -> list[Name]:
    """The names; "at Norholm, Ohio" is a town though no list has it: a word of place before, a state behind."""
    out = list(found)
    for number, (name, behind) in enumerate(pairwise(found)):
        if (
            name.kind is EntityKind.ORGANISATION
            and behind.kind is EntityKind.PLACE
            and behind.span.start - name.span.end == len(", ")
            and text[name.span.end] == ","
            and name.text not in known_organisations()
            and _LEADING.search(text, max(0, name.span.start - 9), name.span.start)
        ):
            out[number] = replace(name, kind=EntityKind.PLACE)
    return out


def _short_forms(sure: Iterable[Name]) -> set[str]:
    """The first words of longer names of firms, by which a text goes on to call them."""
    known = known_words()
    heads = {name.text.split()[0] for name in sure if name.kind is EntityKind.ORGANISATION and " " in name.text}
    return {
        head
        for head in heads
        if len(head) > _SHORTEST
        and not known.is_common(head)
        and head not in known.tails
        and head not in known.fields
        and country_code(head) is None
        and not head.endswith(("-", "an", "ese", "ish"))
        and head not in plain("names_wider", "en", "opening")
    }


_OFFICES = Trigger(lambda _: [[offices().pattern]], tried=False)


def _of_sentence(page: Page, index: int) -> Iterator[tuple[Name, bool]]:
    """The names of one sentence, and whether the capital letter may come from where the word stands."""
    text, sentence = page.text, page.sentences[index]
    words = sentence.of(text)
    headline = _headline(words)
    letter = _LETTER.search(words)
    opening_at = letter.start() if letter else 0
    taken = [match.span() for match in offices().finditer(words)] if page.has(_OFFICES, index) else []
    for start, end in taken:
        for name in held(text, Span(sentence.start + start, sentence.start + end)):
            yield name, False
    at = 0
    for match in runs().finditer(words):
        start, end = match.span()
        while at < len(taken) and taken[at][1] <= start:
            at += 1
        if at < len(taken) and taken[at][0] < end:
            continue
        opening = start <= opening_at or words[max(0, start - 9) : start].rstrip().endswith(_OPENS)
        run = Span(sentence.start + start, sentence.start + end)
        for name in named(page, run, opening=opening):
            first = opening and not text.endswith(" von ", run.start, name.span.start)
            yield name, headline or (first and " " not in name.text and not _acronym(text, name.span))


_ACRONYM = re.compile(r"[A-Z][A-Z&]{2,5}")
_ACTS = re.compile(r"[ \u00a0](?:has|have|had|will|would|is|was|could|may|[a-z]{2,14}(?:ed|es|s))[ \u00a0]")


def _acronym(text: str, span: Span) -> bool:
    """Whether a word in capitals that opens a sentence is an acronym that does something: "MHK pledged"."""
    word = span.of(text)
    if _ACRONYM.fullmatch(word) is None or _ACTS.match(text, span.end) is None:
        return False
    return not known_words().is_common(word.capitalize())


def _headline(sentence: str) -> bool:
    """Whether a line is a heading in title case."""
    if sentence.endswith((".", "?", "!", "”", '"')):
        return False
    tokens = _LONG_WORD.findall(sentence[:400])
    return len(tokens) >= 3 and sum(w[0].isupper() for w in tokens) > 0.75 * len(tokens)


@cache
def _shows_name() -> re.Pattern[str]:
    """What behind a capitalised word shows that it is a name: a possessive, brackets, an apposition, speech."""
    table = lexicon("names")
    appositions, speech = "|".join(table["appositions"]), "|".join(table["speech"])
    return re.compile(rf"(?:'s|’s|\s\()|,\s(?:{appositions})\s|\s(?:{speech})\s")


@cache
def _does() -> re.Pattern[str]:
    """What behind a capitalised word shows a firm: what firms do, other names beside it."""
    return re.compile("|".join(rf"{deed}\s" for deed in lexicon("names")["deeds"]))


def _counts(text: str, name: Name, written: set[str]) -> bool:
    """Whether a word that would be capitalised anyway, where it stands, is a name."""
    if name.text.endswith("ly"):  # an adverb opens the sentence
        return False
    return (
        name.text in written
        or name.text in known_organisations()
        or bool(name.aliases)
        or name.kind is not EntityKind.ORGANISATION
        or _shows_name().match(text, name.span.end) is not None
        or (not name.text.endswith("s") and _does().match(text, name.span.end) is not None)
    )


def _joined(text: str, found: list[Name]) -> list[Name]:
    """Join "Nippon Export" and "Investment Insurance", drop what overlaps, keep order."""
    out: list[Name] = []
    reached = 0
    for name in found:
        if name.span.start < reached:
            continue
        if out and _one_name(text, out[-1], name):
            span = Span(out[-1].span.start, name.span.end)
            out[-1] = Name(EntityKind.ORGANISATION, span, span.of(text), name.aliases)
        else:
            out.append(name)
        reached = out[-1].shown(text).end
    return out


def _one_name(text: str, first: Name, second: Name) -> bool:
    """Whether two organisations joined by "and" are one, whose last word alone tells what it is ("Insurance")."""
    if not (first.kind is EntityKind.ORGANISATION is second.kind) or second.span.start - first.span.end > _JOINT:
        return False
    known = known_words()
    left, right = first.text.split(), second.text.split()
    return (
        re.fullmatch(r"\s(?:and|&)\s", text[first.span.end : second.span.start]) is not None
        and len(left) >= 2
        and known.bodies.isdisjoint(left)
        and right[-1] in known.tails
        and known.fields.issuperset(right[:-1])
        and not first.aliases
        and first.text not in known_organisations()
        and second.text not in known_organisations()
    )
