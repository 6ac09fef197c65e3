"""Claims of parties with their roles, and of ownership; those of instruments stand in order with them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from pledger.model import Attribute, Claim, EntityKind, Mention, Ownership, Party, Span
from pledger.reading.claims.instruments import instrument_claims, what_is_funded
from pledger.reading.claims.making import Maker
from pledger.reading.claims.named import fuller_names, in_two_scripts, masked_whole, wide_names
from pledger.reading.claims.owners import whole_owners
from pledger.reading.claims.tabled import PLACE, named_in, tabled
from pledger.reading.context import Context
from pledger.reading.names import Name, normal_name
from pledger.reading.parties import (
    OWNERSHIPS,
    PARTIES,
    MaskedSentence,
    OwnersFound,
    OwnershipFound,
    PartyFound,
    RoleFound,
    actors,
    can_play,
    class_owners,
    class_roles,
    finance_role,
    finances,
    letters,
    masked_sentence,
    ownerships,
    parties,
)
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.subjects.entries import entry_of

__all__ = ["party_claims"]

_NEAR = 200
"""Characters around the words of a party within which a project is what it is a party to."""
_FOLLOWS = 350
"""Characters behind a project within which a party that no project stands beside still belongs to it."""


def party_claims(maker: Maker) -> list[Claim]:
    """Parties with their roles, ownership, and instruments."""
    out: list[Claim] = []
    ctx = maker.ctx
    page = ctx.page
    wide = wide_names(ctx)
    fuller = fuller_names(wide)
    told: dict[str, int] = {}
    for index, sentence in enumerate(ctx.sentences):
        here = [n for _, n in (wide if ctx.language == "de" else ctx.names).inside(sentence) if _is_whole(n)]
        nameless = actors(page, index, ctx.countries)
        projects = [span for span, _ in (*ctx.projects.inside(sentence), *ctx.backs.inside(sentence))]
        whole = masked_whole(ctx, index, [name for _, name in wide.inside(sentence) if _is_whole(name)], projects)
        owning, playing = _listed(ctx, index, here, nameless, projects)
        halves = whole_owners(ctx, index, whole, wide) if whole is not None else ()
        out += [_owned(maker, one) for one in _owners(ctx, index, owning, whole, halves)]
        taken: dict[Span, str] = {}
        for found in _by_class(ctx, index, whole):
            claim = _class_party(maker, sentence, found, fuller)
            if claim is not None and _adds(taken.get(found.name.span), found.role):
                taken.setdefault(found.name.span, found.role)
                out.append(claim)
        generic = frozenset(nameless)
        for party in playing:
            subject = _of_party(ctx, sentence, party) if party.name not in generic else _of_actor(ctx, sentence, party)
            if subject is None or not _can_be(ctx, party) or not _adds(_before(taken, party.name), party.role):
                continue
            taken.setdefault(party.name.span, party.role)
            out.append(_party(maker, party.name, party.role, subject))
        out += instrument_claims(maker, index, told)
        if ctx.programme is not None and here and finances(page, index):
            free = [name for name in here if _before(taken, name) is None and not _inside_another(ctx.text, name, here)]
            out += _funders(maker, sentence, free)
    out += _of_tables(maker, wide, out)
    return out + in_two_scripts(maker, wide, out)


def _is_whole(name: Name) -> bool:
    """Whether a name is more than the first letter of an abbreviation, as which "U." may be left of "U.S. firms"."""
    return len(name.text) > 2 or not name.text.endswith(".")


def _of_tables(maker: Maker, wide: Placed[Name], claims: Sequence[Claim]) -> list[Claim]:
    """Those whom columns of tables and labels name, but for those that were found to play the same part there."""
    ctx = maker.ctx
    known = {(c.span, c.value.role) for c in claims if isinstance(c.value, Party)}
    out = []
    for one in tabled(ctx):
        for name in named_in(ctx, one.cell, wide) if one.role != PLACE else ():
            role = can_play(name, one.role, one.cell.of(ctx.text), ctx.language)
            if role is not None and (name.shown(ctx.text), role) not in known:
                known.add((name.shown(ctx.text), role))
                out.append(_party(maker, name, role, one.project))
    return out


def _listed(
    ctx: Context, index: int, here: Sequence[Name], nameless: Sequence[Name], projects: Sequence[Span]
) -> tuple[list[OwnershipFound], list[PartyFound]]:
    """Who owns whom in a sentence, and who plays which part, by single frames."""
    page, sentence = ctx.page, ctx.sentences[index]
    if not here and not nameless:
        return [], []
    present = letters(here, len(projects), nameless)
    owning = OWNERSHIPS.may(page, index, present)
    playing = not ctx.bare and PARTIES.may(page, index, present)
    if not owning and not playing:
        return [], []
    masked = masked_sentence(ctx.text, sentence, here, projects, nameless)
    return ownerships(masked, page, index) if owning else [], parties(masked, page, index) if playing else []


def _owners(
    ctx: Context,
    index: int,
    listed: Sequence[OwnershipFound],
    whole: MaskedSentence | None,
    halves: Iterable[OwnersFound],
) -> list[OwnershipFound]:
    """Who owns whom in one sentence; frames of classes first, what others complete after them."""
    classes = list(class_owners(whole, ctx.page, index)) if whole is not None else []
    said = {one.owned.text for one in classes}
    classes += [one for one in halves if one.owned.text not in said]
    found = [OwnershipFound(one.owner, one.owned, one.words) for one in classes]
    owned = {one.owned.text for one in found}
    return found + [one for one in listed if one.owned.text not in owned]


def _by_class(ctx: Context, index: int, masked: MaskedSentence | None) -> list[RoleFound]:
    """The parties of one sentence by frames of classes; who makes devices supplies them."""
    found = class_roles(masked, ctx.page, index) if masked is not None else ()
    return [replace(one, role="supplier") if one.role == "sponsor" and _of_devices(ctx, one) else one for one in found]


def _of_devices(ctx: Context, found: RoleFound) -> bool:
    """Whether what a frame says is built are devices of the builder's make."""
    words = (found.project or found.words).of(ctx.text)
    return _devices().search(words) is not None and _works().search(words) is None


