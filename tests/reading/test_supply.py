"""Shares of supply and demand: sentences in, who supplies how much of what out; and what must be none of it."""

from __future__ import annotations

import datetime as dt

import pytest

from pledger.model import Attribute, Claim, Document, EntityKind, Share, Text
from pledger.reading import read
from pledger.reading.page import Page
from pledger.reading.supply import portions


def claims(text: str, language: str, attribute: Attribute = Attribute.SHARE) -> list[Claim]:
    document = Document("0" * 64, "a.txt", text, language=language, reported_on=dt.date(2026, 2, 20))
    return [claim for claim in read(document) if claim.attribute is attribute]


def told(claim: Claim) -> tuple[str, float | None, float | None, str | None]:
    """Whose share it is, its ends, and what it is a share of."""
    value = claim.value
    assert isinstance(value, Share)
    ends = [None if end is None else round(end, 4) for end in (value.low, value.high)]
    return claim.subject.key or claim.subject.text, ends[0], ends[1], value.of


# Language, sentence, supplier, low, high, whole.
SUPPLIES = [
    (
        "en",
        "China produces over 60 % of the world's synthetic diamonds.",
        "China",
        0.6,
        None,
        "world's synthetic diamonds",
    ),
    ("en", "China accounts for nine-tenths of refined rare earths.", "China", 0.9, 0.9, "refined rare earths"),
    (
        "en",
        "Three quarters of US imports of diamond powder come from China.",
        "China",
        0.75,
        0.75,
        "US imports of diamond powder",
    ),
    ("en", "China is the world's largest supplier of graphite, with 69 %.", "China", 0.69, 0.69, "graphite, supply"),
    ("en", "China's share of gallium output is 99 percent.", "China", 0.99, 0.99, "gallium output"),
    (
        "en",
        "China's share of global gallium production stood at 98.7% in 2023.",
        "China",
        0.987,
        0.987,
        "global gallium production, 2023",
    ),
    (
        "en",
        "The Democratic Republic of Congo mines about 70% of the world's cobalt.",
        "Democratic Republic of the Congo",
        0.7,
        0.7,
        "world's cobalt, mined",
    ),
    (
        "en",
        "Taiwan makes more than 90 per cent of the most advanced chips.",
        "Taiwan",
        0.9,
        None,
        "most advanced chips",
    ),
    (
        "en",
        "The United States imports 77% of its diamond powder from China.",
        "China",
        0.77,
        0.77,
        "diamond powder, imports of United States",
    ),
    (
        "en",
        "The US relies on China for about 70% of its rare earths.",
        "China",
        0.7,
        0.7,
        "rare earths, imports of United States",
    ),
    ("en", "Russia holds 44% of global enrichment capacity.", "Russia", 0.44, 0.44, "global enrichment capacity"),
    ("en", "More than half of the world's copper is refined in China.", "China", 0.5, None, "world's copper, refined"),
    (
        "en",
        "Chinese producers control roughly 95% of the global market for abrasive diamond.",
        "China",
        0.95,
        0.95,
        "global market for abrasive diamond",
    ),
    (
        "en",
        "Around 80 percent of the graphite that America uses comes from China.",
        "China",
        0.8,
        0.8,
        "graphite, imports of United States",
    ),
    (
        "en",
        "China, which refines nearly all of the world's gallium, has curbed exports.",
        "China",
        0.9,
        1.0,
        "world's gallium, refined",
    ),
    ("en", "Most of the world's gallium comes from China.", "China", 0.5, 1.0, "world's gallium"),
    ("en", "The bulk of US graphite imports comes from China.", "China", 0.5, 1.0, "US graphite imports"),
    (
        "en",
        "With a share of 59.2 %, China is the biggest producer of germanium.",
        "China",
        0.592,
        0.592,
        "germanium, supply",
    ),
    (
        "en",
        "In 2024, China mined 69.2% of the world's rare earths, the US 12% and Australia 5%.",
        "China",
        0.692,
        0.692,
        "world's rare earths, mined, 2024",
    ),
    (
        "en",
        "In 2024, China mined 69.2% of the world's rare earths, the US 12% and Australia 5%.",
        "United States",
        0.12,
        0.12,
        "world's rare earths, mined, 2024",
    ),
    (
        "en",
        "In 2024, China mined 69.2% of the world's rare earths, the US 12% and Australia 5%.",
        "Australia",
        0.05,
        0.05,
        "world's rare earths, mined, 2024",
    ),
    ("en", "Indonesia has a 54 % share of global nickel mining.", "Indonesia", 0.54, 0.54, "global nickel mining"),
    ("en", "China commands a market share of 90% in rare earth magnets.", "China", 0.9, 0.9, "rare earth magnets"),
    ("en", "About 90% of rare earth processing takes place in China.", "China", 0.9, 0.9, "rare earth processing"),
    (
        "en",
        "China and Russia together produce 60% of the world's antimony.",
        "China and Russia",
        0.6,
        0.6,
        "world's antimony",
    ),
    (
        "en",
        "The USGS says China supplied 77% of U.S. imports of synthetic diamond powder between 2020 and 2023.",
        "China",
        0.77,
        0.77,
        "U.S. imports of synthetic diamond powder, 2020-2023",
    ),
    ("en", "South Korea built 28% of the world's ships in 2024.", "South Korea", 0.28, 0.28, "world's ships, 2024"),
    (
        "en",
        "China's dominance is plain: it produces 95% of the world's abrasive diamond grit.",
        "China",
        0.95,
        0.95,
        "world's abrasive diamond grit",
    ),
    (
        "de",
        "China produziert mehr als 60 Prozent der synthetischen Diamanten der Welt.",
        "China",
        0.6,
        None,
        "synthetischen Diamanten der Welt",
    ),
    (
        "de",
        "China steht für 99 Prozent der weltweiten Galliumproduktion.",
        "China",
        0.99,
        0.99,
        "weltweiten Galliumproduktion",
    ),
    (
        "de",
        "Auf China entfallen rund 90 Prozent der Raffination seltener Erden.",
        "China",
        0.9,
        0.9,
        "Raffination seltener Erden",
    ),
    (
        "de",
        "77 Prozent der amerikanischen Einfuhren von Diamantpulver stammen aus China.",
        "China",
        0.77,
        0.77,
        "amerikanischen Einfuhren von Diamantpulver",
    ),
    (
        "de",
        "Chinas Anteil an der weltweiten Graphitförderung liegt bei 79 Prozent.",
        "China",
        0.79,
        0.79,
        "weltweiten Graphitförderung",
    ),
    (
        "de",
        "Drei Viertel der US-Importe von Diamantpulver kommen aus China.",
        "China",
        0.75,
        0.75,
        "US-Importe von Diamantpulver",
    ),
    (
        "de",
        "Die USA beziehen 77 Prozent ihres Diamantpulvers aus China.",
        "China",
        0.77,
        0.77,
        "Diamantpulvers, imports of United States",
    ),
    (
        "de",
        "Die Demokratische Republik Kongo fördert gut 70 Prozent des Kobalts der Welt.",
        "Democratic Republic of the Congo",
        0.7,
        None,
        "Kobalts der Welt, mined",
    ),
    (
        "de",
        "Russland hält 44 Prozent der weltweiten Anreicherungskapazität.",
        "Russia",
        0.44,
        0.44,
        "weltweiten Anreicherungskapazität",
    ),
    (
        "de",
        "Fast die gesamte Weltproduktion von Gallium stammt aus China.",
        "China",
        0.9,
        1.0,
        "Weltproduktion von Gallium",
    ),
    ("de", "China hat einen Marktanteil von 95 Prozent bei Schleifdiamanten.", "China", 0.95, 0.95, "Schleifdiamanten"),
    ("de", "Rund 70 Prozent der seltenen Erden werden in China gefördert.", "China", 0.7, 0.7, "seltenen Erden, mined"),
    ("ja", "中国は世界の合成ダイヤモンドの6割超を生産する。", "China", 0.6, None, "世界の合成ダイヤモンド"),
    ("ja", "中国は世界のガリウム生産の99％を占める。", "China", 0.99, 0.99, "世界のガリウム生産"),
    ("ja", "工業用ダイヤモンドの生産は中国が世界の9割を占める。", "China", 0.9, 0.9, "世界 工業用ダイヤモンドの生産"),
    ("ja", "米国のダイヤモンド粉輸入の77％は中国からだ。", "China", 0.77, 0.77, "米国のダイヤモンド粉輸入"),
    ("ja", "米国は黒鉛の約半分を中国から輸入している。", "China", 0.5, 0.5, "黒鉛, imports of United States"),
    ("ja", "中国のレアアース精錬のシェアは約9割に達する。", "China", 0.9, 0.9, "レアアース精錬"),
    (
        "ja",
        "コンゴ民主共和国は世界のコバルトの7割を産出する。",
        "Democratic Republic of the Congo",
        0.7,
        0.7,
        "世界のコバルト",
    ),
    ("ja", "ガリウムは中国が世界生産の98％を握る。", "China", 0.98, 0.98, "世界生産 ガリウム"),
    (
        "ja",
        "2024年、中国は世界の人工ダイヤモンド生産量の63％を占めた。",
        "China",
        0.63,
        0.63,
        "世界の人工ダイヤモンド生産量, 2024",
    ),
    ("ja", "世界のレアアースの7割は中国で採掘される。", "China", 0.7, 0.7, "世界のレアアース, mined"),
    ("ja", "米国は希土類の輸入の7割を中国に依存する。", "China", 0.7, 0.7, "希土類の輸入, imports of United States"),
    ("ja", "台湾は最先端半導体の9割を生産している。", "Taiwan", 0.9, 0.9, "最先端半導体"),
    ("zh", "中国生产全球60%以上的人造金刚石。", "China", 0.6, None, "全球 人造金刚石"),
    ("zh", "中国占全球镓产量的99%。", "China", 0.99, 0.99, "全球镓产量"),
    ("zh", "中国人造金刚石产量占全球的95%。", "China", 0.95, 0.95, "全球 人造金刚石产量"),
    ("zh", "全球人造金刚石产量的95%以上来自中国。", "China", 0.95, None, "全球人造金刚石产量"),
    ("zh", "全球镓产量的98%均产自于中国。", "China", 0.98, 0.98, "全球镓产量"),
    (
        "de",
        "Mehr als 60 Prozent aller synthetischen Diamanten der Welt stammen aus China.",
        "China",
        0.6,
        None,
        "synthetischen Diamanten der Welt",
    ),
    ("de", "55 Prozent aller Schiffe der Welt werden in China gebaut.", "China", 0.55, 0.55, "Schiffe der Welt"),
    ("zh", "美国进口的金刚石粉末77%来自中国。", "China", 0.77, 0.77, "美国进口的金刚石粉末"),
    ("zh", "全球约70%的稀土产自中国。", "China", 0.7, 0.7, "全球 稀土"),
    ("zh", "中国在全球稀土冶炼中的份额约为90%。", "China", 0.9, 0.9, "全球稀土冶炼"),
    ("zh", "俄罗斯拥有全球44%的铀浓缩产能。", "Russia", 0.44, 0.44, "全球 铀浓缩产能"),
    ("zh", "2024年，中国稀土开采量占全球69%。", "China", 0.69, 0.69, "全球 稀土开采量, 2024"),
    ("zh", "刚果（金）供应全球七成以上的钴。", "Democratic Republic of the Congo", 0.7, None, "全球 钴"),
    ("zh", "台湾生产全球九成的先进芯片。", "Taiwan", 0.9, 0.9, "全球 先进芯片"),
    ("zh", "美国约70%的稀土进口来自中国。", "China", 0.7, 0.7, "稀土, imports of United States"),
    ("zh", "中国掌握全球绝大部分镓的生产。", "China", 0.75, 1.0, "镓的生产"),
    ("ko", "중국은 세계 합성 다이아몬드의 60% 이상을 생산한다.", "China", 0.6, None, "세계 합성 다이아몬드"),
    ("ko", "중국은 전 세계 갈륨 생산의 99%를 차지한다.", "China", 0.99, 0.99, "전 세계 갈륨 생산"),
    ("ko", "미국 다이아몬드 분말 수입의 77%가 중국산이다.", "China", 0.77, 0.77, "미국 다이아몬드 분말 수입"),
    ("ko", "중국의 희토류 정제 점유율은 90%에 달한다.", "China", 0.9, 0.9, "희토류 정제"),
    ("ko", "미국은 흑연의 절반을 중국에서 수입한다.", "China", 0.5, 0.5, "흑연, imports of United States"),
    (
        "ko",
        "콩고민주공화국은 세계 코발트의 70%를 채굴한다.",
        "Democratic Republic of the Congo",
        0.7,
        0.7,
        "세계 코발트, mined",
    ),
    (
        "ko",
        "러시아는 전 세계 우라늄 농축 능력의 44%를 보유하고 있다.",
        "Russia",
        0.44,
        0.44,
        "전 세계 우라늄 농축 능력",
    ),
    ("ko", "2024년 중국은 희토류 생산의 69%를 차지했다.", "China", 0.69, 0.69, "희토류 생산, 2024"),
    ("ko", "대만은 최첨단 반도체의 90% 이상을 생산한다.", "Taiwan", 0.9, None, "최첨단 반도체"),
    ("ko", "전 세계 갈륨의 대부분을 중국이 생산한다.", "China", 0.75, 1.0, "전 세계 갈륨"),
]


