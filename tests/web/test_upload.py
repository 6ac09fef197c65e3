"""Adding articles from a browser: limits, names, progress, and then what is new and what it contradicts."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from multiprocessing import active_children
from multiprocessing.util import get_temp_dir
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

import pledger
from pledger.ledger import Ledger, LedgerError
from pledger.views.web.uploads import names_of

from .asking import BEARER, client, read, signed_in
from .hostile.inert import faults

FIRST = """Terms of the loans

3 February 2026
By the Harbour Desk

Japan will invest $550 billion in the United States, according to the Commerce Department.
"""
SECOND = """More than was said

3 February 2026
By the Quay Gazette

Japan will invest $700 billion in the United States, according to the Finance Ministry. SoftBank will build a
$33 billion gas plant in Ohio under the programme of Japan, the ministry said.
"""


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    folder = tmp_path / "first"
    folder.mkdir()
    (folder / "first.txt").write_text(FIRST)
    with read(folder, str(tmp_path / "ledger.db")) as held:
        yield held


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The only place in which temporary files lie during the test."""
    get_temp_dir()  # Python's own, in which the readers' parent has its address, is kept for the whole process
    place = tmp_path / "temporary"
    place.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(place))
    return place


def left(temporary: Path) -> list[str]:
    """What lies there still, but for the folder in which Python keeps the address of the readers' parent."""
    return [entry.name for entry in temporary.iterdir() if not entry.name.startswith("pymp-")]


def files(*named: tuple[str, str | bytes]) -> list[tuple[str, tuple[str, bytes]]]:
    return [("files", (name, told.encode() if isinstance(told, str) else told)) for name, told in named]


def waited(
    asks: TestClient, id_: str, until: Callable[[dict[str, Any]], bool] = lambda told: bool(told["over"])
) -> dict[str, Any]:
    end = time.monotonic() + 120
    while True:
        told: dict[str, Any] = asks.get(f"/upload/{id_}.json", headers=BEARER).json()
        if until(told):
            return told
        assert time.monotonic() < end, told
        time.sleep(0.02)


def sent(asks: TestClient, *named: tuple[str, str | bytes], **fields: str) -> dict[str, Any]:
    answer = asks.post("/upload.json", headers=BEARER, files=files(*named), data=fields)
    assert answer.status_code == 202, answer.text
    assert answer.headers["location"] == f"/upload/{answer.json()['id']}.json"
    return waited(asks, answer.json()["id"])


def test_from_the_form_to_the_contradiction(ledger: Ledger, temporary: Path) -> None:
    asks = client(ledger)
    word = signed_in(asks)
    assert 'enctype="multipart/form-data"' in asks.get("/upload").text
    answer = asks.post(
        "/upload", data={"csrf": word}, files=files(("second.txt", SECOND), ("notes.bin", b"\x00\x01\x02"))
    )
    assert answer.status_code == 303
    address = answer.headers["location"]
    told = waited(asks, address.rpartition("/")[2])
    assert told["stage"] == "done"
    assert [(d["file"], d["title"]) for d in told["documents"]] == [("second.txt", "More than was said")]
    assert [p["where"] for p in told["problems"]] == ["notes.bin"]
    assert "$700bn" in " ".join(c["explanation"] for c in told["contradicts"])
    assert "contradicted" in {c["kind"] for c in told["changes"]}
    page = asks.get(address).text
    for words in (
        "What they contradict",
        "What is new",
        "Figures that they bear on",
        "$700bn",
        "notes.bin",
        "1 new article",
    ):
        assert words in page
    assert faults(page) == []
    conflict = told["contradicts"][0]["id"]
    assert f'href="/conflict/{conflict}"' in page
    assert asks.get(f"/conflict/{conflict}").status_code == 200
    assert f'href="/article/{told["documents"][0]["id"][:16]}"' in page
    assert not left(temporary), "the files are gone"
    assert {d.path for d in ledger.documents()} >= {"second.txt"}
    assert not any(str(temporary) in f"{p.where} {p.why}" for p in ledger.problems())
    assert ledger.audit() == []


def test_what_is_known_is_told(ledger: Ledger) -> None:
    asks = client(ledger)
    told = sent(asks, ("again.txt", FIRST), ("twice.txt", SECOND), ("Twice.txt", SECOND))
    assert (told["known"], len(told["documents"])) == (2, 1)
    assert told["files"] == ["again.txt", "twice.txt", "Twice (2).txt"]
    assert "2 articles were in the ledger already" in asks.get(f"/upload/{told['id']}", headers=BEARER).text


