"""Documents and claims as the engine needs them: by number, and quickly."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from operator import attrgetter, itemgetter
from typing import Any

import sqlalchemy as sa

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
    Outlook,
    Ownership,
    Party,
    Qualifier,
    Share,
    Span,
    Stage,
    StageValue,
    Text,
    Value,
)

__all__ = ["claim_from", "claims_by_id", "claims_of", "documents_by_id", "documents_of", "number_new"]

_HELD = 20_000
"""Documents that are remembered with their texts."""
_KINDS = {str(k): k for k in EntityKind}
_ATTRIBUTES = {str(a): a for a in Attribute}
_MODALITIES = {str(m): m for m in Modality}
_QUALIFIERS = {str(q): q for q in Qualifier}
_STAGES = {str(s): s for s in Stage}
_OUTLOOKS = {str(o): o for o in Outlook}
_VALUE_COLUMNS = [c.name for c in db.claims.columns][list(db.claims.columns.keys()).index("value_type") :]
_ORDER = attrgetter("span", "id")


def number_new(work: Work, ids: Iterable[str]) -> dict[str, int]:
    """Number these documents, which have none yet; by id."""
    first = work.next_number(own.numbers.c.number)
    found = {id_: first + n for n, id_ in enumerate(sorted(ids))}
    work.add(own.numbers, [(number, id_, None) for id_, number in found.items()])
    return found


def documents_of(work: Work, numbers: Iterable[int]) -> dict[int, Document]:
    """Documents by number, in the order of their ids."""
    n = own.numbers.c
    ids = {r[1]: r[0] for r in work.rows((n.number, n.document_id), n.number, numbers)}
    return {ids[id_]: document for id_, document in sorted(documents_by_id(work, ids).items())}


def documents_by_id(work: Work, ids: Iterable[str]) -> dict[str, Document]:
    """Documents by id; `echo_of` as it stands in the ledger."""
    d = db.documents.c
    columns = (
        d.id, d.path, d.text, d.url, d.publisher, d.title, d.reported_on, d.language,
        d.notices, d.echo_of,
    )  # fmt: skip
    wanted = set(ids)
    found = {}
    for r in work.rows(columns, d.id, work.missing("documents", wanted, _HELD)):
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


def _claims(rows: Sequence[Any], links: Iterable[Any]) -> list[Claim]:
    chains: dict[str, list[tuple[int, Attribution]]] = {}
    for claim_id, place, source, anonymous, cue, start, end, content_start, content_end in links:
        content = None if content_start is None else Span(content_start, content_end)
        link = Attribution(source, bool(anonymous), cue, Span(start, end), content)
        its = chains.get(claim_id)
        if its is None:
            chains[claim_id] = [(place, link)]
        else:
            its.append((place, link))
    found = []
    for row in rows:
        its = chains.get(row[0])
        if its is None:
            chain: tuple[Attribution, ...] = ()
        elif len(its) == 1:
            chain = (its[0][1],)
        else:
            chain = tuple(link for _, link in sorted(its, key=itemgetter(0)))
        found.append(claim_from(row, chain))
    return found


def claim_from(row: Any, chain: tuple[Attribution, ...]) -> Claim:
    """The claim that a whole row of `claims` and its chain hold."""
    (
        id_, document, _, sentence_start, sentence_end, start, end, words, attribute, modality, modality_words, scope,
        reader, told, kind, text, subject_start, subject_end, key, sponsor, place, project_kind, programme, ordinal,
        aliases,
        *value,
    ) = row  # fmt: skip
    subject = Mention(
        _KINDS[kind],
        text,
        None if subject_start is None else Span(subject_start, subject_end),
        key,
        sponsor,
        place,
        project_kind,
        programme,
        ordinal,
        () if aliases == "[]" else tuple(json.loads(aliases)),
    )
    claim = Claim(
        document,
        Span(sentence_start, sentence_end),
        Span(start, end),
        words,
        _ATTRIBUTES[attribute],
        subject,
        _value(value),
        _MODALITIES[modality],
        modality_words,
        chain,
        scope,
        reader,
        told,
    )
    object.__setattr__(claim, "_id", id_)
    return claim


def _value(row: Sequence[Any]) -> Value:
    """As `serial.value_of`, by the places of the columns: this is done for every claim several times."""
    match row[0]:
        case "money":
            converts = None if row[7] is None else Span(row[7], row[8])
            return Money(row[1], row[2], row[3], _QUALIFIERS[row[4]], row[5], converts)
        case "share":
            return Share(row[1], row[2], _QUALIFIERS[row[4]], row[6], row[5])
        case "stagevalue":
            return StageValue(_STAGES[row[9]], _OUTLOOKS[row[10]] if row[10] else None)
        case "datevalue":
            return DateValue(row[11], Interval(row[12], row[13]))
        case "party":
            return Party(row[14], row[15], () if row[16] == "[]" else tuple(json.loads(row[16])))
        case "ownership":
            return Ownership(row[18], row[19])
        case "text":
            return Text(row[20])
    return value_of(dict(zip(_VALUE_COLUMNS, row, strict=True)))
