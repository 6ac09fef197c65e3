"""What `judge` shows: what waits for a judgement with its sentences, and what was judged."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.text import Text

from pledger.views.plain import clean
from pledger.views.terminal import plain

if TYPE_CHECKING:
    from pledger.ledger import Doubt, Judgement

__all__ = ["doubt", "doubt_json", "judgement_json", "judgement_line", "judgements"]

_SENTENCE = 240
"""Characters of a sentence that are shown."""


def doubt(item: Doubt, number: int, total: int) -> RenderableType:
    """One pair: both names, what speaks for and against, and the sentences that name each."""
    head = Text.assemble(
        (f"{number} of {total}  ", "dim"), (f"one {item.what}?  ", "bold yellow"), (clean(item.names[0]), "bold"),
        " / ", (clean(item.names[1]), "bold"), (f"  {item.id}", "dim"),
    )  # fmt: skip
    blocks: list[RenderableType] = [head, plain(f"{'; '.join(item.match.reasons)} ({item.match.score:+.1f})")]
    for name, found in zip(item.names, item.words, strict=True):
        blocks.append(Padding(plain(name, "cyan"), (0, 0, 0, 2)))
        blocks += [
            Padding(Text.assemble(clean(_short(w.sentence)), (f"  {clean(w.where)}", "dim")), (0, 0, 0, 4))
            for w in found
        ]
    return Padding(Group(*blocks), (0, 0, 1, 0))


def _short(sentence: str) -> str:
    text = " ".join(sentence.split())
    return text if len(text) <= _SENTENCE else f"{text[:_SENTENCE].rstrip()}…"


def judgements(items: Sequence[Judgement]) -> RenderableType:
    """All judgements, the withdrawn ones marked as such."""
    if not items:
        return Text("Nothing has been judged in this ledger.")
    blocks: list[RenderableType] = []
    for j in items:
        both = " / ".join(filter(None, (j.subject, j.object)))
        verdict = (f"{j.verdict}  ", "bold green" if j.in_force else "dim strike")
        blocks.append(Text.assemble(verdict, f"{j.value or j.kind}: {clean(both)}", (f"  {j.id}", "dim")))
        told = [f"{j.person}, {j.made_at:%Y-%m-%d}: {j.reason or 'no reason given'}"]
        if j.withdrawn_at is not None:
            told.append(
                f"withdrawn by {j.withdrawn_by}, {j.withdrawn_at:%Y-%m-%d}: {j.withdrawn_reason or 'no reason'}"
            )
        blocks += [Padding(plain(line), (0, 0, 0, 2)) for line in told]
    return Group(*blocks)


def judgement_line(item: Judgement) -> Text:
    """A judgement under the figure that it bears on."""
    return plain(f"judged: {item}", "magenta")


def doubt_json(item: Doubt) -> dict[str, Any]:
    """One pair of `pledger judge --json`."""
    both = zip(item.names, (item.a, item.b), item.words, strict=True)
    return {
        "id": item.id,
        "what": item.what,
        "score": item.match.score,
        "reasons": list(item.match.reasons),
        "sides": [
            {"name": name, "key": key, "sentences": [{"where": w.where, "text": w.sentence} for w in words]}
            for name, key, words in both
        ],
    }


def judgement_json(item: Judgement) -> dict[str, Any]:
    """One judgement of `pledger judge --list --json`."""
    return {
        "id": item.id,
        "kind": item.kind,
        "what": item.value or None,
        "subject": item.subject,
        "object": item.object or None,
        "verdict": item.verdict,
        "by": item.person,
        "made_at": item.made_at.isoformat(),
        "reason": item.reason,
        "withdrawn": None
        if item.withdrawn_at is None
        else {"at": item.withdrawn_at.isoformat(), "by": item.withdrawn_by, "reason": item.withdrawn_reason},
    }
