"""Chinese: "据X报道，...", "X表示，...", "X援引Y报道称，...", "...，X写道", "X拒绝置评"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    trimmed,
    words,
)
from pledger.reading.found import FoundAttribution

__all__ = ["chinese"]

_CLAUSE = re.compile(r"[^，,；;：:。！？]+")
_CITED_END = re.compile(r"(?:的话|的消息|的说法|的报道|消息|报道|的表述)+$")
_NEWS = re.compile(
    r"(?P<source>[^，,。：:]{2,30}?)(?:(?:\d{4}年)?(?:\d{1,2}月)?\d{1,2}日)?(?P<cue>消息|讯|电)(?=[，,：:])"
)
_REPORT = re.compile(
    r"的?(?:最新|独家)?(?:报道|报导|消息|报告|研究报告|新闻稿)(?:中)?$|(?:在|于)[^，,。]{0,12}(?:报道|声明|文章|报告)中$"
)
_DAY = (
    r"(?:(?:\d{2,4}年|[今去前明]年)?(?:\d{1,2}月|[本上下]个?月)?(?:\d{1,2}日|初|底|中旬|下旬|上旬)|\d{1,2}月"
    r"|[本上下这]?周[一二三四五六日末]?|星期[一二三四五六日天])(?:上午|下午|晚间?|凌晨|深夜)?"
)
_FIGURE_OF = re.compile(
    r"(?P<source>[^，,。；;：:的]{2,30}?)(?P<cue>援引|引用|给出|列出|提供)的(?:数字|数据|说法|金额|估算)(?P<rest>[^，,。]{0,10})$"
)
"""Whose figure it is: "X援引的数字大了一倍，为..."."""
_SIGNED = re.compile(rf"(?:{_DAY}|去年|今年|此前|早前|双方|两国|已)*(?:签署|公布|发布|达成|提交|发表|披露)的")
_PLACE = (
    r"(?:(?:在|于|从)[^，,。]{1,20}?(?:上|中|时|后|里|间|前|内|会|会议|采访|峰会|雅加达|首尔|东京|华盛顿|北京|伦敦)"
    r"|(?<!反)(?:向|对|就|同(?![日时年月一意])|跟)[^，,。]{1,20}?|接受[^，,。]{1,16}?(?:采访|访问|专访)(?:时|中)?|受访时|出席[^，,。]{1,16}?时"
    r"|发布?[^，,。]{0,6}(?:通告|公告|声明|信)时?|(?:在(?!野|任|职|场|建|线)|于)[^，,。]{1,8})"
)
_STATED = re.compile(r"其|该|将|已|这|他|她|公司|双方|不|没有|会|目前|有|正|两|各")
_DESCRIBED = re.compile(
    r"[一-鿿]{2,12}(?:公司|机构|企业|集团|网站|媒体|智库|商|平台|社|银行|基金)(?=[A-Z][\w.&' -]{1,40}$)"
)


@cache
def _fold() -> dict[int, str]:
    pairs = words("zh", "traditional")[0]
    return {ord(a): b for a, b in zip(pairs[::2], pairs[1::2], strict=True)}


@cache
def _openers() -> re.Pattern[str]:
    return re.compile(rf"(?:{alternatives('zh', 'openers')}|{_DAY}(?:的)?)(?=.)")


@cache
def _between() -> re.Pattern[str]:
    """What may stand between the source and its verb, at the end of the words before the verb."""
    return re.compile(rf"(?:{alternatives('zh', 'adverbs')}|{_DAY}|{_PLACE})$")


@cache
def _verbs() -> re.Pattern[str]:
    return re.compile(f"(?P<declines>{alternatives('zh', 'declines')})|(?P<said>{alternatives('zh', 'said')})")


@cache
def _views() -> re.Pattern[str]:
    """ "X的说法是...", "X的解读不同：..."."""
    return re.compile(
        rf"(?P<source>[^，,。；;：:的]{{2,30}}?)(?:{_DAY})?的(?P<cue>{alternatives('zh', 'views')})"
        r"(?P<rest>[^，,。]{0,8})$"
    )


@cache
def _screen() -> re.Pattern[str]:
    return re.compile(
        alternatives("zh", "said", "declines", "views", "shows", "leading") + "|讯|电|援引|引用|给出|列出|提供"
    )


@cache
def _papers() -> re.Pattern[str]:
    return re.compile(alternatives("zh", "documents") + r"(?:》)?$")


@cache
def _paper_says() -> re.Pattern[str]:
    return re.compile(
        rf"(?P<source>[^，,。；;：:]{{0,40}}?{alternatives('zh', 'documents')}》?)"
        rf"(?:中|只|也|则|还|均|均已|明确|已|并未|仅|同时|进一步)?(?P<cue>{alternatives('zh', 'shows')})"
    )


@dataclass(frozen=True, slots=True)
class _Phrase:
    """A cue in a clause with the words before it; positions in the sentence."""

    start: int
    cue: Span
    stop: int
    """Where what is said begins."""
    declined: bool = False


def chinese(sentence: Sentence) -> Iterator[FoundAttribution]:
    """The attributions of one sentence, with whom they relay."""
    own = hidden(sentence.text, sentence.span).translate(_fold())
    if not _screen().search(own):
        return
    found: list[FoundAttribution] = []
    last: Span | None = None
    for one in _read(sentence, own):
        if one.content is not None and last is not None and one.source == last:
            continue
        found.append(one)
        last = one.source
    yield from _contrasted(sentence, found)


def _contrasted(sentence: Sentence, found: list[FoundAttribution]) -> list[FoundAttribution]:
    """What one says ends where "而" sets another who speaks against it: "A称...，而B只提到..."."""
    out = list(found)
    for n, one in enumerate(found):
        if one.content is None:
            continue
        for m, other in enumerate(found):
            if other.source is None or other.cue is None or m == n or not one.content.covers(other.source):
                continue
            turn = sentence.text.rfind("而", one.content.start, other.source.start)
            if turn < 0 or sentence.text[turn + 1 : other.source.start].strip() or turn - 1 <= one.content.start:
                continue
            before = trimmed(sentence.text, one.content.start, turn)
            behind = trimmed(sentence.text, other.cue.end, one.content.end)
            if before is not None and behind is not None:
                out[n] = replace(one, content=before, contents=(before,))
                out[m] = replace(other, content=behind, contents=(behind,))
    return out


def _read(sentence: Sentence, own: str) -> Iterator[FoundAttribution]:
    text, at, end = sentence.text, sentence.span.start, sentence.span.end
    clauses = [m.span() for m in _CLAUSE.finditer(own)]
    outer: Span | None = None
    for number, (start, stop) in enumerate(clauses):
        if number == 0 and (lead := list(_lead(sentence, own, start, stop))):
            yield from lead
            outer = lead[0].source
            continue
        cue = _cue(own, start, stop)
        if cue is None:
            yield from _held(sentence, own, start, stop)
            continue
        head = Span(start, cue.cue.start)
        relay = list(_relayed(sentence, own, head, cue, number))
        if not relay and number > 0 and cue.stop <= len(own) and outer is None and not cue.declined:
            continue
        content = trimmed(text, at + cue.stop, end)
        for one in relay:
            if outer is not None and one.via is None:
                yield origin(one, outer)
            elif one.via is not None or cue.declined:
                yield one
            else:
                before = (
                    trimmed(text, at, at + start)
                    if number and (content is None or cue.stop >= len(own.rstrip("。.”」 ")))
                    else None
                )
                told = [content] if content is not None and before is None else [before] if before else []
                yield FoundAttribution(
                    one.source, one.cue, told[0] if told else None, tuple(told), one.anonymous, one.kind
                )
        if relay and relay[0].source is not None and not cue.declined:
            outer = relay[0].source if outer is None else outer


def _cue(own: str, start: int, stop: int) -> _Phrase | None:
    """The verb of saying of a clause: at its end, or with what is said right behind it."""
    for found in _verbs().finditer(own, start, stop):
        if found["declines"] is not None:
            return _Phrase(start, Span(*found.span()), stop, True)
        after = own[found.end() : found.end() + 1]
        quoted = after in '“「"『（(' and after != ""
        closed = found.end() == stop or quoted
        if found.start() == start and not closed:
            continue
        if (
            found["said"] in ("称", "说")
            and own[found.start() - 1 : found.start()] in words("zh", "glued")[0]
            and found.start() > start
        ):
            continue
        if after and after in "的了过着" and (after != "了" or found.end() + 1 < stop):
            continue
        if not closed and found["said"] in ("称", "说") and _STATED.match(own, found.end()):
            if _source(own, start, found.start()) is not None:
                return _Phrase(start, Span(*found.span()), found.end())
            continue
        if not closed and (found["said"] in words("zh", "weak") or _source(own, start, found.start()) is None):
            continue
        return _Phrase(start, Span(*found.span()), found.end())
    return None


def _lead(sentence: Sentence, own: str, start: int, stop: int) -> Iterator[FoundAttribution]:
    """ "据X报道，...", "按照备忘录，...", "X消息，..."."""
    text, at, end = sentence.text, sentence.span.start, sentence.span.end
    content = trimmed(text, at + stop, end)
    news = _NEWS.match(own)
    lead = phrase("zh", "leading").match(own, start, stop)
    if lead is None:
        source = trimmed(text, at + news.start("source"), at + news.end("source")) if news else None
        if news is not None and content and source and not _mute(own[news.start("source") : news.end("source")]):
            cue = Span(at + news.start("cue"), at + news.end("cue"))
            yield made(text, "zh", source, cue, [content], anonymous=_anonymous(own, source, at), kind="relays")
        return
    verb = phrase("zh", "leading_end", after="$").search(own, lead.end(), stop)
    name_end = verb.start() if verb else stop
    if content is None or name_end <= lead.end():
        return
    cue = Span(at + lead.start(), at + lead.end())
    if verb is not None and own[name_end - 1] == "的" and verb.group() in ("报道", "报导", "消息"):
        source = trimmed(text, at + lead.end(), at + stop)  # "据日本方面的报道": the report itself
        if source is not None:
            yield made(text, "zh", source, cue, [content], anonymous=_anonymous(own, source, at), kind="relays")
        return
    if own[name_end - 1] == "的":
        name_end -= 1
    words_ = own[lead.end() : name_end]
    if verb is None and (not _papers().search(words_) or words_.startswith(tuple(words("zh", "pointing")))):
        return
    if _mute(words_):
        return
    head = lead.end()
    if verb is None and (signed := _SIGNED.match(own, head, name_end)) and signed.end() < name_end:
        head = signed.end()  # "按照去年签署的备忘录"
    yield from _relayed(
        sentence, own, Span(head, name_end), _Phrase(lead.end(), Span(lead.start(), lead.end()), stop), 0,
        kind="relays" if verb and verb.group() in ("报道", "报导", "消息") else "says", content=content,
    )  # fmt: skip


def _held(sentence: Sentence, own: str, start: int, stop: int) -> Iterator[FoundAttribution]:
    """What papers show, and what somebody's view is: "文件显示", "X的解读不同：...", "X...：“...”"."""
    text, at, end = sentence.text, sentence.span.start, sentence.span.end
    content = trimmed(text, at + stop, end)
    found = _paper_says().search(own, start, stop) or _views().search(own, start, stop)
    found = found or _FIGURE_OF.search(own, start, stop)
    if found is not None and (content or found.end() < stop):
        low, high = found.span("source")
        low = _opened(own, low, high)
        source = trimmed(text, at + low, at + high)
        if source and not _mute(own[low:high]):
            told = content or trimmed(text, at + found.end(), at + stop)
            cue = Span(at + found.start("cue"), at + found.end("cue"))
            yield made(
                text, "zh", source, cue, [told] if told else [], anonymous=_anonymous(own, source, at), kind="says"
            )
        return
    if own[stop : stop + 2] in ("：“", "：「", ":“", ":「", ':"', '："') and stop - start <= 60:
        name = _source(own, start, stop)
        if name is not None and content is not None and name.end < stop:
            source = Span(at + name.start, at + name.end)
            yield made(
                text, "zh", source, Span(at + stop, at + stop + 1), [content], anonymous=_anonymous(own, source, at)
            )


