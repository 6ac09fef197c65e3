"""What the words of a stage are about."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from pledger.model import EntityKind, Mention, Modality, Span, Stage
from pledger.reading.context import Context
from pledger.reading.page import Marker
from pledger.reading.patterns import CJK, LANGUAGES, alternation, any_of, every_language, plain
from pledger.reading.placed import Marks
from pledger.reading.stages import StageFound, laws, passing, things
from pledger.reading.subjects.amounts import of_amount
from pledger.reading.subjects.entries import entries
from pledger.reading.subjects.near import FAR, gap

__all__ = ["of_stage"]

_At = tuple[Span, Mention]

_AHEAD = 120
"""Characters behind the words of a stage within which the project that they are about may follow."""
_NAMED = 80
"""Characters around words of pledging within which the programme is named that they are about."""
_FRAGMENT = 60
"""Length of a sentence that only opens the next one ("A key contender?")."""
_TRIED = 3
"""How many amounts beside words of a promise are tried for the programme that it is about."""
_OF_PARTS = frozenset({Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED})
"""Stages that parts of a programme reach one by one."""
_OF_WHICH = re.compile(r"の?(?:有力な?)?(?:候補|候选|候選|後選)")
"""Behind a batch: something is a candidate for it, and the batch none ("第2弾の候補にダムが浮上")."""
_VERB_LAST = frozenset({"ja", "ko"})
"""Languages in which what a verb is about stands before it."""
_FOLLOWS = 500
"""Characters before a sentence without a subject within which its project was spoken of."""


def of_stage(ctx: Context, index: int, stage: StageFound) -> list[Mention]:
    """What the words of a stage are about; several where projects are named in one row ("A and B are candidates")."""
    sentence = ctx.sentences[index]
    if stage.value.stage is Stage.PLEDGED and _of_entry(ctx, sentence, stage):
        return []  # a company puts a sum on a list: no state's pledge, and no stage of what it may build
    batches = ctx.tranches.inside(sentence)
    pledges = ctx.pledges.mentions.inside(sentence)
    if stage.needs == "batch":
        nearest = _closest(batches or pledges, stage.span)
        found = nearest[1] if nearest is not None else _of_nobody(ctx, index)
        return [found] if found is not None else []
    if stage.needs == "lent":
        lent = batches or (ctx.tranches.inside(ctx.sentences[index + 1]) if index + 1 < len(ctx.sentences) else [])
        return [lent[0][1]] if lent else []
    projects = ctx.projects.inside(sentence)
    if projects and ctx.language in CJK:
        batches = [b for b in batches if not _OF_WHICH.match(ctx.text, b[0].end)]
    here = ctx.clause(sentence, stage.span)
    if stage.needs == "label":
        return _labelled(ctx, index, stage, [*projects, *batches])
    led = _led(ctx, index, stage)
    if led:
        return led
    if stage.needs in ("told", "thing"):
        if stage.needs == "thing" and not _of_a_thing(ctx, here):
            return []
        return _told(ctx, index, here, stage, [*projects, *batches], pledges)
    if stage.needs == "programme":
        told = _promised(ctx, sentence, here, stage) or _of_programme(ctx, index, stage, pledges)
        return [told] if told is not None else []
    if stage.needs == "project":
        return _in_clause(ctx, here, stage, projects) or _behind_colon(ctx, here, projects)
    if stage.needs == "near":
        if stage.value.stage is not Stage.PLEDGED:
            return _with_members(ctx, index, _in_clause(ctx, here, stage, [*projects, *batches]))
        pledged = _in_clause(ctx, here, stage, pledges)
        promised = None if pledged else _promised(ctx, sentence, here, stage)
        return [promised] if promised is not None else pledged
    beside = _beside(ctx, sentence, stage, projects, batches)
    if beside:
        return beside
    back = next((m for span, m in ctx.backs.inside(sentence) if gap(span, stage.span) < FAR), None)
    subject = back or _opened(ctx, index) or _carried(ctx, index, stage, pledges)
    return [subject] if subject is not None else []


def _beside(
    ctx: Context, sentence: Span, stage: StageFound, projects: Sequence[_At], batches: Sequence[_At]
) -> list[Mention]:
    """The projects or the batch named in the sentence of a stage, left of its words rather than right of them."""
    bars = ctx.marks(_BARS, sentence)
    near = [p for p in projects if not _barred(bars, p[0], stage.span)]
    left = [p for p in near if p[0].end <= stage.span.start]
    right = next((p for p in near if p[0].start >= stage.span.end), None)
    batch = _closest(batches, stage.span)
    apart = gap(batch[0], stage.span) if batch is not None else None
    if left and (
        batch is None or apart is None or gap(left[-1][0], stage.span) <= apart or batch[0].start > stage.span.end + 40
    ):
        return _row(ctx.text, left)
    if right is not None:
        way = gap(right[0], stage.span)
        if way < _AHEAD and (apart is None or way < apart + 30):
            return [left[-1][1] if left else right[1]]
    return [batch[1]] if batch is not None else []


def _of_entry(ctx: Context, sentence: Span, stage: StageFound) -> bool:
    """Whether the sum nearest to words of a pledge is a company's own on a list."""
    listed = entries(ctx)
    if not listed:
        return False
    nearest = min((span for span, _ in ctx.amounts.inside(sentence)), key=lambda s: gap(s, stage.span), default=None)
    return nearest is not None and nearest in listed


