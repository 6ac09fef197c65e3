"""The page of a figure (or of a conflict): its sides with their weights, each origin, each sentence in its place."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from functools import lru_cache
from itertools import groupby

from pledger.ledger import Evidence, Ledger, Why
from pledger.model import Conflict, Figure, Origin, Side
from pledger.views import scales
from pledger.views.jsons import conflict_json, why_json
from pledger.views.judging import judgement_json
from pledger.views.plain import clean, edged
from pledger.views.web.answers import Answer, Cell, Chart, Sheet
from pledger.views.web.citing import Citation, citation
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State
from pledger.views.wording import chain, say, say_attribute, say_matter, say_modality, say_name, say_origin

__all__ = ["Sentence", "Share", "conflict_of", "conflict_page", "figure_page"]

_SENTENCES = 50
"""Sentences of one figure that are shown on its page; all of them are in the files that may be taken away."""
_ORIGINS = 25
"""Origins of one side that are listed."""
_CONTEXT = 240
"""Characters of the text that are shown on either side of a sentence."""
_WORD = 24
"""Letters that a word in halves may have; scripts without blanks are cut anywhere."""
_COLUMNS = (
    "Side", "Value", "Weight of side", "Origin", "Grade", "Weight of origin", "Sentence", "Publisher", "Reported",
    "Address", "Claim",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as it stands in its text."""

    evidence: Evidence
    before: str
    start: str
    words: str
    rest: str
    after: str
    chain: tuple[str, ...]
    modality: str


@dataclass(frozen=True, slots=True)
class Share:
    """One origin on a side, as a step of the sum `1 - (1 - r1)(1 - r2)...` that is the side's weight."""

    origin: Origin
    before: float
    """Weight of the side without it and all that come after it."""
    after: float
    sentences: tuple[Sentence, ...]
    more: int = 0
    """Sentences of it that are not shown."""


def figure_page(room: Room, state: State) -> Answer:
    """A figure and everything behind it."""
    ledger, coming = room.near(state, lambda now: now.entity_of(state.get("id").partition(".")[0]))
    why = _why(ledger, state.get("id"))
    figure = why.figure
    name = say_name(clean(figure.entity.name))
    what = clean(say_attribute(figure.attribute, figure.qualifier))
    scale, cited = _scale(figure), _cited(figure, what, state, room)
    return Answer(
        "figure.html.j2",
        f"{clean(say(figure.value))}: {name}, {what}",
        lambda: why_json(why) | {"judgements": [judgement_json(j) for j in why.judgements], "cited": asdict(cited)},
        (Sheet("Evidence", _COLUMNS, lambda: _rows(why)),),
        {
            "figure": figure,
            "conflict": None,
            "what": what,
            "sides": _sides(why, state.get("id")),
            "scale": scale,
            "judgements": why.judgements,
            "cited": cited,
        },
        source=f"{name}, {what}, figure {figure.id}",
        charts=(scale,) if scale else (),
        coming=coming,
    )


def conflict_page(room: Room, state: State) -> Answer:
    """A conflict: its sides beside one another, and the sentence that explains it."""
    ledger, coming = room.near(state, lambda now: now.entity_of(state.get("id")))
    conflict = conflict_of(ledger, state.get("id"))
    why = _why(ledger, conflict.id)
    name = say_name(clean(conflict.entity.name))
    what = clean(say_matter(conflict))
    scale, cited = _scale(why.figure), _cited(why.figure, what, state, room)
    return Answer(
        "figure.html.j2",
        f"{name}: where the reports disagree",
        lambda: conflict_json(conflict) | {"claims": why_json(why)["claims"], "cited": asdict(cited)},
        (Sheet("Evidence", _COLUMNS, lambda: _rows(why)),),
        {
            "figure": why.figure,
            "conflict": conflict,
            "what": what,
            "sides": _sides(why, state.get("id")),
            "scale": scale,
            "judgements": why.judgements,
            "cited": cited,
        },
        source=f"{name}, {what}, contradiction {conflict.id}",
        charts=(scale,) if scale else (),
        coming=coming,
    )


def conflict_of(ledger: Ledger, id_: str) -> Conflict:
    """The conflict with this id; a request for one that is not there is answered with 404."""
    why = ledger.why(id_)
    its = () if why is None else ledger.conflicts(entity=why.figure.entity.id)
    found = next((c for c in its if why is not None and c.id == why.figure.id), None)
    if found is None:
        raise RequestError(f"there is no contradiction with the id {id_[:40]!r}", 404)
    return found


