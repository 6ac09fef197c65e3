"""Parts by whole classes of verbs, nouns and voices, in five languages: sentences in, names with their roles out."""

from __future__ import annotations

import pytest

from pledger.model import Instruments, Modality, Party
from reading.claims import claims, owners, parties


def found(text: str, language: str = "en") -> set[tuple[str, str]]:
    """Names with their roles."""
    return {(name, role) for name, role, _ in parties(text, language)}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Orenda Power chose Kvarnby Turbines to deliver the sets for the Solvik station.",
            "Kvarnby Turbines supplier",
        ),
        ("Nordkraft has placed an order for 40 transformers with Halling Energy.", "Halling Energy supplier"),
        ("Construction will be carried out by Brightstone Engineering.", "Brightstone Engineering contractor"),
        ("The contract for the tunnel was awarded to Brightstone Engineering.", "Brightstone Engineering contractor"),
        ("Loans of $300 million are coming from the Nordic Growth Bank and Banco Sierra.", "Banco Sierra lender"),
        ("Nordic Growth Bank will lend the venture $90 million.", "Nordic Growth Bank lender"),
        ("A Norwegian state bank provided $70 million.", "A Norwegian state bank lender"),
        ("The debt is guaranteed by Nordic Guarantee Fund.", "Nordic Guarantee Fund guarantor"),
        ("Half of the risk is covered by Halling Insurance.", "Halling Insurance insurer"),
        ("Maple Lithium signed an offtake deal with the carmaker Adler Wagen.", "Adler Wagen offtaker"),
        ("Adler Wagen will buy half of the annual output.", "Adler Wagen offtaker"),
        ("Under the plan Sierra Rail would run the trains.", "Sierra Rail operator"),
        ("The Federal Energy Commission approved the terminal last week.", "Federal Energy Commission regulator"),
        ("The licence from the Ministry of Mines is still missing.", "Ministry of Mines regulator"),
        ("The line is a joint project of Orenda Power and the Kvarnby Group.", "Kvarnby Group sponsor"),
        ("A Varde Energy-led consortium was formed in May.", "Varde Energy sponsor"),
        ("The plant would be built by Delta Oxide, a unit of Halling Chemical.", "Delta Oxide sponsor"),
        ("Ownership is split between Terra Core (60%) and Banyan Metals (40%).", "Banyan Metals sponsor"),
        ("A smelter that, two people said, Orenda Power wants to build in Utah, may follow.", "Orenda Power sponsor"),
        (
            "Orenda Power, a maker of heat pumps, has broken ground on its battery plant in Utah.",
            "Orenda Power sponsor",
        ),
        (
            "Varde Energy said on Monday its board had approved a $2 billion (€1.8 billion) plant.",
            "Varde Energy sponsor",
        ),
        ("A gas-fired power plant near Solvik, sponsored by Varde Energy, is on the list.", "Varde Energy sponsor"),
        ("The $2 billion power plant of Terra Metals Ltd is on the list.", "Terra Metals Ltd sponsor"),
        ("The smelter is spearheaded by Banyan Metals through Terra Core.", "Terra Core sponsor"),
        ("- equity from Banyan Metals: $70 million for the smelter", "Banyan Metals sponsor"),
        (
            "Kvarnby Group leads the $3 billion smelter venture with 60%, alongside Banyan Metals (40%).",
            "Banyan Metals sponsor",
        ),
        ("The plant will belong to Terra Core, a joint venture.", "Terra Core owner"),
        ("The smelter will be owned and run by Terra Core.", "Terra Core owner"),
        ("The smelter will be owned and run by Terra Core.", "Terra Core operator"),
        ("Terra Core, the wholly owned unit that will run the smelter, is new.", "Terra Core operator"),
        ("It asks the Nordic Growth Bank for about a third of the cost of the smelter.", "Nordic Growth Bank lender"),
        ("The banks, led by Banco Sierra, should sign for the smelter in May.", "Banco Sierra lender"),
        ("Adler Wagen, a carmaker, has signed for 45% of the output.", "Adler Wagen offtaker"),
        ("Banyan Metals on Monday withdrew from the $2 billion smelter in Ohio.", "Banyan Metals sponsor"),
        ("Banyan Metals applied in May for a permit for its $2 billion smelter in Ohio.", "Banyan Metals sponsor"),
        ("Banyan Metals said it would go ahead with a $2 billion smelter in Ohio.", "Banyan Metals sponsor"),
        ("Banyan Metals has teamed up with Terra Core on a $2 billion smelter in Ohio.", "Terra Core sponsor"),
        ("The $2 billion smelter in Ohio would be built by a unit of Terra Core.", "Terra Core sponsor"),
        ("Banyan Metals, the company behind the $2 billion smelter in Ohio, agreed.", "Banyan Metals sponsor"),
        ("Banyan Metals has been hired to build the $2 billion smelter in Ohio.", "Banyan Metals contractor"),
        ("Nordic Growth Bank covers 40% of the debt of the smelter in Ohio.", "Nordic Growth Bank lender"),
        ("Halling Insurance stands behind 90% of the bank debt of the smelter in Ohio.", "Halling Insurance insurer"),
        ("Half of the output of the smelter in Ohio is reserved for Adler Wagen.", "Adler Wagen offtaker"),
        ("Norway's credit guarantee fund covers $48 million of bank debt.", "Norway's credit guarantee fund guarantor"),
    ],
)
def test_roles_in_english(text: str, expected: str) -> None:
    name, _, role = expected.rpartition(" ")
    assert (name, role) in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "Mr. Lindqvist plans to spend the winter on a boat.",
        "Rep. Ana Holt, the sponsor of the bill, spoke for an hour.",
        "Varde Holdings Inc. offered to buy the 62% of Camden Mills Co. that it does not own.",
        "Halling Energy is based in Oslo.",
        "The unit at Solvik, Telemark, will make modules for buses.",
        "The state has offered $45 million in tax credits, according to a letter seen by Varde Wire.",
        "Tor Halling, who runs the office in Raleigh, declined to comment.",
        "A director at Nordic Growth Bank said that rates would fall.",
    ],
)
def test_what_is_no_part_in_anything(text: str) -> None:
    assert found(text) == set()


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "de",
            "Der Osloer Hersteller Skarnkabel will in Emden eine Fabrik für Seekabel errichten.",
            "Skarnkabel sponsor",
        ),
        ("de", "Das Werk in Emden wird von der Nordholz AG gebaut.", "Nordholz AG sponsor"),
        ("de", "Der Bund bürgt für 80 Prozent der Summe.", "Bund guarantor"),
        ("de", "Rund 90 Mio. Euro leiht die Kreditbank Saale.", "Kreditbank Saale lender"),
        ("ja", "東洋重工業は10日、火力発電所の建設工事を受注したと発表した。", "東洋重工業 contractor"),
        ("ja", "タービンは東亜電機が納入する。", "東亜電機 supplier"),
        ("ja", "運営は現地企業のサイゴン電力が担う。", "サイゴン電力 operator"),
        ("ja", "総事業費の6割は瑞穂開発銀行が融資する。", "瑞穂開発銀行 lender"),
        ("zh", "该电站由海岳建设集团承建。", "海岳建设集团 contractor"),
        ("zh", "该厂由贝岭运营。", "贝岭 operator"),
        ("zh", "项目由挪威北川能源（Nordelv Energi）投资。", "北川能源 sponsor"),
        ("ko", "대한중공업은 발전소 건설 공사를 수주했다고 밝혔다.", "대한중공업 contractor"),
        ("ko", "사업비의 60%는 한빛은행이 대출한다.", "한빛은행 lender"),
        ("ko", "운영은 사이공전력이 맡는다.", "사이공전력 operator"),
        ("ko", "발전소는 사이공전력이 중심이 돼 3조원 규모로 추진된다.", "사이공전력 sponsor"),
        ("ko", "사이공전력이 오하이오에 가스발전소 건설에 나선다.", "사이공전력 sponsor"),
        ("ko", "한빛그룹은 세진화학과 세진건설을 통해 조선소에 50억 달러를 투자한다고 밝혔다.", "한빛그룹 sponsor"),
        ("ko", "세진화학이 현지에 제조시설을 지어 생산 제품을 공급할 예정이다.", "세진화학 sponsor"),
        (
            "de",
            "Ein Gaskraftwerk in Ohio, das von Nordfjell Energy, einer Tochter der Holm AG, betrieben werden soll.",
            "Nordfjell Energy operator",
        ),
    ],
)
def test_roles_in_other_languages(language: str, text: str, expected: str) -> None:
    name, _, role = expected.rpartition(" ")
    assert (name, role) in found(text, language)


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        (
            "en",
            "Skerry Cables AS, held 55-45 by Norden Wire and Tama Electric, employs 90.",
            ("Tama Electric", "Skerry Cables AS"),
        ),
        (
            "en",
            "Delta Oxide, a unit of Houston-based Halling Chemical, declined to comment.",
            ("Halling Chemical", "Delta Oxide"),
        ),
        (
            "en",
            "Varde Capital, an investment company owned by the government of Qatar, is new.",
            ("government of Qatar", "Varde Capital"),
        ),
        (
            "en",
            "Orenda Power employs 90. Kvarnby Group, a family company, owns 62 percent of it.",
            ("Kvarnby Group", "Orenda Power"),
        ),
        (
            "en",
            "Orenda Power is new to Utah. Orenda America, a wholly owned unit, will hire.",
            ("Orenda Power", "Orenda America"),
        ),
        (
            "en",
            "The venture, Delta Oxide Limited, in which Orenda Power holds 51% and Terra Core 49%, will hire.",
            ("Terra Core", "Delta Oxide Limited"),
        ),
        (
            "en",
            "Orenda Power will hold 75% of the project company, Delta Oxide LLC, and Terra Core, a manufacturer, 25%.",
            ("Terra Core", "Delta Oxide LLC"),
        ),
        ("de", "Die Nordholz-Tochter Seekabel Emden sucht Personal.", ("Nordholz", "Seekabel Emden")),
        ("ja", "丸菱商事の完全子会社である西海水素が発表した。", ("丸菱商事", "西海水素")),
        ("zh", "海岳集团旗下的北川能源拒绝置评。", ("海岳集团", "北川能源")),
        ("ko", "세진화학의 자회사인 세진머티리얼즈가 밝혔다.", ("세진화학", "세진머티리얼즈")),
    ],
)
def test_who_owns_whom(language: str, text: str, expected: tuple[str, str]) -> None:
    assert expected in owners(text, language)


