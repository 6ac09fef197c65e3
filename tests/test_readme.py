"""The README's commands, run as a newcomer would, in the order in which they stand."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)


def test_the_commands_and_the_python_that_the_readme_shows(tmp_path: Path) -> None:
    (tmp_path / "src").symlink_to(ROOT / "src")
    commands = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("pledger ")]
    assert len(commands) >= 8
    place = str(Path(sys.executable).parent)
    for command in commands:
        done = subprocess.run(
            ["bash", "-c", command],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=600,
            check=False,
            env={**os.environ, "PATH": f"{place}:{os.environ['PATH']}", "PLEDGER_LEDGER": "first.db"},
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"
        assert done.stdout.strip(), command
    # in the ledger that the commands have made
    [code] = blocks("python")
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True, timeout=600, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "investment programme" in done.stdout


def test_make_targets_and_files_that_the_readme_names() -> None:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    for target in re.findall(r"`make (\w+)`", README) + re.findall(r"^make (\w+)$", README, re.MULTILINE):
        assert re.search(rf"^{target}:", makefile, re.MULTILINE), target
    for name in re.findall(r"\]\(([\w./]+)\)", README):
        assert (ROOT / name).exists(), name


def test_the_number_of_digests_is_the_number_there_is() -> None:
    from pledger.data import examples
    from pledger.documents import find, load

    paths, _ = find([str(examples())])
    documents = [d for path in paths for d in load(path)[0]]
    assert f"{len(documents)} digests" in README


def test_no_verb_is_missing_from_the_changelog_and_the_readme() -> None:
    import click

    from pledger.cli.verbs import cli

    changelog = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
    for verb in cli.list_commands(click.Context(cli)):
        assert f"`{verb}`" in changelog, verb
        assert f"{verb}" in README, verb