@pytest.mark.parametrize(("language", "sentence", "supplier", "low", "high", "whole"), SUPPLIES)
def test_who_supplies_how_much_of_what(
    language: str, sentence: str, supplier: str, low: float, high: float | None, whole: str
) -> None:
    found = [claim for claim in claims(sentence, language) if claim.scope == "supply"]
    assert (supplier, low, high, whole) in [told(claim) for claim in found]
    for claim in found:
        assert sentence[claim.span.start : claim.span.end] == claim.text


HARDER = [
    ("en", "China dominates the sector, accounting for 98% of gallium output.", "China", "gallium output"),
    ("en", "Russia provided 27% of the enriched uranium used by US reactors in 2023.", "Russia",
     "enriched uranium used by US reactors, 2023"),
    ("en", "China was the source of 77% of US imports of diamond powder.", "China", "US imports of diamond powder"),
    ("en", "Indonesia, the world's biggest nickel producer, accounts for more than half of global output.", "Indonesia",
     "global output nickel, supply"),
    ("en", "About two-thirds of the world's cobalt comes from Zambia, and China refines most of it.", "Zambia",
     "world's cobalt"),
    ("en", "China controls 70% of rare earth mining and more than 90% of processing.", "China", "rare earth mining"),
    ("en", "South Africa produces 70% of the world's platinum and Russia 10%.", "South Africa", "world's platinum"),
    ("de", "Die Behörde schreibt, dass 77 Prozent der Einfuhren von Diamantpulver aus China stammten.", "China",
     "Einfuhren von Diamantpulver"),
    ("de", "Der Anteil Chinas an der Graphitproduktion beträgt 79 Prozent.", "China", "Graphitproduktion"),
    ("de", "China dominiert den Markt mit einem Anteil von 95 Prozent an der Produktion von Gallium.", "China",
     "Produktion von Gallium"),
    ("ja", "合成ダイヤモンドは、世界生産の6割超を中国が占める。", "China", "世界生産 合成ダイヤモンド"),
    ("zh", "中国的稀土产量约占世界的70%。", "China", "世界 稀土产量"),
    ("ko", "미국이 수입하는 다이아몬드 분말의 77%는 중국산이다.", "China", "미국이 수입하는 다이아몬드 분말"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "supplier", "whole"), HARDER)
