"""From documents and claims to the picture: the ledger's whole reasoning as one pure function.

`derive` depends on the set of documents and claims and on nothing else: not on their order, not on the clock. The same
set gives the same entities, figures and conflicts, with the same ids, on every machine.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import replace

from pledger.ledger.conflicts import conflicts
from pledger.ledger.figures import figures
from pledger.ledger.grades import letter, regraded, weight
from pledger.ledger.judgements import NONE, Verdicts, standing_conflicts
from pledger.ledger.origins import display_names, roots
from pledger.ledger.picture import Picture
from pledger.ledger.resolve import resolve
from pledger.ledger.voices import Voice
from pledger.model import Claim, Document

__all__ = ["derive"]


def derive(
    documents: Iterable[Document],
    claims: Iterable[Claim],
    echoes: Mapping[str, str] | None = None,
    as_of: dt.date | None = None,
    said: Verdicts = NONE,
) -> Picture:
    """What the ledger makes of these claims, as known on `as_of`.

    `echoes`: id of a copy to the id of the document that it copies. With `as_of`, only documents reported on that day
    or before count; an undated document counts as known always, since leaving it out would hide it for every date.
    `said`: what analysts judged of names, projects, claims, conflicts and sources.
    """
    copies = dict(echoes or {})
    known = {
        d.id: replace(d, echo_of=copies.get(d.id))
        for d in documents
        if as_of is None or d.reported_on is None or d.reported_on <= as_of
    }
    its = {c.id: c for c in claims if c.document in known}
    resolution = resolve(its.values(), {d.publisher for d in known.values() if d.publisher}, said.judged)
    origins = roots(its.values(), known, resolution.home, resolution.people)
    shown = display_names(origins.values())
    voices = {}
    for claim_id, claim in sorted(its.items()):
        document, root = known[claim.document], origins[claim_id]
        party = resolution.people.find(root.name)
        mark = letter(root, document, party if party and party.id in resolution.people.involved else None)
        voice = Voice(
            claim=claim,
            document=document,
            entity=resolution.entities[resolution.home[claim_id]],
            root=root,
            origin=shown[root.key],
            letter=mark,
            weight=weight(mark, claim.modality, root, document, claim.modality_words),
        )
        voices[claim_id] = regraded(voice, said)
    made = figures(voices.values(), resolution.people, as_of, said)
    picture = Picture(resolution.entities, voices, tuple(made), resolution.members, copies, resolution.unsure)
    return replace(picture, conflicts=standing_conflicts(conflicts(picture), said))
