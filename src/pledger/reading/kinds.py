"""Kinds of project in a text: the words for a kind, the head that makes it something built, and how they join."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from typing import Any, NamedTuple

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.numbers import alternation
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import CJK, NEVER, OWN_WORDS, any_of, plain

__all__ = ["KindFound", "family", "kind_of", "kinds", "kinds_of", "label", "parent"]


@dataclass(frozen=True, slots=True)
class KindFound:
    """Words for a kind of project; `built` says that a head ("plant") or the words alone name a thing that is built."""

    kind: str
    span: Span
    built: str
    """`strong`, `weak` (a head such as "production" that needs company) or `none`."""


@cache
def _table() -> dict[str, Any]:
    return dict(lexicon("kinds")["kinds"])


def parent(kind: str) -> str | None:
    """The wider kind, or None."""
    entry = _table().get(kind)
    found = entry.get("parent") if entry else None
    return str(found) if found else None


def family(kind: str) -> str:
    """The widest kind above `kind`: two descriptions of one project share it."""
    while (above := parent(kind)) is not None:
        kind = above
    return kind


def label(kind: str) -> str:
    """The words that we show for a kind."""
    entry = _table().get(kind)
    return str(entry["label"]) if entry else kind.replace("_", " ")


_SPACE = r"[ \u00a0\-\u2010\u2011]"
_PLURALS = ("", "s", "es", "n", "en")


def _tree(phrases: Iterable[str]) -> str:
    """A pattern for any of `phrases`, a hyphen and a space being the same in them."""
    joint = "\ue010"
    flat = (re.sub(r"[ \-]", joint, phrase.lower()) for phrase in phrases)
    return alternation(flat).replace(joint, _SPACE)


def _key(words: str) -> str:
    return re.sub(rf"{_SPACE}+", " ", words.lower())


@cache
def _forms(language: str) -> tuple[re.Pattern[str], dict[str, str]]:
    """One pattern for all words of a language (and English), and the kind of each word as `_key` writes it."""
    owner: dict[str, str] = {}
    native: list[str] = []
    english: list[str] = []
    for kind, entry in _table().items():
        for phrase in entry.get("en", []):
            owner.setdefault(_key(phrase), kind)
            english.append(phrase)
        if language != "en":
            for phrase in entry.get(language, []):
                owner[_key(phrase)] = kind
                native.append(phrase)
    parts = []
    if native:
        listed = _tree(native)
        parts.append(listed if language in CJK else rf"(?<![\w]){listed}(?:s|e?n|es)?(?![\w])")
    parts.append(rf"(?<![\w]){_tree(english)}(?:s|es)?(?![\w])")
    return re.compile("|".join(parts), re.IGNORECASE), owner


def _owner(owner: dict[str, str], words: str) -> str | None:
    key = _key(words)
    return next((owner[k] for ending in _PLURALS if (k := key.removesuffix(ending)) in owner), None)


def kind_of(words: str, language: str = "en") -> str | None:
    """The kind that `words` name as a whole, or that the last part of a German compound names; else None."""
    owner = _forms(language)[1]
    found = _owner(owner, words)
    if found is None and language == "de":
        ends = (_owner(owner, words[at:]) for at in range(2, min(len(words) - _LEAST_TAIL, _LONGEST)))
        found = next((kind for kind in ends if kind is not None), None)
    return found


_LEAST_TAIL, _LONGEST = 5, 40
"""Letters of the shortest last part of a compound that tells a kind, and of the longest word looked at."""


class _Heads(NamedTuple):
    strong: re.Pattern[str]
    weak: re.Pattern[str]
    before: re.Pattern[str]
    """A head left of the kind: "a plant to make"."""


@cache
def _heads(language: str) -> _Heads:
    heads = lexicon("kinds")["heads"]
    if language in OWN_WORDS:
        native = "|".join(re.escape(h) for h in heads[language])
        # Behind a subject, a count or "and" a new phrase begins.
        barred = "がはや0-9０-９▼" if language == "ja" else ""
        joint = any_of((*(j for listed in heads["joint"].values() for j in listed), r"\s"))
        after = re.compile(rf"{joint}?(?:[^\s。、，,{barred}]{{0,6}})?(?:{native})", re.IGNORECASE)
        return _Heads(after, NEVER, NEVER)
    strong, weak = ("|".join(f"{h}s?" for h in heads[key]) for key in ("en", "weak_en"))
    gap = r"(?:[ \u00a0\-][\w\-]{1,20}){0,2}[ \u00a0\-]"
    other = any_of(plain("kinds", "heads", "weak_not_en"))
    leading, making = any_of(plain("kinds", "heads", "leading_en")), any_of(plain("kinds", "heads", "making_en"))
    return _Heads(
        re.compile(rf"{gap}(?:{strong})(?![\w])", re.IGNORECASE),
        re.compile(
            rf"{gap}(?:{weak})(?![\w]|{_SPACE}{other}(?![\w]))(?:[ \u00a0](?:{strong}|{weak})(?![\w]))?", re.IGNORECASE
        ),
        re.compile(
            rf"(?<![\w])(?:{strong})[ \u00a0]{leading}?{making}[ \u00a0](?:[\w\-]{{1,20}}[ \u00a0]){{0,3}}$",
            re.IGNORECASE,
        ),
    )


@cache
def _unbuilt() -> re.Pattern[str]:
    return re.compile(rf"[ \u00a0]{any_of(plain('kinds', 'heads', 'unbuilt_en'))}\b", re.IGNORECASE)


@cache
def _stops() -> re.Pattern[str]:
    """Words over which no head reaches back to a kind."""
    listed = (*plain("grammar", "closing", "en"), *plain("kinds", "heads", "unbuilt_en"))
    return re.compile(rf"[ \u00a0\-]{any_of(listed)}\b", re.IGNORECASE)


@cache
def _unmeant(language: str) -> re.Pattern[str]:
    """What behind a kind says that nothing is built: "データセンター向け", "半導体需要"."""
    return re.compile(any_of(plain("kinds", "heads", f"unmeant_{language}"))) if language in CJK else NEVER


@cache
def _ages(words: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w]){alternation(words)}{_SPACE}$", re.IGNORECASE)


_WORDS = Trigger(lambda language: [[_forms(language)[0].pattern]], exact=True)


def kinds(text: str, sentence: Span, language: str = "en") -> list[KindFound]:
    """The words for kinds of project in one sentence, in order, each as wide as its head reaches."""
    return kinds_of(Page(text, language, (sentence,)), 0)


def kinds_of(page: Page, index: int) -> list[KindFound]:
    """`kinds` of sentence `index` of a page."""
    found: list[KindFound] = []
    if not page.has(_WORDS, index):
        return found
    text, sentence, language = page.text, page.sentences[index], page.language
    pattern, owner = _forms(language)
    for match in page.matches(_WORDS, pattern, text, sentence.start, sentence.end):
        kind = _owner(owner, match[0])
        if kind is None or _unmeant(language).match(text, match.end(), sentence.end):
            continue
        entry = _table()[kind]
        if (ages := entry.get("not_behind")) and _ages(tuple(ages)).search(
            text, max(0, match.start() - 12), match.start()
        ):
            continue
        if found and match.start() < found[-1].span.end:
            # A second kind inside what the first one's head covered refines it ("power" ... "transmission"), unless it
            # is another one: English names a thing by its last noun ("battery CHEMICALS plant").
            if language not in OWN_WORDS and _is_last(text, found[-1], match, kind):
                found[-1] = replace(found[-1], kind=kind)
            continue
        span, built = _with_head(text, sentence, Span(*match.span()), language, inherent=bool(entry.get("inherent")))
        if found and span.start <= found[-1].span.start and found[-1].span.end <= match.start():
            found.pop()  # "a refinery for gallium": the first one is the head of this
        if built == "none" and (entry.get("needs_head") or _unbuilt().match(text, span.end)):
            continue
        found.append(KindFound(kind, span, built))
    return found


def _is_last(text: str, before: KindFound, match: re.Match[str], kind: str) -> bool:
    """Whether a word for a kind stands right before the head that a first one took, and is not only wider or finer."""
    head = _heads("en").strong.match(text[match.end() : before.span.end])
    if head is None or match.end() + head.end() != before.span.end or " " in head[0][1:].strip():
        return False
    return family(kind) != family(before.kind)


def _with_head(text: str, sentence: Span, words: Span, language: str, *, inherent: bool) -> tuple[Span, str]:
    """The words of a kind with the head that belongs to them, and how far they name a thing that is built."""
    heads = _heads(language)
    tail = text[words.end : min(sentence.end, words.end + 70)]
    head = heads.strong.match(tail)
    if head and not _stops().search(head[0]):
        return Span(words.start, words.end + head.end()), "strong"
    head = heads.weak.match(tail)
    if head and not _stops().search(head[0]):
        return Span(words.start, words.end + head.end()), "strong" if inherent else "weak"
    head = heads.before.search(text, max(sentence.start, words.start - 90), words.start)
    if head:
        return Span(head.start(), words.end), "strong"
    return words, "strong" if inherent else "none"
