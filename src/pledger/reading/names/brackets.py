"""Other scripts of a name, and acronyms, in brackets right behind it, in either direction."""

from __future__ import annotations

import re
from functools import cache

from pledger.reading.patterns import plain

__all__ = ["in_brackets", "is_term"]

_BRACKET = re.compile(r"[ \u00a0]?[(（]([^()（）\n]{2,60})[)）]")
_ACRONYM = re.compile(r"[A-Z][A-Z0-9&.\-]{1,9}")
_LATIN = re.compile(r"[A-ZÀ-Þ][\w&.'’\-+]{0,30}(?:[ \u00a0][\w&.'’\-+]{1,30}){0,6}")
_OTHER = re.compile(
    r"[\u0370-\u03ff\u0400-\u052f\u0590-\u05ff\u0600-\u06ff\u0900-\u0dff\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af"
    r"·・＝\s\-]{2,50}"
)
_OWNED = re.compile(r"(?:傘下|系列|系|子会社|関連会社|本社|旗下|子公司|所属|所屬)$")
"""What ends words that tell whose a company is, and are no form of its name."""
_LATIN_LETTER = re.compile(r"[A-Za-zÀ-ɏ]")
_PARTS = re.compile(r"[,，、;；/]\s?")


@cache
def _terms() -> frozenset[str]:
    """Abbreviations of common nouns: nobody is called by them."""
    return frozenset(plain("names", "terms"))


def is_term(word: str) -> bool:
    """Whether a word is an abbreviation of common nouns ("SPC") and nobody's name."""
    return word in _terms()


def in_brackets(text: str, name: str, end: int) -> tuple[str, ...]:
    """Forms of `name`, which ends at `end`, that the brackets behind it give: acronyms, and names in another script."""
    match = _BRACKET.match(text, end)
    if match is None or name in _terms():
        return ()
    latin = _LATIN_LETTER.search(name) is not None
    found = []
    for part in _PARTS.split(match[1]):
        inner = part.strip()
        if _OWNED.search(inner):
            continue
        foreign = _OTHER.fullmatch(inner) if latin else _LATIN.fullmatch(inner) or _other_script(name, inner)
        if inner and inner != name and inner not in _terms() and (foreign or _ACRONYM.fullmatch(inner)):
            found.append(inner)
    return tuple(found)


_HANGUL = re.compile(r"[\uac00-\ud7af]")


def _other_script(name: str, inner: str) -> bool:
    """Whether two names in other scripts than Latin are in two: a place in brackets is no second name."""
    return _OTHER.fullmatch(inner) is not None and bool(_HANGUL.search(name)) is not bool(_HANGUL.search(inner))
