"""What a text says of a whole list of projects without naming it again: a second sum, or that nothing is chosen.

"X puts the investments at 467 billion. For the same list Y arrives at 400 billion, for 21 projects. None of them has
been chosen." Both sums are the list's, and so is what the first words say of its stage.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from pledger.model import Attribute, Claim, EntityKind, Mention, Money
from pledger.reading.context import Context

__all__ = ["of_lists"]

_SAME = re.compile(
    r"(?:die|der)selben? (?:liste|aufstellung|vorhaben|projekte)"
    r"|(?:the|that) (?:very )?same (?:list|projects|ventures|set)|同じ(?:一覧|リスト|案件|事業)"
    r"|同一(?:份|张|張|批)?(?:清单|清單|名单|名單|项目|項目)|(?:같은|동일한) (?:목록|명단|사업)",
    re.IGNORECASE,
)
_NONE = re.compile(
    r"keine[srm]? (?:davon|von ihnen|der vorhaben)|none of (?:them|these|the projects|the ventures)"
    r"|いずれも|どれも|(?:其中)?没有(?:一个|一項|任何一)|어느 것도",
    re.IGNORECASE,
)
_BACK = 700
"""Characters back to the first sum of the same list."""


def of_lists(ctx: Context, claims: Sequence[Claim]) -> list[Claim]:
    """The claims, those on a list that were taken for the programme's now with the list as their subject."""
    if not ctx.tranches:
        return list(claims)
    out = list(claims)
    for n, claim in enumerate(claims):
        sum_ = claim.subject.kind is EntityKind.TRANCHE and isinstance(claim.value, Money)
        if sum_ and _SAME.search(ctx.text, claim.sentence.start, claim.sentence.end):
            _take_back(out, n)
        elif claim.attribute is Attribute.STAGE and claim.subject.kind is EntityKind.PROGRAMME:
            none = _NONE.search(ctx.text, claim.sentence.start, claim.sentence.end)
            last = ctx.tranches.last(claim.sentence.start, _BACK // 2) if none is not None else None
            if last is not None and last[1].programme == claim.subject.key:
                out[n] = replace(claim, subject=last[1])
    return out


def _take_back(claims: list[Claim], at: int) -> None:
    """Give the list the sum before this one that was taken for the programme's, with its stage."""
    second = claims[at]
    largest = max((_size(c) for c in claims if _whole(c, second.subject)), default=0.0)
    first = [
        n
        for n, c in enumerate(claims)
        if _whole(c, second.subject)
        and second.span.start - _BACK <= c.span.start < second.span.start
        and _size(c) < largest
        and _currency(c) == _currency(second)
    ]
    if not first:
        return
    sum_ = claims[first[-1]]
    for n, claim in enumerate(claims):
        same = claim.attribute is Attribute.AMOUNT and claim.span == sum_.span
        staged = claim.attribute is Attribute.STAGE and claim.span.overlaps(sum_.span)
        if same or staged:
            scope = "tranche" if same else claim.scope
            claims[n] = replace(claim, subject=second.subject, scope=scope)


def _whole(claim: Claim, batch: Mention) -> bool:
    """Whether a claim gives the size of the programme of a batch."""
    return (
        isinstance(claim.value, Money)
        and claim.value.period is None
        and claim.subject.kind is EntityKind.PROGRAMME
        and claim.subject.key == batch.programme
        and claim.scope in (None, "ceiling", "total")
    )


def _size(claim: Claim) -> float:
    value = claim.value
    return (value.high or value.low or 0.0) if isinstance(value, Money) else 0.0


def _currency(claim: Claim) -> str | None:
    return claim.value.currency if isinstance(claim.value, Money) else None
