"""Claims of what a project can do and of what goes through it; in a text about no project, nothing is one."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.model import Attribute, Claim, EntityKind, Mention, Span, Text
from pledger.reading.claims.making import Maker
from pledger.reading.features import capacities, products
from pledger.reading.names import foreign_place

__all__ = ["feature_claims"]

_WORD = {
    "en": r" (?:project|venture|terminal|plant|scheme|facility)",
    "de": r"(?:-| )(?:projekt|vorhaben|anlage)",
    "ja": r"州?の?(?:案件|事業|プロジェクト|計画)",
    "zh": r"(?:州|省)?的?(?:项目|項目|计划|計劃)",
    "ko": r"(?:주)?(?: |의 )?(?:사업|프로젝트)",
}
"""Right behind a place, a word that makes a project of it: "the Texas project"."""

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
    told = list(products(maker.ctx.page))
    own = {index: product.product for index, product in reversed(told)}
    own |= {index: product.product for index, product in told if product.alone}
    for index, product in told:
        sentence = maker.ctx.sentences[index]
        subject = _placed(maker, sentence, own[index]) or _project(maker, sentence, product.span)
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


def _placed(maker: Maker, sentence: Span, product: str) -> Mention | None:
    """A project that a sentence calls by its place only, with the kind that its own product shows."""
    ctx = maker.ctx
    kind = next((k for k, made in lexicon("features")["made"].items() if made == product), None)
    word = _WORD.get(ctx.language)
    if kind is None or word is None:
        return None
    for at, name in ctx.names.inside(sentence):
        if name.kind is EntityKind.PLACE and (found := _behind(word).match(ctx.text, at.end, sentence.end)):
            span = Span(at.start, found.end())
            key = ctx.programme.key if ctx.programme else None
            place = foreign_place(name.text) or name.text
            return Mention(EntityKind.PROJECT, span.of(ctx.text), span, place=place, project_kind=kind, programme=key)
    return None


@cache
def _behind(word: str) -> re.Pattern[str]:
    return re.compile(word, re.IGNORECASE)


def _project(maker: Maker, sentence: Span, span: Span) -> Mention | None:
    """The project named last before the words in their sentence, else the first there, else the last one before."""
    ctx = maker.ctx
    near = [*ctx.projects.inside(sentence), *ctx.backs.inside(sentence)]
    near = [(at, mention) for at, mention in near if mention.kind is EntityKind.PROJECT]
    left = [found for found in near if found[0].end <= span.start]
    if left:
        return max(left, key=lambda found: found[0].start)[1]
    if near:
        return min(near, key=lambda found: found[0].start)[1]
    return ctx.focus(span.start, _BACK)
