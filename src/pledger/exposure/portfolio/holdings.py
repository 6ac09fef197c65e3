"""Portfolios as people have them: a CSV or XLSX file in, columns of holdings out, with a problem for every row that is
wrong.

Columns are known by many names in many languages (`data/portfolio/columns.toml`). Nothing is rescaled silently:
weights that do not come to 100 % are told, and rescaled only where that is asked for. Nothing is thrown away: a cell
that cannot be used is told with its row and column, and the rest of its row counts.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np

from pledger.exposure.portfolio.columns import TELLING, currency_of, known, notes, sums
from pledger.exposure.portfolio.columns import roles as played
from pledger.exposure.portfolio.identifiers import isins_hold, lei_holds
from pledger.exposure.portfolio.weights import CLOSE, by_value, numbers_of, summed, weights_of
from pledger.exposure.portfolio.words import Holdings
from pledger.exposure.tables.numbers import numbers
from pledger.exposure.tables.problems import listed
from pledger.exposure.tables.reading import Kind, Table, content_of, table
from pledger.ledger.collecting import without_collections
from pledger.model import Problem
from pledger.vehicle.errors import FileError

__all__ = ["HoldingsError", "holdings", "load"]

_LONGEST = 300
"""Letters of a cell that are looked at: no company has a longer name."""
_TEXTS = ("name", "isin", "lei", "ticker", "exchange", "currency", "country")
_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")


class HoldingsError(FileError):
    """A portfolio that cannot be used at all."""


def _nameless(first: Sequence[str]) -> tuple[str, str]:
    shown = ", ".join(cell.strip()[:30] for cell in first[:6])
    what = f"no column is called ISIN, ticker, LEI or name; the first row says: {shown}"
    return what, "add a header row such as `name,isin,ticker,weight,currency`"


_KIND = Kind(
    HoldingsError,
    "a portfolio",
    known,
    _nameless,
    most_rows=1_000_000,
    fewer="leave out columns that are not needed, or split the file",
)


def load(path: Path | str, *, normalise: bool = False) -> Holdings:
    """The portfolio in a CSV or XLSX file; `normalise`: weights are rescaled so that they come to 100 %.

    What is wrong with rows is in `problems`. Raises HoldingsError, one line with the mend, where nothing can be used.
    """
    file = Path(path)
    return holdings(content_of(file, _KIND), file.name, normalise=normalise)


def holdings(content: bytes, name: str, *, normalise: bool = False) -> Holdings:
    """The portfolio in the bytes of a file called `name`; as `load`."""
    with without_collections():
        return _read(table(content, name, _KIND), name, normalise)


def _read(its: Table, name: str, normalise: bool) -> Holdings:
    roles = played(its.header)
    width = len(its.header)
    columns = list(zip_longest(*its.rows, fillvalue=""))[:width] if its.rows else [()] * width
    columns += [("",) * len(its.rows)] * (width - len(columns))
    texts = {role: _texts(columns[n], role) for role, n in roles.items() if role in _TEXTS}
    blank = ("",) * len(its.rows)
    keep = _kept([texts.get(role, blank) for role in TELLING], texts.get("name", blank))
    if len(roles) > 1 and (said := notes(its.rows, roles.get("name", -1))):
        keep = [n for n in keep if n not in said]
    rows: tuple[int, ...] = tuple(its.lines)
    lost: list[Problem] = []
    if len(keep) < len(its.rows):
        lost = _without_names(columns, roles, rows, keep, texts, its.header, name)
        rows = tuple(rows[n] for n in keep)
        texts = {role: tuple(cells[n] for n in keep) for role, cells in texts.items()}
        columns = [tuple(cells[n] for n in keep) for cells in columns]
        blank = ("",) * len(keep)
    problems = [
        *_ragged(its, width, name),
        *([its.lost] if its.lost is not None else []),
        *lost,
        *([] if rows else [Problem("No holdings", name, "no row below the header names a security", "add rows")]),
    ]
    isins, wrong = _isins(texts.get("isin", blank), rows, name, its.header[roles["isin"]] if "isin" in roles else "")
    problems += wrong
    leis, wrong = _leis(texts.get("lei", blank), rows, name)
    problems += wrong
    weights, total, wrong = weights_of(columns, roles, rows, its.header, name)
    problems += wrong
    values, wrong = numbers_of(columns, roles, "value", rows, its.header, name)
    problems += wrong
    currencies = texts.get("currency", blank)
    if total is None:
        # A header that names a currency says what the values are in; the column of currencies then is that of trading.
        one = currency_of(its.header[roles["value"]]) if "value" in roles else ""
        weights, wrong = by_value(values, (one,) * len(rows) if one else currencies, name)
        problems += wrong
    if normalise and total:
        weights = weights / total
    problems += summed(total, normalise, name)
    names, tickers = texts.get("name", blank), texts.get("ticker", blank)
    problems += _repeated(isins, names, tickers, texts.get("exchange", blank), rows, name)
    return Holdings(
        source=name,
        rows=rows,
        names=names,
        isins=isins,
        leis=leis,
        tickers=tickers,
        exchanges=texts.get("exchange", blank),
        currencies=currencies,
        countries=texts.get("country", blank),
        weights=weights,
        values=values,
        columns=tuple((role, its.header[n].strip()) for role, n in roles.items()),
        problems=tuple(problems),
        total=total,
        normalised=normalise and bool(total),
    )


def _texts(cells: Sequence[str], role: str) -> tuple[str, ...]:
    if role not in ("isin", "lei", "currency"):
        return tuple([cell.strip()[:_LONGEST] for cell in cells])
    whole = "".join(cells)
    if whole.isalnum() and whole.isupper():
        return tuple(cells)
    return tuple([cell.replace(" ", "").replace("-", "").strip().upper() if cell else "" for cell in cells])


def _kept(telling: Sequence[Sequence[str]], names: Sequence[str]) -> list[int]:
    """The rows that name a security: no empty ones, none that sum the others."""
    summed = sums(telling)
    if all(names):
        return [n for n in range(len(names)) if n not in summed] if summed else list(range(len(names)))
    return [n for n, row in enumerate(zip(*telling, strict=True)) if any(row) and n not in summed]


def _without_names(
    columns: Sequence[Sequence[str]],
    roles: dict[str, int],
    rows: Sequence[int],
    keep: Sequence[int],
    texts: dict[str, tuple[str, ...]],
    header: Sequence[str],
    name: str,
) -> list[Problem]:
    """Rows with a number that name no security and do not sum those that do: a formula without a value, say."""
    kept = np.zeros(len(rows), np.bool_)
    kept[list(keep)] = True
    totalled = np.fromiter((any(row) for row in zip(*texts.values(), strict=True)), np.bool_, len(rows))
    problems: list[Problem] = []
    for role in ("weight", "value"):
        if role not in roles or problems:
            continue
        cells = columns[roles[role]]
        found, _ = numbers(cells, parts=role == "weight")
        total = np.abs(found - np.nansum(found[kept])) <= CLOSE * abs(np.nansum(found[kept]))
        wrong = np.flatnonzero(~kept & ~totalled & ~np.isnan(found) & (found != 0) & ~total).tolist()
        mend = "name it; a cell with a formula has a name only where a spreadsheet has worked it out"

        def say(n: int, cells: Sequence[str] = cells) -> str:
            return f"{cells[n].strip()[:30]!r} stands beside no name, ISIN, LEI or ticker: the row is left out"

        problems = listed(wrong, rows, say, "No security", name, header[roles[role]], mend)
    return problems


def _ragged(its: Table, width: int, name: str) -> list[Problem]:
    if max(map(len, its.rows), default=0) <= width:
        return []
    wrong = [n for n, row in enumerate(its.rows) if len(row) > width and any(cell.strip() for cell in row[width:])]
    mend = "put cells that hold the delimiter in quotation marks"

    def say(n: int) -> str:
        return f"it has {len(its.rows[n])} cells, the header {width}"

    return listed(wrong, its.lines, say, "Too many cells", name, "", mend)


def _isins(cells: Sequence[str], rows: Sequence[int], name: str, column: str) -> tuple[tuple[str, ...], list[Problem]]:
    good = isins_hold(cells)
    wrong = [n for n in np.flatnonzero(~good).tolist() if cells[n]]
    if not wrong:
        return tuple(cells), []
    kept = list(cells)
    for n in wrong:
        kept[n] = ""

    def say(n: int) -> str:
        said = cells[n][:20]
        formed = _ISIN.fullmatch(cells[n]) is not None
        return f"{said!r}: its check digit is wrong" if formed else f"{said!r} is no ISIN (two letters, ten characters)"

    mend = "correct it; the row is matched by its other columns"
    return tuple(kept), listed(wrong, rows, say, "Wrong ISIN", name, column, mend)


def _leis(cells: Sequence[str], rows: Sequence[int], name: str) -> tuple[tuple[str, ...], list[Problem]]:
    wrong = [n for n, cell in enumerate(cells) if cell and not lei_holds(cell)]
    none = frozenset(wrong)
    kept = tuple("" if n in none else cell for n, cell in enumerate(cells)) if wrong else tuple(cells)

    def say(n: int) -> str:
        return f"{cells[n][:24]!r}: its form or check digits are wrong"

    mend = "correct it; the row is matched by its other columns"
    return kept, listed(wrong, rows, say, "Wrong LEI", name, "LEI", mend)


def _repeated(
    isins: Sequence[str],
    names: Sequence[str],
    tickers: Sequence[str],
    exchanges: Sequence[str],
    rows: Sequence[int],
    name: str,
) -> list[Problem]:
    """Rows that hold one security twice; lines of it on two markets are two."""
    held = Counter(isins)
    first: dict[object, int] = {}
    again: dict[int, int] = {}
    for n, isin in enumerate(isins):
        if isin and held[isin] == 1:
            continue
        before = first.setdefault((isin or names[n].casefold(), tickers[n].casefold(), exchanges[n].casefold()), n)
        if before != n:
            again[n] = before

    def say(n: int) -> str:
        return f"{(isins[n] or names[n] or tickers[n])[:40]!r} stands in row {rows[again[n]]} already"

    mend = "both rows count; where they are one position, delete one"
    return listed(list(again), rows, say, "Held twice", name, "", mend)
