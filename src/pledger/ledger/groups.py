"""Sets that grow together: the union-find that resolution stands on."""

from __future__ import annotations

from collections.abc import Iterable

__all__ = ["Groups"]


class Groups:
    """Disjoint sets of names; which sets there are never depends on the order of `join`."""

    def __init__(self) -> None:
        self._parent: dict[str, str] = {}

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
        """Make one set of the sets of `a` and `b`; the smaller name stands for it."""
        one, other = sorted((self.find(a), self.find(b)))
        self._parent[other] = one

    def sets(self, items: Iterable[str]) -> dict[str, list[str]]:
        """The sets among `items`, each sorted, by the item that stands for it."""
        found: dict[str, list[str]] = {}
        for item in sorted(set(items)):
            found.setdefault(self.find(item), []).append(item)
        return found
