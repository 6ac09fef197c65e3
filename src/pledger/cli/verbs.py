"""The verbs of the command line together, and what is said of everything that can go wrong in them."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib import import_module
from typing import Any

import click

import pledger
from pledger.cli.stopping import STOPPED, Stopping
from pledger.ledger.engines import LedgerError
from pledger.vehicle.errors import FileError
from pledger.workers.cluster import ClusterError

__all__ = ["cli", "run"]


_VERBS = {
    "read": "reading:read",
    "claims": "reading:claims",
    "show": "asking:show",
    "conflicts": "asking:conflicts",
    "why": "asking:why",
    "judge": "judging:judge",
    "grade": "grading:grade",
    "changes": "history:changes",
    "health": "history:health",
    "watch": "alerts:watch",
    "calendar": "calendar:calendar_",
    "terms": "terms:terms",
    "compare": "terms:compare",
    "run": "running:run_",
    "attention": "asking_run:attention",
    "solve": "asking_run:solve",
    "scenarios": "asking_run:scenarios",
    "select": "selecting:select",
    "supply": "supply:supply",
    "expose": "exposing:expose",
    "audit": "asking:audit",
    "report": "writing:report_",
    "serve": "serving:serve",
    "demo": "writing:demo",
}
"""Where each verb is, in the order of work: read, reconcile, run, show. One a line, so that new verbs do not meet."""


class _Group(click.Group):
    """Verbs in the order of work, not of the alphabet; each is loaded when it is asked for, with all that it needs."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs in their order."""
        del ctx
        return list(_VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The verb of this name; None where there is none."""
        del ctx
        if cmd_name not in _VERBS:
            return None
        module, _, name = _VERBS[cmd_name].partition(":")
        found: click.Command = getattr(import_module(f"pledger.cli.{module}"), name)
        return found

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
    if isinstance(ctx.obj, Stopping):  # the verb and all that it needs are loaded: it begins
        ctx.obj.begun = True
    ctx.obj = url


def _mended(wrong: click.ClickException) -> str:
    """One line that says what is wrong and where to look."""
    message = " ".join(wrong.format_message().split()).rstrip(".")
    context = getattr(wrong, "ctx", None)
    if context is not None and "--help" not in message and "`" not in message:
        message += f"; `{context.command_path} --help` shows how"
    return message


def run(arguments: Sequence[str] | None, stopping: Stopping | None = None) -> None:
    """Run a verb; leaves with the exit codes that `pledger.cli` names."""
    try:
        given = list(arguments) if arguments is not None else None
        cli.main(args=given, prog_name="pledger", standalone_mode=False, obj=stopping)
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
