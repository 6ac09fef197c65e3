"""What an operator may set: where the ledger is, who may write, and how much anybody may ask."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["LOOPBACK", "Past", "Settings"]

LOOPBACK = ("127.0.0.1", "::1", "localhost")


@dataclass(frozen=True, slots=True)
class Past:
    """What ledgers of the past may take (see `pasts`)."""

    claims: int = 10_000
    """Up to which a ledger is derived in memory within the request: some two seconds."""
    files: int = 12
    bytes: int = 12_000_000_000
    folder: Path | None = None
    """Where they lie; None: in the user's folder for such things."""


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings of one server; sizes in bytes, times in seconds."""

    ledger: str
    token: str | None = None
    """Who shows it may write; None: nobody may."""
    host: str = "127.0.0.1"
    port: int = 8000
    names: tuple[str, ...] = ()
    """Host names besides the loopback ones under which the server may be asked."""
    upload_bytes: int = 20_000_000
    """Of one upload, all files together."""
    upload_files: int = 50
    upload_seconds: float = 120.0
    """In which an upload must have come, and as many in which it must be read."""
    body_bytes: int = 200_000
    """Of any other request."""
    body_seconds: float = 30.0
    """In which such a request must have come."""
    expensive_per_minute: int = 60
    """Requests a minute of one address on routes that compute (runs, pictures, downloads, uploads, signing in)."""
    past: Past = field(default_factory=Past)
