"""What columns are called: names compared without case, accents, blanks, punctuation and units."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence

from anyascii import anyascii

from pledger.ledger.names import is_cjk

__all__ = ["LONGEST", "named", "per_cent", "plain", "squeezed", "what"]

LONGEST = 80
"""Letters that the name of a column has at most."""
_UNIT = re.compile(r"\(([^()]{1,20})\)|\[([^\[\]]{1,20})\]")
_CJK = r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]"
_BLANK = re.compile(rf"(?<={_CJK}) (?={_CJK})")
"""A blank between letters of a script that is written without them, or as one likes."""
_IN = re.compile(r" in [a-z]{3}(?: m| mn| mio| tsd)?$|(?: in)? (?:%|pct|per ?cent(?:age)?|prozent)$|^% ")
"""A unit that is written out: `Marktwert in EUR`, `share pct`."""
_OR = re.compile(r"[/／|・,、]| or | und | oder | ou ")
_PERCENT = re.compile(r"%|per ?cent(?:age)?|pct|prozent|パーセント|百分比|퍼센트", re.IGNORECASE)


def plain(header: str) -> str:
    """A column's name without case, accents, punctuation and units in brackets."""
    said = unicodedata.normalize("NFKC", header).casefold()
    said = _UNIT.sub(lambda m: " % " if "%" in m[0] else " ", said)
    said = "".join(c if is_cjk(c) else anyascii(c).casefold() for c in said)
    said = re.sub(r"[^\w%]+", " ", said).replace("_", " ").replace("%", " % ")
    return _BLANK.sub("", " ".join(said.split()))


def squeezed(header: str) -> str:
    """The same without blanks: `MarketValue` and `market value` are one."""
    return plain(header).replace(" ", "")


def named(names: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """By squeezed name what a column of that name is; `names`: by what it is all that it may be called."""
    return {squeezed(name): its for its, listed in names.items() for name in listed}


def what(header: str, known: Mapping[str, str]) -> str | None:
    """What a column of this name is, with its unit or without, or by two names of one thing (`Ticker / Symbol`); None
    for what is not known. `known`: from `named`."""
    if not 0 < len(header) <= LONGEST:
        return None
    said = plain(header)
    found = known.get(said.replace(" ", "")) or known.get(_IN.sub("", said).replace(" ", ""))
    if found is None and _OR.search(header):
        both = {known.get(squeezed(part)) for part in _OR.split(header)}
        found = both.pop() if len(both) == 1 else None
    return found


def per_cent(header: str) -> bool:
    """Whether a column's name says that its numbers are per cent."""
    return _PERCENT.search(unicodedata.normalize("NFKC", header)) is not None
