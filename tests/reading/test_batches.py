"""Sums that are parts of a programme's whole, and what is told of the agreement behind it: text in, subjects out."""

from __future__ import annotations

import datetime as dt

import pytest

from pledger.model import Instruments
from reading.claims import amounts, claims, parties

WHOLE = "South Korea has promised to invest $350 billion in the United States. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # a batch that the text names with its sum, wherever the sum comes again
        (
            "The first batch of projects comes to $28 billion. Korea pledges $28 billion to American steel and ports.",
            [("$28 billion", "tranche:1", "tranche"), ("$28 billion", "tranche:1", "tranche")],
        ),
        # a batch that is called by its sum
        ("It belongs to an initial $28 billion investment package.", [("$28 billion", "tranche:1", "tranche")]),
        # a project that the investing goes to
        (
            "Korea will invest $60 billion in the construction of new nuclear reactors.",
            [("$60 billion", "project:nuclear", "project")],
        ),
        # nothing tells whose it is: a part
        (
            "Korea will also invest $40 billion in artificial intelligence.",
            [("$40 billion", "programme:KR>US", "part")],
        ),
        # a slip of ten is held against the whole
        ("Korea's $35 billion US investment vehicle is ready.", [("$35 billion", "programme:KR>US", "ceiling")]),
    ],
)
def test_what_is_smaller_than_the_whole_is_a_part_of_it(text: str, expected: list[tuple[str, str, str | None]]) -> None:
    assert amounts(WHOLE + text)[1:] == expected


def test_the_whole_of_another_programme_is_no_part() -> None:
    found = amounts("Japan's $550 billion US investment pledge is under way. South Korea has promised $350 billion.")
    assert [scope for _, _, scope in found] == ["ceiling", "ceiling"]


def test_two_countries_before_investment_tell_no_host() -> None:
    text = "U.S.-Korea Investment starts with a port\nMost of the $350 billion commitment consists of loans by Seoul."
    assert ("$350 billion", "programme:KR>US", "ceiling") in amounts(text)


def test_what_something_is_valued_at_is_no_result_of_a_firm() -> None:
    text = WHOLE + "A gas power plant in Iowa, valued at $9 billion, comes first. The lender is valued at $4 billion."
    assert [subject for _, subject, _ in amounts(text)[1:]] == ["project:gas_power", "market"]


def test_an_agreement_is_not_about_the_project_in_focus() -> None:
    text = (
        WHOLE + "A gas power plant in Iowa is a candidate. The two nations signed the trade agreement in July 2025. "
        "Korea's funding will include loans and guarantees from the Export-Import Bank of Korea."
    )
    found = claims(text, reported_on=dt.date(2026, 3, 1))
    assert [c.subject.key for c in found if c.text == "July 2025"] == ["KR>US"]
    assert [c.subject.key for c in found if isinstance(c.value, Instruments)] == ["KR>US"]


def test_what_only_describes_an_institution_is_no_party() -> None:
    text = WHOLE + "Loans and guarantees would come from the state lenders Hanbada Bank and Seorak Insurance. "
    assert all(name != "state lenders" for name, _, _ in parties(text))


def test_a_heading_in_title_case_names_no_place() -> None:
    text = "Seoul and Washington Eye Nuclear Power Project in Massive $350 Billion Deal\n" + WHOLE
    assert not claims(text, "location")
    assert [c.subject.project_kind for c in claims(text, "kind")] == ["nuclear"]


def test_the_next_generation_makes_no_power() -> None:
    assert not claims(WHOLE + "It places the group at the heart of next-generation digital capacity.", "kind")
