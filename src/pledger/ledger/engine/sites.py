"""Projects, kept up as documents come: sightings in, entities out, and whose claims have come to another home.

The steps are those of `resolve`, each with the pure function of the whole: adoption (a guessed programme gives way),
routing (a programme is found for a sighting without one), then `projects` for each component of `project_keys`, then
ids and names. What a step looks at is found through keys that are kept beside each sighting:

- `sure P|F`, `guess P|F`: by programme and family of kinds, what adoption believes and whom it may move;
- `give M`, `want M`: by mark, what routing looks at and whom it may move;
- the keys of `project_keys` behind `one `: what is compared with each other;
- `by S`: whose sponsor's owners count.

A sighting that comes or goes therefore leads to those who looked at it, step by step, and to nobody else.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from pledger.ledger.blocking import marks, project_keys
from pledger.ledger.directory import Directory
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.work import Work
from pledger.ledger.fit import Fit, Form, Unsure, form_of, order
from pledger.ledger.geography import specific
from pledger.ledger.judged import Judged
from pledger.ledger.kinds import family
from pledger.ledger.projects import projects
from pledger.ledger.resolve import Described, described, numbered, project_entity
from pledger.ledger.routing import adopted, alike, routed
from pledger.ledger.sightings import Sighting
from pledger.model import Entity, EntityKind

__all__ = ["Sites", "Told", "entities_at", "homes_of", "sighting_text", "take_sightings", "unsure_in"]


_BETWEEN = "\x1f"


@dataclass(frozen=True, slots=True)
class Told:
    """What a document says of projects: its sightings, the programmes that it speaks of, and who owns whom in it."""

    sightings: tuple[Sighting, ...]
    spoken: frozenset[str]
    ownerships: frozenset[tuple[str, str]]


@dataclass(slots=True)
class _Seen:
    """A sighting as it is kept."""

    number: int
    document: int
    base: Sighting
    spoken: frozenset[str]
    adopted: str | None
    settled: str | None
    entity: str | None

    @property
    def after_adoption(self) -> Sighting:
        return replace(self.base, programme=self.adopted)

    @property
    def final(self) -> Sighting:
        return replace(self.base, programme=self.settled)

    def row(self) -> tuple[Any, ...]:
        spoken = _BETWEEN.join(sorted(self.spoken))
        return (
            self.number, self.document, sighting_text(self.base), spoken, self.adopted, self.settled, self.entity
        )  # fmt: skip

    def ones(self, judged: Judged) -> set[str]:
        """By what it is compared with others."""
        return {f"one {key}" for key in project_keys(self.final, judged)}

    def marked(self, judged: Judged) -> frozenset[str]:
        """By what it is found."""
        ones = self.ones(judged)
        if judged and _judged_with(self.base.anchor, judged):
            ones.add(f"anchor {self.base.anchor}")
        return frozenset((*_belief_keys(self), *_mark_keys(self), *ones, *(f"by {id_}" for id_ in self.base.sponsors)))


class Sites:
    """What a run has learnt of projects."""

    def __init__(self) -> None:
        self.changed: set[str] = set()
        """Ids of entities whose row may have changed, come or gone."""
        self.entities: dict[str, Entity] = {}
        """Entities as they are now, of those that changed."""


def take_sightings(
    work: Work, sites: Sites, told: Mapping[int, Told], people: Directory | None, renamed: Collection[str]
) -> set[int]:
    """Put what these documents say in place of what they said; the numbers of documents whose claims change homes.

    `people`: the whole directory of a fresh run. `renamed`: ids of sponsors who are shown under other names.
    """
    kin = _take_ownerships(work, told)
    s = own.sightings.c
    old = [] if work.fresh else _load(work.rows(tuple(own.sightings.columns), s.document, told))
    fresh = _new(work, told)
    return _Change(work, sites, old, fresh, kin, set(renamed), people).run()


def sighting_text(sighting: Sighting) -> str:
    """A sighting as text, the same for equal ones."""
    facts = [
        sighting.document, sighting.text, sighting.programme, sighting.kind, sorted(sighting.sponsors), sighting.place,
        sighting.key, sorted(sighting.amounts), sighting.anchor,
    ]  # fmt: skip
    return json.dumps(facts, ensure_ascii=False)


def homes_of(work: Work, documents: Iterable[int]) -> dict[str, tuple[str, str | None]]:
    """The project that each sighting of these documents is, and its programme, by the sighting's text."""
    s = own.sightings.c
    return {r[0]: (r[1], r[2]) for r in work.rows((s.facts, s.entity_id, s.settled), s.document, documents)}


