"""Holdings to the organisations of a ledger: by identifier, then by name, then by who owns whom.

Every match says by what it was made and how sure it is. An identifier decides where the name does not speak for
somebody else that is known; where the two disagree, and where a name fits more than one, the row is listed as unsure
with all whom it may be, and counts nowhere. A company that only looks like a party is told as the other company that
it is.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pledger.exposure.portfolio.gate import telling, through
from pledger.exposure.portfolio.identifiers import class_codes, issuer_of, knowledge, parsed_ticker, spellings
from pledger.exposure.portfolio.parties import Meant, Node, Parties, spelled_out, without_security
from pledger.exposure.portfolio.words import (
    Company,
    Holding,
    Holdings,
    How,
    Listing,
    Matched,
    Matches,
    Sure,
    Verdict,
)

__all__ = ["matched"]

_PERHAPS = 5
"""Names that are told of those whom an unsure row may mean."""
_CODE = re.compile(r"[^A-Z0-9]+")


@dataclass(frozen=True, slots=True)
class _Register:
    """Companies by their identifiers."""

    isins: dict[str, Company]
    issuers: dict[str, Company]
    """By the part of their ISINs that tells the issuer, where that is one company's."""
    leis: dict[str, Company]
    tickers: dict[str, tuple[tuple[Listing, Company], ...]]
    """By the code of a listing, and by those that other classes of the same shares would have."""


def matched(holdings: Holdings, parties: Parties, on: dt.date) -> Matches:
    """Every row that means somebody whom we know, or may, by listings as of the day `on`; the others by number."""
    register = _register(parties)
    rows = _worth_a_look(holdings, parties, register)
    found = []
    matched_rows = set()
    told: dict[tuple[str, ...], Matched] = {}
    for n in rows:
        holding = holdings.at(n)
        key = (holding.name, holding.isin, holding.lei, holding.ticker, holding.exchange, holding.currency)
        if key not in told:
            told[key] = _one(holding, parties, register, on)
        its = told[key]
        if its.verdict is not Verdict.UNMATCHED:
            found.append(replace(its, holding=holding))
            matched_rows.add(n)
    return Matches(tuple(found), tuple(n for n in range(len(holdings)) if n not in matched_rows))


def _register(parties: Parties) -> _Register:
    tickers: dict[str, list[tuple[Listing, Company]]] = defaultdict(list)
    isins, leis = {}, {}
    issuers: dict[str, dict[str, Company]] = defaultdict(dict)
    for company in parties.companies.values():
        if company.lei:
            leis[company.lei] = company
        for listing in company.listings:
            if listing.isin:
                isins[listing.isin] = company
                issuers[issuer_of(listing.isin)][company.name] = company
            for code in (listing.ticker, *class_codes(listing.ticker, listing.mic)):
                if code:
                    tickers[code].append((listing, company))
    one = {part: next(iter(its.values())) for part, its in issuers.items() if part and len(its) == 1}
    return _Register(isins, one, leis, {code: tuple(its) for code, its in tickers.items()})


def _worth_a_look(holdings: Holdings, parties: Parties, register: _Register) -> list[int]:
    """The rows whose identifier is known, or whose name has a word of a known one."""
    found = {n for n, isin in enumerate(holdings.isins) if isin in register.isins or isin[:8] in register.issuers}
    if register.leis:
        found.update(n for n, lei in enumerate(holdings.leis) if lei in register.leis)
    codes = {said for code in register.tickers for said in spellings(code)}
    found.update(
        n
        for n, ticker in enumerate(holdings.tickers)
        if ticker and (ticker in codes or not (ticker.isupper() and ticker.isalnum()))
        if not codes.isdisjoint(_CODE.split(ticker.upper()))
    )
    distinct = list(dict.fromkeys(holdings.names))
    passed = {distinct[n] for n in through(distinct, telling(parties.names()))} - {""}
    found.update(n for n, name in enumerate(holdings.names) if name in passed)
    return sorted(found)


