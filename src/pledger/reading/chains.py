"""Who said it: the attributions of a text as the chain of each claim, outermost relay first, innermost source last."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pledger.model import Attribution, EntityKind, Span
from pledger.reading.found import FoundAttribution
from pledger.reading.names import Name

__all__ = ["Chains"]

_COMPANY = re.compile(
    r"^(?:the|both|each)?\s?(?:company|firm|group|manufacturer|developer|conglomerate|bank|lender|agency|insurer|utility|outlet|newspaper|news agency|broadcaster|paper|ministry|department|government|office|committee)$",
    re.IGNORECASE,
)
_DOCUMENT = re.compile(
    r"^(?:the|this|that|its)?\s?(?:\w+\s)?(?:document|fact ?sheet|report|statement|list|paper|memorandum|release|filing|letter|text|study|survey|article|notice|announcement)$",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"^(?:he|she|it|they|who)$", re.IGNORECASE)
_FOR_PERSONS = re.compile(r"^(?:he|she|who)$", re.IGNORECASE)
_ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
_SPEAKERS = re.compile(
    r"(?<!\w)(?:sources?|officials?|people|person|persons|insiders?|analysts?|economists?|experts?|executives?|lawmakers?|diplomats?|ministers?|ministry|"
    r"governments?|authorities|spokes\w+|company|companies|firm|group|bank|banks|agency|agencies|newspapers?|outlets?|broadcaster|media|press|"
    r"reports?|study|studies|survey|documents?|fact ?sheets?|statements?|filings?|memorandum|text|article|president|secretary|chairman|chief|"
    r"critics|opponents|supporters|investors|traders|lawyers|negotiators|delegation|committee|council|court|commission|department|office|he|she|they|it|we|you|i|who)(?!\w)",
    re.IGNORECASE,
)
"""Words for somebody or something that can speak; what has neither these nor a name is no source."""
_HOLDER = re.compile(
    r"(?:(?:an?|one|two|three|several|senior|another)\s)?(?:[\w\-]{1,20}\s){0,2}(?:officials?|sources?|spokes\w+|executives?|people|analysts?|advisers?)\s(?:at|of|for|from|in|with)\s(?:the\s)?$",
    re.IGNORECASE,
)
_NOBODY = re.compile(
    r"(?<!\w)(?:sources?|officials|an official|a senior official|one official|people|persons?|insiders?|a person|diplomats|executives|aides)(?!\w)",
    re.IGNORECASE,
)
_INSTITUTION = {
    "ministry": ("Ministry",),
    "department": ("Department",),
    "bank": ("Bank",),
    "agency": ("Agency", "Insurance"),
    "committee": ("Committee",),
}


class Chains:
    """The attributions of one document, asked claim by claim."""

    def __init__(
        self, text: str, sentences: Sequence[Span], found: Sequence[FoundAttribution], names: Sequence[Name]
    ) -> None:
        self._text = text
        self._sentences = sentences
        self._names = names
        self._links: list[tuple[tuple[Span, ...], Attribution, Attribution | None]] = []
        self._whole: tuple[Attribution, ...] = ()
        previous: Attribution | None = None
        for one in sorted(found, key=lambda f: (f.cue or f.source or f.content or Span(0, 0)).start):
            if one.kind in ("believes", "intends"):
                continue
            link = self._link(one, previous)
            if link is None:
                continue
            via = None
            if one.via is not None:
                via = Attribution(self._resolved(one.via, previous)[0], False, None, one.via)
            if one.kind == "relays" and (one.content is None or not one.contents):
                self._relay(link, one)
                continue
            contents = one.contents or ((one.content,) if one.content else ())
            if one.kind == "relays":
                # "This development, first reported by X": what X reported is what the sentence before says too.
                before = self._before(one)
                self._links.append(((*contents, *before), link, via))
            else:
                self._links.append((contents, link, via))
            previous = link
        self._links.sort(key=lambda entry: -max((c.end - c.start for c in entry[0]), default=0))

    def of(self, sentence: Span, span: Span) -> tuple[Attribution, ...]:
        """The chain of a claim whose value stands at `span`: every attribution whose content holds it."""
        chain: list[Attribution] = []
        for contents, link, via in self._links:
            if any(c.covers(span) or (c.overlaps(span) and sentence.covers(c)) for c in contents):
                for step in (via, link):
                    if step is not None and all(step.source != c.source for c in chain):
                        chain.append(step)
        return tuple(chain) or self._whole

    def _opening(self, one: FoundAttribution) -> bool:
        """Whether a relay stands in the opening part of a text, where it credits the news itself."""
        at = (one.cue or one.source or Span(0, 0)).start
        return at < max(1500, len(self._text) // 4)

    def _relay(self, link: Attribution, one: FoundAttribution) -> None:
        at = (one.source or one.cue or Span(0, 0)).start
        if at > len(self._text) * 0.6 or self._opening(one):
            self._whole = self._whole or (link,)

    def _before(self, one: FoundAttribution) -> tuple[Span, ...]:
        at = (one.cue or one.source or Span(0, 0)).start
        index = next((i for i, s in enumerate(self._sentences) if s.start <= at < s.end), 0)
        return (self._sentences[index - 1],) if index > 0 else ()

    def _link(self, one: FoundAttribution, previous: Attribution | None) -> Attribution | None:
        if one.source is None or not self._speaks(one.source):
            return None
        said_by = self._widened(one.source)
        source, anonymous = self._resolved(said_by, previous)
        parts = [s for s in (said_by, one.cue) if s is not None]
        span = Span(min(p.start for p in parts), max(p.end for p in parts))
        return Attribution(
            source,
            one.anonymous or anonymous or self._unnamed(said_by),
            one.cue.of(self._text) if one.cue else None,
            span,
            one.content,
        )

    def _widened(self, source: Span) -> Span:
        """The source with the whole of a name that it cuts, and the person before it ("an official at the ...")."""
        for name in self._names:
            if name.span.overlaps(source) and not source.covers(name.span):
                source = Span(min(source.start, name.span.start), max(source.end, name.span.end))
        before = _HOLDER.search(self._text[max(0, source.start - 60) : source.start])
        return Span(source.start - len(before[0]), source.end) if before else source

    def _unnamed(self, source: Span) -> bool:
        """ "Two Japanese government sources" are nobody in particular, whatever adjective they carry."""
        if not _NOBODY.search(source.of(self._text)):
            return False
        return not any(n.kind is EntityKind.PERSON and source.covers(n.span) for n in self._names)

    def _speaks(self, source: Span) -> bool:
        words = source.of(self._text)
        if not words.isascii() and not re.search(r"[a-z]{4}", words):
            return True
        return any(n.span.overlaps(source) for n in self._names) or _SPEAKERS.search(words) is not None

    def _resolved(self, span: Span, previous: Attribution | None) -> tuple[str, bool]:
        """The source's words; "the company", "the document" and pronouns by whom they point back to."""
        words = re.sub(r"\s+", " ", span.of(self._text)).strip()
        plain = _ARTICLE.sub("", words)
        if _PRONOUN.match(words):
            if previous is not None:
                return previous.source, previous.anonymous
            kind = EntityKind.PERSON if _FOR_PERSONS.match(words) else EntityKind.ORGANISATION
            name = self._last(span.start, kind)
            return (name or plain), name is None
        if _DOCUMENT.match(words) and previous is not None and words.lower().startswith(("the ", "this ", "that ")):
            return previous.source, previous.anonymous
        if _COMPANY.match(words) and words.lower().startswith("the "):
            noun = plain.lower()
            hints = _INSTITUTION.get(noun)
            name = self._last(span.start, EntityKind.ORGANISATION, hints)
            if name:
                return name, False
        return plain, False

    def _last(self, before: int, kind: EntityKind, hints: tuple[str, ...] | None = None) -> str | None:
        """The last name of a kind within the 500 characters before; the first of an apposition counts ("X, part of Y")."""
        near = [n for n in self._names if n.kind is kind and before - 500 <= n.span.start < before]
        if hints:
            near = [n for n in near if any(h in n.text for h in hints)]
        if not near:
            return None
        last = near[-1]
        for earlier in near[:-1]:
            between = self._text[earlier.span.end : last.span.start]
            if re.fullmatch(
                r",?\s(?:which is |itself )?(?:an? |the )?(?:\w+\s){0,2}(?:part|unit|subsidiary|arm|division|affiliate) of (?:the )?",
                between,
            ):
                return earlier.text
        return last.text
