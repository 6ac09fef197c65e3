"""docs/diamond.md: its commands are run in order, and what it quotes and states must be what they print."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

ROOT = Path(__file__).resolve().parents[2]
DOC = (ROOT / "docs" / "diamond.md").read_text(encoding="utf-8")
_BLOCK = re.compile(r"^```(sh|text)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_SIGNS = str.maketrans(dict.fromkeys("│─", " "))


def plain(words: str) -> str:
    """Words without the breaks and lines of tables."""
    return " ".join(words.translate(_SIGNS).split())


@pytest.fixture(scope="module")
def outputs(
    corpus_file: Path, corpus_ledger: object, tmp_path_factory: pytest.TempPathFactory
) -> list[tuple[str, str]]:
    """Every block of the document with what had been printed by the command before it."""
    from pledger.cli.verbs import cli

    assert corpus_ledger is not None
    folder = tmp_path_factory.mktemp("diamond")
    (folder / "src").symlink_to(ROOT / "src")
    # What is read already is known again at once: the reading itself is tested elsewhere.
    shutil.copy(corpus_file, folder / "pledger.db")
    found: list[tuple[str, str]] = []
    said = ""
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(folder)
        patch.delenv("PLEDGER_LEDGER", raising=False)
        for kind, block in _BLOCK.findall(DOC):
            if kind == "sh":
                for command in block.splitlines():
                    done = CliRunner().invoke(cli, shlex.split(command)[1:], env={"COLUMNS": "160"})
                    assert done.exit_code == 0, f"{command}: {done.output} {done.exception}"
                    said = plain(done.output)
                    found.append(("sh", f"{command} {said}"))
            else:
                found.append((block, said))
        made = {path.name for path in (folder / "docs" / "diamond").iterdir()}
    named = set(re.findall(r"\]\(diamond/([\w.-]+)\)", DOC))
    assert named <= made, "the pictures that it shows are made by its commands"
    assert all((ROOT / "docs" / "diamond" / name).exists() for name in named)
    return found


def test_what_is_quoted_is_printed(outputs: list[tuple[str, str]]) -> None:
    quoted = [(line, said) for block, said in outputs if block != "sh" for line in block.splitlines()]
    assert len(quoted) >= 15
    for line, said in quoted:
        assert plain(line) in said, line


def test_every_share_that_the_text_states_is_printed_by_a_command(outputs: list[tuple[str, str]]) -> None:
    everything = " ".join(said for block, said in outputs if block == "sh")
    prose = _BLOCK.sub("", DOC).partition("## What is assumed")[0]
    stated = set(re.findall(r"\d+(?:\.\d+)?(?= (?:to \d+(?:\.\d+)? )?%)", prose))
    assert len(stated) >= 15
    for number in sorted(stated):
        assert re.search(rf"(?<![\d.]){re.escape(number)}(?![\d.]*\d)", everything), number
