"""What the ledger holds against gold: entities and conflicts.

Entities. A *programme* is found when the ledger holds exactly one with gold's investor. A *project* is found when
exactly one of the ledger's fits and its documents are gold's, no more and no fewer, and no second one that fits has
any of them: a project that is split, merged or credited with an article that does not speak of it is missed. It fits
when every word of gold's name (or of an alias), but for "project", "plant" and the like, stands in its names or in what
identifies it: sponsor, place, and the words of its kind. An *organisation* is found when exactly one of the ledger's
has the name, legal forms aside, among its names; if none has, when exactly one name begins with gold's. *Names* in two
scripts are found when one entity has both. An entity's documents are those of the claims behind its figures.

Conflicts. A gold conflict is found when one of the same kind and attribute is reported, of a fitting subject (the
programme, a tranche or project, the named project; a subject that is none of these is not compared), with gold's
values on its sides: numbers are the low or high end of a side's value and all must be there, each on a side of its own
(but the two ends of one range stand together on the side that gives it);
words are in the side's value, in one of its claims or in such a claim's sentence, and at least two must be there on
different sides (where gold gives but one value, that one). An agreement is breached when a conflict that is not in
gold has two of its values on different sides. Every conflict reported beyond gold's is listed as extra, whatever its
kind; so is a second report of the same gold conflict.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pledger import data
from pledger.model import (
    Claim,
    Conflict,
    DateValue,
    Document,
    Entity,
    EntityKind,
    Figure,
    Money,
    Share,
    Side,
    StageValue,
    Text,
)
from scoring.claims import pair, subject_group
from scoring.countries import investor
from scoring.gold import Gold, GoldConflict, GoldOrganisation, GoldProgramme, GoldProject
from scoring.tally import Tally
from scoring.values import close
from scoring.words import contained, content, name_words

__all__ = ["Holding", "fits_project", "score_conflicts", "score_entities"]


@dataclass(frozen=True)
class Holding:
    """What a ledger answers, with documents by gold's keys."""

    documents: Mapping[str, Document]
    """By gold's key."""
    claims: Mapping[str, Claim]
    """By id."""
    entities: tuple[Entity, ...]
    figures: tuple[Figure, ...]
    conflicts: tuple[Conflict, ...]

    def documents_of(self, entity: Entity) -> frozenset[str]:
        """Gold's keys of the documents behind the figures of `entity`."""
        keys = {d.id: key for key, d in self.documents.items()}
        of = (c for f in self.figures if f.entity.id == entity.id for side in f.sides for c in side.claims)
        return frozenset(keys[d] for d in (self.claims[c].document for c in of if c in self.claims) if d in keys)


def score_entities(gold: Gold, held: Holding) -> list[Tally]:
    """Rows for programmes, projects, organisations and names in two scripts."""
    return [
        *(_programmes(gold.programmes, held) if "programmes" in gold.lists else ()),
        *_projects(gold.projects, held),
        _tally("organisations", {o.name: _organisation_fault(o, held) for o in gold.organisations}),
        _tally("names in two scripts", {f"{a} = {b}": _name_fault(a, b, held) for a, b in gold.names.items()}),
    ]


def _tally(name: str, faults: Mapping[str, str | None]) -> Tally:
    missed = tuple(f"{thing}: {fault}" for thing, fault in faults.items() if fault)
    return Tally(name, len(faults), len(faults) - len(missed), missed)


def _programmes(wanted: Sequence[GoldProgramme], held: Holding) -> Iterable[Tally]:
    """Whether each is there once, what else is there, and the documents in which each was recognised."""
    there = [e for e in held.entities if e.kind == EntityKind.PROGRAMME and held.documents_of(e)]
    investors = {p.name: investor(p.key or p.name) for p in wanted}
    extra = tuple(f"{e.name} ({e.id})" for e in there if entity_investor(e) not in investors.values())
    faults: dict[str, str | None] = {}
    gaps: dict[str, str | None] = {}
    for p in wanted:
        mine = [e for e in there if entity_investor(e) == investors[p.name]]
        faults[p.name] = None if len(mine) == 1 else f"the ledger holds {len(mine)} of it"
        seen = frozenset().union(*(held.documents_of(e) for e in mine))
        gaps.update({f"{p.name} in {key}": None if key in seen else "not recognised" for key in sorted(p.documents)})
    tally = _tally("programmes", faults)
    yield Tally("programmes", tally.gold, tally.found, tally.missed, invented=extra, complete=True)
    yield _tally("programme documents", gaps)


