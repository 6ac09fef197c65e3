"""What headline figures count, what reports call old, features of projects, tariffs and sums by instrument."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from ledger.build import FIRST, PROGRAMME, Article, only, picture, project, stage, usd
from pledger.ledger.explain import point
from pledger.model import (
    Attribute,
    ConflictKind,
    DateValue,
    EntityKind,
    Instruments,
    Interval,
    Mention,
    Modality,
    Money,
    Party,
    Qualifier,
    Share,
    Stage,
    Value,
)

OLD, NEW = dt.date(2025, 11, 10), dt.date(2026, 1, 10)
TERMINAL = project("oil_terminal", "Fjord", "Texas")


def tariff(key: str) -> Mention:
    return Mention(EntityKind.MARKET, "tariff rate", key=key, programme="JP>US")


def rate(percent: float) -> Share:
    return Share(percent / 100, percent / 100, Qualifier.EXACT, "tariff rate")


def together(
    sentence: str, *told: tuple[str, Value, Mention], publisher: str = "A", day: dt.date | None = None
) -> Article:
    """One sentence with several claims."""
    article = Article(publisher, day)
    for words, value, subject in told:
        at = len(article.pending)
        article.says(sentence, words, value, subject)
        if at:
            article.text = article.text[: -len(sentence) - 1]
            first = article.pending[0][0]
            place, span, *rest = article.pending[at]
            shift = first.start - place.start
            moved = replace(span, start=span.start + shift, end=span.end + shift)
            article.pending[at] = (first, moved, *rest)  # type: ignore[assignment]
    return article


# What a report itself calls old


def raised(publisher: str, day: dt.date) -> Article:
    article = Article(publisher, day).says("The promise had stood at $600bn.", "$600bn", usd(600e9))
    return article.says("It has been raised to $1000bn.", "$1000bn", usd(1000e9))


def test_a_figure_that_reports_call_the_former_is_an_update() -> None:
    found = picture(raised("A", OLD), raised("B", NEW))
    told = only(found, ConflictKind.UPDATE)
    assert [point(s.value) for s in told.sides] == [1000e9, 600e9]
    (figure,) = [f for f in found.figures if f.attribute is Attribute.AMOUNT]
    assert figure.value == usd(1000e9)
    assert not figure.sides[1].weight, "what has been left behind weighs nothing"


def test_one_text_that_tells_the_history_of_a_figure_contradicts_nobody() -> None:
    assert not picture(raised("A", OLD)).conflicts


def test_what_a_preview_said_is_older_than_the_report_that_passes_it_on() -> None:
    article = Article("A", NEW).says("The hubs have been approved.", "approved", stage(Stage.COMMITTED), FIRST)
    article.says("Fjord News, in a preview, called them candidates.", "candidates", stage(Stage.CANDIDATE), FIRST)
    found = picture(article)
    assert only(found, ConflictKind.UPDATE).attribute is Attribute.STAGE
    assert next(f.value for f in found.figures if f.attribute is Attribute.STAGE) == stage(Stage.COMMITTED)


def test_a_step_up_the_ladder_is_no_conflict() -> None:
    found = picture(
        Article("A", OLD).says("A contender.", "contender", stage(Stage.CANDIDATE), TERMINAL),
        Article("B", NEW).says("Approved.", "Approved", stage(Stage.COMMITTED), TERMINAL),
    )
    assert not found.conflicts
    off = Article("C", dt.date(2026, 6, 1)).says("Shelved.", "Shelved", stage(Stage.SUSPENDED), TERMINAL)
    built = Article("B", NEW).says("Approved.", "Approved", stage(Stage.COMMITTED), TERMINAL)
    assert only(picture(built, off), ConflictKind.UPDATE).attribute is Attribute.STAGE


# What a headline counts


def test_money_that_is_not_new() -> None:
    whole = Article("A").says("It is worth $900bn.", "$900bn", usd(900e9))
    told = picture(
        whole, Article("B").kind("Part of it is old.", "old", "newness: partly previously announced", PROGRAMME)
    )
    found = only(told, ConflictKind.DEFINITION)
    assert found.attribute is Attribute.AMOUNT
    assert "announced before" in found.explanation


def test_a_promise_made_of_private_intentions() -> None:
    promise = Article("A").says("They promised it.", "promised", stage(Stage.PLEDGED))
    meant = together(
        "It is what private firms intend.",
        ("private firms", Party("private firms", "sponsor"), PROGRAMME),
        ("intend", stage(Stage.CANDIDATE), PROGRAMME),
        publisher="B",
    )
    meant.pending[1] = (*meant.pending[1][:6], Modality.PLANNED, *meant.pending[1][7:])
    force = Article("C").condition("Nobody can enforce it.", "enforce", "legal force: not binding")
    assert only(picture(promise, meant, force), ConflictKind.DEFINITION).attribute is Attribute.STAGE
    assert not picture(promise, meant).conflicts, "unless it is said that nobody can enforce it"


def two_parts(publisher: str, total: bool) -> Article:
    sentence = "It is $250bn of investment and $250bn of guarantees."
    article = together(
        sentence,
        ("$250bn", usd(250e9), PROGRAMME),
        ("$250bn of g", usd(250e9), PROGRAMME),
        ("investment", Instruments(("direct_investment",)), PROGRAMME),
        ("guarantees", Instruments(("guarantee",)), PROGRAMME),
        publisher=publisher,
    )
    return article.says("Together $500bn.", "$500bn", usd(500e9), scope="part") if total else article


def test_two_parts_of_one_size_that_one_report_adds_up() -> None:
    told = only(picture(two_parts("A", total=False), two_parts("B", total=True)), ConflictKind.DEFINITION)
    assert [point(s.value) for s in told.sides] == [250e9, 500e9]
    assert "guarantees, which are promises to pay" in told.explanation
    assert not picture(two_parts("B", total=True)).conflicts, "a report that explains itself"


# Features


def test_two_capacities_and_two_lists_of_products() -> None:
    found = picture(
        Article("A").kind("For 1 million.", "1 million", "capacity: 1 million barrels a day", TERMINAL),
        Article("B").kind("For 2 million.", "2 million", "capacity: 2 million barrels a day", TERMINAL),
    )
    assert "how much it is built for" in only(found, ConflictKind.DISPUTE).explanation
    rounded = picture(
        Article("A").kind("9.2 GW.", "9.2 GW", "capacity: 9.2 GW", TERMINAL),
        Article("B").kind("9 GW.", "9 GW", "capacity: 9 GW", TERMINAL),
    )
    assert not rounded.conflicts


def test_plans_are_redrawn() -> None:
    def laid_out(publisher: str, day: dt.date, how: str) -> Article:
        return Article(publisher, day).kind("So it is built.", "built", f"layout: {how}", TERMINAL)

    later = picture(laid_out("A", OLD, "one facility"), laid_out("B", NEW, "several sites"))
    assert only(later, ConflictKind.UPDATE).attribute is Attribute.KIND
    now = picture(laid_out("A", OLD, "one facility"), laid_out("B", OLD, "several sites"))
    assert only(now, ConflictKind.DISPUTE)


def test_a_text_that_takes_back_what_it_said() -> None:
    before = Article("A", OLD).condition(
        "All of it goes to Japan.", "All", "deemed interest: all of it reaches the investor"
    )
    after = Article("B", NEW).condition("Half of it does.", "Half", "deemed interest: half of it reaches the investor")
    after.condition("An earlier version said all.", "all", "deemed interest: all of it reaches the investor")
    place, span, words, attribute, about, value, _, chain, scope = after.pending.pop()
    after.pending.append((place, span, words, attribute, about, value, Modality.DENIED, chain, scope))
    assert only(picture(before, after), ConflictKind.UPDATE).attribute is Attribute.CONDITION


# Tariffs


def test_present_rates_of_one_tariff_contradict_and_former_ones_do_not() -> None:
    def says(publisher: str, percent: float, scope: str | None = None, day: dt.date | None = None) -> Article:
        words = f"{percent:g}%"
        article = Article(publisher, day)
        return article.says(f"The rate is {words}.", words, rate(percent), tariff("reciprocal tariff"), scope=scope)

    assert only(picture(says("A", 24), says("B", 27)), ConflictKind.DISPUTE)
    assert not picture(says("A", 15), says("B", 25, "former"), says("C", 27, "threatened")).conflicts


def test_a_cap_on_the_penalty_tariff_and_none() -> None:
    cap = Share(None, 0.25, Qualifier.UP_TO, "tariff rate")
    capped = Article("A").says("Up to 25%.", "Up to 25%", cap, tariff("penalty tariff on goods of Japan"))
    free = Article("B").condition("At will.", "At will", "penalty tariff: any rate that the host chooses")
    assert only(picture(capped, free), ConflictKind.DISPUTE).attribute is Attribute.SHARE
    assert not picture(capped).conflicts


# Sums


def breakdown(ohio: float) -> Article:
    article = Article("A").says("The three cost $36bn.", "$36bn", usd(36e9), FIRST)
    for kind, amount in (("gas_power", ohio), ("oil_terminal", 2.1e9), ("smelter", 0.6e9)):
        words = f"${amount / 1e9:g}bn"
        article.says(f"One costs {words}.", words, usd(amount), project(kind, f"{kind.title()} Corp"))
    return article


def test_only_the_finer_of_two_roundings_makes_the_total() -> None:
    coarse = Article("B").says("It costs $33bn.", "$33bn", usd(33e9), project("gas_power", "Gas_Power Corp"))
    told = only(picture(breakdown(33.3e9), coarse), ConflictKind.DEFINITION)
    assert [point(s.value) for s in told.sides] == [33.3e9, 33e9]
    about = Article("B").says(
        "It costs about $33bn.",
        "about $33bn",
        usd(33e9, qualifier=Qualifier.ABOUT),
        project("gas_power", "Gas_Power Corp"),
    )
    assert not picture(breakdown(33.3e9), about).conflicts, "'about' says by itself that it is rounded"


def test_projects_that_exceed_the_batch_that_their_own_report_sums_up() -> None:
    assert "together $42.7bn" in only(picture(breakdown(40e9)), ConflictKind.ARITHMETIC).explanation
    assert not picture(breakdown(33e9)).conflicts, "35.7 is 36, rounded"


def by_instrument(yen: float, per_dollar: float | None) -> Article:
    article = Article("A", NEW).says("The pledge is $550bn.", "$550bn", usd(550e9))
    guarantee = Instruments(("guarantee",))
    sum_, in_yen = f"¥{yen / 1e12:g}tn", Money(yen, yen, "JPY", Qualifier.EXACT)
    thirds = Share(2 / 3, 2 / 3, Qualifier.ABOUT, None)
    for told in (
        together("Guarantees are two thirds.", ("two thirds", thirds, PROGRAMME), ("Guarantees", guarantee, PROGRAMME)),
        together(f"Guarantees of {sum_}.", (sum_, in_yen, PROGRAMME), ("Guarantees", guarantee, PROGRAMME)),
    ):  # fmt: skip
        shift = len(article.text)
        article.text += told.text
        for place, span, *rest in told.pending:
            moved = (replace(s, start=s.start + shift, end=s.end + shift) for s in (place, span))
            article.pending.append((*moved, *rest))  # type: ignore[arg-type]
    place, span, words, attribute, subject, value, modality, chain, _ = article.pending[3]
    article.pending[3] = (place, span, words, attribute, subject, value, modality, chain, "part")
    if per_dollar is not None:
        base = Money(per_dollar * 1e9, per_dollar * 1e9, "JPY", Qualifier.EXACT)
        article.says("The budget is ¥1.", "¥1", base, Mention(EntityKind.MARKET, "budget"))
        first = article.pending[-1][1]
        article.says("That is $1bn.", "$1bn", replace(usd(1e9), converts=first), Mention(EntityKind.MARKET, "budget"))
    return article


def test_a_share_by_instrument_against_its_sum_at_the_reports_own_rate() -> None:
    told = only(picture(by_instrument(50e12, 156.1)), ConflictKind.ARITHMETIC)
    assert "the rate of 156.1 to the dollar that the report itself uses" in told.explanation
    assert not picture(by_instrument(57e12, 156.1)).conflicts
    assert not picture(by_instrument(50e12, None)).conflicts, "a year's average leaves room for it"


# Dates


def happens(publisher: str, event: str, day: dt.date, subject: Mention = TERMINAL) -> Article:
    value = DateValue(event, Interval(day, day))
    return Article(publisher).says(f"It happens on {day}.", str(day), value, subject)


def test_an_order_of_dates_that_cannot_be() -> None:
    late, early = dt.date(2028, 6, 1), dt.date(2027, 1, 1)
    told = only(picture(happens("A", "start", late), happens("B", "complete", early)), ConflictKind.ARITHMETIC)
    assert "complete before it starts" in told.explanation
    assert not picture(happens("A", "start", early), happens("B", "complete", late)).conflicts
    assert not picture(happens("A", "start", late, PROGRAMME), happens("B", "complete", early, PROGRAMME)).conflicts


def test_a_fiscal_year_taken_for_the_calendar_year() -> None:
    def due(publisher: str, day: dt.date) -> Article:
        value = DateValue("complete", Interval(day, day))
        return Article(publisher).says("It is done then.", "then", value, TERMINAL)

    told = picture(due("A", dt.date(2027, 12, 31)), due("B", dt.date(2028, 3, 31)))
    assert "fiscal year" in only(told, ConflictKind.SLIP).explanation
    assert only(picture(due("A", dt.date(2027, 12, 31)), due("B", dt.date(2028, 5, 31))), ConflictKind.DISPUTE)


def test_two_starts_in_one_text_are_two_steps() -> None:
    article = happens("A", "start", dt.date(2026, 1, 1))
    value = DateValue("start", Interval(dt.date(2028, 1, 1), dt.date(2028, 1, 1)))
    article.says("And then it starts again.", "starts again", value, TERMINAL)
    assert not picture(article).conflicts


# Severity


def test_what_more_hangs_on_comes_first() -> None:
    found = picture(
        *(
            Article(p).says(f"It is {whole}.", whole, usd(size)).says(f"It costs {part}.", part, usd(cost), TERMINAL)
            for p, whole, size, part, cost in (
                ("A", "$550bn", 550e9, "$10bn", 10e9),
                ("B", "$350bn", 350e9, "$13bn", 13e9),
            )
        )
    )  # fmt: skip
    whole, part = found.conflicts
    assert (whole.entity.kind, part.entity.kind) == (EntityKind.PROGRAMME, EntityKind.PROJECT)
    assert whole.severity > part.severity
    assert (whole.level, part.level) == ("high", "low")


def test_a_slip_between_oku_and_cho() -> None:
    found = picture(
        *(Article(p).says("It is $3tn.", "$3tn", usd(3e12)) for p in "ABC"),
        Article("D").says("$300m.", "$300m", usd(3e8)),
    )
    assert "億" in only(found, ConflictKind.SLIP).explanation
