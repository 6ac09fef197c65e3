"""What the files of a commodity's page share: a further section, and words that do not break."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pledger.views.web.answers import Chart, Sheet

__all__ = ["Part", "unbroken"]


@dataclass(frozen=True, slots=True)
class Part:
    """What else the page of a commodity shows, made in a file of its own: what a project changes, a shock."""

    key: str
    """In the JSON, and the id of its section."""
    title: str
    template: str
    """It is included with `part` and what the page itself has."""
    data: Any
    context: Mapping[str, Any] = field(default_factory=dict)
    sheets: tuple[Sheet, ...] = ()
    charts: tuple[Chart, ...] = ()


def unbroken(said: str) -> str:
    """Words whose per cent signs stay with their numbers."""
    return said.replace(" %", "\u00a0%")
