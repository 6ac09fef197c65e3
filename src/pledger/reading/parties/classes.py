"""Roles by frames for whole classes of verbs, nouns and voices: the lexicons `roles_en.toml`, `roles_de.toml`...

A frame says what a construction is; the words of its classes are macros of the lexicon (`~BUILDING~`), so that a frame
reads every verb of its meaning in every tense. Whom a frame names must be able to play the part: an authority builds no
plant, and a company grants no permit.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Modality, Span
from pledger.reading.countries import country_code
from pledger.reading.frames import frame, needed, unmasked
from pledger.reading.mask import Masked
from pledger.reading.names import Name
from pledger.reading.page import Page, Trigger
from pledger.reading.parties.bodies import can_play
from pledger.reading.patterns import CJK

__all__ = ["OwnersFound", "RoleFound", "class_owners", "class_roles", "speaks_of_roles"]

_LANGUAGES = frozenset({"en", "de", "ja", "zh", "ko"})

_MACRO = re.compile(r"~([A-Z]{2,12})~")
_GAP = re.compile(r"~(\d)~")
_NEW_CLAUSE = r"(?!(?:that|which|who|whose|because|if|unless|when|while|needs?|but|dass|weil|wenn)\s)"
"""Words that no gap in a frame runs over: something else begins there."""
_LATIN_WORDS = rf"(?:{_NEW_CLAUSE}(?:[\w$€£¥₹%.\-–’'+&]{{1,40}}|\ue000\w\d{{1,9}}\ue001(?:'s|’s)?),?[\s\u00a0]{{1,3}})"
_TOLD = re.compile(r"[OL]S?b?")
"""Groups of a frame whose names have its role; numbered ones are there for the frame's sake."""
_LEFT = 16
"""Characters left of a frame, inside its clause, that may still tell that a part is denied or only possible."""
_RIGHT = 40
"""Characters right of it in languages that say so at the end."""
_CLAUSE = re.compile(r"[,;:.。，、；]")
_BEFORE = 30
_PLACED = re.compile(r"[-–](?:based|listed|born|style|built)")
"""Behind a name: it only tells where somebody else is."""
_OWNER_OF = re.compile(
    r"(?:\b(?:customers?|clients?|shares|shareholders?|rivals?|analysts?|chiefs?|head|employees|workers|director|chairman"
    r"|chairwoman|executive|manager|president|spokesman|spokeswoman|spokesperson) (?:of|at|for|in) (?:the )?"
    r"|\b(?:city|town|port|province|state|county|district|municipality) of )$"
)
"""Before a name: somebody or something of its, which does what the verb says."""


@dataclass(frozen=True, slots=True)
class RoleFound:
    """A name with its role; `project` is the span of the project that the frame names, None where it names none."""

    name: Name
    role: str
    project: Span | None
    words: Span
    """The words of the whole frame."""
    modality: Modality = Modality.ASSERTED
    modality_words: str | None = None


@dataclass(frozen=True, slots=True)
class OwnersFound:
    """Who owns whom, and the words that say so."""

    owner: Name
    owned: Name
    words: Span


@dataclass(frozen=True, slots=True)
class _Entry:
    role: str
    on: re.Pattern[str]
    patterns: tuple[_Frame, ...]


@dataclass(frozen=True, slots=True)
class _Frame:
    pattern: re.Pattern[str]
    needs: frozenset[str]
    """The letters of placeholders without which it fits no sentence."""


@cache
def _entries(language: str) -> tuple[_Entry, ...]:
    table = lexicon(f"roles_{language}")
    macros: dict[str, str] = table["macros"]
    return tuple(
        _Entry(entry["role"], _beginnings(entry["on"], language), _frames(entry, macros, language))
        for entry in table["frames"]
    )


def _frames(entry: dict[str, list[str]], macros: dict[str, str], language: str) -> tuple[_Frame, ...]:
    spelt = (_spelt(pattern, macros) for pattern in entry["patterns"])
    return tuple(_Frame(frame(pattern, language), needed(pattern)) for pattern in spelt)


def _spelt(pattern: str, macros: dict[str, str]) -> str:
    """A frame with its macros written out; macros may hold macros."""
    for _ in range(8):
        if not _MACRO.search(pattern):
            break
        pattern = _MACRO.sub(lambda m: macros[m[1]], pattern)
    return _GAP.sub(lambda m: f"{_LATIN_WORDS}{{0,{m[1]}}}", pattern)


def _beginnings(words: list[str], language: str) -> re.Pattern[str]:
    joined = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True))
    return re.compile(joined if language in CJK or language == "de" else rf"(?<![a-z])(?:{joined})", re.IGNORECASE)


@cache
def _owning(language: str) -> _Entry:
    table = lexicon(f"roles_{language}")
    entry = table["ownership"]
    return _Entry("owner", _beginnings(entry["on"], language), _frames(entry, table["macros"], language))


