"""What a reported share is of: its words in any language as commodity, step, measure, grade, importer and year.

Every word must be accounted for. What is left over ("60 % of Henan's synthetic diamonds") keeps a share from being
joined, and so does what tables can mean in two ways (rare earths without a word of mined or refined): nothing is
guessed. Words are in `data/supply/lists/wholes.toml`; a commodity of a user's own goes by the names of its table.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from pledger.exposure.supply import lists
from pledger.exposure.supply.words import ALL, Commodity, Measure, Step
from pledger.ledger.geography import country_names
from pledger.vehicle.words import Basis

__all__ = ["Whole", "whole"]

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d{2})(?:-((?:19|20)\d{2}))?(?!\d)(?:年|년)?")
_OF = re.compile(r"(?:imports|demand) of (?P<country>[^,]{2,60})$", re.IGNORECASE)
_UNKNOWN = "it names no commodity that is known"
_GAP = " \x1f "
"""Stands where words have been taken away, so that what stood apart does not come together."""


@dataclass(frozen=True, slots=True)
class Whole:
    """What a share is of."""

    commodity: str
    step: Step
    measure: Measure
    grade: str
    importer: str | None
    """The country whose imports or use are meant; None where the whole world's are."""
    first: int | None
    """The first year that is meant; None where none is told."""
    last: int | None
    home: bool = False
    """Whether the country is only called the one spoken of ("domestic demand")."""

    @property
    def market(self) -> tuple[str, Step, Measure, str, str | None]:
        """What tells one table from another."""
        return self.commodity, self.step, self.measure, self.grade, self.importer


def whole(words: str, commodities: Iterable[Commodity], meant: Commodity | None = None) -> Whole | str:
    """What the words mean; in a phrase why they are not joined, where they are not.

    `meant`: the commodity that is spoken of, where the words name none ("domestic demand" of what a plant makes).
    """
    listed = tuple(commodities)
    left = _apart(unicodedata.normalize("NFKC", words).replace("’", "'").casefold())
    first, last, left = _years(left)
    importer, left = _stated(left)
    found, grade_words, left = _commodity(left, listed)
    if isinstance(found, str):
        if meant is None or grade_words or found != _UNKNOWN:
            return found
        found = meant
    measures, left = _taken(left, _generic("measures"))
    steps, left = _taken(left, _generic("steps"))
    _, left = _taken(left, _generic("world"))
    at_home, left = _taken(left, _generic("home"))
    named, left = _countries(left)
    _, left = _taken(left, _generic("filler"))
    rest = " ".join(re.sub(r"[^\w]+", " ", left.replace("\x1f", " ")).split())
    if rest:
        return f"“{rest}” is not understood"
    if len(named | ({importer} if importer else set())) > 1:
        return "it names several countries"
    importer = importer or next(iter(named), None)
    measure = _measure(measures)
    if measure is None:
        return "it is of exports, of which there is no table"
    if measure is Measure.PRODUCTION and (importer or at_home):
        return f"it is of one country's {measure}, not of the world's"
    if measure is Measure.IMPORTS and not (importer or at_home):
        return "it does not say whose imports are meant"
    step, grade = _placed(found, measure, steps or _implied(found, words), grade_words, importer)
    if step is None:
        return "it does not say which step is meant"
    return Whole(found.key, step, measure, grade, importer, first, last, bool(at_home) and importer is None)


def _apart(words: str) -> str:
    """German compounds with their parts apart: weltweiten gallium produktion."""
    table = lists.wholes()["compounds"]
    words = re.sub(rf"(?<=[a-zäöüß]{{3}})(?=(?:{'|'.join(table['heads'])})(?![a-zäöüß]))", " ", words)
    return re.sub(rf"(?<![a-zäöüß])({'|'.join(table['first'])})(?=[a-zäöüß]{{5}})(?!weit)", r"\1 ", words)


def _years(words: str) -> tuple[int | None, int | None, str]:
    match = _YEARS.search(words)
    if match is None:
        return None, None, words
    first = int(match[1])
    # The reader puts a year behind a comma that the words may have, too; another year is left over.
    words = _YEARS.sub(lambda other: _GAP if other.groups() == match.groups() else other.group(), words)
    return first, int(match[2] or first), words


def _stated(words: str) -> tuple[str | None, str]:
    """The importer behind a comma, as the reader puts it there: "diamond powder, imports of United States"."""
    parts = [part.strip() for part in words.split(",")]
    for number, part in enumerate(parts):
        match = _OF.match(part)
        code = _code(match["country"]) if match else None
        if match and code:
            parts[number] = part[: match.start("country")]
            return code, ", ".join(parts)
    return None, words


def _code(name: str) -> str | None:
    return _known_countries().get(name.strip().casefold().removeprefix("the ").strip())


@lru_cache(maxsize=1)
def _known_countries() -> dict[str, str]:
    return {name.casefold(): code for name, code in country_names().items()}


@lru_cache(maxsize=1)
def _country_pattern() -> re.Pattern[str]:
    names = sorted((name for name in _known_countries() if name), key=lambda name: (-len(name), name))
    latin = "|".join(re.escape(name) for name in names if name[0] < "\u0250")
    other = "|".join(re.escape(name) for name in names if name[0] >= "\u0250")
    # Adjectives are inflected in German; a compound follows behind a hyphen: US-Importe.
    return re.compile(rf"(?<![\w.])(?P<latin>{latin})(?:e[nrms]?|'s|s)?(?![\w])|(?P<other>{other})")


