"""What one document says of one project: the row that the resolution of projects works on."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Sighting"]


@dataclass(frozen=True, slots=True)
class Sighting:
    """One document's word on one project."""

    document: str
    text: str
    programme: str | None
    kind: str | None
    sponsors: frozenset[str]
    """Ids of organisations."""
    place: str | None
    key: str | None = None
    """A name of its own, where the text gives one."""
    amounts: frozenset[float] = frozenset()
    """What it costs in all, in US dollars to two digits, where the document says so."""
    anchor: str = ""
    """What a judgement on this sighting is kept by: made from the document and what it says, whatever else is known."""
