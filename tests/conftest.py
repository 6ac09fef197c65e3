"""What several test files need: the yardstick on the path, the shared folder, and ledgers that have read a corpus."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, settings

# One run is like the next, on every machine, however busy it is. What is tried at random is tried when it is asked for:
# by `--long`, or by `--hypothesis-profile=random`.
_BUSY = [HealthCheck.too_slow]
settings.register_profile("same", derandomize=True, deadline=None, suppress_health_check=_BUSY)
settings.register_profile("random", derandomize=False, deadline=None, suppress_health_check=_BUSY)
settings.load_profile("same")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--long`: what `make test` tries a few times is tried as often as CONTRIBUTING.md says."""
    parser.addoption("--long", action="store_true", default=False, help="the long form of the tests that have one")


def pytest_configure(config: pytest.Config) -> None:
    """The long form draws its examples at random."""
    if config.getoption("--long") and config.getoption("--hypothesis-profile") is None:
        settings.load_profile("random")


if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    # A run in the background of a shell does not hear Ctrl-C, and neither would the processes that tests press it for.
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT / "benchmarks"), str(ROOT / "tests")]

from databases import new_url, postgres_server, url  # noqa: E402  the path is set above

if TYPE_CHECKING:
    from pledger.ledger import Ledger

__all__ = ["new_url", "postgres_server", "url"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the project: articles and gold that are not ours to bundle."""
    folder = ROOT.parent / "shared"
    missing = [name for name in ("seeds", "gold/seeds.yaml") if not (folder / name).exists()]
    if missing:
        pytest.skip(f"needs the folder 'shared' beside the project with: {', '.join(missing)}")
    return folder


@pytest.fixture(scope="session")
def seeds_ledger(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Ledger:
    """A ledger that has read the seed articles."""
    from scoring.reader import read_folder

    return read_folder(shared / "seeds", str(tmp_path_factory.mktemp("seeds") / "ledger.db"))


@pytest.fixture(scope="session")
def corpus_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The file of the ledger that has read the bundled corpus; not to be changed."""
    return tmp_path_factory.mktemp("corpus") / "ledger.db"


@pytest.fixture(scope="session")
def corpus_ledger(corpus_file: Path) -> Ledger:
    """A ledger that has read the bundled corpus."""
    from pledger import data
    from scoring.reader import read_folder

    return read_folder(data.examples(), str(corpus_file))
