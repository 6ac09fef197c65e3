"""Terms: found by any of their names, turned into what a run takes; what is wrong is said with line and field."""

from __future__ import annotations

import datetime as dt
import math
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.data import programmes
from pledger.ledger.distributions import Belief, Categories
from pledger.vehicle.terms import (
    Terms,
    TermsError,
    funding,
    inputs,
    interpretation,
    interpretations,
    known,
    load_terms,
    sources,
    terms,
    vehicle,
)
from pledger.vehicle.words import Account, Basis, Pool, Recovered

VALUED = dt.date(2026, 11, 22)
OWN = """\
key: JP>US
name: A programme of our own
investor: JP
host: US
ceiling: {low: null, high: 100.0e+9, currency: USD, qualifier: up_to}
terms:
  sources:
    A: {where: https://example.org/a, year: 2026}
    B: {where: https://example.org/b, year: 2026, weak: true}
  vehicle:
    ceiling: {amount: 100.0e+9, currency: USD, sources: [A]}
    window: {opens: 2026-01-01, until: 2029-01-19, sources: [A]}
    notice: {days: 45, count: business, calendars: [US, JP], sources: [A]}
    instruments:
      sources: [A]
      shares: {equity: 1/60, public_loan: rest, guaranteed_loan: 2/3}
      premium: 1 %
      bank_rate: 0.05
      public_rate: {low: 0.03, central: 0.04, high: 0.06, basis: assumption}
      tenor_years: 15
    distribution:
      sources: [A]
      before: 0.5
      after: 0.1
      deemed_rate: 0.05
"""


@pytest.fixture
def own(tmp_path: Path) -> Path:
    path = tmp_path / "own.yaml"
    path.write_text(OWN, encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "asked",
    [
        "japan",
        "JP>US",
        "jp>us",
        "JAPAN",
        "Japan-US investment programme",
        "Japan–US",
        "日本",
        "일본",
        "Japan Strategic Investment",
    ],
)
def test_a_programme_is_found_by_any_of_its_names(asked: str) -> None:
    assert terms(asked).key == "JP>US"


def test_all_programmes_that_reading_knows_have_terms() -> None:
    assert {its.key for its in known()} == set(programmes())
    assert [its.key for its in known() if its.chapter.vehicle is not None] == ["JP>US", "KR>US"]
    assert all(its.chapter.clauses and its.chapter.not_reported for its in known())


@pytest.mark.parametrize(
    ("asked", "mend"), [("japn", "did you mean 'japan'"), ("", "name one of"), ("Narnia", "name one of")]
)
def test_a_name_that_is_nobodys_is_answered_with_those_there_are(asked: str, mend: str) -> None:
    with pytest.raises(TermsError, match=mend):
        terms(asked)


def test_japan_keeps_every_reading_of_the_split() -> None:
    readings = {each.name: each for each in interpretations(terms("japan"))}
    assert {r.rules.account for r in readings.values()} == set(Account)
    assert {r.rules.recovered for r in readings.values()} == set(Recovered)
    assert all(r.rules.pool is Pool.PROJECT and r.sources for r in readings.values())
    ordinary = [r for r in readings.values() if not r.name.startswith("July")]
    assert {(r.rules.before, r.rules.after) for r in ordinary} == {(0.5, 0.1)}
    july = [r for r in readings.values() if r.name.startswith("July")]
    assert {(r.rules.before, r.rules.after) for r in july} == {(0.1, 0.1), (0.9, 0.9)}
    choice = interpretation(terms("japan"))
    assert isinstance(choice.belief, Categories)
    assert {name for name, _ in choice.belief.options} == {r.name for r in ordinary}
    assert math.isclose(math.fsum(weight for _, weight in choice.belief.options), 1)


