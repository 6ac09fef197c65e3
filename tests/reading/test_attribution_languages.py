"""Who said what in Japanese, Chinese, Korean and German: sentences in, sources out."""

from __future__ import annotations

import pytest

from pledger.reading.attribution import attributions


def sources(text: str, language: str) -> list[str]:
    """Sources in order, an unnamed one with a star, who relays it behind an arrow."""
    return [
        a.source.of(text) + ("*" if a.anonymous else "") + (f" < {a.via.of(text)}" if a.via else "")
        for a in attributions(text, language)
        if a.source is not None
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("北島製鋼は5日、投資額を3割減らすと発表した。", ["北島製鋼"]),
        ("市場関係者は「まだ決まっていない」と打ち明ける。", ["市場関係者*"]),
        ("財務相は、工場が来年動くかどうかについて「答えられない」と述べた。", ["財務相"]),
        ("「補助が足りない」。ある地銀の幹部はこう話す。", ["ある地銀の幹部*"]),
        ("東山新聞は3日、複数の当局者の話として、合意が近いと伝えた。", ["複数の当局者* < 東山新聞", "東山新聞"]),
        ("「遅れは想定内」（独立系アナリスト）との声がある。", ["独立系アナリスト*"]),
        ("中央銀行は、年に100億ドルなら調達できるとの立場だ。", ["中央銀行"]),
        ("両社の覚書は、損失を折半すると定める。", ["両社の覚書"]),
        ("知事は一部メディアの報道を否定した。", ["一部メディア*", "知事"]),
        ("事業費は90億円になると、複数の関係者が明かした。", ["複数の関係者*"]),
        ("広報担当者はコメントを控えた。", ["広報担当者"]),
        (
            "協会長は、協力が欠かせないとの認識を示した。NORD NEWSが東西通信の記事として伝えた。",
            ["協会長 < 東西通信", "東西通信 < NORD NEWS", "NORD NEWS"],
        ),
        ("環境省は、次の三件を採択することを決定しました。", ["環境省"]),
        ("組合長は「話が先だ」と強調し、着工は来年になるとの認識を示した。", ["組合長", "組合長"]),
        ("円安が進めば負担は増す。", []),
        ("工場の投資額は来年増える見込みだ。", []),
    ],
)
def test_japanese(text: str, expected: list[str]) -> None:
    assert sources(text, "ja") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("《北港晨报》援引三名官员的话报道，谈判已经结束。", ["《北港晨报》", "三名官员* < 《北港晨报》"]),
        ("一位接近谈判的人士说：“还没有签字。”", ["一位接近谈判的人士*"]),
        ("能源部長的解讀不同：若逾期未達標，可以退出。", ["能源部長"]),
        ("財政部發言人拒絕評論。", ["財政部發言人"]),
        ("咨询公司Nordwatt预计，需求将翻一番。", ["Nordwatt"]),
        ("海关文件显示，设备已经运抵。", ["海关文件"]),
        ("按照去年签署的备忘录，利润平分。", ["备忘录"]),
        ("此前有外媒报道，项目规模高达900亿元。", ["外媒*"]),
        ("港务局长在同日的会上则措辞谨慎：“一切取决于电价。”", ["港务局长"]),
        ("在野党一名议员批评说，资金流出过大。", ["在野党一名议员*"]),
        ("根据该法，公司须在三个月内成立。", []),
        ("据说项目已经停工。", []),
        ("项目总投资预计达到90亿元。", []),
    ],
)
def test_chinese(text: str, expected: list[str]) -> None:
    assert sources(text, "zh") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('해양부 고위 관계자는 "정해진 것이 없다"며 "서두르지 않겠다"고 덧붙였다.', ["해양부 고위 관계자*"]),
        (
            "공장을 짓기로 했다고 동방경제가 사안에 밝은 소식통 3명을 인용해 9일(현지시간) 보도했다.",
            ["동방경제", "사안에 밝은 소식통 3명* < 동방경제"],
        ),
        ("9일 업계에 따르면 두 회사는 각서를 맺었다.", ["업계*"]),
        ("시장조사업체 한빛리서치에 따르면 수요는 두 배로 늘어난다.", ["시장조사업체 한빛리서치"]),
        ("업계에서는 내년에나 가능할 것으로 본다.", ["업계*"]),
        ("철강을 연구하는 한 국립대 교수는 “서두를 이유가 없다”고 말했다.", ["철강을 연구하는 한 국립대 교수*"]),
        ("한빛조선 대변인은 논평을 거부했다.", ["한빛조선 대변인"]),
        ("강원도는 도로를 넓히겠다는 뜻을 밝혔다.", ["강원도"]),
        ('회사 측은 "통보받은 바 없다"며 이를 부인했다.', ["회사 측"]),
        ("올해 수출은 추가 물량이 늘어 8% 증가했다.", []),
        ("당사는 사업비를 300억 달러로 추정한다.", []),
    ],
)
def test_korean(text: str, expected: list[str]) -> None:
    assert sources(text, "ko") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Im Finanzministerium hieß es, ein Antrag liege nicht vor.", ["Finanzministerium"]),
        ("Der Bau habe Interesse geweckt, heißt es in Branchenkreisen.", ["Branchenkreisen*"]),
        ("Es fehlten Abnehmer, so Lindner: Erst die Hälfte sei verkauft.", ["Lindner"]),
        (
            "Das Werk kostet viel. Das berichtete die Zeitschrift „Netzblick“ unter Berufung auf zwei Insider.",
            ["die Zeitschrift „Netzblick“", "zwei Insider* < die Zeitschrift „Netzblick“"],
        ),
        (
            "Die Kammer warnte vor einer Verlagerung. Ihr zufolge hängen 300 Stellen daran.",
            ["Die Kammer", "Die Kammer"],
        ),
        (
            "Der Verein kritisierte, das Gas sei fossil. Er kündigte an, dagegen zu klagen.",
            ["Der Verein", "Der Verein"],
        ),
        (
            "„Wir bauen“, sagte Werkleiterin Ute Brandt am Montag. Zuvor müsse die Stadt zustimmen.",
            ["Werkleiterin Ute Brandt"] * 2,
        ),
        (
            "Konzernchefin Ida Lund knüpft den Bau an eine Bedingung: Der Anschluss müsse bis Juli stehen.",
            ["Konzernchefin Ida Lund"],
        ),
        ("Noch im Herbst hatte Vorstand Karl Amsel mit dem Start gerechnet.", ["Vorstand Karl Amsel"]),
        ("Der Hersteller beziffert die Kosten auf 40 Mio. Euro.", ["Der Hersteller"]),
        ("Ein Diplomat, der anonym bleiben will, widerspricht: Delhi sehe das anders.", ["Ein Diplomat*"]),
        ("So steht es im Abkommen Nordpakt, das seit Mai gilt.", ["Abkommen Nordpakt"]),
        ("Der Umsatz lag bei 18,3 Mrd. Euro.", []),
        ("Im laufenden Quartal schreibt der Konzern rund 9 Mio. Euro ab.", []),
    ],
)
def test_german(text: str, expected: list[str]) -> None:
    assert sources(text, "de") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A 2018 study priced the dam at $900 million.", ["A 2018 study"]),
        (
            "It has stopped paying, the daily Nordlys writes, citing the agency Fjordpress, which cites a filing.",
            ["a filing < the agency Fjordpress"],
        ),
        ("The Courier reported that Mr. Lee believes the plant can be saved.", ["Mr. Lee < The Courier"]),
        (
            "The Energy Fund, Nordkraft and the utility Fjordel now describe a campus, Nordlys reports, with lots.",
            ["The Energy Fund, Nordkraft and the utility Fjordel < Nordlys"],
        ),
        ("The gap will close by 2030, estimates Polar Ratings.", ["Polar Ratings"]),
        ("The cement works was costed by the energy ministry at $3 billion.", ["the energy ministry"]),
    ],
)
def test_beside_what_is_said(text: str, expected: list[str]) -> None:
    assert set(expected) <= set(sources(text, "en"))


@pytest.mark.parametrize(
    ("text", "anonymous"),
    [
        ("A Nordfjell manager said work had stopped.", True),
        ("An opposition lawmaker said work had stopped.", True),
        ("An official at the Ministry of Trade said work had stopped.", True),
        ("The plant's manager said work had stopped.", False),
        ("The two governments said work had stopped.", False),
        ("Nordfjell's chief executive said work had stopped.", False),
        ("A ministry spokesman said work had stopped.", False),
        ("Analysts at Polar Bank said work had stopped.", False),
    ],
)
def test_who_is_nobody_in_particular(text: str, anonymous: bool) -> None:
    assert [a.anonymous for a in attributions(text)] == [anonymous]


def test_a_korean_byline_and_what_stands_over_pictures_is_no_source() -> None:
    for before in ("[항구=새벽뉴스] 김하늘 특파원 = ", "이미지 확대보기", "김하늘 기자 = "):
        text = before + "한빛그룹은 공장을 짓는다고 17일 밝혔다."
        assert [a.source.of(text) for a in attributions(text, "ko") if a.source] == ["한빛그룹"]
