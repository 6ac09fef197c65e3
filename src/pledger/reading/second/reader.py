"""One document read a second time: excerpts asked one by one, and every proposal checked."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Coroutine, Iterable, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pledger.model import Claim, Document, Problem, Span
from pledger.reading.reader import read as read_first
from pledger.reading.second.admit import Admitted, admit
from pledger.reading.second.answer import Item, proposals
from pledger.reading.second.client import Failure, ask, connected
from pledger.reading.second.readings import Readings, identity, readings
from pledger.reading.second.records import Reason, Refusal, SecondReading, excerpt
from pledger.reading.second.settings import SecondReader
from pledger.reading.second.windows import windows

__all__ = ["read"]

T = TypeVar("T")
_KEPT = "the first reader's claims are kept"


@dataclass(slots=True)
class _Heard:
    """What came back for one document."""

    answers: list[tuple[Span, str]] = field(default_factory=list)
    asked: int = 0
    failure: Failure | None = None


def read(document: Document, reader: SecondReader, first: Sequence[Claim] | None = None) -> SecondReading:
    """What `reader` adds to the claims of `document` that the first reader made; `first` where they are at hand.

    Never raises for what the endpoint does, and ends within the reader's limits. An endpoint that fails for several
    documents in a row is not asked any more, which the last of their Problems says. Excerpts in which our recognisers
    read nothing are not sent.
    """
    wrong = reader.wrong()
    if wrong is not None:
        return SecondReading((), 0, (), problems=(wrong,), reader=reader.name, heard=False)
    limits = reader.limits
    if reader.failed >= limits.failures:
        return SecondReading((), 0, (), reader=reader.name, heard=False)
    ours = read_first(document) if first is None else first
    seen = readings(document, ours)
    sentences = seen.maker.ctx.sentences
    cut = windows(len(document.text), sentences, limits.window, limits.overlap)
    worth = [window for window in cut if seen.any_inside(window)]
    heard = _run(_hear(document, reader, worth[: limits.windows]))
    reader.failed = reader.failed + 1 if heard.failure is not None else 0 if heard.asked else reader.failed
    problems = [_problem(document, reader, heard.failure)] if heard.failure is not None else []
    if len(worth) > limits.windows:
        why = f"it has {len(worth)} excerpts, and {limits.windows} are sent; {_KEPT}"
        problems.append(Problem("Second reading in part", document.path, why, "Split it into several files."))
    return _checked(seen, {claim.id for claim in ours}, heard, reader, tuple(problems))


async def _hear(document: Document, reader: SecondReader, worth: Sequence[Span]) -> _Heard:
    """Ask for each excerpt in turn, until all are answered, the endpoint fails or the time is over."""
    heard = _Heard()
    if not worth:
        return heard
    try:
        async with asyncio.timeout(reader.limits.seconds_a_document), connected(reader) as client:
            for window in worth:
                heard.asked += 1
                said = await ask(client, reader, window.of(document.text), document.reported_on)
                if isinstance(said, Failure):
                    heard.failure = said
                    break
                heard.answers.append((window, said))
    except TimeoutError:
        why = f"the {reader.limits.seconds_a_document:g} seconds for a document are over"
        heard.failure = Failure(why, "Use a faster model, or try later.")
    return heard


def _run(work: Coroutine[Any, Any, T]) -> T:
    """Run to the end, also where an event loop is running already, as in a notebook."""
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return asyncio.run(work)
    with ThreadPoolExecutor(1) as beside:
        return beside.submit(asyncio.run, work).result()


def _problem(document: Document, reader: SecondReader, failure: Failure) -> Problem:
    over = f"; {reader.failed} documents in a row failed, so it is not asked any more"
    why = f"{reader.host}: {failure.why}{over if reader.failed >= reader.limits.failures else ''}; {_KEPT}"
    return Problem("Second reader not heard", document.path, why, failure.mend)


def _checked(
    seen: Readings, ours: Set[str], heard: _Heard, reader: SecondReader, problems: tuple[Problem, ...]
) -> SecondReading:
    """Every proposal of every answer, admitted or refused; the same one counts once.

    A value that the model ties to two things is tied to neither: it is one or the other, and nobody can tell which.
    """
    stood: dict[tuple[object, ...], tuple[Admitted, Item]] = {}
    subjects: dict[tuple[object, ...], set[tuple[object, ...]]] = defaultdict(set)
    refused: list[Refusal] = []
    for window, words in heard.answers:
        found = proposals(words, reader.limits.items)
        refused += found.refused
        for item in found.items:
            result = admit(seen, window, item)
            if isinstance(result, Reason):
                refused.append(Refusal(result, _shown(item)))
                continue
            key = (*_value_of(result.claim), identity(result.claim.subject))
            if key in stood:
                refused.append(Refusal(Reason.REPEATED, _shown(item)))
                continue
            stood[key] = (result, item)
            subjects[_value_of(result.claim)].add(identity(result.claim.subject))
    claims: list[Claim] = []
    known = 0
    for result, item in stood.values():
        if result.known or result.claim.id in ours:
            known += 1
        elif len(subjects[_value_of(result.claim)]) > 1:
            refused.append(Refusal(Reason.CONTRARY, _shown(item)))
        else:
            claims.append(replace(result.claim, reader=reader.name))
    claims.sort(key=lambda c: (c.span, c.attribute, c.subject.text))
    return SecondReading(
        tuple(claims),
        known + len(claims),
        tuple(refused),
        known,
        problems,
        reader.name,
        heard.asked,
        heard=heard.failure is None,
    )


def _value_of(claim: Claim) -> tuple[object, ...]:
    return claim.attribute, claim.span, repr(claim.value)


def _shown(item: Item) -> str:
    parts: Iterable[str] = (item.attribute[:40], item.quote, f"of {item.subject.quote}")
    return excerpt(parts)
