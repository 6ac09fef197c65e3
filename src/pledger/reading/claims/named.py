"""The organisations of a document that may play a part, in the widest sense, and how a sentence is masked with them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import takewhile

from pledger.model import Attribute, Claim, EntityKind, Mention, Ownership, Party, Span, Text
from pledger.reading.claims.making import Maker
from pledger.reading.context import Context
from pledger.reading.countries import country_code
from pledger.reading.mask import mask
from pledger.reading.names import Name, is_firm, is_term, normal_name, wider
from pledger.reading.parties import MaskedSentence, institutions, speaks_of_roles
from pledger.reading.placed import Placed

__all__ = ["fuller_names", "in_two_scripts", "masked_whole", "wide_names"]


def wide_names(ctx: Context) -> Placed[Name]:
    """The organisations of a document in the widest sense, and the countries, by place."""
    found = wider(ctx.text, ctx.sentences, ctx.language, (name for _, name in ctx.names))
    placed = Placed((name.span, name) for name in found)
    lands = [
        Name(EntityKind.PLACE, span, span.of(ctx.text))
        for span, land in ctx.countries
        if land.form == "name" and not placed.touching(span)
    ]
    return Placed([*placed, *((name.span, name) for name in lands)])


def fuller_names(names: Placed[Name]) -> dict[str, str]:
    """For short forms of names the one longer name of the text that begins with them: "Heartland", "Heartland Oil"."""
    texts = sorted({normal_name(name.text) for _, name in names if name.kind is EntityKind.ORGANISATION})
    found: dict[str, str] = {}
    for index, short in enumerate(texts):
        longer = list(takewhile(lambda text: text.startswith(short), texts[index + 1 :]))  # noqa: B023 (used at once)
        if short.isascii():
            longer = [text for text in longer if text[len(short) : len(short) + 1] == " "]
        heads = [text for text in longer if not any(text != other and text.startswith(other) for other in longer)]
        if len(heads) == 1 and len(short) >= _SHORTEST and country_code(short) is None:
            found[short] = heads[0]
    return found


_SHORTEST = 2
"""Characters of a name that may stand for a longer one."""


def masked_whole(ctx: Context, index: int, names: Sequence[Name], projects: Sequence[Span]) -> MaskedSentence | None:
    """A sentence that may speak of parts, masked for frames of classes; None where it does not."""
    if not speaks_of_roles(ctx.page, index):
        return None
    sentence = ctx.sentences[index]
    named = Placed((name.whole(ctx.text), name) for name in names if name.kind is not EntityKind.PLACE)
    unnamed = [n for n in institutions(ctx.page, index) if not named.touching(n.span)]
    if not any(name.kind is not EntityKind.PERSON for name in (*names, *unnamed)):
        return None
    firms = Placed((span, name) for span, name in named if is_firm(name.text))
    things = [project for project in projects if not any(_is_of(span, project) for span, _ in firms.touching(project))]
    items: list[tuple[Span, str, Span | Name]] = [(thing, "P", thing) for thing in things]
    items += [(name.span, "O", name) for name in unnamed]
    # A place that only tells where an organisation is from is part of it: those with such words first, places last.
    spans = [(_with_origin(ctx, sentence, name), name) for name in names]
    spans.sort(key=lambda one: (one[0] == one[1].whole(ctx.text), one[1].kind is EntityKind.PLACE))
    items += [(span, _LETTERS[name.kind], name) for span, name in spans]
    return mask(ctx.text, sentence, items)


_LETTERS = {EntityKind.ORGANISATION: "O", EntityKind.PERSON: "H", EntityKind.PLACE: "L"}
_ORIGIN = re.compile(
    r"(?:(?P<land>[A-Z][\w.]{1,15}(?: [A-Z]\w{1,12})?)(?:’s|'s)|[A-Z]\w{2,15}-(?:based|listed)"
    r"|(?:state|government|publicly|privately|family)-(?:owned|run|held|backed|controlled)|listed) $"
)


def _is_of(firm: Span, project: Span) -> bool:
    """Whether what looks like a project is a company's name, or part of it: a plant called by its owner."""
    return firm.covers(project) or firm.start <= project.start


def _with_origin(ctx: Context, sentence: Span, name: Name) -> Span:
    """A name with the words before it that only tell where it is from: "Norway's", "Tulsa-based"."""
    whole = name.whole(ctx.text)
    if ctx.language != "en" or name.kind is not EntityKind.ORGANISATION:
        return whole
    before = _ORIGIN.search(ctx.text, max(sentence.start, whole.start - 40), whole.start)
    if before is None or (before["land"] and country_code(before["land"]) is None):
        return whole
    return Span(before.start(), whole.end)


def in_two_scripts(maker: Maker, names: Placed[Name], claims: Sequence[Claim]) -> list[Claim]:
    """For names that the text gives in two scripts and that play no part: that there is such an organisation."""
    said = {form for c in claims if isinstance(c.value, Party) for form in (c.value.name, *c.value.aliases)}
    said |= {form for c in claims if isinstance(c.value, Ownership) for form in (c.value.owner, *c.subject.aliases)}
    out: list[Claim] = []
    for span, name in names:
        key = normal_name(name.text)
        forms = tuple(form for form in name.aliases if form.isascii() is not key.isascii())
        if not forms or {key, *forms} <= said or is_term(key) or _with_project(maker.ctx, span):
            continue
        said |= {key, *forms}
        kind = EntityKind.PERSON if _PERSON.search(key) else name.kind
        subject = Mention(kind, name.text, span, key=key, aliases=forms)
        out.append(maker.claim(name.shown(maker.ctx.text), Attribute.KIND, subject, Text(str(kind))))
    return out


_PERSON = re.compile(r"[\u4e00-\u9fff][·・][\u4e00-\u9fff]")
"""A person's name from another language as Chinese writes it: given and family name with a dot between."""


_CALLED = re.compile(
    r"[)）]\s?(?:[^\s,.]{1,6}\s){0,2}?[^\s,.]{0,6}(?:시설|터미널|발전소|호기|원전|항구|항만|프로젝트|유전|가스전|광산|단지)"
)


def _with_project(ctx: Context, span: Span) -> bool:
    """Whether a name is that of a project, or of something built: "보글(Vogtle) 3·4호기"."""
    behind = ctx.text.find(")", span.end, span.end + 40)
    return bool(ctx.projects.touching(span)) or (behind > 0 and _CALLED.match(ctx.text, behind) is not None)
