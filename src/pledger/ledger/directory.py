"""Organisations and people: which names are one, over all documents and scripts.

Two names of organisations are one where the data say so, where only a legal form or a tail such as "Group" tells them
apart, where a text gives one as the other's acronym or other script, where the longer one is the only one in the ledger
that adds a tail that is usually left off, or where the names by themselves tell (`matching`: scripts, spellings,
acronyms). An alias that texts give to two different houses joins nobody.
People are one where their names agree after the titles are cut, and where a lone family name fits one person only.
What somebody judged comes before all of this: two names that were judged one are, and two that were judged two are not
put together by any rule.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field

from rapidfuzz.distance import OSA

from pledger.data import lexicon
from pledger.ledger.blocking import house_keys, is_house_key, is_slip_key, person_keys
from pledger.ledger.geography import country_code
from pledger.ledger.groups import Groups
from pledger.ledger.judged import NOTHING, Judged
from pledger.ledger.matching import same_name
from pledger.ledger.names import (
    canonical,
    core,
    fold,
    is_cjk,
    is_house,
    known_person,
    person,
    source,
    split,
    usual_heads,
)
from pledger.ledger.tokens import tokens, words
from pledger.model import Claim, Entity, EntityKind, Modality, Ownership, Party, stable_id

__all__ = ["MOST_ALIKE", "Directory", "Naming", "directory", "linked", "namings", "relatives"]

_SLIPPED = 0.8
"""How alike two folded names must be to be held against each other as slips."""
MOST_ALIKE = 60
"""Names under one key that are held against each other: a key that more share is no key."""


@dataclass(frozen=True, slots=True)
class Naming:
    """One document calls somebody by a name."""

    name: str
    document: str
    person: bool
    aliases: tuple[str, ...] = ()
    source: bool = False
    """Named only as the source of a report, not as taking part in anything."""
    times: int = 1
    """How many documents do so, where one naming stands for those of several."""


@dataclass(frozen=True, slots=True)
class Directory:
    """All organisations and people of a ledger, and who a name means."""

    entities: Mapping[str, Entity]
    involved: frozenset[str] = frozenset()
    """Ids of those whom a claim names as taking part, not only as a source of reports."""
    organisations: Mapping[str, str] = field(default_factory=dict)
    """Folded name to id."""
    people: Mapping[str, str] = field(default_factory=dict)
    """Folded name without titles to id."""

    def find(self, name: str) -> Entity | None:
        """The organisation, else the person, that goes by this name."""
        bare = split(name)[0]
        found = self.organisations.get(fold(bare)) or self.organisations.get(fold(canonical(bare) or bare))
        found = found or self.people.get(person(bare)[0])
        return self.entities[found] if found else None

    @staticmethod
    def looked_up(name: str) -> frozenset[str]:
        """All folded names by which `find` looks for this one."""
        bare = split(name)[0]
        return frozenset((fold(bare), fold(canonical(bare) or bare), person(bare)[0]))

    def id(self, name: str) -> str:
        """The id of whoever goes by this name; for an unknown name, one made from the name."""
        found = self.find(name)
        return found.id if found else stable_id("e", EntityKind.ORGANISATION, fold(name))


def namings(claims: Iterable[Claim], publishers: Collection[str] = frozenset()) -> list[Naming]:
    """Every place where a claim names an organisation or a person; `publishers`: folded names of known news houses."""
    found: list[Naming] = []
    claims = list(claims)
    official = lexicon("ledger_sources")["official"]["words"]

    def add(name: str | None, document: str, is_person: bool = False, aliases: tuple[str, ...] = ()) -> None:
        if name and (bare := split(name))[0]:
            found.append(Naming(bare[0], document, is_person, _called((*bare[1], *aliases), is_person)))

    for claim in claims:
        for link in claim.attribution:
            # Of bare names in a chain only those that can be told to be a house or an office are taken for one.
            name = source(link.source)
            if not link.anonymous and (known_person(name) or person(name)[1]):
                others = _called(split(link.source)[1], True)
                found.append(Naming(name, claim.document, True, others, source=True))
            elif not link.anonymous and (is_house(name) or fold(name) in publishers):
                found.append(Naming(name, claim.document, False, split(link.source)[1], source=True))
        subject = claim.subject
        if subject.kind in (EntityKind.ORGANISATION, EntityKind.PERSON):
            add(subject.key or subject.text, claim.document, subject.kind is EntityKind.PERSON, subject.aliases)
        add(subject.sponsor, claim.document)
        match claim.value:
            case Party(name, role, aliases) if country_code(name) is None:
                # A negotiator is a person unless the words say that it is an office.
                office = any(word in fold(name).split() for word in official) and not person(name)[1]
                add(name, claim.document, person(name)[1] or (role == "negotiator" and not office), aliases)
            case Ownership(owner, owned):
                add(owner, claim.document)
                add(owned, claim.document)
    return [*found, *_short_forms(found, claims)]


def _called(aliases: tuple[str, ...], is_person: bool) -> tuple[str, ...]:
    """Other names, without the houses behind people: 'head of the association (Acme Bank)' is not called so."""
    return tuple(a for a in aliases if canonical(a) is None) if is_person else aliases


def _short_forms(found: list[Naming], claims: Collection[Claim]) -> list[Naming]:
    """Names that a document shortens: 'Corvid Rare Metals' is 'Corvid' in the same text, unless it has another Corvid.

    No short form is a house that many are called after (Mitsubishi), nor one of two that the text says to be owner and
    owned.
    """
    related = {
        (c.document, frozenset((fold(c.value.owner), fold(c.value.owned))))
        for c in claims
        if isinstance(c.value, Ownership)
    }
    by_document: dict[str, dict[str, str]] = defaultdict(dict)
    for naming in found:
        if not naming.person and not is_cjk(naming.name):
            key = fold(naming.name)
            held = by_document[naming.document]
            held[key] = min(naming.name, held.get(key, naming.name))
    shortened = []
    for document, names in by_document.items():
        for short, written in names.items():
            told = tokens(words(written))
            if canonical(written) is not None or [t.kind for t in told] not in (["rare"], ["rare", "rare"]):
                continue
            longer = [n for n in names if n.startswith(f"{short} ")]
            if len({core(n) for n in longer}) != 1 or core(longer[0]) == core(short):
                continue
            long = min(longer)
            if canonical(long) is None and (document, frozenset((short, long))) not in related:
                shortened.append(Naming(names[long], document, False, (written,), source=True))
    return shortened


def directory(found: Iterable[Naming], judged: Judged = NOTHING, crowded: Collection[str] = frozenset()) -> Directory:
    """Who is who among these namings; independent of their order. `judged`: the names that somebody judged.

    `crowded`: where these are not all namings, the `house_keys` that too many names share to be compared by them.
    """
    distinct = sorted(set(found), key=lambda n: (n.name, n.document, n.person, n.aliases, n.source))
    known_people = {person(n.name)[0] for n in distinct if n.person and canonical(n.name) is None}
    # A name that the data know for a house's is no person's, whatever a reader took it for.
    people = [n for n in distinct if canonical(n.name) is None and (n.person or person(n.name)[0] in known_people)]
    chosen = set(people)
    organisations = [n for n in distinct if n not in chosen]
    entities: dict[str, Entity] = {}
    by_organisation = _entities(
        organisations, _organisation_groups(organisations, judged, crowded), EntityKind.ORGANISATION, entities
    )
    by_person = _entities(people, _people_groups(people, judged), EntityKind.PERSON, entities)
    known = Directory(entities, frozenset(), by_organisation, by_person)
    involved = {known.id(n.name) for n in distinct if not n.source}
    return Directory(entities, frozenset(involved), by_organisation, by_person)


def linked(one: Naming, other: Naming, key: str) -> bool:
    """Whether two namings that share this doubtful key (see `blocking`) are compared and found alike by it.

    Namings that share no sure key and are not linked by any key have nothing to do with each other.
    """
    if is_house_key(key):
        return _alike(fold(one.name), fold(other.name), one.name, other.name, is_slip_key(key))
    mine, yours = ({person(name)[0] for name in (n.name, *n.aliases)} for n in (one, other))
    return any(_fits(a, b) or _fits(b, a) for a in mine for b in yours)


def _organisation_groups(found: list[Naming], judged: Judged, crowded: Collection[str]) -> Groups:
    groups = _judged_groups(judged, "organisation")
    cores: dict[str, str] = {}
    for naming in found:
        for name in (naming.name, *naming.aliases):
            key = fold(name)
            known = canonical(name)
            if known is not None:
                groups.join(key, fold(known))
            # The core leads to the first name seen with it: which one does not matter, the set is the same.
            groups.join(key, cores.setdefault(core(key), key))
    _join_aliases(groups, found, fold)
    _join_tails(groups, sorted({fold(n.name) for n in found}))
    _join_alike(groups, found, crowded)
    _join_aliases(groups, found, fold)  # once more: two houses with one alias may have turned out to be one
    return groups


def _judged_groups(judged: Judged, kind: str) -> Groups:
    groups = Groups(judged.two(kind))
    for a, b in judged.one(kind):
        groups.join(a, b)
    return groups


def _join_alike(groups: Groups, found: list[Naming], crowded: Collection[str]) -> None:
    """Join the names that are one by themselves, in whatever script and spelling.

    The rarer name looks at the more usual ones that it fits: a slip or another script at the name that it stands for.
    Where those are not alike among themselves, the name is ambiguous, and joins nobody.
    """
    written: dict[str, str] = {}
    times: Counter[str] = Counter()
    for naming in found:
        key = fold(naming.name)
        written[key] = min(naming.name, written.get(key, naming.name))
        times[key] += naming.times
    by_key: dict[str, set[str]] = defaultdict(set)
    for key, name in written.items():
        for mark in house_keys(name):
            by_key[mark].add(key)
    for mark in crowded:
        by_key.pop(mark, None)
    fitting: dict[str, set[str]] = defaultdict(set)
    for mark, names in sorted(by_key.items()):
        for one, other in _pairs_to_try(groups, names):
            if _alike(one, other, written[one], written[other], is_slip_key(mark)):
                fitting[one].add(other)
                fitting[other].add(one)

    def place(key: str) -> tuple[int, int, str]:
        return times[key], len(fitting[key]), key

    usual = {name: {other for other in others if place(other) > place(name)} for name, others in fitting.items()}
    torn = {name for name, others in usual.items() if not _one_set(groups, others, fitting)}
    joins = [
        (name, other) for name in sorted(usual.keys() - torn) for other in sorted(usual[name]) if other not in torn
    ]
    for a, b in joins:
        groups.join(a, b)


def _alike(one: str, other: str, written: str, other_written: str, slipped: bool) -> bool:
    """Whether two names, folded and as they are written, are one by themselves; `slipped`: if they look it, too."""
    if slipped and OSA.normalized_similarity(one, other) < _SLIPPED:
        return False
    return same_name(written, other_written).outcome == "same"


def _one_set(groups: Groups, names: Collection[str], fitting: Mapping[str, Collection[str]]) -> bool:
    """Whether these names hang together, being one already or fitting each other."""
    waiting = set(names)
    reached = [min(waiting)] if waiting else []
    for name in reached:
        near = {n for n in waiting if groups.find(n) == groups.find(name) or n in fitting[name]}
        waiting -= near
        reached += sorted(near)
    return not waiting


def _pairs_to_try(groups: Groups, names: Collection[str]) -> list[tuple[str, str]]:
    """Pairs of names under one key that are not one yet; of a key that very many share, none."""
    if not 2 <= len(names) <= MOST_ALIKE:
        return []
    listed = sorted(names)
    pairs = [(a, b) for n, a in enumerate(listed) for b in listed[n + 1 :]]
    return [(a, b) for a, b in pairs if groups.find(a) != groups.find(b)]


def _people_groups(found: list[Naming], judged: Judged) -> Groups:
    groups = _judged_groups(judged, "person")

    def key(name: str) -> str:
        return person(name)[0]

    for naming in found:
        for name in (naming.name, *naming.aliases):
            if (known := known_person(name)) is not None:
                groups.join(key(name), key(known))
    _join_aliases(groups, found, key)
    # Whose names are looked at are those by whose keys the naming can be found: see `blocking`.
    names = sorted({key(name) for n in found if n.person for name in (n.name, *n.aliases)})
    by_key: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for mark in person_keys(name):
            by_key[mark].add(name)
    pairs = []
    for name in names:
        words = set(name.split())
        marks = person_keys(name)
        near = {other for mark in marks for other in by_key[mark] if other != name and _fits(name, other)}
        # The shorter name looks for the longer: what a lone family name fits decides, not who else bears it.
        fuller = {other for other in near if not set(other.split()) < words}
        if len({groups.find(other) for other in fuller}) == 1:
            pairs += [(name, other) for other in sorted(fuller)]
    for a, b in pairs:
        groups.join(a, b)
    return groups


def _fits(a: str, b: str) -> bool:
    """Whether two folded names of people can be one: their words agree, or they are one name in two scripts."""
    return _one_person(a, b) or (is_cjk(a) != is_cjk(b) and same_name(a, b, EntityKind.PERSON).outcome == "same")


def _one_person(a: str, b: str) -> bool:
    """Whether two names fit one person: a shared word, and what is left of each begins the other ('ryo', 'ryosei')."""
    left, right = a.split(), b.split()
    shared = set(left) & set(right)
    rest = ["".join(w for w in left if w not in shared), "".join(w for w in right if w not in shared)]
    if not rest[0] or not rest[1]:
        return True
    return min(len(r) for r in rest) >= 2 and (rest[0].startswith(rest[1]) or rest[1].startswith(rest[0]))


def _join_aliases(groups: Groups, found: list[Naming], key: Callable[[str], str]) -> None:
    given: dict[str, set[str]] = defaultdict(set)
    for naming in found:
        for alias in naming.aliases:
            given[key(alias)].add(key(naming.name))
    joins = [
        (alias, names)
        for alias, names in sorted(given.items())
        if alias and (len({groups.find(n) for n in names}) == 1 or _full_name(alias, names))
    ]
    for alias, names in joins:
        for name in names:
            groups.join(alias, name)


def _full_name(alias: str, names: Collection[str]) -> bool:
    """Whether an alias is the name in full that texts in other scripts give: it can be no two houses' by chance."""
    if is_cjk(alias) or not all(is_cjk(name) for name in names):
        return False
    told = tokens(words(alias))
    return len(told) > 1 and any(token.kind == "rare" for token in told)


