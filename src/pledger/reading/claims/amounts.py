"""Claims of amounts and shares, each with whose it is; what is nobody's pledge is marked so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from pledger.model import Attribute, Claim, DateValue, EntityKind, Modality, Share
from pledger.reading.claims.making import Maker
from pledger.reading.found import Found
from pledger.reading.placed import Placed
from pledger.reading.stages import modality_at
from pledger.reading.subjects import of_amount, of_share
from pledger.reading.subjects.funding import funding_of
from pledger.reading.subjects.parts import is_part
from pledger.reading.subjects.tariffs import tariff_of

__all__ = ["amount_claims", "share_claims"]

_WHOLE = (None, "project", "total")
"""Scopes of an amount that is taken for what a project costs."""


def amount_claims(maker: Maker, days: Sequence[Found[DateValue]] = ()) -> list[Claim]:
    """Every amount of money, with whose it is; `days` are the dates of the text, by which fiscal years are told."""
    out = []
    dated = Placed((day.span, day.value) for day in days)
    for span, amount in maker.ctx.amounts:
        sentence = maker.ctx.sentence(span)
        funding = funding_of(maker.ctx, sentence, amount, dated)
        subject, scope = funding or of_amount(maker.ctx, sentence, amount)
        if subject.kind is EntityKind.PROJECT and scope in _WHOLE and is_part(maker.ctx, sentence, amount.span):
            scope = "part"
        # "planned $550bn package": the package is planned, the amount is what it is said to be.
        stated = subject.kind is EntityKind.PROGRAMME
        modality, words = (Modality.ASSERTED, None) if stated else maker.modality(sentence, span)
        if funding is not None and not stated:
            clause = maker.ctx.clause(sentence, span)
            modality, words = modality_at(maker.ctx.page, clause.start, span.start)
        out.append(
            maker.claim(
                span, Attribute.AMOUNT, subject, amount.value, modality=modality, modality_words=words, scope=scope
            )
        )
    return out


def share_claims(maker: Maker, found: Sequence[Found[Share]]) -> list[Claim]:
    """Every share of something."""
    out = []
    for share in found:
        sentence = maker.ctx.sentence(share.span)
        tariff = tariff_of(maker.ctx, sentence, share)
        subject, scope = tariff if tariff is not None else (of_share(maker.ctx, sentence, share), None)
        value = replace(share.value, of="tariff rate") if tariff is not None else share.value
        modality, words = maker.modality(sentence, share.span)
        out.append(
            maker.claim(
                share.span, Attribute.SHARE, subject, value, modality=modality, modality_words=words, scope=scope
            )
        )
    return out
