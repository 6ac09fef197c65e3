"""PDFs made in the test: paragraphs, broken words, what it says of itself, and everything that can be wrong."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from fpdf import FPDF
from fpdf.enums import AccessPermission

from pledger import documents
from pledger.documents import paragraphs, pdf
from pledger.documents.paragraphs import Line
from pledger.model import Document, Problem

FIRST = (
    "The development bank agreed on Monday to lend two billion crowns to the builders of a deep water port in "
    "the north of the "
    "country, and its supervisors will visit the place every year until the loan has been repaid in full."
)
SECOND = (
    "A first pier should take ships within three summers. Neighbouring towns want a railway before they "
    "agree to the noise at all."
)


def made(*, title: str | None = None, head: str = "", pages: int = 1, width: float = 90) -> FPDF:
    document = FPDF()
    document.set_creation_date(dt.datetime(2026, 3, 5, tzinfo=dt.UTC))
    if title:
        document.set_title(title)
    for number in range(pages):
        document.add_page()
        if head and number == 0:
            document.set_font("helvetica", size=8)
            document.multi_cell(0, 5, head, new_x="LMARGIN", new_y="NEXT")
        document.set_font("helvetica", "B", 16)
        document.multi_cell(0, 9, "The port gets its loan", new_x="LMARGIN", new_y="NEXT")
        document.set_font("helvetica", size=11)
        document.multi_cell(width, 6, FIRST, new_x="LMARGIN", new_y="NEXT")
        document.multi_cell(width, 6, SECOND, new_x="LMARGIN", new_y="NEXT")
        document.cell(0, 6, f"{number + 1} / {pages}", new_x="LMARGIN", new_y="NEXT")
    return document


def load(path: Path, data: bytes) -> tuple[list[Document], list[Problem]]:
    path.write_bytes(data)
    return documents.load(str(path))


def test_lines_become_paragraphs_again(tmp_path: Path) -> None:
    [document], problems = load(tmp_path / "a.pdf", bytes(made().output()))
    assert problems == []
    assert document.text == f"The port gets its loan\n{FIRST}\n{SECOND}"


def test_what_it_says_of_itself(tmp_path: Path) -> None:
    head = "Published 3 March 2026 by Acme Post, https://post.example/port"
    [document], _ = load(tmp_path / "a.pdf", bytes(made(title="A loan for the port", head=head).output()))
    assert (document.title, document.publisher, document.url) == (
        "A loan for the port",
        "Acme Post",
        "https://post.example/port",
    )
    assert document.reported_on == dt.date(2026, 3, 3)


def test_the_day_it_was_made_and_its_headline_stand_in(tmp_path: Path) -> None:
    [document], _ = load(tmp_path / "a.pdf", bytes(made(title="Microsoft Word - draft3.docx").output()))
    assert (document.title, document.reported_on) == ("The port gets its loan", dt.date(2026, 3, 5))


def test_a_pdf_is_known_by_its_content(tmp_path: Path) -> None:
    assert load(tmp_path / "a.txt", bytes(made().output()))[0][0].text.startswith("The port")


@pytest.mark.parametrize(
    ("lines", "text"),
    [
        (["a great deal of invest-", "ment in ports"], "a great deal of investment in ports"),
        (["they signed a long-", "term contract here"], "they signed a long-term contract here"),
        (["a coal-to-gas plant and a coal-", "to-gas fund here"], "a coal-to-gas plant and a coal-to-gas fund here"),
        (["the accord between U.S.-", "Japan negotiators was"], "the accord between U.S.-Japan negotiators was"),
        (["a very soft hy\xad", "phen in this line"], "a very soft hyphen in this line"),
        (
            ["開発銀行は月曜日、深水港の建設会社に", "二十億クローネを融資する。"],
            "開発銀行は月曜日、深水港の建設会社に二十億クローネを融資する。",
        ),
        (["The plan has two points:", "• a pier that ships can use", "• a railway to the next town"], None),
    ],
)
def test_words_broken_at_line_ends(lines: list[str], text: str | None) -> None:
    found = paragraphs.joined([[Line(line, 11.0) for line in lines]])
    assert found == ("\n".join(lines) if text is None else text)


def test_running_heads_and_page_numbers_go_and_pages_run_on() -> None:
    pages = [
        [Line("ACME POST 3 March", 8), Line("The bank agreed to lend money to the", 11), Line("- 1 -", 8)],
        [Line("ACME POST 3 March", 8), Line("builders of a port in the north.", 11), Line("- 2 -", 8)],
        [Line("ACME POST 3 March", 8), Line("It will be repaid.", 11), Line("Page 3 of 3", 8)],
    ]
    assert (
        paragraphs.joined(pages)
        == "The bank agreed to lend money to the builders of a port in the north.\n\nIt will be repaid."
    )


def test_joining_takes_time_in_proportion() -> None:
    page = [Line("words of a paragraph that never comes to its end and", 11)] * 40_000
    assert len(paragraphs.joined([page])) > 2_000_000


def problem_of(path: Path, data: bytes) -> Problem:
    found, [problem] = load(path, data)
    assert found == []
    assert problem.where == str(path)
    assert problem.mend.endswith(".")
    return problem


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_truncated_pdf(tmp_path: Path, share: float) -> None:
    data = bytes(made(pages=3).output())
    assert problem_of(tmp_path / "a.pdf", data[: int(share * len(data))]).what == "PDF cut off"


def test_a_garbled_pdf(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "a.pdf", b"%PDF-1.7\n" + b"garbage " * 200 + b"\n%%EOF").what == "PDF damaged"


def test_a_locked_pdf(tmp_path: Path) -> None:
    document = made()
    document.set_encryption(owner_password="o", user_password="u", permissions=AccessPermission.none())  # noqa: S106
    assert problem_of(tmp_path / "a.pdf", bytes(document.output())).what == "PDF locked"


def test_a_scan(tmp_path: Path) -> None:
    document = FPDF()
    document.add_page()
    document.rect(10, 10, 50, 50)
    problem = problem_of(tmp_path / "a.pdf", bytes(document.output()))
    assert problem.what == "PDF without text"
    assert "OCR" in problem.mend


def test_too_many_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_PAGES", 2)
    assert problem_of(tmp_path / "a.pdf", bytes(made(pages=3).output())).what == "PDF too long"


def test_too_much_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CHARACTERS", 500)
    assert problem_of(tmp_path / "a.pdf", bytes(made(pages=3).output())).what == "PDF too long"


def test_too_slow(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_SECONDS", -1.0)
    assert problem_of(tmp_path / "a.pdf", bytes(made().output())).what == "PDF too complex"


def test_a_bomb(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "MOST_CONTENT", 1_000)
    document = made()
    for _ in range(500):
        document.text(10, 10, "words and words")
    assert problem_of(tmp_path / "a.pdf", bytes(document.output())).what == "PDF too large inside"


def test_text_named_pdf(tmp_path: Path) -> None:
    assert problem_of(tmp_path / "a.pdf", b"The bank lends.").what == "Not a PDF"
