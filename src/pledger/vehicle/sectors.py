"""Sectors: how long a project takes, how long it lasts and what it yields, from `data/sectors.yaml`, each with sources.

A project is matched to a sector by the words of reports in five languages. Where none fits it is `unknown`, a wide
default that says that it is one.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable
from functools import cache, lru_cache
from importlib.resources import as_file, files
from typing import Self

import ahocorasick_rs
from pydantic import Field, model_validator

from pledger.data import lexicon
from pledger.vehicle.checked import Checked, FileError, load, wrong
from pledger.vehicle.clauses import Cite, Cited, Estimate
from pledger.vehicle.shapes import triangular
from pledger.vehicle.words import Input, Source

__all__ = ["UNKNOWN", "Sector", "SectorError", "inputs", "known", "sector", "sector_of", "sector_of_kind"]

UNKNOWN = "unknown"
_QUARTERS = 4
_STEM = 8
"""Letters from which a word may go on in a compound: Halbleiter, Halbleiterfabrik."""
_UNITS = {
    "lead": ("wait before building", "quarters"),
    "build": ("building", "quarters"),
    "life_years": ("years of operation", "years"),
    "cash_yield": ("cash before debt of a full year as a share of cost", "share"),
    "growth": ("growth of that cash", "rate"),
    "ramp": ("quarters until cash is full", "quarters"),
}


class SectorError(FileError):
    """A sector that is not known, or a file of sectors that cannot be used."""


class _Entry(Checked):
    """A sector as it is written: what is missing is that of `like`."""

    label: str
    like: str | None = None
    kinds: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    overrun: str
    lead: Estimate | None = None
    build: Estimate | None = None
    life_years: Estimate | None = None
    cash_yield: Estimate | None = None
    growth: Estimate | None = None
    ramp: Estimate | None = None


class _File(Checked):
    sources: dict[str, Cite]
    sectors: dict[str, _Entry]

    @model_validator(mode="after")
    def _checked(self) -> Self:
        if UNKNOWN not in self.sectors:
            raise wrong(f"there is no {UNKNOWN!r}", "add it: it is what other words come to", "sectors")
        for key, entry in self.sectors.items():
            other = self.sectors.get(entry.like or UNKNOWN)
            if other is None or (entry.like and other.like):
                raise wrong(f"{entry.like!r} is no sector with numbers of its own", "name one", "sectors", key, "like")
            for field in _UNITS:
                estimate = getattr(entry, field) or getattr(other if entry.like else entry, field)
                if estimate is None:
                    raise wrong("is missing", "add it, or name a sector after `like:`", "sectors", key, field)
                _check(estimate, self.sources, key, field)
        return self


def _check(estimate: Estimate, cites: dict[str, Cite], key: str, field: str) -> None:
    missing = next((cite for cite in estimate.sources if cite not in cites), None)
    if missing is not None:
        raise wrong(f"{missing!r} is no key of sources", "add it there", "sectors", key, field)
    least = {"lead": 0.0, "build": 1.0, "life_years": 0.25, "ramp": 1.0}.get(field, -1.0)
    if estimate.low < least:
        raise wrong(f"{estimate.low:g} is less than {least:g}", "write more", "sectors", key, field)


class Sector(Checked):
    """What is known of a sector; quarters and rates as in `data/sectors.yaml`."""

    key: str
    label: str
    overrun: str
    """Class of `data/reference/overruns.csv`."""
    lead: Estimate
    build: Estimate
    life_years: Estimate
    cash_yield: Estimate
    growth: Estimate
    ramp: Estimate

    @property
    def lead_quarters(self) -> int:
        """Quarters before building, at the central value."""
        return round(self.lead.central)

    @property
    def build_quarters(self) -> int:
        """Quarters of building as planned, at the central value."""
        return round(self.build.central)

    @property
    def life_quarters(self) -> int:
        """Quarters of operation, at the central value."""
        return round(self.life_years.central * _QUARTERS)

    @property
    def ramp_quarters(self) -> int:
        """Quarters until cash is full, at the central value; 1 where it is full at once."""
        return round(self.ramp.central)


@cache
def _file() -> _File:
    with as_file(files("pledger.data") / "sectors.yaml") as path:
        return load(_File, path, SectorError)


@cache
def known() -> tuple[Sector, ...]:
    """Every sector, the default last, as the file has them."""
    entries = _file().sectors
    found = []
    for key, entry in entries.items():
        other = entries[entry.like] if entry.like else entry
        numbers = {field: getattr(entry, field) or getattr(other, field) for field in _UNITS}
        found.append(Sector.model_construct(key=key, label=entry.label, overrun=entry.overrun, **numbers))
    return tuple(found)


def sector(key: str) -> Sector:
    """A sector by its key; a SectorError with the mend where there is none of that name."""
    found = {each.key: each for each in known()}
    if key not in found:
        near = difflib.get_close_matches(key, found, 1)
        mend = f"did you mean {near[0]!r}?" if near else f"name one of: {', '.join(found)}"
        raise SectorError("", None, "", f"no sector is called {key!r}", mend)
    return found[key]


def sources(said: Cited) -> tuple[Source, ...]:
    """The sources of a sector's number."""
    cites = (_file().sources[key] for key in said.sources)
    return tuple(Source(cite.where, cite.year, cite.weak) for cite in cites)


