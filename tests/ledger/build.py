"""Articles and their claims, written by hand: what the reading room would hand over."""

from __future__ import annotations

import datetime as dt
import hashlib
from dataclasses import dataclass, field

from pledger.ledger.derive import derive
from pledger.ledger.picture import Picture
from pledger.model import (
    Attribute,
    Attribution,
    Claim,
    Conflict,
    ConflictKind,
    DateValue,
    Document,
    EntityKind,
    Figure,
    Instruments,
    Interval,
    Mention,
    Modality,
    Money,
    Outlook,
    Ownership,
    Party,
    Qualifier,
    Share,
    Span,
    Stage,
    StageValue,
    Text,
    Value,
)
from pledger.reading.told import told

PROGRAMME = Mention(EntityKind.PROGRAMME, "Japan's US investment package", key="JP>US")
FIRST = Mention(EntityKind.TRANCHE, "the first projects", programme="JP>US", ordinal=1)


def project(
    kind: str | None, sponsor: str | None = None, place: str | None = None, programme: str | None = "JP>US"
) -> Mention:
    """A mention of a project, as a document-wide merge leaves it."""
    words = " ".join(filter(None, (sponsor, kind, place)))
    return Mention(EntityKind.PROJECT, words, project_kind=kind, sponsor=sponsor, place=place, programme=programme)


@dataclass
class Article:
    """A document under construction. Each `says` adds a sentence and a claim on words of it."""

    publisher: str | None = None
    reported_on: dt.date | None = None
    notices: tuple[str, ...] = ()
    language: str = "en"
    text: str = ""
    claims: list[Claim] = field(default_factory=list)
    pending: list[tuple[Span, Span, str, Attribute, Mention, Value, Modality, tuple[Attribution, ...], str | None]] = (
        field(default_factory=list)
    )

    def says(
        self,
        sentence: str,
        words: str,
        value: Value,
        subject: Mention = PROGRAMME,
        by: tuple[str, ...] = (),
        modality: Modality = Modality.ASSERTED,
        scope: str | None = None,
        whole: bool = False,
    ) -> Article:
        """Add a sentence with a claim; `by`: the chain, outermost first, anonymous ones with a leading '?'."""
        start = len(self.text)
        self.text += sentence + "\n"
        place = Span(start, start + len(sentence))
        at = start + sentence.index(words)
        chain = tuple(
            Attribution(name.lstrip("?"), name.startswith("?"), "said", place, None if whole else place) for name in by
        )
        attribute = _ATTRIBUTES[type(value)]
        self.pending.append(
            (place, Span(at, at + len(words)), words, attribute, subject, value, modality, chain, scope)
        )
        return self

    def kind(self, sentence: str, words: str, kind: str, subject: Mention, by: tuple[str, ...] = ()) -> Article:
        """Add a sentence that says what a project is."""
        return self.says(sentence, words, Text(kind), subject, by)

    def condition(
        self, sentence: str, words: str, condition: str, subject: Mention = PROGRAMME, by: tuple[str, ...] = ()
    ) -> Article:
        """Add a sentence with a condition, `topic: value`."""
        self.says(sentence, words, Text(condition), subject, by)
        place, span, text, _, about, value, modality, chain, scope = self.pending.pop()
        self.pending.append((place, span, text, Attribute.CONDITION, about, value, modality, chain, scope))
        return self

    def done(self) -> tuple[Document, list[Claim]]:
        """The document and its claims."""
        key = hashlib.sha256(f"{self.publisher}{self.reported_on}{self.text}".encode()).hexdigest()
        document = Document(
            id=key,
            path=f"{self.publisher or key[:6]}.txt",
            text=self.text,
            publisher=self.publisher,
            reported_on=self.reported_on,
            language=self.language,
            notices=self.notices,
        )
        claims = [
            Claim(
                key,
                sentence,
                span,
                words,
                attribute,
                subject,
                value,
                modality,
                None,
                chain,
                scope,
                told=told(self.text, sentence, span),
            )
            for sentence, span, words, attribute, subject, value, modality, chain, scope in self.pending
        ]
        return document, claims


_ATTRIBUTES: dict[type, Attribute] = {
    Money: Attribute.AMOUNT,
    Share: Attribute.SHARE,
    StageValue: Attribute.STAGE,
    DateValue: Attribute.DATE,
    Party: Attribute.PARTY,
    Ownership: Attribute.OWNERSHIP,
    Instruments: Attribute.INSTRUMENT,
    Text: Attribute.KIND,
}


def usd(low: float, high: float | None = None, qualifier: Qualifier = Qualifier.EXACT) -> Money:
    """Dollars."""
    return Money(low, low if high is None else high, "USD", qualifier)


def stage(rung: Stage, outlook: Outlook | None = None) -> StageValue:
    """A stage."""
    return StageValue(rung, outlook)


def picture(*articles: Article, as_of: dt.date | None = None) -> Picture:
    """What the ledger makes of these articles."""
    built = [a.done() for a in articles]
    return derive([d for d, _ in built], [c for _, its in built for c in its], {}, as_of)


def only(found: Picture, kind: ConflictKind) -> Conflict:
    """The one conflict of this kind."""
    (conflict,) = [c for c in found.conflicts if c.kind is kind]
    return conflict


def total(found: Picture, entity_kind: EntityKind = EntityKind.PROGRAMME) -> Figure:
    """The total amount of the one entity of this kind."""
    (figure,) = [
        f
        for f in found.figures
        if f.entity.kind is entity_kind and f.attribute is Attribute.AMOUNT and f.qualifier == "total"
    ]
    return figure


__all__ = [
    "FIRST",
    "PROGRAMME",
    "Article",
    "Interval",
    "only",
    "picture",
    "project",
    "stage",
    "total",
    "usd",
]
