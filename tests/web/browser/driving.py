"""A server in a second process, a Chromium whose requests stay on this machine, and visits that note what happens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Dialog, Page, Route, expect, sync_playwright

from web.asking import TOKEN

__all__ = ["SCREENS", "Visit", "chromium", "serving", "sign_in", "visiting"]

SCREENS = Path(__file__).resolve().parents[3] / "build" / "screens"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
]  # fmt: skip
_STARTS = 120.0
"""Seconds that a server may take to answer on a machine that is busy with other tests."""
_PATIENCE = 180_000


@dataclass
class Visit:
    """A browser window, and what went on in it that should not."""

    page: Page
    root: str
    foreign: list[str] = field(default_factory=list)
    """Requests that wanted to leave the machine: stopped and counted."""
    said: list[str] = field(default_factory=list)
    """What the console, a dialog or an error said."""
    failed: list[str] = field(default_factory=list)
    """Answers of ours that say that we are broken."""

    def go(self, address: str) -> Page:
        """The page at this address of the server."""
        self.page.goto(f"{self.root}{address}")
        return self.page

    @property
    def address(self) -> str:
        """Where the window is, without the server."""
        return self.page.url.removeprefix(self.root)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium; a skipped test with the mend where there is none."""
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or any Chrome on the path")
    expect.set_options(timeout=_PATIENCE)
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


@contextmanager
def serving(ledger: Path, log: Path) -> Iterator[str]:
    """`pledger serve` of this ledger in a process of its own; its address."""
    command = [sys.executable, "-m", "pledger", "--ledger", str(ledger), "serve", "--port", "0"]
    with log.open("wb") as written:
        process = subprocess.Popen(
            command, env={**os.environ, "PLEDGER_TOKEN": TOKEN}, stdout=written, stderr=subprocess.STDOUT
        )
        if hasattr(os, "sched_setaffinity"):  # what takes long is to take long on a large machine too
            os.sched_setaffinity(process.pid, sorted(os.sched_getaffinity(0))[:2])
        try:
            yield _listening(process, log)
        finally:
            process.terminate()
            process.wait(_STARTS)


def _listening(process: subprocess.Popen[bytes], log: Path) -> str:
    """The address that the server says that it listens at."""
    end = time.monotonic() + _STARTS
    while not (found := re.search(r" at (http://\S+:\d+)/ \(", log.read_text(encoding="utf-8"))):
        assert process.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.05)
    return found.group(1)


@contextmanager
def visiting(
    browser: Browser,
    root: str,
    *,
    width: int = 1280,
    scheme: Literal["light", "dark"] = "light",
    scripts: bool = True,
) -> Iterator[Visit]:
    """A window of its own. When it closes: nothing left the machine, nothing complained, nothing was broken."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        java_script_enabled=scripts,
        accept_downloads=True,
    )
    context.set_default_timeout(_PATIENCE)
    visit = Visit(context.new_page(), root)
    ours = urlsplit(root).netloc

    def route(asked: Route) -> None:
        where = urlsplit(asked.request.url)
        if where.scheme in ("data", "blob") or where.netloc == ours:
            asked.continue_()
        else:
            visit.foreign.append(asked.request.url)
            asked.abort()

    def answered(answer: Any) -> None:
        if answer.status >= 500:
            visit.failed.append(f"{answer.status} {answer.url}")

    def asked_us(dialog: Dialog) -> None:
        visit.said.append(dialog.message)
        dialog.dismiss()

    context.route("**/*", route)
    context.on("response", answered)
    visit.page.on("console", lambda message: visit.said.append(message.text))
    visit.page.on("pageerror", lambda error: visit.said.append(str(error)))
    visit.page.on("dialog", asked_us)
    try:
        yield visit
    finally:
        context.close()
    assert not visit.foreign, visit.foreign
    assert not visit.failed, visit.failed
    assert not visit.said, visit.said


def sign_in(visit: Visit) -> None:
    """Sign in with the token, as a person does."""
    page = visit.go("/sign-in")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("button", name="Sign out").wait_for()
