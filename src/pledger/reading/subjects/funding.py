"""Money that an institution is given so that it can carry a programme: its capital, bonds handed to it; and guarantees.

"A corporation with capital of 3 trillion won" is no part of what has been pledged, and yet two accounts of it can
contradict each other. Its subject is the institution, its scope says what the money is: `capital`, `bonds`,
`bonds, fiscal 2026`. Guarantees that an institution can give are a part of the programme. Words: `funding.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pledger.data import lexicon
from pledger.model import DateValue, EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.countries import country_name
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import expand
from pledger.reading.placed import Placed

__all__ = ["funding_of"]

_LEFT, _RIGHT = 60, 30
_BACK = 260
"""Characters back, across sentences, to the sum that another one goes on about, and to who is to have it."""
_YEAR = range(360, 371)
"""Days that a fiscal year may have."""


@cache
def _table(table: str, side: str) -> re.Pattern[str]:
    words = "|".join(expand(w) for w in sorted(lexicon("funding")[table][side], key=len, reverse=True))
    tail = r"[\s\w%,]{0,24}$" if (table, side) == ("goes_on", "left") else r"\s?$"
    return re.compile(rf"(?:{words}){tail}" if side != "right" else rf"(?:{words})", re.IGNORECASE)


_ANY = Marker(
    lambda _: re.compile(
        "capital|bonds|kapital|anleihe|guarantees|garantien|bürgschaften|資本|资本|资|国債|國債|国债|債券|债券|자본|국채|채권|保証|担保|保证|보증",
        re.IGNORECASE,
    )
)


def funding_of(
    ctx: Context, sentence: Span, amount: Found[Money], days: Placed[DateValue]
) -> tuple[Mention, str | None] | None:
    """Whose funding an amount is and which (`capital`, `bonds`...), or None where it is no institution's."""
    if amount.value.converts is not None or ctx.programme is None or amount.span in ctx.pledges.owned:
        return None
    here = Span(max(0, sentence.start - _BACK), sentence.end)
    if not ctx.page.find(_ANY, here.start, here.end):
        return None
    scope = _kind(ctx, sentence, amount.span)
    if scope == "guarantees":
        return ctx.programme, "part"
    if scope is None:
        return None
    owner = _institution(ctx, sentence, amount.span, scope)
    if owner is None:
        return None
    year = _fiscal_year(ctx, sentence, days, amount.span) if scope == "bonds" else None
    return owner, f"{scope}, fiscal {year}" if year else scope


def _kind(ctx: Context, sentence: Span, span: Span) -> str | None:
    left = ctx.text[max(sentence.start, span.start - _LEFT) : span.start]
    end = _behind_conversion(ctx, span)
    right = ctx.text[end : min(sentence.end, end + _RIGHT)]
    for scope in ("capital", "bonds"):
        if _table(scope, "left").search(left) or _table(scope, "right").match(right):
            return scope
    if _table("guarantees", "right").match(right):
        return "guarantees"
    before = [
        s for s, a in ctx.amounts.inside(Span(max(0, span.start - _BACK), span.start)) if a.value.converts is None
    ]
    if before and before[-1].start < span.start:
        earlier = ctx.sentence(before[-1])
        told = _kind(ctx, earlier, before[-1]) if before[-1].end <= span.start else None
        if told == "guarantees" and earlier == sentence and _table("guarantees", "goes_on").search(left):
            return told
        if told == "bonds" and _table("goes_on", "left").search(
            ctx.text[max(before[-1].end, span.start - _LEFT) : span.start]
        ):
            return told
    return None


def _behind_conversion(ctx: Context, span: Span) -> int:
    """Where the words behind an amount begin: behind the brackets that restate it in a second currency."""
    after = ctx.amounts.starting(span.end, span.end + 3)
    if not after or after[0][1].value.converts != span:
        return span.end
    end = after[0][0].end
    return end + ctx.text.startswith(")", end)


