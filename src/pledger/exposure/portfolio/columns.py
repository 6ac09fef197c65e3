"""What columns of a portfolio and rows of sums are called: the names of `data/portfolio/columns.toml`."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache

from pledger.exposure.portfolio.identifiers import knowledge
from pledger.exposure.tables.headings import named, plain, what
from pledger.ledger.names import is_cjk

__all__ = ["TELLING", "currency_of", "known", "notes", "roles", "sums"]

TELLING = ("name", "isin", "lei", "ticker")
"""Columns that tell securities apart."""
_WORD = re.compile(r"[\s()\[\]{}（）［］【】/:,._-]+")
_ORNAMENTS = " *-=#"
_FOOT = 40
"""Rows at the end that are looked at for notes."""
_WORDS = 10
_LETTERS = 20
_TOTAL = 40
"""Letters that the name of a sum has at most."""


@cache
def _names() -> dict[str, str]:
    return named(knowledge()["columns"])


def currency_of(header: str) -> str:
    """The currency (ISO 4217) that a header says its numbers are in: `Market Value (USD)`, `時価評価額[円]`, `Kurswert
    in EUR`; nothing where it names none, or more than one."""
    signs, currencies = knowledge()["signs"], {code.upper() for code in knowledge()["securities"]["par"]}
    words = _WORD.split(unicodedata.normalize("NFKC", header).upper())
    found = {signs.get(word, word) for word in words} & currencies
    return next(iter(found)) if len(found) == 1 else ""


def known(row: Sequence[str]) -> int:
    """How many columns of a row are known by their names; none where nothing would tell the securities apart."""
    found = {role for cell in row if (role := what(cell, _names())) is not None}
    return len(found) if found & set(TELLING) else 0


def roles(header: Sequence[str]) -> dict[str, int]:
    """By role the column that plays it: the first one of several."""
    found: dict[str, int] = {}
    for at, cell in enumerate(header):
        role = what(cell, _names())
        if role is not None:
            found.setdefault(role, at)
    return found


def notes(rows: Sequence[Sequence[str]], name: int) -> set[int]:
    """The rows below the holdings that only say something: one cell alone, in the column of names, which is a sentence
    or stands below a sum."""
    names, _ = _totals()
    found: list[int] = []
    alone: list[int] = []
    for n in range(len(rows) - 1, max(-1, len(rows) - 1 - _FOOT), -1):
        row = rows[n]
        filled = [at for at, cell in enumerate(row) if cell.strip()]
        if filled and any(_sum(row[at].strip(), names) for at in filled):
            found += alone
            alone = []
        elif filled == [name]:
            (found if _sentence(row[name]) else alone).append(n)
        elif filled:
            break
    return set(found)


def _sentence(cell: str) -> bool:
    """Whether a cell holds more words than a name has."""
    said = cell.strip()
    return len(said.split()) >= _WORDS or (is_cjk(said) and len(said) >= _LETTERS and said.endswith(("。", "．", ".")))


def sums(telling: Sequence[Sequence[str]]) -> set[int]:
    """The rows that only sum the others: all that these columns say of them is a name of such a row."""
    names, letters = _totals()
    # Identifiers first: few begin as names of sums do, so few rows are left to be looked at.
    columns = [cells for cells in (*telling[1:], *telling[:1]) if any(cells)]
    near: Sequence[int] = range(len(columns[0])) if columns else ()
    for cells in columns:
        near = [n for n in near if not (cell := cells[n]) or (cell[:1] in letters and _sum(cell, names))]
    return {n for n in near if any(cells[n] for cells in columns)}


def _sum(cell: str, names: frozenset[str]) -> bool:
    return len(cell) <= _TOTAL and cell.lstrip(_ORNAMENTS)[:2].casefold() in _heads() and plain(cell) in names


@cache
def _heads() -> frozenset[str]:
    return frozenset(name[:2] for name in _totals()[0])


@cache
def _totals() -> tuple[frozenset[str], frozenset[str]]:
    """Their names, and what a cell with one of them begins with: of a hundred thousand cells few begin so."""
    names = frozenset(plain(name) for name in knowledge()["totals"]["names"])
    return names, frozenset("".join(name[0] + name[0].upper() for name in names) + _ORNAMENTS)
