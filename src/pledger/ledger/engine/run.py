"""One run of the engine: the derived tables brought up to the documents. See the words of the package."""

from __future__ import annotations

import gc
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa

from pledger.data import lexicon
from pledger.ledger import schema as db
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.checks import Beyond, checked, region_of, seen
from pledger.ledger.engine.copies import copied, copies
from pledger.ledger.engine.entities import entities_by_id, entity_of, put_first, settle_entities
from pledger.ledger.engine.facts import claims_of, documents_of, number_new
from pledger.ledger.engine.held import Slotted, figures_in, put_conflicts, put_figures
from pledger.ledger.engine.keys import known_keys, take_keys
from pledger.ledger.engine.lens import lens
from pledger.ledger.engine.lots import place_all, take_lots
from pledger.ledger.engine.people import People, known_to, looked_up, settle_names, take_names, take_publishers
from pledger.ledger.engine.sites import Sites, Told, take_sightings
from pledger.ledger.engine.totals import TOTAL_SLOT, put_totals, whole_amounts
from pledger.ledger.engine.voices import Voices, settle_origins, take_voices, voices_of
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.judgements import NONE, Verdicts
from pledger.ledger.resolve import sightings
from pledger.model import Attribute, Claim, Conflict, ConflictKind, Document, Entity, EntityKind, Modality, Ownership

__all__ = ["RULES", "rebuild", "update"]

RULES = "2"
"""Changes with the rules of resolution, weighing and checking: a ledger derived by other rules is derived anew."""
_DOCUMENTS = 500
"""Documents that are held at once."""
_VOICES = 20_000
"""Voices that are held at once, or those of one region where it has more."""

Read = dict[int, tuple[Document, list[Claim]]]


def rebuild(
    connection: sa.Connection, said: Verdicts = NONE, progress: Callable[[str, int, int], None] | None = None
) -> None:
    """Derive everything anew from the documents and claims, inside the caller's transaction."""
    with _without_collections():
        _rebuild(connection, said, progress)


