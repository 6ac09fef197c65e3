"""How probable each reading of the terms is, by what the ledger's reports say of the clause.

`data/reference/readings.csv` says which words of a condition speak for which parameter of a reading: "equal split ends:
principal" for an account that holds principal only. The words of a topic have the probabilities that the sides of its
figure give; a denial of words speaks for the other words of its topic alike, and so does the doubt that any report is
right. A parameter has the product over the topics that speak of it. A topic of which nothing is reported distinguishes
nothing, and readings that nothing distinguishes share their weight equally.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from math import prod

from pledger.data import reference
from pledger.ledger.distributions import Belief, Categories
from pledger.ledger.terms import split
from pledger.model import Attribute, Figure, Text
from pledger.vehicle.planning.told import Programme
from pledger.vehicle.words import Basis, Input, Interpretation, Rules

__all__ = ["NAME", "weighed"]

NAME = "terms.interpretation"
_DENIED = "denied: "


def weighed(programme: Programme, interpretations: Sequence[Interpretation], prior: Input | None = None) -> Input:
    """The choice among `interpretations`, weighted by the ledger's figures where they distinguish them.

    `prior`: a choice by what the terms themselves cite; only its readings are weighed then, those that the ledger does
    not tell apart share by its weights, and it stands as it is where the ledger says nothing of the clause.
    """
    before = dict(prior.belief.options) if prior is not None and isinstance(prior.belief, Categories) else {}
    drawn = [i for i in interpretations if not before or before.get(i.name)]
    figures = {f.qualifier: f for f in programme.figures if f.attribute in (Attribute.CONDITION, Attribute.KIND)}
    said: dict[str, dict[str, float]] = {}
    needs: dict[str, list[tuple[str, str]]] = {i.name: [] for i in drawn}
    silent: set[str] = set()
    for parameter in sorted({row["parameter"] for row in reference("readings")}):
        values = {_value(i.rules, parameter) for i in drawn}
        rows = [row for row in reference("readings") if row["parameter"] == parameter and row["value"] in values]
        wanted = {row["topic"]: sorted({r["words"] for r in rows if r["topic"] == row["topic"]}) for row in rows}
        words = {t: _words(figures[t], programme.beliefs, its) for t, its in wanted.items() if t in figures}
        words = {t: its for t, its in words.items() if len(its) > 1}
        said |= words
        for i in drawn if words else ():
            its = [(r["topic"], r["words"]) for r in rows if r["value"] == _value(i.rules, parameter)]
            needs[i.name] += [(topic, one) for topic, one in its if topic in words]
            silent |= set() if its else {i.name}
    told = {name: 0.0 if name in silent else prod(said[t][w] for t, w in its) for name, its in needs.items()}
    if not said or not any(told.values()):
        return prior if prior is not None else _choice({i.name: 1.0 for i in drawn}, (), programme)
    # Readings that nothing tells apart share what is told of them.
    shared: dict[tuple[tuple[str, str], ...], float] = defaultdict(float)
    for name, its in needs.items():
        shared[tuple(its)] += before.get(name, 1.0)
    weights = {name: told[name] * before.get(name, 1.0) / shared[tuple(its)] for name, its in needs.items()}
    return _choice(weights, [figures[topic] for topic in sorted(said)], programme)


def _choice(weights: Mapping[str, float], behind: Sequence[Figure], programme: Programme) -> Input:
    total = sum(weights.values())
    return Input(
        name=NAME,
        label="which reading of the split holds" + ("" if behind else " (no report tells them apart: equal weights)"),
        unit="choice",
        basis=Basis.REPORTED if behind else Basis.ASSUMPTION,
        belief=Categories(tuple(sorted(((n, w / total) for n, w in weights.items()), key=lambda o: (-o[1], o[0])))),
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
