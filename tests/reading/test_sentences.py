"""Text in, sentences out."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.reading.sentences import sentences


def split(text: str, language: str = "en") -> list[str]:
    return [span.of(text) for span in sentences(text, language)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The deal is done. The price rose 3.5 percent.", ["The deal is done.", "The price rose 3.5 percent."]),
        ("Acme Corp. as well as Bolt Inc. sold it. He left.", ["Acme Corp. as well as Bolt Inc. sold it.", "He left."]),
        ("A U.S.–Japan pact was signed. It holds.", ["A U.S.–Japan pact was signed.", "It holds."]),
        ("The EU–U.S. fund was set up. It holds.", ["The EU–U.S. fund was set up.", "It holds."]),
        ("It opened at 5 p.m. Tuesday. Few came.", ["It opened at 5 p.m. Tuesday.", "Few came."]),
        ("In a letter, Ms. Boyd said no. She left.", ["In a letter, Ms. Boyd said no.", "She left."]),
        ("“We are done. We like it,” she said. He ran.", ["“We are done. We like it,” she said.", "He ran."]),
        ("“Really?” Mr. Smith asked. Nobody spoke.", ["“Really?” Mr. Smith asked.", "Nobody spoke."]),
        ("“Total disgrace!” Mr. Odell tweeted on Sunday.", ["“Total disgrace!” Mr. Odell tweeted on Sunday."]),
        ('"It is over." She left.', ['"It is over."', "She left."]),
        ("Winners and losers\nThe plant will close.", ["Winners and losers", "The plant will close."]),
        ("Key points:\n- One thing\n- Two things", ["Key points:", "- One thing", "- Two things"]),
        ("• Steel rose. • Copper fell.", ["• Steel rose.", "• Copper fell."]),
        ("The ministry said\nnothing was agreed.", ["The ministry said\nnothing was agreed."]),
        ("  \n\n  ", []),
        ("", []),
    ],
)
def test_english(text: str, expected: list[str]) -> None:
    assert split(text) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("ja", "大臣は「はい。」と述べた。次へ進む。", ["大臣は「はい。」と述べた。", "次へ進む。"]),
        ("zh", "谈判继续。部长说：“好。”", ["谈判继续。", "部长说：“好。”"]),
        ("ko", '정부는 "안 된다."고 밝혔다. 다음 날이다.', ['정부는 "안 된다."고 밝혔다.', "다음 날이다."]),
        ("de", "Am 3. März begann der Bau. Er dauert.", ["Am 3. März begann der Bau.", "Er dauert."]),
    ],
)
def test_other_languages(language: str, text: str, expected: list[str]) -> None:
    assert split(text, language) == expected


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ja",
            "二者が資金を出す。3件目は港だ。A社も加わる。",
            ["二者が資金を出す。", "3件目は港だ。", "A社も加わる。"],
        ),
        ("zh", "谈判继续。2026年开工。ABC公司参与。", ["谈判继续。", "2026年开工。", "ABC公司参与。"]),
        ("ja", "社長は「終わった。3年かかった」と話した。", ["社長は「終わった。3年かかった」と話した。"]),
        ("ja", "工場（2棟。1棟は別）を建てる。", ["工場（2棟。1棟は別）を建てる。"]),
        ("ja", "閉じない「引用。3件目は港だ。", ["閉じない「引用。", "3件目は港だ。"]),
        ("ja", "いつ終わる？と彼は聞いた。", ["いつ終わる？と彼は聞いた。"]),
    ],
)
def test_a_wide_stop_ends_a_sentence_whatever_follows(language: str, text: str, expected: list[str]) -> None:
    assert split(text, language) == expected


def test_lines_wrapped_at_a_fixed_width_are_one_paragraph() -> None:
    text = (
        "The company said on Monday that it would build a second plant in\n"
        "Georgia, where Governor Hale had offered a package of tax breaks and\n"
        "Atlanta bankers had lined up a loan. Construction starts in the fall.\n"
    )
    assert len(split(text)) == 2


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet=st.sampled_from("ab AB.,?!\n\"“”'()•-。「」 \u200b1"), max_size=200))
def test_spans_are_trimmed_in_order_and_lose_no_word(text: str) -> None:
    spans = sentences(text)
    assert all(span.of(text) == span.of(text).strip() != "" for span in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    covered = "".join(span.of(text) for span in spans)
    assert "".join(text.split()) == "".join(covered.split())
    assert spans == sentences(text)


@pytest.mark.parametrize("flood", ["“", '"a, ', ". A", "• ", "a\n", "(", "x", "\n", '. "A'])
def test_a_flood_is_split_in_seconds(flood: str) -> None:
    started = time.process_time()
    sentences(flood * (400_000 // len(flood)))
    assert time.process_time() - started < 60  # a hang, not a matter of speed


def test_a_korean_sentence_ends_at_its_stop_also_where_no_space_follows() -> None:
    text = "두 나라는 사업을 확정했다.12일 관계자에 따르면 비용은 3.5억 달러다.착공은 내년이다."
    assert [span.of(text) for span in sentences(text, "ko")] == [
        "두 나라는 사업을 확정했다.",
        "12일 관계자에 따르면 비용은 3.5억 달러다.",
        "착공은 내년이다.",
    ]
