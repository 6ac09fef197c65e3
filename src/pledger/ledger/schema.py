"""The ledger's tables: names and columns that explain themselves to anyone who opens the file in another tool.

`documents`, `claims`, `attributions` and `problems` are what was read. `entities`, `mentions`, `figures`, `conflicts`,
`sides`, `votes` and `evidence` follow from it: a figure or a conflict has sides, a side has the votes of its origins, a
vote rests on claims. `ledger_state` holds the schema's version and what the derived tables were made from.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
)

from pledger.ledger.meanings import explain

__all__ = [
    "DERIVED",
    "SCHEMA_DERIVED",
    "SCHEMA_VERSION",
    "about",
    "alert_outputs",
    "alert_waiting",
    "alerts",
    "attributions",
    "before_images",
    "claims",
    "conflicts",
    "copies_of",
    "documents",
    "entities",
    "evidence",
    "feeds",
    "figures",
    "followers",
    "judgements",
    "ledger_state",
    "mentions",
    "problems",
    "sides",
    "tables",
    "votes",
]

SCHEMA_VERSION = 7
"""2 added `claims.reader` and `feeds`; 3 `claims.told`, the table `about` and the views; 4 `engine_totals`; 5
`followers`, `before_images` and the tables of alerts; 6 `votes.claims` and `votes.fate`; 7 the index `copies_of`."""
SCHEMA_DERIVED = 6
"""The first version whose derived tables are as today's: from it on nothing is made anew."""

tables = MetaData()


def _value_columns() -> list[Column[Any]]:
    """The columns that every value spreads over; `value_type` says which are meant (see `serial`)."""
    return [
        Column("value_type", String, nullable=False),
        Column("low", Float),
        Column("high", Float),
        Column("unit", String),
        Column("qualifier", String),
        Column("period", String),
        Column("share_of", String),
        Column("converts_start", Integer),
        Column("converts_end", Integer),
        Column("stage", String),
        Column("outlook", String),
        Column("event", String),
        Column("date_start", Date),
        Column("date_end", Date),
        Column("party_name", String),
        Column("party_role", String),
        Column("party_aliases", String),
        Column("instruments", String),
        Column("owner", String),
        Column("owned", String),
        Column("value_text", String),
    ]


