"""What has been recognised in one document, gathered so that claims can be put together from it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.countries import Country
from pledger.reading.found import Found
from pledger.reading.names import Name
from pledger.reading.page import Marker, Page
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Marks, Placed
from pledger.reading.programmes import Pledges
from pledger.reading.projects import Located

__all__ = ["Context"]


@cache
def _boundary(_: str) -> re.Pattern[str]:
    """Where one clause ends and another begins."""
    comma, alone = any_of(plain("grammar", "clauses", "after_comma_en")), plain("grammar", "clauses", "alone_en")
    return re.compile(rf"[;:—]|\s[–-]\s|,\s{comma}\b|\s{any_of(alone)}\s|[、，。；]")


def _main(projects: Placed[Mention], backs: int, *, alone: bool) -> tuple[Mention | None, bool]:
    """The project of which a document mostly speaks, and whether it speaks of no other.

    In a text on a programme (not `alone`) a project that is mentioned once is spoken of in passing.
    """
    first: dict[tuple[str | None, ...], Mention] = {}
    counts: Counter[tuple[str | None, ...]] = Counter()
    for _, mention in projects:
        told = (mention.project_kind, mention.sponsor, mention.place, mention.key)
        first.setdefault(told, mention)
        counts[told] += 1
    if not counts:
        return None, False
    facts, number = counts.most_common(1)[0]
    mostly = 2 * number >= counts.total() and (alone or number + backs > 1)
    return (first[facts] if mostly else None), len(counts) == 1 and mostly


_BOUNDARIES = Marker(_boundary)


@dataclass(frozen=True, slots=True)
class Context:
    """One document's text and what stands where in it."""

    page: Page
    amounts: Placed[Found[Money]]
    names: Placed[Name]
    countries: Placed[Country]
    pledges: Pledges
    tranches: Placed[Mention]
    projects: Placed[Mention]
    """Every mention of a project by its words' span, the merged mention as value."""
    backs: Placed[Mention]
    """Words that point back to a project without naming its kind ("the facility"), with the project meant."""
    located: tuple[Located, ...] = ()
    """Where projects are to stand, in the text's words."""
    text: str = field(init=False)
    language: str = field(init=False)
    sentences: Sequence[Span] = field(init=False)
    codes: frozenset[str] = field(init=False)
    """Of the countries that the text names."""
    things: Placed[Mention] = field(init=False)
    """Projects, batches and programmes."""
    whose: dict[Span, tuple[Mention, str | None]] = field(default_factory=dict)
    """Whose each amount is, as far as it has been asked."""
    costed: dict[tuple[float | None, float | None, str], tuple[Mention, str | None]] = field(default_factory=dict)
    """The project of which an amount has been told, by its value and currency."""
    batches: dict[str, dict[tuple[float | None, float | None, str], Mention]] = field(default_factory=dict)
    """The batches of which the text gives the amount, by its value; empty as long as nobody asked."""
    once: dict[str, Mapping[Span, tuple[Mention, ...]]] = field(default_factory=dict)
    """What was looked for in the whole text, by its name, so that it is looked for once."""
    main: Mention | None = field(init=False)
    """The project that most mentions mean, where one is meant by at least half of them."""
    lone: bool = field(init=False)
    """Whether the document speaks of one project only."""
    _starts: list[int] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "text", self.page.text)
        object.__setattr__(self, "language", self.page.language)
        object.__setattr__(self, "sentences", self.page.sentences)
        named = [*self.tranches, *self.pledges.mentions]
        object.__setattr__(self, "things", Placed([*self.projects, *named]))
        object.__setattr__(self, "codes", frozenset(country.code for _, country in self.countries))
        main, lone = _main(self.projects, len(self.backs), alone=self.pledges.leading is None)
        object.__setattr__(self, "main", main)
        object.__setattr__(self, "lone", lone)
        object.__setattr__(self, "_starts", [sentence.start for sentence in self.sentences])

    @property
    def programme(self) -> Mention | None:
        """The programme that the document is mostly about."""
        return self.pledges.leading

    @property
    def bare(self) -> bool:
        """Whether the document speaks of no programme, no batch and no project."""
        return not (self.things or self.pledges.leading)

    def sentence(self, span: Span) -> Span:
        """The sentence that `span` starts in, as wide as to hold all of it; where it is in none, `span` itself."""
        index = bisect_right(self._starts, span.start) - 1
        if index < 0 or span.start >= self.sentences[index].end:
            return span
        found = self.sentences[index]
        return Span(found.start, max(found.end, span.end))

    def pledge(self, position: int) -> Mention | None:
        """The programme that words at `position` are about which name none themselves.

        That of the country with a programme named last before them in their sentence or the one before; else the main
        one: a text that sets programmes beside each other tells of each in turn.
        """
        leading = self.pledges.leading
        if leading is None:
            return None
        index = max(0, bisect_right(self._starts, position) - 1)
        here = Span(self.sentences[max(0, index - 1)].start, position) if self.sentences else Span(position, position)
        # "The Korea Center for ..." is no turn to Korea.
        turns = (pair for pair in reversed(self.pledges.named.inside(here)) if not self._in_name(pair[0]))
        named = next(turns, None)
        if named is None or named[1] == leading.key:
            return leading
        told = self.pledges.mentions.last(position, position - named[0].start)
        if told is not None and told[1].key == named[1]:
            return told[1]
        return Mention(EntityKind.PROGRAMME, named[0].of(self.text), *named)

    def _in_name(self, span: Span) -> bool:
        """Whether words are part of a longer name of an organisation or a person."""
        return any(
            name.kind is not EntityKind.PLACE and at.covers(span) and at != span
            for at, name in self.names.touching(span)
        )

    def marks(self, marker: Marker, sentence: Span) -> Marks:
        """Where a marker matches in a sentence; looked up once."""
        return self.page.marks(marker, sentence)

    def clause(self, sentence: Span, span: Span) -> Span:
        """The part of a sentence between clause boundaries that holds `span`."""
        marks = self.marks(_BOUNDARIES, sentence)
        start, end = marks.left(span.start), marks.right(span.end)
        return Span(sentence.start if start is None else start, sentence.end if end is None else end)

    def focus(self, position: int, reach: int = 700) -> Mention | None:
        """The project spoken of last before `position`, not further back than `reach` characters."""
        spoken = [m for m in (self.projects.last(position, reach), self.backs.last(position, reach)) if m is not None]
        return max(spoken, key=lambda found: found[0])[1] if spoken else None
