"""Who is who: from the mentions of all claims to entities, as one pure function of the whole set.

Nothing here looks at the order of documents or claims, so reading in another order gives the same entities with the
same ids. A merge loses no claim: every claim keeps its own mention, and `home` only says where it is counted.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pledger.data import lexicon, programmes
from pledger.ledger.batches import Batch, batches
from pledger.ledger.directory import Directory, directory, namings, relatives
from pledger.ledger.fit import Unsure, order
from pledger.ledger.geography import country_code, country_name, short_country_name, town_ids
from pledger.ledger.judged import NOTHING, Judged
from pledger.ledger.kinds import label
from pledger.ledger.names import fold, is_cjk
from pledger.ledger.projects import Project, projects
from pledger.ledger.routing import adopted, routed
from pledger.ledger.sightings import Sighting
from pledger.model import Attribute, Claim, Entity, EntityKind, Mention, Modality, Money, Party, stable_id

__all__ = [
    "Described",
    "Keys",
    "Resolution",
    "anchors_of",
    "described",
    "investor_of",
    "keys_of",
    "members",
    "numbered",
    "project_entity",
    "resolve",
    "sightings",
    "simple_entity",
    "together",
    "with_aliases",
    "written_keys",
]

_MOST_ALIASES = 40
_LATIN = re.compile(r"[A-Z][A-Za-z]{1,30}[a-z][A-Za-z0-9-]{0,30}")
"""A name, not an acronym such as LNG."""


@dataclass(frozen=True, slots=True)
class Resolution:
    """Which entity each claim is about, and how the entities hang together."""

    entities: Mapping[str, Entity]
    home: Mapping[str, str]
    """Claim id to entity id."""
    people: Directory
    members: Mapping[str, tuple[str, ...]]
    """Tranche id to the ids of projects that some document names beside it, under the same programme."""
    projects: Mapping[str, Project]
    """What was told of each project entity."""
    unsure: tuple[Unsure, ...]


def resolve(claims: Iterable[Claim], publishers: Iterable[str] = (), judged: Judged = NOTHING) -> Resolution:
    """Resolve the subjects and the named parties of these claims; independent of their order.

    `publishers`: names of the documents' publishers, by which a cited house is known for one.
    `judged`: what somebody judged of names and projects.
    """
    ordered = sorted(claims, key=lambda c: (c.document, c.span, c.id))
    people = directory(namings(ordered, {fold(name) for name in publishers}), judged)
    spoken = written_keys(ordered)
    keys = keys_of(spoken, {key for its in spoken.values() for key in its})
    entities = dict(people.entities)
    home: dict[str, str] = {}

    sighted: dict[Sighting, list[Claim]] = defaultdict(list)
    seen = list(sightings(ordered, keys, people))
    kin = relatives(ordered, people)
    moved = adopted((sighting for sighting, _ in seen), keys.spoken)
    placed, unplaced = routed({moved.get(sighting, sighting) for sighting, _ in seen}, kin, judged)
    for sighting, claim in seen:
        there = moved.get(sighting, sighting)
        sighted[placed.get(there, there)].append(claim)
    found, unsure = projects(sighted, kin, judged)
    told: dict[str, Project] = {}
    for entity, project in _project_entities(found, people):
        entities[entity.id] = entity
        told[entity.id] = project
        for sighting in project.sightings:
            home.update((claim.id, entity.id) for claim in sighted[sighting])

    simple: dict[str, list[Claim]] = defaultdict(list)
    grouped = batches(ordered, keys.of)
    for claim in ordered:
        if claim.id not in home:
            entity = simple_entity(claim, keys, people, grouped)
            entities.setdefault(entity.id, entity)
            home[claim.id] = entity.id
            simple[entity.id].append(claim)
    for entity_id, its in simple.items():
        entities[entity_id] = with_aliases(entities[entity_id], (c.subject for c in its))
    return Resolution(entities, home, people, members(ordered, home, entities), told, (*unsure, *unplaced))


# Programmes


@dataclass(frozen=True, slots=True)
class Keys:
    """The programme key that counts for each key as written, and for each document that names just one programme."""

    by_key: Mapping[str, str]
    by_document: Mapping[str, str]
    spoken: Mapping[str, frozenset[str]]
    """Of which programmes each document speaks."""

    def of(self, key: str | None, document: str, text: str = "") -> str | None:
        """The key that counts where a claim of this document writes `key`, or none and these words."""
        if key is None:
            key = _programme_aliases().get(fold(text)) or self.by_document.get(document)
        return None if key is None else self.by_key.get(key, key)


def written_keys(claims: Iterable[Claim]) -> dict[str, set[str]]:
    """By document: the programme keys that its claims have, as they are written; documents without any are left out."""
    documents: dict[str, set[str]] = defaultdict(set)
    for claim in claims:
        for key in (_own_key(claim.subject), claim.subject.programme):
            if key:
                documents[claim.document].add(key)
    return dict(documents)


def keys_of(documents: Mapping[str, Collection[str]], written: Collection[str]) -> Keys:
    """What the keys of these documents stand for. `written`: the keys of the whole ledger, or at least all those of the
    investors that these documents write of: what a key without a host stands for depends on its investor's others."""
    hosts: dict[str, set[str]] = defaultdict(set)
    for key in {*written, *programmes()}:
        if not key.endswith(">?"):
            hosts[investor_of(key)].add(key)
    by_key = {}
    for key in {key for its in documents.values() for key in its}:
        _, _, host = key.partition(">")
        whole = hosts[investor_of(key)]
        # Beside a pledge that is known, what one report calls another country's host is no reason to doubt.
        whole = whole if len(whole) == 1 else whole & set(programmes())
        by_key[key] = next(iter(whole)) if host in ("?", "") and len(whole) == 1 else key
    spoken = {d: frozenset(by_key[k] for k in keys) for d, keys in documents.items()}
    return Keys(by_key, {d: next(iter(keys)) for d, keys in spoken.items() if len(keys) == 1}, spoken)


