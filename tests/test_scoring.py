"""The yardstick itself: it must see what is right, and above all it must see what is wrong."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from pledger.model import (
    Attribute,
    Claim,
    DateValue,
    Instruments,
    Interval,
    Money,
    Ownership,
    Party,
    Qualifier,
    Share,
    Stage,
    StageValue,
    Text,
)
from scored import DOCUMENT, MARKET, PROGRAMME, RIGHT, claim, usd
from scoring import words
from scoring.claims import pair, score_claims, subject_group
from scoring.countries import investor
from scoring.gold import Gold, parse
from scoring.sources import Source, score_sources
from scoring.tally import Tally


def gold_of(*claims: dict[str, Any], **more: Any) -> Gold:
    return parse({"one": {"claims": list(claims), **more}})


EIGHTY = {
    "attribute": "amount",
    "quote": "$80 billion",
    "low": 8e10,
    "high": 8e10,
    "unit": "USD",
    "qualifier": "exact",
    "subject": "programme",
}
SEVEN = {**EIGHTY, "quote": "$7bn", "low": 7e9, "high": 7e9, "subject": "copper market"}


def marks(gold: Gold, claims: list[Claim]) -> dict[str, Tally]:
    return {t.name: t for t in score_claims([(gold.documents["one"], DOCUMENT, claims)])}


def test_a_perfect_reading_has_full_marks() -> None:
    found = marks(gold_of(EIGHTY, SEVEN), RIGHT)
    assert {t.f1 for t in found.values()} == {1.0}
    assert found["amount"].gold == 2
    assert found["amount, again"].gold == 1
    assert found["amount's subject"].gold == 2


@pytest.mark.parametrize(
    "value",
    [
        usd(8e9),
        usd(8.0001e10),
        replace(usd(8e10), currency="EUR"),
        usd(8e10, 8e10, Qualifier.ABOUT),
        Money(None, 8e10, "USD", Qualifier.UP_TO),
        Money(8e10, None, "USD", Qualifier.EXACT),
    ],
)
def test_a_wrong_value_is_missed_and_wrong(value: Money) -> None:
    found = marks(gold_of(EIGHTY, SEVEN), [claim("$80 billion", value), *RIGHT[1:]])
    # The right reading of the second place serves gold, which means any occurrence; the wrong one still costs.
    assert found["amount"].wrong
    assert found["amount"].f1 < 1
    alone = marks(gold_of(EIGHTY), [claim("$80 billion", value)])
    assert alone["amount"].found == 0
    assert "read there" in alone["amount"].missed[0]


def test_nothing_read_has_no_marks() -> None:
    found = marks(gold_of(EIGHTY, SEVEN), [])
    assert found["amount"].recall == 0
    assert found["amount"].f1 == 0
    assert found["amount, again"].recall == 0


def test_an_amount_where_there_is_none_is_invented() -> None:
    invented = claim("4%", usd(4.0))
    found = marks(gold_of(EIGHTY, SEVEN), [*RIGHT, invented])["amount"]
    assert len(found.invented) == 1
    assert found.precision == pytest.approx(2 / 3)


def test_an_amount_that_gold_does_not_have_is_invented_and_a_repeat_is_not() -> None:
    found = marks(gold_of(EIGHTY), RIGHT)["amount"]
    assert len(found.invented) == 1
    assert "$7bn" in found.invented[0]
    second = {**EIGHTY, "nth": 2}
    assert marks(gold_of(second, SEVEN), RIGHT)["amount"].invented == ()


def test_nth_names_one_occurrence() -> None:
    second = gold_of({**EIGHTY, "nth": 2})
    assert marks(second, RIGHT[:1])["amount"].found == 0
    assert marks(second, RIGHT[1:2])["amount"].found == 1


def test_a_repeat_that_was_not_read_is_missed() -> None:
    found = marks(gold_of(EIGHTY, SEVEN), [RIGHT[0], RIGHT[2]])["amount, again"]
    assert (found.gold, found.found) == (1, 0)


def test_a_markets_amount_on_the_programme_is_a_wrong_subject() -> None:
    astray = [*RIGHT[:2], claim("$7bn", usd(7e9), subject=PROGRAMME)]
    found = marks(gold_of(EIGHTY, SEVEN), astray)
    assert found["amount"].f1 == 1
    assert found["amount's subject"].recall == 0.5


def test_a_sum_for_each_year_is_told_from_a_sum() -> None:
    found = marks(gold_of({**EIGHTY, "period": "year"}), RIGHT[:2])
    assert found["amount's period"].recall == 0


def test_a_quote_that_is_not_in_the_text_is_missed() -> None:
    found = marks(gold_of({**EIGHTY, "quote": "$81 billion"}), RIGHT)["amount"]
    assert "not in the text" in found.missed[0]


def test_a_quote_is_not_found_inside_a_longer_number() -> None:
    assert words.occurrences("5 billion", "$55 billion, then 5 billion") == [18]
    assert words.occurrences("億ドル", "五千億ドル台") == [2]


OTHERS: list[tuple[dict[str, Any], Claim, list[Claim]]] = [
    (
        {"attribute": "share", "quote": "about 4% of output", "value": 0.04, "qualifier": "about"},
        claim("about 4%", Share(0.04, 0.04, Qualifier.ABOUT, "output"), Attribute.SHARE),
        [
            claim("about 4%", Share(0.4, 0.4, Qualifier.ABOUT, "output"), Attribute.SHARE),
            claim("about 4%", Share(0.04, 0.04, Qualifier.EXACT, "output"), Attribute.SHARE),
            claim("No deal", Share(0.04, 0.04, Qualifier.ABOUT, "output"), Attribute.SHARE),
        ],
    ),
    (
        {"attribute": "date", "quote": "Q2 2027", "event": "start", "start": dt.date(2027, 4, 1)},
        claim("Q2 2027", DateValue("start", Interval(dt.date(2027, 4, 1), dt.date(2027, 6, 30))), Attribute.DATE),
        [
            claim("Q2 2027", DateValue("announce", Interval(dt.date(2027, 4, 1), None)), Attribute.DATE),
            claim("Q2 2027", DateValue("start", Interval(dt.date(2027, 7, 1), None)), Attribute.DATE),
        ],
    ),
    (
        {"attribute": "stage", "quote": "No deal is signed", "stage": "candidate", "modality": "denied"},
        claim("No deal is signed", StageValue(Stage.CANDIDATE), Attribute.STAGE, modality="denied"),
        [
            claim("No deal is signed", StageValue(Stage.CANDIDATE), Attribute.STAGE),
            claim("No deal is signed", StageValue(Stage.COMMITTED), Attribute.STAGE, modality="denied"),
        ],
    ),
    (
        {"attribute": "party", "quote": "Zrin AG", "role": "sponsor"},
        claim("Zrin AG", Party("Zrin", "sponsor"), Attribute.PARTY),
        [
            claim("Zrin AG", Party("Zrin", "lender"), Attribute.PARTY),
            claim("Zrin AG", Party("Klow Motors", "sponsor"), Attribute.PARTY),
            claim("Zrin AG", Party("Zri", "sponsor"), Attribute.PARTY),
        ],
    ),
    (
        {"attribute": "ownership", "quote": "Zrin AG, a unit of", "owner": "Klow Motors", "owned": "Zrin"},
        claim("a unit of", Ownership("Klow Motors", "Zrin AG"), Attribute.OWNERSHIP),
        [claim("a unit of", Ownership("Zrin AG", "Klow Motors"), Attribute.OWNERSHIP)],
    ),
    (
        {"attribute": "instrument", "quote": "loans and equity", "instruments": ["equity", "loan"]},
        claim("loans and equity", Instruments(("loan", "equity")), Attribute.INSTRUMENT),
        [claim("loans", Instruments(("loan",)), Attribute.INSTRUMENT)],
    ),
    (
        {"attribute": "kind", "quote": "smelter", "kind": "copper smelter"},
        claim("smelter", Text("copper_smelter"), Attribute.KIND),
        [claim("smelter", Text("lng"), Attribute.KIND)],
    ),
]


@pytest.mark.parametrize(("wanted", "right", "wrong"), OTHERS, ids=[w["attribute"] for w, _, _ in OTHERS])
def test_other_attributes(wanted: dict[str, Any], right: Claim, wrong: list[Claim]) -> None:
    gold = gold_of(wanted)
    assert marks(gold, [right])[wanted["attribute"]].recall == 1
    for bad in wrong:
        assert marks(gold, [bad])[wanted["attribute"]].recall == 0, bad


def test_one_claim_serves_one_gold_claim() -> None:
    gold = gold_of(
        {"attribute": "stage", "quote": "lead the smelter", "stage": "candidate", "subject": "one"},
        {"attribute": "stage", "quote": "lead the smelter", "stage": "candidate", "subject": "other"},
    )
    once = claim("lead the smelter", StageValue(Stage.CANDIDATE), Attribute.STAGE)
    assert marks(gold, [once])["stage"].found == 1
    assert marks(gold, [once, replace(once, subject=MARKET)])["stage"].found == 2


def test_pairs_are_as_many_as_possible() -> None:
    # Greedy pairing would give "a" the only thing that suits "b".
    fits = {("a", 1), ("a", 2), ("b", 1)}
    assert pair(["a", "b"], [1, 2], lambda w, o: (w, o) in fits) == {"a": 1, "b": 0}


@pytest.mark.parametrize(
    ("subject", "group"),
    [
        ("programme", "programme"),
        ("Borduria annual cap", "programme"),
        ("global data center market", "other"),
        ("Klow Motors", None),
        ("investment corporation capital", "other"),
        ("first projects", "project"),
        ("Zrin copper smelter", "project"),
    ],
)
def test_groups_of_subjects(subject: str, group: str | None) -> None:
    assert subject_group(subject) == group


SOURCES = [
    {"source": "Klow Daily", "anonymous": False},
    {"source": "two officials", "anonymous": True, "via": "Klow Daily"},
]


def test_sources_agree_in_words_and_anonymity() -> None:
    document = gold_of(attribution=SOURCES).documents["one"]
    read = [Source("the Klow Daily", False), Source("Two officials", True, ("Klow Daily",))]
    both, via = score_sources([(document, read)])
    assert (both.found, via.found) == (2, 1)
    for bad in (
        [Source("Klow Daily", False), Source("two officials", False)],
        [Source("Klow", False), Source("experts", True)],
        [],
    ):
        found, _ = score_sources([(document, bad)])
        assert found.found < 2


def test_one_source_serves_one_gold_source() -> None:
    document = gold_of(attribution=[{"source": "Klow"}, {"source": "Klow Intelligence"}]).documents["one"]
    found, _ = score_sources([(document, [Source("Klow", False), Source("Klow", False)])])
    assert found.found == 1


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Japan–US investment programme", "JP"),
        ("KR>US", "KR"),
        ("Swiss pledge", "CH"),
        ("South Korea fund", "KR"),
        ("programme", None),
    ],
)
def test_investors(text: str, code: str | None) -> None:
    assert investor(text) == code


def test_two_gold_files_may_not_hide_each_other(tmp_path: Any) -> None:
    from scoring.gold import load

    one, two = tmp_path / "gold.a.yaml", tmp_path / "gold.b.yaml"
    one.write_text("a: {claims: []}\nentities: {organisations: [A]}\nconflicts: []\n")
    two.write_text("b: {claims: []}\nentities: {organisations: [B]}\nagreements: []\n")
    both = load([one, two])
    assert set(both.documents) == {"a", "b"}
    assert [o.name for o in both.organisations] == ["A", "B"]
    two.write_text("a: {claims: []}\n")
    with pytest.raises(ValueError, match="another gold file"):
        load([one, two])
