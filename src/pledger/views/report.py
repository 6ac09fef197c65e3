"""The report: one self-contained HTML file without network or script, that leads every figure to its sentences.

The page is `report/page.html.j2` with `report/style.css`. Words of articles reach it only through Jinja2's escaping or
as text nodes of a chart; addresses become links only where they are http or https.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections import Counter
from collections.abc import Callable, Sequence
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from jinja2 import Environment
from markupsafe import Markup

from pledger.model import (
    Attribute,
    Claim,
    Conflict,
    ConflictKind,
    DateValue,
    Document,
    Figure,
    Money,
    Problem,
    Side,
    stable_id,
)
from pledger.views import charts, scales, story, wording
from pledger.views.ladders import rounded, rungs
from pledger.views.overview import LADDER, Overview, Programme, Rung, attribute_of, origins, overview, scope
from pledger.views.plain import clean, excerpt
from pledger.views.svg import fit
from pledger.views.templating import environment

if TYPE_CHECKING:
    from pledger.ledger import Ledger

__all__ = ["write_report"]

_WIDTHS = {"wide": 1040, "middle": 680, "narrow": 336}
"""For windows from 1120, from 760, and below 760 pixels; the style sheet has the same numbers."""
_CARD = 336
_LADDERS = 6
_CONTESTED = 24
_CONFLICTS = 40
_TERMS = (Attribute.DATE, Attribute.INSTRUMENT, Attribute.SHARE, Attribute.CONDITION)
_MOST_TERMS = 6
_SIDES = 5
_SENTENCES = 8
"""Of one side of a figure so many sentences are printed; the rest is counted, with the command that shows them."""


class _Page:
    """What the template may ask for; it notes which figures were shown, so that their evidence follows."""

    def __init__(self, view: Overview) -> None:
        self.view = view
        self.claims = {c.id: c for c in view.claims}
        self.documents = {d.id: d for d in view.documents}
        self.shown: dict[str, Figure] = {}
        self.sums: dict[str, Rung] = {}
        self.held: dict[str, Figure] = {c: f for f in reversed(view.figures) for s in f.sides for c in s.claims}
        self.said: dict[str, list[Claim]] = {}
        for claim in view.claims:
            self.said.setdefault(claim.document, []).append(claim)

    def show(self, figure: Figure) -> str:
        """Note that the figure is shown; the address of its evidence in the page."""
        self.shown[figure.id] = figure
        return f"#f-{figure.id}"

    def link(self, figure: Figure, words: str | None = None) -> Markup:
        """A figure's value, linked to its evidence."""
        said = clean(words or wording.say_figure(figure))
        return Markup('<a class="figure" data-figure="{}" href="{}">{}</a>').format(figure.id, self.show(figure), said)

    def total(self, rung: Rung, words: str | None = None) -> Markup:
        """A rung's amount, linked to the figure that it is or to the sum that it is made of."""
        if rung.amount is None:
            return Markup("<i>not reported</i>")
        if len(rung.figures) == 1 and rung.figures[0].value == rung.amount:
            return self.link(rung.figures[0], words)
        said = words or wording.say(rounded(rung.amount)).removeprefix("from ")
        return Markup('<a class="figure" data-sum="{0}" href="#{0}">{1}</a>').format(self.sum(rung), said)

    def sum(self, rung: Rung) -> str:
        """Note that the sum is shown; its id in the page."""
        for figure in rung.figures:
            self.show(figure)
        id_ = stable_id("s-", rung.key, *(f.id for f in rung.figures))
        self.sums[id_] = rung
        return id_

    def address(self, rung: Rung) -> str | None:
        """Where a rung's bar leads."""
        if rung.amount is None:
            return None
        alone = len(rung.figures) == 1 and rung.figures[0].value == rung.amount
        return self.show(rung.figures[0]) if alone else f"#{self.sum(rung)}"

    def evidence(self, side: Side) -> list[story.Item]:
        """The claims behind a side, heaviest first."""
        behind = ((o.name, o.graded, o.weight, o.claims) for o in side.origins)
        return story.items(behind, self.claims, self.documents)

    def side_link(self, conflict: Conflict, number: int) -> Markup:
        """The value of a conflict's side, linked to the figure that its claims belong to."""
        side = conflict.sides[number]
        words = wording.say(side.value)
        figure = next((self.held[c] for c in side.claims if c in self.held), None)
        return self.link(figure, words) if figure else Markup("{}").format(clean(words))

    def sum_wrong(self, figure: Figure) -> Conflict | None:
        """The conflict that says that a figure's value does not add up; None where nothing says so."""
        ours = set(figure.sides[0].claims) if figure.sides else set()
        shown = (c for c in self.view.conflicts[:_CONFLICTS] if c.kind is ConflictKind.ARITHMETIC and c.sides)
        return next((c for c in shown if ours & set(c.sides[0].claims)), None)

    def first_words(self, side: Side) -> list[story.Item]:
        """Two sentences of a side by different origins where there are such, originals before copies."""
        found = self.evidence(side)
        one_each = {item.origin: item for item in reversed(found)}
        first = [item for item in found if one_each[item.origin] is item]
        return [*first, *(item for item in found if item not in first and not item.document.echo_of)][:2]

    def groups(self) -> list[tuple[str, list[Figure]]]:
        """The figures shown so far by the name of what they are about, in the ledger's order."""
        found: dict[str, list[Figure]] = {}
        for figure in self.view.figures:
            if figure.id in self.shown:
                found.setdefault(figure.entity.id, []).append(figure)
        return [(figures[0].entity.id, figures) for figures in found.values()]


