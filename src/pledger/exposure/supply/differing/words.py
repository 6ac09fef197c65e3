"""Shares, markets and those who speak of them in words, as the sentences of conflicts and agreements have them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from pledger.exposure.supply.places import name_of
from pledger.exposure.supply.voicing import share_of
from pledger.exposure.supply.wholes import Whole
from pledger.exposure.supply.words import ALL, Commodity, Measure, Step
from pledger.ledger.agree import Reach, reach
from pledger.ledger.explain import conflict, plural, who
from pledger.ledger.say import share as share_words
from pledger.model import Attribute, Conflict, ConflictKind, Entity, EntityKind, Share, Side, stable_id

if TYPE_CHECKING:
    from pledger.exposure.supply.reported import Reported

__all__ = [
    "DRIFT", "ROUNDING", "Agreement", "bare", "conflict_of", "described", "how_they_differ", "in_years", "labelled",
    "of_whom", "possessive", "reached", "said_of", "whole_at_most", "wider",
]  # fmt: skip

DRIFT = 0.05
"""By how much a country's share of a market may move in a year: an assumption. Even China's share of mined rare earths,
which new mines elsewhere brought from some 97 % in 2010 down to 69 % in 2024, moved by two points a year on average."""
ROUNDING = 0.005
"""How far a share told in whole per cent may be from the truth."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Words on one thing that hold together, and one sentence that says so."""

    commodity: str
    country: str
    figures: tuple[str, ...]
    text: str
    reference: str | None = None
    """Where the table has its row from."""


def described(commodity: Commodity, whole: Whole) -> str:
    """A market in words: `the world's output of synthetic industrial diamond, abrasive grade`."""
    steps = {m.step for m in commodity.markets if m.measure is whole.measure} | {whole.step}
    plain = whole.step is Step.MANUFACTURED or len(steps) == 1 or str(whole.step) in commodity.name
    told = "" if plain else f"{whole.step} "
    what = f"{told}{commodity.name}" + (f", {whole.grade}" if whole.grade != ALL else "")
    whose = possessive(_the(whole.importer)) if whole.importer else "the world's"
    noun = {Measure.PRODUCTION: "output", Measure.IMPORTS: "imports", Measure.USE: "use"}[whole.measure]
    return f"{whose} {noun} of {what}"


def _the(code: str) -> str:
    name = name_of(code)
    return f"the {name}" if name.startswith(("United ", "European ", "Netherlands", "Philippines")) else name


def possessive(name: str) -> str:
    """`China's`, `the United States'`."""
    return f"{name}'" if name.endswith("s") else f"{name}'s"


def in_years(whole: Whole) -> str:
    """The years that are meant: `2024`, `2020 to 2023`, `undated`."""
    if whole.first is None or whole.last is None:
        return "undated"
    return str(whole.last) if whole.first == whole.last else f"{whole.first} to {whole.last}"


def bare(share: Share) -> str:
    """A share without what it is of: `at least 60 %`."""
    return share_words(replace(share, of=None, period=None))


def _text(one: Reported, side: Side) -> str:
    """The words that carry the value of a side: by them its rounding is told."""
    return next((t.voice.claim.text for t in one.told if t.voice.claim.id in side.claims), "")


def reached(one: Reported, side: Side) -> Reach:
    """From where to where the share of a side may lie, by how precisely its words state it."""
    return whole_at_most(reach(share_of(side.value), _text(one, side)))


def whole_at_most(there: Reach) -> Reach:
    """A share is at most the whole: 'over 95 %' does not reach to the double."""
    return replace(there, high=min(there.high, max(1.0, there.low)))


def said_of(one: Reported, side: Side) -> str:
    """Who says what of which year: `PRISM News says at least 60 % (undated)`."""
    voices = [t.voice for t in one.told if t.voice.claim.id in side.claims]
    return f"{who(voices)} {'say' if plural(voices) else 'says'} {bare(share_of(side.value))} ({in_years(one.whole)})"


def labelled(one: Reported, side: Side) -> str:
    """A side in short: `at least 95 % of abrasive grade (2024)`, `77 % of imports, grit and powder (2020 to 2023)`."""
    whole = one.whole
    what = [*([str(whole.measure)] if whole.measure is not Measure.PRODUCTION else []), whole.grade]
    return f"{bare(share_of(side.value))} of {', '.join(what)} ({in_years(whole)})"


def of_whom(commodity: Commodity, one: Reported) -> str:
    """Whose share of what is spoken of, at the head of a sentence."""
    return f"of {possessive(name_of(one.country))} share of {described(commodity, one.whole)},"


def how_they_differ(a: Whole, b: Whole) -> str:
    """In what two wholes differ, in words."""
    if a.measure is not b.measure or a.importer != b.importer:
        return "what a country imports or uses is not what the world makes"
    if a.step is not b.step:
        return f"one is {a.step}, the other {b.step}"
    if ALL in (a.grade, b.grade):
        return "one is a part of the other, and a part may be held more closely than all"
    return f"{a.grade} and {b.grade} are different parts of it"


def _entity(commodity: Commodity) -> Entity:
    return Entity(
        stable_id("e", EntityKind.COMMODITY, commodity.key), EntityKind.COMMODITY, commodity.name, commodity.names
    )


def conflict_of(
    commodity: Commodity,
    kind: ConflictKind,
    sides: Sequence[Side],
    text: str,
    reference: str | None = None,
    values: Sequence[str] = (),
) -> Conflict:
    """A conflict about a commodity's shares; `reference`: the table's source, `values`: the sides in words."""
    return conflict(_entity(commodity), Attribute.SHARE, kind, sides, text, reference, values)


def wider(there: Reach, spare: float) -> Reach:
    """The same with so much more to each side."""
    return replace(there, low=there.low - spare, high=there.high + spare)
