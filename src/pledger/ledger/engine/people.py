"""Organisations and people, kept up as documents come: namings in, who is who out, and whose words have changed hands.

Namings that differ only in their document are held once, with the number of documents that have them: all that
`directory` asks of documents is how many. A new naming can change only the entities of its connected component, found
through the keys of `blocking` (the law of locality), and that component is resolved by the same `directory` as the
whole. What a document's claims are told of a name (its entity, that one's name and whether it takes part) is all that
can change for it; where it does change, the documents that use the name are to be looked at again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Row

from pledger.ledger.blocking import keys as keys_of_naming
from pledger.ledger.directory import Directory, directory, namings
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.near import Forms, component, naming_of
from pledger.ledger.engine.work import Work, difference
from pledger.ledger.names import fold, person
from pledger.ledger.names import source as source_name
from pledger.model import Claim, Document, Entity, EntityKind, Ownership, Party

__all__ = [
    "People",
    "base_entities",
    "known_to",
    "looked_up",
    "naming_text",
    "settle_names",
    "take_names",
    "take_publishers",
]

Read = Mapping[int, tuple[Document, list[Claim]]]
"""Documents with their claims, by number."""


class People:
    """What a run has learnt of names: the whole directory in a fresh run, else what changed."""

    def __init__(self) -> None:
        self.whole: Directory | None = None
        self.changed: set[str] = set()
        """Ids of entities whose row may have changed."""
        self.renamed: set[str] = set()
        """Ids of those who came, went or are shown under another name."""
        self.forms: Counter[str] = Counter()
        """How many more documents have each naming."""
        self.again: set[str] = set()
        """Namings that are to be looked at again though no document came."""

    def touch(self, work: Work, known: Read) -> None:
        """Look again at whom these documents name."""
        publishers = _publishers(work, known)
        for _, claims in known.values():
            self.again.update(_forms(claims, publishers))


def looked_up(claims: Iterable[Claim]) -> set[str]:
    """All folded names by which these claims' names are looked up in a directory."""
    found: set[str] = set()
    for claim in claims:
        its: list[str | None] = [source_name(link.source) for link in claim.attribution]
        subject = claim.subject
        its += [subject.sponsor, *subject.aliases]
        if subject.kind in (EntityKind.ORGANISATION, EntityKind.PERSON):
            its.append(subject.key or subject.text)
        match claim.value:
            case Party(called, _, aliases):
                its += [called, *aliases]
            case Ownership(owner, owned):
                its += [owner, owned]
        for known in its:
            if known:
                found |= Directory.looked_up(known)
    return found


def _names_of(document: Document, claims: Iterable[Claim]) -> set[str]:
    """By which folded names a document names anybody, its publisher among them."""
    own_name = Directory.looked_up(document.publisher) if document.publisher else frozenset()
    return looked_up(claims) | own_name


def take_publishers(work: Work, houses: Iterable[str]) -> set[str]:
    """Take up houses that published documents; the folded names of those that were not known before."""
    folds = {fold(house) for house in houses}
    known = {r[0] for r in work.rows((own.publishers.c.name_key,), own.publishers.c.name_key, folds)}
    work.add(own.publishers, [(f,) for f in sorted(folds - known)])
    return folds - known


def take_names(work: Work, people: People, new: Read, cited: Read, houses: Collection[str]) -> None:
    """Take up what new documents name; of documents that `cited` houses now known as such, what they name more.

    `houses`: folded names of publishers that were not known before this run.
    """
    work.add(own.names, sorted((key, n) for n, its in new.items() for key in _names_of(*its)))
    known = _publishers(work, {n: its for read in (new, cited) for n, its in read.items()})
    for number, (_, claims) in {**new, **cited}.items():
        before = set(_forms(claims, known - set(houses))) if number in cited else set()
        for form in set(_forms(claims, known)) - before:
            people.forms[form] += 1
        for form in before - set(_forms(claims, known)):
            people.forms[form] -= 1


def settle_names(work: Work, people: People) -> set[int]:
    """Resolve again what the names taken up can have changed; the numbers of documents that it changes anything for."""
    touched, moved = _count(work, people.forms, people.again)
    if work.fresh:
        people.whole = directory((naming_of(form, times) for form, times in touched.values()), work.said.judged)
        work.add(own.directory, _directory_rows(people.whole))
        work.add(own.people, [_row(people.whole, e) for _, e in sorted(people.whole.entities.items())])
        people.changed = set(people.whole.entities)
        return set()
    forms, crowded = component(work, touched, moved)
    there = (naming_of(*its) for its in forms.values() if its[1] > 0)
    after = directory(there, work.said.judged, crowded)
    return _compare(work, people, forms, after)


def known_to(work: Work, people: People, names: Iterable[str]) -> Directory:
    """The part of the directory in which these folded names are looked up."""
    if people.whole is not None:
        return people.whole
    wanted = set(names)
    d, p = own.directory.c, own.people.c
    rows = work.rows((d.name_key, d.person, d.entity_id), d.name_key, wanted)
    found = work.rows(tuple(own.people.columns), p.entity_id, {r[2] for r in rows})
    return Directory(
        {r.entity_id: _entity(r) for r in found},
        frozenset(r.entity_id for r in found if r.involved),
        {r[0]: r[2] for r in rows if not r[1]},
        {r[0]: r[2] for r in rows if r[1]},
    )


