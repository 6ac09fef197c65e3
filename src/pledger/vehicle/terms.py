"""A programme's terms: found by its name or read from a file, and turned into what a run takes.

Every clause keeps its sources; where reports differ, each reading has a name and runs on its own.
"""

from __future__ import annotations

import datetime as dt
import difflib
import math
import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path

from pledger.data import lexicon
from pledger.ledger.distributions import DAY, SHARE, Categories
from pledger.vehicle.checked import FileError, load
from pledger.vehicle.clauses import Cited, Distribution, Estimate, Notice, NoticeReading, Split, Terms, Vehicle
from pledger.vehicle.shapes import point, triangular
from pledger.vehicle.words import Basis, Funding, Input, Interpretation, Rules, Source

__all__ = [
    "Terms",
    "TermsError",
    "country",
    "funding",
    "inputs",
    "interpretation",
    "interpretations",
    "known",
    "load_terms",
    "sources",
    "terms",
    "vehicle",
]

_QUARTERS = 4
_STRONG, _WEAK = "B", "D"
"""What a report counts as where only its mark is known: a record's plain word, or a repost of one."""
_AS_WRITTEN = "as written"


class TermsError(FileError):
    """Terms that cannot be found, read or run, with the file, the line, the field and the mend."""


@cache
def known() -> tuple[Terms, ...]:
    """The programmes of `data/programmes`, by the names of their files."""
    with as_file(files("pledger.data") / "programmes") as folder:
        return tuple(load(Terms, path, TermsError) for path in sorted(folder.glob("*.yaml")))


def load_terms(path: Path | str) -> Terms:
    """The terms in a YAML file of a user's own; a TermsError with file, line, field and mend where they cannot be."""
    return load(Terms, path, TermsError)


def terms(programme: str) -> Terms:
    """The terms of a programme by country (`japan`), key (`JP>US`), name or alias, or of a YAML file by its path.

    Case, accents, hyphens and dashes do not tell names apart, and the beginning of a name is enough where it is only
    one programme's. A TermsError says what is known where nothing is meant.
    """
    asked = programme.strip()
    if asked.endswith((".yaml", ".yml")) or (asked and Path(asked).is_file()):
        return load_terms(asked)
    wanted = _plain(asked)
    names = [(name, its) for its in known() for name in _names(its)]
    for fits in (str.__eq__, str.startswith):
        found = {its.key: its for name, its in names if wanted and fits(name, wanted)}
        if len(found) == 1:
            return next(iter(found.values()))
    near = difflib.get_close_matches(wanted, [name for name, _ in names], 1)
    listed = ", ".join(country(its.investor) for its in known())
    mend = f"did you mean {near[0]!r}?" if near else f"name one of: {listed}; or a YAML file of your own"
    raise TermsError("", None, "", f"no programme is called {programme!r}", mend)


def country(code: str) -> str:
    """The name of a country or union by its code."""
    return str(next(iter(lexicon("countries").get(code, {}).get("names", ())), code))


def _names(its: Terms) -> tuple[str, ...]:
    """What a programme may be called when it is asked for."""
    table = lexicon("countries").get(its.investor, {})
    countries = [name for names in table.values() if isinstance(names, list) for name in names]
    return tuple(_plain(name) for name in (its.key, its.name, its.investor, *its.aliases, *countries))


