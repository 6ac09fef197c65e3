"""Conditions: the sentence in, topic and value out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.model import Span, Text
from pledger.reading.conditions import conditions, frames
from reading.claims import claims


def read(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(f.text, f.value.text) for f in conditions(text, Span(0, len(text)), language)]


@pytest.mark.parametrize(
    ("text", "words", "value"),
    [
        (
            "Money falls due at least 45 business days after notice.",
            "at least 45 business days",
            "notice period: at least 45 business days",
        ),
        ("Oslo has 45 days to transfer the funds.", "45 days", "notice period: 45 days"),
        (
            "Norwegian suppliers are to be given priority.",
            "suppliers are to be given priority",
            "suppliers: those of the investor's country are preferred",
        ),
        (
            "The loan carries the three-month SOFR plus a spread.",
            "the three-month SOFR plus a spread",
            "interest: a market rate and a margin",
        ),
        ("Profits are split net of local taxes.", "net of local taxes", "taxes: returns are shared after taxes"),
        (
            "Nobody says who pays if a project never earns enough to repay the loan.",
            "if a project never earns enough to repay the loan",
            "shortfall: for a project that never earns enough",
        ),
        ("The pact is not legally binding.", "not legally binding", "legal force: not binding"),
        (
            "Cash is shared evenly until principal and interest have been repaid.",
            "until principal and interest have been repaid",
            "equal split ends: principal and interest",
        ),
        (
            "Cash is shared evenly until the principal has been recovered.",
            "until the principal has been recovered",
            "equal split ends: principal",
        ),
        ("The terminal still needs a federal permit.", "needs a federal permit", "approval: open"),
        ("The plant has not yet received an air permit.", "has not yet received an air permit", "approval: open"),
        ("Norway may decline after consultations.", "may decline after consultations", "may decline: may decline"),
        ("The memorandum says nothing about losses.", "says nothing about losses", "losses: not settled"),
    ],
)
def test_english(text: str, words: str, value: str) -> None:
    assert (words, value) in read(text)


@pytest.mark.parametrize(
    ("text", "language", "value"),
    [
        ("通知から少なくとも45営業日が過ぎてから払い込む。", "ja", "notice period: at least 45 business days"),
        ("收到通知后至少45个工作日内付款。", "zh", "notice period: at least 45 business days"),
        ("통지를 받고 적어도 45영업일이 지난 다음에 낸다.", "ko", "notice period: at least 45 business days"),
        (
            "Gezahlt wird mindestens 45 Geschäftstage nach der Auswahl.",
            "de",
            "notice period: at least 45 business days",
        ),
        ("合意に法的拘束力はない。", "ja", "legal force: not binding"),
        ("実行には保険法の改正が欠かせない。", "ja", "approval: open"),
    ],
)
def test_other_languages(text: str, language: str, value: str) -> None:
    assert value in [v for _, v in read(text, language)]


@pytest.mark.parametrize(
    "text", ["The talks lasted 45 days.", "He was away for 30 days in May.", "The court met for 150 days."]
)
def test_days_that_are_no_notice(text: str) -> None:
    assert read(text) == []


def hangs(text: str, language: str = "en") -> list[str]:
    return [f.value.text for f in frames(text, Span(0, len(text)), language)]


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "The loan is conditional on a signed lease.", "conditional on a signed lease (open)"),
        (
            "en",
            "The mill will open provided that the utility builds a substation.",
            "provided that the utility builds a substation (open)",
        ),
        ("en", "The senate has yet to approve the treaty.", "The senate has yet to approve the treaty (open)"),
        ("en", "The mining licence was granted in June.", "The mining licence was granted (met)"),
        ("en", "The court threw out the complaint.", "threw out the complaint (met)"),
        ("en", "The plant will close if the price of gas doubles.", "if the price of gas doubles"),
        ("de", "Das Darlehen fließt nur, sofern der Landtag zustimmt.", "sofern der Landtag zustimmt (open)"),
        ("de", "Die Baugenehmigung liegt vor.", "Die Baugenehmigung liegt vor (met)"),
        ("ja", "融資は州議会の承認が前提だ。", "融資は州議会の承認が前提だ (open)"),
        ("ja", "用地の同意はまだ得られていない。", "用地の同意はまだ得られていない (open)"),
        ("zh", "贷款仍须股东会批准。", "仍须股东会批准 (open)"),
        ("zh", "倘若油价下跌，项目将推迟。", "倘若油价下跌"),
        ("ko", "주민 동의 없이는 착공할 수 없다.", "주민 동의 없이는 (open)"),
        ("ko", "환경 허가가 나오면 공사를 시작한다.", "환경 허가가 나오면"),
    ],
)
def test_what_something_hangs_on(language: str, text: str, value: str) -> None:
    assert value in hangs(text, language)


def test_two_conditions_behind_one_cue() -> None:
    text = "Work starts in May, subject to a grid contract with the utility and to an export permit."
    assert hangs(text) == ["subject to a grid contract with the utility (open)", "and to an export permit (open)"]


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The fund stays open until January 2031.", "en"),
        ("If I may add something, the road is long.", "en"),
        ("He once lived in Oslo.", "en"),
        ("報道によれば、首相は訪米する。", "ja"),
        ("보도에 따르면 장관은 출국했다.", "ko"),
        ("若把两者相加，总额翻倍。", "zh"),
    ],
)
def test_what_nothing_hangs_on(text: str, language: str) -> None:
    assert hangs(text, language) == []


def test_a_condition_is_about_the_project_beside_it() -> None:
    text = "Norway's $90bn US fund picked a copper smelter. The smelter is subject to a state permit."
    found = [c for c in claims(text, "condition") if "subject to" in c.text]
    assert [c.subject.project_kind for c in found] == ["copper_smelter"]


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "ja", "zh", "ko", "de", "fr"]))
def test_frames_stay_inside(text: str, language: str) -> None:
    for found in frames(text, Span(0, len(text)), language):
        assert 0 <= found.span.start < found.span.end <= len(text)


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "ja", "zh", "ko", "de"]))
def test_never_raises_and_offsets_are_exact(text: str, language: str) -> None:
    for found in conditions(text, Span(0, len(text)), language):
        assert found.span.of(text) == found.text


@pytest.mark.parametrize(
    ("language", "text", "value"),
    [
        ("en", "The bond is paid on the day the licence is issued.", "paid on the day the licence is issued (open)"),
        ("en", "The senate votes on the treaty in June.", "senate votes on the treaty in June (open)"),
        ("de", "Den Rest gibt es nach Baufortschritt.", "nach Baufortschritt (open)"),
        ("ja", "融資は許可が下りてから実行される。", "融資は許可が下りてから (open)"),
        ("zh", "须待环评通过后方可动工。", "待环评通过后方可动工 (open)"),
        ("ko", "허가를 받은 뒤에야 착공한다.", "허가를 받은 뒤에야 (open)"),
    ],
)
def test_what_is_paid_or_begun_only_then_hangs_on_it(language: str, text: str, value: str) -> None:
    assert value in [f.value.text for f in frames(text, Span(0, len(text)), language)]


def test_a_complaint_that_a_court_threw_out_is_a_hurdle_taken() -> None:
    text = "The complaint of two villages was thrown out by the court."
    assert frames(text, Span(0, len(text)))[0].value.text.endswith("(met)")


def test_a_day_of_the_month_is_no_notice_period() -> None:
    def periods(text: str) -> list[str]:
        found = (c.value.text for c in claims(text, "condition", "ja") if isinstance(c.value, Text))
        return [text for text in found if text.startswith("notice period")]

    assert not periods("日本の5500億ドルの投資で、政府は17日に資金の拠出先を選定した。")
    assert periods("日本の5500億ドルの投資で、通知から45営業日以内に資金を拠出する。")
