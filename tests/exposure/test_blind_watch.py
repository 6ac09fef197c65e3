"""Twelve texts on known and new projects, read one after the other on the bundled articles: which alert each raises and
which it must not, as it was expected from the texts before anybody had looked."""

from __future__ import annotations

import datetime as dt
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
import yaml

import pledger
from pledger.exposure.alerts.rules import rules_from
from pledger.exposure.alerts.run import raise_alerts
from pledger.exposure.alerts.words import Alert
from pledger.ledger import Ledger

HERE = Path(__file__).parent / "blind"
EXPECTED: dict[str, dict[str, Any]] = yaml.safe_load((HERE / "watch_expected.yaml").read_text(encoding="utf-8"))
BEGUN = dt.date(2026, 5, 31)
"""The day of the first look, after the last of the bundled articles."""


@pytest.fixture(scope="module")
def raised(
    corpus_ledger: Ledger, corpus_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, tuple[Alert, ...]]:
    """By text the alerts that it raised, on its day."""
    assert corpus_ledger.documents()
    url = tmp_path_factory.mktemp("blind") / "ledger.db"
    with closing(sqlite3.connect(corpus_file)) as read, closing(sqlite3.connect(url)) as mine:
        read.backup(mine)  # a copy of the file would lack what waits in its log
    rules = rules_from(HERE / "watch_rules.yaml")
    found = {}
    with pledger.open(str(url)) as ledger:
        assert raise_alerts(ledger, rules, ["terminal"], today=BEGUN).first
        for name in EXPECTED:
            path = HERE / "articles" / f"{name}.txt"
            ledger.read([str(path)], workers=1)
            [day] = [d.reported_on for d in ledger.documents() if d.path.endswith(path.name)]
            assert day is not None
            found[name] = raise_alerts(ledger, rules, ["terminal"], today=day).alerts
            assert not raise_alerts(ledger, rules, ["terminal"], today=day).alerts
    return found


def differences(expected: dict[str, Any], alerts: tuple[Alert, ...]) -> set[str]:
    """`missing RULE` for an alert that should have been raised, `extra RULE` for one that should not."""
    raises, may = expected["raises"], expected.get("may", {})
    wrong = {f"missing {rule}" for rule, words in raises.items() if not any(_fits(a, rule, words) for a in alerts)}
    right = [a for a in alerts if a.rule in may or _fits(a, a.rule, raises.get(a.rule, []))]
    return wrong | {f"extra {a.rule}" for a in alerts if a not in right}


def _fits(alert: Alert, rule: str, words: list[str]) -> bool:
    told = " ".join((alert.entity.name, *alert.entity.aliases, alert.words, *(s.sentence for s in alert.evidence)))
    return alert.rule == rule and any(str(word) in told for word in words)


@pytest.mark.parametrize("name", EXPECTED)
def test_each_text_raises_what_it_must_and_nothing_else(name: str, raised: dict[str, tuple[Alert, ...]]) -> None:
    """What stays different is marked with its reason in the file; nothing else may be."""
    stays = EXPECTED[name].get("differs", {})
    marked = {f"{kind} {rule}" for kind in ("missing", "extra") for rule in stays.get(kind, [])}
    wrong = differences(EXPECTED[name], raised[name])
    assert wrong <= marked, [(alert.rule, alert.entity.name, alert.words) for alert in raised[name]]


def test_every_alert_is_raised_once_and_shows_its_words(raised: dict[str, tuple[Alert, ...]]) -> None:
    ids = [alert.id for alerts in raised.values() for alert in alerts]
    assert len(ids) == len(set(ids))
    assert all(alert.evidence for alerts in raised.values() for alert in alerts)


def test_what_is_marked_has_its_reason() -> None:
    for expected in EXPECTED.values():
        assert expected.get("differs", {"why": "nothing"})["why"]
