"""Verbs on what a programme's terms are: `terms`, `compare`. What checks files takes a while to load: only here."""

from __future__ import annotations

import click

from pledger.cli.common import as_json, out
from pledger.views import jsons

__all__ = ["compare", "terms"]


@click.command()
@click.argument("programme", metavar="PROGRAMME_OR_FILE")
@as_json
def terms(programme: str, as_json: bool) -> None:
    """The terms of a programme, clause by clause: what is reported, by which sources, in which readings; what is not.

    PROGRAMME is a country, a key or a name; a YAML file of your own is read instead where you name one.

    \b
    Example:
      pledger terms japan
      pledger terms "KR>US" --json
      pledger terms my-terms.yaml
    """
    from pledger.vehicle import terms as clauses
    from pledger.views import terms as shown

    its = clauses.terms(programme)
    if as_json:
        click.echo(jsons.dumps(shown.terms_json(its)))
    else:
        out().print(shown.terms(its))


@click.command()
@click.argument("programmes", nargs=-1, required=True, metavar="PROGRAMME_OR_FILE...")
@as_json
def compare(programmes: tuple[str, ...], as_json: bool) -> None:
    """The terms of two programmes or more side by side, a clause a row.

    \b
    Example:
      pledger compare japan korea
      pledger compare japan my-terms.yaml --json
    """
    from pledger.vehicle import terms as clauses
    from pledger.views import terms as shown

    if len(programmes) < 2:
        raise click.UsageError(f"one programme has nothing beside it: `pledger compare {programmes[0]} korea`")
    found = [clauses.terms(programme) for programme in programmes]
    if as_json:
        click.echo(jsons.dumps(shown.compared_json(found)))
    else:
        out().print(shown.compared(found))
