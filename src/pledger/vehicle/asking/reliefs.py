"""The tariff relief of each programme as `data/relief` has it, every number with its ground."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Self

from pydantic import Field, model_validator

from pledger.ledger.distributions import DAY
from pledger.vehicle.asking.tariff import Line, Step, Tariff
from pledger.vehicle.checked import Checked, FileError, Number, load, wrong
from pledger.vehicle.clauses import Cite, Cited, Estimate
from pledger.vehicle.shapes import point, triangular
from pledger.vehicle.words import Basis, Input, Source

__all__ = ["ReliefError", "load_relief", "tariff_of"]

Rate = Annotated[Number, Field(gt=-1, le=10)]


class ReliefError(FileError):
    """A file on tariff relief that cannot be used."""


class _Step(Cited):
    on: dt.date
    without: Rate
    kept: Rate


class _Line(Checked):
    name: str
    label: str
    exports: Estimate
    borne: Estimate
    steps: Annotated[tuple[_Step, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _ordered(self) -> Self:
        days = [step.on for step in self.steps]
        if days != sorted(set(days)):
            raise wrong("the steps are not in the order of their days", "sort them; a day has one step", "steps")
        if self.exports.low < 0:
            raise wrong(f"exports of {self.exports.low:,.0f}", "write an amount above zero", "exports")
        if not 0 <= self.borne.low <= self.borne.high <= 1:
            raise wrong(f"{self.borne.central:g} is no share", "write shares between 0 and 1", "borne")
        return self


class _Relief(Checked):
    programme: str
    until: dt.date
    until_says: str
    sources: dict[str, Cite]
    lines: Annotated[tuple[_Line, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _cited(self) -> Self:
        for n, line in enumerate(self.lines):
            if [other.name for other in self.lines].index(line.name) != n:
                raise wrong(f"{line.name!r} names two lines", "rename one", "lines", n, "name")
            for field, said in (("exports", line.exports), ("borne", line.borne)):
                self._known(said, "lines", n, field)
            for k, step in enumerate(line.steps):
                self._known(step, "lines", n, "steps", k)
        return self

    def _known(self, said: Cited, *way: str | int) -> None:
        for number, key in enumerate(said.sources):
            if key not in self.sources:
                raise wrong(
                    f"{key!r} is no key of sources", "add it there, or mend its spelling", *way, "sources", number
                )


def load_relief(path: Path | str) -> Tariff:
    """The relief in a YAML file. Raises ReliefError with file, line, field and mend."""
    read = load(_Relief, path, ReliefError)
    days = Input("relief.until", read.until_says, DAY, Basis.ASSUMPTION, point(float(read.until.toordinal()), DAY))
    lines = tuple(_line(line, read) for line in read.lines)
    rates = tuple(rate for line in read.lines for rate in _rates(line, read))
    return Tariff(read.programme, lines, read.until, (days, *rates))


@cache
def _known() -> dict[str, Tariff]:
    with as_file(files("pledger.data") / "relief") as folder:
        found = [load_relief(path) for path in sorted(Path(folder).glob("*.yaml"))]
    return {tariff.programme: tariff for tariff in found}


def tariff_of(programme: str) -> Tariff | None:
    """The relief of a programme by its key (`JP>US`); None where none is reported."""
    return _known().get(programme)


def _sources(said: Cited, read: _Relief) -> tuple[Source, ...]:
    return tuple(Source(c.where, c.year, c.weak) for c in (read.sources[key] for key in said.sources))


def _input(name: str, label: str, unit: str, said: Estimate, read: _Relief) -> Input:
    belief = triangular(said.low, said.central, said.high, unit)
    return Input(name, f"{label} ({said.says})" if said.says else label, unit, said.basis, belief, _sources(said, read))


def _line(line: _Line, read: _Relief) -> Line:
    return Line(
        name=line.name,
        label=line.label,
        exports=_input(f"relief.{line.name}.exports", f"exports a year, {line.label}", "USD", line.exports, read),
        borne=_input(f"relief.{line.name}.borne", f"share of tariffs borne, {line.label}", "share", line.borne, read),
        steps=tuple(Step(step.on, step.without, step.kept) for step in line.steps),
    )


def _rates(line: _Line, read: _Relief) -> list[Input]:
    return [
        Input(
            name=f"relief.{line.name}.{which}.{step.on}",
            label=f"tariff {said} the pledge from {step.on}, {line.label}",
            unit="rate",
            basis=step.basis,
            belief=point(rate, "rate"),
            sources=_sources(step, read),
        )
        for step in line.steps
        for which, said, rate in (("without", "without", step.without), ("kept", "with", step.kept))
    ]
