"""Who said it, over all relays: sentences in, chains out."""

from __future__ import annotations

from reading.claims import claims


def test_chain_of_who_said_so() -> None:
    text = (
        "According to Nordlys, a copper smelter is a leading candidate. "
        "People familiar with the talks told Nordlys that a shipyard project is under review."
    )
    smelter, shipyard = claims(text, "stage")
    assert [(a.source, a.anonymous) for a in smelter.attribution] == [("Nordlys", False)]
    assert [(a.source, a.anonymous) for a in shipyard.attribution][-1] == ("People familiar with the talks", True)
    assert "Nordlys" in [a.source for a in shipyard.attribution]


def sources(text: str) -> list[list[str]]:
    return [[link.source for link in claim.attribution] for claim in claims(text, "stage")]


def test_a_pronoun_is_whom_it_points_back_to() -> None:
    text = "Nordfjell said a copper smelter is a candidate. It said a shipyard project is under review."
    assert sources(text) == [["Nordfjell"], ["Nordfjell"]]


def test_the_ministry_is_the_one_named_before() -> None:
    text = (
        "Norway's Ministry of Trade met investors on Monday. "
        "The ministry said a copper smelter was a leading candidate for the fund."
    )
    assert sources(text) == [["Ministry of Trade"]]


def test_nobody_in_particular_stays_anonymous() -> None:
    [claim] = claims("Two Norwegian government sources said a copper smelter is a leading candidate.", "stage")
    assert [(link.source, link.anonymous) for link in claim.attribution] == [("Two Norwegian government sources", True)]


def test_officials_that_an_outlet_cites_stand_behind_its_report() -> None:
    text = "Norway's fund will put $9bn into a US copper smelter, Nordlys reported on Monday, citing two officials."
    chain = claims(text, "amount")[0].attribution
    assert [(a.source, a.anonymous) for a in chain] == [("Nordlys", False), ("two officials", True)]


def test_the_newspaper_is_the_outlet_credited_last() -> None:
    text = (
        "Norway's fund will back a US shipyard project, Nordlys reported. "
        "A copper smelter in Arizona, developed by Kobberverk, has been cancelled, the newspaper said."
    )
    assert [a.source for a in claims(text, "stage")[-1].attribution] == ["Nordlys"]
