"""One file in, its document or documents out; or Problems that say what to do. The format is told by the content."""

from __future__ import annotations

import datetime as dt
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from pledger.documents import feed, html, mail, markdown, pdf, text, warc
from pledger.documents.encoding import decode
from pledger.documents.find import printable
from pledger.documents.language import language
from pledger.documents.notices import notices
from pledger.documents.parsed import Parsed, unexpected
from pledger.documents.source import bytes_of
from pledger.documents.warc import Page
from pledger.model import Document, Problem

__all__ = ["load", "pages", "parse", "received", "stream"]

PDF_HEAD = 1_024
"""Bytes in which a PDF must state that it is one, as the format's own readers ask."""

_OTHER_FORMATS: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a Word, Excel or zip file"),
    (b"PK\x05\x06", "an empty zip file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Word, Excel or Outlook file"),
    (b"{\\rtf", "a rich-text (RTF) file"),
    (b"\x89PNG\r\n", "a picture"),
    (b"\xff\xd8\xff", "a picture"),
    (b"GIF87a", "a picture"),
    (b"GIF89a", "a picture"),
    (b"\x1f\x8b\x08", "a compressed (gzip) file"),
    (b"BZh9", "a compressed (bzip2) file"),
    (b"\xfd7zXZ\x00", "a compressed (xz) file"),
    (b"7z\xbc\xaf\x27\x1c", "a compressed (7z) file"),
    (b"Rar!\x1a\x07", "a compressed (rar) file"),
    (b"SQLite format 3\x00", "a database"),
    (b"\x7fELF", "a program"),
    (b"%!PS-Adobe", "a PostScript file"),
    (b"WARC/", "a web archive, which can be read from a file and not piped in"),
)
MOST_HELD = 200_000_000
"""Characters of text that `load` holds at once; `stream` has no such limit."""
MEND_FORMAT = "Open it in the program that made it and save the article as text, HTML or PDF."
MEND_EMPTY = "Copy the article into it, or leave it out."
MEND_REPORT = "Save the article as plain text; and please report this file, for it should not happen."

# The escapes are for the pattern, not for this file.
_UNKEEPABLE = re.compile(r"[\x00\ud800-\udfff]")


def load(path: str, *, reported_on: dt.date | None = None) -> tuple[list[Document], list[Problem]]:
    """The documents of one file (`-` is standard input): one, or one for each item of a feed or page of a web
    archive; never raises.

    `reported_on` is the day of publication of documents that do not state their own. A document's id is the SHA-256
    of the file's bytes, whatever the file is called; the items of a feed have the path `file.xml#1` and ids of their
    own content, and so have the pages of a web archive, `file.warc.gz#1`.
    """
    documents: list[Document] = []
    problems: list[Problem] = []
    held = 0
    for found in stream(path, reported_on=reported_on):
        if isinstance(found, Problem):
            problems.append(found)
            continue
        held += len(found.text)
        if held > MOST_HELD:
            why = f"its pages have more than {MOST_HELD:,} characters of text"
            problems.append(Problem("File read in part", printable(path), why, "Split it into several files."))
            break
        documents.append(found)
    return documents, problems


def stream(path: str, *, reported_on: dt.date | None = None) -> Iterator[Document | Problem]:
    """As `load`, one after the other: of a web archive no more than one page is in memory at a time."""
    for page in pages(path):
        yield from [page] if isinstance(page, Problem) else parse(page, reported_on=reported_on)


def pages(path: str) -> Iterator[Page | Problem]:
    """The bytes that `path` holds, not parsed yet: the pages of a web archive one after the other, else the file as the
    one page that it is. Parsing and reading them is work for any process; this takes only as long as the disk."""
    data = bytes_of(path)
    # only what is too large to be held is opened once more
    if warc.looks_like_archive(path) if isinstance(data, Problem) else path != "-" and warc.begins_archive(data):
        yield from warc.pages(path)
        return
    yield data if isinstance(data, Problem) else Page(printable(path), data, None, None, None)


def parse(page: Page, *, reported_on: dt.date | None = None) -> list[Document | Problem]:
    """The document of a page, or the documents of a feed, and what is wrong with it; never raises.

    `reported_on` is the day of documents that do not state their own; a page of a web archive that does not say so
    itself was reported when it was fetched.
    """
    found = _read(page.data, page.where, page.fetched_on or reported_on, page.charset)
    if page.url is None:
        return found
    return [replace(f, url=page.url or f.url) if isinstance(f, Document) else f for f in found]


