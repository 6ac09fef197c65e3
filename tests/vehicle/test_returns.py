"""NPV, IRR, multiple, payback: by hand, beside pyxirr, and the number of rates beside an exact count."""

from __future__ import annotations

from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
import pyxirr
from hypothesis import example, given, settings
from hypothesis import strategies as st

from pledger.vehicle.finance.cash import run
from pledger.vehicle.finance.returns import irr, multiple, npv, payback, principal_back, returns
from pledger.vehicle.words import PARTIES, Case, Floats, Funding, Project, Rules, per_quarter

VECTORS = 10_000
LONGEST = 140


def flow(*amounts: float) -> Floats:
    return np.array(amounts, dtype=np.float64)


def quarterly(rates: tuple[float, ...]) -> list[float]:
    return [per_quarter(rate) for rate in rates]


def test_npv_discounts_a_quarter_by_the_fourth_root() -> None:
    assert npv(flow(-100, 0, 0, 0, 110), 0.10) == pytest.approx(0, abs=1e-12)
    assert npv(flow(10, 10), 0.0) == 20
    assert npv(flow(0, 0, 0, 0, 0, 0, 0, 0, 121), 0.10) == pytest.approx(100)
    with pytest.raises(ValueError, match=r"discount rate of -1 is not above -1; give a rate"):
        npv(flow(1, 2), -1)


@pytest.mark.parametrize(
    ("amounts", "rates"),
    [
        pytest.param((-100, 110), [0.10], id="one"),
        pytest.param((-100, 0, 0, 0, 100), [0.0], id="nothing earned"),
        pytest.param((-100, 40), [-0.60], id="a loss"),
        pytest.param((-100, 230, -132), [0.10, 0.20], id="two, for a cost at the end"),
        pytest.param((-1000, 3600, -4310, 1716), [0.10, 0.20, 0.30], id="three"),
        pytest.param((100, -200, 150), [], id="none, though the sign changes twice"),
        pytest.param((100, 50), [], id="never paid"),
        pytest.param((-100, -50), [], id="never received"),
        pytest.param((), [], id="no flow"),
        pytest.param((0, 0, 0), [], id="nothing flows"),
        pytest.param((0, 0, -100, 0, 121), [0.10], id="zeros around"),
        pytest.param((100, -220, 121), [0.10], id="touched, not crossed"),
        pytest.param((-1e11, 1e11 + 1e-4), [1e-15], id="rounding is no rate of its own"),
        pytest.param((-1e12, 1.1e12, 1e-5, -1e-5), [0.10], id="rounding makes no change of sign"),
        pytest.param((-1e-3, 1e9), [1e12 - 1], id="a millionfold"),
    ],
)
def test_every_rate_is_found(amounts: tuple[float, ...], rates: list[float]) -> None:
    found = irr(flow(*amounts))
    assert quarterly(found.rates) == pytest.approx(rates, rel=1e-9, abs=1e-9)
    assert found.several == (len(rates) > 1)
    assert (found.rate is None) == (len(rates) != 1)


def test_rates_are_per_year_and_read_as_people_write_them() -> None:
    assert str(irr(flow(-100, 0, 0, 0, 110))) == "10.00%"
    assert str(irr(flow(100, 50))) == "none"
    two = np.zeros(9)
    two[[0, 4, 8]] = -100, 230, -132
    assert str(irr(two)) == "10.00% or 20.00%"


def test_a_flow_that_is_no_number_is_refused() -> None:
    with pytest.raises(ValueError, match=r"quarter 1 has no finite flow; give dollars"):
        irr(flow(-1, float("nan"), 2))


