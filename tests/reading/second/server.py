"""A real endpoint in a process of its own that speaks the chat-completions protocol, and lies in many ways.

`python server.py FOLDER` prints its port. The address `http://127.0.0.1:PORT/WAY/NAME/v1` chooses the way it answers;
what the model says is the file NAME of the folder. Each request is noted as a line in `requests.jsonl` there.
"""

from __future__ import annotations

import gzip
import json
import socket
import sys
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

MANY = 1 << 30
SEEN: Counter[str] = Counter()


def wrapped(words: str, finish: str = "stop") -> bytes:
    """What an honest endpoint sends around the model's words."""
    message = {"role": "assistant", "content": words}
    choice = {"index": 0, "finish_reason": finish, "message": message}
    return json.dumps({"id": "x", "object": "chat.completion", "model": "m", "choices": [choice]}).encode()


class Endpoint(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    folder: Path

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        """Say nothing."""

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", "0")))
        _, way, name, *_ = self.path.split("/")
        note = {"way": way, "path": self.path, "headers": dict(self.headers), "body": json.loads(body)}
        with (self.folder / "requests.jsonl").open("a", encoding="utf-8") as file:
            file.write(json.dumps(note) + "\n")
        SEEN[way + name] += 1
        stored = self.folder / name
        self.words = stored.read_bytes().decode() if stored.is_file() else ""
        self.asked = json.loads(body)
        self.number = SEEN[way + name]
        with suppress(BrokenPipeError, ConnectionResetError):
            WAYS[way](self)

    def say(
        self, body: bytes, status: int = 200, headers: dict[str, str] | None = None, length: int | None = None
    ) -> None:
        self.send_response(status)
        told = {"Content-Type": "application/json", "Content-Length": str(len(body) if length is None else length)}
        for key, value in {**told, **(headers or {})}.items():
            self.send_header(key, value)
        self.end_headers()
        self.wfile.write(body)

    def chunks(self, part: bytes, most: int) -> None:
        self.send_response(200)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for _ in range(most):
            self.wfile.write(f"{len(part):x}\r\n".encode() + part + b"\r\n")

    def hang_up(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)


def honest(to: Endpoint) -> None:
    to.say(wrapped(to.words))


def verbatim(to: Endpoint) -> None:
    to.say(to.words.encode())


def windowed(to: Endpoint) -> None:
    """Only what stands in the excerpt that was sent: the model's items whose quote is there."""
    sent = to.asked["messages"][1]["content"]
    items = [item for item in json.loads(to.words)["items"] if item["quote"] in sent]
    to.say(wrapped(json.dumps({"items": items})))


def no_schema(to: Endpoint) -> None:
    refused = "response_format" in to.asked or "temperature" in to.asked
    to.say(b'{"error": "unknown field"}' if refused else wrapped(to.words), 400 if refused else 200)


def busy_once(to: Endpoint) -> None:
    if to.number % 2:
        to.say(b"{}", 429, {"Retry-After": "0"})
    else:
        honest(to)


def asks_for_ages(to: Endpoint) -> None:
    if to.number % 2:
        to.say(b"{}", 503, {"Retry-After": "99999"})
    else:
        honest(to)


def broken_once(to: Endpoint) -> None:
    if to.number % 2:
        to.hang_up()
    else:
        honest(to)


def breaks_off(to: Endpoint) -> None:
    body = wrapped(to.words)
    to.say(body[: len(body) // 2], length=len(body))
    to.hang_up()


def never_ready(to: Endpoint) -> None:
    to.say(b'{"error": "overloaded"}', 500)


def drips(to: Endpoint) -> None:
    """A byte now and then: each comes in time, the whole never does."""
    body = wrapped(to.words)
    to.say(b"", length=MANY)
    for at in range(10_000):
        to.wfile.write(body[at % len(body) : at % len(body) + 1])
        to.wfile.flush()
        time.sleep(0.05)


def drips_headers(to: Endpoint) -> None:
    to.send_response(200)
    to.flush_headers()
    for number in range(10_000):
        to.wfile.write(b"X-%d: y\r\n" % number)
        to.wfile.flush()
        time.sleep(0.05)


def floods_headers(to: Endpoint) -> None:
    to.send_response(200)
    to.flush_headers()
    for number in range(200_000):
        to.wfile.write(b"X-%d: %s\r\n" % (number, b"y" * 500))


def floods_interim(to: Endpoint) -> None:
    """ "Just a moment", said for ever and at once."""
    while True:
        to.wfile.write(b"HTTP/1.1 102 Processing\r\n\r\n" * 1_000)


def tiny_chunks(to: Endpoint) -> None:
    to.chunks(b" ", MANY)


def silent(to: Endpoint) -> None:
    del to
    time.sleep(30)


def endless(to: Endpoint) -> None:
    to.chunks(b'{"choices": [' + b" " * 65_536, 100_000)


def bomb(to: Endpoint) -> None:
    to.say(gzip.compress(wrapped(" " * 20_000_000), 1), headers={"Content-Encoding": "gzip"})


def redirects(to: Endpoint) -> None:
    host = to.headers["Host"].replace("127.0.0.1", "localhost")
    to.say(b"", 307, {"Location": f"http://{host}/honest/{to.path.split('/')[2]}/v1/chat/completions"})


def page(to: Endpoint) -> None:
    to.say(b"<!doctype html><title>Sign in</title><p>Please sign in.", headers={"Content-Type": "text/html"})


def wrong_type(to: Endpoint) -> None:
    to.say(wrapped(to.words), headers={"Content-Type": "image/png; charset=klingon"})


def other_charset(to: Endpoint) -> None:
    to.say(wrapped(to.words).decode().encode("utf-16"), headers={"Content-Type": "application/json; charset=utf-8"})


def no_http(to: Endpoint) -> None:
    to.wfile.write(b"SSH-2.0-OpenSSH_9.9\r\n\x00\xff\x00\xff")
    to.hang_up()


def status(code: int) -> Callable[[Endpoint], None]:
    def way(to: Endpoint) -> None:
        to.say(b'{"error": "no"}', code)

    return way


WAYS: dict[str, Callable[[Endpoint], None]] = {
    "honest": honest,
    "verbatim": verbatim,
    "windowed": windowed,
    "no-schema": no_schema,
    "busy-once": busy_once,
    "asks-for-ages": asks_for_ages,
    "broken-once": broken_once,
    "breaks-off": breaks_off,
    "never-ready": never_ready,
    "drips": drips,
    "drips-headers": drips_headers,
    "floods-headers": floods_headers,
    "floods-interim": floods_interim,
    "tiny-chunks": tiny_chunks,
    "silent": silent,
    "endless": endless,
    "bomb": bomb,
    "redirects": redirects,
    "page": page,
    "wrong-type": wrong_type,
    "other-charset": other_charset,
    "no-http": no_http,
    "no-key": status(401),
    "nowhere": status(404),
    "teapot": status(418),
}


def main(folder: str) -> None:
    Endpoint.folder = Path(folder)
    server = ThreadingHTTPServer(("127.0.0.1", 0), Endpoint)
    server.daemon_threads = True
    print(server.server_address[1], flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main(sys.argv[1])
