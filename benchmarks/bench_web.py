"""The web at size: our pages beside Datasette's table pages, on the same file, in the same run, with the same client.

A ledger of a million claims is made of a world with known truth (`synthetic`), which takes some ten minutes; with
`--ledger` it is kept there and used again, or another one is measured. What is measured is a copy, since the last part
writes to it. Addresses are drawn from the ledger by a seed. "First" asks each address once, after a few others that
warm the servers up; "again" asks for the same addresses a second time, which our server remembers while nothing is read
or judged, and Datasette does not. Datasette runs with its defaults, and once more without the facets that it suggests,
which is the harder peer: its pages are tables of fifty rows of `figures` and of `claims` from a random place on. Then
10,000 requests over 50 connections, while a reader reads one article after the other into the same ledger.

What profiling found, and what was done about it:

- The body of each answer waited 40 ms until its head was acknowledged: the socket that listens was made without
  TCP_NODELAY. With it a remembered page is answered in 2 ms over four connections, 1,800 a second instead of 93.
- Cutting the names of a thousand origins to the width of a chart measured them a thousand times: 4 s of a page.
- Pages of programmes with 1,500 reports weighed 1.3 MB; now they show some sentences of each origin, and the rest is in
  the files.
- An overview took 120 ms in the median and 680 at worst. Two thirds of it was Vega, which takes 0.1 s for each width of
  a chart: charts without curves are drawn by ourselves now, in a millisecond. The rest was loading the evidence of all
  figures to count its origins (pages say in what detail they want figures now, and votes and evidence come by one join
  instead of hundreds of lists of ids), the projects of a programme by looking through all entities (they are looked up
  by their region), and the JSON of a page that nobody asked for (made when it is). Now 9 ms, 19 at worst; a project
  5 ms instead of 73.
- While a reader wrote, whoever asked for a page first took up what the reader had kept, and all others waited for it.
  Pages are answered by what was derived last now, and the reader takes up what it read.
"""

from __future__ import annotations

import argparse
import hashlib
import http.client
import json
import os
import queue
import random
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

import psutil

import pledger
from synthetic.reports import Style, reports
from synthetic.world import make_world

__all__ = ["main"]

_PAGES = ("overview", "project", "figure", "article")
_LISTS = ("figures", "projects", "conflicts", "articles", "sources")
WEIGHT = 300_000
START = 2.0
_WARM = 3
_HEAVY = 20
_SLOW = 12
"""Addresses for Datasette with its facets, which it looks for in every column of every page."""
_WRITTEN = 15_000
"""Articles that the reader has before it in the last part; it is stopped when the crowd is answered."""


@dataclass
class Asked:
    """What a client saw."""

    seconds: list[float] = field(default_factory=list)
    weights: list[int] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    spent: float = 0.0

    @property
    def rate(self) -> float:
        """Requests per second."""
        return len(self.seconds) / self.spent

    def percentile(self, share: float) -> float:
        """Milliseconds within which this share of the requests was answered."""
        return 1000 * sorted(self.seconds)[min(len(self.seconds) - 1, int(share * len(self.seconds)))]


