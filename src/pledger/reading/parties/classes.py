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
from pledger.reading.names import Name, is_firm, known_organisations
from pledger.reading.page import Page, Trigger
from pledger.reading.parties.acting import acting
from pledger.reading.parties.bodies import can_play
from pledger.reading.patterns import CJK

__all__ = ["HalfOwner", "OwnersFound", "RoleFound", "class_owners", "class_roles", "half_owners", "speaks_of_roles"]

_LANGUAGES = frozenset({"en", "de", "ja", "zh", "ko"})

_MACRO = re.compile(r"~([A-Z]{2,12})~")
_GAP = re.compile(r"~(\d)~")
_NEW_CLAUSE = (
    r"(?!(?:that|which|who|whose|because|if|unless|when|while|needs?|but|according|citing|said|says|dass|weil|wenn)\s)"
)
"""Words that no gap in a frame runs over: something else begins there."""
_LATIN_WORDS = (
    rf"(?:{_NEW_CLAUSE}"
    r"(?:[\w$€£¥₹%.\-–’'+&]{1,40}|\ue000\w\d{1,9}\ue001(?:'s|’s)?|\([^()\n]{1,40}\)),?[\s\u00a0]{1,3})"
)
"""A word of a gap; what brackets hold counts as one."""
_TOLD = re.compile(r"[OL]S?b?")
"""Groups of a frame whose names have its role; numbered ones are there for the frame's sake."""
_LEFT = 16
"""Characters left of a frame, inside its clause, that may still tell that a part is denied or only possible."""
_RIGHT = 40
"""Characters right of it in languages that say so at the end."""
_CLAUSE = re.compile(r"[,;:.。，、；]")


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
class HalfOwner:
    """An owner or what is owned, the other being spoken of elsewhere; and the words that say so."""

    owner: Name | None
    owned: Name | None
    words: Span
    its: bool
    """Whether a pronoun says that it is owned by who was named last."""


@dataclass(frozen=True, slots=True)
class _Entry:
    role: str
    on: re.Pattern[str]
    patterns: tuple[_Frame, ...]
    sure: bool = False
    """Whether the words alone are so weak that a name must show that it is a company's."""


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
        _Entry(
            entry["role"],
            _beginnings(entry["on"], language),
            _frames(entry, macros, language),
            entry.get("sure", False),
        )
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
def _owning(language: str) -> tuple[_Entry, ...]:
    """The frames that name owner and owned, and those that name one of them where the language has such."""
    table = lexicon(f"roles_{language}")
    listed = [table["ownership"], *([table["ownership_open"]] if "ownership_open" in table else [])]
    return tuple(_Entry("owner", _beginnings(e["on"], language), _frames(e, table["macros"], language)) for e in listed)


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
        real = [key for key in keys if acting(masked.text, *match.span(key)) is not None]
        owners = [name for key in real for name in _named(masked, groups[key], key[0])]
        for owner in owners:
            if not (isinstance(owned, Name) and isinstance(owner, Name)) or owned.text == owner.text:
                continue
            if owner.kind is EntityKind.PLACE and country_code(owner.text) is None:
                continue
            if (owner.text, owned.text) not in seen:
                seen.add((owner.text, owned.text))
                yield OwnersFound(owner, owned, masked.back(*match.span()))


def half_owners(masked: Masked[Span | Name], page: Page, index: int) -> Iterator[HalfOwner]:
    """The frames of sentence `index` that name an owner of what the text spoke of, or what somebody spoken of owns."""
    number = len(_entries(page.language)) + 1
    if number not in page.which(_WORDS, index):
        return
    for match in _matches(masked, page, index, number):
        groups = match.groupdict()
        owner, owned = (
            next(iter(masked.listed(groups[key])), None) if groups.get(key) else None for key in ("O2", "O1")
        )
        if isinstance(owner, Name) or isinstance(owned, Name):
            named = owner if isinstance(owner, Name) else None
            whose = owned if isinstance(owned, Name) else None
            yield HalfOwner(named, whose, masked.back(*match.span()), match[0].lower().startswith(_ITS))


_ITS = ("its ", "their ")


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
    return (*_entries(language), *_owning(language))


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
        if number >= len(entries):
            continue  # who owns whom
        for match in _matches(masked, page, index, number):
            yield from _of_match(masked, match, entries[number], language, seen)


def _of_match(
    masked: Masked[Span | Name], match: re.Match[str], entry: _Entry, language: str, seen: set[tuple[Span, str]]
) -> Iterator[RoleFound]:
    groups = match.groupdict()
    projects = [p for key in ("P", "PS", "Pb") if groups.get(key) for p in masked.listed(groups[key])]
    project = projects[0] if projects and isinstance(projects[0], Span) else None
    words = masked.back(*match.span())
    modality, told = _modality(masked.text, match, language)
    for key, value in groups.items():
        if value is None or not _TOLD.fullmatch(key):
            continue
        for name in _acting(masked, match.span(key), key[0]):
            played = can_play(name, entry.role, match[0], language)
            if entry.sure and not (is_firm(name.text) or name.text in known_organisations()):
                continue
            if played is not None and (name.span, played) not in seen:
                seen.add((name.span, played))
                yield RoleFound(name, played, project, words, modality, told)


def _acting(masked: Masked[Span | Name], group: tuple[int, int], letter: str) -> list[Name]:
    """The names of a group of their kind that do what the frame says."""
    skipped = acting(masked.text, *group)
    return [] if skipped is None else _named(masked, masked.text[slice(*group)], letter)[skipped:]


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
