"""What happens at a date, in five languages, and the forms of dates that the words around tell. Text in, claims out."""

from __future__ import annotations

import datetime as dt

import pytest

from pledger.reading.dates import dates

ON = dt.date(2026, 2, 12)  # a Thursday
EVENTS = [
    ("en", "The agency said on Tuesday that nothing had changed.", "Tuesday", "announce"),
    ("en", "The premier told reporters last week that he would wait.", "last week", "announce"),
    ("en", "The court on Wednesday threw out the suit.", "Wednesday", "decide"),
    ("en", "The cable factory is to deliver from 2028.", "from 2028", "start"),
    ("en", "First ore is due in the third quarter of 2027.", "third quarter of 2027", "start"),
    ("en", "The bridge is to open in 2030.", "2030", "complete"),
    ("en", "The first unit was handed over in January.", "January", "complete"),
    ("en", "Bids are due by 31 March.", "by 31 March", "deadline"),
    ("en", "The loan stays open until June 2028.", "until June 2028", "deadline"),
    ("en", "Mills would place $4bn there by 2030.", "by 2030", "deadline"),
    ("en", "It may walk away unless the dam is finished by 1 May 2028.", "by 1 May 2028", "deadline"),
    ("en", "Work on the mine was shelved in 2023.", "2023", "other"),
    ("en", "The bank suspended disbursement in November.", "November", "other"),
    ("en", "The last instalment was released on 2 February.", "2 February", "fund"),
    ("en", "It is aiming for financial close by mid-2027.", "by mid-2027", "fund"),
    ("en", "The licence, its third, was issued in January.", "January", "decide"),
    ("en", "A vote was put off. The panel postponed the auction to 2027.", "2027", "decide"),
    ("en", "The memorandum of November sets aside $9bn.", "November", "sign"),
    ("en", "The chairman is due in Oslo on 4 March.", "4 March", "visit"),
    ("en", "Public hearing on the yard: 3 March.", "3 March", "meet"),
    ("en", 'He said: "We will break ground in May, as I promised you."', "May", "start"),
    ("en", "Site works begin this year, it insists. We assume the spring of 2027.", "spring of 2027", "start"),
    ("en", "The scheme runs from 2026 to 2030.", "from 2026 to 2030", "start"),
    ("en", "The scheme runs from 2026 to 2030.", "from 2026 to 2030", "complete"),
    ("en", "It takes a second board decision, which is expected in the autumn.", "autumn", "decide"),
    ("en", "- Board decision: second half of 2027", "second half of 2027", "decide"),
    ("en", "- First commercial batches: first quarter of 2029", "first quarter of 2029", "start"),
    ("de", "Das teilte das Ministerium am Dienstag mit.", "Dienstag", "announce"),
    ("de", "Der Spatenstich ist für den Herbst geplant.", "Herbst", "start"),
    ("de", "Im zweiten Halbjahr 2027 geht das Werk ans Netz.", "zweiten Halbjahr 2027", "start"),
    ("de", "Die Inbetriebnahme ist für 2029 vorgesehen.", "2029", "start"),
    ("de", "Der Antrag wird bis Ende Juni nachgereicht.", "bis Ende Juni", "deadline"),
    ("de", "Firmen wollen bis 2030 rund 9 Mrd. Euro anlegen.", "bis 2030", "deadline"),
    ("de", "Das Parlament stimmt in diesem Frühjahr ab.", "Frühjahr", "decide"),
    ("ja", "同社は7月15日に着工すると発表した。", "7月15日", "start"),
    ("ja", "県は10日、「費用がふくらんでいるため見直す」と述べた。", "10日", "announce"),
    ("ja", "新工場は2029年度に供用を開始する。", "2029年度", "start"),
    ("ja", "国は10日、橋への融資を実行した。", "10日", "fund"),
    ("ja", "着工は来春になる見通しだ。", "来春", "start"),
    ("ja", "合意がまとまらず、計画は昨年末に凍結された。", "昨年末", "other"),
    ("zh", "部长10日表示，此事仍在研究。", "10日", "announce"),
    ("zh", "电站预计2028年初投产。", "2028年初", "start"),
    ("zh", "议会11日以八十票通过法案。", "11日", "decide"),
    ("zh", "双方上周签约。", "上周", "sign"),
    ("zh", "公司预计2027年底前完成融资。", "2027年底前", "fund"),
    ("ko", '장관은 10일 "서두를 이유가 없다는 것이 정부의 뜻"이라고 말했다.', "10일", "announce"),
    ("ko", "공장은 2029년 하반기에 가동한다.", "2029년 하반기", "start"),
    ("ko", "내년 봄 착공할 예정이다.", "내년 봄", "start"),
    ("ko", "회사는 지난달 말 현지 업체와 각서를 맺었다.", "지난달 말", "sign"),
    ("ko", "연내 완공이 목표다.", "연내", "complete"),
]


def read(text: str, language: str, on: dt.date | None = ON) -> list[tuple[str, str, str | None, str | None]]:
    """What was found, as (words, event, start, end)."""
    out = []
    for found in dates(text, on, language):
        assert text[found.span.start : found.span.end] == found.text
        start, end = (str(d) if d else None for d in (found.value.interval.start, found.value.interval.end))
        out.append((found.text, found.value.event, start, end))
    return out


@pytest.mark.parametrize(("language", "text", "words", "event"), EVENTS)
def test_the_event_of_the_governing_words(language: str, text: str, words: str, event: str) -> None:
    assert (words, event) in [row[:2] for row in read(text, language)]


