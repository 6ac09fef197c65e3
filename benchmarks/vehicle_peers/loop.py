"""The plain loop in C: compiled when it is needed, called from threads as the kernel is."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

import numpy as np

from pledger.vehicle.montecarlo.fans import Counts, Ranges, empty
from pledger.vehicle.montecarlo.kernel import ANSWERS, BY_PROJECT, SERIES
from pledger.vehicle.montecarlo.simulate import BLOCK, _pilot
from pledger.vehicle.montecarlo.tables import Tables, tables
from pledger.vehicle.words import Floats, Plan

__all__ = ["compile_loop", "compiler", "run"]

SOURCE = Path(__file__).with_name("loop.c")
WHOLE = ("candidates", "quarters", "readings", "scores", "deadline", "first_quarter", "tenor")
NUMBERS = ("common", "own", "guaranteed", "premium", "bank", "ceiling", "cap")
ARRAYS = (
    "seed", "who", "score_values", "edges", "low", "high", "profiles", "reading", "discount", "score", "whole", "span",
    "shape",
)  # fmt: skip
COUNTED = ("scale", "shift", "atom", "bins", "zeros", "atoms", "least", "most")


class CPlan(ctypes.Structure):
    _fields_ = [
        *((name, ctypes.c_int64) for name in WHOLE),
        *((name, ctypes.c_double) for name in NUMBERS),
        *((name, ctypes.c_void_p) for name in ARRAYS),
    ]


class CCounts(ctypes.Structure):
    _fields_ = [(name, ctypes.c_void_p) for name in COUNTED]


def compiler() -> str | None:
    """The system's C compiler."""
    return shutil.which("cc") or shutil.which("gcc") or shutil.which("clang")


def compile_loop(folder: Path) -> ctypes.CDLL:
    """Compile the loop with all that the compiler can do for this machine."""
    found = compiler()
    if found is None:
        raise RuntimeError("no C compiler (cc, gcc, clang) is here: install one to measure beside the plain loop")
    made = folder / "loop.so"
    subprocess.run([found, "-O3", "-march=native", "-shared", "-fPIC", "-o", str(made), str(SOURCE), "-lm"], check=True)
    return ctypes.CDLL(str(made))


def _plan(made: Tables) -> tuple[CPlan, list[np.ndarray[tuple[int, ...], np.dtype[np.generic]]]]:
    arrays = [
        np.ascontiguousarray(array)
        for array in (
            made.seed, made.who, made.scores, made.parts.edges, made.parts.low, made.parts.high, made.profiles,
            made.readings, made.discount, made.score, made.whole, made.span, made.parts.shape,
        )
    ]  # fmt: skip
    whole = (
        len(made.whole), made.times[0], len(made.readings), len(made.scores), made.times[1], made.times[2],
        int(made.funding[3]),
    )  # fmt: skip
    numbers = (*made.factor, *made.funding[:3], made.funding[4], made.funding[5])
    pointers = [array.ctypes.data for array in arrays]
    return CPlan(*(int(x) for x in whole), *(float(x) for x in numbers), *pointers), arrays


def _counts(within: Ranges, counts: Counts) -> CCounts:
    return CCounts(*(array.ctypes.data for array in (*within, *counts)))


def run(loop: ctypes.CDLL, plan: Plan, scenarios: int, seed: int, threads: int) -> tuple[Floats, Floats, Floats]:
    """Answers (n, A), sums of the series (S, T), and what each project comes to (P, 5)."""
    made = tables(plan, seed)
    given, _alive = _plan(made)
    within = _pilot(made)
    rows = len(SERIES) * plan.quarters
    answers = np.empty((scenarios, len(ANSWERS)))
    sums, tally = np.zeros((len(SERIES), plan.quarters)), np.zeros((len(plan.candidates), len(BY_PROJECT)))
    desks: SimpleQueue[tuple[np.ndarray[tuple[int, ...], np.dtype[np.float32]], Counts]] = SimpleQueue()
    for _ in range(threads):
        desks.put((np.empty((BLOCK, rows), np.float32), empty(rows)))

    def work(start: int) -> tuple[Floats, Floats]:
        series, counts = desks.get()
        of_block, tally_of_block = np.zeros_like(sums), np.zeros_like(tally)
        held = _counts(within, counts)
        loop.block(
            ctypes.byref(given), ctypes.c_int64(start), ctypes.c_int64(min(BLOCK, scenarios - start)),
            ctypes.c_void_p(answers[start:].ctypes.data), ctypes.c_void_p(series.ctypes.data),
            ctypes.c_void_p(of_block.ctypes.data), ctypes.c_void_p(tally_of_block.ctypes.data), ctypes.byref(held),
        )  # fmt: skip
        desks.put((series, counts))
        return of_block, tally_of_block

    with ThreadPoolExecutor(threads) as pool:
        for of_block, tally_of_block in pool.map(work, range(0, scenarios, BLOCK)):
            sums += of_block
            tally += tally_of_block
    return answers, sums, tally
