"""Web pages: the article by trafilatura, and what the page states of itself in JSON-LD, meta tags and its address."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from typing import Any

from pledger.documents.dateline import dateline, parse_date
from pledger.documents.language import language_code
from pledger.documents.notices import notices
from pledger.documents.parsed import Parsed, one_line, quiet, unexpected, web_address, without_broken_characters
from pledger.model import Problem

__all__ = ["declared_encoding", "depth", "looks_like_html", "parse", "plain"]

LONGEST = 4_000_000
"""Characters of a page. The longest pages of newspapers have one; what is longer is a data dump, and takes minutes to
parse."""
DEEPEST = 2_000
"""Elements inside one another, as counted from opening and closing tags; pages have some 40, and parsers recurse."""
TOO_LITTLE = 120
"""Characters of text below which the page's own paragraphs are tried instead. Trafilatura is tuned on long articles
and drops digests of a sentence or two; above this length it was right on every page tried."""
LONGEST_JSON = 500_000
"""Characters of JSON-LD that are parsed; publishers need some five thousand."""

DATE_KEYS = (
    "article:published_time", "og:article:published_time", "datepublished", "date", "dc.date.issued", "dc.date",
    "dcterms.date", "dcterms.created", "parsely-pub-date", "pubdate", "publishdate", "publish-date",
    "publication_date",
    "article.published", "sailthru.date", "citation_publication_date",
)  # fmt: skip
"""Meta tags that hold the day of publication, most used first."""

MEND = "Open the page in a browser and save it again, or copy the article into a .txt file."

_HTML = re.compile(r"<(?:!doctype\s{1,9}html|html|head|body)[\s>]", re.IGNORECASE)
_DATA = re.compile(r"data:[a-z]{1,20}/[a-z0-9.+-]{1,60};base64,[A-Za-z0-9+/=\s]*", re.IGNORECASE)
_TAG = re.compile(r"<(/?)([a-z][a-z0-9]{0,20})[^<>]{0,2000}(?<!/)>", re.IGNORECASE)
_VOID = frozenset({
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr",
    "p", "li", "tr", "td", "th", "dt", "dd", "option",
})  # fmt: skip
_CHARSET = re.compile(rb"<meta[^>]{0,200}?charset\s{0,5}=\s{0,5}[\"']?\s{0,5}([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE)
_XML_ENCODING = re.compile(
    rb"\A\s{0,99}<\?xml[^>]{0,200}?encoding\s{0,5}=\s{0,5}[\"']([A-Za-z0-9_:.-]{2,40})", re.IGNORECASE
)
_DECLARATION = re.compile(r"\A\s{0,99}<\?xml[^>]{0,300}\?>")
_ADDRESS_DATE = re.compile(r"/((?:19|20)\d\d)[/-]?([01]\d)[/-]?([0-3]\d)(?:[/_-]|\Z)")
_BLOCKS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "dd", "dt", "figcaption", "pre", "div",
    "section", "article", "tr", "ul", "ol", "br",
})  # fmt: skip
_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "nav", "form", "button", "select", "iframe", "head", "title",
    "aside",
})  # fmt: skip
_ARTICLES = frozenset({
    "Article", "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "BlogPosting", "Report", "PressRelease",
    "WebPage",
})  # fmt: skip


def declared_encoding(data: bytes) -> str | None:
    """The encoding that a page or an XML file states in its first kilobytes; None where it states none."""
    match = _XML_ENCODING.match(data[:512]) or _CHARSET.search(data[:4096])
    return match[1].decode("ascii") if match else None


def looks_like_html(text: str) -> bool:
    """Whether a text of any file name is in fact a web page."""
    head = text[:2048].lstrip("\ufeff \t\r\n")
    return head.startswith("<") and bool(_HTML.search(head))


def parse(page: str, where: str) -> Parsed | Problem:
    """The article of a web page and what the page says of it; a Problem where there is no article to be found."""
    page = _DECLARATION.sub("", _DATA.sub("data:", page))
    if len(page) > LONGEST:
        return Problem(
            "Web page too long", where, f"it has {len(page):,} characters, and {LONGEST:,} is the limit", MEND
        )
    if depth(page) > DEEPEST:
        return Problem("Web page not readable", where, f"it nests more than {DEEPEST:,} elements", MEND)
    try:
        with quiet("trafilatura", "htmldate", "charset_normalizer"):
            return _parse(page, where)
    except Exception as error:  # parsers raise what they do not document; the Problem names it
        return unexpected("Web page not readable", where, error, MEND)


def plain(snippet: str) -> str:
    """The words of a piece of HTML (a feed's description), blocks on lines of their own."""
    if "<" not in snippet and "&" not in snippet:
        return without_broken_characters(snippet.strip())
    import trafilatura

    if depth(snippet) > DEEPEST:
        return ""
    tree = trafilatura.load_html(f"<html><body><div>{without_broken_characters(snippet)}</div></body></html>")
    return _own_text(tree) if tree is not None else ""


def depth(page: str) -> int:
    """How many elements a page or feed has inside one another at most, counted without parsing it."""
    now = deepest = 0
    for tag in _TAG.finditer(page):
        if tag[2].lower() in _VOID:
            continue
        now = max(0, now - 1) if tag[1] else now + 1
        deepest = max(deepest, now)
    return deepest


def _parse(page: str, where: str) -> Parsed | Problem:
    import trafilatura

    tree = trafilatura.load_html(page)
    if tree is None:
        return Problem("Web page not readable", where, "it is not HTML", MEND)
    meta, linked = _meta(tree), list(_linked_data(tree))
    language = language_code(meta.get("html lang") or meta.get("og:locale") or meta.get("content-language"))
    url = _url(tree, meta, linked)
    title, publisher, day = _title(tree, meta, linked), _publisher(meta, linked), _day(tree, meta, linked, url)
    said = notices(_own_text(tree), language or "en", labels=False)
    text = _text(trafilatura.bare_extraction(tree, include_comments=False, include_tables=True))
    if len(text) < TOO_LITTLE:  # extraction has changed the tree: parse again
        own = _article_text(trafilatura.load_html(page))
        text = own if len(own) > len(text) else text
    if not any(c.isalnum() for c in text):
        return Problem("No article found", where, "the page has no running text (it may load it with scripts)", MEND)
    shown = dateline(text)
    return Parsed(
        text,
        title or shown.title,
        publisher or shown.publisher,
        url or shown.url,
        day or shown.reported_on,
        language,
        said,
    )


def _text(found: Any) -> str:
    return without_broken_characters(str(getattr(found, "text", None) or "")).strip()


def _meta(tree: Any) -> dict[str, str]:
    """Meta tags by name, property or itemprop in lower case; the first of a name counts."""
    found: dict[str, str] = {}
    for tag in tree.iter("meta"):
        content = tag.get("content")
        for key in ("property", "name", "itemprop", "http-equiv"):
            if content and content.strip() and tag.get(key):
                found.setdefault(tag.get(key).strip().lower(), content.strip())
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
    stated: list[object] = [node.get("datePublished") or node.get("dateCreated") for node in linked]
    stated += [meta.get(key) for key in DATE_KEYS]
    stated += [time.get("datetime") or time.text_content() for time in tree.iter("time") if _of_article(time)][:3]
    for words in stated:
        day = parse_date(words) if isinstance(words, str) else None
        if day:
            return day
    if url and (match := _ADDRESS_DATE.search(url)):
        return parse_date("-".join(match.groups()))
    from trafilatura.metadata import extract_metadata

    # not the extensive search, which takes any date of the page, such as the year of its copyright
    return parse_date(extract_metadata(tree, extensive=False).date or "")


def _of_article(time: Any) -> bool:
    """Whether a `<time>` dates the page: marked so, or in the article's head and not in a list of other pieces."""
    if time.get("pubdate") is not None or (time.get("itemprop") or "").lower() == "datepublished":
        return True
    above = [e.tag for e in time.iterancestors()]
    return not {"aside", "nav", "footer", "li", "table"} & set(above) and (
        "article" in above or "header" in above or "main" in above
    )


def _article_text(tree: Any) -> str:
    """The text of the page's article, main or body without navigation: for pages too short for trafilatura."""
    for name in ("article", "main", "body"):
        for element in tree.iter(name):
            text = _own_text(element, skipped=_SKIPPED | {"footer", "header"} if name != "article" else _SKIPPED)
            if len(text) >= 20:
                return text
    return _own_text(tree)


def _own_text(element: Any, *, skipped: frozenset[str] = _SKIPPED) -> str:
    """The words of an element without scripts and navigation, a line for each block. Walks without recursion."""
    pieces: list[str] = []  # "\n" only where a block begins or ends
    stack: list[tuple[Any, bool]] = [(element, False)]
    while stack:
        node, leaving = stack.pop()
        block = node.tag in _BLOCKS
        if not leaving and isinstance(node.tag, str) and node.tag not in skipped:
            pieces += ["\n" if block else "", _flat(node.text)]
            stack.append((node, True))
            stack.extend((child, False) for child in reversed(node))
            continue
        if leaving and block:
            pieces.append("\n")
        if node is not element:
            pieces.append(_flat(node.tail))
    lines = (" ".join(line.split()) for line in "".join(pieces).split("\n"))
    return without_broken_characters("\n".join(line for line in lines if line))


def _flat(words: str | None) -> str:
    """A line end inside a paragraph of HTML is a space."""
    return (words or "").replace("\n", " ")
