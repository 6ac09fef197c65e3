"""A portfolio's exposure as tables that are taken away: paths, holdings, sums, what a scenario changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import overload

from pledger.exposure.portfolio.tabulated import (
    EffectRow,
    HoldingRow,
    HoldingRows,
    PathRow,
    effect_rows,
    path_rows,
    sum_rows,
)
from pledger.exposure.portfolio.words import NOT_ADVICE, Exposure
from pledger.views.plain import clean
from pledger.views.web.answers import Cell, Sheet
from pledger.views.wording import say_name, say_stage

__all__ = ["sheets"]

_LONG = 300
"""Letters of a cell of somebody's file that are shown."""
_PATHS = (
    "Row", "Holding", "Weight", "Kind", "Path", "Share low", "Share high", "Role", "Project", "Programme", "Low",
    "High", "Currency", "Stage", "Chance", "Match", "Role standing", "Sentence", "Said by", "On", "Where", "Figure",
    "Claim", "Project id",
)  # fmt: skip
_HOLDINGS = ("Row", "Name", "ISIN", "LEI", "Ticker", "Currency", "Weight", "Value", "Result", "By", "Sure", "Company",
             "Country", "Sector", "Parties", "Why", "Perhaps")  # fmt: skip
_SUMS = ("By", "Of", "Rows", "Weight", "Projects", "Low, USD", "High, USD", "Expected low", "Expected high")
_EFFECTS = (
    "Row", "Holding", "Project", "Roles", "Chance as reported", "Chance under the scenario", "Drawn as reported",
    "Drawn under the scenario", "Drawn in all as reported", "Drawn in all under the scenario", "In words",
)  # fmt: skip


def sheets(its: Exposure) -> tuple[Sheet, ...]:
    """The tables that are taken away: paths first, then holdings, sums and what the scenario changes."""
    sums = [
        (r.by, clean(r.of), r.rows, r.weight, r.projects, r.low, r.high, r.expected_low, r.expected_high)
        for r in sum_rows(its)
    ]
    made = [
        Sheet("Paths", _PATHS, [_path(r) for r in path_rows(its)]),
        Sheet("Holdings", _HOLDINGS, _Holdings(its)),
        Sheet("Sums", _SUMS, sums),
    ]
    if its.scenario:
        made.append(Sheet("Scenario", _EFFECTS, [_effect(r) for r in effect_rows(its)]))
    about: list[Sequence[Cell]] = [(NOT_ADVICE,), *((words,) for words in its.left_out)]
    about += [(f"{p.where}: {p.why}; {p.mend}",) for p in its.holdings.problems]
    return (*made, Sheet("About", ("About",), about))


def _path(r: PathRow) -> tuple[Cell, ...]:
    return (
        r.row, clean(r.holding)[:_LONG], r.weight, r.kind, clean(r.told), r.share_low, r.share_high, r.role,
        say_name(clean(r.project)) if r.project is not None else None, clean(r.programme), r.low, r.high, r.currency,
        say_stage(r.stage) if r.stage else None, r.chance, r.sure, r.standing, _clean(r.sentence), _clean(r.publisher),
        r.reported_on, _clean(r.where), r.figure, r.claim, r.project_id,
    )  # fmt: skip


def _clean(words: str | None) -> str | None:
    return None if words is None else clean(words)


class _Holdings(Sequence[Sequence[Cell]]):
    """The rows of the holdings, made when they are asked for."""

    def __init__(self, its: Exposure) -> None:
        self._rows = HoldingRows(its)

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> Sequence[Cell]: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[Sequence[Cell]]: ...
    def __getitem__(self, at: int | slice) -> Sequence[Cell] | Sequence[Sequence[Cell]]:
        found = self._rows[at]
        return _holding(found) if isinstance(found, HoldingRow) else [_holding(r) for r in found]


def _holding(r: HoldingRow) -> tuple[Cell, ...]:
    return (
        r.row, clean(r.name)[:_LONG], r.isin, r.lei, clean(r.ticker), clean(r.currency)[:10], r.weight, r.value,
        r.verdict, r.how, r.sure, r.company, r.country, r.sector, ", ".join(map(clean, r.parties)), clean(r.told),
        ", ".join(map(clean, r.perhaps)),
    )  # fmt: skip


def _effect(r: EffectRow) -> tuple[Cell, ...]:
    return (
        r.row, clean(r.holding)[:_LONG], say_name(clean(r.project)), ", ".join(r.roles), r.chance_reported,
        r.chance_scenario, r.drawn_reported, r.drawn_scenario, r.in_all_reported, r.in_all_scenario, r.told,
    )  # fmt: skip
