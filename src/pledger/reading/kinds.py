"""Kinds of project in a text: the words for a kind, the head that makes it something built, and how they join."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.patterns import CJK

__all__ = ["KindFound", "family", "kinds", "label", "parent"]


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


def _english(phrase: str) -> str:
    words = re.split(r"[ \-]", phrase)
    return r"[ \u00a0\-\u2010\u2011]".join(re.escape(w) for w in words) + r"(?:s|es)?"


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
        joined = "|".join(re.escape(p) for p in sorted(set(native), key=lambda p: (-len(p), p)))
        parts.append(f"(?:{joined})" if language in CJK else rf"(?<![\w])(?:{joined})(?:s|e?n|es)?(?![\w])")
    joined = "|".join(_english(p) for p in sorted(set(english), key=lambda p: (-len(p), p)))
    parts.append(rf"(?<![\w])(?:{joined})(?![\w])")
    return re.compile("|".join(parts), re.IGNORECASE), owner


def _key(words: str) -> str:
    flat = re.sub(r"[ \u00a0\-\u2010\u2011]+", " ", words.lower())
    return flat


def _owner(owner: dict[str, str], words: str) -> str | None:
    key = _key(words)
    for candidate in (
        key,
        key.removesuffix("s"),
        key.removesuffix("es"),
        key.removesuffix("n"),
        key.removesuffix("en"),
    ):
        if candidate in owner:
            return owner[candidate]
    return None


@cache
def _heads(language: str) -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    heads = lexicon("kinds")["heads"]
    if language in CJK or language == "de":
        native = "|".join(re.escape(h) for h in heads[language])
        after = re.compile(rf"(?:の|的|의|\s)?(?:[^\s。、，,]{{0,6}})?(?:{native})", re.IGNORECASE)
        return after, re.compile(r"(?!)"), re.compile(r"(?!)")
    strong = "|".join(f"{h}s?" for h in heads["en"])
    weak = "|".join(f"{h}s?" for h in heads["weak_en"])
    gap = r"(?:[ \u00a0\-][\w\-]{1,20}){0,2}[ \u00a0\-]"
    after = re.compile(rf"{gap}(?P<head>{strong})(?![\w])", re.IGNORECASE)
    soft = re.compile(rf"{gap}(?P<head>{weak})(?![\w])(?:[ \u00a0](?:{strong}|{weak})(?![\w]))?", re.IGNORECASE)
    before = re.compile(
        rf"(?<![\w])(?:{strong})[ \u00a0](?:that (?:would |will |is to )?|which (?:would |will )?|to |for |in |of |devoted to |dedicated to )?"
        rf"(?:produc\w{{1,4}}|mak\w{{1,3}}|manufactur\w{{1,4}}|process\w{{0,3}}|turn\w{{0,3}} out|refin\w{{1,3}}|for|of)[ \u00a0](?:[\w\-]{{1,20}}[ \u00a0]){{0,3}}$",
        re.IGNORECASE,
    )
    return after, soft, before


_STOP = re.compile(
    r"[ \u00a0\-](?:is|are|was|were|and|or|in|on|at|of|for|to|from|by|with|that|which|has|have|had|will|would|could|may|as|than|into|but|market|markets|industry|spending|demand|sector)\b",
    re.IGNORECASE,
)


_MARKET = re.compile(
    r"[ \u00a0](?:markets?|industry|industries|spending|sector|sectors|demand|sales|boom|companies|stocks?|prices?)\b",
    re.IGNORECASE,
)


def kinds(text: str, sentence: Span, language: str = "en") -> list[KindFound]:
    """The words for kinds of project in one sentence, in order, each as wide as its head reaches."""
    pattern, owner = _forms(language)
    after, soft, before = _heads(language)
    found: list[KindFound] = []
    for match in pattern.finditer(text, sentence.start, sentence.end):
        kind = _owner(owner, match[0])
        if kind is None or (found and match.start() < found[-1].span.end):
            # A second kind inside what the first one's head covered refines it ("power" ... "transmission").
            continue
        entry = _table()[kind]
        start, end = match.span()
        built = "strong" if entry.get("inherent") else "none"
        tail = text[end : min(sentence.end, end + 70)]
        head = after.match(tail)
        if head and not _STOP.search(tail[: head.end()]):
            built, end = "strong", end + head.end()
        else:
            head = soft.match(tail)
            if head and not _STOP.search(tail[: head.end()]):
                built, end = ("strong" if built == "strong" else "weak"), end + head.end()
            elif head := before.search(text[max(sentence.start, start - 90) : start]):
                start = max(sentence.start, start - 90) + head.start()
                built = "strong"
        if built == "none" and (entry.get("needs_head") or _MARKET.match(text, end)):
            continue
        found.append(KindFound(kind, Span(start, end), built))
    return found
