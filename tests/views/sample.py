"""A ledger in memory with every shape that a view has to show: what the real one answers, made by hand.

It exists so that the views can be tried on shapes that are rare or hostile; the tests on the bundled corpus use the
real ledger.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, cast

from pledger.ledger.moments import NOW, Moment
from pledger.model import (
    Attribute,
    Attribution,
    Claim,
    Conflict,
    ConflictKind,
    DateValue,
    Document,
    Entity,
    EntityKind,
    Figure,
    Instruments,
    Interval,
    Mention,
    Modality,
    Money,
    Origin,
    Outlook,
    Party,
    Problem,
    Qualifier,
    Share,
    Side,
    Span,
    Stage,
    StageValue,
    Standing,
    Text,
    Value,
    stable_id,
)

if TYPE_CHECKING:
    from pledger.ledger import Ledger


@dataclass(frozen=True)
class SampleEvidence:
    claim: Claim
    document: Document
    origin: Origin
    side: int
    sentence: str


@dataclass(frozen=True)
class SampleWhy:
    figure: Figure
    evidence: tuple[SampleEvidence, ...]
    judgements: tuple[()] = ()


@dataclass
class Sample:
    """Answers as a Ledger does, from lists."""

    held_documents: list[Document] = field(default_factory=list)
    held_claims: dict[str, Claim] = field(default_factory=dict)
    held_origins: dict[str, Origin] = field(default_factory=dict)
    held_entities: list[Entity] = field(default_factory=list)
    held_figures: list[Figure] = field(default_factory=list)
    held_conflicts: list[Conflict] = field(default_factory=list)
    held_problems: list[Problem] = field(default_factory=list)

    moment: Moment = NOW

    def at(self, *, as_of: dt.date | None = None, known_on: dt.date | None = None) -> Sample:
        return replace(self, moment=self.moment.within(as_of, known_on))

    def documents(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> list[Document]:  # noqa: ARG002
        return self.held_documents

    def claims(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> list[Claim]:  # noqa: ARG002
        return list(self.held_claims.values())

    def entities(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> list[Entity]:  # noqa: ARG002
        return self.held_entities

    def figures(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> list[Figure]:  # noqa: ARG002
        return self.held_figures

    def conflicts(self, as_of: dt.date | None = None, known_on: dt.date | None = None) -> list[Conflict]:  # noqa: ARG002
        return self.held_conflicts

    def audit(self) -> list[Problem]:
        return []

    def problems(self) -> list[Problem]:
        return self.held_problems

    def why(self, id: str) -> SampleWhy | None:  # noqa: A002
        figure = next((f for f in self.held_figures if f.id == id), None)
        if figure is None:
            return None
        documents = {d.id: d for d in self.held_documents}
        evidence = []
        for number, side in enumerate(figure.sides):
            for origin in side.origins:
                for id_ in origin.claims:
                    claim = self.held_claims[id_]
                    document = documents[claim.document]
                    sentence = claim.sentence.of(document.text)
                    evidence.append(SampleEvidence(claim, document, origin, number, sentence))
        return SampleWhy(figure, tuple(evidence))

    # What follows builds one.

    def document(self, text: str, **fields: object) -> Document:
        made = Document(id=stable_id("d", text, str(fields)) * 5, path=f"{len(self.held_documents)}.md", text=text)
        made = replace(made, **fields)  # type: ignore[arg-type]
        self.held_documents.append(made)
        return made

    def entity(self, kind: EntityKind, name: str, *aliases: str, **attributes: str) -> Entity:
        made = Entity(stable_id("e", kind, name), kind, name, aliases, tuple(sorted(attributes.items())))
        self.held_entities.append(made)
        return made

    def origin(
        self, name: str, grade: str, weight: float, document: Document, words: str, entity: Entity,
        attribute: Attribute, value: Value, chain: Sequence[str] = (), modality: Modality = Modality.ASSERTED,
        scope: str | None = None,
    ) -> Origin:  # fmt: skip
        """One claim on these words of the document, as the origin behind it."""
        start = document.text.index(words)
        span = Span(start, start + len(words))
        before = max(document.text.rfind(stop, 0, start) for stop in (". ", "\n", "。"))
        ends = [i for stop in (". ", "\n", "。") if (i := document.text.find(stop, span.end)) >= 0]
        sentence = Span(
            before + 1 if before < 0 or document.text[before] != "." else before + 2,
            min(ends, default=len(document.text) - 1) + 1,
        )
        links = tuple(Attribution(n.removeprefix("?"), n.startswith("?"), "said", span) for n in chain)
        subject = Mention(entity.kind, entity.name, span)
        claim = Claim(document.id, sentence, span, words, attribute, subject, value, modality, None, links, scope)
        self.held_claims[claim.id] = claim
        return Origin(name, grade, (claim.id,), weight)

    def figure(
        self,
        entity: Entity,
        attribute: Attribute,
        sides: Sequence[tuple[Value, Sequence[Origin]]],
        standing: Standing,
        qualifier: str = "",
    ) -> Figure:
        made = []
        for value, origins in sides:
            missing = 1.0
            for origin in origins:
                missing *= 1 - origin.weight
            made.append(Side(value, tuple(origins), 1 - missing))
        ids = {c for s in made for c in s.claims}
        count = len({self.held_claims[c].document for c in ids})
        id_ = stable_id("f", entity.id, attribute, qualifier)
        figure = Figure(id_, entity, attribute, made[0].value, standing, tuple(made), count, None, qualifier)
        self.held_figures.append(figure)
        return figure

    def conflict(self, kind: ConflictKind, figure: Figure, explanation: str, reference: str | None = None) -> None:
        self.held_conflicts.append(
            Conflict(
                stable_id("x", kind, figure.id),
                figure.entity,
                figure.attribute,
                kind,
                figure.sides,
                explanation,
                reference,
            )
        )


def dollars(low: float | None, high: float | None = None, qualifier: Qualifier = Qualifier.EXACT) -> Money:
    return Money(
        low, low if high is None and qualifier in (Qualifier.EXACT, Qualifier.ABOUT) else high, "USD", qualifier
    )


def sample() -> Sample:
    """Two programmes, six projects, five kinds of conflict, copies, unnamed officials, a machine-made text."""
    s = Sample()
    k, a, st = EntityKind, Attribute, Standing
    japan = s.entity(k.PROGRAMME, "Japan to United States", "$550bn promise", "対米投資", investor="JP", host="US")
    korea = s.entity(k.PROGRAMME, "South Korea to United States", investor="KR", host="US")
    union = s.entity(k.PROGRAMME, "European Union to United States", investor="EU", host="US")
    gas = s.entity(
        k.PROJECT,
        "Gas-fired power plant",
        sponsor="Lakeside Energy",
        place="Ohio",
        project_kind="power_generation",
        programme="JP>US",
    )
    grit = s.entity(
        k.PROJECT,
        "Synthetic diamond plant",
        sponsor="Hartmann Six",
        place="Georgia",
        project_kind="synthetic_diamond",
        programme="JP>US",
    )
    port = s.entity(k.PROJECT, "Crude oil terminal", place="Texas", project_kind="oil_terminal", programme="JP>US")
    smr = s.entity(k.PROJECT, "Small modular reactors", place="Tennessee", project_kind="nuclear", programme="JP>US")
    hub = s.entity(k.PROJECT, "Pennsylvania gas hub", programme="JP>US")
    grid = s.entity(k.PROJECT, "Power transmission line", sponsor="Nishiyama Electric", programme="JP>US")
    s.entity(k.ORGANISATION, "Lakeside Energy", "レイクサイド")

    d = dt.date
    one = s.document(
        "Tokyo has promised to invest $550 billion in the United States. The money must be placed by 19 January 2029. "
        "That is about 10 % of Japan's GDP.",
        publisher="Harbour Times", title="The promise", reported_on=d(2025, 9, 4), url="https://example.org/a",
    )  # fmt: skip
    two = s.document(
        "The agency reported a ceiling of $550bn for loans, guarantees and equity. "
        "Two officials said that a decision was not made.",
        publisher="Wire Nine", title="Ceiling set", reported_on=d(2025, 10, 28), url="https://example.org/b",
    )  # fmt: skip
    three = s.document(
        "Japan's $55 billion tool is on the verge of a first decision, Wire Nine reported.",
        publisher="Market Owl", title="A tool", reported_on=d(2026, 1, 28), notices=("ai-generated",), url="https://example.org/c",
    )  # fmt: skip
    four = s.document(
        "The commerce department selected a gas-fired plant of Lakeside Energy in Ohio for $33 billion. "
        "A diamond plant in Georgia would cost about $600 million. A terminal in Texas is put at $2.1 billion.",
        publisher="Evening Ledger", title="First three picked", reported_on=d(2026, 2, 18), url="https://example.org/d",
    )  # fmt: skip
    five = s.document(
        "オハイオ州のガス火力発電所は333億ドルとされた。総額は約5500億ドル。",
        publisher="朝の経済", title="第1弾", reported_on=d(2026, 2, 18), language="ja", url="https://example.org/e",
    )  # fmt: skip
    six = s.document(
        "The fact sheet puts the diamond plant at $500 million. Reactors worth up to $40 billion are candidates. "
        "A hub in Pennsylvania may take up to $17 billion. Construction begins in Q3 2026.",
        publisher="Policy Mirror", title="Second list", reported_on=d(2026, 3, 20), url="https://example.org/f",
    )  # fmt: skip
    copy = s.document(
        two.text + " ", publisher="Copy Cat News", title="Ceiling set", reported_on=d(2025, 10, 29), echo_of=two.id
    )
    seven = s.document(
        "Seoul agreed to $350 billion, of which $200 billion in cash.",
        publisher="Han Daily",
        title="Seoul signs",
        reported_on=d(2025, 11, 14),
    )
    eight = s.document(
        "Brussels speaks of $600 billion by 2028.", publisher="EU Watch", title="Flimsy", reported_on=d(2025, 7, 29)
    )
    s.document("Undated words.", path="undated.txt")

    b = dollars(550e9)
    wire = s.origin("Wire Nine", "B2", 0.8, two, "$550bn", japan, a.AMOUNT, b, scope="ceiling")
    again = s.origin("Wire Nine", "B2", 0.8, copy, "$550bn", japan, a.AMOUNT, b, ["Wire Nine"], scope="ceiling")
    wire = replace(wire, claims=wire.claims + again.claims)
    yen = s.origin(
        "朝の経済",
        "C3",
        0.6,
        five,
        "約5500億ドル",
        japan,
        a.AMOUNT,
        dollars(550e9, qualifier=Qualifier.ABOUT),
        scope="ceiling",
    )
    slip = s.origin(
        "Wire Nine", "B2", 0.1, three, "$55 billion", japan, a.AMOUNT, dollars(55e9), ["Wire Nine"], scope="ceiling"
    )
    tokyo = s.origin("Harbour Times", "B3", 0.7, one, "$550 billion", japan, a.AMOUNT, b, scope="ceiling")
    ceiling = s.figure(japan, a.AMOUNT, [(b, [wire, tokyo, yen]), (dollars(55e9), [slip])], st.AGREED, "ceiling")
    s.conflict(
        ConflictKind.SLIP,
        ceiling,
        "Market Owl gives $55bn and credits Wire Nine, but Wire Nine is quoted elsewhere for $550bn: "
        "a factor of ten was lost on the way.",
    )
    tenth = Share(0.1, 0.1, Qualifier.ABOUT, "GDP of Japan")
    part = s.figure(
        japan,
        a.SHARE,
        [(tenth, [s.origin("Harbour Times", "B3", 0.4, one, "about 10 %", japan, a.SHARE, tenth)])],
        st.SINGLE_SOURCE,
        "GDP of Japan",
    )
    s.conflict(
        ConflictKind.ARITHMETIC,
        part,
        "$550bn is 13 to 14 % of Japan's GDP of 2024, not about 10 %.",
        "World Bank, GDP 2024",
    )
    until = DateValue("deadline", Interval(None, d(2029, 1, 19)))
    s.figure(
        japan,
        a.DATE,
        [(until, [s.origin("Harbour Times", "B3", 0.7, one, "by 19 January 2029", japan, a.DATE, until)])],
        st.SINGLE_SOURCE,
        "deadline",
    )
    ways = Instruments(("loan", "guarantee", "equity"))
    s.figure(
        japan,
        a.INSTRUMENT,
        [(ways, [s.origin("Wire Nine", "B2", 0.8, two, "loans, guarantees and equity", japan, a.INSTRUMENT, ways)])],
        st.SINGLE_SOURCE,
    )

    def amount(entity: Entity, standing: Standing, *sides: tuple[Money, Document, str, str, float]) -> Figure:
        made = [
            (m, [s.origin(name, "B2", w, doc, words, entity, a.AMOUNT, m, scope="project")])
            for m, doc, words, name, w in sides
        ]
        return s.figure(entity, a.AMOUNT, made, standing, "project")

    dept = "commerce department"
    cost = amount(
        gas,
        st.CONTESTED,
        (dollars(33e9), four, "$33 billion", dept, 0.9),
        (dollars(33.3e9), five, "333億ドル", "朝の経済", 0.6),
    )
    s.conflict(
        ConflictKind.DISPUTE,
        cost,
        "The commerce department says $33bn, 朝の経済 says $33.3bn: one may round what the other does not.",
    )
    grits = amount(
        grit,
        st.CONTESTED,
        (dollars(6e8, qualifier=Qualifier.ABOUT), four, "about $600 million", dept, 0.8),
        (dollars(5e8), six, "$500 million", "fact sheet", 0.7),
    )
    s.conflict(ConflictKind.UPDATE, grits, "The newer report of $600m replaces $500m.")
    amount(port, st.SINGLE_SOURCE, (dollars(2.1e9), four, "$2.1 billion", dept, 0.9))
    amount(smr, st.SINGLE_SOURCE, (dollars(None, 40e9, Qualifier.UP_TO), six, "up to $40 billion", "fact sheet", 0.7))
    amount(hub, st.SINGLE_SOURCE, (dollars(None, 17e9, Qualifier.UP_TO), six, "up to $17 billion", "fact sheet", 0.7))
    for entity, doc, words, stage, name in (
        (gas, four, "selected", StageValue(Stage.COMMITTED), dept),
        (grit, four, "would cost", StageValue(Stage.PLEDGED), dept),
        (port, four, "is put at", StageValue(Stage.PLEDGED, Outlook.NOT_YET), dept),
        (smr, six, "candidates", StageValue(Stage.CANDIDATE), "fact sheet"),
    ):  # fmt: skip
        s.figure(
            entity,
            a.STAGE,
            [(stage, [s.origin(name, "B2", 0.8, doc, words, entity, a.STAGE, stage)])],
            st.SINGLE_SOURCE,
        )
    brink, open_ = StageValue(Stage.CANDIDATE, Outlook.IMMINENT), StageValue(Stage.CANDIDATE, Outlook.NOT_YET)
    near = s.origin(
        "Wire Nine",
        "C3",
        0.3,
        three,
        "on the verge of a first decision",
        grid,
        a.STAGE,
        brink,
        ["Wire Nine"],
        Modality.PLANNED,
    )
    not_yet = s.origin(
        "two officials", "C2", 0.6, two, "was not made", grid, a.STAGE, open_, ["Wire Nine", "?two officials"]
    )
    decided = s.figure(grid, a.STAGE, [(open_, [not_yet]), (brink, [near])], st.CONTESTED)
    s.conflict(
        ConflictKind.DISPUTE,
        decided,
        "Market Owl has the decision all but made; two officials say that nothing is decided.",
    )
    for name, doc in (("Lakeside Energy", four),):
        party = Party(name, "sponsor")
        s.figure(
            gas,
            a.PARTY,
            [(party, [s.origin(dept, "A2", 0.9, doc, name, gas, a.PARTY, party)])],
            st.SINGLE_SOURCE,
            "sponsor",
        )
    begin = DateValue("start", Interval(d(2026, 7, 1), d(2026, 9, 30)))
    s.figure(
        hub,
        a.DATE,
        [(begin, [s.origin("fact sheet", "B2", 0.7, six, "in Q3 2026", hub, a.DATE, begin)])],
        st.SINGLE_SOURCE,
        "start",
    )
    line, plant = Text("power_transmission"), Text("power_generation")
    kind = s.figure(
        gas,
        a.KIND,
        [
            (plant, [s.origin(dept, "A2", 0.9, four, "gas-fired plant", gas, a.KIND, plant)]),
            (line, [s.origin("Wire Nine", "C3", 0.3, three, "tool", gas, a.KIND, line)]),
        ],
        st.CONTESTED,
    )
    s.conflict(ConflictKind.DEFINITION, kind, "One report speaks of the plant, the other of the line that it feeds.")
    for entity, doc, words, value in ((korea, seven, "$350 billion", 350e9), (union, eight, "$600 billion", 600e9)):
        money = dollars(value)
        s.figure(
            entity,
            a.AMOUNT,
            [(money, [s.origin(doc.publisher or "", "C2", 0.7, doc, words, entity, a.AMOUNT, money, scope="ceiling")])],
            st.SINGLE_SOURCE,
            "ceiling",
        )
    s.held_problems.append(
        Problem("unreadable document", "truncated.pdf", "the file ends in the middle of an object", "Fetch it again.")
    )
    return s


def ledger() -> Ledger:
    """The sample, for functions that ask for a ledger: it answers the same questions."""
    return cast("Ledger", sample())
