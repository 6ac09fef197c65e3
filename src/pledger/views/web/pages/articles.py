"""The pages of articles: the list, and one text with what was read in it marked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from pledger.model import Claim, Document
from pledger.views.jsons import claim_json, document_json
from pledger.views.plain import clean, lined
from pledger.views.web.answers import Answer, Cell, Sheet
from pledger.views.web.pages.figures import SIZE, page_number
from pledger.views.web.serving import Room
from pledger.views.web.state import RequestError, State
from pledger.views.wording import chain, say, say_attribute, say_document, say_modality, say_name

__all__ = ["Piece", "article_page", "articles_page"]

_LONGEST = 200_000
"""Characters of a text that are shown."""
_LISTED = ("Title", "Publisher", "Reported", "Language", "Address", "Copy of", "Id")
_COPIES = 50
"""Copies of one text that are listed."""
_CLAIMS = ("What", "Value", "Words", "Subject", "Modality", "Said by", "Start", "End", "Id")


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text: plain, or marked with the claims whose words it is."""

    text: str
    claims: tuple[tuple[Claim, str], ...] = ()
    """Each with what was read, in a line."""


def articles_page(room: Room, state: State) -> Answer:
    """What was read, the latest report first."""
    ledger = room.ledger.at(as_of=state.moment.as_of, known_on=state.moment.known_on)
    number = page_number(state)
    found, total = ledger.articles(state.get("q"), SIZE, SIZE * (number - 1))
    return Answer(
        "articles.html.j2",
        "Articles",
        {"total": total, "page": number, "documents": [document_json(d) for d in found]},
        (Sheet("Articles", _LISTED, _rows(found)),),
        {"documents": found, "total": total, "number": number, "last": max(1, -(-total // SIZE))},
    )


def article_page(room: Room, state: State) -> Answer:
    """One text, with every stretch that a claim was read from."""
    ledger = room.ledger.at(as_of=state.moment.as_of, known_on=state.moment.known_on)
    id_ = state.get("id")
    held = ledger.article(id_) if len(id_) >= 8 else None
    if held is None:
        raise RequestError(f"there is no article with the id {id_[:40]!r} in this ledger at this moment", 404)
    document, claims = held
    original = ledger.article(document.echo_of) if document.echo_of else None
    copies, count = ledger.copies(document.id, _COPIES)
    title = clean(document.title or document.path)
    rows = [
        (
            c.attribute.value, clean(say(c.value)), clean(c.text), clean(c.subject.text), c.modality.value,
            " <- ".join(clean(s) for s in chain(document, c.attribution)), c.span.start, c.span.end, c.id,
        )
        for c in claims
    ]  # fmt: skip
    return Answer(
        "article.html.j2",
        title,
        document_json(document)
        | {
            "claims": [claim_json(c, document) for c in claims],
            "copies": {"total": count, "documents": [document_json(d) for d in copies]},
        },
        (Sheet("Claims", _CLAIMS, rows), *((Sheet("Copies", _LISTED, _rows(copies)),) if copies else ())),
        {
            "document": document,
            "paragraphs": _paragraphs(document.text[:_LONGEST], claims),
            "cut": len(document.text) > _LONGEST,
            "claims": claims,
            "original": original[0] if original else None,
            "copies": copies,
            "count": count,
        },
        source=f"{title}. {clean(say_document(document))}",
    )


def _rows(documents: Sequence[Document]) -> list[tuple[Cell, ...]]:
    """Documents as rows of the table `_LISTED`."""
    return [(d.title, d.publisher, d.reported_on, d.language, d.url or d.path, d.echo_of, d.id) for d in documents]


def _paragraphs(text: str, claims: list[Claim]) -> list[list[Piece]]:
    """The text in paragraphs of pieces; words that several claims share are marked once."""
    marks: list[tuple[int, int, list[Claim]]] = []
    for claim in sorted(claims, key=lambda c: (c.span.start, -c.span.end)):
        start, end = claim.span.start, claim.span.end
        if end > len(text):
            continue
        if marks and start < marks[-1][1]:  # they share words: one mark over the words of both
            first, taken, its = marks[-1]
            marks[-1] = (first, max(taken, end), [*its, claim])
        else:
            marks.append((start, end, [claim]))
    paragraphs: list[list[Piece]] = [[]]

    def plain(piece: str) -> None:
        for number, part in enumerate(piece.split("\n")):
            if number:
                paragraphs.append([])
            if part:
                paragraphs[-1].append(Piece(lined(part)))

    at = 0
    for start, end, its in marks:
        plain(text[at:start])
        paragraphs[-1].append(Piece(lined(text[start:end]), tuple((c, _read(c)) for c in its)))
        at = end
    plain(text[at:])
    return [p for p in paragraphs if any(piece.text.strip() for piece in p)]


def _read(claim: Claim) -> str:
    """What was read from these words, in a line."""
    subject = say_name(clean(claim.subject.text))
    told = f"{say_attribute(claim.attribute)}: {clean(say(claim.value))}, of {subject}"
    return (
        told if claim.modality.value == "asserted" else f"{told}, {say_modality(claim.modality, claim.modality_words)}"
    )
