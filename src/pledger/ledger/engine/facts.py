"""Documents and claims as the engine needs them: by number, quickly, and without their long texts."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from operator import attrgetter
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Row

from pledger.ledger import schema as db
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.work import Work, chunks
from pledger.ledger.serial import value_of
from pledger.model import (
    Attribute,
    Attribution,
    Claim,
    DateValue,
    Document,
    EntityKind,
    Interval,
    Mention,
    Modality,
    Money,
    Party,
    Qualifier,
    Span,
    Stage,
    StageValue,
    Text,
    Value,
)

__all__ = ["LEAD", "claim_from", "claims_by_id", "claims_of", "documents_by_id", "documents_of", "number_new"]

LEAD = 160
"""Characters of a document's text that the engine holds: enough to name a document that names no publisher."""

_KINDS = {str(k): k for k in EntityKind}
_ATTRIBUTES = {str(a): a for a in Attribute}
_MODALITIES = {str(m): m for m in Modality}
_QUALIFIERS = {str(q): q for q in Qualifier}
_STAGES = {str(s): s for s in Stage}
_ORDER = attrgetter("span", "id")


def number_new(work: Work, ids: Iterable[str]) -> dict[str, int]:
    """Number these documents, which have none yet; by id."""
    first = work.next_number(own.numbers.c.number)
    found = {id_: first + n for n, id_ in enumerate(sorted(ids))}
    work.add(own.numbers, [(number, id_, None) for id_, number in found.items()])
    return found


def documents_of(work: Work, numbers: Iterable[int]) -> dict[int, Document]:
    """Documents by number, in the order of their ids, without their texts (see `documents_by_id`)."""
    n = own.numbers.c
    ids = {r[1]: r[0] for r in work.rows((n.number, n.document_id), n.number, numbers)}
    return {ids[id_]: document for id_, document in sorted(documents_by_id(work, ids).items())}


def documents_by_id(work: Work, ids: Iterable[str]) -> dict[str, Document]:
    """Documents by id, their texts cut off after `LEAD` characters; `echo_of` as it stands in the ledger."""
    d = db.documents.c
    columns = (
        d.id, d.path, sa.func.substr(d.text, 1, LEAD), d.url, d.publisher, d.title, d.reported_on, d.language,
        d.notices, d.echo_of,
    )  # fmt: skip
    wanted = set(ids)
    found = {}
    for r in work.rows(columns, d.id, work.missing("documents", wanted)):
        found[r[0]] = Document(r[0], r[1], r[2], r[3], r[4], r[5], r[6], r[7], tuple(r[8].split()), r[9])
    held = work.remember("documents", found)
    return {id_: held[id_] for id_ in wanted}


def claims_of(work: Work, documents: Iterable[str], *where: Any) -> dict[str, list[Claim]]:
    """The claims of these documents with their chains, by document id and in the order of the text."""
    found: dict[str, list[Claim]] = {}
    for part in chunks(sorted(set(documents)), 450):
        rows = work.connection.execute(sa.select(db.claims).where(db.claims.c.document_id.in_(part), *where)).all()
        question = (
            sa.select(db.attributions)
            .join_from(db.claims, db.attributions, db.attributions.c.claim_id == db.claims.c.id)
            .where(db.claims.c.document_id.in_(part), *where)
        )
        for claim in _claims(rows, work.connection.execute(question)):
            found.setdefault(claim.document, []).append(claim)
    for its in found.values():
        its.sort(key=_ORDER)
    return found


def claims_by_id(work: Work, ids: Iterable[str]) -> list[Claim]:
    """The claims with these ids, with their chains, in no order."""
    found: list[Claim] = []
    for part in chunks(sorted(set(ids)), 900):
        rows = work.connection.execute(sa.select(db.claims).where(db.claims.c.id.in_(part))).all()
        links = work.connection.execute(sa.select(db.attributions).where(db.attributions.c.claim_id.in_(part)))
        found += _claims(rows, links)
    return found


def _claims(rows: Sequence[Row[Any]], links: Iterable[Row[Any]]) -> list[Claim]:
    chains: dict[str, list[tuple[int, Attribution]]] = {}
    for r in links:
        content = None if r.content_start is None else Span(r.content_start, r.content_end)
        link = Attribution(r.source, bool(r.anonymous), r.cue, Span(r.words_start, r.words_end), content)
        chains.setdefault(r.claim_id, []).append((r.position, link))
    found = []
    for r in rows:
        its = chains.get(r.id)
        chain = () if its is None else tuple(link for _, link in sorted(its, key=lambda x: x[0]))
        found.append(claim_from(r, chain))
    return found


def claim_from(r: Row[Any], chain: tuple[Attribution, ...]) -> Claim:
    """The claim that a row of `claims` and its chain hold."""
    subject = Mention(
        _KINDS[r.subject_kind],
        r.subject_text,
        None if r.subject_start is None else Span(r.subject_start, r.subject_end),
        r.subject_key,
        r.subject_sponsor,
        r.subject_place,
        r.subject_project_kind,
        r.subject_programme,
        r.subject_ordinal,
        () if r.subject_aliases == "[]" else tuple(json.loads(r.subject_aliases)),
    )
    claim = Claim(
        r.document_id,
        Span(r.sentence_start, r.sentence_end),
        Span(r.words_start, r.words_end),
        r.words,
        _ATTRIBUTES[r.attribute],
        subject,
        _value(r),
        _MODALITIES[r.modality],
        r.modality_words,
        chain,
        r.scope,
        r.reader,
    )
    object.__setattr__(claim, "_id", r.id)
    return claim


def _value(r: Row[Any]) -> Value:
    """As `serial.value_of`, the usual types without a detour."""
    match r.value_type:
        case "money":
            converts = None if r.converts_start is None else Span(r.converts_start, r.converts_end)
            return Money(r.low, r.high, r.unit, _QUALIFIERS[r.qualifier], r.period, converts)
        case "stagevalue" if not r.outlook:
            return StageValue(_STAGES[r.stage])
        case "party" if r.party_aliases == "[]":
            return Party(r.party_name, r.party_role)
        case "text":
            return Text(r.value_text)
        case "datevalue":
            return DateValue(r.event, Interval(r.date_start, r.date_end))
    return value_of(dict(r._mapping))