def test_japan_pays_a_third_itself_and_guarantees_two_thirds_to_the_end_of_the_window() -> None:
    paid = funding(terms("japan"), VALUED)
    assert math.isclose(paid.equity + paid.public_loan, 1 / 3)
    assert math.isclose(paid.guaranteed_loan, 2 / 3)
    assert (paid.equity, paid.ceiling, paid.cap_per_year) == (0.015, 550e9, math.inf)
    assert paid.window_end == 9  # from the last quarter of 2026 to the first of 2029
    assert paid.tenor == 60


def test_korea_pools_and_has_a_cap() -> None:
    korea = terms("korea")
    [main, *others] = interpretations(korea)
    assert main.rules.pool is Pool.PROGRAMME
    assert all(each.rules.pool is Pool.PROGRAMME for each in others)
    paid = funding(korea, VALUED)
    assert (paid.ceiling, paid.cap_per_year, paid.tenor) == (200e9, 20e9, 80)
    assert [name for name, _ in interpretation(korea).belief.options] == [main.name]  # type: ignore[union-attr]


def test_without_vehicle_terms_that_is_what_is_said() -> None:
    with pytest.raises(TermsError, match=r"no vehicle terms reported for EU–US .*; write them in a YAML file"):
        vehicle(terms("EU>US"))


@pytest.mark.parametrize("programme", ["japan", "korea"])
def test_every_number_says_what_it_rests_on(programme: str) -> None:
    found = inputs(terms(programme))
    names = [each.name for each in found]
    assert len(set(names)) == len(names)
    assert {"terms.ceiling", "terms.window_end", "terms.notice", "terms.premium", "terms.tenor"} <= set(names)
    for each in found:
        assert each.basis is Basis.ASSUMPTION or each.sources, each.name
        if isinstance(each.belief, Belief):
            assert math.isclose(math.fsum(part.weight for part in each.belief.parts), 1)
    by_name = {each.name: each for each in found}
    assert by_name["terms.premium"].basis is Basis.ASSUMPTION
    assert by_name["terms.deemed_rate"].basis is Basis.ASSUMPTION
    assert by_name["terms.ceiling"].basis is Basis.REPORTED


def test_a_reading_with_two_sources_weighs_more_and_one_with_a_weak_source_less() -> None:
    notice = next(each for each in inputs(terms("japan")) if each.name == "terms.notice")
    assert isinstance(notice.belief, Categories)
    # Grade B is right with 0.85, D with 0.45: 1 - 0.15 * 0.55 against 0.45.
    assert math.isclose(notice.belief.probability("45 business days"), 0.9175 / (0.9175 + 0.45))


def test_weak_sources_stay_marked() -> None:
    japan = terms("japan")
    marks = [(source.weak, source.year) for source in sources(japan, vehicle(japan).window)]  # type: ignore[arg-type]
    assert marks == [(True, 2025), (True, 2025), (False, 2025)]


def test_a_file_of_ones_own_is_read_with_fractions_percents_and_the_rest(own: Path) -> None:
    its = load_terms(own)
    assert terms(str(own)) == its
    paid = funding(its, VALUED)
    assert math.isclose(paid.equity + paid.public_loan + paid.guaranteed_loan, 1, abs_tol=1e-15)
    assert math.isclose(paid.equity, 1 / 60)
    assert paid.premium == 0.01
    [only] = interpretations(its)
    assert (only.name, only.rules.before, only.rules.after, only.rules.deemed_rate) == ("as written", 0.5, 0.1, 0.05)
    premium = next(each for each in inputs(its) if each.name == "terms.premium")
    assert premium.basis is Basis.ASSUMPTION


