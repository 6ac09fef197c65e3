"""Names in a text: organisations, people and places, told by how they are written and where they stand.

No trained model: a run of capitalised words becomes an organisation, a person (after a title) or a place (a
gazetteer, "Gulf of ..."), or nothing. Names in scripts without capitals are read from the lexicon of organisations
and from brackets after a name that has been read ("Lutnick (卢特尼克)").
"""

from __future__ import annotations

from collections.abc import Sequence

from pledger.model import Span
from pledger.reading.names.brackets import is_term
from pledger.reading.names.capitals import capitals
from pledger.reading.names.listed import foreign_place, known_organisations, listed
from pledger.reading.names.name import Name, normal_name
from pledger.reading.names.wider import is_firm, wider
from pledger.reading.page import Page
from pledger.reading.patterns import CJK

__all__ = ["Name", "foreign_place", "is_firm", "is_term", "known_organisations", "names", "normal_name", "wider"]


def names(text: str, sentences: Sequence[Span], language: str = "en", page: Page | None = None) -> list[Name]:
    """Names in the sentences of `text`, in order and without overlap.

    `page` is the text with these sentences made ready, where it is so already.
    """
    return listed(text, sentences) if language in CJK else capitals(page or Page(text, language, sentences))
