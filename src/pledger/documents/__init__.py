"""Bytes in, Document out: paths, formats, encodings, languages, notices, and copies of one text.

`find` says which files there are, `load` reads one, `stream` the same with one document in
memory at a time; `pages` and `parse` are its two halves, for those who parse in other processes. `received` reads bytes
that came from elsewhere, `echoes.echoes` tells near-copies from originals.
"""

from __future__ import annotations

from pledger.documents import echoes
from pledger.documents.find import find, printable
from pledger.documents.load import load, pages, parse, received, stream
from pledger.documents.warc import Page

__all__ = ["Page", "echoes", "find", "load", "pages", "parse", "printable", "received", "stream"]
