"""Writes `data/lexicon/variants.toml`: one spelling for each character that China, Taiwan and Japan write differently.

The characters are those of OpenCC (Apache License 2.0), as the package opencc-python-reimplemented carries them; only
this script needs it. Run it after an update of the package:

    python tools/character_variants.py > src/pledger/data/lexicon/variants.toml
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files

_PACKAGE = "opencc-python-reimplemented"
_LAST = 0xFFFF
"""Characters beyond the first plane are of old books, not of news."""


def _rows(name: str) -> Iterator[tuple[str, str]]:
    """Pairs of one character and the first that stands for it in the other form."""
    text = (files("opencc") / "dictionary" / name).read_text(encoding="utf-8")
    for line in text.splitlines():
        left, _, right = line.partition("\t")
        first = right.split(" ")[0].strip()
        if len(left) == len(first) == 1 and left != first and ord(left) <= _LAST and ord(first) <= _LAST:
            yield left, first


def main() -> None:
    """Prints the file."""
    simple = dict(_rows("TSCharacters.txt"))
    japanese = {new: simple.get(old, old) for old, new in _rows("JPVariants.txt")}
    pairs = {**{k: v for k, v in japanese.items() if k != v and k not in simple.values()}, **simple}
    out = sys.stdout.write
    out("# One spelling for each Chinese character that has several: traditional and Japanese ones to simple ones.\n")
    out(f"# Written by tools/character_variants.py from OpenCC ({_PACKAGE} {version(_PACKAGE)}), Apache License 2.0.\n")
    out("# What folding needs besides stands in ledger_names.toml, and comes first.\n\npairs = [\n")
    listed = sorted(f'"{k}{v}"' for k, v in pairs.items())
    for start in range(0, len(listed), 16):
        out(f"  {', '.join(listed[start : start + 16])},\n")
    out("]\n")


if __name__ == "__main__":
    main()