def test_who_supplies_what_in_longer_sentences(language: str, sentence: str, supplier: str, whole: str) -> None:
    found = [told(claim) for claim in claims(sentence, language) if claim.scope == "supply"]
    assert (supplier, whole) in [(one[0], one[3]) for one in found]


NEVER = [
    ("en", "China accounts for 18% of global GDP."),
    ("en", "Japan holds a 60% stake in the plant."),
    ("en", "The United States imposes a 25% tariff on steel from China."),
    ("en", "China's share of the profits is 10 percent."),
    ("en", "Investors from China own 40% of the company's shares."),
    ("en", "The US keeps 90% of the profits after that."),
    ("en", "China accounts for 30% of the world's emissions."),
    ("en", "Japan provides 60% of the funding."),
    ("en", "Most of the money comes from Japan."),
    ("en", "Nearly all of the workers come from Mexico."),
    ("en", "The plant makes 40% of its revenue in China."),
    ("en", "Exports to China fell by 20%."),
    ("en", "China holds 37% of the world's rare earth reserves."),
    ("en", "Half of the company's employees work in Germany."),
    ("en", "US imports from China fell 30% in 2025."),
    ("en", "Prices of gallium from China rose 60%."),
    ("en", "China cut 20% of its gallium exports to the US."),
    ("en", "About 60% of Americans say they back the plan."),
    ("en", "Japan has promised 80% of the investment in rare earths."),
    ("en", "The bank lends 70% of the cost of the smelter in Chile."),
    ("en", "China's economy grew by 5%."),
    ("en", "Most of the plant's output would be sold in Japan."),
    ("en", "Tariffs on 60% of US imports from China would rise."),
    ("en", "Duties of 25% cover 80% of imports from Canada."),
    ("en", "Shares in China Rare Earth rose 9%."),
    ("en", "China raised its quota for rare earth mining by 20%."),
    ("en", "All of the imports were stopped at the border."),
    ("en", "In China, 60% of synthetic diamonds fail the test."),
    ("en", "The US plans to cut its imports from China by half."),
    ("en", "China sells 30% of its diamonds to India."),
    ("en", "China exports 80% of its antimony output."),
    ("en", "The government expects demand to grow by 40%."),
    ("de", "China hat einen Anteil von 18 Prozent am weltweiten BIP."),
    ("de", "Die USA verlangen 25 Prozent Zoll auf Stahl aus China."),
    ("de", "Japan hält 60 Prozent der Anteile."),
    ("de", "Die meisten Arbeiter kommen aus Mexiko."),
    ("de", "Die Einfuhren aus China sanken um 30 Prozent."),
    ("de", "60 Prozent der Gewinne gehen in die USA."),
    ("ja", "中国は世界のGDPの18％を占める。"),
    ("ja", "米国は利益の9割を受け取る。"),
    ("ja", "日本は出資の6割を負担する。"),
    ("ja", "米国は中国からの輸入品に25％の関税を課す。"),
    ("ja", "中国の人口は世界の18％を占める。"),
    ("ja", "輸入は前年比で3割減った。"),
    ("zh", "中国占全球GDP的18%。"),
    ("zh", "美国拿走利润的九成。"),
    ("zh", "日本承担投资的60%。"),
    ("zh", "美国对中国商品征收25%的关税。"),
    ("zh", "中国对美出口下降30%。"),
    ("zh", "该公司60%的股份由日本持有。"),
    ("ko", "중국은 세계 GDP의 18%를 차지한다."),
    ("ko", "미국이 수익의 90%를 가져간다."),
    ("ko", "일본이 투자금의 60%를 부담한다."),
    ("ko", "미국은 중국산 제품에 25% 관세를 부과한다."),
    ("ko", "수출이 30% 감소했다."),
]
"""Shares of economies, stakes, profits, tariffs, people, changes, and of what is somebody's own."""


