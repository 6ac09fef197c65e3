"""The organisations of a text as those who play a part in something: more names than attribution needs.

`names` are what every recogniser uses; a wider net is cast here for those whose part is then told by what they do, in
languages whose capitals or scripts do not show names.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from pledger.model import EntityKind, Span
from pledger.reading.names.eastern import chinese, first_by_place, japanese
from pledger.reading.names.english import english
from pledger.reading.names.german import german
from pledger.reading.names.korean import korean
from pledger.reading.names.name import Name

__all__ = ["wider"]


def wider(text: str, sentences: Sequence[Span], language: str, found: Iterable[Name]) -> list[Name]:
    """`found` with more names of organisations, in order and without overlap; listed names and people stay."""
    known = list(found)
    if language == "de":
        kept = [name for name in known if name.kind is not EntityKind.ORGANISATION]
        return _merged(kept, german(text, sentences))
    if language in ("ja", "zh", "ko"):
        reader = {"ja": japanese, "zh": chinese, "ko": korean}[language]
        # "负责得克萨斯州": the place does not begin inside a word.
        kept = [n for n in known if not (n.kind is EntityKind.PLACE and text[max(0, n.span.start - 1) : n.span.start + 1] == "负责")]
        return first_by_place([*reader(text, sentences), *kept])
    return english(text, known) if language == "en" else known


def _merged(first: Sequence[Name], second: Sequence[Name]) -> list[Name]:
    """Both; of two that overlap the longer one."""
    return first_by_place(sorted([*first, *second], key=lambda n: (n.span.start, -n.span.end)))
