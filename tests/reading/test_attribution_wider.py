"""Constructions of American news and their siblings elsewhere: a text in, who said what out."""

from __future__ import annotations

import pytest

from pledger.model import Document
from pledger.reading import attributions, speakers


def told(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    return [
        (
            one.source.of(text) if one.source else "",
            one.cue.of(text) if one.cue else "",
            " … ".join(part.of(text) for part in one.contents),
        )
        for one in attributions(text, language)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"Yes," the mayor answered two hours later.', ("the mayor", "answered", '"Yes,"')),
        ('"It leaks," he said by phone from Duluth.', ("he", "said", '"It leaks,"')),
        ("It confirmed, however, that a search was on.", ("It", "confirmed", "that a search was on")),
        ("Truckers will object, too, that fuel is dear.", ("Truckers", "will object", "that fuel is dear")),
        (
            "The panel recommends, among other things, closing two lanes.",
            ("The panel", "recommends", "closing two lanes"),
        ),
        ("The mayor pleaded with donors last week to wait.", ("The mayor", "pleaded with", "to wait")),
        ("Before the vote the mayor said the dam holds.", ("the mayor", "said", "the dam holds")),
        ("Not true, say her neighbors.", ("her neighbors", "say", "Not true")),
        ("One commercial implies that he lied.", ("One commercial", "implies", "that he lied")),
        ("Those close to her say she will run.", ("Those close to her", "say", "she will run")),
        ("There are fears that the dam will fail.", ("", "fears", "that the dam will fail")),
        (
            "His lawyer's argument is that the tape was cut.",
            ("His lawyer", "argument", "that the tape was cut"),
        ),
        ("It is widely assumed in Albany that she will resign.", ("", "is widely assumed", "that she will resign")),
        ("Per the judge's order, the files stay sealed.", ("the judge's order", "Per", "the files stay sealed")),
        (
            'The sheriff was blunter: "They ran off."',
            ("The sheriff", "was blunter", '"They ran off."'),
        ),
        ("The board has been unable to say when it met.", ("The board", "has been unable to say", "when it met")),
        ("Analysts whom we asked think that unlikely.", ("Analysts whom we asked", "think", "that unlikely")),
        (
            "$40 million at most, say the state's own auditors in a memo.",
            ("the state's own auditors", "say", "$40 million at most"),
        ),
        (
            "By the time Ann Roe learned that the bank had failed, the vault was empty.",
            ("Ann Roe", "learned", "that the bank had failed"),
        ),
        (
            "The permit, granted in May, remains in force, the agency noted.",
            ("the agency", "noted", "The permit, granted in May, remains in force"),
        ),
        (
            "Jo Park, the deputy mayor, dissented, arguing that the bond was too large.",
            ("Jo Park, the deputy mayor", "arguing", "that the bond was too large"),
        ),
    ],
)
def test_frames(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(text)


@pytest.mark.parametrize(
    "text",
    ["The sheriff showed no emotion.", "There are plans on the table.", "He was ill."],
)
def test_nothing_is_said(text: str) -> None:
    assert told(text) == []


def test_words_that_look_like_abbreviations_end_a_sentence() -> None:
    text = 'They denied that he was ill. "It is a cold," his aide said.'
    assert ("his aide", "said", '"It is a cold,"') in told(text)
    text = 'He would not answer yes or no. "Wait," he said.'
    assert ("he", "said", '"Wait,"') in told(text)


def test_participles_share_their_document() -> None:
    text = "The firm issued a statement expressing regret and announcing that it had moved."
    assert told(text) == [
        ("The firm", "expressing", "regret"),
        ("The firm", "announcing", "that it had moved"),
    ]


@pytest.mark.parametrize(
    ("text", "language", "source"),
    [
        ("Der Verein der Imker begrüsst die Vorlage.", "de", "Der Verein der Imker"),
        ("Die Reederei wollte das nicht kommentieren.", "de", "Die Reederei"),
        ("Im Land Salzburg rechnet man mit einem Bescheid bis Mai.", "de", "Land Salzburg"),
        ("**Die IG Hafen sagt, 80 Stellen seien in Gefahr.**", "de", "Die IG Hafen"),
        ("瀬戸内製鋼は「条件を見て決めたい」とする。", "ja", "瀬戸内製鋼"),
        ("環境省は理由に「費用の増加」を挙げる。", "ja", "環境省"),
        ("海星光電同日公告，董事會同意以自有資金出資。", "zh", "海星光電"),
        ('그 부처 관계자는 "많아야 30억 달러"로 봤다.', "ko", "그 부처 관계자"),
        ("한빛증권은 이익이 줄어들 것이라며 목표주가를 내렸다.", "ko", "한빛증권"),
    ],
)
def test_siblings_in_other_languages(text: str, language: str, source: str) -> None:
    assert source in [who for who, _, _ in told(text, language)]


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        (
            "The ministry said it was ready. Norvik Energy, due to invest, has left. It confirmed that it was.",
            "Norvik Energy",
        ),
        (
            "Mayor Nora Lind, who runs the port, was calm. She said that the crane would be repaired.",
            "Nora Lind",
        ),
    ],
)
def test_pronouns_mean_the_subject_named_last(text: str, meant: str) -> None:
    document = Document(id="one", path="one.txt", text=text)
    assert speakers(document)[-1].source == meant
