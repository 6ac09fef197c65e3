"""The verb `select`: which candidates to fund."""

from __future__ import annotations

import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from pledger.cli.common import DAY, as_json, date, err, opened, out, when
from pledger.ledger import Moment
from pledger.views import jsons

if TYPE_CHECKING:
    from pledger.vehicle.choosing.criteria import Criterion
    from pledger.vehicle.choosing.posing import Wishes
    from pledger.vehicle.choosing.select import Selection
    from pledger.vehicle.choosing.wished import Wished
    from pledger.vehicle.words import Plan

__all__ = ["select"]

_WIDTH = 720
"""Pixels of the chart."""
_MOST = 1_000_000


@click.command(name="select")
@click.argument("programme")
@click.option("--weights", multiple=True, metavar="FILE.yaml|NAME=NUMBER", help="Weights, and in a file all else too.")
@click.option("--must", multiple=True, metavar="ID|NAME", help="This candidate must be funded; repeatable.")
@click.option("--not", "must_not", multiple=True, metavar="ID|NAME", help="This candidate must not be funded.")
@click.option(
    "--max-share", multiple=True, metavar="sector:NAME=SHARE", help="At most this share of the cost; sponsor: too."
)
@click.option("--min-share", multiple=True, metavar="sector:NAME=SHARE", help="At least this share of the cost.")
@click.option("--ceiling", metavar="AMOUNT", help="Most for all that is chosen, such as 100bn; else that of the terms.")
@click.option(
    "--cap-per-year", metavar="AMOUNT", help="Most that is called in a calendar year; else that of the terms."
)
@click.option("--hurdle", metavar="SCORE", help="Score from 0 to 1 that a project must beat to be worth its calls.")
@click.option("--keep-committed", is_flag=True, help="What is committed already, or further, must stay.")
@click.option("--interpretation", metavar="NAME", help="Read the terms in this way, in every scenario.")
@click.option("--scenarios", type=click.IntRange(100, _MOST), default=2000, show_default=True, metavar="N")
@click.option(
    "--resolve",
    type=click.IntRange(0, _MOST),
    default=300,
    show_default=True,
    metavar="N",
    help="Scenarios in which the choice is made anew.",
)
@click.option("--seed", type=click.IntRange(0, 2**64 - 1), default=0, show_default=True)
@click.option("--valuation", type=DAY, metavar="DATE", help="The day that amounts are worth.")
@click.option(
    "--chart", type=click.Path(dir_okay=False, path_type=Path), metavar="FILE.svg", help="Strategy against return."
)
@when
@as_json
@click.pass_obj
def select(url: str, /, programme: str, when: Moment, **options: Any) -> None:
    """Which candidates of a PROGRAMME to fund: the best choice within what you ask for, exactly, and how stable it is.

    Candidates are compared by criteria whose rules and weights are printed: chance that the principal returns, NPV of
    both sides, dependence relieved, readiness, health of the record. Wishes that cannot hold together are named.

    \b
    Example:
      pledger select japan --ceiling 100bn
      pledger select japan --weights dependence=3 --weights recovery=1 --must "Element Six"
      pledger select japan --weights mine.yaml --max-share sector:gas_cc=0.4 --chart frontier.svg
    """
    from pledger.vehicle.choosing.options import SelectError
    from pledger.vehicle.choosing.selecting import selection
    from pledger.vehicle.montecarlo.tables import PlanError
    from pledger.vehicle.planning.asked import PlanningError
    from pledger.vehicle.planning.plan import plan
    from pledger.vehicle.terms import TermsError, terms, vehicle
    from pledger.views import selecting

    try:
        its = terms(programme)
        vehicle(its)
        file = _file(options["weights"])
        by = _criteria(options["weights"], file)
        with opened(url, when) as ledger:
            made = plan(
                ledger, its, as_of=when.as_of, known_on=when.known_on, valuation=date(options["valuation"])
            )  # fmt: skip
            with err().status("choosing"), _quiet():
                found = selection(
                    ledger,
                    made,
                    by,
                    _wishes(options, file, made),
                    given=file.marks,
                    keep_committed=options["keep_committed"],
                    scenarios=options["scenarios"],
                    resolved=options["resolve"],
                    seed=options["seed"],
                    interpretation=options["interpretation"],
                )
    except (TermsError, PlanningError, PlanError, SelectError) as wrong:
        raise click.ClickException(str(wrong)) from wrong
    if options["chart"] is not None:
        _chart(options["chart"], its.name, found)
    if options["as_json"]:
        click.echo(jsons.dumps(selecting.selection_json(its.name, found)))
    else:
        out().print(selecting.selection(its.name, found))
    if found.choice is None:
        sys.exit(1)


