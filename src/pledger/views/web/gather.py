"""What pages gather out of a ledger: a programme with its projects, an entity with its figures."""

from __future__ import annotations

from collections import defaultdict

from pledger.ledger import Asked, Counts, Detail, Ledger, Order
from pledger.model import Attribute, Entity, EntityKind, Figure
from pledger.views.overview import Programme, attribute_of, programme_of, project_of
from pledger.views.plain import clean
from pledger.views.web.once import once
from pledger.views.web.state import RequestError, State
from pledger.views.wording import say_name

__all__ = ["counts", "entity", "figures_by", "key_of", "looked_at", "named", "programme", "programmes"]

_MOST = 2_000
"""Projects of one programme that are put together."""
_SHOWN = 12
_CHUNK = 400


def programmes(ledger: Ledger, limit: int = _SHOWN) -> tuple[Entity, ...]:
    """The programmes that most documents report on."""
    return _programmes(ledger, ledger.version(), limit)


def counts(ledger: Ledger) -> Counts:
    """How much the ledger holds."""
    return _counts(ledger, ledger.version())


@once(32)
def _counts(ledger: Ledger, version: str) -> Counts:
    """Remembered for as long as nothing is read or judged: a million rows are counted."""
    del version
    return ledger.counts()


@once(32)
def _programmes(ledger: Ledger, version: str, limit: int) -> tuple[Entity, ...]:
    """Remembered likewise: all programmes are ordered by their reports."""
    del version
    asked = Asked(kinds=(EntityKind.PROGRAMME,), order=Order.DOCUMENTS, limit=limit)
    return ledger.page_of_entities(asked).items


def named(ledger: Ledger, limit: int = _SHOWN) -> dict[str, str]:
    """By key the programmes' names, without the words with which all of them end: `Japan–US`."""
    its = {key_of(e): say_name(clean(e.name)) for e in programmes(ledger, limit)}
    words = [name.split() for name in its.values()]
    most = min((len(w) for w in words), default=0) - 1
    shared = (
        next((n for n in range(most, 0, -1) if len({tuple(w[-n:]) for w in words}) == 1), 0) if len(words) > 1 else 0
    )
    return {key: " ".join(name.split()[:-shared]) if shared else name for key, name in its.items()}


def key_of(programme: Entity) -> str:
    """The key of a programme: `JP>US`."""
    return attribute_of(programme, "programme", "key") or programme.id


def looked_at(ledger: Ledger, state: State) -> Entity | None:
    """The programme that the address names, else the one that most documents report on; None where there is none."""
    wanted = state.programme
    if wanted is None:
        found = programmes(ledger, 1)
        return found[0] if found else None
    asked = Asked(kinds=(EntityKind.PROGRAMME,), programme=wanted, limit=1)
    items = ledger.page_of_entities(asked).items or entities(ledger, [wanted])
    if not items or items[0].kind is not EntityKind.PROGRAMME:
        raise RequestError(f"there is no programme {wanted[:40]!r} in this ledger", 404)
    return items[0]


def entities(ledger: Ledger, ids: list[str]) -> tuple[Entity, ...]:
    """The entities with these ids."""
    return ledger.page_of_entities(Asked(within=tuple(ids), limit=len(ids))).items


def entity(ledger: Ledger, id_: str) -> Entity:
    """The entity with this id; a request for one that is not there is answered with 404."""
    found = entities(ledger, [id_])
    if not found:
        raise RequestError(f"there is nothing with the id {id_[:40]!r} in this ledger", 404)
    return found[0]


def figures_by(
    ledger: Ledger, ids: list[str], attributes: tuple[Attribute, ...] = (), detail: Detail = Detail.CLAIMS
) -> dict[str, tuple[Figure, ...]]:
    """By entity its figures, on these attributes where any are named, each in this detail."""
    found: dict[str, list[Figure]] = defaultdict(list)
    for start in range(0, len(ids), _CHUNK):
        some = tuple(ids[start : start + _CHUNK])
        asked = Asked(within=some, attributes=attributes, limit=_MOST * 20, detail=detail)
        for figure in ledger.page_of_figures(asked).items:
            found[figure.entity.id].append(figure)
    return {key: tuple(its) for key, its in found.items()}


def programme(
    ledger: Ledger,
    its: Entity,
    attributes: tuple[Attribute, ...] = (),
    detail: Detail = Detail.CLAIMS,
    values: tuple[Attribute, ...] = (),
) -> Programme:
    """A programme with its projects, tranches and ladder, made of figures on these attributes (none: of all) in this
    detail, and of figures on `values` without what they rest on. The ladder needs amounts with their origins, and the
    values of stages."""
    asked = Asked(
        kinds=(EntityKind.PROJECT, EntityKind.TRANCHE), programme=key_of(its), order=Order.AMOUNT, limit=_MOST
    )
    members = ledger.page_of_entities(asked).items
    ids = [its.id, *(m.id for m in members)]
    figures = figures_by(ledger, ids, attributes, detail)
    for id_, more in (figures_by(ledger, ids, values, Detail.VALUE) if values else {}).items():
        figures[id_] = figures.get(id_, ()) + more
    made = [(m, project_of(m, figures.get(m.id, ()))) for m in members]
    projects = [p for m, p in made if m.kind is EntityKind.PROJECT]
    tranches = [p for m, p in made if m.kind is EntityKind.TRANCHE]
    return programme_of(its, figures.get(its.id, ()), projects, tranches)
