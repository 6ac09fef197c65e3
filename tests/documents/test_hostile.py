"""Two hundred articles of hostile shape beside good ones: each is read or refused in time, and no good one is lost."""

from __future__ import annotations

import random
import time
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from pledger import documents
from pledger.model import Document, Problem

GOOD = "The development bank agreed on Monday to lend {} million crowns to the builders of a port in the north."
SLOWEST = 12.0
"""Seconds of the processor that one file may take; the limit for a PDF is thirty by the clock."""
ALL = 40.0
BIDI = "\u202e\u2066\u200f\u202a\u2069"
ZERO = "\u200b\u200c\u200d\u2060\ufeff\u00ad"
MAIL = b"From: Acme <a@b.example>\r\nMessage-ID: <1@b.example>\r\nMIME-Version: 1.0\r\n"


def a_pdf(pages: int = 1, stream: bytes = b"BT /F1 12 Tf (words) Tj ET", claimed: int | None = None) -> bytes:
    """A small PDF by hand, with as many references to its page as asked, and a count that need not be true."""
    packed = zlib.compress(stream, 9)
    kids = b"3 0 R " * pages
    parts = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[" + kids + b"]/Count %d>>" % (pages if claimed is None else claimed),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>",
        b"<</Length %d/Filter/FlateDecode>>stream\n" % len(packed) + packed + b"\nendstream",
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    ]
    body, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(body))
        body += b"%d 0 obj" % number + part + b"endobj\n"
    table = b"xref\n0 6\n0000000000 65535 f \n" + b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + table + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % len(body)


def multipart(count: int, *, nested: bool = False) -> bytes:
    if nested:
        return MAIL + b"".join(
            b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (i, i) for i in range(count)
        )
    return MAIL + b'Content-Type: multipart/mixed; boundary="b"\r\n\r\n' + b"--b\r\n\r\nwords\r\n" * count


