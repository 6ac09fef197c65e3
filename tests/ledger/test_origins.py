"""Origins, not articles; and how far each is trusted."""

from __future__ import annotations

import pytest

from ledger.build import Article, picture, usd
from pledger.ledger.derive import derive
from pledger.ledger.picture import Picture
from pledger.model import Modality

ONE, OTHER = usd(2e9), usd(3e9)


def origins(found: Picture) -> list[str]:
    return sorted({v.origin for v in found.voices.values()})


def grade(found: Picture) -> str:
    (voice,) = found.voices.values()
    return voice.letter


def test_the_innermost_named_source_is_the_origin() -> None:
    found = picture(Article("Daily Fjord").says("It is $2bn.", "$2bn", ONE, by=("Reuters", "Norway's oil ministry")))
    assert origins(found) == ["Norway's oil ministry"]


def test_unnamed_officials_through_an_outlet_are_its_word_and_without_one_the_publishers() -> None:
    assert origins(
        picture(Article("Daily Fjord").says("It is $2bn.", "$2bn", ONE, by=("Reuters", "?two officials")))
    ) == ["Reuters"]
    assert origins(picture(Article("Daily Fjord").says("It is $2bn.", "$2bn", ONE, by=("?officials",)))) == [
        "Daily Fjord"
    ]
    (name,) = origins(picture(Article().says("It is $2bn.", "$2bn", ONE)))
    assert name.startswith("unnamed publisher ")
    assert name.endswith(": “It is $2bn.”")


def test_officials_and_the_company_are_nobody_though_they_are_not_marked_anonymous() -> None:
    for words in ("officials", "the company", "関係者"):
        assert origins(picture(Article("Daily Fjord").says("It is $2bn.", "$2bn", ONE, by=(words,)))) == ["Daily Fjord"]


def test_an_article_that_repeats_its_number_has_one_origin() -> None:
    article = Article("Daily Fjord").says("It is $2bn.", "$2bn", ONE, by=("Reuters",))
    article.says("So $2bn it is.", "$2bn", ONE).says("Or $3bn.", "$3bn", OTHER)
    assert [v.origin for v in sorted(picture(article).voices.values(), key=lambda v: v.claim.span)] == [
        "Reuters",
        "Reuters",
        "Daily Fjord",
    ]


def test_a_report_that_the_whole_document_credits_counts_for_all_of_it() -> None:
    article = Article("Daily Fjord").says("As Reuters first had it.", "Reuters", OTHER, by=("Reuters",), whole=True)
    article.says("It is $2bn.", "$2bn", ONE).says("Officials see $2bn.", "$2bn", ONE, by=("?officials",))
    assert origins(picture(article)) == ["Reuters"]


def test_parts_and_translations_of_one_news_house_are_one_origin() -> None:
    articles = [
        Article(f"Paper {n}").says("It is $2bn.", "$2bn", ONE, by=(name,))
        for n, name in enumerate(("Bloomberg", "Bloomberg Business", "ブルームバーグ", "Bloomberg News"))
    ]
    assert origins(picture(*articles)) == ["Bloomberg"]


def test_echoes_are_the_origin_that_they_copy() -> None:
    first, copy = (
        Article("Daily Fjord").says("It is $2bn.", "$2bn", ONE),
        Article("Copycat").says("It is $2bn!", "$2bn", ONE),
    )
    (one, its), (other, more) = first.done(), copy.done()
    found = derive([one, other], its + more, {other.id: one.id})
    assert origins(found) == ["Daily Fjord"]
    assert found.figures[0].documents == 2
    assert len(found.figures[0].sides[0].origins) == 1


@pytest.mark.parametrize(
    ("article", "letter"),
    [
        (Article("Daily Fjord").says("$2bn.", "$2bn", ONE, by=("Norway's oil ministry",)), "A"),
        (Article("Reuters").says("$2bn.", "$2bn", ONE), "B"),
        (Article("Daily Fjord").says("$2bn.", "$2bn", ONE, by=("ロイター",)), "B"),
        (Article("Daily Fjord").says("$2bn.", "$2bn", ONE, by=("Reuters", "?officials")), "B"),
        (Article("Daily Fjord").says("$2bn.", "$2bn", ONE, by=("Reuters", "?an official")), "C"),
        (Article("Daily Fjord").says("$2bn.", "$2bn", ONE, by=("Harbour Research Institute",)), "C"),
        (Article("Daily Fjord").says("$2bn.", "$2bn", ONE), "D"),
        (Article("Daily Fjord", notices=("ai-generated",)).says("$2bn.", "$2bn", ONE), "E"),
        (Article().says("$2bn.", "$2bn", ONE), "F"),
    ],
)
def test_the_letter_of_a_source(article: Article, letter: str) -> None:
    assert grade(picture(article)) == letter


def test_relays_and_words_of_possibility_weigh_less() -> None:
    def weight(article: Article) -> float:
        return next(iter(picture(article).voices.values())).weight

    straight = weight(Article("Reuters").says("$2bn.", "$2bn", ONE))
    relayed = weight(Article("Daily Fjord").says("$2bn.", "$2bn", ONE, by=("Reuters",)))
    digest = weight(Article("Daily Fjord", notices=("ai-generated",)).says("$2bn.", "$2bn", ONE, by=("Reuters",)))
    possible = weight(Article("Reuters").says("$2bn.", "$2bn", ONE, modality=Modality.POSSIBLE))
    assert straight > relayed > digest
    assert straight > possible
