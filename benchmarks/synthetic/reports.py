"""Documents with claims, as outlets write them of a world: right and wrong, early and late, their own and copied.

An outlet that has a fact wrong keeps to its error: an amount is off by a factor of ten, or is what it was before, or is
something near. Of the documents a share are copies of earlier ones, some of which many copy: half of them relay one in
words of their own and name its outlet, half print its text under another name without saying so. Each report comes
with what is true: of each claim the entity and the fact, of each name of an organisation the house.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import random
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pledger.model import (
    Attribute,
    Attribution,
    Claim,
    DateValue,
    Document,
    EntityKind,
    Instruments,
    Interval,
    Mention,
    Modality,
    Money,
    Ownership,
    Party,
    Qualifier,
    Share,
    Span,
    Stage,
    StageValue,
    Text,
    Value,
)
from synthetic.names import Named, named
from synthetic.world import DAYS, START, Fact, Outlet, Programme, Project, World

__all__ = ["Report", "Style", "Truth", "reports"]

_RECENT = 400
"""Documents back that are still copied."""
_BATCHES = ("first", "second", "third")


@dataclass(frozen=True, slots=True)
class Style:
    """How the reports are written."""

    copying: float = 0.1
    """Share of the documents that copy others."""
    named: float = 0.15
    """Share of the mentions of projects that give the project's name; the others describe it."""
    programmes: int = 1
    """Programmes that a document is about."""
    projects: bool = True
    """Whether documents speak of projects, which take some finding out which is which. Programmes do not."""
    plain: bool = False
    """Whether all is asserted and exact: no plans, denials, bounds and rounded numbers."""


@dataclass(frozen=True, slots=True)
class Truth:
    """What a claim is about, and the fact that it should have told, if it is one that can be wrong."""

    entity: str
    fact: Fact | None = None


@dataclass(frozen=True, slots=True)
class Report:
    """One document with its claims, and what is true of them."""

    document: Document
    claims: tuple[Claim, ...]
    truths: tuple[Truth, ...]
    """One for each claim."""
    names: tuple[Named, ...]
    """The organisations that take part, under the names that stand in the claims."""
    copies: str | None
    """The id of the document that this one copies."""


@dataclass(frozen=True, slots=True)
class _Line:
    """One sentence to be: `lead` and `words`, and who says so."""

    lead: str
    words: str
    attribute: Attribute
    subject: Mention
    value: Value
    truth: Truth
    scope: str | None = None
    sources: tuple[tuple[str, bool], ...] = ()
    """Names, and whether they are anonymous; outermost first."""
    modality: Modality = Modality.ASSERTED


@dataclass(frozen=True, slots=True)
class _Body:
    """What can be copied: lines of a document, who wrote it, and when."""

    id: str
    outlet: Outlet
    day: dt.date
    lines: tuple[_Line, ...]
    names: tuple[Named, ...]
    pull: float
    """How much it is copied."""


def reports(world: World, style: Style | None = None, count: int | None = None) -> Iterator[Report]:
    """The reports on a world, in the order of their days; `count` of them, by default as many as it was made for."""
    style = style or Style()
    recent: deque[_Body] = deque(maxlen=_RECENT)
    explained: set[int] = set()
    for number in range(count or world.documents):
        r = random.Random(f"report {world.seed} {number}")
        if recent and r.random() < style.copying:
            body, report = _copied(world, r, number, recent)
        else:
            body, report = _own(world, r, number, style, explained)
        explained |= {n.house for n in report.names if n.aliases}
        recent.append(body)
        yield report


