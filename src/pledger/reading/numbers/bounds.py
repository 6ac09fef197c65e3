"""The words that bound a number: up to, more than, about, 約, 최대, mindestens; before it and after it."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.model import Qualifier
from pledger.reading.numbers.patterns import GAP, alternation
from pledger.reading.signs import has_cjk
from pledger.reading.tails import Tail

__all__ = ["bound_after", "bound_before", "bound_far"]

_LOOK_BACK = 44
_LOOK_AHEAD = 48
_MOST_BOUNDS = 3
_NEGATION_REACH = 60
_FAR_REACH = 90
_MOST_BETWEEN = 6
"""Words between a negation and the bound that it turns: "cannot be asked to pay more than"."""

_STRENGTH = {Qualifier.UP_TO: 2, Qualifier.AT_LEAST: 2, Qualifier.ABOUT: 1}
_NOUN_REACH = 40
_CLAUSE = re.compile(r"[.,;:!?()\n\u2014]")
_GROWN = re.compile(
    "[ \u00a0]?(?:一時|いったん|값이|주가가)?[、 ]?(?:"
    "늘|올|확대|증액|끌어|키우|증가|불어|부풀|내리|내려|떨어|하락|상승|급등|급락|치솟|밀리|밀려|밀렸|뛰|오르|주저앉|감소|줄|낮|높|깎|축소|도달|회복"
    "|増|引き上げ|引き下げ|拡大|上げ|膨ら|積み増|売られ|買われ|下げ|下落|上昇|値下|値上|急落|急騰|急伸|続落|続伸|高騰|落ち|下が|上が|戻|伸び|達|減|縮|円高|円安|回復|迫|接近)"
)
"""Behind "as far as" these verbs make the number a new value and no ceiling."""

_WORD_BEFORE = re.compile(r"([a-zäöüß\-]+)[\"']?\s{1,2}$", re.IGNORECASE)


@cache
def _tables(side: str, language: str) -> tuple[str, dict[str, Qualifier]]:
    """A pattern for the bounds on one side of a number, and what each of them (lower case) says."""
    lex = lexicon("numbers")[side]
    spoken = [lex["en"]] + ([lex["de"]] if language == "de" else [])
    meaning = {
        word: Qualifier(key) for table in (*spoken, lex["cjk"]) for key, words in table.items() for word in words
    }
    letters = alternation(
        w for table in spoken for words in table.values() for w in words if w[-1].isalpha() or w[-1] == "."
    )
    signs = alternation(
        w for table in spoken for words in table.values() for w in words if not (w[-1].isalpha() or w[-1] == ".")
    )
    cjk = alternation(w for words in lex["cjk"].values() for w in words)
    if side == "bounds":
        pace = alternation(lexicon("numbers")["between"]["cjk_pace"])  # 不得超过每年3.5亿
        pattern = (
            rf"(?:(?<![\w\-])(?P<word>{letters})(?: |\u00a0|\n|-){GAP}"
            rf"|(?P<sign>{signs}){GAP}|(?P<cjk>{cjk})(?:[ \u00a0の]|{pace}[ \u00a0]?)?)$"
        )
    else:
        number = "[ \u00a0\n]{0,2}(?:[A-Z]{0,3}[$€£¥₩]|[0-9])"
        pattern = rf"(?:{GAP}(?P<word>{letters})(?![\w]|{number})|(?P<sign>{signs})(?![0-9])|[ \u00a0]?(?P<cjk>{cjk}))"
    return pattern, meaning


@cache
def _before(language: str) -> tuple[Tail, dict[str, Qualifier]]:
    pattern, meaning = _tables("bounds", language)
    return Tail(pattern), meaning


@cache
def _after(language: str) -> tuple[re.Pattern[str], dict[str, Qualifier]]:
    pattern, meaning = _tables("after", language)
    return re.compile(pattern, re.IGNORECASE), meaning


@cache
def _guards() -> tuple[dict[str, frozenset[str]], dict[str, re.Pattern[str]]]:
    lex = lexicon("numbers")
    after = {bound: frozenset(words) for bound, words in lex["not_bound"].items()}
    ahead = {
        bound: re.compile(rf"(?:[ \-][\w'\-]+){{0,3}}[ \-]{alternation(words)}", re.IGNORECASE)
        for bound, words in lex["not_bound_before"].items()
    }
    return after, ahead


@cache
def _negations() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    lex = lexicon("numbers")["negation"]
    return frozenset(lex["turned"]), frozenset(lex["words"]), frozenset(lex["stop"])


def bound_before(text: str, start: int, end: int, language: str = "en") -> tuple[int, Qualifier | None]:
    """The bound before the number at `text[start:end]` (normalised text): where the whole then starts, and the bound.

    Bounds may be stacked ("up to about"): the strongest counts, the span takes in all. A preposition that looks like a
    bound ("concerns over $5bn") is none. Returns (start, None) where nothing bounds the number.
    """
    pattern, meaning = _before(language)
    result: Qualifier | None = None
    begin = start
    for _ in range(_MOST_BOUNDS):
        window = text[max(0, begin - _LOOK_BACK) : begin]
        match = pattern.search(window)
        if match is None:
            break
        word = re.sub(r"\s+", " ", (match["word"] or match["sign"] or match["cjk"])).lower()
        at = begin - len(window) + match.start(match.lastgroup or 0)
        if match["word"] and _is_preposition(text, word, at, end):
            break
        if match["cjk"] and _is_stress(text, word, at):
            break
        bound = meaning[word]
        if bound is Qualifier.AT_LEAST and match["word"] and _negated(text, word, at):
            bound = Qualifier.UP_TO
        if result is None or _STRENGTH[bound] >= _STRENGTH[result]:
            result = bound
        begin = at
    return begin, result


def _negated(text: str, word: str, at: int) -> bool:
    """Whether a negation in the clause before turns a lower bound ("not ... more than") into an upper one."""
    turned, words, stop = _negations()
    if word not in turned:
        return False
    if _doubts().search(text[max(0, at - _NEGATION_REACH) : at]):
        return True
    clause = _CLAUSE.split(text[max(0, at - _NEGATION_REACH) : at])[-1].lower().split()
    for between, told in enumerate(reversed(clause)):
        if told in words:
            return True
        if told in stop or between >= _MOST_BETWEEN:
            return False
    return False


@cache
def _doubts() -> Tail:
    return Tail(rf"(?<![a-z]){alternation(lexicon('numbers')['negation']['doubts'])} $")


@cache
def _stress() -> tuple[frozenset[str], tuple[str, ...]]:
    lex = lexicon("numbers")["not_bound_cjk"]
    return frozenset(lex["words"]), tuple(lex["after"])


def _is_stress(text: str, word: str, at: int) -> bool:
    """Whether 高达 only stresses the size of a whole that was named before it, and is no ceiling."""
    words, nouns = _stress()
    return word in words and text[max(0, at - 6) : at].endswith(nouns)


def _is_preposition(text: str, word: str, at: int, end: int) -> bool:
    after, ahead = _guards()
    key = word.rsplit(" ", 1)[-1]
    listed = after.get(word) or (after.get(key) if word == key else None)
    if listed:
        before = _WORD_BEFORE.search(text[max(0, at - _NOUN_REACH) : at])
        noun = before[1].lower().rsplit("-", 1)[-1] if before else ""
        if noun in listed or (word == "über" and noun.endswith(tuple(listed))):  # German nouns: "Rahmenabkommen"
            return True
    return bool(word in ahead and ahead[word].match(text, end, end + _LOOK_AHEAD))


def bound_after(text: str, end: int, language: str = "en") -> tuple[int, Qualifier | None]:
    """The bound after a number that ends at `end` (normalised text): where the whole then ends, and the bound."""
    following = text[end : end + 1]
    if not following or following in ".;:)]}\"'":
        return end, None
    if following.isascii() and following not in " ,-+\n" and not has_cjk(text[end : end + 2]):
        return end, None
    pattern, meaning = _after(language)
    match = pattern.match(text, end, end + _LOOK_AHEAD) or _apart(text, end, pattern)
    exceeded = _exceeded(text, end) if not following.isascii() or following == " " else None
    if exceeded is not None:
        return exceeded, Qualifier.UP_TO
    if match is None:
        return end, None
    word = re.sub(r"\s+", " ", (match["word"] or match["sign"] or match["cjk"])).lower()
    if word in ("まで", "까지") and _GROWN.match(text, match.end()):
        return end, None
    if word == "plus" and text[match.end() : match.end() + 1] not in ("", ".", ",", ";", ")"):
        return end, None
    return match.end(), meaning[word]


@cache
def _exceeds() -> re.Pattern[str]:
    lex = lexicon("numbers")["after"]["exceeded"]
    words = rf"[^。.、,，;；\n]{{0,{lex['reach']}}}?"
    return re.compile(rf"[ \u00a0]?{alternation(lex['verbs'])}{words}{alternation(lex['not'])}")


def _exceeded(text: str, end: int) -> int | None:
    """Where words end that forbid to exceed the number: 200억 달러를 넘겨 부를 수 없다."""
    if not has_cjk(text[end : end + 2]):
        return None
    match = _exceeds().match(text, end, end + _LOOK_AHEAD)
    return match.end() if match else None


@cache
def _far(language: str) -> tuple[re.Pattern[str], frozenset[str]]:
    lex = lexicon("numbers")["far"]
    verbs = [*lex["en"], *(lex["de"] if language == "de" else ())]
    links = [*lex["links"], *(lex["links_de"] if language == "de" else ())]
    words = rf"((?: [\w'-]{{1,24}}){{1,{lex['most']}}}?)"
    return (
        re.compile(
            rf"(?<![\w-])(?:{alternation(verbs)}{words} {alternation(links)}"
            rf"|(?:an? |the )?{alternation(lex['nouns'])} (?:on|for){words} {alternation(lex['nouns_links'])})"
            r"[ \u00a0\n]$",
            re.IGNORECASE,
        ),
        frozenset(lex["not"]),
    )


@cache
def _far_links(language: str) -> tuple[str, ...]:
    lex = lexicon("numbers")["far"]
    links = {*lex["links"], *lex["nouns_links"], *(lex["links_de"] if language == "de" else ())}
    return tuple(f" {link}" for link in sorted(links))


def bound_far(text: str, start: int, language: str = "en") -> int | None:
    """Where a verb or noun makes the number at `start` a ceiling from afar: "caps public support at 48bn"."""
    window = text[max(0, start - _FAR_REACH) : start]
    if not window[-1:].isspace() or not window.rstrip().lower().endswith(_far_links(language)):
        return None
    pattern, barred = _far(language)
    match = pattern.search(window)
    if match is None:
        return None
    words = next(w for w in match.groups() if w is not None).lower().split()
    lex = lexicon("numbers")["far"]
    if match.group().split()[0].lower() in lex["participles"] and words[0] not in lex["objects"]:
        return None
    return None if barred.intersection(words) else start - len(window) + match.start()


@cache
def _between() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("numbers")["between"]
    per = re.compile(rf"(?: {alternation(lex['per'])} |/)[a-z][a-z\-]{{1,18}}(?= )", re.IGNORECASE)
    return per, re.compile(rf"[ \-]{alternation(lex['nouns'])}(?= as )", re.IGNORECASE)


def _apart(text: str, end: int, pattern: re.Pattern[str]) -> re.Match[str] | None:
    """The bound behind a unit ("$2,400 a kilowatt or so") or a noun ("$9bn figure as a ceiling")."""
    for between in _between():
        unit = between.match(text, end, end + _LOOK_AHEAD)
        if unit:
            match = pattern.match(text, unit.end(), unit.end() + _LOOK_AHEAD)
            if match and " " in (match["word"] or ""):
                return match
    return None