def test_a_day_for_articles_that_bear_none(ledger: Ledger) -> None:
    told = sent(client(ledger), ("undated.txt", "Korea pledged $350 billion for shipyards."), reported_on="2026-02-09")
    held = ledger.article(told["documents"][0]["id"])
    assert held is not None
    assert str(held[0].reported_on) == "2026-02-09"
    wrong = client(ledger).post(
        "/upload.json", headers=BEARER, files=files(("a.txt", "x")), data={"reported_on": "soon"}
    )
    assert (wrong.status_code, "reported_on" in wrong.json()["problem"]) == (400, True)


def test_a_feed_brings_several(ledger: Ledger) -> None:
    item = "<item><title>Item {0}</title><description>Korea pledged ${0} billion for a shipyard.</description></item>"
    feed = f'<rss version="2.0"><channel><title>Wire</title>{item.format(3)}{item.format(4)}</channel></rss>'
    told = sent(client(ledger), ("feed.xml", feed))
    assert [d["file"] for d in told["documents"]] == ["feed.xml", "feed.xml"]
    assert {d["title"] for d in told["documents"]} == {"Item 3", "Item 4"}


def test_limits(ledger: Ledger, temporary: Path) -> None:
    asks = client(ledger, upload_files=2, upload_bytes=12_000)
    many = asks.post("/upload.json", headers=BEARER, files=files(*((f"{n}.txt", "x") for n in range(3))))
    assert (many.status_code, "more than 2 files" in many.text) == (413, True)
    large = asks.post("/upload.json", headers=BEARER, files=files(("a.txt", "x" * 13_000)))
    assert (large.status_code, "12,000 bytes" in large.text) == (413, True)
    for answer in (
        asks.post("/upload.json", headers=BEARER),
        asks.post("/upload.json", headers=BEARER, data={"files": "a.txt"}),
        asks.post("/upload.json", headers=BEARER, files=files(("", b""))),
        asks.post("/upload.json", headers=BEARER, files=[("other", ("a.txt", b"x"))]),
        asks.post("/upload.json", headers=BEARER | {"content-type": "multipart/form-data"}, content=b"--x"),
        asks.post(
            "/upload.json", headers=BEARER | {"content-type": "multipart/form-data; boundary=x"}, content=b"nothing"
        ),
        asks.post("/upload.json", headers=BEARER, data={"reported_on": "2" * 9_900}, files=files(("a.txt", "x"))),
    ):
        assert answer.status_code == 400, answer.text
        assert answer.json()["problem"]
    assert not left(temporary)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        (["../../etc/passwd"], ["passwd"]),
        (["C:\\Users\\me\\note.txt"], ["note.txt"]),
        (["", ".", "..", "-"], ["article", "article (2)", "article (3)", "article (4)"]),
        (["a*.txt", "[b]?.txt", "**"], ["a-.txt", "b-.txt", "article"]),
        (["A.txt", "a.TXT"], ["A.txt", "a (2).TXT"]),
        (["\u202etxt.exe\u200b", "x\x00y\n.txt"], ["txt.exe", "xy .txt"]),
        (["<x-pwned onclick=alert(1)>.html"], ["x-pwned onclick=alert(1)-.html"]),
        (["記事.txt", ".hidden.txt"], ["記事.txt", "hidden.txt"]),
        (["x" * 300 + ".html"], ["x" * 75 + ".html"]),
        (["x" * 300, "x" * 300], ["x" * 80, "x" * 74 + " (2)"]),
        (["http://hostile.example/a.txt", "-"], ["a.txt", "article"]),
    ],
)
def test_names(given: list[str], kept: list[str]) -> None:
    assert names_of(given) == kept


def test_names_never_leave_the_folder(ledger: Ledger, temporary: Path, tmp_path: Path) -> None:
    told = sent(
        client(ledger),
        ("../../../outside.txt", SECOND),
        ("..\\..\\outside.txt", SECOND + "More.\n"),
        ("/etc/x.txt", "x y"),
    )
    assert told["files"] == ["outside.txt", "outside (2).txt", "x.txt"]
    assert not list(tmp_path.rglob("outside*"))


