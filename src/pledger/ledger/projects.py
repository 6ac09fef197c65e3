"""Which mentions of projects are one project. Projects seldom have names: sponsor, place and kind tell them.

Mentions come merged within their document. Those that say the same are put together first ("forms"); then forms join in
three rounds, from those that say most to those that say least, and each round looks only at what the rounds before it
settled, so that the order of reading never matters. Only sightings of one programme are held against each other; what
names none was given one before, where that can be told (`routing`):

1. forms with sponsor and place: one where they share a sponsor, the places can be one and the kinds go together;
2. forms with one of the two: join the only project of round 1 that fits; where there is none, those that share theirs;
3. forms with neither: join the only project of their kind;
4. projects that still lack one of the two: join the only one that costs the same and contradicts them in nothing.

What a word for many kinds means at one place ("the minerals facility in Georgia") is told by the projects there
(`_join_wide`). What stands in one town joins over families of kinds too, and where nobody names a programme
(`_join_towned`): what one report calls a works and another by its product is one thing there.

A form that two projects fit stays apart and is reported as unsure, unless many more reports tell of one of them than of
all others that fit (`_Told`): one report's slip ("X's plant in Ohio") makes nobody doubt which plant the others mean.
Contradictory sponsors or places keep forms apart. What has neither sponsor, place, name nor programme is of its own
document only.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from pledger.data import lexicon
from pledger.ledger.fit import Fit, Form, Unsure, form_of, order
from pledger.ledger.geography import specific
from pledger.ledger.groups import Groups
from pledger.ledger.judged import NOTHING, Judged
from pledger.ledger.kinds import ancestors, common_ancestor, family, plain, related
from pledger.ledger.sightings import Sighting
from pledger.ledger.towns import can_be_one, town_keys

__all__ = ["Project", "projects"]


@dataclass(frozen=True, slots=True)
class Project:
    """Sightings that are one project, and what they say together."""

    sightings: tuple[Sighting, ...]
    programme: str | None
    kinds: tuple[str, ...]
    """Most reported first."""
    kind: str | None
    """The finest kind that holds all of them."""
    sponsors: tuple[str, ...]
    """Most reported first."""
    places: tuple[str, ...]
    """Most reported first."""


Doubt = tuple[Form, list[str]]

_MANY = 4
"""Reports that must tell of a project before it is the one that others mean."""
_TIMES = 4
"""How many times as many reports as of all others that fit."""
_RARE = 4
"""How many times as many reports as give another kind make that one a slip."""


def projects(
    sightings: Iterable[Sighting], relatives: Mapping[str, frozenset[str]], judged: Judged = NOTHING
) -> tuple[list[Project], list[Unsure]]:
    """The projects behind these sightings, and the sightings that could not be placed for sure.

    `judged`: the sightings that somebody judged to be of one project or of two; what rules say gives way to it.
    """
    own = {anchor for two in judged.two("project") for anchor in two}
    of_anchor: dict[str, set[str]] = defaultdict(set)
    by_form: dict[str, list[Sighting]] = defaultdict(list)
    forms: dict[str, Form] = {}
    for sighting in sorted(set(sightings), key=order):
        form = form_of(sighting, sighting.anchor if sighting.anchor in own else _alone(sighting))
        of_anchor[sighting.anchor].add(form.id)
        forms[form.id] = form
        by_form[form.id].append(sighting)
    links = Fit(relatives)
    blocks: dict[tuple[str, str], list[Form]] = defaultdict(list)
    loose: list[Form] = []
    for _, form in sorted(forms.items()):
        if form.programme is None or form.kind is None:
            loose.append(form)
        else:
            blocks[form.programme, family(form.kind)].append(form)
    groups = Groups((x, y) for a, b in judged.two("project") for x in of_anchor[a] for y in of_anchor[b])
    for a, b in judged.one("project"):
        for x, y in ((x, y) for x in sorted(of_anchor[a]) for y in sorted(of_anchor[b])):
            groups.join(x, y)
    amounts = {key: frozenset(x for s in its for x in s.amounts) for key, its in by_form.items()}
    documents = {key: frozenset(s.document for s in its) for key, its in by_form.items()}
    doubts: list[Doubt] = []
    for _, block in sorted(blocks.items()):
        doubts += _Block(block, links, amounts, documents).join(groups)
    doubts += _join_towned(groups, [f for _, f in sorted(forms.items())], links)
    _join_wide(groups, [f for _, f in sorted(forms.items())], links, documents)
    doubts += _join_loose(groups, loose, [f for _, block in sorted(blocks.items()) for f in block], links, documents)
    members = groups.sets(forms)
    found = [_project([s for key in keys for s in by_form[key]]) for keys in members.values()]
    # A form that was judged to be of one of the candidates, or of none, is no longer in doubt.
    settled = {a for pairs in (judged.one("project"), judged.two("project")) for two in pairs for a in two}
    unsure = [
        Unsure(by_form[form.id][0], tuple(by_form[c][0] for c in candidates))
        for form, candidates in doubts
        if not settled or not all(s.anchor in settled for s in by_form[form.id])
    ]
    return found, unsure


def _alone(sighting: Sighting) -> str:
    """The document, where a sighting says nothing by which another document's can be known for the same."""
    said = sighting.programme or sighting.sponsors or specific(sighting.place) or sighting.key
    return "" if said else f"only in {sighting.document}"


