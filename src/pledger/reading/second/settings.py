"""Which endpoint the second reader speaks to: only one that somebody has named for Pledger.

There is no default endpoint, and the variables of other programs (`OPENAI_API_KEY`, `OPENAI_BASE_URL`) are not looked
at: an article may be licensed, and a key that was given for one host must not travel to another by accident.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from pledger.model import Problem
from pledger.reading.second.records import Limits

__all__ = ["SecondReader", "from_environment"]

BASE_URL, API_KEY, MODEL = "PLEDGER_LLM_BASE_URL", "PLEDGER_LLM_API_KEY", "PLEDGER_LLM_MODEL"
_WHAT = "Second reader not set up"
_NEAR_NAMES = (".local", ".internal", ".lan", ".localhost")


@dataclass(slots=True)
class SecondReader:
    """A model behind an endpoint of the chat-completions protocol; one object for a whole run.

    It remembers over documents whether the endpoint takes a schema, and whether it is still worth asking.
    """

    base_url: str
    """Up to and without `/chat/completions`, such as `http://localhost:11434/v1`."""
    model: str
    key: str | None = field(default=None, repr=False)
    """Sent as bearer token to `base_url` and nowhere else; never shown, logged or stored."""
    limits: Limits = field(default_factory=Limits)
    plain: bool = field(default=False, init=False)
    """Whether the endpoint has refused a request with a schema, and is asked without one."""
    failed: int = field(default=0, init=False)
    """Documents in a row that failed by the endpoint."""

    @property
    def name(self) -> str:
        """How the ledger names it."""
        return f"llm:{self.model}"

    @property
    def url(self) -> str:
        """Where requests go."""
        return f"{self.base_url.rstrip('/')}/chat/completions"

    @property
    def host(self) -> str:
        """The endpoint's host and port, without credentials or path: what may be shown."""
        try:
            parts = urlsplit(self.base_url)
            port = f":{parts.port}" if parts.port else ""
        except ValueError:
            return "?"
        return f"{parts.hostname or '?'}{port}"

    @property
    def here(self) -> bool:
        """Whether the endpoint is on this machine, so that no proxy stands between."""
        return _loopback(urlsplit(self.base_url).hostname or "")

    def wrong(self) -> Problem | None:
        """Why this endpoint cannot be asked, with the mend; None where it can."""
        try:
            parts = urlsplit(self.base_url)
            host = parts.hostname
            _ = parts.port
        except ValueError:
            host = None
        if not host or parts.scheme not in ("http", "https"):
            return Problem(_WHAT, BASE_URL, "it is no http(s) address", "Write it as https://HOST/v1.")
        if parts.username is not None or parts.password is not None or parts.query or parts.fragment:
            why = "it holds credentials, a query or a fragment"
            return Problem(_WHAT, BASE_URL, why, f"Give the address alone, and the key in {API_KEY}.")
        if not self.model.strip():
            return Problem(_WHAT, MODEL, "no model is named", "Name one that the endpoint serves.")
        if self.key and not (self.key.isascii() and self.key.isprintable()):
            why = "the key holds a line break or a character that no header can carry"
            return Problem(_WHAT, API_KEY, why, "Copy the key again, without line ends.")
        if self.key and parts.scheme == "http" and not _near(host):
            why = "the key would travel over the network in the clear"
            return Problem(_WHAT, BASE_URL, why, "Use https, or an endpoint in your own network.")
        return None


def from_environment(environ: Mapping[str, str] | None = None, limits: Limits | None = None) -> SecondReader | Problem:
    """The second reader that `PLEDGER_LLM_BASE_URL`, `PLEDGER_LLM_MODEL` and `PLEDGER_LLM_API_KEY` name.

    A Problem with its mend where the address or the model is missing or cannot be used. The key may be left out:
    servers on one's own machine ask for none.
    """
    said = os.environ if environ is None else environ
    base, model = said.get(BASE_URL, "").strip(), said.get(MODEL, "").strip()
    if not base:
        return Problem(
            _WHAT, BASE_URL, "no endpoint is named", f"Set it, such as {BASE_URL}=http://localhost:11434/v1."
        )
    reader = SecondReader(base, model, said.get(API_KEY, "").strip() or None, limits or Limits())
    return reader.wrong() or reader


def _loopback(host: str) -> bool:
    address = _address(host)
    return host == "localhost" or host.endswith(".localhost") or (address is not None and address.is_loopback)


def _near(host: str) -> bool:
    """Whether a host is on this machine or in one's own network."""
    address = _address(host)
    if address is not None:
        return address.is_private
    return "." not in host or host.endswith(_NEAR_NAMES)


def _address(host: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        return None
