"""Projects in a text: which words speak of something to be built, and which of them mean the same thing.

Projects seldom have names. Inside one document two mentions are one project when their kinds belong to one family
and neither their sponsors nor their places contradict each other.
"""

from __future__ import annotations

from pledger.reading.projects.back import pointing_back
from pledger.reading.projects.grouped import grouped
from pledger.reading.projects.joined import joined
from pledger.reading.projects.listing import priced_lines
from pledger.reading.projects.places import place_at
from pledger.reading.projects.seen import Seen, Sighting, seen
from pledger.reading.projects.told import Joined, Located

__all__ = [
    "Joined",
    "Located",
    "Seen",
    "Sighting",
    "grouped",
    "joined",
    "place_at",
    "pointing_back",
    "priced_lines",
    "seen",
]