def investor_of(key: str) -> str:
    """'JP' of 'JP>US'."""
    return key.partition(">")[0]


def _own_key(mention: Mention) -> str | None:
    return mention.key if mention.kind is EntityKind.PROGRAMME and mention.key and ">" in mention.key else None


@cache
def _programme_aliases() -> dict[str, str]:
    found: dict[str, set[str]] = defaultdict(set)
    for key, programme in programmes().items():
        for name in (programme["name"], *programme.get("aliases", ())):
            found[fold(name)].add(key)
    return {name: next(iter(keys)) for name, keys in found.items() if len(keys) == 1}


@lru_cache(maxsize=4096)
def _programme_name(key: str) -> str:
    known = programmes().get(key)
    if known:
        return str(known["name"])
    investor, _, host = key.partition(">")
    if host in ("", "?"):
        return f"{country_name(investor)} investment programme"
    return f"{country_name(investor)}–{short_country_name(host)} investment programme"


# Projects


def sightings(claims: list[Claim], keys: Keys, people: Directory) -> Iterable[tuple[Sighting, Claim]]:
    """What these claims say of projects, each with its claim; a document's sightings follow from its claims alone."""
    roles = lexicon("ledger_projects")["sponsors"]
    # The mentions of one project of a document say the same of it: what one of them adds is said of all.
    parties: dict[tuple[str, Mention], set[str]] = defaultdict(set)
    costs: dict[tuple[str, Mention], set[float]] = defaultdict(set)
    for claim in claims:
        if (
            claim.subject.kind is EntityKind.PROJECT
            and claim.attribute is Attribute.PARTY
            and claim.modality is not Modality.DENIED
            and isinstance(claim.value, Party)
            and claim.value.role in roles
        ):
            parties[claim.document, _facts(claim.subject)].add(people.id(claim.value.name))
        elif claim.subject.kind is EntityKind.PROJECT and (amount := _cost(claim)) is not None:
            costs[claim.document, _facts(claim.subject)].add(amount)
    for claim in claims:
        mention = claim.subject
        if mention.kind is not EntityKind.PROJECT:
            continue
        sponsors = set(parties.get((claim.document, _facts(mention)), ()))
        if mention.sponsor:
            sponsors.add(people.id(mention.sponsor))
        if not (mention.project_kind or sponsors or mention.place or mention.key):
            continue  # "The project", and nothing more: nobody knows which.
        programme = keys.of(mention.programme, claim.document)
        # "The Calama project": where nothing else tells the place, a name that is a town's does.
        stands = mention.place is None and mention.key is not None and bool(town_ids(mention.key))
        place, key = (mention.key, None) if stands else (mention.place, mention.key)
        sighting = Sighting(
            document=claim.document,
            text=mention.text,
            programme=programme,
            kind=mention.project_kind,
            sponsors=frozenset(sponsors),
            place=place,
            key=key,
            amounts=frozenset(costs.get((claim.document, _facts(mention)), ())),
            anchor=_anchor(claim.document, _facts(mention)),
        )
        yield sighting, claim


