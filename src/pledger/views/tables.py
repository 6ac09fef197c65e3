"""What `read`, `claims`, `show` and `audit` print: tables that fit 80 columns and use more where there is more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pledger.model import Claim, Document, Entity, EntityKind, Figure, Problem
from pledger.views import grounds, health, sums
from pledger.views.grounds import why
from pledger.views.overview import Programme, Project, about, attribute_of, origins, overview
from pledger.views.plain import clean, excerpt
from pledger.views.terminal import ID, NUMBER, WIDE, amount, nothing, plain, rungs, standing, table
from pledger.views.wording import (
    say,
    say_attribute,
    say_chain,
    say_count,
    say_document,
    say_entity,
    say_name,
    say_notice,
    say_party,
)

if TYPE_CHECKING:
    from pledger.ledger import Ledger, ReadResult

__all__ = [
    "audit", "claims", "conflicts", "documents", "figures", "organisations", "problems", "programmes", "projects",
    "read_line", "shown", "why",
]  # fmt: skip


_KINDS = tuple(EntityKind)
"""Programmes, projects, groups of projects, organisations... in the order of the model."""


def read_line(result: ReadResult) -> RenderableType:
    """What a reading brought, in a line: `36 documents read, 412 claims; 2 known already; 1 problem`."""
    parts = [f"{say_count(result.documents, 'document')} read, {say_count(result.claims, 'claim')}"]
    if result.known:
        parts.append(f"{result.known} known already")
    if result.problems:
        parts.append(say_count(len(result.problems), "problem"))
    return Text("; ".join(parts), style="bold")


def shown(ledger: Ledger, what: str, name: str | None = None, as_of: dt.date | None = None) -> RenderableType:
    """The table of `pledger show WHAT [NAME]`: those whose name, other names or id hold `name`, whatever the case."""
    match what:
        case "documents":
            return documents(ledger.documents(as_of=as_of))
        case "claims":
            its: dict[str, list[Claim]] = {}
            for claim in ledger.claims(as_of=as_of):
                if name is None or name.casefold() in claim.subject.text.casefold():
                    its.setdefault(claim.document, []).append(claim)
            told = [claims(d, its[d.id]) for d in ledger.documents(as_of=as_of) if d.id in its]
            return Group(*told) if told else nothing(what, name)
        case "rollup":
            return sums.rollups([r for r in ledger.rollups(as_of=as_of) if about(r.programme, name)], name)
        case "sources":
            return health.sources(ledger.sources(as_of=as_of), name)
        case "organisations":
            entities = [e for e in ledger.entities(as_of=as_of) if e.kind is EntityKind.ORGANISATION]
            held = [e for e in entities if about(e, name)]
            return organisations(held) if held else nothing(what, name)
        case "figures":
            known = [f for f in ledger.figures(as_of=as_of) if about(f.entity, name) or f.id == name]
            return figures(known) if known else nothing(what, name)
    view = overview(ledger, as_of)
    if what == "programmes":
        pledges = [p for p in view.programmes if about(p.entity, name)]
        return programmes(pledges) if pledges else nothing(what, name)
    found = [p for p in view.projects if about(p.entity, name)]
    return projects(found) if found else nothing(what, name)


def conflicts(ledger: Ledger, as_of: dt.date | None = None) -> RenderableType:
    """Every conflict of the ledger with its explanation and its sides."""
    return grounds.conflicts(ledger.conflicts(as_of=as_of))


def programmes(items: Sequence[Programme]) -> RenderableType:
    """Programmes: ceiling, how well it is supported, what projects add up to, and the id to ask `why` with."""
    rows = table("Programme", "Pledged", "Standing", ("Origins", NUMBER), ("Projects", NUMBER), ("Id", ID))
    for item in items:
        held = item.ceiling
        rows.add_row(
            plain(say_name(item.entity.name)),
            amount(held),
            standing(held.standing) if held else Text("-"),
            str(len(origins([held], leading=True))) if held else "-",
            str(len(item.projects)),
            held.id if held else "-",
        )
    return rows if items else nothing("programmes")


def projects(items: Sequence[Project]) -> RenderableType:
    """Projects, two lines each: name, stage, amount, standing; place and sponsors, rungs, id to ask `why`, origins."""
    columns: list[tuple[str, dict[str, object]]] = [
        ("Project", {}),
        ("Stage", {"no_wrap": True}),
        ("Amount", {}),
        ("Support", {}),
    ]
    rows = table(*columns)
    for item in items:
        told = [item.place] if item.place and item.place.lower() not in item.entity.name.lower() else []
        told.append(sponsors(item) or attribute_of(item.entity, "sponsor") or "sponsor not reported")
        count = f"{say_count(len(origins(item.figures)), 'origin')} in all"
        rows.add_row(
            Text("\n").join([plain(say_name(item.entity.name), "bold"), plain("; ".join(told), "dim")]),
            rungs(item.rung),
            Text("\n").join([amount(item.amount), Text(item.amount.id if item.amount else "", style="dim")]),
            Text("\n").join([Text.assemble(standing(item.standing), item.least_sure), Text(count, style="dim")]),
        )
    return rows if items else nothing("projects")


def sponsors(project: Project) -> str:
    """Who sponsors it: each name of each side, since two sponsors of one project are no contradiction."""
    return ", ".join(dict.fromkeys(say_party(side.value) for figure in project.sponsors for side in figure.sides))


def figures(items: Sequence[Figure]) -> RenderableType:
    """Figures: of what, which, how much, how well supported, and the id to ask `why` with."""
    rows = table("Id", "Of", "What", "Value", "Standing", ("Origins", NUMBER))
    rows.columns[0].no_wrap, rows.columns[0].style, rows.columns[4].no_wrap = True, "dim", True
    # Pledges first: what nobody pledged (markets, budgets) and what no subject is told of come last.
    for item in sorted(items, key=lambda f: _KINDS.index(f.entity.kind)):
        rows.add_row(
            item.id,
            plain(say_entity(item.entity)),
            plain(say_attribute(item.attribute, item.qualifier)),
            amount(item),
            standing(item.standing),
            str(len(origins([item], leading=True))),
        )
    return rows if items else nothing("figures")


def organisations(items: Sequence[Entity]) -> RenderableType:
    """Organisations (or any other entities) with all their names in all scripts."""
    rows = table("Name", ("Also", WIDE), "Kind", ("Id", ID))
    for item in items:
        rows.add_row(plain(item.name), plain(", ".join(item.aliases)), item.kind.value, item.id)
    return rows if items else nothing("organisations")


def documents(items: Sequence[Document]) -> RenderableType:
    """Documents: when, who, what; and what is to be known about them."""
    rows = table(("Date", {"no_wrap": True}), "Publisher", ("Title", WIDE), "Remarks", ("Id", ID))
    for item in sorted(items, key=lambda d: (d.reported_on is None, d.reported_on, say_document(d), d.id)):
        remarks = [say_notice(n) for n in item.notices] + (["copy of an earlier text"] if item.echo_of else [])
        rows.add_row(
            item.reported_on.isoformat() if item.reported_on else "undated",
            plain(say_document(item)),
            plain(item.title or item.path),
            plain(", ".join(remarks)),
            item.id[:12],
        )
    return rows if items else nothing("documents")


def claims(document: Document, items: Sequence[Claim]) -> RenderableType:
    """A document's claims, each with the words that carry it and who says so."""
    head = Text.assemble(
        (clean(say_document(document)), "bold"), f"  {clean(document.title or '')}  ", (clean(document.path), "dim")
    )
    rows = table("Attribute", "Of", "Value", ("Words", WIDE), "Said by")
    for item in items:
        qualifier = f", {item.modality.value}" if item.modality.value != "asserted" else ""
        _, words, _ = excerpt(item.text, 0, len(item.text), 120)
        rows.add_row(
            f"{item.attribute.value}{qualifier}",
            plain(item.subject.text),
            plain(say(item.value), "bold"),
            Text(f"“{words}”"),
            plain(say_chain(document, item.attribution)),
        )
    return Group(head, rows if items else Text("no claim found in it", style="dim"))


def audit(ledger: Ledger, found: Sequence[Problem]) -> RenderableType:
    """The result of an audit: every figure leads to its sentences, or each that does not."""
    if found:
        return Group(Text(f"Audit failed: {say_count(len(found), 'finding')}.", style="bold red"), problems(found))
    walked = f"{say_count(len(ledger.figures()), 'figure')} and {say_count(len(ledger.conflicts()), 'conflict')}"
    return Text(f"Audit passed: {walked} walked, every one leads to its sentences.", style="bold green")


def problems(items: Iterable[Problem]) -> RenderableType:
    """Problems with their mends."""
    blocks: list[RenderableType] = []
    for item in items:
        head = Text.assemble((clean(item.what), "bold red"), "  ", clean(item.where))
        mend = Text.assemble(("Mend: ", "bold"), clean(item.mend)) if item.mend else Text("")
        blocks += [head, Padding(Group(plain(item.why), mend), (0, 0, 0, 2))]
    return Group(*blocks) if blocks else Text("No problems.", style="green")
