"""An analyst's grade in the place of the rule's: it weighs, it is shown as such, and it can be withdrawn."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.build import Article, total, usd
from ledger.test_changes import articles
from pledger.ledger import Judgement, Ledger, judgement
from pledger.ledger.derive import derive
from pledger.ledger.grades import subject
from pledger.ledger.judgements import verdicts
from pledger.ledger.store import Store
from pledger.views import jsons

DAY = dt.date(2026, 3, 1)
READ = dt.datetime(2026, 3, 2)  # noqa: DTZ001  UTC without saying so, as stored


def graded(about: str, mark: str, hour: int = 0) -> Judgement:
    at = READ + dt.timedelta(days=1, hours=hour)
    return judgement("grade", about, "", mark, "", person="A. Larsen", reason="long record", made_at=at)


@pytest.fixture
def ledger(url: str) -> Ledger:
    store = Store(url)
    for article in (
        Article("Fjord Times", DAY).says("It is $60bn.", "$60bn", usd(60e9)),
        Article("Reuters", DAY).says("It is $45bn.", "$45bn", usd(45e9)),
    ):
        document, claims = article.done()
        store.add(document, claims, b"", READ)
    return Ledger(store)


def amount(ledger: Ledger) -> list[tuple[str, str, float, bool]]:
    [figure] = ledger.figures()
    return [(o.name, o.grade, round(o.weight, 4), bool(o.judgements)) for side in figure.sides for o in side.origins]


def test_a_letter_weighs_is_shown_as_judged_and_is_withdrawn(ledger: Ledger) -> None:
    before = amount(ledger), ledger.digest()
    assert before[0] == [("Reuters", "B3", 0.85, False), ("Fjord Times", "D5", 0.45, False)]
    made = graded(subject("The Fjord Times"), "A")
    assert ledger.judge(made) == 1
    assert amount(ledger) == [("Fjord Times", "A3", 0.95, True), ("Reuters", "B4", 0.85, False)]
    [figure] = ledger.figures()
    assert figure.judgements == (made.id,)
    answer = ledger.why(figure.id)
    assert answer is not None
    assert [j.reason for j in answer.judgements] == ["long record"]
    assert figure.sides[0].origins[0].graded == "A3 judged"
    assert jsons.figure_json(figure)["origins"][0]["judgements"] == [made.id]
    [conflict] = ledger.conflicts()
    assert {o.name: bool(o.judgements) for side in conflict.sides for o in side.origins} == {
        "Fjord Times": True,
        "Reuters": False,
    }
    assert {r.origin: (r.grade, bool(r.judgements)) for r in ledger.sources()} == {
        "Fjord Times": ("A", True),
        "Reuters": ("B", False),
    }
    assert [o[3] for o in amount(ledger.at(known_on=READ.date()))] == [False, False]  # it had not been judged then
    assert ledger.withdraw(made.id, "A. Larsen", "they paid for it")
    assert amount(ledger) == before[0]
    assert ledger.at(known_on=READ.date() + dt.timedelta(days=1)).judgements()[0].in_force
    json.dumps([jsons.figure_json(f) for f in ledger.figures()])


def test_a_digit_on_a_claim_outranks_the_letter_of_its_source(ledger: Ledger) -> None:
    [claim] = [c for c in ledger.claims() if c.text == "$45bn"]
    ledger.judge(graded(claim.id, "5"), graded("reuters", "A", hour=1))
    assert amount(ledger) == [("Fjord Times", "D6", 0.45, False), ("Reuters", "A5", 0.1, True)]
    ledger.judge(graded(claim.id, "6", hour=2))
    assert amount(ledger)[0] == ("Reuters", "A6", 0.95, True)


def test_grades_hold_for_what_is_read_later_as_if_derived_anew(ledger: Ledger, url: str) -> None:
    [claim] = [c for c in ledger.claims() if c.text == "$45bn"]
    ledger.judge(graded("fjord times", "A"), graded(claim.id, "2"))
    store = Store(url)
    article = Article("Fjord Times", DAY + dt.timedelta(days=3)).says("It is $62bn.", "$62bn", usd(62e9))
    document, claims = article.done()
    store.add(document, claims, b"", READ)
    store.close()
    assert amount(ledger)[0] == ("Fjord Times", "A2", 0.95, True)  # the newer word of an A replaces
    derived = ledger.at(known_on=dt.date(2100, 1, 1))
    assert ledger.figures() == derived.figures()
    assert ledger.conflicts() == derived.conflicts()


@settings(max_examples=30, deadline=None)
@given(
    articles(), st.lists(st.tuples(st.sampled_from(["Reuters", "Fjord Times", "Bloomberg"]), st.sampled_from("ABCDEF")))
)
def test_the_order_of_grades_counts_only_by_when_they_were_made(
    made: list[Article], marks: list[tuple[str, str]]
) -> None:
    built = [a.done() for a in made]
    documents, claims = [d for d, _ in built], [c for _, its in built for c in its]
    said = [graded(subject(name), mark, hour) for hour, (name, mark) in enumerate(marks)]
    one = derive(documents, claims, {}, None, verdicts(said))
    other = derive(documents[::-1], claims[::-1], {}, None, verdicts(said[::-1]))
    assert one.figures == other.figures
    assert one.conflicts == other.conflicts
    latest = {subject(name): mark for name, mark in marks}
    for voice in one.voices.values():
        assert voice.letter == latest.get(subject(voice.origin), voice.letter)
        assert 0 <= voice.weight <= 1


def test_the_rule_grades_what_nobody_judged() -> None:
    article = Article("Reuters", DAY).says("It is $60bn.", "$60bn", usd(60e9))
    document, claims = article.done()
    found = derive([document], claims, {}, None, verdicts([graded("fjord times", "A")]))
    assert total(found).sides[0].origins[0].grade == "B2"
    with pytest.raises(ValueError, match="cannot be judged 'G'"):
        graded("reuters", "G")
