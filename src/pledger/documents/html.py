"""Web pages: the article by trafilatura, and what the page states of itself in JSON-LD, meta tags and its address."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from pledger.documents.dateline import Dateline, dateline
from pledger.documents.notices import may_speak, notices
from pledger.documents.page_facts import page_facts
from pledger.documents.parsed import Parsed, quiet, unexpected, without_broken_characters
from pledger.documents.tree import tree_of
from pledger.model import Problem

__all__ = ["declared_encoding", "looks_like_html", "parse", "plain", "too_deep"]

LONGEST = 4_000_000
"""Characters of a page. The longest pages of newspapers have one; what is longer is a data dump, and takes minutes to
parse."""
DEEPEST = 2_000
"""Elements inside one another, as counted from opening and closing tags; pages have some 40, and parsers recurse."""
TOO_LITTLE = 120
"""Characters of text below which the page's own paragraphs are tried instead. Trafilatura is tuned on long articles
and drops digests of a sentence or two; above this length it was right on every page tried."""
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
_BLOCKS = frozenset({
    "p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "blockquote", "td", "dd", "dt", "figcaption", "pre", "div",
    "section", "article", "tr", "ul", "ol", "br",
})  # fmt: skip
_SKIPPED = frozenset({
    "script", "style", "noscript", "template", "svg", "nav", "form", "button", "select", "iframe", "head", "title",
    "aside",
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
    if ";base64," in page.lower():
        page = _DATA.sub("data:", page)
    if declaration := _DECLARATION.match(page):
        page = page[declaration.end() :]
    if len(page) > LONGEST:
        return Problem(
            "Web page too long", where, f"it has {len(page):,} characters, and {LONGEST:,} is the limit", MEND
        )
    if too_deep(page, DEEPEST):
        return Problem("Web page not readable", where, f"it nests more than {DEEPEST:,} elements", MEND)
    try:
        with quiet("trafilatura", "charset_normalizer"):
            return _parse(page, where)
    except Exception as error:  # parsers raise what they do not document; the Problem names it
        return unexpected("Web page not readable", where, error, MEND)


def plain(snippet: str) -> str:
    """The words of a piece of HTML (a feed's description), blocks on lines of their own."""
    if "<" not in snippet and "&" not in snippet:
        return without_broken_characters(snippet.strip())
    import trafilatura

    if too_deep(snippet, DEEPEST):
        return ""
    tree = trafilatura.load_html(f"<html><body><div>{without_broken_characters(snippet)}</div></body></html>")
    return _own_text(tree) if tree is not None else ""


def too_deep(page: str, most: int) -> bool:
    """Whether a page or feed has more than `most` elements inside one another, counted without parsing it."""
    if page.count("<") - page.count("</") <= most:
        return False
    now = 0
    for tag in _TAG.finditer(page):
        if tag[2].lower() in _VOID:
            continue
        now = max(0, now - 1) if tag[1] else now + 1
        if now > most:
            return True
    return False


def _parse(page: str, where: str) -> Parsed | Problem:
    import trafilatura

    tree = tree_of(page)
    if tree is None:
        return Problem("Web page not readable", where, "it is not HTML", MEND)
    facts = page_facts(tree)
    spoken = facts.language or "en"
    # the words of all elements run together are cheap to have, and enough to tell that there is no notice
    said = notices(_own_text(tree), spoken, labels=False) if may_speak(tree.text_content(), spoken) else ()
    text = _text(trafilatura.bare_extraction(tree, options=_options()))
    if len(text) < TOO_LITTLE:  # extraction has changed the tree: parse again
        own = _article_text(tree_of(page))
        text = own if len(own) > len(text) else text
    if not any(c.isalnum() for c in text):
        return Problem("No article found", where, "the page has no running text (it may load it with scripts)", MEND)
    # what the page states in full needs no look at what its text shows
    stated = facts.title and facts.publisher and facts.url and facts.reported_on
    shown = Dateline() if stated else dateline(text)
    return Parsed(
        text,
        facts.title or shown.title,
        facts.publisher or shown.publisher,
        facts.url or shown.url,
        facts.reported_on or shown.reported_on,
        facts.language,
        said,
    )


@cache
def _options() -> Any:
    """What trafilatura is asked for; made once, since it goes through its whole configuration for it."""
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", comments=False, tables=True)


def _text(found: Any) -> str:
    return without_broken_characters(str(getattr(found, "text", None) or "")).strip()


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
