"""Reported shares joined with the tables: texts in, joined shares, conflicts and effects of projects out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

import pledger
from pledger.exposure.supply.effects import Effects, covers, effects_of, project_reports
from pledger.exposure.supply.plants import chance
from pledger.exposure.supply.reported import Joined, joined, reports
from pledger.exposure.supply.supplying import supplying
from pledger.exposure.supply.table import commodities, load
from pledger.exposure.supply.wholes import Whole, whole
from pledger.exposure.supply.words import Commodity, Measure, Step
from pledger.ledger import Ledger
from pledger.ledger.distributions import Belief
from pledger.model import ConflictKind, Standing
from pledger.vehicle.words import Basis

Text = tuple[str, str, str]
"""Publisher, day, words."""
Reader = Callable[..., Ledger]


@pytest.fixture
def read(tmp_path: Path) -> Iterator[Reader]:
    """Reads texts into a ledger that is thrown away."""
    opened: list[Ledger] = []

    def of(*texts: Text) -> Ledger:
        for number, (publisher, day, words) in enumerate(texts):
            head = f"---\npublisher: {publisher}\nreported_on: {day}\nlanguage: en\n---\n"
            (tmp_path / f"{number:02}.md").write_text(head + words, encoding="utf-8")
        ledger = pledger.open(str(tmp_path / "ledger.db"))
        opened.append(ledger)
        ledger.read([str(path) for path in sorted(tmp_path.glob("*.md"))], workers=1)
        return ledger

    yield of
    for ledger in opened:
        ledger.close()


def known() -> list[Commodity]:
    return list(commodities().values())


def shares(its: Joined) -> list[tuple[str, str, str, str, str | None, int | None, float | None, float | None]]:
    """Country, commodity, measure, grade, importer, year and ends of every joined share."""
    return [
        (
            one.country,
            one.whole.commodity,
            one.whole.measure.value,
            one.whole.grade,
            one.whole.importer,
            one.whole.last,
            one.share.low,
            one.share.high,
        )
        for one in its.reported
    ]


WHOLES = [
    ("world's synthetic diamonds", ("industrial_diamond", "manufactured", "production", "all", None, None)),
    (
        "world's abrasive-grade synthetic diamond, 2024",
        ("industrial_diamond", "manufactured", "production", "abrasive grade", None, 2024),
    ),
    (
        "amerikanischen Einfuhren von synthetischem Diamantpulver, 2020-2023",
        ("industrial_diamond", "manufactured", "imports", "grit and powder", "US", 2023),
    ),
    ("米国のダイヤモンド粉輸入", ("industrial_diamond", "manufactured", "imports", "grit and powder", "US", None)),
    ("US synthetic diamond imports, 2025", ("industrial_diamond", "manufactured", "imports", "all", "US", 2025)),
    ("全球 2024年天然石墨产量约, 2024", ("graphite", "mined", "production", "natural", None, 2024)),
    ("全球 人造金刚石产量", ("industrial_diamond", "manufactured", "production", "all", None, None)),
    ("미국 다이아몬드 분말 수입", ("industrial_diamond", "manufactured", "imports", "grit and powder", "US", None)),
    ("US demand for diamond grit", ("industrial_diamond", "manufactured", "use", "grit and powder", "US", None)),
    ("rare earth processing", ("rare_earths", "refined", "production", "all", None, None)),
    ("world's rare earths, mined, 2024", ("rare_earths", "mined", "production", "all", None, 2024)),
    ("rare earth magnets", ("rare_earths", "manufactured", "production", "magnets", None, None)),
    ("weltweiten Galliumproduktion", ("gallium", "refined", "production", "all", None, None)),
    ("전 세계 우라늄 농축 능력", ("uranium_enrichment", "refined", "production", "capacity", None, None)),
    ("最先端半導体", ("logic_chips", "manufactured", "production", "below 10 nm", None, None)),
    ("全球 铀浓缩产能", ("uranium_enrichment", "refined", "production", "capacity", None, None)),
]


@pytest.mark.parametrize(("words", "market"), WHOLES)
def test_the_words_for_a_whole_lead_to_one_market(words: str, market: Sequence[object]) -> None:
    found = whole(words, known())
    assert isinstance(found, Whole), found
    assert (*(str(part) if part is not None else None for part in found.market), found.last) == tuple(market)


NEVER = [
    ("world's cobalt, mined", "no commodity"),
    ("world's rare earths", "which step"),
    ("world's exports of rare earths", "exports"),
    ("China's synthetic diamonds", "one country's"),
    ("world's synthetic diamonds from Henan", "“henan”"),
    ("gallium and copper", "“and copper”"),
    ("imports of synthetic diamond powder", "whose imports"),
    ("US industrial diamond imports", "which step"),
    ("refined copper output, 2023, 2024", "“2024”"),
    ("Japan's pledge for rare earths", "“pledge”"),
    ("", "no commodity"),
]


@pytest.mark.parametrize(("words", "why"), NEVER)
def test_what_is_not_understood_in_all_its_words_is_not_joined(words: str, why: str) -> None:
    found = whole(words, known())
    assert isinstance(found, str)
    assert why in found


def test_grade_and_measure_tell_shares_of_one_supplier_apart(read: Reader) -> None:
    ledger = read(
        ("Fjord Times", "2026-01-10", "China makes 60 % of the world's synthetic diamonds, the ministry said."),
        ("Tama News", "2026-01-12", "In 2025, China made 96 % of the world's abrasive-grade synthetic diamond."),
        ("Skerry Post", "2026-01-15", "The US imports 77 % of its diamond powder from China."),
    )
    its = joined(reports(ledger), known())
    assert sorted(shares(its)) == [
        ("CN", "industrial_diamond", "imports", "grit and powder", "US", None, 0.77, 0.77),
        ("CN", "industrial_diamond", "production", "abrasive grade", None, 2025, 0.96, 0.96),
        ("CN", "industrial_diamond", "production", "all", None, None, 0.6, 0.6),
    ]
    told = [c.explanation for c in its.conflicts if c.kind is ConflictKind.DEFINITION]
    assert any("a part may be held more closely than all" in text for text in told)
    assert any("is not what the world makes" in text for text in told)
    against = [c for c in its.conflicts if c.kind is ConflictKind.DISPUTE]
    assert [c.reference is not None for c in against] == [True], "60 % of all, but the table has over 95 %"


def test_origins_are_counted_once_and_sides_weighed_as_the_ledger_does(read: Reader) -> None:
    words = "China accounted for 98 % of the world's gallium output in 2024, according to the Alpine Institute."
    ledger = read(
        ("Fjord Times", "2025-03-01", words),
        ("Tama News", "2025-03-02", "The Alpine Institute says China's share of gallium production was 98 % in 2024."),
        ("Skerry Post", "2025-03-04", "Lumen Research says China made 70 % of the world's gallium in 2024."),
    )
    [one] = joined(reports(ledger), known()).reported
    assert [(len(side.origins), getattr(side.value, "low", None)) for side in one.heard.sides] == [(1, 0.98), (1, 0.7)]
    assert one.heard.standing is Standing.CONTESTED
    assert len(one.heard.figures) == 3, "three wordings of one whole are one question"
    disputes = [c for c in joined(reports(ledger), known()).conflicts if c.kind is ConflictKind.DISPUTE]
    assert "Alpine Institute" in disputes[0].explanation
    assert "Lumen Research says 70 % (2024)" in disputes[0].explanation


def test_years_explain_a_little_and_no_more(read: Reader) -> None:
    ledger = read(
        ("Fjord Times", "2022-03-01", "China mined 66 % of the world's rare earths in 2022."),
        ("Tama News", "2026-03-02", "China mined 72 % of the world's rare earths in 2025."),
        ("Skerry Post", "2026-03-04", "China produced 40 % of the world's gallium in 2024."),
        ("Lumen", "2026-03-05", "China produced 99 % of the world's gallium in 2025."),
    )
    found = joined(reports(ledger), known()).conflicts
    between = {c.entity.name: c.kind for c in found if c.reference is None}
    assert between == {"rare earths": ConflictKind.DEFINITION, "gallium": ConflictKind.DISPUTE}


def test_shares_that_come_to_more_than_the_whole(read: Reader) -> None:
    ledger = read(
        ("Fjord Times", "2026-03-01", "China refines 80 % of the world's copper."),
        ("Tama News", "2026-03-02", "Chile refines 45 % of the world's copper."),
    )
    [sums] = [c for c in joined(reports(ledger), known()).conflicts if c.kind is ConflictKind.ARITHMETIC]
    assert "80 % for China and 45 % for Chile, comes to at least 125 %" in sums.explanation


def test_what_is_planned_denied_or_a_companys_is_listed_and_not_joined(read: Reader) -> None:
    ledger = read(
        ("Fjord Times", "2026-03-01", "By 2030 Australia could supply 20 % of the world's gallium."),
        ("Tama News", "2026-03-02", "China and Russia make 60 % of the world's germanium."),
        ("Skerry Post", "2026-03-03", "China holds 75 % of the world's cobalt refining."),
    )
    its = joined(reports(ledger), known())
    assert its.reported == ()
    assert {u.why for u in its.unjoined} == {
        "it is planned or possible, and not so yet",
        "several suppliers have it together, or none is named",
        "it names no commodity that is known",
    }


def test_a_reported_share_stands_beside_the_rows_of_its_table(read: Reader) -> None:
    ledger = read(("Fjord Times", "2026-03-01", "China mined 70 % of the world's rare earths in 2024."))
    its = joined(reports(ledger), known())
    rare = next(c for c in its.commodities if c.key == "rare_earths")
    [market] = [m for m in rare.markets if any(s.basis is Basis.REPORTED for s in m.shares)]
    assert (market.step, market.measure, market.year) == (Step.MINED, Measure.PRODUCTION, 2024)
    [row] = [s for s in market.shares if s.basis is Basis.REPORTED]
    assert (row.country, row.low, row.year, row.said) == ("CN", 0.7, 2024, "world's rare earths, mined, 2024")
    assert row.figure is not None
    assert ledger.why(row.figure) is not None
    assert any("they agree" in a.text for a in its.agreements)


def test_a_commodity_of_a_users_own_is_joined_by_the_names_of_its_table(read: Reader, tmp_path: Path) -> None:
    table = tmp_path / "tungsten.csv"
    table.write_text(
        "# name: tungsten\n# names en: tungsten\n# names ja: タングステン\n"
        "commodity,step,measure,grade,country,share,year,source\ntungsten,mined,production,all,CN,80 %,2024,https://x.example/t\n",
        encoding="utf-8",
    )
    own, problems = load(table)
    assert problems == ()
    ledger = read(("Fjord Times", "2026-03-01", "China mines 83 % of the world's tungsten."))
    [one] = joined(reports(ledger), [own]).reported
    assert (one.country, one.whole.commodity, one.share.low) == ("CN", "tungsten", 0.83)


# Projects

PLANT = "Japan's $550 billion investment in the United States includes a synthetic diamond plant in Georgia. "


def effects(ledger: Ledger) -> Effects:
    return effects_of(project_reports(ledger), known())


def test_the_demand_that_a_plant_is_to_meet_and_what_it_makes(read: Reader) -> None:
    ledger = read(
        ("Fjord Times", "2026-02-18", PLANT + "It would meet all of US demand for diamond grit, the department said."),
        ("Tama News", "2026-02-19", PLANT + "The plant would cover about 60 % of domestic demand for grit."),
        ("Skerry Post", "2026-02-20", PLANT + "It is to make 200 million carats a year."),
    )
    its = effects(ledger)
    [one] = its.covered
    assert (one.whole.commodity, one.importer, one.low, one.high) == ("industrial_diamond", "US", 0.6, 1.0)
    assert len(one.heard.sides) == 2
    [made] = its.capacities
    assert (made.amount, made.unit, made.period) == (2e8, "carats", "year")
    given = covers(one)
    assert given.basis is Basis.REPORTED
    assert len(given.sources) == 2
    assert isinstance(given.belief, Belief)
    assert 0.5 < given.belief.mean() < 1.0


def test_a_plant_of_no_programme_counts_and_is_not_called_over(read: Reader) -> None:
    told = "The Georgia plant of Element Six would meet 100 % of US demand for synthetic diamond grit."
    ledger = read(("Fjord Times", "2026-02-18", told))
    its = supplying(ledger, commodities()["industrial_diamond"], "US")
    assert its.left_out == ()
    [plant] = its.plants
    assert plant.place == "US"
    assert 0.0 < chance(plant) < 1.0


def test_the_country_that_is_spoken_of_is_the_one_in_which_the_plant_stands(read: Reader) -> None:
    ledger = read(
        ("Fjord Times", "2026-02-18", PLANT + "The plant would be enough to cover the country's entire need.")
    )
    [one] = effects(ledger).covered
    assert (one.whole.commodity, one.importer, one.low, one.high) == ("industrial_diamond", "US", 1.0, 1.0)


def test_a_demand_of_nobody_is_told_and_not_guessed(read: Reader) -> None:
    ledger = read(("Fjord Times", "2026-02-18", PLANT + "The plant would meet 30 % of demand for diamond grit."))
    its = effects(ledger)
    assert its.covered == ()
    assert [u.why for u in its.untold] == ["it does not say whose demand is meant"]


# The bundled corpus, told end to end


def test_the_diamond_matter(corpus_ledger: Ledger) -> None:
    its = joined(reports(corpus_ledger), known())
    assert sorted(shares(its)) == [
        ("CN", "industrial_diamond", "imports", "grit and powder", "US", 2023, 0.77, 0.77),
        ("CN", "industrial_diamond", "production", "abrasive grade", None, 2024, 0.95, None),
        ("CN", "industrial_diamond", "production", "all", None, 2024, 0.63, 0.63),
        ("CN", "industrial_diamond", "production", "all", None, 2025, 0.95, 0.95),
    ]
    assert its.unjoined == ()
    between = [(c.kind, c.values) for c in its.conflicts if c.reference is None]
    assert between == [
        (ConflictKind.DISPUTE, ("63 % of all (2024)", "95 % of all (2025)")),
        (ConflictKind.DEFINITION, ("63 % of all (2024)", "77 % of imports, grit and powder (2020 to 2023)")),
        (ConflictKind.DEFINITION, ("63 % of all (2024)", "at least 95 % of abrasive grade (2024)")),
    ]
    [against] = [c for c in its.conflicts if c.reference is not None]
    assert against.values == ("63 % of all (2024)", "at least 95 % by the table (2025)")
    assert len([a for a in its.agreements if a.reference is not None]) == 3
    [plant] = effects(corpus_ledger).covered
    assert (plant.importer, plant.low, plant.high) == ("US", 1.0, 1.0)
    sides = [side for one in its.conflicts for side in one.sides] + [s for one in its.reported for s in one.heard.sides]
    assert all(side.claims for side in sides)
    assert all(corpus_ledger.why(claim) is not None for side in sides for claim in side.claims)
