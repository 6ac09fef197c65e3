"""Plans: from small ledgers written by hand, and from the bundled corpus, to candidates with what they rest on."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ledger.build import FIRST, PROGRAMME, Article, Interval, project, stage, usd
from pledger.ledger import Ledger, judgement
from pledger.ledger.distributions import Belief, Categories
from pledger.model import DateValue, Mention, Money, Qualifier, Stage
from pledger.vehicle.planning.asked import PlanningError
from pledger.vehicle.planning.fill import is_unnamed
from pledger.vehicle.planning.plan import plan
from pledger.vehicle.planning.realisation import rate
from pledger.vehicle.terms import TermsError, terms
from pledger.vehicle.words import Basis, Candidate, Exclusion, Plan
from vehicle.ledgers import ledger_of

PLANT = project("gas_power", "Fjord", "Ohio")
YARD = project("shipyard", "Harbour", "Texas")
JAPAN = "japan"


def about(
    subject: Mention, amount: Money, rung: Stage = Stage.COMMITTED, day: dt.date = dt.date(2026, 3, 1), by: str = "A"
) -> Article:
    return (
        Article(by, day)
        .says(f"{subject.text} costs that much.", "that much", amount, subject)
        .says("So far it has come.", "far", stage(rung), subject)
    )


def planned(path: Path, *articles: Article, **asked: object) -> Plan:
    with ledger_of(path / "l.db", *articles) as ledger:
        return plan(ledger, terms(JAPAN), **asked)  # type: ignore[arg-type]


def one(found: Plan, name: str) -> Candidate:
    (its,) = [c for c in found.candidates if name in c.name]
    return its


def left_out(found: Plan, name: str) -> Exclusion:
    (its,) = [e for e in found.excluded if name in e.what]
    return its


def mean(belief: Belief | Categories) -> float:
    assert isinstance(belief, Belief)
    return belief.mean()


def test_a_project_with_its_cost_stage_and_claims(tmp_path: Path) -> None:
    found = planned(tmp_path, about(PLANT, usd(30e9)), about(PLANT, usd(33e9), by="B"))
    its = one(found, "Fjord")
    assert (its.sector, its.stage, its.sponsors) == ("gas_cc", "committed", ())
    assert 29e9 < mean(its.cost.belief) < 34e9
    assert its.cost.basis is Basis.REPORTED
    assert len(its.cost.claims) == 2
    assert its.cost.figure is not None
    assert rate(Stage.CANDIDATE).central < mean(its.proceeds.belief) < rate(Stage.COMMITTED).central, (
        "some doubt is left"
    )
    assert its.proceeds.claims
    assert {its.overrun.basis, its.delay.basis, its.cash_yield.basis} <= {Basis.REFERENCE, Basis.ASSUMPTION}


def test_the_programmes_terms_come_with_the_ledgers_figures(tmp_path: Path) -> None:
    pledge = Article("C", dt.date(2026, 1, 1)).says("Up to $550bn.", "$550bn", usd(550e9), PROGRAMME)
    found = planned(tmp_path, about(PLANT, usd(30e9)), pledge)
    (ceiling,) = [i for i in found.fixed if i.name == "terms.ceiling"]
    assert found.funding.ceiling == 550e9
    assert ceiling.figure is not None
    assert len(ceiling.claims) == 1
    assert {i.name for i in found.interpretations} >= {n for n, _ in found.interpretation.belief.options}  # type: ignore[union-attr]


def test_every_input_has_a_name_of_its_own(tmp_path: Path) -> None:
    found = planned(tmp_path, about(PLANT, usd(30e9)), about(YARD, usd(5e9)), fill=True)
    names = [i.name for i in found.fixed]
    for c in found.candidates:
        names += [i.name for i in (c.proceeds, c.cost, c.overrun, c.start, c.delay, c.cash_yield)]
    assert len(names) == len(set(names))


def test_a_project_without_an_amount_is_left_out_with_the_reason(tmp_path: Path) -> None:
    bare = Article("B", dt.date(2026, 3, 1)).says("It was approved.", "approved", stage(Stage.COMMITTED), YARD)
    found = planned(tmp_path, about(PLANT, usd(30e9)), bare)
    assert [c.name for c in found.candidates] == [one(found, "Fjord").name]
    assert left_out(found, "Harbour").why == "no report gives an amount"


def test_a_part_is_not_the_whole(tmp_path: Path) -> None:
    part = Article("B", dt.date(2026, 3, 1)).says("$4bn of it.", "$4bn", usd(4e9), YARD, scope="part")
    assert "only of parts" in left_out(planned(tmp_path, about(PLANT, usd(30e9)), part), "Harbour").why


def test_another_currency_is_brought_to_dollars(tmp_path: Path) -> None:
    yen = Money(1.5e12, 1.5e12, "JPY", Qualifier.EXACT)
    cost = one(planned(tmp_path, about(PLANT, yen)), "Fjord").cost
    assert mean(cost.belief) == pytest.approx(10e9, rel=0.05), "about 150 yen to the dollar"
    assert isinstance(cost.belief, Belief)
    assert cost.belief.unit == "USD"
    low, high = cost.belief.bounds()
    assert high / low > 1.3, "and 15 % to both sides, for the rate is a year's average"
    assert any("exchange-rates" in s.where for s in cost.sources)


def test_a_currency_without_a_rate_is_left_out(tmp_path: Path) -> None:
    krona = Money(1e9, 1e9, "SEK", Qualifier.EXACT)
    found = left_out(planned(tmp_path, about(PLANT, usd(30e9)), about(YARD, krona)), "Harbour")
    assert "SEK" in found.why
    assert "fx.csv" in found.mend


def test_a_batch_and_its_projects_are_not_counted_twice(tmp_path: Path) -> None:
    batch = Article("C", dt.date(2026, 3, 1)).says("The first come to $35bn.", "$35bn", usd(35e9), FIRST)
    found = planned(tmp_path, about(PLANT, usd(30e9)), about(YARD, usd(5e9)), batch)
    assert sum(mean(c.cost.belief) for c in found.candidates) == pytest.approx(35e9, rel=0.03)
    assert "count one by one" in left_out(found, "first projects").why


def test_what_may_be_either_of_two_is_not_counted_beside_them(tmp_path: Path) -> None:
    """'A smelter' without sponsor or place fits both."""
    ohio, texas = project("smelter", "Fjord", "Ohio"), project("smelter", "Harbour", "Texas")
    either = about(project("smelter"), usd(2.5e9), Stage.CANDIDATE, by="C")
    found = planned(tmp_path, about(ohio, usd(2e9)), about(texas, usd(3e9), by="B"), either)
    assert {c.name for c in found.candidates} == {"Fjord smelter", "Harbour smelter"}
    assert "may be the same as" in left_out(found, "smelter").why
    assert "judge" in left_out(found, "smelter").mend


def test_a_project_beside_a_doubtful_mention_is_counted(tmp_path: Path) -> None:
    ohio, texas = project("smelter", "Fjord", "Ohio"), project("smelter", "Harbour", "Texas")
    both = about(ohio, usd(2e9)).says("A smelter of $2.5bn.", "$2.5bn", usd(2.5e9), project("smelter"))
    found = planned(tmp_path, both, about(texas, usd(3e9), by="B"))
    assert {"Fjord smelter", "Harbour smelter"} <= {c.name for c in found.candidates}


def test_a_cancelled_project_is_left_out(tmp_path: Path) -> None:
    found = planned(tmp_path, about(PLANT, usd(30e9)), about(YARD, usd(5e9), Stage.CANCELLED))
    assert "cancelled" in left_out(found, "Harbour").why


def test_a_judgement_on_the_stage_is_followed(tmp_path: Path) -> None:
    articles = (about(PLANT, usd(30e9)), about(PLANT, usd(30e9), Stage.CANDIDATE, by="B"))
    with ledger_of(tmp_path / "l.db", *articles) as ledger:
        before = one(plan(ledger, terms(JAPAN)), "Fjord").proceeds
        claim = next(c for c in ledger.claims() if getattr(c.value, "stage", None) is Stage.CANDIDATE)
        made_at = dt.datetime(2026, 6, 2)  # noqa: DTZ001
        ledger.judge(
            judgement(
                kind="claim",
                subject=claim.id,
                object_="",
                value="",
                verdict="accept",
                person="A",
                reason="",
                made_at=made_at,
            )
        )
        after = one(plan(ledger, terms(JAPAN)), "Fjord").proceeds
    assert mean(after.belief) == rate(Stage.CANDIDATE).central < mean(before.belief)


def test_candidates_wait_their_turn_and_the_furthest_along_comes_first(tmp_path: Path) -> None:
    others = [about(project("lng", f"Company {n}"), usd(5e9), Stage.CANDIDATE) for n in "ABC"]
    asked = {"valuation": dt.date(2026, 4, 1)}
    found = planned(tmp_path, about(PLANT, usd(30e9)), *others, **asked)
    waiting = [c.selected for c in found.candidates if c.stage == "candidate"]
    assert waiting == [2, 6, 10], "a third each of the twelve quarters to the first of 2029"
    assert one(found, "Fjord").selected == -1
    days = {i.name: i for i in found.fixed if i.name.endswith(".selected")}
    assert {days[f"{c.id}.selected"].basis for c in found.candidates if c.stage == "candidate"} == {Basis.ASSUMPTION}


def test_the_notice_and_the_lead_come_before_the_start(tmp_path: Path) -> None:
    decided = Article("D", dt.date(2026, 3, 1)).says(
        "Decided.", "Decided", DateValue("decide", Interval(dt.date(2026, 2, 17), dt.date(2026, 2, 17))), PLANT
    )
    its = one(planned(tmp_path, about(PLANT, usd(30e9)), decided, valuation=dt.date(2026, 1, 1)), "Fjord")
    assert isinstance(its.start.belief, Belief)
    due = 1 + 22 / 91  # 23 April
    assert its.start.belief.bounds() == pytest.approx((due + 1, due + 8)), "the lead of gas plants is 1 to 8 quarters"
    assert its.selected == 0


def test_as_of_a_day_only_what_had_been_reported(tmp_path: Path) -> None:
    articles = (about(PLANT, usd(30e9), day=dt.date(2026, 1, 10)), about(YARD, usd(5e9), day=dt.date(2026, 5, 1)))
    found = planned(tmp_path, *articles, as_of=dt.date(2026, 2, 1))
    assert [c.sector for c in found.candidates] == ["gas_cc"]
    assert (found.first_year, found.first_quarter) == (2026, 0)
    assert found.deadline == 12


def test_projects_are_asked_for_by_name_place_or_id(tmp_path: Path) -> None:
    with ledger_of(tmp_path / "l.db", about(PLANT, usd(30e9)), about(YARD, usd(5e9))) as ledger:
        its = one(plan(ledger, terms(JAPAN)), "Harbour")
        for words in ("harbour", "Texas", its.id, its.id[:6], its.name):
            assert [c.id for c in plan(ledger, terms(JAPAN), projects=[words]).candidates] == [its.id]


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ("Habrour", "did you mean 'Harbour"),
        ("moonbase", "the ledger holds"),
        ("", "no project ''"),
    ],
)
def test_a_project_that_is_not_there(tmp_path: Path, asked: str, says: str) -> None:
    with (
        ledger_of(tmp_path / "l.db", about(PLANT, usd(30e9)), about(YARD, usd(5e9))) as ledger,
        pytest.raises(PlanningError) as error,
    ):
        plan(ledger, terms(JAPAN), projects=[asked])
    assert says in str(error.value)
    assert "\n" not in str(error.value)


def test_nothing_to_run_says_why(tmp_path: Path) -> None:
    with pytest.raises(PlanningError, match="no report gives an amount"):
        planned(tmp_path, Article("B", dt.date(2026, 3, 1)).says("Approved.", "Approved", stage(Stage.COMMITTED), YARD))


def test_a_programme_without_vehicle_terms(tmp_path: Path) -> None:
    with (
        ledger_of(tmp_path / "l.db", about(PLANT, usd(30e9))) as ledger,
        pytest.raises(TermsError, match="no vehicle terms reported"),
    ):
        plan(ledger, terms("eu"))


def test_the_rest_of_the_ceiling_is_filled_only_on_request(tmp_path: Path) -> None:
    with ledger_of(tmp_path / "l.db", about(PLANT, usd(30e9)), about(YARD, usd(10e9))) as ledger:
        assert not any(is_unnamed(c) for c in plan(ledger, terms(JAPAN)).candidates)
        found = plan(ledger, terms(JAPAN), fill=True)
    named = [c for c in found.candidates if not is_unnamed(c)]
    unnamed = [c for c in found.candidates if is_unnamed(c)]
    expected = sum(mean(c.cost.belief) * mean(c.proceeds.belief) for c in named)
    assert sum(mean(c.cost.belief) for c in unnamed) == pytest.approx(550e9 - expected)
    assert {i.basis for c in unnamed for i in (c.cost, c.proceeds, c.start)} == {Basis.ASSUMPTION}
    assert all(0 <= c.selected <= found.funding.window_end for c in unnamed)
    assert [c.selected for c in found.candidates] == sorted(c.selected for c in found.candidates)


def test_after_the_window_no_candidate_is_selected_any_more(tmp_path: Path) -> None:
    articles = (about(PLANT, usd(30e9)), about(YARD, usd(10e9), Stage.CANDIDATE))
    found = planned(tmp_path, *articles, valuation=dt.date(2030, 1, 1), fill=True)
    assert [c.sector for c in found.candidates] == ["gas_cc"]
    assert "window" in left_out(found, "Harbour").why


def test_the_bundled_corpus(corpus_ledger: Ledger) -> None:
    found = plan(corpus_ledger, terms(JAPAN))
    sectors = {c.sector for c in found.candidates}
    assert {"gas_cc", "smr", "crude_terminal", "diamond_grit"} <= sectors
    ohio = one(found, "SoftBank Group gas-fired")
    its_equipment = one(
        found, "SoftBank Group power equipment"
    )  # an entry of the October list, with a ceiling of $25bn
    assert its_equipment.cost.belief.quantile(0.999) <= 25e9  # type: ignore[union-attr]
    assert ohio.cost.belief.quantile(0.5) == pytest.approx(33e9, rel=0.02)  # type: ignore[union-attr]
    assert ohio.sponsors[0].startswith("SB Energy") or "SoftBank Group" in ohio.sponsors
    assert ohio.selected == -1, "February 2026, seen from the last report in May"
    total = sum(mean(c.cost.belief) for c in found.candidates)
    assert total < found.funding.ceiling, "batches are no projects beside their projects"
    assert all(e.why and e.mend for e in found.excluded)
    reported = [i for c in found.candidates for i in (c.cost,)]
    assert all(i.claims and i.figure and i.sources for i in reported)
    assert found.interpretation.basis is Basis.REPORTED
    assert found.interpretation.claims
    with pytest.raises(PlanningError, match="'gas' is the name of 3 projects"):
        plan(corpus_ledger, terms(JAPAN), projects=["gas"])
