"""A server of feeds for the tests, run as a process of its own: `python feed_server.py LOG`; prints its port.

Each path behaves in its own way; every request is logged as a line of JSON.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

ITEM = (
    "<item><title>Mole planned</title><link>https://quay.example/mole</link>"
    "<pubDate>Mon, 09 Mar 2026 08:00:00 GMT</pubDate>"
    "<description>The Harbour Fund will pay $3 billion for a new mole, the port said.</description></item>"
)
FEED = '<?xml version="1.0"?><rss version="2.0"><channel><title>The Quay</title><ttl>{ttl}</ttl>{items}</channel></rss>'


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    log = Path()

    def log_message(self, *_: object) -> None:
        """Nothing on the terminal."""

    def do_GET(self) -> None:
        with Handler.log.open("a", encoding="utf-8") as log:
            log.write(json.dumps({"path": self.path, **dict(self.headers.items())}) + "\n")
        what = self.path.strip("/").partition("?")[0]
        getattr(self, f"serve_{what}", self.serve_missing)()

    def answer(self, status: int, body: bytes = b"", **headers: str) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def serve_good(self) -> None:
        """Knows what it sent."""
        if self.headers.get("If-None-Match") == '"v1"':
            return self.answer(304, ETag='"v1"')
        body = FEED.format(ttl=30, items=ITEM).encode()
        return self.answer(200, body, ETag='"v1"', Last_Modified="Mon, 09 Mar 2026 08:00:00 GMT")

    def serve_growing(self) -> None:
        """Has one item more each time."""
        asked = Handler.log.read_text(encoding="utf-8").count('"/growing"')
        items = "".join(ITEM.replace("Mole", f"Mole {n}").replace("/mole", f"/mole{n}") for n in range(asked))
        self.answer(200, FEED.format(ttl=1, items=items).encode())

    def serve_packed(self) -> None:
        body = gzip.compress(FEED.format(ttl=1, items=ITEM).encode())
        self.answer(200, body, Content_Encoding="gzip", Cache_Control="public, max-age=7200")

    def serve_busy(self) -> None:
        self.answer(503, Retry_After="3600")

    def serve_later(self) -> None:
        self.answer(429, Retry_After="Tue, 10 Mar 2026 12:00:00 GMT")

    def serve_gone(self) -> None:
        self.answer(410)

    def serve_missing(self) -> None:
        self.answer(404)

    def serve_moved(self) -> None:
        self.answer(301, Location="/good")

    def serve_elsewhere(self) -> None:
        self.answer(302, Location="/good")

    def serve_round(self) -> None:
        self.answer(302, Location="/round")

    def serve_file(self) -> None:
        self.answer(302, Location="file:///etc/hostname")

    def serve_bomb(self) -> None:
        self.answer(200, gzip.compress(b" " * 50_000_000), Content_Encoding="gzip")

    def serve_cut(self) -> None:
        self.send_response(200)
        self.send_header("Content-Length", "1000000")
        self.end_headers()
        self.wfile.write(b"<rss>")
        self.close_connection = True

    def serve_drip(self) -> None:
        """A byte now and then, for ever."""
        self.send_response(200)
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        try:
            while True:
                self.wfile.write(b" ")
                time.sleep(0.05)
        except OSError:
            return

    def serve_nonsense(self) -> None:
        self.answer(200, b"\x00\xff{not xml", ETag="\u00e9" * 3, Cache_Control="max-age=banana")


def main() -> None:
    Handler.log = Path(sys.argv[1])
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    print(server.server_port, flush=True)
    server.serve_forever()


if __name__ == "__main__":
    main()
