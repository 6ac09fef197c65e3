"""What a run can be asked for, each with its name, its label and its unit."""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from enum import StrEnum

from pledger.vehicle.asking.wishes import AskError

__all__ = ["QUANTITIES", "SIDES", "Quantity", "Unit", "quantity"]


class Unit(StrEnum):
    """What a quantity is counted in."""

    USD = "USD"
    SHARE = "share"
    RATE = "rate"
    FACTOR = "factor"
    QUARTER = "quarter"
    COUNT = "count"
    EVENT = "event"
    """Happens or does not: its mean is a chance."""


SIDES = {
    "pledging": "the pledging side",
    "host": "the host",
    "public_lender": "the public lender",
    "guarantor": "the guarantor",
    "banks": "the banks",
}
"""Whose flows are followed, and how one says it; the first where nobody is named."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """One thing that a scenario comes to."""

    name: str
    """As a user writes it: `drawn`, `npv of host`."""
    label: str
    unit: Unit
    key: str
    """As the simulation has it."""
    side: str | None = None
    """One of `SIDES`, for what each side has its own of."""


_ALONE = (
    ("drawn", "drawn by the deadline", Unit.USD, "drawn"),
    ("drawn share", "share of the ceiling that is drawn by the deadline", Unit.SHARE, "drawn"),
    ("peak call", "most called in a calendar year", Unit.USD, "peak"),
    ("called", "called in all", Unit.USD, "called"),
    ("cash", "cash of the projects in all", Unit.USD, "cash"),
    ("premium", "premium to the guarantor in all", Unit.USD, "premium"),
    ("claims", "claims paid by the guarantor in all", Unit.USD, "claims"),
    ("recoveries", "recovered by the guarantor in all", Unit.USD, "recoveries"),
    ("funded", "projects funded", Unit.COUNT, "funded"),
)
_PER_SIDE = (
    ("principal back", "principal comes back", Unit.EVENT, "back"),
    ("npv", "present value", Unit.USD, "npv"),
    ("irr", "internal rate of return", Unit.RATE, "irr"),
    ("multiple", "receipts over payments", Unit.FACTOR, "multiple"),
    ("payback", "quarter of payback", Unit.QUARTER, "payback"),
    ("receipts", "receipts in all", Unit.USD, "receipts"),
)
_OF_THE_HOST = ("npv", "receipts")
"""The host pays nothing in, so nothing comes back to it."""
QUANTITIES: tuple[Quantity, ...] = (
    *(Quantity(*one) for one in _ALONE),
    *(
        Quantity(f"{name} of {side}", f"{label}, {said}", unit, f"{key}.{side}", side)
        for side, said in SIDES.items()
        for name, label, unit, key in _PER_SIDE
        if side != "host" or name in _OF_THE_HOST
    ),
)
"""All of them: those of the programme, then those of each side."""

_BY_NAME = {one.name: one for one in QUANTITIES}
_SAME = {
    "peak": "peak call", "share drawn": "drawn share", "share of ceiling drawn": "drawn share",
    "principal": "principal back", "principal returns": "principal back", "principal returned": "principal back",
    "net present value": "npv", "present value": "npv", "internal rate of return": "irr",
}  # fmt: skip
_SAME_SIDES = {
    "pledging side": "pledging", "public lender": "public_lender", "lender": "public_lender", "bank": "banks",
    "host state": "host",
}  # fmt: skip
_OF = re.compile(r"\s+(?:of|for|to)\s+(?:the\s+)?")


def quantity(words: str) -> Quantity:
    """The quantity that a user's words name: `npv of the host`, `principal back`, `peak call`.

    Raises AskError with the nearest names where there is none.
    """
    asked = " ".join(words.casefold().replace(".", " of ").split()).removeprefix("the ")
    asked = _SAME.get(asked, asked)
    if asked in _BY_NAME:
        return _BY_NAME[asked]
    *what, who = _OF.split(asked) if _OF.search(asked) else (asked, "pledging")
    name = " of ".join(what)
    found = _BY_NAME.get(f"{_SAME.get(name, name)} of {_SAME_SIDES.get(who, who)}")
    if found is None:
        short = [one.name.removesuffix(" of pledging") for one in QUANTITIES]
        near = difflib.get_close_matches(asked, short, 3, 0.3)
        mend = f"did you mean {' or '.join(near)}?" if near else f"known: {', '.join(short)}"
        raise AskError(f"no answer {' '.join(words.split())!r}; {mend}")
    return found
