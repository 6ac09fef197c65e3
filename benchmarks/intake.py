"""How reading into a ledger uses cores and memory: ratios of two runs beside each other on this machine.

Each run is a process of its own that reads articles into a new ledger, up to and without what is derived from them at
the end: articles of the bundled corpus, each with a number of its own, in one web archive or in a folder.
"""

from __future__ import annotations

import argparse
import io
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from pledger.data import examples
from pledger.documents import find, load
from pledger.workers import cores

_RUN = """
import json, os, resource, sys, time
from pathlib import Path
from pledger.ledger.intake import read_into
from pledger.ledger.store import Store

def peak(pid):
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0
    return max((int(line.split()[1]) for line in lines if line.startswith("VmHWM")), default=0)

def children(pid):
    try:
        return Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except OSError:
        return []

def look(done, characters, total):
    global most, read
    read = characters
    if done % 200 == 0:
        most = max([most, *(peak(w) for server in children(os.getpid()) for w in children(server))])

most = read = 0
began = time.perf_counter()
result = read_into(Store(sys.argv[1]), [sys.argv[2]], on_document=look, workers=int(sys.argv[3]))
print(json.dumps({
    "documents": result.documents, "seconds": time.perf_counter() - began, "characters": read,
    "own": time.process_time(),
    "megabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "worker": most / 1024,
}))
"""


def texts(count: int) -> list[str]:
    """`count` articles of the bundled corpus, no two alike."""
    found = [d.text for path in find([str(examples())])[0] for d in load(path)[0] if d.language == "en"]
    return [f"{found[n % len(found)]}\n\nArticle {n}." for n in range(count)]


def archive(folder: Path, count: int) -> Path:
    """A web archive of `count` articles."""
    from warcio.statusandheaders import StatusAndHeaders
    from warcio.warcwriter import WARCWriter

    path = folder / f"{count}.warc.gz"
    with path.open("wb") as file:
        writer = WARCWriter(file, gzip=True)
        for number, text in enumerate(texts(count)):
            http = StatusAndHeaders("200 OK", [("Content-Type", "text/plain; charset=utf-8")], protocol="HTTP/1.1")
            address = f"https://post.example/{number}"
            writer.write_record(
                writer.create_warc_record(address, "response", io.BytesIO(text.encode()), http_headers=http)
            )
    return path


def files(folder: Path, count: int) -> Path:
    """A folder of `count` articles."""
    place = folder / f"{count}"
    place.mkdir()
    for number, text in enumerate(texts(count)):
        (place / f"{number:06}.txt").write_text(text, encoding="utf-8")
    return place


def run(folder: Path, what: Path, workers: int) -> dict[str, float]:
    """What a reading took."""
    command = [sys.executable, "-c", _RUN, str(folder / f"{what.name}-{workers}.db"), str(what), str(workers)]
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    told: dict[str, float] = json.loads(done.stdout)
    return told


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--few", type=int, default=1_000, help="documents of the smaller run")
    parser.add_argument("--many", type=int, default=20_000, help="documents of the larger run")
    parser.add_argument("--workers", type=int, default=max(2, cores()), help="processes of the parallel runs")
    arguments = parser.parse_args()
    few, many, workers = arguments.few, arguments.many, arguments.workers
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        small, large, loose = archive(folder, few), archive(folder, many), files(folder, few)
        alone, together = run(folder, small, 1), run(folder, small, workers)
        print(f"{cores()} cores; {few:,} articles in a web archive, {alone['characters']:,} characters")
        for label, told in (("1 process", alone), (f"{workers} processes", together)):
            print(f"{label:14} {told['characters'] / told['seconds']:12,.0f} characters/s")
        print(
            f"ratio of speed, {workers} processes to 1, with their start  {alone['seconds'] / together['seconds']:5.2f}"
        )
        big = run(folder, large, workers)
        if (big["documents"], together["documents"]) != (many, few):
            sys.exit("not all articles were read: the figures mean nothing")
        speed = big["characters"] / big["seconds"]
        print(f"{workers} processes, {many:,} articles {speed:12,.0f} characters/s")
        ratio = speed / (alone["characters"] / alone["seconds"])
        print(f"ratio of speed, {workers} processes to 1, long run         {ratio:5.2f}")
        shares = big["characters"] / big["own"] / (alone["characters"] / alone["own"])
        print(f"workers that one process can feed and store for    {shares:5.1f}")
        opened = run(folder, loose, workers)
        print(f"ratio of time, a folder to a web archive           {opened['seconds'] / together['seconds']:5.2f}")
        for label, told in ((f"{few:,} articles", together), (f"{many:,} articles", big)):
            print(f"peak memory, {label:16} {told['megabytes']:5.0f} MB, and {told['worker']:5.0f} MB a worker")
        print(f"ratio of peak memory, {many:,} to {few:,}            {big['megabytes'] / together['megabytes']:5.2f}")


if __name__ == "__main__":
    main()
