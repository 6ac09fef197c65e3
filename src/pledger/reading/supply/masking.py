"""A sentence whose shares, countries, organisations and projects are masked, so that frames of supply fit it."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from pledger.data import lexicon
from pledger.model import EntityKind, Mention, Share, Span
from pledger.reading.context import Context
from pledger.reading.countries import country_code, country_name
from pledger.reading.found import Found
from pledger.reading.mask import Masked, mask
from pledger.reading.page import Marker
from pledger.reading.patterns import CJK, NEVER, alternation, any_of

__all__ = ["Item", "masked_supply", "sentence_index"]

Item: TypeAlias = Mention | Found[Share]
"""What stands behind a placeholder: Q a share, N a country, a place or an organisation, P a project."""

_ON = "and|while|but|which|that|as|is|are|was|were|comes?|came|has|have|originates?|must"
"""With these a sentence goes on behind what narrows a whole."""
_DEFINITE = ("the ", "das ", "die ", "der ")


def masked_supply(ctx: Context, sentence: Span, found: Iterable[Found[Share]]) -> Masked[Item]:
    """A sentence masked; the shares first, so that the countries in the words for a share's whole stay theirs."""
    items: list[tuple[Span, str, Item]] = [_narrowed(ctx, sentence, share) for share in found]
    for span, project in [*ctx.projects.inside(sentence), *ctx.backs.inside(sentence)]:
        if span.of(ctx.text).casefold().startswith(_DEFINITE) or project.key:
            items.append((span, "P", project))
    items += [(named.span, "N", named) for named in _suppliers(ctx, sentence) if named.span is not None]
    return mask(ctx.text, sentence, items)


@cache
def _narrowing(language: str) -> re.Pattern[str]:
    """What narrows a whole right behind its words, up to where the sentence goes on."""
    words = lexicon("supply")["narrowing"].get(language)
    if not words:
        return NEVER
    on = rf"(?=\s*[,.;:()!?]|\s(?:in|during|between|since)\s(?:19|20)\d\d|\s(?:{_ON})(?![\w])|\s*$)"
    return re.compile(rf"\s(?:{any_of(words)})(?![\w])[^,.;:()!?]{{0,60}}?{on}", re.IGNORECASE)


def _narrowed(ctx: Context, sentence: Span, share: Found[Share]) -> tuple[Span, str, Item]:
    """A share to be masked, with the words that narrow its whole: they are part of what it is a share of."""
    tail = _narrowing(ctx.language).match(ctx.text, share.span.end, sentence.end) if share.value.of else None
    if tail is None:
        return share.span, "Q", share
    value = replace(share.value, of=f"{share.value.of}{tail.group()}")
    return Span(share.span.start, tail.end()), "Q", replace(share, value=value)


def sentence_index(ctx: Context, sentence: Span) -> int | None:
    """The number of a sentence of the page; None for a stretch that is none."""
    at = bisect_left(ctx.sentences, sentence.start, key=lambda span: span.start)
    return at if at < len(ctx.sentences) and ctx.sentences[at].start == sentence.start else None


def _suppliers(ctx: Context, sentence: Span) -> Iterator[Mention]:
    """Who may supply or import something; what is listed first wins where two overlap."""
    _, names = _nations()
    for match in ctx.page.find(_NATIONS, sentence.start, sentence.end):
        yield _place(match.group(), Span(*match.span()), names[match.group()])
    for span, country in ctx.countries.inside(sentence):
        yield _place(span.of(ctx.text), span, country_name(country.code))
    if ctx.language == "de":
        for match in _genitives().finditer(ctx.text, sentence.start, sentence.end):
            code = country_code(match[1])
            if code is not None:
                yield _place(match[1], Span(*match.span(1)), country_name(code))
    for span, name in ctx.names.inside(sentence):
        # In German every noun has a capital, and many are read as names.
        if name.kind is EntityKind.PLACE or (name.kind is EntityKind.ORGANISATION and ctx.language != "de"):
            yield Mention(name.kind, name.text, span, key=name.text)
    for head in _pronouns(ctx.language).finditer(ctx.text, sentence.start, sentence.end):
        span = Span(*head.span("word"))
        opens = not ctx.text[sentence.start : span.start].strip()
        meant = _before(ctx, sentence) if opens else _named(ctx, Span(sentence.start, span.start))
        if meant is not None:
            yield replace(meant, text=span.of(ctx.text), span=span)


def _place(text: str, span: Span, key: str) -> Mention:
    return Mention(EntityKind.PLACE, text, span, key=key)


@cache
def _nations() -> tuple[re.Pattern[str], dict[str, str]]:
    """Countries that supply much and stand in no other lexicon, by every name, with the one that is shown."""
    names = {name: shown for shown, entry in lexicon("supply")["nations"].items() for name in entry["names"]}
    escaped = [re.sub(r"([()])", r"\\\1", name) for name in names]
    latin = alternation(name for name in escaped if name[0] < "\u0250")
    other = alternation((name for name in escaped if name[0] >= "\u0250"), "ja")
    return re.compile(rf"{latin}|{other}"), names


_NATIONS = Marker(lambda _: _nations()[0])


@cache
def _genitives() -> re.Pattern[str]:
    """A country in the genitive: Chinas Anteil."""
    names = {name for entry in lexicon("countries").values() for name in (*entry.get("de", ()), *entry["names"])}
    listed = alternation((name for name in names if name[0].isupper() and name[-1].isalpha()), "ja")
    return re.compile(rf"(?<![\w])({listed})(?=s[ ,.])")


@cache
def _pronouns(language: str) -> re.Pattern[str]:
    """Words that mean a country at the head of a sentence or, with a small letter, of a clause."""
    words = lexicon("supply")["pronouns"].get(language, ())
    if not words:
        return NEVER
    joined = "|".join(words)
    if language in CJK:
        return re.compile(rf"(?P<word>{joined})")
    later = "|".join(word[0].lower() + word[1:] for word in words)
    return re.compile(rf"(?<![\w'])(?P<word>(?:{joined})(?![\w])|(?<=[:;,—] )(?:{later})(?![\w]))")


def _before(ctx: Context, sentence: Span) -> Mention | None:
    """The country of which the sentence before speaks; None where it speaks of a project, which "it" then means."""
    index = sentence_index(ctx, sentence)
    if not index or ctx.projects.inside(ctx.sentences[index - 1]) or ctx.backs.inside(ctx.sentences[index - 1]):
        return None
    return _named(ctx, ctx.sentences[index - 1])


def _named(ctx: Context, stretch: Span) -> Mention | None:
    """The one country that a stretch names, or the one with which it begins; None where neither is."""
    named = [(span, country) for span, country in ctx.countries.inside(stretch) if country.form != "people"]
    if not named:
        return None
    span, country = named[0]
    if len({other.code for _, other in named}) > 1 and ctx.text[stretch.start : span.start].strip():
        return None
    return _place(span.of(ctx.text), span, country_name(country.code))
