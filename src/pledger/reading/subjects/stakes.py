"""Shares of ownership: who holds how much of what.

"Acme will hold 40% in the venture", "jointly owned by Acme (60%) and Beta (40%)", "Acme 20 percent and Beta another 15
percent", "the remaining 25% is held by Gamma". The share is said of its holder, and its whole is what is held.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Share, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import OWN_WORDS, any_of, last, plain

__all__ = ["stake_of"]

_LEFT = 160
"""Characters before a share in which its holder stands."""
_BACK = 350
"""Characters back to the project that "the venture" is."""
_ROW = re.compile(r",?\s(?:(?:another|the\s(?:other|remaining))\s)?$")
"""Between a holder and its share where the verb stood with the first of a row."""
_OPEN = re.compile(r"\s?\($")
_RESPECTIVELY = re.compile(r"\brespectively\b")
_BREAK = re.compile(r"[;:]|[.!?]\s")
_WHOLE = re.compile(r"(?:the|its|their|a|this|that)\s+", re.IGNORECASE)
_PROJECTS = re.compile(
    r"(?:the\s|this\s|its\s)?(?:new\s)?"
    r"(?:project|venture|joint venture|JV|plant|company|terminal|mine|facility|smelter|mill)s?"
)


@cache
def _pattern(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('shares', 'stakes', key))}(?![\w\-])")


@cache
def _any(_: str) -> re.Pattern[str]:
    """Words of which a sentence must hold one before it tells who owns what."""
    keys = ("holds", "with", "nouns", "shared", "passive")
    return re.compile("|".join(any_of(plain("shares", "stakes", key)) for key in keys))


_ANY = Marker(_any)


@cache
def _led() -> re.Pattern[str]:
    """A verb of holding with what may stand between it and a share."""
    verbs = any_of((*plain("shares", "stakes", "holds"), *plain("shares", "stakes", "with")))
    return re.compile(rf"(?<!\w){verbs}(?:\s{any_of(plain('shares', 'stakes', 'small'))}){{0,4}}\s$")


@cache
def _noun() -> re.Pattern[str]:
    return re.compile(rf"[\s\-]{any_of(plain('shares', 'stakes', 'nouns'))}\s(?:in|of)\s(?=\S)")


@cache
def _passive() -> re.Pattern[str]:
    return re.compile(rf"[^.;:]{{0,60}}?\s{any_of(plain('shares', 'stakes', 'passive'))}\s")


def stake_of(ctx: Context, sentence: Span, share: Found[Share]) -> tuple[Mention, str | None] | None:
    """Who holds a share, and of what (None where the text does not tell); None where it is no share of ownership."""
    text, at = ctx.text, share.span
    if ctx.language in OWN_WORDS or (share.value.low or 0.0) < 0 or not ctx.marks(_ANY, sentence):
        return None
    if share.value.of is not None and share.text.endswith(("%", "percent", "per cent")):
        return None  # "rose 3%": what grows by it is no whole
    start = max(sentence.start, at.start - _LEFT)
    if (behind := _passive().match(text, at.end, min(sentence.end, at.end + 110))) is not None:
        holder = _first(ctx, behind.end(), sentence.end)
        if holder is not None:
            return holder, _whole(ctx, sentence, share)
    if _OPEN.search(text, start, at.start) and text.startswith(")", at.end):
        return _bracketed(ctx, sentence, share)
    led = _led().search(text, start, at.start)
    if led is not None:
        holder = _holder(ctx, start, led.start())
        if holder is None or _BREAK.search(text, holder.span.end if holder.span else start, led.start()):
            return None
        whole = _whole(ctx, sentence, share)
        return (holder, whole) if whole is not None or _told(ctx, sentence) else None
    return _in_row(ctx, sentence, share) or _respectively(ctx, sentence, share)


def _told(ctx: Context, sentence: Span) -> bool:
    """Whether a sentence speaks of owning, so that a share without a whole is one of what the text speaks of."""
    text, here = ctx.text, sentence
    return any(_pattern(key).search(text, here.start, here.end) is not None for key in ("shared", "nouns"))


def _mention(text: str, span: Span, kind: EntityKind = EntityKind.ORGANISATION) -> Mention:
    words = span.of(text)
    return Mention(kind, words, span, key=words)


def _names(ctx: Context, start: int, end: int) -> list[Span]:
    """Who may hold something in a stretch: organisations, and governments without a name."""
    inside = Span(start, max(start, end))
    named = [span for span, name in ctx.names.inside(inside) if name.kind is EntityKind.ORGANISATION]
    nameless = [
        Span(*match.span())
        for match in _pattern("holders").finditer(ctx.text, start, end)
        if not any(span.overlaps(Span(*match.span())) for span in named)
    ]
    return sorted([*named, *nameless])


def _holder(ctx: Context, start: int, end: int) -> Mention | None:
    """The last of those who may hold before a verb; with the words for its subsidiary, where that is meant."""
    found = _names(ctx, start, end)
    if not found:
        return None
    span = found[-1]
    arm = re.compile(rf"(?:'s|’s)\s{any_of(plain('shares', 'stakes', 'arms'))}").match(ctx.text, span.end, end)
    return _mention(ctx.text, Span(span.start, arm.end()) if arm is not None else span)


def _first(ctx: Context, start: int, end: int) -> Mention | None:
    found = _names(ctx, start, min(end, start + 80))
    return _mention(ctx.text, found[0]) if found else None


def _whole(ctx: Context, sentence: Span, share: Found[Share]) -> str | None:
    """What a share is of: the words of the share, or those behind a noun of ownership; a project by its words."""
    text, at = ctx.text, share.span
    told = share.value.of
    if told is not None:
        return _project(ctx, at.start, told) if _PROJECTS.fullmatch(told) else told
    noun = _noun().match(text, at.end, min(sentence.end, at.end + 60))
    if noun is None:
        after = re.compile(r"\s(?:in|of)\s(?=\S)").match(text, at.end, min(sentence.end, at.end + 6))
        if after is None:
            return None
        noun = after
    here = Span(noun.end(), min(sentence.end, noun.end() + 70))
    for span, name in ctx.names.starting(here.start, here.start + 6):
        if name.kind is EntityKind.ORGANISATION and not ctx.projects.touching(span):
            return name.text
    for span, mention in ctx.projects.starting(here.start, here.start + 40):
        return mention.key or span.of(text)
    words = re.compile(r"[\w’'\-.]+(?:\s[\w’'\-]+){0,3}").match(text, here.start, here.end)
    if words is None:
        return None
    bare = _PROJECTS.match(words[0])
    return _project(ctx, at.start, bare[0]) if bare is not None else None


def _project(ctx: Context, position: int, words: str) -> str:
    """ "The project": the one in focus, by its name or its words."""
    back = ctx.focus(position, _BACK)
    if back is None or (back.key is None and (back.place or "").startswith(back.text)):
        return _WHOLE.sub("", words, count=1)
    return back.key or back.text


def _bracketed(ctx: Context, sentence: Span, share: Found[Share]) -> tuple[Mention, str | None] | None:
    """ "Owned by Acme (60%) and Beta (40%)"."""
    text, at = ctx.text, share.span
    names = _names(ctx, max(sentence.start, at.start - _LEFT), at.start)
    if not names or not _OPEN.fullmatch(text, names[-1].end, at.start):
        return None
    owned = last(_pattern("owned"), text, sentence.start, names[-1].start)
    if owned is None:
        return (_mention(text, names[-1]), None) if _told(ctx, sentence) else None
    return _mention(text, names[-1]), _before(ctx, sentence, owned.start())


def _before(ctx: Context, sentence: Span, position: int) -> str | None:
    """What stands before "owned by": a project of the sentence, an organisation, or the project in focus."""
    stretch = Span(sentence.start, position)
    projects = ctx.projects.inside(stretch)
    if projects:
        return projects[-1][1].key or projects[-1][0].of(ctx.text)
    names = [span for span, name in ctx.names.inside(stretch) if name.kind is EntityKind.ORGANISATION]
    if names:
        return names[-1].of(ctx.text)
    back = ctx.focus(position, _BACK)
    return (back.key or back.text) if back is not None else None


def _in_row(ctx: Context, sentence: Span, share: Found[Share]) -> tuple[Mention, str | None] | None:
    """ "Acme will hold 50%, Beta 20% and Gamma another 15%": the verb stands with the first share of the row."""
    text, at = ctx.text, share.span
    names = _names(ctx, max(sentence.start, at.start - 60), at.start)
    if not names or not _ROW.fullmatch(text, names[-1].end, at.start):
        return None
    verb = _pattern("holds").search(text, sentence.start, names[-1].start)
    if verb is None or (not _told(ctx, sentence) and _noun().search(text, sentence.start, sentence.end) is None):
        return None
    if re.search(r"\d\s?(?:%|per\s?cent)", text[verb.end() : names[-1].start]) is None:
        return None
    return _mention(text, names[-1]), _whole(ctx, sentence, share)


def _respectively(ctx: Context, sentence: Span, share: Found[Share]) -> tuple[Mention, str | None] | None:
    """ "Acme and Beta, which own Gamma with 49% and 51% respectively"."""
    text = ctx.text
    if _RESPECTIVELY.search(text, sentence.start, sentence.end) is None:
        return None
    verb = _pattern("holds").search(text, sentence.start, share.span.start)
    if verb is None:
        return None
    figures = [m.start() for m in re.finditer(r"\d[\d.]*\s?(?:%|per\s?cent)", text[verb.end() : sentence.end])]
    names = _names(ctx, sentence.start, verb.start())
    here = next((n for n, at in enumerate(figures) if share.span.start <= verb.end() + at < share.span.end), None)
    if here is None or len(figures) < 2 or len(names) < len(figures):
        return None
    held = _names(ctx, verb.end(), share.span.start)
    return _mention(text, names[-len(figures) :][here]), held[0].of(text) if held else None
