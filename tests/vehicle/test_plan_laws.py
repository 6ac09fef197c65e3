"""Whatever a ledger holds, a plan is made of it or one line says why not; and what is made can be simulated."""

from __future__ import annotations

import datetime as dt
import math
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.build import Article, Interval, project, stage
from pledger.ledger import Ledger
from pledger.ledger.distributions import Belief
from pledger.model import DateValue, EntityKind, Mention, Money, Qualifier, Stage
from pledger.vehicle.finance.central import central
from pledger.vehicle.finance.checks import check
from pledger.vehicle.montecarlo.tables import tables
from pledger.vehicle.planning.asked import PlanningError
from pledger.vehicle.planning.plan import plan
from pledger.vehicle.terms import terms
from pledger.vehicle.words import Plan
from vehicle.ledgers import ledger_of

days = st.dates(dt.date(1, 1, 1), dt.date(9999, 12, 31)) | st.dates(dt.date(2025, 1, 1), dt.date(2032, 12, 31))
amounts = st.sampled_from([0.0, 1.0, 5e5, 3.3e10, 9.9e12, 1e300]) | st.floats(0, 1e13)


@st.composite
def money(draw: st.DrawFn) -> Money:
    low, high = sorted((draw(amounts), draw(amounts)))
    currency = draw(st.sampled_from(["USD", "USD", "JPY", "SEK"]))
    qualifier = draw(st.sampled_from(list(Qualifier)))
    match qualifier:
        case Qualifier.UP_TO:
            return Money(None, high, currency, qualifier)
        case Qualifier.AT_LEAST:
            return Money(low, None, currency, qualifier)
        case Qualifier.BETWEEN:
            return Money(low, high, currency, qualifier)
    return Money(high, high, currency, qualifier)


@st.composite
def intervals(draw: st.DrawFn) -> Interval:
    start, end = sorted((draw(days), draw(days)))
    return draw(
        st.sampled_from([Interval(start, end), Interval(start, start), Interval(None, end), Interval(start, None)])
    )


subjects = st.builds(
    project,
    st.sampled_from(["gas_power", "smelter", "port", "new_town", None]),
    st.sampled_from(["Fjord", "Harbour", None]),
    st.sampled_from(["Ohio", "Texas", None]),
)


@st.composite
def articles(draw: st.DrawFn) -> Article:
    found = Article(draw(st.sampled_from("ABC")), draw(st.none() | days))
    for n in range(draw(st.integers(1, 4))):
        subject: Mention = draw(subjects)
        found.says(f"{n}: so much.", "so much", draw(money()), subject, scope=draw(st.sampled_from([None, "part"])))
        found.says(f"{n}: so far.", "so far", stage(draw(st.sampled_from(list(Stage)))), subject)
        event = draw(st.sampled_from(["decide", "announce", "start", "complete"]))
        found.says(f"{n}: that day.", "that day", DateValue(event, draw(intervals())), subject)
    return found


def planned(ledger: Ledger, fill: bool) -> Plan | PlanningError:
    try:
        return plan(ledger, terms("japan"), valuation=dt.date(2026, 5, 1), fill=fill)
    except PlanningError as wrong:
        return wrong


@settings(deadline=None, max_examples=12)
@given(st.lists(articles(), min_size=1, max_size=3), st.booleans())
def test_a_plan_or_a_line_that_says_why_not(read: list[Article], fill: bool) -> None:
    with tempfile.TemporaryDirectory() as folder, ledger_of(Path(folder) / "l.db", *read) as ledger:
        found = planned(ledger, fill)
        ours = [e for e in ledger.entities() if dict(e.attributes).get("programme") == "JP>US"]
        projects = {e.name for e in ours if e.kind is EntityKind.PROJECT}
    if isinstance(found, PlanningError):
        assert ";" in str(found)
        assert "\n" not in str(found)
        return
    assert projects <= {e.what for e in found.excluded} | {c.name for c in found.candidates}, "none is lost in silence"
    tables(found, 0)  # what the simulation refuses, it refuses here
    check(central(found, every=True))
    assert [c.selected for c in found.candidates] == sorted(c.selected for c in found.candidates)
    for one in found.candidates:
        assert one.selected <= found.funding.window_end
        for given_ in (one.proceeds, one.cost, one.overrun, one.start, one.delay, one.cash_yield):
            assert isinstance(given_.belief, Belief)
            assert math.isclose(sum(part.weight for part in given_.belief.parts), 1, abs_tol=1e-9)
            assert all(math.isfinite(x) for x in given_.belief.bounds())
        assert one.cost.belief.bounds()[0] >= 0  # type: ignore[union-attr]
        assert one.start.belief.bounds()[0] >= one.selected  # type: ignore[union-attr]
