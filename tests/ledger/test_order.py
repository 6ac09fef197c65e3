"""The order of reading never matters."""

from __future__ import annotations

import datetime as dt

from hypothesis import given, settings
from hypothesis import strategies as st

from ledger.build import FIRST, Article, project, stage, usd
from pledger.ledger.derive import derive
from pledger.model import EntityKind, Mention, Outlook, Ownership, Party, Qualifier, Share, Stage

SPONSORS = ("Harbour Group", "Harbour", "Fjord Energy", None)
PLACES = ("Texas", "Houston, Texas", "Ohio", None)
KINDS = ("gas_power", "power", "power_transmission", "data_centre", "oil_terminal")


def corpus() -> list[Article]:
    articles = []
    for n in range(24):
        plant = project(KINDS[n % 5], SPONSORS[n % 4], PLACES[(n // 2) % 4], None if n % 7 == 6 else "JP>US")
        day = dt.date(2026, 1, 1) + dt.timedelta(days=3 * n) if n % 5 else None
        a = Article(f"Paper {n % 9}" if n % 4 else None, day)
        a.says(
            f"It costs ${n % 4 + 30}bn.",
            f"${n % 4 + 30}bn",
            usd((n % 4 + 30) * 1e9),
            plant,
            ("Reuters",) if n % 2 else (),
        )
        a.says("$550bn in all." if n % 6 else "$55bn in all.", "in all", usd(550e9 if n % 6 else 55e9))
        a.says("About 10%.", "10%", Share(0.1, 0.1, Qualifier.ABOUT, "GDP of Japan"))
        a.says(
            "Soon.", "Soon", stage(Stage.CANDIDATE, Outlook.IMMINENT if n % 3 else Outlook.NOT_YET), FIRST, ("METI",)
        )
        a.kind("That kind.", "kind", KINDS[(n + 1) % 5], plant)
        a.says("It builds.", "It", Party(SPONSORS[n % 3] or "Fjord", "sponsor"), plant)
        a.says(
            "It owns.",
            "It",
            Ownership("Harbour Holdings", "Fjord Energy"),
            Mention(EntityKind.ORGANISATION, "Fjord Energy"),
        )
        articles.append(a)
    return articles


BUILT = [a.done() for a in corpus()]


@settings(max_examples=25, deadline=None)
@given(st.permutations(range(len(BUILT))), st.randoms(use_true_random=False))
def test_shuffled_documents_and_claims_give_the_same_ledger(order: list[int], chance: object) -> None:
    claims = [c for i in order for c in BUILT[i][1]]
    chance.shuffle(claims)  # type: ignore[attr-defined]
    shuffled = derive([BUILT[i][0] for i in order], claims, {})
    straight = derive([d for d, _ in BUILT], [c for _, its in BUILT for c in its], {})
    assert shuffled.figures == straight.figures
    assert shuffled.conflicts == straight.conflicts
    assert dict(shuffled.entities) == dict(straight.entities)
    assert straight.conflicts


def test_every_claim_stands_behind_exactly_one_figure() -> None:
    found = derive([d for d, _ in BUILT], [c for _, its in BUILT for c in its], {})
    behind = [c for f in found.figures for s in f.sides for c in s.claims]
    assert sorted(behind) == sorted({c.id for _, its in BUILT for c in its})
