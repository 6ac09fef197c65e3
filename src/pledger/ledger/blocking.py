"""Blocking: who can be compared with whom. Two names, or two sightings of projects, are only ever held against each
other where they share a key; so each connected component of shared keys can be resolved by itself, and

    directory(all) = the union of directory(component) over the components of `keys`
    projects(all)  = the union of projects(component) over the components of `project_keys`, after routing

A key must be narrow: a word that many names bear ("bank", the family name Kim) would tie the whole ledger into one
component, and is none. What a rule looks at is found through the keys, so the law holds by construction.

Projects take two steps, since a report that names no programme may mean a project of any. First such a sighting is
*routed*: it looks at the sightings with a programme that share one of its `marks`, and takes their programme where it
is but one. What is looked at is never changed by it. Then each programme is resolved by itself (`project_keys`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from typing import TYPE_CHECKING, TypeVar

from pledger.data import lexicon
from pledger.ledger.acronyms import initials, letters
from pledger.ledger.geography import areas, specific
from pledger.ledger.groups import Groups
from pledger.ledger.judged import NOTHING, Judged
from pledger.ledger.kinds import family, known
from pledger.ledger.names import canonical, core, fold, known_person, person, split, usual_heads
from pledger.ledger.namesakes import readings_of
from pledger.ledger.offices import office_of
from pledger.ledger.scripts import code, codes_of, readings
from pledger.ledger.tokens import tokens, words
from pledger.ledger.towns import town_keys

if TYPE_CHECKING:
    from pledger.ledger.directory import Naming
    from pledger.ledger.sightings import Sighting

__all__ = [
    "components",
    "doubtful_keys",
    "house_keys",
    "is_house_key",
    "is_slip_key",
    "keys",
    "marks",
    "person_keys",
    "project_keys",
    "sure_keys",
]

T = TypeVar("T")

_LEAST_SOUND = 3
_LEAST_SLIPPED = 4
"""Consonants of a name from which on it is found where one of them is left out."""
_MOST_SLIPS = 16
"""Consonants that make a key by themselves."""
_LEAST_LETTERS = 4
_MOST_WORDS = 12
"""Words of a name that make keys: nobody has more, and hostile input may."""


def keys(naming: Naming, judged: Judged = NOTHING) -> frozenset[str]:
    """The keys of a naming: only namings that are connected through shared keys can influence each other's entity.

    Two names that somebody judged share a key too.
    """
    return sure_keys(naming, judged) | doubtful_keys(naming)


def sure_keys(naming: Naming, judged: Judged = NOTHING) -> frozenset[str]:
    """The keys of a naming that tie all who have them: names that a rule takes as they stand, and what was judged."""
    names = (naming.name, *naming.aliases)
    found = {key for name in names for key in _name_keys(name)}
    if judged:
        for name in names:
            found.update(judged.ties(fold(name), "organisation"))
            found.update(judged.ties(person(name)[0], "person"))
    return frozenset(found)


def doubtful_keys(naming: Naming) -> frozenset[str]:
    """The keys under which a naming is compared with others: it matters to those that it fits (`directory.linked`)."""
    found = {f"house {key}" for key in house_keys(naming.name)}
    if naming.person:
        names = (naming.name, *naming.aliases)
        found |= {f"someone {key}" for name in names for key in person_keys(person(name)[0])}
    return frozenset(found)


def is_house_key(key: str) -> bool:
    """Whether a doubtful key is one of `house_keys`."""
    return key.startswith("house ")


def project_keys(sighting: Sighting, judged: Judged = NOTHING) -> frozenset[str]:
    """The keys of a routed sighting: its programme, else each of its marks by which those without one are compared, and
    the town where it stands."""
    ties = frozenset(judged.ties(sighting.anchor, "project")) if judged else frozenset()
    if sighting.programme is not None:
        return ties | {f"programme {sighting.programme}"}
    kin = f"kind {family(sighting.kind)}" if sighting.kind else "any kind"
    named = [*sorted(sighting.sponsors), *([f"named {sighting.key}"] if sighting.key else [])]
    loose = (f"loose {kin} {mark}" for mark in named or [specific(sighting.place) or "nowhere"])
    return ties.union(loose, (f"loose {town}" for town in town_keys(sighting.place)))


def marks(sighting: Sighting) -> frozenset[str]:
    """By what a sighting without a programme finds those that have one: sponsor, name, town, place and kind, a rare
    kind."""
    found = {f"sponsor {s}" for s in sighting.sponsors} | town_keys(sighting.place)
    if sighting.key:
        found.add(f"named {sighting.key}")
    if sighting.kind:
        kin = family(sighting.kind)
        place = specific(sighting.place)
        if place:
            found |= {f"place {area} {kin}" for area in (areas(place) or place.casefold().split()[:_MOST_WORDS])}
            found |= {f"place {word} {kin}" for word in place.casefold().replace(",", " ").split()[:_MOST_WORDS]}
        if known(sighting.kind) and kin not in _common_kinds():
            found.add(f"kind {kin}")
    return frozenset(found)


def components(items: Iterable[T], key: Callable[[T], Iterable[str]]) -> list[list[T]]:
    """The items in sets that share no key with each other; an item without keys is a set by itself."""
    groups = Groups()
    listed = list(items)
    first: list[str] = []
    for n, item in enumerate(listed):
        own = sorted(key(item)) or [f"\x00{n}"]
        first.append(own[0])
        for other in own[1:]:
            groups.join(own[0], other)
    found: dict[str, list[T]] = defaultdict(list)
    for start, item in zip(first, listed, strict=True):
        found[groups.find(start)].append(item)
    return [its for _, its in sorted(found.items())]


@lru_cache(maxsize=65536)
def _name_keys(name: str) -> frozenset[str]:
    """What a name is compared by as an organisation's, and as a person's who is called just so elsewhere."""
    folded = fold(name)
    found = {f"name {core(folded)}", f"name {core(fold(split(name)[0]))}", f"person {person(name)[0]}"}
    found |= {f"name {core(head)}" for head in usual_heads(folded)}
    for known_name in (canonical(name), canonical(split(name)[0])):
        if known_name is not None:
            found.add(f"name {core(fold(known_name))}")
    if (known_one := known_person(name)) is not None:
        found.add(f"person {person(known_one)[0]}")
    return frozenset(found)


@lru_cache(maxsize=65536)
def person_keys(folded: str) -> frozenset[str]:
    """What a person's folded name, without titles, is compared by: all words, and each word that can be a family name.

    A family name that very many people bear is no key by itself: who "Kim" is, nobody can tell from another report.
    """
    words = folded.split()[:_MOST_WORDS]
    found = {folded, "+".join(sorted(words))}
    for n, word in enumerate(words):
        rest = "".join(words[:n] + words[n + 1 :])
        found.add(f"{word}+{rest[:2]}")
    found |= {f"{word}+" for word in _family_names(words)}
    return frozenset(found | _person_sounds(words))


@lru_cache(maxsize=65536)
def house_keys(name: str) -> frozenset[str]:
    """By what a name finds its forms in other scripts and spellings, and the letters that stand for it.

    Its known words (trades, houses, places) and the sound of the rest make one key, so that it is as narrow as the
    name; letters are one from four on, since three stand for too many.
    """
    known_words, rare = [], ""
    for token in tokens(words(name)):
        if token.kind in ("rare", "number", "compass"):
            rare += token.text
        elif token.kind != "tail":
            known_words.append(token.text)
    known_part = "+".join(sorted(known_words))
    codes = {"".join(sorted(c)) for sound in readings(rare) for c in codes_of(sound)} if rare else {""}
    found = {
        f"{known_part}|{c}"
        for c in codes
        if len(c) >= _LEAST_SOUND or (c and known_words) or (not rare and known_words)
    }
    # A consonant that one spelling lacks: those of a name that are left when any one is left out.
    for c in sorted(codes)[:1]:
        if len(c) >= (_LEAST_SLIPPED - 1 if known_words else _LEAST_SLIPPED):
            found |= {f"{known_part}|~{x}" for x in (c, *(c[:n] + c[n + 1 :] for n in range(min(len(c), _MOST_SLIPS))))}
    if len(known_words) == 1 and not rare:
        found = {key for key in found if tokens(words(name))[0].kind == "family"}
    if (office := office_of(name)) is not None:
        found.add(f"office {office}")
    acronym = letters(name)
    found |= {f"letters {x}" for x in (initials(name) if not acronym else {acronym}) if len(x) >= _LEAST_LETTERS}
    return frozenset(found)


def is_slip_key(key: str) -> bool:
    """Whether a key of a house is one by which only slips are looked for."""
    return "|~" in key


def _person_sounds(words: list[str]) -> set[str]:
    """A person's name by the sound of its parts, in either order."""
    found = set()
    for called in readings_of(tuple(words)):
        parts = [code(called.family), code("".join(called.given))]
        if called.given and sum(map(len, parts)) >= _LEAST_SOUND:
            found.add("sound " + "+".join(sorted(parts)))
    return found


def _family_names(words: list[str]) -> set[str]:
    """The words of a name that can stand for it alone: the last, or (as names are written in the East) the first."""
    if not words:
        return set()
    return {words[0], words[-1]} - _common_names()


@cache
def _common_names() -> frozenset[str]:
    matching = lexicon("matching")
    return frozenset(matching["people"]["common_family"]) | frozenset(matching["people"]["given"])


@cache
def _common_kinds() -> frozenset[str]:
    return frozenset(lexicon("ledger_projects")["common"])