def _countries(words: str) -> tuple[set[str], str]:
    found = set()
    for match in _country_pattern().finditer(words):
        found.add(_known_countries()[match["latin"] or match["other"]])
    return found, _country_pattern().sub(_GAP, words)


def _taken(words: str, table: dict[str, re.Pattern[str]]) -> tuple[set[str], str]:
    """The keys of a table whose words stand there, and what is left without them."""
    found = set()
    for key, pattern in table.items():
        words, count = pattern.subn(_GAP, words)
        if count:
            found.add(key)
    return found, words


@lru_cache(maxsize=8)
def _generic(chapter: str) -> dict[str, re.Pattern[str]]:
    return {key: _pattern(patterns) for key, patterns in lists.wholes()[chapter].items()}


def _pattern(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern of all words, the longest first; Latin ones stand apart from other letters."""
    ordered = sorted(patterns, key=lambda p: (-len(p), p))
    parts = [p if _cjk(p) else rf"(?<![a-zà-ÿ]){p}(?![a-zà-ÿ])" for p in ordered]
    return re.compile("|".join(parts) or r"(?!)", re.IGNORECASE)


def _cjk(pattern: str) -> bool:
    return any(c >= "\u2e80" for c in pattern)


def _commodity(words: str, listed: Sequence[Commodity]) -> tuple[Commodity | str, tuple[str, ...], str]:
    """The commodity, the grades that the words may mean (best first), and what is left of the words.

    Of two that fit in one place the longer name counts: "natural graphite" is no natural something.
    """
    best: tuple[int, Commodity, tuple[str, ...], str] | None = None
    several = False
    for commodity in listed:
        grades, pattern = _of_commodity(commodity)
        told: tuple[str, ...] = ()
        left, taken = words, 0
        for names, meant in grades:
            match = meant.search(left)
            if match is not None and len(match.group()) > 1:
                told, taken = told or names, taken + len(match.group())
                left = meant.sub(_GAP, left)
        named = pattern.search(left)
        if named is not None:
            taken += len(named.group())
            left = pattern.sub(_GAP, left)
        if not taken or (named is None and not told):
            continue
        if best is None or taken > best[0]:
            best, several = (taken, commodity, told, left), False
        elif taken == best[0]:
            several = True
    if best is None:
        return _UNKNOWN, (), words
    if several:
        return "it may be of several commodities", (), words
    return best[1], best[2], best[3]


@lru_cache(maxsize=64)
def _of_commodity(commodity: Commodity) -> tuple[tuple[tuple[tuple[str, ...], re.Pattern[str]], ...], re.Pattern[str]]:
    """Of a commodity: each list of grades with its words, and its names."""
    told = lists.wholes().get(commodity.key, {})
    grades = [(tuple(entry["grades"]), _pattern(entry["words"])) for entry in told.get("grades", ())]
    own = {market.grade for market in commodity.markets} - {ALL}
    grades += [((grade,), _pattern([re.escape(grade.casefold())])) for grade in sorted(own)]
    names = told.get("names") or [re.escape(name.casefold()) for name in (commodity.name, *commodity.names)]
    return tuple(grades), _pattern(names)


def _measure(found: set[str]) -> Measure | None:
    """The measure that is told ("market" and "supply" beside it add nothing), production where none is; none of
    exports."""
    if "exports" in found:
        return None
    if "imports" in found:
        return Measure.IMPORTS
    return Measure.USE if "use" in found else Measure.PRODUCTION


def _implied(commodity: Commodity, words: str) -> set[str]:
    """The steps that the name itself tells: what is synthetic is made, and not mined."""
    told = lists.wholes().get(commodity.key, {}).get("implied", {})
    said = unicodedata.normalize("NFKC", words).casefold()
    return {step for step, patterns in told.items() if _pattern(patterns).search(said)}


def _placed(
    commodity: Commodity, measure: Measure, steps: set[str], grades: tuple[str, ...], importer: str | None
) -> tuple[Step | None, str]:
    """The step and the grade, by what is told and by which tables there are; no step where two are possible."""
    tables = [m for m in commodity.markets if any(s.basis is not Basis.REPORTED for s in m.shares)]
    its = [m for m in tables if m.measure is measure] or tables
    told = lists.wholes().get(commodity.key, {})
    if not steps and not grades and "step" in told:
        return Step(told["step"]), str(told["grade"]) if any(m.grade == told["grade"] for m in its) else ALL
    grade = next((g for g in grades if any(m.grade == g for m in its)), grades[0] if grades else ALL)
    if len(steps) == 1:
        return Step(next(iter(steps))), grade
    if steps:
        return None, grade
    own = next((entry.get("step") for entry in told.get("grades", ()) if grade in entry["grades"]), None)
    if own:
        return Step(own), grade
    fitting = [m for m in its if m.grade == grade] or its
    possible = {m.step for m in fitting}
    if len(possible) > 1 and measure is not Measure.PRODUCTION:
        same = {m.step for m in fitting if m.importer == importer}
        possible = same or possible
    return (next(iter(possible)) if len(possible) == 1 else Step.MANUFACTURED if not possible else None), grade
