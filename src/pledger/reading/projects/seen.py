"""Where a text speaks of something to be built, with what the words right around it say: sponsor, place, programme."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Money, Span
from pledger.reading.countries import is_place_word
from pledger.reading.found import Found
from pledger.reading.frames import Frames
from pledger.reading.kinds import KindFound, kinds_of
from pledger.reading.mask import Masked
from pledger.reading.names import Name, foreign_place, normal_name
from pledger.reading.page import Page, Trigger
from pledger.reading.parties import PARTIES, letters, masked_sentence, parties
from pledger.reading.patterns import CJK, OWN_WORDS, any_of, of_language, plain
from pledger.reading.placed import Placed
from pledger.reading.programmes import Pledges
from pledger.reading.projects.listing import priced_lines
from pledger.reading.projects.rows import place_in_row, sponsors_in_row

__all__ = ["Seen", "Sighting", "seen", "sponsors_of"]

_NEAR = 500
"""Characters back within which a kind that was named still tells what "a sister plant in Pennsylvania" is."""


@dataclass(frozen=True, slots=True)
class Seen:
    """One mention of a project with what its own sentence says of it."""

    found: KindFound
    sentence: int
    """Index of the sentence."""
    sponsors: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    company: bool = False
    """Whether a stage, a party or an amount stands beside it."""
    programme: str | None = None
    """Key of the programme that the words around it are about."""
    telling: bool = True
    """Whether its words themselves say of what kind it is."""
    plural: bool = False
    """Whether its words name several things."""


@dataclass(frozen=True, slots=True)
class Sighting:
    """What must be known of a text before its projects can be seen."""

    page: Page
    names: Placed[Name]
    amounts: Placed[Found[Money]]
    pledges: Pledges
    staged: frozenset[int]
    """Indices of the sentences that speak of a stage."""


def seen(sight: Sighting) -> list[Seen]:
    """All mentions of kinds of project, in order, whether or not they turn out to mean one."""
    out: list[Seen] = []
    last: KindFound | None = None
    built: KindFound | None = None
    page = sight.page
    header: Span | None = None
    ends: dict[str, str] = {}
    for index, sentence in enumerate(page.sentences):
        row = page.text.startswith("|", sentence.start) and page.language not in CJK
        header = (header or sentence) if row else None
        found = [_called_again(page.text, f, ends) for f in kinds_of(page, index) if not _part_of_name(sight, f)]
        bare = _unnamed(page, index, found, last) if last else []
        each = _each(page, index, found, last)
        if found or bare or each.ones:
            last = next(reversed((*found, *bare)), last)
        elif last is not None and last.built == "none":
            last = built  # what is no thing by itself tells what "a plant" is in the next sentence only
        if last is not None and last.built != "none":
            built = last
        if found or bare or each.ones:
            told = _of_sentence(sight, index, found, [*bare, *each.ones], sight.names.inside(sentence))
            out += [_of_row(page, header, sentence, s) for s in told] if row and header is not None else told
            if each.ones:
                out = _shared_out(out, each)
        elif out and out[-1].sentence == index - 1 and (here := sight.names.inside(sentence)):
            late = _late_sponsors(sight, index, here, out[-1])
            if late:
                out[-1] = replace(out[-1], sponsors=(*out[-1].sponsors, *late), company=True)
    lines = priced_lines(page.text, sight.amounts)
    if not lines:
        return out
    all_told = Placed((mention.found.span, mention) for mention in out)
    return [_of_line(sight, lines, all_told, mention) for mention in out]


def _of_line(sight: Sighting, lines: Placed[Span], told: Placed[Seen], mention: Seen) -> Seen:
    """A mention with the company that its line of a list of sums names first: "- $9bn to build reactors with Acme"."""
    near = lines.touching(mention.found.span)
    if mention.sponsors or not near:
        return mention
    here = [name for _, name in sight.names.inside(near[0][0]) if name.kind is EntityKind.ORGANISATION]
    # "AP1000" is what is built, and no company.
    firm = next((n for n in here if not told.touching(n.span) and not any(c.isdigit() for c in n.text)), None)
    return mention if firm is None else replace(mention, sponsors=(normal_name(firm.text),), company=True)


@cache
def _bare() -> re.Pattern[str]:
    """A thing that is built at a place of its own, in words that do not say what it is: "a sister plant in Ohio"."""
    heads = any_of(plain("kinds", "heads", "bare_en"))
    return re.compile(
        rf"(?<!\w)(?i:an?|another|one|the other|the second|its|the)\s(?:[$€£¥]?[\w\-.]{{1,15}}\s){{0,2}}?{heads}"
        r"(?=\s(?:in|near|outside|at)\s(?:the\s)?[A-Z])"
    )


_UNNAMED = Trigger(lambda language: [] if language in CJK else [[_bare().pattern]])


def _unnamed(page: Page, index: int, found: Sequence[KindFound], last: KindFound) -> list[KindFound]:
    """Things that are built at a place of their own and are of the kind that was spoken of just before."""
    if not page.has(_UNNAMED, index):
        return []
    sentence = page.sentences[index]
    taken = Placed((f.span, f) for f in found)
    spans = (Span(*match.span()) for match in _bare().finditer(page.text, sentence.start, sentence.end))
    return [
        KindFound(last.kind, span, "strong")
        for span in spans
        if span.start - last.span.end < _NEAR and not taken.touching(span)
    ]


def _part_of_name(sight: Sighting, one: KindFound) -> bool:
    """Whether a word for a kind only is a part of a company's name: "Acme Strategic MINERALS"."""
    named = sight.names.touching(one.span)
    if sight.page.language in CJK:  # 旭ダイヤモンド工業: no head behind the name makes a plant of it
        return any(
            name.kind is EntityKind.ORGANISATION and span.start < one.span.start < span.end for span, name in named
        )
    if one.built != "none" or sight.page.language in OWN_WORDS:
        return False
    return any(name.kind is EntityKind.ORGANISATION and span.covers(one.span) for span, name in named)


