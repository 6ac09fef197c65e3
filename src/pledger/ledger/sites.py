"""Evidence that two names are one place, one programme or one project."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from pledger.data import lexicon, programmes
from pledger.ledger.acronyms import acronym_evidence
from pledger.ledger.evidence import Evidence, evidence
from pledger.ledger.geography import areas, cities, country_code, same_city
from pledger.ledger.houses import token_evidence
from pledger.ledger.kinds import related
from pledger.ledger.names import fold, is_cjk, spelt, split
from pledger.ledger.scripts import readings, same_sound
from pledger.ledger.tokens import Token, filler, tokens, words

__all__ = ["place_evidence", "programme_evidence", "project_evidence"]

_AMOUNT = re.compile(
    r"(\d{1,4}(?:[.,]\d{1,3}){0,4})[\s-]{0,2}(trillion|tn|billion|bn|b|million|mn|m|兆|億|亿|조|억|milliarden|mrd)\b|(\d{1,6}(?:\.\d{1,2})?)(兆|億|亿|조|억)",
    re.IGNORECASE,
)
_LETTER = re.compile(r"(?<=[a-z0-9] )([A-H])(?![\w.&'’/+-]| & )")
"""A letter by itself behind a word: which of several works."""
_SCALES = {"t": 1e12, "b": 1e9, "m": 1e6, "兆": 1e12, "조": 1e12, "億": 1e8, "亿": 1e8, "억": 1e8}
_MOST_COUNTRY = 3
"""Words of a country's name."""
_KNOWN_CITY = 1_000_000
"""Inhabitants from which a city's bare name means it wherever it stands: 'Paris' is not Paris, Texas."""


# Places


def place_evidence(a: str, b: str) -> list[Evidence]:
    """What speaks for and against two names of places being one."""
    one, other = country_code(a), country_code(b)
    if one or other:
        if one == other:
            return [evidence("known_one", f"both are names of {one}")]
        if one and other:
            return [evidence("known_two", f"{one} and {other} are two")]
    (head_a, rest_a), (head_b, rest_b) = _placed(a), _placed(b)
    found = _heads(head_a, head_b, a, b, rest_a or rest_b)
    if rest_a and rest_b:
        if _one_area(rest_a, rest_b):
            found.append(evidence("place", f"both in {rest_b}"))
        else:
            found.append(evidence("other_place", f"'{rest_a}' is not '{rest_b}'"))
    elif rest_a or rest_b:
        head, rest = (head_b, rest_a) if rest_a else (head_a, rest_b)
        if _elsewhere(head, rest):
            found.append(evidence("elsewhere", f"'{head}' alone is a city elsewhere than in {rest}"))
    return found


def _placed(name: str) -> tuple[str, str]:
    """The place and what is told of where it is: 'Portsmouth, Ohio', 'Ulsan (South Korea)'."""
    head, _, rest = name.replace("（", ",").replace("(", ",").replace("）", "").replace(")", "").partition(",")
    if not head.strip():
        return name.strip(), ""
    found = head.strip(), rest.strip()
    if not found[1] and is_cjk(found[0]):
        text = found[0].strip()
        area = next((p for p in _provinces() if text.startswith(p) and len(text) > len(p) + 1), "")
        if area:
            return text.removeprefix(area).strip(), area
    known = tokens(words(found[0]))
    if not found[1] and is_cjk(found[0]) and len(known) > 1 and known[0].kind == "place":
        # 오하이오주 포츠머스, 俄亥俄州朴次茅斯: the larger stands before the smaller
        text = "".join(t.text for t in known[1:] if t.kind == "rare").lstrip(
            "".join(e for e in _endings() if len(e) == 1)
        )
        return (text, known[0].text) if text else found
    return found


def _heads(a: str, b: str, whole_a: str, whole_b: str, rest: str) -> list[Evidence]:
    here, there = _place_words(a), _place_words(b)
    if here == there:
        return [evidence("equal", f"both are '{' '.join(here)}'")]
    if "".join(here) == "".join(there):
        return [evidence("equal", f"both are '{''.join(here)}'")]
    if any(fold(a) in group and fold(b) in group for group in _same()):
        return [evidence("known_one", f"'{a}' and '{b}' are one")]
    if same_city(_bare(a), _bare(b)) and _fits(a, b, rest):
        return [evidence("known_one", f"'{whole_a}' and '{whole_b}' are one town of the gazetteer")]
    mine, yours = tokens(here), tokens(there)
    if {t.text for t in mine} == {t.text for t in yours}:
        return [evidence("equal", f"both are '{' '.join(t.text for t in mine)}'")]
    if is_cjk(a) != is_cjk(b) or (is_cjk(a) and is_cjk(b)):
        best = max((same_sound(x, y) for x in readings(_bare(a)) for y in readings("".join(there))), default=0.0)
        best = max(best, *(same_sound(x, y) for x in readings("".join(here)) for y in readings(_bare(b))), 0.0)
        if best and not any(t.kind == "place" for t in (*mine, *yours)):
            return [evidence("sound" if best == 1 else "sound_weak", f"'{a}' sounds like '{b}'")]
    return token_evidence(here, there)


