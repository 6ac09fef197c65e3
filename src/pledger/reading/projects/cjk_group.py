"""Mentions of one project in Japanese, Chinese or Korean, and what they say of it together."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field, replace

from pledger.model import EntityKind, Mention, Span
from pledger.reading.kinds import family
from pledger.reading.projects.cjk_things import CjkThing
from pledger.reading.projects.places import PlaceFound

__all__ = ["CjkGroup", "facts_of"]

_LOOSE = frozenset(("plant", "base", "hub", "complex", "industrial_park"))
"""Kinds whose heads many other things are called by once they are known ("the plant")."""
_UNTELLING = frozenset(("terminal", "port", "base", "hub", "complex", "centre", "production_line"))
"""Kinds whose heads say little of what is built: a terminal may be for oil, for gas, for containers."""
_LINES = frozenset(
    ("power", "pipeline", "rail", "road", "bridge", "tunnel", "cable", "transmission_line", "port", "airport")
)
"""Families that nobody calls a plant."""


@dataclass(slots=True, eq=False)
class CjkGroup:
    """Mentions of one project."""

    base: Mention | None = None
    kinds: Counter[str] = field(default_factory=Counter)
    heads: set[str] = field(default_factory=set)
    words: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    places: list[PlaceFound] = field(default_factory=list)
    sponsors: list[str] = field(default_factory=list)
    programmes: list[str] = field(default_factory=list)
    spans: list[Span] = field(default_factory=list)
    backs: list[Span] = field(default_factory=list)
    told: list[tuple[Span, str]] = field(default_factory=list)
    sure: bool = False
    last: int = -1

    def apart(self, place: PlaceFound | None) -> bool:
        """Whether the place of a mention contradicts this project's."""
        if place is None:
            return False
        own = [p.text for p in self.places]
        if self.base is not None and self.base.place:
            own.append(self.base.place)
        return bool(own) and not any(_share(place.text, other) for other in own)

    def known_as(self, words: str) -> bool:
        """Whether words before a head are this project's name or place, or hold it."""
        own = [*self.names, *(p.town for p in self.places)]
        if self.base is not None and self.base.key:
            own.append(self.base.key)
        short = [re.sub(r"(?:州|市|県|县|縣|시|군|주)$", "", name) for name in own]
        return any(len(name) > 1 and (words.startswith(name) or name.startswith(words)) for name in (*own, *short))

    def akin(self, thing: CjkThing) -> bool:
        """Whether a thing's head, and the words before it, can mean this project."""
        mine = self.kinds or Counter([self.base.project_kind] if self.base and self.base.project_kind else [])
        if thing.kind is not None and mine and thing.head not in self.heads:
            families = {family(kind) for kind in mine}
            loose = thing.definite or not thing.words
            if thing.head.startswith(("新", "신")) and not thing.definite:
                return False
            named = thing.head[0] > "\u2fff" and any(head.endswith(thing.head[0]) for head in self.heads)
            if family(thing.kind) not in families and not (
                loose and ((thing.kind in _LOOSE and families.isdisjoint(_LINES)) or (named and thing.head[0] < "가"))
            ):
                return False
        elif thing.kind is not None and not mine and not self.names:
            return False
        if thing.definite or not thing.words:
            return True
        if thing.kind is None or self.words:
            return any(_alike(thing.words, other) for other in self.words)
        return True


def _share(one: str, other: str) -> bool:
    """Whether two places can be one: a part of one is a part of the other."""
    a, b = ({p.strip().lower() for p in place.split(",")} for place in (one, other))
    return bool(a & b)


def _alike(one: str, other: str) -> bool:
    """Whether two runs of words share two characters in a row."""
    return any(one[i : i + 2] in other for i in range(len(one) - 1))


def facts_of(group: CjkGroup) -> Mention:
    """What all mentions of a project say of it together; the words are still to be put in."""
    name = next(iter(group.names), None)
    place = max((p.text for p in group.places), key=lambda p: ("," in p, len(p)), default=None)
    if group.base is not None:
        own = group.base.place
        if own is None or (place is not None and place != own and _share(place, own) and len(place) > len(own)):
            own = place
        sponsor = group.base.sponsor or next(iter(group.sponsors), None)
        return replace(group.base, place=own, sponsor=sponsor, key=group.base.key or name)
    programmes = Counter(group.programmes)
    telling = {kind: n for kind, n in group.kinds.items() if kind not in _UNTELLING}
    return Mention(
        EntityKind.PROJECT,
        "",
        key=name,
        sponsor=next(iter(group.sponsors), None),
        place=place,
        project_kind=max(telling, key=lambda k: (family(k) != k, telling[k], k), default=None),
        programme=max(programmes, key=lambda p: (programmes[p], p), default=None),
    )
