"""A selection as a table, as JSON, and its frontier as a chart."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from rich.console import Group, RenderableType
from rich.text import Text

from pledger.views import draw
from pledger.views.cashflows import dollars, percent
from pledger.views.draw import SMALL
from pledger.views.flowcharts import dollars as short
from pledger.views.flowcharts import ticks
from pledger.views.svg import INK, MAIN, MUTED, PAPER, SOFT, fit, render, width_of
from pledger.views.terminal import NUMBER, plain, table

if TYPE_CHECKING:
    from pledger.vehicle.choosing.select import Point, Selection

__all__ = ["chart", "selection", "selection_json"]

Json = dict[str, Any]
_HIGH = 300
_LEFT = 72
_LOOKS = {"point": ("circle", MAIN, MAIN), "chosen": ("diamond", PAPER, INK)}
_SHOWN = 8
"""Points of a frontier that a terminal shows."""


def selection(name: str, found: Selection) -> RenderableType:
    """The choice with every candidate's marks, what strategy before return costs, or what cannot hold together."""
    blocks: list[RenderableType] = [plain(f"{name}: which candidates to fund", "bold")]
    if found.choice is None:
        return Group(*blocks, *_clashes(found), _candidates(found))
    blocks += [_candidates(found), _sums(found), _frontier(found)]
    if found.stability is not None:
        its = found.stability
        says = f"In {percent(its.same)} of {its.scenarios} scenarios the very same choice is best"
        if its.impossible:
            says += f"; in {percent(its.impossible)} of them what is asked for cannot be kept"
        blocks.append(plain(f"{says}. `Stable`: share of them in which the best choice holds the project.", "dim"))
    return Group(*blocks, _rules(found))


def _candidates(found: Selection) -> RenderableType:
    """What is chosen with its numbers, then how the scores come about."""
    stable = found.stability
    heads = [("Cost", NUMBER), ("NPV, pledging", NUMBER), ("Score", NUMBER)] + ([("Stable", NUMBER)] if stable else [])
    rows = table("", "Candidate", *heads)
    weighing = [c for c in found.criteria if c.weight > 0]
    marked = table("Marks, 0 to 100", *((c.short, NUMBER) for c in weighing), ("Score", NUMBER))
    order = sorted(range(len(found.options)), key=lambda n: (not _taken(found, n), -found.scores[n], n))
    for n in order:
        option, score = found.options[n], f"{100 * found.scores[n]:.0f}"
        taken = Text("✓", style="green") if _taken(found, n) else Text("")
        last = [f"{stable.chosen[n]:.0%}"] if stable is not None else []
        rows.add_row(taken, plain(option.name), dollars(option.cost), dollars(option.npv_pledging), score, *last)
        marks = {m.criterion: m for m in option.marks}
        known = [None if marks[c.key].value is None else marks[c.key].mark for c in weighing]
        got = [Text("?", style="yellow") if mark is None else Text(f"{100 * mark:.0f}") for mark in known]
        marked.add_row(plain(option.name), *got, score)
    whole = sum(c.weight for c in weighing)
    marked.add_section()
    weights = [f"{c.weight / whole:.0%}" for c in weighing]
    marked.add_row(plain("weight, and the hurdle to beat", "dim"), *weights, f"{100 * found.wishes.hurdle:.0f}")
    return Group(rows, marked)


def _sums(found: Selection) -> RenderableType:
    chosen = [o for n, o in enumerate(found.options) if _taken(found, n)]
    cost, npv, host = (math.fsum(getattr(o, f) for o in chosen) for f in ("cost", "npv_pledging", "npv_host"))
    return plain(
        f"Chosen: {len(chosen)} of {len(found.options)}, {dollars(cost)} called; expected NPV {dollars(npv)} to the "
        f"pledging side, {dollars(host)} to the host.\n"
    )


def _frontier(found: Selection) -> RenderableType:
    points = found.points
    if len(points) < 2:
        return plain("Strategy and return do not pull apart: one choice has the most of both.\n")
    first, last = points[0], points[-1]
    says = plain(
        f"Putting strategy before return costs {dollars(found.price)} of NPV to the pledging side: it buys "
        f"{dollars(last.strategy - first.strategy)} of strategic weight (dollars spent, times the strategic mark).",
        "bold",
    )
    rows = table(("Strategic weight", NUMBER), ("NPV, pledging side", NUMBER), ("Cost", NUMBER), "Projects")
    step = max(1, math.ceil(len(points) / _SHOWN))
    shown = sorted({*range(0, len(points), step), len(points) - 1})
    for n in shown:
        point = points[n]
        rows.add_row(dollars(point.strategy), dollars(point.returns), dollars(point.cost), plain(_names(found, point)))
    rest = len(points) - len(shown)
    told = f"{len(points)} efficient choices" + (f", {rest} of them not shown" if rest else "")
    told += "" if found.complete else "; there are more between them"
    return Group(says, rows, plain(f"{told}.\n", "dim"))


def _names(found: Selection, point: Point) -> str:
    names = [o.name for o, taken in zip(found.options, point.choice, strict=True) if taken]
    return ", ".join(names) if names else "none"


def _clashes(found: Selection) -> list[RenderableType]:
    rows = table("These cannot hold together", "Mend")
    for clash in found.clashes:
        rows.add_row(plain(clash.name), plain(clash.mend, "" if clash.helps else "dim"))
    return [rows, plain("Without any one of them the others can be kept.\n", "dim")]


