"""Whom the words for a source mean: names completed, pronouns and "the ministry" led back to what was named before."""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon
from pledger.model import EntityKind, Span
from pledger.reading.names import Name
from pledger.reading.names.brackets import in_brackets
from pledger.reading.patterns import alternation, any_of, plain, words
from pledger.reading.placed import Placed
from pledger.reading.tails import Tail

__all__ = ["Sources"]

_BACK = 500
"""Characters before a pronoun or "the company" within which whom it means has been named."""
_HOLDER_REACH = 60

_ARTICLE = re.compile(r"(?:the|a|an)\s+", re.IGNORECASE)
_POINTS_BACK = ("the ", "this ", "that ")
_DATELINE = re.compile(r"\([^()\n]{2,25}\)\s?[-–—]\s")
"""The end of "SEOUL, March 12 (Wire) - ", which is no part of the first source."""
_OPENING = re.compile(r"[（(【〔\[][^（）()【】〔〕\[\]\n]{2,40}[）)】〕\]]\s?")
"""Who reports from where, in brackets before the first source: "（中央社記者…15日電）"."""
_WHEN = re.compile(
    r"(?:(?:本?周|星期|禮拜)[一二三四五六日天]|(?:[0-9０-９]{1,2}|[一二三四五六七八九十]{1,3})日|今[天日早晚]|昨[天日晚]"
    r"|[当當][天日晚時时]|同日|日前|近日|[上下]午)+(?:[（(][^（）()]{1,8}[）)])?$"
)
"""When it was said, behind a source in Chinese: "川普十七日"."""
_WHERE = re.compile(
    r"(?:在|於|于|通过|通過|透過|透过|藉由)[^，。]{0,16}(?:平台|媒体|媒體|社群|社交|网站|網站|臉書|脸书|微博|推特|声明|聲明|[专專]访|[采採]訪"
    r"|采访|專訪|记者[会會]|記者會|演[说說讲講]|[贴貼]文|[发發]布[会會]|[会會][议議]|[国國][会會])[^，。]{0,12}$"
)
"""Where it was said: "川普在社群平台"."""
_FORMS = re.compile(r"[ \u00a0]?[(（][^()（）\n]{2,60}[)）]")
_LATIN_WORD = re.compile(r"[a-z]{4}")


@cache
def _institution() -> re.Pattern[str]:
    nouns = any_of(plain("sources", "institutions"))
    return re.compile(rf"the\s(?P<noun>{nouns})", re.IGNORECASE)


@cache
def _document() -> re.Pattern[str]:
    nouns = any_of(plain("sources", "documents"))
    return re.compile(rf"(?:the|this|that)\s(?:\w{{1,40}}\s)?{nouns}", re.IGNORECASE)


@cache
def _holder() -> Tail:
    """People before the name of an institution: "a senior official at the"."""
    table = lexicon("sources")["holders"]
    openings, nouns, links = (any_of(table[key]) for key in ("openings", "nouns", "links"))
    return Tail(rf"(?:{openings}\s)?(?:[\w\-]{{1,20}}\s){{0,2}}{nouns}\s{links}\s(?:the\s)?$")


@cache
def _apposition() -> re.Pattern[str]:
    """Between two names the first of which is the one spoken of: ", a unit of"."""
    table = lexicon("sources")["apposition"]
    openings, nouns = any_of(table["openings"]), any_of(table["nouns"])
    return re.compile(rf",?\s(?:{openings}\s)?(?:an? |the )?(?:\w{{1,40}}\s){{0,2}}{nouns} of (?:the )?")


@cache
def _words(key: str) -> re.Pattern[str]:
    return re.compile(alternation(plain("sources", key)), re.IGNORECASE)


_OPENS_SENTENCE = re.compile(
    r"(?:(?:Meanwhile|But|And|Yet|However|Still),?\s?)?(?:[Tt]he\s?)?(?:(?:[A-Z][\w.]{0,20}|and)\s?){0,4}"
)


@cache
def _pointing_back() -> re.Pattern[str]:
    """ "The company" in other languages."""
    table = lexicon("sources")["back"]
    return re.compile(rf"(?P<person>{any_of(table['persons'])})|(?:{any_of(table['institutions'])})")


def _behind_comma(said: str) -> str:
    """The source without the relative clause behind it: "Katz, who has put his account right" is Katz."""
    head, comma, clause = said.partition(", ")
    return head if (comma and clause.startswith(("who ", "which "))) or clause in ("who", "which") else said


