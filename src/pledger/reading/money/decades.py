"""8億円台, 20억 달러대: from a round number to the next one."""

from __future__ import annotations

import re
from decimal import Decimal

from pledger.reading.money.marks import Marked

__all__ = ["decade_after"]

_DECADE = re.compile(r"台(?![湾灣風风数本車所地])|대(?=[ .,)의를로에가는은와과도]|$)")


def decade_after(text: str, mark: Marked) -> tuple[int, Decimal] | None:
    """Where 台 or 대 behind an amount ends, and the upper end of the spread that it tells; None where there is none.

    The number's last written place is the step: 8億台 ends at 9億, 20億台 at 30億, 120億台 at 130億.
    """
    match = _DECADE.match(text, mark.end)
    if match is None or mark.quantity.vague or not mark.quantity.low:
        return None
    scale = mark.quantity.scale or Decimal(1)
    number = (mark.quantity.low / scale).normalize()
    exponent = number.as_tuple().exponent
    step = Decimal(10) ** (exponent if isinstance(exponent, int) else 0)
    return match.end(), mark.quantity.low + step * scale
