"""What a web page states of itself: title, publisher, address, day of publication, language.

From JSON-LD, meta tags, `<time>`, its address and what it shows as its date, in a tree that was parsed once.
"""

from __future__ import annotations

import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pledger.documents.dateline import dateline, parse_date
from pledger.documents.language import language_code
from pledger.documents.parsed import one_line, web_address

__all__ = ["PageFacts", "page_facts"]

LONGEST_JSON = 500_000
"""Characters of JSON-LD that are parsed; publishers need some five thousand."""

DATE_KEYS = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date.issued", "dc.date",
    "dcterms.date", "dcterms.created", "parsely-pub-date", "pubdate", "publishdate", "publish-date",
    "publication_date",
    "article.published", "sailthru.date", "citation_publication_date",
)  # fmt: skip
"""Meta tags that hold the day of publication, most used first."""
LONGEST_SHOWN = 120
"""Characters of an element that shows the day: "Published 3 March 2026, 9.15 a.m., by A. Writer and B. Writer"."""
MOST_INSIDE = 8
"""Elements directly inside one that shows the day."""
MOST_DAYS = 2
"""Different days that may be shown: published and updated. With more the page is a list of articles."""

_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:[/_-]|\Z)")
_DATE_CUE = re.compile(
    r"date|datum|meta|time|publish|byline|posted|submitted|publication|parution|fecha|info|dateline|article-head",
    re.IGNORECASE,
)
_SHOWING = frozenset({
    "abbr", "span", "p", "div", "li", "b", "strong", "em", "i", "small", "h4", "h5", "h6", "dd",
})  # fmt: skip
_ELSEWHERE = frozenset({"aside", "nav", "footer"})
_LISTED = _ELSEWHERE | {"li", "table"}
_OWN = frozenset({"article", "header", "main"})
_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "Report", "PressRelease",
    "WebPage",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class PageFacts:
    """What was found; None where the page does not say."""

    title: str | None
    publisher: str | None
    url: str | None
    reported_on: dt.date | None
    language: str | None


def page_facts(tree: Any) -> PageFacts:
    """What the tree of a page (lxml's) says of itself; the tree is not changed."""
    meta, linked = _meta(tree), list(_linked_data(tree))
    url = _url(tree, meta, linked)
    return PageFacts(
        _title(tree, meta, linked),
        _publisher(meta, linked),
        url,
        _day(tree, meta, linked, url),
        language_code(meta.get("html lang") or meta.get("og:locale") or meta.get("content-language")),
    )


def _meta(tree: Any) -> dict[str, str]:
    """Meta tags by name, property or itemprop in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = tag.get("content")
        if not content or not (words := content.strip()):
            continue
        for key in ("property", "name", "itemprop", "http-equiv"):
            if name := tag.get(key):
                found.setdefault(name.strip().lower(), words)
    language = tree.get("lang") or tree.get("{http://www.w3.org/XML/1998/namespace}lang") or tree.get("xml:lang")
    if language:
        found["html lang"] = language
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """The JSON-LD objects of a page that describe an article."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "").lower():
            continue
        words = (script.text or "").strip()
        if not words or len(words) > LONGEST_JSON:
            continue
        try:
            data = json.loads(words, strict=False)
        except (ValueError, RecursionError):
            continue  # pages carry broken JSON-LD; the meta tags say the same
        items = data if isinstance(data, list) else [data]
        for item in items[:50]:
            graph = item.get("@graph") if isinstance(item, dict) else None
            for node in graph[:50] if isinstance(graph, list) else [item]:
                kinds = node.get("@type") if isinstance(node, dict) else None
                if set(kinds if isinstance(kinds, list) else [kinds]) & _ARTICLES:
                    yield node


def _title(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for node in linked:
        if title := one_line(node.get("headline")):
            return title
    for key in ("og:title", "twitter:title", "dc.title", "citation_title", "headline", "title"):
        if title := one_line(meta.get(key)):
            return title
    headings = [h for h in tree.iter("h1") if h.text_content().strip()]
    if len(headings) == 1:
        return one_line(headings[0].text_content())
    title = one_line(next((t.text_content() for t in tree.iter("title")), None))
    # "Headline | Acme News": only a bar is surely no part of the headline
    return re.split(r"\s[|｜]\s", title)[0] if title else None


def _publisher(meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for node in linked:
        publisher = node.get("publisher")
        for item in publisher if isinstance(publisher, list) else [publisher]:
            if name := one_line(item.get("name") if isinstance(item, dict) else item):
                return name
    for key in ("og:site_name", "citation_publisher", "dc.publisher", "publisher", "application-name", "copyright"):
        name = one_line(meta.get(key))
        if name and len(name) <= 80 and not name.startswith("http"):
            return name
    return None


def _url(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str | None:
    for link in tree.iter("link"):
        if "canonical" in (link.get("rel") or "").lower().split() and (url := web_address(link.get("href"))):
            return url
    if url := web_address(meta.get("og:url")):
        return url
    for node in linked:
        page = node.get("mainEntityOfPage")
        for item in (node.get("url"), page.get("@id") if isinstance(page, dict) else page):
            if url := web_address(item):
                return url
    return None


def _day(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]], url: str | None) -> dt.date | None:
    """The day of publication: stated to machines, else shown as a time, else in the address, else as trafilatura
    finds it."""
    times = (time.get("datetime") or time.text_content() for time in tree.iter("time") if _of_article(time))
    stated: Iterator[object] = itertools.chain(
        (node.get("datePublished") or node.get("dateCreated") for node in linked),
        (meta.get(key) for key in DATE_KEYS),
        itertools.islice(times, 3),  # looked for only where nothing is stated to machines
    )
    for words in stated:
        day = parse_date(words) if isinstance(words, str) else None
        if day:
            return day
    if url and (match := _ADDRESS_DATE.search(url)):
        return parse_date("-".join(match.groups()))
    return _shown_day(tree)


def _shown_day(tree: Any) -> dt.date | None:
    """The day in the first element whose class, id or itemprop says that it holds one, such as `<p class="byline">`.

    Where such elements outside lists and margins show more than a few different days, the page lists several articles.
    """
    found: list[dt.date] = []
    for element in tree.iter(*_SHOWING):
        if not element.keys():  # most have no attributes, and this is the cheapest question
            continue
        cues = "".join(filter(None, (element.get("class"), element.get("id"), element.get("itemprop"))))
        if not cues or element is tree or not _DATE_CUE.search(cues) or len(element) > MOST_INSIDE:
            continue
        words = element.get("title") if element.tag == "abbr" else element.text_content()
        words = " ".join((words or "")[: 4 * LONGEST_SHOWN].split())
        if not words or len(words) > LONGEST_SHOWN or not any(c.isdigit() for c in words):
            continue
        day = parse_date(words) or dateline(words).reported_on
        if day and not {e.tag for e in element.iterancestors()} & _ELSEWHERE:
            found.append(day)
    return found[0] if 0 < len(set(found)) <= MOST_DAYS else None


def _of_article(time: Any) -> bool:
    """Whether a `<time>` dates the page: marked so, or in the article's head and not in a list of other pieces."""
    if time.get("pubdate") is not None or (time.get("itemprop") or "").lower() == "datepublished":
        return True
    above = {e.tag for e in time.iterancestors()}
    return above.isdisjoint(_LISTED) and not above.isdisjoint(_OWN)
