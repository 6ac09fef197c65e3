"""What Pledger makes of a folder, by its public contract: `ledger.open`, the ledger's answers, `attributions`."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pledger import ledger as ledgers
from pledger.ledger import Ledger
from pledger.model import Attribute, Claim, Document, Span
from pledger.reading import attributions, speakers
from scoring.claims import score_claims
from scoring.gold import Gold, GoldDocument, matched
from scoring.ledgers import Holding, score_conflicts, score_entities
from scoring.sources import Source, score_sources
from scoring.tally import Tally, total

__all__ = ["Score", "read_folder", "score", "together"]

_OTHER_ROWS = frozenset(Attribute) - {Attribute.AMOUNT}


@dataclass(frozen=True)
class Score:
    """Every row, and gold's documents that were not found among those read."""

    rows: tuple[Tally, ...]
    unread: tuple[str, ...]
    documents: int

    def __getitem__(self, name: str) -> Tally:
        return next((t for t in self.rows if t.name == name), Tally(name, 0, 0))

    @property
    def others(self) -> Tally:
        """All gold claims that are not amounts, taken together."""
        return total("others", [t for t in self.rows if t.name in _OTHER_ROWS])

    def measures(self) -> dict[str, float]:
        """The figures that `--require` names: shares between 0 and 1, and `extra`, a count that is to be low."""
        return {
            "amounts": self["amount"].f1,
            "again": self["amount, again"].recall,
            "subjects": self["amount's subject"].recall,
            "others": self.others.recall,
            "attribution": self["attribution"].recall,
            "stages": self["stage"].recall,
            "dates": self["date"].recall,
            "programmes": self["programmes"].f1,
            "projects": self["projects"].recall,
            "organisations": self["organisations"].recall,
            "names": self["names in two scripts"].recall,
            "conflicts": self["conflicts"].recall,
            "agreements": self["agreements"].recall,
            "extra": float(len(self["conflicts"].invented)),
        }


def read_folder(folder: Path, url: str) -> Ledger:
    """A ledger at `url` that has read every article in `folder`."""
    ledger = ledgers.open(url)
    ledger.read([str(folder)])
    return ledger


def score(gold: Gold, ledger: Ledger) -> Score:
    """Everything that a ledger read, against gold."""
    claims = ledger.claims()
    documents = matched(gold, ledger.documents())
    by_document: dict[str, list[Claim]] = {}
    for claim in claims:
        by_document.setdefault(claim.document, []).append(claim)
    pairs = [(gold.documents[key], document) for key, document in sorted(documents.items())]
    held = Holding(
        documents=documents,
        claims={c.id: c for c in claims},
        entities=tuple(ledger.entities()),
        figures=tuple(ledger.figures()),
        conflicts=tuple(ledger.conflicts()),
    )
    rows = [
        *score_claims((g, d, by_document.get(d.id, [])) for g, d in pairs),
        *score_sources((g, sources(d, by_document.get(d.id, []))) for g, d in pairs),
        _notices(pairs),
        _echoes(pairs, documents),
        *score_entities(gold, held),
        *score_conflicts(gold, held),
    ]
    unread = tuple(sorted(set(gold.documents) - set(documents)))
    return Score(tuple(rows), unread, len(documents))


def together(scores: Iterable[Score]) -> Score:
    """Several folders as one: each row is the sum of theirs."""
    held = list(scores)
    names = dict.fromkeys(row.name for s in held for row in s.rows)
    rows = tuple(total(name, [s[name] for s in held if s[name].gold or s[name].invented]) for name in names)
    return Score(rows, tuple(u for s in held for u in s.unread), sum(s.documents for s in held))


def sources(document: Document, claims: Sequence[Claim]) -> list[Source]:
    """Everybody whose word is passed on: the links of the claims' chains, and all attributions of the text."""
    found = [
        Source(link.source, link.anonymous, tuple(outer.source for outer in claim.attribution[:i]))
        for claim in claims
        for i, link in enumerate(claim.attribution)
    ]
    found += [Source(one.source, one.anonymous) for one in speakers(document)]
    for a in attributions(document.text, document.language):
        if a.source is not None:
            via = (_words(a.via, document),) if a.via is not None else ()
            found.append(Source(_words(a.source, document), a.anonymous, via))
    return found


def _words(span: Span, document: Document) -> str:
    return span.of(document.text)


def _notices(pairs: Sequence[tuple[GoldDocument, Document]]) -> Tally:
    wanted = [(g.key, n, n in d.notices) for g, d in pairs for n in g.notices]
    missed = tuple(f"{key}: {notice}" for key, notice, there in wanted if not there)
    return Tally("notices", len(wanted), len(wanted) - len(missed), missed)


def _echoes(pairs: Sequence[tuple[GoldDocument, Document]], documents: Mapping[str, Document]) -> Tally:
    """Which document is whose copy; what is called a copy and is none counts as invented."""
    keys = {d.id: key for key, d in documents.items()}
    read = {g.key: keys.get(d.echo_of, d.echo_of) if d.echo_of else None for g, d in pairs}
    wanted = {g.key: g.echo_of for g, _ in pairs if g.echo_of}
    missed = tuple(f"{key} copies {of}" for key, of in wanted.items() if read[key] != of)
    invented = tuple(f"{key} called a copy of {of}" for key, of in read.items() if of and key not in wanted)
    return Tally("echoes", len(wanted), len(wanted) - len(missed), missed, invented=invented, complete=True)
