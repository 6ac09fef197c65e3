"""What a terminal shows: it fits, it holds what was asked for, and nothing in an article can steer it."""

from __future__ import annotations

import datetime as dt
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console, RenderableType

from pledger.ledger import Ledger
from pledger.views import summary, tables
from pledger.views.plain import clean, excerpt

from .sample import ledger, sample


def shown(body: RenderableType, width: int = 80, colour: bool = False) -> str:
    out = io.StringIO()
    Console(file=out, width=width, force_terminal=colour, color_system="truecolor" if colour else None).print(body)
    return out.getvalue()


def everything(held: Ledger) -> list[RenderableType]:
    kinds = ("programmes", "projects", "figures", "organisations", "documents")
    why = held.why(held.figures()[0].id)
    assert why is not None
    return [
        *(tables.shown(held, kind) for kind in kinds),
        tables.conflicts(held),
        tables.why(why),
        tables.audit(held, []),
    ]


@pytest.mark.parametrize("width", [80, 120])
def test_every_table_fits_its_terminal(width: int, corpus_ledger: Ledger) -> None:
    for held in (ledger(), corpus_ledger):
        for body in everything(held):
            assert all(cell_len(line) <= width for line in shown(body, width).splitlines())


def test_a_pipe_gets_no_colours() -> None:
    for body in everything(ledger()):
        assert "\x1b" not in shown(body)


def test_no_color_is_respected(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    out = io.StringIO()
    Console(file=out, force_terminal=True).print(tables.conflicts(ledger()))
    assert "\x1b[33" not in out.getvalue()


def test_why_shows_the_sentence_the_chain_and_the_weight() -> None:
    held = ledger()
    answer = held.why(held.figures()[0].id)
    assert answer is not None
    text = shown(tables.why(answer), 120)
    assert "“The agency reported a ceiling of [$550bn] for loans, guarantees and equity.”" in text
    assert "Market Owl <- Wire Nine" in text
    assert "grade B2  weight 0.80" in text
    assert "says it is AI-generated" in text
    assert "\x1b[1;7m$550bn" in shown(tables.why(answer), 120, colour=True)


def test_a_project_says_stage_amount_place_sponsor_and_support() -> None:
    text = shown(tables.shown(ledger(), "projects", "gas-fired"))
    for words in (
        "Gas-fired power plant",
        "committed",
        "###..",
        "$33bn",
        "Ohio; Lakeside Energy",
        "contested",
        "3 origins",
    ):
        assert words in text
    assert "Crude oil" not in text


def test_a_name_that_nothing_has_is_said_to_be_unknown() -> None:
    for what in ("projects", "programmes", "figures", "organisations"):
        assert f"no {what} named “Atlantis”" in shown(tables.shown(ledger(), what, "Atlantis"))


def test_pledges_come_before_what_nobody_pledged(corpus_ledger: Ledger) -> None:
    text = shown(tables.figures(corpus_ledger.figures()), 160)
    assert text.index("investment programme") < text.index("Japan's budget")


def test_problems_come_with_their_mends() -> None:
    text = shown(tables.problems(sample().problems()))
    assert "truncated.pdf" in text
    assert "Mend: Fetch it again." in text


def test_the_summary_tells_programmes_projects_contests_and_conflicts() -> None:
    out = io.StringIO()
    summary.print_summary(ledger(), Console(file=out, width=100))
    text = " ".join(out.getvalue().split())
    for words in (
        "10 documents (1 of them a copy)", "PROGRAMMES", "named in 6 projects; committed: $33bn",
        "PROJECTS", "CONTESTED FIGURES", "$33.3bn", "WHERE THE REPORTS DISAGREE", "a factor of ten was lost",
    ):  # fmt: skip
        assert words in text
    assert "newer report" not in text  # an update is no error


def test_the_summary_of_the_corpus_shows_each_programme(corpus_ledger: Ledger) -> None:
    out = io.StringIO()
    summary.print_summary(corpus_ledger, Console(file=out, width=80))
    summary.print_summary(corpus_ledger, Console(file=out, width=80), dt.date(2025, 9, 30))
    assert "PROGRAMMES" in out.getvalue()
    assert "As reported by 30 September 2025." in out.getvalue()


def test_an_empty_ledger_says_so(tmp_path: Path) -> None:
    from pledger import ledger as real

    out = io.StringIO()
    held = real.open(str(tmp_path / "empty.db"))
    summary.print_summary(held, Console(file=out))
    for kind in ("programmes", "projects", "figures", "organisations", "documents"):
        assert "holds no" in shown(tables.shown(held, kind))
    assert "empty" in out.getvalue()


def test_next_steps_are_commands_on_this_ledger() -> None:
    text = shown(summary.next_steps(ledger(), Path("demo/pledger.db"), Path("demo/report.html"), "bin/pledger"))
    assert text.count("  bin/pledger --ledger demo/pledger.db") == 4
    assert "bin/pledger --ledger demo/pledger.db serve" in text


@given(st.text())
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    cleaned = clean(text)
    assert not any(ord(c) < 32 or 0x7F <= ord(c) < 0xA0 or 0x202A <= ord(c) <= 0x202E for c in cleaned)


def test_an_article_cannot_print_markup_or_escape_codes() -> None:
    made = sample()
    document = made.document(
        "\x1b[2Jgone [bold]loud[/bold]", title="[red]\x1b]0;title\x07", publisher="\u202eevil", path="x"
    )
    text = shown(tables.documents([document]), 120, colour=True)
    assert "[red]" in text
    assert "\x1b[2J" not in text
    assert "\x1b]" not in text
    assert "\u202e" not in text


@given(st.text(max_size=3000), st.integers(0, 3000), st.integers(0, 3000))
def test_an_excerpt_holds_the_words_and_stays_short(sentence: str, one: int, other: int) -> None:
    start, end = sorted((one, other))
    before, words, after = excerpt(sentence, start, end)
    assert words == clean(sentence[start:end][:420]) or words.endswith("…")
    assert len(before) + len(words) + len(after) < 1500


def test_a_sentence_of_a_megabyte_is_cut_around_the_words() -> None:
    sentence = f"{'x' * 500_000} $550bn {'y' * 500_000}"
    before, words, after = excerpt(sentence, 500_001, 500_007)
    assert (words, before[0], after[-1]) == ("$550bn", "…", "…")
