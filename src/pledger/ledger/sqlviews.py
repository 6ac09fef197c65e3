"""Views for people who ask the ledger in SQL: names beside ids, and the sentences behind a figure.

Plain SQL that SQLite and PostgreSQL both understand. They are made anew whenever the schema changes.
"""

from __future__ import annotations

import sqlalchemy as sa

__all__ = ["SQL_VIEWS", "drop_views", "make_views"]

SQL_VIEWS = {
    "figures_shown": """
        SELECT f.id AS figure_id, e.name AS entity, e.kind AS entity_kind, f.attribute, f.qualifier_of_figure,
               f.value_in_words AS value, f.low, f.high, f.unit, f.standing, f.documents,
               (SELECT count(*) FROM sides s WHERE s.figure_id = f.id) AS sides
        FROM figures f JOIN entities e ON e.id = f.entity_id""",
    "conflicts_shown": """
        SELECT c.id AS conflict_id, e.name AS entity, e.kind AS entity_kind, c.attribute, c.kind, c.explanation,
               c.reference
        FROM conflicts c JOIN entities e ON e.id = c.entity_id""",
    "evidence_shown": """
        SELECT s.figure_id, s.conflict_id, s.position AS side, s.value_in_words AS value, v.origin, v.grade, v.weight,
               c.id AS claim_id,
               substr(d.text, c.sentence_start + 1, c.sentence_end - c.sentence_start) AS sentence,
               d.publisher, d.reported_on, d.url, d.id AS document_id
        FROM sides s
        JOIN votes v ON v.side_id = s.id
        JOIN evidence x ON x.vote_id = v.id
        JOIN claims c ON c.id = x.claim_id
        JOIN documents d ON d.id = c.document_id""",
}


def drop_views(connection: sa.Connection) -> None:
    """Take the views away: before the tables below them change."""
    for name in SQL_VIEWS:
        connection.exec_driver_sql(f'DROP VIEW IF EXISTS "{name}"')


def make_views(connection: sa.Connection) -> None:
    """Make the views anew."""
    drop_views(connection)
    for name, question in SQL_VIEWS.items():
        connection.exec_driver_sql(f'CREATE VIEW "{name}" AS {question}')