def _one(holding: Holding, parties: Parties, register: _Register, on: dt.date) -> Matched:
    name = without_security(holding.name)
    meant = _meant(name, parties)
    by_id = register.isins.get(holding.isin) or register.leis.get(holding.lei)
    if by_id is not None:
        how = How.ISIN if holding.isin in register.isins else How.LEI
        return _identified(holding, f"c:{by_id.name}", how, meant, parties, on)
    issuer = register.issuers.get(issuer_of(holding.isin))
    if issuer is not None:
        return _identified(holding, f"c:{issuer.name}", How.ISIN, meant, parties, on, "its ISIN's issuer")
    coded = _coded(holding, register, meant)
    if coded is not None:
        node, certain = coded
        if certain:
            return _identified(holding, node, How.TICKER, meant, parties, on)
        told = f"the code {holding.ticker} is that of {parties.called(node)} on its market, which the row does not name"
        return _unsure(holding, How.TICKER, (node, *meant.nodes), told, parties)
    if not meant.nodes:
        return Matched(holding, Verdict.UNMATCHED)
    if meant.sure is Sure.UNSURE:
        return _unsure(holding, How.NAME, meant.nodes, meant.told, parties)
    if (holding.isin or holding.ticker) and parties.abbreviated(name, meant.nodes[0]):
        told = f"{name} is short for {parties.called(meant.nodes[0])} too, and no identifier says that it is meant"
        return _unsure(holding, How.NAME, meant.nodes, told, parties)
    sure, told = meant.sure, f"{How.NAME}: {meant.told}"
    if holding.isin:
        sure, told = Sure.LIKELY, f"{told}; its ISIN is not among those that we know (a bond, another class or market)"
    return _made(holding, meant.nodes[0], How.NAME, sure, told, parties, on)


def _meant(name: str, parties: Parties) -> Meant:
    """Whom a name means; where it means nobody, whom it means with its shortened words written out."""
    meant = parties.meant(name) if name else Meant((), Sure.UNSURE, "")
    if not meant.nodes and (long := spelled_out(name)) != name:
        meant = parties.meant(long)
        if meant.nodes and meant.sure is not Sure.UNSURE:
            meant = Meant(meant.nodes, Sure.LIKELY, f"{meant.told}, shortened words written out")
    return meant


def _coded(holding: Holding, register: _Register, meant: Meant) -> tuple[Node, bool] | None:
    """The company of a ticker, and whether that is certain: the market, the name or the currency must agree."""
    if not holding.ticker:
        return None
    code, markets = parsed_ticker(holding.ticker, holding.exchange)
    its = [(listing, company) for listing, company in register.tickers.get(code, ())]
    if markets or holding.exchange:
        its = [(listing, company) for listing, company in its if listing.mic in markets]
    companies = {company.name for _, company in its}
    named = {f"c:{name}" for name in companies} & set(meant.nodes)
    if len(named) == 1:
        return next(iter(named)), True
    if len(companies) != 1:
        return None
    node = f"c:{next(iter(companies))}"
    if markets:
        return node, True
    if holding.name:
        return None  # a code alone is that of many companies, and the name speaks for none of them
    spoken = knowledge()["currencies"]
    certain = any(holding.currency in spoken.get(listing.mic, ()) for listing, _ in its)
    return node, certain


def _identified(
    holding: Holding, node: Node, how: How, meant: Meant, parties: Parties, on: dt.date, known: str = ""
) -> Matched:
    """A row whose identifier is known; its name may speak for somebody else. `known`: what of it is."""
    known = known or (how.value if how is How.TICKER else f"its {how.value}")
    if node in meant.nodes or not holding.name:
        agrees = f"{known} and its name" if node in meant.nodes else known
        return _made(holding, node, how, Sure.SURE, agrees, parties, on)
    if meant.nodes and meant.sure is not Sure.UNSURE:
        told = f"{known} is that of {parties.called(node)}, its name that of {parties.called(meant.nodes[0])}"
        return _unsure(holding, how, (node, *meant.nodes), told, parties)
    return _made(holding, node, how, Sure.LIKELY, f"{known}; its name is not one that we know", parties, on)


def _unsure(holding: Holding, how: How, nodes: Sequence[Node], told: str, parties: Parties) -> Matched:
    names = tuple(dict.fromkeys(parties.called(node) for node in nodes))[:_PERHAPS]
    return Matched(holding, Verdict.UNSURE, how, Sure.UNSURE, told=told, perhaps=names)


def _made(holding: Holding, node: Node, how: How, sure: Sure, told: str, parties: Parties, on: dt.date) -> Matched:
    company = parties.company(node)
    reached = tuple(parties.reached(node, on))
    verdict = Verdict.MATCHED if reached else Verdict.KNOWN
    if company is not None:
        gone = company.delisted(on)
        if gone is not None and company.party:
            verdict = Verdict.DELISTED
            told += f"; {company.name} is not listed any more since {gone}: a share of it cannot be held"
        elif company.taken_for and not reached:
            verdict = Verdict.OTHER
            told += f"; it is not {' or '.join(company.taken_for)}"
    return Matched(holding, verdict, how, sure, company, reached, told)
