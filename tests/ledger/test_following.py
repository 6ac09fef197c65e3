"""Following a ledger: what was, from what is and from images of what changed, however the tables were brought there."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

import pledger
from pledger.ledger import Ledger, Look
from pledger.ledger.changes import changes
from pledger.ledger.schema import before_images, ledger_state
from pledger.model import Conflict, Figure

TEXTS = (
    "South Korea has pledged $350 billion for the United States, the ministry said on 3 March 2026.",
    "South Korea has pledged $35 billion for the United States, Bloomberg reported on 10 March 2026.",
    "Japan has pledged $550 billion for the United States, Kyodo reported on 11 March 2026.",
    "SoftBank will build a $33 billion gas-fired power plant in Ohio under Japan's $550 billion programme, NHK said.",
    "The $33.3 billion gas-fired power plant in Ohio, sponsored by SoftBank, was selected on 17 February 2026.",
    "South Korea pledged $350 billion to the United States, Reuters reported on 12 March 2026.",
)


def read(ledger: Ledger, tmp_path: Path, number: int) -> None:
    path = tmp_path / f"{number}.md"
    path.write_text(f"---\npublisher: Paper {number}\nreported_on: 2026-03-1{number}\n---\n{TEXTS[number]}\n", "utf-8")
    ledger.read([str(path)], workers=1)


def held(ledger: Ledger) -> tuple[list[Figure], list[Conflict]]:
    return list(ledger.figures()), list(ledger.conflicts())


def told(before: Any, after: Any) -> list[tuple[Any, ...]]:
    its = changes(before, after)
    return sorted((c.kind, c.entity.id, c.entity.name, c.attribute or "", c.words, c.claims) for c in its)


def count(ledger: Ledger) -> int:
    with ledger._store.reading() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(before_images)) or 0)


def test_a_look_tells_what_a_comparison_of_everything_tells(url: str, tmp_path: Path) -> None:
    with pledger.open(url) as ledger:
        read(ledger, tmp_path, 0)
        assert count(ledger) == 0  # nobody follows
        states = {}
        for follower in ("often", "seldom"):
            with ledger.follow(follower) as look:
                assert look.first
            states[follower] = held(ledger)
        for number in range(1, len(TEXTS)):
            read(ledger, tmp_path, number)
            if number == 3:  # derived anew, as by a newer version
                with ledger._store.writing() as connection:
                    connection.execute(ledger_state.delete().where(ledger_state.c.name == "derived_by"))
            now = held(ledger)
            for follower in ("often", "seldom") if number in (2, 5) else ("often",):
                with ledger.follow(follower) as look:
                    assert told(look.before, look.after) == told(states[follower], now)
                states[follower] = now
            # Of each item one image for each follower at most, however long one stays away.
            with ledger._store.reading() as connection:
                per_item = sa.select(sa.func.count()).select_from(before_images).group_by(before_images.c.id)
                assert max((r[0] for r in connection.execute(per_item)), default=0) <= 2
        assert count(ledger) == 0  # both have seen everything
        with ledger.follow("often") as look:
            assert (look.before, look.after) == (([], []), ([], []))


def test_a_look_that_fails_has_seen_nothing(url: str, tmp_path: Path) -> None:
    with pledger.open(url) as ledger:
        with ledger.follow("f"):
            pass
        read(ledger, tmp_path, 0)
        seen = []

        def failing(look: Look) -> None:
            seen.append((look.before, look.after))
            raise RuntimeError

        with pytest.raises(RuntimeError), ledger.follow("f") as look:
            failing(look)
        with ledger.follow("f") as look:
            assert (look.before, look.after) == seen[0]
            assert look.after[0]


def test_whoever_is_let_go_leaves_nothing(url: str, tmp_path: Path) -> None:
    with pledger.open(url) as ledger:
        with ledger.follow("f"):
            pass
        read(ledger, tmp_path, 0)
        ledger.counts()
        assert count(ledger) > 0
        assert ledger.unfollow("f")
        assert not ledger.unfollow("f")
        assert count(ledger) == 0
        with ledger.follow("f") as look:
            assert look.first
        with pytest.raises(ValueError, match="as of a day"), ledger.at(as_of=dt.date(2026, 1, 1)).follow("f"):
            pass
