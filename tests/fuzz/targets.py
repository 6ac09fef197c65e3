"""What is fuzzed: each target takes any bytes and raises when a promise of the documents or reading room is broken.

The promises: nothing raises, offsets are those of the words, ends of values are in order, texts can be stored, and
reading twice gives the same.
"""

from __future__ import annotations

import datetime as dt
import math
import tempfile
from collections.abc import Callable, Iterable
from pathlib import Path

from pledger import documents
from pledger.documents import dateline, encoding, feed, html, language, mail, markdown, notices, pdf, text, warc, watch
from pledger.documents.parsed import Parsed
from pledger.model import Claim, DateValue, Document, Money, Problem, Share, Span
from pledger.reading import amounts, attributions, dates, read, sentences, shares
from pledger.reading.conditions import conditions, frames
from pledger.reading.kinds import kinds
from pledger.reading.names import names
from pledger.reading.stages import stages

__all__ = ["LANGUAGES", "TARGETS"]

LANGUAGES = ("en", "ja", "zh", "ko", "de", "xx")
DAY = dt.date(2026, 3, 9)


def _parsed(found: Parsed | Problem) -> None:
    if isinstance(found, Problem):
        assert found.what
        assert found.why
        assert found.mend
        return
    for words in (found.text, found.title or "", found.publisher or "", found.url or ""):
        words.encode("utf-8")
        assert "\x00" not in words
    assert not found.title or "\n" not in found.title


def _words(data: bytes, declared: str | None = None) -> str:
    """The text of a file, as `load` decodes it before it asks a parser."""
    words = encoding.decode(data, "file", declared)
    return "" if isinstance(words, Problem) else words


def page(data: bytes) -> None:
    """A web page."""
    _parsed(html.parse(_words(data, html.declared_encoding(data)), "page.html"))


def feeds(data: bytes) -> None:
    """RSS and Atom."""
    for number, item in feed.parse(_words(data), "feed.xml")[0]:
        assert number >= 1
        _parsed(item)


def papers(data: bytes) -> None:
    """PDF."""
    _parsed(pdf.parse(data, "paper.pdf"))


def mails(data: bytes) -> None:
    """Mail."""
    mail.looks_like_mail(data)
    _parsed(mail.parse(data, "letter.eml"))


def plain(data: bytes) -> None:
    """Plain text, Markdown with front matter, datelines, notices, languages, encodings."""
    words = _words(data)
    _parsed(text.parse(words))
    found, problem = markdown.parse(words, "note.md")
    _parsed(found)
    if problem is not None:
        _parsed(problem)
    dateline.dateline(words)
    dateline.parse_date(words[:80])
    notices.notices(words, language.language(words))
    documents.echoes.signature(words)


def archives(data: bytes) -> None:
    """Web archives and lists of feeds, from files as they come."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.warc"
        path.write_bytes(data)
        for found in warc.pages(str(path)):
            assert found is not None
        watch.feeds(str(path))


def anything(data: bytes) -> None:
    """Bytes of no known format, as a file that is dropped in."""
    for found in documents.received(data, "file"):
        if isinstance(found, Problem):
            _parsed(found)
        else:
            found.text.encode("utf-8")
            assert found.language


def _spoken(data: bytes) -> tuple[str, str]:
    """A text and its language: the first byte chooses."""
    return LANGUAGES[data[0] % len(LANGUAGES)] if data else "en", data[1:].decode("utf-8", "replace")


def _there(span: Span, words: str) -> None:
    assert 0 <= span.start <= span.end <= len(words), span


def _same(span: Span, said: str, words: str) -> None:
    _there(span, words)
    assert span.start < span.end
    assert words[span.start : span.end] == said, (span, said)


def _ordered(low: float | None, high: float | None) -> None:
    for end in (low, high):
        assert end is None or math.isfinite(end), end
    assert low is None or high is None or low <= high, (low, high)


def money(data: bytes) -> None:
    """Amounts of money."""
    spoken, words = _spoken(data)
    for found in amounts(words, spoken):
        _same(found.span, found.text, words)
        _value(found.value)


def parts(data: bytes) -> None:
    """Shares and fractions."""
    spoken, words = _spoken(data)
    for found in shares(words, spoken):
        _same(found.span, found.text, words)
        _value(found.value)


def days(data: bytes) -> None:
    """Dates."""
    spoken, words = _spoken(data)
    for day in (None, DAY):
        for found in dates(words, day, spoken):
            _same(found.span, found.text, words)
            _value(found.value)


def _value(value: object) -> None:
    match value:
        case Money() | Share():
            _ordered(value.low, value.high)
        case DateValue():
            start, end = value.interval.start, value.interval.end
            assert start is None or end is None or start <= end, value
        case _:
            pass


def sayings(data: bytes) -> None:
    """Attributions."""
    spoken, words = _spoken(data)
    for found in attributions(words, spoken):
        spans = [s for s in (found.source, found.cue, found.content, found.via, *found.contents) if s is not None]
        for span in spans:
            _there(span, words)
            assert span.start < span.end
        in_order = [s.start for s in found.contents]
        assert in_order == sorted(in_order)


def phrases(data: bytes) -> None:
    """Sentences, and in each of them stages, conditions, kinds of project and names."""
    spoken, words = _spoken(data)
    spans = sentences(words, spoken)
    _disjoint(spans, words)
    for sentence in spans[:200]:
        for stage in stages(words, sentence, spoken):
            _there(stage.span, words)
        for condition in conditions(words, sentence, spoken):
            _same(condition.span, condition.text, words)
        for told in frames(words, sentence, spoken):
            _there(told.span, words)
        for kind in kinds(words, sentence, spoken):
            _there(kind.span, words)
    for name in names(words, spans, spoken):
        _there(name.span, words)


def _disjoint(spans: Iterable[Span], words: str) -> None:
    last = 0
    for span in spans:
        _there(span, words)
        assert last <= span.start < span.end
        last = span.end


def articles(data: bytes) -> None:
    """Whole articles: every claim stands on its words, and a second reading gives the same."""
    spoken, words = _spoken(data)
    document = Document(id="d" * 64, path="a.txt", text=words, language=spoken, reported_on=DAY)
    claims = read(document)
    for claim in claims:
        _claim(claim, words)
    if len(words) % 8 == 0:
        assert read(document) == claims


def _claim(claim: Claim, words: str) -> None:
    _same(claim.span, claim.text, words)
    _there(claim.sentence, words)
    assert claim.sentence.start <= claim.span.start
    _value(claim.value)
    for link in claim.attribution:
        _there(link.span, words)
    if claim.subject.span is not None:
        _there(claim.subject.span, words)


TARGETS: dict[str, Callable[[bytes], None]] = {
    target.__name__: target
    for target in (
        page, feeds, papers, mails, plain, archives, anything, money, parts, days, sayings, phrases, articles
    )
}  # fmt: skip
