"""Sightings as they are kept: what a document says of a project, the keys by which others look at it, where it is now.

- `sure P|F`, `guess P|F`: by programme and family of kinds, what adoption believes and whom it may move;
- `give M`, `want M`: by mark, what routing looks at and whom it may move;
- the keys of `project_keys` behind `one `: what is compared with each other;
- `by S`: whose sponsor's owners count.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import Row

from pledger.ledger.blocking import marks, project_keys
from pledger.ledger.judged import Judged
from pledger.ledger.kinds import family
from pledger.ledger.routing import told
from pledger.ledger.sightings import Sighting

__all__ = ["Seen", "belief_keys", "judged_with", "load_seen", "mark_keys", "sighting_of", "sighting_text"]

_BETWEEN = "\x1f"


@dataclass(slots=True)
class Seen:
    """A sighting as it is kept."""

    number: int
    document: int
    base: Sighting
    spoken: frozenset[str]
    adopted: str | None
    settled: str | None
    entity: str | None

    @property
    def after_adoption(self) -> Sighting:
        """The sighting once guesses gave way."""
        return replace(self.base, programme=self.adopted)

    @property
    def final(self) -> Sighting:
        """The sighting once it was routed."""
        return replace(self.base, programme=self.settled)

    def row(self) -> tuple[Any, ...]:
        """Its row."""
        spoken = _BETWEEN.join(sorted(self.spoken))
        return (
            self.number, self.document, sighting_text(self.base), spoken, self.adopted, self.settled, self.entity
        )  # fmt: skip

    def ones(self, judged: Judged) -> set[str]:
        """By what it is compared with others."""
        return {f"one {key}" for key in project_keys(self.final, judged)}

    def marked(self, judged: Judged) -> frozenset[str]:
        """By what it is found."""
        ones = self.ones(judged)
        if judged and judged_with(self.base.anchor, judged):
            ones.add(f"anchor {self.base.anchor}")
        return frozenset((*belief_keys(self), *mark_keys(self), *ones, *(f"by {id_}" for id_ in self.base.sponsors)))


def sighting_text(sighting: Sighting) -> str:
    """A sighting as text, the same for equal ones."""
    facts = [
        sighting.document, sighting.text, sighting.programme, sighting.kind, sorted(sighting.sponsors), sighting.place,
        sighting.key, sorted(sighting.amounts), sighting.anchor,
    ]  # fmt: skip
    return json.dumps(facts, ensure_ascii=False)


def sighting_of(text: str) -> Sighting:
    """The sighting that such a text holds."""
    document, words, programme, kind, sponsors, place, key, amounts, anchor = json.loads(text)
    return Sighting(document, words, programme, kind, frozenset(sponsors), place, key, frozenset(amounts), anchor)


def load_seen(rows: Iterable[Row[Any]]) -> list[Seen]:
    """The sightings of these rows."""
    return [
        Seen(
            r.number,
            r.document,
            sighting_of(r.facts),
            frozenset(filter(None, r.spoken.split(_BETWEEN))),
            r.adopted,
            r.settled,
            r.entity_id,
        )
        for r in rows
    ]


def judged_with(anchor: str, judged: Judged) -> set[str]:
    """The anchors of the sightings that somebody judged to be one with this one's."""
    return {y for a, b in judged.one("project") for x, y in ((a, b), (b, a)) if x == anchor} if judged else set()


def belief_keys(seen: Seen) -> set[str]:
    """By what adoption looks at it, or moves it."""
    base = seen.base
    if base.programme is None or base.kind is None or not told(base):
        return set()
    kin = family(base.kind)
    if len(seen.spoken) > 1:
        return {f"guess {programme}|{kin}" for programme in seen.spoken}
    return {f"sure {base.programme}|{kin}"}


def mark_keys(seen: Seen) -> set[str]:
    """By what routing looks at it, or moves it."""
    sighting = seen.after_adoption
    if sighting.programme is not None and sighting.kind is not None:
        return {f"give {mark}" for mark in marks(sighting)}
    return {f"want {mark}" for mark in marks(sighting)} if sighting.programme is None else set()
