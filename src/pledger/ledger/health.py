"""Health of a record: how far what is held of a project (or a programme) can be leaned on, from 0 to 1, with its parts.

The idea is AidData's "health of record", which rates each project of a tracker by how many sources of how many kinds
bear it out and by how many of its fields are filled (address: `data/lexicon/ledger_health.toml`). The formula is
ours:

    score        0.4 sources + 0.4 fields + 0.2 freshness
    sources      (official + named + independent) / 3
      official     share of its figures whose value an official source (letter A) stands behind
      named        share of its origins that have a name and are no machine's digest or paid text (letters A to D)
      independent  mean over its figures of 1 - 2 ^ (1 - n), n being the independent origins behind the value:
                   one 0, two 0.5, three 0.75
    fields       what a funder would ask for: sum of weight x standing over the sum of weights; an agreed figure fills a
                 field wholly, one origin's for 0.75, a contested one for 0.5. Fields without a figure are `missing`
    freshness    2 ^ (-age / 120 days), age being the days from the last report on it to the day of asking; 0 undated

Weights and half-life are in `data/lexicon/ledger_health.toml`. One pass over figures and their claims: linear.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pledger.data import lexicon
from pledger.model import Entity, EntityKind, Figure, Origin

__all__ = ["Field", "Health", "health"]

_NOBODY = "unnamed publisher "


@dataclass(frozen=True, slots=True)
class Field:
    """Something that a funder would ask for."""

    name: str
    filled: float
    """0 where nothing is reported; 1 where it is agreed."""
    figure: str | None
    """Id of the figure that fills it."""


@dataclass(frozen=True, slots=True)
class Health:
    """How far what is held of one project or programme can be leaned on. Shares and scores are 0 to 1."""

    entity: Entity
    score: float
    sources: float
    fields: float
    freshness: float
    official: float
    named: float
    independent: float
    origins: int
    figures: int
    documents: int
    """Documents that report on it; copies count once."""
    documents_per_figure: float
    last_word: dt.date | None
    age: int | None
    """Days from the last report on it to the day of asking."""
    record: tuple[Field, ...]
    missing: tuple[str, ...]


def health(
    figures: Iterable[Figure], reports: Mapping[str, tuple[str, dt.date | None]], today: dt.date
) -> list[Health]:
    """The health of each programme and project, the poorest first.

    `reports`: by claim id the document that makes it (of copies the one that they copy) and the day of the report.
    `today`: the day of asking.
    """
    its: dict[str, list[Figure]] = defaultdict(list)
    for figure in figures:
        if figure.entity.kind in (EntityKind.PROGRAMME, EntityKind.PROJECT):
            its[figure.entity.id].append(figure)
    found = [_health(held, reports, today) for held in its.values()]
    return sorted(found, key=lambda h: (h.score, h.entity.name, h.entity.id))


def _health(figures: Sequence[Figure], reports: Mapping[str, tuple[str, dt.date | None]], today: dt.date) -> Health:
    table = lexicon("ledger_health")
    leading = [_behind(figure) for figure in figures]
    every = {o.name: o for figure in figures for side in figure.sides for o in side.origins}
    told = [{reports[c] for side in f.sides for o in side.origins for c in o.claims if c in reports} for f in figures]
    days = [day for its in told for _, day in its if day is not None and day <= today]
    last = max(days, default=None)
    age = (today - last).days if last is not None else None

    official = sum(any(o.grade.startswith("A") for o in its) for its in leading) / len(figures)
    named = sum(_named(o) for o in every.values()) / len(every) if every else 0.0
    independent = sum(1 - 2.0 ** (1 - max(1, len(its))) for its in leading) / len(figures)
    sources = (official + named + independent) / 3
    record = tuple(_field(field, figures) for field in table["fields"][figures[0].entity.kind])
    weights = [float(field["weight"]) for field in table["fields"][figures[0].entity.kind]]
    fields = sum(w * f.filled for w, f in zip(weights, record, strict=True)) / sum(weights)
    freshness = 2.0 ** (-age / float(table["freshness"]["half_life"])) if age is not None else 0.0
    parts = {"sources": sources, "fields": fields, "freshness": freshness}
    return Health(
        entity=figures[0].entity,
        score=sum(float(table["parts"][name]) * part for name, part in parts.items()),
        **parts,
        official=official,
        named=named,
        independent=independent,
        origins=len(every),
        figures=len(figures),
        documents=len({document for its in told for document, _ in its}),
        documents_per_figure=sum(len({document for document, _ in its}) for its in told) / len(figures),
        last_word=last,
        age=age,
        record=record,
        missing=tuple(field.name for field in record if field.figure is None),
    )


def _behind(figure: Figure) -> list[Origin]:
    """The origins behind the value that holds."""
    return [o for o in figure.sides[0].origins if o.weight > 0] if figure.sides else []


def _named(origin: Origin) -> bool:
    return origin.grade[:1] in "ABCD" and not origin.name.startswith(_NOBODY)


def _field(field: Mapping[str, Any], figures: Sequence[Figure]) -> Field:
    """The best supported of the figures that fit, in the order of the field's qualifiers."""
    credit = lexicon("ledger_health")["standing"]
    wanted = list(field.get("qualifiers", ()))
    fitting = []
    for figure in figures:
        scope = figure.qualifier.partition(":")[0].strip()
        if figure.attribute in field["attribute"].split("|") and (not wanted or scope in wanted):
            place = wanted.index(scope) if wanted else 0
            fitting.append((place, -float(credit[figure.standing]), figure.id))
    if not fitting:
        return Field(field["name"], 0.0, None)
    _, filled, figure_id = min(fitting)
    return Field(field["name"], -filled, figure_id)
