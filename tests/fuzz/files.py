"""Small whole files of each binary format, for a fuzzer to begin with."""

from __future__ import annotations

import io
from collections.abc import Iterator
from email.message import EmailMessage

__all__ = ["whole_files"]

WORDS = "The Harbour Fund will pay $3 billion for a new mole, the port said on Monday."


def whole_files() -> Iterator[bytes]:
    """A PDF, with and without packed streams; a mail, plain and with parts; a web archive, plain and packed; OPML."""
    yield from (_pdf(packed) for packed in (False, True))
    yield from (_mail(page) for page in (False, True))
    yield from (_archive(packed) for packed in (False, True))
    yield b'<opml version="2.0"><body><outline text="Quay" xmlUrl="https://quay.example/feed"/></body></opml>'
    yield (
        b'<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Quay</title><entry><id>1</id>'
        b"<title>Mole planned</title><updated>2026-03-09T08:00:00Z</updated><summary>" + WORDS.encode() + b"</summary>"
        b"</entry></feed>"
    )


def _pdf(packed: bool) -> bytes:
    from fpdf import FPDF

    paper = FPDF()
    paper.set_compression(packed)
    paper.add_page()
    paper.set_font("helvetica")
    paper.multi_cell(0, 6, WORDS)
    return bytes(paper.output())


def _mail(page: bool) -> bytes:
    mail = EmailMessage()
    mail["From"], mail["Subject"], mail["Date"] = "desk@quay.example", "Mole planned", "Mon, 09 Mar 2026 08:00:00 +0000"
    mail.set_content(WORDS)
    if page:
        mail.add_alternative(f"<html><body><p>{WORDS}</p></body></html>", subtype="html")
    return mail.as_bytes()


def _archive(packed: bool) -> bytes:
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    out = io.BytesIO()
    writer = WARCWriter(out, gzip=packed)
    headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
    body = io.BytesIO(f"<html><body><article><p>{WORDS}</p></article></body></html>".encode())
    writer.write_record(
        writer.create_warc_record("https://quay.example/", "response", payload=body, http_headers=headers)
    )
    return out.getvalue()
