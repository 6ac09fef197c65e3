"""What `pledger expose` prints: holdings and their roles, sums, what a scenario changes, and what is not matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rich.console import Group as Lines
from rich.console import RenderableType
from rich.text import Text

from pledger.exposure.portfolio.sums import labels
from pledger.exposure.portfolio.words import NOT_ADVICE, Exposure, Group, Matched, Path, Told, Verdict
from pledger.views.exposurewords import counts, say_amount, say_share, say_touched
from pledger.views.flowcharts import dollars
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, heading, plain, table
from pledger.views.wording import say_count, say_name, say_stage

__all__ = ["exposure", "through", "ways"]

_ROWS = 60
"""Lines of a table in a terminal; the files have all."""
_LISTED = 15
"""Rows of each kind of what is not a match that are named."""
_FOLD: dict[str, object] = {"overflow": "fold"}


def exposure(its: Exposure) -> RenderableType:
    """The whole answer."""
    parts: list[RenderableType] = [_headline(its)]
    roles = [p for p in its.exposed.paths if p.kind is Told.ROLE]
    if roles:
        parts += [heading("Roles"), _roles(its, roles)]
        parts += [heading("What they come to"), _sums(its)]
    others = [p for p in its.exposed.paths if p.kind is not Told.ROLE]
    if others:
        parts += [heading("Through sectors and commodities"), _others(others)]
    if its.scenario:
        parts += [heading(f"Scenario: {its.scenario}"), *_scenario(its)]
    parts += _unmatched(its)
    parts += [Text(f"Not looked at: {clean(words)}", style="dim") for words in its.left_out]
    parts.append(Text(NOT_ADVICE, style="bold"))
    return Lines(*parts)


def _headline(its: Exposure) -> Text:
    found = counts(its)
    said = [f"{count} {verdict}" for verdict, count in found.items() if count]
    return Text.assemble(
        (f"{say_count(len(its.holdings), 'holding')} of {clean(its.holdings.source)}", "bold"),
        f": {', '.join(said) or 'none'}. Listings as of {its.as_of}.",
    )


def _roles(its: Exposure, roles: Sequence[Path]) -> RenderableType:
    rows = table(
        ("Holding", _FOLD | {"min_width": 12}),
        ("Role", _FOLD | {"min_width": 13}),
        ("Project", _FOLD | {"ratio": 1}),
        ("Stage\nand chance", {"no_wrap": True}),
        ("Why", {"style": "dim", "no_wrap": True}),
    )
    matches, called = {m.holding.row: m for m in its.matches.found}, labels(its.matches.found)
    before = None
    shown = ways(roles)
    for its_ways in shown[:_ROWS]:
        path, match = its_ways[0], matches[its_ways[0].row]
        project, role = path.project, path.role
        if role is None:
            continue
        new = path.row != before
        if new and before is not None:
            rows.add_section()
        before = path.row
        name = say_name(clean(project.name if project else role.subject_name))
        whose = through(its_ways)
        worth = f"\n{say_amount(project.amount)}" if project else ""
        rows.add_row(
            _whose(match, called[path.row]) if new else Text(),
            Text.assemble(role.role, (f"\n{whose}" if whose else "", "dim"), (f"\n{role.standing}", "dim")),
            Text.assemble(name, (worth, "bold")),
            f"{say_stage(project.stage) if project.stage else 'not reported'}\n{project.chance:.0%}" if project else "",
            role.figure,
        )
    more = len(shown) - _ROWS
    return Lines(rows, Text(f"and {more:,} more: --xlsx or --json has all", style="dim")) if more > 0 else rows


def _whose(match: Matched, label: str) -> Text:
    weight = f"\n{match.holding.weight:.1%}" if match.holding.weight is not None else ""
    gone = "\nno longer listed" if match.verdict is Verdict.DELISTED else ""
    return Text.assemble((clean(label), "bold"), weight, (gone, "red"))


def through(its_ways: Sequence[Path]) -> str:
    """Whose role it is: the holding's own, that of what it owns, or both."""
    said = [f"{clean(p.organisation)}{_of(p)}" if p.through else "itself" for p in its_ways]
    return "" if said == ["itself"] else ", ".join(said) if said[0] == "itself" else f"through {', '.join(said)}"


def _of(path: Path) -> str:
    said = say_share(path.share)
    return f" ({said})" if said else ""


def ways(roles: Iterable[Path]) -> list[list[Path]]:
    """By holding, role and project the ways that lead there; in programmes only roles that no project of theirs has."""
    found: dict[tuple[int, str, str], list[Path]] = defaultdict(list)
    placed = {(p.row, p.organisation, p.role.role) for p in roles if p.project is not None and p.role is not None}
    for path in roles:
        if path.role is None or (path.project is None and (path.row, path.organisation, path.role.role) in placed):
            continue
        found[path.row, path.role.subject, path.role.role].append(path)
    return sorted(found.values(), key=lambda its: (its[0].row, its[0].project is None))


