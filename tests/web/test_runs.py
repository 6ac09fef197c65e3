"""Runs in memory: one for all who ask, a few at a time, watched, cancelled, kept for a while and forgotten."""

from __future__ import annotations

import threading
from collections.abc import Iterator

import pytest

from pledger.views.web.runs import BusyError, Progress, RunError, Runs, RunState

SOON = 30.0


class Clock:
    """Seconds that pass when a test says so."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def runs(clock: Clock) -> Iterator[Runs[str]]:
    made: Runs[str] = Runs(clock, kept=3, lasts=100.0)
    yield made
    made.close()


class Held:
    """Work that goes on until it is let go."""

    def __init__(self) -> None:
        self.begun, self.go = threading.Event(), threading.Event()

    def __call__(self, told: Progress) -> str:
        self.begun.set()
        while not self.go.wait(0.01):
            told("holding", 1, 2)
        return "held"


def test_who_asks_for_the_same_gets_the_same_run(runs: Runs[str]) -> None:
    work = Held()
    first, second = runs.ask("a", work), runs.ask("a", lambda _: "never")
    assert first is second
    assert runs.of(first.id) is first
    work.go.set()
    assert first.wait(SOON)
    assert (first.state, first.result) == (RunState.DONE, "held")
    assert runs.ask("a", lambda _: "never").result == "held"
    assert runs.ready


def test_it_says_how_far_it_is_and_stops_when_told(runs: Runs[str]) -> None:
    work = Held()
    run = runs.ask("a", work)
    assert work.begun.wait(SOON)
    while not run.total:
        assert not run.over
    assert (run.state, run.stage, run.done, run.total) == (RunState.RUNNING, "holding", 1, 2)
    assert not run.wait(0.0)
    assert runs.cancel(run.id)
    assert run.wait(SOON)
    assert (run.state, run.result) == (RunState.CANCELLED, None)
    assert not runs.cancel(run.id), "it is over"
    assert not runs.cancel("no such run")
    assert runs.ask("a", lambda _: "again").state is RunState.CANCELLED, "looking again does not begin it again"
    runs.forget(run.id)
    again = runs.ask("a", lambda _: "again")
    assert again.wait(SOON)
    assert again.result == "again"


def test_too_much_at_once_is_refused_and_long_runs_do_not_hold_up_short_ones(runs: Runs[str]) -> None:
    work = Held()
    long = [runs.ask(n, work, long=True) for n in range(3)]
    with pytest.raises(BusyError):
        runs.ask("one more", work, long=True)
    short = runs.ask("short", lambda _: "at once")
    assert short.wait(SOON)
    assert sum(run.state is RunState.RUNNING for run in long) <= 1
    work.go.set()
    assert all(run.wait(SOON) for run in long)


def test_finished_runs_are_forgotten_after_a_while_and_when_there_are_many(runs: Runs[str], clock: Clock) -> None:
    first = runs.ask(0, lambda _: "0")
    assert first.wait(SOON)
    for n in range(1, 6):
        assert runs.ask(n, lambda _: "more").wait(SOON)
    assert runs.of(first.id) is None, "the longest not asked for goes first"
    last = runs.ask(5, lambda _: "never")
    assert last.result == "more"
    clock.now = 101.0
    assert runs.of(last.id) is None


def test_what_is_missing_is_told_and_what_breaks_is_not(
    runs: Runs[str], clock: Clock, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(_: Progress) -> str:
        raise RunError("no project has an amount; read more reports")

    def broken(_: Progress) -> str:
        raise ZeroDivisionError("secret of the machine")

    told, fault = runs.ask("missing", missing), runs.ask("broken", broken)
    assert told.wait(SOON)
    assert fault.wait(SOON)
    assert (told.state, told.problem) == (RunState.FAILED, "no project has an amount; read more reports")
    assert fault.state is RunState.FAILED
    assert "secret" not in fault.problem
    assert "secret of the machine" in caplog.text
    assert not runs.ready
    clock.now = 30.0
    assert runs.of(told.id) is told
    assert runs.of(fault.id) is None, "what broke may be tried again soon"
