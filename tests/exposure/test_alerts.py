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
    "name: against, when: contradicted",
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
    assert [rule for rule, _ in raised(ledger, rules)] == ["against", "far"]
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
    rules = rules_of(tmp_path, "name: moved, when: amount, share: 10 %", "name: against, when: contradicted")
    read(ledger, tmp_path, "a", FIRST, "The Daily", "2026-03-03")
    read(ledger, tmp_path, "c", SLIP, "The Monthly", "2026-03-10")
    raise_alerts(ledger, rules, [])
    [figure] = [f for f in ledger.figures() if f.attribute is Attribute.AMOUNT and f.qualifier == "total"]
    claim = figure.sides[1].claims[0]
    said = []
    for minute in (1, 2):
        made_at = dt.datetime(2026, 4, 1, 9, minute, tzinfo=dt.UTC).replace(tzinfo=None)
        made = judgement("claim", claim, "", "accept", "", person="ann", reason="seen it", made_at=made_at)
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
        "name: last, when: date, days: 20, by: latest",
        "name: visit, when: date, days: 400, events: visit",
    )
    text = (
        "Japan's $550 billion programme for the United States must be funded by 30 June 2026, Reuters reported.\n"
        "Construction of the Element Six diamond plant in Georgia, under Japan's programme, is to start in July 2026.\n"
    )
    read(ledger, tmp_path, "a", text, "The Daily", "2026-03-03")
    months = {(month, day): raised(ledger, rules, today=dt.date(2026, month, day)) for month, day in DAYS}
    assert {day: found for day, found in months.items() if found} == {
        (6, 10): [("soon", "fund: by 30 June 2026; in 20 days"), ("last", "fund: by 30 June 2026; in 20 days")],
        (6, 11): [("soon", "start: 1 July to 31 July 2026; the first day on which it may be is in 20 days")],
        (7, 15): [("last", "start: 1 July to 31 July 2026; the last day is in 16 days")],
    }
    # A second report of the same day is no news; another day is.
    read(ledger, tmp_path, "b", text.replace("Reuters", "Bloomberg"), "The Weekly", "2026-03-04")
    assert raised(ledger, rules, today=dt.date(2026, 7, 16)) == []


DAYS = ((3, 12), (6, 9), (6, 10), (6, 11), (6, 12), (6, 30), (7, 1), (7, 15), (7, 31), (8, 1))


@pytest.mark.parametrize(
    ("rules", "line", "field", "what"),
    [
        ("rules: []", 1, "rules", "at least 1"),
        ("rules:\n  - {name: a, when: stagee}", 2, "rules.0.when", "did you mean 'stage'"),
        ("rules:\n  - {name: a, when: stage, to: comitted}", 2, "rules.0.to", "did you mean 'committed'"),
        ("rules:\n  - name: a\n    when: stage\n    days: 3", 4, "rules.0.days", "goes with `when: date`"),
        ("rules:\n  - name: a\n    when: amount", 3, "rules.0.when", "share: 10 %"),
        ("rules:\n  - {name: a, when: new}\n  - name: a\n    when: new", 3, "rules.1.name", "two rules"),
        ("rules:\n  - name: a\n    when: new\n    of: {programme: Atlantis}", 4, "of.programme", "JP>US"),
        ("rules:\n  - name: a\n    when: new\n    of:\n      sector: large_nucular", 5, "of.sector", "did you mean"),
        ("rules:\n  - name: a\n    when: date\n    days: -1", 4, "rules.0.days", "greater than or equal"),
        ("rules:\n  - name: a\n    when: range\n    low: 5\n    high: 4", 4, "rules.0.low", "exchange them"),
        ("rules:\n  - name: a\n    when: new\n    wat: 1", 4, "rules.0.wat", "no field that is known"),
    ],
)
def test_what_is_wrong_with_rules_is_told_by_line_and_field(
    tmp_path: Path, rules: str, line: int, field: str, what: str
) -> None:
    path = tmp_path / "rules.yaml"
    path.write_text(rules, encoding="utf-8")
    with pytest.raises(RulesError) as error:
        rules_from(path)
    assert str(error.value).startswith(f"rules.yaml:{line}: ")
    assert field in error.value.field
    assert what in str(error.value)


def test_the_rules_that_come_along(tmp_path: Path) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(example(), encoding="utf-8")
    assert rules_from(path) == default_rules()
    assert {rule.when for rule in default_rules().rules} == {
        "stage", "corroborated", "contradicted", "date", "range", "amount", "new",
    }  # fmt: skip


