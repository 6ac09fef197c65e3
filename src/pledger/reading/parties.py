"""Parties, ownership and instruments: who plays which part in what, read by frames on masked sentences."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.mask import Masked, frame
from pledger.reading.names import Name
from pledger.reading.patterns import CJK, alternation, compiled, of_language

__all__ = [
    "InstrumentsFound",
    "OwnershipFound",
    "PartyFound",
    "finance_role",
    "finances",
    "instruments",
    "ownerships",
    "parties",
]


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


@dataclass(frozen=True, slots=True)
class InstrumentsFound:
    """Ways of funding named together."""

    span: Span
    instruments: tuple[str, ...]


@cache
def _frames(language: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple(
        (entry["role"], frame(pattern, language))
        for entry in lexicon("parties")["frames"]
        for pattern in of_language(entry, language)
    )


def parties(masked: Masked[Any], language: str = "en") -> list[PartyFound]:
    """The parties that frames name in one masked sentence; a name has one role, the first that fits, per project."""
    found: list[PartyFound] = []
    seen: set[tuple[Span, str]] = set()
    for role, pattern in _frames(language):
        for match in pattern.finditer(masked.text):
            groups = match.groupdict()
            projects = [item for key in ("P", "PS", "Pb") if groups.get(key) for item in masked.listed(groups[key])]
            project = projects[0] if projects else None
            words = masked.back(*match.span())
            for key, value in groups.items():
                if value is None or key[0] not in "OH":
                    continue
                for name in masked.listed(value):
                    if isinstance(name, Name) and (name.span, role) not in seen:
                        seen.add((name.span, role))
                        found.append(PartyFound(name, role, project if isinstance(project, Span) else None, words))
    return found


@cache
def _ownership(language: str) -> tuple[re.Pattern[str], ...]:
    return tuple(frame(p, language) for p in of_language(lexicon("parties")["ownership"], language))


def ownerships(masked: Masked[Any], language: str = "en") -> list[OwnershipFound]:
    """Who owns whom in one masked sentence."""
    found: list[OwnershipFound] = []
    for pattern in _ownership(language):
        for match in pattern.finditer(masked.text):
            owned, owner = masked.listed(match["O1"]), masked.listed(match["O2"])
            if not (owned and owner and isinstance(owned[0], Name) and isinstance(owner[0], Name)):
                continue
            span = masked.back(*match.span())
            if owned[0].text != owner[0].text and not any(f.owned == owned[0] for f in found):
                found.append(OwnershipFound(owner[0], owned[0], span))
    return found


@cache
def _instruments(language: str) -> tuple[re.Pattern[str], tuple[tuple[str, re.Pattern[str]], ...], re.Pattern[str]]:
    table = lexicon("parties")["instruments"]
    every = [p for entry in table.values() for p in of_language(entry, language)]
    each = tuple(
        (name, compiled(of_language(entry, language), language))
        for name, entry in table.items()
        if of_language(entry, language)
    )
    one = alternation(every, language)
    between = (
        r"(?:[、,，・]|や|と|及び|および|和|及|与|과|와|및|\s)\s?"
        if language in CJK
        else r"(?:,?\s(?:and|or|und|oder|as well as|plus)\s(?:[\w\-]{1,20}\s){0,2}|,\s(?:[\w\-]{1,20}\s){0,2})"
    )
    return re.compile(f"{one}(?:{between}{one}){{0,5}}", re.IGNORECASE), each, compiled(tuple(every), language)


def instruments(text: str, sentence: Span, language: str = "en") -> list[InstrumentsFound]:
    """Instruments named in one sentence, each list of them as one."""
    pattern, each, _ = _instruments(language)
    found = []
    for match in pattern.finditer(text, sentence.start, sentence.end):
        named = _named(match[0], each)
        if named:
            found.append(InstrumentsFound(Span(*match.span()), named))
    return found


def _named(words: str, each: tuple[tuple[str, re.Pattern[str]], ...]) -> tuple[str, ...]:
    """The instruments that `words` name, in order; "loan guarantees" are guarantees, not loans too."""
    hits: list[tuple[int, int, str]] = []
    for name, pattern in each:
        for match in pattern.finditer(words):
            hits.append((match.start(), match.end(), name))
    hits.sort(key=lambda h: (h[0], -(h[1] - h[0])))
    out: list[str] = []
    reached = 0
    for start, end, name in hits:
        if start >= reached:
            reached = end
            if name not in out:
                out.append(name)
    return tuple(out)


@cache
def _roles() -> tuple[tuple[str, re.Pattern[str]], ...]:
    table = lexicon("parties")["finance"]["roles"]
    out = []
    for role, words in table.items():
        latin = [w for w in words if w.isascii()]
        other = [w for w in words if not w.isascii()]
        parts = [rf"(?<!\w)(?:{'|'.join(map(re.escape, latin))})(?!\w)"] + [re.escape(w) for w in other]
        out.append((role, re.compile("|".join(parts))))
    return tuple(out)


_CENTRAL_BANK = re.compile(
    r"^(?:Bank of [A-Z]\w+|European Central Bank|Federal Reserve.*|World Bank|.*Central Bank|日本銀行|한국은행)$"
)


def finance_role(name: Name) -> str | None:
    """The role that the name of an institution itself shows (a bank lends, an insurer insures), else None."""
    if _CENTRAL_BANK.match(name.text):
        return None
    for words in (name.text, *name.aliases):
        for role, pattern in _roles():
            if pattern.search(words):
                return role
    return None


@cache
def _finance_verbs() -> re.Pattern[str]:
    return compiled(tuple(lexicon("parties")["finance"]["verbs_en"]), "en")


def finances(text: str, sentence: Span, language: str = "en") -> bool:
    """Whether a sentence speaks of funding, so that institutions in it are there to fund."""
    if _instruments(language)[2].search(text, sentence.start, sentence.end):
        return True
    return language not in CJK and _finance_verbs().search(text, sentence.start, sentence.end) is not None
