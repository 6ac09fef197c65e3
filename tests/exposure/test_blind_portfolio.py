"""Three portfolios as custodians and brokers export them, against what was expected of them before anybody had looked:
who each holding is, what it takes part in by which article, and who only looks like a party."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path as FilePath
from typing import Any

import numpy as np
import pytest
import yaml

from pledger.exposure.portfolio.exposure import expose
from pledger.exposure.portfolio.holdings import load
from pledger.exposure.portfolio.words import Exposure, Holdings, Matched, Path, Told, Verdict
from pledger.ledger import Ledger
from pledger.ledger.names import fold

HERE = FilePath(__file__).parent / "blind"
EXPECTED: dict[str, Any] = yaml.safe_load((HERE / "expected.yaml").read_text(encoding="utf-8"))
PROJECTS: dict[str, Any] = EXPECTED["projects"]
FILES: dict[str, list[dict[str, Any]]] = EXPECTED["holdings"]
DAY = dt.date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Known:
    """What is asked of the ledger besides the paths."""

    called: dict[str, str]
    """By project all that it is called, and where it is."""
    articles: dict[str, str]
    """By document the stem of its file."""


@pytest.fixture(scope="module")
def known(corpus_ledger: Ledger) -> Known:
    called: dict[str, str] = {}
    for figure in corpus_ledger.figures():
        its = figure.entity
        called[its.id] = " ".join([its.name, *its.aliases, *(value for _, value in its.attributes)])
    return Known(called, {d.id: d.path.rpartition("/")[2].partition(".")[0] for d in corpus_ledger.documents()})


@pytest.fixture(scope="module")
def exposures(corpus_ledger: Ledger) -> dict[str, Exposure]:
    return {name: expose(corpus_ledger, load(HERE / name), on=DAY) for name in FILES}


def bears_on(path: Path, key: str, known: Known) -> bool:
    """Whether a path leads to this project: by its name, or, where the ledger has put the sentence to a batch or to
    the programme, by the article."""
    project = PROJECTS[key]
    assert path.role is not None
    if path.project is None:
        return not set(project["documents"]).isdisjoint(_articles(path, known))
    called = f"{path.project.name} {path.project.place}".casefold()
    return any(word.casefold() in called for word in project["words"])


def _articles(path: Path, known: Known) -> set[str]:
    assert path.role is not None
    return {known.articles[said.document] for said in path.role.said}


def differences(row: dict[str, Any], its: Matched | None, paths: list[Path], known: Known) -> Iterator[str]:
    """Where what was found of a holding is not what is expected: `is` another, `missing` a link, has an `extra` one."""
    standing = row["standing"]
    verdict = its.verdict if its is not None else Verdict.UNMATCHED
    allowed = {
        "matched": {Verdict.MATCHED},
        "mentioned": {Verdict.MATCHED, Verdict.KNOWN},
        "delisted": {Verdict.DELISTED},
        "unsure": {Verdict.MATCHED, Verdict.KNOWN, Verdict.UNSURE},
        "untouched": {Verdict.UNMATCHED, Verdict.KNOWN, Verdict.OTHER},
        "look-alike": {Verdict.UNMATCHED, Verdict.KNOWN, Verdict.OTHER, Verdict.UNSURE},
    }[standing]
    if verdict not in allowed:
        yield f"is {verdict}, not {standing}"
    if verdict is Verdict.MATCHED and "organisation" in row and its is not None:
        names = [o.name for o, _ in its.organisations] + ([its.company.name] if its.company else [])
        wanted = fold(row["organisation"])
        if not any(wanted in fold(name) or fold(name) in wanted for name in names):
            yield f"is {names}, not {row['organisation']}"
    for key, roles in row.get("links", {}).items():
        entry = PROJECTS[key].get("entry", False)
        if not any(
            bears_on(path, key, known)
            and path.role is not None
            and path.role.role in roles
            and (path.project is not None or entry)
            and not set(PROJECTS[key]["documents"]).isdisjoint(_articles(path, known))
            for path in paths
        ):
            yield f"missing {key}"
    fit = [*row.get("links", {}), *row.get("may", [])]
    for path in paths:
        if not any(bears_on(path, key, known) for key in fit):
            yield f"extra {path.told}"


def line_of(holdings: Holdings, row: dict[str, Any]) -> int | None:
    """The line of the file that an expected row is about."""
    its = zip(holdings.rows, holdings.names, holdings.tickers, strict=True)
    found = [line for line, name, ticker in its if name == row["row"] and ticker == row.get("ticker", "")]
    return found[0] if len(found) == 1 else None


def all_differences(name: str, exposure: Exposure, known: Known) -> dict[int, list[str]]:
    """By index of the expected rows what is different."""
    found = {its.holding.row: its for its in exposure.matches.found}
    paths: dict[int, list[Path]] = {}
    for path in exposure.exposed.paths:
        if path.kind is Told.ROLE:
            paths.setdefault(path.row, []).append(path)
    wrong = {}
    for n, row in enumerate(FILES[name]):
        line = line_of(exposure.holdings, row)
        its = ["not read"]
        if line is not None:
            its = list(dict.fromkeys(differences(row, found.get(line), paths.get(line, []), known)))
        wrong[n] = its
    return wrong


@pytest.mark.parametrize("name", FILES)
def test_each_holding_is_who_it_is_and_takes_part_in_what_it_does(
    name: str, exposures: dict[str, Exposure], known: Known
) -> None:
    """What stays different is marked with its reason in the file; nothing else may be."""
    wrong = []
    for n, its in all_differences(name, exposures[name], known).items():
        row = FILES[name][n]
        stays = row.get("differs", {})
        for said in its:
            kind, _, what = said.partition(" ")
            if not any(part in what for part in stays.get(kind, [])):
                wrong.append(f"{row['row']} {row.get('ticker', '')}: {said}")
    assert wrong == []


@pytest.mark.parametrize("name", FILES)
def test_what_an_export_has_around_its_holdings_is_none_of_them(name: str, exposures: dict[str, Exposure]) -> None:
    """Lines of the account above, sums and disclaimers below; values make weights in the currency of their column."""
    holdings = exposures[name].holdings
    assert sorted(holdings.names) == sorted(row["row"] for row in FILES[name])
    assert float(np.nansum(holdings.weights)) == pytest.approx(1)
    assert holdings.problems == ()


def test_a_file_marks_only_what_it_expects_otherwise() -> None:
    """A reason is given for everything that stays different."""
    for row in (row for rows in FILES.values() for row in rows if "differs" in row):
        assert row["differs"]["why"], row
        assert set(row["differs"].get("missing", [])) <= PROJECTS.keys(), row


def test_lines_of_one_company_are_told_apart(exposures: dict[str, Exposure]) -> None:
    told = {group.label for group in exposures["holdings_english.csv"].exposed.by_holding}
    assert {"Cameco (CCO.TO)", "Cameco (CCJ.N)", "Hitachi (HTHIY.PK)", "NextEra Energy"} <= told