def entity_investor(entity: Entity) -> str | None:
    """The country that pays into a programme, as ISO code."""
    told = dict(entity.attributes)
    return told.get("investor") or investor(told.get("key") or entity.name)


def fits_project(name: str, entity: Entity) -> bool:
    """Whether gold's name can mean this project of the ledger."""
    return content(name) <= _project_words(entity)


def _project_words(entity: Entity) -> frozenset[str]:
    kinds = data.lexicon("kinds")["kinds"]
    told = [entity.name, *entity.aliases]
    for _, value in entity.attributes:
        told.append(value)
        kind = value
        while kind in kinds:
            told += [kind, kinds[kind].get("label", ""), *kinds[kind].get("en", ())]
            kind = kinds[kind].get("parent", "")
    return frozenset().union(*map(content, told))


def _projects(wanted: Sequence[GoldProject], held: Holding) -> Iterable[Tally]:
    """Whether each is there once with its documents, and the documents in which each was recognised."""
    faults: dict[str, str | None] = {}
    gaps: dict[str, str | None] = {}
    there = {e: held.documents_of(e) for e in held.entities if e.kind == EntityKind.PROJECT}
    for project in wanted:
        names = (project.name, *project.aliases)
        near = [e for e, d in there.items() if d & project.documents and any(fits_project(n, e) for n in names)]
        exact = len(near) == 1 and there[near[0]] == project.documents
        told = "; ".join(f"{e.name} in {', '.join(sorted(there[e]))}" for e in near)
        expected = ", ".join(sorted(project.documents))
        faults[project.name] = None if exact else f"expected once in {expected}; the ledger holds {told or 'none'}"
        seen = max((there[e] for e in near), key=len, default=frozenset())
        gaps.update(
            {f"{project.name} in {k}": None if k in seen else "not recognised" for k in sorted(project.documents)}
        )
    yield _tally("projects", faults)
    yield _tally("project documents", gaps)


def _organisation_fault(organisation: GoldOrganisation, held: Holding) -> str | None:
    wanted = {name_words(n) for n in (organisation.name, *organisation.aliases)}
    there = {
        e: {name_words(n) for n in (e.name, *e.aliases)} for e in held.entities if e.kind == EntityKind.ORGANISATION
    }
    same = [e for e, names in there.items() if names & wanted]
    longer = [e for e, names in there.items() if any(n[: len(w)] == w for n in names for w in wanted)]
    found = same or longer
    if len(found) == 1:
        return None
    return f"the ledger holds {len(found)}: {', '.join(e.name for e in found)}" if found else "not in the ledger"


def _name_fault(one: str, other: str, held: Holding) -> str | None:
    for e in held.entities:
        names = {name_words(n) for n in (e.name, *e.aliases)}
        if name_words(other) in names and any(name_words(one) == n or contained(one, " ".join(n)) for n in names):
            return None
    return "no one entity has both"


def score_conflicts(gold: Gold, held: Holding) -> list[Tally]:
    """Rows for conflicts (their `invented` are the extra ones) and for agreements that were kept quiet about."""
    served = pair(range(len(gold.conflicts)), held.conflicts, lambda i, c: _reports(gold, gold.conflicts[i], c, held))
    rest = [c for i, c in enumerate(held.conflicts) if i not in set(served.values())]
    missed = tuple(str(g) for i, g in enumerate(gold.conflicts) if i not in served)
    breaches: dict[str, str | None] = {
        str(a): next((f"reported as {told(c)}" for c in rest if _breaks(a, c, held)), None) for a in gold.agreements
    }
    extra = tuple(map(told, rest)) if "conflicts" in gold.lists else ()
    return [
        Tally("conflicts", len(gold.conflicts), len(served), missed, invented=extra, complete=True),
        _tally("agreements", breaches),
    ]


