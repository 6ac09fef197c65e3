"""The ledger: what a program or a person holds in hand. Thin: storing, deriving, asking and auditing live beside it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from types import TracebackType

from pledger.documents.watch import Web
from pledger.ledger import audit as audits
from pledger.ledger.derive import derive
from pledger.ledger.engine.state import bring_up, derived
from pledger.ledger.fit import Unsure
from pledger.ledger.intake import Further, ReadResult, echoes_of, read_into
from pledger.ledger.kept import conflicts_of, entities_of, figures_of
from pledger.ledger.picture import Picture
from pledger.ledger.rows import Rows
from pledger.ledger.store import LedgerError, Store
from pledger.ledger.watching import Polled, watch
from pledger.ledger.why import Why, of_conflict, why
from pledger.model import Claim, Conflict, Document, Entity, Figure, Problem

__all__ = ["Ledger", "open"]


class Ledger:
    """An open ledger. Use it in a `with`, or `close` it.

    Every list is a `Rows`: a list that also gives a data frame (`.frame()`). With `as_of` an answer is given as it was
    known on that day: only documents reported on it or before count, and undated documents count always.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._picture: tuple[tuple[str, dt.date | None], Picture] | None = None

    def read(
        self,
        paths: Sequence[str],
        *,
        reported_on: dt.date | None = None,
        on_progress: Callable[[int, int, str], None] | None = None,
        on_document: Callable[[int, int, int | None], None] | None = None,
        workers: int | None = None,
        scheduler: str | None = None,
        further: Further | None = None,
    ) -> ReadResult:
        """Read files, folders, globs or '-' into the ledger; what is known is left alone.

        `reported_on` is the date of documents that bear none. What cannot be read is a Problem in the result, and the
        rest is read. A document is kept with all its claims or not at all, should the process be killed.

        `workers` processes read, by default one on each core, or none besides this one where there is little to read;
        or those of the Dask `scheduler` at an address like tcp://host:port. The ledger is the same whoever reads.
        `on_progress(done, total, path)` is called before each file and once after the last, `on_document(documents,
        characters, total)` when more has been read, `total` None until it can be told. Raises ClusterError, with the
        mend, where the cluster cannot be used. `further` reads each new document once more, in this process.
        """
        result = read_into(
            self._store,
            paths,
            reported_on,
            on_progress,
            on_document,
            workers=workers,
            scheduler=scheduler,
            further=further,
        )
        self._held()
        return result

    def watch(self, opml: str, web: Web, *, once: bool = False, further: Further | None = None) -> Iterator[Polled]:
        """Read what is new in the feeds that an OPML file lists, for ever or `once`; gives each answer as it comes.

        Each feed is asked when it may be (see `documents.watch`), which the ledger remembers from run to run. The list
        is read again in each round, so that it can be changed meanwhile.
        """
        for polled in watch(self._store, opml, web, once=once, further=further):
            if polled.result is not None and polled.result.documents:
                self._held()
            yield polled

    def documents(self) -> Rows[Document]:
        """All documents, by id."""
        picture = self._held()
        echoes = picture.echoes if picture is not None else {}
        found = self._store.documents()
        return Rows(replace(d, echo_of=echoes.get(d.id)) if picture is not None else d for d in found)

    def claims(self, as_of: dt.date | None = None) -> Rows[Claim]:
        """All claims, by document and in the order of reading."""
        known = {
            d.id for d in self._store.documents() if as_of is None or d.reported_on is None or d.reported_on <= as_of
        }
        return Rows(c for c in self._store.claims() if c.document in known)

    def entities(self, as_of: dt.date | None = None) -> Rows[Entity]:
        """All entities, by kind and name."""
        picture = self._held(as_of)
        found = entities_of(self._store) if picture is None else picture.entities
        return Rows(sorted(found.values(), key=lambda e: (e.kind, e.name, e.id)))

    def figures(self, as_of: dt.date | None = None) -> Rows[Figure]:
        """All figures, by entity and attribute."""
        picture = self._held(as_of)
        return Rows(figures_of(self._store) if picture is None else picture.figures)

    def conflicts(self, as_of: dt.date | None = None) -> Rows[Conflict]:
        """All conflicts, by entity and kind; those of kind `update` are history, not errors."""
        picture = self._held(as_of)
        return Rows(conflicts_of(self._store) if picture is None else picture.conflicts)

    def unsure(self, as_of: dt.date | None = None) -> Rows[Unsure]:
        """Mentions of projects that more than one project fits: kept apart, never merged silently."""
        return Rows(self._derived(as_of).unsure)

    def problems(self) -> Rows[Problem]:
        """Everything in the input that could not be used, by path."""
        return Rows(self._store.problems())

    def why(self, id: str) -> Why | None:  # noqa: A002  the word that the contract uses
        """The figure or conflict with this id, or the figure behind which a claim stands, with its evidence."""
        id = id.partition(".")[0]  # noqa: A001  a figure seen from a party's side has the party's id behind a dot
        figures = self.figures()
        figure = next((f for f in figures if f.id == id), None)
        if figure is None:
            conflict = next((c for c in self.conflicts() if c.id == id), None)
            figure = of_conflict(conflict) if conflict else None
        if figure is None:
            figure = next((f for f in figures if any(id in side.claims for side in f.sides)), None)
        if figure is None:
            return None
        claims = {c.id: c for c in self._store.claims(c for side in figure.sides for c in side.claims)}
        documents = {d.id: d for d in self._store.documents(c.document for c in claims.values())}
        return why(figure, claims, documents)

    def audit(self) -> list[Problem]:
        """Every figure or conflict whose sentences do not stand as they were read; empty when all is sound."""
        claims = {c.id: c for c in self._store.claims()}
        documents = {d.id: d for d in self._store.documents()}
        return audits.audit(self.figures(), self.conflicts(), claims, documents)

    def digest(self) -> str:
        """One word for all that this ledger holds: equal words, equal ledgers, in whatever order they were read."""
        self._held()
        return self._store.digest()

    def close(self) -> None:
        """Let go of the database."""
        self._store.close()

    def __enter__(self) -> Ledger:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def _held(self, as_of: dt.date | None = None) -> Picture | None:
        """None where the stored tables answer, brought up to the facts first; else the picture that does.

        The tables lag behind when a reading was cut off before its end. Where they cannot be written (a file that may
        only be read), the answer is given from memory all the same.
        """
        if as_of is not None:
            return self._derived(as_of)
        with self._store.reading() as connection:
            if derived(connection):
                return None
        try:
            with self._store.writing() as connection:
                bring_up(connection)
        except LedgerError:
            return self._derived(None)
        return None

    def _derived(self, day: dt.date | None) -> Picture:
        key = (self._store.facts(), day)
        if self._picture is None or self._picture[0] != key:
            picture = derive(self._store.documents(), self._store.claims(), echoes_of(self._store, day), day)
            self._picture = (key, picture)
        return self._picture[1]


def open(url: str, *, create: bool = True) -> Ledger:  # noqa: A001  `pledger.open` is the name of the contract
    """Open the ledger at `url`: a path of a SQLite file or an SQLAlchemy URL such as `postgresql://...`.

    A file that is not there is made, unless `create` is false. Raises LedgerError, with the mend, where it cannot be
    opened.
    """
    if not url:
        raise LedgerError("the ledger needs a path or a URL")
    return Ledger(Store(url, create=create))
