"""When two values say the same: within how precisely each is stated, and within its qualifier.

A stated number reaches half a unit of its last digit to both sides ('$33bn' is 32.5 to 33.5), and of two numbers the
coarser one's reach counts. 'About' reaches a tenth further. 'Up to' reaches down to half, 'at least' up to the double:
a bound agrees with a figure near it, but must not swallow a figure that is a factor of ten away. Of the cost of one
project or batch a bound says more: 'up to $100bn' agrees with what is at most a tenth below, 'more than $390bn' with
what is at most a tenth or one step of its last digit above. A figure in another currency agrees within 15 % of what it
is at a year's average rate.
"""

from __future__ import annotations

import datetime as dt
import math
import re
import unicodedata
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache

from pledger.data import reference
from pledger.ledger.voices import Voice
from pledger.model import EntityKind, Money, Qualifier, Share

__all__ = ["ABOUT", "CONVERTED", "MOST_SIDES", "Reach", "agreeing", "average_rates", "half_unit", "in_dollars", "reach"]

ABOUT = 0.10
ROUNDED = 0.25
"""The most that rounding explains, relative to the number: '$2bn' for $2.4bn, but not '$1bn' for $600m."""
_SLIGHTLY = re.compile(
    r"slightly|just (?:over|above)|a little|a shade|etwas (?:mehr|über)|knapp über"
    r"|わずかに|少し|略(?:高|超)|稍|조금|소폭"
)
MOST_SIDES = 100
"""Sides that a value is compared with: no figure has more, and a hostile text may list a hundred thousand numbers."""
CONVERTED = 0.15
_NUMBER = re.compile(r"\d{1,30}(?:[,.' \u00a0]\d{1,30}){0,10}")
_TOLERANCE = 1e-9


Form = tuple[Money | Share, float]


@dataclass(frozen=True, slots=True)
class Reach:
    """The values that a statement gives, and how far off the truth may be by its rounding and its qualifier."""

    low: float
    high: float
    spare: float = 0.0
    currency: str = ""
    """The currency in which it was stated, where the values are dollars at some rate."""
    stated: Reach | None = None
    """The values in that currency."""
    rated: bool = True
    """Whether there is a rate; without one it agrees with what is stated in its own currency only."""

    def meets(self, other: Reach) -> bool:
        """Whether the two can be one: rounding the finer as coarsely as the other would give the other.

        So the wider of the two spares counts, not their sum: '$2bn' and '$3bn' do not meet halfway. Two sums of one
        currency are compared in it: no rate blurs what they say.
        """
        if self.stated is not None and other.stated is not None and self.currency == other.currency:
            return self.stated.meets(other.stated)
        if not (self.rated and other.rated):
            return False
        spare = max(self.spare, other.spare) + _TOLERANCE * max(abs(self.high), abs(other.high))
        return self.low - spare <= other.high and other.low - spare <= self.high


_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_POSITIONAL = re.compile(r"[〇零一二三四五六七八九]{2,20}")
"""A number written digit by digit: 三三〇億 is 330億."""


@lru_cache(maxsize=65536)
def half_unit(text: str, stated: float) -> float:
    """Half a unit of the last digit with which `text` states the number `stated`; 0 where its digits are not found.

    '$33.3bn' states 33.3 billion to a tenth of a billion, so half a unit is 50 million. A number written out
    ('550,000,000,000') is taken to be rounded to its last digit that is not nought.
    """
    plain_text = _POSITIONAL.sub(lambda m: m.group().translate(_DIGITS), unicodedata.normalize("NFKC", text[:200]))
    for match in _NUMBER.finditer(plain_text):
        digits = re.sub(r"[' \u00a0]", "", match.group())
        for plain in dict.fromkeys((digits.replace(",", ""), digits.replace(".", "").replace(",", "."))):
            if plain.count(".") > 1 or not float(plain):
                continue
            scale = stated / float(plain)
            if scale <= 0 or abs(round(math.log10(scale)) - math.log10(scale)) > 1e-6:
                continue
            whole, _, decimals = plain.partition(".")
            if decimals:
                return 0.5 * scale * 10.0 ** -len(decimals)
            noughts = len(whole) - len(whole.rstrip("0"))
            return 0.5 * scale * 10.0 ** min(noughts, _idle_noughts(scale))
    return 0.0


def _idle_noughts(scale: float) -> int:
    """How many closing noughts of a whole number say nothing of its precision, by the word of scale that follows it.

    None before 'billion' or a per cent sign. All of a number that is written out. One before a hundred million
    (億, 亿, 억), the only way to write a billion there ('330億' is 33 billion); two before ten thousand.
    """
    if abs(scale - 1) < 1e-6:
        return 30
    return {4: 2, 8: 1}.get(round(math.log10(scale)), 0)