def inputs(key: str) -> tuple[Input, ...]:
    """A sector's numbers as triangular beliefs over low, central and high: `sector.KEY.cash_yield` and so on.

    Life is in years, lead, build and ramp in quarters, growth per year.
    """
    its = sector(key)
    found = []
    for field, (label, unit) in _UNITS.items():
        estimate: Estimate = getattr(its, field)
        belief = triangular(estimate.low, estimate.central, estimate.high, unit)
        name, says = f"sector.{key}.{field.removesuffix('_years')}", f"{its.label}: {label}"
        found.append(Input(name, says, unit, estimate.basis, belief, sources(estimate)))
    return tuple(found)


def sector_of(texts: Iterable[str]) -> str:
    """The key of the sector that words for a project's kind or sector mean, else `unknown`.

    The texts stand in order of how much they say (the kind before the sector): the first in which a word of a sector
    stands decides, by its longest word there. A sector's key or label is a word of it too. A word of a kind that has no
    sector in `data/sectors.yaml` (a hospital) decides as well: the project is of an unknown sector then.
    """
    words = _words()
    for text in texts:
        plain = _plain(text)
        found = [(word, at) for word, at in _found(plain) if _whole(plain, word, at)]
        if found:
            # A letter of a script without spaces says more than one of the alphabet.
            longest = max(found, key=lambda hit: (sum(1 if c.isascii() else 3 for c in hit[0]), -hit[1]))
            return words[longest[0]]
    return UNKNOWN


@lru_cache(maxsize=4096)
def sector_of_kind(kind: str) -> str:
    """The key of the sector of a kind of project: a key of `data/lexicon/kinds.toml`, or words of a report."""
    return sector_of((kind,)) if kind else UNKNOWN


def _plain(text: str) -> str:
    """Words without case, hyphens and underscores."""
    return re.sub(r"[\s_\-‐-―]+", " ", text.casefold()).strip()


@cache
def _words() -> dict[str, str]:
    """The sector of each word; those of `data/sectors.yaml` before those that kinds of projects have."""
    entries, found = _file().sectors, dict[str, str]()
    claimed = {kind: key for key, entry in entries.items() for kind in entry.kinds}
    for key, entry in entries.items():
        for word in (key, entry.label, *(word for said in entry.words.values() for word in said)):
            found.setdefault(_plain(word), key)
    kinds = lexicon("kinds")["kinds"]
    for kind, its in kinds.items():
        key = claimed.get(kind, its.get("sector", UNKNOWN))
        lists = [said for name, said in its.items() if isinstance(said, list) and len(name.split("_")[0]) == 2]
        for word in (kind, str(its["label"]), *(word for said in lists for word in said)):
            found.setdefault(_plain(word), key if key in entries else UNKNOWN)
    return {word: key for word, key in found.items() if word}


@cache
def _matcher() -> tuple[ahocorasick_rs.AhoCorasick, tuple[str, ...]]:
    words = tuple(_words())
    return ahocorasick_rs.AhoCorasick(list(words), matchkind=ahocorasick_rs.MatchKind.Standard), words


def _found(plain: str) -> list[tuple[str, int]]:
    """Words and where they start."""
    matcher, words = _matcher()
    return [(words[number], start) for number, start, _ in matcher.find_matches_as_indexes(plain, overlapping=True)]


def _whole(plain: str, word: str, start: int) -> bool:
    """Whether a word of the alphabet stands alone, in the plural, or, where it is long, begins a compound.

    Scripts without spaces have no such bounds.
    """
    if not word[0].isascii():
        return True
    behind = plain[start + len(word) :]
    if re.match(r"[a-zß-ÿ0-9]", plain[:start][-1:]):
        return False
    return len(word) >= _STEM or re.match(r"(?:e?[sn])?(?![a-zß-ÿ0-9])", behind) is not None
