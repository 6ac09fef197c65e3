"""What `pledger health` and `pledger show sources` print: scores as bars, what is missing, records; and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.views.overview import about
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, nothing, plain, table
from pledger.views.wording import say_count, say_date, say_name, say_origin

if TYPE_CHECKING:
    from pledger.ledger import Health, Record

__all__ = ["health", "health_json", "healths", "record_json", "sources"]

_BAR = 10
_GOOD, _FAIR = 0.6, 0.35


def healths(items: Sequence[Health], name: str | None = None) -> list[Health]:
    """Those whose entity's name, other names or id hold `name`, whatever the case."""
    return [item for item in items if about(item.entity, name)]


def health(items: Sequence[Health], name: str | None = None) -> RenderableType:
    """One record a row, the poorest first: its score and its three parts as bars, the last word, what is missing."""
    rows = table("Record", ("Health", {"no_wrap": True}), "Last word", "Missing")
    for item in items:
        parts = (
            ("all    ", item.score),
            ("sources", item.sources),
            ("fields ", item.fields),
            ("fresh  ", item.freshness),
        )
        numbers = ((item.figures, "figure"), (item.origins, "origin"), (item.documents, "document"))
        counts = ", ".join(say_count(*number) for number in numbers)
        last = (
            "undated"
            if item.last_word is None
            else f"{say_date(item.last_word)}\n{say_count(item.age or 0, 'day')} ago"
        )
        rows.add_row(
            Text("\n").join([plain(say_name(item.entity.name), "bold"), Text(counts, style="dim")]),
            Text("\n").join(_bar(label, share) for label, share in parts),
            Text(last),
            Text(", ".join(item.missing) or "nothing"),
        )
    return rows if items else nothing("projects", name)


def _bar(label: str, share: float) -> Text:
    """`sources ######.... 0.61`, in ASCII, so that any terminal shows it."""
    full = round(_BAR * share)
    colour = "green" if share >= _GOOD else "yellow" if share >= _FAIR else "red"
    return Text.assemble(f"{label} ", ("#" * full, colour), ("." * (_BAR - full), "dim"), f" {share:.2f}")


def sources(items: Sequence[Record], name: str | None = None) -> RenderableType:
    """Origins with their grade and what has become of what they said."""
    held = [item for item in items if name is None or name.casefold() in item.origin.casefold()]
    columns = ("Claims", "Statements", "Confirmed", "Contradicted", "Replaced", "Open", "Rate")
    rows = table("Source", "Grade", *((column, NUMBER) for column in columns))
    for item in held:
        counts = (item.claims, item.statements, item.confirmed, item.contradicted, item.replaced, item.open)
        rows.add_row(
            plain(say_origin(item.origin)),
            f"{item.grade} judged" if item.judgements else item.grade,
            *map(str, counts),
            f"{item.rate:.2f}",
        )
    if not held:
        return nothing("sources", name)
    note = (
        "A statement is a source's word for one value of one figure. The rate is what its grade promises, moved by its "
        "record; it is shown as evidence and weighs nothing."
    )
    return Group(rows, Text(note, style="dim"))


def health_json(item: Health) -> dict[str, Any]:
    """One record of `pledger health --json`; shares and scores are 0 to 1."""
    return {
        "entity": {"id": item.entity.id, "kind": item.entity.kind.value, "name": clean(item.entity.name)},
        "score": round(item.score, 6),
        "parts": {
            "sources": round(item.sources, 6),
            "fields": round(item.fields, 6),
            "freshness": round(item.freshness, 6),
        },
        "official": round(item.official, 6),
        "named": round(item.named, 6),
        "independent": round(item.independent, 6),
        "origins": item.origins,
        "figures": item.figures,
        "documents": item.documents,
        "documents_per_figure": round(item.documents_per_figure, 6),
        "last_word": item.last_word.isoformat() if item.last_word else None,
        "age": item.age,
        "fields": [{"name": f.name, "filled": f.filled, "figure": f.figure} for f in item.record],
        "missing": list(item.missing),
    }


def record_json(item: Record) -> dict[str, Any]:
    """One source of `pledger show sources --json`."""
    return {
        "origin": item.origin,
        "grade": item.grade,
        "judgements": list(item.judgements),
        "claims": item.claims,
        "statements": item.statements,
        "confirmed": item.confirmed,
        "contradicted": item.contradicted,
        "replaced": item.replaced,
        "open": item.open,
        "rate": round(item.rate, 6),
    }
