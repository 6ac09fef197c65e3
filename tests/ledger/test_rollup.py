"""Roll-ups: each project once, by its stage; intervals that add up to the cent; what is left out, and why."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ledger.build import FIRST, PROGRAMME, Article, picture, project, stage, usd
from pledger.ledger.rollup import Rollup, Span, rollups
from pledger.model import Mention, Money, Qualifier, Stage

BN = 10**11
"""Cents of a billion."""


def only(*articles: Article) -> Rollup:
    (found,) = rollups(picture(*articles).figures)
    return found


def pledged(amount: Money) -> Article:
    return Article("A").says("The pledge is made.", "pledge", amount, PROGRAMME)


def test_projects_by_stage_and_what_remains() -> None:
    plant, yard = project("lng", "Fjord"), project("shipyard", "Harbour")
    found = only(
        pledged(usd(100e9)),
        Article("B")
        .says("It costs $30bn.", "$30bn", usd(30e9), plant)
        .says("Approved.", "Approved", stage(Stage.COMMITTED), plant),
        Article("C")
        .says("It costs $5bn.", "$5bn", usd(5e9), yard)
        .says("A contender.", "contender", stage(Stage.CANDIDATE), yard),
    )
    assert [(s.stage, s.amount) for s in found.stages] == [
        (Stage.CANDIDATE, Span(5 * BN, 5 * BN)),
        (Stage.COMMITTED, Span(30 * BN, 30 * BN)),
    ]
    assert (found.total, found.ceiling, found.remainder) == (
        Span(35 * BN, 35 * BN), Span(100 * BN, 100 * BN), Span(65 * BN, 65 * BN)
    )  # fmt: skip


def test_bounds_add_up_as_intervals() -> None:
    up_to = Money(None, 20e9, "USD", Qualifier.UP_TO)
    at_least = Money(4e9, None, "USD", Qualifier.AT_LEAST)
    found = only(
        pledged(Money(None, 100e9, "USD", Qualifier.UP_TO)),
        Article("B").says("Up to $20bn.", "Up to $20bn", up_to, project("lng", "Fjord")),
        Article("C").says("It costs $5bn.", "$5bn", usd(5e9), project("shipyard", "Harbour")),
    )
    assert found.total == Span(5 * BN, 25 * BN)
    assert found.remainder == Span(75 * BN, 95 * BN), "'up to $100bn' is the ceiling itself"
    open_ = only(pledged(usd(100e9)), Article("B").says("Over $4bn.", "Over $4bn", at_least, project("lng", "Fjord")))
    assert open_.total == Span(4 * BN, None)
    assert open_.remainder == Span(None, 96 * BN)


def test_what_is_left_out_is_listed_with_the_reason() -> None:
    dead, yen, bare = project("lng", "Fjord"), project("shipyard", "Harbour"), project("smelter", "Tern")
    found = only(
        pledged(usd(100e9)),
        Article("B")
        .says("It costs $30bn.", "$30bn", usd(30e9), dead)
        .says("Off.", "Off", stage(Stage.CANCELLED), dead),
        Article("C").says("It costs ¥9bn.", "¥9bn", Money(9e9, 9e9, "JPY", Qualifier.EXACT), yen),
        Article("D").says("A contender.", "contender", stage(Stage.CANDIDATE), bare),
        Article("E").says("All three cost $36bn.", "$36bn", usd(36e9), FIRST),
    )
    assert not found.stages
    reasons = [e.reason for e in found.excluded]
    assert sorted(reasons) == sorted(
        [
            "cancelled", "told in JPY only (¥9bn)", "no report gives an amount",
            "a sum of projects ($36bn): its projects are counted one by one",
        ]
    )  # fmt: skip


@given(
    st.lists(
        st.tuples(st.integers(1, 10**13), st.integers(0, 10**12), st.sampled_from(list(Stage))), min_size=1, max_size=6
    ),
    st.integers(1, 10**14),
)
def test_money_is_conserved_to_the_cent(told: list[tuple[int, int, Stage]], ceiling: int) -> None:
    articles = [pledged(usd(ceiling / 100))]
    for n, (low, more, at) in enumerate(told):
        plant = project("lng", f"Sponsor{n} Corp")
        amount = usd(low / 100, (low + more) / 100, Qualifier.BETWEEN if more else Qualifier.EXACT)
        articles.append(
            Article(f"P{n}").says("It costs that.", "costs", amount, plant).says("So.", "So", stage(at), plant)
        )
    found = only(*articles)
    summed = Span(0, 0)
    for rung in found.stages:
        parts = Span(0, 0)
        for part in rung.parts:
            parts = parts.plus(part.amount)
        assert parts == rung.amount
        summed = summed.plus(rung.amount)
    assert summed == found.total
    assert found.remainder is not None
    assert found.ceiling is not None
    for least, most, whole in (
        (found.remainder.low, found.total.high, found.ceiling.low),
        (found.remainder.high, found.total.low, found.ceiling.high),
    ):
        assert least is not None
        assert most is not None
        assert least + most == whole
    counted = [p.project.id for rung in found.stages for p in rung.parts]
    assert len(set(counted)) == len(counted)
    assert not set(counted) & {e.entity.id for e in found.excluded}


def test_a_sum_that_is_no_cost_of_its_own_is_counted_elsewhere() -> None:
    def costs(publisher: str, amount: float, subject: Mention) -> Article:
        return Article(publisher).says(f"It costs {amount}.", str(amount), usd(amount), subject)

    whole = Article("A").says("Japan pledges $550bn.", "$550bn", usd(550e9), scope="total")
    plant = costs("B", 33e9, project("gas_power", "Fjord", "Ohio"))
    again = costs("C", 33e9, project("power_transmission", "Fjord", "Texas"))
    bare = costs("D", 7e9, project("smr"))
    other = costs("E", 7e9, project("smr", "Harbour", "Alabama"))
    garbled = costs("F", 550e9, project("synthetic_diamond", "Cairn"))
    (found,) = [r for r in rollups(picture(whole, plant, again, bare, other, garbled).figures) if r.stages]
    assert found.total.low == 100 * 40_000_000_000
    reasons = {e.entity.name: e.reason for e in found.excluded}
    assert any("no less than the whole programme" in reason for reason in reasons.values())
    assert any("the same sum is counted with" in reason for reason in reasons.values())
