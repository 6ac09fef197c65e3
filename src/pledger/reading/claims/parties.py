"""Claims of parties with their roles, of ownership, and of instruments."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import takewhile

from pledger.model import Attribute, Claim, EntityKind, Instruments, Mention, Ownership, Party, Span, Text
from pledger.reading.claims.making import Maker
from pledger.reading.context import Context
from pledger.reading.countries import country_code
from pledger.reading.mask import mask
from pledger.reading.names import Name, normal_name, wider
from pledger.reading.parties import (
    InstrumentsFound,
    OwnershipFound,
    PartyFound,
    RoleFound,
    actors,
    class_owners,
    class_roles,
    finance_role,
    finances,
    institutions,
    instruments,
    masked_sentence,
    ownerships,
    parties,
    speaks_of_roles,
)
from pledger.reading.parties.roles import MaskedSentence
from pledger.reading.patterns import CJK, any_of, plain
from pledger.reading.placed import Placed

__all__ = ["party_claims"]

_NEAR = 200
"""Characters around the words of a party within which a project is what it is a party to."""
_AGAIN = 300
"""Characters within which an instrument named again without a sum is the one that was named."""
_BESIDE = 32
"""Characters between an instrument and the sum that is paid by it."""
_PARTS = re.compile(r"[;.。；]\s|[，、,](?!\s?(?:of which|up to|worth))|\n\n")
"""What parts a sum from an instrument."""
_FOLLOWS = 350
"""Characters behind a project within which a party that no project stands beside still belongs to it."""


def party_claims(maker: Maker) -> list[Claim]:
    """Parties with their roles, ownership, and instruments."""
    out: list[Claim] = []
    ctx = maker.ctx
    wide = _wide(ctx)
    fuller = _fuller(wide)
    told: dict[str, int] = {}
    for sentence in ctx.sentences:
        here = [name for _, name in (wide if ctx.language == "de" else ctx.names).inside(sentence)]
        more = [name for _, name in wide.inside(sentence)]
        funding = instruments(ctx.text, sentence, ctx.language) if not ctx.bare or more else []
        nameless = actors(ctx.text, sentence, ctx.language, ctx.countries)
        projects = [span for span, _ in (*ctx.projects.inside(sentence), *ctx.backs.inside(sentence))]
        whole = _whole(ctx, sentence, more, projects)
        if not here and not more and not funding and not nameless and whole is None:
            continue
        masked = masked_sentence(ctx.text, sentence, here, projects, nameless)
        out += [_owned(maker, owning) for owning in _owners(ctx, masked, whole)]
        taken: dict[Span, str] = {}
        for found in _by_class(ctx, whole):
            if _adds(taken.get(found.name.span), found.role):
                taken.setdefault(found.name.span, found.role)
                out.append(_class_party(maker, sentence, found, fuller))
        generic = frozenset(nameless)
        for party in parties(masked, ctx.language) if not ctx.bare else ():
            subject = _of_party(ctx, sentence, party) if party.name not in generic else _of_actor(ctx, sentence, party)
            if subject is None or not _can_be(ctx, party) or not _adds(_before(taken, party.name), party.role):
                continue
            taken.setdefault(party.name.span, party.role)
            out.append(_party(maker, party.name, party.role, subject))
        for group in funding:
            if not _says_how(ctx, sentence, group):
                continue
            words = group.span.of(ctx.text).casefold()
            again = group.span.start - told.get(words, -_AGAIN) < _AGAIN
            if again and not _beside_money(ctx, sentence, group):
                continue  # the text goes on about what it has said
            told[words] = group.span.end
            subject = _of_funding(ctx, sentence, group.span)
            out.append(maker.claim(group.span, Attribute.INSTRUMENT, subject, Instruments(group.instruments)))
        if ctx.programme is not None and finances(ctx.text, sentence, ctx.language):
            free = [name for name in here if _before(taken, name) is None and not _inside_another(ctx.text, name, here)]
            out += _funders(maker, sentence, free)
    return out + _in_two_scripts(maker, wide, out)


def _in_two_scripts(maker: Maker, names: Placed[Name], claims: Sequence[Claim]) -> list[Claim]:
    """For names that the text gives in two scripts and that play no part: that there is such an organisation."""
    said = {form for c in claims if isinstance(c.value, Party) for form in (c.value.name, *c.value.aliases)}
    said |= {form for c in claims if isinstance(c.value, Ownership) for form in (c.value.owner, *c.subject.aliases)}
    out: list[Claim] = []
    for span, name in names:
        key = normal_name(name.text)
        forms = tuple(form for form in name.aliases if form.isascii() is not key.isascii())
        if not forms or name.kind is EntityKind.PLACE or {key, *forms} <= said or _with_project(maker.ctx, span):
            continue
        said |= {key, *forms}
        kind = EntityKind.PERSON if _PERSON.search(key) else name.kind
        subject = Mention(kind, name.text, span, key=key, aliases=forms)
        out.append(maker.claim(name.shown(maker.ctx.text), Attribute.KIND, subject, Text(str(kind))))
    return out


_PERSON = re.compile(r"[\u4e00-\u9fff][·・][\u4e00-\u9fff]")
"""A person's name from another language as Chinese writes it: given and family name with a dot between."""


