"""What agrees, what it weighs, and what the ledger then holds."""

from __future__ import annotations

import datetime as dt
from math import prod

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ledger.build import Article, picture, project, stage, total, usd
from pledger.ledger.agree import half_unit, reach
from pledger.model import (
    Attribute,
    DateValue,
    EntityKind,
    Interval,
    Modality,
    Money,
    Party,
    Qualifier,
    Share,
    Stage,
    StageValue,
    Standing,
)


@pytest.mark.parametrize(
    ("text", "stated", "half"),
    [
        ("$33bn", 33e9, 0.5e9),
        ("$33.3 billion", 33.3e9, 0.05e9),
        ("33,3 Mrd. Dollar", 33.3e9, 0.05e9),
        ("5,500亿美元", 550e9, 0.5e9),
        ("330억달러", 33e9, 0.5e9),
        ("$550,000,000,000", 550e9, 5e9),
        ("1.5%", 0.015, 0.0005),
        ("10 %", 0.10, 0.005),
        ("half a billion", 0.5e9, 0.0),
    ],
)
def test_half_a_unit_of_the_last_digit(text: str, stated: float, half: float) -> None:
    assert half_unit(text, stated) == pytest.approx(half)


@given(st.text(max_size=80), st.floats(1e-6, 1e15))
def test_half_a_unit_of_anything(text: str, stated: float) -> None:
    assert half_unit(text, stated) >= 0


def test_the_reach_of_qualifiers() -> None:
    assert reach(usd(33e9), "$33bn").meets(reach(usd(33.3e9), "$33.3bn"))
    assert not reach(usd(33.4e9), "$33.4bn").meets(reach(usd(33.3e9), "$33.3bn"))
    assert reach(usd(16e9, qualifier=Qualifier.ABOUT), "about $16bn").meets(reach(usd(17e9), "$17bn"))
    ceiling = reach(Money(None, 550e9, "USD", Qualifier.UP_TO), "up to $550bn")
    assert ceiling.meets(reach(usd(550e9), "$550bn"))
    assert not ceiling.meets(reach(usd(55e9), "$55bn"))


def test_four_spellings_are_one_value() -> None:
    found = total(
        picture(
            *(
                Article(f"Paper {n}").says(f"It is {w}.", w, usd(550e9))
                for n, w in enumerate(("$550bn", "$550 billion", "$550B", "US$550,000,000,000"))
            )
        )
    )
    assert len(found.sides) == 1
    assert found.documents == 4


def test_the_rough_figure_joins_the_exact_one_and_bridges_nothing() -> None:
    found = total(
        picture(
            Article("A").says("$33.3bn.", "$33.3bn", usd(33.3e9)),
            Article("B").says("$33.3bn.", "$33.3bn", usd(33.3e9)),
            Article("C").says("$33bn.", "$33bn", usd(33e9)),
            Article("D").says("$32.6bn.", "$32.6bn", usd(32.6e9)),
        )
    )
    assert [(s.value.low, len(s.origins)) for s in found.sides if isinstance(s.value, Money)] == [
        (33.3e9, 3),
        (32.6e9, 1),
    ]


def test_weights_and_standings_are_the_rule() -> None:
    one = Article("Daily Fjord").says("$2bn.", "$2bn", usd(2e9))
    found = total(picture(one))
    assert found.standing is Standing.SINGLE_SOURCE
    many = picture(one, Article("Reuters").says("It is $2bn.", "$2bn", usd(2e9)))
    side = total(many).sides[0]
    assert total(many).standing is Standing.AGREED
    assert side.weight == pytest.approx(1 - prod(1 - o.weight for o in side.origins))
    against = picture(
        one, Article("Reuters").says("It is $2bn.", "$2bn", usd(2e9)), Article("AFP").says("$3bn.", "$3bn", usd(3e9))
    )
    assert total(against).standing is Standing.CONTESTED
    assert total(against).value == usd(2e9)
    assert [o.grade for o in total(against).sides[1].origins] == ["B4"]


def test_an_origin_votes_once_and_its_latest_word_counts() -> None:
    def said(day: int, words: str, value: Money) -> Article:
        return Article(f"Paper {day}", dt.date(2026, 1, day)).says(f"It is {words}.", words, value, by=("Reuters",))

    twice = total(picture(said(1, "$2bn", usd(2e9)), said(2, "$2bn", usd(2e9))))
    assert len(twice.sides[0].origins) == 1
    changed = total(picture(said(1, "$2bn", usd(2e9)), said(9, "$3bn", usd(3e9))))
    assert changed.value == usd(3e9)
    assert changed.sides[1].weight == 0
    assert len(changed.sides[1].claims) == 1, "what lost is still there"


