"""How a figure is cited: as text and as BibTeX, with its address and the moment that it was asked for."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from pledger.ledger import Moment
from pledger.model import Figure
from pledger.views.plain import clean
from pledger.views.wording import say, say_name, say_standing

__all__ = ["Citation", "citation"]

_SPECIAL = re.compile(r"([\\{}$&%#_^~])")


@dataclass(frozen=True, slots=True)
class Citation:
    """One citation in two forms."""

    text: str
    bibtex: str
    path: str
    """The permanent address on this server: the figure as of that day."""


def citation(figure: Figure, what: str, moment: Moment, ledger: str) -> Citation:
    """Cite the figure as it stood at the moment; where none is asked for, today (UTC)."""
    day = moment.as_of or moment.known_on or dt.datetime.now(dt.UTC).date()
    path = f"/figure/{figure.id}?as_of={day.isoformat()}"
    name, value = say_name(clean(figure.entity.name)), clean(say(figure.value))
    line = f"{value} ({say_standing(figure.standing)}), {name}, {what}"
    text = f"Pledger, ledger {ledger}: {line}, as of {day.isoformat()}, figure {figure.id}, {path}"
    fields = {
        "title": f"{name}, {what}: {value}",
        "note": f"{say_standing(figure.standing)}; ledger {ledger}, figure {figure.id}, as of {day.isoformat()}",
        "author": "Pledger",
        "year": str(day.year),
    }
    told = {key: _SPECIAL.sub(_escaped, words) for key, words in fields.items()}
    told["author"] = f"{{{told['author']}}}"  # in braces of its own, so that no style takes it for a person's name
    body = "".join(f"  {key} = {{{words}}},\n" for key, words in told.items())
    return Citation(
        text, f"@misc{{pledger-{figure.id}-{day:%Y%m%d},\n{body}  howpublished = {{\\url{{{path}}}}}\n}}", path
    )


def _escaped(found: re.Match[str]) -> str:
    letter = found.group()
    return {"\\": r"\textbackslash{}", "^": r"\^{}", "~": r"\~{}"}.get(letter, f"\\{letter}")
