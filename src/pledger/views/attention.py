"""What `pledger attention` prints: the facts to check next, each with the sentences behind it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pledger.vehicle.asking.quantities import Quantity
from pledger.views.days import say_date
from pledger.views.jsons import evidence_json
from pledger.views.plain import clean, excerpt
from pledger.views.terminal import NUMBER, plain, table
from pledger.views.wording import say_chain

if TYPE_CHECKING:
    from pledger.ledger.why import Evidence
    from pledger.vehicle.asking.attention import Attention

__all__ = ["attention", "attention_json", "sentence"]

Json = dict[str, Any]
Fact = tuple["Attention", Sequence["Evidence"]]
"""A fact, and the sentences behind it."""


def attention(
    about: Quantity, facts: Sequence[Fact], unreported: Sequence[Attention], scenarios: int
) -> RenderableType:
    """The facts, those that settle most on top, each with its sentences; below, what no report can settle."""
    head = Text.assemble(
        "What to check next for ",
        (clean(about.label), "bold"),
        f": the share of its variance that would go if the fact were settled ({scenarios:,} scenarios)",
    )
    blocks: list[RenderableType] = [head, Text("")]
    if not facts:
        blocks.append(Text("No reported fact leaves this answer open.", style="dim"))
    for place, (fact, sentences) in enumerate(facts, 1):
        line = Text.assemble(
            f"{place:>2}  ", (_index(fact), "bold"), "  ", clean(fact.label), (f"  {fact.figure or ''}", "dim")
        )
        blocks.append(line)
        blocks += [Padding(sentence(one), (0, 0, 0, 6)) for one in sentences]
        blocks.append(Text(""))
    if facts:
        blocks += [Text("`pledger why ID` has every sentence behind a fact.", style="dim"), Text("")]
    if unreported:
        rows = table(("Of the variance", NUMBER), "Not settled by any report", "Basis")
        for fact in unreported:
            rows.add_row(_index(fact), plain(fact.label), fact.basis.value)
        blocks.append(rows)
    return Group(*blocks)


def _index(fact: Attention) -> str:
    return f"{100 * max(0.0, fact.index.value):.1f} % ± {100 * fact.index.error:.1f}"


def sentence(item: Evidence) -> RenderableType:
    """The sentence, and who said so when."""
    start = item.claim.span.start - item.claim.sentence.start
    before, words, after = excerpt(item.sentence, start, start + len(item.claim.text), 240)
    day = say_date(item.document.reported_on) if item.document.reported_on else "undated"
    chain = clean(say_chain(item.document, item.claim.attribution))
    return Group(
        Text.assemble("“", before, (words, "bold"), after, "”"),
        Text(f"{chain}, {day}  grade {item.origin.graded}", style="dim"),
    )


def attention_json(
    about: Quantity, facts: Sequence[Fact], unreported: Sequence[Attention], scenarios: int, seed: int
) -> Json:
    """The same for programs."""
    return {
        "answer": about.name,
        "scenarios": scenarios,
        "seed": seed,
        "facts": [_fact_json(fact) | {"sentences": [evidence_json(one) for one in said]} for fact, said in facts],
        "not_settled_by_reports": [_fact_json(fact) for fact in unreported],
    }


def _fact_json(fact: Attention) -> Json:
    return {
        "index": fact.index.value,
        "error": fact.index.error,
        "label": fact.label,
        "inputs": list(fact.inputs),
        "basis": fact.basis.value,
        "figure": fact.figure,
        "claims": list(fact.claims),
        "sources": [{"where": s.where, "year": s.year, "weak": s.weak} for s in fact.sources],
    }
