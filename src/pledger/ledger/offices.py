"""Offices of state and public banks by their official names, acronyms and names in other scripts.

An office is told by its country and its words, in whatever order and wherever the country stands: "Japan's METI",
"Ministry of Economy, Trade and Industry of Japan" and 経済産業省 are one. A name that several countries' offices bear
("Ministry of Finance") tells nobody's without its country. The table is `data/lexicon/ledger_offices.toml`.
"""

from __future__ import annotations

from functools import cache, lru_cache

from pledger.data import lexicon
from pledger.ledger.geography import country_names
from pledger.ledger.names import canonical, is_cjk, spelt
from pledger.ledger.tokens import filler, respelt, written

__all__ = ["may_be", "office_of"]

_MOST_COUNTRY = 4
"""Words of a country's name."""
_LONGEST_PREFIX = 5
"""Characters of a country's name before an office."""
_SKIPPED = ("federal", "national", "government")
"""Words that say no more than the country does."""
_MANY = 5
"""Words that no two countries have in one office's name."""

Key = tuple[str, ...]


@lru_cache(maxsize=65536)
def office_of(name: str) -> str | None:
    """The name by which the data know this office, or None: also where only its country would tell whose it is."""
    key, country = _told(name)
    if not key:
        return None
    if country is None:
        country = _owners().get(key)
    return _offices().get(key, {}).get(country) if country else None


def may_be(name: str, office: str) -> bool:
    """Whether the words of a name, whose country may be left unsaid, are this office's."""
    key, country = _told(name)
    return any(shown == office and country in (None, code) for code, shown in _offices().get(key, {}).items())


def _told(name: str) -> tuple[Key, str | None]:
    """The words of an office without those of its country, and the country; an order is kept only among banks."""
    short = lexicon("ledger_offices")["short"]
    words = [part for w in respelt(written(name)) if w != "s" for part in short.get(w, [w])]
    country: str | None = None
    kept: list[str] = []
    n = 0
    while n < len(words):
        size = next((s for s in range(min(_MOST_COUNTRY, len(words) - n), 0, -1) if _country(words[n : n + s])), 0)
        if size and country in (None, _country(words[n : n + size])):
            country = _country(words[n : n + size])
            n += size
            continue
        if size:
            return (), None  # two countries: whose it is, nobody can tell
        kept.append(words[n])
        n += 1
    if len(kept) == 1 and is_cjk(kept[0]):
        kept, country = _native(kept[0], country)
    bare = [w for w in kept if not filler(w) and (w not in _SKIPPED or len(kept) == 1)]
    return tuple(bare) if "bank" in bare else tuple(sorted(bare)), country


def _native(text: str, country: str | None) -> tuple[list[str], str | None]:
    """A text without spaces: 日本財務省, 美国能源部. The name as a whole comes first, where it is an office's own."""
    return ([text], country) if text in _whole() else _without_country(text, country)


def _without_country(text: str, country: str | None) -> tuple[list[str], str | None]:
    for size in range(min(_LONGEST_PREFIX, len(text) - 2), 0, -1):
        code = _native_countries().get(text[:size])
        if code and country in (None, code):
            return [text[size:].lstrip("の的")], code
    return [text], country


def _country(words: list[str]) -> str | None:
    return _country_words().get(" ".join(words))


@cache
def _country_words() -> dict[str, str]:
    skipped = {*lexicon("matching")["tokens"]["not_countries"]}
    found: dict[str, str] = {}
    for name, code in country_names().items():
        words = " ".join(w for w in respelt(written(name)) if w != "s")
        if name not in skipped and not is_cjk(name):
            found.setdefault(words, code)
    for code, more in lexicon("ledger_offices")["adjectives"].items():
        found.update({" ".join(respelt(written(w))): code for w in more})
    return found


@cache
def _native_countries() -> dict[str, str]:
    found = {spelt(name): code for name, code in country_names().items() if is_cjk(name)}
    for code, more in lexicon("ledger_offices")["native"].items():
        found.update({spelt(w): code for w in more})
    return found


@cache
def _whole() -> frozenset[str]:
    """Native names that stand in the table as a whole."""
    rows = (row for offices in lexicon("ledger_offices")["offices"].values() for row in offices)
    return frozenset("".join(written(n)) for row in rows for n in row if is_cjk(n))


@cache
def _offices() -> dict[Key, dict[str, str]]:
    """By words without the country: country to the office's name as it is shown."""
    found: dict[Key, dict[str, str]] = {}
    for country, offices in lexicon("ledger_offices")["offices"].items():
        for row in offices:
            shown = canonical(row[0]) or row[0]
            for name in row:
                key, told = _told(name)
                if key and key != ("bank",) and told in (None, country):
                    found.setdefault(key, {}).setdefault(country, shown)
                if len(key) == 1 and is_cjk(key[0]):  # 米財務省 is also the 財務省 of the United States
                    bare, told = _without_country(key[0], country)
                    found.setdefault(tuple(bare), {}).setdefault(country, shown)
    return found


@cache
def _owners() -> dict[Key, str]:
    """Words that need no country, to the one whose they are: letters, native names, many words, rare words."""
    generic = frozenset(lexicon("ledger_offices")["generic"]["words"])
    found: dict[Key, set[str]] = {}
    for country, offices in lexicon("ledger_offices")["offices"].items():
        for key, told in (_told(name) for row in offices for name in row):
            if told is None and (len(key) >= _MANY or not set(key) <= generic):
                found.setdefault(key, set()).add(country)
    return {key: next(iter(codes)) for key, codes in found.items() if len(codes) == 1}
