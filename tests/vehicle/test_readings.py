"""How probable each reading of the terms is, by what reports say of the clause."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from ledger.build import Article
from pledger.ledger.distributions import Categories
from pledger.vehicle.planning.readings import weighed
from pledger.vehicle.planning.told import gathered
from pledger.vehicle.words import Account, Basis, Input, Interpretation, Recovered, Rules
from vehicle.ledgers import ledger_of

FULL, HALF, NONE = Account.INTEREST, Account.HALF_INTEREST, Account.PRINCIPAL
ENDS = "equal split ends: principal"
WITH_INTEREST = "equal split ends: principal and interest"
ALL, ONLY_HALF = "deemed interest: all of it reaches the investor", "deemed interest: half of it reaches the investor"


def reading(name: str, account: Account, recovered: Recovered = Recovered.PLEDGING) -> Interpretation:
    return Interpretation(name, Rules(0.05, account, recovered=recovered), name)


THREE = (reading("full", FULL), reading("half", HALF), reading("principal", NONE))


def weights(
    path: Path,
    *conditions: tuple[str, str],
    interpretations: tuple[Interpretation, ...] = THREE,
    prior: Input | None = None,
) -> Input:
    articles = [
        Article(publisher).condition(f"{publisher} writes of the {words}.", words, words)
        for publisher, words in conditions
    ]
    articles.append(Article("Z").condition("It may decline.", "may decline", "may decline: may decline"))
    with ledger_of(path / "l.db", *articles) as ledger:
        return weighed(gathered(ledger, "JP>US"), interpretations, prior)


def chance(found: Input, name: str) -> float:
    return dict(options(found))[name]


def options(found: Input) -> tuple[tuple[str, float], ...]:
    assert isinstance(found.belief, Categories)
    return found.belief.options


def test_nothing_reported_is_equal_and_says_so(tmp_path: Path) -> None:
    found = weights(tmp_path)
    assert [chance(found, n) for n in ("full", "half", "principal")] == pytest.approx([1 / 3] * 3)
    assert (found.basis, found.figure, found.claims) == (Basis.ASSUMPTION, None, ())
    assert "equal" in found.label


def test_what_is_reported_weighs(tmp_path: Path) -> None:
    found = weights(tmp_path, ("A", WITH_INTEREST), ("B", WITH_INTEREST), ("C", ENDS))
    assert chance(found, "full") == pytest.approx(chance(found, "half")), "nothing tells these two apart"
    assert chance(found, "full") + chance(found, "half") > chance(found, "principal") > 0
    assert found.basis is Basis.REPORTED
    assert found.figure is not None
    assert len(found.claims) == 3


def test_two_topics_multiply(tmp_path: Path) -> None:
    found = weights(tmp_path, ("A", WITH_INTEREST), ("B", ENDS), ("C", ALL), ("D", ONLY_HALF))
    assert chance(found, "principal") == pytest.approx(0.5), "its topic is a draw"
    assert chance(found, "full") == pytest.approx(0.25)
    assert chance(found, "half") == pytest.approx(0.25)
    assert len(found.claims) == 4


def test_readings_that_differ_otherwise_share(tmp_path: Path) -> None:
    both = (*THREE, reading("each", FULL, Recovered.EACH))
    found = weights(tmp_path, ("A", WITH_INTEREST), ("B", ENDS), ("C", ALL), interpretations=both)
    assert chance(found, "each") == pytest.approx(chance(found, "full"))
    assert chance(found, "principal") == pytest.approx(0.5)
    assert sum(p for _, p in options(found)) == pytest.approx(1)


def test_a_reading_that_reports_speak_against_is_not_ruled_out(tmp_path: Path) -> None:
    found = weights(tmp_path, ("A", WITH_INTEREST))
    assert 0 < chance(found, "principal") < 1 / 3, "the doubt of a single source is spread over all"


CITED = Input(
    "terms.interpretation", "as cited", "choice", Basis.REPORTED, Categories((("full", 0.75), ("half", 0.25)))
)


def test_what_the_terms_cite_stands_where_the_ledger_is_silent(tmp_path: Path) -> None:
    assert weights(tmp_path, prior=CITED) is CITED


def test_what_the_terms_cite_splits_what_the_ledger_does_not_tell_apart(tmp_path: Path) -> None:
    prior = replace(CITED, belief=Categories((("full", 0.6), ("half", 0.2), ("principal", 0.2))))
    found = weights(tmp_path, ("A", WITH_INTEREST), ("B", ENDS), prior=prior)
    assert chance(found, "principal") == pytest.approx(0.5)
    assert chance(found, "full") == pytest.approx(3 * chance(found, "half"))


def test_a_reading_that_is_not_drawn_has_no_weight(tmp_path: Path) -> None:
    found = weights(tmp_path, ("A", WITH_INTEREST), ("B", ALL), ("C", ONLY_HALF), prior=CITED)
    assert {name for name, _ in options(found)} == {"full", "half"}
