"""Contract `pledger/1`: what programs get. Keys are only ever added; an open end is null; amounts are JSON numbers.

Every `*_json` function turns records of `pledger.model` into plain lists, dictionaries, strings and numbers; `dumps`
and `line` turn those into text. A side's and an origin's `claims` are claim ids, as in `pledger why ID --json`.
"""

from __future__ import annotations

import datetime as dt
import json
import math
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from pledger.model import (
    Attribution,
    Claim,
    Conflict,
    DateValue,
    Document,
    Entity,
    EntityKind,
    Figure,
    Instruments,
    Mention,
    Money,
    Origin,
    Ownership,
    Party,
    Problem,
    Share,
    Side,
    Span,
    StageValue,
    Text,
    Value,
)
from pledger.views.health import record_json
from pledger.views.judging import judgement_json
from pledger.views.overview import Programme, Project, about, origins, overview
from pledger.views.parts import parts
from pledger.views.sums import rollup_json
from pledger.views.wording import chain, say, say_conflict, say_figure

if TYPE_CHECKING:
    from pledger.ledger import Ledger
    from pledger.ledger.why import Evidence, Why

__all__ = [
    "claim_json",
    "conflict_json",
    "document_json",
    "dumps",
    "entity_json",
    "evidence_json",
    "figure_json",
    "line",
    "problem_json",
    "programme_json",
    "project_json",
    "shown",
    "texts",
    "value_json",
    "why_json",
]

Json = dict[str, Any]


def dumps(data: object) -> str:
    """Indented JSON text, in any script as it is; ends without a newline."""
    return json.dumps(data, ensure_ascii=False, indent=2, allow_nan=False)


