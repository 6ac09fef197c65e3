"""Attributions in Japanese, Chinese, Korean and German, read sentence by sentence.

Words come from `data/lexicon/attribution_*.toml`, one file for each language. Japanese and Korean put the cue behind
the content, Chinese before it or at the end, German either way; a quotation in the sentence is the content where there
is one. A sentence that only names who reported ("X reported this.") credits the sentence before it, one without a
subject goes on with the source before it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from pledger.model import Span
from pledger.reading.attribution.chinese import chinese
from pledger.reading.attribution.german import german
from pledger.reading.attribution.japanese import japanese
from pledger.reading.attribution.korean import korean
from pledger.reading.attribution.scripts import Sentence, trimmed
from pledger.reading.found import FoundAttribution
from pledger.reading.sentences import sentences

__all__ = ["foreign"]

_READERS: dict[str, Callable[[Sentence], Iterator[FoundAttribution]]] = {
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
    before: Span | None = None
    last: FoundAttribution | None = None
    used = -1
    for span in sentences(text, language):
        if before is not None and "\n" in text[before.end : span.start]:
            before = last = None
        here = list(reader(Sentence(text, span, before, last)))
        told = len(found) - 1
        for one in here:
            parts = _free(text, one, used)
            if one.contents and one.contents[0].end <= span.start and told >= 0:
                # who passes on what another has said in the sentence before, and on whose report
                earlier = found[told]
                if not parts or _stands(earlier, one.contents[0]):
                    parts = []
                    if earlier.via is None and earlier.source is not None and earlier.source != one.source:
                        behind = next((o.source for o in here if o.via == one.source), one.source)
                        found[told] = replace(earlier, via=behind)
            elif (
                one.anonymous
                and one.via is None
                and one.kind != "relays"
                and last is not None
                and last.kind == "relays"
            ):
                one = replace(one, via=last.source)  # "X reports ... Officials said ...": they said it to X
            one = replace(one, content=parts[0] if parts else None, contents=tuple(parts))
            found.append(one)
            if one.source is not None:
                last = one
            used = max([used, *(part.end for part in parts)])
        before = span
    return found


def _stands(one: FoundAttribution, sentence: Span) -> bool:
    """Whether an attribution with contents stands in a sentence."""
    return bool(one.contents) and one.cue is not None and sentence.covers(one.cue)


def _free(text: str, one: FoundAttribution, used: int) -> list[Span]:
    """The contents without what an attribution before has already as its own; none reaches into another."""
    parts = []
    for part in one.contents:
        free = trimmed(text, max(part.start, used), part.end) if part.end > used else None
        if free is not None:
            parts.append(free)
            used = free.end
    return parts
