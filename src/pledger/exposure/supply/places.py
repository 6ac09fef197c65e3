"""Countries as tables name them: by code of two or three letters, or by a name in any of our languages."""

from __future__ import annotations

import difflib
from functools import cache

from pledger.exposure.supply import lists
from pledger.exposure.supply.words import REST

__all__ = ["country", "name_of", "nearest"]

_NEAR = 0.72


@cache
def _codes() -> dict[str, str]:
    """By folded code or name the code of a country."""
    found: dict[str, str] = {}
    for row in lists.rows("countries"):
        for cell in row.values():
            for name in cell.split("|"):
                found.setdefault(lists.folded(name), row["code"])
                found.setdefault(lists.folded(name.partition("(")[0]), row["code"])
    found |= lists.words("countries")
    found["eu"] = "EU"
    found |= {word: REST for word, key in lists.words("cells").items() if key == "rest"}
    found.pop("", None)
    return found


def country(words: str) -> str | None:
    """The code of the country that `words` name wholly, `rest` for what stands for all others; else None."""
    bare = " ".join(words.split())
    folded = lists.folded(bare)
    found = _codes().get(folded) or _codes().get(folded.removeprefix("the"))
    if found:
        return found
    from pledger.reading.countries import country_code  # brings all recognisers along: half a second

    # The reader's own list knows what news says ("U.S.", "the Emirates"); people and capitals are no suppliers.
    return country_code(bare)


def nearest(words: str) -> str | None:
    """The name of a country that is spelt most like `words`; None where none is near."""
    spelt = {lists.folded(name): name for row in lists.rows("countries") for name in _names(row)}
    near = difflib.get_close_matches(lists.folded(words), spelt, 1, _NEAR)
    return spelt[near[0]] if near else None


def _names(row: dict[str, str]) -> list[str]:
    return [name for language in ("en", "de", "ja", "ko", "zh") for name in row[language].split("|") if name]


@cache
def _shown() -> dict[str, str]:
    return {row["code"]: row["en"].split("|")[0] for row in lists.rows("countries")} | lists.shown()


def name_of(code: str) -> str:
    """A country's English name for its code; `all others` for the rest."""
    if code == REST:
        return "all others"
    from pledger.reading.countries import country_name

    known = country_name(code)
    return known if known != code else _shown().get(code, code)