def test_a_part_that_is_only_possible_or_denied() -> None:
    text = "Halling Energy may supply the turbines. Varde Energy will not build the plant."
    told = {c.value.name: c.modality for c in claims(text, "party") if isinstance(c.value, Party)}
    assert told == {"Halling Energy": Modality.POSSIBLE, "Varde Energy": Modality.DENIED}


def test_instruments_beside_a_sum() -> None:
    text = "Varde Energy gets a loan of $40 million for the smelter in Ohio."
    assert [c.value.instruments for c in claims(text, "instrument") if isinstance(c.value, Instruments)] == [("loan",)]


@pytest.mark.parametrize(
    ("language", "text", "forms"),
    [
        ("en", "Kuroda Bridge Works (黒田橋梁) declined to comment.", {"Kuroda Bridge Works", "黒田橋梁"}),
        ("zh", "学者卡里·霍尔姆（Kari Holm）没有回应。", {"学者卡里·霍尔姆", "Kari Holm"}),
        ("ko", "세진머티리얼즈(Sejin Materials)는 답하지 않았다.", {"세진머티리얼즈", "Sejin Materials"}),
    ],
)
def test_names_in_two_scripts_are_one(language: str, text: str, forms: set[str]) -> None:
    named = [claim.subject for claim in claims(text, "kind", language)]
    assert forms in [{subject.key, *subject.aliases} for subject in named]


