"""What has changed between two days, and by which sentence."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise

import feedparser
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.build import FIRST, PROGRAMME, Article, project, stage, usd
from pledger.ledger import Change, ChangeKind, Ledger
from pledger.ledger.changes import changes
from pledger.ledger.derive import derive
from pledger.ledger.store import Store
from pledger.model import Attribute, Modality, Outlook, Party, Stage
from pledger.views import atom

PLANT = project("gas_power", "Fjord Energy", "Ohio")
JANUARY, FEBRUARY, MARCH, APRIL = (dt.date(2026, month, 1) for month in (1, 2, 3, 4))
READ = dt.datetime(2026, 5, 1, 12)  # noqa: DTZ001  UTC without saying so, as stored


def between(since: dt.date, until: dt.date, *articles: Article) -> list[Change]:
    """What changed from one day to another by these articles."""
    before, after = (answer(day, articles) for day in (since, until))
    return changes(before, after)


def answer(day: dt.date, articles: tuple[Article, ...] | list[Article]):  # type: ignore[no-untyped-def]  # as `changes` takes it
    built = [a.done() for a in articles]
    held = derive([d for d, _ in built], [c for _, its in built for c in its], {}, day)
    return held.figures, held.conflicts


def kinds(found: list[Change], attribute: Attribute | None = None) -> list[ChangeKind]:
    return [c.kind for c in found if attribute is None or c.attribute is attribute]


def test_a_new_project_is_one_change_and_not_one_for_each_of_its_figures() -> None:
    a = Article("Reuters", MARCH)
    a.says("It costs $9bn.", "$9bn", usd(9e9), PLANT).says("It is chosen.", "chosen", stage(Stage.PLEDGED), PLANT)
    a.says("Fjord Energy builds.", "Fjord Energy", Party("Fjord Energy", "sponsor"), PLANT)
    [change] = [c for c in between(JANUARY, APRIL, a) if c.entity.kind == "project"]
    assert (change.kind, change.attribute) == (ChangeKind.NEW, None)
    assert change.words == "new project: $9bn, pledged, Fjord Energy (sponsor)"


def test_a_stage_up_the_ladder_a_confirmation_and_a_cancellation() -> None:
    first = Article("Reuters", JANUARY).says("A candidate.", "candidate", stage(Stage.CANDIDATE), PLANT)
    second = Article("Fjord Times", MARCH).says("It is signed.", "signed", stage(Stage.COMMITTED), PLANT)
    third = Article("Bloomberg", APRIL).says("It is off.", "off", stage(Stage.CANCELLED), PLANT)
    [up] = [c for c in between(FEBRUARY, MARCH, first, second) if c.attribute is Attribute.STAGE]
    assert (up.kind, up.words) == (ChangeKind.UPGRADED, "candidate -> committed")
    [off] = [c for c in between(MARCH, APRIL, first, second, third) if c.attribute is Attribute.STAGE]
    assert (off.kind, off.words) == (ChangeKind.WITHDRAWN, "committed -> cancelled")
    one = Article("Reuters", JANUARY).says("It is $60bn.", "$60bn", usd(60e9))
    other = Article("Bloomberg", MARCH).says("It is $60bn.", "$60bn", usd(60e9))
    [better] = between(FEBRUARY, MARCH, one, other)
    assert (better.kind, better.words) == (ChangeKind.UPGRADED, "single-source -> agreed: $60bn")


def test_a_contradiction_a_replacement_and_more_precise_words() -> None:
    one = Article("Reuters", JANUARY).says("It is $60bn.", "$60bn", usd(60e9))
    rival = Article("Bloomberg", MARCH).says("It is $45bn.", "$45bn", usd(45e9))
    found = between(FEBRUARY, MARCH, one, rival)
    assert set(kinds(found)) == {ChangeKind.CONTRADICTED}
    official = Article("Ministry of Finance", MARCH).says("It is $45bn.", "$45bn", usd(45e9))
    found = between(FEBRUARY, MARCH, one, official)
    assert kinds(found) == [ChangeKind.REPLACED]
    assert found[0].words == "$60bn -> $45bn"
    finer = Article("Ministry of Finance", MARCH).says("It is $60.2bn.", "$60.2bn", usd(60.2e9))
    assert ChangeKind.CONTRADICTED not in kinds(between(FEBRUARY, MARCH, one, finer))


def test_a_project_that_gets_a_sponsor_is_still_the_same_one() -> None:
    bare = project("gas_power", None, "Ohio")
    first = Article("Reuters", JANUARY).says("It costs $9bn.", "$9bn", usd(9e9), bare)
    second = Article("Bloomberg", MARCH).says("It costs $9bn.", "$9bn", usd(9e9), PLANT)
    found = between(FEBRUARY, MARCH, first, second)
    assert not [c for c in found if c.kind is ChangeKind.NEW and c.attribute is None]
    assert ChangeKind.UPGRADED in kinds(found, Attribute.AMOUNT)


def test_the_ledger_names_the_sentence_and_the_feed_is_read_by_feed_readers(url: str) -> None:
    store = Store(url)
    hostile = "<script>alert(1)</script> & \x0b it costs $9bn ]]>."
    for article, when in (
        (Article("Reuters", JANUARY).says("It is $60bn.", "$60bn", usd(60e9)), READ),
        (Article("Bloomberg & <Sons>", MARCH).says(hostile, "$9bn", usd(9e9), PLANT), READ + dt.timedelta(days=30)),
    ):
        document, claims = article.done()
        store.add(document, claims, b"", when)
    ledger = Ledger(store)
    [change] = ledger.changes(FEBRUARY)
    [evidence] = change.evidence
    assert (evidence.sentence, evidence.document.reported_on) == (hostile, MARCH)
    assert ledger.changes(MARCH) == []
    assert [c.id for c in ledger.changes(READ.date(), read=True)] == [change.id]
    assert ledger.changes(FEBRUARY, known_on=READ.date()) == []

    written = atom.feed([change], ledger.name(), "Changes", READ)
    assert written == atom.feed(ledger.changes(FEBRUARY), ledger.name(), "Changes", READ)
    parsed = feedparser.parse(written)
    assert not parsed.bozo, parsed.get("bozo_exception")
    assert parsed.version == "atom10"
    assert parsed.feed.updated == "2026-05-01T12:00:00Z"
    [entry] = parsed.entries
    assert entry.id == f"tag:pledger.invalid,2026:change/{change.id}"
    assert entry.updated == "2026-03-01T00:00:00Z"
    assert "it costs $9bn" in entry.content[0].value
    assert b"<script" not in written
    assert b"&amp;lt;script" in written
    assert parsed.feed.id == f"tag:pledger.invalid,2026:changes/{ledger.name()}"


SUBJECTS = (PROGRAMME, FIRST, PLANT, project("oil_terminal", "Harbour Group", "Texas"))
HOUSES = ("Reuters", "Bloomberg", "Fjord Times", "Ministry of Finance", "Harbour Post")


@st.composite
def articles(draw: st.DrawFn) -> list[Article]:
    made = []
    for n in range(draw(st.integers(1, 7))):
        article = Article(draw(st.sampled_from(HOUSES)), JANUARY + dt.timedelta(days=draw(st.integers(0, 60))))
        for _ in range(draw(st.integers(1, 3))):
            about = draw(st.sampled_from(SUBJECTS))
            if draw(st.booleans()):
                billions = draw(st.sampled_from([9, 9.2, 12, 60, 90]))
                article.says(f"It is ${billions}bn ({n}).", f"${billions}bn", usd(billions * 1e9), about)
            else:
                rung = draw(st.sampled_from(Stage))
                said = stage(rung, draw(st.none() | st.sampled_from(Outlook)))
                mode = draw(st.sampled_from([Modality.ASSERTED, Modality.PLANNED, Modality.DENIED]))
                article.says(f"It is {rung} ({n}).", rung, said, about, (), mode)
        made.append(article)
    return made


@settings(max_examples=60, deadline=None)
@given(articles(), st.lists(st.integers(-1, 62), min_size=3, max_size=3).map(sorted))
def test_what_changes_over_the_whole_changes_in_a_part(made: list[Article], days: list[int]) -> None:
    held = [answer(JANUARY + dt.timedelta(days=n), made) for n in days]
    first, second = (changes(*pair) for pair in pairwise(held))
    whole = changes(held[0], held[2])
    touched = {(c.entity.id, c.attribute) for c in (*first, *second)}
    new = {c.entity.id for c in (*first, *second) if c.attribute is None}
    for change in whole:
        assert (change.entity.id, change.attribute) in touched or change.entity.id in new
    assert {c.entity.id for c in whole if c.attribute is None} == new
    assert changes(held[1], held[1]) == []
    assert len({c.id for c in whole}) == len(whole)
    if held[0] == held[1]:
        assert whole == second
