"""How a value is written for a person, in the style of the field: `$550bn`, `up to $100bn`, `Q3 2026`.

Every function is pure and returns plain text without markup; who prints it escapes it. Numbers keep at most four
decimals of their unit, so that what is written never claims more, or visibly less, than the sources do.
"""

from __future__ import annotations

from pledger.views.days import say_date, say_interval
from pledger.views.wording.figures import (
    say_attribute,
    say_beside,
    say_conflict,
    say_conflict_kind,
    say_entity,
    say_figure,
    say_matter,
    say_modality,
    say_name,
    say_party,
    say_standing,
    say_subject,
    say_weight,
)
from pledger.views.wording.sources import chain, say_chain, say_document, say_moment, say_notice, say_origin
from pledger.views.wording.values import (
    say,
    say_count,
    say_instruments,
    say_kind,
    say_list,
    say_money,
    say_share,
    say_stage,
)

__all__ = [
    "chain",
    "say",
    "say_attribute",
    "say_beside",
    "say_chain",
    "say_conflict",
    "say_conflict_kind",
    "say_count",
    "say_date",
    "say_document",
    "say_entity",
    "say_figure",
    "say_instruments",
    "say_interval",
    "say_kind",
    "say_list",
    "say_matter",
    "say_modality",
    "say_moment",
    "say_money",
    "say_name",
    "say_notice",
    "say_origin",
    "say_party",
    "say_share",
    "say_stage",
    "say_standing",
    "say_subject",
    "say_weight",
]
