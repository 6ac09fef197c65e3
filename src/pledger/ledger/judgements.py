"""Judgements: an analyst's word on a match, a claim, a conflict or a source, kept for ever and shown as such.

A judgement is a fact like a document: written once, never changed, only withdrawn, by name, with date and reason. It is
kept by what survives every rebuild (folded names, the anchors of sightings, ids of claims), so it holds for documents
that are read later. What it does:

- *match*, same or different: two names (or two sightings of projects) are one entity or two, whatever rules say;
- *claim*, accept: its side settles the figure, and the other sides weigh nothing; reject: it weighs nothing;
- *conflict*, none: two claims do not contradict each other, so no conflict has them on two of its sides;
- *grade*: the reliability of a source (a letter) or the credibility of a claim (a digit), in the Admiralty code.

Of two judgements on one thing the later counts. `settle` and `standing_conflicts` are the effects on figures and on
conflicts; the effect on names is in `directory` and `projects`, through `judged`.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from pledger.ledger.judged import NOTHING, Judged, Pair, name_key, pair
from pledger.model import Conflict, ConflictKind, Side, stable_id

__all__ = [
    "MATCHES",
    "NONE",
    "Judgement",
    "Verdicts",
    "in_force",
    "judgement",
    "settle",
    "standing_conflicts",
    "verdicts",
]

MATCHES = ("organisation", "person", "project")
"""What can be matched by a judgement."""
_VERDICTS = {
    "match": ("same", "different"),
    "claim": ("accept", "reject"),
    "conflict": ("none",),
    "grade": ("A", "B", "C", "D", "E", "F", "1", "2", "3", "4", "5", "6"),
}


@dataclass(frozen=True, slots=True)
class Judgement:
    """One word of one person on one thing."""

    id: str
    kind: str
    """match, claim, conflict or grade."""
    subject: str
    """Of a match a folded name or anchor; of a claim its id; of a conflict a claim of one side; of a grade a source's
    name, folded, or a claim's id."""
    object: str
    """Of a match the other name or anchor; of a conflict a claim of another side; else empty."""
    verdict: str
    """same, different; accept, reject; none; a letter or a digit."""
    value: str
    """Of a match what is matched (organisation, person, project); else empty."""
    person: str
    made_at: dt.datetime
    """UTC."""
    reason: str
    withdrawn_at: dt.datetime | None = None
    withdrawn_by: str | None = None
    withdrawn_reason: str | None = None

    @property
    def in_force(self) -> bool:
        """Whether it has not been withdrawn."""
        return self.withdrawn_at is None

    def __str__(self) -> str:
        both = " and ".join(filter(None, [self.subject, self.object]))
        told = f"{self.value or self.kind} {both}: {self.verdict}"
        told += f" ({self.person}, {self.made_at:%Y-%m-%d}: {self.reason or 'no reason given'})"
        if self.withdrawn_at is not None:
            told += f"; withdrawn by {self.withdrawn_by}, {self.withdrawn_at:%Y-%m-%d}: {self.withdrawn_reason}"
        return told


def judgement(
    kind: str,
    subject: str,
    object_: str,
    verdict: str,
    value: str,
    *,
    person: str,
    reason: str,
    made_at: dt.datetime,
) -> Judgement:
    """A judgement ready to be kept. Of a match, `subject` and `object_` are names as written (or anchors of sightings).

    Raises ValueError, with the mend, where the verdict does not go with the kind, where nobody signs, or where the two
    names of a match are one spelling, which no judgement can tell apart.
    """
    if verdict not in _VERDICTS.get(kind, ()):
        known = "; ".join(f"{k}: {', '.join(v)}" for k, v in _VERDICTS.items())
        raise ValueError(f"a {kind} cannot be judged {verdict!r} (known: {known})")
    if not person.strip():
        raise ValueError("a judgement needs a name: who judges? (--by NAME)")
    if kind == "match":
        if value not in MATCHES:
            raise ValueError(f"{value!r} cannot be matched; known: {', '.join(MATCHES)}")
        if value != "project":
            subject, object_ = name_key(subject, value), name_key(object_, value)
        if not subject or not object_ or subject == object_:
            raise ValueError(f"{subject!r} and {object_!r} are one spelling: a judgement needs two different names")
        subject, object_ = pair(subject, object_)
    moment = made_at.replace(microsecond=0)
    id_ = stable_id("j", kind, subject, object_, verdict, value, person, moment.isoformat())
    return Judgement(id_, kind, subject, object_, verdict, value, person.strip(), moment, reason.strip())


