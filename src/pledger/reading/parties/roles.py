"""Who plays which part in what, and who owns whom: the frames of `data/lexicon/parties.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.frames import Frames
from pledger.reading.mask import CLOSE, OPEN, Masked, mask
from pledger.reading.names import Name, known_organisations
from pledger.reading.patterns import of_language, plain
from pledger.reading.placed import Placed

__all__ = ["MaskedSentence", "OwnershipFound", "PartyFound", "masked_sentence", "ownerships", "parties"]

MaskedSentence: TypeAlias = Masked[Span | Name]
"""A sentence whose names and projects (their spans) are placeholders."""

_LETTERS = {EntityKind.ORGANISATION: "O", EntityKind.PERSON: "H", EntityKind.PLACE: "L"}
_ACTORS = {EntityKind.ORGANISATION: "A", EntityKind.PERSON: "H"}

_OWNED = re.compile(rf"(?:'s|’s)\s({OPEN}O\d{{1,9}}{CLOSE})")
"""Behind an owner: the company of its own that is meant."""


@dataclass(frozen=True, slots=True)
class PartyFound:
    """A name with its role; `project` is the span of the project that the frame names, None where it names none."""

    name: Name
    role: str
    project: Span | None
    words: Span
    """The words of the whole frame."""


@dataclass(frozen=True, slots=True)
class OwnershipFound:
    """Who owns whom, and the words that say so."""

    owner: Name
    owned: Name
    span: Span


def masked_sentence(
    text: str,
    sentence: Span,
    names: Iterable[Name],
    projects: Iterable[Span] = (),
    actors: Iterable[Name] = (),
) -> MaskedSentence:
    """`sentence` with its projects, names and nameless actors masked.

    A project wins over a name, and what is part of a name is no actor.
    """
    items: list[tuple[Span, str, Span | Name]] = [(project, "P", project) for project in projects]
    named = [(name.whole(text), _LETTERS[name.kind], name) for name in names]
    whole = Placed((span, name) for span, _, name in named)
    items += [
        (actor.span, _ACTORS[actor.kind], actor)
        for actor in actors
        if not any(span.covers(actor.span) for span, _ in whole.touching(actor.span))
    ]
    return mask(text, sentence, [*items, *named])


@cache
def _parties(language: str) -> tuple[tuple[str, ...], Frames]:
    """The frames of a language, with the role that each gives."""
    listed = [(e["role"], pattern) for e in lexicon("parties")["frames"] for pattern in of_language(e, language)]
    return tuple(role for role, _ in listed), Frames(tuple(pattern for _, pattern in listed), language)


def parties(masked: MaskedSentence, language: str = "en") -> list[PartyFound]:
    """The parties that frames name in one masked sentence; a name has each role once, by the first frame that fits."""
    roles, frames = _parties(language)
    found: list[PartyFound] = []
    seen: set[tuple[Span, str]] = set()
    for number, match in frames.matches(masked):
        groups = match.groupdict()
        projects = [p for key in ("P", "PS", "Pb") if groups.get(key) for p in masked.listed(groups[key])]
        project = projects[0] if projects and isinstance(projects[0], Span) else None
        words = masked.back(*match.span())
        for key, value in groups.items():
            if value is None or key[0] not in "AOH":
                continue
            for name in _meant(masked, match, key):
                if isinstance(name, Name) and (name.span, roles[number]) not in seen:
                    seen.add((name.span, roles[number]))
                    found.append(PartyFound(name, roles[number], project, words))
    return found


def _meant(masked: MaskedSentence, match: re.Match[str], key: str) -> list[Span | Name]:
    """The names of a group; of "Nordbank's Fjord Energy" the latter, where the frame's words end with the owner."""
    named = masked.listed(match[key])
    owned = _OWNED.match(masked.text, match.end(key))
    return named[:-1] + masked.listed(owned[1]) if owned else named


@cache
def _ownership(language: str) -> tuple[Frames, int]:
    """The frames of ownership, and how many of them, the last ones, need the owned one to be seen as a company."""
    table = lexicon("parties")["ownership"]
    sure, loose = of_language(table, language), of_language(table["possessive"], language)
    return Frames((*sure, *loose), language), len(sure)


@cache
def _company_tails() -> frozenset[str]:
    return frozenset((*plain("parties", "ownership", "company_tails"), *plain("names", "legal_forms")))


def _is_company(name: Name) -> bool:
    """Whether the list of organisations, or the last word of a name, shows a company."""
    words = name.text.split()
    return name.text in known_organisations() or (len(words) > 1 and words[-1] in _company_tails())


def ownerships(masked: MaskedSentence, language: str = "en") -> list[OwnershipFound]:
    """Who owns whom in one masked sentence; an organisation has one owner, by the first frame that fits."""
    found: dict[Span, OwnershipFound] = {}
    frames, sure = _ownership(language)
    for number, match in frames.matches(masked):
        owned, owner = masked.listed(match["O1"])[0], masked.listed(match["O2"])[0]
        if not (isinstance(owned, Name) and isinstance(owner, Name)) or owned.text == owner.text:
            continue
        if number < sure or _is_company(owned):
            found.setdefault(owned.span, OwnershipFound(owner, owned, masked.back(*match.span())))
    return list(found.values())
