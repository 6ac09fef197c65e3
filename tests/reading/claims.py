"""One line that reads a text, so that a test is an example: the text in, the claims out."""

from __future__ import annotations

import datetime as dt

from pledger.model import Attribute, Claim, Document, Money, Ownership, Party, StageValue
from pledger.reading import read


def claims(
    text: str, attribute: str | None = None, language: str = "en", reported_on: dt.date | None = None
) -> list[Claim]:
    """The claims of `text`, all or of one attribute; each is checked to stand where it says."""
    found = read(Document("d" * 64, "example.txt", text, language=language, reported_on=reported_on))
    for claim in found:
        assert claim.span.of(text) == claim.text
        assert claim.sentence.covers(claim.span)
    return [c for c in found if attribute is None or c.attribute is Attribute(attribute)]


def amounts(text: str, language: str = "en") -> list[tuple[str, str, str | None]]:
    """(words, kind of the subject and its key or project kind, scope) of each amount."""
    return [(c.text, _subject(c), c.scope) for c in claims(text, "amount", language) if isinstance(c.value, Money)]


def stages(text: str, language: str = "en") -> list[tuple[str, str]]:
    """(subject, stage and outlook) of each stage."""
    out = []
    for c in claims(text, "stage", language):
        assert isinstance(c.value, StageValue)
        out.append((_subject(c), " ".join(filter(None, (c.value.stage, c.value.outlook)))))
    return out


def parties(text: str, language: str = "en") -> list[tuple[str, str, str]]:
    """(name, role, subject) of each party."""
    return [
        (c.value.name, c.value.role, _subject(c)) for c in claims(text, "party", language) if isinstance(c.value, Party)
    ]


def owners(text: str, language: str = "en") -> list[tuple[str, str]]:
    """(owner, owned) of each ownership."""
    return [
        (c.value.owner, c.value.owned) for c in claims(text, "ownership", language) if isinstance(c.value, Ownership)
    ]


def _subject(claim: Claim) -> str:
    subject = claim.subject
    detail = subject.key or subject.project_kind or (str(subject.ordinal) if subject.ordinal else "")
    return f"{subject.kind}:{detail}" if detail else str(subject.kind)
