"""One text made ready for reading: one fast pass tells which recognisers have anything to do in it, and where.

Most sentences hold none of the words that a recogniser needs. Each recogniser therefore names its patterns once, as a
`Trigger`; the literals that those patterns cannot do without are read off them (`literals`), all of them are searched
for in a single pass (Aho-Corasick), and a pattern is only tried where one stands. What a page lets through is never
less than what matches, so that screens change no reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

import ahocorasick_rs

from pledger.model import Span
from pledger.reading.literals import alternatives, bounded, clauses, fold, openings, required, shortest, telling
from pledger.reading.placed import Marks
from pledger.reading.remembered import Remembered
from pledger.reading.signs import has_cjk, normalise

__all__ = ["Marker", "Page", "Trigger"]

_SURROGATES = dict.fromkeys(range(0xD800, 0xE000), " ")

Groups = Sequence[Sequence[str]]


class Trigger:
    """The patterns of one recogniser, by language; made once, when its module is loaded."""

    __slots__ = ("exact", "groups", "tried")

    def __init__(self, groups: Callable[[str], Groups], *, exact: bool = False, tried: bool = True) -> None:
        """`groups` gives a language's patterns, each as the regular expressions of its alternatives.

        With `exact`, there is one pattern, each of whose matches begins with a literal: `Page.matches` tries it only
        there. Without `tried`, the patterns are for another text than the page's own (a masked one) and must not be
        tried on it: only their literals are looked for.
        """
        self.groups = groups
        self.exact = exact
        self.tried = tried
        _TRIGGERS.append(self)


_TRIGGERS: list[Trigger] = []


class Marker:
    """One pattern in each language, whose places are asked for sentence by sentence; made once, as triggers are."""

    __slots__ = ("pattern", "trigger")

    def __init__(self, pattern: Callable[[str], re.Pattern[str]]) -> None:
        """`pattern` gives the regular expression of a language, the same object every time."""
        self.pattern = pattern
        self.trigger = Trigger(lambda language: [[pattern(language).pattern]], exact=True)


@dataclass(frozen=True, slots=True)
class _Part:
    """One alternative of a pattern."""

    group: int
    """Number of the pattern in its trigger."""
    alternative: int
    """Its own number in that pattern."""
    pattern: re.Pattern[str] | None
    """What must match in a sentence, without regard to case; None where the literals are all that is asked for."""
    starts: bool
    """Whether its literals are how its matches begin."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The search for the literals of all triggers in one language.

    A bit stands for a part; what is asked of a part stands in as many lanes of bits as one may ask for.
    """

    search: ahocorasick_rs.AhoCorasick
    literals: tuple[tuple[int, tuple[int, ...]], ...]
    """For each literal the demands that it meets, and the numbers of the parts that ask where it stands."""
    behind: tuple[tuple[int, tuple[int, ...]], ...]
    """The same for a literal right behind a small Latin letter, as which fewer matches begin."""
    always: int
    """Parts that may match without any literal."""
    free: int
    """Demands that are met without any literal."""
    lane: int
    """Bits of one lane."""
    masks: dict[Trigger, int]
    first: dict[Trigger, int]
    """Number of a trigger's first part."""
    parts: tuple[_Part, ...]


_LANES = 3


@dataclass(slots=True)
class _Demands:
    """What is asked of a text for one part after the other, while a plan is made."""

    met: dict[str, list[tuple[int, int, bool, bool]]]
    """For each literal the part, the lane, whether matches begin with it, and whether never behind a small letter."""
    free: list[int]
    """For each lane the parts that ask for nothing in it."""

    def add(self, number: int, sets: Sequence[frozenset[str]], *, begins: bool, apart: bool) -> None:
        for lane in range(_LANES):
            if lane >= len(sets):
                self.free[lane] |= 1 << number
                continue
            starts = begins and lane == 0
            for literal in shortest(sets[lane], starts=starts):
                self.met.setdefault(literal, []).append((number, lane, starts, starts and apart))


