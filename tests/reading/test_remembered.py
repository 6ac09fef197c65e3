"""What is kept of patterns from run to run changes nothing but how long the first text takes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from pledger.reading.remembered import Remembered, folder

FOUND = ([[frozenset({"billion", "million"})], []], True, False)


@pytest.fixture
def cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("PLEDGER_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache"


def never() -> tuple[list[list[frozenset[str]]], bool, bool]:
    raise AssertionError("worked out again")


def test_what_was_worked_out_is_not_worked_out_again(cache: Path) -> None:
    first = Remembered("en")
    assert first.of("[bm]illion", "10", lambda: FOUND) == FOUND
    first.keep()
    assert Remembered("en").of("[bm]illion", "10", never) == FOUND
    # Another question, another pattern, another language: nothing is known of them.
    for language, pattern, kind in (("en", "[bm]illion", "01"), ("en", "million", "10"), ("de", "[bm]illion", "10")):
        with pytest.raises(AssertionError, match="again"):
            Remembered(language).of(pattern, kind, never)


@pytest.mark.parametrize("torn", ["", "{", "[]", '{"a": 1}', "null"])
def test_a_torn_file_is_done_without(cache: Path, torn: str) -> None:
    first = Remembered("en")
    first.of("x", "10", lambda: FOUND)
    first.keep()
    [file] = cache.iterdir()
    file.write_text(torn, encoding="utf-8")
    again = Remembered("en")
    assert again.of("x", "10", lambda: FOUND) == FOUND
    again.keep()
    assert json.loads(file.read_text(encoding="utf-8"))
    assert Remembered("en").of("x", "10", never) == FOUND


def test_a_wrong_entry_is_worked_out_again(cache: Path) -> None:
    first = Remembered("en")
    first.of("x", "10", lambda: FOUND)
    first.keep()
    [file] = cache.iterdir()
    file.write_text(json.dumps(dict.fromkeys(json.loads(file.read_text(encoding="utf-8")), 7)), encoding="utf-8")
    assert Remembered("en").of("x", "10", lambda: FOUND) == FOUND


def test_where_nothing_can_be_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("in the way", encoding="utf-8")
    for place in ("", str(tmp_path / "file" / "below")):
        monkeypatch.setenv("PLEDGER_CACHE", place)
        known = Remembered("en")
        assert known.of("x", "10", lambda: FOUND) == FOUND
        known.keep()
    monkeypatch.setenv("PLEDGER_CACHE", "")
    assert folder() is None