_THE = re.compile(r"(?<!\w)(?:the|this|that|its|their)[ \n\u00a0]$", re.IGNORECASE)


def _called_again(text: str, one: KindFound, ends: dict[str, str]) -> KindFound:
    """ "The refinery", where a gallium refinery was spoken of, is of that kind; `ends`: by noun the kind told last."""
    words = one.span.of(text).lower().split()
    if not words or not words[-1].isascii():
        return one
    known = ends.get(words[-1])
    if len(words) == 1:
        again = known is not None and _THE.search(text, max(0, one.span.start - 7), one.span.start)
        return replace(one, kind=known) if again and known is not None else one
    if one.built != "none":
        ends[words[-1] if " for " not in one.span.of(text) else words[0]] = one.kind
    return one


def _of_row(page: Page, header: Span, line: Span, mention: Seen) -> Seen:
    """A mention with what the other cells of its row say of it."""
    if line == header or mention.found.built == "none":
        return mention
    place = place_in_row(page.text, line, mention.found.span, page.language) if not mention.places else None
    sponsors = sponsors_in_row(page.text, header, line, mention.found.span) if not mention.sponsors else []
    places = mention.places if place is None else (place.text,)
    return replace(mention, places=places, sponsors=mention.sponsors or tuple(sponsors), company=True)


@dataclass(frozen=True, slots=True)
class _Each:
    """The members of a set of projects told one by one, and the words for the set."""

    ones: tuple[KindFound, ...] = ()
    whole: KindFound | None = None


@cache
def _one_in() -> re.Pattern[str]:
    """ "One in Texas" as a member of a row or a subject; "no one in Washington" is nobody."""
    listed = any_of(plain("kinds", "heads", "each_en"))
    return re.compile(
        rf"(?:(?<=[:;,(–—]\s)|(?<=and\s)|(?<=with\s)|(?<=[.\n]\s)|(?<=\n)){listed}(?=\s(?:in|near|outside|at)\s(?:the\s)?[A-Z])",
        re.IGNORECASE,
    )


_EACH = Trigger(lambda language: [] if language in CJK else [[_one_in().pattern]])


def _each(page: Page, index: int, found: Sequence[KindFound], last: KindFound | None) -> _Each:
    """ "Two gas hubs: ONE in Texas and ONE in Iowa": each is a project of its own, and the set is none."""
    if not page.has(_EACH, index):
        return _Each()
    sentence = page.sentences[index]
    spans = [Span(*match.span()) for match in _one_in().finditer(page.text, sentence.start, sentence.end)]
    if not spans:
        return _Each()
    whole = next((f for f in reversed((*((last,) if last else ()), *found)) if f.span.end <= spans[0].start), None)
    if whole is None or not _is_plural(whole.span.of(page.text)) or spans[0].start - whole.span.end > _NEAR:
        return _Each()
    if any(f.span.start > spans[0].start for f in found):
        spans = [span for span in spans if not any(whole.span.end < f.span.start < span.start for f in found)]
    return _Each(tuple(KindFound(whole.kind, span, "strong") for span in spans), whole)


def _is_plural(words: str) -> bool:
    last = words.rsplit(None, 1)[-1].lower()
    return last.endswith("s") and not last.endswith(("ss", "us", "works"))


