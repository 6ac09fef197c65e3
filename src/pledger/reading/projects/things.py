"""Things that are built, seen by their heads whatever stands before them: "a cable works", "the Anholt crossing".

A head alone proves nothing: whether a project is meant is told by what stands beside it (`joined`). German builds such
names as one word ("Ammoniakwerk"), of which the tail is the head.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from pledger.model import Span
from pledger.reading.countries import country_code
from pledger.reading.kinds import means_else
from pledger.reading.page import Trigger
from pledger.reading.patterns import CJK, any_of, expand, plain

__all__ = ["HEADS", "Thing", "is_generic", "things"]

_REACH = 90
"""Characters left of a head within which its noun phrase begins."""
_MOST_WORDS = 6
_WORD = re.compile(r"\S+")
_BROKEN = re.compile(r"[,;:!?()\[\]|“”\"„«»—–]|\.$")
"""Marks at the end of a word over which no noun phrase runs."""
_POSSESSIVE = re.compile(r"(?:'s|’s|s'|s’)$")
_LONG = re.compile(r"[^\W\d_]{4,40}")
_LED = (
    "-led",
    "-backed",
    "-owned",
    "-funded",
    "-financed",
    "-run",
    "-based",
    "-listed",
    "-built",
    "-controlled",
    "-sponsored",
)
"""Endings of words that say who stands behind a thing, and are no name of it."""
_THAT = re.compile(r"[Tt]hat\s\w+")
"""What points to the thing spoken of last, whether or not it turned out to be built: "that project"."""
_EDGES = "*_“”\"„«»'’("


def _listed_heads(language: str) -> list[list[str]]:
    if language in CJK:
        return []
    keys = ("tails_de", "words_de") if language == "de" else ("en", "loose_en", "placed_en")
    return [[expand(head) for key in keys for head in plain("things", "heads", key)]]


HEADS = Trigger(_listed_heads, tried=False)
"""Tells in which sentences a head stands."""


@dataclass(frozen=True, slots=True)
class Thing:
    """A noun phrase whose head names something built."""

    span: Span
    head: str
    """The head in small letters, singular."""
    words: tuple[str, ...]
    """What stands before the head and tells one thing from another, in small letters."""
    name: str | None
    """Capitalised words before the head: "Anholt" of "the Anholt crossing"."""
    definite: bool
    """Whether an article or a possessive points to a thing that is known."""
    article: bool
    """Whether a determiner of any sort opens it."""
    plural: bool
    owner: str | None = None
    """Whose it is, where a possessive opens it: "Hanwha" of "Hanwha's yard"."""
    recast: bool = False
    """Whether it only says what a thing already spoken of is or becomes: "as a campus"."""
    fresh: bool = False
    """Whether its words say that it is another one: "a second hall"."""
    compound: str | None = None
    """In German the word as a whole, whose tail is the head."""

    @property
    def kind(self) -> str:
        """A kind made of the words themselves, as keys of kinds are written."""
        if self.compound is not None and self.words:
            made = [word for word in self.words if not self.compound.startswith(word)]
            return "_".join((*made, self.compound)).replace("-", "_")
        return "_".join((*self.words[-2:], self.head)).replace("-", "_").replace(" ", "_")


def things(text: str, sentence: Span, language: str = "en") -> list[Thing]:
    """The things of one sentence, in order and without overlap; none in languages that set no spaces."""
    if language in CJK:
        return []
    found: list[Thing] = []
    for match in _heads(language).finditer(text, sentence.start, sentence.end):
        one = _german(text, sentence, match) if language == "de" and match["german"] else _of(text, sentence, match)
        if one is not None and not (found and found[-1].span.overlaps(one.span)):
            found.append(one)
        elif one is not None and found[-1].span.end <= match.start():
            found[-1] = one
    return found


def is_generic(thing: Thing) -> bool:
    """Whether any project may be called by its head once it is known."""
    return thing.head in _listed("generic", "en") or thing.head in _listed("generic", "de")


@cache
def _heads(language: str) -> re.Pattern[str]:
    sure, loose, placed = (any_of(plain("things", "heads", key)) for key in ("en", "loose_en", "placed_en"))
    plurals = rf"(?:s|es)?(?!\s{any_of(plain('things', 'heads', 'outlets'))}(?!\w))"
    english = rf"(?<![\w’'$])(?:(?P<sure>(?i:{sure}))|(?P<loose>(?i:{loose}))){plurals}(?![\w’'\-]|\.\w)"
    sited = rf"(?<![\w’'$])(?P<placed>(?i:{placed}))(?=\s(?:at|in|near)\s[A-Z][^\s,]+(?:\s[A-Z][^\s,]+)?,\s[A-Z])"
    if language != "de":
        return re.compile(rf"(?:{english}|{sited})(?P<german>(?!))?")
    tails, alone = any_of(plain("things", "heads", "tails_de")), any_of(plain("things", "heads", "words_de"))
    german = rf"(?<![\w])(?P<german>(?:[A-ZÄÖÜ][\w\-]{{2,40}}?(?:(?i:{tails}))|{alone}))(?![\w\-])"
    return re.compile(rf"{german}(?P<sure>(?!))?(?P<loose>(?!))?")


@cache
def _listed(*path: str) -> frozenset[str]:
    return frozenset(plain("things", *path))


@cache
def _joining() -> frozenset[str]:
    return frozenset({"and", "or", "&"})


@cache
def _stops() -> frozenset[str]:
    listed = {*plain("grammar", "closing", "en"), *_listed("words", "stops_en")}
    return frozenset(listed - {"the", "a", "an"})


def _of(text: str, sentence: Span, match: re.Match[str]) -> Thing | None:
    """The noun phrase around an English head."""
    if means_else(text, match.start()):
        return None
    begin = max(sentence.start, match.start() - _REACH)
    before = _phrase(list(_WORD.finditer(text, begin, match.start())))
    if before and before[-1].end() == match.start():  # the head is the tail of a longer word
        return None
    start = match.start()
    words: list[str] = []
    name: list[str] = []
    definite = article = False
    owner: str | None = None
    joined, kept = False, (start, words, name)
    for number, word in reversed(list(enumerate(before))):
        if word.start() == begin > sentence.start:
            break
        bare = word[0].lstrip(_EDGES)
        low = bare.lower()
        if _BROKEN.search(bare) or bare in ("", "-"):
            break
        if low in _joining() and words and not joined and word[0] == bare:
            # "its gallium and scandium deposit": read on as long as an article opens the whole.
            joined, kept = True, (start, list(words), list(name))
            continue
        if low in _listed("words", "definite_en"):
            definite = article = True
            start = word.end() - len(bare)
            break
        if low in _listed("words", "indefinite_en"):
            article, start = True, word.end() - len(bare)
            if low in ("a", "an"):
                break
            continue
        if _POSSESSIVE.search(bare):
            definite = article = True
            owner, start = _owner(text, before[: number + 1])
            break
        if low in _stops() or (low.endswith("ly") and bare.islower()):
            break
        if bare in _no_names():
            break
        start = word.start() + (len(word[0]) - len(bare))
        if low.endswith(_LED):
            continue
        if bare[:1].isupper() and not (word.start() <= sentence.start + 2 and len(before) == 1):
            if country_code(bare) is None and not any(c.isdigit() for c in bare):
                name.insert(0, bare)
        elif not any(c.isdigit() for c in low) and low not in _listed("words", "light_en"):
            words.insert(0, low)
        if word[0] != bare:
            break
    if joined and not article:
        start, words, name = kept
    plural = match[0].lower().endswith("s") and not match[0].lower().endswith(("works", "ss", "us"))
    head = re.sub(r"\s+", " ", match[0].lower())
    if plural:
        head = f"{head[:-3]}y" if head.endswith("ies") else head[:-1]
    if (plural and head in _listed("heads", "singular_en")) or _unbuilt().match(text, match.end(), sentence.end):
        return None
    if name and _title(text, sentence):
        words, name = [*(part.lower() for part in name), *words], []
    if match["loose"] is not None and not ((article or plural or name) and _told(words, name)):
        verb = _built().search(text, max(sentence.start, start - 20), start)
        points = definite and not plural and head in _listed("generic", "en") and _THAT.match(text, start)
        if not points and (not article or definite or verb is None):
            return None
    if head[0] != match[0][0] and not match[0].isupper() and (head in _listed("heads", "bodies_en") or not name):
        return None  # "Critical Metals Facility", "Kurogane Bridge Works": who, not what
    if name and all(part.lower() in _listed("words", "light_en") for part in name):
        name = []
    span, made = _made(text, sentence, Span(start, match.end()), "en")
    recast = not definite and _recast().search(text, max(sentence.start, start - 20), start) is not None
    fresh = any(low in _listed("words", "fresh_en") for low in text[start : match.start()].lower().split())
    return Thing(span, head, (*made, *words), " ".join(name) or None, definite, article, plural, owner, recast, fresh)


def _phrase(words: Sequence[re.Match[str]]) -> list[re.Match[str]]:
    """The last words before a head; a name in capitals that would be cut is kept whole."""
    first = max(0, len(words) - _MOST_WORDS)
    while first > 0 and words[first][0][:1].isupper() and words[first - 1][0][:1].isupper():
        first -= 1
    return list(words[first:])


def _owner(text: str, before: Sequence[re.Match[str]]) -> tuple[str, int]:
    """The whole name whose possessive ends these words, and where it starts: "Acme New Energy's"."""
    end = before[-1].end() - len(_POSSESSIVE.search(before[-1][0])[0])  # type: ignore[index]
    start = before[-1].start() + len(before[-1][0]) - len(before[-1][0].lstrip(_EDGES))
    for word in reversed(before[:-1]):
        bare = word[0]
        if not bare[:1].isupper() or _BROKEN.search(bare) or bare.lower() in _stops() or country_code(bare) is not None:
            break
        if bare.lower() in _listed("words", "definite_en") or bare.lower() in _listed("words", "indefinite_en"):
            break
        start = word.start()
    return text[start:end], start


@cache
def _built() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('things', 'heads', 'built_en'))}[ \n]$", re.IGNORECASE)


@cache
def _no_names() -> frozenset[str]:
    """Capitalised words that are no part of a thing's name: days and months."""
    return frozenset(plain("names", "generic")) - {"North", "South", "East", "West"}