def _why(ledger: Ledger, id_: str) -> Why:
    why = ledger.why(id_)
    if why is None:
        raise RequestError(f"there is no figure with the id {id_[:40]!r} in this ledger at this moment", 404)
    return why


def _sides(why: Why, wanted: str) -> list[tuple[Side, list[Share]]]:
    """Each side with its origins, the weightiest first, and what each adds to the side's weight.

    Of a figure with more sentences than a page holds, the first of each origin, and the claim that is `wanted`.
    """
    its: dict[tuple[int, str], list[Evidence]] = defaultdict(list)
    for e in why.evidence:
        its[e.side, e.origin.name].append(e)
    each = max(1, _SENTENCES // max(1, sum(min(len(side.origins), _ORIGINS) for side in why.figure.sides)))
    found = []
    for number, side in enumerate(why.figure.sides):
        shares, left = [], 1.0
        for place, origin in enumerate(sorted(side.origins, key=lambda o: -o.weight)):
            before, left = 1 - left, left * (1 - origin.weight)
            if place >= _ORIGINS and wanted not in origin.claims:
                continue
            mine = sorted(its[number, origin.name], key=lambda e: e.claim.id != wanted)
            shown = mine if len(why.evidence) <= _SENTENCES else mine[:each]
            shares.append(Share(origin, before, 1 - left, tuple(_sentence(e) for e in shown), len(mine) - len(shown)))
        found.append((side, shares))
    return found


def _sentence(evidence: Evidence) -> Sentence:
    claim, text = evidence.claim, evidence.document.text
    start, end = claim.sentence.start, claim.sentence.end
    return Sentence(
        evidence=evidence,
        before=_cut(text[max(0, start - _CONTEXT) : start], start > _CONTEXT, left=True),
        start=edged(text[start : claim.span.start]),
        words=clean(text[claim.span.start : claim.span.end]),
        rest=edged(text[claim.span.end : end]),
        after=_cut(text[end : end + _CONTEXT], len(text) > end + _CONTEXT, left=False),
        chain=tuple(name for name, _ in groupby(clean(c) for c in chain(evidence.document, claim.attribution))),
        modality="" if claim.modality.value == "asserted" else say_modality(claim.modality, claim.modality_words),
    )


def _cut(text: str, cut: bool, *, left: bool) -> str:
    """The text on one line; where it is cut, at the first whole word (or the last one), with an ellipsis."""
    words = edged(text)
    if not cut or not words.strip():
        return words
    whole, blank, half = words.rstrip().rpartition(" ") if not left else words.lstrip().partition(" ")[::-1]
    kept = whole if blank and len(half) <= _WORD else words.lstrip() if left else words.rstrip()
    return f"…{kept}" if left else f"{kept}…"


def _rows(why: Why) -> Sequence[tuple[Cell, ...]]:
    return [
        (
            e.side + 1,
            clean(say(why.figure.sides[e.side].value)),
            round(why.figure.sides[e.side].weight, 4),
            clean(say_origin(e.origin.name)),
            e.origin.graded,
            round(e.origin.weight, 4),
            clean(e.sentence),
            clean(e.document.publisher or ""),
            e.document.reported_on,
            e.document.url or e.document.path,
            e.claim.id,
        )
        for e in why.evidence
    ]


def _scale(figure: Figure) -> Chart | None:
    """The sides on one scale, where their values have an order."""
    if _drawn(figure, 336, "scale") is None:
        return None
    title = f"{say_name(clean(figure.entity.name))}: {clean(say_attribute(figure.attribute, figure.qualifier))}"
    return Chart("scale", title, lambda width, id_: _drawn(figure, width, id_) or "")


@lru_cache(maxsize=512)
def _drawn(figure: Figure, width: int, name: str) -> str | None:
    told = "; ".join(f"{say(side.value)}, weight {side.weight:.2f}" for side in figure.sides)
    return scales.sides(
        figure,
        width,
        name,
        clean(say_attribute(figure.attribute, figure.qualifier)),
        clean(told),
        lambda n: f"#side-{n + 1}",
    )


def _cited(figure: Figure, what: str, state: State, room: Room) -> Citation:
    return citation(figure, what, state.moment, room.name)
