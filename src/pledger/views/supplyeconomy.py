"""What BoARIO gives for the loss of an industry, as tables and JSON: who loses how much, against undisturbed days."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.views.plain import clean
from pledger.views.terminal import NUMBER, plain, table
from pledger.views.web.answers import Sheet

if TYPE_CHECKING:
    from pledger.exposure.supply.economy import Economy, Propagated

__all__ = ["economy", "economy_json", "sheet"]

Json = dict[str, Any]
_SHOWN = 8


def economy(table_of: Economy, its: Propagated, exported: float) -> RenderableType:
    """What is lost by region and by sector, the most first, and the industry that was hit."""
    loss = its.loss
    says = (
        f"{clean(table_of.name)}: {clean(loss.sector)} of {clean(loss.region)}, which sells {_percent(exported)} of "
        f"its output abroad, loses {_percent(loss.share)} of its capacity for {loss.days} days; {its.days} days are "
        "followed by BoARIO’s model ARIO-psi with its own defaults. A sector is wider than a commodity: how much of it "
        "is lost decides the answer (--share)."
    )
    parts: list[RenderableType] = [Text(says)]
    for by in ("industry", "region", "sector"):
        rows = table((f"Output lost, by {by}", {"min_width": 40}), ("of all days", NUMBER))
        lost = its.lost(by)
        for name, share in lost[:_SHOWN]:
            rows.add_row(plain(name), _percent(share))
        if len(lost) > _SHOWN:
            rows.add_row(plain(f"and {len(lost) - _SHOWN} more", "dim"), "")
        parts.append(rows)
    if its.crashed:
        parts.append(Text("The model found no way on after these days: what is shown is up to then.", style="yellow"))
    return Group(*parts)


def economy_json(table_of: Economy, its: Propagated, exported: float) -> Json:
    """The same for programs; production by day is in the CSV."""
    loss = its.loss
    return {
        "table": table_of.name,
        "region": loss.region,
        "sector": loss.sector,
        "exported": exported,
        "share": loss.share,
        "days_lost": loss.days,
        "days": its.days,
        "crashed": its.crashed,
        "lost_by_industry": dict(its.lost("industry")),
        "lost_by_region": dict(its.lost("region")),
        "lost_by_sector": dict(its.lost("sector")),
    }


def sheet(its: Propagated) -> Sheet:
    """Production by day, region and sector against an undisturbed day, in the table's unit."""
    rows = [
        (day, region, sector, float(its.production[day, n]), float(its.baseline[n]), float(its.change(day, n)))
        for day in range(its.days) for n, (region, sector) in enumerate(its.industries)
    ]  # fmt: skip
    return Sheet("economy", ("day", "region", "sector", "production", "baseline", "change"), rows)


def _percent(share: float) -> str:
    """With as many digits as show something: `0.0012 %`."""
    return f"{100 * share:.3g} %".replace("-", "−") if abs(share) >= 1e-9 else "0 %"
