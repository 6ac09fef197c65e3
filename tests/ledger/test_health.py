"""Records of projects and of sources: the parts of the formulas, each on an example."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given, settings

from ledger.build import PROGRAMME, Article, picture, project, stage, usd
from ledger.test_changes import articles
from pledger.ledger.health import Health, health
from pledger.ledger.picture import Picture
from pledger.ledger.records import PRIOR, Record, records
from pledger.model import DateValue, Interval, Party, Stage, Text

PLANT = project("gas_power", "Fjord Energy", "Ohio")
JANUARY, MARCH, MAY = dt.date(2026, 1, 1), dt.date(2026, 3, 1), dt.date(2026, 5, 1)


def reports(found: Picture) -> dict[str, tuple[str, dt.date | None]]:
    return {key: (voice.claim.document, voice.day) for key, voice in found.voices.items()}


def of(today: dt.date, *made: Article) -> Health:
    found = picture(*made)
    [held] = [h for h in health(found.figures, reports(found), today) if h.entity.kind == "project"]
    return held


def record(name: str, *made: Article) -> Record:
    found = picture(*made)
    [held] = [r for r in records(found.figures, reports(found)) if r.origin == name]
    return held


def test_a_full_record_and_a_poor_one() -> None:
    poor = of(MAY, Article("Fjord Blog", JANUARY).says("It costs $9bn.", "$9bn", usd(9e9), PLANT))
    full = []
    for house in ("Ministry of Finance", "Reuters"):
        a = Article(house, MAY)
        a.says("It costs $9bn.", "$9bn", usd(9e9), PLANT).says("Chosen.", "Chosen", stage(Stage.COMMITTED), PLANT)
        a.says("By Fjord Energy.", "Fjord Energy", Party("Fjord Energy", "sponsor"), PLANT)
        for event in ("decide", "start", "complete"):
            a.says(f"It will {event}.", event, DateValue(event, Interval(MAY, MAY)), PLANT)
        a.kind("A gas plant.", "gas plant", "gas_power", PLANT)
        full.append(a)
    rich = of(MAY, *full)
    assert poor.score < 0.4 < 0.7 < rich.score <= 1
    assert "stage" in poor.missing
    assert "amount" not in poor.missing
    assert set(rich.missing) == {"location", "instrument", "lender or guarantor", "offtaker", "conditions"}
    assert (rich.official, rich.named, rich.independent) == (1, 1, 0.5)
    assert rich.sources == pytest.approx(2.5 / 3)
    assert (rich.age, rich.freshness, rich.documents, rich.origins) == (0, 1, 2, 2)
    assert (poor.official, poor.independent) == (0, 0)
    assert poor.fields == pytest.approx(2 * 0.75 / 14)


def test_the_last_word_counts_half_after_its_half_life() -> None:
    a = Article("Reuters", JANUARY).says("It costs $9bn.", "$9bn", usd(9e9), PLANT)
    assert of(JANUARY + dt.timedelta(days=120), a).freshness == pytest.approx(0.5)
    assert of(JANUARY + dt.timedelta(days=240), a).freshness == pytest.approx(0.25)
    undated = of(MAY, Article("Reuters").says("It costs $9bn.", "$9bn", usd(9e9), PLANT))
    assert (undated.freshness, undated.age, undated.last_word) == (0, None, None)


@settings(max_examples=40, deadline=None)
@given(articles())
def test_scores_are_between_nought_and_one_and_statements_have_one_fate_each(made: list[Article]) -> None:
    found = picture(*made)
    for held in health(found.figures, reports(found), MAY):
        for share in (held.score, held.sources, held.fields, held.freshness, held.official, held.named):
            assert 0 <= share <= 1
        assert set(held.missing) == {f.name for f in held.record if f.filled == 0}
    for item in records(found.figures, reports(found)):
        assert item.statements == item.confirmed + item.contradicted + item.replaced + item.open
        assert item.statements <= item.claims
        assert 0 < item.rate < 1
    votes = sum(len(side.origins) for f in found.figures for side in f.sides)
    assert sum(r.statements for r in records(found.figures, reports(found))) == votes


def test_who_said_it_first_is_confirmed_and_who_repeats_it_is_not() -> None:
    first = Article("Reuters", JANUARY).says("It is $60bn.", "$60bn", usd(60e9))
    later = Article("Bloomberg", MARCH).says("It is $60bn.", "$60bn", usd(60e9))
    assert (record("Reuters", first, later).confirmed, record("Reuters", first, later).open) == (1, 0)
    assert (record("Bloomberg", first, later).confirmed, record("Bloomberg", first, later).open) == (0, 1)
    same_day = Article("Bloomberg", JANUARY).says("It is $60bn.", "$60bn", usd(60e9))
    assert record("Bloomberg", first, same_day).confirmed == 1


def test_a_heavier_side_contradicts_and_news_that_went_on_does_not() -> None:
    heavy = [Article(h, MARCH).says("It is $60bn.", "$60bn", usd(60e9)) for h in ("Reuters", "Bloomberg")]
    light = Article("Fjord Blog", MARCH).says("It is $6bn.", "$6bn", usd(6e9))
    wrong = record("Fjord Blog", *heavy, light)
    assert (wrong.statements, wrong.contradicted) == (1, 1)
    assert wrong.rate == pytest.approx(PRIOR * 0.45 / (1 + PRIOR))
    before = Article("Fjord Blog", JANUARY).says("A candidate.", "candidate", stage(Stage.CANDIDATE), PLANT)
    after = Article("Reuters", MARCH).says("Signed.", "Signed", stage(Stage.COMMITTED), PLANT)
    assert record("Fjord Blog", before, after).replaced == 1


def test_what_nobody_answers_for_is_open() -> None:
    alone = record("Reuters", Article("Reuters").says("It is $60bn.", "$60bn", usd(60e9), PROGRAMME))
    assert (alone.grade, alone.statements, alone.open) == ("B", 1, 1)
    assert alone.rate == pytest.approx(0.85)


def test_a_text_is_no_field_of_another_attribute() -> None:
    a = Article("Reuters", MAY).kind("A gas plant.", "gas plant", "gas_power", PLANT)
    held = of(MAY, a)
    assert "kind or sector" not in held.missing
    assert {"location", "conditions"} <= set(held.missing)
    assert isinstance(a.pending[0][5], Text)
