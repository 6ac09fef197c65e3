"""One document read whole: recognisers first, then what belongs to what, then who said it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from pledger.model import (
    Attribute,
    Claim,
    DateValue,
    Document,
    EntityKind,
    Instruments,
    Mention,
    Modality,
    Money,
    Ownership,
    Party,
    Share,
    Span,
    Text,
    Value,
)
from pledger.reading import subjects
from pledger.reading.attribution import attributions
from pledger.reading.chains import Chains
from pledger.reading.context import Context, clause, pointing_back
from pledger.reading.countries import is_place_word
from pledger.reading.dates import dates
from pledger.reading.found import Found
from pledger.reading.kinds import KindFound, family, kinds
from pledger.reading.mask import Masked, mask
from pledger.reading.money import amounts
from pledger.reading.names import Name, foreign_place, names, normal_name
from pledger.reading.parties import InstrumentsFound, finance_role, finances, instruments, ownerships, parties
from pledger.reading.patterns import CJK
from pledger.reading.programmes import Pledges, pledges, tranches
from pledger.reading.projects import Seen, grouped
from pledger.reading.sentences import sentences
from pledger.reading.shares import shares
from pledger.reading.stages import StageFound, modality_of, stages

__all__ = ["read"]


def read(document: Document) -> list[Claim]:
    """All claims of one document, in order of their words; a pure function of the document.

    A text that speaks neither of a programme nor of a project to be built yields only what stands for itself
    (amounts, shares, ownership), marked as nobody's pledge.
    """
    text, language = document.text, document.language
    spans = tuple(sentences(text, language))
    money = tuple(amounts(text, language))
    named = tuple(names(text, list(spans), language))
    owned = pledges(text, spans, money, language)
    batches = tuple(tranches(text, spans, language, owned))
    rungs = {i: found for i, s in enumerate(spans) if (found := stages(text, s, language))}
    projects = _projects(text, language, spans, named, rungs, money, owned)
    ctx = Context(text, language, spans, money, named, owned, batches, projects, pointing_back(text, spans, projects))
    chains = Chains(text, spans, attributions(text, language), named)
    reading = _Reading(document, ctx, chains)
    claims: list[Claim] = []
    claims += reading.amounts()
    claims += reading.shares(shares(text, language))
    claims += reading.dates(dates(text, document.reported_on, language))
    claims += reading.stages(rungs)
    claims += reading.parties()
    claims += reading.kinds()
    return sorted(claims, key=lambda c: (c.span, c.attribute, c.subject.text))


def _items(spans: Iterable[tuple[Span, str, object]]) -> list[tuple[Span, str, object]]:
    return sorted(spans, key=lambda item: item[0].start - item[0].end)


def _masked(
    text: str, sentence: Span, named: Sequence[Name], projects: Iterable[Span], back: Iterable[Span] = ()
) -> Masked[object]:
    items: list[tuple[Span, str, object]] = [(p, "P", p) for p in projects if sentence.covers(p)]
    items += [(b, "P", b) for b in back]
    letters = {EntityKind.ORGANISATION: "O", EntityKind.PERSON: "H", EntityKind.PLACE: "L"}
    for name in named:
        whole = name.whole(text)
        if sentence.covers(whole):
            items.append((whole, letters[name.kind], name))
    return mask(text, sentence, items)


_UNNAMED = re.compile(
    r"(?<!\w)(?:an?|another|one|the other|the second|its|the)\s(?:[\w\-]{1,15}\s){0,2}?(?:hub|plant|facility|campus|complex|factory|terminal|yard|site)(?=\s(?:in|near|outside|at)\s(?:the\s)?[A-Z])"
)
_FOLLOWS = 350
"""Characters behind a project within which a party that no project stands beside still belongs to it."""

_NEAR = 500
"""Characters back within which a kind that was named still tells what "a sister plant in Pennsylvania" is."""


def _unnamed(text: str, sentence: Span, found: Sequence[KindFound], last: KindFound) -> list[KindFound]:
    """Things that are built at a place of their own and are of the kind that was spoken of just before."""
    out = []
    for match in _UNNAMED.finditer(text, sentence.start, sentence.end):
        span = Span(*match.span())
        if span.start - last.span.end < _NEAR and not any(span.overlaps(f.span) for f in found):
            out.append(KindFound(last.kind, span, "strong"))
    return out


_ENUMERATION = re.compile(
    r"(?<!\w)(?:projects?|investments?|list|batch|wave|trio|candidates)(?:\s[\w\-]{1,20}){0,4}\s?(?:includ(?:e|es|ed|ing)|compris(?:e|es|ed|ing)|covers?|:|are|were|consists? of|such as)(?!\w)",
    re.IGNORECASE,
)
"""A sentence that lists what a programme's projects are."""

