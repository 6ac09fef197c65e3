"""Fuzz one target, or all in turn: `python tests/fuzz/run.py money --seconds 1800`.

Atheris (libFuzzer) guides by the coverage of Pledger's own code. It starts from the bundled corpus and from the cases
found before, with the lexicons' words as its dictionary. What it finds is written beside them, ready to become a test:
`tests/fuzz/cases/TARGET-...`. Exit code 0 when nothing was found.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import tomllib
from collections.abc import Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from fuzz.files import whole_files  # noqa: E402  found only with the path above, as this file is run by itself

CASES = HERE / "cases"
LONGEST = 4_096
"""Bytes of an input: what is longer finds nothing new and is slow; sizes have tests of their own."""
HANG = 20
"""Seconds that one input may take under instrumentation, which slows the code some ten times."""
PARSERS = {"papers": ("pypdf",), "archives": ("warcio",), "feeds": ("feedparser",), "anything": ("pypdf", "feedparser")}
"""Libraries whose own branches guide the fuzzer too."""
BYTES = frozenset({"page", "feeds", "papers", "mails", "plain", "archives", "anything"})
"""Targets that take files; the others take a byte for the language and a text."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the targets named, each in a process of its own, since libFuzzer ends its process."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", help="all when none is named")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--runs", type=int, default=-1, help="inputs for each target; unlimited by default")
    parser.add_argument("--keep", type=Path, help="folder in which inputs that reach new code stay for the next run")
    parser.add_argument("--inside", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        return _inside(options.inside, options.seconds, options.runs, options.keep)
    from fuzz.targets import TARGETS

    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    failed = []
    for target in options.targets or TARGETS:
        print(f"{target}: ", end="", flush=True)
        done = subprocess.run(
            [
                sys.executable, __file__, "--inside", target,
                "--seconds", str(options.seconds), "--runs", str(options.runs),
                *(("--keep", str(options.keep)) if options.keep else ()),
            ],
            capture_output=True, text=True, errors="replace", check=False,
        )  # fmt: skip
        print(_told(done.stderr), flush=True)
        if done.returncode:
            failed.append(target)
            print(done.stdout[-2000:] + done.stderr[-6000:])
    print(f"found something in: {', '.join(failed)}" if failed else "nothing found")
    return int(bool(failed))


def _told(output: str) -> str:
    """libFuzzer's last line of progress."""
    lines = [line for line in output.splitlines() if line.startswith(("Done", "#")) or "exec/s" in line]
    return lines[-1].strip() if lines else "no progress"


def _inside(target: str, seconds: int, runs: int, keep: Path | None) -> int:
    import atheris

    # the first import of pledger: what is imported before this is not instrumented
    with atheris.instrument_imports(include=["pledger", *PARSERS.get(target, ())], enable_loader_override=False):
        from fuzz.targets import LANGUAGES, TARGETS
    for language in range(
        len(LANGUAGES)
    ):  # patterns are compiled at their first use, which no input is to be blamed for
        TARGETS[target](bytes([language]) + b"The bank lends $2 billion to a port by May 2027, the ministry said.")
    with tempfile.TemporaryDirectory() as folder:
        starts, words = Path(folder, "starts"), Path(folder, "words.dict")
        starts.mkdir()
        for number, data in enumerate(_starts(target)):
            (starts / f"{number:04}").write_bytes(data)
        kept = keep / target if keep else Path(folder, "kept")
        kept.mkdir(parents=True, exist_ok=True)
        words.write_text("".join(f'"{_escaped(w)}"\n' for w in sorted(_words())), encoding="ascii")
        CASES.mkdir(exist_ok=True)
        atheris.Setup(
            [
                "fuzz", f"-max_total_time={seconds}", f"-runs={runs}",
                f"-seed={1 if runs >= 0 else 0}", f"-max_len={LONGEST}", f"-timeout={HANG}",
                f"-dict={words}", f"-artifact_prefix={CASES}/{target}-", "-rss_limit_mb=4096", "-print_final_stats=0",
                str(kept), str(starts),
            ],
            TARGETS[target],
        )  # fmt: skip
        atheris.Fuzz()
    return 0


def _starts(target: str) -> Iterator[bytes]:
    """Inputs to begin with: files as they are, or the sentences of the corpus in their languages."""
    from fuzz.targets import LANGUAGES
    from pledger import data, documents

    if CASES.is_dir():
        yield from (path.read_bytes() for path in sorted(CASES.glob(f"{target}-*")))
    paths = documents.find([str(data.examples())])[0]
    if target in BYTES:
        yield from (Path(path).read_bytes()[:LONGEST] for path in paths)
        yield from whole_files()
        return
    for path in paths:
        for document in documents.load(path)[0]:
            first = bytes([LANGUAGES.index(document.language)])
            lines = [line for line in document.text.splitlines() if line.strip()]
            yield from (first + line.encode()[: LONGEST - 1] for line in lines)


def _words() -> Iterator[str]:
    """Short strings of the lexicons: a fuzzer does not guess 'billion'."""
    from pledger import data

    for path in sorted((Path(data.__file__).parent / "lexicon").glob("*.toml")):
        yield from _strings(tomllib.loads(path.read_text(encoding="utf-8")))


def _strings(value: object) -> Iterator[str]:
    match value:
        case str() if 2 <= len(value) <= 20:
            yield value
        case dict():
            for key, inner in value.items():
                yield from _strings(key)
                yield from _strings(inner)
        case list():
            for inner in value:
                yield from _strings(inner)
        case _:
            return


def _escaped(word: str) -> str:
    return "".join(f"\\x{byte:02x}" for byte in word.encode())


if __name__ == "__main__":
    sys.exit(main())