@contextmanager
def _without_collections() -> Iterator[None]:
    """Python looks through all objects again and again while many are made; none of ours hang in cycles."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


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


def update(connection: sa.Connection, pending: Collection[str], said: Verdicts = NONE) -> None:
    """Take up these documents, new ones or known ones that are to be looked at again; everything else that follows.

    Afterwards all derived tables are what `rebuild` would make of the documents and claims. Inside the caller's
    transaction.
    """
    work = Work(connection, fresh=False, said=said)
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
    dirty |= take_sightings(work, sites, told, None, people.changed)
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
    _follow(work, people, voices, renamed, gone)
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


def _slotted(work: Work, rows: Sequence[Any], entities: Mapping[str, Entity]) -> Slotted:
    slots: Slotted = defaultdict(list)
    for row, voice in zip(rows, voices_of(work, rows, entities), strict=True):
        slots[row[1], row[2]].append(voice)
    return slots


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
        put_figures(work, figures_in(work, people, slots), slots)
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
        put_figures(work, kept, kept)
        by_entity: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for key in slots:
            by_entity[key[0]].append(key)
        found: list[Conflict] = []
        for region in part_of_order:
            keys = [key for e in regions[region] for key in by_entity[e]]
            its = {e: entities[e] for e in regions[region]}
            found += checked(its, [v for k in keys for v in slots[k]], [f for k in keys for f in made[k]], beyond)
        put_conflicts(work, found, ())


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
    return _slotted(work, rows, entities if entities is not None else entities_by_id(work, ids))


def _follow(work: Work, people: People, voices: Voices, renamed: set[str], gone: set[str]) -> None:
    """Make the figures of changed slots and the conflicts of their regions again."""
    m = db.mentions.c
    by_entity: dict[str, set[str]] = defaultdict(set)
    for entity, slot in voices.slots:
        by_entity[entity].add(slot)
    entities = entities_by_id(work, by_entity)
    rows = [
        tuple(r)
        for entity, slots in sorted(by_entity.items())
        for r in work.rows(tuple(db.mentions.columns), m.slot, slots, m.entity_id == entity)
    ]
    totals, owning = whole_amounts(work, by_entity), _owning(work, voices.slots)
    slotted = _slotted(work, rows, entities)
    put_figures(work, figures_in(work, people, slotted), voices.slots)
    put_totals(work, {*by_entity, *gone})
    _put_regions(work, renamed | voices.made, gone)

    concerned = {*by_entity, *renamed}
    documents = set(voices.documents)
    after = whole_amounts(work, by_entity)
    beyond = Beyond(work)
    moved = {p for p in totals.keys() | after.keys() if totals.get(p) != after.get(p)}
    for programme in moved:
        documents |= beyond.documents_about(programme)
    for part in chunks(sorted(documents), 900):
        question = (
            sa.select(m.entity_id)
            .join_from(db.claims, db.mentions, m.claim_id == db.claims.c.id)
            .where(db.claims.c.document_id.in_(part))
            .distinct()
        )
        concerned |= {r[0] for r in work.connection.execute(question)}
    concerned |= _held_by_both(work, owning ^ _owning(work, voices.slots))
    batches = {e for e, slot in voices.slots if slot == TOTAL_SLOT}
    _check(work, concerned, moved, batches, gone, beyond)


def _owning(work: Work, slots: Collection[tuple[str, str]]) -> set[str]:
    """Of these slots those of ownership that have a figure: what `Beyond.owns` answers from."""
    its = {slot for _, slot in slots if slot.startswith(f"{Attribute.OWNERSHIP}|")}
    return {r[0] for r in work.rows((db.figures.c.slot,), db.figures.c.slot, its)}


def _held_by_both(work: Work, owning: Collection[str]) -> set[str]:
    """The entities in which both houses of one of these ownerships take a part that only one can have."""
    roles = {role for question in lexicon("ledger_projects")["exclusive"] for role in question["roles"]}
    f = db.figures.c
    found: set[str] = set()
    for words in (slot.partition("|")[2].split(" > ") for slot in owning):
        for n in range(1, len(words)):  # A name may have such a sign of its own.
            names = (" > ".join(words[:n]), " > ".join(words[n:]))
            holding = [{f"{Attribute.PARTY}|{role}: {name}" for role in roles} for name in names]
            one, other = ({r[0] for r in work.rows((f.entity_id,), f.slot, its)} for its in holding)
            found |= one & other
    return found


def _put_regions(work: Work, changed: Collection[str], gone: Collection[str]) -> None:
    r = own.regions.c
    entities = entities_by_id(work, set(changed) - set(gone))
    new = {(region_of(e), id_) for id_, e in entities.items() if region_of(e).startswith("programme ")}
    old = {tuple(row) for row in work.rows((r.region, r.entity_id), r.entity_id, changed)}
    work.remove_rows(own.regions, sorted(old - new))
    work.add(own.regions, sorted(new - old))


def _check(
    work: Work,
    concerned: Collection[str],
    moved: Collection[str],
    batches: Collection[str],
    gone: Collection[str],
    beyond: Beyond,
) -> None:
    """Check the regions of these entities again.

    In focus are those concerned, all but projects, and the projects that can be told apart from those by nothing that
    changed: all of a region whose programme's amount `moved`, those of `batches` whose amount was made again, and those
    that a check has held against others before. A check that finds something on another project brings it into focus.
    """
    put_conflicts(work, (), gone)
    r = own.regions.c
    for region in sorted({region_of(e) for e in entities_by_id(work, set(concerned) - set(gone)).values()}):
        ids = [region.removeprefix("entity ")]
        if region.startswith("programme "):
            ids = [row[0] for row in work.rows((r.entity_id,), r.region, [region])]
        entities = entities_by_id(work, ids)
        members = beyond.members(entities)
        focus = set(entities)
        if not moved & entities.keys():
            x = db.conflicts.c
            crossing = sa.or_(x.kind == str(ConflictKind.ARITHMETIC), x.attribute == str(Attribute.STAGE))
            focus = {id_ for id_, e in entities.items() if id_ in concerned or e.kind is not EntityKind.PROJECT}
            focus |= {row[0] for row in work.rows((x.entity_id,), x.entity_id, entities, crossing)}
            focus |= {p for batch in batches for p in members.get(batch, ()) if p in entities}
        while True:
            found = seen(lens(work, entities, focus, members, beyond))
            strange = {c.entity.id for c in found} - focus
            if not strange:
                break
            focus |= strange
        put_conflicts(work, found, focus)
