"""Attributions in Japanese, Chinese, Korean and German: their common frames, read sentence by sentence.

Words come from `data/lexicon/attribution_foreign.toml`. Japanese and Korean put the cue behind the content, Chinese
before it, German either way; a quotation in the sentence is the content where there is one.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.found import FoundAttribution
from pledger.reading.sentences import sentences

__all__ = ["foreign"]

_QUOTES = re.compile(
    r"「[^「」]{1,600}」|『[^『』]{1,600}』|“[^“”]{1,600}”|„[^„“”]{1,600}[“”]|\"[^\"]{1,600}\"|»[^«»]{1,600}«"
)
_EDGES = " 　\t\n、，,。．.!！?？:：;；"


def foreign(text: str, language: str) -> list[FoundAttribution]:
    """Attributions of a text in ja, zh, ko or de, in order; every other language finds nothing."""
    reader = _READERS.get(language)
    if reader is None:
        return []
    return [found for span in sentences(text, language) for found in reader(text, span)]


@cache
def _words(language: str, name: str) -> tuple[str, ...]:
    table: dict[str, Any] = lexicon("attribution_foreign")[language]
    return tuple(table[name])


@cache
def _any(language: str, name: str, before: str = "", after: str = "") -> re.Pattern[str]:
    words = sorted(_words(language, name), key=len, reverse=True)
    return re.compile(before + "(?:" + "|".join(map(re.escape, words)) + ")" + after, re.IGNORECASE)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    while start < end and text[start] in _EDGES:
        start += 1
    while end > start and text[end - 1] in _EDGES:
        end -= 1
    return Span(start, end) if start < end else None


def _made(
    text: str, language: str, source: Span | None, cue: Span, contents: list[Span], kind: str = ""
) -> FoundAttribution:
    words = source.of(text) if source else ""
    if not kind:
        said = cue.of(text).lower()
        kind = next((k for k in ("believes", "relays") if any(w in said for w in _words(language, k))), "says")
    anonymous = source is None or any(word in words.lower() for word in _words(language, "anonymous"))
    if kind == "says" and any(outlet in words for outlet in _words(language, "outlets")):
        kind = "relays"
    return FoundAttribution(source, cue, contents[0] if contents else None, tuple(contents), anonymous, kind)


def _particled(text: str, span: Span, language: str) -> Iterator[FoundAttribution]:
    """Japanese and Korean: a source with "によると" or "에 따르면" first, or a subject first and the cue last."""
    at = span.start
    lead = _any(language, "leading").search(text, span.start, span.end)
    said = None
    for said in _any(language, "said").finditer(text, span.start, span.end):  # noqa: B007 (the last one is meant)
        pass
    end = said.start() if said else span.end
    if lead is not None and lead.start() > span.start:
        source = _trimmed(text, _source_start(text, span.start, lead.start()), lead.start())
        content = _trimmed(text, lead.end(), span.end if said is None else end)
        if source and content and source.end - source.start <= 80:
            yield _made(text, language, source, Span(lead.start(), lead.end()), [content], "says")
            return
    if said is None:
        yield from _intended(text, span, language)
        return
    source, at = _topic(text, span.start, end, language)
    quotes = list(_QUOTES.finditer(text, at, end))
    start = quotes[0].start() if quotes and not text[at : quotes[0].start()].strip(_EDGES) else at
    content = _trimmed(text, start, end)
    if content is not None:
        yield _made(text, language, source, Span(said.start(), said.end()), [content])


def _source_start(text: str, start: int, end: int) -> int:
    """A source stands behind the last comma, where one parts it from an adverbial."""
    comma = max(text.rfind("、", start, end), text.rfind("，", start, end))
    return comma + 1 if comma >= 0 else start


def _topic(text: str, start: int, end: int, language: str) -> tuple[Span | None, int]:
    """The subject with its particle at the head of the sentence, and where the words behind it begin."""
    stop = next((m.start() for m in _QUOTES.finditer(text, start, end)), end)
    if language == "ko":
        found = re.compile(r"[\w)](?:은|는|이|가|도)(?=\s)").search(text, start, stop)
        if found is None or found.end() - start > 60:
            return None, start
        return _trimmed(text, start, found.end() - 1), found.end()
    limit = min(stop, start + 60)
    for k in range(start + 1, limit):
        topic = text[k] in _words(language, "subjects") and text[k + 1 : k + 2] not in ("、", "")
        if topic or text[k : k + 2] == "は、":
            return _trimmed(text, _source_start(text, start, k), k), k + 1
    return None, start


def _intended(text: str, span: Span, language: str) -> Iterator[FoundAttribution]:
    if language != "ja":
        return
    cue = _any(language, "intends").search(text, span.start, span.end)
    if cue is None:
        return
    source, at = _topic(text, span.start, cue.start(), language)
    content = _trimmed(text, at, cue.start())
    if source is not None and content is not None:
        yield _made(text, language, source, Span(cue.start(), cue.end()), [content], "intends")


def _chinese(text: str, span: Span) -> Iterator[FoundAttribution]:
    """ "据X报道，..." first, "X表示，..." with a comma, a colon or a quotation behind the cue."""
    lead = _any("zh", "leading").match(text, span.start, span.end)
    at = span.start
    if lead is not None:
        mark = next((k for k in range(lead.end(), min(span.end, lead.end() + 60)) if text[k] in "，,：:"), -1)
        if mark > 0:
            verb = _any("zh", "leading_end", after=r"\s?$").search(text, lead.end(), mark)
            source = _trimmed(text, lead.end(), verb.start() if verb else mark)
            content = _trimmed(text, mark + 1, span.end)
            if source and content:
                yield _made(text, "zh", source, Span(lead.start(), lead.end()), [content], "relays" if verb else "says")
                return
    for said in _any("zh", "said", after=r"(?=[，,：:\"“「])").finditer(text, at, span.end):
        start = max((text.rfind(mark, at, said.start()) for mark in "，,；;"), default=-1) + 1
        source = _trimmed(text, max(start, at), said.start())
        content = _trimmed(text, said.end(), span.end)
        if source and content and source.end - source.start <= 40:
            yield _made(text, "zh", source, Span(said.start(), said.end()), [content])
            return


def _german(text: str, span: Span) -> Iterator[FoundAttribution]:
    """ "Laut X ...", "X zufolge", "X sagte, ...", "..., sagte X"."""
    lead = _any("de", "leading", r"\b", r"\s").match(text, span.start, span.end)
    said = _any("de", "said", r"\b", r"\b").search(text, span.start, span.end)
    if lead is not None and lead.group().strip().lower() != "wie":
        found = re.compile(_DE_VERB).search(text, lead.end(), min(span.end, lead.end() + 90))
        verb = found.start() if found else lead.end()
        source, content = _trimmed(text, lead.end(), verb), _trimmed(text, verb, span.end)
        if source and content:
            yield _made(text, "de", source, Span(lead.start(), lead.end() - 1), [content], "says")
            return
    after = re.compile(r"\bzufolge\b").search(text, span.start, span.end)
    if after is not None:
        first = max(text.rfind(mark, span.start, after.start()) for mark in (",", "(")) + 1 or span.start
        source = _trimmed(text, max(first, span.start), after.start())
        rest = _trimmed(text, after.end(), span.end)
        before = _trimmed(text, span.start, max(span.start, first - 1))
        contents = [part for part in (before, rest) if part]
        if source and contents:
            yield _made(text, "de", source, Span(after.start(), after.end()), contents, "says")
        return
    if said is None:
        return
    cue = Span(said.start(), said.end())
    if text[span.start : said.start()].rstrip().endswith((",", "“", "”", '"', "«")):
        stop = re.compile(r"[,.]|\b(?:am|im|in einem|gegenüber)\s").search(text, said.end(), span.end)
        source = _trimmed(text, said.end(), stop.start() if stop else span.end)
        content = _trimmed(text, span.start, said.start())
        if source and content:
            yield _made(text, "de", source, cue, [content])
        return
    mark = re.compile(r"[:,„\"]").search(text, said.end(), span.end)
    start = text.rfind(",", span.start, said.start()) + 1 or span.start
    source = _trimmed(text, max(start, span.start), said.start())
    if source and mark is not None:
        content = _trimmed(text, mark.end() if mark.group() in ":," else mark.start(), span.end)
        if content:
            yield _made(text, "de", source, cue, [content])


_DE_VERB = (
    r"(?:,|\b(?:ist|sind|war|waren|wird|werden|wurde|wurden|hat|haben|hatte|hatten|soll|sollen|will|wollen|kann|können|"
    r"könnte|könnten|dürfte|dürften|muss|müssen|plant|planen|steht|stehen|gibt|liegt|beträgt|prüft|erwägt)\b)"
)

_READERS: dict[str, Callable[[str, Span], Iterator[FoundAttribution]]] = {
    "ja": lambda text, span: _particled(text, span, "ja"),
    "ko": lambda text, span: _particled(text, span, "ko"),
    "zh": _chinese,
    "de": _german,
}
