"""Evidence that two names are one person: the family name, the given names, in either order and in any script."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from pledger.data import lexicon
from pledger.ledger.evidence import Evidence, evidence
from pledger.ledger.houses import slip
from pledger.ledger.names import is_cjk, known_person, person, spelt, split
from pledger.ledger.scripts import in_japan, latin, readings, same_han, same_sound, syllables
from pledger.ledger.tokens import known, plain

__all__ = ["person_evidence", "readings_of"]

_MOST_WORDS = 6
_LEAST_STEM = 4
"""Letters of a given name that another can be made of: Ann and Anna are one."""
_SPELLINGS = (
    ("ou", "o"), ("oo", "o"), ("uu", "u"), ("aa", "a"), ("mb", "nb"), ("mp", "np"), ("tsu", "tu"), ("shi", "si"),
    ("chi", "ti"), ("fu", "hu"),
)  # fmt: skip
_UMLAUT = re.compile(r"(?<![aeiou])[aou]e(?:ll?|r|tt?|ss?|hr|n|g|ck|b)")
"""Where ae, oe and ue can stand for a German umlaut."""


@dataclass(frozen=True, slots=True)
class _Called:
    """One way to read a person's name."""

    family: str
    given: tuple[str, ...]
    native: bool
    """Whether the parts were romanised here."""
    unread: bool = False
    """Whether they are a reading of kanji, of which names have many."""


def person_evidence(a: str, b: str) -> list[Evidence]:
    """What speaks for and against two names of people being one."""
    known_a, known_b = _known(a), _known(b)
    if known_a is not None and known_b is not None:
        same = known_a == known_b
        told = f"both are names of {known_a}" if same else f"{known_a} and {known_b} are two"
        return [evidence("known_one" if same else "known_two", told)]
    here, there = _words(a), _words(b)
    if _company(a) != _company(b):
        return [evidence("form", "only one is called a company")]
    if here and sorted(here) == sorted(there):
        return [evidence("equal", f"both are '{' '.join(here)}' but for titles and order")]
    if here and "".join(here) == "".join(there):
        return [evidence("equal", f"both are '{''.join(here)}'")]
    if len(here) == len(there) == 1 and same_han(here[0], there[0]):
        return [evidence("equal", f"'{here[0]}' is '{there[0]}' in the other form of the script")]
    old, new = _generation(here), _generation(there)
    found = [evidence("generation", "another generation")] if old != new and old and new else []
    if bool(old) != bool(new):
        found.append(evidence("generation_one", f"only one is called {old or new}"))
    best: list[Evidence] = [evidence("other_rare", "no name in common")]
    for one in readings_of(here):
        for other in readings_of(there):
            compared = _compared(one, other)
            if sum(e.weight for e in compared) > sum(e.weight for e in best):
                best = compared
    return [*found, *best]


def _known(name: str) -> str | None:
    bare, others = split(name)
    return next((k for n in (bare, " ".join(_words(bare)), *others) if n and (k := known_person(n)) is not None), None)


@lru_cache(maxsize=32768)
def _words(name: str) -> tuple[str, ...]:
    """The folded words of a name without titles, particles joined to what they stand before."""
    people = lexicon("matching")["given"]
    honours = [h.split() for h in people["honours"]]
    words = plain(person(name)[0]).split()
    if not is_cjk(name):
        words = [w for word in words for w in word.split("-")]
    cut = True
    if words[:1] and words[0] in ("of", "for"):
        words = _behind_office(words)
    while cut and len(words) > 1:
        sizes = [len(h) for h in honours if words[: len(h)] == h and len(words) > len(h)]
        cut = bool(sizes)
        words = words[max(sizes, default=0) :]
        if words[0] in ("of", "for"):
            words = _behind_office(words)
    while len(words) > 1 and words[-1] in people["honours"]:
        words.pop()
    joined: list[str] = []
    stem = ""
    for word in words[: 2 * _MOST_WORDS]:
        if word in people["particles"] and len(words) > 1:
            stem += word
        else:
            joined.append(stem + word)
            stem = ""
    return tuple([*joined, *([stem] if stem else [])][:_MOST_WORDS])


def _behind_office(words: list[str]) -> list[str]:
    """The words behind 'of energy', 'of trade and industry': where those end that the data know for an office's."""
    n = 1
    while n < len(words) - 1 and known(words[n]):
        n += 1
    return words[n:] or words


def _company(name: str) -> bool:
    """Whether a name ends in a legal form."""
    forms = lexicon("matching")["persons"]["forms"]
    text = name.strip().rstrip(".)）")
    return any(text.endswith((f" {f.rstrip('.')}", f) if is_cjk(f) else f" {f.rstrip('.')}") for f in forms)


def _generation(words: Iterable[str]) -> str:
    marks = lexicon("matching")["given"]["generations"]
    said = next((w for w in words if w in marks), "")
    return {"junior": "jr", "senior": "sr"}.get(said, said)


@lru_cache(maxsize=32768)
def readings_of(words: tuple[str, ...]) -> list[_Called]:
    """The ways to read the words of a person's name: which is the family's, and how kanji sound."""
    marks = lexicon("matching")["given"]["generations"]
    words = tuple(w for w in words if w not in marks) or words
    if len(words) == 1 and is_cjk(words[0]):
        return _cut(words[0])
    native = any(is_cjk(w) for w in words)
    plain = tuple(latin(w) if is_cjk(w) else w for w in words)
    if len(plain) < 2:
        return [_Called(w, (), native) for w in plain]
    return [_Called(plain[-1], plain[:-1], native), _Called(plain[0], plain[1:], native)]


