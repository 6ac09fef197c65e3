"""Who is who between the companies that are listed and the organisations of a ledger, and who owns whom.

Names are compared by the ledger's own resolver: its folding, its known names (`names`), its keys (`blocking`) and its
weighing of evidence (`matching.same_name`). What is added here is that a listed company's full name, legal form and
all, is a name of its own: SoftBank Corp. is not SoftBank Group, though every report that says SoftBank means the
latter.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache

from pledger.exposure.portfolio.identifiers import knowledge
from pledger.exposure.portfolio.words import Company, Organisation, Owned, Step, Sure
from pledger.ledger.blocking import house_keys
from pledger.ledger.matching import same_name
from pledger.ledger.names import canonical, core, fold, is_cjk, split

__all__ = ["Meant", "Parties", "parties", "spelled_out", "without_security"]

_DEEP = 3
"""Steps of ownership that are followed."""
_MOST = 60
"""Names under one key that are compared: a key that more share tells nothing."""
_LETTERS = re.compile(r"[^\w]+")
_SECURITY = re.compile(r"\b(?:adr|ads|gdr|ord|com|shs|sponsored|spon|unspon|npv|reg)\b", re.IGNORECASE)
_TERMS = re.compile(
    r"\d[\d.,]*\s?%|\d+[.,]\d+|\d{1,2}[/.]\d{1,2}[/.]\d{2,4}|\d{4}-\d{2}-\d{2}|-?[,.]\d+|-,--"
    r"|\d{1,2}-?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)-?(?:\d{2}|\d{4})"
    r"|(?:v\.)?(?:19|20)\d{2}(?:/(?:19|20)?\d{2})?(?:\((?:(?:19|20)?\d{2}/)?(?:19|20)?\d{2}\))?"
    r"|第\d+[回期]\S*|제\d+[회차]\S*",
    re.IGNORECASE,
)
"""A coupon, the day on which a bond is due (16FEB2029), the years of its issue and end (2021(21/29)), its number."""
_LETTERED = 5
"""Letters of an abbreviation that many share."""
_VALUE = re.compile(r"[\d.,]*\d")
_SHORT = {
    "corporation": "corp", "incorporated": "inc", "limited": "ltd", "company": "co", "group": "group",
}  # fmt: skip
Node = str
"""`c:NAME` of a company, `o:ID` of an organisation, `n:NAME` of somebody else."""


@dataclass(frozen=True, slots=True)
class Meant:
    """Whom a name may mean."""

    nodes: tuple[Node, ...]
    sure: Sure
    told: str
    """By what rule, in words."""


@dataclass(slots=True)
class Parties:
    """Companies and organisations by their names, and who owns whom. Made once for a ledger and a day."""

    companies: dict[str, Company]
    organisations: dict[str, Organisation]
    of: dict[Node, tuple[str, ...]] = field(default_factory=dict)
    """The organisations (ids) that a node is."""
    listed_as: dict[str, str] = field(default_factory=dict)
    """By organisation the company that it is."""
    spelled: dict[str, set[Node]] = field(default_factory=lambda: defaultdict(set))
    folded: dict[str, set[Node]] = field(default_factory=lambda: defaultdict(set))
    cored: dict[str, set[Node]] = field(default_factory=lambda: defaultdict(set))
    keyed: dict[str, list[tuple[str, Node]]] = field(default_factory=lambda: defaultdict(list))
    owns: dict[Node, list[tuple[Node, Owned]]] = field(default_factory=lambda: defaultdict(list))

    def names(self) -> Iterator[str]:
        """Every name of everybody."""
        for company in self.companies.values():
            yield from company.names
        for organisation in self.organisations.values():
            yield from organisation.names

    def called(self, node: Node) -> str:
        """The name of a node as it is shown."""
        kind, _, key = node.partition(":")
        return self.organisations[key].name if kind == "o" else key

    def company(self, node: Node) -> Company | None:
        """The company of a node, where it is one."""
        kind, _, key = node.partition(":")
        return self.companies.get(key) if kind == "c" else None

    def abbreviated(self, name: str, node: Node) -> bool:
        """Whether a name is no more than a few letters by which this node goes beside its own name: NEXI is also an
        Italian company, MOL a Hungarian one."""
        short = fold(split(name)[0] or name)
        return (
            len(short) <= _LETTERED and short.isascii() and short.isalpha() and short not in _words(self.called(node))
        )

    def meant(self, name: str) -> Meant:
        """Whom a name means: as it is written, without its legal form, by a name that data give, without tails such as
        Group, and at last by what its words tell. More than one at the first of these that fits is unsure."""
        bare = split(name)[0] or name
        rounds = (
            (self.spelled.get(_spelled(name)) or self.spelled.get(_spelled(bare)), Sure.SURE, "the same name"),
            (self.folded.get(fold(bare)), Sure.SURE, "the same name but for its legal form"),
            (self._known(bare), Sure.SURE, "another name of it"),
            (self.cored.get(core(fold(bare))), Sure.LIKELY, "the same name but for a tail such as Group"),
        )
        for nodes, sure, told in rounds:
            if nodes:
                its = tuple(sorted(nodes))
                return (
                    Meant(its, sure, told) if len(its) == 1 else Meant(its, Sure.UNSURE, "more than one is called so")
                )
        return self._compared(name)

    def _known(self, name: str) -> set[Node]:
        known = canonical(name)
        return self.folded.get(fold(known), set()) if known is not None else set()

    def _compared(self, name: str) -> Meant:
        same: dict[Node, str] = {}
        perhaps: dict[Node, str] = {}
        for key in sorted(house_keys(name)):
            known = self.keyed.get(key, ())
            for other, node in known if len(known) <= _MOST else ():
                match = same_name(name, other)
                into = same if match.outcome == "same" else perhaps if match.outcome == "unsure" else None
                if into is not None and match.reasons:
                    into.setdefault(node, match.reasons[0])
        if len(same) == 1:
            node, told = next(iter(same.items()))
            return Meant((node,), Sure.LIKELY, told)
        found = same or perhaps
        return Meant(tuple(sorted(found)), Sure.UNSURE, next(iter(found.values()), ""))

    def reached(self, node: Node, on: dt.date) -> list[tuple[Organisation, tuple[Step, ...]]]:
        """The organisations that a node is, and those that it owns by `on`, with the steps that lead there."""
        found: dict[str, tuple[Step, ...]] = dict.fromkeys(self.of.get(node, ()), ())
        waiting: list[tuple[Node, tuple[Step, ...]]] = [(node, ())]
        seen = {node}
        while waiting:
            at, steps = waiting.pop(0)
            for owned, by in self.owns.get(at, ()):
                if owned in seen or not _in_force(by, on):
                    continue
                seen.add(owned)
                path = (*steps, Step(by, f"{_owns(by)} {self.called(owned)}"))
                for key in self.of.get(owned, ()):
                    found.setdefault(key, path)
                if len(path) < _DEEP:
                    waiting.append((owned, path))
        return [(self.organisations[key], steps) for key, steps in found.items()]


def parties(
    companies: Iterable[Company], organisations: Iterable[Organisation], ownerships: Iterable[Owned]
) -> Parties:
    """Everybody by their names. `ownerships`: of the reference file and of the ledger's reports."""
    found = Parties({c.name: c for c in companies}, {o.id: o for o in organisations})
    for company in found.companies.values():
        _called(found, f"c:{company.name}", company.names, written=True)
    # A listed company is linked with the organisation that reports call by its party's name or one of its own.
    reported = _Reported(found.organisations.values())
    for company in found.companies.values():
        if company.party:
            its = reported.called((company.party, *company.names))
            found.of[f"c:{company.name}"] = its
            found.listed_as |= dict.fromkeys(its, company.name)
    for organisation in found.organisations.values():
        listed = found.listed_as.get(organisation.id)
        node = f"c:{listed}" if listed else f"o:{organisation.id}"
        if not listed:
            found.of[node] = (organisation.id,)
        _called(found, node, organisation.names, written=False)
    for by in ownerships:
        found.owns[_node(found, reported, by.owner)].append((_node(found, reported, by.owned), by))
    return found


