"""The split with the host and the order behind the pledging side: once for each project, or once for the pool."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pledger.vehicle.words import Case
from pledger.views.workbook.book import UNBOUNDED, Line, Sheet
from pledger.views.workbook.building import Site
from pledger.views.workbook.cells import Formula, either, least, most, total
from pledger.views.workbook.inputs import Inputs

__all__ = ["Unit", "share_out"]


@dataclass(slots=True)
class Unit:
    """What one allocation account, or the pool, comes to."""

    name: str
    draws: Line
    cash: Line
    host: Line
    account: Line
    receipts: Line
    premium: Line
    forgone: Line
    service: Line
    claims: Line
    recoveries: Line
    public_service: Line
    residual: Line
    guaranteed_balance: Line
    public_balance: Line

    def line(self, item: str) -> Line:
        """One of `OF_UNITS`."""
        found = getattr(self, item)
        if not isinstance(found, Line):
            raise KeyError(item)
        return found


def share_out(inputs: Inputs, case: Case, sheet: Sheet, sites: Sequence[Site], name: str) -> Unit:
    """Write the lines from cash to equity for the sites that share an account."""
    sheet.heading("Cash and calls that share this account")
    draws, cash = sheet.line("Draws"), sheet.line("Cash")
    for q in range(case.quarters):
        draws[q] = total(*(site.draws[q] for site in sites))
        cash[q] = total(*(site.cash[q] for site in sites))

    sheet.heading("Split between the pledging side and the host")
    accrual = inputs["interest_part"] * ((1 + inputs["deemed_rate"]) ** 0.25 - 1)
    before, after, each = inputs["before"], inputs["after"], inputs["each_side"]
    opened = sheet.line("Account: opening, interest and draws")
    account = sheet.line("Account, closing", opening=0.0)
    host_opened = sheet.line("The host's like account: opening, interest and draws")
    host_account = sheet.line("The host's like account, closing", opening=0.0)
    clears = sheet.line("Cash that clears what must be recovered")
    early = sheet.line("Cash split by the first share")
    receipts = sheet.line("To the pledging side")
    host = sheet.line("To the host")
    for q in range(case.quarters):
        opened[q] = account[q - 1] * (1 + accrual) + draws[q]
        host_opened[q] = host_account[q - 1] * (1 + accrual) + draws[q]
        mine, theirs = _clears(opened[q], before), _clears(host_opened[q], 1 - before)
        clears[q] = most(mine, each * theirs)
        early[q] = least(cash[q], clears[q])
        account[q] = either(cash[q] >= clears[q], 0, most(0, opened[q] - before * early[q]))
        host_account[q] = either(cash[q] >= clears[q], 0, most(0, host_opened[q] - (1 - before) * early[q]))
        receipts[q] = before * early[q] + after * (cash[q] - early[q])
        host[q] = cash[q] - receipts[q]

    sheet.heading("Behind the pledging side, in this order")
    serving = sheet.line("Guaranteed balance that has fallen due, opening")
    premium_due = sheet.line("Premium due")
    premium = sheet.line("1 Premium paid to the guarantor")
    forgone = sheet.line("  Premium forgone")
    service = sheet.line("2 Interest and principal to the banks")
    claims = sheet.line("  of which the guarantor pays (claims)")
    left = sheet.line("  Left after 1 and 2")
    recoveries = sheet.line("3 Earlier claims paid back to the guarantor")
    outstanding = sheet.line("  Claims not yet paid back", opening=0.0)
    owed = sheet.line("  Public loans: due now, with arrears and interest on them")
    public_service = sheet.line("4 Interest and principal on the public loans")
    arrears = sheet.line("  Arrears", opening=0.0)
    residual = sheet.line("5 Left for equity")
    quarterly, public = (1 + inputs["premium"]) ** 0.25 - 1, (1 + inputs["public_rate"]) ** 0.25 - 1
    for q in range(case.quarters):
        serving[q] = total(*(site.guaranteed.serving[q] for site in sites))
        premium_due[q] = serving[q] * quarterly
        premium[q] = least(receipts[q], premium_due[q])
        forgone[q] = premium_due[q] - premium[q]
        service[q] = total(*(site.guaranteed.due[q] for site in sites))
        claims[q] = service[q] - least(receipts[q] - premium[q], service[q])
        left[q] = receipts[q] - premium[q] - (service[q] - claims[q])
        recoveries[q] = least(left[q], outstanding[q - 1])
        outstanding[q] = outstanding[q - 1] - recoveries[q] + claims[q]
        owed[q] = total(*(site.public.due[q] for site in sites)) + arrears[q - 1] * (1 + public)
        public_service[q] = least(left[q] - recoveries[q], owed[q])
        arrears[q] = owed[q] - public_service[q]
        residual[q] = left[q] - recoveries[q] - public_service[q]

    sheet.heading("Balances at the end of the quarter")
    guaranteed_balance = sheet.line("Guaranteed bank loans")
    public_balance = sheet.line("Public loans, with arrears")
    for q in range(case.quarters):
        guaranteed_balance[q] = total(*(site.guaranteed.closing[q] for site in sites))
        public_balance[q] = total(*(site.public.closing[q] for site in sites)) + arrears[q]

    sheet.totals([draws, cash, receipts, host, premium, forgone, service, claims, recoveries, public_service, residual])
    return Unit(
        name, draws, cash, host, account, receipts, premium, forgone, service, claims, recoveries, public_service,
        residual, guaranteed_balance, public_balance,
    )  # fmt: skip


def _clears(owed: Formula, share: Formula) -> Formula:
    return either(owed > 0, either(share > 0, owed / share, UNBOUNDED), 0)
