"""All projects together by party, and what each party's flows are worth."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from pledger.vehicle.finance.returns import Returns
from pledger.vehicle.words import PARTIES, Party
from pledger.views.workbook.behind import Unit
from pledger.views.workbook.book import NEVER, Line, Sheet
from pledger.views.workbook.building import Site
from pledger.views.workbook.cells import (
    Formula,
    either,
    if_found,
    internal_rate,
    least,
    or_words,
    present_value,
    total,
)
from pledger.views.workbook.inputs import Inputs

__all__ = ["NAMES", "SIDES", "Measures", "Together", "programme", "results"]

SIDES: tuple[Party | None, ...] = (*PARTIES, None)
"""The parties, and None for the pledging side together."""
NAMES = {
    Party.PUBLIC_LENDER: "Public lender (public loans and equity)",
    Party.GUARANTOR: "Guarantor",
    Party.BANKS: "Private banks",
    Party.HOST: "Host",
    None: "Pledging side together",
}
_NOTES = """\
NPV: flows at quarters' ends, the first not discounted; a rate per year r is (1+r)^(1/4)-1 a quarter.
IRR: of the net flow by quarter, made a rate per year.
Payback: the first quarter in which the cumulative net flow, having been negative, is not negative any more.
The multiple and the payback are not discounted.
"""
_GUESS = 0.02
"""A quarter's rate from which a spreadsheet looks for an IRR where Pledger found none."""
_SLACK = 1e-9
"""A hole that is filled to this share of its depth counts as filled: rounding."""


@dataclass(slots=True)
class Account:
    """What one party receives and pays, by quarter, and when it has its money back."""

    received: Line
    paid: Line
    net: Line
    payback: Formula


@dataclass(slots=True)
class Together:
    """The programme's sheet."""

    accounts: dict[Party | None, Account]
    """By `SIDES`."""
    checks: list[tuple[str, Line]]
    """Lines that are zero in every quarter, whatever the inputs, with what they say."""
    draws: Line
    cash: Line


@dataclass(slots=True)
class Measures:
    """References to the results of one party."""

    paid: Formula
    received: Formula
    npv: Formula
    irr: Formula
    multiple: Formula
    payback: Formula


def programme(inputs: Inputs, sheet: Sheet, sites: Sequence[Site], units: Sequence[Unit]) -> Together:
    """Write the sheet of all projects together."""
    sheet.title("Programme", "All projects together: what each party pays and receives, quarter by quarter.")
    quarter = sheet.timeline()
    sheet.heading("Calls and cash")
    draws = _summed(sheet, "Calls, all instruments", [site.draws for site in sites])
    equity, public, guaranteed = (
        _share(sheet, label, inputs[name], draws)
        for name, label in (
            ("equity", "  as equity"),
            ("public_loan", "  as public loans"),
            ("guaranteed_loan", "  as guaranteed bank loans"),
        )
    )
    cash = _summed(sheet, "Cash available", [site.cash for site in sites])
    sheet.heading("What becomes of the cash")
    receipts = _summed(sheet, "To the pledging side", [unit.receipts for unit in units])
    host = _summed(sheet, "To the host", [unit.host for unit in units])
    premium = _summed(sheet, "Premium to the guarantor", [unit.premium for unit in units])
    service = _summed(sheet, "Interest and principal to the banks", [unit.service for unit in units])
    claims = _summed(sheet, "  of which the guarantor pays (claims)", [unit.claims for unit in units])
    recoveries = _summed(sheet, "Earlier claims paid back to the guarantor", [unit.recoveries for unit in units])
    public_service = _summed(sheet, "Interest and principal on public loans", [unit.public_service for unit in units])
    residual = _summed(sheet, "Left for equity", [unit.residual for unit in units])
    gross = {
        Party.PUBLIC_LENDER: ([public_service, residual], [equity, public]),
        Party.GUARANTOR: ([premium, recoveries], [claims]),
        Party.BANKS: ([service], [guaranteed]),
        Party.HOST: ([host], []),
        None: ([receipts], [draws]),
    }
    accounts = {}
    for party in SIDES:
        sheet.heading(NAMES[party])
        gets, pays = gross[party]
        received, paid = _combined(sheet, "Received", gets), _combined(sheet, "Paid", pays)
        net = _combined(sheet, "Net", [received], [paid])
        accounts[party] = Account(received, paid, net, _payback(sheet, quarter, net))

    sheet.heading("Conservation: zero in every quarter, whatever the inputs")
    nets = [accounts[party].net for party in PARTIES]
    used = [premium, service, recoveries, public_service, residual]
    checks = [
        ("The instruments sum to the calls", [draws], [equity, public, guaranteed]),
        ("Cash goes to the pledging side or to the host", [cash], [receipts, host]),
        ("Receipts are used up, step by step", [receipts, claims], used),
        ("Parties' net flows sum to cash less calls", [cash], [draws, *nets]),
    ]
    lines = [(label, _combined(sheet, label, plus, minus)) for label, plus, minus in checks]
    return Together(accounts, lines, draws, cash)


