"""Figures as distributions: the laws, and what each form of statement becomes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pledger
from ledger.build import PROGRAMME, Article, picture, project, stage, total, usd
from pledger.ledger import judgement
from pledger.ledger.beliefs import NOT_SO, ahead, belief
from pledger.ledger.distributions import DAY, Belief, Categories, Part, Shape
from pledger.ledger.picture import Picture
from pledger.ledger.possibility import probability
from pledger.ledger.store import Store
from pledger.model import (
    Attribute,
    Claim,
    DateValue,
    Entity,
    EntityKind,
    Figure,
    Interval,
    Modality,
    Money,
    Origin,
    Party,
    Qualifier,
    Share,
    Side,
    Stage,
    Standing,
    Text,
    Value,
)

numbers = st.floats(-1e15, 1e15)
parts = st.builds(
    lambda ends, shape: Part(min(ends), max(ends), shape, 1.0), st.tuples(numbers, numbers), st.sampled_from(Shape)
) | numbers.map(lambda x: Part(x, x, Shape.UNIFORM, 1.0))


def mixed(its: list[tuple[Part, float]]) -> Belief:
    whole = sum(w for _, w in its)
    return Belief("USD", tuple(replace(part, weight=w / whole) for part, w in its))


beliefs = st.lists(st.tuples(parts, st.floats(0.01, 1)), min_size=1, max_size=6).map(mixed)
chances = st.floats(0, 1)


@given(beliefs, chances, chances)
def test_quantiles_are_monotone_and_invert_the_distribution(held: Belief, p: float, q: float) -> None:
    low, high = sorted((p, q))
    assert held.quantile(low) <= held.quantile(high)
    x = held.quantile(p)
    assert held.cdf(x) >= p - 1e-9
    least, most = held.bounds()
    assert least <= x <= most
    assert least - 1e-6 * abs(least) <= held.mean() <= most + 1e-6 * abs(most)
    assert held.variance() >= 0


@given(beliefs, numbers, numbers)
def test_the_distribution_rises_from_nought_to_one(held: Belief, x: float, y: float) -> None:
    low, high = sorted((x, y))
    assert 0 <= held.cdf(low) <= held.cdf(high) <= 1
    assert held.cdf(held.bounds()[1]) == pytest.approx(1)


@settings(max_examples=30, deadline=None)
@given(beliefs, st.integers(0, 2**32 - 1))
def test_draws_follow_the_distribution(held: Belief, seed: int) -> None:
    n = 2000
    drawn = np.sort(held.sample(np.random.default_rng(seed), n))
    # Kolmogorov and Smirnov, with both sides of each step; by the inequality of Dvoretzky, Kiefer and Wolfowitz a
    # distance of 0.06 has a chance of 2 exp(-2 n 0.06^2), one in a million.
    values, counts = np.unique(drawn, return_counts=True)
    at = np.cumsum(counts) / n
    cdf = np.array([held.cdf(float(x)) for x in values])
    before = np.array([held.cdf(float(np.nextafter(x, -np.inf))) for x in values])
    assert np.max(np.abs(at - cdf)) < 0.06
    assert np.max(np.abs(at - counts / n - before)) < 0.06
    assert (held.sample(np.random.default_rng(seed), n) == held.sample(np.random.default_rng(seed), n)).all()


money = st.builds(
    lambda low, width, qualifier, currency: Money(
        None if qualifier is Qualifier.UP_TO else low,
        None if qualifier is Qualifier.AT_LEAST else low + (width if qualifier is Qualifier.BETWEEN else 0.0),
        currency,
        qualifier,
    ),
    st.floats(1, 1e13), st.floats(0, 1e12), st.sampled_from(Qualifier), st.sampled_from(["USD", "JPY", "KRW", "XTS"]),
)  # fmt: skip
shares = st.builds(
    lambda low, q: Share(None if q is Qualifier.UP_TO else low, None if q is Qualifier.AT_LEAST else low, q, "GDP"),
    st.floats(0, 3), st.sampled_from([q for q in Qualifier if q is not Qualifier.BETWEEN]),
)  # fmt: skip
days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
dates = st.builds(lambda a, b: DateValue("start", Interval(a, b)), days, days)
values: st.SearchStrategy[list[Value]] = st.one_of(
    *(st.lists(kind | st.just(Text("denied: $5bn")), min_size=1, max_size=6) for kind in (money, shares, dates))
)
FIGURE = Figure(
    "f", Entity("e", EntityKind.PROGRAMME, "E"), Attribute.AMOUNT, Text(""), Standing.CONTESTED, (), 1, None
)


@given(values, st.data())
def test_a_figure_becomes_a_distribution_whatever_the_order_of_its_sides(
    found: list[Value], data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.sampled_from([0.0, 0.3, 0.45, 0.6, 0.85, 0.95]), min_size=6, max_size=6))
    sides = [Side(v, (Origin(f"o{n}", "B2", (), w),), w) for n, (v, w) in enumerate(zip(found, weights, strict=False))]
    held = belief(replace(FIGURE, sides=tuple(sides)), {})
    shuffled = belief(replace(FIGURE, sides=tuple(data.draw(st.permutations(sides)))), {})
    assert held == shuffled
    if isinstance(held, Belief):
        assert sum(p.weight for p in held.parts) == pytest.approx(1)
        assert 0 <= held.doubt <= 1
        assert all(p.low <= p.high and p.weight > 0 for p in held.parts)
        if held.unit == "share":
            assert held.bounds()[0] >= 0
            assert held.bounds()[1] <= 1
    elif isinstance(held, Categories):
        assert sum(p for _, p in held.options) == pytest.approx(1)


def of(found: Picture, figure: Figure | None = None, **more: float) -> Belief:
    held = belief(figure or total(found), claims(found))
    assert isinstance(held, Belief)
    return held


def claims(found: Picture) -> Mapping[str, Claim]:
    return {key: voice.claim for key, voice in found.voices.items()}


@pytest.mark.parametrize(
    ("words", "value", "low", "mean", "high"),
    [
        ("$33.3bn", usd(33.3e9), 33.25e9, 33.3e9, 33.35e9),
        ("$33bn", usd(33e9), 32.5e9, 33e9, 33.5e9),
        ("about $16bn", usd(16e9, qualifier=Qualifier.ABOUT), 14.4e9, 16e9, 17.6e9),
        ("$30bn to $36bn", usd(30e9, 36e9, Qualifier.BETWEEN), 30e9, 33e9, 36e9),
        ("up to $60bn", Money(None, 60e9, "USD", Qualifier.UP_TO), 30e9, 50e9, 60e9),
        ("at least $30bn", Money(30e9, None, "USD", Qualifier.AT_LEAST), 30e9, 40e9, 60e9),
    ],
)
def test_each_form_of_statement(words: str, value: Money, low: float, mean: float, high: float) -> None:
    held = of(picture(Article("Harbour Post").says(f"It is {words}.", words, value)))
    assert held.unit == "USD"
    assert held.bounds() == pytest.approx((low, high))
    assert held.mean() == pytest.approx(mean)


def test_bounds_of_one_project_are_near_its_cost() -> None:
    plant = project("gas_power", "Fjord Energy", "Ohio")
    cost = Money(None, 10e9, "USD", Qualifier.UP_TO)
    found = picture(Article("Harbour Post").says("It costs up to $10bn.", "$10bn", cost, plant))
    assert of(found, total(found, EntityKind.PROJECT)).bounds() == pytest.approx((9e9, 10e9))


def test_sides_weigh_as_they_do_in_the_ledger_and_a_judgement_settles() -> None:
    found = picture(
        Article("Reuters").says("It is $60bn.", "$60bn", usd(60e9)),
        Article("Fjord Times").says("It is $6bn.", "$6bn", usd(6e9)),
    )
    figure = total(found)
    a, b = (side.weight for side in figure.sides)
    held = of(found)
    assert 1 - held.cdf(30e9) == pytest.approx(a / (a + b))
    assert held.doubt == pytest.approx((1 - a) * (1 - b))
    settled = belief(figure, claims(found), settled=1)
    assert isinstance(settled, Belief)
    assert settled.doubt == 0
    assert settled.bounds()[1] < 7e9


def test_a_denial_counts_against_what_it_denies_and_nothing_else() -> None:
    said = (
        Article("Reuters").says("It is $60bn.", "$60bn", usd(60e9)),
        Article("Fjord Times").says("It is $6bn.", "$6bn", usd(6e9)),
    )
    denial = Article("Bloomberg").says("It is not $60bn.", "$60bn", usd(60e9), PROGRAMME, (), Modality.DENIED)
    before, after = of(picture(*said)), of(picture(*said, denial))
    assert after.cdf(30e9) > before.cdf(30e9)
    assert after.doubt > before.doubt
    assert {p.low for p in before.parts} == {p.low for p in after.parts}


def test_what_else_is_known_bounds_it() -> None:
    found = picture(
        Article("Harbour Post").says("At least $30bn.", "$30bn", Money(30e9, None, "USD", Qualifier.AT_LEAST))
    )
    held = belief(total(found), claims(found), within=(None, 36e9))
    assert isinstance(held, Belief)
    assert held.bounds() == pytest.approx((30e9, 36e9))


def test_dates_are_days_and_open_ends_have_spans() -> None:
    def date(start: dt.date | None, end: dt.date | None) -> Belief:
        found = picture(Article("A").says("Then.", "Then", DateValue("start", Interval(start, end)), project("power")))
        (figure,) = [f for f in found.figures if f.attribute is Attribute.DATE]
        return of(found, figure)

    day = dt.date(2026, 3, 5)
    point = date(day, day)
    assert point.unit == DAY
    assert {point.day(p) for p in (0, 0.3, 1)} == {day}
    assert date(day, None).day(0) == day
    assert date(day, None).day(1) == dt.date(2028, 3, 3)
    assert date(None, day).day(1) == day
    assert date(None, day).day(0) == dt.date(2025, 3, 6)
    with pytest.raises(TypeError):
        of(picture(Article("A").says("$5bn.", "$5bn", usd(5e9)))).day(0.5)


def test_stages_are_categories_and_words_of_possibility_tell_how_far_it_comes() -> None:
    plant = project("gas_power", "Fjord Energy", "Ohio")
    found = picture(
        Article("Reuters").says("It was committed.", "committed", stage(Stage.COMMITTED), plant),
        Article("Fjord Times").says("It is a candidate.", "candidate", stage(Stage.CANDIDATE), plant),
    )
    (figure,) = [f for f in found.figures if f.attribute is Attribute.STAGE]
    held = belief(figure, claims(found))
    assert isinstance(held, Categories)
    assert held.options[0][0] == "committed"
    drawn = held.sample(np.random.default_rng(1), 4000)
    assert np.mean(drawn == "committed") == pytest.approx(held.probability("committed"), abs=0.04)

    likely = Article("Reuters")
    likely.says("It will likely be built.", "likely", stage(Stage.IMPLEMENTATION), plant, (), Modality.POSSIBLE)
    built = picture(likely)
    its = {key: replace(claim, modality_words="will likely") for key, claim in claims(built).items()}
    (figure,) = [f for f in built.figures if f.attribute is Attribute.STAGE]
    assert dict(ahead(figure, its).options) == pytest.approx({"implementation": 0.7, "candidate": 0.3})


def test_words_that_are_no_numbers() -> None:
    found = picture(
        Article("Reuters").says("Fjord builds it.", "Fjord", Party("Fjord Energy", "sponsor"), project("power")),
        Article("Bloomberg").says(
            "Fjord does not.", "Fjord", Party("Fjord Energy", "sponsor"), project("power"), (), Modality.DENIED
        ),
    )
    (figure,) = [f for f in found.figures if f.attribute is Attribute.PARTY]
    held = belief(figure, claims(found))
    assert isinstance(held, Categories)
    assert dict(held.options) == pytest.approx({"Fjord Energy (sponsor)": 0.5, NOT_SO: 0.5})


@pytest.mark.parametrize(
    ("words", "p"),
    [
        ("is highly likely to", 0.90),
        ("unlikely", 0.20),
        ("likely", 0.70),
        ("wahrscheinlich", 0.70),
        ("höchst unwahrscheinlich", 0.05),
        ("可能性が高い", 0.70),
        ("could", 0.50),
        (None, 0.50),
    ],
)
def test_words_of_possibility_are_what_readers_take_them_for(words: str | None, p: float) -> None:
    assert probability(Modality.POSSIBLE, words) == pytest.approx(p)


def test_a_claim_that_somebody_accepted_settles_the_belief(tmp_path: Path) -> None:
    with pledger.open(str(tmp_path / "ledger.db")) as ledger:
        made = [
            Article("Reuters").says("It is $60bn.", "$60bn", usd(60e9)).done(),
            Article("Fjord Times").says("It is $6bn.", "$6bn", usd(6e9)).done(),
        ]
        now = dt.datetime(2026, 3, 1)  # noqa: DTZ001  UTC without saying so, as stored
        with closing(Store(str(tmp_path / "ledger.db"))) as store:
            for document, its in made:
                store.add(document, its, b"", now)
        [before] = ledger.beliefs().values()
        accepted = made[1][1][0].id
        ledger.judge(judgement("claim", accepted, "", "accept", "", person="A. Larsen", reason="asked", made_at=now))
        [after] = ledger.beliefs().values()
    assert isinstance(before, Belief)
    assert isinstance(after, Belief)
    assert len(before.parts) == 2
    assert (after.bounds(), after.doubt) == ((5.5e9, 6.5e9), 0)
