"""Whose an amount is in Japanese, Chinese and Korean: what it measures, and what the text goes on about.

Clauses are long there and subjects are left out. So the words that say what an amount measures ("総事業費", "其中",
"대출") decide first: a share price or a budget is nobody's pledge, a cost or a loan belongs to the project or batch in
focus, and a pledge needs a state and words of pledging.
"""

from __future__ import annotations

import re
from functools import cache

from pledger.data import lexicon, programmes
from pledger.model import EntityKind, Mention, Money, Span
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.patterns import any_of, every_language, last, plain
from pledger.reading.programmes import known_ceiling, known_part, scope_of
from pledger.reading.subjects.near import BESIDE, nearest
from pledger.reading.subjects.summed import of_sum

__all__ = ["of_amount_cjk"]

_TINY = 2e5
"""Units of any currency below which an amount is a price or a fee, never what is pledged or built."""
_LEAST_OF_PROJECT = 1e6
"""Units of any currency below which a sum that nothing claims is rarely a project's."""
_FOCUS = 900
"""Characters back within which a project or batch spoken of is in focus."""
_CARRIED = 300
"""Characters back to the amount that a part or a yearly sum goes on about."""
_ANNUAL = 1e9
_STATES = 1e10
"""Dollars or euros from which an amount in a text on a programme can only be a part of it."""
_RIGHT = 30
"""Characters behind an amount that may say what it measures."""
_NOBODY_BEHIND = 7
_NEAR = 60
"""Way to a project in the same sentence that makes it the one meant, whatever noun of investing stands nearer."""

_CLOSE = 45
"""Way to a project within which it is the one meant where no noun of investing stands by."""

_BRACKET = re.compile(r"[(（][^()（）]{0,40}[)）]")
_STOP = re.compile(r"[。；;！？\n]")


def of_amount_cjk(
    ctx: Context, sentence: Span, amount: Found[Money], owned: tuple[Mention, str | None] | None
) -> tuple[Mention, str | None] | None:
    """Whose an amount is, and its scope; None where nothing tells. `owned` is what a noun of investing suggests."""
    at, text = amount.span, ctx.text
    size = _size(amount)
    if size < _TINY:
        return _market(text, max(sentence.start, at.start - 8), at), None
    before = _before(ctx, amount)
    left = _stretch(ctx, sentence, amount, before)
    near = nearest(ctx, sentence, amount)
    beside = near is not None and near[0].kind is not EntityKind.PROGRAMME and near[1] < BESIDE
    keyed = owned is not None and owned[0].key is not None
    if not keyed and (sized := _beside_fund(ctx, sentence, amount)) is not None:
        return sized, "ceiling"
    known = _known(ctx, amount) is not None
    if not known and (summed := of_sum(ctx, sentence, amount, owned)) is not None:
        return summed
    # What a programme is known to have in all, or in a part, is its own whatever words stand by.
    batch = near is not None and near[0].kind is EntityKind.TRANCHE
    if (not beside or (known and batch)) and (whole := _whole(ctx, amount)) is not None:
        return whole, scope_of(text, sentence, amount, ctx.language)
    if not beside and (part := _part(ctx, amount)) is not None:
        return part
    if (raised := _raised(ctx, sentence, amount)) is not None:
        return raised
    nobody = _nobody(ctx, sentence, amount, left)
    if nobody is not None:
        return nobody, None
    if before is not None and (linked := _linked(ctx, amount, before)) is not None:
        return linked
    if near is None and every_language("programme", "together").search(text, sentence.start, at.start):
        return None
    measured = _measured(ctx, sentence, amount, left)
    strong = owned is not None and _pledged(ctx, sentence, amount, owned[0])
    if near is not None and near[0].kind is not EntityKind.PROGRAMME:
        meant = beside or (measured and near[1] < (_NEAR if strong else 200))
        if meant or (owned is not None and not strong) or (owned is None and near[1] < _CLOSE):
            return _told(ctx, sentence, amount, near[0])
    if owned is not None and strong:
        return owned
    yearly = _yearly(ctx, amount, size)
    if yearly is not None:
        return yearly
    if near is None and (fund := _fund(ctx, amount, left) or _of_programme(ctx, sentence, amount, before)) is not None:
        return fund
    if near is None and (measured or owned is not None) and (focus := _focus(ctx, at.start)) is not None:
        return _told(ctx, sentence, amount, focus)
    return _later(ctx, amount) or _of_chief(ctx, amount, size)


