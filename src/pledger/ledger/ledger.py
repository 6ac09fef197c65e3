"""The ledger: what a program or a person holds in hand. Thin: storing, deriving, asking and auditing live beside it."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from pledger import documents as room
from pledger.documents.watch import Web
from pledger.ledger import audit as audits
from pledger.ledger import regional
from pledger.ledger.among import conflicts_among, counts_of, entities_among, figures_among
from pledger.ledger.changes import Change, Held, changes
from pledger.ledger.derive import derive
from pledger.ledger.doubts import Doubt
from pledger.ledger.engine.sites import unsure_in
from pledger.ledger.engine.state import bring_up, stand
from pledger.ledger.fit import Unsure
from pledger.ledger.following import Look, follow, forget
from pledger.ledger.health import Health, health
from pledger.ledger.intake import Further, ReadResult, echoes_of, read_into
from pledger.ledger.judgements import Judgement, Verdicts, verdicts
from pledger.ledger.kept import behind, conflicts_of, dates_of, entities_of, entity_of, figures_of
from pledger.ledger.moments import NOW, Moment
from pledger.ledger.outbox import Outbox
from pledger.ledger.paging import (
    Asked,
    Counts,
    Page,
    conflicts_page,
    counts,
    entities_page,
    figures_page,
    project_kinds,
)
from pledger.ledger.panel import bearing_on, made_by, marked, marked_conflicts, settled, waiting
from pledger.ledger.past import Extent, extent
from pledger.ledger.picture import Picture
from pledger.ledger.records import Record, records
from pledger.ledger.rollup import Rollup, rollups
from pledger.ledger.rows import Rows
from pledger.ledger.sources import sources_of
from pledger.ledger.store import LedgerError, Store
from pledger.ledger.watching import Polled, watch
from pledger.ledger.why import Evidence, Why, evidence, of_conflict, why
from pledger.model import (
    Attribute,
    Claim,
    Conflict,
    DateValue,
    Document,
    Entity,
    Figure,
    Interval,
    Problem,
    stable_id,
)

if TYPE_CHECKING:
    from pledger.ledger.distributions import Belief, Categories

__all__ = ["Ledger", "open"]

_BROUGHT = 3
"""Sentences that are shown of what brought a change."""
_PICTURES = 2
"""Moments whose pictures are held in memory: enough to compare two of them."""


class Ledger:
    """An open ledger. Use it in a `with`, or `close` it.

    Every list is a `Rows`: a list that also gives a data frame (`.frame()`). With `as_of` an answer is given by what
    had been reported by the end of that day, with `known_on` by what we had read by then, with both by both; undated
    documents count as reported always. `at` fixes the two days for all answers.
    """

    def __init__(
        self,
        store: Store,
        moment: Moment = NOW,
        pictures: dict[tuple[str, Moment], Picture] | None = None,
        lagging: bool = False,
        stored: Moment = NOW,
        only: Picture | None = None,
    ) -> None:
        self._store = store
        self._moment = moment
        self._stored = stored  # the moment of which the derived tables tell
        self._only = only  # what this moment is answered from, whatever the tables hold
        self._pictures = {} if pictures is None else pictures
        self._lagging = lagging

    @property
    def url(self) -> str:
        """The SQLAlchemy URL of its database, with a password where it has one."""
        return self._store.url

    @property
    def moment(self) -> Moment:
        """The days as of which this ledger answers; see `at`."""
        return self._moment

    @property
    def stored(self) -> bool:
        """Whether what is stored answers as of these days; else they are derived in memory."""
        return self._moment == self._stored

    def at(self, *, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Ledger:
        """The same ledger, answering as of these days whatever it is asked. It shares the database: close one only."""
        moment = self._moment.within(as_of, known_on)
        only = self._only if moment == self._moment else None
        return Ledger(self._store, moment, self._pictures, self._lagging, self._stored, only)

    def ended(self, moment: Moment) -> Ledger:
        """The same ledger as of this moment after which nothing came (see `past`): what is stored answers of it. It
        shares the database: close one only."""
        return Ledger(self._store, moment, None, self._lagging, moment)

    def around(self, entity: str, moment: Moment) -> Ledger | None:
        """What concerns this entity as of this moment, by who is who as it is known now: a ledger that knows the
        programme with its projects, or the entity, and nothing else. Takes a second or two, however large the ledger;
        None where too much was said of it for that, or nothing.
        """
        picture = regional.around(self._store, entity, moment, self._said(moment))
        return None if picture is None else Ledger(self._store, moment, {}, self._lagging, self._stored, picture)

    def entity_of(self, key: str) -> str | None:
        """The id of the entity of the figure or conflict with this id, or of which the claim with this id speaks."""
        return entity_of(self._store, key)

    def extent(self, moment: Moment) -> Extent:
        """Which of the documents and judgements count at this moment."""
        return extent(self._store, moment)

    def lagging(self) -> Ledger:
        """The same ledger, answering of now by what was derived last: while another process reads into it, what that
        has kept and not yet taken up is left out, instead of being taken up by whoever asks. It shares the database.
        """
        return Ledger(self._store, self._moment, self._pictures, True, self._stored)

    def behind(self) -> bool:
        """Whether something was read or judged that the answers do not follow yet."""
        with self._store.reading() as connection:
            its = stand(connection)
        return not its.ours or its.derived_from != its.facts

    def outdated(self) -> bool:
        """Whether the answers were derived by other rules than this version's, or never: the next question derives
        everything anew."""
        with self._store.reading() as connection:
            return not stand(connection).ours

    def catch_up(self) -> None:
        """Have all answers follow from all that was read and judged. Raises LedgerError where they cannot be kept."""
        if self.behind():
            with self._store.writing() as connection:
                bring_up(connection)

    def read(
        self,
        paths: Sequence[str | os.PathLike[str]],
        *,
        reported_on: dt.date | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        on_document: Callable[[int, int, int | None], None] | None = None,
        workers: int | None = None,
        scheduler: str | None = None,
        further: Further | None = None,
        folder: str | os.PathLike[str] | None = None,
        apart: Callable[[], None] | None = None,
    ) -> ReadResult:
        """Read files, folders, globs or '-' into the ledger; what is known is left alone.

        `reported_on` is the date of documents that bear none. What cannot be read is a Problem in the result, and the
        rest is read. A document is kept with all its claims or not at all, should the process be killed.

        `workers` processes read, by default one on each core, or none besides this one where there is little to read;
        or those of the Dask `scheduler` at an address like tcp://host:port. The ledger is the same whoever reads.
        `on_progress(done, total, path)` is called before each file and once after the last, `on_document(documents,
        characters, total)` when more has been read, `total` None until it can be told. Raises ClusterError, with the
        mend, where the cluster cannot be used. `further` reads each new document once more, in this process.
        `folder` is where the files lie for the time being (uploads): it stays out of the paths that are kept. With
        `apart` all is parsed and read in a process of its own; it is called about each second meanwhile, and what it
        raises ends that process, whatever it is doing, and is raised here: what was read until then is kept.
        """
        result = read_into(
            self._store,
            [os.fspath(path) for path in paths],
            reported_on,
            on_progress,
            on_document,
            workers=workers,
            scheduler=scheduler,
            further=further,
            folder=None if folder is None else room.printable(os.fspath(folder)),
            apart=apart,
        )
        self._follow()
        return result

    def watch(self, opml: str, web: Web, *, once: bool = False, further: Further | None = None) -> Iterator[Polled]:
        """Read what is new in the feeds that an OPML file lists, for ever or `once`; gives each answer as it comes.

        Each feed is asked when it may be (see `documents.watch`), which the ledger remembers from run to run. The list
        is read again in each round, so that it can be changed meanwhile.
        """
        for polled in watch(self._store, opml, web, once=once, further=further):
            if polled.result is not None and polled.result.documents:
                self._follow()
            yield polled

    def documents(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Rows[Document]:
        """The documents, by id."""
        moment = self._moment.within(as_of, known_on)
        picture = self._held(moment)
        if picture is None:
            return Rows(self._store.documents())
        known = self._known(moment)
        return Rows(
            replace(d, echo_of=picture.echoes.get(d.id))
            for d in self._store.documents()
            if known is None or d.id in known
        )

    def claims(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Rows[Claim]:
        """The claims, by document and in the order of reading."""
        known = self._known(self._moment.within(as_of, known_on))
        return Rows(c for c in self._store.claims() if known is None or c.document in known)

    def entities(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Rows[Entity]:
        """The entities, by kind and name."""
        picture = self._held(self._moment.within(as_of, known_on))
        found = entities_of(self._store) if picture is None else picture.entities
        return Rows(sorted(found.values(), key=lambda e: (e.kind, e.name, e.id)))

    def figures(
        self, as_of: dt.date | None = None, known_on: dt.date | None = None, *, entity: str | None = None
    ) -> Rows[Figure]:
        """The figures, by entity and attribute; with `entity`, an entity's id, its own, and no more is loaded."""
        moment = self._moment.within(as_of, known_on)
        picture = self._held(moment)
        if picture is None:
            return Rows(self._dated(marked(figures_of(self._store, entity=entity), self._said(moment))))
        its = (f for f in picture.figures if entity is None or f.entity.id == entity)
        return Rows(marked(its, self._said(moment)))

    def conflicts(
        self, as_of: dt.date | None = None, known_on: dt.date | None = None, *, entity: str | None = None
    ) -> Rows[Conflict]:
        """The conflicts, the severest first; those of kind `update` are history, not errors. `entity`: as for
        `figures`."""
        moment = self._moment.within(as_of, known_on)
        picture = self._held(moment)
        if picture is None:
            return Rows(marked_conflicts(conflicts_of(self._store, entity=entity), self._said(moment)))
        its = (c for c in picture.conflicts if entity is None or c.entity.id == entity)
        return Rows(marked_conflicts(its, self._said(moment)))

    def documents_read(self) -> int:
        """How many documents were ever read."""
        return self._store.count()

    def counts(self) -> Counts:
        """How much the ledger holds."""
        picture = self._held(self._moment)
        if picture is None:
            return counts(self._store)
        known = self._known(self._moment)
        times = {key for key, _, _ in self._store.times() if known is None or key in known}
        return counts_of(picture, len(times), sum(key in times for key, _ in self._store.reports().values()))

    def page_of_figures(self, asked: Asked) -> Page[Figure]:
        """Some figures of a long list; no more is loaded than is shown."""
        picture = self._held(self._moment)
        page = figures_page(self._store, asked) if picture is None else figures_among(picture, asked)
        items = marked(page.items, self._said(self._moment))
        return Page(tuple(self._dated(items) if picture is None else items), page.total)

    def page_of_conflicts(self, asked: Asked) -> Page[Conflict]:
        """Some conflicts of a long list; no more is loaded than is shown."""
        picture = self._held(self._moment)
        page = conflicts_page(self._store, asked) if picture is None else conflicts_among(picture, asked)
        return Page(tuple(marked_conflicts(page.items, self._said(self._moment))), page.total)

    def page_of_entities(self, asked: Asked) -> Page[Entity]:
        """Some entities of a long list; `standings` are those of their whole amount."""
        picture = self._held(self._moment)
        return entities_page(self._store, asked) if picture is None else entities_among(picture, asked)

    def article(self, begun: str) -> tuple[Document, list[Claim]] | None:
        """The document whose id begins so, with its claims in the order of the text; None where there is none."""
        document = self._store.document(begun)
        if document is None:
            return None
        if not self._store.counts(document.id, self._moment):
            return None
        return document, sorted(self._store.claims_in(document.id), key=lambda c: (c.span.start, c.span.end, c.id))

    def articles(self, words: str = "", limit: int = 50, offset: int = 0) -> tuple[list[Document], int]:
        """Documents with these words in title or publisher, the latest report first, and how many there are."""
        return self._store.listed(words, self._moment, limit, offset)

    def copies(self, document: str, limit: int = 50, offset: int = 0) -> tuple[list[Document], int]:
        """Documents that copy this one, given by its id, the latest report first, and how many there are. Who copies
        whom is taken as it is known now."""
        return self._store.copies(document, self._moment, limit, offset)

    def texts_behind(self, figures: Iterable[Figure]) -> tuple[dict[str, Claim], dict[str, Document]]:
        """The claims that figures rest on, and the documents that make them, by id."""
        claims = {c.id: c for c in self._store.claims({c for f in figures for s in f.sides for c in s.claims})}
        return claims, self._texts((c.document for c in claims.values()), self._moment)

    def _texts(self, ids: Iterable[str], moment: Moment) -> dict[str, Document]:
        """These documents by id, with whose copies they were then."""
        picture, found = self._held(moment), self._store.documents(ids)
        if picture is not None:
            found = [replace(d, echo_of=picture.echoes.get(d.id)) for d in found]
        return {d.id: d for d in found}

    def rollups(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Rows[Rollup]:
        """Of each programme its ceiling, projects by stage, what they come to, what remains and what is left out."""
        moment = self._moment.within(as_of, known_on)
        return Rows(rollups(self.figures(as_of, known_on), moment.as_of))

    def unsure(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Rows[Unsure]:
        """Mentions of projects that more than one project fits: kept apart, never merged silently."""
        picture = self._held(self._moment.within(as_of, known_on))
        if picture is not None:
            return Rows(picture.unsure)
        with self._store.reading() as connection:
            return Rows(unsure_in(connection))

    def problems(self) -> Rows[Problem]:
        """Everything in the input that could not be used, by path."""
        return Rows(self._store.problems())

    def why(
        self,
        id: str,  # noqa: A002  the word that the contract uses
        as_of: dt.date | None = None,
        known_on: dt.date | None = None,
    ) -> Why | None:
        """The figure or conflict with this id, or the figure behind which a claim stands, with its evidence."""
        id = id.partition(".")[0]  # noqa: A001  a figure seen from a party's side has the party's id behind a dot
        figure = self._named(id, self._moment.within(as_of, known_on))
        if figure is None:
            return None
        claims = {c.id: c for c in self._store.claims(c for side in figure.sides for c in side.claims)}
        moment = self._moment.within(as_of, known_on)
        documents = self._texts((c.document for c in claims.values()), moment)
        judged = bearing_on(figure, claims.values(), self._store.judgements(), moment.known_on)
        return replace(why(figure, claims, documents), judgements=judged)

    def _named(self, key: str, moment: Moment) -> Figure | None:
        """The figure with this id, a conflict in its shape, or the figure behind which a claim stands."""
        picture, said = self._held(moment), self._said(moment)
        if picture is None:
            figures, conflicts = self._dated(figures_of(self._store, ids=[key])), conflicts_of(self._store, ids=[key])
        else:
            figures = [f for f in picture.figures if f.id == key]
            conflicts = [c for c in picture.conflicts if c.id == key]
        if figures:
            return marked(figures, said)[0]
        if conflicts:
            return of_conflict(marked_conflicts(conflicts, said)[0])
        if picture is None:
            resting = self._dated(behind(self._store, key))
        else:
            resting = [f for f in picture.figures if any(key in side.claims for side in f.sides)]
        return marked(resting[:1], said)[0] if resting else None

    def judgements(self, known_on: dt.date | None = None) -> Rows[Judgement]:
        """All judgements, withdrawn ones too, in the order in which they were made; those made by `known_on`, as they
        were then."""
        return Rows(made_by(self._store.judgements(), known_on or self._moment.known_on))

    def judge(self, *made: Judgement) -> int:
        """Keep these judgements (see `pledger.ledger.judgement`); how many are new. All figures follow them at once."""
        new = self._store.add_judgements(made)
        self._follow()
        return new

    def withdraw(self, judgement: str, by: str, reason: str) -> bool:
        """Withdraw the judgement with this id; whether there was one in force. It stays on record."""
        found = self._store.withdraw(judgement, by, reason, dt.datetime.now(dt.UTC).replace(tzinfo=None))
        self._follow()
        return found

    def doubts(self) -> Rows[Doubt]:
        """Pairs of names and of projects that may be one, with their sentences: what waits for a judgement."""
        said = verdicts(self._store.judgements())
        return Rows(waiting(self._store.claims(), self._store.documents(), self.unsure(), said))

    def changes(
        self,
        since: dt.date,
        until: dt.date | None = None,
        *,
        read: bool = False,
        as_of: dt.date | None = None,
        known_on: dt.date | None = None,
    ) -> Rows[Change]:
        """What has changed from the end of the day `since` to the end of `until` (None: now), the weightiest first.

        By when it was reported, or with `read` by when we read it; the other time can be held at a day with `known_on`
        and `as_of`.
        """
        held = self._moment.within(as_of, known_on)
        days = (since, until or (held.known_on if read else held.as_of))
        ends = [replace(held, known_on=day) if read else replace(held, as_of=day) for day in days]
        before, after = ((self.figures(m.as_of, m.known_on), self.conflicts(m.as_of, m.known_on)) for m in ends)
        return self.compared(before, after)

    def changes_in_parts(self, since: dt.date, part: int = 1, *, read: bool = False) -> tuple[Rows[Change], int]:
        """Part of what has changed from the end of the day `since` until now, and how many parts there are (0: nothing
        was reported since). Each part has the changes of some programmes and names, the weightiest first, those of
        which most was reported in the first part; see `regional`. For ledgers that are too large to compare as a whole.
        Raises ValueError for a day of which nothing is stored.
        """
        if not self.stored:
            raise ValueError("nothing is stored of this day: compare it as a whole")
        then = Moment(known_on=since) if read else Moment(as_of=since)
        with self._store.snapshot():
            found = regional.parts(self._store, then)
            if not 1 <= part <= len(found):
                return Rows(), len(found)
            said = self._said(self._moment)
            its = found[part - 1]
            held = regional.before(self._store, its, then, said), regional.after(self._store, its, said)
            return self.compared(*held), len(found)

    def changed(self, before: tuple[Sequence[Figure], Sequence[Conflict]]) -> Rows[Change]:
        """What has changed since `figures()` and `conflicts()` gave this answer, the weightiest first."""
        return self.compared(before, (self.figures(), self.conflicts()))

    def compared(self, before: Held, after: Held) -> Rows[Change]:
        """The changes from one answer to another, the weightiest first, with the sentences that brought them."""
        found = changes(before, after)
        brought = self.sentences({c for change in found for c in change.claims[:_BROUGHT]}, (*after[0], *after[1]))
        return Rows(
            replace(change, evidence=tuple(brought[c] for c in change.claims[:_BROUGHT] if c in brought))
            for change in found
        )

    def sentences(self, claims: Iterable[str], behind: Iterable[Figure | Conflict]) -> dict[str, Evidence]:
        """By id those of these claims that stand behind some of these figures and conflicts, with their sentences."""
        found = {c.id: c for c in self._store.claims(set(claims))}
        documents = {d.id: d for d in self._store.documents(c.document for c in found.values())}
        return evidence(behind, found, documents)

    @contextmanager
    def follow(self, name: str, at: dt.datetime | None = None) -> Iterator[Look]:
        """What has changed since the follower `name` looked last, and nothing at its first look; see `following`.

        A look is one transaction: when the block ends well it has seen what it was shown, and what was put into its
        outbox meanwhile is kept; when not, neither. `at`: when it looks (UTC), now by default. Raises LedgerError
        where the ledger cannot be written, ValueError for a ledger as of a day.
        """
        if self._moment != NOW:
            raise ValueError("a ledger as of a day does not change, and cannot be followed")
        with follow(self._store, name, at) as look:
            yield look

    def unfollow(self, name: str) -> bool:
        """Let go of a follower; whether there was one. What it was told is kept."""
        return forget(self._store, name)

    def outbox(self, follower: str) -> Outbox:
        """What a follower was told, and what has not reached an output yet."""
        return Outbox(self._store, follower)

    def dates(
        self, first: dt.date, last: dt.date, as_of: dt.date | None = None, known_on: dt.date | None = None
    ) -> Rows[Figure]:
        """The figures of dates of which some day lies from `first` to `last`; no others are loaded."""
        moment = self._moment.within(as_of, known_on)
        picture = self._held(moment)
        stretch = Interval(first, last)
        if picture is None:
            return Rows(self._dated(marked(dates_of(self._store, stretch), self._said(moment))))
        its = (f for f in picture.figures if isinstance(f.value, DateValue) and f.value.interval.meets(stretch))
        return Rows(marked(its, self._said(moment)))

    def health(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Rows[Health]:
        """How far the record of each programme and project can be leaned on, the poorest first; ages as of `as_of`, or
        today."""
        moment = self._moment.within(as_of, known_on)
        today = moment.as_of or moment.known_on or dt.datetime.now(dt.UTC).date()
        return Rows(health(self.figures(as_of, known_on), self._reports(moment), today))

    def health_of(self, figures: Iterable[Figure]) -> dict[str, Health]:
        """By the id of a programme or project its health, from its figures; no more is loaded than they rest on."""
        its = list(figures)
        reports = self._store.reported(c for f in its for side in f.sides for c in side.claims)
        today = self._moment.as_of or self._moment.known_on or dt.datetime.now(dt.UTC).date()
        return {held.entity.id: held for held in health(its, reports, today)}

    def project_kinds(self) -> frozenset[str]:
        """Every kind of project that the ledger knows of: keys of `data/lexicon/kinds.toml`, or words of reports."""
        picture = self._held(self._moment)
        if picture is None:
            return project_kinds(self._store)
        its = (dict(e.attributes).get("project_kind") for e in picture.entities.values())
        return frozenset(kind for kind in its if kind)

    def sources(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Rows[Record]:
        """The record of each origin: what it said, and how often that was confirmed or contradicted afterwards."""
        moment = self._moment.within(as_of, known_on)
        if self._held(moment) is None:
            return Rows(sources_of(self._store, self._said(moment)))
        return Rows(records(self.figures(as_of, known_on), self._reports(moment)))

    def _reports(self, moment: Moment) -> dict[str, tuple[str, dt.date | None]]:
        """By claim id the document that it counts for (of a copy the one that it copies) and the day of its report."""
        copies = {d.id: d.echo_of for d in self.documents(moment.as_of, moment.known_on) if d.echo_of}
        return {claim: (copies.get(key, key), day) for claim, (key, day) in self._store.reports().items()}

    def beliefs(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> dict[str, Belief | Categories]:
        """By figure id its distribution (see `beliefs`); figures that cannot be placed on a scale are left out."""
        from pledger.ledger.beliefs import belief  # NumPy takes a while to load

        claims = {c.id: c for c in self._store.claims()}
        accepted = list(self._said(self._moment.within(as_of, known_on)).accepted)
        found = {f.id: belief(f, claims, settled=settled(f, accepted)) for f in self.figures(as_of, known_on)}
        return {key: held for key, held in found.items() if held is not None}

    def prospects(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> dict[str, Categories]:
        """By the id of a figure of a stage, how far its project comes (see `beliefs.ahead`)."""
        from pledger.ledger.beliefs import ahead

        claims = {c.id: c for c in self._store.claims()}
        accepted = list(self._said(self._moment.within(as_of, known_on)).accepted)
        stages = [f for f in self.figures(as_of, known_on) if f.attribute is Attribute.STAGE]
        return {f.id: ahead(f, claims, settled=settled(f, accepted)) for f in stages}

    def audit(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> list[Problem]:
        """Every figure or conflict whose sentences do not stand as they were read; empty when all is sound."""
        claims = {c.id: c for c in self._store.claims()}
        documents = {d.id: d for d in self._store.documents()}
        return audits.audit(self.figures(as_of, known_on), self.conflicts(as_of, known_on), claims, documents)

    def version(self) -> str:
        """A word that changes whenever something is read or judged, and when the answers follow it."""
        with self._store.reading() as connection:
            its = stand(connection)
        return f"{its.facts} {its.derived_from}"

    def name(self) -> str:
        """A word that tells this ledger from others for as long as it lives: made from the first document it read."""
        first = min(((read_at, key) for key, _, read_at in self._store.times()), default=None)
        return stable_id("l", *(map(str, first) if first else ("empty",)))

    def snapshot(self) -> AbstractContextManager[None]:
        """While it is open, all questions of this thread see one state of the ledger, whatever a writer does.

        What is derived is brought up to the facts first: a snapshot would not see that done.
        """
        self._held()
        return self._store.snapshot()

    def digest(self) -> str:
        """One word for all that this ledger holds: equal words, equal ledgers, in whatever order they were read."""
        self._follow()
        return self._store.digest()

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __eq__(self, other: object) -> bool:
        """One ledger at one moment, however often it was taken with `at`: what is remembered by it is found again."""
        return isinstance(other, Ledger) and self._same == other._same

    def __hash__(self) -> int:
        return hash(self._same)

    @property
    def _same(self) -> tuple[Store, Moment, bool, Moment, int]:
        return self._store, self._moment, self._lagging, self._stored, id(self._only)

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _follow(self) -> None:
        """`catch_up` as far as the tables can be written: else each answer is given from memory."""
        with suppress(LedgerError):
            self.catch_up()

    def _held(self, moment: Moment | None = None) -> Picture | None:
        """None where the stored tables answer, brought up to the facts first; else the picture that does.

        The tables lag behind when a reading was cut off before its end. Where they cannot be written (a file that may
        only be read), the answer is given from memory all the same.
        """
        moment = self._stored if moment is None else moment
        if self._only is not None and moment == self._moment:
            return self._only
        if moment != self._stored:
            return self._derived(moment)
        with self._store.reading() as connection:
            its = stand(connection)
            if its.ours and (self._lagging or its.derived_from == its.facts):
                return None
        try:
            with self._store.writing() as connection:
                bring_up(connection)
        except LedgerError:
            return self._derived(moment)
        return None

    def _dated(self, figures: Sequence[Figure]) -> list[Figure]:
        """Figures of the tables with the day of which the tables tell."""
        day = self._stored.as_of
        return list(figures) if day is None else [replace(figure, as_of=day) for figure in figures]

    def _said(self, moment: Moment) -> Verdicts:
        """What was judged by then. Nobody reports a judgement, so the day of reports has no say in it."""
        return verdicts(self._store.judgements(), moment.known_on)

    def _known(self, moment: Moment) -> frozenset[str] | None:
        """Ids of the documents that count at this moment; None for all."""
        return None if moment == self._stored else moment.ids(self._store.times())

    def _derived(self, moment: Moment) -> Picture:
        key = (self._store.facts(), moment)
        if key not in self._pictures:
            while len(self._pictures) >= _PICTURES:
                del self._pictures[next(iter(self._pictures))]
            known = self._known(moment)
            documents, claims = self._store.documents(), self._store.claims()
            if known is not None:
                documents = [d for d in documents if d.id in known]
                claims = [c for c in claims if c.document in known]
            self._pictures[key] = derive(
                documents, claims, echoes_of(self._store, known), moment.as_of, self._said(moment)
            )
        return self._pictures[key]


def open(url: str, *, create: bool = True) -> Ledger:  # noqa: A001  `pledger.open` is the name of the contract
    """Open the ledger at `url`: a path of a SQLite file or an SQLAlchemy URL such as `postgresql://...`.

    A file that is not there is made, unless `create` is false. Raises LedgerError, with the mend, where it cannot be
    opened.
    """
    if not url:
        raise LedgerError("the ledger needs a path or a URL")
    return Ledger(Store(url, create=create))
