"""Claims of dates: when something happens to a programme, a batch or a project."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from pledger.data import lexicon
from pledger.model import Attribute, Claim, DateValue, EntityKind, Mention, Span
from pledger.reading.claims.making import Maker
from pledger.reading.context import Context
from pledger.reading.found import Found
from pledger.reading.page import Page, Trigger
from pledger.reading.patterns import any_of, plain
from pledger.reading.placed import Placed
from pledger.reading.subjects import in_focus, of_amount, of_date, unnamed

__all__ = ["date_claims"]


_SUM = 30
"""Characters behind a date within which a sum is what it is the date of ("by 2028 200 billion")."""
_LINE, _BESIDE = 400, 80
"""Characters of a line that is looked at whole, and those beside a date in a longer one."""


@cache
def _dateline() -> re.Pattern[str]:
    """The place and day of a report ("TOKYO, May 5 (Reuters) -"): no event of what it reports."""
    opens = any_of(plain("grammar", "dateline", "en"))
    place = r"[A-Z][A-Z .'/\-]{2,30}(?:(?:,|/) ?[\w .'\-]{2,24}){0,3}"
    return re.compile(
        rf"(?:^|\n)[ *]{{0,3}}(?:{place}(?:,? ?\([^)\n]{{2,40}}\) ?(?:[-–—]|\n|$)|[,.]? ?[-–—]{{1,2}} )"
        rf"|{opens}\b[^\n]{{0,40}})"
        r"|(?:[0-9]{1,2}月)?[0-9]{1,2}日[^\S\n]?(?:专|專)?(?:电|電|讯|訊)(?![话話视視力站子厂廠池])"
        r"|(?:^|\n)[ \u3000]{0,3}(?:【[^】\n]{1,40}】|〔[^〕\n]{1,40}〕"
        r"|（[^（）\n]{0,12}(?:社|記者|记者|通信|電|报|報)[^（）\n]{0,24}）)"
        rf"|(?:[0-9]{{1,4}}[年月日]){{1,3}}(?:付け?)?(?:の)?{any_of(plain('grammar', 'dateline', 'elsewhere_ja'))}"
    )


@cache
def _furniture() -> re.Pattern[str]:
    """Words of a line that an outlet prints about itself or for money: copyright, corrections, invitations."""
    return re.compile(rf"(?<![A-Za-z]){any_of(lexicon('dates')['furniture'])}", re.IGNORECASE)


_FURNITURE = Trigger(lambda _: [[any_of([words])] for words in lexicon("dates")["furniture"]], tried=False)


def _of_the_outlet(page: Page, span: Span) -> bool:
    """Whether a date stands in a line about the outlet, in an advertisement or in an invitation."""
    text = page.text
    begin = text.rfind("\n", 0, span.start) + 1
    end = text.find("\n", span.end)
    end = len(text) if end < 0 else end
    if end - begin > _LINE:
        begin, end = max(begin, span.start - _BESIDE), min(end, span.end + _BESIDE)
    return page.between(_FURNITURE, begin, end) and _furniture().search(text, begin, end) is not None


_FIGURES = re.compile(r"20[0-9]{2}(?P<mark>[-./])[ ]?[01]?[0-9](?P=mark)[ ]?[0-3]?[0-9]")
_CLOCK = re.compile(r"\.?(?:\([월화수목금토일]\))?(?:[ T]?(?:오전|오후)?\s?[0-2]?[0-9]:[0-5][0-9]|\s[\w.+-]{1,40}@)")
_ALONE = re.compile(r"(?:^|\n|[.!?。)\]])[^\S\n]*$")
_LABEL = 24
"""Characters before a date that its label takes."""


@cache
def _labels() -> re.Pattern[str]:
    listed = lexicon("notices")["dateline"]
    words = any_of(re.escape(word) for key in ("published", "updated") for word in listed[key])
    return re.compile(rf"(?:^|\n|[|·\[(])\s?{words}\s?[:：|]?\s?$", re.IGNORECASE)


def _is_stamp(text: str, span: Span) -> bool:
    """Whether a day in figures only tells when a page was published or a picture taken: behind a label, before a
    clock's time or an address, or by itself behind a sentence.
    """
    if not _FIGURES.fullmatch(text, span.start, span.end):
        return False
    before = text[max(0, span.start - _LABEL) : span.start].rpartition("\n")
    line = f"\n{before[2]}" if before[1] or span.start <= _LABEL else before[2]
    if _labels().search(line) or _CLOCK.match(text, span.end):
        return True
    ends = text[span.end : span.end + 2].strip(" .")
    return (not ends or ends.startswith("\n")) and _ALONE.search(line) is not None


def _in_dateline(text: str, span: Span) -> bool:
    """Whether a date stands in the place and day that a report opens with."""
    found = _dateline().finditer(text, max(0, span.start - _BESIDE), span.end + _BESIDE)
    return any(m.start() <= span.start and span.end <= m.end() for m in found)


def _of_sum(ctx: Context, sentence: Span, span: Span) -> Mention | None:
    """The programme whose sum stands beside a date in a sentence that names none: "600 billion, by 2028"."""
    before = ctx.amounts.inside(Span(sentence.start, span.start))
    for _, amount in [*reversed(before), *ctx.amounts.starting(span.end, min(sentence.end, span.end + _SUM))[:1]]:
        owner = of_amount(ctx, sentence, amount)[0]
        if owner.kind is EntityKind.PROGRAMME:
            return owner
    return None


_DONE = ("decide", "sign", "start", "complete", "deadline")
"""Events of something that is built, also where nothing that could be it is named."""
_LEAST = 1e7
"""Units of a currency from which a sum is one that something to be built may cost."""


def _of_money(ctx: Context) -> bool:
    """Whether a text that names no project speaks of sums that one could cost."""
    return any(max(amount.value.low or 0.0, amount.value.high or 0.0) >= _LEAST for _, amount in ctx.amounts)


def date_claims(maker: Maker, found: Sequence[Found[DateValue]]) -> list[Claim]:
    """Dates of events that belong to something pledged; a date without a subject beside it is the programme's."""
    ctx = maker.ctx
    if ctx.bare and not _of_money(ctx):
        return []
    dates = Placed((date.span, date) for date in found)
    out = []
    for date in found:
        if _is_stamp(ctx.text, date.span) or _in_dateline(ctx.text, date.span) or _of_the_outlet(ctx.page, date.span):
            continue
        sentence = ctx.sentence(date.span)
        subject = (
            of_date(ctx, sentence, date.span, dates)
            or _of_sum(ctx, sentence, date.span)
            or in_focus(ctx, date.span)
            or ctx.main
        )
        if subject is None:
            if date.value.event not in _DONE:
                continue
            subject = unnamed(ctx, sentence, date.span)
        modality, words = maker.modality(sentence, date.span)
        out.append(maker.claim(date.span, Attribute.DATE, subject, date.value, modality=modality, modality_words=words))
    return out