def without_security(name: str) -> str:
    """A holding's name without words for the kind of security: 'HITACHI LTD SPON ADR' and 'HITACHI LTD 0.55% 03/15/31'
    are 'HITACHI LTD'."""
    words = name.replace(" - ", " ").replace("-", " ").split() if _SECURITY.search(name) else name.split()
    kinds = _kinds()
    plain = [word.casefold().strip(".,()") for word in words]
    # 'CL A LTD VTG SHS': behind a class stands nothing but a legal form and kinds of security.
    behind = kinds | _SHORT.keys() | frozenset(_SHORT.values())
    kept = next((n for n in range(3, len(words)) if _class(words[:n]) and behind.issuperset(plain[n:])), len(words))
    while kept > 1 and (
        kinds.issuperset(words[kept - 1].casefold().strip(".,()").split("-"))
        or _TERMS.fullmatch(words[kept - 1])
        or _par(words[kept - 1])
        or _class(words[:kept])
    ):
        kept -= 1
    return " ".join(words[:kept]) if kept < len(words) else name


def spelled_out(name: str) -> str:
    """A name with its shortened words written out: 'JFE HLDGS INC' is 'JFE holdings INC'."""
    if is_cjk(name):
        plain = unicodedata.normalize("NFKC", name).strip()
        ends = knowledge()["short_ends"]
        end = next((e for e in sorted(ends, key=len, reverse=True) if plain.upper().endswith(e)), None)
        return name if end is None or len(plain) <= len(end) + 1 else plain[: -len(end)] + ends[end]
    long = knowledge()["short"]
    return " ".join(long.get(word.casefold().strip(".,"), word) for word in name.split())


