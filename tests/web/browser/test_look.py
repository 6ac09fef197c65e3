"""Every page in a real browser: accessible in both themes, whole at every width, pictures of it to look at."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from .driving import SCREENS, Visit, sign_in, visiting

pytestmark = pytest.mark.browser
OPEN: Mapping[str, str] = {
    "overview": "/", "projects": "/projects", "figures": "/figures", "conflicts": "/conflicts", "articles": "/articles",
    "sources": "/sources", "compare": "/compare", "changes": "/changes?since=2025-10-01", "sign-in": "/sign-in",
    "docs": "/docs", "problem": "/project/e0", "past": "/?as_of=2026-01-15",
}  # fmt: skip
WIDTHS = (360, 1280)
COLOURS: dict[str, Any] = {
    "runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]},
    "resultTypes": ["violations"],
}
"""What of a page depends on its theme."""
STICKING = """() => [...document.querySelectorAll('main *, header *, footer *')]
  .filter(e => !e.closest('.scroll, .skip, .hidden, pre, svg, .swagger') && getComputedStyle(e).display !== 'inline'
    && e.getBoundingClientRect().right > innerWidth + 1).map(e => e.outerHTML.slice(0, 120))"""


def judged(page: Page, name: str, options: dict[str, Any] | None = None) -> None:
    found = Axe().run(page, options=options) if options else Axe().run(page)
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def taken(page: Page, name: str, width: int, theme: str = "light") -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{width}-{theme}.png", full_page=True)


def seen(visit: Visit, name: str, address: str) -> None:
    """One page: at both widths and in both themes."""
    page = visit.go(address)
    if address.startswith("/money"):
        page.locator("#answers .facts").first.wait_for()
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        wide = page.evaluate("document.documentElement.scrollWidth")
        assert wide <= width, f"{name} is {wide} wide at {width}: {page.evaluate(STICKING)[:5]}"
        taken(page, name, width)
    judged(page, name)
    page.emulate_media(color_scheme="dark")
    judged(page, f"{name} in the dark", COLOURS)
    taken(page, name, WIDTHS[1], "dark")
    page.emulate_media(color_scheme="light")


@pytest.mark.parametrize("name", OPEN)
def test_pages(visit: Visit, name: str) -> None:
    seen(visit, name, OPEN[name])
    visit.said[:] = [line for line in visit.said if "404" not in line or name != "problem"]


def test_pages_of_one_thing(visit: Visit) -> None:
    """A project, a programme, a figure, a contradiction, an article: each found through its list."""
    page = visit.go("/projects")
    project = page.locator("tbody th a").first.get_attribute("href")
    page = visit.go("/")
    figure = page.locator("h1 a.figure").first.get_attribute("href")
    page = visit.go("/conflicts")
    conflict = page.locator("article.conflict h2 a").first.get_attribute("href")
    page = visit.go("/articles")
    article = page.locator("main li a").first.get_attribute("href")
    page = visit.go(str(figure))
    programme = page.locator("p.kicker a").first.get_attribute("href")
    found = {"project": project, "entity": programme, "figure": figure, "conflict": conflict, "article": article}
    for name, address in found.items():
        seen(visit, name, str(address))


def test_pages_of_who_has_signed_in(visit: Visit) -> None:
    sign_in(visit)
    seen(visit, "upload", "/upload")
    page = visit.go("/conflicts")
    address = page.locator("article.conflict h2 a").first.get_attribute("href")
    seen(visit, "judge", str(address))


def test_the_page_of_money(visit: Visit) -> None:
    seen(visit, "money", "/money?scenarios=1000")


def test_what_is_read_from_words_is_seen_whole(browser: Browser, root: str) -> None:
    """The notes on marked words lie inside the window, at each width, for every mark."""
    for width in WIDTHS:
        with visiting(browser, root, width=width) as visit:
            page = visit.go("/articles")
            page.locator("main li a").first.click()
            page.locator(".claim").first.wait_for()
            for number, mark in enumerate(page.locator(".claim").all()[:25]):
                mark.locator("a").focus()
                box = mark.locator(".tip").bounding_box()
                assert box is not None
                assert box["x"] >= 0, number
                assert box["x"] + box["width"] <= width, number
                if number == 0:
                    page.screenshot(path=SCREENS / f"note-{width}-light.png")


def test_pages_print(visit: Visit) -> None:
    for name in ("overview", "figures", "compare"):
        page = visit.go(OPEN[name])
        assert page.pdf(format="A4").startswith(b"%PDF")
        page.emulate_media(media="print")
        assert not page.locator("form, nav").first.is_visible()
        page.set_viewport_size({"width": 760, "height": 1000})
        page.screenshot(path=SCREENS / f"{name}-print.png", full_page=True)
        page.emulate_media(media="screen")