def reach(value: Money | Share, text: str, cost: bool = False) -> Reach:
    """The values that this statement allows; see the module's words for how far each qualifier reaches.

    `cost`: whether it is the cost of one project or batch.
    """
    low, high = value.low, value.high
    match value.qualifier:
        case Qualifier.AT_LEAST if low is not None:
            most = max((1 + ABOUT) * low, low + _step(low)) if cost else 2 * low
            most = (1 + ABOUT) * low if _SLIGHTLY.search(text) else most
            return Reach(low, most, half_unit(text, low))
        case Qualifier.UP_TO if high is not None:
            return Reach((1 - ABOUT) * high if cost else high / 2, high, half_unit(text, high))
        case _:
            start = low if low is not None else high if high is not None else 0.0
            end = high if high is not None else start
            # A number of one digit is rounded too, but nobody writes $1tn for $600bn.
            spare = min(max(half_unit(text, start), half_unit(text, end)), ROUNDED * end)
            if value.qualifier is Qualifier.ABOUT:
                spare = max(spare, ABOUT * end)
            return Reach(start, end, spare)


def _step(x: float) -> float:
    """One unit of the last digit of `x` that is not nought, of four digits at most: 10 of 390, 1 of 2, 0.1 of 33.3."""
    digits = f"{x:.3e}".split("e")
    return float(10.0 ** (int(digits[1]) - len(digits[0].replace(".", "").rstrip("0")) + 1)) if x > 0 else 0.0


@cache
def average_rates() -> dict[str, tuple[tuple[int, float], ...]]:
    """By currency: the years with an average rate, and how many units of it a US dollar bought."""
    found: dict[str, list[tuple[int, float]]] = defaultdict(list)
    for row in reference("fx"):
        found[row["currency"]].append((int(row["year"]), float(row["per_usd"])))
    return {currency: tuple(sorted(rates)) for currency, rates in found.items()}


def in_dollars(amount: float, currency: str, day: dt.date | None) -> float | None:
    """The amount in US dollars at the average rate of the year nearest to `day`; None without a rate."""
    if currency == "USD":
        return amount
    rates = average_rates().get(currency)
    if not rates:
        return None
    year = day.year if day is not None else rates[-1][0]
    return amount / min(rates, key=lambda r: (abs(r[0] - year), r[0]))[1]


def agreeing(voices: Sequence[Voice]) -> list[tuple[Money | Share, list[Voice]]]:
    """Voices on one amount or share, grouped into those that agree; each group with the value that speaks for it.

    The most precise statements come first and open groups; each coarser one joins the group that it allows and that
    most origins support, so that '$33bn' joins '$33.3bn' and never bridges it to '$32.6bn'.
    """
    forms: dict[Form, list[Voice]] = defaultdict(list)
    cost = bool(voices) and voices[0].entity.kind in (EntityKind.PROJECT, EntityKind.TRANCHE)
    for voice in voices:
        value = voice.claim.value
        if not isinstance(value, Money | Share):
            raise TypeError(f"not an amount or a share: {value!r}")
        plain = replace(value, converts=None) if isinstance(value, Money) else value
        end = plain.low if plain.low is not None else plain.high or 0.0
        forms[plain, half_unit(voice.claim.text, end)].append(voice)
    groups: list[tuple[Reach, list[Form]]] = []
    for form in sorted(forms, key=lambda f: _precision(f[0], f[1])):
        here = _common_reach(form[0], forms[form], cost)
        fitting = [g for g in groups[:MOST_SIDES] if g[0].meets(here)]
        if fitting:

            def support(group: tuple[Reach, list[Form]], near: Reach = here) -> tuple[int, float, float]:
                origins = {v.root.key for f in group[1] for v in forms[f]}
                return (len(origins), -abs(group[0].low - near.low), -group[0].low)

            max(fitting, key=support)[1].append(form)
        else:
            groups.append((here, [form]))
    return [(_speaks(members, forms), [v for f in members for v in forms[f]]) for _, members in groups]


def _common_reach(value: Money | Share, voices: list[Voice], cost: bool) -> Reach:
    """The reach in US dollars; of shares as they are."""
    own = reach(value, min(v.claim.text for v in voices), cost and isinstance(value, Money))
    if isinstance(value, Share) or value.currency == "USD":
        return own
    day = min((v.day for v in voices if v.day is not None), default=None)
    low, high = in_dollars(own.low, value.currency, day), in_dollars(own.high, value.currency, day)
    spare = in_dollars(own.spare, value.currency, day)
    if low is None or high is None or spare is None:
        return replace(own, currency=value.currency, stated=own, rated=False)
    return Reach(low, high, max(spare, CONVERTED * high), value.currency, own)


def _precision(value: Money | Share, half: float) -> tuple[bool, int, float, float, float, str]:
    order = (Qualifier.EXACT, Qualifier.ABOUT, Qualifier.BETWEEN, Qualifier.UP_TO, Qualifier.AT_LEAST)
    foreign = isinstance(value, Money) and value.currency != "USD"
    low, high = value.low or 0.0, value.high or 0.0
    return (foreign, order.index(value.qualifier), half, low, high, repr(value))


def _speaks(members: list[Form], forms: dict[Form, list[Voice]]) -> Money | Share:
    def rank(form: Form) -> tuple[int, bool, float, str]:
        origins = len({v.root.key for v in forms[form]})
        return (-origins, form[0].qualifier is not Qualifier.EXACT, form[1], repr(form[0]))

    return min(members, key=rank)[0]
