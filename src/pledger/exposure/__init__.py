"""What a programme means for a supply chain and for a portfolio, read off the same ledger.

`supply/` holds who supplies what, how concentrated that is, what a project changes and what a halt would do;
`portfolio/` leads from holdings through roles and projects to programmes; `alerts/` watches the ledger for conditions
and writes the calendar of what is to come.
"""
