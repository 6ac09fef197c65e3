"""What reports say a project will do: the share of a country's demand that it is to meet, and what it can make.

"The plant would meet all of US demand for diamond grit", "2 billion carats a year": claims of the ledger's projects, by
commodity and importer, weighed by the ledger's rules. `effects_of` is a pure function; what it needs of a ledger,
`project_reports` asks for, project by project.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from pledger.exposure.supply.draws import spread
from pledger.exposure.supply.reported import Reports
from pledger.exposure.supply.voicing import Heard, Told, heard, share_of, sources_of, told
from pledger.exposure.supply.wholes import Whole, whole
from pledger.exposure.supply.words import Commodity, Measure
from pledger.ledger import Asked, Ledger
from pledger.ledger.distributions import SHARE, Belief
from pledger.ledger.geography import country_code
from pledger.model import Attribute, Entity, EntityKind, Figure, Side, Text
from pledger.vehicle.sectors import sector_of
from pledger.vehicle.words import Basis, Input, Source

__all__ = ["Capacity", "Covered", "Effects", "Untold", "covers", "effects_of", "project_reports"]

_PAGE = 500
_MOST = 20_000
_CAPACITY = re.compile(
    r"^capacity: (?P<number>[\d.]+)(?: (?P<scale>thousand|million|billion))? (?P<unit>.+?)(?: a (?P<period>\w+))?$"
)
_SCALES = {None: 1.0, "thousand": 1e3, "million": 1e6, "billion": 1e9}


@dataclass(frozen=True, slots=True)
class Covered:
    """The share of a country's demand for a commodity that a project is to meet."""

    project: Entity
    whole: Whole
    """Of what: the commodity, its grade, and the importer whose demand it is."""
    heard: Heard
    """The sides, the heaviest first: the range over them is what is uncertain."""
    sources: tuple[Source, ...]

    @property
    def importer(self) -> str:
        """The country whose demand is meant."""
        return self.whole.importer or ""

    @property
    def low(self) -> float:
        """The least share that a side with weight admits."""
        return min(share_of(side.value).low or 0.0 for side in _sides(self.heard))

    @property
    def high(self) -> float:
        """The largest share that a side with weight admits; 1 where one has no upper end."""
        return max(1.0 if (end := share_of(side.value).high) is None else end for side in _sides(self.heard))


@dataclass(frozen=True, slots=True)
class Capacity:
    """What a project can make or let through, as one side of its reports has it."""

    project: Entity
    amount: float
    unit: str
    """`carats`, `barrels`, `GW`."""
    period: str
    """`year`, `day`; empty where the unit is a rate by itself."""
    weight: float
    figure: str
    claims: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Untold:
    """A share of demand that could not be placed, and why."""

    project: Entity
    figure: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Effects:
    """What projects are to do for supply, by the reports."""

    covered: tuple[Covered, ...]
    capacities: tuple[Capacity, ...]
    untold: tuple[Untold, ...]


def project_reports(ledger: Ledger) -> Reports:
    """The shares and kinds of a ledger's projects with what stands behind them. No other figure is loaded."""
    figures: list[Figure] = []
    seen = 0
    while seen < _MOST:
        asked = Asked(
            kinds=(EntityKind.PROJECT,), attributes=(Attribute.SHARE, Attribute.KIND), limit=_PAGE, offset=seen
        )
        page = ledger.page_of_figures(asked)
        seen += len(page.items)
        figures += [f for f in page.items if f.attribute is Attribute.SHARE or _topic(f) == "capacity"]
        if seen >= page.total or not page.items:
            break
    claims, documents = ledger.texts_behind(figures)
    return Reports(tuple(figures), claims, documents)


