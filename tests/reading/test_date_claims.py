"""Which dates become claims, and whose: what a text speaks of, no mastheads, no advertisements."""

from __future__ import annotations

import datetime as dt

import pytest

from pledger.model import DateValue, EntityKind
from reading.claims import claims

ON = dt.date(2026, 2, 12)


def dated(text: str) -> list[tuple[str, str, EntityKind]]:
    """The date claims of a text, as (words, event, kind of subject)."""
    found = claims(text, "date", reported_on=ON)
    return [(c.text, c.value.event, c.subject.kind) for c in found if isinstance(c.value, DateValue)]


PLANT = "Oslo Metals plans a $2bn aluminium smelter in Ohio. "


def test_a_sentence_without_a_project_speaks_of_the_one_in_focus() -> None:
    assert dated(PLANT + "Ground is to be broken in June.") == [("June", "start", EntityKind.PROJECT)]


def test_a_set_back_is_an_event_and_a_bare_date_is_none() -> None:
    assert dated(PLANT + "It had been shelved in 2023.") == [("2023", "other", EntityKind.PROJECT)]
    assert dated(PLANT + "The town had 900 inhabitants in 2023.") == []


@pytest.mark.parametrize(
    "line",
    [
        "OSLO, Feb. 11, 2026 (Northern Desk) - " + PLANT,
        PLANT + "\n\nSponsored: sign up by Friday for our summit on metals.",
        PLANT + "\n\nCorrection: an earlier version said on Monday that it was approved.",
        PLANT + "\n\nGood morning. It is Thursday, 12 February, and this begins our week.",
    ],
)
def test_what_an_outlet_says_of_itself_gives_no_date(line: str) -> None:
    assert dated(line) == []


@pytest.mark.parametrize(
    "text",
    [
        "date 2026-02-11 " + PLANT,
        "Posted 2026-02-11 09:30\n\n" + PLANT,
        PLANT + "\n\n2026-02-11 20:07",
        PLANT + "Workers look on. 2026.02.11 desk@example.org",
    ],
)
def test_the_stamp_of_a_page_or_a_picture_is_no_event(text: str) -> None:
    assert dated(text) == []


def test_a_day_in_figures_in_a_list_of_events_is_one() -> None:
    assert dated(PLANT + "\n\n2026-02-11: the loan was signed.") == [("2026-02-11", "sign", EntityKind.PROJECT)]
