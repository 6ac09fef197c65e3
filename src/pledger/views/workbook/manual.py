"""The first sheet: what the workbook is, how to read it, whether it holds, and where everything stands."""

from __future__ import annotations

from collections.abc import Sequence

from pledger.vehicle.words import Case, Pool
from pledger.views.workbook.book import Sheet
from pledger.views.workbook.building import Site
from pledger.views.workbook.cells import Formula

__all__ = ["manual"]

_READ = """\
Change any blue number on the sheet Inputs; every other number is a formula and follows.
Columns are quarters, rows are items. Column C has totals of flows, column D what stands before the first quarter.
One formula serves a whole row: read it once, in any quarter.
Flows are dollars of the quarter, at its end. A rate r per year is (1+r)^(1/4)-1 a quarter.
Order of a quarter: opening balances, interest on them, the quarter's draw, then the quarter's cash.
A project's cost is drawn along 3x^2-2x^3 of its building time.
Calls are held to the cap of the calendar year and to the ceiling, in the order of the projects (sheet Calls).
Cash is split by the first share until the account is cleared, in that quarter exactly at the point where it is.
After that it is split by the second share.
What the pledging side receives pays the guarantee premium, the banks, earlier claims, the public loans, then equity.
What lacks for the banks the guarantor pays: a claim.
The sheet Pledger holds Pledger's own figures as plain numbers; the sheet Check holds them against the formulas.
"""


def manual(sheet: Sheet, title: str, case: Case, sites: Sequence[Site], conserved: Formula, agreed: Formula) -> None:
    """Write the first sheet."""
    sheet.write(0, 0, title, bold=True, font_size=16)
    sheet.write(1, 0, "A workbook that recomputes what Pledger computed, formula by formula.", italic=True)
    sheet.made.set_column(0, 0, 40)
    sheet.made.set_column(1, 1, 112)
    row = 3
    for label, formula in (
        ("Money is conserved in every quarter", conserved),
        ("Formulas agree with Pledger's figures", agreed),
    ):
        sheet.write(row, 0, label, bold=True)
        sheet.put(row, 1, formula, "status", align="left", bold=True)
        row += 1
    sheet.write(row, 1, "The second differs as soon as an input is changed, as it must.", font_color="#595959")
    row += 2
    sheet.write(row, 0, "How to read it", bold=True, font_color="#1F3864")
    for words in _READ.splitlines():
        sheet.write(row, 1, words)
        row += 1
    shown = "millions of US dollars; the cells hold whole dollars" if sheet.book.money == "USD m" else "US dollars"
    sheet.write(row, 1, f"Money is shown in {shown}.")
    row += 2
    sheet.write(row, 0, "Sheets", bold=True, font_color="#1F3864")
    rows = [
        ("Results", "NPV, IRR, multiple and payback of each party"),
        ("Check", "conservation, and Pledger's figures beside the formulas' with the difference"),
        ("Inputs", "every parameter, with its unit, basis and source"),
        ("Programme", "all projects together, by party and quarter"),
        ("Calls", "who is called when, under the cap and the ceiling"),
        *((site.sheet.name, case.projects[site.number - 1].name) for site in sites),
        *(
            [("Pool", "the one account of all projects, and what is behind it")]
            if case.rules.pool is Pool.PROGRAMME
            else []
        ),
        ("Pledger", "Pledger's own figures, as numbers"),
    ]
    for name, words in rows:
        row += 1
        link = sheet.book.style(font_color="#0563C1", underline=1)
        sheet.made.write_url(row, 0, f"internal:'{name}'!A1", link, name)
        sheet.write(row, 1, words)
    sheet.made.activate()
    sheet.made.fit_to_pages(1, 0)
