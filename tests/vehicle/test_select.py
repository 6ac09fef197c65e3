"""Selection: marks by stated rules, the best choice within a user's wishes, conflicts with mends, stability."""

from __future__ import annotations

import itertools
import math
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.data import reference
from pledger.vehicle.choosing.criteria import Mark, criteria, dependence, mark, readiness, reweighted, score
from pledger.vehicle.choosing.options import Option, SelectError, known, named, options
from pledger.vehicle.choosing.posing import Share, Wishes, dollars
from pledger.vehicle.choosing.select import choose, select, stability
from pledger.vehicle.choosing.wished import WishesError, share, wished
from pledger.vehicle.choosing.worth import worth
from pledger.vehicle.finance.cash import run
from pledger.vehicle.finance.returns import npv, pledging
from pledger.vehicle.montecarlo import columns
from pledger.vehicle.sectors import sector
from vehicle.made import three

YEAR = 2026
STRATEGY = next(c for c in criteria() if c.side == "strategy")
ONE = (STRATEGY,)
"""A single criterion, so that the score is its mark."""


def option(
    name: str, cost: float, strategic: float, npv: float = 0.0, sector: str = "gas_cc", sponsors: tuple[str, ...] = ()
) -> Option:
    return Option(
        id=f"id-{name}",
        name=name,
        sector=sector,
        sponsors=sponsors,
        stage=None,
        cost=cost,
        by_year=(cost / 4, 3 * cost / 4),
        npv_pledging=npv,
        npv_host=0.0,
        marks=(mark(STRATEGY, strategic),),
    )


OPTIONS = (
    option("Ohio gas", 33e9, 0.5, -3e9, "gas_cc", ("SoftBank",)),
    option("Texas gas", 16e9, 0.4, -1e9, "gas_cc", ("NextEra",)),
    option("grit", 1e9, 0.9, -0.5e9, "diamond_grit", ("Element Six",)),
    option("reactors", 100e9, 0.2, -50e9, "smr", ("Westinghouse",)),
)


def taken(choice: tuple[bool, ...] | None) -> list[str]:
    assert choice is not None
    return [o.name for o, its in zip(OPTIONS, choice, strict=True) if its]


def test_a_mark_is_straight_between_two_stated_values() -> None:
    rule = replace(criteria()[1], zero=-1.0, full=1.0)
    assert [mark(rule, v).mark for v in (-2.0, -1.0, 0.0, 0.5, 1.0, 9.0)] == [0.0, 0.0, 0.5, 0.75, 1.0, 1.0]
    falling = replace(rule, zero=1.0, full=0.0)
    assert mark(falling, 0.25).mark == 0.75
    unknown = mark(rule, None)
    assert (unknown.value, unknown.mark) == (None, 0.0)
    assert "not known" in unknown.note


def test_a_score_is_the_weighted_mean_of_the_marks() -> None:
    first, second = (replace(c, weight=w) for c, w in zip(criteria(), (3.0, 1.0), strict=False))
    assert score([Mark(first.key, 1.0, 1.0), Mark(second.key, 0.2, 0.2)], (first, second)) == pytest.approx(0.8)


def test_weights_of_a_user_stand_in_place_of_ours() -> None:
    chosen = reweighted({"dependence": 2.0}, {"pledging": (0.0, 0.5)})
    assert {c.key: c.weight for c in chosen if c.weight} == {"dependence": 2.0}
    assert next((c.zero, c.full) for c in chosen if c.key == "pledging") == (0.0, 0.5)
    for weights, scales, words in (
        ({"dependency": 1.0}, {}, "no criterion 'dependency'"),
        ({"dependence": -1.0}, {}, "is -1"),
        ({"dependence": 0.0}, {}, "all weights are 0"),
        ({}, {"host": (1.0, 1.0)}, "two different values"),
    ):
        with pytest.raises(ValueError, match=words):
            reweighted(weights, scales)


def test_open_conditions_make_a_project_less_ready() -> None:
    assert readiness("committed", 0, 0)[0] > readiness("committed", 1, 1)[0] > readiness("committed", 0, 2)[0]
    assert readiness(None, 0, 0)[0] == readiness("candidate", 0, 0)[0]


def test_dependence_is_told_for_known_sectors_with_sources() -> None:
    for row in reference("dependence"):
        assert sector(row["sector"]).key == row["sector"]
        its = dependence(row["sector"])
        assert its is not None
        assert 0 <= its.share <= 1
        assert row["basis"] == "assumption" or its.source.where.startswith("https://")
    assert dependence("unknown") is None


def test_the_ceiling_holds_the_best_choice_within_it() -> None:
    found = select(OPTIONS, ONE, Wishes(ceiling=50e9), YEAR)
    assert taken(found.choice) == ["Ohio gas", "Texas gas", "grit"]
    found = select(OPTIONS, ONE, Wishes(ceiling=48e9), YEAR)
    assert taken(found.choice) == ["Ohio gas", "grit"]
    assert taken(select(OPTIONS, ONE, Wishes(hurdle=0.45), YEAR).choice) == ["Ohio gas", "grit"]
    assert taken(select(OPTIONS, ONE, Wishes(hurdle=0.45, must=("reactors",)), YEAR).choice)[-1] == "reactors"


