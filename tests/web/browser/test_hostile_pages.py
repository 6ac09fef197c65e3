"""The hostile corpus in a real browser: what its articles would run does not run, and nothing of them leaves."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser

from web.asking import read
from web.hostile.inert import MARK

from .driving import Visit, serving, visiting

pytestmark = pytest.mark.browser
ARTICLES = Path(__file__).resolve().parents[1] / "hostile" / "articles"
_MOST = 40
"""Pages that are walked."""
REPORTS = """['alert', 'confirm', 'prompt', 'print', 'open'].forEach(name => {
  window[name] = () => window.ran(name); });
addEventListener('DOMContentLoaded', () => document.querySelectorAll('*').forEach(e => {
  if ([...e.attributes].some(a => a.name.startsWith('on'))) window.ran(e.outerHTML.slice(0, 80)); }));"""
"""Whatever an article's script would call, or bring onto the page, calls the function that counts."""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("hostile-pages")
    read(ARTICLES, str(folder / "hostile.db")).close()
    with serving(folder / "hostile.db", folder / "log") as address:
        yield address


def test_no_script_of_an_article_runs(browser: Browser, hostile: str) -> None:
    ran: list[str] = []
    with visiting(browser, hostile) as visit:
        visit.page.expose_function("ran", lambda what: ran.append(what))
        visit.page.add_init_script(REPORTS)
        walked = _walked(visit, ran)
    assert ran == []
    assert len(walked) >= 20
    assert {urlsplit(address).path.split("/")[1] for address in walked} >= {"figure", "article", "entity", "conflicts"}


def _walked(visit: Visit, ran: list[str]) -> list[str]:
    """Every kind of page, breadth first, a few of each; each is touched as a person touches it."""
    waiting = ["/", "/figures", "/articles", "/conflicts", "/projects", "/changes?since=2025-01-01"]
    walked: list[str] = []
    kinds: dict[str, int] = {}
    while waiting and len(walked) < _MOST:
        address = waiting.pop(0)
        kind = urlsplit(address).path.split("/")[1]
        if address in walked or kinds.get(kind, 0) >= 9:
            continue
        kinds[kind] = kinds.get(kind, 0) + 1
        page = visit.go(address)
        walked.append(address)
        assert page.title().endswith("· Pledger"), address
        assert page.locator(f"{MARK}, iframe, object, embed, math, base, form[action^='http']").count() == 0, address
        assert page.locator("script:not([src^='/static/'])").count() == 0, address
        for mark in page.locator(".claim").all()[:3]:
            mark.hover()
        assert ran == [], address
        found = page.eval_on_selector_all("main a[href^='/']", "links => links.map(a => a.getAttribute('href'))")
        waiting += [href for href in found if urlsplit(href).path.count("/") > 1 and "." not in urlsplit(href).path]
    return walked


def test_what_should_be_stopped_is_counted(browser: Browser, root: str) -> None:
    """The counters above count: a script that runs, and a request that wants to leave."""
    ran: list[str] = []

    def tried() -> None:
        with visiting(browser, root) as visit:
            visit.page.expose_function("ran", lambda what: ran.append(what))
            visit.page.set_content("<img src='http://elsewhere.invalid/a.png'><script>window.ran('it')</script>")
            visit.page.wait_for_function("document.images[0].complete")
            for _ in range(1_000):
                if ran and visit.foreign:
                    break
                visit.page.wait_for_timeout(20)

    with pytest.raises(AssertionError, match="elsewhere"):
        tried()
    assert ran == ["it"]
