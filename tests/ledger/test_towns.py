"""Towns in any script, and projects that stand in them."""

from __future__ import annotations

import pytest

from pledger.ledger.kinds import go_together
from pledger.ledger.towns import can_be_one, one_town, town_keys


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Corpus Christi, Texas", "코퍼스크리스티"),
        ("Paducah, Kentucky", "帕迪尤卡"),
        ("Greenville, South Carolina", "格林维尔"),
        ("Kavala", "卡瓦拉"),
        ("Darkhan", "ダルハン"),
        ("梅希約內斯", "梅希约内斯"),
        ("Wrocław", "Wroclaw"),
    ],
)
def test_one_town_in_two_scripts(a: str, b: str) -> None:
    assert one_town(a, b)
    assert one_town(b, a)
    assert can_be_one(a, b)
    assert town_keys(a) & town_keys(b)


@pytest.mark.parametrize(
    ("a", "b"), [("Lima, Peru", "Lima, Ohio"), ("Calama", "Antofagasta Norte"), ("Memphis", "ハバロフスク")]
)
def test_two_towns_are_two(a: str, b: str) -> None:
    assert not one_town(a, b)


@pytest.mark.parametrize(
    ("wide", "town", "can"),
    [
        ("Chile", "Calama", True),
        ("Peru", "Calama", False),
        ("Kentucky", "Paducah, Kentucky", True),
        ("Texas", "Memphis, Tennessee", False),
        ("Quebec", "Bécancour", True),
    ],
)
def test_a_land_can_be_one_with_a_town_in_it_but_is_none(wide: str, town: str, can: bool) -> None:
    assert can_be_one(wide, town) is can_be_one(town, wide) is can
    assert not one_town(wide, town)


def test_kinds_that_say_little_go_with_any() -> None:
    assert go_together("plant", "lfp")
    assert go_together(None, "chip_fab")
    assert go_together("wafer_works", "chip_fab")
    assert not go_together("lng", "chip_fab")
    assert not go_together("anode_plant", "vaccine_works")
