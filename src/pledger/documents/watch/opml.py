"""OPML: the list of feeds that every feed reader exports (opml.org, version 2.0)."""

from __future__ import annotations

import re
from dataclasses import dataclass
from xml.etree import ElementTree

from pledger.documents.encoding import decode
from pledger.documents.html import declared_encoding, too_deep
from pledger.documents.parsed import one_line, web_address
from pledger.documents.source import bytes_of
from pledger.model import Problem

__all__ = ["Feed", "feeds"]

MOST_FEEDS = 2_000
"""Feeds of one list; large newsrooms follow some hundreds."""
DEEPEST = 100
"""Folders inside one another; feed readers make two or three levels."""
MEND = "Export the list of feeds as OPML from a feed reader again."

_ENTITIES = re.compile(r"<!ENTITY|<!DOCTYPE[^>\[]{0,1000}\[", re.IGNORECASE)
_DECLARATION = re.compile(r"\A\s{0,99}<\?xml[^>]{0,300}\?>")


@dataclass(frozen=True, slots=True)
class Feed:
    """One feed of a list."""

    url: str
    title: str | None = None


def feeds(path: str) -> tuple[list[Feed], list[Problem]]:
    """The feeds that an OPML file names (the outlines with an `xmlUrl`), each address once and in the file's order.

    Outlines whose address is no http or https one become a Problem each; a file that is no OPML gives no feeds and one
    Problem.
    """
    data = bytes_of(path)
    if isinstance(data, Problem):
        return [], [data]
    text = decode(data, path, declared_encoding(data))
    if isinstance(text, Problem):
        return [], [text]
    if _ENTITIES.search(text):
        why = "it defines XML entities of its own, which are used for attacks"
        return [], [Problem("List of feeds refused", path, why, "Remove the lines with <!ENTITY and <!DOCTYPE.")]
    if too_deep(text, DEEPEST):
        why = f"it has more than {DEEPEST} elements inside one another"
        return [], [Problem("List of feeds refused", path, why, MEND)]
    return _outlines(_DECLARATION.sub("", text), path)


def _outlines(text: str, path: str) -> tuple[list[Feed], list[Problem]]:
    try:
        root = ElementTree.fromstring(text.strip())  # noqa: S314  what is dangerous in XML, its entities, was refused
    except (ElementTree.ParseError, ValueError) as error:
        why = f"its XML is broken: {one_line(str(error)) or 'no further words'}"
        return [], [Problem("Not a list of feeds", path, why[:300], MEND)]
    if _name(root.tag) != "opml":
        why = f"its outermost element is <{_name(root.tag)[:40]}>, not <opml>"
        return [], [Problem("Not a list of feeds", path, why, MEND)]
    found: dict[str, Feed] = {}
    problems: list[Problem] = []
    for outline in root.iter():
        given = next((v for k, v in outline.attrib.items() if k.lower() == "xmlurl"), None)
        if given is None or _name(outline.tag) != "outline":
            continue  # a folder, or the list's own head
        url = web_address(given)
        title = one_line(outline.get("title") or outline.get("text"))
        if url is None:
            why = f"{title or 'an outline'} has the address {given[:100]!r}, which is neither http nor https"
            problems.append(Problem("Feed left out", path, why, "Correct its xmlUrl."))
        elif len(found) < MOST_FEEDS:
            found.setdefault(url, Feed(url, title))
        else:
            why = f"it has more than {MOST_FEEDS:,} feeds; the rest is not watched"
            problems.append(Problem("List of feeds too long", path, why, "Split it into several files."))
            break
    if not found and not problems:
        problems.append(Problem("List without feeds", path, "no outline has an xmlUrl", MEND))
    return list(found.values()), problems


def _name(tag: object) -> str:
    return str(tag).rpartition("}")[2].lower()
