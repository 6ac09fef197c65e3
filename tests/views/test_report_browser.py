"""The report in a real browser: it asks for nothing, runs nothing, and is seen in light, in dark and on a telephone."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Literal, cast

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from pledger.ledger import Ledger
from pledger.views.report import write_report

from .sample import ledger
from .test_report import hostile

pytestmark = pytest.mark.browser
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if path is None:
        pytest.skip("no Chromium on this machine: apt-get install chromium, or any Chrome on the path")
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield running
        running.close()


def opened(
    browser: Browser, path: Path, width: int = 1300, scheme: Literal["light", "dark"] = "light"
) -> tuple[Page, list[str], list[str]]:
    """The page, the addresses that it asked for beside itself, and what it complained of or ran."""
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    asked: list[str] = []
    said: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    page.on("dialog", lambda dialog: said.append(dialog.message))
    page.goto(path.as_uri())
    return page, [url for url in asked if url != path.as_uri()], said


@pytest.fixture(scope="module")
def report(corpus_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("browser") / "report.html"
    write_report(corpus_ledger, path)
    return path


def test_nothing_is_asked_for_and_nothing_complains(browser: Browser, report: Path) -> None:
    page, asked, said = opened(browser, report)
    assert asked == []
    assert said == []
    page.close()


def test_hostile_articles_run_nothing(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "hostile.html"
    write_report(cast("Ledger", hostile()), path)
    page, asked, said = opened(browser, path)
    assert asked == []
    assert said == []
    assert page.title() not in ("run", "1")
    assert page.locator("script, img, [onerror], [onload], a[href^='javascript' i]").count() == 0
    page.close()


def test_each_figure_leads_to_an_element_that_is_seen(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    found = page.eval_on_selector_all("[data-figure]", SEEN)
    assert found
    assert all(height > 0 for _, height in found), found
    link = page.locator("h1 a.figure").first
    link.click()
    assert page.url.endswith(str(link.get_attribute("href")))
    page.close()


def test_light_and_dark_are_both_drawn_and_differ(browser: Browser, report: Path) -> None:
    pictures: dict[str, bytes] = {}
    schemes: tuple[Literal["light", "dark"], ...] = ("light", "dark")
    for scheme in schemes:
        page, _, _ = opened(browser, report, scheme=scheme)
        pictures[scheme] = page.screenshot()
        chart = page.locator("#ladder svg:visible, #compared svg:visible").first
        bar = chart.locator("path[fill^=var], rect[fill^=var]").first
        pictures[f"{scheme} chart"] = chart.screenshot()
        assert bar.evaluate("bar => getComputedStyle(bar).fill") not in ("", "none", "rgb(0, 0, 0)")
        page.close()
    assert len(set(pictures.values())) == 4
    assert all(len(picture) > 4000 for picture in pictures.values()), {k: len(v) for k, v in pictures.items()}


@pytest.mark.parametrize("width", [360, 768, 1300, 2200])
def test_nothing_sticks_out_at_any_width(browser: Browser, report: Path, width: int) -> None:
    page, _, _ = opened(browser, report, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_no_two_words_of_a_chart_cover_each_other(browser: Browser, report: Path, tmp_path: Path) -> None:
    path = tmp_path / "sample.html"
    write_report(ledger(), path)
    for file in (report, path):
        for width in (360, 800, 1300):
            page, _, _ = opened(browser, file, width)
            covered = page.evaluate(OVERLAPS)
            assert covered == []
            page.close()


SEEN = """links => links.map(a => a.getAttribute('href'))
  .map(href => [href, document.getElementById(href.slice(1))?.offsetHeight ?? 0])"""
OVERLAPS = """() => [...document.querySelectorAll('svg')].flatMap(svg => {
  const boxes = [...svg.querySelectorAll('text')].filter(t => t.textContent && t.getBoundingClientRect().width)
    .map(t => [t.textContent, t.getBoundingClientRect()]);
  return boxes.flatMap(([words, a], n) => boxes.slice(n + 1)
    .filter(([other, b]) => other !== words && Math.min(a.right, b.right) - Math.max(a.left, b.left) > 2
      && Math.min(a.bottom, b.bottom) - Math.max(a.top, b.top) > 4)
    .map(([other]) => words + ' / ' + other));
})"""


def test_it_prints(browser: Browser, report: Path) -> None:
    page, _, _ = opened(browser, report)
    assert page.pdf(format="A4").startswith(b"%PDF")
    page.close()