@cache
def _unbuilt() -> re.Pattern[str]:
    """Behind a head these make the phrase name something else: "plant capacity", "the data center market"."""
    listed = (*plain("kinds", "heads", "unbuilt_en"), *plain("things", "heads", "behind_en"))
    return re.compile(rf"[ \u00a0\-]{any_of(listed)}(?!\w)", re.IGNORECASE)


def _title(text: str, sentence: Span) -> bool:
    """Whether a line is written as titles are, where capitals tell no names."""
    tokens = _LONG.findall(text, sentence.start, min(sentence.end, sentence.start + 300))
    return len(tokens) > 2 and sum(t[0].isupper() for t in tokens) > 0.7 * len(tokens)


@cache
def _recast() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){any_of(plain('things', 'words', 'recast_en'))}[ \n]$", re.IGNORECASE)


@cache
def _makes(key: str) -> re.Pattern[str]:
    made = any_of(plain("things", "words", f"made_{key}"))
    word = (
        r"(?:[a-z][a-z\-]{3,20}[ \n]){0,2}[a-z][a-z\-]{3,20}"
        if key == "en"
        else r"(?:[a-zäöüß]{3,20}[ \n])?[A-ZÄÖÜ][\w\-]{3,40}"
    )
    return re.compile(rf"[ \n]{made}[ \n](?P<what>{word})(?![\w’'])")