@pytest.mark.parametrize(
    ("right", "wrong", "line", "field", "what"),
    [
        (
            "equity: 1/60, public_loan: rest",
            "equity: 0.1, public_loan: 0.3",
            16,
            "terms.vehicle.instruments.shares",
            "sum to 1.06667, not 1",
        ),
        ("equity: 1/60, public_loan: rest", "equity: 1.5, public_loan: rest", 16, "shares.equity", "1.5 is no share"),
        (
            "equity: 1/60, public_loan: rest",
            "equity: rest, public_loan: rest",
            16,
            "shares",
            "more than one share is the rest",
        ),
        (
            "equity: 1/60, public_loan: rest",
            "equity: soon, public_loan: rest",
            16,
            "shares.equity",
            "'soon' is no number",
        ),
        ("until: 2029-01-19", "until: 2025-01-19", 12, "window.until", "before it starts on 2026-01-01"),
        ("until: 2029-01-19", "until: 2029-13-19", 12, "window.until", "cannot be read; write days as 2029-01-19"),
        ("until: 2029-01-19", "until: soon", 12, "window.until", "should be a valid date"),
        ("deemed_rate: 0.05", "deemed_rate: -1", 25, "distribution.deemed_rate", "a rate of -1 a year"),
        ("bank_rate: 0.05", "bank_rate: -2", 18, "instruments.bank_rate", "a rate of -2 a year"),
        ("amount: 100.0e+9, currency: USD", "amount: 1, currency: XXY", 11, "ceiling.currency", "'XXY' is no currency"),
        ("amount: 100.0e+9, currency: USD", "amount: 1, currency: JPY", 11, "ceiling.currency", "convert it to USD"),
        ("amount: 100.0e+9", "amount: -100.0e+9", 11, "ceiling.amount", "is no ceiling"),
        (
            "currency: USD, qualifier: up_to",
            "currency: USD, qualifier: upto",
            5,
            "ceiling.qualifier",
            "did you mean 'up_to'?",
        ),
        ("      before: 0.5", "      before: 1.5", 23, "distribution.before", "less than or equal to 1"),
        ("      before: 0.5", "      before: .nan", 23, "distribution.before", "nan is no finite number"),
        (
            "      before: 0.5",
            "      account: principal and intrest\n      before: 0.5",
            23,
            "distribution.account",
            "did you mean 'principal and interest'?",
        ),
        (
            "      before: 0.5",
            "      pool: programm\n      before: 0.5",
            23,
            "distribution.pool",
            "did you mean 'programme'?",
        ),
        (
            "      before: 0.5",
            "      recovered: everyone\n      before: 0.5",
            23,
            "distribution.recovered",
            "'everyone' is not known",
        ),
        ("      before: 0.5\n", "", 21, "distribution.before", "is missing; add it"),
        ("tenor_years: 15", "tenor_years: 0", 20, "instruments.tenor_years", "0 to 0 years is no tenor"),
        ("low: 0.03, central: 0.04", "low: 0.05, central: 0.04", 19, "public_rate.central", "not in order"),
        ("days: 45", "days: 45.5", 13, "notice.days", "45.5 is no whole number"),
        ("days: 45", "dayz: 45", 13, "notice.days", "is missing"),
        ("premium: 1 %", "premium: 1 %\n      fees: 2", 18, "instruments.fees", "no field that is known"),
        (
            "calendars: [US, JP], sources: [A]",
            "calendars: [US, JP], sources: [C]",
            13,
            "notice.sources.0",
            "'C' is no key of terms.sources",
        ),
        ("calendars: [US, JP], sources: [A]", "calendars: [US, JP]", 13, "notice", "no source for what is said"),
        ("key: JP>US", "key: JP-US", 1, "key", "write JP>US"),
        ("host: US", "host: US\nhost: JP", 5, "", "'host' stands here twice"),
        ("host: US", "host: &x US\nname: *x", 5, "", "*x points elsewhere; write it out here"),
        ("    notice: {days: 45", "    notice: {days: : 45", 13, "", "mend the YAML"),
    ],
)
def test_what_is_wrong_is_said_with_its_line_and_its_field(
    own: Path, right: str, wrong: str, line: int, field: str, what: str
) -> None:
    assert OWN.count(right) == 1
    own.write_text(OWN.replace(right, wrong), encoding="utf-8")
    with pytest.raises(TermsError) as found:
        load_terms(own)
    assert found.value.line == line
    assert found.value.field.endswith(field)
    assert what in str(found.value)
    assert str(found.value).startswith(f"own.yaml:{line}: ")
    assert "\n" not in str(found.value)


