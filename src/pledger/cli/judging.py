"""The verb `judge`: what waits for a judgement, worked through at the prompt or by file, and what was judged."""

from __future__ import annotations

import csv
import datetime as dt
import getpass
import io
import sys
from pathlib import Path
from typing import Any

import click

from pledger.cli.common import as_json, opened, out, when
from pledger.ledger import NOW, Doubt, Judgement, Ledger, Moment, judgement
from pledger.views import jsons, judging

__all__ = ["judge", "user"]

_COLUMNS = ("what", "a", "b", "name_a", "name_b", "score", "why", "verdict", "reason")
_PATH = click.Path(path_type=Path)
_ANSWERS = {"s": "same", "d": "different", "k": "skip", "q": "quit"}


@click.command()
@click.option("--list", "listed", is_flag=True, help="What was judged, withdrawn judgements too.")
@click.option(
    "--file", "path", type=click.Path(path_type=Path), help="Judge by a CSV file: what, a, b, verdict, reason."
)
@click.option(
    "--out", "target", type=click.Path(path_type=Path), help="Write what waits to a CSV file, to be filled in."
)
@click.option("--accept", metavar="CLAIM", help="The claim is right: its side settles the figure.")
@click.option("--reject", metavar="CLAIM", help="The claim is wrong: it weighs nothing.")
@click.option("--settle", metavar="CONFLICT", help="Settle a conflict for one of its sides (with --side).")
@click.option("--side", type=click.IntRange(min=1), help="Which side of the conflict is right, counted from 1.")
@click.option(
    "--no-conflict", "quiet", metavar="CONFLICT", help="The sides of a conflict do not contradict each other."
)
@click.option("--withdraw", metavar="ID", help="Withdraw a judgement; it stays on record.")
@click.option("--reason", default="", help="Why, in a few words; kept with the judgement.")
@click.option("--by", "person", metavar="NAME", help="Who judges; by default the user of this machine.")
@when
@as_json
@click.pass_obj
def judge(url: str, /, when: Moment, **options: Any) -> None:
    """Say what the rules cannot: whether two names or projects are one, which claim is right, what is no conflict.

    Without options, what waits is asked one by one. Every judgement is kept with name, date and reason, is shown
    wherever it counts, and can be withdrawn.

    \b
    Example:
      pledger judge                                 one by one: same, different, skip, quit
      pledger judge --out pairs.csv                 ... fill in the verdicts, then:
      pledger judge --file pairs.csv --by "A. Larsen"
      pledger judge --settle x3fa91 --side 2 --reason "the ministry's own document"
      pledger judge --list --known-on 2026-03-01    what was judged by then
      pledger judge --withdraw j81c0 --reason "the company says otherwise"
    """
    if when != NOW and not options["listed"]:
        raise click.UsageError("--as-of and --known-on go with --list: what is judged is judged now")
    with opened(url, when) as ledger:
        person = options["person"] or user()
        if options["listed"]:
            _list(ledger, options["as_json"])
        elif options["withdraw"]:
            _withdraw(ledger, options["withdraw"], person, options["reason"])
        elif options["path"] is not None:
            _keep(ledger, _from_file(options["path"], person))
        elif any(options[name] for name in ("accept", "reject", "settle", "quiet")):
            _keep(ledger, [_on_claims(ledger, options, person)])
        elif options["target"] is not None:
            doubts = ledger.doubts()
            options["target"].write_text(_csv(doubts), encoding="utf-8")
            out().print(f"{_pairs(len(doubts))} written to {options['target']}: fill in `verdict` (same or different)")
        elif options["as_json"]:
            click.echo(jsons.dumps([judging.doubt_json(d) for d in ledger.doubts()]))
        else:
            _one_by_one(ledger, person)


def user() -> str:
    """Who judges where nobody is named: the user of this machine."""
    try:
        return getpass.getuser()
    except (OSError, KeyError) as error:  # a container without a name for its user
        raise click.UsageError("nobody is known to judge: name yourself with --by NAME") from error


def _made(**said: Any) -> Judgement:
    """A judgement of this moment; wrong usage where it cannot be one."""
    try:
        return judgement(**said, made_at=dt.datetime.now(dt.UTC).replace(tzinfo=None))
    except ValueError as wrong:
        raise click.UsageError(str(wrong)) from wrong


def _keep(ledger: Ledger, made: list[Judgement]) -> None:
    new = ledger.judge(*made)
    out().print(f"{new} judgement{'' if new == 1 else 's'} kept; `pledger judge --list` shows all of them")


def _list(ledger: Ledger, as_json_: bool) -> None:
    found = ledger.judgements()
    if as_json_:
        click.echo(jsons.dumps([judging.judgement_json(j) for j in found]))
    else:
        out().print(judging.judgements(found))


