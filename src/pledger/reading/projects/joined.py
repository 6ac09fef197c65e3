"""All mentions of projects in one document: those of known kinds, those seen by their heads, names, lines of lists.

They are gone through in the order of the text. A mention joins the project that its name, its place or its words point
to; an article that points back joins the one spoken of last; what contradicts in name or place is another one. What a
project's mentions say together (kind, place, name, sponsor) is then said of each of them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from pledger.model import EntityKind, Mention, Span
from pledger.reading.countries import country_code
from pledger.reading.kinds import KindFound, kind_of, parent
from pledger.reading.names import known_organisations
from pledger.reading.patterns import CJK
from pledger.reading.placed import Placed
from pledger.reading.projects.cjk import joined_cjk
from pledger.reading.projects.evidence import meant, shown
from pledger.reading.projects.invested import Invested, invested
from pledger.reading.projects.listing import Item, items
from pledger.reading.projects.naming import Naming, namings
from pledger.reading.projects.places import PlaceFound, is_region, is_town, place_behind, places_led
from pledger.reading.projects.seen import Sighting, sponsors_of
from pledger.reading.projects.things import Thing, is_generic, things

__all__ = ["Joined", "Located", "joined"]

_REACH = 2500
"""Characters back to which an article may point."""
_PLACE_BEFORE = 70
"""Characters before a German thing within which the place stands where it is built."""
_JOINED = 8
_SAME = 600
"""Characters behind a project within which a plant without more words is that project."""
_AND = re.compile(r",?\s(?:and|und|or|&)\s")
_BODY = re.compile(r"[A-Z][\w’'\-]{1,30}\s(?P<head>Facility|Works|Project|Plan|Scheme|Development|Investment|Venture|Site)\b")
"""Institutions that later may be called by their last word."""
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
    """Where only the place of a project stands for it ("Farsund gets a loan")."""
    places: tuple[Located, ...]
    kinds: Placed[KindFound]
    """Words of mentions that tell a kind that no list has."""


@dataclass(slots=True, eq=False)
class _Group:
    """Mentions of one project."""

    base: Mention | None = None
    """What was read of it by its kind, where its kind is known."""
    kinds: Counter[str] = field(default_factory=Counter)
    heads: set[str] = field(default_factory=set)
    words: set[str] = field(default_factory=set)
    names: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)
    """Single words before its head that tell it from others, and by themselves name something else ("the Tyne yard")."""
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
        return any(wanted == n.lower() or wanted in _ends(n) for n in own)

    def apart(self, place: PlaceFound | None) -> bool:
        """Whether the place of a mention contradicts this project's."""
        if place is None:
            return False
        own = [p.text for p in self.places]
        if self.base is not None and self.base.place:
            own.append(self.base.place)
        return bool(own) and not any(_share(place.text, other) for other in own)


def _bodies(text: str) -> dict[str, int]:
    """Where institutions are named first that "the facility" then may mean, by that word."""
    found: dict[str, int] = {}
    for match in _BODY.finditer(text):
        found.setdefault(match["head"].lower(), match.start())
    return found


def _ends(name: str) -> set[str]:
    """The first and the last words of a name, small."""
    parts = re.split(r"[\s,]+", name.lower())
    return {" ".join(parts[:n]) for n in range(1, len(parts))} | {" ".join(parts[n:]) for n in range(1, len(parts))}


def _share(one: str, other: str) -> bool:
    """Whether two places can be one: the parts of one stand in the other."""
    a, b = ({p.strip().lower() for p in place.split(",")} for place in (one, other))
    return bool(a & b)


def joined(sight: Sighting, known: Placed[Mention], found: Placed[KindFound]) -> Joined:
    """The projects of a document; `known` are those of known kinds, `found` all words for kinds."""
    if sight.language in CJK:
        own = joined_cjk(sight, known, found)
        return Joined(own.projects, own.backs, tuple(Located(p.project, p.place) for p in own.places), own.kinds)
    work = _Work(sight, known, found)
    work.gather()
    return work.result()


