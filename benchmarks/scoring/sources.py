"""Who said so, against gold.

A gold source is found when the words of a source that was read, in the chain of a claim or by the recogniser of
attributions, hold gold's words or are held by them (word by word, without articles and typography), and both are
named or both anonymous. One source read serves one gold source: "Bloomberg" cannot stand for Bloomberg Intelligence
and for Bloomberg. Where gold says through whom a source speaks (`via`), a row of its own counts the chains that say
so too. Gold is not complete here, so nothing counts as invented.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from scoring.claims import pair
from scoring.gold import GoldDocument, GoldSource
from scoring.tally import Tally
from scoring.words import contained, words

__all__ = ["Source", "score_sources"]


@dataclass(frozen=True)
class Source:
    """A source as read: its words, and the words of those who relay it, outermost first."""

    words: str
    anonymous: bool
    via: tuple[str, ...] = ()


def score_sources(documents: Iterable[tuple[GoldDocument, Sequence[Source]]]) -> list[Tally]:
    """Two rows: the sources, and the relays that gold names."""
    gold_count = found = relays = relayed = 0
    missed: list[str] = []
    unrelayed: list[str] = []
    for gold, read in documents:
        wanted = list(dict.fromkeys(gold.sources))
        different = list({(words(s.words), s.anonymous): s for s in read}.values())
        served = pair(range(len(wanted)), different, lambda i, s: _same(wanted[i], s))  # noqa: B023 (used at once)
        gold_count += len(wanted)
        found += len(served)
        missed += [f"{gold.key}: {_told(g)}" for i, g in enumerate(wanted) if i not in served]
        for g in wanted:
            if g.via is None:
                continue
            relays += 1
            if any(_same(g, s) and any(contained(g.via, v) for v in s.via) for s in read):
                relayed += 1
            else:
                unrelayed.append(f"{gold.key}: {_told(g)} via {g.via}")
    return [
        Tally("attribution", gold_count, found, tuple(missed)),
        Tally("attribution, via", relays, relayed, tuple(unrelayed)),
    ]


def _same(gold: GoldSource, read: Source) -> bool:
    return gold.anonymous == read.anonymous and contained(gold.source, read.words)


def _told(gold: GoldSource) -> str:
    return f"{gold.source}{' (anonymous)' if gold.anonymous else ''}"
