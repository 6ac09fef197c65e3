"""Gold files: what a careful reader finds in a set of articles. YAML in, frozen records out.

One file holds one key per document (the file's name up to its first dot or underscore; items of a feed are
`stem#1`, `stem#2`...) and the keys `programme` or `programmes`, `entities`, `conflicts`, `agreements`, `names`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath
from typing import Any

import yaml

from pledger.model import Document
from scoring.words import name_words

__all__ = [
    "Gold",
    "GoldClaim",
    "GoldConflict",
    "GoldDocument",
    "GoldOrganisation",
    "GoldProgramme",
    "GoldProject",
    "GoldSource",
    "load",
    "matched",
    "parse",
]

_SHARED_KEYS = frozenset({"programme", "programmes", "entities", "conflicts", "agreements", "names"})


@dataclass(frozen=True)
class GoldClaim:
    """One claim that is to be found at `quote`; `values` holds the keys that are particular to its attribute."""

    attribute: str
    quote: str
    nth: int | None
    """Which occurrence of the quote is meant, counted from 1; None: any."""
    subject: str
    values: Mapping[str, Any]

    def __str__(self) -> str:
        told = ", ".join(f"{k} {v}" for k, v in self.values.items())
        return f"{self.attribute} “{self.quote}”" + (f" ({told})" if told else "")


@dataclass(frozen=True)
class GoldSource:
    """Somebody whose word the document passes on."""

    source: str
    anonymous: bool
    via: str | None = None


@dataclass(frozen=True)
class GoldDocument:
    """All that is expected of one document."""

    key: str
    claims: tuple[GoldClaim, ...] = ()
    sources: tuple[GoldSource, ...] = ()
    notices: tuple[str, ...] = ()
    echo_of: str | None = None
    """The key of the document that this one copies."""


@dataclass(frozen=True)
class GoldProgramme:
    """A programme that the ledger holds once; `key` is `JP>US` where the file gives it."""

    name: str
    documents: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()
    key: str | None = None


@dataclass(frozen=True)
class GoldProject:
    """A project that the ledger holds once, with exactly these documents."""

    name: str
    documents: frozenset[str]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoldOrganisation:
    """An organisation that the ledger holds once."""

    name: str
    documents: frozenset[str] = frozenset()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class GoldConflict:
    """A disagreement that is to be reported or, among the agreements, not to be reported."""

    subject: str
    attribute: str
    values: tuple[Any, ...]
    kind: str | None
    why: str = ""

    def __str__(self) -> str:
        return f"{self.kind or 'agreement'}: {self.subject}, {self.attribute}, {' / '.join(map(str, self.values))}"


@dataclass(frozen=True)
class Gold:
    """A gold file, or several taken together."""

    documents: Mapping[str, GoldDocument]
    programmes: tuple[GoldProgramme, ...] = ()
    projects: tuple[GoldProject, ...] = ()
    organisations: tuple[GoldOrganisation, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    """Two scripts of one name."""
    conflicts: tuple[GoldConflict, ...] = ()
    agreements: tuple[GoldConflict, ...] = ()
    lists: frozenset[str] = frozenset({"programmes", "conflicts"})
    """Which of `programmes` and `conflicts` it lists at all: what else is reported there is one too many."""


def load(paths: Iterable[Path]) -> Gold:
    """The gold files at `paths` as one; a key that two files hold is a ValueError, since one would hide the other."""
    merged: dict[str, Any] = {}
    for path in sorted(paths):
        for key, value in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).items():
            _merge(merged, str(key), value, path)
    return parse(merged)


def _merge(merged: dict[str, Any], key: str, value: Any, path: Path) -> None:
    if key not in merged:
        merged[key] = value
    elif key in _SHARED_KEYS and isinstance(value, list):
        merged[key] = [*merged[key], *value]
    elif key in _SHARED_KEYS and isinstance(value, dict):
        for inner, more in value.items():
            both = merged[key].get(inner)
            merged[key] = {**merged[key], inner: [*both, *more] if isinstance(both, list) else more}
    else:
        raise ValueError(f"{path.name}: the key {key!r} stands in another gold file too")


def parse(raw: Mapping[str, Any]) -> Gold:
    """The records of one gold file that is already read as YAML."""
    entities = raw.get("entities") or {}
    documents = {str(k): _document(str(k), v or {}) for k, v in raw.items() if k not in _SHARED_KEYS}
    names = dict(raw.get("names") or {})
    for key, value in raw.items():
        if key not in _SHARED_KEYS:
            names.update((value or {}).get("names") or {})
    programmes = [
        *([raw["programme"]] if raw.get("programme") else []),
        *(raw.get("programmes") or ()),
        *(entities.get("programmes") or ()),
    ]
    return Gold(
        documents=documents,
        programmes=tuple(GoldProgramme(*_entity(same), same[0].get("key")) for same in _named(programmes)),
        projects=tuple(GoldProject(*_entity(same)) for same in _named(entities.get("projects"))),
        organisations=tuple(GoldOrganisation(*_entity(same)) for same in _named(entities.get("organisations"))),
        names={str(k): str(v) for k, v in names.items()},
        conflicts=tuple(_conflict(c) for c in raw.get("conflicts") or ()),
        agreements=tuple(_conflict(c) for c in raw.get("agreements") or ()),
        lists=frozenset(
            [*(["programmes"] if programmes else []), *(["conflicts"] if raw.get("conflicts") is not None else [])]
        ),
    )


def _named(listed: Iterable[Mapping[str, Any] | str] | None) -> list[list[Mapping[str, Any]]]:
    """Entries of one list, those of one name together: two gold files may speak of the same project."""
    by_name: dict[tuple[str, ...], list[Mapping[str, Any]]] = {}
    for entry in listed or ():
        told: Mapping[str, Any] = {"name": entry} if isinstance(entry, str) else entry
        by_name.setdefault(name_words(str(told["name"])), []).append(told)
    return list(by_name.values())


def _entity(same: Sequence[Mapping[str, Any]]) -> tuple[str, frozenset[str], tuple[str, ...]]:
    """Name, documents and aliases of what entries of one name say together."""
    names = (str(n) for entry in same for n in (entry["name"], *(entry.get("aliases") or ())))
    documents = frozenset(str(d) for entry in same for d in entry.get("documents") or ())
    first, *others = dict.fromkeys(names)
    return first, documents, tuple(others)


def _document(key: str, raw: Mapping[str, Any]) -> GoldDocument:
    return GoldDocument(
        key=key,
        claims=tuple(_claim(c) for c in raw.get("claims") or ()),
        sources=tuple(
            GoldSource(str(s["source"]), bool(s.get("anonymous", False)), s.get("via"))
            for s in raw.get("attribution") or ()
        ),
        notices=tuple(raw.get("notices") or ()),
        echo_of=raw.get("echo_of"),
    )


def _claim(raw: Mapping[str, Any]) -> GoldClaim:
    own = {"attribute", "quote", "nth", "subject"}
    return GoldClaim(
        attribute=str(raw["attribute"]),
        quote=str(raw["quote"]),
        nth=raw.get("nth"),
        subject=str(raw.get("subject") or raw.get("project") or ""),
        values={k: v for k, v in raw.items() if k not in own},
    )


def _conflict(raw: Mapping[str, Any]) -> GoldConflict:
    return GoldConflict(
        subject=str(raw["subject"]),
        attribute=str(raw["attribute"]),
        values=tuple(raw["values"]),
        kind=raw.get("kind"),
        why=str(raw.get("why", "")),
    )


def matched(gold: Gold, documents: Iterable[Document]) -> dict[str, Document]:
    """Documents by gold's keys: a file's name up to its first dot or underscore, and `stem#1`... for a feed's items."""
    by_file: dict[str, list[Document]] = {}
    for document in documents:
        by_file.setdefault(document.path, []).append(document)
    found: dict[str, Document] = {}
    for path, several in by_file.items():
        name = PurePath(re.sub(r"#\d{1,6}$", "", path)).name.split(".")[0]
        number = re.search(r"#(\d{1,6})$", path)
        for i, document in enumerate(several, 1):
            keys = [f"{name}#{number.group(1) if number else i}", name, name.split("_")[0]]
            key = next((k for k in keys if k in gold.documents), None)
            if key is not None:
                found[key] = document
    return found
