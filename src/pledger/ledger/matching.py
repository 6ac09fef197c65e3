"""Whether two names are one: evidence for and against, weighed and told in words.

An additive model in log-odds: each piece of evidence has a weight (`data/lexicon/matching.toml`, with how it was set);
the sum, from a prior against, gives one of three outcomes: same, different, or unsure, which waits for a judgement.
This is the model of Fellegi and Sunter (1969) for record linkage, with weights set by hand, each to be defended.

Here names are compared by themselves. What the ledger adds (acronyms that a text gives, tails that only one name has)
is in `directory`; projects that seldom have names are matched by sponsor, place, kind and amount in `projects`.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from functools import lru_cache

from pledger.data import lexicon
from pledger.ledger.evidence import Evidence, Match, evidence
from pledger.ledger.houses import house_evidence
from pledger.ledger.namesakes import person_evidence
from pledger.ledger.sites import place_evidence, programme_evidence, project_evidence
from pledger.model import EntityKind

__all__ = ["Match", "same_name"]


@lru_cache(maxsize=65536)
def same_name(a: str, b: str, kind: EntityKind | str = EntityKind.ORGANISATION) -> Match:
    """Whether two names mean one organisation, person, place, programme or project, as far as names alone tell.

    The order of the two does not matter. `reasons` are the pieces of evidence in words, the weightiest first.
    """
    one, other = sorted((a, b))
    kind = EntityKind(kind)
    same = unicodedata.normalize("NFKC", one).casefold() == unicodedata.normalize("NFKC", other).casefold()
    found = [evidence("equal", "the same name")] if same else _EVIDENCE.get(kind, house_evidence)(one, other)
    outcomes = lexicon("matching")["outcomes"]
    score = round(float(outcomes["prior"]) + sum(e.weight for e in found), 2)
    outcome = "same" if score >= outcomes["same"] else "different" if score <= outcomes["different"] else "unsure"
    told = sorted(found, key=lambda e: (-abs(e.weight), e.words))
    return Match(outcome, score, tuple(e.words for e in told))


_EVIDENCE: dict[EntityKind, Callable[[str, str], list[Evidence]]] = {
    EntityKind.ORGANISATION: house_evidence,
    EntityKind.PERSON: person_evidence,
    EntityKind.PLACE: place_evidence,
    EntityKind.PROGRAMME: programme_evidence,
    EntityKind.PROJECT: project_evidence,
    EntityKind.TRANCHE: programme_evidence,
}
