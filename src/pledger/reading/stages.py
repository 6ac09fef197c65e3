"""Stages in a text: the words that show how far a project has come, and how far they commit themselves."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import Modality, Outlook, Span, Stage, StageValue
from pledger.reading.patterns import CJK, alternation, compiled, of_language

__all__ = ["StageFound", "modality_of", "stages"]


@dataclass(frozen=True, slots=True)
class StageFound:
    """Words that show a stage, and what must be beside them before they count."""

    span: Span
    value: StageValue
    modality: Modality
    modality_words: str | None
    needs: str
    """`any`, `near` or `batch`, as `data/lexicon/stages.toml` says."""


_NEGATED = re.compile(
    r"(?:\bnot\b|\bno\b|\bnever\b|n't\b|n’t\b|\bwithout\b|\bnor\b|\bnicht\b|\bkeine?\w?\b)(?:\s\w+){0,2}\s?$",
    re.IGNORECASE,
)


@cache
def _rungs(language: str) -> tuple[tuple[StageValue, str, Modality, re.Pattern[str]], ...]:
    out = []
    for rung in lexicon("stages")["rungs"]:
        patterns = of_language(rung, language)
        if patterns:
            outlook = Outlook(rung["outlook"]) if "outlook" in rung else None
            value = StageValue(Stage(rung["stage"]), outlook)
            out.append(
                (
                    value,
                    rung["subject"],
                    Modality(rung.get("modality", "asserted")),
                    compiled(patterns, language),
                )
            )
    return tuple(out)


@cache
def _screen(language: str) -> re.Pattern[str]:
    every = [p for rung in lexicon("stages")["rungs"] for p in of_language(rung, language)]
    return re.compile(alternation(every, language), re.IGNORECASE)


def stages(text: str, sentence: Span, language: str = "en") -> list[StageFound]:
    """The words of one sentence that show a stage, longest first kept where they overlap, in order."""
    if not _screen(language).search(text, sentence.start, sentence.end):
        return []
    found: list[tuple[int, StageFound]] = []
    for rank, (value, needs, modality, pattern) in enumerate(_rungs(language)):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            span = Span(*match.span())
            left = text[max(sentence.start, span.start - 30) : span.start]
            if modality is Modality.ASSERTED and _NEGATED.search(left):
                # "has not been approved": the rung is not reached, and somebody says so.
                if value.stage in (Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED):
                    negated = StageFound(
                        span, StageValue(Stage.CANDIDATE, Outlook.NOT_YET), Modality.DENIED, left.split()[-1], needs
                    )
                    found.append((rank, negated))
                continue
            how, words = (modality, None) if modality is not Modality.ASSERTED else modality_of(left, language)
            if value.stage is Stage.CANDIDATE and modality is Modality.ASSERTED:
                # To be a candidate is the statement itself; "potential candidate" says no less.
                how, words = Modality.ASSERTED, None
            found.append((rank, StageFound(span, value, how, words, needs)))
    found.sort(key=lambda f: (-_weight(f[1].value), -(f[1].span.end - f[1].span.start), f[0]))
    kept: list[StageFound] = []
    for _, candidate in found:
        if not any(candidate.span.overlaps(k.span) for k in kept):
            kept.append(candidate)
    return sorted(kept, key=lambda k: k.span)


def _weight(value: StageValue) -> int:
    """Where words overlap, those that say more win: an outlook before a bare rung."""
    return 2 if value.outlook is not None else 1


@cache
def _modality(language: str) -> tuple[tuple[Modality, re.Pattern[str]], ...]:
    table = lexicon("stages")["modality"]
    return tuple((Modality(name), compiled(of_language(entry, language), language)) for name, entry in table.items())


def modality_of(words: str, language: str = "en") -> tuple[Modality, str | None]:
    """How far `words` (a clause, or what stands left of a value) commit themselves, and the word that shows it."""
    for modality, pattern in _modality(language if language in CJK or language == "de" else "en"):
        match = pattern.search(words)
        if match:
            return modality, match[0]
    return Modality.ASSERTED, None
