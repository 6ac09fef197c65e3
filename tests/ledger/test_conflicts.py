"""Where reports disagree, why, and where they only seem to."""

from __future__ import annotations

import datetime as dt

import pytest

from ledger.build import FIRST, PROGRAMME, Article, only, picture, project, stage, usd
from pledger.model import (
    Attribute,
    ConflictKind,
    DateValue,
    EntityKind,
    Interval,
    Mention,
    Modality,
    Money,
    Outlook,
    Party,
    Qualifier,
    Share,
    Stage,
    StageValue,
)

NOT_YET, IMMINENT = stage(Stage.CANDIDATE, Outlook.NOT_YET), stage(Stage.CANDIDATE, Outlook.IMMINENT)


def says(publisher: str, words: str, value: Money, day: dt.date | None = None, by: tuple[str, ...] = ()) -> Article:
    return Article(publisher, day).says(f"It comes to {words}.", words, value, by=by)


# Slips


def test_a_zero_lost_by_one_article_among_many() -> None:
    found = picture(*(says(p, "$550bn", usd(550e9)) for p in "ABC"), says("D", "$55bn", usd(55e9)))
    slip = only(found, ConflictKind.SLIP)
    assert [s.value for s in slip.sides] == [usd(550e9), usd(55e9)]
    assert "dropped a zero" in slip.explanation
    assert "(D)" in slip.explanation


def test_a_relay_slip_names_the_source_that_is_cited_for_both() -> None:
    found = picture(
        says("A", "$360bn", usd(360e9), by=("Fjord Wire", "Norway's oil ministry")),
        says("B", "$36bn", usd(36e9), by=("Fjord Wire",)),
        says("C", "$360bn", usd(360e9)),
    )
    told = only(found, ConflictKind.SLIP).explanation
    assert told == (
        "$36bn comes from one article (B), which credits Fjord Wire; but another article that cites Fjord Wire has "
        "$360bn, as does one other: the article that relayed it most likely dropped a zero."
    )


def test_a_zero_too_many_and_a_billion_for_a_million() -> None:
    found = picture(says("A", "$55bn", usd(55e9)), says("B", "$55bn", usd(55e9)), says("C", "$550bn", usd(550e9)))
    assert "added a zero" in only(found, ConflictKind.SLIP).explanation
    found = picture(says("A", "$55bn", usd(55e9)), says("B", "$55bn", usd(55e9)), says("C", "$55m", usd(55e6)))
    assert "a million is taken for a billion" in only(found, ConflictKind.SLIP).explanation


def test_one_number_in_two_currencies() -> None:
    won = Money(350e9, 350e9, "KRW", Qualifier.EXACT)
    found = picture(says("A", "$350bn", usd(350e9)), says("B", "$350bn", usd(350e9)), says("C", "₩350bn", won))
    assert "currency" in only(found, ConflictKind.SLIP).explanation


def test_even_sides_leave_open_which_one_slipped() -> None:
    found = picture(says("A", "$55bn", usd(55e9)), says("B", "$550bn", usd(550e9)))
    assert "one of the two is most likely a slip" in only(found, ConflictKind.SLIP).explanation


# Arithmetic


def share_of_gdp(percent: float, of: str, qualifier: Qualifier = Qualifier.ABOUT, amount: float = 550e9) -> Article:
    words = f"{percent:g}%"
    value = Share(percent / 100, percent / 100, qualifier, f"GDP of {of}")
    return says("A", f"${amount / 1e9:g}bn", usd(amount)).says(f"That is {words}.", words, value)


@pytest.mark.parametrize(("percent", "of"), [(10, "Japan"), (1, "the United States"), (40, "South Korea")])
def test_a_share_of_gdp_that_does_not_come_out(percent: float, of: str) -> None:
    found = only(picture(share_of_gdp(percent, of)), ConflictKind.ARITHMETIC)
    assert found.attribute is Attribute.SHARE
    assert "http" in (found.reference or "")
    assert found.explanation.startswith("A says about ")


