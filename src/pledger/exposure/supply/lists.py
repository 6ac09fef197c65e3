"""The lists behind tables of supply: countries with their names, the words of cells, figures of methods, stability."""

from __future__ import annotations

import csv
import re
import tomllib
import unicodedata
from functools import cache
from importlib.resources import files
from typing import Any

from pledger.exposure.tables.headings import named

__all__ = ["columns", "folded", "methods", "rows", "shown", "wholes", "words"]

_HERE = files("pledger.data") / "supply" / "lists"
_LOOSE = re.compile(r"[\s_\-‐‑–—]+")


def folded(text: str) -> str:
    """Words as they are compared: one width of letters, no case, no spaces, hyphens or underscores."""
    return _LOOSE.sub("", unicodedata.normalize("NFKC", text)).casefold()


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/supply/lists/NAME.csv` below its remarks."""
    lines = (_HERE / f"{name}.csv").read_text(encoding="utf-8").splitlines()
    return tuple(csv.DictReader(line for line in lines if not line.startswith("#")))


@cache
def _tables(name: str) -> dict[str, Any]:
    return tomllib.loads((_HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def words(chapter: str) -> dict[str, str]:
    """By folded word of a chapter of `words.toml` what it stands for: `{"raffiniert": "refined"}`."""
    entries: dict[str, list[str]] = _tables("words")[chapter]
    return {folded(word): key for key, listed in entries.items() for word in listed}


@cache
def columns() -> dict[str, str]:
    """By squeezed name of a column what it is: `{"anteil": "share"}`."""
    return named(_tables("words")["columns"])


@cache
def shown() -> dict[str, str]:
    """By code of a country the name that it is shown by, where that of `countries.csv` reads oddly."""
    return {code: names[0] for code, names in _tables("words")["shown"].items()}


def methods(chapter: str) -> dict[str, Any]:
    """A chapter of `methods.toml`: figures of a method, and its source."""
    found: dict[str, Any] = _tables("methods")[chapter]
    return found


def wholes() -> dict[str, Any]:
    """The words of `wholes.toml`, by chapter: what reports say a share is of."""
    return _tables("wholes")
