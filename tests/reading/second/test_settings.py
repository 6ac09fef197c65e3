"""Which endpoint is asked: only one that is named for Pledger, and only where that is safe."""

from __future__ import annotations

import subprocess
import sys

import pytest

from pledger.model import Problem
from pledger.reading.second import SecondReader, from_environment
from pledger.reading.second.answer import schema

_BASE = {"PLEDGER_LLM_BASE_URL": "http://localhost:11434/v1/", "PLEDGER_LLM_MODEL": "small"}


def test_address_and_model_are_enough() -> None:
    reader = from_environment(_BASE)
    assert isinstance(reader, SecondReader)
    assert (reader.url, reader.name, reader.key, reader.here) == (
        "http://localhost:11434/v1/chat/completions",
        "llm:small",
        None,
        True,
    )


def test_keys_of_other_programs_are_not_looked_at() -> None:
    others = {"OPENAI_API_KEY": "sk-other", "OPENAI_BASE_URL": "https://api.example.org/v1"}
    assert isinstance(from_environment({**others, "PLEDGER_LLM_MODEL": "small"}), Problem)
    reader = from_environment({**others, **_BASE})
    assert isinstance(reader, SecondReader)
    assert reader.key is None


@pytest.mark.parametrize(
    ("changed", "where"),
    [
        ({"PLEDGER_LLM_BASE_URL": ""}, "PLEDGER_LLM_BASE_URL"),
        ({"PLEDGER_LLM_MODEL": " "}, "PLEDGER_LLM_MODEL"),
        ({"PLEDGER_LLM_BASE_URL": "localhost:11434"}, "PLEDGER_LLM_BASE_URL"),
        ({"PLEDGER_LLM_BASE_URL": "file:///v1"}, "PLEDGER_LLM_BASE_URL"),
        ({"PLEDGER_LLM_BASE_URL": "http://[::1"}, "PLEDGER_LLM_BASE_URL"),
        ({"PLEDGER_LLM_BASE_URL": "http://a.example:99999/v1"}, "PLEDGER_LLM_BASE_URL"),
        ({"PLEDGER_LLM_BASE_URL": "https://me:secret@a.example/v1"}, "PLEDGER_LLM_BASE_URL"),
        ({"PLEDGER_LLM_BASE_URL": "https://a.example/v1?key=secret"}, "PLEDGER_LLM_BASE_URL"),
        ({"PLEDGER_LLM_BASE_URL": "http://a.example/v1", "PLEDGER_LLM_API_KEY": "secret"}, "PLEDGER_LLM_BASE_URL"),
        ({"PLEDGER_LLM_API_KEY": "secret\r\nX-Other: 1"}, "PLEDGER_LLM_API_KEY"),
        ({"PLEDGER_LLM_API_KEY": "secrét"}, "PLEDGER_LLM_API_KEY"),
    ],
)
def test_what_cannot_be_used_is_a_problem_with_its_mend(changed: dict[str, str], where: str) -> None:
    problem = from_environment({**_BASE, **changed})
    assert isinstance(problem, Problem)
    assert (problem.what, problem.where) == ("Second reader not set up", where)
    assert problem.mend
    assert "secr" not in repr(problem)


@pytest.mark.parametrize(
    "base", ["https://a.example/v1", "http://gpu:8000/v1", "http://10.0.0.7/v1", "http://[::1]:8000/v1"]
)
def test_a_key_goes_over_https_or_stays_in_ones_own_network(base: str) -> None:
    key = {"PLEDGER_LLM_API_KEY": "secret", "PLEDGER_LLM_BASE_URL": base}
    assert isinstance(from_environment({**_BASE, **key}), SecondReader)


def test_a_reader_does_not_show_its_key() -> None:
    assert "secret" not in repr(SecondReader("https://a.example/v1", "m", "secret"))


def test_the_schema_is_strict_throughout() -> None:
    """As structured outputs ask for it: every object closed, every field of it required, nothing else said."""
    objects = [schema(), *schema()["$defs"].values()]
    assert all(o["additionalProperties"] is False for o in objects)
    assert all(set(o["required"]) == set(o["properties"]) for o in objects)
    assert not any(word in str(schema()) for word in ("'default'", "'title'", "'description'"))


def test_nobody_needs_the_extra_who_does_not_ask_for_it() -> None:
    program = "import sys, pledger, pledger.reading; print({'httpx2', 'pledger.reading.second'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"
