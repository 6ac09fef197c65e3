"""Evidence that two names are one organisation: its words, its letters, its sound in another script."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import Any

from rapidfuzz.distance import OSA, DamerauLevenshtein

from pledger.data import lexicon
from pledger.ledger.acronyms import acronym_evidence
from pledger.ledger.evidence import Evidence, evidence
from pledger.ledger.geography import cities
from pledger.ledger.names import canonical, core, fold, is_cjk, split
from pledger.ledger.offices import office_of
from pledger.ledger.scripts import readings, same_han, same_sound
from pledger.ledger.tokens import Token, known, office, opposite, respelt, slight, tokens, usual, words, written

__all__ = ["house_evidence", "slip", "token_evidence"]

Words = tuple[str, ...]
Words_ = tuple[Token, ...]

_LARGE_CITY = 100_000
"""Inhabitants of a city whose name in parentheses tells which house is meant: 'Institute (Pune)'."""


def house_evidence(a: str, b: str) -> list[Evidence]:
    """What speaks for and against two names of organisations being one."""
    here, there = renamed(a), renamed(b)
    known_here, known_there = _known(here), _known(there)
    if known_here is not None and known_there is not None:
        same = known_here == known_there
        told = f"both are names of {known_here}" if same else f"{known_here} and {known_there} are two"
        return [evidence("known_one" if same else "known_two", told)]
    for x in _spellings(here):
        for y in _spellings(there):
            if fold(x) and fold(x).replace(" ", "") == fold(y).replace(" ", ""):
                return [evidence("equal", f"both are '{fold(x)}' without case and legal form")]
    for x in _spellings(here):
        for y in _spellings(there):
            if core(fold(x)) == core(fold(y)) and core(fold(x)):
                return [evidence("tail", f"both are '{core(fold(x))}' without a tail such as Group")]
    for x in _spellings(here):
        for y in _spellings(there):
            if same_han(core(fold(x)), core(fold(y))):
                return [evidence("equal", f"'{x}' is '{y}' in the other form of the script")]
    letters = acronym_evidence(here[0], there[0], known_here or known_there)
    if letters:
        return letters
    return token_evidence(written(_bare(here)), written(_bare(there)))


@lru_cache(maxsize=65536)
def renamed(name: str) -> tuple[str, Words]:
    """A name and its others: those in parentheses, and those that it says it had or has ("X, formerly Y")."""
    bare, others = split(name)
    for word in _former():
        head, found, rest = bare.partition(word)
        if found and head.strip(" ,;-") and rest.strip(" ,;-"):
            return head.strip(" ,;-"), (*others, rest.strip(" ,;-"))
    plain = []
    for other in others:
        word = next((w for w in _former() if f" {other}".casefold().startswith(w) or other.startswith(w.strip())), "")
        plain.append(other[len(word.strip()) :].strip(" :：") if word else other)
    return bare, tuple(o for o in plain if o)


def _spellings(name: tuple[str, Words]) -> list[str]:
    """A name, and the names in its parentheses that can stand for it."""
    return [_bare(name), *(x for x in name[1] if len(x) > 1 and not _says_which(x))]


def _bare(name: tuple[str, Words]) -> str:
    """A name with what its parentheses add: 'Acme (China)' is another house than Acme."""
    return " ".join([name[0], *(x for x in name[1] if _says_which(x))])


def _says_which(words_: str) -> bool:
    """Whether words in parentheses tell which of several is meant: a country, a number."""
    if any(size >= _LARGE_CITY for _, size in cities(words_)):
        return True
    return all(t.kind in ("place", "number", "unit", "compass") for t in tokens(words(words_)))


def _known(name: tuple[str, Words]) -> str | None:
    office = office_of(_bare(name)) or next((o for x in name[1] if (o := office_of(x)) is not None), None)
    if office is not None:
        return office
    which = [x for x in name[1] if _says_which(x)]
    if which:
        return next((c for x in which for n in (f"{x} {name[0]}", f"{name[0]} of {x}") if (c := canonical(n))), None)
    return canonical(name[0]) or next((c for x in name[1] if (c := canonical(x)) is not None), None)


def token_evidence(here: Words, there: Words) -> list[Evidence]:
    """What the words of two names tell, known phrases taken for one word in any language."""
    mended = _mended(here, there)
    found = [e for _, _, e in mended]
    for wrong, right, _ in mended:
        here = tuple(right if w == wrong else w for w in here)
    here, there = respelt(here), respelt(there)
    mine, yours = tokens(here), tokens(there)
    shared = Counter(_key(t) for t in mine) & Counter(_key(t) for t in yours)
    left, right_ = _without(mine, shared), _without(yours, shared)
    common = [token for token in _once(mine) if shared[_key(token)]]
    if any(t.kind == "unit" for t in left) and any(t.kind == "unit" for t in right_):
        # Houses of one name in two trades are sisters, of however many words that name is.
        rare = [token for token in common if token.kind == "rare"]
        common = [token for token in common if token not in rare[1:]]
    found += [
        evidence(token.kind if token.kind in _WEIGHED else "unit", f"share '{_shown(token)}'") for token in common
    ]
    rest = _unshared(left, right_, [*mine, *yours])
    if not left and not right_ and not rest and (len(mine) > 1 or (mine and mine[0].kind in ("rare", "family"))):
        found.append(evidence("same_words", "the same words"))
    if _behind(mine, yours):
        found.append(evidence("extra_behind", "one is the other's whole name and more"))
    if _turned(here, there):
        found.append(evidence("order", "'X of Y' is not 'Y X'"))
    return found + rest


def _behind(mine: Words_, yours: Words_) -> bool:
    """Whether one name is the other's whole name, of two words or more, with rare words behind it."""
    short, long = sorted((mine, yours), key=len)
    rest = long[len(short) :]
    return len(short) > 1 and long[: len(short)] == short and any(t.kind == "rare" for t in rest)


