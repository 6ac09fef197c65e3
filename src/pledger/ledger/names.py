"""Names made comparable: scripts, legal forms, possessives, titles, and the names that data give for each other.

`fold` keeps what distinguishes ("Hitachi Construction Machinery" stays longer than "Hitachi") and drops what does not
("Toshiba Corp." is "toshiba"). All word lists are in `data/lexicon/ledger_names.toml`.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from pledger.data import lexicon

__all__ = [
    "canonical",
    "core",
    "fold",
    "is_cjk",
    "is_house",
    "known_person",
    "outlet",
    "person",
    "source",
    "spelt",
    "split",
    "usual_heads",
    "usual_tail",
]

_KEPT = 1 << 17
"""Names whose forms are kept: a ledger names a few again and again."""
_LONGEST = 300
"""Characters of a name that are looked at: nobody has a longer one, and hostile input may."""
_MOST_NAME_WORDS = 12
"""Words of a name that its usual tails are looked for in."""
_LEAD_WORDS = 8
"""Words within which "the latest annual report by" ends."""
_PARENTHESIS = re.compile(r"\s*[(（]([^()（）]{1,80})[)）]")
_POSSESSIVE = re.compile(r"['’]s\b|(?<=s)['’](?=\s|$)", re.IGNORECASE)
_DOTTED = re.compile(r"\.(?!\s|com\b)", re.IGNORECASE)
_OTHER = re.compile(r"[^\w]+")
_CJK = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def is_cjk(name: str) -> bool:
    """Whether the name has Japanese, Chinese or Korean characters."""
    return _CJK.search(name) is not None


@lru_cache(maxsize=_KEPT)
def split(name: str) -> tuple[str, tuple[str, ...]]:
    """A name and the other names in its parentheses: 'Lutnick (卢特尼克)' is Lutnick, also 卢特尼克."""
    name = name[:_LONGEST]
    inside = tuple(a.strip() for a in _PARENTHESIS.findall(name) if f"({a.strip()})" not in _lists().cjk_forms)
    bare = _PARENTHESIS.sub("", name).strip()
    return (bare, tuple(a for a in inside if a)) if bare else (name.strip("()（） "), ())


@lru_cache(maxsize=_KEPT)
def fold(name: str) -> str:
    """The comparable form of a name: NFKC, lower case, one spelling a character, without legal forms and articles."""
    lists = _lists()
    text = unicodedata.normalize("NFKC", name[:_LONGEST]).casefold().translate(_variants())
    for form in lists.cjk_forms:
        text = text.removeprefix(form).removesuffix(form)
    text = _DOTTED.sub("", _POSSESSIVE.sub("", text)).replace("&", " and ")
    words = _OTHER.sub(" ", text).split()
    while len(words) > 1 and (words[0] in lists.articles or words[0] in lists.heads):
        words.pop(0)
    while len(words) > 1 and (words[-1] in lists.forms or (words[-1] == "and" and words[-2] in lists.forms)):
        words.pop()  # "GmbH & Co. KG"; but the "and" of "Mitsui & Co." stays, since Mitsui alone is others too
    return " ".join(words)


@lru_cache(maxsize=_KEPT)
def core(folded: str) -> str:
    """A folded name without the tails that never tell two houses apart: 'softbank group' is 'softbank'."""
    lists = _lists()
    words = folded.split()
    while len(words) > 1 and words[-1] in lists.always:
        words.pop()
    text = " ".join(words)
    for tail in lists.cjk_tails:
        if text.endswith(tail) and len(text) > len(tail) + 1:
            text = text.removesuffix(tail)
    return text


def usual_tail(short: str, long: str) -> bool:
    """Whether `long` is `short` and tails that are usually left off: 'westinghouse electric' to 'westinghouse'."""
    lists = _lists()
    head, tail = short.split(), long.split()
    if len(tail) <= len(head) or tail[: len(head)] != head or head[0] in lists.families:
        return False
    if all(word in lists.usual or word in lists.always or word in lists.common for word in head):
        return False  # "Global" is nobody's short name.
    return all(word in lists.usual or word in lists.always for word in tail[len(head) :])


@lru_cache(maxsize=_KEPT)
def usual_heads(folded: str) -> tuple[str, ...]:
    """What a folded name may be shortened to by leaving off usual tails: of 'westinghouse electric' 'westinghouse'."""
    words = folded.split()[:_MOST_NAME_WORDS]
    ends = range(len(words) - 1, 0, -1)
    found = (" ".join(words[:n]) for n in ends)
    return tuple(head for head in found if usual_tail(head, folded))


@lru_cache(maxsize=_KEPT)
def outlet(name: str) -> str:
    """The comparable form of a news house: 'Bloomberg Business' and 'Bloomberg' are one, 'Asia News' stays itself."""
    lists = _lists()
    words = fold(split(name)[0]).split()
    while len(words) > 1 and words[-1] in lists.outlet_tails and not (len(words) == 2 and words[0] in lists.common):
        words.pop()
    return core(" ".join(words))


@lru_cache(maxsize=_KEPT)
def person(name: str) -> tuple[str, bool]:
    """A person's name without the titles before it, folded, and whether there was one: 'US Secretary Lutnick'."""
    lists = _lists()
    text = unicodedata.normalize("NFKC", split(name)[0])
    for begin in lists.title_starts:
        if text.startswith(begin) and len(text) > len(begin):
            return fold(text.removeprefix(begin)), True
    for end in lists.title_ends:
        if text.endswith(end) and len(text) > len(end):
            return fold(text.removesuffix(end)), True
    words = fold(text).split()
    cut = 0
    for n, word in enumerate(words):
        for title in lists.titles.get(word, ()):
            if words[n : n + len(title)] == title and n + len(title) < len(words):
                cut = max(cut, n + len(title))
    rest = words[cut:]
    if cut and rest[0] in lists.joining:
        # "Ministry of Trade and Industry", "Secretary of Commerce": an office, unless somebody's name stands behind it.
        while rest and rest[0] in lists.fields:
            rest.pop(0)
        if not rest or any(word in lists.houses for word in words[:cut]):
            return " ".join(words), False
    return " ".join(rest), cut > 0