@pytest.mark.parametrize(
    ("percent", "of", "qualifier"),
    [
        (13, "Japan", Qualifier.EXACT),
        (14, "Japan", Qualifier.EXACT),
        (12, "Japan", Qualifier.ABOUT),
        (2, "the United States", Qualifier.EXACT),
    ],
)
def test_a_share_that_any_vintage_explains_is_no_alarm(percent: float, of: str, qualifier: Qualifier) -> None:
    assert not picture(share_of_gdp(percent, of, qualifier)).conflicts


def test_a_share_that_does_not_add_up_explains_why_two_reports_differ() -> None:
    right = says("B", "$550bn", usd(550e9)).says(
        "That is 13%.", "13%", Share(0.13, 0.13, Qualifier.ABOUT, "GDP of Japan")
    )
    found = [c for c in picture(share_of_gdp(5, "Japan"), right).conflicts if c.attribute is Attribute.SHARE]
    assert [c.kind for c in found] == [ConflictKind.ARITHMETIC]


def test_shares_of_an_economy_that_nothing_checks_are_still_disputed() -> None:
    other = Article("B").says("That is 30%.", "30%", Share(0.3, 0.3, Qualifier.ABOUT, "GDP of Atlantis"))
    assert only(picture(share_of_gdp(10, "Atlantis"), other), ConflictKind.DISPUTE).attribute is Attribute.SHARE


def test_bounds_of_a_share_are_kept_to() -> None:
    assert not picture(share_of_gdp(10, "Japan", Qualifier.EXACT, amount=420e9)).conflicts
    over = Share(0.10, None, Qualifier.AT_LEAST, "GDP of Japan")
    assert not picture(says("A", "$550bn", usd(550e9)).says("Over 10%.", "Over 10%", over)).conflicts


def test_a_share_of_an_economy_without_reference_figures_is_left_alone() -> None:
    assert not picture(share_of_gdp(10, "Atlantis")).conflicts


def test_parts_that_exceed_their_whole() -> None:
    start = Article("A").says("Of $350bn, $250bn is cash and $150bn ships.", "$350bn", usd(350e9), scope="total")
    place = start.pending[0][0]
    for words, value in (("$250bn", 250e9), ("$150bn", 150e9)):
        start.says(words, words, usd(value), scope="part")
        start.pending[-1] = (place, *start.pending[-1][1:])
    found = only(picture(start), ConflictKind.ARITHMETIC)
    assert "together $400bn" in found.explanation


def test_a_project_larger_than_its_programme() -> None:
    found = picture(
        says("A", "$55bn", usd(55e9)).says("It costs $100bn.", "$100bn", usd(100e9), project("smr", "Fjord"))
    )
    assert "more than the $55bn of the whole" in only(found, ConflictKind.ARITHMETIC).explanation


def test_a_conversion_far_from_any_rate() -> None:
    article = says("A", "$36bn", usd(36e9))
    wrong = Money(5.5e11, 5.5e11, "JPY", Qualifier.ABOUT, converts=article.pending[0][1])
    assert (
        "does not come out"
        in only(picture(article.says("¥550bn.", "¥550bn", wrong)), ConflictKind.ARITHMETIC).explanation
    )
    article = says("A", "$36bn", usd(36e9))
    right = Money(5.5e12, 5.5e12, "JPY", Qualifier.ABOUT, converts=article.pending[0][1])
    assert not picture(article.says("¥5.5tn.", "¥5.5tn", right)).conflicts


# Disputes


def test_one_project_as_two_things() -> None:
    found = picture(
        Article("A").kind("It is a line.", "line", "power_transmission", project("power_transmission", "Fjord")),
        Article("B").kind("It is a plant.", "plant", "power_generation", project("power_generation", "Fjord")),
    )
    told = only(found, ConflictKind.DISPUTE)
    assert told.attribute is Attribute.KIND
    assert {"A", "B"} == {v.origin for s in told.sides for v in found.of(s)}


def test_a_finer_word_is_no_dispute_and_neither_is_a_report_that_names_both() -> None:
    finer = picture(
        Article("A").kind("A power project.", "power", "power", project("power", "Fjord")),
        Article("B").kind("A gas plant.", "gas plant", "gas_power", project("gas_power", "Fjord")),
    )
    assert not finer.conflicts
    both = Article("A").kind("A line.", "line", "power_transmission", project("power_transmission", "Fjord"))
    both.kind("And a plant.", "plant", "power_generation", project("power_transmission", "Fjord"))
    assert not picture(both).conflicts


