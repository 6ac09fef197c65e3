"""The vehicle once more, as an analyst would set it up in a spreadsheet: a second opinion on `finance.cash`.

Every method is a cell: it says its value for a quarter from other cells, mostly those of the quarter before, and is
computed once. Calls are exact fractions of the decimals that a user types (0.1 is a tenth), what grows at a rate has 50
decimal digits. Nothing but the words of a case comes from Pledger; not even the rate of a quarter or a final cost.
"""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal, localcontext
from fractions import Fraction
from typing import Concatenate, ParamSpec, TypeVar

from pledger.vehicle.words import Account, Case, Pool, Recovered

DIGITS = 50
Arguments = ParamSpec("Arguments")
Value = TypeVar("Value")


def cell(
    formula: Callable[Concatenate[Sheet, Arguments], Value],
) -> Callable[Concatenate[Sheet, Arguments], Value]:
    """A formula whose value is kept once it is computed."""

    def look(self: Sheet, /, *args: Arguments.args, **kwargs: Arguments.kwargs) -> Value:
        key = (formula.__name__, *args)
        if key not in self.kept:
            with localcontext() as context:
                context.prec = DIGITS
                self.kept[key] = formula(self, *args, **kwargs)
        value: Value = self.kept[key]  # type: ignore[assignment]  # kept under the formula's own name
        return value

    return look


def typed(number: float) -> Fraction:
    """The number as it was typed."""
    return Fraction(repr(float(number)))


def decimal(number: Fraction) -> Decimal:
    return Decimal(number.numerator) / Decimal(number.denominator)


def rate_of_a_quarter(per_year: float) -> Decimal:
    with localcontext() as context:
        context.prec = DIGITS
        return (1 + decimal(typed(per_year))) ** (Decimal(1) / 4) - 1


ZERO = Decimal(0)


