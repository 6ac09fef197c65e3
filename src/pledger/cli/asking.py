"""Verbs that ask the ledger: `show`, `conflicts`, `why`, `audit`."""

from __future__ import annotations

import sys

import click

from pledger.cli.common import as_json, opened, out, when
from pledger.ledger import Moment
from pledger.views import jsons, tables
from pledger.views.find import identify

__all__ = ["audit", "conflicts", "show", "why"]

SHOWN = ("programmes", "projects", "figures", "organisations", "documents", "claims", "sources", "rollup")


@click.command()
@click.argument("what", type=click.Choice(SHOWN), default="projects")
@click.argument("name", required=False)
@when
@as_json
@click.pass_obj
def show(url: str, what: str, name: str | None, when: Moment, as_json: bool) -> None:
    """Show what the ledger holds: programmes, projects, figures, organisations, documents, claims, sources or rollup.

    \b
    Example:
      pledger show projects
      pledger show figures "Element Six"
      pledger show figures --json --as-of 2026-03-01
      pledger show sources              who was confirmed, and who was contradicted
      pledger show rollup               ceiling, projects by stage, and what remains
    """
    with opened(url, when) as ledger:
        if as_json:
            click.echo(jsons.dumps(jsons.shown(ledger, what, name)))
        else:
            out().print(tables.shown(ledger, what, name))


@click.command()
@when
@as_json
@click.pass_obj
def conflicts(url: str, when: Moment, as_json: bool) -> None:
    """Where the reports cannot all be right, each with one sentence that says why.

    \b
    Example:
      pledger conflicts
      pledger conflicts --json | jq '.[].explanation'
    """
    with opened(url, when) as ledger:
        if as_json:
            words = jsons.texts(ledger.claims())
            click.echo(jsons.dumps([jsons.conflict_json(c, words) for c in ledger.conflicts()]))
        else:
            out().print(tables.conflicts(ledger))


@click.command()
@click.argument("words", nargs=-1, required=True, metavar="ID|WORDS...")
@when
@as_json
@click.pass_obj
def why(url: str, words: tuple[str, ...], when: Moment, as_json: bool) -> None:
    """Why a figure is what it is: every sentence behind it, who said so, and what it weighs.

    Name it by its id as `show figures` and `conflicts` print it (its beginning is enough), or by words.

    \b
    Example:
      pledger why japan amount
      pledger why f3a9c
      pledger why japan amount --as-of 2025-12-31
    """
    with opened(url, when) as ledger:
        identifier = identify(ledger, words)
        answer = ledger.why(identifier) if identifier is not None else None
        if answer is None:
            asked = " ".join(words)
            raise click.UsageError(f"no figure or conflict {asked!r} in this ledger; `pledger show figures` lists them")
        if as_json:
            click.echo(jsons.dumps(jsons.why_json(answer)))
        else:
            out().print(tables.why(answer))


@click.command()
@when
@as_json
@click.pass_obj
def audit(url: str, when: Moment, as_json: bool) -> None:
    """Walk every figure and conflict, and fail when one lacks the sentence that it rests on.

    \b
    Example:
      pledger audit && echo "every number has its sentence"
    """
    with opened(url, when) as ledger:
        problems = ledger.audit()
        if as_json:
            click.echo(jsons.dumps([jsons.problem_json(p) for p in problems]))
        else:
            out().print(tables.audit(ledger, problems))
    if problems:
        sys.exit(1)
