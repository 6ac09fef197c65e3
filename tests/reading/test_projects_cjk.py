"""Projects, their places and their amounts in Japanese, Chinese and Korean: text in, claims out."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.model import Attribute, Claim, Document, EntityKind
from pledger.reading.page import Page
from pledger.reading.projects.cjk_places import places_in
from pledger.reading.projects.cjk_things import things_in
from pledger.reading.reader import read
from pledger.reading.sentences import sentences


def _claims(text: str, language: str) -> list[Claim]:
    document = Document("d", "a.txt", text, language=language, reported_on=dt.date(2026, 3, 2))
    return read(document)


def _kinds(text: str, language: str) -> dict[str, str]:
    """What each amount is about, by its words."""
    return {c.text: c.subject.kind.value for c in _claims(text, language) if c.attribute is Attribute.AMOUNT}


def _places(text: str, language: str) -> list[str]:
    return [c.text for c in _claims(text, language) if c.attribute is Attribute.LOCATION]


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "ja",
            (
                "青嶺電材は富山県射水市にコンデンサーの新工場を建てる。総投資額は480億円で、うち120億円を補助で賄う。"
                "同工場は2028年に稼働する。同社の昨年度の売上高は3兆2000億円だった。"
            ),
            {"480億円": "project", "120億円": "project", "3兆2000億円": "market"},
        ),
        (
            "ja",
            "県は、国東市に計画する宇宙港「星の桟橋」の整備費が95億円になると明らかにした。県は30億円を負担する。",
            {"95億円": "project", "30億円": "project"},
        ),
        (
            "zh",
            (
                "中资企业将在古吉拉特邦建设一座光伏组件工厂，总投资12亿美元，其中4亿美元来自银行贷款。"
                "该厂预计2027年投产。公司去年营收为560亿元。"
            ),
            {"12亿美元": "project", "4亿美元": "project", "560亿元": "market"},
        ),
        (
            "zh",
            "某集團宣布在熊本縣菊陽町興建第二座晶圓廠，投資額139億美元，政府將補助50億美元。公司市值已達9000億美元。",
            {"139億美元": "project", "50億美元": "project", "9000億美元": "market"},
        ),
        (
            "ko",
            (
                "해솔전지는 경북 포항시에 양극재 공장을 짓는 데 8천500억원을 투자한다. "
                "이 가운데 2천억원은 대출로 마련한다. "
                ""
                "회사 작년 매출은 4조원이었다."
            ),
            {"8천500억원": "project", "2천억원": "project", "4조원": "market"},
        ),
        (
            "ko",
            "베트남 꽝닌성의 '하이하 에너지 허브' 사업에 정책은행이 5억 달러를 대출한다. 총사업비는 23억 달러다.",
            {"5억 달러": "project", "23억 달러": "project"},
        ),
    ],
)
def test_cost_and_funding_are_the_project_s(language: str, text: str, told: dict[str, str]) -> None:
    assert _kinds(text, language) == told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "青嶺重工の株価は一時4,120円まで上昇した。時価総額は14兆円、受注残は9兆円。"),
        ("ja", "政府は来年度予算に3兆円を計上した。"),
        ("zh", "监管机构对该银行处以2.3亿英镑罚款。"),
        ("zh", "两国去年双边贸易额为1300亿美元，外汇储备为3万亿美元。"),
        ("ko", "당국은 해당 증권사에 과징금 120억원을 부과했다. 주가는 3만2000원으로 마감했다."),
        ("ko", "세계 변압기 시장 규모는 600억 달러로 커진다. 수주잔고는 11조원이다."),
    ],
)
def test_what_is_nobody_s_pledge(language: str, text: str) -> None:
    assert set(_kinds(text, language).values()) == {"market"}


@pytest.mark.parametrize(
    ("language", "text", "places"),
    [
        ("ja", "青嶺化学は愛媛県新居浜市に工場を新設する。投資額は90億円。", ["愛媛県新居浜市"]),
        ("ja", "米テネシー州とアラバマ州に原子炉を建設する計画に400億ドルを投じる。", ["アラバマ州", "テネシー州"]),
        ("zh", "该公司在古吉拉特邦兴建造船厂，投资7亿美元。", ["古吉拉特邦"]),
        ("zh", "港商擬在柔佛興建數據中心，造價30億港元。", ["柔佛"]),
        ("ko", "회사는 전남 해남군에 데이터센터를 짓는다. 사업비는 2조원이다.", ["전남 해남군"]),
        ("ko", "애리조나주 투손에 공장을 세운다. 투자액은 30억 달러다.", ["애리조나주 투손"]),
    ],
)
def test_where_it_is_to_stand(language: str, text: str, places: list[str]) -> None:
    assert sorted(_places(text, language)) == sorted(places)


def test_lines_of_a_list_are_projects_of_their_own() -> None:
    text = (
        "採択案件\n（１）北嶺セル株式会社（福島県いわき市）\n量産設備を新設します。事業費は210億円、助成額は70億円です。\n"
        "（２）南浜リサイクル株式会社（香川県坂出市）\n再資源化施設です。事業費は75億円です。\n"
    )
    about = {c.text: c.subject.place for c in _claims(text, "ja") if c.attribute is Attribute.AMOUNT}
    assert about["210億円"] == about["70億円"] != about["75億円"]


def test_entries_between_triangles_are_projects_of_their_own() -> None:
    text = "사업별로는 ▲여수 수소 공장(해온에너지, 1조 2천억 원) ▲구미 반도체 라인(누리소재, 3천억 원)이다."
    subjects = [c.subject for c in _claims(text, "ko") if c.attribute is Attribute.AMOUNT]
    assert [(s.kind, s.sponsor) for s in subjects] == [
        (EntityKind.PROJECT, "해온에너지"),
        (EntityKind.PROJECT, "누리소재"),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ja", "豪州の鉱山会社は5億豪ドルを投資して精錬所を広げる。"),
        ("zh", "印度尼西亚一家企业投资3亿美元扩建码头。"),
        ("ko", "인도네시아 기업이 3억 달러를 투자해 제련소를 늘린다."),
    ],
)
def test_a_company_s_investing_is_no_state_s_programme(language: str, text: str) -> None:
    assert not [c for c in _claims(text, language) if c.subject.kind is EntityKind.PROGRAMME]


@pytest.mark.parametrize(
    ("language", "text", "key"),
    [
        ("ja", "UAEは今後10年間に日本で最大100億ドルの投資枠を設けると約束した。", "AE>JP"),
        ("zh", "沙特把对美投资承诺提高到8000亿美元。", "SA>US"),
        ("ko", "한국은 대미 투자 3500억 달러를 약속했다.", "KR>US"),
    ],
)
def test_a_state_s_pledge_is_a_programme(language: str, text: str, key: str) -> None:
    (claim,) = [c for c in _claims(text, language) if c.attribute is Attribute.AMOUNT]
    assert (claim.subject.kind, claim.subject.key) == (EntityKind.PROGRAMME, key)


def test_words_that_point_back_mean_the_project_spoken_of() -> None:
    text = "该企业在格但斯克建设电池工厂。一周后，银行宣布向该项目提供2亿欧元贷款。"
    (claim,) = [c for c in _claims(text, "zh") if c.attribute is Attribute.AMOUNT]
    assert claim.subject.kind is EntityKind.PROJECT
    assert claim.subject.place == "Gdańsk"


@given(st.text(alphabet="工場建設计划项目공장사업東京県市州のを在， 。「」“”（）1億元円원 ", max_size=80))
def test_words_of_things_and_places_are_the_text_s(text: str) -> None:
    for language in ("ja", "zh", "ko"):
        for sentence in Page(text, language, tuple(sentences(text, language))).sentences:
            found = things_in(text, sentence, language)
            assert all(sentence.covers(thing.span) and thing.span.of(text).endswith(thing.head) for thing in found)
            assert all(a.span.end <= b.span.start for a, b in pairwise(found))
            assert all(sentence.covers(place.span) for place in places_in(text, sentence, language))


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (  # the thing that a text opens with and comes back to, where no sentence shows that it is built
            "ja",
            "北浜の変電所に異論\n\n北浜の変電所をめぐり、住民が県に申し入れた。\n\n同変電所には42億円がかかる。",
            {"42億円": "project"},
        ),
        (  # a fund in brackets with its size is no project's, the cost behind it is
            "ja",
            "県の「港再生基金」（総額300億円）は、呉羽町の岸壁の改修を採択した。事業費は45億円だ。",
            {"300億円": "programme", "45億円": "project"},
        ),
        (  # parts of a project are that project
            "zh",
            "青石湾粮食走廊项目12日在贝加省奠基。项目包括一座码头和配套公路，总投资31亿元。",
            {"31亿元": "project"},
        ),
        (  # any works called 廠, and "該廠" behind it
            "zh",
            "基金將對波蘭的鏡頭模組廠注資900萬歐元。該廠由兩家公司合資，全案投資額4,100萬歐元，獲利1,000萬元。",
            {"900萬歐元": "project", "4,100萬歐元": "project", "1,000萬元": "market"},
        ),
        (  # talk of candidates shows a project; the bank's name holds no word of trade
            "ko",
            "업계에서는 오하이오주 유리 공장(약 7억 달러)이 오르내린다. 3억 달러는 한국수출입은행이 빌려준다.",
            {"약 7억 달러": "project", "3억 달러": "project"},
        ),
        (  # a corporation is no works
            "ko",
            "국가전략투자공사가 문을 열었다. 공사의 자본금은 2조 원이다.",
            {"2조 원": "market"},
        ),
    ],
)
def test_the_chief_thing_and_what_belongs_to_it(language: str, text: str, told: dict[str, str]) -> None:
    found = _kinds(text, language)
    assert {words: kind for words, kind in found.items() if any(t in words or words in t for t in told)}
    for words, kind in told.items():
        assert next(k for w, k in found.items() if words in w or w in words) == kind, (words, found)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("zh", "公司將在波蘭羅茲興建一座電池廠，投資額3億歐元。"),
        ("ko", "회사는 오만 소하르에 담수화 플랜트를 짓는다. 사업비는 5억달러다."),
        ("ja", "同社はジブチの地熱発電所を建設する。事業費は2億ドル。"),
    ],
)
def test_a_town_or_country_behind_words_of_building(language: str, text: str) -> None:
    assert _places(text, language)


def test_a_development_bank_is_no_project() -> None:
    claims = _claims("アジア開発銀行は1億ドルを融資した。", "ja")
    assert all(c.subject.kind is not EntityKind.PROJECT for c in claims)
