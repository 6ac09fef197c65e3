"""Stages in a text: the words that show how far a project has come, and how far they commit themselves."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import Modality, Outlook, Span, Stage, StageValue
from pledger.reading.page import Marker, Page, Trigger
from pledger.reading.patterns import (
    CJK,
    LANGUAGES,
    NEVER,
    OWN_WORDS,
    alternation,
    any_of,
    compiled,
    narrowed,
    of_language,
)

__all__ = [
    "StageFound",
    "denials",
    "laws",
    "modality_at",
    "modality_of",
    "passing",
    "stages",
    "stages_by_sentence",
    "things",
]


@dataclass(frozen=True, slots=True)
class StageFound:
    """Words that show a stage, and what must be beside them before they count."""

    span: Span
    value: StageValue
    modality: Modality
    modality_words: str | None
    needs: str
    """What the words must be about before they count: `any`, `near` ..., as `data/lexicon/stages.toml` says."""


@dataclass(frozen=True, slots=True)
class _Rung:
    value: StageValue
    needs: str
    modality: Modality
    keeps: bool
    """Whether a denial denies this very rung, also where it is a decision."""
    listed: tuple[str, ...]


_ASKED = frozenset({Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED, Stage.SUSPENDED, Stage.CANCELLED})
"""Stages that a question only asks about."""
_FORWARD = frozenset({Stage.PLEDGED, Stage.COMMITTED, Stage.IMPLEMENTATION, Stage.COMPLETED})
"""Rungs whose own words hold a denial only where they are denied ("construction has not begun")."""
_LEFT = 80
"""Characters left of the words of a stage, in their clause, within which words deny or weaken them."""
_RIGHT = {"en": 40, "ja": 22, "ko": 22, "zh": 10, "de": 44}
"""Characters right of them within which words deny them, or weaken them in languages whose verbs end a clause."""
_CHAINED = re.compile(r"(?:하며|으며|되며|하고|되고|해|돼|하여|되어|시작으로|받아|거쳐|거친 뒤|한 뒤|후)(?=[, ])")
"""What Korean links a verb with to the one that ends its sentence, which tells for both whether it is yet to come."""
_LINK, _LAST = 5, 12
"""Characters behind a verb within which its link begins, and those at the end of a sentence that tell."""
_BREAKS = re.compile(r"[;:.!?。；！？\n]|[,，、](?=\s|\b)")
"""Where what stands beside the words of a stage no longer denies or weakens them."""
_NAME = re.compile(r"\{([a-z_]{2,20})\}")


def _lexicon(language: str) -> Mapping[str, Any]:
    """What is known of stages in a language; empty where nothing is."""
    return lexicon(f"stages_{language}") if language in LANGUAGES else {}


@cache
def _nouns(language: str) -> dict[str, str]:
    """The lists that patterns of a language may name, each as one group."""
    return {name: f"(?:{'|'.join(listed)})" for name, listed in _lexicon(language).get("nouns", {}).items()}


def _filled(patterns: Sequence[str], language: str) -> tuple[str, ...]:
    """Patterns with the lists that they name written out; a list may name those before it."""
    lists = _nouns(language)
    once = (_NAME.sub(lambda m: lists.get(m[1], m[0]), p) for p in patterns)
    return tuple(_NAME.sub(lambda m: lists.get(m[1], m[0]), p) for p in once)


@cache
def _rungs(language: str) -> tuple[_Rung, ...]:
    """The rungs that have words in a language."""
    rungs: list[_Rung] = []
    for entry in _lexicon(language).get("rungs", []):
        listed = _filled(entry["words"], language)
        outlook = Outlook(entry["outlook"]) if "outlook" in entry else None
        value = StageValue(Stage(entry["stage"]), outlook)
        modality = Modality(entry.get("modality", Modality.ASSERTED))
        keeps = entry.get("denied") == "same"
        rungs.append(_Rung(value, entry["subject"], modality, keeps, listed))
    return tuple(rungs)


def _listed(language: str) -> list[list[str]]:
    return [[alternation((words,), language) for words in rung.listed] for rung in _rungs(language)]


_WORDS = Trigger(_listed)


def stages_by_sentence(page: Page) -> dict[int, list[StageFound]]:
    """The stages of each sentence of a page that shows any, by its index."""
    return {index: found for index in page.where(_WORDS) if (found := _of_sentence(page, index))}


def stages(text: str, sentence: Span, language: str = "en") -> list[StageFound]:
    """The words of one sentence that show a stage; those that say more come first.

    Words may overlap: what they are about decides which of them count.
    """
    return _of_sentence(Page(text, language, (sentence,)), 0)


def _of_sentence(page: Page, index: int) -> list[StageFound]:
    text, sentence, rungs = page.text, page.sentences[index], _rungs(page.language)
    found = [
        _found(rungs[number], Span(*match.span()), text, sentence, page.language)
        for number, told in page.matching(_WORDS, index)
        for match in narrowed(rungs[number].listed, told, page.language).finditer(text, sentence.start, sentence.end)
    ]
    if found and (barred := [Span(*m.span()) for m in _general(page.language).finditer(text, *_ends(sentence))]):
        found = [one for one in found if not any(one.span.overlaps(other) for other in barred)]
    # An outlook says more than a bare rung, longer words more than shorter ones.
    return sorted(found, key=lambda f: (f.value.outlook is None, f.span.start - f.span.end, f.span.start))


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


@cache
def _general(language: str) -> re.Pattern[str]:
    """Words on how projects are chosen, which are the stage of none: "a committee names candidates"."""
    listed = _filled(_lexicon(language).get("general", {}).get("words", ()), language)
    return compiled(listed, language) if listed else NEVER


def _found(rung: _Rung, span: Span, text: str, sentence: Span, language: str) -> StageFound:
    """What the words of a rung say, given what stands beside them."""
    value, modality, words = rung.value, rung.modality, None
    left, right = _beside(text, sentence, span, language)
    if value.stage is Stage.COMMITTED and _papers(language).search(text, span.start, span.end):
        value = StageValue(Stage.PLEDGED)  # "signed a memorandum" is no more than a promise
    if modality is Modality.DENIED and value.outlook is not None and _denies_a_rung(span.of(text), language):
        return StageFound(span, StageValue(Stage.COMMITTED), modality, words, rung.needs)
    if modality is not Modality.DENIED and value.outlook is None:
        denied = _denied(left, span.of(text), right, language)
        if denied is None and value.stage in _FORWARD:
            denied = _halted(span.of(text), language)
        if denied is not None:
            # "has not been settled": there is no decision, as somebody says; "has not been approved" denies that rung.
            named = rung.keeps or _reported(left, language) or _named(language).search(span.of(text)) is not None
            undecided = value.stage is Stage.COMMITTED and not named
            value = StageValue(Stage.CANDIDATE, Outlook.NOT_YET) if undecided else value
            return StageFound(span, value, Modality.DENIED, denied, rung.needs)
    if modality is Modality.ASSERTED and value.stage is not Stage.CANDIDATE:
        # To be a candidate is the statement itself; "potential candidate" says no less.
        weighed = _weighed(left, span.of(text), right, language)
        if language == "ko" and _CHAINED.search(text, span.start, min(sentence.end, span.end + _LINK)):
            weighed = f"{weighed} {text[max(span.end, sentence.end - _LAST) : sentence.end]}"
        modality, words = _modality_of_stage(weighed, language)
        if modality is Modality.ASSERTED and value.stage in _ASKED and text[sentence.end - 1] in "?？":
            modality, words = Modality.POSSIBLE, text[sentence.end - 1]
    return StageFound(span, value, modality, words, rung.needs)


def _beside(text: str, sentence: Span, span: Span, language: str) -> tuple[str, str]:
    """What stands left and right of the words of a stage in their clause."""
    left = text[max(sentence.start, span.start - _LEFT) : span.start]
    for mark in _BREAKS.finditer(left):
        left = " " * mark.end() + left[mark.end() :]
    right = text[span.end : min(sentence.end, span.end + _RIGHT.get(language, 0))]
    end = _BREAKS.search(right)
    return left.lstrip(), right[: end.start()] if end else right


def _weighed(left: str, inside: str, right: str, language: str) -> str:
    """The words that may weaken a stage: those before it, and in languages whose verbs end a clause those behind it."""
    if language in {"ja", "ko"}:
        return f"{inside} {right}"
    return f"{left} {inside} {right}" if language in {"zh", "de"} else f"{left} {inside}"


@cache
def _negation(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """What denies a stage: at the end of the words left of it, right of it, and among its words."""
    entry = _lexicon(language).get("negation", {})
    bound = "" if language in CJK else r"(?<!\w)"
    left, right, inside = (_filled(entry.get(key, ()), language) for key in ("left", "right", "inside"))
    gap = r"\s{0,3}" if language in CJK else r"(?:\s\w{1,40}){0,2}\s{0,3}"
    return (
        re.compile(rf"{bound}({any_of(left)}){gap}$", re.IGNORECASE) if left else NEVER,
        re.compile(rf"({any_of(right)})", re.IGNORECASE) if right else NEVER,
        re.compile(rf"{bound}({any_of(inside)})", re.IGNORECASE) if inside else NEVER,
    )


def _denied(left: str, inside: str, right: str, language: str) -> str | None:
    """The word that denies a stage, if there is one."""
    before, behind, among = _negation(language)
    found = before.search(left) or behind.match(right) or among.search(inside)
    return found[1] if found else None


@cache
def _stopping(language: str) -> re.Pattern[str]:
    listed = _filled(_lexicon(language).get("negation", {}).get("forward", ()), language)
    return compiled(listed, language) if listed else NEVER


def _halted(words: str, language: str) -> str | None:
    """The word among those of a rung that denies it."""
    found = _stopping(language).search(words)
    return found[0] if found else None


@cache
def _denying(language: str) -> re.Pattern[str]:
    return compiled(tuple(_lexicon(language).get("negation", {}).get("reports", ())), language)


def _reported(left: str, language: str) -> bool:
    """Whether a report of a stage is denied ("denied that it had been approved") rather than the stage reached."""
    return _denying(language).search(left) is not None


@cache
def _denial_words(language: str) -> tuple[str, ...]:
    return _filled(_lexicon(language).get("denial", {}).get("words", ()), language)


_DENIALS = Trigger(lambda language: [[alternation((words,), language) for words in _denial_words(language)]])


def denials(page: Page) -> dict[int, Span]:
    """The words with which sentences deny what the one before said ("The company denies this"), by their index."""
    pattern = compiled(_denial_words(page.language), page.language)
    found: dict[int, Span] = {}
    for index in page.where(_DENIALS):
        match = pattern.search(page.text, page.sentences[index].start, page.sentences[index].end)
        if match:
            found[index] = Span(*match.span())
    return found


@cache
def _papers(language: str) -> re.Pattern[str]:
    """Papers that promise without binding."""
    listed = _filled(_lexicon(language).get("nouns", {}).get("paper", ()), language)
    return compiled(listed, language) if listed else NEVER


@cache
def _named(language: str) -> re.Pattern[str]:
    """Words that name the rung of what is selected, approved or signed; to deny them denies that rung."""
    listed = _filled(_lexicon(language).get("nouns", {}).get("named", ()), language)
    return re.compile(any_of(listed), re.IGNORECASE) if listed else NEVER


@cache
def _flatly(language: str) -> re.Pattern[str]:
    """Words with which nothing at all is decided ("nothing", "nobody")."""
    listed = _filled(_lexicon(language).get("negation", {}).get("flat", ()), language)
    return re.compile(any_of(listed), re.IGNORECASE) if listed else NEVER


def _denies_a_rung(words: str, language: str) -> bool:
    """Whether words that deny a decision deny that one thing has been selected, approved or signed."""
    flat = _flatly(language)
    return flat is not NEVER and _named(language).search(words) is not None and flat.search(words) is None


@cache
def laws(language: str) -> re.Pattern[str]:
    """Nouns of what parliaments pass: a stage that words tell of them is no project's."""
    listed = _filled(_lexicon(language).get("nouns", {}).get("law", ()), language)
    return compiled(listed, language) if listed else NEVER


@cache
def passing(language: str) -> re.Pattern[str]:
    """What parliaments do with laws."""
    listed = _filled(_lexicon(language).get("nouns", {}).get("passing", ()), language)
    return compiled(listed, language) if listed else NEVER


@cache
def things(language: str) -> re.Pattern[str]:
    """Nouns of what is built, bought or paid for, without which some words of a stage do not count."""
    listed = _lexicon(language).get("nouns", {})
    return compiled(_filled(tuple(listed.get("things", ())) or tuple(listed.get("venture", ())), language), language)


@cache
def _own_modality(language: str) -> tuple[tuple[Modality, re.Pattern[str]], ...]:
    """Words that weaken a stage only, beside those that weaken any claim."""
    table = _lexicon(language).get("modality", {})
    return tuple((Modality(name), compiled(tuple(listed), language)) for name, listed in table.items())


def _modality_of_stage(words: str, language: str) -> tuple[Modality, str | None]:
    modality, word = modality_of(words, language)
    if modality is Modality.ASSERTED:
        for own, pattern in _own_modality(language):
            match = pattern.search(words)
            if match:
                return own, match[0]
    return modality, word


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
