"""Days to come: reported dates that have not passed, and the ends of notice periods, each with what is uncertain of it.

A reported date is an interval and stays one. A notice period begins when a project was selected (`planning.timing`) and
runs for as many days as the programme's terms say, on the calendars that they name (`planning.notice`): funds fall due
on its last day at the earliest. Reports tell the selection, not the notice, so that such a day is an assumption.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pledger.exposure.alerts.alerts import programme_of
from pledger.exposure.alerts.words import Said
from pledger.ledger import Ledger
from pledger.ledger.say import days as say_days
from pledger.ledger.successors import claims_of
from pledger.ledger.voices import PLEDGERS
from pledger.model import Claim, DateValue, Document, Entity, Figure, Interval, Standing
from pledger.vehicle.planning.timing import Lag, due_day, selected
from pledger.vehicle.planning.told import Told, gathered
from pledger.vehicle.terms import TermsError, known, vehicle

__all__ = ["NOTICE", "Dated", "dates"]

NOTICE = "notice"
"""The event of a notice period's end; the others are those of `model.DateValue`."""
_SENTENCES = 2
_LONG = dt.timedelta(days=366)
_BUSINESS = "business"


@dataclass(frozen=True, slots=True)
class Dated:
    """Something that is to happen."""

    id: str
    """The first claim that told of it: stays where a project gets another sponsor, and with it another id."""
    entity: Entity
    programme: str | None
    event: str
    interval: Interval
    standing: Standing
    """Of a notice period that of its beginning."""
    others: tuple[Interval, ...]
    """What other reports say, or other readings of the terms come to."""
    note: str
    """How it was counted; empty for what is reported."""
    about: str
    """Id to ask `why`."""
    sentences: tuple[Said, ...]
    reports: int
    """Documents behind it."""
    changed_on: dt.date | None
    """Day of the latest report or judgement behind it."""
    rests: tuple[str, ...] = ()
    """Ids of the claims behind it, by any of which it can be found again."""

    @property
    def span(self) -> tuple[dt.date, dt.date] | None:
        """From which to which day it is shown: where it may come, of a stretch of more than a year the last day; None
        where no day is told."""
        first, last = self.interval.start or self.interval.end, self.interval.end or self.interval.start
        if first is None or last is None:
            return None
        return (first, last) if last - first <= _LONG else (last, last)

    @property
    def sure(self) -> bool:
        """Whether independent reports agree on it."""
        return self.standing is Standing.AGREED and not self.note


def dates(ledger: Ledger, first: dt.date, programme: str | None = None, *, notices: bool = True) -> list[Dated]:
    """What is to happen on or after `first`, of the programme with this key (`JP>US`) or of all, the next first.

    `notices`: whether notice periods are counted; that asks for the beliefs about all projects, which takes a while in
    a large ledger.
    """
    figures = [f for f in ledger.dates(first, dt.date.max) if _wanted(f.entity, programme)]
    claims, documents = ledger.texts_behind(figures)
    judged = {j.id: j.made_at.date() for j in ledger.judgements()}
    found = [_reported(f, claims, documents, judged) for f in figures]
    if notices:
        found += _notices(ledger, first, programme)
    return sorted(found, key=lambda d: (d.span or (dt.date.max,), d.entity.name, d.event, d.id))


def _wanted(entity: Entity, programme: str | None) -> bool:
    return entity.kind in PLEDGERS and programme in (None, programme_of(entity))


def _reported(
    figure: Figure, claims: Mapping[str, Claim], documents: Mapping[str, Document], judged: Mapping[str, dt.date]
) -> Dated:
    value = figure.value
    if not isinstance(value, DateValue):
        raise TypeError(f"not a date: {value!r}")
    behind = [documents[claims[c].document] for c in claims_of(figure) if c in claims]
    changed = [d.reported_on for d in behind if d.reported_on] + [judged[j] for j in figure.judgements if j in judged]
    return Dated(
        id=_first(figure, claims, documents),
        entity=figure.entity,
        programme=programme_of(figure.entity),
        event=value.event,
        interval=value.interval,
        standing=figure.standing,
        others=tuple(s.value.interval for s in figure.sides[1:] if isinstance(s.value, DateValue) and s.weight > 0),
        note="",
        about=figure.id,
        sentences=tuple(_sentences(figure, claims, documents)),
        reports=figure.documents,
        changed_on=max(changed, default=None),
        rests=tuple(claims_of(figure)),
    )


