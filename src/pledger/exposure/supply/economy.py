"""What the loss of an industry's output does to all others: input-output tables by pymrio, propagation by BoARIO.

Neither is rewritten here. pymrio (Stadler, 2021) reads the tables that the user has: its own test system, a system that
it saved, OECD ICIO, EXIOBASE 3, WIOD, Eora26. BoARIO (Juhel, 2024) is the adaptive regional input-output model ARIO-psi
(Hallegatte, 2014): industries hold inventories of inputs, and what runs short of one produces less. A halt is an event
of its kind `arbitrary`: a share of an industry's capacity is lost for some days, then comes back.

Both libraries come with the extra `economy` and are imported when they are called.
"""

from __future__ import annotations

import difflib
import importlib
import importlib.util
import logging
import re
import tempfile
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING, Any

from pledger.vehicle.asking.wishes import AskError
from pledger.vehicle.words import Floats

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["TEST", "Economy", "EconomyError", "Loss", "Propagated", "exported", "industries", "propagate", "system"]

TEST = "test"
"""The name of pymrio's own small test system."""
_DAYS = 365
_MODULES = ("pymrio", "boario.event", "boario.extended_models", "boario.simulation")
_SAVED = "file_parameters.json"
"""What pymrio writes beside a system that it saved; EXIOBASE 3 is published in that form."""
_PARSERS = (
    ("OECD ICIO", "parse_oecd", re.compile(r"ICIO20\d\d_\d{4}\.(csv|zip)", re.IGNORECASE)),
    ("EXIOBASE 3", "parse_exiobase3", re.compile(r"IOT_\d{4}_(ixi|pxp)\.zip", re.IGNORECASE)),
    ("WIOD", "parse_wiod", re.compile(r"wiot\d\d.*\.xlsx", re.IGNORECASE)),
    ("Eora26", "parse_eora26", re.compile(r"Eora26_\d{4}_(bp|pp)\.zip", re.IGNORECASE)),
)
"""Name, parser of pymrio, and how its files are called where they are published; each holds one year."""


class EconomyError(AskError):
    """Something without which no table can be read or run: one line that says what, and the mend."""


@dataclass(frozen=True, slots=True)
class Economy:
    """A table of industries, as pymrio holds it."""

    name: str
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    system: Any
    """pymrio's IOSystem."""


@dataclass(frozen=True, slots=True)
class Loss:
    """One industry loses a share of its capacity for some days."""

    region: str
    sector: str
    share: float
    """Of its capacity, above 0 to 1."""
    days: int = 365
    first: int = 1
    """Day on which it begins; the first day of a run is 0 and undisturbed."""
    recovery: int = 1
    """Days in which the capacity comes back afterwards, evenly."""


@dataclass(frozen=True, slots=True)
class Propagated:
    """Production by industry and day, as BoARIO gives it."""

    loss: Loss
    industries: tuple[tuple[str, str], ...]
    """(region, sector) of each column."""
    baseline: Floats
    """(industries,) production of an undisturbed day, in the table's unit."""
    production: Floats
    """(days, industries)."""
    crashed: bool
    """Whether the model found no way on; days after that are not a number."""
    days: int
    """Days that were simulated."""

    def frame(self) -> pd.DataFrame:
        """Long: day, region, sector, production, baseline, change (-0.1: a tenth less)."""
        pandas = _module("pandas")
        days, count = self.production.shape
        frame: pd.DataFrame = pandas.DataFrame(
            {
                "day": [day for day in range(days) for _ in range(count)],
                "region": [region for region, _ in self.industries] * days,
                "sector": [sector for _, sector in self.industries] * days,
                "production": self.production.ravel(),
                "baseline": list(self.baseline) * days,
            }
        )
        whole = frame["baseline"].where(frame["baseline"] > 0)
        frame["change"] = frame["production"] / whole - 1
        return frame

    def change(self, day: int, industry: int) -> float:
        """By how much a day's output differs from an undisturbed one: -0.1 is a tenth less; 0 where there is none."""
        whole = float(self.baseline[industry])
        return float(self.production[day, industry]) / whole - 1 if whole > 0 else 0.0

    def lost(self, by: str) -> tuple[tuple[str, float], ...]:
        """What is lost over all days by `region`, `sector` or `industry`, as a share of undisturbed output.

        The most first; an industry is called `SECTOR, REGION`.
        """
        done = self.production[: self.days]
        found: dict[str, list[float]] = {}
        for column, industry in enumerate(self.industries):
            region, sector = industry
            name = {"region": region, "sector": sector, "industry": f"{sector}, {region}"}[by]
            sums = found.setdefault(name, [0.0, 0.0])
            sums[0] += float(self.baseline[column]) * len(done)
            sums[1] += float(done[:, column].sum())
        shares = ((name, 1 - got / whole if whole else 0.0) for name, (whole, got) in found.items())
        return tuple(sorted(shares, key=lambda item: (-item[1], item[0])))