def told(conflict: Conflict) -> str:
    """A reported conflict in one line."""
    return f"{conflict.kind}: {conflict.entity.name}, {conflict.attribute}: {conflict.explanation}"


def _reports(gold: Gold, wanted: GoldConflict, conflict: Conflict, held: Holding) -> bool:
    if (conflict.kind, conflict.attribute) != (wanted.kind, wanted.attribute):
        return False
    if not _about(gold, wanted, conflict.entity):
        return False
    numbers = all(isinstance(v, int | float) for v in wanted.values)
    values = list(dict.fromkeys(wanted.values))
    if numbers:
        # The two ends of one range stand together on the side that gives it.
        held_by = [_ends(side, values) for side in conflict.sides]
        ranges = [ends for ends in held_by if len(ends) == 2]
        values = [v for v in values if not any(v == max(ends) for ends in ranges)]
        if len(values) < 2 <= len(set(wanted.values)):
            return False
    on = pair(values, conflict.sides, lambda v, side: _on_side(v, side, held, sentences=True))
    return len(on) >= (len(values) if numbers else min(2, len(values)))


def _ends(side: Side, values: Sequence[Any]) -> set[Any]:
    """Which of these numbers are the ends of the range that a side gives; fewer than two where it gives none."""
    value = side.value
    if not isinstance(value, Money | Share) or value.low is None or value.high is None or close(value.low, value.high):
        return set()
    return {v for v in values if close(v, value.low) or close(v, value.high)}


def _about(gold: Gold, wanted: GoldConflict, entity: Entity) -> bool:
    """Whether a conflict's entity is gold's subject."""
    if any(p.name == wanted.subject for p in gold.projects):
        return entity.kind == EntityKind.PROJECT and fits_project(wanted.subject, entity)
    group = subject_group(wanted.subject)
    if group == "project":
        return entity.kind in (EntityKind.TRANCHE, EntityKind.PROJECT)
    if group == "programme":
        return entity.kind == EntityKind.PROGRAMME and _same_country(wanted.subject, entity)
    return True


def _same_country(subject: str, entity: Entity) -> bool:
    wanted = investor(subject)
    return wanted is None or entity.kind != EntityKind.PROGRAMME or entity_investor(entity) == wanted


def _breaks(agreement: GoldConflict, conflict: Conflict, held: Holding) -> bool:
    if conflict.attribute != agreement.attribute or not _same_country(agreement.subject, conflict.entity):
        return False
    where = [
        {i for i, side in enumerate(conflict.sides) if _on_side(v, side, held, sentences=False)}
        for v in agreement.values
    ]
    return any(a - b and b - a for n, a in enumerate(where) for b in where[n + 1 :])


def _on_side(wanted: Any, side: Side, held: Holding, *, sentences: bool) -> bool:
    """Whether a value as gold writes it stands on a side: as its number, its date, its words or words behind it."""
    value = side.value
    if isinstance(wanted, int | float):
        return isinstance(value, Money | Share) and any(
            close(wanted, end) for end in (value.low, value.high) if end is not None
        )
    if isinstance(wanted, dt.date):
        return isinstance(value, DateValue) and wanted in (value.interval.start, value.interval.end)
    text = str(wanted)
    if isinstance(value, Text) and contained(text, value.text.replace("_", " ")):
        return True
    if isinstance(value, StageValue) and text == value.stage:
        return True
    behind = [held.claims[c] for c in side.claims if c in held.claims]
    texts = {d.id: d.text for d in held.documents.values()}
    return any(
        contained(text, c.text) or (sentences and text in c.sentence.of(texts.get(c.document, ""))) for c in behind
    )
