"""Slips: two sides a factor of ten, a hundred or a thousand apart, or one number in two currencies."""

from __future__ import annotations

from collections.abc import Sequence

from pledger.ledger.conflicts.pairs import Pair, factor, pairs
from pledger.ledger.explain import articles, conflict, documents, point, who
from pledger.ledger.picture import Picture
from pledger.ledger.say import count, names
from pledger.ledger.say import value as say
from pledger.ledger.voices import Voice
from pledger.model import Conflict, ConflictKind

__all__ = ["slips"]


def slips(picture: Picture) -> list[Conflict]:
    """Every slip, explained as a relay's where the source that the lighter side cites is cited for the heavier too."""
    return [
        conflict(
            pair.figure.entity,
            pair.figure.attribute,
            ConflictKind.SLIP,
            (pair.heavy, pair.light),
            _explain(picture, pair),
        )
        for pair in pairs(picture, ConflictKind.SLIP)
    ]


def _explain(picture: Picture, pair: Pair) -> str:
    heavy, light = picture.of(pair.heavy), picture.of(pair.light)
    high, low = say(pair.heavy.value), say(pair.light.value)
    power = factor(pair.heavy, pair.light)
    smaller = (point(pair.light.value) or 0) < (point(pair.heavy.value) or 0)
    erring = _error(power, smaller, any(v.document.language[:2] in _CJK for v in light))
    shared = {key for v in light for key in v.root.credits} & {k for v in heavy for k in (v.root.key, *v.root.relays)}
    shared -= {v.root.publisher for v in light}  # Who names itself cites nobody.
    if shared:
        return _relay(heavy, light, high, low, shared, erring)
    apart = f"a factor of {10**power:,} apart" if power else "the same number in two currencies"
    if pair.heavy.weight > pair.light.weight:
        side = f"{low} comes from {articles(light)} and {high} from {articles(heavy)} ({who(heavy)})"
        if {v.root.publisher for v in light} <= {v.root.publisher for v in heavy}:
            side += f", of which {'one is' if len(documents(light)) == 1 else 'some are'} by the same outlet"
        return f"{side}, {apart}: whoever wrote {low} most likely {erring}."
    return f"{who(light)} says {low} and {who(heavy)} says {high}, {apart}: one of the two is most likely a slip."


def _relay(heavy: Sequence[Voice], light: Sequence[Voice], high: str, low: str, shared: set[str], erring: str) -> str:
    cited = names(sorted({v.origin for v in (*heavy, *light) if v.root.key in shared}) or sorted(shared))
    citing = {v.claim.document for v in heavy if {v.root.key, *v.root.relays} & shared}
    others = len(set(documents(heavy)) - citing)
    which = "which credits" if len(documents(light)) == 1 else "which credit"
    elsewhere = "another article that cites" if len(citing) == 1 else f"{count(len(citing))} other articles that cite"
    also = (
        f", as {'does' if others == 1 else 'do'} {count(others)} {'other' if others == 1 else 'others'}"
        if others
        else ""
    )
    has = "has" if len(citing) == 1 else "have"
    relay = "the article that relayed it" if len(documents(light)) == 1 else "the articles that relayed it"
    return (
        f"{low} comes from {articles(light)}, {which} {cited}; but {elsewhere} {cited} {has} {high}{also}: "
        f"{relay} most likely {erring}."
    )


_CJK = frozenset({"ja", "zh", "ko"})
_SCALES = {
    3: ", as when a million is taken for a billion",
    4: ", as when 億 (a hundred million) is taken for 兆 (a trillion)",
    6: ", as when a million is taken for a trillion",
}
_NOUGHTS = {1: "a zero", 2: "two zeros", 3: "three zeros", 4: "four zeros", 6: "six zeros"}


def _error(power: int | None, smaller: bool, counted_in_myriads: bool = False) -> str:
    """What went wrong, as an explanation ends; counts in 億 lose a zero on the way from or to billions."""
    if power is None:
        return "took one currency for another"
    how = _SCALES.get(power, ", as when 億 is taken for a billion" if power == 1 and counted_in_myriads else "")
    return f"{'dropped' if smaller else 'added'} {_NOUGHTS[power]}{how}"