@cache
def _works() -> re.Pattern[str]:
    """Where devices are made, or what for: "a factory for transformers"."""
    return re.compile(
        rf"(?<!\w){any_of(plain('parties', 'devices', 'works_en'))} (?:for|of|to|that|making)\b", re.IGNORECASE
    )


def _before(taken: dict[Span, str], name: Name) -> str | None:
    """The role that a name, or one that it is part of, has already."""
    return next((role for span, role in taken.items() if span.overlaps(name.span)), None)


def _inside_another(text: str, name: Name, others: Sequence[Name]) -> bool:
    """Whether a name is the other form of one before it, in brackets."""
    return any(other is not name and other.whole(text).covers(name.span) for other in others)


def _adds(before: str | None, role: str) -> bool:
    """Whether a name can have a role beside the one that it has in the same sentence: who builds or owns may run it."""
    return before is None or (before, role) in _BESIDE


_BESIDE = frozenset({("sponsor", "operator"), ("owner", "operator"), ("operator", "owner"), ("operator", "sponsor")})


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
        _party(maker, name, role, what_is_funded(maker.ctx, sentence, name.span))
        for name in names
        if name.kind is EntityKind.ORGANISATION and (role := finance_role(name)) is not None
    ]


def _of_party(ctx: Context, sentence: Span, party: PartyFound | RoleFound) -> Mention | None:
    """What a party is a party to: the project that the frame names or that stands near, else batch or programme.

    Governments negotiate programmes; nobody owns one.
    """
    if (own := entry_of(ctx, party.name.span)) is not None:
        return own
    if party.role == "negotiator" and ctx.programme is not None:
        return ctx.programme
    found = _spoken_of(ctx, sentence, party)
    owns = party.role == "owner" and found is not None and found.kind is EntityKind.PROGRAMME
    return ctx.main if owns else found


def _spoken_of(ctx: Context, sentence: Span, party: PartyFound | RoleFound) -> Mention | None:
    """The project that a party's frame names or that stands near, else batch or programme."""
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
    if ctx.programme is None and ctx.main is not None:
        # A text on one project and no programme: who plays a part plays it there.
        return ctx.focus(party.words.start, len(ctx.text)) or ctx.main
    return ctx.pledge(party.words.start)


def _of_actor(ctx: Context, sentence: Span, party: PartyFound) -> Mention | None:
    """The programme of the country that was named last before an actor without a name, else the main one."""
    position = party.name.span.start
    key = ctx.pledges.at(ctx.sentences, bisect_left(ctx.sentences, sentence), position)
    spoken = ctx.pledges.mentions.last(position)
    return spoken[1] if spoken is not None and spoken[1].key == key else ctx.programme


def _class_party(maker: Maker, sentence: Span, found: RoleFound, fuller: Mapping[str, str]) -> Claim | None:
    """The claim of a party that a frame of a class names; None for the owner of nothing that is known."""
    ctx = maker.ctx
    subject = _of_party(ctx, sentence, found)
    if subject is None:
        if found.role == "owner" and ctx.programme is not None:
            return None
        subject = Mention(EntityKind.UNKNOWN, "unstated")
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
