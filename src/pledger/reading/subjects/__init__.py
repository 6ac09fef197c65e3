"""What an amount, a stage, a date or a share belongs to: the programme, a project, a batch, a market, nobody."""

from __future__ import annotations

from pledger.reading.subjects.amounts import again, of_amount
from pledger.reading.subjects.dates import in_focus, of_date, unnamed
from pledger.reading.subjects.deals import of_deal
from pledger.reading.subjects.shares import of_share
from pledger.reading.subjects.stages import of_stage

__all__ = ["again", "in_focus", "of_amount", "of_date", "of_deal", "of_share", "of_stage", "unnamed"]
