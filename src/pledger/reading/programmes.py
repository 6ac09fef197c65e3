"""Programmes and batches of projects in a text: who pledges to whom, and which words name the pledge.

A programme is told by a pledging country, a host country and a noun of investing; its key is `INVESTOR>HOST`.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from pledger.data import lexicon, programmes
from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.countries import Country, countries
from pledger.reading.found import Found
from pledger.reading.patterns import CJK, alternation, compiled, of_language

__all__ = ["Pledges", "known_ceiling", "pledges", "scope_of", "tranches"]


@dataclass(frozen=True, slots=True)
class Pledges:
    """What a document says of programmes: the mentions, which amounts they own, and the main one."""

    mentions: tuple[Mention, ...]
    owned: dict[Span, tuple[Mention, str]]
    """Span of an amount -> the programme whose amount it is, and its scope."""
    main: str | None
    """Key of the programme that the document is mostly about."""
    named: tuple[tuple[int, str], ...] = ()
    """Where countries with a programme are named, and the programme's key; in order."""

    def at(self, sentences: Sequence[Span], index: int, position: int) -> str | None:
        """The programme that words at `position` in sentence `index` belong to.

        The country with a programme that is named last before them in their own or the sentence before, else the main
        programme: an article on one country's pledge looks at another's in passing.
        """
        start = sentences[max(0, index - 1)].start
        last = [key for at, key in self.named if start <= at < position]
        return last[-1] if last else self.main


_BREAKS = r"(?:and|or|in|on|at|of|for|to|from|by|with|that|which|is|are|was|were|has|have|had|will|would|could|may|but|as|than|into|over|per|the|a|an)"
_POSSESSIVE = re.compile(r"^(?:'s|’s|s'|s’)")
_ITS = re.compile(r"(?<!\w)(?:its|their|the country(?:'s|’s)|the government(?:'s|’s))(?!\w)", re.IGNORECASE)
_INVEST = re.compile(r"(?<!\w)(?:invest\w*|pledg\w+|promis\w+|commit\w*|vow\w*|pour\w*|deploy\w*)(?!\w)", re.IGNORECASE)
_BY_LANGUAGE = {"ja": "JP", "ko": "KR"}
"""News in these languages leaves its own country out ("対米投資"): it is the investor unless another one is named."""


@cache
def _noun(language: str) -> re.Pattern[str]:
    return compiled(of_language(lexicon("programme")["nouns"], language), language)


@cache
def _strong() -> re.Pattern[str]:
    return compiled(tuple(lexicon("programme")["nouns"]["strong_en"]), "en")


@cache
def _after() -> re.Pattern[str]:
    nouns = alternation(of_language(lexicon("programme")["nouns"], "en"), "en")
    return re.compile(
        rf"^(?:[\s\-]{{1,2}}(?!{_BREAKS}(?!\w))[\w\-–.’']{{1,24}}){{0,4}}?[\s\-]{{1,2}}(?P<noun>{nouns})(?:\s(?P<noun2>{nouns})){{0,1}}",
        re.IGNORECASE,
    )


_BEFORE = re.compile(
    r"(?:invest(?:ment|ments|ing|s|ed)?|pledge[sd]?|package|fund|vehicle|commitment|programme|program|promise[sd]?|pledging|plan|deal|pact|initiative|ceiling|poured?|channel(?:led)?|deploy(?:ed|ing)?)\s"
    r"(?:(?:of|worth|totall?ing|amounting|valued|capped|set|at|to|for|a|an|the|invest|in|total|combined|committed|overall|put|spend|provide|over|is|was|up|finance|fund|as|reaching|some)\s){0,5}$",
    re.IGNORECASE,
)


