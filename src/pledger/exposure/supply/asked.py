"""What is asked for in words, as a command line, an address and a program give it: countries, commodities, shares.

Each function raises AskError, one line with the mend, for words that mean nothing here.
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from pledger.exposure.supply.cells import number
from pledger.exposure.supply.draws import spread
from pledger.exposure.supply.lists import folded
from pledger.exposure.supply.places import country, nearest
from pledger.exposure.supply.plants import Plant
from pledger.exposure.supply.table import commodities, load
from pledger.exposure.supply.words import REST, Commodity
from pledger.ledger.distributions import SHARE, Belief
from pledger.model import Problem
from pledger.vehicle.asking.wishes import AskError

__all__ = ["commodity", "countries", "covers", "is_file", "month", "named_plants", "one_country"]

_FILES = (".csv", ".tsv", ".txt", ".xlsx")
_NEAR = 0.6
_SHOWN = 60
_MONTH = re.compile(r"(\d{4})-(\d\d)(?:-\d\d)?")
_YEARS = (1990, 2100)
"""In which a halt may begin."""


def countries(said: str | Iterable[str], what: str) -> tuple[str, ...]:
    """The codes of countries by code or name, commas between them (`CN,Russia`), each once; `what`: who asks."""
    found: dict[str, None] = {}
    for words in (w.strip() for one in ([said] if isinstance(said, str) else said) for w in one.split(",")):
        code = country(words) if words else None
        if code is not None and code != REST:
            found[code] = None
        elif words:
            near = nearest(words)
            mend = f"did you mean {near}?" if near else "write a name or an ISO code, such as CN"
            raise AskError(f"{what}: {words[:_SHOWN]!r} is no country that is known; {mend}")
    return tuple(found)


def one_country(said: str, what: str) -> str:
    """The code of the one country that is named."""
    found = countries(said, what)
    if len(found) != 1:
        raise AskError(f"{what}: {said[:_SHOWN]!r} names {len(found) or 'no'} countries; name one country")
    return found[0]


def is_file(words: str | Path) -> bool:
    """Whether a table of the user's is meant, and no bundled commodity."""
    said = str(words)
    return isinstance(words, Path) or Path(said).suffix.lower() in _FILES or "/" in said or "\\" in said


def commodity(words: str | Path) -> tuple[Commodity, tuple[Problem, ...]]:
    """A commodity by its key, name or a part that only its name has; or that of a user's table, with its problems.

    Raises TableError for a file that holds no table.
    """
    if is_file(words):
        return load(words)
    return _bundled(str(words)), ()


def _bundled(words: str) -> Commodity:
    known = commodities()
    wanted = folded(words)
    exact = [c for c in known.values() if wanted in {folded(name) for name in (c.key, c.name, *c.names)}]
    part = exact or [c for c in known.values() if wanted and any(wanted in folded(n) for n in (c.key, c.name))]
    if len(part) == 1:
        return part[0]
    if part:
        raise AskError(f"{words[:_SHOWN]!r} may be {' or '.join(c.key for c in part)}; name one")
    near = difflib.get_close_matches(words.casefold().replace(" ", "_"), known, 1, _NEAR)
    mend = f"did you mean {near[0]}?" if near else f"name a FILE.csv, or one of {', '.join(known)}"
    raise AskError(f"no commodity is called {words[:_SHOWN]!r}; {mend}")


def covers(given: Mapping[str, str | float]) -> tuple[tuple[str, Belief], ...]:
    """Projects with the shares of use that they cover: `{"Element Six": "over 80 %"}`, `{"Element Six": 0.8}`."""
    return tuple((name.strip(), _covered(name.strip(), share)) for name, share in given.items())


def _covered(name: str, share: str | float) -> Belief:
    said = share.strip() if isinstance(share, str) else f"{share:.12g}"
    found = number(said)
    if not name or found is None:
        raise AskError(f"covers: {f'{name}={said}'[:_SHOWN]!r} is no PROJECT=SHARE; write 'Element Six=100 %'")
    low, high = (end / 100 if end is not None and found.percent else end for end in (found.low, found.high))
    if (most := max(low or 0.0, high or 0.0)) > 1:
        bare = not found.percent and most <= 100
        mend = f"write '{name}={said} %'" if bare else "write 100 % for all of its use or more"
        raise AskError(f"covers: {f'{name}={said}'[:_SHOWN]!r} is more than the whole; {mend}")
    return Belief(SHARE, (spread(low, high, found.qualifier),))


def named_plants(said: Iterable[str], plants: Sequence[Plant]) -> tuple[str, ...]:
    """The ids of the plants that are named, by id or by words of their names."""
    found = []
    for words in said:
        fits = [p for p in plants if p.id == words] or [p for p in plants if words.casefold() in p.name.casefold()]
        if len(fits) != 1:
            names = ", ".join(p.name for p in (fits or plants)) or "none"
            what = "fits several projects" if fits else "is no project that is known to supply it"
            raise AskError(f"without: {words[:_SHOWN]!r} {what}; there are: {names}")
        found.append(fits[0].id)
    return tuple(found)


def month(said: str) -> dt.date:
    """The first day of a month: `2030-01`, or that of a day, `2030-01-15`."""
    found = _MONTH.fullmatch(said.strip())
    if found is None or not 1 <= int(found[2]) <= 12 or not _YEARS[0] <= int(found[1]) <= _YEARS[1]:
        raise AskError(f"{said[:_SHOWN]!r} is no month; write 2030-01")
    return dt.date(int(found[1]), int(found[2]), 1)
