"""Japanese: "Xによると、...", "Xは...と述べた", "...とXは報じた", "Xが伝えた", "「...」（X）"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.model import Span
from pledger.reading.attribution.japanese_nouns import is_anonymous, modified, noun, subjects
from pledger.reading.attribution.scripts import (
    FILL,
    Sentence,
    alternatives,
    hidden,
    made,
    origin,
    phrase,
    speeches,
    trimmed,
    words,
)
from pledger.reading.found import FoundAttribution

__all__ = ["japanese"]

_DATE = re.compile(
    r"[、，]?(?:(?:\d{1,2}月)?\d{1,2}日(?:の[^、。]{1,10}で|午前|午後|夜|朝|付)?、|(?:同日|同日の会見で)、)"
)
_VIA = re.compile(r"(?P<via>[^、。「」]{2,30}?)が(?:配信|転載|掲載|紹介|再掲)した(?=[^、。]{2,})")
_MATERIAL = re.compile(
    r"(?P<source>[^、。「」がはと]{2,24})の(?:資料|発表|報道|記事|情報)(?:をもとに|を基に|として|を引用して|を引用し、)"
)
_END = r"(?=[。、，.）」]|$|が[、，]|もの[のだ]|うえで|上で|のに対し|一方|ほか|とともに|と同時に)"
_OPEN = re.compile(
    r"が(?:同日|(?:\d{1,2}月)?\d{1,2}日[^、]{0,12}|[^、はが]{0,14}で)?[、，]|が[^、。はが]{0,30}(?:発表|公表|報じ|伝え|明らか|述べ|語)"
)
_CONTRAST = re.compile(r"(?:が|ものの|一方|一方で|のに対し|のに対して|ところが|これに対し)[、，]")
_PREDICATE = re.compile(r"[ぁ-ん」』”\"）)％%円ドル]")
_BRACKET = re.compile(f"[」”][（(](?P<source>{FILL}{{2,30}})[）)]")
_ROLE = re.compile(
    r"(?:幹部|首脳|関係者|アナリスト|担当者|社長|会長|氏|筋|教授|高官|長官|大臣|部長|エコノミスト|研究員|代表|議員|知事|市長|CEO|CFO|トップ|役員|職員|専門家|当局者|研究所|証券|省|庁)(?:ら)?$"
)


@cache
def _said() -> re.Pattern[str]:
    """ "...と[Xは][...に]述べた": what is said ends before "と"."""
    verbs = f"(?:{alternatives('ja', 'suru')}{words('ja', 'suru_endings')[0]}|{alternatives('ja', 'verbs')})"
    stances = f"の{alternatives('ja', 'stances')}{alternatives('ja', 'stance_verbs')}"
    return re.compile(
        rf"と(?!して|とも|なっ|なる)(?:、?(?P<behind>[^、。「」とをは{FILL}]{{1,40}})[はがも])?"
        rf"(?P<mid>[^、。「」をはが{FILL}]{{0,14}}?(?:に|で|く|て|めて|から|は|も))??(?P<cue>{verbs}{_END}|{stances})"
    )


@cache
def _announced() -> re.Pattern[str]:
    """ "...を発表した", a release's own act, and a word withheld."""
    nouns = alternatives("ja", "objects") + words("ja", "suru_endings")[0]
    verbs = alternatives("ja", "object_verbs")
    return re.compile(
        rf"(?P<object>を)(?:\d{{1,2}}日、?)?(?P<cue>{nouns}{_END}|{verbs}{_END})"
        rf"|(?P<polite>{alternatives('ja', 'polite')})|(?P<declined>{alternatives('ja', 'declines')})"
    )


@cache
def _bare() -> re.Pattern[str]:
    """A sentence that says only who told the one before: "Xが伝えた。"."""
    return re.compile(
        rf"(?P<source>[^、。「」はが]{{2,40}})[がは](?:[^、。「」]{{1,30}}?(?:として|もとに|基に|で)|\d{{1,2}}日、?)?"
        rf"(?P<verb>{alternatives('ja', 'relaying')})。?"
    )


