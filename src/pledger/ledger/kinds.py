"""Kinds of project: which is a finer word for which, and which exclude each other. From `data/lexicon/kinds.toml`."""

from __future__ import annotations

from functools import cache

from pledger.data import lexicon

__all__ = ["ancestors", "common_ancestor", "family", "finer", "go_together", "known", "label", "plain", "related"]


@cache
def ancestors(kind: str) -> tuple[str, ...]:
    """The kind itself, its parent, its parent's parent..."""
    kinds = lexicon("kinds")["kinds"]
    chain = [kind]
    while (parent := kinds.get(chain[-1], {}).get("parent")) and parent not in chain:
        chain.append(parent)
    return tuple(chain)


def known(kind: str) -> bool:
    """Whether a kind is of the list; a reader may also make one of the words of a text ("cable_works")."""
    return kind in lexicon("kinds")["kinds"]


def family(kind: str) -> str:
    """The widest kind above this one."""
    return ancestors(kind)[-1]


def related(a: str, b: str) -> bool:
    """Whether one is the other or a finer word for it ('gas_power' and 'power')."""
    return a in ancestors(b) or b in ancestors(a)


@cache
def _heads() -> frozenset[str]:
    return frozenset(lexicon("ledger_projects")["plain"])


def plain(kind: str | None) -> bool:
    """Whether a kind says no more than that something is built ("plant"), so that it goes with any."""
    return kind is None or all(word in _heads() for word in kind.split("_"))


def go_together(a: str | None, b: str | None) -> bool:
    """Whether two kinds can be of one thing: related, or one says nothing, or both are made of words and share one."""
    if a is None or b is None or plain(a) or plain(b) or related(a, b):
        return True
    if known(a) and known(b):
        return False
    # A kind of the list brings all its words; one that a reader made of a text's words ("anode_plant") has those.
    return bool(_words(a) & _words(b))


@cache
def _words(kind: str) -> frozenset[str]:
    phrases = [kind, *lexicon("kinds")["kinds"].get(kind, {}).get("en", ())]
    told = {word for phrase in phrases for word in phrase.casefold().replace("-", " ").replace("_", " ").split()}
    return frozenset(word for word in told if word not in _heads())


def finer(a: str, b: str) -> bool:
    """Whether `a` is a finer word for `b`, and not the same."""
    return a != b and b in ancestors(a)


def common_ancestor(kinds: list[str]) -> str | None:
    """The finest kind that holds all of these."""
    shared = [k for k in ancestors(kinds[0]) if all(k in ancestors(other) for other in kinds)] if kinds else []
    return shared[0] if shared else None


def label(kind: str) -> str:
    """How the kind is called in English: 'synthetic diamond plant'."""
    known = lexicon("kinds")["kinds"].get(kind, {})
    return str(known.get("label") or kind.replace("_", " "))
