"""Pictures of a run: what they say, that nothing falls outside, and that they can be taken away."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.views.flowcharts import Band, Chance, Level, dollars, fan, recovery, ticks
from pledger.views.sankey import Flow, sankey
from pledger.views.svg import png, standalone

CALLS = Band("calls", tuple(tuple(k * 1e9 * min(q, 8) for q in range(20)) for k in (1, 2, 3, 4, 5)))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("value", "said"),
    [(0, "$0"), (2.5e8, "$250m"), (1.5e9, "$1.5bn"), (-2e12, "-$2tn"), (5.5e11, "$550bn"), (7, "$7")],
)
def test_amounts_on_an_axis_are_short(value: float, said: str) -> None:
    assert dollars(value) == said


@given(st.floats(-1e12, 1e12), st.floats(0, 1e12))
@settings(deadline=None, max_examples=60)
def test_ticks_hold_the_range_between_them(low: float, span: float) -> None:
    told = ticks(low, low + span)
    slack = 1e-6 * max(abs(low), span, 1)
    assert told[0] <= low + slack
    assert told[-1] >= low + span - slack
    assert len(told) <= 8


def test_a_fan_names_its_levels_its_years_and_its_deadline() -> None:
    drawn = fan(
        CALLS, 2026.75, 680, "calls", "Calls", "What may be called", [Level("Ceiling", ((0, 6e10),))], (9.0, "deadline")
    )
    for words in ("Ceiling", "deadline", "2027", "2031", "$60bn", "<title", "What may be called"):
        assert words in drawn


def test_a_chart_that_is_taken_away_keeps_its_source_and_needs_no_page() -> None:
    alone = standalone(fan(CALLS, 2026.75, 680, "calls", "Calls", "d"), "Source: Pledger <as of> 1 May 2026")
    assert "var(--" not in alone
    assert "Source: Pledger &lt;as of&gt; 1 May 2026" in alone
    assert png(fan(CALLS, 2026.75, 680, "calls", "Calls", "d"), "Source: x").startswith(b"\x89PNG")


def test_recovery_tells_the_chance_beside_each_reading() -> None:
    drawn = recovery([Chance("Principal only", 0.62, (0.4, 0.8, 1.05, 1.2, 1.4))], 680, "r", "Recovery", "d")
    assert "Principal only" in drawn
    assert "62 %" in drawn


def test_bands_of_a_sankey_are_as_wide_as_their_sums() -> None:
    drawn = sankey([Flow("A", "B", 3.0), Flow("A", "C", 1.0), Flow("X", "C", 0.0)], 600, 300, "s", "Flows", "d")
    assert "$4" in drawn
    assert ">X<" not in drawn  # a flow of nothing is no flow
    heights = [float(h) for h in re.findall(r'd="M[\d.]+,[\d.]+h10v([\d.]+)h-10Z"', drawn)]
    assert heights[0] == pytest.approx(heights[1] + heights[2])


def test_flows_in_a_circle_are_refused_with_the_mend() -> None:
    with pytest.raises(ValueError, match="second name"):
        sankey([Flow("A", "B", 1.0), Flow("B", "A", 1.0)], 600, 300, "s", "Flows", "d")
