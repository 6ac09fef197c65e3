"""Bytes in, Document out: paths, formats, encodings, languages, notices, and copies of one text.

`find` says which files there are, `load` reads one, `stream` the same with one document in
memory at a time, `received` reads bytes that came from elsewhere, `echoes.echoes` tells near-copies from originals.
"""

from __future__ import annotations

from pledger.documents import echoes
from pledger.documents.find import find
from pledger.documents.load import load, received, stream

__all__ = ["echoes", "find", "load", "received", "stream"]
