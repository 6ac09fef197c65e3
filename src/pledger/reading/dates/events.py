"""What happens at a date: told by the word for an event that governs it, carried over along enumerations."""

from __future__ import annotations

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.reading.dates.point import Point
from pledger.reading.dates.words import EventWord, event_words
from pledger.reading.numbers import alternation, has_cjk
from pledger.reading.page import Page

__all__ = ["Around", "Event", "event_of"]

_REACH = 180
_FINAL_REACH = 300
_COMMA_COST = 25
_BEHIND_COST = 40
"""In English the verb of a date in the middle of a clause stands before it."""
_BEHIND_COST_GERMAN = 8
_ADJACENT, _ADJACENT_COST = 2, 5
""" "The court on Wednesday threw out": right behind a date a verb is its own."""
_VERB_LAST_COST = 40
"""In Japanese, Korean and mostly in Chinese the verb of a date follows it."""
_OPENING_COST = 35
"""What stands before a date that opens a clause belongs to the clause before."""
_WEAK_COST, _WEAK_MOST = 35, 75
_SPEECH_COST, _SPEECH_MOST = 15, 75
_OTHER_DATE_COST = 90
_CLAUSE_COST = 60
_PAST_COST = 120
"""A verb of the past hardly tells of a day to come."""
_OCCASION_COST = 60
"""At a meeting something is decided; that is what happens on its day."""
_OCCASION = re.compile(
    r"(?<![a-z])(?:at|during|in|an|auf|bei|nach|after) (?:[\w'-]{1,14} ){0,4}"
    r"(?:meeting|session|summit|conference|hearing|talks|Sitzung|Treffen|Konferenz|Gipfel|Anhörung).{0,3}$"
    r"|(?:会議|会合|会談|協議|会见|会议|會議|会谈|會談|회의|회담)(?:で|にて|上|中|에서)[^。]{0,2}$",
    re.IGNORECASE,
)
_OF = re.compile(r"[ \n](?:of|vom|von)[ \n](?:last |this )?")
_SHORT_SENTENCE = 90
_SENTENCE_END = 26
_SHORT_QUOTE = 60
_REAL = ("start", "complete", "decide", "sign", "fund")
"""Events of a project, which a next sentence may date anew."""
_ENDED = ("laps", "expir", "ran out", "run out", "verf", "ausl", "失効", "到期", "만료")
"""How words begin for a term that ended: on a day that is past it ran out."""
_DAYS = ("day", "weekday", "weekend", "week", "month")

_MADE_KNOWN = re.compile(
    r"[^。、，,]{0,10}(?:と|고)[ \u00a0]?[^。]{0,6}?(?:明らかにした|発表した|表明した|明かした|公表した|밝혔|발표)"
)
"""Behind a verb in Japanese and Korean: it was made known, on the day named before both, that something was done."""

_TO_COME = re.compile(r"[^。、,.]{0,4}(?:[うくすつぬむるぐぶ]と|[한된인는]다고|겠다고|것이라고)")
"""Behind a verb: what it says is still to come, and was made known on no day that it names."""

_ABBREVIATED = "".join(rf"(?<!{word})" for word in ("Mrd", "Mio", "Bio", "Nr", "Dr", "Mr", "Ms", "St", "Rs", r"U\.S"))
_STOP = re.compile(
    r"[!?\n;；•□▲]|" + _ABBREVIATED + r"\.(?=[ \u00a0]+[A-Z\"'\u201c\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])|[。！？]"
)
_ACCORDING = re.compile(r"[ \u00a0]?(?!発表|발표)[^.。,、\n発발]{1,14}(?:에 따르면|によると|によれば)")
"""The day on which somebody told it is none of what is told."""
_ASIDE = re.compile(r"\([^()\n]{0,60}\)")
"""What stands in parentheses parts nothing."""

