"""Other tools open the ledger: the questions of docs/ledger.md, and Datasette."""

from __future__ import annotations

import asyncio
import re
import sqlite3
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml
from datasette.app import Datasette

import pledger
from conftest import ROOT
from ledger.test_engines import articles
from pledger.ledger import Ledger
from pledger.ledger.engines import address
from pledger.ledger.meanings import about_rows

DOCS = ROOT / "docs"
QUESTIONS = re.findall(r"```sql\n(.*?)```", (DOCS / "ledger.md").read_text(encoding="utf-8"), re.DOTALL)


def test_there_are_five_questions() -> None:
    assert len(QUESTIONS) >= 5


@pytest.mark.parametrize("question", QUESTIONS)
def test_each_question_has_an_answer(question: str, corpus_ledger: Ledger, corpus_file: Path) -> None:
    assert corpus_ledger.figures()
    with sqlite3.connect(f"file:{corpus_file}?mode=ro", uri=True) as raw:
        assert raw.execute(question).fetchall()


def test_the_questions_are_the_same_in_postgresql(tmp_path: Path, postgres_server: str) -> None:
    from databases import fresh_database

    url = fresh_database(postgres_server)
    with pledger.open(url) as ledger:
        ledger.read([str(articles(tmp_path / "in", 3))])
    engine = sa.create_engine(address(url))
    with engine.connect() as connection:
        for question in QUESTIONS:
            connection.exec_driver_sql(question).fetchall()
    engine.dispose()


def test_the_sentence_of_a_claim_is_found_by_its_offsets(corpus_ledger: Ledger, corpus_file: Path) -> None:
    texts = {d.id: d.text for d in corpus_ledger.documents()}
    claims = {c.id: c for c in corpus_ledger.claims()}
    with sqlite3.connect(f"file:{corpus_file}?mode=ro", uri=True) as raw:
        rows = raw.execute("SELECT claim_id, document_id, sentence FROM evidence_shown").fetchall()
    assert rows
    for claim, document, sentence in rows:
        assert claims[claim].sentence.of(texts[document]) == sentence


def test_datasette_shows_the_tables_with_their_meanings(corpus_ledger: Ledger, corpus_file: Path) -> None:
    assert corpus_ledger.figures()
    metadata = yaml.safe_load((DOCS / "datasette.yaml").read_text(encoding="utf-8"))
    metadata["databases"] = {corpus_file.stem: metadata["databases"]["pledger"]}

    async def pages() -> dict[str, Any]:
        datasette = Datasette([str(corpus_file)], metadata=metadata)
        await datasette.invoke_startup()
        found = {}
        for page in ("", "/figures", "/figures_shown", "/conflicts_shown", "/evidence", "/about"):
            response = await datasette.client.get(f"/{corpus_file.stem}{page}")
            assert response.status_code == 200, page
            found[page] = response.text
        return found

    shown = asyncio.run(pages())
    meaning = {(r["table_name"], r["column_name"]): r["meaning"] for r in about_rows()}
    assert meaning["figures", ""] in shown["/figures"]
    assert meaning["figures", "standing"] in shown["/figures"]
    assert "figures_shown" in shown[""]
    # A foreign key leads to the entity, and is shown by its name.
    found = re.findall(rf'href="/{corpus_file.stem}/entities/(\w+)"[^>]*>', shown["/figures"])
    assert found
    assert set(found) <= {f.entity.id for f in corpus_ledger.figures()}


def test_datasettes_metadata_say_what_the_ledger_says() -> None:
    metadata = yaml.safe_load((DOCS / "datasette.yaml").read_text(encoding="utf-8"))
    named = metadata["databases"]["pledger"]["tables"]
    told = {(r["table_name"], r["column_name"]): r["meaning"] for r in about_rows()}
    written = {(name, ""): its["description"] for name, its in named.items()}
    written |= {(name, c): words for name, its in named.items() for c, words in its.get("columns", {}).items()}
    assert written == told