@cache
def _plan(language: str, triggers: int) -> _Plan:
    """The plan for the first `triggers` triggers made; more may come with modules loaded later."""
    demands = _Demands({}, [0] * _LANES)
    masks: dict[Trigger, int] = {}
    first: dict[Trigger, int] = {}
    parts: list[_Part] = []
    always = 0
    known = Remembered(language)
    for trigger in _TRIGGERS[:triggers]:
        first[trigger], mask = len(parts), 0
        for group, patterns in enumerate(trigger.groups(language)):
            for alternative, pattern in enumerate(patterns):
                kind = f"{trigger.exact:d}{trigger.tried:d}"
                each, begins, apart = known.of(pattern, kind, partial(_asked, pattern, trigger.exact, trigger.tried))
                tried = re.compile(pattern, re.IGNORECASE) if trigger.tried and not trigger.exact else None
                for sets in each:
                    number, bit = len(parts), 1 << len(parts)
                    mask |= bit
                    if not sets:
                        always |= bit
                    demands.add(number, sets, begins=begins, apart=apart)
                    parts.append(_Part(group, alternative, tried, begins))
        masks[trigger] = mask
    known.keep()
    listed = sorted(demands.met)
    lane = len(parts)
    return _Plan(
        ahocorasick_rs.AhoCorasick(listed),
        tuple(_meets(demands.met[literal], lane, behind=False) for literal in listed),
        tuple(_meets(demands.met[literal], lane, behind=True) for literal in listed),
        always,
        sum(bits << number * lane for number, bits in enumerate(demands.free)),
        lane,
        masks,
        first,
        tuple(parts),
    )


def _meets(demands: Sequence[tuple[int, int, bool, bool]], width: int, *, behind: bool) -> tuple[int, tuple[int, ...]]:
    """The demands that a literal meets as bits, and the parts that ask where it stands."""
    bits, spots = 0, []
    for number, lane, starts, apart in demands:
        if not (behind and apart):
            bits |= 1 << number + lane * width
            if starts:
                spots.append(number)
    return bits, tuple(spots)


def _asked(pattern: str, exact: bool, tried: bool) -> tuple[list[list[frozenset[str]]], bool, bool]:
    """`_literals`, and whether they stand apart: whether matches never begin right behind a small letter."""
    each, begins = _literals(pattern, exact=exact, tried=tried)
    return each, begins, begins and bounded(pattern)


def _literals(pattern: str, *, exact: bool, tried: bool) -> tuple[list[list[frozenset[str]]], bool]:
    """For each part of a pattern the sets of literals of which a text must hold one each.

    And whether matches begin with the literals of the first set.
    """
    begins = openings(pattern) if tried else None
    if exact:
        return ([[begins]], True) if begins else (alternatives(pattern), False)
    held = required(pattern) or frozenset()
    if begins and (not held or telling(begins) >= telling(held)):
        return [clauses(pattern, begins)], True
    return [clauses(pattern, held)], False