_ROW = re.compile(r"\s{0,8}(?:[|*•·▪◦‣–-]|\d{1,2}[.)]\s|\([a-z\d]\)\s)")
"""How a row of a table and an item of a list begin."""
_ROWS = 24
"""How many rows a list is looked through."""


def _labelled(ctx: Context, index: int, stage: StageFound, near: Sequence[_At]) -> list[Mention]:
    """What a cell of a table or a label speaks of: the project of its row, or what is listed behind its colon."""
    sentence = ctx.sentences[index]
    behind = ctx.text[stage.span.end : stage.span.end + 60].lstrip("* ")
    if "|" not in sentence.of(ctx.text):
        right = _distinct(m for span, m in near if span.start >= stage.span.end)
        return right or ([] if behind.startswith("|") else _rows(ctx, index))
    row = sorted(near, key=lambda found: found[0])
    if row:
        return [row[0][1]]
    if index + 1 < len(ctx.sentences) and not ctx.sentences[index + 1].of(ctx.text).strip("|-: "):
        return []  # the head of a table
    first = next((cell.strip(" *") for cell in sentence.of(ctx.text).split("|") if cell.strip(" *")), "")
    if ctx.programme is None or not first or first == stage.span.of(ctx.text):
        return []
    start = ctx.text.index(first, sentence.start)
    return [Mention(EntityKind.UNKNOWN, first, Span(start, start + len(first)), programme=ctx.programme.key)]


def _led(ctx: Context, index: int, stage: StageFound) -> list[Mention]:
    """The projects of a list that the words of a stage lead in ("These have been approved:"), where they name none."""
    sentence = ctx.sentences[index]
    if ctx.text[sentence.end - 1] not in ":：" or ctx.projects.inside(sentence):
        return []
    return _rows(ctx, index) if ctx.clause(sentence, stage.span).end >= sentence.end - 1 else []


def _rows(ctx: Context, index: int) -> list[Mention]:
    """The first project of each row of the list or the table that follows a sentence."""
    found = []
    for row in ctx.sentences[index + 1 : index + 1 + _ROWS]:
        begins = ctx.text.rfind("\n", 0, row.start) + 1
        if not _ROW.match(ctx.text, begins):
            break
        inside = ctx.projects.inside(row)
        if inside and (begins == row.start or not ctx.text[begins : row.start].strip(" *•·-–\t0123456789.()")):
            found.append(inside[0][1])
    return _distinct(found)


