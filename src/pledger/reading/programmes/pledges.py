"""The programmes of a document: the words that name them, the amounts that are theirs, and the main one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import cache

from pledger.model import Mention, Money, Span
from pledger.reading.countries import Country
from pledger.reading.found import Found
from pledger.reading.names import Name
from pledger.reading.page import Page
from pledger.reading.patterns import CJK, OWN_WORDS, any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.programmes.firms import firm_of
from pledger.reading.programmes.known import known_ceiling, known_investors, known_part, usual_host
from pledger.reading.programmes.lesser import lesser
from pledger.reading.programmes.mentions import by_size, loose, named
from pledger.reading.programmes.owners import of_amount
from pledger.reading.programmes.scene import Scene, is_compared, scene
from pledger.reading.programmes.scope import scope_of

__all__ = ["Pledges", "pledges"]


@dataclass(frozen=True, slots=True)
class Pledges:
    """What a document says of programmes: the mentions, which amounts they own, and the main one."""

    mentions: Placed[Mention]
    owned: dict[Span, tuple[Mention, str]]
    """Span of an amount -> the programme whose amount it is, and its scope."""
    sizes: dict[tuple[float | None, str], Mention]
    """Value and currency of an amount that words beside it make a programme's -> that programme."""
    leading: Mention | None
    """The first mention of the programme that the document is mostly about."""
    named: Placed[str]
    """Where countries with a programme are named, and the programme's key."""
    tops: dict[str, float] = field(default_factory=dict)
    """By currency, the size of the main programme that the text gives: smaller amounts are parts of it."""

    def at(self, sentences: Sequence[Span], index: int, position: int) -> str | None:
        """The key of the programme that words at `position` in sentence `index` belong to.

        The country with a programme that is named last before them in their own or the sentence before, else the main
        programme: an article on one country's pledge looks at another's in passing.
        """
        last = self.named.last(position, position - sentences[max(0, index - 1)].start)
        if last is not None:
            return last[1]
        return self.leading.key if self.leading is not None else None


def pledges(
    page: Page, amounts: Placed[Found[Money]], countries: Placed[Country], names: Placed[Name] | None = None
) -> Pledges:
    """Find the programmes of a document, the words that name them and the amounts that are theirs.

    With the `names` of the document, sums of companies are told from those of states.
    """
    seen = scene(page, amounts, countries, names)
    firms = _of_firms(seen, names) if names and page.language == "en" else frozenset()
    mentions: list[Mention] = []
    owned: dict[Span, tuple[Mention, str]] = {}
    taken_up: list[tuple[Span, str]] = []
    for index, sentence in enumerate(page.sentences):
        money = [amount for _, amount in amounts.inside(sentence)]
        carried = _carried(seen, index)
        if carried is not None:
            taken_up.append((Span(sentence.start, sentence.start + 1), carried))
        for amount in money:
            if amount.value.converts is not None or (amount.value.low, amount.value.currency) in firms:
                continue
            mention = of_amount(seen, sentence, amount, carried or seen.investor)
            if mention is not None:
                mentions.append(mention)
                scope = scope_of(page.text, sentence, amount, page.language)
                if scope == "ceiling" and known_part(amount.value) == mention.key:
                    scope = "part"
                owned[amount.span] = (mention, scope)
        if not money and (mention := named(seen, sentence, carried or seen.investor)) is not None:
            mentions.append(mention)
    if not mentions:
        mentions = [m for m in (by_size(seen) or loose(seen),) if m is not None]
    hosts = _hosts(amounts)
    mentions = [_hosted(mention, hosts) for mention in mentions]
    owned = {span: (_hosted(mention, hosts), scope) for span, (mention, scope) in owned.items()}
    sizes = _sizes(amounts, owned)
    tops = lesser(owned, amounts)
    keys = Counter(mention.key for mention in mentions)
    # Counter keeps the order in which keys were first seen: of equals, the one named first leads.
    main = max(keys, key=lambda k: keys[k], default=None)
    return Pledges(
        Placed((mention.span, mention) for mention in mentions if mention.span is not None),
        owned,
        sizes,
        next((mention for mention in mentions if mention.key == main), None),
        _named(seen, keys, taken_up),
        {currency: top for (key, currency), top in tops.items() if key == main},
    )


def _of_firms(seen: Scene, names: Placed[Name]) -> frozenset[tuple[float | None, str]]:
    """Value and currency of the sums that companies put up: named again, they are no programme's either."""
    out = set()
    for sentence in seen.sentences:
        for _, amount in seen.amounts.inside(sentence):
            if amount.value.low and firm_of(seen.text, names, seen.countries, sentence, amount) is not None:
                out.add((amount.value.low, amount.value.currency))
    return frozenset(out)


def _hosts(amounts: Placed[Found[Money]]) -> dict[str, str]:
    """The keys of the programmes that are known by an amount of the text, by their investors."""
    keys = (known_ceiling(amount.value) for _, amount in amounts)
    return {key.partition(">")[0]: key for key in keys if key is not None}


def _hosted(mention: Mention, hosts: dict[str, str]) -> Mention:
    """A mention with the host that its programme is known to have, where the text does not name it."""
    investor, _, host = (mention.key or "").partition(">")
    return replace(mention, key=hosts[investor]) if host == "?" and investor in hosts else mention


def _sizes(
    amounts: Placed[Found[Money]], owned: dict[Span, tuple[Mention, str]]
) -> dict[tuple[float | None, str], Mention]:
    sizes: dict[tuple[float | None, str], Mention] = {}
    for span, amount in amounts:
        mention, scope = owned.get(span, (None, None))
        if mention is not None and scope == "ceiling":
            sizes.setdefault((amount.value.low or amount.value.high, amount.value.currency), mention)
    return sizes


def _named(seen: Scene, keys: Counter[str | None], taken_up: Sequence[tuple[Span, str]]) -> Placed[str]:
    """Where the text names a country that has a programme, known or read here, or goes on about one (`taken_up`)."""
    here = {country.code for _, country in seen.countries}
    read = {key.partition(">")[0]: key for key in keys if key is not None}
    # A firm of Japan that builds in Chile is no part of a pledge to a country of which the text says nothing.
    elsewhere = {} if not read and usual_host() not in here else known_investors()
    known = read | {code: key for code, key in elsewhere.items() if read or key.partition(">")[2] in here}
    text = seen.text
    told = [(s, c.code) for s, c in seen.pledgers if c.form == "name" and not is_compared(text, s, seen.language)]
    return Placed((span, known[code]) for span, code in (*told, *taken_up) if code in known)


@cache
def _carries(language: str) -> re.Pattern[str]:
    words = any_of(plain("grammar", "continuing", language if language in OWN_WORDS else "en"))
    return re.compile(rf"\W{{0,3}}{words}" + ("" if language in CJK else r"(?!\w)"), re.IGNORECASE)


def _carried(seen: Scene, index: int) -> str | None:
    """The country that "Its own programme ..." goes on about: the first one named in the sentence before."""
    if index == 0 or not _carries(seen.language).match(seen.text, seen.sentences[index].start):
        return None
    return next((c.code for c in seen.abroad(seen.sentences[index - 1]) if c.form == "name"), None)