def pledges(
    text: str, spans: Sequence[Span], amounts: Sequence[Found[Money]], language: str = "en", title: str | None = None
) -> Pledges:
    """Find the programmes of a document, the words that name them and the amounts that are theirs."""
    found_countries = countries(text, language)
    host = _default_host(text, found_countries, language)
    investor = _default_investor(text, spans, found_countries, amounts, host, language)
    mentions: list[Mention] = []
    owned: dict[Span, tuple[Mention, str]] = {}
    votes: Counter[str] = Counter()
    for index, sentence in enumerate(spans):
        here = [c for c in found_countries if sentence.covers(c.span)]
        money = [a for a in amounts if sentence.covers(a.span)]
        owner = _carried(text, spans, index, found_countries, host) or investor
        for amount in money:
            if amount.value.converts is not None:
                continue
            mention = _of_amount(text, sentence, amount, here, owner, host, language)
            if mention is None:
                continue
            mentions.append(mention)
            votes[mention.key or ""] += 1
            owned[amount.span] = (mention, scope_of(text, sentence, amount, language))
        if not money:
            mention = _plain(text, sentence, here, investor, host, language)
            if mention is not None:
                mentions.append(mention)
                votes[mention.key or ""] += 1
    votes.pop("", None)
    if not votes:
        known_size = _known_size(text, amounts, found_countries)
        if known_size is not None:
            mentions.append(known_size)
            votes[known_size.key or ""] += 1
    if not votes and investor is not None and host is not None:
        loose = _loose(text, spans, found_countries, investor, host, language)
        if loose is not None:
            mentions.append(loose)
            votes[loose.key or ""] += 1
    # Counter keeps the order in which keys were first seen: of equals, the one named first leads.
    main = max(votes, key=lambda k: votes[k]) if votes else None
    known = {key.partition(">")[0]: key for key in (*votes, *programmes())}
    named = tuple(
        (c.span.start, known[c.code])
        for c in found_countries
        if c.form == "name" and c.code in known and c.code != host
    )
    return Pledges(tuple(mentions), owned, main, named)


_CARRIES = re.compile(
    r"^\W{0,3}(?:its|it|their|they|the country|that|the deal|the programme|the program)(?!\w)", re.IGNORECASE
)


def _carried(text: str, spans: Sequence[Span], index: int, found: Sequence[Country], host: str | None) -> str | None:
    """The country that "Its own programme ..." goes on about: the last one named in the sentence before."""
    if index == 0 or not _CARRIES.match(text[spans[index].start : spans[index].start + 30]):
        return None
    before = [c for c in found if spans[index - 1].covers(c.span) and c.code != host and c.form == "name"]
    return before[0].code if before else None


def _known_size(text: str, amounts: Sequence[Found[Money]], found: Sequence[Country]) -> Mention | None:
    """The programme whose ceiling the text names beside its country, in words that name no programme."""
    for amount in amounts:
        key = known_ceiling(amount.value)
        if key is not None and any(c.code == key.partition(">")[0] for c in found):
            return Mention(EntityKind.PROGRAMME, amount.span.of(text), amount.span, key)
    return None


def known_ceiling(money: Money) -> str | None:
    """The key of the programme whose known ceiling an amount equals, else None."""
    size = money.high if money.high is not None else money.low
    for key, programme in programmes().items():
        ceiling = programme.get("ceiling") or {}
        known = ceiling.get("high") if ceiling.get("high") is not None else ceiling.get("low")
        if known is not None and known == size and ceiling.get("currency") == money.currency:
            return key
    return None


def _loose(
    text: str, spans: Sequence[Span], found: Sequence[Country], investor: str, host: str, language: str
) -> Mention | None:
    """A text that speaks of investing by one country in the other, though in no phrase that names a programme."""
    for sentence in spans:
        here = [c for c in found if sentence.covers(c.span) and c.code == investor]
        if here and (_INVEST if language == "en" else _noun(language)).search(text, sentence.start, sentence.end):
            return Mention(EntityKind.PROGRAMME, here[0].span.of(text), here[0].span, _key(investor, host))
    return None


def _default_host(text: str, found: Sequence[Country], language: str) -> str | None:
    codes = Counter(c.code for c in found)
    if language in CJK or language == "de":
        return "US" if codes.get("US") else None
    votes: Counter[str] = Counter()
    for country in found:
        left = text[max(0, country.span.start - 40) : country.span.start]
        right = text[country.span.end : country.span.end + 30]
        if re.search(
            r"(?:invest\w*|package|pledge|vehicle|fund\w*)(?:\s\S+){0,3}\s(?:in|into|to|for)\s(?:the\s)?$",
            left,
            re.IGNORECASE,
        ):
            votes[country.code] += 3
        if (
            re.match(r"\s(?:investment|foreign direct investment)\b", right, re.IGNORECASE)
            and not _POSSESSIVE.match(right)
            and country.form == "name"
        ):
            votes[country.code] += 2
    if votes:
        return max(votes, key=lambda k: (votes[k], codes[k], k))
    return "US" if codes.get("US") else None


def _default_investor(
    text: str,
    spans: Sequence[Span],
    found: Sequence[Country],
    amounts: Sequence[Found[Money]],
    host: str | None,
    language: str,
) -> str | None:
    votes: Counter[str] = Counter()
    noun = _noun(language)
    for sentence in spans:
        here = [c for c in found if sentence.covers(c.span) and c.code != host]
        if not here or not noun.search(text, sentence.start, sentence.end):
            continue
        has_money = any(sentence.covers(a.span) for a in amounts)
        for country in here:
            weight = 3 if country is here[0] and (has_money or sentence in spans[:2]) else 1
            right = text[country.span.end : country.span.end + 80]
            if _POSSESSIVE.match(right) and noun.search(right):
                weight += 4
            votes[country.code] += weight
    if language in _BY_LANGUAGE and not any(v > 1 for v in votes.values()):
        return _BY_LANGUAGE[language]
    return max(votes, key=lambda k: (votes[k], k)) if votes else _BY_LANGUAGE.get(language)


