"""The audit: every figure and every side of a conflict must rest on sentences whose words stand where they stood.

And what a conflict's explanation says in numbers and days must be what its claims and their documents say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from pledger.ledger.say import long_day
from pledger.ledger.say import value as say
from pledger.model import Claim, Conflict, ConflictKind, Document, Figure, Problem, Side

__all__ = ["audit"]

_SAID = re.compile(
    r"(?:[$¥€£₩]|\b[A-Z]{3} )\d[\d.,]{0,20}(?:tn|bn|m)?\b|\b\d[\d.,]{0,20} %|"
    r"\b\d{1,4} (?:business |calendar )?days\b|\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b"
)
"""Amounts, shares, lengths of time and days, as explanations write them."""
_MEND = "read the documents into a new ledger, or restore this one from a copy"


def audit(
    figures: Iterable[Figure],
    conflicts: Iterable[Conflict],
    claims: Mapping[str, Claim],
    documents: Mapping[str, Document],
) -> list[Problem]:
    """One problem for every figure or conflict that lacks a sentence; empty when all is sound.

    A claim is sound when it and its document are in the ledger, the words at its offsets are its words, and its
    sentence holds them.
    """
    unsound = {claim.id: fault for claim in claims.values() if (fault := _fault(claim, documents))}
    found: list[Problem] = []
    for figure in figures:
        name = f"{figure.entity.name}, {figure.attribute} {figure.qualifier}".strip()
        found += _check(f"figure {figure.id} ({name}: {say(figure.value)})", figure.sides, claims, unsound)
    for conflict in conflicts:
        name = f"conflict {conflict.id} ({conflict.entity.name}, {conflict.attribute}, {conflict.kind})"
        found += _check(name, conflict.sides, claims, unsound)
        if not conflict.explanation:
            found.append(Problem("conflict without an explanation", name, "it says nothing of what disagrees", _MEND))
        elif strange := _strange(conflict, claims, documents):
            why = f"it speaks of {', '.join(strange)}, which none of its claims does"
            found.append(Problem("explanation not borne out", name, why, _MEND))
    return found


def _strange(conflict: Conflict, claims: Mapping[str, Claim], documents: Mapping[str, Document]) -> list[str]:
    """What the explanation says in numbers or days and neither a side nor a day of report does.

    Arithmetic conflicts reckon with reference figures and sums, so theirs are not looked for among the claims.
    """
    if conflict.kind is ConflictKind.ARITHMETIC:
        return []
    behind = [claims[c] for side in conflict.sides for c in side.claims if c in claims]
    known = {say(side.value) for side in conflict.sides} | set(conflict.values) | {conflict.entity.name}
    known |= {say(claim.value) for claim in behind} | {" ".join(claim.text.split()) for claim in behind}
    days = {documents[c.document].reported_on for c in behind if c.document in documents}
    known |= {long_day(day) for day in days if day is not None}
    said = {_plain(match.group()) for text in known for match in _SAID.finditer(text)}
    return sorted({m.group() for m in _SAID.finditer(conflict.explanation) if _plain(m.group()) not in said})


def _plain(words: str) -> str:
    """Days without the unit's name: an explanation calls plain days calendar days."""
    return re.sub(r" (?:business |calendar )?days$", " days", words)


def _check(
    name: str, sides: tuple[Side, ...], claims: Mapping[str, Claim], unsound: Mapping[str, str]
) -> list[Problem]:
    if not any(side.claims for side in sides):
        return [Problem("figure without a sentence", name, "no claim stands behind it", _MEND)]
    faults = []
    for side in sides:
        if not side.claims:
            faults.append(f"nothing stands behind its side {say(side.value)}")
        for claim in side.claims:
            if claim not in claims:
                faults.append(f"claim {claim} is no longer in the ledger")
            elif claim in unsound:
                faults.append(unsound[claim])
    if not faults:
        return []
    more = f", and {len(faults) - 3} more" if len(faults) > 3 else ""
    return [Problem("evidence is missing", name, "; ".join(sorted(set(faults))[:3]) + more, _MEND)]


def _fault(claim: Claim, documents: Mapping[str, Document]) -> str | None:
    document = documents.get(claim.document)
    if document is None:
        return f"the document of claim {claim.id} is no longer in the ledger"
    if claim.span.of(document.text) != claim.text or not claim.text:
        at = f"{claim.span.start} to {claim.span.end}"
        return f"the words of claim {claim.id} no longer stand at {at} of {document.path}"
    if not claim.sentence.of(document.text).strip() or not claim.sentence.covers(claim.span):
        return f"the sentence of claim {claim.id} does not hold its words in {document.path}"
    return None
