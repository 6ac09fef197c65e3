"""The ways from a holding to programmes: through a role in a project, through its sector, through a commodity.

A role is what reports say of the party that the holding is, or that its company owns. A sector is where the company
works: its projects bear on the holding's market, and nobody says that it takes part in them. A commodity is what the
projects of that sector supply or use.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from pledger.exposure.portfolio.reporting import Reports
from pledger.exposure.portfolio.words import Company, Matched, Path, Project, Role, Step, Sure, Told, Verdict
from pledger.exposure.supply.words import Commodity
from pledger.model import EntityKind
from pledger.vehicle.sectors import UNKNOWN, sector

__all__ = ["paths", "share_of"]


def paths(
    found: Iterable[Matched],
    roles: Sequence[Role],
    reports: Reports,
    by_sector: Mapping[str, tuple[str, ...]],
    commodities: Iterable[Commodity],
) -> list[Path]:
    """All paths of the matched holdings: by row, roles first.

    `by_sector`: ids of the projects of each sector. Holdings that are unsure, or another company, have none.
    """
    of: dict[str, list[Role]] = defaultdict(list)
    for role in roles:
        of[role.organisation].append(role)
    supplied: dict[str, list[Commodity]] = defaultdict(list)
    for commodity in commodities:
        for key in commodity.sectors:
            supplied[key].append(commodity)
    made: list[Path] = []
    for its in found:
        if its.verdict in (Verdict.MATCHED, Verdict.DELISTED):
            made += _roles(its, of, reports)
        if its.verdict in (Verdict.MATCHED, Verdict.NAMED, Verdict.KNOWN) and its.company is not None:
            made += _sectors(its, its.company, reports, by_sector, supplied)
    return made


def share_of(steps: Sequence[Step]) -> tuple[float | None, float | None] | None:
    """What an owner has of the last of these steps: the product of the shares; an end that one leaves open is open."""
    if not steps:
        return None
    low: float | None = 1.0
    high: float | None = 1.0
    for step in steps:
        low = None if low is None or step.owned.low is None else low * step.owned.low
        high = None if high is None or step.owned.high is None else high * step.owned.high
    return low, high


def _roles(its: Matched, of: Mapping[str, Sequence[Role]], reports: Reports) -> Iterator[Path]:
    for organisation, steps in its.organisations:
        for role in of.get(organisation.id, ()):
            project = reports.projects.get(role.subject) if role.subject_kind == EntityKind.PROJECT else None
            programme = role.programme or (project.programme if project else "")
            yield Path(
                row=its.holding.row,
                kind=Told.ROLE,
                through=steps,
                organisation=organisation.name,
                role=role,
                project=project,
                programme=programme,
                programme_name=reports.programmes.get(programme, programme),
                sector=project.sector if project else "",
                commodity="",
                sure=its.sure,
                share=share_of(steps),
                told=_told(its, steps, role, project, reports.programmes.get(programme, "")),
                projects=(project.id,) if project else (),
            )


def _told(its: Matched, steps: Sequence[Step], role: Role, project: Project | None, programme: str) -> str:
    who = [its.company.name if its.company is not None else its.holding.label, *(step.told for step in steps)]
    what = role.subject_name if project is None else project.name
    says = f"{role.role} of {what}"
    whose = f" ({programme})" if programme and programme != what else ""
    return f"{' → '.join(who)} → {says}{whose}"


def _sectors(
    its: Matched,
    company: Company,
    reports: Reports,
    by_sector: Mapping[str, tuple[str, ...]],
    supplied: Mapping[str, Sequence[Commodity]],
) -> Iterator[Path]:
    for key in company.sectors:
        if key == UNKNOWN:
            continue
        programmes: dict[str, list[str]] = defaultdict(list)
        for id_ in by_sector.get(key, ()):
            if id_ in reports.projects:
                programmes[reports.projects[id_].programme].append(id_)
        label = sector(key).label
        for programme, ids in sorted(programmes.items()):
            name = reports.programmes.get(programme, programme)
            ways = [(Told.SECTOR, "", f"{company.name} → works in {label} → {_count(ids)} of the {name}")]
            ways += [
                (
                    Told.COMMODITY,
                    c.name,
                    f"{company.name} → {c.name}, on which {label} bears → {_count(ids)} of the {name}",
                )
                for c in supplied.get(key, ())
            ]
            for kind, commodity, told in ways:
                yield Path(
                    row=its.holding.row,
                    kind=kind,
                    through=(),
                    organisation="",
                    role=None,
                    project=None,
                    programme=programme,
                    programme_name=name,
                    sector=key,
                    commodity=commodity,
                    sure=its.sure if company.sector_source is not None else Sure.LIKELY,
                    share=None,
                    told=told,
                    projects=tuple(ids),
                )


def _count(ids: Sequence[str]) -> str:
    return "one project" if len(ids) == 1 else f"{len(ids)} projects"
