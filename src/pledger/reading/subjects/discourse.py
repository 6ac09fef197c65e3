"""Whose an amount is by the thread of the text: what it goes on about, and which project is in focus.

Money for something to be built is told by words of financing in the clause of an amount, or by standing in a list. It
belongs to the project spoken of last, or to the one that the document is about; amounts that go on about another one
("the rest", "of this") belong to what that one belongs to.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.countries import country_code
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import CJK, alternation, any_of, last, plain
from pledger.reading.subjects.nobody import size_of

__all__ = [
    "bare",
    "counted",
    "financed",
    "fund_of",
    "goes_on",
    "is_part",
    "money_word",
    "moved",
    "of_batch",
    "of_programme",
    "owned_by",
]

_NEAR = 450
"""Characters back within which a project spoken of is in focus, whatever else the text speaks of."""
_FAR = 1200
_OPENING = 700
"""Characters at the start of a text in which money may be told before what it is for."""
_LEFT, _RIGHT = 110, 70
"""Characters around an amount in which words of financing speak of it."""
_BACK = 350
"""Characters back to the amount that another one goes on about."""
_ROW = re.compile(r"(?:^|\n)[ \t]{0,8}(?:[*\-•–·▪◦‣|]|\d{1,2}[.)])[ \t][^\n]{0,200}$")


def _key(ctx: Context) -> str:
    return "de" if ctx.language == "de" else "en"


@cache
def _financing(language: str) -> re.Pattern[str]:
    return re.compile(alternation(plain("whose", "financing", "de" if language == "de" else "en")), re.IGNORECASE)


_FINANCING = Marker(_financing)


@cache
def _continued(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('whose', 'continued', key))}(?!\w)", re.IGNORECASE)


@cache
def _fund(key: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    right, left = (any_of(plain("whose", "programme", f"{side}_{key}")) for side in ("right", "left"))
    gap = r"(?:\s\([^()]{1,40}\))?[ \n\u00a0\-]{1,2}"
    return re.compile(rf"{gap}{right}", re.IGNORECASE), re.compile(rf"(?<!\w){left}(?!\w)", re.IGNORECASE)


def money_word(ctx: Context, sentence: Span, amount: Found[Money]) -> int | None:
    """How far the nearest word of financing in the clause stands from an amount; None where there is none."""
    here = ctx.clause(sentence, amount.span)
    at = amount.span
    marks = ctx.marks(_FINANCING, sentence)
    left, right = marks.left(at.start), marks.right(at.end)
    gaps = []
    if left is not None and left >= max(here.start - 2, at.start - _LEFT):
        gaps.append(at.start - left)
    if right is not None and right < min(here.end, at.end + _RIGHT):
        gaps.append(right - at.end)
    return min(gaps, default=None)


def fund_of(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """A programme of a fund or a state that is no country's pledge: "a $13bn programme for ports"."""
    if ctx.language in CJK:
        return None
    right, left = _fund(_key(ctx))
    at = amount.span
    behind = right.match(ctx.text, at.end, min(sentence.end, at.end + 90))
    if behind is not None:
        span = Span(at.start, behind.end())
        return Mention(EntityKind.PROGRAMME, span.of(ctx.text), span, key=span.of(ctx.text)), "ceiling"
    start = max(sentence.start, at.start - 70)
    before = last(left, ctx.text, start, at.end)
    if before is not None and (before.end() >= at.start - 2 or before.start() >= at.start):
        span = Span(min(before.start(), at.start), at.end)
        return Mention(EntityKind.PROGRAMME, span.of(ctx.text), span, key=span.of(ctx.text)), "ceiling"
    return None


def goes_on(ctx: Context, sentence: Span, amount: Found[Money]) -> Found[Money] | None:
    """The amount before this one, where words say that this one is of the same thing: "of this", "the rest"."""
    at = amount.span
    if ctx.language in CJK:
        return None
    words = _continued(_key(ctx))
    here = ctx.clause(sentence, at)
    start = max(min(here.start, at.start), at.start - 70)
    colon = bare(ctx, amount) or ctx.text[max(0, at.start - 2) : at.start].startswith(":")
    due = (
        _WITH.search(ctx.text, max(0, at.start - 12), at.start) is not None and _DUE.match(ctx.text, at.end) is not None
    )
    if not colon and not due and not words.search(ctx.text, start, at.end):
        return None
    before = ctx.amounts.inside(Span(max(0, at.start - _BACK), at.start))
    before = [pair for pair in before if pair[1].value.converts is None]
    if not before:
        return None
    far = at.start - before[-1][0].end > _NEXT
    return None if far and "\n\n" in ctx.text[before[-1][0].end : at.start] else before[-1][1]


_WITH = re.compile(r", (?:with|including|of which)\s$")
_DUE = re.compile(
    r"\s(?:of (?:it|that|this)\s)?(?:(?:to be|is|are)\s)?(?:expected|due|planned|scheduled|slated|foreseen"
    r"|to (?:come|flow|follow))\s(?:in|by|over|within|during|this|next)(?!\w)"
)
"""Words that date a part of the amount before: ", with $67bn expected in 2026"."""
_NEXT = 120
"""Characters back to an amount that is taken up in the next paragraph too: an answer takes up its question."""
_WORD = re.compile(r"[^\W_]+")


@cache
def _bare(key: str) -> frozenset[str]:
    return frozenset(plain("whose", "bare", key))


def bare(ctx: Context, amount: Found[Money]) -> bool:
    """Whether an amount has no currency of its own: "half a trillion", "closer to two"."""
    return ctx.language not in CJK and _bare(_key(ctx)).issuperset(w.lower() for w in _WORD.findall(amount.text))


