"""Where reported shares disagree with each other or with the tables, and where they agree: one sentence each.

`definition`: shares of different things, of a part and of all, mined and refined, made and imported, or of years far
apart; `dispute`: the same is meant and both cannot hold; `arithmetic`: shares of one market come to more than it. A
supplier's share moves from year to year: of two years, `DRIFT` a year is taken to be explained by the years.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from pledger.exposure.supply.differing.reports import between, inside, several, sums
from pledger.exposure.supply.differing.tables import beside_tables
from pledger.exposure.supply.differing.words import DRIFT, Agreement, described
from pledger.exposure.supply.words import Commodity
from pledger.model import Conflict, ConflictKind

if TYPE_CHECKING:
    from pledger.exposure.supply.reported import Reported

__all__ = ["DRIFT", "Agreement", "conflicts", "described"]

_ORDER = (ConflictKind.ARITHMETIC, ConflictKind.DISPUTE, ConflictKind.DEFINITION)


def conflicts(
    shares: Sequence[Reported], commodities: Iterable[Commodity]
) -> tuple[tuple[Conflict, ...], tuple[Agreement, ...]]:
    """All that the reported shares disagree on among themselves and with the tables, and what they agree on."""
    found: dict[str, Conflict] = {}
    agreed: list[Agreement] = []
    for commodity in commodities:
        its = [one for one in shares if one.whole.commodity == commodity.key]
        by_country: dict[str, list[Reported]] = defaultdict(list)
        for one in its:
            by_country[one.country].append(one)
        for place in sorted(by_country):
            here = by_country[place]
            checks = [
                *(made for one in here for made in inside(commodity, one)),
                *between(commodity, here),
                *(made for one in here for made in beside_tables(commodity, one, agreed)),
            ]
            found |= {made.id: made for made in checks}
            agreed += [made for one in here if (made := several(commodity, one)) is not None]
        found |= {made.id: made for made in sums(commodity, its)}
    order = sorted(found.values(), key=lambda c: (_ORDER.index(c.kind), c.entity.name, c.explanation, c.id))
    return tuple(order), tuple(agreed)
