"""Without a mouse, and without scripts: every task can still be done."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from web.asking import TOKEN

from .driving import Visit

pytestmark = pytest.mark.browser
_MOST = 400
FOCUSED = """() => {
  const e = document.activeElement, style = getComputedStyle(e), box = e.getBoundingClientRect();
  return {words: (e.innerText || e.value || e.name || '').trim(), ring: parseFloat(style.outlineWidth) > 0
    && style.outlineStyle !== 'none', seen: box.width > 0 && box.height > 0 && box.bottom > 0 && box.top < innerHeight,
    body: e === document.body};
}"""


def tab_to(page: Page, selector: str) -> None:
    """Press Tab until this has the focus; whatever has it on the way is seen, and has a ring."""
    for _ in range(_MOST):
        page.keyboard.press("Tab")
        at = page.evaluate(FOCUSED)
        assert at["body"] or (at["ring"] and at["seen"]), at
        if page.evaluate("selector => document.activeElement.matches(selector)", selector):
            return
    raise AssertionError(f"Tab never comes to {selector}")


def test_by_keyboard_from_the_overview_to_a_judgement(visit: Visit) -> None:
    page = visit.go("/")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "To the content"
    page.keyboard.press("Enter")
    tab_to(page, "main a.figure")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/figure/"))
    tab_to(page, "p.said a")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/article/"))
    tab_to(page, ".claim > a")
    expect(page.locator(".claim:focus-within").get_by_role("tooltip")).to_be_visible()
    page = visit.go("/sign-in")
    tab_to(page, "#token")
    page.keyboard.type(TOKEN)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Sign out").wait_for()
    page = visit.go("/figures?attribute=share")
    tab_to(page, "td a.figure")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/figure/"))
    tab_to(page, "input[name=reason]")
    page.keyboard.type("read in the original")
    page.keyboard.press("Tab")
    page.keyboard.type("A. Typist")
    page.keyboard.press("Tab")
    assert page.evaluate(FOCUSED)["words"] == "This is right"
    page.keyboard.press("Enter")
    expect(page.locator(".judged").first).to_contain_text("A. Typist")


def test_by_keyboard_a_day_and_an_assumption(visit: Visit) -> None:
    page = visit.go("/conflicts")
    tab_to(page, "#as-of")
    page.keyboard.type("11302025")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("as_of=2025-11-30"))
    page = visit.go("/money?scenarios=1000")
    page.locator("#answers .facts").first.wait_for()
    tab_to(page, "input[type=range]")
    page.keyboard.press("ArrowRight")
    page.wait_for_url(re.compile("yields="))


def test_without_scripts_the_pages_and_their_forms_work(still: Visit) -> None:
    page = still.go("/figures")
    page.get_by_label("Standing").select_option("contested")
    page.get_by_role("search").get_by_role("button").click()
    page.wait_for_url(re.compile("standing=contested"))
    page.get_by_label("As of").fill("2026-01-15")
    page.get_by_role("button", name="Show").first.click()
    page.wait_for_url(re.compile("as_of=2026-01-15"))
    page.locator("td a.figure").first.click()
    page.locator("p.said a").first.click()
    page.locator(".claim").first.hover()
    expect(page.locator(".claim .tip").first).to_be_visible()
    page = still.go("/")
    assert page.locator(".chart svg:visible").count() > 0


def test_without_scripts_a_run_an_upload_and_a_judgement(still: Visit) -> None:
    page = still.go("/money?scenarios=1000")
    page.locator("#answers .facts").first.wait_for()
    before = page.locator("#answers .facts").first.inner_text()
    page.locator("select[name=interpretation]").select_option(index=2)
    page.get_by_role("button", name="Run").click()
    page.wait_for_url(re.compile("interpretation="))
    page.locator("#answers .facts").first.wait_for()
    assert page.locator("#answers .facts").first.inner_text() != before
    page = still.go("/sign-in")
    page.get_by_label("Token").fill(TOKEN)
    page.get_by_role("button", name="Sign in").click()
    page.get_by_role("link", name="Add articles").click()
    page.wait_for_url(re.compile("/upload"))
    text = "10 March 2026\n\nThe UAE will invest $777 billion in the United States, its Economy Ministry said.\n"
    page.get_by_label("Articles").set_input_files(
        {"name": "yards.txt", "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Articles read")
    expect(page.locator("main", has_text="$777bn")).to_be_visible()
    page = still.go("/figures?attribute=share")
    page.locator("td a.figure").first.click()
    form = page.locator("form.judge").first
    form.get_by_label("Reason").fill("so it stands in the text")
    form.get_by_label("Your name").fill("B. Reader")
    form.get_by_role("button", name="This is right").click()
    expect(page.locator(".judged", has_text="B. Reader").first).to_be_visible()
