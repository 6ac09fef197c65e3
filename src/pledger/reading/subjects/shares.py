"""Of whom or what a share is said."""

from __future__ import annotations

import re

from pledger.data import lexicon
from pledger.model import EntityKind, Mention, Share, Span
from pledger.reading.context import Context
from pledger.reading.countries import country_name
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import CJK, OWN_WORDS, any_of, plain
from pledger.reading.subjects.amounts import again
from pledger.reading.subjects.markets import governing, market_before

__all__ = ["is_rate", "of_share"]

_RATES = frozenset({"tariff rate", "interest rate"})
"""Wholes by which the shares that are rates are marked: no part of anything."""
_GDP = "GDP of "


def is_rate(of: str | None) -> bool:
    """Whether a share's whole marks it as a rate, or as one of a whole economy: no part of what anybody supplies."""
    return of is not None and (of in lexicon("shares")["rates"] or of.startswith("GDP"))


def of_share(ctx: Context, sentence: Span, share: Found[Share]) -> Mention:
    """Of whom or what a share is said: the programme, a project, a country, a region, a market."""
    if share.value.of in _RATES:
        return Mention(EntityKind.MARKET, share.value.of or "", share.span)
    left = Span(sentence.start, share.span.start)
    programmes = [mention for _, mention in ctx.pledges.mentions.touching(sentence)]
    if any(m.span and m.span.start < share.span.start for m in programmes):
        return programmes[0]
    found = _of_amount(ctx, left) or _of_economy(ctx, share.value.of) or _of_project(ctx, left) or _of_place(ctx, left)
    if found is None and ctx.language in OWN_WORDS and programmes:
        return programmes[0]
    if (found is None or found.kind is EntityKind.PLACE) and ctx.programme is not None and _divides(ctx, sentence):
        return ctx.programme
    if found is None and ctx.language not in CJK:
        found = market_before(ctx, sentence, max(left.start, left.end - 120), left.end)
    return found or Mention(EntityKind.UNKNOWN, governing(ctx.text, sentence, share.span))


_RETURNS = Marker(lambda _: re.compile(any_of(plain("shares", "fractions", "returns"))))
_DIVIDED = Marker(lambda _: re.compile(any_of(plain("shares", "fractions", "divided"))))


def _divides(ctx: Context, sentence: Span) -> bool:
    """Whether a sentence tells how what comes back is divided, which in a pledge's text is the pledge's split."""
    return bool(ctx.marks(_RETURNS, sentence)) and bool(ctx.marks(_DIVIDED, sentence))


def _of_amount(ctx: Context, left: Span) -> Mention | None:
    """The programme whose amount stands last before a share."""
    for span, amount in reversed(ctx.amounts.inside(left)):
        owner = ctx.pledges.owned.get(span) or again(ctx, amount)
        if owner is not None:
            return owner[0]
    return None


def _of_economy(ctx: Context, whole: str | None) -> Mention | None:
    """The main programme, where the share is of its investor's or its host's economy."""
    main = ctx.programme
    if main is None or main.key is None or whole is None or not whole.startswith(_GDP):
        return None
    return main if whole.removeprefix(_GDP) in map(country_name, main.key.split(">")) else None


def _of_project(ctx: Context, left: Span) -> Mention | None:
    """The last project before a share, where no place stands there too."""
    projects = ctx.projects.inside(left)
    return projects[-1][1] if projects and not _places(ctx, left) else None


def _places(ctx: Context, left: Span) -> list[Mention]:
    return [
        Mention(EntityKind.PLACE, name.text, name.span, key=name.text)
        for _, name in ctx.names.inside(left)
        if name.kind is EntityKind.PLACE
    ]


def _of_place(ctx: Context, left: Span) -> Mention | None:
    """The last country or place before a share."""
    places = _places(ctx, left)
    named = [
        country
        for span, country in ctx.countries.inside(left)
        if country.form != "people" and not any(p.span != span and p.span and p.span.covers(span) for p in places)
    ]
    last = places[-1] if places else None
    if named and (last is None or last.span is None or named[-1].span.start >= last.span.start):
        span = named[-1].span
        return Mention(EntityKind.PLACE, span.of(ctx.text), span, key=country_name(named[-1].code))
    return last
