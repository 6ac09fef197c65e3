"""Loans that fund a share of each draw: capitalised while building, then repaid in equal parts.

What is due does not depend on what is paid: banks are always whole, and unpaid public loans are kept apart as arrears.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from pledger.vehicle.words import Floats, per_quarter

__all__ = ["Loans", "loans"]


@dataclass(frozen=True, slots=True)
class Loans:
    """What P projects' loans come to, (P, T) dollars each."""

    due: Floats
    """Interest and principal that fall due in the quarter."""
    serving: Floats
    """Opening balance of loans that have fallen due: what interest is paid on, and the premium."""
    closing: Floats
    """Closing balance: capitalised, or not yet due."""


def loans(draws: Floats, due: npt.NDArray[np.int64], rate: float, tenor: int) -> Loans:
    """Loans drawn by quarter (P, T) at `rate` a year that fall due from the quarters `due` (P,), T or more for never.

    Before `due` interest on the opening balance is added to it, then the quarter's draw. At `due` the opening balance
    is divided by `tenor`: that part is due in each of `tenor` quarters with interest on the opening balance.
    """
    quarterly = per_quarter(rate)
    balance, part = np.zeros(draws.shape[0]), np.zeros(draws.shape[0])
    out = Loans(np.zeros_like(draws), np.zeros_like(draws), np.zeros_like(draws))
    for q in range(draws.shape[1]):
        k = q - due + 1
        part = np.where(k == 1, balance / tenor, part)
        # The last part is what is left, so that rounding leaves no balance behind.
        principal = np.where(k < tenor, part, balance)
        interest = quarterly * balance
        serving = k >= 1
        out.due[:, q] = np.where(serving, interest + principal, 0.0)
        out.serving[:, q] = np.where(serving, balance, 0.0)
        balance = np.where(serving, balance - principal, balance + interest + draws[:, q])
        out.closing[:, q] = balance
    return out
