"""The report as a file: one page, safe, every figure leads to its sentences."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise
from pathlib import Path

import pytest

from pledger.ledger import Ledger
from pledger.model import Problem
from pledger.views.report import write_report

from .sample import Sample, ledger, sample

HOSTILE = '<script>document.title="run"</script><img src=x onerror="document.title=1">[bold]'


class Page(HTMLParser):
    """The tags of a page with their attributes, and its ids."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.feed(html)
        self.ids = [a["id"] for _, a in self.tags if "id" in a]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {k: v or "" for k, v in attrs}))


@pytest.fixture(scope="module", params=["sample", "corpus"])
def written(
    request: pytest.FixtureRequest, corpus_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Ledger, list[str], str]:
    held = ledger() if request.param == "sample" else corpus_ledger
    path = tmp_path_factory.mktemp("report") / "deeper" / "report.html"
    shown = write_report(held, path, problems=[Problem("unreadable", "a.pdf", "broken", "Fetch it again.")])
    return held, shown, path.read_text(encoding="utf-8")


def test_every_figure_shown_leads_to_its_evidence_and_can_be_asked_why(written: tuple[Ledger, list[str], str]) -> None:
    held, shown, html = written
    page = Page(html)
    linked = {a["data-figure"] for _, a in page.tags if "data-figure" in a}
    assert set(shown) == linked
    assert len(shown) == len(set(shown)) > 0
    for figure in shown:
        answer = held.why(figure)
        assert answer is not None
        assert answer.evidence
        assert f"f-{figure}" in page.ids
    targets = [a["href"][1:] for tag, a in page.tags if tag == "a" and a.get("href", "").startswith("#")]
    assert set(targets) <= set(page.ids)
    assert len(page.ids) == len(set(page.ids))


def test_every_link_of_a_figure_is_a_link_to_its_own_evidence(written: tuple[Ledger, list[str], str]) -> None:
    for tag, attributes in Page(written[2]).tags:
        if "data-figure" in attributes:
            assert tag == "a"
            assert attributes["href"] == f"#f-{attributes['data-figure']}"


def test_each_piece_of_evidence_shows_the_words_marked_in_their_sentence(
    written: tuple[Ledger, list[str], str],
) -> None:
    _, shown, html = written
    assert html.count("<mark>") >= len(shown)
    assert "<mark></mark>" not in html


def test_the_page_needs_nothing_from_outside_and_runs_nothing(written: tuple[Ledger, list[str], str]) -> None:
    html = written[2]
    page = Page(html)
    policy = next(
        a["content"] for t, a in page.tags if t == "meta" and a.get("http-equiv") == "Content-Security-Policy"
    )
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert {tag for tag, _ in page.tags}.isdisjoint(
        {"script", "link", "iframe", "object", "embed", "form", "image", "base"}
    )
    assert not any(key.startswith("on") or key in ("src", "srcset", "action") for _, a in page.tags for key in a)
    assert "@import" not in html
    assert "url(" not in html
    for tag, attributes in page.tags:
        if not attributes.get("href", "#").startswith("#"):
            assert tag == "a"
            assert re.match(r"https?://", attributes["href"])
            assert attributes["rel"] == "noopener noreferrer"


def test_the_page_can_be_walked_by_ear_and_by_keyboard(written: tuple[Ledger, list[str], str]) -> None:
    page = Page(written[2])
    tags = [tag for tag, _ in page.tags]
    assert [tags.count(t) for t in ("main", "header", "footer", "nav", "h1")] == [1] * 5
    levels = [int(t[1]) for t in tags if re.fullmatch("h[1-6]", t)]
    assert all(after - before <= 1 for before, after in pairwise(levels))
    assert tags.count("caption") == tags.count("table")
    for tag, attributes in page.tags:
        if tag == "svg":
            assert attributes.get("aria-hidden") == "true" or attributes["aria-labelledby"].split()[0] in page.ids
    assert any(t == "html" and a.get("lang") == "en" for t, a in page.tags)


def test_the_headline_and_the_ladder_are_made_from_the_figures(tmp_path: Path) -> None:
    write_report(ledger(), tmp_path / "a.html")
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    heading = re.search(r"<h1>(.*?)</h1>", html, re.DOTALL)
    assert heading is not None
    assert (
        re.sub("<[^>]+>", "", heading[1])
        == "Of $550bn that Japan pledged, $33bn is reported as committed, and nothing as drawn"
    )
    assert "not reported</text>" in html
    assert "from $35.7bn to $92.7bn</b>, named in projects: Gas-fired power plant" in html
    assert "a factor of ten was lost on the way" in html
    assert "Replaced by newer reports" in html


def hostile() -> Sample:
    """The sample with words in every field that would run, were they let."""
    made = sample()
    made.held_documents = [
        replace(
            d,
            publisher=HOSTILE,
            title=HOSTILE,
            url="javascript:document.title='run'",
            path=HOSTILE,
            notices=(HOSTILE,),
            language='en" onload="x',
        )
        for d in made.held_documents
    ]
    entity = {e.id: replace(e, name=HOSTILE, aliases=(HOSTILE,)) for e in made.held_entities}
    made.held_entities = list(entity.values())
    made.held_figures = [
        replace(f, entity=entity[f.entity.id], qualifier=f.qualifier and f"{f.qualifier}: {HOSTILE}")
        for f in made.held_figures
    ]
    made.held_conflicts = [
        replace(c, entity=entity[c.entity.id], explanation=HOSTILE, reference=HOSTILE) for c in made.held_conflicts
    ]
    return made


def test_hostile_articles_are_only_words(tmp_path: Path) -> None:
    from typing import cast

    write_report(cast("Ledger", hostile()), tmp_path / "a.html", problems=[Problem(HOSTILE, HOSTILE, HOSTILE, HOSTILE)])
    html = (tmp_path / "a.html").read_text(encoding="utf-8")
    page = Page(html)
    assert {tag for tag, _ in page.tags}.isdisjoint({"script", "img"})
    assert not any(key.startswith("on") for _, a in page.tags for key in a)
    assert "javascript:" not in html
    assert "&lt;script&gt;" in html


def test_a_report_on_an_empty_ledger_is_a_page_too(tmp_path: Path) -> None:
    from pledger import ledger as real

    assert write_report(real.open(str(tmp_path / "a.db")), tmp_path / "a.html") == []
    assert "0 figures from 0 documents" in (tmp_path / "a.html").read_text(encoding="utf-8")


def test_two_reports_on_one_ledger_are_the_same_bytes(tmp_path: Path) -> None:
    for name in "ab":
        write_report(ledger(), tmp_path / name)
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_evidence_that_is_gone_is_said_and_breaks_nothing(tmp_path: Path) -> None:
    from typing import cast

    made = sample()
    made.held_claims.clear()
    write_report(cast("Ledger", made), tmp_path / "a.html")
    assert "No sentence found" in (tmp_path / "a.html").read_text(encoding="utf-8")