class _Work:
    """One document on its way through."""

    def __init__(self, sight: Sighting, known: Placed[Mention], found: Placed[KindFound]) -> None:
        self.sight = sight
        self.known = known
        self.found = found
        self.groups: list[_Group] = []
        self.by_facts: dict[tuple[str | None, ...], _Group] = {}
        self.at: dict[Span, _Group] = {}
        self.located: list[tuple[_Group, PlaceFound]] = []
        self.lines: Placed[Item] = Placed()
        self.labelled: Placed[Span] = Placed()
        """Lines of lists that say something of the project spoken of."""
        self.bodies = _bodies(sight.text)

    def gather(self) -> None:
        """Go through the text once."""
        sight = self.sight
        listed = list(items(sight.text, sight.amounts, sight.language))
        self.lines = Placed((item.line, item) for item in listed if isinstance(item, Item))
        self.labelled = Placed((line, line) for line in listed if isinstance(line, Span))
        for mention in (m for _, m in self.known):
            self._of_kind(mention)
        spent = Placed((one.span, one) for one in invested(sight, self.known))
        for index, sentence in enumerate(sight.sentences):
            here = things(sight.text, sentence, sight.language)
            known = self.known.inside(sentence)
            lines = [item for _, item in self.lines.starting(sentence.start, sentence.end)]
            money = spent.inside(sentence)
            named = namings(sight.text, sentence, here, sight.language)
            if not (here or known or lines or money or named):
                continue
            sponsors = self._sponsors(index, here) if here else {}
            events: list[tuple[int, int, object]] = [(item.span.start, 0, item) for item in lines]
            events += [(span.start, 1, mention) for span, mention in known]
            events += [(thing.span.start, 2, thing) for thing in here]
            events += [(max(n.span.start, n.thing.start if n.thing else 0), 3, n) for n in named]
            events += [(one.span.start, 4, one) for _, one in money]
            for _, _, event in sorted(events, key=lambda e: e[:2]):
                if isinstance(event, Item):
                    self._line(index, event)
                elif isinstance(event, Mention):
                    self._known(event, sentence)
                elif isinstance(event, Thing):
                    self._thing(index, event, sponsors.get(event.span, ()))
                elif isinstance(event, Naming):
                    self._naming(index, event)
                elif isinstance(event, Invested):
                    self._spent(index, event)

    def _sponsors(self, index: int, here: Sequence[Thing]) -> dict[Span, tuple[str, ...]]:
        sight, out = self.sight, {}
        sentence = sight.sentences[index]
        for project, name in sponsors_of(sight, sentence, [thing.span for thing in here]):
            if project is not None:
                out[project] = (*out.get(project, ()), name)
        return out

    def _of_kind(self, mention: Mention) -> _Group:
        facts = (mention.project_kind, mention.sponsor, mention.place, mention.programme)
        group = self.by_facts.get(facts)
        if group is None:
            group = self.by_facts[facts] = _Group(base=replace(mention, text="", span=None), sure=True)
            if mention.project_kind:
                group.kinds[mention.project_kind] += 1
            self.groups.append(group)
        if mention.span is not None:
            self.at[mention.span] = group
        return group

    def _known(self, mention: Mention, sentence: Span) -> None:
        group = self._of_kind(mention)
        if mention.span is None:
            return
        group.last = mention.span.end
        place = place_behind(self.sight.text, mention.span.end, sentence.end, self.sight.language)
        if place is not None and not group.apart(place):
            self._place(group, place)

    def _spoken(self) -> _Group | None:
        """The project spoken of last."""
        return max((g for g in self.groups if g.last), key=lambda g: g.last, default=None)

    def _thing(self, index: int, thing: Thing, sponsors: tuple[str, ...]) -> None:
        sight = self.sight
        sentence = sight.sentences[index]
        place = place_behind(sight.text, thing.span.end, sentence.end, sight.language)
        if self.lines.touching(thing.span) or self.labelled.touching(thing.span):
            return
        if is_generic(thing) and thing.definite and self.bodies.get(thing.head, thing.span.end) < thing.span.start:
            return  # "the facility" that lends
        if place is None:
            place = self._before(index, thing)
        over = self.known.touching(thing.span)
        if over:
            group = self._of_kind(over[0][1])
            self._enrich(group, thing, place)
            return
        group = self._beside(thing, placed=place is not None) or self._pointed(thing, place)
        fresh = group is None
        if group is None:
            if thing.definite and thing.name is None and place is None and not sponsors and is_generic(thing):
                return
            group = _Group()
        kind = self._kind(thing)
        if meant(sight, index, thing, place, sponsors):
            group.sure = True
        elif fresh and not (thing.article or place or thing.name):
            return
        if fresh:
            self.groups.append(group)
        if kind is not None:
            group.kinds[kind] += 1
            group.told.append((thing.span, kind))
        group.sponsors += [s for s in sponsors if s not in group.sponsors]
        if (key := sight.pledges.at(sight.sentences, index, thing.span.start)) is not None:
            group.programmes.append(key)
        group.spans.append(thing.span)
        self.at[thing.span] = group
        self._enrich(group, thing, place)

    def _before(self, index: int, thing: Thing) -> PlaceFound | None:
        """The place that stands before a thing: "In Ohio, X plans a plant", "baut in Pune ein Werk"."""
        sight, sentence = self.sight, self.sight.sentences[index]
        if thing.definite:
            return None
        start = sentence.start if sight.language != "de" else max(sentence.start, thing.span.start - _PLACE_BEFORE)
        end = thing.span.start if sight.language == "de" else min(thing.span.start, sentence.start + 40)
        found = places_led(sight.text, Span(start, max(start, end)), sight.language)
        found = [place for place in found if country_code(place.text) is None]
        if sight.language != "de":
            found = [p for p in found if p.span.start - sentence.start < 12]
        return found[-1] if found and not found[-1].span.overlaps(thing.span) else None

    def _beside(self, thing: Thing, *, placed: bool) -> _Group | None:
        """The project of the thing that "and" joins a thing with ("a port and road"), or that it is said to become."""
        if thing.recast and not thing.name:
            return self._spoken()
        last = self._spoken()
        if (
            last is not None
            and is_generic(thing)
            and not (thing.definite or thing.words or thing.name or thing.plural or thing.fresh or placed)
            and thing.span.start - last.last < _SAME
        ):
            return last  # "a $600 million plant": the one that is spoken of
        if thing.article or thing.name is not None:
            return None
        if last is None or not 0 < thing.span.start - last.last < _JOINED:
            return None
        return last if _AND.fullmatch(self.sight.text, last.last, thing.span.start) else None

    def _enrich(self, group: _Group, thing: Thing, place: PlaceFound | None) -> None:
        group.heads.add(thing.head)
        group.words.update(thing.words)
        group.last = thing.span.end
        if place is not None and not group.apart(place):
            self._place(group, place)
        if thing.name is not None and not group.known_as(thing.name):
            if is_region(thing.name) or is_town(thing.name):
                at = self.sight.text.find(thing.name, thing.span.start, thing.span.end)
                self._place(group, PlaceFound(Span(at, at + len(thing.name)), thing.name, thing.name))
            elif thing.name in known_organisations():
                group.sponsors.append(known_organisations()[thing.name])
            elif " " in thing.name:
                group.names.append(thing.name)
            else:
                group.tags.append(thing.name)

    def _place(self, group: _Group, place: PlaceFound) -> None:
        group.places.append(place)
        self.located.append((group, place))

    def _pointed(self, thing: Thing, place: PlaceFound | None) -> _Group | None:
        """The project that a thing's words mean, None where they bring a new one."""
        near = [g for g in self.groups if g.last and thing.span.start - g.last < _REACH]
        near.sort(key=lambda g: -g.last)
        if thing.name is not None:
            named = [g for g in near if g.known_as(thing.name)]
            alike = [g for g in named if self._akin(g, thing)]
            return next(iter(alike or (named if thing.definite and len(named) == 1 else ())), None)
        fitting = [g for g in near if not g.apart(place) and self._akin(g, thing)]
        if thing.definite:
            return fitting[0] if fitting and (thing.words or not is_generic(thing) or fitting[0].last) else None
        same = [g for g in fitting if thing.words and set(thing.words) <= g.words and thing.head in g.heads]
        if place is not None:
            same += [g for g in fitting if any(_share(place.text, p.text) for p in g.places)]
        return same[0] if same else None

    def _akin(self, group: _Group, thing: Thing) -> bool:
        """Whether a group can be called so: by its own head, or by one that any project has."""
        if any(thing.head == head or thing.head.endswith(head) or head.endswith(thing.head) for head in group.heads):
            return not thing.words or not group.words or bool(set(thing.words) & group.words)
        if any(kind in group.kinds for kind in self._known_kinds(thing)):
            return True
        if is_generic(thing):
            return not thing.words or bool(set(thing.words) & group.words)
        return not group.heads and not group.kinds and not thing.words

    def _known_kinds(self, thing: Thing) -> list[str]:
        return [found.kind for span, found in self.found.touching(thing.span)]

    def _kind(self, thing: Thing) -> str | None:
        """The kind of the list, where a word for it stands in the thing; else one of the thing's own words."""
        listed = self._known_kinds(thing)
        if not listed and thing.compound is not None:
            whole = kind_of(thing.compound, self.sight.language)
            parts = (kind_of(word, self.sight.language) for word in thing.words)
            listed = [kind for kind in (whole, *parts) if kind is not None]
        if listed:
            return max(listed, key=lambda kind: (_depth(kind), kind))
        return None if is_generic(thing) and not thing.words else thing.kind

    def _naming(self, index: int, naming: Naming) -> None:
        if naming.thing is not None:
            group = self.at.get(naming.thing)
            if group is None:
                over = self.known.touching(naming.thing)
                group = self._of_kind(over[0][1]) if over else None
        else:
            group = next((g for g in self.groups if g.known_as(naming.name)), None)
        if group is None and naming.thing is not None and self.groups:
            group = self._spoken()
        if group is None:
            if naming.thing is not None and not shown(self.sight, self.sight.sentences[index], naming.thing):
                return
            group = _Group(sure=True)
            if (key := self.sight.pledges.at(self.sight.sentences, index, naming.span.start)) is not None:
                group.programmes.append(key)
            self.groups.append(group)
        if naming.name not in group.names:
            group.names.insert(0, naming.name)
        group.last = max(group.last, naming.span.end)
        sentence = self.sight.sentences[index]
        if not group.places:
            place = place_behind(self.sight.text, naming.span.end, sentence.end, self.sight.language)
            if place is not None and place.text != naming.name:
                self._place(group, place)

    def _line(self, index: int, item: Item) -> None:
        known = self.known.touching(item.span)
        spoken = self._spoken()
        if known:
            group: _Group | None = self._of_kind(known[0][1])
        else:
            group = next(
                (g for g in self.groups if item.place and any(_share(item.place.town, p.town) for p in g.places)), None
            )
        if group is None:
            group = _Group(sure=True)
            if item.words:
                group.kinds["_".join(item.words)] += 1
                group.words.update(item.words)
            elif spoken is not None and item.sponsor is None:
                group.kinds.update(spoken.kinds.keys() or (spoken.base.project_kind or "",) if spoken.base else spoken.kinds.keys())
            self.groups.append(group)
        for span, kind in self.found.inside(item.line):
            group.kinds[kind.kind] += 2
            group.told.append((span, kind.kind))
        if item.place is not None and not group.apart(item.place):
            self._place(group, item.place)
        if item.sponsor and item.sponsor not in group.sponsors:
            group.sponsors.append(item.sponsor)
        if (key := self.sight.pledges.at(self.sight.sentences, index, item.span.start)) is not None:
            group.programmes.append(key)
        if not known:
            group.spans.append(item.span)
        group.last = item.span.end

    def _spent(self, index: int, one: Invested) -> None:
        group = next((g for g in self.groups if any(_share(one.place.town, p.town) for p in g.places) and g.sure), None)
        if group is None:
            group = _Group(sure=True)
            self.groups.append(group)
            if (key := self.sight.pledges.at(self.sight.sentences, index, one.span.start)) is not None:
                group.programmes.append(key)
        self._place(group, one.place)
        if one.sponsor and one.sponsor not in group.sponsors:
            group.sponsors.append(one.sponsor)
        group.spans.append(one.span)
        group.last = one.span.end

    def result(self) -> Joined:
        """The mentions of all groups that turned out to be projects."""
        sure = [g for g in self.groups if g.sure]
        facts = {id(g): _facts(g) for g in sure}
        out: list[tuple[Span, Mention]] = []
        for span, mention in self.known:
            whole = facts[id(self._of_kind(mention))]
            out.append((span, replace(whole, text=mention.text, span=span)))
        taken = Placed(out)
        for group in sure:
            for span in sorted(set(group.spans)):
                if not taken.touching(span):
                    out.append((span, replace(facts[id(group)], text=span.of(self.sight.text), span=span)))
        names, towns = self._alone(sure, facts, Placed(out))
        projects = Placed([*out, *names])
        places = tuple(
            Located(replace(facts[id(g)], text=g.names[0] if g.names else _text(g, self.sight.text)), place)
            for g, place in self.located
            if g.sure
        )
        told = Placed(
            (span, KindFound(kind, span, "strong"))
            for g in sure
            for span, kind in g.told
            if kind == facts[id(g)].project_kind
        )
        return Joined(projects, towns, places, told)

    def _alone(
        self, groups: Sequence[_Group], facts: dict[int, Mention], taken: Placed[Mention]
    ) -> tuple[list[tuple[Span, Mention]], Placed[Mention]]:
        """Where the name of a project stands alone, and where the town of one stands for it."""
        text = self.sight.text
        names: dict[str, _Group] = {}
        for group in groups:
            for name in group.names:
                names.setdefault(name, group)
        towns: dict[str, _Group | None] = {}
        for group in groups:
            for town in {p.town for p in group.places}:
                if not is_region(town) and town not in names:
                    towns[town] = group if towns.get(town, group) is group else None
        single = {town: group for town, group in towns.items() if group is not None}
        alone = [(s, replace(facts[id(names[w])], text=w, span=s)) for s, w in _found(text, names) if not taken.touching(s)]
        stand = [(s, replace(facts[id(single[w])], text=w, span=s)) for s, w in _found(text, single) if not taken.touching(s)]
        return alone, Placed(stand)


