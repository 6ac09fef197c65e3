"""Whatever is in a file, `load` answers with documents or with Problems that say what to do."""

from __future__ import annotations

import errno
import io
import os
import socket
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pledger import documents
from pledger.documents import source
from pledger.model import Problem

SUFFIXES = [".txt", ".md", ".html", ".pdf", ".xml", ".rss", ".jpg", ""]
STARTS = [
    b"",
    b"%PDF-1.4\n",
    b"<html><body>",
    b"<?xml version='1.0'?><rss>",
    b"---\ntitle: ",
    b"\xff\xfe",
    b"\xef\xbb\xbf",
    b"PK\x03\x04",
]


def problem_of(path: str) -> Problem:
    found, [problem] = documents.load(path)
    assert found == []
    assert problem.mend.endswith(".")
    return problem


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.sampled_from(STARTS),
    st.binary(max_size=300),
    st.sampled_from(["", "\n---\nwords", "%%EOF"]),
    st.sampled_from(SUFFIXES),
)
def test_load_never_raises(tmp_path: Path, start: bytes, middle: bytes, end: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(start + middle + end.encode())
    found, problems = documents.load(str(path))
    assert found or problems
    for document in found:
        assert any(c.isalnum() for c in document.text)
        document.text.encode()
        assert "\x00" not in document.text


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(st.text(max_size=200), st.sampled_from(SUFFIXES))
def test_load_never_raises_on_text(tmp_path: Path, text: str, suffix: str) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    found, problems = documents.load(str(path))
    assert found or problems


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"", "Empty file"),
        (b" \r\n\t ", "Empty file"),
        ("\u200b\u3000\ufeff".encode(), "Empty file"),
        (b"--- *** ---", "Empty file"),
        (bytes(range(256)) * 20, "Not a text"),
        (b"PK\x03\x04rest of a docx", "Not a text"),
        (b"{\\rtf1 words}", "Not a text"),
        (b"\x89PNG\r\n\x1a\nwords", "Not a text"),
        (b"---\ntitle: only a head\n---\n", "Empty file"),
    ],
)
def test_files_without_an_article(tmp_path: Path, data: bytes, what: str) -> None:
    path = tmp_path / "junk.txt"
    path.write_bytes(data)
    assert problem_of(str(path)).what == what


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path) -> None:
    path = tmp_path / "huge.txt"
    with path.open("wb") as file:
        file.truncate(source.MOST_BYTES + 1)
    problem = problem_of(str(path))
    assert problem.what == "File too large"
    assert "Split it" in problem.mend


def test_missing_files_folders_broken_links_and_circles(tmp_path: Path) -> None:
    assert problem_of(str(tmp_path / "none.txt")).what == "No such file"
    assert problem_of(str(tmp_path)).what == "Not a file"
    assert problem_of("a\x00b").what == "File not readable"
    (tmp_path / "dangling.txt").symlink_to(tmp_path / "gone.txt")
    assert "link" in problem_of(str(tmp_path / "dangling.txt")).why
    (tmp_path / "circle.txt").symlink_to(tmp_path / "circle.txt")
    assert "circle" in problem_of(str(tmp_path / "circle.txt")).why
    (tmp_path / "a.txt").write_text("words")
    assert problem_of(str(tmp_path / "a.txt" / "b.txt")).what == "No such file"


def test_pipes_sockets_and_devices_never_block(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert problem_of(str(tmp_path / "pipe.txt")).what == "Not a file"
    assert problem_of(os.devnull).what == "Not a file"
    assert problem_of("/dev/zero").what == "Not a file"
    monkeypatch.chdir(tmp_path)  # the path of a socket has a short limit
    with socket.socket(socket.AF_UNIX) as server:
        server.bind("s.txt")
        assert problem_of("s.txt").what == "Not a file"


def test_a_file_without_the_right_to_read_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str, flags: int) -> int:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "open", refuse)  # root, as in containers, may read every file
    problem = problem_of(str(tmp_path / "a.txt"))
    assert (problem.what, problem.why) == ("File not readable", "you have no right to read it")


def test_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"Die Bank leiht der Hafengesellschaft Geld.")))
    [document], problems = documents.load("-")
    assert (document.path, document.language, problems) == ("-", "de", [])
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"")))
    assert problem_of("-").what == "Empty file"


def test_a_name_that_is_no_utf8_can_still_be_shown() -> None:
    problem = problem_of(os.fsdecode(b"caf\xe9.txt"))
    assert problem.where == "caf\ufffd.txt"


def test_the_id_is_of_the_bytes_and_not_of_the_name(tmp_path: Path) -> None:
    for name in ("a.txt", "b.text"):
        (tmp_path / name).write_text("The bank lends.")
    [a], [b] = (documents.load(str(tmp_path / name))[0] for name in ("a.txt", "b.text"))
    assert a.id == b.id
