"""An optional second reader: a language model proposes, and nothing counts that the text itself does not show.

The model's answer is a list of proposals. One is admitted only if its quoted words stand in the text at the place it
names, the value that our own recognisers read there is the value it gives, and what it is about is a mention that
our own reader knows, near enough to be meant. What is stored is our reading; the model only tells what belongs
together. Everything else is counted by reason. The first reader's claims are never touched.

Why a client of our own: `langextract` 1.7 does speak to endpoints of this protocol (a base URL can be given, with its
extra `openai`) and gives character offsets, and it is typed; but it brings 56 packages and some 260 MB, among them two
Google SDKs, OpenTelemetry's API, pandas and aiohttp, whatever endpoint is used; by default it aligns words that are
only similar and keeps parts of a quote (exact matching is by tokens); it takes keys from the environment that were
set for other programs; and what it returns would have to be checked here again. The `openai` client
brings 13 packages, follows redirects, sends the machine's system, architecture and Python version with each call, and
reads an answer without limit of size. What is needed is one POST: `httpx2` (the kept-up line of httpx, which the
`openai` client uses too) with a deadline and a cap on bytes, and `pydantic`, of which one definition is both the JSON
schema that is sent and the check of what comes back. Neither phones home, both are typed.

Needs the extra `pledger[llm]`; without it this package cannot be imported, and nothing else imports it.
"""

from __future__ import annotations

from pledger.reading.second.reader import read
from pledger.reading.second.records import Limits, Reason, Refusal, SecondReading, Tally, tally
from pledger.reading.second.settings import SecondReader, from_environment

__all__ = [
    "Limits",
    "Reason",
    "Refusal",
    "SecondReader",
    "SecondReading",
    "Tally",
    "from_environment",
    "read",
    "tally",
]