def _found(text: str, names: Iterable[str]) -> list[tuple[Span, str]]:
    """Where names stand in a text."""
    listed = sorted(names, key=lambda n: (-len(n), n))[:_MOST_NAMES]
    if not listed:
        return []
    pattern = re.compile(rf"(?<![\w])(?:{'|'.join(re.escape(n) for n in listed)})(?![\w])")
    return [(Span(*match.span()), match[0]) for match in pattern.finditer(text)]


def _text(group: _Group, text: str) -> str:
    return group.spans[0].of(text) if group.spans else ""


def _facts(group: _Group) -> Mention:
    """What all mentions of a project say of it together; the words are still to be put in."""
    kind = max(group.kinds, key=lambda k: (_depth(k), group.kinds[k], len(k), k), default=None) or None
    place = max((p.text for p in group.places), key=lambda p: ("," in p, -[q.text for q in group.places].index(p)), default=None)
    towns = {place.town for place in group.places}
    name = next((n for n in (*group.names, *group.tags) if n not in towns), None)
    if group.base is not None:
        own = group.base.place
        if own is None or (place is not None and place != own and _share(place, own) and len(place) > len(own)):
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


def _depth(kind: str) -> int:
    """How many kinds stand above a kind."""
    above, depth = parent(kind), 0
    while above is not None:
        above, depth = parent(above), depth + 1
    return depth
