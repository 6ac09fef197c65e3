"""YAML files checked against a pydantic model: every error names the file, the line, the field and the mend.

What a file may hold is bounded before it is built: its size, its depth, no anchors, no key twice. Lists come as
tuples, so that models can be strict and frozen.
"""

from __future__ import annotations

import difflib
import math
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path
from typing import Annotated, Any, TypeVar

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic_core import PydanticCustomError

from pledger.vehicle.errors import FileError

__all__ = ["Checked", "FileError", "Number", "load", "number", "wrong"]

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_MOST = 2_000_000
"""Bytes of a file."""
_DEPTH = 30
_SHOWN = 60

Model = TypeVar("Model", bound=BaseModel)


class Checked(BaseModel):
    """The base of what is read from YAML: nothing is converted, nothing unknown is let in, nothing changes."""

    model_config = ConfigDict(strict=True, extra="forbid", frozen=True, allow_inf_nan=False)


def wrong(what: str, mend: str, *field: str | int) -> PydanticCustomError:
    """The error that a validator of a `Checked` raises; `field` leads from its model to what is wrong."""
    return PydanticCustomError("checked", "{what}", {"what": what, "mend": mend, "field": field})


def number(value: object) -> object:
    """A number as people write it: `2/3` and `1.5 %` and `550e9`, which YAML takes for words, are numbers too."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        return value
    try:
        if isinstance(value, int):
            return float(value)
        text, percent = value.strip(), value.strip().endswith("%")
        found = float(Fraction(text.rstrip("% ").replace("_", "")) / (100 if percent else 1))
    except (ValueError, ZeroDivisionError, OverflowError):
        raise wrong(f"{_short(value)} is no number", "write 0.25, 1/4 or 25 %") from None
    return found


Number = Annotated[float, BeforeValidator(number)]
"""A finite float; `2/3` and `1.5 %` are read as what they say."""


def load(model: type[Model], path: Path | str, error: type[FileError] = FileError) -> Model:
    """The file as a `model`; an `error` with file, line, field and mend where it is not one."""
    path = Path(path)
    return _File(path.name, error).read(model, path)


class _File:
    """One file while it is read: what its errors are called, and where its fields stand."""

    def __init__(self, name: str, error: type[FileError]) -> None:
        self.name, self.error = name, error

    def read(self, model: type[Model], path: Path) -> Model:
        text = self._text(path)
        self._bounded(text)
        loader = _LOADER(text)
        try:
            root = loader.get_single_node()
            if not isinstance(root, yaml.MappingNode):
                raise self._at(root, "", "this is no mapping", "begin with `key: value` lines")
            values = self._value(loader, root, ())
        finally:
            loader.dispose()
        try:
            return model.model_validate(values)
        except ValidationError as found:
            raise self._said(found, root) from None

    def _at(self, node: yaml.Node | None, field: str, what: str, mend: str) -> FileError:
        mark = node.start_mark if node is not None else None
        return self.error(self.name, mark.line + 1 if mark is not None else None, field, what, mend)

    def _text(self, path: Path) -> str:
        try:
            with path.open("rb") as file:
                content = file.read(_MOST + 1)
        except OSError as failed:
            why = failed.strerror or type(failed).__name__
            raise self.error(str(path), None, "", f"cannot be read ({why})", "name a file that is there") from None
        if len(content) > _MOST:
            raise self.error(self.name, None, "", f"more than {_MOST:,} bytes", "give one file for one programme")
        try:
            return content.decode("utf-8-sig")
        except UnicodeDecodeError as failed:
            line = content[: failed.start].count(b"\n") + 1
            raise self.error(self.name, line, "", "this is not UTF-8", "save the file as UTF-8") from None

    def _bounded(self, text: str) -> None:
        """Refuse what could grow without bound when built, before anything is built."""
        depth = 0
        try:
            for event in yaml.parse(text, Loader=_LOADER):
                line = event.start_mark.line + 1 if event.start_mark else None
                if isinstance(event, yaml.AliasEvent):
                    raise self.error(self.name, line, "", f"*{event.anchor} points elsewhere", "write it out here")
                depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
                if depth > _DEPTH:
                    raise self.error(self.name, line, "", f"more than {_DEPTH} levels deep", "write it flatter")
            # A second document would be passed over in silence.
            if sum(isinstance(e, yaml.DocumentStartEvent) for e in yaml.parse(text, Loader=_LOADER)) > 1:
                raise self.error(self.name, None, "", "two documents in one file", "split it at the `---`")
        except yaml.YAMLError as failed:
            mark = getattr(failed, "problem_mark", None)
            what = " ".join(str(getattr(failed, "problem", None) or "this is no YAML").split())
            line_of = mark.line + 1 if mark is not None else None
            raise self.error(self.name, line_of, "", what, "mend the YAML; quote text that holds : or #") from None

    def _value(self, loader: Any, node: yaml.Node, path: tuple[str, ...]) -> Any:
        """What a node says, with lists as tuples."""
        field = ".".join(path)
        if isinstance(node, yaml.SequenceNode):
            return tuple(self._value(loader, item, (*path, str(n))) for n, item in enumerate(node.value))
        if isinstance(node, yaml.MappingNode):
            found: dict[str, Any] = {}
            for key, value in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    raise self._at(key, field, "a key that is no word", "write `key: value`")
                if key.value in found:
                    raise self._at(key, field, f"{_short(key.value)} stands here twice", "keep one of them")
                found[key.value] = self._value(loader, value, (*path, key.value))
            return found
        try:
            return loader.construct_object(node)
        except (ValueError, OverflowError, yaml.YAMLError):
            what = f"{_short(getattr(node, 'value', ''))} cannot be read"
            raise self._at(node, field, what, "write days as 2029-01-19, numbers as 550.0e+9, text in quotes") from None

    def _said(self, found: ValidationError, root: yaml.Node) -> FileError:
        """The first error, at its line; the others are found when it is mended."""
        error = found.errors(include_url=False)[0]
        context = error.get("ctx", {})
        own = context.get("field", ()) if error["type"] == "checked" else ()
        way = (*error["loc"], *own)
        field = ".".join(str(step) for step in way)
        node = _find(root, way)
        if error["type"] == "checked":
            return self._at(node, field, context["what"], context["mend"])
        return self._at(node, field, *_in_words(error))


def _find(root: yaml.Node, way: Sequence[str | int]) -> yaml.Node:
    """The node that a way leads to; of a field that is not there, the key of what it should be in."""
    node = named = root
    for number, step in enumerate(way, 1):
        if isinstance(node, yaml.MappingNode):
            pair = next((pair for pair in node.value if pair[0].value == str(step)), None)
            if pair is None:
                return named
            # A mapping begins on the line below its key, and the key is where a person looks.
            node, named = (pair[0] if number == len(way) else pair[1]), pair[0]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
            node = named = node.value[step]
        else:
            return named
    return node


def _in_words(error: Any) -> tuple[str, str]:
    """What pydantic found, and the mend, in words."""
    kind, value, context = error["type"], error.get("input"), error.get("ctx", {})
    if kind == "missing":
        return "is missing", "add it"
    if kind == "extra_forbidden":
        return "is no field that is known here", "take it out, or mend its spelling"
    if kind in ("enum", "literal_error"):
        expected = str(context.get("expected", ""))
        near = difflib.get_close_matches(str(value), re.findall(r"'([^']+)'", expected), 1)
        return f"{_short(value)} is not known", f"did you mean {near[0]!r}?" if near else f"write one of {expected}"
    if kind.startswith(("float", "int", "finite")):
        return f"{_short(value)} is no {'whole ' if kind.startswith('int') else 'finite '}number", "write a number"
    what = error["msg"][0].lower() + error["msg"][1:]
    return f"{_short(value)}: {what}", "mend it as it says"


def _short(value: object) -> str:
    """A value as an error shows it."""
    if isinstance(value, dict):
        return "a mapping"
    if isinstance(value, tuple):
        return "a list"
    if isinstance(value, float) and not math.isfinite(value):
        return str(value)
    # Digits without end are cut before they are written out.
    said = repr(value) if not isinstance(value, int) or abs(value) < 10**_SHOWN else "a number of many digits"
    return said if len(said) <= _SHOWN else f"{said[: _SHOWN - 3]}..."
