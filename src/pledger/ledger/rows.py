"""A list of records that can also be had as a data frame."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["Rows"]

T = TypeVar("T")


class Rows(list[T]):
    """A list of the ledger's records (documents, claims, entities, figures, conflicts)."""

    def frame(self) -> pd.DataFrame:
        """The same records as a pandas data frame, one row each; nested records spread over columns `value.low` etc.

        Raises ImportError, with the mend, where pandas is not installed.
        """
        try:
            import pandas as pd
        except ImportError as error:
            raise ImportError("data frames need pandas: pip install 'pledger[frames]'") from error
        return pd.DataFrame([_flat(record) for record in self])


def _flat(record: Any, prefix: str = "") -> dict[str, Any]:
    row: dict[str, Any] = {}
    if hasattr(record, "id") and not prefix:
        row["id"] = record.id
    for field in fields(record):
        if field.name.startswith("_"):
            continue
        value = getattr(record, field.name)
        if is_dataclass(value):
            row |= _flat(value, f"{prefix}{field.name}.")
        elif isinstance(value, tuple):
            row[prefix + field.name] = [_flat(v) if is_dataclass(v) else v for v in value]
        else:
            row[prefix + field.name] = value if value is None or not hasattr(value, "value") else value.value
    return row
