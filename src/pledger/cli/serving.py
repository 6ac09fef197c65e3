"""The verb that serves the ledger to browsers."""

from __future__ import annotations

import os
from pathlib import Path

import click

from pledger.cli.common import out

__all__ = ["serve"]


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

    token = (
        token_file.read_text(encoding="utf-8").strip() if token_file else os.environ.get("PLEDGER_TOKEN", "").strip()
    )
    if token and len(token) < 16:
        raise click.UsageError("the token is shorter than 16 letters: make a longer one, as by `openssl rand -hex 16`")
    settings = Settings(ledger=url, token=token or None, host=host, port=port, names=names)
    app = create_app(settings)
    out().print(
        f"Pledger serves {url} at http://{host}:{port}/ ({'writable with the token' if token else 'read-only'})"
    )
    uvicorn.run(app, host=host, port=port, log_level="warning", server_header=False)
