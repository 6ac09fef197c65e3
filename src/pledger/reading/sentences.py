"""Where sentences begin and end: sentences of paragraphs, bullets, headings, as exact, trimmed spans.

The rules for stops and abbreviations are those of `sentencex`; what stands here is what news needs beside them:
lines that are units of their own, hard-wrapped paragraphs, particles after a quotation in Japanese and Korean,
and limits that keep hostile input linear.

A quotation of several sentences is kept whole as far as it stands between one pair of quotation marks, because
its attribution ("..., she said") belongs to all of it. An unclosed quotation mark holds nothing together.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

import sentencex

from pledger.data import lexicon
from pledger.model import Span

__all__ = ["sentences"]

_LIMIT = 6_000
"""Longest piece handed to sentencex at once, in characters: its time grows with the square of unclosed quotation
marks (half a million took 46 s), so that a piece of this length costs some milliseconds at worst."""

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+")
_BULLET = re.compile(r"\s{0,8}(?:[•‣▪●○◦·∙*■◆▶–—-]\s|\d{1,3}[.)]\s|\([a-z0-9]{1,3}\)\s)")
_STOP = re.compile(r"[.!?…。！？:;：；][\"”’'»)\]」』）]{0,3}\s*$")
_INLINE_BULLET = re.compile(r"(?<=[\s.!?。])[•‣▪●◦■◆▶](?=\s)")
_RUNS_ON = re.compile(
    r"(?:,|[a-z]-|\b(?:the|a|an|of|and|or|to|in|for|by|with|on|at|from|that|as|its|his|her|their|said|Mr\.|Mrs\.|Ms\.))\s*$"
)
_PARTICLE = {
    "ja": re.compile(r"(?:と|って|など|は|が|を|に|の|、)"),
    "ko": re.compile(r"(?:고|라고|이라고|라며|이라며|며|는|은|라는|이라는|를|을|와|과|,)"),
    "zh": re.compile(r"[，,、]|的"),
}
_TIME_BEFORE = re.compile(r"\b[ap]\.m\.\s*$", re.IGNORECASE)
_TIME_AFTER = re.compile(
    r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|Eastern|Pacific|Central|E[SD]?T|P[SD]?T|C[SD]?T|GMT|JST|KST)\b"
)
_LAST_WORD = re.compile(r"[A-Z][a-z]{1,4}\.(?=\s*$)")
_ORDINAL_BEFORE = re.compile(r"(?:^|[\s(])\d{1,2}\.\s*$")
_INSIDE = re.compile(r"[A-Za-z0-9]\.(?:[A-Z]\.|[A-Z]{2}(?![A-Za-z]))")
"""A stop inside a word: of an abbreviation behind a hyphen ("EU-U.S."), of an address ("Site.AI")."""
_QUOTED = frozenset("\"”’'")
_QUESTION_QUOTE = re.compile(r"[?!][\"”’']\s*$")
_CLOSED_BEFORE = re.compile(r"[.!?][\"”]\s+(?=[A-Z“])")
_ANY_STOP = re.compile(r"(?<=[a-z0-9)][.!?])[\"”]?\s+(?=[\"“A-Z])")
_WIDE_STOP = re.compile(r"[。！？]{1,3}[」』）)”’\"]{0,2}")
_GLUED_STOP = re.compile(r"[。！？]{1,3}[」』）)”’\"]{0,2}|(?<=[가-힣][다요죠까])\.(?=[0-9가-힣“‘\[])")
_QUOTING = re.compile(r"[」』]?(?:と(?!も)|って)")
_CLOSES = {
    "「": "」",
    "『": "』",
    "（": "）",
    "(": ")",
    "“": "”",
    "《": "》",
    "【": "】",
    "［": "］",
    "[": "]",
    "〈": "〉",
}
_MARK = re.compile(r"[「」『』（）()“”《》【】［］\[\]〈〉\"]")
_NUMERALS = frozenset("〇零一二三四五六七八九十百千0123456789０１２３４５６７８９")
_NAME_THEN = re.compile(
    r"(?:[A-Z][\w.’'-]{0,20} ){0,4}?(?:[A-Z][\w.’'-]{0,20}|he|she|they|it|one|the [a-z]{1,16}) ([a-z]{2,12})\b"
)


def sentences(text: str, language: str = "en") -> list[Span]:
    """The sentences of `text` in order, trimmed of white space, never overlapping.

    A bullet, a heading and a line of its own are each a unit even without a stop; lines that only wrap a
    paragraph are joined. `language` is an ISO 639-1 code. Linear in the length of the text.
    """
    return list(_sentences(text, language))


@lru_cache(maxsize=1)
def _sentences(text: str, language: str) -> tuple[Span, ...]:
    # Kept for one text: reading and attribution ask for the sentences of the same one, one after the other.
    spans: list[Span] = []
    for start, end in _blocks(text):
        for piece_start, piece_end in _pieces(text, start, end):
            spans.extend(_split(text, piece_start, piece_end, language))
    return tuple(spans)


def _blocks(text: str) -> list[tuple[int, int]]:
    """Stretches that hold whole sentences: paragraphs, bullets, headings."""
    lines = [(m.start(), m.end()) for m in _LINE.finditer(text) if not m.group().isspace()]
    blocks: list[tuple[int, int]] = []
    wrapped = _wrapped(text, lines)
    for index, (start, end) in enumerate(lines):
        if blocks and _continues(text, blocks[-1], start, end, wrapped[index]):
            blocks[-1] = (blocks[-1][0], end)
        else:
            blocks.append((start, end))
    return blocks


def _wrapped(text: str, lines: list[tuple[int, int]]) -> list[bool]:
    """For each line, whether it continues a paragraph that was wrapped at a fixed width (50 to 110 columns)."""
    result = [False] * len(lines)
    first = 0
    for index in range(1, len(lines) + 1):
        if index < len(lines) and text.count("\n", lines[index - 1][1], lines[index][0]) <= 1:
            continue
        widths = [end - start for start, end in lines[first : index - 1]]
        if len(widths) > 1 and min(widths) >= 50 and max(widths) <= 110 and max(widths) - min(widths) <= 24:
            for line in range(first + 1, index):
                result[line] = not _BULLET.match(text, lines[line][0])
        first = index
    return result


def _continues(text: str, block: tuple[int, int], start: int, end: int, wrapped: bool) -> bool:
    """Whether the line `start..end` goes on with the sentence that `block` left open."""
    if text.count("\n", block[1], start) > 1 or _BULLET.match(text, start):
        return False
    if wrapped:
        return True
    tail = text[max(block[0], block[1] - 40) : block[1]]
    if _STOP.search(tail) or not text[block[1] - 1].isascii():
        return False
    head = text[start : min(end, start + 40)].lstrip()
    return head[:1].islower() or (bool(_RUNS_ON.search(tail)) and head[:1].isalnum() and len(tail) >= 40)


def _pieces(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The block cut at inline bullets, and again where it is longer than the limit."""
    cuts = [start, *(m.start() for m in _INLINE_BULLET.finditer(text, start, end) if m.start() > start), end]
    pieces = []
    for left, right in pairwise(cuts):
        while right - left > _LIMIT:
            stop = max(text.rfind(mark, left + _LIMIT // 2, left + _LIMIT) for mark in (". ", "。", "? ", "! ", ".” "))
            if stop < 0:
                stop = max(text.rfind(" ", left + _LIMIT // 2, left + _LIMIT), left + _LIMIT - 1)
            pieces.append((left, stop + 1))
            left = stop + 1
        pieces.append((left, right))
    return pieces


def _split(text: str, start: int, end: int, language: str) -> list[Span]:
    """The sentences of one piece."""
    piece = text[start:end].translate(_SPACES)
    bounds = [
        (start + found["start_index"], start + found["end_index"])
        for found in sentencex.get_sentence_boundaries(language, piece)
    ]
    joined: list[tuple[int, int]] = []
    for left, right in bounds:
        if joined and _belongs(text, joined[-1], left, right, language):
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    spans = []
    stops = _GLUED_STOP if language == "ko" else _WIDE_STOP
    wide = stops.search(piece) is not None
    for left, right in joined:
        for a, b in _cut(text, left, right):
            for c, d in _cut_at_wide_stops(text, a, b, stops) if wide else [(a, b)]:
                span = _trim(text, c, d)
                if span.start < span.end:
                    spans.append(span)
    return spans


_SPACES = str.maketrans(dict.fromkeys("\r\n\x0b\x0c\x85\u2028\u2029", " "))


def _belongs(text: str, before: tuple[int, int], left: int, right: int, language: str) -> bool:
    """Whether sentencex cut too early between `before` and `left..right`."""
    tail, head = text[max(before[0], before[1] - 16) : before[1]], text[left : min(right, left + 80)].lstrip()
    if not head:
        return True
    particle, mark = _PARTICLE.get(language), tail.rstrip()[-1:]
    if particle is not None and mark in '」』”"’' and particle.match(head):
        return True
    if language == "ja" and mark in "？！" and _QUOTING.match(head):
        return True
    if mark == "．" and tail.rstrip()[-2:-1] in _NUMERALS and head[0] in _NUMERALS:
        return True  # a decimal point: 九．二吉瓦
    if mark == ".":
        if text[before[1] - 1] == "." and before[1] == left and _INSIDE.match(text, left - 2):
            return True
        if language == "de" and _ORDINAL_BEFORE.search(tail):
            return True
        if _TIME_BEFORE.search(tail) and _TIME_AFTER.match(head):
            return True
        return language == "en" and (found := _LAST_WORD.search(tail)) is not None and found.group() in _titles()
    if mark in _QUOTED and _QUESTION_QUOTE.search(tail):
        # A title is cut off by its stop ("Ms."), so the words behind this piece count, too.
        return head[:1].islower() or _is_speech(text[left : left + 80].lstrip())
    return False


def _cut(text: str, left: int, right: int) -> list[tuple[int, int]]:
    """Cuts after a quotation that a stop has closed, where the next words are no attribution of it."""
    if '"' not in text[left:right]:
        return [(left, right)]
    cuts = [left]
    if text.count('"', left, right) % 2:  # a mark is missing: what was kept together for the quotation is cut again
        for found in _ANY_STOP.finditer(text, left, right):
            word = _LAST_WORD.search(text[max(left, found.start() - 8) : found.start()])
            if word is None or word.group() not in _titles():
                cuts.append(found.end())
        return list(zip(cuts, [*cuts[1:], right], strict=True))
    for found in _CLOSED_BEFORE.finditer(text, left, right):
        mark = found.start() + 1
        closed = text[mark] == "”" or text.count('"', cuts[-1], mark + 1) % 2 == 0
        question = text[found.start()] in "?!"
        if closed and not (question and _is_speech(text[found.end() : min(right, found.end() + 80)])):
            cuts.append(found.end())
    return list(zip(cuts, [*cuts[1:], right], strict=True))


def _cut_at_wide_stops(text: str, left: int, right: int, marks: re.Pattern[str]) -> list[tuple[int, int]]:
    """Cuts after each 。！？ outside of brackets and quotation marks, also before a figure or a Latin letter; in Korean
    after a verb's end and a stop behind which the next sentence begins without a space.
    """
    stops = [m for m in marks.finditer(text, left, right) if m.end() < right]
    if not stops:
        return [(left, right)]
    inside = _enclosed(text, left, right)
    cuts, at, until = [left], 0, left
    for stop in stops:
        while at < len(inside) and inside[at][0] < stop.start():
            until = max(until, inside[at][1])
            at += 1
        asked = stop.group()[0] != "。" and _QUOTING.match(text, stop.end())
        if stop.start() >= until and not asked:
            cuts.append(stop.end())
    return list(zip(cuts, [*cuts[1:], right], strict=True))


def _enclosed(text: str, left: int, right: int) -> list[tuple[int, int]]:
    """Stretches between a bracket or quotation mark and the one that closes it, sorted; unclosed ones hold nothing."""
    found: list[tuple[int, int]] = []
    opened: list[tuple[str, int]] = []
    straight = text.count('"', left, right) % 2 == 0
    for match in _MARK.finditer(text, left, right):
        mark = match.group()
        if mark == '"':
            if straight and any(m == mark for m, _ in opened[-1:]):
                found.append((opened.pop()[1], match.end()))
            elif straight:
                opened.append((mark, match.start()))
        elif mark in _CLOSES:
            opened.append((mark, match.start()))
        elif opened and _CLOSES.get(opened[-1][0]) == mark:
            found.append((opened.pop()[1], match.end()))
    return sorted(found)


def _is_speech(head: str) -> bool:
    """Whether words such as "Ms. Lee asked" stand first: they attribute the quotation before them."""
    found = _NAME_THEN.match(head)
    return bool(found) and found is not None and found.group(1) in _speech_words()


@cache
def _titles() -> frozenset[str]:
    """Abbreviated titles, after which a name follows, never a new sentence."""
    return frozenset(word for word in lexicon("attribution")["speakers"]["titles"] if word.endswith("."))


@cache
def _speech_words() -> frozenset[str]:
    """All forms of the verbs that may stand with a quotation."""
    # Here, not above: attribution itself stands on sentences.
    from pledger.reading.attribution.frames import verbs

    return frozenset(form for form, options in verbs().items() if any("quote" in verb.frames for verb in options))


def _trim(text: str, start: int, end: int) -> Span:
    words = text[start:end]
    return Span(start + len(words) - len(words.lstrip()), max(start, end - len(words) + len(words.rstrip())))
