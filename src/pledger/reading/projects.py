"""Projects in a text: which words speak of something to be built, and which of them mean the same thing.

Projects seldom have names. Inside one document two mentions are one project when their kinds belong to one family
and neither their sponsors nor their places contradict each other.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pledger.model import EntityKind, Mention, Span
from pledger.reading.kinds import KindFound, family, label, parent

__all__ = ["Seen", "grouped", "same_sponsor"]


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of a project with what its own sentence says of it."""

    found: KindFound
    sentence: int
    """Index of the sentence."""
    sponsors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    company: bool = False
    """Whether a stage, a party or an amount stands beside it."""
    programme: str | None = None
    """Key of the programme that the words around it are about."""


def same_sponsor(one: str, other: str) -> bool:
    """Whether two names of sponsors can be one: equal, or one is the other's beginning by whole words."""
    a, b = one.lower().split(), other.lower().split()
    short, long = sorted((a, b), key=len)
    return long[: len(short)] == short


def _compatible(group: list[Seen], seen: Seen) -> bool:
    sponsors = [s for g in group for s in g.sponsors]
    places = [p for g in group for p in g.places]
    if seen.sponsors and sponsors and not any(same_sponsor(a, b) for a in seen.sponsors for b in sponsors):
        return False
    return not (seen.places and places and not set(seen.places) & set(places))


def grouped(text: str, seen: Sequence[Seen]) -> dict[Span, Mention]:
    """For the span of each mention that means a project, that project's merged mention.

    A mention with a weak head or none counts only where something else in the document shows that a project of its
    family is meant: a group needs one mention that is built and in company.
    """
    groups: list[list[Seen]] = []
    for mention in sorted(seen, key=lambda s: (not s.sponsors, not s.places, s.found.span.start)):
        fitting = [
            g for g in groups if family(g[0].found.kind) == family(mention.found.kind) and _compatible(g, mention)
        ]
        if not fitting:
            groups.append([mention])
        elif len(fitting) == 1 or mention.sponsors or mention.places:
            fitting[0].append(mention)
        else:
            # Several could be meant: the one that was spoken of last.
            def distance(group: list[Seen], here: int = mention.found.span.start) -> int:
                return min(
                    (here - g.found.span.start if g.found.span.start < here else 10**9 + g.found.span.start)
                    for g in group
                )

            min(fitting, key=distance).append(mention)
    out: dict[Span, Mention] = {}
    for group in groups:
        if not any(s.company and s.found.built != "none" for s in group):
            continue
        merged = _merged(text, group)
        for mention in group:
            if mention.found.built == "none" and not mention.company:
                continue
            out[mention.found.span] = replace(merged, text=mention.found.span.of(text), span=mention.found.span)
    return out


def _merged(text: str, group: list[Seen]) -> Mention:
    kinds = Counter(s.found.kind for s in group if s.found.built != "none" or s.company)
    # The finest kind that is said; the more often said one where two are equally fine.
    kind = max(kinds, key=lambda k: (_depth(k), kinds[k], k))
    sponsors = Counter(name for s in group for name in s.sponsors)
    sponsor = max(sponsors, key=lambda n: (sponsors[n], len(n), n)) if sponsors else None
    places = Counter(p for s in group for p in s.places)
    place = max(places, key=lambda p: (places[p], len(p), p)) if places else None
    best = max(group, key=lambda s: (s.found.built == "strong", bool(s.sponsors), -s.found.span.start))
    keys = Counter(s.programme for s in group if s.programme is not None and (s.company or s.found.built == "strong"))
    programme = max(keys, key=lambda k: (keys[k], k)) if keys else None
    name = f"{sponsor} {label(kind)}" if sponsor else re.sub(r"\s+", " ", best.found.span.of(text))
    return Mention(
        EntityKind.PROJECT, name, best.found.span, sponsor=sponsor, place=place, project_kind=kind, programme=programme
    )


def _depth(kind: str) -> int:
    depth = 0
    while (above := parent(kind)) is not None:
        kind, depth = above, depth + 1
    return depth
