"""Names of organisations in scripts without capitals: Japanese and Chinese by their ends, brackets and appositions."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from pledger.model import EntityKind, Span
from pledger.reading.countries import country_code
from pledger.reading.names.brackets import in_brackets
from pledger.reading.names.name import Name
from pledger.reading.patterns import plain

__all__ = ["chinese", "first_by_place", "japanese", "other_places"]

_KATA = r"ァ-ヴー・＝"
_KANJI = r"\u4e00-\u9fff々"
_RUN = rf"[{_KATA}{_KANJI}A-Za-z0-9Ａ-Ｚａ-ｚ０-９&＆]"
_LATIN_NAME = re.compile(
    r"[(（]\s?(?:[^()（）\n]{1,30}[,，、]\s?)?[A-Z][A-Za-z&.'’\-]{0,30}(?: [\w&.'’\-]{1,30}){0,6}(?:[,，、][^()（）\n]{1,30})?[)）]"
)
_ACRONYM = re.compile(r"[(（][A-Z][A-Z0-9&.\-]{1,9}[)）]")
_QUOTED = re.compile(r"[「『“\"「]([^「」『』“”\"\n]{2,24})[」』”\"]")
_SHORTEST = 2


def _any(*parts: Sequence[str]) -> str:
    return "|".join(sorted({word for part in parts for word in part}, key=lambda w: (-len(w), w)))


@cache
def _list(language: str, key: str) -> tuple[str, ...]:
    return plain("names_wider", language, key)


def _name(text: str, span: Span) -> Name:
    words = span.of(text)
    return Name(EntityKind.ORGANISATION, span, words, in_brackets(text, words, span.end))


# Japanese -------------------------------------------------------------------------------------------------------------


@cache
def _ja_tailed() -> re.Pattern[str]:
    ends = _any(_list("ja", "tails"), _list("ja", "bodies"))
    return re.compile(rf"{_RUN}{{1,20}}?(?:{ends})(?!{_RUN})")


@cache
def _ja_legal() -> re.Pattern[str]:
    forms = _any(_list("ja", "legal"))
    begin = rf"(?<![ぁ-ん{_KATA}{_KANJI}])[ぁ-ん]{{1,6}}{_RUN}{{1,14}}|{_RUN}{{2,20}}"
    return re.compile(rf"(?:{forms}){_RUN}{{2,20}}|(?:{begin})(?:{forms})")


@cache
def _ja_public() -> re.Pattern[str]:
    return re.compile(rf"[{_KATA}{_KANJI}]{{1,12}}?(?:{_any(_list('ja', 'public'))})(?!{_RUN})")


@cache
def _ja_head() -> re.Pattern[str]:
    """A run behind a noun for firms: "造船大手のX"."""
    return re.compile(
        rf"(?:{_any(_list('ja', 'heads'))})(?:である|の|、)(?P<name>[{_KANJI}A-Za-z]{{0,6}}[{_KATA}A-Za-z][{_KATA}{_KANJI}A-Za-z&＆]{{2,20}}"
        rf"|[{_KANJI}]{{2,8}}(?=（|は|が|と|や|など|、|に|を))"
    )


@cache
def _ja_mixed() -> re.Pattern[str]:
    """A run of kanji and katakana that is what a sentence is about: "東亜フィルムは"."""
    return re.compile(rf"(?<!{_RUN})[{_KANJI}]{{2,4}}[{_KATA}]{{2,12}}(?=は|が|と[^い]|、)")


@cache
def _ja_generic() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(_list('ja', 'generic'))})")


@cache
def _ja_common() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(_list('ja', 'common'))})")


_JA_FIRMLIKE = re.compile(r"公社|機構|銀行|会社|基金|ファンド|保険|公庫|財団|協会|団$|[ァ-ヴー・]{3}")


def japanese(text: str, sentences: Sequence[Span]) -> list[Name]:
    """Organisations in a Japanese text, in order and without overlap."""
    found: list[Span] = []
    for sentence in sentences:
        at = (sentence.start, sentence.end)
        found += [Span(*m.span()) for m in _ja_legal().finditer(text, *at)]
        found += [s for m in _ja_tailed().finditer(text, *at) if (s := _ja_trimmed(text, m))]
        found += [Span(*m.span("name")) for m in _ja_head().finditer(text, *at) if not _ja_plain(m["name"])]
        found += [Span(*m.span()) for m in _ja_mixed().finditer(text, *at) if not _ja_mixture(m[0])]
        found += list(_ja_bracketed(text, sentence))
        found += [Span(*m.span()) for m in _ja_public().finditer(text, *at) if len(m[0]) > _SHORTEST - (m[0] == "政府")]
    names = [_name(text, span) for span in found if country_code(span.of(text)) is None]
    return first_by_place(_again(text, names, _ja_short, "ja"))


def _ja_trimmed(text: str, match: re.Match[str]) -> Span | None:
    """A run with an end of names, without the nouns before it; None where what is left names nothing."""
    words, start = match[0], match.start()
    # "電力大手中央電力": what ends a description ends before the name.
    cut = max(
        (m.end() for m in re.finditer("大手|最大手|財閥|商社|子会社|傘下|運営会社|国営|政府系", words)), default=0
    )
    words, start = words[cut:], start + cut
    end = next(
        (
            e
            for e in sorted((*_list("ja", "tails"), *_list("ja", "bodies")), key=len, reverse=True)
            if re.search(f"(?:{e})$", words)
        ),
        "",
    )
    stem = re.sub(f"(?:{end})$", "", words)
    if len(stem) < _SHORTEST - (stem.isascii()) or _ja_generic().fullmatch(stem) or _ja_common().fullmatch(stem):
        return None
    if re.fullmatch(r"[0-9０-９]{1,9}.?", stem) or (country_code(stem) is not None and len(words) < 4):
        return None
    if _ja_common().fullmatch(words) or stem.startswith(("第", "約", "計", "各", "全", "同")):
        return None
    return Span(start, start + len(words))


def _ja_plain(words: str) -> bool:
    return _ja_common().fullmatch(words) is not None or len(words) < _SHORTEST or country_code(words) is not None


def _ja_mixture(words: str) -> bool:
    """Whether a mixed run is words that everybody uses: "海底ケーブル"."""
    kana = re.sub(rf"^[{_KANJI}]+", "", words)
    return (
        _ja_common().search(kana) is not None
        or len(kana) < 3
        or words.startswith(("大型", "新型", "小型", "次世代", "半導体", "対米", "対日"))
    )


def _ja_bracketed(text: str, sentence: Span) -> Iterator[Span]:
    """Names that brackets give another form of."""
    for pattern, firm in ((_LATIN_NAME, False), (_ACRONYM, True)):
        for bracket in pattern.finditer(text, sentence.start, sentence.end):
            before = re.search(rf"{_RUN}{{2,24}}$", text[max(sentence.start, bracket.start() - 24) : bracket.start()])
            if before is None:
                continue
            words = before[0]
            acronym = _ACRONYM.fullmatch(bracket[0]) is not None
            if (firm or acronym) and not _JA_FIRMLIKE.search(words):
                continue
            if acronym and (_ja_common().search(words) or re.search("責任者|比率|決定|連邦|連合|知能|最高", words)):
                continue
            cut = max(
                (
                    m.end()
                    for m in re.finditer("機関|大手|企業|会社|メーカー|系ファンド|商社|国営|＝", words)
                    if len(words) - m.end() >= 3
                ),
                default=0,
            )
            words = words[cut:]
            if not _ja_common().fullmatch(words):
                yield Span(bracket.start() - len(words), bracket.start())


def _ja_short(name: str) -> str | None:
    """The first part of a name by which a text goes on to call it."""
    first = re.split(r"[・＝]", name)[0]
    return first if first != name and len(first) >= 3 and not _ja_common().fullmatch(first) else None


# Chinese --------------------------------------------------------------------------------------------------------------

_HAN = r"[\u4e00-\u9fffA-Za-z0-9·]"


@cache
def _zh_tailed() -> re.Pattern[str]:
    ends = _any(_list("zh", "tails"), _list("zh", "bodies"))
    return re.compile(rf"[\u4e00-\u9fffA-Za-z·]{{1,16}}?(?:{ends})(?![\u4e00-\u9fff]{{0,2}}(?:{ends}))")


@cache
def _zh_weak() -> re.Pattern[str]:
    ends, heads = _any(_list("zh", "weak")), _any(_list("zh", "heads"))
    return re.compile(rf"(?:{heads})(?P<name>[\u4e00-\u9fff]{{2,6}}?(?:{ends}))(?!者|人|额|額|于|於)")


@cache
def _zh_public() -> re.Pattern[str]:
    return re.compile(rf"[\u4e00-\u9fff]{{0,6}}?(?:{_any(_list('zh', 'public'))})")


@cache
def _zh_left() -> re.Pattern[str]:
    """The last word before a name that is none of it."""
    return re.compile(rf"(?:{_any(_list('zh', 'stops'), _list('zh', 'heads'))})")


@cache
def _zh_generic() -> re.Pattern[str]:
    return re.compile(rf"(?:{_any(_list('zh', 'generic'))}|[一二三四五六七八九十两兩几幾多数數0-9]{{1,3}})+")


def chinese(text: str, sentences: Sequence[Span]) -> list[Name]:
    """Organisations in a Chinese text, in order and without overlap."""
    found: list[Span] = []
    for sentence in sentences:
        at = (sentence.start, sentence.end)
        found += list(_zh_bracketed(text, sentence))
        found += [s for m in _zh_tailed().finditer(text, *at) if (s := _zh_trimmed(text, m))]
        found += [Span(*m.span("name")) for m in _zh_weak().finditer(text, *at)]
        found += [s for m in _zh_public().finditer(text, *at) if (s := _zh_office(text, m))]
    names = [_name(text, span) for span in found if country_code(span.of(text)) is None]
    return first_by_place(_again(text, names, _zh_short, "zh"))


def _zh_cut(words: str) -> int:
    """How many characters of a run stand before the name in it."""
    return max((m.end() for m in _zh_left().finditer(words) if m.end() < len(words)), default=0)


def _zh_trimmed(text: str, match: re.Match[str]) -> Span | None:
    words = match[0]
    end = next(
        e for e in sorted((*_list("zh", "tails"), *_list("zh", "bodies")), key=len, reverse=True) if words.endswith(e)
    )
    stem = words.removesuffix(end)
    cut = _zh_cut(stem + "。")
    stem = stem[cut:]
    if len(stem) < _SHORTEST or _zh_generic().fullmatch(stem):
        return None
    land = re.match(_any(_list("zh", "lands")), stem)
    if (
        land
        and len(stem) - land.end() >= _SHORTEST
        and _LATIN_NAME.match(text, match.end())
        and not _ACRONYM.match(text, match.end())
    ):
        cut += land.end()
    return Span(match.start() + cut, match.end())


def _zh_office(text: str, match: re.Match[str]) -> Span | None:
    cut = _zh_cut(match[0])
    words = match[0][cut:]
    if len(words) < 3 and words not in ("政府", "港府"):
        return None
    return Span(match.start() + cut, match.end())


def _zh_bracketed(text: str, sentence: Span) -> Iterator[Span]:
    for bracket in _LATIN_NAME.finditer(text, sentence.start, sentence.end):
        left = text[max(sentence.start, bracket.start() - 16) : bracket.start()]
        if (quoted := _QUOTED.search(left)) and quoted.end() == len(left):
            yield Span(bracket.start() - len(left) + quoted.start(1), bracket.start() - 1)
            continue
        before = re.search(rf"{_HAN}{{2,16}}$", left)
        if before is None:
            continue
        words = before[0]
        words = words[_zh_cut(words) :]
        acronym = _ACRONYM.fullmatch(bracket[0]) is not None
        if acronym and not re.search(
            _any(_list("zh", "tails"), _list("zh", "bodies"), _list("zh", "weak")) + "|会$|會$|组织|城$", words
        ):
            continue
        if not acronym and (land := re.match(_any(_list("zh", "lands")), words)) and len(words) - land.end() >= 3:
            words = words[land.end() :]
        if len(words) >= _SHORTEST and not _zh_generic().fullmatch(words):
            yield Span(bracket.start() - len(words), bracket.start())


def _zh_short(name: str) -> str | None:
    ends = (*_list("zh", "tails"), *_list("zh", "weak"))
    end = next((e for e in sorted(ends, key=len, reverse=True) if name.endswith(e)), "")
    stem = name.removesuffix(end)
    if (
        not end
        or len(stem) < _SHORTEST
        or len(stem) > 4
        or _zh_generic().fullmatch(stem)
        or country_code(stem) is not None
    ):
        return None
    return None if re.match(_any(_list("zh", "lands")), stem) else stem


# Both -----------------------------------------------------------------------------------------------------------------


def other_places(text: str, names: Sequence[Name], short: dict[str, None], language: str) -> list[Name]:
    """All further occurrences of names and of the short forms that a text goes on to use."""
    forms = sorted({name.text for name in names} | set(short), key=len, reverse=True)
    if not forms:
        return []
    joined = "|".join(re.escape(form) for form in forms)
    kana = rf"(?<![{_KATA}]){{}}(?![{_KATA}])" if language == "ja" else "{}"
    return [_name(text, Span(*m.span())) for m in re.finditer(kana.format(f"(?:{joined})"), text)]


def _again(text: str, names: list[Name], shortened: object, language: str) -> list[Name]:
    short = {form: None for name in names if callable(shortened) and (form := shortened(name.text))}
    strong = [name for name in names if not re.search("政府$|委員会$|委员会$|省$|庁$", name.text)]
    return [*names, *other_places(text, strong, short, language)]


def first_by_place(names: Sequence[Name]) -> list[Name]:
    """In order and without overlap; of two at one place the longer, then the one with other forms."""
    ordered = sorted(names, key=lambda n: (n.span.start, -n.span.end, -len(n.aliases)))
    out: list[Name] = []
    for name in ordered:
        if not out or name.span.start >= out[-1].span.end:
            out.append(name)
    return out
