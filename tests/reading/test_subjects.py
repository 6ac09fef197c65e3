"""Whose an amount or a share is, and what the words of a stage are about: sentences in, subjects out."""

from __future__ import annotations

import pytest

from pledger.model import Modality, Share, StageValue
from reading.claims import amounts, claims, stages

NORWAY = "Norway has agreed to put $90 billion into the United States. "


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Norway's planned $90bn US investment package is taking shape.", [("$90bn", "programme:NO>US", "ceiling")]),
        (
            "A $90 billion Norwegian investment vehicle will pay for it in the United States.",
            [("$90 billion", "programme:NO>US", "ceiling")],
        ),
        ("Oslo pledged to invest up to $90bn in the United States.", [("up to $90bn", "programme:NO>US", "ceiling")]),
        (
            "Germany's US investment fund has $40bn. Norway's $90 billion US fund is larger.",
            [("$40bn", "programme:DE>US", "ceiling"), ("$90 billion", "programme:NO>US", "ceiling")],
        ),
        (
            "Norway's $90bn US investment pledge is made up of $60bn in cash and $30bn for shipbuilding.",
            [
                ("$90bn", "programme:NO>US", "ceiling"),
                ("$60bn", "programme:NO>US", "part"),
                ("$30bn", "programme:NO>US", "part"),
            ],
        ),
        (
            NORWAY + "Norway may pay no more than $9bn a year.",
            [("$90 billion", "programme:NO>US", "ceiling"), ("no more than $9bn", "programme:NO>US", "annual")],
        ),
        (
            "Norway's $90bn pledge to the United States stands. The $90bn figure is not new.",
            [("$90bn", "programme:NO>US", "ceiling"), ("$90bn", "programme:NO>US", "ceiling")],
        ),
    ],
)
def test_amounts_of_programmes(text: str, expected: list[tuple[str, str, str]]) -> None:
    assert amounts(text) == expected


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        ("The global battery market is expected to reach $411.5 billion by 2031.", "$411.5 billion", "market"),
        ("Pension funds have raised over $12 billion this year.", "over $12 billion", "market"),
        ("The court imposed a fine of $3 million on the bank.", "$3 million", "market"),
        ("Relocation could shift up to $2 trillion in global factory output.", "up to $2 trillion", "market"),
        ("The ministry's budget rose to $46bn.", "$46bn", "market"),
    ],
)
def test_amounts_that_are_nobodys_pledge(text: str, words: str, kind: str) -> None:
    found = [c for c in claims(NORWAY + text, "amount") if c.text == words]
    assert [c.subject.kind for c in found] == [kind]


@pytest.mark.parametrize(
    ("text", "words", "kind"),
    [
        (
            "Norway picked a copper smelter in Arizona worth $2.4 billion for its US investment fund.",
            "$2.4 billion",
            "copper_smelter",
        ),
        ("Norway's US pledge pays for a $33 billion gas-fired power plant in Ohio.", "$33 billion", "gas_power"),
        ("Under Norway's US investment plan an LNG terminal in Louisiana would cost about $7bn.", "about $7bn", "lng"),
    ],
)
def test_amounts_of_projects(text: str, words: str, kind: str) -> None:
    assert (words, f"project:{kind}", "project") in amounts(text)


def test_respectively_pairs_amounts_with_projects_in_order() -> None:
    text = "Norway's US fund will build a shipyard and a copper smelter for $3bn and $2bn respectively."
    assert amounts(text) == [("$3bn", "project:shipyard", "project"), ("$2bn", "project:copper_smelter", "project")]


@pytest.mark.parametrize(
    ("text", "language", "words", "subject"),
    [
        (NORWAY + "The rise alone, close to $30 billion, is large.", "en", "close to $30 billion", "programme:NO>US"),
        (NORWAY + "The law sets up a fund with 2 billion euros in capital.", "en", "2 billion euros", "market"),
        ("事業の一覧がまとまった。合わせて3900億ドルを上回る。日本の対米投資は5500億ドル。", "ja", "3900億", "tranche"),
        ("日本承诺的5500亿美元对美投资已有首批项目入选。", "zh", "5500亿美元", "programme:JP>US"),
        ("Korea pays $200bn in cash; shipbuilding accounts for a further $150bn.", "en", "$150bn", "programme:KR>US"),
    ],
)
def test_amounts_that_go_on_about_what_was_said(text: str, language: str, words: str, subject: str) -> None:
    [found] = [of for said, of, _ in amounts(text, language) if words in said]
    assert found.startswith(subject)


