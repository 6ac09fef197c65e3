"""The screen never turns away a text that a pattern matches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.patterns import compiled
from pledger.reading.screen import Screen, needs
from pledger.reading.stages import stages


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("undecided", {"undecided"}),
        ("as (?:a )?candidates?", {"candidate"}),
        ("(?:is|was) (?:still )?(?:weighed|mulled)", {"weighed", "mulled"}),
        ("{OS}[-–](?:led|backed) W3 ?{P}", {"led", "backed"}),
        ("{O} W3 ?{P}", None),
        ("(?:an?|the)? W2 ?", None),
        ("go (?!away)(?:on|off)", {"go"}),
        ("sign(?:ed){0,1} \\w+", {"sign"}),
        ("候補(?:として)?", {"候補"}),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern: str, words: set[str] | None) -> None:
    assert needs(pattern) == words


RUNGS = [tuple(rung["words"]) for rung in lexicon("stages_en")["rungs"]]
WORDS = sorted(
    {word for rung in RUNGS for pattern in rung for word in pattern.replace("?", " ").split() if word.isalpha()}
)


@given(st.lists(st.sampled_from([*WORDS, "the", "a", "is", "was", "been", "not", "no", "on", "of", "to"]), max_size=14))
def test_what_matches_is_let_through(words: list[str]) -> None:
    text = " ".join(words).title()
    matching = [number for number, rung in enumerate(RUNGS) if compiled(rung).search(text)]
    assert set(matching) <= set(Screen(RUNGS).may(text))


def test_leading_holds_lead() -> None:
    assert Screen([["lead"], ["leading"], ["misleading"]]).may("LEADING") == [0, 1]


def test_stages_are_found_in_capitals_too() -> None:
    assert {s.value.stage.value for s in stages("THE SMELTER WAS SUSPENDED", Span(0, 25))} == {"suspended"}
