"""Who is who: Pledger's directory beside splink (DuckDB) on the same mentions of organisations.

splink is set up as somebody would who knows it and the data: names cleaned by Pledger's own folding (legal forms,
tails, scripts to Latin letters), the trade apart from the rest of the name, initials and given aliases in a column of
their own; Jaro-Winkler levels with term frequencies; EM on several blocking rules; and, of all thresholds, the one with
the best F1 on the truth, which nobody would know. Its time is for cleaning, training, predicting and one clustering.

Marks are of pairs (precision, recall, F1): of all pairs of mentions, and of all pairs of distinct names, where a name
that many texts use counts no more than one of a single text.
"""

from __future__ import annotations

import logging
import math
import time
import warnings
from collections import Counter, defaultdict
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from anyascii import anyascii

from pledger.ledger.directory import Naming, directory
from pledger.ledger.names import core, fold, split
from synthetic.names import Named
from synthetic.reports import Report

__all__ = ["Marks", "Resolved", "by_pledger", "by_splink", "marks", "mentions_of"]

Mention = tuple[str, Named]
"""A document's id, and what it calls a house."""


@dataclass(frozen=True, slots=True)
class Marks:
    """Precision, recall and F1 over pairs."""

    precision: float
    recall: float

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


@dataclass(frozen=True, slots=True)
class Resolved:
    """What somebody made of the mentions."""

    seconds: float
    """By the clock."""
    processor: float
    """Seconds of all cores together."""
    groups: list[Hashable]
    """For each mention whom it means."""
    note: str = ""


def mentions_of(told: Iterable[Report]) -> list[Mention]:
    """All mentions of organisations."""
    return [(report.document.id, named) for report in told for named in report.names]


def by_pledger(mentions: Sequence[Mention]) -> Resolved:
    """Pledger's directory."""
    # What is loaded once (word lists here, packages there) is loaded before for both.
    directory([Naming("Warm Steel", "", False), Naming("ワム製鉄", "", False), Naming("Wame Steel", "", False)])
    began = _now()
    known = directory(Naming(n.name, document, False, n.aliases) for document, n in mentions)
    groups: list[Hashable] = [known.id(n.name) for _, n in mentions]
    return Resolved(*_since(began), groups)


def by_splink(mentions: Sequence[Mention]) -> Resolved:
    """splink, at the threshold that the truth likes best."""
    logging.getLogger("splink").setLevel(logging.ERROR)
    warnings.filterwarnings("ignore", module="splink")
    # Not there where only Pledger's own tests run, and so without types here.
    splink: Any = import_module("splink")
    cl: Any = import_module("splink.comparison_library")
    cll: Any = import_module("splink.comparison_level_library")
    frames: Any = import_module("pandas")
    block_on = splink.block_on
    began = _now()
    keys = list(dict.fromkeys((n.name, n.aliases) for _, n in mentions))
    frame = frames.DataFrame([_record(number, *key) for number, key in enumerate(keys)])
    database = splink.DuckDBAPI()
    stem = cl.JaroWinklerAtThresholds("stem", [0.97, 0.93, 0.88, 0.80]).configure(term_frequency_adjustments=True)
    trade = cl.CustomComparison(
        output_column_name="trade",
        comparison_levels=[cll.NullLevel("trade"), cll.ExactMatchLevel("trade"), cll.ElseLevel()],
    )
    rules = [
        block_on("stem"), block_on("substr(stem, 1, 5)"), block_on("trade", "substr(stem, 1, 3)"),
        block_on("trade", "substr(stem, -4, 4)"), block_on("called", arrays_to_explode=["called"]),
    ]  # fmt: skip
    settings = splink.SettingsCreator(
        link_type="dedupe_only",
        comparisons=[stem, trade, cl.ArrayIntersectAtSizes("called", [1])],
        blocking_rules_to_generate_predictions=rules,
    )
    linker = splink.Linker(database.register(frame), settings, log_level=logging.CRITICAL)
    train = linker.training
    train.estimate_probability_two_random_records_match([block_on("stem", "trade")], recall=0.7)
    train.estimate_u_using_random_sampling(max_pairs=2e6, seed=1)
    for rule in (
        block_on("stem"),
        block_on("substr(stem, 1, 3)", "substr(stem, -3, 3)"),
        block_on("trade", "substr(stem, 1, 2)"),
    ):
        train.estimate_parameters_using_expectation_maximisation(rule, record_sample_proportion=1.0)
    predicted = linker.inference.predict(threshold_match_weight=-10)
    until = _since(began)
    place = {key: number for number, key in enumerate(keys)}
    at = [place[n.name, n.aliases] for _, n in mentions]
    truth = [n.house for _, n in mentions]
    table = predicted.as_pandas_dataframe()
    edges = sorted(zip(table.match_weight, table.unique_id_l, table.unique_id_r, strict=True), reverse=True)
    best, threshold = _best(edges, len(keys), at, truth)
    began = _now()
    linker.clustering.cluster_pairwise_predictions_at_threshold(predicted, threshold_match_weight=threshold)
    seconds, processor = (a + b for a, b in zip(until, _since(began), strict=True))
    return Resolved(seconds, processor, [best[n] for n in at], f"its best threshold: match weight {threshold:.1f}")


