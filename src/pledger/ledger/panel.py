"""What a ledger answers about judgements: what waits for one, which bear on a figure, which figures they settled."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from pledger.ledger.directory import directory, namings
from pledger.ledger.doubts import Doubt, name_doubts, project_doubts, with_words
from pledger.ledger.fit import Unsure
from pledger.ledger.judgements import Judgement, Verdicts, in_force
from pledger.ledger.names import fold
from pledger.ledger.resolve import anchors_of
from pledger.model import Claim, Document, Figure

__all__ = ["bearing_on", "marked", "waiting"]


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


def bearing_on(figure: Figure, claims: Iterable[Claim], judgements: Iterable[Judgement]) -> tuple[Judgement, ...]:
    """The judgements in force that settled this figure, and those that made its entity what it is."""
    names = {fold(n) for n in (figure.entity.name, *figure.entity.aliases)}
    anchors = set(anchors_of(claims).values())
    return tuple(
        j
        for j in in_force(judgements)
        if j.id in figure.judgements
        or (j.kind == "match" and ({j.subject, j.object} & anchors or {j.subject, j.object} <= names))
    )


def marked(figures: Iterable[Figure], said: Verdicts) -> list[Figure]:
    """Figures as they are stored, with the ids of the judgements on their claims."""
    judged = {**said.accepted, **said.rejected}
    return [_marked(f, judged) for f in figures] if judged else list(figures)


def _marked(figure: Figure, judged: dict[str, str]) -> Figure:
    ids = {judged[claim] for side in figure.sides for claim in side.claims if claim in judged}
    return replace(figure, judgements=tuple(sorted(ids))) if ids else figure
