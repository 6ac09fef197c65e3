"""The GeoPolRisk method as published: supply risk of a raw material for one country, by origin of its imports.

    score = HHI * sum_i(g_i * f_i) / (p + F)

with HHI the Herfindahl-Hirschman index of the world's production from 0 to 1, g_i the political instability of country
i from 0 to 1, f_i what is imported from it, F = sum_i f_i all imports, p the importing country's own production; what
it makes itself is taken to carry no such risk. The second factor is the import risk. The characterisation factor is
the score times the price, over the mean factor of copper: kg of copper equivalent for a kg.

Gemechu, Helbig, Sonnemann, Thorenz and Tuma (2016), Import-based indicator for the geopolitical supply risk of raw
materials in life cycle sustainability assessments, Journal of Industrial Ecology 20(1), 154-165. Santillan-Saldivar,
Gemechu, Muller, Villeneuve, Young and Sonnemann (2022), An improved resource midpoint characterization method for
supply risk of resources, International Journal of Life Cycle Assessment 27, 457-468. Instability is the World Bank's
estimate of political stability turned round, g = (2.5 - estimate) / 5 from 0 to 1, as in geopolrisk-py.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache

from pledger.exposure.supply import lists
from pledger.exposure.supply.bounds import Bounds, Held, linear

__all__ = ["Risk", "bounded", "characterised", "instability", "normalised_hhi", "risk"]

_HALF_SCALE = 2.5


@dataclass(frozen=True, slots=True)
class Risk:
    """The parts of a GeoPolRisk score and the score, each from 0 to 1."""

    hhi: float
    import_risk: float
    score: float


@cache
def instability(year: int | None = None) -> dict[str, float]:
    """By country its political instability from 0 (stable) to 1, of the last year up to `year` that is known."""
    found: dict[str, tuple[int, float]] = {}
    for row in lists.rows("political_stability"):
        known = int(row["year"])
        if year is not None and known > year and row["country"] in found:
            continue
        if row["country"] not in found or known >= found[row["country"]][0]:
            weight = (_HALF_SCALE - float(row["estimate"])) / (2 * _HALF_SCALE)
            found[row["country"]] = (known, min(1.0, max(0.0, weight)))
    return {country: weight for country, (_, weight) in found.items()}


def normalised_hhi(production: Iterable[float]) -> float:
    """The Herfindahl-Hirschman index of quantities by country, from 0 to 1: sum of squares over square of the sum."""
    made = list(production)
    whole = sum(made)
    if whole <= 0:
        raise ValueError("nothing is produced: an index of no production is not defined")
    return sum(q * q for q in made) / (whole * whole)


def risk(
    production: Iterable[float], imports: Mapping[str, float], domestic: float, weights: Mapping[str, float]
) -> Risk:
    """The score from quantities in one unit: the world's by country, imports by origin, the importer's own production.

    `weights` has the instability of every origin, from 0 to 1; 0 for those that count as one's own region. An import
    risk of nothing imported and nothing made is 0, as in geopolrisk-py. A KeyError where an origin has no weight.
    """
    hhi = normalised_hhi(production)
    whole = sum(imports.values()) + domestic
    carried = sum(quantity * weights[origin] for origin, quantity in imports.items())
    import_risk = carried / whole if whole else 0.0
    return Risk(hhi, import_risk, hhi * import_risk)


def characterised(score: float, price: float) -> float:
    """The characterisation factor in kg of copper equivalent for a kg; `price` in US dollars a kilogram."""
    return score * price / float(lists.methods("geopolrisk")["copper"])


def bounded(hhi: Bounds, imports: Held, dependence: Bounds, weights: Mapping[str, float]) -> tuple[Bounds, Bounds]:
    """The ends of import risk and score where shares are known by their ends only.

    `hhi` from 0 to 1; `imports` the shares of imports by origin; `dependence` F / (p + F), imports as a share of them
    and of what is made at home. Origins that are not named, or have no weight, may be as stable as the most stable
    country of the list or as unstable as the least.
    """
    any_country = Bounds(min(weights.values()), max(weights.values()))
    parts = [
        (share, Bounds(weights[origin], weights[origin]) if origin in weights else any_country)
        for origin, share in imports.named.items()
    ]
    mean = linear([*parts, (imports.rest, any_country)])
    import_risk = Bounds(mean.low * dependence.low, mean.high * dependence.high)
    return import_risk, Bounds(hhi.low * import_risk.low, hhi.high * import_risk.high)
