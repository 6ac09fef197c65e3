"""Identifiers of securities and companies: their check digits, and tickers as several programs write them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import numpy.typing as npt

__all__ = [
    "Ticker",
    "class_codes",
    "isin_holds",
    "isins_hold",
    "issuer_of",
    "knowledge",
    "lei_holds",
    "markets",
    "parsed_ticker",
    "spellings",
]

Ticker = tuple[str, tuple[str, ...]]
"""A code and the markets (ISO 10383) that stand beside it; no markets where nothing tells."""

_ISIN = re.compile(r"[A-Z]{2}[A-Z0-9]{9}[0-9]")
_LEI = re.compile(r"[A-Z0-9]{18}[0-9]{2}")
_DOTTED = re.compile(r"([A-Z0-9]{1,12}(?:[./-][A-Z])?)\.([A-Z]{1,3})")
_SPACED = re.compile(r"([A-Z0-9./-]{1,14}) ([A-Z]{2})(?: EQUITY)?")
_KOREA = "XKRX"
_DIGITS = 6
_KOREAN = re.compile(r"A([0-9]{6})")
"""The short code of the Korea Exchange: A for a share, and its six digits."""
_LED = re.compile(r"([A-Z]{2,8}) ?: ?([A-Z0-9./-]{1,14})")


@cache
def knowledge() -> dict[str, Any]:
    """The names of columns, totals and markets of `data/portfolio/columns.toml`."""
    return tomllib.loads((files("pledger.data") / "portfolio" / "columns.toml").read_text(encoding="utf-8"))


def isins_hold(isins: Sequence[str]) -> npt.NDArray[np.bool_]:
    """Of each ISIN, in capitals, whether its form and check digit are right (ISO 6166: Luhn over letters as 10 to 35).

    All at once, so that a hundred thousand take a few milliseconds.
    """
    count = len(isins)
    if not count:
        return np.zeros(0, np.bool_)
    sized = np.fromiter((len(isin) == 12 and isin.isascii() for isin in isins), np.bool_, count)
    plain = "".join(isin if good else "!!!!!!!!!!!!" for isin, good in zip(isins, sized.tolist(), strict=True))
    codes = np.frombuffer(plain.encode("ascii"), np.uint8).reshape(count, 12).astype(np.int16)
    digit, letter = (codes >= 48) & (codes <= 57), (codes >= 65) & (codes <= 90)
    formed = sized & (digit | letter).all(axis=1) & letter[:, :2].all(axis=1) & digit[:, 11]
    values = np.where(letter, codes - 55, codes - 48)
    width = np.where(letter, 2, 1)
    behind = np.cumsum(width[:, ::-1], axis=1)[:, ::-1] - width  # digits to the right of a character's last one
    last, first = values % 10, values // 10
    total = _luhn(last, behind) + np.where(letter, _luhn(first, behind + 1), 0)
    found: npt.NDArray[np.bool_] = formed & (total.sum(axis=1) % 10 == 0)
    return found


def _luhn(digits: npt.NDArray[np.int16], behind: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    doubled = np.where(behind % 2 == 1, 2 * digits, digits).astype(np.int64)
    return doubled // 10 + doubled % 10


def isin_holds(isin: str) -> bool:
    """Whether one ISIN has the right form and check digit."""
    return bool(_ISIN.fullmatch(isin)) and bool(isins_hold([isin])[0])


def issuer_of(isin: str) -> str:
    """The part of an ISIN that tells its issuer, where its country has one: US6068221042 and US606822AH76 are of one
    issuer. Empty for other countries, of which each security has a number of its own."""
    length = knowledge()["isin_issuers"].get(isin[:2])
    return isin[:length] if length is not None else ""


def lei_holds(lei: str) -> bool:
    """Whether a legal entity identifier has the right form and check digits (ISO 17442: modulo 97 is 1)."""
    return bool(_LEI.fullmatch(lei)) and int("".join(str(int(c, 36)) for c in lei)) % 97 == 1


@cache
def _codes() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for mic, names in knowledge()["markets"].items():
        for name in names:
            found[name.casefold()] = (*found.get(name.casefold(), ()), mic)
    return found


def markets(said: str) -> tuple[str, ...]:
    """The markets that a code or name means: of `jt` Tokyo, of `us` several; none for an unknown one."""
    return _codes().get(" ".join(said.casefold().split()), ())


def parsed_ticker(ticker: str, exchange: str = "") -> Ticker:
    """A ticker and its market, as Bloomberg (`6501 JT`), Reuters, Yahoo (`6501.T`) or Google (`TYO:6501`) write it."""
    said = " ".join(ticker.upper().split())
    beside = markets(exchange)
    for pattern, code, market in ((_LED, 2, 1), (_SPACED, 1, 2), (_DOTTED, 1, 2)):
        found = pattern.fullmatch(said)
        if found is not None and (its := markets(found[market])):
            its = tuple(m for m in its if m in beside) or its
            return _padded(found[code], its), its
    korean = _KOREAN.fullmatch(said)
    if korean is not None and (not beside or _KOREA in beside):
        return korean[1], (_KOREA,)
    return _padded(said, beside), beside


def spellings(code: str) -> tuple[str, ...]:
    """How the code of a listing may stand in a file: as it is; a Korean one with its A, or without its noughts."""
    return (code, f"A{code}", code.lstrip("0")) if len(code) == _DIGITS and code.isdecimal() else (code,)


def class_codes(code: str, mic: str) -> tuple[str, ...]:
    """The codes that preferred and other classes of shares have beside the common ones of this code: 94345 beside
    9434 in Tokyo, 005935 beside 005930 in Korea; none on other markets."""
    its = knowledge()["issuers"].get(mic)
    if its is None or not code[:1].isdigit() or not code.endswith(its["common"]):
        return ()
    return tuple(code.removesuffix(its["common"]) + letter for letter in its["classes"])


def _padded(code: str, its: Sequence[str]) -> str:
    """A Korean code with the noughts that a spreadsheet takes off its head."""
    return code.zfill(_DIGITS) if tuple(its) == (_KOREA,) and code.isdecimal() else code
