"""The verb `grade`: an analyst's grade for a source, or for one claim, in the place of the rule's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import click
from rapidfuzz import process

from pledger.cli.common import opened, out
from pledger.cli.judging import user
from pledger.ledger import judgement
from pledger.ledger.grades import subject

__all__ = ["grade"]

LETTERS, DIGITS = tuple("ABCDEF"), tuple("123456")


@click.command()
@click.argument("source", metavar="ORIGIN|CLAIM")
@click.argument("mark", metavar="A-F|1-6")
@click.option("--by", "person", metavar="NAME", help="Who judges; by default the user of this machine.")
@click.option("--reason", required=True, help="Why, in a few words; kept and shown with the grade.")
@click.pass_obj
def grade(url: str, source: str, mark: str, person: str | None, reason: str) -> None:
    """Grade a source (A to F) or a claim (1 to 6) by hand, in the place of the rule.

    The grade is shown as judged wherever it stands, and `pledger judge --withdraw ID` takes it back. `pledger show
    sources` lists the sources with their grades and records; `pledger why ID --json` has the ids of claims.

    \b
    Example:
      pledger grade "Harbour Times" C --by "A. Larsen" --reason "three scoops borne out since March"
      pledger grade c81f0a2b 5 --by "A. Larsen" --reason "the plant was shown on another continent"
    """
    mark = mark.upper()
    if mark not in LETTERS + DIGITS:
        raise click.UsageError(
            f"{mark} is no grade: give a source a letter from A to F, or a claim a digit from 1 to 6"
        )
    with opened(url) as ledger:
        if mark in LETTERS:
            name = _source(source, [record.origin for record in ledger.sources()])
            about, shown = subject(name), name
        else:
            about = shown = _claim(source, [claim.id for claim in ledger.claims()])
        try:
            made = judgement(
                "grade",
                about,
                "",
                mark,
                "",
                person=person or user(),
                reason=reason,
                made_at=dt.datetime.now(dt.UTC).replace(tzinfo=None),
            )
        except ValueError as wrong:
            raise click.UsageError(str(wrong)) from wrong
        ledger.judge(made)
    out().print(f"{shown}: {mark} ({made.id}); `pledger judge --withdraw {made.id}` takes it back", markup=False)


def _source(asked: str, known: list[str]) -> str:
    """The source of the ledger that `asked` names, in any of its spellings."""
    exact = [name for name in known if subject(name) == subject(asked)]
    if exact:
        return exact[0]
    near = [name for name, _, _ in process.extract(asked, known, limit=3, score_cutoff=60)]
    mend = f"did you mean {' or '.join(near)}?" if near else "`pledger show sources` lists them"
    raise click.UsageError(f"no source {asked!r} in this ledger; {mend}")


def _claim(begun: str, known: Iterable[str]) -> str:
    found = [claim for claim in known if claim.startswith(begun)]
    if len(found) != 1:
        raise click.UsageError(f"{len(found) or 'no'} claims with an id that begins {begun!r}; a source takes a letter")
    return found[0]
