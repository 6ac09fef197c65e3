"""The Admiralty letter by its rule, from the official document to the paid text."""

from __future__ import annotations

import pytest

from ledger.build import PROGRAMME, Article, picture, project, usd
from pledger.model import Modality, Party


def grade(publisher: str | None, *by: str, notices: tuple[str, ...] = ()) -> str:
    """The letter of the origin of one claim: printed by `publisher`, said by the chain `by`."""
    article = Article(publisher, notices=notices).says("It is $60bn.", "$60bn", usd(60e9), PROGRAMME, by)
    [voice] = picture(article).voices.values()
    return voice.letter


@pytest.mark.parametrize(
    ("letter", "publisher", "by"),
    [
        ("A", "Ministry of Finance", ()),
        ("A", "Fjord Times", ("White House fact sheet",)),
        ("A", "Fjord Times", ("Commerce Secretary Jane Doe",)),
        ("A", "Fjord Times", ("Donald Trump",)),
        ("B", "Reuters", ()),
        ("B", "Fjord Times", ("Reuters",)),
        ("B", "Fjord Times", ("Reuters", "?two officials")),
        ("B", "Reuters", ("?people familiar with the talks",)),
        ("B", "Reuters", ("?an official", "?a banker")),
        ("B", "Yonhap", ("?복수의 관계자",)),
        ("B", "Nikkei", ("?複数の関係者",)),
        ("B", "Handelsblatt", ("?zwei Insider",)),
        ("C", "Reuters", ("?a person familiar with the talks",)),
        ("C", "Reuters", ("?one of the officials",)),
        ("C", "Nikkei", ("?関係者",)),
        ("C", "Fjord Times", ("Reuters", "?an official")),
        ("C", "Fjord Times", ("Atlantic Council",)),
        ("C", "Fjord Times", ("Council on Foreign Relations",)),
        ("C", "Fjord Times", ("Institute of Harbour Studies",)),
        ("D", "Fjord Times", ()),
        ("D", "Fjord Times", ("?two officials",)),
        ("D", "Fjord News Agency", ()),
        ("D", "Fjord Times", ("Harbour Business Council",)),
        ("F", None, ()),
    ],
)
def test_the_ladder_of_letters(letter: str, publisher: str | None, by: tuple[str, ...]) -> None:
    assert grade(publisher, *by) == letter


def test_a_digest_or_a_paid_text_speaks_for_itself_only() -> None:
    for notice in ("ai-generated", "sponsored"):
        assert grade("Reuters", notices=(notice,)) == "E"
        assert grade("Fjord Times", "Reuters", notices=(notice,)) == "B"
    relayed = [
        picture(Article("Fjord Times", notices=n).says("It is $60bn.", "$60bn", usd(60e9), PROGRAMME, ("Reuters",)))
        for n in ((), ("ai-generated",))
    ]
    plain, digest = (next(iter(p.voices.values())).weight for p in relayed)
    assert digest < plain


def test_a_company_about_its_own_affairs() -> None:
    plant = project("gas_power", "Fjord Energy", "Ohio")
    article = Article("Fjord Times").says(
        "Fjord Energy builds.", "Fjord Energy", Party("Fjord Energy", "sponsor"), plant
    )
    article.says("It costs $9bn.", "$9bn", usd(9e9), plant, ("Fjord Energy",))
    letters = {v.origin: v.letter for v in picture(article).voices.values()}
    assert letters["Fjord Energy"] == "B"


def test_words_of_possibility_weigh_what_readers_take_them_for() -> None:
    from dataclasses import replace

    from pledger.ledger.derive import derive

    document, [claim] = (
        Article("Reuters").says("It is $60bn.", "$60bn", usd(60e9), PROGRAMME, (), Modality.POSSIBLE).done()
    )
    weights = [
        next(iter(derive([document], [replace(claim, modality_words=words)]).voices.values())).weight
        for words in ("unlikely", "could", "almost certain")
    ]
    assert weights == pytest.approx([0.85 * 0.2, 0.85 * 0.7, 0.85 * 0.95])
