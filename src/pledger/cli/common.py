"""What verbs share: options, consoles, opening the ledger, and the two ways in which things go wrong."""

from __future__ import annotations

import datetime as dt
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import Any

import click
from rich.console import Console

import pledger
from pledger.ledger import NOW, Ledger, Moment
from pledger.model import Problem
from pledger.views import tables

__all__ = ["DAY", "as_json", "asking", "date", "err", "list_problems", "opened", "out", "when"]

DAY = click.DateTime(formats=["%Y-%m-%d"])


def when(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options --as-of and --known-on, handed on together as the Moment `when`."""

    @click.option("--as-of", type=DAY, default=None, metavar="DATE", help="By what had been reported by DATE.")
    @click.option("--known-on", type=DAY, default=None, metavar="DATE", help="By what we had read by DATE.")
    @wraps(function)
    def asked(*args: Any, as_of: dt.datetime | None, known_on: dt.datetime | None, **options: Any) -> Any:
        return function(*args, when=Moment(date(as_of), date(known_on)), **options)

    return asked


def as_json(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --json."""
    return click.option("--json", "as_json", is_flag=True, help="JSON by the contract pledger/1.")(function)


def date(moment: dt.datetime | None) -> dt.date | None:
    """The day of a moment that `DAY` read."""
    return moment.date() if moment else None


def out() -> Console:
    """Where answers go."""
    return Console(highlight=False)


def err() -> Console:
    """Where words about the work go."""
    return Console(stderr=True, highlight=False)


def opened(url: str, when: Moment = NOW, *, create: bool = False) -> Ledger:
    """The ledger as of `when`, or a usage error that says the mend where there is none to read from."""
    if not create and "://" not in url and not Path(url).exists():
        raise click.UsageError(f"no ledger at {url}; `pledger read PATH...` makes one, or name it with --ledger")
    return pledger.open(url).at(as_of=when.as_of, known_on=when.known_on)


@contextmanager
def asking() -> Iterator[None]:
    """A question that cannot be answered as a usage error; an argument at the head of its words is an option here."""
    from pledger.vehicle.asking.wishes import AskError

    try:
        yield
    except AskError as wrong:
        raise click.UsageError(re.sub(r"^(?=[a-z]+: )", "--", str(wrong))) from wrong


def list_problems(problems: Iterable[Problem]) -> None:
    """List what could not be used, and leave with exit code 1 where there is any."""
    listed = list(problems)
    if listed:
        err().print(tables.problems(listed))
        sys.exit(1)