def _first(figure: Figure, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> str:
    """The claim of the earliest report behind a figure; the figure's own id where none is at hand."""

    def place(claim: Claim) -> tuple[dt.date, str, int, str]:
        return documents[claim.document].reported_on or dt.date.max, claim.document, claim.span.start, claim.id

    its = [claims[c] for c in claims_of(figure) if c in claims]
    return min(its, key=place).id if its else figure.id


def _sentences(figure: Figure, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> Iterable[Said]:
    """One of each of the weightiest origins of what holds."""
    for origin in figure.sides[0].origins[:_SENTENCES]:
        claim = next((claims[c] for c in origin.claims if c in claims), None)
        if claim is not None:
            its = documents[claim.document]
            words = claim.sentence.of(its.text)
            yield Said(words, origin.name, origin.graded, its.publisher, its.url, its.reported_on, its.id, claim.id)


def _notices(ledger: Ledger, first: dt.date, programme: str | None) -> Iterable[Dated]:
    """The ends of the notice periods of projects that were selected."""
    for terms in known():
        if programme not in (None, terms.key):
            continue
        try:
            notice = vehicle(terms).notice
        except TermsError:
            continue  # A programme without terms has no notice period.
        if notice is None:
            continue
        its = gathered(ledger, terms.key)
        counted = _lag(notice.days, notice.count, notice.calendars)
        readings = [_lag(r.days, r.count, notice.calendars) for r in notice.readings]
        claims, documents = ledger.texts_behind(t.stage for t in its.projects if t.stage is not None)
        for told in its.projects:
            at = selected(told, its, terms.agreed_on or dt.date.min)
            if at is None:
                continue
            begins = Interval(at.day, at.day)
            if at.figure is not None and isinstance(at.figure.value, DateValue):
                begins = _within(at.figure.value.interval, at.day)
            interval = _due(begins, counted)
            if (interval.end or dt.date.min) >= first:
                notice_of = _notice(
                    told, terms.key, interval, begins, at.says, counted, [_due(begins, r) for r in readings]
                )
                anchor = _first(told.stage, claims, documents) if told.stage is not None else told.entity.id
                yield replace(notice_of, id=f"{NOTICE}-{anchor}")


def _notice(
    told: Told, key: str, interval: Interval, begins: Interval, says: str, lag: Lag, others: Iterable[Interval]
) -> Dated:
    where = f" in {' and '.join(lag.countries)}" if lag.countries else ""
    kind = "business days" if lag.countries else "days"
    stage = told.stage
    return Dated(
        id=f"notice-{told.entity.id}",
        entity=told.entity,
        programme=key,
        event=NOTICE,
        interval=interval,
        standing=stage.standing if stage is not None else Standing.UNSUPPORTED,
        others=tuple(other for other in others if other != interval),
        note=f"{lag.days} {kind}{where} after the selection on {say_days(begins)} ({says}), if notice was given then",
        about=stage.id if stage is not None else told.entity.id,
        sentences=(),
        reports=stage.documents if stage is not None else 0,
        changed_on=told.stage_report,
        rests=tuple(f"{NOTICE}-{claim}" for claim in claims_of(stage)) if stage is not None else (),
    )


def _lag(days: int, count: str, calendars: tuple[str, ...]) -> Lag:
    return Lag(days, calendars if count == _BUSINESS else ())


def _due(begins: Interval, lag: Lag) -> Interval:
    start, end = (None if day is None else due_day(day, lag) for day in (begins.start, begins.end))
    return Interval(start, end)


def _within(interval: Interval, day: dt.date) -> Interval:
    """The interval with its open ends at the day that counts."""
    return Interval(interval.start or day, interval.end or day)
