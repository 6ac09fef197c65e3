"""How well attributions are read, on a folder of texts annotated in brat's standoff format, and how fast.

    python benchmarks/attribution.py FOLDER [--errors]

FOLDER holds `NAME.txt` beside `NAME.ann`, at any depth. Understood: text-bound annotations of the types Source, Cue and
Content (or Attribution for the cue), in any case, also discontinuous (`12 20;25 30`); events (`E1 Attribution:T2
Source:T1 Content:T3`, numbered roles such as `Content2`, one event per line); relations (`R1 Any Arg1:T2 Arg2:T1`)
between a cue and its source or content. A source may be missing; an event may have several contents. A text without
annotations is left out and counted; one whose `.ann` is empty counts as having none. A `.ann` whose text lies in
another folder is joined to it by its name. Where lines end in CR LF, offsets may count them as two characters or as
one: the words in the `.ann` tell which.

What the numbers mean. All compare sets of tokens (words or single marks; stops, commas and
quotation marks are left out):
  token      tokens of a role anywhere in the text, precision and recall over all texts
  span       annotations of a role that share at least one token with one of the other side (one to one)
  span=      the same, where the tokens must be equal
  relation   relations whose source, cue and content each share a token with those of one relation of the other side
             (one to one; a missing source matches only a missing source)
  relation=  the same, where the tokens of each of the three must be equal
Predictions without content (a footer that credits a whole document) are not counted.
"""

from __future__ import annotations

import argparse
import re
import time
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from pledger.model import Span
from pledger.reading.attribution import attributions

_TOKEN = re.compile(r"[^\W_]+|[^\s\w.,;:!?\"“”„‘’'«»]")
ROLES = ("source", "cue", "content")


@dataclass
class Relation:
    """The tokens of each role, as start offsets."""

    source: frozenset[int] = frozenset()
    cue: frozenset[int] = frozenset()
    content: frozenset[int] = frozenset()

    def role(self, name: str) -> frozenset[int]:
        return {"source": self.source, "cue": self.cue, "content": self.content}[name]


@dataclass
class Count:
    """True positives among what was found and what was to be found."""

    hit: int = 0
    found: int = 0
    gold: int = 0

    def line(self) -> str:
        p = self.hit / self.found if self.found else 0.0
        r = self.hit / self.gold if self.gold else 0.0
        f = 2 * p * r / (p + r) if p + r else 0.0
        marks = f"P {100 * p:5.1f}  R {100 * r:5.1f}  F1 {100 * f:5.1f}"
        return f"{marks}   ({self.hit} of {self.found} found, {self.gold} in gold)"


@dataclass
class Draft:
    source: list[str] = field(default_factory=list)
    cue: list[str] = field(default_factory=list)
    content: list[str] = field(default_factory=list)


def kind_of(name: str) -> str:
    """The role that a type or an argument of the annotation names."""
    low = name.lower()
    return next(
        (role for role in ROLES if low.startswith(role)), "cue" if low.startswith(("attribution", "trigger")) else ""
    )


def read_annotations(ann: str) -> tuple[dict[str, tuple[str, list[Span]]], list[Draft]]:
    """The entities and the relations of one `.ann` file."""
    entities: dict[str, tuple[str, list[Span]]] = {}
    events: dict[str, str] = {}
    drafts: dict[str, Draft] = {}
    loose: list[tuple[str, str]] = []
    for line in ann.split("\n"):
        parts = line.rstrip("\r").split("\t")
        if len(parts) < 2:
            continue
        key, body = parts[0], parts[1]
        if key.startswith("T"):
            name, _, offsets = body.partition(" ")
            numbers = [pair.split() for pair in offsets.split(";")]
            spans = [Span(int(n[0]), int(n[1])) for n in numbers if len(n) == 2 and n[0].isdigit() and n[1].isdigit()]
            entities[key] = (kind_of(name), spans)
        elif key.startswith("E"):
            arguments = [a.partition(":")[::2] for a in body.split()]
            draft = drafts.setdefault(key, Draft())
            for position, (name, value) in enumerate(arguments):
                role = (
                    "cue" if position == 0 and not any(kind_of(n) == "cue" for n, _ in arguments[1:]) else kind_of(name)
                )
                if role and not (position == 0 and role != "cue"):
                    getattr(draft, role).append(value)
            if arguments:
                events[key] = arguments[0][1]
        elif key.startswith("R"):
            ends = [a.partition(":")[2] for a in body.split()[1:3]]
            if len(ends) == 2:
                loose.append((ends[0], ends[1]))
    for first, second in loose:
        a, b = events.get(first, first), events.get(second, second)
        if entities.get(b, ("", []))[0] == "cue":
            a, b = b, a
        role = entities.get(b, ("", []))[0]
        if entities.get(a, ("", []))[0] == "cue" and role in ("source", "content"):
            draft = drafts.setdefault(f"R{a}", Draft(cue=[a]))
            getattr(draft, role).append(b)
    return entities, list(drafts.values())


def fitting(raw: str, ann: str) -> str:
    """The text as the offsets of the annotations count it: with CR LF as it is, or with single line feeds."""
    if "\r\n" not in raw:
        return raw
    plain = raw.replace("\r\n", "\n")

    def agreeing(text: str) -> int:
        hits = 0
        for line in ann.split("\n"):
            parts = line.rstrip("\r").split("\t")
            offsets = parts[1].partition(" ")[2].split(";")[0].split() if len(parts) > 2 and parts[0][:1] == "T" else []
            if len(offsets) == 2 and offsets[0].isdigit() and offsets[1].isdigit():
                words = text[int(offsets[0]) : int(offsets[1])].split()
                hits += bool(words) and words[0] == (parts[2].split() or [""])[0]
        return hits

    return raw if agreeing(raw) >= agreeing(plain) else plain


