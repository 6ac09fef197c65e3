"""What an amount, a stage, a date or a share belongs to: the programme, a project, a batch, a market, nobody's pledge."""

from __future__ import annotations

import re
from functools import cache

from pledger.model import EntityKind, Mention, Money, Share, Span, Stage
from pledger.reading.context import Context, clause
from pledger.reading.countries import countries, country_name
from pledger.reading.found import Found
from pledger.reading.patterns import CJK, words
from pledger.reading.programmes import known_ceiling, scope_of
from pledger.reading.stages import StageFound

__all__ = ["of_amount", "of_date", "of_share", "of_stage"]

_BREAK = r"(?:and|or|in|on|at|of|for|to|from|by|with|that|which|is|are|was|were|has|have|had|will|would|could|may|but|as|than|into|over|per|the|a|an|this|its|their)"
_FAR = 200
"""Characters beyond which a project named in the same sentence no longer owns an amount."""


@cache
def _market(language: str) -> re.Pattern[str]:
    return words("programme", "market", language=language)


@cache
def _market_phrase() -> re.Pattern[str]:
    return re.compile(
        rf"(?<![\w])(?:(?!{_BREAK}\b)[\w\-’'.]{{1,24}}\s){{0,4}}{_market('en').pattern}(?!\w)", re.IGNORECASE
    )


def of_amount(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None]:
    """Whose amount it is, and its scope (ceiling, annual, part, tranche, project, range)."""
    if amount.value.converts is not None:
        other = next((a for a in ctx.amounts if a.span == amount.value.converts), None)
        if other is not None:
            return of_amount(ctx, sentence if sentence.covers(other.span) else _sentence(ctx, other.span), other)
    owned = ctx.pledges.owned.get(amount.span)
    near = _nearest(ctx, sentence, amount)
    if owned is None and (summed := _together(ctx, sentence, amount)) is not None:
        return summed
    if owned is not None and not (
        near and near[0].kind is not EntityKind.PROGRAMME and _rather(ctx, amount, owned[0], near)
    ):
        return owned
    if owned is None and not (near and near[0].kind is EntityKind.PROJECT and near[1] < _BESIDE):
        again = _again(ctx, amount) or _ceiling(ctx, amount)
        if again is not None:
            return again
    market = _nobodys(ctx, sentence, amount)
    if near is not None and not (market and near[1] > 25):
        said = scope_of(ctx.text, sentence, amount, ctx.language)
        whole = "project" if near[0].kind is EntityKind.PROJECT else _tranche_scope(near[0])
        return near[0], whole if said == "ceiling" else said
    if market is not None:
        return market, None
    fallback = _paid(ctx, sentence, amount) or _country(ctx, sentence, amount)
    if fallback is not None:
        return fallback
    return Mention(EntityKind.UNKNOWN, _governing(ctx.text, sentence, amount.span)), None


def _sentence(ctx: Context, span: Span) -> Span:
    return next((s for s in ctx.sentences if s.covers(span)), span)


def _tranche_scope(mention: Mention) -> str:
    return "range" if re.search(r"sizes?$", mention.text, re.IGNORECASE) else "tranche"