def write_report(
    ledger: Ledger, path: str | Path, *, problems: Sequence[Problem] = (), as_of: dt.date | None = None
) -> list[str]:
    """Write the report on `ledger`, as known on `as_of`, to `path`; returns the ids of all figures that it shows.

    The folder of `path` is made where it is missing. `problems` are those of the reading, listed with their mends.
    """
    view = overview(ledger, as_of)
    page = _Page(view)
    html = _environment().get_template("page.html.j2").render(
        page=page,
        view=view,
        headline=_sentence(page, story.headline(view)),
        standfirst=story.standfirst(view, len(origins(view.figures))),
        origin_count=len(origins(view.figures)),
        ladders=_ladders(page),
        compared=_compared(page),
        timeline=_timeline(page),
        contested=[(f, _scale(page, f)) for f in view.contested[:_CONTESTED]],
        conflicts=view.conflicts[:_CONFLICTS],
        problems=problems,
        moment=wording.say_moment(view.as_of, view.known_on),
        digest=_digest(view),
        style=Markup((files("pledger.views") / "report" / "style.css").read_text(encoding="utf-8")),  # noqa: S704  ours
    )  # fmt: skip
    target = Path(path)
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(html, encoding="utf-8", newline="\n")
    return list(page.shown)


def _environment() -> Environment:
    made = environment("pledger.views", "report")
    made.filters |= {"excerpt": _excerpt, "newest": documents_by_day, "origins": origins, "web": _web}
    made.globals |= {
        "beside": wording.say_beside,
        "chain": lambda item: [clean(c) for c in wording.chain(item.document, item.claim.attribution)],
        "height": story.stage_height,
        "ladder_height": len(LADDER),
        "matter": wording.say_matter,
        "modality": wording.say_modality,
        "parties": lambda project: [(f, s) for f in project.sponsors for s in f.sides],
        "party": wording.say_party,
        "most_sides": _SIDES,
        "sentences": _SENTENCES,
        "sponsor": attribute_of,
    }
    return made


def _web(url: str | None) -> str | None:
    """The address where it is a web address with a host; None for anything else (`javascript:`, `data:`, files)."""
    try:
        parts = urlsplit(url or "")
    except ValueError:
        return None
    return url if parts.scheme.lower() in ("http", "https") and parts.netloc else None


def _excerpt(item: story.Item) -> tuple[str, str, str]:
    claim = item.claim
    start = claim.span.start - claim.sentence.start
    return excerpt(claim.sentence.of(item.document.text), start, start + len(claim.text))


def _sentence(page: _Page, parts: Sequence[story.Part]) -> Markup:
    """A headline with its figures linked."""
    made = Markup("")
    for part in parts:
        if isinstance(part, Figure):
            made += page.link(part)
        else:
            made += page.total(part) if isinstance(part, Rung) else part
    return made


def _drawn(draw: Callable[[int, str], str], name: str, *kinds: str) -> Markup:
    """A chart drawn for each kind of window; the style sheet shows one of them."""
    made = Markup("")
    for kind in kinds:
        svg = Markup(draw(_WIDTHS[kind], f"{name}-{kind}"))  # noqa: S704  purified by `svg.render`
        made += Markup('<div class="{}">{}</div>').format(kind, svg)
    return made


def _ladders(page: _Page) -> list[tuple[Programme, Markup, list[Figure]]]:
    """Each programme that has projects and a ceiling, with its ladder and the terms to be told beside it."""
    held = [p for p in page.view.programmes if p.projects and p.ceiling][:_LADDERS]
    return [(p, _ladder(page, p, n), _terms(p)) for n, p in enumerate(held)]


