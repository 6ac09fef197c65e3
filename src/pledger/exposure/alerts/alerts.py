"""Rules and the two answers of the ledger in, alerts out: pure, and the same alerts with the same ids every time."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from pledger.exposure.alerts.conditions import CONDITIONS, Found, Scene
from pledger.exposure.alerts.rules import Of, Rule, Rules
from pledger.exposure.alerts.words import Alert, Condition
from pledger.ledger import same_name
from pledger.ledger.names import fold
from pledger.ledger.say import value as say
from pledger.model import Entity, EntityKind, stable_id
from pledger.vehicle.sectors import UNKNOWN, sector_of

__all__ = ["alerts", "programme_of"]

_KEPT = 20
"""Claims that an alert names."""


def alerts(rules: Rules, scene: Scene, judged: str = "") -> list[Alert]:
    """What the rules find, rule by rule. `judged`: a word for all judgements, which tells two changes that no claim
    brought; see `Look`."""
    return [alert for rule in rules.rules for alert in _of(rule, scene, judged)]


def programme_of(entity: Entity) -> str | None:
    """Key of the programme that an entity belongs to or is."""
    return dict(entity.attributes).get("programme")


def _of(rule: Rule, scene: Scene, judged: str) -> Iterator[Alert]:
    found = [f for f in CONDITIONS[rule.condition](rule, scene) if _looks_at(rule.of, f)]
    for f in sorted(found, key=_order):
        fact = "|".join((rule.when, f.attribute or "", f.qualifier, say(f.after) if f.after is not None else f.words))
        yield Alert(
            id=_id(rule, f, fact, judged),
            rule=rule.name,
            condition=rule.condition,
            entity=f.entity,
            programme=programme_of(f.entity),
            attribute=f.attribute,
            qualifier=f.qualifier,
            before=f.before,
            after=f.after,
            words=f.words,
            about=f.about,
            fact=fact,
            claims=(f.claims or f.rests)[:_KEPT],
            brought=bool(f.claims),
        )


def _id(rule: Rule, f: Found, fact: str, judged: str) -> str:
    """From what became what by which claim, not from the look that found it.

    Of what no claim brought, from the judgements that stood then: made, withdrawn and made again is told three times.
    A day that comes near is told once, whoever reports it besides.
    """
    before = say(f.before) if f.before is not None else ""
    if rule.condition is Condition.DATE:
        return stable_id("a", rule.name, fact, f.entity.id)
    return stable_id("a", rule.name, fact, before, f.claims[0] if f.claims else f"{f.entity.id} {judged}")


def _order(f: Found) -> tuple[str, str, str, str, str]:
    return (programme_of(f.entity) or "~", f.entity.name, f.attribute or "", f.qualifier, f.about)


def _looks_at(of: Of, f: Found) -> bool:
    """Whether a rule looks at what was found: of each field that it has, one word fits."""
    its = dict(f.entity.attributes)
    return (
        (not of.programme or programme_of(f.entity) in of.programme)
        and (not of.kind or str(f.entity.kind) in of.kind)
        and (not of.attribute or (f.attribute is not None and str(f.attribute) in of.attribute))
        and (not of.matter or any(_matter(f.qualifier, m) for m in of.matter))
        and (not of.project or (f.entity.kind is EntityKind.PROJECT and _spoken_of(f.entity, of.project)))
        and (not of.entity or _named(of.entity, _names(f)))
        and (not of.sector or _sector(f.entity, its) in of.sector)
    )


def _matter(qualifier: str, wanted: str) -> bool:
    """`supplier` is meant by `supplier: Toshiba`; an empty word by nothing that tells two figures apart."""
    return qualifier == wanted or (wanted != "" and qualifier.startswith(f"{wanted}:"))


def _spoken_of(entity: Entity, wanted: Iterable[str]) -> bool:
    """Whether some of these words stand as such in the project's names or its sponsor's, or one is its id."""
    names = [fold(name) for name in (entity.name, *entity.aliases, dict(entity.attributes).get("sponsor", "")) if name]
    for word in wanted:
        mine = fold(word)
        bound = (r"(?<!\w)", r"(?!\w)") if mine.isascii() else ("", "")
        pattern = re.compile(f"{bound[0]}{re.escape(mine)}{bound[1]}")
        if word == entity.id or any(pattern.search(name) for name in names):
            return True
    return False


def _names(f: Found) -> list[str]:
    """By which a rule's `entity` may mean what was found."""
    its = [f.entity.name, *f.entity.aliases, dict(f.entity.attributes).get("sponsor", "")]
    if f.party is not None:
        its += [f.party.name, *f.party.aliases]
    return [name for name in its if name]


def _named(wanted: Iterable[str], names: list[str]) -> bool:
    """Whether one of the names is one of those that are wanted, as the ledger tells names (Hitachi Construction
    Machinery is not Hitachi)."""
    return any(same_name(word, name).outcome == "same" for word in wanted for name in names)


def _sector(entity: Entity, its: dict[str, str]) -> str | None:
    if entity.kind is not EntityKind.PROJECT:
        return None
    found = sector_of((its.get("project_kind", ""), entity.name))
    return None if found == UNKNOWN else found
