"""Numbers as people write them, and the words that bound them: the ground under money, shares and dates."""

from pledger.reading.numbers.bounds import bound_after, bound_before, bound_far
from pledger.reading.numbers.patterns import GAP, alternation
from pledger.reading.numbers.plain import NUMBER, literal
from pledger.reading.numbers.quantities import quantities
from pledger.reading.numbers.quantity import Quantity
from pledger.reading.numbers.spoken import singles, word_value
from pledger.reading.signs import has_cjk, normalise

__all__ = [
    "GAP",
    "NUMBER",
    "Quantity",
    "alternation",
    "bound_after",
    "bound_before",
    "bound_far",
    "has_cjk",
    "literal",
    "normalise",
    "quantities",
    "singles",
    "word_value",
]
