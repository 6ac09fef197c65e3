"""When projects are selected, due and started: reports first, the sector's lead else, assumptions last."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from ledger.build import FIRST, Article, Interval, project, stage, usd
from pledger.model import DateValue, Mention, Stage
from pledger.vehicle.grid import Grid
from pledger.vehicle.planning.timing import Lag, chosen, due_day, place, selected, slots, starts
from pledger.vehicle.planning.told import Programme, Told, gathered
from pledger.vehicle.words import Basis
from vehicle.ledgers import ledger_of

PLANT = project("gas_power", "Fjord", "Ohio")
GRID = Grid.at(dt.date(2026, 1, 1))
LAG = Lag(45, ("US", "JP"))
AGREED = dt.date(2025, 9, 4)
LEAD = (1.0, 4.0, 8.0)


def on(event: str, start: dt.date, end: dt.date | None = None) -> DateValue:
    return DateValue(event, Interval(start, end or start))


def told(tmp_path: Path, *articles: Article, name: str = "Fjord") -> tuple[Told, Programme]:
    with ledger_of(tmp_path / "l.db", *articles) as ledger:
        found = gathered(ledger, "JP>US")
    return next(t for t in found.projects if name in t.entity.name), found


def article(day: dt.date, subject: Mention = PLANT, rung: Stage = Stage.COMMITTED) -> Article:
    return (
        Article("A", day)
        .says("It costs $30bn.", "$30bn", usd(30e9), subject)
        .says("It was approved.", "approved", stage(rung), subject)
    )


def test_its_own_day_of_decision(tmp_path: Path) -> None:
    day = dt.date(2026, 2, 17)
    its, programme = told(
        tmp_path, article(dt.date(2026, 3, 1)).says("Decided on 17 February.", "17 February", on("decide", day), PLANT)
    )
    found = selected(its, programme, AGREED)
    assert found is not None
    assert (found.day, found.basis) == (day, Basis.REPORTED)
    assert found.figure is not None
    assert due_day(found.day, LAG) == dt.date(2026, 4, 23)


def test_else_that_of_its_batch(tmp_path: Path) -> None:
    day = dt.date(2026, 2, 17)
    its, programme = told(
        tmp_path,
        article(dt.date(2026, 3, 1)).says("The first on 17 February.", "17 February", on("decide", day), FIRST),
    )
    found = selected(its, programme, AGREED)
    assert found is not None
    assert (found.day, found.basis) == (day, Basis.REPORTED)
    assert "first projects" in found.says


def test_else_the_first_report_as_an_assumption(tmp_path: Path) -> None:
    its, programme = told(tmp_path, article(dt.date(2026, 3, 1)), article(dt.date(2026, 2, 20)))
    found = selected(its, programme, AGREED)
    assert found is not None
    assert (found.day, found.basis) == (dt.date(2026, 2, 20), Basis.ASSUMPTION)


def test_nothing_is_selected_before_the_programme_was_agreed(tmp_path: Path) -> None:
    early = on("decide", dt.date(1950, 1, 1), dt.date(1950, 12, 31))
    its, programme = told(tmp_path, article(dt.date(2026, 3, 1)).says("Decided in 1950.", "1950", early, PLANT))
    found = selected(its, programme, AGREED)
    assert found is not None
    assert (found.day, found.basis) == (AGREED, Basis.ASSUMPTION)


def test_a_candidate_has_not_been_selected(tmp_path: Path) -> None:
    its, programme = told(tmp_path, article(dt.date(2026, 3, 1), rung=Stage.CANDIDATE))
    assert not chosen(its)
    assert selected(its, programme, AGREED) is None


def test_a_start_is_due_and_lead_where_none_is_reported() -> None:
    belief, basis, _, figure = starts(None, dt.date(2026, 4, 23), LEAD, GRID)
    at = 1 + 22 / 91  # 22 days into the second quarter's 91
    assert belief.bounds() == pytest.approx((at + 1, at + 8))
    assert (basis, figure) == (Basis.REFERENCE, None)


def test_a_reported_start_counts(tmp_path: Path) -> None:
    start = on("start", dt.date(2026, 10, 1), dt.date(2026, 12, 31))
    its, _ = told(tmp_path, article(dt.date(2026, 3, 1)).says("Building from autumn.", "autumn", start, PLANT))
    belief, basis, _, figure = starts(its, dt.date(2026, 4, 23), LEAD, GRID)
    assert belief.bounds() == (3.0, 4.0)
    assert (basis, figure is not None) == (Basis.REPORTED, True)


def test_a_start_before_the_money_is_cut(tmp_path: Path) -> None:
    start = on("start", dt.date(2026, 2, 1), dt.date(2026, 2, 28))
    its, _ = told(tmp_path, article(dt.date(2026, 3, 1)).says("Begun in February.", "February", start, PLANT))
    belief, _, says, _ = starts(its, dt.date(2026, 4, 23), LEAD, GRID)
    assert belief.bounds() == (1.0, 1.0)
    assert "not before funds are due" in says


def test_a_start_years_later_is_the_plants_not_the_buildings(tmp_path: Path) -> None:
    start = on("start", dt.date(2032, 1, 1), dt.date(2032, 12, 31))
    its, _ = told(tmp_path, article(dt.date(2026, 3, 1)).says("Power from 2032.", "2032", start, PLANT))
    _, basis, _, figure = starts(its, dt.date(2026, 4, 23), LEAD, GRID)
    assert (basis, figure) == (Basis.REFERENCE, None)


def test_slots_are_even_and_within_the_window() -> None:
    assert slots(4, 0, 11) == (1, 4, 7, 10)
    assert slots(1, 0, 11) == (6,)
    assert slots(0, 0, 11) == ()
    assert slots(2, 0, -5) == (0, 0)


def test_a_day_on_the_grid() -> None:
    assert place(dt.date(2026, 1, 1), GRID) == 0
    assert place(dt.date(2025, 10, 1), GRID) == -1
    assert 0.98 < place(dt.date(2026, 3, 31), GRID) < 1
    assert due_day(dt.date(2026, 1, 1), Lag(45, ())) == dt.date(2026, 2, 15), "calendar days"
