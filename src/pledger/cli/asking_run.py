"""Verbs that ask a run further: `attention`, `solve`, `scenarios`."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pledger.cli.common import DAY, as_json, date, err, opened, out, when
from pledger.ledger import Ledger, Moment
from pledger.views import jsons

if TYPE_CHECKING:
    from pledger.vehicle.words import Plan

__all__ = ["attention", "scenarios", "solve"]

_MOST = 10_000_000
_PATH = click.Path(dir_okay=False, path_type=Path)


def _of_a_plan(count: int) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options that a plan and its scenarios are made by; `count` scenarios where nothing is said."""

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        @click.option("--project", "projects", multiple=True, metavar="ID|NAME", help="Only this project; repeatable.")
        @click.option("--valuation", type=DAY, metavar="DATE", help="The day that amounts are worth.")
        @click.option("--fill", is_flag=True, help="Fill what is left of the ceiling with projects not named yet.")
        @click.option("--interpretation", metavar="NAME", help="Read the terms in this way, in every scenario.")
        @click.option("--scenarios", "count", type=click.IntRange(100, _MOST), default=count, show_default=True)
        @click.option("--seed", type=click.IntRange(0, 2**64 - 1), default=0, show_default=True)
        @when
        @as_json
        @click.pass_obj
        @wraps(function)
        def asked(*args: Any, **options: Any) -> Any:
            return function(*args, **options)

        return asked

    return decorated


@contextmanager
def _usage() -> Iterator[None]:
    """What is wrong with a claim, a lever, a file or a plan, as wrong usage: one line that says the mend."""
    from pledger.vehicle.asking.wishes import AskError
    from pledger.vehicle.checked import FileError
    from pledger.vehicle.montecarlo.tables import PlanError

    try:
        yield
    except (AskError, FileError, PlanError) as wrong:
        raise click.UsageError(str(wrong)) from wrong


def _planned(ledger: Ledger, programme: str, when: Moment, options: dict[str, Any]) -> Plan:
    """The plan that the options ask for."""
    from pledger.vehicle.asking.adjust import forced
    from pledger.vehicle.asking.wishes import AskError
    from pledger.vehicle.montecarlo.tables import PlanError
    from pledger.vehicle.planning.asked import PlanningError
    from pledger.vehicle.planning.plan import plan
    from pledger.vehicle.terms import TermsError, terms, vehicle

    try:
        its = terms(programme)
        vehicle(its)
        made = plan(
            ledger,
            its,
            as_of=when.as_of,
            known_on=when.known_on,
            valuation=date(options["valuation"]),
            projects=options["projects"] or None,
            fill=options["fill"],
        )
        return made if options["interpretation"] is None else forced(made, options["interpretation"])
    except (TermsError, PlanningError, PlanError, AskError) as wrong:
        raise click.UsageError(str(wrong)) from wrong


@contextmanager
def _working(what: str, quiet: bool) -> Iterator[Callable[[str], None]]:
    """A line on a terminal that says what is being worked on; what it gives changes its words."""
    console = err()
    if quiet or not console.is_terminal:
        yield lambda _: None
        return
    with console.status(what) as status:
        yield lambda words: status.update(f"{what}: {words}")


@click.command()
@click.argument("programme")
@click.option("--answer", default="npv", show_default=True, metavar="ANSWER", help="What is to be known better.")
@click.option("--top", type=click.IntRange(1, 1000), default=5, show_default=True, help="How many facts are shown.")
@click.option("--all", "everything", is_flag=True, help="Rank what rests on reference data and assumptions with them.")
@_of_a_plan(100_000)
def attention(
    url: str, programme: str, answer: str, top: int, everything: bool, when: Moment, as_json: bool, **options: Any
) -> None:
    """Rank reported facts by how much an ANSWER would narrow if each were settled: what to check next, and where.

    ANSWER is `npv`, `principal back`, `drawn`, `claims`, `npv of host` and the like. Each fact is shown with the
    sentences behind it; below are the inputs that no report settles.

    \b
    Example:
      pledger attention japan
      pledger attention japan --answer "drawn" --top 3
      pledger attention japan --answer "principal back" --all --json
    """
    from pledger.vehicle.asking.attention import rank
    from pledger.vehicle.asking.behind import sentences
    from pledger.vehicle.asking.quantities import quantity
    from pledger.vehicle.montecarlo.simulate import simulate
    from pledger.views import attention as view

    count, seed = options["count"], options["seed"]
    with _usage():
        about = quantity(answer)
    with opened(url, when) as ledger:
        plan = _planned(ledger, programme, when, options)
        with _working("simulating", as_json) as told:
            simulation = simulate(plan, count, seed)
            told("ranking facts")
            with _usage():
                ranked = rank(plan, simulation, about, everything=True)
        reported = [fact for fact in ranked if fact.checkable]
        rest = [fact for fact in ranked if not fact.checkable]
        shown = (list(ranked) if everything else reported)[:top]
        facts = [(fact, sentences(ledger, fact)) for fact in shown]
    unreported = [] if everything else rest[:top]
    if as_json:
        click.echo(jsons.dumps(view.attention_json(about, facts, unreported, count, seed)))
    else:
        out().print(view.attention(about, facts, unreported, count))


