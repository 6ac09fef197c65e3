"""Who said what: source, cue and content of every attribution in a text, with exact offsets, without a parser.

Cues come from frames (`data/lexicon/attribution.toml`): which verbs, nouns and prepositions take a quotation, a
clause, an object, an infinitive. A light chunker over classes of words finds the phrases around them.

How spans are cut: a source is the whole noun phrase with titles and appositions, a place or "himself" behind it, a
relative pronoun with the noun that it stands for; a possessive source is without its "'s". A cue has its auxiliaries,
negation and the adverb before it ("later announced"), and "according to" whole; not the person told. A content has its
quotation marks, "that", and the preposition that leads it in ("called | for talks"); the stop that closes the sentence
is outside.
"""

from __future__ import annotations

from dataclasses import replace

from pledger.model import Span
from pledger.reading.attribution.asides import asides, passed_on
from pledger.reading.attribution.breaks import mended, pieces, typeset
from pledger.reading.attribution.clauses import speaker
from pledger.reading.attribution.continued import continue_quotations
from pledger.reading.attribution.english import layers, relations
from pledger.reading.attribution.footers import footers
from pledger.reading.attribution.foreign import foreign
from pledger.reading.attribution.frames import cue_words
from pledger.reading.attribution.labels import labels
from pledger.reading.attribution.relation import Relation
from pledger.reading.attribution.sources import (
    behind_outlets,
    carrier,
    is_anonymous,
    is_name,
    is_outlet,
    listed,
    names_somebody,
)
from pledger.reading.attribution.words import Words, tokenise
from pledger.reading.found import FoundAttribution
from pledger.reading.sentences import sentences

__all__ = ["attributions"]


def attributions(text: str, language: str = "en", *, inner: bool = False) -> list[FoundAttribution]:
    """Every attribution in `text`, in the order of their cues.

    Contents are never nested: of "X said that Y expects Z" only X's is returned, unless `inner` asks for those inside
    contents too. `language` is an ISO 639-1 code; ja, zh, ko and de have their common frames, every other
    language is read as English. Linear in the length of the text; never raises for any text.
    """
    if language in ("ja", "zh", "ko", "de"):
        return foreign(text, language)
    found: list[FoundAttribution] = []
    text = typeset(text)
    spans = mended(text, list(pieces(text, sentences(text, language))))
    read: list[tuple[Span, Words | None, list[FoundAttribution]]] = []
    nested: list[FoundAttribution | None] = []
    speech_of: FoundAttribution | None = None
    cues = cue_words()
    speeches = labels(text, spans)
    for span in spans:
        speech = speeches.get(span.start)
        if speech is not None:
            speech_of = speech if speech.content is not None else speech_of
            read.append((span, None, [speech] if speech.content is not None else []))
            if not inner and speech_of is not None and speech_of.content is not None:
                words = tokenise(text, max(span.start, speech_of.content.start), span.end)
                nested.extend(_nested(words, relation, speech_of.source, spoken=True) for relation in relations(words))
            continue
        words = tokenise(text, span.start, span.end)
        if cues.isdisjoint(words.low) and not words.regions:
            nested.extend(asides(words, ()))
            read.append((span, words, footers(text, span)))
            continue
        here = footers(text, span)
        if not here and inner:
            here = [_found(words, relation) for relation in relations(words, inner)]
        elif not here:
            outer, inside = layers(words)
            here = passed_on(words, [_found(words, relation) for relation in outer])
            nested.extend(
                _nested(words, relation, _cited(here, _span(words, by.source))) for relation, by in inside if by.source
            )
            nested.extend(asides(words, here))
        read.append((span, words, here))
    for _, here in continue_quotations(text, read):
        found.extend(here)
    if inner:
        return found
    taken = [one.source for one in found if one.source is not None]
    found += [one for one in nested if one is not None and not any(one.source == t for t in taken)]
    found.sort(key=lambda one: (one.cue or one.source or one.content or Span(0, 0)).start)
    return behind_outlets(text, found)


def _span(w: Words, part: tuple[int, int]) -> Span:
    return Span(w.start[part[0]], w.end[part[1] - 1])


def _cited(here: list[FoundAttribution], outer: Span) -> Span:
    """Whom an outlet cites for all that it relays: "Y said ..., X reports, citing Z": Y speaks through Z."""
    return next(
        (o.source for o in here if o.via == outer and o.kind == "relays" and o.source and not o.contents), outer
    )


def _nested(w: Words, r: Relation, via: Span | None, *, spoken: bool = False) -> FoundAttribution | None:
    """An attribution inside what somebody else says: without contents of its own, through who says it."""
    if r.source is None or r.kind not in ("says", "relays", "believes"):
        return None
    if not names_somebody(w, r.source) or not (spoken or speaker(w, r.source)):
        return None
    one = _found(w, r)
    told = tuple(part for part in one.contents if part.start >= w.start[0])
    return replace(one, content=None, contents=(), via=one.via or via, inner=told)


def _found(w: Words, r: Relation) -> FoundAttribution:
    def span(part: tuple[int, int]) -> Span:
        return Span(w.start[part[0]], w.end[part[1] - 1])

    contents = tuple(sorted(span(part) for part in r.contents))
    source = span(listed(w, r.source)) if r.source else None
    outlet = r.source is not None and is_outlet(w, r.source)
    anonymous = r.source is None or is_anonymous(w, r.source)
    via = r.via if r.via and (r.extra or is_outlet(w, r.via) or (anonymous and is_name(w, r.via))) else None
    via = via or (carrier(w, r.source) if r.source else None)
    return FoundAttribution(
        source=source,
        cue=span(r.cue),
        content=contents[0] if contents else None,
        contents=contents,
        anonymous=anonymous,
        kind="relays" if outlet and r.kind == "says" else r.kind,
        via=span(via) if via else None,
    )
