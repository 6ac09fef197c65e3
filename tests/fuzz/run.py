"""Fuzz one target, or all in turn: `python tests/fuzz/run.py money --seconds 1800`.

Atheris (libFuzzer) guides by the coverage of Pledger's own code. It starts from the bundled corpus and from the cases
found before, with the lexicons' words as its dictionary. What it finds is written beside them, ready to become a test:
`tests/fuzz/cases/TARGET-...`. Exit code 0 when nothing was found.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
import tomllib
import traceback
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
from fuzz.files import whole_files  # noqa: E402  found only with the path above, as this file is run by itself

CASES = HERE / "cases"
LONGEST = 4_096
"""Bytes of an input: what is longer finds nothing new and is slow; sizes have tests of their own."""
HANG = 60
"""Seconds that one input may take under instrumentation, which slows the code some ten times, on a busy machine."""
PARSERS = {"papers": ("pypdf",), "archives": ("warcio",), "feeds": ("feedparser",), "anything": ("pypdf", "feedparser")}
"""Libraries whose own branches guide the fuzzer too."""
BYTES = frozenset({"page", "feeds", "papers", "mails", "plain", "archives", "anything"})
"""Targets that take files; the others take a byte for the language and a text."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the targets named in a process of their own, in which nothing of ours was imported before."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("targets", nargs="*", help="all when none is named")
    parser.add_argument("--seconds", type=int, default=60, help="for each target; 0: as long as its inputs take")
    parser.add_argument("--runs", type=int, default=-1, help="inputs for each target; unlimited by default")
    parser.add_argument("--keep", type=Path, help="folder in which inputs that reach new code stay for the next run")
    parser.add_argument("--inside", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.inside:
        return _inside(options.targets, options.seconds, options.runs, options.keep)
    from fuzz.targets import TARGETS

    if unknown := set(options.targets) - set(TARGETS):
        parser.error(f"no such target: {', '.join(sorted(unknown))}; there are {', '.join(TARGETS)}")
    command = [
        sys.executable, __file__, "--inside", *(options.targets or TARGETS),
        "--seconds", str(options.seconds), "--runs", str(options.runs),
        *(("--keep", str(options.keep)) if options.keep else ()),
    ]  # fmt: skip
    done = subprocess.run(command, stderr=subprocess.PIPE, text=True, errors="replace", check=False)
    if done.returncode:
        print(done.stderr[-6000:])
    return done.returncode


def _told(output: str) -> str:
    """libFuzzer's last line of progress."""
    lines = [line for line in output.splitlines() if line.startswith(("Done", "#")) or "exec/s" in line]
    return lines[-1].strip() if lines else "no progress"


def _inside(targets: Sequence[str], seconds: int, runs: int, keep: Path | None) -> int:
    """Each target in a fork of a process that has loaded all of them, since libFuzzer ends its process."""
    import atheris

    libraries = sorted({library for target in targets for library in PARSERS.get(target, ())})
    # the first import of pledger: what is imported before this is not instrumented
    with atheris.instrument_imports(include=["pledger", *libraries], enable_loader_override=False):
        from fuzz.targets import LANGUAGES, TARGETS
    # patterns are compiled at their first use, which no input is to be blamed for
    for target in targets:
        for language in range(len(LANGUAGES)):
            TARGETS[target](bytes([language]) + b"The bank lends $2 billion to a port by May 2027, the ministry said.")
    CASES.mkdir(exist_ok=True)
    failed = []
    with tempfile.TemporaryDirectory() as folder:
        words = Path(folder, "words.dict")
        words.write_text("".join(f'"{_escaped(w)}"\n' for w in sorted(_words())), encoding="ascii")
        for target in targets:
            print(f"{target}: ", end="", flush=True)
            starts, kept = Path(folder, target), keep / target if keep else Path(folder, f"{target}-kept")
            starts.mkdir()
            kept.mkdir(parents=True, exist_ok=True)
            for number, data in enumerate(_starts(target)):
                (starts / f"{number:04}").write_bytes(data)
            settings = [
                "fuzz", f"-max_total_time={seconds}", f"-runs={runs}",
                f"-seed={1 if runs >= 0 else 0}", f"-max_len={LONGEST}", f"-timeout={HANG}",
                f"-dict={words}", f"-artifact_prefix={CASES}/{target}-", "-rss_limit_mb=4096", "-print_final_stats=0",
                str(kept), str(starts),
            ]  # fmt: skip
            said = Path(folder, f"{target}.log")
            code = _forked(settings, TARGETS[target], said)
            output = said.read_text(encoding="utf-8", errors="replace")
            print(_told(output), flush=True)
            if code:
                failed.append(target)
                print(output[-8000:])
    print(f"found something in: {', '.join(failed)}" if failed else "nothing found")
    return int(bool(failed))


def _forked(settings: list[str], target: Callable[[bytes], None], said: Path) -> int:
    """The exit code of a fork that fuzzes the target; all that it says goes to a file."""
    import atheris

    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    with said.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    try:
        atheris.Setup(settings, target)
        atheris.Fuzz()
    except BaseException:
        traceback.print_exc()
    os._exit(1)  # libFuzzer has ended the process before, where it came to its end


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
