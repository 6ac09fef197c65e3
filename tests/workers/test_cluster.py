"""Reading on a Dask cluster: a real scheduler and real workers, on ports that the system gives."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from distributed.core import rpc

import pledger
from pledger import documents
from pledger.model import Problem
from pledger.workers import ClusterError, Job, Result, cluster, jobs, read_jobs
from workers.corpus import everything, words, write
from workers.test_processes import COMMAND, wait_until

SOURCE = Path(pledger.__file__).parent
Start = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Starts parts of a cluster, in a folder of their own; all are ended."""
    started: list[subprocess.Popen[bytes]] = []

    def run(*words: str, **environment: str) -> subprocess.Popen[bytes]:
        process = subprocess.Popen(
            [sys.executable, "-m", "dask", *words],
            cwd=tmp_path, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        started.append(process)
        return process

    yield run
    for process in started:
        process.kill()
        process.wait()


@pytest.fixture
def scheduler(tmp_path: Path, start: Start, request: pytest.FixtureRequest) -> str:
    """The address of a scheduler that has just started, which has no pledger: it needs none."""
    settings: dict[str, str] = getattr(request, "param", {})
    hidden = tmp_path / "hidden" / "pledger"
    hidden.mkdir(parents=True)
    (hidden / "__init__.py").write_text("raise ImportError('not here')\n")
    file = tmp_path / "scheduler.json"
    start(
        "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(file),
        PYTHONPATH=str(hidden.parent), **settings,
    )  # fmt: skip
    wait_until(lambda: file.exists() and file.read_text().endswith("}"))
    return str(json.loads(file.read_text())["address"])


def worker(start: Start, scheduler: str, **environment: str) -> subprocess.Popen[bytes]:
    options = ("--no-nanny", "--nthreads", "1", "--host", "127.0.0.1", "--no-dashboard")
    return start("worker", scheduler, *options, **environment)


def joined(scheduler: str, count: int = 1) -> None:
    """Wait until so many workers have said that they are there."""

    async def asked() -> int:
        async with rpc(scheduler) as its:
            return len((await its.identity())["workers"])

    wait_until(lambda: asyncio.run(asked()) >= count)


def copy_of_the_source(folder: Path) -> Path:
    """Another installation of pledger, to be changed."""
    place = folder / "pledger"
    shutil.copytree(SOURCE, place, ignore=shutil.ignore_patterns("__pycache__", "examples"))
    return place


def test_a_killed_worker_changes_nothing(tmp_path: Path, start: Start, scheduler: str) -> None:
    folder = write(tmp_path / "articles", 80)
    with pledger.open(str(tmp_path / "here.db")) as ledger:
        here = ledger.read([str(folder)], workers=1)
    one, _ = worker(start, scheduler), worker(start, scheduler)
    joined(scheduler, 2)

    def kill(done: int, _characters: int, _total: int | None) -> None:
        if done >= 30 and one.poll() is None:
            one.kill()
            one.wait()

    with pledger.open(str(tmp_path / "there.db")) as ledger:
        there = ledger.read([str(folder)], scheduler=scheduler, on_document=kill)
    assert one.poll() == -9
    assert there == here
    assert there.documents == 93
    assert everything(tmp_path / "there.db") == everything(tmp_path / "here.db")
    # the verb that touches no ledger, with the worker that is left
    ours, theirs = (
        subprocess.run(
            [*COMMAND[:3], "claims", str(folder / "00001.txt"), str(folder / "00005b.warc.gz"), *more],
            cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        )
        for more in (["--workers", "1"], ["--scheduler", scheduler])
    )  # fmt: skip
    assert (theirs.returncode, theirs.stdout, theirs.stderr) == (0, ours.stdout, "")
    assert len(ours.stdout.splitlines()) > 11


@pytest.mark.parametrize("scheduler", [{"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}], indirect=True)
def test_documents_that_the_cluster_gives_up_are_read_here(
    tmp_path: Path, start: Start, scheduler: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = list(jobs(documents.find([str(write(tmp_path / "articles", 60))])[0]))
    one = worker(start, scheduler)
    joined(scheduler)
    apart: list[str] = []

    def spied(job: Job, read: Callable[[Job], Result] = cluster._read_apart) -> Result:
        apart.append(job.page.where)
        return read(job)

    monkeypatch.setattr(cluster, "_read_apart", spied)
    found = []
    for result in read_jobs(asked, scheduler=scheduler):
        found.append(result)
        if len(found) == 10:
            one.kill()
            worker(start, scheduler)
    assert apart
    assert found == list(read_jobs(asked, workers=1))


def test_another_pledger_is_refused(tmp_path: Path, start: Start, scheduler: str) -> None:
    place = copy_of_the_source(tmp_path / "other")
    (place / "__init__.py").write_text(
        (place / "__init__.py").read_text().replace(f'"{pledger.__version__}"', '"0.0.9"')
    )
    lexicon = place / "data" / "lexicon" / "stages.toml"
    lexicon.write_text(lexicon.read_text(encoding="utf-8") + "\n# a word more\n", encoding="utf-8")
    other = worker(start, scheduler, PYTHONPATH=str(place.parent))
    joined(scheduler)
    text = tmp_path / "a.txt"
    text.write_text(words(1), encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "read", "a.txt", "--scheduler", scheduler],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert "is refused, for it would read otherwise (pledger 0.0.9 there" in done.stderr
    assert "other lexicons" in done.stderr
    assert len(done.stderr.splitlines()) == 1
    other.kill()
    (place / "__init__.py").write_text("raise ImportError('not here')\n")
    worker(start, scheduler, PYTHONPATH=str(place.parent))
    joined(scheduler)
    with pytest.raises(ClusterError, match=r"cannot read for us .*install the same pledger there"):
        list(read_jobs(jobs([str(text)]), scheduler=scheduler))


def test_a_worker_that_joins_later_is_asked_too(tmp_path: Path, start: Start, scheduler: str) -> None:
    place = copy_of_the_source(tmp_path / "other")
    (place / "data" / "lexicon" / "stages.toml").unlink()
    right = worker(start, scheduler)
    joined(scheduler)

    def asked() -> Iterator[Job | Problem]:
        for number, job in enumerate(jobs(documents.find([str(write(tmp_path / "articles", 60))])[0])):
            if number == 40:
                worker(start, scheduler, PYTHONPATH=str(place.parent))
                right.kill()
            yield job

    with pytest.raises(ClusterError, match="a worker is refused, for it would read otherwise"):
        list(read_jobs(asked(), scheduler=scheduler))


def test_a_scheduler_that_goes_away_leaves_what_was_read(tmp_path: Path, start: Start, scheduler: str) -> None:
    import psutil

    [process] = [p for p in psutil.Process().children() if "scheduler" in p.cmdline()]
    worker(start, scheduler)
    joined(scheduler)
    folder = write(tmp_path / "articles", 200)
    with pledger.open(str(tmp_path / "l.db")) as ledger:
        with pytest.raises(ClusterError, match="went away; what was read is kept, the same command goes on"):
            ledger.read([str(folder)], scheduler=scheduler, on_document=lambda n, *_: n >= 70 and process.kill())
        assert 70 <= len(ledger.documents()) < 200
        assert ledger.audit() == []


def test_nobody_at_the_address(tmp_path: Path, scheduler: str) -> None:
    (tmp_path / "a.txt").write_text(words(1), encoding="utf-8")
    with closed_port() as silent, web_server() as other:
        for address in (silent, other, "nonsense", "tcp://", "carrier-pigeon://10.0.0.1:1"):
            done = subprocess.run(
                [*COMMAND, "read", "a.txt", "--scheduler", address],
                cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
            )  # fmt: skip
            assert (done.returncode, done.stdout) == (2, ""), address
            [line] = done.stderr.splitlines()
            assert line.startswith(f"pledger: no Dask scheduler answers at {address}: start one"), address


def test_a_scheduler_without_workers(scheduler: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pledger.workers.cluster.JOIN_SECONDS", 1)
    with pytest.raises(ClusterError, match=f"has no worker; `dask worker {scheduler}` starts one"):
        list(read_jobs([], scheduler=scheduler))


def test_without_dask_the_extra_is_named(tmp_path: Path) -> None:
    (tmp_path / "distributed.py").write_text("raise ImportError('not installed')\n")
    (tmp_path / "a.txt").write_text(words(1), encoding="utf-8")
    done = subprocess.run(
        [*COMMAND, "claims", "a.txt", "--scheduler", "tcp://127.0.0.1:1"],
        cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False,
        env={**os.environ, "PYTHONPATH": str(tmp_path)},
    )  # fmt: skip
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr == "pledger: reading on a cluster needs Dask: pip install 'pledger[cluster]'\n"


@contextlib.contextmanager
def closed_port() -> Iterator[str]:
    """An address where nobody listens."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        yield f"tcp://127.0.0.1:{taken.getsockname()[1]}"


@contextlib.contextmanager
def web_server() -> Iterator[str]:
    """An address where something else answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve() -> None:
            while True:
                try:
                    caller, _ = server.accept()
                except OSError:
                    return
                with caller:
                    caller.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n" * 20)

        threading.Thread(target=serve, daemon=True).start()
        yield f"tcp://127.0.0.1:{server.getsockname()[1]}"
        server.shutdown(socket.SHUT_RDWR)
