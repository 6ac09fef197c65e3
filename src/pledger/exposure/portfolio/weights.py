"""The weights of a portfolio: as fractions, out of a column of per cent or fractions, or out of the values."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from pledger.exposure.tables.headings import per_cent
from pledger.exposure.tables.numbers import numbers, percents
from pledger.exposure.tables.problems import at, listed
from pledger.model import Problem
from pledger.vehicle.words import Floats

__all__ = ["CLOSE", "by_value", "numbers_of", "summed", "weights_of"]

_NEAR = 0.005
"""How far weights may be from 100 % without a word: rounding."""
CLOSE = 0.1
"""How far from 1 numbers under a header of per cent may sum to be taken as fractions: no portfolio is 1 % of itself."""
_PERCENT = 1.5
"""A sum of weights above which they must be per cent, not fractions."""


def numbers_of(
    columns: Sequence[Sequence[str]],
    roles: dict[str, int],
    role: str,
    rows: Sequence[int],
    header: Sequence[str],
    name: str,
) -> tuple[Floats, list[Problem]]:
    """The numbers of the column that plays a role, NaN where there is none, and what is wrong with them."""
    if role not in roles:
        return np.full(len(rows), np.nan), []
    cells = columns[roles[role]]
    found, wrong = numbers(cells, parts=role == "weight")

    def say(n: int) -> str:
        return f"{cells[n].strip()[:30]!r} is no number"

    mend = "write it as 1234.5; the row counts without it"
    return found, listed(wrong, rows, say, f"No {role}", name, header[roles[role]], mend)


def weights_of(
    columns: Sequence[Sequence[str]],
    roles: dict[str, int],
    rows: Sequence[int],
    header: Sequence[str],
    name: str,
) -> tuple[Floats, float | None, list[Problem]]:
    """Weights as fractions, what they come to, and what is wrong with them; None where the file has no weights."""
    found, problems = numbers_of(columns, roles, "weight", rows, header, name)
    known = found[~np.isnan(found)]
    if not len(known):
        return found, None, problems
    head = header[roles["weight"]]
    titled = per_cent(head)
    total, most = float(known.sum()), float(np.abs(known).max())
    if percents(columns[roles["weight"]]) or most > 1 or total > _PERCENT:
        found = found / 100
    elif titled and len(known) > 1 and abs(total - 1) <= CLOSE:
        why = f"the header says per cent, the numbers come to {total:.4g}: they are taken as fractions of 1"
        problems.append(Problem("Weights as fractions", at(name, None, head), why, "write 5 or 5% for 5 %"))
    elif titled:
        found = found / 100
    above = np.flatnonzero(found > 1).tolist()

    def say(n: int) -> str:
        return f"{found[n]:.1%} is more than the whole portfolio"

    mend = "correct it; the row counts as it stands"
    problems += listed(above, rows, say, "Weight above 100 %", name, head, mend)
    return found, float(np.nansum(found)), problems


def by_value(values: Floats, currencies: Sequence[str], name: str) -> tuple[Floats, list[Problem]]:
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


def summed(total: float | None, normalise: bool, name: str) -> list[Problem]:
    """That weights do not come to 100 %, where they are not to be rescaled."""
    if total is None or abs(total - 1) <= _NEAR or normalise:
        return []
    why = f"the weights come to {total:.2%}, not to 100 %; they are taken as they stand"
    return [Problem("Weights do not sum", name, why, "correct them, or rescale them with --normalise")]