_WEIGHED = ("rare", "family", "unit", "place", "number")


def _unshared(left: list[Token], right: list[Token], all_: list[Token]) -> list[Evidence]:
    found: list[Evidence] = []
    left, right = list(left), list(right)
    for a in list(left):
        for b in list(right):
            if a in left and b in right and {a.text, b.text} == {"nippon", "JP"} and a.native != b.native:
                left.remove(a)
                right.remove(b)
                found.append(evidence("family", "Nippon is Japan"))
    found += _sounding(left, right)
    found += _joined(left, right)
    pairs = [(a, b) for a in left for b in right if opposite(a.text, b.text)]
    for a, b in pairs:
        if a in left and b in right:
            found.append(evidence("opposite", f"'{a.text}' is not '{b.text}'"))
            left.remove(a)
            right.remove(b)
    offices = any(office(t) for t in all_)
    for kind in ("number", "place", "rare", "family", "unit", "compass", "tail"):
        one, other = [t for t in left if t.kind == kind], [t for t in right if t.kind == kind]
        if kind == "rare" and one and other:
            found += _lookalikes(one, other)
        elif one and other and kind in ("number", "place", "unit"):
            found.append(evidence(f"other_{kind}", f"'{_all(one)}' is not '{_all(other)}'"))
        elif one and other:
            found.append(
                evidence("extra_family" if kind == "family" else "opposite", f"'{_all(one)}' is not '{_all(other)}'")
            )
        elif (one or other) and kind != "tail":
            found += [_extra(t, offices) for t in one or other]
    return found


def _extra(token: Token, offices: bool) -> Evidence:
    name = f"extra_{token.kind}"
    if token.kind == "unit" and usual(token):
        name = "extra_usual"
    if token.kind == "unit" and slight(token):
        name = "extra_slight"
    if token.kind == "place" and offices:
        name = "extra_place_office"
    return evidence(name, f"only one has '{_shown(token)}'")


def _sounding(left: list[Token], right: list[Token]) -> list[Evidence]:
    """Words left over in another script, held by their sound against what the other name has left."""
    for mine, yours in ((left, right), (right, left)):
        native = [t for t in mine if t.native and t.kind == "rare"]
        if not native:
            continue
        whole = [t for t in mine if t.kind in ("rare", "unit") and (t.native or t.kind == "rare")]
        for told, others in ((t, o) for t in ([whole, native] if whole != native else [native]) for o in _rests(yours)):
            sound = "".join(t.text for t in told)
            best = max(
                (same_sound(x, y) for x in readings(sound) for y in readings("".join(t.text for t in others))),
                default=0.0,
            )
            if best:
                for t in told:
                    mine.remove(t)
                for t in others:
                    yours.remove(t)
                weight = "sound" if best == 1 else "sound_weak"
                return [evidence(weight, f"'{sound}' sounds like '{' '.join(t.text for t in others)}'")]
    return []


def _rests(tokens_: list[Token]) -> Iterable[list[Token]]:
    """What a word of another script may stand for: all rare words, all words, each word."""
    rare = [t for t in tokens_ if t.kind in ("rare", "family")]
    wide = [t for t in tokens_ if t.kind in ("rare", "family", "unit")]
    seen: list[list[Token]] = []
    for part in (wide, rare, *([t] for t in wide)):
        if part and part not in seen:
            seen.append(part)
    return seen