def test_all_but_done_or_nothing_agreed() -> None:
    plant = project("synthetic_diamond", "Fjord")
    found = picture(
        Article("A").says("They are about to sign.", "about to sign", IMMINENT, FIRST),
        Article("B")
        .says("Nothing is final, the ministry said.", "Nothing is final", NOT_YET, FIRST, ("Japan's trade ministry",))
        .says("No deal, said Fjord.", "No deal", NOT_YET, plant, ("Fjord",), Modality.DENIED),
    )
    told = only(found, ConflictKind.DISPUTE)
    assert told.entity.kind is EntityKind.TRANCHE
    assert told.explanation == (
        "A has it all but done (“about to sign”), but Japan's trade ministry and Fjord say that nothing is agreed yet "
        "(“No deal”, “Nothing is final”): both cannot describe the same weeks."
    )


def test_a_denial_by_nobody_in_particular_and_two_candidates_are_no_dispute() -> None:
    ahead = Article("A").says("They are about to sign.", "about to sign", IMMINENT, FIRST)
    assert not picture(ahead, Article("B").says("Not yet.", "Not yet", NOT_YET, FIRST, ("?officials",))).conflicts
    candidate = stage(Stage.CANDIDATE)
    assert not picture(ahead, Article("B").says("A contender.", "contender", candidate, FIRST, ("Reuters",))).conflicts


def test_a_step_taken_after_the_denial_is_no_dispute() -> None:
    january, march = dt.date(2026, 1, 10), dt.date(2026, 3, 10)
    before = Article("A", january).says("Not yet.", "Not yet", NOT_YET, FIRST, ("Reuters",))
    after = Article("B", march).says("Signed.", "Signed", stage(Stage.COMMITTED), FIRST)
    found = picture(before, after)
    assert [c.kind for c in found.conflicts] == [ConflictKind.UPDATE]
    (figure,) = found.figures
    assert figure.value == StageValue(Stage.COMMITTED)


def test_a_pledge_is_not_denied_by_what_has_not_been_chosen_and_a_list_of_candidates_is() -> None:
    pledged = stage(Stage.PLEDGED)
    candidates = Mention(EntityKind.TRANCHE, "the list of candidates", programme="JP>US")
    for subject, disputed in ((PROGRAMME, False), (candidates, True)):
        found = picture(
            Article("A").says("It is promised.", "promised", pledged, subject),
            Article("B").says("Nothing is chosen.", "Nothing is chosen", NOT_YET, subject, ("Reuters",)),
        )
        assert bool(found.conflicts) is disputed


def test_amounts_that_nothing_explains() -> None:
    found = picture(says("A", "$36bn", usd(36e9)), says("B", "$47bn", usd(47e9)))
    assert "more than rounding" in only(found, ConflictKind.DISPUTE).explanation


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("about $33bn", usd(33e9, qualifier=Qualifier.ABOUT)), ("$33.3bn", usd(33.3e9))),
        (("$33bn", usd(33e9)), ("$33.3bn", usd(33.3e9))),
        (("up to $550bn", Money(None, 550e9, "USD", Qualifier.UP_TO)), ("$550bn", usd(550e9))),
        (("$38bn to $44bn", usd(38e9, 44e9, Qualifier.BETWEEN)), ("$40bn", usd(40e9))),
    ],
)
def test_rounding_and_bounds_are_no_conflict(one: tuple[str, Money], other: tuple[str, Money]) -> None:
    assert not picture(says("A", *one), says("B", *other)).conflicts


def test_a_report_that_gives_both_figures_does_not_contradict_itself() -> None:
    both = says("A", "$36bn", usd(36e9)).says("And $73bn.", "$73bn", usd(73e9))
    assert not picture(says("B", "$36bn", usd(36e9)), both).conflicts


def test_the_total_of_a_batch_told_of_the_programme_is_a_part_of_it() -> None:
    batch = Article("C").says("The first three cost $36bn.", "$36bn", usd(36e9), FIRST)
    found = picture(says("A", "$550bn", usd(550e9)), says("B", "$36bn", usd(36e9)), batch)
    assert not found.conflicts