def results(inputs: Inputs, sheet: Sheet, together: Together, ours: Sequence[Returns]) -> dict[Party | None, Measures]:
    """Write the sheet of results. `ours`: what Pledger computed, which only tells where to look for an IRR."""
    sheet.title("Results", "What each party's flows are worth; every number is a formula over the sheet Programme.")
    head = {"bold": True, "bottom": 1, "bg_color": "#F2F2F2", "text_wrap": True, "valign": "top"}
    names = (
        "Party",
        f"Paid, {sheet.book.money}",
        f"Received, {sheet.book.money}",
        "Discount rate per year",
        f"NPV, {sheet.book.money}",
        "IRR per year",
        "Multiple: received over paid",
        "Payback, quarter",
        "Remarks",
    )
    for column, words in enumerate(names):
        sheet.write(
            sheet.row,
            column,
            words,
            **head,
            **({"align": "right"} if 0 < column < len(names) - 1 else {"indent": int(column > 0)}),
        )
    sheet.made.set_row(sheet.row, 42)
    sheet.row += 1
    sheet.made.freeze_panes(sheet.row, 1)
    for column, width in enumerate((42, 18, 18, 12, 18, 12, 14, 12, 80)):
        sheet.made.set_column(column, column, width)
    found = {}
    for party, told in zip(SIDES, ours, strict=True):
        row, account = sheet.row, together.accounts[party]
        sheet.write(row, 0, NAMES[party], bold=party is None)
        paid = sheet.put(row, 1, account.paid.total, "money")
        received = sheet.put(row, 2, account.received.total, "money")
        discount = sheet.put(row, 3, inputs[f"discount_{party or 'side'}"], "rate")
        quarterly = (1 + discount) ** 0.25 - 1
        npv = sheet.put(row, 4, present_value(quarterly, account.net[0], account.net.span(1)), "money")
        irr, remark = _irr(account.net, told)
        rate = sheet.put(row, 5, irr, "rate", words="none")
        multiple = sheet.put(row, 6, or_words(paid > 0, received / paid, "none"), "multiple", words="none")
        payback = sheet.put(row, 7, account.payback, "quarter")
        sheet.write(row, 8, remark, indent=1)
        found[party] = Measures(paid, received, npv, rate, multiple, payback)
        sheet.row += 1
    sheet.row += 1
    side = found[None]
    sheet.write(sheet.row, 0, "The pledging side's principal comes back within the grid", bold=True)
    sheet.put(sheet.row, 1, either(side.received >= side.paid * (1 - _SLACK), 1, 0), "truth", align="right")
    sheet.row += 2
    for words in _NOTES.splitlines():
        sheet.write(sheet.row, 0, words, font_color="#595959")
        sheet.row += 1
    sheet.made.set_landscape()
    sheet.made.fit_to_pages(1, 0)
    return found


def _irr(net: Line, told: Returns) -> tuple[Formula, str]:
    """The formula of the IRR, and what must be said of it."""
    flows = net.span()
    rates = told.irr.rates
    guess = math.expm1(math.log1p(rates[0]) / 4) if rates else _GUESS
    rate = internal_rate(flows, Formula(repr(round(guess, 6)).upper(), guess), guess if rates else math.nan)
    yearly = (1 + rate) ** 4 - 1
    both = Formula(f"(MIN({flows.text})<0)*(MAX({flows.text})>0)", float(min(flows.values) < 0 < max(flows.values)))
    remark = ""
    if told.irr.several:
        remark = f"several rates answer: {told.irr}. None of them says what the flows earn; the first is shown"
    elif not rates:
        remark = "no rate answers"
    return or_words(both > 0, if_found(yearly, "none"), "none"), remark


def _payback(sheet: Sheet, quarter: Line, net: Line) -> Formula:
    cumulative = sheet.line("Cumulative", opening=0.0)
    for q in range(len(net.values)):
        cumulative[q] = cumulative[q - 1] + net[q]
    hole = least(0, least(cumulative.span())) * _SLACK
    slack = sheet.single("A hole filled to this counts as filled", "money").set(hole)
    below = sheet.line("Has been negative", "count", opening=0.0)
    back = sheet.line("Quarter, where it is not negative any more", "quarter")
    for q in range(len(net.values)):
        below[q] = either(cumulative[q] < slack, 1, below[q - 1])
        back[q] = either(below[q] * either(cumulative[q] >= slack, 1, 0) > 0, quarter[q], NEVER)
    return sheet.single("Payback in quarter", "quarter").set(least(back.span()))


def _summed(sheet: Sheet, label: str, lines: Sequence[Line]) -> Line:
    made = sheet.line(label)
    for q in range(sheet.book.quarters):
        made[q] = total(*(line[q] for line in lines))
    sheet.totals([made])
    return made


def _share(sheet: Sheet, label: str, share: Formula, of: Line) -> Line:
    made = sheet.line(label)
    for q in range(sheet.book.quarters):
        made[q] = share * of[q]
    sheet.totals([made])
    return made


def _combined(sheet: Sheet, label: str, plus: Sequence[Line], minus: Sequence[Line] = ()) -> Line:
    made = sheet.line(label)
    for q in range(sheet.book.quarters):
        value = total(*(line[q] for line in plus)) if plus else Formula("0", 0.0)
        made[q] = value - total(*(line[q] for line in minus)) if minus else value
    sheet.totals([made])
    return made
