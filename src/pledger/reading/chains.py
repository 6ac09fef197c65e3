"""Who said it: the attributions of a text as the chain of each claim, outermost relay first, innermost source last."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pledger.model import Attribution, Span
from pledger.reading.found import FoundAttribution
from pledger.reading.names import Name
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.sources import Sources

__all__ = ["Chains"]

_OPENING = 1500
"""Characters (or a quarter of the text) in which a relay credits the news itself."""
_CLOSING = 0.6
"""Part of the text behind which a relay credits all of it."""
_NO_LINKS: set[int] = set()
_NO_CLAIM = frozenset({"believes", "intends"})
"""Kinds of attribution that report a mind, not a statement."""


@cache
def _points_back() -> re.Pattern[str]:
    """Contents that only point back to what was said: "this development", "the news"."""
    heads = any_of(plain("sources", "news"))
    return re.compile(rf"(?:this|that|the|it|which)(?:\s(?:\w{{1,20}}\s)?{heads})?\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Link:
    """One attribution, and the parts of the text whose words it is the source of."""

    contents: tuple[Span, ...]
    said: Attribution
    via: Attribution | None

    @property
    def width(self) -> int:
        """Characters of its longest part: the wider, the further out it stands in a chain."""
        return max((c.end - c.start for c in self.contents), default=0)


class Chains:
    """The attributions of one document, asked claim by claim."""

    def __init__(
        self, text: str, sentences: Sequence[Span], found: Sequence[FoundAttribution], names: Placed[Name]
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._starts = [sentence.start for sentence in sentences]
        self._sources = Sources(text, names)
        self._whole: tuple[Attribution, ...] = ()
        self.everybody: list[Attribution] = []
        """Every attribution with somebody behind it, led back to a name where one is meant, in the text's order."""
        links = self._links(sorted(found, key=_place))
        links.sort(key=lambda link: -link.width)
        self._ordered = links
        self._by_sentence: dict[int, set[int]] = defaultdict(set)
        """For each sentence the links whose contents reach into it."""
        for number, link in enumerate(links):
            for content in link.contents:
                for index in range(self._index(content.start), self._index(content.end - 1) + 1):
                    self._by_sentence[index].add(number)

    def of(self, sentence: Span, span: Span) -> tuple[Attribution, ...]:
        """The chain of a claim whose value stands at `span`: every attribution whose content holds it."""
        first, last = self._index(span.start), self._index(span.end - 1)
        if first == last:
            numbers = self._by_sentence.get(first, _NO_LINKS)
        else:
            numbers = {n for index in range(first, last + 1) for n in self._by_sentence.get(index, _NO_LINKS)}
        if not numbers:
            return self._whole
        chain: dict[str, Attribution] = {}
        for number in sorted(numbers):
            link = self._ordered[number]
            if any(c.covers(span) or (c.overlaps(span) and sentence.covers(c)) for c in link.contents):
                for step in (link.via, link.said):
                    if step is not None:
                        chain.setdefault(step.source, step)
        return tuple(chain.values()) or self._whole

    def _index(self, position: int) -> int:
        """The sentence that a position stands in or behind."""
        return max(0, bisect_right(self._starts, position) - 1)

    def _links(self, found: Sequence[FoundAttribution]) -> list[_Link]:
        links: list[_Link] = []
        previous: Attribution | None = None
        outlet: str | None = None
        for one in found:
            if (said := self._said(one, previous, outlet)) is None:
                continue
            self.everybody.append(said)
            if one.kind in _NO_CLAIM:
                continue
            contents = one.contents or one.inner or ((one.content,) if one.content else ())
            if one.via is not None and not contents and links and self._same_sentence(links[-1].said, said):
                # "X reported ..., citing two officials": the officials stand behind what X reported.
                contents = links[-1].contents
            if one.kind == "relays":
                if not contents:
                    self._credit(said, one)
                    continue
                if _points_back().match(contents[0].of(self._text)):
                    # "This development, first reported by X": X reported what the sentence before says.
                    contents = (*contents, *self._before(one))
            via = None
            if one.via is not None:
                via = Attribution(self._sources.resolved(one.via, _who(previous), outlet)[0], False, None, one.via)
            links.append(_Link(contents, said, via))
            previous = said
            if not said.anonymous and (one.kind == "relays" or self._sources.reports(said.cue)):
                outlet = said.source
        return links

    def _same_sentence(self, one: Attribution, other: Attribution) -> bool:
        return self._index(one.span.start) == self._index(other.span.start)

    def _said(self, one: FoundAttribution, previous: Attribution | None, outlet: str | None) -> Attribution | None:
        """The link that an attribution makes; None where it names nobody who could say anything."""
        if one.source is None or not self._sources.speaks(one.source):
            return None
        said_by = self._sources.widened(one.source)
        since = previous.span.end if previous is not None else 0
        source, anonymous = self._sources.resolved(said_by, _who(previous), outlet, min(since, said_by.start))
        cue = one.cue or said_by
        return Attribution(
            source,
            one.anonymous or anonymous or self._sources.unnamed(said_by),
            one.cue.of(self._text) if one.cue else None,
            Span(min(said_by.start, cue.start), max(said_by.end, cue.end)),
            one.content,
        )

    def _credit(self, said: Attribution, one: FoundAttribution) -> None:
        """Credit the whole text to a relay in its opening or closing part; the first one has it."""
        at, length = _place(one), len(self._text)
        if not self._whole and (at > length * _CLOSING or at < max(_OPENING, length // 4)):
            self._whole = (said,)

    def _before(self, one: FoundAttribution) -> tuple[Span, ...]:
        """The sentence before the one that an attribution stands in."""
        index = self._index(_place(one))
        return (self._sentences[index - 1],) if index > 0 else ()


def _place(one: FoundAttribution) -> int:
    """Where an attribution stands: at its cue, else its source, else what was said."""
    return (one.cue or one.source or one.content or Span(0, 0)).start


def _who(previous: Attribution | None) -> tuple[str, bool] | None:
    return (previous.source, previous.anonymous) if previous is not None else None
