"""Organisations with a known identity, and the names that texts call them by.

A house has a stem of its own and a trade ("Karitoma Heavy Industries"). Texts add a legal form or a tail, leave the
trade off, write it in katakana, use letters that one of them has explained, and slip. Some houses share their stem with
a sister of another trade, some have a stem that differs in one letter: those are two, however alike they look.
"""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass

__all__ = ["TRADES", "House", "Named", "houses", "named", "stem"]

_WESTERN = (
    "al bar bel bran cal car col cor dal dan del dor el fal far fen fin gal gar glen gol har hel hol is "
    "jor kel kin lam lan lor mal mar mel mon nor or pal pen per quin ran ros sal san sel sor tal tan tel "
    "tor val van vel ver vol wal wen"
)
_ENDS = "den dale ford gate ham lund mark mont nor ridge shaw stad ston tel tor vale vik well wick worth"
_KANA = {
    "ka": "カ", "ki": "キ", "ku": "ク", "ke": "ケ", "ko": "コ", "sa": "サ", "su": "ス", "se": "セ", "so": "ソ",
    "ta": "タ", "te": "テ", "to": "ト", "na": "ナ", "ni": "ニ", "ne": "ネ", "no": "ノ", "ha": "ハ", "hi": "ヒ",
    "ma": "マ", "mi": "ミ", "mu": "ム", "me": "メ", "mo": "モ", "ya": "ヤ", "yu": "ユ", "ra": "ラ", "ri": "リ",
    "ru": "ル", "wa": "ワ", "ga": "ガ", "go": "ゴ", "za": "ザ", "da": "ダ", "ba": "バ", "bo": "ボ",
}  # fmt: skip
TRADES = {
    "Heavy Industries": "重工業", "Steel": "製鉄", "Bank": "銀行", "Motors": "自動車", "Chemical": "化学",
    "Electric": "電機", "Industries": "工業", "Technologies": "テクノロジーズ", "Construction": "建設",
    "Shipbuilding": "造船", "Insurance": "保険", "Railway": "鉄道",
    "Energy": "エネルギー", "Gas": "ガス", "Mining": "鉱業", "Cable": "電線", "Foods": "食品",
    "Semiconductor": "半導体", "International": "インターナショナル",
}  # fmt: skip
_SAYS_LITTLE = ("Electric", "Industries", "Technologies", "International")
"""What news leaves off freely. A trade that tells something it leaves off behind the full name, which is then what the
claims have; only now and then without."""
_WESTERN_FORMS = (" Inc.", " Corp.", " Ltd", " plc", " LLC", ", Inc.", " GmbH", " SA", " Corporation", " AG")
_EASTERN_FORMS = (" Co., Ltd.", " Corp.", " Corporation", " K.K.", " Co.", " Inc.")
_TAILS = (" Group", " Holdings")


@dataclass(frozen=True, slots=True)
class House:
    """One organisation."""

    number: int
    full: str
    short: str
    """The name without its trade."""
    letters: str
    """Its acronym, or ''."""
    native: str
    """Its name in Japanese, or ''."""
    alone: bool
    """Whether no other house has this stem, so that texts may leave off the trade."""
    forms: tuple[str, ...]
    """Legal forms that it goes by."""


@dataclass(frozen=True, slots=True)
class Named:
    """One name in one text, and whom it means."""

    name: str
    house: int
    aliases: tuple[str, ...] = ()
    """Other names that the same text gives beside it."""


def stem(r: random.Random, eastern: bool = False) -> tuple[str, str]:
    """A made-up name and, of eastern ones, its katakana."""
    if eastern:
        parts = [r.choice(list(_KANA)) for _ in range(r.choice((3, 3, 4, 4)))]
        return "".join(parts).capitalize(), "".join(_KANA[p] for p in parts)
    parts = [r.choice(_WESTERN.split()) for _ in range(r.choice((1, 2, 2)))]
    return ("".join(parts) + r.choice(_ENDS.split())).capitalize(), ""


def houses(r: random.Random, count: int) -> list[House]:
    """That many houses, no two of one full name."""
    found: list[tuple[str, str, str]] = []
    seen: set[tuple[str, str]] = set()
    while len(found) < count:
        first, native = stem(r, r.random() < 0.5)
        trade, chance = r.choice(list(TRADES)), r.random()
        if found and chance < 0.10:
            first, _, native = found[-1]  # a sister
        elif found and chance < 0.13 and not found[-1][2]:
            first, trade, native = _lookalike(r, found[-1][0]), found[-1][1], ""
        elif chance < 0.35:
            second, more = stem(r, bool(native))
            first, native = f"{first} {second}", f"{native}{more}"
        if (first, trade) not in seen:
            seen.add((first, trade))
            found.append((first, trade, native))
    stems = Counter(first for first, _, _ in found)
    return [_house(r, n, *its, alone=stems[its[0]] == 1) for n, its in enumerate(found)]


def _house(r: random.Random, number: int, first: str, trade: str, native: str, *, alone: bool) -> House:
    full = f"{first} {trade}"
    words = full.split()
    letters = "".join(w[0] for w in words).upper() if len(words) >= 4 else ""
    forms = r.sample(_EASTERN_FORMS if native else _WESTERN_FORMS, 2)
    return House(number, full, first, letters, f"{native}{TRADES[trade]}" if native else "", alone, tuple(forms))


def _lookalike(r: random.Random, word: str) -> str:
    place = r.randrange(1, len(word) - 1)
    return word[:place] + r.choice("abdefgiklmnoprstuvw".replace(word[place], "")) + word[place + 1 :]


def named(r: random.Random, house: House, explained: bool) -> Named:
    """What a text calls a house. `explained`: whether an earlier text has given its letters."""
    forms = [
        (0.54, Named(house.full, house.number)),
        (0.25, Named(house.full + r.choice(house.forms), house.number)),
        (0.05, Named(house.full + r.choice(_TAILS), house.number)),
        (0.02, Named(_slip(r, house), house.number)),
        (0.02, Named(house.full.upper(), house.number)),
    ]
    if house.letters:
        forms.append((0.03, Named(house.full, house.number, (house.letters,))))
    if house.letters and explained:
        forms.append((0.05, Named(house.letters, house.number)))
    if house.native:
        form = "株式会社" if r.random() < 0.3 else ""
        forms.append((0.04, Named(form + house.native, house.number, (house.full,) if r.random() < 0.1 else ())))
    if house.alone:
        forms.append((0.08 if house.full.endswith(_SAYS_LITTLE) else 0.005, Named(house.short, house.number)))
    return r.choices([form for _, form in forms], [share for share, _ in forms])[0]


def _slip(r: random.Random, house: House) -> str:
    """The full name with a letter of its stem left out, doubled, or exchanged with its neighbour."""
    place = r.randrange(2, len(house.short) - 1)
    name, how = house.full, r.randrange(3)
    if how == 0:
        return name[:place] + name[place + 1 :]
    if how == 1:
        return name[:place] + name[place] + name[place:]
    return name[:place] + name[place + 1] + name[place] + name[place + 2 :]
