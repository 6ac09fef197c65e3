"""What figures and conflicts are about, and how they stand, in words."""

from __future__ import annotations

from pledger.model import (
    Attribute,
    Conflict,
    ConflictKind,
    DateValue,
    Entity,
    EntityKind,
    Figure,
    Modality,
    Party,
    Share,
    Standing,
    Text,
    Value,
)
from pledger.views.wording.values import say, say_kind, say_share

__all__ = [
    "say_attribute",
    "say_beside",
    "say_conflict",
    "say_conflict_kind",
    "say_entity",
    "say_figure",
    "say_matter",
    "say_modality",
    "say_name",
    "say_party",
    "say_standing",
    "say_subject",
    "say_weight",
]

_EVENTS = {
    "announce": "announcement",
    "decide": "decision",
    "sign": "signing",
    "fund": "funding",
    "start": "start",
    "complete": "completion",
    "deadline": "deadline",
    "visit": "visit",
    "meet": "meeting",
    "other": "date",
}
_SCOPES = {
    "ceiling": "ceiling",
    "tranche": "amount of a group of projects",
    "part": "part of the amount",
}
_CONFLICTS = {
    ConflictKind.SLIP: "slip",
    ConflictKind.ARITHMETIC: "does not add up",
    ConflictKind.DISPUTE: "dispute",
    ConflictKind.UPDATE: "update",
    ConflictKind.DEFINITION: "definition",
}


def say_standing(standing: Standing) -> str:
    """`agreed`, `contested`, `single source` or `unsupported`."""
    return standing.value.replace("-", " ")


def say_modality(modality: Modality, words: str | None = None) -> str:
    """How far the words commit themselves: `asserted`, `possible (“could”)`."""
    return f"{modality.value} (“{words}”)" if words and modality is not Modality.ASSERTED else modality.value


def say_conflict_kind(kind: ConflictKind) -> str:
    """`slip`, `does not add up`, `dispute`, `update` or `definition`."""
    return _CONFLICTS[kind]


def say_attribute(attribute: Attribute, qualifier: str = "") -> str:
    """What a figure is about: `ceiling`, `completion`, `sponsor`, `share of GDP of Japan`, `stage`."""
    # The ledger tells figures apart by `role: name` and `scope: amount`; the rest is in the value already.
    qualifier = qualifier.partition(": ")[0].rstrip(": ")
    match attribute:
        case Attribute.AMOUNT:
            return _SCOPES.get(qualifier, f"amount {say_kind(qualifier)}" if qualifier.startswith("a ") else "amount")
        case Attribute.DATE:
            return _EVENTS.get(qualifier, say_kind(qualifier) or "date")
        case Attribute.PARTY:
            return say_kind(qualifier) or "party"
        case Attribute.SHARE:
            return f"share of {say_kind(qualifier)}" if qualifier else "share"
        case Attribute.INSTRUMENT:
            return "instruments"
        case Attribute.LOCATION:
            return "place"
        case Attribute.OWNERSHIP:
            return "owner"
        case Attribute.CONDITION:
            return say_kind(qualifier) or "condition"
        case _:
            return attribute.value


def say_figure(figure: Figure) -> str:
    """A figure's value beside its label: see `say_beside`."""
    return say_beside(figure.value, figure.qualifier)


def say_beside(value: Value, qualifier: str) -> str:
    """A value without what a label made from `qualifier` says already: a role, the whole of a share, a topic."""
    if isinstance(value, Party) and qualifier:
        return value.name
    if isinstance(value, Share) and value.of and qualifier.startswith(value.of):
        return say_share(Share(value.low, value.high, value.qualifier, None, value.period))
    if isinstance(value, Text) and qualifier:
        denied, text = "denied: " if value.text.startswith("denied: ") else "", value.text.removeprefix("denied: ")
        if text.startswith(f"{qualifier}: "):
            told = text.removeprefix(f"{qualifier}: ")
            return denied + ("yes" if told == qualifier else told)
    return say(value)


def say_entity(entity: Entity) -> str:
    """What a figure is about, at the head of a row; words that name nothing are shown as a quotation."""
    if entity.kind is not EntityKind.UNKNOWN:
        return say_name(entity.name)
    return "subject not told" if entity.name == "unstated" else f"subject not told (“{entity.name}”)"


def say_party(value: Value) -> str:
    """A party by its name alone, where its role is said already; any other value as always."""
    return value.name if isinstance(value, Party) else say(value)


def say_weight(weight: float) -> str:
    """A side's weight; of what weighs nothing, why: its origins have said otherwise since, or later reports have."""
    return f"weight {weight:.2f}" if weight > 0 else "weight 0, replaced by later words"


def say_name(name: str) -> str:
    """A name as it stands at the head of a row: with a capital, also where it is only a description."""
    return name[:1].upper() + name[1:]


def say_subject(kind: EntityKind) -> str:
    """The plural of an entity's kind, as a heading: `programmes`."""
    return {EntityKind.COMMODITY: "commodities", EntityKind.PERSON: "people"}.get(kind, f"{kind.value}s")


def say_conflict(conflict: Conflict) -> str:
    """A conflict's sides in one line: `$550bn against $55bn`."""
    return " against ".join(say(side.value) for side in conflict.sides)


def say_matter(conflict: Conflict) -> str:
    """What a conflict is about: `amount`, `deadline`, `share of GDP of Japan`."""
    value = conflict.sides[0].value if conflict.sides else None
    match value:
        case DateValue(event=event) if event != "other":
            return say_attribute(conflict.attribute, event)
        case Share(of=of) if of:
            return say_attribute(conflict.attribute, of)
        case Text(text=text) if conflict.attribute is Attribute.CONDITION:
            return say_attribute(conflict.attribute, text.partition(": ")[0])
    return say_attribute(conflict.attribute)