class _Told:
    """How many reports tell of each of the projects that are settled so far."""

    def __init__(self, groups: Groups, settled: Iterable[Form], documents: Mapping[str, frozenset[str]]) -> None:
        its: dict[str, set[str]] = defaultdict(set)
        for form in settled:
            its[groups.find(form.id)] |= documents.get(form.id, frozenset())
        self.counts = {root: len(found) for root, found in its.items()}

    def meant(self, candidates: Sequence[str]) -> Sequence[str]:
        """The candidate of which far more reports tell than of all others together; all of them where there is none."""
        ranked = sorted(candidates, key=lambda c: (-self.counts.get(c, 0), c))
        if len(ranked) < 2:
            return candidates
        most, rest = self.counts.get(ranked[0], 0), sum(self.counts.get(c, 0) for c in ranked[1:])
        return ranked[:1] if most >= _MANY and most >= _TIMES * rest else candidates


class _Block:
    """The forms of one programme and one family of kinds."""

    def __init__(
        self,
        forms: Sequence[Form],
        links: Fit,
        amounts: Mapping[str, frozenset[float]],
        documents: Mapping[str, frozenset[str]],
    ) -> None:
        self.forms = forms
        self.links = links
        self.amounts = amounts
        self.documents = documents

    def join(self, groups: Groups) -> list[Doubt]:
        """Join what is one in `groups`; the forms that more than one project fits, each with those projects."""
        full = [f for f in self.forms if f.sponsors and f.place]
        half = [f for f in self.forms if bool(f.sponsors) != bool(f.place)]
        bare = [f for f in self.forms if not f.sponsors and not f.place]
        self._join_alike(groups, full)
        doubts, rest = self._join_only(groups, half, full, self.links.fits)
        self._join_alike(groups, [f for f in rest if f.sponsors])
        self._join_alike(groups, [f for f in rest if f.place])
        self._join_halves(groups, full, rest)
        more, unplaced = self._join_only(groups, bare, [*full, *half], lambda a, b: related(a.known_kind, b.known_kind))
        for n, form in enumerate(unplaced):
            for other in unplaced[n + 1 :]:
                if related(form.known_kind, other.known_kind):
                    groups.join(form.id, other.id)
        self._join_amounts(groups)
        return [*doubts, *more]

    def _join_alike(self, groups: Groups, forms: list[Form]) -> None:
        """Join those that share a sponsor, or (having none) a place."""
        by_mark: dict[str, list[Form]] = defaultdict(list)
        for form in forms:
            for mark in self.links.owners(form) or {""}:
                by_mark[mark].append(form)
        for _, alike in sorted(by_mark.items()):
            for n, form in enumerate(alike):
                for other in alike[n + 1 :]:
                    if self.links.fits(form, other):
                        groups.join(form.id, other.id)

    def _join_only(
        self, groups: Groups, forms: list[Form], settled: list[Form], fits: Callable[[Form, Form], bool]
    ) -> tuple[list[Doubt], list[Form]]:
        """Join each form with the only project of `settled` that fits it; returns those that several fit, or none."""
        by_sponsor: dict[str, list[Form]] = defaultdict(list)
        for form in settled:
            for sponsor in form.sponsors:
                by_sponsor[sponsor].append(form)
        joins: list[tuple[str, str]] = []
        doubts: list[Doubt] = []
        rest: list[Form] = []
        there, told = _Standing(groups, settled), _Told(groups, settled, self.documents)
        for form in forms:
            near = settled
            if form.sponsors:  # Only what shares a sponsor, or one's owner, can fit: no need to look at all.
                ids = self.links.owners(form)
                near = [o for sponsor in sorted(ids) for o in by_sponsor.get(sponsor, ())]
            fitting = [o for o in near if fits(form, o)]
            if len({groups.find(o.id) for o in fitting}) > 1:
                fitting = [o for o in fitting if o.kind == form.kind] or fitting
            candidates = sorted(there.open_to(form, {groups.find(o.id) for o in fitting}))
            meant = told.meant(candidates)
            if len(meant) < len(candidates) and not (form.sponsors or form.place):
                # For what says no more than its kind a cost that both give must speak too.
                costed = self._one_cost(form, [o for o in fitting if groups.find(o.id) == meant[0]])
                meant = meant if costed else candidates
            if len(meant) == 1:
                joins.append((form.id, meant[0]))
            elif candidates:
                doubts.append((form, candidates))
            else:
                rest.append(form)
        for a, b in joins:
            groups.join(a, b)
        return doubts, rest

    def _join_halves(self, groups: Groups, full: list[Form], rest: list[Form]) -> None:
        """One known only by its sponsor and one known only by its place, of a kind of which there are few, are one."""
        sponsored = {groups.find(f.id) for f in rest if f.sponsors}
        placed = {groups.find(f.id) for f in rest if f.place}
        few = bool(rest) and family(rest[0].known_kind) not in self.links.common
        if few and not full and len(sponsored) == 1 and len(placed) == 1:
            groups.join(*sponsored, *placed)

    def _join_amounts(self, groups: Groups) -> None:
        """Projects that lack a sponsor or a place join the only one that costs the same and fits otherwise."""
        members: dict[str, list[Form]] = defaultdict(list)
        for form in self.forms:
            members[groups.find(form.id)].append(form)
        by_amount: dict[float, set[str]] = defaultdict(set)
        for root, forms in members.items():
            for amount in {x for f in forms for x in self.amounts.get(f.id, ())}:
                by_amount[amount].add(root)
        fitting: dict[str, list[str]] = {}
        for root, forms in sorted(members.items()):
            if not (any(f.sponsors for f in forms) and any(f.place for f in forms)):
                near = {r for f in forms for x in self.amounts.get(f.id, ()) for r in by_amount[x]} - {root}
                fitting[root] = [
                    r for r in sorted(near) if all(self._same_thing(a, b) for a in forms for b in members[r])
                ]
        for root, roots in fitting.items():
            # The other one, where it lacks something too, must have no second choice either.
            if len(roots) == 1 and fitting.get(roots[0], [root]) == [root]:
                groups.join(root, roots[0])

    def _one_cost(self, form: Form, others: Iterable[Form]) -> bool:
        its = self.amounts.get(form.id, frozenset())
        return any(its & self.amounts.get(o.id, frozenset()) for o in others)

    def _same_thing(self, a: Form, b: Form) -> bool:
        return related(a.known_kind, b.known_kind) and not self.links.apart(a, b)


