"""Parties and owners seen from their own side: what each organisation or person does in what is pledged.

The ledger holds a party as a figure of the project or programme. A program that asks for organisations finds the same
figure here under the organisation, with the id of the figure, a dot and the id of the organisation; `why` takes both.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from pledger.model import Entity, EntityKind, Figure, Ownership, Party

__all__ = ["parts"]


def parts(figures: Sequence[Figure], entities: Iterable[Entity]) -> list[Figure]:
    """For each figure of a party one under the party's own name, for each of ownership one under the owner's."""
    named: dict[str, Entity] = {}
    for entity in entities:
        if entity.kind in (EntityKind.ORGANISATION, EntityKind.PERSON):
            for known in (entity.name, *entity.aliases):
                named.setdefault(known.casefold(), entity)
    out = []
    for figure in figures:
        name, what = _role(figure)
        own = named.get(name.casefold()) if name else None
        if own is not None and own.id != figure.entity.id:
            out.append(replace(figure, id=f"{figure.id}.{own.id}", entity=own, qualifier=what))
    return out


def _role(figure: Figure) -> tuple[str | None, str]:
    """Who is named in a figure, and as what."""
    value = figure.value
    if isinstance(value, Party):
        return value.name, f"{value.role} of {figure.entity.name}"
    if isinstance(value, Ownership):
        return value.owner, f"owner of {value.owned}"
    return None, ""
