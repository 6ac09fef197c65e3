"""Kinds of project: which is a finer word for which, and which exclude each other. From `data/lexicon/kinds.toml`."""

from __future__ import annotations

from functools import cache

from pledger.data import lexicon

__all__ = ["ancestors", "common_ancestor", "family", "finer", "known", "label", "related"]


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
