"""Verbs that read articles: `read` into the ledger, `claims` onto the terminal."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from pledger import documents
from pledger.cli.alert_options import alerting
from pledger.cli.common import DAY, as_json, date, err, list_problems, opened, out
from pledger.cli.second import Second, reader_option
from pledger.cli.watching import watch_feeds
from pledger.ledger import Ledger, ReadResult
from pledger.model import Problem
from pledger.views import jsons, tables
from pledger.workers import jobs, read_jobs

__all__ = ["claims", "read", "read_paths"]


def _readers(function: Callable[..., Any]) -> Callable[..., Any]:
    """The options that say when articles appeared, and who reads them."""
    for option in (
        click.option(
            "--scheduler",
            default=None,
            metavar="tcp://HOST:PORT",
            help="Read on the workers of this Dask scheduler; needs pledger[cluster].",
        ),
        click.option(
            "--workers",
            type=click.IntRange(min=1),
            default=None,
            metavar="N",
            help="Processes that read; one on each core where there is much to read.",
        ),
        click.option(
            "--reported-on",
            type=DAY,
            default=None,
            metavar="DATE",
            help="For articles that do not say when they appeared.",
        ),
    ):
        function = option(function)
    return function


def _one_of(workers: int | None, scheduler: str | None) -> None:
    if workers is not None and scheduler is not None:
        raise click.UsageError("give --workers or --scheduler, not both: a cluster has the workers that it has")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH...]")
@_readers
@reader_option
@click.option(
    "--watch", "opml", metavar="FEEDS.opml", help="Read what is new in the feeds of this list, until stopped."
)
@click.option("--once", is_flag=True, help="With --watch: ask each feed that may be asked, and end.")
@click.option(
    "--contact",
    envvar="PLEDGER_CONTACT",
    metavar="ADDRESS",
    help="With --watch: tells the feeds' servers whom to write to; also taken from PLEDGER_CONTACT.",
)
@click.option(
    "--alert",
    "rules",
    metavar="RULES.yaml",
    help="Run this watch after what was read (see `pledger watch`); `default`: the rules that come along.",
)
@alerting("alert-")
@as_json
@click.pass_obj
def read(
    url: str,
    paths: tuple[str, ...],
    reported_on: dt.datetime | None,
    workers: int | None,
    scheduler: str | None,
    reader: str | None,
    opml: str | None,
    once: bool,
    contact: str | None,
    rules: str | None,
    feed: Path | None,
    lines: Path | None,
    program: str | None,
    as_json: bool,
) -> None:
    """Read articles into the ledger: files, folders, globs, or - for standard input.

    \b
    Example:
      pledger read articles/ more/*.html
      curl -s https://example.org/a.html | pledger read -
      pledger read crawl.warc.gz --scheduler tcp://10.0.0.5:8786
      pledger read --watch feeds.opml
      pledger read articles/ --alert rules.yaml --alert-jsonl alerts.jsonl
    """
    _one_of(workers, scheduler)
    if rules is None and (feed is not None or lines is not None or program is not None):
        raise click.UsageError("--alert-feed, --alert-jsonl and --alert-run go with --alert RULES.yaml")
    alerts = None
    if rules is not None:
        from pledger.cli.alerts import alerting_of  # loaded by who asks for alerts

        alerts = alerting_of(None if rules == "default" else Path(rules), feed, lines, program)
    if opml is None and (once or not paths):
        raise click.UsageError(
            "--once goes with --watch" if once else "name the articles: PATH... or --watch FEEDS.opml"
        )
    second = Second.named(reader)
    with opened(url, create=True) as ledger:
        if alerts is not None:
            alerts.begin(ledger)
        if opml is not None:
            if paths:
                raise click.UsageError("give PATH... or --watch, not both")
            problems = watch_feeds(
                ledger, opml, once=once, contact=contact, second=second, alerts=alerts, as_json=as_json
            )
            if second is not None:
                second.tell()
            list_problems(problems)
            return
        result = read_paths(
            ledger,
            paths,
            reported_on=date(reported_on),
            workers=workers,
            scheduler=scheduler,
            further=second,
            quiet=as_json,
        )
        if second is not None:
            second.tell()
        problems = list(result.problems)
        if as_json and alerts is not None:
            alerts.look(ledger)
            problems += alerts.hand_on(ledger)
            with alerts.showing(ledger) as found:
                click.echo(jsons.dumps(_result_json(result) | {"alerts": alerts.json(found)}))
        elif as_json:
            click.echo(jsons.dumps(_result_json(result)))
        else:
            out().print(tables.read_line(result))
            problems += alerts.after_reading(ledger, as_json=False) if alerts is not None else []
    list_problems(problems)


def read_paths(
    ledger: Ledger,
    paths: Sequence[str],
    *,
    reported_on: dt.date | None = None,
    workers: int | None = None,
    scheduler: str | None = None,
    further: Second | None = None,
    quiet: bool = False,
) -> ReadResult:
    """`Ledger.read` with a progress bar on a terminal, and without one elsewhere."""
    console = err()
    columns = (
        TextColumn("[bold]reading"),
        BarColumn(bar_width=32),
        MofNCompleteColumn(),
        TextColumn("documents"),
        TextColumn("{task.fields[speed]}"),
        TimeElapsedColumn(),
        TextColumn("{task.description}", markup=False),
    )
    with Progress(*columns, console=console, transient=True, disable=quiet or not console.is_terminal) as progress:
        task = progress.add_task("", total=None, speed="")

        def at_file(_done: int, _total: int, path: str) -> None:
            progress.update(task, description=Path(path).name[:40])

        def at_document(done: int, characters: int, total: int | None) -> None:
            elapsed = progress.tasks[0].elapsed or 0.0
            speed = f"{characters / elapsed:,.0f} characters/s" if elapsed > 0 else ""
            progress.update(task, completed=done, total=total, speed=speed)

        return ledger.read(
            paths,
            reported_on=reported_on,
            on_progress=at_file,
            on_document=at_document,
            workers=workers,
            scheduler=scheduler,
            further=further,
        )


def _result_json(result: ReadResult) -> dict[str, Any]:
    return {
        "documents": result.documents,
        "known": result.known,
        "claims": result.claims,
        "problems": [jsons.problem_json(p) for p in result.problems],
    }


@click.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--jsonl", is_flag=True, help="One JSON object a line, by the contract pledger/1 (the default when piped)."
)
@_readers
def claims(
    paths: tuple[str, ...], jsonl: bool, reported_on: dt.datetime | None, workers: int | None, scheduler: str | None
) -> None:
    """Read articles and print their claims; touches no ledger.

    \b
    Example:
      pledger claims article.txt
      pledger claims articles/ --jsonl | jq 'select(.attribute == "amount")'
    """
    _one_of(workers, scheduler)
    found, problems = documents.find(paths)
    lines = jsonl or not sys.stdout.isatty()
    asked = jobs(found, reported_on=date(reported_on), signed=False)
    with closing(read_jobs(asked, workers=workers, scheduler=scheduler)) as results:
        for item in (item for result in results for item in result):
            if isinstance(item, Problem):
                problems.append(item)
            elif lines:
                for claim in item.claims:
                    click.echo(jsons.line(jsons.claim_json(claim, item.document)))
            else:
                out().print(tables.claims(item.document, list(item.claims)))
    list_problems(problems)
