"""What `pledger terms` and `pledger compare` print: clause by clause what is reported, its readings, its sources."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.model import Money, Qualifier
from pledger.vehicle import clauses
from pledger.vehicle.clauses import Cited, Clause, Distribution, Estimate, Notice, Split, Terms, Vehicle
from pledger.vehicle.terms import country, interpretation, interpretations
from pledger.vehicle.words import Basis
from pledger.views.days import say_date
from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, WIDE, heading, plain, table
from pledger.views.wording import say_list, say_money

__all__ = ["NO_VEHICLE", "Row", "compared", "compared_json", "rows", "terms", "terms_json"]

NO_VEHICLE = "no vehicle terms reported"
_NOTHING = "not reported"
_WEAK = "†"
_ORDER = (
    "status",
    "pledged",
    "ceiling",
    "cap per year",
    "window",
    "notice",
    "split",
    "deemed interest",
    "pool",
    "instruments",
)
"""The clauses that come first, in this order; the others follow as the files have them."""


@dataclass(frozen=True, slots=True)
class Row:
    """One clause as it is shown."""

    clause: str
    value: str
    """In a few words; of a clause in words, what it says."""
    says: str
    """What is reported, where the value does not say it all."""
    basis: Basis
    sources: tuple[str, ...]
    """Keys of the programme's sources."""
    readings: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    """Where reports differ: name, what it says, keys."""
    not_reported: tuple[str, ...] = ()


def rows(its: Terms) -> tuple[Row, ...]:
    """Every clause of a programme, those that both programmes of a comparison may have first."""
    vehicle = its.chapter.vehicle
    found = [*_size(its), *(_vehicle(vehicle) if vehicle is not None else ())]
    found += [_row(name, clause, clause.says, "") for name, clause in its.chapter.clauses.items()]
    return tuple(sorted(found, key=lambda row: _ORDER.index(row.clause) if row.clause in _ORDER else len(_ORDER)))


def _size(its: Terms) -> list[Row]:
    """What is pledged in all, as the ledger knows the programme; its sources are the programme's."""
    if its.ceiling is None:
        return []
    parts = [f"{_money(part)} {part.name}".strip() for part in its.parts if part.name]
    value = _money(its.ceiling) + (f": {say_list(parts)}" if parts else "")
    return [Row("pledged", value, "", Basis.REPORTED, ())]


def _vehicle(its: Vehicle) -> list[Row]:
    split, paid = its.distribution, its.instruments
    found = []
    if its.ceiling is not None:
        found.append(_row("ceiling", its.ceiling, _dollars(its.ceiling.amount)))
    if its.cap is not None:
        found.append(_row("cap per year", its.cap, f"{_dollars(its.cap.amount)} in a {its.cap.per}"))
    if its.window is not None:
        found.append(_row("window", its.window, f"selection until {say_date(its.window.until)}"))
    if its.notice is not None:
        found.append(_row("notice", its.notice, _days(its.notice)))
    found.append(_row("split", split, _split(split)))
    found.append(_number("deemed interest", split.deemed_rate, " a year"))
    pool = "one for all projects" if split.pool.value == "programme" else "each project by itself"
    found.append(Row("pool", pool, "", split.basis, split.sources))
    shares = ((paid.shares.equity, "equity"), (paid.shares.public_loan, "public loans"))
    made = [
        f"{_percent(share.central)} {name}"
        for share, name in (*shares, (paid.shares.guaranteed_loan, "guaranteed loans"))
    ]
    assumed = any(share.basis is Basis.ASSUMPTION for share, _ in shares)
    found.append(_row("instruments", paid, say_list(made), basis=Basis.ASSUMPTION if assumed else paid.basis))
    found.append(_number("guarantee premium", paid.premium, " a year"))
    found.append(_number("interest of banks", paid.bank_rate, " a year"))
    found.append(_number("interest of the public lender", paid.public_rate, " a year"))
    tenor = paid.tenor_years
    found.append(_row("tenor", tenor, f"{_range(tenor, 1)} years"))
    return found


def _row(name: str, said: Cited, value: str, says: str | None = None, basis: Basis | None = None) -> Row:
    readings = tuple((r.name, r.says, r.sources) for r in said.readings) if isinstance(said, Clause) else ()
    open_ones = said.not_reported if isinstance(said, Clause) else ()
    return Row(name, value, said.says if says is None else says, basis or said.basis, said.sources, readings, open_ones)


