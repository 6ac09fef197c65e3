"""Places on a map: where words lie, and that names on it never stand on one another."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pledger.views.maps import Mark, place_map, window
from pledger.views.places import Precision, Spot, locate
from pledger.views.svg import png, standalone, width_of

SVG = "{http://www.w3.org/2000/svg}"


@pytest.mark.parametrize(
    ("place", "host", "name", "precision", "latitude", "longitude"),
    [
        ("Portsmouth, Ohio", "US", "Portsmouth", Precision.TOWN, 38.7, -83.0),
        ("Brownsville, Texas", "US", "Brownsville", Precision.TOWN, 25.9, -97.5),
        ("Ohio", "US", "Ohio", Precision.STATE, 40.5, -82.7),
        ("オハイオ州", "US", "Ohio", Precision.STATE, 40.5, -82.7),
        ("Georgia", "US", "Georgia", Precision.STATE, 33.5, -84.2),
        ("Georgia", "", "Georgia", Precision.COUNTRY, 41.9, 43.9),
        ("United States", "US", "United States", Precision.COUNTRY, 37.5, -93.0),
        ("Jakarta", "", "Jakarta", Precision.TOWN, -6.2, 106.8),
    ],
)
def test_words_lie_somewhere(
    place: str, host: str, name: str, precision: Precision, latitude: float, longitude: float
) -> None:
    spot = locate(place, host)
    assert spot is not None
    assert (spot.name, spot.precision) == (name, precision)
    assert spot.latitude == pytest.approx(latitude, abs=1.0)
    assert spot.longitude == pytest.approx(longitude, abs=1.0)


@pytest.mark.parametrize("place", ["", "Springfield", "Portsmouth", "a site to be named", "Rhine valley", "<b>x</b>"])
def test_words_that_can_be_several_places_lie_nowhere(place: str) -> None:
    assert locate(place, "US") is None


SPOTS = st.builds(
    Spot,
    name=st.sampled_from(["Portsmouth", "Ohio", "Brownsville", "A rather long name of a port"]),
    latitude=st.floats(-58, 75),
    longitude=st.floats(-179, 179),
    precision=st.sampled_from(Precision),
)
MARKS = st.lists(
    st.builds(
        Mark, spot=SPOTS, words=st.text(min_size=1, max_size=60), says=st.text(max_size=20),
        weight=st.floats(0, 1e12), href=st.sampled_from(["/project/e1", "/project/e2", None]),
    ),
    min_size=1, max_size=25,
)  # fmt: skip


@settings(deadline=None, max_examples=25)
@given(marks=MARKS, width=st.sampled_from([336, 680, 1040]))
def test_names_lie_apart_and_everything_lies_inside(marks: list[Mark], width: int) -> None:
    root = ET.fromstring(place_map(marks, width, "m", "Projects", "where they are"))  # noqa: S314  our own
    wide, high = (float(x) for x in root.get("viewBox", "").split()[2:])
    boxes = []
    for text in root.iter(f"{SVG}text"):
        if text.get("aria-hidden") or text.get("font-weight") != "600":
            continue
        words = text.text or ""
        size = width_of(words, 12, bold=True)
        left = float(text.get("x", "")) - {"start": 0.0, "middle": size / 2, "end": size}[text.get("text-anchor", "")]
        boxes.append((left, float(text.get("y", "")) - 12, left + size, float(text.get("y", "")) + 4))
    for number, (left, top, right, bottom) in enumerate(boxes):
        assert left >= -0.2
        assert right <= wide + 0.2
        assert top >= -0.2
        assert bottom <= high + 0.2
        for other in boxes[number + 1 :]:
            apart = (
                right <= other[0] + 0.2 or other[2] <= left + 0.2 or bottom <= other[1] + 0.2 or other[3] <= top + 0.2
            )
            assert apart, "two names meet"
    links = list(root.iter(f"{SVG}a"))
    assert len(links) == sum(mark.href is not None for mark in marks)
    assert all(link.get("aria-label") for link in links)
    for mark in marks:
        x, y = window([m.spot for m in marks], width).at(mark.spot.latitude, mark.spot.longitude)
        assert -1 <= x <= wide + 1
        assert -1 <= y <= high + 1


def test_a_map_is_taken_away_with_its_source() -> None:
    spot = locate("Portsmouth, Ohio", "US")
    assert spot is not None
    drawn = place_map([Mark(spot, "A <plant> & more", "$1bn", 1e9, "/project/e1")], 680, "m", "t", "d")
    told = standalone(drawn, "Where it is\nSource: Pledger")
    assert "Source: Pledger" in told
    assert "var(--" not in told
    assert "<plant>" not in told
    assert re.search(r"A &lt;plant&gt; &amp; more", told)
    assert png(drawn).startswith(b"\x89PNG")
