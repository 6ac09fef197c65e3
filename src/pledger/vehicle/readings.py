"""How probable each reading of the terms is, by what the ledger's reports say of the clause.

`data/reference/readings.csv` says which words of a condition speak for which parameter of a reading: "equal split ends:
principal" for an account that holds principal only. The words of a topic have the probabilities that the sides of its
figure give; a denial of words speaks for the other words of its topic alike, and so does the doubt that any report is
right. A parameter has the product over the topics that speak of it. A topic of which nothing is reported distinguishes
nothing, and readings that nothing distinguishes share their weight equally.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from math import prod

from pledger.data import reference
from pledger.ledger.distributions import Belief, Categories
from pledger.ledger.terms import split
from pledger.model import Attribute, Figure, Text
from pledger.vehicle.told import Programme
from pledger.vehicle.words import Basis, Input, Interpretation, Rules

__all__ = ["NAME", "weighed"]

NAME = "terms.interpretation"
_DENIED = "denied: "


def weighed(programme: Programme, interpretations: Sequence[Interpretation]) -> Input:
    """The choice among `interpretations`, weighted by the ledger's figures where they distinguish them."""
    figures = {
        split(f.qualifier)[0] if ":" in f.qualifier else f.qualifier: f
        for f in programme.figures
        if f.attribute in (Attribute.CONDITION, Attribute.KIND)
    }
    told: dict[tuple[str, str], float] = {}
    used: dict[str, Figure] = {}
    for parameter in sorted({row["parameter"] for row in reference("readings")}):
        values = sorted({_value(i.rules, parameter) for i in interpretations})
        rows = [row for row in reference("readings") if row["parameter"] == parameter and row["value"] in values]
        wanted = {row["topic"]: sorted({r["words"] for r in rows if r["topic"] == row["topic"]}) for row in rows}
        said = {t: _words(figures[t], programme.beliefs, words) for t, words in wanted.items() if t in figures}
        said = {t: words for t, words in said.items() if len(words) > 1}
        if len(values) < 2 or not said:
            continue
        its = {
            v: tuple((r["topic"], r["words"]) for r in rows if r["value"] == v and r["topic"] in said) for v in values
        }
        alike = Counter(its.values())
        for value, needs in its.items():
            told[parameter, value] = prod(said[topic][words] for topic, words in needs) / alike[needs] if needs else 0.0
        used |= {t: figures[t] for t in said}
    parameters = sorted({parameter for parameter, _ in told})
    ways = [tuple(_value(i.rules, p) for p in parameters) for i in interpretations]
    shared = Counter(ways)
    weights = [prod(told[p, v] for p, v in zip(parameters, way, strict=True)) / shared[way] for way in ways]
    if not sum(weights):
        weights, used = [1.0] * len(interpretations), {}
    total = sum(weights)
    options = tuple(
        sorted(
            ((i.name, w / total) for i, w in zip(interpretations, weights, strict=True)), key=lambda o: (-o[1], o[0])
        )
    )
    behind = sorted(used.values(), key=lambda f: f.id)
    return Input(
        name=NAME,
        label="How the terms are read" + ("" if used else " (no report tells the readings apart: equal weights)"),
        unit="choice",
        basis=Basis.REPORTED if used else Basis.ASSUMPTION,
        belief=Categories(options),
        sources=tuple(dict.fromkeys(s for f in behind for s in programme.sources(f))),
        figure=behind[0].id if behind else None,
        claims=tuple(dict.fromkeys(c for f in behind for side in f.sides for c in side.claims)),
    )


def _value(rules: Rules, parameter: str) -> str:
    return str(getattr(rules, parameter))


def _words(figure: Figure, beliefs: Mapping[str, Belief | Categories], wanted: Sequence[str]) -> dict[str, float]:
    """The probability of each of the words that readings wait for, given that one of them is right; empty where the
    figure says none of them. The doubt that any report is right is spread over all alike."""
    held = beliefs.get(figure.id)
    settled = held if figure.judgements and isinstance(held, Categories) and held.doubt == 0 else None
    found = dict.fromkeys(wanted, 0.0)
    denied: list[tuple[set[str], float]] = []
    left = 1.0
    for side in figure.sides:
        text = side.value.text if isinstance(side.value, Text) else ""
        weight = side.weight if settled is None else settled.probability(text)
        if text.startswith(_DENIED):
            denied.append(({split(t)[1] for t in text.removeprefix(_DENIED).split(" / ")}, weight))
        elif split(text)[1] in found:
            found[split(text)[1]] += weight
        else:
            continue
        left *= 1 - min(weight, 1.0)
    for words, weight in denied:
        others = [w for w in wanted if w not in words]
        for other in others:
            found[other] += weight / len(others)
    total = sum(found.values())
    return {w: (1 - left) * p / total + left / len(found) for w, p in found.items()} if total else {}
