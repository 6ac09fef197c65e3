"""Exchanges the numbers, names, places, dates and kinds of the seed articles and of their gold, consistently over all.

What a reader understands must not hang on the words that it was tried on. `exchange(seed)` draws a table from the pools
of `exchange_words`; `Table.text` puts a text into other words, `Table.gold` a gold file. The gold follows: amounts by
their new numbers, shares of GDP by whether the new percentage is right of the new amount and country, quarters and
years by their new days. Half of the wrong percentages become right ones, which then must not be reported.
"""

from __future__ import annotations

import calendar
import datetime as dt
import random
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from exchange_words import COUNTRIES, PLANTS, POOLS, TERMINALS, WORKS, Country
from pledger import data

__all__ = ["Table", "exchange", "gdp", "names_only"]

SLIP = 10
# The amounts of the articles; the first is pledged, a slip makes it a tenth.
PLEDGED = (640, 720, 365, 480, 600, 590, 885, 910)
OTHERS = {350e6: (420, 275, 640), 100e9: (85, 120, 150), 1e12: (2, 3), 200e9: (230, 310, 170), 282.8e9: (317.4, 264.3)}
BILLIONS = ("${}bn", "${} billion", "US${} billion", "${}B", "US${}bn", "${} Billion")
# A percentage is right within this of every vintage of the reference, and wrong beyond that of every one.
RIGHT, WRONG = 0.1, 0.25
SEASONS = (("summer", "July"), ("autumn", "October"), ("spring", "April"))


