"""Supply in words: shares, ends, levels and markets as every view says them."""

from __future__ import annotations

from urllib.parse import unquote

from pledger.exposure.supply.bounds import Bounds
from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.tabulated import MeasureRow
from pledger.exposure.supply.words import Level, Market, Measure, Supplied
from pledger.ledger.geography import country_in_words
from pledger.model import Qualifier, Share
from pledger.vehicle.words import Basis, Source
from pledger.views.wording import say_list, say_share

__all__ = [
    "in_words", "say_basis", "say_brief", "say_factor", "say_group", "say_level", "say_level_name", "say_market",
    "say_points", "say_score", "say_source", "say_span", "say_supplied",
]  # fmt: skip

_TINY = 5e-4
_LONG = 120
"""Letters of an address."""
_MEASURES = {
    Measure.PRODUCTION: "world production",
    Measure.IMPORTS: "imports",
    Measure.USE: "world use",
    Measure.RELIANCE: "net import reliance",
    Measure.STOCKS: "stocks",
    Measure.PRICE: "price",
}


def say_supplied(said: Supplied, market: Market | None = None) -> str:
    """A share as its source bounds it: `at least 95 %`; with its year where that is not the market's."""
    words = say_share(Share(said.low, said.high, said.qualifier, None))
    other = market is not None and said.year is not None and said.year != market.year
    return f"{words} ({said.year})" if other else words


def say_span(ends: Bounds, rest: bool = False) -> str:
    """A share by its ends: `77 %`, `95 to 100 %`; `rest`: the other way round where nothing is surely left."""
    low, high = (f"{100 * end:.1f}".removesuffix(".0") for end in (ends.low, ends.high))
    if low == high:
        return f"{low} %"
    return f"up to {high} %" if ends.low <= _TINY and (rest or high != "100") else f"{low} to {high} %"


def say_points(ends: Bounds) -> str:
    """An index in points: `6,018`, `9,025 to 10,000`."""
    low, high = f"{ends.low:,.0f}", f"{ends.high:,.0f}"
    return low if low == high else f"{low} to {high}"


def say_score(ends: Bounds) -> str:
    """A score from 0 to 1: `0.23 to 0.48`."""
    low, high = f"{ends.low:.3f}", f"{ends.high:.3f}"
    return low if low == high else f"{low} to {high}"


def say_factor(ends: Bounds) -> str:
    """A characterisation factor in kg of copper equivalent for a kg."""
    low, high = (f"{end:,.3g}" if end < 1000 else f"{end:,.0f}" for end in (ends.low, ends.high))
    return f"{low} kg Cu-eq/kg" if low == high else f"{low} to {high} kg Cu-eq/kg"


def say_level(level: Level) -> str:
    """A level with its unit: `35 %`, `from 1 to 6 months of use`, `$1,050 a kg`."""
    if level.measure is Measure.RELIANCE:
        return say_share(Share(level.low, level.high, level.qualifier, None))
    before, after = ("$", " a kg") if level.measure is Measure.PRICE else ("", " months of use")
    low, high = (None if n is None else f"{n:,.10g}" for n in (level.low, level.high))
    if low is None or high is None:
        return f"up to {before}{high}{after}" if low is None else f"at least {before}{low}{after}"
    about = "about " if level.qualifier is Qualifier.ABOUT else ""
    return f"{about}{before}{low}{after}" if low == high else f"from {before}{low} to {before}{high}{after}"


def say_level_name(level: Level) -> str:
    """What a level is of: `net import reliance of the United States, grit and powder, 2025`."""
    return _joined(f"{_MEASURES[level.measure]} of {in_words(level.country)}", level.grade, level.year)


def say_market(market: Market | MeasureRow) -> str:
    """What shares are of: `imports of the United States, manufactured, grit and powder, 2024`."""
    what = _MEASURES[market.measure]
    whose = f"{what} of {in_words(market.importer)}" if market.importer else what
    return _joined(f"{whose}, {market.step.value}", market.grade, market.year)


def _joined(what: str, grade: str, year: int | None) -> str:
    parts = [what, *([grade] if grade != "all" else []), str(year) if year else "undated"]
    return ", ".join(parts)


def say_brief(market: Market) -> str:
    """A market of production in a list of them: `manufactured, 2025`."""
    return _joined(market.step.value, market.grade, market.year)


def in_words(code: str) -> str:
    """A country's name in a sentence: `the United States`."""
    known = country_in_words(code)
    return known if known != code else name_of(code)


def say_group(countries: tuple[str, ...]) -> str:
    """A group of countries: `China and Russia`."""
    return say_list([name_of(code) for code in countries])


def say_source(source: Source) -> str:
    """Where a figure is from, as far as a line can hold it, with a mark on a weak source."""
    where = unquote(source.where)
    short = where if len(where) <= _LONG else f"{where[: _LONG - 1]}…"
    return f"{short} (weak)" if source.weak else short


def say_basis(said: Supplied | Level) -> str:
    """`reference`, `reported` or `assumption`; a reference whose sources are all weak says so."""
    weak = said.basis is Basis.REFERENCE and said.sources and all(s.weak for s in said.sources)
    return "weak reference" if weak else said.basis.value