def entities_at(work: Work, ids: Iterable[str]) -> dict[str, Entity]:
    """The entities of these projects, by id; ids of others are left out."""
    rows = work.rows(tuple(own.projects.columns), own.projects.c.entity_id, ids)
    found = {r.entity_id: _described(r) for r in rows}
    names = [r[0] for r in work.rows((own.projects.c.name,), own.projects.c.name, {d.name for d in found.values()})]
    return {id_: project_entity(d, id_, names.count(d.name) == 1) for id_, d in found.items()}


def _sighting(text: str) -> Sighting:
    document, words, programme, kind, sponsors, place, key, amounts, anchor = json.loads(text)
    return Sighting(document, words, programme, kind, frozenset(sponsors), place, key, frozenset(amounts), anchor)


def _load(rows: Iterable[Row[Any]]) -> list[_Seen]:
    return [
        _Seen(
            r.number,
            r.document,
            _sighting(r.facts),
            frozenset(filter(None, r.spoken.split(_BETWEEN))),
            r.adopted,
            r.settled,
            r.entity_id,
        )
        for r in rows
    ]


def _new(work: Work, told: Mapping[int, Told]) -> list[_Seen]:
    number = work.next_number(own.sightings.c.number)
    found = []
    for document, its in sorted(told.items()):
        for sighting in its.sightings:
            found.append(_Seen(number, document, sighting, its.spoken, sighting.programme, sighting.programme, None))
            number += 1
    return found


def _take_ownerships(work: Work, told: Mapping[int, Told]) -> set[tuple[str, str]]:
    """Put these documents' words on who owns whom in place; owner and owned of which some report says so now, or none
    does any more."""
    o = own.ownerships.c
    old = set() if work.fresh else {tuple(r) for r in work.rows(tuple(own.ownerships.columns), o.document, told)}
    new = {(owner, owned, number) for number, its in told.items() for owner, owned in its.ownerships}
    touched = {(row[0], row[1]) for row in old ^ new}
    before = set() if work.fresh else _owning(work, touched)
    work.remove_rows(own.ownerships, sorted(old - new))
    work.add(own.ownerships, sorted(new - old))
    return set() if work.fresh else before ^ _owning(work, touched)


def _owning(work: Work, pairs: Collection[tuple[str, str]]) -> set[tuple[str, str]]:
    o = own.ownerships.c
    return {(r[0], r[1]) for r in work.rows((o.owner, o.owned), o.owner, {a for a, _ in pairs})} & set(pairs)