@pytest.mark.parametrize(("language", "sentence"), NEVER)
def test_what_is_no_share_of_supply(language: str, sentence: str) -> None:
    assert [told(claim) for claim in claims(sentence, language) if claim.scope in ("supply", "demand")] == []


PLANT = {
    "en": "Japan's $550 billion investment in the United States includes a synthetic diamond plant in Georgia. ",
    "de": "Japans Programm über 550 Milliarden Dollar für die USA umfasst ein Diamantenwerk in Georgia. ",
    "ja": "日本の5500億ドルの対米投資で、ジョージア州に人工ダイヤモンド工場を建てる。",
    "zh": "日本5500亿美元对美投资包括佐治亚州的人造金刚石工厂。",
    "ko": "일본의 5500억 달러 대미 투자에는 조지아주 인조 다이아몬드 공장이 포함된다. ",
}
"""A project, told of in the sentence before."""

# Language, the sentence behind it, low, high, whole.
MEETS = [
    ("en", "The plant would meet all of US demand for diamond grit.", 1.0, 1.0, "US demand for diamond grit"),
    ("en", "The plant would be enough to cover the country's entire need.", 1.0, 1.0, "the country's need"),
    ("en", "It will cover 40 % of domestic demand.", 0.4, 0.4, "domestic demand"),
    ("en", "The plant would supply about a quarter of US demand for grit.", 0.25, 0.25, "US demand for grit"),
    ("en", "It is designed to meet 100 percent of U.S. demand for grit.", 1.0, 1.0, "U.S. demand for grit"),
    ("en", "It could satisfy most of America's need for grit.", 0.5, 1.0, "America's need for grit"),
    ("en", "The plant will bring 100% of US demand for grit onshore.", 1.0, 1.0, "US demand for grit"),
    ("en", "It would make all the diamond grit that the United States needs.", 1.0, 1.0,
     "diamond grit, demand of United States"),
    ("de", "Das Werk soll den gesamten amerikanischen Bedarf an Diamantkorn decken.", 1.0, 1.0,
     "amerikanischen Bedarf an Diamantkorn"),
    ("de", "Es soll 40 Prozent des Inlandsbedarfs decken.", 0.4, 0.4, "Inlandsbedarfs"),
    ("ja", "この工場は米国の砥粒需要の全量を賄う。", 1.0, 1.0, "米国の砥粒需要"),
    ("ja", "工場は国内需要の4割を満たす見込みだ。", 0.4, 0.4, "国内需要"),
    ("zh", "该工厂将满足美国全部需求。", 1.0, 1.0, "美国 需求"),
    ("zh", "该工厂可满足美国国内40%的需求。", 0.4, 0.4, "美国国内 需求"),
    ("ko", "이 공장은 미국 수요 전량을 충당할 전망이다.", 1.0, 1.0, "미국 수요"),
    ("ko", "이 공장은 국내 수요의 40%를 충족한다.", 0.4, 0.4, "국내 수요"),
]  # fmt: skip


