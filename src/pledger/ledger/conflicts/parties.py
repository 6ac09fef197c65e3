"""Two names in a part for one: who operates a project, who stands behind its loans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from typing import Any

from pledger.data import lexicon
from pledger.ledger.agree import MOST_SIDES
from pledger.ledger.explain import conflict, plural, who
from pledger.ledger.geography import country_code
from pledger.ledger.names import fold, is_cjk
from pledger.ledger.picture import Picture
from pledger.ledger.say import names
from pledger.ledger.voices import PLEDGERS, Voice
from pledger.ledger.weigh import make_side
from pledger.model import Attribute, Conflict, ConflictKind, Entity, Party, Side

__all__ = ["party_disputes"]

Holders = dict[str, list[Voice]]
_ALL = frozenset(map(str, PLEDGERS))


def party_disputes(picture: Picture) -> list[Conflict]:
    """Two institutions that different origins name where there can be one; the questions are in the lexicon.

    Whom one origin names together may share the part, and so may an owner and the house that it owns. Countries, their
    governments (whose agencies and banks are named too) and words that are no name ("private banks") answer nothing.
    """
    found = []
    for question in lexicon("ledger_projects")["exclusive"]:
        for entity, holders in _holders(picture, question["roles"], question.get("of", [])):
            found += _dispute(picture, entity, holders, question)
    return found


def _holders(picture: Picture, roles: list[str], kinds: list[str]) -> list[tuple[Entity, Holders]]:
    by_entity: dict[str, Holders] = defaultdict(lambda: defaultdict(list))
    entities: dict[str, Entity] = {}
    for figure in picture.figures:
        for side in figure.sides:
            value = side.value
            if not isinstance(value, Party) or value.role not in roles or figure.entity.kind not in PLEDGERS:
                continue
            if _is_state(value.name) or str(figure.entity.kind) not in (kinds or _ALL):
                continue
            if value.name != value.name.lower() or is_cjk(value.name):
                entities[figure.entity.id] = figure.entity
                by_entity[figure.entity.id][value.name] += picture.of(side)
    return [(entities[key], holders) for key, holders in sorted(by_entity.items())]


def _is_state(name: str) -> bool:
    """Whether a name is a country or its government."""
    words = fold(name)
    return country_code(name) is not None or any(
        words.endswith(word) if is_cjk(word) else word in words.split()
        for word in lexicon("ledger_projects")["governments"]
    )


def _dispute(picture: Picture, entity: Entity, holders: Holders, question: Mapping[str, Any]) -> list[Conflict]:
    words = {name: {(v.root.key, v.claim.document) for v in voices} for name, voices in holders.items()}
    order = sorted(holders, key=lambda n: (-len({origin for origin, _ in words[n]}), n))[:MOST_SIDES]
    first = order[0]
    apart = [
        n
        for n in order[1:]
        if not (picture.owns(first, n) or picture.owns(n, first)) and _exclude(words[first], words[n])
    ]
    if not apart:
        return []
    shown = [first, *apart]
    said = []
    for name in shown:
        voices = holders[name]
        roles = names(sorted({v.claim.value.role for v in voices if isinstance(v.claim.value, Party)}))
        said.append(f"{who(voices)} {'name' if plural(voices) else 'names'} {name} ({roles})")
    sides = [_side(name, holders[name]) for name in shown]
    text = f"On {question['asks']}: {names(said)}: {question['why']}."
    return [conflict(entity, Attribute.PARTY, ConflictKind.DISPUTE, sides, text, values=shown)]


def _exclude(a: set[tuple[str, str]], b: set[tuple[str, str]]) -> bool:
    """Whether different origins name each alone, and fewer name both in one report; words are (origin, document)."""
    both, ours, theirs = ({origin for origin, _ in words} for words in (a & b, a - b, b - a))
    return len(ours | theirs) > 1 and len(both) < min(len(ours), len(theirs))


def _side(name: str, voices: list[Voice]) -> Side:
    roles = sorted(v.claim.value.role for v in voices if isinstance(v.claim.value, Party))
    return make_side(Party(name, max(roles, key=lambda r: (roles.count(r), r))), voices)
