"""What the words on the pages mean: the glossary of `data/glossary.yaml`."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pledger.data import glossary, reference
from pledger.views.web.answers import Answer, Sheet
from pledger.views.web.serving import Room
from pledger.views.web.state import State

__all__ = ["Word", "words_page"]


@dataclass(frozen=True, slots=True)
class Word:
    """One word of the pages with its meaning; `id` is the fragment of its address."""

    id: str
    word: str
    says: str
    grades: tuple[tuple[str, str], ...] = ()
    """Grades with their meanings, where the word is about them."""


def words_page(room: Room, state: State) -> Answer:
    """Every word, in the order in which a reader meets them. The same for every ledger and day."""
    del room, state
    sections = _sections()
    rows = [(section, w.word, w.says) for section, its in sections for w in its]
    rows += [("Grades", grade, meaning) for _, its in sections for w in its for grade, meaning in w.grades]
    return Answer(
        "words.html.j2",
        "What the words mean",
        {"words": [{"section": s, "id": w.id, "word": w.word, "says": w.says} for s, its in sections for w in its]},
        (Sheet("Words", ("Section", "Word", "Meaning"), rows),),
        {"sections": sections},
    )


@cache
def _sections() -> tuple[tuple[str, tuple[Word, ...]], ...]:
    grades = reference("grades")
    return tuple(
        (
            section["name"],
            tuple(
                Word(
                    w["id"],
                    w["word"],
                    w["says"],
                    tuple(
                        (g["grade"], g["meaning"]) for axis in w.get("table", ()) for g in grades if g["axis"] == axis
                    ),
                )
                for w in section["words"]
            ),
        )
        for section in glossary()
    )
