"""What an editor would take from the ledger for the report: the headline, the steps worth naming, who printed what.

Everything here is chosen by a rule that the docstring tells, from what the ledger holds; nothing is written about it.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from pledger.ledger.geography import country_in_words
from pledger.model import Claim, Document, Figure, Stage, StageValue
from pledger.views.overview import LADDER, Overview, Programme, Project, Rung, attribute_of
from pledger.views.wording import say, say_count, say_document, say_name, say_stage

__all__ = ["Item", "Part", "headline", "headline_of", "items", "lanes", "look", "short_name", "standfirst", "steps"]

_STEPS = 6
_LANES = 6
_OTHER = "Other"
Part = str | Figure | Rung
"""A piece of a sentence: words, or a figure or a sum that is shown with a link to its evidence."""


@dataclass(frozen=True, slots=True)
class Item:
    """One claim behind a side of a figure or a conflict, with where it stands."""

    claim: Claim
    document: Document
    origin: str
    grade: str
    weight: float


def items(
    side_origins: Iterable[tuple[str, str, float, tuple[str, ...]]],
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
) -> list[Item]:
    """The claims behind a side's origins (name, grade, weight, claim ids): heaviest first, copies after originals."""
    found = [
        Item(claims[id_], documents[claims[id_].document], name, grade, weight)
        for name, grade, weight, ids in side_origins
        for id_ in ids
        if id_ in claims and claims[id_].document in documents
    ]
    found.sort(
        key=lambda i: (-i.weight, i.document.echo_of is not None, i.document.reported_on or dt.date.max, i.claim.id)
    )
    return found


def short_name(entity_name: str, limit: int = 60) -> str:
    """An entity's name, cut where a text gives it a whole sentence for a name."""
    return entity_name if len(entity_name) <= limit else f"{entity_name[: limit - 1].rstrip()}…"


def headline(view: Overview) -> list[Part]:
    """One sentence on the first programme: what is pledged, and how much of it has come how far."""
    lead = next((p for p in view.programmes if p.ceiling), None)
    if lead is None:
        return [f"{say_count(len(view.figures), 'figure')} from {say_count(len(view.documents), 'document')}"]
    return headline_of(lead)


def headline_of(lead: Programme) -> list[Part]:
    """One sentence on a programme; empty where no amount of it is reported."""
    if lead.ceiling is None:
        return []
    rungs = {rung.key: rung for rung in lead.rungs}
    committed, named, drawn = rungs["committed"], rungs["candidate"], rungs["drawn"]
    pledged = _pledged(lead)
    if drawn.amount:
        return ["Of ", lead.ceiling, pledged, drawn, " is reported as drawn"]
    if committed.amount:
        return ["Of ", lead.ceiling, pledged, committed, " is reported as committed, and nothing as drawn"]
    if named.amount:
        told = " is named in projects, and nothing is reported as committed"
        return ["Of ", lead.ceiling, pledged, named, told]
    return ["Of ", lead.ceiling, pledged, "nothing is reported as committed"]


def _pledged(lead: Programme) -> str:
    """` that Japan pledged, `: whose pledge it is, where the ledger knows the country."""
    investor = attribute_of(lead.entity, "investor")
    return f" that {country_in_words(investor)} pledged, " if investor and investor != "?" else " pledged, "


def standfirst(view: Overview, origin_count: int) -> str:
    """How much was read, on how many independent origins it rests, and how far it disagrees."""
    publishers = len({say_document(d) for d in view.documents})
    copies = sum(1 for d in view.documents if d.echo_of)
    read = f"{say_count(len(view.documents), 'report')} from {say_count(publishers, 'publisher')} were read"
    read += f", {copies} of them {'a copy' if copies == 1 else 'copies'} of another." if copies else "."
    rest = f" They rest on {say_count(origin_count, 'independent origin')}"
    contested = say_count(len(view.contested), "figure")
    apart = f", contradict each other on {say_count(len(view.conflicts), 'point')}, and leave {contested} contested."
    return read + rest + (apart if view.conflicts or view.contested else ", and do not contradict each other.")


