"""Thirty holdings against the bundled corpus: every known link found, none invented; and what they come to."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import yaml

from pledger.exposure.portfolio.exposure import expose
from pledger.exposure.portfolio.holdings import holdings, load
from pledger.exposure.portfolio.scenarios import named
from pledger.exposure.portfolio.words import Exposure, Matched, Told, Verdict
from pledger.ledger import Ledger
from pledger.vehicle.asking.scenarios import bundled

HERE = Path(__file__).resolve().parents[1]
EXPECTED: list[dict[str, Any]] = yaml.safe_load((HERE / "portfolio30.yaml").read_text(encoding="utf-8"))
TODAY = dt.date(2026, 11, 22)


@pytest.fixture(scope="module")
def found(corpus_ledger: Ledger) -> Exposure:
    return expose(corpus_ledger, load(HERE / "portfolio30.csv"), on=TODAY)


def test_every_row_is_what_it_is(found: Exposure) -> None:
    verdicts = {match.holding.row: str(match.verdict) for match in found.matches.found}
    verdicts |= {found.holdings.rows[n]: "unmatched" for n in found.matches.unmatched}
    assert verdicts == {row["row"]: row["verdict"] for row in EXPECTED}


def test_all_known_links_are_found_and_none_is_invented(found: Exposure) -> None:
    links = {
        (p.row, p.organisation, p.role.role, p.role.subject_name) for p in found.exposed.paths if p.role is not None
    }
    wanted = {(row["row"], *link) for row in EXPECTED for link in row.get("links", ())}
    assert links == wanted


def test_every_role_has_its_sentences_and_every_project_its_amount_stage_and_chance(
    found: Exposure, corpus_ledger: Ledger
) -> None:
    claims = {claim.id: claim for claim in corpus_ledger.claims()}
    documents = {document.id: document for document in corpus_ledger.documents()}
    roles = [path.role for path in found.exposed.paths if path.role is not None]
    assert roles
    for role in roles:
        assert role.said, role
        for said in role.said:
            claim = claims[said.claim]
            assert said.sentence == claim.sentence.of(documents[claim.document].text)
    ohio = next(p.project for p in found.exposed.paths if p.project is not None and "SoftBank" in p.project.name)
    assert ohio.amount is not None
    assert (ohio.amount.low, ohio.amount.high, ohio.amount.currency) == (33e9, 33e9, "USD")
    assert str(ohio.stage) == "committed"
    assert 0 < ohio.chance < 1
    assert ohio.chance_sources


def test_a_project_counts_once_however_many_holdings_and_roles_lead_to_it(found: Exposure) -> None:
    exposed = found.exposed
    counted = {g.label for g in exposed.by_holding}
    assert "Toshiba" not in counted, "what is no longer listed counts nowhere"
    ids = {p for g in exposed.by_holding for p in g.touched.projects}
    assert set(exposed.total.projects) == ids
    assert len(exposed.total.projects) == len(ids)
    [programme] = exposed.by_programme
    assert programme.touched == exposed.total
    for groups in (exposed.by_holding, exposed.by_sector, exposed.by_country):
        assert exposed.total.high <= sum(g.touched.high for g in groups)
        assert max(g.touched.high for g in groups) <= exposed.total.high
    hitachi = next(g for g in exposed.by_holding if g.rows == (2,))
    assert len(hitachi.touched.projects) == 2, "its own role in the reactors and that of its venture are one project"
    assert exposed.total.expected_high < exposed.total.high


def test_what_is_owned_comes_with_its_share_and_its_source(found: Exposure) -> None:
    cameco = next(p for p in found.exposed.paths if p.organisation == "Westinghouse" and p.row == 8)
    assert cameco.share == (0.49, 0.49)
    assert cameco.through[0].owned.source.where.startswith("https://")
    anglo = next(p for p in found.exposed.paths if p.organisation == "Element Six")
    assert [step.owned.owned for step in anglo.through] == ["De Beers Group", "Element Six"]
    assert anglo.share == (None, None), "no share of the second step was found"


def test_sectors_and_commodities_lead_to_programmes_and_bring_no_money(found: Exposure) -> None:
    diamond = [p for p in found.exposed.paths if p.kind is Told.COMMODITY and p.row == 12]
    assert [p.commodity for p in diamond] == ["synthetic industrial diamond"]
    sectors = {(p.row, p.sector) for p in found.exposed.paths if p.kind is Told.SECTOR}
    assert (7, "gas_cc") in sectors
    assert {p.row for p in found.exposed.paths if p.role is None} & {27, 28, 29, 30, 31} == set(), "other companies"
    assert all(p.project is None for p in found.exposed.paths if p.kind is not Told.ROLE)


@pytest.mark.parametrize(("name", "row", "says"), [
    ("call declined", 8, "not funded any more"), ("three years late", 3, "drawn by the deadline"),
    # The largest are Westinghouse's reactors: its two owners lose them, and GE Vernova's own projects get what is left.
    ("largest cancelled", 8, "nothing is drawn"), ("largest cancelled", 9, "nothing is drawn"),
    ("largest cancelled", 6, "drawn in all if it is funded"), ("court ruling", 3, "nothing changes"),
])  # fmt: skip
def test_what_a_scenario_changes_for_which_holding(corpus_ledger: Ledger, name: str, row: int, says: str) -> None:
    its = expose(corpus_ledger, load(HERE / "portfolio30.csv"), scenario=named(name, bundled()), on=TODAY)
    told = [effect for effect in its.effects if effect.row == row and says in effect.told]
    assert told, [(effect.row, effect.told) for effect in its.effects]
    assert 5 not in {effect.row for effect in its.effects}, "Toshiba is not listed"
    for effect in its.effects:
        assert effect.expected == pytest.approx(tuple(c * d for c, d in zip(effect.chance, effect.drawn, strict=True)))


def test_before_it_was_delisted_toshiba_counts(corpus_ledger: Ledger) -> None:
    its = expose(corpus_ledger, holdings(b"name,isin\nToshiba,JP3592200004\n", "t.csv"), on=dt.date(2023, 6, 1))
    [match] = its.matches.found
    assert match.verdict is Verdict.MATCHED
    assert its.exposed.total.projects


def test_as_of_a_day_before_the_reports_nothing_is_known(corpus_ledger: Ledger) -> None:
    its = expose(corpus_ledger.at(as_of=dt.date(2025, 1, 1)), load(HERE / "portfolio30.csv"))
    assert not its.exposed.total.projects
    assert {m.verdict for m in its.matches.found} >= {Verdict.KNOWN, Verdict.OTHER}
    assert not [p for p in its.exposed.paths if p.role is not None]


LOOKALIKES = {
    "MOL Group": "MOL", "MOL Plc": "MOL", "MOL Magyar Olaj": "MOL",
    "Hitachi Construction Machinery": "Hitachi", "日立建機": "Hitachi", "Hitachi Zosen": "Hitachi",
    "Kanadevia Corp": "Hitachi", "Hitachi Metals": "Hitachi", "Hitachi Energy India": "Hitachi",
    "Hitachi Koki": "Hitachi", "Toshiba Tec": "Toshiba", "Toshiba Machine": "Toshiba",
    "SoftBank Corp.": "SoftBank Group",
    "ソフトバンク株式会社": "SoftBank Group", "Mitsubishi Corporation": "Mitsubishi Electric",
    "Mitsubishi Chemical": "Mitsubishi Electric", "Mitsubishi UFJ Lease": "Mitsubishi Electric",
    "Mitsubishi Motors": "Mitsubishi Electric", "GE Aerospace": "GE Vernova", "GE HealthCare": "GE Vernova",
    "GE T&D India": "GE Vernova", "General Electric Co": "GE Vernova", "Mitsui & Co": "MOL",
    "Mitsui Chemicals": "MOL", "Asahi Kasei": "Asahi Diamond Industrial",
    "Asahi Group Holdings": "Asahi Diamond Industrial",
    "Nippon Steel Trading": "Nippon Steel", "Nippon Paint": "Nippon Steel", "JFE Systems": "JFE",
    "Westinghouse Air Brake Technologies": "Westinghouse", "Wabtec": "Westinghouse",
    "NextEra Energy Partners": "NextEra Energy",
    "Element Fleet Management": "Element Six", "Falcon Minerals": "Falcon Copper",
    "Anglo American Platinum": "Element Six",
    "Kiewit Royalty Trust": "Kiewit", "Samsung Electronics": "Samsung Heavy Industries",
    "LG Energy Solution": "LG Chem",
    "Hyundai Motor": "HD Hyundai", "Hyundai Elevator": "HD Hyundai", "Hanwha Life": "Hanwha Ocean",
}  # fmt: skip


def test_names_that_look_alike_are_other_companies(corpus_ledger: Ledger) -> None:
    rows = "\n".join(f'"{name}"' for name in LOOKALIKES)
    its = expose(corpus_ledger, holdings(f"name\n{rows}\n".encode(), "names.csv"), on=TODAY)
    by_name = {match.holding.name: match for match in its.matches.found}
    for name, party in LOOKALIKES.items():
        match = by_name.get(name)
        assert match is None or party not in _parties(match), f"{name} is not {party}"
        assert match is None or match.company is None or match.company.name != party, f"{name} is not {party}"
    assert not its.exposed.total.projects


def _parties(match: Matched) -> set[str]:
    return {organisation.name for organisation, _ in match.organisations}


@pytest.mark.parametrize(("row", "company"), [
    ("HITACHI LTD SPON ADR,,", "Hitachi"), ("日立製作所,,", "Hitachi"),
    ("히타치,,", None), ("Soft Bank Group Corp,,", None),
    (",,6501.T", "Hitachi"), (",,6501 JP Equity", "Hitachi"), (",,TYO:6501", "Hitachi"),
    (",US36828A1016,", "GE Vernova"),
    ("Mitsubishi Hvy Ind,JP3900000005,", "Mitsubishi Heavy Industries"),
    ("Samsung Heavy,,010140.KS", "Samsung Heavy Industries"),
    ("Murata Mfg Co Ltd,,", "Murata Manufacturing"), ("한화오션,,", "Hanwha Ocean"), ("台積電,,", "TSMC"),
    ("ソフトバンク,,9434", "SoftBank Corp."), ("MUFG 3.85% 2026,US606822AH76,", "Mitsubishi UFJ Financial Group"),
    ("Panasonic Holdings,,", "Panasonic"), ("LG Chem Ltd 3.25% 10/15/2030,,", "LG Chem"),
])  # fmt: skip
def test_one_company_under_many_names(corpus_ledger: Ledger, row: str, company: str | None) -> None:
    its = expose(corpus_ledger, holdings(f"name,isin,ticker\n{row}\n".encode(), "one.csv"), on=TODAY)
    found = [m.company.name if m.company else None for m in its.matches.found if m.verdict is not Verdict.UNSURE]
    if company is not None:
        assert found == [company]
    else:
        assert found in ([], [None], ["Hitachi"], ["SoftBank Group"]), "the party or nobody, never somebody else"


@pytest.mark.parametrize(("row", "says"), [
    ("SoftBank,,,", "more than one"), ("Toshiba Tec,JP3788600009,,", "its name that of"),
    ("NEXI SPA,IT0005366767,,", "is short for"), (",,6501,USD", "does not name"), ("Mitsubishi Electric,,7011.T,", ""),
])  # fmt: skip
def test_what_is_unsure_is_listed_and_counts_nowhere(corpus_ledger: Ledger, row: str, says: str) -> None:
    its = expose(corpus_ledger, holdings(f"name,isin,ticker,currency\n{row}\n".encode(), "one.csv"), on=TODAY)
    [match] = its.matches.found
    assert match.verdict is Verdict.UNSURE
    assert says in match.told
    assert match.perhaps
    assert not its.exposed.paths


def test_who_only_reports_is_named_and_no_party(corpus_ledger: Ledger) -> None:
    its = expose(corpus_ledger, holdings(b"name\nNew York Times Co Class A\nHitachi\n", "two.csv"), on=TODAY)
    assert [str(match.verdict) for match in its.matches.found] == ["named only", "matched"]
