"""Writes docs/datasette.yaml: what Datasette shows beside the ledger's tables, from the ledger's own list of meanings.

    python tools/datasette_metadata.py [NAME] > docs/datasette.yaml

NAME: of the database as Datasette calls it (the file's name without its ending); `pledger` by default.
"""

from __future__ import annotations

import sys
from typing import Any

import yaml

from pledger.ledger.meanings import about_rows

_LABELS = {"entities": "name", "documents": "title", "claims": "words", "figures": "value_in_words"}


def metadata(name: str) -> dict[str, Any]:
    """Datasette's metadata for a ledger of this name."""
    tables: dict[str, dict[str, Any]] = {}
    for row in about_rows():
        table = tables.setdefault(row["table_name"], {})
        if row["column_name"]:
            table.setdefault("columns", {})[row["column_name"]] = row["meaning"]
        else:
            table["description"] = row["meaning"]
            if row["table_name"] in _LABELS:
                table["label_column"] = _LABELS[row["table_name"]]
    return {
        "title": "Pledger: a ledger of reported investment programmes",
        "databases": {name: {"tables": tables}},
    }


if __name__ == "__main__":
    words = metadata(sys.argv[1] if len(sys.argv) > 1 else "pledger")
    print("# Made by tools/datasette_metadata.py. For a file of another name, change the name below `databases`.")
    print(yaml.safe_dump(words, allow_unicode=True, sort_keys=False, width=118), end="")