def _now() -> tuple[float, float]:
    return time.perf_counter(), time.process_time()


def _since(began: tuple[float, float]) -> tuple[float, float]:
    clock, processor = _now()
    return clock - began[0], processor - began[1]


def _record(number: int, name: str, aliases: tuple[str, ...]) -> dict[str, object]:
    """A name in columns."""
    bare = split(name)[0]
    clean = anyascii(core(fold(bare))).lower()
    words = clean.split()
    initials = ["".join(w[0] for w in words)] if len(words) >= 4 else []
    pair = len(words) > 2 and " ".join(words[-2:]) == "heavy industries"
    cut = len(words) - (2 if pair else 1)
    known = len(words) > 1 and words[-1] in _trades()
    return {
        "unique_id": number,
        "stem": " ".join(words[:cut]) if known else clean,
        "trade": " ".join(words[cut:]) if known else None,
        "called": sorted({clean, *initials, *(anyascii(core(fold(a))).lower() for a in aliases)}),
    }


def _trades() -> frozenset[str]:
    from synthetic.names import TRADES

    return frozenset(word.split()[-1].lower() for word in TRADES)


def _best(
    edges: Sequence[tuple[float, int, int]], count: int, at: Sequence[int], truth: Sequence[int]
) -> tuple[list[int], float]:
    """The clusters, and the threshold, with the best F1 over distinct names; edges are taken up from the best on."""
    parent = list(range(count))

    def find(n: int) -> int:
        while parent[n] != n:
            parent[n] = parent[parent[n]]
            n = parent[n]
        return n

    told = dict(zip(at, truth, strict=True))
    best: tuple[float, list[int], float] = (-1.0, parent[:], math.inf)
    for number, (weight, one, other) in enumerate(edges):
        parent[find(one)] = find(other)
        if number + 1 == len(edges) or math.floor(edges[number + 1][0] * 2) != math.floor(weight * 2):
            clusters = [find(n) for n in range(count)]
            f1 = marks([clusters[n] for n in told], list(told.values())).f1
            if f1 > best[0]:
                best = (f1, clusters, weight)
    return best[1], best[2]


def marks(groups: Sequence[Hashable], truth: Sequence[Hashable]) -> Marks:
    """Marks of all pairs among these, from how often each group meets each truth."""

    def pairs(counts: Iterable[int]) -> int:
        return sum(n * (n - 1) // 2 for n in counts)

    both = pairs(Counter(zip(groups, truth, strict=True)).values())
    said, true = pairs(Counter(groups).values()), pairs(Counter(truth).values())
    return Marks(both / said if said else 1.0, both / true if true else 1.0)


def of_names(mentions: Sequence[Mention], groups: Sequence[Hashable]) -> Marks:
    """Marks of all pairs of distinct names; a name that means two houses counts once for each."""
    distinct: dict[tuple[str, int], Hashable] = {}
    for (_, named), group in zip(mentions, groups, strict=True):
        distinct.setdefault((named.name, named.house), group)
    return marks(list(distinct.values()), [house for _, house in distinct])


def mistakes(mentions: Sequence[Mention], groups: Sequence[Hashable], most: int = 20) -> list[str]:
    """Some groups that hold several houses, and houses in several groups, in words: for whoever looks into it."""
    houses: dict[Hashable, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    groups_of: dict[int, dict[Hashable, set[str]]] = defaultdict(lambda: defaultdict(set))
    for (_, named), group in zip(mentions, groups, strict=True):
        houses[group][named.house].add(named.name)
        groups_of[named.house][group].add(named.name)
    joined = [f"joined: {[sorted(n) for n in its.values()]}" for its in houses.values() if len(its) > 1]
    parted = [f"parted: {[sorted(n) for n in its.values()]}" for its in groups_of.values() if len(its) > 1]
    return joined[:most] + parted[:most]
