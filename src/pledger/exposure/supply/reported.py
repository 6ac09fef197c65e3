"""Reported shares joined with the tables: which market each is of, what reports agree on, and where they disagree.

`joined` is a pure function. What it needs of a ledger, `reports` asks for: the shares that are said of places and
organisations, a page at a time; a large ledger is not loaded.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from pledger.exposure.supply.differing import Agreement, conflicts
from pledger.exposure.supply.places import country
from pledger.exposure.supply.voicing import Heard, Told, heard, share_of, sources_of, told
from pledger.exposure.supply.wholes import Whole, whole
from pledger.exposure.supply.words import REST, Commodity, Market, Supplied
from pledger.ledger import Asked, Ledger, Order
from pledger.ledger.agree import reach
from pledger.model import Attribute, Claim, Conflict, Document, EntityKind, Figure, Modality, Share
from pledger.vehicle.words import Basis

__all__ = ["Joined", "Reported", "Reports", "Unjoined", "joined", "reports"]

_PAGE = 500
_MOST, _MOST_OTHERS = 20_000, 2_000
"""Figures of shares that are looked at, of places and of others, the most reported ones of a ledger that has more: the
others are only listed as what no table has a place for."""
_BACK = 2
"""Years before a report of which it may speak where it tells none."""


@dataclass(frozen=True, slots=True)
class Reports:
    """Figures with the claims that they rest on and the documents that make them, by id."""

    figures: tuple[Figure, ...]
    claims: Mapping[str, Claim]
    documents: Mapping[str, Document]


@dataclass(frozen=True, slots=True)
class Reported:
    """What reports say of one country's share of one market in one year."""

    country: str
    whole: Whole
    """Its years are those that are told; none where no report tells any."""
    heard: Heard
    told: tuple[Told, ...]
    supplied: Supplied
    """The heaviest side, as a row of a table has it."""

    @property
    def share(self) -> Share:
        """What the heaviest side says."""
        return share_of(self.heard.sides[0].value)


@dataclass(frozen=True, slots=True)
class Unjoined:
    """A share of supply that no table has a place for, and why."""

    figure: str
    subject: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Joined:
    """The commodities with what is reported of them."""

    commodities: tuple[Commodity, ...]
    """With the reported shares in their markets, beside those of the tables."""
    reported: tuple[Reported, ...]
    unjoined: tuple[Unjoined, ...]
    conflicts: tuple[Conflict, ...]
    """Between reports, and between reports and tables; the severest kinds first."""
    agreements: tuple[Agreement, ...]


def reports(ledger: Ledger) -> Reports:
    """The shares that a ledger has of places, organisations and several together, with what stands behind them."""
    figures = _asked(ledger, (EntityKind.PLACE,), _MOST)
    figures += _asked(ledger, (EntityKind.ORGANISATION, EntityKind.UNKNOWN), _MOST_OTHERS)
    claims, documents = ledger.texts_behind(figures)
    return Reports(tuple(figures), claims, documents)


def _asked(ledger: Ledger, kinds: tuple[EntityKind, ...], most: int) -> list[Figure]:
    found: list[Figure] = []
    while len(found) < most:
        asked = Asked(kinds=kinds, attributes=(Attribute.SHARE,), order=Order.DOCUMENTS, limit=_PAGE, offset=len(found))
        page = ledger.page_of_figures(asked)
        found += page.items
        if len(found) >= page.total or not page.items:
            break
    return found


def joined(its: Reports, commodities: Iterable[Commodity]) -> Joined:
    """The shares of supply among these figures, each in its market, weighed; with conflicts, and agreements."""
    from pledger.reading.supply import SUPPLY  # brings all recognisers along: half a second

    listed = tuple(commodities)
    found: dict[tuple[object, ...], list[tuple[Whole, Told]]] = defaultdict(list)
    unjoined: list[Unjoined] = []
    for figure in its.figures:
        voices = [t for t in told(figure, its.claims, its.documents) if t.voice.claim.scope == SUPPLY]
        if not voices:
            continue
        of = voices[0].share.of or ""
        place = _country(figure)
        meant: Whole | str = whole(of, listed) if place else _subject(figure)
        now = [t for t in voices if t.voice.claim.modality is Modality.ASSERTED]
        if isinstance(meant, Whole) and not now:
            meant = "it is planned or possible, and not so yet"
        if isinstance(meant, str) or place is None:
            unjoined.append(Unjoined(figure.id, figure.entity.name, of, str(meant)))
            continue
        found[(*meant.market, place)] += [(meant, t) for t in now]
    shares = [one for key, pairs in sorted(found.items(), key=lambda item: repr(item[0])) for one in _years(key, pairs)]
    disagreements, agreements = conflicts(shares, listed)
    return Joined(
        commodities=tuple(_beside(commodity, shares) for commodity in listed),
        reported=tuple(shares),
        unjoined=tuple(sorted(unjoined, key=lambda u: (u.subject, u.of, u.figure))),
        conflicts=disagreements,
        agreements=agreements,
    )


