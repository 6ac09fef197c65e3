"""The page of judgements: what waits for one, and every one that was made, the withdrawn ones too."""

from __future__ import annotations

from functools import lru_cache

from pledger.ledger import Doubt, Judgement, Ledger
from pledger.ledger.judgements import MATCHES
from pledger.views.judging import doubt_json, judgement_json
from pledger.views.plain import clean
from pledger.views.web import gather
from pledger.views.web.answers import Answer, Cell, Sheet
from pledger.views.web.pages.figures import page_number
from pledger.views.web.serving import Room
from pledger.views.web.state import State

__all__ = ["judgements_page"]

_SIZE = 20
_MOST = 60_000
"""Figures up to which all names are compared while somebody waits for a page."""
_WAITING = ("What", "A", "B", "Score", "For and against", "Id")
_MADE = ("Judged", "Of", "And", "Verdict", "By", "Made at", "Reason", "Withdrawn at", "Withdrawn by", "Why", "Id")


def judgements_page(room: Room, state: State) -> Answer:
    """Pairs that wait for a judgement, the likeliest first, and the judgements, the latest first."""
    ledger = room.at(state)
    number, words = page_number(state), state.get("q").casefold()
    large = gather.counts(ledger).figures > _MOST
    every = () if large else _waiting(room.ledger, room.ledger.version())
    doubts = [d for d in every if any(words in name.casefold() for name in d.names)]
    made = sorted(ledger.judgements(), key=lambda j: (j.made_at, j.id), reverse=True)
    shown = doubts[_SIZE * (number - 1) : _SIZE * number]
    return Answer(
        "judgements.html.j2",
        "Judgements",
        {
            "total": len(doubts),
            "page": number,
            "too_large": large,
            "waiting": [doubt_json(d) for d in shown],
            "judged": [judgement_json(j) for j in made],
        },
        (
            Sheet("Waiting", _WAITING, [_doubt(d) for d in doubts]),
            Sheet("Judged", _MADE, [_row(j) for j in made]),
        ),
        {
            "doubts": shown,
            "judgements": made,
            "total": len(doubts),
            "large": large,
            "number": number,
            "last": max(1, -(-len(doubts) // _SIZE)),
            "kinds": [kind for kind in MATCHES if kind != "project"],  # projects are told apart by more than a name
        },
    )


def _doubt(doubt: Doubt) -> tuple[Cell, ...]:
    one, other = map(clean, doubt.names)
    return (doubt.what, one, other, doubt.match.score, "; ".join(doubt.match.reasons), doubt.id)


def _row(made: Judgement) -> tuple[Cell, ...]:
    return (
        made.value or made.kind,
        clean(made.subject),
        clean(made.object) or None,
        made.verdict,
        clean(made.person),
        made.made_at.isoformat(),
        clean(made.reason),
        made.withdrawn_at.isoformat() if made.withdrawn_at else None,
        clean(made.withdrawn_by or "") or None,
        clean(made.withdrawn_reason or "") or None,
        made.id,
    )


@lru_cache(maxsize=4)
def _waiting(ledger: Ledger, version: str) -> tuple[Doubt, ...]:
    """Remembered for as long as nothing is read or judged."""
    del version
    return tuple(ledger.doubts())
