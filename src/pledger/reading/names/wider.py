"""The organisations of a text as those who play a part in something: more names than attribution needs.

`names` are what every recogniser uses; a wider net is cast here for those whose part is then told by what they do, in
languages whose capitals or scripts do not show names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import cache, lru_cache

from pledger.model import EntityKind, Span
from pledger.reading.gazetteer import glossed_town, latin_town
from pledger.reading.names.brackets import in_brackets
from pledger.reading.names.chinese import chinese
from pledger.reading.names.eastern import any_word, first_by_place
from pledger.reading.names.english import english
from pledger.reading.names.german import german
from pledger.reading.names.japanese import japanese
from pledger.reading.names.korean import korean
from pledger.reading.names.listed import known_organisations
from pledger.reading.names.name import Name
from pledger.reading.patterns import plain

__all__ = ["is_firm", "wider"]


def wider(text: str, sentences: Sequence[Span], language: str, found: Iterable[Name]) -> list[Name]:
    """`found` with more names of organisations, in order and without overlap; listed names and people stay."""
    known = list(found)
    if language == "de":
        kept = [name for name in known if name.kind is not EntityKind.ORGANISATION]
        return _merged(kept, german(text, sentences))
    if language in ("ja", "zh", "ko"):
        reader = {"ja": japanese, "zh": chinese, "ko": korean}[language]
        kept = [name for name in known if not (_cut_word(text, name) or _too_short(name))]
        every = (*reader(text, sentences), *(_with_forms(text, name) for name in kept))
        return _outside(text, first_by_place([_placed(text, name, language) for name in every]))
    return english(text, known) if language == "en" else known


def _placed(text: str, name: Name, language: str) -> Name:
    """A name as a place where it is a town's: brackets behind it say so, and nothing in it names a firm."""
    if name.kind is not EntityKind.ORGANISATION or is_firm(name.text) or name.text in known_organisations():
        return name
    town = glossed_town(text, name.span.start, name.span.end, language) is not None
    if not town and name.text.isascii():
        town = text[name.span.start - 1 : name.span.start] in ("(", "（") and latin_town(name.text)
    return replace(name, kind=EntityKind.PLACE) if town else name


def _outside(text: str, found: Sequence[Name]) -> list[Name]:
    """The names without those that only give a town's in Latin letters, in brackets behind it."""
    glosses = [name.shown(text) for name in found if name.kind is EntityKind.PLACE and name.aliases]
    return [n for n in found if not any(g.start < n.span.start and g.covers(n.span) for g in glosses)]


def _cut_word(text: str, name: Name) -> bool:
    """Whether a place begins inside a word: "负责得克萨斯州"."""
    return name.kind is EntityKind.PLACE and text.startswith("负责", max(0, name.span.start - 1))


def _too_short(name: Name) -> bool:
    """Whether two Latin letters in such a text are no name that is listed."""
    return len(name.text) < 3 and name.text.isascii() and name.text not in known_organisations()


def _with_forms(text: str, name: Name) -> Name:
    """A name with the other forms that brackets behind it give."""
    return name if name.aliases else replace(name, aliases=in_brackets(text, name.text, name.span.end))


@lru_cache(maxsize=8192)
def is_firm(name: str) -> bool:
    """Whether a name's own end, or its legal form, says that it is an organisation's."""
    return _firm().search(name) is not None


@cache
def _firm() -> re.Pattern[str]:
    latin = "|".join((*map(re.escape, plain("names", "organisation_tails")), *plain("names_wider", "en", "legal")))
    eastern = "|".join(any_word(language, "tails", "bodies") for language in ("ja", "zh", "ko"))
    legal = any_word("ja", "legal")
    return re.compile(rf"(?<!\w)(?:{latin})$|(?:{eastern}|{legal})$|^(?:{legal})")


def _merged(first: Sequence[Name], second: Sequence[Name]) -> list[Name]:
    """Both; of two that overlap the longer one."""
    return first_by_place(sorted([*first, *second], key=lambda n: (n.span.start, -n.span.end)))
