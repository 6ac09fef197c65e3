"""Names held against each other: the verdicts on pairs, and what each verdict says of itself."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.ledger.matching import same_name
from pledger.ledger.scripts import readings, same_sound
from pledger.ledger.tokens import tokens, words
from pledger.model import EntityKind

HERE = Path(__file__).parent
KINDS = ("organisation", "person", "place", "programme", "project")


def pairs(name: str) -> list[dict[str, Any]]:
    return list(yaml.safe_load((HERE / name).read_text(encoding="utf-8")))


@pytest.mark.parametrize("pair", pairs("pairs_dev.yaml"), ids=lambda p: f"{p['a']} / {p['b']}")
def test_pairs_for_development(pair: dict[str, Any]) -> None:
    match = same_name(pair["a"], pair["b"], pair["kind"])
    assert (match.outcome == "same") is pair["same"], str(match)


@settings(deadline=None)
@given(st.text(max_size=40), st.text(max_size=40), st.sampled_from(KINDS))
def test_any_two_texts_have_a_verdict_and_their_order_does_not_matter(a: str, b: str, kind: str) -> None:
    match = same_name(a, b, kind)
    assert match.outcome in ("same", "different", "unsure")
    assert same_name(b, a, EntityKind(kind)) == match
    assert str(match).startswith(match.outcome)


@given(st.sampled_from(pairs("pairs_dev.yaml")))
def test_a_name_is_its_own(pair: dict[str, Any]) -> None:
    assert same_name(pair["a"], pair["a"], pair["kind"]).outcome == "same"
    assert same_name(pair["a"], pair["a"].upper(), pair["kind"]).outcome == "same"


def test_a_verdict_explains_itself() -> None:
    told = str(same_name("Hitachi", "Hitachi Construction Machinery"))
    assert told == "different: only one has 'construction machinery'; share 'hitachi'"
    assert "first letters" in str(same_name("MHI", "Mitsubishi Heavy Industries"))


def test_what_hangs_between_waits_for_a_judgement() -> None:
    assert same_name("Westfield", "Westfield Electric").outcome == "unsure"
    assert same_name("Smith", "John Smith", "person").outcome == "unsure"


def test_the_same_words_in_another_language() -> None:
    assert tokens(words("三菱重工")) == tokens(words("Mitsubishi Heavy Industries, Ltd."))


@pytest.mark.parametrize(
    ("native", "latin"), [("ウェスチングハウス", "westinghouse"), ("삼성", "samsung"), ("村田", "murata")]
)
def test_one_sound_in_two_scripts(native: str, latin: str) -> None:
    assert max(same_sound(reading, latin) for reading in readings(native)) == 1


def test_other_sounds() -> None:
    assert not same_sound("samsung", "hyundai")
    assert not same_sound("", "a")