def _with_project(ctx: Context, span: Span) -> bool:
    """Whether a name is that of a project."""
    return bool(ctx.projects.touching(span))


def _wide(ctx: Context) -> Placed[Name]:
    """The organisations of a document in the widest sense, and the countries, by place."""
    found = wider(ctx.text, ctx.sentences, ctx.language, (name for _, name in ctx.names))
    placed = Placed((name.span, name) for name in found)
    lands = [
        Name(EntityKind.PLACE, span, span.of(ctx.text))
        for span, land in ctx.countries
        if land.form == "name" and not placed.touching(span)
    ]
    return Placed([*placed, *((name.span, name) for name in lands)])


def _fuller(names: Placed[Name]) -> dict[str, str]:
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


def _whole(
    ctx: Context, sentence: Span, names: Sequence[Name], projects: Sequence[Span]
) -> MaskedSentence | None:
    """A sentence that may speak of parts, masked for frames of classes; None where it does not."""
    if not speaks_of_roles(ctx.text, sentence, ctx.language):
        return None
    named = Placed((name.whole(ctx.text), name) for name in names if name.kind is not EntityKind.PLACE)
    unnamed = [n for n in institutions(ctx.text, sentence, ctx.language) if not named.touching(n.span)]
    if not any(name.kind is not EntityKind.PERSON for name in (*names, *unnamed)):
        return None
    items: list[tuple[Span, str, Span | Name]] = [(project, "P", project) for project in projects]
    items += [(name.span, "O", name) for name in unnamed]
    # A place that only tells where an organisation is from is part of it: organisations first.
    ordered = sorted(names, key=lambda name: name.kind is EntityKind.PLACE)
    items += [(_with_origin(ctx, sentence, name), _LETTERS[name.kind], name) for name in ordered]
    return mask(ctx.text, sentence, items)


_LETTERS = {EntityKind.ORGANISATION: "O", EntityKind.PERSON: "H", EntityKind.PLACE: "L"}
_ORIGIN = re.compile(
    r"(?:(?P<land>[A-Z][\w.]{1,15}(?: [A-Z]\w{1,12})?)(?:’s|'s)|[A-Z]\w{2,15}-(?:based|listed)"
    r"|(?:state|government|publicly|privately|family)-(?:owned|run|held|backed|controlled)|listed) $"
)


def _with_origin(ctx: Context, sentence: Span, name: Name) -> Span:
    """A name with the words before it that only tell where it is from: "Norway's", "Tulsa-based"."""
    whole = name.whole(ctx.text)
    if ctx.language != "en" or name.kind is not EntityKind.ORGANISATION:
        return whole
    before = _ORIGIN.search(ctx.text, max(sentence.start, whole.start - 40), whole.start)
    if before is None or (before["land"] and country_code(before["land"]) is None):
        return whole
    return Span(before.start(), whole.end)


def _owners(ctx: Context, masked: MaskedSentence, whole: MaskedSentence | None) -> list[OwnershipFound]:
    """Who owns whom in one sentence; frames of classes first."""
    classes = class_owners(whole, ctx.language) if whole is not None else ()
    found = [OwnershipFound(one.owner, one.owned, one.words) for one in classes]
    owned = {one.owned.text for one in found}
    return found + [one for one in ownerships(masked, ctx.language) if one.owned.text not in owned]


