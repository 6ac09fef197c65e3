"""Growth: "spending is projected to grow by 10% annually": the verb, the pace, and the thing that grows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import GAP, alternation
from pledger.reading.tails import Tail

__all__ = ["Growth", "growth", "pace"]

_REACH = 120
_VERB_REACH = 40
_LONGEST_THING = 80
_CLAUSE = re.compile(
    r"[,;:!?\n()\u2014]|\.(?=\s)| - "
    r"|(?<![\w])(?:that|which|says?|said|and|but|as|while|where|when|because)(?![\w]) "
)
_ARTICLE = re.compile(r"^(?:the|a|an|its|their)\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Growth:
    """A verb of growth before a figure: where it starts, whether it shrinks, and the thing that grows."""

    start: int
    shrinks: bool
    thing: str | None


@cache
def _verb() -> tuple[Tail, frozenset[str]]:
    lex = lexicon("shares")["growth"]
    verbs = alternation([*lex["up"], *lex["down"]])
    between = r"(?: by)?(?: an? (?:average|annual|estimated)(?: of)?)?"
    return Tail(rf"(?<![\w\-])(?P<verb>{verbs}){between}{GAP}$"), frozenset(lex["down"])


@cache
def _pace() -> tuple[re.Pattern[str], dict[str, str]]:
    lex = lexicon("shares")["growth"]
    periods = {word: period for period, words in lex["pace"].items() for word in words}
    later = r"(?!\s(?:ago|earlier|later|before|from|of)(?![a-z]))"
    return re.compile(rf"{GAP}(?P<word>{alternation(periods)})(?![a-z]){later}", re.IGNORECASE), periods


@cache
def _auxiliaries() -> re.Pattern[str]:
    words = alternation(lexicon("shares")["growth"]["auxiliaries"])
    return re.compile(rf"(?:(?<![\w'])(?:{words})[ \u00a0\n]){{1,8}}$", re.IGNORECASE)


def pace(text: str, end: int) -> tuple[int, str] | None:
    """Where "annually", "a year", "per quarter" after a figure ends, and the period that it names; None without one."""
    pattern, periods = _pace()
    match = pattern.match(text, end, end + 32)
    return (match.end(), periods[re.sub(r"\s+", " ", match["word"]).lower()]) if match else None


@cache
def _paced_before() -> tuple[re.Pattern[str], re.Pattern[str], dict[str, str]]:
    lex = lexicon("shares")
    periods = {word: period for period, words in lex["paced_before"].items() for word in words}
    _, told = _pace()
    clause = re.compile(
        rf"(?<![a-z])(?P<word>{alternation(told)})(?: [\w'-]{{1,20}}){{0,3}},[ \u00a0\n]$", re.IGNORECASE
    )
    own = "(?<![0-9\u3400-\u9fff\uac00-\ud7a3])"
    short, long = alternation(w for w in periods if len(w) == 1), alternation(w for w in periods if len(w) > 1)
    near = re.compile(rf"(?P<word>{own}{short}|{long})[ \u00a0]?[가는이은はが为為]?[ \u00a0]?$")
    return near, clause, periods | told


def paced_before(text: str, start: int) -> str | None:
    """The period that words right before a figure name ("연 2.1%"), or the rate that the figure restates in apposition.

    "$140bn a year, almost a quarter of its output": that quarter is one of each year.
    """
    near, clause, periods = _paced_before()
    window = text[max(0, start - 48) : start]
    match = near.search(window)
    if match:
        return periods[match["word"]]
    if not window.endswith((", ", ",\n")):
        return None
    match = clause.search(window)
    return periods[re.sub(r"\s+", " ", match["word"]).lower()] if match else None


def growth(text: str, start: int) -> Growth | None:
    """The growth that a figure at `start` measures, None where no verb of growth stands right before it."""
    pattern, shrinking = _verb()
    window = text[max(0, start - _VERB_REACH) : start]
    match = pattern.search(window)
    if match is None:
        return None
    at = start - len(window) + match.start("verb")
    return Growth(at, match["verb"].lower() in shrinking, _thing(text, at))


def _thing(text: str, verb: int) -> str | None:
    """The words before the verb and its auxiliaries, back to the start of the clause, without an article."""
    window = text[max(0, verb - _REACH) : verb]
    stops = [m.end() for m in _CLAUSE.finditer(window)]
    clause = window[stops[-1] :] if stops else window
    auxiliaries = _auxiliaries().search(clause)
    left = clause[: auxiliaries.start()] if auxiliaries else clause
    thing = _ARTICLE.sub("", re.sub(r"\s+", " ", left).strip(" \"'\u2022*-"))
    return thing if 0 < len(thing) <= _LONGEST_THING and any(map(str.isalpha, thing)) else None
