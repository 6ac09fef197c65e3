"""One Japanese, Chinese or Korean document on its way through: its mentions in order, and what each of them joins."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache

from pledger.model import Mention, Span
from pledger.reading.kinds import KindFound, family, kind_of
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.projects.cjk_group import CjkGroup
from pledger.reading.projects.cjk_lists import Entry, entries
from pledger.reading.projects.cjk_places import places_in
from pledger.reading.projects.cjk_sites import joined_places, place_of
from pledger.reading.projects.cjk_things import CjkThing, Named, is_part, namings_in, things_in
from pledger.reading.projects.places import PlaceFound
from pledger.reading.projects.seen import Sighting, sponsors_of

__all__ = ["CjkWork"]

_LATELY, _MOST_GROUPS = 40, 400
"""Projects that are looked back at, and those of one text: more are no article but a list or a flood."""
_REACH = 1500
"""Characters back to which "the plant" may point."""
_SHOWN = 45
"""Characters around a thing within which words of building speak of it."""
_LEAST = 1e6
"""Units of any currency below which an amount in the sentence is no price of something built."""
_FIELD = re.compile(r"(?:関連|分野|部門)?では|(?:领域|領域|方面)|(?: ?분야)?에서는")
"""Behind a thing these make it a field of which the sentence tells."""
_OPENING = 120
"""Characters in which even a thing without words ("変電所") may turn out to be what the text is about."""
_NEW = frozenset(("新", "新しい", "새", "신"))
"""Before a head that was spoken of, alone, these mean that one: "古いターミナルの建て替え … 新ターミナル"."""


@cache
def _evidence(language: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("things_cjk", "evidence", language)))


class CjkWork:
    """One document on its way through."""

    def __init__(self, sight: Sighting, known: Placed[Mention], found: Placed[KindFound]) -> None:
        self.sight = sight
        self.known = known
        self.found = found
        self.groups: list[CjkGroup] = []
        self.by_facts: dict[tuple[str | None, ...], CjkGroup] = {}
        self.at: dict[Span, CjkGroup] = {}
        self.located: list[tuple[CjkGroup, PlaceFound]] = []
        self.scopes: list[tuple[Span, CjkGroup]] = []

    def gather(self) -> None:
        """Go through the text once."""
        sight = self.sight
        for _, mention in self.known:
            self.of_kind(mention)
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

    def of_kind(self, mention: Mention) -> CjkGroup:
        """The project of a mention of a known kind: one for all mentions that say the same."""
        facts = (mention.project_kind, mention.sponsor, mention.place, mention.programme)
        group = self.by_facts.get(facts)
        if group is None:
            group = self.by_facts[facts] = CjkGroup(base=replace(mention, text="", span=None), sure=True)
            if mention.project_kind:
                group.kinds[mention.project_kind] += 1
            self.groups.append(group)
        if mention.span is not None:
            self.at[mention.span] = group
        return group

    def _known(self, mention: Mention, sentence: Span, places: Sequence[PlaceFound]) -> None:
        if mention.span is None:
            return
        group = self.of_kind(mention)
        group.last = mention.span.start
        group.told.append((mention.span, ""))
        group.words.append(mention.text)
        place = place_of(self.sight, mention.span, sentence, places)
        if place is not None and not group.apart(place):
            self._place(group, place)
            self._also(group, place, places)

    def _near(self, here: int) -> list[CjkGroup]:
        """The projects that were spoken of, the last one first."""
        near = [g for g in self.groups[-_LATELY:] if g.sure and g.last >= 0 and here - g.last < _REACH]
        return sorted(near, key=lambda g: -g.last)

    def _unsure(self, here: int) -> list[CjkGroup]:
        """The things that were seen and are no projects so far, the last one first."""
        seen = [g for g in self.groups[-_LATELY:] if not g.sure and g.heads and g.last >= 0 and here - g.last < _REACH]
        return sorted(seen, key=lambda g: -g.last)

    def _whole(self, thing: CjkThing, sentence: Span, near: Sequence[CjkGroup]) -> CjkGroup | None:
        """The project of which a thing is only a part, by its own words or by those before it."""
        if not is_part(self.sight.page.text, sentence, thing, self.sight.page.language):
            return None
        seen = [*near, *self._unsure(thing.span.start)]
        return max(seen, key=lambda g: g.last) if seen else None

    def _again(self, thing: CjkThing, place: PlaceFound | None) -> CjkGroup | None:
        """A thing seen before that is no project so far and that this one means again: same head, no other words."""
        return next(
            (
                g
                for g in self._unsure(thing.span.start)
                if not g.apart(place) and thing.head in g.heads and thing.kind is not None and g.akin(thing)
            ),
            None,
        )

    def _scope(self, here: int) -> CjkGroup | None:
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
        if len(self.groups) >= _MOST_GROUPS:
            return
        place = place_of(self.sight, thing.span, sentence, places)
        over = self.known.touching(thing.span) or self._joint(thing.span)
        near = self._near(thing.span.start)
        group = self.of_kind(over[0][1]) if over else self._scope(thing.span.start)
        if group is None and (thing.definite or (thing.kind is None and not thing.words and place is None)):
            group = next((g for g in near if g.akin(thing)), near[0] if near and thing.kind is None else None)
            if group is None:
                group = next((g for g in self._unsure(thing.span.start) if g.akin(thing)), None)
            if group is None and not named:
                return
            if group is not None:
                group.backs.append(thing.span)
                group.last = thing.span.start
                self.at[thing.span] = group
                return
        whole = self._whole(thing, sentence, near) if group is None else None
        if whole is not None:
            whole.backs.append(thing.span)
            whole.heads.add(thing.head)
            whole.last = thing.span.start
            self.at[thing.span] = whole
            return
        fresh = group is None
        if fresh and place is None and not (named or sponsors) and self._field(thing, near):
            return
        if group is None:
            group = self._pointed(thing, place, near) or self._again(thing, place) or CjkGroup()
            fresh = group not in self.groups
        if fresh:
            opens = thing.kind is not None and thing.span.start < _OPENING
            if not (opens or place or named or thing.words or self._priced(sentence, thing.span)):
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

    def _field(self, thing: CjkThing, near: Sequence[CjkGroup]) -> bool:
        """Whether words only say of which field the sentence goes on to tell: "電力設備では、X が最大…"."""
        if _FIELD.match(self.sight.page.text, thing.span.end) is None:
            return False
        return not any(g.akin(thing) and thing.words in g.words for g in near)

    def _joint(self, span: Span) -> list[tuple[Span, Mention]]:
        """The mention of a known kind that a particle joins with a thing: "半導体の後工程工場"."""
        before = self.known.last(span.start)
        if before is None or re.fullmatch(r"[の的의]? ?", self.sight.page.text[before[0].end : span.start]) is None:
            return []
        return [before]

    def _pointed(self, thing: CjkThing, place: PlaceFound | None, near: Sequence[CjkGroup]) -> CjkGroup | None:
        """The project that a thing's words mean, None where they bring a new one."""
        if thing.words:
            named = [g for g in near if g.known_as(thing.words)]
            if named:
                return next((g for g in named if g.akin(replace(thing, words=""))), named[0])
        if place is not None:
            here = [g for g in near if g.places and not g.apart(place) and g.akin(replace(thing, words=""))]
            if here:
                return here[0]
        if thing.words in _NEW and place is None:
            same = [g for g in near if any(head.endswith(thing.head) for head in g.heads)]
            if same:
                return same[0]
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

    def _place(self, group: CjkGroup, place: PlaceFound) -> None:
        group.places.append(place)
        self.located.append((group, place))

    def _also(self, group: CjkGroup, place: PlaceFound, places: Sequence[PlaceFound]) -> None:
        self.located += [(group, other) for other in joined_places(self.sight, place, places)]

    def _programme(self, group: CjkGroup, index: int, position: int) -> None:
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
            place = place_of(self.sight, naming.span, sentence, places)
            if not (self._shown(index, naming.span) or place is not None):
                return
            group = CjkGroup(sure=True)
            self.groups.append(group)
            self._programme(group, index, naming.span.start)
            if place is not None:
                self._place(group, place)
        if naming.name not in group.names:
            group.names.append(naming.name)
        if self._shown(index, naming.span):
            group.sure = True
        if not group.places:
            place = place_of(self.sight, naming.span, sentence, places)
            if place is not None:
                self._place(group, place)
        group.last = naming.span.start

    def _entry(self, index: int, entry: Entry) -> None:
        over = self.known.touching(entry.label)
        group = self.of_kind(over[0][1]) if over else CjkGroup(sure=True)
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
