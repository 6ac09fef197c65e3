"""Words that a pattern cannot do without, read off the pattern itself, so that no list of them is kept beside it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache, lru_cache, partial
from importlib import import_module
from typing import Any

from pledger.data import lexicon
from pledger.reading.signs import normalise

# The parser of the standard library: the only account of a pattern that cannot disagree with what `re` matches.
op: Any = import_module("re._constants")
parser: Any = import_module("re._parser")

__all__ = ["alternatives", "bounded", "clauses", "closings", "fold", "openings", "required", "shortest", "telling"]

_MOST = 1500
"""Literals kept side by side before they are cut short: what a tree of words spells out, and no more."""
_LONG = 10
"""Letters beyond which a longer literal tells no more."""
_ENOUGH = 6
"""Letters of the shortest word from which on no better part is looked for."""
_SHORT = 4
"""Letters of a first word from which on a second one is not asked for."""
_CLASS = 12
"""Characters of a class that are told one by one."""
_CLAUSES = 3
"""Sets of literals asked of one pattern, each of which must be met."""
_TOLD = 3
"""What a further set of literals tells at least, to be worth asking for."""
_BRANCHES = 64
"""Alternatives of one pattern that are told apart."""
_MANY = 400
"""Literals in a further set beyond which it is not worth asking for."""

_REPEATS = frozenset({op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT})
_WIDTHLESS = frozenset({op.AT, op.ASSERT, op.ASSERT_NOT})
_ODD = {"\u0130": "i", "\u0131": "i", "\u017f": "s", "\u212a": "k", "\ufb06": "\ufb05"}
"""Letters that `re` takes for others where case does not count, or that small letters write as two."""

_LAST = 3
"""Letters by which the end of a word is told."""
_SEPARATORS = " \u00a0\n\t-"
_GAP = "\n"
_SPACE = " "
"""All white space that there is in a folded text: a line that is broken or made whole again tells the same."""

_Starts = dict[str, bool]
"""How a match may begin; whether the string is all of what has been looked at, so that more may be put behind it."""
_UNTOLD: _Starts = {"": False}


def fold(text: str, plain: str | None = None) -> str:
    """`text` as screens see it: in small letters, signs made uniform, each character in its place.

    `plain` is the normalised text, where it is known already.
    """
    plain = normalise(text) if plain is None else plain
    folded = plain.lower()
    for odd in _spaces():
        if odd in folded:
            folded = folded.replace(odd, _SPACE)
    if not folded.isascii() and (len(folded) != len(text) or not _ODD.keys().isdisjoint(folded)):
        folded = "".join(_ODD.get(letter) or _small(letter) for letter in plain)
        folded = folded.translate(dict.fromkeys(map(ord, _spaces()), _SPACE))
    return folded


@cache
def _spaces() -> tuple[str, ...]:
    """White space of other kinds that `normalise` leaves as it is or makes."""
    every = (letter for letter in map(chr, range(0x3001)) if letter.isspace() or normalise(letter).isspace())
    return tuple(sorted({normalise(letter) for letter in every} - {_SPACE}))


def _small(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter


@lru_cache(maxsize=4)
def _parsed(pattern: str) -> list[Any]:
    return list(parser.parse(pattern))


@cache
def _letter(code: int) -> str:
    return fold(chr(code))


def required(pattern: str) -> frozenset[str] | None:
    """Folded literals of which the folded text must hold one, inside the match, where `pattern` matches.

    None where the pattern may match without any.
    """
    return _best(_parsed(pattern))


def clauses(pattern: str, first: frozenset[str] | None = None) -> list[frozenset[str]]:
    """Sets of literals, each of which must be met by one of its literals where `pattern` matches; none twice.

    `first` is a set that is known to be one of them; others come behind it if they ask for more.
    """
    return _apart(_clauses(_parsed(pattern)), first)


def alternatives(pattern: str) -> list[list[frozenset[str]]]:
    """`clauses` of each of a pattern's alternatives; where it matches, the sets of one of them are met.

    None are given of an alternative that asks for nothing.
    """
    out = []
    for nodes in _branches(_parsed(pattern), _BRANCHES):
        first = _best(nodes)
        out.append(_apart(_clauses(nodes), first) if first else [])
    return out


def _branches(nodes: Sequence[Any], most: int) -> list[Sequence[Any]]:
    """The alternatives that a sequence consists of, not many more than `most`; itself if of none."""
    listed = [node for node in nodes if node[0] not in _WIDTHLESS]
    if len(listed) != 1 or most < 2:
        return [nodes]
    kind, value = listed[0]
    if kind is op.SUBPATTERN:
        return _branches(value[3], most)
    if kind is op.BRANCH:
        return [one for branch in value[1] for one in _branches(branch, most // len(value[1]))]
    return [nodes]


def _apart(found: Iterable[frozenset[str]], first: frozenset[str] | None) -> list[frozenset[str]]:
    """The first few of `found`, none of which another one implies."""
    kept = [first] if first else []
    for one in found:
        if len(kept) < _CLAUSES and not any(_implies(other, one) for other in kept):
            kept.append(one)
    return kept


def _implies(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether a text that meets the set `one` meets `other` too."""
    return all(any(short in literal for short in other) for literal in one)


