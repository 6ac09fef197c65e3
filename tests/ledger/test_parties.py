"""Who stands behind the loans, and other parts for one."""

from __future__ import annotations

from ledger.build import PROGRAMME, Article, only, picture, project
from pledger.model import Attribute, ConflictKind, Mention, Ownership, Party


def names(publisher: str, *holders: tuple[str, str], subject: Mention = PROGRAMME) -> Article:
    article = Article(publisher)
    for holder, role in holders:
        article.says(f"{holder} takes part.", holder, Party(holder, role), subject)
    return article


def test_an_insurer_and_a_guarantor_answer_one_question() -> None:
    told = only(
        picture(names("A", ("Fjord Bank", "guarantor")), names("B", ("Harbour Insurance", "insurer"))),
        ConflictKind.DISPUTE,
    )
    assert told.attribute is Attribute.PARTY
    assert set(told.values) == {"Fjord Bank", "Harbour Insurance"}
    assert told.explanation == (
        "On who stands behind the loans: A names Fjord Bank (guarantor) and B names Harbour Insurance (insurer): "
        "the reports differ on who pays the banks when a project cannot."
    )


def test_a_lender_and_an_insurer_are_two_parts() -> None:
    assert not picture(names("A", ("Fjord Bank", "lender")), names("B", ("Harbour Insurance", "insurer"))).conflicts


def test_whom_one_origin_names_together_may_share_the_part() -> None:
    both = names("A", ("Fjord Bank", "guarantor"), ("Harbour Insurance", "insurer"))
    assert not picture(both).conflicts
    assert not picture(both, names("B", ("Fjord Bank", "guarantor"))).conflicts


def test_an_outlet_that_names_each_in_another_report_does_not_name_them_together() -> None:
    early, late = names("A", ("Fjord Bank", "guarantor")), names("A", ("Harbour Insurance", "insurer"))
    assert not picture(early, late).conflicts, "one outlet alone may have changed its mind"
    assert only(picture(early, late, names("B", ("Harbour Insurance", "insurer"))), ConflictKind.DISPUTE)


def test_one_institution_in_two_scripts_and_an_owner_and_its_house_are_no_dispute() -> None:
    assert not picture(names("A", ("NEXI", "insurer")), names("B", ("日本貿易保険", "guarantor"))).conflicts
    owned = names("B", ("Fjord Surety", "guarantor"))
    owned.says("Fjord Bank owns Fjord Surety.", "Fjord Surety", Ownership("Fjord Bank", "Fjord Surety"))
    assert not picture(names("A", ("Fjord Bank", "guarantor")), owned).conflicts


def test_countries_and_words_that_are_no_name_answer_nothing() -> None:
    for vague in ("Japan", "the government", "private insurers"):
        assert not picture(names("A", ("Fjord Bank", "guarantor")), names("B", (vague, "guarantor"))).conflicts


def test_the_same_part_in_two_projects_is_two_parts() -> None:
    lng, port = project("lng", "Acme"), project("port", "Bell")
    one = names("A", ("Fjord Bank", "guarantor"), subject=lng)
    assert not picture(one, names("B", ("Harbour Bank", "guarantor"), subject=port)).conflicts


def test_a_party_is_shown_by_its_name_in_latin_script() -> None:
    found = picture(names("A", ("SBエナジー", "sponsor"), subject=project("gas_power", "SBエナジー", "Ohio")))
    (figure,) = [f for f in found.figures if f.attribute is Attribute.PARTY]
    assert isinstance(figure.value, Party)
    assert figure.value.name == "SB Energy"
