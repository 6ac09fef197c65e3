"""Whom a naming can influence: those with which it shares a sure key, and those that it fits under a doubtful one.

Keys of `blocking` are of two sorts. A *sure* key ties whoever has it. Under a *doubtful* one names are only compared,
and matter to each other where they turn out alike (`directory.linked`): a house's name has a dozen such keys, each with
dozens of others' names under it that it has nothing to do with, and through them all names of a large ledger would hang
together. So what is resolved again is what hangs together through sure keys and through doubtful ones that link.

A key of a house that very many names share compares nobody. Whether it does is a matter of all names under it, of which
a component has only some: so it is counted here over all of them, and told to `directory`. Where a naming that came or
went may have tipped that balance, all names under the key are resolved again.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from pledger.ledger.blocking import doubtful_keys, is_house_key, is_slip_key, sure_keys
from pledger.ledger.directory import MOST_ALIKE, Naming, linked
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.work import Work
from pledger.ledger.names import canonical, fold, person

__all__ = ["Forms", "component", "naming_of"]

Forms = dict[int, tuple[str, int]]
"""By number a naming (JSON) and how many documents have it."""


def naming_of(form: str, times: int) -> Naming:
    """The naming that a text of `namings` holds."""
    name, is_person, aliases, is_source = json.loads(form)
    return Naming(name, "", is_person, tuple(aliases), is_source, times)


def component(work: Work, touched: Mapping[int, tuple[str, int]], moved: Collection[int]) -> tuple[Forms, set[str]]:
    """All namings that those touched can influence, themselves among them (and some that no document has any more), and
    the keys of houses (without their first word) that so many names share that nobody is compared by them.

    `moved`: numbers of those touched that no document had before, or none has any more.
    """
    near = _Near(work, touched)
    near.take(touched)
    if set(moved) & touched.keys():
        near.tip()
    near.spread()
    return {number: near.forms[number] for number in near.reached}, {
        key.partition(" ")[2] for key, shut in near.shut.items() if shut
    }


class _Near:
    """Namings loaded as they are reached."""

    def __init__(self, work: Work, touched: Mapping[int, tuple[str, int]]) -> None:
        self.work = work
        self.forms: Forms = dict(touched)
        self.namings: dict[int, Naming] = {}
        self.under: dict[str, list[int]] = {}
        """By key the numbers of the namings that have it."""
        self.shut: dict[str, bool] = {}
        """Of the keys of houses met so far, whether so many names share them that they compare nobody."""
        self.reached: set[int] = set()
        self.waiting: set[int] = set()
        """Reached, but not yet looked at under their doubtful keys."""

    def take(self, numbers: Iterable[int]) -> None:
        """Reach these namings, and all that hang together with them through sure keys."""
        wave = set(numbers) - self.reached
        while wave:
            self._load(wave)
            self.reached |= wave
            self.waiting |= wave
            keys = {key for n in wave for key in sure_keys(self.namings[n], self.work.said.judged)}
            new = keys - self.under.keys()
            self._look(new)
            wave = {n for key in new for n in self.under[key]} - self.reached

    def tip(self) -> None:
        """Reach all names under the keys of houses that those reached so far may have shut or opened."""
        keys: dict[str, set[str]] = defaultdict(set)
        for n in self.reached:
            for key in filter(is_house_key, doubtful_keys(self.namings[n])):
                keys[key].add(fold(self.namings[n].name))
        for key, count in self._shared(keys, max(map(len, keys.values()), default=0)).items():
            if MOST_ALIKE - len(keys[key]) < count <= MOST_ALIKE + len(keys[key]):
                self.take(self.under[key])

    def spread(self) -> None:
        """Reach all that those reached are linked with, until there are no more."""
        while self.waiting:
            wave, self.waiting = self.waiting, set()
            keys = {n: doubtful_keys(self.namings[n]) for n in wave}
            self._shared({key for its in keys.values() for key in its if is_house_key(key)})
            self._look({key for its in keys.values() for key in its})
            open_ = {n: [key for key in its if not self.shut.get(key)] for n, its in keys.items()}
            self._load({m for its in open_.values() for key in its for m in self.under[key]})
            found: set[int] = set()
            for n, its in open_.items():
                found |= self._linked(n, its, found)
            self.take(found)

    def _linked(self, number: int, keys: Iterable[str], found: Collection[int]) -> set[int]:
        mine = self.namings[number]
        linked_: set[int] = set()
        tried: dict[tuple[str, str, tuple[str, ...]], bool] = {}
        for key in keys:
            sort = "slip" if is_slip_key(key) else key.partition(" ")[0]
            for other in self.under[key]:
                if other in self.reached or other in found or other in linked_:
                    continue
                yours = self.namings[other]
                form = (sort, yours.name, () if is_house_key(key) else yours.aliases)
                if form not in tried:
                    tried[form] = linked(mine, yours, key)
                if tried[form]:
                    linked_.add(other)
        return linked_

    def _shared(self, keys: Iterable[str], margin: int = 0) -> dict[str, int]:
        """By key of a house, how many names of organisations share it: exactly where they are more than `MOST_ALIKE`
        less the margin, else no more than this number."""
        self._look(keys)
        found = {key: len(self.under[key]) for key in keys}
        wide = {key for key, count in found.items() if count > MOST_ALIKE - margin}
        self._load({n for key in wide for n in self.under[key]})
        people = self._people({n for key in wide for n in self.under[key]})
        for key in wide:
            its = [n for n in self.under[key] if self.forms[n][1] > 0 and n not in people]
            found[key] = len({fold(self.namings[n].name) for n in its})
        self.shut |= {key: count > MOST_ALIKE for key, count in found.items()}
        return found

    def _people(self, numbers: Iterable[int]) -> set[int]:
        """Those of the namings that are of people, as `directory` tells."""
        called = {n: person(self.namings[n].name)[0] for n in numbers if canonical(self.namings[n].name) is None}
        keys = {f"person {name}" for name in called.values()}
        self._look(keys)
        self._load({n for key in keys for n in self.under[key]})
        known = set()
        for key in keys:
            for n in self.under[key]:
                naming = self.namings[n]
                if naming.person and self.forms[n][1] > 0 and canonical(naming.name) is None:
                    known.add(person(naming.name)[0])
        return {n for n, name in called.items() if self.namings[n].person or name in known}

    def _look(self, keys: Iterable[str]) -> None:
        k = own.naming_keys.c
        new = set(keys) - self.under.keys()
        self.under |= {key: [] for key in new}
        for key, number in self.work.rows((k.key, k.naming), k.key, new):
            self.under[key].append(number)

    def _load(self, numbers: Collection[int]) -> None:
        n = own.namings.c
        missing = set(numbers) - self.forms.keys()
        for number, form, times in self.work.rows((n.number, n.form, n.times), n.number, missing):
            self.forms[number] = (form, times)
        for number in set(numbers) - self.namings.keys():
            self.namings[number] = naming_of(*self.forms[number])
