"""Projects as a user names them: by the ledger's id, by name, or by words of it; the nearest names where none fits."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from pledger.ledger.names import fold
from pledger.vehicle.planning.told import Told

__all__ = ["PlanningError", "wanted"]

_SHORTEST = 4
"""Letters of an id that may stand for it."""
_LISTED = 5


class PlanningError(ValueError):
    """A plan that cannot be made: one line that says what is wrong, and the mend."""

    def __init__(self, what: str, mend: str) -> None:
        super().__init__(f"{what}; {mend}")
        self.what, self.mend = what, mend


def wanted(asked: Iterable[str], known: Sequence[Told]) -> tuple[Told, ...]:
    """The projects that are asked for, each once, in the order of `known`; PlanningError for one that is not there."""
    found = {_one(words, known).entity.id for words in asked}
    return tuple(told for told in known if told.entity.id in found)


def _one(words: str, known: Sequence[Told]) -> Told:
    plain = fold(words)
    rounds = (
        lambda t: t.entity.id == words.strip(),
        lambda t: plain in {fold(n) for n in (t.entity.name, *t.entity.aliases)},
        lambda t: len(words) >= _SHORTEST and t.entity.id.startswith(words.strip()),
        lambda t: bool(plain) and all(w in fold(_described(t)) for w in plain.split()),
    )
    for fits in rounds:
        found = [t for t in known if fits(t)]
        if len(found) == 1:
            return found[0]
        if found:
            names = _listed([t.entity.name for t in found])
            raise PlanningError(
                f"{words!r} is the name of {len(found)} projects ({names})", "name one of them, or its id"
            )
    # Names are short beside descriptions: a slip of the pen is found in the words as well as in the whole.
    names_of = {fold(n): t.entity.name for t in known for n in (t.entity.name, *t.entity.aliases)}
    near = difflib.get_close_matches(plain, names_of, 1, cutoff=0.6)
    worded = {w: t.entity.name for t in known for w in fold(_described(t)).split()}
    near_words = [m for w in plain.split() for m in difflib.get_close_matches(w, worded, 1, cutoff=0.75)]
    guess = names_of[near[0]] if near else worded[near_words[0]] if near_words else None
    listed = _listed([t.entity.name for t in known]) or "none"
    mend = f"did you mean {guess!r}?" if guess else f"the ledger holds {listed}; `pledger show projects` has all"
    raise PlanningError(f"no project {words!r} of this programme in the ledger", mend)


def _described(told: Told) -> str:
    attributes = dict(told.entity.attributes)
    return " ".join([told.entity.name, *(attributes.get(k, "") for k in ("place", "sponsor")), *told.sponsors])


def _listed(names: Sequence[str]) -> str:
    shown = list(names[:_LISTED])
    return ", ".join(shown) + (f" and {len(names) - _LISTED} more" if len(names) > _LISTED else "")
