"""Changes and alerts as Atom feeds (RFC 4287): a file that any feed reader can follow.

Ids are tag URIs (RFC 4151) under `pledger.invalid`, a name that nobody can own: an entry's is made from what changed
into what by which claim, so that the same change is the same entry in every run, and a reader shows it once. Words of
articles are escaped twice over, once as HTML and once as XML, and characters that XML forbids are left out.
"""

from __future__ import annotations

import datetime as dt
import html
import os
import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import quote, urlsplit
from xml.etree import ElementTree as ET

import pledger
from pledger.views.changes import headline, matter, story, told
from pledger.views.plain import clean

if TYPE_CHECKING:
    from pledger.ledger import Change

__all__ = ["Entry", "feed", "made", "write_feed"]

_ATOM = "http://www.w3.org/2005/Atom"
_TAG = "tag:pledger.invalid,2026:"
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed."""

    id: str
    """What tells it from all others, the same in every run."""
    title: str
    updated: dt.datetime
    """UTC."""
    words: str
    about: str
    """Id to ask `why`."""
    sentences: tuple[tuple[str, str, str | None], ...]
    """The words, who said so and when, and the address where there is one."""
    labels: tuple[tuple[str, str | None], ...]
    """Kinds of categories and the entry's own."""


def feed(items: Sequence[Change], ledger: str, title: str, updated: dt.datetime) -> bytes:
    """Changes as a feed. `ledger`: what tells its feed from others; `updated`: up to when it tells (UTC)."""
    entries = []
    for item in items:
        days = [e.document.reported_on for e in item.evidence if e.document.reported_on]
        entries.append(
            Entry(
                id=f"change/{item.id}",
                title=headline(item),
                updated=dt.datetime.combine(max(days), dt.time(), dt.UTC) if days else updated,
                words=told(item),
                about=item.about,
                sentences=tuple(story(item)),
                labels=(("kind", item.kind.value), ("programme", item.programme), ("matter", matter(item))),
            )
        )
    return made(f"changes/{ledger}", title, updated, entries)


def made(name: str, title: str, updated: dt.datetime, entries: Sequence[Entry]) -> bytes:
    """The feed as UTF-8 bytes. `name`: what tells it from others; `updated`: up to when it tells (UTC)."""
    ET.register_namespace("", _ATOM)
    root = ET.Element(f"{{{_ATOM}}}feed")
    _put(root, "id", _TAG + quote(name, safe="/"))
    _put(root, "title", title)
    _put(root, "updated", _moment(updated))
    _put(_put(root, "author"), "name", "Pledger")
    _put(root, "generator", "Pledger", version=pledger.__version__)
    for item in entries:
        entry = _put(root, "entry")
        _put(entry, "id", _TAG + item.id)
        _put(entry, "title", item.title)
        _put(entry, "updated", _moment(item.updated))
        for term, label in item.labels:
            if label:
                _put(entry, "category", None, term=clean(label), scheme=f"{_TAG}{term}")
        seen = set()
        for _, said_by, url in item.sentences:
            address = _address(url)
            if address is not None and address not in seen:
                seen.add(address)
                _put(entry, "link", None, rel="related", href=address, title=said_by)
        _put(entry, "content", _body(item), type="html")
    ET.indent(root)
    written: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + written + b"\n"


def write_feed(path: Path, data: bytes) -> None:
    """Write the file at once: whoever reads it meanwhile reads the old one or the new one, never a part."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())  # before it takes the old one's place, also where the power fails
        Path(name).chmod(0o644)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _body(item: Entry) -> str:
    """What a reader shows: what has happened, the sentences that brought it, and what to ask."""
    parts = [f"<p>{html.escape(item.words)}</p>"]
    for sentence, said_by, url in item.sentences:
        name = html.escape(said_by)
        if (address := _address(url)) is not None:
            name = f'<a href="{html.escape(address)}">{name}</a>'
        parts.append(f"<blockquote>{html.escape(sentence)}</blockquote><p>{name}</p>")
    parts.append(f"<p><code>pledger why {html.escape(item.about)}</code></p>")
    return "".join(parts)


def _put(parent: ET.Element, name: str, text: str | None = None, **attributes: str) -> ET.Element:
    made = ET.SubElement(parent, f"{{{_ATOM}}}{name}", {k: _xml(v) for k, v in attributes.items()})
    made.text = _xml(text) if text is not None else None
    return made


def _xml(text: str) -> str:
    """The text without what XML 1.0 forbids: control characters, halves of pairs, and two that are no characters."""
    return _FORBIDDEN.sub("", text)


def _address(url: str | None) -> str | None:
    """An address of the web as a URI; None for what is none."""
    if url is None or urlsplit(url).scheme not in ("http", "https"):
        return None
    return quote(clean(url), safe="%/:=&?~#+!$,;'@()*[]")


def _moment(when: dt.datetime) -> str:
    return when.strftime("%Y-%m-%dT%H:%M:%SZ")