def _opened(own: str, start: int, stop: int) -> int:
    """Where the words begin behind conjunctions and days."""
    while (found := _openers().match(own, start, stop)) and found.end() < stop - 1:
        start = found.end()
    return start


def _source(own: str, start: int, stop: int) -> Span | None:
    """The noun phrase before a verb, without what stands before and behind it."""
    start = _opened(own, start, stop)
    while start < stop and (found := _between().search(own, start, stop)):
        if found.start() <= start or found.start() == found.end():
            break
        stop = found.start()
    while stop > start and own[stop - 1] in " 　、":
        stop -= 1
    while start < stop and own[start] in " 　、”」）)":
        start += 1
    if latin := _DESCRIBED.match(own, start, stop):  # "咨询公司Voltscope": the name
        start = latin.end()
    if stop - start < 2 or stop - start > 40 or _mute(own[start:stop]):
        return None
    return Span(start, stop)


def _mute(name: str) -> bool:
    """Whether words cannot be a source: nothing that speaks, or a clause of its own."""
    plain = name.strip(f"“”「」{FILL}")
    if not plain:
        return False
    return (
        plain in words("zh", "mute")
        or plain in words("zh", "own")
        or name.endswith(tuple(w for w in words("zh", "mute") if len(w) > 1))
        or plain.startswith(("最快", "最早", "最迟", "将", "拟", "预计", "可能", "至少", "约"))
        or bool(re.search(r"[了是将被]|没有|不会|已经|可以|必须|需要|如果|因为|应当|导致|超过|达到|\d{3}", plain))
    )


