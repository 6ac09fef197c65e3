"""Claims of what kind of thing each project is, and where it is to stand."""

from __future__ import annotations

import re
from collections.abc import Iterator

from pledger.model import Attribute, Claim, EntityKind, Mention, Span, Text
from pledger.reading.claims.making import Maker
from pledger.reading.claims.tabled import PLACE, tabled
from pledger.reading.context import Context
from pledger.reading.kinds import KindFound, family
from pledger.reading.names import foreign_place
from pledger.reading.patterns import CJK
from pledger.reading.placed import Placed
from pledger.reading.projects import place_at

__all__ = ["kind_claims"]


def kind_claims(maker: Maker, found: Placed[KindFound]) -> list[Claim]:
    """Each kind of a project in the finest words that its mention uses, and each place, once in a document.

    A place counts again where a town or a county in it is named for the first time.
    """
    out: list[Claim] = []
    seen: set[tuple[str, ...]] = set()
    ctx = maker.ctx
    for located in ctx.located:
        project, found_at = located.project, located.place
        told = ("located", found_at.text, project.key or "", project.project_kind or "", project.sponsor or "")
        if told not in seen:
            seen.update((told, (found_at.text, family(project.project_kind or "")), ("town", *told[1:])))
            sentence = ctx.sentence(found_at.span)
            out.append(maker.claim(found_at.span, Attribute.LOCATION, project, Text(found_at.text), sentence=sentence))
    for at, stands, project in _tabled(ctx):
        told = ("located", stands, project.key or "", project.project_kind or "", project.sponsor or "")
        if told not in seen:
            seen.update((told, (stands, family(project.project_kind or "")), ("town", *told[1:])))
            out.append(maker.claim(at, Attribute.LOCATION, project, Text(stands)))
    for span, mention in ctx.projects:
        for at, kind in found.inside(span):
            if at == span and _tells(kind, mention) and (mention.text, kind.kind) not in seen:
                seen.add((mention.text, kind.kind))
                out.append(maker.claim(span, Attribute.KIND, mention, Text(kind.kind)))
        if ctx.language in CJK:
            continue
        place = mention.place
        where = (place or "", family(mention.project_kind or ""))
        town = (*where, "town")
        if place is None or town in seen or (where in seen and ctx.language != "ja"):
            continue
        named = _named_place(ctx, ctx.sentence(span), place)
        if named is None:
            continue
        words = _with_town(ctx, named)
        if words == named and where in seen:
            continue
        seen.update((where, town) if words != named else (where,))
        out.append(maker.claim(words, Attribute.LOCATION, mention, Text(place), sentence=ctx.sentence(span)))
    return out


def _tabled(ctx: Context) -> Iterator[tuple[Span, str, Mention]]:
    """Where columns of tables and labels say that projects stand."""
    for one in tabled(ctx):
        if one.role != PLACE:
            continue
        if ctx.language in CJK:
            here = [name for _, name in ctx.names.inside(one.cell) if name.kind is EntityKind.PLACE]
            if here:
                yield here[0].span, foreign_place(here[0].text), one.project
        elif (place := place_at(ctx.text, one.cell.start, one.cell.end, ctx.language)) is not None:
            yield place.span, place.text, one.project


def _named_place(ctx: Context, sentence: Span, place: str) -> Span | None:
    names = (name for _, name in ctx.names.inside(sentence) if name.kind is EntityKind.PLACE)
    return next((name.span for name in names if foreign_place(name.text) == place), None)


_TOWN = re.compile(r"[ァ-ヶー]{2,12}[郡市]?")


def _with_town(ctx: Context, place: Span) -> Span:
    """A state with the town or county that Japanese writes right behind it."""
    town = _TOWN.match(ctx.text, place.end) if ctx.language == "ja" else None
    return Span(place.start, town.end()) if town and ctx.text[place.end - 1] == "州" else place


def _tells(found: KindFound, mention: Mention) -> bool:
    """A family's own word ("power") says nothing where the document has a finer one."""
    return found.kind == mention.project_kind or found.kind != family(mention.project_kind or "")
