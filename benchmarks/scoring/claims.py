"""Claims against gold.

A gold claim is found when a claim of the same document and attribute overlaps an occurrence of its quote (the `nth`
one, where gold names it) and its value agrees by the rules of `values`. One claim serves one gold claim only: two
parties or two stages at one quote need two claims.

Amounts are complete in gold. So an amount read at a gold quote with another value is *wrong*, and an amount read
elsewhere is *invented*, unless it repeats a gold amount of its document: same currency, and each end that it has is
an end of that amount. A repeat of the very words of a gold amount is expected to be read and is counted in a row of
its own, as are the rate (`period`) of each found amount where gold gives one, and whether its subject is of gold's
kind: programme (and the parts of its ceiling), project (or a group of them), or a market, a budget and the like, which
must be neither; a subject whose words tell none of these is not looked at.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from typing import TypeVar

from pledger.model import Attribute, Claim, Document, EntityKind, Money, Span
from scoring.gold import GoldClaim, GoldDocument
from scoring.tally import Tally, total
from scoring.values import agrees, close
from scoring.words import occurrences, words

__all__ = ["pair", "score_claims", "subject_group"]

# Gold names subjects in words; these tell of which group they are. Looked at in this order: a data center market is no
# data center, a corporation's capital no part of the programme.
_SUBJECT_WORDS = {
    "other": words("market budget bonds capital corporation funds output spending trade tariff exports"),
    "project": words(
        "project projects plant plants facility facilities terminal hub hubs smelter campus reactors works equipment "
        "material batch tranche list"
    ),
    "programme": words("programme pledge part cap ceiling investment"),
}
_GROUPS = {
    EntityKind.PROGRAMME: "programme",
    EntityKind.PROJECT: "project",
    EntityKind.TRANCHE: "project",
}

L = TypeVar("L", bound=Hashable)
R = TypeVar("R")


def score_claims(documents: Iterable[tuple[GoldDocument, Document, Sequence[Claim]]]) -> list[Tally]:
    """One row per attribute, amounts first, then repeats of amounts and the subjects of amounts."""
    rows: dict[str, list[Tally]] = {}
    for gold, document, claims in documents:
        for row in _document_rows(gold, document, claims):
            rows.setdefault(row.name, []).append(row)
    return [total(name, rows[name]) for name in sorted(rows, key=_order)]


def _order(name: str) -> tuple[bool, str]:
    return not name.startswith("amount"), name


def _document_rows(gold: GoldDocument, document: Document, claims: Sequence[Claim]) -> Iterable[Tally]:
    for attribute in sorted({c.attribute for c in gold.claims} | {"amount"}):
        wanted = [c for c in gold.claims if c.attribute == attribute]
        read = [c for c in claims if c.attribute == attribute]
        places = {i: _places(g, document.text) for i, g in enumerate(wanted)}
        served = pair(
            range(len(wanted)),
            read,
            lambda i, claim: _at(claim, places[i]) and agrees(wanted[i], claim),  # noqa: B023 (used at once)
        )
        missed = tuple(
            f"{gold.key}: {g}{_instead(g, read, places[i])}" for i, g in enumerate(wanted) if i not in served
        )
        if attribute != Attribute.AMOUNT:
            yield Tally(attribute, len(wanted), len(served), missed)
            continue
        wrong, invented = _strays(gold.key, wanted, places, read)
        yield Tally("amount", len(wanted), len(served), missed, wrong, invented, complete=True)
        yield _repeats(gold.key, wanted, places, read, document.text)
        yield _periods(gold.key, wanted, places, read)
        yield _subjects(gold.key, wanted, places, read)


def _places(gold: GoldClaim, text: str) -> tuple[Span, ...]:
    starts = occurrences(gold.quote, text)
    if gold.nth is not None:
        starts = starts[gold.nth - 1 : gold.nth]
    return tuple(Span(s, s + len(gold.quote)) for s in starts)


def _at(claim: Claim, places: Iterable[Span]) -> bool:
    return any(claim.span.overlaps(p) for p in places)


def _instead(gold: GoldClaim, read: Iterable[Claim], places: tuple[Span, ...]) -> str:
    """What was read in place of a missed claim, for a person."""
    if not places:
        return " — the quote is not in the text"
    there = [f"“{c.text}” {_told(c)}" for c in read if _at(c, places) and not agrees(gold, c)]
    return f" — read there: {'; '.join(there)}" if there else ""


def _told(claim: Claim) -> str:
    value = claim.value
    if isinstance(value, Money):
        return f"{value.low} to {value.high} {value.currency} {value.qualifier}"
    return f"{value} {claim.modality}"


def _strays(
    key: str, wanted: Sequence[GoldClaim], places: Mapping[int, tuple[Span, ...]], read: Iterable[Claim]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    wrong, invented = [], []
    for claim in read:
        here = [g for i, g in enumerate(wanted) if _at(claim, places[i])]
        if any(agrees(g, claim) for g in here):
            continue
        line = f"{key}: “{claim.text}” read as {_told(claim)}"
        if here:
            wrong.append(line)
        elif not any(_repeats_value(g, claim) for g in wanted):
            invented.append(line)
    return tuple(wrong), tuple(invented)


def _repeats(
    key: str,
    wanted: Sequence[GoldClaim],
    places: Mapping[int, tuple[Span, ...]],
    read: Sequence[Claim],
    text: str,
) -> Tally:
    """Further occurrences of a gold amount's words: each is to be read with the same value."""
    taken = [p for i, g in enumerate(wanted) for p in (places[i] if g.nth is not None else places[i][:1])]
    again = {
        Span(at, at + len(g.quote)): g
        for g in wanted
        for at in occurrences(g.quote, text)
        if not any(Span(at, at + len(g.quote)).overlaps(t) for t in taken)
    }
    missed = tuple(
        f"{key}: “{g.quote}” again at {span.start}"
        for span, g in again.items()
        if not any(c.span.overlaps(span) and _repeats_value(g, c) for c in read)
    )
    return Tally("amount, again", len(again), len(again) - len(missed), missed)