def _joined(left: list[Token], right: list[Token]) -> list[Evidence]:
    """Words that one name writes in one and the other in two: 'SoftBank', 'Soft Bank'."""
    one = "".join(t.text for t in left if t.kind == "rare" and not t.native)
    other = "".join(t.text for t in right if t.kind == "rare" and not t.native)
    if not one or not other or (one != other and not slip(one, other)):
        return []
    if one != other and min(sum(t.kind == "rare" for t in side) for side in (left, right)) > 1:
        return []
    for side in (left, right):
        side[:] = [t for t in side if t.kind != "rare" or t.native]
    return [evidence("rare" if one == other else slip(one, other), f"'{one}' is '{other}'")]


def _lookalikes(one: list[Token], other: list[Token]) -> list[Evidence]:
    found = []
    for a, b in zip(one, other, strict=False):
        near = not a.native and not b.native and DamerauLevenshtein.distance(a.text, b.text) == 1
        found.append(evidence("lookalike" if near else "other_rare", f"'{_shown(a)}' is not '{_shown(b)}'"))
    longer = one[len(other) :] or other[len(one) :]
    return found + [evidence("extra_rare", f"only one has '{_shown(t)}'") for t in longer]


def slip(a: str, b: str) -> str:
    """The weight of two rare words that differ by a slip of the pen; empty where they are two words."""
    short, long = sorted((a, b), key=len)
    if len(short) < int(_slips()["shortest"]) or short[0] != long[0] or not a.isalpha() or not b.isalpha():
        return ""
    if is_cjk(a) or is_cjk(b):
        return ""
    least = next(bound for size, bound in _slips()["least"] if len(long) <= size)
    if OSA.normalized_similarity(a, b) < least:
        return ""
    # Letters left out, doubled or exchanged are slips; in a short word another letter may make another name.
    exchanged = len(a) == len(b) and sorted(a) != sorted(b)
    ends = short == long[:-1] or (len(a) == len(b) and a[:-1] == b[:-1])
    return "typo_doubt" if (exchanged and len(a) < int(_slips()["sure"])) or ends else "typo"


def _mended(here: Words, there: Words) -> list[tuple[str, str, Evidence]]:
    """Words of `here` that are slips for known words of `there`, or the other way round, with what that is worth."""
    found = []
    for a in dict.fromkeys(here):
        for b in dict.fromkeys(there):
            if (
                a in there
                or b in here
                or respelt((a,)) == respelt((b,))
                or (not (known(a) ^ known(b)) and not _inside(a, b, here, there))
            ):
                continue
            if slip(a, b):
                found.append((a, b, Evidence(-0.5, f"'{a}' is a slip for '{b}'")))
    return found[:2]


def _inside(a: str, b: str, here: Words, there: Words) -> bool:
    """Whether one of two unknown words is a part of a phrase that the data know ("heavy")."""
    return any(
        t.kind in ("unit", "family", "place") and w in t.text for w, ws in ((a, here), (b, there)) for t in tokens(ws)
    )


def _turned(here: Words, there: Words) -> bool:
    """'bank of korea' and 'korea bank'."""
    for one, other in ((here, there), (there, here)):
        for head in lexicon("matching")["unit_notes"]["ordered"]:
            if (
                one[:2] == (head, "of")
                and len(other) > 1
                and other[0] != head
                and other[-1] == head
                and "of" not in other
            ):
                return True
    return False


def _key(token: Token) -> tuple[str, str]:
    return ("" if token.kind == "place" else token.kind, token.text)


def _without(tokens_: Iterable[Token], shared: Counter[tuple[str, str]]) -> list[Token]:
    rest = Counter(shared)
    found = []
    for token in tokens_:
        if rest[_key(token)] > 0:
            rest[_key(token)] -= 1
        else:
            found.append(token)
    return found


def _once(tokens_: Iterable[Token]) -> list[Token]:
    return list({_key(t): t for t in tokens_}.values())


def _shown(token: Token) -> str:
    return token.text.replace("_", " ")


def _all(tokens_: Iterable[Token]) -> str:
    return " ".join(_shown(t) for t in tokens_)


@cache
def _former() -> tuple[str, ...]:
    words_ = lexicon("matching")["renamed"]["former"]
    return tuple(w if is_cjk(w) and len(w) > 1 else f" {w} " for w in sorted(words_, key=len, reverse=True))


@cache
def _slips() -> dict[str, Any]:
    found: dict[str, Any] = lexicon("matching")["slips"]
    return found