def ask(port: int, addresses: Sequence[str], connections: int) -> Asked:
    """Ask for every address over so many connections that are kept open, one thread each."""
    waiting: queue.SimpleQueue[str] = queue.SimpleQueue()
    for address in addresses:
        waiting.put(address)
    found, lock = Asked(), threading.Lock()

    def client() -> None:
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
        while True:
            try:
                address = waiting.get_nowait()
            except queue.Empty:
                connection.close()
                return
            began = time.perf_counter()
            try:
                connection.request("GET", address)
                answer = connection.getresponse()
                body = answer.read()
                wrong = "" if answer.status == 200 else f"{answer.status} {address}"
            except (OSError, http.client.HTTPException) as error:
                body, wrong = b"", f"{error!r} {address}"
                connection.close()
            with lock:
                found.seconds.append(time.perf_counter() - began)
                found.weights.append(len(body))
                if wrong:
                    found.errors.append(wrong)

    began = time.perf_counter()
    threads = [threading.Thread(target=client) for _ in range(connections)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    found.spent = time.perf_counter() - began
    return found


@contextmanager
def serving(command: Sequence[str], port: int, ready: str) -> Iterator[tuple[psutil.Process, float]]:
    """A server in a process of its own, and the seconds until it answered."""
    began = time.perf_counter()
    process = subprocess.Popen([sys.executable, "-m", *command], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while True:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                connection.request("GET", ready)
                if connection.getresponse().status == 200:
                    break
            except OSError:
                if process.poll() is not None:
                    raise SystemExit(f"{' '.join(command)} ended by itself") from None
                time.sleep(0.02)
        yield psutil.Process(process.pid), time.perf_counter() - began
    finally:
        process.terminate()
        process.wait(30)


def free() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def addresses(path: Path, count: int) -> dict[str, list[str]]:
    """By page so many addresses of this ledger, drawn at random."""
    connection = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    draw = random.Random(7)  # noqa: S311  a sample, no secret

    def sample(query: str) -> list[str]:
        rows = sorted(str(row[0]) for row in connection.execute(query))
        return draw.sample(rows, min(count, len(rows)))

    figures = sample("SELECT id FROM figures")
    # The pages of a list cost the more the farther back they are: half of these are among the first ten.
    pages = [f"page={draw.randint(1, 10) if n % 2 else draw.randint(1, 400)}" for n in range(_HEAVY)]
    found = {
        "overview": [f"/?programme={quote(id_)}" for id_ in sample("SELECT id FROM entities WHERE kind = 'programme'")],
        "project": [f"/project/{id_}" for id_ in sample("SELECT id FROM entities WHERE kind = 'project'")],
        "figure": [f"/figure/{id_}" for id_ in figures],
        "article": [f"/article/{id_[:16]}" for id_ in sample("SELECT id FROM documents")],
        "figures": [f"/{path.stem}/figures?_size=50&_sort=id&id__gt={id_}" for id_ in figures],
        "claims": [f"/{path.stem}/claims?_size=50&_sort=id&id__gt={id_}" for id_ in sample("SELECT id FROM claims")],
        **{f"list of {name}": [f"/{name}?{page}" for page in pages] for name in _LISTS},
    }
    figures_heavy = "SELECT id FROM figures ORDER BY documents DESC, id LIMIT ?"
    found["heaviest figures"] = [f"/figure/{row[0]}" for row in connection.execute(figures_heavy, [_HEAVY])]
    things_heavy = "SELECT entity_id FROM figures GROUP BY 1 ORDER BY max(documents) DESC, 1 LIMIT ?"
    found["heaviest things"] = [f"/entity/{row[0]}" for row in connection.execute(things_heavy, [_HEAVY])]
    connection.close()
    return found


Pair = tuple[Asked, Asked]
"""The same addresses asked for first, and again."""


def compared(path: Path, count: int, connections: int) -> tuple[bool, dict[str, list[str]]]:
    """Our pages and Datasette's, first and again; whether everything keeps to its aim."""
    pages = addresses(path, count)
    port, peer = free(), free()
    ours = ["pledger", "--ledger", str(path), "serve", "--port", str(port)]
    starts = []
    for _ in range(3):
        with serving(ours, port, "/health") as (_, seconds):
            starts.append(seconds)
    start = sorted(starts)[1]
    print(f"server start until it answers, median of 3    {start:6.2f} s   (aim: below {START:.0f}); {load()}")
    good = start < START
    print(f"{'':38} first: req/s  p50 ms  p99 ms   again: req/s  p99 ms   heaviest kB", flush=True)
    theirs = ["datasette", str(path), "--port", str(peer)]
    peers: dict[str, Pair] = {}
    for words, more in (("", []), (", no facets", ["--setting", "suggest_facets", "off"])):
        with serving([*theirs, *more], peer, "/-/versions.json") as (process, _):
            for table in ("figures", "claims"):
                ask(peer, pages[table][:_WARM], 1)
                some = pages[table][_WARM:] if more else pages[table][_WARM : _WARM + _SLOW]
                name = f"Datasette, {table}{words}"
                peers[name] = _told(name, peer, some, connections, process)
    mine: dict[str, Pair] = {}
    with serving(ours, port, "/health") as (process, _):
        for name in _PAGES:
            ask(port, pages[name][:_WARM], 1)
            mine[name] = _told(f"Pledger, {name}", port, pages[name][_WARM:], connections, process)
        for name in ("heaviest figures", "heaviest things", *(f"list of {name}" for name in _LISTS)):
            first, _ = _told(f"Pledger, {name}", port, pages[name], connections, process)
            good &= max(first.weights) < WEIGHT and not first.errors
    for first, again in mine.values():
        good &= max(first.weights) < WEIGHT and not first.errors and not again.errors
    return _ratios(mine, peers) and good, pages


def _ratios(mine: Mapping[str, Pair], peers: Mapping[str, Pair]) -> bool:
    """Print how many times as fast as each of Datasette's pages ours are; whether none is slower."""
    print(f"\n{'times as fast':38} {'first: req/s':>13} {'p99':>8} {'again: req/s':>22} {'p99':>8}   (aim: 1 or more)")
    good = True
    for name, ours in mine.items():
        for peer, theirs in peers.items():
            pairs = list(zip(ours, theirs, strict=True))
            rates = [our.rate / their.rate for our, their in pairs]
            tails = [their.percentile(0.99) / our.percentile(0.99) for our, their in pairs]
            told = f"{rates[0]:13.1f} {tails[0]:8.1f} {rates[1]:22.1f} {tails[1]:8.1f}"
            print(f"{name:8} / {peer:27} {told}")
            good &= min(*rates, *tails) >= 1
    print()
    return good


def _told(words: str, port: int, asked: Sequence[str], connections: int, process: psutil.Process) -> Pair:
    first = ask(port, asked, connections)
    again = ask(port, asked, connections)
    memory = process.memory_info().rss / 1e6
    print(
        f"{words:38} {first.rate:13.1f} {first.percentile(0.5):7.1f} {first.percentile(0.99):7.1f} "
        f"{again.rate:14.1f} {again.percentile(0.99):7.1f} {max(first.weights) / 1000:12.1f}   "
        f"({len(asked)} addresses, {memory:.0f} MB{', ERRORS: ' + first.errors[0] if first.errors else ''})",
        flush=True,
    )
    return first, again


def crowded(path: Path, pages: dict[str, list[str]], requests: int, connections: int) -> bool:
    """So many requests over so many connections while another process reads articles into the same ledger."""
    port = free()
    draw = random.Random(11)  # noqa: S311
    asked = [draw.choice(pages[draw.choice(_PAGES)]) for _ in range(requests)]
    with serving(["pledger", "--ledger", str(path), "serve", "--port", str(port)], port, "/health") as (process, _):
        command = [sys.executable, __file__, "--step", "write", "--ledger", str(path)]
        reader = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
        if reader.stdin is None or reader.stdout is None:
            raise SystemExit("the reader cannot be talked to")
        reader.stdout.readline()  # the first article is written
        found = ask(port, asked, connections)
        still = reader.poll() is None
        reader.stdin.close()  # which stops it
        written = json.loads(reader.stdout.read() or "{}")
        code = reader.wait(600)
        seen = ask(port, [f"/article/{id_[:16]}" for id_ in written.get("last", [])], 1)
        memory = process.memory_info().rss / 1e6
    print(
        f"{requests:,} requests over {connections} connections while a reader writes: {found.rate:.0f} a second, "
        f"p50 {found.percentile(0.5):.0f} ms, p99 {found.percentile(0.99):.0f} ms, {len(found.errors)} errors (aim: "
        f"none), {memory:.0f} MB; {load()}"
    )
    print(
        f"the reader {'was writing all the while' if still else 'ENDED BEFORE'}: {written.get('documents', 0)} "
        f"articles in {found.spent:.0f} s, each taken up; the last {len(seen.seconds)} are shown: {not seen.errors}"
    )
    for line in (found.errors + seen.errors)[:5]:
        print(f"  {line}")
    return not found.errors and not seen.errors and still and code == 0 and bool(seen.seconds)


def write(path: Path) -> None:
    """Read articles of another world into the ledger, each by itself and taken up at once, until the input ends."""
    stop = threading.Event()

    def listen() -> None:
        sys.stdin.read()
        stop.set()

    threading.Thread(target=listen, daemon=True).start()
    count = 0
    last: deque[str] = deque(maxlen=3)
    with tempfile.TemporaryDirectory() as folder, pledger.open(str(path), create=False) as ledger:
        for report in reports(make_world(_WRITTEN, seed=23), Style(), _WRITTEN):
            if stop.is_set():
                break
            file = Path(folder, f"{count}.txt")
            day = report.document.reported_on
            file.write_text(f"{day:%-d %B %Y}\n\n{report.document.text}\n" if day else report.document.text)
            ledger.read([file], workers=1)
            last.append(hashlib.sha256(file.read_bytes()).hexdigest())
            count += 1
            if count == 1:
                print("begun", flush=True)
    print(json.dumps({"documents": count, "last": list(last)}))


def load() -> str:
    """How busy the machine is, in words."""
    return f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores"


def made(path: Path, documents: int) -> None:
    """Make a ledger of so many documents, in a process of its own: its memory is not ours to keep."""
    for step in ("fill", "rebuild"):
        began = time.perf_counter()
        command = [sys.executable, str(Path(__file__).with_name("bench_ledger.py")), "--step", step]
        command += ["--ledger", str(path), "--documents", str(documents)]
        told = json.loads(subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True).stdout)
        print(f"{step}: {time.perf_counter() - began:.0f} s", flush=True)
    counts = f"{told['claims']:,.0f} claims of {told['documents']:,.0f} documents, {told['figures']:,.0f} figures"
    print(f"a ledger of {counts}, derived in memory of {told['megabytes']:,.0f} MB", flush=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--ledger", type=Path, help="this ledger, or where the one that is made is kept")
    parser.add_argument("--documents", type=int, default=114_000, help="documents of the ledger that is made")
    parser.add_argument("--addresses", type=int, default=303, help="addresses of each page")
    parser.add_argument("--connections", type=int, default=4, help="connections of the comparison")
    parser.add_argument("--requests", type=int, default=10_000, help="requests while a reader writes")
    parser.add_argument("--crowd", type=int, default=50, help="connections while a reader writes")
    parser.add_argument("--step", choices=("write",), help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.step:
        write(arguments.ledger)
        return
    print(load(), flush=True)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "ledger.db")
        kept = arguments.ledger or path
        if not kept.exists():
            made(kept, arguments.documents)
        with pledger.open(str(kept), create=False) as ledger:
            if ledger.outdated():
                print("the ledger was derived by another version: it is derived anew", flush=True)
            ledger.catch_up()
        if kept != path:
            shutil.copy(kept, path)
        good, pages = compared(path, arguments.addresses, arguments.connections)
        good &= crowded(path, pages, arguments.requests, arguments.crowd)
    print(load())
    sys.exit(0 if good else 1)


if __name__ == "__main__":
    main()
