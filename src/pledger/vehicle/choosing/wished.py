"""A user's weights and wishes as a YAML file.

    weights: {recovery: 3, dependence: 2, readiness: 1}
    scales: {pledging: [-1, 0.5]}
    marks: {Falcon Copper smelter: {dependence: 0.6}}
    hurdle: 0.3
    count: projects
    ceiling: 200e9
    cap_per_year: 40e9
    must: [Element Six synthetic diamond plant]
    must_not: [port]
    max_share: {sector:gas_cc: 40 %, sponsor:NextEra Energy: 1/4}
    min_share: {sector:diamond_grit: 1 %}

Criteria that `weights` leaves out weigh nothing. `scales`: the values that get a mark of 0 and of 1. `marks`: values of
one's own in place of ours. `count`: whether each project counts once, or by its `dollars`.
"""

from __future__ import annotations

from fractions import Fraction
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field

from pledger.vehicle.checked import Checked, FileError, Number, load
from pledger.vehicle.choosing.options import SelectError
from pledger.vehicle.choosing.posing import Share

__all__ = ["Wished", "WishesError", "share", "wished"]


class WishesError(FileError):
    """A file of weights that cannot be used, with file, line, field and mend."""


class Wished(Checked):
    """The file; what is left out is not asked for."""

    weights: dict[str, Annotated[Number, Field(ge=0)]] = Field(default_factory=dict)
    scales: dict[str, tuple[Number, Number]] = Field(default_factory=dict)
    marks: dict[str, dict[str, Number]] = Field(default_factory=dict)
    count: Literal["dollars", "projects"] = "dollars"
    hurdle: Annotated[Number, Field(ge=0, le=1)] | None = None
    ceiling: Annotated[Number, Field(ge=0)] | None = None
    cap_per_year: Annotated[Number, Field(ge=0)] | None = None
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()
    max_share: dict[str, Annotated[Number, Field(ge=0, le=1)]] = Field(default_factory=dict)
    min_share: dict[str, Annotated[Number, Field(ge=0, le=1)]] = Field(default_factory=dict)

    def shares(self) -> tuple[Share, ...]:
        """The bounds on shares."""
        return tuple(
            share(of, bound, at_most=at_most)
            for bounds, at_most in ((self.max_share, True), (self.min_share, False))
            for of, bound in bounds.items()
        )


def wished(path: Path) -> Wished:
    """The weights and wishes in a file; a WishesError where it cannot be used."""
    return load(Wished, path, WishesError)


def share(of: str, bound: float, *, at_most: bool) -> Share:
    """A bound on the share of `sector:NAME` or `sponsor:NAME`. Raises SelectError, with the mend, for other words."""
    kind, colon, name = of.partition(":")
    if kind.strip() not in ("sector", "sponsor") or not colon or not name.strip():
        raise SelectError(f"{of!r} names no sector or sponsor; write sector:gas_cc=0.4 or sponsor:NAME=0.25")
    if not 0 <= bound <= 1:
        raise SelectError(f"a share of {bound:g} for {of}; give one from 0 to 1, such as 0.4 or 40%")
    return Share(kind.strip(), name.strip(), Fraction(bound).limit_denominator(1000), at_most)