def _again(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme whose amount this document has already given in the same value: it is named again."""
    for other in ctx.amounts:
        owner = ctx.pledges.owned.get(other.span)
        same = (other.value.low or other.value.high) == (amount.value.low or amount.value.high)
        if owner and same and other.value.currency == amount.value.currency and owner[1] == "ceiling":
            return owner[0], scope_of(ctx.text, _sentence(ctx, amount.span), amount, ctx.language)
    return None


def _ceiling(ctx: Context, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme whose known ceiling the amount is, where the text speaks of the programme's country."""
    key = known_ceiling(amount.value)
    if key is None or not any(c.code == key.partition(">")[0] for c in countries(ctx.text, ctx.language)):
        return None
    scope = scope_of(ctx.text, _sentence(ctx, amount.span), amount, ctx.language)
    return Mention(EntityKind.PROGRAMME, amount.text, amount.span, key), scope


_TOGETHER = re.compile(
    r"(?:^|\W)(?:together|combined|in total|in all|altogether|taken together|the total|all told)(?:\W|$)|合わせて|合計|総額|合计|共计|总额|모두|합쳐|총액|insgesamt|zusammen",
    re.IGNORECASE,
)
_PAID = re.compile(
    r"(?:paid out|paid in|disbursed|injected|transferred|drawn down|drawn|released|handed over|wired)\s(?:\w+\s){0,3}$|"
    r"(?:払い込|拠出|送金|注入|拨付|注资|집행|송금|납입|ausgezahlt)",
    re.IGNORECASE,
)


def _paid(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """Money that has left: what of the main programme has been drawn."""
    left = ctx.text[max(sentence.start, amount.span.start - 50) : amount.span.start]
    right = (
        ctx.text[amount.span.end : min(sentence.end, amount.span.end + 25)]
        if ctx.language in CJK or ctx.language == "de"
        else ""
    )
    main = ctx.programme()
    if main is None or not (_PAID.search(left) or _PAID.search(right)):
        return None
    return main, "drawn"


_MONEY_OF_PROGRAMMES = 5e9
"""US dollars below which an amount beside a country's name is rarely a whole programme's."""


def _rather(ctx: Context, amount: Found[Money], owner: Mention, near: tuple[Mention, int]) -> bool:
    """Whether a project close by owns the amount rather than the programme that a noun of investing suggests."""
    mention, cost = near
    if ctx.language not in CJK and ctx.language != "de":
        return mention.kind is EntityKind.PROJECT and cost < _BESIDE
    between = (
        ctx.text[min(owner.span.start, amount.span.start) : max(owner.span.end, amount.span.end)] if owner.span else ""
    )
    return cost < _BESIDE or (cost < 60 and not countries(between, ctx.language))


_BESIDE = 12
"""Characters within which a project stands right beside an amount ("$33bn gas plant")."""


def _together(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """ "Together they come to $36bn": the batch that this sentence or the two before it speak of."""
    left = ctx.text[sentence.start : amount.span.start]
    right = ctx.text[amount.span.end : min(sentence.end, amount.span.end + 30)]
    if not (
        _TOGETHER.search(left) or re.match(r"\s(?:in total|combined|altogether|in all|between them|all told)\b", right)
    ):
        return None
    reach = sentence.start if countries(left, ctx.language) else sentence.start - 500
    near = [m for m in ctx.tranches if m.span and reach <= m.span.start < amount.span.start]
    return (near[-1], "tranche") if near else None


def _country(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, str | None] | None:
    """The programme of the country that the clause is about, in a text that is about programmes; or a part of the main one."""
    main = ctx.programme()
    if main is None or main.key is None or amount.value.converts is not None:
        return None
    said = scope_of(ctx.text, sentence, amount, ctx.language)
    host = main.key.partition(">")[2]
    here = (
        clause(ctx.text, sentence, amount.span) if ctx.language not in CJK else Span(sentence.start, amount.span.start)
    )
    left = Span(here.start, max(here.start, amount.span.start))
    named = [c for c in countries(ctx.text[left.start : left.end], ctx.language) if c.code != host]
    size = max(amount.value.low or 0.0, amount.value.high or 0.0)
    scope = said if said != "ceiling" else None
    if named and size >= _MONEY_OF_PROGRAMMES and amount.value.currency in ("USD", "EUR"):
        owner = named[-1]
        if len(named) > 1 and re.fullmatch(
            r"\s?(?:and|und|と|和|與|与|와|과)\s?(?:the\s)?",
            ctx.text[left.start + named[-2].span.end : left.start + owner.span.start],
        ):
            owner = named[-2]  # "Switzerland and Liechtenstein": the first one leads
        code = owner.code
        span = Span(left.start + owner.span.start, amount.span.end)
        mention = Mention(EntityKind.PROGRAMME, span.of(ctx.text), span, f"{code}>{host}")
        return mention, scope or ("ceiling" if _PLEDGES.search(ctx.text, sentence.start, sentence.end) else None)
    if scope is not None:
        return main, scope
    return None


_PLEDGES = re.compile(
    r"(?<!\w)(?:invest\w*|pledg\w+|promis\w+|commit\w+|offer\w*|undert\w+|vow\w*|agreed to put|memorandum|in aussicht|zugesagt|zusage|investier\w+|anlegen)(?!\w)|投じ|投資|約束|掲げ|承諾|承诺|投资|약속|투자",
    re.IGNORECASE,
)


def _nearest(ctx: Context, sentence: Span, amount: Found[Money]) -> tuple[Mention, int] | None:
    """The project or batch nearest to an amount in its sentence, with the cost of the way between them."""
    plain = _PLAIN_HEAD.match(ctx.text[amount.span.end : amount.span.end + 60])
    if plain is not None and (back := ctx.focus(amount.span.start, 900) or _only(ctx)) is not None:
        return back, 0
    respectively = _respectively(ctx, sentence, amount)
    if respectively is not None:
        return respectively, 0
    here = clause(ctx.text, sentence, amount.span)
    best: tuple[int, Mention] | None = None
    candidates = [(s, m) for s, m in ctx.within(sentence) if m.kind is not EntityKind.PROGRAMME]
    candidates += ctx.backs_in(sentence)
    for span, mention in candidates:
        gap = Span(min(span.end, amount.span.end), max(span.start, amount.span.start))
        between = ctx.text[gap.start : gap.end]
        cost = len(between)
        if not here.overlaps(span):
            cost += 20 if ctx.language in CJK else 80
        cost += 60 * sum(1 for a in ctx.amounts if gap.covers(a.span) and a.value.converts is None)
        if span.start >= amount.span.end and ctx.language in CJK:
            cost += 10
        elif span.start >= amount.span.end and not re.match(
            r"^[\s\-–]*(?:(?:for|on|of|to|in|into|worth of|at|towards?)\s)?(?:(?:an?|the|new|proposed|planned)\s|[\w\-.']+\s){0,4}$",
            between,
        ):
            cost += 60
        if cost < _FAR and (best is None or cost < best[0]):
            best = (cost, mention)
    return (best[1], best[0]) if best else None


_PLAIN_HEAD = re.compile(
    r"^[\s\-](?:[\w\-]{1,15}\s)?(?:plant|facility|factory|terminal|campus|complex|smelter|refinery)(?!\w)",
    re.IGNORECASE,
)


def _only(ctx: Context) -> Mention | None:
    """The project of a document that has but one."""
    kinds = {(m.project_kind, m.sponsor, m.place) for m in ctx.projects.values()}
    return next(iter(ctx.projects.values())) if len(kinds) == 1 else None


def _respectively(ctx: Context, sentence: Span, amount: Found[Money]) -> Mention | None:
    if not re.search(
        r"\brespectively\b|それぞれ|分别|各(?:为|達)|각각|beziehungsweise|jeweils",
        ctx.text[sentence.start : sentence.end],
    ):
        return None
    money = [a for a in ctx.amounts if sentence.covers(a.span) and a.value.converts is None]
    projects = ctx.projects_in(sentence)
    if len(money) == len(projects) > 1 and amount in money:
        return projects[money.index(amount)][1]
    return None


def _nobodys(ctx: Context, sentence: Span, amount: Found[Money]) -> Mention | None:
    """A market, a flow, a budget that governs the amount; None where nothing of the kind does."""
    text, language = ctx.text, ctx.language
    here = clause(text, sentence, amount.span)
    if language in CJK or language == "de":
        match = _last(
            _market(language), text, max(here.start, amount.span.start - 40), min(here.end, amount.span.end + 20)
        )
        return Mention(EntityKind.MARKET, match[0], Span(*match.span())) if match else None
    right = text[amount.span.end : min(here.end, amount.span.end + 80)]
    after = re.match(
        rf"^(?:[\s\-](?:(?:in|of|worth of|for)\s)?(?:(?:the|its|their|a|an)\s)?)(?P<np>{_market_phrase().pattern})",
        right,
        re.IGNORECASE,
    )
    if after:
        start = amount.span.end + after.start("np")
        return Mention(EntityKind.MARKET, after["np"], Span(start, amount.span.end + after.end("np")))
    left = Span(max(here.start, amount.span.start - 110), amount.span.start)
    found = _last(_market_phrase(), text, left.start, left.end)
    if found:
        return Mention(EntityKind.MARKET, found[0].strip(), Span(*found.span()))
    return None


def _governing(text: str, sentence: Span, span: Span) -> str:
    """The words next to an amount that nothing owns, for a person to see what it may be."""
    right = re.match(r"^[\s\-]((?:[\w\-’']+\s?){1,4})", text[span.end : sentence.end])
    left = re.search(r"((?:[\w\-’']+\s){1,4})$", text[sentence.start : span.start])
    return ((left[1] if left else right[1] if right else "") or "").strip() or "unstated"


def of_stage(ctx: Context, index: int, stage: StageFound) -> list[Mention]:
    """What the words of a stage are about; several where projects are named in one row ("A and B are candidates")."""
    sentence = ctx.sentences[index]
    here = clause(ctx.text, sentence, stage.span)
    projects = ctx.projects_in(sentence)
    batches = [(m.span, m) for m in ctx.tranches if m.span and sentence.covers(m.span)]
    pledges = [(m.span, m) for m in ctx.pledges.mentions if m.span and sentence.covers(m.span)]
    if stage.needs == "batch":
        nearest = min(batches or pledges, key=lambda b: _gap(b[0], stage.span), default=None)
        return [nearest[1]] if nearest is not None else []
    if stage.needs == "near":
        return _with_members(ctx, index, _near_subject(ctx, here, stage, projects, batches, pledges))
    ordered = [p for p in projects if not _barred(ctx.text, p[0], stage.span)]
    left = [p for p in ordered if p[0].end <= stage.span.start]
    right = [p for p in ordered if p[0].start >= stage.span.end]
    batch = min(batches, key=lambda b: _gap(b[0], stage.span), default=None)
    if left and (
        batch is None
        or _gap(left[-1][0], stage.span) <= _gap(batch[0], stage.span)
        or batch[0].start > stage.span.end + 40
    ):
        return _row(ctx.text, left)
    if (
        right
        and (batch is None or _gap(right[0][0], stage.span) < _gap(batch[0], stage.span) + 30)
        and _gap(right[0][0], stage.span) < 120
    ):
        return [right[0][1]] if not left else [left[-1][1]]
    if batch is not None:
        return [batch[1]]
    for span, back in ctx.backs_in(sentence):
        if _gap(span, stage.span) < _FAR:
            return [back]
    # "A key contender? A data centre ...": a fragment speaks of what the next sentence opens with.
    if sentence.end - sentence.start < 60 and index + 1 < len(ctx.sentences):
        following = ctx.projects_in(ctx.sentences[index + 1])
        if following and following[0][0].start - ctx.sentences[index + 1].start < 80:
            return [following[0][1]]
    if pledges and stage.value.outlook is not None:
        return [pledges[0][1]]
    if stage.value.outlook is not None:
        back = ctx.focus(sentence.start, 500)
        if back is not None and back.span is not None and "\n" not in ctx.text[back.span.end : sentence.start]:
            return [back]
        earlier = [m for m in ctx.tranches if m.span and m.span.start < sentence.start]
        if earlier:
            return [earlier[-1]]
        if back is not None:
            return [back]
    if pledges and (stage.value.outlook is not None or ctx.language != "en"):
        return [pledges[0][1]]
    main = ctx.programme()
    return [main] if main is not None and stage.value.outlook is not None else []


_LISTS = re.compile(
    r"\b(?:includ\w+|compris\w+|consist\w+|made up of|namely|were|are)\b|など|等|である|、|[:：—]", re.IGNORECASE
)
_ALL = re.compile(
    r"^(?:all|both|the|these|those)\s(?:(?:two|three|four|five|six|2|3|4|5|6)\b|hubs|plants|projects)|^(?:3|三|３)",
    re.IGNORECASE,
)


def _with_members(ctx: Context, index: int, found: list[Mention]) -> list[Mention]:
    """What is said of a batch is said of its members where the text has just listed them.

    The list stands in the same sentence ("the first round, chosen on Monday, consists of A, B and C") or, for "all
    three", in the sentences right before it.
    """
    batch = next((m for m in found if m.kind is EntityKind.TRANCHE), None)
    if batch is None or batch.span is None:
        return found
    sentence = ctx.sentences[index]
    listed = [m for _, m in ctx.projects_in(sentence)]
    if not (listed and _LISTS.search(ctx.text, sentence.start, sentence.end)):
        listed = []
    if not listed and _ALL.match(batch.text):
        listed = [m for i in range(max(0, index - 3), index) for _, m in ctx.projects_in(ctx.sentences[i])]
    members: list[Mention] = []
    for mention in listed:
        if all(
            (m.project_kind, m.sponsor, m.place) != (mention.project_kind, mention.sponsor, mention.place)
            for m in members
        ):
            members.append(mention)
    return [*found, *members]


def _near_subject(
    ctx: Context,
    here: Span,
    stage: StageFound,
    projects: list[tuple[Span, Mention]],
    batches: list[tuple[Span, Mention]],
    pledges: list[tuple[Span, Mention]],
) -> list[Mention]:

    pledged = stage.value.stage is Stage.PLEDGED
    pool = pledges if pledged else [*projects, *batches]
    inside = [p for p in pool if here.overlaps(p[0])]
    if not pledged and not inside:
        inside = ctx.backs_in(here)
    if pledged and not inside:
        inside = [p for p in pledges if _gap(p[0], stage.span) < 80]
    if not inside:
        return []
    left = [p for p in inside if p[0].end <= stage.span.start]
    if left and not pledged:
        return _row(ctx.text, left)
    return [min(inside, key=lambda p: _gap(p[0], stage.span))[1]]


def _gap(one: Span, other: Span) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _barred(text: str, project: Span, stage: Span) -> bool:
    """Whether a new clause with a subject of its own starts between a project and the words of a stage."""
    between = text[min(project.end, stage.end) : max(project.start, stage.start)]
    return re.search(r"[;。]|,\s(?:while|whereas|but)\s", between) is not None


def _row(text: str, left: list[tuple[Span, Mention]]) -> list[Mention]:
    """The last project before the words, and those joined to it by "and" or commas."""
    row = [left[-1]]
    for candidate in reversed(left[:-1]):
        between = text[candidate[0].end : row[-1][0].start]
        if not re.fullmatch(r"(?:,|\sand|,\sand|、|と|和|、|및|und|\s)\s?(?:[\w’'.\-]+\s){0,4}", between):
            break
        row.append(candidate)
    out: list[Mention] = []
    for _, mention in reversed(row):
        if not any(mention.text == m.text and mention.project_kind == m.project_kind for m in out):
            out.append(mention)
    return out


def of_date(ctx: Context, sentence: Span, span: Span, others: list[Span]) -> Mention | None:
    """What happens then: the nearest project, batch or programme, left of the date rather than right of it."""
    best: tuple[int, Mention] | None = None
    candidates = ctx.within(sentence)
    candidates += ctx.backs_in(sentence)
    for at, mention in candidates:
        gap = Span(min(at.end, span.end), max(at.start, span.start))
        cost = _gap(at, span) + (40 if at.start >= span.end else 0)
        cost += 80 * sum(1 for o in others if o != span and gap.covers(o))
        if mention.kind is EntityKind.PROGRAMME:
            cost += 50
        if best is None or cost < best[0]:
            best = (cost, mention)
    return best[1] if best else None


def of_share(ctx: Context, sentence: Span, share: Found[Share]) -> Mention:
    """Of whom or what a share is said: the programme, a project, a country, a region, a market."""
    if share.value.of in ("tariff rate", "interest rate"):
        return Mention(EntityKind.MARKET, share.value.of, share.span)
    left = Span(sentence.start, share.span.start)
    amounts = [a for a in ctx.amounts if left.covers(a.span)]
    named_programmes = [m for m in ctx.pledges.mentions if m.span and m.span.overlaps(sentence)]
    if any(m.span and m.span.start < share.span.start for m in named_programmes):
        return named_programmes[0]
    for amount in reversed(amounts):
        owner = ctx.pledges.owned.get(amount.span) or _again(ctx, amount)
        if owner is not None:
            return owner[0]
    main = ctx.programme()
    if (
        main is not None
        and main.key is not None
        and share.value.of is not None
        and share.value.of.startswith("GDP of ")
    ):
        investor, _, host = main.key.partition(">")
        if share.value.of.removeprefix("GDP of ") in (country_name(investor), country_name(host)):
            return main
    projects = [m for s, m in ctx.projects_in(sentence) if s.end <= share.span.start]
    places = [n for n in ctx.names if n.kind is EntityKind.PLACE and left.covers(n.span)]
    if projects and not places:
        return projects[-1]
    named = [
        c
        for c in countries(ctx.text[left.start : left.end], ctx.language)
        if c.form != "people"
        and not any(
            p.span.covers(Span(left.start + c.span.start, left.start + c.span.end))
            and p.text != c.span.of(ctx.text[left.start : left.end])
            for p in places
        )
    ]
    if places or named:
        last = places[-1] if places else None
        country = named[-1] if named else None
        if country is not None and (last is None or left.start + country.span.start >= last.span.start):
            name = country_name(country.code)
            span = Span(left.start + country.span.start, left.start + country.span.end)
            return Mention(EntityKind.PLACE, span.of(ctx.text), span, key=name)
        if last is not None:
            return Mention(EntityKind.PLACE, last.text, last.span, key=last.text)
    if (ctx.language in CJK or ctx.language == "de") and named_programmes:
        return named_programmes[0]
    found = None
    if ctx.language not in CJK:
        found = _last(_market_phrase(), ctx.text, max(left.start, left.end - 120), left.end)
    if found:
        return Mention(EntityKind.MARKET, found[0].strip(), Span(*found.span()))
    return Mention(EntityKind.UNKNOWN, _governing(ctx.text, sentence, share.span))


def _last(pattern: re.Pattern[str], text: str, start: int, end: int) -> re.Match[str] | None:
    found = None
    for match in pattern.finditer(text, start, end):
        found = match
    return found
