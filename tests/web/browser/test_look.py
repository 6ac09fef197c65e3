"""Every page in a real browser: accessible in both themes, whole at every width, on paper; and pictures of it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import partial
from pathlib import Path

import pytest
from httpx2 import Response
from playwright.sync_api import Browser, Page, Route, expect

import pledger
from pledger.ledger import Ledger
from web.asking import client

from .driving import SCREENS, Visit, sign_in, visiting
from .looking import AS_LAID_OUT, COLOURS, found_by_axe, on_paper, sticking_out, unseen_focus

pytestmark = pytest.mark.browser
PAGES: Mapping[str, str] = {
    "overview": "/", "past": "/?as_of=2026-01-15", "before": "/?as_of=2020-01-01", "other": "/?programme=EU>US",
    "projects": "/projects", "figures": "/figures", "nothing": "/figures?q=zzzz", "conflicts": "/conflicts",
    "articles": "/articles", "sources": "/sources", "compare": "/compare?with=JP>US,KR>US,EU>US",
    "changes": "/changes?since=2025-10-01", "money": "/money?scenarios=1000", "cannot-run": "/money?programme=EU>US",
    "judgements": "/judgements", "supply": "/supply", "portfolio": "/portfolio", "words": "/words", "docs": "/docs",
    "sign-in": "/sign-in", "not-found": "/project/e0", "wrong": "/?as_of=yesterday",
}  # fmt: skip
"""By the name of its picture the address of each page."""
THINGS: Mapping[str, tuple[str, str]] = {
    "project": ("/projects", "tbody th a"), "figure": ("/", "h1 a.figure"), "entity": ("/figures", "tbody th a"),
    "contested": ("/figures?attribute=amount&standing=contested", "td a.figure"),
    "conflict": ("/conflicts", "article.conflict h2 a"), "article": ("/articles", "main li a"),
    "commodity": ("/supply", "tbody th a"),
}  # fmt: skip
"""Pages of one thing, each found through its list."""
NARROW, WIDE = 360, 1280
MORE = (768, 1920)
"""Widths of the long form of these tests."""


BY_KEYBOARD = ("overview", "projects", "figure", "money", "commodity")
"""Pages that are gone through by keyboard in a narrow window too; all are in a wide one, and in the long form."""


def taken(page: Page, name: str, width: int, theme: str) -> None:
    SCREENS.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=SCREENS / f"{name}-{width}-{theme}.png", full_page=True)


def seen(page: Page, name: str, *, long: bool = False) -> None:
    """The page where the window stands: in both themes, at two widths, by keyboard and on paper."""
    expect(page.locator("#answers progress")).to_have_count(0)  # a run that is short
    page.set_viewport_size({"width": WIDE, "height": 900})
    assert found_by_axe(page) == [], name
    taken(page, name, WIDE, "light")
    for width in (NARROW, *(MORE if long else ())):
        page.set_viewport_size({"width": width, "height": 900})
        assert sticking_out(page) == [], name
        assert found_by_axe(page, AS_LAID_OUT) == [], f"{name} at {width}"
        if long or name in BY_KEYBOARD:
            assert unseen_focus(page) == [], f"{name} at {width}"
        taken(page, name, width, "light")
    page.set_viewport_size({"width": WIDE, "height": 900})
    assert unseen_focus(page) == [], name
    page.emulate_media(color_scheme="dark")
    assert found_by_axe(page, COLOURS) == [], f"{name} in the dark"
    taken(page, name, WIDE, "dark")
    page.emulate_media(color_scheme="light")
    assert on_paper(page) == [], f"{name} on paper"
    if long:
        taken(page, name, WIDE, "print")
    page.emulate_media(media="screen")


@pytest.fixture
def long(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--long"))


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible_and_fits(visit: Visit, name: str, long: bool) -> None:
    seen(visit.go(PAGES[name]), name, long=long)
    visit.said[:] = [line for line in visit.said if name not in ("not-found", "wrong") or "status of 40" not in line]


@pytest.mark.parametrize("name", THINGS)
def test_a_page_of_one_thing_is_accessible_and_fits(visit: Visit, name: str, long: bool) -> None:
    listed, link = THINGS[name]
    address = visit.go(listed).locator(link).first.get_attribute("href")
    seen(visit.go(str(address)), name, long=long)


def test_pages_of_who_has_signed_in(visit: Visit) -> None:
    """The form for articles, what it brings, and the forms with which sentences are judged."""
    sign_in(visit)
    seen(visit.go("/upload"), "upload")
    page = visit.go("/upload")
    text = "12 March 2026\n\nTaiwan will invest $999 billion in the United States, the Economy Ministry said.\n"
    page.get_by_label("Articles").set_input_files(
        {"name": "looked-at.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Articles read")
    seen(page, "uploaded")
    address = visit.go("/conflicts").locator("article.conflict h2 a").first.get_attribute("href")
    seen(visit.go(str(address)), "judge")


def test_a_run_that_goes_on_and_one_that_was_cancelled(visit: Visit) -> None:
    page = visit.go("/money?scenarios=1000000&seed=7")
    page.locator("progress").wait_for()
    assert found_by_axe(page) == []
    assert unseen_focus(page) == []
    taken(page, "running", WIDE, "light")
    page.get_by_role("button", name="Cancel").click()
    page.wait_for_url(lambda address: "1000000" not in address)
    page = visit.go("/money?scenarios=1000000&seed=7")
    page.get_by_role("button", name="run it again").wait_for()
    seen(page, "cancelled")


def test_pages_of_refusals(visit: Visit, corpus_ledger: Ledger, tmp_path: Path) -> None:
    """What the server says when it will not answer just now, with the words that a real one says it in."""
    busy = client(corpus_ledger, expensive_per_minute=1)
    with pledger.open(str(tmp_path / "l.db")) as held:
        broken = client(held)
        for file in tmp_path.iterdir():
            file.unlink()
        (tmp_path / "l.db").write_bytes(b"no database at all" * 100)
    pages = {"accept": "text/html"}
    asked = {
        "too-many": [busy.get("/?as_of=2026-01-01", headers=pages) for _ in range(2)][-1],
        "not-allowed": busy.get("/upload/0", headers=pages),
        "not-now": broken.get("/", headers=pages),
    }
    assert [answer.status_code for answer in asked.values()] == [429, 403, 503]
    for name, answer in asked.items():
        visit.page.route(f"**/{name}", partial(_as_answered, answer))
        seen(visit.go(f"/{name}"), name)
    visit.failed.clear()
    visit.said[:] = [line for line in visit.said if "status of" not in line]


def _as_answered(answer: Response, route: Route) -> None:
    route.fulfill(status=answer.status_code, body=answer.text, content_type=answer.headers["content-type"])


def test_what_is_read_from_words_is_seen_whole(browser: Browser, root: str) -> None:
    """The notes on marked words lie inside the window at each width, leave the words in sight, and can be put away."""
    for width in (NARROW, WIDE):
        with visiting(browser, root, width=width) as visit:
            page = visit.go("/articles")
            page.locator("main li a").first.click()
            page.wait_for_url(re.compile("/article/"))
            page.locator(".claim").first.wait_for()
            for number, mark in enumerate(page.locator(".claim").all()[:25]):
                mark.locator("a").focus()
                box, words = mark.locator(".tip").bounding_box(), mark.locator("mark").bounding_box()
                assert box is not None
                assert words is not None
                assert box["x"] >= 0, number
                assert box["x"] + box["width"] <= width, number
                assert box["y"] >= words["y"] + 1 or box["y"] + box["height"] <= words["y"], number
                if number == 0:
                    page.screenshot(path=SCREENS / f"note-{width}-light.png")
            page.keyboard.press("Escape")
            expect(page.locator(".claim:focus-within .tip")).to_be_hidden()


def test_what_axe_and_the_others_look_for_they_find(visit: Visit) -> None:
    page = visit.go("/words")
    assert found_by_axe(page) == []
    more = '<img src="data:,"><p><a id="small" href="#a">a</a><a href="#b">b</a></p><form></form><pre id="wide">x</pre>'
    page.locator("main").evaluate("(main, more) => main.insertAdjacentHTML('beforeend', more)", more)
    page.evaluate("document.getElementById('small').style.outline = '0'")
    page.evaluate("document.getElementById('wide').style.cssText = 'width: 3000px; max-width: none'")
    assert {"image-alt", "target-size"} <= {rule[0] for rule in found_by_axe(page)}
    assert [fault for fault, _ in unseen_focus(page)] == ["no ring"]
    assert sticking_out(page)
    assert on_paper(page) == []
    page.locator("main form").evaluate("form => form.style.setProperty('display', 'block', 'important')")
    assert on_paper(page)
