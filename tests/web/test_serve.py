"""`pledger serve` as a process of its own: what it says, when it listens, what it refuses, and how it ends."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx2 as httpx
import pytest

import pledger

from .asking import BEARER, TOKEN

MAIN = [sys.executable, "-c", "from pledger.cli import main; main()"]
STARTED = re.compile(r"Pledger serves (\S+) at http://(\S+):(\d+)/ \((.+)\)\n")
PATIENCE = 120


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("serve")
    (folder / "a.txt").write_text("3 February 2026\n\nJapan will invest $550 billion in the United States.\n")
    with pledger.open(str(folder / "ledger.db")) as held:
        held.read([folder / "a.txt"], workers=1)
    return folder


def environment(**more: str) -> dict[str, str]:
    return {k: v for k, v in os.environ.items() if not k.startswith("PLEDGER_")} | more


@contextmanager
def served(folder: Path, *options: str, **variables: str) -> Iterator[tuple[subprocess.Popen[str], str, httpx.Client]]:
    """A server on a free port, the line with which it started, and somebody who asks it."""
    command = [*MAIN, "--ledger", "ledger.db", "serve", "--port", "0", *options]
    process = subprocess.Popen(
        command, cwd=folder, env=environment(**variables), text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    late = threading.Timer(PATIENCE, process.kill)
    late.start()
    try:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = STARTED.fullmatch(line)
        assert found is not None, (line, process.stderr.read() if process.stderr and process.poll() is not None else "")
        with httpx.Client(base_url=f"http://{found.group(2)}:{found.group(3)}", timeout=PATIENCE) as asks:
            yield process, line, asks
    finally:
        late.cancel()
        process.kill()
        process.wait()
        for pipe in (process.stdout, process.stderr):
            if pipe is not None:
                pipe.close()


def refused(folder: Path, *arguments: str, **variables: str) -> str:
    """The one line with which a command is refused."""
    done = subprocess.run(
        [*MAIN, *arguments], cwd=folder, env=environment(**variables), text=True, capture_output=True, timeout=PATIENCE,
        check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, ""), done.stderr
    assert done.stderr.count("\n") == 1
    assert done.stderr.startswith("pledger: ")
    return done.stderr


def test_it_says_where_it_listens_and_ends_with_ctrl_c(folder: Path) -> None:
    with served(folder) as (process, line, asks):
        assert line == f"Pledger serves ledger.db at http://127.0.0.1:{asks.base_url.port}/ (read-only)\n"
        assert asks.base_url.port != 0
        assert asks.get("/health").json()["status"] == "ok"
        page = asks.get("/")
        assert page.status_code == 200
        assert "server" not in page.headers
        assert asks.post("/sign-in", data={"token": ""}).status_code == 403
        assert asks.post("/upload.json", headers=BEARER).status_code == 403
        assert asks.get("/", headers={"host": "hostile.example"}).status_code == 421
        # A connection that is kept open must not hold the server back.
        with socket.create_connection(("127.0.0.1", asks.base_url.port or 0)):
            process.send_signal(signal.SIGINT)
            said, complained = process.communicate(timeout=PATIENCE)
        assert (process.returncode, said, complained) == (0, "", "")


def test_with_the_token_of_a_file(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "token").write_text(f"  {TOKEN}\n")
    with served(folder, "--token-file", str(tmp_path / "token"), "--name", "ours.example") as (process, line, asks):
        assert line.endswith("(writable with the token)\n")
        assert TOKEN not in line
        assert asks.post("/sign-in", data={"token": TOKEN}).status_code == 303
        assert asks.get("/health", headers={"host": "ours.example"}).status_code == 200
        files = [("files", ("b.txt", b"Korea pledged $350 billion for shipyards."))]
        told = asks.post("/upload.json", headers=BEARER, files=files)
        assert told.status_code == 202
        process.send_signal(signal.SIGINT)  # in the midst of reading
        said, complained = process.communicate(timeout=PATIENCE)
    assert (process.returncode, said, complained) == (0, "", "")
    with pledger.open(str(folder / "ledger.db")) as held:
        assert held.audit() == []


def test_with_the_token_of_the_environment(folder: Path) -> None:
    with served(folder, PLEDGER_TOKEN=TOKEN) as (process, line, asks):
        assert line.endswith("(writable with the token)\n")
        assert asks.post("/sign-in", data={"token": TOKEN}).status_code == 303
        process.send_signal(signal.SIGTERM)
        _, complained = process.communicate(timeout=PATIENCE)
    assert complained == ""


@pytest.mark.parametrize("token", ["tooshort1", "a token of several words", "tökentökentökentöken"])
def test_tokens_that_are_refused(folder: Path, token: str) -> None:
    line = refused(folder, "--ledger", "ledger.db", "serve", PLEDGER_TOKEN=token)
    assert "PLEDGER_TOKEN" in line
    assert "openssl rand -hex 16" in line
    assert token not in line


@pytest.mark.parametrize("content", [b"", b"short\n", b"\xff\xfe\x00" * 20])
def test_files_of_tokens_that_are_refused(folder: Path, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "token").write_bytes(content)
    assert "openssl" in refused(folder, "--ledger", "ledger.db", "serve", "--token-file", str(tmp_path / "token"))


def test_what_is_not_there_is_refused(folder: Path, tmp_path: Path) -> None:
    line = refused(tmp_path, "--ledger", "none.db", "serve")
    assert "none.db" in line
    assert not (tmp_path / "none.db").exists()
    assert "nobody" in refused(folder, "--ledger", "ledger.db", "serve", "--token-file", "nobody")


def test_a_port_that_is_taken_is_refused(folder: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        line = refused(folder, "--ledger", "ledger.db", "serve", "--port", port)
        assert port in line
        assert "--port" in line
    assert "--host" in refused(folder, "--ledger", "ledger.db", "serve", "--host", "no-such-host.invalid")
