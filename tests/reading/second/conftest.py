"""The endpoint of these tests: a process of its own, ended with them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from reading.second.endpoint import Endpoint

_SERVER = Path(__file__).with_name("server.py")


@pytest.fixture(scope="session")
def endpoint(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    folder = tmp_path_factory.mktemp("endpoint")
    command = [sys.executable, str(_SERVER), str(folder)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            yield Endpoint(int(server.stdout.readline()), folder)
        finally:
            server.terminate()