@dataclass(frozen=True)
class Rule:
    """Words and what replaces them; `told` replaces the values of the gold claims whose quote holds `old`."""

    old: str
    new: str
    attribute: str = ""
    told: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Table:
    """One set of exchanges."""

    rules: tuple[Rule, ...]
    country: Country = COUNTRIES[0]
    amounts: Mapping[float, float] = field(default_factory=dict)
    names: Mapping[str, str] = field(default_factory=dict)
    """Gold's names of projects."""
    shares: Mapping[float, tuple[float, bool]] = field(default_factory=dict)
    """Old share of GDP: the new one, and whether it is right."""

    @cached_property
    def _new(self) -> dict[str, str]:
        """Every spelling; the first rule for one holds."""
        spelled: dict[str, str] = {}
        for rule in self.rules:
            for old, new in _cases(rule.old, rule.new):
                spelled.setdefault(old, new)
        return spelled

    @cached_property
    def _pattern(self) -> re.Pattern[str]:
        longest = sorted(self._new, key=len, reverse=True)
        return re.compile("|".join(_bounded(old) for old in longest))

    def text(self, text: str) -> str:
        """The text in other words; all are exchanged at once, the longest first."""
        return self._pattern.sub(lambda m: self._new[m.group()], text)

    def gold(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        """A gold file in other words, with what follows from them."""
        changed: dict[str, Any] = {}
        for key, value in raw.items():
            if isinstance(value, dict) and "claims" in value:
                told = {**value, "claims": [self._claim(c) for c in value["claims"]]}
                changed[key] = {k: v if k == "claims" else self._words(v) for k, v in told.items()}
            elif key == "conflicts":
                changed[key] = [self._conflict(c) for c in value if not self._now_right(c)]
            elif key == "agreements":
                changed[key] = [self._conflict(c) for c in value]
            elif key == "entities":
                projects = [{**p, "name": self._project(p["name"])} for p in value["projects"]]
                changed[key] = {**self._words(value), "projects": projects}
            else:
                changed[key] = self._words(value)
        return changed

    def _claim(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        claim = {k: self._words(v) for k, v in raw.items()}
        if raw["attribute"] == "amount":
            for end in ("low", "high"):
                claim[end] = self.amounts.get(raw[end], raw[end])
        for rule in self.rules:
            if rule.attribute == raw["attribute"] and rule.old in raw["quote"]:
                claim |= {k: v for k, v in rule.told.items() if k in raw}
        return claim

    def _conflict(self, raw: Mapping[str, Any]) -> dict[str, Any]:
        values = raw["values"]
        if raw["attribute"] == "amount":
            values = [self.amounts.get(v, v) if isinstance(v, float) else v for v in values]
        elif raw["attribute"] == "share":
            values = [self.shares[v][0] for v in values]
        return {**raw, "subject": self._project(raw["subject"]), "values": self._words(values), "why": ""}

    def _now_right(self, raw: Mapping[str, Any]) -> bool:
        return raw["kind"] == "arithmetic" and all(self.shares[v][1] for v in raw["values"])

    def _project(self, name: str) -> str:
        return self.names.get(name, self.text(name))

    def _words(self, value: Any) -> Any:
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self._words(v) for v in value]
        if isinstance(value, dict):
            return {self._words(k): self._words(v) for k, v in value.items()}
        return value


def exchange(seed: int) -> Table:
    """A table of its own for every seed; the pledging country goes round, the rest is drawn."""
    draw = random.Random(seed)  # noqa: S311 (no secret: the same seed must give the same table)
    country = COUNTRIES[seed % len(COUNTRIES)]
    words = names_only(seed).rules
    kinds, names = _kinds(draw, {r.old: r.new for r in words})
    right = (seed % 2 == 0, seed % 4 < 2)
    amounts, spelled, shares = _amounts(draw, country, right)
    percents, told = _shares(draw, shares)
    rules = (*spelled, *percents, *_dates(draw), *kinds, *words, *_country(country))
    return Table(rules, country, amounts, names, told)


def names_only(seed: int) -> Table:
    """A table that exchanges nothing but the names of companies, agencies, people, outlets and ministries."""
    draw = random.Random(seed)  # noqa: S311 (as above)
    words = [Rule(o, n) for old, news in POOLS.items() for o, n in zip(old, draw.choice(news), strict=True)]
    return Table(tuple(words))


def gdp(economy: str) -> list[float]:
    """All that the reference data says of an economy's GDP, in US dollars."""
    return [float(r["usd_bn"]) * 1e9 for r in data.reference("gdp") if r["economy"] == economy]


def _kinds(draw: random.Random, names: Mapping[str, str]) -> tuple[list[Rule], dict[str, str]]:
    plant, terminal, works = draw.choice(PLANTS), draw.choice(TERMINALS), draw.choice(WORKS)
    place = draw.choice(("Gulf of Alaska", "Gulf of Maine"))
    old = {
        "synthetic diamonds": 0, "synthetic diamond": 1, "artificial diamonds": 2, "artificial diamond": 3,
        "diamonds": 4, "diamond": 5,
    }  # fmt: skip
    rules = [Rule(o, plant.words[i]) for o, i in old.items()]
    rules += [
        Rule(o, n) for o, n in zip(("crude oil terminal", "crude oil", "oil terminal"), terminal.words, strict=True)
    ]
    centres = ("data centers", "data centres", "data center", "data centre")
    rules += [Rule(o, n) for o, n in zip(centres, works.words, strict=True)]
    rules += [
        Rule("power transmission", "power generation"),
        Rule("power generation", "power transmission"),
        Rule("Gulf of Mexico", place),
    ]
    return rules, {
        "synthetic diamond plant": plant.label,
        "Gulf of Mexico crude oil terminal": f"{place} {terminal.label}",
        "SoftBank data centre": f"{names['SoftBank']} {works.label}",
    }


def _amounts(
    draw: random.Random, country: Country, right: tuple[bool, bool]
) -> tuple[dict[float, float], list[Rule], tuple[tuple[int, bool], tuple[int, bool]]]:
    """New numbers and spellings, and a percentage of either GDP that is right or wrong of them without doubt."""
    for pledged in draw.sample(PLEDGED, len(PLEDGED)):
        of_investor = _percent(draw, pledged * 1e9, country.code, right[0])
        of_host = _percent(draw, pledged * 1e9, "US", right[1])
        if of_investor and of_host:
            break
    else:
        raise ValueError(f"no amount gives a percentage of {country.name}'s GDP that is beyond doubt")
    amounts = {550e9: pledged * 1e9, 55e9: pledged * 1e9 / SLIP}
    forms = draw.sample(BILLIONS, 4)
    old = ("$550bn", "$550B", "$550 billion", "$550 Billion")
    rules = [Rule(o, form.format(pledged)) for o, form in zip(old, forms, strict=True)]
    slip = draw.choice(("${} billion", "US${} billion"))
    rules += [Rule(o, slip.format(f"{pledged / SLIP:g}")) for o in ("$55 billion", "$55 Billion")]
    for value, choices in OTHERS.items():
        scale, word = next((s, w) for s, w in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")) if value >= s)
        number = draw.choice([n for n in choices if not _tenfold(n, pledged)])
        amounts[value] = number * scale
        rules.append(Rule(f"${value / scale:g} {word}", f"${number:g} {word}"))
    return amounts, rules, ((of_investor, right[0]), (of_host, right[1]))


def _tenfold(one: float, other: float) -> bool:
    """Whether two numbers have the same digits, and so could be taken for slips of one another."""
    return f"{one:e}".split("e")[0] == f"{other:e}".split("e")[0]


def _percent(draw: random.Random, amount: float, economy: str, right: bool) -> int:
    """A whole percentage that is beyond doubt right, or wrong as people get it wrong; 0 where there is none."""
    shares = [100 * amount / g for g in gdp(economy)]

    def off(percent: int) -> list[float]:
        return [abs(percent - s) / s for s in shares]

    nearest = max(1, round((min(shares) + max(shares)) / 2))
    if right:
        return nearest if max(off(nearest)) <= RIGHT else 0
    wrong = [p for p in range(max(1, nearest // 2), 2 * nearest + 1) if min(off(p)) >= WRONG]
    return draw.choice(wrong) if wrong else 0


def _shares(
    draw: random.Random, gdps: tuple[tuple[int, bool], tuple[int, bool]]
) -> tuple[list[Rule], dict[float, tuple[float, bool]]]:
    (investor, investor_right), (host, host_right) = gdps
    new = {
        ("roughly 10%", "roughly {}%"): investor,
        ("approximately 1%", "approximately {}%"): host,
        ("over 60%", "over {}%"): draw.choice((70, 55, 45)),
        ("by 10%", "by {}%"): draw.choice((12, 7)),
        ("over 15%", "over {}%"): draw.choice((20, 18)),
        ("40% reporting", "{}% reporting"): draw.choice((35, 52)),
    }
    rules = [Rule(old, form.format(n), "share", {"value": n / 100}) for (old, form), n in new.items()]
    return rules, {0.10: (investor / 100, investor_right), 0.01: (host / 100, host_right)}


def _dates(draw: random.Random) -> list[Rule]:
    season, month = draw.choice(SEASONS)
    quarter, later = draw.randint(1, 4), draw.randint(1, 3)
    starts, ends = dt.date(2026 + later, 3 * quarter - 2, 1), _last_day(2026 + later, 3 * quarter)
    early, through = 2027 + later, 2028 + later
    return [
        Rule("by spring", f"by {season}"),
        Rule("as early as March", f"as early as {month}"),
        Rule("Q3 2026", f"Q{quarter} {2026 + later}", "date", {"start": starts, "end": ends}),
        Rule(
            "early 2027",
            f"early {early}",
            "date",
            {"start": dt.date(early, 1, 1), "end": dt.date(early, 4, 30)},
        ),
        Rule("through 2028", f"through {through}", "date", {"end": dt.date(through, 12, 31)}),
        Rule("by 2027", f"by {2027 + later}"),
    ]


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _country(country: Country) -> Iterable[Rule]:
    japan = next(c for c in COUNTRIES if c.code == "JP")
    yield Rule(japan.name, country.name)
    yield Rule(japan.adjective, country.adjective)
    yield Rule(japan.capital, country.capital)
    if country.code == "KR":  # the third country of the articles must be another one
        yield Rule("South Korean", "Taiwanese")
        yield Rule("Seoul", "Taipei")


def _cases(old: str, new: str) -> Iterable[tuple[str, str]]:
    """The words as they are, as a sentence begins with them, and as a headline has them."""
    yield old, new
    if old[0].islower():
        yield old[0].upper() + old[1:], new[0].upper() + new[1:]
        yield old.title(), " ".join(w if w.isupper() else w[0].upper() + w[1:] for w in new.split())


def _bounded(words: str) -> str:
    before = r"(?<![A-Za-z0-9])" if words[0].isascii() and words[0].isalnum() else ""
    after = r"(?![A-Za-z0-9])" if words[-1].isascii() and words[-1].isalnum() else ""
    return before + re.escape(words) + after
