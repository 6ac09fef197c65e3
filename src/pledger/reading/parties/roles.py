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
from pledger.reading.mask import CLOSE, OPEN, Masked, mask, told
from pledger.reading.names import Name, known_organisations
from pledger.reading.page import Page
from pledger.reading.parties.acting import acting
from pledger.reading.patterns import of_language, plain
from pledger.reading.placed import Placed

__all__ = [
    "OWNERSHIPS",
    "PARTIES",
    "MaskedSentence",
    "OwnershipFound",
    "PartyFound",
    "letters",
    "masked_sentence",
    "ownerships",
    "parties",
]

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


def letters(names: Iterable[Name], projects: int, actors: Iterable[Name] = ()) -> frozenset[str]:
    """The letters of the placeholders that a masked sentence may hold, as `told` tells them."""
    return told([*"P" * projects, *(_LETTERS[name.kind] for name in names), *(_ACTORS[actor.kind] for actor in actors)])


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
    nameless = list(actors)
    if not nameless:
        return mask(text, sentence, [*items, *named])
    whole = Placed((span, name) for span, _, name in named)
    items += [
        (actor.span, _ACTORS[actor.kind], actor)
        for actor in nameless
        if not any(span.covers(actor.span) for span, _ in whole.touching(actor.span))
    ]
    return mask(text, sentence, [*items, *named])


@cache
def _parties(language: str) -> tuple[tuple[str, str], ...]:
    """The frames of a language, each behind the role that it gives."""
    listed = lexicon("parties")["frames"]
    return tuple((entry["role"], pattern) for entry in listed for pattern in of_language(entry, language))


PARTIES = Frames(lambda language: tuple(pattern for _, pattern in _parties(language)))
"""The frames that give roles."""


def parties(masked: MaskedSentence, page: Page, index: int) -> list[PartyFound]:
    """The parties that frames name in sentence `index`, masked; a name has each role once, by the first that fits."""
    roles = _parties(page.language)
    found: list[PartyFound] = []
    seen: set[tuple[Span, str]] = set()
    for number, match in PARTIES.matches(masked, page, index):
        role, groups = roles[number][0], match.groupdict()
        projects = [p for key in ("P", "PS", "Pb") if groups.get(key) for p in masked.listed(groups[key])]
        project = projects[0] if projects and isinstance(projects[0], Span) else None
        words = masked.back(*match.span())
        for key, value in groups.items():
            if value is None or key[0] not in "AOH":
                continue
            for name in _meant(masked, match, key):
                if isinstance(name, Name) and (name.span, role) not in seen:
                    seen.add((name.span, role))
                    found.append(PartyFound(name, role, project, words))
    return found


def _meant(masked: MaskedSentence, match: re.Match[str], key: str) -> list[Span | Name]:
    """The names of a group that act; of "Nordbank's Fjord Energy" the latter, where the frame's words end with the
    owner.
    """
    skipped = acting(masked.text, *match.span(key))
    if skipped is None:
        return []
    named = masked.listed(match[key])[skipped:]
    owned = _OWNED.match(masked.text, match.end(key))
    return named[:-1] + masked.listed(owned[1]) if owned and named else named


@cache
def _ownership(language: str) -> tuple[tuple[str, ...], int]:
    """The frames of ownership, and how many are sure; the others need the owned one to be seen as a company."""
    table = lexicon("parties")["ownership"]
    sure, loose = of_language(table, language), of_language(table["possessive"], language)
    return (*sure, *loose), len(sure)


OWNERSHIPS = Frames(lambda language: _ownership(language)[0])
"""The frames that tell who owns whom."""


@cache
def _company_tails() -> frozenset[str]:
    return frozenset((*plain("parties", "ownership", "company_tails"), *plain("names", "legal_forms")))


def _is_company(name: Name) -> bool:
    """Whether the list of organisations, or the last word of a name, shows a company."""
    words = name.text.split()
    return name.text in known_organisations() or (len(words) > 1 and words[-1] in _company_tails())


def ownerships(masked: MaskedSentence, page: Page, index: int) -> list[OwnershipFound]:
    """Who owns whom in sentence `index`, masked; an organisation has one owner, by the first frame that fits."""
    found: dict[Span, OwnershipFound] = {}
    sure = _ownership(page.language)[1]
    for number, match in OWNERSHIPS.matches(masked, page, index):
        owned, owner = masked.listed(match["O1"])[0], masked.listed(match["O2"])[0]
        if not (isinstance(owned, Name) and isinstance(owner, Name)) or owned.text == owner.text:
            continue
        if number < sure or _is_company(owned):
            found.setdefault(owned.span, OwnershipFound(owner, owned, masked.back(*match.span())))
    return list(found.values())