def _file(given: tuple[str, ...]) -> Wished:
    from pledger.vehicle.choosing.wished import Wished, wished

    files = [words for words in given if "=" not in words]
    if len(files) > 1:
        raise click.UsageError(f"--weights names {len(files)} files; put them into one")
    return wished(Path(files[0])) if files else Wished()


def _criteria(given: tuple[str, ...], file: Wished) -> tuple[Criterion, ...]:
    """Weights of the command line stand in place of those of the file."""
    from pledger.vehicle.choosing.criteria import reweighted

    weights = dict(file.weights)
    for words in given:
        name, equals, number = words.partition("=")
        if equals:
            weights[name.strip()] = _number(number, f"--weights {words}")
    try:
        return reweighted(weights, file.scales)
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong


def _wishes(options: dict[str, Any], file: Wished, plan: Plan) -> Wishes:
    """What is asked for on the command line stands in place of the file, the file in place of the terms."""
    from pledger.vehicle.choosing.criteria import hurdle
    from pledger.vehicle.choosing.posing import Wishes
    from pledger.vehicle.choosing.wished import share

    shares = {(s.of, s.name, s.at_most): s for s in file.shares()}
    for option, at_most in (("max_share", True), ("min_share", False)):
        for words in options[option]:
            of, _, bound = words.rpartition("=")
            one = share(of, _number(bound, f"--{option.replace('_', '-')} {words}"), at_most=at_most)
            shares[one.of, one.name, at_most] = one

    def amount(option: str, of_file: float | None, of_terms: float) -> float:
        words = options[option]
        if words is not None:
            return _number(words, f"--{option.replace('_', '-')}")
        return of_terms if of_file is None else of_file

    wishes = Wishes(
        ceiling=amount("ceiling", file.ceiling, plan.funding.ceiling),
        cap_per_year=amount("cap_per_year", file.cap_per_year, plan.funding.cap_per_year),
        must=(*file.must, *options["must"]),
        must_not=(*file.must_not, *options["must_not"]),
        shares=tuple(shares.values()),
    )
    return replace(wishes, hurdle=amount("hurdle", file.hurdle, hurdle()), by_project=file.count == "projects")


def _number(words: str, where: str) -> float:
    """`100bn`, `$1.5tn`, `40%`, `0.4`."""
    scales = {"k": 1e3, "m": 1e6, "mn": 1e6, "bn": 1e9, "b": 1e9, "tn": 1e12, "%": 0.01}
    text = words.strip().lower().removeprefix("$").replace(",", "").replace("_", "")
    ending = next((e for e in sorted(scales, key=len, reverse=True) if text.endswith(e)), "")
    try:
        value = float(text.removesuffix(ending)) * scales.get(ending, 1.0)
    except ValueError:
        raise click.UsageError(f"{where}: {words!r} is no number; write 100bn, 0.4 or 40%") from None
    if not 0 <= value < 1e18:
        raise click.UsageError(f"{where}: {words!r} is out of range; write 0 or more")
    return value


def _chart(path: Path, name: str, found: Selection) -> None:
    from pledger.views import selecting
    from pledger.views.svg import standalone

    if not found.points:
        err().print("no chart: what is asked for cannot hold together")
        return
    title = f"{name}: strategy against return"
    description = f"{len(found.points)} efficient choices; putting strategy first costs ${found.price:,.0f} of NPV."
    path.write_text(standalone(selecting.chart(found, _WIDTH, "frontier", title, description)), encoding="utf-8")


@contextmanager
def _quiet() -> Iterator[None]:
    """Nothing of what C libraries write to standard output, past Python.

    HiGHS tells there when it repairs a solution, whatever it is asked, and that must not stand in the answer.
    """
    sys.stdout.flush()
    try:
        kept = os.dup(1)
    except OSError:  # there is no standard output
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    try:
        yield
    finally:
        if os.name == "posix":
            ctypes.CDLL(None).fflush(None)  # what C still holds back would come out later
        os.dup2(kept, 1)
        os.close(kept)
        os.close(nowhere)