@lru_cache(maxsize=_KEPT)
def source(name: str) -> str:
    """The name in the words of a source: 'recent report by Acme' is Acme, 'Jo Doe, an analyst at Acme' is Jo Doe."""
    lists = _lists()
    bare = split(name)[0]
    if canonical(bare) is not None:
        return bare
    head, comma, rest = bare.partition(",")
    following = rest.casefold().split() or [""]
    joined = "and" in following or "&" in following or "," in rest or set(following) <= lists.forms
    # A comma ends the name, unless it is in a list that is part of it ("of Trade, Energy and Mines") or before a form.
    if comma and (canonical(head) is not None or not joined or following[0] in lists.appositions):
        bare = head.strip()
    return _without_lead(_without_work(_without_report(bare)))


def _without_lead(name: str) -> str:
    """'Japanese site Acme' is Acme: the last word within reach that tells the kind of house, before a name."""
    lists = _lists()
    words = name.split()
    for n in range(min(len(words) - 2, _LEAD_WORDS), -1, -1):
        word, following = words[n], words[n + 1] if n + 1 < len(words) else ""
        # A capital letter makes "Portal Games" a name, unless an article or an adjective shows it to be a German noun.
        noun = word == word.lower() or (n > 0 and words[n - 1] == words[n - 1].lower()) or _article(words[:n])
        if word.casefold() in lists.leads and noun and following != following.lower():
            return " ".join(words[n + 1 :])
    return name


def _article(words: list[str]) -> bool:
    return len(words) == 1 and words[0].casefold() in _lists().articles


def _without_work(name: str) -> str:
    """'item on the English pages of Acme' is Acme."""
    lists = _lists()
    words = _without_carrier(name).split()
    n = 1
    while n < min(len(words) - 1, _LEAD_WORDS):
        if words[n].casefold() in lists.joints and words[n - 1].casefold() in lists.works:
            words = words[n + 1 :]
            if len(words) > 1 and words[0].casefold() in lists.articles:
                words.pop(0)
            n = 0
        n += 1
    return " ".join(words)


def _without_carrier(name: str) -> str:
    """'Acme article carried by Bee' is Acme; a name that nothing stands before is left as it is."""
    lists = _lists()
    for words in lists.carried:
        head, found, _ = name.partition(f" {words} ")
        if found and head:
            first, _, last = head.rpartition(" ")
            return first if first and last.casefold() in lists.works else head
    return name


def _without_report(name: str) -> str:
    """The house in 'report of a house' where no spaces are set between words: of 'XがしたYの記事' Y."""
    lists = _lists()
    if not is_cjk(name):
        return name
    for joint in lists.report_joints:
        name = name.rpartition(joint)[2].strip() or name
    for tail in lists.report_tails:
        if name.endswith(tail) and len(name) > len(tail) + 1:
            return name.removesuffix(tail).strip()
    return name