def _distinct(mentions: Iterable[Mention]) -> list[Mention]:
    """Each project once, where several words name it."""
    first: dict[tuple[str | None, ...], Mention] = {}
    for mention in mentions:
        first.setdefault((mention.project_kind, mention.sponsor, mention.place), mention)
    return list(first.values())


def _of_a_thing(ctx: Context, here: Span) -> bool:
    """Whether a clause names something that money is put into, or money."""
    if ctx.things.touching(here) or ctx.backs.inside(here) or ctx.amounts.inside(here):
        return True
    return things(ctx.language).search(ctx.text, here.start, here.end) is not None


def _told(
    ctx: Context, index: int, here: Span, stage: StageFound, near: Sequence[_At], pledges: Sequence[_At]
) -> list[Mention]:
    """What words are about that say by themselves that something is to be built, bought or paid for.

    It stands in their clause, else in their sentence; else it is what the text speaks of: what was named last, or what
    the next sentence opens with where nothing was named before (a heading), or the programme that the text is about.
    """
    sentence = ctx.sentences[index]
    law = laws(ctx.language).search(ctx.text, stage.span.start, stage.span.end) or _passed(ctx, here, stage)
    if law is not None:
        return [Mention(EntityKind.UNKNOWN, law[0].strip(), Span(*law.span()))]
    if stage.value.stage is Stage.PLEDGED:
        promised = _promised(ctx, sentence, here, stage)
        if promised is not None:
            return [promised]
        if stage.modality is Modality.ASSERTED:
            near = [*near, *pledges]
    inside = [thing for thing in near if here.overlaps(thing[0])]
    if inside or near:
        return _row_of(ctx, inside or list(near), stage)
    back = _closest(ctx.backs.inside(sentence), stage.span)
    if back is not None:
        return [back[1]]
    named = _closest(pledges, stage.span)
    spoken = named[1] if named is not None else _spoken(ctx, sentence, stage)
    if spoken is None:
        return []
    planned = stage.modality is Modality.PLANNED
    if spoken.kind is EntityKind.PROGRAMME and (planned or stage.value.stage in _OF_PARTS):
        # A loan that is signed, a building begun or planned is part of a programme, and not the stage of all of it.
        return [Mention(EntityKind.UNKNOWN, stage.span.of(ctx.text), stage.span, programme=spoken.key)]
    return [spoken]


_GOVERNED = 60
"""Characters behind an attributive verb within which the law follows that it speaks of."""


def _passed(ctx: Context, here: Span, stage: StageFound) -> re.Match[str] | None:
    """The law that words of a parliament are about: the one named last before them, or right behind an attribute
    ("본회의를 통과한 특별법"), where their verb is such a word.
    """
    if not passing(ctx.language).search(ctx.text, stage.span.start, stage.span.end):
        return None
    if ctx.text[stage.span.start : stage.span.end].rstrip()[-1:] in _ATTRIBUTIVE:
        ahead = laws(ctx.language).search(ctx.text, stage.span.end, min(here.end, stage.span.end + _GOVERNED))
        if ahead is not None:
            return ahead
    before = laws(ctx.language).finditer(ctx.text, here.start, stage.span.start)
    return max(before, key=lambda law: law.start(), default=None)


_ATTRIBUTIVE = ("한", "된", "할", "될")


def _row_of(ctx: Context, near: Sequence[_At], stage: StageFound) -> list[Mention]:
    """The things beside the words of a stage: those joined in one row left of them, else the nearest."""
    left = sorted((t for t in near if t[0].end <= stage.span.start), key=lambda thing: thing[0])
    nearest = _closest(near, stage.span)
    if left and (nearest is None or nearest[0].end <= stage.span.start or ctx.language in _VERB_LAST):
        return _row(ctx.text, left)
    return [nearest[1]] if nearest is not None else []


