"""The verbs of the command line together, and what is said of everything that can go wrong in them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from typing import Any

import click

import pledger
from pledger.cli.asking import audit, conflicts, show, why
from pledger.cli.asking_run import attention, scenarios, solve
from pledger.cli.exposing import expose
from pledger.cli.grading import grade
from pledger.cli.history import changes, health
from pledger.cli.judging import judge
from pledger.cli.reading import claims, read
from pledger.cli.running import run_
from pledger.cli.selecting import select
from pledger.cli.serving import serve
from pledger.cli.stopping import STOPPED, Stopping
from pledger.cli.terms import compare, terms
from pledger.cli.writing import demo, report_
from pledger.ledger import LedgerError
from pledger.vehicle.errors import FileError
from pledger.workers import ClusterError

__all__ = ["cli", "run"]


class _Group(click.Group):
    """Verbs in the order of work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs as they were added."""
        del ctx
        return list(self.commands)

    def invoke(self, ctx: click.Context) -> Any:
        """Ctrl-C as an Abort, without the empty line that click would print."""
        try:
            return super().invoke(ctx)
        except KeyboardInterrupt:
            raise click.Abort from None


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.option(
    "--ledger",
    "url",
    envvar="PLEDGER_LEDGER",
    default="./pledger.db",
    show_default=True,
    metavar="PATH_OR_URL",
    help="The ledger: a SQLite file or a database URL; also taken from PLEDGER_LEDGER.",
)
@click.version_option(pledger.__version__, prog_name="pledger")
@click.pass_context
def cli(ctx: click.Context, url: str) -> None:
    """What is reported about state-backed investment programmes, as a ledger that can be audited.

    Three verbs, one direction: read -> reconcile -> run. Any number that is shown can be asked why.

    \b
    Example:
      pledger read articles/            read a folder of articles into ./pledger.db
      pledger show projects             what is known of each project
      pledger conflicts                 where the reports disagree, and why
      pledger why ID                    the sentences behind a figure
      pledger run japan                 who pays, when, and who gets what back
    """
    ctx.obj = url


_VERBS = (
    read,
    claims,
    show,
    conflicts,
    why,
    judge,
    grade,
    changes,
    health,
    terms,
    compare,
    run_,
    attention,
    solve,
    scenarios,
    select,
    expose,
    audit,
    report_,
    serve,
    demo,
)
"""In the order of work: read, reconcile, run, show. One a line, so that two new verbs do not meet."""

for verb in _VERBS:
    cli.add_command(verb)


def _mended(wrong: click.ClickException) -> str:
    """One line that says what is wrong and where to look."""
    message = " ".join(wrong.format_message().split()).rstrip(".")
    context = getattr(wrong, "ctx", None)
    if context is not None and "--help" not in message and "`" not in message:
        message += f"; `{context.command_path} --help` shows how"
    return message


def run(arguments: Sequence[str] | None) -> None:
    """Run a verb; leaves with the exit codes that `pledger.cli` names."""
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="pledger", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as wrong:
        click.echo(f"pledger: {_mended(wrong)}", err=True)
        sys.exit(2)
    except (LedgerError, ClusterError, FileError) as wrong:
        click.echo(f"pledger: {wrong}", err=True)
        sys.exit(2)
    except (click.Abort, KeyboardInterrupt):
        sys.stderr.write(Stopping.line())
        sys.exit(STOPPED)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as wrong:
        # Articles that cannot be read are Problems long before this: what is left is a file or folder to be written.
        if wrong.filename is None:
            raise
        click.echo(f"pledger: cannot write {wrong.filename} ({wrong.strerror}): name another place", err=True)
        sys.exit(2)
