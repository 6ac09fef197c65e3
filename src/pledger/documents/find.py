"""Which files to read: files, folders with all below them, patterns, and `-` for what is piped in."""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from pathlib import Path

from pledger.model import Problem

__all__ = ["ARTICLES", "find"]

ARTICLES = frozenset({
    ".txt", ".text", ".md", ".markdown", ".html", ".htm", ".xhtml", ".pdf", ".xml", ".rss", ".atom", ".eml", ".warc",
    ".warc.gz",
})  # fmt: skip
"""Suffixes that are read in folders; other files there are not meant as articles. A file that is named is always
tried."""
NOT_ARTICLES = frozenset(
    {
        "readme",
        "license",
        "licence",
        "copying",
        "changelog",
        "contributing",
        "authors",
        "robots",
        "sitemap",
        "requirements",
    }
)
"""Names of files about a folder, which are not its articles, without suffix and in lower case."""
_SUFFIXES = tuple(sorted(ARTICLES))
MOST_FILES = 1_000_000
"""Files found at once, so that a mistaken `/` ends."""


def find(paths: Sequence[str]) -> tuple[list[str], list[Problem]]:
    """The files that `paths` stand for, each once, in the order given (folders and patterns in sorted order), and
    what is missing.

    Folders are searched with all folders below, without hidden ones; only articles by suffix are taken there. Files
    that are named are always returned: whether one can be read is `load`'s to say. `-` is standard input.
    """
    files: dict[str, str] = {}
    problems: list[Problem] = []
    for path in paths:
        found, wrong = _expand(path)
        for file in found:
            files.setdefault(file if file == "-" else _same(file), file)
        problems += wrong
    return list(files.values()), problems


def _same(path: str) -> str:
    """One key for all ways of writing a path."""
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _expand(path: str) -> tuple[list[str], list[Problem]]:
    where = printable(path)
    if path == "-":
        return ["-"], []
    if not path or "\x00" in path:
        return [], [
            Problem(
                "No such file",
                where,
                "the path is empty or holds a NUL character",
                "Give the path of a file or a folder.",
            )
        ]
    if path.lower().startswith(("http://", "https://", "ftp://")):
        mend = "Open the page in a browser, save it as HTML, and give the path of the saved file."
        return [], [Problem("Not a file", where, "web addresses are not fetched", mend)]
    try:
        if Path(path).is_dir():
            return _folder(path)
        if os.path.lexists(path):
            return [path], []
    except (OSError, ValueError) as error:
        return [], [Problem("No such file", where, str(error)[:200], "Check how the path is written.")]
    if glob.has_magic(path):
        return _pattern(path)
    mend = "Check the path, and that you are in the folder that it starts from."
    return [], [Problem("No such file", where, "there is no file or folder of this name", mend)]


def _folder(path: str) -> tuple[list[str], list[Problem]]:
    files: list[str] = []
    problems: list[Problem] = []

    def refused(error: OSError) -> None:
        where = printable(str(error.filename or path))
        mend = "Ask its owner for the right to read it, or run with an account that has it."
        problems.append(Problem("Folder not readable", where, error.strerror or type(error).__name__, mend))

    for folder, below, names in os.walk(path, onerror=refused):
        below[:] = sorted(name for name in below if not name.startswith("."))
        files += [str(Path(folder, name)) for name in sorted(names) if _is_article(Path(folder, name))]
        if len(files) > MOST_FILES:
            problems.append(
                Problem(
                    "Too many files", printable(path), f"there are more than {MOST_FILES:,}", "Give a smaller folder."
                )
            )
            break
    if not files and not problems:
        kinds = ", ".join(sorted(ARTICLES))
        problems.append(
            Problem(
                "Folder without articles",
                printable(path),
                f"it has no file ending in {kinds}",
                "Give another folder, or name the files.",
            )
        )
    return files, problems


def _is_article(path: Path) -> bool:
    if path.name.startswith(".") or not path.name.lower().endswith(_SUFFIXES) or path.stem.lower() in NOT_ARTICLES:
        return False
    try:
        return path.is_file() or path.is_symlink()  # no pipes and devices; a broken link is worth a word
    except OSError:
        return True


def _pattern(path: str) -> tuple[list[str], list[Problem]]:
    files: list[str] = []
    problems: list[Problem] = []
    for match in _matches(path):
        if Path(match).is_dir():
            found, wrong = _folder(match)
            files += found
            problems += [p for p in wrong if p.what != "Folder without articles"]
        elif _is_article(Path(match)):
            files.append(match)
    if not files and not problems:
        mend = "Check the pattern; `*` stands for any name, `**` for any folders."
        problems.append(Problem("Nothing found", printable(path), "no article fits this pattern", mend))
    return files, problems


def _matches(path: str) -> Iterator[str]:
    try:
        yield from sorted(glob.iglob(path, recursive=True))  # noqa: PTH207  Path.glob takes no absolute pattern
    except (OSError, ValueError, RecursionError):
        return


def printable(path: str) -> str:
    """A path that can be printed and stored: bytes of a name that are no UTF-8 are shown as U+FFFD."""
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
