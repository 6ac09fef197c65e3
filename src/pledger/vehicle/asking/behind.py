"""The sentences behind an input: what was said, by whom, side by side, so that one knows what to check."""

from __future__ import annotations

from pledger.ledger import Ledger
from pledger.ledger.why import Evidence
from pledger.vehicle.asking.attention import Attention, rank
from pledger.vehicle.asking.quantities import Quantity
from pledger.vehicle.montecarlo.simulation import Simulation

__all__ = ["sentences", "to_check"]


def sentences(ledger: Ledger, fact: Attention, most: int = 4) -> tuple[Evidence, ...]:
    """At most `most` sentences behind a fact: the best of each side first, sides by their weight, copies last.

    A fact without a figure of its own is asked for by its claims. Empty where the ledger no longer has them.
    """
    found: dict[tuple[str, int], Evidence] = {}  # two claims may share a sentence
    for key in (fact.figure,) if fact.figure is not None else fact.claims:
        why = ledger.why(key)
        for one in why.evidence if why is not None else ():
            if fact.figure is not None or one.claim.id in fact.claims:
                found.setdefault((one.document.id, one.claim.sentence.start), one)
    seen: dict[int, int] = {}
    ranked: list[tuple[bool, int, int, int, Evidence]] = []
    for place, one in enumerate(found.values()):  # heaviest side and origin first
        turn = seen[one.side] = seen.get(one.side, -1) + 1
        ranked.append((one.document.echo_of is not None, turn, one.side, place, one))
    return tuple(item[-1] for item in sorted(ranked, key=lambda item: item[:-1])[:most])


def to_check(
    ledger: Ledger, simulation: Simulation, answer: Quantity, top: int = 3
) -> tuple[tuple[Attention, tuple[Evidence, ...]], ...]:
    """The `top` facts to check next for an answer, each with the sentences behind it: the end of an analysis."""
    ranked = [fact for fact in rank(simulation.plan, simulation, answer) if fact.checkable]
    return tuple((fact, sentences(ledger, fact)) for fact in ranked[:top])
