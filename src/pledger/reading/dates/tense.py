"""Whether the words around a date speak of what was or of what is to come."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers import alternation

__all__ = ["is_past", "looks"]

_REACH = 90
_PARTICIPLES = (
    "ed",
    "made",
    "held",
    "cut",
    "met",
    "put",
    "paid",
    "given",
    "drawn",
    "broken",
    "begun",
    "lent",
    "built",
    "sold",
    "chosen",
    "laid",
    "taken",
    "spent",
    "sent",
    "brought",
    "bought",
    "found",
    "left",
    "set",
    "struck",
    "thrown",
    "won",
    "done",
    "known",
    "shown",
    "seen",
    "let",
    "kept",
    "shut",
    "written",
    "frozen",
    "come",
    "split",
    "driven",
)
"""Ends of participles: those of the verbs of news that do not end in -ed."""
_PARTICIPLE_REACH = 12
_BESIDE = 5
_DETERMINED = re.compile(
    r"(?<![a-z])(?:the|an?|its|their|his|her|this|that|our|no|any|new|of|der|die|das|ein|eine)[ \n]"
    r"(?:[a-z-]{1,12} )?$|'s $",
    re.IGNORECASE,
)
_BEFORE_NOUN = re.compile(
    r"(?<![a-z])(?:for|of|with|from|into|a|an|the|its|their|these|those|any|no)[ \n]$", re.IGNORECASE
)
_PUT_OFF = re.compile(
    r"(?<![a-z])(?:put (?:off|back)|postponed|deferred|delayed|pushed back|moved|adjourned|verschoben|vertagt)"
    r"(?: again| once more)? (?:un)?(?:to|til|auf|bis)(?: (?:after|before|nach|vor))?(?: the| dem| der)?[ \n]$",
    re.IGNORECASE,
)
_STOP = re.compile(
    r"[!?\n;]|(?<!\.[A-Z])(?<!\b[A-Z])(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\bDr)\.(?=[ \u00a0]+[A-Z\"'])|[。]"
    r"|, (?=(?:die|der|das|dass|wenn|weil) )"
)
_ONCE_MEANT = re.compile(
    r"(?<![a-z])(?:had|to have)(?: (?:originally|initially|first|once|earlier|previously|long))?"
    r" (?:been )?(?:planned|intended|aimed|hoped|wanted|meant|expected|sought|scheduled|slated|due|set|supposed|wished)"
    r" to [^.;!?\n]{0,60}$",
    re.IGNORECASE,
)
"""What was once to come: it may lie behind or ahead."""
_STOP_BEHIND = re.compile(r"[!?\n;\"\u201c\u201d]|\.(?=[ \u00a0]+[A-Z\"'])|[。]")


@cache
def _cues() -> re.Pattern[str]:
    lex = lexicon("dates")["tense"]
    future = rf"(?P<future>{alternation(lex['future'])}|to [a-z]{{3,}}(?<!the))"
    past = rf"(?P<past>{alternation(lex['past'])}|[a-z]{{3,}}ed)"
    return re.compile(rf"(?<![\w-])(?:{future}|{past})(?![\w])", re.IGNORECASE)


@cache
def _nouns() -> frozenset[str]:
    return frozenset(lexicon("dates")["tense"]["nouns"])


def _named(text: str, cue: re.Match[str]) -> bool:
    """Whether a cue is a noun or an adjective behind an article."""
    return (
        cue["future"] is not None
        and cue.group().lower() in _nouns()
        and _DETERMINED.search(text[max(0, cue.start() - 24) : cue.start()]) is not None
    )


def is_past(text: str, start: int, end: int) -> bool:
    """Whether the words around a date at `text[start:end]` look back; not where they do not tell."""
    return looks(text, start, end) == "back"


def looks(text: str, start: int, end: int) -> str | None:
    """Whether a date lies `back` or `ahead`, told by the nearest verb: to its left, else to its right; None untold."""
    left = text[max(0, start - _REACH) : start]
    if left[-10:].lower().endswith(("since ", "seit ", "since the ", "seit dem ", "seit der ")):
        return "back"
    if _PUT_OFF.search(left):
        return "ahead"
    if _ONCE_MEANT.search(left):
        return None
    stops = [m.end() for m in _STOP.finditer(left)]
    cues = list(_cues().finditer(left, stops[-1] if stops else 0))
    # "Released by the ministry on Thursday": "by" looks ahead only right before a date.
    cues = [c for c in cues if c.group().lower() != "by" or len(left) - c.end() <= _BESIDE]
    # "unveiled the plan on Tuesday", "a planned works": named things do not look ahead.
    cues = [c for c in cues if not _named(left, c)]
    # "for shared pipes", "of proposed roads": a participle before a noun does not look back.
    cues = [c for c in cues if not (c["past"] and c.group().endswith("ed") and _BEFORE_NOUN.search(left, 0, c.start()))]
    if len(cues) > 1 and cues[-1].group().lower() == "by" and any(c.group().lower() == "had" for c in cues):
        return "back"  # "had been concluded by March"
    weak = lexicon("dates")["tense"]["weak"]
    cues = [c for c in cues if c.group().lower() not in weak] or cues
    if cues and cues[-1].group().lower() in weak:
        cues = []  # "is" alone does not tell; the words to the right may
    if cues:
        return "back" if _last_decides(cues) else "ahead"
    right = text[end : end + _REACH]
    stop = _STOP_BEHIND.search(right)
    found = _cues().finditer(right, 0, stop.start() if stop else len(right))
    cue = next((c for c in found if not _named(right, c)), None)
    if cue is None and left[-6:].lower().endswith(("until ", "till ", "bis ")):
        return "ahead"
    return ("back" if cue["past"] else "ahead") if cue else None


def _last_decides(cues: list[re.Match[str]]) -> bool:
    """The last cue decides; a participle right after a future cue ("to be announced") stays in the future."""
    last = cues[-1]
    if last["future"]:
        return False
    before = cues[-2] if len(cues) > 1 else None
    participle = last.group().lower().endswith(_PARTICIPLES)
    follows = before is not None and before["future"] and last.start() - before.end() <= _PARTICIPLE_REACH
    return not (participle and follows)