def _spoken(ctx: Context, sentence: Span, stage: StageFound) -> Mention | None:
    """What the text speaks of where a sentence names nothing of the kind; of a bare promise, the programme."""
    if stage.value.stage is Stage.PLEDGED and stage.modality is Modality.ASSERTED and ctx.programme is not None:
        return ctx.programme
    last = [found for found in (ctx.things.last(sentence.start), ctx.backs.last(sentence.start)) if found is not None]
    if last:
        return max(last, key=lambda found: found[0].start)[1]
    ahead = ctx.things.starting(sentence.end, sentence.end + _FOLLOWS)
    return ahead[0][1] if ahead else ctx.programme


def _behind_colon(ctx: Context, here: Span, projects: Sequence[_At]) -> list[Mention]:
    """ "The costliest was announced on Monday: a smelter": what a colon behind a clause names."""
    if ctx.text[here.end : here.end + 1] not in (":", "："):
        return []
    return next(([m] for span, m in projects if here.end < span.start < here.end + _NAMED), [])


def _of_nobody(ctx: Context, index: int) -> Mention | None:
    """Interest in a sentence that names no project and no company is interest in the batch spoken of last."""
    sentence = ctx.sentences[index]
    named = (name for _, name in ctx.names.inside(sentence) if name.kind is EntityKind.ORGANISATION)
    if ctx.projects.inside(sentence) or next(named, None) is not None:
        return None
    earlier = ctx.tranches.last(sentence.start, _FOLLOWS)
    return earlier[1] if earlier is not None else ctx.programme


def _promised(ctx: Context, sentence: Span, here: Span, stage: StageFound) -> Mention | None:
    """The programme whose amount stands in the clause of a promise, or whose country signs a memorandum there."""
    near = (found for found in ctx.amounts.around(stage.span, FAR) if here.overlaps(found[0]))
    inside = [(span, amount) for span, amount in near if amount.value.converts is None]
    for _, amount in sorted(inside, key=lambda found: gap(found[0], stage.span))[:_TRIED]:
        subject, scope = of_amount(ctx, sentence, amount)
        if subject.kind is EntityKind.PROGRAMME and scope != "drawn":
            return subject
    if ctx.programme is None or not ctx.marks(_PAPERS, sentence).any_within(stage.span.start, stage.span.end):
        return None
    signs = ctx.pledges.named.inside(Span(here.start, stage.span.start))
    return Mention(EntityKind.PROGRAMME, signs[-1][0].of(ctx.text), *signs[-1]) if signs else None


def _of_programme(ctx: Context, index: int, stage: StageFound, pledges: Sequence[_At]) -> Mention | None:
    """The programme that words are about: named in their sentence, else the one of the country named last."""
    if ctx.programme is None:
        return None
    key = ctx.pledges.at(ctx.sentences, index, stage.span.start)
    same = [pledge for pledge in pledges if pledge[1].key == key]
    nearest = _closest(same or pledges, stage.span)
    if nearest is not None:
        return nearest[1]
    named = ctx.pledges.named.last(stage.span.start)
    if key == ctx.programme.key or named is None:
        return ctx.programme
    return Mention(EntityKind.PROGRAMME, named[0].of(ctx.text), *named)


def _closest(things: Sequence[_At], span: Span) -> _At | None:
    return min(things, key=lambda thing: gap(thing[0], span), default=None)


def _opened(ctx: Context, index: int) -> Mention | None:
    """ "A key contender? A data centre ...": a fragment speaks of what the next sentence opens with."""
    sentence = ctx.sentences[index]
    if sentence.end - sentence.start >= _FRAGMENT or index + 1 == len(ctx.sentences):
        return None
    if ctx.text[sentence.end - 1] not in "?？:：":
        return None
    following = ctx.projects.inside(ctx.sentences[index + 1])
    if following and following[0][0].start - ctx.sentences[index + 1].start < 80:
        return following[0][1]
    return None


def _carried(ctx: Context, index: int, stage: StageFound, pledges: Sequence[_At]) -> Mention | None:
    """What a sentence without a project or batch goes on about, if it says what is still to come."""
    if stage.value.outlook is None:
        return pledges[0][1] if pledges and ctx.language != "en" else None
    if pledges:
        return pledges[0][1]
    start = ctx.sentences[index].start
    back = ctx.focus(start, _FOLLOWS)
    if back is not None and back.span is not None and "\n" not in ctx.text[back.span.end : start]:
        return back
    earlier = ctx.tranches.last(start)
    return earlier[1] if earlier is not None else back or ctx.programme


