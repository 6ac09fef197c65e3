"""Every page, each one function in the file named after it. A new page is one file and one line here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from fastapi import APIRouter

from pledger.views.web.openapi import refers
from pledger.views.web.pages import changes, docs, judge, money, moneyfiles, portfolio, upload
from pledger.views.web.pages.articles import article_page, articles_page
from pledger.views.web.pages.changes import changes_page
from pledger.views.web.pages.compare import compare_page
from pledger.views.web.pages.conflicts import conflicts_page
from pledger.views.web.pages.entity import entity_page
from pledger.views.web.pages.figure import conflict_page, figure_page
from pledger.views.web.pages.figures import figures_page
from pledger.views.web.pages.first import first_page
from pledger.views.web.pages.judgements import judgements_page
from pledger.views.web.pages.money import money_page
from pledger.views.web.pages.portfolio import portfolio_page
from pledger.views.web.pages.projects import projects
from pledger.views.web.pages.sources import sources_page
from pledger.views.web.pages.supply import FURTHER_PARAMETERS, commodity_page, supply_page
from pledger.views.web.pages.supply import PARAMETERS as SUPPLIED
from pledger.views.web.pages.words import words_page
from pledger.views.web.serving import Page

__all__ = ["PAGES", "ROUTERS", "Entry", "expensive"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its address, its function, one line of what it shows, and its own parameters."""

    path: str
    page: Page
    summary: str
    parameters: Mapping[str, str] = field(default_factory=dict)
    schema: Mapping[str, Any] | None = None
    """Of its JSON, for the OpenAPI document."""
    kept: bool = True
    """Whether it follows from the ledger and the day alone, and may be remembered while neither changes."""
    drawn: bool = False
    """Whether it has charts, which are taken away as SVG and PNG."""


_LIST = {"q": "Words in the name", "sort": "The order", "page": "Which page of the list, from 1"}

PAGES = (
    Entry(
        "/",
        first_page,
        "A programme at a glance",
        {"programme": "Key of the programme: JP>US", "since": "Show what has changed since this day (2026-03-01)"},
        refers("Overall"),
        drawn=True,
    ),
    Entry(
        "/projects",
        projects,
        "Projects: amount, stage, sponsor, standing",
        {
            "q": "Words in the name",
            "stage": "Only this stage",
            "standing": "Only this standing",
            "sector": "Only this sector: a key of data/sectors.yaml",
            "sponsor": "Words in the name of a sponsor",
            "sort": "Column to sort by; with a minus before it the other way round",
            "page": _LIST["page"],
        },
        refers("Projects"),
        drawn=True,
    ),
    Entry(
        "/project/{id}",
        entity_page,
        "A project: figures, reports, conflicts, health",
        {},
        refers("EntityPage"),
        drawn=True,
    ),
    Entry(
        "/entity/{id}", entity_page, "A programme, organisation, person or place", {}, refers("EntityPage"), drawn=True
    ),
    Entry(
        "/figures",
        figures_page,
        "Figures: value, standing, origins",
        _LIST | {"attribute": "Only this attribute", "standing": "Only this standing"},
        refers("Figures"),
    ),
    Entry("/figure/{id}", figure_page, "A figure and every sentence behind it", {}, refers("FigurePage"), drawn=True),
    Entry(
        "/conflicts",
        conflicts_page,
        "Contradictions, side by side",
        _LIST | {"kind": "Only this kind"},
        refers("Conflicts"),
    ),
    Entry(
        "/conflict/{id}",
        conflict_page,
        "A contradiction and every sentence behind it",
        {},
        refers("ConflictPage"),
        drawn=True,
    ),
    Entry(
        "/articles",
        articles_page,
        "What was read",
        {"q": "Words in title or publisher", "page": _LIST["page"]},
        refers("Documents"),
    ),
    Entry("/article/{id}", article_page, "A text with what was read in it", {}, refers("ArticlePage")),
    Entry("/supply", supply_page, "Who supplies what: concentration, leaders, reliance", SUPPLIED, refers("Supply")),
    Entry(
        "/supply/{id}",
        commodity_page,
        "One commodity: markets, measures, sources",
        FURTHER_PARAMETERS,
        refers("CommodityPage"),
        drawn=True,
    ),
    Entry(
        "/sources",
        sources_page,
        "Sources with grade and record",
        {"q": "Words in the name", "page": _LIST["page"]},
        refers("Sources"),
    ),
    Entry(
        "/judgements",
        judgements_page,
        "What waits for a judgement, and what was judged",
        {"q": "Words in one of the names", "page": _LIST["page"]},
        refers("Judgements"),
    ),
    Entry(
        "/portfolio",
        portfolio_page,
        "Your holdings: the roles, projects and programmes that reports give them",
        portfolio.PARAMETERS,
        refers("Exposure"),
        kept=False,
        drawn=True,
    ),
    Entry(
        "/compare",
        compare_page,
        "Programmes side by side",
        {"with": "Keys of programmes, commas between"},
        refers("Comparison"),
        drawn=True,
    ),
    Entry(
        "/money",
        money_page,
        "The vehicle run: who pays, when, and who gets what back",
        money.PARAMETERS,
        refers("Money"),
        kept=False,
        drawn=True,
    ),
    Entry(
        "/changes",
        changes_page,
        "What has changed since a day",
        {
            "since": "The day (2026-03-01)",
            "by": "Which time counts: when it was reported, or when it was read",
            "page": "Which part of what has changed, from 1, where the ledger is large",
        },
        refers("Changes"),
    ),
    Entry("/words", words_page, "What the words of the pages mean", {}, refers("Glossary")),
)
ROUTERS: tuple[APIRouter, ...] = (
    judge.router,
    changes.router,
    moneyfiles.router,
    portfolio.router,
    upload.router,
    docs.router,
)

_COMPUTING = ("/money", "/portfolio", "/chart/", "/upload", "/sign-in", "/run", "/workbook", "/flows.csv")


def expensive(method: str, path: str, query: str) -> bool:
    """Whether a request computes more than a page does: what is stored answers as of now, the past is worked out."""
    if method not in ("GET", "HEAD") or path.endswith(".xlsx") or "as_of=" in query or "known_on=" in query:
        return True
    if path.startswith("/supply/") and "halt=" in query:
        return True
    # Asking how far an upload is costs nothing, and is done every second.
    return path.startswith(_COMPUTING) and not path.startswith("/upload/")