def test_markets_never_dispute() -> None:
    market = Mention(EntityKind.MARKET, "data centre market")
    found = picture(
        Article("A").says("Worth $282bn.", "$282bn", usd(282e9), market),
        Article("B").says("Worth $600bn.", "$600bn", usd(600e9), market),
    )
    assert not found.conflicts
    assert len(found.figures) == 2


def test_two_in_a_part_for_one() -> None:
    def names(publisher: str, *holders: str) -> Article:
        article = Article(publisher)
        for holder in holders:
            article.says(f"{holder} guarantees.", holder, Party(holder, "guarantor"), PROGRAMME)
        return article

    told = only(picture(names("A", "Fjord Bank"), names("B", "Harbour Bank")), ConflictKind.DISPUTE)
    assert told.attribute is Attribute.PARTY
    assert not picture(names("A", "Fjord Bank", "Harbour Bank"), names("B", "Harbour Bank")).conflicts


def test_dates_of_one_event_that_do_not_overlap() -> None:
    def starts(publisher: str, year: int) -> Article:
        days = DateValue("start", Interval(dt.date(year, 1, 1), dt.date(year, 3, 31)))
        return Article(publisher).says(f"It starts early in {year}.", str(year), days, project("lng", "Fjord"))

    assert only(picture(starts("A", 2027), starts("B", 2029)), ConflictKind.DISPUTE).attribute is Attribute.DATE
    assert not picture(starts("A", 2027), starts("B", 2027)).conflicts


# Updates and definitions


def test_a_newer_official_figure_replaces_the_older() -> None:
    old, new = dt.date(2026, 1, 1), dt.date(2026, 2, 18)
    found = picture(
        says("A", "$44bn", usd(44e9), old), says("B", "$36bn", usd(36e9), new, by=("US Department of Commerce",))
    )
    told = only(found, ConflictKind.UPDATE)
    assert told.sides[0].value == usd(36e9)
    (figure,) = found.figures
    assert figure.value == usd(36e9)
    assert len(figure.sides) == 2


def test_a_late_single_outlet_overturns_nobody() -> None:
    old, new = dt.date(2026, 1, 1), dt.date(2026, 2, 18)
    found = picture(says("A", "$44bn", usd(44e9), old), says("B", "$36bn", usd(36e9), new))
    assert only(found, ConflictKind.DISPUTE)


def test_a_bound_and_a_value_far_inside_it_measure_different_things() -> None:
    bound = Money(None, 100e9, "USD", Qualifier.UP_TO)
    told = only(picture(says("A", "up to $100bn", bound), says("B", "$30bn", usd(30e9))), ConflictKind.DEFINITION)
    assert "bound" in told.explanation


def test_each_disagreement_is_reported_once() -> None:
    articles = [
        says(f"P{n}", "$55bn" if n % 3 == 0 else "$550bn", usd(55e9 if n % 3 == 0 else 550e9)) for n in range(9)
    ]
    assert len(picture(*articles).conflicts) == 1


GAS = project("gas_power", "Fjord", "Ohio")


def costs(publisher: str, *told: tuple[str, float], subject: Mention = GAS) -> Article:
    article = Article(publisher)
    for words, amount in told:
        article.says(f"It costs {words}.", words, usd(amount), subject)
    return article


def test_what_the_batch_comes_to_is_no_word_on_one_of_its_projects() -> None:
    batch = (says_of_batch("E"), says_of_batch("F"))
    right = (costs("A", ("$33bn", 33e9)), costs("B", ("$33bn", 33e9)))
    assert not picture(*batch, *right, costs("C", ("$36bn", 36e9))).conflicts
    assert only(picture(*batch, *right, costs("C", ("$38bn", 38e9))), ConflictKind.DISPUTE)


def says_of_batch(publisher: str) -> Article:
    return Article(publisher).says("The first come to $36bn.", "$36bn", usd(36e9), FIRST, scope="tranche")


