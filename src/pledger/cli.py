"""The command line: one verb, one function, a few lines each.

Exit codes: 0 done; 1 done, with problems in the input (each listed); 2 wrong usage, one line on stderr with the mend.
"""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

import pledger
from pledger import data, documents, reading
from pledger.ledger import Ledger, LedgerError, ReadResult
from pledger.model import Problem
from pledger.views import jsons, report, summary, tables
from pledger.views.find import identify

__all__ = ["main"]

_DAY = click.DateTime(formats=["%Y-%m-%d"])
_SHOWN = ("programmes", "projects", "figures", "organisations", "documents")


class _Group(click.Group):
    """Verbs in the order of work, not of the alphabet."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The verbs as they were defined."""
        del ctx
        return list(self.commands)


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
    """
    ctx.obj = url


def _as_of(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option(
        "--as-of", type=_DAY, default=None, metavar="DATE", help="As it was reported up to DATE (YYYY-MM-DD)."
    )(function)


def _json(function: Callable[..., Any]) -> Callable[..., Any]:
    return click.option("--json", "as_json", is_flag=True, help="JSON by the contract pledger/1.")(function)


def _date(moment: dt.datetime | None) -> dt.date | None:
    return moment.date() if moment else None


def _out() -> Console:
    return Console(highlight=False)


def _err() -> Console:
    return Console(stderr=True, highlight=False)


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--reported-on", type=_DAY, default=None, metavar="DATE", help="For articles that do not say when they appeared."
)
@_json
@click.pass_obj
def read(url: str, paths: tuple[str, ...], reported_on: dt.datetime | None, as_json: bool) -> None:
    """Read articles into the ledger: files, folders, globs, or - for standard input.

    \b
    Example:
      pledger read articles/ more/*.html
      curl -s https://example.org/a.html | pledger read -
    """
    with _opened(url, create=True) as ledger:
        result = _read(ledger, paths, _date(reported_on), quiet=as_json)
        if as_json:
            click.echo(jsons.dumps(_result_json(result)))
        else:
            _out().print(tables.read_line(result))
    _list_problems(result.problems)


def _read(ledger: Ledger, paths: Sequence[str], reported_on: dt.date | None, *, quiet: bool) -> ReadResult:
    console = _err()
    columns = (
        TextColumn("[bold]reading"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.description}"),
    )
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("", total=None)

        def advance(done: int, total: int, name: str) -> None:
            progress.update(task, completed=done, total=total, description=Path(name).name[:40])

        return ledger.read(paths, reported_on=reported_on, on_progress=advance)


def _result_json(result: ReadResult) -> dict[str, Any]:
    return {
        "documents": result.documents,
        "known": result.known,
        "claims": result.claims,
        "problems": [jsons.problem_json(p) for p in result.problems],
    }


@cli.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--jsonl", is_flag=True, help="One JSON object a line, by the contract pledger/1 (the default when piped)."
)
@click.option(
    "--reported-on", type=_DAY, default=None, metavar="DATE", help="For articles that do not say when they appeared."
)
def claims(paths: tuple[str, ...], jsonl: bool, reported_on: dt.datetime | None) -> None:
    """Read articles and print their claims; touches no ledger.

    \b
    Example:
      pledger claims article.txt
      pledger claims articles/ --jsonl | jq 'select(.attribute == "amount")'
    """
    found, problems = documents.find(paths)
    lines = jsonl or not sys.stdout.isatty()
    for path in found:
        loaded, broken = documents.load(path, reported_on=_date(reported_on))
        problems += broken
        for document in loaded:
            read_claims = reading.read(document)
            if lines:
                for claim in read_claims:
                    click.echo(jsons.line(jsons.claim_json(claim, document)))
            else:
                _out().print(tables.claims(document, read_claims))
    _list_problems(problems)


@cli.command()
@click.argument("what", type=click.Choice(_SHOWN), default="projects")
@click.argument("name", required=False)
@_as_of
@_json
@click.pass_obj
def show(url: str, what: str, name: str | None, as_of: dt.datetime | None, as_json: bool) -> None:
    """Show what the ledger holds: programmes, projects, figures, organisations or documents.

    \b
    Example:
      pledger show projects
      pledger show figures "Element Six"
      pledger show figures --json --as-of 2026-03-01
    """
    with _opened(url) as ledger:
        if as_json:
            click.echo(jsons.dumps(jsons.shown(ledger, what, name, _date(as_of))))
        else:
            _out().print(tables.shown(ledger, what, name, _date(as_of)))


@cli.command()
@_as_of
@_json
@click.pass_obj
def conflicts(url: str, as_of: dt.datetime | None, as_json: bool) -> None:
    """Where the reports cannot all be right, each with one sentence that says why.

    \b
    Example:
      pledger conflicts
      pledger conflicts --json | jq '.[].explanation'
    """
    with _opened(url) as ledger:
        if as_json:
            words = jsons.texts(ledger.claims())
            click.echo(jsons.dumps([jsons.conflict_json(c, words) for c in ledger.conflicts(as_of=_date(as_of))]))
        else:
            _out().print(tables.conflicts(ledger, _date(as_of)))


@cli.command()
@click.argument("words", nargs=-1, required=True, metavar="ID|WORDS...")
@_json
@click.pass_obj
def why(url: str, words: tuple[str, ...], as_json: bool) -> None:
    """Why a figure is what it is: every sentence behind it, who said so, and what it weighs.

    Name it by its id as `show figures` and `conflicts` print it (its beginning is enough), or by words.

    \b
    Example:
      pledger why japan amount
      pledger why f3a9c
    """
    with _opened(url) as ledger:
        identifier = identify(ledger, words)
        answer = ledger.why(identifier) if identifier is not None else None
        if answer is None:
            asked = " ".join(words)
            raise click.UsageError(f"no figure or conflict {asked!r} in this ledger; `pledger show figures` lists them")
        if as_json:
            click.echo(jsons.dumps(jsons.why_json(answer)))
        else:
            _out().print(tables.why(answer))


@cli.command()
@_json
@click.pass_obj
def audit(url: str, as_json: bool) -> None:
    """Walk every figure and conflict, and fail when one lacks the sentence that it rests on.

    \b
    Example:
      pledger audit && echo "every number has its sentence"
    """
    with _opened(url) as ledger:
        problems = ledger.audit()
        if as_json:
            click.echo(jsons.dumps([jsons.problem_json(p) for p in problems]))
        else:
            _out().print(tables.audit(ledger, problems))
    if problems:
        sys.exit(1)


@cli.command(name="report")
@click.option(
    "-o",
    "--output",
    type=click.Path(dir_okay=False, path_type=Path),
    default=Path("report.html"),
    show_default=True,
    help="The file to write.",
)
@_as_of
@click.pass_obj
def report_(url: str, output: Path, as_of: dt.datetime | None) -> None:
    """Write the ledger as one self-contained web page: no network, every figure linked to its sentences.

    \b
    Example:
      pledger report -o japan.html
    """
    with _opened(url) as ledger:
        shown = report.write_report(ledger, output, as_of=_date(as_of))
    _out().print(f"{output}: {len(shown)} figures, each linked to its sentences")


@cli.command()
@click.option(
    "--folder",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("demo"),
    show_default=True,
    help="Where to write.",
)
def demo(folder: Path) -> None:
    """Read the bundled corpus into a new ledger, and show what it says.

    \b
    Example:
      pledger demo
    """
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / "pledger.db"
    for old in (path, path.with_name("pledger.db-wal"), path.with_name("pledger.db-shm")):
        old.unlink(missing_ok=True)
    with _opened(str(path), create=True) as ledger:
        result = _read(ledger, [str(data.examples())], None, quiet=False)
        console = _out()
        console.print(tables.read_line(result))
        summary.print_summary(ledger, console)
        page = folder / "report.html"
        report.write_report(ledger, page)
        console.print(summary.next_steps(ledger, path, page))
    _list_problems(result.problems)


def _opened(url: str, *, create: bool = False) -> Ledger:
    """The ledger, or a usage error that says the mend where there is none to read from."""
    if not create and "://" not in url and not Path(url).exists():
        raise click.UsageError(f"no ledger at {url}; `pledger read PATH...` makes one, or name it with --ledger")
    return pledger.open(url)


def _list_problems(problems: Iterable[Problem]) -> None:
    """List what could not be used, and leave with exit code 1 where there is any."""
    listed = list(problems)
    if listed:
        _err().print(tables.problems(listed))
        sys.exit(1)


def _mended(wrong: click.ClickException) -> str:
    """One line that says what is wrong and where to look."""
    message = " ".join(wrong.format_message().split()).rstrip(".")
    context = getattr(wrong, "ctx", None)
    if context is not None and "--help" not in message and "`" not in message:
        message += f"; `{context.command_path} --help` shows how"
    return message


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; wrong usage leaves with one line on stderr and exit code 2."""
    try:
        cli.main(args=list(arguments) if arguments is not None else None, prog_name="pledger", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        sys.exit(leaving.exit_code)
    except click.ClickException as wrong:
        click.echo(f"pledger: {_mended(wrong)}", err=True)
        sys.exit(2)
    except LedgerError as wrong:
        click.echo(f"pledger: {wrong}", err=True)
        sys.exit(2)
    except click.Abort:
        click.echo("pledger: stopped; what was read is kept, the same command goes on", err=True)
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(0)
    except OSError as wrong:
        # Articles that cannot be read are Problems long before this: what is left is a file or folder to be written.
        if wrong.filename is None:
            raise
        click.echo(f"pledger: cannot write {wrong.filename} ({wrong.strerror}): name another place", err=True)
        sys.exit(2)