class Sources:
    """The sources of one document, asked attribution by attribution."""

    def __init__(self, text: str, names: Placed[Name]) -> None:
        self._text = text
        self._names = names
        by_kind: dict[EntityKind, list[tuple[Span, Name]]] = {}
        for span, name in names:
            by_kind.setdefault(name.kind, []).append((span, name))
        self._kinds = {kind: Placed(found) for kind, found in by_kind.items()}

    def speaks(self, source: Span) -> bool:
        """Whether words can be a source at all: they hold a name, or a word for somebody who can speak."""
        said = source.of(self._text)
        if not said.isascii() and not _LATIN_WORD.search(said):
            return True
        return bool(self._names.touching(source)) or _words("speakers").search(said) is not None

    def reports(self, cue: str | None) -> bool:
        """Whether a cue is what news outlets do ("reported", "writes")."""
        return cue is not None and words("sources", "reporting").search(cue) is not None

    def widened(self, source: Span) -> Span:
        """The source with the whole of a name that it cuts, and the person before it ("an official at the ...")."""
        if dateline := _DATELINE.search(self._text, source.start, source.end):
            source = Span(dateline.end(), source.end)
        if (opening := _OPENING.match(self._text, source.start, source.end)) and opening.end() < source.end - 1:
            source = Span(opening.end(), source.end)
        if (when := _WHEN.search(source.of(self._text))) is not None and when.start() > 1:
            source = Span(source.start, source.start + when.start())
        if (where := _WHERE.search(source.of(self._text))) is not None and where.start() > 1:
            source = Span(source.start, source.start + where.start())
            if (when := _WHEN.search(source.of(self._text))) is not None and when.start() > 1:
                source = Span(source.start, source.start + when.start())
        for span, _ in self._names.touching(source):
            if not source.covers(span):
                source = Span(min(source.start, span.start), max(source.end, span.end))
        said = source.of(self._text)
        named = not said.isascii() or bool(self._names.touching(source))
        forms = in_brackets(self._text, said, source.end) if named else ()
        if forms and (bracket := _FORMS.match(self._text, source.end)):
            source = Span(source.start, bracket.end())
        before = _holder().search(self._text, max(0, source.start - _HOLDER_REACH), source.start)
        return Span(before.start(), source.end) if before else source

    def unnamed(self, source: Span) -> bool:
        """ "Two Japanese government sources" are nobody in particular, whatever adjective they carry."""
        if not _words("nobody").search(source.of(self._text)):
            return False
        return all(name.kind is not EntityKind.PERSON for _, name in self._names.inside(source))

    def resolved(
        self, span: Span, previous: tuple[str, bool] | None, outlet: str | None = None, since: int = 0
    ) -> tuple[str, bool]:
        """The source's words, and whether it is anonymous.

        "The company", "the document" and pronouns are resolved to whom they point back to; `previous` is the source of
        the attribution before, and whether that one is anonymous; `outlet` is whose report was credited last, whom
        "the newspaper" means; `since` is where the attribution before ends, because a sentence that begins with
        another name after it changes whom "he" or "it" means.
        """
        said = re.sub(r"\s+", " ", span.of(self._text)).strip()
        plainly = _ARTICLE.sub("", said, count=1) if _ARTICLE.match(said) else said
        if words("sources", "pronouns").fullmatch(said):
            person = words("sources", "persons").fullmatch(said)
            kind = EntityKind.PERSON if person else EntityKind.ORGANISATION
            if said.lower() in ("he", "she", "it") and (subject := self._subject(since, span.start, kind)):
                return subject, False
            if previous is not None:
                return previous
            name = self._last(span.start, kind)
            return (name or plainly), name is None
        if previous is not None and said.lower().startswith(_POINTS_BACK) and _document().fullmatch(said):
            return previous
        if words("sources", "outlets").fullmatch(plainly) and plainly != said:
            return outlet or plainly, False
        if institution := _institution().fullmatch(said):
            hints = tuple(lexicon("sources")["hints"].get(institution["noun"].lower(), ()))
            name = self._last(span.start, EntityKind.ORGANISATION, hints)
            if name is not None:
                return name, False
        if (back := _pointing_back().fullmatch(said)) is not None:
            hints = tuple(h for key, hs in lexicon("sources")["hints_back"].items() if key in said for h in hs)
            kind = EntityKind.PERSON if back["person"] else EntityKind.ORGANISATION
            if (name := self._last(span.start, kind, hints)) is not None:
                return name, False
            return previous if previous is not None and back["person"] else (plainly, False)
        return (_behind_comma(said) if plainly == said else plainly), False

    def _subject(self, since: int, before: int, kind: EntityKind) -> str | None:
        """The name with which the last sentence between two places begins, where one of that kind does."""
        known = self._kinds.get(kind)
        if known is None:
            return None
        for span, name in reversed(list(known.starting(max(since, before - _BACK), before))):
            low = max(since, span.start - _HOLDER_REACH)
            head = self._text[low : span.start]
            begin = max(head.rfind(mark) for mark in (". ", "\n", "? ", "! ", '" ', "” "))
            if (begin >= 0 or low == 0) and _OPENS_SENTENCE.fullmatch(head[begin + 1 :].strip()):
                return name.text
        return None

    def _last(self, before: int, kind: EntityKind, hints: tuple[str, ...] = ()) -> str | None:
        """The last name of a kind before a place; of an apposition ("X, part of Y") the first one counts."""
        known = self._kinds.get(kind)
        near = [name for _, name in known.starting(before - _BACK, before)] if known is not None else []
        if hints:
            near = [name for name in near if any(hint in name.text for hint in hints)]
        if not near:
            return None
        last = near[-1]
        for earlier in near[:-1]:
            if _apposition().fullmatch(self._text, earlier.span.end, last.span.start):
                return earlier.text
        return last.text
