"""How Japanese and Chinese newspapers write sums, names, candidates and who reports: text in, claims out."""

from __future__ import annotations

import datetime as dt

import pytest

from pledger.model import Money
from reading.claims import amounts, claims, stages

_DAY = dt.date(2026, 3, 2)


def _values(text: str, language: str) -> list[tuple[float | None, bool]]:
    """The lower end of each amount, and whether it only restates another."""
    return [
        (c.value.low, c.value.converts is not None)
        for c in claims(text, "amount", language)
        if isinstance(c.value, Money)
    ]


@pytest.mark.parametrize(
    ("language", "text", "values"),
    [
        ("ja", "製鉄所の総事業費は２・４兆円に上る。", [(2.4e12, False)]),
        ("ja", "総額150億ドル＝2兆3000億円あまりの対米投資だ。", [(1.5e10, False), (2.3e12, True)]),
        ("ja", "150億ドル、日本円でおよそ2兆3000億円の対米投資だ。", [(1.5e10, False), (2.3e12, True)]),
        ("zh", "總值二四〇億美元（新台幣〇．七八兆元）的電廠。", [(2.4e10, False), (7.8e11, True)]),
    ],
)
def test_decimals_and_conversions(language: str, text: str, values: list[tuple[float, bool]]) -> None:
    assert _values(text, language) == values


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            "ja",
            "対米投資で選ばれたのは▼アイオワ州の製鉄所、▼ユタ州の工場の3つの案件で、投融資の規模はあわせて240億ドルだ。",
        ),
        (
            "ja",
            "対米投融資の第1弾として三つの事業を選んだ。製鉄所とパイプライン、蓄電池工場で、事業規模は計240億ドル。",
        ),
        ("zh", "日本對美國投資5500億美元的首批投資案，涉及三個總值240億美元的投資項目，包括俄亥俄州的鋼鐵廠。"),
    ],
)
def test_a_sum_of_several_is_the_batchs(language: str, text: str) -> None:
    told = {words: (subject.partition(":")[0], scope) for words, subject, scope in amounts(text, language)}
    assert told[next(words for words in told if "240" in words)] == ("tranche", "tranche")
    assert all(told[words] == ("programme", "ceiling") for words in told if "5500" in words)


def test_customers_trades_and_firms_are_no_projects() -> None:
    text = (
        "対米投資の第1弾が決まった。データセンター向けの電力をつくるガス火力発電所に100億ドルを投じる。"
        "峰ダイヤモンド工業が関心を示した。米国の半導体製造を支援する。"
    )
    assert {c.subject.project_kind for c in claims(text, language="ja") if c.subject.project_kind} == {"gas_power"}


def test_two_things_joined_are_two() -> None:
    text = "5500億ドルの対米投資の第2弾候補に、原発や銅精錬施設などを検討している。"
    assert stages(text, "ja")[-2:] == [("project:nuclear", "candidate"), ("project:copper_smelter", "candidate")]


def test_a_candidate_for_a_batch_is_the_project() -> None:
    text = "5500億ドルの対米投資で、アイオワ州の製鉄所が第1号案件の有力候補として浮上した。"
    assert {subject for subject, _ in stages(text, "ja")} == {"project:steel"}


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "事業を選ぶのは大統領で、長官が率いる投資委員会が候補を示す。"),
        (
            "ja",
            "選定されたプロジェクトに対して資金を出さない場合、関税を上げられる。投資先の最終決定権は大統領にある。",
        ),
        ("zh", "具體投資項目將由美國政府的投資委員會選定。由部长负责遴选合格项目。"),
    ],
)
def test_how_projects_are_chosen_is_no_projects_stage(language: str, text: str) -> None:
    before = {
        "ja": "5500億ドルの対米投資だ。アイオワ州に製鉄所を建てる。",
        "zh": "日本對美國投資5500億美元，在俄亥俄州興建鋼鐵廠。",
    }
    assert stages(before[language] + text, language) == stages(before[language], language)


def test_what_is_still_to_be_chosen_is_not_chosen() -> None:
    text = "5500億ドルの対米投資の第1弾として、製鉄所、変電所の2案件を選定する方向で調整していることが7日分かった。"
    assert stages(text, "ja") == [("tranche:1", "candidate imminent")]
    assert not claims(text, "condition", "ja")  # the 7th is a day, not a term of seven days


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("日本與美國達成貿易協議，日本將對美國投資5500億美元。", "pledged"),
        ("日本將對美國投資5500億美元。兩國簽署了貿易與投資協定。", "pledged"),
    ],
)
def test_states_agree_in_promises(text: str, told: str) -> None:
    assert {stage for _, stage in stages(text, "zh")} == {told}


def test_a_way_to_say_it_is_no_decision() -> None:
    text = "日本承諾對美國投資5500億美元。美國總統18日通過社群平台宣布首批項目。"
    assert all("通過" not in c.text for c in claims(text, "stage", "zh"))


def test_persons_papers_and_verbs_are_no_firms() -> None:
    text = (
        "台灣與美國簽署投資備忘錄（MOU）。美國商務部長雷蒙多（Gina Raimondo）出席。"
        "计划包括建设小型模块化反应堆(SMR)，位於俄亥俄州的電廠由西屋公司（Westinghouse）承建。"
    )
    found = claims(text, language="zh")
    named = {c.subject.text: c.subject.kind.value for c in found if c.subject.kind.value in ("organisation", "person")}
    assert named.get("雷蒙多") == "person"
    assert set(named) <= {"雷蒙多", "西屋公司"}
    assert {c.text for c in found if c.attribute.value == "location"} <= {"俄亥俄州"}


def test_a_state_is_known_in_both_scripts() -> None:
    for text in ("南韓承諾對美國投資3500億美元。", "韩国承诺对美国投资3500亿美元。"):
        assert {c.subject.key for c in claims(text, "amount", "zh")} == {"KR>US"}


def test_who_reports_from_where_is_neither_date_nor_source() -> None:
    text = (
        "（通訊社記者林某華盛頓1日專電）美國商務部今天宣布，日本將對美國投資5500億美元。"
        "美國總統川普十七日宣布啟動5500億美元投資。"
    )
    found = claims(text, language="zh", reported_on=_DAY)
    assert "1日" not in {c.text for c in found if c.attribute.value == "date"}
    assert {a.source for c in found for a in c.attribution} == {"美國商務部", "美國總統川普"}


def test_shares_of_profit_are_no_tariffs() -> None:
    text = "利益は米国が90％、日本が10％を得ること、追加関税を課せることを盛り込んだ。日本は5500億ドルを対米投資する。"
    assert all(c.subject.key is None or "tariff" not in c.subject.key for c in claims(text, "share", "ja"))
