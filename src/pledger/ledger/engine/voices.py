"""Voices, kept up as documents come: of each claim its entity, its slot, its origin and its weight.

A voice is made from its document alone, once names, projects and batches are settled; so a document whose names,
sightings or batches came to mean something else is simply made again, and only the rows that differ are written. They
lead on to the slots (one attribute and qualifier of one entity) whose figures have to be made again, and to the
entities that have no more to them than the claims that speak of them.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from pledger.ledger import schema as db
from pledger.ledger.directory import Directory
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.facts import claims_by_id, documents_by_id
from pledger.ledger.engine.keys import known_keys
from pledger.ledger.engine.lots import batches_in
from pledger.ledger.engine.people import People, known_to, looked_up
from pledger.ledger.engine.seen import sighting_text
from pledger.ledger.engine.sites import homes_of
from pledger.ledger.engine.work import Work, difference
from pledger.ledger.figures import slot
from pledger.ledger.grades import letter, regraded, weight
from pledger.ledger.origins import Root, display_name, roots
from pledger.ledger.resolve import Keys, sightings, simple_entity, together
from pledger.ledger.sightings import Sighting
from pledger.ledger.voices import Voice
from pledger.model import Attribution, Claim, Document, Entity, EntityKind, Span

__all__ = ["Voices", "entity_row", "settle_origins", "take_voices", "voices_of"]

Read = Mapping[int, tuple[Document, list[Claim]]]
Row = tuple[str, str, str, str, str, float, str]
"""As in `mentions`."""


class Voices:
    """What a run has learnt of claims."""

    def __init__(self) -> None:
        self.slots: set[tuple[str, str]] = set()
        """Entity and slot of the figures that have to be made again."""
        self.bases: dict[str, Entity] = {}
        """Entities that claims make, by what the first claim that this run saw makes of them."""
        self.lost: set[str] = set()
        """Entities that a claim left."""
        self.won: dict[str, set[str]] = {}
        """Entities that claims came to, with what these call them."""
        self.names: Counter[tuple[str, str]] = Counter()
        """How many more claims rest on an origin under a name."""
        self.made: set[str] = set()
        """Entities that got a row with a claim."""
        self.joined: set[tuple[str, str]] = set()
        """Batches and projects that some document names beside them now, or does no more."""
        self.documents: set[str] = set()
        """Ids of the documents whose voices changed."""


def take_voices(work: Work, voices: Voices, people: People, read: Read) -> None:
    """Make the voices of these documents (read whole, in the order of their ids) and write what differs."""
    claims = [c for _, its in read.values() for c in its]
    keys = known_keys(work, {n: document.id for n, (document, _) in read.items()})
    names = looked_up(claims)
    documents = {document.id: document for document, _ in read.values()}
    originals = {d.echo_of for d in documents.values() if d.echo_of} - set(documents)
    published = {**documents, **documents_by_id(work, originals)}
    for document in published.values():
        if document.publisher:
            names |= Directory.looked_up(document.publisher)
    known = known_to(work, people, names)
    homes = _homes(work, read, keys, known, voices)
    found = roots(claims, published, {id_: e.id for id_, e in homes.items()}, known)
    _put_members(work, voices, read, homes)
    rows = [_row(claim, documents[claim.document], homes[claim.id], found[claim.id], known) for claim in claims]
    old = [] if work.fresh else [tuple(r) for r in work.rows(tuple(db.mentions.columns), db.mentions.c.claim_id, homes)]
    gone, come = difference(old, rows)
    voices.made |= _put_entities(work, {e.id: voices.bases.get(e.id, e) for e in homes.values()})
    work.remove(db.mentions.c.claim_id, [row[0] for row in gone])
    work.add(db.mentions, come)
    by_id = {c.id: c for c in claims}
    if work.fresh:
        for row in come:
            if row[1] in voices.bases:
                subject = by_id[row[0]].subject
                voices.won.setdefault(row[1], set()).update((subject.text, *subject.aliases))
        _count_names(voices, come, 1)
        return
    for row in gone:
        voices.lost.add(row[1])
    for row in come:
        subject = by_id[row[0]].subject
        voices.won.setdefault(row[1], set()).update((subject.text, *subject.aliases))
        voices.documents.add(by_id[row[0]].document)
    voices.slots |= {(row[1], row[2]) for row in (*gone, *come)}
    _count_names(voices, gone, -1)
    _count_names(voices, come, 1)


def settle_origins(work: Work, voices: Voices) -> None:
    """Choose again the names of origins that claims came to or left; all figures of one that changed are made again."""
    n, o = own.origin_names.c, own.origins.c
    deltas = {pair: count for pair, count in voices.names.items() if count}
    keys = {key for key, _ in deltas}
    counted: dict[tuple[str, str], int] = {}
    if not work.fresh:
        counted = {(r[0], r[1]): r[2] for r in work.rows(tuple(own.origin_names.columns), n.origin_key, keys)}
        work.remove_rows(own.origin_names, sorted(set(counted) & set(deltas)))
    for pair, count in deltas.items():
        counted[pair] = counted.get(pair, 0) + count
    work.add(own.origin_names, [(*pair, counted[pair]) for pair in sorted(deltas) if counted[pair] > 0])
    by_key: dict[str, dict[str, int]] = {key: {} for key in keys}
    for (key, name), count in counted.items():
        if count > 0:
            by_key[key][name] = count
    shown = {key: display_name(names) for key, names in by_key.items() if names}
    before = {} if work.fresh else dict(tuple(r) for r in work.rows((o.origin_key, o.name), o.origin_key, keys))
    changed = [key for key in keys if shown.get(key) != before.get(key)]
    work.remove(o.origin_key, [key for key in changed if key in before])
    work.add(own.origins, [(key, shown[key]) for key in sorted(changed) if key in shown])
    if not work.fresh:
        m = db.mentions.c
        renamed = [key for key in changed if key in before and key in shown]
        voices.slots |= {(r[0], r[1]) for r in work.rows((m.entity_id, m.slot), m.origin_key, renamed)}


def voices_of(work: Work, rows: Sequence[Any], entities: Mapping[str, Entity]) -> list[Voice]:
    """The voices of these rows of `mentions`. Their roots have no chain: the claims have theirs."""
    claims = {c.id: c for c in claims_by_id(work, [r[0] for r in rows])}
    documents = documents_by_id(work, {c.document for c in claims.values()})
    names = shown_names(work, {r[3] for r in rows})
    found = []
    for claim_id, entity_id, _, origin_key, mark, r, chain in rows:
        claim = claims[claim_id]
        root = _root(origin_key, chain)
        document = documents[claim.document]
        voice = Voice(claim, document, entities[entity_id], root, names[origin_key], mark, r)
        found.append(regraded(voice, work.said))
    return found


def shown_names(work: Work, keys: Collection[str]) -> Mapping[str, str]:
    """The names by which these origins are shown."""
    o = own.origins.c
    rows = work.rows((o.origin_key, o.name), o.origin_key, work.missing("origins", keys))
    return work.remember("origins", {r[0]: r[1] for r in rows})


def _homes(work: Work, read: Read, keys: Keys, known: Directory, voices: Voices) -> dict[str, Entity]:
    """The entity of each claim; of projects and those that claims make no more than what identifies them."""
    sites = homes_of(work, read)
    grouped = batches_in(work, {n: (document.id, claims) for n, (document, claims) in read.items()}, keys)
    claims = [c for _, its in read.values() for c in its]
    found: dict[str, Entity] = {}
    texts: dict[Sighting, str] = {}
    for sighting, claim in sightings(claims, keys, known):
        text = texts.get(sighting) or texts.setdefault(sighting, sighting_text(sighting))
        id_, programme = sites[text]
        pairs = (("programme", programme),) if programme else ()
        found[claim.id] = Entity(id_, EntityKind.PROJECT, "", (), pairs)
    for claim in claims:
        if claim.id not in found:
            entity = simple_entity(claim, keys, known, grouped)
            found[claim.id] = entity
            voices.bases.setdefault(entity.id, entity)
    return found


def _put_members(work: Work, voices: Voices, read: Read, homes: Mapping[str, Entity]) -> None:
    """Put what these documents say of which projects are in which batch in place."""
    rows: set[tuple[str, str, int]] = set()
    for number, (_, claims) in read.items():
        its = {homes[c.id].id: homes[c.id] for c in claims}
        rows |= {(*pair, number) for pair in together(its.values())}
    m = own.members
    old = [] if work.fresh else [tuple(r) for r in work.rows(tuple(m.columns), m.c.document, read)]
    gone, come = difference(old, sorted(rows))
    work.remove_rows(m, gone)
    work.add(m, come)
    if not work.fresh:
        voices.joined |= {row[:2] for row in (*gone, *come)}


def _put_entities(work: Work, entities: Mapping[str, Entity]) -> set[str]:
    """Rows for entities that have none yet, so that claims can point to them; what they say is settled later."""
    known = work.entities
    if not work.fresh:
        known = {r[0] for r in work.rows((db.entities.c.id,), db.entities.c.id, entities)}
    new = {id_: e for id_, e in sorted(entities.items()) if id_ not in known}
    work.add(db.entities, [entity_row(e) for e in new.values()])
    if work.fresh:
        work.entities |= entities.keys()
    return set(new)


def entity_row(entity: Entity) -> tuple[str, str, str, str, str]:
    """The row of an entity."""
    aliases = json.dumps(entity.aliases, ensure_ascii=False)
    return (entity.id, str(entity.kind), entity.name, aliases, json.dumps(entity.attributes, ensure_ascii=False))


def _row(claim: Claim, document: Document, entity: Entity, root: Root, known: Directory) -> Row:
    party = known.find(root.name)
    mark = letter(root, document, party if party and party.id in known.involved else None)
    r = weight(mark, claim.modality, root, document, claim.modality_words)
    voice = Voice(claim, document, entity, root, "", mark, r)
    chain = [root.name, root.source is not None, root.unnamed_inside, root.relays, sorted(root.credits), root.publisher]
    text = json.dumps(chain, ensure_ascii=False)
    return (claim.id, entity.id, f"{claim.attribute}|{slot(voice, known)}", root.key, mark, r, text)


def _root(key: str, chain: str) -> Root:
    name, has_source, inside, relays, credited, publisher = json.loads(chain)
    source = Attribution(name, False, None, Span(0, 0)) if has_source else None
    return Root(key, name, (), source, tuple(relays), inside, frozenset(credited), publisher)


def _count_names(voices: Voices, rows: Iterable[Row], by: int) -> None:
    for row in rows:
        voices.names[row[3], json.loads(row[6])[0]] += by