def _institution(ctx: Context, sentence: Span, span: Span, scope: str) -> Mention | None:
    """Who gets it: a corporation right beside it, a named house of the sentence, else the house that the words mean."""
    left = Span(max(sentence.start, span.start - 2 * _LEFT), span.start)
    around = Span(left.start, min(sentence.end, span.end + _RIGHT))
    if scope == "capital":
        words = list(_corporation().finditer(ctx.text, around.start, around.end))
        named = [(at, name) for at, name in ctx.names.inside(left) if name.kind is EntityKind.ORGANISATION]
        if words and (not named or named[-1][0].end <= words[-1].start()):
            return _founded(ctx, sentence, Span(*words[-1].span()))
        if named:
            return _named(*named[-1])
        # "Its capital will be 3 trillion won": the corporation of the sentences before.
        before = list(_corporation().finditer(ctx.text, max(0, sentence.start - _BACK), sentence.start))
        return _founded(ctx, sentence, Span(*before[-1].span())) if before else None
    back = Span(max(0, sentence.start - _BACK), sentence.end)
    for stretch in (sentence, back):
        named = [
            (at, name)
            for at, name in ctx.names.inside(stretch)
            if name.kind is EntityKind.ORGANISATION and _does(name.text, name.aliases)
        ]
        if named:
            return _named(*min(named, key=lambda pair: abs(pair[0].start - span.start)))
        if stretch == sentence and (house := _meant(ctx, sentence)) is not None:
            return house
    return None


def _named(at: Span, name: object) -> Mention:
    text = getattr(name, "text", "")
    return Mention(EntityKind.ORGANISATION, text, at, key=text, aliases=getattr(name, "aliases", ()))


def _does(text: str, aliases: tuple[str, ...]) -> bool:
    """Whether a house is called by what it does: an insurer, a bank."""
    words = " ".join((text, *aliases)).casefold()
    return any(part in words for entry in lexicon("funding")["doing"] for part in entry["named"])


def _meant(ctx: Context, sentence: Span) -> Mention | None:
    """The house of the document that "the insurer" means: the only one that is called so."""
    spoken = ctx.text[sentence.start : sentence.end].casefold()
    for entry in lexicon("funding")["doing"]:
        if not any(word in spoken for word in entry["words"]):
            continue
        named = {
            name.text: (at, name)
            for at, name in ctx.names
            if name.kind is EntityKind.ORGANISATION
            and any(part in " ".join((name.text, *name.aliases)).casefold() for part in entry["named"])
        }
        if named:
            return _named(*min(named.values(), key=lambda pair: abs(pair[0].start - sentence.end)))
    return None


@cache
def _corporation() -> re.Pattern[str]:
    words = [expand(w) for w in sorted(lexicon("funding")["corporation"]["words"], key=len, reverse=True)]
    return re.compile("|".join(w if w[-1] > "\u2e7f" else rf"(?<!\w){w}(?!\w)" for w in words), re.IGNORECASE)


def _founded(ctx: Context, sentence: Span, span: Span) -> Mention:
    """The corporation of the country that carries out its programme through it."""
    investor = (ctx.programme.key or "").partition(">")[0] if ctx.programme is not None else ""
    entry = lexicon("countries").get(investor, {})
    people = min(entry.get("people", [country_name(investor)]), key=len, default="")
    key = f"{people} {lexicon('funding')['corporation']['called']}".strip()
    del sentence
    return Mention(EntityKind.ORGANISATION, span.of(ctx.text), span, key=key)


def _fiscal_year(ctx: Context, sentence: Span, days: Placed[DateValue], span: Span) -> int | None:
    """The fiscal year named nearest to an amount in its sentence."""
    clause = ctx.clause(sentence, span)
    words = ctx.text[clause.start : clause.end].casefold()
    if not any(word in words for word in lexicon("funding")["fiscal"]["words"]):
        return None
    near: Sequence[tuple[int, int]] = [
        (abs(at.start - span.start), value.interval.start.year)
        for at, value in days.inside(clause)
        if value.interval.start and value.interval.end and (value.interval.end - value.interval.start).days in _YEAR
    ]
    return min(near)[1] if near else None
