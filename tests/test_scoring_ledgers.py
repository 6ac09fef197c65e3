"""The yardstick on entities and conflicts: splits, merges, missing and extra ones must show."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from pledger.model import (
    Attribute,
    Claim,
    Conflict,
    ConflictKind,
    Entity,
    EntityKind,
    Figure,
    Money,
    Origin,
    Qualifier,
    Side,
    Stage,
    StageValue,
    Standing,
    Value,
)
from scored import DOCUMENT, RIGHT, claim, usd
from scoring.gold import Gold, GoldConflict, parse
from scoring.ledgers import Holding, fits_project, score_conflicts, score_entities
from scoring.tally import Tally


def entity(kind: EntityKind, name: str, /, *aliases: str, **attributes: str) -> Entity:
    return Entity(f"e-{name}", kind, name, aliases, tuple(sorted(attributes.items())))


JAPAN = entity(EntityKind.PROGRAMME, "Japan–US investment programme", investor="JP")
PLANT = entity(EntityKind.PROJECT, "Kamo power transmission project", kind="power_transmission", sponsor="Kamo")


def side(value: Value, *claims: Claim) -> Side:
    return Side(value, (Origin("o", "B2", tuple(c.id for c in claims), 0.5),), 0.5)


def holding(*, entities: tuple[Entity, ...] = (), conflicts: tuple[Conflict, ...] = (), claims: list[Claim]) -> Holding:
    figures = tuple(
        Figure(f"f{i}", e, Attribute.AMOUNT, usd(8e10), Standing.AGREED, (side(usd(8e10), *claims),), 1, None)
        for i, e in enumerate(entities)
    )
    return Holding({"one": DOCUMENT}, {c.id: c for c in claims}, entities, figures, conflicts)


ENTITIES = parse(
    {
        "one": {},
        "programme": {"name": "Japan–US investment programme"},
        "entities": {
            "projects": [{"name": "Kamo power project", "documents": ["one"]}],
            "organisations": ["Kamo Group", "Bank of the East"],
        },
        "names": {"Kamo": "加茂"},
    }
)


def entity_marks(*entities: Entity) -> dict[str, Tally]:
    return {t.name: t for t in score_entities(ENTITIES, holding(entities=entities, claims=RIGHT))}


def test_entities_are_found_once_each() -> None:
    kamo = entity(EntityKind.ORGANISATION, "Kamo", "加茂集团", "加茂")
    found = entity_marks(JAPAN, PLANT, kamo, entity(EntityKind.ORGANISATION, "Bank of the East Ltd"))
    assert all(t.f1 == 1 for t in found.values()), found


def test_entities_that_are_split_or_missing_or_too_many_are_missed() -> None:
    other = entity(EntityKind.PROJECT, "Kamo power generation project", kind="power_generation", sponsor="Kamo")
    found = entity_marks(
        JAPAN,
        entity(EntityKind.PROGRAMME, "Korea–US investment programme", investor="KR"),
        PLANT,
        other,
        entity(EntityKind.ORGANISATION, "Kamo"),
        entity(EntityKind.ORGANISATION, "KAMO Co., Ltd."),
    )
    assert found["projects"].found == 0
    assert found["organisations"].found == 0
    assert found["programmes"].f1 < 1
    assert found["names in two scripts"].found == 0
    assert entity_marks(JAPAN, replace(JAPAN, id="again"))["programmes"].found == 0
    assert entity_marks()["programmes"].found == 0


def test_a_projects_name_is_compared_by_all_its_words() -> None:
    assert fits_project("Kamo power project", PLANT)
    assert not fits_project("Kamo oil terminal", PLANT)
    assert not fits_project("Hida power project", PLANT)


def gold_conflict(values: list[Any], kind: str = "slip", attribute: str = "amount", subject: str = "programme") -> Gold:
    return Gold(
        documents={},
        conflicts=(GoldConflict(subject, attribute, tuple(values), kind),),
        agreements=(GoldConflict("programme", "amount", ("$80 billion", "$7bn"), None),),
    )


def reported(*sides: Side, kind: ConflictKind = ConflictKind.SLIP, about: Entity = JAPAN) -> Conflict:
    attribute = Attribute.STAGE if isinstance(sides[0].value, StageValue) else Attribute.AMOUNT
    return Conflict(f"x{kind}{about.id}{len(sides)}", about, attribute, kind, sides, "because")


SLIP = reported(side(usd(8e10)), side(usd(8e9)))


def conflict_marks(gold: Gold, *conflicts: Conflict) -> dict[str, Tally]:
    return {t.name: t for t in score_conflicts(gold, holding(conflicts=conflicts, claims=RIGHT))}


def test_a_conflict_is_found_by_kind_subject_and_values() -> None:
    found = conflict_marks(gold_conflict([8e10, 8e9]), SLIP)
    assert found["conflicts"].f1 == 1
    assert found["agreements"].recall == 1


@pytest.mark.parametrize(
    "conflict",
    [
        replace(SLIP, kind=ConflictKind.DISPUTE),
        replace(SLIP, attribute=Attribute.SHARE),
        replace(SLIP, entity=PLANT),
        replace(SLIP, sides=SLIP.sides[:1]),
        replace(SLIP, sides=(side(usd(8e10)), side(usd(7e9)))),
        replace(SLIP, sides=(side(Money(8e9, 8e10, "USD", Qualifier.BETWEEN)), side(usd(5e9)))),
    ],
)
def test_a_conflict_that_differs_is_missed_and_extra(conflict: Conflict) -> None:
    found = conflict_marks(gold_conflict([8e10, 8e9]), conflict)["conflicts"]
    assert found.found == 0
    assert len(found.invented) == 1


def test_missing_and_repeated_conflicts() -> None:
    assert conflict_marks(gold_conflict([8e10, 8e9]))["conflicts"].recall == 0
    twice = conflict_marks(gold_conflict([8e10, 8e9]), SLIP, replace(SLIP, id="again"))["conflicts"]
    assert twice.found == 1
    assert len(twice.invented) == 1


def test_words_are_looked_for_in_claims_and_their_sentences() -> None:
    done = claim("lead the smelter", StageValue(Stage.COMMITTED), Attribute.STAGE)
    not_done = claim("signed", StageValue(Stage.CANDIDATE), Attribute.STAGE)
    sides = (side(done.value, done), side(not_done.value, not_done))
    first = entity(EntityKind.TRANCHE, "first projects")
    dispute = reported(*sides, kind=ConflictKind.DISPUTE, about=first)
    gold = gold_conflict(["lead the smelter", "No deal is signed"], "dispute", "stage", "first projects")
    held = holding(conflicts=(dispute,), claims=[done, not_done])
    assert score_conflicts(gold, held)[0].found == 1
    one_sided = replace(dispute, sides=(side(done.value, done, not_done),))
    assert score_conflicts(gold, replace(held, conflicts=(one_sided,)))[0].found == 0


def test_an_agreement_that_is_reported_is_breached() -> None:
    wrong = reported(side(usd(8e10), RIGHT[0]), side(usd(7e9), RIGHT[2]), kind=ConflictKind.DISPUTE)
    assert conflict_marks(gold_conflict([8e10, 8e9]), wrong)["agreements"].recall == 0
