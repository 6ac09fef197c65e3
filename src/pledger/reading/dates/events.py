"""What happens at a date: told by the nearest event word of the clause, carried over along enumerations."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import alternation, has_cjk

__all__ = ["Event", "event_of"]

_REACH = 180
_COMMA_COST = 25
_RIGHT_COST = 12
_VERB_LAST_COST = 40
"""In Japanese, Korean and mostly in Chinese the verb of a date follows it."""

_OTHER_DATE_COST = 90
_CLAUSE_COST = 60
_STOP = re.compile(r"[!?\n;；•]|\.(?=[ \u00a0]+[A-Z\"'\u201c])|[。！？]")
_CLAUSE = re.compile(
    r"(?<![a-z])(?:which|who|where|while|although|though|because|but|as|after|before|when|if|that)(?![a-z])"
    r"|[:()\u2014]| - ",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Event:
    """The event of a date, and a second one that shares it ("announced ahead of a visit in March")."""

    name: str
    also: str | None = None


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("dates")
    events = lex["events"]
    meaning = {
        word.lower(): name for name, words in events.items() if name not in ("carry", "bridges") for word in words
    }
    latin = alternation(w for w in meaning if w.isascii() or w[0].isascii())
    cjk = alternation(w for w in meaning if not (w.isascii() or w[0].isascii()))
    pattern = re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])|{cjk}", re.IGNORECASE)
    bridges = re.compile(rf"(?<![a-z]){alternation(events['bridges'])}(?![a-z])", re.IGNORECASE)
    carry = re.compile(r"[,;]|(?<![a-z])(?:followed by|and|then|with)(?![a-z])", re.IGNORECASE)
    return pattern, meaning, bridges, carry


def event_of(text: str, start: int, end: int, before: tuple[int, Event] | None, after: int | None) -> Event:
    """The event of the date at `text[start:end]` of a normalised text.

    `before` is where the date before it ends, with its event; `after` is where the next one starts. Costs are
    characters, with a surcharge for each comma, clause or other date between the word and the date; words to the right
    pay a little more, since English and German put the verb first as a rule.
    """
    left_at = max(0, start - _REACH)
    left = text[left_at:start]
    stops = [m.end() for m in _STOP.finditer(left)]
    left_at += stops[-1] if stops else 0
    right_end = min(len(text), end + _REACH)
    stop = _STOP.search(text, end, right_end)
    right_end = stop.start() if stop else right_end
    pattern, meaning, bridges, carry = _words()
    verb_last = has_cjk(text[start:end])
    found: list[tuple[int, int, str]] = []
    for match in pattern.finditer(text, left_at, start):
        cost = _cost(text, match.end(), start) + (_OTHER_DATE_COST if before and before[0] > match.start() else 0)
        cost += _VERB_LAST_COST if verb_last else 0
        found.append((cost, match.start(), meaning[match.group().lower()]))
    for match in pattern.finditer(text, end, right_end):
        cost = _cost(text, end, match.start()) + (0 if verb_last else _RIGHT_COST)
        cost += _OTHER_DATE_COST if after is not None and after < match.start() else 0
        found.append((cost, match.start(), meaning[match.group().lower()]))
    own = [f for f in found if before is None or f[1] >= before[0]]
    if before and before[1].name != "other" and before[0] >= left_at and start - before[0] <= 120:
        near = [f for f in own if (f[1] < start and not verb_last) or not carry.search(text, *sorted((end, f[1])))]
        if not near and carry.search(text, before[0], start):
            return Event(before[1].name)
    if not found:
        return Event("other")
    cost, at, name = min(found)
    if name == "other" or cost > _REACH + _OTHER_DATE_COST:
        return Event("other")
    return Event(name, _shared(text, left_at, at, name, pattern, meaning, bridges))


def _cost(text: str, begin: int, end: int) -> int:
    between = text[begin:end]
    return (
        len(between)
        + _COMMA_COST * (between.count(",") + between.count("、"))
        + _CLAUSE_COST * len(_CLAUSE.findall(between))
    )


def _shared(
    text: str,
    begin: int,
    at: int,
    name: str,
    pattern: re.Pattern[str],
    meaning: dict[str, str],
    bridges: re.Pattern[str],
) -> str | None:
    """The event that a visit or a meeting is the occasion of: "to be announced ahead of a visit"."""
    if name not in ("visit", "meet"):
        return None
    earlier = list(pattern.finditer(text, begin, at))
    if not earlier:
        return None
    last = earlier[-1]
    other = meaning[last.group().lower()]
    if other in ("other", name, "meet", "visit"):
        return None
    bridge = bridges.search(text, last.end(), at)
    return other if bridge and bridge.start() - last.end() <= 12 and at - bridge.end() <= 60 else None
