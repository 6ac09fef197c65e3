"""The options that say where alerts go; apart from `alerts`, so that `read` loads no more than these."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

__all__ = ["alerting"]


def alerting(prefix: str = "") -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The options that say where alerts go: --feed, --jsonl, --run, each with a prefix (`alert-`) or none."""

    def decorated(function: Callable[..., Any]) -> Callable[..., Any]:
        file = click.Path(dir_okay=False, path_type=Path)
        for option in (
            click.option(
                f"--{prefix}run", "program", metavar="CMD", default=None,
                help="Start this program once for each alert: JSON on its standard input, no shell.",
            ),
            click.option(
                f"--{prefix}jsonl", "lines", type=file, metavar="FILE", default=None,
                help="Add each alert to this file as one line of JSON, once.",
            ),
            click.option(
                f"--{prefix}feed", "feed", type=file, metavar="FILE", default=None,
                help="Keep the alerts as an Atom feed in this file.",
            ),
        ):  # fmt: skip
            function = option(function)
        return function

    return decorated
