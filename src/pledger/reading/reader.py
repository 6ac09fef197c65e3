"""One document read whole: recognisers first, then what belongs to what, then who said it."""

from __future__ import annotations

from pledger.model import Attribute, Attribution, Claim, Document, EntityKind, Span
from pledger.reading.attribution import attributions
from pledger.reading.chains import Chains
from pledger.reading.claims import (
    Maker,
    amount_claims,
    condition_claims,
    date_claims,
    feature_claims,
    kind_claims,
    of_lists,
    party_claims,
    share_claims,
    stage_claims,
)
from pledger.reading.context import Context
from pledger.reading.countries import countries
from pledger.reading.dates import dates
from pledger.reading.kinds import KindFound
from pledger.reading.money import amounts
from pledger.reading.names import names
from pledger.reading.page import Page
from pledger.reading.placed import Placed
from pledger.reading.programmes import in_company, pledges, tranches
from pledger.reading.projects import Sighting, grouped, joined, pointing_back, priced_lines, seen
from pledger.reading.sentences import sentences
from pledger.reading.shares import shares
from pledger.reading.stages import StageFound, stages_by_sentence
from pledger.reading.supply import SUPPLY, Supplied

__all__ = ["read", "speakers"]


def read(document: Document) -> list[Claim]:
    """All claims of one document, in order of their words; a pure function of the document.

    A text that speaks neither of a programme nor of a project to be built yields only what stands for itself
    (amounts, shares, ownership), marked as nobody's pledge.
    """
    text, language = document.text, document.language
    spans = tuple(sentences(text, language))
    page = Page(text, language, spans)
    rungs = rungs_of(text, spans, language, page)
    ctx, kinds = context_of(text, spans, language, frozenset(rungs), page)
    maker = Maker(document.id, ctx, Chains(text, spans, attributions(text, language, inner=True), ctx.names))
    days = dates(text, document.reported_on, language, page, untold=False)
    shared, supplied = share_claims(maker, shares(text, language, page))
    claims = [
        *amount_claims(maker, days),
        *shared,
        *date_claims(maker, days),
        *stage_claims(maker, rungs),
        *party_claims(maker),
        *kind_claims(maker, kinds),
        *feature_claims(maker),
        *condition_claims(maker),
    ]
    apart = [claim for claim in of_lists(ctx, claims) if not _of_supply(claim, supplied)]
    return sorted(apart, key=lambda c: (c.span, c.attribute, c.subject.text))


def _of_supply(claim: Claim, supplied: list[Supplied]) -> bool:
    """Whether a claim only misreads words that tell a supply: its year as a date, its whole as a project."""
    if not supplied or claim.attribute is Attribute.SHARE:
        return False
    if claim.attribute is Attribute.DATE:
        return any(found.dated is not None and found.dated.overlaps(claim.span) for found in supplied)
    meant = claim.subject.span
    return any(
        found.scope == SUPPLY and meant is not None and found.words.covers(meant) and found.words.covers(claim.span)
        for found in supplied
        if claim.subject.kind is EntityKind.PROJECT
    )


def speakers(document: Document) -> list[Attribution]:
    """Everybody whose word a document passes on, with or without a claim: pronouns and "the company" led back to the
    name that they mean, in the order of the text.
    """
    text, language = document.text, document.language
    spans = tuple(sentences(text, language))
    named = Placed((name.span, name) for name in names(text, spans, language, Page(text, language, spans)))
    return Chains(text, spans, attributions(text, language), named).everybody


def rungs_of(
    text: str, spans: tuple[Span, ...], language: str, page: Page | None = None
) -> dict[int, list[StageFound]]:
    """The stages of each sentence that shows any."""
    return stages_by_sentence(page or Page(text, language, spans))


def context_of(
    text: str, spans: tuple[Span, ...], language: str, staged: frozenset[int], page: Page | None = None
) -> tuple[Context, Placed[KindFound]]:
    """What is recognised in a document, and where words tell the kind of a project."""
    page = page or Page(text, language, spans)
    money = Placed((amount.span, amount) for amount in amounts(text, language, page))
    named = Placed((name.span, name) for name in names(text, spans, language, page))
    spoken = countries(page)
    if language == "en":
        spoken = [country for country in spoken if not in_company(text, named, country)]
    lands = Placed((country.span, country) for country in spoken)
    pledged = pledges(page, money, lands, named)
    sight = Sighting(page, named, money, pledged, staged)
    sightings = seen(sight)
    worded = Placed((sighting.found.span, sighting.found) for sighting in sightings)
    found = joined(sight, grouped(text, sightings, priced_lines(text, money)), worded)
    projects = found.projects
    ctx = Context(
        page=page,
        amounts=money,
        names=named,
        countries=lands,
        pledges=pledged,
        tranches=tranches(page, pledged),
        projects=projects,
        backs=Placed([*pointing_back(page, projects), *found.named]),
        located=found.places,
    )
    telling = ((sighting.found.span, sighting.found) for sighting in sightings if sighting.telling)
    return ctx, Placed([*telling, *found.kinds])
