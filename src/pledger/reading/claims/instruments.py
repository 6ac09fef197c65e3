"""Claims of instruments: the words that say how something is funded."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import Attribute, Claim, EntityKind, Instruments, Mention, Span
from pledger.reading.claims.making import Maker
from pledger.reading.context import Context
from pledger.reading.parties import InstrumentsFound, finance_role, instruments
from pledger.reading.patterns import CJK, any_of, plain
from pledger.reading.subjects import again, of_deal

__all__ = ["instrument_claims", "what_is_funded"]

_AGAIN = 300
"""Characters within which an instrument named again without a sum is the one that was named."""
_BESIDE = 32
"""Characters between an instrument and the sum that is paid by it."""
_PARTS = re.compile(r"[;.。；]\s|[，、,](?!\s?(?:of which|up to|worth))|\n\n")
"""What parts a sum from an instrument."""


def instrument_claims(maker: Maker, index: int, told: dict[str, int]) -> list[Claim]:
    """Instruments of one sentence; `told` keeps where each was named last, from sentence to sentence."""
    ctx, out = maker.ctx, []
    sentence = ctx.sentences[index]
    for group in instruments(ctx.page, index):
        if not _says_how(ctx, sentence, group):
            continue
        words = group.span.of(ctx.text).casefold()
        again = group.span.start - told.get(words, -_AGAIN) < _AGAIN
        if again and not _beside_money(ctx, sentence, group):
            continue  # the text goes on about what it has said
        told[words] = group.span.end
        subject = what_is_funded(ctx, sentence, group.span)
        out.append(maker.claim(group.span, Attribute.INSTRUMENT, subject, Instruments(group.instruments)))
    return out


@cache
def _funding_words() -> re.Pattern[str]:
    return re.compile(rf"\s{any_of(plain('parties', 'funding', 'holding_en'))}")


@cache
def _funds_so() -> re.Pattern[str]:
    return re.compile(any_of(plain("parties", "funding", "verbs_en")), re.IGNORECASE)


@cache
def _as_funding() -> re.Pattern[str]:
    """What left of an instrument says that it is one: "in the form of", "provides"."""
    left = any_of(plain("parties", "funding", "left_en"))
    return re.compile(rf"{left}\s(?:[\w\-]{{1,20}}\s){{0,3}}$", re.IGNORECASE)


@cache
def _funding_left() -> re.Pattern[str]:
    """What left of an instrument says that somebody funds with it."""
    return re.compile(any_of(plain("parties", "funding", "verbs_left")) + r"[^,;.:。，、]{0,24}$", re.IGNORECASE)


@cache
def _market() -> re.Pattern[str]:
    """Words by which money beside an instrument is nobody's funding of anything: markets, rates, trade."""
    return re.compile("|".join(plain("parties", "funding", "nobodys")), re.IGNORECASE)


def _nobodys(ctx: Context, sentence: Span) -> bool:
    return _market().search(ctx.text, sentence.start, sentence.end) is not None


def _beside_money(ctx: Context, sentence: Span, found: InstrumentsFound) -> bool:
    """Whether a sum stands right before or behind words for an instrument, in the same clause."""
    for span, _ in ctx.amounts.around(found.span, _BESIDE):
        if not sentence.covers(span) or span.overlaps(found.span):
            continue
        before = span.end <= found.span.start
        gap = Span(span.end, found.span.start) if before else Span(found.span.end, span.start)
        if gap.end - gap.start <= _BESIDE and not _PARTS.search(gap.of(ctx.text)):
            return True
    return False


@cache
def _as_signed() -> re.Pattern[str]:
    """What left of an instrument says that a lender has agreed to it: "concluded", "signed"."""
    return re.compile(
        rf"\b{any_of(plain('parties', 'funding', 'signing_en'))}\s(?:[\w\-]{{1,20}}\s){{0,2}}$", re.IGNORECASE
    )


def _says_how(ctx: Context, sentence: Span, found: InstrumentsFound) -> bool:
    """Whether words for instruments say how something is funded, and are no part of an institution's name."""
    if any(
        not found.span.covers(name) for name, n in ctx.names.touching(found.span) if n.kind is not EntityKind.PLACE
    ) and (ctx.language != "de"):
        return False
    if _beside_money(ctx, sentence, found) and not _nobodys(ctx, sentence):
        return True
    if _funds_so().match(ctx.text, found.span.start):
        return True
    if ctx.programme is None:
        return (
            _funding_left().search(ctx.text, max(sentence.start, found.span.start - 40), found.span.start) is not None
        )
    if len(found.instruments) > 1 or found.instruments[0] in plain("parties", "funding", "alone"):
        return True
    if _funding_words().search(found.span.of(ctx.text)):
        return True
    left = max(sentence.start, found.span.start - 40)
    here = (name for _, name in ctx.names.inside(sentence))
    if any(finance_role(name) for name in here) and _as_signed().search(ctx.text, left, found.span.start):
        return True
    if not ctx.pledges.mentions.inside(sentence):
        return False
    return ctx.language in CJK or _as_funding().search(ctx.text, left, found.span.start) is not None


def what_is_funded(ctx: Context, sentence: Span, span: Span) -> Mention:
    """What is funded: the programme that the sentence names, else a project in the clause, else the main programme."""
    programmes = ctx.pledges.mentions.inside(sentence)
    if programmes:
        return programmes[0][1]
    for _, amount in ctx.amounts.inside(sentence):
        whole = again(ctx, amount)
        if whole is not None and whole[1] == "ceiling":
            return whole[0]
    here = ctx.clause(sentence, span)
    projects = ctx.projects.inside(here)
    if projects:
        return projects[0][1]
    return (
        of_deal(ctx, sentence, span)
        or ctx.focus(span.start)
        or ctx.pledge(span.start)
        or Mention(EntityKind.UNKNOWN, "unstated")
    )
