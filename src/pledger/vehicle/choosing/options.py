"""What may be chosen from: the candidates of a plan with what they cost and their marks by each criterion."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from pledger.ledger.health import Health
from pledger.ledger.names import fold
from pledger.vehicle.choosing.criteria import Criterion, Mark, dependence, mark, readiness
from pledger.vehicle.choosing.worth import Worth
from pledger.vehicle.words import Candidate

__all__ = ["Known", "Option", "SelectError", "known", "named", "options"]


_LISTED = 5
"""Names that an error lists."""


class SelectError(ValueError):
    """A wish that cannot be followed: one line that says what is wrong, and the mend."""


@dataclass(frozen=True, slots=True)
class Known:
    """What does not change from scenario to scenario, by criterion: the value and what it rests on."""

    values: Mapping[str, tuple[float | None, str]]


@dataclass(frozen=True, slots=True)
class Option:
    """One candidate as it is chosen or not."""

    id: str
    name: str
    sector: str
    sponsors: tuple[str, ...]
    stage: str | None
    cost: float
    """USD that are called for it in all."""
    by_year: tuple[float, ...]
    """USD that are called in each calendar year, the first being the plan's."""
    npv_pledging: float
    """USD at q = 0, at the pledging side's rate."""
    npv_host: float
    marks: tuple[Mark, ...]
    """One for each criterion, in their order."""


def known(
    candidates: Sequence[Candidate],
    health: Iterable[Health],
    conditions: Mapping[str, tuple[int, int]],
    given: Mapping[str, Mapping[str, float]] | None = None,
) -> tuple[Known, ...]:
    """What is known of each candidate besides cash: dependence relieved, readiness, health of its record.

    `conditions`: by entity the numbers of conditions met and open. `given`: values of a user's own, by the candidate's
    id and the criterion; they stand in place of ours, whatever the criterion.
    """
    scores = {its.entity.id: its.score for its in health}
    found = []
    for one in candidates:
        relieved = dependence(one.sector)
        values: dict[str, tuple[float | None, str]] = {
            "dependence": (None, f"nothing is known of {one.sector.replace('_', ' ')}: counts as 0")
            if relieved is None
            else (relieved.share, f"{relieved.measure} ({relieved.basis})"),
            "readiness": readiness(one.stage, *conditions.get(one.id, (0, 0))),
            "record": (scores.get(one.id), "health of the record" if one.id in scores else ""),
        }
        values |= {key: (value, "as given") for key, value in (given or {}).get(one.id, {}).items()}
        found.append(Known(values))
    return tuple(found)


def options(
    candidates: Sequence[Candidate], known: Sequence[Known], worth: Worth, scenario: int, by: Sequence[Criterion]
) -> tuple[Option, ...]:
    """The candidates as they stand in one scenario of `worth` (the only one of its mean), marked by these criteria."""
    found = []
    for place, (one, its) in enumerate(zip(candidates, known, strict=True)):
        called = float(worth.called[scenario, place])
        pledging, host = (float(npv[scenario, place]) for npv in (worth.npv_pledging, worth.npv_host))
        values: dict[str, tuple[float | None, str]] = {
            "recovery": (float(worth.back[scenario, place]), ""),
            "pledging": (pledging / called if called > 0 else None, ""),
            "host": (host / called if called > 0 else None, ""),
        }
        values |= its.values
        found.append(
            Option(
                id=one.id,
                name=one.name,
                sector=one.sector,
                sponsors=one.sponsors,
                stage=one.stage,
                cost=called,
                by_year=tuple(float(year) for year in worth.by_year[scenario, place]),
                npv_pledging=pledging,
                npv_host=host,
                marks=tuple(mark(c, *values.get(c.key, (None, ""))) for c in by),
            )
        )
    return tuple(found)


def named(words: str, among: Sequence[Option]) -> int:
    """The place of the option that is meant: by id, by its beginning, by name, or by words of the name.

    Raises SelectError, with the nearest names, where none or several fit.
    """
    plain = fold(words)
    rounds = (
        [n for n, o in enumerate(among) if o.id == words.strip()],
        [n for n, o in enumerate(among) if fold(o.name) == plain],
        [n for n, o in enumerate(among) if len(words.strip()) >= 4 and o.id.startswith(words.strip())],
        [n for n, o in enumerate(among) if plain and all(w in fold(o.name).split() for w in plain.split())],
    )
    for fitting in rounds:
        if len(fitting) == 1:
            return fitting[0]
        if fitting:
            names = ", ".join(among[n].name for n in fitting)
            raise SelectError(
                f"{words!r} is the name of {len(fitting)} candidates ({names}); name one of them, or its id"
            )
    # Names are short beside descriptions: a slip of the pen is looked for in their words as well as in the whole.
    spelled = {fold(o.name): o.name for o in among} | {w: o.name for o in among for w in fold(o.name).split()}
    near = difflib.get_close_matches(plain, spelled, 1, cutoff=0.7)
    listed = ", ".join(o.name for o in among[:_LISTED]) + (" and others" if len(among) > _LISTED else "")
    mend = f"did you mean {spelled[near[0]]!r}?" if near else f"there are {listed}"
    raise SelectError(f"no candidate {words!r}; {mend}")
