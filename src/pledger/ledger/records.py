"""A source's record: how often what it said here was confirmed or contradicted afterwards. Shown, not weighed.

A *statement* is an origin's word for one value of one figure, however many articles repeat it. Each is one of four:

    contradicted  a heavier side of the same figure, with another origin behind it, says otherwise
    confirmed     another, independent origin has said the same on the same day or later
    replaced      its own later words, or later reports of the same thing, took its place: news went on, nobody erred
    open          none of these: nobody else has spoken of it since

A source that only repeats what others said before it is not confirmed by them: that was no test of it. The `rate` is
what its grade promises, moved by its record: a beta distribution with the weight of its letter as mean and the
strength of `PRIOR` statements, (confirmed + PRIOR r) / (confirmed + contradicted + PRIOR), so that three lucky hits
move it little.

Weights do not follow from it, on purpose. A heavier side is heavier by these very grades, so that a record that fed
back into them would confirm itself; and a weight that hung on everything a source ever said would let one new article
on one project change figures everywhere. Whoever reads the record and disagrees with the grade gives another one,
with name and reason (`pledger grade`), and that is shown wherever the grade is.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from heapq import nlargest
from itertools import groupby

from pledger.data import lexicon
from pledger.model import Figure, Side

__all__ = ["PRIOR", "Record", "Told", "fates", "recorded", "records"]

PRIOR = 10.0
"""Statements that the grade itself counts for."""


@dataclass(frozen=True, slots=True)
class Record:
    """What one origin said in this ledger, and what has become of it."""

    origin: str
    grade: str
    """The Admiralty letter that it has most often here; it depends on who relays it, too."""
    claims: int
    statements: int
    confirmed: int
    contradicted: int
    replaced: int
    open: int
    rate: float
    """Probability that a statement of it is confirmed rather than contradicted."""
    judgements: tuple[str, ...] = ()
    """Ids of the analysts' judgements that gave it this grade; empty where the grade is the rule's."""


def records(figures: Iterable[Figure], reports: Mapping[str, tuple[str, dt.date | None]]) -> list[Record]:
    """The record of each origin, those with most claims first. `reports`: by claim id its document and day."""
    told: dict[str, Told] = defaultdict(Told)
    for figure in figures:
        days = {c: reports[c][1] for side in figure.sides for c in side.claims if c in reports}
        for (n, m), fate in fates(figure, days).items():
            origin = figure.sides[n].origins[m]
            told[origin.name].add(origin.grade, fate, len(origin.claims), 1)
            told[origin.name].judged.update(origin.judgements)
    return recorded(told)


@dataclass(slots=True)
class Told:
    """What one origin said, counted."""

    claims: int = 0
    letters: Counter[str] = field(default_factory=Counter)
    fates: Counter[str] = field(default_factory=Counter)
    judged: set[str] = field(default_factory=set)

    def add(self, grade: str, fate: str, claims: int, statements: int) -> None:
        """Count statements of one grade and fate, and the claims that they rest on."""
        self.claims += claims
        self.letters[grade[:1]] += claims
        self.fates[fate] += statements


def recorded(told: Mapping[str, Told]) -> list[Record]:
    """The records of what was counted by origin, those with most claims first."""
    order = sorted(told, key=lambda n: (-told[n].claims, n))
    return [_record(name, told[name]) for name in order]


def fates(figure: Figure, days: Mapping[str, dt.date | None]) -> dict[tuple[int, int], str]:
    """What has become of each origin's word, by the places of its side and of the origin on it. `days`: by claim id the
    day of its report."""
    found: dict[tuple[int, int], str] = {}
    heavier: set[str] = set()
    placed = sorted(enumerate(figure.sides), key=lambda s: -s[1].weight)
    for weight, sides in groupby(placed, key=lambda s: s[1].weight):
        equal = list(sides)
        for n, side in equal:
            found |= {(n, m): fate for m, fate in enumerate(_fates(side, heavier, days))}
        heavier |= {o.name for _, side in equal for o in side.origins if o.weight > 0 and weight > 0}
    return found


def _fates(side: Side, heavier: Collection[str], reported: Mapping[str, dt.date | None]) -> Iterator[str]:
    """What has become of each origin's word for this side; `heavier`: origins behind heavier sides."""
    days = [[d for c in o.claims if (d := reported.get(c)) is not None] for o in side.origins]
    # The two that spoke last: of each origin, one of them is another.
    last = nlargest(2, ((max(its), n) for n, its in enumerate(days) if its and side.origins[n].weight > 0))
    for number, origin in enumerate(side.origins):
        first = min(days[number], default=None)
        if origin.weight <= 0:
            yield "replaced"
        elif len(heavier) > (origin.name in heavier):
            yield "contradicted"
        elif first is not None and any(day >= first and n != number for day, n in last):
            yield "confirmed"
        else:
            yield "open"


def _record(name: str, its: Told) -> Record:
    letters, fates = its.letters, its.fates
    letter = next(iter(letters)) if len(letters) == 1 else min(letters, key=lambda mark: (-letters[mark], mark))
    promised = float(lexicon("ledger_sources")["letters"][letter])
    decided = fates["confirmed"] + fates["contradicted"]
    return Record(
        origin=name,
        grade=letter,
        claims=its.claims,
        statements=fates.total(),
        confirmed=fates["confirmed"],
        contradicted=fates["contradicted"],
        replaced=fates["replaced"],
        open=fates["open"],
        rate=(fates["confirmed"] + PRIOR * promised) / (decided + PRIOR),
        judgements=tuple(sorted(its.judged)),
    )
