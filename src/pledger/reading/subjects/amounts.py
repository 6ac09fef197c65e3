"""Whose an amount is."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.countries import Country
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import (
    CJK,
    LANGUAGES,
    OWN_WORDS,
    alternation,
    any_of,
    every_language,
    expand,
    plain,
    words,
)
from pledger.reading.programmes import known_ceiling, scope_of
from pledger.reading.subjects.markets import governing, market_of
from pledger.reading.subjects.near import BESIDE, nearest

__all__ = ["again", "of_amount"]

_MONEY_OF_PROGRAMMES = 5e9
"""Dollars or euros below which an amount beside a country's name is rarely a whole programme's."""
_BATCH_BACK = 500
"""Characters before a sentence within which a batch is what "together" sums up."""
_COST_BACK = 200
_FEE = 1e7
"""Units of any currency below which a part or a yearly sum is a subscription or a fee, not a programme's."""
"""Characters back within which the project was spoken of that words of cost go on about."""
_OPENING = 30
"""Characters at the start of a sentence in which it says that it goes on about the amounts before."""


_TOGETHER = Marker(lambda _: every_language("programme", "together"))
_CARRIED = Marker(lambda _: every_language("programme", "carried"))
_PAID = Marker(lambda _: every_language("programme", "paid"))
_COST = Marker(lambda language: words("programme", "cost", language=language))


def of_amount(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None]:
    """Whose amount it is, and its scope (ceiling, annual, part, tranche, project, range, drawn)."""
    if amount.value.converts is not None:
        for span, other in ctx.amounts.inside(amount.value.converts):
            if span == amount.value.converts:
                return of_amount(ctx, sentence if sentence.covers(span) else ctx.sentence(span), other)
    owned = ctx.pledges.owned.get(amount.span)
    near = nearest(ctx, sentence, amount) or _costs(ctx, sentence, amount)
    if owned is not None:
        if not (near and near[0].kind is not EntityKind.PROGRAMME and _rather(ctx, amount, owned[0], near)):
            return owned
    elif (summed := _together(ctx, sentence, amount)) is not None:
        return summed
    elif not (near and near[0].kind is EntityKind.PROJECT and near[1] < BESIDE):
        repeated = again(ctx, amount) or _ceiling(ctx, amount)
        if repeated is not None:
            return repeated
    market = market_of(ctx, sentence, amount.span)
    if near is not None and not (market and near[1] > 25):
        said = scope_of(ctx.text, sentence, amount, ctx.language)
        whole = "project" if near[0].kind is EntityKind.PROJECT else _of_batch(near[0])
        return near[0], whole if said == "ceiling" else said
    if market is not None:
        return market, None
    country = _paid(ctx, sentence, amount) or _country(ctx, sentence, amount) or _carried(ctx, sentence, amount)
    return country or (Mention(EntityKind.UNKNOWN, governing(ctx.text, sentence, amount.span)), None)


@cache
def _sizes() -> re.Pattern[str]:
    return re.compile(rf"{any_of(plain('programme', 'parts', 'sizes_en'))}$", re.IGNORECASE)


def _of_batch(mention: Mention) -> str:
    """What an amount measures beside a batch: its sum, or the sizes of its projects ("project sizes")."""
    return "range" if _sizes().search(mention.text) else "tranche"


