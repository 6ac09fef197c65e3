"""The language of a text: by its script where that decides, else by py3langid among the languages of the press."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

__all__ = ["language", "language_code"]

PRESS = (
    "ar", "cs", "da", "de", "el", "en", "es", "fa", "fi", "fr", "he", "hi", "hu", "id", "it", "ja", "ko", "ms", "nl",
    "no", "pl", "pt", "ro", "ru", "sv", "th", "tr", "uk", "vi", "zh",
)  # fmt: skip
"""Languages that py3langid chooses among. Of all its 130 it calls short English headlines Latin or Scots."""
SAMPLE = 4_000
"""Characters looked at: more does not change the answer and costs time."""
MODEL_SAMPLE = 2_000
"""Characters that the model looks at, for it takes a microsecond for each."""
ENOUGH_LETTERS = 20
"""Below this the answer is English, the language that is read most deeply."""
MARGIN = 12.0
"""By how much (log-probability) another language must beat English in a Latin-script text of fewer than 200 letters:
names of companies and places alone shift the score by up to ten."""

ENGLISH = frozenset({"the", "of", "and", "to", "in", "that", "for", "with", "was", "is", "has", "by"})
"""Small words that make up a quarter of English prose; with 3 % of "the" no other language has them, nor with 2 % where
they are every fifth word."""

_LETTER = re.compile(r"[^\W\d_]")
_HAN = re.compile(r"[\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff]")
_KANA = re.compile(r"[\u3041-\u3096\u30a1-\u30fa\uff66-\uff9d]")
_HANGUL = re.compile(r"[\uac00-\ud7a3\u1100-\u11ff\u3131-\u318e]")
_EASTERN = re.compile(r"[\u1100-\u11ff\u3041-\ud7a3\uf900-\ufaff\uff66-\uff9d]")
"""All letters of the three scripts above, and more."""
_CODE = re.compile(r"([a-z]{2})(?:[-_][a-z0-9]{2,8}){0,3}\Z", re.IGNORECASE)


def language_code(words: object) -> str | None:
    """ISO 639-1 code of a language tag such as `en-GB` or `zh_Hant`; None for anything else."""
    match = _CODE.match(words.strip()) if isinstance(words, str) and len(words) < 40 else None
    return match[1].lower() if match else None


def language(text: str) -> str:
    """ISO 639-1 code of the language that most of `text` is in; `en` when there are too few letters to tell."""
    sample = text[:SAMPLE]
    if (sample.isascii() or not _EASTERN.search(sample)) and _surely_english(
        sample
    ):  # most of what is read, without counting
        return "en"
    letters = len(_LETTER.findall(sample))
    if letters < ENOUGH_LETTERS / 2:  # one Chinese character says as much as several Latin letters
        return "en"
    han, kana, hangul = (len(script.findall(sample)) for script in (_HAN, _KANA, _HANGUL))
    if han + kana + hangul >= 0.25 * letters:
        if hangul >= han + kana:
            return "ko"
        return "ja" if kana >= 0.08 * (han + kana) else "zh"
    if letters < ENOUGH_LETTERS or _surely_english(sample):
        return "en"
    return _by_model(sample, letters)


def _surely_english(sample: str) -> bool:
    """The cheap path: the model takes half a second to load, and most of what is read is English."""
    words = sample.lower().split()
    small = sum(1 for word in words if word in ENGLISH)
    the = words.count("the") / max(1, len(words))
    return len(words) >= 30 and small >= (0.15 if the >= 0.03 else 0.2) * len(words) and the >= 0.02


@cache
def _model() -> Any:
    """The identifier, loaded once and restricted to the languages of the press."""
    from py3langid import langid

    langid.set_languages(list(PRESS))
    return langid


def _by_model(sample: str, letters: int) -> str:
    scores: list[tuple[str, float]] = [
        (str(code), float(score)) for code, score in _model().rank(sample[:MODEL_SAMPLE])
    ]
    best, score = scores[0]
    english = dict(scores).get("en", score)
    if best != "en" and letters < 200 and sample.isascii() and score - english < MARGIN:
        return "en"
    return best
