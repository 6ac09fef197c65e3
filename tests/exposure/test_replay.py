"""The bundled corpus, read in the order of its dates: each alert that a careful reader expects is raised once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

import pledger
from pledger.exposure.alerts.rules import rules_from
from pledger.exposure.alerts.run import raise_alerts
from pledger.exposure.alerts.words import Alert
from pledger.ledger import Ledger
from pledger.ledger.changes import changes
from pledger.ledger.store import Store

HERE = Path(__file__).parent
EXPECTED: dict[str, Any] = yaml.safe_load((HERE / "replay.yaml").read_text(encoding="utf-8"))
READ_AT = dt.datetime(2026, 6, 1, tzinfo=dt.UTC).replace(tzinfo=None)
MISSED = EXPECTED.pop("missed")


def stem(path: str) -> str:
    """`feed01-briefs#4` of `.../feed01-briefs.en.xml#4`."""
    name, _, item = path.rpartition("/")[2].partition("#")
    return name.partition(".")[0] + (f"#{item}" if item else "")


def in_order(read: Ledger, url: str) -> Iterator[tuple[Ledger, str, dt.date]]:
    """A new ledger that gets the documents of another one by one, in the order of their days."""
    claims: dict[str, list[Any]] = {}
    for claim in read.claims():
        claims.setdefault(claim.document, []).append(claim)
    store = Store(read._store.url)
    signatures = {key: signature for key, _, signature in store.signatures()}
    store.close()
    with pledger.open(url) as ledger:
        for document in sorted(read.documents(), key=lambda d: (str(d.reported_on), d.path)):
            assert document.reported_on is not None
            its = claims.get(document.id, [])
            ledger._store.add(document, its, signatures[document.id], READ_AT)
            yield ledger, stem(document.path), document.reported_on


@pytest.fixture(scope="module")
def raised(corpus_ledger: Ledger, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Alert, ...]]:
    """By document the alerts that its reading raised."""
    url = str(tmp_path_factory.mktemp("replay") / "ledger.db")
    rules = rules_from(HERE / "replay_rules.yaml")
    with pledger.open(url) as empty:
        assert raise_alerts(empty, rules, ["terminal"]).first
    found = {}
    before: Any = ((), ())
    for number, (ledger, name, day) in enumerate(in_order(corpus_ledger, url)):
        found[name] = raise_alerts(ledger, rules, ["terminal"], today=day).alerts
        if number % 5 == 0:
            assert not raise_alerts(ledger, rules, ["terminal"], today=day).alerts
            after = ledger.figures(), ledger.conflicts()
            with ledger.follow("all of it") as look:
                # A look loads what changed and no more, and a comparison of all that the ledger holds finds no more.
                assert look.first or told(changes(look.before, look.after)) == told(changes(before, after))
                assert len(look.after[0]) <= len(after[0])
            before = after
    return found


def told(found: list[Any]) -> list[tuple[Any, ...]]:
    return sorted((c.kind, c.entity.id, c.attribute or "", c.qualifier, c.words, c.claims, c.about) for c in found)


def fits(wanted: dict[str, str], alert: Alert) -> bool:
    return alert.rule == wanted["rule"] and wanted["of"] in alert.entity.name and wanted.get("says", "") in alert.words


def test_each_expected_alert_is_raised_once_and_no_other(raised: dict[str, tuple[Alert, ...]]) -> None:
    assert EXPECTED.keys() <= raised.keys()
    wrong = []
    for name, alerts in raised.items():
        left = list(EXPECTED.get(name, ()))
        for alert in alerts:
            found = next((wanted for wanted in left if fits(wanted, alert)), None)
            if found is None:
                wrong.append(f"{name}: not expected: {alert.rule} | {alert.entity.name} | {alert.words}")
            else:
                left.remove(found)
        wrong += [f"{name}: not raised: {wanted}" for wanted in left]
    assert wrong == []
    ids = [alert.id for alerts in raised.values() for alert in alerts]
    assert len(ids) == len(set(ids)) == sum(map(len, EXPECTED.values()))


def test_what_is_missed_is_known(raised: dict[str, tuple[Alert, ...]]) -> None:
    """One that is raised after all belongs with the expected ones."""
    for wanted in MISSED:
        assert not [a for a in raised[wanted["document"]] if fits(wanted, a)], wanted


def test_every_alert_that_words_brought_shows_them(raised: dict[str, tuple[Alert, ...]]) -> None:
    for alerts in raised.values():
        for alert in alerts:
            assert alert.evidence, alert
            assert all(said.sentence and said.claim in alert.claims for said in alert.evidence)
            assert alert.brought or alert.condition == "date"