@click.command()
@click.argument("programme")
@click.option("--claim", required=True, metavar="CLAIM", help='Such as "principal back by 2045 >= 80%".')
@click.option("--lever", "name", required=True, metavar="LEVER", help="What is turned; a wrong name lists them.")
@click.option("--low", type=float, default=None, help="The range's lower end, instead of the plausible one.")
@click.option("--high", type=float, default=None, help="Its upper end.")
@_of_a_plan(10_000)
def solve(
    url: str,
    programme: str,
    claim: str,
    name: str,
    low: float | None,
    high: float | None,
    when: Moment,
    as_json: bool,
    **options: Any,
) -> None:
    """What would have to be true for a CLAIM to hold: the value of one LEVER, or that no plausible value does it.

    \b
    CLAIM is [STATISTIC] ANSWER [by YEAR] RELATION VALUE [with CHANCE]:
      principal back by 2045 >= 80%         drawn <= 200bn with 90%         median npv of host >= 0
    LEVER is one of cash_yield, overrun, delay, before, after, deemed_rate, proceeds, ceiling, cap_per_year, premium,
    bank_rate, public_rate, tenor; each has a range with its source.

    \b
    Example:
      pledger solve japan --claim "principal back by 2045 >= 80%" --lever cash_yield
      pledger solve japan --claim "mean npv >= 0" --lever after
    """
    from pledger.vehicle.asking.answers import column
    from pledger.vehicle.asking.levers import lever
    from pledger.vehicle.asking.solve import Measure, Probe
    from pledger.vehicle.asking.solve import solve as solved
    from pledger.vehicle.asking.stated import measured, parsed, until_then
    from pledger.vehicle.montecarlo.simulate import simulate
    from pledger.views import solving

    count, seed = options["count"], options["seed"]
    with _usage():
        stated = parsed(claim)
    with opened(url, when) as ledger:
        plan = _planned(ledger, programme, when, options)
    with _usage():
        its = lever(plan, name)
        until_then(plan, stated)

    def measure(at: float) -> Measure:
        turned = until_then(its.turn(at), stated)
        return measured(stated, turned, column(simulate(turned, count, seed), stated.quantity))

    with _working(f"turning {name}", as_json) as told, _usage():
        found = solved(
            measure,
            stated.holds,
            its.low if low is None else low,
            its.high if high is None else high,
            whole=its.whole,
            progress=lambda at: told(f"{at:.4g}"),
        )
        now = None
        if its.now is not None and math.isfinite(its.now):
            told("as it is now")
            is_now = measure(its.now)
            now = Probe(its.now, is_now, stated.holds(is_now.value))
    if as_json:
        click.echo(jsons.dumps(solving.solution_json(stated, its, found, count, seed, now)))
    else:
        out().print(solving.solution(stated, its, found, count, now))


@click.command()
@click.argument("programme")
@click.option(
    "--file",
    "path",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE.yaml",
    help="Scenarios of your own.",
)
@_of_a_plan(20_000)
def scenarios(url: str, programme: str, path: Path | None, when: Moment, as_json: bool, **options: Any) -> None:
    """What if: the answers under each scenario, side by side with the case as reported.

    Without --file, the scenarios that come along: a ruling that ends the relief, a declined call, a delay of three
    years, the largest project cancelled, another split.

    \b
    Example:
      pledger scenarios japan
      pledger scenarios japan --file own.yaml --json
    """
    from pledger.vehicle.asking.compared import side_by_side
    from pledger.vehicle.asking.reliefs import tariff_of
    from pledger.vehicle.asking.scenarios import Setting, bundled
    from pledger.vehicle.asking.scenarios import scenarios as read
    from pledger.vehicle.montecarlo.simulate import simulate
    from pledger.views import beside

    count, seed = options["count"], options["seed"]
    with _usage():
        asked = bundled() if path is None else read(path)
    with opened(url, when) as ledger:
        plan = _planned(ledger, programme, when, options)
    base = Setting(plan, tariff_of(plan.programme))
    with _working("simulating", as_json), _usage():
        found = side_by_side(base, asked, lambda its: simulate(its, count, seed))
    if as_json:
        click.echo(jsons.dumps(beside.scenarios_json(found, count, seed)))
    else:
        out().print(beside.scenarios(found, count))
