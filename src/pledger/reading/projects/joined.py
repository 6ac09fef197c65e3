"""All mentions of projects in one document: those of known kinds, those seen by their heads, names, lines of lists.

They are gone through in the order of the text. A mention joins the project that its name, its place or its words point
to; an article that points back joins the one spoken of last; what contradicts in name or place is another one. What a
project's mentions say together (kind, place, name, sponsor) is then said of each of them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import islice

from pledger.data import lexicon
from pledger.model import Mention, Span
from pledger.reading.countries import country_code
from pledger.reading.kinds import KindFound, kind_of
from pledger.reading.names import known_organisations
from pledger.reading.patterns import CJK, any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.projects.back import bodies
from pledger.reading.projects.chief import chief_of
from pledger.reading.projects.cjk import joined_cjk
from pledger.reading.projects.evidence import LEAST, meant, shown, size
from pledger.reading.projects.group import Group, depth, share
from pledger.reading.projects.invested import Invested, invested
from pledger.reading.projects.listing import Item, items
from pledger.reading.projects.naming import NAMINGS, Naming, namings
from pledger.reading.projects.nobodys import is_scene
from pledger.reading.projects.places import PlaceFound, is_region, is_town, place_behind, places_led
from pledger.reading.projects.rows import place_in_row
from pledger.reading.projects.seen import Sighting, sponsors_of
from pledger.reading.projects.things import HEADS, Thing, is_generic, things
from pledger.reading.projects.told import Gathered, Joined, told

__all__ = ["joined"]

_REACH = 2500
"""Characters back to which an article may point."""
_PLACE_BEFORE = 70
"""Characters before a German thing within which the place stands where it is built."""
_OPENING = 40
"""Characters at the start of a sentence in which a name shows what it is about."""
_RECENT = 30
"""How many projects, the latest, may be recalled by name."""
_SETS_OUT = 300
"""Characters at the start of a text in which "the chip plant" names what it goes on to speak of."""
_JOINED = 8
_SAME = 600
"""Characters behind a project within which a plant without more words is that project."""
_AND = re.compile(r",?\s(?:and|und|or|&)\s")
_THAT = re.compile(r"[Tt]h(?:at|is)\s")
_IS = re.compile(r"(?<!\w)(?:is|was|be|now|becomes?|became|remains?)[ \n]$", re.IGNORECASE)
_WORD_BEFORE = 12
_CLAUSE = 60
_STOP = re.compile(r"[.!?](?:\s|$)|\n")
_PRONOUN = re.compile(
    r"(?:^|[.!?,;:“\"\n]\s?)(?:[Ii]t|[Tt]his|[Tt]hat|[Tt]he (?:project|plant|site|facility|scheme))\s[^.!?\n]{0,50}$"
)
"""How a clause opens that goes on about what was spoken of last."""
_SHORT_WORD = 3
_MOST_FACTS = 20
"""Names, and places, of one project that are kept."""


@cache
def _meaning() -> dict[str, str]:
    """The kinds of the list that heads mean which by themselves, in other texts, are many things ("reactor")."""
    return dict(lexicon("things")["meaning"])


def joined(sight: Sighting, known: Placed[Mention], found: Placed[KindFound]) -> Joined:
    """The projects of a document; `known` are those of known kinds, `found` all words for kinds."""
    if sight.page.language in CJK:
        return joined_cjk(sight, known, found)
    work = _Work(sight, known, found)
    work.gather()
    chief = chief_of(work.groups, sight)
    if chief is not None:
        chief.sure = True
    mentions = [(mention, work.of_kind(mention)) for _, mention in known]
    return told(Gathered(sight.page.text, mentions, work.groups, work.located, sight.pledges))


@cache
def _makes() -> re.Pattern[str]:
    """What a thing is to make, behind its name and place; English only."""
    making = any_of(plain("kinds", "heads", "making_en"))
    return re.compile(rf",?\s(?:that |which )?(?:will|would|is to|are to|to|for|that)\s?{making}?\s", re.IGNORECASE)


class _Work:
    """One document on its way through."""

    def __init__(self, sight: Sighting, known: Placed[Mention], found: Placed[KindFound]) -> None:
        self.sight = sight
        self.known = known
        self.found = found
        self.groups: list[Group] = []
        self.by_facts: dict[tuple[str | None, ...], Group] = {}
        self.at: dict[Span, Group] = {}
        self.recent: dict[int, Group] = {}
        """The projects in the order in which they were spoken of, the latest last."""
        self.towns: dict[str, Group] = {}
        """The first project of each town."""
        self.located: list[tuple[Group, PlaceFound]] = []
        self.lines: Placed[Item] = Placed()
        self.labelled: Placed[Span] = Placed()
        """Lines of lists that say something of the project spoken of."""
        self.bodies = bodies(sight.page.text)

    def gather(self) -> None:
        """Go through the text once."""
        sight = self.sight
        listed = list(items(sight.page.text, sight.amounts, sight.page.language))
        self.lines = Placed((item.line, item) for item in listed if isinstance(item, Item))
        self.labelled = Placed((line, line) for line in listed if isinstance(line, Span))
        for mention in (m for _, m in self.known):
            self.of_kind(mention)
        spent = Placed((one.span, one) for one in invested(sight, self.known))
        for index, sentence in enumerate(sight.page.sentences):
            built = sight.page.has(HEADS, index)
            here = things(sight.page.text, sentence, sight.page.language) if built else []
            self._recalled(sentence)
            known = self.known.inside(sentence)
            lines = [item for _, item in self.lines.starting(sentence.start, sentence.end)]
            money = spent.inside(sentence)
            called = here or sight.page.has(NAMINGS, index)
            named = namings(sight.page.text, sentence, here, sight.page.language) if called else []
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

    def _recalled(self, sentence: Span) -> None:
        """Projects whose town or name opens a sentence are spoken of again."""
        opening = self.sight.page.text[sentence.start : min(sentence.end, sentence.start + _OPENING)]
        for group in self._near():
            for name in (*group.names[:2], *(place.town for place in group.places[:2])):
                if name in opening and not is_region(name):
                    self._touch(group, sentence.start)

    def _sponsors(self, index: int, here: Sequence[Thing]) -> dict[Span, tuple[str, ...]]:
        sight = self.sight
        out: dict[Span, tuple[str, ...]] = {}
        for project, name in sponsors_of(sight, index, [thing.span for thing in here]):
            if project is not None:
                out[project] = (*out.get(project, ()), name)
        return out

    def of_kind(self, mention: Mention) -> Group:
        """The project of a mention whose kind is known."""
        facts = (mention.project_kind, mention.sponsor, mention.place, mention.programme)
        group = self.by_facts.get(facts)
        if group is None:
            group = self.by_facts[facts] = Group(base=replace(mention, text="", span=None), sure=True)
            if mention.project_kind:
                group.kinds[mention.project_kind] += 1
            self.groups.append(group)
        if mention.span is not None:
            self.at[mention.span] = group
        return group

    def _known(self, mention: Mention, sentence: Span) -> None:
        group = self.of_kind(mention)
        if mention.span is None:
            return
        self._touch(group, mention.span.end)
        text, language = self.sight.page.text, self.sight.page.language
        place = place_behind(text, mention.span.end, sentence.end, language)
        place = place or place_in_row(text, sentence, mention.span, language)
        if place is not None and not group.apart(place):
            self._place(group, place)

    def _touch(self, group: Group, position: int) -> None:
        """A project is spoken of up to `position`."""
        group.last = max(group.last, position)
        self.recent.pop(id(group), None)
        self.recent[id(group)] = group

    def _near(self) -> list[Group]:
        """The projects spoken of lately, the latest first."""
        return list(islice(reversed(self.recent.values()), _RECENT))

    def _spoken(self) -> Group | None:
        """The project spoken of last."""
        return next(reversed(self.recent.values()), None)

    def _thing(self, index: int, thing: Thing, sponsors: tuple[str, ...]) -> None:
        sight = self.sight
        sentence = sight.page.sentences[index]
        place = place_behind(sight.page.text, thing.span.end, sentence.end, sight.page.language)
        if self.lines.touching(thing.span) or self.labelled.touching(thing.span):
            return
        if is_generic(thing) and thing.definite and self.bodies.get(thing.head, thing.span.end) < thing.span.start:
            return  # "the facility" that lends
        if place is None:
            place = self._before(index, thing)
        over = self.known.touching(thing.span)
        if over:
            group = self.of_kind(over[0][1])
            self._enrich(group, thing, place)
            return
        meant_one = self._beside(thing, placed=place is not None) or self._pointed(thing, place)
        fresh = meant_one is None
        known = thing.name is not None or place is not None or bool(sponsors)
        opens = bool(thing.words) and thing.span.start < _SETS_OUT
        if meant_one is None and thing.definite and is_generic(thing) and not (known or opens or thing.words):
            return
        group = meant_one or Group()
        kind = self._kind(thing)
        again = not fresh and not group.sure and thing.definite
        if meant(sight, index, thing, place, sponsors) or (again and self._goes_on(index, thing)):
            group.sure = True
        elif fresh and not (thing.article or place or thing.name):
            return
        if fresh:
            self.groups.append(group)
        made = self._made_there(sentence, thing, place)
        if kind is not None and (made is None or self._known_kinds(thing)):
            group.kinds[kind] += 1
            group.told.append((thing.span, kind))
        elif made is not None:
            group.kinds[made] += 1
        group.sponsors += [s for s in sponsors if s not in group.sponsors]
        if (key := sight.pledges.at(sight.page.sentences, index, thing.span.start)) is not None:
            group.programmes.append(key)
        group.spans.append(self._without_firm(thing))
        self.at[thing.span] = group
        self._enrich(group, thing, place)

    def _before(self, index: int, thing: Thing) -> PlaceFound | None:
        """The place that stands before a thing: "In Ohio, X plans a plant", "baut in Pune ein Werk"."""
        sight, sentence = self.sight, self.sight.page.sentences[index]
        if thing.definite:
            return None
        start = sentence.start if sight.page.language != "de" else max(sentence.start, thing.span.start - _PLACE_BEFORE)
        end = thing.span.start if sight.page.language == "de" else min(thing.span.start, sentence.start + 40)
        found = places_led(sight.page.text, Span(start, max(start, end)), sight.page.language)
        found = [p for p in found if country_code(p.text) is None and not is_scene(p.text, sight.pledges)]
        if sight.page.language != "de":
            found = [p for p in found if p.span.start - sentence.start < 12]
        return found[-1] if found and not found[-1].span.overlaps(thing.span) else None

    def _beside(self, thing: Thing, *, placed: bool) -> Group | None:
        """The project of the thing that "and" joins a thing with ("a port and road"), or that it is said to become."""
        last = self._spoken()
        if thing.recast and not thing.name and self._is_subject(last, thing):
            return last
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
        return last if _AND.fullmatch(self.sight.page.text, last.last, thing.span.start) else None

    def _made_there(self, sentence: Span, thing: Thing, place: PlaceFound | None) -> str | None:
        """The kind that the words right behind a thing tell: "the unit at Salem, Ohio, will make power modules"."""
        text, start = self.sight.page.text, place.span.end if place is not None else thing.span.end
        making = _makes().match(text, start, min(sentence.end, start + _CLAUSE))
        found = self.found.starting(making.end(), making.end() + _CLAUSE // 2) if making is not None else []
        return found[0][1].kind if found else None

    def _goes_on(self, index: int, thing: Thing) -> bool:
        """Whether a sentence tells what became of a thing spoken of before, with a sum: "That project, ... at $6bn, was
        called off"."""
        sight, sentence = self.sight, self.sight.page.sentences[index]
        told = index in sight.staged or shown(sight, sentence, thing.span)
        return told and any(size(amount) >= LEAST for _, amount in sight.amounts.inside(sentence))

    def _is_subject(self, last: Group | None, thing: Thing) -> bool:
        """Whether the project spoken of last can be what a clause says to be a thing: named in the same sentence, or
        "it"; "the first candidate is a gas terminal" brings another one."""
        if last is None:
            return False
        text = self.sight.page.text
        if not _IS.search(text, max(0, thing.span.start - _WORD_BEFORE), thing.span.start):
            return True  # "turned into a campus", "recast as one"
        if last.last <= thing.span.start and not _STOP.search(text, last.last, thing.span.start):
            return True
        start = max(last.last, thing.span.start - _CLAUSE)
        return _PRONOUN.search(text, start, thing.span.start) is not None

    def _without_firm(self, thing: Thing) -> Span:
        """The span of a thing behind the company that its words begin with: that one is a party of its own."""
        for name in (thing.name, thing.owner):
            if name is not None and name in known_organisations():
                at = self.sight.page.text.find(name, thing.span.start, thing.span.end)
                rest = re.compile(r"(?:'s|’s)?\s").match(self.sight.page.text, at + len(name)) if at >= 0 else None
                if rest is not None:
                    return Span(rest.end(), thing.span.end)
        return thing.span

    def _enrich(self, group: Group, thing: Thing, place: PlaceFound | None) -> None:
        group.heads.add(thing.head)
        group.words.update(_stems(thing.words))
        self._touch(group, thing.span.end)
        if place is not None and not group.apart(place):
            self._place(group, place)
        if thing.name is not None and not group.known_as(thing.name):
            if is_region(thing.name) or is_town(thing.name):
                at = self.sight.page.text.find(thing.name, thing.span.start, thing.span.end)
                self._place(group, PlaceFound(Span(at, at + len(thing.name)), thing.name, thing.name))
            elif thing.name in known_organisations():
                group.sponsors.append(known_organisations()[thing.name])
            elif len(group.names) + len(group.tags) >= _MOST_FACTS:
                return
            elif " " in thing.name:
                group.names.append(thing.name)
            else:
                group.tags.append(thing.name)

    def _place(self, group: Group, place: PlaceFound) -> None:
        if len(group.places) < _MOST_FACTS and all(place.text != known.text for known in group.places):
            group.places.append(place)
        self.towns.setdefault(place.town, group)
        self.located.append((group, place))

    def _pointed(self, thing: Thing, place: PlaceFound | None) -> Group | None:
        """The project that a thing's words mean, None where they bring a new one."""
        near = [g for g in self._near() if thing.span.start - g.last < _REACH]
        if thing.name is not None:
            named = [g for g in near if g.known_as(thing.name)]
            alike = [g for g in named if self._akin(g, thing)]
            return next(iter(alike or (named if thing.definite and len(named) == 1 else ())), None)
        fitting = [g for g in near if self._akin(g, thing) and not g.apart(place)]
        if thing.definite:
            if is_generic(thing) and not thing.words and not _THAT.match(self.sight.page.text, thing.span.start):
                fitting = [g for g in fitting if g.sure] or fitting
            return fitting[0] if fitting and (thing.words or not is_generic(thing) or fitting[0].last) else None
        same = [g for g in fitting if thing.words and _stems(thing.words) <= g.words and thing.head in g.heads]
        if place is not None:
            same += [g for g in fitting if any(share(place.text, p.text) for p in g.places)]
        return same[0] if same else None

    def _akin(self, group: Group, thing: Thing) -> bool:
        """Whether a group can be called so: by its own head, or by one that any project has."""
        if any(thing.head == head or thing.head.endswith(head) or head.endswith(thing.head) for head in group.heads):
            return not thing.words or not group.words or bool(_stems(thing.words) & group.words)
        if any(kind in group.kinds for kind in self._known_kinds(thing)):
            return True
        if is_generic(thing):
            return not thing.words or bool(_stems(thing.words) & group.words)
        return not group.heads and not group.kinds and not thing.words

    def _known_kinds(self, thing: Thing) -> list[str]:
        return [found.kind for span, found in self.found.touching(thing.span)]

    def _kind(self, thing: Thing) -> str | None:
        """The kind of the list, where a word for it stands in the thing; else one of the thing's own words."""
        listed = self._known_kinds(thing)
        if not listed and thing.compound is not None:
            whole = kind_of(thing.compound, self.sight.page.language)
            parts = (kind_of(word, self.sight.page.language) for word in thing.words)
            listed = [kind for kind in (whole, *parts) if kind is not None]
        if listed:
            return max(listed, key=lambda kind: (depth(kind), kind))
        return None if is_generic(thing) and not thing.words else _meaning().get(thing.kind, thing.kind)

    def _naming(self, index: int, naming: Naming) -> None:
        if naming.thing is not None:
            group = self.at.get(naming.thing)
            if group is None:
                over = self.known.touching(naming.thing)
                group = self.of_kind(over[0][1]) if over else None
        else:
            group = next((g for g in self._near() if g.known_as(naming.name)), None)
        if group is None and naming.thing is not None and self.groups:
            group = self._spoken()
        if group is None:
            if naming.thing is not None and not shown(self.sight, self.sight.page.sentences[index], naming.thing):
                return
            group = Group(sure=True)
            if (key := self.sight.pledges.at(self.sight.page.sentences, index, naming.span.start)) is not None:
                group.programmes.append(key)
            self.groups.append(group)
        if naming.name not in group.names:
            group.names.insert(0, naming.name)
        self._touch(group, naming.span.end)
        sentence = self.sight.page.sentences[index]
        if not group.places:
            place = place_behind(self.sight.page.text, naming.span.end, sentence.end, self.sight.page.language)
            if place is not None and place.text != naming.name:
                self._place(group, place)

    def _line(self, index: int, item: Item) -> None:
        known = self.known.touching(item.span)
        spoken = self._spoken()
        group: Group | None
        if known:
            group = self.of_kind(known[0][1])
        else:
            group = self.towns.get(item.place.town) if item.place is not None else None
        if group is None:
            group = Group(sure=True)
            if item.words:
                group.kinds["_".join(item.words)] += 1
                group.words.update(_stems(item.words))
            elif spoken is not None and item.sponsor is None:
                group.kinds.update(spoken.kinds.keys())
            self.groups.append(group)
        for span, kind in self.found.inside(item.line):
            group.kinds[kind.kind] += 2
            group.told.append((span, kind.kind))
        if item.place is not None and not group.apart(item.place):
            self._place(group, item.place)
        if item.sponsor and item.sponsor not in group.sponsors:
            group.sponsors.append(item.sponsor)
        if (key := self.sight.pledges.at(self.sight.page.sentences, index, item.span.start)) is not None:
            group.programmes.append(key)
        if not known:
            group.spans.append(item.span)
        self._touch(group, item.span.end)

    def _spent(self, index: int, one: Invested) -> None:
        group = self.towns.get(one.place.town)
        if group is None:
            group = Group(sure=True)
            self.groups.append(group)
            if (key := self.sight.pledges.at(self.sight.page.sentences, index, one.span.start)) is not None:
                group.programmes.append(key)
        self._place(group, one.place)
        if one.sponsor and one.sponsor not in group.sponsors:
            group.sponsors.append(one.sponsor)
        group.sure = True
        group.spans.append(one.span)
        self._touch(group, one.span.end)


def _stems(words: Sequence[str]) -> set[str]:
    """Words in the singular: "container cranes" are made in "the crane works"."""
    return {w[:-1] if len(w) > _SHORT_WORD and w.endswith("s") and not w.endswith(("ss", "us")) else w for w in words}
