"""What waits for a judgement: pairs of names and of projects that may be one, each with what speaks for and against it.

A pair of names is found through the keys of blocking and through rare words that few names share; it is in doubt where
the names alone do not decide, or where more than one fits and so none was joined. This list is made when somebody asks
for it, and no figure follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pledger.ledger.blocking import house_keys, person_keys
from pledger.ledger.directory import Directory, Naming, namings
from pledger.ledger.fit import Unsure
from pledger.ledger.judged import Judged, name_key, pair
from pledger.ledger.kinds import label
from pledger.ledger.matching import Match, same_name
from pledger.ledger.names import core, fold, usual_heads
from pledger.ledger.sightings import Sighting
from pledger.ledger.tokens import tokens, words
from pledger.model import Claim, Document, stable_id

__all__ = ["Doubt", "Words", "name_doubts", "project_doubts", "with_words"]

_MOST_BEARERS = 12
"""Names that share a rare word, beyond which it is not rare."""
_MOST_WORDS = 2
"""Sentences that are shown for each of the two."""


@dataclass(frozen=True, slots=True)
class Words:
    """A sentence in which one of the two is named, and where it stands."""

    where: str
    sentence: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """Two that may be one."""

    id: str
    what: str
    """organisation, person or project."""
    a: str
    """The folded name, or the anchor of the sighting: what a judgement is kept by."""
    b: str
    names: tuple[str, str]
    """Both as a person reads them."""
    match: Match
    words: tuple[tuple[Words, ...], tuple[Words, ...]] = ((), ())


def name_doubts(found: Iterable[Naming], known: Directory, judged: Judged) -> list[Doubt]:
    """Pairs of names that may be one organisation or person and are two in this directory; likeliest first."""
    listed = list(found)
    people = set(known.people)
    doubts: list[Doubt] = []
    for kind, ids in (("organisation", known.organisations), ("person", known.people)):
        written: dict[str, str] = {}
        for naming in listed:
            key = name_key(naming.name, kind)
            if key in ids and (kind == "person" or key not in people):
                written[key] = min(naming.name, written.get(key, naming.name))
        decided = {*judged.one(kind), *judged.two(kind)}
        for one, other in _near(written, kind):
            if ids[one] == ids[other] or (one, other) in decided:
                continue
            match = same_name(written[one], written[other], kind)
            if match.outcome == "same":
                match = Match("unsure", match.score, (*match.reasons, "more than one fits"))
            if match.outcome == "unsure":
                names = (written[one], written[other])
                doubts.append(Doubt(stable_id("d", kind, one, other), kind, one, other, names, match))
    return sorted(doubts, key=lambda d: (-d.match.score, d.what, d.a, d.b))


def project_doubts(found: Iterable[Unsure], judged: Judged, names: Mapping[str, str]) -> list[Doubt]:
    """Sightings that more than one project fits, with one sighting of each. `names`: of organisations, by id."""
    decided = {*judged.one("project"), *judged.two("project")}
    doubts: dict[str, Doubt] = {}
    for unsure in found:
        for candidate in unsure.candidates:
            one, other = pair(unsure.sighting.anchor, candidate.anchor)
            if one == other or (one, other) in decided:
                continue
            told = {s.anchor: _described(s, names) for s in (unsure.sighting, candidate)}
            match = Match("unsure", 0.0, (f"one of {len(unsure.candidates)} projects that fit",))
            id_ = stable_id("d", "project", one, other)
            doubts[id_] = Doubt(id_, "project", one, other, (told[one], told[other]), match)
    return [doubts[id_] for id_ in sorted(doubts)]


def with_words(
    doubts: Sequence[Doubt], claims: Iterable[Claim], documents: Mapping[str, Document], anchors: Mapping[str, str]
) -> list[Doubt]:
    """The doubts with sentences that name each of the two. `anchors`: claim id to the anchor of what it is about."""
    wanted = {(d.what, key) for d in doubts for key in (d.a, d.b)}
    found: dict[tuple[str, str], dict[str, Words]] = defaultdict(dict)
    for claim in claims:
        marks = {("project", anchors[claim.id])} if claim.id in anchors else set()
        for naming in namings([claim]):
            marks |= {(kind, name_key(naming.name, kind)) for kind in ("organisation", "person")}
        for mark in marks & wanted:
            document = documents.get(claim.document)
            if document is not None and len(found[mark]) < _MOST_WORDS:
                where = ", ".join(filter(None, [document.publisher or document.path, str(document.reported_on or "")]))
                found[mark].setdefault(document.id, Words(where, claim.sentence.of(document.text)))
    return [
        Doubt(d.id, d.what, d.a, d.b, d.names, d.match, (_told(found, d.what, d.a), _told(found, d.what, d.b)))
        for d in doubts
    ]


def _told(found: Mapping[tuple[str, str], dict[str, Words]], what: str, key: str) -> tuple[Words, ...]:
    return tuple(found[what, key].values()) if (what, key) in found else ()


def _near(written: Mapping[str, str], kind: str) -> list[tuple[str, str]]:
    """Pairs worth a look: those that share a key or a rare word."""
    by_key: dict[str, set[str]] = defaultdict(set)
    for key, name in written.items():
        for mark in _marks(key, name, kind):
            by_key[mark].add(key)
    pairs = set()
    for its in by_key.values():
        if 2 <= len(its) <= _MOST_BEARERS:
            ordered = sorted(its)
            pairs |= {(a, b) for n, a in enumerate(ordered) for b in ordered[n + 1 :]}
    return sorted(pairs)


def _marks(key: str, name: str, kind: str) -> Iterable[str]:
    if kind == "person":
        yield from person_keys(key)
        return
    yield from house_keys(name)
    for head in (fold(name), *usual_heads(fold(name))):
        yield f"head {core(head)}"
    for token in tokens(words(name)):
        if token.kind in ("rare", "family"):
            yield f"word {token.text}"


def _described(s: Sighting, names: Mapping[str, str]) -> str:
    """A sighting in a few words: whose, what, where, under which programme."""
    sponsors = " and ".join(sorted(names.get(i, i) for i in s.sponsors))
    parts = [sponsors, label(s.kind) if s.kind else "project", f"in {s.place}" if s.place else "", s.key or ""]
    told = " ".join(p for p in parts if p)
    return f"{told} ({s.programme})" if s.programme else told
