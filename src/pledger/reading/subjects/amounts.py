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
from pledger.reading.programmes import firm_of, known_ceiling, known_part, scope_of
from pledger.reading.subjects.batches import lesser_of, part_of_whole
from pledger.reading.subjects.cjk import of_amount_cjk
from pledger.reading.subjects.discourse import (
    counted,
    financed,
    fund_of,
    goes_on,
    is_part,
    money_word,
    moved,
    of_batch,
    of_programme,
    owned_by,
)
from pledger.reading.subjects.entries import entries
from pledger.reading.subjects.markets import governing, market_of
from pledger.reading.subjects.near import BESIDE, gap, nearest
from pledger.reading.subjects.nobody import nobody_of

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


_PERHAPS_FIRMS = frozenset({EntityKind.PROGRAMME, EntityKind.UNKNOWN})
"""Whose an amount seems that a company may put up."""
_WHOLE_OR_PART = frozenset({"ceiling", "part"})
_LEAST_OF_PROJECT = 1e6
"""Units of any currency below which a sum that nothing claims is rarely a project's."""
_TOGETHER = Marker(lambda _: every_language("programme", "together"))
_CARRIED = Marker(lambda _: every_language("programme", "carried"))
_PAID = Marker(lambda _: every_language("programme", "paid"))
_COST = Marker(lambda language: words("programme", "cost", language=language))


def of_amount(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None]:
    """Whose amount it is, and its scope (ceiling, annual, part, tranche, project, range, drawn)."""
    found = ctx.whose.get(amount.span)
    if found is None:
        found = _whose(ctx, sentence, amount)
        if ctx.language == "en" and _perhaps_firms(ctx, sentence, amount, found):
            firm = firm_of(ctx.text, ctx.names, ctx.countries, sentence, amount)
            found = (firm, None) if firm is not None else found
        if found[0].kind is EntityKind.PROGRAMME and found[1] in _WHOLE_OR_PART and amount.value.period is not None:
            found = found[0], "annual"
        ctx.whose[amount.span] = found
        if found[0].kind is EntityKind.PROJECT:
            ctx.costed.setdefault((amount.value.low, amount.value.high, amount.value.currency), found)
    return found


def _perhaps_firms(ctx: Context, sentence: Span, amount: Found[Money], found: tuple[Mention, str | None]) -> bool:
    """Whether a company may be whose amount it is: not where a project in its own clause is what it pays for."""
    mention, scope = found
    if mention.kind is EntityKind.PROJECT:
        own = _own_clause(ctx, sentence, amount)
        return bool(ctx.projects.inside(sentence)) and not (ctx.projects.touching(own) or ctx.backs.touching(own))
    return mention.kind in _PERHAPS_FIRMS or (mention.kind is EntityKind.ORGANISATION and scope == "part")


def _own_clause(ctx: Context, sentence: Span, amount: Found[Money]) -> Span:
    """The clause of an amount, ended by the next comma behind it."""
    here = ctx.clause(sentence, amount.span)
    comma = ctx.text.find(", ", amount.span.end, here.end)
    return Span(here.start, comma if comma > 0 else here.end)


def _whose(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None]:
    if amount.value.converts is not None:
        for span, other in ctx.amounts.inside(amount.value.converts):
            if span == amount.value.converts:
                return of_amount(ctx, sentence if sentence.covers(span) else ctx.sentence(span), other)
    if (entered := entries(ctx).get(amount.span)) is not None:
        return entered[0], "project"
    owned = ctx.pledges.owned.get(amount.span)
    if ctx.language in CJK and (own := of_amount_cjk(ctx, sentence, amount, owned)) is not None:
        return own
    if owned is None or owned[0].span is None or owned[0].span.end <= amount.span.end:
        none = nobody_of(ctx, sentence, amount) or moved(ctx, sentence, amount)
        if none is not None:
            return none, None
    if (meant := _earmarked(ctx, sentence, amount)) is not None:
        return meant
    near = nearest(ctx, sentence, amount) or _costs(ctx, sentence, amount)
    if (near is None or near[1] > 0) and (part := _known_part(ctx, amount)) is not None:
        return part
    beside = near is not None and near[0].kind is EntityKind.PROJECT and near[1] < BESIDE
    if not beside and (lesser := lesser_of(ctx, sentence, amount)) is not None:
        return lesser
    told: tuple[Mention, str | None] | None = None
    if owned is not None and not _of_firm(ctx, sentence, amount):
        rather = near and near[0].kind is not EntityKind.PROGRAMME and _rather(ctx, amount, owned[0], near)
        told = None if rather else owned
    else:
        # What is written as the price of one project is no sum of several, whatever the sentence began with.
        priced = beside and near is not None and near[1] == 0
        told = _together(ctx, sentence, amount) if owned is None and not priced else None
        if told is None and not beside:
            told = _repeated(ctx, sentence, amount, owned=owned is not None)
    if told is not None:
        return told
    followed = _followed(ctx, sentence, amount) if near is None or near[1] > BESIDE else None
    if followed is not None:
        return followed
    market = market_of(ctx, sentence, amount.span) if ctx.language not in CJK else None
    if near is not None and not (market and near[1] > 25):
        return _near(ctx, sentence, amount, near[0], beside=near[1] < BESIDE)
    if market is not None and not _for_building(ctx, sentence, amount, market):
        return market, None
    return _by_thread(ctx, sentence, amount)


