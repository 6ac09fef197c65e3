"""Rules of a watch: a YAML file, checked with errors by line and field.

    watch: energy desk            # its name; each watch remembers by itself what it has seen
    rules:
      - name: a project moves
        when: stage
        to: [committed, implementation]
        of: {programme: "JP>US"}

`when` names the condition, `of` says what the rule looks at: all that it names must hold, of a list any one.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable
from importlib.resources import as_file, files
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BeforeValidator, Field, field_validator, model_validator

from pledger import data
from pledger.exposure.alerts.words import Condition
from pledger.model import Attribute, ConflictKind, EntityKind, Stage
from pledger.vehicle import sectors
from pledger.vehicle.checked import Checked, FileError, Number, load, wrong
from pledger.vehicle.terms import TermsError, terms

__all__ = [
    "DEFAULT",
    "NONE",
    "PARTY",
    "SIDE",
    "Of",
    "Rule",
    "Rules",
    "RulesError",
    "default_rules",
    "example",
    "programme_key",
    "rules_from",
]

DEFAULT = "default"
NONE, SIDE, PARTY = "none", "side", "party"
"""No stage reported until then; a value that no check has explained; a party that is new."""
_LONGEST = 80
_FIELDS: dict[str, tuple[str, ...]] = {
    "stage": ("from_", "to"),
    "corroborated": ("origins",),
    "contradicted": ("kinds", "level"),
    "date": ("days", "events", "by"),
    "range": ("values", "low", "high", "unit"),
    "amount": ("share", "dollars"),
    "new": ("what", "roles"),
}
"""The fields that go with each condition."""


class RulesError(FileError):
    """A file of rules that cannot be used: `FILE:LINE: FIELD: what; the mend`."""


def _listed(value: object) -> object:
    """One word where a list may stand is a list of one."""
    return (value,) if isinstance(value, str) else value


def _among(*allowed: str) -> Callable[[object], object]:
    """Lets in a list of these words, or one of them."""

    words = tuple(map(str, allowed))

    def checked(value: object) -> object:
        listed = _listed(value)
        for word in listed if isinstance(listed, tuple) else ():
            if word not in words:
                near = difflib.get_close_matches(str(word), words, 1)
                mend = f"did you mean {near[0]!r}?" if near else f"write some of {', '.join(words)}"
                raise wrong(f"{str(word)[:_LONGEST]!r} is not known", mend)
        return listed

    return checked


Names = Annotated[tuple[str, ...], BeforeValidator(_listed)]
Stages = Annotated[tuple[str, ...], BeforeValidator(_among(*Stage, NONE))]
Attributes = Annotated[tuple[str, ...], BeforeValidator(_among(*Attribute))]
Subjects = Annotated[tuple[str, ...], BeforeValidator(_among(*EntityKind))]
Contradictions = Annotated[
    tuple[str, ...], BeforeValidator(_among(*(kind for kind in ConflictKind if kind is not ConflictKind.UPDATE), SIDE))
]
News = Annotated[tuple[str, ...], BeforeValidator(_among("programme", "project", "tranche", PARTY))]
Events = Annotated[
    tuple[str, ...],
    BeforeValidator(
        _among("announce", "decide", "sign", "fund", "start", "complete", "deadline", "visit", "meet", "other")
    ),
]


class Of(Checked):
    """What a rule looks at. All that is named must hold; of a list any one."""

    programme: Names = ()
    """Key of a programme (`JP>US`) or its name."""
    project: Names = ()
    """Words of a project's name, its sponsor, or its id."""
    entity: Names = ()
    """A name or alias of whom it is about, of its sponsor, or of the party that is told."""
    kind: Subjects = ()
    attribute: Attributes = ()
    matter: Names = ()
    """What of the attribute: `total`, `deadline`, `supplier`."""
    sector: Names = ()
    """Keys of `data/sectors.yaml`."""

    @field_validator("programme")
    @classmethod
    def _programmes(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(map(_key, value))

    @field_validator("sector")
    @classmethod
    def _sectors(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        for key in value:
            try:
                sectors.sector(key)
            except FileError as error:
                raise wrong(error.what, error.mend) from None
        return value


class Rule(Checked):
    """One rule. The fields below `of` go with the conditions that `_FIELDS` names."""

    name: str = Field(min_length=1, max_length=_LONGEST)
    when: Literal["stage", "corroborated", "contradicted", "date", "range", "amount", "new"]
    of: Of = Of()
    from_: Stages = Field(default=(), alias="from")
    to: Stages = ()
    origins: int = Field(default=2, ge=2, le=1000)
    """The number of independent origins that a value comes to."""
    kinds: Contradictions = ("slip", "arithmetic", "dispute", "definition")
    """`side`: another value is reported, and no check has explained it yet."""
    level: Literal["low", "medium", "high"] = "low"
    """The least severity of a contradiction."""
    days: int = Field(default=30, ge=0, le=3660)
    events: Events = ()
    by: Literal["earliest", "latest"] = "earliest"
    """Whether the first or the last day counts on which it may come."""
    values: Literal["reported", "held"] = "reported"
    """Whether any new value is looked at, or only the one that holds."""
    low: Number | None = None
    high: Number | None = None
    unit: str = "USD"
    share: Number | None = Field(default=None, gt=0)
    """Of what the amount was."""
    dollars: Number | None = Field(default=None, gt=0)
    what: News = ("programme", "project")
    roles: Names = ()

    @property
    def condition(self) -> Condition:
        """What the rule waits for."""
        return Condition(self.when)

    @model_validator(mode="after")
    def _fits(self) -> Self:
        mine = {"name", "when", "of", *_FIELDS[self.when]}
        for field in sorted(self.model_fields_set - mine):
            shown = field.rstrip("_")
            goes = next(when for when, fields in _FIELDS.items() if field in fields)
            raise wrong(f"goes with `when: {goes}`, not with `when: {self.when}`", "take it out", shown)
        if self.when == "amount" and self.share is None and self.dollars is None:
            raise wrong("says by how much in no way", "add `share: 10 %` or `dollars: 5e9`", "when")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise wrong(f"{self.low:g} is above high, {self.high:g}", "exchange them", "low")
        return self


class Rules(Checked):
    """A watch: its name and its rules."""

    watch: str = Field(default=DEFAULT, min_length=1, max_length=_LONGEST)
    rules: tuple[Rule, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        seen: set[str] = set()
        for n, rule in enumerate(self.rules):
            if rule.name in seen:
                raise wrong(f"{rule.name!r} is the name of two rules", "name one otherwise", "rules", n, "name")
            seen.add(rule.name)
        return self


def rules_from(path: Path | str) -> Rules:
    """The rules of a file; a RulesError with file, line, field and mend where they cannot be used."""
    return load(Rules, path, RulesError)


def default_rules() -> Rules:
    """The rules that come with Pledger."""
    with as_file(files("pledger.data") / "alerts.yaml") as path:
        return rules_from(path)


def example() -> str:
    """The file of the rules that come with Pledger, to begin one's own from."""
    return (files("pledger.data") / "alerts.yaml").read_text(encoding="utf-8")


def programme_key(said: str) -> str:
    """The key of a programme that is named by it, its country or its name, as `pledger run` takes them; a ValueError
    with the mend."""
    if ">" in said:
        return said.upper().replace(" ", "")
    try:
        return terms(said).key
    except TermsError:
        keys = ", ".join(sorted(data.programmes()))
        raise ValueError(f"no programme is called so; write its key, such as {keys}") from None


def _key(said: str) -> str:
    try:
        return programme_key(said)
    except ValueError as error:
        what, _, mend = str(error).partition("; ")
        raise wrong(f"{said[:_LONGEST]!r}: {what}", mend) from None
