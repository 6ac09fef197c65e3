"""What answers in JSON look like: of each kind of answer the keys that are always there, for the OpenAPI document.

The shapes are those of contract `pledger/1` (`views/jsons.py` and its neighbours make them), so keys are only ever
added, here as there. `tests/web/test_every_page.py` holds every page against its schema.
"""

from __future__ import annotations

from pledger.ledger import ChangeKind
from pledger.model import Attribute, ConflictKind, EntityKind, Modality, Qualifier, Stage, Standing
from pledger.views.places import Precision
from pledger.views.web.shapes import (
    COUNT,
    DAY,
    FLAG,
    NUMBER,
    SHARE,
    TEXT,
    Json,
    any_of,
    many,
    one_word,
    or_null,
    record,
    refers,
)

__all__ = ["SCHEMAS"]

_INTEGER: Json = {"type": "integer"}
_MAP: Json = {"type": "object", "additionalProperties": TEXT}
_QUARTER: Json = {"type": "string", "description": "A quarter: 2026 Q4"}
_SPAN: Json = record(start=or_null(COUNT), end=or_null(COUNT))
_LIST: dict[str, Json] = {"total": COUNT, "page": COUNT}
_NAMED: dict[str, Json] = {"id": TEXT, "kind": one_word(EntityKind), "name": TEXT}
_CLAIM: dict[str, Json] = {
    "id": TEXT,
    "path": TEXT,
    "document": TEXT,
    "reported_on": or_null(DAY),
    "language": TEXT,
    "sentence": _SPAN,
    "span": _SPAN,
    "text": TEXT,
    "attribute": one_word(Attribute),
    "subject": record(kind=one_word(EntityKind), text=TEXT),
    "value": refers("Value"),
    "modality": one_word(Modality),
    "scope": or_null(TEXT),
    "attribution": many(record(source=TEXT, anonymous=FLAG, cue=or_null(TEXT))),
}
_DOCUMENT: dict[str, Json] = {
    "id": TEXT,
    "path": TEXT,
    "url": or_null(TEXT),
    "publisher": or_null(TEXT),
    "title": or_null(TEXT),
    "reported_on": or_null(DAY),
    "language": or_null(TEXT),
    "notices": many(TEXT),
    "echo_of": or_null(TEXT),
    "characters": COUNT,
}
_FIGURE: dict[str, Json] = {
    "id": TEXT,
    "entity": refers("Entity"),
    "attribute": one_word(Attribute),
    "qualifier": TEXT,
    "value": refers("Value"),
    "said": TEXT,
    "standing": one_word(Standing),
    "origins": many(refers("Origin")),
    "documents": COUNT,
    "as_of": or_null(DAY),
    "sides": many(refers("Side")),
}
_CONFLICT: dict[str, Json] = {
    "id": TEXT,
    "entity": refers("Entity"),
    "attribute": one_word(Attribute),
    "kind": one_word(ConflictKind),
    "severity": record(level={"type": "string", "enum": ["low", "medium", "high"]}, score=NUMBER),
    "said": TEXT,
    "sides": many(refers("Side")),
    "explanation": TEXT,
    "reference": or_null(TEXT),
}
_ENDS: Json = record(low=or_null(NUMBER), high=or_null(NUMBER))
_SOURCE: Json = record(where=TEXT, year=or_null(_INTEGER), weak=FLAG)
_COMMODITY: dict[str, Json] = {
    "key": TEXT, "name": TEXT, "names": many(TEXT), "sectors": many(TEXT), "about": or_null(TEXT), "file": TEXT,
}  # fmt: skip
_MARKET: dict[str, Json] = {
    "step": TEXT, "measure": TEXT, "grade": or_null(TEXT), "importer": or_null(TEXT), "year": or_null(_INTEGER),
}  # fmt: skip
_ENTITY: dict[str, Json] = {**_NAMED, "aliases": many(TEXT), "attributes": _MAP}

