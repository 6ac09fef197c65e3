"""Companies with sums of their own in a list: "Acme could see up to $25bn, and Zrin up to $2bn".

Lists of what a programme may pay for name companies where nobody yet knows what they would build: each is an entry of
its own, and no part of the project that was spoken of before it. So are the lines of a list that open with a sum: "- Up
to $25bn to deliver switchgear, with Acme".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping
from functools import cache

from pledger.model import EntityKind, Mention, Money, Qualifier, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.kinds import kinds_of
from pledger.reading.names import Name, is_firm, known_organisations, normal_name
from pledger.reading.parties import finance_role
from pledger.reading.patterns import CJK, OWN_WORDS, any_of, plain
from pledger.reading.projects.listing import priced_lines

__all__ = ["entries", "entry_of"]

Entries = Mapping[Span, tuple[Mention, ...]]

_REACH = 90
"""Characters before a sum within which the company stands whose sum it is."""
_BEHIND = 60
"""Characters behind a sum within which a thing that is named is what the sum is for."""
_LEAST = 1e8
"""Units of any currency from which a sum can be an entry of a programme's list."""
_LINE_OPENS = 24
"""Characters at the start of a line of a list within which the sum stands that the line is about."""
_KEY = "entries"


def entries(ctx: Context) -> Entries:
    """The sums of companies in a text on a programme, each with the company's own project; several share "each".

    A single one counts only where words say that it stands on a list: else it belongs to what the text speaks of.
    """
    known = ctx.once.get(_KEY)
    if known is None:
        known = ctx.once[_KEY] = _found(ctx)
    return known


def entry_of(ctx: Context, firm: Span) -> Mention | None:
    """The project of the company whose name stands at `firm` with a sum of its own."""
    return next((m for mentions in entries(ctx).values() for m in mentions if m.span == firm), None)


def _found(ctx: Context) -> Entries:
    if ctx.programme is None:
        return {}
    sponsors = {mention.sponsor for _, mention in ctx.projects}
    lines = priced_lines(ctx.text, ctx.amounts)
    out: dict[Span, tuple[Mention, ...]] = {}
    listed = False
    for span, amount in ctx.amounts:
        line = next((line for line, _ in lines.touching(span)), None)
        if line is not None and span.start - line.start < _LINE_OPENS:
            meant = _of_line(ctx, line, span)
            if meant is not None:
                out[span] = meant
                listed = True
            continue
        if span in ctx.pledges.owned or not _may(amount):
            continue
        sentence = ctx.sentence(span)
        firms = _firms(ctx, sentence, span)
        if not firms or normal_name(firms[0].text) in sponsors or _for_thing(ctx, sentence, firms[0].span, span):
            continue
        listed = listed or _listing(ctx.language).search(ctx.text, firms[-1].span.end, span.start) is not None
        out[span] = _mentions(ctx, sentence, firms, span)
    return out if len(out) > 1 or listed else {}


def _of_line(ctx: Context, line: Span, at: Span) -> tuple[Mention, ...] | None:
    """Whose the sum is with which a line opens: the first thing to be built that the line names, else the entry of the
    first company in it."""
    behind = Span(at.end, line.end)
    built = ctx.projects.inside(behind)
    if built:
        return (built[0][1],)
    firm = next((name for _, name in ctx.names.inside(behind) if _is_company(ctx, name)), None)
    return _mentions(ctx, ctx.sentence(at), [firm], at) if firm is not None else None


def _may(amount: Found[Money]) -> bool:
    value = amount.value
    plain_sum = value.period is None and value.converts is None
    return plain_sum and value.qualifier is Qualifier.UP_TO and (value.high or 0.0) >= _LEAST


def _own(language: str) -> str:
    """The language whose words are used; English where it has none."""
    return language if language in OWN_WORDS else "en"


@cache
def _between(language: str) -> re.Pattern[str]:
    """What may stand between a company and its sum."""
    words = any_of(plain("whose", "entries", f"between_{_own(language)}"))
    if language in CJK:
        return re.compile(rf"(?:{words}|\s){{0,8}}")
    return re.compile(rf"(?:,\s(?:which|that|der|die|das))?(?:\s{words})*\s", re.IGNORECASE)


@cache
def _listing(language: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("whose", "entries", f"listing_{_own(language)}")), re.IGNORECASE)


@cache
def _each(language: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("whose", "entries", f"each_{_own(language)}")), re.IGNORECASE)


@cache
def _joins(language: str) -> re.Pattern[str]:
    return re.compile(rf"\s?{any_of(plain('whose', 'entries', f'joining_{_own(language)}'))}\s?")


def _firms(ctx: Context, sentence: Span, at: Span) -> list[Name]:
    """The company right before a sum; where each of several gets it, all of them."""
    here = [name for _, name in ctx.names.inside(Span(max(sentence.start, at.start - _REACH), at.start))]
    if not here or not _is_company(ctx, here[-1]):
        return []
    last = here[-1].whole(ctx.text)
    gap = ctx.text[last.end : at.start]
    if not _between(ctx.language).fullmatch(gap):
        return []
    firms = [here[-1]]
    if not (_each(ctx.language).search(gap) or _each(ctx.language).match(ctx.text, at.end, at.end + 6)):
        return firms
    for name in reversed(here[:-1]):
        joined = _joins(ctx.language).fullmatch(ctx.text, name.whole(ctx.text).end, firms[0].span.start)
        if joined is None or not _is_company(ctx, name):
            break
        firms.insert(0, name)
    return firms


def _is_company(ctx: Context, name: Name) -> bool:
    if name.kind is not EntityKind.ORGANISATION or ctx.countries.touching(name.span) or finance_role(name) is not None:
        return False
    # German writes every noun with a capital.
    return ctx.language != "de" or name.text in known_organisations() or is_firm(name.text)


def _for_thing(ctx: Context, sentence: Span, firm: Span, at: Span) -> bool:
    """Whether the words around a sum name what it is for."""
    clause = ctx.clause(sentence, at)
    behind = Span(at.end, min(max(clause.end, at.end), at.end + _BEHIND))
    return bool(ctx.projects.inside(Span(firm.start, at.start)) or ctx.projects.starting(behind.start, behind.end))


def _kind(ctx: Context, index: int, firms: list[Name], at: Span) -> str | None:
    """The field that the sentence has named before the companies; "equipment" where they would deliver that."""
    if ctx.language in CJK and index < len(ctx.sentences):
        told = [found.kind for found in kinds_of(ctx.page, index) if found.span.end <= firms[0].span.start]
        return told[-1] if told else None
    words = ctx.text[min(firms[-1].span.end, at.end) : max(firms[-1].span.start, at.start)].split()
    return "equipment" if any(word in plain("whose", "entries", "equipment") for word in words) else None


def _mentions(ctx: Context, sentence: Span, firms: list[Name], at: Span) -> tuple[Mention, ...]:
    index = bisect_left(ctx.sentences, sentence)
    kind = _kind(ctx, index, firms, at)
    programme = ctx.pledges.at(ctx.sentences, min(index, len(ctx.sentences) - 1), firms[0].span.start)
    return tuple(
        Mention(
            EntityKind.PROJECT,
            firm.text,
            firm.span,
            sponsor=normal_name(firm.text),
            project_kind=kind,
            programme=programme,
        )
        for firm in firms
    )
