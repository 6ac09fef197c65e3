"""A case that cannot be run: each fault with where it is and how to mend it, on one line."""

from __future__ import annotations

import math
from dataclasses import replace

import pytest

from pledger.vehicle.finance.cash import run
from pledger.vehicle.finance.checks import CaseError, check
from pledger.vehicle.words import Case, Funding, Project, Rules

PLANT = Project("plant", 1000.0)
FUNDING = Funding(0.1, 0.4, 0.5, 0.01, 0.06, 0.04, tenor=20)
CASE = Case((PLANT,), Rules(0.05), FUNDING)


def funded(**changes: float) -> Case:
    return replace(CASE, funding=replace(FUNDING, **changes))  # type: ignore[arg-type]  # wrong on purpose, some of them


def built(**changes: float) -> Case:
    return replace(CASE, projects=(replace(PLANT, **changes),))  # type: ignore[arg-type]


def split(**changes: float) -> Case:
    return replace(CASE, rules=replace(CASE.rules, **changes))  # type: ignore[arg-type]


FAULTS = [
    (
        funded(equity=0.2),
        "funding: equity 0.2, public_loan 0.4 and guaranteed_loan 0.5 sum to 1.1; give shares of each",
    ),
    (funded(equity=-0.1, public_loan=0.6), "funding: equity is -0.1; give a share from 0 to 1"),
    (funded(public_loan=math.nan), "funding: public_loan is nan; give a share from 0 to 1"),
    (funded(tenor=0), "funding: tenor is 0; give a whole number of quarters, 1 or more"),
    (funded(premium=-0.01), "funding: premium is -0.01; give a rate per year of 0 or more"),
    (funded(bank_rate=-1), "funding: bank_rate is -1; give a rate per year above -1; 0.05 is 5 %"),
    (funded(public_rate=math.inf), "funding: public_rate is inf; give a rate per year above -1; 0.05 is 5 %"),
    (funded(ceiling=0), "funding: ceiling is 0; give dollars above 0, or leave it out where there is none"),
    (funded(cap_per_year=-5), "funding: cap_per_year is -5; give dollars above 0, or leave it out where there is none"),
    (
        funded(window_end=-1),
        "funding: window_end is -1, before the first project is selected in quarter 0; give a window",
    ),
    (split(before=1.2), "rules: before is 1.2; give a share from 0 to 1"),
    (split(after=-0.1), "rules: after is -0.1; give a share from 0 to 1"),
    (split(deemed_rate=-0.02), "rules: deemed_rate is -0.02; give a rate per year of 0 or more"),
    (built(cost=-1), "project 1 (plant): cost is -1; give dollars of 0 or more"),
    (built(cost=math.nan), "project 1 (plant): cost is nan; give dollars of 0 or more"),
    (built(overrun=0), "project 1 (plant): overrun is 0; give a factor above 0; 1 is no overrun"),
    (built(build=0), "project 1 (plant): build is 0; give a whole number of quarters, 1 or more"),
    (built(build=2.5), "project 1 (plant): build is 2.5; give a whole number of quarters, 1 or more"),
    (built(life=-4), "project 1 (plant): life is -4; give a whole number of quarters, 0 or more"),
    (built(ramp_quarters=0), "project 1 (plant): ramp_quarters is 0; give a whole number of quarters, 1 or more"),
    (built(cash_yield=-0.1), "project 1 (plant): cash_yield is -0.1; give a share of cost per year of 0 or more"),
    (built(growth=-1), "project 1 (plant): growth is -1; give a rate per year above -1; 0.05 is 5 %"),
    (built(start=math.nan), "project 1 (plant): start is nan; give the number of a quarter on the grid"),
    (built(cancelled=1.5), "project 1 (plant): cancelled is 1.5; give the number of a quarter on the grid"),
    (replace(CASE, projects=()), "the case: there is no project; give at least one"),
    (replace(CASE, projects=(PLANT, PLANT)), "project 2 (plant): another project has the same name; give each a name"),
    (replace(CASE, quarters=0), "the grid: quarters is 0; give a whole number of quarters, 1 or more"),
    (
        replace(CASE, first_quarter=4),
        "the grid: first_quarter is 4; give 0 for January to March, up to 3 for October on",
    ),
]


@pytest.mark.parametrize(("case", "message"), FAULTS, ids=[message.split(";")[0] for _, message in FAULTS])
def test_a_fault_is_named_with_its_place_and_its_mend(case: Case, message: str) -> None:
    with pytest.raises(CaseError) as caught:
        run(case)
    assert str(caught.value).startswith(message)
    assert "\n" not in str(caught.value)
    assert str(caught.value) == f"{caught.value.where}: {caught.value.what}; {caught.value.mend}"


def test_a_sound_case_passes() -> None:
    check(CASE)
    check(funded(equity=0.1, public_loan=0.2, guaranteed_loan=0.7))  # 0.1 + 0.2 + 0.7 is not 1 in floats
    check(built(cost=0, cash_yield=0, life=0, start=-8, selected=-10))
