"""One proposal checked against the text and against our own reading of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pledger.model import Attribute, Claim, EntityKind, Mention, Modality, Money, Span
from pledger.reading.found import Found
from pledger.reading.programmes import known_ceiling, scope_of
from pledger.reading.second.answer import Item
from pledger.reading.second.grounding import place_of, subjects_of
from pledger.reading.second.readings import Reading, Readings, same_subject
from pledger.reading.second.records import Reason
from pledger.reading.second.values import agrees

__all__ = ["Admitted", "admit"]

_BACK = 900
"""Characters before a value within which its subject was spoken of, as for the first reader."""
_PLEDGED = frozenset({EntityKind.PROGRAMME, EntityKind.PROJECT, EntityKind.TRANCHE})
_OF_ORGANISATIONS = frozenset({Attribute.AMOUNT, Attribute.SHARE, Attribute.OWNERSHIP})
"""What can be said of an organisation by itself; all else is said of what is pledged."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A proposal that stood every check; `known` says that the first reader has it already."""

    claim: Claim
    known: bool


def admit(seen: Readings, window: Span, item: Item) -> Admitted | Reason:
    """The claim that an item of the model's answer about `window` leads to, or why it leads to none."""
    if item.attribute not in Attribute.__members__.values():
        return Reason.ATTRIBUTE
    attribute, ctx = Attribute(item.attribute), seen.maker.ctx
    place = place_of(ctx.text, window, item)
    if isinstance(place, Reason):
        return place
    if item.source is not None and not _named(ctx.text, window, item.source):
        return Reason.SOURCE
    reading = _read(seen, attribute, place, item)
    if isinstance(reading, Reason):
        return reading
    mentions = subjects_of(ctx, window, item.subject)
    if isinstance(mentions, Reason):
        return mentions
    if not (mentions[0][1].kind in _PLEDGED or attribute in _OF_ORGANISATIONS):
        return Reason.SUBJECT
    subject = _nearest(mentions, reading)
    if subject is None:
        return Reason.FAR
    return _settled(seen, reading, subject)


def _named(text: str, window: Span, source: str) -> bool:
    return bool(source.strip()) and text.find(source, window.start, window.end) >= 0


def _read(seen: Readings, attribute: Attribute, place: Span, item: Item) -> Reading | Reason:
    """The one reading of ours in the quoted words that has the value given.

    Words that reach from one sentence into the next carry no value of one of them; a quote that cuts a figure ("5
    billion" of "$15 billion") holds no reading at all.
    """
    fitting = [
        reading
        for reading in seen.inside(attribute, place)
        if reading.sentence.covers(place) and agrees(item.value, reading.value, reading.span.of(seen.maker.ctx.text))
    ]
    if len({reading.span for reading in fitting}) > 1:
        return Reason.AMBIGUOUS
    return fitting[0] if fitting else Reason.VALUE


def _nearest(mentions: Sequence[tuple[Span, Mention]], reading: Reading) -> Mention | None:
    """The mention in the sentence of a value that stands nearest, else the last one before it that is near enough."""
    at = reading.span
    inside = [(span, mention) for span, mention in mentions if reading.sentence.covers(span)]
    if inside:
        return min(inside, key=lambda found: max(found[0].start - at.end, at.start - found[0].end, 0))[1]
    before = [mention for span, mention in mentions if span.end <= at.start and at.start - span.end <= _BACK]
    return before[-1] if before else None


def _settled(seen: Readings, reading: Reading, subject: Mention) -> Admitted | Reason:
    """The claim that a value is the subject's, unless our own reader knows better by the words."""
    known = any(same_subject(owner, subject) for owner in reading.owners)
    if reading.sure and not known:
        return Reason.OVERRULED
    maker = seen.maker
    modality, words = reading.modality, reading.modality_words
    scope = None
    if isinstance(reading.value, Money):
        scope = _scope(seen, reading, reading.value, subject)
        programme = subject.kind is EntityKind.PROGRAMME
        modality, words = (Modality.ASSERTED, None) if programme else maker.modality(reading.sentence, reading.span)
    claim = maker.claim(
        reading.span,
        reading.attribute,
        subject,
        reading.value,
        sentence=reading.sentence,
        modality=modality,
        modality_words=words,
        scope=scope,
    )
    return Admitted(claim, known)


def _scope(seen: Readings, reading: Reading, value: Money, subject: Mention) -> str | None:
    """What an amount measures of its subject, as the first reader tells it; a ceiling only where it is a known one."""
    ctx = seen.maker.ctx
    found = Found(reading.span, value, reading.span.of(ctx.text))
    said = scope_of(ctx.text, reading.sentence, found, ctx.language)
    if said != "ceiling":
        return said
    whole = {EntityKind.PROJECT: "project", EntityKind.TRANCHE: "tranche"}.get(subject.kind)
    return said if whole is None and subject.key is not None and known_ceiling(value) == subject.key else whole
