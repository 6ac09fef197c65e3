"""What a text is about when no sentence shows by itself that something is built: the thing that it opens with.

News names its subject at once and comes back to it: "the Norholm quay" of the first lines, "the quay" all along,
and sums beside neither. Of the things that were seen, the one that a text opens with and speaks of most is a project,
where the text has sums that could be its own.
"""

from __future__ import annotations

from collections.abc import Sequence

from pledger.reading.projects.group import Group
from pledger.reading.projects.seen import Sighting

__all__ = ["chief_of"]

_OPENING = 500
"""Characters in which a report has said what it is about."""
_LEAST = 1e6
"""Units of a currency from which a sum can be what something to be built costs."""
_MOST_TALK = 3
"""Mentions from which a thing of the opening outdoes projects that are spoken of less."""


def chief_of(groups: Sequence[Group], sight: Sighting) -> Group | None:
    """The thing that the text is about, where it is not among the projects already; None where nothing stands out."""
    sums = sum(max(a.value.low or 0.0, a.value.high or 0.0) >= _LEAST for _, a in sight.amounts)
    candidates = [g for g in groups if not g.sure and g.spans and _told(g) and min(g.spans).start < _OPENING]
    if not sums or not candidates:
        return None
    best = max(candidates, key=lambda g: (_talk(g), -min(g.spans).start))
    others = max((_talk(g) for g in groups if g.sure), default=0)
    if others:
        return best if _talk(best) >= _MOST_TALK and _talk(best) > others else None
    return best if _talk(best) > 1 or sums > 1 else None


def _talk(group: Group) -> int:
    return len(set(group.spans))


def _told(group: Group) -> bool:
    """Whether anything but a general word ("the facility") says which thing is meant."""
    return bool(group.names or group.tags or group.words or group.kinds or group.places)
