"""Where something stands in Japanese, Chinese and Korean: province, then town ("福島県いわき市", "충남 당진시").

A province or a state is known by its name; a town by the province before it, by its ending, or by the gazetteer where a
word of place stands beside it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import cache

from pledger.data import lexicon
from pledger.model import Span
from pledger.reading.countries import country_code, country_name
from pledger.reading.gazetteer import eastern_towns, glossed_town, simple
from pledger.reading.names import foreign_place
from pledger.reading.patterns import any_of, plain
from pledger.reading.projects.places import PlaceFound

__all__ = ["place_known", "places_in"]


@cache
def _english() -> dict[str, str]:
    """The English name of each state and country of our lists by its other names."""
    table = lexicon("places_cjk")
    return {form: name for part in ("states", "countries") for name, forms in table[part].items() for form in forms}


@cache
def _wide(language: str) -> re.Pattern[str]:
    """States, provinces, and the forms of those that no list has."""
    states = [form for forms in lexicon("places")["states"].values() for form in forms]
    known = [*states, *(f for forms in lexicon("places_cjk")["states"].values() for f in forms)]
    own = [*known, *plain("places_cjk", "provinces", language)]
    listed = "|".join(re.escape(w) for w in sorted({w for w in own if w[0] > "\u2fff"}, key=len, reverse=True))
    abroad = r"(?:(?<=베트남 )|(?<=중국 ))[가-힣]{2,5}성|(?<=일본 )[가-힣]{2,6}현"
    parts = {
        "ja": rf"{listed}|[ァ-ヶー]{{2,12}}(?:準州|州|省)",
        "zh": rf"(?:{listed})(?:省|自治区|自治區|壮族自治区)?",
        "ko": rf"(?<![가-힣])(?:{listed}|[가-힣]{{2,8}}주(?=[ 의에])|{abroad})",
    }
    return re.compile(parts[language])


_TOWN = {
    "ja": re.compile(
        r"の?(?:[\u4e00-\u9fff々ァ-ヶーぁ-ん]{1,8}?郡)?(?:(?:(?![でにのをがはと])[\u4e00-\u9fff々ァ-ヶーぁ-ん]){1,8}?(?:市|町|村|区)(?!場|街)"
        r"|[ァ-ヶー・]{2,12}(?:市|郡)?(?=で|に|の|近郊|沖|、|）|・|$))"
    ),
    "zh": re.compile(r"(?:(?![的在和与與将將在])[\u4e00-\u9fff]){1,5}?(?:市|县|縣|区|區|盟|州)(?!场|場|政府)"),
    "ko": re.compile(
        r" ?(?:[가-힣]{1,5}(?:시|군|구)(?![가-힣])(?: [가-힣]{1,5}(?:읍|면|동|리|구|도)(?=에| |의|$))?"
        r"|[가-힣]{2,6}(?:시|군|구)(?=에|의|로)|[가-힣]{2,6}(?=의 |에 |에서 |에$))"
    ),
}
"""A town behind its province."""

_ENDED = {
    "ja": re.compile(
        r"(?<![\u4e00-\u9fff々])(?:(?![都府])[\u4e00-\u9fff々]){2,4}?(?:市|町|港|湾|島|半島|沖)(?=で|に|の|を拠点|近郊|、|）|沖)"
        r"|[ァ-ヶー・]{3,12}(?:市|港|湾|島|沖|半島|諸島)(?=で|に|の|を拠点|近郊|、|）|沖)"
    ),
    "zh": re.compile(
        r"(?<=[在于於])(?:(?![的和与與])[\u4e00-\u9fff]){2,6}?(?:市|县|縣|港|湾|灣|岛|島|郡|州|省|邦)(?=的|建|设|設|兴|興|动|落|投|，|近|附|奠|开|開|破|启|啟|举|舉|正|修|签)"
        r"|(?<=[对對])(?:(?![的和与與])[\u4e00-\u9fff]){2,5}?(?:湾|灣|岛|島)"
    ),
    "ko": re.compile(r"(?<![가-힣])[가-힣]{2,5}(?:시|군|항|섬)(?=에 |의 |에서 |에는 )"),
}
"""A town, a harbour, a bay told by its ending, where a word of place stands behind it."""


@cache
def _slotted(language: str) -> re.Pattern[str]:
    """Where a name of the gazetteer may stand: before a word of place, or in Chinese behind one."""
    slots = any_of(plain("places_cjk", "slots", language))
    if language == "ja":
        kana, kanji = r"(?<![ァ-ヶー・])[ァ-ヶー・]{3,14}", r"(?<![\u4e00-\u9fff])[\u4e00-\u9fff]{2,4}"
        return re.compile(rf"(?:{kana}|{kanji})(?={slots})")
    if language == "ko":
        return re.compile(rf"(?<![가-힣])(?:[가-힣]{{2,7}}?(?=(?:{slots})(?![가-힣]))|[가-힣]{{2,6}}(?=\([A-Z]))")
    ends = "".join(sorted({word[-1] for word in plain("places_cjk", "slots", "before_zh")}))
    return re.compile(rf"(?<=[{ends}])[\u4e00-\u9fff]{{2,6}}?(?={slots})")


_BEHIND_LAND = {
    "ja": re.compile(r"(?:の|・)?(?P<town>[ァ-ヶー]{3,14}|(?<=・)[\u4e00-\u9fff]{2,4}(?=で|に|の))(?![ァ-ヶー])"),
    "zh": re.compile(r"(?P<town>[\u4e00-\u9fff]{2,6})"),
    "ko": re.compile(r" (?P<town>[가-힣]{2,9}?)(?=에 [^.]{0,25}?(?:짓|지을|건설|세우|세운|들어서|조성))"),
}
"""What right behind a country may be a town of it."""


@cache
def _named_lands(language: str) -> re.Pattern[str]:
    """All countries that a language has names of two characters or more for."""
    forms = {form for entry in lexicon("countries").values() for form in entry.get(language, ())}
    forms |= {form for entry in lexicon("places_cjk")["countries"].values() for form in entry}
    listed = "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True) if len(f) > 1)
    return re.compile(rf"(?<![가-힣ァ-ヶー])(?:{listed})")


def _towns_of(text: str, sentence: Span, language: str) -> Iterator[Span]:
    """Towns right behind their country: in Chinese the longest name that the gazetteer has."""
    for land in _named_lands(language).finditer(text, sentence.start, sentence.end):
        match = _BEHIND_LAND[language].match(text, land.end(), sentence.end)
        if match is None:
            continue
        town = Span(*match.span("town"))
        if language == "ko" or text[land.end()] == "・":
            yield town
            continue
        for end in range(town.end, town.start + 1, -1) if language == "zh" else (town.end,):
            if _town(text[town.start : end], language):
                yield Span(town.start, end)
                break


@cache
def _lands(language: str) -> re.Pattern[str]:
    """Countries that `countries` does not have."""
    forms = (f for forms in lexicon("places_cjk")["countries"].values() for f in forms)
    listed = "|".join(re.escape(f) for f in sorted(forms, key=len, reverse=True))
    return re.compile(rf"(?<![가-힣ァ-ヶー])(?:{listed})" + ("(?![가-힣]{3})" if language == "ko" else "(?![ァ-ヶー])"))


_LATIN = re.compile(r"[(（][A-ZÀ-Þ][A-Za-zÀ-ɏ .'’\-]{2,30}[)）]")
"""The name of a town in Latin letters behind it."""


def place_known(words: str, language: str) -> bool:
    """Whether `words` are a state, a province, a town or a country in a language.

    Two characters are a town only where the gazetteer has them as a city's: the rest are words of all sorts.
    """
    if words in plain("places_cjk", "slots", "not_places"):
        return False
    return (
        words in _english()
        or country_code(words) is not None
        or (_town(words, language) is not None and (len(words) > 2 or language == "ko"))
        or (len(words) == 2 and _town(f"{words}市", language) is not None)
        or foreign_place(words) != words
        or words in plain("places_cjk", "provinces", language)
    )


def _name(words: str, language: str) -> str:
    """The English name of a place, else its words."""
    if words in _english():
        return _english()[words]
    state = foreign_place(words)
    if state != words:
        return state
    code = country_code(words)
    if code is not None:
        return country_name(code)
    bare = re.sub(r"(?:市|县|縣|시|군|郡)$", "", words)
    return _town(words, language) or _town(bare, language) or words


def _town(words: str, language: str) -> str | None:
    """The English name of a town of the gazetteer."""
    return eastern_towns(language).get(simple(words) if language == "zh" else words)


def places_in(text: str, sentence: Span, language: str) -> list[PlaceFound]:
    """The places named in a sentence, in order and without overlap; the widest words of each."""
    found: list[PlaceFound] = []
    for match in _wide(language).finditer(text, sentence.start, sentence.end):
        town = _TOWN[language].match(text, match.end(), sentence.end)
        wide = _name(match[0], language)
        if town is None or (language == "ja" and match[0][-1] not in "州省県府都道島区郡"):
            found.append(PlaceFound(Span(*match.span()), wide, match[0]))
            continue
        small = town[0].lstrip("の ")
        span = Span(match.start(), town.end())
        name = _name(small, language)
        if name == small and (gloss := glossed_town(text, town.start(), town.end(), language)):
            name = gloss
        # A town that the gazetteer does not have is left out beside a state that it has: other scripts say no more.
        whole = f"{name}, {wide}" if name != small else wide
        whole = whole if wide.isascii() else span.of(text)
        found.append(PlaceFound(span, whole, small))
    found += _others(text, sentence, language, found)
    return sorted(found, key=lambda place: place.span)


_GLOSSED = {
    "ja": re.compile(r"[ァ-ヶー・＝]{2,20}(?=[(（][A-ZÀ-Þ])"),
    "zh": re.compile(r"[\u4e00-\u9fff]{2,8}(?=[(（][A-ZÀ-Þ])"),
    "ko": re.compile(r"(?<![가-힣])[가-힣]{2,10}(?=[(（][A-ZÀ-Þ])"),
}
"""Words behind which brackets give a name in Latin letters."""


def _glossed(text: str, sentence: Span, language: str) -> Iterator[PlaceFound]:
    """Towns whose names in Latin letters stand in brackets behind them; in Chinese without what stands before them."""
    for match in _GLOSSED[language].finditer(text, sentence.start, sentence.end):
        start = match.start()
        if language == "zh":
            lead = _LEADING.search(text, start, match.end())
            start = lead.end() if lead is not None and match.end() - lead.end() > 1 else start
        name = glossed_town(text, start, match.end(), language)
        if name is None:
            continue
        for land in _named_lands(language).finditer(text, start, match.end()) if language == "zh" else ():
            start = land.end() if match.end() - land.end() > 1 else start
        end = text.find(")" if text[match.end()] == "(" else "）", match.end()) + 1
        yield PlaceFound(Span(start, end), name, text[start : match.end()])


_LEADING = re.compile(r".*(?:[在于於赴到至]|位于|位於|落户|落戶|[省州邦县縣郡])")
"""What ends before the name of a town in Chinese."""


def _others(text: str, sentence: Span, language: str, taken: Iterable[PlaceFound]) -> list[PlaceFound]:
    """Towns without a province, and countries, where nothing of `taken` stands."""
    spans, barred = [place.span for place in taken], frozenset(plain("places_cjk", "slots", "not_ended"))
    out: list[PlaceFound] = []
    for place in _glossed(text, sentence, language):
        if not any(place.span.overlaps(other) for other in spans):
            spans.append(place.span)
            out.append(place)
    for span in _towns_of(text, sentence, language):
        words = span.of(text)
        if words not in barred and not any(span.overlaps(other) for other in spans):
            spans.append(span)
            out.append(PlaceFound(span, _name(words, language), words))
    for pattern, known in ((_ENDED[language], False), (_slotted(language), True), (_lands(language), False)):
        for match in pattern.finditer(text, sentence.start, sentence.end):
            words, span = match[0], Span(*match.span())
            if words in barred or (known and _town(words, language) is None and words not in _english()):
                continue
            if any(span.overlaps(other) for other in spans):
                continue
            latin = _LATIN.match(text, span.end, sentence.end)
            span = Span(span.start, latin.end()) if latin else span
            spans.append(span)
            out.append(PlaceFound(span, _name(words, language), words))
    return out