@pytest.mark.parametrize(("language", "sentence", "low", "high", "whole"), MEETS)
def test_what_a_plant_is_to_meet_of_a_demand(language: str, sentence: str, low: float, high: float, whole: str) -> None:
    [claim] = [c for c in claims(PLANT[language] + sentence, language) if c.scope == "demand"]
    assert claim.subject.kind is EntityKind.PROJECT
    assert told(claim)[1:] == (low, high, whole)


CAPACITIES = [
    ("en", "It is to make 2 billion carats a year.", "2 billion carats a year"),
    ("en", "It will have an annual capacity of 2 billion carats.", "2 billion carats a year"),
    ("en", "Its yearly output would reach about 150,000 tonnes.", "150 thousand tonnes a year"),
    ("en", "It could load 1.2m barrels a day.", "1.2 million barrels a day"),
    ("de", "Es soll 2 Milliarden Karat im Jahr herstellen.", "2 billion carats a year"),
    ("de", "Die Jahreskapazität beträgt 150.000 Tonnen.", "150 thousand tonnes a year"),
    ("ja", "工場は年間20億カラットを生産する。", "2 billion carats a year"),
    ("zh", "工厂年产20亿克拉。", "2 billion carats a year"),
    ("ko", "이 공장은 연간 20억 캐럿을 생산한다.", "2 billion carats a year"),
]