def corpus(folder: Path) -> tuple[list[tuple[str, str, str]], int]:
    """Name, text and annotations of every annotated text under a folder, and how many texts have no annotations."""
    texts = {path.stem: path for path in sorted(folder.rglob("*.txt"))}
    found: list[tuple[str, str, str]] = []
    used: set[Path] = set()
    for path in sorted(folder.rglob("*.ann")):
        beside = path.with_suffix(".txt")
        source = beside if beside.exists() else texts.get(path.stem)
        if source is None or source in used:
            continue
        used.add(source)
        ann = path.read_bytes().decode("utf-8", "replace")
        found.append((path.stem, fitting(source.read_bytes().decode("utf-8", "replace"), ann), ann))
    return found, sum(1 for path in folder.rglob("*.txt") if path not in used)


def gold_relations(text: str, ann: str) -> list[Relation]:
    entities, drafts = read_annotations(ann)

    def tokens(keys: Iterable[str]) -> frozenset[int]:
        return token_set(text, [span for key in keys for span in entities.get(key, ("", []))[1]])

    found = [Relation(tokens(d.source), tokens(d.cue), tokens(d.content)) for d in drafts]
    return [r for r in found if r.cue or r.content]


def token_set(text: str, spans: Iterable[Span]) -> frozenset[int]:
    return frozenset(m.start() for span in spans for m in _TOKEN.finditer(text, span.start, span.end))


def predicted(text: str) -> list[Relation]:
    relations = []
    for one in attributions(text):
        if one.contents:
            source = [one.source] if one.source else []
            relations.append(
                Relation(
                    token_set(text, source),
                    token_set(text, [one.cue] if one.cue else []),
                    token_set(text, one.contents),
                )
            )
    return relations


def same(a: frozenset[int], b: frozenset[int], exact: bool) -> bool:
    return a == b if exact or not a or not b else bool(a & b)


def matches(
    found: Sequence[Relation], gold: Sequence[Relation], exact: bool, roles: Sequence[str] = ROLES
) -> list[tuple[int, int]]:
    """Pairs of a found and a gold relation, one to one, those with most tokens in common first."""
    pairs = sorted(
        (
            (-sum(len(f.role(r) & g.role(r)) for r in roles), i, j)
            for i, f in enumerate(found)
            for j, g in enumerate(gold)
            if all(same(f.role(r), g.role(r), exact) for r in roles)
        ),
    )
    left: set[int] = set()
    right: set[int] = set()
    result = []
    for _, i, j in pairs:
        if i not in left and j not in right:
            left.add(i)
            right.add(j)
            result.append((i, j))
    return result


def score(documents: Sequence[tuple[str, list[Relation], list[Relation]]]) -> dict[str, Count]:
    """All counts by their name, over documents of (text, found, gold)."""
    counts: dict[str, Count] = {}
    for _, found, gold in documents:
        for role in ROLES:
            f = frozenset().union(*(r.role(role) for r in found))
            g = frozenset().union(*(r.role(role) for r in gold))
            add(counts, f"token {role}", len(f & g), len(f), len(g))
            spans_f = [Relation(cue=s) for s in dict.fromkeys(r.role(role) for r in found) if s]
            spans_g = [Relation(cue=s) for s in dict.fromkeys(r.role(role) for r in gold) if s]
            for name, exact in ((f"span {role}", False), (f"span= {role}", True)):
                add(counts, name, len(matches(spans_f, spans_g, exact, ("cue",))), len(spans_f), len(spans_g))
        for name, exact in (("relation", False), ("relation=", True)):
            add(counts, name, len(matches(found, gold, exact)), len(found), len(gold))
    return counts


def add(counts: dict[str, Count], name: str, hit: int, found: int, gold: int) -> None:
    count = counts.setdefault(name, Count())
    count.hit += hit
    count.found += found
    count.gold += gold


def shown(text: str, relation: Relation) -> str:
    def words(tokens: frozenset[int]) -> str:
        starts = sorted(tokens)
        return " ".join(m.group() for s in starts if (m := _TOKEN.match(text, s))) if starts else "-"

    return " | ".join(words(relation.role(role)) for role in ROLES)


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--errors", action="store_true", help="print what was missed, added, or cut differently")
    options = parser.parse_args()
    texts, bare = corpus(options.folder)
    if not texts:
        parser.error(f"no .ann files beside .txt files under {options.folder}")
    attributions(texts[0][1])  # the lexicon is loaded before the clock starts
    started = time.perf_counter()
    found = [predicted(text) for _, text, _ in texts]
    seconds = time.perf_counter() - started
    documents = [(text, f, gold_relations(text, ann)) for (_, text, ann), f in zip(texts, found, strict=True)]
    for name, count in score(documents).items():
        print(f"{name:15} {count.line()}")
    size = sum(len(text) for _, text, _ in texts)
    if bare:
        print(f"{bare} texts without annotations left out")
    print(f"{len(texts)} texts, {size} characters, {size / max(seconds, 1e-9):,.0f} characters a second")
    if options.errors:
        for (name, _, _), (text, f, g) in zip(texts, documents, strict=True):
            exact, loose = matches(f, g, True), matches(f, g, False)
            for i, j in loose:
                if (i, j) not in exact:
                    print(f"{name}: cut   {shown(text, f[i])}\n{'':{len(name)}}  gold  {shown(text, g[j])}")
            for j, relation in enumerate(g):
                if j not in {b for _, b in loose}:
                    print(f"{name}: MISS  {shown(text, relation)}")
            for i, relation in enumerate(f):
                if i not in {a for a, _ in loose}:
                    print(f"{name}: EXTRA {shown(text, relation)}")


if __name__ == "__main__":
    main()