def _of_amount(
    text: str,
    sentence: Span,
    amount: Found[Money],
    here: Sequence[Country],
    investor: str | None,
    host: str | None,
    language: str,
) -> Mention | None:
    if language in CJK or language == "de":
        return _of_amount_elsewhere(text, sentence, amount, here, investor, host, language)
    right = text[amount.span.end : min(sentence.end, amount.span.end + 90)]
    left = text[max(sentence.start, amount.span.start - 110) : amount.span.start]
    after = _after().match(right)
    before = _BEFORE.search(left)
    invests = re.match(
        r"^\s(?:(?:in|of|worth of)\s)(?:\w+\s){0,3}(?:investments?|projects|deals)\b", right, re.IGNORECASE
    ) or re.match(r"^\s(?:in|into)\s(?:the\s)?(?:U\.?S\.?|United States|America)\b", right)
    verb = re.search(r"(?:invest\w*|pledg\w+|promis\w+|vow\w*)\s(?:\w+\s){0,2}$", left, re.IGNORECASE)
    if not (after or before or invests or verb):
        return None
    if after and _market_between(right[: after.end()]):
        return None
    own = _owner(text, amount, here, host, after.end() if after else 0)
    code = own or investor
    if code is None:
        return None
    start = amount.span.start
    for country in here:
        if country.code == code and country.span.end <= start and start - country.span.end < 60:
            start = country.span.start
            break
    end = amount.span.end + (after.end() if after else 0)
    span = Span(max(start, sentence.start), min(end, sentence.end))
    return Mention(
        EntityKind.PROGRAMME, text[span.start : span.end], span, _key(code, _host(text, amount.span, here, code, host))
    )


def _market_between(words: str) -> bool:
    return (
        re.search(
            r"(?<!\w)(?:market|industry|budget|trade|export|import|tariff|tax|bond|stock|share|order|order book|loan|defen[cs]e)(?!\w)",
            words,
            re.IGNORECASE,
        )
        is not None
    )


def _owner(text: str, amount: Found[Money], here: Sequence[Country], host: str | None, reach: int) -> str | None:
    """The country whose amount it is: between amount and noun, possessive before, or the subject of the sentence."""
    between = [
        c
        for c in here
        if amount.span.end <= c.span.start < amount.span.end + reach and c.form == "people" and c.code != host
    ]
    if between:
        return between[0].code
    left = [c for c in here if c.span.end <= amount.span.start and c.code != host]
    near = [
        c
        for c in left
        if _POSSESSIVE.match(text[c.span.end : c.span.end + 2])
        or amount.span.start - c.span.end < 40
        or c.form == "people"
    ]
    if near:
        return near[-1].code
    if left and _INVEST.search(text[left[-1].span.end : amount.span.start]):
        return left[-1].code
    return None


def _host(text: str, amount: Span, here: Sequence[Country], code: str, host: str | None) -> str | None:
    others = [c for c in here if c.code != code]
    for country in others:
        left = text[max(0, country.span.start - 12) : country.span.start]
        if country.span.start >= amount.end and re.search(r"\b(?:in|into)\s(?:the\s)?$", left):
            return country.code if host is None or country.code == host else host
    return host if host != code else (others[0].code if others else None)


def _of_amount_elsewhere(
    text: str,
    sentence: Span,
    amount: Found[Money],
    here: Sequence[Country],
    investor: str | None,
    host: str | None,
    language: str,
) -> Mention | None:
    window = Span(max(sentence.start, amount.span.start - 40), min(sentence.end, amount.span.end + 30))
    noun = _noun(language)
    if re.match(lexicon("programme")["parts"]["not_pledge_right"], text[amount.span.end : amount.span.end + 12]):
        return None
    near = [m for m in noun.finditer(text, window.start, window.end)]
    if not near:
        return None
    # Between the amount and the noun no other thing may be named that the amount rather belongs to.
    best = min(near, key=lambda m: min(abs(m.start() - amount.span.end), abs(amount.span.start - m.end())))
    between = text[min(best.end(), amount.span.end) : max(best.start(), amount.span.start)]
    if re.search(r"[。；;]", between) or compiled(
        of_language(lexicon("programme")["market"], language), language
    ).search(between):
        return None
    left = [c for c in here if c.span.end <= amount.span.start and c.code != host]
    code = left[-1].code if left else investor
    if code is None:
        return None
    span = Span(min(best.start(), amount.span.start), max(best.end(), amount.span.end))
    return Mention(EntityKind.PROGRAMME, text[span.start : span.end], span, _key(code, host))


