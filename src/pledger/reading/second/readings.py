"""What our own recognisers read in a document, and which of it the text does not tie to a subject by its words.

Only what is read here can be admitted from a model: it may say what a value belongs to, not what a value is.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from pledger.model import Attribute, Claim, Document, EntityKind, Mention, Modality, Span, Value
from pledger.reading.attribution import attributions
from pledger.reading.chains import Chains
from pledger.reading.claims import Maker, condition_claims, date_claims, party_claims, stage_claims
from pledger.reading.dates import dates
from pledger.reading.placed import Placed
from pledger.reading.reader import context_of, rungs_of
from pledger.reading.sentences import sentences

__all__ = ["Reading", "Readings", "identity", "readings", "same_subject"]

_NOBODY = Mention(EntityKind.UNKNOWN, "unstated")


@dataclass(frozen=True, slots=True)
class Reading:
    """A value that stands in the text, and whose it is by the first reader."""

    attribute: Attribute
    span: Span
    value: Value
    sentence: Span
    modality: Modality = Modality.ASSERTED
    modality_words: str | None = None
    owners: tuple[Mention, ...] = ()
    """Whose the first reader takes it to be."""
    sure: bool = False
    """Whether the words themselves say so, rather than that nothing else was near."""


@dataclass(frozen=True, slots=True)
class Readings:
    """All readings of a document, by attribute, and what claims are made with."""

    maker: Maker
    placed: dict[Attribute, Placed[Reading]]

    def inside(self, attribute: Attribute, span: Span) -> list[Reading]:
        """The readings of an attribute whose words lie wholly in `span`."""
        found = self.placed.get(attribute)
        return [reading for _, reading in found.inside(span)] if found is not None else []

    def any_inside(self, span: Span) -> bool:
        """Whether anything is read in `span`."""
        return any(placed.inside(span) for placed in self.placed.values())


def readings(document: Document, first: Sequence[Claim]) -> Readings:
    """What our recognisers read in `document`, whose claims by the first reader are `first`."""
    text, language = document.text, document.language
    spans = tuple(sentences(text, language))
    rungs = rungs_of(text, spans, language)
    ctx, _ = context_of(text, spans, language, frozenset(rungs))
    chains = Chains(text, spans, attributions(text, language, inner=True), ctx.names)
    # Read once more with nobody in the place of the main programme: what then is nobody's was its by default only.
    nobody = Maker(document.id, replace(ctx, pledges=replace(ctx.pledges, leading=_NOBODY)), chains)
    loose = [
        *date_claims(nobody, dates(text, document.reported_on, language, untold=False)),
        *stage_claims(nobody, rungs),
        *party_claims(nobody),
        *condition_claims(nobody),
    ]
    by_default = {_key(claim): claim for claim in loose if claim.subject.kind is EntityKind.UNKNOWN}
    found: dict[tuple[Attribute, Span, str], Reading] = {}
    for claim in first:
        before = found.get(_key(claim))
        sure = claim.subject.kind is not EntityKind.UNKNOWN and _key(claim) not in by_default
        found[_key(claim)] = Reading(
            claim.attribute,
            claim.span,
            claim.value,
            claim.sentence,
            claim.modality,
            claim.modality_words,
            (*(before.owners if before else ()), claim.subject),
            sure or (before is not None and before.sure),
        )
    for key, claim in by_default.items():
        its = (claim.attribute, claim.span, claim.value, claim.sentence, claim.modality, claim.modality_words)
        found.setdefault(key, Reading(*its))
    return Readings(Maker(document.id, ctx, chains), _by_attribute(found.values()))


def _key(claim: Claim) -> tuple[Attribute, Span, str]:
    return claim.attribute, claim.span, repr(claim.value)


def _by_attribute(found: Iterable[Reading]) -> dict[Attribute, Placed[Reading]]:
    sorted_out: dict[Attribute, list[tuple[Span, Reading]]] = {}
    for reading in found:
        sorted_out.setdefault(reading.attribute, []).append((reading.span, reading))
    return {attribute: Placed(pairs) for attribute, pairs in sorted_out.items()}


def same_subject(one: Mention, other: Mention) -> bool:
    """Whether two mentions of one document mean the same: the same key, or the same facts of a project."""
    return identity(one) == identity(other)


def identity(mention: Mention) -> tuple[object, ...]:
    """What tells a mention's thing from others of the same document."""
    if mention.kind is EntityKind.PROJECT:
        return mention.kind, mention.project_kind, mention.sponsor, mention.place, mention.programme
    if mention.kind is EntityKind.TRANCHE:
        named = None if mention.ordinal is not None else mention.key or mention.text.casefold()
        return mention.kind, mention.programme, mention.ordinal, named
    return mention.kind, mention.key or mention.text.casefold()
