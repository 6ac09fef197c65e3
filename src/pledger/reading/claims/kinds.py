"""Claims of what kind of thing each project is, and where it is to stand."""

from __future__ import annotations

from pledger.model import Attribute, Claim, EntityKind, Mention, Span, Text
from pledger.reading.claims.making import Maker
from pledger.reading.context import Context
from pledger.reading.kinds import KindFound, family
from pledger.reading.names import foreign_place
from pledger.reading.placed import Placed

__all__ = ["kind_claims"]


def kind_claims(maker: Maker, found: Placed[KindFound]) -> list[Claim]:
    """Each kind of a project in the finest words that its mention uses, and each place, once in a document."""
    out: list[Claim] = []
    seen: set[tuple[str, str]] = set()
    for span, mention in maker.ctx.projects:
        for at, kind in found.inside(span):
            if at == span and _tells(kind, mention) and (mention.text, kind.kind) not in seen:
                seen.add((mention.text, kind.kind))
                out.append(maker.claim(span, Attribute.KIND, mention, Text(kind.kind)))
        place = mention.place
        where = (place or "", family(mention.project_kind or ""))
        if place is None or where in seen:
            continue
        named = _named_place(maker.ctx, maker.ctx.sentence(span), place)
        if named is not None:
            seen.add(where)
            out.append(maker.claim(named, Attribute.LOCATION, mention, Text(place), sentence=maker.ctx.sentence(span)))
    return out


def _named_place(ctx: Context, sentence: Span, place: str) -> Span | None:
    names = (name for _, name in ctx.names.inside(sentence) if name.kind is EntityKind.PLACE)
    return next((name.span for name in names if foreign_place(name.text) == place), None)


def _tells(found: KindFound, mention: Mention) -> bool:
    """A family's own word ("power") says nothing where the document has a finer one."""
    return found.kind == mention.project_kind or found.kind != family(mention.project_kind or "")
