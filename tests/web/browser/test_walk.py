"""The newcomer's walk of docs/walk.md, step by step; its pictures are taken here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from web.asking import TOKEN

from .driving import SCREENS, visiting

pytestmark = pytest.mark.browser
WALK = Path(__file__).resolve().parents[3] / "docs" / "walk.md"


def test_the_walk_leads_to_a_chart_with_its_citation(browser: Browser, root: str, tmp_path: Path) -> None:
    pictures = SCREENS / "walk"
    pictures.mkdir(parents=True, exist_ok=True)
    with visiting(browser, root, width=900) as visit:
        page = visit.go("/")
        page.set_viewport_size({"width": 900, "height": 640})
        page.screenshot(path=pictures / "3-overview.png")
        page.locator("h1 a.figure").first.click()
        page.wait_for_url(re.compile("/figure/"))
        page.screenshot(path=pictures / "4-figure.png")
        page.locator("article.sentence p.said a").first.click()
        page.wait_for_url(re.compile("/article/"))
        page.locator(".claim:has(.anchor:target) > a").focus()
        page.screenshot(path=pictures / "5-article.png")
        page.go_back()
        assert visit.address.startswith("/figure/")
        page.get_by_role("link", name="Conflicts", exact=True).click()
        page.wait_for_url(re.compile("/conflicts"))
        page.screenshot(path=pictures / "6-conflicts.png")
        page.get_by_role("link", name="Sign in").click()
        page.get_by_label("Token").fill(TOKEN)
        page.get_by_role("button", name="Sign in").click()
        page.get_by_role("button", name="Sign out").wait_for()
        page.get_by_role("link", name="Conflicts", exact=True).click()
        page.locator("article.conflict h2 a").first.click()
        form = page.locator("form.judge").first
        form.get_by_label("Reason").fill("read in the original")
        form.get_by_label("Your name").fill("A. Walker")
        form.get_by_role("button", name="This is right").click()
        expect(page.locator(".judged", has_text="A. Walker").first).to_be_visible()
        page.get_by_role("link", name="Judgements").click()
        mine = page.locator("li", has_text="A. Walker").first
        mine.get_by_text("Withdraw", exact=True).click()
        mine.get_by_label("Reason").fill("only a walk")
        mine.get_by_label("Your name").fill("A. Walker")
        mine.get_by_role("button", name="Withdraw it").click()
        expect(page.locator("li.gone", has_text="only a walk")).to_be_visible()
        page.wait_for_load_state()  # the script that sends the day listens
        page.get_by_label("As of").fill("2026-01-15")
        page.wait_for_url(re.compile("as_of=2026-01-15"))
        page.get_by_role("link", name="Now").click()
        page.wait_for_url(lambda address: "as_of" not in address)
        page.get_by_role("link", name="Money", exact=True).click()
        page.wait_for_url(re.compile("/money"))
        page.locator("#answers .facts").first.wait_for()
        page.screenshot(path=pictures / "8-money.png")
        before = page.locator("#answers .facts").first.inner_text()
        slider = page.get_by_label("Cash yields")
        slider.focus()
        slider.press("PageDown")
        page.wait_for_url(re.compile("yields="))
        expect(page.locator("#answers .facts").first).not_to_have_text(before, use_inner_text=True)
        with page.expect_download() as drawn:
            page.get_by_role("link", name="PNG").first.click()
        drawn.value.save_as(tmp_path / "chart.png")
        drawn.value.save_as(pictures / "9-chart.png")
        page.get_by_role("link", name="Overview", exact=True).click()
        page.locator("h1 a.figure").first.click()
        page.wait_for_url(re.compile("/figure/"))
        cited = page.locator("p.cite")
        cited.scroll_into_view_if_needed()
        page.screenshot(path=pictures / "10-citation.png")
        memo = tmp_path / "memo.md"
        memo.write_text(f"# Memo\n\n![Drawn](chart.png)\n\n{cited.inner_text()}\n")
    assert (tmp_path / "chart.png").read_bytes().startswith(b"\x89PNG")
    assert "as of 20" in memo.read_text()


def test_the_walk_has_ten_steps_and_its_pictures() -> None:
    text = WALK.read_text()
    assert len(re.findall(r"^## \d+\. ", text, re.MULTILINE)) == 10
    named = re.findall(r"\]\((walk/[^)]+)\)", text)
    assert len(named) >= 6
    for name in named:
        assert (WALK.parent / name).stat().st_size < 150_000, name
