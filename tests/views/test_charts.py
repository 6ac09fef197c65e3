"""Charts: what is drawn stands where it should, nothing covers anything, nothing but drawing gets in."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.model import (
    Attribute,
    Entity,
    EntityKind,
    Figure,
    Money,
    Origin,
    Qualifier,
    Side,
    Stage,
    StageValue,
    Standing,
)
from pledger.views import charts, draw, pen, scales, vega
from pledger.views.svg import ALERT, INK, MAIN, MUTED, PAPER, SOFT, fit, width_of

SVG = "{http://www.w3.org/2000/svg}"


def texts(svg: str) -> list[tuple[float, float, float, str]]:
    """Left, right and middle of each text in the picture, with its words."""
    found = []
    for element in ET.fromstring(svg).iter(f"{SVG}text"):  # noqa: S314  drawn by us
        x, y = (float(n) for n in re.findall(r"-?[0-9.]+", element.get("transform", ""))[:2])
        size, words = float(element.get("font-size", "0").removesuffix("px")), element.text or ""
        width = width_of(words, size, bold=element.get("font-weight") == "600")
        left = x - {"start": 0.0, "middle": width / 2, "end": width}[element.get("text-anchor", "start")]
        found.append((left, left + width, y, words))
    return found


def assert_apart(svg: str) -> None:
    placed = [t for t in texts(svg) if t[3]]
    for n, (left, right, y, words) in enumerate(placed):
        for other_left, other_right, other_y, other in placed[n + 1 :]:
            same_line = abs(y - other_y) < 11 and words != other
            assert not (same_line and left + 2 < other_right and other_left + 2 < right), (words, other)


BARS = [
    charts.Bar("Pledged", "", "$550bn", 550e9, 550e9, "#f-f1"),
    charts.Bar("Named in projects", "12 projects, 3 without an amount", "from $36bn to $131bn", 36e9, 131e9, "#s-s1"),
    charts.Bar(
        "A programme with a very long name that no column holds", "single source", "up to $1.4tn", None, 1.4e12, None
    ),
    charts.Bar("Drawn", "", "not reported", None, None, None),
]


@pytest.mark.parametrize("width", [336, 680, 1040])
def test_bars_keep_their_words_apart_and_inside(width: int) -> None:
    svg = charts.bars(BARS, width, "b", "Bars", "told")
    assert_apart(svg)
    assert all(left > -2 and right < width + 4 for left, right, _, _ in texts(svg))
    assert 'data-figure="f1"' in svg
    assert 'href="#s-s1"' in svg


@pytest.mark.parametrize("width", [336, 680, 1040])
def test_a_timeline_keeps_its_words_apart(width: int) -> None:
    day = dt.date(2026, 2, 17)
    dots = [
        charts.Dot(day + dt.timedelta(days=n * n % 90), f"Lane {n % 4}", list(charts.LOOKS)[n % 4], f"#d-{n}")
        for n in range(60)
    ]
    steps = [
        charts.Step(day + dt.timedelta(days=n * 7), f"Step {n}: three projects pledged", f"#f-{n}") for n in range(9)
    ]
    svg = charts.timeline(dots, steps, width, "t", "Timeline", "told")
    assert svg.count("#d-") == 60
    assert_apart(svg)
    assert all(left > -2 and right < width + 4 for left, right, _, _ in texts(svg))


def test_a_timeline_of_one_day_is_drawn() -> None:
    svg = charts.timeline([charts.Dot(dt.date(2026, 1, 1), "a", "own", None)], [], 336, "t", "T", "d")
    assert "<path" in svg


def contested(*values: Money | StageValue) -> Figure:
    entity = Entity("e1", EntityKind.PROJECT, "Plant")
    sides = tuple(Side(v, (Origin(f"Origin {n}", "B2", ("c1",), 0.5),), 0.9 - n / 10) for n, v in enumerate(values))
    return Figure("f1", entity, Attribute.AMOUNT, values[0], Standing.CONTESTED, sides, 2, None, "total")


def dollars(low: float | None, high: float | None) -> Money:
    return Money(low, high, "USD", Qualifier.EXACT if low == high else Qualifier.BETWEEN)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.tuples(st.floats(1e6, 1e13), st.floats(1, 3)), min_size=2, max_size=4))
def test_sides_of_any_size_are_drawn_with_words_apart(ends: list[tuple[float, float]]) -> None:
    svg = scales.sides(contested(*(dollars(low, low * factor) for low, factor in ends)), 336, "s", "t", "d")
    assert svg is not None
    assert_apart(svg)


def test_sides_with_open_ends_equal_ends_and_stages_are_drawn() -> None:
    assert scales.sides(contested(dollars(None, 5e9), dollars(1e9, None)), 336, "s", "t", "d")
    assert scales.sides(contested(dollars(0.0, 0.0), dollars(0.0, 0.0)), 336, "s", "t", "d")
    svg = scales.sides(contested(StageValue(Stage.CANDIDATE), StageValue(Stage.COMPLETED)), 336, "s", "t", "d")
    assert svg is not None
    assert [w for *_, w in texts(svg) if w == "under way"]


def test_sides_in_two_currencies_or_without_order_are_not_put_on_one_scale() -> None:
    yen = replace(dollars(5e9, 5e9), currency="JPY")
    assert scales.sides(contested(dollars(5e9, 5e9), yen), 336, "s", "t", "d") is None


def drawing(root: ET.Element) -> list[tuple[str, ...]]:
    """What is drawn, in its order: kind, place to a pixel, words or shape, filling, outline, style."""
    found = []
    for element in root.iter():
        if element.tag == "path" and element.get("fill") is None:
            continue  # the ground of the picture, which nobody sees
        if element.tag in ("path", "line", "text"):
            numbers = re.findall(r"-?[0-9.]+", element.get("transform", ""))
            x, y = (float(n) for n in numbers[:2]) if numbers else (0.0, 0.0)
            ends = [float(element.get(name, "0")) for name in ("x1", "y1", "x2", "y2")]
            if element.tag == "line":  # Vega moves lines to their beginning
                x, y, x2, y2 = x + ends[0], y + ends[1], x + ends[2], y + ends[3]
                shape = f"{round(x2)} {round(y2)}"
            else:
                path = re.findall(r"-?[0-9.]+(?:e-?[0-9]+)?", element.get("d", ""))
                shape = element.text or " ".join(str(round(float(n))) for n in path)
            style = ("fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor", "font-size", "font-weight")
            found.append((element.tag, str(round(x)), str(round(y)), shape, *(element.get(s, "") for s in style)))
    return found


def test_what_we_draw_ourselves_is_what_vega_draws() -> None:
    rows = [{"x": 10 + 40 * n, "y": 20 + 9 * n, "x2": 30 + 40 * n, "y2": 29 + 9 * n} for n in range(4)]
    shapes = charts.LOOKS | {"right": ("triangle-right", MAIN, INK)}
    looks = list(shapes)
    words = [row | {"words": f"Word & {n}"} for n, row in enumerate(rows)]
    layers = [
        draw.rules(rows, MUTED, strokeDash=[2, 3]),
        draw.bars([row | {"look": "a"} for row in rows], {"a": SOFT, "b": MAIN}),
        draw.bars([row | {"look": "b"} for row in rows], {"a": SOFT, "b": ALERT}, radius=3),
        draw.dots([row | {"look": looks[n], "size": 62} for n, row in enumerate([*rows, rows[0]])], shapes),
        draw.words(words, "left", fontWeight=600),
        draw.words(words, "center", 12, PAPER, stroke=PAPER, strokeWidth=4, strokeJoin="round"),
        draw.words(words, "right", 11, INK, dx=-5, fontStyle="italic"),
        draw.words([], "right"),
    ]
    picture = draw.picture(layers, 300, 120)
    ours, theirs = drawing(pen.drawn(picture)), drawing(vega.drawn(picture))
    assert pen.able(picture)
    assert len(ours) == 7 * 4 + 1
    rounded = [mark for mark in ours if mark[3].count(" ") > 20]  # Vega's corners are the same in other commands
    assert len(rounded) == 4
    assert [m for m in ours if m not in rounded] == [m for m in theirs if m[3].count(" ") <= 20]


def test_marks_lead_to_fragments_and_pages_of_ours_and_nowhere_else() -> None:
    targets = [
        "#f-f1",
        "/figure/f1?as_of=2026-01-01",
        "http://example.org/x",
        "javascript:alert(1)",
        "//example.org",
        None,
    ]
    rows = [{"x": 1, "y": 20 * n, "words": "word", "href": target} for n, target in enumerate(targets)]
    links = [dict(a.attrib) for a in pen.drawn(draw.picture([draw.words(rows)], 90, 120)).iter("a")]
    assert links == [{"href": "#f-f1", "data-figure": "f1"}, {"href": "/figure/f1?as_of=2026-01-01"}]


HOSTILE = '"><script>alert(1)</script><image href="http://example.org/x.png"/>&#x0;'


def test_hostile_words_are_text_and_nothing_but_drawing_is_let_in() -> None:
    svg = charts.bars([replace(BARS[0], label=HOSTILE, said=HOSTILE)], 336, "b", HOSTILE, HOSTILE)
    root = ET.fromstring(svg)  # noqa: S314  drawn by us
    assert "<script" not in svg
    tags = {element.tag.removeprefix(SVG) for element in root.iter()}
    assert tags <= {"svg", "g", "path", "text", "a", "title", "desc"}
    assert not any(key.startswith("on") or "script" in value.lower() for e in root.iter() for key, value in e.items())
    assert root.get("aria-labelledby") == "b-title b-desc"
    colours = set(re.findall(r'(?:fill|stroke)="([^"]+)"', svg))
    assert all(c.startswith(("var(--", "none", "transparent")) for c in colours), colours


@given(st.text(max_size=80), st.floats(10, 400))
def test_what_is_fitted_fits(words: str, width: float) -> None:
    assert width_of(fit(words, width)) <= width