def _by_class(ctx: Context, masked: MaskedSentence | None) -> list[RoleFound]:
    """The parties of one sentence by frames of classes; who makes devices supplies them."""
    found = class_roles(masked, ctx.language) if masked is not None else ()
    return [replace(one, role="supplier") if one.role == "sponsor" and _of_devices(ctx, one) else one for one in found]


def _of_devices(ctx: Context, found: RoleFound) -> bool:
    """Whether what a frame says is built are devices of the builder's make."""
    if found.project is not None:
        return _devices().search(found.project.of(ctx.text)) is not None
    words = found.words.of(ctx.text)
    return _devices().search(words) is not None


def _before(taken: dict[Span, str], name: Name) -> str | None:
    """The role that a name, or one that it is part of, has already."""
    return next((role for span, role in taken.items() if span.overlaps(name.span)), None)


def _inside_another(text: str, name: Name, others: Sequence[Name]) -> bool:
    """Whether a name is the other form of one before it, in brackets."""
    return any(other is not name and other.whole(text).covers(name.span) for other in others)


def _adds(before: str | None, role: str) -> bool:
    """Whether a name can have a role beside the one that it has in the same sentence: who builds may run it too."""
    return before is None or (before == "sponsor" and role == "operator")


@cache
def _devices() -> re.Pattern[str]:
    return re.compile(rf"{any_of(plain('parties', 'devices', 'ends'))}$", re.IGNORECASE)


def _can_be(ctx: Context, party: PartyFound) -> bool:
    """Whether people negotiate and organisations do all else, and what is supplied are devices."""
    if (party.role == "negotiator") is not (party.name.kind is EntityKind.PERSON):
        return False
    if party.role != "supplier" or party.project is None:
        return True
    return _devices().search(party.project.of(ctx.text)) is not None


def _funders(maker: Maker, sentence: Span, names: Sequence[Name]) -> list[Claim]:
    """Institutions whose names show their role, in a sentence that speaks of funding."""
    return [
        _party(maker, name, role, _of_funding(maker.ctx, sentence, name.span))
        for name in names
        if name.kind is EntityKind.ORGANISATION and (role := finance_role(name)) is not None
    ]


@cache
def _funding_words() -> re.Pattern[str]:
    return re.compile(rf"\s{any_of(plain('parties', 'funding', 'holding_en'))}")


@cache
def _as_funding() -> re.Pattern[str]:
    """What left of an instrument says that it is one: "in the form of", "provides"."""
    left = any_of(plain("parties", "funding", "left_en"))
    return re.compile(rf"{left}\s(?:[\w\-]{{1,20}}\s){{0,3}}$", re.IGNORECASE)


@cache
def _funding_left() -> re.Pattern[str]:
    """What left of an instrument says that somebody funds with it."""
    return re.compile(any_of(plain("parties", "funding", "verbs_left")) + r"[^,;.:。，、]{0,24}$", re.IGNORECASE)


@cache
def _market() -> re.Pattern[str]:
    """Words by which money beside an instrument is nobody's funding of anything: markets, rates, trade."""
    return re.compile("|".join(plain("parties", "funding", "nobodys")), re.IGNORECASE)


def _nobodys(ctx: Context, sentence: Span) -> bool:
    return _market().search(ctx.text, sentence.start, sentence.end) is not None


def _beside_money(ctx: Context, sentence: Span, found: InstrumentsFound) -> bool:
    """Whether a sum stands right before or behind words for an instrument, in the same clause."""
    for span, _ in ctx.amounts.around(found.span, _BESIDE):
        if not sentence.covers(span) or span.overlaps(found.span):
            continue
        before = span.end <= found.span.start
        gap = Span(span.end, found.span.start) if before else Span(found.span.end, span.start)
        if gap.end - gap.start <= _BESIDE and not _PARTS.search(gap.of(ctx.text)):
            return True
    return False


@cache
def _as_signed() -> re.Pattern[str]:
    """What left of an instrument says that a lender has agreed to it: "concluded", "signed"."""
    return re.compile(
        rf"\b{any_of(plain('parties', 'funding', 'signing_en'))}\s(?:[\w\-]{{1,20}}\s){{0,2}}$", re.IGNORECASE
    )