_IN_PLACE = re.compile(
    r"\ue000P\d+\ue001(?:\s?\([^()]{0,40}\))?(?:,?\s(?!and\b)[\w\-]+){0,4}?\s(?:in|at|near|off|on|outside|for)\s(?:the\s)?(?:state of\s|coast of\s)?(\ue000L\d+\ue001)"
)
_PLACE_FIRST = re.compile(r"(\ue000L\d+\ue001)(?:'s|’s)?\s(?:(?!and\b|or\b)[\w\-]+\s){0,2}\ue000P\d+\ue001")


def _projects(
    text: str,
    language: str,
    spans: Sequence[Span],
    named: Sequence[Name],
    rungs: dict[int, list[StageFound]],
    money: Sequence[Found[Money]],
    pledged: Pledges,
) -> dict[Span, Mention]:
    seen: list[Seen] = []
    last: KindFound | None = None
    for index, sentence in enumerate(spans):
        found = kinds(text, sentence, language)
        found += _unnamed(text, sentence, found, last) if last is not None and language not in CJK else []
        here = [n for n in named if sentence.covers(n.span)]
        if not found and not (here and seen and seen[-1].sentence == index - 1):
            continue
        masked = _masked(text, sentence, here, [f.span for f in found])
        sponsors: dict[Span, list[str]] = {}
        for party in parties(masked, language):
            if party.role != "sponsor" or party.name.kind is not EntityKind.ORGANISATION:
                continue
            if party.project is not None:
                sponsors.setdefault(party.project, []).append(normal_name(party.name.text))
            elif not found and seen and "\n" not in text[seen[-1].found.span.end : sentence.start]:
                # "SB Energy is to develop it": the project that the sentence before spoke of.
                seen[-1] = replace(seen[-1], sponsors=(*seen[-1].sponsors, normal_name(party.name.text)), company=True)
        if not found:
            continue
        last = found[-1]
        places = _places(masked, language)
        company = index in rungs or _ENUMERATION.search(text, sentence.start, sentence.end) is not None
        priced = any(sentence.covers(m.span) for m in money)
        for kind in found:
            mine = tuple(sponsors.get(kind.span, ()))
            where = tuple(places.get(kind.span, ()))
            built = kind.built != "none" or (language in CJK and bool(where))
            if built and kind.built == "none":
                kind = replace(kind, built="weak")
            beside = company or bool(mine) or ((priced or bool(where)) and built)
            programme = pledged.at(spans, index, kind.span.start)
            seen.append(Seen(kind, index, mine, where, beside, programme))
    return grouped(text, seen)


_PLACE_CJK = re.compile(r"(\ue000L\d+\ue001)[^。；;\ue000]{0,14}\ue000P\d+\ue001")


def _places(masked: Masked[object], language: str) -> dict[Span, list[str]]:
    """The places that stand beside projects; a country alone does not tell two projects apart."""
    out: dict[Span, list[str]] = {}
    for pattern in (_PLACE_CJK,) if language in CJK else (_IN_PLACE, _PLACE_FIRST):
        for match in pattern.finditer(masked.text):
            items = masked.listed(match[0])
            project = next((i for i in items if isinstance(i, Span)), None)
            place = next((i for i in masked.listed(match[1]) if isinstance(i, Name)), None)
            if project is not None and place is not None and not is_place_word(place.text):
                out.setdefault(project, []).append(foreign_place(place.text))
    return out


_DATELINE = re.compile(
    r"(?:^|\n)\s?[A-Z][A-Z .,/\-]{2,40}[,–-]\s?[\w. ]{3,20}\([^)\n]{2,25}\)\s?[-–—]|(?:^|\n)\s?(?:Published|Updated|Posted|Last updated)\b"
)
"""The place and day of a report are no event of what it reports."""

_SAYS_ENOUGH = frozenset({"direct_investment", "ship_finance", "guarantee"})
"""Instruments whose names are not used for anything else in these texts."""

_AS_INSTRUMENT = re.compile(
    r"(?:in the form of|provid\w+|offer\w+|extend\w+|through|via|as|by way of|consist\w* of|mostly|largely|mainly|chiefly|with|and)\s(?:[\w\-]{1,20}\s){0,3}$",
    re.IGNORECASE,
)


