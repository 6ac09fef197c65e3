"""The marks that make a number money: symbols, codes and words, before and after it; and what only looks like one."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from pledger.data import lexicon
from pledger.reading.money.context import home_dollar, is_told, is_used, meant, nearest_dollar
from pledger.reading.money.words import Word, candidates, hundredth_at, rare_codes, word_at
from pledger.reading.numbers import GAP, Quantity, alternation

__all__ = ["Marked", "apart", "marked"]

_LOOK_BACK = 10
_CODE_LINE = 200
_FORMULA = frozenset("^_$\\{=")
_NEAR = 2000
_LOOSE = frozenset([("JPY", "CNY"), *(("USD", dollar) for dollar in ("AUD", "CAD", "NZD", "HKD", "SGD", "TWD"))])
"""A sign before the number that words after it make more precise: "$5bn Canadian dollars", "¥5 billion yuan"."""

_LEAD = re.compile(rf"(?:-|{GAP})(?P<of>of )?")
_FOUR_DIGITS = 1000
_LARGE = 10**9
"""Of such a scale nothing but money is counted: "2 trillion won in capital"."""

_OWN_USES = 2
"""So often a text must write an unmistakable sign to large numbers where it names no country."""

_LEAST_BARE_WON = 100
"""A bare number of won below this is no amount: "won 3 seats", "Only 12 won"."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A number with the currency written at it (None where there is none), from the first mark to the last."""

    start: int
    end: int
    quantity: Quantity
    currency: str | None
    before: bool
    """The currency stands before the number."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Marks before a number, signs and codes after it, and what makes pounds after it a weight."""
    lex = lexicon("money")
    lettered = alternation(s for s in lex["symbols"] if s[0].isalpha())
    others = alternation(s for s in lex["symbols"] if not s[0].isalpha())
    codes = alternation([*lex["codes"], *rare_codes()])
    words = lex["words_before"]
    before = re.compile(
        rf"(?:(?<![\w.])(?P<lettered>{lettered})|{others}|(?<![A-Za-z]){codes}|(?<![A-Za-z])(?P<won>[Ww]on)"
        rf"|(?<![\w-])(?P<word>{alternation(words['latin'])})"
        rf"|(?P<cjk>{alternation([*words['cjk'], *words['korean']])}))"
        rf"[ \u00a0]{{0,2}}\n?[ \u00a0]{{0,2}}-?$"
    )
    signs = alternation(s for s in lex["symbols"] if not s[-1].isalpha() and s[-1] != ".")
    letters = alternation(s for s in lex["symbols"] if s in ("kr", "Kr", "Kč", "zł", "Ft"))
    after = re.compile(
        rf"{GAP}(?P<code>{codes})(?![A-Za-z])|(?:-|{GAP})(?P<sign>{signs})(?![0-9A-Za-z]|[ \u00a0]?[0-9])"
        rf"|{GAP}(?P<letters>{letters})(?![A-Za-z])"
    )
    return before, after, re.compile(rf" of (?!{alternation(lex['pounds']['of'])}(?![a-z]))")


@cache
def _code() -> re.Pattern[str]:
    return re.compile(alternation(lexicon("money")["code"]["marks"]))


@cache
def _won() -> tuple[re.Pattern[str], re.Pattern[str]]:
    lex = lexicon("money")["won"]
    return re.compile(rf"\s+{alternation(lex['verb_before'])}(?![a-z])"), re.compile(alternation(lex["context"]))


def marked(text: str, quantity: Quantity, language: str) -> Marked:
    """`quantity` with its currency marks in a normalised text; currency None where there are none, or no money.

    Of a word that several currencies share, the one that the text tells is taken (`context`).
    """
    start, before = _before(text, quantity, language)
    end, after, hundredth = _after(text, quantity, language)
    if before and after and before not in after and (before, after[0]) not in _LOOSE:
        end, after, hundredth = quantity.end, (), False
    if not before and not after:
        return Marked(quantity.start, quantity.end, quantity, None, before=False)
    if before and _is_code(text, start, quantity):
        return Marked(start, end, quantity, None, before=True)
    if after and before not in after:
        currency = _cents(text, end, after, language) if hundredth else meant(text, quantity.start, after, language)
    else:
        currency = before or after[0]
    if hundredth:
        quantity = replace(quantity, low=quantity.low / 100, high=quantity.high / 100)
    return Marked(start, end, quantity, currency, before=before is not None)


def _cents(text: str, at: int, codes: tuple[str, ...], language: str) -> str:
    """Whose hundredths these are: of the dollar that the clause marks, else of the text's own, else the usual one's."""
    home = home_dollar(text)
    usual = "EUR" if language == "de" and "EUR" in codes else home if home in codes else codes[0]
    return nearest_dollar(text, at, codes) or usual


