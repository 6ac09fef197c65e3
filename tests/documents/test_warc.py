"""Web archives written in the test: what is read, what is passed over, and what damage costs."""

from __future__ import annotations

import datetime as dt
import gzip
import io
import subprocess
import sys
from pathlib import Path

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from pledger import documents
from pledger.documents import warc
from pledger.model import Document, Problem

WORDS = "The development bank agreed on Monday to lend {} billion crowns to the builders of a deep water port."
DAY = dt.date(2026, 3, 3)
HTML = "text/html; charset=utf-8"


def html(number: object, head: str = "") -> bytes:
    text = "".join(f"<p>{WORDS.format(number)}</p>" for _ in range(2))
    return f"<html><head>{head}</head><body><article><h1>Loan {number}</h1>{text}</article></body></html>".encode()


class Archive:
    """An archive in the making."""

    def __init__(self, *, packed: bool = True) -> None:
        self.file = io.BytesIO()
        self.writer = WARCWriter(self.file, gzip=packed)

    def add(
        self, data: bytes, kind: str = HTML, status: str = "200 OK", record: str = "response", name: str = "a"
    ) -> None:
        headers = [("Content-Type", kind)]
        if data.startswith(b"\x1f\x8b"):
            headers.append(("Content-Encoding", "gzip"))
        first = "GET / HTTP/1.1" if record == "request" else status
        words = StatusAndHeaders(first, headers, protocol="" if record == "request" else "HTTP/1.1")
        made = self.writer.create_warc_record(
            f"https://post.example/{name}", record, io.BytesIO(data), http_headers=words,
            warc_headers_dict={"WARC-Date": "2026-03-03T10:00:00Z"},
        )  # fmt: skip
        self.writer.write_record(made)

    def bytes(self) -> bytes:
        return self.file.getvalue()


def load(path: Path, data: bytes) -> tuple[list[Document], list[Problem]]:
    path.write_bytes(data)
    return documents.load(str(path))


@pytest.mark.parametrize("name", ["a.warc.gz", "a.warc", "a.bin"])
def test_pages_of_status_200_are_documents(tmp_path: Path, name: str) -> None:
    archive = Archive(packed=name != "a.warc")
    archive.writer.write_record(archive.writer.create_warcinfo_record("a.warc", {"software": "test"}))
    archive.add(b"", record="request")
    archive.add(html(1), name="1")
    archive.add(html(2), status="404 Not Found")
    archive.add(html(2), record="revisit")
    archive.add(b"GIF89a", kind="image/gif")
    archive.add(b"User-agent: *", kind="text/plain", name="robots.txt")
    archive.add(WORDS.format(3).encode(), kind="text/plain", name="3")
    archive.add(html(4, '<meta property="article:published_time" content="2026-02-01">'), name="4")
    archive.add(gzip.compress(html(5)), name="5")
    found, problems = load(tmp_path / name, archive.bytes())
    assert problems == []
    assert [d.path.rpartition("#")[2] for d in found] == ["3", "8", "9", "10"]
    assert [d.url for d in found] == [f"https://post.example/{n}" for n in (1, 3, 4, 5)]
    assert [d.reported_on for d in found] == [DAY, DAY, dt.date(2026, 2, 1), DAY]
    assert WORDS.format(5) in found[-1].text
    assert len({d.id for d in found}) == 4


def test_folders_and_patterns_take_archives(tmp_path: Path) -> None:
    for name in ("a.warc.gz", "b.warc", "c.gz", "d.eml"):
        (tmp_path / name).write_bytes(b"x")
    assert [Path(p).name for p in documents.find([str(tmp_path)])[0]] == ["a.warc.gz", "b.warc", "d.eml"]


def test_the_encoding_that_the_server_stated(tmp_path: Path) -> None:
    archive = Archive()
    words = "開発銀行は月曜日、深水港の建設会社に二十億クローネを融資することで合意した。" * 4
    archive.add(f"<html><body><p>{words}</p></body></html>".encode("euc-jp"), kind="text/html; charset=EUC-JP")
    [document], _ = load(tmp_path / "a.warc.gz", archive.bytes())
    assert words in document.text


