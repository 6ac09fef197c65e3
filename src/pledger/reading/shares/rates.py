"""Rates that are a share of nothing: tariffs, interest, taxes, inflation."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import GAP, alternation, has_cjk

__all__ = ["rate_name", "rate_of"]

_AHEAD = 56
_BEHIND = 72
_CONTEXT = 400
_CLAUSE = re.compile(r"[.,;:!?\n]")


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], re.Pattern[str], re.Pattern[str]]]:
    lex = lexicon("shares")
    stop = alternation([*lex["whole"]["stop"], *lex["whole"]["verbs"]])
    adjectives = rf"(?:(?!{stop} |[\w\-]+ing )[\w\-'.]+ ){{0,3}}"
    links = alternation(lex["rate_links"])
    out = []
    for name, words in lex["rates"].items():
        latin = alternation(w for w in words if w[0] < "\u0250")
        cjk = alternation(w for w in words if w[0] >= "\u0250")
        after = re.compile(
            rf"(?:(?:-|{GAP}){adjectives}{latin}(?![a-z])|[ \u00a0]?(?:の|的)?(?:[^\s,.。、]{{0,4}})?{cjk})",
            re.IGNORECASE,
        )
        object_ = r"(?: (?:on|for|against|auf)(?: [\w'\-.]+){1,6}?)?"
        before = re.compile(
            rf"(?:(?<![a-z]){latin}(?: rates?)?{object_}(?: (?:{links}|[0-9][0-9.,%]{{0,6}})){{0,6}} "
            rf"|{cjk}[^\n。、,]{{0,12}})$",
            re.IGNORECASE,
        )
        out.append((name, after, before, re.compile(rf"(?<![a-z]){latin}(?: rates?)?$|{cjk}$", re.IGNORECASE)))
    return out


def rate_of(text: str, start: int, end: int) -> str | None:
    """`tariff rate`, `interest rate`... where the figure at `text[start:end]` is one by the words of its clause."""
    ahead = _CLAUSE.split(text[end : end + _AHEAD], maxsplit=1)[0]
    behind = _CLAUSE.split(text[max(0, start - _BEHIND) : start])[-1]
    patterns = _patterns()
    name = next((name for name, after, _, _ in patterns if after.match(ahead)), None)
    name = name or next((name for name, _, before, _ in patterns if before.search(behind)), None)
    if name == "tax rate" and has_cjk(behind + ahead):
        near = text[max(0, start - _CONTEXT) : end + _CONTEXT]
        return "tariff rate" if _tariffs().search(near) else name
    return name


@cache
def _tariffs() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("shares")["tariff_context"]))


def rate_name(thing: str) -> str | None:
    """The rate that a thing is ("U.S. tariffs" is the tariff rate), None for others."""
    return next((name for name, _, _, whole in _patterns() if whole.search(thing)), None)