def _plain(name: str) -> str:
    """A name without case, accents and the kinds of dashes."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", name) if not unicodedata.combining(c))
    return re.sub(r"[\W_]+", " ", bare.casefold()).strip()


def vehicle(its: Terms) -> Vehicle:
    """The clauses that cash flows follow from; a TermsError where none are reported."""
    if its.chapter.vehicle is None:
        mend = "write them in a YAML file of your own, under terms.vehicle, and name the file"
        raise TermsError("", None, "", f"no vehicle terms reported for {its.name} ({its.key})", mend)
    return its.chapter.vehicle


def sources(its: Terms, said: Cited) -> tuple[Source, ...]:
    """The sources of a clause, a reading or a number, in their order."""
    cites = (its.chapter.sources[key] for key in said.sources)
    return tuple(Source(cite.where, cite.year, cite.weak) for cite in cites)


def interpretations(its: Terms) -> tuple[Interpretation, ...]:
    """Every named reading of the distribution, those that are not drawn too, in the order of the file.

    A reading takes from the clause what it does not say itself; a clause without readings is one, `as written`.
    Deemed rates are central ones.
    """
    clause = vehicle(its).distribution
    return tuple(
        Interpretation(reading.name, _rules(clause, reading), reading.says or reading.name, sources(its, reading))
        for reading in _readings(clause)
    )


def interpretation(its: Terms) -> Input:
    """The choice among the readings that are drawn, by name.

    A reading's weight is `1 - prod(1 - r)` over its sources, as in the ledger, r being what a plain statement of grade
    B weighs there, of grade D where the source is marked weak; then all weights are brought to a sum of 1. A reading
    without a source weighs as one weak source does.
    """
    clause = vehicle(its).distribution
    drawn = [reading for reading in _readings(clause) if reading.drawn]
    options = _weighed([(reading.name, sources(its, reading)) for reading in drawn])
    basis = Basis.REPORTED if any(reading.basis is Basis.REPORTED for reading in drawn) else Basis.ASSUMPTION
    cited = dict.fromkeys(source for reading in drawn for source in sources(its, reading))
    label = "which reading of the split holds"
    return Input("terms.interpretation", label, "choice", basis, options, tuple(cited or sources(its, clause)))


def funding(its: Terms, valuation: dt.date) -> Funding:
    """How calls are paid and bounded, with q = 0 in the quarter of the valuation date; central values.

    The last quarter of selection is the one that holds the window's last day, negative where it is past; without a
    window, a ceiling or a cap there is no such bound.
    """
    terms_of = vehicle(its)
    paid, bounds = terms_of.instruments, {}
    if terms_of.window is not None:
        bounds["window_end"] = _quarter(terms_of.window.until) - _quarter(valuation)
    return Funding(
        equity=paid.shares.equity.central,
        public_loan=paid.shares.public_loan.central,
        guaranteed_loan=paid.shares.guaranteed_loan.central,
        premium=paid.premium.central,
        bank_rate=paid.bank_rate.central,
        public_rate=paid.public_rate.central,
        tenor=max(1, round(paid.tenor_years.central * _QUARTERS)),
        ceiling=terms_of.ceiling.amount if terms_of.ceiling else math.inf,
        cap_per_year=terms_of.cap.amount if terms_of.cap else math.inf,
        **bounds,
    )


def inputs(its: Terms) -> tuple[Input, ...]:
    """Every number and choice of the terms but the interpretation, each with its range, what it rests on, its sources.

    Days are beliefs in `day` (ordinals of the calendar), the notice a choice between its readings.
    """
    terms_of = vehicle(its)
    split, paid = terms_of.distribution, terms_of.instruments
    found: list[Input] = []
    for name, label, bound in (
        ("ceiling", "most that may be called", terms_of.ceiling),
        ("cap_per_year", "most that may be called in a calendar year", terms_of.cap),
    ):
        if bound is not None:
            belief = point(bound.amount, bound.currency)
            found.append(Input(f"terms.{name}", label, bound.currency, bound.basis, belief, sources(its, bound)))
    if terms_of.window is not None:
        last, window = float(terms_of.window.until.toordinal()), terms_of.window
        found.append(
            Input(
                "terms.window_end", "last day of selection", DAY, window.basis, point(last, DAY), sources(its, window)
            )
        )
    if terms_of.notice is not None:
        found.append(_notice(its, terms_of.notice))
    for name, share in (("before", split.before), ("after", split.after)):
        label = f"pledging side's share of cash {name} the split changes"
        found.append(Input(f"terms.{name}", label, SHARE, split.basis, point(share, SHARE), sources(its, split)))
    for name, label, unit, estimate in (
        ("deemed_rate", "deemed interest on the allocation account", "rate", split.deemed_rate),
        ("equity", "share of calls paid as equity", SHARE, paid.shares.equity),
        ("public_loan", "share of calls lent by the public lender", SHARE, paid.shares.public_loan),
        ("guaranteed_loan", "share of calls lent by banks under guarantee", SHARE, paid.shares.guaranteed_loan),
        ("premium", "guarantor's premium on the guaranteed balance", "rate", paid.premium),
        ("bank_rate", "interest on guaranteed loans", "rate", paid.bank_rate),
        ("public_rate", "interest on public loans", "rate", paid.public_rate),
    ):
        found.append(_input(its, name, label, unit, estimate, 1))
    found.append(_input(its, "tenor", "quarters in which loans are repaid", "quarters", paid.tenor_years, _QUARTERS))
    return tuple(found)


def _input(its: Terms, name: str, label: str, unit: str, estimate: Estimate, factor: int) -> Input:
    """An estimate as an input: triangular over its range."""
    belief = triangular(factor * estimate.low, factor * estimate.central, factor * estimate.high, unit)
    return Input(f"terms.{name}", label, unit, estimate.basis, belief, sources(its, estimate))


def _notice(its: Terms, notice: Notice) -> Input:
    """The notice as a choice between its readings."""
    said: tuple[Notice | NoticeReading, ...] = (notice, *notice.readings)
    options = _weighed([(f"{one.days} {one.count} days", sources(its, one)) for one in said])
    cited = dict.fromkeys(source for one in said for source in sources(its, one))
    return Input("terms.notice", "notice before funds fall due", "choice", notice.basis, options, tuple(cited))


def _weighed(options: Sequence[tuple[str, tuple[Source, ...]]]) -> Categories:
    """A choice between readings by their sources, as `interpretation` explains; the most probable comes first."""
    letters = lexicon("ledger_sources")["letters"]
    weights: dict[str, float] = {}
    for name, cited in options:
        marks = [_WEAK if source.weak else _STRONG for source in cited] or [_WEAK]
        weights[name] = 1 - math.prod(1 - float(letters[mark]) for mark in marks)
    total = math.fsum(weights.values())
    return Categories(tuple(sorted(((n, w / total) for n, w in weights.items()), key=lambda option: -option[1])))


def _readings(clause: Distribution) -> tuple[Split, ...]:
    """The named readings of a distribution, or the clause as the only one."""
    if clause.readings:
        return clause.readings
    return (Split(name=_AS_WRITTEN, says=clause.says, sources=clause.sources, basis=clause.basis),)


def _rules(clause: Distribution, reading: Split) -> Rules:
    """The clause with what a reading says otherwise."""
    rate = reading.deemed_rate or clause.deemed_rate
    return Rules(
        deemed_rate=rate.central,
        account=clause.account if reading.account is None else reading.account,
        before=clause.before if reading.before is None else reading.before,
        after=clause.after if reading.after is None else reading.after,
        pool=clause.pool if reading.pool is None else reading.pool,
        recovered=clause.recovered if reading.recovered is None else reading.recovered,
    )


def _quarter(day: dt.date) -> int:
    """Quarters since the year 0."""
    return day.year * _QUARTERS + (day.month - 1) // 3
