"""Mentions of one project of a document, and what they say of it together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from pledger.model import EntityKind, Mention, Span
from pledger.reading.kinds import parent
from pledger.reading.projects.lands import elsewhere
from pledger.reading.projects.places import PlaceFound, is_region

__all__ = ["Group", "depth", "facts_of", "share"]


@dataclass(slots=True, eq=False)
class Group:
    """Mentions of one project."""

    base: Mention | None = None
    """What was read of it by its kind, where its kind is known."""
    kinds: Counter[str] = field(default_factory=Counter)
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    """Single words before its head that tell it from others, and by themselves name something else."""
    places: list[PlaceFound] = field(default_factory=list)
    sponsors: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    told: list[tuple[Span, str]] = field(default_factory=list)
    """Mentions whose words tell a kind."""
    sure: bool = False
    last: int = 0

    def known_as(self, name: str) -> bool:
        """Whether a name before a head is this project's, its place's or its sponsor's."""
        wanted = name.lower()
        own = [*self.names, *self.tags, *self.sponsors, *(p.text for p in self.places)]
        if self.base is not None:
            own += [n for n in (self.base.place, self.base.sponsor, self.base.key) if n]
        return any(wanted == n.lower() or wanted in ends_of(n) for n in own)

    def apart(self, place: PlaceFound | None) -> bool:
        """Whether the place of a mention contradicts this project's."""
        if place is None:
            return False
        own = [p.text for p in self.places]
        if self.base is not None and self.base.place:
            own.append(self.base.place)
        return bool(own) and not any(share(place.text, other) for other in own)


def ends_of(name: str) -> set[str]:
    """The first and the last words of a name, small."""
    parts = re.split(r"[\s,]+", name.lower())
    return {" ".join(parts[:n]) for n in range(1, len(parts))} | {" ".join(parts[n:]) for n in range(1, len(parts))}


def share(one: str, other: str) -> bool:
    """Whether two places can be one: they have a part in common, or one's town begins the other's."""
    a, b = ({part.strip().lower() for part in place.split(",")} for place in (one, other))
    short, long = sorted((one.partition(",")[0].lower(), other.partition(",")[0].lower()), key=len)
    # Of a region alone and a town alone nobody knows that the one does not hold the other.
    wide = len(a) == len(b) == 1 and is_region(one) is not is_region(other) and not elsewhere(one, other)
    return bool(a & b) or wide or long.startswith(f"{short} ")


def facts_of(group: Group) -> Mention:
    """What all mentions of a project say of it together; the words are still to be put in."""
    kind = max(group.kinds, key=lambda k: (depth(k), group.kinds[k], len(k), k), default=None) or None
    place = next((p.text for p in group.places if "," in p.text), None)
    if place is None and group.places:
        place = next((p.text for p in group.places if not is_region(p.text)), group.places[0].text)
    towns = {place.town for place in group.places}
    name = next((n for n in (*group.names, *group.tags) if n not in towns), None)
    if group.base is not None:
        own = group.base.place
        if own is None or (place is not None and place != own and share(place, own) and len(place) > len(own)):
            own = place
        return replace(
            group.base,
            place=own,
            sponsor=group.base.sponsor or next(iter(group.sponsors), None),
            key=group.base.key or name,
        )
    programmes = Counter(group.programmes)
    return Mention(
        EntityKind.PROJECT,
        "",
        key=name,
        sponsor=next(iter(group.sponsors), None),
        place=place,
        project_kind=kind,
        programme=max(programmes, key=lambda p: (programmes[p], p), default=None),
    )


def depth(kind: str) -> int:
    """How many kinds stand above a kind."""
    above, depth = parent(kind), 0
    while above is not None:
        above, depth = parent(above), depth + 1
    return depth
