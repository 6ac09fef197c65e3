"""All mentions of projects in a Japanese, Chinese or Korean document, and which of them mean the same one.

As in the other languages (`joined`), mentions are gone through in the order of the text: those of known kinds, things
seen by their heads, names in quotation marks, entries of lists. A mention joins the project that its words point to.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pledger.model import EntityKind, Mention, Span
from pledger.reading.countries import countries_between, country_name
from pledger.reading.kinds import KindFound, family, kind_of
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.projects.cjk_lists import Entry, entries
from pledger.reading.projects.cjk_places import place_known, places_in
from pledger.reading.projects.cjk_things import CjkThing, Named, namings_in, things_in
from pledger.reading.projects.places import PlaceFound
from pledger.reading.projects.seen import Sighting, sponsors_of
from pledger.reading.projects.told import Joined, Located

__all__ = ["joined_cjk"]

_REACH = 1500
"""Characters back to which "the plant" may point."""
_PLACED = 40
"""Characters before a thing within which its place stands."""
_BEHIND = 12
"""Characters behind a thing within which its place may stand."""
_SHOWN = 45
"""Characters around a thing within which words of building speak of it."""
_LEAST = 1e6
"""Units of any currency below which an amount in the sentence is no price of something built."""


_LOOSE = frozenset(("plant", "base", "hub", "complex", "industrial_park"))
"""Kinds whose heads many other things are called by once they are known ("the plant")."""
_UNTELLING = frozenset(("terminal", "port", "base", "hub", "complex", "centre", "production_line"))
"""Kinds whose heads say little of what is built: a terminal may be for oil, for gas, for containers."""
_LINES = frozenset(
    ("power", "pipeline", "rail", "road", "bridge", "tunnel", "cable", "transmission_line", "port", "airport")
)
"""Families that nobody calls a plant."""


@dataclass(slots=True, eq=False)
class _Group:
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
            if family(thing.kind) not in families and not (
                loose and thing.kind in _LOOSE and families.isdisjoint(_LINES)
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


@cache
def _evidence(language: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("things_cjk", "evidence", language)))


@cache
def _acting() -> re.Pattern[str]:
    """Behind a place, these make it one who acts rather than one where something stands: "州政府"."""
    return re.compile(any_of(plain("places_cjk", "slots", "acting")))


@cache
def _and() -> re.Pattern[str]:
    """What joins two places at which a thing stands."""
    return re.compile(rf"[、，]?{any_of(plain('places_cjk', 'slots', 'joining'))} ?")


def joined_cjk(sight: Sighting, known: Placed[Mention], found: Placed[KindFound]) -> Joined:
    """The projects of a document; `known` are those of known kinds, `found` all words for kinds."""
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
        self.scopes: list[tuple[Span, _Group]] = []

    def gather(self) -> None:
        """Go through the text once."""
        sight = self.sight
        for _, mention in self.known:
            self._of_kind(mention)
        lists = list(entries(sight.page.text, sight.amounts, sight.page.language))
        for index, sentence in enumerate(sight.page.sentences):
            here = things_in(sight.page.text, sentence, sight.page.language)
            known = self.known.inside(sentence)
            lines = [entry for entry in lists if sentence.start <= entry.label.start < sentence.end]
            names = namings_in(sight.page.text, sentence, here, sight.page.language)
            if not (here or known or lines or names):
                continue
            places = places_in(sight.page.text, sentence, sight.page.language)
            sponsors = self._sponsors(index, here)
            events: list[tuple[int, int, Entry | Mention | CjkThing | Named]] = []
            events += [(entry.label.start, 0, entry) for entry in lines]
            events += [(span.start, 1, mention) for span, mention in known]
            events += [(thing.span.start, 2, thing) for thing in here]
            events += [(max(n.span.end, n.thing.end if n.thing else 0), 3, n) for n in names]
            for _, _, event in sorted(events, key=lambda e: e[:2]):
                if isinstance(event, Entry):
                    self._entry(index, event)
                elif isinstance(event, Mention):
                    self._known(event, sentence, places)
                elif isinstance(event, CjkThing):
                    named = any(n.thing == event.span for n in names)
                    self._thing(index, event, places, sponsors.get(event.span, ()), named=named)
                else:
                    self._naming(index, event, places)

    def _sponsors(self, index: int, here: Sequence[CjkThing]) -> dict[Span, tuple[str, ...]]:
        out: dict[Span, tuple[str, ...]] = {}
        if here:
            for project, name in sponsors_of(self.sight, index, [thing.span for thing in here]):
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

    def _known(self, mention: Mention, sentence: Span, places: Sequence[PlaceFound]) -> None:
        if mention.span is None:
            return
        group = self._of_kind(mention)
        group.last = mention.span.start
        group.told.append((mention.span, ""))
        group.words.append(mention.text)
        place = self._place_of(mention.span, sentence, places)
        if place is not None and not group.apart(place):
            self._place(group, place)
            self._also(group, place, places)

    def _near(self, here: int) -> list[_Group]:
        """The projects that were spoken of, the last one first."""
        near = [g for g in self.groups if g.sure and g.last >= 0 and here - g.last < _REACH]
        return sorted(near, key=lambda g: -g.last)

    def _scope(self, here: int) -> _Group | None:
        return next((g for scope, g in reversed(self.scopes) if scope.start <= here < scope.end), None)

    def _thing(
        self,
        index: int,
        thing: CjkThing,
        places: Sequence[PlaceFound],
        sponsors: tuple[str, ...],
        *,
        named: bool,
    ) -> None:
        sentence = self.sight.page.sentences[index]
        place = self._place_of(thing.span, sentence, places)
        over = self.known.touching(thing.span) or self._joint(thing.span)
        near = self._near(thing.span.start)
        group = self._of_kind(over[0][1]) if over else self._scope(thing.span.start)
        if group is None and (thing.definite or (thing.kind is None and not thing.words and place is None)):
            group = next((g for g in near if g.akin(thing)), near[0] if near and thing.kind is None else None)
            if group is None and not named:
                return
            if group is not None:
                group.backs.append(thing.span)
                group.last = thing.span.start
                self.at[thing.span] = group
                return
        fresh = group is None
        if group is None:
            group = self._pointed(thing, place, near) or _Group()
            fresh = group not in self.groups
        if fresh:
            if not (place or named or thing.words or self._priced(sentence, thing.span)):
                return
            self.groups.append(group)
        spoken = any(sentence.start <= other.last < thing.span.start for other in near if other is not group)
        told = place is not None or named or bool(sponsors)
        told = told or (not spoken and self._priced(sentence, thing.span))
        if told and self._shown(index, thing.span):
            group.sure = True
        kind = self._kind(thing)
        if kind is not None and not over:
            group.kinds[kind] += 1
            group.told.append((thing.span, kind))
        group.heads.add(thing.head)
        if thing.words:
            group.words.append(thing.words)
        group.sponsors += [s for s in sponsors if s not in group.sponsors]
        self._programme(group, index, thing.span.start)
        if place is not None and not group.apart(place):
            self._place(group, place)
            self._also(group, place, places)
        if not over:
            group.spans.append(thing.span)
        group.last = thing.span.start
        self.at[thing.span] = group

    def _joint(self, span: Span) -> list[tuple[Span, Mention]]:
        """The mention of a known kind that a particle joins with a thing: "半導体の後工程工場"."""
        before = self.known.last(span.start)
        if before is None or re.fullmatch(r"[の的의]? ?", self.sight.page.text[before[0].end : span.start]) is None:
            return []
        return [before]

    def _pointed(self, thing: CjkThing, place: PlaceFound | None, near: Sequence[_Group]) -> _Group | None:
        """The project that a thing's words mean, None where they bring a new one."""
        if thing.words:
            named = [g for g in near if g.known_as(thing.words)]
            if named:
                return next((g for g in named if g.akin(replace(thing, words=""))), named[0])
        if place is not None:
            here = [g for g in near if g.places and not g.apart(place) and g.akin(replace(thing, words=""))]
            if here:
                return here[0]
        fitting = [g for g in near if not g.apart(place) and g.akin(thing)]
        if thing.words.startswith(("新", "第2", "第二", "제2")) and not any(thing.words in g.words for g in fitting):
            return None
        return fitting[0] if fitting and (thing.kind is not None or place is None) else None

    def _kind(self, thing: CjkThing) -> str | None:
        """The kind of the list where a word for it stands in the thing, else what its head tells."""
        listed = [found.kind for _, found in self.found.touching(thing.span)]
        if listed:
            return max(listed, key=lambda kind: (family(kind) != kind, kind))
        words = thing.words + (" " if self.sight.page.language == "ko" and thing.words else "") + thing.head
        brackets = re.compile(r" ?[（(]([^（()）]{1,12})[)）]")
        for said in (words, brackets.sub("", words), brackets.sub(r"\1", words)):
            for size in range(len(said), 1, -1):
                kind = kind_of(said[-size:], self.sight.page.language)
                if kind is not None:
                    return kind
        return thing.kind

    def _place_of(self, span: Span, sentence: Span, places: Sequence[PlaceFound]) -> PlaceFound | None:
        """Where a thing stands: a place in its own words, or the last one before it that does not act."""
        text = self.sight.page.text
        inside = [p for p in places if span.start <= p.span.start and p.span.end <= span.end]
        if inside:
            return inside[0]
        opening = self._opening(span)
        if opening is not None:
            return opening
        before = [p for p in places if p.span.end <= span.start + 1 and span.start - p.span.end < _PLACED]
        for place in reversed(before):
            between = text[place.span.end : span.start]
            if re.search(r"[。；;！？\n]", between):
                break
            if not _acting().match(text, place.span.end):
                return place
        return self._behind(span, sentence, places) or self._land(span, sentence)

    def _behind(self, span: Span, sentence: Span, places: Sequence[PlaceFound]) -> PlaceFound | None:
        """A place right behind a thing where it is built: "공장을 플젠에", "工廠設在高雄"."""
        text, led = self.sight.page.text, plain("places_cjk", "slots", "built_at")
        for place in places:
            if not span.end <= place.span.start <= min(sentence.end, span.end + _BEHIND):
                continue
            between = text[span.end : place.span.start]
            particle = re.compile(r"(?:に|で|에|에서)(?![가-힣ぁ-んは])").match(text, place.span.end)
            if re.fullmatch(r"(?:を|을|를|の|은|는|は|が|，|、|\s){0,3}", between) and particle:
                return place
            if re.search(rf"{any_of(led)}$", between):
                return place
        return None

    def _opening(self, span: Span) -> PlaceFound | None:
        """The place with which a thing's words begin: "포항 공장", "印西データセンター"."""
        language, words = self.sight.page.language, span.of(self.sight.page.text)
        if language == "ko":
            first = words.split(" ")[0]
            return self._as_place(span.start, first) if " " in words and place_known(first, language) else None
        for size in (5, 4, 3, 2):
            if len(words) > size + 1 and place_known(words[:size], language):
                return self._as_place(span.start, words[:size])
        return None

    def _as_place(self, start: int, words: str) -> PlaceFound:
        found = places_in(words + "에", Span(0, len(words) + 1), self.sight.page.language)
        name = found[0].text if found else words
        return PlaceFound(Span(start, start + len(words)), name, words)

    def _land(self, span: Span, sentence: Span) -> PlaceFound | None:
        """The country right before a thing or its quotation mark."""
        start = max(sentence.start, span.start - 12)
        text = self.sight.page.text
        for country in reversed(countries_between(self.sight.page, start, span.start)):
            gap = text[country.span.end : span.start]
            if country.form == "name" and re.fullmatch(r"[的の의 “「『‘'\"]{0,3}", gap):
                return PlaceFound(country.span, country_name(country.code), country.span.of(text))
        return None

    def _place(self, group: _Group, place: PlaceFound) -> None:
        group.places.append(place)
        self.located.append((group, place))

    def _also(self, group: _Group, place: PlaceFound, places: Sequence[PlaceFound]) -> None:
        """Places that "and" joins with the one of a thing: it stands, or its units stand, at each."""
        end = place.span.start
        for other in reversed([p for p in places if p.span.end <= place.span.start]):
            if not _and().fullmatch(self.sight.page.text, other.span.end, end):
                break
            self.located.append((group, other))
            end = other.span.start

    def _programme(self, group: _Group, index: int, position: int) -> None:
        key = self.sight.pledges.at(self.sight.page.sentences, index, position)
        if key is not None:
            group.programmes.append(key)

    def _shown(self, index: int, span: Span) -> bool:
        sentence = self.sight.page.sentences[index]
        start, end = max(sentence.start, span.start - _SHOWN), min(sentence.end, span.end + _SHOWN)
        return (
            index in self.sight.staged
            or _evidence(self.sight.page.language).search(self.sight.page.text, start, end) is not None
        )

    def _priced(self, sentence: Span, span: Span) -> bool:
        """Whether an amount that can be a price stands near a thing in its sentence."""
        near = Span(max(sentence.start, span.start - _SHOWN), min(sentence.end, span.end + _SHOWN))
        sizes = (max(a.value.low or 0.0, a.value.high or 0.0) for _, a in self.sight.amounts.inside(near))
        return any(size >= _LEAST for size in sizes)

    def _naming(self, index: int, naming: Named, places: Sequence[PlaceFound]) -> None:
        sentence = self.sight.page.sentences[index]
        group = next((g for g in self.groups if naming.name in g.names), None)
        if group is None and naming.thing is not None:
            group = self.at.get(naming.thing)
        if group is None:
            place = self._place_of(naming.span, sentence, places)
            if not (self._shown(index, naming.span) or place is not None):
                return
            group = _Group(sure=True)
            self.groups.append(group)
            self._programme(group, index, naming.span.start)
            if place is not None:
                self._place(group, place)
        if naming.name not in group.names:
            group.names.append(naming.name)
        if self._shown(index, naming.span):
            group.sure = True
        if not group.places:
            place = self._place_of(naming.span, sentence, places)
            if place is not None:
                self._place(group, place)
        group.last = naming.span.start

    def _entry(self, index: int, entry: Entry) -> None:
        over = self.known.touching(entry.label)
        group = self._of_kind(over[0][1]) if over else _Group(sure=True)
        if not over:
            self.groups.append(group)
        for _, found in self.found.inside(entry.scope):
            group.kinds[found.kind] += 1
        if entry.place is not None:
            self._place(group, entry.place)
        if entry.sponsor:
            group.sponsors.append(entry.sponsor)
        self._programme(group, index, entry.label.start)
        group.spans.append(entry.label)
        group.words.append(entry.label.of(self.sight.page.text))
        group.last = entry.label.start
        self.scopes.append((entry.scope, group))

    def _told_places(self) -> list[tuple[_Group, PlaceFound]]:
        """Each place of a project once; a wider one says nothing new where a town in it is known."""
        out: list[tuple[_Group, PlaceFound]] = []
        for group, place in self.located:
            own = (other.text for whose, other in out if whose is group)
            if group.sure and not any(place.text == other or other.endswith(place.text) for other in own):
                out.append((group, place))
        return out

    def result(self) -> Joined:
        """The mentions of all groups that turned out to be projects."""
        text = self.sight.page.text
        sure = [g for g in self.groups if g.sure]
        facts = {id(g): _facts(g) for g in sure}
        out: list[tuple[Span, Mention]] = []
        for span, mention in self.known:
            whole = facts[id(self._of_kind(mention))]
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
        places = tuple(Located(shown[id(g)], p) for g, p in self._told_places())
        told = Placed(
            (span, KindFound(kind, span, "strong"))
            for g in sure
            for span, kind in g.told
            if kind and kind == facts[id(g)].project_kind
        )
        return Joined(projects, Placed(backs), places, told)


def _shown_as(group: _Group, mention: Mention, text: str) -> Mention:
    """A project's mention in its best words: its name, else the first words that mean it."""
    words = group.names[0] if group.names else _first(group.spans, text) or _first((s for s, _ in group.told), text)
    return replace(mention, text=words or mention.key or "")


def _first(spans: Iterable[Span], text: str) -> str:
    return next((span.of(text) for span in spans), "")


def _facts(group: _Group) -> Mention:
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
