"""Templates of pages, with the words that all of them use; everything is escaped but what is marked as safe by us."""

from __future__ import annotations

from jinja2 import Environment, PackageLoader, StrictUndefined

from pledger.views import wording
from pledger.views.plain import clean

__all__ = ["environment"]


def environment(package: str, folder: str) -> Environment:
    """The templates in a folder of a package. A name that a template asks for and nobody gives is an error."""
    made = Environment(
        loader=PackageLoader(package, folder),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    made.filters |= {
        "clean": clean,
        "count": wording.say_count,
        "day": lambda day: wording.say_date(day) if day else "undated",
        "kind": wording.say_kind,
        "named": lambda entity: clean(wording.say_entity(entity)),
        "notice": wording.say_notice,
        "origin": lambda name: clean(wording.say_origin(name)),
        "publisher": lambda document: clean(wording.say_document(document)),
        "say": lambda value: clean(wording.say(value)),
        "standing": wording.say_standing,
    }
    made.globals |= {
        "attribute": wording.say_attribute,
        "beside": lambda value, qualifier: clean(wording.say_beside(value, qualifier)),
        "conflict_kind": wording.say_conflict_kind,
        "matter_of": lambda conflict: clean(wording.say_matter(conflict)),
    }
    return made
