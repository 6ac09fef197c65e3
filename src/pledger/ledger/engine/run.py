"""One run of the engine: the derived tables brought up to the documents. See the words of the package."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.collecting import without_collections
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.checks import Beyond, checked, region_of
from pledger.ledger.engine.copies import copied, copies
from pledger.ledger.engine.entities import entities_by_id, entity_of, put_first, settle_entities
from pledger.ledger.engine.facts import claims_of, documents_of, number_new
from pledger.ledger.engine.follow import follow, slotted
from pledger.ledger.engine.held import Slotted, figures_in, put_conflicts, put_figures
from pledger.ledger.engine.keys import known_keys, take_keys
from pledger.ledger.engine.lots import place_all, take_lots
from pledger.ledger.engine.people import People, known_to, looked_up, settle_names, take_names, take_publishers
from pledger.ledger.engine.sites import Sites, Told, take_sightings
from pledger.ledger.engine.totals import TOTAL_SLOT, put_totals
from pledger.ledger.engine.voices import Voices, settle_origins, take_voices
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.images import Images
from pledger.ledger.judgements import NONE, Verdicts
from pledger.ledger.resolve import sightings
from pledger.model import Claim, Conflict, Document, Entity, EntityKind, Modality, Ownership

__all__ = ["rebuild", "update"]

_DOCUMENTS = 500
"""Documents that are held at once."""
_VOICES = 20_000
"""Voices that are held at once, or those of one region where it has more."""

Read = dict[int, tuple[Document, list[Claim]]]


def rebuild(
    connection: sa.Connection, said: Verdicts = NONE, progress: Callable[[str, int, int], None] | None = None
) -> None:
    """Derive everything anew from the documents and claims, inside the caller's transaction."""
    with without_collections():
        _rebuild(connection, said, progress)


def _rebuild(connection: sa.Connection, said: Verdicts, progress: Callable[[str, int, int], None] | None) -> None:
    for table in (*db.DERIVED, *own.BOOKS, own.pending):
        connection.execute(table.delete())
    connection.execute(db.documents.update().values(echo_of=None).where(db.documents.c.echo_of.is_not(None)))
    work = Work(connection, fresh=True, said=said)
    tell = progress or (lambda _step, _done, _of: None)
    numbers = number_new(work, [r[0] for r in work.all(db.documents.c.id)])
    copies(work, numbers)
    people, sites, voices = People(), Sites(), Voices()
    _names(work, people, numbers, tell)
    _projects(work, people, sites, numbers, tell)
    put_first(work, sites, people)
    for n, read in enumerate(_batches(work, numbers.values())):
        tell("voices", n * _DOCUMENTS, len(numbers))
        take_voices(work, voices, people, read)
    settle_origins(work, voices)
    settle_entities(work, sites, people, voices)
    _figures(work, people, tell)


def _names(work: Work, people: People, numbers: Mapping[str, int], tell: Callable[[str, int, int], None]) -> None:
    d = db.documents.c
    houses = sa.select(d.publisher).where(d.publisher.is_not(None)).distinct()
    take_publishers(work, [r[0] for r in work.connection.execute(houses)])
    for n, read in enumerate(_batches(work, numbers.values())):
        tell("names", n * _DOCUMENTS, len(numbers))
        take_names(work, people, read, {}, ())
        take_keys(work, {number: claims for number, (_, claims) in read.items()})
    settle_names(work, people)


def _projects(
    work: Work, people: People, sites: Sites, numbers: Mapping[str, int], tell: Callable[[str, int, int], None]
) -> None:
    c = db.claims.c
    wanted = sa.or_(c.subject_kind.in_([str(EntityKind.PROJECT), str(EntityKind.TRANCHE)]), c.value_type == "ownership")
    told: dict[int, Told] = {}
    for n, read in enumerate(_batches(work, numbers.values(), wanted)):
        tell("projects", n * _DOCUMENTS, len(numbers))
        told |= _told(work, people, read)
    place_all(work)
    take_sightings(work, sites, told, people.whole, ())


def update(
    connection: sa.Connection, pending: Collection[str], said: Verdicts = NONE, images: Images | None = None
) -> None:
    """Take up these documents, new ones or known ones that are to be looked at again; everything else that follows.

    Afterwards all derived tables are what `rebuild` would make of the documents and claims. Inside the caller's
    transaction. `images`: where what changes is kept as it was.
    """
    with without_collections():
        _update(connection, pending, said, images)


def _update(connection: sa.Connection, pending: Collection[str], said: Verdicts, images: Images | None) -> None:
    work = Work(connection, fresh=False, said=said, images=images)
    n = own.numbers.c
    known = {r[1]: r[0] for r in work.rows((n.number, n.document_id), n.document_id, pending)}
    there = {r[0] for r in work.rows((db.documents.c.id,), db.documents.c.id, pending)}
    numbers = number_new(work, there - known.keys())
    people, sites, voices = People(), Sites(), Voices()
    moved = copies(work, numbers)
    new = _read(work, numbers.values())
    dirty = {*numbers.values(), *known.values(), *_numbers(work, moved)}

    houses = take_publishers(work, [d.publisher for d, _ in new.values() if d.publisher])
    cited = {r[0] for r in work.rows((own.names.c.document,), own.names.c.name_key, houses)} - set(new)
    dirty |= take_keys(work, {number: claims for number, (_, claims) in new.items()})
    take_names(work, people, new, _read(work, cited), houses)
    people.touch(work, _read(work, known.values()))
    dirty |= settle_names(work, people)

    told = {number: its for part in _batches(work, dirty) for number, its in _told(work, people, part).items()}
    dirty |= take_sightings(work, sites, told, None, people.renamed)
    dirty |= copied(work, dirty)  # A copy's words are those of the house that it copies.
    lots: dict[int, tuple[str, list[Claim]]] = {}
    for part in _batches(work, dirty):
        lots |= {number: (d.id, claims) for number, (d, claims) in part.items()}
    ids = {number: id_ for number, (id_, _) in lots.items()}
    dirty |= take_lots(work, lots, known_keys(work, ids))
    for part in _batches(work, dirty):
        take_voices(work, voices, people, part)
    settle_origins(work, voices)
    renamed, gone = settle_entities(work, sites, people, voices)
    follow(work, people, voices, renamed, gone, {*voices.documents, *moved, *known} - numbers.keys())
    work.remove(db.entities.c.id, gone)