def vectors() -> list[Floats]:
    """Flows of all kinds, hard ones among them."""
    random = np.random.default_rng(5)
    found: list[Floats] = []
    for place in range(VECTORS):
        length = int(random.integers(2, LONGEST + 1))
        match place % 20:
            case 0:  # one sign only: no rate
                series = random.uniform(0, 100, length) * random.choice([-1, 1])
            case 1:  # any sign anywhere: up to several rates
                series = random.normal(size=min(length, 40)) * 100
            case 2 | 3 | 4:  # building, cash, dismantling: two rates or none
                series = random.uniform(0, 30, length)
                series[: max(1, length // 5)] *= -random.uniform(1, 8)
                series[-max(1, length // 8) :] *= -random.uniform(1, 30)
            case 5 | 6:  # phases: three to nine changes of sign
                signs = np.repeat(np.resize([-1, 1], 10), LONGEST // 10)[:length]
                series = signs * random.uniform(0, 100, length)
            case _:  # building, then cash: one rate
                series = random.uniform(0, 10 ** random.uniform(0, 2), length)
                series[: max(1, length // 6)] = -random.uniform(0, 100, max(1, length // 6))
        found.append(series)
    return found


def test_ten_thousand_flows_beside_pyxirr() -> None:
    """Our rates are zeros of pyxirr's NPV, its rate is among ours, and none that shows on a fine grid is overlooked."""
    series = vectors()
    padded = np.zeros((VECTORS, LONGEST))
    for place, amounts in enumerate(series):
        padded[place, : len(amounts)] = amounts
    found = [irr(amounts).rates for amounts in series]

    counts = np.array([len(rates) for rates in found])
    assert (np.bincount(counts, minlength=4)[:4] > 20).all()  # none, one, two and three rates, each many times

    discount_rates = np.random.default_rng(6).uniform(-0.5, 1.0, VECTORS)
    for place, amounts in enumerate(series):
        rate = float(discount_rates[place])
        gross = npv(np.abs(amounts), rate)
        assert npv(amounts, rate) == pytest.approx(_npv(per_quarter(rate), amounts), abs=1e-9 * gross)
        for yearly, ours in zip(found[place], quarterly(found[place]), strict=True):
            # Near -1 a rate per year has few digits left, which a long series raises to a high power.
            digits = len(amounts) * 2**-52 / (1 + yearly)
            assert abs(_npv(ours, amounts)) <= (1e-9 + digits) * _npv(ours, np.abs(amounts))
        theirs = pyxirr.irr(amounts.tolist(), silent=True)
        if theirs is not None:
            nearest = min(quarterly(found[place]), key=lambda ours: abs(ours - theirs), default=np.inf)
            # It stops where the NPV is below 1e-9 or so: as near as that is to a zero, and no nearer.
            slope = abs(_npv(theirs * (1 + 1e-7) + 1e-7, amounts) - _npv(theirs, amounts)) / (abs(theirs) + 1) / 1e-7
            assert abs(nearest - theirs) <= 1e-9 * (1 + abs(theirs)) + 1e-7 / slope, (place, nearest, theirs)

    factors = np.exp(np.outer(np.arange(LONGEST), np.linspace(-0.8, 0.8, 1601)))
    worth, gross_worth = padded @ factors, np.abs(padded) @ factors
    for place in range(VECTORS):
        clear = worth[place][np.abs(worth[place]) > 1e-11 * gross_worth[place]]
        assert np.count_nonzero(np.sign(clear[1:]) != np.sign(clear[:-1])) <= counts[place]


def _npv(rate: float, amounts: Floats) -> float:
    found = pyxirr.npv(rate, amounts.tolist())
    assert found is not None
    return found


def sturm(amounts: list[int]) -> int:
    """The number of different zeros of `sum amounts[q] v^q` for v above 0, by Sturm's theorem in exact fractions."""

    def trimmed(polynomial: list[Fraction]) -> list[Fraction]:
        while polynomial and polynomial[-1] == 0:
            polynomial = polynomial[:-1]
        return polynomial

    def remainder(top: list[Fraction], bottom: list[Fraction]) -> list[Fraction]:
        rest = trimmed(top)
        while len(rest) >= len(bottom):
            factor, shift = rest[-1] / bottom[-1], len(rest) - len(bottom)
            rest = [a - (factor * bottom[i - shift] if i >= shift else 0) for i, a in enumerate(rest)][:-1]
            rest = trimmed(rest)
        return rest

    first = trimmed([Fraction(amount) for amount in amounts])
    while first and first[0] == 0:
        first = first[1:]
    if len(first) < 2:
        return 0
    chain = [first, trimmed([power * a for power, a in enumerate(first)][1:])]
    while rest := remainder(chain[-2], chain[-1]):
        chain.append([-a for a in rest])

    def changes(signs: list[int]) -> int:
        kept = [sign for sign in signs if sign]
        return sum(a != b for a, b in pairwise(kept))

    at_zero = changes([(p[0] > 0) - (p[0] < 0) for p in chain])
    return at_zero - changes([(p[-1] > 0) - (p[-1] < 0) for p in chain])


def test_the_exact_count_counts() -> None:
    assert sturm([-100, 230, -132]) == 2
    assert sturm([100, -200, 150]) == 0
    assert sturm([100, -220, 121]) == 1
    assert sturm([0, -6, 11, -6, 1]) == 3


@settings(deadline=None, max_examples=300)
@given(st.lists(st.integers(-20, 20), min_size=1, max_size=12))
def test_no_rate_is_overlooked_and_none_made_up(amounts: list[int]) -> None:
    assert len(irr(np.array(amounts, dtype=np.float64)).rates) == sturm(amounts)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(1, 8)), min_size=2, max_size=5))
@example([(15, 5), (-3, 8), (20, 8), (-14, 3), (10, 1)])
@example([(1, 2), (-10, 3), (15, 5), (-14, 1), (2, 1)])
def test_nor_where_flows_come_in_phases(phases: list[tuple[int, int]]) -> None:
    amounts = [amount for amount, length in phases for _ in range(length)]
    assert len(irr(np.array(amounts, dtype=np.float64)).rates) == sturm(amounts)


@settings(deadline=None, max_examples=100)
@given(st.lists(st.integers(-90, 300).filter(bool), min_size=1, max_size=5, unique=True))
def test_rates_that_a_flow_was_made_for_are_found(percent: list[int]) -> None:
    """`prod (1 + r - 1/v)`, multiplied out: exact in floats up to rounding, its zeros known."""
    series = np.array([1.0])
    for rate in percent:
        series = np.convolve(series, [1.0, -(1 + rate / 100)])
    # The flow of the product in v has its zeros at v = 1 / (1 + r) when read from its end.
    assert quarterly(irr(series).rates) == pytest.approx(sorted(rate / 100 for rate in percent), abs=1e-5)


def test_multiple_and_payback() -> None:
    assert multiple(flow(0, 150), flow(100, 0)) == 1.5
    assert multiple(flow(0, 150), flow(0, 0)) is None
    assert payback(flow(-100, 50, 50, 10)) == 2
    assert payback(flow(-100, 50, 49)) is None
    assert payback(flow(10, 10)) is None
    assert payback(flow(20, -50, 30, -10)) == 2
    assert payback(np.array([-1.0] + [0.1] * 10)) == 10  # ten tenths are not one in floats
    assert principal_back(np.full(10, 0.1), flow(1.0))
    assert not principal_back(flow(0.5), flow(1.0))


def test_the_returns_of_each_party() -> None:
    one_percent = 1.01**4 - 1
    funding = Funding(0.2, 0.3, 0.5, 0.0, one_percent, one_percent, tenor=4)
    case = Case((Project("kiosk", 100.0, build=1, life=8, cash_yield=1.6),), Rules(0.05), funding, quarters=12)
    found = {line.party: line for line in returns(run(case), (0.0, 0.0, one_percent, 0.0), side=0.0)}
    lender, guarantor, banks, host = (found[party] for party in PARTIES)
    assert banks.irr.rate == pytest.approx(one_percent)
    assert banks.npv == pytest.approx(0, abs=1e-9)
    assert banks.payback == 4  # three parts with interest are less than the loan
    assert (guarantor.paid, guarantor.received, guarantor.multiple, guarantor.irr.rates) == (0, 0, None, ())
    assert host.paid == 0
    side = found[None]
    assert side.paid == 100
    assert side.received + host.received == pytest.approx(8 * 40)
    assert side.npv == pytest.approx(lender.npv + guarantor.npv + banks.received - banks.paid)
    assert lender.multiple == pytest.approx(lender.received / 50)