@cache
def _thus() -> re.Pattern[str]:
    """ "Xはこう話す"."""
    verbs = f"(?:{alternatives('ja', 'suru')}{words('ja', 'suru_endings')[0]}|{alternatives('ja', 'verbs')})"
    return re.compile(
        rf"[はがも、](?:[^、。]{{0,12}}に)?(?P<cue>{alternatives('ja', 'thus')}(?:[^、。]{{0,8}}に)?{verbs})"
    )


@cache
def _vague() -> re.Pattern[str]:
    """Reports of nobody in particular, that somebody answers: "一部報道について"."""
    vague = alternatives("ja", "vague_reports")
    return re.compile(
        rf"(?P<source>{vague})(?:の報道|の記事|による報道)?(?P<cue>(?:を|に対し|について|に関し|が|では|は)[^。]{{0,30}}?"
        r"(?:否定|退け|一蹴|報じ|伝え|差し控え|控え|コメント|述べ|認め|反論|「))"
    )


@cache
def _screen() -> re.Pattern[str]:
    return re.compile(r"と|によ|では|を|」（|コメント|取材|回答|伝え|報じ|こう|関して|報道")


def japanese(sentence: Sentence) -> Iterator[FoundAttribution]:
    """The attributions of one sentence, with whom they relay."""
    text, span = sentence.text, sentence.span
    if not _screen().search(text, span.start, span.end):
        return
    own = hidden(text, span)
    found = list(_read(sentence, own))
    yield from sorted(found, key=lambda one: (one.cue or span).start)