def test_a_cap_counts_the_calls_of_each_year() -> None:
    """Three quarters of each cost are called in the second year."""
    found = select(OPTIONS, ONE, Wishes(cap_per_year=0.75 * 34e9), YEAR)
    assert taken(found.choice) == ["Ohio gas", "grit"]


def test_shares_of_sectors_and_sponsors() -> None:
    most = share("sector:gas cc", 0.3, at_most=True)
    found = select(OPTIONS, ONE, Wishes(shares=(most,)), YEAR)
    assert taken(found.choice) == ["Ohio gas", "grit", "reactors"]
    least = Share("sponsor", "softbank", Fraction(9, 10), at_most=False)
    assert taken(select(OPTIONS, ONE, Wishes(shares=(least,)), YEAR).choice) == ["Ohio gas", "grit"]


@pytest.mark.parametrize(
    ("wishes", "words"),
    [
        (Wishes(must=("Ohoi",)), "did you mean 'Ohio gas'"),
        (Wishes(must=("gas",)), "the name of 2 candidates"),
        (Wishes(ceiling=-1.0), "a ceiling of -1"),
        (Wishes(shares=(Share("sector", "ships", Fraction(1, 2)),)), "no candidate's sector is 'ships'"),
    ],
)
def test_wishes_without_sense_say_the_mend(wishes: Wishes, words: str) -> None:
    with pytest.raises(SelectError, match=words):
        select(OPTIONS, ONE, wishes, YEAR)


def test_names_may_be_ids_or_words() -> None:
    assert [named(words, OPTIONS) for words in ("id-grit", "GRIT", "texas", "Ohio gas")] == [2, 2, 1, 0]


def test_wishes_that_cannot_hold_together_are_named_with_mends_that_work() -> None:
    wishes = Wishes(
        ceiling=50e9, must=("Ohio", "reactors"), must_not=("grit",), shares=(share("sector:smr", 0.2, at_most=True),)
    )
    found = select(OPTIONS, ONE, wishes, YEAR)
    assert found.choice is None
    named_ = " | ".join(f"{clash.name}: {clash.mend}" for clash in found.clashes)
    assert "reactors" in named_
    assert "grit" not in named_
    assert not found.points
    only = select(OPTIONS, ONE, Wishes(ceiling=120e9, must=("Ohio", "reactors")), YEAR)
    assert [c.mend for c in only.clashes] == [
        "raise --ceiling to at least $133bn", "drop --must 'Ohio gas'", "drop --must 'reactors'"
    ]  # fmt: skip
    assert all(c.helps for c in only.clashes)
    assert select(OPTIONS, ONE, Wishes(ceiling=133e9, must=("Ohio", "reactors")), YEAR).choice is not None
    shared = select(OPTIONS, ONE, Wishes(must=("reactors",), shares=(share("sector:smr", 0.2, at_most=True),)), YEAR)
    [mend] = [c.mend for c in shared.clashes if "share" in c.mend]
    assert mend == "raise --max-share sector:smr to 66.7%"
    eased = Wishes(must=("reactors",), shares=(share("sector:smr", 0.667, at_most=True),))
    assert select(OPTIONS, ONE, eased, YEAR).choice is not None


def test_both_must_and_must_not() -> None:
    found = select(OPTIONS, ONE, Wishes(must=("grit",), must_not=("grit",)), YEAR)
    assert {c.mend for c in found.clashes} == {"drop --must 'grit'", "drop --not 'grit'"}


def test_what_strategy_before_return_costs() -> None:
    found = select(OPTIONS, ONE, Wishes(), YEAR)
    assert found.points[0].returns == 0.0, "who looks at returns alone funds none of them"
    assert found.price == pytest.approx(54.5e9)
    assert found.points[-1].strategy == pytest.approx(33e9 * 0.5 + 16e9 * 0.4 + 0.9e9 + 20e9)
    for one, other in itertools.pairwise(found.points):
        assert other.strategy > one.strategy
        assert other.returns < one.returns


