"""A page as a tree of elements: trafilatura's own parsing, made quicker for what is a page beyond doubt.

lxml.html asks a function in Python for the class of every element that is looked at, so that forms and their fields
have classes of their own. Nobody here fills in forms: all elements are of one class, which is chosen in C. lxml comes
with trafilatura.
"""

from __future__ import annotations

from functools import cache
from typing import Any

__all__ = ["tree_of"]


def tree_of(page: str) -> Any:
    """The tree of a web page, as `trafilatura.load_html` gives it; None where it is no HTML."""
    import trafilatura
    from lxml import html
    from trafilatura.utils import repair_faulty_html

    beginning = page[:50].lower()
    if "html" in beginning:  # else it has to be judged whether it is HTML at all
        try:
            tree = html.fromstring(repair_faulty_html(page, beginning), parser=_parser())
        except Exception:  # of the second tries that trafilatura has for such pages one may succeed
            return trafilatura.load_html(page)
        if len(tree):
            return tree
    return trafilatura.load_html(page)


@cache
def _parser() -> Any:
    """A parser with trafilatura's settings."""
    from lxml import etree, html

    parser = html.HTMLParser(
        collect_ids=False, default_doctype=False, encoding="utf-8", remove_comments=True, remove_pis=True
    )
    classes = etree.ElementDefaultClassLookup(
        element=html.HtmlElement, comment=html.HtmlComment, pi=html.HtmlProcessingInstruction, entity=html.HtmlEntity
    )
    parser.set_element_class_lookup(classes)
    return parser
