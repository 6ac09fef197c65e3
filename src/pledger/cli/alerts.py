"""The verb that watches the ledger: `watch`, and what `read --alert` shares with it."""

from __future__ import annotations

import datetime as dt
import shlex
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import click

from pledger.cli.alert_options import alerting
from pledger.cli.common import DAY, as_json, date, list_problems, opened, out
from pledger.exposure.alerts import outputs
from pledger.exposure.alerts.records import alert_of
from pledger.exposure.alerts.rules import Rules, default_rules, example, rules_from
from pledger.exposure.alerts.run import Raised, raise_alerts
from pledger.exposure.alerts.words import Alert
from pledger.ledger import Ledger
from pledger.model import Problem
from pledger.views import alerts as views
from pledger.views.wording import say_count

__all__ = ["Alerting", "alerting_of", "watch"]

RAISED = 3
"""The exit code that `--exit-code` asks for where there are alerts."""
_SECONDS = 60.0
"""How long a program may take for one alert."""


@dataclass(frozen=True, slots=True)
class Alerting:
    """A watch and where its alerts go."""

    rules: Rules
    feed: Path | None = None
    lines: Path | None = None
    program: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        """The outputs by name."""
        named = [outputs.TERMINAL]
        named += [outputs.feed_name(self.feed)] if self.feed is not None else []
        named += [outputs.lines_name(self.lines)] if self.lines is not None else []
        return named + ([outputs.program_name(self.program)] if self.program else [])

    def begin(self, ledger: Ledger) -> None:
        """Before something is read: have a watch that never looked begin with what the ledger holds, if anything."""
        if ledger.counts().documents:
            self.look(ledger)

    def look(self, ledger: Ledger, *, today: dt.date | None = None, since: dt.date | None = None) -> Raised:
        """Raise what is to be raised."""
        return raise_alerts(ledger, self.rules, self.names, today=today, since=since)

    def hand_on(self, ledger: Ledger) -> list[Problem]:
        """Hand on what waits for the outputs that are files and programs; what cannot be handed on waits."""
        outbox = ledger.outbox(self.rules.watch)
        problems: list[Problem] = []
        if self.feed is not None:
            path, name = self.feed, ledger.name()
            problems += outputs.rewrite(outbox, path, lambda its: views.write_feed(path, its, self.rules.watch, name))
        if self.lines is not None:
            problems += outputs.add_lines(outbox, self.lines, views.alert_line)
        if self.program:
            problems += outputs.start(outbox, self.program, views.alert_line, _SECONDS)
        return problems

    @contextmanager
    def showing(self, ledger: Ledger) -> Iterator[list[Alert]]:
        """What the terminal has not shown yet, and has when the block ends: a run killed before shows it again."""
        outbox = ledger.outbox(self.rules.watch)
        messages = outbox.waiting(outputs.TERMINAL)
        yield [alert_of(message) for message in messages]
        outbox.handed(outputs.TERMINAL, messages)

    def show(self, ledger: Ledger, raised: Raised, *, as_json: bool) -> list[Alert]:
        """Show on the terminal what was not shown there yet, and which that was."""
        with self.showing(ledger) as found:
            if as_json:
                for alert in found:
                    click.echo(views.alert_line(alert))
                return found
            if found:
                out().print(views.shown(found))
            elif not raised.first:
                out().print("No alerts.")
            if raised.first:
                documents = say_count(ledger.counts().documents, "document")
                out().print(
                    f"The watch {self.rules.watch!r} begins: {say_count(len(self.rules.rules), 'rule')}; it takes "
                    f"{documents} as known. --since DATE looks back.",
                    markup=False,
                )
        return found

    def json(self, found: list[Alert]) -> list[dict[str, object]]:
        """Alerts for programs."""
        return [views.alert_json(alert) for alert in found]

    def after_reading(self, ledger: Ledger, *, as_json: bool) -> list[Problem]:
        """One whole run behind a reading; what could not be handed on."""
        raised = self.look(ledger)
        problems = self.hand_on(ledger)
        self.show(ledger, raised, as_json=as_json)
        return problems


def alerting_of(rules: Path | None, feed: Path | None, lines: Path | None, program: str | None) -> Alerting:
    """What the options say. Raises RulesError, and a usage error for a command that is none."""
    try:
        command = tuple(shlex.split(program)) if program is not None else ()
    except ValueError as error:
        raise click.UsageError(f"--run {program}: {error}: close the quotes") from None
    if program is not None and not command:
        raise click.UsageError("--run names no program: give one, such as --run 'mail -s alert me@example.org'")
    return Alerting(rules_from(rules) if rules is not None else default_rules(), feed, lines, command)


@click.command()
@click.argument("rules", required=False, type=click.Path(path_type=Path), metavar="[RULES.yaml]")
@click.option("--once", is_flag=True, hidden=True, help="Look once and end: what it does anyhow.")
@alerting()
@click.option("--since", type=DAY, default=None, metavar="DATE", help="Also what was reported after DATE (YYYY-MM-DD).")
@click.option("--today", type=DAY, default=None, metavar="DATE", help="Count days from DATE, not from today.")
@click.option(
    "--exit-code", is_flag=True, help=f"End with {RAISED} where there are alerts, with 0 where there are none."
)
@click.option("--example", "print_example", is_flag=True, help="Print the rules that come with Pledger, and end.")
@click.option("--end", is_flag=True, help="End this watch: it remembers no more what it has seen.")
@as_json
@click.pass_obj
def watch(
    url: str,
    rules: Path | None,
    once: bool,
    feed: Path | None,
    lines: Path | None,
    program: str | None,
    since: dt.datetime | None,
    today: dt.datetime | None,
    exit_code: bool,
    print_example: bool,
    end: bool,
    as_json: bool,
) -> None:
    """What has changed since this watch looked last, by rules: stages, second sources, contradictions, dates that near.

    The first look takes the ledger as it is. Run it after each read (or use `pledger read --alert`). Each alert reaches
    a feed and a file of lines once, whatever is killed when; a program gets it at least once, with its id.

    \b
    Example:
      pledger watch
      pledger watch --example > rules.yaml
      pledger watch rules.yaml --feed alerts.xml --jsonl alerts.jsonl
      pledger watch rules.yaml --exit-code || notify-send 'look at the ledger'
    """
    del once
    if print_example:
        click.echo(example(), nl=False)
        return
    its = alerting_of(rules, feed, lines, program)
    with opened(url) as ledger:
        if end:
            found = ledger.unfollow(its.rules.watch)
            words = "is ended" if found else "was not begun on this ledger"
            out().print(f"The watch {its.rules.watch!r} {words}.", markup=False)
            return
        raised = its.look(ledger, today=date(today), since=date(since))
        problems = its.hand_on(ledger)
        shown = its.show(ledger, raised, as_json=as_json)
    list_problems(problems)
    if exit_code and shown:
        sys.exit(RAISED)
