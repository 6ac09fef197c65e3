"""What `pledger changes` prints: changes by programme, each with the sentence that brought it; and the same as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.model import Attribute, Standing
from pledger.views.jsons import evidence_json, value_json
from pledger.views.plain import clean, excerpt
from pledger.views.terminal import WIDE, heading, plain, table
from pledger.views.wording import say_attribute, say_count, say_date, say_entity, say_name, say_origin, say_standing

if TYPE_CHECKING:
    from pledger.ledger import Change

__all__ = ["change_json", "changes", "headline", "matter", "story", "told"]

_COLOURS = {
    "contradicted": "yellow",
    "withdrawn": "red",
    "replaced": "magenta",
    "new": "cyan",
    "upgraded": "green",
    "weakened": "red",
    "settled": "green",
    "refined": "dim",
}
_LONGEST = 240
"""Characters of a sentence that are shown."""


def changes(items: Sequence[Change], since: str) -> RenderableType:
    """Changes in groups, one a programme, that with the weightiest change first; `since`: of what stretch of time."""
    if not items:
        return Text(f"Nothing has changed {since}.", style="green")
    groups: dict[str, list[Change]] = {}
    for item in items:
        groups.setdefault(item.programme or "No programme", []).append(item)
    blocks: list[RenderableType] = [Text(f"{say_count(len(items), 'change')} {since}.", style="bold")]
    for name, its in groups.items():
        rows = table(("Change", {"no_wrap": True}), ("What, and by which words", WIDE))
        for item in its:
            head = Text.assemble(plain(say_entity(item.entity), "bold"), f", {matter(item)}  ", (item.about, "dim"))
            lines = [head, Text(told(item)), *(_line(e) for e in item.evidence[:1])]
            rows.add_row(Text(item.kind.value, style=_COLOURS[item.kind]), Text("\n").join(lines))
        blocks += [Text(""), heading(clean(say_name(name))), rows]
    return Group(*blocks)


def _line(item: Any) -> Text:
    """Who said so and when, and the sentence."""
    return Text(f"{said_by(item)}: “{_short(item.sentence)}”", style="dim")


def _short(sentence: str) -> str:
    return "".join(excerpt(sentence, 0, len(sentence), _LONGEST))


def said_by(item: Any) -> str:
    """`Reuters, 18 February 2026`."""
    day = say_date(item.document.reported_on) if item.document.reported_on else "undated"
    return f"{clean(say_origin(item.origin.name))} [{item.origin.graded}], {day}"


def matter(item: Change) -> str:
    """What of the entity has changed: `amount`, `date of start`; the entity itself."""
    return say_attribute(item.attribute, clean(item.qualifier)) if item.attribute else str(item.entity.kind)


def told(item: Change) -> str:
    """What has happened, without what `matter` says already beside it: `14 November 2025 → 26 January 2026`."""
    words = clean(item.words)
    if item.attribute is None:
        return words.removeprefix(f"new {item.entity.kind}: ")
    if item.attribute in (Attribute.DATE, Attribute.CONDITION) and item.qualifier:
        words = words.replace(f"{clean(item.qualifier)}: ", "")
    for standing in Standing:
        words = words.replace(f"{standing} -> ", f"{say_standing(standing)} -> ").replace(
            f" -> {standing}: ", f" -> {say_standing(standing)}: "
        )
    return words.replace(" -> ", " → ")


def headline(item: Change) -> str:
    """A change in a line, as a feed's reader lists it."""
    return f"{item.kind.value.capitalize()}: {clean(say_entity(item.entity))}, {matter(item)}: {told(item)}"


def story(item: Change) -> list[tuple[str, str, str | None]]:
    """The sentences that brought a change: the words, who said so and when, and the address where there is one."""
    return list(dict.fromkeys((_short(e.sentence), said_by(e), e.document.url) for e in item.evidence))


def change_json(item: Change) -> dict[str, Any]:
    """One change of `pledger changes --json`."""
    return {
        "id": item.id,
        "kind": item.kind.value,
        "programme": item.programme,
        "entity": {"id": item.entity.id, "kind": item.entity.kind.value, "name": item.entity.name},
        "attribute": item.attribute.value if item.attribute else None,
        "qualifier": item.qualifier,
        "before": value_json(item.before) if item.before is not None else None,
        "after": value_json(item.after) if item.after is not None else None,
        "standing_before": _standing(item.standing_before),
        "standing": _standing(item.standing),
        "said": item.words,
        "about": item.about,
        "weight": round(item.weight, 6),
        "claims": list(item.claims),
        "evidence": [evidence_json(e) for e in item.evidence],
    }


def _standing(standing: Standing | None) -> str | None:
    return standing.value if standing else None