_CLAUSE = re.compile(
    r"(?<![a-z])(?:which|who|where|while|although|though|because|but|as|after|before|when|if|that|once|having|"
    r"provided|der|die das|dass|weil|nachdem|wenn|falls|sollte)(?![a-z])|[:()\u2014]| - ",
    re.IGNORECASE,
)
_RELATIVE = re.compile(r", (?:das|die|der|which|when|who|als|wenn) [^,.;\n]{3,70}, ?")
"""A clause about the date itself tells nothing of what happens then."""
_EXPECTED = re.compile(
    r",? (?:which|that) (?:is|are|was|were|has been|have been) (?:(?:now|still|currently|not) )?(?:expected|due|"
    r"scheduled|planned|foreseen|slated|set|likely|anticipated|targeted)"
    r"(?: to (?:come|follow|be (?:taken|made|reached|held)))? "
    r"(?=(?:(?:only|early|late|some time|sometime) )?(?:in|by|on|at|for|before|after|during|around)? ?(?:the )?$)"
)
"""A clause that says no more than that what was named before it is to come parts it from no date."""
_LABELLED = re.compile(r"[*_]{0,2}[:：][*_]{0,2} ?(?:by |in |from |around )?(?:the )?$")
"""The mark between a label and its date: "Board decision: second half of 2027"."""
_OPENS = re.compile(
    r"(?:^|[.!?:;,\n\"\u201c\u2014•*]|- |\))[ \u00a0\n]{0,3}(?:(?:and|but|then|so|yet|by contrast|und|aber)[ ,]{1,2})?"
    r"(?:(?:on|in|by|from|since|at|for|as of|during|am|im|in den?|ab|bis|seit)[ \n])?(?:the )?$",
    re.IGNORECASE,
)
_TOPIC = re.compile(r"(?:は|が|も|では|には|는|은|이|가|에서|측|】|\)|^|[。\n])[ \u00a0]?$")
_TOPIC_END = re.compile(r"[、,]|(?:の|午[前後前]|[朝夜夕]|の会|오전|오후|저녁| )")
_CLAUSE_END_CJK = re.compile(r"[.!?](?=[ \"\n]|$)|が、|一方、|[。\n]|지만[, ]|으나 |한편")


@dataclass(frozen=True, slots=True)
class Event:
    """The event of a date, and a second one that shares it ("announced ahead of a visit in March")."""

    name: str
    also: str | None = None
    word: str = ""
    """The word that told it, in lower case; empty where it was carried over."""
    told: bool = True
    """Words told it: `other` then is an event without a name of its own, and not only a date without any."""


_UNTOLD = Event("other", told=False)


@cache
def _links() -> tuple[re.Pattern[str], re.Pattern[str]]:
    bridges = re.compile(rf"(?<![a-z]){alternation(lexicon('dates')['bridges'])}(?![a-z])", re.IGNORECASE)
    carry = re.compile(r"[,;]|(?<![a-z])(?:followed by|and|then|with|und)(?![a-z])", re.IGNORECASE)
    return bridges, carry


@dataclass(frozen=True, slots=True)
class _Manners:
    promises: tuple[str, ...]
    put_off: tuple[str, ...]
    anew: re.Pattern[str]


@cache
def _manners() -> _Manners:
    lex = lexicon("date_events")["weak"]
    anew = re.compile(rf"(?<![a-z]){alternation(lex['anew'])}(?![a-z])", re.IGNORECASE)
    return _Manners(tuple(lex["promises"]), tuple(lex["put_off"]), anew)


