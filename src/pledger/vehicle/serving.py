"""What cash comes to, compiled: the split between the pledging side and the host, and what the side's receipts serve.

The same rules as `waterfall`, which is the place to read them. Public loans and equity belong to one party, the public
lender, so that here they are one remainder: what it receives is what premium, banks and recoveries leave.
"""

from __future__ import annotations

from pledger.vehicle.compiled import compiled
from pledger.vehicle.words import Floats

__all__ = ["behind", "receive", "serve", "split"]


@compiled
def split(
    cash: float, pledging: float, host: float, before: float, after: float, each: bool
) -> tuple[float, float, float]:
    """A quarter's receipts of the pledging side, and both accounts after it; `pledging` and `host` before receipts."""
    if pledging <= 0.0 and (host <= 0.0 or not each):
        return after * cash, 0.0, 0.0
    share = before * cash
    if not each:
        if share > pledging:
            return pledging + after * (cash - pledging / before), 0.0, 0.0
        return share, pledging - share, 0.0
    needed = 0.0
    if pledging > 0.0:
        needed = pledging / before
    if host > 0.0:
        needed = max(needed, host / (1.0 - before))
    if cash > needed:
        return before * needed + after * (cash - needed), 0.0, 0.0
    return share, max(0.0, pledging - share), max(0.0, host - (cash - share))


@compiled
def serve(
    receipts: float, opening: float, due: float, outstanding: float, premium: float
) -> tuple[float, float, float, float]:
    """What receipts pay: the premium, the claim that the banks are left with, the recovery of earlier claims, the rest.

    `opening` is the guaranteed balance, `due` the interest and principal on it, `premium` a share of it.
    """
    paid = min(receipts, premium * opening)
    left = receipts - paid
    if left < due:
        return paid, due - left, 0.0, 0.0
    left -= due
    back = min(outstanding, left)
    return paid, 0.0, back, left - back


@compiled
def receive(
    quarters: int, base: float, profile: Floats, account: float, growth: float, before: float, after: float, each: bool,
    received: Floats,
) -> int:  # fmt: skip
    """Write what the pledging side receives of one project's cash, `base * profile`, in each quarter of operation.

    `account` is what completion finds in it. Gives the quarter of operation in which the split changes, `quarters`
    where it does not: before it is `before`, after it `after`.
    """
    turn = 0
    if each:
        host = account
        while turn < quarters:
            received[turn], account, host = split(
                base * profile[turn], account * growth, host * growth, before, after, each
            )
            if account <= 0.0 and host <= 0.0:
                break
            turn += 1
    else:
        while turn < quarters:
            account *= growth
            share = before * base * profile[turn]
            if share > account:
                received[turn] = account + after * (base * profile[turn] - account / before)
                break
            account -= share
            received[turn] = share
            turn += 1
    for k in range(turn + 1, quarters):
        received[k] = after * base * profile[k]
    return turn


@compiled
def behind(
    first: int, received: Floats, quarters: int, balance: float, part: float, bank: float, premium_rate: float,
    last: int, premium: Floats, due: Floats, claims: Floats, recovered: Floats, rest: Floats,
) -> None:  # fmt: skip
    """Add to each party's quarters what a project's receipts, from the quarter `first` on, come to for it.

    `balance` is the guaranteed loan at completion, repaid by `part` a quarter before the quarter `last`, at interest
    `bank` a quarter.
    """
    outstanding = 0.0
    end = first + quarters
    for q in range(first, last):
        r = received[q - first] if q < end else 0.0
        owed = part + bank * balance
        paid, claim, back, left = serve(r, balance, owed, outstanding, premium_rate)
        outstanding += claim - back
        balance -= part
        premium[q] += paid
        due[q] += owed
        claims[q] += claim
        recovered[q] += back
        rest[q] += left
    q = last
    while q < end and outstanding > 0.0:
        back = min(outstanding, received[q - first])
        outstanding -= back
        recovered[q] += back
        rest[q] += received[q - first] - back
        q += 1
    for later in range(q, end):
        rest[later] += received[later - first]
