"""What cash comes to, compiled: the split between the pledging side and the host, and what the side's receipts serve.

The same rules as `waterfall`, which is the place to read them. Public loans and equity belong to one party, the public
lender, so that here they are one remainder: what it receives is what premium, banks and recoveries leave.
"""

from __future__ import annotations

from pledger.vehicle.montecarlo.compiled import inner
from pledger.vehicle.words import Floats

__all__ = ["behind", "receive", "receive_soon", "serve", "split"]


@inner
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


@inner
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


@inner
def receive(
    quarters: int, base: float, profile: Floats, account: float, growth: float, before: float, after: float,
    received: Floats,
) -> int:  # fmt: skip
    """Write what the pledging side receives of one project's cash, `base * profile`, where each side is to recover.

    `account` is what completion finds in both accounts. Gives the quarter of operation in which the split changes,
    `quarters` where it does not.
    """
    turn = 0
    host = account
    while turn < quarters:
        received[turn], account, host = split(
            base * profile[turn], account * growth, host * growth, before, after, True
        )
        if account <= 0.0 and host <= 0.0:
            break
        turn += 1
    for k in range(turn + 1, quarters):
        received[k] = after * base * profile[k]
    return turn


@inner
def receive_soon(
    quarters: int, base: float, profile: Floats, account: float, cleared: Floats, grown: Floats, before: float,
    after: float, received: Floats,
) -> int:  # fmt: skip
    """As `receive`, where the pledging side alone is to recover.

    The account is cleared in the first quarter up to which the cash so far, each quarter's taken back to completion at
    the account's own rate, exceeds it: found by halving in the sums of that.
    """
    first, last = 0, quarters
    rate = before * base
    while first < last:
        middle = (first + last) // 2
        if rate * cleared[middle + 1] > account:
            last = middle
        else:
            first = middle + 1
    turn = first
    for k in range(turn):
        received[k] = rate * profile[k]
    if turn < quarters:
        left = max(0.0, (account - rate * cleared[turn]) * grown[turn + 1])
        received[turn] = left + after * max(0.0, base * profile[turn] - left / before)
    rate = after * base
    later = received[turn + 1 : quarters]
    cash = profile[turn + 1 : quarters]
    for k in range(later.size):
        later[k] = rate * cash[k]
    return turn


@inner
def behind(
    first: int, received: Floats, quarters: int, balance: float, bank: float, premium_rate: float, tenor: int,
    until: int, premium: Floats, due: Floats, claims: Floats, recovered: Floats, rest: Floats, over: Floats,
    owing: Floats,
) -> None:  # fmt: skip
    """Add to each party's quarters what a project's receipts, from the quarter `first` on, come to for it.

    `balance` is the guaranteed loan at completion, repaid in `tenor` equal parts at interest `bank` a quarter, of which
    those before the quarter `until` count. `over` and `owing` are scratch. In loops of few arrays each, so that the
    compiler can take several quarters at once.
    """
    part = balance / tenor
    served = until - first
    both = min(quarters, served)
    mine = due[first:until]
    for k in range(served):
        mine[k] += part + bank * (balance - k * part)
    mine = premium[first : first + both]
    for k in range(both):
        mine[k] += min(received[k], premium_rate * (balance - k * part))
    for k in range(both):
        left = balance - k * part
        after = received[k] - min(received[k], premium_rate * left)
        over[k] = after - (part + bank * left)
    short = False
    for k in range(both):
        short |= over[k] < 0.0
    for k in range(both, quarters):
        over[k] = received[k]
    if short:
        # what is outstanding falls by what is over, rises by what lacks, and is never below zero
        outstanding = owing[0] = 0.0
        for k in range(both):
            outstanding = max(0.0, outstanding - over[k])
            owing[k + 1] = outstanding
        mine = claims[first : first + both]
        for k in range(both):
            mine[k] += max(0.0, -over[k])
        mine = recovered[first : first + both]
        for k in range(both):
            mine[k] += max(0.0, over[k]) - max(0.0, over[k] - owing[k])
        for k in range(both):
            over[k] = max(0.0, over[k] - owing[k])
        k = both
        while k < quarters and outstanding > 0.0:
            back = min(outstanding, over[k])
            outstanding -= back
            recovered[first + k] += back
            over[k] -= back
            k += 1
    mine = claims[first:until]
    for k in range(both, served):
        mine[k] += part + bank * (balance - k * part)
    mine = rest[first : first + quarters]
    for k in range(quarters):
        mine[k] += over[k]
