"""Which of the relations found in a sentence stand, where one lies in the content of another or crosses it."""

from __future__ import annotations

from pledger.reading.attribution.relation import Relation

__all__ = ["standing"]

Range = tuple[int, int]


def standing(found: list[Relation], inner: bool) -> list[Relation]:
    """The relations that stand, in the order of their cues: none whose cue lies in the content of another, widest
    contents first. One without a source yields to every one with a source that it crosses or lies in. With `inner`
    those inside the contents of others stand, too.
    """
    if not inner:
        found = [r for r in found if r.source is not None or r.extra or not _yields(r, found)]
    kept: list[Relation] = []
    for relation in sorted(found, key=lambda r: (_nested(r, found), not r.around, -_reach(r), r.cue)):
        if not inner and any(
            _within(relation.cue, kept_one.contents) or relation.cue == kept_one.cue for kept_one in kept
        ):
            continue
        own = [c for c in relation.contents if not _crossed(c, relation)]
        relation.contents = (
            own
            if inner
            else [c for c in own if not any(_cross(c, other) for k in kept for other in (*k.contents, k.cue))]
        )
        if not relation.contents and not relation.extra:
            continue
        kept.append(relation)
    return sorted(kept, key=lambda r: (r.cue, r.contents))


def _yields(relation: Relation, found: list[Relation]) -> bool:
    """Whether a relation without a source lies in the content of one with a source, or has its words in its own."""
    for other in found:
        if other.source is None or not other.contents or (other.cue[0] >= relation.cue[0] and not other.around):
            continue
        if _within(relation.cue, other.contents):
            return True
        if any(_cross(c, part) for c in relation.contents for part in (other.source, other.cue)):
            return True
    return False


def _nested(relation: Relation, found: list[Relation]) -> bool:
    """Whether the cue lies in what an earlier cue with a source says, so that it comes after that one."""
    return not relation.around and any(
        other.source is not None and other.cue < relation.cue and _within(relation.cue, other.contents)
        for other in found
    )


def _reach(r: Relation) -> int:
    return max((b for _, b in r.contents), default=r.cue[1]) - min((a for a, _ in r.contents), default=r.cue[0])


def _within(span: Range, contents: list[Range]) -> bool:
    return any(a <= span[0] < b for a, b in contents)


def _cross(a: Range, b: Range) -> bool:
    return a[0] < b[1] and b[0] < a[1]


def _crossed(content: Range, relation: Relation) -> bool:
    return _cross(content, relation.cue) or (relation.source is not None and _cross(content, relation.source))
