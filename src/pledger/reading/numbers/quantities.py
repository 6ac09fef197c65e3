"""Numbers with their scales: 550bn, 5,500億, 7兆1800億, 3500억, 33,3 Milliarden, half a billion, tens of billions."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from pledger.data import lexicon
from pledger.reading.numbers.cjk import cjk_quantity, cjk_words
from pledger.reading.numbers.patterns import GAP, alternation
from pledger.reading.numbers.plain import NUMBER, literal
from pledger.reading.numbers.quantity import Quantity, key, scales
from pledger.reading.numbers.spoken import scale_word, spoken
from pledger.reading.page import Page, Trigger

__all__ = ["quantities"]

_VULGAR = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75"), "⅓": Decimal(1) / 3, "⅔": Decimal(2) / 3}
_SCALED = frozenset(" \u00a0\n-+")
"""Besides letters, what may stand between a number and its scale."""
_SPACED = re.compile(r"(?<![0-9.,])[0-9]{1,3}(?: [0-9]{3}){1,5}(?![0-9])")
_SPACED_ROUND = re.compile(
    r"(?<![0-9.,:-])(?<![0-9] )[1-9][0-9]{0,2}(?: [0-9]{3}){0,4}(?: 000| [0-9]{3} [0-9]{3})(?![0-9]| [0-9])"
)
"""Thousands apart in English: two numbers seldom follow each other where the last is 000, or where there are three."""
_SPACED_SIGN = re.compile(r"(?<=[$€£R])[1-9][0-9]{0,2}(?: [0-9]{3}){1,4}(?![0-9]| [0-9])")
_COMMA_RAND = re.compile(r"(?<![A-Za-z])R[ \u00a0]?[0-9]{1,3},[0-9]{1,2}(?![0-9])")
_SIGNED = re.compile(r"(?:R\$|BRL|US\$)[ \u00a0]?$")
_WRITTEN_FRACTION = re.compile(r" ([1-9])/([2-9])(?![0-9/])")


@cache
def _scale_after(language: str) -> re.Pattern[str]:
    letters = alternation(lexicon("numbers")["scales"]["letters"])
    words = alternation(scales(language))
    beside = alternation(lexicon("numbers")["scales"]["beside"])
    behind = alternation(lexicon("numbers")["scales"]["behind_sign"])
    return re.compile(
        rf"(?P<plus>-plus|-odd|\+)?(?:{GAP}-?|-)(?P<word>{words})(?![a-z])(?:{GAP}-?(?P<second>{words})(?![a-z]))?"
        rf"|(?P<letter>{letters})(?![a-z0-9])| (?P<spaced>(?-i:MM|[MBT]))(?![a-z0-9]|-[a-z])"
        rf"|{GAP}(?P<beside>(?-i:{beside}))(?![a-z0-9]|-[a-z])|[ \u00a0]?(?P<behind>(?-i:{behind}))(?![a-z0-9-])",
        re.IGNORECASE,
    )


_SCALE_WORDS = Trigger(lambda language: [[scale_word(language).pattern]], exact=True)


def quantities(page: Page) -> list[Quantity]:
    """All numbers of a page's normalised text, in order and never overlapping; years, room numbers and all.

    Callers keep those that a currency, a percent sign or the like makes theirs.
    """
    found = _from_digits(page.plain, page.language)
    if page.may(_SCALE_WORDS):
        found.extend(spoken(page.plain, page.language))
    if page.cjk:
        found.extend(Quantity(*q) for q in cjk_words(page.plain, page.language))
    found.sort(key=lambda q: (q.start, -q.end))
    kept: list[Quantity] = []
    for quantity in found:
        if not kept or quantity.start >= kept[-1].end:
            kept.append(quantity)
    return kept


def _from_digits(text: str, language: str) -> list[Quantity]:
    out: list[Quantity] = []
    scale_after = _scale_after(language)
    values = scales(language)
    beside = lexicon("numbers")["scales"]["beside"] | lexicon("numbers")["scales"]["behind_sign"]
    letters = lexicon("numbers")["scales"]["letters"]
    german = language == "de"
    rand = "R" in text and _COMMA_RAND.search(text) is not None
    # "500 000 Euro"; in English two numbers may follow each other ("on March 5 300 people")
    text = _SPACED.sub(_joined, text) if german else _SPACED_SIGN.sub(_joined, _SPACED_ROUND.sub(_joined, text))
    done = 0
    for match in NUMBER.finditer(text):
        start, end = match.span()
        if start < done:
            continue
        scale: Decimal | None = None
        follow = text[end : end + 1]
        tail = scale_after.match(text, end) if follow in _SCALED or follow.isalpha() else None
        if tail is not None and tail["behind"] and _SIGNED.search(text, max(0, start - 4), start) is None:
            tail = None
        comma = (
            german
            or (rand and text[max(0, start - 2) : start].strip()[-1:] == "R")
            or (
                tail is not None
                and (tail["word"] or "").lower().startswith(("milliarde", "mrd", "mio.", "millionen", "billionen"))
            )
        )
        number = literal(match.group(), decimal_comma=comma)
        if number is None or (number == 0 and end - start > 1):
            continue
        if start > 1 and text[start - 1] == "." and match.group().isdigit() and (text[start - 2] in "$€£¥₩ \n("):
            number, start = Decimal(f"0.{match.group()}"), start - 1
        glued = start > 0 and text[start - 1].isalnum() and text[start - 1].isascii()
        if end < len(text) and text[end] in _VULGAR:
            number += _VULGAR[text[end]]
            end += 1
            tail = scale_after.match(text, end)
        elif end < len(text) and text[end] == " " and (part := _WRITTEN_FRACTION.match(text, end)):
            number += Decimal(part[1]) / Decimal(part[2])
            end = part.end()
            tail = scale_after.match(text, end)
        if tail is not None:
            end = tail.end()
            if tail["word"]:
                scale = Decimal(values[key(tail["word"])])
                if tail["second"]:
                    scale *= values[key(tail["second"])]
            elif tail["beside"] or tail["behind"]:
                scale = Decimal(beside[tail["beside"] or tail["behind"]])
            else:
                scale = Decimal(letters[(tail["letter"] or tail["spaced"]).lower()])
            done = end
            value = number * scale
            more = (tail["plus"] or "") in ("-plus", "+") and tail["plus"] is not None
            out.append(Quantity(start, end, value, value, scale, glued, more, letter=not tail["word"]))
            continue
        after = text[end : end + 2]
        if after and not after.isascii():
            cjk = cjk_quantity(text, end, number)
            if cjk is not None:
                done = cjk[0]
                out.append(Quantity(start, cjk[0], cjk[1], cjk[1], cjk[2], glued, more=cjk[3]))
                continue
        done = end
        out.append(Quantity(start, end, number, number, None, glued))
    return out


def _joined(spaced: re.Match[str]) -> str:
    return spaced.group().replace(" ", "\u00a0")
