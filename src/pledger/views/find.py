"""Finding a figure or a conflict by what a person types: an id, its beginning, or words such as "japan amount"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from pledger.model import EntityKind, Figure

if TYPE_CHECKING:
    from pledger.ledger import Ledger

__all__ = ["identify", "named"]

_ID = re.compile(r"[a-z]{1,2}[0-9a-f]{3,}(?:\.[a-z][0-9a-f]+)?", re.IGNORECASE)
_FIRST = (EntityKind.PROGRAMME, EntityKind.PROJECT, EntityKind.TRANCHE, EntityKind.ORGANISATION)


def identify(ledger: Ledger, words: Sequence[str]) -> str | None:
    """The id that `words` mean: of a figure, a conflict or a claim; None where nothing fits.

    An id may be cut short as long as one thing alone begins so. Words choose the figure whose entity, attribute and
    qualifier hold them all; of several, programmes come before projects, and what more documents support comes first.
    """
    if len(words) == 1 and _ID.fullmatch(words[0]):
        asked = words[0].partition(".")[0]
        known = [f.id for f in ledger.figures()] + [c.id for c in ledger.conflicts()] + [c.id for c in ledger.claims()]
        exact = [i for i in known if i == asked]
        begun = exact or sorted({i for i in known if i.startswith(asked)})
        if len(begun) == 1 or exact:
            return begun[0]
    found = named(ledger.figures(), words)
    return found[0].id if found else None


def named(figures: Sequence[Figure], words: Sequence[str]) -> list[Figure]:
    """The figures whose entity's names, attribute and qualifier together hold all `words`, the weightiest first."""
    wanted = [w for word in words for w in re.findall(r"\w+", word.lower())]
    fitting = [f for f in figures if wanted and _holds(f, wanted)]
    return sorted(
        fitting, key=lambda f: (_rank(f), len(f.qualifier) > 0 and f.qualifier != "total", -f.documents, f.id)
    )


def _holds(figure: Figure, wanted: Sequence[str]) -> bool:
    entity = figure.entity
    text = " ".join((entity.name, *entity.aliases, figure.attribute, figure.qualifier)).lower()
    held = re.findall(r"\w+", text)
    return all(any(h.startswith(w) for h in held) for w in wanted)


def _rank(figure: Figure) -> int:
    return _FIRST.index(figure.entity.kind) if figure.entity.kind in _FIRST else len(_FIRST)
