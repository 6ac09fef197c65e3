"""What the lexicon knows of single words: their classes as bits, and the inflected forms of verbs."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any

from pledger.data import lexicon

__all__ = ["C", "Class", "classes", "forms", "open_class", "titles", "words_of_attribution"]


class Class:
    """Bits for the classes of a word; `C` for short."""

    DET = 1 << 0
    PREP = 1 << 1
    CONJ = 1 << 2
    BUT = 1 << 3
    SUB = 1 << 4
    WH = 1 << 5
    SUBJ = 1 << 6
    OBJ = 1 << 7
    MODAL = 1 << 8
    HAVE = 1 << 9
    BE = 1 << 10
    DO = 1 << 11
    TO = 1 << 12
    NEG = 1 << 13
    ADV = 1 << 14
    VB = 1 << 15
    VBZ = 1 << 16
    VBD = 1 << 17
    VBN = 1 << 18
    VBG = 1 << 19
    NUM = 1 << 20
    TIME = 1 << 21
    TITLE = 1 << 22
    PERSON = 1 << 23
    GROUP = 1 << 24
    PAPER = 1 << 25
    NAME = 1 << 26
    PUNCT = 1 << 27
    POSS = 1 << 28
    OPEN = 1 << 29
    CLOSE = 1 << 30
    REFL = 1 << 31
    AUX = MODAL | HAVE | BE | DO
    VERB = VB | VBZ | VBD | VBN | VBG
    SPEAKER = PERSON | GROUP | PAPER
    QUOTE = OPEN | CLOSE


C = Class


@cache
def words_of_attribution() -> dict[str, Any]:
    """The lexicon of attribution: `attribution.toml` with the lists of `attribution_more.toml` added to its own."""
    merged = dict(lexicon("attribution"))
    for table, more in lexicon("attribution_more").items():
        if isinstance(more, list):
            merged[table] = [*merged.get(table, []), *more]
            continue
        own = dict(merged.get(table, {}))
        for name, value in more.items():
            if isinstance(value, list):
                own[name] = [*own.get(name, []), *value]
            else:
                own[name] = f"{own[name]} {value}" if table == "plain_verbs" and name in own else value
        merged[table] = own
    return merged


@cache
def _irregular() -> dict[str, tuple[str, str]]:
    pairs = ((lemma.rstrip("_"), forms.split()) for lemma, forms in words_of_attribution()["irregular"].items())
    return {lemma: (parts[0], parts[1]) for lemma, parts in pairs}


@cache
def forms(lemma: str) -> tuple[tuple[str, int], ...]:
    """The inflected forms of a verb with their classes; `admit+` doubles its last letter; "go on" inflects "go"."""
    head, _, particle = lemma.partition(" ")
    double = head.endswith("+")
    head = head.rstrip("+")
    if re.search(r"(?:[sxz]|[cs]h)$", head) or head == "go" or head.endswith("do"):
        third = head + "es"
    elif re.search(r"[^aeiou]y$", head):
        third = head[:-1] + "ies"
    else:
        third = head + "s"
    stem = head + head[-1] if double else head
    if head.endswith("ie"):
        ing = head[:-2] + "ying"
    elif head.endswith("e") and not re.search(r"(?:ee|oe|ye)$", head):
        ing = head[:-1] + "ing"
    else:
        ing = stem + "ing"
    if head in _irregular():
        past, participle = _irregular()[head]
    else:
        past = (
            head + "d" if head.endswith("e") else head[:-1] + "ied" if re.search(r"[^aeiou]y$", head) else stem + "ed"
        )
        participle = past
    tail = f" {particle}" if particle else ""
    pairs = ((head, C.VB), (third, C.VBZ), (past, C.VBD), (participle, C.VBN), (ing, C.VBG))
    merged: dict[str, int] = {}
    for form, bit in pairs:
        merged[form + tail] = merged.get(form + tail, 0) | bit
    return tuple(merged.items())


_CLOSED = (
    ("determiners", C.DET),
    ("numbers", C.NUM),
    ("prepositions", C.PREP),
    ("conjunctions", C.CONJ),
    ("contrast", C.BUT),
    ("subordinators", C.SUB),
    ("wh", C.WH),
    ("objects", C.OBJ),
    ("modals", C.MODAL),
    ("modals_not", C.MODAL | C.NEG),
    ("be", C.BE),
    ("be_other", C.BE),
    ("be_not", C.BE | C.NEG),
    ("have", C.HAVE),
    ("have_not", C.HAVE | C.NEG),
    ("do", C.DO),
    ("do_not", C.DO | C.NEG),
    ("negations", C.NEG),
    ("adverbs", C.ADV),
    ("times", C.TIME),
)


@cache
def classes() -> dict[str, int]:
    """Classes of all words that the lexicon knows, by lower-case form."""
    known: dict[str, int] = {}

    def put(words: Iterable[str], bit: int) -> None:
        for word in words:
            known[word] = known.get(word, 0) | bit

    data = words_of_attribution()
    lemmas = [lemma for group in data["verbs"] for lemma in group["lemmas"]] + data["plain_verbs"]["lemmas"].split()
    for lemma in [*lemmas, *data["chain"]["lemmas"]]:
        for form, bit in forms(lemma):
            put([form.split(" ")[0]], bit)
    closed = data["closed"]
    for name, bit in _CLOSED:
        for word in closed[name]:
            # Closed classes win over verb readings of the same form ("but", "like", "may", "in").
            verb = 0 if name not in ("times", "numbers", "adverbs") else C.VERB
            known[word] = known.get(word, 0) & ~(C.VERB & ~verb) | bit
    for name, bit in (("subjects", C.SUBJ), ("reflexives", C.REFL)):
        for word in closed[name]:
            known[word] = bit
    for name, bit in (("people", C.PERSON), ("groups", C.GROUP), ("documents", C.PAPER)):
        put(data["speakers"][name], bit)
    for word in data["persons"]["words"].split():
        plural = word[:-3] + "men" if word.endswith("man") else word[:-1] + "ies" if _IES.search(word) else word + "s"
        put([word, plural], C.PERSON)
    known["to"] = C.TO
    known["having"] = C.HAVE | C.VBG
    known["her"] = C.DET | C.OBJ
    known["like"] = C.PREP | C.VB
    return known


_IES = re.compile(r"[^aeiou]y$")


@cache
def titles() -> frozenset[str]:
    """Titles that stand before names, as written."""
    return frozenset(words_of_attribution()["speakers"]["titles"])


@cache
def _not_adverbs() -> frozenset[str]:
    return frozenset(words_of_attribution()["closed"]["not_adverbs"])


@cache
def open_class(word: str) -> int:
    """Classes of a word that no list has, from its suffix."""
    if word.endswith("ly") and len(word) > 4 and word not in _not_adverbs():
        return C.ADV
    if word.endswith("ed") and len(word) > 4 and not word.endswith("eed"):
        return C.VBD | C.VBN
    if word.endswith("ing") and len(word) > 5:
        return C.VBG
    return C.NUM if word[:1].isdigit() else 0
