"""docs/asking.md says what there is: its claims parse, its scenario loads, and no answer or field is left out."""

from __future__ import annotations

import re
from pathlib import Path

from pledger.vehicle.asking.quantities import QUANTITIES
from pledger.vehicle.asking.scenarios import ProjectChange, Scenario, TariffChange, TermsChange, scenarios
from pledger.vehicle.asking.stated import STATISTICS, parsed

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "asking.md").read_text(encoding="utf-8")


def test_its_claims_are_claims() -> None:
    claims = re.findall(r'--claim "([^"]+)"', PAGE)
    assert len(claims) == 3
    for claim in claims:
        parsed(claim)


def test_its_scenario_is_one(tmp_path: Path) -> None:
    [text] = re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
    path = tmp_path / "own.yaml"
    path.write_text(text, encoding="utf-8")
    [scenario] = scenarios(path)
    assert scenario.name == "late and dear"


def test_it_names_every_answer_statistic_and_field() -> None:
    for one in QUANTITIES:
        assert f"`{one.name.partition(' of ')[0]}`" in PAGE, one.name
    for statistic in STATISTICS:
        assert f"`{statistic}`" in PAGE or statistic == "p50", statistic
    for model in (Scenario, TermsChange, ProjectChange, TariffChange):
        for field in model.model_fields:
            assert re.search(rf"\b{field}\b", PAGE), field