@cache
def _heads() -> re.Pattern[str]:
    return re.compile(rf"[ \n-]{alternation(lexicon('dates')['heads'])}(?![a-z])", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a date: its neighbours, and where the text quotes somebody."""

    before: tuple[int, Event] | None
    """Where the date before it ends, with its event."""
    after: int | None
    """Where the next one starts."""
    quotes: Sequence[tuple[int, int]]
    on: dt.date | None
    page: Page
    """The text made ready."""

    @property
    def language(self) -> str:
        """That of the text."""
        return self.page.language


def event_of(text: str, point: Point, around: Around) -> Event:
    """The event of a date in a normalised text.

    Costs are characters, with a surcharge for each comma, clause or other date between the word and the date, for
    nouns, and for the side on which a language seldom puts its verb. Words inside a quotation tell nothing of a date
    outside it, nor the other way round; a verb of the past nothing of a day to come.
    """
    start, end = point.start, point.end
    begin, stop = _sentence(text, start, end)
    quote = _quote(around.quotes, start)
    if quote is not None:
        begin, stop = max(begin, quote[0]), min(stop, quote[1])
    verb_last = has_cjk(text[start:end])
    if verb_last and _ACCORDING.match(text, end):
        return Event("other", word="according", told=False)
    relative = _RELATIVE.match(text, end)
    aside = relative.span() if relative else None
    words = [
        word
        for word in (*event_words(around.page, text, begin, start), *event_words(around.page, text, end, stop))
        if (quote is not None or _quote(around.quotes, word.start) is None)
        and _may(word, point, around.on)
        and not (aside and aside[0] <= word.start < aside[1])
        and not (word.weak and _heads().match(text, word.end))
    ]
    if verb_last and around.language in ("ja", "ko") and _is_past(point, around.on):
        final = _final(text, point, words, around)
        if final is not None:
            return final
    opens = not verb_last and _OPENS.search(text[max(0, start - 24) : start]) is not None
    costed = [
        (cost, word.start, word)
        for word in words
        if (cost := _cost(text, point, word, around, opens=opens, verb_last=verb_last)) is not None
    ]
    carried = _carried(text, point, [w for _, _, w in costed], around, begin, verb_last=verb_last)
    if carried is not None:
        return carried
    if not costed:
        return _asked(text, begin, around) or _elliptic(text, begin, stop, around) or _UNTOLD
    cost, at, word = min(costed, key=lambda c: (*c[:2], -c[2].end))
    if cost > _REACH + _OTHER_DATE_COST:
        return _UNTOLD
    name = _named(word, point, around.on)
    if name is None:
        return Event("other", word=word.word, told=False)
    made_known = verb_last and at >= end and name != "announce" and not _TO_COME.match(text, word.end)
    if made_known and _MADE_KNOWN.match(text, word.end, stop):
        return Event(name, "announce", word.word)
    return Event(name, _shared(around.page, text, begin, at, name), word.word)


def _sentence(text: str, start: int, end: int) -> tuple[int, int]:
    """The part of a sentence around a date that can tell of it."""
    left_at = max(0, start - _REACH)
    # One character more: what a stop looks for behind it may be the capital of the date itself ("... May. Until June").
    stops = [m.end() for m in _STOP.finditer(text, left_at, start + 1) if m.end() <= start]
    right_end = min(len(text), end + _REACH)
    stop = _STOP.search(text, end, right_end)
    return (stops[-1] if stops else left_at), (stop.start() if stop else right_end)


def _quote(quotes: Sequence[tuple[int, int]], at: int) -> tuple[int, int] | None:
    """The quotation that holds the place `at`."""
    index = bisect_right(quotes, (at, 1 << 60)) - 1
    return quotes[index] if index >= 0 and quotes[index][0] <= at < quotes[index][1] else None


def _is_past(point: Point, on: dt.date | None) -> bool:
    start = point.interval.start
    return start is None or on is None or start <= on


def _may(word: EventWord, point: Point, on: dt.date | None) -> bool:
    """Whether a word may tell the event of a date: what was promised "by" a date was not promised then."""
    if word.event == "announce" and word.word.startswith(_manners().promises) and not _is_past(point, on):
        return False
    return not (point.frame == "until" and word.event in ("announce", "speech", "report") and not _ahead(word))


def _ahead(word: EventWord) -> bool:
    """Whether a word for an announcement is one that is still to be made."""
    return word.event == "announce" and not word.past and not word.word.startswith(_manners().promises)


def _named(word: EventWord, point: Point, on: dt.date | None) -> str | None:
    """The event that a word tells of a date; None for none."""
    if word.event == "speech":
        return "announce"
    if word.event == "report":
        return "announce" if point.unit in ("day", "weekday", "weekend") else None
    if word.event == "deadline" and point.interval.end and on and point.interval.end < on:
        return "other" if word.past or word.word.startswith(_ENDED) else "deadline"
    return None if word.event == "none" else word.event


def _cost(text: str, point: Point, word: EventWord, around: Around, *, opens: bool, verb_last: bool) -> int | None:
    """What it costs to take a word for that of a date; None where it cannot be."""
    if word.end <= point.start and _OF.fullmatch(text, word.end, point.start):
        return 0  # "the memorandum of November"
    if word.end <= point.start:
        cost = _between(text, word.end, point.start)
        cost += _VERB_LAST_COST if verb_last else _OPENING_COST if opens else 0
        cost += _OTHER_DATE_COST if around.before and around.before[0] > word.start else 0
    else:
        cost = _between(text, point.end, word.start)
        if not verb_last and not opens:
            german = _BEHIND_COST_GERMAN if around.language == "de" else _BEHIND_COST
            cost += _ADJACENT_COST if word.start - point.end <= _ADJACENT else german
        cost += _OTHER_DATE_COST if around.after is not None and around.after < word.start else 0
    if word.weak and cost > _WEAK_MOST:
        return None
    if word.event == "speech":
        cost += _SPEECH_COST
        if cost > _SPEECH_MOST or point.unit not in _DAYS or not _is_past(point, around.on):
            return None
    if word.past and not _is_past(point, around.on):
        cost += _PAST_COST
    if word.event == "other" and not _is_past(point, around.on) and word.word.startswith(_manners().put_off):
        cost += _OTHER_DATE_COST  # what is put off to a date happens then
    if word.event == "meet" and _OCCASION.search(text[max(0, word.start - 40) : word.end + 3]):
        cost += _OCCASION_COST
    beside = verb_last and 0 <= word.start - point.end <= 1
    return cost + (_WEAK_COST if word.weak and not beside else 0)


def _between(text: str, begin: int, end: int) -> int:
    between = _LABELLED.sub("", _EXPECTED.sub(" ", _ASIDE.sub("", text[begin:end])))
    return (
        len(between)
        + _COMMA_COST * (between.count(",") + between.count("、") + between.count("，"))
        + _CLAUSE_COST * len(_CLAUSE.findall(between))
    )


def _final(text: str, point: Point, words: Sequence[EventWord], around: Around) -> Event | None:
    """In Japanese and Korean the verb that ends the clause tells what its topic did on a past day named first."""
    if not _TOPIC.search(text[max(0, point.start - 6) : point.start]) or not _TOPIC_END.match(text, point.end):
        return None
    close = _CLAUSE_END_CJK.search(text, point.end, point.end + _FINAL_REACH)
    end = close.start() if close else min(len(text), point.end + _FINAL_REACH)
    behind = [
        w
        for w in event_words(around.page, text, max(point.end, end - _SENTENCE_END), end)
        if _quote(around.quotes, w.start) is None and w.past
    ]
    if not behind:
        return None
    last = behind[-1]
    name = "announce" if last.event in ("speech", "report") and point.unit in _DAYS else _named(last, point, around.on)
    if last.event == "report":
        name = None if point.unit not in ("day", "weekday", "weekend") else "announce"
    if name is None:
        return _UNTOLD
    if name == "announce":
        # "選定したと発表した": what was done and made known on one day.
        inner = [w for w in words if w.start >= point.end and w.event not in ("announce", "speech", "report", "none")]
        done = next((w for w in inner if w.past and _MADE_KNOWN.match(text, w.end, end + 4)), None)
        if done is not None and done.event in ("decide", "sign"):
            return Event(done.event, "announce", done.word)
    return Event(name, None, last.word)


def _carried(
    text: str, point: Point, words: Sequence[EventWord], around: Around, begin: int, *, verb_last: bool
) -> Event | None:
    """The event of the date before, in an enumeration ("signed in May, and in June")."""
    before = around.before
    if before is None or not before[1].told or before[0] < begin or point.start - before[0] > 120:
        return None
    _, carry = _links()
    own = [w for w in words if w.start >= before[0]]
    near = [
        w
        for w in own
        if (w.start < point.start and not verb_last) or not carry.search(text, *sorted((point.end, w.start)))
    ]
    if near or not carry.search(text, before[0], point.start):
        return None
    name = before[1].name
    if point.frame == "until" and name in ("announce", "visit", "meet", "other"):
        return None
    return Event("fund" if name == "deadline" and point.frame != "until" else name)


_ASKED = re.compile(r"[?？][ *_\u00a0\n\"\u201c\u201d』」]{0,12}$")
_WHEN = re.compile(r"(?<![a-z])(?:when|wann|how soon)(?![a-z])|いつ|什么时候|什麼時候|何时|何時|언제", re.IGNORECASE)


def _asked(text: str, begin: int, around: Around) -> Event | None:
    """ "When will you start? In the spring": an answer tells of what the question asked."""
    answer = _ASKED.search(text, max(0, begin - 16), begin)
    if answer is None:
        return None
    floor = max(0, answer.start() - _REACH)
    stops = [m.end() for m in _STOP.finditer(text, floor, answer.start())]
    start = stops[-1] if stops else floor
    if _WHEN.search(text, start, answer.start()) is None:
        return None
    words = [w for w in event_words(around.page, text, start, answer.start()) if w.event in _REAL]
    strong = [w for w in words if not w.weak] or words
    return Event(strong[-1].event, None, strong[-1].word) if strong else None


def _elliptic(text: str, begin: int, stop: int, around: Around) -> Event | None:
    """ "We assume the spring of 2028": a short sentence speaks of the event that the one before it dated."""
    before = around.before
    if before is None or before[1].name not in _REAL or stop - begin > _SHORT_SENTENCE or begin - before[0] > _REACH:
        return None
    short = stop - begin <= _SHORT_QUOTE and _quote(around.quotes, begin + 1) is not None
    return Event(before[1].name) if short or _manners().anew.search(text, begin, stop) else None


def _shared(page: Page, text: str, begin: int, at: int, name: str) -> str | None:
    """The event that a visit or a meeting is the occasion of: "to be announced ahead of a visit"."""
    if name not in ("visit", "meet"):
        return None
    earlier = [w for w in event_words(page, text, begin, at) if w.end <= at]
    if not earlier:
        return None
    last = earlier[-1]
    if last.event in ("other", name, "meet", "visit", "speech", "none", "report"):
        return None
    bridge = _links()[0].search(text, last.end, at)
    return last.event if bridge and bridge.start() - last.end <= 12 and at - bridge.end() <= 60 else None
