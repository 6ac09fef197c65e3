"""Functions that Numba compiles: typed for mypy, without the interpreter's lock, and kept on disk for the next run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import cache
from importlib.resources import files
from typing import TypeVar, cast

import numba

__all__ = ["compiled", "digest", "inner"]

Function = TypeVar("Function", bound=Callable[..., object])

_SOURCES = ("compiled.py", "draws.py", "returning.py", "calling.py", "serving.py", "kernel.py", "fans.py")
"""Files whose functions call each other when compiled."""


@cache
def digest() -> str:
    """What tells this state of the compiled code from any other; workers of a cluster must have the same."""
    found = hashlib.sha256(numba.__version__.encode())
    for name in _SOURCES:
        found.update((files("pledger.vehicle.montecarlo") / name).read_bytes().replace(b"\r\n", b"\n"))
    return found.hexdigest()[:16]


def compiled(function: Function) -> Function:
    """`function`, compiled to machine code when it is first called; threads may run it side by side.

    Division by zero gives infinities as NumPy's does. Numba looks only at the age of a function's own file to tell
    whether what it kept still holds, and would miss a change in a function that is called from another file; so the
    name under which it is kept says the state of all of them.
    """
    function.__qualname__ = f"{function.__qualname__}_{digest()}"
    try:
        made = numba.njit(function, nogil=True, error_model="numpy", cache=True)
    except RuntimeError:  # no folder in which anything can be kept: it is compiled in every process
        made = numba.njit(function, nogil=True, error_model="numpy")
    return cast(Function, made)


def inner(function: Function) -> Function:
    """`function`, compiled into the compiled functions that call it; Python itself cannot call it.

    Half of what Numba compiles of a small function is the way in from Python.
    """
    bare = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    made = numba.njit(function, nogil=True, error_model="numpy", **bare)  # type: ignore[call-overload]
    return cast(Function, made)
