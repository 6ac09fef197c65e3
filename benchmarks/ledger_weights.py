"""Which value is right: Pledger's weights beside the algorithms of truthdiscovery, on the same claims.

The claims are those of a world with known truth (`synthetic`). The peers get what such algorithms get: who published,
of which fact, which value; the entities are told to them. They are also run with Pledger's origins for sources, which
shows what of the difference comes from finding the origins and what from the weights. An error is a figure whose chosen
value is more than 6 % off (of amounts) or another year.
"""

from __future__ import annotations

import datetime as dt
import math
import sys
import types
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from pledger.documents.echoes import echoes, signature
from pledger.ledger.derive import derive
from pledger.ledger.picture import Picture
from pledger.model import DateValue, Modality, Money, Value
from synthetic.reports import Report, Style, reports
from synthetic.world import Fact, make_world

__all__ = ["CASES", "WITH_ORIGINS", "Case", "Score", "chosen_by_us", "peers", "scores"]

WITH_ORIGINS = ", given our origins"
_OFF = 0.06
_LEAST = 3
"""Documents that must speak of a fact for it to count: what few say nobody can weigh."""
Chosen = Mapping[str, float]
"""By the name of a fact the value that is chosen for it."""


@dataclass(frozen=True, slots=True)
class Case:
    """One world, and how its outlets write."""

    name: str
    copying: float
    records: bool = True
    changing: float = 0.0


CASES = (
    Case("outlets copy each other", 0.6),
    Case("outlets copy each other, and no outlet is known to Pledger", 0.6, records=False),
    Case("outlets copy each other, and one fact in seven changes meanwhile", 0.6, changing=1 / 7),
    Case("nobody copies", 0.0),
    Case("nobody copies, and no outlet is known to Pledger", 0.0, records=False),
)


@dataclass(frozen=True, slots=True)
class Score:
    """How well one did."""

    name: str
    wrong: float
    """Share of the facts whose chosen value is wrong."""
    log_error: float
    """Mean of |ln(chosen / true)| over the amounts."""


def scores(case: Case, documents: int, seeds: Sequence[int] = (1,)) -> tuple[list[Score], int]:
    """Everybody's marks in one case, over the worlds of these seeds, and the number of facts."""
    chosen: dict[str, dict[str, float]] = defaultdict(dict)
    facts: dict[str, Fact] = {}
    for seed in seeds:
        world = make_world(documents, seed, records=case.records, changing=case.changing, per_programme=5)
        told = list(reports(world, Style(case.copying, programmes=3, projects=False, plain=True)))
        picture = picture_of(told)
        here = facts_of(told)
        facts |= {f"{seed} {name}": fact for name, fact in here.items()}
        by_publisher = triples(told, here, publisher_of(told))
        origins = {id_: voice.root.key for id_, voice in picture.voices.items()}
        by_origin = triples(told, here, origins)
        found: dict[str, Chosen] = {"Pledger": chosen_by_us(picture, told)}
        for name, run in peers().items():
            found[name] = run(by_publisher)
        for name, run in peers().items():
            found[name + WITH_ORIGINS] = run(by_origin)
        for name, values in found.items():
            chosen[name] |= {f"{seed} {fact}": value for fact, value in values.items()}
    return [_score(name, values, facts) for name, values in chosen.items()], len(facts)


def picture_of(told: Sequence[Report]) -> Picture:
    """What Pledger makes of the reports."""
    documents = [report.document for report in told]
    copies = echoes((d.id, d.reported_on, signature(d.text)) for d in documents)
    return derive(documents, [c for report in told for c in report.claims], copies)


def facts_of(told: Sequence[Report]) -> dict[str, Fact]:
    """The facts that enough documents speak of, by name."""
    count = Counter(name for report in told for name in {t.fact.name for t in report.truths if t.fact})
    facts = {t.fact.name: t.fact for report in told for t in report.truths if t.fact}
    return {name: fact for name, fact in facts.items() if count[name] >= _LEAST}


