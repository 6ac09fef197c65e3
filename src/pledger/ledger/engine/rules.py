"""By which rules a ledger was derived: one word for the code and the knowledge that decide what follows from claims."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

__all__ = ["rules"]

_ROOMS = ("ledger", "data/lexicon", "data/programmes", "data/reference")
_FILES = ("model.py", "reading/gazetteer.py")
_KINDS = (".py", ".toml", ".yaml", ".csv")


@cache
def rules() -> str:
    """A digest of every file that has a say in resolution, weighing or checking.

    A ledger derived by other rules is derived anew at the next question. A digest rather than a number that somebody
    must remember to raise: a rule or a word that was changed without it would leave rows that no rebuild gives.
    """
    found = hashlib.sha256()
    package = files("pledger")
    for name in (*_FILES, *_ROOMS):
        for file in _below(package.joinpath(*name.split("/"))):
            found.update(file.name.encode() + b"\0" + file.read_bytes().replace(b"\r\n", b"\n") + b"\0")
    return found.hexdigest()[:16]


def _below(place: Traversable) -> list[Traversable]:
    if place.is_file():
        return [place] if place.name.endswith(_KINDS) else []
    return [file for entry in sorted(place.iterdir(), key=lambda e: e.name) for file in _below(entry)]
