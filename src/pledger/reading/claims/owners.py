"""Who owns whom, where a sentence names one of the two and the text around it the other."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from pledger.model import EntityKind, Span
from pledger.reading.context import Context
from pledger.reading.names import Name, normal_name
from pledger.reading.parties import HalfOwner, MaskedSentence, OwnersFound, half_owners
from pledger.reading.placed import Placed

__all__ = ["whole_owners"]

_OPENING = re.compile(r"[\s*\"“”'‘#\-–—>]{0,6}(?:[Tt]he )?")
"""What may stand before the subject of a sentence."""
_SHORTEST = 3
"""Characters of a first word that two names of one house share."""


def whole_owners(ctx: Context, index: int, masked: MaskedSentence, wide: Placed[Name]) -> Iterator[OwnersFound]:
    """Owner and owned of sentence `index`.

    "Its" subsidiary belongs to the company named last before it in its sentence; one that is called so without saying
    whose, to the company named before whose name begins with the same word ("Acme", "Acme America"). Whoever has a
    share of "it" has it of the company that the sentence before is about.
    """
    for half in half_owners(masked, ctx.page, index):
        if half.owned is not None:
            owner = (_named_before(ctx, index, half, wide) if half.its else None) or _of_same_house(half.owned, wide)
            if owner is not None:
                yield OwnersFound(owner, half.owned, half.words)
        elif half.owner is not None and index > 0:
            owned = _subject(ctx, ctx.sentences[index - 1], wide)
            if owned is not None and normal_name(owned.text) != normal_name(half.owner.text):
                yield OwnersFound(half.owner, owned, half.words)


def _of_same_house(owned: Name, wide: Placed[Name]) -> Name | None:
    """The organisation whose name shares its first word with `owned`: of those named before it the longest name."""
    first = _first(owned.text)
    kin = [
        name
        for _, name in wide
        if name.kind is EntityKind.ORGANISATION
        and name.span.end <= owned.span.start
        and _first(name.text) == first
        and not _longer(name.text, owned.text)
    ]
    if len(first) < _SHORTEST:
        return None
    return max(kin, key=lambda name: (len(name.text), name.span.start), default=None)


def _first(words: str) -> str:
    return normal_name(words).split(" ", 1)[0]


def _longer(name: str, owned: str) -> bool:
    """Whether a name is the subsidiary's own, or that of something that belongs to it in turn."""
    return normal_name(name).startswith(normal_name(owned)) or normal_name(owned) == _first(owned)


def _named_before(ctx: Context, index: int, half: HalfOwner, wide: Placed[Name]) -> Name | None:
    sentence = ctx.sentences[index]
    names = _organisations(wide.inside(Span(sentence.start, half.words.start)))
    return names[-1] if names else None


def _subject(ctx: Context, sentence: Span, wide: Placed[Name]) -> Name | None:
    """The organisation with which a sentence begins."""
    names = _organisations(wide.inside(sentence))
    opening = _OPENING.match(ctx.text, sentence.start)
    return names[0] if names and opening is not None and names[0].span.start <= opening.end() else None


def _organisations(found: Sequence[tuple[Span, Name]]) -> list[Name]:
    return [name for _, name in found if name.kind is EntityKind.ORGANISATION]
