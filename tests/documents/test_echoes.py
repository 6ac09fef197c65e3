"""Copies of one text find their original, whatever the order."""

from __future__ import annotations

import datetime as dt
import random
import time

from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.documents.echoes import echoes, signature

STORY = (
    "The development bank of the northern republic agreed on Monday to lend two billion crowns to the builders "
    "of a deep "
    "water port. The money comes in four parts over six years, and each part needs the consent of the finance "
    "committee. "
    "A first pier should take ships within three summers, officials said, although the dredging contract is "
    "still open. "
    "Neighbouring towns want a railway before they agree to the noise. The bank expects to be repaid from harbour fees."
)
EDITED = STORY.replace("on Monday", "this week").replace("two billion", "three billion").replace("although", "though")
OTHER = (
    "A committee of the northern republic has begun to ask what the new harbour will cost those who live "
    "beside it. Its "
    "members heard fishermen, a railway planner and the mayor of the next town, who wants trains before "
    "cranes. Whether "
    "the two billion crowns of the development bank will ever come back depends on ships that nobody has ordered yet."
)
JAPANESE = (
    "北の共和国の開発銀行は月曜日、深水港の建設会社に二十億クローネを融資することで合意した。資金は六年"
    "にわたり四回に分けて支払われ、そのつど財務委員会の同意が要る。"
)
EARLY, LATE = dt.date(2026, 1, 1), dt.date(2026, 1, 5)


def test_an_exact_copy_an_edited_one_and_one_under_another_headline() -> None:
    texts = {
        "a": STORY,
        "b": STORY,
        "c": EDITED,
        "d": "A port for the north: what the bank decided\n\n" + STORY,
        "e": OTHER,
    }
    items = [(id_, EARLY if id_ == "a" else LATE, signature(text)) for id_, text in texts.items()]
    assert echoes(items) == {"b": "a", "c": "a", "d": "a"}


def test_case_marks_and_line_ends_play_no_part() -> None:
    assert signature(STORY) == signature("**" + STORY.upper().replace(" ", "\r\n") + "**")


def test_the_earlier_report_is_the_original_and_undated_ones_come_last() -> None:
    mark = signature(STORY)
    assert echoes([("a", LATE, mark), ("b", EARLY, mark)]) == {"a": "b"}
    assert echoes([("a", None, mark), ("b", LATE, mark)]) == {"a": "b"}
    assert echoes([("b", None, mark), ("a", None, mark)]) == {"b": "a"}


def test_chains_end_at_the_root() -> None:
    words = STORY.split()
    second = " ".join(["fresh", "words", "at", "the", "front", *words[9:]])
    third = " ".join([*second.split()[:-9], "and", "others", "at", "the", "back"])
    found = echoes([("a", EARLY, signature(STORY)), ("b", LATE, signature(second)), ("c", LATE, signature(third))])
    assert found == {"b": "a", "c": "a"}


def test_japanese_is_compared_by_characters() -> None:
    edited = JAPANESE.replace("月曜日", "火曜日")
    other = "財務委員会は、港のそばに住む人々がいくら払うことになるのかを調べ始めた。漁師や鉄道の専門家から話を聞いた。"
    items = [("a", EARLY, signature(JAPANESE)), ("b", LATE, signature(edited)), ("c", LATE, signature(other))]
    assert echoes(items) == {"b": "a"}


def test_texts_without_words_copy_nothing() -> None:
    assert signature("") == signature(" … ") == b""
    assert echoes([("a", None, b""), ("b", None, b""), ("c", None, b"not a signature")]) == {}


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(12)))
def test_the_order_of_the_documents_plays_no_part(order: list[int]) -> None:
    words = STORY.split()
    texts = (
        [" ".join(words[:i] + ["changed"] * (i % 3) + words[i + i % 3 :]) for i in range(0, 30, 5)]
        + [OTHER] * 2
        + [STORY] * 4
    )
    items = [(f"d{i}", EARLY if i % 2 else None, signature(text)) for i, text in enumerate(texts)]
    found = echoes(items)
    assert echoes([items[i] for i in order]) == found
    assert not set(found) & set(found.values())


def test_many_documents_take_time_in_proportion() -> None:
    rng = random.Random(4)  # noqa: S311
    vocabulary = [f"word{i}" for i in range(3_000)]
    marks = [signature(" ".join(rng.choices(vocabulary, k=150))) for _ in range(600)]
    items = [(f"{copy}-{i}", EARLY, mark) for copy in range(5) for i, mark in enumerate(marks)]
    start = time.process_time()
    found = echoes(items)
    assert len(found) == 4 * 600
    assert time.process_time() - start < 60  # a hang, not a matter of speed
