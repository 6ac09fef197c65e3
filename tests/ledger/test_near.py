"""Who is who, kept up naming by naming, is who is who among all namings at once; on real SQLite files.

The names are those of many houses, with their slips, letters, other scripts and lookalikes, and of people who share
family names; one family of names is so alike that its keys become too crowded to compare anybody, and open again.
"""

from __future__ import annotations

import random
import tempfile
from collections import Counter

import sqlalchemy as sa
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from pledger.ledger.directory import MOST_ALIKE, directory
from pledger.ledger.engine import tables as own
from pledger.ledger.engine.near import component, naming_of
from pledger.ledger.engine.people import People, naming_text, settle_names
from pledger.ledger.engine.work import Work
from pledger.ledger.store import Store
from synthetic.names import houses, named

QUICK = (Phase.explicit, Phase.reuse, Phase.generate)
FAMILIES = ("Marlow", "Varden", "Kim", "Okabe", "Tellwick")
GIVEN = ("Tom", "Tomas", "Ada", "Jung-kwan", "Ryo", "Ryosei", "A.", "")


def house_forms(r: random.Random, count: int) -> list[str]:
    """Namings of a few houses, many for each."""
    its = houses(r, 12)
    found = []
    for _ in range(count):
        told = named(r, r.choice(its), True)
        found.append(naming_text(told.name, False, told.aliases, r.random() < 0.2))
    return found


def person_forms(r: random.Random, count: int) -> list[str]:
    """Namings of people, some of whom are taken for houses in places."""
    found = []
    for _ in range(count):
        name = f"{r.choice(('', 'Secretary '))}{r.choice(GIVEN)} {r.choice(FAMILIES)}".replace("  ", " ").strip()
        found.append(naming_text(name, r.random() < 0.8, (), r.random() < 0.3))
    return found


def crowd(r: random.Random, count: int) -> list[str]:
    """Namings that share a key of houses, as many as make it a crowded one; some are of people."""
    vowels = "aeiou"
    stems = r.sample([f"D{a}rt{b}lm{c}k" for a in vowels for b in vowels for c in vowels], count)
    return [naming_text(stem, r.random() < 0.05, (), False) for stem in stems]


def settled(store: Store, changes: list[Counter[str]]) -> None:
    """Take up these changes of how many documents have each naming, one after the other; compare each time."""
    times: Counter[str] = Counter()
    for change in changes:
        times += change
        times = Counter({form: n for form, n in times.items() if n > 0})
        people = People()
        people.forms.update(change)
        with store.writing() as connection:
            work = Work(connection, fresh=False)
            settle_names(work, people)
            kept = {tuple(r) for r in connection.execute(sa.select(own.directory))}
            whos = {(r.entity_id, r.name, r.aliases, r.involved) for r in connection.execute(sa.select(own.people))}
        whole = directory(naming_of(form, n) for form, n in times.items())
        told = {(k, False, i) for k, i in whole.organisations.items()} | {(k, True, i) for k, i in whole.people.items()}
        assert kept == told
        assert {w[:2] for w in whos} == {(e.id, e.name) for e in whole.entities.values()}
        assert {w[0] for w in whos if w[3]} == whole.involved


@settings(max_examples=6, deadline=None, phases=QUICK)
@given(st.integers(0, 10**6))
def test_names_kept_up_one_by_one_are_those_of_all(seed: int) -> None:
    r = random.Random(seed)  # noqa: S311
    forms = [*house_forms(r, 60), *person_forms(r, 20)]
    r.shuffle(forms)
    changes = [Counter(forms[:30]), *(Counter(forms[n : n + 2]) for n in range(30, len(forms), 2))]
    gone = Counter(dict.fromkeys(r.sample(sorted(set(forms)), 12), -1))
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"{folder}/ledger.db")
        settled(store, [*changes, *(Counter({form: -1}) for form in gone)])
        store.close()


@settings(max_examples=4, deadline=None, phases=QUICK)
@given(st.integers(0, 10**6))
def test_a_key_that_becomes_crowded_or_open_again_changes_all_who_have_it(seed: int) -> None:
    r = random.Random(seed)  # noqa: S311
    forms = crowd(r, MOST_ALIKE + 12)
    more = forms[MOST_ALIKE - 6 :]
    fewer = [Counter({form: -1}) for form in r.sample(forms, 14)]
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"{folder}/ledger.db")
        settled(store, [Counter(forms[: MOST_ALIKE - 6]), *(Counter([form]) for form in more), *fewer])
        store.close()


def test_what_only_shares_a_doubtful_key_is_left_alone() -> None:
    names = ("Varnholt Steel", "Varnhult Gas", "Varnhold Steel Inc.", "Dartalm Foods", "Dartolm Foods")
    with tempfile.TemporaryDirectory() as folder:
        store = Store(f"{folder}/ledger.db")
        people = People()
        people.forms.update(naming_text(name, False, (), False) for name in names)
        with store.writing() as connection:
            work = Work(connection, fresh=False)
            settle_names(work, people)
            rows = connection.execute(sa.select(own.namings)).all()
            [mine] = [r for r in rows if "Varnhult" in r.form]
            forms, _ = component(work, {mine.number: (mine.form, 1)}, ())
            assert {naming_of(*its).name for its in forms.values()} == {"Varnhult Gas"}
        store.close()
