"""What each table and column of the ledger means, in one line, for those who open it in another tool.

The lines go into PostgreSQL as comments and into the table `about` of every ledger, so that Datasette, DB Browser or a
notebook shows them. A column that is not explained here fails a test.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import MetaData

__all__ = ["about_rows", "explain"]

_VALUE = {
    "value_type": "Which of the value's columns are meant: money, share, stagevalue, datevalue, party, ...",
    "low": "Lower end of an amount (in whole units of `unit`) or of a share (0.1 is 10 %); empty: open",
    "high": "Upper end of an amount or a share; empty: open",
    "unit": "Currency of an amount (ISO 4217)",
    "qualifier": "How the words bound the number: exact, about, at_least, up_to, between",
    "period": "Of an amount or share that is a rate: per year, quarter, month",
    "share_of": "What a share is a share of",
    "converts_start": "Where this amount restates another one in a second currency: first character of that other one",
    "converts_end": "One past the last character of the amount that this one restates",
    "stage": "Rung: candidate, pledged, committed, implementation, completed; or suspended, cancelled",
    "outlook": "What the words say of the next rung: imminent, not_yet",
    "event": "What happens on a date: announce, decide, sign, fund, start, complete, deadline, visit, meet, other",
    "date_start": "First day on which it can be; empty: open",
    "date_end": "Last day on which it can be; empty: open",
    "party_name": "Who takes part",
    "party_role": "As what: sponsor, operator, lender, insurer, guarantor, supplier, contractor, offtaker, ...",
    "party_aliases": "Other names that the same text gives (JSON list)",
    "instruments": "Ways of funding (JSON list): equity, loan, guarantee, grant, bond, insurance, credit_line",
    "owner": "Who owns",
    "owned": "Who is owned",
    "value_text": "A value that is words: a kind, a sector, a place, a condition",
}

_TABLES: dict[str, tuple[str, dict[str, str]]] = {
    "ledger_state": (
        "The ledger's own notes: schema version, and from which facts the derived tables were made",
        {"name": "What is noted", "value": "Its value"},
    ),
    "about": (
        "This list: what every table, view and column means",
        {"table_name": "Table or view", "column_name": "Column; empty: the table itself", "meaning": "In one line"},
    ),
    "documents": (
        "Texts as retrieved, one a row; written once and never changed",
        {
            "id": "SHA-256 of the document's bytes",
            "path": "Where it was read from",
            "url": "Its address on the web",
            "publisher": "Who published it",
            "title": "Its headline",
            "reported_on": "The day on which it was published, where known",
            "language": "ISO 639-1 code of its language",
            "notices": "ai-generated, sponsored, correction (blank between)",
            "echo_of": "The document that this one copies",
            "read_at": "When we read it (UTC)",
            "signature": "MinHash by which copies are found",
            "text": "The text; all offsets count its characters from 0",
        },
    ),
    "claims": (
        "Assertions, each in one sentence of one document; written once and never changed",
        {
            "id": "Made from document, place, attribute, subject and value: the same on every machine",
            "document_id": "The document that says it",
            "position": "Its place in the order of reading",
            "sentence_start": "First character of the sentence",
            "sentence_end": "One past the last character of the sentence",
            "words_start": "First character of the words that carry the value",
            "words_end": "One past the last character of these words",
            "words": "The words themselves",
            "attribute": "What is said: amount, stage, date, party, share, instrument, sector, location, ...",
            "modality": "asserted, planned, possible, denied",
            "modality_words": "The words that show the modality",
            "scope": "Of amounts: ceiling, total, tranche, project, part",
            "reader": "Who told what the value belongs to, where that was not Pledger's own reading",
            "told": "older, newer or preview, where the words themselves say so",
            "subject_kind": "What the claim is about: programme, project, tranche, organisation, market, ...",
            "subject_text": "The words that name the subject",
            "subject_start": "First character of these words",
            "subject_end": "One past the last character of these words",
            "subject_key": "The subject's normalised name",
            "subject_sponsor": "Of a project: its sponsor, as this text tells it",
            "subject_place": "Of a project: where it is to stand",
            "subject_project_kind": "Of a project: what is to be built",
            "subject_programme": "Of a project or tranche: the programme that the text puts it under",
            "subject_ordinal": "Of a tranche: 1 for the first",
            "subject_aliases": "Other names that this text gives (JSON list)",
            **_VALUE,
        },
    ),
    "attributions": (
        "Chains of who said so: one link a row, the outermost relay at position 0, the innermost source last",
        {
            "claim_id": "The claim",
            "position": "Place in the chain",
            "source": "The source in its own words",
            "anonymous": "Whether it is unnamed",
            "cue": "The words that show it: said, according to",
            "words_start": "First character of source and cue",
            "words_end": "One past the last character of source and cue",
            "content_start": "First character of what was said",
            "content_end": "One past the last character of what was said",
        },
    ),
    "problems": (
        "Input that could not be used",
        {"path": "Where", "what": "What is wrong", "why": "Why", "mend": "What to do about it"},
    ),
    "feeds": (
        "What is remembered of watched feeds between two questions (times in UTC)",
        {
            "url": "The feed as the list names it",
            "address": "Where it answered last",
            "etag": "What its server named the last answer",
            "last_modified": "When the last answer was changed, in the server's words",
            "next_at": "When it may be asked again",
            "failures": "How often it failed since it last answered",
            "gone": "Whether its server said that it is gone for good",
        },
    ),
    "judgements": (
        "What analysts judged, one a row: kept for ever, in force unless withdrawn",
        {
            "id": "The judgement",
            "kind": "What is judged: match (two names or projects), claim, conflict, grade (of a source)",
            "subject": "A folded name, the anchor of a sighting, a claim's id, or a source",
            "object": "Of a match the other name or anchor, of a conflict a claim of another side; else empty",
            "verdict": "Match: same, different; claim: accept, reject; conflict: none; grade: A to F",
            "value": "Of a match what is matched: organisation, person, project",
            "person": "Who judged",
            "made_at": "When (UTC)",
            "reason": "Why",
            "withdrawn_at": "When it was withdrawn (UTC); empty: in force",
            "withdrawn_by": "Who withdrew it",
            "withdrawn_reason": "Why it was withdrawn",
        },
    ),
    "followers": (
        "Who is told what changed since they looked last (`pledger watch`)",
        {
            "name": "Name of the watch",
            "seen": "Number of the last change of the derived tables that it has seen",
            "looked_at": "When it looked last (UTC)",
        },
    ),
    "before_images": (
        "What was derived, as it was before it changed: kept until every follower has seen the change",
        {
            "id": "The figure, conflict or entity",
            "revision": "Number of the change of the derived tables before which it was so",
            "kind": "figure, conflict, entity",
            "body": "Its rows as they were (JSON); empty: it was not there",
        },
    ),
    "alerts": (
        "What a watch was told, one a row: kept for ever, so that nothing is told twice",
        {
            "follower": "Name of the watch",
            "number": "Their order",
            "id": "Made from the rule and the fact: the same fact has the same id",
            "rule": "Name of the rule",
            "fact": "What holds now, in short: by it the same fact is known again",
            "raised_at": "When it was raised (UTC)",
            "body": "The alert (JSON)",
        },
    ),
    "alert_outputs": (
        "Where the alerts of a watch go",
        {"follower": "Name of the watch", "output": "A file, a command, the terminal"},
    ),
    "alert_waiting": (
        "Alerts that have not reached an output yet",
        {
            "follower": "Name of the watch",
            "output": "The output",
            "number": "The alert's number",
            "attempts": "How often it was tried in vain",
            "begun_by": "The process that is delivering it",
            "begun_at": "Since when (UTC)",
        },
    ),
    "entities": (
        "Programmes, projects, organisations, people, places: derived from all claims, and made anew as they come",
        {
            "id": "Stable id",
            "kind": "programme, project, tranche, organisation, person, place, commodity, market, unknown",
            "name": "The name to show",
            "aliases": "All other names in all scripts (JSON list)",
            "identified_by": "What identifies it: investor, host, sponsor, place, project kind, programme (JSON pairs)",
        },
    ),
    "mentions": (
        "What the ledger makes of each claim by itself: which entity it is about, whose word it is, what it weighs",
        {
            "claim_id": "The claim",
            "entity_id": "The entity",
            "slot": "Attribute and qualifier: claims of one entity and slot speak of one thing, and make its figures",
            "origin_key": "Where the claim ultimately comes from: equal for two claims that share one origin",
            "letter": "Admiralty letter of the origin, A to F",
            "weight": "Probability that these words of this origin are right",
            "chain": "Origin, relays and credited sources, as far as weighing needs them (JSON)",
        },
    ),
    "figures": (
        "What the ledger holds for one attribute of one entity: the value of the heaviest side",
        {
            "id": "Stable id; `pledger why ID` shows what is behind it",
            "slot": "Attribute and qualifier that its claims have in `mentions`",
            "entity_id": "Whose figure it is",
            "attribute": "amount, stage, date, party, share, ...",
            "qualifier_of_figure": "What tells two figures of one attribute apart: a scope, an event, a role",
            "standing": "agreed, contested, single-source, unsupported",
            "documents": "How many documents report on it",
            "value_in_words": "The value as a person writes it",
            **_VALUE,
        },
    ),
    "conflicts": (
        "Claims that cannot all be true",
        {
            "id": "Stable id; `pledger why ID` shows what is behind it",
            "entity_id": "Whom they are about",
            "attribute": "amount, stage, date, party, share, ...",
            "kind": "slip, arithmetic, dispute, update (no error: the newer replaces the older), definition",
            "explanation": "One sentence that says why they differ",
            "reference": "Source of the reference figure that it was checked against",
            "values_in_words": "The sides' values as a person writes them (JSON list)",
            "severity": "0 to 100: money at stake x how even the sides are x kind; high from 30, medium from 8",
        },
    ),
    "sides": (
        "Values that claims on a figure or in a conflict fall into, heaviest first",
        {
            "id": "The figure's or conflict's id, a dot, and the side's place",
            "figure_id": "The figure that it is a side of",
            "conflict_id": "The conflict that it is a side of",
            "position": "0 is the heaviest",
            "weight": "1 - prod(1 - r) over the side's independent origins",
            "value_in_words": "The value as a person writes it",
            **_VALUE,
        },
    ),
    "votes": (
        "Origins behind a side: each votes once, however many articles repeat it",
        {
            "id": "The side's id, a dot, and the origin's place",
            "side_id": "The side",
            "position": "Place among the side's origins, heaviest first",
            "origin": "Where the claims ultimately come from",
            "grade": "Admiralty grade: reliability of the source A to F, credibility of the information 1 to 6",
            "weight": "r: probability that these words of this origin are right",
            "claims": "How many claims it rests on",
            "fate": "What has become of its word for a figure: confirmed, contradicted, replaced, open; else empty",
        },
    ),
    "evidence": (
        "Claims that a vote rests on",
        {"vote_id": "The vote", "position": "Place among the vote's claims", "claim_id": "The claim"},
    ),
    "figures_shown": (
        "Figures with their entity's name, for reading",
        {
            "figure_id": "The figure",
            "entity": "Name of the entity",
            "entity_kind": "programme, project, organisation, ...",
            "attribute": "amount, stage, date, ...",
            "qualifier_of_figure": "What tells two figures of one attribute apart",
            "value": "The value as a person writes it",
            "low": "Lower end, for amounts and shares",
            "high": "Upper end, for amounts and shares",
            "unit": "Currency",
            "standing": "agreed, contested, single-source, unsupported",
            "documents": "How many documents report on it",
            "sides": "How many values are reported",
        },
    ),
    "conflicts_shown": (
        "Conflicts with their entity's name, for reading",
        {
            "conflict_id": "The conflict",
            "entity": "Name of the entity",
            "entity_kind": "programme, project, organisation, ...",
            "attribute": "amount, stage, date, ...",
            "kind": "slip, arithmetic, dispute, update, definition",
            "explanation": "One sentence that says why the sides differ",
            "reference": "Source of the reference figure, where one was used",
        },
    ),
    "evidence_shown": (
        "The way from a figure or a conflict to its sentences: one row for each claim behind it",
        {
            "figure_id": "The figure (empty for a conflict)",
            "conflict_id": "The conflict (empty for a figure)",
            "side": "0 is the heaviest side",
            "value": "The side's value as a person writes it",
            "origin": "Where the claim ultimately comes from",
            "grade": "Its Admiralty grade",
            "weight": "Probability that these words of this origin are right",
            "claim_id": "The claim",
            "sentence": "The sentence that makes it",
            "publisher": "Who published the article",
            "reported_on": "When",
            "url": "Where",
            "document_id": "The document",
        },
    ),
}

_DOCUMENT = "The document, by its number in engine_documents"
_TABLES |= {
    f"engine_{name}": (f"Bookkeeping, made from documents and claims alone: {meaning}", columns)
    for name, meaning, columns in (
        ("pending", "what is to be looked at at the next question", {"document_id": "The document"}),
        ("documents", "short numbers for documents", {
            "number": "The number", "document_id": "The document", "copies": "The document that it is most alike",
        }),
        ("bands", "parts of MinHash signatures, by which copies are found", {"band": "Hash", "document": _DOCUMENT}),
        ("names", "by which folded names a document names anybody", {"name_key": "Folded name", "document": _DOCUMENT}),
        ("publishers", "houses that published a document", {"name_key": "Folded name"}),
        ("namings", "distinct ways in which documents name somebody", {
            "number": "Its number", "form": "Name, person, other names, source (JSON)", "times": "How many documents",
        }),
        ("naming_keys", "which namings are held against each other", {"key": "Shared key", "naming": "The naming"}),
        ("directory", "who a folded name means", {
            "name_key": "Folded name", "person": "Whether as a person's name", "entity_id": "Who",
        }),
        ("people", "organisations and people as their names alone make them", {
            "entity_id": "The entity", "kind": "organisation or person", "name": "The name to show",
            "aliases": "Other names (JSON list)", "involved": "Whether a claim names it as taking part",
        }),
        ("programmes", "keys of programmes as documents write them", {
            "programme_key": "The key", "document": _DOCUMENT, "investor": "Its part before >",
        }),
        ("ownerships", "who owns whom", {"owner": "Entity", "owned": "Entity", "document": _DOCUMENT}),
        ("sightings", "what documents say of projects", {
            "number": "Its number", "document": _DOCUMENT, "facts": "What it says (JSON)",
            "spoken": "Programmes of which the document speaks", "adopted": "Programme after adoption",
            "settled": "Programme that counts", "entity_id": "The project that it is",
        }),
        ("sighting_keys", "which sightings look at each other", {"key": "Shared key", "sighting": "The sighting"}),
        ("projects", "what identifies projects", {
            "entity_id": "The project", "stem": "Programme, kind and sponsor, place or name", "name": "Its name",
            "facts": "What else tells it apart (JSON)",
        }),
        ("unsure", "sightings that more than one project fits", {
            "sighting": "The sighting", "reason": "routing or projects", "candidates": "What it fits (JSON)",
        }),
        ("lots", "reports of batches of projects", {
            "programme": "The programme's key", "document": _DOCUMENT, "placed": "Which batches it means (JSON)",
        }),
        ("members", "which projects a report names beside which batch", {
            "tranche_id": "The batch", "project_id": "The project", "document": _DOCUMENT,
        }),
        ("regions", "entities that are checked together for conflicts", {"region": "Region", "entity_id": "Entity"}),
        ("totals", "whole amounts of programmes, by size", {
            "currency": "ISO 4217 code", "amount": "The amount, the middle of ranges", "entity_id": "The programme",
        }),
        ("origins", "names by which origins are shown", {"origin_key": "The origin", "name": "Its name"}),
        ("origin_names", "names that reports use for origins", {
            "origin_key": "The origin", "name": "The name", "claims": "How many claims rest on it under this name",
        }),
    )
}  # fmt: skip


def explain(tables: MetaData) -> None:
    """Put the meanings on the tables, so that databases that keep comments get them."""
    for name, table in tables.tables.items():
        meaning, columns = _TABLES.get(name, (None, {}))
        table.comment = meaning
        for column in table.columns:
            column.comment = columns.get(column.name)


def about_rows() -> Iterator[dict[str, str]]:
    """The rows of the table `about`."""
    for name, (meaning, columns) in _TABLES.items():
        yield {"table_name": name, "column_name": "", "meaning": meaning}
        for column, its in columns.items():
            yield {"table_name": name, "column_name": column, "meaning": its}
