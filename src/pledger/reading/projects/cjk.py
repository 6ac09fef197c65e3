"""All mentions of projects in a Japanese, Chinese or Korean document, and which of them mean the same one.

As in the other languages (`joined`), mentions are gone through in the order of the text: those of known kinds, things
seen by their heads, names in quotation marks, entries of lists. A mention joins the project that its words point to.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace

from pledger.model import Mention, Span
from pledger.reading.kinds import KindFound
from pledger.reading.placed import Placed
from pledger.reading.projects.cjk_chief import chief_of
from pledger.reading.projects.cjk_group import CjkGroup, facts_of
from pledger.reading.projects.cjk_work import CjkWork
from pledger.reading.projects.nobodys import is_nobodys
from pledger.reading.projects.places import PlaceFound
from pledger.reading.projects.seen import Sighting
from pledger.reading.projects.told import Joined, Located

__all__ = ["joined_cjk"]


def joined_cjk(sight: Sighting, known: Placed[Mention], found: Placed[KindFound]) -> Joined:
    """The projects of a document; `known` are those of known kinds, `found` all words for kinds."""
    work = CjkWork(sight, known, found)
    work.gather()
    chief = chief_of(work.groups, sight)
    if chief is not None:
        chief.sure = True
    return _result(work)


def _told_places(work: CjkWork) -> list[tuple[CjkGroup, PlaceFound]]:
    """Each place of a project once; a wider one says nothing new where a town in it is known."""
    out: list[tuple[CjkGroup, PlaceFound]] = []
    for group, place in work.located:
        own = (other.text for whose, other in out if whose is group)
        if group.sure and not any(place.text == other or other.endswith(place.text) for other in own):
            out.append((group, place))
    return out


def _result(work: CjkWork) -> Joined:
    """The mentions of all groups that turned out to be projects."""
    text = work.sight.page.text
    facts = {id(g): facts_of(g) for g in work.groups if g.sure}
    sure = [g for g in work.groups if g.sure and not is_nobodys(facts[id(g)], work.sight.pledges)]
    out: list[tuple[Span, Mention]] = []
    for span, mention in work.known:
        whole = facts[id(work.of_kind(mention))]  # of a known kind, so that it is somebody's
        out.append((span, replace(whole, text=mention.text, span=span)))
    for group in sure:
        taken = Placed(out)
        out += [
            (span, replace(facts[id(group)], text=span.of(text), span=span))
            for span in sorted(set(group.spans))
            if not taken.touching(span)
        ]
    taken = Placed(out)
    for group in sure:
        for name in group.names:
            found = (Span(m.start(), m.end()) for m in re.finditer(re.escape(name), text))
            out += [(s, replace(facts[id(group)], text=name, span=s)) for s in found if not taken.touching(s)]
    projects = Placed(out)
    shown = {id(g): _shown_as(g, facts[id(g)], text) for g in sure}
    backs = [(span, shown[id(g)]) for g in sure for span in g.backs if not projects.touching(span)]
    places = tuple(Located(shown[id(g)], p) for g, p in _told_places(work) if id(g) in shown)
    told = Placed(
        (span, KindFound(kind, span, "strong"))
        for g in sure
        for span, kind in g.told
        if kind and kind == facts[id(g)].project_kind
    )
    return Joined(projects, Placed(backs), places, told)


def _shown_as(group: CjkGroup, mention: Mention, text: str) -> Mention:
    """A project's mention in its best words: its name, else the first words that mean it."""
    words = group.names[0] if group.names else _first(group.spans, text) or _first((s for s, _ in group.told), text)
    return replace(mention, text=words or mention.key or "")


def _first(spans: Iterable[Span], text: str) -> str:
    return next((span.of(text) for span in spans), "")