def _cut(name: str) -> list[_Called]:
    """A name without spaces: the family name first, of one character or as a Japanese reader sees it."""
    found = [_Called(r, (), True) for r in readings(name)]
    hangul = "\uac00" <= name[0] <= "\ud7af"
    sizes = [size for size in (1, 2) if 0 < len(name) - size <= 3]
    found += [_Called(latin(name[:size]), (latin(name[size:]),), True) for size in sizes]
    if not hangul and not name.isascii():
        for parts in {syllables(name), syllables(in_japan(name))}:
            for n in range(1, len(parts)):
                front, back = ("".join(latin(r) for _, r in part) for part in (parts[:n], parts[n:]))
                found.append(_Called(front, (back,), True, True))
    return found


def _compared(a: _Called, b: _Called) -> list[Evidence]:
    family = _family(a, b)
    if family is None:
        return [evidence("other_rare", f"'{a.family}' is not '{b.family}'")]
    if not a.given and not b.given:
        return [family]
    if not a.given or not b.given:
        common = a.family in _common() or b.family in _common()
        return [family, evidence("family_common" if common else "family_only", "only one has a given name")]
    return [family, _given(a, b)]


def _family(a: _Called, b: _Called) -> Evidence | None:
    common = a.family in _common() or b.family in _common()
    told = f"share the family name '{b.family if a.native else a.family}'"
    if a.family == b.family:
        return evidence("family" if common else "rare", told)
    if any(a.family in group and b.family in group for group in _romanised(a.native or b.native)):
        return evidence("family", told)
    if a.native != b.native or (a.native and b.native):
        sound = same_sound(a.family, b.family) if min(len(a.family), len(b.family)) > 2 else 0.0
        if sound:
            weight = "sound" if sound == 1 else "sound_weak"
            return evidence("family" if common else weight, f"'{a.family}' sounds like '{b.family}'")
        return None
    weight = slip(a.family, b.family)
    if weight or _long_vowels(a.family) == _long_vowels(b.family):
        return evidence(weight or "rare", f"'{a.family}' is '{b.family}' in another spelling")
    return None


def _given(a: _Called, b: _Called) -> Evidence:
    one, other = "".join(a.given), "".join(b.given)
    told = f"'{' '.join(a.given)}' can be '{' '.join(b.given)}'"
    if one == other or _long_vowels(one) == _long_vowels(other):
        return evidence("given_name", f"share the given name '{' '.join(a.given)}'")
    if _nicknames(a.given[0]) & _nicknames(b.given[0]):
        rest = [(x, y) for x, y in zip(a.given[1:], b.given[1:], strict=False) if x[0] != y[0]]
        return evidence("given_other" if rest else "given_name", told)
    if _hers(one, other):
        return evidence("given_other", f"'{one}' and '{other}' are a man's and a woman's")
    if min(len(one), len(other)) >= 1 and (one.startswith(other) or other.startswith(one)):
        return evidence("given_begins", told)
    if a.given[0] == b.given[0] and min(len(a.given), len(b.given)) == 1:
        return evidence("given_name", told)  # only one has a middle name
    if (a.native or b.native or _eastern(one, other)) and same_sound(one, other):
        return evidence("given_name", told)
    if slip(one, other):
        return evidence("given_begins", told)
    if a.unread != b.unread:
        return evidence("given_unread", f"'{' '.join(a.given)}' may be read as '{' '.join(b.given)}'")
    return evidence("given_other", f"'{' '.join(a.given)}' is not '{' '.join(b.given)}'")


def _hers(one: str, other: str) -> bool:
    """Whether one given name is the other with an ending that makes it a woman's: Stefan, Stefanie."""
    his, hers = sorted((one, other), key=len)
    endings = lexicon("matching")["given"]["feminine"]
    return len(his) >= _LEAST_STEM and hers.startswith(his) and hers[len(his) :] in endings


def _eastern(one: str, other: str) -> bool:
    """Whether two given names are spellings of one Korean or Chinese name: the same consonants, other vowels."""
    return (one[:1] in "jc" and other[:1] in "jc") or sorted(one) == sorted(other) or _vowels(one) == _vowels(other)


def _vowels(word: str) -> str:
    text = word
    for written, spoken in (("eo", "u"), ("eu", "u"), ("oo", "u"), ("ae", "e"), ("ee", "i"), ("ou", "u"), ("y", "")):
        text = text.replace(written, spoken)
    return text.translate(str.maketrans("gdbrcv", "ktplkw"))


def _long_vowels(word: str) -> str:
    """'yohei', 'youhei' and 'yoohei' are one, and 'ohmae' and 'omae', and 'mueller' and 'muller'."""
    text = re.sub(r"oh(?![aeiou])", "o", word)
    text = re.sub(r"([aou])e(?![aeiou])", r"\1", text) if _UMLAUT.search(word) else text
    for written, spoken in _SPELLINGS:
        text = text.replace(written, spoken)
    return text


@lru_cache(maxsize=8192)
def _nicknames(word: str) -> frozenset[str]:
    return frozenset({word}.union(*(group for group in lexicon("matching")["given"]["same"] if word in group)))


@cache
def _romanised(native: bool) -> tuple[frozenset[str], ...]:
    given = lexicon("matching")["given"]
    groups = [*given["romanised"], *(given["hanja"] if native else ())]
    return tuple(frozenset(group) for group in groups)


@cache
def _common() -> frozenset[str]:
    names = lexicon("matching")["people"]["common_family"]
    return frozenset(spelt(n) for n in names)