def _market(text: str, start: int, at: Span) -> Mention:
    words = text[start : at.start].strip(" 、，,。「」\n") or text[at.start : at.end]
    return Mention(EntityKind.MARKET, words)


def _of_chief(ctx: Context, amount: Found[Money], size: float) -> tuple[Mention, str | None] | None:
    """The project that a text on no programme is about, for a sum of its size that nothing else claims."""
    main = ctx.main
    if main is None or ctx.programme is not None or size < _LEAST_OF_PROJECT:
        return None
    return _told(ctx, ctx.sentence(amount.span), amount, main)


@cache
def _links() -> re.Pattern[str]:
    """What may stand between two amounts of one thing: "から", "至", "와"."""
    linking, bounds = (any_of(plain("things_cjk", "linking", key)) for key in ("words", "bounds"))
    return re.compile(rf"[\s「」“”]{{0,3}}{linking}\s?(?:{bounds}){{0,2}}")


@cache
def _listed(table: str, language: str) -> re.Pattern[str]:
    """One list of the lexicon as a pattern."""
    return re.compile(any_of(plain("things_cjk", table, language)))


def _size(amount: Found[Money]) -> float:
    """The larger end of an amount, in units of its currency."""
    return max(amount.value.low or 0.0, amount.value.high or 0.0)


def _before(ctx: Context, amount: Found[Money]) -> tuple[Span, Found[Money]] | None:
    """The amount before this one that is no conversion, not far back."""
    start = max(0, amount.span.start - _CARRIED)
    told = [pair for pair in ctx.amounts.inside(Span(start, amount.span.start)) if pair[1].value.converts is None]
    return told[-1] if told else None


def _stretch(ctx: Context, sentence: Span, amount: Found[Money], before: tuple[Span, Found[Money]] | None) -> Span:
    """The text left of an amount in its sentence, back to the amount before it."""
    start = sentence.start
    if before is not None and before[0].end > start:
        start = before[0].end
        bracket = _BRACKET.match(ctx.text, start, amount.span.start)
        start = bracket.end() if bracket else start
    return Span(start, amount.span.start)


def _known(ctx: Context, amount: Found[Money]) -> str | None:
    """The programme that is known to have an amount in all, in its own currency or as brackets give it in another."""
    restated = (
        other
        for _, other in ctx.amounts.starting(amount.span.end, amount.span.end + 3)
        if other.value.converts == amount.span
    )
    return next((key for one in (amount, *restated) if (key := known_ceiling(one.value)) is not None), None)


def _whole(ctx: Context, amount: Found[Money]) -> Mention | None:
    """The programme whose whole size an amount is, known before or told in this text."""
    owner = ctx.pledges.sizes.get((amount.value.low or amount.value.high, amount.value.currency))
    key = _known(ctx, amount)
    if key is not None and key.partition(">")[0] in _codes(ctx) and not _of_another(ctx, amount, key):
        return Mention(EntityKind.PROGRAMME, amount.text, amount.span, key)
    if owner is None or owner.key is None or _of_another(ctx, amount, owner.key):
        return None
    return owner if _states_money(ctx, owner) else None


_RAISED = re.compile(
    r"(?:と?(?:して|され)(?:きた|いた)(?:額|金額|枠|目標)?|だった(?:額|金額|枠)?)を|から(?=[^。]{0,12}\d)"
    r"|(?:上调|上調|提高|增加|下调|下調)(?:至|到|為|为)|에서(?=[^.]{0,12}\d)"
)
"""Behind an amount: the next one has taken its place."""