def test_look_alikes_are_not_meant(ledger: Ledger, tmp_path: Path) -> None:
    rules = rules_of(
        tmp_path,
        "name: hitachi, when: new, what: party, of: {entity: Hitachi}",
        "name: any, when: new, what: party, roles: supplier",
        "name: power, when: new, what: project, of: {sector: gas_cc}",
        "name: ohio, when: new, what: project, of: {project: gas-fired power}",
    )
    raise_alerts(ledger, rules, [])
    text = (
        "Japan's $550 billion programme for the United States includes a gas-fired power plant in Ohio.\n"
        "Hitachi Construction Machinery would supply equipment for the gas-fired power plant in Ohio, Reuters said.\n"
    )
    read(ledger, tmp_path, "a", text, "The Daily", "2026-03-03")
    found = raised(ledger, rules)
    assert "hitachi" not in [rule for rule, _ in found]
    assert {"any", "power", "ohio"} <= {rule for rule, _ in found}, found


# Outputs


def waiting(ledger: Ledger, tmp_path: Path, *names: str) -> list[Alert]:
    """A ledger with some alerts that wait for these outputs."""
    rules = rules_of(tmp_path, *SOME)
    raise_alerts(ledger, rules, names)
    for name, text, publisher, day in (
        ("a", FIRST, "The Daily", "2026-03-03"),
        ("b", SECOND, "The Weekly", "2026-03-09"),
        ("c", SLIP, "The Monthly", "2026-03-10"),
    ):
        read(ledger, tmp_path, name, text, publisher, day)
        raise_alerts(ledger, rules, names, today=DAY)
    return [alert_of(m) for m in ledger.outbox("w").last(100)]


@pytest.mark.parametrize("cut", [0, 1, 25, 10_000])
def test_half_a_line_of_a_killed_run_is_made_whole(ledger: Ledger, tmp_path: Path, cut: int) -> None:
    path = tmp_path / "a.jsonl"
    alerts = waiting(ledger, tmp_path, outputs.lines_name(path))
    lines = [alert_line(alert).encode() + b"\n" for alert in alerts]
    theirs = b'{"not": "ours"}\n'
    path.write_bytes(theirs + lines[0] + lines[1][:cut])
    assert outputs.add_lines(ledger.outbox("w"), path, alert_line) == []
    assert path.read_bytes() == theirs + b"".join(lines)
    assert outputs.add_lines(ledger.outbox("w"), path, alert_line) == []
    assert path.read_bytes() == theirs + b"".join(lines)


