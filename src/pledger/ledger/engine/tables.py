"""The engine's own tables: what it remembers of each document, so that one more touches only what it must.

They say nothing that documents and claims do not say; a full rebuild empties and fills them. Documents go by numbers in
them, since their ids are long. Keys are strings whose first word tells what sort of key it is.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, String, Table, Text

from pledger.ledger.meanings import explain
from pledger.ledger.schema import tables

__all__ = [
    "BOOKS",
    "bands",
    "directory",
    "lots",
    "members",
    "names",
    "naming_keys",
    "namings",
    "numbers",
    "origin_names",
    "origins",
    "ownerships",
    "pending",
    "people",
    "programmes",
    "projects",
    "publishers",
    "regions",
    "sighting_keys",
    "sightings",
    "totals",
    "unsure",
]


def _table(name: str, *columns: Column[Any], rowid: bool = False) -> Table:
    return Table(f"engine_{name}", tables, *columns, sqlite_with_rowid=rowid)


def _key(name: str, kind: Any = String, **more: Any) -> Column[Any]:
    return Column(name, kind, primary_key=True, autoincrement=False, **more)


pending = _table("pending", _key("document_id"))
"""Documents that are to be looked at (again): new ones, and those whose judgements changed."""
numbers = _table(
    "documents", _key("number", Integer), Column("document_id", String, nullable=False, unique=True),
    Column("copies", Integer, index=True), rowid=True,
)  # fmt: skip
"""The number of a document, and the number of the document that it was found to be most alike."""
bands = _table("bands", _key("band", BigInteger), _key("document", Integer))
names = _table("names", _key("name_key"), _key("document", Integer))
"""By which folded names a document names anybody at all."""
publishers = _table("publishers", _key("name_key"))
namings = _table(
    "namings", _key("number", Integer), Column("form", String, nullable=False, unique=True),
    Column("times", Integer, nullable=False), rowid=True,
)  # fmt: skip
"""Distinct namings without their documents (JSON), and how many documents have them."""
naming_keys = _table("naming_keys", _key("key"), _key("naming", Integer))
directory = _table("directory", _key("name_key"), _key("person", Boolean), Column("entity_id", String, nullable=False))
"""Who a folded name means."""
people = _table(
    "people", _key("entity_id"), Column("kind", String, nullable=False), Column("name", String, nullable=False),
    Column("aliases", Text, nullable=False), Column("involved", Boolean, nullable=False),
)  # fmt: skip
"""Organisations and people as their namings alone make them."""
programmes = _table(
    "programmes", _key("programme_key"), _key("document", Integer, index=True), Column("investor", String, index=True)
)
"""Keys of programmes as documents write them."""
ownerships = _table("ownerships", _key("owner"), _key("owned"), _key("document", Integer, index=True))
sightings = _table(
    "sightings", _key("number", Integer), Column("document", Integer, nullable=False, index=True),
    Column("facts", Text, nullable=False), Column("spoken", String, nullable=False), Column("adopted", String),
    Column("settled", String), Column("entity_id", String, index=True), rowid=True,
)  # fmt: skip
"""What a document says of a project (JSON), the programmes of which it speaks, the programme after adoption and after
routing, and the project that it is."""
sighting_keys = _table("sighting_keys", _key("key"), _key("sighting", Integer, index=True))
projects = _table(
    "projects", _key("entity_id"), Column("stem", String, nullable=False, index=True),
    Column("name", String, nullable=False, index=True), Column("facts", Text, nullable=False),
)  # fmt: skip
unsure = _table("unsure", _key("sighting", Integer), _key("reason"), Column("candidates", Text, nullable=False))
lots = _table("lots", _key("programme"), _key("document", Integer, index=True), Column("placed", Text, nullable=False))
"""Documents that speak of a batch of a programme's projects, and which batches they were found to mean."""
members = _table("members", _key("tranche_id"), _key("project_id", index=True), _key("document", Integer, index=True))
regions = _table("regions", _key("region"), _key("entity_id", index=True))
"""Programmes' regions: which entities the checks for conflicts look at together. Others are each their own."""
totals = _table(
    "totals", _key("currency"), _key("amount", Float), _key("entity_id", index=True)
)  # fmt: skip
"""Whole amounts of programmes, in the order in which those near an amount are looked for."""
origins = _table("origins", _key("origin_key"), Column("name", String, nullable=False))
"""The name by which an origin is shown."""
origin_names = _table("origin_names", _key("origin_key"), _key("name"), Column("claims", Integer, nullable=False))

BOOKS = (
    bands, names, publishers, naming_keys, namings, directory, people, programmes, ownerships, sighting_keys, sightings,
    projects, unsure, lots, members, regions, totals, origins, origin_names, numbers,
)  # fmt: skip
"""All but `pending`: what a rebuild empties."""

explain(tables)
