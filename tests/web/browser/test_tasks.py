"""What people come for, done in a real browser: from the overview to a sentence, and from a doubt to a judgement."""

from __future__ import annotations

import csv
import io
import json
import math
import re
from pathlib import Path

import openpyxl
import pytest
from playwright.sync_api import expect

from vehicle.spreadsheet import cached, recomputed

from .driving import Visit, sign_in

pytestmark = pytest.mark.browser


def test_from_a_figure_to_its_sentence_into_the_article_and_back(visit: Visit) -> None:
    page = visit.go("/")
    page.get_by_role("link", name="Figures", exact=True).click()
    page.wait_for_url(re.compile("/figures"))  # a choice that is made before our script runs waits for the button
    page.get_by_label("What").select_option("amount")
    page.wait_for_url(re.compile("attribute=amount"))
    page.get_by_label("Standing").select_option("contested")
    page.wait_for_url(re.compile("standing=contested"))
    found = page.locator("td a.figure").first
    value = found.inner_text()
    found.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(value)
    figure = visit.address
    sentence = page.locator("article.sentence").first
    words = sentence.locator("mark").inner_text()
    sentence.locator("p.said a").first.click()
    page.wait_for_url(re.compile("/article/"))
    marked = page.locator(".claim:has(.anchor:target)")
    expect(marked).to_be_in_viewport()
    assert " ".join(words.split()) in " ".join(marked.locator("mark").inner_text().split())
    marked.locator("a").focus()
    expect(marked.get_by_role("tooltip")).to_be_visible()
    claim = page.url.rpartition("#c-")[2]
    page.locator(f"tr:has(a[href='#c-{claim}'])").get_by_role("link", name="why").click()
    page.wait_for_url(re.compile("/figure/"))
    assert words.split() == page.locator(f"#c-{claim} mark").inner_text().split()
    page.go_back()
    page.go_back()
    assert visit.address == figure


def test_projects_are_filtered_and_sorted(visit: Visit) -> None:
    page = visit.go("/projects")
    names = page.locator("tbody th").all_inner_texts()
    assert len(names) > 5
    page.get_by_role("columnheader", name="Project").get_by_role("link").click()
    page.wait_for_url(re.compile("sort=name"))
    by_name = page.locator("tbody th").all_inner_texts()
    assert sorted(names) == sorted(by_name)
    assert by_name == sorted(by_name, key=str.casefold)
    word = names[0].split()[0]
    page.get_by_label("Find").fill(word)
    page.get_by_label("Find").press("Enter")
    page.wait_for_url(re.compile(f"q={word}"))
    left = page.locator("tbody th").all_inner_texts()
    assert left == [name for name in by_name if word.casefold() in name.casefold()]
    assert "sort=name" in page.url
    page.locator("tbody th a").first.click()
    page.wait_for_url(re.compile("/project/"))


def test_as_of_a_day_and_back_to_now(visit: Visit) -> None:
    page = visit.go("/figures")
    now = page.locator("p.muted").first.inner_text()
    page.get_by_label("As of").fill("2025-11-30")
    page.wait_for_url(re.compile("as_of=2025-11-30"))
    then = page.locator("p.muted").first.inner_text()
    assert then != now
    page.get_by_role("link", name="Conflicts", exact=True).click()
    page.wait_for_url(re.compile(r"/conflicts\?.*as_of=2025-11-30"))
    page.get_by_role("link", name="Figures", exact=True).click()
    page.wait_for_url(re.compile("/figures"))
    assert page.locator("p.muted").first.inner_text() == then
    page.get_by_role("link", name="Now").click()
    page.wait_for_url(lambda address: "as_of" not in address)
    assert page.locator("p.muted").first.inner_text() == now


def test_a_judgement_changes_the_figure(visit: Visit) -> None:
    page = visit.go("/sign-in")
    page.get_by_label("Token").fill("not the token of this server")
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert page.get_by_role("button", name="Sign out").count() == 0
    visit.said[:] = [line for line in visit.said if "403" not in line]
    sign_in(visit)
    page = visit.go("/figures?attribute=amount&standing=contested")
    page.locator("td a.figure").first.click()
    page.wait_for_url(re.compile("/figure/"))
    before = page.get_by_role("heading", level=1).inner_text()
    other = page.locator("section.side:not(.first)").first
    value = other.locator("h2").inner_text().partition(" weight")[0].strip()
    assert value != before
    form = other.locator("form.judge").first
    form.get_by_label("Reason").fill("the document itself says so")
    form.get_by_label("Your name").fill("A. Reader")
    form.get_by_role("button", name="This is right").click()
    expect(page.locator(".judged").first).to_contain_text("A. Reader")
    expect(page.get_by_role("heading", level=1)).to_have_text(value)
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()