class Page:
    """A text with its sentences, its normalised form, and where which pattern may match."""

    __slots__ = (
        "_bits",
        "_ends",
        "_every",
        "_found",
        "_marks",
        "_plan",
        "_starts",
        "_which",
        "cjk",
        "language",
        "plain",
        "sentences",
        "text",
    )

    def __init__(self, text: str, language: str = "en", sentences: Sequence[Span] = ()) -> None:
        self.text = text
        self.language = language
        self.sentences = sentences
        self.plain = normalise(text)
        """The text with uniform signs, as numbers and dates are read in it; each character in its place."""
        self.cjk = has_cjk(self.plain)
        self._marks: dict[tuple[Marker, int, int], Marks] = {}
        self._which: dict[tuple[Trigger, int], list[int]] = {}
        self._plan = _plan(language, len(_TRIGGERS))
        self._search()

    def _search(self) -> None:
        plan = self._plan
        folded = fold(self.text, self.plain)
        try:
            hits = plan.search.find_matches_as_indexes(folded, overlapping=True)
        except UnicodeEncodeError:  # half of a character, as broken encodings leave it
            hits = plan.search.find_matches_as_indexes(folded.translate(_SURROGATES), overlapping=True)
        text, literals, behind = self.text, plan.literals, plan.behind
        spots: dict[int, list[int]] = {}
        found = [plan.free] * (len(self.sentences) + 1)
        # What ends behind the last sentence stands in none.
        ends = [*[sentence.end for sentence in self.sentences], len(folded)]
        at, until = 0, ends[0]
        for literal, start, end in hits:
            while end > until:
                at += 1
                until = ends[at]
            bits, parts = (behind if start and "a" <= text[start - 1] <= "z" else literals)[literal]
            found[at] |= bits
            for part in parts:
                if part in spots:
                    spots[part].append(start)
                else:
                    spots[part] = [start]
        self._found, self._ends, self._starts = found, ends, spots
        lane = plan.lane
        self._bits = [bits & bits >> lane & bits >> 2 * lane & (1 << lane) - 1 for bits in found]
        self._every = 0
        for one in found:
            self._every |= one
        for listed in spots.values():
            listed.sort()  # literals are found in the order of their ends

    def may(self, trigger: Trigger) -> bool:
        """Whether any pattern of a trigger may match anywhere in the text."""
        every, lane = self._every, self._plan.lane
        return every & every >> lane & every >> 2 * lane & self._plan.masks[trigger] != 0

    def between(self, trigger: Trigger, start: int, end: int) -> bool:
        """Whether any pattern of a trigger may match in `start..end`."""
        every, lane = 0, self._plan.lane
        for index in range(bisect_left(self._ends, start + 1), bisect_left(self._ends, end) + 1):
            every |= self._found[index]
        return every & every >> lane & every >> 2 * lane & self._plan.masks[trigger] != 0

    def has(self, trigger: Trigger, index: int) -> bool:
        """Whether any pattern of a trigger may match in sentence `index`."""
        return self._bits[index] & self._plan.masks[trigger] != 0

    def where(self, trigger: Trigger) -> list[int]:
        """The indices of the sentences in which any of its patterns may match."""
        mask = self._plan.masks[trigger]
        if not self._every & mask:
            return []
        return [index for index, bits in enumerate(self._bits[:-1]) if bits & mask]

    def which(self, trigger: Trigger, index: int) -> list[int]:
        """The numbers of the trigger's patterns that match in sentence `index` (or may, if not tried), in order."""
        found = self._which.get((trigger, index))
        if found is None:
            found = self._which[trigger, index] = self._looked(trigger, index)
        return found

    def matching(self, trigger: Trigger, index: int) -> list[tuple[int, tuple[int, ...]]]:
        """As `which`, with the numbers of those alternatives of each pattern that match."""
        told: dict[int, list[int]] = {}
        for number in self._let(trigger, index):
            part = self._plan.parts[number]
            if self._matches(part, number, index):
                told.setdefault(part.group, []).append(part.alternative)
        return [(group, tuple(alternatives)) for group, alternatives in told.items()]

    def _let(self, trigger: Trigger, index: int) -> Iterator[int]:
        """The numbers of the parts of a trigger that may match in sentence `index`."""
        plan = self._plan
        first = plan.first[trigger]
        left = (self._bits[index] & plan.masks[trigger]) >> first
        while left:
            yield first + (left & -left).bit_length() - 1
            left &= left - 1

    def _looked(self, trigger: Trigger, index: int) -> list[int]:
        out: list[int] = []
        for number in self._let(trigger, index):
            part = self._plan.parts[number]
            if (not out or out[-1] != part.group) and self._matches(part, number, index):
                out.append(part.group)
        return out

    def _matches(self, part: _Part, number: int, index: int) -> bool:
        if part.pattern is None:
            return True
        text, sentence = self.text, self.sentences[index]
        if not part.starts:
            return part.pattern.search(text, sentence.start, sentence.end) is not None
        match, end = part.pattern.match, sentence.end
        spots = self._starts.get(number, ())
        for at in range(bisect_left(spots, sentence.start), len(spots)):
            spot = spots[at]
            if spot >= end:
                return False
            if match(text, spot, end) is not None:
                return True
        return False

    def find(self, marker: Marker, start: int, end: int) -> list[re.Match[str]]:
        """Every match of a marker in `start..end` of the text."""
        return self.matches(marker.trigger, marker.pattern(self.language), self.text, start, end)

    def marks(self, marker: Marker, sentence: Span) -> Marks:
        """Where a marker matches in a sentence; looked up once."""
        key = (marker, sentence.start, sentence.end)
        found = self._marks.get(key)
        if found is None:
            found = Marks([match.span() for match in self.find(marker, sentence.start, sentence.end)])
            self._marks[key] = found
        return found

    def near(self, trigger: Trigger, start: int, end: int) -> bool:
        """Whether a match of an exact trigger may begin in `start..end`."""
        plan = self._plan
        number = plan.first[trigger]
        if not plan.masks[trigger]:
            return False
        if not plan.parts[number].starts:
            return self.between(trigger, start, len(self.text))
        spots = self._starts.get(number)
        if spots is None:
            return False
        at = bisect_left(spots, start)
        return at < len(spots) and spots[at] < end

    def matches(
        self, trigger: Trigger, pattern: re.Pattern[str], text: str, start: int = 0, end: int | None = None
    ) -> list[re.Match[str]]:
        """What `pattern.finditer(text, start, end)` gives, `pattern` being that of an exact trigger.

        `text` is the page's text or its normalised form.
        """
        end = len(text) if end is None else end
        plan = self._plan
        if not plan.masks[trigger]:
            return []
        number = plan.first[trigger]
        if not plan.parts[number].starts:
            return list(pattern.finditer(text, start, end)) if self.between(trigger, start, end) else []
        spots = self._starts.get(number)
        if spots is None:
            return []
        out: list[re.Match[str]] = []
        reached, match = start, pattern.match
        for index in range(bisect_left(spots, start) if start else 0, len(spots)):
            at = spots[index]
            if at >= end:
                break
            if at >= reached and (found := match(text, at, end)) is not None:
                out.append(found)
                reached = found.end()
        return out