class _Reading:
    """The claims of one document, by attribute."""

    def __init__(self, document: Document, ctx: Context, chains: Chains) -> None:
        self._document = document
        self._ctx = ctx
        self._chains = chains

    def _claim(
        self,
        sentence: Span,
        span: Span,
        attribute: Attribute,
        subject: Mention,
        value: Value,
        modality: Modality = Modality.ASSERTED,
        words: str | None = None,
        scope: str | None = None,
    ) -> Claim:
        return Claim(
            document=self._document.id,
            sentence=sentence,
            span=span,
            text=span.of(self._ctx.text),
            attribute=attribute,
            subject=subject,
            value=value,
            modality=modality,
            modality_words=words,
            attribution=self._chains.of(sentence, span),
            scope=scope,
        )

    def _sentence(self, span: Span) -> Span:
        for sentence in self._ctx.sentences:
            if sentence.start <= span.start < sentence.end:
                return Span(sentence.start, max(sentence.end, span.end))
        return span

    def _left(self, sentence: Span, span: Span) -> str:
        start = clause(self._ctx.text, sentence, span).start
        return self._ctx.text[max(start, span.start - 60) : span.start]

    def amounts(self) -> list[Claim]:
        """Every amount of money, with whose it is."""
        out = []
        for amount in self._ctx.amounts:
            sentence = self._sentence(amount.span)
            subject, scope = subjects.of_amount(self._ctx, sentence, amount)
            modality, words = modality_of(self._left(sentence, amount.span), self._ctx.language)
            if subject.kind is EntityKind.PROGRAMME:
                # "planned $550bn package": the package is planned, the amount is what it is said to be.
                modality, words = Modality.ASSERTED, None
            out.append(
                self._claim(sentence, amount.span, Attribute.AMOUNT, subject, amount.value, modality, words, scope)
            )
        return out

    def shares(self, found: Sequence[Found[Share]]) -> list[Claim]:
        """Every share of something."""
        out = []
        for share in found:
            sentence = self._sentence(share.span)
            subject = subjects.of_share(self._ctx, sentence, share)
            modality, words = modality_of(self._left(sentence, share.span), self._ctx.language)
            out.append(self._claim(sentence, share.span, Attribute.SHARE, subject, share.value, modality, words))
        return out

    def dates(self, found: Sequence[Found[DateValue]]) -> list[Claim]:
        """Dates of events of a programme, a batch or a project; other dates are nobody's."""
        out = []
        for date in found:
            if date.value.event == "other" or _DATELINE.search(
                self._ctx.text[max(0, date.span.start - 60) : date.span.end + 30]
            ):
                continue
            sentence = self._sentence(date.span)
            others = [d.span for d in found if sentence.covers(d.span)]
            subject = subjects.of_date(self._ctx, sentence, date.span, others)
            if subject is None:
                # A signature, a deadline, a visit without a project in the sentence is the programme's.
                subject = self._ctx.programme()
            if subject is None:
                continue
            modality, words = modality_of(self._left(sentence, date.span), self._ctx.language)
            out.append(self._claim(sentence, date.span, Attribute.DATE, subject, date.value, modality, words))
        return out

    def stages(self, rungs: dict[int, list[StageFound]]) -> list[Claim]:
        """How far projects, batches and the programme have come."""
        out = []
        for index, found in rungs.items():
            sentence = self._ctx.sentences[index]
            for stage in found:
                for subject in subjects.of_stage(self._ctx, index, stage):
                    out.append(
                        self._claim(
                            sentence,
                            stage.span,
                            Attribute.STAGE,
                            subject,
                            stage.value,
                            stage.modality,
                            stage.modality_words,
                        )
                    )
        return out

    def parties(self) -> list[Claim]:
        """Parties with their roles, ownership, and instruments."""
        out: list[Claim] = []
        ctx = self._ctx
        programme = ctx.programme()
        for sentence in ctx.sentences:
            here = [n for n in ctx.names if sentence.covers(n.span)]
            found = instruments(ctx.text, sentence, ctx.language) if programme is not None else []
            if not here and not found:
                continue
            projects = [s for s, _ in ctx.projects_in(sentence)]
            masked = _masked(ctx.text, sentence, here, projects, [s for s, _ in ctx.backs_in(sentence)])
            for owning in ownerships(masked, ctx.language):
                out.append(self._owned(sentence, owning.owner, owning.owned, owning.span))
            taken: set[Span] = set()
            for party in parties(masked, ctx.language):
                subject = self._of_party(sentence, party.project, party.words)
                if (
                    subject is None
                    or party.name.span in taken
                    or _negotiates(party.role) is not (party.name.kind is EntityKind.PERSON)
                ):
                    continue
                taken.add(party.name.span)
                out.append(self._party(sentence, party.name, party.role, subject))
            listed = [i for i in found if self._says_how(sentence, i, here)]
            for group in listed:
                subject = self._of_instruments(sentence, group.span)
                out.append(
                    self._claim(sentence, group.span, Attribute.INSTRUMENT, subject, Instruments(group.instruments))
                )
            if programme is not None and finances(ctx.text, sentence, ctx.language):
                for name in here:
                    role = (
                        finance_role(name) if name.kind is EntityKind.ORGANISATION and name.span not in taken else None
                    )
                    if role is not None:
                        out.append(self._party(sentence, name, role, self._of_instruments(sentence, name.span)))
        return out

    def _says_how(self, sentence: Span, found: InstrumentsFound, here: Sequence[Name]) -> bool:
        """Whether words for instruments say how something is funded, and are no part of an institution's name."""
        if any(n.span.overlaps(found.span) for n in here):
            return False
        if len(found.instruments) > 1:
            return True
        words = found.span.of(self._ctx.text)
        if found.instruments[0] in _SAYS_ENOUGH or re.search(r"\s(?:guarantee|insurance|finance)", words):
            return True
        left = self._ctx.text[max(sentence.start, found.span.start - 40) : found.span.start]
        in_programme = any(m.span is not None and sentence.covers(m.span) for m in self._ctx.pledges.mentions)
        return in_programme and (self._ctx.language in CJK or _AS_INSTRUMENT.search(left) is not None)

    def _of_party(self, sentence: Span, project: Span | None, words: Span) -> Mention | None:
        ctx = self._ctx
        if project is not None:
            return ctx.projects.get(project) or ctx.backs.get(project)
        near = [m for s, m in ctx.projects_in(sentence) if abs(s.start - words.start) < 200]
        if near:
            return near[0]
        batch = next((m for m in ctx.tranches if m.span is not None and sentence.covers(m.span)), None)
        spoken = ctx.focus(words.start, _FOLLOWS)
        if (
            batch is None
            and spoken is not None
            and spoken.span is not None
            and "\n" not in ctx.text[spoken.span.end : words.start]
        ):
            return spoken
        return batch or ctx.programme()

    def _of_instruments(self, sentence: Span, span: Span) -> Mention:
        ctx = self._ctx
        here = clause(ctx.text, sentence, span)
        projects = [m for s, m in ctx.projects_in(sentence) if here.covers(s)]
        programmes = [m for m in ctx.pledges.mentions if m.span is not None and sentence.covers(m.span)]
        programme = programmes[0] if programmes else ctx.programme()
        if projects and not programmes:
            return projects[0]
        return programme if programme is not None else Mention(EntityKind.UNKNOWN, "unstated")

    def _party(self, sentence: Span, name: Name, role: str, subject: Mention) -> Claim:
        # The words are the name as the text gives it, with another script in brackets where there is one.
        end = name.span.end
        if name.aliases and (close := re.match(r"\s?[(（][^()（）\n]{2,40}[)）]", self._ctx.text[end:])):
            end += close.end()
        party = Party(normal_name(name.text), role, name.aliases)
        return self._claim(sentence, Span(name.span.start, end), Attribute.PARTY, subject, party)

    def _owned(self, sentence: Span, owner: Name, owned: Name, span: Span) -> Claim:
        subject = Mention(
            EntityKind.ORGANISATION, owned.text, owned.span, key=normal_name(owned.text), aliases=owned.aliases
        )
        return self._claim(
            sentence, span, Attribute.OWNERSHIP, subject, Ownership(normal_name(owner.text), normal_name(owned.text))
        )

    def kinds(self) -> list[Claim]:
        """What kind of thing each project is, in the finest words that its mention uses, and where it is to stand."""
        ctx = self._ctx
        out: list[Claim] = []
        seen: set[tuple[str, str]] = set()
        for span, mention in sorted(ctx.projects.items()):
            sentence = self._sentence(span)
            for found in kinds(ctx.text, sentence, ctx.language):
                if found.span == span and self._tells(found, mention) and (mention.text, found.kind) not in seen:
                    seen.add((mention.text, found.kind))
                    out.append(self._claim(sentence, span, Attribute.KIND, mention, Text(found.kind)))
            if mention.place is not None and (mention.place, family(mention.project_kind or "")) not in seen:
                named = (n for n in ctx.names if n.kind is EntityKind.PLACE and sentence.covers(n.span))
                place = next((n.span for n in named if foreign_place(n.text) == mention.place), None)
                if place is not None:
                    seen.add((mention.place, family(mention.project_kind or "")))
                    out.append(self._claim(sentence, place, Attribute.LOCATION, mention, Text(mention.place)))
        return out

    @staticmethod
    def _tells(found: KindFound, mention: Mention) -> bool:
        """A family's own word ("power") says nothing where the document has a finer one."""
        return found.built != "none" and (
            found.kind == mention.project_kind or found.kind != family(mention.project_kind or "")
        )


def _negotiates(role: str) -> bool:
    return role == "negotiator"
