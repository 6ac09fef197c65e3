"""Stages: the sentence in, the rung, the modality and what it is about out."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.model import Modality, Span, StageValue
from pledger.reading.stages import stages
from reading.claims import claims

NORWAY = "Norway has promised a $90 billion investment programme in the United States. "


def rungs(text: str, language: str = "en") -> set[tuple[str, str]]:
    """(stage, modality) of everything that the words of one sentence show."""
    return {(f.value.stage.value, f.modality.value) for f in stages(text, Span(0, len(text)), language)}


ENGLISH = [
    ("Piling for the second quay began last autumn.", "implementation", "asserted"),
    ("Dredging off the terminal has come to a standstill.", "suspended", "asserted"),
    ("Lenders sealed a $900 million credit for the plant.", "committed", "asserted"),
    ("The assembly voted 41-12 in favour of the guarantee.", "committed", "asserted"),
    ("The consortium landed the concession for the port.", "committed", "asserted"),
    ("The bank lent $300 million for the line.", "committed", "asserted"),
    ("The sponsors let their option on the site lapse.", "cancelled", "asserted"),
    ("The partner may walk if the price rises.", "cancelled", "possible"),
    ("There is no final investment decision.", "committed", "denied"),
    ("No supplier has yet been picked.", "candidate", "denied"),
    ("The council has not taken a vote on it.", "candidate", "denied"),
    ("Talks with the lenders drag on.", "candidate", "asserted"),
    ("Two utilities sent letters of support.", "candidate", "asserted"),
    ("Halden is weighing a turbine factory near Bergen.", "candidate", "asserted"),
    ("The two sides are in exclusive talks to finance a cable link.", "candidate", "asserted"),
    ("The bank has voiced interest in co-financing the dam.", "candidate", "asserted"),
    ("The fund plans to spend $2 billion on a port.", "candidate", "planned"),
    ("Nobody has signed anything.", "candidate", "denied"),
    ("The deal was struck at a summit in May.", "pledged", "asserted"),
    ("A rope works will rise near Tulsa.", "pledged", "planned"),
    ("Norway has committed to a ten-year, $90 billion framework.", "pledged", "asserted"),
    ("The ministry said that it had approved nothing.", "candidate", "denied"),
    ("No figure has been agreed.", "candidate", "denied"),
    ("Oslo initialled a letter of intent with the shipyard.", "pledged", "asserted"),
    ("Norway has agreed to pay $3 billion for the site.", "pledged", "asserted"),
    ("The prince held out the prospect of $40 billion.", "pledged", "asserted"),
    ("The fund will put €2 billion into a battery plant.", "pledged", "planned"),
    ("The group signed a loan agreement with four banks.", "committed", "asserted"),
    ("The board took a final investment decision on Friday.", "committed", "asserted"),
    ("Vilnius picked a Nordfjell-led consortium for the bridge.", "committed", "asserted"),
    ("Financial close was reached in May.", "committed", "asserted"),
    ("Construction began in April.", "implementation", "asserted"),
    ("The refinery is about three-quarters complete.", "implementation", "asserted"),
    ("Construction may start next spring.", "implementation", "possible"),
    ("The group closed the purchase of a dockyard.", "completed", "asserted"),
    ("The second unit was handed over to the utility.", "completed", "asserted"),
    ("Nordfjell has put the smelter on ice.", "suspended", "asserted"),
    ("Work on the tunnel has stopped.", "suspended", "asserted"),
    ("The second quay was deferred indefinitely.", "suspended", "asserted"),
    ("The fund has withdrawn from the smelter.", "cancelled", "asserted"),
    ("Talks on a second plant broke down in June.", "cancelled", "asserted"),
    ("The mill had not been cancelled.", "cancelled", "denied"),
    ("The partner may pull out of the venture.", "cancelled", "possible"),
    ("Halden hopes to build in Maine.", "candidate", "planned"),
    ("The dock may be on the second list.", "candidate", "possible"),
    ("A turbine works in Maine could come next.", "candidate", "possible"),
    ("Four bids for plants are under evaluation.", "candidate", "asserted"),
    ("Halden has been asked to lend half of it.", "candidate", "asserted"),
    ("A customer has agreed to take a third of the output.", "pledged", "asserted"),
    ("Both contracts were initialled in Oslo.", "pledged", "asserted"),
    ("The two governments unveiled a third round on Friday.", "committed", "asserted"),
    ("The dock is one of four projects in the first round.", "committed", "asserted"),
    ("A utility has signed up for 30% of the power.", "committed", "asserted"),
    ("The dock has not been selected.", "committed", "denied"),
    ("Nobody in Oslo has said yes.", "committed", "denied"),
    ("None of the loan has been drawn.", "implementation", "denied"),
    ("The bank has not paid out a single krone.", "implementation", "denied"),
    ("Of nine projects, six are under way.", "implementation", "asserted"),
    ("Halden expects to begin work on the dock in May.", "implementation", "planned"),
    ("The dock, shelved in 2021, is to be revived.", "suspended", "asserted"),
    ("Halden is not walking away from it.", "cancelled", "denied"),
    ("The report that the dock has been cancelled is wrong.", "cancelled", "denied"),
    ("The mill never got beyond a fence.", "cancelled", "asserted"),
]

OTHERS = [
    ("de", "Das Konsortium hat den Auftrag für die Werft an Land gezogen.", "committed", "asserted"),
    ("de", "Der Landtag hat über die Bürgschaft noch nicht abgestimmt.", "candidate", "denied"),
    ("de", "Die Partner ließen die Absichtserklärung verfallen.", "cancelled", "asserted"),
    ("de", "Der Aushub läuft.", "implementation", "asserted"),
    ("ja", "取締役会は新工場への出資を決議した。", "committed", "asserted"),
    ("ja", "契約を結ぶ方向で調整している。", "candidate", "asserted"),
    ("ja", "掘削工事は9月に始まった。", "implementation", "asserted"),
    ("ja", "覚書は3月に失効した。", "cancelled", "asserted"),
    ("zh", "理事会同意向该项目提供贷款。", "committed", "asserted"),
    ("zh", "打桩工程已开始。", "implementation", "asserted"),
    ("zh", "国会尚未表决。", "candidate", "denied"),
    ("zh", "备忘录已失效。", "cancelled", "asserted"),
    ("ko", "컨소시엄이 발전소 사업을 따냈다.", "committed", "asserted"),
    ("ko", "국회 표결은 아직 이뤄지지 않았다.", "candidate", "denied"),
    ("ko", "기초 공사가 멈췄다.", "suspended", "asserted"),
    ("ko", "양해각서는 지난달 만료됐다.", "cancelled", "asserted"),
    ("de", "Der Konzern prüft den Bau einer Fabrik in Texas.", "candidate", "asserted"),
    ("de", "Entschieden sei noch nichts.", "candidate", "denied"),
    ("de", "Oslo hat dem Werk eine Bürgschaft in Aussicht gestellt.", "pledged", "asserted"),
    ("de", "Die Partner haben ein Memorandum unterzeichnet.", "pledged", "asserted"),
    ("de", "Der Aufsichtsrat hat das Vorhaben am Montag gebilligt.", "committed", "asserted"),
    ("de", "Mit dem Bau der Hütte wurde im Juni begonnen.", "implementation", "asserted"),
    ("de", "Das Unternehmen legt sein Werk auf Eis.", "suspended", "asserted"),
    ("de", "Das Projekt ist nicht gestrichen.", "cancelled", "denied"),
    ("ja", "同社は製錬所の建設を検討している。", "candidate", "asserted"),
    ("ja", "具体的な案件はまだ決まっていない。", "candidate", "denied"),
    ("ja", "両社は基本合意書を締結した。", "pledged", "asserted"),
    ("ja", "政府は港の整備事業を採択した。", "committed", "asserted"),
    ("ja", "工場は4月に着工した。", "implementation", "asserted"),
    ("ja", "来年秋に着工する予定だ。", "implementation", "planned"),
    ("ja", "発電所は先月完成した。", "completed", "asserted"),
    ("ja", "同社は計画を白紙撤回した。", "cancelled", "asserted"),
    ("ja", "工事は中断している。", "suspended", "asserted"),
    ("zh", "该公司正在研究在挪威建厂。", "candidate", "asserted"),
    ("zh", "董事会尚未作出决定。", "candidate", "denied"),
    ("zh", "双方签署了合作备忘录。", "pledged", "asserted"),
    ("zh", "政府周五批准了码头项目。", "committed", "asserted"),
    ("zh", "工程已于三月开工。", "implementation", "asserted"),
    ("zh", "電廠已經竣工。", "completed", "asserted"),
    ("zh", "公司宣布暫緩建廠工程。", "suspended", "asserted"),
    ("zh", "集团放弃了收购计划。", "cancelled", "asserted"),
    ("ko", "회사는 제련소 인수를 검토하고 있다.", "candidate", "asserted"),
    ("ko", "아직 확정된 사항은 없다.", "candidate", "denied"),
    ("ko", "두 회사는 양해각서를 체결했다.", "pledged", "asserted"),
    ("ko", "정부는 항만 사업을 선정했다.", "committed", "asserted"),
    ("ko", "공장은 지난 3월 착공했다.", "implementation", "asserted"),
    ("ko", "터미널은 지난달 준공됐다.", "completed", "asserted"),
    ("ko", "공사가 잠정 중단됐다.", "suspended", "asserted"),
    ("ko", "회사는 인수 계획을 철회했다.", "cancelled", "asserted"),
]


@pytest.mark.parametrize(("text", "stage", "modality"), ENGLISH)
def test_the_ladder_in_english(text: str, stage: str, modality: str) -> None:
    assert (stage, modality) in rungs(text)


@pytest.mark.parametrize(("language", "text", "stage", "modality"), OTHERS)
def test_the_ladder_in_other_languages(language: str, text: str, stage: str, modality: str) -> None:
    assert (stage, modality) in rungs(text, language)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The minister met the press on Monday.", "en"),
        ("An executive asked not to be named.", "en"),
        ("Exports dropped by a tenth in May.", "en"),
        ("Der Minister reiste nach Oslo.", "de"),
        ("首相は記者団に語った。", "ja"),
        ("部长在北京会见了记者。", "zh"),
        ("장관은 기자들과 만났다.", "ko"),
    ],
)
def test_what_shows_no_stage(text: str, language: str) -> None:
    assert rungs(text, language) == set()


def test_a_question_only_asks() -> None:
    assert rungs("Has the second plant been approved?") == {("committed", "possible")}


def test_a_paper_that_does_not_bind_is_a_promise() -> None:
    found = claims(NORWAY + "Nordfjell signed a memorandum to build a copper smelter in Utah.", "stage")
    assert "pledged" in {c.value.stage.value for c in found if isinstance(c.value, StageValue) and "signed" in c.text}


def test_words_without_a_project_are_about_the_one_spoken_of() -> None:
    text = NORWAY + "It picked a copper smelter in Utah. Construction began in April."
    [claim] = [c for c in claims(text, "stage") if c.text.startswith("Construction")]
    assert claim.subject.project_kind == "copper_smelter"


def test_a_denial_denies_what_was_said_before() -> None:
    text = "Nordfjell Group's copper smelter in Utah was cancelled, a union says. The company denies this."
    last = claims(text, "stage")[-1]
    assert isinstance(last.value, StageValue)
    assert (last.text, last.value.stage.value, last.modality) == ("denies this", "cancelled", Modality.DENIED)


def test_what_parliament_passes_is_no_stage_of_the_programme() -> None:
    text = NORWAY + "Parliament passed a special law on Monday."
    assert [c.subject.kind.value for c in claims(text, "stage") if "law" in c.text] == ["unknown"]


def test_a_text_about_nothing_of_the_kind_has_no_stages() -> None:
    assert claims("Broadband subsidies were approved in May. Work has stopped.", "stage") == []


@settings(deadline=None)
@given(st.text(max_size=200), st.sampled_from(["en", "ja", "zh", "ko", "de", "fr"]))
def test_never_raises_and_stays_inside(text: str, language: str) -> None:
    for found in stages(text, Span(0, len(text)), language):
        assert 0 <= found.span.start < found.span.end <= len(text)


def test_a_denial_that_more_follows_in_its_sentence_denies_what_was_said_before() -> None:
    text = NORWAY + "The smelter near Mobile has been halted. The company denied that; drilling had paused for a week."
    denied = [c.text for c in claims(text, "stage") if c.modality is Modality.DENIED]
    assert denied == ["denied that"]


@pytest.mark.parametrize(
    "sentence",
    [
        "It is open whether the fund can keep its word.",
        "The minister was open to further talks.",
        "The rate is in line with that of others.",
        "Output of the yard will rise from two hulls to nine.",
    ],
)
def test_idioms_that_only_sound_like_a_stage_show_none(sentence: str) -> None:
    assert rungs(sentence) == set()


@pytest.mark.parametrize(
    "text",
    [
        "The ministers shake hands on May 4, 2025.",
        "Both hail their newly finalised $90 billion investment framework.",
        "Oslo will review the subsidies for ferries.",
        "They narrow first picks for the fund.",
        "Demand for such plants is rising.",
        "The batches could make up about one-third of it.",
        "Washington may withdraw some benefits.",
        "It announced plans to introduce new tariffs.",
    ],
)
def test_words_that_tell_no_rung(text: str) -> None:
    assert not rungs(text)


@pytest.mark.parametrize(
    ("language", "text", "told"),
    [
        (
            "ko",
            "의회는 4일 본회의에서 해외항만특별법을 표결로 통과시켰다.",
            [("해외항만특별법", "committed", "asserted")],
        ),
        ("ko", "의회 본회의를 통과한 해외항만특별법이 곧 시행된다.", [("해외항만특별법", "committed", "asserted")]),
    ],
)
def test_what_parliaments_pass_is_the_laws_stage(language: str, text: str, told: list[tuple[str, str, str]]) -> None:
    """And no project's, nor the programme's, of which the text speaks."""
    before = "노르웨이의 900억달러 대미투자가 논의된다. "
    found = [c for c in claims(before + text, "stage", language) if c.subject.kind == "unknown"]
    assert [(c.subject.text, c.value.stage, c.modality) for c in found if isinstance(c.value, StageValue)] == told


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ko", "노미정상회담에서 발전소 사업이 언급됐다."),  # no 미정 (undecided) inside a longer word
        ("ko", "위원회는 발전소 등 투자 후보 사업을 심의하는 기구다."),  # candidates in general
        ("ko", "자금요청 방식으로 발전소에 지출한다."),
        ("de", "Beim Kraftwerk verschiebt sich die Aufteilung der Erlöse."),
    ],
)
def test_words_inside_words_and_general_terms_show_no_stage(language: str, text: str) -> None:
    assert rungs(text, language) == set()


def test_a_chain_of_korean_verbs_is_planned_where_its_last_one_is() -> None:
    text = "내년 부지 조성을 시작으로 건설에 착수하며, 그 뒤 생산에 들어갈 예정이다."
    found = {(f.value.stage, f.modality) for f in stages(text, Span(0, len(text)), "ko")}
    assert found == {("implementation", Modality.PLANNED)}


def test_a_german_law_that_is_not_passed_is_denied() -> None:
    text = "Bislang hat das Parlament kein Gesetz für diese Investitionen in den Häfen verabschiedet."
    assert {found.modality for found in stages(text, Span(0, len(text)), "de")} == {Modality.DENIED}
