"""Claims and their values to flat rows and back, exactly: what the tables hold and what a line of JSON holds.

Every value type spreads over the same named columns, so that a plain SQL tool can filter by `low`, `unit` or `stage`
without parsing anything; `value_type` says which columns are meant.
"""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Any

from pledger.model import (
    Attribute,
    Attribution,
    Claim,
    DateValue,
    EntityKind,
    Instruments,
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

__all__ = [
    "claim_json",
    "claim_of",
    "claim_row",
    "json_claim",
    "link_of",
    "link_row",
    "value_key",
    "value_of",
    "value_row",
]

Row = Mapping[str, Any]

_EMPTY: dict[str, Any] = dict.fromkeys(
    (
        "low", "high", "unit", "qualifier", "period", "share_of", "converts_start", "converts_end", "stage", "outlook",
        "event", "date_start", "date_end", "party_name", "party_role", "party_aliases", "instruments",
        "owner", "owned", "value_text",
    )
)  # fmt: skip


def value_row(value: Value) -> dict[str, Any]:
    """The columns of a value; those that do not belong to its type are None."""
    row: dict[str, Any] = {"value_type": type(value).__name__.lower(), **_EMPTY}
    match value:
        case Money(low, high, currency, qualifier, period, converts):
            row |= {"low": low, "high": high, "unit": currency, "qualifier": str(qualifier), "period": period}
            row |= _span(converts, "converts")
        case Share(low, high, qualifier, of, period):
            row |= {"low": low, "high": high, "qualifier": str(qualifier), "share_of": of, "period": period}
        case StageValue(stage, outlook):
            row |= {"stage": str(stage), "outlook": None if outlook is None else str(outlook)}
        case DateValue(event, interval):
            row |= {"event": event, "date_start": interval.start, "date_end": interval.end}
        case Party(name, role, aliases):
            row |= {"party_name": name, "party_role": role, "party_aliases": json.dumps(aliases, ensure_ascii=False)}
        case Instruments(instruments):
            row["instruments"] = json.dumps(instruments, ensure_ascii=False)
        case Ownership(owner, owned):
            row |= {"owner": owner, "owned": owned}
        case Text(text):
            row["value_text"] = text
    return row


def value_of(row: Row) -> Value:
    """The value that these columns hold; the inverse of `value_row`."""
    match row["value_type"]:
        case "money":
            converts = _span_of(row, "converts")
            return Money(row["low"], row["high"], row["unit"], Qualifier(row["qualifier"]), row["period"], converts)
        case "share":
            return Share(row["low"], row["high"], Qualifier(row["qualifier"]), row["share_of"], row["period"])
        case "stagevalue":
            return StageValue(Stage(row["stage"]), Outlook(row["outlook"]) if row["outlook"] else None)
        case "datevalue":
            return DateValue(row["event"], Interval(_date(row["date_start"]), _date(row["date_end"])))
        case "party":
            return Party(row["party_name"], row["party_role"], tuple(json.loads(row["party_aliases"])))
        case "instruments":
            return Instruments(tuple(json.loads(row["instruments"])))
        case "ownership":
            return Ownership(row["owner"], row["owned"])
        case "text":
            return Text(row["value_text"])
        case other:
            raise ValueError(f"unknown value type {other!r}: this ledger was written by a newer Pledger")


def value_key(value: Value) -> str:
    """A text that two values share exactly when they are equal; sorts the same on every machine."""
    return json.dumps(value_row(value), ensure_ascii=False, sort_keys=True, default=str)


def claim_row(claim: Claim, position: int) -> dict[str, Any]:
    """The row of a claim in table `claims`; `position` is its place in the document's list."""
    subject = claim.subject
    return {
        "id": claim.id,
        "document_id": claim.document,
        "position": position,
        **_span(claim.sentence, "sentence"),
        **_span(claim.span, "words"),
        "words": claim.text,
        "attribute": str(claim.attribute),
        "modality": str(claim.modality),
        "modality_words": claim.modality_words,
        "scope": claim.scope,
        "told": claim.told,
        "reader": claim.reader,
        "subject_kind": str(subject.kind),
        "subject_text": subject.text,
        **_span(subject.span, "subject"),
        "subject_key": subject.key,
        "subject_sponsor": subject.sponsor,
        "subject_place": subject.place,
        "subject_project_kind": subject.project_kind,
        "subject_programme": subject.programme,
        "subject_ordinal": subject.ordinal,
        "subject_aliases": json.dumps(subject.aliases, ensure_ascii=False),
        **value_row(claim.value),
    }


def link_row(claim: Claim, position: int) -> dict[str, Any]:
    """The row of one link of a claim's chain in table `attributions`; position 0 is the outermost."""
    link = claim.attribution[position]
    return {
        "claim_id": claim.id,
        "position": position,
        "source": link.source,
        "anonymous": link.anonymous,
        "cue": link.cue,
        **_span(link.span, "words"),
        **_span(link.content, "content"),
    }


def link_of(row: Row) -> Attribution:
    """The link that this row holds."""
    words = Span(row["words_start"], row["words_end"])
    return Attribution(row["source"], bool(row["anonymous"]), row["cue"], words, _span_of(row, "content"))


def claim_of(row: Row, links: Sequence[Attribution]) -> Claim:
    """The claim that this row and the links of its chain hold; the inverse of `claim_row` and `link_row`."""
    subject = Mention(
        kind=EntityKind(row["subject_kind"]),
        text=row["subject_text"],
        span=_span_of(row, "subject"),
        key=row["subject_key"],
        sponsor=row["subject_sponsor"],
        place=row["subject_place"],
        project_kind=row["subject_project_kind"],
        programme=row["subject_programme"],
        ordinal=row["subject_ordinal"],
        aliases=tuple(json.loads(row["subject_aliases"])),
    )
    return Claim(
        document=row["document_id"],
        sentence=Span(row["sentence_start"], row["sentence_end"]),
        span=Span(row["words_start"], row["words_end"]),
        text=row["words"],
        attribute=Attribute(row["attribute"]),
        subject=subject,
        value=value_of(row),
        modality=Modality(row["modality"]),
        modality_words=row["modality_words"],
        attribution=tuple(links),
        scope=row["scope"],
        told=row["told"],
        reader=row.get("reader"),
    )


def claim_json(claim: Claim) -> str:
    """One line of JSON that `json_claim` turns back into the same claim."""
    chain = [link_row(claim, n) for n in range(len(claim.attribution))]
    return json.dumps({**claim_row(claim, 0), "attribution": chain}, ensure_ascii=False, default=str)


def json_claim(line: str) -> Claim:
    """The claim of a line that `claim_json` wrote."""
    row = json.loads(line)
    return claim_of(row, [link_of(link) for link in row["attribution"]])


def _span(span: Span | None, name: str) -> dict[str, int | None]:
    return {f"{name}_start": None if span is None else span.start, f"{name}_end": None if span is None else span.end}


def _span_of(row: Row, name: str) -> Span | None:
    start, end = row[f"{name}_start"], row[f"{name}_end"]
    return None if start is None or end is None else Span(start, end)


def _date(value: dt.date | str | None) -> dt.date | None:
    return dt.date.fromisoformat(value) if isinstance(value, str) else value