def test_a_part_of_the_cost_is_told_beside_the_cost() -> None:
    found = picture(*(costs(p, ("$7bn", 7e9), ("$0.8bn", 0.8e9)) for p in "AB"), costs("C", ("$7bn", 7e9)))
    assert not found.conflicts


def test_two_sums_that_most_reports_give_together_measure_two_things() -> None:
    both = [costs(p, ("$6.6bn", 6.6e9), ("$7.4bn", 7.4e9)) for p in "AB"]
    less, more = (costs(p, ("$6.6bn", 6.6e9)) for p in "CD"), costs("E", ("$7.4bn", 7.4e9))
    found = only(picture(*both, *less, more), ConflictKind.DEFINITION)
    assert "two reports give both" in found.explanation


@pytest.mark.parametrize(
    "parts",
    [(150e9, 200e9, 200e9), (100e9, 250e9, 350e9), (150e9, 900e9)],
    ids=["one of them told twice", "their sum among them", "what alone exceeds the whole"],
)
def test_amounts_of_a_sentence_that_are_no_parts_beside_each_other(parts: tuple[float, ...]) -> None:
    words = [f"${x / 1e9:.0f}bn" for x in parts]
    article = Article("A").says(f"Of $350bn: {', '.join(words)}.", "$350bn", usd(350e9), scope="total")
    place = article.pending[0][0]
    for word, value in zip(words, parts, strict=True):
        article.says(word, word, usd(value), scope="part")
        article.pending[-1] = (place, *article.pending[-1][1:])
    assert not [c for c in picture(article).conflicts if c.kind is ConflictKind.ARITHMETIC]


def rate(publisher: str, percent: int, day: dt.date | None, modality: Modality = Modality.ASSERTED) -> Article:
    tariff = Mention(EntityKind.MARKET, "tariff rate", key="tariff on goods of Japan", programme="JP>US")
    value = Share(percent / 100, percent / 100, Qualifier.EXACT, "tariff rate")
    return Article(publisher, day).says(f"It is {percent} %.", f"{percent} %", value, tariff, modality=modality)


def test_rates_of_a_tariff_exclude_each_other_only_in_one_month_and_as_facts() -> None:
    june, september = dt.date(2025, 6, 2), dt.date(2025, 9, 2)
    assert only(picture(rate("A", 15, june), rate("B", 25, june)), ConflictKind.DISPUTE)
    assert not disputes(rate("A", 15, june), rate("B", 25, september))
    assert not disputes(rate("A", 15, june), rate("B", 25, june, Modality.POSSIBLE))
    assert not disputes(rate("A", 15, None), rate("B", 25, june))


def disputes(*articles: Article) -> bool:
    return any(c.kind is ConflictKind.DISPUTE for c in picture(*articles).conflicts)


def test_a_government_and_its_agency_are_no_rivals() -> None:
    def names(publisher: str, holder: str) -> Article:
        return Article(publisher).says(f"{holder} guarantees.", holder, Party(holder, "guarantor"), PROGRAMME)

    assert not picture(names("A", "Fjord Export Insurance"), names("B", "Norwegian government")).conflicts
    assert not picture(names("A", "Fjord Export Insurance"), names("B", "政府")).conflicts


def test_a_size_that_is_always_told_beside_the_usual_one_is_of_something_else() -> None:
    def sized(publisher: str, *sizes: str) -> Article:
        article = Article(publisher)
        for size in sizes:
            article.kind(f"It makes {size}.", size, f"capacity: {size}", GAS)
        return article

    assert not picture(sized("A", "9.2 GW"), sized("B", "9.2 GW", "3750 MW")).conflicts
    assert picture(sized("A", "9.2 GW"), sized("B", "7.5 GW")).conflicts


def test_of_two_bounds_the_narrower_lies_within_the_wider() -> None:
    def limit(publisher: str, words: str, amount: float) -> Article:
        return Article(publisher).says(f"It costs {words}.", words, Money(None, amount, "USD", Qualifier.UP_TO), GAS)

    articles = (limit("A", "up to $100bn", 100e9), limit("B", "up to $100bn", 100e9), limit("C", "up to $332bn", 332e9))
    assert "up to $332bn is a bound" in only(picture(*articles), ConflictKind.DEFINITION).explanation