def _terms(programme: Programme) -> list[Figure]:
    """What most origins report of the programme beside its ceiling, in the order of `_TERMS`."""
    held = [f for f in programme.figures if f.attribute in _TERMS and scope(f) not in ("other", "")]
    held += [f for f in programme.figures if f.attribute is Attribute.INSTRUMENT]
    held = [f for f in held if not isinstance(f.value, DateValue) or f.value.interval.start or f.value.interval.end]
    held.sort(key=lambda f: (-len(origins([f], leading=True)), f.id))
    return sorted(held[:_MOST_TERMS], key=lambda f: (_TERMS.index(f.attribute), f.id))


def _ladder(page: _Page, programme: Programme, number: int) -> Markup:
    """The ladder of one programme."""
    rows = rungs(programme, page.address)
    name = story.short_name(wording.say_name(clean(programme.entity.name)))
    told = "; ".join(f"{row.label}: {row.said}" for row in rows)
    title = f"From pledged to drawn: {name}"
    return _drawn(lambda width, id_: charts.bars(rows, width, id_, title, told), f"ladder-{number}", "middle", "narrow")


def _compared(page: _Page) -> Markup | None:
    """All programmes' ceilings in the most common currency; None where there is nothing to compare."""
    held = [(p, p.ceiling, p.ceiling.value) for p in page.view.programmes if p.ceiling]
    amounts = [(p, f, m) for p, f, m in held if isinstance(m, Money)]
    currency = Counter(m.currency for _, _, m in amounts).most_common(1)[0][0] if amounts else ""
    amounts = [(p, f, m) for p, f, m in amounts if m.currency == currency]
    if len(amounts) < 2:
        return None
    amounts.sort(key=lambda row: -(row[2].high or row[2].low or 0.0))
    rows = []
    for programme, figure, money in amounts:
        count = wording.say_count(len(origins([figure], leading=True)), "origin")
        note = f"{wording.say_standing(figure.standing)}, {count}"
        high = money.high if money.high is not None else money.low
        name = clean(programme.entity.name)
        rows.append(charts.Bar(name, note, wording.say(money), money.low, high, page.show(figure)))
    told = "; ".join(f"{row.label}: {row.said}, {row.note}" for row in rows)
    title = "Pledges compared"
    return _drawn(lambda width, id_: charts.bars(rows, width, id_, title, told), "compared", "middle", "narrow")


def _timeline(page: _Page) -> tuple[Markup, list[tuple[dt.date, str, Figure]]] | None:
    """The timeline and its steps; None where no document has a date."""
    steps = story.steps(page.view, page.claims, page.documents)
    lanes = story.lanes(page.view, page.claims)
    dots = []
    for id_, lane in lanes.items():
        document = page.documents[id_]
        if document.reported_on:
            look = story.look(document, page.said.get(id_, ()))
            dots.append(charts.Dot(document.reported_on, clean(lane), look, f"#d-{id_[:12]}"))
    if not dots:
        return None
    marks = [charts.Step(day, fit(words, 280, 12), page.show(figure)) for day, words, figure in steps]
    told = "; ".join(f"{wording.say_date(day)}: {words}" for day, words, _ in steps)
    title = f"{wording.say_count(len(dots), 'report')} by date"
    drawn = _drawn(lambda width, id_: charts.timeline(dots, marks, width, id_, title, told), "timeline", *_WIDTHS)
    return drawn, steps


def _scale(page: _Page, figure: Figure) -> Markup | None:
    """The sides of a contested figure on a scale, where they have one."""
    page.show(figure)
    label = f"{clean(figure.entity.name)}, {wording.say_attribute(figure.attribute, clean(figure.qualifier))}"
    told = "; ".join(f"{wording.say(s.value)}: {', '.join(o.name for o in s.origins)}" for s in figure.sides)
    drawn = scales.sides(figure, _CARD, f"scale-{figure.id}", label, told)
    return Markup(drawn) if drawn else None  # noqa: S704  purified by `svg.render`


def _digest(view: Overview) -> str:
    """A SHA-256 over the ids of all documents, claims and figures: reports with one digest rest on the same ledger."""
    parts = [*(d.id for d in view.documents), *(c.id for c in view.claims), *(f.id for f in view.figures)]
    return hashlib.sha256("\n".join(sorted(parts)).encode()).hexdigest()


def documents_by_day(documents: Sequence[Document]) -> list[Document]:
    """Newest first, undated last."""
    return sorted(documents, key=lambda d: (d.reported_on or dt.date.min, d.id), reverse=True)
