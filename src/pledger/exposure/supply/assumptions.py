"""What a halt rests on beside shares and plants, from `data/supply/assumptions.yaml` or a file of one's own.

Each number is an `Input`: its belief is a triangle over low, central and high, its basis and its sources are shown with
every answer.
"""

from __future__ import annotations

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Self

from pydantic import Field, model_validator

from pledger.exposure.supply.words import Commodity, Level, Measure
from pledger.ledger.distributions import Belief, Part, Shape
from pledger.vehicle.checked import Checked, FileError, load, wrong
from pledger.vehicle.clauses import Cite, Estimate, Kind
from pledger.vehicle.shapes import triangular
from pledger.vehicle.words import Basis, Input, Source

__all__ = ["Assumptions", "AssumptionsError", "assumptions"]

_LABELS = {
    "exports": ("exports as a share of use", "share"),
    "kept": ("part of the exports that stays at home in a halt", "share"),
    "stocks": ("stock when the halt begins", "months"),
    "rise": ("what suppliers that are left can deliver more", "share"),
    "rise_months": ("months until they do", "months"),
    "saving": ("use that can be done without", "share"),
    "saving_months": ("months until it is", "months"),
    "restock_months": ("months in which stocks are filled up again", "months"),
}
_LEAST = {"rise_months": 1.0, "saving_months": 1.0, "restock_months": 1.0}
_MOST = {"saving": 1.0, "kept": 1.0, "exports": 100.0, "rise": 100.0}


class AssumptionsError(FileError):
    """A file of assumptions that cannot be used."""


class _Assumed(Estimate):
    """A number with its range: an assumption where nothing else is said."""

    basis: Kind = Basis.ASSUMPTION


class _Entry(Checked):
    exports: _Assumed | None = None
    kept: _Assumed | None = None
    stocks: _Assumed | None = None
    rise: _Assumed | None = None
    rise_months: _Assumed | None = None
    saving: _Assumed | None = None
    saving_months: _Assumed | None = None
    restock_months: _Assumed | None = None


class _File(Checked):
    sources: dict[str, Cite] = Field(default_factory=dict)
    assumptions: _Entry = Field(default_factory=_Entry)
    commodities: dict[str, _Entry] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _checked(self) -> Self:
        for way, entry in (
            (("assumptions",), self.assumptions),
            *((("commodities", key), entry) for key, entry in self.commodities.items()),
        ):
            for field in _LABELS:
                estimate: _Assumed | None = getattr(entry, field)
                if estimate is None:
                    continue
                missing = next((key for key in estimate.sources if key not in self.sources), None)
                if missing is not None:
                    raise wrong(f"{missing!r} is no key of sources", "add it there", *way, field)
                least, most = _LEAST.get(field, 0.0), _MOST.get(field, 1000.0)
                if estimate.low < least or estimate.high > most:
                    what = f"{estimate.low:g} to {estimate.high:g} is not within {least:g} to {most:g}"
                    raise wrong(what, "write shares as 0.1 or 10 %, times in months", *way, field)
        return self


@dataclass(frozen=True, slots=True)
class Assumptions:
    """The numbers of one commodity."""

    exports: Input
    """Share of use."""
    kept: Input
    stocks: Input
    """Months of use."""
    rise: Input
    """Share of what is delivered."""
    rise_months: Input
    saving: Input
    """Share of use."""
    saving_months: Input
    restock_months: Input

    def inputs(self) -> tuple[Input, ...]:
        """All of them, in the order in which they are told."""
        return tuple(getattr(self, field) for field in _LABELS)


def assumptions(commodity: Commodity, importer: str, path: Path | None = None) -> Assumptions:
    """The numbers of a commodity: the file's own, else those of `data/supply`; stocks by its level where one is known.

    A number of the commodity itself goes before one for all, and one of the user's file before ours. Raises
    AssumptionsError, with line and mend, for a file that cannot be used.
    """
    with as_file(files("pledger.data") / "supply" / "assumptions.yaml") as bundled:
        ours = _entries(load(_File, bundled, AssumptionsError), commodity, importer)
    own = _entries(load(_File, path, AssumptionsError), commodity, importer) if path is not None else []
    held = next((lev for lev in commodity.levels if lev.measure is Measure.STOCKS and lev.country == importer), None)
    found = {}
    for field in _LABELS:
        said = _said(commodity, field, own)
        if said is None and field == "stocks" and held is not None:
            said = _held(commodity, held)
        said = said or _said(commodity, field, ours)
        if said is None:
            raise LookupError(f"data/supply/assumptions.yaml has no {field}")
        found[field] = said
    return Assumptions(**found)


def _entries(file: _File, commodity: Commodity, importer: str) -> list[tuple[_Entry, dict[str, Cite]]]:
    """What a file says of a commodity in a country, then of the commodity, then of all."""
    its = (file.commodities.get(f"{commodity.key}@{importer}"), file.commodities.get(commodity.key), file.assumptions)
    return [(entry, file.sources) for entry in its if entry is not None]


def _said(commodity: Commodity, field: str, entries: list[tuple[_Entry, dict[str, Cite]]]) -> Input | None:
    label, unit = _LABELS[field]
    for entry, cites in entries:
        estimate: _Assumed | None = getattr(entry, field)
        if estimate is not None:
            return Input(
                f"supply.{commodity.key}.{field}",
                label,
                unit,
                estimate.basis,
                triangular(estimate.low, estimate.central, estimate.high, unit),
                tuple(_source(cites[key]) for key in estimate.sources),
            )
    return None


def _source(cite: Cite) -> Source:
    return Source(cite.where, cite.year, cite.weak)


def _held(commodity: Commodity, level: Level) -> Input:
    """Stocks that a source gives, as an input."""
    low = level.low if level.low is not None else 0.0
    high = level.high if level.high is not None else max(2 * low, low)
    label, unit = _LABELS["stocks"]
    belief = Belief(unit, (Part(low, max(low, high), Shape.UNIFORM, 1.0),))
    return Input(f"supply.{commodity.key}.stocks", label, unit, level.basis, belief, level.sources)