def _join_towned(groups: Groups, forms: Sequence[Form], links: Fit) -> list[Doubt]:
    """Forms of one programme, or of none, that stand in one town: first those with a sponsor join each other, then
    those without one the only project there that fits, at last what is left each other."""
    by_town: dict[tuple[str | None, str], list[Form]] = defaultdict(list)
    for form in forms:
        for key in sorted(town_keys(form.place)):
            by_town[form.programme, key].append(form)

    def near(form: Form) -> list[Form]:
        found = {o.id: o for key in town_keys(form.place) for o in by_town[form.programme, key] if o is not form}
        return [o for _, o in sorted(found.items()) if links.there(form, o)]

    placed = [f for f in forms if town_keys(f.place)]
    sponsored = {f.id for f in placed if f.sponsors}
    for form in placed:
        for other in near(form) if form.sponsors else ():
            if other.id in sponsored and form.sponsors & links.owners(other):
                groups.join(form.id, other.id)
    joins: list[tuple[str, str]] = []
    doubts: list[Doubt] = []
    for form in placed:
        if form.sponsors:
            continue
        fitting = near(form)
        of_somebody = sorted({groups.find(o.id) for o in fitting if o.id in sponsored})
        if len(of_somebody) == 1:
            joins.append((form.id, of_somebody[0]))
        elif not of_somebody:
            joins += [(form.id, o.id) for o in fitting]
        elif groups.find(form.id) not in of_somebody:
            doubts.append((form, of_somebody))
    for a, b in joins:
        groups.join(a, b)
    return doubts


