"""What a model may say, however wrong: nothing counts that the text does not show, and what is dropped is counted."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledger.model import Attribute, EntityKind, Span
from pledger.reading.second import Limits, Reason, read
from pledger.reading.second.admit import Admitted, admit
from pledger.reading.second.answer import proposals
from pledger.reading.second.readings import readings
from reading.second.endpoint import Endpoint
from reading.second.examples import ARTICLE, FIRST, TEXT, amount, item, sound

_BANK = "carries $4.2 billion of the bill"
_FUND = "A fund carries €700 million of what is left"

LIES: list[tuple[str, Any, Reason]] = [
    ("invented words", amount("Fjord Energy will pay $8 billion", 8e9), Reason.QUOTE),
    ("one letter changed", amount("carries $4.2 billion of the bills", 4.2e9), Reason.QUOTE),
    ("two sentences joined with a gap", amount("a gas power plant in Ohio ... $4.2 billion", 4.2e9), Reason.QUOTE),
    ("two sentences joined as they stand", amount("in Ohio. Norbank, the house bank, carries $4.2 billion", 4.2e9),
     Reason.VALUE),
    ("case changed", amount("CARRIES $4.2 BILLION", 4.2e9), Reason.QUOTE),
    ("full-width digits", amount("$４.２ billion", 4.2e9), Reason.QUOTE),
    ("a Cyrillic o", amount("$4.2 billiоn", 4.2e9), Reason.QUOTE),
    ("a no-break space", amount("$4.2\u00a0billion", 4.2e9), Reason.QUOTE),
    ("a zero-width space inside", amount("$4.2\u200b billion", 4.2e9), Reason.QUOTE),
    ("nothing quoted", amount("", 4.2e9), Reason.SHAPE),
    ("a space quoted", amount(" ", 4.2e9), Reason.SHAPE),
    ("all of the text quoted", amount(TEXT, 4.2e9), Reason.VALUE),
    ("right words, wrong offset", amount("$4.2 billion", 4.2e9, at=3), Reason.PLACE),
    ("right words, offset one off", amount("$4.2 billion", 4.2e9, at=TEXT.index("$4.2") + 1), Reason.PLACE),
    ("negative offset", amount("$4.2 billion", 4.2e9, at=TEXT.index("$4.2") - len(TEXT)), Reason.PLACE),
    ("offset behind the end", amount("$4.2 billion", 4.2e9, at=10**9), Reason.PLACE),
    ("offset beyond any machine word", amount("$4.2 billion", 4.2e9, at=10**30), Reason.PLACE),
    ("offset and sentence disagree", amount("€700 million", 7e8, currency="EUR", at=TEXT.index("€700"), within=_FUND),
     Reason.PLACE),
    ("no place for what stands twice", amount("€700 million", 7e8, currency="EUR"), Reason.AMBIGUOUS),
    ("a sentence that is not there", amount("€700 million", 7e8, currency="EUR", within="A firm carries €700 million"),
     Reason.QUOTE),
    ("a sentence without the quote", amount("$4.2 billion", 4.2e9, within=_FUND), Reason.QUOTE),
    ("a zero dropped", amount("$4.2 billion", 4.2e8), Reason.VALUE),
    ("a zero added", amount(_BANK, 4.2e10), Reason.VALUE),
    ("rounded", amount("$4.2 billion", 4e9), Reason.VALUE),
    ("another currency", amount("$4.2 billion", 4.2e9, currency="EUR"), Reason.VALUE),
    ("the currency's sign for its code", amount("$4.2 billion", 4.2e9, currency="$"), Reason.VALUE),
    ("no currency", amount("$4.2 billion", 4.2e9, currency=None), Reason.VALUE),
    ("another scale", amount("$4.2 billion", 4.2e12), Reason.VALUE),
    ("negative", amount("$4.2 billion", -4.2e9), Reason.VALUE),
    ("no number", item("amount", "$4.2 billion", "gas power plant", currency="USD"), Reason.VALUE),
    ("a range of it", amount("$4.2 billion", 4.2e9, high=9e9), Reason.VALUE),
    ("a figure cut", amount("5 billion", 5e9, "copper smelter"), Reason.VALUE),
    ("a figure without its scale", amount("$4.2", 4.2), Reason.VALUE),
    ("words without a value", amount("a person close\nto it said", 4.2e9), Reason.VALUE),
    ("a share that is an amount", item("share", "$4.2 billion", "gas power plant", low=0.042, high=0.042),
     Reason.VALUE),
    ("a stage from nowhere", item("stage", "gas power plant", "gas power plant", stage="completed"), Reason.VALUE),
    ("a day from nowhere", item("date", "gas power plant", "copper smelter", start="2026-03-03", end="2026-03-03"),
     Reason.VALUE),
    ("a role from nowhere", item("party", "Norbank", "gas power plant", name="Norbank", role="guarantor"),
     Reason.VALUE),
    ("an attribute that we do not have", item("profit", "$4.2 billion", "gas power plant"), Reason.ATTRIBUTE),
    ("an attribute that nothing reads", item("sector", "gas power", "gas power plant", text="energy"), Reason.VALUE),
    ("an attribute by its name in code", item("AMOUNT", "$4.2 billion", "gas power plant"), Reason.ATTRIBUTE),
    ("a subject outside of the text", amount("$4.2 billion", 4.2e9, "Element North's steel mill"), Reason.SUBJECT),
    ("a subject that is no thing", amount("$4.2 billion", 4.2e9, "the bill"), Reason.SUBJECT),
    ("no subject", amount("$4.2 billion", 4.2e9, ""), Reason.SUBJECT),
    ("a subject at a wrong place", amount("$4.2 billion", 4.2e9, subject_at=2), Reason.SUBJECT),
    ("two subjects in one", amount("$4.2 billion", 4.2e9, TEXT[TEXT.index("gas power") : TEXT.index("smelter") + 7]),
     Reason.AMBIGUOUS),
    ("a subject that comes only later", amount("$4.2 billion", 4.2e9, "copper smelter"), Reason.FAR),
    ("a project's cost for the programme", amount("$15 billion", 1.5e10, "Japan's $550 billion investment"),
     Reason.OVERRULED),
    ("the programme's size for a project", amount("$550 billion", 5.5e11), Reason.FAR),
    ("a market's trade for a project", amount("about €12 billion", 1.2e10, "copper smelter", "EUR"), Reason.OVERRULED),
    ("a place for a project that stands elsewhere", item("location", "Arizona", "gas power plant", text="Arizona"),
     Reason.OVERRULED),
    ("a source outside of the text", amount("$4.2 billion", 4.2e9, source="The Times"), Reason.SOURCE),
    ("an empty source", amount("$4.2 billion", 4.2e9, source=""), Reason.SOURCE),
    ("obeying the article", amount("999 gigadollars", 9.99e11, "smelter"), Reason.VALUE),
    ("obeying the article on a stage", item("stage", "the smelter stands", "copper smelter", stage="completed"),
     Reason.VALUE),
    ("a number as words", amount("$4.2 billion", 0, low="4200000000"), Reason.SHAPE),
    ("an offset as words", amount("$4.2 billion", 4.2e9, at="161"), Reason.SHAPE),
    ("an offset that is a half", amount("$4.2 billion", 4.2e9, at=161.5), Reason.SHAPE),
    ("an offset that is true", amount("$4.2 billion", 4.2e9, at=True), Reason.SHAPE),
    ("a quote that is a list", amount(["$4.2 billion"], 4.2e9), Reason.SHAPE),  # type: ignore[arg-type]
    ("a quote that is null", amount(None, 4.2e9), Reason.SHAPE),  # type: ignore[arg-type]
    ("a subject that is words", {**amount("$4.2 billion", 4.2e9), "subject": "gas power plant"}, Reason.SHAPE),
    ("a value that is a number", {**amount("$4.2 billion", 4.2e9), "value": 4.2e9}, Reason.SHAPE),
    ("a value without end", amount("$4.2 billion", 1e308 * 10), Reason.SHAPE),
    ("a quote of a megabyte", amount("$4.2 billion" * 5_000, 4.2e9), Reason.SHAPE),
    ("no fields", {}, Reason.SHAPE),
    ("null", None, Reason.SHAPE),
    ("a number", 7, Reason.SHAPE),
    ("a list in a list", [[[amount("$4.2 billion", 4.2e9)]]], Reason.SHAPE),
]  # fmt: skip


@pytest.mark.parametrize(("lie", "reason"), [pytest.param(lie, why, id=name) for name, lie, why in LIES])
def test_a_lie_is_dropped_and_counted(endpoint: Endpoint, lie: Any, reason: Reason) -> None:
    found = sound(read(ARTICLE, endpoint.saying([lie]), FIRST))
    assert (found.claims, found.admitted, found.problems) == ((), 0, ())
    assert found.by_reason() == ((reason, 1),)


def test_what_is_true_among_lies_is_admitted(endpoint: Endpoint) -> None:
    lies = [lie for _, lie, _ in LIES]
    found = sound(read(ARTICLE, endpoint.saying([*lies, amount("$4.2 billion", 4.2e9), *lies]), FIRST))
    assert [(c.text, c.subject.project_kind) for c in found.claims] == [("$4.2 billion", "gas_power")]
    assert found.dropped == 2 * len(LIES)


def test_the_same_said_a_hundred_times_counts_once(endpoint: Endpoint) -> None:
    found = sound(read(ARTICLE, endpoint.saying([amount("$4.2 billion", 4.2e9)] * 100), FIRST))
    assert len(found.claims) == found.admitted == 1
    assert found.by_reason() == ((Reason.REPEATED, 99),)


def test_one_amount_tied_to_two_projects_is_tied_to_neither(endpoint: Endpoint) -> None:
    both = [
        amount("€700 million", 7e8, subject, "EUR", within=_FUND) for subject in ("gas power plant", "copper smelter")
    ]
    found = sound(read(ARTICLE, endpoint.saying(both), FIRST))
    assert found.claims == ()
    assert found.by_reason() == ((Reason.CONTRARY, 2),)


def test_of_thousands_of_items_the_first_ones_are_looked_at(endpoint: Endpoint) -> None:
    items = [amount(f"${n} billion for all", n * 1e9) for n in range(2_000)]
    found = sound(read(ARTICLE, endpoint.saying([amount("$4.2 billion", 4.2e9), *items]), FIRST))
    assert len(found.claims) == 1
    assert found.by_reason() == ((Reason.TOO_MANY, 1_601), (Reason.QUOTE, 399))


_TRUE = json.dumps({"items": [amount("$4.2 billion", 4.2e9)]})
_TWO = json.dumps({"items": [amount("$4.2 billion", 4.2e9), amount("about €12 billion", 1.2e10)]})


@pytest.mark.parametrize(
    ("words", "claims", "reasons"),
    [
        pytest.param(f"```json\n{_TRUE}\n```", 1, (), id="in a code fence"),
        pytest.param(f"Here is [what I] found: {_TRUE} I hope this helps {{you}}!", 1, (), id="in prose"),
        pytest.param(_TRUE[len('{"items": ') : -1], 1, (), id="the bare list"),
        pytest.param(_TWO[:-200], 1, ((Reason.CUT, 1),), id="breaking off"),
        pytest.param(_TRUE.replace("4200000000.0", "9" * 200_000), 0, None, id="a number of 200,000 digits"),
        pytest.param("[" * 300_000, 0, ((Reason.ANSWER, 1),), id="nested without end"),
        pytest.param('{"items":' * 50_000, 0, ((Reason.ANSWER, 1),), id="nested items without end"),
        pytest.param('{"items": {"items": []}}', 0, ((Reason.ANSWER, 1),), id="an object for the list"),
        pytest.param('{"items": null}', 0, ((Reason.ANSWER, 1),), id="null for the list"),
        pytest.param("null", 0, ((Reason.ANSWER, 1),), id="null"),
        pytest.param("", 0, ((Reason.ANSWER, 1),), id="nothing"),
        pytest.param("I cannot help with that.", 0, ((Reason.ANSWER, 1),), id="words only"),
        pytest.param('{"items": []}', 0, (), id="an empty list"),
        pytest.param('{"items": [NaN, Infinity, -0]}', 0, ((Reason.SHAPE, 3),), id="no numbers"),
        pytest.param('{"items": ["\\ud800"]}', 0, ((Reason.SHAPE, 1),), id="half a character"),
        pytest.param(_TRUE.replace("$4.2", "\\ud83d"), 0, ((Reason.QUOTE, 1),), id="half a character quoted"),
    ],
)
def test_an_answer_of_any_form(
    endpoint: Endpoint, words: str, claims: int, reasons: tuple[tuple[Reason, int], ...] | None
) -> None:
    found = sound(read(ARTICLE, endpoint.reader("honest", words), FIRST))
    assert len(found.claims) == claims
    assert found.problems == ()
    assert found.by_reason() == reasons if reasons is not None else found.dropped > 0


def test_items_deep_inside_are_not_followed(endpoint: Endpoint) -> None:
    nested = '{"items": [' + '{"value": ' * 150 + "1" + "}" * 150 + "]}"
    found = sound(read(ARTICLE, endpoint.reader("honest", nested), FIRST))
    assert found.by_reason() == ((Reason.SHAPE, 1),)


def test_what_is_shown_of_a_refusal_is_one_line_that_does_nothing_to_a_terminal(endpoint: Endpoint) -> None:
    found = read(ARTICLE, endpoint.saying([amount("\x1b[2J\x1b]0;owned\x07\r\n\u202e" + "x" * 500, 1.0)]), FIRST)
    [refusal] = found.refused
    assert refusal.excerpt.isprintable()
    assert len(refusal.excerpt) <= 120


def test_the_first_readers_programme_is_not_moved_by_an_organisation(endpoint: Endpoint) -> None:
    said = amount("$4.2 billion", 4.2e9, "Norbank")
    found = sound(read(ARTICLE, endpoint.saying([said]), FIRST))
    assert [c.subject.kind for c in found.claims] == [EntityKind.ORGANISATION]
    stage = item("date", "Tuesday", "Norbank", start="2026-03-03", end="2026-03-03")
    assert not sound(read(ARTICLE, endpoint.saying([stage]), FIRST)).claims


_WORDS = st.one_of(
    st.tuples(st.integers(0, len(TEXT)), st.integers(0, 60)).map(lambda at: TEXT[at[0] : at[0] + at[1]]),
    st.sampled_from([*(c.text for c in FIRST), "gas power plant", "copper smelter", "Norbank"]),
    st.text(max_size=20),
)
_NUMBERS = st.one_of(st.none(), st.sampled_from([4.2e9, 7e8, 1.5e10, 1.2e10, 5.5e11]), st.floats(), st.integers())
_PLACES = st.one_of(st.none(), st.sampled_from([c.span.start for c in FIRST]), st.integers())
_ITEMS = st.builds(
    item,
    st.sampled_from([*Attribute, "profit"]),
    _WORDS,
    _WORDS,
    at=_PLACES,
    subject_at=_PLACES,
    source=st.none() | _WORDS,
    within=st.none() | _WORDS,
    low=_NUMBERS,
    high=_NUMBERS,
    currency=st.sampled_from(["USD", "EUR", "JPY", None]),
    text=st.none() | _WORDS,
    stage=st.sampled_from(["completed", "committed", None]),
)
_TRUE_ITEMS = [
    amount("carries $4.2 billion of the bill", 4.2e9),
    amount("€700 million", 7e8, "copper smelter", "EUR", within=_FUND),
    amount("$15 billion", 1.5e10, "copper smelter"),
    item("location", "Ohio", "gas power plant", text="Ohio"),
]


@st.composite
def _bent(draw: st.DrawFn) -> Any:
    """A true item in which one field is changed, or none."""
    true = draw(st.sampled_from(_TRUE_ITEMS))
    other = draw(_ITEMS)
    field = draw(st.sampled_from([*true, "nothing"]))
    return {**true, field: other[field]} if field in other else true


_SEEN = readings(ARTICLE, FIRST)
_WHOLE = Span(0, len(TEXT))


@settings(max_examples=300, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(_ITEMS | _bent(), max_size=8), st.integers(0, 3))
def test_whatever_is_admitted_is_what_we_read_at_that_place(said: list[Any], cut: int) -> None:
    words = json.dumps({"items": said})
    for one in proposals(words[: len(words) - cut], Limits().items).items:
        result = admit(_SEEN, _WHOLE, one)
        if isinstance(result, Admitted):
            claim = result.claim
            assert claim.span.of(TEXT) == claim.text
            assert claim.text in one.quote
            assert claim.subject.span is not None
            assert claim.subject.span.of(TEXT) == claim.subject.text
            assert any(
                (r.span, r.value) == (claim.span, claim.value) for r in _SEEN.inside(claim.attribute, claim.span)
            )


def test_true_items_are_admitted_one_by_one() -> None:
    items = proposals(json.dumps({"items": _TRUE_ITEMS}), 10).items
    assert [isinstance(admit(_SEEN, _WHOLE, one), Admitted) for one in items] == [True] * 4
