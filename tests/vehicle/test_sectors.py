"""Sectors: numbers with sources, matched to a project by the words of reports; a sector that nobody knows says so."""

from __future__ import annotations

import math

import numpy as np
import pytest

from pledger.data import lexicon
from pledger.ledger.distributions import Belief
from pledger.vehicle.finance.returns import irr
from pledger.vehicle.overruns import class_of
from pledger.vehicle.sectors import UNKNOWN, SectorError, inputs, known, sector, sector_of
from pledger.vehicle.words import Basis

# Return per year of each archetype in per cent, worked out apart from this program when the figures were collected:
# flat yield, even spending, linear ramp, no debt.
WORKED_OUT = {
    "gas_cc": 9.2,
    "large_nuclear": 4.7,
    "smr": 4.5,
    "lng": 7.9,
    "crude_terminal": 8.5,
    "data_centre": 9.2,
    "transmission": 8.5,
    "transformers": 17.0,
    "diamond_grit": 2.8,
    "copper_smelter": 4.9,
    "battery_cells": 5.1,
    "lfp": 0.8,
    "chip_fab": 7.4,
    "shipyard": 5.2,
    "port": 6.7,
}


@pytest.mark.parametrize(
    ("texts", "key"),
    [
        (["gas-fired power plant"], "gas_cc"),
        (["ten large nuclear reactors"], "large_nuclear"),
        (["small modular reactors"], "smr"),
        (["小型モジュール炉"], "smr"),
        (["LNG terminal"], "lng"),
        (["crude oil export terminal"], "crude_terminal"),
        (["AI data centers"], "data_centre"),
        (["데이터센터"], "data_centre"),
        (["半導体工場"], "chip_fab"),
        (["芯片"], "chip_fab"),
        (["Halbleiterfabrik"], "chip_fab"),
        (["Rechenzentrum"], "data_centre"),
        (["造船"], "shipyard"),
        (["copper smelter"], "copper_smelter"),
        (["synthetic diamond plant"], "diamond_grit"),
        (["gas_cc"], "gas_cc"),
        (["power"], "power"),
        (["Energie"], "power"),
        (["gas pipeline"], "pipeline"),
        # The first text in which a word stands decides.
        (["a joint venture", "semiconductors", "energy"], "chip_fab"),
        # A word within a word is none, and a kind without a sector of its own is unknown.
        (["an export report"], UNKNOWN),
        (["teaching hospital", "energy"], UNKNOWN),
        (["aluminium smelter"], UNKNOWN),
        (["subsea cable factory"], UNKNOWN),
        (["wizardry"], UNKNOWN),
        ([""], UNKNOWN),
        ([], UNKNOWN),
    ],
)
def test_a_project_is_matched_by_the_words_of_reports(texts: list[str], key: str) -> None:
    assert sector_of(texts) == key


def test_every_sector_of_the_lexicon_of_kinds_comes_to_a_sector() -> None:
    keys = {each.key for each in known()}
    for its in lexicon("kinds")["kinds"].values():
        assert sector_of([its["label"]]) in keys


def test_words_of_every_language_lead_to_most_sectors() -> None:
    kinds = lexicon("kinds")["kinds"]
    for language in ("en", "ja", "zh", "ko", "de"):
        led = {sector_of([word]) for its in kinds.values() for word in its.get(language, ())}
        assert {"gas_cc", "large_nuclear", "smr", "lng", "data_centre", "chip_fab", "shipyard", "port"} <= led, language


def test_every_number_has_a_source_or_is_marked_as_an_assumption() -> None:
    for each in known():
        found = inputs(each.key)
        assert len(found) == 6
        for one in found:
            assert one.name.startswith(f"sector.{each.key}.")
            assert one.sources or one.basis is Basis.ASSUMPTION, one.name
            assert isinstance(one.belief, Belief)
            assert math.isclose(math.fsum(part.weight for part in one.belief.parts), 1)
        assert min(each.build_quarters, each.life_quarters, each.ramp_quarters) >= 1
        assert class_of(each.overrun).key == each.overrun


def test_the_default_is_wide_and_says_what_it_is() -> None:
    default = sector(UNKNOWN)
    assert "unknown" in default.label
    assert all(one.basis is Basis.ASSUMPTION for one in inputs(UNKNOWN))
    for each in known():
        if each.key not in (UNKNOWN, "copper_smelter", "transformers"):
            assert default.cash_yield.low <= each.cash_yield.low
            assert each.cash_yield.high <= default.cash_yield.high


@pytest.mark.parametrize("key", WORKED_OUT)
def test_central_values_give_the_return_that_was_worked_out_for_the_archetype(key: str) -> None:
    its = sector(key)
    cash = [its.cash_yield.central / 4 * min(1, k / its.ramp_quarters) for k in range(1, its.life_quarters + 1)]
    flows = np.array([*([-1 / its.build_quarters] * its.build_quarters), *cash])
    # Within 0.4 points: whether a quarter's flows fall at its beginning or end was not said.
    [found] = irr(flows).rates
    assert abs(100 * found - WORKED_OUT[key]) <= 0.4


def test_a_sector_that_is_not_there_is_answered_with_the_nearest() -> None:
    with pytest.raises(SectorError, match="did you mean 'gas_cc'"):
        sector("gas_c")