def _join_wide(groups: Groups, forms: Sequence[Form], links: Fit, documents: Mapping[str, frozenset[str]]) -> None:
    """What is known by its place and by a word for many kinds ("the minerals project in Georgia", "a plant there").

    It joins the project of its programme there that the word can mean: the only one, or that of which most reports
    tell, and of which more tell than of itself.
    """
    placed: dict[str, list[Form]] = defaultdict(list)
    for form in forms:
        if form.programme is not None and form.place and form.kind is not None:
            placed[form.programme].append(form)
    joins: list[tuple[str, str]] = []
    told = _Told(groups, forms, documents)
    for _, its in sorted(placed.items()):
        there = _Standing(groups, its)
        for form in its:
            if form.sponsors or form.key or not (form.kind in links.wide or plain(form.kind)):
                continue
            own = groups.find(form.id)
            fitting = [o for o in its if groups.find(o.id) != own and links.widely(form, o)]
            near = sorted(there.open_to(form, {groups.find(o.id) for o in fitting}))
            meant = told.meant(near)
            if len(meant) == 1 and told.counts.get(meant[0], 0) > told.counts.get(own, 0):
                joins.append((form.id, meant[0]))
    for a, b in joins:
        groups.join(a, b)


def _join_loose(
    groups: Groups,
    loose: list[Form],
    settled: list[Form],
    links: Fit,
    documents: Mapping[str, frozenset[str]],
) -> list[Doubt]:
    """Forms without a kind join the only project of their programme that shares their sponsor, place or name with them.

    Those that no project fits, and those without a programme, are one with those that say the same.
    """
    by_mark: dict[tuple[str | None, str], list[Form]] = defaultdict(list)
    by_programme: dict[str | None, list[Form]] = defaultdict(list)
    for form in settled:
        by_programme[form.programme].append(form)
        for mark in _marks(form):
            by_mark[form.programme, mark].append(form)
    joins: list[tuple[str, str]] = []
    doubts: list[Doubt] = []
    placed: set[str] = set()
    there, told = _Standing(groups, settled), _Told(groups, settled, documents)
    for form in loose:
        if form.programme is None:
            continue
        near = [o for mark in _marks(form) for o in by_mark.get((form.programme, mark), ())]
        if not near and form.place:
            near = by_programme[form.programme]
        fits = [o for o in near if links.loosely(form, o)]
        candidates = sorted(there.open_to(form, {groups.find(o.id) for o in fits}))
        meant = told.meant(candidates)
        if len(meant) == 1:
            joins.append((form.id, meant[0]))
        elif candidates:
            doubts.append((form, candidates))
        if candidates:
            placed.add(form.id)
    rest: dict[tuple[str, str, str], list[Form]] = defaultdict(list)
    for form in loose:
        if form.id not in placed:
            # Those that no project fits are one with those that say the same of sponsor, or of kind without one.
            for mark in _marks(form) or [form.place or form.mark]:
                rest[form.programme or "", family(form.kind) if form.kind else "", mark].append(form)
    for (_, kind, mark), alike in sorted(rest.items()):
        joins += [(alike[0].id, o.id) for o in alike[1:] if (kind or mark) and not links.apart(alike[0], o)]
    for a, b in joins:
        groups.join(a, b)
    return doubts