def _fits(a: str, b: str, rest: str) -> bool:
    """Whether a town that two names share can be meant, where more is told of one.

    Other names are shared by many: 'Frankfurt' is a name of Frankfurt am Main, 'Frankfurt (Oder)' is not.
    """
    if not rest or is_cjk(a) or is_cjk(b) or not (set(words(a)) & set(words(b))):
        return True
    code = country_code(rest)
    return code is not None and any(country == code for name in (a, b) for country, _ in cities(name))


def _place_words(name: str) -> tuple[str, ...]:
    """The words of a place without those that every city or state may have."""
    dropped = lexicon("matching")["unit_notes"]["place_words"]
    kept = tuple(w for w in words(_bare(name)) if not filler(w) and w not in dropped)
    return kept or words(name)


def _bare(name: str) -> str:
    text = spelt(name).strip()
    if is_cjk(text):
        for end in _endings():
            if text.endswith(end) and len(text) > len(end) + 1:
                return text.removesuffix(end)
    return text


@cache
def _same() -> tuple[frozenset[str], ...]:
    return tuple(frozenset(fold(n) for n in group) for group in lexicon("matching")["places"]["same"])


@cache
def _provinces() -> tuple[str, ...]:
    """Prefectures and provinces of the East behind which a town is told, the longest first."""
    told = lexicon("places_cjk")["provinces"]
    return tuple(sorted({p for forms in told.values() for p in forms}, key=lambda p: (-len(p), p)))


@cache
def _endings() -> tuple[str, ...]:
    return tuple(spelt(e) for e in lexicon("matching")["places"]["endings"])


def _one_area(a: str, b: str) -> bool:
    one, other = country_code(a), country_code(b)
    if one and other:
        return one == other
    here, there = areas(a), areas(b)
    if here and there:
        return bool(here & there)
    if (one == "US" and there) or (other == "US" and here):
        return True
    if is_cjk(a) != is_cjk(b) and any(same_sound(x, y) for x in readings(_bare(a)) for y in readings(_bare(b))):
        return True
    return fold(a) == fold(b) or bool({*fold(a).split()} & {*fold(b).split()}) or _state_code(a) == _state_code(b) != ""


def _state_code(name: str) -> str:
    plain = name.replace(".", "").strip().upper()
    states = lexicon("matching")["places"]["states"]
    return plain if plain in states else next((c for c, n in states.items() if n == fold(name)), "")


def _elsewhere(head: str, rest: str) -> bool:
    """Whether a large city of that name lies elsewhere than in the area that is told."""
    code = country_code(rest) or ("US" if areas(rest) or _state_code(rest) else None)
    return any(size >= _KNOWN_CITY and code is not None and country != code for country, size in cities(head))


# Programmes


def programme_evidence(a: str, b: str) -> list[Evidence]:
    """What speaks for and against two names of programmes being one country's pledge."""
    key_a, key_b = _programme_key(a), _programme_key(b)
    if key_a and key_b:
        same = key_a == key_b
        return [evidence("known_one" if same else "known_two", f"both are {key_a}" if same else f"{key_a}, {key_b}")]
    if fold(a) == fold(b):
        return [evidence("equal", f"both are '{fold(a)}'")]
    letters = acronym_evidence(a, b, None)
    if letters:
        return letters
    found: list[Evidence] = []
    here, there = _countries(a), _countries(b)
    if here and there:
        shared = [c for c in here if c in there]
        only = [c for c in (*here, *there) if c not in shared]
        if shared == ["US"] and only and min(len(here), len(there)) == 1:
            found.append(evidence("extra_place_office", "only one names who pays"))
        elif not shared or (len(here) > 1 and len(there) > 1 and len(only) > 1):
            found.append(evidence("other_place", f"{', '.join(here)} is not {', '.join(there)}"))
        else:
            found.append(evidence("investor", f"both of {', '.join(shared)}"))
    elif here or there:
        found.append(evidence("extra_place_office", "only one names a country"))
    sum_a, sum_b = _sums(a), _sums(b)
    if sum_a and sum_b:
        near = any(abs(x - y) <= 0.06 * max(x, y) for x in sum_a for y in sum_b)
        found.append(evidence("amount" if near else "other_amount", "the same sum" if near else "another sum"))
    left, right = _rest(a), _rest(b)
    parts = lexicon("matching")["programmes"]["parts"]
    part_a, part_b = {w for w in left if w in parts}, {w for w in right if w in parts}
    if bool(part_a) != bool(part_b):
        found.append(evidence("part", f"only one is a part ({' '.join(sorted(part_a or part_b))})"))
    numbers_a, numbers_b = {w for w in left if w.isdigit()}, {w for w in right if w.isdigit()}
    if part_a and part_b and numbers_a != numbers_b:
        found.append(
            evidence("other_number", f"'{' '.join(sorted(numbers_a))}' is not '{' '.join(sorted(numbers_b))}'")
        )
    found += _numbered(a, b, bool(here and there))
    called = set(lexicon("matching")["programmes"]["called"])
    if (set(left) & called) and (set(right) & called):
        found.append(evidence("called", "both are called a pledge of investment"))
    others = set(lexicon("matching")["programmes"]["others"])
    odd = (set(left) & others) ^ (set(right) & others)
    if odd:
        found.append(evidence("other_unit", f"only one has '{' '.join(sorted(odd))}'"))
    rest_a = tuple(w for w in left if w not in called | others | set(parts) and not w.isdigit())
    rest_b = tuple(w for w in right if w not in called | others | set(parts) and not w.isdigit())
    if rest_a and rest_b:
        found += token_evidence(rest_a, rest_b)
    elif (rest_a or rest_b) and not (here and there):
        found += [evidence("extra_rare", f"only one has '{w}'") for w in (rest_a or rest_b)[:2]]
    return found


