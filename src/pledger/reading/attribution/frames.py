"""Cues and what they take: the frames of verbs, nouns and prepositions, inflected, looked up by their words."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from pledger.reading.attribution.lexis import forms, words_of_attribution

__all__ = [
    "Noun",
    "Verb",
    "adjectives",
    "ambiguous",
    "chain",
    "cue_verbs",
    "cue_words",
    "group",
    "nouns",
    "phrases",
    "verbs",
]


@dataclass(frozen=True, slots=True)
class Verb:
    """One verb that attributes, merged over all its groups in the lexicon."""

    lemma: str
    frames: frozenset[str]
    weak: frozenset[str]
    """Frames that hold only when the subject is somebody who can speak."""
    kinds: tuple[tuple[str, str], ...]
    """Frame and kind, for frames whose kind is not `says`."""

    def kind(self, frame: str) -> str:
        """What the cue means with this frame: says, believes, intends, relays."""
        if frame == "prep":
            return self.kinds[0][1] if self.kinds and len(self.kinds) == len(self.frames) else "says"
        return next((kind for name, kind in self.kinds if name == frame), "says")


@dataclass(frozen=True, slots=True)
class Noun:
    """A noun that attributes: "the claim that"."""

    frames: tuple[tuple[str, str], ...]
    """Frame and kind."""
    bare: bool = False
    """Whether it attributes without anybody named, too: "accusations of fraud"."""


@cache
def verbs() -> dict[str, tuple[Verb, ...]]:
    """Verbs by inflected form; for verbs of two words by the first, the one with the particle coming first."""
    frames: dict[str, set[str]] = {}
    strong: dict[str, set[str]] = {}
    kinds: dict[str, dict[str, str]] = {}
    spelled: dict[str, str] = {}
    for entry in words_of_attribution()["verbs"]:
        for lemma in entry["lemmas"]:
            plain = lemma.replace("+", "")
            spelled[plain] = lemma if "+" in lemma else spelled.get(plain, lemma)
            frames.setdefault(plain, set()).update(entry["frames"])
            if entry["subject"] == "any":
                strong.setdefault(plain, set()).update(entry["frames"])
            for frame in entry["frames"]:
                kinds.setdefault(plain, {}).setdefault(frame, entry.get("kind", "says"))
    found: dict[str, tuple[Verb, ...]] = {}
    for plain in sorted(frames, key=lambda w: (" " not in w, w)):
        verb = Verb(
            plain,
            frozenset(frames[plain]),
            frozenset(frames[plain] - strong.get(plain, set())),
            tuple(sorted((f, k) for f, k in kinds[plain].items() if k != "says")),
        )
        for form, _ in forms(spelled[plain]):
            first = form.split(" ")[0]
            found[first] = (*found.get(first, ()), verb)
    return found


@cache
def nouns() -> dict[str, Noun]:
    """Nouns by form."""
    found: dict[str, list[tuple[str, str]]] = {}
    bare: set[str] = set()
    for entry in words_of_attribution()["nouns"]:
        for word in entry["words"]:
            bare.update([word] if entry.get("bare") else [])
            found.setdefault(word, []).extend((frame, entry.get("kind", "says")) for frame in entry["frames"])
    return {word: Noun(tuple(frames), word in bare) for word, frames in found.items()}


@cache
def adjectives() -> dict[str, Verb]:
    """Adjectives that take a content behind a form of "be", as verbs of a kind."""
    frames: dict[str, set[str]] = {}
    for entry in words_of_attribution()["adjectives"]:
        for word in entry["words"]:
            frames.setdefault(word, set()).update(entry["frames"])
    return {
        word: Verb(word, frozenset(names), frozenset(names), tuple((name, "believes") for name in sorted(names)))
        for word, names in frames.items()
    }


@cache
def chain() -> frozenset[str]:
    """All forms of verbs that carry a cue's infinitive: "went on to say"."""
    return frozenset(
        form.split(" ")[0] for lemma in words_of_attribution()["chain"]["lemmas"] for form, _ in forms(lemma)
    )


@cache
def ambiguous() -> frozenset[str]:
    """Forms of cue verbs that are nouns as often."""
    return frozenset(words_of_attribution()["ambiguous"]["words"]) | frozenset(nouns())


@cache
def cue_words() -> frozenset[str]:
    """Every word that can be a cue or the first word of one."""
    phrases = {phrase.split(" ")[0] for phrase in words_of_attribution()["prepositional"]["phrases"]}
    return (
        frozenset(verbs())
        | frozenset(adjectives())
        | frozenset(nouns())
        | (phrases - {"in", "to", "as"})
        | frozenset(words_of_attribution()["prepositional"]["possessed"])
    )


@cache
def cue_verbs() -> frozenset[str]:
    """All forms of verbs and all adjectives that attribute."""
    return frozenset(verbs()) | frozenset(adjectives())


@cache
def phrases() -> dict[str, tuple[tuple[str, ...], ...]]:
    """The sequences of words that introduce a source, by their first word; those of "according to" apart."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in words_of_attribution()["prepositional"]["phrases"]:
        parts = tuple(phrase.split(" "))
        if parts[0] in ("in", "as", "by"):
            found.setdefault(parts[0], []).append(parts)
    return {first: tuple(sorted(every, key=len, reverse=True)) for first, every in found.items()}


@cache
def group(table: str, name: str) -> frozenset[str]:
    """A list of the lexicon as a set: `group("closed", "events")`."""
    return frozenset(words_of_attribution()[table][name])
