"""Claims of amounts and shares, each with whose it is; what is nobody's pledge is marked so."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pledger.model import Attribute, Claim, DateValue, EntityKind, Mention, Modality, Money, Share, Span
from pledger.reading.claims.making import Maker
from pledger.reading.found import Found
from pledger.reading.placed import Placed
from pledger.reading.stages import modality_at
from pledger.reading.subjects import of_amount, of_share
from pledger.reading.subjects.entries import entries
from pledger.reading.subjects.funding import funding_of
from pledger.reading.subjects.parts import is_part
from pledger.reading.subjects.shares import is_rate
from pledger.reading.subjects.stakes import stake_of
from pledger.reading.subjects.tariffs import tariff_of
from pledger.reading.supply import Supplied, portions, supplied

__all__ = ["amount_claims", "share_claims"]

_WHOLE = (None, "project", "total", "tranche")
"""Scopes of an amount that is taken for what a project, or a batch of them, costs."""
_BUILT = (EntityKind.PROJECT, EntityKind.TRANCHE)


def amount_claims(maker: Maker, days: Sequence[Found[DateValue]] = ()) -> list[Claim]:
    """Every amount of money, with whose it is; `days` are the dates of the text, by which fiscal years are told."""
    out = []
    dated = Placed((day.span, day.value) for day in days)
    for span, amount in maker.ctx.amounts:
        sentence = maker.ctx.sentence(span)
        funding = _funding(maker, amount, dated)
        subject, scope = funding or of_amount(maker.ctx, sentence, amount)
        if subject.kind in _BUILT and scope in _WHOLE and is_part(maker.ctx, sentence, amount.span):
            scope = "part"
        # "planned $550bn package": the package is planned, the amount is what it is said to be.
        stated = subject.kind is EntityKind.PROGRAMME
        modality, words = (Modality.ASSERTED, None) if stated else maker.modality(sentence, span)
        if funding is not None and not stated:
            clause = maker.ctx.clause(sentence, span)
            modality, words = modality_at(maker.ctx.page, clause.start, span.start)
        # "Acme and Zrin could each see up to $5bn": the one sum is a claim on each.
        shared = entries(maker.ctx).get(span, ())[1:] if funding is None else ()
        out += [
            maker.claim(
                span, Attribute.AMOUNT, whose, amount.value, modality=modality, modality_words=words, scope=scope
            )
            for whose in (subject, *shared)
        ]
    return out


def _funding(maker: Maker, amount: Found[Money], dated: Placed[DateValue]) -> tuple[Mention, str | None] | None:
    """Whose funding an amount is; what only restates another in a second currency is what that one is."""
    ctx, told = maker.ctx, amount.value.converts
    if told is not None:
        amount = next((other for span, other in ctx.amounts.inside(told) if span == told), amount)
    return funding_of(ctx, ctx.sentence(amount.span), amount, dated)


def share_claims(maker: Maker, found: Sequence[Found[Share]]) -> tuple[list[Claim], list[Supplied]]:
    """Every share of something, and what of them is supply or demand; portions in words count only where they are."""
    ctx = maker.ctx
    listed = sorted([*found, *_apart(portions(ctx.page), found)], key=lambda f: f.span)
    tariffs = {share.span: tariff_of(ctx, ctx.sentence(share.span), share) for share in found}
    by_sentence: dict[Span, list[Found[Share]]] = defaultdict(list)
    for share in listed:
        if tariffs.get(share.span) is None and not is_rate(share.value.of):
            by_sentence[ctx.sentence(share.span)].append(share)
    read = {
        span: its for sentence, shares in by_sentence.items() for span, its in supplied(ctx, sentence, shares).items()
    }
    out = []
    owned = {name.text for _, name in ctx.names if name.kind is EntityKind.ORGANISATION}
    for share in listed:
        sentence, supply = ctx.sentence(share.span), read.get(share.span)
        stake = stake_of(ctx, sentence, share) if share.span in tariffs and not is_rate(share.value.of) else None
        # "50% of Korea Zinc": a company's name, not what it makes.
        if supply is not None and (stake is None or stake[1] not in owned):
            subject, of = supply.subject, supply.of
            scope: str | None = supply.scope
        elif share.span not in tariffs:
            continue  # "most of them": a portion of nothing that anybody supplies
        elif (tariff := tariffs[share.span]) is not None:
            (subject, scope), of = tariff, "tariff rate"
        elif stake is not None:
            subject, scope, of = stake[0], None, stake[1] or share.value.of or ""
        else:
            subject, scope, of = of_share(ctx, sentence, share), None, share.value.of or ""
        value = replace(share.value, of=of or None)
        modality, words = maker.modality(sentence, share.span)
        out.append(
            maker.claim(
                share.span, Attribute.SHARE, subject, value, modality=modality, modality_words=words, scope=scope
            )
        )
    return out, list(read.values())


def _apart(found: Iterable[Found[Share]], others: Sequence[Found[Share]]) -> Iterator[Found[Share]]:
    """Those that share no character with the others."""
    taken = Placed((share.span, share) for share in others)
    return (share for share in found if not taken.touching(share.span))