def _clauses(nodes: Iterable[Any]) -> list[frozenset[str]]:
    """All sets that a sequence must meet and that tell something, those that tell most first."""
    listed = [node for node in nodes if node[0] not in _WIDTHLESS]
    found: set[frozenset[str]] = set()
    for at, node in enumerate(listed):
        if at == 0 or listed[at - 1][0] is not op.LITERAL:  # else it is the end of what has been looked at
            starts = frozenset(_starts([_BLANK, *listed[at + 1 :]] if _is_gap(node) else listed[at:]))
            if starts and all(map(str.strip, starts)):
                found.add(starts)
        found.update(_further(node))
    telling_ = [(telling(one), one) for one in found if len(one) <= _MANY]
    kept = sorted((pair for pair in telling_ if pair[0][0] >= _TOLD), key=lambda pair: (pair[0], sorted(pair[1])))
    return [one for _, one in reversed(kept)]


_BLANK = (op.LITERAL, ord(_SPACE))


def _is_gap(node: Any) -> bool:
    """Whether a part is white space, of which the last sign stands before what follows."""
    kind, value = node
    return kind in _REPEATS and value[0] > 0 and set(_starts(value[2])) == {_SPACE}


def _further(node: Any) -> list[frozenset[str]]:
    """The sets that a part which stands for more than its beginning must meet."""
    kind, value = node
    if kind is op.SUBPATTERN:
        return _clauses(value[3])
    if kind is op.ATOMIC_GROUP:
        return _clauses(value)
    if kind in _REPEATS:
        return _clauses(value[2]) if value[0] > 0 else []
    if kind is op.BRANCH:
        # A text meets the first set of one branch or the first of another, and so the seconds.
        return [frozenset().union(*sets) for sets in zip(*map(_clauses, value[1]), strict=False)][:_CLAUSES]
    return []


def bounded(pattern: str) -> bool:
    """Whether no match can begin right behind a small Latin letter."""
    return _is_bounded(_parsed(pattern))


def _is_bounded(nodes: Iterable[Any]) -> bool:
    for kind, value in nodes:
        if kind is op.ASSERT_NOT and value[0] < 0 and _any_small(value[1]):
            return True
        if kind is op.SUBPATTERN:
            return _is_bounded(value[3])
        if kind is op.BRANCH:
            return all(map(_is_bounded, value[1]))
        if kind not in _WIDTHLESS:
            return False
    return False


def _any_small(nodes: Iterable[Any]) -> bool:
    """Whether a part is one character that may be any small Latin letter."""
    first, *more = nodes
    if more or first[0] is not op.IN:
        return False
    return (
        any(
            (kind is op.CATEGORY and value is op.CATEGORY_WORD)
            or (kind is op.RANGE and value[0] <= ord("a") and value[1] >= ord("z"))
            for kind, value in first[1]
        )
        and first[1][0][0] is not op.NEGATE
    )


def openings(pattern: str) -> frozenset[str] | None:
    """Folded literals with one of which every match begins; None where there is a match that begins otherwise."""
    starts = frozenset(_starts(_parsed(pattern)))
    return starts if all(map(str.strip, starts)) else None


def closings(pattern: str) -> frozenset[str] | None:
    """The last letters (up to three) of every match, white space and hyphens at its end left out; None if untold."""
    found = set()
    for string in _ends(_parsed(pattern)):
        words = string.strip(_GAP).rsplit(_GAP, 1)[-1]
        if not words:
            return None
        found.add(words[-_LAST:])
    return frozenset(found)


def shortest(literals: Iterable[str], *, starts: bool = False) -> list[str]:
    """The literals without those that hold (or, with `starts`, begin with) another one of them."""
    kept: list[str] = []
    for literal in sorted(literals, key=len):
        if not any(literal.startswith(other) if starts else other in literal for other in kept):
            kept.append(literal)
    return kept


def telling(literals: frozenset[str]) -> tuple[int, int]:
    """How much a set of literals tells: by its shortest, where common words count as short, then by how few it has."""
    return min((_weight(literal) for literal in literals), default=_LONG), -len(literals)


@cache
def _common() -> frozenset[str]:
    """Words that stand in most sentences."""
    return frozenset(word for words in lexicon("screen")["common"].values() for word in words)


@cache
def _weight(literal: str) -> int:
    word = literal.strip()
    return 1 if any(word in common for common in _common()) else min(_LONG, len(literal))