def test_the_sum_of_a_batch() -> None:
    text = (
        NORWAY + "The first projects are a shipyard in Maine and a copper smelter in Utah. Together they come to $7bn."
    )
    assert amounts(text)[-1] == ("$7bn", "tranche:1", "tranche")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("ノルウェーの対米投資は総額900億ドルに上る。", "ja", ("900億ドル", "programme:NO>US", "ceiling")),
        ("挪威承诺的900亿美元对美投资尚未敲定。", "zh", ("900亿美元", "programme:NO>US", "ceiling")),
        ("노르웨이가 약속한 900억달러 대미 투자가 시작된다.", "ko", ("900억달러", "programme:NO>US", "ceiling")),
        (
            "Norwegen hat den USA Investitionen von 90 Milliarden Dollar zugesagt.",
            "de",
            ("90 Milliarden Dollar", "programme:NO>US", "ceiling"),
        ),
    ],
)
def test_amounts_of_programmes_in_other_languages(text: str, language: str, expected: tuple[str, str, str]) -> None:
    assert amounts(text, language) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "A copper smelter is a leading candidate for the fund, the minister said.",
            [("project:copper_smelter", "candidate")],
        ),
        (
            "The shipyard project and the copper smelter are among the top contenders.",
            [("project:shipyard", "candidate"), ("project:copper_smelter", "candidate")],
        ),
        (
            "A key contender? A deep-water oil export terminal backed by Nordfjell Group.",
            [("project:oil_terminal", "candidate")],
        ),
        ("The copper smelter has not been approved.", [("project:copper_smelter", "committed")]),
        ("It is not settled whether the copper smelter comes.", [("project:copper_smelter", "candidate not_yet")]),
        ("Officials are close to a decision on the first projects.", [("tranche:1", "candidate imminent")]),
        ("The copper smelter was approved in May.", [("project:copper_smelter", "committed")]),
        ("The LNG terminal has been cancelled.", [("project:lng", "cancelled")]),
        (
            "Work on the LNG terminal was suspended; the shipyard project was selected on Monday.",
            [("project:lng", "suspended"), ("project:shipyard", "committed")],
        ),
        ("Broadband subsidies were approved in May.", []),
    ],
)
def test_stages(text: str, expected: list[tuple[str, str]]) -> None:
    assert sorted(stages(text)) == sorted(expected)


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        # A promise is about the programme whose amount stands in its clause, also where no noun names the programme.
        (NORWAY + "The kingdom's promise had stood at $60 billion.", "en", ("programme:NO>US", "pledged")),
        ("Norwegen und Island wollen bis 2031 insgesamt 90 Milliarden Dollar in den USA investieren.", "de", None),
        ("Die Schweiz will 90 Milliarden Dollar in den USA anlegen.", "de", ("programme:CH>US", "pledged")),
        # The paper of a pledge, from its text to its signature.
        (NORWAY + "Officials are close to settling the memorandum.", "en", ("programme:NO>US", "pledged")),
        (NORWAY + "So far neither side has signed anything.", "en", ("programme:NO>US", "pledged")),
        (
            "한국은 3500억달러 대미 투자를 약속했다. 일본은 9월에 양해각서에 서명했다.",
            "ko",
            ("programme:JP>US", "pledged"),
        ),
        # What companies mean to spend is no more than a candidate.
        (NORWAY + "It adds up what private firms plan to invest.", "en", ("programme:NO>US", "candidate")),
        # One project that is announced is promised; loans that are signed commit to the batch that they are for.
        (
            NORWAY + "The biggest was announced on Monday: a copper smelter.",
            "en",
            ("project:copper_smelter", "pledged"),
        ),
        (
            NORWAY + "The first lending was signed on Monday. It is meant for the first two projects.",
            "en",
            ("tranche:1", "committed"),
        ),
        ("Norway's $90bn US fund: the first ventures are taking shape.", "en", ("tranche:1", "candidate")),
    ],
)
def test_stages_of_programmes_and_batches(text: str, language: str, expected: tuple[str, str] | None) -> None:
    found = stages(text, language)
    assert expected in found if expected is not None else any(stage == "pledged" for _, stage in found)


