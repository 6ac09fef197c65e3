"""How a value is written for a person, in the style of the field: `$550bn`, `up to $100bn`, `Q3 2026`.

Every function is pure and returns plain text without markup; who prints it escapes it. Numbers keep at most four
decimals of their unit, so that what is written never claims more, or visibly less, than the sources do.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import groupby

from pledger.data import lexicon
from pledger.model import (
    Attribute,
    Attribution,
    Conflict,
    ConflictKind,
    DateValue,
    Document,
    Entity,
    EntityKind,
    Figure,
    Instruments,
    Modality,
    Money,
    Outlook,
    Ownership,
    Party,
    Qualifier,
    Share,
    Stage,
    StageValue,
    Standing,
    Text,
    Value,
)
from pledger.views.days import say_date, say_interval

__all__ = [
    "chain",
    "say",
    "say_attribute",
    "say_beside",
    "say_chain",
    "say_conflict",
    "say_conflict_kind",
    "say_count",
    "say_date",
    "say_document",
    "say_entity",
    "say_figure",
    "say_instruments",
    "say_interval",
    "say_kind",
    "say_list",
    "say_matter",
    "say_modality",
    "say_moment",
    "say_money",
    "say_name",
    "say_notice",
    "say_origin",
    "say_party",
    "say_share",
    "say_stage",
    "say_standing",
    "say_subject",
    "say_weight",
]

# Symbols as the financial press prints them; a currency that is not here is written as its code and a space.
_SYMBOLS = {
    "USD": "$",
    "EUR": "€",
    "GBP": "£",
    "JPY": "¥",
    "KRW": "₩",
    "INR": "₹",
    "CNY": "CN¥",
    "TWD": "NT$",
    "HKD": "HK$",
    "AUD": "A$",
    "CAD": "C$",
    "NZD": "NZ$",
    "SGD": "S$",
}
_UNITS = ((1e12, "tn"), (1e9, "bn"), (1e6, "m"))
_DECIMALS = 4
_PLURALS = {
    "loan": "loans",
    "guarantee": "guarantees",
    "loan_guarantee": "loan guarantees",
    "grant": "grants",
    "bond": "bonds",
    "credit_line": "credit lines",
}
# What stands between a rung and the next: how an outlook is said.
_NEXT = {
    Stage.CANDIDATE: ("decision imminent", "nothing decided yet"),
    Stage.PLEDGED: ("commitment imminent", "not yet committed"),
    Stage.COMMITTED: ("start imminent", "not yet started"),
    Stage.IMPLEMENTATION: ("completion imminent", "not yet completed"),
}
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
_NOTICES = {
    "ai-generated": "says it is AI-generated",
    "sponsored": "sponsored content",
    "correction": "carries a correction",
}
_UNNAMED = re.compile(r"unnamed publisher [0-9a-f]{8}: (“.+”)")
_KEY = re.compile(r"[a-z0-9]{1,40}(?:_[a-z0-9]{1,40}){1,8}")


def say(value: Value) -> str:
    """The value as a person writes it; see the functions below for each kind of value."""
    match value:
        case Money():
            return say_money(value)
        case Share():
            return say_share(value)
        case StageValue():
            return say_stage(value)
        case DateValue():
            return say_interval(value.interval)
        case Party():
            return f"{value.name} ({say_kind(value.role)})" if value.role else value.name
        case Instruments():
            return say_instruments(value)
        case Ownership():
            return f"{value.owner} owns {value.owned}"
        case Text():
            return say_kind(value.text)


def say_kind(key: str) -> str:
    """A key of a lexicon as words (`smr` → `small modular reactors`); other words are left as they are."""
    known = lexicon("kinds")["kinds"].get(key)
    if known and "label" in known:
        return str(known["label"])
    return key.replace("_", " ") if _KEY.fullmatch(key) else key


def say_list(items: Iterable[str]) -> str:
    """Items joined as in a sentence: `equity, loans and guarantees`."""
    words = list(items)
    return " and ".join(words) if len(words) < 3 else f"{', '.join(words[:-1])} and {words[-1]}"


def say_count(n: int, one: str, many: str | None = None) -> str:
    """A count with its noun: `1 origin`, `3 origins`."""
    return f"{n:,} {one if n == 1 else many or one + 's'}"


def say_instruments(value: Instruments) -> str:
    """Instruments as nouns: `equity, loans and guarantees`."""
    return say_list(_PLURALS.get(i, say_kind(i)) for i in value.instruments)


def say_money(value: Money) -> str:
    """An amount with its qualifier and rate: `about ¥7.18tn`, `from $350m to $100bn`, `up to $20bn a year`."""
    low, high = (None if n is None else _money(n, value.currency) for n in (value.low, value.high))
    rate = f" a {value.period}" if value.period else ""
    return _bounded(low, high, value.qualifier, "an amount not told") + rate


def say_share(value: Share) -> str:
    """A share in per cent with its whole: `about 10 % of GDP of Japan`, `at least 60 %`."""
    low, high = (None if n is None else f"{_percent(n)} %" for n in (value.low, value.high))
    whole = f" of {value.of}" if value.of else ""
    rate = f" a {value.period}" if value.period else ""
    return _bounded(low, high, value.qualifier, "a share not told") + whole + rate


def _bounded(low: str | None, high: str | None, qualifier: Qualifier, nothing: str) -> str:
    if low is None and high is None:
        return nothing
    if low is None:
        return f"up to {high}"
    if high is None:
        return f"at least {low}"
    if low != high:
        return f"from {low} to {high}"
    return f"about {low}" if qualifier is Qualifier.ABOUT else low


def _money(amount: float, currency: str) -> str:
    sign = "−" if amount < 0 else ""
    symbol = _SYMBOLS.get(currency, f"{currency} ")
    size = abs(amount)
    for unit, name in _UNITS:
        # 999 999 950 rounds to 1,000m: the next unit up says it better.
        if round(size / unit, _DECIMALS) >= 1:
            return f"{sign}{symbol}{_number(size / unit)}{name}"
    return f"{sign}{symbol}{_number(size)}"


def _number(number: float) -> str:
    words = f"{number:,.{_DECIMALS}f}"
    return words.rstrip("0").rstrip(".")


def _percent(share: float) -> str:
    """Two decimals from one per cent on: `66.67` is said of two thirds, never `66.6667`."""
    return _number(round(share * 100, 2) if abs(share) >= 0.01 else share * 100)


def say_stage(value: StageValue | Stage) -> str:
    """A rung and what is said of the next one: `candidate, decision imminent`."""
    if isinstance(value, Stage):
        return _stage(value)
    imminent, not_yet = _NEXT.get(value.stage, (None, None))
    outlook = {Outlook.IMMINENT: imminent, Outlook.NOT_YET: not_yet}.get(value.outlook) if value.outlook else None
    return f"{_stage(value.stage)}, {outlook}" if outlook else _stage(value.stage)


def _stage(stage: Stage) -> str:
    return "under way" if stage is Stage.IMPLEMENTATION else stage.value


def say_standing(standing: Standing) -> str:
    """`agreed`, `contested`, `single source` or `unsupported`."""
    return standing.value.replace("-", " ")


def say_modality(modality: Modality, words: str | None = None) -> str:
    """How far the words commit themselves: `asserted`, `possible (“could”)`."""
    return f"{modality.value} (“{words}”)" if words and modality is not Modality.ASSERTED else modality.value


def say_conflict_kind(kind: ConflictKind) -> str:
    """`slip`, `does not add up`, `dispute`, `update` or `definition`."""
    return _CONFLICTS[kind]


def say_notice(notice: str) -> str:
    """A document's notice as a remark: `says it is AI-generated`."""
    return _NOTICES.get(notice, say_kind(notice.replace("-", "_")))


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