def _repeats_value(gold: GoldClaim, claim: Claim) -> bool:
    value = claim.value
    if not isinstance(value, Money) or value.currency != gold.values.get("unit"):
        return False
    ends = [e for e in (gold.values.get("low"), gold.values.get("high")) if e is not None]
    return all(any(close(end, mine) for end in ends) for mine in (value.low, value.high) if mine is not None)


def _periods(
    key: str, wanted: Sequence[GoldClaim], places: Mapping[int, tuple[Span, ...]], read: Sequence[Claim]
) -> Tally:
    missed, counted = [], 0
    for i, gold in enumerate(wanted):
        right = [c.value for c in read if _at(c, places[i]) and agrees(gold, c) and isinstance(c.value, Money)]
        if "period" not in gold.values or not right:
            continue
        counted += 1
        if all(v.period != gold.values["period"] for v in right):
            missed.append(f"{key}: “{gold.quote}” is a sum for each {gold.values['period']}; read: {right[0].period}")
    return Tally("amount's period", counted, counted - len(missed), tuple(missed))


def _subjects(
    key: str, wanted: Sequence[GoldClaim], places: Mapping[int, tuple[Span, ...]], read: Sequence[Claim]
) -> Tally:
    missed, counted = [], 0
    for i, gold in enumerate(wanted):
        right = [c for c in read if _at(c, places[i]) and agrees(gold, c)]
        expected = subject_group(gold.subject)
        if expected is None or not right:
            continue
        counted += 1
        got = sorted({_GROUPS.get(c.subject.kind, "other") for c in right})
        if got != [expected]:
            missed.append(f"{key}: “{gold.quote}” is about {gold.subject} ({expected}); read as about {', '.join(got)}")
    return Tally("amount's subject", counted, counted - len(missed), tuple(missed))


def subject_group(subject: str) -> str | None:
    """`programme`, `project` (also groups of projects), `other` or None, from gold's words for a subject."""
    found = set(words(subject))
    return next((group for group, told in _SUBJECT_WORDS.items() if found & set(told)), None)


def pair(wanted: Iterable[L], offered: Sequence[R], fits: Callable[[L, R], bool]) -> dict[L, int]:
    """As many as possible of `wanted`, each with the index of one of `offered` of its own (Kuhn's algorithm)."""
    options = {w: [i for i, o in enumerate(offered) if fits(w, o)] for w in wanted}
    holder: dict[int, L] = {}

    def place(w: L, tried: set[int]) -> bool:
        for i in options[w]:
            if i not in tried:
                tried.add(i)
                if i not in holder or place(holder[i], tried):
                    holder[i] = w
                    return True
        return False

    for w in options:
        place(w, set())
    return {w: i for i, w in holder.items()}
