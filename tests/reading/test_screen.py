"""Screens never turn away what a pattern matches: a page reads what the patterns alone would read."""

from __future__ import annotations

import re
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.conditions import conditions
from pledger.reading.literals import closings, fold, openings, required
from pledger.reading.page import _TRIGGERS, Page, Trigger
from pledger.reading.patterns import LANGUAGES, compiled
from pledger.reading.stages import _rungs, stages
from pledger.reading.tails import Tail


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("undecided", {"undecid"}),
        (r"(?<!\w)as\s(?:a\s)?candidates?", {"candida"}),
        (r"(?:is|was) (?:still )?(?:weighed|mulled)", {"weighed", "mulled"}),
        (r".{1,9}[-–](?:led|backed)\s", {"-led", "-backed"}),
        (r"\w{1,20}\s\w+", None),
        ("(?:an?|the)?", None),
        (r"go\s(?!away)(?:on|off)", {"go on", "go off"}),
        (r"sign(?:ed){0,1} \w+", {"sign"}),
        ("候補(?:として)?", {"候補"}),
    ],
)
def test_what_a_pattern_cannot_do_without(pattern: str, words: set[str] | None) -> None:
    found = required(pattern)
    if words is None:
        assert found is None
    else:
        assert found is not None
        assert all(any(word in told or told in word for told in found) for word in words)


@pytest.mark.parametrize(
    ("pattern", "starts"),
    [("Fell|sank", {"fell", "sank"}), ("(?<!x)20[0-3]", {"200", "201", "202", "203"}), (r"\w+ing", None)],
)
def test_how_matches_begin(pattern: str, starts: set[str] | None) -> None:
    assert set(openings(pattern) or ()) == (starts or set())


def test_how_matches_end() -> None:
    assert set(closings(r"(?:up to|about)[ \u00a0]{0,2}$") or ()) == {"to", "out"}
    assert closings(r"(?:\w+\s)?$") is None


@given(st.text("aıİſKß–－ 　\u2003\u1680\x1f", max_size=12))
def test_folding_moves_no_character(text: str) -> None:
    folded = fold(text)
    assert len(folded) == len(text)
    assert [fold(letter) for letter in text] == list(folded)


COMMON = ["the", "a", "is", "was", "been", "not", "no", "on", "of", "to", "in", "by", "its", "$5bn", "2026", ",", "."]
PIECES = {
    language: sorted(
        {
            word
            for name in (
                f"stages_{language}",
                f"conditions_{language}",
                "conditions",
                "programme",
                "kinds",
                "parties",
                "money",
                "shares",
                "dates",
            )
            for word in re.findall(r"[^\W\d_]{2,}|[\u3040-\u9fff\uac00-\ud7af]{2,}", str(lexicon(name)))
        }
    )
    for language in LANGUAGES
}


@pytest.mark.parametrize("language", LANGUAGES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_what_matches_is_let_through(language: str, data: st.DataObject) -> None:
    words = data.draw(st.lists(st.sampled_from([*PIECES[language], *COMMON]), min_size=1, max_size=14))
    joint = data.draw(st.sampled_from([" ", " ", "\u00a0", "\n", "-", ""]))
    text = _cased(joint.join(words), data.draw(st.sampled_from("aAt")))
    page = Page(text, language, (Span(0, len(text)),))
    for trigger in _TRIGGERS:
        _check(page, trigger, page.which(trigger, 0) if not trigger.exact else [])


def _cased(text: str, how: str) -> str:
    return text.upper() if how == "A" else text.title() if how == "t" else text


@cache
def _tried(pattern: str) -> re.Pattern[str]:
    """There are more patterns than Python remembers by itself."""
    return re.compile(pattern, re.IGNORECASE)


def _check(page: Page, trigger: Trigger, let: list[int]) -> None:
    for number, alternatives in enumerate(trigger.groups(page.language)):
        for pattern in alternatives:
            tried = _tried(pattern)
            for text in (page.text, page.plain) if trigger.exact else (page.text,):
                spans = [match.span() for match in tried.finditer(text)]
                if trigger.exact:
                    assert [m.span() for m in page.matches(trigger, tried, text)] == spans
                assert not spans or (page.may(trigger) and (trigger.exact or number in let))


RUNGS = [rung.listed for rung in _rungs("en")]
WORDS = sorted(
    {word for rung in RUNGS for pattern in rung for word in pattern.replace("?", " ").split() if word.isalpha()}
)


@settings(deadline=None)
@given(st.lists(st.sampled_from([*WORDS, *COMMON]), max_size=14))
def test_stages_are_those_that_their_patterns_match(words: list[str]) -> None:
    text = " ".join(words).title()
    if not any(compiled(rung).search(text) for rung in RUNGS):
        assert stages(text, Span(0, len(text))) == []


BEFORE = st.lists(st.sampled_from(["up", "to", "about", "nearly", "the", "at", "least", "“", "A"]), max_size=6)


@given(BEFORE, st.booleans())
def test_tails_find_what_their_patterns_find(words: list[str], spaced: bool) -> None:
    pattern = r"(?<!\w)(?:up to|about|at least)(?: nearly)?[ \u00a0-]{0,2}$"
    text = (" ".join(words) + (" " if spaced else "-")).title()
    found, wanted = Tail(pattern).search(text), re.compile(pattern, re.IGNORECASE).search(text)
    assert (found and found.span()) == (wanted and wanted.span())


def test_stages_are_found_in_capitals_too() -> None:
    assert {s.value.stage.value for s in stages("THE SMELTER WAS SUSPENDED", Span(0, 25))} == {"suspended"}


def test_half_characters_are_read_over() -> None:
    text = "\ud800 The memorandum creates no obligation in law."
    assert [found.value.text for found in conditions(text, Span(2, len(text)))] == ["legal force: not binding"]