def _in_clause(ctx: Context, here: Span, stage: StageFound, pool: Sequence[_At]) -> list[Mention]:
    """The projects, the batch or (of words of pledging) the programme in the clause of a stage."""
    pledged = stage.value.stage is Stage.PLEDGED
    told = next((m for span, m in pool if m.kind is EntityKind.TRANCHE and span.overlaps(stage.span)), None)
    if told is not None:
        return [told]
    inside = [p for p in pool if here.overlaps(p[0])]
    if not inside:
        inside = [p for p in pool if gap(p[0], stage.span) < _NAMED] if pledged else ctx.backs.inside(here)
    left = [p for p in inside if p[0].end <= stage.span.start]
    if left and not pledged:
        return _row(ctx.text, left)
    nearest = _closest(inside, stage.span)
    return [nearest[1]] if nearest is not None else []


@cache
def _bar(_: str) -> re.Pattern[str]:
    return re.compile(rf"[;。]|,\s{any_of(plain('grammar', 'clauses', 'contrast_en'))}\s")


_BARS = Marker(_bar)
_PAPERS = Marker(lambda _: every_language("programme", "paper"))


def _barred(bars: Marks, project: Span, stage: Span) -> bool:
    """Whether a new clause with a subject of its own starts between a project and the words of a stage."""
    return bars.any_within(min(project.end, stage.end), max(project.start, stage.start))


@cache
def _joins() -> re.Pattern[str]:
    """What stands between two projects of one row: a comma, "and", and the words that open a phrase."""
    words = any_of(word for key in LANGUAGES for word in plain("grammar", "joining", key))
    return re.compile(rf"(?:,|,?\s{words}|{words}|\s)\s?(?:[\w’'.\-]{{1,40}}\s){{0,4}}")


def _row(text: str, left: Sequence[_At]) -> list[Mention]:
    """The last project before the words, and those joined to it by "and" or commas."""
    row = [left[-1]]
    for candidate in reversed(left[:-1]):
        if not _joins().fullmatch(text, candidate[0].end, row[-1][0].start):
            break
        row.append(candidate)
    first: dict[tuple[str, str | None], Mention] = {}
    for _, mention in reversed(row):
        first.setdefault((mention.text, mention.project_kind), mention)
    return list(first.values())


@cache
def _lists(_: str) -> re.Pattern[str]:
    loose = alternation(plain("programme", "listing", "loose_en"))
    others = any_of(word for key in ("ja", "zh") for word in plain("programme", "listing", f"loose_{key}"))
    return re.compile(rf"{loose}|{others}|、|[:：—]", re.IGNORECASE)


_LISTS = Marker(_lists)


@cache
def _all() -> re.Pattern[str]:
    every, members, japanese = (
        any_of(plain("programme", "listing", key)) for key in ("all_en", "members_en", "all_ja")
    )
    return re.compile(rf"{every}\s{members}\b|{japanese}", re.IGNORECASE)


def _with_members(ctx: Context, index: int, found: list[Mention]) -> list[Mention]:
    """What is said of a batch is said of its members where the text has just listed them.

    The list stands in the same sentence ("the first round, chosen on Monday, consists of A, B and C") or, for "all
    three", in the sentences right before it.
    """
    batch = next((m for m in found if m.kind is EntityKind.TRANCHE), None)
    if batch is None:
        return found
    sentence = ctx.sentences[index]
    listed = ctx.projects.inside(sentence) if ctx.marks(_LISTS, sentence) else []
    if not listed and _all().match(batch.text):
        listed = ctx.projects.inside(Span(ctx.sentences[max(0, index - 3)].start, sentence.start))
    return [*found, *_distinct(mention for _, mention in listed)]
