"""Words as the yardstick compares them: without case, typography, possessives and legal forms."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence

__all__ = ["contained", "content", "name_words", "occurrences", "same_name", "words"]

_DOTTED = re.compile(r"(?<![^\W_])(?:[^\W\d_]\.){2,8}")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?!\w)")
_WORD = re.compile(r"[^\W_]+")
_SPELLINGS = {"centre": "center", "centres": "center", "centers": "center", "programme": "program"}


def words(text: str) -> tuple[str, ...]:
    """The words of `text` in order: compatibility forms, no case, `U.S.` as `us`, `centre` as `center`."""
    plain = unicodedata.normalize("NFKC", text)
    plain = _DOTTED.sub(lambda m: m.group().replace(".", ""), plain)
    found = _WORD.findall(_POSSESSIVE.sub(" ", plain).casefold())
    return tuple(_SPELLINGS.get(w, w) for w in found)


_LEGAL = frozenset(
    words("ag co company corp corporation gmbh group holding holdings inc incorporated kk llc ltd nv plc sa")
)
_EMPTY = frozenset(words("a an and at for in of on s the to"))
# Words that say no more than that something is a project.
_HEADS = frozenset(words("facility initiative package plan plant program project scheme site venture work"))


def contained(one: str, other: str) -> bool:
    """Whether all words of one stand in the other, side by side and in order; both ways are tried.

    Scripts without spaces have no words to compare, so there one text must be part of the other.
    """
    first, second = (tuple(w for w in words(t) if w not in _EMPTY) for t in (one, other))
    if not first or not second:
        return False
    if _spaceless("".join(first)) and _spaceless("".join(second)):
        a, b = "".join(first), "".join(second)
        return a in b or b in a
    a, b = f" {' '.join(first)} ", f" {' '.join(second)} "
    return a in b or b in a


def name_words(name: str) -> tuple[str, ...]:
    """The words of an organisation's or person's name without legal forms and without what stands in brackets."""
    found = words(re.sub(r"[(（][^()（）]{0,80}[)）]", " ", name)) or words(name)
    kept = tuple(w for w in found if w not in _LEGAL and w not in _EMPTY)
    return kept or found


def same_name(one: str, other: str) -> bool:
    """Whether two names are equal but for case, typography and legal forms."""
    return name_words(one) == name_words(other)


def content(text: str) -> frozenset[str]:
    """The words that tell one project from another: singular, without "project", "plant" and the like."""
    found = (
        w[:-1] if len(w) > 3 and w.endswith("s") and not w.endswith("ss") else w for w in words(text.replace("_", " "))
    )
    return frozenset(w for w in found if w not in _HEADS and w not in _EMPTY and w not in _LEGAL)


def occurrences(quote: str, text: str) -> Sequence[int]:
    """Where `quote` starts in `text`: every place where no letter or digit continues it on either side."""
    found = []
    at = text.find(quote)
    while at >= 0:
        end = at + len(quote)
        before, after = text[at - 1 : at], text[end : end + 1]
        if not (_continues(before, quote[:1]) or _continues(quote[-1:], after)):
            found.append(at)
        at = text.find(quote, at + 1)
    return found


def _continues(left: str, right: str) -> bool:
    """Whether two neighbouring characters belong to one word or number (never in scripts without spaces)."""
    return left.isalnum() and right.isalnum() and left.isascii() and right.isascii()


def _spaceless(text: str) -> bool:
    return any("\u3040" <= c <= "\u30ff" or "\u3400" <= c <= "\u9fff" or "\uac00" <= c <= "\ud7af" for c in text)