def financed(ctx: Context, sentence: Span, amount: Found[Money], *, near: bool) -> Mention | None:
    """The project in focus, where words of financing or a list say that an amount is for something built."""
    if ctx.language in CJK or size_of(amount) < 1e5:
        return None
    at = amount.span
    back = ctx.focus(at.start, _NEAR if near else _FAR)
    if back is None and not near and ctx.main is not None and (ctx.lone or at.start < _OPENING):
        back = ctx.main
    if back is None:
        # What the sentence names only after the amount; a batch; else nothing is in focus.
        ahead = ctx.projects.starting(at.end, min(sentence.end, at.end + _NEAR))
        batch = ctx.tranches.last(at.start, _NEAR)
        back = ahead[0][1] if ahead else batch[1] if batch is not None else None
    least = _ONLY_PROGRAMMES if amount.value.period is None else _PROGRAMMES
    if back is None or (_as_programmes(ctx, amount, least) and not _close(ctx, sentence, at)):
        return None
    if money_word(ctx, sentence, amount) is None and not _ROW.search(ctx.text, max(0, at.start - 220), at.start):
        return None
    return back


_PROGRAMMES, _ONLY_PROGRAMMES = 2e10, 1e11
"""Dollars or euros from which an amount in a text on a programme may be a part of it, and from which it must be."""


def _as_programmes(ctx: Context, amount: Found[Money], least: float) -> bool:
    """Whether an amount is of the size of programmes, in a text that speaks of one."""
    return ctx.programme is not None and size_of(amount) >= least and amount.value.currency in ("USD", "EUR")


def _close(ctx: Context, sentence: Span, at: Span) -> bool:
    """Whether a project is named before an amount in its own sentence."""
    reach = at.start - sentence.start
    return ctx.projects.last(at.start, reach) is not None or ctx.backs.last(at.start, reach) is not None


def of_programme(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The main programme, of which an amount of that size and in words of financing can only be a part."""
    if ctx.language in CJK or ctx.programme is None or not _as_programmes(ctx, amount, _PROGRAMMES):
        return None
    told = bare(ctx, amount) or money_word(ctx, sentence, amount) is not None
    return (ctx.programme, "part") if told else None


@cache
def _part(language: str) -> re.Pattern[str]:
    return re.compile(alternation(plain("whose", "part", "de" if language == "de" else "en")), re.IGNORECASE)


_PART = Marker(_part)


def is_part(ctx: Context, sentence: Span, amount: Found[Money]) -> bool:
    """Whether an amount is a part of what its project costs: a loan, a stake, a first phase."""
    if ctx.language in CJK:
        return False
    here, at = ctx.clause(sentence, amount.span), amount.span
    start, end = max(here.start, at.start - 60), min(here.end, at.end + 40)
    more = ctx.text.startswith((" more", " mehr"), at.end) and not ctx.text.startswith(" more than", at.end)
    return more or ctx.marks(_PART, sentence).any_within(start, end)


@cache
def _moves(key: str) -> re.Pattern[str]:
    return re.compile(alternation(plain("whose", "moves", key)), re.IGNORECASE)


def moved(ctx: Context, sentence: Span, amount: Found[Money]) -> Mention | None:
    """What the amount before this one is instead of a pledge, where this one only says what it became or was."""
    if ctx.language in CJK:
        return None
    at = amount.span
    before = ctx.amounts.inside(Span(max(sentence.start, at.start - 120), at.start))
    before = [pair for pair in before if pair[1].value.converts is None]
    if not before:
        return None
    known = ctx.whose.get(before[-1][0])
    if known is None or known[0].kind is not EntityKind.MARKET:
        return None
    between = ctx.text[before[-1][0].end : at.start]
    return known[0] if _moves(_key(ctx)).search(between) else None


_OWNER = re.compile(r"(?P<owner>[A-Z][\w&.\-]{1,30}(?: [A-Z][\w&.\-]{1,30}){0,4})(?:'s|’s)\s$")


def owned_by(ctx: Context, amount: Found[Money]) -> Mention | None:
    """An organisation whose money is all that is told: "is drawn from the NRF's £27bn."."""
    at = amount.span
    if ctx.language in CJK or ctx.text[at.end : at.end + 2].strip(" ,.;:)\n"):
        return None
    match = _OWNER.search(ctx.text, max(0, at.start - 80), at.start)
    if match is None or country_code(match["owner"]) is not None:
        return None
    return Mention(EntityKind.ORGANISATION, match["owner"], Span(*match.span("owner")), key=match["owner"])


@cache
def _counted(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('whose', 'counted', key))}\s$", re.IGNORECASE)


def counted(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The main programme, where something else is said to count towards an amount."""
    at = amount.span
    if ctx.language in CJK or ctx.programme is None:
        return None
    return (ctx.programme, "part") if _counted(_key(ctx)).search(ctx.text, max(0, at.start - 60), at.start) else None


@cache
def _batch(key: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('whose', 'batch', key))}\s$", re.IGNORECASE)


def of_batch(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The batch that is told by what it comes to: "a batch of about $40bn"."""
    at = amount.span
    if ctx.language in CJK:
        return None
    match = _batch(_key(ctx)).search(ctx.text, max(0, at.start - 40), at.start)
    if match is None:
        return None
    span = Span(match.start(), match.end() - 1)
    near = ctx.tranches.touching(span)
    programme = ctx.programme.key if ctx.programme is not None else None
    mention = near[0][1] if near else Mention(EntityKind.TRANCHE, span.of(ctx.text), span, programme=programme)
    return mention, "tranche"