def _read(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    text, at = sentence.text, sentence.span.start
    lead = _lead(sentence, own)
    low, outer = 0, None
    if lead is not None:
        yield from lead
        outer = lead[-1].source
        low = (lead[-1].cue or sentence.span).end - at
    previous: tuple[int, int] | None = None
    after = low
    cues = 0
    for cue in _cues(own, low):
        who = _who(own, cue, after, previous)
        continuing = who is None
        if who is None and sentence.last is not None and lead is None and cue["object"] is None:
            source: Span | None = sentence.last.source
            anonymous = sentence.last.anonymous
        elif who is not None:
            source = Span(at + who[0], at + who[1])
            anonymous = is_anonymous(own[who[0] : who[1]])
            previous = who
        else:
            continue
        cues += 1
        words_ = Span(
            at + (cue.start("cue") if cue["behind"] or cue["mid"] or cue.kind != "said" else cue.start()),
            at + cue.end("cue"),
        )
        content = _content(sentence, own, cue, None if continuing else who, after)
        one = made(text, "ja", source, words_, [content] if content else [], anonymous=anonymous)
        if outer is not None:
            yield origin(one, outer)
        else:
            yield one
            if cue["behind"] is not None:
                yield from _relayed(sentence, own, one, after, cue.start())
            else:
                yield from _through(sentence, own, one, after, cue.start())
        after = cue.end()
    if not cues and lead is None:
        yield from _without_cue(sentence, own)
    yield from _asides(sentence, own)


def _cues(own: str, low: int) -> list[_Cue]:
    """The words that attribute, outside of quotations, in their order."""
    found = [_Cue(m, "said") for m in _said().finditer(own, low)]
    found += [_Cue(m, "announced") for m in _announced().finditer(own, low)]
    found += [_Cue(m, "thus") for m in _thus().finditer(own, low)]
    found.sort(key=lambda c: (c.end("cue"), c.start("cue")))
    kept: list[_Cue] = []
    for cue in found:
        if kept and cue.start("cue") < kept[-1].end("cue"):
            continue
        if cue["behind"] is not None and not _PREDICATE.match(own, cue.start() - 1):
            continue
        kept.append(cue)
    return kept


class _Cue:
    """A match of one of the patterns, asked by name: groups that its pattern lacks are None."""

    __slots__ = ("kind", "match")

    def __init__(self, match: re.Match[str], kind: str) -> None:
        self.match, self.kind = match, kind

    def __getitem__(self, name: str) -> str | None:
        return self.match.groupdict().get(name)

    def _group(self, name: str) -> str:
        groups = self.match.groupdict()
        return next((n for n in (name, "polite", "declined") if groups.get(n) is not None), "")

    def start(self, name: str = "") -> int:
        return self.match.start(self._group(name) or 0) if name else self.match.start()

    def end(self, name: str = "") -> int:
        return self.match.end(self._group(name) or 0) if name else self.match.end()


def _who(own: str, cue: _Cue, after: int, previous: tuple[int, int] | None) -> tuple[int, int] | None:
    """The phrase that names who says it: behind what is said, before its quotation, or the topic of the clause."""
    if cue["behind"] is not None:
        end = cue.match.end("behind")
        start = noun(own, end, cue.match.start("behind"))
        if start is not None and not _listed(own[start:end]):
            if is_anonymous(own[start:end]):
                start = modified(own, start, cue.match.start("behind"))
            return start, end
    head = cue.start()
    quotes = [q for q in speeches(own[:head]) if q.start() >= after]
    direct = bool(quotes) and head - quotes[-1].end() <= 1 and cue.kind == "said"
    if cue.kind == "thus":
        near = list(subjects(own, after, head + 1))
        return near[-1] if near else previous
    if direct:
        while quotes:
            head = quotes.pop().start()
            contrast = max((m.end() for m in _CONTRAST.finditer(own, after, head)), default=after)
            for low_, marks in ((contrast, "はも"), (contrast, "が"), (after, "はも"), (after, "が")):
                if near := list(subjects(own, low_, head, marks)):
                    return near[-1]
        return previous
    contrast = max((m.end() for m in _CONTRAST.finditer(own, after, head)), default=after)
    if previous is not None and contrast == after:
        return previous
    for low_ in dict.fromkeys((contrast, after)):
        if topic := next(subjects(own, low_, head, "はも"), None):
            return topic
        for subject in subjects(own, low_, head, "が"):  # "X社が9日、...と発表した": not the subject of what is said
            if _OPEN.match(own, subject[1]):
                return subject
    return previous


def _listed(name: str) -> bool:
    return name in words("ja", "own") or name in words("ja", "thus")


def _content(sentence: Sentence, own: str, cue: _Cue, who: tuple[int, int] | None, after: int) -> Span | None:
    """What is said: from the subject, and a date behind it, to the cue."""
    text, at = sentence.text, sentence.span.start
    if cue["declined"] is not None or (cue.kind == "thus" and not list(speeches(own))):
        return (
            trimmed(text, sentence.before.start, sentence.before.end)
            if cue.kind == "thus" and sentence.before
            else None
        )
    if cue.kind == "thus":
        quote = list(speeches(own))[-1]
        return Span(at + quote.start(), at + quote.end())
    start = after
    if who is not None and after <= who[0] and who[1] < cue.start():
        start = who[1] + 1
        if date := _DATE.match(own, start):
            start = date.end()
    quotes = [q for q in speeches(own[: cue.start()]) if q.start() >= start]
    if quotes and cue.start() - quotes[-1].end() <= 1 and not own[quotes[-1].end() : cue.start()].strip():
        first = quotes[-1]
        if who is not None and who[1] <= first.start():
            return Span(at + first.start(), at + first.end())
    return trimmed(text, at + start, at + cue.start())


def _lead(sentence: Sentence, own: str) -> list[FoundAttribution] | None:
    """ "Xによると、...": whose word all that follows is."""
    text, at = sentence.text, sentence.span.start
    found = phrase("ja", "leading").search(own)
    if found is None:
        return None
    report = found.group() in words("ja", "reports")
    stop = found.start() + (len(found.group()) - 2 if found.group() in ("の報道では", "報道では") else 0)
    start = noun(own, found.start())
    low = max(own.rfind("、", 0, found.start()), own.rfind("，", 0, found.start())) + 1
    via = _VIA.match(own, low, found.start())
    if start is None or _listed(own[start : found.start()]):
        return None
    if via is None and is_anonymous(own[start : found.start()]):
        start = modified(own, start, low)
    first = _cues(own, found.end())
    inner = (
        first[0] if first and (first[0]["behind"] or next(subjects(own, found.end(), first[0].start()), None)) else None
    )
    content = trimmed(text, at + found.end(), at + (first[-1].start() if first and inner is None else len(own)))
    if inner is not None:
        content = trimmed(text, at + found.end(), sentence.span.end)
    source = trimmed(text, at + start, at + stop)
    if content is None or source is None:
        return None
    one = made(
        text,
        "ja",
        source,
        Span(source.end, at + found.end()),
        [content],
        anonymous=is_anonymous(source.of(text)),
        kind="relays" if via or report else "",
        via=Span(at + via.start("via"), at + via.end("via")) if via else None,
    )
    return [one]


def _through(sentence: Sentence, own: str, one: FoundAttribution, low: int, high: int) -> Iterator[FoundAttribution]:
    """Whom a report relays: "Yの話として", "Yの資料をもとに"."""
    text, at = sentence.text, sentence.span.start
    for found in phrase("ja", "through").finditer(own, low, high):
        start = noun(own, found.start(), low)
        if start is not None:
            name = own[start : found.start()]
            if is_anonymous(name):
                start = modified(own, start, low)
            told = Span(at + start, at + found.start())
            inner = made(
                text, "ja", told, Span(told.end, at + found.end()), [], anonymous=is_anonymous(name), kind="says"
            )
            yield origin(inner, one.source)
            return
    if one.content is not None and (material := _MATERIAL.search(own, one.content.start - at, high)):
        yield from _material(sentence, material, one.source)


def _relayed(sentence: Sentence, own: str, one: FoundAttribution, low: int, high: int) -> Iterator[FoundAttribution]:
    """Who told what somebody reports: "YがZの資料をもとに伝えたと、Xが報じた"."""
    text, at = sentence.text, sentence.span.start
    found = _bare().fullmatch(own, max(low, own.rfind("。", low, high) + 1), high)
    start = noun(own, found.end("source"), low) if found else None
    if found is None or start is None:
        yield from _through(sentence, own, one, low, high)
        return
    told = Span(at + start, at + found.end("source"))
    cue = Span(at + found.start("verb"), at + found.end("verb"))
    yield origin(made(text, "ja", told, cue, [], anonymous=is_anonymous(told.of(text))), one.source)
    if material := _MATERIAL.search(own, found.end("source"), high):
        yield from _material(sentence, material, told)


def _material(sentence: Sentence, found: re.Match[str], via: Span | None) -> Iterator[FoundAttribution]:
    text, at = sentence.text, sentence.span.start
    source = trimmed(text, at + found.start("source"), at + found.end("source"))
    if source is not None:
        cue = Span(at + found.end("source"), at + found.end())
        one = made(text, "ja", source, cue, [], anonymous=is_anonymous(source.of(text)), kind="says")
        yield origin(one, via)


def _without_cue(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """A sentence that only credits the one before it, or tells what somebody means to do."""
    text, at = sentence.text, sentence.span.start
    bare = _bare().fullmatch(own)
    if bare is not None and sentence.before is not None:
        start = noun(own, bare.end("source"))
        content = trimmed(text, sentence.before.start, sentence.before.end)
        if start is not None and content is not None:
            source = Span(at + start, at + bare.end("source"))
            cue = Span(at + bare.start("verb"), at + bare.end("verb"))
            yield made(text, "ja", source, cue, [content], anonymous=is_anonymous(source.of(text)))
            if material := _MATERIAL.search(own, bare.end("source")):
                yield from _material(sentence, material, source)
            return
    cue_ = phrase("ja", "intends").search(own)
    who = next(subjects(own, 0, cue_.start()), None) if cue_ else None
    if cue_ is not None and who is not None:
        content = trimmed(text, at + who[1] + 1, at + cue_.start())
        if content is not None:
            source = Span(at + who[0], at + who[1])
            yield made(
                text, "ja", source, Span(at + cue_.start(), at + cue_.end()), [content],
                anonymous=is_anonymous(own[who[0] : who[1]]), kind="intends",
            )  # fmt: skip


def _asides(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    """Who is named in brackets behind a quotation, and the reports that somebody answers."""
    text, at = sentence.text, sentence.span.start
    for found in _BRACKET.finditer(own):
        source = Span(at + found.start("source"), at + found.end("source"))
        quote = next((q for q in speeches(own) if q.end() == found.start() + 1), None)
        if quote is not None and _ROLE.search(source.of(text)):
            content = Span(at + quote.start(), at + quote.end())
            yield made(
                text, "ja", source, Span(source.start - 1, source.end + 1), [content],
                anonymous=is_anonymous(source.of(text)), kind="says",
            )  # fmt: skip
    for found in _vague().finditer(own):
        source = Span(at + found.start("source"), at + found.end("source"))
        cue = Span(source.end, source.end + 1)
        yield made(text, "ja", source, cue, [], anonymous=True, kind="says")