def again(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme whose amount this document has already given in the same value: it is named again."""
    owner = ctx.pledges.sizes.get((amount.value.low or amount.value.high, amount.value.currency))
    if owner is None:
        return None
    return owner, scope_of(ctx.text, ctx.sentence(amount.span), amount, ctx.language)


def _ceiling(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme whose known ceiling the amount is, where the text speaks of the programme's country."""
    key = known_ceiling(amount.value)
    if key is None or key.partition(">")[0] not in ctx.codes:
        return None
    scope = scope_of(ctx.text, ctx.sentence(amount.span), amount, ctx.language)
    return Mention(EntityKind.PROGRAMME, amount.text, amount.span, key), scope


def _rather(ctx: Context, amount: Found[Money], owner: Mention, near: tuple[Mention, int]) -> bool:
    """Whether a project close by owns the amount rather than the programme that a noun of investing suggests."""
    mention, cost = near
    if ctx.language in CJK and mention.kind is EntityKind.TRANCHE and _written_together(amount.span, owner, mention):
        return False
    if ctx.language not in OWN_WORDS:
        return mention.kind is EntityKind.PROJECT and cost < BESIDE
    if cost < BESIDE:
        return True
    named = owner.span or amount.span
    between = Span(min(named.start, amount.span.start), max(named.end, amount.span.end))
    return cost < 60 and not ctx.countries.inside(between)


def _written_together(amount: Span, owner: Mention, batch: Mention) -> bool:
    """Whether a noun of investing is written right behind its amount, and the batch is named only after both."""
    noun = owner.span
    return noun is not None and batch.span is not None and noun.start == amount.start and batch.span.start >= noun.end


@cache
def _summed_behind() -> re.Pattern[str]:
    return re.compile(rf"\s{any_of(plain('programme', 'together', 'behind_en'))}\b")


def _together(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """ "Together they come to $36bn": the batch that this sentence or the ones before it speak of."""
    at = amount.span
    before = ctx.marks(_TOGETHER, sentence).any_within(sentence.start, at.start)
    if not before and not _summed_behind().match(ctx.text, at.end, min(sentence.end, at.end + 30)):
        return None
    own = ctx.countries.inside(Span(sentence.start, at.start))
    batch = ctx.tranches.last(at.start, at.start - sentence.start + (0 if own else _BATCH_BACK))
    return (batch[1], "tranche") if batch is not None else None


@cache
def _it_costs() -> re.Pattern[str]:
    return re.compile(
        "|".join(p.removeprefix("^") for p in map(expand, plain("programme", "cost", "en"))), re.IGNORECASE
    )


def _costs(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, int] | None:
    """What a project costs, where words of cost stand right before an amount: the project spoken of last."""
    if ctx.language not in OWN_WORDS:
        # "It will cost $9bn": the project that the sentence before spoke of.
        match = _it_costs().match(ctx.text, sentence.start, amount.span.start)
        if match is None or ctx.text[match.end() : amount.span.start].strip():
            return None
        back = ctx.focus(sentence.start, _COST_BACK)
        return (back, 0) if back is not None else None
    end = ctx.marks(_COST, sentence).left(amount.span.start)
    if end is None or ctx.text[end : amount.span.start].strip():
        return None
    back = ctx.focus(amount.span.start, _COST_BACK)
    return (back, 0) if back is not None else None


def _carried(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """ "The rise alone, $40bn": the programme whose amount stands last before a sentence that goes on about amounts."""
    opening = Span(sentence.start, min(amount.span.start, sentence.start + _OPENING))
    if not ctx.marks(_CARRIED, sentence).any_within(opening.start, opening.end):
        return None
    before = ctx.amounts.inside(Span(max(0, sentence.start - _BATCH_BACK), sentence.start))
    for span, other in reversed(before):
        owner = ctx.pledges.owned.get(span) or again(ctx, other)
        if owner is not None:
            return owner[0], "part"
    return None


_LEADS_TO = re.compile(r"\s(?:\w{1,40}\s){0,3}")


def _paid(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """Money that has left: what of the main programme has been drawn."""
    main, at = ctx.programme, amount.span
    if main is None:
        return None
    paid = ctx.marks(_PAID, sentence)
    if ctx.language in OWN_WORDS:
        drawn = paid.any_within(at.start - 50, at.start) or paid.any_within(at.end, at.end + 25)
    else:
        end = paid.left(at.start)
        drawn = end is not None and at.start - end < 50 and _LEADS_TO.fullmatch(ctx.text, end, at.start) is not None
    return (main, "drawn") if drawn else None


@cache
def _pledging(_: str) -> re.Pattern[str]:
    """Verbs of pledging in any language."""
    verbs = [*plain("programme", "verbs", "pledge"), *plain("programme", "verbs", "offer")]
    others = (alternation(plain("programme", "verbs", f"offer_{key}"), key) for key in LANGUAGES if key != "en")
    return re.compile("|".join((alternation(verbs), *others)), re.IGNORECASE)


_PLEDGING = Marker(_pledging)


@cache
def _joins() -> re.Pattern[str]:
    """What joins two names of countries that pledge together."""
    joining = any_of(word for key in LANGUAGES for word in plain("grammar", "joining", key))
    return re.compile(rf"\s?{joining}\s?(?:the\s)?", re.IGNORECASE)


def _country(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme of the country that the clause is about, in a text about programmes; or a part of the main one."""
    main, at = ctx.programme, amount.span
    if main is None or main.key is None or amount.value.converts is not None:
        return None
    said = scope_of(ctx.text, sentence, amount, ctx.language)
    part = said if said != "ceiling" else None
    host = main.key.partition(">")[2]
    size = max(amount.value.low or 0.0, amount.value.high or 0.0)
    if size >= _MONEY_OF_PROGRAMMES and amount.value.currency in ("USD", "EUR"):
        here = ctx.clause(sentence, at) if ctx.language not in CJK else sentence
        owner = _leader(ctx, Span(here.start, max(here.start, at.start)), host)
        if owner is not None:
            span = Span(owner.span.start, at.end)
            mention = Mention(EntityKind.PROGRAMME, span.of(ctx.text), span, f"{owner.code}>{host}")
            return mention, part or ("ceiling" if ctx.marks(_PLEDGING, sentence) else None)
    return (main, part) if part is not None and size >= _FEE else None


def _leader(ctx: Context, here: Span, host: str) -> Country | None:
    """The country, not the host, that is named last in a stretch; of two joined by "and" the first one leads."""
    named = [country for _, country in ctx.countries.inside(here) if country.code != host]
    if len(named) > 1 and _joins().fullmatch(ctx.text, named[-2].span.end, named[-1].span.start):
        return named[-2]
    return named[-1] if named else None
