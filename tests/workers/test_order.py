"""Results come in the order of the jobs whoever finishes first, and no more is under way than may be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pledger.documents import Page
from pledger.model import Problem
from pledger.workers import Job, Result, read_jobs
from pledger.workers import order as orders
from pledger.workers.order import in_order
from workers.corpus import feed, words


def job(number: int, size: int = 1) -> Job:
    return Job(Page(str(number), b"x" * size, None, None, None))


def answer(asked: Job) -> Result:
    return (Problem("done", asked.page.where, "", ""),)


@dataclass
class Capricious:
    """A crew that finishes what it likes first."""

    most: int
    chance: Random
    under_way: dict[int, Job] = field(default_factory=dict)
    highest: int = 0
    bytes: int = 0

    def give(self, number: int, job: Job) -> None:
        self.under_way[number] = job
        self.highest = max(self.highest, len(self.under_way))
        self.bytes = max(self.bytes, sum(j.size for j in self.under_way.values()))

    def take(self) -> dict[int, Result]:
        some = self.chance.sample(sorted(self.under_way), self.chance.randint(1, len(self.under_way)))
        return {number: answer(self.under_way.pop(number)) for number in some}


@given(st.lists(st.booleans(), max_size=60), st.integers(1, 9), st.integers())
def test_results_are_in_the_order_of_the_jobs(broken: list[bool], most: int, seed: int) -> None:
    crew = Capricious(most, Random(seed))  # noqa: S311
    asked: list[int] = []
    given_out = 0

    def jobs() -> Iterator[Job | Problem]:
        for number, is_broken in enumerate(broken):
            asked.append(number)
            yield Problem("done", str(number), "", "") if is_broken else job(number)

    for number, [item] in enumerate(in_order(jobs(), crew)):
        assert isinstance(item, Problem)
        assert item.where == str(number)
        given_out += 1
        assert broken[given_out:].count(False) >= len(crew.under_way)
    assert given_out == len(asked) == len(broken)
    assert crew.highest <= most


def test_bytes_under_way_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(orders, "MOST_BYTES", 100)
    crew = Capricious(50, Random(1))  # noqa: S311
    sizes = [30, 30, 30, 30, 500, 10, 60, 60]
    found = list(in_order((job(n, size) for n, size in enumerate(sizes)), crew))
    assert [r[0].where for r in found if isinstance(r[0], Problem)] == [str(n) for n in range(len(sizes))]
    assert crew.bytes == 500  # the long one was alone


def test_what_is_known_is_parsed_and_not_read_again() -> None:
    page = Page("a.txt", words(1).encode(), None, None, None)
    [[first]] = read_jobs([Job(page)])
    assert not isinstance(first, Problem)
    assert first.claims
    assert first.signature
    [[again]] = read_jobs([Job(page, known=first.document.id, signed=False)])
    assert not isinstance(again, Problem)
    assert (again.document, again.claims) == (first.document, ())
    [items] = read_jobs([Job(Page("f.xml", feed(1, 2).encode(), None, None, None), known=first.document.id)])
    assert all(not isinstance(item, Problem) and item.claims for item in items)


@pytest.mark.parametrize(("workers", "scheduler"), [(0, None), (-1, None), (2, "tcp://127.0.0.1:1")])
def test_wrong_numbers_of_workers_are_refused_at_once(workers: int, scheduler: str | None) -> None:
    with pytest.raises(ValueError, match="above zero"):
        read_jobs([], workers=workers, scheduler=scheduler)