def class_owners(masked: Masked[Span | Name], page: Page, index: int) -> Iterator[OwnersFound]:
    """Who owns whom by the frames of sentence `index`, masked; each pair once."""
    language = page.language
    if len(_entries(language)) not in page.which(_WORDS, index):
        return
    seen: set[tuple[str, str]] = set()
    for match in _matches(masked, page, index, len(_entries(language))):
        groups = match.groupdict()
        owned = masked.listed(groups["O1"])[0]
        keys = [key for key in ("O2", "O3", "OS", "L2", "O") if groups.get(key)]
        real = [key for key in keys if not _PLACED.match(masked.text, match.end(key))]
        owners = [name for key in real for name in _named(masked, groups[key], key[0])]
        for owner in owners:
            if not (isinstance(owned, Name) and isinstance(owner, Name)) or owned.text == owner.text:
                continue
            if owner.kind is EntityKind.PLACE and country_code(owner.text) is None:
                continue
            if (owner.text, owned.text) not in seen:
                seen.add((owner.text, owned.text))
                yield OwnersFound(owner, owned, masked.back(*match.span()))


def _triggers(language: str) -> list[list[str]]:
    """What each entry, and last the one of ownership, needs a sentence to hold."""
    if language not in _LANGUAGES:
        return []
    return [[entry.on.pattern] for entry in _every(language)]


_WORDS = Trigger(_triggers)


def _worded(language: str) -> list[list[str]]:
    """What each frame of each entry, and last those of ownership, need a sentence to hold."""
    if language not in _LANGUAGES:
        return []
    return [[unmasked(one.pattern.pattern)] for entry in _every(language) for one in entry.patterns]


def _every(language: str) -> tuple[_Entry, ...]:
    return (*_entries(language), _owning(language))


_FRAMES = Trigger(_worded, tried=False)


@cache
def _numbered(language: str) -> tuple[tuple[int, _Frame], ...]:
    """All frames in the order in which `_FRAMES` counts them, each with the number of its entry."""
    return tuple((number, one) for number, entry in enumerate(_every(language)) for one in entry.patterns)


def _matches(masked: Masked[Span | Name], page: Page, index: int, entry: int) -> Iterator[re.Match[str]]:
    """What the frames of one entry match in sentence `index`, masked, frame by frame."""
    frames, present = _numbered(page.language), masked.tags()
    for number in page.which(_FRAMES, index):
        of, one = frames[number]
        if of == entry and one.needs <= present:
            yield from one.pattern.finditer(masked.text)


def speaks_of_roles(page: Page, index: int) -> bool:
    """Whether a sentence holds any word by which a frame could fit."""
    return page.has(_WORDS, index) and bool(page.which(_WORDS, index))


def class_roles(masked: Masked[Span | Name], page: Page, index: int) -> Iterator[RoleFound]:
    """The parties that frames of classes name in sentence `index`, masked; a name has each role once."""
    language, seen = page.language, set[tuple[Span, str]]()
    entries = _entries(language)
    for number in page.which(_WORDS, index):
        if number == len(entries):
            continue  # who owns whom
        for match in _matches(masked, page, index, number):
            yield from _of_match(masked, match, entries[number].role, language, seen)


def _of_match(
    masked: Masked[Span | Name], match: re.Match[str], role: str, language: str, seen: set[tuple[Span, str]]
) -> Iterator[RoleFound]:
    groups = match.groupdict()
    projects = [p for key in ("P", "PS", "Pb") if groups.get(key) for p in masked.listed(groups[key])]
    project = projects[0] if projects and isinstance(projects[0], Span) else None
    words = masked.back(*match.span())
    modality, told = _modality(masked.text, match, language)
    for key, value in groups.items():
        if value is None or not _TOLD.fullmatch(key) or _of_somebody(masked.text, match, key):
            continue
        for name in _named(masked, value, key[0]):
            played = can_play(name, role, match[0], language)
            if played is not None and (name.span, played) not in seen:
                seen.add((name.span, played))
                yield RoleFound(name, played, project, words, modality, told)


def _of_somebody(text: str, match: re.Match[str], key: str) -> bool:
    """Whether a name only tells where somebody else is, or whose customer or director acts."""
    left = text[max(0, match.start(key) - _BEFORE) : match.start(key)]
    return _PLACED.match(text, match.end(key)) is not None or _OWNER_OF.search(left) is not None


def _named(masked: Masked[Span | Name], placeholders: str, letter: str) -> list[Name]:
    """The names of a group that are of its kind: what brackets inside a list hold is none of the list."""
    names = [name for name in masked.listed(placeholders) if isinstance(name, Name)]
    return [name for name in names if (name.kind is EntityKind.PLACE) is (letter == "L")]


@cache
def _shows(language: str) -> tuple[tuple[Modality, re.Pattern[str]], ...]:
    table = lexicon(f"roles_{language}")["modality"]
    out = []
    for key in ("denied", "possible", "planned"):
        joined = "|".join(table[key])
        bounded = joined if language in CJK else rf"(?<!\w)(?:{joined})(?!\w)"
        out.append((Modality(key), re.compile(bounded, re.IGNORECASE)))
    return tuple(out)


def _modality(text: str, match: re.Match[str], language: str) -> tuple[Modality, str | None]:
    """How far the words of a frame commit themselves, and the word that shows it."""
    left = text[max(0, match.start() - _LEFT) : match.start()]
    cut = [m.end() for m in _CLAUSE.finditer(left)]
    right = text[match.end() : match.end() + (_RIGHT if language in CJK else 0)]
    stop = _CLAUSE.search(right)
    words = left[cut[-1] if cut else 0 :] + match[0] + (right[: stop.start()] if stop else right)
    for modality, pattern in _shows(language):
        if found := pattern.search(words):
            return modality, found[0]
    return Modality.ASSERTED, None
