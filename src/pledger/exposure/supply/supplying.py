"""The ledger's projects that would supply a commodity to a country: each as a plant, by what reports say it covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pledger.exposure.supply.effects import Capacity, Covered, Effects, covers, effects_of, project_reports
from pledger.exposure.supply.plants import Plant
from pledger.exposure.supply.prospects import prospect
from pledger.exposure.supply.words import Commodity
from pledger.ledger import Ledger
from pledger.ledger.distributions import SHARE, Belief
from pledger.ledger.geography import country_in_words
from pledger.model import Entity, EntityKind
from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.sectors import sector_of
from pledger.vehicle.words import Basis, Exclusion, Input

__all__ = ["Supplying", "supplying"]


@dataclass(frozen=True, slots=True)
class Supplying:
    """The plants that count, and the projects of the same sectors that do not."""

    plants: tuple[Plant, ...]
    left_out: tuple[Exclusion, ...]


def supplying(
    ledger: Ledger,
    commodity: Commodity,
    importer: str,
    given: Sequence[tuple[str, Belief]] = (),
    known: Sequence[Commodity] = (),
) -> Supplying:
    """The projects that would supply a commodity to a country, and those of its sectors of which no report says so.

    `given`: projects, by id or words of their names, with shares of use of the user's own, which go before reports.
    `known`: other commodities that reports may mean. Raises AskError for words that no project has, or several.
    """
    entities = sorted((e for e in ledger.entities() if e.kind is EntityKind.PROJECT), key=lambda e: (e.name, e.id))
    own = {_one(words, entities).id: share for words, share in given}
    wanted = [e for e in entities if e.id in own or _supplies(e, commodity)]
    effects = effects_of(project_reports(ledger), (commodity, *(c for c in known if c.key != commodity.key)))
    said = {c.project.id: c for c in effects.covered if c.whole.commodity == commodity.key and c.importer == importer}
    wanted += [e for e in entities if e.id in said and e not in wanted]
    plants: list[Plant] = []
    left: list[Exclusion] = []
    for entity in wanted:
        made = _plant(ledger, entity, importer, own.get(entity.id), said.get(entity.id))
        if isinstance(made, Plant):
            plants.append(made)
        else:
            left.append(made or _untold(entity, importer, effects))
    return Supplying(tuple(plants), tuple(left))


def _plant(
    ledger: Ledger, entity: Entity, importer: str, own: Belief | None, said: Covered | None
) -> Plant | Exclusion | None:
    """The plant; None where nothing says what it covers, an exclusion where it is over."""
    if own is None and said is None:
        return None
    programme = dict(entity.attributes).get("programme", "")
    made = prospect(ledger, programme, entity.id, ledger.moment.as_of, ledger.moment.known_on)
    if made is None:
        mend = "where a report is wrong, `pledger judge` settles it"
        return Exclusion(entity.name, "reported as over", mend)
    if own is not None:
        label = f"{entity.name}: share of use that it covers, as given"
        share = Input(f"{entity.id}.covers", label, SHARE, Basis.ASSUMPTION, own)
    elif said is not None:
        share = covers(said)
    return Plant(entity.id, entity.name, programme.partition(">")[2] or importer, share, made)


def _untold(entity: Entity, importer: str, effects: Effects) -> Exclusion:
    """Why a project of the commodity's sector is not counted: what reports do say, and the mend."""
    mend = f"say it with --covers '{entity.name}=SHARE'"
    why = f"no report says what share of the use of {country_in_words(importer)} it would cover"
    elsewhere = next((u for u in effects.untold if u.project.id == entity.id), None)
    if elsewhere is not None:
        why = f"the share that reports give ({elsewhere.of}) could not be placed: {elsewhere.why}"
    makes = next((c for c in effects.capacities if c.project.id == entity.id), None)
    if makes is not None:
        why += f"; reports tell what it can make, {_amount(makes)}"
    return Exclusion(entity.name, why, mend)


def _amount(its: Capacity) -> str:
    return f"{its.amount:,.12g} {its.unit}" + (f" a {its.period}" if its.period else "")


def _supplies(entity: Entity, commodity: Commodity) -> bool:
    """Whether a project's kind or name is of a sector that supplies the commodity."""
    words = (dict(entity.attributes).get("project_kind", ""), entity.name, *entity.aliases)
    return sector_of(words) in commodity.sectors


def _one(words: str, entities: Sequence[Entity]) -> Entity:
    fits = [e for e in entities if e.id == words]
    fits = fits or [e for e in entities if any(words.casefold() in n.casefold() for n in (e.name, *e.aliases))]
    if len(fits) == 1:
        return fits[0]
    names = ", ".join(sorted({e.name for e in (fits or entities)})[:6]) or "none"
    what = "fits several projects" if fits else "is no project of the ledger"
    raise AskError(f"covers: {words!r} {what}; there are: {names}")
