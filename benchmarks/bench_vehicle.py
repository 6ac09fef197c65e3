"""The simulation beside what one would use instead: 60 projects, 140 quarters, the same answers checked.

`make bench-vehicle` runs four parts; `--part` runs one.

speed: scenarios per second of the kernel, of a plain loop in C (the same random numbers, rules, series and answers,
  compiled here with -O3 -march=native), of NumPy as a competent analyst would write it, and of waterfall-py, which runs
  one deal's debt waterfall at a time. Time of the processor is what is compared, since others may use the machine.
first: what a user waits for once, until the kernel is compiled.
growth: 10^4, 10^5 and 10^6 scenarios, each in a process of its own with its peak memory.
cluster: two Dask workers beside one, by the clock, on the same scheduler.

A run on two busy cores gave, of the processor's time (ratios hold, absolutes do not): Pledger 36 us a
scenario, 0.7 times the loop in C, a twelfth of NumPy; a project of a scenario a thousandth of a deal of waterfall-py;
37 to 41 us at each size. Two Dask workers took 1.78 times less each than one alone, with 0.5 s here beside 9 s in them.

What profiling found, and what was done about it:

- Rows unpacked from one array do not count as contiguous, and no loop over them was widened: a third of all time.
- The claims of each project were a branch a quarter. What is outstanding is one running total with a floor at zero, and
  claims, recoveries and the rest follow from it in loops of their own.
- Rates of return took a fifth: Newton's steps on the logarithm of inflows over outflows, nearly a straight line in the
  continuous rate, need three or four, each over even and odd quarters side by side.
- Counting by row from a block, and not by scenario, keeps one row's bins in the nearest cache: 2 ns a number.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import psutil

from pledger.vehicle.montecarlo.columns import draw
from pledger.vehicle.montecarlo.kernel import ANSWERS
from pledger.vehicle.montecarlo.simulate import simulate
from pledger.vehicle.montecarlo.simulation import Simulation
from pledger.vehicle.montecarlo.tables import NUMBERS
from pledger.vehicle.words import Floats
from vehicle_peers import arrays, deals, loop
from vehicle_peers.sample import PROJECTS, QUARTERS, plan

__all__ = ["main"]

MANY, FEW = 50_000, 2_000
"""Scenarios for what is quick, and for NumPy."""
PARTS = ("speed", "first", "growth", "cluster")


def main() -> None:
    """Run the parts."""
    parser = argparse.ArgumentParser(description="The simulation beside C, NumPy and waterfall-py.")
    parser.add_argument("--part", choices=PARTS)
    parser.add_argument("--largest", type=int, default=1_000_000, help="scenarios of the largest run")
    parser.add_argument("--one", type=int, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.one is not None:
        _one(asked.one)
        return
    print(f"{PROJECTS} projects, {QUARTERS} quarters, {len(ANSWERS)} answers a scenario")
    for part in PARTS if asked.part is None else (asked.part,):
        print(f"\n{part}")
        {"speed": speed, "first": first, "growth": lambda: growth(asked.largest), "cluster": cluster}[part]()


def measured(work: Callable[[], object], times: int = 3) -> tuple[float, float]:
    """The least seconds of the processor and of the clock in a few runs."""
    cpu, clock = [], []
    for _ in range(times):
        began, used = time.perf_counter(), time.process_time()
        work()
        clock.append(time.perf_counter() - began)
        cpu.append(time.process_time() - used)
    return min(cpu), min(clock)


def speed() -> None:
    """Scenarios per second, and that all come to the same."""
    made = plan()
    ours = simulate(made, FEW, threads=1)  # compiles, where that was not done before
    inputs = arrays.Inputs(
        draw(made, "terms.interpretation", 0, FEW).astype(np.int64),
        *(np.column_stack([draw(made, f"{one.id}.{name}", 0, FEW) for one in made.candidates]) for name in NUMBERS),
    )
    _compare("NumPy", ours, arrays.run(made, inputs)[0])
    per: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        if loop.compiler() is None:
            print("no C compiler is here: without the plain loop")
        else:
            plain = loop.compile_loop(Path(folder))
            _compare("the loop in C", ours, loop.run(plain, made, FEW, 0, 1)[0])
            for threads in (1, 2):
                cpu, clock = measured(lambda threads=threads: loop.run(plain, made, MANY, 0, threads))  # type: ignore[misc]
                per[f"C, {threads}"] = cpu / MANY
                _line(f"plain loop in C, {threads} thread(s)", cpu / MANY, clock / MANY)
    for threads in (1, 2):
        cpu, clock = measured(lambda threads=threads: simulate(made, MANY, threads=threads))  # type: ignore[misc]
        per[f"ours, {threads}"] = cpu / MANY
        _line(f"Pledger, {threads} thread(s)", cpu / MANY, clock / MANY)
    generator = np.random.default_rng(0)
    cpu, clock = measured(lambda: arrays.run(made, arrays.sample(made, FEW, generator)), 2)
    per["NumPy"] = cpu / FEW
    _line("NumPy, 1 thread, without percentiles", cpu / FEW, clock / FEW)
    for threads in (1, 2):
        if f"C, {threads}" in per:
            ratio = per[f"ours, {threads}"] / per[f"C, {threads}"]
            print(
                f"  Pledger takes {ratio:.2f} times the processor time of the loop in C, {threads} thread(s) (aim: 2)"
            )
    print(f"  NumPy takes {per['NumPy'] / per['ours, 1']:.1f} times that of Pledger (aim: 10)")
    found = deals.engine()
    if found is None:
        print("  waterfall-py is not installed: pip install waterfall-py")
        return
    cash = np.full(deals.TENOR, 4e8)
    same = "the same debt service as our loans" if deals.agrees(found, cash, 5e9) else "ANOTHER debt service than ours"
    cpu, _ = measured(lambda: [deals.deal(found, cash, 5e9) for _ in range(5)])
    projects = per["ours, 1"] / float(ours.answer("funded").mean())
    print(
        f"  waterfall-py: {cpu / 5 * 1e3:.1f} ms a deal ({same}), {cpu / 5 / projects:,.0f} times "
        f"what Pledger takes for a project with its draws, calls and split"
    )


def _line(name: str, cpu: float, clock: float) -> None:
    print(f"  {name:40s} {1 / clock:>9,.0f} scenarios/s  {cpu * 1e6:7.1f} us of the processor each")


def _compare(name: str, ours: Simulation, theirs: Floats) -> None:
    """Every answer of every scenario; rates of return where they are the only ones."""
    apart = []
    several = 0
    for place, answer in enumerate(ANSWERS):
        a, b = ours.answers[:, place], theirs[:, place]
        differ = ~(np.isclose(a, b, rtol=1e-9, atol=1e-3) | (np.isnan(a) & np.isnan(b)))
        if answer.startswith("irr."):
            several += int(differ.sum())
        elif differ.any():
            apart.append(f"{answer} in {differ.sum()}")
    said = f"DIFFERS: {'; '.join(apart)}" if apart else "the same answers to 1e-9"
    print(f"  {name}: {said} in {len(theirs):,} scenarios (of {several} rates of return, another of several roots)")


def first() -> None:
    """Seconds until a first small run is done, with nothing kept from before and with what is kept."""
    with tempfile.TemporaryDirectory() as folder:
        for words in ("compiling", "with what was kept"):
            began, used = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
            subprocess.run(
                [sys.executable, __file__, "--one", "1000"], check=True, capture_output=True,
                env={**os.environ, "NUMBA_CACHE_DIR": folder},
            )  # fmt: skip
            after = resource.getrusage(resource.RUSAGE_CHILDREN)
            cpu = after.ru_utime + after.ru_stime - used.ru_utime - used.ru_stime
            print(f"  {words:20s} {time.perf_counter() - began:6.1f} s by the clock, {cpu:6.1f} s of the processor")


def growth(largest: int) -> None:
    """Cost and memory of more scenarios."""
    base: float | None = None
    for scenarios in (n for n in (10_000, 100_000, 1_000_000) if n <= largest):
        done = subprocess.run(
            [sys.executable, __file__, "--one", str(scenarios)], check=True, capture_output=True, text=True
        )
        told = json.loads(done.stdout)
        each = told["cpu"] / scenarios
        base = base or each
        print(
            f"  {scenarios:>9,} scenarios: {told['cpu']:7.2f} s of the processor, {told['clock']:7.2f} s by the clock, "
            f"{each * 1e6:6.1f} us each ({each / base:.2f}), peak {told['peak']:,.0f} MB"
        )


def _one(scenarios: int) -> None:
    made = plan()
    simulate(made, 600)
    cpu, clock = measured(lambda: simulate(made, scenarios), 1)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": cpu, "clock": clock, "peak": peak}))


def cluster() -> None:
    """Two workers beside one."""
    made, scenarios = plan(), 200_000
    taken, alone = [], []
    for count in (1, 2):
        with _cluster(count) as (address, workers):
            simulate(made, 20_000, scheduler=address)  # the workers load what was compiled
            before = [_used(worker) for worker in workers]
            ours, clock = measured(lambda address=address: simulate(made, scenarios, scheduler=address), 1)  # type: ignore[misc]
            spent = [_used(worker) - was for worker, was in zip(workers, before, strict=True)]
        taken.append(clock)
        alone.append(max(spent))
        print(
            f"  {count} worker(s): {scenarios / clock:>9,.0f} scenarios/s by the clock; seconds of the processor: "
            f"{' and '.join(f'{s:.1f}' for s in spent)} in workers, {ours:.1f} here"
        )
    print(f"  two give {taken[0] / taken[1]:.2f} times one by the clock (aim: 1.8, where two cores are idle)")
    print(f"  by the processor time of the worker that had most to do, {alone[0] / alone[1]:.2f} times")


def _used(process: subprocess.Popen[bytes]) -> float:
    """Seconds of the processor that a process has used."""
    times = psutil.Process(process.pid).cpu_times()
    return float(times.user + times.system)


@contextmanager
def _cluster(workers: int) -> Iterator[tuple[str, list[subprocess.Popen[bytes]]]]:
    """A scheduler and workers of one thread each."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "scheduler.json"
        quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
        begin = [sys.executable, "-m", "dask"]
        own = ["--host", "127.0.0.1", "--no-dashboard"]
        started = [
            subprocess.Popen([*begin, "scheduler", *own, "--port", "0", "--scheduler-file", str(file)], **quiet)  # type: ignore[call-overload]
        ]
        try:
            while not (file.exists() and file.read_text().endswith("}")):
                time.sleep(0.1)
            address = str(json.loads(file.read_text())["address"])
            command = [*begin, "worker", address, "--no-nanny", "--nthreads", "1", *own]
            started += [subprocess.Popen(command, cwd=folder, **quiet) for _ in range(workers)]  # type: ignore[call-overload]
            time.sleep(4)
            yield address, started[1:]
        finally:
            for process in reversed(started):
                process.kill()
                process.wait()


if __name__ == "__main__":
    main()
