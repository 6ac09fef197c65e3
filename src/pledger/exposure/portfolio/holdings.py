"""Portfolios as people have them: a CSV or XLSX file in, columns of holdings out, with a problem for every row that is
wrong.

Columns are known by many names in many languages (`data/portfolio/columns.toml`). Nothing is rescaled silently:
weights that do not come to 100 % are told, and rescaled only where that is asked for. Nothing is thrown away: a cell
that cannot be used is told with its row and column, and the rest of its row counts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from itertools import zip_longest
from pathlib import Path

import numpy as np

from pledger.exposure.portfolio.columns import TELLING, currency_of, known, notes, sums
from pledger.exposure.portfolio.columns import roles as played
from pledger.exposure.portfolio.identifiers import isins_hold, lei_holds
from pledger.exposure.portfolio.words import Holdings
from pledger.exposure.tables.headings import per_cent
from pledger.exposure.tables.numbers import numbers, percents
from pledger.exposure.tables.problems import at
from pledger.exposure.tables.reading import Kind, Table, content_of, table
from pledger.model import Problem
from pledger.vehicle.errors import FileError
from pledger.vehicle.words import Floats

__all__ = ["HoldingsError", "holdings", "load"]

_SHOWN = 10
"""Rows with one kind of fault that are listed one by one; the rest is counted in one line."""
_NEAR = 0.005
"""How far weights may be from 100 % without a word: rounding."""
_CLOSE = 0.1
"""How far from 1 numbers under a header of per cent may sum to be taken as fractions: no portfolio is 1 % of itself."""
_PERCENT = 1.5
"""A sum of weights above which they must be per cent, not fractions."""
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
    weights, total, wrong = _weights(columns, roles, rows, its.header, name)
    problems += wrong
    values, wrong = _column(columns, roles, "value", rows, its.header, name)
    problems += wrong
    currencies = texts.get("currency", blank)
    if total is None:
        # A header that names a currency says what the values are in; the column of currencies then is that of trading.
        one = currency_of(its.header[roles["value"]]) if "value" in roles else ""
        weights, wrong = _by_value(values, (one,) * len(rows) if one else currencies, name)
        problems += wrong
    if normalise and total:
        weights = weights / total
    problems += _sum(total, normalise, name)
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


def _listed(
    wrong: Sequence[int], rows: Sequence[int], say: Callable[[int], str], what: str, name: str, column: str, mend: str
) -> list[Problem]:
    """A problem for each of these positions among the rows, and one line for those beyond the first few."""
    problems = [Problem(what, at(name, rows[n], column), say(n), mend) for n in wrong[:_SHOWN]]
    if len(wrong) > _SHOWN:
        more = f"and {len(wrong) - _SHOWN:,} rows more like these"
        problems.append(Problem(what, at(name, rows[wrong[-1]], column), more, mend))
    return problems


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
        total = np.abs(found - np.nansum(found[kept])) <= _CLOSE * abs(np.nansum(found[kept]))
        wrong = np.flatnonzero(~kept & ~totalled & ~np.isnan(found) & (found != 0) & ~total).tolist()
        mend = "name it; a cell with a formula has a name only where a spreadsheet has worked it out"

        def say(n: int, cells: Sequence[str] = cells) -> str:
            return f"{cells[n].strip()[:30]!r} stands beside no name, ISIN, LEI or ticker: the row is left out"

        problems = _listed(wrong, rows, say, "No security", name, header[roles[role]], mend)
    return problems


def _ragged(its: Table, width: int, name: str) -> list[Problem]:
    if max(map(len, its.rows), default=0) <= width:
        return []
    wrong = [n for n, row in enumerate(its.rows) if len(row) > width and any(cell.strip() for cell in row[width:])]
    mend = "put cells that hold the delimiter in quotation marks"

    def say(n: int) -> str:
        return f"it has {len(its.rows[n])} cells, the header {width}"

    return _listed(wrong, its.lines, say, "Too many cells", name, "", mend)


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
    return tuple(kept), _listed(wrong, rows, say, "Wrong ISIN", name, column, mend)


def _leis(cells: Sequence[str], rows: Sequence[int], name: str) -> tuple[tuple[str, ...], list[Problem]]:
    wrong = [n for n, cell in enumerate(cells) if cell and not lei_holds(cell)]
    none = frozenset(wrong)
    kept = tuple("" if n in none else cell for n, cell in enumerate(cells)) if wrong else tuple(cells)

    def say(n: int) -> str:
        return f"{cells[n][:24]!r}: its form or check digits are wrong"

    mend = "correct it; the row is matched by its other columns"
    return kept, _listed(wrong, rows, say, "Wrong LEI", name, "LEI", mend)


def _column(
    columns: Sequence[Sequence[str]],
    roles: dict[str, int],
    role: str,
    rows: Sequence[int],
    header: Sequence[str],
    name: str,
) -> tuple[Floats, list[Problem]]:
    if role not in roles:
        return np.full(len(rows), np.nan), []
    cells = columns[roles[role]]
    found, wrong = numbers(cells, parts=role == "weight")

    def say(n: int) -> str:
        return f"{cells[n].strip()[:30]!r} is no number"

    mend = "write it as 1234.5; the row counts without it"
    return found, _listed(wrong, rows, say, f"No {role}", name, header[roles[role]], mend)


def _weights(
    columns: Sequence[Sequence[str]],
    roles: dict[str, int],
    rows: Sequence[int],
    header: Sequence[str],
    name: str,
) -> tuple[Floats, float | None, list[Problem]]:
    """Weights as fractions, what they come to, and what is wrong with them; None where the file has no weights."""
    found, problems = _column(columns, roles, "weight", rows, header, name)
    known = found[~np.isnan(found)]
    if not len(known):
        return found, None, problems
    head = header[roles["weight"]]
    titled = per_cent(head)
    total, most = float(known.sum()), float(np.abs(known).max())
    if percents(columns[roles["weight"]]) or most > 1 or total > _PERCENT:
        found = found / 100
    elif titled and len(known) > 1 and abs(total - 1) <= _CLOSE:
        why = f"the header says per cent, the numbers come to {total:.4g}: they are taken as fractions of 1"
        problems.append(Problem("Weights as fractions", at(name, None, head), why, "write 5 or 5% for 5 %"))
    elif titled:
        found = found / 100
    above = np.flatnonzero(found > 1).tolist()

    def say(n: int) -> str:
        return f"{found[n]:.1%} is more than the whole portfolio"

    mend = "correct it; the row counts as it stands"
    problems += _listed(above, rows, say, "Weight above 100 %", name, head, mend)
    return found, float(np.nansum(found)), problems


def _by_value(values: Floats, currencies: Sequence[str], name: str) -> tuple[Floats, list[Problem]]:
    """Weights out of the values, where all are in one currency."""
    known = ~np.isnan(values)
    total = float(np.nansum(values))
    its = {c for c, has in zip(currencies, known.tolist(), strict=True) if has}
    if not known.any() or total <= 0:
        return np.full(len(values), np.nan), []
    if len(its) > 1:
        listed = ", ".join(sorted(c or "none" for c in its)[:5])
        why = f"the values are in several currencies ({listed}), so they make no weights"
        return np.full(len(values), np.nan), [Problem("No weights", name, why, "add a column of weights")]
    return values / total, []


def _sum(total: float | None, normalise: bool, name: str) -> list[Problem]:
    if total is None or abs(total - 1) <= _NEAR or normalise:
        return []
    why = f"the weights come to {total:.2%}, not to 100 %; they are taken as they stand"
    return [Problem("Weights do not sum", name, why, "correct them, or rescale them with --normalise")]


def _repeated(
    isins: Sequence[str],
    names: Sequence[str],
    tickers: Sequence[str],
    exchanges: Sequence[str],
    rows: Sequence[int],
    name: str,
) -> list[Problem]:
    """Rows that hold one security twice; lines of it on two markets are two."""
    if all(isins) and len(set(isins)) == len(isins):
        return []
    first: dict[object, int] = {}
    again: dict[int, int] = {}
    for n, isin in enumerate(isins):
        before = first.setdefault((isin or names[n].casefold(), tickers[n].casefold(), exchanges[n].casefold()), n)
        if before != n:
            again[n] = before

    def say(n: int) -> str:
        return f"{(isins[n] or names[n] or tickers[n])[:40]!r} stands in row {rows[again[n]]} already"

    mend = "both rows count; where they are one position, delete one"
    return _listed(list(again), rows, say, "Held twice", name, "", mend)
