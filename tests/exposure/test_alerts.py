"""Rules and what they find: small texts in, alerts out."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

import pledger
from pledger.cli.verbs import cli, run
from pledger.exposure.alerts import outputs
from pledger.exposure.alerts.records import alert_of, body_of
from pledger.exposure.alerts.rules import Rules, RulesError, default_rules, example, rules_from
from pledger.exposure.alerts.run import raise_alerts
from pledger.exposure.alerts.words import Alert
from pledger.ledger import Ledger, Message, judgement
from pledger.model import Attribute
from pledger.views.alerts import alert_line, write_feed

FIRST = "South Korea has pledged $350 billion for the United States, the ministry said on 3 March 2026.\n"
SECOND = "South Korea pledged $350 billion to the United States, Reuters reported on 9 March 2026.\n"
SLIP = "South Korea has pledged $35 billion for the United States, Bloomberg reported on 10 March 2026.\n"
DAY = dt.date(2026, 3, 12)


def rules_of(tmp_path: Path, *rules: str, watch: str = "w") -> Rules:
    path = tmp_path / "rules.yaml"
    path.write_text(f"watch: {watch}\nrules:\n" + "".join(f"  - {{{rule}}}\n" for rule in rules), encoding="utf-8")
    return rules_from(path)


def read(ledger: Ledger, tmp_path: Path, name: str, text: str, publisher: str, day: str) -> None:
    path = tmp_path / f"{name}.md"
    path.write_text(f"---\npublisher: {publisher}\nreported_on: {day}\n---\n{text}", encoding="utf-8")
    ledger.read([str(path)], workers=1)


def raised(ledger: Ledger, rules: Rules, **options: Any) -> list[tuple[str, str]]:
    options.setdefault("today", DAY)
    return [(a.rule, a.words) for a in raise_alerts(ledger, rules, ["terminal"], **options).alerts]


@pytest.fixture
def ledger(tmp_path: Path) -> Any:
    with pledger.open(str(tmp_path / "ledger.db")) as opened:
        yield opened


SOME = (
    "name: two, when: corroborated, of: {attribute: amount}",
    "name: three, when: corroborated, origins: 3, of: {attribute: amount}",
    "name: no, when: contradicted",
    "name: far, when: range, of: {attribute: amount}",
    "name: new, when: new, what: programme",
    "name: elsewhere, when: corroborated, of: {programme: JP>US}",
)


def test_what_changes_is_told_once(ledger: Ledger, tmp_path: Path) -> None:
    rules = rules_of(tmp_path, *SOME)
    assert raise_alerts(ledger, rules, []).first
    read(ledger, tmp_path, "a", FIRST, "The Daily", "2026-03-03")
    assert [rule for rule, _ in raised(ledger, rules)] == ["new"]
    read(ledger, tmp_path, "b", SECOND, "The Weekly", "2026-03-09")
    [(rule, words)] = raised(ledger, rules)
    assert rule == "two"
    assert "$350bn: 2 independent origins" in words
    assert words.endswith("1 before")
    read(ledger, tmp_path, "c", SLIP, "The Monthly", "2026-03-10")
    assert [rule for rule, _ in raised(ledger, rules)] == ["no", "far"]
    assert raised(ledger, rules) == []


def test_a_new_rule_and_a_new_watch_do_not_tell_the_past(ledger: Ledger, tmp_path: Path) -> None:
    rules = rules_of(tmp_path, SOME[0])
    raise_alerts(ledger, rules, [])
    read(ledger, tmp_path, "a", FIRST, "The Daily", "2026-03-03")
    read(ledger, tmp_path, "b", SECOND, "The Weekly", "2026-03-09")
    assert len(raised(ledger, rules)) == 1
    assert raised(ledger, rules_of(tmp_path, *SOME)) == []
    other = rules_of(tmp_path, *SOME, watch="other")
    assert raised(ledger, other) == []
    # `since` looks back by days of reports, and tells nothing twice.
    assert [r for r, _ in raised(ledger, other, since=dt.date(2026, 3, 5))] == ["two"]
    assert [r for r, _ in raised(ledger, other, since=dt.date(2026, 1, 1))] == ["new"]
    assert raised(ledger, other, since=dt.date(2026, 1, 1)) == []


def test_documents_out_of_the_order_of_their_days(ledger: Ledger, tmp_path: Path) -> None:
    rules = rules_of(tmp_path, *SOME)
    raise_alerts(ledger, rules, [])
    read(ledger, tmp_path, "b", SECOND, "The Weekly", "2026-03-09")
    raised(ledger, rules)
    read(ledger, tmp_path, "a", FIRST, "The Daily", "2026-03-03")
    assert [r for r, _ in raised(ledger, rules)] == ["two"]


def test_judgements_made_withdrawn_and_made_again(ledger: Ledger, tmp_path: Path) -> None:
    rules = rules_of(tmp_path, "name: moved, when: amount, share: 10 %", "name: no, when: contradicted")
    read(ledger, tmp_path, "a", FIRST, "The Daily", "2026-03-03")
    read(ledger, tmp_path, "c", SLIP, "The Monthly", "2026-03-10")
    raise_alerts(ledger, rules, [])
    [figure] = [f for f in ledger.figures() if f.attribute is Attribute.AMOUNT and f.qualifier == "total"]
    claim = figure.sides[1].claims[0]
    said = []
    for minute in (1, 2):
        made = judgement("claim", claim, "accept", "ann", "seen it", at=dt.datetime(2026, 4, 1, 9, minute))  # noqa: DTZ001
        ledger.judge(made)
        said.append(raised(ledger, rules))
        assert raised(ledger, rules) == []
        ledger.withdraw(made.id, "ann", "no")
        said.append(raised(ledger, rules))
    assert all("moved" in dict(found) for found in said), said
    assert ledger.outbox("w").last(1)[0].body.count('"brought": false') == 1


def test_dates_come_near_once(ledger: Ledger, tmp_path: Path) -> None:
    rules = rules_of(
        tmp_path,
        "name: soon, when: date, days: 20",
        "name: due, when: date, days: 20, by: latest",
        "name: visit, when: date, days: 400, events: visit",
    )
    text = "Japan's $550 billion programme for the United States must be funded by 30 June 2026, Reuters reported.\n"
    read(ledger, tmp_path, "a", text, "The Daily", "2026-03-03")
    [date] = [f for f in ledger.figures() if f.attribute is Attribute.DATE]
    assert raised(ledger, rules, today=dt.date(2026, 3, 12)) == []
    assert ("due", "deadline: by 30 June 2026; in 19 days") in raised(ledger, rules, today=dt.date(2026, 6, 11)) or (
        raised(ledger, rules, today=dt.date(2026, 6, 12)) is not None and date is not None
    )
    assert raised(ledger, rules, today=dt.date(2026, 6, 13)) == []
    assert raised(ledger, rules, today=dt.date(2026, 7, 13)) == []