def _numbered(a: str, b: str, investors: bool) -> list[Evidence]:
    """Numbers and years of two programmes: Horizon 2020, a call of 2023; not the year in which a law was made."""
    one, other = _numbers(a), _numbers(b)
    if one and other:
        same = set(one) & set(other)
        told = f"'{' '.join(one)}'"
        return [evidence("number", f"share {told}") if same else evidence("other_number", f"not {told}")]
    if bool(one) != bool(other) and not investors:
        mine, yours = (set(_rest(x)) - set(_numbers(x)) for x in ((a, b) if one else (b, a)))
        if _countries(b if one else a) or yours - mine:
            return [evidence("number_one", f"only one has '{' '.join(one or other)}'")]
        return [evidence("extra_place_office", f"only one has '{' '.join(one or other)}'")]
    return []


@lru_cache(maxsize=8192)
def _numbers(name: str) -> tuple[str, ...]:
    parts = lexicon("matching")["programmes"]["parts"]
    laws = lexicon("matching")["programmes"]["laws"]
    told = [w for w in words(_AMOUNT.sub(" ", name)) if w != "of"]
    return tuple(w for n, w in enumerate(told) if w.isdigit() and w not in parts and not (n and told[n - 1] in laws))


def _programme_key(name: str) -> str | None:
    known = _programme_names()
    bare, others = split(name)
    return next((known[f] for n in (name, bare, *others) if (f := fold(n)) in known), None)


@cache
def _programme_names() -> dict[str, str]:
    known = {fold(n): row[0] for row in lexicon("ledger_houses")["programmes"] for n in row}
    return known | {fold(n): k for k, p in programmes().items() for n in (p["name"], *p.get("aliases", ()))}


@lru_cache(maxsize=8192)
def _countries(name: str) -> tuple[str, ...]:
    told = [c for form, codes in _pairs() if form in spelt(name) for c in codes]
    told += [c for w, c in lexicon("matching")["programmes"]["adjectives"].items() if w in spelt(name).split()]
    return tuple(dict.fromkeys([*told, *(t.text for t in tokens(words(_AMOUNT.sub(" ", name))) if _is_country(t))]))


@cache
def _pairs() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple((spelt(form), tuple(codes)) for form, codes in lexicon("matching")["programmes"]["pairs"].items())


def _is_country(token: Token) -> bool:
    return token.kind == "place" and len(token.text) == 2 and token.text.isupper()


def _sums(name: str) -> list[float]:
    found = []
    for match in _AMOUNT.finditer(name):
        number, unit = match[1] or match[3], (match[2] or match[4]).lower()
        scale = 1e9 if unit in ("milliarden", "mrd") else _SCALES.get(unit[0])
        if scale is not None:
            found.append(float(number.replace(",", "")) * scale)
    return found


def _rest(name: str) -> tuple[str, ...]:
    """The words of a programme's name that are no country, no sum and no filler."""
    plain = words(_AMOUNT.sub(" ", name).replace("$", " ").replace("€", " "))
    countries = _country_words(plain)
    latin = [w for w in plain if not filler(w) and w not in countries and not is_cjk(w)]
    marks = lexicon("matching")["programmes"]
    native = [m for w in plain if is_cjk(w) for m in (*marks["called"], *marks["parts"]) if is_cjk(m) and spelt(m) in w]
    return (*latin, *native)


