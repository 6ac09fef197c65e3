"""Batches of projects ("the first three", "the October list"): which mentions of different reports mean one batch.

A number tells them apart, then a name, then whether it is a list of candidates. A batch that a report neither numbers
nor names is the numbered one of its programme with the same sum or the same day of decision, else the only numbered
one unless its sum is of another size; else it is one of its own report, since nobody knows which.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from pledger.data import lexicon
from pledger.ledger.names import fold, spelt
from pledger.model import Claim, DateValue, EntityKind, Mention, Modality, Money

__all__ = ["Batch", "batches"]

_ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", 5: "fifth"}
_COUNT = re.compile(r"(?:the |all |die |alle )?(\d{1,3})(?!\d)")
_FEW = 10
"""Projects up to which two batches may well have the same number of them."""
_ONE_SIZE = 2.0
"""Factor within which two sums can be of one batch, told in two ways."""


@dataclass(frozen=True, slots=True)
class Batch:
    """What identifies a batch; two mentions with equal batches are one entity."""

    programme: str | None
    ordinal: int | None = None
    name: str | None = None
    """A name that the text gives it, or `list` for a list of candidates."""
    document: str | None = None
    """Where it is known from one report only."""

    @property
    def key(self) -> str:
        """Names the entity, the same on every machine."""
        which = str(self.ordinal) if self.ordinal is not None else self.name or ""
        return "|".join([self.programme or self.document or "", which, *filter(None, [self.document])])

    def called(self, programme: str | None) -> str:
        """'first projects of the Japan–US investment programme'; `programme`: the programme's name."""
        if self.ordinal is not None:
            which = f"{_ORDINALS.get(self.ordinal, f'no. {self.ordinal}')} projects"
        elif self.name is not None:
            which = "list of candidate projects" if self.name == "list" else self.name
        else:
            which = "projects"
        return f"{which} of the {programme}" if programme else which


@dataclass(slots=True)
class _Told:
    """What reports say by which a batch may be known again."""

    sums: set[float] = field(default_factory=set)
    days: set[tuple[str, str]] = field(default_factory=set)
    counts: set[int] = field(default_factory=set)
    """How many projects it holds, where there are so many that no other batch has the same number."""


def batches(
    claims: Iterable[Claim], programme_of: Callable[[str | None, str], str | None]
) -> Mapping[tuple[str, Mention], Batch]:
    """The batch of every mention of one, by document and mention; independent of the order of the claims.

    `programme_of`: the programme's key that counts for a key as written, in a document.
    """
    found: dict[tuple[str, Mention], Batch] = {}
    told: dict[tuple[str | None, int], _Told] = defaultdict(_Told)
    listed: dict[tuple[str | None, str], _Told] = defaultdict(_Told)
    open_: dict[tuple[str | None, str], _Told] = defaultdict(_Told)
    beside: dict[tuple[str | None, str], set[str]] = defaultdict(set)
    apart: dict[tuple[str | None, str], set[int]] = defaultdict(set)
    for claim in claims:
        mention = claim.subject
        if mention.kind is not EntityKind.TRANCHE:
            continue
        programme = programme_of(mention.programme, claim.document)
        name = None if mention.ordinal is not None else fold(mention.key or "") or _listed(mention.text)
        own = None if programme else claim.document
        found[claim.document, mention] = Batch(programme, mention.ordinal, name, own)
        if mention.ordinal is not None and programme:
            _note(told[programme, mention.ordinal], claim)
            apart[programme, claim.document].add(mention.ordinal)
        elif name is not None and programme:
            _note(listed[programme, name], claim)
            beside[programme, claim.document].add(name)
        elif programme:
            _note(open_[programme, claim.document], claim)
    for (programme, document), its in open_.items():
        # What a report counts beside the one list that it names, it counts of that list.
        if its.counts and len(beside[programme, document]) == 1 and not apart[programme, document]:
            listed[programme, next(iter(beside[programme, document]))].counts |= its.counts
    lists: dict[str | None, list[str]] = defaultdict(list)
    for programme, name in sorted(listed, key=lambda key: key[1]):
        lists[programme].append(name)
    numbered: dict[str | None, list[int]] = defaultdict(list)
    for programme, number in sorted(told, key=lambda t: t[1]):
        numbered[programme].append(number)
    placed = {
        (programme, document): Batch(programme, name=same[0])
        if len(same := [n for n in lists[programme] if listed[programme, n].counts & its.counts]) == 1
        else _place(programme, document, its, told, numbered[programme], apart[programme, document])
        for (programme, document), its in open_.items()
    }
    return {
        (document, mention): placed.get((batch.programme, document), batch)
        if batch.ordinal is None and batch.name is None
        else batch
        for (document, mention), batch in found.items()
    }


def _place(
    programme: str | None,
    document: str,
    its: _Told,
    told: Mapping[tuple[str | None, int], _Told],
    numbers: Sequence[int],
    apart: set[int],
) -> Batch:
    """The batch that an unnumbered one is; `apart`: those that its own report numbers."""
    same = [n for n in numbers if told[programme, n].sums & its.sums] or [
        n for n in numbers if told[programme, n].days & its.days
    ]
    if len(same) == 1:
        return Batch(programme, same[0])
    # A report that numbers one batch and gives another sum for "three more projects" means another batch.
    left = [n for n in numbers if n not in apart] if its.sums else numbers
    if len(left) == 1 and _one_size(its.sums, told[programme, left[0]].sums):
        return Batch(programme, left[0])
    return Batch(programme, document=document if numbers else None)


def _one_size(a: set[float], b: set[float]) -> bool:
    return not a or not b or any(1 / _ONE_SIZE <= x / y <= _ONE_SIZE for x in a for y in b)


def _note(told: _Told, claim: Claim) -> None:
    value = claim.value
    if len(told.counts) < _FEW and (count := _COUNT.match(fold(claim.subject.text))):
        told.counts |= {int(count[1])} - set(range(_FEW))
    if claim.modality is Modality.DENIED:
        return
    if isinstance(value, Money) and claim.scope in (None, "total", "tranche") and value.period is None:
        # Of a batch a few sums are told; a hostile text may list a hundred thousand.
        if value.currency == "USD" and len(told.sums) < 20 and (amount := value.high or value.low):
            told.sums.add(float(f"{amount:.1e}"))
    elif isinstance(value, DateValue) and value.event in ("decide", "announce"):
        days = value.interval
        if days.start is not None and days.start == days.end:
            told.days.add((value.event, str(days.start)))


def _listed(text: str) -> str | None:
    words = fold(text)
    latin = set(words.split())
    listed = any(w in latin if w.isascii() else spelt(w) in words for w in lexicon("ledger_projects")["lists"])
    return "list" if listed else None