def _says_how(ctx: Context, sentence: Span, found: InstrumentsFound) -> bool:
    """Whether words for instruments say how something is funded, and are no part of an institution's name."""
    if any(not found.span.covers(name) for name, n in ctx.names.touching(found.span) if n.kind is not EntityKind.PLACE) and (
        ctx.language != "de"
    ):
        return False
    if _beside_money(ctx, sentence, found) and not _nobodys(ctx, sentence):
        return True
    if ctx.programme is None:
        return _funding_left().search(ctx.text, max(sentence.start, found.span.start - 40), found.span.start) is not None
    if len(found.instruments) > 1 or found.instruments[0] in plain("parties", "funding", "alone"):
        return True
    if _funding_words().search(found.span.of(ctx.text)):
        return True
    left = max(sentence.start, found.span.start - 40)
    here = (name for _, name in ctx.names.inside(sentence))
    if any(finance_role(name) for name in here) and _as_signed().search(ctx.text, left, found.span.start):
        return True
    if not ctx.pledges.mentions.inside(sentence):
        return False
    return ctx.language in CJK or _as_funding().search(ctx.text, left, found.span.start) is not None


def _of_party(ctx: Context, sentence: Span, party: PartyFound | RoleFound) -> Mention | None:
    """What a party is a party to: the project that the frame names or that stands near, else batch or programme."""
    if party.project is not None:
        named = (*ctx.projects.inside(party.project), *ctx.backs.inside(party.project))
        return next((m for span, m in named if span == party.project), None)
    for span, mention in ctx.projects.around(party.words, _NEAR):
        if sentence.covers(span) and abs(span.start - party.words.start) < _NEAR:
            return mention
    batches = ctx.tranches.inside(sentence)
    if batches:
        return batches[0][1]
    # A party with a sum of its own stands for itself, not for what was spoken of before it.
    spoken = None if ctx.amounts.inside(party.words) else ctx.focus(party.words.start, _FOLLOWS)
    if spoken is not None and spoken.span is not None and "\n" not in ctx.text[spoken.span.end : party.words.start]:
        return spoken
    return ctx.programme


def _of_actor(ctx: Context, sentence: Span, party: PartyFound) -> Mention | None:
    """The programme of the country that was named last before an actor without a name, else the main one."""
    position = party.name.span.start
    key = ctx.pledges.at(ctx.sentences, bisect_left(ctx.sentences, sentence), position)
    spoken = ctx.pledges.mentions.last(position)
    return spoken[1] if spoken is not None and spoken[1].key == key else ctx.programme


def _of_funding(ctx: Context, sentence: Span, span: Span) -> Mention:
    """What is funded: the programme that the sentence names, else a project in the clause, else the main programme."""
    programmes = ctx.pledges.mentions.inside(sentence)
    if programmes:
        return programmes[0][1]
    here = ctx.clause(sentence, span)
    projects = ctx.projects.inside(here)
    if projects:
        return projects[0][1]
    return ctx.focus(span.start) or ctx.programme or Mention(EntityKind.UNKNOWN, "unstated")


def _class_party(maker: Maker, sentence: Span, found: RoleFound, fuller: Mapping[str, str]) -> Claim:
    """The claim of a party that a frame of a class names."""
    ctx = maker.ctx
    subject = _of_party(ctx, sentence, found) or Mention(EntityKind.UNKNOWN, "unstated")
    full = fuller.get(found.name.text)
    party = Party(normal_name(found.name.text), found.role, (*found.name.aliases, *((full,) if full else ())))
    return maker.claim(
        found.name.shown(ctx.text),
        Attribute.PARTY,
        subject,
        party,
        modality=found.modality,
        modality_words=found.modality_words,
    )


def _party(maker: Maker, name: Name, role: str, subject: Mention) -> Claim:
    # The words are the name as the text gives it, with another script in brackets where there is one.
    party = Party(normal_name(name.text), role, name.aliases)
    return maker.claim(name.shown(maker.ctx.text), Attribute.PARTY, subject, party)


def _owned(maker: Maker, owning: OwnershipFound) -> Claim:
    name = normal_name(owning.owned.text)
    subject = Mention(
        EntityKind.ORGANISATION, owning.owned.text, owning.owned.span, key=name, aliases=owning.owned.aliases
    )
    value = Ownership(normal_name(owning.owner.text), name)
    return maker.claim(owning.span, Attribute.OWNERSHIP, subject, value)