def publisher_of(told: Sequence[Report]) -> dict[str, str]:
    """By claim the house that published it."""
    return {c.id: r.document.publisher or r.document.id for r in told for c in r.claims}


def number_of(value: Value) -> float | None:
    """The one number that an amount or a year is."""
    match value:
        case Money(low=low, high=high):
            return low if low is not None else high
        case DateValue(interval=interval) if interval.start is not None:
            return float(interval.start.year)
    return None


def triples(
    told: Sequence[Report], facts: Mapping[str, Fact], source: Mapping[str, str]
) -> list[tuple[str, str, float]]:
    """Source, fact, value; the latest first, since of several words of one source the first counts."""
    dated: list[tuple[dt.date, str, str, float]] = []
    for report in told:
        for claim, truth in zip(report.claims, report.truths, strict=True):
            value = number_of(claim.value)
            if truth.fact is not None and truth.fact.name in facts and value and claim.modality is not Modality.DENIED:
                day = report.document.reported_on or dt.date.min
                dated.append((day, source[claim.id], truth.fact.name, float(f"{value:.3e}")))
    return [row[1:] for row in sorted(dated, key=lambda row: (-row[0].toordinal(), *row[1:]))]


def chosen_by_us(picture: Picture, told: Sequence[Report]) -> dict[str, float]:
    """The value of Pledger's figure for each fact: of several, of the one with most claims."""
    fact_of = {c.id: t.fact.name for r in told for c, t in zip(r.claims, r.truths, strict=True) if t.fact}
    best: dict[str, tuple[int, float]] = {}
    for figure in picture.figures:
        value = number_of(figure.value)
        claims = [fact_of[id_] for side in figure.sides for id_ in side.claims if id_ in fact_of]
        if value is not None and claims:
            name, count = Counter(claims).most_common(1)[0]
            best[name] = max(best.get(name, (0, 0.0)), (count, value))
    return {name: value for name, (_, value) in best.items()}


def peers() -> dict[str, Callable[[list[tuple[str, str, float]]], Chosen]]:
    """The algorithms of truthdiscovery by name, each with its own defaults."""
    # The package draws its networks with libraries that have nothing to do with its algorithms, and imports them all.
    for name in ("truthdiscovery.graphs", "imageio", "cairo"):
        sys.modules.setdefault(name, types.ModuleType(name))
    found: Any = import_module("truthdiscovery.algorithm")
    make_data: Any = import_module("truthdiscovery.input").Dataset

    def run(make: Callable[[], Any], nearness: Callable[..., float | None] | None = None) -> Callable[[Any], Chosen]:
        def chosen(rows: list[tuple[Hashable, str, float]]) -> Chosen:
            data = make_data(rows, allow_multiple=True, implication_function=nearness)
            belief = make().run(data).belief
            return {fact: max(sorted(its), key=its.__getitem__) for fact, its in belief.items()}

        return chosen

    def near(_fact: str, one: float, other: float) -> float:
        return math.exp(-abs(math.log(one / other)) * 20) if one > 3000 else math.exp(-abs(one - other))

    return {
        "Voting": run(found.MajorityVoting),
        "Sums": run(found.Sums),
        "AverageLog": run(found.AverageLog),
        "Investment": run(found.Investment),
        "PooledInvestment": run(found.PooledInvestment),
        "TruthFinder": run(found.TruthFinder, near),
        "CRH": run(found.CRH),
    }


def _score(name: str, chosen: Chosen, facts: Mapping[str, Fact]) -> Score:
    wrong, errors = 0, []
    for fact in facts:
        true, value = facts[fact].value, chosen.get(fact)
        amount = true > 3000
        if value is None:
            wrong += 1
            continue
        off = abs(math.log(value / true))
        errors += [off] if amount else []
        wrong += off > math.log(1 + _OFF) if amount else value != true
    return Score(name, wrong / max(len(facts), 1), sum(errors) / max(len(errors), 1))