INTERVALS = [
    ("en", "in the June quarter of 2028", "June quarter of 2028", "2028-04-01", "2028-06-30"),
    ("en", "Canberra puts it in the 2027-28 financial year", "2027-28 financial year", "2027-07-01", "2028-06-30"),
    ("en", "India: in FY 2026-27 it pays", "FY 2026-27", "2026-04-01", "2027-03-31"),
    ("en", "in Q3 of FY 2025-26, said New Delhi", "Q3 of FY 2025-26", "2025-10-01", "2025-12-31"),
    ("en", "Japan's fiscal year that began in April", "fiscal year that began in April", "2025-04-01", "2026-03-31"),
    ("en", "ready before the end of 2027", "before the end of 2027", None, "2027-12-31"),
    ("en", "done by Christmas", "by Christmas", None, "2026-12-25"),
    ("en", "it emerged last night", "last night", "2026-02-11", "2026-02-11"),
    ("en", "The consent came through last Friday", "last Friday", "2026-02-06", "2026-02-06"),
    ("en", "It unveiled the plan on Tuesday", "Tuesday", "2026-02-10", "2026-02-10"),
    ("en", '"Work starts in September," he said', "September", "2026-09-01", "2026-09-30"),
    ("de", "im Haushaltsjahr 2026/27 zahlt London", "Haushaltsjahr 2026/27", "2026-04-01", "2027-03-31"),
    ("de", "bis Ende kommenden Monats", "bis Ende kommenden Monats", None, "2026-03-31"),
    ("de", "im laufenden Quartal", "laufenden Quartal", "2026-01-01", "2026-03-31"),
    ("de", "beginnt im zweiten Halbjahr", "zweiten Halbjahr", "2026-07-01", "2026-12-31"),
    ("ja", "年内に着工", "年内", None, "2026-12-31"),
    ("ja", "年度内に示す", "年度内", None, "2026-03-31"),
    ("ja", "二〇二九年に完成", "二〇二九年", "2029-01-01", "2029-12-31"),
    ("ja", "来年1〜3月期に着工", "来年1〜3月", "2027-01-01", "2027-03-31"),
    ("ja", "令和10年度下期に供給", "令和10年度下期", "2028-10-01", "2029-03-31"),
    ("ja", "28年上半期に決める", "28年上半期", "2028-01-01", "2028-06-30"),
    ("zh", "年底前签约", "年底前", None, "2026-12-31"),
    ("ja", "同社は12月に稼働すると明らかにした。", "12月", "2026-12-01", "2026-12-31"),
    ("ja", "同社は12月に稼働したと明らかにした。", "12月", "2025-12-01", "2025-12-31"),
    ("ko", "회사는 12월에 가동한다고 밝혔다.", "12월", "2026-12-01", "2026-12-31"),
    ("zh", "力争上半年敲定", "上半年", "2026-01-01", "2026-06-30"),
    ("zh", "民國116年度預算", "民國116年", "2027-01-01", "2027-12-31"),
    ("ko", "연내에 맺는다", "연내", None, "2026-12-31"),
    ("ko", "하반기에 결정한다", "하반기", "2026-07-01", "2026-12-31"),
    (
        "en",
        "It is to be signed by June 30, and banks should follow in the October-December quarter.",
        "October-December",
        "2026-10-01",
        "2026-12-31",
    ),
    ("ko", "호주는 2026~27 회계연도에 쓴다", "2026~27 회계연도", "2026-07-01", "2027-06-30"),
]


@pytest.mark.parametrize(("language", "text", "words", "start", "end"), INTERVALS)
def test_forms_told_from_the_words_around(
    language: str, text: str, words: str, start: str | None, end: str | None
) -> None:
    found = [(w, a, b) for w, _, a, b in read(text, language)]
    assert any(words in w and (a, b) == (start, end) for w, a, b in found), found


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The shares closed at $9.20 on Tuesday."),
        ("en", "The world market should reach $6bn by 2030."),
        ("en", "Exports came to $9bn in 2024."),
        ("en", "In six months we found nothing."),
        ("ja", "株価は10日、前日比3円高で引けた。"),
        ("ko", "10일 업계에 따르면 회사는 각서를 맺었다."),
        ("en", "It lends $9bn at 2% over 20 years."),
        ("ko", "1분기 수출액은 24억 달러다."),
    ],
)
def test_markets_and_lengths_of_time_have_no_event(language: str, text: str) -> None:
    assert dates(text, ON, language, untold=False) == []


def test_a_line_broken_inside_a_sentence_parts_nothing() -> None:
    text = "Three lenders from two countries signed the loan for the northern dam\non Tuesday in Oslo."
    assert read(text, "en") == [("Tuesday", "sign", "2026-02-10", "2026-02-10")]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is the first such mill in 35 years.",
        "Lie made his first visit to the region in seven years.",
        "It would be the largest refinery since the 1970s.",
        "The firm has not built one in 30 years.",
    ],
)
def test_how_rare_something_is_dates_nothing(sentence: str) -> None:
    assert dates(sentence, dt.date(2026, 1, 10)) == []


@pytest.mark.parametrize(
    ("sentence", "event"),
    [
        ("The first mill will open in two years.", "start"),
        ("The first deliveries are expected in three years.", "start"),
        ("The accord was first presented in July.", "announce"),
        ("The first summit in July went well.", "meet"),
        ("Lie threatened in January to raise duties.", "announce"),
    ],
)
def test_what_is_said_or_held_first_is_no_start(sentence: str, event: str) -> None:
    assert [found.value.event for found in dates(sentence, dt.date(2026, 1, 20))] == [event]
