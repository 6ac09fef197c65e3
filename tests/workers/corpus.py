"""A corpus of every kind of file, and all that a ledger holds, for comparison."""

from __future__ import annotations

import io
import json
import sqlite3
from pathlib import Path

from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

import pledger
from pledger.views import jsons

PLACES = ("Ohio", "Texas", "Arizona", "Nevada", "Idaho")
KINDS = ("copper smelter", "gas power plant", "data centre", "oil terminal")


def words(number: int) -> str:
    """An article, another one for each number."""
    day = f"{number % 28 + 1} May 2026"
    return (
        f"The Ministry of Works of Norway said on Monday that its $ {number % 7 + 40} billion US investment package is "
        f"taking shape.\n\nA {KINDS[number % 4]} in {PLACES[number % 5]} involving Fjordgard Group is a leading "
        f"candidate, three officials told Nordlys. It would cost about ${number + 10} million, "
        f"roughly {number % 9 + 1}% of the package, and a decision is due by {day}.\n\n"
        "No decision has been made, the ministry said."
    )


def page(number: int) -> bytes:
    text = "".join(f"<p>{line}</p>" for line in words(number).split("\n\n"))
    return f"<html><head><title>T{number}</title></head><body><article>{text}</article></body></html>".encode()


def feed(*numbers: int) -> str:
    items = "".join(
        f"<item><title>Item {n}</title><link>https://post.example/{n}</link><description>{words(n)}</description></item>"
        for n in numbers
    )
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Post</title>{items}</channel></rss>'


def archive(*numbers: int) -> bytes:
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True)
    for number in numbers:
        http = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
        record = writer.create_warc_record(
            f"https://post.example/{number}",
            "response",
            io.BytesIO(page(number)),
            http_headers=http,
            warc_headers_dict={"WARC-Date": "2026-03-03T10:00:00Z"},
        )
        writer.write_record(record)
    return file.getvalue()


def write(folder: Path, count: int) -> Path:
    """`count` articles as text and web pages, with a feed, an archive, copies, and files that cannot be read."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        name = folder / f"{number:05}"
        if number % 5 == 3:
            name.with_suffix(".html").write_bytes(page(number))
        else:
            name.with_suffix(".txt").write_text(words(number), encoding="utf-8")
    (folder / "00001b.txt").write_text(words(1), encoding="utf-8")
    (folder / "00002b.txt").write_bytes(b"")
    (folder / "00003b.pdf").write_bytes(b"%PDF-1.7\n1 0 obj\n<< /Type")
    (folder / "00004b.xml").write_text(feed(901, 902, 903), encoding="utf-8")
    (folder / "00005b.warc.gz").write_bytes(archive(*range(911, 921)))
    return folder


READ = ("documents", "claims", "attributions", "problems")


def everything(path: Path) -> tuple[object, ...]:
    """All rows of all tables but the time of reading, those of what was read in the order in which they lie there; and
    the JSON of the contract."""
    with sqlite3.connect(path) as raw:
        tables = [name for (name,) in raw.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]
        rows = {}
        for table in tables:
            columns = [c[1] for c in raw.execute(f"PRAGMA table_info({table})") if c[1] != "read_at"]
            order = " ORDER BY rowid" if table in READ else ""
            rows[table] = raw.execute(f"SELECT {', '.join(columns)} FROM {table}{order}").fetchall()  # noqa: S608
            if table not in READ:
                rows[table].sort(key=repr)
    with pledger.open(str(path)) as ledger:
        shown = json.dumps(jsons.shown(ledger, "figures", None, None))
        problems = [jsons.problem_json(p) for p in ledger.problems()]
    return rows, shown, problems