class _Standing:
    """Where the projects that are settled so far stand, by all that is told of each."""

    def __init__(self, groups: Groups, settled: Iterable[Form]) -> None:
        self.places: dict[str, set[str]] = defaultdict(set)
        for form in settled:
            if form.place:
                self.places[groups.find(form.id)].add(form.place)

    def open_to(self, form: Form, projects: Iterable[str]) -> set[str]:
        """Those of the projects no place of which excludes that of `form`: one in "Portsmouth", of which another report
        says that it is in Ohio, is none in Virginia, where there is a Portsmouth too."""
        if form.place is None:
            return set(projects)
        return {p for p in projects if all(can_be_one(form.place, other) for other in self.places.get(p, ()))}


def _marks(form: Form) -> list[str]:
    return [*sorted(form.sponsors), *([f"key {form.key}"] if form.key else [])]


def _project(sightings: list[Sighting]) -> Project:
    kinds = _ranked(s.kind for s in sightings)
    reports = Counter(kind for kind, _ in {(s.kind, s.document) for s in sightings if s.kind})
    return Project(
        sightings=tuple(sorted(sightings, key=order)),
        programme=next(iter(_ranked(s.programme for s in sightings)), None),
        kinds=kinds,
        kind=_narrowest(_usual(kinds, reports)),
        sponsors=_ranked(sponsor for s in sightings for sponsor in sorted(s.sponsors)),
        places=_ranked(specific(s.place) for s in sightings),
    )


def _usual(kinds: tuple[str, ...], reports: Mapping[str, int]) -> tuple[str, ...]:
    """The kinds without those that few reports give and that go with no other: one report's "campus" beside many
    "gas-fired plants" does not make it a project of no kind."""
    wide = lexicon("ledger_projects")["wide"]
    kinds = tuple(k for k in kinds if not any(other in wide.get(k, ()) for other in kinds))
    first = max(kinds, key=lambda kind: (reports[kind], kind), default=None)
    if first is None:
        return kinds
    return tuple(k for k in kinds if related(k, first) or _RARE * reports[k] > reports[first])


def _narrowest(kinds: tuple[str, ...]) -> str | None:
    """The finest kind when each is a finer word for the next, else the finest one that holds them all."""
    if not kinds:
        return None
    finest = [k for k in kinds if all(related(k, other) for other in kinds)]
    return max(finest, key=lambda k: (len(ancestors(k)), k)) if finest else common_ancestor(list(kinds))


def _ranked(items: Iterable[str | None]) -> tuple[str, ...]:
    counted = Counter(item for item in items if item)
    return tuple(sorted(counted, key=lambda item: (-counted[item], item)))