def _number(name: str, said: Estimate, unit: str) -> Row:
    return _row(name, said, f"{_range(said, 100)} %{unit}")


def _dollars(amount: float) -> str:
    return say_money(Money(amount, amount, "USD", Qualifier.EXACT))


def _money(sum_: clauses.Money) -> str:
    return say_money(Money(sum_.low, sum_.high, sum_.currency, Qualifier(sum_.qualifier)))


def _days(notice: Notice) -> str:
    business = notice.count == "business" and notice.calendars
    where = f" (holidays of {say_list(country(code) for code in notice.calendars)})" if business else ""
    return f"{notice.days} {notice.count} days{where}"


def _split(split: Distribution | Split) -> str:
    if split.before is None or split.after is None:
        return ""
    before, after = (f"{_percent(x, '')} to {_percent(1 - x, '')}" for x in (split.before, split.after))
    return before if before == after else f"{before}, then {after} (pledging side to host)"


def _percent(share: float, unit: str = " %") -> str:
    return f"{round(100 * share, 1):g}{unit}"


def _range(said: Estimate, factor: float) -> str:
    low, central, high = (f"{round(factor * x, 3):g}" for x in (said.low, said.central, said.high))
    return central if low == high else f"{central} ({low} to {high})"


def _cited(its: Terms, keys: Sequence[str]) -> str:
    return " ".join(f"{key}{_WEAK}" if its.chapter.sources[key].weak else key for key in keys)


def terms(its: Terms) -> RenderableType:
    """A programme's terms: every clause, the readings that a run can take, what is not reported, and the sources."""
    shown: list[RenderableType] = [plain(f"{its.name} ({its.key})", "bold")]
    if its.chapter.vehicle is None:
        shown.append(Text(f"{NO_VEHICLE}: no cash flows follow from what is known", style="yellow"))
    clauses = table(("Clause", {"max_width": 14}), "What is reported", ("Sources", {"max_width": 9}))
    for row in rows(its):
        clauses.add_row(plain(row.clause, "bold"), _told(row), plain(_cited(its, row.sources), "dim"))
        for name, says, keys in row.readings:
            words = Text.assemble(("reading: ", "yellow"), clean(name), (f" - {clean(says)}" if says else "", "dim"))
            clauses.add_row("", words, plain(_cited(its, keys), "dim"))
    shown.append(clauses)
    if its.chapter.vehicle is not None:
        shown += [heading("Readings that a run can take"), _interpretations(its)]
    gaps = dict.fromkeys((*its.chapter.not_reported, *(gap for row in rows(its) for gap in row.not_reported)))
    if gaps:
        shown += [heading("Not reported"), *(plain(f"  not reported: {gap}") for gap in gaps)]
    shown += [Text(), heading("Sources"), _sources(its)]
    return Group(*shown)


def _told(row: Row) -> Text:
    mark = {Basis.ASSUMPTION: " (assumed)", Basis.REFERENCE: " (reference)", Basis.REPORTED: ""}[row.basis]
    value = Text.assemble((clean(row.value), "bold" if row.says else ""), (mark, "yellow"))
    return Text("\n").join([value, plain(row.says)]) if row.says and row.says != row.value else value


def _interpretations(its: Terms) -> RenderableType:
    shown = table("Reading", "Split", "Changes when", "Whose", ("Weight", NUMBER), "Sources")
    choice = interpretation(its).belief
    weights = dict(getattr(choice, "options", ()))
    for each in interpretations(its):
        rules = each.rules
        split = f"{_percent(rules.before, '')} to {_percent(1 - rules.before, '')}"
        after = f"{_percent(rules.after, '')} to {_percent(1 - rules.after, '')}"
        weight = f"{weights[each.name]:.2f}" if each.name in weights else "not drawn"
        marks = ", ".join(f"{source.year or 'undated'}{_WEAK if source.weak else ''}" for source in each.sources)
        shown.add_row(
            plain(each.name, "bold"),
            split if split == after else f"{split}, then {after}",
            "never" if split == after else f"back: {rules.account}",
            str(rules.recovered),
            weight,
            Text(marks, style="dim"),
        )
    return shown


