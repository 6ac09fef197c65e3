"""Mails (`.eml`): newsletters and articles that somebody sent; what the header says, and the words of the body.

The parser is Python's own, whose time grows with nesting times lines and with the length of a header; both have limits
here, counted before it begins.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import replace
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage
from email.policy import EmailPolicy
from functools import cache
from typing import Any

from pledger.data import lexicon
from pledger.documents import html, pdf, text
from pledger.documents.dateline import parse_date
from pledger.documents.encoding import decode
from pledger.documents.language import language_code
from pledger.documents.paragraphs import Line, joined
from pledger.documents.parsed import Parsed, one_line, unexpected, web_address, without_broken_characters
from pledger.model import Problem

__all__ = ["looks_like_mail", "parse"]

MOST_LINES = 500_000
"""Lines of a mail: the largest attachment within the limit of a file has 280,000 lines of base64."""
MOST_BOUNDARIES = 40
"""Multipart containers in a mail; newsletters have two or three, a chain of forwarded mails some twenty. The parser
compares every line with the boundaries of all that are open."""
MOST_PARTS = 1_000
"""Parts of a mail; digests have up to a hundred."""
LONGEST_HEADER = 4_000
"""Characters of one header that are looked at: parsing addresses takes time that grows faster than their length."""
LONGEST_BODY = 4_000_000
"""Characters of a plain body, as of a web page."""
WRAPPED = 80
"""Longest line, in characters, of a body whose lines were broken by the sender's program (RFC 5322 asks for 78)."""
STUB = 200
"""Characters of a plain body below which it may be a stub ("open this mail in your browser") beside the real one."""

MEND = "Open it in a mail program, and save it again as .eml, or its text as .txt."
MEND_ATTACHED = "Save the attachment that is the article as a file of its own, and read that."

_HEADER = re.compile(rb"^([A-Za-z][A-Za-z0-9-]{1,60}):[ \t]?", re.MULTILINE)
_SURE = frozenset({b"message-id", b"mime-version", b"received", b"return-path", b"delivered-to"})
_USUAL = frozenset({b"from", b"date", b"subject", b"to", b"sender"})
_MAILBOX = re.compile(rb"\n\r?\nFrom [^\r\n]{3,200}\r?\n[A-Za-z][A-Za-z0-9-]{1,60}: ")
_ADDRESS = re.compile(r"[^\s@]{1,100}@[^\s@]{1,100}")
_VIA = re.compile(r".{0,200}\s(?:via|über)\s(?=\S)", re.IGNORECASE)
_BROKEN_HEADER = (MessageError, ValueError, ArithmeticError, LookupError, AttributeError, TypeError, RecursionError)
"""What the parser of headers raises on malformed ones; a header that it cannot read is as one that is not there."""


class _Policy(EmailPolicy):
    """The default policy of the standard library, which sees the beginning of a header only."""

    def header_source_parse(self, sourcelines: list[str]) -> tuple[str, str]:
        """Name and value of a header, cut where no real one goes on."""
        name, value = super().header_source_parse(sourcelines[:100])
        return name, value[:LONGEST_HEADER]

    def header_fetch_parse(self, name: str, value: str) -> Any:
        """A header as the library reads it; where that fails, as none was given."""
        try:
            return super().header_fetch_parse(name, value)
        except _BROKEN_HEADER:
            return ""


_POLICY = _Policy()


def looks_like_mail(data: bytes) -> bool:
    """Whether bytes of any file name are in fact a mail: a header with the lines that only mail programs write."""
    head = data[:16_384].lstrip(b"\xef\xbb\xbf\r\n")
    if not (head.startswith(b"From ") or _HEADER.match(head)):
        return False
    end = re.search(rb"\r?\n\r?\n", head)
    names = {name.lower() for name in _HEADER.findall(head[: end.start() if end else len(head)])}
    return bool(names & _SURE) and bool(names & _USUAL)


