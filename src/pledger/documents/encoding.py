"""Bytes to text: byte order mark, UTF-8, what the file declares, and only then a guess; and telling junk from text."""

from __future__ import annotations

import codecs
import re

from pledger.documents.parsed import quiet
from pledger.model import Problem

__all__ = ["decode"]

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is its beginning
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
GUESSES = ("cp932", "euc_jp", "gb18030", "big5", "cp949", "cp1252", "cp1250", "cp1251", "koi8_r", "iso8859_2")
"""Encodings that news still arrives in when it is not UTF-8; guessing among fewer is right more often."""
SAMPLE = 65_536
"""Bytes that the guess looks at."""
JUNK_SHARE = 0.02
"""Share of control, private-use and undecodable characters above which a text is not text. Articles have none; a
page that passed through an old terminal has a few in ten thousand; random bytes read as any encoding have 10 % and
more."""
DAMAGE_SHARE = 0.002
"""Share of broken bytes that a UTF-8 file may have (a cut or garbled character) and still be read as UTF-8."""

_JUNK = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ue000-\uf8ff\ufffd\ufffe\uffff]")
_CONTROLS = bytes([*range(0x09), *range(0x0E, 0x20), 0x7F])
_JUNK_LEADS = (b"\xc2", b"\xee", b"\xef")
"""What the other characters of `_JUNK` begin with in UTF-8, as do some that are none."""
_WESTERN = re.compile("[\x00-\x7fÀ-ÖØ-öø-ÿŒœŠšŽžŸ‘’‚“”„–—…•€£¥§©®™«»°·´\xa0\xad½¼¾ºª²¿¡†‡‰‹›]*")
_SPACE = re.compile(rb"[\n\r ]")

MEND_JUNK = "Open it in the program that made it and save it as text, HTML or PDF; or leave it out."
MEND_ENCODING = "Open it in a text editor, check that the words look right, and save it with the encoding UTF-8."


def decode(data: bytes, where: str, declared: str | None = None) -> str | Problem:
    """The text that `data` holds, its byte order mark removed and nothing else changed; or why it is not text.

    `declared` is the encoding that the file itself states (an HTML meta tag, an XML declaration); a byte order mark
    and valid UTF-8 win over it, because files are often converted without changing what they declare.
    """
    text = _decoded(data, declared)
    if text is None:
        if b"\x00" in data[:SAMPLE]:
            return Problem("Not a text", where, "it holds binary data (NUL bytes)", MEND_JUNK)
        return Problem(
            "Unknown encoding", where, "its bytes are no text in UTF-8 or in any encoding that we know", MEND_ENCODING
        )
    if "\x00" in text or _junk(text) > JUNK_SHARE * len(text):
        return Problem("Not a text", where, "it holds binary data (control characters instead of words)", MEND_JUNK)
    return text


def _junk(text: str) -> int:
    """How many characters of a text are none that articles have; or a number of them that is too small to matter."""
    data = text.encode("utf-8", "surrogatepass")
    most = len(data) - len(data.translate(None, _CONTROLS)) + sum(map(data.count, _JUNK_LEADS))
    return most if most <= JUNK_SHARE * len(text) else sum(1 for _ in _JUNK.finditer(text))


def _decoded(data: bytes, declared: str | None) -> str | None:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding)
    if b"\x00" in data:
        return _without_mark(data)
    if b"\x1b$" in data or b"\x1b(" in data:  # ISO-2022-JP is ASCII to the eye; old Japanese wires and mails use it
        text = _strictly(data, "iso2022_jp")
        if text is not None:
            return text
    text = _strictly(data, "utf-8")
    if text is None and declared:
        text = _declared(data, declared)
    if text is None:
        text = _damaged(data)
    return _guessed(data) if text is None else text


def _strictly(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except (UnicodeError, LookupError, ValueError):
        return None


def _declared(data: bytes, declared: str) -> str | None:
    wider = {  # as browsers read them (WHATWG encoding standard): the names promise less than the pages use
        "shift_jis": "cp932", "shift-jis": "cp932", "x-sjis": "cp932", "euc-kr": "cp949", "ks_c_5601-1987": "cp949",
        "gb2312": "gb18030", "gbk": "gb18030", "iso-8859-1": "cp1252", "latin1": "cp1252", "us-ascii": "cp1252",
    }  # fmt: skip
    name = declared.strip().lower()
    try:
        if codecs.lookup(wider.get(name, name)).name in {
            "utf-7",
            "idna",
            "punycode",
            "unicode_escape",
            "raw_unicode_escape",
        }:
            return None  # not encodings of files; UTF-7 hides markup from every check
    except (LookupError, ValueError):
        return None
    return _strictly(data, wider.get(name, name))


def _without_mark(data: bytes) -> str | None:
    """UTF-16 without its mark: in western text every second byte is NUL, and only every second."""
    head = data[:4096]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    half = max(1, len(head) // 2)
    if odd > 0.4 * half and even == 0:
        return _strictly(data, "utf-16-le")
    if even > 0.4 * half and odd == 0:
        return _strictly(data, "utf-16-be")
    return None


def _damaged(data: bytes) -> str | None:
    """UTF-8 in which a few characters were cut or garbled, as happens where pages are joined or shortened."""
    text = data.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    whole = sum(1 for c in text[:SAMPLE] if c > "\x7f") - broken
    return text if broken <= max(2, DAMAGE_SHARE * len(text)) and whole >= 4 * broken else None


def _guessed(data: bytes) -> str | None:
    from charset_normalizer import from_bytes

    sample = data[:SAMPLE]
    if len(data) > SAMPLE:  # cut where no encoding has the middle of a character
        spaces = list(_SPACE.finditer(sample))
        sample = sample[: spaces[-1].end()] if spaces else data[: 4 * SAMPLE]
    with quiet("charset_normalizer"):
        matches = list(from_bytes(sample, cp_isolation=list(GUESSES)))
    for match in matches:
        if match.encoding == "cp1250":  # the two differ in few letters; Western Europe publishes more
            western = _strictly(data, "cp1252")
            if western is not None and _WESTERN.fullmatch(western):
                return western
        text = _strictly(data, match.encoding)
        if text is not None:
            return text
    return None
