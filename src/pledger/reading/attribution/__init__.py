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

from pledger.model import Span
from pledger.reading.attribution.breaks import mended, pieces, typeset
from pledger.reading.attribution.continued import continue_quotations
from pledger.reading.attribution.english import relations
from pledger.reading.attribution.footers import footers
from pledger.reading.attribution.foreign import foreign
from pledger.reading.attribution.frames import cue_words
from pledger.reading.attribution.labels import labels
from pledger.reading.attribution.relation import Relation
from pledger.reading.attribution.sources import carrier, is_anonymous, is_name, is_outlet
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
    cues = cue_words()
    speeches = labels(text, spans)
    for span in spans:
        speech = speeches.get(span.start)
        if speech is not None:
            read.append((span, None, [speech] if speech.content is not None else []))
            continue
        words = tokenise(text, span.start, span.end)
        if cues.isdisjoint(words.low) and not words.regions:
            read.append((span, words, footers(text, span)))
            continue
        here = footers(text, span) or [_found(words, relation) for relation in relations(words, inner)]
        read.append((span, words, here))
    for _, here in continue_quotations(text, read):
        found.extend(here)
    return found


def _found(w: Words, r: Relation) -> FoundAttribution:
    def span(part: tuple[int, int]) -> Span:
        return Span(w.start[part[0]], w.end[part[1] - 1])

    contents = tuple(sorted(span(part) for part in r.contents))
    source = span(r.source) if r.source else None
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
