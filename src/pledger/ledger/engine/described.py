"""What identifies projects, as it is kept: the rows of `engine_projects`."""

from __future__ import annotations

import json
from typing import Any

from sqlalchemy import Row

from pledger.ledger.resolve import Described

__all__ = ["described_of", "row_of", "stem_of"]


def stem_of(project: Described) -> str:
    """What the project's id is made of, but for the number of those alike."""
    return "|".join(project.stem)


def row_of(id_: str, d: Described) -> tuple[str, str, str, str]:
    """The row of a project."""
    facts = json.dumps([d.stem, d.sponsor, d.place, d.rank, d.texts, d.facts], ensure_ascii=False)
    return (id_, stem_of(d), d.name, facts)


def described_of(r: Row[Any]) -> Described:
    """The project of a row."""
    stem, sponsor, place, rank, texts, facts = json.loads(r.facts)
    pairs = tuple((key, value) for key, value in facts)
    return Described(tuple(stem), r.name, sponsor, place, tuple(rank), tuple(texts), pairs)
