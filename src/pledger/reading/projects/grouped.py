"""Mentions of projects that mean the same one, merged."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pledger.model import EntityKind, Mention, Span
from pledger.reading.kinds import family, parent
from pledger.reading.placed import Placed
from pledger.reading.projects.lands import elsewhere, states_of
from pledger.reading.projects.seen import Seen

__all__ = ["grouped"]

_ANY, _NONE = "*", ""
"""Keys of groups whatever their sponsor or place, and of those without a place."""


_TRIED = 12
"""Mentions before one that names neither sponsor nor place, among which it looks for what it may mean."""


class _Group:
    """Mentions of one project."""

    __slots__ = ("kinds", "line", "members", "order", "places", "plural", "sponsors")

    def __init__(self, order: int) -> None:
        self.order = order
        self.kinds: set[str] = set()
        self.line: Span | None = None
        """The line of a list of sums that it is told in, where it is."""
        self.members: list[Seen] = []
        self.places: set[str] = set()
        self.plural = False
        """Whether it is a set of which nothing tells that it is one of the others ("the power projects")."""
        self.sponsors: set[tuple[str, ...]] = set()

    def fits(self, mention: Seen, line: Span | None) -> bool:
        """Whether neither sponsors nor places contradict that the mention means this project.

        Only under one sponsor a gas plant here may be a power project of another kind there. `line`: the line of a list
        of sums in which the mention stands: each such line tells of another project.
        """
        if line is not None and self.line is not None and line != self.line:
            return False
        if mention.sponsors and self.sponsors:
            named = [_words(sponsor) for sponsor in mention.sponsors]
            if not any(_same(one, other) for one in named for other in self.sponsors):
                return False
        elif not all(_akin(mention.found.kind, kind) for kind in self.kinds):
            return False
        if not mention.places or not self.places:
            return True
        return any(not elsewhere(place, other) for place in mention.places for other in self.places)

    def keys(self) -> set[tuple[str, str]]:
        """By what a mention may find this group: first word of a sponsor, and place."""
        sponsors = {_ANY, *(words[0] for words in self.sponsors)}
        places = (_ANY, *(_areas(self.places) if self.places else (_NONE,)))
        return {(sponsor, place) for sponsor in sponsors for place in places}


class _Family:
    """The projects of one family of kinds; mentions with a sponsor come first, then those with a place, then others."""

    def __init__(self, lines: Placed[Span]) -> None:
        self.groups: list[_Group] = []
        self._lines = lines
        self._index: dict[tuple[str, str], list[_Group]] = defaultdict(list)
        self._starts: list[tuple[int, int]] = []
        """Where each mention so far starts, and the number of its group."""

    def take(self, mention: Seen) -> None:
        """Put a mention to the project that it means, or to a new one."""
        told = mention.sponsors or mention.places
        group = self._fitting(mention) if told else self._spoken_of_last(mention)
        if group is None:
            group = _Group(len(self.groups))
            group.plural = mention.plural and not told
            self.groups.append(group)
            before: set[tuple[str, str]] = set()
        else:
            before = group.keys()
        group.members.append(mention)
        group.line = group.line or self._line(mention)
        group.kinds.add(mention.found.kind)
        group.sponsors.update(_words(sponsor) for sponsor in mention.sponsors)
        group.places.update(mention.places)
        after = group.keys()
        for key in after - before:
            insort(self._index[key], group, key=lambda g: g.order)
        for key in before - after:
            self._index[key].remove(group)
        insort(self._starts, (mention.found.span.start, group.order))

    def _fitting(self, mention: Seen) -> _Group | None:
        """The first project that a mention with a sponsor or a place may mean."""
        sponsors = {_words(sponsor)[0] for sponsor in mention.sponsors} or {_ANY}
        places = (*sorted(_areas(mention.places)), _NONE) if mention.places else (_ANY,)
        first = (self._first(mention, (sponsor, place)) for sponsor in sponsors for place in places)
        return min((group for group in first if group is not None), key=lambda g: g.order, default=None)

    def _first(self, mention: Seen, key: tuple[str, str]) -> _Group | None:
        line = self._line(mention)
        return next((group for group in self._index.get(key, ()) if group.fits(mention, line)), None)

    def _line(self, mention: Seen) -> Span | None:
        near = self._lines.touching(mention.found.span)
        return near[0][0] if near else None

    def _spoken_of_last(self, mention: Seen) -> _Group | None:
        """Of all that could be meant the one that was spoken of last, else the next one."""
        at = bisect_left(self._starts, (mention.found.span.start, -1))
        near = [*reversed(self._starts[max(0, at - _TRIED) : at]), *self._starts[at : at + 1]]
        line = self._line(mention)
        groups = [group for _, number in near if (group := self.groups[number]).fits(mention, line)]
        if mention.plural and len(set(groups)) > 1:
            return next((group for group in groups if group.plural), None)
        return next((group for group in groups if mention.plural or not group.plural), None)


def _areas(places: Iterable[str]) -> set[str]:
    """Places, and the states in which they can lie: a town is found by its state and a state by its towns."""
    named = set(places)
    return named.union(*(states_of(place) for place in named))


def _words(sponsor: str) -> tuple[str, ...]:
    return tuple(sponsor.lower().split())


def _akin(one: str, other: str) -> bool:
    """Whether two kinds are one, or one of them is the wider."""
    return one in _upwards(other) or other in _upwards(one)


def _same(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two names of sponsors can be one: equal, or one is the other's beginning by whole words."""
    short, long = sorted((one, other), key=len)
    return long[: len(short)] == short


def grouped(text: str, mentions: Sequence[Seen], lines: Placed[Span]) -> Placed[Mention]:
    """At the place of each mention that means a project, that project's merged mention.

    A mention with a weak head or none counts only where something else in the document shows that a project of its
    family is meant: a group needs one mention that is built and in company. `lines`: see `priced_lines`.
    """
    families: dict[str, _Family] = defaultdict(lambda: _Family(lines))
    for mention in sorted(mentions, key=lambda s: (not s.sponsors, not s.places, s.found.span.start)):
        families[family(mention.found.kind)].take(mention)
    out: list[tuple[Span, Mention]] = []
    for group in (group for one in families.values() for group in one.groups):
        if not any(s.company and s.found.built != "none" for s in group.members):
            continue
        merged = _merged(group.members)
        for mention in group.members:
            if mention.found.built != "none" or mention.company:
                span = mention.found.span
                out.append((span, replace(merged, text=span.of(text), span=span)))
    return Placed(out)


def _merged(group: Sequence[Seen]) -> Mention:
    """What all mentions of a project say of it together; the words are still to be put in."""
    kinds = Counter(s.found.kind for s in group if s.found.built != "none" or s.company)
    # The finest kind that is said; the more often said one where two are equally fine.
    kind = max(kinds, key=lambda k: (len(_upwards(k)), kinds[k], k))
    return Mention(
        EntityKind.PROJECT,
        "",
        sponsor=_usual(name for s in group for name in s.sponsors),
        place=_usual(place for s in group for place in s.places),
        project_kind=kind,
        programme=_usual(
            s.programme for s in group if s.programme is not None and (s.company or s.found.built == "strong")
        ),
    )


def _usual(words: Iterable[str]) -> str | None:
    """What is said most often; the longer words where two are said as often."""
    counts = Counter(words)
    return max(counts, key=lambda w: (counts[w], len(w), w), default=None)


def _upwards(kind: str) -> tuple[str, ...]:
    """A kind and all wider ones."""
    above = parent(kind)
    return (kind,) if above is None else (kind, *_upwards(above))
