"""Which files are read: named ones always, in folders only articles, and each once."""

from __future__ import annotations

import errno
import os
from pathlib import Path

import pytest

from pledger import documents


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("b.txt", "a.md", "sub/c.html", "sub/deeper/d.PDF", "feed.xml"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    for name in (
        "README.md",
        "gold.yaml",
        "table.csv",
        "picture.png",
        ".hidden.txt",
        "settings.toml",
        ".git/x.txt",
        "LICENSE.txt",
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("words")
    return tmp_path


def test_folders_give_their_articles_in_order_and_pass_over_the_rest(folder: Path) -> None:
    files, problems = documents.find([str(folder)])
    assert [str(Path(f).relative_to(folder)) for f in files] == [
        "a.md",
        "b.txt",
        "feed.xml",
        "sub/c.html",
        "sub/deeper/d.PDF",
    ]
    assert problems == []


def test_a_named_file_is_taken_whatever_it_is_called(folder: Path) -> None:
    named = [str(folder / "gold.yaml"), str(folder / ".hidden.txt"), str(folder / "README.md")]
    assert documents.find(named) == (named, [])


def test_patterns(folder: Path) -> None:
    assert documents.find([str(folder / "*.txt")])[0] == [str(folder / "b.txt")]
    files, problems = documents.find([str(folder / "**" / "*.[hP]*")])
    assert [Path(f).name for f in files] == ["c.html", "d.PDF"]
    assert problems == []


def test_each_file_once_in_the_order_given(folder: Path) -> None:
    link = folder / "z.txt"
    link.symlink_to(folder / "b.txt")
    files, _ = documents.find(["-", str(folder / "sub"), str(folder / "b.txt"), str(folder), "-"])
    assert [Path(f).name for f in files] == ["-", "c.html", "d.PDF", "b.txt", "a.md", "feed.xml"]


@pytest.mark.parametrize("path", ["nowhere.txt", "no/such/folder", "*.nothing", "", "a\x00b", "https://news.example/a"])
def test_what_is_not_there_is_a_problem_with_a_mend(path: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    files, problems = documents.find([path])
    assert files == []
    assert len(problems) == 1
    assert problems[0].where == path
    assert problems[0].mend.endswith(".")


def test_a_folder_without_articles_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "notes.yaml").write_text("a: 1")
    files, problems = documents.find([str(tmp_path)])
    assert files == []
    assert [p.what for p in problems] == ["Folder without articles"]


def test_a_file_whose_name_looks_like_a_pattern_is_a_file(tmp_path: Path) -> None:
    path = tmp_path / "report [final].txt"
    path.write_text("words")
    assert documents.find([str(path)]) == ([str(path)], [])


def test_pipes_in_a_folder_are_passed_over_and_links_in_a_circle_end(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (tmp_path / "a.txt").write_text("words")
    (tmp_path / "loop").symlink_to(tmp_path)
    assert documents.find([str(tmp_path)]) == ([str(tmp_path / "a.txt")], [])


def test_a_closed_folder_is_a_problem(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: str) -> None:
        raise PermissionError(errno.EACCES, "Permission denied", path)

    monkeypatch.setattr(os, "scandir", refuse)  # root, as in containers, may list every folder
    files, [problem] = documents.find([str(tmp_path)])
    assert files == []
    assert (problem.what, problem.where) == ("Folder not readable", str(tmp_path))
