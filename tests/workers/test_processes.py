"""Reading in processes: the same ledger, whoever is killed meanwhile."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import psutil
import pytest

import pledger
from pledger.documents import Page
from pledger.model import Problem
from pledger.workers import Job, Result
from pledger.workers.order import in_order
from pledger.workers.processes import Processes
from workers.corpus import everything, words, write

COMMAND = [sys.executable, "-c", "from pledger.cli import main; main()", "--ledger", "l.db"]


def workers_of(pid: int) -> list[psutil.Process]:
    """The processes that read for this one: the children of its fork server, not of what else it has started (a web
    server of other tests has a fork server of its own)."""
    try:
        servers = [child for child in psutil.Process(pid).children() if "forkserver" in " ".join(child.cmdline())]
        return [worker for server in servers for worker in server.children()]
    except psutil.NoSuchProcess:
        return []


def wait_until(true: Callable[[], bool], seconds: float = 120) -> None:
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end
        time.sleep(0.01)


def job(text: str, name: str) -> Job:
    return Job(Page(name, text.encode(), None, None, None))


def documents_in(path: Path) -> int:
    try:
        with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as raw:
            return int(raw.execute("SELECT count(*) FROM documents").fetchone()[0])
    except sqlite3.Error:
        return 0


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("corpus") / "articles", 150)


@pytest.fixture(scope="module")
def straight(folder: Path) -> tuple[object, ...]:
    """What the ledger holds when one process has read the folder without a break."""
    path = folder.parent / "straight.db"
    with pledger.open(str(path)) as ledger:
        result = ledger.read([str(folder)], workers=1)
        assert (result.documents, result.known, len(result.problems)) == (163, 1, 2)
    return everything(path)


def test_two_workers_make_the_same_ledger_even_when_one_is_killed(
    tmp_path: Path, folder: Path, straight: tuple[object, ...]
) -> None:
    killed: list[int] = []

    def kill(done: int, _characters: int, _total: int | None) -> None:
        if done >= 20 * (len(killed) + 1) and len(killed) < 3:
            for worker in [its for its in workers_of(os.getpid()) if its.pid not in killed][:1]:
                worker.kill()
                killed.append(worker.pid)

    with pledger.open(str(tmp_path / "l.db")) as ledger:
        result = ledger.read([str(folder)], workers=2, on_document=kill)
    assert len(killed) == 3
    assert (result.documents, result.known, len(result.problems)) == (163, 1, 2)
    assert everything(tmp_path / "l.db") == straight
    assert not workers_of(os.getpid())


def test_the_total_is_unknown_until_archives_are_read(tmp_path: Path, folder: Path) -> None:
    seen: list[tuple[int, int, int | None]] = []
    with pledger.open(str(tmp_path / "l.db")) as ledger:
        ledger.read([str(folder)], workers=1, on_document=lambda *step: seen.append(step))
    assert seen[0][2] is None
    assert seen[-1][0] == seen[-1][2] == 164
    assert [s[:2] for s in seen] == sorted(s[:2] for s in seen)
    assert all(total is None or total >= done for done, _, total in seen)
    seen.clear()
    with pledger.open(str(tmp_path / "two.db")) as ledger:
        ledger.read([str(folder / "00000.txt"), str(folder / "00001.txt")], on_document=lambda *s: seen.append(s))
    assert [(done, total) for done, _, total in seen] == [(1, 2), (2, 2)]


def test_a_document_that_ends_two_workers_is_a_problem_and_the_others_are_read() -> None:
    long = "\n\n".join(words(n) for n in range(2000))  # many seconds
    jobs = [job(long if n == 3 else words(n), f"{n}.txt") for n in range(12)]
    ended: list[int] = []
    stop = threading.Event()

    def hunt(crew: Processes) -> None:
        """Kill whoever has come to the long document."""
        while not stop.wait(0.002):
            for worker in list(crew._workers):
                at_hand = [number for number, _ in list(worker.jobs)]
                if worker.ready and at_hand[:1] == [3] and worker.process.pid not in ended:
                    ended.append(worker.process.pid or 0)
                    worker.process.kill()

    with Processes(2) as crew:
        hunter = threading.Thread(target=hunt, args=(crew,))
        hunter.start()
        try:
            results = list(in_order(jobs, crew))
        finally:
            stop.set()
            hunter.join()
    assert len(ended) == 2
    for number, [item] in enumerate(results):
        if number == 3:
            assert isinstance(item, Problem)
            assert (item.what, item.where) == ("Document not read", "3.txt")
            assert "ended 2 processes (signal SIGKILL)" in item.why
            assert item.mend
        else:
            assert not isinstance(item, Problem)
            assert item.document.text == words(number)


def test_a_document_that_takes_too_long_is_a_problem_and_the_others_are_read() -> None:
    long = "\n\n".join(words(n) for n in range(4_000))  # many seconds
    jobs = [job(long if n in (1, 5) else words(n), f"{n}.txt") for n in range(12)]
    with Processes(2, limit=lambda job: 1.0 if job.size > 100_000 else 600.0) as crew:
        results = list(in_order(jobs, crew))
        assert len(workers_of(os.getpid())) <= 2
    assert not workers_of(os.getpid())
    for number, [item] in enumerate(results):
        if number in (1, 5):
            assert isinstance(item, Problem)
            assert (item.what, item.where) == ("Document not read", f"{number}.txt")
            assert item.why == "reading it took longer than 1 seconds"
            assert item.mend
        else:
            assert not isinstance(item, Problem)
            assert item.document.text == words(number)


def test_a_result_that_waits_for_us_is_not_overdue(monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("pledger.workers.processes.time", SimpleNamespace(monotonic=lambda: now[0]))
    with Processes(1, limit=lambda _: 3.0) as crew:
        crew.give(0, job(words(0), "0.txt"))
        [result] = crew.take().values()
        assert not isinstance(result[0], Problem)
        for number in (1, 2):
            crew.give(number, job(words(number), f"{number}.txt"))
        assert crew._workers[0].pipe.poll(120)  # it has read one
        now[0] += 4  # as when we are busy with keeping what came before
        done: dict[int, Result] = {}
        while len(done) < 2:
            done.update(crew.take())
    assert not any(isinstance(item, Problem) for result in done.values() for item in result)


def test_where_no_process_can_live_this_one_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    # every process that is started ends at once, as under a limit of memory that none can live with
    monkeypatch.setattr("pledger.workers.processes._serve", os._exit)
    with Processes(2) as crew:
        results = list(in_order([job(words(n), f"{n}.txt") for n in range(5)], crew))
    assert [item.document.path for [item] in results if not isinstance(item, Problem)] == [f"{n}.txt" for n in range(5)]


def test_ctrl_c_keeps_what_was_read_says_one_line_and_leaves_nobody_behind(tmp_path: Path) -> None:
    more = write(tmp_path / "more", 1500)
    process = subprocess.Popen(
        [*COMMAND, "read", str(more), "--workers", "2"],
        cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    wait_until(lambda: documents_in(tmp_path / "l.db") > 0)
    readers = workers_of(process.pid)
    assert len(readers) == 2
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of them
    printed, said = process.communicate(timeout=120)
    assert process.returncode == 130
    assert printed == ""
    assert said == "pledger: stopped; what was read is kept, the same command goes on\n"
    wait_until(lambda: not any(reader.is_running() for reader in readers))
    kept = documents_in(tmp_path / "l.db")
    assert 0 < kept < 1500
    with pledger.open(str(tmp_path / "l.db")) as ledger:
        assert len(ledger.documents()) == kept
        assert ledger.audit() == []


def test_workers_leave_when_their_parent_is_killed(tmp_path: Path) -> None:
    more = write(tmp_path / "more", 1500)
    process = subprocess.Popen([*COMMAND, "read", str(more), "--workers", "2"], cwd=tmp_path)
    wait_until(lambda: documents_in(tmp_path / "l.db") > 0)
    readers = workers_of(process.pid)
    assert len(readers) == 2
    process.kill()
    process.wait()
    wait_until(lambda: not any(reader.is_running() for reader in readers))


def test_a_script_without_a_guard_is_not_run_again_by_the_workers(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "json.py").write_text("raise SystemExit('a module of the present folder was imported')\n")
    script = tmp_path / "scripts" / "script.py"
    script.parent.mkdir()
    script.write_text(
        "import pledger\nprint('once')\n"
        f"with pledger.open('l.db') as ledger:\n    print(ledger.read([{str(folder)!r}], workers=2).documents)\n"
    )
    done = subprocess.run(
        [sys.executable, str(script)], cwd=tmp_path, capture_output=True, text=True, timeout=120, check=False
    )
    assert (done.stdout, done.stderr) == ("once\n163\n", "")
