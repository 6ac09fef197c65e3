"""Mails: newsletters, clippings and what is attached to them."""

from __future__ import annotations

import datetime as dt
from email.message import EmailMessage
from pathlib import Path

import pytest
from fpdf import FPDF

from pledger import documents
from pledger.model import Document, Problem

FIRST = "The development bank agreed on Monday to lend two billion crowns to the builders of a deep water port."
SECOND = "The money comes in four parts over six years, and each part needs the consent of a committee, it said."
DAY = dt.date(2026, 3, 3)


def letter(**headers: str) -> EmailMessage:
    message = EmailMessage()
    usual = {
        "From": "Acme Post <news@post.example>", "To": "reader@home.example", "Subject": "The port gets its loan",
        "Date": "Tue, 03 Mar 2026 23:30:00 -0500", "Message-ID": "<1@post.example>",
    }  # fmt: skip
    for name, value in (usual | {name.replace("_", "-"): value for name, value in headers.items()}).items():
        if value:
            message[name] = value
    return message


def load(path: Path, message: EmailMessage | bytes) -> tuple[list[Document], list[Problem]]:
    path.write_bytes(message if isinstance(message, bytes) else message.as_bytes())
    return documents.load(str(path))


def problem_of(path: Path, message: EmailMessage | bytes) -> Problem:
    found, [problem] = load(path, message)
    assert found == []
    assert problem.mend.endswith(".")
    return problem


@pytest.mark.parametrize("name", ["a.eml", "a.txt"])
def test_header_and_body(tmp_path: Path, name: str) -> None:
    message = letter()
    message.set_content(f"{FIRST}\n{SECOND}\n")
    [document], problems = load(tmp_path / name, message)
    assert problems == []
    assert document.text.splitlines() == [FIRST, SECOND]
    assert (document.title, document.publisher, document.reported_on) == ("The port gets its loan", "Acme Post", DAY)


@pytest.mark.parametrize(
    ("headers", "publisher"),
    [
        ({"From": "news@post.example", "List_Id": "Acme Daily <daily.post.example>"}, "Acme Daily"),
        ({"From": "Clipping Service <c@clips.example>", "X_Outlet": "Acme Times"}, "Acme Times"),
        ({"From": '"A. Writer via Acme Post" <list@post.example>'}, "Acme Post"),
        ({"From": "=?utf-8?b?5riv5rm+5paw6IGe?= <n@post.example>"}, "港湾新聞"),
        ({"From": "news@post.example"}, None),
        ({"From": '"news@post.example" <news@post.example>'}, None),
    ],
)
def test_the_outlet_is_a_name_and_never_an_address(
    tmp_path: Path, headers: dict[str, str], publisher: str | None
) -> None:
    message = letter(**headers)
    message.set_content(FIRST)
    assert load(tmp_path / "a.eml", message)[0][0].publisher == publisher


@pytest.mark.parametrize("subject", ["Fwd: RE: A loan", "WG: A loan", "转发：A loan", "Re[2]: A loan"])
def test_a_subject_without_the_marks_of_sending_on(tmp_path: Path, subject: str) -> None:
    message = letter(Subject=subject)
    message.set_content(FIRST)
    assert load(tmp_path / "a.eml", message)[0][0].title == "A loan"


@pytest.mark.parametrize(
    ("charset", "transfer"),
    [("utf-8", "base64"), ("iso-2022-jp", "7bit"), ("shift_jis", "base64"), ("euc-jp", "quoted-printable")],
)
def test_encodings(tmp_path: Path, charset: str, transfer: str) -> None:
    words = "開発銀行は月曜日、深水港の建設会社に二十億クローネを融資することで合意した。"
    message = letter(Subject="港に融資")
    message.set_content(words, charset=charset, cte=transfer)
    [document], _ = load(tmp_path / "a.eml", message)
    assert (document.text.strip(), document.title, document.language) == (words, "港に融資", "ja")


def test_the_plain_part_wins_over_html_unless_it_is_a_stub(tmp_path: Path) -> None:
    html = f"<html><body><h1>Port</h1><p>{FIRST}</p><p>{SECOND}</p><p>{FIRST}</p><p>{SECOND}</p></body></html>"
    whole, stub, alone = letter(), letter(), letter()
    whole.set_content(f"{FIRST}\n{SECOND}\n")
    whole.add_alternative(html, subtype="html")
    stub.set_content("Open this mail in your browser.")
    stub.add_alternative(html, subtype="html")
    alone.set_content(html, subtype="html")
    assert load(tmp_path / "a.eml", whole)[0][0].text.splitlines() == [FIRST, SECOND]
    for message in (stub, alone):
        [document], _ = load(tmp_path / "a.eml", message)
        assert FIRST in document.text
        assert "browser" not in document.text
        assert "<p>" not in document.text