def test_two_readings_of_one_name_are_told_apart_by_their_author(own: Path) -> None:
    readings = "      readings:\n        - {name: x, sources: [A]}\n        - {name: x, sources: [B]}\n"
    own.write_text(OWN + readings, encoding="utf-8")
    with pytest.raises(
        TermsError, match=r"own.yaml:28: terms.vehicle.distribution.readings.1.name: two readings are called"
    ):
        load_terms(own)


def test_a_file_that_is_none_is_said(tmp_path: Path) -> None:
    with pytest.raises(TermsError, match="cannot be read"):
        terms(str(tmp_path / "nowhere.yaml"))
    empty, binary = tmp_path / "empty.yaml", tmp_path / "binary.yaml"
    empty.write_bytes(b"")
    binary.write_bytes(b"key: a\nname: \xff\xfe")
    with pytest.raises(TermsError, match="this is no mapping"):
        terms(str(empty))
    with pytest.raises(TermsError, match=r"binary.yaml:2: this is not UTF-8"):
        terms(str(binary))


@pytest.mark.parametrize(
    "text",
    [
        "[" * 5000,
        "key: " + "9" * 6000,
        "key: !!python/object:os.system x",
        "key: !!float x",
        "a: &a [*a]",
        "? [a, b]\n: c",
        "key: \x00",
        "--- 1\n--- 2",
        "terms: {vehicle: {distribution: 1e400}}",
        "terms: [1]",
        "<<: {key: 1}",
        '"a\\nb\\e[31m": 1',
        f"{'a' * 9000}: 1",
        f"key: JP>US\nname: x\ninvestor: JP\nhost: US\nterms: {{clauses: {{a: {{says: b, sources: [{'c' * 9000}]}}}}}}",
    ],
)
def test_hostile_files_end_in_one_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "hostile.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(TermsError) as found:
        load_terms(path)
    assert str(found.value).isprintable()
    assert len(str(found.value)) < 500


@settings(deadline=None, max_examples=60)
@given(st.integers(0, len(OWN) - 1), st.integers(0, 30), st.text("{}[]:,-&*!|>%'\"\n 09ae.", max_size=6))
def test_no_mangled_file_ends_in_anything_but_terms_or_one_line(
    tmp_path_factory: pytest.TempPathFactory, start: int, length: int, put: str
) -> None:
    path = tmp_path_factory.mktemp("mangled") / "own.yaml"
    path.write_text(OWN[:start] + put + OWN[start + length :], encoding="utf-8")
    try:
        its: Terms | TermsError = load_terms(path)
    except TermsError as said:
        its = said
    if isinstance(its, TermsError):
        assert "\n" not in str(its)
    else:
        assert its.chapter.vehicle is None or funding(its, VALUED).tenor >= 1


@settings(deadline=None, max_examples=40)
@given(st.integers(0, 1000), st.integers(0, 1000))
def test_shares_that_leave_no_rest_are_refused_and_all_others_sum_to_one(
    tmp_path_factory: pytest.TempPathFactory, equity: int, loan: int
) -> None:
    path = tmp_path_factory.mktemp("shares") / "own.yaml"
    shares = f"equity: {equity}/1000, public_loan: rest, guaranteed_loan: {loan}/1000"
    path.write_text(OWN.replace("equity: 1/60, public_loan: rest, guaranteed_loan: 2/3", shares), encoding="utf-8")
    if equity + loan > 1000:
        with pytest.raises(TermsError, match="is no share"):
            load_terms(path)
    else:
        paid = funding(load_terms(path), VALUED)
        assert math.isclose(paid.equity + paid.public_loan + paid.guaranteed_loan, 1, abs_tol=1e-12)