def test_one_reads_while_pages_are_answered(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    """One upload after the other; what waits is told so, and those that are too many are sent away."""
    goes_on, under_way, most = threading.Event(), [0], [0]
    honest = Ledger.read

    def slow(self: Ledger, *args: Any, **options: Any) -> Any:
        under_way[0] += 1
        most[0] = max(most[0], under_way[0])
        goes_on.wait(60)
        try:
            return honest(self, *args, **options)
        finally:
            under_way[0] -= 1

    monkeypatch.setattr(Ledger, "read", slow)
    asks = client(ledger)
    signed_in(asks)
    ids = []
    for number in range(20):
        answer = asks.post(
            "/upload.json", headers=BEARER, files=files((f"{number}.txt", f"Japan pledged ${number} billion."))
        )
        if answer.status_code == 503:
            break
        ids.append(answer.json()["id"])
    assert 2 <= len(ids) < 20
    waited(asks, ids[0], lambda told: told["stage"] == "reading")
    assert asks.get(f"/upload/{ids[1]}.json").json()["stage"] == "waiting"
    page = asks.get(f"/upload/{ids[1]}").text
    assert "other articles are read first" in page
    assert '<noscript><meta http-equiv="refresh"' in page
    assert faults(page) == []
    assert asks.get("/figures").status_code == 200
    goes_on.set()
    assert {waited(asks, id_)["stage"] for id_ in ids} == {"done"}
    assert most == [1], "one writer at a time"


def test_what_takes_too_long_is_broken_off(ledger: Ledger, temporary: Path) -> None:
    told = sent(client(ledger, upload_seconds=90), ("a.txt", SECOND))
    assert told["stage"] == "done"
    asks = client(ledger)
    room = asks.app.state.room  # type: ignore[attr-defined]
    ticks = iter(range(0, 1_000_000, 100))
    room.uploads._clock = lambda: next(ticks)
    told = sent(asks, *((f"{n}.txt", f"Korea pledged ${n} billion for a dock.") for n in range(1, 9)))
    assert told["stage"] == "broken off"
    assert "120 seconds" in told["words"]
    assert told["contradicts"] is None
    page = asks.get(f"/upload/{told['id']}", headers=BEARER).text
    assert "Not all was read" in page
    assert not left(temporary)
    assert ledger.audit() == []


def test_one_file_that_takes_long_is_broken_off_too(ledger: Ledger, temporary: Path) -> None:
    long = " ".join(
        f"Korea pledged ${n} billion for dock number {n} in Ohio, the ministry said." for n in range(60_000)
    )
    asks = client(ledger, upload_seconds=3)
    told = sent(asks, ("first.txt", SECOND), ("long.txt", long))
    assert told["stage"] == "broken off"
    assert "3 seconds" in told["words"]
    assert not [d for d in told["documents"] if d["file"] == "long.txt"]
    assert active_children() == [], "its process is ended"
    assert not left(temporary)
    assert not ledger.behind()
    assert ledger.audit() == []


def test_a_ledger_that_cannot_be_written_to(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "first.txt").write_text(FIRST)
    read(tmp_path / "first.txt", str(tmp_path / "l.db")).close()
    with pledger.open(str(tmp_path / "l.db")) as held:
        asks = client(held)
        monkeypatch.setattr(held._store, "add_all", _locked)
        told = sent(asks, ("second.txt", SECOND))
        assert told["stage"] == "broken off"
        assert "cannot be written" in told["words"]


def _locked(*_: object) -> Any:
    raise LedgerError("another process is writing")


def test_the_end_of_the_server_breaks_off_and_cleans_up(ledger: Ledger, temporary: Path) -> None:
    with client(ledger) as asks:
        many = [(f"{n}.txt", f"Korea pledged ${n} billion for a dock. " * 50) for n in range(1, 50)]
        ids = [
            asks.post("/upload.json", headers=BEARER, files=files(*many)).json()["id"],
            asks.post("/upload.json", headers=BEARER, files=files(*many)).json()["id"],
        ]
        uploads = asks.app.state.room.uploads  # type: ignore[attr-defined]
    assert uploads.of(ids[1]).stage == "broken off"
    assert uploads.of(ids[1]).words == "the server was stopped"
    assert uploads.of(ids[0]).stage.over
    assert not left(temporary)
    assert ledger.audit() == []


def test_uploads_are_for_who_has_the_token(ledger: Ledger) -> None:
    asks = client(ledger)
    told = sent(asks, ("a.txt", SECOND))
    other = client(ledger)
    for path in (f"/upload/{told['id']}", f"/upload/{told['id']}.json"):
        assert asks.get(path).status_code == 403
        assert other.get(path, headers=BEARER).status_code == 404
    assert asks.get("/upload/none.json", headers=BEARER).status_code == 404


def test_results_are_forgotten_in_time(ledger: Ledger) -> None:
    asks = client(ledger)
    ids = [sent(asks, ("a.txt", FIRST))["id"] for _ in range(25)]
    held = [asks.get(f"/upload/{id_}.json", headers=BEARER).status_code == 200 for id_ in ids]
    assert held == [False] * 4 + [True] * 21 or held == [False] * 5 + [True] * 20