def _best(nodes: Iterable[Any]) -> frozenset[str] | None:
    """The literals of the part of a sequence that tells most."""
    listed = [node for node in nodes if node[0] not in _WIDTHLESS]
    best: frozenset[str] | None = None
    for at, node in enumerate(listed):
        for look in (partial(_starts, listed[at:]), partial(_inside, node)):
            found = frozenset(look() or ())
            if not found or not all(map(str.strip, found)):
                continue
            if best is None or telling(found) > telling(best):
                best = found
            if telling(best)[0] >= _ENOUGH:
                return best
    return best


def _inside(node: Any) -> frozenset[str] | None:
    """The literals of a part that stands for more than its beginning."""
    kind, value = node
    if kind is op.SUBPATTERN:
        return _best(value[3])
    if kind is op.ATOMIC_GROUP:
        return _best(value)
    if kind in _REPEATS:
        return _best(value[2]) if value[0] > 0 else None
    if kind is op.BRANCH:
        every = [_best(branch) for branch in value[1]]
        known = [one for one in every if one is not None]
        return frozenset().union(*known) if len(known) == len(every) else None
    return None


def _starts(nodes: Iterable[Any]) -> _Starts:
    """The strings that a sequence may begin with."""
    run: _Starts = {"": True}
    for node in nodes:
        if node[0] in _WIDTHLESS:
            continue
        whole = [string for string, open_ in run.items() if open_]
        if not whole:
            break
        more = _node(node)
        if len(whole) * len(more) + len(run) - len(whole) > _MOST:
            return dict.fromkeys(run, False)
        grown: _Starts = {string: False for string, open_ in run.items() if not open_}
        for string in whole:
            for rest, open_ in more.items():
                if len(string) >= _SHORT and rest[:1] == _SPACE:
                    grown[string] = False
                    continue
                told = string + rest
                grown[told] = grown.get(told, True) and open_ and len(told) < _LONG
        run = grown
    return run


def _node(node: Any) -> _Starts:
    kind, value = node
    if kind is op.LITERAL:
        return {_letter(value): True}
    if kind is op.IN:
        letters = _letters(value)
        return _UNTOLD if letters is None else {_letter(ord(letter)): True for letter in letters}
    if kind is op.SUBPATTERN:
        return _starts(value[3])
    if kind is op.ATOMIC_GROUP:
        return _starts(value)
    if kind is op.BRANCH:
        return _either(_starts(branch) for branch in value[1])
    if kind in _REPEATS:
        least, most, inner = value
        once = _starts(inner)
        if most != 1:
            once = dict.fromkeys(once, False)
        return once if least else _either((once, {"": True}))
    return _UNTOLD


def _ends(nodes: Iterable[Any]) -> _Starts:
    """The strings that a sequence may end with; `_GAP` stands for white space and hyphens."""
    run: _Starts = {"": True}
    for node in reversed([node for node in nodes if node[0] not in _WIDTHLESS]):
        whole = [string for string, open_ in run.items() if open_]
        if not whole:
            break
        more = _end(node)
        if len(whole) * len(more) + len(run) - len(whole) > _MOST:
            return dict.fromkeys(run, False)
        grown: _Starts = {string: False for string, open_ in run.items() if not open_}
        for string in whole:
            for rest, open_ in more.items():
                told = rest + string
                bare = len(told.strip(_GAP))
                grown[told] = grown.get(told, True) and open_ and bare < _LAST
        run = grown
    return run


def _end(node: Any) -> _Starts:
    kind, value = node
    if kind is op.LITERAL:
        return {_GAP if chr(value) in _SEPARATORS else _letter(value): True}
    if kind is op.IN:
        letters = _letters(value)
        if letters is None:
            return _UNTOLD
        return {_GAP if letter in _SEPARATORS else _letter(ord(letter)): True for letter in letters}
    if kind is op.SUBPATTERN:
        return _ends(value[3])
    if kind is op.ATOMIC_GROUP:
        return _ends(value)
    if kind is op.BRANCH:
        return _either(_ends(branch) for branch in value[1])
    if kind in _REPEATS:
        least, most, inner = value
        once = _ends(inner)
        if most != 1:
            once = {string: open_ and not string.strip(_GAP) for string, open_ in once.items()}
        return once if least else _either((once, {"": True}))
    return _UNTOLD


def _either(parts: Iterable[_Starts]) -> _Starts:
    """The strings of any of `parts`; one that is cut short in one of them is cut short."""
    out: _Starts = {}
    for part in parts:
        for string, open_ in part.items():
            out[string] = out.get(string, True) and open_
    return out if len(out) <= _MOST else _UNTOLD


def _letters(members: Iterable[Any]) -> list[str] | None:
    """The characters of a class, where they are few; None where they are not."""
    out: list[str] = []
    for kind, value in members:
        if kind is op.LITERAL:
            out.append(chr(value))
        elif kind is op.CATEGORY and value is op.CATEGORY_SPACE:
            out.append(_SPACE)
        elif kind is op.RANGE and value[1] - value[0] < _CLASS:
            out += map(chr, range(value[0], value[1] + 1))
        else:
            return None
    return out if len(out) <= _CLASS else None