@pytest.mark.parametrize(("language", "sentence", "capacity"), CAPACITIES)
def test_what_a_plant_can_make(language: str, sentence: str, capacity: str) -> None:
    found = [
        c.value.text for c in claims(PLANT[language] + sentence, language, Attribute.KIND) if isinstance(c.value, Text)
    ]
    assert f"capacity: {capacity}" in found


def test_a_heap_is_no_capacity() -> None:
    text = PLANT["en"] + "Some 150,000 tonnes of rubble and 2,000 carats of stones lie at its site."
    assert [c for c in claims(text, "en", Attribute.KIND) if isinstance(c.value, Text) and ":" in c.value.text] == []


PORTIONS = [
    ("en", "most of the world's gallium", 0.5, 1.0),
    ("en", "the vast majority of US imports", 0.75, 1.0),
    ("en", "nearly all of the world's gallium", 0.9, 1.0),
    ("en", "all of US demand", 1.0, 1.0),
    ("de", "fast die gesamte Weltproduktion", 0.9, 1.0),
    ("ja", "国内需要のほぼ全量", 0.9, 1.0),
    ("zh", "全球绝大部分镓", 0.75, 1.0),
    ("ko", "미국 수요 대부분", 0.75, 1.0),
]


@pytest.mark.parametrize(("language", "words", "low", "high"), PORTIONS)
def test_portions_in_words_have_the_bounds_of_the_lexicon(language: str, words: str, low: float, high: float) -> None:
    [found] = portions(Page(words, language))
    assert (found.value.low, found.value.high) == (low, high)


