"""Watching feeds: which ones (OPML), when each may be asked again, and one polite question to a server.

Nothing here runs unless it is asked for, and nothing but the named feeds is fetched: no pages behind them, no pictures.
"""

from __future__ import annotations

from pledger.documents.watch.asking import Answer, Web, ask, user_agent
from pledger.documents.watch.opml import Feed, feeds
from pledger.documents.watch.schedule import Watched, after, due

__all__ = ["Answer", "Feed", "Watched", "Web", "after", "ask", "due", "feeds", "user_agent"]
