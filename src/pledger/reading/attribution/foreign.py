"""Attributions in Japanese, Chinese, Korean and German, read sentence by sentence.

Words come from `data/lexicon/attribution_foreign.toml`. Japanese and Korean put the cue behind the content, Chinese
before it or at the end, German either way; a quotation in the sentence is the content where there is one. A sentence
that only names who reported ("X reported this.") credits the sentence before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pledger.model import Span
from pledger.reading.attribution.chinese import chinese
from pledger.reading.attribution.german import german
from pledger.reading.attribution.japanese import japanese
from pledger.reading.attribution.korean import korean
from pledger.reading.found import FoundAttribution
from pledger.reading.sentences import sentences

__all__ = ["foreign"]

_READERS: dict[str, Callable[[str, Span, Span | None], Iterator[FoundAttribution]]] = {
    "ja": japanese,
    "ko": korean,
    "zh": chinese,
    "de": german,
}


def foreign(text: str, language: str) -> list[FoundAttribution]:
    """Attributions of a text in ja, zh, ko or de, in order; every other language finds nothing."""
    reader = _READERS.get(language)
    if reader is None:
        return []
    found: list[FoundAttribution] = []
    last: Span | None = None
    used = -1
    for span in sentences(text, language):
        near = last if last is not None and "\n" not in text[last.end : span.start] else None
        for one in reader(text, span, near):
            parts = [part for part in one.contents if part.start >= span.start or part.start > used]
            if one.contents and not parts:  # who passes on what another has said in the sentence before
                one = replace(one, content=None, contents=())
                if found and found[-1].via is None:
                    found[-1] = replace(found[-1], via=one.source)
            found.append(one)
            used = max([used, *(part.end for part in one.contents)])
        last = span
    return found
