"""What `conflicts` and `why` print: the sentences, who said so, what each origin weighs, and what does not fit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console, ConsoleOptions, Group, RenderableType, RenderResult
from rich.padding import Padding
from rich.rule import Rule
from rich.text import Text

from pledger.model import Conflict, Side
from pledger.views.judging import judgement_line
from pledger.views.overview import origins
from pledger.views.plain import clean, excerpt
from pledger.views.terminal import amount, plain, standing
from pledger.views.wording import (
    say,
    say_attribute,
    say_chain,
    say_conflict_kind,
    say_count,
    say_date,
    say_entity,
    say_matter,
    say_modality,
    say_notice,
    say_origin,
    say_weight,
)

if TYPE_CHECKING:
    from pledger.ledger.why import Evidence, Why

__all__ = ["conflicts", "evidence", "side_line", "why"]


_LEVELS = {"high": "bold red", "medium": "yellow", "low": "dim"}


def conflicts(items: Sequence[Conflict]) -> RenderableType:
    """Each conflict with its explanation on top and its sides under it."""
    if not items:
        return Text("No conflicts: what the ledger holds agrees with itself.", style="green")
    blocks: list[RenderableType] = []
    for item in items:
        head = Text.assemble(
            (say_conflict_kind(item.kind).upper(), "bold yellow"),
            "  ",
            (clean(say_entity(item.entity)), "bold"),
            f", {clean(say_matter(item))}  ",
            (f"{item.level} ({item.severity:g})  ", _LEVELS[item.level]),
            (item.id, "dim"),
        )
        sides = [side_line(side) for side in item.sides]
        source = [plain(f"Checked against: {item.reference}", "dim")] if item.reference else []
        blocks += [head, plain(item.explanation), Padding(Group(*sides, *source), (0, 0, 1, 2))]
    return Group(*blocks)


def side_line(side: Side) -> Text:
    """One side in a line: its value, its weight, and who is behind it."""
    names = ", ".join(f"{clean(say_origin(o.name))} [{o.graded}]" for o in side.origins)
    said = clean(say(side.value))
    return Text.assemble((said, "bold"), (f"  {say_weight(side.weight)}  ", "dim"), names or "reference figure")


def why(item: Why) -> RenderableType:
    """A figure, then each side with its sentences: the words marked, who said so, and what that origin weighs."""
    figure = item.figure
    origin_count = say_count(len(origins([figure])), "independent origin")
    head = Text.assemble(
        (clean(say_entity(figure.entity)), "bold"),
        f", {say_attribute(figure.attribute, clean(figure.qualifier))}: ",
        amount(figure),
    )
    facts = Text.assemble(
        standing(figure.standing),
        f", {origin_count}, {say_count(figure.documents, 'document')}",
        (f"  {figure.id}", "dim"),
    )
    blocks: list[RenderableType] = [head, facts, *map(judgement_line, item.judgements)]
    for number, side in enumerate(figure.sides):
        title = Text.assemble((clean(say(side.value)), "bold"), f"  {say_weight(side.weight)}")
        blocks += [Text(""), Rule(title, align="left", characters="-", style="dim")]
        blocks += [Padding(evidence(e), (1, 0, 0, 2)) for e in item.evidence if e.side == number]
    return Group(*blocks)


class _Marked:
    """A sentence with the words that carry the value marked: reversed in colour, in brackets where there is none."""

    def __init__(self, before: str, words: str, after: str) -> None:
        self._parts = (before, words, after)

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        del options
        before, words, after = self._parts
        if console.is_terminal and not console.no_color:
            yield Text.assemble("“", before, (words, "bold reverse"), after, "”")
        else:
            yield Text.assemble("“", before, f"[{words}]", after, "”")


def evidence(item: Evidence) -> RenderableType:
    """One sentence with the words that carry the value marked, and the chain of who said so."""
    start = item.claim.span.start - item.claim.sentence.start
    before, words, after = excerpt(item.sentence, start, start + len(item.claim.text))
    sentence = _Marked(before, words, after)
    document = item.document
    chain = plain(say_chain(document, item.claim.attribution))
    day = say_date(document.reported_on) if document.reported_on else "undated"
    remarks = [say_notice(n) for n in document.notices] + (["copy of an earlier text"] if document.echo_of else [])
    if item.claim.reader:
        remarks.insert(0, f"what it belongs to was told by {clean(item.claim.reader)}; words and value checked")
    if item.claim.modality.value != "asserted":
        remarks.insert(0, say_modality(item.claim.modality, item.claim.modality_words))
    origin = Text.assemble(
        ("origin ", "dim"),
        clean(say_origin(item.origin.name)),
        f"  grade {item.origin.graded}  weight {item.origin.weight:.2f}",
    )
    lines: list[RenderableType] = [sentence, chain, plain(f"{day}  {document.url or document.path}", "dim"), origin]
    if remarks:
        lines.append(plain(", ".join(remarks), "yellow"))
    return Group(*lines)
