"""The countries and amounts of a document, and by votes which country invests and which one hosts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pledger.data import lexicon
from pledger.model import Money, Span
from pledger.reading.countries import Country
from pledger.reading.found import Found
from pledger.reading.names import Name
from pledger.reading.page import Page
from pledger.reading.patterns import OWN_WORDS, POSSESSIVE, any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.programmes.known import known_ceiling, known_investors, usual_host
from pledger.reading.programmes.origins import from_there
from pledger.reading.programmes.words import NOUNS
from pledger.reading.tails import Tail

__all__ = ["Scene", "is_compared", "is_possessive", "scene"]

_POSSESSIVE = re.compile(POSSESSIVE)


@dataclass(frozen=True, slots=True)
class Scene:
    """What of a document tells whose pledge an amount is."""

    page: Page
    countries: Placed[Country]
    amounts: Placed[Found[Money]]
    host: str | None = None
    """The country that is invested in, where the text does not say otherwise."""
    investor: str | None = None
    """The country that invests, where the text does not say otherwise."""
    pledgers: Placed[Country] = field(default_factory=Placed)
    """All countries but the host."""
    owners: Placed[Country] = field(default_factory=Placed)
    """Of those, the ones whose words own what follows: "Japan's", "Japanese"."""
    names: Placed[Name] = field(default_factory=Placed)

    @property
    def text(self) -> str:
        """The text itself."""
        return self.page.text

    @property
    def language(self) -> str:
        """The language of the text."""
        return self.page.language

    @property
    def sentences(self) -> Sequence[Span]:
        """The sentences of the text."""
        return self.page.sentences

    def abroad(self, sentence: Span) -> list[Country]:
        """The countries of a sentence that are not the host."""
        return [country for _, country in self.pledgers.inside(sentence)]


def is_possessive(text: str, country: Country) -> bool:
    """Whether a country's name carries a possessive ending."""
    return _POSSESSIVE.match(text, country.span.end) is not None


def scene(
    page: Page, amounts: Placed[Found[Money]], countries: Placed[Country], names: Placed[Name] | None = None
) -> Scene:
    """The scene of a document: host by where money is said to go, investor by who stands with words of investing.

    A country that only tells where a company comes from pledges nothing.
    """
    named: Placed[Name] = names if names is not None else Placed()
    text, start = page.text, Scene(page, countries, amounts, names=named)
    host = _host(start)
    abroad = [(span, country) for span, country in countries if country.code != host]
    if page.language not in OWN_WORDS:
        abroad = [(span, country) for span, country in abroad if not from_there(text, span, named)]
    owners = [(s, c) for s, c in abroad if c.form == "people" or is_possessive(text, c)]
    with_host = replace(start, host=host, pledgers=Placed(abroad), owners=Placed(owners))
    return replace(with_host, investor=_investor(with_host))


@cache
def _into() -> Tail:
    """Words of investing before a country: "invests $5bn in the"."""
    words, into = any_of(plain("programme", "host", "left_en")), any_of(plain("programme", "host", "into_en"))
    gap = rf"(?:\s(?!{any_of(plain('programme', 'host', 'elsewhere_en'))}\s)\S{{1,40}}){{0,3}}"
    return Tail(rf"(?:{words}{gap}\s(?:in|into|to|for)|(?<![a-z]){into}{gap}\s(?:in|into|within))\s(?:the\s)?$")


@cache
def _own_investment() -> re.Pattern[str]:
    return re.compile(rf"\s{any_of(plain('programme', 'host', 'right_en'))}\b", re.IGNORECASE)


_PAIRED = re.compile(r"[\w.][-–‑/]$")
"""Behind another country and a hyphen, "investment" is of both: "EU-Chile investment"."""


def _host(found: Scene) -> str | None:
    codes = Counter(country.code for _, country in found.countries)
    usual = usual_host() if codes.get(usual_host()) else None
    if found.language in OWN_WORDS:
        return usual
    votes: Counter[str] = Counter()
    for span, country in found.countries:
        if _into().search(found.text, max(0, span.start - 40), span.start):
            votes[country.code] += 3
        paired = _PAIRED.search(found.text, max(0, span.start - 12), span.start)
        if country.form == "name" and not paired and _own_investment().match(found.text, span.end):
            votes[country.code] += 2
    # Where a country is named that invests there by a known programme, money is rather meant to go there too.
    if usual is not None and any(known_investors().get(code, "").endswith(f">{usual}") for code in codes):
        votes[usual] += 2
    for _, amount in found.amounts:
        # What a known programme comes to tells who hosts, where the text names both of its countries.
        investor, _, target = (known_ceiling(amount.value) or "").partition(">")
        if investor in codes and target in codes:
            votes[target] += 3
    return max(votes, key=lambda k: (votes[k], codes[k], k)) if votes else usual


_COMPARES = 24
"""Characters beside a country's name within which words compare something with it."""


@cache
def _compared(side: str, language: str) -> re.Pattern[str]:
    words = any_of(plain("programme", "compared", f"{side}_{language if language in OWN_WORDS else 'en'}"))
    return re.compile(rf"{words}$" if side == "before" else words, re.IGNORECASE)


def is_compared(text: str, span: Span, language: str) -> bool:
    """Whether a country is only what another one is compared with: it starts no word of its own programme."""
    if _compared("behind", language).match(text, span.end):
        return True
    return _compared("before", language).search(text, max(0, span.start - _COMPARES), span.start) is not None


def _investor(found: Scene) -> str | None:
    home = lexicon("programme")["home"].get(found.language)
    page = found.page
    votes: Counter[str] = Counter()
    for index in page.where(NOUNS.trigger):
        sentence = page.sentences[index]
        here = [c for c in found.abroad(sentence) if not is_compared(found.text, c.span, found.language)]
        if not here or not page.marks(NOUNS, sentence):
            continue
        leads = index < 2 or bool(found.amounts.inside(sentence))
        for country in here:
            votes[country.code] += 3 if country is here[0] and leads else 1
            end = country.span.end
            if is_possessive(found.text, country) and page.find(NOUNS, end, min(len(page.text), end + 80)):
                votes[country.code] += 4
    if home is not None:
        votes[str(home)] += min(_MOST_OWN, len(_own(found.language).findall(found.text)))
        votes.update(_by_sizes(found))  # else nothing tells by default whose an amount is
    if home is not None and not any(v > 1 for v in votes.values()):
        return str(home)
    best = max(votes, key=lambda k: (votes[k], k)) if votes else home
    return _rather_known(found, best) if best != home else best


_MOST_OWN = 5
"""Votes at most for the country whose news says "we" and "our country"."""


@cache
def _own(language: str) -> re.Pattern[str]:
    return re.compile(any_of(plain("programme", "own", language)))


_SIZE = 3
"""Votes for the country whose programme is known to have the size of an amount."""


def _by_sizes(found: Scene) -> Counter[str]:
    """Votes of amounts that are the known ceiling of a programme of the host."""
    keys = {known_ceiling(amount.value) for _, amount in found.amounts} - {None}
    sides = [str(key).partition(">") for key in keys]
    named = {country.code for _, country in found.countries}
    return Counter({side[0]: _SIZE for side in sides if side[2] == found.host and side[0] in named})


def _rather_known(found: Scene, best: str | None) -> str | None:
    """A country with a known programme that a text names as often: where the reader lives is named in passing."""
    if best is None or best in known_investors() or found.host != usual_host():
        return best
    codes = Counter(country.code for _, country in found.pledgers)
    known = max((code for code in codes if code in known_investors()), key=lambda k: (codes[k], k), default=None)
    return known if known is not None and codes[known] >= codes[best] else best
