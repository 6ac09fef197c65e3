"""The words for the whole of a share of supply, put together from where a sentence has them."""

from __future__ import annotations

import re

from pledger.model import Share, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.mask import Masked
from pledger.reading.patterns import CJK
from pledger.reading.shares.whole import whole_after
from pledger.reading.supply.masking import Item
from pledger.reading.supply.words import only_world

__all__ = ["own_whole", "told", "whole_of"]

_FOR = re.compile(r" (for|of|an|nach) (?=[\w])")
_ENDS_OPEN = re.compile(
    r"(?:demand|needs?|requirements?|market|supply|imports?|bedarfs?|nachfrage|angebots?|verbrauchs?|importe|einfuhren)$",
    re.IGNORECASE,
)
"""Wholes behind which it may be said what they are for."""
_STEP = re.compile(r" (?:processing|mining|refining|smelting|manufacturing)(?![\w])")
"""A word of measure that a share's own words leave out, since a verb may end so."""
_AHEAD = 120
_BEFORE, _MOST_BEFORE = 40, 4
_PARTICLE = re.compile(r"(?:은|는|이|가|에서|로|고|며|면|과|와|을|를|[.!?)\]])$")
"""With these a Korean word ends that is no part of the words for a whole behind it."""
_LINKED = re.compile(r"^[のと的]+|(?:の|的|의|约|約|大约|大約)+$")
_TAKING = re.compile(r"(?:수입|사용|소비|구매|도입|조달)(?:하는|한|해 온|되는|된)$|(?:쓰는|쓰이는|들여오는|필요한)$")
"""A Korean verb that narrows a whole; whose it is stands before it: 미국이 수입하는 다이아몬드 분말."""


def told(ctx: Context, masked: Masked[Item], match: re.Match[str], name: str) -> str:
    """The words of a group of a frame, as the text has them; nothing where the frame has no such group."""
    if not match.groupdict().get(name):
        return ""
    return _LINKED.sub("", masked.back(match.start(name), match.end(name)).of(ctx.text).strip(" \u00a0\n,、，"))


def whole_of(ctx: Context, masked: Masked[Item], match: re.Match[str], share: Found[Share]) -> str:
    """A share's own whole, or where that names nothing but the world, with what the frame tells beside it.

    占全球镓产量的99% has its whole; of 中国镓产量占全球的99% it is told before: 全球 镓产量.
    """
    own = own_whole(ctx, share)
    if own and not only_world(own, ctx.language):
        return own
    return " ".join(part for part in (own, *(told(ctx, masked, match, name) for name in ("v", "w"))) if part)


def own_whole(ctx: Context, share: Found[Share]) -> str:
    """A share's own whole, with what a demand is for: "all of US demand for diamond grit"."""
    own = share.value.of or ""
    if not own:
        return own
    if step := _STEP.match(ctx.text, share.span.end):
        own += step.group()
    if ctx.language == "ko":
        return _korean(ctx.text, share.span, own)
    plain = ctx.page.plain
    ahead = _FOR.match(plain, share.span.end) if ctx.language not in CJK and _ENDS_OPEN.search(own) else None
    whole = whole_after(" of" + plain[ahead.end() - 1 : ahead.end() + _AHEAD], 0) if ahead else None
    return f"{own} {ahead[1]} {whole.words}" if ahead and whole else own


def _korean(text: str, share: Span, own: str) -> str:
    """A Korean whole with the words before it, up to one that a particle ends: 전 세계 갈륨 생산."""
    before = text[max(0, share.start - _BEFORE) : share.start].rpartition(",")[2]
    words: list[str] = []
    for word in reversed(before.split()):
        taking = _TAKING.search(word) or (words and _TAKING.search(words[0]))
        if len(words) == _MOST_BEFORE or (_PARTICLE.search(word) and not taking):
            break
        words.insert(0, word)
    return " ".join([*words, own])