def _made(text: str, sentence: Span, span: Span, key: str) -> tuple[Span, tuple[str, ...]]:
    """A thing with what is made there, where the words right behind it say so; and that word."""
    match = _makes(key).match(text, span.end, sentence.end)
    if match is None:
        return span, ()
    what = match["what"].split()
    if key != "en":
        return Span(span.start, match.end()), (what[-1].lower(),)
    kept = list(takewhile(lambda word: word not in _stops() and word not in _unmade(), what))
    if not kept or kept[0].startswith(("which", "about", "more")):
        return span, ()
    end = match.start("what") + match["what"].index(kept[-1], len(" ".join(kept[:-1]))) + len(kept[-1])
    return Span(span.start, end), tuple(kept)


@cache
def _unmade() -> frozenset[str]:
    """Words that end what is made somewhere: "for vaccines NEAR Norholm"."""
    return frozenset((*plain("grammar", "closing", "en"), *_listed("words", "unmade_en")))


def _told(words: list[str], name: list[str]) -> bool:
    """Whether what stands before a loose head makes it something built."""
    return bool(name) or bool(words and words[-1] not in _listed("heads", "not_before_en"))


def _german(text: str, sentence: Span, match: re.Match[str]) -> Thing | None:
    """A German compound or noun with its article; adjectives belong to it."""
    word = match["german"]
    low = word.lower()
    if low in _listed("heads", "not_de"):
        return None
    begin = max(sentence.start, match.start() - 50)
    tokens = text[begin : match.start()].split()[-3:]
    definite = article = False
    for token in reversed(tokens):
        small = token.lower()
        if small in _listed("words", "definite_de"):
            definite = article = True
            break
        if small.startswith(("ein", "zwei", "drei", "kein")):
            article = True
            break
        if not token[0].islower() or not token.isalpha():
            break
    plural = low.endswith(("werke", "fabriken", "anlagen", "hallen", "projekte", "parks", "docks", "reaktoren", "en"))
    span, made = _made(text, sentence, Span(match.start(), match.end()), "de")
    found = _last_part().search(low)
    head = found[0] if found and len(found[0]) < len(low) else low
    before = low.removesuffix(head).strip("-")
    if head in ("werks", "parks", "projekts", "vorhabens", "kraftwerks", "speichers", "lagers", "tunnels", "kabels"):
        head = head[:-1]
    words = (*made, *((before,) if before else ()))
    return Thing(span, head, words, None, definite, article, plural, compound=low)


@cache
def _last_part() -> re.Pattern[str]:
    return re.compile(rf"{any_of(plain('things', 'heads', 'tails_de'))}$")
