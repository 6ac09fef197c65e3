"""Why: a figure, and behind it every sentence with its document, its origin and its side."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pledger.ledger.judgements import Judgement
from pledger.model import Claim, Conflict, Document, Figure, Origin, Standing

__all__ = ["Evidence", "Why", "evidence", "of_conflict", "why"]


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sentence that a figure rests on."""

    claim: Claim
    document: Document
    origin: Origin
    side: int
    """Index into the figure's sides; 0 is the one that holds."""
    sentence: str
    """The words of the claim's sentence, as they stand in the document."""


@dataclass(frozen=True, slots=True)
class Why:
    """A figure and all the evidence behind it, heaviest side and origin first."""

    figure: Figure
    evidence: tuple[Evidence, ...]
    judgements: tuple[Judgement, ...] = ()
    """What analysts judged of its claims, and of the names or projects that were put together in its entity."""


def why(figure: Figure, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> Why:
    """The evidence of a figure; claims that are no longer in the ledger are left out (`audit` reports them)."""
    found = []
    for n, side in enumerate(figure.sides):
        for origin in side.origins:
            for claim_id in origin.claims:
                claim = claims.get(claim_id)
                document = documents.get(claim.document) if claim is not None else None
                if claim is not None and document is not None:
                    found.append(Evidence(claim, document, origin, n, claim.sentence.of(document.text)))
    return Why(figure, tuple(found))


def evidence(
    items: Iterable[Figure | Conflict], claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> dict[str, Evidence]:
    """By id, each of these claims that stands behind one of the items, as evidence of the first one."""
    found: dict[str, Evidence] = {}
    for item in items:
        for n, side in enumerate(item.sides):
            for origin in side.origins:
                for claim in (claims[c] for c in origin.claims if c in claims and c not in found):
                    document = documents[claim.document]
                    found[claim.id] = Evidence(claim, document, origin, n, claim.sentence.of(document.text))
    return found


def of_conflict(conflict: Conflict) -> Figure:
    """A conflict in the shape of a figure, so that it can be asked why: its sides are the conflict's."""
    return Figure(
        id=conflict.id,
        entity=conflict.entity,
        attribute=conflict.attribute,
        value=conflict.sides[0].value,
        standing=Standing.CONTESTED,
        sides=conflict.sides,
        documents=0,
        as_of=None,
        qualifier=str(conflict.kind),
    )