def say_document(document: Document) -> str:
    """Who published a document: its publisher, else the host of its address, else its path's last part."""
    if document.publisher:
        return document.publisher
    if document.url:
        host = document.url.partition("://")[2].partition("/")[0]
        if host:
            return host.removeprefix("www.")
    return document.path.replace("\\", "/").rpartition("/")[2] or "unnamed document"


def chain(document: Document, attribution: Sequence[Attribution]) -> tuple[str, ...]:
    """Who said so, outermost first: the outlet, whom it relays, and so on to the innermost source."""
    links = [say_document(document)]
    for link in attribution:
        words = link.source.lower()
        known = not link.anonymous or "unnamed" in words or "anonym" in words
        links.append(link.source if known else f"{link.source} (unnamed)")
    return tuple(links)


def say_chain(document: Document, attribution: Sequence[Attribution], arrow: str = " <- ") -> str:
    """The chain in one line: `Daily Example <- Reuters <- two officials (unnamed)`; who cites itself stands once."""
    return arrow.join(name for name, _ in groupby(chain(document, attribution)))


def say_origin(name: str) -> str:
    """An origin's name; an outlet that its article does not name goes by the article: `unnamed outlet of “Title”`."""
    found = _UNNAMED.fullmatch(name)
    return f"unnamed outlet of {found[1]}" if found else name


def say_moment(as_of: dt.date | None, known_on: dt.date | None) -> str:
    """As of when an answer is given: `as reported by 31 December 2025`; nothing where it is given by all there is."""
    told = [f"reported by {say_date(as_of)}"] if as_of else []
    told += [f"read by {say_date(known_on)}"] if known_on else []
    return f"as {' and '.join(told)}" if told else ""


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