class Sheet:
    """The cells of one case. Units are numbered like projects; a pool is unit 0."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.kept: dict[tuple[object, ...], object] = {}
        everyone = list(range(len(case.projects)))
        self.members = [everyone] if case.rules.pool is Pool.PROGRAMME else [[p] for p in everyone]
        # From left to right, so that no cell asks for another a hundred columns back at once.
        for q in range(case.quarters):
            for p in everyone:
                self.paid(p, q)
        for q in range(case.quarters):
            for u in range(len(self.members)):
                self.account(u, q)
                self.claims_open(u, q)
                self.arrears(u, q)
                self.public_balance(u, q)
                self.guaranteed_balance(u, q)

    # Calls.

    @cell
    def final(self, p: int) -> Fraction:
        return typed(self.case.projects[p].cost) * typed(self.case.projects[p].overrun)

    @cell
    def share_drawn(self, p: int, q: int) -> Fraction:
        """F(x) at the end of quarter q."""
        project = self.case.projects[p]
        x = Fraction(q - project.start + 1, project.build)
        if x <= 0:
            return Fraction(0)
        return Fraction(1) if x >= 1 else 3 * x**2 - 2 * x**3

    @cell
    def wanted(self, p: int, q: int) -> Fraction:
        project = self.case.projects[p]
        if project.selected > self.case.funding.window_end:
            return Fraction(0)
        if q == 0:  # with all that was drawn before
            seen = 0 if project.cancelled is None or project.cancelled > 0 else project.cancelled - 1
            return self.final(p) * self.share_drawn(p, seen)
        if project.cancelled is not None and q >= project.cancelled:
            return Fraction(0)
        return self.final(p) * (self.share_drawn(p, q) - self.share_drawn(p, q - 1))

    @cell
    def asked(self, p: int, q: int) -> Fraction:
        project = self.case.projects[p]
        if q > 0 and (self.is_cut(p, q - 1) or (project.cancelled is not None and q >= project.cancelled)):
            return Fraction(0)
        return self.wanted(p, q) + (self.carried(p, q - 1) if q > 0 else 0)

    def before_it(self, p: int, q: int) -> list[tuple[int, int]]:
        """The calls decided before this one: all of earlier quarters, and of this one those selected earlier."""
        count = len(self.case.projects)
        return [(other, quarter) for quarter in range(q) for other in range(count)] + [(other, q) for other in range(p)]

    @cell
    def within_cap(self, p: int, q: int) -> Fraction:
        cap = self.case.funding.cap_per_year
        if cap == float("inf"):
            return self.asked(p, q)
        year = (self.case.first_quarter + q) // 4
        used = sum(
            self.paid(other, quarter)
            for other, quarter in self.before_it(p, q)
            if (self.case.first_quarter + quarter) // 4 == year
        )
        return min(self.asked(p, q), typed(cap) - used)

    @cell
    def paid(self, p: int, q: int) -> Fraction:
        ceiling = self.case.funding.ceiling
        if ceiling == float("inf"):
            return self.within_cap(p, q)
        used = sum(self.paid(other, quarter) for other, quarter in self.before_it(p, q))
        return min(self.within_cap(p, q), typed(ceiling) - used)

    @cell
    def carried(self, p: int, q: int) -> Fraction:
        return self.asked(p, q) - self.within_cap(p, q)

    @cell
    def is_cut(self, p: int, q: int) -> bool:
        return (q > 0 and self.is_cut(p, q - 1)) or self.paid(p, q) < self.within_cap(p, q)

    # Dates.

    @cell
    def idle_from(self, p: int) -> int:
        """The quarter after the last draw."""
        return max((q + 1 for q in range(self.case.quarters) if self.paid(p, q) > 0), default=0)

    @cell
    def stopped(self, p: int) -> int | None:
        project, last = self.case.projects[p], self.case.quarters - 1
        ends = [q for q in range(last + 1) if self.is_cut(p, q)][:1]
        if project.cancelled is not None:
            ends.append(project.cancelled)
        return max(min(ends), self.idle_from(p)) if ends else None

    @cell
    def completed(self, p: int) -> int | None:
        project, last = self.case.projects[p], self.case.quarters - 1
        never = project.selected > self.case.funding.window_end or self.stopped(p) is not None
        if never or self.carried(p, last) > 0:
            return None
        return max(project.start + project.build, self.idle_from(p))

    @cell
    def falls_due(self, p: int) -> int | None:
        """The first quarter in which the guaranteed loans are repaid."""
        return self.completed(p) if self.stopped(p) is None else self.stopped(p)

    # Cash and its split.

    @cell
    def cash(self, p: int, q: int) -> Decimal:
        project, completed = self.case.projects[p], self.completed(p)
        if completed is None or not completed <= q < completed + project.life:
            return ZERO
        operating = q - completed + 1
        ramp = min(Fraction(1), Fraction(operating, project.ramp_quarters))
        first = decimal(self.final(p) * typed(project.cash_yield) / 4 * ramp)
        growth = (1 + decimal(typed(project.growth))) ** (Decimal(q - completed) / 4)
        return first * growth

    @cell
    def cash_of(self, u: int, q: int) -> Decimal:
        return sum((self.cash(p, q) for p in self.members[u]), ZERO)

    @cell
    def drawn_by(self, u: int, q: int) -> Decimal:
        return decimal(sum((self.paid(p, q) for p in self.members[u]), Fraction(0)))

    @cell
    def accrual(self) -> Decimal:
        whole = rate_of_a_quarter(self.case.rules.deemed_rate)
        return {Account.PRINCIPAL: ZERO, Account.HALF_INTEREST: whole / 2, Account.INTEREST: whole}[
            self.case.rules.account
        ]

    @cell
    def owed(self, u: int, q: int) -> Decimal:
        """The pledging side's account before the quarter's cash."""
        opening = self.account(u, q - 1) if q > 0 else ZERO
        return opening + opening * self.accrual() + self.drawn_by(u, q)

    @cell
    def host_owed(self, u: int, q: int) -> Decimal:
        opening = self.host_account(u, q - 1) if q > 0 else ZERO
        return opening + opening * self.accrual() + self.drawn_by(u, q)

    @cell
    def early_cash(self, u: int, q: int) -> Decimal:
        """The part of the quarter's cash that is split before all who count have recovered."""
        rules, cash = self.case.rules, self.cash_of(u, q)
        before = decimal(typed(rules.before))
        claims = [(self.owed(u, q), before)]
        if rules.recovered is Recovered.EACH:
            claims.append((self.host_owed(u, q), 1 - before))
        needed = ZERO
        for owed, share in claims:
            if owed > 0:
                if share * cash <= owed:
                    return cash
                needed = max(needed, owed / share)
        return needed

    @cell
    def received(self, u: int, q: int) -> Decimal:
        rules, early = self.case.rules, self.early_cash(u, q)
        late = self.cash_of(u, q) - early
        return decimal(typed(rules.before)) * early + decimal(typed(rules.after)) * late

    @cell
    def account(self, u: int, q: int) -> Decimal:
        return max(ZERO, self.owed(u, q) - self.received(u, q))

    @cell
    def host_account(self, u: int, q: int) -> Decimal:
        return max(ZERO, self.host_owed(u, q) - (self.cash_of(u, q) - self.received(u, q)))

    # Loans while they are built up, by project: the same for both kinds but for the rate and the share of a draw.

    @cell
    def built_up(self, p: int, q: int, share: float, rate: float) -> Decimal:
        """Closing balance while interest is capitalised; the quarter before repayment begins has the final one."""
        if q < 0:
            return ZERO
        opening = self.built_up(p, q - 1, share, rate)
        return opening * (1 + rate_of_a_quarter(rate)) + decimal(typed(share) * self.paid(p, q))

    # Guaranteed loans.

    @cell
    def guaranteed(self, p: int, q: int) -> Decimal:
        """Closing balance: after k of `tenor` repayments, the share 1 - k / tenor of what it was."""
        funding, due = self.case.funding, self.falls_due(p)
        if due is None or q < due:
            return self.built_up(p, q, funding.guaranteed_loan, funding.bank_rate)
        whole = self.built_up(p, due - 1, funding.guaranteed_loan, funding.bank_rate)
        return whole * max(0, funding.tenor - (q - due + 1)) / funding.tenor

    @cell
    def is_due(self, p: int, q: int) -> bool:
        due = self.falls_due(p)
        return due is not None and q >= due

    @cell
    def premium_due(self, u: int, q: int) -> Decimal:
        opening = sum((self.guaranteed(p, q - 1) for p in self.members[u] if self.is_due(p, q)), ZERO)
        return opening * rate_of_a_quarter(self.case.funding.premium)

    @cell
    def premium(self, u: int, q: int) -> Decimal:
        return min(self.premium_due(u, q), self.received(u, q))

    @cell
    def service(self, u: int, q: int) -> Decimal:
        rate, total = rate_of_a_quarter(self.case.funding.bank_rate), ZERO
        for p in self.members[u]:
            if self.is_due(p, q):
                opening = self.guaranteed(p, q - 1)
                total += opening * rate + opening - self.guaranteed(p, q)
        return total

    @cell
    def claims(self, u: int, q: int) -> Decimal:
        return max(ZERO, self.service(u, q) - (self.received(u, q) - self.premium(u, q)))

    @cell
    def recoveries(self, u: int, q: int) -> Decimal:
        left = self.received(u, q) - self.premium(u, q) - (self.service(u, q) - self.claims(u, q))
        return min(left, self.claims_open(u, q - 1)) if q > 0 else ZERO

    @cell
    def claims_open(self, u: int, q: int) -> Decimal:
        opening = self.claims_open(u, q - 1) if q > 0 else ZERO
        return opening + self.claims(u, q) - self.recoveries(u, q)

    @cell
    def guaranteed_balance(self, u: int, q: int) -> Decimal:
        return sum((self.guaranteed(p, q) for p in self.members[u]), ZERO)

    # Public loans: one balance for each unit, arrears included, which loans join as their projects complete.

    @cell
    def joins(self, p: int) -> int | None:
        """The quarter from which a public loan is repaid: alone, one without receipts never is."""
        return self.falls_due(p) if self.case.rules.pool is Pool.PROGRAMME else self.completed(p)

    @cell
    def joining(self, p: int) -> Decimal:
        """The balance with which it joins."""
        funding, quarter = self.case.funding, self.joins(p)
        assert quarter is not None
        return self.built_up(p, quarter - 1, funding.public_loan, funding.public_rate)

    @cell
    def joined(self, u: int, q: int) -> Decimal:
        """Opening balance of loans in repayment."""
        new = [p for p in self.members[u] if self.joins(p) == q]
        return (self.in_repayment(u, q - 1) if q > 0 else ZERO) + sum((self.joining(p) for p in new), ZERO)

    @cell
    def public_interest(self, u: int, q: int) -> Decimal:
        return self.joined(u, q) * rate_of_a_quarter(self.case.funding.public_rate)

    @cell
    def public_due(self, u: int, q: int) -> Decimal:
        total = self.public_interest(u, q) + (self.arrears(u, q - 1) if q > 0 else ZERO)
        for p in self.members[u]:
            quarter = self.joins(p)
            if quarter is not None and quarter <= q < quarter + self.case.funding.tenor:
                total += self.joining(p) / self.case.funding.tenor
        return total

    @cell
    def public_paid(self, u: int, q: int) -> Decimal:
        to_banks = self.service(u, q) - self.claims(u, q)
        left = self.received(u, q) - self.premium(u, q) - to_banks - self.recoveries(u, q)
        return min(left, self.public_due(u, q))

    @cell
    def arrears(self, u: int, q: int) -> Decimal:
        return self.public_due(u, q) - self.public_paid(u, q)

    @cell
    def in_repayment(self, u: int, q: int) -> Decimal:
        return self.joined(u, q) + self.public_interest(u, q) - self.public_paid(u, q)

    @cell
    def public_balance(self, u: int, q: int) -> Decimal:
        funding, total = self.case.funding, self.in_repayment(u, q)
        for p in self.members[u]:
            quarter = self.joins(p)
            if quarter is None or q < quarter:
                total += self.built_up(p, q, funding.public_loan, funding.public_rate)
        return total

    @cell
    def residual(self, u: int, q: int) -> Decimal:
        to_banks = self.service(u, q) - self.claims(u, q)
        used = self.premium(u, q) + to_banks + self.recoveries(u, q) + self.public_paid(u, q)
        return self.received(u, q) - used

    @cell
    def net(self, party: str, q: int) -> Decimal:
        """The net flow of one party, all units together."""
        funding, total = self.case.funding, ZERO
        for u in range(len(self.members)):
            drawn = self.drawn_by(u, q)
            match party:
                case "public_lender":
                    shares = decimal(typed(funding.equity) + typed(funding.public_loan))
                    total += self.public_paid(u, q) + self.residual(u, q) - shares * drawn
                case "guarantor":
                    total += self.premium(u, q) + self.recoveries(u, q) - self.claims(u, q)
                case "banks":
                    total += self.service(u, q) - decimal(typed(funding.guaranteed_loan)) * drawn
                case "host":
                    total += self.cash_of(u, q) - self.received(u, q)
        return total
