"""A project mentioned in passing belongs to the programme under which others know it."""

from __future__ import annotations

from ledger.build import Article, picture, project, usd
from pledger.ledger.picture import Picture
from pledger.model import EntityKind, Mention

KOREA = Mention(EntityKind.PROGRAMME, "Korea's US package", key="KR>US")


def known(name: str = "A", place: str = "Ohio") -> Article:
    plant = project("gas_power", "Fjord", place)
    return Article(name).says("It costs $33bn.", "$33bn", usd(33e9), plant, scope="project")


def passing(amount: float = 33e9, place: str = "Ohio", kind: str = "power_generation", other: bool = True) -> Article:
    """A report on Korea that speaks of a plant, and (`other`) of Japan's programme too."""
    article = Article("K").says("Korea has $350bn.", "$350bn", usd(350e9), KOREA, scope="total")
    if other:
        article.says("Japan has $550bn.", "$550bn", usd(550e9), scope="total")
    plant = project(kind, None, place, programme="KR>US")
    words = f"${amount / 1e9:g}bn"
    return article.says(f"A plant costs {words}.", words, usd(amount), plant, scope="project")


def plants(found: Picture) -> list[str]:
    return sorted(
        dict(e.attributes).get("programme", "") for e in found.entities.values() if e.kind is EntityKind.PROJECT
    )


def test_a_passing_mention_joins_the_project_of_the_other_programme() -> None:
    assert plants(picture(known(), passing())) == ["JP>US"]


def test_not_from_a_report_that_speaks_of_one_programme_only() -> None:
    assert plants(picture(known(), passing(other=False))) == ["JP>US", "KR>US"]


def test_reports_of_a_project_in_one_town_differ_in_its_cost() -> None:
    found = picture(known(place="Toledo, Ohio"), passing(place="Toledo, Ohio", amount=5e9))
    assert plants(found) == ["JP>US"]


def test_not_with_another_place_kind_or_cost() -> None:
    for other in (passing(place="Texas"), passing(kind="shipyard"), passing(amount=5e9)):
        assert plants(picture(known(), other)) == ["JP>US", "KR>US"]


def test_not_where_a_report_on_that_programme_alone_knows_it_too() -> None:
    own = Article("L").says("Korea has $350bn.", "$350bn", usd(350e9), KOREA, scope="total")
    own.says("Its plant: $33bn.", "$33bn", usd(33e9), project("gas_power", None, "Ohio", "KR>US"), scope="project")
    assert plants(picture(known(), passing(), own)) == ["JP>US", "KR>US"]


def test_a_name_does_not_say_its_kind_twice() -> None:
    for sponsor, kind, name in (
        ("Falcon Copper", "copper_smelter", "Falcon Copper smelter"),
        ("Fjord Steel", "steel", "Fjord Steel plant"),
        ("Harbour Port", "port", "Harbour Port project"),
        ("SBエナジー", "gas_power", "SB Energy gas-fired power project"),
    ):
        found = picture(Article("A").kind("It is planned.", "planned", kind, project(kind, sponsor)))
        assert [e.name for e in found.entities.values() if e.kind is EntityKind.PROJECT] == [name]
