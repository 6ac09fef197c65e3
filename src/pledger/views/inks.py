"""Stand-in colours of charts and the page's properties that they become, and where a mark of a chart may lead."""

from __future__ import annotations

import re

__all__ = ["ALERT", "FONT", "INK", "LIGHT", "MAIN", "MUTED", "PAPER", "RULE", "SOFT", "leading", "painted"]

INK, MUTED, RULE, MAIN, SOFT, ALERT, PAPER = (f"#0{n}0{n}0{n}" for n in range(1, 8))
_PROPERTIES = {INK: "ink", MUTED: "muted", RULE: "rule", MAIN: "main", SOFT: "soft", ALERT: "alert", PAPER: "paper"}
LIGHT = {
    "ink": "#17191c", "muted": "#595e64", "rule": "#d8d2c5", "main": "#1d5b8f", "soft": "#a9c6de", "alert": "#b23a2e",
    "paper": "#fbf9f4",
}  # fmt: skip
"""The page's light colours (`report/style.css`), for charts that leave it."""
# Metrics of Arial, which Helvetica and Liberation Sans share; the page's style sheet asks for one of these three.
FONT = "Arial, Helvetica, Liberation Sans, sans-serif"
_PATH = re.compile(r"/[A-Za-z0-9_.~-]+(?:/[A-Za-z0-9_.~-]+)*(?:\?[A-Za-z0-9_.~=&%+-]*)?")
"""Addresses of pages of ours: a path of plain segments, with a query or without, never another host."""


def painted(colour: str) -> str:
    """A stand-in colour as the page's own property; any other as it is."""
    return f"var(--{_PROPERTIES[colour]})" if colour in _PROPERTIES else colour


def leading(target: str) -> dict[str, str]:
    """The attributes of a link to `target`: a path of ours or a fragment; none for anything else.

    A fragment that names a figure's card (`#f-...`) is marked with `data-figure`.
    """
    if path := _PATH.fullmatch(target):
        return {"href": path.group()}
    if "#" not in target:
        return {}
    fragment = target.rpartition("#")[2]
    return {"href": f"#{fragment}"} | (
        {"data-figure": fragment.removeprefix("f-")} if fragment.startswith("f-") else {}
    )