_EARMARKED = re.compile(
    r"\s(?:of (?:it|this|that)\s)?(?:is|are|was|were|would be|will be|has been|have been) (?:\w{1,12}\s)?"
    r"(?:earmarked|reserved|set aside|put aside|budgeted|intended) for "
    r"(?:the (?:company|group|firm|maker|builder|developer)|it)(?!\w)",
    re.IGNORECASE,
)


def _earmarked(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The project in focus, where a part of a programme is set aside for the company that builds it."""
    if _EARMARKED.match(ctx.text, amount.span.end, sentence.end) is None:
        return None
    focus = ctx.focus(amount.span.start)
    return (focus, "project") if focus is not None else None


def _repeated(ctx: Context, sentence: Span, amount: Found[Money], *, owned: bool) -> tuple[Mention, str | None] | None:
    """A programme or a batch whose amount it is by its size or by the words right beside it.

    An amount of its own that a programme is known by (`owned`) says nothing where a company puts it up.
    """
    by_size = None if owned else again(ctx, amount)
    return (
        by_size
        or _ceiling(ctx, amount)
        or fund_of(ctx, sentence, amount)
        or of_batch(ctx, amount)
        or counted(ctx, amount)
    )


@cache
def _firms() -> re.Pattern[str]:
    """A company told by its country: "a Qatari developer"."""
    return re.compile(rf"[ \-](?:[a-z\-]{{2,20}} ){{0,2}}{any_of(plain('whose', 'firms', 'en'))}(?!\w)")


def _of_firm(ctx: Context, sentence: Span, amount: Found[Money]) -> bool:
    """Whether a company, not its country, is who puts up the amount."""
    if ctx.language != "en" or known_ceiling(amount.value) is not None:
        return False
    named = ctx.countries.last(amount.span.start, amount.span.start - sentence.start)
    if named is None or named[1].form != "people":
        return False
    return _firms().match(ctx.text, named[0].end, amount.span.start) is not None


def _known_part(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme of which the amount is a known part, where the text speaks of its country and of that programme."""
    key = known_part(amount.value) if ctx.language not in CJK else None
    if key is None or key.partition(">")[0] not in ctx.codes or ctx.programme is None:
        return None
    investor = key.partition(">")[0]
    if all((mention.key or "").partition(">")[0] != investor for _, mention in ctx.pledges.mentions):
        return None
    return Mention(EntityKind.PROGRAMME, amount.text, amount.span, key), "part"


def _near(
    ctx: Context, sentence: Span, amount: Found[Money], near: Mention, *, beside: bool = False
) -> tuple[Mention, str | None]:
    """A project or a batch with what of it an amount measures; `beside` where it is written as its price."""
    said = scope_of(ctx.text, sentence, amount, ctx.language)
    whole = "project" if near.kind is EntityKind.PROJECT else _of_batch(near)
    if said == "ceiling" and not beside and near.kind is EntityKind.PROJECT and is_part(ctx, sentence, amount):
        return near, "part"
    return near, whole if said == "ceiling" else said


def _for_building(ctx: Context, sentence: Span, amount: Found[Money], market: Mention) -> bool:
    """Whether a word of financing stands nearer to an amount than the word for a market does."""
    way = money_word(ctx, sentence, amount)
    if way is None or market.span is None or ctx.focus(amount.span.start) is None:
        return False
    return way <= gap(market.span, amount.span)


def _followed(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """What the amount before this one belongs to, where words go on about it: "of which", "the rest"."""
    before = goes_on(ctx, sentence, amount)
    known = ctx.whose.get(before.span) if before is not None else None
    if known is None or known[0].kind is EntityKind.UNKNOWN:
        return None
    return known[0], None if known[0].kind is EntityKind.MARKET else "part"


def _by_thread(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None]:
    """Whose an amount is that nothing right beside it owns."""
    same = ctx.costed.get((amount.value.low, amount.value.high, amount.value.currency))
    if same is not None:
        return same
    owner = owned_by(ctx, amount)
    if owner is not None:
        return owner, None
    paid = _paid(ctx, sentence, amount)
    if paid is not None:
        return paid
    country = _country(ctx, sentence, amount)
    if country is None or country[1] in ("part", "annual"):
        focus = financed(ctx, sentence, amount, near=country is not None)
        if focus is not None:
            return _near(ctx, sentence, amount, focus)
    return (
        country
        or _carried(ctx, sentence, amount)
        or of_programme(ctx, sentence, amount)
        or _of_main(ctx, sentence, amount)
        or (Mention(EntityKind.UNKNOWN, governing(ctx.text, sentence, amount.span)), None)
    )


def _of_main(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The project of a text that speaks of one only, for a sum of its size that nothing else claims."""
    main = ctx.main
    size = max(amount.value.low or 0.0, amount.value.high or 0.0)
    if main is None or not ctx.lone or ctx.programme is not None or size < _LEAST_OF_PROJECT:
        return None
    return _near(ctx, sentence, amount, main)


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
    said = scope_of(ctx.text, ctx.sentence(amount.span), amount, ctx.language)
    smaller = any(told is owner and scope == "part" for told, scope in ctx.pledges.owned.values())
    return owner, "part" if said == "ceiling" and (smaller or part_of_whole(ctx, amount)) else said


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
        owner = ctx.pledges.owned.get(span) or again(ctx, other) or ctx.whose.get(span)
        if owner is not None and owner[0].kind is EntityKind.PROGRAMME:
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
        if owner is not None and not _of_firm(ctx, sentence, amount):
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