def test_lines_broken_by_the_sender_are_made_whole(tmp_path: Path) -> None:
    wrapped = (
        "The development bank agreed on Monday to lend two billion crowns to the\nbuilders of a deep water port.\n"
    )
    rest = "The money comes in four parts over six years, and each part needs the\nconsent of a committee, it said.\n"
    message = letter()
    message.set_content(f"{wrapped}\n{rest}", cte="7bit")
    assert load(tmp_path / "a.eml", message)[0][0].text.split("\n") == [FIRST, SECOND]
    flowed = letter()
    flowed.set_content(f"{wrapped}\n{rest}".replace("the\n", "the \n"), cte="7bit")
    flowed.replace_header("Content-Type", 'text/plain; charset="utf-8"; format=flowed')
    assert [line for line in load(tmp_path / "b.eml", flowed)[0][0].text.split("\n") if line] == [FIRST, SECOND]


def a_pdf() -> bytes:
    document = FPDF()
    document.add_page()
    document.set_font("helvetica", size=11)
    document.multi_cell(0, 6, FIRST)
    return bytes(document.output())


def test_attachments_do_not_count_beside_a_body(tmp_path: Path) -> None:
    message = letter()
    message.set_content(SECOND)
    message.add_attachment(a_pdf(), maintype="application", subtype="pdf", filename="port.pdf")
    assert load(tmp_path / "a.eml", message)[0][0].text.strip() == SECOND


@pytest.mark.parametrize("kind", ["pdf", "html"])
def test_a_single_attached_article_is_read_where_the_body_is_empty(tmp_path: Path, kind: str) -> None:
    message = letter()
    message.set_content("\n")
    data = a_pdf() if kind == "pdf" else f"<html><body><p>{FIRST}</p></body></html>".encode()
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"port.{kind}")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    [document], _ = load(tmp_path / "a.eml", message)
    assert document.text == FIRST
    assert (document.title, document.reported_on) == ("The port gets its loan", DAY)
    message.add_attachment(data, maintype="application", subtype="octet-stream", filename=f"other.{kind}")
    assert problem_of(tmp_path / "b.eml", message).what == "Mail without text"


HEAD = b"From: a@b.example\nMessage-ID: <1@b.example>\nMIME-Version: 1.0\n"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"The bank lends.", "Not a mail"),
        (HEAD + b"Subject: nothing\n\n", "Mail without text"),
        (HEAD + b"\nwords\n\nFrom b@c.example Tue Mar 3 2026\nFrom: b@c.example\n\nmore", "Not one mail"),
        (HEAD + b"\n" + b"x\n" * 500_001, "Mail too large inside"),
        (HEAD + b'Content-Type: multipart/mixed; boundary="b"\n\n' + b"--b\n\nx\n" * 10_000, "Mail too large inside"),
        (
            HEAD + b"".join(b'Content-Type: multipart/mixed; boundary="%d"\n\n--%d\n' % (i, i) for i in range(500)),
            "Mail too large inside",
        ),
    ],
)
def test_mails_that_cannot_be_read(tmp_path: Path, data: bytes, what: str) -> None:
    assert problem_of(tmp_path / "a.eml", data).what == what


@pytest.mark.parametrize(
    "header",
    [
        b"From: " + b"(" * 50_000,
        b"From: " + b"<a@b.example>," * 50_000,
        b"Subject: " + b"=?utf-8?q?" * 20_000,
        b"Subject: =?nonsense?b?!!!?= words",
        b"Date: Mon, 99 Foo 99999 99:99:99 +9999",
        b"Date: Fri, 31 Dec 9999 23:59:59 -2359",
        b"Content-Type: text/plain; charset=nonsense; name*0*=x''%",
        b"Content-Transfer-Encoding: base65",
        b"List-Id: \xff\xfe\x00",
        b"A" * 500_000 + b": x",
    ],
)
def test_a_broken_header_loses_nothing_but_itself(tmp_path: Path, header: bytes) -> None:
    [document], problems = load(tmp_path / "a.eml", HEAD + header + b"\n\n" + FIRST.encode())
    assert problems == []
    assert document.text == FIRST
    assert document.reported_on is None


def test_a_plain_text_with_labels_is_no_mail(tmp_path: Path) -> None:
    words = f"From: our correspondent\nDate: 3 March 2026\nSubject: ports\n\n{FIRST}"
    assert load(tmp_path / "a.txt", words.encode())[0][0].text == words
