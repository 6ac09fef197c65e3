"""What paths come to, by holding, sector, country and programme: in each line every project counts once.

Two holdings that take part in one project share its money, and one holding with three roles in it has it once. So the
lines of a table overlap and do not add up to its total, which is itself the sum over distinct projects. Only roles
bring money into a sum: that a company works in the sector of a project does not make the project's money its own.
What is no longer listed, and what is unsure, counts nowhere. A batch of projects is a sum of them and never counts
beside them.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from pledger.exposure.portfolio.words import (
    Amount,
    Exposed,
    Group,
    Matched,
    Path,
    Project,
    Sure,
    Told,
    Touched,
    Verdict,
)
from pledger.ledger.agree import CONVERTED, in_dollars
from pledger.vehicle.sectors import sector

__all__ = ["dollars", "exposed", "labels", "touched"]


def labels(found: Iterable[Matched]) -> dict[int, str]:
    """What each row is called: its company, and by its ticker or name which line of it where several rows are lines of
    one: `Cameco (CCJ.N)`."""
    its = tuple(found)
    lines = Counter(m.company.name for m in its if m.company is not None)
    return {
        m.holding.row: m.holding.label
        if m.company is None
        else f"{m.company.name} ({m.holding.ticker or m.holding.label})"
        if lines[m.company.name] > 1
        else m.company.name
        for m in its
    }


def exposed(
    found: Iterable[Matched], paths: Iterable[Path], projects: Mapping[str, Project], programmes: Mapping[str, str]
) -> Exposed:
    """The paths with their sums."""
    its, found = tuple(paths), tuple(found)
    called = labels(found)
    rows = {m.holding.row: m for m in found if m.verdict is Verdict.MATCHED and m.sure is not Sure.UNSURE}
    counted = [p for p in its if p.kind is Told.ROLE and p.row in rows and p.project is not None]
    by: dict[str, dict[tuple[str, str], list[Path]]] = {
        name: defaultdict(list) for name in ("holding", "sector", "country", "programme")
    }
    for path in counted:
        match = rows[path.row]
        country = match.company.country if match.company is not None else match.holding.country
        by["holding"][str(path.row), called[path.row]].append(path)
        by["sector"][path.sector, sector(path.sector).label].append(path)
        by["country"][country or "?", country or "not known"].append(path)
        by["programme"][path.programme, programmes.get(path.programme, path.programme) or "no programme"].append(path)
    groups = {
        name: tuple(
            sorted(
                (_group(key, label, its, rows, projects) for (key, label), its in lines.items()),
                key=lambda g: (-g.touched.high, g.label, g.key),
            )
        )
        for name, lines in by.items()
    }
    return Exposed(
        paths=its,
        total=touched((p for path in counted for p in path.projects), projects),
        by_holding=groups["holding"],
        by_sector=groups["sector"],
        by_country=groups["country"],
        by_programme=groups["programme"],
    )


def _group(
    key: str, label: str, its: Iterable[Path], rows: Mapping[int, Matched], projects: Mapping[str, Project]
) -> Group:
    paths = list(its)
    mine = tuple(dict.fromkeys(path.row for path in paths))
    weights = [w for row in mine if (w := rows[row].holding.weight) is not None]
    return Group(
        key=key,
        label=label,
        rows=mine,
        weight=sum(weights) if weights else None,
        touched=touched((p for path in paths for p in path.projects), projects),
    )


def touched(ids: Iterable[str], projects: Mapping[str, Project]) -> Touched:
    """What distinct projects come to in US dollars."""
    distinct = tuple(dict.fromkeys(ids))
    low = high = expected_low = expected_high = 0.0
    without = 0
    for id_ in distinct:
        project = projects[id_]
        its = dollars(project.amount)
        if its is None:
            without += 1
            continue
        low, high = low + its[0], high + its[1]
        expected_low, expected_high = expected_low + project.chance * its[0], expected_high + project.chance * its[1]
    return Touched(distinct, low, high, expected_low, expected_high, without)


def dollars(amount: Amount | None) -> tuple[float, float] | None:
    """An amount in US dollars, from its least to its most; None where no rate is known.

    An open lower end counts as nothing, an open upper one at its lower end. Another currency is converted at the latest
    yearly average that the reference data have, and spread by 15 % both ways, as the plan of a vehicle does it.
    """
    if amount is None:
        return None
    low = amount.low or 0.0
    high = amount.high if amount.high is not None else low
    if amount.currency == "USD":
        return low, high
    rate = in_dollars(1.0, amount.currency, None)
    return None if rate is None else ((1 - CONVERTED) * low * rate, (1 + CONVERTED) * high * rate)
