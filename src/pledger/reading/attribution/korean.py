"""Korean: "X에 따르면 ...", "X는 ...고 밝혔다", "...고 X가 Y를 인용해 보도했다", "X에서는 ... 것으로 본다"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from pledger.model import Span
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

__all__ = ["korean"]

_SUBJECT = re.compile(r"(?<=[\w)\]”’\"'])(?:에서는|에서도|측은|측이|쪽은|은|는|이|가|도)(?=\s)")
_DATE = re.compile(
    r"\s{0,2}(?:지난\s?|오는\s|이날\s)?(?:(?:\d{1,2}월\s)?\d{1,2}일|지난달|이달|지난해|올해)(?:\([^()]{1,12}\))?\s(?!까지)"
)
_LEADING_DATE = re.compile(
    r"(?:지난\s)?(?:\d{4}년\s)?(?:\d{1,2}월\s)?\d{1,2}일(?:\([^()]{1,12}\))?\s|(?:지난달|이달|이날|지난해|올해|최근)\s"
)
_VIA = re.compile(r"(?P<via>[^,.\n]{2,30}?)[이가]\s(?:[^,.\n]{0,16}\s)?(?:옮겨\s실은|전재한|게재한|소개한|공유한)\s")
_CLAUSE_END = re.compile(r"(?:,|으나|지만|으며|면서|[다라]며|는데|해서|하고|했고|됐고|이고|인데|[아어해]서)(?=[\s,])|,")
_CONTRAST = re.compile(r"(?:지만|으나|는데|었고|했고|됐고|반면),?(?=\s)")
_VERBAL = re.compile(r"(?:하|되|있|없|던|한|된|할|될|려|같|받|맺|짓|이끄|밝)$")
_JOINED = re.compile(r"(?:이?라며|며|이?라면서도?|면서도?|이?라고|고|에 이어|,|하고)\s?(?:[가-힣]{1,6}\s)?")
_BULLET = re.compile(r"[□ㅇ○■◇▲▶*·•-]\s?")
_BYLINE = re.compile(
    r"(?:[\[【(][^\[\]【】()\n]{2,30}[\]】)]\s?)?(?:[가-힣]{2,4}\s){1,4}(?:선임|인턴|수습|전문)?(?:기자|특파원|통신원)\s?=\s?"
    r"|[\[【(]?[^\[\]【】()\n]{2,24}(?:기자|특파원|통신원)[\]】)]\s?|이미지\s?(?:확대\s?보기|크게\s?보기)\s?"
)
"""Who wrote, and what a page prints over a picture: it opens a paragraph and is no part of who said it."""
_WHILE = re.compile(
    r"(?<=[것기]이)라(?:며|면서)(?=\s[^\"“”]{2,80}[다요]\.?$)|(?<=[한된있없했됐]다)(?:며|면서)(?=\s[^\"“”]{2,80}[다요]\.?$)"
)
"""Words with which one does something: "...것이라며 목표주가를 내렸다"."""
_LONGEST = 50


@cache
def _said() -> re.Pattern[str]:
    """ "...고 [X가] [Y를 인용해] [30일] 밝혔다": what is said ends with "고", a quotation with "라며", "면서도" too."""
    verbs = f"(?:{alternatives('ko', 'hada')}{words('ko', 'hada_endings')[0]}|{alternatives('ko', 'verbs')})"
    return re.compile(
        rf"(?:(?<=[다라자냐까려])고|(?<=[\"”’'])(?:라|이라)?고|(?<=[\"”’'{FILL}])(?:라며|이라며|며|면서도|면서)|(?<=[\"”’'])(?:으로|로)|(?:라|이라|다|자)며|다는|라는|쓰고|(?<=[다라])지만)"
        rf"(?P<middle>\s[^\n\"“”‘’]{{0,90}}?)??\s?(?P<verb>{verbs})(?=[\s.,]|$)"
    )


@cache
def _told() -> re.Pattern[str]:
    return re.compile(rf"(?P<verb>{alternatives('ko', 'objects')}{words('ko', 'object_endings')[0]})(?=[\s.,]|$)")


@cache
def _held() -> re.Pattern[str]:
    return re.compile(
        rf"(?:고\s(?:본다|보고 있다|내다본다)|(?P<held>{alternatives('ko', 'held')})"
        rf"|(?P<declined>{alternatives('ko', 'declines')}))"
    )


@cache
def _cites() -> re.Pattern[str]:
    return re.compile(rf"(?P<source>[^,.\n]{{2,40}}?)(?P<cue>{alternatives('ko', 'cites')})(?=\s|$)")


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('ko', 'openers')}),?\s|{_LEADING_DATE.pattern}")


def korean(sentence: Sentence) -> Iterator[FoundAttribution]:
    """The attributions of one sentence, with whom they relay."""
    text, at = sentence.text, sentence.span.start
    own = hidden(text, sentence.span)
    low = _opened(own, 0, len(own))
    outer: Span | None = None
    lead = _lead(sentence, own, low)
    if lead is not None:
        yield lead
        outer = lead.source
        low = (lead.cue or sentence.span).end - at
    previous: tuple[int, int] | None = None
    after = low
    for cue in _cues(own, low):
        who = _who(own, cue, after, previous)
        last = sentence.last
        if who is None and (last is None or outer is not None or cue.re is _told()):
            continue
        source: Span | None = None
        anonymous = True
        if who is not None:
            source = Span(at + who[0], at + who[1])
            anonymous = is_anonymous(own[who[0] : who[1]])
        elif last is not None:
            source, anonymous = last.source, last.anonymous
        if cue.re is _held() and cue["held"] is not None and not anonymous:
            continue
        content = _content(sentence, own, cue, who, after)
        declined = cue.re is _held() and cue["declined"] is not None
        words_ = trimmed(text, at + _cue_start(cue), at + cue.end())
        if words_ is None:
            continue
        one = made(text, "ko", source, words_, [] if declined else content, anonymous=anonymous)
        yield origin(one, outer) if outer is not None else one
        if who is not None:
            yield from _cited(sentence, own, cue, who, source)
        previous, after = who or previous, cue.end()


def _opened(own: str, start: int, stop: int) -> int:
    while found := _openers().match(own, start, stop) or _BULLET.match(own, start, stop) or _BYLINE.match(own, start):
        start = found.end()
    return start


def _cues(own: str, low: int) -> list[re.Match[str]]:
    found = [m for p in (_said(), _told(), _held()) for m in p.finditer(own, low)]
    if not found:
        found = list(_WHILE.finditer(own, low))
    found.sort(key=lambda m: (m.start(), -m.end()))
    kept: list[re.Match[str]] = []
    for one in found:
        if kept and one.start() < kept[-1].end():
            continue
        kept.append(one)
    return kept


def _cue_start(cue: re.Match[str]) -> int:
    """The cue with its "고" where nothing stands between, else the verb alone."""
    if cue.re is _said():
        return cue.start("verb") if (cue["middle"] or "").strip() else cue.start()
    return cue.start()


def _who(own: str, cue: re.Match[str], after: int, previous: tuple[int, int] | None) -> tuple[int, int] | None:
    """The subject: between what is said and its verb, before its quotation, or the topic of the clause."""
    if cue.re is _said() and (cue["middle"] or "").strip():
        behind = _subjects(own, cue.start("middle"), cue.end("middle") + 1)
        if behind:
            return behind[0]
    head = cue.start()
    quotes = _quotes(own, after, head)
    if quotes and cue.re is _said():
        near = _subjects(own, after, quotes[0].start())
        return near[-1] if near else previous
    contrast = max((m.end() for m in _CONTRAST.finditer(own, after, head)), default=after)
    if previous is not None and contrast == after:
        return previous
    listed = _subjects(own, contrast, head) or _subjects(own, after, head)
    if listed:
        return listed[0]
    return previous


def _quotes(own: str, low: int, high: int) -> list[re.Match[str]]:
    """The quotations right before `high`, with those that "며" and "면서도" join to them."""
    kept: list[re.Match[str]] = []
    for quote in reversed([q for q in speeches(own[:high]) if q.start() >= low]):
        between = own[quote.end() : kept[0].start() if kept else high]
        if not (_JOINED.fullmatch(between) if kept else len(between) <= 1):
            break
        kept.insert(0, quote)
    return kept


def _subjects(own: str, low: int, high: int) -> list[tuple[int, int]]:
    """Phrases marked as topic or subject that may speak, in their order."""
    found = []
    for mark in _SUBJECT.finditer(own, low, min(len(own), high + 1)):
        if not _marks(own, mark):
            continue
        start = _noun(own, low, mark.start())
        if start is None or start >= mark.start():
            continue
        end = mark.start() + (1 if mark.group() in ("측은", "측이", "쪽은") else 0)
        name = own[start:end].strip()
        last = re.sub(r"\([^()]*\)$", "", name).split(" ")[-1] if name else ""
        plain = re.sub(r"\([^()]*\)$", "", name)
        if not plain or plain in words("ko", "own") or (last.endswith(words("ko", "mute")) and not is_anonymous(name)):
            continue
        if (
            re.search(r"\d(?:%|[가-힣]{0,2})$", plain)
            or _VERBAL.search(last)
            or last.endswith(("에서", "에게", "으로"))
        ):
            continue
        if mark.group() in ("이", "가") and re.search(r"[,]\s*$", own[:start]) and len(last) < 2:
            continue
        found.append((start, end))
    return found


def _marks(own: str, mark: re.Match[str]) -> bool:
    """Whether the syllable is a particle, not the end of a noun or of a verb before its noun."""
    word = own[max(own.rfind(" ", 0, mark.start()) + 1, mark.end() - 12) : mark.end()]
    if word in words("ko", "adnominal_whole"):
        return False
    return not word.endswith((*words("ko", "no_particle"), *words("ko", "adnominal")))


def _noun(own: str, low: int, end: int) -> int | None:
    """Where the noun phrase that ends at `end` begins, behind the last clause, a day and what opens the sentence."""
    low = max(low, end - _LONGEST)
    if low > 0 and not own[low - 1].isspace():
        space = own.find(" ", low, end)
        low = space + 1 if space >= 0 else low
    start = low
    for mark in _CLAUSE_END.finditer(own, low, end):
        if mark.end() < end:
            start = mark.end()
    for mark in _SUBJECT.finditer(own, start, end):
        if mark.end() < end - 1 and mark.group() not in ("이", "가", "도") and _marks(own, mark):
            start = mark.end()
    while start < end and own[start] in " ,":
        start += 1
    start = _opened(own, start, end)
    tokens = [(m.start(), m.group()) for m in re.finditer(r"\S+", own[start:end])]
    if not tokens:
        return None
    first = len(tokens) - 1
    name = tokens[-1][1]
    open_ = is_anonymous(own[start:end].strip())
    while first > 0:
        word = tokens[first - 1][1]
        if (
            re.search(r"(?:[을를]|에서|으로|[가-힣]에|까지|부터|보다|[다고]|하게|대로|해|[했됐]던)$", word)
            and not open_
        ):
            break
        if open_ and re.search(r"(?:으로|까지|부터|보다|다고|하게|에서)$", word):
            break
        if (
            not open_
            and re.search(r"(?:하는|되는|한|된|할|던|은|는|진|온|있는|없는|들어설|이끄는|맡은|추진하는|둔)$", word)
            and len(word) > 1
        ):
            break
        first -= 1
    del name
    return start + tokens[first][0]


def _content(sentence: Sentence, own: str, cue: re.Match[str], who: tuple[int, int] | None, after: int) -> list[Span]:
    text, at = sentence.text, sentence.span.start
    start, stop = after, cue.start()
    if who is not None and after <= who[0] < cue.start():
        mark = _SUBJECT.match(own, who[1]) or _SUBJECT.match(own, who[1] - 1)
        start = mark.end() if mark else who[1]
        if date := _DATE.match(own, start, stop):
            start = date.end()
        if cited := _cites().match(own, start, stop):
            start = cited.end()
    if quotes := _quotes(own, start, stop):
        return [Span(at + quote.start(), at + quote.end()) for quote in quotes]
    content = trimmed(text, at + start, at + stop)
    return [content] if content is not None else []


def _cited(
    sentence: Sentence, own: str, cue: re.Match[str], who: tuple[int, int], source: Span | None
) -> Iterator[FoundAttribution]:
    """Whom a report relays: "Y를 인용해"."""
    text, at = sentence.text, sentence.span.start
    mark = _SUBJECT.match(own, who[1])
    low = mark.end() if mark else who[1]
    if low > cue.end():
        return
    for found in _cites().finditer(own, low, cue.end()):
        if "통해" in found["cue"]:
            continue
        name = trimmed(text, at + found.start("source"), at + found.end("source"))
        if name is not None:
            told = Span(at + found.start("cue"), at + found.end("cue"))
            inner = made(text, "ko", name, told, [], anonymous=is_anonymous(name.of(text)), kind="says")
            yield origin(inner, source)
            return


def _lead(sentence: Sentence, own: str, low: int) -> FoundAttribution | None:
    """ "X에 따르면 ...": whose word all that follows is."""
    text, at = sentence.text, sentence.span.start
    found = phrase("ko", "leading").search(own, low)
    if (
        found is None
        or found.start() <= low
        or found.start() - low > 80
        or (
            "보면" in found.group()
            and "기사" not in found.group()
            and "보도" not in found.group()
            and "자료" not in found.group()
        )
    ):
        return None
    via = _VIA.match(own, low, found.start())
    stop = found.start() + (3 if found.group().startswith((" 보도", " 기사", " 자료")) else 0)
    start = via.end() if via else _lead_start(own, low, found.start())
    source = trimmed(text, at + start, at + stop)
    cues = _cues(own, found.end())
    inner = bool(cues) and _who(own, cues[0], found.end(), None) is not None
    end = sentence.span.end if inner or not cues else at + cues[-1].start()
    content = trimmed(text, at + found.end(), end)
    if source is None or content is None or source.of(text) in words("ko", "own"):
        return None
    cue = trimmed(text, source.end, at + found.end())
    if cue is None:
        return None
    name = own[start:stop].strip()
    return made(
        text, "ko", source, cue, [content], anonymous=is_anonymous(name), kind="relays" if via else "says",
        via=Span(at + via.start("via"), at + via.end("via")) if via else None,
    )  # fmt: skip


def _lead_start(own: str, low: int, end: int) -> int:
    """Where the source before "에 따르면" begins: behind a topic or a clause."""
    start = low
    for mark in _SUBJECT.finditer(own, low, end):
        if mark.group() in ("은", "는") and mark.end() < end - 1:
            start = mark.end()
    comma = own.rfind(",", start, end)
    if comma >= 0:
        start = comma + 1
    while start < end and own[start] == " ":
        start += 1
    return _opened(own, start, end)


def is_anonymous(name: str) -> bool:
    """Whether the phrase names nobody in particular: "업계", "한 사립대 교수", "정부 관계자"."""
    plain = re.sub(r"\([^()]*\)", "", name).strip()
    plain = re.sub(r"\s(?:\d{1,3}|한|두|세|네|여러)\s?명$", "", plain)
    last = re.sub(r"들$", "", plain.split(" ")[-1])
    if (
        re.sub(r"들$", "", plain).endswith(words("ko", "always"))
        or last in words("ko", "whole")
        or any(w in plain for w in words("ko", "within"))
    ):
        return True
    role = re.search(alternatives("ko", "unless_named") + "(?:들|들은)?$", plain)
    if role is None:
        return False
    before = plain[: role.start()].rstrip().split(" ")[-1]
    named = len(before) in (2, 3, 4) and before[0] in words("ko", "surnames")[0] and before[-1] not in "대부청사원당회"
    return not named
