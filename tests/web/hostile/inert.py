"""What a page of ours may consist of: any element or attribute besides is an article's, and must not be there."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from urllib.parse import urlsplit

__all__ = ["Page", "faults", "page"]

MARK = "x-pwned"
"""The element that the corpus tries to bring onto our pages."""
ELEMENTS = frozenset(
    re.findall(
        r"\w+",
        "html head meta title link script body a header nav ul ol li form input label button select option textarea "
        "main p h1 h2 h3 h4 footer div span section article aside table caption thead tbody tfoot tr th td small b em "
        "strong i sub sup mark blockquote pre code figure figcaption dl dt dd details summary fieldset legend progress "
        "datalist meter output time noscript br hr abbr cite q kbd img picture source svg g rect text tspan line path "
        "circle polyline polygon desc defs clippath lineargradient stop use marker pattern symbol ellipse",
    )
)
VOID = frozenset(["meta", "link", "input", "br", "hr", "img", "source"])
RUNNING = re.compile(
    r"^(on|style$|srcdoc$|formaction$|xlink:|background$|dynsrc$|lowsrc$|ping$|http-equiv$)", re.IGNORECASE
)
ADDRESSES = frozenset({"href", "src", "action", "data", "poster", "srcset", "cite", "data-poll", "data-document"})
UNSEEN = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
"""Characters that steer a terminal, turn a line round or hide."""


class Page(HTMLParser):
    """A page taken to pieces: its elements, its addresses, its words, and what is not ours."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.faults: list[str] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._in: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        its = dict(attrs)
        if tag not in ELEMENTS:
            self.faults.append(f"<{tag}>")
        if tag == "script" and not (its.get("src") or "").startswith(("/static/", "/docs/")):
            self.faults.append(f"a script that is not ours: {its}")
        for name, value in attrs:
            self._attribute(tag, name, value or "")
        if tag not in VOID:
            self._in.append(tag)
        if tag == "a":
            self.links.append(its.get("href") or "")

    def _attribute(self, tag: str, name: str, value: str) -> None:
        if MARK in name or len(name) > 30 or not re.fullmatch(r"[a-z][a-z0-9:-]*", name):
            self.faults.append(f"attribute {name[:60]!r} of <{tag}>")
        refresh = tag == "meta" and name == "http-equiv" and value == "refresh" and "noscript" in self._in
        if RUNNING.match(name) and not refresh:
            self.faults.append(f"<{tag} {name}={value[:60]!r}>")
        if name in ADDRESSES:
            scheme = urlsplit(value.strip()).scheme.lower()
            told = scheme in ("http", "https") and tag == "a"
            if (scheme and not told) or (value.startswith("//")) or any(c in value for c in "\t\r\n"):
                self.faults.append(f"<{tag} {name}={value[:80]!r}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in VOID:
            return
        if tag not in self._in:
            self.faults.append(f"</{tag}> without a beginning")
            return
        while self._in.pop() != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._in and self._in[-1] in ("script", "style") and data.strip():
            self.faults.append(f"words in a script: {data[:60]!r}")
        self.words.append(data)

    def handle_comment(self, data: str) -> None:
        self.faults.append(f"a comment: {data[:60]!r}")

    def handle_pi(self, data: str) -> None:
        self.faults.append(f"an instruction: {data[:60]!r}")

    def unknown_decl(self, data: str) -> None:
        self.faults.append(f"a declaration: {data[:60]!r}")


def page(text: str) -> Page:
    """The page of this text, taken to pieces."""
    found = Page()
    found.feed(text)
    found.close()
    return found


def faults(text: str) -> list[str]:
    """What in a page is not ours, or would do something."""
    found = page(text)
    words = "".join(found.words)
    wrong = list(found.faults)
    wrong += [
        f"a character that steers: {hit.group()!r} in {text[hit.start() - 20 : hit.end() + 20]!r}"
        for hit in UNSEEN.finditer(text)
    ]
    if f"<{MARK}" in text.lower():
        wrong.append(f"<{MARK} stands in the page unescaped")
    if "1337" in words:
        wrong.append("a template of an article was worked out")
    return wrong
