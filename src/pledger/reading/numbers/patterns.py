"""Building regular expressions from lexicon words, so that matching stays fast and linear."""

from __future__ import annotations

import re
from collections.abc import Iterable

__all__ = ["GAP", "alternation"]

GAP = "[ \u00a0]{0,2}\n?[ \u00a0]{0,2}"
"""White space inside one phrase: at most one line break (a blank line ends the phrase)."""

_SPACE = "(?:[ \u00a0]{1,2}\n?[ \u00a0]{0,2}|\n[ \u00a0]{0,2})"

_Trie = dict[str, "_Trie"]


def alternation(words: Iterable[str]) -> str:
    """A regular expression (non-capturing group) for any of `words`, the longest first, built as a tree of letters.

    A tree keeps the number of tries at each character small, whatever the number of words. A space in a word matches
    any short white space, including one line break.
    """
    root: _Trie = {}
    for word in words:
        node = root
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return f"(?:{_branch(root)})" if root else "(?!)"


def _branch(node: _Trie) -> str:
    """The alternation below one node of the tree; the empty key marks that a word may end here."""
    parts = []
    for letter, below in node.items():
        if letter:
            rest = _branch(below)
            parts.append((_SPACE if letter == " " else re.escape(letter)) + rest)
    if not parts:
        return ""
    inner = "|".join(parts)
    if "" in node:
        return f"(?:{inner})?"
    return inner if len(parts) == 1 else f"(?:{inner})"
