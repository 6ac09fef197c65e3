"""`python -m pledger` is `pledger`."""

from __future__ import annotations

from pledger.cli import main

if __name__ == "__main__":
    main()