def test_portions_of_other_things_are_none() -> None:
    for words in ("most of the time", "nearly all of the workers", "all of us", "the bulk of the money", "全部で3件"):
        assert list(portions(Page(words, "ja" if words[0] > "z" else "en"))) == []


YEARS = [
    ("China, which joined the WTO in 2001, makes 60% of the world's steel.", "world's steel"),
    ("China made 60% of the world's steel, a 2021 study found.", "world's steel"),
    ("In 2019 China made 60% of the world's steel.", "world's steel, 2019"),
    ("China made 60% of the world's steel in 2019, and prices fell in 2021.", "world's steel, 2019"),
    ("From 2020 to 2023, China made 60% of the world's steel.", "world's steel, 2020-2023"),
    ("China made 60% of the world's steel in 2020-23.", "world's steel, 2020-2023"),
]


@pytest.mark.parametrize(("sentence", "whole"), YEARS)
def test_the_year_of_a_share_is_one_that_is_told_of_it(sentence: str, whole: str) -> None:
    [claim] = claims(sentence, "en")
    assert told(claim)[3] == whole


def test_the_year_of_a_share_is_no_date_and_its_whole_no_project() -> None:
    text = PLANT["en"] + "China's share of gallium output was 99 percent in 2024."
    read_ = claims(text, "en", Attribute.DATE) + claims(text, "en", Attribute.KIND)
    assert [claim.text for claim in read_ if "gallium" in claim.text or "2024" in claim.text] == []