def parse(data: bytes, where: str) -> Parsed | Problem:
    """The article of a mail: subject, outlet, day and body; or why there is none, and what to do about it."""
    data = data.lstrip(b"\xef\xbb\xbf\r\n")
    if _MAILBOX.search(data[:4_000_000]):
        mend = "Open it in a mail program, and save the mails that matter one by one."
        return Problem("Not one mail", where, "it is a mailbox with several mails", mend)
    if not _HEADER.match(data) and not data.startswith(b"From "):
        return Problem("Not a mail", where, "it does not begin with a header", MEND)
    lines, boundaries = data.count(b"\n"), len(re.findall(rb"boundary\*?0?\*?\s{0,5}=", data, re.IGNORECASE))
    if lines > MOST_LINES or boundaries > MOST_BOUNDARIES:
        why = f"it has {lines:,} lines and {boundaries:,} containers of parts, more than any newsletter"
        return Problem("Mail too large inside", where, why, MEND_ATTACHED)
    try:
        message: Any = message_from_bytes(data, policy=_POLICY)
        parts = _leaves(message)
        if parts is None:
            return Problem("Mail too large inside", where, f"it has more than {MOST_PARTS:,} parts", MEND_ATTACHED)
        return _parse(message, parts, where)
    except Exception as error:  # mails are hostile input; whatever their parser raises becomes a Problem that names it
        return unexpected("Mail not readable", where, error, MEND)


def _parse(message: EmailMessage, parts: list[EmailMessage], where: str) -> Parsed | Problem:
    body = _body(parts, where) or _attached(parts, where)
    if body is None:
        why = "it has no text, neither in its body nor in a single attached article"
        return Problem("Mail without text", where, why, MEND_ATTACHED)
    if isinstance(body, Problem):
        return body
    return replace(
        body,
        title=_subject(message) or body.title,
        publisher=_outlet(message) or body.publisher,
        url=_address(message) or body.url,
        reported_on=_day(message) or body.reported_on,
        language=language_code(_header(message, "content-language")) or body.language,
    )


def _leaves(message: EmailMessage) -> list[EmailMessage] | None:
    """The parts that hold something, in order, without those of attached mails; None where there are too many."""
    found: list[EmailMessage] = []
    stack: list[Any] = [message]
    while stack:
        part = stack.pop()
        held = part.get_payload()
        if isinstance(held, list):
            if _kind(part) == "message/rfc822" and part is not message:
                continue
            stack.extend(reversed(held))
        else:
            found.append(part)
        if len(found) + len(stack) > MOST_PARTS:
            return None
    return found


def _asked(ask: Callable[[], Any]) -> Any:
    """What the library answers about a part; None where its header is broken."""
    try:
        return ask()
    except _BROKEN_HEADER:
        return None


def _kind(part: EmailMessage) -> str:
    return str(_asked(part.get_content_type) or "text/plain")


def _name(part: EmailMessage) -> str:
    return str(_asked(part.get_filename) or "").lower()


def _is_attachment(part: EmailMessage) -> bool:
    """Whether a part is a file beside the body: said so, or named and no text shown in place."""
    stated = (_header(part, "content-disposition") or "").lower()
    return stated.startswith("attachment") or (not stated.startswith("inline") and bool(_name(part)))


def _body(parts: list[EmailMessage], where: str) -> Parsed | Problem | None:
    """The plain body, or the HTML one where the plain one is missing or a stub; None where both are empty."""
    shown = parts if len(parts) == 1 else [part for part in parts if not _is_attachment(part)]
    plain = next((p for p in shown if _kind(p) == "text/plain" and _payload(p).strip()), None)
    page = next((p for p in shown if _kind(p) == "text/html" and _payload(p).strip()), None)
    words = _words(plain, where) if plain is not None else None
    if isinstance(words, str) and not any(c.isalnum() for c in words):
        words = None
    if page is not None and (not isinstance(words, str) or len(words) < STUB):
        read = _page(page, where)
        if isinstance(words, str) and not (isinstance(read, Parsed) and len(read.text) > 2 * len(words)):
            return text.parse(words)
        return words if isinstance(read, Problem) and isinstance(words, Problem) else read
    if isinstance(words, str) and len(words) > LONGEST_BODY:
        why = f"its text has {len(words):,} characters, and {LONGEST_BODY:,} is the limit"
        return Problem("Mail too large inside", where, why, MEND_ATTACHED)
    return text.parse(words) if isinstance(words, str) else words


def _attached(parts: list[EmailMessage], where: str) -> Parsed | Problem | None:
    """The one attached article, PDF or web page, of a mail that says nothing itself."""
    files = [p for p in parts if _is_attachment(p) and _article_kind(p)]
    if len(files) != 1:
        return None
    if _article_kind(files[0]) == "pdf":
        return pdf.parse(_payload(files[0]), where)
    return _page(files[0], where)