def base_entities(work: Work, ids: Iterable[str]) -> dict[str, Entity]:
    """Organisations and people as their namings make them, by id; ids of others are left out."""
    return {r.entity_id: _entity(r) for r in work.rows(tuple(own.people.columns), own.people.c.entity_id, ids)}


def _publishers(work: Work, read: Read) -> set[str]:
    folds = {
        fold(source_name(link.source)) for _, claims in read.values() for claim in claims for link in claim.attribution
    }
    return {r[0] for r in work.rows((own.publishers.c.name_key,), own.publishers.c.name_key, folds)}


def _forms(claims: Iterable[Claim], publishers: Collection[str]) -> Iterable[str]:
    """The distinct namings of one document without it, as text."""
    for naming in set(namings(claims, publishers)):
        yield naming_text(naming.name, naming.person, naming.aliases, naming.source)


def naming_text(name: str, is_person: bool, aliases: tuple[str, ...], is_source: bool) -> str:
    """A naming without its document as text; `near.naming_of` reads it."""
    return json.dumps([name, is_person, aliases, is_source], ensure_ascii=False)


def _count(work: Work, forms: Counter[str], again: Collection[str]) -> tuple[Forms, set[int]]:
    """Add these to the namings; those that were touched, by number, with how many documents have them now, and the
    numbers of those that no document had before or none has any more."""
    n = own.namings.c
    changed = {form: times for form, times in forms.items() if times}
    stored = work.rows((n.number, n.form, n.times), n.form, {*changed, *again})
    found = {r[0]: (r[1], r[2] + changed.get(r[1], 0)) for r in stored}
    work.change(n.number, n.times, [(number, times) for number, (_, times) in found.items()])
    first = work.next_number(n.number)
    new = sorted(set(changed) - {r[1] for r in stored})
    numbered = {first + k: (form, changed[form]) for k, form in enumerate(new)}
    work.add(own.namings, [(number, *its) for number, its in numbered.items()])
    pairs = {
        (key, number)
        for number, (form, times) in numbered.items()
        for key in keys_of_naming(naming_of(form, times), work.said.judged)
    }
    work.add(own.naming_keys, sorted(pairs))
    moved = {r[0] for r in stored if (r[2] > 0) != (found[r[0]][1] > 0)}
    return {**found, **numbered}, moved | numbered.keys()


def _compare(work: Work, people: People, forms: Mapping[int, tuple[str, int]], after: Directory) -> set[int]:
    """Write what differs in the part of the directory that these namings make; whom it concerns."""
    written = {
        name for form, _ in forms.values() for naming in [naming_of(form, 1)] for name in (naming.name, *naming.aliases)
    }
    keys = {key for name in written for key in Directory.looked_up(name)}
    keys |= {key for name in written for key in (fold(name), person(name)[0])}
    keys |= set(after.organisations) | set(after.people)
    d, p = own.directory.c, own.people.c
    old_rows = [tuple(r) for r in work.rows(tuple(own.directory.columns), d.name_key, keys)]
    ids = {r[2] for r in old_rows} | set(after.entities)
    old_people = {r.entity_id: tuple(r) for r in work.rows(tuple(own.people.columns), p.entity_id, ids)}
    new_people = {id_: _row(after, entity) for id_, entity in after.entities.items()}
    gone, come = difference(old_rows, _directory_rows(after))
    work.remove_rows(own.directory, [row[:2] for row in gone])
    work.add(own.directory, come)
    stale = [id_ for id_, row in old_people.items() if new_people.get(id_) != row]
    work.remove(p.entity_id, stale)
    work.add(own.people, [row for id_, row in new_people.items() if old_people.get(id_) != row])
    people.changed |= {id_ for id_ in ids if old_people.get(id_) != new_people.get(id_)}
    people.renamed |= {id_ for id_ in people.changed if _shown(old_people.get(id_)) != _shown(new_people.get(id_))}
    # Of an entity, documents are told the id, the kind, the name and whether it takes part; not its other names.
    told = {id_ for id_ in people.changed if id_ in ids and _told(old_people.get(id_)) != _told(new_people.get(id_))}
    moved = {row[0] for row in (*gone, *come)} | {row[0] for row in old_rows if row[2] in told}
    moved |= {row[0] for row in _directory_rows(after) if row[2] in told}
    return {r[0] for r in work.rows((own.names.c.document,), own.names.c.name_key, moved)}


def _told(row: tuple[object, ...] | None) -> object:
    return None if row is None else (row[1], row[2], row[4])


def _shown(row: tuple[object, ...] | None) -> object:
    return None if row is None else row[1:3]


def _directory_rows(known: Directory) -> list[tuple[str, bool, str]]:
    rows = [(key, False, id_) for key, id_ in known.organisations.items()]
    return sorted([*rows, *((key, True, id_) for key, id_ in known.people.items())])


def _row(known: Directory, entity: Entity) -> tuple[str, str, str, str, bool]:
    aliases = json.dumps(entity.aliases, ensure_ascii=False)
    return (entity.id, str(entity.kind), entity.name, aliases, entity.id in known.involved)


def _entity(r: Row[Any]) -> Entity:
    return Entity(r.entity_id, EntityKind(r.kind), r.name, tuple(json.loads(r.aliases)))