def _sums(its: Exposure) -> RenderableType:
    rows = table(
        ("By", {}),
        ("Of", _FOLD),
        ("Weight", NUMBER),
        ("Projects", NUMBER),
        ("Amounts", _FOLD),
        ("Times chance", NUMBER),
    )
    exposed = its.exposed
    for by, groups in (
        ("holding", exposed.by_holding),
        ("sector", exposed.by_sector),
        ("country", exposed.by_country),
        ("programme", exposed.by_programme),
    ):
        for n, group in enumerate(groups[:_ROWS]):
            _sum(rows, by if n == 0 else "", group)
        rows.add_section()
    total = exposed.total
    rows.add_row("all", "every project once", "", str(len(total.projects)), say_touched(total), _expected(total))
    note = (
        "Each project counts once in each line. Lines overlap, since holdings share projects: they do not add up to "
        "the last one. An amount is the project's, not the holding's part of it."
    )
    return Lines(rows, Text(note, style="dim"))


def _sum(rows: object, by: str, group: Group) -> None:
    weight = f"{group.weight:.1%}" if group.weight is not None else ""
    cells = (by, clean(group.label), weight, str(len(group.touched.projects)), say_touched(group.touched))
    rows.add_row(*cells, _expected(group.touched))  # type: ignore[attr-defined]


def _expected(its: object) -> str:
    low, high = its.expected_low, its.expected_high  # type: ignore[attr-defined]
    if high <= 0:
        return "-"
    return dollars(high) if low == high else f"{dollars(low)} to {dollars(high)}"


def _others(paths: Sequence[Path]) -> RenderableType:
    lines = [plain(f"{path.told} ({path.sure})") for path in paths[:_ROWS]]
    lines += [Text(f"and {len(paths) - _ROWS:,} more", style="dim")] if len(paths) > _ROWS else []
    note = "No report says that these holdings take part; their money is in no sum above."
    return Lines(*lines, Text(note, style="dim"))


def _scenario(its: Exposure) -> list[RenderableType]:
    called = labels(its.matches.found)
    rows = table(
        ("Holding", _FOLD | {"min_width": 12}),
        ("Project and roles", _FOLD | {"min_width": 16}),
        ("Chance", NUMBER),
        ("Drawn by\nthe deadline", NUMBER),
        ("What changes", _FOLD | {"min_width": 18}),
    )
    for effect in its.effects[:_ROWS]:
        rows.add_row(
            plain(clean(called[effect.row]), "bold"),
            Text.assemble(say_name(clean(effect.project_name)), (f"\n{', '.join(effect.roles)}", "dim")),
            _pair(f"{effect.chance[0]:.0%}", f"{effect.chance[1]:.0%}"),
            _pair(dollars(effect.drawn[0]), dollars(effect.drawn[1])),
            effect.told,
        )
    note = (
        "As reported, and below under the scenario. Drawn: if the project is funded, every input at its median; what a "
        "project draws after the deadline of the programme is not in it."
    )
    return [Text(clean(its.scenario_label)), rows, Text(note, style="dim")]


def _pair(before: str, after: str) -> str:
    return f"{before}\n{after}" if before != after else before


def _unmatched(its: Exposure) -> list[RenderableType]:
    """What counts nowhere, each kind with its reason."""
    parts: list[RenderableType] = []
    by: dict[Verdict, list[Matched]] = defaultdict(list)
    called = labels(its.matches.found)
    for match in its.matches.found:
        by[match.verdict].append(match)
    for verdict, words in (
        (Verdict.DELISTED, "No longer listed: counted nowhere"),
        (Verdict.UNSURE, "Unsure: counted nowhere, settle them by an ISIN"),
        (Verdict.OTHER, "Other companies than the parties that they look like"),
    ):
        if by[verdict]:
            parts.append(heading(words))
            parts += [_why(match) for match in by[verdict][:_LISTED]]
            parts += _rest(len(by[verdict]))
    for verdict, words in (
        (Verdict.NAMED, "Named by reports, with no part in anything"),
        (Verdict.KNOWN, "Known, and named by no report in this ledger"),
    ):
        if by[verdict]:
            names = ", ".join(clean(called[m.holding.row]) for m in by[verdict][:_LISTED])
            parts += [heading(words), Text(names), *_rest(len(by[verdict]))]
    unmatched = its.matches.unmatched
    if unmatched:
        names = ", ".join(f"{clean(its.holdings.at(n).label)[:40]}" for n in unmatched[:_LISTED])
        parts += [heading("Unmatched"), Text(names), *_rest(len(unmatched))]
    return parts


def _rest(count: int) -> list[RenderableType]:
    more = count - _LISTED
    return [Text(f"and {more:,} more: --xlsx or --json has all", style="dim")] if more > 0 else []


def _why(match: Matched) -> Text:
    perhaps = f" Perhaps {' or '.join(clean(name) for name in match.perhaps)}." if match.perhaps else ""
    return Text.assemble(
        (f"row {match.holding.row}, {clean(match.holding.label)[:60]}", "bold"), f": {clean(match.told)}.{perhaps}"
    )