def received(data: bytes, where: str, *, reported_on: dt.date | None = None) -> list[Document | Problem]:
    """As `load`, for bytes that came from elsewhere than a file; `where` is what their documents' paths start with."""
    return _read(data, where, reported_on)


def _read(data: bytes, where: str, reported_on: dt.date | None, charset: str | None = None) -> list[Document | Problem]:
    try:
        items, problems = _parsed(data, where, charset)
        return [*(_document(item, data, part, reported_on) for part, item in items), *problems]
    except Exception as error:  # the rest of the run must go on; the error is named, so that it can be reported
        return [unexpected("File not readable", where, error, MEND_REPORT)]


def _parsed(data: bytes, where: str, charset: str | None = None) -> tuple[list[tuple[str, Parsed]], list[Problem]]:
    """The articles of a file, each with its path."""
    if not data.strip():
        why = "it has no bytes" if not data else "it holds nothing but white space"
        return [], [Problem("Empty file", where, why, MEND_EMPTY)]
    found: Parsed | Problem
    problem: Problem | None = None
    if b"%PDF-" in data[:PDF_HEAD] and (
        data[:PDF_HEAD].lstrip().startswith(b"%PDF-") or b"\x00" in data or _suffix(where) == ".pdf"
    ):
        found = pdf.parse(data, where)
    elif mail.looks_like_mail(data) or where[-4:].lower() == ".eml":
        found = mail.parse(data, where)
    else:
        other = next((name for mark, name in _OTHER_FORMATS if data.startswith(mark)), None)
        if other:
            return [], [Problem("Not a text", where, f"it is {other}", MEND_FORMAT)]
        words = decode(data, where, charset or html.declared_encoding(data))
        if isinstance(words, Problem):
            return [], [words]
        if not any(c.isalnum() for c in words):
            return [], [Problem("Empty file", where, "it holds no letter and no digit", MEND_EMPTY)]
        if feed.looks_like_feed(words):
            items, problems = feed.parse(words, where)
            return [(f"{where}#{number}", item) for number, item in items], problems
        found, problem = _text(words, where)
    problems = [problem] if problem else []
    if isinstance(found, Problem):
        return [], [found, *problems]
    if not any(c.isalnum() for c in found.text):
        return [], [*problems, Problem("Empty file", where, "it has a title and no text", MEND_EMPTY)]
    return [(where, found)], problems


def _text(words: str, where: str) -> tuple[Parsed | Problem, Problem | None]:
    """A web page, Markdown, or plain text."""
    if html.looks_like_html(words) or _suffix(where) in (".html", ".htm", ".xhtml"):
        return html.parse(words, where), None
    suffix = _suffix(where)
    if suffix in (".xml", ".rss", ".atom") and words.lstrip().startswith("<"):
        mend = "Save the article itself as text or HTML; or save the feed again."
        return Problem("Not a feed", where, "it is XML, and neither RSS, Atom nor a web page", mend), None
    if suffix == ".pdf":
        return Problem(
            "Not a PDF", where, "its content is text", "Rename it to end in .txt, or download it again."
        ), None
    if suffix in (".md", ".markdown") or markdown.has_front_matter(words):
        return markdown.parse(words, where)
    return text.parse(words), None


def _suffix(where: str) -> str:
    return Path(where).suffix.lower()


def _document(item: Parsed, data: bytes, path: str, reported_on: dt.date | None) -> Document:
    spoken = item.language or language(item.text)
    return Document(
        id=hashlib.sha256(data if item.own_bytes is None else item.own_bytes).hexdigest(),
        path=path,
        text=_keepable(item.text),
        url=item.url and _keepable(item.url),
        publisher=item.publisher and _keepable(item.publisher),
        title=item.title and _keepable(item.title),
        reported_on=item.reported_on or reported_on,
        language=spoken,
        notices=tuple(sorted({*item.notices, *notices(item.text, spoken)})),
    )


def _keepable(words: str) -> str:
    """The words with a replacement mark, one for one, for what no database keeps: NUL, and halves of characters."""
    return _UNKEEPABLE.sub("\ufffd", words)
