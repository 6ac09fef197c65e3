"""What happens at a date: told by the nearest event word of the clause, carried over along enumerations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import alternation, has_cjk
from pledger.reading.page import Page, Trigger

__all__ = ["Event", "event_of"]

_REACH = 180
_COMMA_COST = 25
_RIGHT_COST = 12
_VERB_LAST_COST = 40
"""In Japanese, Korean and mostly in Chinese the verb of a date follows it."""

_OTHER_DATE_COST = 90
_CLAUSE_COST = 60
_MADE_KNOWN = re.compile(
    r"[^。、，,]{0,10}(?:と|고)[ \u00a0]?[^。]{0,6}?(?:明らかにした|発表した|表明した|明かした|公表した|밝혔|발표)"
)
"""Behind a verb in Japanese and Korean: it was made known, on the day named before both, that something was done."""

_STOP = re.compile(r"[!?\n;；•]|\.(?=[ \u00a0]+[A-Z\"'\u201c\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])|[。！？]")
_ASIDE = re.compile(r"\([^()\n]{0,60}\)")
"""What stands in parentheses parts nothing."""

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
    word: str = ""
    """The word that told it, in lower case; empty where it was carried over."""


@cache
def _words() -> tuple[re.Pattern[str], dict[str, str], re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("dates")
    events = lex["events"]
    meaning = {
        word.lower(): name
        for name, words in events.items()
        if name not in ("carry", "bridges", "selection")
        for word in words
    }
    latin = alternation(w for w in meaning if w.isascii() or w[0].isascii())
    cjk = alternation(w for w in meaning if not (w.isascii() or w[0].isascii()))
    pattern = re.compile(rf"(?<![a-z])(?:{latin})(?![a-z])|{cjk}", re.IGNORECASE)
    bridges = re.compile(rf"(?<![a-z]){alternation(events['bridges'])}(?![a-z])", re.IGNORECASE)
    carry = re.compile(r"[,;]|(?<![a-z])(?:followed by|and|then|with)(?![a-z])", re.IGNORECASE)
    return pattern, meaning, bridges, carry


@cache
def _phrases() -> re.Pattern[str]:
    """Events told by several words; the group names the event."""
    lex = lexicon("dates")["event_patterns"]
    rate = r"[0-9]{1,3}(?:[.,][0-9]{1,2})?(?:[ \u00a0-]?(?:%|％|percent|per cent|Prozent|パーセント|퍼센트))?"
    number = r"[0-9][0-9.,]{0,12}"
    scale = "(?:[ \u00a0]?(?:billion|trillion|million|bn|tn|[万億兆亿억조]{1,2}[0-9]{0,4}[億亿억]?))"
    money = rf"(?:(?:[A-Z]{{0,3}}[$€£¥]){number}{scale}?|{number}{scale}(?:ドル|円|ユーロ|ウォン|美元|달러|원))"
    groups = []
    for name, patterns in lex.items():
        told = "|".join(p.replace("RATE", rf"(?:{rate})").replace("MONEY", money) for p in patterns)
        groups.append(rf"(?P<{name}>{told})")
    return re.compile(rf"(?<![A-Za-z])(?:{'|'.join(groups)})")


_EVENTS = Trigger(lambda _: [[_words()[0].pattern]], exact=True)
_PHRASES = Trigger(lambda _: [[_phrases().pattern]], exact=True)


def _told(page: Page, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """(start, end, event) of every word or phrase for an event between `begin` and `end`."""
    pattern, meaning, _, _ = _words()
    for match in page.matches(_EVENTS, pattern, page.plain, begin, end):
        yield match.start(), match.end(), meaning[_key(match.group())]
    for match in page.matches(_PHRASES, _phrases(), page.plain, begin, end):
        yield match.start(), match.end(), match.lastgroup or "other"


def _key(words: str) -> str:
    """Words as the lexicon writes them."""
    return " ".join(words.lower().split())


def event_of(
    page: Page, start: int, end: int, before: tuple[int, Event] | None, after: int | None, *, of_day: bool = False
) -> Event:
    """The event of the date at `start:end` of a page's normalised text.

    `before` is where the date before it ends, with its event; `after` is where the next one starts. Costs are
    characters, with a surcharge for each comma, clause or other date between the word and the date; words to the right
    pay a little more, since English and German put the verb first as a rule. `of_day`: the date is a single day, on
    which a medium that "reported" something made it public.
    """
    text = page.plain
    left_at = max(0, start - _REACH)
    left = text[left_at:start]
    stops = [m.end() for m in _STOP.finditer(left)]
    left_at += stops[-1] if stops else 0
    right_end = min(len(text), end + _REACH)
    stop = _STOP.search(text, end, right_end)
    right_end = stop.start() if stop else right_end
    pattern, meaning, bridges, carry = _words()
    verb_last = has_cjk(text[start:end])
    found: list[tuple[int, int, str, str]] = []
    for at, stop_at, name in _told(page, left_at, start):
        cost = _cost(text, stop_at, start) + (_OTHER_DATE_COST if before and before[0] > at else 0)
        cost += _VERB_LAST_COST if verb_last else 0
        found.append((cost, at, name, text[at:stop_at].lower()))
    for at, stop_at, name in _told(page, end, right_end):
        cost = _cost(text, end, at) + (0 if verb_last else _RIGHT_COST)
        cost += _OTHER_DATE_COST if after is not None and after < at else 0
        found.append((cost, at, name, text[at:stop_at].lower()))
    own = [f for f in found if before is None or f[1] >= before[0]]
    if before and before[1].name != "other" and before[0] >= left_at and start - before[0] <= 120:
        near = [f for f in own if (f[1] < start and not verb_last) or not carry.search(text, *sorted((end, f[1])))]
        if not near and carry.search(text, before[0], start):
            return Event(before[1].name)
    if not found:
        return Event("other")
    cost, at, name, word = min(found)
    if name == "report":
        name = "announce" if of_day else "other"
    if name == "other" or cost > _REACH + _OTHER_DATE_COST:
        return Event("other")
    if verb_last and at >= end and name != "announce" and _MADE_KNOWN.match(text, at + len(word), right_end):
        return Event(name, "announce", word)
    return Event(name, _shared(text, left_at, at, name, pattern, meaning, bridges), word)


def _cost(text: str, begin: int, end: int) -> int:
    between = _ASIDE.sub("", text[begin:end])
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
    other = meaning[_key(last.group())]
    if other in ("other", name, "meet", "visit"):
        return None
    bridge = bridges.search(text, last.end(), at)
    return other if bridge and bridge.start() - last.end() <= 12 and at - bridge.end() <= 60 else None
