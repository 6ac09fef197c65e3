"""Of two copies of one day, the one that calls itself a repost is the copy."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest

from pledger.documents.echoes import echoes, signature

DAY = dt.date(2026, 1, 1)
WORDS = (
    "lists the quays that the harbour fund may pay for. The dearest is a pier of two kilometres in the northern bay, "
    "which the port office puts at ninety million crowns. Three smaller ones follow, and none of them has been chosen."
)


@pytest.mark.parametrize(
    "phrase",
    ["republished by Bay Radio", "first posted elsewhere and reprinted here", "originally published by the port"],
)
def test_of_one_day_the_repost_is_the_copy_whatever_its_id(phrase: str) -> None:
    original, repost = signature(f"A paper of the fund {WORDS}"), signature(f"A paper of the fund, {phrase}, {WORDS}")
    for first, second in itertools.permutations("ab"):
        items = [(first, DAY, original), (second, DAY, repost)]
        assert echoes(items) == echoes(items[::-1]) == {second: first}


def test_the_earlier_day_counts_more_than_what_a_text_says_of_itself() -> None:
    repost = signature(f"A paper, republished by Bay Radio, {WORDS}")
    assert echoes([("a", DAY + dt.timedelta(1), signature(f"A paper {WORDS}")), ("b", DAY, repost)]) == {"a": "b"}


@pytest.mark.parametrize(
    ("plain", "repost"),
    [
        ("港湾基金の一覧は北の湾の桟橋など三件を挙げ、最も高いものは九千万クローネになる。", "（港湾新聞より転載）"),
        ("港口基金的清单列出了北湾的码头等三个项目，其中最贵的一个要花九千万克朗。", "（转载）"),
        ("항만 기금의 목록에는 북쪽 만의 부두를 비롯한 세 사업이 올라 있고 가장 비싼 것은 구천만이다.", "(전재)"),
    ],
)
def test_other_scripts(plain: str, repost: str) -> None:
    assert echoes([("a", DAY, signature(plain * 2 + repost)), ("b", DAY, signature(plain * 2))]) == {"a": "b"}


def test_two_reposts_and_two_plain_texts_keep_to_the_smaller_id() -> None:
    for text in (f"A paper {WORDS}", f"A paper, reposted, {WORDS}"):
        assert echoes([("b", DAY, signature(text)), ("a", DAY, signature(text))]) == {"b": "a"}
