"""Judgements: what they do, that they are shown, and that withdrawing them gives back the ledger as it was."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import pledger
from ledger.build import Article, project, stage, total, usd
from pledger.ledger.derive import derive
from pledger.ledger.directory import Naming, directory
from pledger.ledger.doubts import name_doubts
from pledger.ledger.judged import NOTHING
from pledger.ledger.judgements import Judgement, in_force, judgement, verdicts
from pledger.ledger.picture import Picture
from pledger.ledger.resolve import anchors_of
from pledger.model import Attribute, Party, Stage

NOW = dt.datetime(2026, 5, 1, 12, tzinfo=dt.UTC).replace(tzinfo=None)


def said(kind: str, subject: str, object_: str, verdict: str, value: str = "", hour: int = 0) -> Judgement:
    at = NOW + dt.timedelta(hours=hour)
    return judgement(kind, subject, object_, verdict, value, person="A. Larsen", reason="asked them", made_at=at)


def match(a: str, b: str, verdict: str = "same", what: str = "organisation", hour: int = 0) -> Judgement:
    return said("match", a, b, verdict, what, hour)


def plants() -> list[Article]:
    """Four reports: two sponsors that rules keep apart, two plants each, and sums that differ."""
    found = []
    for n, (sponsor, place, amount) in enumerate(
        [("Harbour", "Ohio", 33e9), ("Fjord", "Ohio", 33e9), ("Harbour", "Texas", 10e9), (None, None, 10e9)]
    ):
        plant = project("gas_power", sponsor, place)
        a = Article(f"Paper {n}", dt.date(2026, 1, n + 1))
        a.says(f"It costs ${amount / 1e9:g}bn, says {n}.", f"${amount / 1e9:g}bn", usd(amount), plant, scope="project")
        a.says("It builds.", "It", Party(sponsor or "Fjord Energy", "sponsor"), plant)
        a.says(f"${500 + 50 * (n % 2)}bn in all.", "in all", usd((500 + 50 * (n % 2)) * 1e9), scope="total")
        a.says("Signed.", "Signed", stage(Stage.COMMITTED if n else Stage.PLEDGED), plant)
        found.append(a)
    return found


BUILT = [a.done() for a in plants()]
DOCUMENTS, CLAIMS = [d for d, _ in BUILT], [c for _, its in BUILT for c in its]
ANCHORS = sorted(set(anchors_of(CLAIMS).values()))
NAMES = ("Harbour", "Fjord", "Fjord Energy", "Paper 1")


def told(judgements: list[Judgement]) -> Picture:
    return derive(DOCUMENTS, CLAIMS, {}, None, verdicts(judgements))


outcomes = st.sampled_from(("same", "different"))
matches = st.builds(match, st.sampled_from(NAMES[:2]), st.sampled_from(NAMES[2:]), outcomes)
sites = st.builds(
    lambda a, b, v: match(a, b, v, "project"),
    st.sampled_from(ANCHORS[:2]),
    st.sampled_from(ANCHORS[2:]),
    outcomes,
)
on_claims = st.builds(
    lambda c, v: said("claim", c.id, "", v), st.sampled_from(CLAIMS), st.sampled_from(("accept", "reject"))
)


@settings(deadline=None, max_examples=40)
@given(st.lists(matches | sites | on_claims, max_size=5))
def test_no_judgement_loses_a_claim_and_withdrawing_all_gives_the_ledger_back(made: list[Judgement]) -> None:
    judged = told(made)
    behind = [c for f in judged.figures for s in f.sides for c in s.claims]
    assert sorted(behind) == sorted(c.id for c in CLAIMS)
    withdrawn = [
        Judgement(j.id, j.kind, j.subject, j.object, j.verdict, j.value, j.person, j.made_at, j.reason, NOW, "B", "no")
        for j in made
    ]
    assert told(withdrawn) == derive(DOCUMENTS, CLAIMS, {})
    assert told(list(reversed(made))) == judged


def entity_of(found: Picture, name: str) -> str | None:
    return next((e.id for e in found.entities.values() if name in (e.name, *e.aliases)), None)


def test_two_names_that_were_judged_one_are_one_entity_with_both_names() -> None:
    plain = told([])
    assert entity_of(plain, "Harbour") != entity_of(plain, "Fjord")
    judged = told([match("Harbour", "Fjord")])
    assert entity_of(judged, "Harbour") == entity_of(judged, "Fjord")


def test_two_names_that_were_judged_two_are_kept_apart_from_any_rule() -> None:
    names = [Naming("Harbour", "a", False), Naming("Harbour Group", "b", False)]
    assert len(directory(names).entities) == 1
    judged = verdicts([match("Harbour", "Harbour Group", "different")]).judged
    found = directory(names, judged)
    assert found.id("Harbour") != found.id("Harbour Group")


def test_the_later_of_two_judgements_counts_whatever_order_they_come_in() -> None:
    made = [match("Harbour", "Fjord"), match("Fjord", "Harbour", "different", hour=1)]
    assert verdicts(made) == verdicts(made[::-1])
    assert verdicts(made).judged.two("organisation") == [("fjord", "harbour")]


def test_a_judgement_holds_from_its_day_until_it_is_withdrawn() -> None:
    made = match("Harbour", "Fjord")
    assert in_force([made], dt.date(2026, 4, 30)) == []
    assert in_force([made], dt.date(2026, 5, 1)) == [made]


def test_an_accepted_claim_settles_its_figure_and_ends_its_conflicts() -> None:
    plain = told([])
    figure = total(plain)
    assert len(figure.sides) == 2
    light = figure.sides[1]
    judged = told([said("claim", light.claims[0], "", "accept")])
    settled = total(judged)
    assert settled.value == light.value
    assert settled.judgements == (said("claim", light.claims[0], "", "accept").id,)
    assert [s.weight for s in settled.sides[1:]] == [0.0]
    about = [c for c in judged.conflicts if c.entity == figure.entity and c.attribute is Attribute.AMOUNT]
    assert about == []


def test_a_rejected_claim_weighs_nothing_and_is_still_shown() -> None:
    figure = total(told([]))
    gone = [said("claim", c, "", "reject") for c in figure.sides[0].claims]
    judged = total(told(gone))
    assert judged.value == figure.sides[1].value
    assert {c for s in judged.sides for c in s.claims} == {c for s in figure.sides for c in s.claims}


def test_what_was_judged_to_be_no_conflict_is_none() -> None:
    plain = told([])
    conflict = next(c for c in plain.conflicts if len(c.sides) > 1)
    one, other = (s.claims[0] for s in conflict.sides[:2])
    judged = told([said("conflict", one, other, "none")])
    assert conflict not in judged.conflicts
    assert len(judged.conflicts) < len(plain.conflicts)


@pytest.mark.parametrize(
    ("kind", "a", "b", "verdict", "what", "by"),
    [
        ("match", "Harbour", "HARBOUR Inc.", "same", "organisation", "A"),
        ("match", "Harbour", "", "same", "organisation", "A"),
        ("match", "Harbour", "Fjord", "maybe", "organisation", "A"),
        ("match", "Harbour", "Fjord", "same", "colour", "A"),
        ("claim", "c1", "", "same", "", "A"),
        ("claim", "c1", "", "accept", "", " "),
        ("rumour", "c1", "", "accept", "", "A"),
    ],
)
def test_what_is_no_judgement(kind: str, a: str, b: str, verdict: str, what: str, by: str) -> None:
    with pytest.raises(ValueError, match=r"\w"):
        judgement(kind, a, b, verdict, what, person=by, reason="", made_at=NOW)


def test_names_in_doubt_are_listed_until_they_are_judged() -> None:
    names = [Naming(n, n, False) for n in ("Westfield", "Westfield Electric", "Westfield Midstream")]
    known = directory(names)
    doubts = name_doubts(names, known, NOTHING)
    assert {d.names for d in doubts} >= {("Westfield", "Westfield Electric")}
    judged = verdicts([match("Westfield", "Westfield Electric", "different")]).judged
    left = name_doubts(names, directory(names, judged), judged)
    assert ("Westfield", "Westfield Electric") not in {d.names for d in left}


def test_a_ledger_keeps_judgements_shows_them_and_lets_go_of_them(tmp_path: Path) -> None:
    for n, words in enumerate(("Harbour will build a gas plant in Ohio for $3 billion, Harbour said.",
                               "Fjord will build a gas plant in Ohio for $4 billion, Fjord said.")):  # fmt: skip
        (tmp_path / f"{n}.txt").write_text(words, encoding="utf-8")
    with pledger.open(str(tmp_path / "l.db")) as ledger:
        ledger.read([str(tmp_path)], workers=1)
        before, figures = ledger.digest(), ledger.figures()
        made = match("Harbour", "Fjord")
        assert ledger.judge(made) == 1
        assert ledger.judge(made) == 0
        claim = figures[0].sides[0].claims[0]
        accept = said("claim", claim, "", "accept")
        ledger.judge(accept)
        why = ledger.why(claim)
        assert why is not None
        assert accept in why.judgements
        assert accept.id in why.figure.judgements
        assert ledger.withdraw(made.id, "B. Olsen", "they are rivals")
        assert not ledger.withdraw(made.id, "B. Olsen", "again")
        assert ledger.withdraw(accept.id, "B. Olsen", "a slip")
        assert ledger.digest() == before
        assert ledger.figures() == figures
        assert [j.withdrawn_by for j in ledger.judgements()] == ["B. Olsen", "B. Olsen"]
