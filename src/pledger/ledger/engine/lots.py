"""Batches of projects, kept up as documents come: whose reports of a programme's batches are read together.

Which batch a report means can depend on all other reports of batches of the same programme and on nothing else, so
that a programme's reports are placed again together whenever one of them comes.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping

import sqlalchemy as sa

from pledger.ledger import schema as db
from pledger.ledger.batches import Batch, batches
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.facts import claims_of
from pledger.ledger.engine.keys import known_keys
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.resolve import Keys
from pledger.model import Claim, EntityKind, Mention

__all__ = ["batches_in", "place_all", "take_lots"]


def take_lots(work: Work, told: Mapping[int, tuple[str, list[Claim]]], keys: Keys) -> set[int]:
    """Take up what these documents (number to id and claims) say of batches; whose batches are others now."""
    rows = own.lots.c
    mentions = {n: _programmes(claims, keys) for n, (_, claims) in told.items()}
    old = [] if work.fresh else work.rows((rows.programme, rows.document), rows.document, told)
    gone = [(r[0], r[1]) for r in old if r[0] not in mentions[r[1]]]
    come = {(programme, n) for n, its in mentions.items() for programme in its} - {(r[0], r[1]) for r in old}
    work.remove_rows(own.lots, gone)
    work.add(own.lots, [(*row, "") for row in sorted(come)])
    if work.fresh:
        return set()  # `place_all` follows once all are taken up.
    return _place(work, {r[0] for r in old} | {programme for programme, _ in come})


def place_all(work: Work) -> None:
    """In a fresh run, after all documents were taken up: find out which batches they mean."""
    programmes = [r[0] for r in work.connection.execute(sa.select(own.lots.c.programme).distinct())]
    for part in chunks(sorted(programmes), 50):
        _place(work, set(part))


def _place(work: Work, programmes: set[str]) -> set[int]:
    rows = own.lots.c
    stored = {(r[0], r[1]): r[2] for r in work.rows(tuple(own.lots.columns), rows.programme, programmes)}
    numbers = {number for _, number in stored}
    n = own.numbers.c
    ids = {r[0]: r[1] for r in work.rows((n.number, n.document_id), n.number, numbers)}
    claims = claims_of(work, ids.values(), db.claims.c.subject_kind == str(EntityKind.TRANCHE))
    keys = known_keys(work, ids)
    listed = [c for _, its in sorted(claims.items()) for c in its]
    found = batches(listed, keys.of)
    by_row: dict[tuple[str, int], list[list[object]]] = {row: [] for row in stored}
    number_of = {id_: number for number, id_ in ids.items()}
    for (document, mention), batch in found.items():
        row = (keys.of(mention.programme, document) or "", number_of[document])
        if row in by_row:
            by_row[row].append([_words(mention), batch.programme, batch.ordinal, batch.name, batch.document])
    texts = {row: json.dumps(sorted(its, key=repr), ensure_ascii=False) for row, its in by_row.items()}
    changed = [row for row, text in texts.items() if stored[row] != text]
    work.remove_rows(own.lots, changed)
    work.add(own.lots, [(*row, texts[row]) for row in sorted(changed)])
    return {number for _, number in changed}


def batches_in(work: Work, told: Mapping[int, tuple[str, list[Claim]]], keys: Keys) -> dict[tuple[str, Mention], Batch]:
    """The batch of each mention of one in these documents."""
    its = {n: [c for c in claims if c.subject.kind is EntityKind.TRANCHE] for n, (_, claims) in told.items()}
    its = {n: claims for n, claims in its.items() if claims}
    if not its:
        return {}
    ids = {n: told[n][0] for n in its}
    placed: dict[tuple[str, str], Batch] = {}
    for r in work.rows((own.lots.c.document, own.lots.c.placed), own.lots.c.document, its):
        for words, programme, ordinal, name, document in json.loads(r[1]):
            placed[ids[r[0]], words] = Batch(programme, ordinal, name, document)
    alone = batches((c for _, claims in sorted(its.items()) for c in claims), keys.of)
    return {row: placed.get((row[0], _words(row[1])), batch) for row, batch in alone.items()}


def _programmes(claims: Iterable[Claim], keys: Keys) -> set[str]:
    found = {keys.of(c.subject.programme, c.document) for c in claims if c.subject.kind is EntityKind.TRANCHE}
    return {programme for programme in found if programme}


def _words(mention: Mention) -> str:
    return repr(mention)
