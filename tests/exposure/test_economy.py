"""Economy-wide effects: what pymrio and BoARIO give when they are called alone is what we give."""

from __future__ import annotations

import sys
import warnings
from pathlib import Path

import numpy as np
import pytest

from pledger.exposure.supply.economy import (
    TEST,
    Economy,
    EconomyError,
    Loss,
    Propagated,
    exported,
    industries,
    propagate,
    system,
)

LOSS = Loss("reg1", "mining", 0.5, days=60)
DAYS = 90


@pytest.fixture(scope="module")
def economy() -> Economy:
    return system(TEST)


@pytest.fixture(scope="module")
def run(economy: Economy) -> Propagated:
    return propagate(economy, LOSS, DAYS)


def test_the_run_on_pymrio_s_table_is_what_boario_gives_alone(run: Propagated, tmp_path: Path) -> None:
    import boario.event
    import pandas as pd
    import pymrio
    from boario.extended_models import ARIOPsiModel
    from boario.simulation import Simulation

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        table = pymrio.load_test()
        table.calc_all()
        alone = Simulation(ARIOPsiModel(table), n_temporal_units_to_sim=DAYS, boario_output_dir=tmp_path)
        alone.add_event(
            boario.event.from_series(
                pd.Series({("reg1", "mining"): 0.5}), event_type="arbitrary", occurrence=1, duration=60, recovery_tau=1
            )
        )
        alone.loop()
    made = alone.production_realised
    assert run.industries == tuple(made.columns)
    assert np.array_equal(run.production, made.to_numpy(), equal_nan=True)
    assert np.array_equal(run.baseline, alone.model.X_0)
    assert (run.days, run.crashed) == (DAYS, False)


def test_the_industry_that_loses_capacity_makes_half_and_comes_back(run: Propagated) -> None:
    at = run.industries.index(("reg1", "mining"))
    share = run.production[:, at] / run.baseline[at]
    assert share[0] == pytest.approx(1)
    assert share[30] == pytest.approx(0.5, abs=0.05)
    assert share[80] > 0.99


def test_what_is_lost_by_region_and_by_sector(run: Propagated) -> None:
    assert run.lost("region")[0][0] == "reg1"
    assert run.lost("sector")[0][0] == "mining"
    worst, share = run.lost("industry")[0]
    assert worst == "mining, reg1"
    assert share == pytest.approx(0.5 * LOSS.days / DAYS, rel=0.05)
    regions, whole = dict(run.lost("region")), run.baseline.sum() * run.days
    by_hand = 1 - run.production.sum() / whole
    weights = {r: sum(b for i, b in zip(run.industries, run.baseline, strict=True) if i[0] == r) for r in regions}
    assert sum(regions[r] * weights[r] for r in regions) / run.baseline.sum() == pytest.approx(by_hand)


def test_the_long_table(run: Propagated) -> None:
    frame = run.frame()
    assert list(frame.columns) == ["day", "region", "sector", "production", "baseline", "change"]
    assert len(frame) == DAYS * len(run.industries)
    row = frame[(frame["day"] == 30) & (frame["region"] == "reg1") & (frame["sector"] == "mining")].iloc[0]
    assert row["change"] == pytest.approx(row["production"] / row["baseline"] - 1)


def test_a_saved_system_is_read_again(economy: Economy, tmp_path: Path) -> None:
    economy.system.save_all(tmp_path / "mine")
    again = system(str(tmp_path / "mine"))
    assert (again.regions, again.sectors) == (economy.regions, economy.sectors)
    assert np.allclose(again.system.Z.to_numpy(), economy.system.Z.to_numpy())


def test_the_share_that_is_exported(economy: Economy) -> None:
    table = economy.system
    sold = table.Z.loc[("reg1", "mining")].sum() + table.Y.loc[("reg1", "mining")].sum()
    abroad = sum(table.Z.loc[("reg1", "mining"), f"reg{n}"].sum() for n in range(2, 7))
    abroad += sum(table.Y.loc[("reg1", "mining"), f"reg{n}"].sum() for n in range(2, 7))
    assert exported(economy, "REG1", "Mining") == pytest.approx(abroad / sold)


@pytest.mark.parametrize(
    ("region", "sector", "says"),
    [
        ("reg9", "mining", "no region 'reg9'; did you mean"),
        ("reg1", "diamonds", "no sector 'diamonds'; there are food"),
    ],
)
def test_an_industry_that_the_table_does_not_have(economy: Economy, region: str, sector: str, says: str) -> None:
    with pytest.raises(EconomyError, match=says):
        industries(economy, region, sector)


def test_a_share_that_is_none(economy: Economy) -> None:
    with pytest.raises(EconomyError, match="above 0 to 1"):
        propagate(economy, Loss("reg1", "mining", 1.5))


def test_folders_that_hold_no_table(tmp_path: Path) -> None:
    with pytest.raises(EconomyError, match="no table at"):
        system(str(tmp_path / "nowhere"))
    with pytest.raises(EconomyError, match="holds no table that is known"):
        system(str(tmp_path))
    (tmp_path / "ICIO2021_2018.csv").write_text("not,a,table\n1,2,3\n", encoding="utf-8")
    with pytest.raises(EconomyError, match="cannot be read as OECD ICIO"):
        system(str(tmp_path))
    (tmp_path / "ICIO2021_2017.csv").write_text("", encoding="utf-8")
    with pytest.raises(EconomyError, match="2 years of OECD ICIO; name one file"):
        system(str(tmp_path))


def test_what_is_missing_is_named_with_its_mend(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymrio", None)
    with pytest.raises(
        EconomyError, match=r"need pymrio, which is not installed; run `pip install 'pledger\[economy\]'`"
    ):
        system(TEST)
