"""One text made ready for reading: one fast pass tells which recognisers have anything to do in it, and where.

Most sentences hold none of the words that a recogniser needs. Each recogniser therefore names its patterns once, as a
`Trigger`; the literals that those patterns cannot do without are read off them (`literals`), all of them are searched
for in a single pass (Aho-Corasick), and a pattern is only tried where one stands. What a page lets through is never
less than what matches, so that screens change no reading.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache

import ahocorasick_rs

from pledger.model import Span
from pledger.reading.literals import fold, openings, required, shortest, telling
from pledger.reading.placed import Marks
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
    pattern: re.Pattern[str] | None
    """What must match in a sentence, without regard to case; None where the literals are all that is asked for."""
    starts: bool
    """Whether its literals are how its matches begin."""


@dataclass(frozen=True, slots=True)
class _Plan:
    """The search for the literals of all triggers in one language. A bit stands for a part."""

    search: ahocorasick_rs.AhoCorasick
    bits: tuple[int, ...]
    """For each literal the parts that need it."""
    starts: tuple[tuple[int, ...], ...]
    """For each literal the numbers of the parts whose matches begin with it."""
    always: int
    """Parts that may match without any literal."""
    masks: dict[Trigger, int]
    first: dict[Trigger, int]
    """Number of a trigger's first part."""
    parts: tuple[_Part, ...]


@cache
def _plan(language: str, triggers: int) -> _Plan:
    """The plan for the first `triggers` triggers made; more may come with modules loaded later."""
    bits: dict[str, int] = {}
    starts: dict[str, list[int]] = {}
    masks: dict[Trigger, int] = {}
    first: dict[Trigger, int] = {}
    parts: list[_Part] = []
    always = 0
    for trigger in _TRIGGERS[:triggers]:
        first[trigger], mask = len(parts), 0
        for group, alternatives in enumerate(trigger.groups(language)):
            for pattern in alternatives:
                number, bit = len(parts), 1 << len(parts)
                mask |= bit
                literals, begins = _literals(pattern, exact=trigger.exact, tried=trigger.tried)
                if not literals:
                    always |= bit
                for literal in shortest(literals, starts=begins):
                    bits[literal] = bits.get(literal, 0) | bit
                    if begins:
                        starts.setdefault(literal, []).append(number)
                tried = re.compile(pattern, re.IGNORECASE) if trigger.tried and not trigger.exact else None
                parts.append(_Part(group, tried, begins))
        masks[trigger] = mask
    listed = sorted(bits)
    return _Plan(
        ahocorasick_rs.AhoCorasick(listed),
        tuple(bits[literal] for literal in listed),
        tuple(tuple(starts.get(literal, ())) for literal in listed),
        always,
        masks,
        first,
        tuple(parts),
    )


def _literals(pattern: str, *, exact: bool, tried: bool) -> tuple[frozenset[str], bool]:
    """The literals to look for, and whether matches begin with them."""
    begins = openings(pattern) if tried else None
    if exact:
        return begins or frozenset(), True
    held = required(pattern) or frozenset()
    if begins and (not held or telling(begins) >= telling(held)):
        return begins, True
    return held, False


class Page:
    """A text with its sentences, its normalised form, and where which pattern may match."""

    __slots__ = ("_bits", "_every", "_marks", "_plan", "_starts", "cjk", "language", "plain", "sentences", "text")

    def __init__(self, text: str, language: str = "en", sentences: Sequence[Span] = ()) -> None:
        self.text = text
        self.language = language
        self.sentences = sentences
        self.plain = normalise(text)
        """The text with uniform signs, as numbers and dates are read in it; each character in its place."""
        self.cjk = has_cjk(self.plain)
        self._marks: dict[tuple[Marker, int, int], Marks] = {}
        self._plan = _plan(language, len(_TRIGGERS))
        self._search()

    def _search(self) -> None:
        plan = self._plan
        folded = fold(self.text, self.plain)
        try:
            hits = plan.search.find_matches_as_indexes(folded, overlapping=True)
        except UnicodeEncodeError:  # half of a character, as broken encodings leave it
            hits = plan.search.find_matches_as_indexes(folded.translate(_SURROGATES), overlapping=True)
        bits, starts = plan.bits, plan.starts
        spots: dict[int, list[int]] = {}
        found = [plan.always] * (len(self.sentences) + 1)
        # What ends behind the last sentence stands in none.
        ends = [*[sentence.end for sentence in self.sentences], len(folded)]
        at, until = 0, ends[0]
        for literal, start, end in hits:
            while end > until:
                at += 1
                until = ends[at]
            found[at] |= bits[literal]
            for part in starts[literal]:
                if part in spots:
                    spots[part].append(start)
                else:
                    spots[part] = [start]
        every = 0
        for one in found:
            every |= one
        self._bits, self._every, self._starts = found, every, spots
        for listed in spots.values():
            listed.sort()  # literals are found in the order of their ends

    def may(self, trigger: Trigger) -> bool:
        """Whether any pattern of a trigger may match anywhere in the text."""
        return self._every & self._plan.masks[trigger] != 0

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
        plan = self._plan
        first = plan.first[trigger]
        left = (self._bits[index] & plan.masks[trigger]) >> first
        out: list[int] = []
        while left:
            number = first + (left & -left).bit_length() - 1
            left &= left - 1
            part = plan.parts[number]
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
        spots = self._starts[number]
        for at in spots[bisect_left(spots, sentence.start) :] if len(spots) > 1 else spots:
            if at >= end:
                return False
            if match(text, at, end) is not None:
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
        if plan.always & plan.masks[trigger]:
            return True
        spots = self._starts.get(plan.first[trigger])
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
        if plan.always & plan.masks[trigger]:
            return list(pattern.finditer(text, start, end))
        spots = self._starts.get(plan.first[trigger])
        if spots is None:
            return []
        out: list[re.Match[str]] = []
        reached, match = start, pattern.match
        for at in spots[bisect_left(spots, start) :] if start else spots:
            if at >= end:
                break
            if at >= reached and (found := match(text, at, end)) is not None:
                out.append(found)
                reached = found.end()
        return out