def test_what_others_left_in_a_file_stays(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    alerts = waiting(ledger, tmp_path, outputs.lines_name(path))
    path.write_bytes(b"no line of ours, and no end")
    assert outputs.add_lines(ledger.outbox("w"), path, alert_line) == []
    first, *rest = path.read_bytes().split(b"\n")
    assert first == b"no line of ours, and no end"
    assert [json.loads(line)["id"] for line in rest if line] == [alert.id for alert in alerts]


def test_an_output_that_cannot_be_written_gets_all_of_it_later(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "folder"
    waiting(ledger, tmp_path, outputs.lines_name(path))
    path.mkdir()
    [problem] = outputs.add_lines(ledger.outbox("w"), path, alert_line)
    assert "wait for it" in problem.mend
    path.rmdir()
    assert outputs.add_lines(ledger.outbox("w"), path, alert_line) == []
    assert len(path.read_bytes().splitlines()) == 4


def test_a_program_that_fails_is_started_again(ledger: Ledger, tmp_path: Path) -> None:
    program = ["sh", "-c", 'test -e "$0"/ready || { echo "not yet" >&2; exit 7; }; cat >> "$0"/got', str(tmp_path)]
    alerts = waiting(ledger, tmp_path, outputs.program_name(program))
    problems = outputs.start(ledger.outbox("w"), program, alert_line, 20)
    assert len(problems) == len(alerts)
    assert "it ended with 7: not yet" in problems[0].why
    (tmp_path / "ready").touch()
    assert outputs.start(ledger.outbox("w"), program, alert_line, 20) == []
    assert outputs.start(ledger.outbox("w"), program, alert_line, 20) == []
    got = (tmp_path / "got").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in got] == [alert.id for alert in alerts]
    [problem, *_] = [
        *outputs.start(ledger.outbox("w"), ["no-such-program"], alert_line, 20),
        None,
    ]
    assert problem is None  # nothing waits for a program that the watch never had


def test_an_output_gets_what_was_raised_while_it_was_not_named(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rules = rules_of(tmp_path, *SOME)
    raise_alerts(ledger, rules, [outputs.lines_name(path)])
    read(ledger, tmp_path, "a", FIRST, "The Daily", "2026-03-03")
    assert raise_alerts(ledger, rules, ["terminal"], today=DAY).alerts
    outputs.add_lines(ledger.outbox("w"), path, alert_line)
    assert len(path.read_bytes().splitlines()) == 1


def test_the_feed_is_the_same_until_something_is_raised(ledger: Ledger, tmp_path: Path) -> None:
    path = tmp_path / "a.xml"
    waiting(ledger, tmp_path, outputs.feed_name(path))
    outbox = ledger.outbox("w")
    assert outputs.rewrite(outbox, path, lambda its: write_feed(path, its, "w", "l")) == []
    before = path.read_bytes()
    path.unlink()
    assert outputs.rewrite(outbox, path, lambda its: write_feed(path, its, "w", "l")) == []
    assert path.read_bytes() == before


def test_alerts_are_kept_as_they_are(ledger: Ledger, tmp_path: Path) -> None:
    for alert in waiting(ledger, tmp_path):
        assert alert.raised_at is not None
        kept = Message(1, alert.id, alert.rule, alert.fact, alert.raised_at, body_of(alert))
        assert alert_of(kept) == alert
        assert json.loads(alert_line(alert))["evidence"][0]["sentence"]


@given(st.binary(max_size=200))
@settings(max_examples=30, deadline=None)
def test_no_file_of_rules_crashes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    path = tmp_path_factory.mktemp("rules") / "rules.yaml"
    path.write_bytes(b"rules:\n  - " + content)
    with pytest.raises(RulesError):
        rules_from(path)


# The command line


def test_the_verbs_exit_codes(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    url = str(tmp_path / "ledger.db")
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "b.txt").write_text(SLIP, encoding="utf-8")
    rules = tmp_path / "rules.yaml"
    rules.write_text("rules:\n  - {name: against, when: contradicted}\n", encoding="utf-8")

    def code(*arguments: str) -> int:
        try:
            run(["--ledger", url, *arguments])
        except SystemExit as leaving:
            return int(leaving.code or 0)
        return 0

    assert code("read", str(tmp_path / "a.txt"), "--workers", "1") == 0
    assert code("watch", str(rules), "--exit-code") == 0
    assert "begins" in capsys.readouterr().out
    assert code("read", str(tmp_path / "b.txt"), "--workers", "1") == 0
    assert code("watch", str(rules), "--exit-code", "--jsonl", str(tmp_path / "none" / "a.jsonl")) == 1
    assert "alerts not written" in capsys.readouterr().err.replace("\n", " ")
    assert code("watch", str(rules), "--exit-code") == 0
    assert code("watch", str(rules), "--end") == 0
    assert code("watch", str(tmp_path / "none.yaml")) == 2
    assert code("watch", str(rules), "--run", "'") == 2
    rules.write_text("rules:\n  - {name: against, when: never}\n", encoding="utf-8")
    assert code("watch", str(rules)) == 2
    assert "rules.yaml:2" in capsys.readouterr().err


def test_a_watch_behind_a_reading(tmp_path: Path) -> None:
    url, lines = str(tmp_path / "ledger.db"), tmp_path / "a.jsonl"
    (tmp_path / "a.txt").write_text(FIRST, encoding="utf-8")
    (tmp_path / "b.txt").write_text(SLIP, encoding="utf-8")
    more = ["--workers", "1", "--alert", "default", "--alert-jsonl", str(lines), "--json"]
    first = CliRunner().invoke(cli, ["--ledger", url, "read", str(tmp_path / "a.txt"), *more])
    assert json.loads(first.output)["alerts"] == []  # an empty ledger: all of it is taken as known
    second = CliRunner().invoke(cli, ["--ledger", url, "read", str(tmp_path / "b.txt"), *more])
    told = json.loads(second.output)["alerts"]
    assert "a contradiction" in [alert["rule"] for alert in told]
    assert [json.loads(line)["id"] for line in lines.read_text(encoding="utf-8").splitlines()] == [
        a["id"] for a in told
    ]