# Documents


def _read(work: Work, numbers: Iterable[int], *where: Any) -> Read:
    documents = documents_of(work, numbers)
    claims = claims_of(work, [d.id for d in documents.values()], *where)
    return {number: (d, claims.get(d.id, [])) for number, d in documents.items()}


def _batches(work: Work, numbers: Iterable[int], *where: Any) -> Iterator[Read]:
    """Documents with their claims, a few at a time; in the order of ids in a fresh run, which numbers have then."""
    for part in chunks(sorted(numbers), _DOCUMENTS):
        yield _read(work, part, *where)


def _numbers(work: Work, ids: Iterable[str]) -> set[int]:
    n = own.numbers.c
    return {r[0] for r in work.rows((n.number,), n.document_id, ids)}


def _told(work: Work, people: People, read: Read) -> dict[int, Told]:
    """What these documents say of projects and owners; takes up their batches in a fresh run."""
    claims = [c for _, its in read.values() for c in its]
    known = known_to(work, people, looked_up(claims))
    keys = known_keys(work, {number: d.id for number, (d, _) in read.items()})
    if work.fresh:
        take_lots(work, {number: (d.id, its) for number, (d, its) in read.items()}, keys)
    found = {}
    for number, (document, its) in read.items():
        seen = dict.fromkeys(sighting for sighting, _ in sightings(its, keys, known))
        owning = {
            (known.id(c.value.owner), known.id(c.value.owned))
            for c in its
            if isinstance(c.value, Ownership) and c.modality is not Modality.DENIED
        }
        found[number] = Told(tuple(seen), keys.spoken.get(document.id, frozenset()), frozenset(owning))
    return found


# Figures and conflicts


def _figures(work: Work, people: People, tell: Callable[[str, int, int], None]) -> None:
    """In a fresh run: all figures and conflicts, region by region; entities by themselves come first, since the checks
    of programmes ask who owns whom, and before all the whole amounts of programmes, for which all checks ask."""
    m = db.mentions.c
    counted = sa.select(m.entity_id, sa.func.count()).group_by(m.entity_id)
    counts: dict[str, int] = {r[0]: r[1] for r in work.connection.execute(counted)}
    regions: dict[str, list[str]] = defaultdict(list)
    programmes, placed = [], []
    for r in work.all(*db.entities.columns):
        entity = entity_of(r)
        region = region_of(entity)
        if region.startswith("programme "):
            placed.append((region, entity.id))
        if entity.id in counts:
            regions[region].append(entity.id)
            if entity.kind is EntityKind.PROGRAMME:
                programmes.append(entity.id)
    work.add(own.regions, sorted(placed))
    for part in chunks(sorted(programmes), 200):
        slots = _voices_in(work, part, m.slot == TOTAL_SLOT)
        put_figures(work, figures_in(work, people, slots), slots, slots)
    put_totals(work, programmes)
    beyond, done = Beyond(work), 0
    order = sorted(regions, key=lambda r: (r.startswith("programme "), r))
    for part_of_order in _weighed(order, {r: sum(counts[e] for e in regions[r]) for r in order}):
        tell("figures", done, len(order))
        done += len(part_of_order)
        entities = entities_by_id(work, [e for region in part_of_order for e in regions[region]])
        slots = _voices_in(work, list(entities), entities=entities)
        made = figures_in(work, people, slots)
        kept = {
            key: its
            for key, its in made.items()
            if not (key[1] == TOTAL_SLOT and entities[key[0]].kind is EntityKind.PROGRAMME)
        }
        put_figures(work, kept, kept, slots)
        by_entity: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in slots:
            by_entity[key[0]].append(key)
        found: list[Conflict] = []
        for region in part_of_order:
            keys = [key for e in regions[region] for key in by_entity[e]]
            its = {e: entities[e] for e in regions[region]}
            found += checked(its, [v for k in keys for v in slots[k]], [f for k in keys for f in made[k]], beyond)
        put_conflicts(work, found, {})


def _weighed(items: Sequence[str], weights: Mapping[str, int]) -> Iterator[list[str]]:
    """The items in parts of some `_VOICES` each."""
    part: list[str] = []
    total = 0
    for item in items:
        if part and total + weights[item] > _VOICES:
            yield part
            part, total = [], 0
        part.append(item)
        total += weights[item]
    if part:
        yield part


def _voices_in(work: Work, ids: Collection[str], *where: Any, entities: Mapping[str, Entity] | None = None) -> Slotted:
    rows = work.rows(tuple(db.mentions.columns), db.mentions.c.entity_id, ids, *where)
    return slotted(work, rows, entities if entities is not None else entities_by_id(work, ids))