def _article_kind(part: EmailMessage) -> str | None:
    kind, name = _kind(part), _name(part)
    if kind == "application/pdf" or name.endswith(".pdf"):
        return "pdf"
    return "html" if kind == "text/html" or name.endswith((".html", ".htm", ".xhtml")) else None


def _payload(part: EmailMessage) -> bytes:
    """The bytes of a part, its transfer encoding undone."""
    data = _asked(lambda: part.get_payload(decode=True))
    return data if isinstance(data, bytes) else b""


def _page(part: EmailMessage, where: str) -> Parsed | Problem:
    data = _payload(part)
    words = decode(data, where, _asked(part.get_content_charset) or html.declared_encoding(data))
    if isinstance(words, Problem):
        return words
    return html.parse(words if html.looks_like_html(words) else f"<html><body>{words}</body></html>", where)


def _words(part: EmailMessage, where: str) -> str | Problem:
    """The words of a plain part, with the lines that its sender's program broke made whole."""
    words = decode(_payload(part), where, _asked(part.get_content_charset))
    if isinstance(words, Problem):
        return words
    words = without_broken_characters(words.replace("\r\n", "\n").replace("\r", "\n"))
    lines = words.split("\n")
    if "flowed" in (_header(part, "content-type") or "").lower():
        return _flowed(lines, "delsp=yes" in (_header(part, "content-type") or "").lower().replace('"', ""))
    if max(map(len, lines)) > WRAPPED or sum(len(line) > 0.7 * WRAPPED for line in lines) < 2:
        return words
    return joined([[Line(line.strip()) for line in lines]])


def _flowed(lines: list[str], drop: bool) -> str:
    """Lines that end with a space go on in the next one (RFC 3676); the signature's mark `-- ` does not."""
    whole: list[list[str]] = [[]]
    for line in lines:
        goes_on = line.endswith(" ") and line != "-- "
        whole[-1].append(line[:-1] if goes_on and drop else line)
        if not goes_on:
            whole.append([])
    return "\n".join("".join(pieces) for pieces in whole if pieces)


def _header(message: EmailMessage, name: str) -> str | None:
    """A header's words, decoded; None where it is missing, empty or broken."""
    try:
        return one_line(str(message[name])) if message[name] is not None else None
    except _BROKEN_HEADER:
        return None


def _subject(message: EmailMessage) -> str | None:
    """The subject without the marks that forwarding and answering leave before it."""
    subject = _header(message, "subject")
    while subject and (match := _forwarded().match(subject)):
        subject = subject[match.end() :].strip()
    return subject or None


def _outlet(message: EmailMessage) -> str | None:
    """The outlet: named in a header of its own, else the sender's name, else the list's; never an address."""
    for header in lexicon("notices")["mail"]["outlets"]:
        if name := _outlet_name(_header(message, header)):
            return name
    try:
        sender = message["from"]
        names = [str(address.display_name) for address in getattr(sender, "addresses", ())]
    except _BROKEN_HEADER:
        names = []
    listed = (_header(message, "list-id") or "").partition("<")[0]
    return next((found for name in [*names, listed] if (found := _outlet_name(name))), None)


def _outlet_name(words: str | None) -> str | None:
    name = _VIA.sub("", (words or "").strip(" \"'<>")).strip(" \"'")
    return one_line(name) if name and len(name) <= 80 and not _ADDRESS.search(name) else None


def _address(message: EmailMessage) -> str | None:
    for header in lexicon("notices")["mail"]["addresses"]:
        if url := web_address((_header(message, header) or "").strip("<> ")):
            return url
    return None


def _day(message: EmailMessage) -> dt.date | None:
    """The day on which it was sent, by the sender's own clock."""
    try:
        moment = getattr(message["date"], "datetime", None)
        return parse_date(moment.date().isoformat()) if moment else None
    except _BROKEN_HEADER:
        return None


@cache
def _forwarded() -> re.Pattern[str]:
    marks = "|".join(map(re.escape, lexicon("notices")["mail"]["forwards"]))
    return re.compile(rf"(?:(?:{marks})(?:\[\d{{1,2}}\])?\s?[:：]|\[external\])\s{{0,5}}", re.IGNORECASE)
