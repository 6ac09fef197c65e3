"""Dates relative to the day of the report: today, Tuesday, next month, two weeks ago, within months."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Interval
from pledger.reading.dates import intervals as iv
from pledger.reading.dates.point import Point
from pledger.reading.dates.stretches import (
    COUNTED,
    ahead,
    counted_from,
    spread_over,
    unit_interval,
    weekends,
)
from pledger.reading.dates.tense import looks
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger

__all__ = ["relative_points"]


_ENGLISH_DAYS = ("day", "today", "tonight", "tomorrow")
_MORNING = re.compile(r"(?<![a-z])(?:am|jeden|guten|diesem|des|der|den|zum|tag|heute|gestern)[ \n]$", re.IGNORECASE)
_LAST_NIGHT = re.compile(r"(?<![\w-])last (?:night|evening)(?![\w-])", re.IGNORECASE)


@cache
def _units(language: str) -> dict[str, str]:
    tables: dict[str, dict[str, str]] = lexicon("dates")["units"]
    return tables["en"] | tables["de"] if language == "de" else tables["en"]


@cache
def _patterns(
    language: str,
) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str], re.Pattern[str], dict[str, int]]:
    """Patterns for a unit with what follows it, the words before a unit, words for days, weekdays; weekdays by name."""
    lex = lexicon("dates")
    rel = lex["relative"]
    unit = re.compile(
        rf"(?<![\w-])(?P<unit>{alternation(_units(language))})(?![\w])(?!-[a-z])"
        rf"(?P<after>[ \u00a0\n]{alternation(rel['after'])}(?![a-z]))?",
        re.IGNORECASE,
    )
    this, nxt, last = (alternation(rel[k]) for k in ("this", "next", "last"))
    before = re.compile(
        rf"(?<![\w-])(?:(?P<pre>{alternation(rel['before'])})[ \n]"
        rf"(?:(?:(?P<hedge>{alternation(rel['hedges'])})|{alternation(rel['approximate'])})[ \n])?)?"
        rf"(?:(?:the |den |die )?(?:(?P<this>{this}|(?<= of )the|{_OF_THIS})|(?P<next>{nxt})|(?P<last>{last}))[ \n]"
        r"(?:fiscal |calendar |financial )?)?"
        rf"(?:(?:(?P<number>[0-9]{{1,3}}|{alternation(lex['numbers'])})|(?P<some>{alternation(rel['some'])}))[ \-\n]"
        r"(?:(?P<business>business |working )|more )?)?$",
        re.IGNORECASE,
    )
    words = [w for w in rel["day_words"] if w[0] < "\u3000" and (language == "de" or w.endswith(_ENGLISH_DAYS))]
    day = re.compile(rf"(?<![\w-]){alternation(words)}(?![\w-]|'s [a-z]+ (?:world|age))", re.IGNORECASE)
    names = {n: i for key in ("en", *(["de"] if language == "de" else [])) for i, n in enumerate(lex["weekdays"][key])}
    if language == "de":
        parts = ("abend", "morgen", "nachmittag", "vormittag", "mittag", "nacht", "früh")
        names |= {n + part: i for i, n in enumerate(lex["weekdays"]["de"]) for part in parts}
    names |= {n[:3] + "." if n != "Thursday" else "Thurs.": i for i, n in enumerate(lex["weekdays"]["en"])}
    weekday = re.compile(rf"(?<![A-Za-z]){alternation(names)}(?![A-Za-z])")
    return unit, before, day, weekday, names


_UNITS = Trigger(lambda language: [[_patterns(language)[0].pattern]], exact=True)
_DAYS = Trigger(lambda language: [[_patterns(language)[2].pattern]], exact=True)
_WEEKDAYS = Trigger(lambda language: [[_patterns(language)[3].pattern]], exact=True)


def relative_points(page: Page, on: dt.date | None) -> Iterator[Point]:
    """Dates told from the day of the report `on`; with `on` None they are found all the same, both ends unknown."""
    text, language = page.plain, page.language
    unit, before, day, weekday, names = _patterns(language)
    units = _units(language)
    for match in page.matches(_DAYS, day, text):
        if match.group() == "Morgen" and _MORNING.search(text[max(0, match.start() - 10) : match.start()]):
            continue
        shift = lexicon("dates")["relative"]["day_words"][" ".join(match.group().lower().split())]
        if on is None:
            yield Point(match.start(), match.end(), iv.NEVER)
        else:
            then = iv.days(on, shift)
            yield Point(match.start(), match.end(), Interval(then, then))
    for match in _LAST_NIGHT.finditer(text) if "ast night" in text or "ast evening" in text else ():
        yield Point(*match.span(), unit_interval("day", on, -1) or iv.NEVER if on else iv.NEVER)
    for match in page.matches(_WEEKDAYS, weekday, text):
        yield from _weekday(text, match, names[match.group()], on)
    yield from weekends(page, on)
    if page.may(COUNTED):
        yield from counted_from(text, on)
    for match in page.matches(_UNITS, unit, text):
        start = match.start()
        window = text[max(0, start - 52) : start]
        lead = before.search(window)
        if lead is None:
            continue
        spread = spread_over(text, match, lead, start - len(window), units[match["unit"].lower()], _count(lead), on)
        if spread:
            yield spread
            continue
        found = _stretch(match, lead, on, units[match["unit"].lower()])
        if found and lead["pre"] and (of := _OF_EVENT.match(text, match.end())):
            begin = start - len(window) + lead.start("pre")
            if _keeps(lead, match):  # "within 60 days of signing": a term that begins on a day which nobody knows yet
                yield Point(begin, of.end(), iv.NEVER, "open", framed=True, event="deadline")
            continue
        if found and lead["pre"] == "In" and looks(text, start, match.end()) == "back":
            continue  # "In six months we found": a length of time
        if found:
            groups = ("this", "next", "last", "number", "some")
            kept = _keeps(lead, match)
            inner = min((lead.start(g) for g in groups if lead[g]), default=lead.end())
            begin = start - len(window) + (lead.start("pre") if kept else inner)
            plural = _plural(match)
            yield Point(begin, match.end(), found, units[match["unit"].lower()], framed=kept or plural)


def _keeps(lead: re.Match[str], unit: re.Match[str]) -> bool:
    """Whether the preposition belongs to the date: "within months", "in three years", not "in | the coming weeks"."""
    pre = (lead["pre"] or "").lower()
    if pre in ("in", "vor"):
        return not (lead["this"] or lead["next"] or lead["last"] or unit["after"])
    return pre in ("within", "over", "inside", "throughout", "innerhalb von", "binnen")


def _plural(match: re.Match[str]) -> bool:
    """Whether a unit stands in the plural; "Monats" and "Jahres" are genitives."""
    unit = match["unit"].lower()
    return unit[-1] in "sn" and unit not in ("monats", "jahres")


_OF_THIS = "|".join(f"(?<={word} )de[rs]" for word in ("Laufe", "Ende", "Anfang", "Mitte"))
_OF_EVENT = re.compile(
    r" (?:of|after|from|following|nach|ab)(?: the| its| his| their| a| an| der| dem| einer| einem)?(?: final)?"
    r" (?:sign(?:ing|ature)|clos(?:ing|e|ure)|notice|approval|notification|receipt|award|completion|selection"
    r"|ratification|commissioning|delivery|the (?:decision|date|call)|invoice|effective date|financial close"
    r"|Unterzeichnung|Abschluss|Zustellung|Vertragsschluss|Genehmigung|Erhalt|Eingang|Inkrafttreten|Zuschlag)(?![a-z])",
    re.IGNORECASE,
)
_LED = re.compile(
    r"(?:(?P<next>next|coming|this coming|kommende[nmr]?|nächste[nmr]?)"
    r"|(?P<last>last|this past|vergangene[nmr]?|letzte[nmr]?|vorige[nmr]?)|(?P<this>this|diese[nmr]?)) $"
)


def _weekday(text: str, match: re.Match[str], index: int, on: dt.date | None) -> Iterator[Point]:
    start = match.start()
    window = text[max(0, start - 14) : start].lower()
    lead = _LED.search(window)
    if lead:
        start -= len(window) - lead.start()
    if on is None:
        yield Point(start, match.end(), iv.NEVER, "weekday")
        return
    back = (on.weekday() - index) % 7
    if lead and lead["last"]:
        shift = -(back or 7)
    elif lead and lead["next"]:
        shift = (7 - back) or 7
    elif lead and lead["this"]:
        shift = index - on.weekday()
    else:
        way = looks(text, start, match.end()) or ("back" if back < 7 - back else "ahead")  # untold: the nearer one
        shift = -back if way == "back" else (7 - back) % 7
    then = iv.days(on, shift)
    yield Point(start, match.end(), Interval(then, then), "weekday")


def _stretch(match: re.Match[str], lead: re.Match[str], on: dt.date | None, unit: str) -> Interval | None:
    """The interval of "next month", "two weeks ago", "within months", "over the next three years"; None for no date."""
    plural = _plural(match)
    pre = (lead["pre"] or "").lower()
    ago = (match["after"] or "").strip().lower()
    count = _count(lead)
    directed = lead["this"] or lead["next"] or lead["last"]
    if not (_dated(pre, ago, plural=plural, counted=count is not None) or directed):
        return None
    if ago in ("before", "earlier") and not count:
        return None
    if lead["last"] and plural and not (count or lead["some"] or pre):
        return None
    if on is None:
        return iv.NEVER
    if ago or pre == "vor":
        if not (count or lead["some"]):
            return None
        return unit_interval(unit, on, (count or 2) * (-1 if ago in ("ago", "earlier", "before", "") else 1))
    if directed and not plural and not count:
        if pre in ("within", "over") and lead["next"]:
            return Interval(on, ahead(on, unit, 1))
        if unit != "decade" or lead["this"]:
            return unit_interval(unit, on, 0 if lead["this"] else 1 if lead["next"] else -1)
        count = 1
    vague = lexicon("dates")["vague"].get(unit, lexicon("dates")["vague"]["year"])
    if lead["last"]:
        return Interval(ahead(on, unit, -count) if count else iv.days(on, -vague), on)
    if count and lead["business"]:
        return Interval(on, _business_days(on, count))
    if pre in ("in", "") and count and not directed and not lead["hedge"]:
        return unit_interval(unit, on, count)
    return Interval(on, ahead(on, unit, count) if count else iv.days(on, vague))


def _dated(pre: str, ago: str, *, plural: bool, counted: bool) -> bool:
    """Whether a unit without "this", "next" or "last" is a date: "in two years", "within weeks", "a month ago".

    "For two years" is a length, and "in years" looks back.
    """
    if ago:
        return True
    if pre in ("within", "inside", "innerhalb von", "binnen"):
        return counted or plural
    return pre in ("in", "vor") and counted


def _business_days(on: dt.date, count: int) -> dt.date:
    """The day `count` weekdays after `on`; holidays, which differ by country, are not known here."""
    weeks, rest = divmod(count, 5)
    then = iv.days(on, 7 * weeks)
    while rest:
        then = iv.days(then, 1)
        rest -= then.weekday() < 5
        if then == dt.date.max:
            break
    return then


def _count(lead: re.Match[str]) -> int | None:
    word = (lead["number"] or "").lower()
    if not word:
        return None
    return int(word) if word.isdigit() else int(lexicon("dates")["numbers"][word])
