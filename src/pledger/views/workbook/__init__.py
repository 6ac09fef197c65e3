"""A workbook whose formulas recompute a case, so that an analyst can check it by hand and change it.

Sheets: `Read me`, `Results`, `Check`, `Inputs`, `Programme`, `Calls`, one for each project, the pool where there is
one, and Pledger's own figures. Formulas use only what every spreadsheet has: MIN, MAX, IF, IFERROR, SUM, SUMPRODUCT,
NPV, IRR. Each is written with the value it comes to (`cells`), so that viewers that do not compute show numbers.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from pledger.vehicle.finance.flows import POOL, units
from pledger.vehicle.finance.returns import returns
from pledger.vehicle.words import Case, Flows, Input, Pool
from pledger.views.workbook.behind import share_out
from pledger.views.workbook.book import Book
from pledger.views.workbook.building import calls, operate, plan
from pledger.views.workbook.checking import check, given
from pledger.views.workbook.inputs import Inputs, grounds, largest
from pledger.views.workbook.manual import manual
from pledger.views.workbook.results import programme, results

__all__ = ["MOST_PROJECTS", "grounds", "write"]

MOST_PROJECTS = 200
"""More would make sums over all projects longer than a formula may be."""


def write(
    path: Path | str,
    case: Case,
    flows: Flows,
    *,
    title: str,
    sources: Iterable[Input] = (),
    discount: tuple[float, float, float, float] = (0.0, 0.0, 0.0, 0.0),
    side: float = 0.0,
    first_year: int | None = None,
) -> None:
    """Write the workbook of a case and of the flows that `cash.run` made of it.

    `sources`: what parameters rest on. An input is found by its name: `PROJECT.cost` (and the other fields of
    `Project`), `terms.before` (and the other fields of `Rules` and `Funding`), `discount.PARTY`. `grounds` has those
    of a plan.
    `discount`: the rate per year of each of `PARTIES`; `side`: that of the pledging side together.
    `first_year`: calendar year of q = 0, for the quarters' names. Raises ValueError for more than `MOST_PROJECTS`.
    """
    if len(case.projects) > MOST_PROJECTS:
        raise ValueError(
            f"{len(case.projects)} projects are too many for a workbook; choose {MOST_PROJECTS} or fewer with --project"
        )
    book = Book(Path(path), case, largest(case), first_year)
    opening, shown, checked, entered, whole, called = (
        book.sheet(name) for name in ("Read me", "Results", "Check", "Inputs", "Programme", "Calls")
    )
    inputs = Inputs(entered, case, (*discount, side), sources)
    begun = [plan(book, inputs, case, number) for number in range(1, len(case.projects) + 1)]
    paid = calls(called, inputs, case, [begin.wanted for begin in begun])
    sites = [operate(inputs, case, begin, its) for begin, its in zip(begun, paid, strict=True)]
    if case.rules.pool is Pool.PROGRAMME:
        pool = book.sheet("Pool")
        pool.title("Pool", f"One account for {POOL}: their cash and calls together, the split, and what is behind it.")
        pool.timeline()
        accounts = [share_out(inputs, case, pool, sites, units(flows)[0])]
    else:
        accounts = [share_out(inputs, case, site.sheet, [site], f"P{site.number:02d}") for site in sites]
    together = programme(inputs, whole, sites, accounts)
    ours = returns(flows, discount, side)
    measures = results(inputs, shown, together, ours)
    pairs = given(book.sheet("Pledger"), flows, sites, accounts, together)
    conserved, agreed = check(checked, flows, sites, pairs, together, measures, ours)
    manual(opening, title, case, sites, conserved, agreed)
    book.made.close()
