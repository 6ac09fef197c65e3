"""PDF by pypdf, page by page: lines joined to paragraphs, words joined at line ends, running heads left out."""

from __future__ import annotations

import io
import re
import time
from typing import Any

from pledger.documents.dateline import dateline, parse_date
from pledger.documents.language import language_code
from pledger.documents.paragraphs import Line, joined
from pledger.documents.parsed import Parsed, one_line, quiet, unexpected, web_address, without_broken_characters
from pledger.model import Problem

__all__ = ["parse"]

MOST_PAGES = 400
"""Pages of one file: reports have up to some 200; what is longer is better read chapter by chapter."""
MOST_CHARACTERS = 4_000_000
"""Characters of text of one file: 400 pages printed densely have two million."""
MOST_SECONDS = 30.0
"""Time for one file. A page takes some 10 ms; drawings made of a million lines take minutes and hold no sentence."""
MOST_CONTENT = 20_000_000
"""Bytes of one page's content once unpacked; a page of text has some ten thousand, a bomb has as many as it likes."""
TAIL = 4_096
"""Bytes at the end of a file among which its end mark must stand (Adobe's readers accept 1,024)."""
MEND_CUT = "Download it again, and check that it opens in a PDF reader."
MEND_LOCKED = "Open it with its password and print it to a new PDF, or copy its text into a .txt file."
MEND_SCAN = "It is probably a scan: run text recognition (OCR) over it first, for instance with ocrmypdf."
MEND_LONG = "Split it into parts and keep those that matter, or copy the text that matters into a .txt file."

_FILE_NAME = re.compile(
    r"\.(?:docx?|pdf|indd|qxd|pages|odt|rtf|txt|tex|pptx?)\Z|\A(?:Microsoft Word|untitled)", re.IGNORECASE
)


class _TooLongError(Exception):
    """The time for this file is over: raised from within pypdf's walk through a page, caught here."""


def parse(data: bytes, where: str) -> Parsed | Problem:
    """The text of a PDF and what it says of itself; or why it cannot be read, and what to do about it."""
    from pypdf.errors import DependencyError, FileNotDecryptedError, LimitReachedError, PyPdfError

    if b"%%EOF" not in data[-TAIL:]:
        return Problem("PDF cut off", where, "its end is missing (no %%EOF mark): the download stopped early", MEND_CUT)
    try:
        with quiet("pypdf"):
            return _parse(data, where)
    except _TooLongError:
        return Problem("PDF too complex", where, f"reading it takes more than {MOST_SECONDS:.0f} seconds", MEND_LONG)
    except LimitReachedError:
        return Problem("PDF too large inside", where, "it unpacks to more data than any article has", MEND_LONG)
    except (FileNotDecryptedError, DependencyError):
        return Problem("PDF locked", where, "it is encrypted with a password", MEND_LOCKED)
    except PyPdfError as error:
        return unexpected("PDF damaged", where, error, MEND_CUT)
    except Exception as error:  # a damaged PDF makes pypdf raise anything; it becomes a Problem that names it
        return unexpected("PDF damaged", where, error, MEND_CUT)


def _parse(data: bytes, where: str) -> Parsed | Problem:
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        return Problem("PDF locked", where, "it is encrypted with a password", MEND_LOCKED)
    count = len(reader.pages)
    if count > MOST_PAGES:
        return Problem("PDF too long", where, f"it has {count:,} pages, and {MOST_PAGES:,} is the limit", MEND_LONG)
    pages = _pages(reader)
    if sum(len(line.text) for page in pages for line in page) >= MOST_CHARACTERS:
        return Problem("PDF too long", where, f"it has more than {MOST_CHARACTERS:,} characters of text", MEND_LONG)
    if not any(c.isalnum() for page in pages for line in page for c in line.text):
        return Problem(
            "PDF without text",
            where,
            f"{'its page holds' if count == 1 else f'its {count} pages hold'} no text, only pictures or nothing",
            MEND_SCAN,
        )
    text = joined(pages)
    found = dateline(text)
    facts: Any = reader.metadata or {}
    stated = _fact(facts, "/CreationDate")
    made = parse_date(stated[2:10]) if stated and stated.startswith("D:") else None
    return Parsed(
        text,
        _title(facts) or found.title,
        found.publisher,
        found.url or web_address(_fact(facts, "/Subject")),
        found.reported_on or made,
        language_code(_catalogue_language(reader)),
    )


def _pages(reader: Any) -> list[list[Line]]:
    """The lines of each page, until there are too many. The clock is looked at before each drawing operator."""
    from pypdf.errors import LimitReachedError

    deadline = time.monotonic() + MOST_SECONDS
    pieces: list[tuple[str, float]] = []

    def watch(*_: object) -> None:
        if time.monotonic() > deadline:
            raise _TooLongError

    def hear(words: str, matrix: list[float], text_matrix: list[float], _font: object, size: float) -> None:
        pieces.append((words, abs(size * (text_matrix[3] or text_matrix[1] or 1.0) * (matrix[3] or matrix[1] or 1.0))))

    pages: list[list[Line]] = []
    total = 0
    for page in reader.pages:
        contents = page.get_contents()
        if contents is not None and len(contents.get_data()) > MOST_CONTENT:
            raise LimitReachedError("a page's content")
        pieces.clear()
        page.extract_text(visitor_operand_before=watch, visitor_text=hear)
        pages.append(_lines(pieces))
        total += sum(len(line.text) for line in pages[-1])
        if total >= MOST_CHARACTERS:
            break
    return pages


def _lines(pieces: list[tuple[str, float]]) -> list[Line]:
    """Pieces of text as pypdf hands them over, put together to lines; a line has the size of its first words."""
    lines: list[Line] = []
    words: list[str] = []
    size = 0.0
    for piece, its_size in [*pieces, ("\n", 0.0)]:
        for number, part in enumerate(piece.replace("\r", "\n").split("\n")):
            if number:
                lines.append(Line(without_broken_characters("".join(words)).strip(), size))
                words, size = [], 0.0
            if part.strip() and not size:
                size = its_size
            words.append(part)
    return lines


def _fact(facts: Any, key: str) -> str | None:
    value = facts.get(key)
    return one_line(str(value)) if isinstance(value, str) else None


def _title(facts: Any) -> str | None:
    """The title of the metadata, unless a program put a file name or a single word there."""
    title = _fact(facts, "/Title")
    if not title or _FILE_NAME.search(title) or (len(title.split()) < 2 and title.isascii()):
        return None
    return title


def _catalogue_language(reader: Any) -> str | None:
    language = reader.root_object.get("/Lang") if hasattr(reader, "root_object") else None
    return str(language) if isinstance(language, str) else None
