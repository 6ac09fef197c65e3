"""Reading documents into the store: files in, documents and claims kept, problems kept beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pledger import documents as room
from pledger import reading
from pledger.documents import echoes
from pledger.ledger.store import Store
from pledger.model import Document, Problem

__all__ = ["ReadResult", "echoes_of", "read_into"]


@dataclass(frozen=True, slots=True)
class ReadResult:
    """What a reading brought."""

    documents: int
    """New documents."""
    known: int
    """Documents that the ledger had already; they were left alone."""
    claims: int
    """New claims."""
    problems: list[Problem]


def read_into(
    store: Store,
    paths: Sequence[str],
    reported_on: dt.date | None,
    on_progress: Callable[[int, int, str], None] | None,
) -> ReadResult:
    """Load, read and keep what these paths name; a document that is known already costs only its loading."""
    found, problems = room.find(paths)
    added = known = claims = 0
    for done, path in enumerate(found):
        if on_progress is not None:
            on_progress(done, len(found), path)
        loaded, its = room.load(path, reported_on=reported_on)
        problems.extend(its)
        for document in loaded:
            if store.knows(document.id):
                known += 1
                continue
            try:
                kept = _keep(store, document)
            except UnicodeEncodeError as error:
                why = f"its text holds what no file can keep: {error.reason}"
                problems.append(Problem("document not kept", document.path, why, "save the file again as UTF-8"))
                continue
            known += kept < 0
            added += kept >= 0
            claims += max(kept, 0)
    if on_progress is not None:
        on_progress(len(found), len(found), "")
    store.put_problems(found, problems)
    return ReadResult(added, known, claims, problems)


def _keep(store: Store, document: Document) -> int:
    now = dt.datetime.now(dt.UTC).replace(tzinfo=None, microsecond=0)
    return store.add(document, reading.read(document), echoes.signature(document.text), now)


def echoes_of(store: Store, as_of: dt.date | None = None) -> dict[str, str]:
    """Copies and what they copy, among the documents known on that day."""
    known = (s for s in store.signatures() if as_of is None or s[1] is None or s[1] <= as_of)
    return echoes.echoes(known)