def pages(size: int) -> Iterator[tuple[str, str]]:
    """Web pages, feeds and texts, some `size` characters long each."""
    one = GOOD.format(7)
    aliases = "".join(f"b{i}: [*a, *a]\n" for i in range(size // 20))
    encoded = "&amp;lt;b&amp;gt;" * (size // 18)
    undated = "<item><pubDate>Fri, 99 Foo 99999</pubDate></item>" * (size // 400)
    yield "html", f"<html><body>{'<div>' * (size // 5)}{one}"
    yield "html", f"<html><body>{'<b><i><p>' * (size // 9)}{one}</body></html>"
    yield "html", f"<html><body>{'<table><tr><td>' * (size // 15)}{one}</body></html>"
    yield "html", f"<html><body><p>{'&amp;lt;&#x202e;&#99999999;' * (size // 26)}{one}</p></body></html>"
    yield (
        "html",
        f"<!DOCTYPE html [{'<!ENTITY b &a;&a;>' * (size // 20)}]><html><body>&b;{one}",
    )
    yield "html", f"<html><body><p {'a=b ' * (size // 4)}>{one}</p></body></html>"
    yield "html", f"<html><body><!--{'--!><!--' * (size // 8)}{one}</body></html>"
    yield (
        "html",
        f"<html><head><script type='application/ld+json'>{'[' * (size // 2)}</script></head><body><p>{one}</p>",
    )
    yield "html", f"<html><body><p>{'<a href=x>y</a>' * (size // 15)}</p><p>{one}</p></body></html>"
    yield "html", f"<html><body><span class='date'>99999-01-01</span><time datetime='99999-12-31'>x</time><p>{one}</p>"
    yield "html", "<html" + "<" * size
    yield "txt", BIDI * (size // 5) + one
    yield "txt", ZERO.join("The bank lends." * (size // 100))
    yield "txt", one.replace(" ", ZERO) * (size // 200)
    yield "txt", f"{one} " * (size // len(one))
    yield "txt", "a" * size
    yield "txt", "e\u0301\u0302\u0303" * (size // 4)
    yield "txt", f"Published: 1 January 99999\n{one}\n" + "99999-99-99 " * (size // 12)
    yield "txt", "\n" * size + one
    yield "txt", "31 December 9999, " * (size // 18)
    yield "txt", "(" * size + one
    yield "txt", "$1 " * (size // 3)
    yield "md", f"---\na: &a [x]\n{aliases}---\n{one}"
    yield "md", f"---\ndate: 99999-01-01\ntitle: {'[' * min(size, 900)}\n---\n{one}"
    yield "md", "#" * size + one
    yield "md", "---\n" * (size // 4) + one
    yield (
        "xml",
        f"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'x'>]><rss><channel><item><title>&a;</title>{'x' * size}",
    )
    yield "xml", f"<rss><channel>{'<item>' * (size // 6)}{one}"
    yield "xml", f"<rss version='2.0'><channel><item><description>{encoded}{one}</description></item></channel></rss>"
    yield "xml", f"<rss version='2.0'><channel>{undated}</channel></rss>"


def mails_and_pdfs() -> Iterator[tuple[str, bytes]]:
    one = GOOD.format(8).encode()
    yield "eml", multipart(10_000)
    yield "eml", multipart(900)
    yield "eml", multipart(30, nested=True)
    yield "eml", multipart(3_000, nested=True)
    yield "eml", MAIL + b"Subject: " + b"=?utf-8?b?" * 50_000 + b"\r\n\r\n" + one
    yield "eml", MAIL + b"From: " + b"(" * 500_000 + b"\r\n\r\n" + one
    yield "eml", MAIL + b"X-A: b\r\n" * 50_000 + b"\r\n" + one
    yield "eml", MAIL + b"Content-Transfer-Encoding: base64\r\n\r\n" + b"=" * 1_000_000
    yield "eml", MAIL + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 100_000 + one
    yield "eml", MAIL + b"Date: Fri, 31 Dec 99999 23:59:59 +0000\r\n\r\n" + one
    yield "eml", MAIL + b"Content-Type: message/rfc822\r\n\r\n" * 300 + one
    yield "pdf", a_pdf(claimed=2_000_000_000)
    yield "pdf", a_pdf(claimed=-1)
    yield "pdf", a_pdf(pages=100_000)
    yield "pdf", a_pdf(stream=b"BT " + b" " * 60_000_000 + b" ET")
    yield "pdf", a_pdf(stream=b"0 0 m 1 1 l S " * 100_000)
    yield "pdf", a_pdf(stream=b"[" * 100_000)
    yield "pdf", a_pdf(stream=b"q " * 100_000)
    yield "pdf", a_pdf().replace(b"/Kids[3 0 R ]", b"/Kids[2 0 R ]")
    yield "pdf", a_pdf().replace(b"3 0 R", b"9 9 R")
    yield "warc", b"WARC/1.0\r\n" + b"A" * 1_000_000
    yield (
        "warc",
        b"WARC/1.0\r\nContent-Length: 99999999999\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx" * 300,
    )
    yield "warc.gz", zlib.compress(b"WARC/1.0\r\n" + b"A" * 20_000_000, 9, 31)
    yield "jpg", bytes(range(256)) * 4_000


def hostile() -> list[tuple[str, bytes]]:
    """Two hundred files: all shapes at several sizes, and some of them garbled, the same ones in each run."""
    made = [(kind, text.encode("utf-8", "replace")) for size in (300, 5_000, 50_000) for kind, text in pages(size)]
    made += [(kind, text.encode("utf-8", "replace")) for kind, text in pages(1_000_000)]
    made += list(mails_and_pdfs())
    chance = random.Random(7)  # noqa: S311
    short = [entry for entry in made if len(entry[1]) < 20_000]
    while len(made) < 200:
        kind, data = chance.choice(short)
        garbled = bytearray(data)
        for _ in range(20):
            garbled[chance.randrange(len(garbled))] = chance.randrange(256)
        made.append((kind, bytes(garbled)))
    return made


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    for number, (kind, data) in enumerate(hostile()):
        (folder / f"{number:03}-hostile.{kind}").write_bytes(data)
        if number % 10 == 0:
            (folder / f"{number:03}-good.txt").write_text(GOOD.format(number), encoding="utf-8")
    return folder


def test_each_is_read_or_refused_and_no_good_one_is_lost(folder: Path) -> None:
    files = sorted(folder.iterdir())
    assert sum("hostile" in file.name for file in files) == 200
    good: list[str] = []
    begin = time.process_time()
    for file in files:
        start = time.process_time()
        found, problems = documents.load(str(file))
        took = time.process_time() - start
        assert took < SLOWEST, f"{file.name} took {took:.1f} s"
        assert found or problems, file.name
        assert all(isinstance(d, Document) and d.text and len(d.text) <= 8_000_000 for d in found)
        assert all(isinstance(p, Problem) and p.mend.endswith(".") and len(p.why) < 500 for p in problems), file.name
        for document in found:
            document.text.encode()
            assert document.reported_on is None or 1990 <= document.reported_on.year <= 2099
            documents.echoes.signature(document.text)
        good += [d.text for d in found if "good" in file.name]
    assert good == [GOOD.format(number) for number in range(0, 200, 10)]
    assert time.process_time() - begin < ALL