@dataclass(frozen=True)
class Verdicts:
    """What holds of all judgements: the later of two on one thing."""

    judged: Judged = NOTHING
    accepted: Mapping[str, str] = field(default_factory=dict)
    """Claim id to judgement id, the latest judgement last."""
    rejected: Mapping[str, str] = field(default_factory=dict)
    """Claim id to judgement id."""
    quiet: Mapping[Pair, str] = field(default_factory=dict)
    """Two claims that do not contradict each other, to judgement id."""
    grades: Mapping[str, str] = field(default_factory=dict)
    """Source (see `grades.subject`) to letter, or claim id to digit."""
    graded: Mapping[str, str] = field(default_factory=dict)
    """The same to judgement id."""

    def __bool__(self) -> bool:
        return bool(self.judged or self.accepted or self.rejected or self.quiet or self.grades)


NONE = Verdicts()


def in_force(found: Iterable[Judgement], known_on: dt.date | None = None) -> list[Judgement]:
    """Those that hold, in the order in which they were made; with `known_on`, that held at the end of that day."""

    def held(j: Judgement) -> bool:
        if known_on is None:
            return j.in_force
        return j.made_at.date() <= known_on and (j.withdrawn_at is None or j.withdrawn_at.date() > known_on)

    return sorted((j for j in found if held(j)), key=lambda j: (j.made_at, j.id))


def verdicts(found: Iterable[Judgement], known_on: dt.date | None = None) -> Verdicts:
    """What these judgements come to, whatever order they are given in."""
    matches: dict[str, dict[Pair, str]] = defaultdict(dict)
    accepted: dict[str, str] = {}
    rejected: dict[str, str] = {}
    quiet: dict[Pair, str] = {}
    grades: dict[str, str] = {}
    graded: dict[str, str] = {}
    for j in in_force(found, known_on):
        if j.kind == "match":
            matches[j.value][j.subject, j.object] = j.verdict
        elif j.kind == "claim":
            accepted.pop(j.subject, None)
            rejected.pop(j.subject, None)
            (accepted if j.verdict == "accept" else rejected)[j.subject] = j.id
        elif j.kind == "conflict":
            quiet[pair(j.subject, j.object)] = j.id
        else:
            grades[j.subject], graded[j.subject] = j.verdict, j.id
    sides = {
        verdict: {
            kind: frozenset(two for two, said in its.items() if said == verdict)
            for kind, its in sorted(matches.items())
        }
        for verdict in ("same", "different")
    }
    return Verdicts(Judged(sides["same"], sides["different"]), accepted, rejected, quiet, grades, graded)


def settle(sides: Sequence[Side], said: Verdicts) -> tuple[tuple[Side, ...], tuple[str, ...]]:
    """The sides of a figure as judgements leave them, and the ids of those judgements.

    An accepted claim's side comes first and the others weigh nothing: of several, the latest accepted. Rejected claims
    were given no weight before (see `weigh`); here they are only named.
    """
    if not said.accepted and not said.rejected:
        return tuple(sides), ()
    claims = {claim for side in sides for claim in side.claims}
    named = [j for claim, j in (*said.accepted.items(), *said.rejected.items()) if claim in claims]
    chosen = next((claim for claim in reversed(list(said.accepted)) if claim in claims), None)
    if chosen is None:
        return tuple(sides), tuple(sorted(named))
    first = next(side for side in sides if chosen in side.claims)
    rest = [_weightless(side) for side in sides if side is not first]
    weight = first.weight or 1.0  # later reports may have taken all its weight: the judgement outranks them
    return (replace(first, weight=weight), *rest), tuple(sorted(named))


def _weightless(side: Side) -> Side:
    return replace(side, weight=0.0, origins=tuple(replace(o, weight=0.0) for o in side.origins))


def standing_conflicts(found: Iterable[Conflict], said: Verdicts) -> tuple[Conflict, ...]:
    """The conflicts that judgements leave open; history (of kind `update`) stays."""
    if not (said.accepted or said.rejected or said.quiet):
        return tuple(found)
    return tuple(c for c in found if c.kind is ConflictKind.UPDATE or not _closed(c, said))


def _closed(conflict: Conflict, said: Verdicts) -> bool:
    sides = [set(side.claims) for side in conflict.sides]
    if any(claim in said.accepted for side in sides for claim in side):
        return True
    if any(side and side <= set(said.rejected) for side in sides):
        return True
    return any(a in one and b in other for a, b in said.quiet for one in sides for other in sides if one is not other)