def effects_of(its: Reports, commodities: Iterable[Commodity]) -> Effects:
    """The shares of demand that projects are to meet, and their capacities.

    Where words name no commodity ("the country's entire need") that of the project's sector is meant, and where they
    name no country but call it the one spoken of, that in which the project stands.
    """
    from pledger.reading.supply import DEMAND  # brings all recognisers along: half a second

    listed = tuple(commodities)
    found: dict[tuple[str, str, str], list[tuple[Entity, Whole, Told]]] = defaultdict(list)
    untold: list[Untold] = []
    for figure in its.figures:
        if figure.attribute is not Attribute.SHARE:
            continue
        voices = [t for t in told(figure, its.claims, its.documents) if t.voice.claim.scope == DEMAND]
        if not voices:
            continue
        of = voices[0].share.of or ""
        meant = _demand(of, figure.entity, listed)
        if isinstance(meant, str):
            untold.append(Untold(figure.entity, figure.id, of, meant))
            continue
        key = (figure.entity.id, meant.commodity, meant.importer or "")
        found[key] += [(figure.entity, meant, t) for t in voices]
    return Effects(
        covered=tuple(_covered(found[key]) for key in sorted(found)),
        capacities=tuple(c for f in its.figures if _topic(f) == "capacity" for c in _capacities(f)),
        untold=tuple(sorted(untold, key=lambda u: (u.project.name, u.of, u.figure))),
    )


def covers(covered: Covered) -> Input:
    """A share of demand as an input of a run: each side by its weight, spread as its words allow; with its sources."""
    sides = _sides(covered.heard)
    total = sum(side.weight for side in sides) or 1.0
    told = ((share_of(side.value), (side.weight or 1.0 / len(sides)) / total) for side in sides)
    parts = tuple(spread(share.low, share.high, share.qualifier, weight) for share, weight in told)
    return Input(
        name=f"{covered.project.id}.covers",
        label=f"{covered.project.name}: share of use that it covers",
        unit=SHARE,
        basis=Basis.REPORTED,
        belief=Belief(SHARE, parts),
        sources=covered.sources,
        figure=covered.heard.figures[0],
        claims=tuple(sorted(c for side in sides for c in side.claims)),
    )


def _demand(of: str, project: Entity, listed: Sequence[Commodity]) -> Whole | str:
    """What a demand is for, and whose; in a phrase why it is not placed, where it is not."""
    facts = dict(project.attributes)
    sector = sector_of((facts.get("project_kind", ""), project.name, *project.aliases))
    own = [commodity for commodity in listed if sector in commodity.sectors]
    meant = whole(of, listed, own[0] if len(own) == 1 else None)
    if isinstance(meant, str):
        return meant
    if meant.measure not in (Measure.USE, Measure.IMPORTS):
        return "it is of no demand"
    if meant.importer is not None:
        return meant
    place = facts.get("place", "")
    host = facts.get("programme", "").partition(">")[2] or country_code(place) or ""
    if not meant.home or not host:
        return "it does not say whose demand is meant"
    return Whole(
        meant.commodity, meant.step, meant.measure, meant.grade, host, meant.first, meant.last, meant.home
    )  # fmt: skip


def _covered(its: Sequence[tuple[Entity, Whole, Told]]) -> Covered:
    voices = [one for _, _, one in its]
    weighed = heard(voices)
    project, meant, _ = its[0]
    return Covered(project, meant, weighed, sources_of(weighed.sides, voices))


def _sides(weighed: Heard) -> Sequence[Side]:
    """The sides that still weigh something; all where none does."""
    return [side for side in weighed.sides if side.weight > 0] or weighed.sides


def _topic(figure: Figure) -> str:
    value = figure.value
    return value.text.partition(":")[0] if figure.attribute is Attribute.KIND and isinstance(value, Text) else ""


def _capacities(figure: Figure) -> list[Capacity]:
    """Each side of a capacity, in its unit."""
    found = []
    for side in figure.sides:
        match = _CAPACITY.match(side.value.text) if isinstance(side.value, Text) else None
        if match is not None:
            amount = float(match["number"]) * _SCALES[match["scale"]]
            found.append(
                Capacity(
                    figure.entity, amount, match["unit"], match["period"] or "", side.weight, figure.id, side.claims
                )
            )
    return found