@lru_cache(maxsize=_KEPT)
def is_house(name: str) -> bool:
    """Whether a bare name can be told to be an organisation: the data know it, or one of its words says so."""
    if canonical(name) is not None or canonical(outlet(name)) is not None:
        return True
    lists = _lists()
    words, written = fold(name).split(), _OTHER.sub(" ", name.casefold()).split()
    if len(written) < 2 or not words:
        return False
    ends = words[-1] in lists.outlet_tails or written[-1] in lists.forms
    return ends or any(word in lists.houses or word in lists.always for word in words)


@lru_cache(maxsize=_KEPT)
def canonical(name: str) -> str | None:
    """The name under which the data show this house or office, where they know it."""
    aliases = _aliases()
    folded = fold(name)
    known = aliases.get(folded) or aliases.get(core(folded))
    if known is None and is_cjk(folded):
        bare = next((folded.removeprefix(place) for place in _lists().places if folded.startswith(place)), "")
        if not bare.endswith(_lists().cjk_offices):
            known = aliases.get(bare) or aliases.get(core(bare))
    return known


@lru_cache(maxsize=_KEPT)
def known_person(name: str) -> str | None:
    """The name under which the data show this person, titles aside, where they know him or her."""
    return _aliases("people").get(person(name)[0])


class _Lists:
    """The word lists of the lexicon, as sets."""

    def __init__(self) -> None:
        words = lexicon("ledger_names")
        self.forms = frozenset(words["forms"]["tail"])
        self.heads = frozenset(words["forms"]["head"])
        self.cjk_forms = tuple(sorted((spelt(f) for f in words["forms"]["cjk"]), key=len, reverse=True))
        self.articles = frozenset(words["forms"]["articles"])
        self.always = frozenset(words["tails"]["always"])
        self.cjk_tails = tuple(spelt(t) for t in words["tails"]["cjk"])
        self.usual = frozenset(words["tails"]["usually"])
        self.families = frozenset(words["tails"]["families"])
        self.outlet_tails = frozenset(words["outlets"]["tails"])
        self.common = frozenset(words["outlets"]["common"]) | _countries()
        self.houses = frozenset(words["sources"]["houses"])
        self.works = frozenset(words["sources"]["works"])
        self.leads = frozenset(words["sources"]["leads"])
        self.places = tuple(sorted(map(spelt, words["sources"]["cjk_places"]), key=len, reverse=True))
        self.cjk_offices = tuple(map(spelt, words["sources"]["cjk_offices"]))
        self.carried = tuple(words["sources"]["carried"])
        self.joints = frozenset(words["sources"]["joints"])
        self.report_tails = tuple(sorted(words["sources"]["cjk_tails"], key=len, reverse=True))
        self.report_joints = tuple(words["sources"]["cjk_joints"])
        self.appositions = frozenset(words["sources"]["appositions"])
        self.titles: dict[str, list[list[str]]] = {}
        """By their first word."""
        for title in words["persons"]["titles"]:
            self.titles.setdefault(title.split()[0], []).append(title.split())
        self.joining = frozenset(("of", "and", "for"))
        self.fields = self.joining | frozenset(lexicon("ledger_offices")["generic"]["words"]) | self.articles
        self.title_ends = tuple(sorted(words["persons"]["ends"], key=len, reverse=True))
        self.title_starts = tuple(sorted(words["persons"]["starts"], key=len, reverse=True))


@cache
def _lists() -> _Lists:
    return _Lists()


@cache
def _variants() -> dict[int, str]:
    listed = (*lexicon("variants")["pairs"], *lexicon("ledger_names")["variants"]["pairs"])
    spelling = {pair[0]: pair[1] for pair in listed}
    # What one list leads to, the other may lead on from.
    return {ord(old): spelling.get(new, new) for old, new in spelling.items()}


def spelt(text: str) -> str:
    """NFKC, lower case, one spelling a character."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_variants())


@cache
def _countries() -> frozenset[str]:
    return frozenset(name.casefold() for country in lexicon("countries").values() for name in country.get("names", ()))


@cache
def _aliases(table: str = "aliases") -> dict[str, str]:
    """Folded name to shown name; a name that two claim is nobody's."""
    found: dict[str, set[str]] = {}
    rows = [entry["names"] for entry in lexicon("ledger_names")[table]] + lexicon("ledger_houses").get(table, [])
    for row in rows:
        for name in row:
            found.setdefault(fold(name), set()).add(row[0])
    return {key: next(iter(names)) for key, names in found.items() if len(names) == 1}
