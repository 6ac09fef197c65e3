"""What a ledger answers about judgements: what waits for one, which bear on a figure, which figures they settled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pledger.ledger.directory import directory, namings
from pledger.ledger.doubts import Doubt, name_doubts, project_doubts, with_words
from pledger.ledger.fit import Unsure
from pledger.ledger.grades import graded
from pledger.ledger.judgements import Judgement, Verdicts, in_force
from pledger.ledger.names import fold
from pledger.ledger.resolve import anchors_of
from pledger.model import Claim, Conflict, Document, Figure

__all__ = ["bearing_on", "made_by", "marked", "marked_conflicts", "settled", "waiting"]


def waiting(
    claims: list[Claim], documents: Iterable[Document], unsure: Iterable[Unsure], said: Verdicts
) -> list[Doubt]:
    """Pairs of names and of projects that may be one, with their sentences."""
    by_id = {d.id: d for d in documents}
    found = namings(claims, {fold(d.publisher) for d in by_id.values() if d.publisher})
    known = directory(found, said.judged)
    names = {id_: e.name for id_, e in known.entities.items()}
    doubts = [*name_doubts(found, known, said.judged), *project_doubts(unsure, said.judged, names)]
    return with_words(doubts, claims, by_id, anchors_of(claims))


def bearing_on(
    figure: Figure, claims: Iterable[Claim], judgements: Iterable[Judgement], known_on: dt.date | None = None
) -> tuple[Judgement, ...]:
    """The judgements in force (at the end of `known_on`) that settled this figure or graded its sources, and those that
    made its entity what it is."""
    names = {fold(n) for n in (figure.entity.name, *figure.entity.aliases)}
    anchors = set(anchors_of(claims).values())
    return tuple(
        j
        for j in in_force(judgements, known_on)
        if j.id in figure.judgements
        or (j.kind == "match" and ({j.subject, j.object} & anchors or {j.subject, j.object} <= names))
    )


def made_by(judgements: Iterable[Judgement], known_on: dt.date | None) -> list[Judgement]:
    """The judgements that were made by the end of `known_on` (None: all), without what was withdrawn later."""
    if known_on is None:
        return list(judgements)
    return [
        j
        if j.withdrawn_at is None or j.withdrawn_at.date() <= known_on
        else replace(j, withdrawn_at=None, withdrawn_by=None, withdrawn_reason=None)
        for j in judgements
        if j.made_at.date() <= known_on
    ]


def marked(figures: Iterable[Figure], said: Verdicts) -> list[Figure]:
    """Figures with the ids of the judgements on their claims and on the grades of their origins."""
    judged = {**said.accepted, **said.rejected}
    return [_marked(f, judged, said) for f in figures] if judged or said.graded else list(figures)


def _marked(figure: Figure, judged: dict[str, str], said: Verdicts) -> Figure:
    sides = graded(figure.sides, said)
    ids = {judged[claim] for side in sides for claim in side.claims if claim in judged}
    ids |= {id_ for side in sides for origin in side.origins for id_ in origin.judgements}
    return replace(figure, sides=sides, judgements=tuple(sorted(ids))) if ids else figure


def settled(figure: Figure, accepted: Sequence[str]) -> int | None:
    """The index of the side that judgements settled on: that of the claim accepted last; None where none was."""
    sides = {claim: n for n, side in enumerate(figure.sides) for claim in side.claims} if accepted else {}
    return next((sides[claim] for claim in reversed(accepted) if claim in sides), None)


def marked_conflicts(conflicts: Iterable[Conflict], said: Verdicts) -> list[Conflict]:
    """Conflicts with the ids of the judgements on the grades of their origins."""
    return [replace(c, sides=graded(c.sides, said)) for c in conflicts] if said.graded else list(conflicts)