def _facts(mention: Mention) -> Mention:
    """A mention without its words: what all mentions of one project in a document share."""
    return replace(mention, text="", span=None, aliases=())


def anchors_of(claims: Iterable[Claim]) -> dict[str, str]:
    """The anchor of what each claim on a project is about, by claim id."""
    return {c.id: _anchor(c.document, _facts(c.subject)) for c in claims if c.subject.kind is EntityKind.PROJECT}


@lru_cache(maxsize=16384)
def _anchor(document: str, facts: Mention) -> str:
    """Names a sighting for judgements: from its document and what it says there, so that it survives every rebuild."""
    said = (facts.project_kind, facts.sponsor, facts.place, facts.key, facts.programme)
    return stable_id("s", document, *("" if s is None else s for s in said))


def _cost(claim: Claim) -> float | None:
    """A project's own amount to two digits, so that 33 and 33.3 billion are one; None for parts and denials."""
    value = claim.value
    if (
        not isinstance(value, Money)
        or claim.modality is Modality.DENIED
        or claim.scope not in (None, "total", "project")
    ):
        return None
    amount = value.high if value.high is not None else value.low
    return float(f"{amount:.1e}") if amount and value.currency == "USD" and value.period is None else None


@dataclass(frozen=True, slots=True)
class Described:
    """A project as an entity, up to what depends on others that are called alike."""

    stem: tuple[str, str, str]
    """What identifies it: programme, kind, and its first sponsor, place or name."""
    name: str
    """What it is called, unless another project is called so too."""
    sponsor: str | None
    place: str | None
    rank: tuple[str, ...]
    """Sorts projects of one stem."""
    texts: tuple[str, ...]
    """What reports call it, sorted, no more than are shown."""
    facts: tuple[tuple[str, str], ...]


def described(project: Project, people: Directory) -> Described:
    """The description of a project."""
    first = people.entities.get(project.sponsors[0]) if project.sponsors else None
    sponsor = first.name if first is not None else None
    place = project.places[0] if project.places else None
    what = label(project.kind) if project.kind else "project"
    own = next((s.key for s in project.sightings if s.key), None)
    third = project.sponsors[0] if sponsor else place or (f"named {own}" if own else "")
    facts = {"programme": project.programme, "project_kind": project.kind, "sponsor": sponsor, "place": place}
    return Described(
        stem=(project.programme or "", project.kind or "", third),
        name=_joined(sponsor, what) if sponsor else _joined(own or place or "", what) if own or place else what,
        sponsor=sponsor,
        place=place,
        rank=(place or "", *order(project.sightings[0])),
        texts=tuple(sorted(_texts(project))[: _MOST_ALIASES + 1]),
        facts=tuple(sorted((k, v) for k, v in facts.items() if v)),
    )


def numbered(found: Iterable[Described]) -> dict[Described, str]:
    """The id of each project: made from its stem; of several with one stem, from their place and number too."""
    taken: Counter[tuple[str, str, str]] = Counter()
    ids = {}
    for project in sorted(set(found), key=lambda d: (d.stem, d.rank)):
        taken[project.stem] += 1
        number = taken[project.stem]
        parts = (*project.stem, project.place or "", str(number)) if number > 1 else project.stem
        ids[project] = stable_id("e", EntityKind.PROJECT, *parts)
    return ids


def _texts(project: Project) -> set[str]:
    """The words that mean it, and names in Latin letters inside CJK ones ("得克萨斯GulfLink码头")."""
    texts = {s.text for s in project.sightings if s.text}
    return texts | {found for text in texts if is_cjk(text) for found in _LATIN.findall(text)}


def project_entity(project: Described, id_: str, alone: bool) -> Entity:
    """The entity of a project; `alone`: whether no other project is called so."""
    shown = project.name if alone or not (project.place and project.sponsor) else f"{project.name}, {project.place}"
    aliases = tuple(text for text in project.texts if text != shown)[:_MOST_ALIASES]
    return Entity(id_, EntityKind.PROJECT, shown, aliases, project.facts)


def _project_entities(found: list[Project], people: Directory) -> list[tuple[Entity, Project]]:
    told = {described(project, people): project for project in found}
    names = Counter(d.name for d in told)
    ids = numbered(told)
    return [(project_entity(d, ids[d], names[d.name] == 1), project) for d, project in told.items()]


