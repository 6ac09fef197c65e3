"""Which of several currencies a text means by "kroner", "pesos", 元 or "Sh": by the countries and currencies it names.

Each name of a candidate's currency, country or capital speaks for it, the nearer the more, a currency more than a
country. What is told nowhere stays with the usual one.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pledger.data import lexicon
from pledger.reading.money.words import is_fixed
from pledger.reading.numbers import alternation

__all__ = ["home_dollar", "is_told", "is_used", "meant", "nearest_dollar"]

_NEAR = 80
"""Characters within which the distance of a name hardly matters."""

_OF_CURRENCY = 3.0
"""A name of the currency itself counts so many times a name of its country."""

_MOST_SIGNS = 4
"""Signs of another dollar than the American that make a text one of that country."""

_SIMPLIFIED = frozenset(
    "亿万与个为么义乐书买产亲们价众优会传伤体余佣关兴养写军农况冻净决减凤凭击划则创删别刘办务动劳势区医华协单卖卢厂历厅压厌县双发变号员响团园围国图圆坚场块垄"
)
_TRADITIONAL = frozenset(
    "億萬與個為麼義樂書買產親們價眾優會傳傷體餘傭關興養寫軍農況凍淨決減鳳憑擊劃則創刪別劉辦務動勞勢區醫華協單賣盧廠歷廳壓厭縣雙發變號員響團園圍國圖圓堅場塊壟"
)


@cache
def _tellers(code: str) -> tuple[frozenset[str], frozenset[str]]:
    """What speaks for a currency: its own names, and those of its countries."""
    lex, named, known = lexicon("money"), lexicon("currencies").get(code, {}), lexicon("countries")
    own = {code, *(s for s, c in lex["symbols"].items() if c == code and s not in _weak_symbols())}
    own.update(c for c, meaning in lex["codes"].items() if meaning == code)
    places: set[str] = {*named.get("places", ()), *named.get("cities", ()), *lex["told_by"].get(code, ())}
    for language in ("en", "de", "ja", "zh", "ko"):
        for name in named.get(language, ()):
            if language in ("en", "de"):
                first = name.split(" ")[0].split("-")[0]
                stem = re.sub("e[rs]?$", "", first) if language == "de" and " " in name else first
                places.update([stem.capitalize(), stem.lower()] if language == "de" else [stem.capitalize()])
            elif len(name) > 1:
                own.add(name)
    for country in named.get("territories", ()):
        entry = known.get(country, {})
        for key in ("names", "people", "capital", "ja", "zh", "ko", "de"):
            places.update(entry.get(key, ()))
    places.update([place.upper() for place in places if len(place) > 3 and place[0].isupper() and place.isascii()])
    return frozenset(w for w in own if len(w) > 1), frozenset(p for p in places if len(p) > 1) - own


@cache
def _weak_symbols() -> frozenset[str]:
    lex = lexicon("money")
    return (
        frozenset(lex["told_symbols"]["symbols"]) | {w for g in lex["shared"].values() for w in g["words"]} | {"$", "¥"}
    )


@cache
def _pattern(codes: tuple[str, ...]) -> tuple[re.Pattern[str], dict[str, tuple[str, float]]]:
    """One pattern for all that speaks for any of `codes`, and for whom and how strongly each word does."""
    speaks: dict[str, tuple[str, float]] = {}
    for code in reversed(codes):
        own, places = _tellers(code)
        speaks.update(dict.fromkeys(places, (code, 1.0)))
        speaks.update(dict.fromkeys(own, (code, _OF_CURRENCY)))
    latin = [w for w in speaks if w[0] < "\u0250"]
    stems = alternation(w for w in latin if w[0].islower())
    others = alternation(w for w in latin if not w[0].islower())
    cjk = alternation(w for w in speaks if w[0] >= "\u0250")
    return (
        re.compile(
            rf"(?<![A-Za-z])(?:(?P<word>{others})s?(?![A-Za-z])|(?P<stem>{stems})(?=[a-zäöü])|{stems}(?![a-z]))|{cjk}"
        ),
        speaks,
    )


@lru_cache(maxsize=64)
def _told(text: str, codes: tuple[str, ...]) -> tuple[tuple[int, str, float], ...]:
    pattern, speaks = _pattern(codes)
    found = []
    for match in pattern.finditer(text):
        word = match["word"] or match["stem"] or match.group()
        code, strength = speaks.get(re.sub(r"\s+", " ", word), ("", 0.0))
        if code:
            found.append((match.start(), code, strength))
    return tuple(found)


def is_told(text: str, codes: Iterable[str]) -> bool:
    """Whether the text names one of these currencies, or a country or capital of theirs, anywhere."""
    return bool(_told(text, tuple(codes)))


@cache
def _used(sign: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w.]){re.escape(sign)}[0-9]{{1,3}}(?:[.,][0-9]{{1,3}})?[ \u00a0-]?(?:[mb]illion|bn|m)(?![a-z0-9])"
    )


@lru_cache(maxsize=64)
def is_used(text: str, sign: str, times: int = 1) -> bool:
    """Whether the text writes the sign to a number with a scale so many times ("R6.4bn"), as one does with money."""
    return any(number >= times for number, _ in enumerate(_used(sign).finditer(text), 1))


def meant(text: str, at: int, codes: tuple[str, ...], language: str) -> str:
    """Which of `codes` the words at `at` of a normalised text mean; the first one where the text tells none."""
    if codes[0] == "CNY" and len(codes) > 1:
        if language != "zh" or not _is_traditional(text):
            return codes[0]
        codes = codes[1:]
    if is_fixed(codes):
        return codes[0]
    score = dict.fromkeys(codes, 0.0)
    for start, code, strength in _told(text, codes):
        score[code] += strength / (_NEAR + abs(start - at))
    return max(codes, key=lambda code: score[code])


@lru_cache(maxsize=16)
def _is_traditional(text: str) -> bool:
    return sum(c in _TRADITIONAL for c in text) > sum(c in _SIMPLIFIED for c in text)


@cache
def _dollars() -> tuple[re.Pattern[str], dict[str, str]]:
    lex = lexicon("money")
    signs = {s: c for s, c in lex["symbols"].items() if s.endswith("$") and len(s) > 1}
    signs |= {c: m for c, m in lex["codes"].items() if m in lex["shared"]["dollar"]["currencies"]}
    signs |= {
        "豪ドル": "AUD",
        "カナダドル": "CAD",
        "香港ドル": "HKD",
        "米ドル": "USD",
        "호주달러": "AUD",
        "호주 달러": "AUD",
    }
    return re.compile(rf"(?<![A-Za-z]){alternation(signs)}|\$"), signs


@lru_cache(maxsize=16)
def home_dollar(text: str) -> str:
    """The dollar that a bare "$" is in this text: American, unless the text marks those and counts in its own."""
    pattern, signs = _dollars()
    counts: dict[str, int] = {}
    for match in pattern.finditer(text):
        code = signs.get(match.group(), "$")
        counts[code] = counts.get(code, 0) + 1
    bare, american = counts.pop("$", 0), counts.pop("USD", 0)
    if len(counts) != 1 or not american:
        return "USD"
    code, count = next(iter(counts.items()))
    return code if count >= max(_MOST_SIGNS, 2 * bare, american) else "USD"


def nearest_dollar(text: str, at: int, codes: tuple[str, ...]) -> str | None:
    """The dollar or euro that the clause around `at` marks, of `codes`; None where it marks none."""
    pattern, signs = _dollars()
    begin = max(text.rfind(stop, max(0, at - 200), at) for stop in ("\n", ". ", "。")) + 1
    ends = [end for stop in ("\n", ". ", "。") if (end := text.find(stop, at, at + 200)) >= 0]
    found = [
        (abs(match.start() - at), signs[match.group()])
        for match in pattern.finditer(text, max(0, begin), min([*ends, at + 200]))
        if signs.get(match.group()) in codes
    ]
    return min(found)[1] if found else None
