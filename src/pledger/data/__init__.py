"""Knowledge that is data: lexicons, programmes, reference figures. Loaded once, checked when loaded.

An analyst adds a word, a name, a programme or a figure by editing the files beside this module; no code changes.
"""

from __future__ import annotations

import csv
import tomllib
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import yaml

__all__ = ["examples", "glossary", "lexicon", "programmes", "reference"]

_HERE = files("pledger.data")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@cache
def lexicon(name: str) -> dict[str, Any]:
    """The lexicon `data/lexicon/NAME.toml` as nested tables; the same object on every call, not to be changed."""
    return tomllib.loads((_HERE / "lexicon" / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def reference(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `data/reference/NAME.csv`, each a dictionary of its columns; every row names its source."""
    text = (_HERE / "reference" / f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def programmes() -> dict[str, dict[str, Any]]:
    """All programmes of `data/programmes/*.yaml` by their key (`JP>US`)."""
    found: dict[str, dict[str, Any]] = {}
    for path in sorted((_HERE / "programmes").iterdir(), key=lambda p: p.name):
        if path.name.endswith(".yaml"):
            programme = yaml.load(path.read_text(encoding="utf-8"), _LOADER)  # noqa: S506  a safe loader, in C
            found[programme["key"]] = programme
    return found


@cache
def glossary() -> tuple[dict[str, Any], ...]:
    """The sections of `data/glossary.yaml`, each with its `words`: `id`, `word`, `says` and perhaps `table`."""
    return tuple(yaml.load((_HERE / "glossary.yaml").read_text(encoding="utf-8"), _LOADER))  # noqa: S506  as above


def examples() -> Path:
    """The folder of the bundled corpus: digests in our own words, and their gold file."""
    with as_file(_HERE / "examples") as path:
        return Path(path)