def _own(world: World, r: random.Random, number: int, style: Style, explained: set[int]) -> tuple[_Body, Report]:
    day = START + dt.timedelta(days=number * DAYS // max(world.documents, 1))
    outlet = _outlet(world, r, copies=False)
    drawn = {world.programme_chance.draw(r) for _ in range(style.programmes)}
    programmes = [world.programmes[n] for n in sorted(drawn)]
    writer = _Writer(world, r, style, outlet, day, explained)
    for programme in programmes:
        writer.programme(programme)
    lines, names = tuple(writer.lines), tuple(writer.names.values())
    report = _printed(r, number, outlet, day, lines, names, None)
    return _Body(report.document.id, outlet, day, lines, names, r.paretovariate(1.0)), report


def _copied(world: World, r: random.Random, number: int, recent: deque[_Body]) -> tuple[_Body, Report]:
    [source] = r.choices(recent, [body.pull for body in recent])
    outlet = _outlet(world, r, copies=True)
    day = source.day + dt.timedelta(days=r.randint(0, 2))
    if r.random() < 0.5:
        lines = tuple(_relayed(world, r, source.outlet, line) for line in source.lines if r.random() < 0.8)
        names = source.names
    else:
        lines, names = source.lines, source.names
        place = r.randrange(len(lines))
        changed = replace(lines[place], lead=_lead(world, r))
        lines = (*lines[:place], changed, *lines[place + 1 :])
    lines = lines or source.lines
    report = _printed(r, number, outlet, day, lines, names, source.id)
    return _Body(report.document.id, outlet, source.day, lines, names, 0.2 * source.pull), report


def _relayed(world: World, r: random.Random, outlet: Outlet, line: _Line) -> _Line:
    """A line in another's words: who it was that said so comes first, and now and then a nought is lost."""
    value = line.value
    if isinstance(value, Money) and value.low is not None and value.low == value.high and r.random() < 0.02:
        value = replace(value, low=value.low / 10, high=value.low / 10)
        line = replace(line, words=_dollars(value), value=value)
    sources = (
        line.sources if any(name == outlet.name for name, _ in line.sources) else ((outlet.name, False), *line.sources)
    )
    return replace(line, lead=_lead(world, r), sources=sources)


def _outlet(world: World, r: random.Random, *, copies: bool) -> Outlet:
    while True:
        found = world.outlets[world.outlet_chance.draw(r)]
        if r.random() < (found.copying + 0.02 if copies else 1 - 0.7 * found.copying):
            return found


class _Writer:
    """Writes the lines of one document."""

    def __init__(
        self, world: World, r: random.Random, style: Style, outlet: Outlet, day: dt.date, explained: set[int]
    ) -> None:
        self.world, self.r, self.style, self.outlet, self.day, self.explained = world, r, style, outlet, day, explained
        self.lines: list[_Line] = []
        self.names: dict[str, Named] = {}

    def programme(self, its: Programme) -> None:
        """Lines on a programme, and on one to three of its projects."""
        r, key = self.r, its.key
        about = Mention(EntityKind.PROGRAMME, r.choice((f"the {key} package", f"{key} investment deal")), key=key)
        truth = Truth(its.amount.name.partition(":")[0])
        if r.random() < 0.9:
            self.amount(about, its.amount, truth, r.choice((None, "total", "ceiling")))
        if r.random() < 0.4:
            self.say("moved on", Attribute.STAGE, about, StageValue(_stage(r, its.stage)), truth)
        if r.random() < 0.3 or (not self.style.projects and r.random() < 0.5):
            self.year("deadline", about, its.deadline, truth)
        if r.random() < 0.05:
            self.say("10%", Attribute.SHARE, about, Share(0.1, 0.1, Qualifier.ABOUT, "GDP of Japan"), truth)
        if r.random() < 0.15:
            n = r.choice((1, 1, 2, 3))
            batch = Mention(EntityKind.TRANCHE, f"the {_BATCHES[n - 1]} batch", programme=key, ordinal=n)
            value = _exact(float(f"{its.amount.value * 0.05 * n:.1e}"))
            self.say(_dollars(value), Attribute.AMOUNT, batch, value, Truth(f"{truth.entity}: batch {n}"), "tranche")
        if r.random() < 0.1:
            word = world_word(self.world, r)
            market = Mention(EntityKind.MARKET, f"the {word} market")
            self.say(
                "$3 trillion",
                Attribute.AMOUNT,
                market,
                Money(3e12, 3e12, "USD", Qualifier.ABOUT),
                Truth(f"market {word}"),
            )
        for _ in range(r.choice((1, 1, 1, 2, 2, 3)) if self.style.projects else 0):
            self.project(its, its.projects[its.chance.draw(r)])

    def project(self, programme: Programme, its: Project) -> None:
        """Lines on one project."""
        r, truth = self.r, Truth(f"project {its.number}")
        sponsor, chance = self.house(its.house), r.random()
        about = Mention(
            EntityKind.PROJECT,
            f"the {its.kind.replace('_', ' ')} project",
            key=its.name if r.random() < self.style.named else None,
            sponsor=sponsor.name if chance < 0.8 else None,
            place=its.place if chance > 0.3 else None,
            project_kind=its.kind,
            programme=programme.key if r.random() < 0.9 else None,
        )
        if r.random() < 0.8:
            self.amount(about, its.amount, truth, r.choice((None, "project")))
        if r.random() < 0.6:
            role = r.choice(("sponsor", "operator", "contractor"))
            self.say(sponsor.name, Attribute.PARTY, about, Party(sponsor.name, role, sponsor.aliases), truth)
        if r.random() < 0.5:
            self.say(its.kind, Attribute.KIND, about, Text(its.kind), truth)
        if r.random() < 0.5:
            self.say(its.place, Attribute.LOCATION, about, Text(its.place), truth)
        if r.random() < 0.5:
            self.say("moved on", Attribute.STAGE, about, StageValue(_stage(r, its.stage)), truth)
        if r.random() < 0.5:
            self.year("complete", about, its.year, truth)
        if r.random() < 0.5:
            other = self.house(self.world.house_chance.draw(r))
            self.say(other.name, Attribute.PARTY, about, Party(other.name, "supplier", other.aliases), truth)
        if r.random() < 0.2:
            self.say("loans", Attribute.INSTRUMENT, about, Instruments(("loan",)), truth)
        if r.random() < 0.1:
            self.say("permits", Attribute.CONDITION, about, Text("approval: open"), truth)
        if r.random() < 0.05:
            owner = self.house((its.house * 7 + 1) % len(self.world.houses))
            owned = Mention(EntityKind.ORGANISATION, sponsor.name)
            if owner.house != its.house:
                self.say(
                    "owns", Attribute.OWNERSHIP, owned, Ownership(owner.name, sponsor.name), Truth(f"house {its.house}")
                )

    def house(self, number: int) -> Named:
        """What this text calls a house; the same throughout, and no two houses the same."""
        for its in self.names.values():
            if its.house == number:
                return its
        found = named(self.r, self.world.houses[number], number in self.explained)
        if found.name in self.names:
            found = Named(self.world.houses[number].full, number)
        self.names[found.name] = found
        return found

    def amount(self, about: Mention, fact: Fact, truth: Truth, scope: str | None) -> None:
        """A line on a sum."""
        sources, told = self.source(fact)
        value, chance = _exact(told), self.r.random()
        if not self.style.plain and chance < 0.15:
            value = Money(float(f"{told:.0e}"), float(f"{told:.0e}"), "USD", Qualifier.ABOUT)
        elif not self.style.plain and chance < 0.2:
            value = Money(None, told, "USD", Qualifier.UP_TO)
        self.say(_dollars(value), Attribute.AMOUNT, about, value, replace(truth, fact=fact), scope, sources)

    def year(self, event: str, about: Mention, fact: Fact, truth: Truth) -> None:
        """A line on when something is to be."""
        sources, told = self.source(fact)
        days = Interval(dt.date(int(told), 1, 1), dt.date(int(told), 12, 31))
        self.say(f"{told:.0f}", Attribute.DATE, about, DateValue(event, days), replace(truth, fact=fact), None, sources)

    def source(self, fact: Fact) -> tuple[tuple[tuple[str, bool], ...], float]:
        """Who says so, if not the outlet itself, and what is said."""
        chance = self.r.random()
        if chance < 0.10:
            office = f"{world_word(self.world, random.Random(fact.name)).capitalize()} Ministry of Finance"
            return ((office, False),), self.told(fact, office, 0.97)
        value = self.told(fact, self.outlet.name, self.outlet.right)
        return ((("officials", True),), value) if chance < 0.25 else ((), value)

    def told(self, fact: Fact, teller: str, right: float) -> float:
        """What somebody says who is right about this share of all facts."""
        now = fact.on(self.day)
        r = random.Random(f"{self.world.seed} {teller} {fact.name} {now}")
        if r.random() < right:
            return now
        if now < 3000:
            return fact.before if fact.before and r.random() < 0.5 else now + r.choice((-2, -1, 1, 2, 3))
        chance = r.random()
        if chance < 0.35:
            return float(f"{now * r.choice((0.1, 10)):.1e}")
        if chance < 0.6 and fact.before is not None:
            return fact.before
        return float(f"{now * r.choice((0.5, 0.6, 0.75, 0.8, 1.2, 1.3, 1.5, 2)):.1e}")

    def say(
        self,
        words: str,
        attribute: Attribute,
        about: Mention,
        value: Value,
        truth: Truth,
        scope: str | None = None,
        sources: tuple[tuple[str, bool], ...] = (),
    ) -> None:
        """A line."""
        modality = Modality.ASSERTED
        if not self.style.plain:
            modality = self.r.choices(tuple(Modality), (85, 8, 5, 2))[0]
            if not sources and self.r.random() < 0.05:
                sources = ((self.r.choice(self.world.people), False),)
        lead = _lead(self.world, self.r)
        self.lines.append(_Line(lead, words, attribute, about, value, truth, scope, sources, modality))


def _printed(
    r: random.Random,
    number: int,
    outlet: Outlet,
    day: dt.date,
    lines: tuple[_Line, ...],
    names: tuple[Named, ...],
    copies: str | None,
) -> Report:
    """The document: the text, and where in it each claim stands."""
    text, places = "", []
    for line in lines:
        start, links = len(text), []
        for n, (name, anonymous) in enumerate(line.sources):
            cue = "citing" if n else "According to"
            at = len(text) + (1 if n else 0)
            text += f"{' ' if n else ''}{cue} {name}"
            links.append((name, anonymous, cue, Span(at, len(text))))
        text += ", " if line.sources else ""
        content = len(text)
        text += f"{line.lead} {line.words}"
        places.append(
            (Span(start, len(text) + 1), Span(len(text) - len(line.words), len(text)), Span(content, len(text)), links)
        )
        text += ". "
    text += f"Item {number}."
    publisher = outlet.name if r.random() < 0.95 else None
    key = hashlib.sha256(f"{publisher}{day}{text}".encode()).hexdigest()
    title = f"Item {number}"
    document = Document(
        key, f"{number}.txt", text, None, publisher, title, day if r.random() < 0.97 else None, "en",
        ("ai-generated",) if r.random() < 0.02 else (),
    )  # fmt: skip
    claims = tuple(
        Claim(
            key, sentence, span, line.words, line.attribute, line.subject, line.value, line.modality, None,
            tuple(Attribution(name, anonymous, cue, where, content) for name, anonymous, cue, where in links),
            line.scope,
        )
        for line, (sentence, span, content, links) in zip(lines, places, strict=True)
    )  # fmt: skip
    return Report(document, claims, tuple(line.truth for line in lines), names, copies)


def world_word(world: World, r: random.Random) -> str:
    """A word of the vocabulary."""
    return world.words[r.randrange(len(world.words))]


def _lead(world: World, r: random.Random) -> str:
    return " ".join(r.choices(world.words, k=10)).capitalize()


def _stage(r: random.Random, stage: int) -> Stage:
    """The stage that is true, or now and then one beside it."""
    ladder = tuple(Stage)[:5]
    return ladder[max(0, min(4, stage + r.choices((0, -1, 1), (85, 10, 5))[0]))]


def _exact(amount: float) -> Money:
    return Money(amount, amount, "USD", Qualifier.EXACT)


def _dollars(value: Money) -> str:
    amount = value.high if value.high is not None else value.low or 0.0
    for unit, word in ((1e12, "trillion"), (1e9, "billion"), (1e6, "million")):
        if amount >= unit:
            return f"${amount / unit:g} {word}"
    return f"${amount:,.0f}"