def _country(figure: Figure) -> str | None:
    """The country that a figure is of: by its entity's code or name."""
    if figure.entity.kind is not EntityKind.PLACE:
        return None
    code = dict(figure.entity.attributes).get("country") or country(figure.entity.name)
    return code if code != REST else None


def _subject(figure: Figure) -> str:
    """Why the share of one who is no country is not joined."""
    if figure.entity.kind is EntityKind.ORGANISATION:
        return "the supplier is a company; tables are by country"
    if figure.entity.kind is EntityKind.PLACE:
        return f"{figure.entity.name} is no country that is known"
    return "several suppliers have it together, or none is named"


def _years(key: Sequence[object], pairs: Sequence[tuple[Whole, Told]]) -> list[Reported]:
    """One report for each year that is told; what tells none goes with the year that it may mean and agrees with."""
    dated: dict[int, list[tuple[Whole, Told]]] = defaultdict(list)
    undated = []
    for meant, one in pairs:
        if meant.last is None:
            undated.append((meant, one))
        else:
            dated[meant.last].append((meant, one))
    alone = []
    for meant, one in undated:
        year = _meant_year(one, dated)
        if year is None:
            alone.append((meant, one))
        else:
            dated[year].append((meant, one))
    groups = [*(dated[year] for year in sorted(dated)), *([alone] if alone else [])]
    return [_reported(str(key[-1]), group) for group in groups]


def _meant_year(one: Told, dated: Mapping[int, Sequence[tuple[Whole, Told]]]) -> int | None:
    """The told year that a report without one may mean: the one whose shares are nearest to its own, if they agree."""
    day = one.voice.day
    if day is None:
        return None
    here = reach(one.share, one.voice.claim.text)
    best: tuple[float, int] | None = None
    for year, others in dated.items():
        if not day.year - _BACK <= year <= day.year:
            continue
        for meant, other in others:
            there = reach(other.share, other.voice.claim.text)
            if meant.last is not None and here.meets(there):
                away = (abs(here.low - there.low), -year)
                best = min(best, away) if best is not None else away
    return -best[1] if best is not None else None


def _reported(place: str, group: Sequence[tuple[Whole, Told]]) -> Reported:
    its = [one for _, one in group]
    weighed = heard(its)
    meant = next((m for m, _ in group if m.last is not None), group[0][0])
    first = weighed.sides[0]
    value = share_of(first.value)
    leading = next((t.figure for t in its if t.voice.claim.id in first.claims), its[0].figure)
    supplied = Supplied(
        country=place,
        low=value.low,
        high=value.high,
        qualifier=value.qualifier,
        basis=Basis.REPORTED,
        year=meant.last,
        sources=sources_of([first], its),
        figure=leading,
        claims=tuple(sorted(first.claims)),
        said=value.of or "",
    )
    return Reported(place, meant, weighed, tuple(its), supplied)


def _beside(commodity: Commodity, shares: Sequence[Reported]) -> Commodity:
    """The commodity with reported shares in the market of the nearest year, or in one of their own."""
    markets = list(commodity.markets)
    for one in shares:
        if one.whole.commodity != commodity.key:
            continue
        rows = tuple(_row(one, n) for n in range(len(one.heard.sides)) if one.heard.sides[n].weight > 0)
        here = [n for n, market in enumerate(markets) if market.identity == one.whole.market]
        if here:
            best = min(here, key=lambda n: (_apart(markets[n].year, one.whole.last), n))
            markets[best] = replace(markets[best], shares=(*markets[best].shares, *rows))
        else:
            key, step, measure, grade, importer = one.whole.market
            markets.append(Market(key, step, measure, grade, importer, one.whole.last, rows))
    return replace(commodity, markets=tuple(markets))


def _apart(a: int | None, b: int | None) -> float:
    return abs(a - b) if a is not None and b is not None else 0.5


def _row(one: Reported, number: int) -> Supplied:
    """A side as a row of a table has it."""
    side = one.heard.sides[number]
    value = share_of(side.value)
    figure = next((t.figure for t in one.told if t.voice.claim.id in side.claims), one.supplied.figure)
    return replace(
        one.supplied,
        low=value.low,
        high=value.high,
        qualifier=value.qualifier,
        sources=sources_of([side], one.told),
        figure=figure,
        claims=tuple(sorted(side.claims)),
        said=value.of or "",
    )