@settings(deadline=None, max_examples=20)
@given(
    st.lists(
        st.tuples(st.integers(1, 60), st.integers(0, 10), st.sampled_from(["gas_cc", "smr", "port"])),
        min_size=1, max_size=8,
    ),
    st.integers(0, 200),
    st.integers(1, 60),
    st.integers(0, 10),
)  # fmt: skip
def test_the_choice_is_the_best_of_all_within_the_wishes(
    drawn: list[tuple[int, int, str]], ceiling: int, cap: int, tenths: int
) -> None:
    """Against plain sums over every subset, in dollars, without the whole numbers that select makes of them."""
    among = [option(f"p{n}", c * 1e9, s / 10, sector=kind) for n, (c, s, kind) in enumerate(drawn)]
    some = among[0].sector
    wishes = Wishes(
        ceiling=ceiling * 1e9, cap_per_year=cap * 1e9, shares=(share(f"sector:{some}", tenths / 10, at_most=True),)
    )
    choice = choose(among, ONE, wishes, YEAR)
    assert choice is not None

    def worth_of(its: tuple[bool, ...]) -> float | None:
        chosen = [o for o, yes in zip(among, its, strict=True) if yes]
        cost, inside = sum(o.cost for o in chosen), sum(o.cost for o in chosen if o.sector == some)
        kept = (
            cost <= ceiling * 1e9
            and all(sum(o.by_year[y] for o in chosen) <= cap * 1e9 * (1 + 1e-12) for y in (0, 1))
            and 10 * inside <= tenths * cost
        )
        return sum(o.cost * o.marks[0].mark for o in chosen) if kept else None

    every = [w for its in itertools.product((False, True), repeat=len(among)) if (w := worth_of(its)) is not None]
    mine = worth_of(choice)
    assert mine is not None, "no limit is passed"
    assert mine == pytest.approx(max(every), rel=1e-5)
    full = select(among, ONE, wishes, YEAR).choice
    assert full is not None
    assert worth_of(full) == pytest.approx(max(every), rel=1e-5)


def test_stability_counts_in_which_scenarios_the_choice_is_the_same() -> None:
    base = select(OPTIONS, ONE, Wishes(ceiling=50e9), YEAR).choice
    assert base is not None
    dearer = (replace(OPTIONS[0], cost=60e9), *OPTIONS[1:])
    found = stability([OPTIONS, OPTIONS, OPTIONS, dearer], ONE, Wishes(ceiling=50e9), YEAR, base)
    assert found.scenarios == 4
    assert found.same == 0.75
    assert found.chosen == (0.75, 1.0, 1.0, 0.0)
    tight = stability([dearer], ONE, Wishes(ceiling=50e9, must=("Ohio",)), YEAR, base)
    assert tight.impossible == 1.0


def test_worth_is_that_of_the_full_run() -> None:
    """Each candidate on its own, by the finance that documents itself."""
    made = three()
    found = worth(made, scenarios=6, seed=3)
    alone = columns.forced(made, {f"{c.id}.proceeds": 1.0 for c in made.candidates})
    free = replace(alone.funding, ceiling=math.inf)
    for scenario, place in itertools.product(range(6), range(3)):
        case = columns.case(replace(alone, funding=free), 3, scenario)
        flows = run(replace(case, projects=(case.projects[place],)))
        assert found.called[scenario, place] == pytest.approx(flows.draws.sum(), rel=1e-6)
        assert found.npv_pledging[scenario, place] == pytest.approx(npv(pledging(flows), made.discount[0]), rel=1e-4)
        years = np.zeros(found.by_year.shape[2])
        for quarter, drawn in enumerate(flows.draws[0]):
            years[(made.first_quarter + quarter) // 4] += drawn
        assert found.by_year[scenario, place] == pytest.approx(years, rel=1e-6, abs=1.0)
    assert found.mean().called[0] == pytest.approx(found.called.mean(axis=0))


def test_values_of_ones_own_stand_in_place_of_ours() -> None:
    made = three()
    facts = known(made.candidates, (), {"ohio": (1, 1)}, {"ohio": {"dependence": 0.6}})
    found = options(made.candidates, facts, worth(made, 200).mean(), 0, criteria())
    marks = {m.criterion: m for m in found[0].marks}
    assert (marks["dependence"].value, marks["dependence"].note) == (0.6, "as given")
    assert {m.criterion: m.value for m in found[1].marks}["dependence"] is None
    assert marks["recovery"].value is not None
    assert 0 <= marks["recovery"].value <= 1


def test_a_file_of_weights(tmp_path: Path) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(
        "weights: {recovery: 3, dependence: 2}\nceiling: 200e9\nmust: [grit]\ncount: projects\n"
        "max_share: {sector:gas_cc: 40 %, sponsor:NextEra: 1/4}\n",
        encoding="utf-8",
    )
    found = wished(path)
    assert found.weights == {"recovery": 3.0, "dependence": 2.0}
    assert [(s.of, s.name, s.bound) for s in found.shares()] == [
        ("sector", "gas_cc", Fraction(2, 5)), ("sponsor", "NextEra", Fraction(1, 4))
    ]  # fmt: skip
    path.write_text("weights: {recovery: -3}\n", encoding="utf-8")
    with pytest.raises(WishesError, match=r"mine.yaml:1: weights.recovery"):
        wished(path)


def test_each_project_may_count_once() -> None:
    """By dollars the large one wins, by projects the two small ones."""
    among = (option("large", 30e9, 0.6), option("one", 10e9, 0.5), option("other", 10e9, 0.5))
    assert choose(among, ONE, Wishes(ceiling=30e9), YEAR) == (True, False, False)
    assert choose(among, ONE, Wishes(ceiling=30e9, by_project=True), YEAR) == (False, True, True)


def test_amounts_in_mends_are_never_too_small() -> None:
    assert dollars(5.24123e9, up=True) == "$5.242bn"
    assert dollars(133e9, up=True) == "$133bn"
    assert dollars(1e9) == "$1bn"
