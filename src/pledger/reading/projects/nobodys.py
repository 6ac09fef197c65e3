"""Words like "the projects in America": of no project that could be told from another."""

from __future__ import annotations

from pledger.model import Mention
from pledger.reading.countries import country_code, seat_of
from pledger.reading.programmes import Pledges

__all__ = ["is_nobodys", "is_scene"]


def is_scene(words: str, pledges: Pledges) -> bool:
    """Whether a place is where one of the two governments of a text's programme sits: the scene of what is decided."""
    leading = pledges.leading
    seat = seat_of(words)
    return seat is not None and leading is not None and leading.key is not None and seat in leading.key.split(">")


def is_nobodys(mention: Mention, pledges: Pledges) -> bool:
    """Whether a text on a programme says nothing of a project but that it is in the host country, or chosen there.

    Neither kind nor name nor sponsor, and as a place the host itself or the seat of one of the two governments: that is
    where projects are decided on ("the projects are selected in Washington"), and so it is any of them.
    """
    leading = pledges.leading
    if leading is None or leading.key is None or mention.place is None:
        return False
    if mention.project_kind is not None or mention.sponsor is not None or mention.key is not None:
        return False
    return country_code(mention.place) == leading.key.partition(">")[2] or is_scene(mention.place, pledges)