def _shared_out(mentions: Sequence[Seen], each: _Each) -> list[Seen]:
    """All mentions; whoever stands behind a set told one by one stands behind each, and the set goes."""
    ones = {one.span for one in each.ones}
    wholes = [s for s in mentions if each.whole is not None and s.found.span == each.whole.span]
    sponsors = tuple(dict.fromkeys(name for s in wholes for name in s.sponsors))
    kept = [s for s in mentions if s not in wholes]
    return [replace(s, sponsors=s.sponsors or sponsors, company=True) if s.found.span in ones else s for s in kept]


@cache
def _listing() -> re.Pattern[str]:
    """Words that list what a programme's projects are."""
    nouns, verbs = (any_of(plain("programme", "listing", key)) for key in ("nouns_en", "verbs_en"))
    return re.compile(rf"(?<!\w){nouns}(?:\s[\w\-]{{1,20}}){{0,4}}\s?(?:{verbs}|:)(?!\w)", re.IGNORECASE)


_LISTS = Trigger(lambda _: [[_listing().pattern]])


def _of_sentence(
    sight: Sighting,
    index: int,
    found: Sequence[KindFound],
    bare: Sequence[KindFound],
    here: Sequence[tuple[Span, Name]],
) -> list[Seen]:
    """What one sentence says of each kind that it names, and of what it names without a kind."""
    page = sight.page
    text, language, sentence = page.text, page.language, page.sentences[index]
    sponsors: dict[Span | None, list[str]] = {}
    places: dict[Span, list[str]] = {}
    present = letters((n for _, n in here), len(found) + len(bare))
    if here and (PARTIES.may(page, index, present) or _PLACES.may(page, index, present)):
        masked = masked_sentence(text, sentence, (n for _, n in here), (f.span for f in (*found, *bare)))
        for project, name in _sponsors(masked, page, index):
            sponsors.setdefault(project, []).append(name)
        places = _places(masked, page, index)
    company = index in sight.staged or (
        page.has(_LISTS, index) and _listing().search(text, sentence.start, sentence.end) is not None
    )
    priced = bool(sight.amounts.inside(sentence))
    out = []
    for one in (*found, *bare):
        mine, where = tuple(sponsors.get(one.span, ())), tuple(places.get(one.span, ()))
        rooted = one.built == "none" and bool(where) and language in CJK
        kind = replace(one, built="weak") if rooted else one
        beside = company or bool(mine) or ((priced or bool(where)) and kind.built != "none")
        programme = sight.pledges.at(page.sentences, index, kind.span.start)
        telling = one.built != "none" and one not in bare
        plural = language not in OWN_WORDS and _is_plural(kind.span.of(text))
        out.append(Seen(kind, index, mine, where, beside, programme, telling, plural))
    return out


def sponsors_of(sight: Sighting, index: int, things: Sequence[Span]) -> list[tuple[Span | None, str]]:
    """The sponsors of things in a sentence, as `_sponsors` reads them."""
    page, sentence = sight.page, sight.page.sentences[index]
    here = [name for _, name in sight.names.inside(sentence)]
    if not here or not PARTIES.may(page, index, letters(here, len(things))):
        return []
    return _sponsors(masked_sentence(page.text, sentence, here, things), page, index)


def _late_sponsors(sight: Sighting, index: int, here: Sequence[tuple[Span, Name]], before: Seen) -> list[str]:
    """ "SB Energy is to develop it": sponsors of the project that the sentence before spoke of."""
    page, sentence = sight.page, sight.page.sentences[index]
    if "\n" in page.text[before.found.span.end : sentence.start]:
        return []
    if not PARTIES.may(page, index, letters((n for _, n in here), 0)):
        return []
    masked = masked_sentence(page.text, sentence, (n for _, n in here))
    return [name for project, name in _sponsors(masked, page, index) if project is None]


def _sponsors(masked: Masked[Span | Name], page: Page, index: int) -> list[tuple[Span | None, str]]:
    """The projects of a masked sentence, None where the words name none, with the names of their sponsors."""
    return [
        (party.project, normal_name(party.name.text))
        for party in parties(masked, page, index)
        if party.role == "sponsor" and party.name.kind is EntityKind.ORGANISATION
    ]


def _listed_places(language: str) -> tuple[str, ...]:
    table = lexicon("kinds")["places"]
    return of_language(table, language if language in table else "en")


_PLACES = Frames(_listed_places)


def _places(masked: Masked[Span | Name], page: Page, index: int) -> dict[Span, list[str]]:
    """The places that stand beside projects; a country alone does not tell two projects apart."""
    out: dict[Span, list[str]] = {}
    for _, match in _PLACES.matches(masked, page, index):
        project, told = masked.listed(match["P"])[0], match.groupdict()
        for place in masked.listed(told.get("L") or told.get("LS") or ""):
            if isinstance(project, Span) and isinstance(place, Name) and not is_place_word(place.text):
                out.setdefault(project, []).append(foreign_place(place.text))
    return out
