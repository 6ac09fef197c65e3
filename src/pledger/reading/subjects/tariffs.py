"""Which tariff a rate is: by its law, its goods and the country, and whether it is the one that counts.

"The tariff on Korean goods fell from 25 to 15 percent" gives a former rate and the present one; only present ones can
contradict each other. The market's key names the tariff, the same in every language: `tariff on goods of South Korea`,
`Section 122 tariff`, `penalty tariff on goods of Japan`. Words are in `data/lexicon/tariffs.toml`.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon, programmes
from pledger.model import EntityKind, Mention, Share, Span
from pledger.reading.context import Context
from pledger.reading.countries import country_name
from pledger.reading.found import Found
from pledger.reading.page import Marker
from pledger.reading.patterns import expand

__all__ = ["tariff_of"]

_HOST = "US"
_LEFT = 48
"""Characters left of a figure in which words make it a former or a threatened rate."""
_RIGHT = 48
_RATE = "tariff rate"
_RATIO = re.compile(r"[0-9一二三四五六七八九] ?(?:대|対|对|對|比|[:：/]) ?[0-9一二三四五六七八九]")
"""What is divided in such a way is no rate: 5대5, 9:1."""


@cache
def _joined(*words: str) -> re.Pattern[str]:
    ordered = sorted(words, key=len, reverse=True)
    parts = [expand(w) if w[0] > "\u2e7f" else rf"(?<![^\W_]){expand(w)}(?![^\W_])" for w in ordered]
    return re.compile("|".join(parts), re.IGNORECASE)


_WORDS = Marker(lambda _: _joined(*lexicon("tariffs")["words"]))
_SHARED = Marker(lambda _: _joined(*lexicon("tariffs")["shared"]))


@cache
def _bases() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((entry["called"], _joined(*entry["words"])) for entry in lexicon("tariffs")["basis"])


@cache
def _goods() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, _joined(*words)) for name, words in lexicon("tariffs")["goods"].items())


@cache
def _states(side: str) -> tuple[tuple[str, re.Pattern[str]], ...]:
    out = []
    for state in ("threatened", "former"):
        words = "|".join(expand(w) for w in lexicon("tariffs")[state][side])
        anchor = rf"(?:(?<![^\W_])|(?<=[^\x00-\x7f]))(?:{words})" if side == "before" else rf"(?:{words})"
        out.append((state, re.compile(anchor, re.IGNORECASE)))
    return tuple(out)


def tariff_of(ctx: Context, sentence: Span, share: Found[Share]) -> tuple[Mention, str | None] | None:
    """The tariff that a share is the rate of, and `former` or `threatened` where it is not the present one.

    None where it is no tariff. The market's `programme` is the pledge that the country has made for its tariff.
    """
    if share.value.of not in (None, _RATE) or (share.value.of is None and _RATIO.search(share.text)):
        return None
    here = ctx.clause(sentence, share.span)
    spoken = ctx.marks(_WORDS, sentence)
    earned = ctx.marks(_SHARED, sentence).left(share.span.start) if share.value.of != _RATE else None
    if earned is not None and not spoken.any_within(earned, share.span.start):
        return None
    before = _sentence_before(ctx, sentence)
    told = _basis(ctx, before, None) if before is not None else None
    bare = share.value.of != _RATE and not spoken.any_within(sentence.start, sentence.end)
    if bare and told in (None, "penalty tariff"):
        return None
    basis, goods = _basis(ctx, here, share.span), _named(_goods(), ctx.text, here, share.span)
    if basis is None and goods is None:
        basis = _basis(ctx, sentence, share.span)
    if basis is None and goods is None and told != "penalty tariff":
        basis = told
    code = _country(ctx, sentence, share.span, before)
    on = f" on {goods}" if goods else " on goods" if code else ""
    of = f" of {country_name(code)}" if code else ""
    if basis is not None and basis.startswith("Section"):
        on, of, code = "", "", None  # One law, one rate for all; what it exempts is told of the goods.
    key = f"{basis or 'tariff'}{on}{of}"
    investor = next((known for known in programmes() if known.startswith(f"{code}>")), f"{code}>{_HOST}")
    mention = Mention(EntityKind.MARKET, _RATE, share.span, key=key, programme=investor if code else None)
    return mention, _state(ctx, sentence, share.span)


def _sentence_before(ctx: Context, sentence: Span) -> Span | None:
    found = [s for s in (ctx.sentence(Span(max(0, sentence.start - 2), sentence.start)),) if s.end <= sentence.start]
    return found[0] if found and found[0].start < sentence.start else None


def _basis(ctx: Context, here: Span, near: Span | None) -> str | None:
    """The law or the name nearest to a figure in a stretch of text."""
    best: tuple[int, str] | None = None
    for called, pattern in _bases():
        for match in pattern.finditer(ctx.text, here.start, here.end):
            number = next((group for group in match.groups() if group), "")
            away = min(abs(match.start() - near.start), abs(match.end() - near.start)) if near else -match.start()
            if best is None or away < best[0]:
                best = (away, called.replace("{}", number))
    return best[1] if best else None


def _named(listed: tuple[tuple[str, re.Pattern[str]], ...], text: str, here: Span, near: Span) -> str | None:
    best: tuple[int, str] | None = None
    for name, pattern in listed:
        for match in pattern.finditer(text, here.start, here.end):
            away = min(abs(match.start() - near.end), abs(near.start - match.end()))
            if best is None or away < best[0]:
                best = (away, name)
    return best[1] if best else None


def _country(ctx: Context, sentence: Span, near: Span, before: Span | None) -> str | None:
    """The country on whose goods it is: the one named nearest, that of the sentence before, or the programme's."""
    for here in (ctx.clause(sentence, near), sentence, before):
        if here is None:
            continue
        named = [(abs(at.start - near.start), c.code) for at, c in ctx.countries.inside(here) if c.code != _HOST]
        if named:
            return min(named)[1]
    main = ctx.programme
    return main.key.partition(">")[0] if main is not None and main.key else None


def _state(ctx: Context, sentence: Span, span: Span) -> str | None:
    """`former` or `threatened` by the words right beside the figure."""
    left = ctx.text[max(sentence.start, span.start - _LEFT) : span.start]
    right = ctx.text[span.end : min(sentence.end, span.end + _RIGHT)]
    for (state, before), (_, behind) in zip(_states("before"), _states("behind"), strict=True):
        for match in before.finditer(left):
            gap = left[match.end() :]
            if gap.strip() in ("", "a", "the", "an", "a tariff of", "the rate of", "about", "rund", "各", "一律"):
                return state
        found = behind.search(right)
        if found and not re.search(r"[,;.。、，]|\d", right[: found.start()]) and found.start() <= 12:
            return state
    return None
