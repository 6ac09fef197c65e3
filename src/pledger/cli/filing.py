"""The files that `run` writes of one case: a workbook, a table as CSV, a table as Parquet."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from pledger.vehicle.grid import Grid
    from pledger.vehicle.words import Case, Flows, Input

__all__ = ["Files", "files_of", "files_options"]

_PATH = click.Path(dir_okay=False, path_type=Path)
_ENDINGS = {"xlsx_file": ".xlsx", "csv_file": ".csv", "parquet_file": ".parquet"}


@dataclass(frozen=True, slots=True)
class Files:
    """Where to write, None for what was not asked for."""

    xlsx: Path | None
    csv: Path | None
    parquet: Path | None

    def write(
        self,
        title: str,
        case: Case,
        grid: Grid,
        discount: tuple[float, float, float, float],
        sources: tuple[Input, ...] = (),
    ) -> None:
        """Write a case's flows by party and quarter, and the workbook that recomputes it, as far as asked for."""
        if not any((self.xlsx, self.csv, self.parquet)):
            return
        from pledger.vehicle.finance.cash import run
        from pledger.vehicle.finance.flows import party_table, save

        flows = run(case)
        for target in (self.csv, self.parquet):
            if target is not None:
                _written(target, partial(save, party_table(flows, grid), target))
        if self.xlsx is not None:
            _written(self.xlsx, partial(_workbook, self.xlsx, title, case, flows, grid, discount, sources))


def _workbook(
    path: Path,
    title: str,
    case: Case,
    flows: Flows,
    grid: Grid,
    discount: tuple[float, float, float, float],
    sources: tuple[Input, ...],
) -> None:
    from xlsxwriter.exceptions import XlsxWriterException

    from pledger.views import workbook

    side, year = discount[0], grid.first_year
    try:
        workbook.write(path, case, flows, title=title, sources=sources, discount=discount, side=side, first_year=year)
    except XlsxWriterException as wrong:
        raise OSError(str(wrong)) from wrong


def _written(path: Path, write: Callable[[], None]) -> None:
    try:
        write()
    except OSError as wrong:
        raise click.ClickException(f"cannot write {path} ({wrong.strerror or wrong}): name another place") from wrong
    except ValueError as wrong:
        raise click.ClickException(f"cannot write {path}: {wrong}") from wrong


def files_options(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options --xlsx, --csv and --parquet."""
    for name, shown, said in (
        ("--parquet", "FILE.parquet", "The same as Parquet."),
        ("--csv", "FILE.csv", "Write the central case's flows by party and quarter."),
        ("--xlsx", "FILE.xlsx", "Write the central case as a workbook whose formulas recompute it."),
    ):
        function = click.option(name, f"{name[2:]}_file", type=_PATH, metavar=shown, help=said)(function)
    return function


def files_of(options: dict[str, Any]) -> Files:
    """The files that were asked for; what cannot be written is said before the work, not after it."""
    found: list[Path | None] = []
    for name, ending in _ENDINGS.items():
        path: Path | None = options.pop(name)
        if path is not None and path.suffix.lower() != ending:
            raise click.UsageError(f"{path} is to end in {ending}")
        if path is not None and not path.parent.is_dir():
            raise click.ClickException(f"cannot write {path} (there is no such folder): name another place")
        found.append(path)
    return Files(*found)