def apart(marks: Iterable[Marked]) -> list[Marked]:
    """The marked numbers, none sharing a mark with the one before it: in "5 USD 6" the code is the first one's."""
    out: list[Marked] = []
    for mark in marks:
        if out and mark.start < out[-1].end:
            mark = Marked(mark.quantity.start, mark.quantity.end, mark.quantity, None, before=False)
        out.append(mark)
    return out


def _before(text: str, quantity: Quantity, language: str) -> tuple[int, str | None]:
    pattern, _, _ = _patterns()
    window = text[max(0, quantity.start - _LOOK_BACK) : quantity.start]
    bare = window.rstrip(" \u00a0\n-")
    if not bare or bare[-1] not in _last_letters():
        return quantity.start, None
    match = pattern.search(window)
    if match is None:
        return quantity.start, None
    start = quantity.start - len(window) + match.start()
    mark = match.group().rstrip(" \u00a0\n-")
    if match["won"]:
        near = text[max(0, start - 400) : start + 400]
        if quantity.scale is None or quantity.letter or not _won()[1].search(near):
            return quantity.start, None
        return start, "KRW"
    lex = lexicon("money")
    if match["word"]:
        return (start, lex["words_before"]["latin"][mark]) if quantity.scale is not None else (quantity.start, None)
    if match["cjk"]:
        return start, lex["words_before"]["korean"].get(mark) or lex["words"]["cjk"].get(mark)
    codes = candidates(mark)
    spaced = match.end() - match.start() > len(mark)
    if mark in _told_marks() and not _is_money(text, quantity, mark, codes, spaced=spaced):
        return quantity.start, None
    if len(mark) == 1 and mark.isalpha() and spaced and quantity.letter:
        return quantity.start, None  # "P 5 m": no such thing
    if mark == "¥":
        return start, _yen_or_yuan(text, start, language)
    if mark == "$":
        return start, home_dollar(text)
    return start, meant(text, start, codes, language)


def _is_money(text: str, quantity: Quantity, mark: str, codes: tuple[str, ...], *, spaced: bool) -> bool:
    """Whether a doubtful mark before a number is one of money: the text is of its country, the number large.

    A small number counts where the text writes the same sign to large ones, and tells a price ("R31,88 a kilolitre").
    """
    lex = lexicon("money")
    told = lex["told_symbols"]
    if mark in told["glued"] and (spaced or _is_term(text, quantity, mark)):
        return False
    if mark not in lex["symbols"]:
        return _is_large(text, quantity)
    if _is_large(text, quantity) and _restates(text, quantity.start - len(mark) - (1 if spaced else 0)):
        return True
    used = not spaced and is_used(text, mark)
    if not is_told(text, codes) and not (mark in told["own"] and is_used(text, mark, _OWN_USES)):
        return False
    return _is_large(text, quantity) or (used and _is_price(text, quantity))


@cache
def _restated() -> re.Pattern[str]:
    """An amount in a currency beyond doubt, and the bracket behind it that opens with the same in another one."""
    leads = alternation(lexicon("money")["told_symbols"]["restating"])
    return re.compile(
        rf"[$€£¥₩₹]{GAP}?[0-9][0-9.,]{{0,12}}[ \u00a0-]?(?:[A-Za-z]{{1,8}})?[ \u00a0]?[(\[](?:{leads}[ \u00a0])?$",
        re.IGNORECASE,
    )


def _restates(text: str, start: int) -> bool:
    """Whether a mark at `start` opens a bracket right behind an amount: "$36bn (RM140bn)"."""
    return _restated().search(text, max(0, start - 50), start) is not None


def _is_term(text: str, quantity: Quantity, mark: str) -> bool:
    """Whether letters and digits are a term: "B2B", and the quarter in "Q3 billions"."""
    words = text[quantity.start : quantity.end]
    if quantity.letter and words[-1].upper() == mark:
        return True
    return mark == "Q" and re.match("[1-4][ \u00a0-]", words) is not None


@cache
def _price() -> tuple[re.Pattern[str], re.Pattern[str]]:
    per = alternation(lexicon("money")["told_symbols"]["per"])
    return re.compile(r"[0-9]{1,3}[.,][0-9]{2}|[0-9]{4,6}"), re.compile(rf" {per} (?!cent)[a-z]{{2}}")


def _is_price(text: str, quantity: Quantity) -> bool:
    written, per = _price()
    words = text[quantity.start : quantity.end]
    if written.fullmatch(words):
        return not words.isdigit() or not 1900 <= quantity.low < 2100
    return len(words) > 1 and per.match(text, quantity.end) is not None


def _is_large(text: str, quantity: Quantity) -> bool:
    """Whether a number is money beyond doubt beside a doubtful mark: with a scale, or as 48,050."""
    return quantity.scale is not None or (
        quantity.low >= _FOUR_DIGITS and not text[quantity.start : quantity.end].isdigit()
    )