def _withdraw(ledger: Ledger, begun: str, person: str, reason: str) -> None:
    ids = [j.id for j in ledger.judgements() if j.id.startswith(begun) and j.in_force]
    if len(ids) != 1:
        what = "no judgement in force" if not ids else f"{len(ids)} judgements"
        raise click.UsageError(f"{what} with an id that begins {begun!r}; `pledger judge --list` shows them")
    ledger.withdraw(ids[0], person, reason)
    out().print(f"{ids[0]} withdrawn; it stays on record")


def _from_file(path: Path, person: str) -> list[Judgement]:
    """The judgements of a file; a row without a verdict is passed over."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as wrong:
        raise click.UsageError(f"cannot read {path}: {wrong}; it is to be a CSV file in UTF-8") from wrong
    rows = csv.DictReader(io.StringIO(text))
    missing = {"what", "a", "b", "verdict"} - set(rows.fieldnames or ())
    if missing:
        raise click.UsageError(
            f"{path} lacks the columns {', '.join(sorted(missing))}; `pledger judge --out` writes them"
        )
    made = []
    for n, row in enumerate(rows, start=2):
        verdict = (row["verdict"] or "").strip().casefold()
        if verdict in ("", "skip", "unsure"):
            continue
        said = {"subject": row["a"] or "", "object_": row["b"] or "", "value": (row["what"] or "").strip()}
        try:
            made.append(_made(kind="match", verdict=verdict, person=person, reason=row.get("reason") or "", **said))
        except click.UsageError as wrong:
            raise click.UsageError(f"{path}, line {n}: {wrong.message}") from wrong
    return made


def _csv(doubts: list[Doubt]) -> str:
    told = io.StringIO()
    rows = csv.writer(told, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for d in doubts:
        rows.writerow([d.what, d.a, d.b, *d.names, d.match.score, "; ".join(d.match.reasons), "", ""])
    return told.getvalue()


def _on_claims(ledger: Ledger, options: dict[str, Any], person: str) -> Judgement:
    said = {"value": "", "person": person, "reason": options["reason"]}
    for verdict in ("accept", "reject"):
        if options[verdict]:
            claim = _begun("claim", options[verdict], [c.id for c in ledger.claims()])
            return _made(kind="claim", subject=claim, object_="", verdict=verdict, **said)
    asked = options["settle"] or options["quiet"]
    conflicts = {c.id: c for c in ledger.conflicts()}
    conflict = conflicts[_begun("conflict", asked, list(conflicts))]
    if options["quiet"]:
        if len(conflict.sides) < 2:
            raise click.UsageError(f"{conflict.id} has one side only: reject or accept its claim instead")
        one, other = (side.claims[0] for side in conflict.sides[:2])
        return _made(kind="conflict", subject=one, object_=other, verdict="none", **said)
    side = options["side"]
    if side is None or side > len(conflict.sides):
        raise click.UsageError(f"{conflict.id} has {len(conflict.sides)} sides: name the right one with --side N")
    return _made(kind="claim", subject=conflict.sides[side - 1].claims[0], object_="", verdict="accept", **said)


def _begun(what: str, begun: str, known: list[str]) -> str:
    found = [i for i in known if i == begun] or sorted({i for i in known if i.startswith(begun)})
    if len(found) != 1:
        raise click.UsageError(
            f"{len(found) or 'no'} {what}s with an id that begins {begun!r}; `pledger why` shows ids"
        )
    return found[0]


def _one_by_one(ledger: Ledger, person: str) -> None:
    doubts = ledger.doubts()
    if not doubts:
        out().print("Nothing waits for a judgement.")
        return
    made: list[Judgement] = []
    for n, doubt in enumerate(doubts, start=1):
        out().print(judging.doubt(doubt, n, len(doubts)))
        answer = _asked()
        if answer == "quit":
            break
        if answer == "skip":
            continue
        reason = click.prompt("Why", default="", show_default=False)
        said = {"subject": doubt.a, "object_": doubt.b, "value": doubt.what, "verdict": answer}
        # Kept at once: what was answered is not lost when the rest is broken off.
        made.append(_made(kind="match", person=person, reason=reason, **said))
        ledger.judge(made[-1])
    out().print(f"{_pairs(len(made))} judged, {len(doubts) - len(made)} left")


def _asked() -> str:
    """same, different, skip or quit; the end of the input is quit."""
    try:
        words = "[s]ame, [d]ifferent, s[k]ip or [q]uit"
        return _ANSWERS[click.prompt(words, type=click.Choice(list(_ANSWERS)), show_choices=False, default="k")]
    except click.Abort:
        if sys.stdin.isatty():
            raise
        return "quit"


def _pairs(n: int) -> str:
    return f"{n} pair{'' if n == 1 else 's'}"