def _plain(
    text: str, sentence: Span, here: Sequence[Country], investor: str | None, host: str | None, language: str
) -> Mention | None:
    """A programme named without its amount: "Japan's investment package", "the fund"."""
    if investor is None:
        return None
    if language in CJK or language == "de":
        match = _noun(language).search(text, sentence.start, sentence.end)
        return Mention(EntityKind.PROGRAMME, match[0], Span(*match.span()), _key(investor, host)) if match else None
    for country in here:
        if country.code == host:
            continue
        right = text[country.span.end : min(sentence.end, country.span.end + 90)]
        if country.form == "people" or _POSSESSIVE.match(right):
            match = re.match(
                rf"(?:'s|’s)?(?:\s(?!{_BREAKS}(?!\w))[\w\-.]{{1,20}}){{0,4}}?\s{_strong().pattern}(?:\s{_strong().pattern})?",
                right,
                re.IGNORECASE,
            )
            if match:
                span = Span(country.span.start, country.span.end + match.end())
                return Mention(EntityKind.PROGRAMME, text[span.start : span.end], span, _key(country.code, host))
    match = re.compile(
        r"(?<!\w)(?:the|this)\s(?:\w+\s){0,2}?(?:investment\s(?:\w+\s)?)?(?:package|fund|vehicle|pledge|initiative|tool|programme|program|memorandum|mou|undertaking|commitment|investment)(?!\w)",
        re.IGNORECASE,
    ).search(text, sentence.start, sentence.end)
    return Mention(EntityKind.PROGRAMME, match[0], Span(*match.span()), _key(investor, host)) if match else None


@cache
def _parts(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    entry = lexicon("programme")["parts"]
    if language in CJK or language == "de":
        family = "cjk" if language in CJK else "de"
        return re.compile(entry[f"{family}_right"], re.IGNORECASE), re.compile(entry[f"{family}_left"], re.IGNORECASE)
    right = re.compile(r"^[\s\-]" + alternation(entry["right"], "en"), re.IGNORECASE)
    left = re.compile(alternation(entry["left"], "en") + r"\s(?:\w+\s){0,3}$", re.IGNORECASE)
    return right, left


def scope_of(text: str, sentence: Span, amount: Found[Money], language: str) -> str:
    """What of a programme an amount measures: `annual` for a rate, `part`, else `ceiling` (its whole size)."""
    if amount.value.period is not None:
        return "annual"
    right, left = _parts(language)
    if right.search(text[amount.span.end : min(sentence.end, amount.span.end + 60)]):
        return "part"
    return "part" if left.search(text[max(sentence.start, amount.span.start - 60) : amount.span.start]) else "ceiling"


def _key(investor: str, host: str | None) -> str:
    return f"{investor}>{host or '?'}"


@cache
def _tranche_patterns(language: str) -> tuple[tuple[int | None, re.Pattern[str]], ...]:
    entry = lexicon("programme")["tranche"]
    out: list[tuple[int | None, re.Pattern[str]]] = []
    if language != "en":
        for number in (1, 2):
            patterns = tuple(entry.get(f"{language}_{number}", []))
            if patterns:
                out.append((number, compiled(patterns, language)))
    nouns = alternation(entry["nouns"], "en")
    for number, ordinals in entry["ordinals"].items():
        ordinal = "|".join(ordinals)
        out.append(
            (
                int(number),
                re.compile(rf"(?<!\w)(?:the\s)?(?:{ordinal})\s(?:[\w\-]{{1,15}}\s){{0,2}}?{nouns}", re.IGNORECASE),
            )
        )
    out.append((None, compiled(tuple(entry["group_en"]), "en")))
    return tuple(out)


def tranches(text: str, spans: Sequence[Span], language: str, pledged: Pledges) -> list[Mention]:
    """Batches of projects: "the first projects", "the second wave", "three projects"."""
    found: list[Mention] = []
    for index, sentence in enumerate(spans):
        taken: list[Span] = []
        for ordinal, pattern in _tranche_patterns(language):
            for match in pattern.finditer(text, sentence.start, sentence.end):
                span = Span(*match.span())
                if not any(span.overlaps(t) for t in taken):
                    taken.append(span)
                    programme = pledged.at(spans, index, span.start)
                    found.append(Mention(EntityKind.TRANCHE, match[0], span, programme=programme, ordinal=ordinal))
    found.sort(key=lambda m: m.span.start if m.span else 0)
    return found
