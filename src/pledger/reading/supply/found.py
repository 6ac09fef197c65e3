"""The frames of supply and demand, read on one masked sentence.

A frame alone is not enough: the whole must be one of supply, by a word of measure, a material or (with a verb of
making) the world, and must hold no word that makes it something else: GDP, stakes, profits, jobs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Mention, Share, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.frames import Frames
from pledger.reading.mask import CLOSE, OPEN, Masked
from pledger.reading.patterns import CJK, LANGUAGES, alternation
from pledger.reading.supply.masking import Item, masked_supply, sentence_index
from pledger.reading.supply.wholes import own_whole, told, whole_of
from pledger.reading.supply.words import demanded, of_supply, year_near

__all__ = ["DEMAND", "SUPPLY", "Supplied", "supplied"]

SUPPLY, DEMAND = "supply", "demand"
"""Scopes of a claim: what the subject supplies of the whole, and what of a demand it is to meet."""

_BACK = 500
"""Characters back to the project that a sentence without one goes on about."""
_NATION = rf"{OPEN}N\d{{1,9}}{CLOSE}"
_AND = r"(?:,? (?:and|und|or|oder|plus)(?: the)? | \+ |と|や|・|和|与|與|及|以及|와 |과 |및 )(?:the )?"
_JOINT, _MORE = re.compile(rf"{_NATION}{_AND}$"), re.compile(rf"{_AND.replace(',?', '', 1)}{_NATION}")
"""Before and behind a supplier: another one, with whom it has the share together."""
_REACH = 40
_NEXT = re.compile(
    r"(?:,|;| \()?(?: ?(?:and|und|followed by|gefolgt von|then|ahead of|while|before|vor|with|dann)){0,3}(?: ?the)? ?"
    rf"(?P<N>{_NATION})(?: with| at| mit|:| \(|,)? ?(?P<Q>{OPEN}Q\d{{1,9}}{CLOSE})"
)
"""The next in a list: "China mines 69 % of rare earths, the US 12 % and Australia 5 %"."""
_POSSESSIVE = re.compile(r"^(?:its|their|his|ihre[rsnm]?|seine[rsnm]?|own)\s(?:own\s)?", re.IGNORECASE)
_MACRO = re.compile(r"(?<!\?P)<(\w+)>")
_LONGEST, _LONGEST_CJK = 90, 40
"""Characters of the words for a whole."""


@dataclass(frozen=True, slots=True)
class Supplied:
    """What a share of supply or demand is said of, what it is a share of, and which of the two it is."""

    subject: Mention
    of: str
    """The words for the whole; what the sentence tells of it elsewhere (an importer, a year) stands behind commas."""
    scope: str
    words: Span
    """The whole frame: from the supplier to the share, whatever their order."""
    dated: Span | None
    """The words for the year, where some tell it."""


_Read = tuple[Found[Share], Supplied]


@cache
def _listed(language: str) -> tuple[tuple[str, str], ...]:
    """The frames of a language with their macros written out, each behind its role."""
    lex = lexicon("supply")
    own = language if language in LANGUAGES else "en"
    stops, most = ("，。；、！？", _LONGEST_CJK) if own in CJK else (",.;:!?()", _LONGEST)
    whole = rf"(?P<w>(?:[^{stops}{OPEN}]|{OPEN}[NOPL]\d{{1,9}}{CLOSE}){{2,{most}}}?)"
    out = []
    for entry in lex["frames"]:
        for frame in entry[own]:
            written = str(frame)
            while _MACRO.search(written):
                written = _MACRO.sub(lambda match: str(lex["words"][own][match[1]]), written)
            out.append((str(entry["role"]), written.replace("{W}", whole)))
    return tuple(out)


_FRAMES = Frames(lambda language: tuple(frame for _, frame in _listed(language)))


def supplied(ctx: Context, sentence: Span, found: Sequence[Found[Share]]) -> dict[Span, Supplied]:
    """What each share of one sentence is, by its span, where it is one of supply or demand; the first frame wins.

    `found` are the shares of the sentence that are nothing else already, portions in words among them.
    """
    index = sentence_index(ctx, sentence)
    if index is None or not found:
        return {}
    masked = masked_supply(ctx, sentence, found)
    out: dict[Span, Supplied] = {}
    for number, match in _FRAMES.matches(masked, ctx.page, index):
        role = _listed(ctx.language)[number][0]
        made = (_meets if role in ("meets", "needs") else _supplies)(ctx, masked, match, role)
        if made is None or made[0].span in out:
            continue
        share, reading = made[0], _dated(ctx, sentence, *made)
        out[share.span] = reading
        out |= {span: further for span, further in _continued(masked, match, reading) if span not in out}
    return out


def _group(masked: Masked[Item], match: re.Match[str], name: str) -> Item | None:
    words = match.groupdict().get(name)
    return masked.listed(words)[0] if words else None


def _supplies(ctx: Context, masked: Masked[Item], match: re.Match[str], role: str) -> _Read | None:
    """A frame with a supplier, and with an importer before it where its role is `imports`."""
    share, first, second = (_group(masked, match, name) for name in ("Q", "N", "Nb"))
    if not isinstance(share, Found) or not isinstance(first, Mention):
        return None
    at, supplier = ("Nb", second) if role == "imports" else ("N", first)
    if not isinstance(supplier, Mention):
        return None
    whole = whole_of(ctx, masked, match, share)
    if role == "imports":
        whole = _POSSESSIVE.sub("", whole)
    elif _POSSESSIVE.match(whole):
        return None  # what somebody makes of its own whole says nothing of its share in anybody's
    if not of_supply(whole, ctx.language, made=_making(ctx.language).search(match.group()) is not None):
        return None
    if role == "imports":
        whole = f"{whole}, imports of {first.key or first.text}"
    called = match.groupdict().get("n")
    if told_step := _called(called) if called else _step(ctx.language, match.group(), whole):
        whole = f"{whole}, {told_step}"
    joint = _JOINT.search(masked.text, max(0, match.start(at) - _REACH), match.start(at))
    more = _MORE.match(masked.text, match.end(at))
    if joint or more:
        start, end = joint.start() if joint else match.start(at), more.end() if more else match.end(at)
        together = masked.back(start, end)
        supplier = Mention(EntityKind.UNKNOWN, together.of(ctx.text), together)
    return share, Supplied(supplier, whole, SUPPLY, masked.back(*match.span()), None)


@cache
def _making(language: str) -> re.Pattern[str]:
    """The verbs of making, with which the world alone makes a whole one of supply."""
    words = lexicon("supply")["words"].get(language, lexicon("supply")["words"]["en"])
    verbs = [str(words[name]) for name in ("make", "made") if name in words]
    return re.compile(alternation(verbs, language), re.IGNORECASE)


@cache
def _steps(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    own = language if language in LANGUAGES else "en"
    listed = lexicon("supply")["steps"]
    return tuple((step, re.compile(alternation(words[own], own), re.IGNORECASE)) for step, words in listed.items())


def _step(language: str, words: str, whole: str) -> str:
    """The step that the verbs of a frame tell; nothing where they tell none or the whole does so itself."""
    if any(pattern.search(whole) for _, pattern in _steps(language)):
        return ""
    return next((step for step, pattern in _steps(language) if pattern.search(words)), "")


def _called(maker: str) -> str:
    """What the word for a supplier tells of the whole ("refiner": it is refined); `supply` where it tells nothing."""
    word = maker.casefold().rstrip("s")
    return next((step for step, words in lexicon("supply")["makers"].items() if word in words), "supply")


def _meets(ctx: Context, masked: Masked[Item], match: re.Match[str], role: str) -> _Read | None:
    """A frame of what a project is to meet of a demand; with role `needs`, of what a country is said to need."""
    share, needs = _group(masked, match, "Q"), _group(masked, match, "N")
    if not isinstance(share, Found):
        return None
    whole = own_whole(ctx, share)
    if ctx.language == "zh":  # 满足美国国内40%的需求
        whole = " ".join(part for part in (told(ctx, masked, match, "v"), whole, told(ctx, masked, match, "w")) if part)
    if role == "needs":
        if not whole or not isinstance(needs, Mention):
            return None
        whole = f"{_POSSESSIVE.sub('', whole)}, demand of {needs.key or needs.text}"
    if not demanded(whole, ctx.language) or not of_supply(whole, ctx.language, made=True):
        return None
    words = masked.back(*match.span())
    subject = _project(ctx, ctx.sentence(words), share.span)
    return (share, Supplied(subject, whole, DEMAND, words, None)) if subject is not None else None


def _project(ctx: Context, sentence: Span, span: Span) -> Mention | None:
    """The project named last before a share in its sentence, else the last one before, else the first behind it."""
    near = [*ctx.projects.inside(sentence), *ctx.backs.inside(sentence)]
    near = [(at, m) for at, m in near if m.kind is EntityKind.PROJECT and not at.overlaps(span)]
    left = [pair for pair in near if pair[0].end <= span.start]
    if left:
        return max(left, key=lambda pair: pair[0].start)[1]
    return ctx.focus(sentence.start, _BACK) or (min(near, key=lambda pair: pair[0].start)[1] if near else None)


def _dated(ctx: Context, sentence: Span, share: Found[Share], reading: Supplied) -> Supplied:
    """The reading with the year that the sentence tells of the share."""
    year = year_near(ctx.text, sentence, share.span, ctx.language)
    return replace(reading, of=f"{reading.of}, {year[1]}", dated=year[0]) if year else reading


def _continued(masked: Masked[Item], match: re.Match[str], reading: Supplied) -> Iterator[tuple[Span, Supplied]]:
    """Further suppliers of the same whole in a list behind the first one."""
    if reading.scope != SUPPLY:
        return
    at = match.end("Q")
    while (found := _NEXT.match(masked.text, at)) is not None:
        further, named = _group(masked, found, "Q"), _group(masked, found, "N")
        if not isinstance(further, Found) or not isinstance(named, Mention) or further.value.of:
            return
        yield further.span, replace(reading, subject=named, words=masked.back(*found.span()))
        at = found.end() + (masked.text[found.end() : found.end() + 1] == ")")