about = Table(
    "about",
    tables,
    Column("table_name", String, primary_key=True),
    Column("column_name", String, primary_key=True),
    Column("meaning", String, nullable=False),
)
ledger_state = Table("ledger_state", tables, Column("name", String, primary_key=True), Column("value", String))
documents = Table(
    "documents",
    tables,
    Column("id", String, primary_key=True),
    Column("path", String, nullable=False),
    Column("url", String),
    Column("publisher", String),
    Column("title", String),
    Column("reported_on", Date, index=True),
    Column("language", String, nullable=False),
    Column("notices", String, nullable=False),
    Column("echo_of", String),
    Column("read_at", DateTime, nullable=False),
    Column("signature", LargeBinary, nullable=False),
    Column("text", String, nullable=False),
)
copies_of = Index(
    "ix_documents_echo_of",
    documents.c.echo_of,
    sqlite_where=documents.c.echo_of.is_not(None),
    postgresql_where=documents.c.echo_of.is_not(None),
)
"""Finds the copies of a document; has no more rows than there are copies."""
claims = Table(
    "claims",
    tables,
    Column("id", String, primary_key=True),
    Column("document_id", ForeignKey("documents.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("sentence_start", Integer, nullable=False),
    Column("sentence_end", Integer, nullable=False),
    Column("words_start", Integer, nullable=False),
    Column("words_end", Integer, nullable=False),
    Column("words", String, nullable=False),
    Column("attribute", String, nullable=False, index=True),
    Column("modality", String, nullable=False),
    Column("modality_words", String),
    Column("scope", String),
    Column("reader", String),
    Column("told", String),
    Column("subject_kind", String, nullable=False),
    Column("subject_text", String, nullable=False),
    Column("subject_start", Integer),
    Column("subject_end", Integer),
    Column("subject_key", String),
    Column("subject_sponsor", String),
    Column("subject_place", String),
    Column("subject_project_kind", String),
    Column("subject_programme", String),
    Column("subject_ordinal", Integer),
    Column("subject_aliases", String, nullable=False),
    *_value_columns(),
)
attributions = Table(
    "attributions",
    tables,
    Column("claim_id", ForeignKey("claims.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("source", String, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("cue", String),
    Column("words_start", Integer, nullable=False),
    Column("words_end", Integer, nullable=False),
    Column("content_start", Integer),
    Column("content_end", Integer),
)
problems = Table(
    "problems",
    tables,
    Column("path", String, primary_key=True),
    Column("what", String, primary_key=True),
    Column("why", String, primary_key=True),
    Column("mend", String, nullable=False),
)
feeds = Table(
    "feeds",
    tables,
    Column("url", String, primary_key=True),
    Column("address", String, nullable=False),
    Column("etag", String),
    Column("last_modified", String),
    Column("next_at", DateTime),
    Column("failures", Integer, nullable=False),
    Column("gone", Boolean, nullable=False),
)
"""What is remembered of watched feeds between two questions; times in UTC. No part of the facts."""
judgements = Table(
    "judgements",
    tables,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("subject", String, nullable=False, index=True),
    Column("object", String, nullable=False),
    Column("verdict", String, nullable=False),
    Column("value", String, nullable=False),
    Column("person", String, nullable=False),
    Column("made_at", DateTime, nullable=False),
    Column("reason", String, nullable=False),
    Column("withdrawn_at", DateTime),
    Column("withdrawn_by", String),
    Column("withdrawn_reason", String),
)
"""Facts, never derived: what analysts judged, and what of it they withdrew; times in UTC."""
followers = Table(
    "followers",
    tables,
    Column("name", String, primary_key=True),
    Column("seen", Integer, nullable=False),
    Column("looked_at", DateTime, nullable=False),
)
"""Who looks at the ledger again and again and is told what changed since; times in UTC. No part of the facts."""
before_images = Table(
    "before_images",
    tables,
    Column("id", String, primary_key=True),
    Column("revision", Integer, primary_key=True, autoincrement=False, index=True),
    Column("kind", String, nullable=False),
    Column("body", String),
)
"""What was derived, as it was before a run of the engine changed it: kept only as long as a follower has to see it."""
alerts = Table(
    "alerts",
    tables,
    Column("follower", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("id", String, nullable=False),
    Column("rule", String, nullable=False),
    Column("fact", String, nullable=False),
    Column("raised_at", DateTime, nullable=False),
    Column("body", String, nullable=False),
    Index("ix_alerts_id", "follower", "id", unique=True),
    Index("ix_alerts_fact", "follower", "rule", "fact"),
)
"""What a follower was told, in its order; kept for ever, so that nothing is told twice."""
alert_outputs = Table(
    "alert_outputs",
    tables,
    Column("follower", String, primary_key=True),
    Column("output", String, primary_key=True),
)
alert_waiting = Table(
    "alert_waiting",
    tables,
    Column("follower", String, primary_key=True),
    Column("output", String, primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("attempts", Integer, nullable=False),
    Column("begun_by", String),
    Column("begun_at", DateTime),
)
"""Alerts that have not reached an output yet."""
entities = Table(
    "entities",
    tables,
    Column("id", String, primary_key=True),
    Column("kind", String, nullable=False),
    Column("name", String, nullable=False),
    Column("aliases", String, nullable=False),
    Column("identified_by", String, nullable=False),
)
mentions = Table(
    "mentions",
    tables,
    Column("claim_id", ForeignKey("claims.id"), primary_key=True),
    Column("entity_id", ForeignKey("entities.id"), nullable=False),
    Column("slot", String, nullable=False),
    Column("origin_key", String, nullable=False, index=True),
    Column("letter", String, nullable=False),
    Column("weight", Float, nullable=False),
    Column("chain", String, nullable=False),
    Index("ix_mentions_slot", "entity_id", "slot"),
)
figures = Table(
    "figures",
    tables,
    Column("id", String, primary_key=True),
    Column("slot", String, nullable=False),
    Column("entity_id", ForeignKey("entities.id"), nullable=False, index=True),
    Column("attribute", String, nullable=False),
    Column("qualifier_of_figure", String, nullable=False),
    Column("standing", String, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("value_in_words", String, nullable=False),
    *_value_columns(),
    Index("ix_figures_slot", "slot", "entity_id"),
    Index("ix_figures_documents", "documents"),
)
conflicts = Table(
    "conflicts",
    tables,
    Column("id", String, primary_key=True),
    Column("entity_id", ForeignKey("entities.id"), nullable=False, index=True),
    Column("attribute", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("explanation", String, nullable=False),
    Column("reference", String),
    Column("values_in_words", String, nullable=False),
    Column("severity", Float),
)
sides = Table(
    "sides",
    tables,
    Column("id", String, primary_key=True),
    Column("figure_id", ForeignKey("figures.id"), index=True),
    Column("conflict_id", ForeignKey("conflicts.id"), index=True),
    Column("position", Integer, nullable=False),
    Column("weight", Float, nullable=False),
    Column("value_in_words", String, nullable=False),
    *_value_columns(),
)
votes = Table(
    "votes",
    tables,
    Column("id", String, primary_key=True),
    Column("side_id", ForeignKey("sides.id"), nullable=False, index=True),
    Column("position", Integer, nullable=False),
    Column("origin", String, nullable=False),
    Column("grade", String, nullable=False),
    Column("weight", Float, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("fate", String),
    Index("ix_votes_fate", "origin", "fate", "grade", "claims"),  # the record of every source without any table
)
evidence = Table(
    "evidence",
    tables,
    Column("vote_id", ForeignKey("votes.id"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("claim_id", ForeignKey("claims.id"), nullable=False, index=True),
)
DERIVED = (evidence, votes, sides, conflicts, figures, mentions, entities)
"""In an order in which they can be emptied."""

explain(tables)
