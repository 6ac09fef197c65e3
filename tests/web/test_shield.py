"""What stands before the pages: headers on every answer, names, sizes, rates, and no word of a program's insides."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from fastapi import FastAPI, Request, Response
from fastapi.testclient import TestClient
from starlette.types import Message

import pledger
from pledger.ledger import Ledger
from pledger.views.web.pages import expensive
from pledger.views.web.settings import Settings
from pledger.views.web.shield import POLICY, Rates, Shield

from .asking import BEARER, ORIGIN, TOKEN, client, signed_in

HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
}


def test_every_answer_has_the_headers(asks: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    pages = ["/", "/figures.json", "/figures.csv", "/figures.xlsx", "/health", "/docs", "/openapi.json", "/sign-in"]
    assets = ["/static/style.css", "/static/app.js", "/docs/swagger-ui.css"]
    wrong = ["/nowhere", "/nowhere.json", "/figure/none", "/?as_of=never", "/figures?page=0", "/upload", "/static/no"]
    answers = [asks.get(path) for path in (*pages, *assets, *wrong)]
    answers += [asks.post("/figures"), asks.delete("/"), asks.post("/judge"), asks.post("/upload"), asks.get("/x" * 9)]
    answers += [asks.post("/sign-in", data={"token": "wrong"}), asks.post("/sign-in", data={"token": TOKEN})]
    answers += [asks.post("/sign-out"), asks.get("/", headers={"host": "hostile.example"})]
    answers += [asks.post("/sign-in", content=b"x" * 300_000), asks.get("/figures/")]
    monkeypatch.setattr(Ledger, "page_of_figures", _broken)
    answers += [asks.get("/figures?q=quay"), asks.get("/figures.json?q=quay")]
    assert {200, 303, 400, 403, 404, 405, 413, 421, 500} <= {answer.status_code for answer in answers}
    for answer in answers:
        for name, value in HEADERS.items():
            assert answer.headers.get(name) == value, (answer.request.url, answer.status_code, name)
        assert "cache-control" in answer.headers


def test_the_policy_lets_nothing_in_from_elsewhere() -> None:
    rules = dict(rule.strip().split(" ", 1) for rule in POLICY.split(";"))
    assert rules["default-src"] == "'none'"
    assert rules["frame-ancestors"] == rules["base-uri"] == "'none'"
    assert not any(word in POLICY for word in ("unsafe", "http", "*"))


def _broken(*_: object) -> None:
    raise RuntimeError("a secret of the program's insides")


def test_what_is_broken_has_a_page_and_no_stack_trace(
    asks: TestClient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(Ledger, "page_of_figures", _broken)
    with caplog.at_level(logging.ERROR):
        page, json = asks.get("/figures?q=quay"), asks.get("/figures.json?q=quay")
    for answer in (page, json):
        assert answer.status_code == 500
        assert "secret" not in answer.text
        assert "Traceback" not in answer.text
        assert "something is broken here" in answer.text.lower()
    assert page.text.startswith("<!doctype html>")
    assert set(json.json()) == {"problem"}
    assert "a secret of the program's insides" in caplog.text, "the log of the server has it"


def test_half_an_answer_is_not_taken_for_a_whole_one(ledger: Ledger) -> None:
    app = FastAPI()

    @app.get("/")
    def page() -> Response:
        from fastapi.responses import StreamingResponse

        def parts() -> Iterator[bytes]:
            yield b"a"
            raise RuntimeError("in the middle")

        return StreamingResponse(parts())

    shield = Shield(app, Settings("x"), expensive, _never, _told)
    with pytest.raises((RuntimeError, BaseExceptionGroup)):
        TestClient(shield, base_url=ORIGIN).get("/")


def _told(request: Request, words: str, status: int) -> Response:
    return Response(f"{request.url}: {words}", status)


def _never(request: Request, error: Exception) -> Response:
    raise AssertionError(f"{request.url} was answered twice, for {error}")


@pytest.mark.parametrize(
    "host", ["localhost", "localhost:8000", "127.0.0.1:9", "[::1]:8000", "LOCALHOST", "ours.example"]
)
def test_names_that_are_ours(ledger: Ledger, host: str) -> None:
    assert client(ledger, names=["ours.example"]).get("/health", headers={"host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "hostile.example",
        "localhost.hostile.example",
        "127.0.0.1.nip.io",
        "",
        "hostile.example:8000",
        "[::2]",
        "@localhost",
    ],
)
def test_names_that_are_not(asks: TestClient, host: str) -> None:
    answer = asks.get("/", headers={"host": host})
    assert answer.status_code == 421
    assert "--name" in answer.text
    assert len(answer.text) < 200


def test_bodies_are_limited_whether_or_not_their_length_is_told(ledger: Ledger) -> None:
    asks = client(ledger, body_bytes=2_000, upload_bytes=50_000)

    def parts(count: int) -> Iterator[bytes]:
        yield b"token="
        for _ in range(count):
            yield b"x" * 1_000

    form = {"content-type": "application/x-www-form-urlencoded"}
    told = asks.post("/sign-in", content=b"x" * 3_000, headers=form)
    untold = asks.post("/sign-in", content=parts(5), headers=form)
    for answer in (told, untold):
        assert answer.status_code == 413
        assert "2,000 bytes" in answer.text
    assert "content-length" not in untold.request.headers
    assert asks.post("/sign-in", content=parts(1), headers=form).status_code == 403
    boundary = {"content-type": "multipart/form-data; boundary=b"} | BEARER

    def files(count: int) -> Iterator[bytes]:
        yield b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.txt"\r\n\r\n'
        for _ in range(count):
            yield b"x" * 1_000
        yield b"\r\n--b--\r\n"

    assert asks.post("/upload.json", content=files(100), headers=boundary).status_code == 413
    assert asks.post("/upload.json", content=b"".join(files(60)), headers=boundary).status_code == 413
    for length in ("-1", "x", "²", "9" * 400):
        answer = asks.post("/sign-in", content=b"", headers={b"content-length": length.encode("latin-1")})
        assert answer.status_code == 413, length


def test_a_body_that_never_comes_is_not_waited_for(ledger: Ledger) -> None:
    app = client(ledger, body_seconds=0.05, upload_seconds=0.05).app
    form = (b"content-type", b"application/x-www-form-urlencoded")
    multi = (b"content-type", b"multipart/form-data; boundary=b")
    bearer = (b"authorization", f"Bearer {TOKEN}".encode())
    for path, headers in (("/sign-in", [form]), ("/judge", [form]), ("/upload.json", [multi, bearer])):
        sent: list[Message] = []
        asyncio.run(_slowly(app, path, headers, sent))
        starts = [m for m in sent if m["type"] == "http.response.start"]
        assert [m["status"] for m in starts] == [408], path
        assert (b"connection", b"close") in starts[0]["headers"]
        assert POLICY.encode() in dict(starts[0]["headers"]).values()


async def _slowly(app: object, path: str, headers: Sequence[tuple[bytes, bytes]], sent: list[Message]) -> None:
    """Ask with a body of which one part comes, and then nothing."""
    first = [True]

    async def receive() -> Message:
        if first.pop() if first else False:
            return {"type": "http.request", "body": b"--b\r\n", "more_body": True}
        await asyncio.sleep(60)
        return {"type": "http.disconnect"}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "asgi": {"version": "3.0"}, "http_version": "1.1", "method": "POST", "path": path,
        "raw_path": path.encode(), "query_string": b"", "root_path": "", "scheme": "http",
        "headers": [(b"host", b"localhost"), *headers], "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 2),
    }  # fmt: skip
    await asyncio.wait_for(app(scope, receive, send), 30)  # type: ignore[operator]


def test_rates_of_what_is_expensive(ledger: Ledger, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Rates.__init__, "__defaults__", (lambda: 0.0,))  # no time passes
    asks = client(ledger, expensive_per_minute=3)
    statuses = [asks.get("/figures.xlsx").status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 429, 429]
    refused = asks.post("/sign-in", data={"token": "a guess"})
    assert refused.status_code == 429
    assert 1 <= int(refused.headers["retry-after"]) <= 21
    assert asks.get("/?as_of=2026-01-01").status_code == 429
    assert asks.get("/?as_of=2026-01-01").headers["content-type"].startswith("text/plain")
    page = asks.get("/?as_of=2026-01-01", headers={"accept": "text/html,*/*;q=0.8"})
    assert (page.status_code, page.headers["content-type"]) == (429, "text/html; charset=utf-8")
    assert "One moment" in page.text
    assert 'href="/?as_of=2026-01-01">Try again' in page.text
    assert page.headers["content-security-policy"]
    assert {asks.get("/figures").status_code for _ in range(20)} == {200}, "pages of what is stored go on"


def test_a_bucket_fills_steadily_and_for_each_address() -> None:
    now = [0.0]
    rates = Rates(6, lambda: now[0])
    assert [rates.wait("a") > 0 for _ in range(7)] == [False] * 6 + [True]
    assert rates.wait("b") == 0
    assert rates.wait("a") == pytest.approx(10)
    now[0] = 10.1
    assert rates.wait("a") == 0
    assert rates.wait("a") > 9
    now[0] = 1_000
    assert [rates.wait("a") > 0 for _ in range(7)] == [False] * 6 + [True], "a bucket holds no more than a minute's"


def test_addresses_that_are_remembered_are_limited() -> None:
    rates = Rates(1)
    for number in range(10_050):
        rates.wait(str(number))
    assert rates.wait("10049") > 0
    assert rates.wait("0") == 0


def test_which_requests_are_expensive() -> None:
    assert not expensive("GET", "/figures", "")
    assert not expensive("HEAD", "/figures", "")
    assert not expensive("GET", "/upload/abc.json", "")
    for method, path, query in (
        ("POST", "/judge", ""), ("GET", "/figures.xlsx", ""), ("GET", "/figures", "as_of=2026-01-01"),
        ("GET", "/", "x=1&known_on=2026-01-01"), ("GET", "/chart/ladder.png", ""), ("POST", "/upload", ""),
    ):  # fmt: skip
        assert expensive(method, path, query), (method, path)


def test_head_is_answered_where_get_is(asks: TestClient) -> None:
    signed_in(asks)
    paths = ["/", "/figures", "/figures.json", "/figures.csv", "/figures.xlsx", "/health", "/docs", "/openapi.json"]
    for path in [
        *paths,
        "/static/style.css",
        "/docs/swagger-ui.css",
        "/upload",
        "/sign-in",
        "/changes.atom",
        "/dates.ics",
    ]:
        got, headed = asks.get(path), asks.head(path)
        assert headed.status_code == got.status_code == 200, path
        assert headed.content == b""
        assert headed.headers["content-type"] == got.headers["content-type"]


def test_health(asks: TestClient) -> None:
    assert asks.get("/health").json() == {"status": "ok", "version": pledger.__version__}


def test_health_of_a_ledger_that_is_gone(tmp_path: Path) -> None:
    with pledger.open(str(tmp_path / "l.db")) as held:
        asks = client(held)
        assert asks.get("/health").status_code == 200
        for file in tmp_path.iterdir():
            file.unlink()
        (tmp_path / "l.db").write_bytes(b"no database at all" * 100)
        held.close()
        answer = asks.get("/health")
    assert answer.status_code == 503
    assert "Traceback" not in answer.text


def test_files_of_ours_and_no_others(asks: TestClient) -> None:
    for path in ("/static/../app.py", "/static/%2e%2e%2fapp.py", "/static/%00", "/docs/index.html",
                 "/docs/..%2f__init__.py", "/static/style.css%00"):  # fmt: skip
        assert asks.get(path).status_code in (400, 404), path
