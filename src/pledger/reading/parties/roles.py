"""Who plays which part in what, and who owns whom: the frames of `data/lexicon/parties.toml`."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import TypeAlias

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.frames import Frames
from pledger.reading.mask import Masked, mask
from pledger.reading.names import Name
from pledger.reading.patterns import of_language

__all__ = ["MaskedSentence", "OwnershipFound", "PartyFound", "masked_sentence", "ownerships", "parties"]

MaskedSentence: TypeAlias = Masked[Span | Name]
"""A sentence whose names and projects (their spans) are placeholders."""

_LETTERS = {EntityKind.ORGANISATION: "O", EntityKind.PERSON: "H", EntityKind.PLACE: "L"}


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


def masked_sentence(text: str, sentence: Span, names: Iterable[Name], projects: Iterable[Span] = ()) -> MaskedSentence:
    """`sentence` with its projects and names masked; where they overlap the project wins."""
    items: list[tuple[Span, str, Span | Name]] = [(project, "P", project) for project in projects]
    items += [(name.whole(text), _LETTERS[name.kind], name) for name in names]
    return mask(text, sentence, items)


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
            for name in masked.listed(value) if value is not None and key[0] in "OH" else ():
                if isinstance(name, Name) and (name.span, roles[number]) not in seen:
                    seen.add((name.span, roles[number]))
                    found.append(PartyFound(name, roles[number], project, words))
    return found


@cache
def _ownership(language: str) -> Frames:
    return Frames(of_language(lexicon("parties")["ownership"], language), language)


def ownerships(masked: MaskedSentence, language: str = "en") -> list[OwnershipFound]:
    """Who owns whom in one masked sentence; an organisation has one owner, by the first frame that fits."""
    found: dict[Span, OwnershipFound] = {}
    for _, match in _ownership(language).matches(masked):
        owned, owner = masked.listed(match["O1"])[0], masked.listed(match["O2"])[0]
        if isinstance(owned, Name) and isinstance(owner, Name) and owned.text != owner.text:
            found.setdefault(owned.span, OwnershipFound(owner, owned, masked.back(*match.span())))
    return list(found.values())
