"""How probable is what the words call possible: "likely" is 0.70 to the readers who were asked, "unlikely" 0.20.

The survey is `data/reference/words.csv`; which words of which language mean which row of it is in
`data/lexicon/possibility.toml`, with what counts for words that say no more than "may" or "will".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pledger.data import lexicon, reference
from pledger.model import Modality

__all__ = ["probability", "surveyed"]


def probability(modality: Modality, words: str | None) -> float:
    """Probability, 0 to 1, that what was said in this modality with these words is or will be so.

    1 for what is asserted and 0 for what is denied: how far the source is trusted is counted elsewhere.
    """
    match modality:
        case Modality.ASSERTED:
            return 1.0
        case Modality.DENIED:
            return 0.0
    told = surveyed(words or "")
    return told if told is not None else float(lexicon("possibility")["default"][modality])


@lru_cache(maxsize=4096)
def surveyed(words: str) -> float | None:
    """The survey's median for the longest of its expressions in `words`; None where they hold none."""
    folded = words.casefold()
    found = [(len(expression), share) for expression, pattern, share in _expressions() if pattern.search(folded)]
    return max(found)[1] if found else None


@cache
def _expressions() -> tuple[tuple[str, re.Pattern[str], float], ...]:
    rows = {row["words"]: float(row["median"]) / 100 for row in reference("words")}
    return tuple(
        (expression, re.compile(_bounded(expression.casefold())), rows[row])
        for row, expressions in lexicon("possibility")["words"].items()
        for expression in expressions
    )


def _bounded(expression: str) -> str:
    """Latin words stand by themselves: `likely` is not in `unlikely`; other scripts have no gaps between words."""
    inside = re.escape(expression)
    return rf"\b{inside}\b" if expression.isascii() or expression[0] < "\u0250" else inside
