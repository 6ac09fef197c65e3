"""Claims of what a project can do and of what goes through it; in a text about no project, nothing is one."""

from __future__ import annotations

from pledger.data import lexicon
from pledger.model import Attribute, Claim, EntityKind, Mention, Span, Text
from pledger.reading.claims.making import Maker
from pledger.reading.features import capacities, products

__all__ = ["feature_claims"]

_BACK = 400
"""Characters back to the project that a sentence without one goes on about."""


def feature_claims(maker: Maker) -> list[Claim]:
    """Capacities and products of the projects of a document, as `kind` claims of the form `topic: what`."""
    if maker.ctx.bare:
        return []
    out = []
    for index, capacity in capacities(maker.ctx.page):
        subject = _project(maker, maker.ctx.sentences[index], capacity.span)
        if subject is not None:
            out.append(_claim(maker, index, capacity.span, subject, f"capacity: {capacity.value}"))
    for index, product in products(maker.ctx.page):
        subject = _project(maker, maker.ctx.sentences[index], product.span)
        if subject is not None:
            made = lexicon("features")["made"].get(subject.project_kind or "")
            what = product.product
            if product.alone:
                out.append(_claim(maker, index, product.span, subject, f"products: {what} only"))
            elif made is not None and made != what:
                out.append(_claim(maker, index, product.span, subject, f"products: {made} and {what}"))
    return out


def _claim(maker: Maker, index: int, span: Span, subject: Mention, value: str) -> Claim:
    return maker.claim(span, Attribute.KIND, subject, Text(value), sentence=maker.ctx.sentences[index])


def _project(maker: Maker, sentence: Span, span: Span) -> Mention | None:
    """The project named last before the words in their sentence, else the nearest there, else the one spoken of last."""
    ctx = maker.ctx
    near = [*ctx.projects.inside(sentence), *ctx.backs.inside(sentence)]
    near = [(at, mention) for at, mention in near if mention.kind is EntityKind.PROJECT]
    left = [found for found in near if found[0].end <= span.start]
    if left:
        return max(left, key=lambda found: found[0].start)[1]
    if near:
        return min(near, key=lambda found: found[0].start)[1]
    return ctx.focus(span.start, _BACK)
