"""What became of what: figures, conflicts and entities of one answer of the ledger found again in another.

Claims carry the comparison, not names: see `changes`.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from typing import TypeVar

from pledger.ledger.voices import PLEDGERS
from pledger.model import Conflict, Figure

__all__ = ["claims_of", "entities", "successors"]

T = TypeVar("T")


def claims_of(item: Figure | Conflict) -> list[str]:
    """Ids of all claims behind it."""
    return [c for side in item.sides for c in side.claims]


def entities(before: Sequence[Figure], after: Sequence[Figure]) -> dict[str, str]:
    """Of each pledging entity before, the one that holds most of its claims after."""
    home = {c: f.entity for f in after for c in claims_of(f)}
    shared: dict[str, Counter[str]] = defaultdict(Counter)
    for figure in before:
        if figure.entity.kind in PLEDGERS:
            for claim in claims_of(figure):
                new = home.get(claim)
                if new is not None and new.kind in PLEDGERS:
                    shared[figure.entity.id][new.id] += 1
    return {old: min(its, key=lambda e: (-its[e], e != old, e)) for old, its in shared.items()}


def successors(
    before: Sequence[T],
    after: Sequence[T],
    claims: Callable[[T], list[str]],
    name: Callable[[T], str],
    alike: Callable[[T, T], bool],
    several: bool = False,
) -> list[tuple[T, T]]:
    """Pairs of what was and what it became: each to the one that holds most of its claims, each from one only.

    `several`: whether a claim can stand behind more than one of them.
    """
    home: dict[str, list[T]] = defaultdict(list)
    for item in after:
        for claim in claims(item):
            if several or not home[claim]:
                home[claim].append(item)
    chosen: dict[str, list[tuple[bool, int, str, T, T]]] = defaultdict(list)
    for old in before:
        shared: Counter[str] = Counter()
        items: dict[str, T] = {}
        for claim in claims(old):
            for new in home.get(claim, ()):
                if alike(old, new):
                    shared[name(new)] += 1
                    items[name(new)] = new
        if shared:
            best = min(shared, key=lambda n: (n != name(old), -shared[n], n))
            chosen[best].append((best != name(old), -shared[best], name(old), old, items[best]))
    return [(old, new) for its in chosen.values() for *_, old, new in [min(its, key=lambda c: c[:3])]]
