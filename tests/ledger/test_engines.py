"""The same ledger in a file and in PostgreSQL: what is kept, and what a second writer and a reader see meanwhile."""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
import sqlalchemy as sa

import pledger
from pledger.ledger import LedgerError
from pledger.ledger.engines import address
from pledger.ledger.meanings import about_rows
from pledger.ledger.schema import SCHEMA_VERSION, ledger_state, tables
from pledger.ledger.sqlviews import SQL_VIEWS
from pledger.ledger.store import Store

ARTICLE = "Reuters reports that Japan's $550 billion investment package for the United States is taking shape.\n"


def articles(folder: Path, count: int) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    for n in range(count):
        words = ARTICLE.replace("$550", f"${550 + n % 3 * 50}")
        (folder / f"{n:03}.txt").write_text(f"Item {n}. {words}The mill costs ${n + 10} million.\n", encoding="utf-8")
    return folder


def test_both_engines_hold_the_same(tmp_path: Path, postgres_server: str) -> None:
    from databases import fresh_database

    folder = articles(tmp_path / "in", 20)
    words = []
    for url in (str(tmp_path / "l.db"), fresh_database(postgres_server)):
        with pledger.open(url) as ledger:
            assert ledger.read([str(folder)]).documents == 20
            assert ledger.audit() == []
            words.append((ledger.digest(), list(ledger.figures()), list(ledger.conflicts()), list(ledger.claims())))
    assert words[0] == words[1]


def test_reading_twice_and_in_another_order_gives_one_digest(tmp_path: Path, new_url: Callable[[], str]) -> None:
    folder = articles(tmp_path / "in", 12)
    paths = sorted(map(str, folder.iterdir()))
    one, other = new_url(), new_url()
    with pledger.open(one) as a, pledger.open(other) as b:
        a.read(paths)
        for path in reversed(paths):
            b.read([path])
        assert a.digest() == b.digest()
        assert a.read(paths).known == 12
        assert a.digest() == b.digest()
        (folder / "new.txt").write_text(ARTICLE.replace("$550 billion", "$5 billion"), encoding="utf-8")
        a.read([str(folder)])
        assert a.digest() != b.digest()


def test_two_writers_at_once(tmp_path: Path, url: str) -> None:
    folder = articles(tmp_path / "in", 24)
    paths = sorted(map(str, folder.iterdir()))
    wrong: list[BaseException] = []

    def write(its: list[str]) -> None:
        try:
            with pledger.open(url) as ledger:
                for path in its:
                    ledger.read([path], workers=1)
        except BaseException as error:
            wrong.append(error)

    # Both read all, from both ends: half of what each comes to the other has kept already.
    threads = [threading.Thread(target=write, args=(its,)) for its in (paths, paths[::-1])]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    with pledger.open(url) as ledger, pledger.open(str(tmp_path / "straight.db")) as straight:
        straight.read(paths)
        assert ledger.digest() == straight.digest()
        assert ledger.audit() == []


def test_a_reader_sees_one_state_while_a_writer_writes(tmp_path: Path, url: str) -> None:
    folder = articles(tmp_path / "in", 30)
    paths = sorted(map(str, folder.iterdir()))
    with pledger.open(url) as ledger:
        ledger.read(paths[:2])
    done = threading.Event()

    def write() -> None:
        with pledger.open(url) as ledger:
            for path in paths[2:]:
                ledger.read([path], workers=1)
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    asked = 0
    with pledger.open(url) as reader:
        while not done.is_set() or not asked:
            assert all(side.origins for figure in reader.figures() for side in figure.sides)
            reader.conflicts()
            asked += 1
    writer.join()
    assert done.is_set()


def test_a_store_in_a_snapshot_does_not_see_what_comes_after(tmp_path: Path, url: str) -> None:
    folder = articles(tmp_path / "in", 2)
    first, second = sorted(map(str, folder.iterdir()))
    with pledger.open(url) as ledger:
        ledger.read([first])
    store = Store(url)
    with store.snapshot():
        before = store.documents()
        with pledger.open(url) as ledger:
            ledger.read([second])
        assert store.documents() == before
    assert len(store.documents()) == 2
    store.close()


def test_a_newer_schema_is_left_alone(url: str) -> None:
    pledger.open(url).close()
    store = Store(url)
    with store.writing() as connection:
        newer = ledger_state.update().where(ledger_state.c.name == "schema_version")
        connection.execute(newer.values(value=str(SCHEMA_VERSION + 1)))
    store.close()
    with pytest.raises(LedgerError, match="newer Pledger"):
        pledger.open(url)


def test_a_database_of_something_else_is_left_alone(url: str) -> None:
    with sa.create_engine(address(url)).begin() as connection:
        connection.exec_driver_sql("CREATE TABLE cats (name TEXT)")
    with pytest.raises(LedgerError, match="something else"):
        pledger.open(url)


def test_an_empty_database_that_is_only_asked(postgres_server: str) -> None:
    from databases import fresh_database

    with pytest.raises(LedgerError, match="read some articles"):
        pledger.open(fresh_database(postgres_server), create=False)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("postgresql://nobody@127.0.0.1:1/none", "cannot open the ledger"),
        ("gopher://x/y", "is no address of a ledger"),
        ("postgresql://user:secret@127.0.0.1:1/none", "cannot open the ledger"),
    ],
)
def test_addresses_that_lead_nowhere_say_so(url: str, words: str) -> None:
    with pytest.raises(LedgerError, match=words) as caught:
        pledger.open(url)
    assert "secret" not in str(caught.value)


def test_who_may_only_read_is_told(tmp_path: Path, postgres_server: str) -> None:
    import psycopg

    from databases import fresh_database

    url = fresh_database(postgres_server)
    folder = articles(tmp_path / "in", 2)
    with pledger.open(url) as ledger:
        ledger.read([str(folder / "000.txt")])
        before = ledger.digest()
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE ROLE looker LOGIN")
        connection.execute("GRANT SELECT ON ALL TABLES IN SCHEMA public TO looker")
    with pledger.open(url.replace("postgres:@", "looker:@")) as ledger:
        assert ledger.figures()
        with pytest.raises(LedgerError, match="may only read"):
            ledger.read([str(folder)])
        assert ledger.digest() == before


def test_every_table_view_and_column_explains_itself(url: str) -> None:
    pledger.open(url).close()
    store = Store(url)
    told = {(r["table_name"], r["column_name"]) for r in about_rows()}
    with store.engine.connect() as connection:
        seen = sa.inspect(connection)
        names = [*seen.get_table_names(), *seen.get_view_names()]
        there = {(name, c["name"]) for name in names for c in seen.get_columns(name)} | {(name, "") for name in names}
        shown = connection.execute(sa.select(tables.tables["about"])).all()
    assert told == there
    assert {(r.table_name, r.column_name) for r in shown} == told
    assert set(SQL_VIEWS) <= set(names)
    store.close()
