"""Who holds how much of what: sentences in, holders, shares and wholes out."""

from __future__ import annotations

import pytest

from pledger.model import Share
from reading.claims import claims

MINE = "Hallingdal plans a gallium mine at Rolvsund, Ohio. "


def stakes(text: str) -> list[tuple[str, float | None, str | None]]:
    """(holder, share, whole) of each share."""
    return [(c.subject.text, c.value.low, c.value.of) for c in claims(text, "share") if isinstance(c.value, Share)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Fjord Energy will hold a 40% stake in Halden Metals.", [("Fjord Energy", 0.4, "Halden Metals")]),
        ("Fjord Energy, which owns 62 per cent of Halden Metals, said so.", [("Fjord Energy", 0.62, "Halden Metals")]),
        (
            "Halden Metals is owned by Fjord Energy (60%) and Nordvik Group (40%).",
            [("Fjord Energy", 0.6, "Halden Metals"), ("Nordvik Group", 0.4, "Halden Metals")],
        ),
        (
            "Of the equity, Fjord Energy will hold 50 percent, Nordvik Group 30 percent and Halden another 20 percent.",
            [("Fjord Energy", 0.5, None), ("Nordvik Group", 0.3, None), ("Halden", 0.2, None)],
        ),
        (
            "Fjord Energy and Nordvik Group, which jointly own Halden Metals with 45% and 55% respectively, agreed.",
            [("Fjord Energy", 0.45, "Halden Metals"), ("Nordvik Group", 0.55, "Halden Metals")],
        ),
    ],
)
def test_a_share_of_ownership_is_said_of_its_holder(text: str, expected: list[tuple[str, float, str | None]]) -> None:
    assert stakes(text) == expected


def test_who_holds_the_rest_of_a_project_stands_behind_the_verb() -> None:
    found = stakes(MINE + "The remaining 25% of the project is held by the state-owned Nordvik Group.")
    assert [(holder, share) for holder, share, _ in found] == [("Nordvik Group", 0.25)]


def test_a_rise_is_no_stake() -> None:
    assert all(holder != "Fjord Energy" for holder, _, _ in stakes("Fjord Energy holds on: Nordvik rose about 3%."))
