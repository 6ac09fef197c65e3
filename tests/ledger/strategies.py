"""Hypothesis strategies for values and claims of every type."""

from __future__ import annotations

import datetime as dt

from hypothesis import strategies as st

from pledger.model import (
    Attribute,
    Attribution,
    Claim,
    DateValue,
    EntityKind,
    Instruments,
    Interval,
    Mention,
    Modality,
    Money,
    Outlook,
    Ownership,
    Party,
    Qualifier,
    Share,
    Span,
    Stage,
    StageValue,
    Text,
    Value,
)

words = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20)
maybe = st.none() | words
spans = st.builds(lambda a, n: Span(a, a + n), st.integers(0, 10**6), st.integers(0, 500))
numbers = st.none() | st.floats(allow_nan=False, allow_infinity=False)
days = st.none() | st.dates(dt.date(1990, 1, 1), dt.date(2060, 1, 1))
some = st.lists(words, max_size=3).map(tuple)

values: st.SearchStrategy[Value] = st.one_of(
    st.builds(Money, numbers, numbers, words, st.sampled_from(Qualifier), maybe, st.none() | spans),
    st.builds(Share, numbers, numbers, st.sampled_from(Qualifier), maybe, maybe),
    st.builds(StageValue, st.sampled_from(Stage), st.none() | st.sampled_from(Outlook)),
    st.builds(DateValue, words, st.builds(Interval, days, days)),
    st.builds(Party, words, words, some),
    st.builds(Instruments, some),
    st.builds(Ownership, words, words),
    st.builds(Text, words),
)
links = st.builds(Attribution, words, st.booleans(), maybe, spans, st.none() | spans)
mentions = st.builds(
    Mention, st.sampled_from(EntityKind), words, st.none() | spans, maybe, maybe, maybe, maybe, maybe,
    st.none() | st.integers(0, 9), some,
)  # fmt: skip
claims = st.builds(
    Claim, words, spans, spans, words, st.sampled_from(Attribute), mentions, values, st.sampled_from(Modality), maybe,
    st.lists(links, max_size=3).map(tuple), maybe,
)  # fmt: skip