@pytest.mark.parametrize("packed", [True, False])
@pytest.mark.parametrize("hurt", ["zeros", "cut", "length", "headers"])
def test_a_broken_record_costs_only_itself(tmp_path: Path, packed: bool, hurt: str) -> None:
    parts = []
    for number in range(1, 6):
        archive = Archive(packed=packed)
        archive.add(html(number), name=str(number))
        parts.append(archive.bytes())
    middle = parts[2]
    if hurt == "zeros":
        parts[2] = middle[:60] + b"\x00" * (len(middle) - 60)
    elif hurt == "cut":
        parts[2] = middle[: len(middle) // 2]
    else:
        plain = gzip.decompress(middle) if packed else middle
        old, new = (b"Content-Length: ", b"Content-Length: 9") if hurt == "length" else (b"WARC-Type", b"\xff\xfe:::")
        plain = plain.replace(old, new)
        parts[2] = gzip.compress(plain) if packed else plain
    name = "a.warc.gz" if packed else "a.warc"
    found, problems = load(tmp_path / name, b"".join(parts))
    read = {d.url.rpartition("/")[2] for d in found if d.url}
    assert read >= {"1", "2", "4", "5"}
    assert all(p.mend.endswith(".") for p in problems)
    assert problems or hurt == "headers"


@pytest.mark.parametrize("packed", [True, False])
def test_wherever_a_record_is_cut_the_others_are_read(tmp_path: Path, packed: bool) -> None:
    """A record may end anywhere: what follows is no part of it, and no page gets another's address."""
    parts = []
    for number in range(1, 6):
        archive = Archive(packed=packed)
        archive.add(html(number), name=str(number))
        parts.append(archive.bytes())
    whole = parts[2]
    for cut in range(19, len(whole) - 12, 7):
        parts[2] = whole[:cut]
        found, problems = load(tmp_path / f"{cut}.warc", b"".join(parts))
        read = {str(d.url).rpartition("/")[2]: d.text for d in found}
        assert read.keys() >= {"1", "2", "4", "5"}, cut
        assert all(WORDS.format(number) in text for number, text in read.items()), cut
        assert problems or read.keys() == {"1", "2", "4", "5"}, cut


def test_an_archive_compressed_in_one_piece(tmp_path: Path) -> None:
    archive = Archive(packed=False)
    for number in (1, 2, 3):
        archive.add(html(number), name=str(number))
    whole = gzip.compress(archive.bytes())
    found, problems = load(tmp_path / "a.warc.gz", whole)
    assert (len(found), problems) == (3, [])
    found, [problem] = load(tmp_path / "b.warc.gz", whole[:-200])
    assert len(found) <= 3
    assert problem.what.startswith("Web archive")


def test_bombs_are_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(warc, "LONGEST_PAGE", 100_000)
    monkeypatch.setattr(warc, "LONGEST_UNPACKED", 1_000_000)
    archive = Archive()
    archive.add(html(1), name="1")
    archive.add(b" " * 2_000_000, name="2")
    archive.add(gzip.compress(b" " * 50_000_000), name="3")
    archive.add(html(4), name="4")
    found, problems = load(tmp_path / "a.warc.gz", archive.bytes())
    assert [d.url for d in found] == ["https://post.example/1", "https://post.example/4"]
    assert [p.what for p in problems] == ["Page of a web archive too large"] * 2


def test_lines_without_an_end_and_empty_archives(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, data in enumerate([
        b"WARC/1.0\r\n" + b"A" * 3_000_000,
        gzip.compress(b"WARC/1.0\r\n" + b"A" * 300_000_000),
        b"WARC/1.0\r\n\r\n",
        b"WARC/",
        gzip.compress(b"WARC/1.0\r\nContent-Length: -5\r\n\r\n"),
    ]):  # fmt: skip
        found, _ = load(tmp_path / f"{number}.warc", data)
        assert found == []
    assert capsys.readouterr() == ("", "")


@pytest.mark.skipif(sys.platform != "linux", reason="a process is told its memory in /proc")
def test_memory_does_not_grow_with_the_file(tmp_path: Path) -> None:
    one = Archive()
    one.add(html(1) + b"<!--" + bytes(range(32, 127)) * 3_000 + b"-->")
    peaks = []
    for number in (5, 150):
        path = tmp_path / f"{number}.warc.gz"
        path.write_bytes(one.bytes() * number)
        code = (
            "import re,sys;from pledger import documents;"
            "n=sum(1 for d in documents.stream(sys.argv[1]));"
            "print(n,re.search(r'VmHWM:\\s+(\\d+)',open('/proc/self/status').read())[1])"
        )  # not `getrusage`: what it tells of a process began with the memory of the one that started it
        done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)
        count, peak = map(int, done.stdout.split())
        assert count == number
        peaks.append(peak)
    assert peaks[1] < 1.15 * peaks[0]
