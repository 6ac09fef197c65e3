"""A world of our own in which the truth is known, and the reports that are made of it: for benchmarks and their tests.

`names`: organisations, and what texts call them. `world`: programmes, projects, outlets, and what is true of them.
`reports`: documents with claims, some wrong, some copied, each with what it should have said.
"""
