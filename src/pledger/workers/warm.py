"""Imported by the process that workers are forked from: what every one of them needs is loaded once, and shared."""

from __future__ import annotations

from pledger.documents import Page
from pledger.workers.task import Job, read_job

_PAGE = b"""<html><head><title>A bank lends</title></head><body><article><h1>A bank lends</h1>
<p>The bank of Norway said on Monday that it would lend $2 billion, about 1% of GDP, to a port in Texas by May 2026.</p>
</article></body></html>"""

read_job(Job(Page("warm.html", _PAGE, None, None, None)))
