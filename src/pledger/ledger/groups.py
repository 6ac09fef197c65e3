"""Sets that grow together: the union-find that resolution stands on."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Groups"]


class Groups:
    """Disjoint sets of names; without names that are to stay apart, which sets there are never depends on the order of
    `join`. With some, a join that would put two of them together is left out, so the caller joins in a fixed order."""

    def __init__(self, apart: Iterable[tuple[str, str]] = ()) -> None:
        self._parent: dict[str, str] = {}
        self._foes: dict[str, set[str]] = {}
        for a, b in apart:
            self._foes.setdefault(a, set()).add(b)
            self._foes.setdefault(b, set()).add(a)

    def find(self, item: str) -> str:
        """The one item that stands for the set of `item`."""
        parent = self._parent
        parent.setdefault(item, item)
        root = item
        while parent[root] != root:
            root = parent[root]
        while parent[item] != root:
            parent[item], item = root, parent[item]
        return root

    def join(self, a: str, b: str) -> None:
        """Make one set of the sets of `a` and `b`, unless that puts two together that are to stay apart; the smaller
        name stands for it."""
        one, other = sorted((self.find(a), self.find(b)))
        if one == other or (self._foes and any(self.find(foe) == one for foe in self._foes.get(other, ()))):
            return
        self._parent[other] = one
        if other in self._foes:
            self._foes.setdefault(one, set()).update(self._foes[other])

    def sets(self, items: Iterable[str]) -> dict[str, list[str]]:
        """The sets among `items`, each sorted, by the item that stands for it."""
        found: dict[str, list[str]] = {}
        for item in sorted(set(items)):
            found.setdefault(self.find(item), []).append(item)
        return found
