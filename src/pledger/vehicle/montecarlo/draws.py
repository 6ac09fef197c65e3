"""Random numbers of the simulation, and the sampling of beliefs with them.

Philox4x32-10 (Salmon, Moraes, Dror and Shaw, "Parallel random numbers: as easy as 1, 2, 3", SC 2011) makes four 32-bit
words of a counter and a key. The key is the seed; the counter is the scenario, 64 bits that stand for the candidate,
and the number of the call. So the numbers of a scenario depend on nothing else that is computed: not on threads, chunks
or workers, and neither on which other candidates there are. Each input takes one word, as a uniform number
(w + 1/2) / 2^32.
"""

from __future__ import annotations

import math

import numpy as np
import numpy.typing as npt

from pledger.vehicle.montecarlo.compiled import compiled, inner
from pledger.vehicle.words import Floats

__all__ = ["belief_column", "normal_below", "normal_quantile", "part_at", "part_of", "philox", "uniform_column"]

Words = npt.NDArray[np.uint32]
Ints = npt.NDArray[np.int64]

_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_W0, _W1 = np.uint64(0x9E3779B9), np.uint64(0xBB67AE85)
_LOW, _HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
_TO_UNIT = 2.0**-32


@compiled
def philox(
    c0: np.uint64, c1: np.uint64, c2: np.uint64, c3: np.uint64, k0: np.uint64, k1: np.uint64
) -> tuple[np.uint64, np.uint64, np.uint64, np.uint64]:
    """Four words of 32 bits, made of a counter of four and a key of two (all in 64-bit integers)."""
    for _ in range(10):
        a, b = _M0 * c0, _M1 * c2
        c0, c1, c2, c3 = (b >> _HALF) ^ c1 ^ k0, b & _LOW, (a >> _HALF) ^ c3 ^ k1, a & _LOW
        k0, k1 = (k0 + _W0) & _LOW, (k1 + _W1) & _LOW
    return c0, c1, c2, c3


@inner
def uniform(word: np.uint64) -> float:
    """A word as a number strictly between 0 and 1."""
    return (float(word) + 0.5) * _TO_UNIT


@compiled
def normal_below(z: float) -> float:
    """The standard normal distribution function."""
    return 0.5 * math.erfc(-z * 0.7071067811865476)


@compiled
def normal_quantile(p: float) -> float:
    """The standard normal quantile, by Wichura's algorithm AS 241 (Applied Statistics 37, 1988), to 1e-16 relative."""
    if p <= 0.0:
        return -math.inf
    if p >= 1.0:
        return math.inf
    q = p - 0.5
    if abs(q) <= 0.425:
        r = 0.180625 - q * q
        top = 2509.0809287301226727 * r + 33430.575583588128105
        top = ((top * r + 67265.770927008700853) * r + 45921.953931549871457) * r + 13731.693765509461125
        top = ((top * r + 1971.5909503065514427) * r + 133.14166789178437745) * r + 3.387132872796366608
        low = 5226.495278852545925 * r + 28729.085735721942674
        low = ((low * r + 39307.89580009271061) * r + 21213.794301586595867) * r + 5394.1960214247511077
        low = ((low * r + 687.1870074920579083) * r + 42.313330701600911252) * r + 1.0
        return q * top / low
    r = math.sqrt(-math.log(min(p, 1.0 - p)))
    if r <= 5.0:
        r -= 1.6
        top = 7.7454501427834140764e-4 * r + 0.0227238449892691845833
        top = ((top * r + 0.24178072517745061177) * r + 1.27045825245236838258) * r + 3.64784832476320460504
        top = ((top * r + 5.7694972214606914055) * r + 4.6303378461565452959) * r + 1.42343711074968357734
        low = 1.05075007164441684324e-9 * r + 5.475938084995344946e-4
        low = ((low * r + 0.0151986665636164571966) * r + 0.14810397642748007459) * r + 0.68976733498510000455
        low = ((low * r + 1.6763848301838038494) * r + 2.05319162663775882187) * r + 1.0
    else:
        r -= 5.0
        top = 2.01033439929228813265e-7 * r + 2.71155556874348757815e-5
        top = ((top * r + 0.0012426609473880784386) * r + 0.026532189526576123093) * r + 0.29656057182850489123
        top = ((top * r + 1.7848265399172913358) * r + 5.4637849111641143699) * r + 6.6579046435011037772
        low = 2.04426310338993978564e-15 * r + 1.4215117583164458887e-7
        low = ((low * r + 1.8463183175100546818e-5) * r + 7.868691311456132591e-4) * r + 0.0148753612908506148525
        low = ((low * r + 0.13692988092273580531) * r + 0.59983220655588793769) * r + 1.0
    return math.copysign(top / low, q)


@inner
def part_of(u: float, edges: Floats, first: int, last: int) -> int:
    """The part first..last-1 in which `u` falls; `edges` holds the sums of the weights up to and with each."""
    part = first
    while part < last - 1 and u >= edges[part]:
        part += 1
    return part


@inner
def part_at(u: float, part: int, first: int, edges: Floats, low: Floats, high: Floats, shape: Ints) -> float:
    """The number of a part's distribution at `u`, once `u` is stretched from the part's weight to 0..1."""
    below = edges[part - 1] if part > first else 0.0
    a, b = float(low[part]), float(high[part])
    if a == b:
        return a
    x = min(1.0, max(0.0, (u - below) / (edges[part] - below)))
    if shape[part] == 1:
        x = math.sqrt(x)
    elif shape[part] == 2:
        x = 1.0 - math.sqrt(1.0 - x)
    found: float = min(b, max(a, a + x * (b - a)))
    return found


@compiled
def uniform_column(seed: Words, who: Words, number: int, start: int, out: Floats) -> None:
    """Fill `out` with the uniform numbers of one input, of the scenarios from `start` on."""
    k0, k1 = np.uint64(seed[0]), np.uint64(seed[1])
    c1, c2, c3 = np.uint64(who[0]), np.uint64(who[1]), np.uint64(number // 4)
    for i in range(out.size):
        words = philox(np.uint64(start + i), c1, c2, c3, k0, k1)
        place = number % 4
        word = words[0]
        if place == 1:
            word = words[1]
        elif place == 2:
            word = words[2]
        elif place == 3:
            word = words[3]
        out[i] = uniform(word)


@compiled
def belief_column(u: Floats, edges: Floats, low: Floats, high: Floats, shape: Ints, out: Floats, parts: Ints) -> None:
    """Fill `out` with a belief's numbers at `u`, and `parts` with the part that each is of."""
    for i in range(u.size):
        part = part_of(u[i], edges, 0, edges.size)
        parts[i] = part
        out[i] = part_at(u[i], part, 0, edges, low, high, shape)
