"""The verb that serves the ledger to browsers."""

from __future__ import annotations

import logging
import os
import socket
from contextlib import suppress
from pathlib import Path

import click

from pledger.cli.common import opened
from pledger.ledger import LedgerError
from pledger.ledger.engines import hidden

__all__ = ["serve"]

LEAST = 16
"""Letters of a token."""
MEND = "make one, as by `openssl rand -hex 16`"
BACKLOG = 2048
"""Connections that may wait to be taken up, as many as uvicorn lets wait."""
GRACE = 5
"""Seconds that answers under way have when the server is stopped."""


@click.command()
@click.option(
    "--host", default="127.0.0.1", show_default=True, help="The address to listen on; loopback unless told otherwise."
)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="The port; 0: a free one.")
@click.option(
    "--name", "names", multiple=True, help="A host name under which browsers may ask, besides the loopback ones."
)
@click.option(
    "--token-file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A file that holds the token of those who may write; else PLEDGER_TOKEN. Without one nobody may.",
)
@click.pass_obj
def serve(url: str, host: str, port: int, names: tuple[str, ...], token_file: Path | None) -> None:
    """Show the ledger in a browser: look, ask why, change an assumption.

    \b
    Example:
      pledger serve
      PLEDGER_TOKEN=... pledger serve --port 9000
    """
    import uvicorn

    from pledger.views.web.app import create_app
    from pledger.views.web.settings import Settings

    token = _token(token_file)
    with opened(url) as ledger, _listening(host, port) as listener:
        if ledger.outdated():
            click.echo("This ledger was derived by another version: deriving it anew, which may take minutes", err=True)
            with suppress(LedgerError):  # a file that may only be read is derived in memory, by whoever asks first
                ledger.catch_up()
        app = create_app(Settings(ledger=url, token=token, host=host, port=port, names=names), ledger)
        at = listener.getsockname()[1]
        shown = f"[{host}]" if ":" in host else host
        # Whoever reads this may ask at once: the socket listens already.
        rights = "writable with the token" if token else "read-only"
        click.echo(f"Pledger serves {hidden(url)} at http://{shown}:{at}/ ({rights})")
        config = uvicorn.Config(
            app, host=host, port=at, log_level="warning", server_header=False, timeout_graceful_shutdown=GRACE
        )
        # Whoever keeps a connection open past the grace is cut off; that is how it is meant, and no error to tell.
        logging.getLogger("uvicorn.error").addFilter(lambda record: "graceful shutdown exceeded" not in record.msg)
        # Ctrl-C is how a server ends as a rule: it is no breaking off, and uvicorn has ended what was under way.
        with suppress(KeyboardInterrupt):
            uvicorn.Server(config).run(sockets=[listener])


def _token(file: Path | None) -> str | None:
    """Of those who may write; None where nobody may."""
    if file is None:
        token, where = os.environ.get("PLEDGER_TOKEN", "").strip(), "PLEDGER_TOKEN"
        if not token:
            return None
    else:
        where = str(file)
        try:
            token = file.read_text(encoding="utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise click.UsageError(f"{where} cannot be read as a token: {MEND}") from error
    if len(token) < LEAST:
        raise click.UsageError(f"the token in {where} is shorter than {LEAST} letters: {MEND}")
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise click.UsageError(f"the token in {where} is more than one word of ASCII letters: {MEND}")
    return token


def _listening(host: str, port: int) -> socket.socket:
    """A socket that listens there."""
    try:
        (family, *_), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        listener = socket.create_server((host, port), family=family, backlog=BACKLOG)
        # Handed on to each connection. Else the body of an answer waits until its head is acknowledged: 40 ms.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        return listener
    except OSError as error:
        why = error.strerror or str(error)
        raise click.UsageError(f"cannot listen on {host} port {port} ({why}): give another --host or --port") from error
