"""One change of sightings, step by step: from those that go and come to programmes, projects and their entities."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Row

from pledger.ledger.directory import Directory
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.described import described_of, row_of, stem_of
from pledger.ledger.engine.kin import relatives_of
from pledger.ledger.engine.seen import Seen, belief_keys, judged_with, load_seen, mark_keys, sighting_text
from pledger.ledger.engine.work import Work
from pledger.ledger.fit import Fit, Form, form_of
from pledger.ledger.projects import projects
from pledger.ledger.resolve import Described, described, numbered, project_entity
from pledger.ledger.routing import adopted, alike, routed
from pledger.ledger.sightings import Sighting
from pledger.model import Entity, EntityKind

__all__ = ["Change", "Sites"]


class Sites:
    """What a run has learnt of projects."""

    def __init__(self) -> None:
        self.changed: set[str] = set()
        """Ids of entities whose row may have changed, come or gone."""
        self.entities: dict[str, Entity] = {}
        """Entities as they are now, of those that changed."""


class Change:
    """One change of sightings, from what goes and comes to the entities."""

    def __init__(
        self,
        work: Work,
        sites: Sites,
        gone: list[Seen],
        come: list[Seen],
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
        self.held: dict[int, Seen] = {seen.number: seen for seen in come}
        self.unsure: dict[tuple[int, str], tuple[Sighting, ...]] = {}
        self.routed: set[int] = set()
        self.old_keys: dict[int, frozenset[str]] = {}

    def run(self) -> set[int]:
        """Make the change; the numbers of documents whose claims change homes."""
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
            grounds = {k for s in (*self.gone, *self.come) for k in belief_keys(s) if k.startswith("sure ")}
            believed = [s.base for s in (*self.gone, *self.come) if any(k in grounds for k in belief_keys(s))]
            watching = self._by_keys(f"guess {k.removeprefix('sure ')}" for k in grounds)
            watching = [w for w in watching if any(alike(w.base, known) for known in believed)]
            guesses = [*watching, *(s for s in self.come if any(k.startswith("guess ") for k in belief_keys(s)))]
            blocks = {f"sure {k.removeprefix('guess ')}" for s in guesses for k in belief_keys(s)}
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
            deciding: list[Seen] = list(self.come)
        else:
            deciding = self._watching(moved)
            wanting = [s for s in deciding if s.adopted is None]
            keys = {f"give {k.removeprefix('want ')}" for s in wanting for k in mark_keys(s)}
            keys |= {f"anchor {a}" for s in wanting for a in judged_with(s.base.anchor, judged)}
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

    def _watching(self, moved: set[int]) -> list[Seen]:
        """Sightings that may be routed otherwise now: those that came or moved, and those that something fits which
        came, went or moved."""
        judged = self.work.said.judged
        given = [s for s in (*self.gone, *self.held.values()) if s.adopted is not None and s.base.kind is not None]
        given_before = [k for n in moved for k in self.old_keys[n] if k.startswith("give ")]
        marks_given = {k for s in given for k in mark_keys(s)}
        watching = self._by_keys(f"want {k.removeprefix('give ')}" for k in marks_given)
        kin = relatives_of(self.work, {i for s in watching for i in s.base.sponsors})
        links = Fit(kin)
        forms: dict[str, list[Form]] = defaultdict(list)
        for s in given:
            for mark in mark_keys(s):
                forms[mark.removeprefix("give ")].append(form_of(s.after_adoption))
        found = [
            w
            for w in watching
            if any(
                links.loosely(form_of(w.after_adoption), form)
                for mark in mark_keys(w)
                for form in forms.get(mark.removeprefix("want "), ())
            )
        ]
        # Of what moved away only its marks are known: whoever looked there is asked again.
        found += self._by_keys({f"want {k.removeprefix('give ')}" for k in given_before})
        near = {f"by {id_}" for pair in self.kin for id_ in pair}
        near |= {f"anchor {a}" for s in (*self.gone, *self.held.values()) for a in judged_with(s.base.anchor, judged)}
        found += [s for s in self._by_keys(near) if s.adopted is None]
        return list({s.number: s for s in (*found, *self.held.values())}.values())

    def _components(self) -> list[Seen]:
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
        found: dict[int, Seen] = {}
        seen_keys: set[str] = set()
        while keys:
            seen_keys |= keys
            more = [s for s in self._by_keys(keys) if s.number not in found]
            found |= {s.number: s for s in more}
            keys = {k for s in more for k in s.ones(judged)} - seen_keys
        return list(found.values())

    def _name(self, sightings: list[Seen]) -> set[int]:
        """Find the projects among these sightings, and their entities; the documents whose claims change homes."""
        work, p = self.work, own.projects.c
        by_final: dict[Sighting, list[Seen]] = defaultdict(list)
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
        old = {r.entity_id: described_of(r) for r in work.rows(tuple(own.projects.columns), p.entity_id, before)}
        others = self._others(p.stem, {stem_of(d) for d in (*told, *old.values())}, before)
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
        return {r.entity_id: described_of(r) for r in rows if r.entity_id not in without}

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
        work.add(own.projects, [row_of(id_, d) for id_, d in sorted(after.items())])
        names = {d.name for d in (*old.values(), *after.values())}
        # Who is called alike is shown with his place: so all of a name are looked at together.
        alike = {r.entity_id: described_of(r) for r in self._alike(names)}
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

    def _by_keys(self, keys: Iterable[str]) -> list[Seen]:
        """The sightings with one of these keys that are in place, each as this change has made it."""
        k, s = own.sighting_keys.c, own.sightings.c
        without = {seen.number for seen in self.gone}
        numbers = {r[0] for r in self.work.rows((k.sighting,), k.key, keys)} - without
        loaded = load_seen(self.work.rows(tuple(own.sightings.columns), s.number, numbers - set(self.held)))
        return [*loaded, *(self.held[n] for n in sorted(numbers & set(self.held)))]

    def _decide(self, seen: Seen, adopted_: str | None) -> None:
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

    def _put_unsure(self, sightings: Sequence[Seen]) -> None:
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
