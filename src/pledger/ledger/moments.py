"""As known when: the two times of every answer.

A report has two times: when it was published (`reported_on`) and when we read it (`read_at`). "What had been reported
by March?" asks for the first, "what did our ledger say when we wrote that memo in March?" for the second, and both can
be asked at once. Days count to their end: what was read on a day (UTC) is known on it. A document without a date counts
as reported always, since leaving it out would hide it for every date; when it was read is always known.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, replace

__all__ = ["NOW", "Moment"]


@dataclass(frozen=True, slots=True)
class Moment:
    """What had been reported by the end of the day `as_of`, as far as we had read it by the end of `known_on`.

    None for either: whatever there is.
    """

    as_of: dt.date | None = None
    known_on: dt.date | None = None

    def holds(self, reported_on: dt.date | None, read_at: dt.datetime) -> bool:
        """Whether a document of these times (`read_at` in UTC) was reported and known then."""
        if self.as_of is not None and reported_on is not None and reported_on > self.as_of:
            return False
        return self.known_on is None or read_at.date() <= self.known_on

    def ids(self, times: Iterable[tuple[str, dt.date | None, dt.datetime]]) -> frozenset[str]:
        """Ids of the documents that it holds, of `times`: id, day of report, moment of reading."""
        return frozenset(key for key, reported_on, read_at in times if self.holds(reported_on, read_at))

    def within(self, as_of: dt.date | None, known_on: dt.date | None) -> Moment:
        """This moment with the days that are given in the place of its own."""
        return replace(
            self,
            as_of=self.as_of if as_of is None else as_of,
            known_on=self.known_on if known_on is None else known_on,
        )


NOW = Moment()
"""Everything that was ever read."""