def _rules(found: Selection) -> RenderableType:
    rows = table("Criterion", ("0 at", NUMBER), ("100 at", NUMBER), "What it is")
    for c in found.criteria:
        if c.weight > 0:
            side = f"; speaks for {c.side}" if c.side else ""
            rows.add_row(plain(c.short), f"{c.zero:g}", f"{c.full:g}", plain(f"{c.label}. {c.question}{side}"))
    unknown = [
        f"{o.name}: {c.label.lower()} ({m.note})"
        for o in found.options for c, m in zip(found.criteria, o.marks, strict=True)
        if m.value is None and c.weight > 0
    ]  # fmt: skip
    counts = "each project" if found.wishes.by_project else "a dollar"
    lines = [plain(f"In a choice {counts} counts by how far the score beats the hurdle.", "dim")]
    lines += [plain(f"? {words}", "dim") for words in unknown]
    return Group(Text(""), rows, *lines)


def _taken(found: Selection, n: int) -> bool:
    return found.choice is not None and found.choice[n]


def selection_json(programme: str, found: Selection) -> Json:
    """All of it as JSON; amounts in dollars, marks and shares from 0 to 1."""
    stable = found.stability
    return {
        "programme": programme,
        "criteria": [
            {
                "key": c.key, "label": c.label, "question": c.question, "unit": c.unit, "zero": c.zero, "full": c.full,
                "weight": c.weight, "side": c.side or None,
            }
            for c in found.criteria
        ],
        "hurdle": found.wishes.hurdle,
        "counts": "projects" if found.wishes.by_project else "dollars",
        "possible": found.choice is not None,
        "conflict": [{"limit": c.name, "mend": c.mend, "enough": c.helps} for c in found.clashes],
        "candidates": [
            {
                "id": o.id, "name": o.name, "sector": o.sector, "sponsors": list(o.sponsors), "stage": o.stage,
                "cost": o.cost, "npv_pledging": o.npv_pledging, "npv_host": o.npv_host, "score": found.scores[n],
                "chosen": _taken(found, n), "stable": stable.chosen[n] if stable is not None else None,
                "marks": {m.criterion: {"value": m.value, "mark": m.mark, "note": m.note} for m in o.marks},
            }
            for n, o in enumerate(found.options)
        ],
        "frontier": {
            "complete": found.complete,
            "price": found.price,
            "points": [
                {
                    "strategy": p.strategy, "npv_pledging": p.returns, "cost": p.cost,
                    "chosen": [o.id for o, taken in zip(found.options, p.choice, strict=True) if taken],
                }
                for p in found.points
            ],
        },
        "stability": None
        if stable is None
        else {"scenarios": stable.scenarios, "same": stable.same, "impossible": stable.impossible},
    }  # fmt: skip


def chart(found: Selection, width: int, name: str, title: str, description: str) -> str:
    """The frontier: strategic weight to the right, expected NPV of the pledging side upwards, the choice among them."""
    points, mine = found.points, _mine(found)
    pairs = [(p.strategy, p.returns) for p in points] + ([mine] if mine else [])
    right, top, bottom = width - 24, 44, 44 + _HIGH
    wide = ticks(min(0.0, *(x for x, _ in pairs)), max(x for x, _ in pairs) or 1.0, 4)
    tall = ticks(min(y for _, y in pairs), max(y for _, y in pairs))

    def across(value: float) -> float:
        return _LEFT + (right - _LEFT) * (value - wide[0]) / (wide[-1] - wide[0])

    def down(value: float) -> float:
        return bottom - (bottom - top) * (value - tall[0]) / (tall[-1] - tall[0])

    grid = [{"x": _LEFT, "x2": right, "y": down(v), "y2": down(v)} for v in tall]
    heights = [{"words": short(v), "x": _LEFT - 8, "y": down(v)} for v in tall]
    widths = [{"words": short(v), "x": across(v), "y": bottom + 16} for v in wide]
    line = [{"x": across(x), "y": down(y), "look": "line", "run": "frontier"} for x, y in pairs[: len(points)]]
    marks = [{"x": across(x), "y": down(y), "look": "point", "size": 18} for x, y in pairs[: len(points)]]
    names: dict[str, list[draw.Row]] = {"left": [], "right": []}

    def label(words: str, x: float, y: float) -> None:
        align = "left" if x + width_of(words, SMALL) + 12 < right else "right"
        names[align].append({"words": fit(words, width - 40, SMALL), "x": x + (9 if align == "left" else -9), "y": y})

    # The curve falls to the right: above its beginning and below its end there is room.
    if points:
        label("return first", across(points[0].strategy), down(points[0].returns) - 10)
    if len(points) > 1:
        label(f"strategy first: {short(-found.price)}", across(points[-1].strategy), down(points[-1].returns) + 18)
    if mine:
        marks.append({"x": across(mine[0]), "y": down(mine[1]), "look": "chosen", "size": 130})
        label("this choice", across(mine[0]), down(mine[1]) + 14)
    layers = [
        draw.rules(grid),
        draw.lines(line, {"line": SOFT}, "step-before", strokeWidth=2),
        draw.dots(marks, _LOOKS),
        draw.words(heights, "right", SMALL, MUTED),
        draw.words(widths, "center", SMALL, MUTED),
        draw.words([{"words": "Expected NPV of the pledging side", "x": 0, "y": 10}], "left", SMALL, MUTED),
        draw.words([{"words": "Strategic weight", "x": right, "y": bottom + 34}], "right", SMALL, MUTED),
    ]
    for align, its in names.items():
        layers.append(draw.words(its, align, SMALL, PAPER, fontWeight=600, stroke=PAPER, strokeWidth=4))
        layers.append(draw.words(its, align, SMALL, INK, fontWeight=600))
    return render(draw.picture(layers, width, bottom + 44), name, title, description)


def _mine(found: Selection) -> tuple[float, float] | None:
    """Where the choice itself stands."""
    return (found.strategy, found.returns) if found.choice is not None else None