def system(where: str) -> Economy:
    """The table in a folder or file, by the parser of pymrio that fits what is in it; `test` for pymrio's own.

    Raises EconomyError where the extra is missing, where nothing is there, or where no parser can read it.
    """
    pymrio = _module("pymrio")
    if where == TEST:
        return _economy("pymrio's test system", pymrio.load_test())
    path = Path(where)
    if not path.exists():
        raise EconomyError(f"no table at {where}; name a folder that holds one, or `{TEST}` for pymrio's own")
    name, file, read = _parser(pymrio, path)
    with _quiet():
        try:
            found = read(str(file))
        except Exception as failed:  # pymrio raises whatever its file readers raise
            why = " ".join(str(failed).split()) or type(failed).__name__
            raise EconomyError(
                f"{where} cannot be read as {name} ({why[:200]}); give the files as published"
            ) from failed
    return _economy(f"{name}, {file.name}", found)


def industries(economy: Economy, region: str, sector: str) -> tuple[str, str]:
    """The region and the sector of a table by its own names, whatever their case; EconomyError with the nearest."""
    return _named(region, economy.regions, "region"), _named(sector, economy.sectors, "sector")


def propagate(economy: Economy, loss: Loss, days: int = 2 * _DAYS) -> Propagated:
    """Production by industry and day when one industry loses capacity: BoARIO's ARIO-psi model with its own defaults.

    Raises EconomyError for an industry that the table does not have, and for a share or a time that is none.
    """
    event, models, simulation = (_module(name) for name in _MODULES[1:])
    if not 0 < loss.share <= 1 or loss.days < 1 or loss.first < 1 or loss.recovery < 1:
        raise EconomyError(
            "a loss is a share of capacity above 0 to 1, for a day or more; give --share 0.5 or the like"
        )
    if days <= loss.first:
        raise EconomyError(f"{days} days end before the loss begins; follow it for longer")
    at = industries(economy, loss.region, loss.sector)
    pandas = _module("pandas")
    with _quiet(), tempfile.TemporaryDirectory(prefix="pledger") as folder:
        model = models.ARIOPsiModel(economy.system)
        run = simulation.Simulation(model, n_temporal_units_to_sim=days, boario_output_dir=folder)
        run.add_event(
            event.from_series(
                pandas.Series({at: float(loss.share)}),
                event_type="arbitrary",
                occurrence=loss.first,
                duration=loss.days,
                recovery_tau=loss.recovery,
            )
        )
        run.loop()
        made = run.production_realised
    return Propagated(
        loss,
        tuple((str(region), str(sector)) for region, sector in made.columns),
        model.X_0.copy(),
        made.to_numpy(copy=True),
        bool(run.has_crashed),
        int(run.n_temporal_units_simulated) or days,
    )


def exported(economy: Economy, region: str, sector: str) -> float:
    """The share of an industry's output that other regions buy, for their industries and their final use."""
    at = industries(economy, region, sector)
    intermediate, final = (frame.loc[at] for frame in (economy.system.Z, economy.system.Y))
    sold = float(intermediate.sum() + final.sum())
    home = float(intermediate[at[0]].sum() + final[at[0]].sum())
    return min(1.0, max(0.0, 1 - home / sold)) if sold > 0 else 0.0


def _module(name: str) -> ModuleType:
    try:
        return importlib.import_module(name)
    except ImportError as missing:
        raise EconomyError(
            f"economy-wide effects need {missing.name or name}, which is not installed; "
            "run `pip install 'pledger[economy]'`"
        ) from missing


def _economy(name: str, found: Any) -> Economy:
    with _quiet():
        found.calc_all()
    return Economy(
        name, tuple(str(r) for r in found.get_regions()), tuple(str(s) for s in found.get_sectors()), found
    )  # fmt: skip


def _parser(pymrio: ModuleType, path: Path) -> tuple[str, Path, Callable[[str], Any]]:
    """The name of what a path holds, the file or folder to read, and its reader, told by the names of files."""
    if path.is_dir() and (path / _SAVED).exists():
        exiobase = path.name.upper().startswith("IOT_")
        return ("EXIOBASE 3", path, pymrio.parse_exiobase3) if exiobase else ("a saved system", path, pymrio.load_all)
    inside = [path] if path.is_file() else sorted(path.iterdir())
    for name, parser, pattern in _PARSERS:
        found = [file for file in inside if pattern.fullmatch(file.name)]
        if len(found) == 1:
            return name, found[0], getattr(pymrio, parser)
        if found:
            raise EconomyError(f"{path} holds {len(found)} years of {name}; name one file, such as {found[-1]}")
    known = ", ".join(name for name, _, _ in _PARSERS)
    raise EconomyError(
        f"{path} holds no table that is known; give a file of {known} as published, or a folder that pymrio saved"
    )


def _named(asked: str, known: Sequence[str], what: str) -> str:
    folded = {name.casefold(): name for name in known}
    if asked.casefold() in folded:
        return folded[asked.casefold()]
    near = difflib.get_close_matches(asked.casefold(), folded, 1)
    mend = f"did you mean {folded[near[0]]!r}?" if near else f"there are {', '.join(known[:12])}"
    raise EconomyError(f"the table has no {what} {asked!r}; {mend}")


@contextmanager
def _quiet() -> Iterator[None]:
    """Without what the libraries say of their defaults, and without the handlers that a run leaves behind."""
    logger = logging.getLogger("boario")
    before, level = list(logger.handlers), logger.level
    logger.setLevel(logging.CRITICAL)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        for handler in [h for h in logger.handlers if h not in before]:
            logger.removeHandler(handler)
            handler.close()
        logger.setLevel(level)
