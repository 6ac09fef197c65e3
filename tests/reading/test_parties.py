"""Who plays which part, who owns whom, and which names a text gives: sentences in, names and roles out."""

from __future__ import annotations

import pytest

from pledger.model import Party
from reading.claims import claims, owners, parties

NORWAY = "Norway has agreed to put $90 billion into the United States. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A copper smelter involving Nordfjell is under consideration.",
            ("Nordfjell", "sponsor", "project:copper_smelter"),
        ),
        (
            "A Nordfjell Group-led data center project is a contender.",
            ("Nordfjell Group", "sponsor", "project:data_centre"),
        ),
        (
            "Nordfjell's power transmission project is under review.",
            ("Nordfjell", "sponsor", "project:power_transmission"),
        ),
        (
            "A shipyard project spearheaded by Nordfjell Group is a candidate.",
            ("Nordfjell Group", "sponsor", "project:shipyard"),
        ),
        (
            "Norway's $90bn US package would include loans by Nordbank and Nordic Export and Investment Insurance.",
            ("Nordic Export and Investment Insurance", "insurer", "programme:NO>US"),
        ),
        (
            "Norway's $90bn US deal awaits talks between US Secretary Miller and Norwegian Trade Minister Kari Holm.",
            ("Kari Holm", "negotiator", "programme:NO>US"),
        ),
    ],
)
def test_parties(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in parties(text)


def test_companies_named_in_passing_are_no_parties() -> None:
    text = NORWAY + "Companies such as Fjordtech and Hallingdal Steel may benefit from lower tariffs."
    assert parties(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The smelter would be run by Kobberverk, part of the Nordfjell Group.", ("Nordfjell Group", "Kobberverk")),
        ("Kobberverk, a unit of Nordfjell, declined to comment.", ("Nordfjell", "Kobberverk")),
        ("Kobberverk, which is majority-owned by Nordfjell, is based in Oslo.", ("Nordfjell", "Kobberverk")),
        ("Nordfjell's subsidiary Kobberverk builds smelters.", ("Nordfjell", "Kobberverk")),
    ],
)
def test_ownership(text: str, expected: tuple[str, str]) -> None:
    assert owners(text) == [expected]


def test_two_scripts_and_acronyms_are_kept_with_the_name() -> None:
    text = "Norway's $90bn US package: talks between US Secretary Miller (米勒) and Minister Kari Holm (卡里·霍尔姆)."
    found = {c.value.name: c.value.aliases for c in claims(text, "party") if isinstance(c.value, Party)}
    assert found == {"Miller": ("米勒",), "Kari Holm": ("卡里·霍尔姆",)}
