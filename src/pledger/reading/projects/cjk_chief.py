"""What a Japanese, Chinese or Korean text is about when no sentence shows by itself that something is built.

As in the other languages (`chief`): the thing that a text opens with and speaks of most is a project, where the text
has sums that could be its own. A thing called by a general head ("项目") must come back to be that one.
"""

from __future__ import annotations

from collections.abc import Sequence

from pledger.reading.projects.cjk_group import CjkGroup
from pledger.reading.projects.seen import Sighting

__all__ = ["chief_of"]

_OPENING = 280
"""Characters in which a report has said what it is about; these scripts say more in each."""
_LEAST = 1e6
"""Units of a currency from which a sum can be what something to be built costs."""
_MOST_TALK = 3
"""Mentions from which a thing of the opening outdoes projects that are spoken of less."""


def chief_of(groups: Sequence[CjkGroup], sight: Sighting) -> CjkGroup | None:
    """The thing that the text is about, where it is not among the projects already; None where nothing stands out."""
    sums = sum(max(a.value.low or 0.0, a.value.high or 0.0) >= _LEAST for _, a in sight.amounts)
    candidates = [g for g in groups if not g.sure and g.spans and _told(g) and min(g.spans).start < _OPENING]
    if not sums or not candidates:
        return None
    best = max(candidates, key=lambda g: (_talk(g), -min(g.spans).start))
    others = max((_talk(g) for g in groups if g.sure), default=0)
    if others:
        return best if _talk(best) >= _MOST_TALK and _talk(best) > others else None
    return best if _talk(best) > 1 or (best.kinds and sums > 1) else None


def _talk(group: CjkGroup) -> int:
    return len({*group.spans, *group.backs, *(span for span, _ in group.told)})


def _told(group: CjkGroup) -> bool:
    """Whether anything but a general word says which thing is meant."""
    return bool(group.names or group.kinds or group.places or any(len(words) > 1 for words in group.words))
