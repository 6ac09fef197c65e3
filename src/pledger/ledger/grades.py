"""How far a source is trusted: the Admiralty letter by a documented rule, and what a claim of it weighs.

The letter answers for the source alone. A: an office of state, or its document. B: a named organisation about its own
affairs; a wire or a paper of record. C: somebody whom a named outlet quotes without a name; a research house; a named
person without an office. D: an outlet that the data do not know. E: a machine's digest, or a paid text, speaking for
itself. F: nothing is known of the source. Word lists and weights, with reasons: `data/lexicon/ledger_sources.toml`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pledger.data import lexicon
from pledger.ledger.names import canonical, fold, is_cjk, known_person, outlet, split
from pledger.ledger.origins import Root
from pledger.ledger.possibility import surveyed
from pledger.model import Document, Entity, EntityKind, Modality

__all__ = ["digit", "letter", "weight"]


def letter(root: Root, document: Document, entity: Entity | None) -> str:
    """The Admiralty letter of a root; `entity` is the ledger's organisation or person of that name, if any."""
    if root.source is None:
        noticed = [mark for notice in document.notices if (mark := lexicon("ledger_sources")["notices"].get(notice))]
        if noticed:
            return str(max(noticed))
        if document.publisher is None:
            return "F"
        published = _kind_of(split(document.publisher)[0])
        return "C" if published in "AB" and root.unnamed_inside else published
    said = _kind_of(root.name)
    if root.unnamed_inside:
        return "C" if said in "ABC" else said
    if said in "CD" and entity is not None:
        return "B" if entity.kind is EntityKind.ORGANISATION else "C"
    return said


@lru_cache(maxsize=16384)
def _kind_of(name: str) -> str:
    sources = lexicon("ledger_sources")
    if known_person(name) is not None:
        return "A"  # The data list people by the public office that they hold.
    shown = canonical(name) or canonical(outlet(name)) or name
    if fold(shown) in _records() or outlet(shown) in _records():
        return "B"
    folded = f" {fold(shown)} "
    if any(f" {word} " in folded for word in sources["official"]["words"]):
        return "A"
    if is_cjk(name) and any(word in name for word in sources["official"]["cjk"]):
        return "A"
    if any(f" {word} " in folded for word in sources["research"]["words"]):
        return "C"
    return "D"


def weight(mark: str, modality: Modality, root: Root, document: Document, words: str | None = None) -> float:
    """Probability that these words of this source are right: letter x modality x one factor for each relay.

    `words`: those that show the modality. Words of possibility that readers were asked about ("unlikely") count as they
    take them.
    """
    sources = lexicon("ledger_sources")
    said = surveyed(words) if words and modality is Modality.POSSIBLE else None
    r = float(sources["letters"][mark]) * (float(sources["modality"][modality]) if said is None else said)
    for n, relay in enumerate(root.relays):
        generated = n == 0 and any(notice in sources["notices"] for notice in document.notices)
        kind = "generated" if generated else "record" if relay in _records() else "unknown"
        r *= float(sources["relays"][kind])
    return r


def digit(mark: str, origins: int, heaviest: bool, contested: bool, modality: Modality) -> int:
    """The Admiralty digit of what an origin says, from the company it has in this ledger.

    1: two or more independent origins say so, and it is the heaviest side. 2: a single source A or B that nothing
    contradicts. 3: the like in words of possibility, or by C, or with a lighter side against it. 4: a heavier side says
    otherwise; 5: and the source is weak too (D to F). 6: a single weaker source.
    """
    if not heaviest:
        return 5 if mark in "DEF" else 4
    if origins >= 2:
        return 1
    if mark in "AB":
        return 3 if contested or modality is Modality.POSSIBLE else 2
    return 3 if mark == "C" else 6


@cache
def _records() -> frozenset[str]:
    return frozenset(
        key for name in lexicon("ledger_sources")["records"]["names"] for key in (fold(name), outlet(name))
    )