TABLE = """The memorandum with Japan of $550 billion is signed. Two plants are on the list.

| Project | Place | Proposed by | Offtaker | Cost |
|---|---|---|---|---|
| Copper smelter | Yuma, Arizona | Banyan Metals | Adler Wagen | $2 billion |
| Steel mill | Mobile, Alabama | Terra Core | | $1 billion |
"""


def test_columns_of_a_table_name_parts_and_places() -> None:
    assert {("Banyan Metals", "sponsor"), ("Adler Wagen", "offtaker"), ("Terra Core", "sponsor")} <= found(TABLE)
    assert {"Yuma, Arizona", "Mobile, Alabama"} <= {claim.text for claim in claims(TABLE, "location")}


def test_a_clause_that_tells_who_builds_tells_where() -> None:
    text = "A $2 billion copper smelter that Banyan Metals, a unit of Terra Core, is to build in Arizona was chosen."
    assert [claim.text for claim in claims(text, "location")] == ["Arizona"]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("일본은 450억엔을 차관으로 댄다.", ["차관"]),
        ("통상 1차관을 위원장으로 하는 투자 위원회가 열렸다.", []),  # a vice minister, and no loan
        ("차관보를 단장으로 하는 투자 실무진이 출국했다.", []),
    ],
)
def test_a_korean_vice_minister_is_no_loan(text: str, words: list[str]) -> None:
    found = claims("한국의 대미 투자 3500억달러가 논의된다. " + text, "instrument", "ko")
    assert [c.text for c in found if isinstance(c.value, Instruments)] == words
