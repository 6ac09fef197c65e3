"""Names: what tells two houses apart, and what does not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.ledger.directory import Naming, directory
from pledger.ledger.names import canonical, core, fold, is_house, outlet, person, source, split


@pytest.mark.parametrize(
    ("name", "folded"),
    [
        ("Toshiba Corp.", "toshiba"),
        ("The Harbour Company, Inc.", "harbour"),
        ("U.S. Department of Energy", "us department of energy"),
        ("Norway’s oil ministry", "norway oil ministry"),
        ("株式会社日立製作所", "日立制作所"),
        ("ＡＣＭＥ　Ｇｒｏｕｐ", "acme group"),
        ("Smith & Sons", "smith and sons"),
    ],
)
def test_fold(name: str, folded: str) -> None:
    assert fold(name) == folded


def test_core_drops_the_tail_that_tells_no_two_houses_apart() -> None:
    assert core("acme group") == "acme"
    assert core("软银集团") == "软银"
    assert core("group") == "group"


@given(st.text(max_size=400))
def test_folding_again_changes_nothing_and_never_fails(name: str) -> None:
    assert fold(fold(name)) == fold(fold(fold(name)))
    split(name), person(name), source(name), outlet(name), is_house(name), canonical(name)


def test_parentheses_hold_other_names() -> None:
    assert split("Marlow (马洛)") == ("Marlow", ("马洛",))


@pytest.mark.parametrize(
    ("name", "bare"),
    [
        ("US Commerce Secretary Marlow (马洛)", "marlow"),
        ("Prime Minister Ada Larsen", "ada larsen"),
        ("赤沢亮正経済産業相", "赤泽亮正"),
    ],
)
def test_titles_are_cut_from_people(name: str, bare: str) -> None:
    assert person(name) == (bare, True)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("recent report by Acme Research", "Acme Research"),
        ("website Acme", "Acme"),
        ("the Nordic site Acme Today", "Acme Today"),
        ("Das Portal Acme.com", "Acme.com"),
        ("ein Bericht auf dem nordischen Nachrichtenportal Acme", "Acme"),
        ("einer Zusammenfassung von Acme", "Acme"),
        ("Acme Times article carried by bee.news", "Acme Times"),
        ("Portal Games", "Portal Games"),
        ("The Acme website", "The Acme website"),
        ("study from the Harbour Institute", "Harbour Institute"),
        ("Jo Doe, an analyst at Acme Securities", "Jo Doe"),
        ("Fjord Wire, the ministry's release", "Fjord Wire"),
        ("Fjord Wire, Inc", "Fjord Wire, Inc"),
        ("Ministry of Economy, Trade and Industry", "Ministry of Economy, Trade and Industry"),
    ],
)
def test_the_name_in_the_words_of_a_source(words: str, name: str) -> None:
    assert source(words) == name


def test_parts_of_one_news_house_are_one_outlet() -> None:
    assert outlet("Bloomberg Business") == outlet("Bloomberg")
    assert outlet("Fjord Wire Online") == outlet("Fjord")
    assert outlet("The Japan News") != outlet("Japan")
    assert outlet("Asia News") != outlet("Asia Business")


def one(*names: str, **aliases: tuple[str, ...]) -> bool:
    """Whether these names, each in a document of its own, come out as one entity."""
    found = directory([Naming(n, f"d{i}", False, aliases.get(n, ())) for i, n in enumerate(names)])
    return len({found.id(n) for n in names}) == 1


@pytest.mark.parametrize(
    ("a", "b", "same"),
    [
        ("Harbour", "Harbour Group", True),
        ("Harbour", "Harbour Holdings plc", True),
        ("Westfield Electric Corporation", "Westfield", True),
        ("Westfield", "Westfield Construction Machinery", False),
        ("Hitachi", "Hitachi Construction Machinery", False),
        ("Mitsubishi", "Mitsubishi Electric", False),
        ("General", "General Electric", False),
        ("日本贸易保险", "Nippon Export and Investment Insurance", True),
        ("ソフトバンクグループ", "软银集团", True),
        ("Element Six", "Element Seven", False),
    ],
)
def test_variants_and_lookalikes(a: str, b: str, same: bool) -> None:
    assert one(a, b) is same


def test_a_tail_that_two_houses_could_have_lost_joins_neither() -> None:
    assert not one("Westfield", "Westfield Electric", "Westfield Midstream")
    found = directory([Naming(n, n, False) for n in ("Westfield", "Westfield Electric", "Westfield Midstream")])
    assert len(found.entities) == 3


def test_an_acronym_that_a_text_gives_joins_and_one_given_to_two_does_not() -> None:
    found = directory([Naming("Fjord Export Bank", "a", False, ("FEB",)), Naming("FEB", "b", False)])
    assert found.id("FEB") == found.id("Fjord Export Bank")
    found = directory(
        [
            Naming("Fjord Export Bank", "a", False, ("FEB",)),
            Naming("Federal Energy Bureau", "b", False, ("FEB",)),
            Naming("FEB", "c", False),
        ]
    )
    assert len({found.id(n) for n in ("FEB", "Fjord Export Bank", "Federal Energy Bureau")}) == 3


def test_people_in_two_scripts_and_with_or_without_the_first_name() -> None:
    found = directory(
        [
            Naming("Secretary Marlow", "a", True, ("马洛",)),
            Naming("Tom Marlow", "b", True),
            Naming("马洛", "c", True),
            Naming("Ada Larsen", "d", True),
        ]
    )
    assert found.id("Marlow") == found.id("Tom Marlow") == found.id("马洛") != found.id("Ada Larsen")
    assert found.entities[found.id("马洛")].name == "Tom Marlow"


def test_a_family_name_that_two_people_bear_joins_neither() -> None:
    found = directory([Naming(n, n, True) for n in ("Tom Marlow", "Ann Marlow", "Marlow")])
    assert len(found.entities) == 3


@pytest.mark.parametrize(
    ("words", "house"),
    [
        ("item on the English pages of Harbour News", "Harbour News"),
        ("海港通讯报道", "海港通讯"),
        ("港湾ニュースが配信した北方新聞の記事", "北方新聞"),
        ("항만일보의 보도", "항만일보"),
        ("statement by the Bank of Fjordland", "Bank of Fjordland"),
    ],
)
def test_the_house_behind_a_report(words: str, house: str) -> None:
    assert source(words) == house


@pytest.mark.parametrize(
    ("name", "shown"), [("米ロイター", "Reuters"), ("韓国聯合ニュース", "Yonhap"), ("米山製作所", None)]
)
def test_where_a_house_stands_is_no_part_of_a_name_that_the_data_know(name: str, shown: str | None) -> None:
    assert canonical(name) == shown
