"""Numbers in Japanese, Chinese and Korean: 5500億, 7兆1800億, 1.5万亿, 3천500억, 数百億, 수십억, 二千億."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers.plain import literal

__all__ = ["cjk_numeral", "cjk_quantity", "cjk_words"]

_PART = re.compile(r"[ \u00a0]?([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?)")
_MORE = "多余餘여"
"""Between the number and its unit: "a little more" (100多亿, 3500여억)."""

_SEVERAL = "数數几幾"
"""Behind digits and before a unit these too are "a little more": 20数億, 30几亿."""

_HALF = re.compile("半(?![数數分年額导導島岛期月日ば減减身径徑途場场世点點])")
"""Behind a unit its half: 1億半 is 150 million."""

_COUNTRIES = ("米", "明", "哥")
"""Behind 多 these begin the name of a country whose money it is: 多米尼加披索, 多哥."""

_MOST_PARTS = 6


@cache
def _units() -> tuple[dict[str, int], dict[str, int]]:
    scales = lexicon("numbers")["scales"]
    return scales["small"], scales["group"]


def cjk_quantity(text: str, at: int, number: Decimal) -> tuple[int, Decimal, Decimal, bool] | None:
    """What follows a written `number` ending at `at`: (end, value, scale, a little more), None where no unit follows.

    The scale is that of the last group unit (億 in 7兆1800億), so that the first number of 300〜400億 can take it.
    """
    small, group = _units()
    pos, total, value, scale = at, Decimal(0), number, Decimal(1)
    more = seen = False
    for _ in range(_MOST_PARTS):
        pos, value, more, any_small = _smalls(text, pos, value, more)
        skipped = text[pos : pos + 1]
        unit_next = text[pos + 1 : pos + 2] in group and pos + 1 < len(text)
        if not seen and unit_next and skipped in _SEVERAL and skipped:
            more = True
        elif not (not seen and unit_next and skipped and skipped in " \u00a0个個"):
            unit_next = False
        here = pos + 1 if unit_next else pos
        if text[here : here + 1] in group and here < len(text):
            scale = Decimal(1)
            while here < len(text) and text[here] in group:
                scale *= group[text[here]]
                here += 1
                if here - pos > 3:
                    break
            total, value, pos, seen = total + value * scale, Decimal(0), here, True
            if text[pos : pos + 1] in _MORE and pos < len(text) and text[pos + 1 : pos + 2] not in _COUNTRIES:
                more, pos = True, pos + 1
            elif _HALF.match(text, pos):
                return pos + 1, total + scale / 2, scale, more
        elif any_small or (seen and value):
            total, seen, scale = total + value, True, scale if seen else Decimal(1000)
            break
        else:
            return None if not seen else (pos, total, scale, more)
        part = _PART.match(text, pos)
        nxt = text[part.end() : part.end() + 1] if part else ""
        if not part or (nxt not in small and nxt not in group and text[pos] in " \u00a0"):
            break
        follow = literal(part[1])
        if follow is None or follow >= scale or not nxt:
            break
        value, pos = follow, part.end()
    return (pos, total, scale, more) if seen else None


def _smalls(text: str, pos: int, value: Decimal, more: bool) -> tuple[int, Decimal, bool, bool]:
    """Reads 百, 千, 십... after a value, with a further number behind them (3천500); also 多 and the like."""
    small, group = _units()
    any_small = False
    while pos < len(text):
        if text[pos] in small:
            value *= small[text[pos]]
            any_small = True
            pos += 1
            part = _PART.match(text, pos) if text[pos : pos + 1].isdigit() else None
            inner = literal(part[1]) if part else None
            if part and inner is not None and inner < 1000:
                value += inner
                pos = part.end()
                break
        elif (
            text[pos] in _MORE
            and (text[pos + 1 : pos + 2] in group or text[pos + 1 : pos + 2] in small)
            and pos + 1 < len(text)
        ):
            more = True
            pos += 1
        else:
            break
    return pos, value, more, any_small


@cache
def _words_pattern() -> re.Pattern[str]:
    small, group = _units()
    table = lexicon("numbers")
    several = "".join(table["words"]["several_cjk"])
    digit = "".join(d for d in table["numerals"] if d not in "〇零")
    digits = "".join([*table["numerals"], *small])
    units, smalls = "".join(group), "".join(small)
    return re.compile(
        rf"(?<![0-9.第])(?:(?P<first>[{digit}]|(?<![0-9])[0-9]|(?<![0-9])[0-9]{{3}})[、,](?P<second>[{digit}]|[0-9]{{1,3}})"
        rf"(?P<times>[{smalls}])?(?=[{units}])"
        rf"|(?P<tens>[{smalls}])(?P<more>[{several}])(?=[{units}{smalls}])(?P<times2>[{smalls}])?"
        rf"|(?P<several>[{several}])?(?P<number>[{digits}]{{0,9}})(?:[点點.](?P<part>[{digit}]{{1,4}}))?)"
        rf"(?P<link>[个個](?=[{units}]))?(?P<group>[{units}]{{1,2}})?(?P<half>(?<=[{units}]){_HALF.pattern})?"
    )


_Words = tuple[int, int, Decimal, Decimal, Decimal | None]


def cjk_words(text: str, language: str = "") -> Iterator[_Words]:
    """Numbers without digits, as (start, end, low, high, scale): 一兆二千億, 수십억, 数百億, 九百; no bare units (億).

    Of neighbours the two are a spread: 五、六億, 二三十亿 (the latter in Chinese only).
    """
    last: _Words | None = None
    for start, end, low, high, scale in _groups(text, language):
        if (
            last is not None
            and last[1] == start
            and low == high
            and last[2] == last[3]
            and (scale or 1) < (last[4] or 1)
        ):
            last = (last[0], end, last[2] + low, last[3] + high, scale or last[4])
            continue
        if last is not None:
            yield last
        last = (start, end, low, high, scale)
    if last is not None:
        yield last


def _groups(text: str, language: str) -> Iterator[_Words]:
    small, group = _units()
    for match in _words_pattern().finditer(text):
        several, number, units = match["several"], match["number"], match["group"] or ""
        scale = Decimal(1)
        for unit in units:
            scale *= group[unit]
        if match["first"]:
            times = small.get(match["times"] or "", 1)
            low, high = (Decimal(_digit(match[g])) for g in ("first", "second"))
            if not 0 < high - low <= max(Decimal(1), low // 10) or not units:
                continue
            low, high = low * times, high * times
        elif match["tens"]:
            low = Decimal(small[match["tens"]]) * small.get(match["times2"] or "", 1)
            high = 2 * low
            if not units:
                continue
        else:
            if not (several or number) or not (units or any(letter in small for letter in number)):
                continue
            spread = _spread(number) if language == "zh" and units and not several else None
            value = cjk_numeral(number) if number else Decimal(1)
            if value is None or (match["part"] and not units):
                continue
            if match["part"]:
                value += (cjk_numeral(match["part"]) or Decimal(0)) / 10 ** len(match["part"])
            low, high = spread or ((value, 10 * value) if several else (value, value))
        if match["half"] and low == high:
            low = high = low + Decimal("0.5")
        yield match.start(), match.end(), low * scale, high * scale, scale if units else None


def _digit(numeral: str) -> int:
    digits: dict[str, int] = lexicon("numbers")["numerals"]
    return digits[numeral] if numeral in digits else int(numeral)


def _spread(number: str) -> tuple[Decimal, Decimal] | None:
    """What two neighbouring digits before a unit say: 二三十 is from 20 to 30, 七八 from 7 to 8."""
    digits, (small, _) = lexicon("numbers")["numerals"], _units()
    if len(number) < 2 or number[0] not in digits or number[1] not in digits:
        return None
    times = Decimal(1)
    for letter in number[2:]:
        if letter not in small:
            return None
        times *= small[letter]
    low, high = digits[number[0]], digits[number[1]]
    return (low * times, high * times) if low and high == low + 1 else None


def cjk_numeral(numeral: str) -> Decimal | None:
    """The value of a numeral below ten thousand in characters (二千五百 is 2500), or None where it is none."""
    small, _ = _units()
    digits: dict[str, int] = lexicon("numbers")["numerals"]
    total, digit, written = 0, None, 0
    for letter in numeral:
        if letter in digits:
            written += 1
            digit = (digit or 0) * 10 + digits[letter] if written > 1 and digit is not None else digits[letter]
        elif letter in small:
            total += (1 if digit is None else digit) * small[letter]
            digit, written = None, 0
        else:
            return None
    return Decimal(total + (digit or 0))