def _raised(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme of the country just named, where the amount right behind has taken the place of this one."""
    turn = _RAISED.match(ctx.text, amount.span.end, sentence.end)
    if turn is None or not ctx.amounts.starting(turn.end(), turn.end() + 4):
        return None
    if owned := ctx.pledges.owned.get(amount.span):
        return owned
    named = [c.code for _, c in ctx.countries.inside(Span(sentence.start, amount.span.start))]
    key = next((k for code in reversed(named) for k in sorted(programmes()) if k.startswith(f"{code}>")), None)
    return (Mention(EntityKind.PROGRAMME, amount.text, amount.span, key), "ceiling") if key else None


def _of_another(ctx: Context, amount: Found[Money], key: str) -> bool:
    """Whether the sentence of an amount speaks of another country before it, and not of the programme's: two pledges
    may be of one size."""
    investor, _, host = key.partition(">")
    before = Span(ctx.sentence(amount.span).start, amount.span.start)
    named = {country.code for _, country in ctx.countries.inside(before)} - {host}
    return bool(named) and investor not in named


def _states_money(ctx: Context, owner: Mention) -> bool:
    """Whether the words of a programme's mention are strong by themselves."""
    return bool(_listed("strong", ctx.language).search(owner.text))


def _behind(ctx: Context, sentence: Span, amount: Found[Money]) -> Span:
    """The text behind an amount, past its conversion, up to the next amount or the end of its clause."""
    start = amount.span.end
    bracket = _BRACKET.match(ctx.text, start, sentence.end)
    start = bracket.end() if bracket else start
    end = min(sentence.end, start + _RIGHT)
    stop = _STOP.search(ctx.text, start, end)
    end = stop.start() if stop else end
    following = ctx.amounts.starting(start, end)
    return Span(start, following[0][0].start if following else end)


def _nobody(ctx: Context, sentence: Span, amount: Found[Money], left: Span) -> Mention | None:
    """What an amount is instead of anybody's pledge, as a market; None where nothing shows it."""
    words, text = _listed("nobody", ctx.language), ctx.text
    behind = _behind(ctx, sentence, amount)
    if _listed("kept", ctx.language).match(text, behind.start, behind.end):
        return None
    # Searched to the end of the sentence: what a word must not stand before would be cut off else.
    after = _outside(ctx, words.search(text, behind.start, sentence.end))
    if after is not None and (
        after.end() > min(behind.end, behind.start + _NOBODY_BEHIND) or _of_next(ctx, behind.start, after)
    ):
        after = None
    inside = words.search(text, amount.span.start, amount.span.end)
    found = _outside(ctx, last(words, text, left.start, left.end)) or after or inside
    if found is None:
        return None
    if found.end() <= amount.span.start:
        between = Span(found.end(), amount.span.start)
        if ctx.projects.inside(between) or ctx.backs.inside(between):
            return None
        if after is None and _listed("measures", ctx.language).search(text, between.start, between.end):
            return None
    return Mention(EntityKind.MARKET, found[0], Span(*found.span()))


def _of_next(ctx: Context, start: int, word: re.Match[str]) -> bool:
    """Whether a word behind an amount is parted from it by a comma and leads to the next amount."""
    parted = any(mark in ctx.text[start : word.start()] for mark in "，、,")
    return parted and bool(ctx.amounts.starting(word.end(), word.end() + 3))


def _outside(ctx: Context, match: re.Match[str] | None) -> re.Match[str] | None:
    """A match that is no part of the words for a project ("輸出基地")."""
    return None if match is None or ctx.projects.touching(Span(*match.span())) else match


def _linked(ctx: Context, amount: Found[Money], before: tuple[Span, Found[Money]]) -> tuple[Mention, str | None] | None:
    """The owner of the amount before, where this one goes on about it: "A から B", "A 和 B", "うち A"."""
    start = before[0].end
    bracket = _BRACKET.match(ctx.text, start, amount.span.start)
    between = ctx.text[bracket.end() if bracket else start : amount.span.start]
    owner = ctx.whose.get(before[0])
    if owner is None:
        return None
    if _links().fullmatch(between):
        return owner
    part = last(_listed("continued", ctx.language), between, 0, len(between))
    if part is None or ctx.projects.inside(Span(amount.span.start - len(between) + part.end(), amount.span.start)):
        return None
    if owner[0].kind is EntityKind.PROGRAMME:
        smaller = _size(amount) < _size(before[1]) and amount.value.currency == before[1].value.currency
        return (owner[0], "part") if smaller else None
    if _STOP.search(between) and owner[0].kind is EntityKind.MARKET:
        return None
    return owner


def _measured(ctx: Context, sentence: Span, amount: Found[Money], left: Span) -> bool:
    """Whether words of cost or funding lead to an amount or stand right behind it."""
    words, behind = _listed("measures", ctx.language), _behind(ctx, sentence, amount)
    return bool(
        words.search(ctx.text, max(left.start, left.end - 60), left.end)
        or words.search(ctx.text, behind.start, behind.end)
    )


def _pledged(ctx: Context, sentence: Span, amount: Found[Money], owner: Mention) -> bool:
    """Whether an amount beside a noun of investing is a state's pledge: by the noun, or by words of pledging."""
    if _listed("strong", ctx.language).search(owner.text) or known_ceiling(amount.value) is not None:
        return True
    if not _listed("pledging", ctx.language).search(ctx.text, sentence.start, sentence.end):
        return False
    return bool(ctx.countries.inside(Span(sentence.start, amount.span.end)))


def _yearly(ctx: Context, amount: Found[Money], size: float) -> tuple[Mention, str | None] | None:
    """A yearly sum of the programme whose amount stands last before it."""
    if amount.value.period != "year" or size < _ANNUAL:
        return None
    told = ctx.amounts.inside(Span(max(0, amount.span.start - 2 * _CARRIED), amount.span.start))
    for span, _ in reversed(told):
        owner = ctx.whose.get(span)
        if owner is not None and owner[0].kind is not EntityKind.MARKET:
            return (owner[0], "annual") if owner[0].kind is EntityKind.PROGRAMME else None
    return None


def _focus(ctx: Context, position: int) -> Mention | None:
    """The project or batch spoken of last before `position`; the only project of the text, where it comes later."""
    spoken = [
        found
        for found in (
            ctx.projects.last(position, _FOCUS),
            ctx.backs.last(position, _FOCUS),
            ctx.tranches.last(position, _FOCUS // 2),
        )
        if found is not None
    ]
    if spoken:
        where, latest = max(spoken, key=lambda found: found[0])
        # What a text speaks of in passing ends with its paragraph; then it goes on about its own thing.
        passed = "\n\n" in ctx.text[where.end : position]
        return ctx.main if passed and ctx.main is not None and latest.kind is EntityKind.PROJECT else latest
    return ctx.main


def _part(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme of which an amount is a known part, where the text speaks of its state."""
    key = known_part(amount.value)
    if key is None or key.partition(">")[0] not in _codes(ctx):
        return None
    return Mention(EntityKind.PROGRAMME, amount.text, amount.span, key), "part"


def _codes(ctx: Context) -> frozenset[str]:
    """The countries of a text, and the one that its language leaves out."""
    home = lexicon("programme")["home"].get(ctx.language)
    return ctx.codes | {str(home)} if home else ctx.codes


def _fund(ctx: Context, amount: Found[Money], left: Span) -> tuple[Mention, str | None] | None:
    """A fund or a company's own programme whose size an amount is: "某基金上月成立，規模30億美元"."""
    sizes = any_of(plain("things_cjk", "funds", f"sizes_{ctx.language}"))
    if re.compile(f"{sizes}[^。，、]{{0,3}}$").search(ctx.text, left.start, left.end) is None:
        return None
    named = last(_listed("funds", ctx.language), ctx.text, left.start, left.end)
    if named is None:
        return None
    span = Span(named.start(), amount.span.end)
    return Mention(EntityKind.PROGRAMME, span.of(ctx.text), span), "ceiling"


@cache
def _funds_beside(language: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A fund right before its size in brackets, and one right behind it: "基金（総額…）", "20억달러 규모의 펀드"."""
    names, sizes = (
        any_of(plain("things_cjk", "funds", language)),
        any_of(plain("things_cjk", "funds", f"sizes_{language}")),
    )
    before = rf"(?P<fund>{names})[」』”’\"']?\s?[（(]{sizes}?\s?(?:約|约|약)?\s?$"
    run = r"[\u4e00-\u9fffァ-ヶーA-Z]{0,10}?"
    behind = {
        "ja": rf"(?:規模)?の[「『]?{run}{names}",
        "zh": rf"(?:規模|规模)?的[「『“]?{run}{names}",
        "ko": rf" ?규모의? ?['\"‘“]?(?:[가-힣]{{1,8}} ){{0,2}}[가-힣]{{0,8}}?{names}",
    }
    return re.compile(before), re.compile(behind[language])


def _beside_fund(ctx: Context, sentence: Span, amount: Found[Money]) -> Mention | None:
    """The fund whose size an amount is by standing in brackets behind it, or right before it."""
    before, behind = _funds_beside(ctx.language)
    at = amount.span
    inside = last(_listed("funds", ctx.language), ctx.text, max(sentence.start, at.start - 14), at.start)
    if inside is not None and before.fullmatch(ctx.text, inside.start(), at.start):
        span = Span(inside.start(), at.end)
        return Mention(EntityKind.PROGRAMME, span.of(ctx.text), span)
    match = behind.match(ctx.text, at.end, sentence.end)
    if match is None or ctx.projects.inside(Span(at.end, match.end())):
        return None
    span = Span(at.start, match.end())
    return Mention(EntityKind.PROGRAMME, span.of(ctx.text), span)


def _of_programme(
    ctx: Context, sentence: Span, amount: Found[Money], before: tuple[Span, Found[Money]] | None
) -> tuple[Mention, str | None] | None:
    """The main programme, where an amount of a state's size goes on about it in a sentence without a project."""
    main = ctx.programme
    if main is None or ctx.projects.inside(sentence) or ctx.tranches.inside(sentence):
        return None
    if _listed("portions", ctx.language).search(
        ctx.text, max(sentence.start, amount.span.start - 12), amount.span.start
    ):
        return (main, "part") if _listed("pledging", ctx.language).search(ctx.text, *_ends(sentence)) else None
    if _size(amount) < _STATES or amount.value.currency not in ("USD", "EUR"):
        return None
    owner = ctx.whose.get(before[0]) if before is not None else None
    if owner is not None and owner[0].kind is EntityKind.PROGRAMME and owner[0].key is not None:
        return owner[0], "part"
    return (main, "part") if not ctx.projects else None


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _later(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The owner of the same amount where the text gives it again, for a headline that does not tell."""
    for span, other in ctx.amounts:
        if span.start > amount.span.end and other.value == amount.value:
            return of_amount_cjk(ctx, ctx.sentence(span), other, ctx.pledges.owned.get(span))
    return None


def _told(ctx: Context, sentence: Span, amount: Found[Money], mention: Mention) -> tuple[Mention, str | None]:
    """A project or a batch with the scope of an amount of it."""
    said = scope_of(ctx.text, sentence, amount, ctx.language)
    whole = "project" if mention.kind is EntityKind.PROJECT else "tranche"
    return mention, whole if said in ("ceiling", "annual") else said