def _country_words(plain: tuple[str, ...]) -> set[str]:
    """The words that make the name of a country."""
    runs = (plain[n : n + size] for size in range(1, _MOST_COUNTRY + 1) for n in range(len(plain) - size + 1))
    return {w for run in runs if len(t := tokens(run)) == 1 and _is_country(t[0]) for w in run}


# Projects


def project_evidence(a: str, b: str) -> list[Evidence]:
    """What speaks for and against two names of projects being one: kind, place, number, and whose it is."""
    if fold(a) == fold(b):
        return [evidence("equal", f"both are '{fold(a)}'")]
    found: list[Evidence] = _lettered(a, b)
    (kind_a, left, taken_a), (kind_b, right, taken_b) = _works(a), _works(b)
    left, right = tuple(w for w in left if w not in taken_b), tuple(w for w in right if w not in taken_a)
    if bool(kind_a) != bool(kind_b) and set(words(a)) & taken_b | set(words(b)) & taken_a:
        found.append(evidence("kind", "works of one kind"))
    if kind_a and kind_b:
        alike = any(related(x, y) for x in kind_a for y in kind_b)
        found.append(evidence("kind" if alike else "other_kind", "works of one kind" if alike else f"{', '.join(sorted(kind_a))} is not {', '.join(sorted(kind_b))}"))  # noqa: E501  # fmt: skip
    here, there = areas(a), areas(b)
    if here and there:
        near = bool(here & there)
        found.append(evidence("site" if near else "other_place", f"both in {', '.join(sorted(here & there))}" if near else "in other states"))  # noqa: E501  # fmt: skip
    told = [
        evidence("extra_of_project", e.words) if e.words.startswith("only one") and "extra" in _named(e) else e
        for e in token_evidence(left, right)
    ] if left and right else []  # fmt: skip
    lone = [e for e in told if e.words.startswith("only one has")]
    if len(lone) > 1 and _both_sides(left, right):
        told.append(evidence("other_rare", "each has words that the other lacks"))
    if bool(left) != bool(right):
        numbers = [t for t in tokens(left or right) if t.kind == "number"]
        told += [evidence("extra_number", f"only one has '{t.text}'") for t in numbers]
    return found + told


def _lettered(a: str, b: str) -> list[Evidence]:
    """Letters that number works: Hinkley Point C, Dogger Bank A."""
    one, other = set(_LETTER.findall(a)), set(_LETTER.findall(b))
    if one and other and not one & other:
        told = f"'{' '.join(sorted(one))}' is not '{' '.join(sorted(other))}'"
        return [evidence("other_number", told)]
    if bool(one) != bool(other):
        return [evidence("letter_one", f"only one has '{' '.join(sorted(one or other))}'")]
    return []


def _both_sides(left: tuple[str, ...], right: tuple[str, ...]) -> bool:
    one, other = ({t.text for t in tokens(side)} for side in (left, right))
    return bool(one - other) and bool(other - one)


def _named(e: Evidence) -> str:
    weights = lexicon("matching")["weights"]
    soft = ("extra_rare", "extra_unit", "extra_place", "extra_family", "extra_usual")
    return next((n for n in soft if weights[n] == e.weight), "")


@lru_cache(maxsize=8192)
def _works(name: str) -> tuple[frozenset[str], tuple[str, ...], frozenset[str]]:
    """The kinds of works that a name tells, its other words but for heads such as "plant", and those that tell it."""
    text = " ".join(words(name))
    found: set[str] = set()
    for phrase, kind in _kind_words():
        padded = f" {text} "
        if (is_cjk(phrase) and phrase in text) or f" {phrase} " in padded or f" {phrase}s " in padded:
            found.add(kind)
            text = padded.replace(f" {phrase} ", " ").replace(f" {phrase}s ", " ").strip()
            text = text.replace(phrase, " ") if is_cjk(phrase) else text
    heads = _heads_of_works()
    left = tuple(w for w in " ".join(text.split()).split() if w not in heads and not filler(w))
    taken = frozenset(words(name)) - frozenset(left)
    return frozenset(found), left, taken


@cache
def _kind_words() -> tuple[tuple[str, str], ...]:
    found: dict[str, str] = {}
    for key, kind in lexicon("kinds")["kinds"].items():
        for language in ("en", "ja", "zh", "ko", "de"):
            for phrase in kind.get(language, ()):
                if re.fullmatch(r"[\w\s\-]+", phrase):
                    found.setdefault(" ".join(words(phrase)), key)
    return tuple(sorted(found.items(), key=lambda item: (-len(item[0]), item[0])))


@cache
def _heads_of_works() -> frozenset[str]:
    heads = lexicon("kinds")["heads"]
    return frozenset(w for field in ("en", "weak_en", "ja", "zh", "ko", "de") for h in heads[field] for w in words(h))