def line(data: object) -> str:
    """One line of JSON (for `--jsonl`); line separators that some readers split on are escaped."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("\x85", "\\u0085")


def value_json(value: Value) -> Json:
    """A value by its attribute: amount `low, high, unit, qualifier`; stage `stage`; date `event, start, end`..."""
    match value:
        case Money():
            found: Json = {"low": _number(value.low), "high": _number(value.high), "unit": value.currency}
            found["qualifier"] = value.qualifier.value
            # Beyond the contract's four keys only where there is something to say.
            return found | ({"period": value.period} if value.period is not None else {})
        case Share():
            found = {"low": _number(value.low), "high": _number(value.high), "of": value.of, "period": value.period}
            return found | {"qualifier": value.qualifier.value}
        case StageValue():
            return {"stage": value.stage.value} | ({"outlook": value.outlook.value} if value.outlook else {})
        case DateValue():
            return {"event": value.event, "start": _day(value.interval.start), "end": _day(value.interval.end)}
        case Party():
            return {"name": value.name, "role": value.role} | (
                {"aliases": list(value.aliases)} if value.aliases else {}
            )
        case Instruments():
            return {"instruments": list(value.instruments)}
        case Ownership():
            return {"text": say(value), "owner": value.owner, "owned": value.owned}
        case Text():
            return {"text": value.text}


def _number(number: float | None) -> float | int | None:
    """A JSON number: whole numbers without a fraction, so that 550 000 000 000 reads as such; never NaN."""
    if number is None or not math.isfinite(number):
        return None
    # Above 2^53 a float's whole digits are not all meant.
    return int(number) if number.is_integer() and abs(number) < 2**53 else number


def _day(day: dt.date | None) -> str | None:
    return day.isoformat() if day else None


def _span(span: Span | None) -> Json:
    return {"start": span.start, "end": span.end} if span else {"start": None, "end": None}


def claim_json(claim: Claim, document: Document) -> Json:
    """One line of `pledger claims PATH... --jsonl`."""
    return {
        "id": claim.id,
        "path": document.path,
        "document": claim.document,
        "reported_on": _day(document.reported_on),
        "language": document.language,
        "sentence": _span(claim.sentence),
        "span": _span(claim.span),
        "text": claim.text,
        "attribute": claim.attribute.value,
        "subject": _mention(claim.subject),
        "value": value_json(claim.value),
        "modality": claim.modality.value,
        "modality_words": claim.modality_words,
        "scope": claim.scope,
        "attribution": [_attribution(link) for link in claim.attribution],
    } | ({"reader": claim.reader} if claim.reader else {})


def _mention(mention: Mention) -> Json:
    """A subject: what it is called here, where, and what could be told of it; keys without a value are left out."""
    told: Json = {
        "key": mention.key,
        "sponsor": mention.sponsor,
        "place": mention.place,
        "project_kind": mention.project_kind,
        "programme": mention.programme,
        "ordinal": mention.ordinal,
        "aliases": list(mention.aliases) or None,
    }
    found: Json = {"kind": mention.kind.value, "text": mention.text} | _span(mention.span)
    return found | {key: value for key, value in told.items() if value is not None}


def _attribution(link: Attribution) -> Json:
    found: Json = {"source": link.source, "anonymous": link.anonymous, "cue": link.cue} | _span(link.span)
    return found | {"content": _span(link.content) if link.content else None}


def entity_json(entity: Entity) -> Json:
    """A programme, project or organisation with its names, and what identifies it."""
    found: Json = {"id": entity.id, "kind": entity.kind.value, "name": entity.name, "aliases": list(entity.aliases)}
    return found | {"attributes": dict(entity.attributes)}


def _origin(origin: Origin) -> Json:
    claims = list(origin.claims)
    found: Json = {"name": origin.name, "grade": origin.grade, "claims": claims, "weight": round(origin.weight, 6)}
    return found | ({"judgements": list(origin.judgements)} if origin.judgements else {})


def _side(side: Side, texts: Mapping[str, str]) -> Json:
    return {
        "value": value_json(side.value),
        "said": say(side.value),
        "weight": round(side.weight, 6),
        "origins": [_origin(origin) for origin in side.origins],
        "claims": list(side.claims),
        "texts": [texts[claim] for claim in side.claims if claim in texts],
    }


def texts(claims: Iterable[Claim]) -> dict[str, str]:
    """The words of each claim by its id: what `figure_json` and `conflict_json` take to show them with their sides."""
    return {claim.id: claim.text for claim in claims}


def figure_json(figure: Figure, words: Mapping[str, str] | None = None) -> Json:
    """One figure of `pledger show figures --json`; `origins` are those behind its value, `sides` has all others.

    `words` are the texts of claims by id, where they are to be shown; see `texts`.
    """
    return {
        "id": figure.id,
        "entity": entity_json(figure.entity),
        "attribute": figure.attribute.value,
        "qualifier": figure.qualifier,
        "value": value_json(figure.value),
        "said": say_figure(figure),
        "standing": figure.standing.value,
        "origins": [_origin(origin) for origin in (figure.sides[0].origins if figure.sides else ())],
        "documents": figure.documents,
        "as_of": _day(figure.as_of),
        "sides": [_side(side, words or {}) for side in figure.sides],
    } | ({"judgements": list(figure.judgements)} if figure.judgements else {})


def conflict_json(conflict: Conflict, words: Mapping[str, str] | None = None) -> Json:
    """One conflict of `pledger conflicts --json`, with its sides and the sentence that explains it."""
    return {
        "id": conflict.id,
        "entity": entity_json(conflict.entity),
        "attribute": conflict.attribute.value,
        "kind": conflict.kind.value,
        "severity": {"level": conflict.level, "score": conflict.severity},
        "said": say_conflict(conflict),
        "sides": [_side(side, words or {}) for side in conflict.sides],
        "explanation": conflict.explanation,
        "reference": conflict.reference,
    }


def project_json(project: Project) -> Json:
    """One project of `pledger show projects --json`: its entity, and its first figures by what they are."""
    return entity_json(project.entity) | {
        "place": project.place or None,
        "stage": figure_json(project.stage) if project.stage else None,
        "amount": figure_json(project.amount) if project.amount else None,
        "sponsors": [figure_json(sponsor) for sponsor in project.sponsors],
        "standing": project.standing.value,
        "origins": list(origins(project.figures)),
        "figures": [figure.id for figure in project.figures],
    }


def programme_json(programme: Programme) -> Json:
    """One programme of `pledger show programmes --json`: its ceiling, its ladder, and the ids of its projects."""
    rungs = [
        {
            "rung": rung.key,
            "value": value_json(rung.amount) if rung.amount else None,
            "figures": [figure.id for figure in rung.figures],
            "projects_without_amount": rung.without,
        }
        for rung in programme.rungs
    ]
    return entity_json(programme.entity) | {
        "ceiling": figure_json(programme.ceiling) if programme.ceiling else None,
        "ladder": rungs,
        "projects": [project.entity.id for project in programme.projects],
        "figures": [figure.id for figure in programme.figures],
    }


def shown(ledger: Ledger, what: str, name: str | None = None, as_of: dt.date | None = None) -> list[Json]:
    """`pledger show WHAT [NAME] --json`: those whose name, other names or id hold `name`, whatever the case."""
    match what:
        case "documents":
            return [document_json(document) for document in ledger.documents(as_of=as_of)]
        case "claims":
            told = {document.id: document for document in ledger.documents(as_of=as_of)}
            return [
                claim_json(c, told[c.document])
                for c in ledger.claims(as_of=as_of)
                if name is None or name.casefold() in c.subject.text.casefold()
            ]
        case "organisations":
            held = [e for e in ledger.entities(as_of=as_of) if e.kind is EntityKind.ORGANISATION]
            return [entity_json(e) for e in held if about(e, name)]
        case "figures":
            words = texts(ledger.claims(as_of=as_of))
            held_figures = ledger.figures(as_of=as_of)
            every = [*held_figures, *parts(held_figures, ledger.entities(as_of=as_of))]
            return [figure_json(f, words) for f in every if about(f.entity, name) or f.id == name]
        case "rollup":
            return [rollup_json(r) for r in ledger.rollups(as_of=as_of) if about(r.programme, name)]
        case "sources":
            return [
                record_json(r)
                for r in ledger.sources(as_of=as_of)
                if name is None or name.casefold() in r.origin.casefold()
            ]
    view = overview(ledger, as_of)
    if what == "programmes":
        return [programme_json(p) for p in view.programmes if about(p.entity, name)]
    return [project_json(p) for p in view.projects if about(p.entity, name)]


def document_json(document: Document) -> Json:
    """A document without its text: where from, who published it and when, and what is to be known about it."""
    return {
        "id": document.id,
        "path": document.path,
        "url": document.url,
        "publisher": document.publisher,
        "title": document.title,
        "reported_on": _day(document.reported_on),
        "language": document.language,
        "notices": list(document.notices),
        "echo_of": document.echo_of,
        "characters": len(document.text),
    }


def problem_json(problem: Problem) -> Json:
    """Something in the input that could not be used, and how to mend it."""
    return {"what": problem.what, "where": problem.where, "why": problem.why, "mend": problem.mend}


def why_json(why: Why) -> Json:
    """`pledger why ID --json`: the figure, and every claim behind it with its sentence, chain, document and weight."""
    words = texts(item.claim for item in why.evidence)
    found = {"figure": figure_json(why.figure, words), "claims": [evidence_json(item) for item in why.evidence]}
    return found | ({"judgements": [judgement_json(j) for j in why.judgements]} if why.judgements else {})


def evidence_json(item: Evidence) -> Json:
    """One claim behind a figure or a change, with its sentence, chain, document and weight."""
    found = claim_json(item.claim, item.document)
    found["sentence"] |= {"text": item.sentence}
    return found | {
        "chain": list(chain(item.document, item.claim.attribution)),
        "publisher": item.document.publisher,
        "title": item.document.title,
        "url": item.document.url,
        "notices": list(item.document.notices),
        "echo_of": item.document.echo_of,
        "origin": item.origin.name,
        "grade": item.origin.grade,
        "grade_judged": bool(item.origin.judgements),
        "weight": round(item.origin.weight, 6),
        "side": item.side,
    }