def _joined(sponsor: str, what: str) -> str:
    """'Acme LNG project'; without the words that the sponsor's name holds already: 'Falcon Copper smelter'."""
    held = fold(sponsor).split()
    words = [word for word in what.split() if word.casefold() not in held]
    return " ".join([sponsor, *(words or ["project"])])


# All else


def simple_entity(claim: Claim, keys: Keys, people: Directory, grouped: Mapping[tuple[str, Mention], Batch]) -> Entity:
    """The entity of a claim that is not about a project that can be told. `grouped`: see `batches`."""
    mention = claim.subject
    kind = mention.kind
    if kind is EntityKind.PROGRAMME and mention.key and ">" not in mention.key:
        # A fund's or a ministry's programme, no country's pledge to another: it is its own, and its document's.
        return _entity(EntityKind.UNKNOWN, f"{claim.document}|{fold(mention.key)}", mention.text, {})
    if kind is EntityKind.PROGRAMME:
        key = keys.of(_own_key(mention), claim.document, mention.text)
        if key is not None:
            investor, _, host = key.partition(">")
            return _entity(kind, key, _programme_name(key), {"investor": investor, "host": host, "programme": key})
        return _entity(kind, fold(mention.text), mention.text, {})
    if kind is EntityKind.TRANCHE:
        batch = grouped[claim.document, mention]
        name = batch.called(_programme_name(batch.programme) if batch.programme else None)
        ordinal = str(batch.ordinal) if batch.ordinal is not None else None
        return _entity(kind, batch.key, name, {"programme": batch.programme, "ordinal": ordinal})
    if kind in (EntityKind.ORGANISATION, EntityKind.PERSON):
        known = people.find(mention.key or mention.text)
        if known is not None:
            return known
    if kind in (EntityKind.PROJECT, EntityKind.UNKNOWN):
        # Words that name nothing are about something in their own document only.
        return _entity(kind, f"{claim.document}|{mention.key or fold(mention.text)}", mention.text, {})
    if kind is EntityKind.MARKET and mention.key and mention.text == "tariff rate":
        # A tariff is named by its law, goods and country, the same in all languages; it is a term of that pledge.
        return _entity(kind, mention.key, mention.key, {"compared": "tariff", "programme": mention.programme})
    if kind is EntityKind.PLACE and (code := country_code(mention.key or mention.text)):
        return _entity(kind, code, country_name(code), {"country": code})
    return _entity(kind, fold(mention.key or mention.text), mention.text, {})


def _entity(kind: EntityKind, key: str, name: str, facts: Mapping[str, str | None]) -> Entity:
    attributes = tuple(sorted((k, v) for k, v in facts.items() if v))
    return Entity(stable_id("e", kind, key), kind, name, (), attributes)


def with_aliases(entity: Entity, mentions: Iterable[Mention]) -> Entity:
    """The entity with all that these mentions, the ones of all its claims, call it."""
    texts = {name for m in mentions for name in (m.text, *m.aliases) if name}
    name = entity.name
    if ("compared", "tariff") in entity.attributes:
        return entity
    if entity.kind in (EntityKind.MARKET, EntityKind.COMMODITY) and texts:
        name = min(texts, key=lambda t: (len(t), t))  # One of several spellings, the same whatever was read first.
    aliases = tuple(sorted((texts | set(entity.aliases)) - {name})[:_MOST_ALIASES])
    return Entity(entity.id, entity.kind, name, aliases, entity.attributes)


def members(claims: list[Claim], home: Mapping[str, str], entities: Mapping[str, Entity]) -> dict[str, tuple[str, ...]]:
    """By batch, the projects that some document names beside it."""
    named: dict[str, dict[str, Entity]] = defaultdict(dict)
    for claim in claims:
        entity = entities[home[claim.id]]
        named[claim.document][entity.id] = entity
    found: dict[str, set[str]] = defaultdict(set)
    for its in named.values():
        for tranche, project in together(its.values()):
            found[tranche].add(project)
    return {tranche: tuple(sorted(ids)) for tranche, ids in sorted(found.items())}


def together(entities: Collection[Entity]) -> list[tuple[str, str]]:
    """The pairs of a batch and a project of its programme among the entities of one document.

    A report of two batches does not say by standing together which project is in which.
    """
    tranches = [e for e in entities if e.kind is EntityKind.TRANCHE]
    programme = dict(tranches[0].attributes).get("programme") if len(tranches) == 1 else None
    if programme is None:
        return []
    named = [e for e in entities if e.kind is EntityKind.PROJECT]
    return sorted((tranches[0].id, e.id) for e in named if dict(e.attributes).get("programme") == programme)
