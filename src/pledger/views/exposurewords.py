"""A portfolio's exposure in words: amounts, shares and sums as every view says them, and what is counted."""

from __future__ import annotations

from pledger.exposure.portfolio.words import Amount, Exposure, Project, Touched, Verdict
from pledger.model import Money
from pledger.views.flowcharts import dollars
from pledger.views.wording import say, say_count

__all__ = ["counts", "projects_of", "say_amount", "say_share", "say_touched"]


def counts(its: Exposure) -> dict[Verdict, int]:
    """Rows by what became of them, all verdicts in their order."""
    found = dict.fromkeys(Verdict, 0)
    for match in its.matches.found:
        found[match.verdict] += 1
    found[Verdict.UNMATCHED] = len(its.matches.unmatched)
    return found


def projects_of(its: Exposure) -> tuple[Project, ...]:
    """The projects that holdings have a role in, each once, the largest first."""
    found = {p.project.id: p.project for p in its.exposed.paths if p.project is not None}
    return tuple(sorted(found.values(), key=lambda p: (-_most(p.amount), p.name, p.id)))


def _most(amount: Amount | None) -> float:
    return 0.0 if amount is None else amount.high or amount.low or 0.0


def say_amount(amount: Amount | None) -> str:
    """An amount as it is held, and the range of all reports where that is wider."""
    if amount is None:
        return "not reported"
    held = say(Money(*amount.value, amount.currency, amount.qualifier))
    inner = amount.value[0] if amount.value[0] is not None else amount.value[1]
    wider = amount.low is not None and inner is not None and amount.low < inner
    wider |= amount.high is not None and amount.value[1] is not None and amount.high > amount.value[1]
    if not wider or amount.currency != "USD" or amount.low is None or amount.high is None:
        return held
    return f"{held} (reported: {dollars(amount.low)} to {dollars(amount.high)})"


def say_touched(its: Touched) -> str:
    """What projects come to, in words: `$33bn to $133bn`."""
    if not its.projects:
        return "no project"
    if its.high <= 0:
        return "amounts not reported"
    said = dollars(its.high) if its.low == its.high else f"up to {dollars(its.high)}"
    if 0 < its.low < its.high:
        said = f"{dollars(its.low)} to {dollars(its.high)}"
    return said + (f", {say_count(its.without, 'amount')} not reported" if its.without else "")


def say_share(share: tuple[float | None, float | None] | None) -> str:
    """A share of ownership in words; empty where the holding is the party."""
    if share is None:
        return ""
    low, high = share
    if low is None and high is None:
        return "share not known"
    if low == high and low is not None:
        return f"{low:.0%}"
    if low is None:
        return f"up to {high:.0%}"
    return f"{low:.0%} or more" if high is None else f"{low:.0%} to {high:.0%}"