def test_what_restates_an_amount_in_another_currency_stands_with_it() -> None:
    article = Article("Daily Fjord").says("It is $2bn (¥300bn).", "$2bn", usd(2e9))
    base = article.pending[0][1]
    yen = Money(3e11, 3e11, "JPY", Qualifier.EXACT, converts=base)
    article.says("¥300bn, that is.", "¥300bn", yen)
    found = total(picture(article))
    assert len(found.sides) == 1
    assert len(found.sides[0].claims) == 2


def test_another_currency_agrees_at_a_years_average_rate() -> None:
    yen = Money(8.1e13, 8.1e13, "JPY", Qualifier.ABOUT)
    found = picture(Article("A").says("$550bn.", "$550bn", usd(550e9)), Article("B").says("81兆円", "81兆円", yen))
    assert len(total(found).sides) == 1


def test_parts_and_yearly_sums_are_no_rivals_of_the_total() -> None:
    article = Article("Daily Fjord").says("$350bn in all.", "$350bn", usd(350e9), scope="total")
    article.says("$200bn in cash.", "$200bn", usd(200e9), scope="part")
    article.says("$20bn a year.", "$20bn", Money(None, 20e9, "USD", Qualifier.UP_TO, "year"))
    found = picture(article)
    assert sorted(f.qualifier for f in found.figures) == ["a year", "part: $200bn", "total"]
    assert not found.conflicts


def test_dates_meet_and_narrow_each_other() -> None:
    def on(start: dt.date | None, end: dt.date) -> DateValue:
        return DateValue("announce", Interval(start, end))

    found = picture(
        Article("A").says("By spring.", "spring", on(None, dt.date(2026, 5, 31))),
        Article("B").says("In March.", "March", on(dt.date(2026, 3, 1), dt.date(2026, 3, 31))),
    )
    (figure,) = found.figures
    assert figure.value == on(dt.date(2026, 3, 1), dt.date(2026, 3, 31))
    assert not found.conflicts


def test_stages_go_up_with_time() -> None:
    def at(day: int, rung: Stage) -> Article:
        return Article(f"Paper {day}", dt.date(2026, 2, day)).says(f"{rung}!", str(rung), stage(rung))

    (figure,) = picture(at(1, Stage.CANDIDATE), at(2, Stage.CANDIDATE), at(20, Stage.COMMITTED)).figures
    assert figure.value == StageValue(Stage.COMMITTED)
    assert figure.standing is Standing.SINGLE_SOURCE


def test_each_party_is_a_figure_and_spellings_are_one() -> None:
    terminal = project("oil_terminal", place="Texas")
    found = picture(
        Article("A").says("Harbour builds.", "Harbour", Party("Harbour", "sponsor"), terminal),
        Article("B").says("Harbour Group builds.", "Harbour Group", Party("Harbour Group", "sponsor"), terminal),
        Article("C").says("Fjord lends.", "Fjord", Party("Fjord", "lender"), terminal),
    )
    parties = [f for f in found.figures if f.attribute is Attribute.PARTY]
    assert [len(f.sides[0].origins) for f in parties] == [1, 2]
    assert {e.name for e in found.entities.values() if e.kind is EntityKind.ORGANISATION} >= {"Fjord"}


def test_as_of_leaves_later_documents_out_and_keeps_undated_ones() -> None:
    early = Article("A", dt.date(2026, 1, 1)).says("$2bn.", "$2bn", usd(2e9))
    late = Article("B", dt.date(2026, 3, 1)).says("$3bn.", "$3bn", usd(3e9))
    undated = Article("C").says("10%.", "10%", Share(0.1, 0.1, Qualifier.EXACT, "demand"))
    found = picture(early, late, undated, as_of=dt.date(2026, 2, 1))
    assert {f.attribute for f in found.figures} == {Attribute.AMOUNT, Attribute.SHARE}
    assert len(total(found).sides) == 1
    assert total(found).as_of == dt.date(2026, 2, 1)


def test_a_denied_suspension_is_no_suspension() -> None:
    """ "The work has not been suspended": the project is where others say that it is."""
    mill = project("mill")
    denial = Article("Mole Post", dt.date(2026, 2, 3)).says(
        "It is not suspended.", "suspended", stage(Stage.SUSPENDED), mill, modality=Modality.DENIED
    )
    works = Article("Quay Times", dt.date(2026, 2, 1)).says("It is built.", "built", stage(Stage.IMPLEMENTATION), mill)
    for articles, expected in (([denial], Stage.CANDIDATE), ([denial, works], Stage.IMPLEMENTATION)):
        held = next(f for f in picture(*articles).figures if f.attribute is Attribute.STAGE)
        assert held.value == stage(expected)