def test_a_contradiction_is_judged(visit: Visit) -> None:
    sign_in(visit)
    page = visit.go("/conflicts?kind=slip")
    page.locator("article.conflict h2 a").first.click()
    page.wait_for_url(re.compile("/conflict/"))
    before = page.locator("section.side").count()
    assert before >= 2
    wrong = page.locator("section.side").last.locator("form.judge").first
    wrong.get_by_label("Reason").fill("a slip of the translator")
    wrong.get_by_label("Your name").fill("A. Reader")
    address = visit.address
    wrong.get_by_role("button", name="This is wrong").click()
    expect(page.locator(".judged", has_text="a slip of the translator")).to_be_visible()
    listed = visit.go("/conflicts?kind=slip").locator("article.conflict h2 a")
    assert address.partition("?")[0] not in [str(link.get_attribute("href")) for link in listed.all()]


def test_an_assumption_moves_the_answer_and_its_workbook_recomputes(visit: Visit, tmp_path: Path) -> None:
    page = visit.go("/money?scenarios=1000")
    answers = page.locator("#answers .facts").first
    answers.wait_for()
    before = answers.inner_text()
    slider = page.locator("input[type=range]").first
    slider.focus()
    for _ in range(6):
        slider.press("ArrowLeft")
    name, last = str(slider.get_attribute("name")), re.escape(slider.input_value())
    page.wait_for_url(re.compile(f"[?&]{name}={last}(&|$)"))  # each step is asked for, and the last one counts
    expect(answers).not_to_have_text(before, use_inner_text=True)
    expect(page.locator(".assumed")).to_be_visible()
    address = visit.address
    after = page.locator("#answers .facts").first.inner_text()
    page = visit.go(address)  # the address alone holds it all
    page.locator("#answers .facts").first.wait_for()
    assert page.locator("#answers .facts").first.inner_text() == after
    with page.expect_download() as taken:
        page.get_by_role("link", name="Its workbook").click()
    path = tmp_path / "case.xlsx"
    taken.value.save_as(path)
    book = openpyxl.load_workbook(path)
    formulas = [c.value for s in book.worksheets for row in s.iter_rows() for c in row if str(c.value).startswith("=")]
    assert len(formulas) > 100
    computed, written = recomputed(path), cached(path)
    assert computed["Read me", "B4"] == 1, "the formulas agree with Pledger's own figures"
    apart = [
        place
        for place, value in written.items()
        if computed[place] != value
        and (isinstance(value, str) or not math.isclose(float(computed[place]), value, rel_tol=1e-9, abs_tol=1e-3))
    ]
    assert apart == []
    picture = page.request.get(
        visit.root + str(page.locator("figcaption a", has_text="SVG").first.get_attribute("href"))
    )
    assert picture.ok
    assert picture.text().startswith("<svg")
    assert "Source" in picture.text()


CONTRADICTS = """# A higher ceiling

10 March 2026
By the Quay Gazette

Japan will invest $725 billion in the United States under the investment programme, according to the Finance Ministry.
"""


def test_an_article_that_contradicts_the_ledger(visit: Visit) -> None:
    sign_in(visit)
    page = visit.page
    page.get_by_role("link", name="Add articles").click()
    held = visit.go("/conflicts.json").evaluate("document.body.innerText")
    known = {conflict["id"] for conflict in json.loads(held)["conflicts"]}
    page = visit.go("/upload")
    page.get_by_label("Articles").set_input_files(
        {"name": "ceiling.md", "mimeType": "text/markdown", "buffer": CONTRADICTS.encode()}
    )
    page.get_by_role("button", name="Read them").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Articles read")
    against = page.locator("article.conflict", has_text="$725bn")
    expect(against.first).to_be_visible()
    against.first.get_by_role("link").first.click()
    page.wait_for_url(re.compile("/conflict/"))
    assert visit.address.split("/")[-1].partition("?")[0] not in known
    expect(page.locator("mark", has_text="$725 billion").first).to_be_visible()


def test_a_table_is_taken_away(visit: Visit) -> None:
    page = visit.go("/figures?attribute=amount")
    shown = page.locator("tbody tr").count()
    links = {a.inner_text(): visit.root + str(a.get_attribute("href")) for a in page.locator(".take a").all()}
    told = page.request.get(links["JSON"])
    assert len(told.json()["figures"]) == shown
    rows = list(csv.reader(io.StringIO(page.request.get(links["CSV"]).body().decode("utf-8-sig"))))
    assert len(rows) == shown + 1
    book = openpyxl.load_workbook(io.BytesIO(page.request.get(links["XLSX"]).body()))
    assert book["Figures"].max_row == shown + 1
    assert "Source" in book.sheetnames
    page.locator("td a.figure").first.click()
    page.wait_for_url(re.compile("/figure/"))
    cited = page.locator("pre.cite").inner_text()
    assert cited.startswith("@misc{pledger-")
    address = re.search(r"\\url\{([^}]+)\}", cited)
    assert address is not None
    value = page.get_by_role("heading", level=1).inner_text()
    assert visit.go(address.group(1).replace("\\", "")).get_by_role("heading", level=1).inner_text() == value