def _sources(its: Terms) -> RenderableType:
    shown = table(("Key", {"no_wrap": True}), ("Where", WIDE), "Year")
    for key, cite in its.chapter.sources.items():
        what = f"{cite.what}: " if cite.what else ""
        year = str(cite.year) if cite.year else ""
        shown.add_row(f"{key}{_WEAK if cite.weak else ''}", plain(f"{what}{cite.where}"), year)
    note = f"{_WEAK} a repost, a mirror, a blog or a digest: to be corroborated before it is relied on"
    return Group(shown, Text(note, style="dim")) if its.chapter.sources else Text("none", style="dim")


def terms_json(its: Terms) -> dict[str, Any]:
    """The same as plain data: rows, readings with their rules and weights, sources by key."""
    found: dict[str, Any] = {
        "programme": {"key": its.key, "name": its.name, "investor": its.investor, "host": its.host},
        "vehicle": its.chapter.vehicle is not None,
        "clauses": [_row_json(row) for row in rows(its)],
        "interpretations": [],
        "not_reported": list(its.chapter.not_reported),
        "sources": {
            key: {"where": cite.where, "what": cite.what or None, "year": cite.year, "weak": cite.weak}
            for key, cite in its.chapter.sources.items()
        },
    }
    if its.chapter.vehicle is not None:
        weights = dict(getattr(interpretation(its).belief, "options", ()))
        found["interpretations"] = [
            {
                "name": each.name,
                "label": each.label,
                "weight": weights.get(each.name, 0.0),
                "rules": {
                    "deemed_rate": each.rules.deemed_rate,
                    "account": str(each.rules.account),
                    "before": each.rules.before,
                    "after": each.rules.after,
                    "pool": str(each.rules.pool),
                    "recovered": str(each.rules.recovered),
                },
                "sources": [{"where": s.where, "year": s.year, "weak": s.weak} for s in each.sources],
            }
            for each in interpretations(its)
        ]
    return found


def _row_json(row: Row) -> dict[str, Any]:
    return {
        "clause": row.clause,
        "value": row.value,
        "says": row.says or row.value,
        "basis": str(row.basis),
        "sources": list(row.sources),
        "readings": [{"name": name, "says": says, "sources": list(keys)} for name, says, keys in row.readings],
        "not_reported": list(row.not_reported),
    }


def _together(programmes: Sequence[Terms]) -> list[tuple[str, tuple[Row | None, ...]]]:
    """Clauses of all, each with the row of every programme that has it."""
    held = [{row.clause: row for row in rows(its)} for its in programmes]
    names = dict.fromkeys(name for name in _ORDER if any(name in each for each in held))
    names |= dict.fromkeys(name for each in held for name in each)
    return [(name, tuple(each.get(name) for each in held)) for name in names]


def compared(programmes: Sequence[Terms]) -> RenderableType:
    """Programmes side by side, a clause a row: what is reported of each, in which readings, and what is not."""
    shown = table("Clause", *((clean(its.name), WIDE) for its in programmes))
    without = [its.chapter.vehicle is None for its in programmes]
    if any(without):
        shown.add_row(
            Text("vehicle", style="bold"),
            *(Text(NO_VEHICLE if none else "reported", style="yellow" if none else "") for none in without),
        )
    for name, cells in _together(programmes):
        said = [_cell(its, row) for its, row in zip(programmes, cells, strict=True)]
        shown.add_row(plain(name, "bold"), *said, end_section=name == _ORDER[-1])
    return shown


def _cell(its: Terms, row: Row | None) -> Text:
    if row is None:
        return Text(_NOTHING, style="dim")
    mark = " (assumed)" if row.basis is Basis.ASSUMPTION else ""
    lines = [Text.assemble(clean(row.value), (mark, "yellow"), (f" {_cited(its, row.sources)}", "dim"))]
    lines += [
        Text.assemble(("reading: ", "yellow"), clean(name), (f" {_cited(its, keys)}", "dim"))
        for name, _, keys in row.readings
    ]
    return Text("\n").join(lines)


def compared_json(programmes: Sequence[Terms]) -> dict[str, Any]:
    """The same as plain data; null where a programme has no such clause. Sources are keys of each programme's terms."""
    return {
        "programmes": [
            terms_json(its)["programme"] | {"vehicle": its.chapter.vehicle is not None} for its in programmes
        ],
        "clauses": [
            {
                "clause": name,
                "programmes": {
                    its.key: _row_json(row) if row is not None else None
                    for its, row in zip(programmes, cells, strict=True)
                },
            }
            for name, cells in _together(programmes)
        ],
    }
