"""How far a source is trusted: the Admiralty letter by a documented rule, and what a claim of it weighs.

The letter answers for the source alone, the origin that `origins` finds at the end of the chain. From the top:

    A  an official document: of an office of state, or its own site (`[official]` words)
    A  a named official: somebody whom the data list by the public office that they hold, or who speaks by its title
    B  a named organisation about its own affairs (sponsor, lender, ...: it takes part in what is told)
    B  a wire or paper of record in its own name, or citing two or more unnamed sources (`[several]` words)
    C  a wire, a paper of record or an office citing a single unnamed source
    C  a research house; a named person without an office
    D  an outlet that the data do not know, whomever it cites without a name
    E  a machine's digest (`ai-generated`) or a paid text (`sponsored`), speaking for itself; what it says of others is
       theirs, less the factor of a machine's relay
    F  nothing is known of the source

An analyst's letter takes the place of the rule's (`pledger grade`). The digit is `digit`'s: what a claim is worth by
the company that it has here. Word lists and weights, with reasons: `data/lexicon/ledger_sources.toml`. How a source's
words fared here is its record (`records`): evidence for an analyst, and no part of the rule.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import cache, lru_cache

from pledger.data import lexicon
from pledger.ledger.judgements import Verdicts
from pledger.ledger.names import canonical, fold, is_cjk, known_person, outlet, split
from pledger.ledger.origins import Root, named
from pledger.ledger.possibility import surveyed
from pledger.ledger.voices import Voice
from pledger.model import Document, Entity, EntityKind, Modality, Origin, Side

__all__ = ["digit", "graded", "letter", "regraded", "subject", "weight"]


def letter(root: Root, document: Document, entity: Entity | None) -> str:
    """The Admiralty letter of a root; `entity` is the ledger's organisation or person of that name, if any."""
    if root.source is None:
        noticed = [mark for notice in document.notices if (mark := lexicon("ledger_sources")["notices"].get(notice))]
        if noticed:
            return str(max(noticed))
        if document.publisher is None:
            return "F"
        published = _kind_of(split(document.publisher)[0])
        return _relaying(published, root) if root.unnamed_inside else published
    said = _kind_of(root.name)
    if root.unnamed_inside:
        return _relaying(said, root)
    if said in "CD" and entity is not None:
        return "B" if entity.kind is EntityKind.ORGANISATION else "C"
    return said


def _relaying(mark: str, root: Root) -> str:
    """The letter of a source that relays people whom it does not name."""
    if mark not in "ABC":
        return mark
    inside = root.chain[root.chain.index(root.source) + 1 :] if root.source is not None else root.chain
    unnamed = [link.source for link in inside if not named(link)]
    return "B" if mark in "AB" and (len(set(unnamed)) > 1 or any(map(_several, unnamed))) else "C"


@lru_cache(maxsize=16384)
def _several(words: str) -> bool:
    """Whether these words mean two or more people: `two officials`, `people familiar with the talks`."""
    table = lexicon("ledger_sources")["several"]
    folded = f" {fold(words)} "
    if any(f" {word} " in folded if word.isascii() else word in words for word in table["one"]):
        return False
    return any(f" {word} " in folded for word in table["words"]) or any(word in words for word in table["cjk"])


@lru_cache(maxsize=16384)
def _kind_of(name: str) -> str:
    sources = lexicon("ledger_sources")
    if known_person(name) is not None:
        return "A"  # The data list people by the public office that they hold.
    shown = canonical(name) or canonical(outlet(name)) or name
    if fold(shown) in _records() or outlet(shown) in _records():
        return "B"
    folded = f" {fold(shown)} "
    official = folded
    for words in sources["official"]["not"]:
        official = official.replace(f" {words} ", " ")
    if any(f" {word} " in official for word in sources["official"]["words"]):
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


def subject(name: str) -> str:
    """What a judgement on a source's grade is kept by: its name in any of its known spellings, folded."""
    return fold(canonical(name) or canonical(outlet(name)) or known_person(name) or "") or outlet(name)


def regraded(voice: Voice, said: Verdicts) -> Voice:
    """The voice as analysts graded its origin or its claim; itself where nobody did.

    Another letter takes the place of the rule's in the product that is the weight. A digit on the claim itself outranks
    all of it: the weight is then that digit's probability ([credibility]), and 6 only shows that it cannot be judged.
    """
    sources = lexicon("ledger_sources")
    mark = said.grades.get(subject(voice.origin), "") if said.grades else ""
    if mark in sources["letters"] and mark != voice.letter:
        moved = voice.weight * float(sources["letters"][mark]) / float(sources["letters"][voice.letter])
        voice = replace(voice, letter=mark, weight=min(moved, 1.0))
    number = said.grades.get(voice.claim.id, "") if said.grades else ""
    if number.isdecimal():
        r = float(sources["credibility"].get(number, voice.weight))
        voice = replace(voice, digit=int(number), weight=r)
    return voice


def graded(sides: Iterable[Side], said: Verdicts) -> tuple[Side, ...]:
    """The sides with the ids of the judgements that graded their origins or claims."""
    if not said.graded:
        return tuple(sides)
    return tuple(replace(side, origins=tuple(_graded(origin, said) for origin in side.origins)) for side in sides)


def _graded(origin: Origin, said: Verdicts) -> Origin:
    found = {said.graded.get(key) for key in (subject(origin.name), *origin.claims)} - {None}
    return replace(origin, judgements=tuple(sorted(filter(None, found)))) if found else origin


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
