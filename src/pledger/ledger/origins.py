"""Origins, not articles: from a claim's chain of who said so to the one source that it ultimately rests on.

The rules, in order: the innermost *named* source of the chain; else the publisher; else the site of the document's
address; else 'unnamed publisher' of that document. "Two officials told X" is X's word, since nobody else answers for
it. A claim without a chain inherits, first, the chain of another claim of its document with the same subject, attribute
and value (an article that repeats its own number has one origin), then the report that the document as a whole credits.
Echoes (copies of one text) count as the document that they copy. News houses that name their parts ("X Business") are
one origin.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from pledger.data import lexicon
from pledger.ledger.directory import Directory
from pledger.ledger.names import canonical, fold, is_cjk, known_person, outlet, split
from pledger.ledger.names import source as source_name
from pledger.ledger.serial import value_key
from pledger.model import Attribution, Claim, Document, stable_id

__all__ = ["Root", "display_name", "display_names", "named", "roots", "source_key"]

_TITLE = 40
"""Characters of a title that stand for a publisher who is not named."""


@dataclass(frozen=True, slots=True)
class Root:
    """Where a claim ultimately comes from."""

    key: str
    """Equal for two claims exactly when they share one origin."""
    name: str
    """The source in the words of its document; `display_names` chooses the one to show."""
    chain: tuple[Attribution, ...]
    """The chain that counts, outermost first: the claim's own or the one that it inherits."""
    source: Attribution | None
    """The link of the chain that is the origin; None where the publisher is."""
    relays: tuple[str, ...]
    """Keys of the named outlets that the words went through, publisher first, the origin itself left out."""
    unnamed_inside: bool
    """Whether the origin relays somebody whom it does not name."""
    credits: frozenset[str] = frozenset()
    """Keys of all whom the chain names: whom the article cites."""
    publisher: str = ""
    """Key of the house that published the words."""


def roots(
    claims: Iterable[Claim], documents: Mapping[str, Document], home: Mapping[str, str], people: Directory
) -> dict[str, Root]:
    """The root of every claim, by claim id; independent of the order of claims and documents."""
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    found: dict[str, Root] = {}
    for document_id, its in by_document.items():
        document = documents[document_id]
        its.sort(key=lambda c: (c.span, c.id))
        credits_all = _document_chain(its)
        own: dict[tuple[str, str, str], tuple[Attribution, ...]] = {}
        for claim in its:
            if _innermost(claim.attribution) is not None:
                own.setdefault(_same(claim, home), claim.attribution)
        for claim in its:
            chain = claim.attribution
            if not chain:
                chain = own.get(_same(claim, home), ()) or credits_all
            elif _innermost(chain) is None and credits_all:
                chain = (*credits_all, *chain)
            found[claim.id] = _root(chain, document, documents, people)
    return found


def named(link: Attribution) -> bool:
    """Whether a link names somebody who can be held to it."""
    if link.anonymous:
        return False
    bare = source_name(link.source)
    if bare != bare.lower() or is_cjk(bare):
        return fold(bare) not in _unnamed()
    return (
        canonical(bare) is not None or known_person(bare) is not None
    )  # No capital letter and no known name: "officials", "the company".


def source_key(name: str, people: Directory) -> str:
    """The key of a source: of one who takes part the entity, of others the folded name, as a news house."""
    known = people.find(name)
    if known is not None and known.id in people.involved:
        return _cached_key(known.name, known.id)
    return _cached_key(known.name if known is not None else name, None)


@lru_cache(maxsize=65536)
def _cached_key(name: str, entity: str | None) -> str:
    shown = canonical(name) or canonical(outlet(name)) or known_person(name)
    return fold(shown) if shown is not None else entity or outlet(name)


def display_names(found: Iterable[Root]) -> dict[str, str]:
    """By origin key, the name to show: the one the data know, else the most usual, shortest, first of the alphabet."""
    written: dict[str, Counter[str]] = defaultdict(Counter)
    for root in found:
        written[root.key][root.name] += 1
    return {key: display_name(names) for key, names in written.items()}


def display_name(names: Mapping[str, int]) -> str:
    """The name to show of an origin, from the names that its documents use and how often each stands behind a claim."""
    known = next((c for n in sorted(names) if (c := canonical(n) or canonical(outlet(n)) or known_person(n))), None)
    return known or _plain(min(names, key=lambda n: (-names[n], len(n), n)))


def _plain(name: str) -> str:
    """A house's name without what stands in parentheses, unless that is its name in Latin letters."""
    bare, others = split(name)
    latin = next((other for other in others if not is_cjk(other)), None) if is_cjk(bare) else None
    return f"{bare} ({latin})" if latin else bare


def _unnamed_publisher(document: Document) -> str:
    """What stands for the house of a document that names none: its id's beginning, and its title or first words."""
    title = " ".join((document.title or document.text[: 4 * _TITLE]).split())
    short = title if len(title) <= _TITLE else f"{title[:_TITLE].rpartition(' ')[0] or title[:_TITLE]}…"
    return f"unnamed publisher {document.id[:8]}" + (f": “{short}”" if short else "")


_IN_FRONT = re.compile(r"(?:www\d?|m|mobile|amp)\.(?=[^.]+\.)")


@lru_cache(maxsize=16384)
def _site(url: str | None) -> str | None:
    """The site that an article was taken from, which stands for its house where the page names none."""
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return _IN_FRONT.sub("", host, count=1) if host and "." in host and not host[-1].isdigit() else None


@cache
def _unnamed() -> frozenset[str]:
    return frozenset(fold(word) for word in lexicon("ledger_sources")["unnamed"]["words"])


def _same(claim: Claim, home: Mapping[str, str]) -> tuple[str, str, str]:
    return (home[claim.id], claim.attribute, value_key(claim.value))


def _innermost(chain: Sequence[Attribution]) -> Attribution | None:
    return next((link for link in reversed(chain) if named(link)), None)


def _document_chain(claims: list[Claim]) -> tuple[Attribution, ...]:
    """The report that the whole document credits: a named link without content of its own, the first in the text."""
    whole = {link for claim in claims for link in claim.attribution if link.content is None and named(link)}
    return (min(whole, key=lambda link: (link.span, link.source)),) if whole else ()


def _root(
    chain: tuple[Attribution, ...], document: Document, documents: Mapping[str, Document], people: Directory
) -> Root:
    published = documents.get(document.echo_of or "", document)
    publisher = published.publisher or _site(published.url)
    publisher_key = source_key(publisher, people) if publisher else stable_id("unnamed publisher ", published.id)
    source = _innermost(chain)
    if source is not None and published is not document and document.publisher:
        # "Republished by X" in X's copy: X has added nothing of its own to the words that it copies.
        mine = source_key(document.publisher, people)
        if source_key(source_name(source.source), people) == mine:
            chain = tuple(k for k in chain if not named(k) or source_key(source_name(k.source), people) != mine)
            source = _innermost(chain)
    if source is None:
        name = publisher or _unnamed_publisher(published)
        return Root(publisher_key, name, chain, None, (), bool(chain), frozenset(), publisher_key)
    name = source_name(source.source)
    key = source_key(name, people)
    inside = chain[max(n for n, link in enumerate(chain) if link is source) + 1 :]
    links = [source_key(source_name(link.source), people) for link in chain if named(link) and link is not source]
    relays = tuple(dict.fromkeys(k for k in (publisher_key, *links) if k != key))
    return Root(key, name, chain, source, relays, bool(inside), frozenset((key, *links)), publisher_key)