def _par(word: str) -> bool:
    """Whether a word is the par value of a share: USD0.01."""
    return word[:3].casefold() in knowledge()["securities"]["par"] and _VALUE.fullmatch(word[3:]) is not None


@cache
def _kinds() -> frozenset[str]:
    return frozenset(knowledge()["securities"]["words"])


def _class(words: Sequence[str]) -> bool:
    """Whether the last word is the letter of a class, 'CL A', or the number of a series, 'SER 17'."""
    kind = words[-2].casefold().strip(".") if len(words) > 2 else ""
    if kind in ("ser", "series"):
        return len(words[-1]) <= 2
    return kind in ("cl", "class", "loan") and len(words[-1]) == 1


def _spelled(name: str) -> str:
    """A name with its legal form, without case and punctuation."""
    words = _LETTERS.sub(" ", unicodedata.normalize("NFKC", name).casefold().replace(".", "")).split()
    return " ".join(_SHORT.get(word, word) for word in words)


def _called(into: Parties, node: Node, names: Iterable[str], *, written: bool) -> None:
    for name in names:
        if written:
            into.spelled[_spelled(name)].add(node)
        into.folded[fold(name)].add(node)
        into.cored[core(fold(name))].add(node)
        for key in house_keys(name):
            into.keyed[key].append((name, node))


def _words(name: str) -> set[str]:
    return set(fold(name).split())


class _Reported:
    """The organisations of a ledger by their names."""

    def __init__(self, organisations: Iterable[Organisation]) -> None:
        self._folded: dict[str, set[str]] = defaultdict(set)
        self._keyed: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for organisation in organisations:
            self._folded[organisation.id].add(organisation.id)
            for name in organisation.names:
                for folded in _forms(name):
                    self._folded[folded].add(organisation.id)
                for key in house_keys(name):
                    self._keyed[key].append((name, organisation.id))

    def called(self, names: Iterable[str]) -> tuple[str, ...]:
        """The ids of those that go by one of these names, or by one that the resolver takes for one of them."""
        found: set[str] = set()
        for name in names:
            found.update(*(self._folded.get(folded, ()) for folded in _forms(name)))
            for key in house_keys(name):
                near = self._keyed.get(key, ())
                for other, id_ in near if len(near) <= _MOST else ():
                    if id_ not in found and same_name(name, other).outcome == "same":
                        found.add(id_)
        return tuple(sorted(found))

    def one(self, name: str) -> str | None:
        """The one organisation that goes by just this name, or has this id."""
        found = self._folded.get(name) or self._folded.get(fold(name)) or set()
        return next(iter(found)) if len(found) == 1 else None


def _forms(name: str) -> set[str]:
    return {fold(name), fold(canonical(name) or name)}


def _node(found: Parties, reported: _Reported, name: str) -> Node:
    """Whom the name of an owner or of what is owned means."""
    if name in found.companies:
        return f"c:{name}"
    its = reported.one(name)
    if its is not None:
        listed = found.listed_as.get(its)
        return f"c:{listed}" if listed else f"o:{its}"
    meant = found.meant(name)
    return meant.nodes[0] if meant.sure is not Sure.UNSURE else f"n:{name}"


def _in_force(by: Owned, on: dt.date) -> bool:
    return (by.since is None or by.since <= on) and (by.until is None or on < by.until)


def _owns(by: Owned) -> str:
    if by.low is None and by.high is None:
        return "has as a unit" if by.kind == "unit" else "owns a part of"
    if by.low == by.high and by.low is not None:
        return f"owns {by.low:.0%} of"
    if by.low is None:
        return f"owns up to {by.high:.0%} of"
    return f"owns {by.low:.0%} to {by.high:.0%} of" if by.high is not None else f"owns {by.low:.0%} or more of"
