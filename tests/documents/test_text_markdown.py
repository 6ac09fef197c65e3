"""Plain text stays as it stands; front matter says what is below it."""

from __future__ import annotations

import datetime as dt
import hashlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from pledger import documents
from pledger.model import Document, Problem

ARTICLE = (
    "The fund lends two billion crowns to the port.\r\n\r\nIts board met on Monday.\n\n  A last line, indented. \n"
)


def load(path: Path, data: bytes | str) -> tuple[list[Document], list[Problem]]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return documents.load(str(path))


def test_a_text_stays_exactly_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    [document], problems = load(path, b"\xef\xbb\xbf" + ARTICLE.encode())
    assert problems == []
    assert document.text == ARTICLE
    assert document.path == str(path)
    assert document.id == hashlib.sha256(path.read_bytes()).hexdigest()
    assert document.language == "en"
    assert document.echo_of is None


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(
    st.text(
        st.characters(exclude_categories=["Cs", "Cc", "Co", "Cn"], include_characters="\n\r\t"),
        min_size=1,
        max_size=200,
    )
)
def test_the_text_round_trips(tmp_path: Path, text: str) -> None:
    assume(
        any(c.isalnum() for c in text) and not text.startswith(("---", "<", "\ufeff", "%PDF", "PK", "{\\rtf", "BZh9"))
    )
    assume("\ufffd" not in text)
    [document], _ = load(tmp_path / "a.txt", text)
    assert document.text == text


def test_the_day_given_by_the_reader_counts_where_the_text_has_none(tmp_path: Path) -> None:
    path, day = tmp_path / "a.txt", dt.date(2026, 5, 4)
    path.write_text(ARTICLE)
    assert documents.load(str(path), reported_on=day)[0][0].reported_on == day
    path.write_text("A headline of four words\n3 March 2026\n\n" + ARTICLE)
    assert documents.load(str(path), reported_on=day)[0][0].reported_on == dt.date(2026, 3, 3)


@pytest.mark.parametrize("suffix", [".md", ".txt", ".markdown", ""])
def test_front_matter(tmp_path: Path, suffix: str) -> None:
    head = (
        "---\ntitle: 'The port: a loan'\npublisher: Acme Post\nurl: https://post.example/1\nreported_on: 2026-03-03\n"
        "lang: de-CH\nnot_ours: [1, 2]\n---\n"
    )
    [document], problems = load(tmp_path / f"a{suffix}", head + "\n" + ARTICLE)
    assert problems == []
    assert document.text == "\n" + ARTICLE
    assert (document.title, document.publisher, document.url) == (
        "The port: a loan",
        "Acme Post",
        "https://post.example/1",
    )
    assert (document.reported_on, document.language) == (dt.date(2026, 3, 3), "de")


@pytest.mark.parametrize(
    ("line", "day"),
    [
        ("date: 2026-03-03T10:00:00Z", dt.date(2026, 3, 3)),
        ("published: March 3, 2026", dt.date(2026, 3, 3)),
        ("published: 2026年3月3日", dt.date(2026, 3, 3)),
        ("date: 20260303", dt.date(2026, 3, 3)),
        ("title: none here", None),
    ],
)
def test_dates_in_front_matter(tmp_path: Path, line: str, day: dt.date | None) -> None:
    [document], problems = load(tmp_path / "a.md", f"---\n{line}\n---\n{ARTICLE}")
    assert problems == []
    assert document.reported_on == day


@pytest.mark.parametrize(
    "matter",
    [
        "title: a: b: c",
        "title: [unclosed",
        "- a\n- title: list",
        "date: 2026-02-31",
        "date: next week",
        "a: " + "[" * 50,
        "title: *nothing",
    ],
)
def test_a_broken_front_matter_is_a_problem_and_the_article_is_read(tmp_path: Path, matter: str) -> None:
    [document], [problem] = load(tmp_path / "a.md", f"---\nx: 1\n{matter}\n---\n{ARTICLE}")
    assert document.text == ARTICLE
    assert "not understood" in problem.what
    assert problem.mend


def test_a_ruled_line_is_no_front_matter(tmp_path: Path) -> None:
    text = "---\n\nThe fund lends.\n\n---\n\nIt does.\n"
    assert load(tmp_path / "a.md", text)[0][0].text == text


def test_a_link_that_is_no_web_address_is_dropped(tmp_path: Path) -> None:
    [document], _ = load(tmp_path / "a.md", f"---\nurl: javascript:alert(1)\n---\n{ARTICLE}")
    assert document.url is None


def test_the_first_heading_is_the_title(tmp_path: Path) -> None:
    [document], _ = load(tmp_path / "a.md", f"Some lead words\n\n# The port gets its loan\n\n{ARTICLE}")
    assert document.title == "The port gets its loan"
