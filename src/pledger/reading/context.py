"""What has been recognised in one document, gathered so that claims can be put together from it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon
from pledger.model import Mention, Money, Span
from pledger.reading.found import Found
from pledger.reading.names import Name
from pledger.reading.programmes import Pledges

__all__ = ["Context", "clause", "pointing_back"]

_BOUNDARY = re.compile(
    r"[;:—]|\s[–-]\s|,\s(?:and|but|while|whereas|which|followed by|as|although|though|with)\b|\s(?:but|while|whereas|although|though)\s|[、，。；]"
)


@dataclass(frozen=True, slots=True)
class Context:
    """One document's text and what stands where in it."""

    text: str
    language: str
    sentences: tuple[Span, ...]
    amounts: tuple[Found[Money], ...]
    names: tuple[Name, ...]
    pledges: Pledges
    tranches: tuple[Mention, ...]
    projects: dict[Span, Mention]
    """Every mention of a project by its words' span, the merged mention as value."""
    backs: dict[Span, Mention]
    """Words that point back to a project without naming its kind ("the facility"), with the project meant."""

    def within(self, sentence: Span) -> list[tuple[Span, Mention]]:
        """Projects, batches and programmes named in a sentence, in order."""
        found = [(span, m) for span, m in self.projects.items() if sentence.covers(span)]
        found += [(m.span, m) for m in (*self.tranches, *self.pledges.mentions) if m.span and sentence.covers(m.span)]
        return sorted(found, key=lambda f: f[0])

    def projects_in(self, sentence: Span) -> list[tuple[Span, Mention]]:
        """Projects named in a sentence, in order."""
        return sorted(((s, m) for s, m in self.projects.items() if sentence.covers(s)), key=lambda f: f[0])

    def backs_in(self, span: Span) -> list[tuple[Span, Mention]]:
        """Words in `span` that point back to projects, in order."""
        return sorted(((s, m) for s, m in self.backs.items() if span.covers(s)), key=lambda f: f[0])

    def focus(self, position: int, reach: int = 700) -> Mention | None:
        """The project spoken of last before `position`, not further back than `reach` characters."""
        spoken = (*self.projects.items(), *self.backs.items())
        before = [(s, m) for s, m in spoken if position - reach <= s.start < position]
        return max(before, key=lambda f: f[0])[1] if before else None

    def programme(self) -> Mention | None:
        """The programme that the document is mostly about."""
        return next((m for m in self.pledges.mentions if m.key == self.pledges.main), None)


def clause(text: str, sentence: Span, span: Span) -> Span:
    """The part of a sentence between clause boundaries that holds `span`."""
    start, end = sentence.start, sentence.end
    for match in _BOUNDARY.finditer(text, sentence.start, sentence.end):
        if match.end() <= span.start:
            start = match.end()
        elif match.start() >= span.end:
            end = match.start()
            break
    return Span(start, end)


@cache
def _definite() -> re.Pattern[str]:
    # "This development" and "the initiative" more often point back to news or to a programme.
    heads = [
        h for h in lexicon("kinds")["heads"]["en"] if h not in ("development", "initiative", "venture", "park", "yard")
    ]
    return re.compile(
        rf"(?<!\w)(?:the|this|that)\s(?P<by>(?:[\w.\-’']{{1,24}}\s){{0,3}}?)(?:{'|'.join(heads)})(?!\w)", re.IGNORECASE
    )


def pointing_back(text: str, sentences: Sequence[Span], projects: dict[Span, Mention]) -> dict[Span, Mention]:
    """Words such as "the proposed project" or "the Ohio plant", each with the project that they mean.

    A place or a sponsor between article and noun chooses among the projects of the text; else it is the one spoken of
    last, within a page's reach.
    """
    spoken = sorted(projects.items())
    out: dict[Span, Mention] = {}
    if not spoken:
        return out
    for sentence in sentences:
        for match in _definite().finditer(text, sentence.start, sentence.end):
            span = Span(*match.span())
            if any(span.overlaps(s) for s, _ in spoken):
                continue
            by = match["by"].strip()
            chosen = next((m for _, m in spoken if by and _known_by(m, by)), None)
            before = [m for s, m in spoken if span.start - _REACH <= s.start < span.start]
            if chosen is not None:
                out[span] = chosen
            elif before and not any(word[:1].isupper() for word in by.split()):
                out[span] = before[-1]
    return out


def _known_by(mention: Mention, words: str) -> bool:
    """Whether `words` name the place or the sponsor of a project ("Ohio", "SoftBank")."""
    bare = re.sub(r"(?:'s|’s)$", "", words).lower()
    names = [n.lower() for n in (mention.place, mention.sponsor) if n]
    return any(bare == n or n.startswith(bare + " ") or n.endswith(" " + bare) for n in names)


_REACH = 1500
"""Characters, about a screen of text, beyond which "the project" no longer tells which one."""
