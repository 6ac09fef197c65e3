"""The simulation on a Dask cluster: real workers, the same bits."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from pledger.vehicle.montecarlo.fans import empty
from pledger.vehicle.montecarlo.simulate import BLOCK, simulate
from pledger.vehicle.montecarlo.spread import add, pack
from pledger.workers import ClusterError
from vehicle.plans import plan
from vehicle.test_simulate import identical
from workers.test_cluster import Start, copy_of_the_source, joined, scheduler, start, worker

__all__ = ["scheduler", "start"]


def test_two_workers_give_the_bits_of_one_thread(start: Start, scheduler: str) -> None:
    one, _ = worker(start, scheduler), worker(start, scheduler)
    joined(scheduler, 2)
    made = plan(4, quarters=60)
    here = simulate(made, 40 * BLOCK + 100, 3, threads=1, by_project=True)
    told: list[int] = []

    def kill(done: int, _of: int) -> None:
        told.append(done)
        one.kill()

    there = simulate(made, 40 * BLOCK + 100, 3, scheduler=scheduler, progress=kill, by_project=True)
    assert identical(here, there)
    assert len(told) > 1


def test_a_worker_with_other_code_is_refused(tmp_path: Path, start: Start, scheduler: str) -> None:
    place = copy_of_the_source(tmp_path / "other")
    file = place / "vehicle" / "montecarlo" / "serving.py"
    file.write_text(file.read_text(encoding="utf-8") + "\n# another state\n", encoding="utf-8")
    worker(start, scheduler, PYTHONPATH=str(place.parent))
    joined(scheduler)
    with pytest.raises(ClusterError, match=r"is refused, for it would simulate otherwise \(other code"):
        simulate(plan(1, quarters=20), 10, scheduler=scheduler)


def test_counts_survive_the_journey() -> None:
    generator = np.random.default_rng(0)
    counts = empty(5)
    counts.bins[1:4, 17:2000] = generator.integers(0, 3, (3, 1983))
    counts.bins[4, [0, -1]] = 65_000
    counts.zeros[2], counts.atoms[3], counts.least[4], counts.most[4] = 9, 8, -1.5, 2.5
    there = empty(5)
    add(pack(counts), there)
    for before, after in zip(counts, there, strict=True):
        assert np.array_equal(before, after)
    add(pack(counts), there)
    assert np.array_equal(there.bins, 2 * counts.bins)
    assert list(there.zeros) == [0, 0, 18, 0, 0]