def _join_tails(groups: Groups, keys: list[str]) -> None:
    longer: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        for head in usual_heads(key):
            longer[head].append(key)
    joins = []
    for key in keys:
        fitting = longer.get(key, ())
        if len({groups.find(other) for other in fitting}) == 1:
            joins += [(key, other) for other in fitting]
    for a, b in joins:
        groups.join(a, b)


def _entities(found: list[Naming], groups: Groups, kind: EntityKind, into: dict[str, Entity]) -> dict[str, str]:
    is_person = kind is EntityKind.PERSON

    def key(name: str) -> str:
        return person(name)[0] if is_person else fold(name)

    written: dict[str, Counter[str]] = defaultdict(Counter)
    for naming in found:
        for name in {naming.name, *naming.aliases}:
            words = split(name)[0].split()
            shown = (
                " ".join(words[-max(1, len(key(name).split())) :])
                if is_person and not is_cjk(name)
                else " ".join(words)
            )
            written[key(name)][shown] += naming.times
    by_key: dict[str, str] = {}
    for keys in groups.sets(written).values():
        names: Counter[str] = Counter()
        for each in keys:
            names.update(written[each])
        known = next((c for n in sorted(names) if (c := (known_person if is_person else canonical)(n))), None)
        shown = known or min(names, key=lambda n: _preference(n, names[n], is_person))
        stem = key(shown) if known else min(keys, key=lambda k: (is_cjk(k), len(k), k))
        entity_id = stable_id("e", kind, stem)
        into[entity_id] = Entity(entity_id, kind, shown, tuple(sorted(set(names) - {shown})))
        by_key.update(dict.fromkeys(keys, entity_id))
        by_key.setdefault(key(shown), entity_id)
    return by_key


def _preference(name: str, documents: int, is_person: bool) -> tuple[bool, bool, int, int, str]:
    """Sorts the name to show first: Latin script, with a capital, then the usual one (of people, the fullest)."""
    size, usual = -len(name), -documents
    return (is_cjk(name), name == name.lower(), *((size, usual) if is_person else (usual, size)), name)


def relatives(claims: Iterable[Claim], people: Directory) -> dict[str, frozenset[str]]:
    """By organisation id: those that own it or that it owns, by any report that is not a denial."""
    found: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        if isinstance(claim.value, Ownership) and claim.modality is not Modality.DENIED:
            owner, owned = people.id(claim.value.owner), people.id(claim.value.owned)
            found[owner].add(owned)
            found[owned].add(owner)
    return {key: frozenset(ids) for key, ids in found.items()}