def relatives_of(work: Work, ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """By id, those that own it or that it owns."""
    o, found, wanted = own.ownerships.c, defaultdict(set), set(ids)
    for mine, theirs in ((o.owner, o.owned), (o.owned, o.owner)):
        for r in work.rows((mine, theirs), mine, wanted):
            found[r[0]].add(r[1])
    return {key: frozenset(its) for key, its in found.items()}


def _judged_with(anchor: str, judged: Judged) -> set[str]:
    """The anchors of the sightings that somebody judged to be one with this one's."""
    return {y for a, b in judged.one("project") for x, y in ((a, b), (b, a)) if x == anchor} if judged else set()


def _belief_keys(seen: _Seen) -> set[str]:
    base = seen.base
    if base.programme is None or base.kind is None or not (base.sponsors or specific(base.place)):
        return set()
    kin = family(base.kind)
    if len(seen.spoken) > 1:
        return {f"guess {programme}|{kin}" for programme in seen.spoken}
    return {f"sure {base.programme}|{kin}"}


def _mark_keys(seen: _Seen) -> set[str]:
    sighting = seen.after_adoption
    if sighting.programme is not None and sighting.kind is not None:
        return {f"give {mark}" for mark in marks(sighting)}
    return {f"want {mark}" for mark in marks(sighting)} if sighting.programme is None else set()


class _Change:
    """One change of sightings, from what goes and comes to the entities."""

    def __init__(
        self,
        work: Work,
        sites: Sites,
        gone: list[_Seen],
        come: list[_Seen],
        kin: set[tuple[str, str]],
        renamed: set[str],
        people: Directory | None,
    ) -> None:
        self.work = work
        self.sites = sites
        self.gone = gone
        self.come = come
        self.kin = kin
        self.renamed = renamed
        self.people = people
        self.held: dict[int, _Seen] = {seen.number: seen for seen in come}
        self.unsure: dict[tuple[int, str], tuple[Sighting, ...]] = {}
        self.routed: set[int] = set()
        self.old_keys: dict[int, frozenset[str]] = {}

    def run(self) -> set[int]:
        for seen in self.gone:
            self.old_keys[seen.number] = seen.marked(self.work.said.judged)
        believers = self._adopt()
        self._route(believers)
        return self._name(self._components())

    # Step by step

    def _adopt(self) -> set[int]:
        """Decide again on guesses whose grounds changed; the numbers of sightings whose programme may be another."""
        if self.work.fresh:
            spoken = {s.base.document: s.spoken for s in self.come}
            moved = adopted((s.base for s in self.come), spoken)
        else:
            grounds = {k for s in (*self.gone, *self.come) for k in _belief_keys(s) if k.startswith("sure ")}
            believed = [s.base for s in (*self.gone, *self.come) if any(k in grounds for k in _belief_keys(s))]
            watching = self._by_keys(f"guess {k.removeprefix('sure ')}" for k in grounds)
            watching = [w for w in watching if any(alike(w.base, known) for known in believed)]
            guesses = [*watching, *(s for s in self.come if any(k.startswith("guess ") for k in _belief_keys(s)))]
            blocks = {f"sure {k.removeprefix('guess ')}" for s in guesses for k in _belief_keys(s)}
            sure = [*self._by_keys(blocks), *self.come] if guesses else []
            spoken = {s.base.document: s.spoken for s in (*guesses, *sure)}
            moved = adopted((s.base for s in (*guesses, *sure)), spoken)
            for seen in watching:
                self._decide(seen, adopted_=moved.get(seen.base, seen.base).programme)
        for seen in self.come:
            seen.adopted = moved.get(seen.base, seen.base).programme
        return {n for n, seen in self.held.items() if n in self.old_keys}

    def _route(self, moved: set[int]) -> None:
        """Decide again on sightings without a programme that look at others which came, went or moved."""
        judged = self.work.said.judged
        if self.work.fresh:
            kin = relatives_of(self.work, {i for s in self.come for i in s.base.sponsors})
            found, doubts = routed((s.after_adoption for s in self.come), kin, judged)
            deciding: list[_Seen] = list(self.come)
        else:
            deciding = self._watching(moved)
            wanting = [s for s in deciding if s.adopted is None]
            keys = {f"give {k.removeprefix('want ')}" for s in wanting for k in _mark_keys(s)}
            keys |= {f"anchor {a}" for s in wanting for a in _judged_with(s.base.anchor, judged)}
            grounds = [*self._by_keys(keys), *self.held.values()] if wanting else []
            listed = {s.after_adoption for s in (*wanting, *(g for g in grounds if g.adopted is not None))}
            kin = relatives_of(self.work, {i for s in listed for i in s.sponsors})
            found, doubts = routed(listed, kin, judged)
        doubtful = {doubt.sighting: doubt.candidates for doubt in doubts}
        for seen in deciding:
            here = seen.after_adoption
            settled = found.get(here, here).programme
            if seen.number not in self.held and settled != seen.settled:
                self.old_keys[seen.number] = seen.marked(judged)
                self.held[seen.number] = seen
            seen.settled = settled
            if here in doubtful:
                self.unsure[seen.number, "routing"] = doubtful[here]
        self.routed = {s.number for s in deciding}

    def _watching(self, moved: set[int]) -> list[_Seen]:
        """Sightings that may be routed otherwise now: those that came or moved, and those that something fits which
        came, went or moved."""
        judged = self.work.said.judged
        given = [s for s in (*self.gone, *self.held.values()) if s.adopted is not None and s.base.kind is not None]
        given_before = [k for n in moved for k in self.old_keys[n] if k.startswith("give ")]
        marks_given = {k for s in given for k in _mark_keys(s)}
        watching = self._by_keys(f"want {k.removeprefix('give ')}" for k in marks_given)
        kin = relatives_of(self.work, {i for s in watching for i in s.base.sponsors})
        links = Fit(kin)
        forms: dict[str, list[Form]] = defaultdict(list)
        for s in given:
            for mark in _mark_keys(s):
                forms[mark.removeprefix("give ")].append(form_of(s.after_adoption))
        found = [
            w
            for w in watching
            if any(
                links.loosely(form_of(w.after_adoption), form)
                for mark in _mark_keys(w)
                for form in forms.get(mark.removeprefix("want "), ())
            )
        ]
        # Of what moved away only its marks are known: whoever looked there is asked again.
        found += self._by_keys({f"want {k.removeprefix('give ')}" for k in given_before})
        near = {f"by {id_}" for pair in self.kin for id_ in pair}
        near |= {f"anchor {a}" for s in (*self.gone, *self.held.values()) for a in _judged_with(s.base.anchor, judged)}
        found += [s for s in self._by_keys(near) if s.adopted is None]
        return list({s.number: s for s in (*found, *self.held.values())}.values())

    def _components(self) -> list[_Seen]:
        """All sightings of the components that changed, as they are now."""
        if self.work.fresh:
            return self.come
        keys = {k for its in self.old_keys.values() for k in its if k.startswith("one ")}
        judged = self.work.said.judged
        keys |= {k for s in self.held.values() for k in s.ones(judged)}
        keys |= {k for s in self._by_keys({f"by {id_}" for id_ in self.renamed}) for k in s.ones(judged)}
        for pair in self.kin:  # Of kin are only those that are compared at all.
            one, other = ({k for s in self._by_keys({f"by {id_}"}) for k in s.ones(judged)} for id_ in pair)
            keys |= one & other
        self._write()
        found: dict[int, _Seen] = {}
        seen_keys: set[str] = set()
        while keys:
            seen_keys |= keys
            more = [s for s in self._by_keys(keys) if s.number not in found]
            found |= {s.number: s for s in more}
            keys = {k for s in more for k in s.ones(judged)} - seen_keys
        return list(found.values())

    def _name(self, sightings: list[_Seen]) -> set[int]:
        """Find the projects among these sightings, and their entities; the documents whose claims change homes."""
        work, p = self.work, own.projects.c
        by_final: dict[Sighting, list[_Seen]] = defaultdict(list)
        for seen in sightings:
            by_final[seen.final].append(seen)
        kin = relatives_of(work, {i for s in by_final for i in s.sponsors})
        found, doubts = projects(by_final, kin, work.said.judged)
        for doubt in doubts:
            for seen in by_final[doubt.sighting]:
                self.unsure[seen.number, "projects"] = doubt.candidates
        people = self.people or _sponsors(work, {i for project in found for i in project.sponsors[:1]})
        told = {described(project, people): project for project in found}
        before = {s.entity for s in (*sightings, *self.gone) if s.entity is not None}
        old = {r.entity_id: _described(r) for r in work.rows(tuple(own.projects.columns), p.entity_id, before)}
        others = self._others(p.stem, {_stem(d) for d in (*told, *old.values())}, before)
        ids = numbered((*told, *others.values()))
        now = {ids[d]: d for d in told}
        elsewhere = {id_: ids[d] for id_, d in others.items()}
        self._put_projects(old, now, others, elsewhere)
        changed: dict[int, str] = {}
        for d, project in told.items():
            for sighting in project.sightings:
                changed |= {s.number: ids[d] for s in by_final[sighting] if s.entity != ids[d]}
        documents = {s.document for s in sightings if s.number in changed}
        if work.fresh:
            for seen in sightings:
                seen.entity = changed[seen.number]
            self._write()
            self._put_unsure(sightings)
            return documents
        moved = {old_id: new_id for old_id, new_id in elsewhere.items() if old_id != new_id}
        if moved:
            s = own.sightings.c
            rows = work.rows((s.number, s.document, s.entity_id), s.entity_id, moved)
            changed |= {r[0]: moved[r[2]] for r in rows if r[0] not in changed}
            documents |= {r[1] for r in rows}
        work.change(own.sightings.c.number, own.sightings.c.entity_id, sorted(changed.items()))
        self._put_unsure(sightings)
        # Claims are also told what their project is; where that changed, the id need not have.
        altered = {id_ for id_, d in now.items() if id_ in old and old[id_].facts != d.facts}
        documents |= {s.document for s in sightings if s.entity in altered}
        return documents

    # Entities

    def _others(self, by: Any, values: Iterable[str], without: Collection[str]) -> dict[str, Described]:
        rows = [] if self.work.fresh else self.work.rows(tuple(own.projects.columns), by, values)
        return {r.entity_id: _described(r) for r in rows if r.entity_id not in without}

    def _put_projects(
        self,
        old: Mapping[str, Described],
        now: Mapping[str, Described],
        others: Mapping[str, Described],
        elsewhere: Mapping[str, str],
    ) -> None:
        work, p = self.work, own.projects.c
        moved = {i for i, j in elsewhere.items() if i != j}
        after = {**now, **{elsewhere[i]: others[i] for i in moved}}
        work.remove(p.entity_id, {*old, *moved})
        work.add(own.projects, [_row(id_, d) for id_, d in sorted(after.items())])
        names = {d.name for d in (*old.values(), *after.values())}
        # Who is called alike is shown with his place: so all of a name are looked at together.
        alike = {r.entity_id: _described(r) for r in self._alike(names)}
        count: dict[str, int] = defaultdict(int)
        for d in alike.values():
            count[d.name] += 1
        self.sites.changed |= {*old, *moved, *alike}
        self.sites.entities |= {id_: project_entity(d, id_, count[d.name] == 1) for id_, d in alike.items()}

    def _alike(self, names: Iterable[str]) -> list[Row[Any]]:
        if self.work.fresh:
            return list(self.work.all(*own.projects.columns))
        return self.work.rows(tuple(own.projects.columns), own.projects.c.name, names)

    # Rows

    def _by_keys(self, keys: Iterable[str]) -> list[_Seen]:
        """The sightings with one of these keys that are in place, each as this change has made it."""
        k, s = own.sighting_keys.c, own.sightings.c
        without = {seen.number for seen in self.gone}
        numbers = {r[0] for r in self.work.rows((k.sighting,), k.key, keys)} - without
        loaded = _load(self.work.rows(tuple(own.sightings.columns), s.number, numbers - set(self.held)))
        return [*loaded, *(self.held[n] for n in sorted(numbers & set(self.held)))]

    def _decide(self, seen: _Seen, adopted_: str | None) -> None:
        if seen.adopted != adopted_:
            self.old_keys[seen.number] = seen.marked(self.work.said.judged)
            seen.adopted = seen.settled = adopted_
            self.held[seen.number] = seen

    def _write(self) -> None:
        """Bring the rows of sightings and their keys up to what was decided."""
        work, s, k = self.work, own.sightings.c, own.sighting_keys.c
        if not work.fresh:
            numbers = {seen.number for seen in self.gone} | set(self.held)
            work.remove(s.number, numbers)
            work.remove(k.sighting, numbers)
        rows = sorted(self.held.values(), key=lambda seen: seen.number)
        work.add(own.sightings, [seen.row() for seen in rows])
        pairs = sorted((key, seen.number) for seen in rows for key in seen.marked(self.work.said.judged))
        work.add(own.sighting_keys, pairs)

    def _put_unsure(self, sightings: Sequence[_Seen]) -> None:
        work, u = self.work, own.unsure.c
        if not work.fresh:
            gone = {seen.number for seen in self.gone}
            decided = {"routing": self.routed | gone, "projects": {seen.number for seen in sightings} | gone}
            numbers = {n for its in decided.values() for n in its}
            rows = work.rows((u.sighting, u.reason), u.sighting, numbers)
            work.remove_rows(own.unsure, [(r[0], r[1]) for r in rows if r[0] in decided[r[1]]])
        come = [
            (number, reason, json.dumps([sighting_text(c) for c in candidates], ensure_ascii=False))
            for (number, reason), candidates in self.unsure.items()
        ]
        work.add(own.unsure, sorted(come))


def _sponsors(work: Work, ids: Iterable[str]) -> Directory:
    rows = work.rows((own.people.c.entity_id, own.people.c.kind, own.people.c.name), own.people.c.entity_id, ids)
    return Directory({r[0]: Entity(r[0], EntityKind(r[1]), r[2]) for r in rows})


def _stem(project: Described) -> str:
    return "|".join(project.stem)


def _row(id_: str, d: Described) -> tuple[str, str, str, str]:
    facts = json.dumps([d.stem, d.sponsor, d.place, d.rank, d.texts, d.facts], ensure_ascii=False)
    return (id_, _stem(d), d.name, facts)


def _described(r: Row[Any]) -> Described:
    stem, sponsor, place, rank, texts, facts = json.loads(r.facts)
    pairs = tuple((key, value) for key, value in facts)
    return Described(tuple(stem), r.name, sponsor, place, tuple(rank), tuple(texts), pairs)


def unsure_in(connection: sa.Connection) -> list[Unsure]:
    """All sightings that could not be placed for sure."""
    work = Work(connection, fresh=False)
    u, s = own.unsure.c, own.sightings.c
    rows = [tuple(r) for r in work.all(u.sighting, u.reason, u.candidates)]
    seen = {x.number: x for x in _load(work.rows(tuple(own.sightings.columns), s.number, {r[0] for r in rows}))}
    found = {
        Unsure(
            seen[number].after_adoption if reason == "routing" else seen[number].final,
            tuple(_sighting(text) for text in json.loads(candidates)),
        )
        for number, reason, candidates in rows
    }
    return sorted(found, key=lambda x: (order(x.sighting), repr(x.candidates)))
