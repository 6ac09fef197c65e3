"""Whose an amount is by the thread of the text, and what is nobody's pledge: texts in, subjects out."""

from __future__ import annotations

import pytest

from reading.claims import amounts

WORKS = "Hallingdal plans a rope works at Rolvsund. "


def kinds(text: str, language: str = "en") -> list[tuple[str, str]]:
    """(words, kind of the subject) of each amount."""
    return [(words, subject.partition(":")[0]) for words, subject, _ in amounts(text, language)]


@pytest.mark.parametrize(
    "sentence",
    [
        "The works will cost $2bn.",
        "The two owners put in $2bn between them.",
        "A state bank lends $2bn at 3% over 20 years.",
        "The county gives a grant of $2bn.",
        "Its first phase is put at $2bn.",
        "Nordvik will take a 15 per cent stake for $2bn.",
        "How it is paid for:\n\n- Equity: $2bn\n- Land: to follow\n",
        "| | |\n|---|---|\n| Capital cost | $2bn |\n",
    ],
)
def test_money_for_building_belongs_to_the_project_in_focus(sentence: str) -> None:
    assert kinds(WORKS + sentence) == [("$2bn", "project")]


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Its order book stands at $11bn.", "$11bn"),
        ("A regulator fined it $20 million.", "$20 million"),
        ("Revenue came to $4bn last year.", "$4bn"),
        ("Ropes sell at $900 a tonne.", "$900"),
        ("Its shares closed at $41.50.", "$41.50"),
        ("The world market for ropes was worth $7bn.", "$7bn"),
        ("Goods trade between the two came to $90bn.", "$90bn"),
        ("The budget deficit could widen to $40bn.", "$40bn"),
        ("Traders moved $12bn of bonds that day.", "$12bn"),
        ("It booked nine hulls at $130m apiece.", "$130m"),
    ],
)
def test_what_is_nobodys_pledge_whatever_stands_near(sentence: str, words: str) -> None:
    assert [kind for told, kind in kinds(WORKS + sentence) if told == words] == ["market"]


def test_what_a_market_moves_to_is_of_the_market() -> None:
    text = WORKS + "The world market was worth $4bn last year and should reach $6bn by 2030."
    assert [kind for _, kind in kinds(text)] == ["market", "market"]


def test_a_loan_is_a_part_and_the_price_is_the_whole() -> None:
    text = WORKS + "The works will cost $2bn. A state bank lends $800 million."
    assert [scope for _, _, scope in amounts(text)] == ["project", "part"]


def test_what_goes_on_about_an_amount_belongs_where_that_belongs() -> None:
    text = WORKS + "The works will cost $2bn. Of this, $600 million comes from Bergen, the rest, $1.4bn, from Oslo."
    assert {kind for _, kind in kinds(text)} == {"project"}


def test_a_conversion_follows_what_it_converts() -> None:
    text = WORKS + "Nordbanken lends 12 billion kroner ($1.2bn)."
    assert {kind for _, kind in kinds(text)} == {"project"}


def test_a_fund_has_a_programme_of_its_own() -> None:
    assert kinds("The cabinet approved a $13bn programme for six ports.") == [("$13bn", "programme")]


def test_an_organisation_has_money_of_its_own() -> None:
    text = WORKS + "The loan is drawn from the Vega Fund's $27bn."
    assert kinds(text)[-1] == ("$27bn", "organisation")


def test_a_company_told_by_its_country_is_not_the_country() -> None:
    text = "A Norwegian shipbuilder plans a rope works in Alabama. The Norwegian builder will invest $6bn there."
    assert [kind for _, kind in kinds(text)] == ["project"]


def test_german_financing() -> None:
    text = (
        "Der Konzern Vikhaug will in Tromsø eine Fabrik für Zahnräder errichten. Er beziffert die Kosten auf "
        "460 Mio. Pfund. 200 Mio. Pfund leiht der Staat. Der Auftragsbestand lag bei 4 Mrd. Euro."
    )
    assert [kind for _, kind in kinds(text, "de")] == ["project", "project", "market"]


PLEDGE = "Norway has promised a $90 billion investment programme in the United States. "


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Norway pays in cash instalments capped at $9 billion per year.", "capped at $9 billion"),
        ("The $9 billion annual cap in the trade agreement is a ceiling, not a goal.", "$9 billion annual cap"),
        ("Payments are capped at 95 billion kroner ($9 billion) a year.", "capped at 95 billion kroner"),
    ],
)
def test_what_a_pledge_pays_in_a_year_is_no_price_of_a_unit(sentence: str, words: str) -> None:
    assert (words, "programme:NO>US", "annual") in amounts(PLEDGE + sentence)


@pytest.mark.parametrize(
    ("sentence", "words"),
    [
        ("Oslo had offered $60 billion of investment in American docks in a trade deal.", "$60 billion"),
        ("The deal is to end a $31 billion goods trade deficit and brings pledges for $80 billion.", "$80 billion"),
        ("Norway raised the amount of investment from $70 billion to $95 billion.", "$95 billion"),
    ],
)
def test_trade_deals_and_the_deficit_of_another_amount_are_no_market_of_a_pledge(sentence: str, words: str) -> None:
    assert [kind for told, kind in kinds(PLEDGE + sentence) if told == words] == ["programme"]


def test_capital_restated_in_a_second_currency_is_still_the_corporations() -> None:
    text = (
        PLEDGE + "A state corporation is to carry it out. Its statutory capital will be 20 billion kroner ($2 billion)."
    )
    assert [(kind, scope) for _, kind, scope in amounts(text)[1:]] == [
        ("organisation:Norwegian investment corporation", "capital")
    ] * 2


@pytest.mark.parametrize(
    ("sentence", "firm"),
    [
        ("Hallin said on Tuesday that it would invest $50 billion in the United States over five years.", "Hallin"),
        ("A bigger sum is old, as is $50 billion from drugmaker Hallin.", "Hallin"),
        ("Tovik Group announced a $50 billion plan for America.", "Tovik Group"),
        ("MHK played its part, pledging about $50 billion for American docks.", "MHK"),
        ("The state fund is bigger than the $50 billion Halden, which is old.", "Halden"),
        ("Norway Tin will spend $50 billion.", "Norway Tin"),
    ],
)
def test_what_a_company_puts_up_is_its_own(sentence: str, firm: str) -> None:
    assert ("organisation:" + firm) in [subject for _, subject, _ in amounts(PLEDGE + sentence)]


@pytest.mark.parametrize(
    "sentence",
    [
        "Hallin chief Jane Roe said Norway would invest $80 billion in the United States.",
        "The Lie administration had pledged $80 billion for American docks.",
        "Norway's sovereign wealth fund NVF pledged $80 billion in the United States.",
    ],
)
def test_what_a_state_puts_up_is_no_companys(sentence: str) -> None:
    assert [kind for _, kind in kinds(PLEDGE + sentence)] == ["programme", "programme"]


def test_money_goes_where_it_is_said_to_go() -> None:
    text = (
        "Tovik Group puts $5 billion into its U.S. arm, part of Norway's $150 billion push into the U.S. economy. "
        "The $150 billion package, known in Norway as Hav, is new."
    )
    assert {subject for _, subject, _ in amounts(text)} == {"organisation:Tovik Group", "programme:NO>US"}
    text = "EU Investment Strategy\n\nThe European Union expects $600 billion of investment by firms, unlike Japan."
    assert "programme:EU>EU" not in [subject for _, subject, _ in amounts(text + " The U.S. is pleased.")]
