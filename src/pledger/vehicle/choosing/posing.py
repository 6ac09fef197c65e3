"""What a user asks of a choice, and the choice as a problem in whole numbers.

Amounts are counted in units of a power of ten that leaves six digits to the largest candidate; costs are rounded up and
bounds down, so that no limit is passed by rounding.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import TypeAlias

from pledger.ledger.names import fold
from pledger.vehicle.choosing.choice import Kind, Limit, Problem
from pledger.vehicle.choosing.options import Option, SelectError, named

__all__ = ["PERMILLE", "Posed", "Share", "Wishes", "dollars", "posed", "units"]

_DIGITS = 6
_ROUNDING = 1e-9
"""Of a unit: what floats add to a whole number."""
PERMILLE = 1000
"""Shares are kept to so many parts, which keeps the numbers of a limit small enough to be told apart."""


@dataclass(frozen=True, slots=True)
class Share:
    """A bound on the share of a sector or sponsor in the cost of all that is chosen."""

    of: str
    """`sector` or `sponsor`."""
    name: str
    bound: Fraction
    at_most: bool = True


@dataclass(frozen=True, slots=True)
class Wishes:
    """What a choice must keep. Names of projects are as `options.named` takes them."""

    ceiling: float = math.inf
    """USD for all that is chosen."""
    cap_per_year: float = math.inf
    """USD that may be called in a calendar year."""
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    shares: tuple[Share, ...] = ()
    hurdle: float = 0.0
    """Score from which a project adds to a choice; one below it is taken only where a wish asks for it."""
    by_project: bool = False
    """Whether each project counts by its score alone, whatever it costs."""


@dataclass(frozen=True, slots=True)
class Posed:
    """The problem in whole numbers."""

    problem: Problem
    unit: float
    """USD of one unit."""
    parts: tuple[tuple[Limit, tuple[bool, ...]], ...]
    """Of each limit on a share, who belongs to the part."""
    wished: dict[str, str]
    """By the name of a limit, the wish as the user gave it."""


_Add: TypeAlias = Callable[[str, str, Kind, Sequence[int], int], Limit]
"""Adds a limit by its name, the wish that it comes from, its kind, coefficients and bound."""


def posed(options: Sequence[Option], scores: Sequence[float], wishes: Wishes, first_year: int) -> Posed:
    """The choice as a problem in whole numbers. Raises SelectError for a wish without sense."""
    largest = max((option.cost for option in options), default=0.0)
    unit = 10.0 ** (math.floor(math.log10(largest)) + 1 - _DIGITS) if largest > 0 else 1.0
    costs = tuple(_up(option.cost, unit) for option in options)
    if wishes.by_project:
        values = tuple(round((s - wishes.hurdle) * 10**_DIGITS) for s in scores)
    else:
        values = tuple(
            units((s - wishes.hurdle) * option.cost, unit) for s, option in zip(scores, options, strict=True)
        )
    count = len(options)
    limits: list[Limit] = []
    wished: dict[str, str] = {}

    def add(name: str, wish: str, kind: Kind, coefficients: Sequence[int], bound: int) -> Limit:
        limits.append(Limit(name, kind, tuple(coefficients), bound))
        wished[name] = wish
        return limits[-1]

    if _bound(wishes.ceiling, "ceiling"):
        add(f"the ceiling of {dollars(wishes.ceiling)}", "--ceiling", Kind.CEILING, costs, _down(wishes.ceiling, unit))
    if _bound(wishes.cap_per_year, "cap per year"):
        for year in range(max((len(option.by_year) for option in options), default=0)):
            calls = [_up(option.by_year[year], unit) for option in options]
            cap = _down(wishes.cap_per_year, unit)
            if sum(calls) > cap:
                name = f"the cap of {dollars(wishes.cap_per_year)} in {first_year + year}"
                add(name, "--cap-per-year", Kind.YEAR, calls, cap)
    parts = [_shared(options, costs, share, add) for share in wishes.shares]
    for names, kind, sign, option_name in (
        (wishes.must, Kind.MUST, -1, "--must"), (wishes.must_not, Kind.MUST_NOT, 1, "--not")
    ):  # fmt: skip
        for place in dict.fromkeys(named(words, options) for words in names):
            name = f"{kind} {options[place].name} ({options[place].id})"
            row = [sign * (n == place) for n in range(count)]
            add(name, f"{option_name} {options[place].name!r}", kind, row, min(0, sign))
    return Posed(Problem(values, costs, tuple(limits)), unit, tuple(parts), wished)


def _shared(options: Sequence[Option], costs: Sequence[int], share: Share, add: _Add) -> tuple[Limit, tuple[bool, ...]]:
    inside = tuple(_belongs(option, share) for option in options)
    if not any(inside):
        known = sorted(
            {o.sector for o in options} if share.of == "sector" else {s for o in options for s in o.sponsors}
        )
        raise SelectError(f"no candidate's {share.of} is {share.name!r}; there are {', '.join(known) or 'none'}")
    if not 0 <= share.bound <= 1:
        raise SelectError(f"a share of {float(share.bound):g} for {share.of} {share.name}; give one from 0 to 1")
    bound = share.bound.limit_denominator(PERMILLE)
    sign = 1 if share.at_most else -1
    row = [sign * cost * (bound.denominator * its - bound.numerator) for cost, its in zip(costs, inside, strict=True)]
    sense, kind, wish = (
        ("most", Kind.AT_MOST, "--max-share") if share.at_most else ("least", Kind.AT_LEAST, "--min-share")
    )
    name = f"at {sense} {float(share.bound):.1%} for {share.of} {share.name}"
    return add(name, f"{wish} {share.of}:{share.name}", kind, row, 0), inside


def _belongs(option: Option, share: Share) -> bool:
    if share.of == "sector":
        return fold(option.sector.replace("_", " ")) == fold(share.name.replace("_", " "))
    if share.of == "sponsor":
        return any(fold(share.name) == fold(sponsor) for sponsor in option.sponsors)
    raise SelectError(f"shares are of a sector or a sponsor, not of {share.of!r}; write sector:gas_cc=0.4")


def _bound(amount: float, name: str) -> bool:
    if math.isnan(amount) or amount < 0:
        raise SelectError(f"a {name} of {amount:g}; give dollars of 0 or more")
    return math.isfinite(amount)


def units(amount: float, unit: float) -> int:
    """An amount in whole units, to the nearest."""
    return round(amount / unit)


def _up(amount: float, unit: float) -> int:
    return math.ceil(amount / unit - _ROUNDING)


def _down(amount: float, unit: float) -> int:
    return math.floor(amount / unit + _ROUNDING)


def dollars(amount: float, *, up: bool = False) -> str:
    """An amount as a wish says it, `$33.3bn`; `up`: to four digits, never less than it is."""
    if up and amount > 0:
        step = 10.0 ** (math.floor(math.log10(amount)) - 3)
        amount = math.ceil(amount / step - _ROUNDING) * step
    for size, word in ((1e12, "tn"), (1e9, "bn"), (1e6, "m")):
        if abs(amount) >= size:
            return f"${amount / size:,.6g}{word}"
    return f"${amount:,.6g}"