_VALUES: dict[str, Json] = {
    "Amount": record(low=or_null(NUMBER), high=or_null(NUMBER), unit=TEXT, qualifier=one_word(Qualifier)),
    "Share": record(low=or_null(NUMBER), high=or_null(NUMBER), of=or_null(TEXT), qualifier=one_word(Qualifier)),
    "StageReached": record(stage=one_word(Stage)),
    "Event": record(event=TEXT, start=or_null(DAY), end=or_null(DAY)),
    "Role": record(name=TEXT, role=TEXT),
    "Instruments": record(instruments=many(TEXT)),
    "Words": record(text=TEXT),
}
_PARTS: dict[str, Json] = {
    "Entity": record(**_ENTITY),
    "Origin": record(name=TEXT, grade=TEXT, claims=many(TEXT), weight=SHARE),
    "Side": record(
        value=refers("Value"), said=TEXT, weight=SHARE, origins=many(refers("Origin")), claims=many(TEXT),
        texts=many(TEXT),
    ),
    "Figure": record(**_FIGURE),
    "Conflict": record(**_CONFLICT),
    "Document": record(**_DOCUMENT),
    "Claim": record(**_CLAIM),
    "Evidence": record(
        **_CLAIM, chain=many(TEXT), publisher=or_null(TEXT), title=or_null(TEXT), url=or_null(TEXT),
        notices=many(TEXT), origin=TEXT, grade=TEXT, weight=SHARE, side=COUNT,
    ),
    "Change": record(
        id=TEXT, kind=one_word(ChangeKind), programme=or_null(TEXT), entity=record(**_NAMED), said=TEXT, about=TEXT,
        weight=SHARE, claims=many(TEXT), evidence=many(refers("Evidence")),
    ),
    "RecordHealth": record(
        entity=record(**_NAMED), score=SHARE,
        parts=record(sources=SHARE, fields=SHARE, freshness=SHARE),
        origins=COUNT, figures=COUNT, documents=COUNT, last_word=or_null(DAY), age=or_null(_INTEGER),
        missing=many(TEXT),
    ),
    "Judgement": record(
        id=TEXT, kind=TEXT, what=or_null(TEXT), subject=TEXT, object=or_null(TEXT), verdict=TEXT, by=TEXT,
        made_at={"type": "string"}, reason=TEXT,
        withdrawn=or_null(record(at=TEXT, by=or_null(TEXT), reason=or_null(TEXT))),
    ),
    "Doubt": record(
        id=TEXT, what=TEXT, score=NUMBER, reasons=many(TEXT),
        sides=many(record(name=TEXT, key=TEXT, sentences=many(record(where=TEXT, text=TEXT)))),
    ),
    "Programme": record(
        **_ENTITY, ceiling=or_null(refers("Figure")),
        ladder=many(
            record(
                rung=TEXT, value=or_null(refers("Value")), figures=many(TEXT), projects_without_amount=COUNT,
            )
        ),
        projects=many(TEXT), figures=many(TEXT),
    ),
    "Project": record(
        **_ENTITY, place=or_null(TEXT), stage=or_null(refers("Figure")), amount=or_null(refers("Figure")),
        sponsors=many(refers("Figure")), standing=one_word(Standing), origins=many(TEXT), figures=many(TEXT),
        sector=TEXT, health=or_null(SHARE),
        spot=or_null(record(latitude=NUMBER, longitude=NUMBER, precision=one_word(Precision))),
    ),
    "ProjectMoney": record(
        words=or_null(TEXT), coming=FLAG, chance=or_null(SHARE), cost=or_null(NUMBER), share=or_null(SHARE),
        called=or_null(NUMBER), principal_back=or_null(SHARE), npv_pledging=or_null(NUMBER), central=FLAG,
        first_call=or_null(_QUARTER), last_call=or_null(_QUARTER), earns_from=or_null(_QUARTER),
        years=many(record(year=_INTEGER, drawn=NUMBER, cash=NUMBER)),
    ),
    "Distribution": record(
        name=TEXT, label=TEXT, unit=TEXT, mean=or_null(NUMBER), error=or_null(NUMBER), p5=or_null(NUMBER),
        p25=or_null(NUMBER), p50=or_null(NUMBER), p75=or_null(NUMBER), p95=or_null(NUMBER),
    ),
    "Level": record(
        country=TEXT, measure=TEXT, low=or_null(NUMBER), high=or_null(NUMBER), qualifier=TEXT, basis=TEXT,
        sources=many(_SOURCE), says=or_null(TEXT),
    ),
    "Held": record(
        country=TEXT, name=TEXT, low=or_null(NUMBER), high=or_null(NUMBER), qualifier=TEXT, basis=TEXT,
        sources=many(_SOURCE), figure=or_null(TEXT), claims=many(TEXT), says=or_null(TEXT),
    ),
    "Citation": record(text=TEXT, bibtex=TEXT, path=TEXT),
    "InputProblem": record(what=TEXT, where=TEXT, why=TEXT, mend=TEXT),
    "SupplySource": record(where=TEXT, year=or_null(_INTEGER), weak=FLAG),
    "SupplyLevel": record(
        country=TEXT, measure=TEXT, step=TEXT, grade=TEXT, low=or_null(NUMBER), high=or_null(NUMBER), qualifier=TEXT,
        basis=TEXT, year=or_null(_INTEGER), sources=many(refers("SupplySource")), says=TEXT,
    ),
    "SupplyMeasures": record(
        **{"class": or_null(TEXT)}, sound=FLAG, readings=COUNT, hhi=or_null(_ENDS),
        leader=or_null(record(country=TEXT, share=_ENDS, certain=FLAG)), group=or_null(_ENDS), rest=_ENDS,
    ),
}  # fmt: skip
_PAGES: dict[str, Json] = {
    "Nothing": record(programmes={"type": "array", "items": {"type": "object"}, "maxItems": 0}),
    "Overview": record(
        programme=refers("Programme"), contested=many(refers("Figure")), conflicts=many(refers("Conflict")),
        dates=many(record(day=DAY, figure=refers("Figure"))), programmes=many(record(id=TEXT, key=TEXT, name=TEXT)),
        facts=record(
            coming=FLAG, words=or_null(TEXT),
            facts=many(record(label=TEXT, index=SHARE, error=NUMBER, figure=or_null(TEXT))),
        ),
        new=record(since=or_null(DAY), coming=FLAG, words=or_null(TEXT), count=COUNT, changes=many(refers("Change"))),
    ),
    "Projects": many(refers("Project")),
    "EntityPage": record(
        entity=refers("Entity"), figures=many(refers("Figure")), conflicts=many(refers("Conflict")),
        documents=many(refers("Document")), health=or_null(refers("RecordHealth")),
        money=or_null(refers("ProjectMoney")),
    ),
    "Figures": record(**_LIST, figures=many(refers("Figure"))),
    "FigurePage": record(
        figure=refers("Figure"), claims=many(refers("Evidence")), judgements=many(refers("Judgement")),
        cited=refers("Citation"),
    ),
    "Conflicts": record(**_LIST, conflicts=many(refers("Conflict"))),
    "ConflictPage": record(**_CONFLICT, claims=many(refers("Evidence")), cited=refers("Citation")),
    "Documents": record(**_LIST, documents=many(refers("Document"))),
    "ArticlePage": record(
        **_DOCUMENT, claims=many(refers("Claim")), copies=record(total=COUNT, documents=many(refers("Document")))
    ),
    "Sources": record(
        **_LIST,
        sources=many(
            record(
                origin=TEXT, grade=TEXT, judgements=many(TEXT), claims=COUNT, statements=COUNT, confirmed=COUNT,
                contradicted=COUNT, replaced=COUNT, open=COUNT, rate=SHARE,
            )
        ),
    ),
    "Supply": record(
        importer=TEXT, group=many(TEXT),
        commodities=many(
            record(
                **_COMMODITY, market=or_null(record(**_MARKET)), measures=or_null(refers("SupplyMeasures")),
                reliance=or_null(refers("SupplyLevel")), reported=COUNT,
            )
        ),
    ),
    "CommodityPage": record(
        **_COMMODITY, importer=TEXT, group=many(TEXT),
        markets=many(
            record(
                **_MARKET, reference=or_null(refers("SupplyMeasures")), reported=or_null(refers("SupplyMeasures")),
                shares=many(
                    record(
                        country=TEXT, name=TEXT, low=or_null(SHARE), high=or_null(SHARE), qualifier=TEXT, basis=TEXT,
                        year=or_null(_INTEGER), sources=many(refers("SupplySource")), figure=or_null(TEXT),
                        claims=many(TEXT), says=TEXT,
                    )
                ),
            )
        ),
        levels=many(refers("SupplyLevel")),
        risks=many(
            record(
                method=TEXT, importer=TEXT, score=_ENDS, import_risk=_ENDS, factor=or_null(_ENDS), dependence=_ENDS,
                production=TEXT, imports=TEXT,
            )
        ),
        conflicts=many(refers("Conflict")),
        agreements=many(record(country=TEXT, figures=many(TEXT), says=TEXT, reference=or_null(TEXT))),
    ),
    "Judgements": record(
        **_LIST, too_large=FLAG, waiting=many(refers("Doubt")), judged=many(refers("Judgement")),
    ),
    "Comparison": record(
        programmes=many(refers("Programme")), known=many(TEXT),
        terms=or_null(
            record(
                programmes=many(record(key=TEXT, name=TEXT, vehicle=FLAG)),
                clauses=many(record(clause=TEXT, programmes={"type": "object"})),
            )
        ),
    ),
    "MoneyMissing": record(state={"type": "string", "enum": ["missing"]}, problem=TEXT, mend=TEXT),
    "MoneyComing": record(
        state={"type": "string", "enum": ["waiting", "running", "cancelled"]}, run=TEXT, stage=TEXT, done=COUNT,
        of=COUNT,
    ),
    "MoneyDone": record(
        state={"type": "string", "enum": ["done"]}, assumed={"type": "object"},
        programme=record(key=TEXT, name=TEXT), scenarios=COUNT, seed=COUNT, interpretation=or_null(TEXT),
        first_quarter=_QUARTER, deadline=_QUARTER, answers=many(refers("Distribution")),
        interpretations=many(
            record(
                name=TEXT, says=TEXT, weight=SHARE, principal_back=or_null(NUMBER), error=or_null(NUMBER),
                npv=or_null(NUMBER),
            )
        ),
        projects=many(record(id=TEXT, name=TEXT, sector=TEXT, stage=or_null(TEXT))),
        attention={"type": "object"}, quarters=many(_QUARTER),
        fans={"type": "object", "additionalProperties": {"type": "object", "additionalProperties": many(NUMBER)}},
    ),
    "Changes": record(since=DAY, changes=many(refers("Change")), page=COUNT, pages=COUNT),
    "Glossary": record(words=many(record(section=TEXT, id=TEXT, word=TEXT, says=TEXT))),
    "Overall": any_of("Overview", "Nothing"),
    "Money": any_of("MoneyDone", "MoneyComing", "MoneyMissing"),
    "PortfolioMissing": record(
        about=TEXT, portfolio={"type": "object", "nullable": True}, columns=many(record(column=TEXT, names=many(TEXT)))
    ),
    "PortfolioSum": record(
        key=TEXT, label=TEXT, rows=many(COUNT), weight=or_null(NUMBER), projects=many(TEXT), low=NUMBER, high=NUMBER,
        expected_low=NUMBER, expected_high=NUMBER, without_amount=COUNT, unit=TEXT,
    ),
    "PortfolioDone": record(
        about=TEXT, as_of=DAY, counts={"type": "object", "additionalProperties": COUNT},
        portfolio=record(source=TEXT, rows=COUNT, columns=_MAP, weights_sum=or_null(NUMBER), normalised=FLAG),
        holdings=many(record(row=COUNT, name=TEXT, isin=TEXT, verdict=TEXT, sure=TEXT, told=TEXT, perhaps=many(TEXT))),
        unmatched=many(record(row=COUNT, name=TEXT, isin=TEXT, weight=or_null(NUMBER))),
        projects=many(record(id=TEXT, name=TEXT, programme=TEXT, sector=TEXT, stage=or_null(TEXT), chance=SHARE)),
        paths=many(record(row=COUNT, kind=TEXT, told=TEXT, party=or_null(TEXT), projects=many(TEXT), sure=TEXT)),
        by_holding=many(refers("PortfolioSum")), by_sector=many(refers("PortfolioSum")),
        by_country=many(refers("PortfolioSum")), by_programme=many(refers("PortfolioSum")),
        scenario=or_null(record(name=TEXT, label=TEXT, effects=many(record(row=COUNT, project=TEXT, told=TEXT)))),
        left_out=many(TEXT), problems=many(refers("InputProblem")),
    ),
    "Exposure": any_of("PortfolioDone", "PortfolioMissing"),
}  # fmt: skip

