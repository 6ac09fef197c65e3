"""Web pages and feeds: the article, and what the page states of itself."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from pledger import documents
from pledger.model import Document, Problem

FIRST = (
    "The development bank agreed on Monday to lend two billion crowns to the builders of a deep water port "
    "in the north."
)
SECOND = (
    "The money comes in four parts over six years, and each part needs the consent of the finance committee, it said."
)
DAY = dt.date(2026, 3, 3)


def page(head: str = "", body: str = "", attributes: str = "") -> str:
    return (
        f"<!doctype html><html {attributes}><head>{head}</head><body><nav><a href='/'>Front page</a><a "
        f"href='/w'>World</a></nav>"
        f"<article><h1>The port gets its loan</h1><p>{FIRST}</p><p>{SECOND}</p>{body}</article>"
        "<aside><p>Sponsored</p><p>Buy our shoes today</p></aside><footer><p>© 2019 "
        "Somebody</p></footer><script>alert(1)</script></body></html>"
    )


def load(path: Path, data: bytes | str) -> tuple[list[Document], list[Problem]]:
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return documents.load(str(path))


def test_the_article_without_the_page_around_it(tmp_path: Path) -> None:
    [document], problems = load(tmp_path / "a.html", page(attributes="lang='en-GB'"))
    assert problems == []
    assert FIRST in document.text
    assert SECOND in document.text
    assert not any(words in document.text for words in ("Front page", "shoes", "alert", "2019"))
    assert (document.title, document.language, document.notices) == ("The port gets its loan", "en", ())


def test_meta_tags(tmp_path: Path) -> None:
    head = (
        '<title>The port gets its loan | Acme Post</title><meta property="og:site_name" content="Acme Post">'
        '<meta property="article:published_time" content="2026-03-03T23:30:00-05:00">'
        '<meta property="article:modified_time" content="2026-04-04"><link rel="canonical" '
        'href="https://post.example/port">'
    )
    [document], _ = load(tmp_path / "a.html", page(head))
    assert (document.publisher, document.reported_on, document.url) == ("Acme Post", DAY, "https://post.example/port")


@pytest.mark.parametrize("wrapped", [False, True])
def test_linked_data(tmp_path: Path, wrapped: bool) -> None:
    node = {
        "@type": ["NewsArticle"], "headline": "A loan for the port", "datePublished": "2026-03-03",
        "publisher": {"@type": "Organization", "name": "Acme Post"},
        "mainEntityOfPage": {"@id": "https://post.example/port"},
    }  # fmt: skip
    data = {"@graph": [{"@type": "Person", "name": "A. Writer"}, node]} if wrapped else node
    script = (
        f'<script type="application/ld+json">{json.dumps(data)}</script><script '
        f'type="application/ld+json">{{broken</script>'
    )
    [document], _ = load(tmp_path / "a.html", page(script))
    assert (document.title, document.publisher, document.reported_on, document.url) == (
        "A loan for the port", "Acme Post", DAY, "https://post.example/port",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<link rel="canonical" href="https://post.example/2026/03/03/port">', ""),
        ("", '<p class="meta">Published <time datetime="2026-03-03">3 March</time></p>'),
        ('<meta name="date" content="3 March 2026">', ""),
    ],
)
def test_other_places_of_the_date(tmp_path: Path, head: str, body: str) -> None:
    assert load(tmp_path / "a.html", page(head, body))[0][0].reported_on == DAY


def test_the_year_of_the_copyright_is_no_date(tmp_path: Path) -> None:
    assert load(tmp_path / "a.html", page())[0][0].reported_on is None


def test_a_short_digest_is_read_by_its_own_paragraphs(tmp_path: Path) -> None:
    html = "<html><body><nav>Home</nav><article><h1>Port</h1><p>The bank lends $2bn.</p></article></body></html>"
    [document], _ = load(tmp_path / "a.html", html)
    assert "The bank lends $2bn." in document.text


def test_a_notice_in_the_foot_of_the_page_is_seen(tmp_path: Path) -> None:
    html = page().replace("© 2019 Somebody", "This article was translated by AI.")
    assert load(tmp_path / "a.html", html)[0][0].notices == ("ai-generated",)


def test_a_web_page_named_txt_is_a_web_page(tmp_path: Path) -> None:
    assert "<p>" not in load(tmp_path / "a.txt", page())[0][0].text


@pytest.mark.parametrize("encoding", ["shift_jis", "euc-jp", "utf-16"])
def test_the_encoding_that_the_page_declares(tmp_path: Path, encoding: str) -> None:
    words = (
        "開発銀行は月曜日、深水港の建設会社に二十億クローネを融資することで合意した。資金は四回に分けて支払われる。" * 3
    )
    html = (
        f'<html lang="ja"><head><meta charset="{encoding}"><title>港に融資'
        f"</title></head><body><article><p>{words}</p></article></body></html>"
    )
    [document], _ = load(tmp_path / "a.html", html.encode(encoding))
    assert words in document.text
    assert document.language == "ja"


@pytest.mark.parametrize(
    "html",
    [
        "<html><body></body></html>",
        "<html><body><script>var a=1</script></body></html>",
        "<html>" + "<div>" * 5_000 + "words",
        "<html" + "<" * 5_000,
        "just words, no markup <",
        "<html><body><img src='data:image/png;base64," + "A" * 10_000 + "'></body></html>",
    ],
)
def test_pages_without_an_article(tmp_path: Path, html: str) -> None:
    found, problems = load(tmp_path / "a.html", html)
    assert bool(found) != bool(problems)
    assert all(problem.mend.endswith(".") for problem in problems)


RSS = """<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel>
<title>Acme Post: ports</title><language>en-us</language>
<item><title>One &amp; only</title><link>https://post.example/1</link><pubDate>Tue, 03 Mar 2026 09:00:00 GMT</pubDate>
<description>Short.</description>
<content:encoded><![CDATA[<p>The bank lends <b>two</b> billion.</p><p>It said so.</p>]]></content:encoded></item>
<item><title>Another port</title><dc:source>Other Times</dc:source>
<description>A second bank lends too.</description></item>
<item><link>https://post.example/3</link></item>
</channel></rss>"""


def test_every_item_of_a_feed_is_a_document(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    [one, two], [problem] = load(path, RSS)
    assert (one.path, two.path, problem.where) == (f"{path}#1", f"{path}#2", f"{path}#3")
    assert one.text == "The bank lends two billion.\nIt said so."
    assert (one.title, one.publisher, one.url, one.reported_on) == (
        "One & only",
        "Acme Post: ports",
        "https://post.example/1",
        DAY,
    )
    assert (two.publisher, two.text, two.reported_on) == ("Other Times", "A second bank lends too.", None)
    assert one.id != two.id


def test_an_item_keeps_its_id_in_another_copy_of_the_feed(tmp_path: Path) -> None:
    items = RSS.replace("Another port", "Yet another port")
    assert load(tmp_path / "a.xml", RSS)[0][0].id == load(tmp_path / "b.rss", items)[0][0].id


def test_atom(tmp_path: Path) -> None:
    atom = (
        '<feed xmlns="http://www.w3.org/2005/Atom" '
        'xml:lang="de"><title>Hafenblatt</title><entry><id>urn:1</id><title>Kredit</title>'
        '<link href="https://blatt.example/1"/><published>2026-03-03T08:00:00Z</published><summary>Die Bank '
        "leiht Geld.</summary></entry></feed>"
    )
    [document], problems = load(tmp_path / "f.atom", atom)
    assert problems == []
    assert (document.publisher, document.reported_on, document.text) == ("Hafenblatt", DAY, "Die Bank leiht Geld.")


@pytest.mark.parametrize(
    ("feed", "what"),
    [
        (
            '<!DOCTYPE r [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>',
            "Feed refused",
        ),
        ('<!DOCTYPE r SYSTEM "file:///etc/passwd" [ ]><rss><channel/></rss>', "Feed refused"),
        ("<rss><channel><title>Empty feed</title></channel></rss>", "Feed without items"),
        ("<rss>" + "<a>" * 3_000, "Feed too large"),
        ("<inventory><thing>words</thing></inventory>", "Not a feed"),
    ],
)
def test_feeds_that_cannot_be_read(tmp_path: Path, feed: str, what: str) -> None:
    found, [problem] = load(tmp_path / "feed.xml", feed)
    assert found == []
    assert problem.what == what
    assert problem.mend.endswith(".")


@pytest.mark.parametrize(
    ("body", "day"),
    [
        ('<p class="byline">By A. Writer, 3 March 2026</p>', DAY),
        ('<span class="post-date">March 3, 2026</span>', DAY),
        ('<div id="pubtime">公開日：2026年3月3日</div>', DAY),
        ('<abbr class="published" title="2026-03-03T09:00:00Z">Tuesday</abbr>', DAY),
        ('<p class="lead">The bank agreed on 3 March 2026 to lend.</p>', None),
        ('<footer><p class="date">3 March 2026</p></footer>', None),
    ],
)
def test_the_date_that_a_page_shows(tmp_path: Path, body: str, day: dt.date | None) -> None:
    assert load(tmp_path / "a.html", page(body=body))[0][0].reported_on == day
