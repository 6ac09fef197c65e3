"""Pledger's yardstick: what was read and reconciled, held against gold files that careful readers made.

`gold` is what ought to be found, `reader` is what Pledger found (by its public contract alone), `claims`, `sources`
and `ledgers` compare the two, `report` prints. The rules of comparison stand in the docstrings of the three in the
middle; `benchmarks/score.py` is the command.
"""
