"""The second reader on the command line: whether it can be asked, and what came of asking it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

import click

from pledger.cli.common import err
from pledger.model import Claim, Document, Problem

if TYPE_CHECKING:
    from pledger.reading.second import SecondReader

__all__ = ["Second", "reader_option"]


def reader_option(function: Callable[..., Any]) -> Callable[..., Any]:
    """The option --reader."""
    return click.option(
        "--reader",
        type=click.Choice(["llm"]),
        default=None,
        help="Ask a language model too about new documents; only what their words bear out counts. "
        "Needs pledger[llm], PLEDGER_LLM_BASE_URL and PLEDGER_LLM_MODEL.",
    )(function)


class Second:
    """Asks the second reader about each new document, and counts; it is what `Ledger.read(further=)` takes."""

    def __init__(self, reader: SecondReader) -> None:
        self._reader = reader
        self._asked = self._new = self._known = self._unheard = 0
        self._dropped: Counter[str] = Counter()

    @classmethod
    def named(cls, name: str | None) -> Second | None:
        """The reader that the option names; a usage error with the mend where it cannot be asked."""
        if name is None:
            return None
        try:
            from pledger.reading import second
        except ImportError as missing:
            raise click.UsageError("--reader llm needs its extra: pip install 'pledger[llm]'") from missing
        found = second.from_environment()
        if isinstance(found, Problem):
            raise click.UsageError(f"{found.where}: {found.why}. {found.mend}")
        return cls(found)

    def __call__(self, document: Document, claims: Sequence[Claim]) -> tuple[Sequence[Claim], Sequence[Problem]]:
        """What the second reader adds to the claims of a document."""
        from pledger.reading import second

        heard = second.read(document, self._reader, claims)
        self._asked += heard.asked
        self._new += len(heard.claims)
        self._known += heard.known
        self._unheard += not heard.heard
        for refusal in heard.refused:
            self._dropped[str(refusal.reason)] += refusal.count
        return heard.claims, heard.problems

    def tell(self) -> None:
        """One line on what came of it."""
        dropped = ", ".join(f"{count} {reason}" for reason, count in self._dropped.most_common())
        line = f"second reader {self._reader.name}: {self._asked} excerpts, {self._new} new claims, "
        line += f"{self._known} known already, dropped: {dropped or 'none'}"
        if self._unheard:
            line += f"; {self._unheard} documents without its answer"
        err().print(line, markup=False)