@cache
def _told_marks() -> frozenset[str]:
    lex = lexicon("money")
    return frozenset((*lex["told_symbols"]["symbols"], *lex["told_codes"]["codes"], *rare_codes()))


@cache
def _last_letters() -> frozenset[str]:
    lex = lexicon("money")
    words = lex["words_before"]
    marks = (*lex["symbols"], *lex["codes"], *rare_codes(), *words["latin"], *words["cjk"], *words["korean"])
    return frozenset(mark[-1] for mark in marks) | {"n"}


def _after(text: str, quantity: Quantity, language: str) -> tuple[int, tuple[str, ...], bool]:
    """Where the marks after a number end, the currencies that they may stand for, and whether for their hundredths."""
    end = quantity.end
    none: tuple[int, tuple[str, ...], bool] = end, (), False
    follow = text[end : end + 1]
    if follow == "p" and quantity.scale is None and "£" in text and not text[end + 1 : end + 2].isalnum():
        return end + 1, ("GBP",), True  # "84p" beside pounds
    if not follow or (follow.isascii() and follow.isalnum() and not follow.isupper()) or follow in ".,;:)%":
        return none
    lead = _LEAD.match(text, end)
    at = lead.end() if lead else end
    word = word_at(text, at, language)
    cents = hundredth_at(text, at) if quantity.scale is None or quantity.scale < _LARGE else None
    if cents is not None and (word is None or word.end < cents.end):
        return cents.end, cents.currencies, True
    if word is not None and not (lead and lead["of"] and not quantity.vague and quantity.scale is None):
        return (*_worded(text, quantity, word, bool(lead and lead["of"])), False)
    _, pattern, _ = _patterns()
    match = pattern.match(text, end)
    if match is None:
        return none
    if match["code"]:
        weak = match["code"] in _told_marks() and not _is_large(text, quantity)
        return none if weak else (match.end(), candidates(match["code"]), False)
    if match["letters"]:
        return match.end(), candidates(match["letters"]), False
    sign = match["sign"]
    if quantity.scale is None and text[max(0, quantity.start - 1) : quantity.start] in _FORMULA:
        return none
    if sign in ("¥", "$"):
        return match.end(), (_yen_or_yuan(text, end, language) if sign == "¥" else home_dollar(text),), False
    return match.end(), candidates(sign), False


def _worded(text: str, quantity: Quantity, word: Word, linked: bool) -> tuple[int, tuple[str, ...]]:
    """The currencies of a word after a number, none where the words mean something else."""
    end, none = word.end, (quantity.end, ())
    bare = quantity.scale is None
    if word.word == "won" and not linked and not _is_won(text, quantity, end):
        return none
    always, small = _weak()
    if (word.word in always and bare) or (word.word in small and bare and quantity.low < _FOUR_DIGITS):
        return none
    if word.word.startswith("pound") and _patterns()[2].match(text, end):
        return none
    barred = lexicon("money")["not_followed"].get(word.word, "")
    if bare and barred and text[end : end + 1] in barred and end < len(text):
        return none
    if text.startswith("-denominated", end):
        end += len("-denominated")
    return end, word.currencies


@cache
def _weak() -> tuple[frozenset[str], frozenset[str]]:
    lex = lexicon("money")["weak"]
    return frozenset(lex["words"]), frozenset(lex["small"])


def _is_won(text: str, quantity: Quantity, end: int) -> bool:
    """Whether "won" after a number is the currency and not a verb."""
    verb = _won()[0].match(text, end)
    if verb and (quantity.scale or 0) < _LARGE:
        return False
    return quantity.scale is not None or quantity.low >= _LEAST_BARE_WON


def _yen_or_yuan(text: str, at: int, language: str) -> str:
    """What "¥" means: by the language, else by which of the two the text around speaks of; yen in doubt."""
    if language in ("zh", "ja"):
        return "CNY" if language == "zh" else "JPY"
    near = text[max(0, at - _NEAR) : at + _NEAR]
    if "yen" in near or "Japan" in near:
        return "JPY"
    return "CNY" if "yuan" in near or "renminbi" in near or "RMB" in near else "JPY"


def _is_code(text: str, start: int, quantity: Quantity) -> bool:
    """Whether "$1" is a variable, a group of a pattern or mathematics; only bare numbers below 100 are suspected."""
    if quantity.scale is not None or text[start] != "$" or quantity.end - quantity.start > 2:
        return False
    previous, following = text[max(0, start - 1) : start], text[quantity.end : quantity.end + 1]
    if (previous and previous in "\\/={|`$@[<") or (following and following in "\\/};|=`$^_]"):
        return True
    begin = text.rfind("\n", max(0, start - _CODE_LINE), start) + 1 or max(0, start - _CODE_LINE)
    stop = text.find("\n", start, start + _CODE_LINE)
    return _code().search(text, begin, stop if stop >= 0 else min(len(text), start + _CODE_LINE)) is not None