def steps(
    view: Overview, claims: Mapping[str, Claim], documents: Mapping[str, Document]
) -> list[tuple[dt.date, str, Figure]]:
    """When a project was first reported to have reached its stage, and when the first programme's ceiling was.

    Only stages from `pledged` on; projects of one day and stage are taken together; the largest where there are many.
    Where there is room left, the first reports of the other projects' amounts.
    """
    found: dict[tuple[dt.date, Stage | None], list[Project]] = {}
    for project in view.projects:
        day = _first_day(project.stage, claims, documents)
        if day and project.rung not in (None, Stage.CANDIDATE):
            found.setdefault((day, project.rung), []).append(project)
    made: list[tuple[float, dt.date, str, Figure]] = []
    for (day, stage), projects in found.items():
        size = sum(_size(p.amount) for p in projects)
        largest = max(projects, key=lambda p: _size(p.amount))
        name = short_name(largest.entity.name, 32) if len(projects) == 1 else say_count(len(projects), "project")
        if largest.stage and stage:
            made.append((size, day, say_name(f"{name}: {say_stage(stage)}"), largest.stage))
    made += _named(view, claims, documents, taken={m[3].entity.id for m in made})[: max(0, _STEPS - len(made))]
    kept = sorted(sorted(made, key=lambda m: -m[0])[:_STEPS], key=lambda m: m[1])
    told = [(day, words, figure) for _, day, words, figure in kept]
    lead = next((p for p in view.programmes if p.ceiling), None)
    if lead and lead.ceiling and (day := _first_day(lead.ceiling, claims, documents)):
        told.append((day, f"{say(lead.ceiling.value)} first reported", lead.ceiling))
    return sorted(told, key=lambda t: t[0])


def _named(
    view: Overview, claims: Mapping[str, Claim], documents: Mapping[str, Document], taken: set[str]
) -> list[tuple[float, dt.date, str, Figure]]:
    """When the amounts of the largest other projects were first reported, projects of one day taken together."""
    days: dict[dt.date, list[tuple[Project, Figure]]] = {}
    for project in view.projects:
        if project.amount and project.entity.id not in taken and (day := _first_day(project.amount, claims, documents)):
            days.setdefault(day, []).append((project, project.amount))
    made = []
    for day, named in days.items():
        project, amount = max(named, key=lambda pair: _size(pair[1]))
        name = short_name(project.entity.name, 32) if len(named) == 1 else say_count(len(named), "project")
        words = f"{name}: {say(amount.value)}" if len(named) == 1 else f"{name}, to {say(amount.value)}"
        made.append((sum(_size(figure) for _, figure in named), day, say_name(words), amount))
    return sorted(made, key=lambda m: (-m[0], m[1]))


def _first_day(figure: Figure | None, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> dt.date | None:
    ids = figure.sides[0].claims if figure and figure.sides else ()
    held = (documents.get(claims[i].document) for i in ids if i in claims)
    return min((d.reported_on for d in held if d and d.reported_on), default=None)


def _size(figure: Figure | None) -> float:
    value = figure.value if figure else None
    high, low = getattr(value, "high", None), getattr(value, "low", None)
    return float(high or low or 0.0)


def lanes(view: Overview, claims: Mapping[str, Claim]) -> dict[str, str]:
    """The programme that each document says most about, by document id; the smaller programmes share one lane."""
    counts: dict[str, Counter[str]] = {}
    for programme in view.programmes:
        for figure in _figures(programme):
            for id_ in (i for side in figure.sides for i in side.claims if i in claims):
                counts.setdefault(claims[id_].document, Counter())[programme.entity.name] += 1
    most = {document: count.most_common(1)[0][0] for document, count in counts.items()}
    common = [name for name, _ in Counter(most.values()).most_common(_LANES)]
    order = {d.id: most.get(d.id, _OTHER) for d in view.documents}
    named = {id_: name if name in common else _OTHER for id_, name in order.items()}
    rank = [*common, _OTHER]
    return dict(sorted(named.items(), key=lambda pair: rank.index(pair[1])))


def _figures(programme: Programme) -> Iterable[Figure]:
    yield from programme.figures
    for project in (*programme.projects, *programme.tranches):
        yield from project.figures


def look(document: Document, claims: Iterable[Claim]) -> str:
    """How a document speaks: `copy`, `machine` (says it is AI-generated), `relay` (mostly cites a name), else `own`."""
    if document.echo_of:
        return "copy"
    if "ai-generated" in document.notices:
        return "machine"
    held = list(claims)
    citing = sum(1 for claim in held if any(not link.anonymous for link in claim.attribution))
    return "relay" if held and citing * 2 >= len(held) else "own"


def stage_height(project: Project) -> int:
    """How many rungs of the ladder are reached, 0 to 5."""
    value = project.stage.value if project.stage else None
    return LADDER.index(value.stage) + 1 if isinstance(value, StageValue) and value.stage in LADDER else 0
