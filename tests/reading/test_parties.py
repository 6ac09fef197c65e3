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


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Small modular reactors from Fjordtech and Halling would be put up in Ohio and selected in May.",
            ("Halling", "supplier"),
        ),
        ("Fjord Tech would build the reactors.", ("Fjord Tech", "supplier")),
        ("Fjordtech would build the reactors.", ("Fjordtech", "supplier")),
        ("Fjordtech, Halling and Ostra Electric would like to supply equipment.", ("Fjordtech", "supplier")),
        ("Fjord Tech is listed for equipment worth up to $3bn.", ("Fjord Tech", "supplier")),
        ("Fjord Tech and Halling could each see up to $3bn in work.", ("Fjord Tech", "contractor")),
        ("Fjordtech, which belongs to Halling, is behind the $2bn plant.", ("Fjordtech", "sponsor")),
        (
            "A gas-fired power plant in Ohio that Fjordtech, a Halling company, is to develop was selected.",
            ("Fjordtech", "sponsor"),
        ),
        ("A copper smelter, the work of Halling's Fjord Energy, was selected.", ("Fjord Energy", "sponsor")),
        ("Fjord Tech will build and run a gas-fired power plant in Ohio.", ("Fjord Tech", "operator")),
        ("Fjordtech and Halling have been named as likely customers.", ("Halling", "offtaker")),
        ("Fjordtech and Halling would like to supply equipment.", ("Halling", "supplier")),
        ("Loans that private banks are to make need a guarantee.", ("private banks", "lender")),
        ("It is what private companies intend to spend.", ("private companies", "sponsor")),
        ("Norwegian vendors are to be given priority.", ("Norwegian vendors", "supplier")),
        (
            "Projects are chosen by a committee led by the US commerce secretary.",
            ("US commerce secretary", "negotiator"),
        ),
    ],
)
def test_roles_by_what_the_words_say(text: str, expected: tuple[str, str]) -> None:
    assert expected in [found[:2] for found in parties(NORWAY + text)]


@pytest.mark.parametrize(
    "text",
    [
        "The grid operator Fjordnett has not received a filing.",
        "The US commerce secretary declined to comment.",
        "Commercial banks remain cautious.",
        "Private companies are watching.",
        "Workers would build the reactors.",
        "Halling's Fjordblad reported it.",
    ],
)
def test_passing_words_are_no_parties(text: str) -> None:
    assert parties(NORWAY + text) == []
    assert owners(NORWAY + text) == []


def test_a_sum_of_its_own_makes_a_party_of_the_programme() -> None:
    text = NORWAY + "A copper smelter in Ohio was selected. Fjord Tech could see up to $3bn in work."
    assert ("Fjord Tech", "contractor", "programme:NO>US") in parties(text)


def test_a_possessive_before_a_company_is_ownership() -> None:
    assert owners("Halling's Fjord Energy builds a plant.") == [("Halling", "Fjord Energy")]
    assert owners("Fjordtech, which belongs to Halling, builds a plant.") == [("Halling", "Fjordtech")]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "ja",
            "日本は5500億ドルの対米投資を約束した。お金を貸すのは民間銀行で、日本貿易保険が保険を引き受ける。",
            ("民間銀行", "lender"),
        ),
        (
            "ja",
            "日本の対米投資5500億ドルでは、ガス火力発電所が選ばれた。製品の買い手には東芝と日立製作所が並ぶ。",
            ("日立製作所", "offtaker"),
        ),
        ("ja", "日本の対米投資5500億ドルでは、東芝がオハイオ州に銅製錬所を建設する。", ("東芝", "sponsor")),
        (
            "ko",
            "한국은 3500억달러 투자를 약속했다. 사업은 미국 상무장관이 이끄는 투자위원회가 고른다.",
            ("미국 상무장관", "negotiator"),
        ),
        ("zh", "日本承诺5500亿美元对美投资，软银集团有望参与俄亥俄州的电力项目。", ("软银集团", "sponsor")),
        (
            "de",
            "Japan hat Investitionen von 550 Milliarden Dollar zugesagt. Für Reaktoren von Nordfjell ist Geld da.",
            ("Nordfjell", "supplier"),
        ),
        (
            "de",
            "Japan hat 550 Milliarden Dollar zugesagt; hinter der Zahl stehen nur Absichten privater Unternehmen.",
            ("privater Unternehmen", "sponsor"),
        ),
        (
            "de",
            "Japan hat Investitionen von 550 Milliarden Dollar zugesagt, mit Eigenkapital und Krediten von JBIC.",
            ("JBIC", "lender"),
        ),
    ],
)
def test_roles_in_other_languages(language: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in [found[:2] for found in parties(text, language)]


def test_places_beside_projects() -> None:
    told = [
        ("en", NORWAY + "A copper smelter in Ohio was selected; the steel mill is coming to Georgia.", "Georgia"),
        ("en", NORWAY + "Texas is in line for a copper smelter.", "Texas"),
        ("ja", "日本の対米投資では、テキサス州ヒューストンの銅製錬所が選ばれた。", "テキサス州ヒューストン"),
    ]
    for language, text, place in told:
        assert place in [c.text for c in claims(text, "location", language)]


def test_initials_of_a_country_and_towns_are_nobody() -> None:
    text = "The smelter will be backed by the U.S. government. A pipeline from Houston will feed the smelter in Ohio."
    assert {name for name, _, _ in parties(text)}.isdisjoint({"U", "U.", "Houston"})


def test_a_verb_in_a_heading_is_no_part_of_a_name() -> None:
    text = (
        "Nordfjell Secures Backing for $7B Smelter in Ohio\n\nNordfjell will build a copper smelter in Ohio for $7bn.\n"
    )
    assert {name for name, _, _ in parties(text)} == {"Nordfjell"}


def test_part_of_the_world_builds_nothing() -> None:
    text = "Hallingdal plans a copper mine in Arizona for $2bn. It will be North America's largest copper mine."
    assert "North America" not in {name for name, _, _ in parties(text)}


def test_what_only_sounds_like_a_bank_lends_nothing() -> None:
    assert [role for _, role, _ in parties("SoftBank committed $2bn to a copper smelter in Ohio.")] == ["sponsor"]
