"""What the ledger says of the five seed articles, held against what a careful reader finds in them."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from pledger.model import ConflictKind, Money
from scoring.gold import load

if TYPE_CHECKING:
    from pledger.ledger import Ledger
    from scoring.reader import Score

OTHERS = 0.9
EXTRA = 2


@pytest.fixture(scope="module")
def score(shared: Path, seeds_ledger: Ledger) -> Score:
    from scoring.reader import score

    return score(load([shared / "gold" / "seeds.yaml"]), seeds_ledger)


def test_every_article_is_read(score: Score) -> None:
    assert score.unread == ()
    assert score["notices"].missed == ()


def test_all_amounts_with_value_unit_and_qualifier_none_invented(score: Score) -> None:
    amounts = score["amount"]
    assert (amounts.missed, amounts.wrong, amounts.invented) == ((), (), ())
    assert score["amount, again"].missed == ()


def test_nine_in_ten_of_the_other_claims(score: Score) -> None:
    assert score.others.gold > 30
    assert score.others.recall >= OTHERS, score.others.missed


def test_nine_in_ten_of_the_sources(score: Score) -> None:
    assert score["attribution"].recall >= OTHERS, score["attribution"].missed


def test_one_programme(score: Score) -> None:
    assert (score["programmes"].missed, score["programmes"].invented) == ((), ())


def test_the_four_projects_once_each(score: Score) -> None:
    assert score["projects"].gold == 4
    assert score["projects"].missed == ()


def test_the_eight_organisations(score: Score) -> None:
    assert score["organisations"].gold == 8
    assert score["organisations"].missed == ()


def test_one_person_or_company_in_two_scripts(score: Score) -> None:
    assert score["names in two scripts"].missed == ()


def test_all_five_conflicts_and_at_most_two_others(score: Score) -> None:
    assert score["conflicts"].gold == 5
    assert score["conflicts"].missed == ()
    assert len(score["conflicts"].invented) <= EXTRA, score["conflicts"].invented


def test_none_of_the_three_agreements_is_reported(score: Score) -> None:
    assert score["agreements"].gold == 3
    assert score["agreements"].missed == ()


def test_the_slip_is_explained_by_the_origin_that_is_quoted_for_both(seeds_ledger: Ledger) -> None:
    (slip,) = [c for c in seeds_ledger.conflicts() if c.kind == ConflictKind.SLIP]
    lows = {side.value.low for side in slip.sides if isinstance(side.value, Money)}
    assert lows == {5.5e11, 5.5e10}
    for told in ("Bloomberg", "550", "55"):
        assert re.search(rf"(?<!\d){told}(?!\d)", slip.explanation), slip.explanation


def test_every_explanation_is_one_sentence_for_a_stranger(seeds_ledger: Ledger) -> None:
    for conflict in seeds_ledger.conflicts():
        told = conflict.explanation
        assert not told[0].islower(), told
        assert told.endswith("."), told
        assert len(told) < 400, told
        assert "_" not in told, "a key of ours, not a word"
        assert not re.search(r"\d[eE]\+?\d|\d{7}", told), "a number as no person writes it"


def test_the_audit_passes(seeds_ledger: Ledger) -> None:
    assert seeds_ledger.audit() == []


def test_reading_again_changes_nothing(shared: Path, tmp_path: Path) -> None:
    from scoring.reader import read_folder

    ledger = read_folder(shared / "seeds", str(tmp_path / "ledger.db"))
    before = ledger.figures(), ledger.conflicts(), ledger.claims()
    again = ledger.read([str(shared / "seeds")])
    assert (again.documents, again.known) in {(0, 5), (5, 5)}
    assert (ledger.figures(), ledger.conflicts(), ledger.claims()) == before
