"""A case of a user's own: what a file says is what is run, and what is wrong in it is said with its line."""

from __future__ import annotations

import math
from pathlib import Path

import pytest

from pledger.vehicle.finance.cases import OwnError, own_case
from pledger.vehicle.finance.cash import run
from pledger.vehicle.words import Account, Case, Funding, Party, Pool, Project, Recovered, Rules

CASE = """name: two plants
valuation: 2026-02-15
quarters: 120
rules: {deemed_rate: 5 %, account: principal, recovered: each side}
funding: {equity: 0.25, public_loan: 1/4, guaranteed_loan: 50 %, premium: 1 %, bank_rate: 0.055, public_rate: 0.045,
          tenor: 60, ceiling: 40e9, window_end: 2029-01-19}
discount: {host: 6 %}
projects:
  - {name: terminal, cost: 2.1e9, selected: 2026-07-01, start: 6, build: 8, life: 80, cash_yield: 11 %, overrun: 1.3}
  - {name: plant, cost: 33_000_000_000, selected: 2026-01-01, start: 2026-10-15, build: 12, life: 80, cash_yield: 11 %}
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "case.yaml"
    path.write_text(CASE, encoding="utf-8")
    return path


def test_a_file_is_the_case_that_it_says(file: Path) -> None:
    own = own_case(file)
    assert own.name == "two plants"
    assert (own.grid.first_year, own.grid.first_quarter) == (2026, 0)
    assert own.case == Case(
        projects=(  # in the order of selection
            Project("plant", 33e9, 1.0, 0, 3, 12, 80, 0.11),
            Project("terminal", 2.1e9, 1.3, 2, 6, 8, 80, 0.11),
        ),
        rules=Rules(0.05, Account.PRINCIPAL, 0.5, 0.1, Pool.PROJECT, Recovered.EACH),
        funding=Funding(0.25, 0.25, 0.5, 0.01, 0.055, 0.045, 60, 40e9, math.inf, 12),
        quarters=120,
        first_quarter=0,
    )
    assert dict(zip(Party, own.discount, strict=True)) == {
        Party.PUBLIC_LENDER: 0.045, Party.GUARANTOR: 0.045, Party.BANKS: 0.055, Party.HOST: 0.06
    }  # fmt: skip
    assert run(own.case).draws.sum() == pytest.approx(33e9 + 1.3 * 2.1e9)


def test_what_is_left_out_stands_as_the_words_say(tmp_path: Path) -> None:
    path = tmp_path / "short.yaml"
    path.write_text(
        "valuation: 2026-01-01\nrules: {deemed_rate: 0}\n"
        "funding: {equity: 1, public_loan: 0, guaranteed_loan: 0, premium: 0, bank_rate: 0, public_rate: 0, tenor: 1}\n"
        "projects: [{name: a, cost: 1000, selected: 3, build: 4, life: 40, cash_yield: 0.12}]\n",
        encoding="utf-8",
    )
    own = own_case(path)
    assert own.name == "short"
    assert own.case.projects[0].start == 3, "building starts when it is selected"
    assert own.case.funding.ceiling == math.inf
    assert own.case.rules.account is Account.INTEREST


@pytest.mark.parametrize(
    ("right", "wrong", "says"),
    [
        ("cost: 2.1e9", "cost: -1", "cost is -1; give dollars of 0 or more"),
        ("public_loan: 1/4", "public_loan: 1/2", "sum to 1.25"),
        ("account: principal", "account: principl", "case.yaml:4: rules.account: 'principl' is not known"),
        ("build: 8", "build: soon", "case.yaml:9: projects.0.build"),
        ("start: 6", "start: later", "'later' is neither a day nor a quarter"),
        ("start: 6", "start: 99999999999", "neither a day nor a quarter"),
        ("2026-07-01", "2026-02-31", "case.yaml:9: projects.0.selected"),
        ("window_end: 2029-01-19", "window_end: 2020-01-19", "before the first project"),
        ("name: terminal", "name: plant", "same name"),
        ("tenor: 60", "tenor: 0", "tenor is 0"),
        ("cash_yield: 11 %, overrun", "cash_yield: 1e300, overrun", "case.yaml:9: projects.0.cash_yield"),
        ("overrun: 1.3", "overruns: 1.3", "is no field that is known"),
        ("quarters: 120", "quarters: 100000", "case.yaml:3: quarters"),
        ("valuation: 2026-02-15", "value: 2026-02-15", "case.yaml"),
        ("projects:", "projects: []\nothers:", "case.yaml"),
        ("rules: {", "rules: [", "case.yaml"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(file: Path, right: str, wrong: str, says: str) -> None:
    assert right in CASE
    file.write_text(CASE.replace(right, wrong, 1), encoding="utf-8")
    with pytest.raises(OwnError) as error:
        own_case(file)
    assert says in str(error.value)
    assert "\n" not in str(error.value)
    assert ";" in str(error.value), "and the mend"


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OwnError, match="cannot be read"):
        own_case(tmp_path / "none.yaml")
