"""What a source is: an outlet that relays others, somebody unnamed, a document that somebody else passes on."""

from __future__ import annotations

from pledger.reading.attribution.frames import group
from pledger.reading.attribution.nouns import noun_right
from pledger.reading.attribution.words import C, Words

__all__ = ["carrier", "is_anonymous", "is_name", "is_outlet"]


def carrier(w: Words, part: tuple[int, int]) -> tuple[int, int] | None:
    """Who passes on the source: "a Daily Courier article carried by Finblog"."""
    for k in range(part[0] + 1, part[1] - 2):
        if w.low[k] in group("sets", "carried"):
            for j in range(k + 1, min(part[1] - 1, k + 6)):
                if w.low[j] in ("by", "on") and w.cls[j + 1] & (C.NAME | C.DET) and not w.cls[j + 1] & C.TIME:
                    stop = min(noun_right(w, j + 1, part[1]), part[1])
                    named = any(w.cls[n] & C.NAME or "." in w.low[n] for n in range(j + 1, stop))
                    return (j + 1, stop) if stop > j + 1 and named else None
    return None


def is_name(w: Words, part: tuple[int, int]) -> bool:
    """Whether the words are one name: whom unnamed sources tell something, relays it."""
    return all(w.cls[k] & (C.NAME | C.DET) and not w.cls[k] & C.TITLE for k in range(*part))


def is_outlet(w: Words, part: tuple[int, int]) -> bool:
    """Whether the words name somebody who reports what others said."""
    outlets = group("speakers", "outlets")
    return (
        any(w.text[w.start[k] : w.end[k]] in outlets for k in range(*part))
        and part[1] - part[0] < 9
        and not any(w.low[k] in ("of", "at", "for", ",") for k in range(*part))
    )


def is_anonymous(w: Words, part: tuple[int, int]) -> bool:
    """Whether the source has no name: "two officials", "people familiar with the matter"."""
    words = group("speakers", "anonymous")
    head = w.low[part[0] : part[1]]
    named = any(word[:1].isupper() for word in w.text[w.start[part[0]] : w.end[part[1] - 1]].split()[1:])
    if head and head[0] in ("the", "this", "that", "his", "her", "its", "their") and part[1] - part[0] < 3:
        return False
    return not named and any(word in words for word in head[:8])
