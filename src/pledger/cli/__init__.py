"""The command line: one verb, one function, a few lines each.

Exit codes: 0 done; 1 done, with problems in the input (each listed); 2 wrong usage, one line on stderr with the mend;
130 stopped by Ctrl-C.
"""

from __future__ import annotations

from collections.abc import Sequence

from pledger.cli.stopping import Stopping

__all__ = ["main"]


def main(arguments: Sequence[str] | None = None) -> None:
    """Run the command line; wrong usage leaves with one line on stderr and exit code 2."""
    with Stopping(ends=arguments is None) as stopping:
        from pledger.cli.verbs import run  # takes a second, in which Ctrl-C must be heard too

        run(arguments, stopping)