def _anonymous(own: str, source: Span, at: int) -> bool:
    """Whether the phrase names nobody in particular; at `at` the sentence begins."""
    name = own[source.start - at : source.end - at].rstrip("”」")
    name = re.sub(r"[（(][^（）()]*[）)]$", "", name)
    return name.endswith(words("zh", "nameless")) or any(w in name for w in words("zh", "nameless_in"))


def _relayed(
    sentence: Sentence,
    own: str,
    head: Span,
    cue: _Phrase,
    number: int,
    *,
    kind: str = "",
    content: Span | None = None,
) -> Iterator[FoundAttribution]:
    """The source in the words before a verb, parted from whom it cites: "路透社援引知情人士的话"."""
    del number
    text, at = sentence.text, sentence.span.start
    cites = phrase("zh", "cites").search(own, head.start, head.end)
    stop = cites.start() if cites else head.end
    if not cites and (report := _REPORT.search(own, head.start, stop)) and report.start() > head.start + 1:
        stop = report.start()
    name = _source(own, head.start, stop)
    if name is None:
        return
    source = Span(at + name.start, at + name.end)
    said = Span(at + cue.cue.start, at + cue.cue.end)
    outer = made(
        text, "zh", source, said, [content] if content else [], anonymous=_anonymous(own, source, at), kind=kind
    )
    yield outer
    if cites is None:
        return
    inner_stop = head.end
    if ending := _CITED_END.search(own, cites.end(), head.end):
        inner_stop = ending.start()
    inner = _source(own, cites.end(), inner_stop)
    if inner is not None:
        told = Span(at + inner.start, at + inner.end)
        cited = Span(at + cites.start(), at + cites.end())
        yield origin(made(text, "zh", told, cited, [], anonymous=_anonymous(own, told, at), kind="says"), source)
