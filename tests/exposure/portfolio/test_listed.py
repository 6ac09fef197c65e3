"""The reference files of listed companies and of who owns what: sourced, consistent, without a gap that we know of."""

from __future__ import annotations

from pledger.data import lexicon, reference
from pledger.exposure.portfolio.identifiers import isin_holds, lei_holds, markets
from pledger.exposure.portfolio.listed import companies, ownerships
from pledger.ledger.matching import same_name
from pledger.vehicle.sectors import known

PRIVATE = {"Bechtel", "Kiewit", "Sentinel Midstream", "Glenfarne", "Korea Development Bank", "Bank of Korea"}
"""Companies of the lexicon that are not listed and whose owners are not."""
OTHERS = {
    "Korea Hydro & Nuclear Power", "Korea Gas Corporation", "Brookfield Asset Management", "Goldman Sachs",
    "Mizuho Bank", "Sumitomo Mitsui Banking Corporation",
}  # fmt: skip
"""Those that no report of the bundled corpus names as a party: nobody has looked up their identifiers yet."""


def test_every_row_has_its_source_and_its_year() -> None:
    for row in (*reference("listed"), *reference("owned")):
        assert row["url"].startswith(("https://", "http://")), row
        assert 2000 <= int(row["year"]) <= 2026, row
        assert row["weak"] in ("", "yes"), row


def test_identifiers_hold_and_are_nobody_elses() -> None:
    seen: dict[str, str] = {}
    for company in companies():
        assert not company.lei or lei_holds(company.lei)
        for listing in company.listings:
            assert not listing.isin or isin_holds(listing.isin), listing
            assert seen.setdefault(listing.isin or company.name, company.name) == company.name
            assert listing.mic == "XJSE" or listing.mic in {m for said in (listing.mic,) for m in markets(said)}


def test_sectors_are_those_of_the_vehicle_and_what_is_no_party_says_for_whom_it_is_taken() -> None:
    keys = {sector.key for sector in known()}
    names = {company.name for company in companies()}
    for company in companies():
        assert set(company.sectors) <= keys, company
        assert company.party or company.taken_for, company
        assert set(company.taken_for) <= names, company


def test_no_name_is_that_of_two_companies() -> None:
    seen: dict[str, str] = {}
    for company in companies():
        for name in company.names:
            assert seen.setdefault(name.casefold(), company.name) == company.name, name


def test_who_owns_what_is_told_in_shares() -> None:
    names = {company.name for company in companies()} | {owned.owned for owned in ownerships()}
    for owned in ownerships():
        assert owned.owner in names, owned
        assert owned.kind in ("unit", "part")
        for share in (owned.low, owned.high):
            assert share is None or 0 < share <= 1
        assert owned.low is None or owned.high is None or owned.low <= owned.high


def test_every_company_that_the_reports_name_again_and_again_is_listed_owned_or_private() -> None:
    named = [o["name"] for o in lexicon("organisations")["organisations"] if o["kind"] in ("company", "bank")]
    known_names = [c.party for c in companies() if c.party] + [owned.owned for owned in ownerships()]
    missing = [
        name
        for name in named
        if name not in PRIVATE | OTHERS
        and not any(name == k or same_name(name, k).outcome == "same" for k in known_names)
    ]
    assert not missing