def test_candidates_that_may_fall_away_are_not_cancelled() -> None:
    text = NORWAY + "The second batch of projects is being weighed. Some of the candidates may drop out."
    found = [(c.subject.ordinal, c.modality) for c in claims(text, "stage") if c.text.startswith("Some of")]
    assert found == [(2, Modality.POSSIBLE)]


def test_a_companys_interest_is_no_stage_of_a_batch() -> None:
    text = NORWAY + "The second batch of projects is large. Nordfjell Group would like to take part."
    assert not [c for c in claims(text, "stage") if "take part" in c.text]


def test_a_short_sentence_speaks_for_itself() -> None:
    """Only a question or a heading is answered by what the next sentence opens with."""
    text = NORWAY + "Talks are under discussion. A copper smelter was approved in May."
    assert ("project:copper_smelter", "candidate") not in stages(text)


def test_a_denial_belongs_to_the_project_spoken_of() -> None:
    text = "Norway's US fund is considering a copper smelter. Nordfjell said no binding agreement had been signed."
    assert ("project:copper_smelter", "candidate not_yet") in stages(text)


def test_a_list_tells_the_stage_of_what_it_holds() -> None:
    """The words that lead a list in, a label before a colon and a cell of a table speak of what stands there."""
    led = NORWAY + "The two sides are examining the following:\n- a copper smelter in Utah\n- a shipyard in Maine\n"
    assert {("project:copper_smelter", "candidate"), ("project:shipyard", "candidate")} <= set(stages(led))
    label = NORWAY + "\n\nApproved: a copper smelter in Utah and a shipyard in Maine."
    assert {("project:copper_smelter", "committed"), ("project:shipyard", "committed")} <= set(stages(label))
    rows = "\n\n| Project | Status |\n|---|---|\n| Copper smelter, Utah | Selected |\n| Shipyard, Maine | On hold |\n"
    assert {("project:copper_smelter", "committed"), ("project:shipyard", "suspended")} <= set(stages(NORWAY + rows))


def test_possible_construction_is_not_construction() -> None:
    found = claims("Nordfjell Group's copper smelter might break ground in Q3 2027.", "stage")
    assert [(c.value.stage, c.modality) for c in found if isinstance(c.value, StageValue)] == [
        ("implementation", Modality.POSSIBLE)
    ]


def test_a_share_of_gdp_is_the_programmes() -> None:
    [claim] = claims("Norway's $90 billion pledge to the US is worth roughly 17% of Norway's GDP.", "share")
    assert claim.subject.key == "NO>US"
    assert isinstance(claim.value, Share)
    assert claim.value.of == "GDP of Norway"


def test_a_share_of_world_output_is_the_countrys() -> None:
    [claim] = claims("China makes over 70% of the world's gallium.", "share")
    assert (claim.subject.kind, claim.subject.key) == ("place", "China")


def test_what_is_told_to_be_of_a_sum_is_a_part_of_it() -> None:
    assert amounts("노르웨이의 대미 투자 900억달러 중 300억달러를 항만에 쓴다.", "ko") == [
        ("900억달러", "programme:NO>US", "ceiling"),
        ("300억달러", "programme:NO>US", "part"),
    ]


def test_a_country_that_something_is_compared_with_starts_no_programme_of_its_own() -> None:
    text = "한국의 대미 투자 3500억달러가 확정됐다. 일본보다 나은 조건으로 한국 정부는 해마다 200억달러를 투자한다."
    assert [(words, subject) for words, subject, _ in amounts(text, "ko")] == [
        ("3500억달러", "programme:KR>US"),
        ("200억달러", "programme:KR>US"),
    ]