SCHEMAS: Json = {
    "Problem": {
        **record(problem=TEXT),
        "description": "What is wrong and the mend. With status 503, `share` is what is done (0 to 1) where a day of a "
        "large ledger is being worked out: ask again after the seconds of the header Retry-After",
    },
    "Health": record(status=TEXT, version=TEXT),
    "Value": {
        **any_of(*_VALUES),
        "description": "By attribute: amount, share, stage, date, party, instrument; all others are words",
    },
    **_VALUES,
    **_PARTS,
    **_PAGES,
    "Articles": {
        "type": "object",
        "required": ["files"],
        "properties": {
            "files": {"type": "array", "minItems": 1, "items": {"type": "string", "format": "binary"}},
            "reported_on": {**DAY, "description": "Of articles that do not say when they appeared"},
        },
    },
    "Upload": record(
        id=TEXT,
        stage={"type": "string", "enum": ["waiting", "reading", "done", "broken off"]},
        over=FLAG,
        files=many(TEXT),
        files_read=COUNT,
        documents=many(record(id=TEXT, file=TEXT, title=TEXT, claims=COUNT)),
        known=COUNT,
        problems=many(refers("InputProblem")),
        words=or_null(TEXT),
        figures=or_null(many(refers("Figure"))),
        contradicts=or_null(many(refers("Conflict"))),
        takes_sides=or_null(many(refers("Conflict"))),
        changes=or_null(many(refers("Change"))),
    ),
}
"""By name what answers, and parts of answers, look like; of each the keys that are always there."""
