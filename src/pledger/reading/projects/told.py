"""The projects of a document once all is gathered: each mention with what all mentions of its project say."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pledger.model import Mention, Span
from pledger.reading.kinds import KindFound
from pledger.reading.placed import Placed
from pledger.reading.programmes import Pledges
from pledger.reading.projects.group import Group, facts_of
from pledger.reading.projects.nobodys import is_nobodys
from pledger.reading.projects.places import PlaceFound, is_region

__all__ = ["Gathered", "Joined", "Located", "told"]

_MOST_NAMES = 60
"""Names of one document that are looked for where they stand alone."""


@dataclass(frozen=True, slots=True)
class Located:
    """Words that say where a project is to stand."""

    project: Mention
    place: PlaceFound


@dataclass(frozen=True, slots=True)
class Joined:
    """The projects of a document."""

    projects: Placed[Mention]
    named: Placed[Mention]
    """Where only the place of a project stands for it ("Rolvsund gets a loan")."""
    places: tuple[Located, ...]
    kinds: Placed[KindFound]
    """Words of mentions that tell a kind that no list has."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What one way through a text has found."""

    text: str
    known: Sequence[tuple[Mention, Group]]
    """The mentions of known kinds, each with its project."""
    groups: Sequence[Group]
    located: Sequence[tuple[Group, PlaceFound]]
    pledges: Pledges


def told(work: Gathered) -> Joined:
    """The mentions of all groups that turned out to be projects."""
    facts = {id(group): facts_of(group) for group in work.groups if group.sure}
    sure = [group for group in work.groups if group.sure and not is_nobodys(facts[id(group)], work.pledges)]
    real = {id(group) for group in sure}
    out: list[tuple[Span, Mention]] = []
    first: dict[int, Span] = {}
    for mention, group in work.known:
        if mention.span is not None and id(group) in real:
            out.append((mention.span, replace(facts[id(group)], text=mention.text, span=mention.span)))
            first.setdefault(id(group), mention.span)
    taken = Placed(out)
    for group in sure:
        spans = [span for span in sorted(set(group.spans)) if not taken.touching(span)]
        out += [(span, replace(facts[id(group)], text=span.of(work.text), span=span)) for span in spans]
        if spans:
            first.setdefault(id(group), spans[0])
    names, towns = _alone(work.text, sure, facts, Placed(out))
    places = []
    for group, place in work.located:
        if id(group) in real:
            own = [span for span in group.spans if place.town in span.of(work.text)]
            at = own[0] if own else first.get(id(group), place.span)
            words = group.names[0] if group.names else at.of(work.text)
            places.append(Located(replace(facts[id(group)], text=words, span=at), place))
    kinds = (
        (span, KindFound(kind, span, "strong"))
        for group in sure
        for span, kind in group.told
        if kind == facts[id(group)].project_kind
    )
    return Joined(Placed([*out, *names]), towns, tuple(places), Placed(kinds))


def _alone(
    text: str, groups: Sequence[Group], facts: Mapping[int, Mention], taken: Placed[Mention]
) -> tuple[list[tuple[Span, Mention]], Placed[Mention]]:
    """Where the name of a project stands alone, and where the town of one, and of no other, stands for it."""
    names: dict[str, Group] = {}
    towns: dict[str, Group | None] = {}
    for group in groups:
        for name in group.names:
            names.setdefault(name, group)
    for group in groups:
        for town in {place.town for place in group.places}:
            if not is_region(town) and town not in names:
                towns[town] = group if towns.get(town, group) is group else None
    single = {town: group for town, group in towns.items() if group is not None}
    alone, stand = (
        [
            (span, replace(facts[id(known[word])], text=word, span=span))
            for span, word in _found(text, known)
            if not taken.touching(span)
        ]
        for known in (names, single)
    )
    return alone, Placed(stand)


def _found(text: str, names: Iterable[str]) -> list[tuple[Span, str]]:
    """Where names stand in a text."""
    listed = sorted(names, key=lambda name: (-len(name), name))[:_MOST_NAMES]
    if not listed:
        return []
    pattern = re.compile(rf"(?<![\w])(?:{'|'.join(re.escape(name) for name in listed)})(?![\w])")
    return [(Span(*match.span()), match[0]) for match in pattern.finditer(text)]
