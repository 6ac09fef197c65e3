"""Stages in a text: the words that show how far a project has come, and how far they commit themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import Modality, Outlook, Span, Stage, StageValue
from pledger.reading.page import Marker, Page, Trigger
from pledger.reading.patterns import OWN_WORDS, alternation, any_of, compiled, of_language, plain
from pledger.reading.placed import Taken

__all__ = ["StageFound", "modality_at", "modality_of", "stages", "stages_by_sentence"]


@dataclass(frozen=True, slots=True)
class StageFound:
    """Words that show a stage, and what must be beside them before they count."""

    span: Span
    value: StageValue
    modality: Modality
    modality_words: str | None
    needs: str
    """`any`, `near`, `batch`, `project`, `programme` or `lent`, as `data/lexicon/stages.toml` says."""


@dataclass(frozen=True, slots=True)
class _Rung:
    value: StageValue
    needs: str
    modality: Modality
    pattern: re.Pattern[str]
    listed: tuple[str, ...]


_BARRED_BY_NOT = frozenset({Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED})
"""Stages of which "not" says that they have not been reached, which is a statement of its own."""


@cache
def _negated() -> re.Pattern[str]:
    alone = any_of((*plain("grammar", "negation", "en"), *plain("grammar", "negation", "de")))
    attached = any_of(plain("grammar", "negation", "attached_en"))
    return re.compile(rf"(?:\b{alone}\b|{attached}\b)(?:\s\w{{1,40}}){{0,2}}\s?$", re.IGNORECASE)


@cache
def _rungs(language: str) -> tuple[_Rung, ...]:
    """The rungs that have words in a language."""
    rungs: list[_Rung] = []
    for entry in lexicon("stages")["rungs"]:
        listed = of_language(entry, language)
        if listed:
            outlook = Outlook(entry["outlook"]) if "outlook" in entry else None
            modality = Modality(entry.get("modality", Modality.ASSERTED))
            value = StageValue(Stage(entry["stage"]), outlook)
            rungs.append(_Rung(value, entry["subject"], modality, compiled(listed, language), listed))
    return tuple(rungs)


def _listed(language: str) -> list[list[str]]:
    return [[alternation((words,), language) for words in rung.listed] for rung in _rungs(language)]


_WORDS = Trigger(_listed)


def stages_by_sentence(page: Page) -> dict[int, list[StageFound]]:
    """The stages of each sentence of a page that shows any, by its index."""
    return {index: found for index in page.where(_WORDS) if (found := _of_sentence(page, index))}


def stages(text: str, sentence: Span, language: str = "en") -> list[StageFound]:
    """The words of one sentence that show a stage, longest first kept where they overlap, in order."""
    return _of_sentence(Page(text, language, (sentence,)), 0)


def _of_sentence(page: Page, index: int) -> list[StageFound]:
    text, sentence, rungs = page.text, page.sentences[index], _rungs(page.language)
    found: list[StageFound] = []
    for number in page.which(_WORDS, index):
        for match in rungs[number].pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span())
            stage = _found(page, rungs[number], span, max(sentence.start, span.start - 30))
            if stage is not None:
                found.append(stage)
    if len(found) < 2:
        return found
    # Where words overlap, those that say more win: an outlook before a bare rung, then the longer ones.
    found.sort(key=lambda f: (f.value.outlook is None, f.span.start - f.span.end))
    taken = Taken()
    return sorted((f for f in found if taken.take(f.span)), key=lambda f: f.span)


def _found(page: Page, rung: _Rung, span: Span, begin: int) -> StageFound | None:
    """What the words of a rung say, given what stands left of them from `begin` on; None where they are denied, which
    says nothing."""
    left = page.text[begin : span.start]
    value, modality, words = rung.value, rung.modality, None
    if modality is Modality.ASSERTED:
        if _negated().search(left):
            if value.stage not in _BARRED_BY_NOT:
                return None
            # "has not been approved": the rung is not reached, and somebody says so.
            value, modality, words = StageValue(Stage.CANDIDATE, Outlook.NOT_YET), Modality.DENIED, left.split()[-1]
        elif value.stage is not Stage.CANDIDATE:
            # To be a candidate is the statement itself; "potential candidate" says no less.
            modality, words = modality_at(page, begin, span.start)
    return StageFound(span, value, modality, words, rung.needs)


@cache
def _modality(language: str) -> tuple[tuple[Modality, re.Pattern[str]], ...]:
    table = lexicon("stages")["modality"]
    return tuple((Modality(name), compiled(of_language(entry, language), language)) for name, entry in table.items())


def _any_modality(language: str) -> re.Pattern[str]:
    """The words of all modalities together."""
    return _joined(language if language in OWN_WORDS else "en")


@cache
def _joined(language: str) -> re.Pattern[str]:
    return re.compile("|".join(pattern.pattern for _, pattern in _modality(language)), re.IGNORECASE)


_MODALITIES = Marker(_any_modality)


def modality_at(page: Page, start: int, end: int) -> tuple[Modality, str | None]:
    """`modality_of` the words from `start` to `end` of a page."""
    if not page.near(_MODALITIES.trigger, start, end):
        return Modality.ASSERTED, None
    return modality_of(page.text[start:end], page.language)


def modality_of(words: str, language: str = "en") -> tuple[Modality, str | None]:
    """How far `words` (a clause, or what stands left of a value) commit themselves, and the word that shows it."""
    for modality, pattern in _modality(language if language in OWN_WORDS else "en"):
        match = pattern.search(words)
        if match:
            return modality, match[0]
    return Modality.ASSERTED, None
