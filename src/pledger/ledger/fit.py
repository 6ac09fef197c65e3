"""Whether what two reports say of a project can be of one project: what speaks for it and what against."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon, reference
from pledger.ledger.geography import specific
from pledger.ledger.kinds import ancestors, family, go_together, known, plain, related
from pledger.ledger.names import canonical, fold
from pledger.ledger.sightings import Sighting
from pledger.ledger.towns import can_be_one, one_town
from pledger.model import EntityKind, stable_id

__all__ = ["Fit", "Form", "Unsure", "form_of", "order"]


_HALF = 0.5
"""What an owner must hold more than, to be taken for its venture."""


@dataclass(frozen=True, slots=True)
class Form:
    """What a sighting says, without where it says so: sightings of one form are one project."""

    programme: str | None
    kind: str | None
    sponsors: frozenset[str]
    place: str | None
    key: str | None
    mark: str = ""
    """Where somebody judged a sighting to be of another project: what keeps it a form by itself."""

    @property
    def known_kind(self) -> str:
        """The kind, or an empty word that no kind is related to."""
        return self.kind or ""

    @property
    def id(self) -> str:
        """Sorts and names the form, the same on every machine."""
        said = (self.programme, self.kind, ",".join(sorted(self.sponsors)), self.place, self.key, self.mark or None)
        return "\x1f".join("\x00" if s is None else s for s in said)


@dataclass(frozen=True, slots=True)
class Unsure:
    """A sighting that more than one project fits; kept apart until somebody judges."""

    sighting: Sighting
    candidates: tuple[Sighting, ...]
    """One sighting of each project that it fits."""


def form_of(sighting: Sighting, mark: str = "") -> Form:
    """What a sighting says. One of an unlisted kind ("a mill") and no more is of its own document only."""
    place, key = specific(sighting.place), sighting.key
    if key is None and not (sighting.sponsors or place) and sighting.kind is not None and not known(sighting.kind):
        key = f"only in {sighting.document}"
    return Form(sighting.programme, sighting.kind, sighting.sponsors, place, key, mark)


def order(s: Sighting) -> tuple[str, str, str, str, str, str, str, str]:
    """Sorts sightings, the same on every machine."""
    return (
        s.document,
        s.text,
        s.programme or "",
        s.kind or "",
        ",".join(sorted(s.sponsors)),
        s.place or "",
        s.key or "",
        repr(sorted(s.amounts)) + s.anchor,
    )


@cache
def known_relatives() -> dict[str, frozenset[str]]:
    """By organisation id those whose unit it is, or who hold most of it, and the other way, by `owned.csv`: what one
    report calls the venture's is the larger partner's in another. Of houses whose names are known everywhere."""
    found: dict[str, set[str]] = defaultdict(set)
    for row in reference("owned"):
        if row["kind"] != "unit" and float(row["low"] or 0) <= _HALF:
            continue
        names = canonical(row["owned"]), canonical(row["owner"])
        ids = [stable_id("e", EntityKind.ORGANISATION, fold(name)) for name in names if name is not None]
        if len(set(ids)) == len(names):
            found[ids[0]].add(ids[1])
            found[ids[1]].add(ids[0])
    return {key: frozenset(its) for key, its in found.items()}


class Fit:
    """Whether two forms can be one project."""

    def __init__(self, relatives: Mapping[str, frozenset[str]]) -> None:
        self.relatives = relatives
        self.common = frozenset(lexicon("ledger_projects")["common"])
        self.wide = {kind: frozenset(its) for kind, its in lexicon("ledger_projects")["wide"].items()}

    def owners(self, form: Form) -> frozenset[str]:
        """Its sponsors, and those that own them or that they own, as reports say or as is known."""
        known_ones = known_relatives()
        kin = (held.get(s, frozenset()) for s in form.sponsors for held in (self.relatives, known_ones))
        return form.sponsors.union(*kin)

    def akin(self, a: Form, b: Form) -> bool:
        """Whether they share a sponsor, or one's sponsor owns the other's."""
        return bool(self.owners(a) & b.sponsors)

    def apart(self, a: Form, b: Form) -> bool:
        """Whether they contradict each other in sponsor, name or place."""
        if a.key and b.key and a.key != b.key and not (a.sponsors & b.sponsors):
            return True
        if a.sponsors and b.sponsors and not self.akin(a, b):
            return True
        return bool(a.place and b.place and not can_be_one(a.place, b.place))

    def fits(self, a: Form, b: Form) -> bool:
        """Whether they share evidence of being one project, and contradict each other in nothing."""
        if self.apart(a, b):
            return False
        shared = bool(a.sponsors & b.sponsors)
        if not related(a.known_kind, b.known_kind):
            # Reports that name different kinds may mean one project only where all else is alike.
            return shared and (a.place is None) == (b.place is None)
        if shared or (a.place and b.place):
            return True
        # A house and its units build many things of a common family; of one kind of it, a venture's are its partner's.
        alike = a.kind == b.kind != family(a.known_kind) and self._known_akin(a, b)
        return alike or (self.akin(a, b) and family(a.known_kind) not in self.common)

    def _known_akin(self, a: Form, b: Form) -> bool:
        return any(b.sponsors & known_relatives().get(s, frozenset()) for s in a.sponsors)

    def widely(self, form: Form, other: Form) -> bool:
        """Whether a word for many kinds can mean this other thing, at the place of both."""
        if other.place is None or form.place is None or self.apart(form, other) or plain(other.kind):
            return False
        can_be = self.wide.get(form.known_kind, frozenset())
        return (plain(form.kind) and known(other.known_kind)) or any(k in can_be for k in ancestors(other.known_kind))

    def there(self, a: Form, b: Form) -> bool:
        """Whether they stand in one town and can be one thing there.

        The town tells much, so that kinds need only go together, and where a sponsor is shared need not be one at all
        if a reader made either of a text's words.
        """
        if not one_town(a.place, b.place) or self.apart(a, b):
            return False
        made = any(f.kind is not None and not known(f.kind) for f in (a, b))
        return go_together(a.kind, b.kind) or (made and bool(a.sponsors & b.sponsors))

    def loosely(self, form: Form, other: Form) -> bool:
        """The like for a form without programme or kind."""
        if self.there(form, other):
            return True
        if self.apart(form, other) or (form.kind and not related(form.kind, other.known_kind)):
            return False
        if form.sponsors & other.sponsors or (form.key and form.key == other.key):
            return True
        if form.kind is None:
            # "The Ohio project": the only one of its programme there.
            return bool(form.programme and form.programme == other.programme and form.place and other.place)
        bare = not (form.sponsors or form.place or form.key) and family(form.kind) not in self.common
        bare = bare and known(form.kind)
        return bare or bool(form.place and other.place)
