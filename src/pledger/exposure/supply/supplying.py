"""The ledger's projects that would supply a commodity, each with the share of use that it is said to cover."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pledger.exposure.supply.plants import Plant
from pledger.exposure.supply.prospects import prospect
from pledger.exposure.supply.words import Commodity
from pledger.ledger import Ledger, Moment
from pledger.ledger.distributions import SHARE, Belief
from pledger.model import Entity, EntityKind
from pledger.vehicle.sectors import sector_of
from pledger.vehicle.words import Basis, Exclusion, Input

__all__ = ["Supplying", "SupplyingError", "supplying"]


class SupplyingError(ValueError):
    """A project that is asked for and cannot be used: one line that says why, and the mend."""


@dataclass(frozen=True, slots=True)
class Supplying:
    """The plants that count, and the projects of the same sectors that do not."""

    plants: tuple[Plant, ...]
    left_out: tuple[Exclusion, ...]


def supplying(
    ledger: Ledger, commodity: Commodity, importer: str, when: Moment, covers: Sequence[tuple[str, Belief]] = ()
) -> Supplying:
    """The projects that would supply a commodity to a country.

    `covers`: projects, by id or words of their names, with shares of use of the user's own, which go before reports.
    Raises SupplyingError for words that no project has, or several have.
    """
    entities = [e for e in ledger.entities(when.as_of, when.known_on) if e.kind is EntityKind.PROJECT]
    own = {_one(words, entities).id: share for words, share in covers}
    plants: list[Plant] = []
    left: list[Exclusion] = []
    for entity in sorted(entities, key=lambda e: (e.name, e.id)):
        if entity.id not in own and not _supplies(entity, commodity):
            continue
        if entity.id not in own:
            mend = f"say it with --covers '{entity.name}=SHARE'"
            left.append(Exclusion(entity.name, "no report says what share of use it would cover", mend))
            continue
        programme = dict(entity.attributes).get("programme", "")
        made = prospect(ledger, programme, entity.id, when.as_of, when.known_on)
        if made is None:
            left.append(
                Exclusion(entity.name, "reported as over", "where a report is wrong, `pledger judge` settles it")
            )
            continue
        place = programme.partition(">")[2] or importer
        plants.append(Plant(entity.id, entity.name, place, _given(entity, own[entity.id]), made))
    return Supplying(tuple(plants), tuple(left))


def _supplies(entity: Entity, commodity: Commodity) -> bool:
    words = (dict(entity.attributes).get("project_kind", ""), entity.name, *entity.aliases)
    return sector_of(words) in commodity.sectors


def _given(entity: Entity, share: Belief) -> Input:
    label = f"{entity.name}: share of use that it covers, as given"
    return Input(f"{entity.id}.covers", label, SHARE, Basis.ASSUMPTION, share)


def _one(words: str, entities: Sequence[Entity]) -> Entity:
    fits = [e for e in entities if e.id == words]
    fits = fits or [e for e in entities if any(words.casefold() in n.casefold() for n in (e.name, *e.aliases))]
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(sorted({e.name for e in (fits or entities)})[:6]) or "none"
    what = "fits several projects" if fits else "is no project of the ledger"
    raise SupplyingError(f"{words!r} {what}; there are: {names}")
