"""Figures told in different words brought together: their claims as voices again, weighed by the ledger's own rules.

The ledger keeps a figure for each wording of a share's whole. Where several wordings mean one market, their claims are
one question; an origin votes once for a value, its latest word, and values that agree form a side (`ledger.weigh`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pledger.ledger.agree import agreeing
from pledger.ledger.origins import Root
from pledger.ledger.voices import Voice
from pledger.ledger.weigh import sides_of, standing_of
from pledger.model import Claim, Document, Figure, Share, Side, Standing, Value
from pledger.vehicle.words import Source

__all__ = ["Heard", "Told", "heard", "share_of", "sources_of", "told"]

_MOST_SOURCES = 6
_TRUSTED = "AB"
"""Letters of origins whose word is no weak source by itself."""


@dataclass(frozen=True, slots=True)
class Told:
    """One claim as a voice, with the figure that it stands behind."""

    voice: Voice
    figure: str

    @property
    def share(self) -> Share:
        """What is said."""
        return share_of(self.voice.claim.value)


@dataclass(frozen=True, slots=True)
class Heard:
    """All that is said on one question, weighed: as the sides of a figure."""

    sides: tuple[Side, ...]
    """Heaviest first."""
    standing: Standing
    figures: tuple[str, ...]


def share_of(value: Value) -> Share:
    """A value that is known to be a share; a TypeError for any other."""
    if not isinstance(value, Share):
        raise TypeError(f"not a share: {value!r}")
    return value


def told(figure: Figure, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> list[Told]:
    """The voices behind a figure of a share; those that deny it, or whose claim is not given, are left out."""
    found = []
    for side in figure.sides:
        for origin in side.origins:
            root = Root(origin.name, origin.name, (), None, (), unnamed_inside=False)
            for key in origin.claims:
                claim = claims.get(key)
                document = documents.get(claim.document) if claim is not None else None
                if claim is None or document is None or not isinstance(claim.value, Share):
                    continue
                voice = Voice(claim, document, figure.entity, root, origin.name, origin.grade[:1], origin.weight)
                if not voice.denied:
                    found.append(Told(voice, figure.id))
    return found


def heard(its: Sequence[Told]) -> Heard:
    """The sides of these voices."""
    groups = agreeing([t.voice for t in its])
    sides = sides_of(groups)
    return Heard(sides, standing_of(sides), tuple(sorted({t.figure for t in its})))


def sources_of(sides: Iterable[Side], its: Sequence[Told]) -> tuple[Source, ...]:
    """The documents behind sides, those of the weightiest origins first; weak where no origin of a trusted grade or no
    second one stands behind."""
    documents = {t.voice.claim.id: t.voice.document for t in its}
    found: dict[str, Source] = {}
    for side in sides:
        weak = len(side.origins) < 2 and not any(o.grade[:1] in _TRUSTED for o in side.origins)
        for origin in side.origins:
            for key in origin.claims:
                document = documents[key]
                where = document.url or ", ".join(filter(None, (document.publisher, document.title))) or document.path
                year = document.reported_on.year if document.reported_on else None
                found.setdefault(document.id, Source(where, year, weak))
    return tuple(found.values())[:_MOST_SOURCES]
